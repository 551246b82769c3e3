//! Owns: all SQL of applications. Doesn't own: their rules.

use std::collections::HashSet;

use guard::{DossierId, Person, Staff};
use kernel::{Cursor, Id, Page, Timestamp};
use storage::{Db, Error, On, PublicText, Row, Tx, sql};

use super::model::{Application, Count, Source, Stage, Step};
use crate::vacancies::Vacancy;

const ALL: &str = "SELECT a.id, a.person, a.vacancy, a.recruiter, a.purpose, a.source, a.language, a.stage, a.stage_since, \
     a.submitted_at, a.read_at FROM applications a ";

/// What the desk's list asks for.
pub(super) struct Asked<'a> {
    /// Purposes of which every application may be seen.
    pub(super) always: Vec<&'a str>,
    /// Purposes of which those assigned to `staff` may be seen.
    pub(super) assigned: Vec<&'a str>,
    pub(super) staff: Option<Id<Staff>>,
    pub(super) stage: Option<Stage>,
    pub(super) vacancy: Option<Id<Vacancy>>,
    pub(super) people: Option<Vec<Id<Person>>>,
}

pub(super) async fn insert(tx: &mut Tx, application: &Application) -> Result<(), Error> {
    sql("INSERT INTO applications (id, person, vacancy, recruiter, purpose, source, language, stage, stage_since, submitted_at, read_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
        .bind(application.id)
        .bind(application.person)
        .bind(application.vacancy)
        .bind(application.recruiter)
        .bind(PublicText::new(application.purpose.as_str()))
        .bind(application.source)
        .bind(application.language)
        .bind(application.stage)
        .bind(application.stage_since)
        .bind(application.submitted_at)
        .bind(application.read_at)
        .later(tx)
        .await?;
    Ok(())
}

/// Adds a step to the history.
pub(super) async fn insert_step(tx: &mut Tx, application: Id<Application>, step: &Step) -> Result<(), Error> {
    sql(
        "INSERT INTO application_steps (application, nth, stage, at, staff) \
         SELECT $1, COALESCE(MAX(nth), 0) + 1, $2, $3, $4 FROM application_steps WHERE application = $1",
    )
    .bind(application)
    .bind(step.stage)
    .bind(step.at)
    .bind(step.staff)
    .later(tx)
    .await?;
    Ok(())
}

/// Takes the last step back, when it led to that stage.
pub(super) async fn remove_last_step(
    tx: &mut Tx,
    application: Id<Application>,
    stage: Stage,
) -> Result<(), Error> {
    sql(
        "DELETE FROM application_steps WHERE application = $1 AND stage = $2 AND nth = \
         (SELECT MAX(nth) FROM application_steps WHERE application = $1)",
    )
    .bind(application)
    .bind(stage)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn last_step(tx: &mut Tx, application: Id<Application>) -> Result<Option<Step>, Error> {
    let row = sql(
        "SELECT stage, at, staff FROM application_steps WHERE application = $1 ORDER BY nth DESC LIMIT 1",
    )
    .bind(application)
    .optional(tx)
    .await?;
    row.map(|row| read_step(&row)).transpose()
}

/// Moves the stage, if it is still the one it was read as.
pub(super) async fn move_stage(
    tx: &mut Tx,
    id: Id<Application>,
    from: Stage,
    to: Stage,
    now: Timestamp,
) -> Result<u64, Error> {
    sql("UPDATE applications SET stage = $3, stage_since = $4 WHERE id = $1 AND stage = $2")
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(now)
        .run(tx)
        .await
}

pub(super) async fn mark_read(tx: &mut Tx, id: Id<Application>, now: Timestamp) -> Result<u64, Error> {
    sql("UPDATE applications SET read_at = $2 WHERE id = $1 AND read_at IS NULL")
        .bind(id)
        .bind(now)
        .run(tx)
        .await
}

pub(super) async fn find(on: impl Into<On<'_>>, id: Id<Application>) -> Result<Option<Application>, Error> {
    let row = sql(ALL).then("WHERE a.id = $1").bind(id).optional(on).await?;
    row.map(|row| read(&row)).transpose()
}

pub(super) async fn of_people(db: &Db, people: &[Id<Person>]) -> Result<Vec<Application>, Error> {
    let rows = sql(ALL)
        .then("WHERE a.person IN ($list) ORDER BY a.submitted_at DESC, a.id DESC LIMIT 200")
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
) -> Result<Page<Application>, Error> {
    let (at, id) = after.map_or((i64::MAX, PublicText::new("g")), |cursor| {
        (cursor.key, PublicText::new(cursor.id.as_str()))
    });
    let purposes = |names: &[&str]| {
        names
            .iter()
            .map(|name| PublicText::new(*name))
            .collect::<Vec<_>>()
    };
    let mut query = sql(ALL)
        .then("WHERE (a.submitted_at < $1 OR (a.submitted_at = $1 AND a.id < $2))")
        .bind(at)
        .bind(id)
        .bind(asked.staff);
    query = if asked.always.is_empty() {
        // Without an OR, so that those assigned to somebody are found by their index.
        query.then(" AND a.recruiter = $3 AND a.purpose IN ($list)")
    } else {
        query
            .then(" AND (a.purpose IN ($list) OR (a.recruiter = $3 AND a.purpose IN ($list)))")
            .bind_list(purposes(&asked.always))
    };
    query = query.bind_list(purposes(&asked.assigned));
    if let Some(stage) = asked.stage {
        query = query.then(" AND a.stage IN ($list)").bind_list([stage]);
    }
    if let Some(vacancy) = asked.vacancy {
        query = query.then(" AND a.vacancy IN ($list)").bind_list([vacancy]);
    }
    if let Some(people) = &asked.people {
        query = query
            .then(" AND a.person IN ($list)")
            .bind_list(people.iter().take(storage::LIST).copied());
    }
    let limit = u32::try_from(size + 1).unwrap_or(u32::MAX);
    let rows = query
        .then(" ORDER BY a.submitted_at DESC, a.id DESC LIMIT $4")
        .bind(limit)
        .all(db)
        .await?;
    let rows: Vec<Application> = rows.iter().map(read).collect::<Result<_, _>>()?;
    Ok(Page::cut(rows, size, |application| Cursor {
        key: application.submitted_at.as_millis(),
        id: application.id.to_string(),
    }))
}

pub(super) async fn steps(db: &Db, application: Id<Application>) -> Result<Vec<Step>, Error> {
    let rows = sql("SELECT stage, at, staff FROM application_steps WHERE application = $1 ORDER BY nth")
        .bind(application)
        .all(db)
        .await?;
    rows.iter().map(read_step).collect()
}

fn read_step(row: &Row) -> Result<Step, Error> {
    Ok(Step {
        stage: row.get("stage")?,
        at: row.get("at")?,
        staff: row.get("staff")?,
    })
}

/// Of these dossiers (applications, or people's identities), those assigned to that member of staff.
pub(super) async fn assigned(
    db: &Db,
    staff: Id<Staff>,
    dossiers: &[DossierId],
) -> Result<HashSet<DossierId>, Error> {
    let mut found = HashSet::new();
    for some in dossiers.chunks(storage::LIST) {
        let rows = sql("SELECT id, person FROM applications WHERE recruiter = $1 AND (id IN ($list) OR person IN ($list))")
            .bind(staff)
            .bind_list(some.iter().copied())
            .bind_list(some.iter().copied())
            .all(db)
            .await?;
        for row in &rows {
            found.insert(row.get::<DossierId, _>("id")?);
            found.insert(row.get::<DossierId, _>("person")?);
        }
    }
    Ok(found)
}

/// How many applications each vacancy has, and how many of them nobody has read.
pub(super) async fn counts(db: &Db, vacancies: &[Id<Vacancy>]) -> Result<Vec<(Id<Vacancy>, Count)>, Error> {
    let rows = sql("SELECT vacancy, COUNT(*) AS every, SUM(CASE WHEN stage = $1 AND read_at IS NULL THEN 1 ELSE 0 END) AS unread \
         FROM applications WHERE vacancy IN ($list) GROUP BY vacancy")
        .bind(Stage::New)
        .bind_list(vacancies.iter().take(storage::LIST).copied())
        .all(db)
        .await?;
    rows.iter()
        .map(|row| {
            Ok((
                row.get("vacancy")?,
                Count {
                    all: row.get("every")?,
                    unread: row.get("unread")?,
                },
            ))
        })
        .collect()
}

fn read(row: &Row) -> Result<Application, Error> {
    Ok(Application {
        id: row.get("id")?,
        person: row.get("person")?,
        vacancy: row.get("vacancy")?,
        recruiter: row.get("recruiter")?,
        purpose: row.get::<PublicText, _>("purpose")?.into_string(),
        source: row.get::<Source, _>("source")?,
        language: row.get("language")?,
        stage: row.get("stage")?,
        stage_since: row.get("stage_since")?,
        submitted_at: row.get("submitted_at")?,
        read_at: row.get("read_at")?,
    })
}
