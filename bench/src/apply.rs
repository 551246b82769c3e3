//! Owns: how many applications a second a site takes, each with a CV of 200 kB, sent by 8 clients over HTTP, against
//! 8 threads that write and sync the same bytes and commit one row each (no HTTP, nothing sealed, same disk, the same
//! SQLite with synchronous=FULL); and in a site of 100,000 against one of 1,000. The mail worker is paused. Doesn't
//! own: the sites ([`crate::seed`]).

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use app::vacancies::service::Wanted;
use charter::FormKind;
use kernel::{Clock, Id, Locale, Rng};
use storage::{Db, Location, Migration, PublicText, sql};

use crate::{
    Bench, http, invented,
    running::{Running, fresh},
    seed::{self, HOST},
    table::{Bound, Figure},
};

const CLIENTS: usize = 8;
const CV: usize = 200_000;
const TURN: Duration = Duration::from_secs(3);
const BOUNDARY: &str = "----a-part-of-a-form----";

pub(crate) fn measure(bench: &Bench) -> anyhow::Result<Vec<Figure>> {
    let (few_folder, many_folder) = (seed::site(bench, 1_000)?, seed::site(bench, bench.size(100_000))?);
    let few = Running::open(bench, few_folder.path())?;
    let many = Running::open(bench, many_folder.path())?;
    let cv = invented::pdf(&Rng::seeded(3), CV);
    let peer = Peer::open(bench, few_folder.path())?;
    // Each once before it counts.
    peer.rate(bench, &cv)?;
    rate(&few, &cv)?;
    rate(&many, &cv)?;
    let (mut written, mut grown) = (Vec::new(), Vec::new());
    // The disk is now faster, now slower: what is compared with it is what it did before and after.
    let mut before = peer.rate(bench, &cv)?;
    for _ in 0..bench.turns {
        let applied = rate(&few, &cv)?;
        grown.push(rate(&many, &cv)? / applied);
        let after = peer.rate(bench, &cv)?;
        written.push(2.0 * applied / (before + after));
        before = after;
    }
    few.stop(bench);
    many.stop(bench);
    bench.runtime.block_on(peer.db.close());
    Ok(vec![
        Figure {
            what: "applications with a CV of 200 kB, 8 clients, a second",
            against: "8 threads writing and syncing the same bytes and committing a row",
            bound: Bound::AtLeast(0.3),
            values: written,
        },
        Figure {
            what: "the same in a site of 100,000 applications",
            against: "in one of 1,000",
            bound: Bound::AtLeast(0.9),
            values: grown,
        },
    ])
}

/// Applications a second.
fn rate(site: &Running, cv: &[u8]) -> anyhow::Result<f64> {
    let published = site.site.published();
    let found = published.search(&Wanted::default(), None, 1);
    let slug = &found.page.rows.first().context("a published offer")?.slug;
    let guard = site.site.guard();
    let charter = guard.charter();
    let form = charter
        .form_of(FormKind::TargetedApplication, Locale::En)
        .context("the charter takes applications to offers")?;
    let path = format!("/jobs/{slug}/apply?lang=en");
    http::rate(site.server, CLIENTS, TURN, 303, || {
        posted(HOST, &path, Some(&guard.new_draft(&form.name)), cv)
    })
}

/// What a browser sends.
pub(crate) fn posted(host: &str, path: &str, draft: Option<&str>, cv: &[u8]) -> Vec<u8> {
    let mut parts = String::new();
    for (name, value) in [
        ("_draft", draft.unwrap_or_default()),
        ("given_name", "Alix"),
        ("family_name", "Exemplaire"),
        ("email", &format!("alix.{}@people.example", fresh())),
        ("phone", "06 39 98 00 01"),
    ] {
        parts.push_str(&format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    parts.push_str(&format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n"
    ));
    let end = format!("\r\n--{BOUNDARY}--\r\n");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n\r\n",
        parts.len() + cv.len() + end.len()
    );
    // The client shares the processor with what is measured: the file is copied once.
    [head.as_bytes(), parts.as_bytes(), cv, end.as_bytes()].concat()
}

const ROWS: &[Migration] = &[Migration {
    name: "peer/0001_rows",
    sql: "CREATE TABLE rows (id TEXT PRIMARY KEY, name TEXT NOT NULL, added_at BIGINT NOT NULL);",
}];

/// Who does the least that keeps a file and a row.
struct Peer<'a> {
    folder: &'a Path,
    db: Db,
}

impl<'a> Peer<'a> {
    fn open(bench: &Bench, folder: &'a Path) -> anyhow::Result<Self> {
        let db = bench.runtime.block_on(async {
            let db = Db::open(&Location::Sqlite(folder.join("peer.db"))).await?;
            db.migrate(ROWS).await?;
            anyhow::Ok(db)
        })?;
        Ok(Self { folder, db })
    }

    fn rate(&self, bench: &Bench, cv: &[u8]) -> anyhow::Result<f64> {
        let (done, start) = (AtomicU64::new(0), Instant::now());
        http::at_once(CLIENTS, || {
            while start.elapsed() < TURN {
                let name = format!("peer-{}.pdf", fresh());
                let mut file = File::create_new(self.folder.join(&name))?;
                file.write_all(cv)?;
                file.sync_all()?;
                bench.runtime.block_on(self.commit(&name))?;
                done.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        })?;
        Ok(done.into_inner() as f64 / start.elapsed().as_secs_f64())
    }

    async fn commit(&self, name: &str) -> anyhow::Result<()> {
        let now = Clock::system().now();
        let mut tx = self.db.begin().await?;
        sql("INSERT INTO rows (id, name, added_at) VALUES ($1, $2, $3)")
            .bind(Id::<()>::new(&Rng::system(), now))
            .bind(PublicText::new(name))
            .bind(now)
            .run(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }
}
