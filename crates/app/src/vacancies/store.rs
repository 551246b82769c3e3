//! Owns: all SQL of vacancies. Doesn't own: their rules.

use guard::Staff;
use kernel::{Cursor, Id, Page, Timestamp};
use storage::{Db, Error, On, PublicText, Row, Tx, sql};

use super::model::{Offer, State, Vacancy};

const ALL: &str = "SELECT id, slug, reference, state, language, title, summary, description, next_steps, place, country, \
     contract, remote, salary_min, salary_max, salary_period, currency, recruiter, made_at, published_at, closed_at FROM vacancies ";

pub(super) async fn insert(tx: &mut Tx, vacancy: &Vacancy) -> Result<(), Error> {
    let offer = &vacancy.offer;
    sql("INSERT INTO vacancies (id, slug, reference, state, language, title, summary, description, next_steps, place, country, \
         contract, remote, salary_min, salary_max, salary_period, currency, recruiter, made_at, changed_at, published_at, closed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19, $20, $21)")
        .bind(vacancy.id)
        .bind(text(&vacancy.slug))
        .bind(text(&vacancy.reference))
        .bind(vacancy.state)
        .bind(offer.language)
        .bind(text(&offer.title))
        .bind(text(&offer.summary))
        .bind(text(&offer.description))
        .bind(text(&offer.next_steps))
        .bind(text(&offer.place))
        .bind(text(&offer.country))
        .bind(offer.contract)
        .bind(offer.remote)
        .bind(offer.salary_min)
        .bind(offer.salary_max)
        .bind(offer.salary_period)
        .bind(offer.currency)
        .bind(vacancy.recruiter)
        .bind(vacancy.made_at)
        .bind(vacancy.published_at)
        .bind(vacancy.closed_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn update_offer(
    tx: &mut Tx,
    id: Id<Vacancy>,
    offer: &Offer,
    now: Timestamp,
) -> Result<u64, Error> {
    sql("UPDATE vacancies SET language = $2, title = $3, summary = $4, description = $5, next_steps = $6, place = $7, \
         country = $8, contract = $9, remote = $10, salary_min = $11, salary_max = $12, salary_period = $13, \
         currency = $14, changed_at = $15 WHERE id = $1")
        .bind(id)
        .bind(offer.language)
        .bind(text(&offer.title))
        .bind(text(&offer.summary))
        .bind(text(&offer.description))
        .bind(text(&offer.next_steps))
        .bind(text(&offer.place))
        .bind(text(&offer.country))
        .bind(offer.contract)
        .bind(offer.remote)
        .bind(offer.salary_min)
        .bind(offer.salary_max)
        .bind(offer.salary_period)
        .bind(offer.currency)
        .bind(now)
        .run(tx)
        .await
}

/// Publishes a draft, or opens a closed one again.
pub(super) async fn publish(tx: &mut Tx, id: Id<Vacancy>, now: Timestamp) -> Result<u64, Error> {
    sql("UPDATE vacancies SET state = $2, published_at = $3, closed_at = NULL, changed_at = $3 WHERE id = $1 AND state <> $2")
        .bind(id)
        .bind(State::Published)
        .bind(now)
        .run(tx)
        .await
}

pub(super) async fn close(tx: &mut Tx, id: Id<Vacancy>, now: Timestamp) -> Result<u64, Error> {
    sql("UPDATE vacancies SET state = $2, closed_at = $3, changed_at = $3 WHERE id = $1 AND state = $4")
        .bind(id)
        .bind(State::Closed)
        .bind(now)
        .bind(State::Published)
        .run(tx)
        .await
}

pub(super) async fn find(on: impl Into<On<'_>>, id: Id<Vacancy>) -> Result<Option<Vacancy>, Error> {
    let row = sql(ALL).then("WHERE id = $1").bind(id).optional(on).await?;
    row.map(|row| read(&row)).transpose()
}

pub(super) async fn find_by_slug(db: &Db, slug: &str) -> Result<Option<Vacancy>, Error> {
    let row = sql(ALL)
        .then("WHERE slug = $1")
        .bind(text(slug))
        .optional(db)
        .await?;
    row.map(|row| read(&row)).transpose()
}

pub(super) async fn find_all(db: &Db, ids: &[Id<Vacancy>]) -> Result<Vec<Vacancy>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sql(ALL)
        .then("WHERE id IN ($list)")
        .bind_list(ids.iter().copied())
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// What is public, for the index.
pub(super) async fn published(db: &Db) -> Result<Vec<Vacancy>, Error> {
    let rows = sql(ALL)
        .then("WHERE state = $1")
        .bind(State::Published)
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// Published offers by id, after one: for a feed that is read in batches.
pub(super) async fn published_after(
    db: &Db,
    after: Option<Id<Vacancy>>,
    limit: u32,
) -> Result<Vec<Vacancy>, Error> {
    let after = after.map_or_else(|| text(""), |id| text(&id.to_string()));
    let rows = sql(ALL)
        .then("WHERE state = $1 AND id > $2 ORDER BY id LIMIT $3")
        .bind(State::Published)
        .bind(after)
        .bind(limit)
        .all(db)
        .await?;
    rows.iter().map(read).collect()
}

/// The published offers' names in the address and when each changed last, by id.
pub(super) async fn addresses(db: &Db, skipped: u32, limit: u32) -> Result<Vec<(String, Timestamp)>, Error> {
    let rows = sql("SELECT slug, changed_at FROM vacancies WHERE state = $1 ORDER BY id LIMIT $2 OFFSET $3")
        .bind(State::Published)
        .bind(limit)
        .bind(skipped)
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((string(row, "slug")?, row.get("changed_at")?)))
        .collect()
}

/// The desk's list, newest first.
pub(super) async fn list(
    db: &Db,
    state: Option<State>,
    after: Option<&Cursor>,
    size: usize,
) -> Result<Page<Vacancy>, Error> {
    let (made_at, id) = cursor(after);
    let limit = u32::try_from(size + 1).unwrap_or(u32::MAX);
    let rows = match state {
        Some(state) => {
            sql(ALL)
                .then("WHERE (made_at < $1 OR (made_at = $1 AND id < $2)) AND state = $3 ORDER BY made_at DESC, id DESC LIMIT $4")
                .bind(made_at)
                .bind(id)
                .bind(state)
                .bind(limit)
                .all(db)
                .await?
        }
        None => {
            sql(ALL)
                .then("WHERE (made_at < $1 OR (made_at = $1 AND id < $2)) ORDER BY made_at DESC, id DESC LIMIT $3")
                .bind(made_at)
                .bind(id)
                .bind(limit)
                .all(db)
                .await?
        }
    };
    let rows: Vec<Vacancy> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, size, |vacancy| Cursor {
        key: vacancy.made_at.as_millis(),
        id: vacancy.id.to_string(),
    }))
}

pub(super) async fn titles(db: &Db) -> Result<Vec<(Id<Vacancy>, String)>, Error> {
    let rows = sql("SELECT id, title FROM vacancies WHERE state <> $1 ORDER BY title, id LIMIT 500")
        .bind(State::Draft)
        .all(db)
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, string(row, "title")?)))
        .collect()
}

/// How many vacancies there are, for the next reference.
pub(super) async fn count(tx: &mut Tx) -> Result<i64, Error> {
    sql("SELECT COUNT(*) AS count FROM vacancies")
        .one(tx)
        .await?
        .get("count")
}

fn cursor(after: Option<&Cursor>) -> (i64, PublicText) {
    // Before the first page stands what is greater than any row: ids are hexadecimal, in every collation below g.
    after.map_or((i64::MAX, text("g")), |cursor| (cursor.key, text(&cursor.id)))
}

fn read(row: &Row) -> Result<Vacancy, Error> {
    Ok(Vacancy {
        id: row.get("id")?,
        slug: string(row, "slug")?,
        reference: string(row, "reference")?,
        state: row.get("state")?,
        offer: Offer {
            language: row.get("language")?,
            title: string(row, "title")?,
            summary: string(row, "summary")?,
            description: string(row, "description")?,
            next_steps: string(row, "next_steps")?,
            place: string(row, "place")?,
            country: string(row, "country")?,
            contract: row.get("contract")?,
            remote: row.get("remote")?,
            salary_min: row.get("salary_min")?,
            salary_max: row.get("salary_max")?,
            salary_period: row.get("salary_period")?,
            currency: row.get("currency")?,
        },
        recruiter: row.get::<Option<Id<Staff>>, _>("recruiter")?,
        made_at: row.get("made_at")?,
        published_at: row.get("published_at")?,
        closed_at: row.get("closed_at")?,
    })
}

fn string(row: &Row, column: &str) -> Result<String, Error> {
    Ok(row.get::<PublicText, _>(column)?.into_string())
}

fn text(text: &str) -> PublicText {
    PublicText::new(text)
}
