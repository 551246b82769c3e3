//! Owns: a [`Generation`], one whole copy of the key store in sealed parts: making one, looking it over, putting it in
//! the place of a key store that is lost. Doesn't own: where the parts lie and how many generations are kept
//! (`guard::keys`).
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

use std::{future::Future, sync::Arc};

use futures_util::TryStreamExt as _;
use kernel::{Id, Rng, Timestamp};
use serde::{Deserialize, Serialize};
use storage::{
    Db, Location, Migration, Row,
    copy::{Intake, Records, Shape, row},
    sql,
};

use crate::{
    Error, MasterKey, Nature, Vault,
    chain::{Head, Link, Verdict, Walk},
    crypto::{self, Cipher},
    journal, keys, ledger,
    schema::MIGRATIONS,
    site::{SiteKeys, Stored},
};

/// Marks the id of a generation: one copy of the key store, made at one moment.
pub enum Generation {}

/// Plain bytes of a part.
const PART: usize = 4 * 1024 * 1024;
const MAGIC: [u8; 5] = *b"VIVK\x01";
const HEAD: usize = MAGIC.len() + 32 + 1;
/// The tables in the order in which they are copied: what tells how the others are read comes first, and none refers
/// to a later one.
const ORDER: [&str; 6] = ["site", "heads", "keys", "lookups", "journal", "ledger"];

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

/// Looks a generation over as if it were to be used: each part opens, each key opens under the master key, the counts
/// are those of its making, both chains are whole as far as [`Checked`] says. `fetch` gives a part by its number.
///
/// # Errors
/// [`Error::Tampered`], [`Error::NotWhole`], [`Error::NewerFormat`]; those of `fetch`.
pub async fn read_keys<F, Part, E>(
    master: &MasterKey,
    generation: Id<Generation>,
    fetch: F,
) -> Result<Checked, E>
where
    F: FnMut(u32) -> Part + Send,
    Part: Future<Output = Result<Vec<u8>, E>> + Send,
    E: From<Error> + Send,
{
    let mut reader = Reader::begin(master, generation, fetch).await?;
    reader.go_through(None).await
}

/// Puts a generation in the place of a key store that is lost. Its active keys count as unsettled afterwards: the
/// sweep of orphans looks at each, and destroys those whose dossiers were erased since.
///
/// # Errors
/// [`Error::StoreExists`] when there is one: what it destroyed would come back. As [`read_keys`].
pub async fn install_keys<F, Part, E>(
    store: &Location,
    master: &MasterKey,
    generation: Id<Generation>,
    fetch: F,
) -> Result<Checked, E>
where
    F: FnMut(u32) -> Part + Send,
    Part: Future<Output = Result<Vec<u8>, E>> + Send,
    E: From<Error> + Send,
{
    let mut reader = Reader::begin(master, generation, fetch).await?;
    let db = Db::open(store).await.map_err(Error::from)?;
    if !db.columns().await.map_err(Error::from)?.is_empty() {
        return Err(Error::StoreExists.into());
    }
    db.migrate(&reader.migrations()?).await.map_err(Error::from)?;
    let mut intake = db.intake().await.map_err(Error::from)?;
    let checked = reader.go_through(Some(&mut intake)).await?;
    let mut tx = intake.into_tx().await.map_err(Error::from)?;
    let unsettled = sql("UPDATE keys SET settled = FALSE WHERE state = 'active'");
    unsettled.run(&mut tx).await.map_err(Error::from)?;
    tx.commit().await.map_err(Error::from)?;
    db.close().await;
    Ok(checked)
}

/// Goes through the parts of a generation.
struct Reader<'m, F> {
    master: &'m MasterKey,
    generation: Id<Generation>,
    fetch: F,
    preamble: Preamble,
    shapes: Vec<Arc<Shape>>,
}

impl<'m, F, Part, E> Reader<'m, F>
where
    F: FnMut(u32) -> Part + Send,
    Part: Future<Output = Result<Vec<u8>, E>> + Send,
    E: From<Error> + Send,
{
    async fn begin(master: &'m MasterKey, generation: Id<Generation>, mut fetch: F) -> Result<Self, E> {
        let (plain, _) = Seal::open(master, generation, 0, &fetch(0).await?)?;
        let preamble: Preamble = serde_json::from_slice(&plain).map_err(|_| Error::NewerFormat)?;
        let shapes = preamble.tables.iter().cloned().map(Arc::new).collect();
        Ok(Self {
            master,
            generation,
            fetch,
            preamble,
            shapes,
        })
    }

    /// Those of our migrations that made the copied tables.
    fn migrations(&self) -> Result<Vec<Migration>, Error> {
        let known = |name: &String| MIGRATIONS.iter().any(|migration| migration.name == name);
        if !self.preamble.migrations.iter().all(known) {
            return Err(Error::NewerFormat);
        }
        let applied =
            |migration: &&Migration| self.preamble.migrations.iter().any(|name| name == migration.name);
        Ok(MIGRATIONS.iter().filter(applied).copied().collect())
    }

    async fn go_through(&mut self, mut intake: Option<&mut Intake>) -> Result<Checked, E> {
        let mut heads = Heads::default();
        let site = std::sync::OnceLock::new();
        let (mut journal, mut ledger) = (None, None);
        let (mut active, mut destroyed, mut lookups) = (0, 0, 0);
        let mut counts = vec![0_u64; self.shapes.len()];
        let mut number = 0;
        let stated = loop {
            number += 1;
            let part = (self.fetch)(number).await?;
            let (plain, last) = Seal::open(self.master, self.generation, number, &part)?;
            if last {
                break serde_json::from_slice::<Vec<u64>>(&plain).map_err(|_| Error::Tampered)?;
            }
            let (nth, records) = plain.split_first_chunk::<2>().ok_or(Error::Tampered)?;
            let nth = usize::from(u16::from_be_bytes(*nth));
            let shape = self.shapes.get(nth).ok_or(Error::Tampered)?;
            let mut rows = Vec::new();
            for record in Records(records) {
                let record = record.map_err(Error::from)?;
                rows.push(row(shape, record).map_err(Error::from)?);
                if let Some(intake) = intake.as_deref_mut() {
                    intake.put(shape, record).await.map_err(Error::from)?;
                }
            }
            counts[nth] += rows.len() as u64;
            match shape.table.as_str() {
                "site" => {
                    let found = rows.first().ok_or(Error::Tampered)?;
                    let stored = Stored::read(found).map_err(Error::from)?;
                    // Only opens and checks; nothing is sealed with it.
                    let keys = SiteKeys::open(self.master, &stored, &Rng::seeded(0))?;
                    drop(site.set((keys, found.get::<Nature, _>("nature").map_err(Error::from)?)));
                }
                "heads" => heads = Heads::read(&rows).map_err(Error::from)?,
                "keys" => {
                    let (keys, _) = site.get().ok_or(Error::Tampered)?;
                    for row in &rows {
                        match keys::secret(row, &keys.wrap)? {
                            Some(_) => active += 1,
                            None => destroyed += 1,
                        }
                    }
                }
                "lookups" => lookups += rows.len() as u64,
                "journal" => {
                    let (keys, _) = site.get().ok_or(Error::Tampered)?;
                    let walk =
                        journal.get_or_insert_with(|| Walk::new(heads.journal, Link::Keyed(&keys.journal)));
                    walk.take(
                        rows.iter()
                            .map(|row| Ok(journal::stored(&journal::read(row)?)))
                            .collect(),
                    )?;
                }
                "ledger" => {
                    let walk = ledger.get_or_insert_with(|| Walk::new(heads.ledger, Link::Open));
                    walk.take(
                        rows.iter()
                            .map(|row| Ok(ledger::stored(&ledger::read(row)?)))
                            .collect(),
                    )?;
                }
                _ => {}
            }
        };
        if stated != counts {
            return Err(Error::NotWhole(format!("{counts:?} records of {stated:?}")).into());
        }
        let (keys, nature) = site.get().ok_or(Error::Tampered)?;
        let journal = journal.unwrap_or_else(|| Walk::new(heads.journal, Link::Keyed(&keys.journal)));
        let ledger = ledger.unwrap_or_else(|| Walk::new(heads.ledger, Link::Open));
        Ok(Checked {
            taken_at: Timestamp::from_millis(self.preamble.taken_at),
            nature: *nature,
            active,
            destroyed,
            lookups,
            journal: ended(journal)?,
            ledger: ended(ledger)?,
        })
    }
}

/// The verdict of a walk after which nothing comes.
fn ended(mut walk: Walk<'_>) -> Result<Verdict, Error> {
    if walk.wants().is_some() {
        walk.take(Ok(Vec::new()))?;
    }
    Ok(walk.verdict())
}

/// Where the copied chains end.
struct Heads {
    journal: Head,
    ledger: Head,
}

impl Default for Heads {
    fn default() -> Self {
        Self {
            journal: crate::chain::START,
            ledger: crate::chain::START,
        }
    }
}

impl Heads {
    fn read(rows: &[Row]) -> Result<Self, storage::Error> {
        let mut heads = Self::default();
        for row in rows {
            let head = Head {
                length: row.get("length")?,
                hash: row.get("hash")?,
            };
            match row.get::<crate::chain::Chain, _>("chain")? {
                crate::chain::Chain::Journal => heads.journal = head,
                crate::chain::Chain::Ledger => heads.ledger = head,
            }
        }
        Ok(heads)
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
