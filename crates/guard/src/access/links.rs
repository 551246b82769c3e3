//! Owns: links by which a person enters without a password: what proves the mailbox. Doesn't own: the mail that
//! carries one.

use kernel::{Id, Timestamp};
use storage::{KeyedHash, Tx, sql};

use super::{AccountKind, Device, SessionToken, is_token, random_token};
use crate::{DossierId, Error, Guard, Person, Personal, keep::hold::DEATH};

/// A link's secret, for the mail alone.
pub struct LinkToken(String);

impl LinkToken {
    pub(super) fn new(secret: String) -> Self {
        Self(secret)
    }

    /// The text for the address.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl Guard {
    /// Makes a link that opens that person's area, at that application if one is given. It works until it ends, as
    /// often as it is followed: a person comes back to the mail they have. It is for the address that the person is
    /// filed under, and following it proves that they read there.
    ///
    /// # Errors
    /// The storage's.
    pub async fn make_link(
        &self,
        tx: &mut Tx,
        person: Id<Person>,
        target: Option<Id<()>>,
        ends_at: Timestamp,
    ) -> Result<LinkToken, Error> {
        let token = LinkToken::new(random_token(&self.rng));
        sql("INSERT INTO links (token, person, target, made_at, ends_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.link_hash(&token.0))
            .bind(person)
            .bind(target)
            .bind(self.now())
            .bind(ends_at)
            .later(tx)
            .await?;
        Ok(token)
    }

    /// Follows a link: a new session, and what it points at.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is none of ours or has ended.
    pub async fn follow_link(
        &self,
        token: &str,
        device: Device,
    ) -> Result<(SessionToken, Option<Id<()>>), Error> {
        if !is_token(token) {
            return Err(Error::NotFound);
        }
        let row = sql("SELECT person, target FROM links WHERE token = $1 AND ends_at > $2")
            .bind(self.link_hash(token))
            .bind(self.now())
            .optional(&self.db)
            .await?
            .ok_or(Error::NotFound)?;
        let person = row.get("person")?;
        self.prove_mailbox(person).await?;
        let session = self
            .begin_session(AccountKind::Person, person.cast(), device)
            .await?;
        Ok((session, row.get("target")?))
    }

    /// Whom to send a sign-in link, for an address typed by a stranger: everyone filed under it, each apart, since a
    /// shared address proves nothing about who is one; once to those who were joined. Staff are never among them. Nobody
    /// when that many links were asked for lately.
    ///
    /// # Errors
    /// The vault's and the storage's.
    pub async fn people_to_sign_in(&self, email: &str) -> Result<Vec<(DossierId, Personal<String>)>, Error> {
        if !crate::collect::is_email(email) {
            return Ok(Vec::new());
        }
        let (mut people, mut seen) = (Vec::new(), Vec::new());
        for identity in self.people_of_email(email).await? {
            if seen.contains(&identity.cast()) || !self.is_a_person(identity.cast()).await? {
                continue;
            }
            // Nobody signs in as somebody whose death was noted.
            let row = self.dossier(&self.db, identity).await?;
            if row.restricted.as_deref() == Some(DEATH) {
                continue;
            }
            seen.extend(self.joined(&self.db, identity.cast()).await?);
            people.push((identity, Personal::new(email.trim().to_owned())));
        }
        if !people.is_empty() && !self.may_mail(AccountKind::Person, email).await? {
            people.clear();
        }
        Ok(people)
    }

    fn link_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("link", token.as_bytes())
    }
}
