//! Owns: a disk that fills up to the brim under a running demo: what people are told, that nothing is half-written,
//! that it goes on by itself when there is room again. Doesn't own: the people.

use super::database::{files_under, is_unavailable, until_taken};
use super::look::Look;
use super::people::{Applicant, Dice};
use acceptance::demo::{Demo, Site, Start};
use acceptance::http::Request;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What a demo with its logs needs several times over.
const SIZE: &str = "size=192m";

/// How a disk is made full.
enum Disk {
    /// A file system of its own in memory, with a file that takes all its room.
    Mounted(PathBuf),
    /// Where nobody may mount: the kernel refuses the process every byte that would lengthen a file.
    Limited,
}

impl Disk {
    fn at(folder: &Path) -> Self {
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", SIZE, "vivier-test"])
            .arg(folder)
            .output();
        match mount {
            Ok(done) if done.status.success() => Self::Mounted(folder.to_owned()),
            _ => Self::Limited,
        }
    }

    fn start(&self, start: Start) -> Demo {
        let words = match self {
            // The log lies on that disk as well.
            Self::Mounted(folder) => format!("exec \"$0\" \"$@\" 2>>{}/log", folder.display()),
            // Told by an error, as of a full disk, instead of being ended by the signal.
            Self::Limited => "trap '' XFSZ; exec \"$0\" \"$@\"".to_owned(),
        };
        start.wrapped(["sh", "-c", &words]).start()
    }

    /// Leaves room for so many bytes.
    fn fill(&self, demo: &Demo, room: usize) {
        let Self::Mounted(folder) = self else {
            return limit(demo, "0");
        };
        let mut filler = File::options()
            .append(true)
            .create(true)
            .open(folder.join("filler"))
            .expect("a filler");
        let mut piece = 1 << 20;
        while piece > 0 {
            // Not to the last byte of a piece: then with smaller ones.
            if filler.write_all(&vec![b'x'; piece]).is_err() {
                piece /= 4;
            }
        }
        let length = filler.metadata().expect("its length").len();
        filler
            .set_len(length.saturating_sub(room as u64))
            .expect("a shorter one");
    }

    fn empty(&self, demo: &Demo) {
        match self {
            Self::Mounted(folder) => fs::remove_file(folder.join("filler")).expect("it is there"),
            Self::Limited => limit(demo, "unlimited"),
        }
    }
}

fn limit(demo: &Demo, bytes: &str) {
    let words = [format!("--pid={}", demo.pid()), format!("--fsize={bytes}:")];
    let done = Command::new("prlimit").args(words).status().expect("prlimit");
    assert!(done.success());
}

impl Drop for Disk {
    fn drop(&mut self) {
        if let Self::Mounted(folder) = self {
            // Lazily: whatever still holds it keeps it until it ends.
            let _stays_until_reboot = Command::new("umount").arg("-l").arg(folder).status();
        }
    }
}

/// What lies there: rows, sealed files, half-written files.
fn held(site: &Site) -> (usize, usize, usize) {
    let look = Look::at(site);
    (look.applications.len(), look.placed.len(), look.incoming.len())
}

#[test]
fn a_full_disk_is_told_and_nothing_is_half_written() {
    let folder = tempfile::tempdir().expect("a folder");
    // Dropped after the demo, so that nothing holds it.
    let disk = Disk::at(folder.path());
    let demo = disk.start(Demo::with().data(folder.path()));
    let site = demo.site("careers");
    let before = held(site);

    // Full to the brim: neither a long CV nor a short one.
    let mut applying: Vec<(Applicant, Request)> = Vec::new();
    for (nth, language) in ["fr", "en", "fr", "en"].iter().enumerate() {
        let applicant = Applicant::new(0xd15c, nth);
        let mut client = site.stranger().speaking(language);
        let request = applicant.form(&mut client, "/apply").expect("the form");
        applying.push((applicant, request));
    }
    disk.fill(&demo, 0);
    for (language, (_, request)) in ["fr", "en"].iter().cycle().zip(&applying) {
        let mut client = site.stranger().speaking(language);
        is_unavailable(&client.send(request), language);
        assert_eq!(client.get("/livez").status, 200);
        assert_eq!(client.get("/jobs").status, 200, "what is read can be read");
    }
    disk.empty(&demo);
    assert_eq!(held(site), before, "no row, no file");

    // It goes on by itself, and the same forms are taken.
    let mut recruiter = site.recruiter();
    for (_, request) in &applying {
        until_taken(&mut site.stranger(), request, Duration::from_secs(20));
    }
    // With a little room, each write may be the one that fails: all or nothing.
    let mut dice = Dice::new(u64::from(demo.pid()));
    let mut refused = 0;
    for nth in 100..112 {
        let applicant = Applicant::new(0xd15c, nth);
        let request = applicant.form(&mut site.stranger(), "/apply").expect("the form");
        let rows = held(site);
        disk.fill(&demo, usize::try_from(dice.below(400_000)).expect("a number"));
        let answer = site.stranger().send(&request);
        disk.empty(&demo);
        if answer.status != 303 {
            refused += 1;
            is_unavailable(&answer, "en");
            assert_eq!(held(site), rows, "no row, no file");
            until_taken(&mut site.stranger(), &request, Duration::from_secs(20));
        }
        applying.push((applicant, request));
    }
    assert!(refused > 0, "there was always room");
    assert_eq!(
        held(site),
        (before.0 + applying.len(), before.1 + applying.len(), 0)
    );
    let look = Look::at(site);
    for (applicant, _) in &applying {
        let found = Request::get(&format!("/api/v1/applications?q={}", applicant.token));
        let token = site.user("recruiter").token.as_deref().expect("a token");
        let found = site
            .stranger()
            .bearing(token)
            .send(&found)
            .expect_status(200)
            .json();
        let id = found["items"][0]["id"].as_str().expect("it is there").to_owned();
        let (_, file) = look
            .files
            .iter()
            .find(|(dossier, _)| *dossier == id)
            .expect("its file");
        let cv = recruiter
            .get(&format!("/desk/files/{file}"))
            .expect_status(200)
            .body;
        assert!(cv == applicant.cv(), "the CV of {}", applicant.token);
    }
    assert_eq!((look.ledger.broken, look.journal.broken), (None, None));
    assert!(files_under(&site.dir.join("files/incoming")).is_empty());
    let log = demo.log() + &fs::read_to_string(folder.path().join("log")).unwrap_or_default();
    assert!(!log.contains("panicked"), "{log}");
}
