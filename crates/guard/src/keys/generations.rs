//! Owns: generations of the key store in a target: made and verified, looked over, the newest whole one used. Doesn't
//! own: their bytes (`vault`).

use std::collections::{BTreeMap, HashMap};

use gateway::store::{Store, StoreError};
use kernel::{Id, Timestamp};
use serde::Serialize;
use vault::{Checked, DossierId, Generation};

use super::{master, window::Measured};
use crate::{
    Error, Guard, Settings,
    backup::{BackupError, BackupKind, Damage, Occasion},
};

const VERIFIED: &str = "verified";
/// The ledger's word for a generation that was made.
pub(super) const MADE: &str = "keys_backed_up";
/// How many are kept.
const KEPT: usize = 2;

/// A generation that was made.
#[derive(Debug, Clone, Serialize)]
pub struct KeysBackedUp {
    /// Its id.
    pub generation: String,
    /// Keys, each of which was read back and opened.
    pub active: u64,
    /// Keys that are destroyed.
    pub destroyed: u64,
    /// Entries of the restriction journal.
    pub journal: i64,
    /// Entries of the ledger.
    pub ledger: i64,
    /// Older generations that were removed.
    pub removed: Vec<String>,
}

/// A generation as it was found.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    /// Its id.
    pub generation: String,
    /// When it was made.
    pub made_at: String,
    /// Keys that opened.
    pub active: u64,
    /// Keys that are destroyed.
    pub destroyed: u64,
    /// What is wrong with it; nothing when it can be used.
    pub problem: Option<String>,
}

/// What looking generations over found.
#[derive(Debug, Clone, Serialize)]
pub struct KeysVerified {
    /// Newest first.
    pub generations: Vec<Found>,
    /// The one that would be used: the newest that is whole.
    pub serves: Option<String>,
    /// What the canary tells of the charter's window; `None` where the site itself is lost, and the canaries with it.
    pub window: Option<Measured>,
}

impl KeysVerified {
    /// True when the newest generation is whole and none opens what the charter's window is over for.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        let newest = self.generations.first();
        newest.is_some_and(|newest| newest.problem.is_none())
            && self.window.as_ref().is_none_or(Measured::holds)
    }

    /// What is wrong with the newest, and what serves instead, or which old one is there still; nothing when all is in
    /// order.
    fn damage(&self) -> Option<Damage> {
        let problems = self.generations.iter().filter(|found| found.problem.is_some());
        let (place, problem) = match self.generations.first() {
            None => (String::new(), "no generation of the key store".to_owned()),
            Some(newest) => match (&newest.problem, &self.window) {
                (_, Some(window)) if !window.holds() => (newest.generation.clone(), window.told()),
                (Some(problem), _) => (newest.generation.clone(), problem.clone()),
                (None, _) => return None,
            },
        };
        Some(Damage {
            place,
            problem,
            more: problems.count().saturating_sub(1),
            serves: self.serves.clone(),
        })
    }

    /// In words, what is wrong with the newest and what serves instead, or which old one is there still.
    #[must_use]
    pub fn told(&self) -> String {
        if let Some(window) = self.window.as_ref().filter(|window| !window.holds()) {
            return window.told();
        }
        let newest = self.generations.first();
        let problem = newest.and_then(|newest| newest.problem.as_deref());
        match (newest, problem, &self.serves) {
            (None, ..) => "no generation of the key store".to_owned(),
            (Some(newest), None, _) => newest.generation.clone(),
            (Some(newest), Some(problem), Some(serves)) => format!(
                "the newest generation of the key store, {}, can't be used ({problem}); {serves} serves",
                newest.generation
            ),
            (Some(newest), Some(problem), None) => format!(
                "no generation of the key store can be used; the newest, {}: {problem}",
                newest.generation
            ),
        }
    }
}

impl Guard {
    /// Makes a generation of the key store, reads it back and opens each key of it; then it counts, and older ones than
    /// the one before go.
    ///
    /// # Errors
    /// [`BackupError`]; the vault's. What was made before stays then.
    pub async fn back_up_keys(&self, target: &str) -> Result<KeysBackedUp, Error> {
        self.back_up_keys_on(Occasion::Asked, target).await
    }

    pub(crate) async fn back_up_keys_on(
        &self,
        occasion: Occasion,
        target: &str,
    ) -> Result<KeysBackedUp, Error> {
        let made = Box::pin(self.back_up_keys_to(target, occasion)).await;
        let detail = match &made {
            Ok(made) => made.generation.clone(),
            Err(error) => error.to_string(),
        };
        self.remember_backup(BackupKind::Keys, made.is_ok(), &detail)
            .await?;
        made
    }

    async fn back_up_keys_to(&self, target: &str, occasion: Occasion) -> Result<KeysBackedUp, Error> {
        let store = Store::at(target).map_err(BackupError::from)?;
        let processor = self.backup_processor(target)?;
        if !matches!(store.get("site").await, Err(StoreError::Missing(_))) {
            return Err(BackupError::NotApart("the data").into());
        }
        let key = master(&self.master_key, &self.key_store).await?;
        let generation: Id<Generation> = self.id();
        let put = |number: u32, part: Vec<u8>| {
            let (store, place) = (store.clone(), part_of(generation, number));
            async move { store.put(&place, part.into()).await.map_err(away) }
        };
        let canary = match self.is_to_be_noted(occasion, MADE).await? {
            true => Some(self.make_canary().await?),
            false => None,
        };
        let copied = self.vault.copy_keys(&key, generation, put).await;
        if let Some(canary) = canary {
            self.end_canary(canary).await?;
        }
        copied?;
        let watched = canary.map(|canary| (canary, self.now())).into_iter().collect();
        let checked = read(&store, &key, generation, &watched).await?;
        let is_lost = canary.is_some() && checked.seen.is_empty();
        let lost = || is_lost.then(|| "its canary doesn't open".to_owned());
        if let Some(problem) = broken(&checked).or_else(lost) {
            remove(&store, &generation.to_string()).await?;
            return Err(BackupError::Broken(problem).into());
        }
        let mark = format!("keys/{generation}/{VERIFIED}");
        store.put(&mark, bytes::Bytes::new()).await.map_err(away)?;
        let removed = self.remove_older(&store, generation).await?;
        let made = KeysBackedUp {
            generation: generation.to_string(),
            active: checked.active - u64::from(canary.is_some()),
            destroyed: checked.destroyed,
            journal: checked.journal.length,
            ledger: checked.ledger.length,
            removed,
        };
        if let Some(canary) = canary {
            let body = serde_json::json!({
                "generation": made.generation, "active": made.active, "destroyed": made.destroyed,
                "removed": made.removed.len(), "processor": processor, "canary": canary.to_string(),
                "occasion": occasion,
            });
            let mut tx = self.begin().await?;
            self.note(&mut tx, MADE, None, &body).await?;
            tx.commit().await?;
            while self.sequence_ledger().await? > 0 {}
        }
        Ok(made)
    }

    /// Keeps the newest and the verified one before it while it is younger than the window; removes the rest.
    async fn remove_older(&self, store: &Store, newest: Id<Generation>) -> Result<Vec<String>, Error> {
        let oldest = self.window_start();
        let newest = newest.to_string();
        let mut kept = 0;
        let mut removed = Vec::new();
        for (generation, verified) in generations(store).await? {
            // Begun later by another process, and none of ours.
            if generation > newest {
                continue;
            }
            let keep = verified && kept < KEPT && (generation == newest || made_at(&generation) >= oldest);
            if keep {
                kept += 1;
            } else {
                remove(store, &generation).await?;
                removed.push(generation);
            }
        }
        Ok(removed)
    }

    /// As [`verify`], and the site remembers what it found, for its desk.
    ///
    /// # Errors
    /// As [`verify`].
    pub async fn verify_keys(&self, target: &str) -> Result<KeysVerified, Error> {
        let store = Store::at(target).map_err(BackupError::from)?;
        let key = master(&self.master_key, &self.key_store).await?;
        let canaries = self.canaries().await?;
        let (mut found, checked) = look_over(&store, &key, &canaries, Some(self.window_start())).await?;
        let measured = Measured::of(&checked, &canaries, self.window(), self.now());
        self.note_window(found.generations.len(), &measured).await?;
        found.window = Some(measured);
        self.remember_look(BackupKind::Keys, found.damage().as_ref())
            .await?;
        Ok(found)
    }
}

/// Looks the generations at a target over; the key store itself may be lost.
///
/// # Errors
/// [`BackupError::Store`]; a generation that is corrupt is no error.
pub async fn verify(settings: &Settings, target: &str) -> Result<KeysVerified, Error> {
    let store = Store::at(target).map_err(BackupError::from)?;
    let key = vault::MasterKey::from_file(&settings.master_key)?;
    let (found, _) = look_over(&store, &key, &HashMap::new(), None).await?;
    Ok(found)
}

/// Looks the key store itself over: opens each key, goes along both chains. The answer is what is broken.
///
/// # Errors
/// The vault's: a key that doesn't open.
pub async fn check(settings: &Settings) -> Result<(Found, bool), Error> {
    let vault = settings.open_keys().await?;
    let checked = vault.check().await;
    vault.close().await;
    let checked = checked?;
    let problem = broken(&checked);
    let whole = problem.is_none();
    Ok((found("live".to_owned(), &Ok(checked), problem), whole))
}

/// Puts the newest whole generation in the place of a key store that is lost.
///
/// # Errors
/// [`vault::Error::StoreExists`] when it isn't lost: what it destroyed would come back. [`BackupError::NoGeneration`].
pub async fn install(settings: &Settings, target: &str) -> Result<KeysVerified, Error> {
    let store = Store::at(target).map_err(BackupError::from)?;
    let key = vault::MasterKey::from_file(&settings.master_key)?;
    let (found, _) = look_over(&store, &key, &HashMap::new(), None).await?;
    let Some(serves) = &found.serves else {
        return Err(BackupError::NoGeneration(format!(": {}", found.told())).into());
    };
    let id: Id<Generation> = serves.parse().map_err(|_| BackupError::Unknown(serves.clone()))?;
    if let storage::Location::Sqlite(path) = settings.key_store() {
        if path.exists() {
            return Err(vault::Error::StoreExists.into());
        }
        crate::open::make_folder(path.parent())?;
    }
    let fetch = |number: u32| fetch(store.clone(), id, number);
    vault::install_keys(&settings.key_store(), &key, id, fetch).await?;
    Ok(found)
}

/// Looks each verified generation over, newest first; one that is older than `oldest` is told.
async fn look_over(
    store: &Store,
    key: &vault::MasterKey,
    canaries: &HashMap<DossierId, Timestamp>,
    oldest: Option<Timestamp>,
) -> Result<(KeysVerified, Vec<Checked>), Error> {
    let (mut all, mut opened) = (Vec::new(), Vec::new());
    for (generation, verified) in generations(store).await? {
        let Ok(id) = generation.parse() else { continue };
        // Cut short, or being made now.
        if !verified {
            continue;
        }
        let checked = match read(store, key, id, canaries).await {
            Err(Error::Backup(BackupError::Store(error @ StoreError::Away(_)))) => {
                return Err(BackupError::Store(error).into());
            }
            checked => checked,
        };
        let old = oldest.is_some_and(|oldest| made_at(&generation) < oldest);
        let problem = match &checked {
            Err(error) => Some(error.to_string()),
            Ok(checked) => {
                broken(checked).or_else(|| old.then(|| "older than the charter's backup_window".to_owned()))
            }
        };
        all.push(found(generation, &checked, problem));
        opened.extend(checked.ok());
    }
    let serves = all.iter().find(|found| found.problem.is_none());
    let found = KeysVerified {
        serves: serves.map(|found| found.generation.clone()),
        generations: all,
        window: None,
    };
    Ok((found, opened))
}

fn found(generation: String, checked: &Result<Checked, Error>, problem: Option<String>) -> Found {
    let (made_at, active, destroyed) = match checked {
        Ok(checked) => (checked.taken_at, checked.active, checked.destroyed),
        Err(_) => (made_at(&generation), 0, 0),
    };
    Found {
        generation,
        made_at: made_at.rfc3339(),
        active,
        destroyed,
        problem,
    }
}

fn broken(checked: &Checked) -> Option<String> {
    let chains = [("journal", checked.journal), ("ledger", checked.ledger)];
    chains.into_iter().find_map(|(name, verdict)| {
        let broken = verdict.broken?;
        let problem = kernel::Word::word(broken.problem);
        Some(format!("the {name} is broken at entry {}: {problem}", broken.seq))
    })
}

/// The generations in a target, newest first, and whether each was verified.
pub(super) async fn generations(store: &Store) -> Result<Vec<(String, bool)>, Error> {
    let mut found = BTreeMap::<String, bool>::new();
    for object in store.list("keys").await.map_err(away)? {
        let mut words = object.name.split('/').skip(1);
        if let (Some(generation), Some(part)) = (words.next(), words.next()) {
            *found.entry(generation.to_owned()).or_default() |= part == VERIFIED;
        }
    }
    Ok(found.into_iter().rev().collect())
}

/// Removes a generation, its mark first: what is half gone doesn't count.
pub(super) async fn remove(store: &Store, generation: &str) -> Result<(), Error> {
    store
        .remove(&format!("keys/{generation}/{VERIFIED}"))
        .await
        .map_err(away)?;
    for object in store.list(&format!("keys/{generation}")).await.map_err(away)? {
        store.remove(&object.name).await.map_err(away)?;
    }
    Ok(())
}

async fn read(
    store: &Store,
    key: &vault::MasterKey,
    id: Id<Generation>,
    canaries: &HashMap<DossierId, Timestamp>,
) -> Result<Checked, Error> {
    let watched = canaries.keys().copied().collect();
    vault::read_keys(key, id, &watched, |number| fetch(store.clone(), id, number)).await
}

async fn fetch(store: Store, id: Id<Generation>, number: u32) -> Result<Vec<u8>, Error> {
    let part = store.get(&part_of(id, number)).await.map_err(away)?;
    Ok(part.to_vec())
}

fn part_of(generation: Id<Generation>, number: u32) -> String {
    format!("keys/{generation}/{number:04}")
}

/// When a generation was begun: its id begins with the moment (UUIDv7).
pub(super) fn made_at(generation: &str) -> Timestamp {
    let millis = generation
        .get(..12)
        .and_then(|head| i64::from_str_radix(head, 16).ok());
    Timestamp::from_millis(millis.unwrap_or(0))
}

fn away(error: StoreError) -> Error {
    BackupError::from(error).into()
}
