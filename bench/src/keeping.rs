//! Owns: what ends, in a site of 1,000,000 dossiers against one of 10,000: the sweep of the 1,000 that are due that day
//! (its ledger sequenced, its keys gone from the key store's log), and one person erased on their request, from the
//! decision to the end; both by the doors' own code, with the disk synced as always. Before each turn both sites are
//! opened anew; the smaller one is a fresh copy each time, the larger one goes on to the next day. Doesn't own: the sites
//! ([`crate::crowd`]). There is no index of people to merge.

use std::{path::Path, time::Instant};

use anyhow::{bail, ensure};
use guard::{Guard, NewStaff, Person, Staff, keep::erase::Why};
use kernel::{Clock, Id, Timestamp};
use storage::sql;

use crate::{
    Bench, crowd, seed,
    table::{Bound, Figure},
};

/// So many people are erased in a turn.
const PEOPLE: usize = 20;
/// So many days are swept at most: those who are erased are of the last one.
const SWEPT: usize = crowd::DAYS - 1;

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let many = crowd::many(bench)?;
    let (mut swept, mut erased) = (Vec::new(), Vec::new());
    for turn in 0..=bench.turns.min(SWEPT - 1) {
        let few = crowd::few(bench)?;
        let few = bench.runtime.block_on(take(bench, few.path(), turn))?;
        let many = bench.runtime.block_on(take(bench, many.path(), turn))?;
        // The first turn doesn't count: what lies on the disk is read into memory.
        if turn > 0 {
            swept.push(many.sweep / few.sweep);
            erased.push(many.erase / few.erase);
        }
    }
    Ok(vec![
        Figure {
            what: "the sweep of 1,000 due among 1,000,000 dossiers, time",
            against: "1,000 due among 10,000",
            bound: Bound::AtMost(2.0),
            values: swept,
        },
        Figure {
            what: "one person erased among 1,000,000 dossiers, time",
            against: "among 10,000",
            bound: Bound::AtMost(2.0),
            values: erased,
        },
    ])
}

/// Seconds.
struct Taken {
    sweep: f64,
    erase: f64,
}

/// Opens the site, erases some people of the last days, sweeps the first day that is due.
async fn take(bench: &Bench, folder: &Path, turn: usize) -> anyhow::Result<Taken> {
    let guard = Guard::open(seed::settings(folder, Clock::system())).await?;
    let dpo = NewStaff {
        role: "dpo",
        given_name: "Dominique",
        family_name: "Exemplaire",
        email: &format!("dpo.{turn}@bench.example"),
        password: "vivier-bench-exemple",
    };
    let dpo = guard.add_staff(dpo).await?;
    let due = bench.size(crowd::FEW) / crowd::DAYS;
    let days = days(&guard, due).await?;
    let [first, .., last] = days.as_slice() else {
        bail!("there aren't two days on which {due} are due");
    };
    let people = people(&guard, *last).await?;
    ensure!(people.len() == PEOPLE, "{} people to erase", people.len());
    let taken = Taken {
        erase: erase(&guard, dpo, &people).await?,
        sweep: sweep(&guard, *first, due).await?,
    };
    guard.close().await;
    Ok(taken)
}

/// The days on which those who were filed are due: all of them, or all but a few erased since.
async fn days(guard: &Guard, due: usize) -> anyhow::Result<Vec<Timestamp>> {
    let soonest = i64::try_from(due * crowd::DAYS)?;
    let rows = sql(
        "SELECT next_at FROM (SELECT next_at FROM clocks ORDER BY next_at, dossier LIMIT $1) AS soonest \
         GROUP BY next_at HAVING COUNT(*) > $2 ORDER BY next_at",
    )
    .bind(soonest)
    .bind(soonest / 20)
    .all(guard.db())
    .await?;
    Ok(rows
        .iter()
        .map(|row| row.get("next_at"))
        .collect::<Result<_, _>>()?)
}

/// Some people who are due on that day.
async fn people(guard: &Guard, day: Timestamp) -> anyhow::Result<Vec<Id<Person>>> {
    let rows = sql(
        "SELECT d.person FROM clocks c JOIN dossiers d ON d.id = c.dossier \
         WHERE c.next_at = $1 AND d.id <> d.person ORDER BY d.id LIMIT $2",
    )
    .bind(day)
    .bind(i64::try_from(PEOPLE)?)
    .all(guard.db())
    .await?;
    Ok(rows
        .iter()
        .map(|row| row.get("person"))
        .collect::<Result<_, _>>()?)
}

async fn erase(guard: &Guard, dpo: Id<Staff>, people: &[Id<Person>]) -> anyhow::Result<f64> {
    let start = Instant::now();
    for person in people {
        let erasure = guard.erase_for(*person, dpo, Why::Request).await?;
        let erased = guard.carry_out(erasure).await?;
        ensure!(erased.erased == 2 && erased.kept == 0, "{erased:?}");
    }
    while guard.sequence_ledger().await? > 0 {}
    Ok(start.elapsed().as_secs_f64())
}

async fn sweep(guard: &Guard, as_of: Timestamp, due: usize) -> anyhow::Result<f64> {
    let start = Instant::now();
    let swept = guard.sweep(as_of).await?;
    while guard.sequence_ledger().await? > 0 {}
    let taken = start.elapsed().as_secs_f64();
    ensure!(swept.erased == due as u64, "{} swept of {due}", swept.erased);
    Ok(taken)
}
