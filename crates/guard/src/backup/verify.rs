//! Owns: looking a target over: each object whole, each piece open, each backup complete, none missing that the ledger
//! knows of. Doesn't own: whether what was backed up can be used (the drill tells that).

use std::collections::HashMap;

use gateway::store::Store;
use kernel::Timestamp;
use serde::Serialize;
use vault::{BackupSeal, Vault};

use super::{
    BackupError, BackupKind, Damage,
    create::{blocking, turn},
    manifest::{Listed, Manifest},
    pack::{self, Entry, PIECE},
    repository::Repository,
};
use crate::{Error, Guard, Settings};

/// The ledger's word for a backup that was made.
pub(super) const MADE: &str = "backup_made";
/// So many of the ledger's last such entries are asked: those of other targets lie among them.
const ASKED: u32 = 100;

/// Something wrong in a target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Flaw {
    /// The object, and where in it.
    pub place: String,
    /// What is wrong.
    pub problem: &'static str,
}

/// What looking over a target found.
#[derive(Debug, Default, Serialize)]
pub struct Verified {
    /// The backups in it, oldest first: id and moment.
    pub backups: Vec<(String, String)>,
    /// Packs.
    pub packs: usize,
    /// Pieces in them, each of which opened unless a flaw says otherwise.
    pub pieces: usize,
    /// Bytes of the packs.
    pub bytes: u64,
    /// What is wrong; nothing when the target is in order.
    pub flaws: Vec<Flaw>,
}

impl Verified {
    fn damage(&self) -> Option<Damage> {
        self.flaws.first().map(|first| Damage {
            place: first.place.clone(),
            problem: first.problem.to_owned(),
            more: self.flaws.len() - 1,
            serves: None,
        })
    }

    fn flaw(&mut self, place: impl Into<String>, problem: &'static str) {
        self.flaws.push(Flaw {
            place: place.into(),
            problem,
        });
    }
}

/// Looks a target over with the keys of the site; the site may be served meanwhile, or lost.
///
/// # Errors
/// [`BackupError::None`], [`BackupError::Store`]; the vault's. What is wrong in it is no error.
pub async fn verify(settings: &Settings, target: &str) -> Result<Verified, Error> {
    let vault = settings.open_keys().await?;
    let found = look_at(&vault, target).await;
    vault.close().await;
    found
}

impl Guard {
    /// As [`verify`], and the site remembers what it found, for its desk.
    ///
    /// # Errors
    /// As [`verify`].
    pub async fn verify_backups(&self, target: &str) -> Result<Verified, Error> {
        let found = Box::pin(look_at(&self.vault, target)).await?;
        self.remember_look(BackupKind::Data, found.damage().as_ref())
            .await?;
        Ok(found)
    }
}

async fn look_at(vault: &Vault, target: &str) -> Result<Verified, Error> {
    let store = Store::at(target).map_err(BackupError::from)?;
    let _turn = turn(vault).await?;
    let mut found = Verified::default();
    match Repository::head(store, vault.backup_seal()).await {
        Err(Error::Backup(BackupError::Foreign)) => {
            found.flaw("site", "another site's, or changed");
        }
        head => look_over(&mut head?, vault, &mut found).await?,
    }
    found.flaws.sort();
    Ok(found)
}

async fn look_over(repository: &mut Repository, vault: &Vault, found: &mut Verified) -> Result<(), Error> {
    let mut entries = Vec::new();
    for object in repository.list("index").await? {
        match repository.index(&object).await {
            Ok(index) => entries.extend(index),
            Err(Error::Backup(BackupError::Broken(_))) => found.flaw(object, "changed or cut"),
            Err(error) => return Err(error),
        }
    }
    look_over_packs(repository, &entries, found).await?;
    repository.know(entries);
    look_over_backups(repository, vault, found).await
}

async fn look_over_packs(
    repository: &Repository,
    entries: &[Entry],
    found: &mut Verified,
) -> Result<(), Error> {
    let listed = repository.store.list("packs").await.map_err(BackupError::from)?;
    let sizes: HashMap<String, u64> = listed
        .into_iter()
        .map(|object| (object.name, object.size))
        .collect();
    for (name, pieces) in entries {
        let object = pack::place(name);
        found.packs += 1;
        found.pieces += pieces.len();
        let wanted: u64 = pieces.iter().map(|(_, length)| u64::from(*length)).sum();
        match sizes.get(&object) {
            None => {
                found.flaw(object, "missing");
                continue;
            }
            Some(size) if *size < wanted => found.flaw(format!("{object}, byte {size}"), "cut"),
            Some(size) if *size > wanted => found.flaw(format!("{object}, byte {wanted}"), "lengthened"),
            Some(_) => {}
        }
        let bytes = repository.store.get(&object).await.map_err(BackupError::from)?;
        found.bytes += bytes.len() as u64;
        let (seal, name, pieces) = (repository.seal.clone(), *name, pieces.clone());
        let broken = blocking(move || {
            let same = BackupSeal::digest(&bytes) == name;
            let mut broken = Vec::new();
            let mut at = 0;
            for (piece, length) in &pieces {
                let end = at + *length as usize;
                let sealed = bytes.get(at..end);
                if sealed.is_none_or(|sealed| seal.open(PIECE, piece, sealed).is_err()) {
                    broken.push((at, end));
                }
                at = end;
            }
            (same, broken)
        });
        let (same, broken) = broken.await?;
        for (start, end) in &broken {
            found.flaw(format!("{object}, bytes {start} to {end}"), "changed or cut");
        }
        if !same && broken.is_empty() {
            found.flaw(object, "not the pack of its name");
        }
    }
    Ok(())
}

async fn look_over_backups(
    repository: &mut Repository,
    vault: &Vault,
    found: &mut Verified,
) -> Result<(), Error> {
    let ids = repository.snapshots().await?;
    let mut known_before = Vec::new();
    for id in &ids {
        match repository.manifest(id).await {
            Ok(manifest) => {
                let moment = Timestamp::from_millis(manifest.taken_at).rfc3339();
                found.backups.push((id.clone(), moment));
                look_over_one(repository, id, &manifest, found).await?;
                known_before = manifest.before;
            }
            Err(Error::Backup(BackupError::Broken(_))) => {
                found.flaw(format!("snapshots/{id}"), "changed or cut");
            }
            Err(error) => return Err(error),
        }
    }
    // What the newest backup found there, and what the ledger says was put there last.
    let mut wanted = known_before;
    for row in vault.last_ledger_rows(MADE, ASKED).await? {
        let body: serde_json::Value = serde_json::from_str(&row.entry.body).unwrap_or_default();
        if body["repository"] == repository.id.as_str() {
            // An older one than the newest there may have made room for it, which says what was there with it.
            let told = body["backup"].as_str().map(str::to_owned);
            wanted.extend(told.filter(|told| ids.last().is_none_or(|newest| newest < told)));
            break;
        }
    }
    wanted.sort();
    wanted.dedup();
    for id in wanted.iter().filter(|id| !ids.contains(id)) {
        found.flaw(format!("snapshots/{id}"), "missing");
    }
    Ok(())
}

/// Whether all pieces of a backup are in a pack.
async fn look_over_one(
    repository: &mut Repository,
    id: &str,
    manifest: &Manifest,
    found: &mut Verified,
) -> Result<(), Error> {
    let missing = "names a piece that is in no pack";
    for table in &manifest.tables {
        if !table.pieces.0.iter().all(|piece| repository.has(piece)) {
            found.flaw(format!("snapshots/{id}, table {}", table.shape.table), missing);
        }
    }
    for file in &manifest.folder {
        if !file.pieces.0.iter().all(|piece| repository.has(piece)) {
            found.flaw(format!("snapshots/{id}, {}", file.path), missing);
        }
    }
    for piece in &manifest.files.pieces.0 {
        let place = || format!("snapshots/{id}, the list of files");
        let plain = match repository.has(piece) {
            true => repository.piece(piece).await,
            false => {
                found.flaw(place(), missing);
                continue;
            }
        };
        // One that doesn't open has been told with its pack.
        let Ok(plain) = plain else { continue };
        let Some(files) = Listed::read_all(&plain) else {
            found.flaw(place(), "unreadable");
            continue;
        };
        for file in files {
            let seal = repository.seal.clone();
            if !(0..file.parts()).all(|nth| repository.has(&file.part(&seal, nth))) {
                found.flaw(format!("snapshots/{id}, file {}", file.id), missing);
            }
        }
    }
    Ok(())
}
