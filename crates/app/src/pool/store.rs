//! Owns: all SQL of the pool's entries. Doesn't own: their rules, the inbox ([`inbox`]).

pub(super) mod inbox;

use guard::Person;
use kernel::{Cursor, Id, Page, Timestamp};
use storage::{Db, Error, On, PublicText, Row, Tx, sql};

use super::model::{Entry, State, Step};

const ALL: &str = "SELECT e.id, e.person, e.purpose, e.language, e.source, e.came, e.parent, e.state, e.added_at, e.staff, \
     e.told_at, e.agreed_at, e.removed_at FROM pool_entries e ";

/// What the desk's list asks for.
pub(super) struct Asked<'a> {
    pub(super) purposes: Vec<&'a str>,
    pub(super) states: Vec<State>,
    pub(super) source: Option<&'a str>,
    pub(super) people: Option<Vec<Id<Person>>>,
    /// Those that were taken out and whose time for undoing is over aren't listed.
    pub(super) now: Timestamp,
}

pub(super) async fn insert(tx: &mut Tx, entry: &Entry) -> Result<(), Error> {
    sql("INSERT INTO pool_entries (id, person, purpose, language, source, came, parent, state, added_at, staff, told_at, \
         agreed_at, removed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind(entry.id)
        .bind(entry.person)
        .bind(PublicText::new(entry.purpose.as_str()))
        .bind(entry.language)
        .bind(PublicText::new(entry.source.as_str()))
        .bind(entry.came)
        .bind(entry.parent)
        .bind(entry.state)
        .bind(entry.added_at)
        .bind(entry.staff)
        .bind(entry.told_at)
        .bind(entry.agreed_at)
        .bind(entry.removed_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Adds a step to the history.
pub(super) async fn insert_step(tx: &mut Tx, entry: Id<Entry>, step: &Step) -> Result<(), Error> {
    sql("INSERT INTO pool_steps (entry, nth, step, at, staff) \
         SELECT $1, COALESCE(MAX(nth), 0) + 1, $2, $3, $4 FROM pool_steps WHERE entry = $1")
    .bind(entry)
    .bind(step.kind)
    .bind(step.at)
    .bind(step.staff)
    .later(tx)
    .await?;
    Ok(())
}

/// The person was told, if nobody told them yet.
pub(super) async fn set_told(tx: &mut Tx, id: Id<Entry>, at: Timestamp) -> Result<u64, Error> {
    sql("UPDATE pool_entries SET state = $2, told_at = $3 WHERE id = $1 AND state = $4")
        .bind(id)
        .bind(State::Asked)
        .bind(at)
        .bind(State::Untold)
        .run(tx)
        .await
}

/// The person agreed, if they hadn't.
pub(super) async fn set_agreed(tx: &mut Tx, id: Id<Entry>, at: Timestamp) -> Result<u64, Error> {
    sql("UPDATE pool_entries SET state = $2, agreed_at = $3 WHERE id = $1 AND state <> $2 AND removed_at IS NULL")
        .bind(id)
        .bind(State::Agreed)
        .bind(at)
        .run(tx)
        .await
}

/// Takes it out from then on, or back in, if it still stands as it was read.
pub(super) async fn set_removed(
    tx: &mut Tx,
    id: Id<Entry>,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<u64, Error> {
    sql("UPDATE pool_entries SET removed_at = $3 WHERE id = $1 AND COALESCE(removed_at, -1) = COALESCE($2, -1)")
        .bind(id)
        .bind(from)
        .bind(to)
        .run(tx)
        .await
}

pub(super) async fn find(on: impl Into<On<'_>>, id: Id<Entry>) -> Result<Option<Entry>, Error> {
    let row = sql(ALL).then("WHERE e.id = $1").bind(id).optional(on).await?;
    row.map(|row| read(&row)).transpose()
}

/// The entries of those people that nobody has taken out, newest first.
pub(super) async fn of_people(db: &Db, people: &[Id<Person>]) -> Result<Vec<Entry>, Error> {
    let rows = sql(ALL)
        .then("WHERE e.removed_at IS NULL AND e.person IN ($list) ORDER BY e.added_at DESC, e.id DESC LIMIT 200")
        .bind_list(people.iter().take(storage::LIST).copied())
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

pub(super) async fn list(
    db: &Db,
    asked: &Asked<'_>,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Entry>, Error> {
    let (at, id) = after.map_or((i64::MAX, PublicText::new("")), |cursor| {
        (cursor.key, PublicText::new(cursor.id.as_str()))
    });
    let mut query = sql(ALL)
        .then("WHERE (e.added_at < $1 OR (e.added_at = $1 AND e.id < $2)) AND (e.removed_at IS NULL OR e.removed_at > $3) \
             AND e.state IN ($list) AND e.purpose IN ($list)")
        .bind(at)
        .bind(id)
        .bind(asked.now)
        .bind(u32::try_from(size + 1).unwrap_or(u32::MAX))
        .bind_list(asked.states.iter().copied())
        .bind_list(asked.purposes.iter().map(|name| PublicText::new(*name)));
    if let Some(source) = asked.source {
        query = query
            .then(" AND e.source IN ($list)")
            .bind_list([PublicText::new(source)]);
    }
    if let Some(people) = &asked.people {
        query = query
            .then(" AND e.person IN ($list)")
            .bind_list(people.iter().take(storage::LIST).copied());
    }
    let rows = query
        .then(" ORDER BY e.added_at DESC, e.id DESC LIMIT $4")
        .all(db)
        .await?;
    let rows: Vec<Entry> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, size, |entry| Cursor {
        key: entry.added_at.as_millis(),
        id: entry.id.to_string(),
    }))
}

pub(super) async fn steps(db: &Db, entry: Id<Entry>) -> Result<Vec<Step>, Error> {
    let rows = sql("SELECT step, at, staff FROM pool_steps WHERE entry = $1 ORDER BY nth")
        .bind(entry)
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

fn read(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        person: row.get("person")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        language: row.get("language")?,
        source: row.get::<PublicText, _>("source")?.into_string(),
        came: row.get("came")?,
        parent: row.get("parent")?,
        state: row.get("state")?,
        added_at: row.get("added_at")?,
        staff: row.get("staff")?,
        told_at: row.get("told_at")?,
        agreed_at: row.get("agreed_at")?,
        removed_at: row.get("removed_at")?,
    })
}
