//! Owns: being one person: the mailbox that somebody has proven, whoever else is filed under it, joining them by an
//! alias and undoing it. Doesn't own: links ([`super::links`]), what a joined person may read ([`crate::read`]).

use kernel::{Id, Timestamp};
use storage::{KeyedHash, On, Tx, sql};
use vault::{Cell, LookupKind, Sealed};

use crate::{Actor, Error, Filed, Guard, Person};

/// At most so many people are one: more is no forgetful candidate, and every look at what is theirs would grow.
const MOST: usize = 100;

/// Somebody joined to the acting person.
#[derive(Debug, Clone)]
pub struct Joined {
    /// Who.
    pub person: Id<Person>,
    /// Since when.
    pub since: Timestamp,
}

impl Guard {
    /// The people filed under the mailbox that the acting person has proven and not joined to them: perhaps the same
    /// person, perhaps somebody who typed that address. Oldest first; nobody before the mailbox is proven.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn duplicates(&self, actor: &Actor) -> Result<Vec<Id<Person>>, Error> {
        let own = actor.people();
        let mut found = Vec::new();
        for mailbox in self.proven_mailboxes(own).await? {
            for dossier in self.vault.find(LookupKind::Email, mailbox).await? {
                let other: Id<Person> = dossier.cast();
                let known = own.contains(&other) || found.contains(&other);
                let room = own.len() + found.len() < MOST;
                if room && !known && self.is_a_person(other).await? && !self.is_alias(&self.db, other).await?
                {
                    found.push(other);
                }
            }
        }
        Ok(found)
    }

    /// Joins one of the [`Guard::duplicates`] to the acting person. Nothing is moved: their keys stay apart.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of them.
    pub async fn join(&self, actor: &Actor, other: Id<Person>) -> Result<(), Error> {
        if !self.duplicates(actor).await?.contains(&other) {
            return Err(Error::NotFound);
        }
        let own = actor.person().ok_or(Error::NotFound)?;
        let filed = self.filed(other.cast()).await?;
        let mut tx = self.begin().await?;
        // In one order for everybody, so that two who join each other at once take turns.
        let mut both = [own, other];
        both.sort_unstable();
        for person in both {
            lock(&mut tx, person).await?;
        }
        let main = self.joined(&mut tx, own).await?.first().copied().unwrap_or(own);
        if main != other && !self.is_alias(&mut tx, other).await? {
            sql("UPDATE aliases SET main = $2 WHERE main = $1")
                .bind(other)
                .bind(main)
                .run(&mut tx)
                .await?;
            sql("INSERT INTO aliases (person, main, joined_at) VALUES ($1, $2, $3)")
                .bind(other)
                .bind(main)
                .bind(self.now())
                .run(&mut tx)
                .await?;
            self.note(&mut tx, "person_joined", Some(&filed.key), &serde_json::json!({}))
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Undoes a joining: the two are as they were.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that person isn't joined to the acting one.
    pub async fn part(&self, actor: &Actor, other: Id<Person>) -> Result<(), Error> {
        if !actor.people().contains(&other) {
            return Err(Error::NotFound);
        }
        let filed = self.still_filed(other).await?;
        let mut tx = self.begin().await?;
        let gone = sql("DELETE FROM aliases WHERE person = $1")
            .bind(other)
            .run(&mut tx)
            .await?;
        if gone == 0 {
            return Err(Error::NotFound);
        }
        let key = filed.as_ref().map(|filed| &filed.key);
        self.note(&mut tx, "person_parted", key, &serde_json::json!({}))
            .await?;
        Ok(tx.commit().await?)
    }

    /// Who is joined to the acting person, in the order they were.
    ///
    /// # Errors
    /// The storage's.
    pub async fn joined_to(&self, actor: &Actor) -> Result<Vec<Joined>, Error> {
        let rows = sql("SELECT person, joined_at FROM aliases WHERE main = $1 ORDER BY joined_at, person")
            .bind(actor.person())
            .all(&self.db)
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Joined {
                    person: row.get("person")?,
                    since: row.get("joined_at")?,
                })
            })
            .collect()
    }

    /// The person and all who are joined to them or they to, the main one first.
    pub(crate) async fn joined(
        &self,
        on: impl Into<On<'_>>,
        person: Id<Person>,
    ) -> Result<Vec<Id<Person>>, Error> {
        let rows = sql("SELECT person, main FROM aliases WHERE main = $1 \
             OR main = (SELECT main FROM aliases WHERE person = $1) ORDER BY person")
        .bind(person)
        .all(on)
        .await?;
        let Some(first) = rows.first() else {
            return Ok(vec![person]);
        };
        let mut all = vec![first.get("main")?];
        for row in &rows {
            all.push(row.get("person")?);
        }
        Ok(all)
    }

    /// A link sent to the mailbox that the person is filed under was followed: they read it.
    pub(super) async fn prove_mailbox(&self, person: Id<Person>) -> Result<(), Error> {
        let mailboxes = self.vault.lookups_of(person.cast(), LookupKind::Email).await?;
        let Some(mailbox) = mailboxes.first() else {
            return Ok(());
        };
        let filed = self.filed(person.cast()).await?;
        let mut tx = self.begin().await?;
        self.write_proof(&mut tx, &filed, mailbox).await?;
        tx.commit().await?;
        self.leave_alone_no_more(person, *mailbox).await
    }

    /// Writes that the person reads there.
    pub(super) async fn write_proof(
        &self,
        tx: &mut Tx,
        filed: &Filed,
        mailbox: &KeyedHash,
    ) -> Result<(), Error> {
        let person = filed.person;
        let sealed: Sealed<KeyedHash> = filed.key.seal(cell(&person), &mailbox.0);
        sql(
            "INSERT INTO proven_mailboxes (person, mailbox, proven_at, charter_version) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (person) DO UPDATE SET mailbox = excluded.mailbox, proven_at = excluded.proven_at, \
             charter_version = excluded.charter_version",
        )
        .bind(person)
        .bind(sealed)
        .bind(self.now())
        .bind(self.charter().version())
        .run(tx)
        .await?;
        Ok(())
    }

    /// The look-ups of the mailboxes that these people have proven and are filed under.
    async fn proven_mailboxes(&self, people: &[Id<Person>]) -> Result<Vec<KeyedHash>, Error> {
        let rows = sql("SELECT person, mailbox FROM proven_mailboxes WHERE person IN ($list)")
            .bind_list(people.iter().copied())
            .all(&self.db)
            .await?;
        let mut proven = Vec::new();
        for row in &rows {
            let person: Id<Person> = row.get("person")?;
            let filed_under = self.vault.lookups_of(person.cast(), LookupKind::Email).await?;
            let Some(filed) = self.still_filed(person).await? else {
                continue;
            };
            let plain = filed
                .key
                .open(cell(&person), &row.get::<Sealed<KeyedHash>, _>("mailbox")?)?;
            let fits = |mailbox: &&KeyedHash| mailbox.0.as_slice() == plain.as_slice();
            proven.extend(
                filed_under
                    .iter()
                    .find(fits)
                    .filter(|found| !proven.contains(*found)),
            );
        }
        Ok(proven)
    }

    /// Somebody's identity, unless it was erased.
    pub(crate) async fn still_filed(&self, person: Id<Person>) -> Result<Option<Filed>, Error> {
        match self.filed(person.cast()).await {
            Err(Error::NotFound) => Ok(None),
            filed => filed.map(Some),
        }
    }

    /// Whether it is the filed identity of somebody the data is about, and no account of staff's, whether its owner has
    /// come yet or left already.
    pub(crate) async fn is_a_person(&self, id: Id<Person>) -> Result<bool, Error> {
        Ok(!self.is_staff(id.cast()).await? && self.is_filed(id.cast()).await?)
    }

    async fn is_alias(&self, on: impl Into<On<'_>>, person: Id<Person>) -> Result<bool, Error> {
        let row = sql("SELECT main FROM aliases WHERE person = $1")
            .bind(person)
            .optional(on)
            .await?;
        Ok(row.is_some())
    }
}

fn cell(person: &Id<Person>) -> Cell<'_> {
    Cell {
        table: "proven_mailboxes",
        column: "mailbox",
        row: person.as_bytes(),
    }
}

/// Holds the row of somebody's identity until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, person: Id<Person>) -> Result<(), Error> {
    sql("UPDATE dossiers SET opened_at = opened_at WHERE id = $1")
        .bind(person)
        .run(tx)
        .await?;
    Ok(())
}
