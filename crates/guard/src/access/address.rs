//! Owns: changing a person's address: a link to each mailbox, nothing changed until both were opened by hand, and what
//! follows then: look-ups, proofs, waiting mails, ways in. Doesn't own: the mails' words, the row the address lies in
//! (the capability's).
//!
//! A link alone proves nothing here: mail scanners open links. It leads to a page with a button.

use kernel::{Id, Timestamp};
use storage::{KeyedHash, Row, Tx, sql};
use vault::{Cell, DossierId, LookupKind, Sealed};

use super::{AccountKind, Caller, LinkToken, is_token, random_token};
use crate::{
    Actor, Error, Filed, Guard, Person, Personal, Shown, collect,
    send::{Mail, MailKind, MailState},
    told::Cause,
};

/// A change can be asked again after so many seconds: each asking sends two mails.
const AGAIN_SECONDS: i64 = 60;

/// Why an address isn't taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressFlaw {
    /// It is none.
    NotAnEmail,
    /// It is the one they have.
    Same,
    /// They asked a moment ago, or too much is mailed to that address by whoever types it.
    TooSoon,
}

/// Which of the two mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// The one the person is filed under.
    Old,
    /// The one they want to be.
    New,
}

/// A change on its way into its row and its two mails.
pub struct NewAddress {
    /// For the mail to the old mailbox.
    pub old: LinkToken,
    /// For the mail to the new one.
    pub new: LinkToken,
    /// The new address.
    pub to: Personal<String>,
    /// When both links end.
    pub ends_at: Timestamp,
    person: Id<Person>,
    sealed: Sealed<String>,
}

/// A change that waits.
#[derive(serde::Serialize)]
pub struct PendingAddress {
    /// The new address.
    pub to: Shown<String>,
    /// The old mailbox said yes.
    pub old_proven: bool,
    /// The new one did.
    pub new_proven: bool,
    /// When it ends by itself.
    pub ends_at: Timestamp,
}

/// What a link's button led to.
pub enum Proven {
    /// The other mailbox is waited for.
    One(Mailbox),
    /// Both said yes: to be carried out.
    Both(Box<AddressChange>),
}

/// A change whose mailboxes are both proven.
pub struct AddressChange {
    /// The identities of the person and of whoever is joined to them.
    pub identities: Vec<Filed>,
    /// The new address.
    pub address: Personal<String>,
    mailbox: KeyedHash,
    waiting: Vec<(Id<Mail>, Sealed<String>)>,
}

impl AddressChange {
    /// The people it is about, the main one first.
    #[must_use]
    pub fn people(&self) -> Vec<Id<Person>> {
        self.identities.iter().map(Filed::person).collect()
    }
}

impl Guard {
    /// Prepares a change of the acting person's address. The answer is the same whoever else has the new one.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to who isn't a person.
    pub async fn new_address(
        &self,
        actor: &Actor,
        typed: &str,
        ends_at: Timestamp,
        caller: &Caller,
    ) -> Result<Result<NewAddress, AddressFlaw>, Error> {
        let person = actor.person().ok_or(Error::Forbidden)?;
        self.may_hold(&self.account_purpose(AccountKind::Person)?, &["email"])?;
        let typed = typed.trim();
        if !collect::is_email(typed) {
            return Ok(Err(AddressFlaw::NotAnEmail));
        }
        let mailbox = self.vault.blind(LookupKind::Email, &collect::normal_email(typed));
        let filed_under = self.vault.lookups_of(person.cast(), LookupKind::Email).await?;
        if filed_under.contains(&mailbox) {
            return Ok(Err(AddressFlaw::Same));
        }
        let made = sql("SELECT made_at FROM address_changes WHERE person = $1")
            .bind(person)
            .optional(&self.db)
            .await?;
        if let Some(row) = made
            && self.now() < row.get::<Timestamp, _>("made_at")?.plus_seconds(AGAIN_SECONDS)
        {
            return Ok(Err(AddressFlaw::TooSoon));
        }
        let filed = self.filed(person.cast()).await?;
        let to = Personal::new(typed.to_owned());
        if !self.has_room(&self.unproven(&to, caller)).await? {
            return Ok(Err(AddressFlaw::TooSoon));
        }
        Ok(Ok(NewAddress {
            old: LinkToken::new(random_token(&self.rng)),
            new: LinkToken::new(random_token(&self.rng)),
            sealed: filed.seal("address_changes", "address", person, &to),
            to,
            ends_at,
            person,
        }))
    }

    /// Writes the change that waits; an earlier one and its links are void. The caller queues the two mails in the same
    /// transaction.
    ///
    /// # Errors
    /// The storage's.
    pub async fn await_address(&self, tx: &mut Tx, new: &NewAddress) -> Result<(), Error> {
        sql("INSERT INTO address_changes (person, address, old_token, new_token, old_at, new_at, made_at, ends_at, charter_version) \
             VALUES ($1, $2, $3, $4, NULL, NULL, $5, $6, $7) ON CONFLICT (person) DO UPDATE SET address = excluded.address, \
             old_token = excluded.old_token, new_token = excluded.new_token, old_at = NULL, new_at = NULL, \
             made_at = excluded.made_at, ends_at = excluded.ends_at, charter_version = excluded.charter_version")
            .bind(new.person)
            .bind(new.sealed.clone())
            .bind(self.address_hash(new.old.secret()))
            .bind(self.address_hash(new.new.secret()))
            .bind(self.now())
            .bind(new.ends_at)
            .bind(self.charter().version())
            .run(tx)
            .await?;
        Ok(())
    }

    /// The acting person's change that waits, if one does.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn pending_address(&self, actor: &Actor) -> Result<Option<PendingAddress>, Error> {
        let row = sql(
            "SELECT person, address, old_at, new_at, ends_at FROM address_changes \
             WHERE person IN ($list) AND ends_at > $1 ORDER BY made_at DESC LIMIT 1",
        )
        .bind(self.now())
        .bind_list(actor.people().iter().copied())
        .optional(&self.db)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let filed = self.filed(row.get::<Id<Person>, _>("person")?.cast()).await?;
        Ok(Some(PendingAddress {
            to: Shown::new(address(&filed, &row)?),
            old_proven: row.get::<Option<Timestamp>, _>("old_at")?.is_some(),
            new_proven: row.get::<Option<Timestamp>, _>("new_at")?.is_some(),
            ends_at: row.get("ends_at")?,
        }))
    }

    /// Calls the acting person's change off: both links are void.
    ///
    /// # Errors
    /// The storage's.
    pub async fn cancel_address(&self, actor: &Actor) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        sql("UPDATE address_changes SET ends_at = $1 WHERE person IN ($list) AND ends_at > $1")
            .bind(self.now())
            .bind_list(actor.people().iter().copied())
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Which mailbox a link was sent to, for the page with the button.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of ours, was replaced or has ended.
    pub async fn asked_address(&self, token: &str) -> Result<Mailbox, Error> {
        Ok(self.find_change(token).await?.1)
    }

    /// The button of a link was pressed: that mailbox is proven. When both are, what to do is given, for the caller to
    /// carry out with [`Guard::address_changed`]; pressing again after a failure leads here again.
    ///
    /// # Errors
    /// [`Error::NotFound`] as for [`Guard::asked_address`].
    pub async fn prove_address(&self, token: &str) -> Result<Proven, Error> {
        let (row, mailbox) = self.find_change(token).await?;
        let person: Id<Person> = row.get("person")?;
        let (statement, other) = match mailbox {
            Mailbox::Old => (
                "UPDATE address_changes SET old_at = $2 WHERE old_token = $1",
                "new_at",
            ),
            Mailbox::New => (
                "UPDATE address_changes SET new_at = $2 WHERE new_token = $1",
                "old_at",
            ),
        };
        let mut tx = self.begin().await?;
        let proven = sql(statement)
            .then(" RETURNING old_at, new_at")
            .bind(self.address_hash(token))
            .bind(self.now())
            .optional(&mut tx)
            .await?
            .ok_or(Error::NotFound)?;
        tx.commit().await?;
        if proven.get::<Option<Timestamp>, _>(other)?.is_none() {
            return Ok(Proven::One(mailbox));
        }
        let identity = self.filed(person.cast()).await?;
        let address = Personal::new(address(&identity, &row)?);
        let mut identities = Vec::new();
        for person in self.joined(&self.db, person).await? {
            match self.filed(person.cast()).await {
                Ok(filed) => identities.push(filed),
                Err(Error::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        let people: Vec<Id<Person>> = identities.iter().map(Filed::person).collect();
        Ok(Proven::Both(Box::new(AddressChange {
            mailbox: self
                .vault
                .blind(LookupKind::Email, &collect::normal_email(address.value())),
            waiting: self.readdressed(&people, &address).await?,
            identities,
            address,
        })))
    }

    /// The people are found by the new address and no longer by the old one. Before the rows: a crash in between leaves
    /// them found by a mailbox that is proven, and the link's button does all of it again.
    ///
    /// # Errors
    /// The vault's.
    pub async fn move_mailbox(&self, change: &AddressChange) -> Result<(), Error> {
        let moved: Vec<_> = change
            .identities
            .iter()
            .map(|filed| (filed.id(), change.mailbox))
            .collect();
        Ok(self.vault.replace_lookups(LookupKind::Email, &moved).await?)
    }

    /// Carries the change out, in the transaction in which the caller writes the address into its rows: mails that wait
    /// follow, the mailbox is proven, and every session and link ends, which the old mailbox may hold; but for the
    /// session of that cookie. Who received the old address is to be told.
    ///
    /// # Errors
    /// The storage's.
    pub async fn address_changed(
        &self,
        tx: &mut Tx,
        change: &AddressChange,
        spared: Option<&str>,
    ) -> Result<(), Error> {
        for (mail, recipient) in &change.waiting {
            sql("UPDATE mails SET recipient = $2, charter_version = $4 WHERE id = $1 AND state = $3")
                .bind(*mail)
                .bind(recipient.clone())
                .bind(MailState::Queued)
                .bind(self.charter().version())
                .run(tx)
                .await?;
        }
        let people = change.people();
        self.drop_ways_in(tx, &people, spared).await?;
        for filed in &change.identities {
            self.write_proof(tx, filed, &change.mailbox).await?;
            self.note(tx, "address_changed", Some(&filed.key), &serde_json::json!({}))
                .await?;
        }
        sql("DELETE FROM address_changes WHERE person IN ($list)")
            .bind_list(people.iter().copied())
            .run(&mut *tx)
            .await?;
        let rows =
            sql("SELECT id FROM dossiers WHERE person IN ($list) AND id <> person AND restricted IS NULL")
                .bind_list(people)
                .all(&mut *tx)
                .await?;
        let theirs: Vec<DossierId> = rows
            .iter()
            .map(|row| Ok(row.get("id")?))
            .collect::<Result<_, Error>>()?;
        self.tell_receivers(tx, Cause::Rectified, &theirs).await?;
        Ok(())
    }

    /// The mails to these people that wait, sealed anew for the new address; a link to sign in goes where it was asked.
    async fn readdressed(
        &self,
        people: &[Id<Person>],
        address: &Personal<String>,
    ) -> Result<Vec<(Id<Mail>, Sealed<String>)>, Error> {
        let rows = sql(
            "SELECT m.id, m.dossier FROM mails m JOIN dossiers d ON d.id = m.dossier \
             WHERE d.person IN ($list) AND m.state = $1 AND m.kind NOT IN ($list)",
        )
        .bind(MailState::Queued)
        .bind_list(people.iter().copied())
        .bind_list([MailKind::SignIn, MailKind::Address])
        .all(&self.db)
        .await?;
        let mut waiting = Vec::with_capacity(rows.len());
        for row in &rows {
            let mail: Id<Mail> = row.get("id")?;
            let filed = self.filed(row.get("dossier")?).await?;
            waiting.push((mail, filed.seal("mails", "recipient", mail, address)));
        }
        Ok(waiting)
    }

    async fn find_change(&self, token: &str) -> Result<(Row, Mailbox), Error> {
        if !is_token(token) {
            return Err(Error::NotFound);
        }
        let hash = self.address_hash(token);
        let row = sql("SELECT person, address, old_token FROM address_changes \
             WHERE (old_token = $1 OR new_token = $1) AND ends_at > $2")
        .bind(hash)
        .bind(self.now())
        .optional(&self.db)
        .await?
        .ok_or(Error::NotFound)?;
        let old = row.get::<KeyedHash, _>("old_token")? == hash;
        Ok((row, if old { Mailbox::Old } else { Mailbox::New }))
    }

    fn address_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("address", token.as_bytes())
    }
}

/// The new address of a row, under the identity it is sealed with.
fn address(filed: &Filed, row: &Row) -> Result<String, Error> {
    let cell = Cell {
        table: "address_changes",
        column: "address",
        row: filed.person.as_bytes(),
    };
    let plain = filed.key.open(cell, &row.get::<Sealed<String>, _>("address")?)?;
    Ok(String::from_utf8(plain.to_vec()).map_err(|_| vault::Error::Tampered)?)
}
