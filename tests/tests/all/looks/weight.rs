//! Owns: how much a page may weigh, as it is served.

use crate::people::slugs;
use acceptance::demo::{Demo, Site};
use acceptance::html;

/// A stylesheet's most.
const SHEET: usize = 30_000;
/// A script's most.
const SCRIPT: usize = 15_000;
/// The page of an offer with all it loads.
const JOB: usize = 60_000;
/// How many requests that may take, the page's own included.
const REQUESTS: usize = 4;

#[test]
fn pages_are_light() {
    let demo = Demo::shared();
    for site in demo.sites() {
        let job = format!("/jobs/{}", slugs(site).remove(0));
        let (page, loaded) = loads(site, &job, false);
        let bytes = page + loaded.iter().map(|(_, bytes)| bytes).sum::<usize>();
        assert!(bytes <= JOB, "{job}: {bytes} bytes with {loaded:?}");
        assert!(loaded.len() < REQUESTS, "{job} loads {loaded:?}");
        let (_, desk) = loads(site, "/desk/applications", true);
        for (file, bytes) in loaded.iter().chain(&desk) {
            let most = if file.ends_with(".js") { SCRIPT } else { SHEET };
            assert!(*bytes < most, "{file}: {bytes} bytes");
        }
        for kind in ["public.css", "public.js", "desk.css", "desk.js"] {
            assert!(
                loaded.iter().chain(&desk).any(|(file, _)| file.ends_with(kind)),
                "{kind}: {loaded:?} {desk:?}"
            );
        }
    }
}

/// The page's bytes, and those of each file that it loads (its icon, which a browser asks for on its own time, aside).
fn loads(site: &Site, path: &str, staff: bool) -> (usize, Vec<(String, usize)>) {
    let mut client = if staff { site.recruiter() } else { site.stranger() };
    let page = client.open(path).expect_status(200);
    let text = page.text();
    let addresses = text
        .split(['"', '\''])
        .filter(|word| word.starts_with("/assets/"));
    let mut files: Vec<String> = addresses
        .map(html::text)
        .filter(|file| !file.contains("favicon"))
        .collect();
    files.sort();
    files.dedup();
    let files = files.into_iter().map(|file| {
        let bytes = client.get(&file).expect_status(200).body.len();
        (file, bytes)
    });
    (page.body.len(), files.collect())
}
