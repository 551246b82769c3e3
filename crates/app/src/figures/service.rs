//! Owns: counting an application's steps in the transaction that makes them, and the report of twelve months. Doesn't
//! own: the steps (`applications`).

use charter::Duty;
use guard::{Actor, Error, Guard};
use kernel::{Timestamp, Word as _};
use storage::Tx;

use super::{
    model::{self, Waited},
    store,
};
use crate::applications::model::{Application, Source, Stage};

/// The stages that the report counts: all but being reviewed, which says nothing of anybody's luck.
const COUNTED: [Stage; 6] = [
    Stage::New,
    Stage::Interview,
    Stage::Offer,
    Stage::Hired,
    Stage::Refused,
    Stage::Withdrawn,
];

/// Twelve months, each cell a number or withheld.
pub(super) struct Report {
    pub(super) stages: Vec<Stage>,
    /// Newest first: the month, and a cell for each stage.
    pub(super) months: Vec<(String, Vec<Option<i64>>)>,
    pub(super) sources: Vec<(Source, Option<i64>)>,
    pub(super) waited: Vec<(Waited, Option<i64>)>,
}

/// Counts that the application, as it stood, arrives at a stage.
///
/// # Errors
/// The storage's.
pub(crate) async fn arrived(
    tx: &mut Tx,
    guard: &Guard,
    application: &Application,
    to: Stage,
    at: Timestamp,
) -> Result<(), Error> {
    count(tx, guard, application, (application.stage, to), at, 1).await
}

/// Takes back that the application, which stands there again, had arrived at a stage.
///
/// # Errors
/// The storage's.
pub(crate) async fn taken_back(
    tx: &mut Tx,
    guard: &Guard,
    application: &Application,
    from: Stage,
) -> Result<(), Error> {
    let (to, at) = (application.stage, application.stage_since);
    count(tx, guard, application, (from, to), at, -1).await
}

async fn count(
    tx: &mut Tx,
    guard: &Guard,
    application: &Application,
    (from, to): (Stage, Stage),
    at: Timestamp,
    more: i64,
) -> Result<(), Error> {
    let zone = guard.zone();
    let month = model::month_of(at, zone);
    store::add(tx, &month, application.vacancy, (to, application.source), more).await?;
    if model::is_first_answer(from, to) {
        let waited = Waited::between(application.submitted_at.date(zone), at.date(zone));
        store::add_waited(tx, &month, waited, more).await?;
    }
    Ok(())
}

/// The report, for who recruits.
///
/// # Errors
/// [`Error::Forbidden`] to others.
pub(super) async fn report(guard: &Guard, actor: &Actor) -> Result<Report, Error> {
    actor.on_duty(&guard.charter(), Duty::Recruit)?;
    let months = model::last_months(guard.now().date(guard.zone()));
    let oldest = months.last().map(String::as_str).unwrap_or_default();
    let figures = store::since(guard.db(), oldest).await?;
    let sum = |is: &dyn Fn(&str, Stage, Source) -> bool| -> i64 {
        let those = figures
            .iter()
            .filter(|(month, stage, source, _)| is(month, *stage, *source));
        those.map(|(.., number)| *number).sum()
    };
    // A column's sum stands elsewhere (by source), or may be known: each is withheld for itself.
    let columns: Vec<Vec<Option<i64>>> = COUNTED
        .iter()
        .map(|counted| {
            let cells = months
                .iter()
                .map(|of| sum(&|month, stage, _| month == of && stage == *counted));
            model::shown(&cells.collect::<Vec<_>>())
        })
        .collect();
    let sources = Source::ALL
        .iter()
        .map(|of| sum(&|_, stage, source| stage == Stage::New && source == *of));
    let sources = model::shown(&sources.collect::<Vec<_>>());
    let waited = store::waited_since(guard.db(), oldest).await?;
    let cells = Waited::ALL.iter().map(|of| {
        let those = waited.iter().filter(|(waited, _)| waited == of);
        those.map(|(_, number)| *number).sum()
    });
    let waited = model::shown(&cells.collect::<Vec<i64>>());
    Ok(Report {
        stages: COUNTED.to_vec(),
        months: months
            .into_iter()
            .enumerate()
            .map(|(nth, month)| (month, columns.iter().map(|column| column[nth]).collect()))
            .collect(),
        sources: Source::ALL.iter().copied().zip(sources).collect(),
        waited: Waited::ALL.iter().copied().zip(waited).collect(),
    })
}
