//! Owns: [`BackupError`], why a backup can't be made, read or restored. Doesn't own: what verifying finds
//! ([`super::Flaw`]).

use std::path::PathBuf;

use gateway::store::StoreError;

/// Why a backup can't be made, read or restored; says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// There is none at the target.
    #[error("there is no backup at this target")]
    None,
    /// None of that id.
    #[error("there is no backup {0} at this target; `vivier backup verify` lists them")]
    Unknown(String),
    /// Another site's, or changed at its head.
    #[error("this target holds another site's backups: they don't open with the keys of this one")]
    Foreign,
    /// The target holds the other kind of backup.
    #[error(
        "this target holds backups of {0}: data and keys lie apart, so that whoever has one has nothing readable"
    )]
    NotApart(&'static str),
    /// Changed, cut or missing; the place.
    #[error("{0}; `vivier backup verify` names every place")]
    Broken(String),
    /// By a newer program.
    #[error("made by a newer program than this one: use that")]
    Newer,
    /// Restoring into something.
    #[error("{0} isn't empty: restore into a new folder, and move it into place when it is in order")]
    NotEmpty(PathBuf),
    /// Restoring into a database of something.
    #[error("the database isn't empty: restore into a new one")]
    DatabaseNotEmpty,
    /// Leaving the operator's own disks takes a declared processor.
    #[error(
        "the charter in force declares no processor with service = \"backup\": declare it, or keep backups in a folder of your own"
    )]
    NoProcessor,
    /// No generation of the key store opens.
    #[error("no generation of the key store at this target is whole{0}")]
    NoGeneration(String),
    /// Work on the disk broke off.
    #[error("the files of the backup can't be worked on: {0}")]
    Io(#[from] std::io::Error),
}
