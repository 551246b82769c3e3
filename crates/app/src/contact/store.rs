//! Owns: all SQL of messages. Doesn't own: their rules.

mod seen;

use guard::{Person, Sealed, Staff, send::Mail};
use kernel::{Id, Timestamp};
use storage::{Db, Error, On, PublicText, Row, Tx, sql};

use super::model::{Message, Step, Verdict};

pub(super) use seen::{Asked, Sight, addressed, client_requested, count_unjudged, list};

const ALL: &str = "SELECT m.id, m.person, m.purpose, m.language, m.sender, m.client_since, m.addressee, m.verdict, m.judged_at, \
     m.submitted_at, m.read_at, m.answered_at FROM contact_messages m ";

/// Marks the id of a reply of ours.
pub enum Reply {}

/// A reply, sealed.
pub(super) struct SealedReply {
    pub(super) id: Id<Reply>,
    pub(super) staff: Id<Staff>,
    pub(super) mail: Id<Mail>,
    pub(super) text: Sealed<String>,
    pub(super) written_at: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, message: &Message) -> Result<(), Error> {
    sql("INSERT INTO contact_messages (id, person, purpose, language, sender, client_since, addressee, verdict, judged_at, \
         submitted_at, read_at, answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
        .bind(message.id)
        .bind(message.person)
        .bind(PublicText::new(message.purpose.as_str()))
        .bind(message.language)
        .bind(message.sender)
        .bind(message.client_since)
        .bind(message.addressee)
        .bind(message.verdict)
        .bind(message.judged_at)
        .bind(message.submitted_at)
        .bind(message.read_at)
        .bind(message.answered_at)
        .later(tx)
        .await?;
    Ok(())
}

/// Adds a reply; a second one of the same id is refused as a duplicate.
pub(super) async fn insert_reply(
    tx: &mut Tx,
    message: Id<Message>,
    reply: SealedReply,
    charter_version: u32,
) -> Result<(), Error> {
    sql("INSERT INTO contact_replies (id, message, staff, mail, text, written_at, charter_version) VALUES ($1, $2, $3, $4, $5, $6, $7)")
        .bind(reply.id)
        .bind(message)
        .bind(reply.staff)
        .bind(reply.mail)
        .bind(reply.text)
        .bind(reply.written_at)
        .bind(charter_version)
        .later(tx)
        .await?;
    Ok(())
}

/// Adds a step to the history.
pub(super) async fn insert_step(tx: &mut Tx, message: Id<Message>, step: &Step) -> Result<(), Error> {
    sql("INSERT INTO contact_steps (message, nth, step, at, staff) \
         SELECT $1, COALESCE(MAX(nth), 0) + 1, $2, $3, $4 FROM contact_steps WHERE message = $1")
    .bind(message)
    .bind(step.kind)
    .bind(step.at)
    .bind(step.staff)
    .later(tx)
    .await?;
    Ok(())
}

pub(super) async fn mark_read(tx: &mut Tx, id: Id<Message>, now: Timestamp) -> Result<u64, Error> {
    sql("UPDATE contact_messages SET read_at = $2 WHERE id = $1 AND read_at IS NULL")
        .bind(id)
        .bind(now)
        .run(tx)
        .await
}

pub(super) async fn mark_answered(tx: &mut Tx, id: Id<Message>, now: Timestamp) -> Result<u64, Error> {
    sql("UPDATE contact_messages SET answered_at = COALESCE(answered_at, $2) WHERE id = $1")
        .bind(id)
        .bind(now)
        .run(tx)
        .await
}

pub(super) async fn set_client(tx: &mut Tx, id: Id<Message>, since: Option<Timestamp>) -> Result<u64, Error> {
    sql("UPDATE contact_messages SET client_since = $2 WHERE id = $1")
        .bind(id)
        .bind(since)
        .run(tx)
        .await
}

pub(super) async fn set_addressee(
    tx: &mut Tx,
    id: Id<Message>,
    addressee: Option<Id<Staff>>,
) -> Result<u64, Error> {
    sql("UPDATE contact_messages SET addressee = $2 WHERE id = $1")
        .bind(id)
        .bind(addressee)
        .run(tx)
        .await
}

/// Writes what was found, if what was found before is still what it was read as.
pub(super) async fn set_verdict(
    tx: &mut Tx,
    id: Id<Message>,
    (from, to): (Verdict, Verdict),
    judged_at: Option<Timestamp>,
) -> Result<u64, Error> {
    sql("UPDATE contact_messages SET verdict = $3, judged_at = $4 WHERE id = $1 AND verdict = $2")
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(judged_at)
        .run(tx)
        .await
}

pub(super) async fn find(on: impl Into<On<'_>>, id: Id<Message>) -> Result<Option<Message>, Error> {
    let row = sql(ALL).then("WHERE m.id = $1").bind(id).optional(on).await?;
    row.map(|row| read(&row)).transpose()
}

pub(super) async fn of_people(db: &Db, people: &[Id<Person>]) -> Result<Vec<Message>, Error> {
    let rows = sql(ALL)
        .then("WHERE m.person IN ($list) ORDER BY m.submitted_at DESC, m.id DESC LIMIT 200")
        .bind_list(people.iter().take(storage::LIST).copied())
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn replies(db: &Db, message: Id<Message>) -> Result<Vec<SealedReply>, Error> {
    let rows = sql("SELECT id, staff, mail, text, written_at FROM contact_replies WHERE message = $1 ORDER BY written_at, id")
        .bind(message)
        .all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(SealedReply {
                id: row.get("id")?,
                staff: row.get("staff")?,
                mail: row.get("mail")?,
                text: row.get("text")?,
                written_at: row.get("written_at")?,
            })
        })
        .collect()
}

pub(super) async fn steps(db: &Db, message: Id<Message>) -> Result<Vec<Step>, Error> {
    let rows = sql("SELECT step, at, staff FROM contact_steps WHERE message = $1 ORDER BY nth")
        .bind(message)
        .all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Step {
                kind: row.get("step")?,
                at: row.get("at")?,
                staff: row.get("staff")?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Message, Error> {
    Ok(Message {
        id: row.get("id")?,
        person: row.get("person")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        language: row.get("language")?,
        sender: row.get("sender")?,
        client_since: row.get("client_since")?,
        addressee: row.get("addressee")?,
        verdict: row.get("verdict")?,
        judged_at: row.get("judged_at")?,
        submitted_at: row.get("submitted_at")?,
        read_at: row.get("read_at")?,
        answered_at: row.get("answered_at")?,
    })
}
