//! Owns: sessions: made anew at each sign-in, known by a keyed hash, ended at once. Doesn't own: the cookie.

use kernel::{Id, words};
use storage::{KeyedHash, PublicText, Tx, sql};

use super::{is_token, random_token};
use crate::{Actor, Error, Guard, Person, Staff, actor::Who};

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
    enum Kind {
        Staff = "staff",
        Person = "person",
    }
}

/// A member of staff is asked again after so many seconds.
const STAFF_SECONDS: i64 = 12 * 3_600;
/// A person is asked again after so many seconds.
const PERSON_SECONDS: i64 = 24 * 3_600;

impl Guard {
    pub(super) async fn begin_staff_session(&self, staff: Id<Staff>) -> Result<SessionToken, Error> {
        self.begin_session(Kind::Staff, &staff.to_string(), STAFF_SECONDS)
            .await
    }

    pub(super) async fn begin_person_session(&self, person: Id<Person>) -> Result<SessionToken, Error> {
        self.begin_session(Kind::Person, &person.to_string(), PERSON_SECONDS)
            .await
    }

    /// Always a new secret: what a browser brought before signing in is worth nothing afterwards.
    async fn begin_session(&self, kind: Kind, subject: &str, seconds: i64) -> Result<SessionToken, Error> {
        let token = SessionToken(random_token(&self.rng));
        let now = self.now();
        let mut tx = self.begin().await?;
        sql("INSERT INTO sessions (token, kind, subject, made_at, ends_at) VALUES ($1, $2, $3, $4, $5)")
            .bind(self.session_hash(&token.0))
            .bind(kind)
            .bind(PublicText::new(subject))
            .bind(now)
            .bind(now.plus_seconds(seconds))
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(token)
    }

    /// Who acts by that cookie; a stranger when it is none of ours, has ended, or its account has.
    ///
    /// # Errors
    /// The storage's.
    pub async fn actor_of_session(&self, cookie: &str) -> Result<Actor, Error> {
        if !is_token(cookie) {
            return Ok(Actor::stranger());
        }
        let row = sql("SELECT kind, subject FROM sessions WHERE token = $1 AND ends_at > $2")
            .bind(self.session_hash(cookie))
            .bind(self.now())
            .optional(&self.db)
            .await?;
        let Some(row) = row else {
            return Ok(Actor::stranger());
        };
        let subject: PublicText = row.get("subject")?;
        match row.get("kind")? {
            Kind::Person => match subject.parse() {
                Ok(person) => Ok(Actor::new(Who::Person(self.joined(&self.db, person).await?))),
                Err(_) => Ok(Actor::stranger()),
            },
            Kind::Staff => {
                let Ok(id) = subject.parse() else {
                    return Ok(Actor::stranger());
                };
                // The role is read anew each time: one that was taken away is gone with the next request.
                let role = self.role_of(id).await?;
                Ok(role.map_or_else(Actor::stranger, |role| {
                    Actor::new(Who::Staff {
                        id,
                        role,
                        human: true,
                    })
                }))
            }
        }
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

    /// Ends every session of the acting person, and every link that was sent to them.
    ///
    /// # Errors
    /// The storage's.
    pub async fn end_all_sessions(&self, actor: &Actor) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        self.drop_ways_in(&mut tx, actor.people()).await?;
        Ok(tx.commit().await?)
    }

    pub(super) async fn drop_ways_in(&self, tx: &mut Tx, people: &[Id<Person>]) -> Result<(), Error> {
        let subjects = people.iter().map(|person| PublicText::new(person.to_string()));
        sql("DELETE FROM sessions WHERE kind = $1 AND subject IN ($list)")
            .bind(Kind::Person)
            .bind_list(subjects)
            .run(tx)
            .await?;
        sql("DELETE FROM links WHERE person IN ($list)")
            .bind_list(people.iter().copied())
            .run(tx)
            .await?;
        Ok(())
    }

    /// Drops sessions, links and tokens that have ended.
    pub(crate) async fn drop_ended(&self, tx: &mut Tx) -> Result<(), Error> {
        let now = self.now();
        sql("DELETE FROM sessions WHERE ends_at <= $1")
            .bind(now)
            .run(tx)
            .await?;
        sql("DELETE FROM links WHERE ends_at <= $1")
            .bind(now)
            .run(tx)
            .await?;
        sql("DELETE FROM api_tokens WHERE ends_at <= $1")
            .bind(now)
            .run(tx)
            .await?;
        Ok(())
    }

    fn session_hash(&self, token: &str) -> KeyedHash {
        self.vault.token_mac("session", token.as_bytes())
    }
}
