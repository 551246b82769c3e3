//! Owns: sessions: made anew at each sign-in, known by a keyed hash, listed to their owner, ended at once. Doesn't own:
//! the cookie.

use kernel::{Date, Id, Timestamp, words};
use serde::Serialize;
use storage::{KeyedHash, Tx, sql};

use super::{Account, AccountKind, Device, is_token, random_token};
use crate::{Actor, Error, Guard, Person, actor::Who};

/// A session's secret, for the cookie alone.
#[derive(Clone)]
pub struct SessionToken(String);

impl SessionToken {
    /// The text for the cookie.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.0
    }
}

words! {
    /// How far a session has come.
    pub enum Stage {
        /// Signed in.
        Whole = "whole",
        /// The password was right; a second factor is asked.
        Code = "code",
        /// The password was right; a second factor is to be set up first.
        Setup = "setup",
    }
}

words! {
    /// How a session was entered.
    pub(super) enum Entry {
        /// By a link to one's mailbox.
        Link = "link",
        /// By a password.
        Password = "password",
        /// By a password and a code.
        Code = "code",
        /// By a passkey, which is both factors in one.
        Passkey = "passkey",
        /// From a demo's index page.
        Demo = "demo",
    }
}

/// Marks the id of a session, by which its owner names it.
pub enum Session {}

/// A session, as its owner sees it.
#[derive(Debug, Clone, Serialize)]
pub struct OwnSession {
    /// Which.
    pub id: Id<Session>,
    /// From what.
    pub device: Device,
    /// Since when.
    pub made_at: Timestamp,
    /// The day it was last used on.
    pub used_on: Date,
    /// The one that asks.
    pub current: bool,
}

/// Which of one's sessions to end.
#[derive(Debug, Clone, Copy)]
pub enum Ending {
    /// This one.
    One(Id<Session>),
    /// All but the one that asks.
    Others,
    /// All.
    All,
}

/// A member of staff is asked again after so many seconds.
const STAFF_SECONDS: i64 = 12 * 3_600;
/// A person is asked again after so many seconds.
const PERSON_SECONDS: i64 = 24 * 3_600;
/// Whoever is halfway has so many seconds.
const HALFWAY_SECONDS: i64 = 900;

impl Guard {
    /// A session without a password: a person's by their mailbox, a member of staff's on a demo.
    pub(super) async fn begin_session(
        &self,
        kind: AccountKind,
        id: Id<()>,
        device: Device,
    ) -> Result<SessionToken, Error> {
        let entry = match kind {
            AccountKind::Person => Entry::Link,
            AccountKind::Staff => Entry::Demo,
        };
        let mut tx = self.begin().await?;
        let token = self
            .add_session(&mut tx, (kind, id), device, (Stage::Whole, entry))
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Always a new secret: what a browser brought before signing in is worth nothing afterwards.
    pub(super) async fn add_session(
        &self,
        tx: &mut Tx,
        (kind, id): (AccountKind, Id<()>),
        device: Device,
        (stage, entry): (Stage, Entry),
    ) -> Result<SessionToken, Error> {
        let token = SessionToken(random_token(&self.rng));
        let now = self.now();
        let seconds = match (stage, kind) {
            (Stage::Whole, AccountKind::Staff) => STAFF_SECONDS,
            (Stage::Whole, AccountKind::Person) => PERSON_SECONDS,
            _ => HALFWAY_SECONDS,
        };
        sql("INSERT INTO sessions (token, id, kind, subject, stage, browser, system, made_at, used_on, ends_at, entry) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(self.session_hash(&token.0))
        .bind(self.id::<Session>())
        .bind(kind)
        .bind(id)
        .bind(stage)
        .bind(device.browser)
        .bind(device.system)
        .bind(now)
        .bind(now.date(&self.zone))
        .bind(now.plus_seconds(seconds))
        .bind(entry)
        .run(tx)
        .await?;
        Ok(token)
    }

    /// Who acts by that cookie; a stranger when it is none of ours, has ended, its account has, or it was entered by
    /// less than the charter asks of that role by now.
    ///
    /// # Errors
    /// The storage's.
    pub async fn actor_of_session(&self, cookie: &str) -> Result<Actor, Error> {
        if !is_token(cookie) {
            return Ok(Actor::stranger());
        }
        let row = sql(
            "SELECT kind, subject, stage, entry, used_on FROM sessions WHERE token = $1 AND ends_at > $2",
        )
        .bind(self.session_hash(cookie))
        .bind(self.now())
        .optional(&self.db)
        .await?;
        let Some(row) = row else {
            return Ok(Actor::stranger());
        };
        let today = self.now().date(&self.zone);
        if row.get::<Date, _>("used_on")? != today {
            self.used_today(cookie, today).await?;
        }
        let subject: Id<()> = row.get("subject")?;
        match row.get("kind")? {
            AccountKind::Person => {
                let people = self.joined(&self.db, subject.cast()).await?;
                Ok(Actor::new(Who::Person(people)))
            }
            AccountKind::Staff => {
                let id = subject.cast();
                // Role and charter are read anew each time: a role that was taken away is gone with the next request,
                // and a second factor that is asked since today is asked of who came in yesterday.
                let Some(role) = self.role_of(id).await? else {
                    return Ok(Actor::stranger());
                };
                let (stage, entry): (Stage, Entry) = (row.get("stage")?, row.get("entry")?);
                Ok(match stage {
                    Stage::Whole if entry == Entry::Password && self.two_factors_of(&role).is_some() => {
                        Actor::stranger()
                    }
                    Stage::Whole => Actor::new(Who::Staff {
                        id,
                        role,
                        human: true,
                    }),
                    stage => Actor::new(Who::Halfway {
                        id,
                        setup: stage == Stage::Setup,
                    }),
                })
            }
        }
    }

    async fn used_today(&self, cookie: &str, today: Date) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        sql("UPDATE sessions SET used_on = $2 WHERE token = $1")
            .bind(self.session_hash(cookie))
            .bind(today)
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// The sessions of the acting account, newest first; `cookie` is the one that asks.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to a stranger.
    pub async fn sessions(&self, actor: &Actor, cookie: &str) -> Result<Vec<OwnSession>, Error> {
        let account = actor.account().ok_or(Error::Forbidden)?;
        let current = self.session_hash(cookie);
        let rows = sql(
            "SELECT token, id, browser, system, made_at, used_on FROM sessions \
             WHERE subject IN ($list) AND ends_at > $1 AND stage = $2 ORDER BY made_at DESC, id DESC",
        )
        .bind(self.now())
        .bind(Stage::Whole)
        .bind_list(account.ids())
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(OwnSession {
                    id: row.get("id")?,
                    device: Device {
                        browser: row.get("browser")?,
                        system: row.get("system")?,
                    },
                    made_at: row.get("made_at")?,
                    used_on: row.get("used_on")?,
                    current: row.get::<KeyedHash, _>("token")? == current,
                })
            })
            .collect()
    }

    /// Ends sessions of the acting account; `cookie` is the one that asks.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to a stranger; [`Error::NotFound`] when it has no such session.
    pub async fn end_own_sessions(&self, actor: &Actor, cookie: &str, which: Ending) -> Result<(), Error> {
        let account = actor.account().ok_or(Error::Forbidden)?;
        let mut tx = self.begin().await?;
        match which {
            Ending::One(id) => {
                let ended = sql("DELETE FROM sessions WHERE id = $1 AND subject IN ($list)")
                    .bind(id)
                    .bind_list(account.ids())
                    .run(&mut tx)
                    .await?;
                if ended == 0 {
                    return Err(Error::NotFound);
                }
            }
            Ending::Others => self.end_sessions_of(&mut tx, &account, Some(cookie)).await?,
            Ending::All => self.end_sessions_of(&mut tx, &account, None).await?,
        }
        Ok(tx.commit().await?)
    }

    /// Ends the account's sessions, but the one of the cookie that is to be spared.
    pub(super) async fn end_sessions_of(
        &self,
        tx: &mut Tx,
        account: &Account,
        spared: Option<&str>,
    ) -> Result<(), Error> {
        // No token has the hash of the empty one.
        let spared = self.session_hash(spared.unwrap_or_default());
        sql("DELETE FROM sessions WHERE token <> $1 AND subject IN ($list)")
            .bind(spared)
            .bind_list(account.ids())
            .run(tx)
            .await?;
        Ok(())
    }

    /// Ends the account's sessions that wait for a first second factor: there is one now, and a password alone sets up
    /// no other.
    pub(super) async fn end_setups(&self, tx: &mut Tx, account: &Account) -> Result<(), Error> {
        sql("DELETE FROM sessions WHERE stage = $1 AND subject IN ($list)")
            .bind(Stage::Setup)
            .bind_list(account.ids())
            .run(tx)
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The storage's.
    pub async fn end_session(&self, cookie: &str) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        sql("DELETE FROM sessions WHERE token = $1")
            .bind(self.session_hash(cookie))
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// Ends every way in of the acting person: sessions, links that were sent to them, a change of address that waits,
    /// password, passkeys, browsers that were known. Only a new link to their mailbox opens again. Who leaves needs
    /// no credential any more, so none is kept.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to anybody but a person; the storage's.
    pub async fn end_ways_in(&self, actor: &Actor) -> Result<(), Error> {
        let people = actor.people();
        let account = actor.account().filter(|_| !people.is_empty());
        let account = account.ok_or(Error::Forbidden)?;
        let home = match self.home_of_person(account.id.cast()).await? {
            Some(dossier) => Some(self.filed(dossier).await?),
            None => None,
        };
        let mut tx = self.begin().await?;
        self.drop_ways_in(&mut tx, people, None).await?;
        for statement in [
            "DELETE FROM credentials WHERE account IN ($list)",
            "DELETE FROM devices WHERE account IN ($list)",
            "DELETE FROM address_changes WHERE person IN ($list)",
        ] {
            sql(statement)
                .bind_list(people.iter().copied())
                .run(&mut tx)
                .await?;
        }
        if let Some(home) = home {
            self.note(&mut tx, "ways_in_ended", Some(&home.key), &serde_json::json!({}))
                .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Ends every session and link of these people, but the session of the spared cookie.
    pub(crate) async fn drop_ways_in(
        &self,
        tx: &mut Tx,
        people: &[Id<Person>],
        spared: Option<&str>,
    ) -> Result<(), Error> {
        sql("DELETE FROM sessions WHERE token <> $1 AND subject IN ($list)")
            // No session has the hash of the empty secret.
            .bind(self.session_hash(spared.unwrap_or_default()))
            .bind_list(people.iter().copied())
            .run(&mut *tx)
            .await?;
        for statement in [
            "DELETE FROM links WHERE person IN ($list)",
            "DELETE FROM password_links WHERE account IN ($list)",
        ] {
            sql(statement)
                .bind_list(people.iter().copied())
                .run(&mut *tx)
                .await?;
        }
        Ok(())
    }

    /// Drops sessions, links, tokens, devices and limits that have ended, and what programs did more than a day ago.
    pub(crate) async fn drop_ended(&self, tx: &mut Tx) -> Result<(), Error> {
        for statement in [
            "DELETE FROM sessions WHERE ends_at <= $1",
            "DELETE FROM links WHERE ends_at <= $1",
            "DELETE FROM password_links WHERE ends_at <= $1",
            "DELETE FROM address_changes WHERE ends_at <= $1",
            "DELETE FROM api_tokens WHERE ends_at <= $1",
            "DELETE FROM once WHERE ends_at <= $1",
            "DELETE FROM devices WHERE ends_at <= $1",
            "DELETE FROM ceremonies WHERE ends_at <= $1",
            "DELETE FROM limits WHERE full_at <= $1",
        ] {
            sql(statement).bind(self.now()).run(&mut *tx).await?;
        }
        Ok(())
    }

    pub(super) fn session_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("session", token.as_bytes())
    }
}
