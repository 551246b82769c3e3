//! Owns: a [`Store`] of named objects outside the site, a folder or a bucket of S3: whole or not there, never changed.
//! Doesn't own: what is in them (sealed before they come here), whether they may leave (`guard::backup`).

mod bucket;
mod folder;

use bytes::Bytes;

use bucket::Bucket;
use folder::Folder;

/// Where backups lie. Cheap to clone.
#[derive(Clone)]
pub struct Store(Kind);

#[derive(Clone)]
enum Kind {
    Folder(Folder),
    Bucket(Bucket),
}

/// Why the store doesn't serve.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The target isn't written as one.
    #[error("{0:?} is no target: write a folder's path, file:///path, or s3://bucket/prefix")]
    Target(String),
    /// The store can't be reached as it is configured; says what to set.
    #[error("{0}")]
    Setup(String),
    /// No object of that name.
    #[error("{0} isn't there")]
    Missing(String),
    /// The disk is full.
    #[error("the backup's disk is full")]
    Full,
    /// It can't be read or written.
    #[error("the backup's target can't be used: {0}")]
    Away(String),
}

/// An object as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Its name: words of `a-z0-9-` joined by `/`.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
}

/// How a target begins that is somebody else's disk.
const BUCKET: &str = "s3://";

impl Store {
    /// The store at a target: `s3://bucket/prefix`, `file:///path`, or a folder's path.
    ///
    /// # Errors
    /// [`StoreError::Target`], [`StoreError::Setup`].
    pub fn at(target: &str) -> Result<Self, StoreError> {
        if let Some(rest) = target.strip_prefix(BUCKET) {
            return Ok(Self(Kind::Bucket(Bucket::at(rest)?)));
        }
        let path = target.strip_prefix("file://").unwrap_or(target);
        if path.is_empty() || path.contains("://") {
            return Err(StoreError::Target(target.to_owned()));
        }
        Ok(Self(Kind::Folder(Folder::at(path))))
    }

    /// True when what is put at that target leaves the operator's own disks.
    #[must_use]
    pub fn is_outside(target: &str) -> bool {
        target.starts_with(BUCKET)
    }

    /// Puts an object: durable and whole when this is over, or not there.
    ///
    /// # Errors
    /// [`StoreError::Full`], [`StoreError::Away`].
    pub async fn put(&self, name: &str, bytes: Bytes) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Folder(folder) => folder.put(name, bytes).await,
            Kind::Bucket(bucket) => bucket.put(name, bytes).await,
        }
    }

    /// An object's bytes.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Away`].
    pub async fn get(&self, name: &str) -> Result<Bytes, StoreError> {
        match &self.0 {
            Kind::Folder(folder) => folder.get(name).await,
            Kind::Bucket(bucket) => bucket.get(name).await,
        }
    }

    /// The objects whose names begin with `under` and `/`, sorted.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn list(&self, under: &str) -> Result<Vec<Object>, StoreError> {
        let mut objects = match &self.0 {
            Kind::Folder(folder) => folder.list(under).await,
            Kind::Bucket(bucket) => bucket.list(under).await,
        }?;
        objects.sort();
        Ok(objects)
    }

    /// Removes an object; one that isn't there is no error.
    ///
    /// # Errors
    /// [`StoreError::Away`].
    pub async fn remove(&self, name: &str) -> Result<(), StoreError> {
        match &self.0 {
            Kind::Folder(folder) => folder.remove(name).await,
            Kind::Bucket(bucket) => bucket.remove(name).await,
        }
    }
}

#[cfg(test)]
mod tests;
