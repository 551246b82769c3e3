//! Owns: sites of up to a million dossiers: who is swept and erased in them, and the crowd around. Doesn't own:
//! measuring ([`crate::keeping`]).
//!
//! The first 10,000 dossiers (5,000 applications, 500 a day, each with its person) are filed one by one through the
//! doors, confirmed by mail. Four statements then do what time and a worker would have done: the mails are sent and
//! recorded as such, and each person was read by the service and listed by a recruiter. Nobody else is ever swept or
//! erased here.
//!
//! The rest are copies of these within the database, a hundredfold: of every table that declares what ends with a dossier
//! (`Holdings`), so a table added tomorrow is in, each row of an application under ids of its own, made at a moment of its
//! own (so ids, keys and clocks lie in the indexes as a year's would), and due later than all who are swept. In the key
//! store likewise: the keys; the look-ups, those of e-mail, telephone and pairs of names by hashes of their own, those of
//! a name's words shared as names are; and the ledger, as many entries as the first ones made. Not copied: the sealed
//! files on the disk, whose folders are found by name among 256; what would open (sealed values and wrapped keys are those
//! of another row); the hashes that chain the ledger. Nothing that is measured reads any of these of somebody else.

use std::path::Path;

use app::{Site, applications::model::Application, confirm::Confirm};
use charter::Trigger;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use guard::{Column, Guard, Person, Table};
use kernel::{Clock, Id, Rng, Zone};
use storage::{Bind as _, Db, LIST, Location, PublicText, Tx, sql};

use crate::{
    Bench, invented,
    seed::{self, NAME},
};

/// Dossiers of the smaller site: of each, half are applications and half are people.
pub(crate) const FEW: usize = 10_000;
/// Dossiers of the larger one.
pub(crate) const MANY: usize = 1_000_000;
/// The first ones were filed within so many days, as many on each: they are due day by day.
pub(crate) const DAYS: usize = 10;
/// The first of those days is so long ago.
const AGO: i64 = 60;
const DAY: i64 = 86_400_000;
/// So many applications are copied in one transaction.
const BATCH: usize = 50_000;
/// To be raised when sites made before can't be measured any more.
const EDITION: u32 = 2;

/// A working copy of the smaller site.
pub(crate) fn few(bench: &Bench) -> anyhow::Result<tempfile::TempDir> {
    let dossiers = bench.size(FEW);
    seed::keep(bench, &format!("crowd-{EDITION}-{dossiers}"), |kept| {
        seed::in_memory(bench, kept, async |folder: &Path| {
            file(folder, dossiers / 2).await
        })
    })
}

/// A working copy of the larger one: the smaller one's dossiers, and the crowd.
pub(crate) fn many(bench: &Bench) -> anyhow::Result<tempfile::TempDir> {
    let dossiers = bench.size(MANY);
    seed::keep(bench, &format!("crowd-{EDITION}-{dossiers}"), |kept| {
        let few = few(bench)?;
        seed::copy(few.path(), kept, true)?;
        bench
            .runtime
            .block_on(copy(kept, (dossiers - bench.size(FEW)) / 2))
    })
}

async fn file(folder: &Path, applications: usize) -> anyhow::Result<()> {
    let zone = Zone::paris();
    let now = Clock::system().now();
    let first = now.date(&zone).plus_days(-i32::try_from(AGO)?);
    let clock = Clock::manual(first.start(&zone));
    let (guard, vacancies) = seed::found(folder, seed::OFFERS, &clock, clock.now()).await?;
    let site = Site::start(guard.clone(), seed::face()).await?;
    let rng = Rng::seeded(5);
    let daily = applications / DAYS;
    for day in 0..DAYS {
        // From eight in the morning on.
        let morning = first
            .plus_days(i32::try_from(day)?)
            .start(&zone)
            .plus_seconds(8 * 3_600);
        clock.advance((morning.as_millis() - clock.now().as_millis()) / 1_000);
        let one = |nth: usize| {
            clock.advance(60);
            let applicant = invented::applicant(&rng, day * daily + nth);
            let to = &vacancies[nth % vacancies.len()];
            seed::apply(&site, applicant, to, invented::pdf(&rng, seed::CV), Confirm::Yes)
        };
        stream::iter((0..daily).map(one))
            .buffer_unordered(8)
            .try_collect::<()>()
            .await?;
    }
    clock.advance((now.as_millis() - clock.now().as_millis()) / 1_000);
    let mut tx = guard.begin().await?;
    for text in LIVED {
        sql(text).run(&mut tx).await?;
    }
    // Whoever wrote the offers works here still.
    for (staff, _) in guard.demo_staff().await? {
        guard
            .happened(&mut tx, staff.cast(), Trigger::LastActivity, now)
            .await?;
    }
    tx.commit().await?;
    guard.tend_once(true).await?;
    guard.close().await;
    seed::describe(folder)
}

/// What time and a worker would have done.
const LIVED: [&str; 4] = [
    "DELETE FROM jobs WHERE subject IN (SELECT id FROM mails)",
    "INSERT INTO disclosures (id, dossier, processor, purpose, fields, at, charter_version) \
     SELECT id, dossier, 'mail', purpose, fields, written_at, charter_version FROM mails",
    "UPDATE mails SET state = 'sent', settled_at = written_at",
    "INSERT INTO access_days (person, day, actor, role, purpose, opened, listed) \
     SELECT a.person, '2026-01-01', r.actor, r.role, a.purpose, r.opened, 1 - r.opened FROM applications a \
     CROSS JOIN (SELECT 'confirmation' AS actor, 'service' AS role, 1 AS opened \
     UNION ALL SELECT id, role, 0 FROM staff) r",
];

/// Adds so many copies of the applications that are there.
async fn copy(folder: &Path, applications: usize) -> anyhow::Result<()> {
    let guard = Guard::open(seed::settings(folder, Clock::system())).await?;
    let place = folder.join("keys").join(format!("{NAME}.keys.db"));
    let keys = Db::open(&Location::Sqlite(place)).await?;
    let rows = sql("SELECT id, person FROM applications ORDER BY id")
        .all(guard.db())
        .await?;
    let filed = rows
        .iter()
        .map(|row| Ok((row.get("id")?, row.get("person")?)))
        .collect::<Result<Vec<Filed>, storage::Error>>()?;
    let head = sql("SELECT length FROM heads WHERE chain = 'ledger'")
        .one(&keys)
        .await?;
    let entries: i64 = head.get("length")?;
    let each = entries / i64::try_from(filed.len())?;
    for start in (0..applications).step_by(BATCH) {
        let copies: Vec<Copy> = (start..applications.min(start + BATCH))
            .map(|nth| Copy::of(&filed, nth, applications))
            .collect();
        let mut tx = guard.begin().await?;
        begin(&mut tx, &copies).await?;
        for table in guard.holdings().iter().flat_map(|holdings| holdings.tables) {
            copy_rows(&mut tx, table).await?;
        }
        tx.commit().await?;
        let mut tx = keys.begin().await?;
        begin(&mut tx, &copies).await?;
        for text in KEYS {
            sql(text).run(&mut tx).await?;
        }
        sql(LEDGER).bind(each).bind(entries).run(&mut tx).await?;
        sql(HEAD).run(&mut tx).await?;
        tx.commit().await?;
    }
    keys.close().await;
    guard.close().await;
    Ok(())
}

/// An application and whose it is.
type Filed = (Id<Application>, Id<Person>);

/// One copy of an application and its person.
struct Copy {
    nth: i64,
    /// Of which of those that were filed.
    first: i64,
    filed: Filed,
    /// What its ids begin with: its moment.
    stamp: PublicText,
    /// So many milliseconds after the one that was filed.
    later: i64,
}

impl Copy {
    /// The copies of one are apart, and all of them after those that are swept and before now.
    fn of(filed: &[Filed], nth: usize, copies: usize) -> Self {
        let first = nth % filed.len();
        let span = (AGO - 1) * DAY - 2 * DAYS as i64 * DAY;
        let later = DAYS as i64 * DAY + nth as i64 * (span / copies as i64);
        let at = filed[first].0.made_at().as_millis() + later;
        Self {
            nth: nth as i64,
            first: first as i64,
            filed: filed[first],
            stamp: PublicText::new(format!("{at:012x}")),
            later,
        }
    }
}

/// Lists the copies where the statements of the transaction find them, and gives it a gigabyte for pages at hand.
async fn begin(tx: &mut Tx, copies: &[Copy]) -> anyhow::Result<()> {
    sql("PRAGMA cache_size = -1000000").all(&mut *tx).await?;
    sql("DROP TABLE IF EXISTS temp.copies").run(&mut *tx).await?;
    sql("CREATE TEMP TABLE copies (nth INTEGER PRIMARY KEY, first INTEGER, application TEXT, person TEXT, stamp TEXT, later INTEGER)")
        .run(&mut *tx)
        .await?;
    for some in copies.chunks(LIST / 6) {
        let rows = some.iter().map(|copy| {
            let (application, person) = copy.filed;
            [
                copy.nth.value(),
                copy.first.value(),
                application.value(),
                person.value(),
                copy.stamp.clone().value(),
                copy.later.value(),
            ]
        });
        sql("INSERT INTO temp.copies (nth, first, application, person, stamp, later) VALUES $rows")
            .bind_rows(rows)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Copies whatever of a table ends with those applications or their people.
async fn copy_rows(tx: &mut Tx, table: &Table) -> anyhow::Result<()> {
    let Some(ends) = table.ends.first() else {
        return Ok(());
    };
    let mut query = sql("INSERT INTO ").then(table.name).then(" (");
    for (nth, (column, _)) in table.columns.iter().enumerate() {
        query = query.then(if nth > 0 { ", " } else { "" }).then(column);
    }
    query = query.then(") SELECT ");
    for (nth, (column, kind)) in table.columns.iter().enumerate() {
        let own = *column == table.row || *column == "person" || table.ends.contains(column);
        let moment = *column == "at" || *column == "stage_since" || column.ends_with("_at");
        query = query.then(if nth > 0 { ", " } else { "" });
        query = match kind {
            Column::Key if own => query.then("randomblob(32)"),
            _ if own => query.then("c.stamp || substr(t.").then(column).then(", 13)"),
            _ if moment => query.then("t.").then(column).then(" + c.later"),
            _ => query.then("t.").then(column),
        };
    }
    query
        .then(" FROM temp.copies c CROSS JOIN ")
        .then(table.name)
        .then(" t ON t.")
        .then(ends)
        .then(" IN (c.application, c.person)")
        .run(tx)
        .await?;
    Ok(())
}

const KEYS: [&str; 2] = [
    "INSERT INTO keys (dossier, state, wrapped, made_at, settled, destroyed_at) \
     SELECT c.stamp || substr(k.dossier, 13), k.state, k.wrapped, k.made_at + c.later, k.settled, k.destroyed_at \
     FROM temp.copies c CROSS JOIN keys k ON k.dossier IN (c.application, c.person)",
    "INSERT INTO lookups (kind, hash, dossier) \
     SELECT l.kind, CASE l.kind WHEN 'name_word' THEN l.hash ELSE randomblob(32) END, c.stamp || substr(l.dossier, 13) \
     FROM temp.copies c CROSS JOIN lookups l ON l.dossier IN (c.application, c.person)",
];

/// `$1` entries each, after the first `$2`.
const LEDGER: &str = "INSERT INTO ledger (seq, entry, at, kind, subject, body, previous, hash) \
     SELECT $2 + c.nth * $1 + l.seq - c.first * $1, c.stamp || substr(l.entry, 13), l.at + c.later, l.kind, \
     CASE WHEN l.subject IS NOT NULL THEN randomblob(32) END, l.body, l.previous, l.hash \
     FROM temp.copies c CROSS JOIN ledger l ON l.seq >= c.first * $1 AND l.seq < (c.first + 1) * $1";

const HEAD: &str = "UPDATE heads SET length = (SELECT MAX(seq) + 1 FROM ledger), \
     hash = (SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1) WHERE chain = 'ledger'";
