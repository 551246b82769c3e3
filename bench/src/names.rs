//! Owns: what sealing costs a reader: the desk's table of applications, 50 people's names on it, against the same page of
//! people kept in plain columns: drawn in the same process by the same template, with the same session, rights, queries
//! and frame, and no keys, no seals, no record of who read whom (the answers are compared byte for byte first). Each
//! request asks for the next of 600 pages, of 30,000 people, so no key is in the cache, which holds 20,000 at most. The
//! record of the reading is committed before the answer; folding such records into days, which a site does once a
//! minute, happens between the turns and is in neither. Doesn't own: the plain page ([`crate::plain`]), the site
//! ([`crate::seed`]).

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use anyhow::{Context as _, ensure};
use guard::Guard;
use kernel::Clock;

use crate::{
    Bench,
    http::{self, Line},
    plain::{self, DESK, PLAIN},
    running::Running,
    seed::{self, HOST},
    table::{Bound, Figure},
};

const CLIENTS: usize = 2;
const TURN: Duration = Duration::from_secs(2);

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let folder = seed::site(bench, bench.size(100_000))?;
    let people = bench.runtime.block_on(plain::open(folder.path()))?;
    let settings = seed::settings(folder.path(), Clock::system());
    let guard = bench.runtime.block_on(Guard::open(settings))?;
    let mut running = Running::serve(bench, guard, |site| plain::routes(site, &people))?;
    running.untended();
    let cookie = running.recruiter(bench)?;
    let places = bench
        .runtime
        .block_on(plain::unseal(&running.site, &people, &cookie))?;
    bench.runtime.block_on(fold(running.site.guard()))?;
    for place in [&places[0], &places[places.len() / 2]] {
        same_page(&running, &cookie, place)?;
    }
    let (sealed, easy) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let ask = |path: &str, turned: &AtomicUsize| {
        http::rate(running.server, CLIENTS, TURN, 200, || {
            let place = &places[turned.fetch_add(1, Ordering::Relaxed) % places.len()];
            http::get(HOST, &format!("{path}{place}"), Some(&cookie))
        })
    };
    let mut values = Vec::new();
    // Each once before it counts.
    ask(PLAIN, &easy)?;
    ask(DESK, &sealed)?;
    for _ in 0..bench.turns {
        let plain = ask(PLAIN, &easy)?;
        values.push(plain / ask(DESK, &sealed)?);
        bench.runtime.block_on(fold(running.site.guard()))?;
    }
    running.stop(bench);
    bench.runtime.block_on(people.close());
    Ok(vec![Figure {
        what: "a page of 50 people's names, keys fetched and the reading recorded, time",
        against: "the same page from plain columns",
        bound: Bound::AtMost(1.5),
        values,
    }])
}

async fn fold(guard: &Guard) -> anyhow::Result<()> {
    while guard.fold_access().await? > 0 {}
    Ok(())
}

/// A peer that drew less would be no peer.
fn same_page(site: &Running, cookie: &str, place: &str) -> anyhow::Result<()> {
    let mut line = Line::open(site.server)?;
    let mut ask = |path: &str| {
        let (status, page) = line.ask(&http::get(HOST, &format!("{path}{place}"), Some(cookie)))?;
        let page = String::from_utf8_lossy(page).into_owned();
        ensure!(status == 200, "{path}{place}: {status} {page}");
        Ok(page)
    };
    let (sealed, plain) = (ask(DESK)?, ask(PLAIN)?);
    if sealed != plain {
        let mut lines = sealed.lines().zip(plain.lines());
        let differ = lines.find(|(sealed, plain)| sealed != plain);
        let (sealed, plain) = differ.context("the plain page has another length")?;
        ensure!(
            sealed == plain,
            "the plain page isn't the desk's:\n{sealed}\n{plain}"
        );
    }
    Ok(())
}
