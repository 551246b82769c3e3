//! Owns: restoring a backup into a new folder, on either engine, under today's keys. Doesn't own: what is applied again
//! afterwards ([`super::replay`]).

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use gateway::{files::Files, store::Store};
use kernel::{Id, Timestamp};
use platform::config::SiteFile;
use serde::Serialize;
use storage::{
    Db, Migration,
    copy::{Records, Shape},
    sql,
};
use vault::{DossierId, SealedFile, Vault};

use super::{
    BackupError, Replay,
    manifest::{FolderFile, Listed, Manifest},
    repository::Repository,
};
use crate::{Error, Guard, Settings};

/// The site's configuration in its folder.
const CONFIGURATION: &str = "site.toml";

/// A backup that was restored.
#[derive(Debug, Clone, Serialize)]
pub struct Restored {
    /// Which.
    pub id: String,
    /// The moment it is of.
    #[serde(serialize_with = "super::state::moment")]
    pub taken_at: Timestamp,
    /// Rows that came back, before anything was applied again.
    pub rows: u64,
    /// Sealed files that came back.
    pub files: u64,
    /// Dossiers whose keys are destroyed: nothing of them stays.
    pub erased: u64,
    /// Withdrawals, objections and unsubscribes that were applied again.
    pub replayed: u64,
    /// Mails that wait for a human.
    pub held: u64,
}

/// Restores a backup, the newest or the named one, into `settings.folder` and its database, which are new. `settings`
/// name today's keys; the rest of the configuration comes out of the backup. `replays` are the capabilities'.
///
/// # Errors
/// [`vault::Error::InUse`] while the site is used; [`BackupError`] with what to do.
pub async fn restore(
    mut settings: Settings,
    target: &str,
    wanted: Option<&str>,
    replays: &[Replay],
) -> Result<Restored, Error> {
    let folder = settings.folder.clone();
    let empty = std::fs::read_dir(&folder).map_or(true, |mut entries| entries.next().is_none());
    let store = Store::at(target).map_err(BackupError::from)?;
    let vault = settings.open_keys_alone().await?;
    if !empty {
        return Err(BackupError::NotEmpty(folder).into());
    }
    let mut repository = Repository::open(store, vault.backup_seal()).await?;
    let id = match wanted {
        Some(id) => id.to_owned(),
        None => repository.snapshots().await?.pop().ok_or(BackupError::None)?,
    };
    let manifest = repository.manifest(&id).await?;
    // Aside until it is whole.
    settings.folder = aside(&folder);
    drop(std::fs::remove_dir_all(&settings.folder));
    std::fs::create_dir_all(&settings.folder).map_err(BackupError::from)?;
    let file = restore_folder(&mut repository, &manifest.folder, &settings).await?;
    settings.zone = file.zone();
    settings.mail_from = file.mail.from;
    settings.smtp = file.mail.smtp;
    let db = Db::open(&settings.database()).await?;
    let rows = restore_tables(&mut repository, &manifest, &db, settings.migrations()).await?;
    db.close().await;

    let at = settings.folder.clone();
    let guard = Box::pin(Guard::assemble(settings, vault, None)).await?;
    let replayed = guard.replay(replays).await?;
    let files = restore_files(&mut repository, &manifest, &guard).await?;
    let restored = Restored {
        id,
        taken_at: Timestamp::from_millis(manifest.taken_at),
        rows,
        files,
        erased: replayed.erased,
        replayed: replayed.applied,
        held: replayed.held,
    };
    guard.tell_restored(&repository.id, &restored).await?;
    guard.close().await;
    // Empty, if it is there at all.
    drop(std::fs::remove_dir(&folder));
    std::fs::rename(&at, &folder).map_err(BackupError::from)?;
    Ok(restored)
}

fn aside(folder: &Path) -> PathBuf {
    let mut name = folder.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    folder.with_file_name(name)
}

/// The records of these pieces.
pub(super) async fn records_into(
    repository: &mut Repository,
    table: &super::manifest::Table,
    shape: &Arc<Shape>,
    intake: &mut storage::copy::Intake,
) -> Result<u64, Error> {
    let mut rows = 0;
    for piece in &table.pieces.0 {
        let plain = repository.piece(piece).await?;
        for record in Records(&plain) {
            intake.put(shape, record?).await?;
            rows += 1;
        }
    }
    if rows == table.rows {
        Ok(rows)
    } else {
        let told = format!(
            "the table {} has {rows} rows of {}",
            table.shape.table, table.rows
        );
        Err(BackupError::Broken(told).into())
    }
}

/// Fills an empty database; its schema is the backup's, which opening the site brings up to date.
pub(super) async fn restore_tables(
    repository: &mut Repository,
    manifest: &Manifest,
    db: &Db,
    ours: Vec<Migration>,
) -> Result<u64, Error> {
    if !db.columns().await?.is_empty() {
        return Err(BackupError::DatabaseNotEmpty.into());
    }
    let known = |name: &String| ours.iter().any(|migration| migration.name == name);
    if !manifest.migrations.iter().all(known) {
        return Err(BackupError::Newer.into());
    }
    let applied: Vec<Migration> = ours
        .into_iter()
        .filter(|migration| manifest.migrations.iter().any(|name| name == migration.name))
        .collect();
    db.migrate(&applied).await?;
    let mut intake = db.intake().await?;
    let mut rows = 0;
    for table in &manifest.tables {
        let shape = Arc::new(table.shape.clone());
        rows += records_into(repository, table, &shape, &mut intake).await?;
    }
    intake.commit().await?;
    Ok(rows)
}

/// Writes what lay in the site's folder, with the database that it has now.
async fn restore_folder(
    repository: &mut Repository,
    files: &[FolderFile],
    settings: &Settings,
) -> Result<SiteFile, Error> {
    for file in files {
        let parts: Vec<&str> = file.path.split('/').collect();
        if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
            return Err(BackupError::Broken(format!("{:?} is no path in a folder", file.path)).into());
        }
        let place = settings.folder.join(&file.path);
        if let Some(above) = place.parent() {
            std::fs::create_dir_all(above).map_err(BackupError::from)?;
        }
        let mut bytes = Vec::new();
        for piece in &file.pieces.0 {
            bytes.extend_from_slice(&repository.piece(piece).await?);
        }
        std::fs::write(place, bytes).map_err(BackupError::from)?;
    }
    let setup = |error: platform::config::ConfigError| Error::Setup(error.to_string());
    let mut file = SiteFile::read(&settings.folder).map_err(setup)?;
    file.database.clone_from(&settings.database);
    std::fs::write(settings.folder.join(CONFIGURATION), file.to_toml()).map_err(BackupError::from)?;
    Ok(file)
}

/// Restores the files that a row still names.
async fn restore_files(
    repository: &mut Repository,
    manifest: &Manifest,
    guard: &Guard,
) -> Result<u64, Error> {
    let rows = sql("SELECT id, dossier FROM files").all(&guard.db).await?;
    let named: HashMap<Id<SealedFile>, DossierId> = rows
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("dossier")?)))
        .collect::<Result<_, Error>>()?;
    let mut count = 0;
    for piece in &manifest.files.pieces.0 {
        let plain = repository.piece(piece).await?;
        let listed = Listed::read_all(&plain)
            .ok_or_else(|| BackupError::Broken("the list of files is unreadable".to_owned()))?;
        for file in listed
            .iter()
            .filter(|file| named.get(&file.id) == Some(&file.dossier))
        {
            restore_file(repository, file, &guard.files).await?;
            count += 1;
        }
    }
    Ok(count)
}

async fn restore_file(repository: &mut Repository, file: &Listed, files: &Files) -> Result<(), Error> {
    let seal = repository.seal.clone();
    let mut incoming = files.begin(file.dossier, file.id);
    for nth in 0..file.parts() {
        incoming
            .write(&repository.piece(&file.part(&seal, nth)).await?)
            .await?;
    }
    Ok(incoming.whole().await?.settle().await?)
}

impl Settings {
    /// Today's keys.
    pub(crate) async fn open_keys(&self) -> Result<Vault, Error> {
        let master = crate::keys::master(&self.master_key, &self.key_store()).await?;
        let (clock, rng) = (self.clock.clone(), self.rng.clone());
        Ok(Vault::open(&self.key_store(), &master, clock, rng).await?)
    }

    /// Today's keys, while nobody else uses them.
    async fn open_keys_alone(&self) -> Result<Vault, Error> {
        let master = crate::keys::master(&self.master_key, &self.key_store()).await?;
        let (clock, rng) = (self.clock.clone(), self.rng.clone());
        Ok(Vault::open_alone(&self.key_store(), &master, clock, rng).await?)
    }
}
