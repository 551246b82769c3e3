//! Cells and files: what was sealed opens in its place and nowhere else.

use kernel::Rng;
use proptest::prelude::*;

use super::{id, key};
use crate::{CHUNK, Cell, DossierKey, Error, Sealed, plain_length, sealed_length};

const KEY: [u8; 32] = [5; 32];

fn cell(row: &[u8; 16]) -> Cell<'_> {
    Cell {
        table: "people",
        column: "email",
        row,
    }
}

fn seal_file(key: &DossierKey, plain: &[u8], pieces: &[usize]) -> Vec<u8> {
    let (mut sealed, mut rest) = (Vec::new(), plain);
    let mut sealer = key.file_sealer(id(2));
    for &piece in pieces {
        let (now, later) = rest.split_at(piece.min(rest.len()));
        sealer.push(now, &mut sealed);
        rest = later;
    }
    sealer.push(rest, &mut sealed);
    sealer.finish(&mut sealed);
    sealed
}

fn open_file(key: &DossierKey, file: u8, sealed: &[u8], piece: usize) -> Result<Vec<u8>, Error> {
    let mut plain = Vec::new();
    let mut opener = key.file_opener(id(file));
    for now in sealed.chunks(piece) {
        opener.push(now, &mut plain)?;
    }
    opener.finish(&mut plain)?;
    Ok(plain)
}

proptest! {
    #[test]
    fn a_cell_opens_to_what_was_sealed(plain: Vec<u8>, row: [u8; 16]) {
        let sealed: Sealed<String> = key(KEY).seal(cell(&row), &plain);
        prop_assert_eq!(sealed.as_bytes().len(), plain.len() + 29);
        prop_assert_eq!(&*key(KEY).open(cell(&row), &sealed).unwrap(), &plain);
    }

    #[test]
    fn a_cell_with_a_flipped_bit_does_not_open(plain: Vec<u8>, at: prop::sample::Index, bit in 0..8) {
        let row = [0; 16];
        let sealed: Sealed<String> = key(KEY).seal(cell(&row), &plain);
        let mut bytes = sealed.as_bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= 1_u8 << bit;
        let opened = key(KEY).open(cell(&row), &Sealed::<String>::from_bytes(bytes));
        prop_assert!(matches!(opened, Err(Error::Tampered | Error::NewerFormat)));
    }

    #[test]
    fn a_cut_cell_does_not_open(plain: Vec<u8>, at: prop::sample::Index) {
        let sealed: Sealed<String> = key(KEY).seal(cell(&[0; 16]), &plain);
        let bytes = sealed.as_bytes();
        let cut = Sealed::<String>::from_bytes(bytes[..at.index(bytes.len())].to_vec());
        prop_assert!(key(KEY).open(cell(&[0; 16]), &cut).is_err());
    }
}

#[test]
fn a_cell_opens_in_its_place_only() {
    let (row, other) = ([1; 16], [2; 16]);
    let sealed: Sealed<String> = key(KEY).seal(cell(&row), b"x");
    let elsewhere = [
        cell(&other),
        Cell {
            table: "clients",
            ..cell(&row)
        },
        Cell {
            column: "phone",
            ..cell(&row)
        },
        // The same letters, cut elsewhere.
        Cell {
            table: "peoplee",
            column: "mail",
            row: &row,
        },
    ];
    for place in elsewhere {
        assert!(
            matches!(key(KEY).open(place, &sealed), Err(Error::Tampered)),
            "{place:?}"
        );
    }
    assert!(key([6; 32]).open(cell(&row), &sealed).is_err(), "another key");
    let renamed = DossierKey::new(id(9), zeroize::Zeroizing::new(KEY), Rng::seeded(1));
    assert!(
        renamed.open(cell(&row), &sealed).is_err(),
        "another dossier, were it to have the same key"
    );
}

#[test]
fn equal_values_are_sealed_differently_and_nothing_shows_them() {
    let (one, key) = ([1; 16], key(KEY));
    let (a, b): (Sealed<String>, Sealed<String>) =
        (key.seal(cell(&one), b"Durand"), key.seal(cell(&one), b"Durand"));
    assert_ne!(a.as_bytes(), b.as_bytes());
    assert_eq!(format!("{a:?}"), "Ciphertext(35 bytes)");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_file_opens_to_what_was_sealed_in_whatever_pieces(
        size in prop_oneof![0..40_usize, (CHUNK - 3)..(CHUNK + 3), (2 * CHUNK - 2)..(3 * CHUNK)],
        seed: u64,
        pieces in prop::collection::vec(0..100_000_usize, 0..8),
        piece in 1..200_000_usize,
    ) {
        let mut plain = vec![0; size];
        Rng::seeded(seed).fill(&mut plain);
        let sealed = seal_file(&key(KEY), &plain, &pieces);
        prop_assert_eq!(sealed.len() as u64, sealed_length(size as u64));
        prop_assert_eq!(plain_length(sealed.len() as u64), Some(size as u64));
        prop_assert!(open_file(&key(KEY), 2, &sealed, piece).unwrap() == plain);
    }

    #[test]
    fn a_file_with_a_flipped_bit_does_not_open(
        size in 0..150_000_usize,
        at: prop::sample::Index,
        bit in 0..8,
    ) {
        let mut sealed = seal_file(&key(KEY), &vec![7; size], &[]);
        let at = at.index(sealed.len());
        sealed[at] ^= 1_u8 << bit;
        prop_assert!(open_file(&key(KEY), 2, &sealed, 50_000).is_err());
    }

    #[test]
    fn a_cut_or_lengthened_file_does_not_open(size in 0..150_000_usize, at: prop::sample::Index) {
        let mut sealed = seal_file(&key(KEY), &vec![7; size], &[]);
        prop_assert!(open_file(&key(KEY), 2, &sealed[..at.index(sealed.len())], 50_000).is_err());
        sealed.push(0);
        prop_assert!(open_file(&key(KEY), 2, &sealed, 50_000).is_err());
    }
}

#[test]
fn chunks_can_not_be_cut_off_moved_or_lent() {
    let key = key(KEY);
    let sealed = seal_file(&key, &vec![7; 3 * CHUNK], &[]);
    let chunk = CHUNK + 16;
    let part = |n: usize| &sealed[21 + n * chunk..21 + (n + 1) * chunk];
    let header = &sealed[..21];
    assert!(open_file(&key, 2, &sealed, 1_000).is_ok());
    let swapped = [header, part(1), part(0), part(2)].concat();
    let without_last = [header, part(0), part(1)].concat();
    let without_first = [header, part(1), part(2)].concat();
    let twice = [header, part(0), part(1), part(2), part(2)].concat();
    for other in [swapped, without_last, without_first, twice, header.to_vec()] {
        assert!(open_file(&key, 2, &other, 1_000).is_err());
    }
    let again = seal_file(&key, &vec![7; 3 * CHUNK], &[]);
    let lent = [&again[..21 + chunk], part(1), part(2)].concat();
    assert!(
        open_file(&key, 2, &lent, 1_000).is_err(),
        "a chunk of the same file sealed another time"
    );
    assert!(
        open_file(&key, 3, &sealed, 1_000).is_err(),
        "in the place of another file"
    );
    let newer = [b"VIVF\x02", &sealed[5..]].concat();
    assert!(matches!(
        open_file(&key, 2, &newer, 1_000),
        Err(Error::NewerFormat)
    ));
}

#[test]
fn an_opener_that_failed_stays_closed() {
    let key = key(KEY);
    let mut sealed = seal_file(&key, &vec![7; 3 * CHUNK], &[]);
    sealed[30] ^= 1;
    let mut opener = key.file_opener(id(2));
    let mut plain = Vec::new();
    assert!(opener.push(&sealed, &mut plain).is_err());
    assert!(opener.push(&sealed[..10], &mut plain).is_ok() || plain.is_empty());
    assert!(opener.finish(&mut plain).is_err());
    assert!(plain.is_empty());
}
