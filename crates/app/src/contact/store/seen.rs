//! Owns: the questions whose answer depends on who asks: the desk's list, how many wait for a review, the facts behind
//! the charter's conditions. Doesn't own: the rows themselves ([`super`]).

use std::collections::HashSet;

use guard::{DossierId, Person, Staff};
use kernel::{Cursor, Id, Page, Timestamp};
use storage::{Db, Error, PublicText, Query, Row, sql};

use super::{ALL, read};
use crate::contact::model::{Message, Sender, Standing, Verdict};

/// Which messages a reader may see.
pub(in crate::contact) struct Sight<'a> {
    /// Purposes of which every message may be seen.
    pub(in crate::contact) always: Vec<&'a str>,
    /// Purposes of which clients' requests may be seen.
    pub(in crate::contact) clients: Vec<&'a str>,
    /// Purposes of which those addressed to `staff` may be seen.
    pub(in crate::contact) addressed: Vec<&'a str>,
    pub(in crate::contact) staff: Option<Id<Staff>>,
}

/// What the desk's list asks for.
pub(in crate::contact) struct Asked<'a> {
    pub(in crate::contact) sight: Sight<'a>,
    pub(in crate::contact) standing: Option<Standing>,
    pub(in crate::contact) sender: Option<Sender>,
    /// Nobody has said yet what they are worth.
    pub(in crate::contact) unjudged: bool,
    /// Sent before then.
    pub(in crate::contact) sent_before: Option<Timestamp>,
    pub(in crate::contact) people: Option<Vec<Id<Person>>>,
}

pub(in crate::contact) async fn list(
    db: &Db,
    asked: &Asked<'_>,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Message>, Error> {
    let newest = asked.sent_before.map_or(i64::MAX, Timestamp::as_millis);
    let (at, id) = match after.filter(|cursor| cursor.key < newest) {
        Some(cursor) => (cursor.key, PublicText::new(cursor.id.as_str())),
        None => (newest, PublicText::new("")),
    };
    let limit = u32::try_from(size + 1).unwrap_or(u32::MAX);
    let query = sql(ALL)
        .then("WHERE (m.submitted_at < $1 OR (m.submitted_at = $1 AND m.id < $2))")
        .bind(at)
        .bind(id)
        .bind(limit);
    let mut query = seen(query, &asked.sight);
    if let Some(standing) = asked.standing {
        let (text, verdict) = match standing {
            Standing::Unread => (
                " AND m.read_at IS NULL AND m.verdict IN ($list)",
                Verdict::Pending,
            ),
            Standing::Read => (
                " AND m.read_at IS NOT NULL AND m.verdict IN ($list)",
                Verdict::Pending,
            ),
            Standing::Relevant => (" AND m.verdict IN ($list)", Verdict::Relevant),
            Standing::Irrelevant => (" AND m.verdict IN ($list)", Verdict::Irrelevant),
        };
        query = query.then(text).bind_list([verdict]);
    }
    if let Some(sender) = asked.sender {
        query = query.then(" AND m.sender IN ($list)").bind_list([sender]);
    }
    if asked.unjudged {
        query = query
            .then(" AND m.verdict IN ($list)")
            .bind_list([Verdict::Pending]);
    }
    if let Some(people) = &asked.people {
        query = query
            .then(" AND m.person IN ($list)")
            .bind_list(people.iter().take(storage::LIST).copied());
    }
    let rows = query
        .then(" ORDER BY m.submitted_at DESC, m.id DESC LIMIT $3")
        .all(db)
        .await?;
    let rows: Vec<Message> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, size, |message| Cursor {
        key: message.submitted_at.as_millis(),
        id: message.id.to_string(),
    }))
}

/// How many of those that may be seen were sent before then and nobody has judged; counted up to `most`.
pub(in crate::contact) async fn count_unjudged(
    db: &Db,
    sight: &Sight<'_>,
    before: Timestamp,
    most: u32,
) -> Result<u64, Error> {
    let query = sql("SELECT COUNT(*) AS count FROM (SELECT m.id FROM contact_messages m WHERE m.submitted_at < $1 AND m.verdict IN ($list)")
        .bind(before)
        .bind(most)
        .bind_list([Verdict::Pending]);
    let row = seen(query, sight).then(" LIMIT $2) AS unjudged").one(db).await?;
    Ok(u64::try_from(row.get::<i64, _>("count")?).unwrap_or(0))
}

/// Only what may be seen. Without an OR where one rule alone lets see, so that its index finds them.
fn seen(query: Query, sight: &Sight<'_>) -> Query {
    let purposes = |names: &[&str]| {
        names
            .iter()
            .map(|name| PublicText::new(*name))
            .collect::<Vec<_>>()
    };
    let (always, clients, addressed) = (
        purposes(&sight.always),
        purposes(&sight.clients),
        purposes(&sight.addressed),
    );
    match (sight.always.is_empty(), sight.clients.is_empty()) {
        (true, true) => query
            .then(" AND m.addressee IN ($list) AND m.purpose IN ($list)")
            .bind_list(sight.staff)
            .bind_list(addressed),
        (true, false) if sight.addressed.is_empty() => query
            .then(" AND m.client_since IS NOT NULL AND m.purpose IN ($list)")
            .bind_list(clients),
        _ => query
            .then(
                " AND (m.purpose IN ($list) OR (m.client_since IS NOT NULL AND m.purpose IN ($list)) \
                 OR (m.addressee IN ($list) AND m.purpose IN ($list)))",
            )
            .bind_list(always)
            .bind_list(clients)
            .bind_list(sight.staff)
            .bind_list(addressed),
    }
}

/// Of these dossiers (messages, or people's identities), those that are a client's request.
pub(in crate::contact) async fn client_requested(
    db: &Db,
    dossiers: &[DossierId],
) -> Result<HashSet<DossierId>, Error> {
    let mut found = HashSet::new();
    for some in dossiers.chunks(storage::LIST) {
        let rows = sql("SELECT id, person FROM contact_messages WHERE client_since IS NOT NULL AND (id IN ($list) OR person IN ($list))")
            .bind_list(some.iter().copied())
            .bind_list(some.iter().copied())
            .all(db)
            .await?;
        both(&rows, &mut found)?;
    }
    Ok(found)
}

/// Of these dossiers (messages, or people's identities), those addressed to that member of staff.
pub(in crate::contact) async fn addressed(
    db: &Db,
    staff: Id<Staff>,
    dossiers: &[DossierId],
) -> Result<HashSet<DossierId>, Error> {
    let mut found = HashSet::new();
    for some in dossiers.chunks(storage::LIST) {
        let rows = sql("SELECT id, person FROM contact_messages WHERE addressee = $1 AND (id IN ($list) OR person IN ($list))")
            .bind(staff)
            .bind_list(some.iter().copied())
            .bind_list(some.iter().copied())
            .all(db)
            .await?;
        both(&rows, &mut found)?;
    }
    Ok(found)
}

/// The message's dossier and its sender's.
fn both(rows: &[Row], found: &mut HashSet<DossierId>) -> Result<(), Error> {
    for row in rows {
        found.insert(row.get::<DossierId, _>("id")?);
        found.insert(row.get::<DossierId, _>("person")?);
    }
    Ok(())
}
