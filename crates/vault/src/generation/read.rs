//! Owns: reading a generation of the key store back, looking it over as if it were used, and putting it in the place of
//! a store that is lost. Doesn't own: its format ([`super`]).

use std::{
    collections::HashSet,
    future::Future,
    sync::{Arc, OnceLock},
};

use kernel::{Id, Rng, Timestamp};
use storage::{
    Db, Location, Migration, Row,
    copy::{Intake, Records, Shape, row},
    sql,
};

use super::{Checked, Generation, Preamble, Seal};
use crate::{
    DossierId, Error, MasterKey, Nature,
    chain::{Chain, Head, Link, START, Verdict, Walk},
    journal, keys, ledger,
    schema::MIGRATIONS,
    signing,
    site::{SiteKeys, Stored},
};

/// Looks a generation over as if it were to be used: each part opens, each key opens under the master key, the counts
/// are those of its making, both chains are whole as far as [`Checked`] says. `fetch` gives a part by its number; of
/// the `watched` dossiers it is told whose keys are in it.
///
/// # Errors
/// [`Error::Tampered`], [`Error::NotWhole`], [`Error::NewerFormat`]; those of `fetch`.
pub async fn read_keys<F, Part, E>(
    master: &MasterKey,
    generation: Id<Generation>,
    watched: &HashSet<DossierId>,
    fetch: F,
) -> Result<Checked, E>
where
    F: FnMut(u32) -> Part + Send,
    Part: Future<Output = Result<Vec<u8>, E>> + Send,
    E: From<Error> + Send,
{
    let mut reader = Reader::begin(master, generation, fetch).await?;
    reader.go_through(watched, None).await
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
    let checked = reader.go_through(&HashSet::new(), Some(&mut intake)).await?;
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

    async fn go_through(
        &mut self,
        watched: &HashSet<DossierId>,
        mut intake: Option<&mut Intake>,
    ) -> Result<Checked, E> {
        let site = OnceLock::new();
        let mut tally = Tally::new(&site, self.master, watched, self.shapes.len());
        let mut number = 0;
        let stated: Vec<u64> = loop {
            number += 1;
            let part = (self.fetch)(number).await?;
            let (plain, last) = Seal::open(self.master, self.generation, number, &part)?;
            if last {
                break serde_json::from_slice(&plain).map_err(|_| Error::Tampered)?;
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
            tally.take(nth, &shape.table, &rows)?;
        };
        let taken_at = Timestamp::from_millis(self.preamble.taken_at);
        Ok(tally.finish(&stated, taken_at)?)
    }
}

/// The site's keys, once its row has come; the chains are walked under them.
type Site = OnceLock<(SiteKeys, Nature)>;

/// What the rows of a generation amount to.
struct Tally<'s> {
    site: &'s Site,
    master: &'s MasterKey,
    watched: &'s HashSet<DossierId>,
    heads: Heads,
    journal: Option<Walk<'s>>,
    ledger: Option<Walk<'s>>,
    active: u64,
    destroyed: u64,
    lookups: u64,
    seen: Vec<DossierId>,
    counts: Vec<u64>,
}

impl<'s> Tally<'s> {
    fn new(site: &'s Site, master: &'s MasterKey, watched: &'s HashSet<DossierId>, tables: usize) -> Self {
        Self {
            site,
            master,
            watched,
            heads: Heads::default(),
            journal: None,
            ledger: None,
            active: 0,
            destroyed: 0,
            lookups: 0,
            seen: Vec::new(),
            counts: vec![0; tables],
        }
    }

    fn take(&mut self, nth: usize, table: &str, rows: &[Row]) -> Result<(), Error> {
        if let Some(count) = self.counts.get_mut(nth) {
            *count += rows.len() as u64;
        }
        match table {
            "site" => {
                let found = rows.first().ok_or(Error::Tampered)?;
                // Only opens and checks; nothing is sealed with it.
                let keys = SiteKeys::open(self.master, &Stored::read(found)?, &Rng::seeded(0))?;
                drop(self.site.set((keys, found.get("nature")?)));
            }
            "heads" => self.heads = Heads::read(rows)?,
            "keys" => {
                let (site, _) = self.site()?;
                for row in rows {
                    match keys::secret(row, &site.wrap)? {
                        Some((id, _)) => {
                            self.active += 1;
                            self.seen.extend(self.watched.contains(&id).then_some(id));
                        }
                        None => self.destroyed += 1,
                    }
                }
            }
            "signing" => {
                let (site, _) = self.site()?;
                for row in rows {
                    signing::secret(row, &site.wrap)?;
                }
            }
            "lookups" => self.lookups += rows.len() as u64,
            "journal" => {
                let stored = |row| Ok(journal::stored(&journal::read(row)?));
                self.journal()?.take(rows.iter().map(stored).collect())?;
            }
            "ledger" => {
                let stored = |row| Ok(ledger::stored(&ledger::read(row)?));
                self.ledger().take(rows.iter().map(stored).collect())?;
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self, stated: &[u64], taken_at: Timestamp) -> Result<Checked, Error> {
        if stated != self.counts {
            return Err(Error::NotWhole(format!(
                "{:?} records of {stated:?}",
                self.counts
            )));
        }
        let (_, nature) = self.site()?;
        Ok(Checked {
            taken_at,
            nature: *nature,
            active: self.active,
            destroyed: self.destroyed,
            lookups: self.lookups,
            seen: std::mem::take(&mut self.seen),
            journal: ended(self.journal()?)?,
            ledger: ended(self.ledger())?,
        })
    }

    fn site(&self) -> Result<&'s (SiteKeys, Nature), Error> {
        self.site.get().ok_or(Error::Tampered)
    }

    fn journal(&mut self) -> Result<&mut Walk<'s>, Error> {
        let (site, _) = self.site()?;
        let head = self.heads.journal;
        Ok(self
            .journal
            .get_or_insert_with(|| Walk::new(head, Link::Keyed(&site.journal))))
    }

    fn ledger(&mut self) -> &mut Walk<'s> {
        let head = self.heads.ledger;
        self.ledger.get_or_insert_with(|| Walk::new(head, Link::Open))
    }
}

/// The verdict of a walk after which nothing comes.
fn ended(walk: &mut Walk<'_>) -> Result<Verdict, Error> {
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
            journal: START,
            ledger: START,
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
            match row.get::<Chain, _>("chain")? {
                Chain::Journal => heads.journal = head,
                Chain::Ledger => heads.ledger = head,
            }
        }
        Ok(heads)
    }
}
