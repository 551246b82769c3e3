//! Owns: the door "send only where it says", as far as mail: a letter is queued sealed under its dossier in the
//! transaction that causes it; it leaves once, by a declared processor, for a purpose, with one record of the sending.
//! Doesn't own: SMTP (`gateway`), a letter's words (the capabilities' templates).

mod deliver;

use std::collections::HashMap;

use charter::Service;
use kernel::{Id, Timestamp, words};
use storage::{PublicText, Row, Tx, sql};
use vault::{Cell, DossierId};

use crate::{Actor, Error, Filed, Guard, Personal, Reading, Shown, View, actor::Who, decide::Decision};

/// Marks the id of a mail; its Message-ID is made of it.
pub enum Mail {}

/// The kind of the job that sends a mail.
pub const DELIVER: &str = "guard.deliver_mail";

words! {
    /// What a mail is for.
    pub enum MailKind {
        /// An application arrived; with the link to follow it.
        Confirmation = "confirmation",
        /// A refusal. Never sent twice: see [`MailState::Unknown`].
        Refusal = "refusal",
        /// A link to sign in.
        SignIn = "sign_in",
        /// A link to choose another password.
        Recovery = "recovery",
        /// An invitation to join the staff.
        Invitation = "invitation",
        /// A change of address, to be confirmed from both mailboxes.
        Address = "address",
        /// The application was withdrawn.
        Withdrawal = "withdrawal",
        /// A question whether to keep on, before the charter's end.
        Renewal = "renewal",
        /// Somebody is told that they are held, from where, and asked whether they agree.
        Sourced = "sourced",
        /// A message arrived by the contact form.
        Acknowledgement = "acknowledgement",
        /// What a member of staff answers to such a message.
        Answer = "answer",
        /// What becomes of a request by which somebody exercises a right.
        Right = "right",
        /// Somebody is told to whom something of theirs was given.
        Shared = "shared",
    }
}

words! {
    /// Where a mail stands.
    pub enum MailState {
        /// Leaves at its time.
        Queued = "queued",
        /// Claimed; the server is being spoken to.
        Sending = "sending",
        /// The server took it.
        Sent = "sent",
        /// This site keeps its mails: a demo.
        Kept = "kept",
        /// A refusal of which we can't tell whether it left: a human decides.
        Unknown = "unknown",
        /// It was waiting when a backup was restored, and may have left since that was made: a human decides.
        Held = "held",
        /// The server refused it for good; a refusal then waits for a human.
        Bounced = "bounced",
        /// The server refused it for good, and a human told the person otherwise.
        ToldOtherwise = "told_otherwise",
    }
}

/// A letter to be queued.
pub struct NewMail<'a> {
    /// What for.
    pub kind: MailKind,
    /// Under which dossier it lies sealed.
    pub dossier: &'a Filed,
    /// The charter's purpose.
    pub purpose: &'a str,
    /// The charter's fields that it carries, the address among them.
    pub fields: &'a [&'a str],
    /// To whom.
    pub to: &'a Personal<String>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
    /// When it leaves.
    pub leaves_at: Timestamp,
    /// The decision it tells, which can be undone until it leaves.
    pub decision: Option<Id<Decision>>,
}

/// A mail as the demo shows it.
#[derive(serde::Serialize)]
pub struct ShownMail {
    /// Which.
    pub id: Id<Mail>,
    /// What for.
    pub kind: MailKind,
    /// Where it stands.
    pub state: MailState,
    /// When it leaves, or left.
    pub leaves_at: Timestamp,
    /// To whom.
    pub to: Shown<String>,
    /// Its subject.
    pub subject: Shown<String>,
    /// Its text.
    pub body: Shown<String>,
}

/// Where a refusal's mail waits for a human.
const UNSETTLED: [MailState; 2] = [MailState::Unknown, MailState::Bounced];
const COLUMNS: [&str; 3] = ["recipient", "subject", "body"];

impl Guard {
    /// Queues a letter in the transaction that causes it.
    ///
    /// # Errors
    /// [`Error::Refused`] when the charter declares no mail processor for that purpose and those fields, or the purpose
    /// mails unasked and the address is to be left alone.
    pub async fn queue_mail(&self, tx: &mut Tx, mail: NewMail<'_>) -> Result<Id<Mail>, Error> {
        self.mail_processor(mail.purpose, mail.fields)?;
        self.not_suppressed(mail.purpose, mail.to.value()).await?;
        let id: Id<Mail> = self.id();
        let texts = [mail.to.value(), &mail.subject, &mail.body];
        let [recipient, subject, body] = std::array::from_fn(|nth| {
            let cell = Cell {
                table: "mails",
                column: COLUMNS[nth],
                row: id.as_bytes(),
            };
            mail.dossier.key.seal::<String>(cell, texts[nth].as_bytes())
        });
        sql("INSERT INTO mails (id, dossier, kind, state, purpose, fields, decision, recipient, subject, body, written_at, leaves_at, charter_version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
            .bind(id)
            .bind(mail.dossier.id())
            .bind(mail.kind)
            .bind(MailState::Queued)
            .bind(PublicText::new(mail.purpose))
            .bind(PublicText::new(mail.fields.join(" ")))
            .bind(mail.decision)
            .bind(recipient)
            .bind(subject)
            .bind(body)
            .bind(self.now())
            .bind(mail.leaves_at)
            .bind(self.charter().version())
            .later(tx)
            .await?;
        self.enqueue(tx, DELIVER, Some(id.cast()), mail.leaves_at).await?;
        Ok(id)
    }

    /// Whether a letter with those fields could be queued for that purpose.
    #[must_use]
    pub fn mail_carries(&self, purpose: &str, fields: &[&str]) -> bool {
        self.mail_processor(purpose, fields).is_ok()
    }

    /// Where each of a dossier's mails stands.
    ///
    /// # Errors
    /// The storage's.
    pub async fn mail_states(&self, dossier: DossierId) -> Result<HashMap<Id<Mail>, MailState>, Error> {
        let rows = sql("SELECT id, state FROM mails WHERE dossier = $1")
            .bind(dossier)
            .all(&self.db)
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("id")?, row.get("state")?)))
            .collect()
    }

    /// Takes back the mail of a decision. False when it has left, or is leaving.
    pub(crate) async fn withdraw_mail(&self, tx: &mut Tx, decision: Id<Decision>) -> Result<bool, Error> {
        let Some(row) = sql("SELECT id, state FROM mails WHERE decision = $1")
            .bind(decision)
            .optional(&mut *tx)
            .await?
        else {
            return Ok(true);
        };
        let id: Id<Mail> = row.get("id")?;
        let gone = sql("DELETE FROM mails WHERE id = $1 AND state IN ($list)")
            .bind(id)
            .bind_list([MailState::Queued, MailState::Held])
            .run(tx)
            .await?;
        platform::jobs::cancel(tx, DELIVER, id.cast()).await?;
        Ok(gone == 1)
    }

    /// Whether the mail of a decision hasn't left, as far as we know.
    pub(crate) async fn is_mail_waiting(&self, decision: Id<Decision>) -> Result<bool, Error> {
        let row = sql("SELECT id FROM mails WHERE decision = $1 AND state IN ($list) LIMIT 1")
            .bind(decision)
            .bind_list([
                MailState::Queued,
                MailState::Sending,
                MailState::Held,
                MailState::Unknown,
            ])
            .optional(&self.db)
            .await?;
        Ok(row.is_some())
    }

    /// When the mail of a decision leaves, while it can still be taken back.
    ///
    /// # Errors
    /// The storage's.
    pub async fn mail_leaves_at(&self, decision: Id<Decision>) -> Result<Option<Timestamp>, Error> {
        let row = sql("SELECT leaves_at FROM mails WHERE decision = $1 AND state = $2")
            .bind(decision)
            .bind(MailState::Queued)
            .optional(&self.db)
            .await?;
        Ok(row.map(|row| row.get("leaves_at")).transpose()?)
    }

    /// The refusal's mail of that dossier that waits for a human with the duty to decide, and where it stands: nobody can
    /// tell whether it left, or the server refused it.
    ///
    /// # Errors
    /// The storage's.
    pub async fn unsettled_mail(&self, dossier: DossierId) -> Result<Option<(Id<Mail>, MailState)>, Error> {
        let row = sql("SELECT id, state FROM mails WHERE dossier = $1 AND kind = $2 AND state IN ($list) ORDER BY id LIMIT 1")
            .bind(dossier)
            .bind(MailKind::Refusal)
            .bind_list(UNSETTLED)
            .optional(&self.db)
            .await?;
        row.map(|row| Ok((row.get("id")?, row.get("state")?))).transpose()
    }

    /// The dossiers with such a mail, at most 200.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty to decide.
    pub async fn unsettled_mails(&self, actor: &Actor) -> Result<Vec<DossierId>, Error> {
        actor.on_duty(&self.charter(), charter::Duty::Decide)?;
        let rows = sql("SELECT DISTINCT dossier FROM mails WHERE kind = $1 AND state IN ($list) ORDER BY dossier LIMIT 200")
            .bind(MailKind::Refusal)
            .bind_list(UNSETTLED)
            .all(&self.db)
            .await?;
        rows.iter().map(|row| Ok(row.get("dossier")?)).collect()
    }

    /// A human's word on a refusal's mail that waits for one: send it (again, under the same Message-ID); or else, where
    /// nobody can tell whether it left, take it as sent, and where the server refused it, that the person was told
    /// otherwise.
    ///
    /// # Errors
    /// [`Error::Forbidden`] without the duty, [`Error::TooLate`] when it doesn't wait for a human any more.
    pub async fn settle_mail(&self, actor: &Actor, mail: Id<Mail>, send: bool) -> Result<(), Error> {
        if !matches!(actor.who(), Who::Staff { human: true, .. }) {
            return Err(Error::Forbidden);
        }
        let staff = actor.on_duty(&self.charter(), charter::Duty::Decide)?;
        let human = self.pseudonym(&self.filed(staff.cast()).await?);
        let row = sql(
            "SELECT id, dossier, kind, state, purpose, fields, written_at FROM mails \
             WHERE id = $1 AND kind = $2 AND state IN ($list)",
        )
        .bind(mail)
        .bind(MailKind::Refusal)
        .bind_list(UNSETTLED)
        .optional(&self.db)
        .await?
        .ok_or(Error::TooLate)?;
        let (mail, before): (_, MailState) = (queued(&row)?, row.get("state")?);
        let (after, word) = match before {
            _ if send => (MailState::Queued, "again"),
            MailState::Unknown => (MailState::Sent, "taken_as_sent"),
            _ => (MailState::ToldOtherwise, "told_otherwise"),
        };
        let filed = self.filed(mail.dossier).await?;
        let mut tx = self.begin().await?;
        // Of two humans at it one is heard.
        let changed = sql("UPDATE mails SET state = $2 WHERE id = $1 AND state = $3")
            .bind(mail.id)
            .bind(after)
            .bind(before)
            .run(&mut tx)
            .await?;
        if changed == 0 {
            return Err(Error::TooLate);
        }
        let body = serde_json::json!({ "mail": mail.kind, "word": word, "human": human });
        self.note(&mut tx, "mail_settled", Some(&filed.key), &body)
            .await?;
        if after == MailState::Queued {
            self.enqueue(&mut tx, DELIVER, Some(mail.id.cast()), self.now())
                .await?;
        } else if after == MailState::Sent {
            let processor = self.processor_of_sent(&mail);
            self.record_sent(&mut tx, &mail, &filed, &processor).await?;
        }
        Ok(tx.commit().await?)
    }

    /// The mails of a demo, newest first; a real site shows none to anyone.
    ///
    /// # Errors
    /// [`Error::NotFound`] on a real site.
    pub async fn demo_mails(&self, limit: u32) -> Result<Vec<ShownMail>, Error> {
        let permit = self.permit_of_demo("demo_mails")?;
        let rows = sql("SELECT id, dossier, kind, state, purpose, fields, recipient, subject, body, written_at, leaves_at \
             FROM mails ORDER BY written_at DESC, id DESC LIMIT $1")
            .bind(limit)
            .all(&self.db)
            .await?;
        let dossiers: Vec<DossierId> = rows
            .iter()
            .map(|row| Ok(row.get("dossier")?))
            .collect::<Result<_, Error>>()?;
        let reading = self.read(&permit, View::List, &dossiers).await?;
        let mut mails = Vec::with_capacity(rows.len());
        for row in &rows {
            let queued = queued(row)?;
            // One whose key is destroyed is gone, whatever row is left.
            let Some([to, subject, body]) = opened(&reading, &queued, row)? else {
                continue;
            };
            mails.push(ShownMail {
                id: queued.id,
                kind: queued.kind,
                state: row.get("state")?,
                leaves_at: row.get("leaves_at")?,
                to: permit.show(to),
                subject: permit.show(subject),
                body: permit.show(body),
            });
        }
        Ok(mails)
    }

    /// The first declared mail processor that may be given those fields for that purpose; where none may, the refusal
    /// of the first.
    fn mail_processor(&self, purpose: &str, fields: &[&str]) -> Result<String, Error> {
        let charter = self.charter();
        let mut names = mail_processors(&charter).peekable();
        let first = names.peek().copied().unwrap_or("mail");
        let fitting = names.find(|name| charter.may_send(name, purpose, fields).is_ok());
        let name = fitting.unwrap_or(first);
        charter.may_send(name, purpose, fields)?;
        Ok(name.to_owned())
    }

    /// By whom a mail went that is taken as sent: under the charter of today another might serve, or none.
    pub(crate) fn processor_of_sent(&self, mail: &Queued) -> String {
        let fields: Vec<&str> = mail.fields.split(' ').collect();
        self.mail_processor(&mail.purpose, &fields).unwrap_or_else(|_| {
            let charter = self.charter();
            let first = mail_processors(&charter).next().unwrap_or("mail");
            first.to_owned()
        })
    }
}

fn mail_processors(charter: &charter::Charter) -> impl Iterator<Item = &str> {
    let processors = charter.processors().iter();
    processors
        .filter(|processor| processor.service == Service::Mail)
        .map(|processor| processor.name.as_str())
}

/// A mail's row: all of it but its sealed texts.
pub(crate) struct Queued {
    id: Id<Mail>,
    pub(crate) dossier: DossierId,
    pub(crate) kind: MailKind,
    purpose: String,
    fields: String,
    written_at: Timestamp,
}

pub(crate) fn queued(row: &Row) -> Result<Queued, Error> {
    let (purpose, fields): (PublicText, PublicText) = (row.get("purpose")?, row.get("fields")?);
    Ok(Queued {
        id: row.get("id")?,
        dossier: row.get("dossier")?,
        kind: row.get("kind")?,
        purpose: purpose.into_string(),
        fields: fields.into_string(),
        written_at: row.get("written_at")?,
    })
}

/// Recipient, subject and body; `None` when the dossier can't be read any more.
fn opened(reading: &Reading<'_>, mail: &Queued, row: &Row) -> Result<Option<[Personal<String>; 3]>, Error> {
    let open = |column: &'static str, field: &str| {
        reading.open(mail.dossier, field, ("mails", column), mail.id, &row.get(column)?)
    };
    let [to, subject, body] = COLUMNS;
    Ok(
        match (
            open(to, "email")?,
            open(subject, "exchange")?,
            open(body, "exchange")?,
        ) {
            (Some(to), Some(subject), Some(body)) => Some([to, subject, body]),
            _ => None,
        },
    )
}
