//! Owns: files in a folder, written aside and put in place whole. Doesn't own: sealing; what comes in here is
//! ciphertext already.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use kernel::{Id, Timestamp};
use platform::tasks;
use tokio::fs::{self, File};

/// A site's folder of sealed files.
#[derive(Clone)]
pub struct Files {
    root: PathBuf,
}

/// Why a file can't be kept or found.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// No file of that id.
    #[error("no such file")]
    Missing,
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The folder can't be used.
    #[error("the files' folder can't be used: {0}")]
    Io(std::io::Error),
}

impl From<std::io::Error> for FilesError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::NotFound => Self::Missing,
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io(error),
        }
    }
}

/// The dossier of a file, its id, and its bytes as it lies there.
pub type Place<D, K> = (Id<D>, Id<K>, u64);

/// Where files are written before they are whole.
const INCOMING: &str = "incoming";

/// So many bytes of a file are gathered before they are written: each writing is a turn of another thread, and two
/// hundred uploads at once may take some tens of megabytes.
const GATHERED: usize = 256 * 1024;

impl Files {
    /// Opens the folder (one folder a dossier within). What lies half-written in it is left alone: another process may
    /// be writing it.
    ///
    /// # Errors
    /// [`FilesError::Io`] when the folder can't be made.
    pub async fn open(root: &Path) -> Result<Self, FilesError> {
        fs::create_dir_all(root.join(INCOMING)).await?;
        Ok(Self {
            root: root.to_owned(),
        })
    }

    /// Removes what was begun before that moment and never came into its place: its process died. A file's id says
    /// when it was begun.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn clear_incoming(&self, before: Timestamp) -> Result<(), FilesError> {
        let mut left = fs::read_dir(self.root.join(INCOMING)).await?;
        while let Some(entry) = left.next_entry().await? {
            let id = entry
                .file_name()
                .to_str()
                .and_then(|name| name.parse::<Id<()>>().ok());
            if id.is_some_and(|id| id.made_at() < before) {
                absent_is_fine(fs::remove_file(entry.path()).await)?;
            }
        }
        Ok(())
    }

    /// Starts a file of a dossier; nothing of it is on the disk yet.
    #[must_use]
    pub fn begin<D, K>(&self, dossier: Id<D>, id: Id<K>) -> Incoming {
        Incoming {
            aside: Aside(Some(self.root.join(INCOMING).join(id.to_string()))),
            place: self.place(dossier, id),
            written: Written::default(),
        }
    }

    /// Opens a file for reading from its start.
    ///
    /// # Errors
    /// [`FilesError::Missing`] when there is none.
    pub async fn read<D, K>(&self, dossier: Id<D>, id: Id<K>) -> Result<File, FilesError> {
        Ok(File::open(self.place(dossier, id)).await?)
    }

    /// Removes a file at once, blocking: for the end of something that failed. One that isn't there is no error.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn remove<D, K>(&self, dossier: Id<D>, id: Id<K>) -> Result<(), FilesError> {
        absent_is_fine(std::fs::remove_file(self.place(dossier, id)))?;
        // Only an empty folder goes.
        drop(std::fs::remove_dir(self.folder(dossier)));
        Ok(())
    }

    /// The files of a dossier that are in their place.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn list<D, K>(&self, dossier: Id<D>) -> Result<Vec<Id<K>>, FilesError> {
        let mut found = Vec::new();
        let mut entries = match fs::read_dir(self.folder(dossier)).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
            entries => entries?,
        };
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            found.extend(name.to_str().and_then(|name| name.parse::<Id<K>>().ok()));
        }
        Ok(found)
    }

    /// Every file in its place, with its size, blocking: for a backup. What goes meanwhile may be among them.
    ///
    /// # Errors
    /// [`FilesError`].
    pub fn all<D, K>(&self) -> Result<Vec<Place<D, K>>, FilesError> {
        let mut found = Vec::new();
        for spread in entries(&self.root)? {
            for folder in entries(&spread)? {
                let Some(dossier) = named::<D>(&folder) else {
                    continue;
                };
                for file in entries(&folder)? {
                    if let (Some(id), Ok(metadata)) = (named::<K>(&file), std::fs::metadata(&file)) {
                        found.push((dossier, id, metadata.len()));
                    }
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Opens a file for reading, blocking: for a backup.
    ///
    /// # Errors
    /// [`FilesError::Missing`] when there is none.
    pub fn open_blocking<D, K>(&self, dossier: Id<D>, id: Id<K>) -> Result<std::fs::File, FilesError> {
        Ok(std::fs::File::open(self.place(dossier, id))?)
    }

    /// Removes all files of a dossier.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn remove_all<D>(&self, dossier: Id<D>) -> Result<(), FilesError> {
        absent_is_fine(fs::remove_dir_all(self.folder(dossier)).await)
    }

    /// Ids are 32 hexadecimal digits and nothing else (`kernel::Id`), so no path is ever made of what was typed. The
    /// last digits spread them; the first are the time.
    fn folder<D>(&self, dossier: Id<D>) -> PathBuf {
        let name = dossier.to_string();
        self.root.join(&name[30..]).join(name)
    }

    fn place<D, K>(&self, dossier: Id<D>, id: Id<K>) -> PathBuf {
        self.folder(dossier).join(id.to_string())
    }
}

/// What lies in a folder; nothing when it isn't one, or is gone.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, FilesError> {
    match std::fs::read_dir(folder) {
        Err(error)
            if matches!(
                error.kind(),
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
            ) =>
        {
            Ok(Vec::new())
        }
        entries => Ok(entries?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?),
    }
}

fn named<K>(path: &Path) -> Option<Id<K>> {
    path.file_name()?.to_str()?.parse().ok()
}

fn absent_is_fine(result: std::io::Result<()>) -> Result<(), FilesError> {
    match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A file being written; dropped before it is whole, it is gone.
pub struct Incoming {
    aside: Aside,
    place: PathBuf,
    written: Written,
}

/// A file that is whole and synced, not yet in its place; dropped before [`Whole::settle`], it is gone.
pub struct Whole {
    aside: Aside,
    place: PathBuf,
}

/// What came of it so far.
#[derive(Default)]
struct Written {
    /// `None` as long as all of it is gathered here.
    file: Option<std::fs::File>,
    gathered: Vec<u8>,
}

impl Incoming {
    /// Appends ciphertext.
    ///
    /// # Errors
    /// [`FilesError::Full`] and others.
    pub async fn write(&mut self, ciphertext: &[u8]) -> Result<(), FilesError> {
        let gathered = &mut self.written.gathered;
        if !gathered.is_empty() {
            // It is a long one: growing step by step would copy it each time.
            gathered.reserve((GATHERED + ciphertext.len()).saturating_sub(gathered.len()));
        }
        gathered.extend_from_slice(ciphertext);
        if self.written.gathered.len() < GATHERED {
            return Ok(());
        }
        self.on_disk(Written::put_down).await
    }

    /// Writes what is left and syncs the bytes.
    ///
    /// # Errors
    /// [`FilesError`]; the file is gone then.
    pub async fn whole(mut self) -> Result<Whole, FilesError> {
        self.on_disk(Written::sync).await?;
        Ok(Whole {
            aside: self.aside,
            place: self.place,
        })
    }

    /// At one go: each step by itself would be a turn of another thread.
    async fn on_disk(
        &mut self,
        step: impl FnOnce(&mut Written, &Path) -> Result<(), FilesError> + Send + 'static,
    ) -> Result<(), FilesError> {
        let aside = self.aside.path()?;
        let mut written = std::mem::take(&mut self.written);
        self.written = on_disk(move || step(&mut written, &aside).map(|()| written)).await?;
        Ok(())
    }
}

impl Whole {
    /// Puts the file in its place and syncs the folder: after this it survives a power cut.
    ///
    /// # Errors
    /// [`FilesError`]; the file is gone then.
    pub async fn settle(mut self) -> Result<(), FilesError> {
        let (aside, place) = (self.aside.path()?, self.place);
        on_disk(move || settle(&aside, &place)).await?;
        self.aside.0 = None;
        Ok(())
    }

    /// Opens it for reading from its start, where it lies.
    ///
    /// # Errors
    /// [`FilesError`].
    pub async fn read(&self) -> Result<File, FilesError> {
        Ok(File::open(self.aside.path()?).await?)
    }
}

/// Where a file lies that isn't in its place; dropped, it goes. `None` once it is.
struct Aside(Option<PathBuf>);

impl Aside {
    fn path(&self) -> Result<PathBuf, FilesError> {
        self.0.clone().ok_or(FilesError::Missing)
    }
}

async fn on_disk<T: Send + 'static>(
    step: impl FnOnce() -> Result<T, FilesError> + Send + 'static,
) -> Result<T, FilesError> {
    let done = tasks::blocking(step).await;
    done.ok_or_else(|| std::io::Error::other("the thread that writes files ended"))?
}

impl Written {
    /// Writes what is gathered.
    fn put_down(&mut self, aside: &Path) -> Result<(), FilesError> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(std::fs::File::create_new(aside)?),
        };
        file.write_all(&self.gathered)?;
        self.gathered.clear();
        Ok(())
    }

    fn sync(&mut self, aside: &Path) -> Result<(), FilesError> {
        self.put_down(aside)?;
        if let Some(file) = &self.file {
            file.sync_all()?;
        }
        Ok(())
    }
}

fn settle(aside: &Path, place: &Path) -> Result<(), FilesError> {
    if let Some(folder) = place.parent() {
        std::fs::create_dir_all(folder)?;
        std::fs::rename(aside, place)?;
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

impl Drop for Aside {
    fn drop(&mut self) {
        if let Some(aside) = &self.0 {
            // A file that can't be removed is cleared after its hour.
            drop(std::fs::remove_file(aside));
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Rng, Timestamp};
    use tokio::io::AsyncReadExt as _;

    use super::*;

    enum Thing {}

    fn id() -> Id<Thing> {
        Id::new(&Rng::system(), Timestamp::from_millis(1))
    }

    #[tokio::test]
    async fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).await.unwrap();
        let (dossier, kept, dropped) = (id(), id(), id());
        let mut incoming = files.begin(dossier, kept);
        incoming.write(b"sealed").await.unwrap();
        assert!(matches!(
            files.read(dossier, kept).await,
            Err(FilesError::Missing)
        ));
        assert_eq!(files.list::<_, Thing>(dossier).await.unwrap(), []);
        let whole = incoming.whole().await.unwrap();
        assert_eq!(files.list::<_, Thing>(dossier).await.unwrap(), []);
        whole.settle().await.unwrap();
        assert_eq!(files.list(dossier).await.unwrap(), [kept]);
        let mut text = String::new();
        files
            .read(dossier, kept)
            .await
            .unwrap()
            .read_to_string(&mut text)
            .await
            .unwrap();
        assert_eq!(text, "sealed");

        let left = || std::fs::read_dir(folder.path().join(INCOMING)).unwrap().count();
        let mut half = files.begin(dossier, dropped);
        half.write(&vec![1; GATHERED]).await.unwrap();
        assert_eq!(left(), 1);
        drop(half);
        assert_eq!(left(), 0);
        let unsettled = files.begin(dossier, dropped).whole().await.unwrap();
        assert_eq!(left(), 1);
        drop(unsettled);
        assert_eq!(left(), 0);
        files.remove(dossier, kept).unwrap();
        files.remove(dossier, kept).unwrap();
        files.remove_all(dossier).await.unwrap();
        assert!(matches!(
            files.read(dossier, kept).await,
            Err(FilesError::Missing)
        ));
    }

    #[tokio::test]
    async fn what_a_dead_process_left_half_written_goes_and_what_another_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).await.unwrap();
        let begun = |at| Id::<Thing>::new(&Rng::system(), Timestamp::from_millis(at));
        let (dead, writing) = (begun(1_000), begun(2_000));
        let left = folder.path().join(INCOMING).join(dead.to_string());
        std::fs::write(&left, b"half").unwrap();
        let mut incoming = files.begin(id(), writing);
        incoming.write(&vec![0; GATHERED]).await.unwrap();
        Files::open(folder.path()).await.unwrap();
        assert!(left.exists(), "opening takes nothing from anybody");
        files.clear_incoming(Timestamp::from_millis(1_500)).await.unwrap();
        assert!(!left.exists());
        incoming.whole().await.unwrap().settle().await.unwrap();
    }
}
