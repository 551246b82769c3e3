//! Owns: that an invented CV is a PDF that readers accept and bears its token. Doesn't own: how it looks.

use super::{super::people::invent, *};

fn find(bytes: &[u8], what: &str) -> Option<usize> {
    bytes
        .windows(what.len())
        .position(|window| window == what.as_bytes())
}

fn files() -> Vec<(Invented, Vec<u8>)> {
    let rng = Rng::seeded(11);
    let people = ["careers", "agency"]
        .into_iter()
        .flat_map(|site| invent(&rng, site, 300));
    people
        .map(|person| {
            let bytes = pdf(&person, &person.subject, &rng);
            (person, bytes)
        })
        .collect()
}

#[test]
fn a_cv_bears_its_token_in_its_bytes() {
    for (person, bytes) in files() {
        assert!(bytes.starts_with(b"%PDF-1.4\n") && bytes.ends_with(b"%%EOF\n"));
        assert!(find(&bytes, &person.token).is_some(), "{}", person.token);
        assert!(find(&bytes, "FlateDecode").is_none());
        assert!(find(&document(&person), &person.token).is_some());
    }
}

#[test]
fn the_table_says_where_objects_stand() {
    for (person, bytes) in files().into_iter().take(60) {
        let tail = String::from_utf8_lossy(&bytes[bytes.len() - 40..]).into_owned();
        let start: usize = tail
            .split("startxref\n")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap()
            .parse()
            .unwrap();
        let table = std::str::from_utf8(&bytes[start..]).unwrap();
        assert!(table.starts_with("xref\n0 8\n0000000000 65535 f \n"), "{table}");
        for (number, entry) in (1..8).zip(table.split_inclusive('\n').skip(3)) {
            assert_eq!(entry.len(), 20, "{entry:?}");
            let at: usize = entry[..10].parse().unwrap();
            assert!(
                bytes[at..].starts_with(format!("{number} 0 obj\n").as_bytes()),
                "{}: {number}",
                person.token
            );
        }
        let stream = find(&bytes, "stream\n").unwrap() + 7;
        let length: usize = table_value(&bytes, "/Length ");
        assert!(bytes[stream + length..].starts_with(b"endstream"));
    }
}

fn table_value(bytes: &[u8], key: &str) -> usize {
    let at = find(bytes, key).unwrap() + key.len();
    String::from_utf8_lossy(&bytes[at..at + 8])
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap()
}

/// Every text stands on the page, above its foot, and in letters that its fonts have.
#[test]
fn a_cv_fits_its_page() {
    for (person, bytes) in files() {
        let text = String::from_utf8_lossy(&bytes);
        for line in text
            .lines()
            .filter(|line| line.starts_with("BT ") && !line.contains(" 42.00 Td "))
        {
            let y: f32 = line
                .split(" Td ")
                .next()
                .unwrap()
                .rsplit(' ')
                .next()
                .unwrap()
                .parse()
                .unwrap();
            assert!((56.0..800.0).contains(&y), "{} {y}", person.latin_name);
            assert!(!line.contains('?'), "{line}");
        }
    }
}

#[test]
fn the_same_person_sends_the_same_cv() {
    let rng = || Rng::seeded(3);
    let person = invent(&rng(), "careers", 1).remove(0);
    assert_eq!(
        pdf(&person, "Comptable", &rng()),
        pdf(&person, "Comptable", &rng())
    );
}
