//! Owns: [`Error`], why a door didn't open. Doesn't own: the words and the page it becomes (`web::Error`).

use charter::Refusal;

use crate::WeakPassword;

/// Why a door didn't open.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The charter refuses to take or to send this; the refusal names the clause.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The charter doesn't show this to who asks; the refusal names the clause.
    #[error("{0}")]
    NotShown(Refusal),
    /// No such thing, or none that this actor may know of.
    #[error("not found")]
    NotFound,
    /// Known, but not for this actor: a page of the desk without the duty.
    #[error("not for this role: the charter doesn't charge it with that duty")]
    Forbidden,
    /// Decided by humans only: a program acts. The charter's clause that says so, where it has one.
    #[error("a human decides this")]
    NeedsHuman(Option<String>),
    /// The token wasn't made for that.
    #[error("the token has no scope {}", kernel::Word::word(*.0))]
    OutOfScope(crate::Scope),
    /// What was asked doesn't fit what is: a refused application can't be refused again, an undo came too late.
    #[error("no longer possible")]
    TooLate,
    /// The upload broke off or isn't a form.
    #[error("the form didn't arrive whole")]
    Broken,
    /// Two answers to a question that takes one; says which, by its label in the form's language.
    #[error("the form answers twice what takes one answer: {0}")]
    Repeated(String),
    /// What was typed or attached is too large in all.
    #[error("the form is too large")]
    TooLarge,
    /// The given value isn't what it should be; says which.
    #[error("{0}")]
    Invalid(&'static str),
    /// Tried too often; says when to try again.
    #[error("tried too often: again in {seconds} s")]
    TooOften {
        /// In so many seconds.
        seconds: u32,
    },
    /// The password isn't taken; says why.
    #[error("{0}")]
    Weak(WeakPassword),
    /// The charter asks that role for a second factor, and this is the only one: another comes first. The clause that
    /// asks.
    #[error("the charter asks for a second factor ({0}): set another one up first")]
    LastFactor(charter::ClauseId),
    /// Another account has that address.
    #[error("an account with this e-mail address exists already")]
    Taken,
    /// A charter's draft that can't become law: its problems, one a line.
    #[error("{0}")]
    Charter(String),
    /// The site can't be opened as it is configured; says what to do.
    #[error("{0}")]
    Setup(String),
    /// Backups.
    #[error("{0}")]
    Backup(#[from] crate::backup::BackupError),
    /// The database.
    #[error("storage: {0}")]
    Storage(#[from] storage::Error),
    /// The keys.
    #[error("keys: {0}")]
    Vault(#[from] vault::Error),
    /// The files.
    #[error("files: {0}")]
    Files(#[from] gateway::files::FilesError),
}

impl Error {
    /// True when trying again in a while may help: the database is away, the disk is full.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Storage(error) => error.is_temporary(),
            Self::Vault(error) => error.is_temporary(),
            Self::Files(error) => !matches!(error, gateway::files::FilesError::Missing),
            _ => false,
        }
    }

    /// True when a transaction came to nothing because what it counted was used up.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        matches!(self, Self::Storage(storage::Error::Conflict { on, .. }) if on == crate::access::USED_UP)
    }
}
