//! Owns: the seven rules. Whatever happens to a person's data happens through one of these doors, and each asks the
//! charter first:
//!
//! | rule | door |
//! |---|---|
//! | ask only what is declared | [`collect`] |
//! | show only to whom it names | [`read`] |
//! | send only where it says | [`send`], [`share`] |
//! | keep only as long as promised | [`keep`] |
//! | let no machine decide alone | [`decide`] |
//! | change nothing silently | [`change`] |
//! | prove it | [`ledger`] (the provers come later) |
//!
//! [`export`] walks the same declarations as [`keep`], and gives instead of taking: a copy of everything held about a
//! person. Beside them: who acts ([`Actor`], made only of a session, link or token verified here), staff accounts, sealed
//! files, and what each capability declares to keep ([`Holdings`]). Doesn't own: any page, any capability, any rule
//! of one charter.

mod access;
mod actor;
pub mod backup;
mod beside;
pub mod change;
pub mod collect;
pub mod decide;
mod dossier;
mod error;
pub mod export;
pub mod files;
mod find;
mod holdings;
mod inner;
pub mod keep;
pub mod keys;
pub mod ledger;
pub mod once;
pub mod open;
pub mod own;
mod personal;
pub mod read;
pub mod receipt;
pub mod rights;
pub mod send;
pub mod share;
mod suppress;
mod tend;
#[cfg(test)]
mod testing;
pub mod told;

use std::sync::Arc;

use charter::Charter;
use inner::Inner;
use kernel::{Clock, Id, Timestamp, Zone};
use storage::{Db, Tx};

pub use access::{
    Account, AccountKind, AddressChange, AddressFlaw, ApiToken, Bearer, Browser, Caller, Ceremony,
    ChosenPassword, Colleague, Confirmed, Credential, Device, DeviceToken, Ending, Joined, Letter, LinkToken,
    MAX_PASSWORD, MIN_PASSWORD, Mailbox, NewAddress, NewColleague, NewStaff, NewToken, OwnPasskey,
    OwnSession, PasswordLinkKind, PendingAddress, Proposal, Proven, Scope, SecondFactor, Session,
    SessionToken, SignedIn, Stage, System, TOKEN_DAYS, TOKENS, TeamMember, TeamState, Token, TokenListed,
    WeakPassword,
};
pub use actor::Actor;
pub use beside::Beside;
pub use change::{Draft, Version, watch};
pub use charter::Refusal;
pub use dossier::Filed;
pub use error::Error;
pub use holdings::{Column, Fact, Holdings, Table};
pub use open::{Nature, Settings};
pub use personal::{Personal, Shown};
pub use read::{Permit, Reading, SERVICE, View};
pub use suppress::Suppression;
pub use tend::tend;
pub use vault::{DossierId, LedgerEntry, Sealed};

/// Marks the id of a person: a candidate, a contact, whoever the data is about.
pub enum Person {}
/// Marks the id of a member of staff.
pub enum Staff {}

/// One site behind its doors. Cheap to clone.
#[derive(Clone)]
pub struct Guard(Arc<Inner>);

impl std::ops::Deref for Guard {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Guard {
    /// The site's name: its folder's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The running charter: of the versions that a human activated, the last whose day has come.
    #[must_use]
    pub fn charter(&self) -> Arc<Charter> {
        Arc::clone(&self.0.law.load().at(self.now()).charter)
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The clock, for the worker.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The zone in which the site's days begin and end.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.0.zone
    }

    /// A new id.
    #[must_use]
    pub fn id<K>(&self) -> Id<K> {
        Id::new(&self.0.rng, self.now())
    }

    /// The database. What is sealed in it stays sealed without a permit.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Begins a transaction.
    ///
    /// # Errors
    /// The storage's.
    pub async fn begin(&self) -> Result<Tx, Error> {
        Ok(self.0.db.begin().await?)
    }

    /// Puts a job into the transaction that causes it.
    ///
    /// # Errors
    /// The storage's.
    pub async fn enqueue(
        &self,
        tx: &mut Tx,
        kind: &'static str,
        subject: Option<Id<()>>,
        run_at: Timestamp,
    ) -> Result<(), Error> {
        Ok(platform::jobs::enqueue(tx, &self.0.rng, self.now(), kind, subject, run_at).await?)
    }

    /// True for a site that was made as a demo, of which the key store keeps the mark.
    #[must_use]
    pub fn is_demo(&self) -> bool {
        self.0.vault.nature() == vault::Nature::Demo
    }

    /// True when mails are kept and shown instead of sent.
    #[must_use]
    pub fn keeps_mail(&self) -> bool {
        self.0.mailer.keeps()
    }

    /// Whether the mail server can be reached and lets us in.
    ///
    /// # Errors
    /// What keeps us out, in one line.
    pub async fn greet_mail_server(&self) -> Result<(), String> {
        self.0.mailer.greet().await
    }

    /// Answers when both the database and the key store do.
    ///
    /// # Errors
    /// Which of them doesn't.
    pub async fn ready(&self) -> Result<(), Error> {
        self.0.db.ping().await?;
        Ok(self.0.vault.ping().await?)
    }

    /// A keyed check of `bytes` for one use, written in 64 hexadecimal digits: a form's token against forgery.
    #[must_use]
    pub fn seal_of(&self, context: &str, bytes: &[u8]) -> String {
        hex(&self.0.vault.token_mac(context, bytes).0)
    }

    /// Everything that is kept, as each room and capability declares it.
    #[must_use]
    pub fn holdings(&self) -> Vec<Holdings> {
        holdings::HOUSE.iter().chain(&self.0.holdings).copied().collect()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String doesn't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
