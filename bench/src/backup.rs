//! Owns: `vivier backup create` over a site of 1 GB against Debian's `restic` over the same folder: first, and again
//! after one person was erased; and how much the second one adds. Doesn't own: the site ([`crate::seed`]).

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context as _, ensure};
use guard::DossierId;
use storage::{Db, Location, sql};

use crate::{
    Bench,
    seed::{self, NAME},
    table::{Bound, Figure},
};

/// 5,000 people with a CV of 200 kB.
const PEOPLE: usize = 5_000;
const CV: usize = 200_000;
/// A gigabyte a turn and side is enough of them.
const TURNS: usize = 3;

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let site = seed::site_of(bench, bench.size(PEOPLE), CV)?;
    let (mut first, mut again, mut added) = (Vec::new(), Vec::new(), Vec::new());
    // Read once before it counts.
    Targets::new(bench)?.ours(bench, site.path())?;
    for turn in 0..TURNS.min(bench.turns) {
        let targets = Targets::new(bench)?;
        let theirs = targets.theirs(site.path())?;
        let (ours, whole) = targets.ours(bench, site.path())?;
        first.push(theirs / ours);
        bench.runtime.block_on(erase(site.path(), turn))?;
        let theirs = targets.theirs(site.path())?;
        let (ours, new) = targets.ours(bench, site.path())?;
        again.push(theirs / ours);
        added.push(new / whole);
    }
    Ok(vec![
        Figure {
            what: "first backup of a site of 1 GB, bytes a second",
            against: "`restic backup` of its folder",
            bound: Bound::AtLeast(0.6),
            values: first,
        },
        Figure {
            what: "backups again after one person was erased, a second",
            against: "`restic backup` of its folder",
            bound: Bound::AtLeast(0.6),
            values: again,
        },
        Figure {
            what: "bytes that it adds",
            against: "the first one",
            bound: Bound::AtMost(0.06),
            values: added,
        },
    ])
}

/// Where each side of a turn keeps its backups; gone with the handle.
struct Targets(tempfile::TempDir);

impl Targets {
    fn new(bench: &Bench) -> anyhow::Result<Self> {
        Ok(Self(tempfile::tempdir_in(&bench.folder)?))
    }

    /// Seconds, and bytes added.
    fn ours(&self, bench: &Bench, folder: &Path) -> anyhow::Result<(f64, f64)> {
        let mut command = Command::new(&bench.vivier);
        command
            .args(["backup", "create", "--json", "--to"])
            .arg(self.0.path().join("vivier"))
            .arg("--site")
            .arg(folder.join("sites").join(NAME))
            .env("VIVIER_KEYS", folder.join("keys"))
            .env("VIVIER_MASTER_KEY_FILE", folder.join("master").join("master.key"));
        let (seconds, said) = timed(command)?;
        let said: serde_json::Value = serde_json::from_slice(&said)?;
        let added = said["added"].as_f64().context("how much was added")?;
        Ok((seconds, added))
    }

    /// Seconds.
    fn theirs(&self, folder: &Path) -> anyhow::Result<f64> {
        let place = self.0.path().join("restic");
        let restic = |words: &[&str]| {
            let mut command = Command::new("restic");
            command
                .arg("--repo")
                .arg(&place)
                .arg("--cache-dir")
                .arg(self.0.path().join("cache"))
                .args(words)
                .env("RESTIC_PASSWORD", "bench");
            command
        };
        if !place.exists() {
            timed(restic(&["init", "--quiet"])).context("restic: apt-get install restic")?;
        }
        let mut command = restic(&["backup", "--quiet"]);
        command.arg(folder.join("sites").join(NAME));
        Ok(timed(command)?.0)
    }
}

/// Runs to the end; what earlier runs left to be written is on the disk before.
fn timed(mut command: Command) -> anyhow::Result<(f64, Vec<u8>)> {
    Command::new("sync").status()?;
    let start = Instant::now();
    let ended = command.stderr(Stdio::inherit()).output()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(ended.status.success(), "{command:?}: {}", ended.status);
    Ok((seconds, ended.stdout))
}

/// Takes the rows and the file of one application out, as erasing does.
async fn erase(folder: &Path, nth: usize) -> anyhow::Result<()> {
    let site = folder.join("sites").join(NAME);
    let db = Db::open(&Location::Sqlite(site.join("data.db"))).await?;
    let row = sql("SELECT dossier FROM files ORDER BY dossier LIMIT 1 OFFSET $1")
        .bind(i64::try_from(nth * 997)?)
        .one(&db)
        .await?;
    let dossier: DossierId = row.get("dossier")?;
    let mut tx = db.begin().await?;
    for text in [
        "DELETE FROM application_answers WHERE application = $1",
        "DELETE FROM application_steps WHERE application = $1",
        "DELETE FROM applications WHERE id = $1",
        "DELETE FROM files WHERE dossier = $1",
        "DELETE FROM moments WHERE dossier = $1",
        "DELETE FROM clocks WHERE dossier = $1",
        "DELETE FROM dossiers WHERE id = $1",
    ] {
        sql(text).bind(dossier).run(&mut tx).await?;
    }
    tx.commit().await?;
    db.close().await;
    let name = dossier.to_string();
    let sealed: PathBuf = site.join("files").join(&name[30..]).join(&name);
    fs::remove_dir_all(sealed)?;
    Ok(())
}
