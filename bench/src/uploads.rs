//! Owns: what a real process takes: the resident memory of a new demo at rest, its peak under 200 uploads of 5 MB at
//! once, and what a browser loads for an offer. Doesn't own: the speed of any of it.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::{
    Bench,
    http::{self, Line},
    process::Process,
    table::{Bound, Figure},
};

const UPLOADS: usize = 200;
const BYTES: usize = 5_000_000;
/// After so long nothing of the start is under way any more.
const REST: Duration = Duration::from_secs(15);
const HOST: &str = "careers.localhost";

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let folder = tempfile::tempdir_in(&bench.folder)?;
    let demo = Process::demo(bench, folder.path().as_os_str())?;
    let (kilobytes, requests) = weight(&demo)?;
    look_round(&demo)?;
    std::thread::sleep(REST);
    let idle = demo.resident()?;
    demo.forget_peak()?;
    upload(&demo)?;
    let busy = demo.peak()?;
    std::thread::sleep(REST);
    let after = demo.resident()?;
    let amount = |what, against, bound, value| Figure {
        what,
        against,
        bound: Bound::AtMost(bound),
        values: vec![value],
    };
    Ok(vec![
        amount(
            "the heaviest page of an offer, with styles, script and icon",
            "kB",
            60.0,
            kilobytes,
        ),
        amount("what a browser asks for to show it", "requests", 4.0, requests),
        amount("resident memory, a new demo at rest", "MB", 120.0, idle),
        amount("its peak under 200 uploads of 5 MB at once", "MB", 300.0, busy),
        amount("its rest afterwards", "MB", 300.0, after),
    ])
}

/// The heaviest page of an offer of the demo's first list: kB and requests, everything it loads included, nothing
/// compressed.
fn weight(demo: &Process) -> anyhow::Result<(f64, f64)> {
    let mut line = Line::open(demo.server)?;
    let list = page(&mut line, "/jobs")?;
    let offers: BTreeSet<&str> = links(&list, "/jobs/").collect();
    ensure!(!offers.is_empty(), "the demo's list shows no offer");
    let mut heaviest = (0.0, 0.0);
    for offer in offers {
        let html = page(&mut line, offer)?;
        let assets: BTreeSet<&str> = links(&html, "/assets/").collect();
        let mut bytes = html.len();
        for asset in &assets {
            bytes += page(&mut line, asset)?.len();
        }
        if bytes as f64 / 1e3 > heaviest.0 {
            heaviest = (bytes as f64 / 1e3, (1 + assets.len()) as f64);
        }
    }
    Ok(heaviest)
}

/// Each page that a stranger and a member of staff begin with.
fn look_round(demo: &Process) -> anyhow::Result<()> {
    let mut line = Line::open(demo.server)?;
    for path in ["/", "/jobs", "/apply", "/privacy"] {
        page(&mut line, path)?;
    }
    let said: Value = serde_json::from_str(&demo.said)?;
    let recruiter = said["sites"][0]["users"][0]["token"]
        .as_str()
        .context("a recruiter's token")?;
    let list = format!(
        "GET /api/v1/applications HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {recruiter}\r\n\r\n"
    );
    let (status, _) = line.ask(list.as_bytes())?;
    ensure!(status == 200, "the API's list: {status}");
    Ok(())
}

/// Every client sends its form at once, a CV of 5 MB in it.
fn upload(demo: &Process) -> anyhow::Result<()> {
    let cv = crate::invented::pdf(&kernel::Rng::seeded(4), BYTES);
    let mut line = Line::open(demo.server)?;
    let form = page(&mut line, "/apply")?;
    ensure!(form.contains("name=\"cv\""), "the form asks for no CV");
    let server = demo.server;
    http::at_once(UPLOADS, || {
        let (status, body) = {
            let mut line = Line::open(server)?;
            let request = crate::apply::posted(HOST, "/apply?lang=en", None, &cv);
            let (status, body) = line.ask(&request)?;
            (status, String::from_utf8_lossy(body).into_owned())
        };
        ensure!(status == 303, "an upload got {status}: {body}");
        Ok(())
    })
}

fn page(line: &mut Line, path: &str) -> anyhow::Result<String> {
    let (status, body) = line.ask(&http::get(HOST, path, None))?;
    ensure!(status == 200, "{path}: {status}");
    Ok(String::from_utf8_lossy(body).into_owned())
}

/// What a page names under a path, in `href` and `src`.
fn links<'a>(html: &'a str, under: &'a str) -> impl Iterator<Item = &'a str> {
    ["href=\"", "src=\""].into_iter().flat_map(move |name| {
        html.split(name)
            .skip(1)
            .filter_map(|rest| rest.split(['"', '#', '?']).next())
            .filter(move |link| link.starts_with(under))
    })
}
