//! Owns: the drill: the newest backup restored into a scratch database, some of its dossiers opened with today's keys,
//! everything counted, removed and recorded. Doesn't own: a real restore.

use std::collections::HashSet;

use gateway::store::Store;
use kernel::Timestamp;
use serde::Serialize;
use storage::{Db, Location, sql};
use vault::{Cell, DossierId, DossierKey, Sealed};

use super::{
    BackupError, BackupKind,
    create::turn,
    manifest::{Listed, Manifest},
    repository::Repository,
    restore::restore_tables,
};
use crate::{Error, Guard};

/// How the scratch folder's name begins.
pub(super) const SCRATCH: &str = "drill-";
/// Dossiers that are opened.
const OPENED: usize = 20;

/// What a drill found.
#[derive(Debug, Clone, Serialize)]
pub struct Drilled {
    /// Which backup.
    pub id: String,
    /// The moment it is of.
    #[serde(serialize_with = "super::state::moment")]
    pub taken_at: Timestamp,
    /// Rows, as many as were copied.
    pub rows: u64,
    /// Dossiers that were opened.
    pub dossiers: u64,
    /// Sealed files of theirs that opened to their last byte.
    pub files: u64,
    /// What didn't open, by its file.
    pub failed: Vec<String>,
}

impl Guard {
    /// Rehearses a restore of the newest backup, beside the running site, and records how it went.
    ///
    /// # Errors
    /// [`BackupError`]; the storage's and the vault's. What doesn't open is no error.
    pub async fn drill(&self, target: &str) -> Result<Drilled, Error> {
        let scratch = self
            .folder
            .join(format!("{SCRATCH}{}", self.id::<super::Backup>()));
        let drilled = Box::pin(self.drill_in(&scratch, target)).await;
        drop(std::fs::remove_dir_all(&scratch));
        let good = drilled.as_ref().is_ok_and(|drilled| drilled.failed.is_empty());
        let detail = match &drilled {
            Ok(drilled) if good => drilled.id.clone(),
            Ok(drilled) => format!(
                "{} sealed files of backup {} don't open: {}",
                drilled.failed.len(),
                drilled.id,
                drilled.failed.join(", ")
            ),
            Err(error) => error.to_string(),
        };
        self.remember_backup(BackupKind::Drill, good, &detail).await?;
        let drilled = drilled?;
        let body = serde_json::json!({
            "backup": drilled.id, "rows": drilled.rows, "dossiers": drilled.dossiers, "files": drilled.files,
            "failed": drilled.failed.len(),
        });
        let mut tx = self.begin().await?;
        self.note(&mut tx, "backup_drilled", None, &body).await?;
        tx.commit().await?;
        while self.sequence_ledger().await? > 0 {}
        Ok(drilled)
    }

    async fn drill_in(&self, scratch: &std::path::Path, target: &str) -> Result<Drilled, Error> {
        let store = Store::at(target).map_err(BackupError::from)?;
        let _turn = turn(&self.vault).await?;
        let mut repository = Repository::open(store, self.vault.backup_seal()).await?;
        let id = repository.snapshots().await?.pop().ok_or(BackupError::None)?;
        let manifest = repository.manifest(&id).await?;
        std::fs::create_dir_all(scratch).map_err(BackupError::from)?;
        let db = Db::open(&Location::Sqlite(scratch.join("data.db"))).await?;
        let rows = restore_tables(
            &mut repository,
            &manifest,
            &db,
            crate::open::migrations(&self.holdings),
        )
        .await?;
        let chosen = self.choose(&db).await?;
        let (mut files, mut failed) = (0, Vec::new());
        for piece in &manifest.files.pieces.0 {
            let plain = repository.piece(piece).await?;
            for file in Listed::read_all(&plain).unwrap_or_default() {
                let Some(key) = chosen.iter().find(|key| key.id() == file.dossier) else {
                    continue;
                };
                // A draft's file has no row, and none has it in the backup either.
                match opens(&mut repository, &db, key, &file).await? {
                    Some(true) => files += 1,
                    Some(false) => failed.push(file.id.to_string()),
                    None => {}
                }
            }
        }
        db.close().await;
        Ok(Drilled {
            id,
            taken_at: taken_at(&manifest),
            rows,
            dossiers: chosen.len() as u64,
            files,
            failed,
        })
    }

    /// The keys of some dossiers of the backup, at random; those erased since have none.
    async fn choose(&self, db: &Db) -> Result<Vec<DossierKey>, Error> {
        let rows = sql("SELECT id FROM dossiers ORDER BY id").all(db).await?;
        let all: Vec<DossierId> = rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        let mut chosen = HashSet::new();
        for _ in 0..OPENED * 2 {
            if chosen.len() < OPENED {
                chosen.extend(self.rng.pick(&all).copied());
            }
        }
        let ids: Vec<DossierId> = chosen.into_iter().collect();
        Ok(self.vault.keys(&ids).await?.into_values().collect())
    }
}

fn taken_at(manifest: &Manifest) -> Timestamp {
    Timestamp::from_millis(manifest.taken_at)
}

/// Whether a file and its name open with that key; `None` when no row names it.
async fn opens(
    repository: &mut Repository,
    db: &Db,
    key: &DossierKey,
    file: &Listed,
) -> Result<Option<bool>, Error> {
    let row = sql("SELECT name, size FROM files WHERE id = $1").bind(file.id);
    let Some(row) = row.optional(db).await? else {
        return Ok(None);
    };
    let name: Sealed<String> = row.get("name")?;
    let cell = Cell {
        table: "files",
        column: "name",
        row: file.id.as_bytes(),
    };
    let mut whole = key.open(cell, &name).is_ok();
    let size = u64::try_from(row.get::<i64, _>("size")?).unwrap_or(0);
    whole &= plain_size(repository, key, file).await? == Some(size);
    Ok(Some(whole))
}

/// How many bytes open of a sealed file; `None` when it doesn't open.
async fn plain_size(
    repository: &mut Repository,
    key: &DossierKey,
    file: &Listed,
) -> Result<Option<u64>, Error> {
    let seal = repository.seal.clone();
    let mut opener = key.file_opener(file.id);
    let (mut size, mut plain) = (0, Vec::new());
    for nth in 0..file.parts() {
        let sealed = repository.piece(&file.part(&seal, nth)).await?;
        if opener.push(&sealed, &mut plain).is_err() {
            return Ok(None);
        }
        size += plain.len() as u64;
        plain.clear();
    }
    if opener.finish(&mut plain).is_err() {
        return Ok(None);
    }
    Ok(Some(size + plain.len() as u64))
}
