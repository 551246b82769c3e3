//! Owns: making a backup: the data at one moment, then the files, then what else lies in the folder. Doesn't own: the
//! keys, which have a backup of their own ([`crate::keys`]).

use std::{
    io::{Read as _, Seek as _, SeekFrom},
    path::Path,
    sync::Arc,
    time::Duration,
};

use charter::{Charter, Processor, Service};
use futures_util::TryStreamExt as _;
use gateway::{files::FilesError, store::Store};
use kernel::Timestamp;
use platform::tasks;
use serde::Serialize;
use storage::{Hold, copy::Snapshot};
use vault::{BackupSeal, BlobName, Vault};

use super::{
    Backup, BackupError, BackupKind,
    chunks::Chunks,
    manifest::{Files, FolderFile, Listed, Manifest, PART, Pieces, Table},
    pack::Packer,
    repository::{Repository, Writer},
    thin::staying,
};
use crate::{Error, Guard};

/// Of copies of what changed one is told in the ledger in so many seconds.
const NOTED_EVERY: i64 = 3_600;
/// Between two looks at whether it is our turn.
const WAIT: Duration = Duration::from_secs(1);
/// What of the site's folder is no configuration: the database, the sealed files, the index.
const ELSEWHERE: [&str; 6] = [
    "data.db",
    "data.db-wal",
    "data.db-shm",
    "data.db-lock",
    "files",
    "index",
];

/// A backup that was made.
#[derive(Debug, Clone, Serialize)]
pub struct Made {
    /// Its id.
    pub id: String,
    /// The moment it is of.
    #[serde(serialize_with = "super::state::moment")]
    pub taken_at: Timestamp,
    /// Rows of all tables.
    pub rows: u64,
    /// Sealed files.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Bytes that this backup added to the target.
    pub added: u64,
}

/// What a backup is made for.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Occasion {
    /// A human asked for it: what is there stays.
    Asked,
    /// By the site itself, which lets old ones go (`thin.rs`).
    Due,
    /// The same, and only where something changed since the last.
    Changed,
}

impl Guard {
    /// Makes a backup of the site's data, while it is used; the keys aren't in it. Waits while another is made.
    ///
    /// # Errors
    /// [`BackupError`] within [`Error::Backup`]; the storage's.
    pub async fn back_up(&self, target: &str) -> Result<Made, Error> {
        let made = self.back_up_on(Occasion::Asked, target).await?;
        Ok(made.ok_or(BackupError::None)?)
    }

    /// As [`Guard::back_up`]; `None` where nothing changed and that matters.
    pub(super) async fn back_up_on(&self, occasion: Occasion, target: &str) -> Result<Option<Made>, Error> {
        let made = self.back_up_to(target, occasion).await;
        let detail = match &made {
            Ok(None) => return Ok(None),
            Ok(Some(made)) => made.id.clone(),
            Err(error) => error.to_string(),
        };
        self.remember_backup(BackupKind::Data, made.is_ok(), &detail)
            .await?;
        made
    }

    async fn back_up_to(&self, target: &str, occasion: Occasion) -> Result<Option<Made>, Error> {
        let store = Store::at(target).map_err(BackupError::from)?;
        let processor = self.backup_processor(target)?;
        let _turn = turn(&self.vault).await?;
        let mut repository = Repository::open_or_make(store, self.vault.backup_seal(), self.id()).await?;
        let taken_at = self.now();
        let found = repository.snapshots().await?;
        let before = match occasion {
            Occasion::Asked => found.clone(),
            Occasion::Due | Occasion::Changed => staying(&found, taken_at),
        };
        let mut writer = Writer::new(&mut repository);
        // Data first, then files: a file is there before its row is, so whatever row is copied finds its file.
        let snapshot = self.db.snapshot().await?;
        let (migrations, tables) = copy_tables(snapshot, &mut writer).await?;
        let files = self.copy_files(&mut writer).await?;
        let folder = copy_folder(&self.folder, &mut writer).await?;
        let added = writer.finish().await?;
        let id = self.id::<Backup>().to_string();
        let manifest = Manifest {
            taken_at: taken_at.as_millis(),
            before,
            migrations,
            tables,
            files,
            folder,
        };
        if occasion == Occasion::Changed
            && let Some(last) = found.last()
            // One that can't be read is no copy of anything.
            && repository.manifest(last).await.is_ok_and(|last| last.is_of_the_same(&manifest))
        {
            return Ok(None);
        }
        let sealed = repository.seal_manifest(&id, &manifest);
        let made = Made {
            id: id.clone(),
            taken_at,
            rows: manifest.tables.iter().map(|table| table.rows).sum(),
            files: manifest.files.count,
            bytes: manifest.files.bytes,
            added: added + sealed.len() as u64,
        };
        let digest = BackupSeal::digest(&sealed);
        repository.put_manifest(&id, sealed).await?;
        if self.is_to_be_noted(occasion, super::verify::MADE).await? {
            let body = serde_json::json!({
                "repository": repository.id, "backup": id, "digest": crate::hex(&digest), "rows": made.rows,
                "files": made.files, "added": made.added, "processor": processor, "occasion": occasion,
            });
            let mut tx = self.begin().await?;
            self.note(&mut tx, super::verify::MADE, None, &body).await?;
            tx.commit().await?;
            // Now and not with the next round of tending: a command ends here, and verifying asks the ledger.
            while self.sequence_ledger().await? > 0 {}
        }
        for id in found.iter().filter(|id| !manifest.before.contains(id)) {
            repository.remove_manifest(id).await?;
        }
        Ok(Some(made))
    }

    /// Whether what was made is told in the ledger: of what is copied with each change one an hour is. The ledger lies in
    /// the key store, which is copied whole each time, and nothing in it ever goes.
    pub(crate) async fn is_to_be_noted(&self, occasion: Occasion, kind: &'static str) -> Result<bool, Error> {
        if occasion != Occasion::Changed {
            return Ok(true);
        }
        let last = self.vault.last_ledger_rows(kind, 1).await?;
        let before = self.now().plus_seconds(-NOTED_EVERY);
        Ok(last.first().is_none_or(|row| row.entry.at <= before))
    }

    /// Removes what no backup at a target names any more; gives how many objects that were.
    pub(super) async fn clear_backups(&self, target: &str) -> Result<usize, Error> {
        let store = Store::at(target).map_err(BackupError::from)?;
        let _turn = turn(&self.vault).await?;
        let repository = Repository::open(store, self.vault.backup_seal()).await?;
        repository.clear().await
    }

    /// Who keeps what leaves the operator's own disks; nobody for a folder, which is no sending.
    pub(crate) fn backup_processor(&self, target: &str) -> Result<Option<String>, Error> {
        if !Store::is_outside(target) {
            return Ok(None);
        }
        let charter = self.charter();
        let keeper = keeper(&charter).ok_or(BackupError::NoProcessor)?;
        Ok(Some(keeper.name.clone()))
    }

    async fn copy_files(&self, writer: &mut Writer<'_>) -> Result<Files, Error> {
        let files = self.files.clone();
        let listed = blocking(move || files.all()).await??;
        let listed: Vec<Listed> = listed
            .into_iter()
            .map(|(dossier, id, size)| Listed { dossier, id, size })
            .collect();
        let mut new = Vec::new();
        for file in &listed {
            for nth in 0..file.parts() {
                let name = file.part(writer.seal(), nth);
                if !writer.has(&name) {
                    new.push((*file, nth, name));
                }
            }
        }
        let (new, mut at) = (Arc::new(new), 0);
        while at < new.len() {
            let (files, parts, packer) = (self.files.clone(), Arc::clone(&new), writer.take_packer());
            let filled = blocking(move || fill(&files, &parts, at, packer)).await?;
            let (packer, reached) = filled?;
            writer.put_back(packer).await?;
            at = reached;
        }
        list_files(&listed, writer).await
    }
}

/// The list of the files that are in the backup: all but those erased since they were listed.
async fn list_files(listed: &[Listed], writer: &mut Writer<'_>) -> Result<Files, Error> {
    let (mut list, mut chunks) = (Files::default(), Chunks::default());
    for file in listed {
        let whole = (0..file.parts()).all(|nth| writer.has(&file.part(writer.seal(), nth)));
        if !whole {
            continue;
        }
        list.count += 1;
        list.bytes += file.size;
        if let Some(piece) = chunks.push(&file.write()) {
            list.pieces.0.push(writer.add("list", &piece).await?);
        }
    }
    if let Some(piece) = chunks.finish() {
        list.pieces.0.push(writer.add("list", &piece).await?);
    }
    Ok(list)
}

/// Reads parts of files into a pack until it is full; gives how far it came.
fn fill(
    files: &gateway::files::Files,
    parts: &[(Listed, u64, BlobName)],
    mut at: usize,
    mut packer: Packer,
) -> Result<(Packer, usize), Error> {
    let mut buffer = Vec::new();
    while let Some((file, nth, name)) = parts.get(at)
        && !packer.is_full()
    {
        at += 1;
        let mut open = match files.open_blocking(file.dossier, file.id) {
            // Erased since it was listed.
            Err(FilesError::Missing) => continue,
            open => open?,
        };
        let wanted = PART.min(file.size - nth * PART);
        if *nth > 0 {
            open.seek(SeekFrom::Start(nth * PART))
                .map_err(BackupError::from)?;
        }
        buffer.clear();
        open.take(wanted)
            .read_to_end(&mut buffer)
            .map_err(BackupError::from)?;
        packer.add(*name, &buffer);
    }
    Ok((packer, at))
}

/// Waits for the turn at a site's backups. Whoever writes there has it, so that nothing goes that another counts on; and
/// whoever reads there for long.
pub(super) async fn turn(vault: &Vault) -> Result<Hold, Error> {
    loop {
        if let Some(turn) = vault.turn().await? {
            return Ok(turn);
        }
        tokio::time::sleep(WAIT).await;
    }
}

async fn copy_tables(
    mut snapshot: Snapshot,
    writer: &mut Writer<'_>,
) -> Result<(Vec<String>, Vec<Table>), Error> {
    let mut tables = Vec::new();
    for shape in snapshot.shapes() {
        let (mut chunks, mut rows, mut pieces) = (Chunks::default(), 0, Pieces::default());
        let mut records = snapshot.records(&shape)?;
        while let Some(record) = records.try_next().await? {
            rows += 1;
            if let Some(piece) = chunks.push(&record) {
                pieces.0.push(writer.add("rows", &piece).await?);
            }
        }
        if let Some(piece) = chunks.finish() {
            pieces.0.push(writer.add("rows", &piece).await?);
        }
        drop(records);
        tables.push(Table {
            shape: (*shape).clone(),
            rows,
            pieces,
        });
    }
    Ok((snapshot.migrations().to_vec(), tables))
}

async fn copy_folder(folder: &Path, writer: &mut Writer<'_>) -> Result<Vec<FolderFile>, Error> {
    let mut paths = Vec::new();
    walk(folder, "", &mut paths).map_err(BackupError::from)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let bytes = tokio::fs::read(folder.join(&path))
            .await
            .map_err(BackupError::from)?;
        let mut pieces = Pieces::default();
        for part in bytes.chunks(usize::try_from(PART).unwrap_or(usize::MAX)) {
            pieces.0.push(writer.add("folder", part).await?);
        }
        files.push(FolderFile { path, pieces });
    }
    Ok(files)
}

/// The files of the site's folder that are neither data nor sealed; links aren't followed.
fn walk(folder: &Path, within: &str, found: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        if within.is_empty()
            && (ELSEWHERE.contains(&name.as_str()) || name.starts_with(super::drill::SCRATCH))
        {
            continue;
        }
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{within}{name}/"), found)?;
        } else if kind.is_file() {
            found.push(format!("{within}{name}"));
        }
    }
    Ok(())
}

/// Work on the disk, off the request threads.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let done = tasks::blocking(work).await;
    Ok(done.ok_or_else(|| BackupError::Io(std::io::Error::other("the work broke off")))?)
}

/// Whom the charter has keep a copy outside: somebody else before a store of the controller's own.
pub(super) fn keeper(charter: &Charter) -> Option<&Processor> {
    let keepers = charter
        .processors()
        .iter()
        .filter(|one| one.service == Service::Backup);
    keepers.min_by_key(|keeper| keeper.entity.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{AGENCY, CAREERS};

    #[test]
    fn what_leaves_goes_to_somebody_else_before_a_store_of_our_own() {
        let of = |text: &str| Charter::parse(text).unwrap();
        let agency = of(AGENCY);
        assert_eq!(keeper(&agency).map(|one| one.name.as_str()), Some("backup_cloud"));
        let own = of(&AGENCY.replace("entity = \"Nuage Exemple Inc.\"", "entity = \"controller\""));
        assert_eq!(keeper(&own).map(|one| one.name.as_str()), Some("nas"));
        assert!(keeper(&of(CAREERS)).is_none());
    }
}
