//! Owns: what somebody finds who has the disk: nothing readable, of anybody, in any file; and what becomes of bytes
//! that they change. Each invented person bears a token found nowhere else, in their letter, address and files.

use crate::crash::database::{Database, Served};
use crate::own::{Own, copy};
use crate::people::{
    Applicant, application_form, files_under, form_to, found, links_to, one_found, recruiters, sign_in, words,
};
use acceptance::demo::Site;
use acceptance::smtp::Sink;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use testkit::{flip_a_name, open_everything};

/// Words to look for, and where they were found.
pub(crate) struct Search {
    /// By their first four bytes.
    words: HashMap<[u8; 4], Vec<String>>,
    /// Whether a word begins with these two bytes: what most of any file is passed over by.
    begins: Vec<bool>,
}

impl Search {
    pub(crate) fn of<'a>(words: impl IntoIterator<Item = &'a String>) -> Self {
        let mut search = Self {
            words: HashMap::new(),
            begins: vec![false; 1 << 16],
        };
        for word in words {
            let first: [u8; 4] = word.as_bytes()[..4].try_into().expect("four bytes");
            search.begins[usize::from(u16::from_be_bytes([first[0], first[1]]))] = true;
            search.words.entry(first).or_default().push(word.clone());
        }
        search
    }

    /// The words that stand in these bytes.
    pub(crate) fn found_in(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        for (at, pair) in bytes.windows(2).enumerate() {
            if !self.begins[usize::from(u16::from_be_bytes([pair[0], pair[1]]))] {
                continue;
            }
            let first = bytes
                .get(at..at + 4)
                .and_then(|four| <[u8; 4]>::try_from(four).ok());
            let words = first
                .and_then(|first| self.words.get(&first))
                .into_iter()
                .flatten();
            found.extend(
                words
                    .map(String::as_str)
                    .filter(|word| bytes[at..].starts_with(word.as_bytes())),
            );
        }
        found
    }
}

#[test]
fn the_search_finds_what_is_there() {
    let words = [
        "vvabcdefghij".to_owned(),
        "06 39 98".to_owned(),
        "été sans fin".to_owned(),
    ];
    let search = Search::of(&words);
    assert_eq!(
        search.found_in("..vvvvabcdefghij..été sans fi".as_bytes()).len(),
        1
    );
    assert_eq!(search.found_in("xété sans fin06 39 98".as_bytes()).len(), 2);
    assert!(search.found_in(b"vv").is_empty());
}

/// Everybody's words, as far as the doors show them.
#[derive(Default)]
struct Words {
    /// What opening must give back.
    told: Vec<String>,
    /// Secrets, of which only a hash is kept: passwords, links, sessions, tokens.
    secret: Vec<String>,
}

impl Words {
    /// The tokens of a site's invented people, by its API, and the secrets of its staff.
    fn of_people(&mut self, site: &Site) {
        let before = self.told.len();
        for user in recruiters(site) {
            for item in found(site, user, "") {
                let email = item["email"].as_str().expect("an address");
                let part = email.split(|c: char| !c.is_ascii_alphanumeric());
                self.told
                    .extend(part.filter(|part| is_token(part)).map(str::to_owned));
            }
        }
        self.told.sort();
        self.told.dedup();
        assert!(
            self.told.len() - before >= 299,
            "each of 300 people at {} bears a token",
            site.name
        );
        for user in &site.users {
            self.secret.extend(user.token.clone());
            self.secret.extend(user.password.clone());
            self.secret.push(last_of(&user.sign_in_url).to_owned());
            if user.token.is_some() {
                // Staff's ids are no secret; candidates' links are.
                self.secret.pop();
            }
        }
    }

    /// All answers of an applicant, their CV's words, their link, their session.
    fn of_applicant(&mut self, who: &Applicant, link: &str, session: &str) {
        let answers = [
            &who.given_name,
            &who.family_name,
            &who.email,
            &who.phone,
            &who.cv_name,
        ];
        self.told.extend(answers.into_iter().cloned());
        self.told.push(format!("({} in the CV)", who.family_name));
        self.secret.extend([last_of(link).to_owned(), session.to_owned()]);
    }

    /// Those which stand readable in a file under the folder, with the file.
    fn readable_in(&self, folder: &Path) -> Vec<String> {
        let mut all: Vec<String> = self.told.iter().chain(&self.secret).cloned().collect();
        all.extend(self.told.iter().map(|word| word.to_uppercase()));
        let search = Search::of(&all);
        let files = files_under(folder);
        assert!(
            files.iter().any(|file| file.ends_with("data.db")),
            "nothing to look at"
        );
        let readable = files.iter().flat_map(|file| {
            let bytes = fs::read(file).expect("a file");
            let found: Vec<String> = search.found_in(&bytes).into_iter().map(str::to_owned).collect();
            found
                .into_iter()
                .map(move |word| format!("{word} in {}", file.display()))
        });
        readable.collect()
    }
}

fn is_token(word: &str) -> bool {
    word.len() == 12 && word.starts_with("vv")
}

fn last_of(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or_default()
}

/// Somebody with a word of their own in every answer, and in the CV's plain text.
fn applicant(word: &str) -> Applicant {
    let mut who = Applicant::new(word);
    who.given_name = format!("{word}given");
    who.family_name = format!("{word}family");
    who.cv_name = format!("{word}file.pdf");
    who.cv = crate::people::pdf(&format!("({} in the CV)", who.family_name));
    who
}

#[test]
fn nothing_of_anybody_lies_readable_and_all_of_it_opens_with_the_keys() {
    let (own, sink) = (Own::new(), Sink::start());
    let demo = own.demo().smtp(sink.address()).start();
    let (mut words, mut applied) = (Words::default(), Vec::new());
    for site in demo.sites() {
        words.of_people(site);
        let who = applicant(&format!("vvsealed{}", site.name));
        let mut person = site.stranger();
        // One thing wrong at first: a draft is on its way as well.
        let (page, mut form) = who.form(&mut person, "/apply");
        form.set("phone", "none");
        let answer = person.submit(&form, &page).expect_status(422);
        let mut form = application_form(&answer);
        form.set("phone", &who.phone);
        person.submit(&form, &answer).expect_status(303);
        let link = sink.wait_for_mail_to(&who.email).links().remove(0);
        person
            .open(link.strip_prefix(&site.url).expect("ours"))
            .expect_status(200);
        words.of_applicant(&who, &link, &person.cookies["vivier_session"]);
        // Read, and refused: a letter with their name waits to leave.
        let (user, item) = one_found(site, &who);
        let mut recruiter = sign_in(site, user);
        let at = format!("/desk/applications/{}", item["id"].as_str().expect("an id"));
        let panel = recruiter.open(&format!("{at}?reason=terms")).expect_status(200);
        let refuse = form_to(&panel, &format!("{at}/refuse"));
        recruiter.submit(&refuse, &panel).expect_status(303);
        recruiter
            .get(&format!("/desk/applications?q={}", who.family_name))
            .expect_status(200);
        words.secret.push(recruiter.cookies["vivier_session"].clone());
        applied.push(who);
    }
    let log = demo.log();
    demo.kill();

    let all: Vec<String> = words.told.iter().chain(&words.secret).cloned().collect();
    let logged = Search::of(&all).found_in(log.as_bytes()).len();
    assert!(!log.is_empty() && logged == 0, "{logged} in the log");
    let readable = words.readable_in(own.folder());
    assert!(
        readable.is_empty(),
        "{} words lie readable: {:?}",
        readable.len(),
        &readable[..readable.len().min(20)]
    );
    // The scan can fail: the same words in a file are found.
    let seen = tempfile::tempdir().expect("a folder");
    fs::write(seen.path().join("data.db"), all.join("\0")).expect("written");
    assert_eq!(
        words.readable_in(seen.path()).len(),
        BTreeSet::from_iter(&all).len()
    );

    // A copy, opened with the key store: everything is there.
    copy(own.folder(), seen.path());
    let opened: Vec<_> = ["careers", "agency"]
        .map(|site| open_everything(seen.path(), site).expect("it opens"))
        .into();
    let search = Search::of(&words.told);
    let mut found = BTreeSet::new();
    for site in &opened {
        assert!(site.applications > 300, "{} applications", site.applications);
        found.extend(
            site.texts
                .iter()
                .flat_map(|text| search.found_in(text.as_bytes())),
        );
    }
    let in_files: BTreeSet<&str> = opened
        .iter()
        .flat_map(|site| &site.files)
        .flat_map(|file| search.found_in(file))
        .collect();
    let tokens = words.told.iter().filter(|word| is_token(word));
    let missing: Vec<_> = tokens
        .filter(|token| !in_files.contains(token.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "{} people's files don't bear their token: {missing:?}",
        missing.len()
    );
    found.extend(in_files);
    let missing: Vec<_> = words
        .told
        .iter()
        .filter(|word| !found.contains(word.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "{} words are lost: {missing:?}",
        missing.len()
    );
    for who in &applied {
        assert!(
            opened.iter().any(|site| site.files.contains(&who.cv)),
            "the very CV"
        );
    }
    // Without its own keys it tells nothing, whatever else one has.
    for end in ["", "-wal", "-shm"] {
        let keys = |site: &str| seen.path().join(format!("keys/{site}.keys.db{end}"));
        let _none = fs::remove_file(keys("careers"));
        let _none = fs::copy(keys("agency"), keys("careers"));
    }
    let texts = open_everything(seen.path(), "careers")
        .map(|opened| opened.texts)
        .unwrap_or_default();
    assert!(
        texts
            .iter()
            .all(|text| search.found_in(text.as_bytes()).is_empty()),
        "opened with another's keys"
    );
}

/// The same of a site on PostgreSQL, in every file of its cluster: tables, indexes, the write-ahead log.
#[test]
fn nothing_of_anybody_lies_readable_in_a_postgresql_cluster() {
    let (database, sink) = (Database::create("sealed", ""), Sink::start());
    let served = Served::start(&database.url(), None, &sink);
    let who = applicant("vvsealedcluster");
    who.apply(&mut served.stranger(), "/apply").expect_status(303);
    let link = sink.wait_for_mail_to(&who.email).links().remove(0);
    let mut person = served.stranger();
    person
        .open(link.strip_prefix("http://careers.localhost").expect("ours"))
        .expect_status(200);
    let mut words = Words::default();
    words.of_applicant(&who, &link, &person.cookies["vivier_session"]);
    // Found, read, and refused: a letter with their name waits to leave.
    let mut recruiter = served.recruiter();
    let found = recruiter.open(&format!("/desk/applications?q={}", who.family_name));
    let at = links_to(&found, "/desk/applications/").remove(0);
    let at = at.split('?').next().unwrap_or_default();
    let panel = recruiter.open(&format!("{at}?reason=terms")).expect_status(200);
    let refuse = form_to(&panel, &format!("{at}/refuse"));
    recruiter.submit(&refuse, &panel).expect_status(303);
    words.secret.push(recruiter.cookies["vivier_session"].clone());

    let all: Vec<String> = words.told.iter().chain(&words.secret).cloned().collect();
    let seen = "vvsealedclusterseen".to_owned();
    let search = Search::of(all.iter().chain([&seen]));
    let folder = PathBuf::from(database.ask("SHOW data_directory"));
    let readable = || {
        database.ask("CHECKPOINT");
        let files = files_under(&folder);
        assert!(files.len() > 100, "{} can be read", folder.display());
        let found = files.iter().flat_map(|file| {
            // One that another test's database took along isn't ours to find.
            let bytes = fs::read(file).unwrap_or_default();
            search
                .found_in(&bytes)
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        found.collect::<BTreeSet<String>>()
    };
    assert_eq!(readable(), BTreeSet::new());
    // The scan can fail: what is written as it is, is found.
    database.ask(&format!("CREATE TABLE plain AS SELECT '{seen}' AS word"));
    assert_eq!(readable(), BTreeSet::from([seen]));
}

#[test]
fn a_changed_byte_is_never_shown() {
    let own = Own::new();
    let demo = own.demo().start();
    let site = demo.site("careers");
    let (small, mut large) = (applicant("vvtampersmall"), applicant("vvtamperlarge"));
    large.cv.resize(200_000, b'%');
    let other = applicant("vvtamperother");
    for who in [&small, &large, &other] {
        who.apply(&mut site.stranger(), "/apply").expect_status(303);
    }
    let user = recruiters(site)[0];
    let mut recruiter = sign_in(site, user);
    let mut file_of = |who: &Applicant| {
        let (_, item) = one_found(site, who);
        let id = item["id"].as_str().expect("an id").to_owned();
        let panel = recruiter
            .open(&format!("/desk/applications/{id}"))
            .expect_status(200);
        let link = links_to(&panel, "/desk/files/").pop().expect("a CV");
        assert!(recruiter.get(&link).expect_status(200).body == who.cv);
        let path = site
            .dir
            .join("files")
            .join(&id[30..])
            .join(&id)
            .join(last_of(&link));
        assert!(path.is_file(), "{}", path.display());
        (id, link, path)
    };
    let files = [file_of(&small), file_of(&large), file_of(&other)];
    let clear = |link: &str, whole: &[u8]| {
        let mut recruiter = sign_in(site, user);
        match recruiter.try_send(&acceptance::http::Request::get(link)) {
            // The connection broke: what came is not the whole.
            Err(_) => None,
            Ok(answer) if answer.status >= 400 => None,
            Ok(answer) => Some(format!(
                "{} bytes of {}, status {}",
                answer.body.len(),
                whole.len(),
                answer.status
            )),
        }
    };
    for (who, (_, link, path)) in [&small, &large].into_iter().zip(&files) {
        let good = fs::read(path).expect("sealed");
        let middle = good.len() / 2;
        let last = good.len() - 1;
        // The magic, the salt, the text, the mark of its end; cut off, lengthened; another's in its place.
        let flips = [0, 10, 22, middle, last].map(|at| {
            let mut bytes = good.clone();
            bytes[at] ^= 1;
            bytes
        });
        let cut = [
            good[..last].to_vec(),
            good[..good.len().min(65_573)].to_vec(),
            Vec::new(),
        ];
        let swapped = [
            fs::read(&files[2].2).expect("sealed"),
            [good.as_slice(), b"\0"].concat(),
        ];
        for bytes in flips
            .into_iter()
            .chain(cut)
            .chain(swapped)
            .filter(|bytes| *bytes != good)
        {
            fs::write(path, &bytes).expect("written");
            assert_eq!(
                clear(link, &who.cv),
                None,
                "{} bytes were shown as if they were whole",
                bytes.len()
            );
        }
        fs::write(path, &good).expect("written");
        assert!(clear(link, &who.cv).is_some(), "the untouched one is there again");
        fs::remove_file(path).expect("gone");
        // What a row says is there, and isn't, is our fault.
        sign_in(site, user).get(link).expect_status(500);
        fs::write(path, &good).expect("written");
    }
    // A cell of the database.
    let (id, ..) = &files[0];
    let page = format!("/desk/applications/{id}?q={}", small.email);
    recruiter.get(&page).expect_status(200);
    flip_a_name(&site.dir, id).expect("changed");
    let panel = recruiter.get(&page).expect_status(200);
    assert!(words(&panel).contains("no longer opens"), "{}", words(&panel));
    for path in [page.clone(), format!("/desk/applications?q={}", small.email)] {
        let answer = recruiter.get(&path).expect_status(200);
        assert!(words(&answer).contains('\u{FFFD}'), "{}", words(&answer));
    }
    let answer = site
        .stranger()
        .bearing(user.token.as_deref().expect("one"))
        .get(&format!("/api/v1/applications?q={}", small.email));
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains('\u{FFFD}'), "{}", answer.text());
    // The others are where they were.
    recruiter
        .get(&format!("/desk/applications/{}?q={}", files[2].0, other.email))
        .expect_status(200);
    assert!(demo.log().contains("ERROR"), "the operator is told");
}
