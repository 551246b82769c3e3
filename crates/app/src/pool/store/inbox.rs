//! Owns: all SQL of what waits apart until somebody has looked. Doesn't own: the applications themselves.

use guard::Person;
use kernel::{Cursor, Id, Page, Timestamp};
use storage::{Db, Error, On, PublicText, Row, Tx, sql};

use crate::{applications::model::Application, pool::model::Waiting};

const ALL: &str =
    "SELECT application, person, purpose, language, arrived_at, agreed_at, looked_at FROM pool_inbox ";

pub(in crate::pool) async fn insert(tx: &mut Tx, waiting: &Waiting) -> Result<(), Error> {
    sql("INSERT INTO pool_inbox (application, person, purpose, language, arrived_at, agreed_at, looked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (application) DO UPDATE SET agreed_at = excluded.agreed_at, \
         looked_at = excluded.looked_at")
        .bind(waiting.application)
        .bind(waiting.person)
        .bind(PublicText::new(waiting.purpose.as_str()))
        .bind(waiting.language)
        .bind(waiting.arrived_at)
        .bind(waiting.agreed_at)
        .bind(waiting.looked_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(in crate::pool) async fn find(
    on: impl Into<On<'_>>,
    id: Id<Application>,
) -> Result<Option<Waiting>, Error> {
    let row = sql(ALL)
        .then("WHERE application = $1")
        .bind(id)
        .optional(on)
        .await?;
    row.map(|row| read(&row)).transpose()
}

/// Those of these people, newest first.
pub(in crate::pool) async fn of_people(db: &Db, people: &[Id<Person>]) -> Result<Vec<Waiting>, Error> {
    let rows = sql(ALL)
        .then("WHERE person IN ($list) ORDER BY arrived_at DESC, application DESC LIMIT 200")
        .bind_list(people.iter().take(storage::LIST).copied())
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// Somebody has looked, or has to look again.
pub(in crate::pool) async fn set_looked(
    tx: &mut Tx,
    id: Id<Application>,
    at: Option<Timestamp>,
) -> Result<u64, Error> {
    sql("UPDATE pool_inbox SET looked_at = $2 WHERE application = $1")
        .bind(id)
        .bind(at)
        .run(tx)
        .await
}

/// The people agreed, or took that back.
pub(in crate::pool) async fn set_agreed(
    tx: &mut Tx,
    people: &[Id<Person>],
    at: Option<Timestamp>,
) -> Result<u64, Error> {
    sql("UPDATE pool_inbox SET agreed_at = $1 WHERE person IN ($list)")
        .bind(at)
        .bind_list(people.iter().take(storage::LIST).copied())
        .run(tx)
        .await
}

/// Nobody whose application waits is taken to have agreed.
pub(in crate::pool) async fn forget_agreements(tx: &mut Tx) -> Result<u64, Error> {
    sql("UPDATE pool_inbox SET agreed_at = NULL WHERE looked_at IS NULL")
        .run(tx)
        .await
}

/// It doesn't wait any more.
pub(in crate::pool) async fn remove(tx: &mut Tx, id: Id<Application>) -> Result<u64, Error> {
    sql("DELETE FROM pool_inbox WHERE application = $1")
        .bind(id)
        .run(tx)
        .await
}

/// What waits: it arrived for one of these purposes or its person agreed, after `since` and before `before`.
pub(in crate::pool) struct Asked<'a> {
    pub(in crate::pool) purposes: Vec<&'a str>,
    pub(in crate::pool) since: Timestamp,
    pub(in crate::pool) before: Option<Timestamp>,
}

pub(in crate::pool) async fn list(
    db: &Db,
    asked: &Asked<'_>,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Waiting>, Error> {
    let newest = asked.before.map_or(i64::MAX, Timestamp::as_millis);
    let (at, id) = match after.filter(|cursor| cursor.key < newest) {
        Some(cursor) => (cursor.key, PublicText::new(cursor.id.as_str())),
        None => (newest, PublicText::new("")),
    };
    let rows = sql(ALL)
        .then("WHERE looked_at IS NULL AND (arrived_at < $1 OR (arrived_at = $1 AND application < $2)) AND arrived_at >= $3 \
             AND (agreed_at IS NOT NULL OR purpose IN ($list)) ORDER BY arrived_at DESC, application DESC LIMIT $4")
        .bind(at)
        .bind(id)
        .bind(asked.since)
        .bind(u32::try_from(size + 1).unwrap_or(u32::MAX))
        .bind_list(asked.purposes.iter().map(|name| PublicText::new(*name)))
        .all(db)
        .await?;
    let rows: Vec<Waiting> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, size, |waiting| Cursor {
        key: waiting.arrived_at.as_millis(),
        id: waiting.application.to_string(),
    }))
}

/// How many wait since before then; counted up to `most`.
pub(in crate::pool) async fn count(db: &Db, asked: &Asked<'_>, most: u32) -> Result<u64, Error> {
    let before = asked.before.map_or(i64::MAX, Timestamp::as_millis);
    let row = sql("SELECT COUNT(*) AS count FROM (SELECT application FROM pool_inbox WHERE looked_at IS NULL AND arrived_at < $1 \
         AND arrived_at >= $2 AND (agreed_at IS NOT NULL OR purpose IN ($list)) LIMIT $3) AS waiting")
        .bind(before)
        .bind(asked.since)
        .bind(most)
        .bind_list(asked.purposes.iter().map(|name| PublicText::new(*name)))
        .one(db)
        .await?;
    Ok(u64::try_from(row.get::<i64, _>("count")?).unwrap_or(0))
}

fn read(row: &Row) -> Result<Waiting, Error> {
    Ok(Waiting {
        application: row.get("application")?,
        person: row.get("person")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        language: row.get("language")?,
        arrived_at: row.get("arrived_at")?,
        agreed_at: row.get("agreed_at")?,
        looked_at: row.get("looked_at")?,
    })
}
