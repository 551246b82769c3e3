//! Owns: backups as an operator makes them, over a demo that is served: verified, rehearsed, restored with what happened
//! since; the key store's generations; another master key; that what was erased opens in no copy, and that no old mail
//! leaves (D21, D22). Doesn't own: every object and byte, the window by the clock (`guard::backup`).

use crate::operator::{House, Said};
use crate::own::{Own, copy};
use crate::people::{
    Applicant, files_under, follows, form_to, found, kept_mail, one_found, path_of, recruiters, sign_in,
    words,
};
use crate::sealed::Search;
use acceptance::browser::{self, Page};
use acceptance::demo::{Demo, Site};
use acceptance::http::Client;
use acceptance::smtp::Sink;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use testkit::open_everything;

/// A demo in an operator's folders, and where its backups go.
struct Backed {
    house: House,
    demo: Demo,
}

impl Backed {
    fn new() -> Self {
        let house = House::new();
        let demo = Demo::with().data(house.0.path()).start();
        Self { house, demo }
    }

    fn site(&self) -> &Site {
        self.demo.site("careers")
    }

    fn folder(&self) -> String {
        text(&self.house.path("sites/careers"))
    }

    fn target(&self, name: &str) -> String {
        text(&self.house.path(name))
    }

    fn run(&self, words: &[&str]) -> Said {
        self.house.run(words)
    }

    fn create(&self) -> Value {
        let said = self.run(&[
            "backup",
            "create",
            "--json",
            "--to",
            &self.target("data"),
            "--site",
            &self.folder(),
        ]);
        json(&said.code(0))
    }
}

/// A demo that came back from its backup.
pub(crate) struct Back {
    pub(crate) demo: Demo,
    _house: House,
}

/// What happens before a backup is made of the first site, and since; then the site is lost and comes back.
pub(crate) fn back_after(before: impl FnOnce(&Site), since: impl FnOnce(&Site)) -> Back {
    let backed = Backed::new();
    before(backed.site());
    backed.create();
    since(backed.site());
    let (data, folder) = (backed.target("data"), backed.folder());
    let Backed { house, demo } = backed;
    demo.kill();
    fs::remove_dir_all(&folder).expect("lost");
    house
        .run(&["backup", "restore", "--json", &data, "--to", &folder])
        .code(0);
    Back {
        demo: Demo::with().data(house.0.path()).start(),
        _house: house,
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn json(said: &Said) -> Value {
    assert_eq!(said.out.trim_end().lines().count(), 1, "one value: {}", said.out);
    serde_json::from_str(&said.out).expect("one value")
}

/// The largest object under a folder: where the data are.
fn largest(folder: &Path) -> PathBuf {
    let mut found = crate::people::files_under(folder);
    found.sort_by_key(|path| fs::metadata(path).map_or(0, |metadata| metadata.len()));
    found.pop().expect("an object")
}

#[test]
fn a_served_site_is_backed_up_and_comes_back_with_what_happened_since() {
    let backed = Backed::new();
    let who = Applicant::new("vvbackedup");
    let (mut person, _) = follows(backed.site(), &who, "en");
    let (data, folder) = (backed.target("data"), backed.folder());
    let first = backed.create();
    assert!(first["files"].as_u64() > Some(10), "{first}");
    let verify = ["backup", "verify", &data, "--site", &folder];
    backed.run(&verify).code(0);
    backed
        .run(&["backup", "drill", "--from", &data, "--site", &folder])
        .code(0);

    let leave = person.open("/me/leave").expect_status(200);
    person
        .submit(&leave.form("/me/leave/withdraw"), &leave)
        .expect_status(303);
    let second = backed.create();
    // Each table that changed is a piece in a site this small; of the files none is added again.
    let figure = |backup: &Value, name: &str| backup[name].as_u64().expect("a figure");
    assert!(
        figure(&second, "added") + figure(&first, "bytes") < figure(&first, "added"),
        "{second} after {first}"
    );

    // While it is served nothing is restored over it, and nothing into its folder ever.
    let id = first["id"].as_str().expect("an id");
    let restore = [
        "backup", "restore", "--json", &data, "--backup", id, "--to", &folder,
    ];
    let said = backed.run(&restore).code(2);
    assert!(said.err.contains("stop `vivier serve`"), "{}", said.err);
    let Backed { house, demo } = backed;
    demo.kill();
    let said = house.run(&restore).code(2);
    assert!(said.err.contains("isn't empty"), "{}", said.err);

    // The disk is lost; the older backup knows nothing of the withdrawal, and the keys do.
    fs::remove_dir_all(&folder).expect("lost");
    let restored = json(&house.run(&restore).code(0));
    assert_eq!(
        (&restored["files"], &restored["erased"]),
        (&first["files"], &0.into()),
        "{restored}"
    );
    assert!(restored["replayed"].as_u64() >= Some(1), "{restored}");
    let demo = Demo::with().data(house.0.path()).start();
    let (_, row) = one_found(demo.site("careers"), &who);
    assert_eq!(row["stage"], "withdrawn");
    person = demo.site("careers").candidate();
    person.open("/me/data").expect_status(200);
    let backed = Backed { house, demo };
    backed.run(&verify).code(0);

    let object = largest(Path::new(&data));
    let mut bytes = fs::read(&object).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&object, &bytes).expect("written");
    let name = object.file_name().and_then(|name| name.to_str()).expect("a name");
    let said = backed.run(&verify).code(1);
    assert!(
        said.out.contains(name) && said.out.contains("changed or cut"),
        "{}",
        said.out
    );
    let said = backed
        .run(&["backup", "verify", &backed.target("nowhere"), "--site", &folder])
        .code(2);
    assert!(said.err.contains("there is no backup"), "{}", said.err);
    backed
        .run(&["backup", "create", "--to", "ftp://x", "--site", &folder])
        .code(2);
}

#[test]
fn the_key_store_has_generations_of_its_own_and_another_master_key() {
    let backed = Backed::new();
    let (keys, folder) = (backed.target("generations"), backed.folder());
    backed.create();
    let beside = backed
        .run(&["key", "backup", "--to", &backed.target("data"), "--site", &folder])
        .code(2);
    assert!(beside.err.contains("lie apart"), "{}", beside.err);
    let backup = ["key", "backup", "--json", "--to", &keys, "--site", &folder];
    let (older, newest) = (
        json(&backed.run(&backup).code(0)),
        json(&backed.run(&backup).code(0)),
    );
    assert!(older["active"].as_u64() > Some(10), "{older}");
    let verify = ["key", "verify", &keys, "--site", &folder];
    backed.run(&verify).code(0);
    backed.run(&["key", "verify", "--site", &folder]).code(0);

    let newest = newest["generation"].as_str().expect("an id");
    let part = largest(&backed.house.path("generations/keys").join(newest));
    let whole = fs::read(&part).expect("read");
    fs::write(&part, &whole[..whole.len() - 1]).expect("cut");
    let said = backed.run(&verify).code(1);
    assert!(said.out.contains(newest), "{}", said.out);
    // Who hosts the site and who protects its people are told what serves instead; nobody else is.
    let serves = format!(
        "{}, older and verified, serves in its place",
        older["generation"].as_str().expect("an id")
    );
    let site = backed.site();
    for role in ["it", "dpo"] {
        let mut desk = sign_in(site, site.user(role)).speaking("en");
        let page = words(&desk.open("/desk/upkeep").expect_status(200));
        assert!(page.contains(newest) && page.contains(&serves), "{role}: {page}");
    }
    let recruiter = words(&site.recruiter().open("/desk/upkeep").expect_status(200));
    assert!(!recruiter.contains(newest), "{recruiter}");

    let rotate = ["key", "rotate", "--json"];
    let said = backed.run(&rotate).code(2);
    assert!(said.err.contains("stop `vivier serve`"), "{}", said.err);
    let Backed { house, demo } = backed;
    demo.kill();
    let before = fs::read(house.path("master/master.key")).expect("a key");
    let rotated = json(&house.run(&rotate).code(0));
    assert_eq!(rotated["sites"].as_array().map(Vec::len), Some(2), "{rotated}");
    assert_ne!(fs::read(house.path("master/master.key")).expect("a key"), before);

    // The store is lost, the newest generation corrupt, and both are under the old master key.
    for file in crate::people::files_under(&house.path("keys")) {
        if file.to_string_lossy().contains("careers") {
            fs::remove_file(file).expect("lost");
        }
    }
    let mut restore = house.command(&["key", "restore", "--json", &keys, "--site", &folder]);
    restore.env("VIVIER_MASTER_KEY_FILE", house.path("master/master.key.before"));
    let said = crate::operator::run(restore, "").code(0);
    assert!(
        said.err.contains(&format!(
            "{} serves",
            older["generation"].as_str().expect("an id")
        )),
        "{}",
        said.err
    );
    let mut doctor = house.command(&["key", "verify", "--site", &folder]);
    doctor.env("VIVIER_MASTER_KEY_FILE", house.path("master/master.key.before"));
    crate::operator::run(doctor, "").code(0);
}

/// Refuses somebody's application: the mail waits for a quarter of an hour.
fn refuse(site: &Site, who: &Applicant) {
    let (user, item) = one_found(site, who);
    let at = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    let mut desk = sign_in(site, user);
    let page = desk.open(&format!("{at}?reason=experience")).expect_status(200);
    let form = form_to(&page, &format!("{at}/refuse"));
    desk.submit(&form, &page).expect_status(303);
}

/// The ids of the held mails on a page, each with its row's words.
fn held(page: &acceptance::http::Answer) -> Vec<(String, String)> {
    let text = page.text();
    let rows = text.split("<tr>").filter(|row| row.contains("name=\"mail\""));
    let id = |row: &str| crate::people::between(row, "value=\"", "\"").to_owned();
    rows.map(|row| (id(row), acceptance::html::text(row))).collect()
}

/// Ticks that mail and says what becomes of it.
fn settle(desk: &mut Client, mail: &str, word: &str) -> u16 {
    let page = desk.open("/desk/upkeep").expect_status(200);
    let mut form = form_to(&page, "/desk/upkeep/mails");
    form.parts.retain(|part| part.name == "_csrf");
    form.forge("mail", mail).forge("word", word);
    desk.submit(&form, &page).status
}

#[test]
fn a_mail_that_a_restore_held_waits_for_a_named_human() {
    let people = ["vvheldone", "vvheldtwo", "vvheldstill"].map(Applicant::new);
    let before = |site: &Site| {
        for who in &people {
            follows(site, who, "en");
            refuse(site, who);
        }
    };
    let back = back_after(before, |_| {});
    let site = back.demo.site("careers");
    let mut desk = site.recruiter().speaking("en");
    assert!(
        desk.open("/desk/vacancies")
            .text()
            .contains("href=\"/desk/upkeep\""),
        "who decides is led to them while there are any"
    );
    let page = desk.open("/desk/upkeep").expect_status(200);
    let mails = held(&page);
    let of = |who: &Applicant| {
        let mut theirs = mails.iter().filter(|(_, row)| row.contains(&who.family_name));
        theirs.next().unwrap_or_else(|| panic!("{mails:?}")).0.clone()
    };
    let [one, two] = [of(&people[0]), of(&people[1])];
    assert!(mails.iter().all(|(_, row)| row.contains("Refusal")), "{mails:?}");
    // Who protects is told that they are there, and for whom no more than the charter shows.
    let mut dpo = sign_in(site, site.user("dpo")).speaking("en");
    let told = held(&dpo.open("/desk/upkeep").expect_status(200));
    assert_eq!(told.len(), mails.len());
    assert!(!told.iter().any(|(_, row)| row.contains("vvheld")), "{told:?}");
    let seen = Page::new("/desk/upkeep").seen_by("recruiter", &desk);
    let nothing_ticked = seen
        .clone()
        .after_sending("main form[action='/desk/upkeep/mails']");
    if let Err(report) = browser::axe(site.url.trim_end_matches('/'), &[seen, nothing_ticked]) {
        panic!("{report}");
    }

    assert_eq!(settle(&mut desk, &one, "send"), 303);
    let _refusal = kept_mail(site, &people[0].email, 2);
    assert_eq!(settle(&mut desk, &two, "sent"), 303);
    // Once said it is said, by whoever.
    assert_eq!(settle(&mut dpo, &two, "send"), 409);
    assert_eq!(settle(&mut desk, "0123456789abcdef0123456789abcdef", "send"), 409);
    assert_eq!(held(&desk.open("/desk/upkeep")).len(), mails.len() - 2);
    let mut it = sign_in(site, site.user("it"));
    assert!(held(&it.open("/desk/upkeep").expect_status(200)).is_empty());
}

/// The generations that a target holds, oldest first.
fn generations(target: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(target.join("keys")).expect("generations");
    let mut found: Vec<PathBuf> = all.map(|entry| entry.expect("one").path()).collect();
    found.retain(|generation| generation.join("verified").is_file());
    found.sort();
    found
}

/// What opens of somebody in the backup, with the keys of that generation alone; nothing else of the site is left. Of
/// somebody else all opens.
fn opens_of(who: &Applicant, other: &Applicant, data: &str, generation: &Path, master: &Path) -> bool {
    let house = House::new();
    copy(master, &house.path("master"));
    let name = generation.file_name().expect("an id");
    copy(generation, &house.path("generations/keys").join(name));
    let (keys, folder) = (
        text(&house.path("generations")),
        text(&house.path("sites/careers")),
    );
    house.run(&["key", "restore", &keys, "--site", &folder]).code(0);
    house.run(&["backup", "restore", data, "--to", &folder]).code(0);
    let opened = open_everything(house.0.path(), "careers").expect("it opens");
    let reads = |one: &Applicant| {
        let said = opened.texts.iter().any(|text| text.contains(&one.family_name));
        let file = opened.files.contains(&one.cv);
        assert_eq!(said, file, "{}: both or neither", one.email);
        said
    };
    assert!(reads(other), "who stays is there");
    reads(who)
}

#[test]
fn what_is_erased_opens_in_no_copy_and_no_old_mail_leaves() {
    let (house, sink) = (House::new(), Sink::start());
    copy(Own::new().folder(), house.0.path());
    let start = || Demo::with().data(house.0.path()).smtp(sink.address());
    let demo = start().start();
    let site = demo.site("careers");
    let (gone, stays) = (Applicant::new("vvinnocopy"), Applicant::new("vvincopies"));
    for who in [&gone, &stays] {
        who.apply(&mut site.stranger(), "/apply").expect_status(303);
    }
    // Refused: the letter waits a quarter of an hour, and is in the backup.
    let (user, item) = one_found(site, &stays);
    let at = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
    let mut recruiter = sign_in(site, user);
    let panel = recruiter.open(&format!("{at}?reason=terms")).expect_status(200);
    let refuse = form_to(&panel, &format!("{at}/refuse"));
    recruiter.submit(&refuse, &panel).expect_status(303);
    let [data, keys, folder] = ["data", "generations", "sites/careers"].map(|name| text(&house.path(name)));
    let create = ["backup", "create", "--to", &data, "--site", &folder];
    let backup = ["key", "backup", "--to", &keys, "--site", &folder];
    house.run(&create).code(0);
    house.run(&backup).code(0);
    let before = generations(Path::new(&keys)).remove(0);
    let aside = tempfile::tempdir().expect("a folder");
    let aside = aside.path().join(before.file_name().expect("an id"));
    copy(&before, &aside);

    let link = sink.wait_for_mail_to(&gone.email).links().remove(0);
    let mut person = site.stranger();
    person.open(path_of(site, &link)).expect_status(200);
    let leave = person.open("/me/leave").expect_status(200);
    let erase = form_to(&leave, "/me/leave/erase");
    let erased = person.submit(&erase, &leave).expect_status(303);
    let erased = erased.header("location").expect("its page").to_owned();
    let mut waited = 0;
    while !person.get(&erased).text().contains("/receipt.json") {
        waited += 1;
        assert!(waited < 150, "it isn’t erased");
        thread::sleep(Duration::from_millis(200));
    }
    // As they are made day by day: two are kept, and the one from before isn't among them.
    house.run(&backup).code(0);
    house.run(&backup).code(0);
    let held = generations(Path::new(&keys));
    assert!(held.len() == 2 && !held.contains(&before), "{held:?}");
    let said = house
        .run(&["key", "verify", &keys, "--site", &folder, "--json"])
        .code(0);
    let window = &json(&said)["window"];
    assert_eq!(window["promised"], 7 * 86_400, "the charter's");
    assert!(
        window["still_opens"].as_i64().is_some_and(|age| age < 600),
        "{window}"
    );
    let log = demo.log();
    demo.kill();

    // No byte of database, log of writes, files, index, queue, keys or backups reads of them, nor of the process's log.
    let words = [
        &gone.given_name,
        &gone.family_name,
        &gone.email,
        &gone.phone,
        &gone.cv_name,
    ]
    .map(Clone::clone);
    let search = Search::of(&words);
    assert_eq!(search.found_in(log.as_bytes()), BTreeSet::new());
    let files = files_under(house.0.path());
    for needed in ["data.db", "careers.keys.db"] {
        assert!(
            files.iter().any(|file| file.ends_with(needed)),
            "{needed} is looked at"
        );
    }
    for file in files {
        let bytes = fs::read(&file).expect("a file");
        assert_eq!(search.found_in(&bytes), BTreeSet::new(), "{}", file.display());
    }

    // D22: the backup is older than the erasure, and opens nothing of it; with the keys of the evening before it does.
    let master = house.path("master");
    for generation in &held {
        assert!(
            !opens_of(&gone, &stays, &data, generation, &master),
            "{}",
            generation.display()
        );
    }
    assert!(
        opens_of(&gone, &stays, &data, &aside, &master),
        "the look can fail"
    );

    // Today's keys, and an hour later: what would long have left waits for a human.
    fs::remove_dir_all(&folder).expect("lost");
    let restored = json(
        &house
            .run(&["backup", "restore", "--json", &data, "--to", &folder])
            .code(0),
    );
    assert!(restored["held"].as_u64() >= Some(1), "{restored}");
    assert!(
        restored["erased"].as_u64() >= Some(2),
        "who they are, and their application: {restored}"
    );
    let later = kernel::Clock::system().now().plus_seconds(3_600).rfc3339();
    let demo = start().now(&later).start();
    let site = demo.site("careers");
    let left = recruiters(site)
        .into_iter()
        .flat_map(|user| found(site, user, &format!("&q={}", gone.email)));
    assert_eq!(left.count(), 0);
    one_found(site, &stays);
    let newcomer = Applicant::new("vvaftertherestore");
    newcomer.apply(&mut site.stranger(), "/apply").expect_status(303);
    sink.wait_for_mail_to(&newcomer.email);
    let refusals = sink
        .mails()
        .iter()
        .filter(|mail| mail.text().contains(&stays.family_name))
        .count();
    assert_eq!(refusals, 0, "its letter would have gone before");
}
