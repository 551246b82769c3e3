//! Owns: mails that waited when a backup was restored: a human releases each, or takes it as sent. Doesn't own: holding
//! them ([`super::replay`]), sending ([`crate::send`]).

use charter::Duty;
use kernel::{Id, Timestamp};
use storage::sql;
use vault::DossierId;

use crate::{
    Actor, Error, Guard,
    send::{DELIVER, Mail, MailKind, MailState},
};

/// A mail that is held.
#[derive(Debug, Clone, Copy)]
pub struct HeldMail {
    /// Which.
    pub id: Id<Mail>,
    /// Under which dossier it lies.
    pub dossier: DossierId,
    /// What for.
    pub kind: MailKind,
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
        let rows =
            sql("SELECT id, dossier, kind, leaves_at FROM mails WHERE state = $1 ORDER BY id LIMIT 200")
                .bind(MailState::Held)
                .all(&self.db)
                .await?;
        rows.iter()
            .map(|row| {
                Ok(HeldMail {
                    id: row.get("id")?,
                    dossier: row.get("dossier")?,
                    kind: row.get("kind")?,
                    leaves_at: row.get("leaves_at")?,
                })
            })
            .collect()
    }

    /// A human's word on a held mail: it leaves now, or it is taken as sent before the restore.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty, or to a program; [`Error::TooLate`] when it isn't held any more.
    pub async fn release_held_mail(&self, actor: &Actor, mail: Id<Mail>, send: bool) -> Result<(), Error> {
        if !actor.is_human() {
            return Err(Error::Forbidden);
        }
        self.may_release(actor)?;
        let now = self.now();
        let state = if send { MailState::Queued } else { MailState::Sent };
        let mut tx = self.begin().await?;
        let changed = sql("UPDATE mails SET state = $2, settled_at = $3 WHERE id = $1 AND state = $4")
            .bind(mail)
            .bind(state)
            .bind((!send).then_some(now))
            .bind(MailState::Held)
            .run(&mut tx)
            .await?;
        if changed == 0 {
            return Err(Error::TooLate);
        }
        if send {
            self.enqueue(&mut tx, DELIVER, Some(mail.cast()), now).await?;
        }
        Ok(tx.commit().await?)
    }

    fn may_release(&self, actor: &Actor) -> Result<(), Error> {
        let charter = self.charter();
        actor
            .on_duty(&charter, Duty::Decide)
            .or_else(|_| actor.on_duty(&charter, Duty::Protect))
            .map(drop)
    }
}
