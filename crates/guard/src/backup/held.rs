//! Owns: mails that waited when a backup was restored: a human has each sent, or takes it as sent. Doesn't own: holding
//! them ([`super::replay`]), sending ([`crate::send`]).

use charter::Duty;
use kernel::{Id, Timestamp};
use storage::sql;
use vault::DossierId;

use crate::{
    Actor, Error, Guard, Person, Staff,
    send::{DELIVER, Mail, MailKind, MailState, queued},
};

/// So many are listed at once.
const LISTED: u32 = 200;

/// A mail that is held.
#[derive(Debug, Clone, Copy)]
pub struct HeldMail {
    /// Which.
    pub id: Id<Mail>,
    /// Under which dossier it lies.
    pub dossier: DossierId,
    /// Whom that is about.
    pub person: Id<Person>,
    /// What for.
    pub kind: MailKind,
    /// When it was written.
    pub written_at: Timestamp,
    /// When it was to leave.
    pub leaves_at: Timestamp,
}

impl Guard {
    /// The mails that a restore held, oldest first, at most 200.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty to decide or to protect.
    pub async fn held_mails(&self, actor: &Actor) -> Result<Vec<HeldMail>, Error> {
        self.may_release(actor)?;
        let rows = sql(
            "SELECT m.id, m.dossier, d.person, m.kind, m.written_at, m.leaves_at FROM mails m \
             JOIN dossiers d ON d.id = m.dossier WHERE m.state = $1 ORDER BY m.id LIMIT $2",
        )
        .bind(MailState::Held)
        .bind(LISTED)
        .all(&self.db)
        .await?;
        rows.iter()
            .map(|row| {
                Ok(HeldMail {
                    id: row.get("id")?,
                    dossier: row.get("dossier")?,
                    person: row.get("person")?,
                    written_at: row.get("written_at")?,
                    kind: row.get("kind")?,
                    leaves_at: row.get("leaves_at")?,
                })
            })
            .collect()
    }

    /// How many mails are held, for who may release them; counting stops at `most`.
    ///
    /// # Errors
    /// The storage's.
    pub async fn held_mails_waiting(&self, actor: &Actor, most: u32) -> Result<Option<u64>, Error> {
        if self.may_release(actor).is_err() {
            return Ok(None);
        }
        let row = sql("SELECT COUNT(*) AS n FROM (SELECT id FROM mails WHERE state = $1 LIMIT $2) AS held")
            .bind(MailState::Held)
            .bind(most)
            .one(&self.db)
            .await?;
        Ok(u64::try_from(row.get::<i64, _>("n")?).ok())
    }

    /// A human's word on a held mail: it leaves now; or it is taken as sent before the restore, and then its processor
    /// is recorded as having received it.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty, or to a program; [`Error::TooLate`] when it isn't held any more.
    pub async fn release_held_mail(&self, actor: &Actor, mail: Id<Mail>, send: bool) -> Result<(), Error> {
        if !actor.is_human() {
            return Err(Error::Forbidden);
        }
        let staff = self.may_release(actor)?;
        let human = self.pseudonym(&self.filed(staff.cast()).await?);
        let row = sql(
            "SELECT id, dossier, kind, purpose, fields, written_at FROM mails WHERE id = $1 AND state = $2",
        )
        .bind(mail)
        .bind(MailState::Held)
        .optional(&self.db)
        .await?
        .ok_or(Error::TooLate)?;
        let queued = queued(&row)?;
        let filed = self.filed(queued.dossier).await?;
        let (state, word) = match send {
            true => (MailState::Queued, "released"),
            false => (MailState::Sent, "taken_as_sent"),
        };
        let mut tx = self.begin().await?;
        // Of two humans at it one is heard.
        let changed = sql("UPDATE mails SET state = $2 WHERE id = $1 AND state = $3")
            .bind(mail)
            .bind(state)
            .bind(MailState::Held)
            .run(&mut tx)
            .await?;
        if changed == 0 {
            return Err(Error::TooLate);
        }
        let body = serde_json::json!({ "mail": queued.kind, "word": word, "human": human });
        self.note(&mut tx, "mail_settled", Some(&filed.key), &body)
            .await?;
        if send {
            self.enqueue(&mut tx, DELIVER, Some(mail.cast()), self.now())
                .await?;
        } else {
            let processor = self.processor_of_sent(&queued);
            self.record_sent(&mut tx, &queued, &filed, &processor).await?;
        }
        Ok(tx.commit().await?)
    }

    fn may_release(&self, actor: &Actor) -> Result<Id<Staff>, Error> {
        let charter = self.charter();
        actor
            .on_duty(&charter, Duty::Decide)
            .or_else(|_| actor.on_duty(&charter, Duty::Protect))
    }
}
