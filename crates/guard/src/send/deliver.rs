//! Owns: a mail's way out, once: claimed and committed before a byte leaves, judged by the charter of that moment, opened
//! under the job's permit, its outcome written down. Doesn't own: queueing it and what a human settles ([`super`]), SMTP.

use gateway::mail::{Letter, SendError};
use kernel::{Id, Word as _};
use platform::jobs::{JobToken, Outcome};
use storage::{PublicText, Row, Tx, sql};

use super::{Mail, MailKind, MailState, Queued, opened, queued};
use crate::{Error, Filed, Guard, Personal, View};

impl Guard {
    /// The job that sends a mail.
    pub async fn deliver(&self, token: JobToken) -> Outcome {
        let Some(mail) = token.subject() else {
            return Outcome::Failed;
        };
        match self.deliver_mail(token, mail.cast()).await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::warn!(%error, mail = %mail, "a mail can't be sent now");
                Outcome::Insist
            }
        }
    }

    async fn deliver_mail(&self, token: JobToken, id: Id<Mail>) -> Result<Outcome, Error> {
        let Some(row) = self.claim(id).await? else {
            return self.why_not_claimed(id).await;
        };
        let queued = queued(&row)?;
        let fields: Vec<&str> = queued.fields.split(' ').collect();
        let processor = match self.mail_processor(&queued.purpose, &fields) {
            Ok(processor) => processor,
            Err(error) => {
                tracing::error!(%error, mail = %id, "the charter in force refuses this mail");
                self.settle(id, MailState::Bounced).await?;
                return Ok(Outcome::Failed);
            }
        };
        let permit = self.permit_for_job(token, queued.kind.word());
        let reading = self.read(&permit, View::One, &[queued.dossier]).await?;
        let Some(texts) = opened(&reading, &queued, &row)? else {
            // Its dossier was erased: there is nobody left to write to.
            return Ok(Outcome::Done);
        };
        let [to, subject, body] = texts.map(Personal::into_value);
        if let Err(Error::Refused(error)) = self.not_suppressed(&queued.purpose, &to).await {
            tracing::warn!(%error, mail = %id, "a mail isn't sent: its address is left alone since");
            self.settle(id, MailState::Bounced).await?;
            return Ok(Outcome::Failed);
        }
        let message_id = format!("{id}@{}", self.mailer.domain());
        match self
            .mailer
            .send(Letter {
                to,
                subject,
                body,
                message_id,
                date: queued.written_at,
            })
            .await
        {
            Ok(()) => {
                self.settle_sent(&queued, &processor).await?;
                Ok(Outcome::Done)
            }
            Err(SendError::Kept) => self.settle(id, MailState::Kept).await.map(|()| Outcome::Done),
            Err(SendError::Refused) => self.settle(id, MailState::Bounced).await.map(|()| Outcome::Done),
            Err(SendError::Unknown) if queued.kind == MailKind::Refusal => {
                self.settle(id, MailState::Unknown).await.map(|()| Outcome::Done)
            }
            Err(error @ (SendError::Later | SendError::Unknown)) => {
                tracing::warn!(%error, mail = %id, "a mail waits for its server");
                self.settle(id, MailState::Queued).await.map(|()| Outcome::Insist)
            }
        }
    }

    /// Claims the mail and commits, before a byte leaves. One that an earlier worker died over is claimed again,
    /// except a refusal.
    async fn claim(&self, id: Id<Mail>) -> Result<Option<Row>, Error> {
        let mut tx = self.begin().await?;
        let row = sql("UPDATE mails SET state = $2 WHERE id = $1 AND leaves_at <= $5 \
             AND (state = $3 OR (state = $2 AND kind <> $4)) \
             RETURNING id, dossier, kind, purpose, fields, recipient, subject, body, written_at")
        .bind(id)
        .bind(MailState::Sending)
        .bind(MailState::Queued)
        .bind(MailKind::Refusal)
        .bind(self.now())
        .optional(&mut tx)
        .await?;
        tx.commit().await?;
        Ok(row)
    }

    async fn why_not_claimed(&self, id: Id<Mail>) -> Result<Outcome, Error> {
        let Some(row) = sql("SELECT state, leaves_at FROM mails WHERE id = $1")
            .bind(id)
            .optional(&self.db)
            .await?
        else {
            return Ok(Outcome::Done);
        };
        match row.get("state")? {
            MailState::Queued => Ok(Outcome::At(row.get("leaves_at")?)),
            MailState::Sending => self.settle(id, MailState::Unknown).await.map(|()| Outcome::Done),
            _ => Ok(Outcome::Done),
        }
    }

    async fn settle(&self, id: Id<Mail>, state: MailState) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        sql("UPDATE mails SET state = $2, settled_at = $3 WHERE id = $1")
            .bind(id)
            .bind(state)
            .bind(self.now())
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }

    /// One record of the sending, in the transaction that says it was sent.
    async fn settle_sent(&self, mail: &Queued, processor: &str) -> Result<(), Error> {
        let filed = self.filed(mail.dossier).await?;
        let mut tx = self.begin().await?;
        self.record_sent(&mut tx, mail, &filed, processor).await?;
        Ok(tx.commit().await?)
    }

    pub(crate) async fn record_sent(
        &self,
        tx: &mut Tx,
        mail: &Queued,
        filed: &Filed,
        processor: &str,
    ) -> Result<(), Error> {
        let now = self.now();
        sql("UPDATE mails SET state = $2, settled_at = $3 WHERE id = $1")
            .bind(mail.id)
            .bind(MailState::Sent)
            .bind(now)
            .run(&mut *tx)
            .await?;
        sql("INSERT INTO disclosures (id, dossier, processor, purpose, fields, at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7)")
            // By which the processor can find what it received: the Message-ID is made of it.
            .bind(mail.id)
            .bind(mail.dossier)
            .bind(PublicText::new(processor))
            .bind(PublicText::new(mail.purpose.as_str()))
            .bind(PublicText::new(mail.fields.as_str()))
            .bind(now)
            .bind(self.charter().version())
            .run(&mut *tx)
            .await?;
        let body = serde_json::json!({ "processor": processor, "purpose": mail.purpose, "fields": mail.fields, "mail": mail.kind });
        self.note(tx, "mail_sent", Some(&filed.key), &body).await
    }
}
