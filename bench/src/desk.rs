//! Owns: what staff wait for as a site grows: the table of a vacancy with 300 applications (50 opened rows, recorded
//! as read), and a look-up by a whole name that 5 people bear. Doesn't own: the sites ([`crate::seed`]).

use std::time::Duration;

use anyhow::{Context as _, ensure};

use crate::{
    Bench,
    http::{self, Line},
    invented::SOUGHT,
    running::Running,
    seed::{self, ASKED, HOST},
    table::{Bound, Figure},
};

const CLIENTS: usize = 2;
const TURN: Duration = Duration::from_secs(2);

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let (few_folder, many_folder) = (seed::site(bench, 1_000)?, seed::site(bench, bench.size(100_000))?);
    let few = Running::open(bench, few_folder.path())?;
    let many = Running::open(bench, many_folder.path())?;
    let cookies = (few.recruiter(bench)?, many.recruiter(bench)?);
    let tables = (table_of(bench, &few)?, table_of(bench, &many)?);
    let sought = format!("/desk/applications?q={}+{}", SOUGHT.0, SOUGHT.1);
    for (site, cookie, table) in [(&few, &cookies.0, &tables.0), (&many, &cookies.1, &tables.1)] {
        shows(site, cookie, table, 50)?;
        shows(site, cookie, &sought, 5)?;
    }
    let ask = |site: &Running, cookie: &str, path: &str| {
        http::rate(site.server, CLIENTS, TURN, 200, || {
            http::get(HOST, path, Some(cookie))
        })
    };
    let (mut listed, mut found) = (Vec::new(), Vec::new());
    for _ in 0..bench.turns {
        listed.push(ask(&few, &cookies.0, &tables.0)? / ask(&many, &cookies.1, &tables.1)?);
        found.push(ask(&few, &cookies.0, &sought)? / ask(&many, &cookies.1, &sought)?);
    }
    few.stop(bench);
    many.stop(bench);
    Ok(vec![
        Figure {
            what: "the desk's table of a vacancy with 300 applications, 100,000 in the site, time",
            against: "1,000 in the site",
            bound: Bound::AtMost(1.5),
            values: listed,
        },
        Figure {
            what: "the desk's look-up of a name, 100,000 applications in the site, time",
            against: "1,000 in the site",
            bound: Bound::AtMost(1.5),
            values: found,
        },
    ])
}

/// The address of the table of the vacancy that 300 applied to.
fn table_of(bench: &Bench, site: &Running) -> anyhow::Result<String> {
    let guard = site.site.guard();
    bench.runtime.block_on(async {
        let titles = app::vacancies::service::titles(guard).await?;
        let ids: Vec<_> = titles.into_iter().map(|(id, _)| id).collect();
        let counts = app::applications::service::counts(guard, &ids).await?;
        let (id, count) = counts
            .iter()
            .min_by_key(|(_, count)| count.all.abs_diff(ASKED as i64))
            .context("a vacancy with applications")?;
        ensure!(
            count.all.abs_diff(ASKED as i64) <= 30,
            "{} applications to it",
            count.all
        );
        Ok(format!("/desk/applications?vacancy={id}"))
    })
}

/// Whether the page shows what it should, or nothing would be measured.
fn shows(site: &Running, cookie: &str, path: &str, rows: usize) -> anyhow::Result<()> {
    let mut line = Line::open(site.server)?;
    let (status, body) = line.ask(&http::get(HOST, path, Some(cookie)))?;
    let shown = String::from_utf8_lossy(body)
        .matches("href=\"/desk/applications/")
        .count();
    ensure!(status == 200 && shown >= rows, "{path}: {status}, {shown} rows");
    Ok(())
}
