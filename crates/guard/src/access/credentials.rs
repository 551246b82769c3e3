//! Owns: accounts, and the means by which one is entered: each sealed under the account's dossier. Doesn't own: what a
//! means is worth ([`super::passwords`]), sessions.

use std::collections::HashSet;

use charter::{People, PurposeKind, Trigger};
use kernel::{Id, Timestamp, words};
use storage::{LIST, On, Row, Tx, sql};
use vault::{Cell, DossierId, Sealed};
use zeroize::Zeroizing;

use super::Device;
use crate::{Actor, Error, Filed, Guard, Person, Staff, actor::Who};

words! {
    /// Whose account.
    pub enum AccountKind {
        /// A member of staff's.
        Staff = "staff",
        /// A person's own: a candidate's, an expert's, a member's.
        Person = "person",
    }
}

impl AccountKind {
    /// What a charter calls them; where it knows several of these, who applies comes first.
    pub(crate) const fn people(self) -> &'static [People] {
        match self {
            Self::Staff => &[People::Staff],
            Self::Person => &[People::Candidate, People::Expert, People::AccountMember],
        }
    }
}

/// Who enters: a member of staff, or a person with whoever is joined to them.
#[derive(Debug, Clone)]
pub struct Account {
    pub(super) kind: AccountKind,
    /// The one that new means are filed under.
    pub(super) id: Id<()>,
    joined: Vec<Id<()>>,
}

impl Account {
    pub(super) fn staff(id: Id<Staff>) -> Self {
        Self {
            kind: AccountKind::Staff,
            id: id.cast(),
            joined: Vec::new(),
        }
    }

    fn person(people: &[Id<Person>]) -> Option<Self> {
        let (id, joined) = people.split_first()?;
        Some(Self {
            kind: AccountKind::Person,
            id: id.cast(),
            joined: joined.iter().map(|person| person.cast()).collect(),
        })
    }

    /// All that is theirs lies under one of these.
    pub(super) fn ids(&self) -> impl Iterator<Item = Id<()>> {
        std::iter::once(self.id).chain(self.joined.iter().copied())
    }
}

impl Actor {
    /// The account that acts, when a human is signed in to one.
    #[must_use]
    pub fn account(&self) -> Option<Account> {
        match self.who() {
            Who::Staff { id, human: true, .. } => Some(Account::staff(*id)),
            Who::Person(people) => Account::person(people),
            _ => None,
        }
    }
}

words! {
    pub(super) enum Means {
        Password = "password",
        /// The secret of an app that gives codes (RFC 6238).
        App = "app",
        /// One that waits for its first code.
        Proposed = "proposed",
        /// A code on paper, as a keyed hash.
        Paper = "paper",
        /// A passkey's public half.
        Passkey = "passkey",
    }
}

/// Marks the id of a means.
pub enum Credential {}

/// A means, opened.
pub(super) struct Opened {
    pub(super) id: Id<Credential>,
    pub(super) dossier: DossierId,
    pub(super) secret: Zeroizing<String>,
}

/// The dossier that an account's means are sealed under.
pub(super) struct Home {
    pub(super) filed: Filed,
    /// The purpose it is to be filed for, when it has no row yet.
    new: Option<String>,
}

impl Home {
    /// A dossier that is filed, or is in the same transaction.
    pub(super) fn of(filed: Filed) -> Self {
        Self { filed, new: None }
    }
}

impl Guard {
    /// The charter's purpose for accounts of that kind.
    pub(super) fn account_purpose(&self, kind: AccountKind) -> Result<String, Error> {
        let charter = self.charter();
        let of = |people: &People| {
            let mut purposes = charter.purposes_of(PurposeKind::ManageAccount);
            purposes.find(|purpose| purpose.people.contains(people))
        };
        let purpose = kind.people().iter().find_map(of);
        purpose.map(|purpose| purpose.name.clone()).ok_or(Error::Invalid(
            "the charter has no purpose of kind manage_account for these people",
        ))
    }

    /// The account of that kind with that id.
    pub(super) async fn account(&self, kind: AccountKind, id: Id<()>) -> Result<Account, Error> {
        match kind {
            AccountKind::Staff => Ok(Account::staff(id.cast())),
            AccountKind::Person => {
                let people = self.joined(&self.db, id.cast()).await?;
                Account::person(&people).ok_or(Error::NotFound)
            }
        }
    }

    /// Where the account's means are sealed; for a person who has none yet, a key is made.
    pub(super) async fn home(&self, account: &Account) -> Result<Home, Error> {
        let dossier = match account.kind {
            AccountKind::Staff => Some(account.id.cast()),
            AccountKind::Person => self.home_of_person(account.id.cast()).await?,
        };
        if let Some(dossier) = dossier {
            return Ok(Home::of(self.filed(dossier).await?));
        }
        let purpose = self.account_purpose(account.kind)?;
        let key = self.vault.make_keys(&[self.id()], &[]).await?.remove(0);
        let filed = Filed {
            key,
            person: account.id.cast(),
        };
        Ok(Home {
            filed,
            new: Some(purpose),
        })
    }

    pub(super) async fn home_of_person(&self, person: Id<Person>) -> Result<Option<DossierId>, Error> {
        let purpose = storage::PublicText::new(self.account_purpose(AccountKind::Person)?);
        let row = sql("SELECT id FROM dossiers WHERE person = $1 AND purpose = $2 ORDER BY id DESC LIMIT 1")
            .bind(person)
            .bind(purpose)
            .optional(&self.db)
            .await?;
        Ok(row.map(|row| row.get("id")).transpose()?)
    }

    /// Adds a means; the account's dossier is filed with the first.
    pub(super) async fn add_means(
        &self,
        tx: &mut Tx,
        account: &Account,
        home: &Home,
        means: Means,
        (secret, device): (&str, Device),
    ) -> Result<Id<Credential>, Error> {
        self.may_hold(&self.account_purpose(account.kind)?, &["credential"])?;
        let now = self.now();
        if let Some(purpose) = &home.new {
            let events = [Trigger::Collected, Trigger::LastActivity];
            self.file_dossiers(tx, &[&home.filed], purpose, &self.charter(), &events)
                .await?;
        }
        let id: Id<Credential> = self.id();
        let sealed = seal(&home.filed, &id, secret);
        sql(
            "INSERT INTO credentials (id, account, dossier, kind, secret, browser, system, added_at, charter_version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(id)
        .bind(account.id)
        .bind(home.filed.id())
        .bind(means)
        .bind(sealed)
        .bind(device.browser)
        .bind(device.system)
        .bind(now)
        .bind(self.charter().version())
        .run(tx)
        .await?;
        Ok(id)
    }

    /// Takes all means of that kind from the account.
    pub(super) async fn drop_means(
        &self,
        tx: &mut Tx,
        account: &Account,
        means: Means,
    ) -> Result<u64, Error> {
        Ok(
            sql("DELETE FROM credentials WHERE kind = $1 AND account IN ($list)")
                .bind(means)
                .bind_list(account.ids())
                .run(tx)
                .await?,
        )
    }

    /// Whether the account has means of one of those kinds.
    pub(super) async fn has_means(
        &self,
        on: impl Into<On<'_>>,
        account: &Account,
        means: &[Means],
    ) -> Result<bool, Error> {
        let row = sql("SELECT id FROM credentials WHERE kind IN ($list) AND account IN ($list) LIMIT 1")
            .bind_list(means.iter().copied())
            .bind_list(account.ids())
            .optional(on)
            .await?;
        Ok(row.is_some())
    }

    /// The account's means of that kind, newest first; those whose dossier has ended are gone.
    pub(super) async fn means_of(&self, account: &Account, means: Means) -> Result<Vec<Opened>, Error> {
        let rows =
            sql("SELECT id, dossier, secret FROM credentials WHERE kind = $1 AND account IN ($list) ORDER BY id DESC")
                .bind(means)
                .bind_list(account.ids())
                .all(&self.db)
                .await?;
        let mut opened = Vec::with_capacity(rows.len());
        for row in &rows {
            opened.extend(self.open_means(row).await?);
        }
        Ok(opened)
    }

    /// The newest of the means of that kind that any of these accounts has, and which has it.
    pub(super) async fn newest_means(
        &self,
        accounts: &[Id<()>],
        means: Means,
    ) -> Result<Option<(Id<()>, Opened)>, Error> {
        let mut newest: Option<Row> = None;
        for some in accounts.chunks(LIST) {
            let row = sql("SELECT id, account, dossier, secret FROM credentials WHERE kind = $1 AND account IN ($list) ORDER BY id DESC LIMIT 1")
            .bind(means)
            .bind_list(some.iter().copied())
            .optional(&self.db)
            .await?;
            let id = |row: &Row| row.get::<Id<Credential>, _>("id").ok();
            if row.as_ref().and_then(id) > newest.as_ref().and_then(id) {
                newest = row;
            }
        }
        let Some(row) = newest else { return Ok(None) };
        let opened = self.open_means(&row).await?;
        opened.map(|opened| Ok((row.get("account")?, opened))).transpose()
    }

    /// `None` when its dossier has ended.
    async fn open_means(&self, row: &Row) -> Result<Option<Opened>, Error> {
        let (id, dossier): (Id<Credential>, DossierId) = (row.get("id")?, row.get("dossier")?);
        let key = match self.filed(dossier).await {
            Ok(filed) => filed.key,
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        let plain = key.open(cell(&id), &row.get::<Sealed<String>, _>("secret")?)?;
        let secret = std::str::from_utf8(&plain).map_err(|_| vault::Error::Tampered)?;
        Ok(Some(Opened {
            id,
            dossier,
            secret: Zeroizing::new(secret.to_owned()),
        }))
    }

    /// The accounts of that kind that are filed under the address and haven't ended.
    pub(super) async fn accounts_of_email(
        &self,
        kind: AccountKind,
        email: &str,
    ) -> Result<Vec<Id<()>>, Error> {
        let filed = match crate::collect::is_email(email.trim()) {
            true => self.people_of_email(email).await?,
            false => Vec::new(),
        };
        let (mut staff, mut active) = (HashSet::new(), Vec::new());
        for some in filed.chunks(LIST) {
            let rows = sql("SELECT id, ended_at, joined_at FROM staff WHERE id IN ($list)")
                .bind_list(some.iter().copied())
                .all(&self.db)
                .await?;
            for row in rows {
                let id: Id<()> = row.get("id")?;
                let ended: Option<Timestamp> = row.get("ended_at")?;
                let joined: Option<Timestamp> = row.get("joined_at")?;
                staff.insert(id);
                if ended.is_none() && joined.is_some() {
                    active.push(id);
                }
            }
        }
        Ok(match kind {
            AccountKind::Staff => active,
            AccountKind::Person => {
                let people = filed.into_iter().map(Id::cast);
                people.filter(|id| !staff.contains(id)).collect()
            }
        })
    }

    /// The account was used: its clock begins anew.
    pub(super) async fn account_used(&self, tx: &mut Tx, home: DossierId) -> Result<(), Error> {
        self.happened(tx, home, Trigger::LastActivity, self.now()).await
    }
}

/// Seals what a means is known by.
pub(super) fn seal(filed: &Filed, id: &Id<Credential>, secret: &str) -> Sealed<String> {
    filed.key.seal(cell(id), secret.as_bytes())
}

fn cell(id: &Id<Credential>) -> Cell<'_> {
    Cell {
        table: "credentials",
        column: "secret",
        row: id.as_bytes(),
    }
}
