//! Owns: the counters' SQL. Doesn't own: when they count.

use guard::Error;
use kernel::Id;
use storage::{Db, PublicText, Tx, sql};

use super::model::Waited;
use crate::{
    applications::model::{Source, Stage},
    vacancies::Vacancy,
};

/// Counts so many more, or fewer.
pub(super) async fn add(
    tx: &mut Tx,
    month: &str,
    vacancy: Option<Id<Vacancy>>,
    (stage, source): (Stage, Source),
    more: i64,
) -> Result<(), Error> {
    let vacancy = vacancy.map(|id| id.to_string()).unwrap_or_default();
    sql(
        "INSERT INTO application_figures (month, vacancy, stage, source, number) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (month, vacancy, stage, source) DO UPDATE SET number = application_figures.number + excluded.number",
    )
    .bind(PublicText::new(month))
    .bind(PublicText::new(vacancy))
    .bind(stage)
    .bind(source)
    .bind(more)
    .later(tx)
    .await?;
    Ok(())
}

/// Counts so many more, or fewer, who waited so long.
pub(super) async fn add_waited(tx: &mut Tx, month: &str, waited: Waited, more: i64) -> Result<(), Error> {
    sql(
        "INSERT INTO answer_figures (month, waited, number) VALUES ($1, $2, $3) \
         ON CONFLICT (month, waited) DO UPDATE SET number = answer_figures.number + excluded.number",
    )
    .bind(PublicText::new(month))
    .bind(waited)
    .bind(more)
    .later(tx)
    .await?;
    Ok(())
}

/// Every counter from a month on, by month, stage and source.
pub(super) async fn since(db: &Db, month: &str) -> Result<Vec<(String, Stage, Source, i64)>, Error> {
    let rows = sql(
        "SELECT month, stage, source, CAST(SUM(number) AS BIGINT) AS number FROM application_figures \
         WHERE month >= $1 GROUP BY month, stage, source",
    )
    .bind(PublicText::new(month))
    .all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let month = row.get::<PublicText, _>("month")?.into_string();
            Ok((month, row.get("stage")?, row.get("source")?, row.get("number")?))
        })
        .collect()
}

/// How many waited how long, from a month on.
pub(super) async fn waited_since(db: &Db, month: &str) -> Result<Vec<(Waited, i64)>, Error> {
    let rows = sql(
        "SELECT waited, CAST(SUM(number) AS BIGINT) AS number FROM answer_figures WHERE month >= $1 GROUP BY waited",
    )
    .bind(PublicText::new(month))
    .all(db)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("waited")?, row.get("number")?)))
        .collect()
}
