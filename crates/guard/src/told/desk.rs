//! Owns: the list of what receivers are still to be told, for who is charged with data protection; saying that one was
//! told or has answered; chasing; what a person is told of it. Doesn't own: what brings a notice about ([`super`]).

use kernel::{Cursor, Id, Page, Timestamp, words};
use serde::Serialize;
use storage::{PublicText, Row, sql};

use super::{Cause, Receiver, Sent, State, Way};
use crate::{Actor, Error, Guard, keep::erase::Erasure};

/// A receiver that hasn't answered is reminded after so many days: weekly. The regulation says "without undue delay"
/// (GDPR art. 12(3), 19) and no number.
pub const CHASE_DAYS: i64 = 7;
/// The letter names so many messages at most.
const NAMED: i64 = 200;
/// Counting what waits stops here.
const MANY: i64 = 100;
const COLUMNS: &str = "SELECT id, receiver, share, contact, cause, way, state, dossiers, first_at, last_at, made_at, next_at, ends_at, \
                       times, told_at, answered_at FROM notices";

words! {
    /// What a human says of a notice.
    pub enum Answer {
        /// The receiver was told, or told again.
        Told = "told",
        /// It has answered that it is done.
        Answered = "answered",
    }
}

/// What one receiver is to be told.
#[derive(Debug, Clone, Serialize)]
pub struct Notice {
    /// Its id: the reference under which the receiver is written to.
    pub id: Id<Notice>,
    /// Who.
    pub receiver: Receiver,
    /// What it is told.
    pub cause: Cause,
    /// How.
    pub way: Way,
    /// Where it stands.
    pub state: State,
    /// About so many dossiers.
    pub dossiers: i64,
    /// When it received the first of what it is about.
    pub first_at: Timestamp,
    /// And the last.
    pub last_at: Timestamp,
    /// Since when it is to be told.
    pub made_at: Timestamp,
    /// When it is to be told, or told again.
    pub next_at: Option<Timestamp>,
    /// When what it holds has gone by itself.
    pub ends_at: Option<Timestamp>,
    /// How often it was told.
    pub times: i64,
    /// When it was told last.
    pub told_at: Option<Timestamp>,
    /// When it answered.
    pub answered_at: Option<Timestamp>,
}

impl Guard {
    /// What is open, oldest first.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to who isn't charged with data protection.
    pub async fn notices(
        &self,
        actor: &Actor,
        after: Option<&Cursor>,
        size: usize,
    ) -> Result<Page<Notice>, Error> {
        actor.on_duty(&self.charter(), charter::Duty::Protect)?;
        let limit = u32::try_from(size).unwrap_or(u32::MAX).saturating_add(1);
        let open = sql(COLUMNS).then(" WHERE closed_at IS NULL");
        let query = match after {
            None => open.then(" ORDER BY made_at, id LIMIT $1").bind(limit),
            Some(after) => {
                let id: Id<Notice> = after.id.parse().map_err(|_| Error::NotFound)?;
                open.then(" AND (made_at, id) > ($1, $2) ORDER BY made_at, id LIMIT $3")
                    .bind(Timestamp::from_millis(after.key))
                    .bind(id)
                    .bind(limit)
            }
        };
        let rows = query.all(&self.db).await?;
        let notices = rows.iter().map(read).collect::<Result<Vec<_>, Error>>()?;
        Ok(Page::cut(notices, size, |notice| Cursor {
            key: notice.made_at.as_millis(),
            id: notice.id.to_string(),
        }))
    }

    /// How many are to be told or reminded now; counting stops at a hundred.
    ///
    /// # Errors
    /// The storage's.
    pub async fn notices_waiting(&self) -> Result<u64, Error> {
        let row = sql("SELECT COUNT(*) AS count FROM \
             (SELECT 1 AS one FROM notices WHERE closed_at IS NULL AND next_at <= $1 LIMIT $2) AS waiting")
        .bind(self.now())
        .bind(MANY)
        .one(&self.db)
        .await?;
        Ok(row.get::<i64, _>("count")?.unsigned_abs())
    }

    /// What a notice is about, as its receiver knows it: a processor by the Message-IDs, a recipient by the references
    /// under which it was given; the newest, at most 200.
    ///
    /// # Errors
    /// The storage's.
    pub async fn references_of(&self, notice: &Notice) -> Result<Vec<String>, Error> {
        let rows = sql(
            "SELECT sending FROM notice_sendings WHERE notice = $1 ORDER BY at DESC, sending DESC LIMIT $2",
        )
        .bind(notice.id)
        .bind(NAMED)
        .all(&self.db)
        .await?;
        let after = match notice.receiver {
            Receiver::Processor(_) => format!("@{}", self.mailer.domain()),
            Receiver::Recipient { .. } => String::new(),
        };
        rows.iter()
            .map(|row| Ok(format!("{}{after}", row.get::<Id<Sent>, _>("sending")?)))
            .collect()
    }

    /// What receivers were told of an erasure and what they answered: for its person, who knows its address.
    ///
    /// # Errors
    /// The storage's.
    pub async fn notices_of_erasure(&self, erasure: Id<Erasure>) -> Result<Vec<Notice>, Error> {
        let rows = sql(COLUMNS)
            .then(" WHERE batch = $1 AND cause = $2 ORDER BY receiver, share")
            .bind(erasure)
            .bind(Cause::Erased)
            .all(&self.db)
            .await?;
        rows.iter().map(read).collect()
    }

    /// A human says that a receiver was told, once more perhaps, or has answered.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for anybody but a human with the duty to protect, [`Error::TooLate`] when nothing is open
    /// under that id.
    pub async fn answer_notice(
        &self,
        actor: &Actor,
        notice: Id<Notice>,
        answer: Answer,
    ) -> Result<(), Error> {
        let staff = self.protector(actor)?;
        let now = self.now();
        let mut tx = self.begin().await?;
        let changed = match answer {
            Answer::Told => sql(
                "UPDATE notices SET state = $2, told_at = $3, told_by = $4, times = times + 1, next_at = $5 \
                 WHERE id = $1 AND closed_at IS NULL AND state IN ($list) RETURNING receiver, share, cause, times",
            )
            .bind(notice)
            .bind(State::Told)
            .bind(now)
            .bind(staff)
            .bind(now.plus_seconds(CHASE_DAYS * 86_400)),
            // Who answers was told, whoever forgot to say so here.
            Answer::Answered => sql(
                "UPDATE notices SET state = $2, answered_at = $3, answered_by = $4, next_at = NULL, closed_at = $3 \
                 WHERE id = $1 AND closed_at IS NULL AND state IN ($list) RETURNING receiver, share, cause, times",
            )
            .bind(notice)
            .bind(State::Answered)
            .bind(now)
            .bind(staff),
        };
        let row = changed
            .bind_list([State::Open, State::Told])
            .optional(&mut tx)
            .await?
            .ok_or(Error::TooLate)?;
        let receiver = Receiver::of(row.get("receiver")?, row.get("share")?, PublicText::new(""));
        let body = serde_json::json!({
            receiver.kind(): receiver.rule(), "cause": row.get::<Cause, _>("cause")?, "word": answer,
            "times": row.get::<i64, _>("times")?,
        });
        self.note(&mut tx, "receiver_told", None, &body).await?;
        Ok(tx.commit().await?)
    }

    /// Closes the notices of what has gone by itself by now.
    pub(crate) async fn close_notices(&self) -> Result<u64, Error> {
        let mut tx = self.begin().await?;
        let closed = sql("UPDATE notices SET closed_at = $1 WHERE closed_at IS NULL AND ends_at <= $1")
            .bind(self.now())
            .run(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(closed)
    }
}

fn read(row: &Row) -> Result<Notice, Error> {
    Ok(Notice {
        id: row.get("id")?,
        receiver: Receiver::of(row.get("receiver")?, row.get("share")?, row.get("contact")?),
        cause: row.get("cause")?,
        way: row.get("way")?,
        state: row.get("state")?,
        dossiers: row.get("dossiers")?,
        first_at: row.get("first_at")?,
        last_at: row.get("last_at")?,
        made_at: row.get("made_at")?,
        next_at: row.get("next_at")?,
        ends_at: row.get("ends_at")?,
        times: row.get("times")?,
        told_at: row.get("told_at")?,
        answered_at: row.get("answered_at")?,
    })
}
