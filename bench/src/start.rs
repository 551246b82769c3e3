//! Owns: how long `vivier serve` takes from its start to its first page, with 100,000 people in the site against 100.
//! Doesn't own: the sites ([`crate::seed`]).

use std::{path::Path, time::Instant};

use anyhow::ensure;

use crate::{
    Bench,
    http::{self, Line},
    process::Process,
    seed::{self, HOST},
    table::{Bound, Figure},
};

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let (few, many) = (seed::site(bench, 100)?, seed::site(bench, bench.size(100_000))?);
    // Each once before it counts: what lies on the disk is read into memory, logs are folded in.
    start(bench, few.path())?;
    start(bench, many.path())?;
    let mut values = Vec::new();
    for _ in 0..2 * bench.turns {
        let short = start(bench, few.path())?;
        values.push(start(bench, many.path())? / short);
    }
    Ok(vec![Figure {
        what: "start of `vivier serve` to its first page, 100,000 people in the site, time",
        against: "100 in the site",
        bound: Bound::AtMost(1.2),
        values,
    }])
}

/// Seconds until the first page.
fn start(bench: &Bench, folder: &Path) -> anyhow::Result<f64> {
    let start = Instant::now();
    let process = Process::serve(bench, folder)?;
    let mut line = Line::open(process.server)?;
    let (status, _) = line.ask(&http::get(HOST, "/jobs", None))?;
    let taken = start.elapsed().as_secs_f64();
    ensure!(status == 200, "/jobs: {status}");
    Ok(taken)
}
