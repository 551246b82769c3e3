//! The formats, byte by byte, as `golden.py` writes them: made by another implementation, so that neither a slip
//! nor an upgrade of ours can move a byte unseen. When one of these fails, the code is wrong, not the figure.

use kernel::{Rng, Timestamp};
use storage::{Ciphertext, KeyedHash, PublicText};
use zeroize::Zeroizing;

use super::{id, key};
use crate::{
    Cell, DossierKey, FileSealer, JournalEntry, JournalKind, LedgerEntry, LookupKind, MasterKey, Sealed,
    chain::{self, Link, START},
    crypto::Secret,
    site::{SiteKeys, Stored, to_secret},
};

const CELL: &str = "016465666768696a6b6c6d6e6f75bfb8e218840b3eb0db357393a247dacfaca2f26a6c2f0408b9a9206f391f";
const PSEUDONYM: &str = "e5dcb624af26bebf0a27922136c0259843152a22a79ea87de99820866f64a9ae";
const EMPTY_FILE: &str = "5649564601c8c9cacbcccdcecfd0d1d2d3d4d5d6d7f085a83fd491858adcc6f13b1ed5c39e";
const SMALL_FILE: &str =
    "5649564601c8c9cacbcccdcecfd0d1d2d3d4d5d6d750a96341c4ae4f4f3c66c3055274112be22734844e";
const LARGE_FILE_SHA256: &str = "5d81203fa847daaf3461e331998ce9a94d2c9cfc89716fd192510772d708b5de";
const CHECK: &str = "a9ca1293b1f8b84c6f5470bea7a47e60347d113c9a6f94d1cb43ccdb507c5598";
const SITE: &str = "010909090909090909090909090909090909090909090909090909090909090909016465666768696a6b6c6d6e6ff7c2e88d49364d3747c26e662d8f95319f251d8782ad0f13040196fb41f2cd81d95063b3792f2d32429187de3fda272a";
const WRAPPED: &str = "016465666768696a6b6c6d6e6fd7e2c8ad69166d1767e24e460dafb511bf053da7a28d2f332421b6db61d2eda10c497f0621983eb29a053aceb4b4edd6";
const EMAIL: &str = "f059ac172efa9dca341b9500496916f943bdaefe01bc55e5a9b293fe541ce17a";
const TOKEN_MAC: &str = "0a60105f288eeaf378c8b4e5de77df8b8c142283e3cd3798d568ffc0fee0ccc8";
const TOKEN: &str = "016465666768696a6b6c6d6e6f33fd6df607db48fa644efa54d9d32105b1ffc3d8";
const SUBJECT: &str = "2d8330fc55c69dc19eb04d5a549ef94f7f5df4c49c80d44463117fbe81137c0c";
const LEDGER_LEAF: &str = "010000000000000000000001a3185c50000193aaaabbbb7ccc8dddeeeeffff000100146170706c69636174696f6e2e72656365697665640103030303030303030303030303030303030303030303030303030303030303030000000b7b2266696c6573223a317d";
const LEDGER_0: &str = "f69d2c602ea7837dd8f7faa2fd16a5a25852ded0a7628a03c884137478bb67ba";
const LEDGER_1: &str = "e56bab12174c9419d8bd35fd7b3e3a5fb3fd3350cf31e512db927b8ed7fe5ab6";
const JOURNAL_0: &str = "aab3abd53daa01e8d5be7e757217c7d78780a819c4b98e9208291a0f66512c1c";

const SALT: [u8; 16] = [
    200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, 213, 214, 215,
];

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn hash(hex: &str) -> KeyedHash {
    KeyedHash(bytes(hex).try_into().unwrap())
}

fn dossier() -> DossierKey {
    key(std::array::from_fn(|n| u8::try_from(n).unwrap()))
}

fn site() -> SiteKeys {
    let stored = Stored {
        seal: Ciphertext::from_sealed(bytes(SITE)),
        check: hash(CHECK),
    };
    SiteKeys::open(&MasterKey(Zeroizing::new([7; 32])), &stored, &Rng::seeded(1)).unwrap()
}

#[test]
fn a_cell() {
    let row = id::<()>(1);
    let cell = Cell {
        table: "people",
        column: "email",
        row: row.as_bytes(),
    };
    let sealed: Sealed<String> = Sealed::from_bytes(bytes(CELL));
    assert_eq!(
        *dossier().open(cell, &sealed).unwrap(),
        "zoé@exemple.fr".as_bytes()
    );
    assert_eq!(dossier().pseudonym(), hash(PSEUDONYM));
}

#[test]
fn a_file() {
    let seal = |plain: &[u8]| {
        let mut sealed = Vec::new();
        let mut sealer = FileSealer::new(SALT, dossier().file_key(id(2), &SALT));
        sealer.push(plain, &mut sealed);
        sealer.finish(&mut sealed);
        sealed
    };
    assert_eq!(seal(b""), bytes(EMPTY_FILE));
    assert_eq!(seal(b"%PDF-"), bytes(SMALL_FILE));
    let large: Vec<u8> = (0..150_000_u32).map(|n| u8::try_from(n % 251).unwrap()).collect();
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &seal(&large));
    assert_eq!(digest.as_ref(), bytes(LARGE_FILE_SHA256));
}

#[test]
fn the_keys_of_a_site() {
    let site = site();
    let place = [b"vivier/1/key".as_slice(), id::<()>(0).as_bytes()].concat();
    let wrapped: Secret = to_secret(&site.wrap.open(&place, &bytes(WRAPPED)).unwrap()).unwrap();
    assert_eq!(wrapped[31], 31);
    let email = site
        .lookup
        .of(kernel::Word::word(LookupKind::Email), b"zoe@exemple.fr");
    assert_eq!(email, hash(EMAIL));
    assert_eq!(site.token_mac.of("csrf", b"abc"), hash(TOKEN_MAC));
    let place = [b"vivier/1/token".as_slice(), &[0, 5], b"draft"].concat();
    assert_eq!(*site.token_seal.open(&place, &bytes(TOKEN)).unwrap(), b"kept");
    assert_eq!(site.subject.over(&[id::<()>(1).as_bytes()]), hash(SUBJECT));
}

#[test]
fn the_chains() {
    let entry = |n, at, kind, subject, body| LedgerEntry {
        id: id(n),
        at: Timestamp::from_millis(at),
        kind: PublicText::new(kind),
        subject,
        body: PublicText::new(body),
    };
    let at = 1_800_000_000_000;
    let first = entry(
        1,
        at,
        "application.received",
        Some(KeyedHash([3; 32])),
        r#"{"files":1}"#,
    );
    let leaf = chain::ledger_leaf(0, &first);
    assert_eq!(leaf, bytes(LEDGER_LEAF));
    let head = Link::Open.add(START, &leaf);
    assert_eq!(head.hash, hash(LEDGER_0));
    let second = chain::ledger_leaf(1, &entry(2, at + 1, "sweep", None, "{}"));
    assert_eq!(Link::Open.add(head, &second).hash, hash(LEDGER_1));

    let withdrawn = JournalEntry {
        kind: JournalKind::Withdrawn,
        subject: Some(KeyedHash([3; 32])),
        scope: PublicText::new("talent_pool"),
    };
    let leaf = crate::journal::leaf(0, Timestamp::from_millis(at), &withdrawn);
    assert_eq!(
        Link::Keyed(&site().journal).add(START, &leaf).hash,
        hash(JOURNAL_0)
    );
}
