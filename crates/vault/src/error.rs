//! Owns: [`Error`], what sealing and the key store can refuse. Doesn't own: what a person is told about it.

use kernel::Id;

use crate::LedgerEntry;

/// Why the vault refuses. No variant holds a key or anything that was sealed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The key store's database.
    #[error("key store: {0}")]
    Store(#[from] storage::Error),
    /// There was never a key for this dossier.
    #[error("no key was made for this dossier")]
    Absent,
    /// The dossier's key was destroyed: nothing opens it again.
    #[error("the key of this dossier was destroyed")]
    Destroyed,
    /// A key exists, or existed, for one of the dossiers; a destroyed one is never made again.
    #[error("a key was already made for this dossier")]
    AlreadyMade,
    /// The sealed bytes were changed, cut, moved from elsewhere, or sealed with another key.
    #[error("sealed bytes that don't open: changed, cut or moved")]
    Tampered,
    /// Sealed by a newer program.
    #[error("sealed in a newer format than this program knows")]
    NewerFormat,
    /// The key store was made with another master key.
    #[error("this isn't the master key of this key store")]
    WrongMasterKey,
    /// There is no key store where one was expected.
    #[error("no key store here; `vivier site new` makes one")]
    NoStore,
    /// There is a key store where a new one was to be made.
    #[error("a key store exists here already")]
    StoreExists,
    /// Others use the key store, which has to be had alone.
    #[error("the site is in use: stop `vivier serve`, and whatever else works on it, first")]
    InUse,
    /// Somebody else has the key store alone.
    #[error("the key store is being restored or given a new master key: try again when that is over")]
    Away,
    /// A backup of the key store that isn't whole: what was counted when it was made isn't there.
    #[error("a backup of the key store that isn't whole: {0}")]
    NotWhole(String),
    /// The master key's file can't be used.
    #[error("the master key file {path}: {problem}")]
    MasterKeyFile {
        /// Its path.
        path: String,
        /// What to do about it.
        problem: &'static str,
    },
    /// The ledger holds another entry under the same id.
    #[error("the ledger holds something else as entry {0}")]
    Contradiction(Id<LedgerEntry>),
}

impl Error {
    /// True when the same call may succeed later without anything being changed.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_temporary())
    }
}
