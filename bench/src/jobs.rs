//! Owns: what a visitor waits for: `GET /jobs` against the same page drawn from a context made once (same template,
//! same 20 rows, same server, no query: the two answers are compared byte for byte first), and against ten times as
//! many offers; a search by word and filter likewise. Doesn't own: the weight of a page ([`crate::uploads`]).

use std::time::Duration;

use anyhow::{Context as _, ensure};
use app::{
    Site,
    vacancies::service::{FACETS, Wanted},
};
use axum::{Router, response::Html, routing::get};
use charter::FormKind;
use kernel::{Clock, Locale};
use serde_json::{Value, json};
use web::Page;

use crate::{
    Bench,
    http::{self, Line},
    running::Running,
    seed::{self, HOST},
    table::{Bound, Figure},
};

const CLIENTS: usize = 8;
const TURN: Duration = Duration::from_secs(1);
const FIXED: &str = "/bench/jobs";
const SEARCH: &str = "/jobs?q=engineer&contract=permanent&remote=partial";

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let (few_folder, many_folder) = (tempfile::tempdir()?, tempfile::tempdir()?);
    let few = open(bench, few_folder.path(), bench.size(10_000))?;
    let many = open(bench, many_folder.path(), bench.size(100_000))?;
    same_page(&few)?;
    let ask = |site: &Running, path: &str| {
        http::rate(site.server, CLIENTS, TURN, 200, || http::get(HOST, path, None))
    };
    let (mut drawn, mut grown, mut searched) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..bench.turns {
        let fixed = ask(&few, FIXED)?;
        let asked = ask(&few, "/jobs")?;
        drawn.push(asked / fixed);
        grown.push(ask(&many, "/jobs")? / asked);
        searched.push(ask(&many, SEARCH)? / ask(&few, SEARCH)?);
    }
    few.stop(bench);
    many.stop(bench);
    Ok(vec![
        Figure {
            what: "`GET /jobs` over 10,000 offers, requests a second",
            against: "the same page drawn from a fixed context",
            bound: Bound::AtLeast(0.25),
            values: drawn,
        },
        Figure {
            what: "`GET /jobs` over 100,000 offers, requests a second",
            against: "over 10,000",
            bound: Bound::AtLeast(0.8),
            values: grown,
        },
        Figure {
            what: "`GET /jobs` by word, contract and remote over 100,000 offers, requests a second",
            against: "over 10,000",
            bound: Bound::AtLeast(0.25),
            values: searched,
        },
    ])
}

fn open(bench: &Bench, folder: &std::path::Path, vacancies: usize) -> anyhow::Result<Running> {
    let clock = Clock::system();
    let (guard, _) = bench
        .runtime
        .block_on(seed::found(folder, vacancies, &clock, clock.now()))?;
    Running::serve(bench, guard, |site| {
        let (site, context) = (site.clone(), context(site));
        let draw = move || {
            let page = Page::new(site.face(Locale::En), Locale::En, "/jobs", site.guard().now());
            let html = site
                .kit()
                .render(Locale::En, "vacancies/list.html", &page, &context);
            async { html.map(Html).map_err(|error| error.to_string()) }
        };
        Router::new().route(FIXED, get(draw))
    })
}

/// The list's context as `vacancies/pages.rs` makes it, once and for all.
fn context(site: &Site) -> Value {
    let published = site.published();
    let found = published.search(&Wanted::default(), None, 20);
    let text = |key: String| site.kit().text(Locale::En, &key, &[]);
    let option = |facet: &str, value: &str, count: usize| {
        let label = match facet {
            "place" => value.to_owned(),
            _ => text(format!("vacancy-{facet}-{value}")),
        };
        json!({ "value": value, "label": label, "count": count, "chosen": false })
    };
    let filter = |facet: &'static str| {
        let options = published.values(facet);
        let options = options
            .into_iter()
            .map(|(value, count)| option(facet, value, count));
        json!({
            "name": facet,
            "label": text(format!("vacancy-filter-{facet}")),
            "options": options.collect::<Vec<_>>(),
        })
    };
    let unsolicited = site
        .guard()
        .charter()
        .form_of(FormKind::UnsolicitedApplication, Locale::En)
        .map(|_| "/apply");
    json!({
        "q": "",
        "filters": FACETS.map(filter),
        "chips": [],
        "total": found.total,
        "rows": found.page.rows,
        "next": found.page.next.map(|next| format!("/jobs?after={next}")),
        "first": null,
        "unsolicited": unsolicited,
    })
}

/// A peer that drew less would be no peer.
fn same_page(site: &Running) -> anyhow::Result<()> {
    let mut line = Line::open(site.server)?;
    let (_, fixed) = line.ask(&http::get(HOST, FIXED, None))?;
    let fixed = String::from_utf8(fixed.to_owned())?;
    let (_, asked) = line.ask(&http::get(HOST, "/jobs", None))?;
    let asked = unsealed(std::str::from_utf8(asked)?);
    if fixed != asked {
        let differ = fixed
            .lines()
            .zip(asked.lines())
            .find(|(fixed, asked)| fixed != asked);
        let (fixed, asked) = differ.context("the fixed page has another length than /jobs")?;
        ensure!(fixed == asked, "the fixed page isn't /jobs:\n{fixed}\n{asked}");
    }
    Ok(())
}

/// The page without the seal of its link to the next (a keyed hash, made anew for each page): the fixed one has none.
fn unsealed(page: &str) -> String {
    let after = "/jobs?after=";
    let seal = page
        .split_once(after)
        .and_then(|(_, rest)| rest.split_once('"'))
        .and_then(|(place, _)| place.rsplit_once('.'))
        .map_or("", |(_, seal)| seal);
    if seal.is_empty() {
        page.to_owned()
    } else {
        page.replace(&format!(".{seal}"), "")
    }
}
