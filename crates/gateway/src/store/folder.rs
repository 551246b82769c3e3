//! Owns: objects in a folder, written aside and put in place whole. Doesn't own: what a name means.

use std::{
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use platform::tasks;

use super::{Object, StoreError};

/// What is being written is called so until it is whole; a listing passes over it.
const ASIDE: &str = ".part";

#[derive(Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn at(path: &str) -> Self {
        Self(PathBuf::from(path))
    }

    pub(super) async fn put(&self, name: &str, bytes: Bytes) -> Result<(), StoreError> {
        let place = self.place(name);
        blocking(move || put(&place, &bytes)).await
    }

    pub(super) async fn get(&self, name: &str) -> Result<Bytes, StoreError> {
        let place = self.place(name);
        let read = blocking(move || Ok(std::fs::read(place).map(Bytes::from))).await?;
        read.map_err(|error| match error.kind() {
            ErrorKind::NotFound => StoreError::Missing(name.to_owned()),
            _ => away(&error),
        })
    }

    pub(super) async fn list(&self, under: &str) -> Result<Vec<Object>, StoreError> {
        let (root, under) = (self.0.clone(), under.to_owned());
        blocking(move || {
            let mut found = Vec::new();
            walk(&root.join(&under), &under, &mut found)?;
            Ok(found)
        })
        .await
    }

    pub(super) async fn remove(&self, name: &str) -> Result<(), StoreError> {
        let place = self.place(name);
        blocking(move || match std::fs::remove_file(place) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
        .await
    }

    fn place(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

/// Synced before it gets its name, and its folder after.
fn put(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    make(folder)?;
    let mut aside = place.as_os_str().to_owned();
    aside.push(ASIDE);
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&aside, place)?;
    std::fs::File::open(folder)?.sync_all()
}

/// A new folder has to survive a power cut too.
fn make(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir_all(folder)?;
    match folder.parent().filter(|above| !above.as_os_str().is_empty()) {
        Some(above) => std::fs::File::open(above)?.sync_all(),
        None => Ok(()),
    }
}

fn walk(folder: &Path, name: &str, found: &mut Vec<Object>) -> std::io::Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let Some(last) = entry.file_name().to_str().map(str::to_owned) else {
            continue;
        };
        let name = format!("{name}/{last}");
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &name, found)?;
        } else if !name.ends_with(ASIDE) {
            let size = entry.metadata()?.len();
            found.push(Object { name, size });
        }
    }
    Ok(())
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tasks::blocking(work).await;
    done.unwrap_or_else(|| Err(std::io::Error::other("the work broke off")))
        .map_err(|error| away(&error))
}

fn away(error: &std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::Away(error.to_string()),
    }
}
