//! Owns: the copy in a cloud that the agency's charter promises at once (D19): of whoever applies, by itself, sealed, and
//! enough to come back from; that none goes where no charter says so (D05). Doesn't own: how it is made, thinned and cleared (`guard::backup`).

use crate::operator::{House, Said, run};
use crate::own::{Own, copy, shared};
use crate::people::{Applicant, files_under, one_found, words};
use crate::sealed::Search;
use acceptance::bucket::Bucket;
use acceptance::demo::{Demo, Site, Start};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// A look is taken every quarter of a minute, on a machine that does other things besides.
const AT_ONCE: Duration = Duration::from_secs(120);

/// A demo whose agency sends its backups to a bucket, and the disk that its keys go to.
struct Clouded {
    house: House,
    bucket: Bucket,
}

impl Clouded {
    fn new() -> Self {
        let house = House::new();
        copy(Own::new().folder(), house.0.path());
        fs::write(house.path("s3.key"), "invented\ninvented\n").expect("written");
        let file = house.path("sites/agency/site.toml");
        let mut text = fs::read_to_string(&file).expect("its configuration");
        let keys = house.path("copies/keys");
        text.push_str(&format!(
            "\n[backup]\nto = \"s3://vv-cloud/agency\"\nkeys = \"{}\"\nevery = \"P1D\"\n",
            keys.display()
        ));
        fs::write(file, text).expect("written");
        Self {
            house,
            bucket: Bucket::start(),
        }
    }

    fn variables(&self) -> [(&'static str, String); 3] {
        [
            (
                "VIVIER_S3_KEY_FILE",
                self.house.path("s3.key").display().to_string(),
            ),
            ("VIVIER_S3_REGION", "nowhere".to_owned()),
            ("VIVIER_S3_ENDPOINT", self.bucket.url()),
        ]
    }

    fn demo(&self) -> Start {
        let demo = Demo::with().data(self.house.0.path());
        let variables = self.variables().into_iter();
        variables.fold(demo, |demo, (name, value)| demo.environment(name, &value))
    }

    fn run(&self, words: &[&str]) -> Said {
        let mut command = self.house.command(words);
        command.envs(self.variables());
        run(command, "")
    }

    fn copies(&self) -> BTreeSet<String> {
        let objects = self.bucket.objects().into_keys();
        objects.filter(|name| name.contains("/snapshots/")).collect()
    }

    /// Until there is a copy that wasn't, and the keys with it.
    fn copied_since(&self, before: &BTreeSet<String>) {
        let (begun, keys) = (Instant::now(), self.generations());
        let waits = || self.copies().is_subset(before) || self.generations() == keys;
        while waits() {
            assert!(begun.elapsed() < AT_ONCE, "it isn’t copied at once");
            thread::sleep(Duration::from_millis(200));
        }
    }

    /// The generations of the keys that are whole.
    fn generations(&self) -> BTreeSet<String> {
        let found = fs::read_dir(self.house.path("copies/keys/keys"));
        let found = found.into_iter().flatten().flatten().map(|entry| entry.path());
        let whole = found.filter(|generation| generation.join("verified").exists());
        whole.map(|generation| generation.display().to_string()).collect()
    }
}

/// What the policy says of the copy in the cloud.
fn said_of_the_cloud(site: &Site, language: &str) -> String {
    let page = site
        .stranger()
        .speaking(language)
        .open("/privacy")
        .expect_status(200);
    let text = page.text();
    let (_, clause) = text.split_once("id=\"copy.cloud\"").expect("the clause");
    let (clause, _) = clause.split_once("id=\"").unwrap_or((clause, ""));
    clause.to_owned()
}

#[test]
fn what_a_candidate_sends_is_in_the_cloud_at_once_and_comes_back() {
    let clouded = Clouded::new();
    let demo = clouded.demo().start();
    let site = demo.site("agency");
    clouded.copied_since(&BTreeSet::new());
    for (language, marks) in [
        ("fr", ["mais plus tard que dit ici", "on proposé"]),
        ("en", ["but later than said here", "ot offered"]),
    ] {
        let said = said_of_the_cloud(site, language);
        assert!(!marks.iter().any(|mark| said.contains(mark)), "D19: {said}");
    }
    let before = clouded.copies();
    let who = Applicant::new("vvintothecloud");
    who.apply(&mut site.stranger(), "/apply").expect_status(303);
    clouded.copied_since(&before);

    // Sealed, all of it.
    let told = [
        &who.given_name,
        &who.family_name,
        &who.email,
        &who.phone,
        &who.cv_name,
    ];
    let search = Search::of(&told.map(Clone::clone));
    for (name, object) in clouded.bucket.objects() {
        assert_eq!(search.found_in(&object), BTreeSet::new(), "{name}");
    }

    // The machine is lost with its disk in that very minute; what is elsewhere is enough.
    demo.kill();
    let folder = clouded.house.path("sites/agency");
    fs::remove_dir_all(&folder).expect("lost");
    let stores = files_under(&clouded.house.path("keys"));
    for lost in stores
        .iter()
        .filter(|file| file.display().to_string().contains("agency.keys.db"))
    {
        fs::remove_file(lost).expect("lost");
    }
    let (folder, keys) = (folder.display().to_string(), clouded.house.path("copies/keys"));
    let keys = keys.display().to_string();
    clouded.run(&["key", "restore", &keys, "--site", &folder]).code(0);
    let restore = [
        "backup",
        "restore",
        "--json",
        "s3://vv-cloud/agency",
        "--to",
        &folder,
    ];
    let said = clouded.run(&restore).code(0);
    let restored: Value = serde_json::from_str(&said.out).expect("one value");
    assert!(restored["files"].as_u64() > Some(10), "{restored}");
    let demo = clouded.demo().start();
    one_found(demo.site("agency"), &who);
}

#[test]
fn the_policy_says_where_the_database_lies_and_a_copy_goes_nowhere_undeclared() {
    let demo = shared();
    for (language, [database, cloud]) in [
        ("fr", ["La base est en Irlande", "Nuage Exemple Inc."]),
        ("en", ["The database is in Ireland", "Nuage Exemple Inc."]),
    ] {
        let page = demo.site("agency").stranger().speaking(language).open("/privacy");
        let said = words(&page.expect_status(200));
        assert!(said.contains(database) && said.contains(cloud), "D05: {language}");
    }
    // Somebody else's disk, and nobody whom the charter of careers names: nothing is sent there.
    let clouded = Clouded::new();
    let folder = clouded.house.path("sites/careers").display().to_string();
    for command in [["backup", "create"], ["key", "backup"]] {
        let to = ["--to", "s3://vv-cloud/careers", "--site", &folder];
        let refused = clouded.run(&[&command[..], &to].concat()).code(2);
        let told = refused.err.contains("service = \"backup\"");
        assert!(
            told && clouded.bucket.objects().is_empty(),
            "D05: {}",
            refused.err
        );
    }
    let at_home = clouded.house.path("backups").display().to_string();
    clouded
        .run(&["backup", "create", "--to", &at_home, "--site", &folder])
        .code(0);
}
