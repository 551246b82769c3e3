//! Owns: a [`Generation`], one whole copy of the key store in sealed parts: making one, and its seal. Doesn't own:
//! reading one back (`read.rs`), where the parts lie and how many generations are kept (`guard::keys`).
//!
//! # Format, final from version 1
//! ```text
//! part        "VIVK" | 01 | salt (32) | 00, in the last one 01 | envelope
//!             under Derive(master key, "vivier/1/keys-seal" | salt), associated data "vivier/1/keys" | generation (16)
//!             | number of the part (4) | the 38 bytes before the envelope
//! part 0      JSON: when it was taken, the migrations, the tables
//! part n      number of the table (2) | records, as `storage::copy` writes them
//! last part   JSON: how many records each table has
//! ```
//! The master key alone opens it: a key store may be lost with everything in it.

use std::future::Future;

use futures_util::TryStreamExt as _;
use kernel::{Id, Rng, Timestamp};
use serde::{Deserialize, Serialize};
use storage::copy::Shape;

use crate::{
    DossierId, Error, MasterKey, Nature, Vault,
    chain::Verdict,
    crypto::{self, Cipher},
};

/// Marks the id of a generation: one copy of the key store, made at one moment.
pub enum Generation {}

/// Plain bytes of a part.
const PART: usize = 4 * 1024 * 1024;
const MAGIC: [u8; 5] = *b"VIVK\x01";
const HEAD: usize = MAGIC.len() + 32 + 1;
/// The tables in the order in which they are copied: what tells how the others are read comes first, and none refers
/// to a later one.
const ORDER: [&str; 8] = [
    "site",
    "heads",
    "keys",
    "lookups",
    "journal",
    "ledger",
    "signing",
    "suppressions",
];

mod read;

pub use read::{install_keys, read_keys};

/// What looking over a key store, or a copy of one, found.
#[derive(Debug, Clone)]
pub struct Checked {
    /// When it was copied, or looked over.
    pub taken_at: Timestamp,
    /// What the site is.
    pub nature: Nature,
    /// Keys, each of which opened.
    pub active: u64,
    /// Keys that were destroyed.
    pub destroyed: u64,
    /// Look-ups.
    pub lookups: u64,
    /// Of the dossiers that were asked about, those whose keys opened.
    pub seen: Vec<DossierId>,
    /// The restriction journal.
    pub journal: Verdict,
    /// The ledger.
    pub ledger: Verdict,
}

impl Checked {
    /// True when both chains are whole; keys that don't open are an error before.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.journal.broken.is_none() && self.ledger.broken.is_none()
    }
}

#[derive(Serialize, Deserialize)]
struct Preamble {
    taken_at: i64,
    migrations: Vec<String>,
    tables: Vec<Shape>,
}

/// The seal of one generation.
struct Seal {
    cipher: Cipher,
    head: [u8; HEAD],
    generation: Id<Generation>,
}

impl Seal {
    fn new(master: &MasterKey, salt: &[u8; 32], generation: Id<Generation>) -> Self {
        let mut head = [0; HEAD];
        head[..MAGIC.len()].copy_from_slice(&MAGIC);
        head[MAGIC.len()..HEAD - 1].copy_from_slice(salt);
        Self {
            cipher: Cipher::new(&crypto::derive(&master.0, &[b"vivier/1/keys-seal", salt])),
            head,
            generation,
        }
    }

    fn seal(&self, rng: &Rng, number: u32, last: bool, plain: &[u8]) -> Vec<u8> {
        let head = self.head(last);
        let mut part = head.to_vec();
        self.cipher
            .seal_onto(rng, &self.place(number, &head), plain, &mut part);
        part
    }

    /// The plain bytes of a part, and whether it is the last.
    fn open(
        master: &MasterKey,
        generation: Id<Generation>,
        number: u32,
        part: &[u8],
    ) -> Result<Opened, Error> {
        let (head, envelope) = part.split_first_chunk::<HEAD>().ok_or(Error::Tampered)?;
        let (magic, rest) = head.split_first_chunk::<5>().ok_or(Error::Tampered)?;
        if magic != &MAGIC {
            let newer = magic.starts_with(&MAGIC[..4]) && magic > &MAGIC;
            return Err(if newer {
                Error::NewerFormat
            } else {
                Error::Tampered
            });
        }
        let (salt, last) = rest.split_first_chunk::<32>().ok_or(Error::Tampered)?;
        let seal = Self::new(master, salt, generation);
        let plain = seal.cipher.open(&seal.place(number, head), envelope)?;
        Ok((plain, last == [1]))
    }

    fn head(&self, last: bool) -> [u8; HEAD] {
        let mut head = self.head;
        head[HEAD - 1] = u8::from(last);
        head
    }

    fn place(&self, number: u32, head: &[u8; HEAD]) -> Vec<u8> {
        [
            b"vivier/1/keys".as_slice(),
            self.generation.as_bytes(),
            &number.to_be_bytes(),
            head,
        ]
        .concat()
    }
}

type Opened = (zeroize::Zeroizing<Vec<u8>>, bool);

impl Vault {
    /// Copies the key store as it stands at one moment: gives `put` each part with its number, in order.
    ///
    /// # Errors
    /// The key store's, and those of `put`.
    pub async fn copy_keys<F, Done, E>(
        &self,
        master: &MasterKey,
        generation: Id<Generation>,
        mut put: F,
    ) -> Result<u32, E>
    where
        F: FnMut(u32, Vec<u8>) -> Done + Send,
        Done: Future<Output = Result<(), E>> + Send,
        E: From<Error> + Send,
    {
        let rng = self.rng();
        let seal = Seal::new(master, &rng.bytes(), generation);
        let mut snapshot = self.db().snapshot().await.map_err(Error::from)?;
        let mut shapes = snapshot.shapes();
        shapes.sort_by_key(|shape| ORDER.iter().position(|name| *name == shape.table));
        let preamble = Preamble {
            taken_at: self.now().as_millis(),
            migrations: snapshot.migrations().to_vec(),
            tables: shapes.iter().map(|shape| (**shape).clone()).collect(),
        };
        let mut number = 0;
        put(number, seal.seal(rng, number, false, &json(&preamble))).await?;
        let mut counts = Vec::with_capacity(shapes.len());
        for (nth, shape) in shapes.iter().enumerate() {
            let start = u16::try_from(nth).unwrap_or(u16::MAX).to_be_bytes();
            let mut records = snapshot.records(shape).map_err(Error::from)?;
            let (mut count, mut plain) = (0_u64, start.to_vec());
            while let Some(record) = records.try_next().await.map_err(Error::from)? {
                count += 1;
                plain.extend_from_slice(&record);
                if plain.len() >= PART {
                    number += 1;
                    put(number, seal.seal(rng, number, false, &plain)).await?;
                    plain.truncate(start.len());
                }
            }
            if plain.len() > start.len() {
                number += 1;
                put(number, seal.seal(rng, number, false, &plain)).await?;
            }
            counts.push(count);
        }
        number += 1;
        put(number, seal.seal(rng, number, true, &json(&counts))).await?;
        Ok(number + 1)
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
