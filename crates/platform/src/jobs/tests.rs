//! Owns: jobs run once, when due, so many at a time, whatever dies meanwhile. Doesn't own: what mails make of it
//! (`app::applications::tests::outbox`).

use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Barrier;

use super::*;

type Counter = Arc<AtomicUsize>;

/// What jobs that run at once meet at.
struct Meeting {
    db: Db,
    here: AtomicUsize,
    most: AtomicUsize,
    all: Barrier,
}

/// Ends only once [`LANES`] of its kind run at once.
fn meet(meeting: Arc<Meeting>, _: JobToken) -> Running {
    Box::pin(async move {
        let here = meeting.here.fetch_add(1, Ordering::SeqCst) + 1;
        meeting.most.fetch_max(here, Ordering::SeqCst);
        meeting.all.wait().await;
        // Time for one more to be claimed, if one more may.
        for _ in 0..20 {
            is_empty(&meeting.db).await;
        }
        meeting.here.fetch_sub(1, Ordering::SeqCst);
        Outcome::Done
    })
}

async fn rename(db: &Db, statement: &'static str) {
    let mut tx = db.begin().await.unwrap();
    sql(statement).run(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// Leaves the worker without the table that it puts the job away in.
fn lose(meeting: Arc<Meeting>, _: JobToken) -> Running {
    Box::pin(async move {
        rename(&meeting.db, "ALTER TABLE jobs RENAME TO lost").await;
        meeting.here.fetch_add(1, Ordering::SeqCst);
        Outcome::Done
    })
}

async fn meeting(db: &Db, kind: &'static str, jobs: usize) -> (Worker<Arc<Meeting>>, Arc<Meeting>) {
    db.migrate(crate::MIGRATIONS).await.unwrap();
    let (clock, rng) = (Clock::manual(Timestamp::from_millis(1_000_000)), Rng::seeded(1));
    let meeting = Arc::new(Meeting {
        db: db.clone(),
        here: AtomicUsize::new(0),
        most: AtomicUsize::new(0),
        all: Barrier::new(LANES),
    });
    let mut tx = db.begin().await.unwrap();
    for _ in 0..jobs {
        enqueue(&mut tx, &rng, clock.now(), kind, None, clock.now())
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let handlers: [(_, Handler<_>); 2] = [("meet", meet), ("lose", lose)];
    let worker = Worker::new(db.clone(), clock, Arc::clone(&meeting), &handlers, Arc::default());
    (worker, meeting)
}

/// Runs the worker until that is over, for a minute at most.
async fn run_until<C: Clone>(worker: &Worker<C>, over: impl Future<Output = ()>) {
    let either = async {
        tokio::select! { () = worker.run() => {}, () = over => {} }
    };
    tokio::time::timeout(Duration::from_secs(60), either)
        .await
        .expect("within a minute");
}

async fn until_empty(db: &Db) {
    while !is_empty(db).await {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn is_empty(db: &Db) -> bool {
    let jobs = sql("SELECT COUNT(*) AS count FROM jobs").one(db).await;
    jobs.is_ok_and(|row| row.get("count").unwrap_or(1_i64) == 0)
}

fn count(counter: Counter, _: JobToken) -> Running {
    Box::pin(async move {
        counter.fetch_add(1, Ordering::SeqCst);
        Outcome::Done
    })
}

fn retry(counter: Counter, _: JobToken) -> Running {
    Box::pin(async move {
        counter.fetch_add(1, Ordering::SeqCst);
        Outcome::Retry
    })
}

fn insist(counter: Counter, _: JobToken) -> Running {
    Box::pin(async move {
        counter.fetch_add(1, Ordering::SeqCst);
        Outcome::Insist
    })
}

fn panic(counter: Counter, _: JobToken) -> Running {
    Box::pin(async move {
        counter.fetch_add(1, Ordering::SeqCst);
        panic!("a fault of ours")
    })
}

async fn site(db: &Db) -> (Worker<Counter>, Clock, Counter, Rng) {
    db.migrate(crate::MIGRATIONS).await.unwrap();
    let clock = Clock::manual(Timestamp::from_millis(1_000_000));
    let counter = Counter::default();
    let worker = Worker::new(
        db.clone(),
        clock.clone(),
        Arc::clone(&counter),
        &[
            ("count", count),
            ("retry", retry),
            ("insist", insist),
            ("panic", panic),
        ],
        Arc::default(),
    );
    (worker, clock, counter, Rng::seeded(1))
}

storage::site_test! {
    async fn a_job_runs_once_when_due_and_only_if_its_cause_was_committed(db: Db) {
        let (worker, clock, counter, rng) = site(&db).await;
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "count", None, clock.now().plus_seconds(60)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "count", None, clock.now()).await.unwrap();
        tx.rollback().await;
        assert_eq!(worker.run_due().await.unwrap(), 0);
        clock.advance(60);
        worker.run_due().await.unwrap();
        worker.run_due().await.unwrap();
        assert_eq!(counter.load(Ordering::SeqCst), 1);
    }
}

storage::site_test! {
    async fn a_failing_job_waits_longer_each_time_and_is_given_up_in_the_end(db: Db) {
        let (worker, clock, counter, rng) = site(&db).await;
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "retry", None, clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        worker.run_due().await.unwrap();
        worker.run_due().await.unwrap();
        assert_eq!(counter.load(Ordering::SeqCst), 1, "not again at once");
        for _ in 0..20 {
            clock.advance(100_000);
            worker.run_due().await.unwrap();
        }
        assert_eq!(counter.load(Ordering::SeqCst), 12);
    }
}

storage::site_test! {
    async fn a_job_that_waits_for_anothers_server_is_tried_every_hour_for_as_long_as_it_takes(db: Db) {
        let (worker, clock, counter, rng) = site(&db).await;
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "insist", None, clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..72 {
            worker.run_due().await.unwrap();
            let before = counter.load(Ordering::SeqCst);
            clock.advance(LONGEST);
            worker.run_due().await.unwrap();
            assert_eq!(counter.load(Ordering::SeqCst), before + 1);
        }
    }
}

storage::site_test! {
    async fn a_job_that_panics_takes_no_other_with_it_and_is_given_up_in_the_end(db: Db) {
        let (worker, clock, counter, rng) = site(&db).await;
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "panic", None, clock.now()).await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "count", None, clock.now().plus_seconds(1)).await.unwrap();
        tx.commit().await.unwrap();
        clock.advance(1);
        assert_eq!(worker.run_due().await.unwrap(), 2);
        assert_eq!(counter.load(Ordering::SeqCst), 2);
        for _ in 0..20 {
            clock.advance(100_000);
            worker.run_due().await.unwrap();
        }
        assert_eq!(counter.load(Ordering::SeqCst), 13);
        let row = sql("SELECT state FROM jobs").one(&db).await.unwrap();
        assert_eq!(row.get::<State, _>("state").unwrap(), State::Failed);
    }
}

storage::site_test! {
    async fn a_cancelled_job_never_runs(db: Db) {
        let (worker, clock, counter, rng) = site(&db).await;
        let subject = Id::new(&rng, clock.now());
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "count", Some(subject), clock.now()).await.unwrap();
        assert_eq!(cancel(&mut tx, "count", subject).await.unwrap(), 1);
        tx.commit().await.unwrap();
        worker.run_due().await.unwrap();
        assert_eq!(counter.load(Ordering::SeqCst), 0);
    }
}

storage::site_test! {
    async fn a_job_whose_worker_died_is_claimed_after_its_lease(db: Db) {
        let (worker, clock, counter, rng) = site(&db).await;
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "count", None, clock.now()).await.unwrap();
        sql("UPDATE jobs SET state = $1, lease_until = $2").bind(State::Running).bind(clock.now().plus_seconds(LEASE)).run(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        worker.run_due().await.unwrap();
        assert_eq!(counter.load(Ordering::SeqCst), 0);
        clock.advance(LEASE);
        worker.run_due().await.unwrap();
        assert_eq!(counter.load(Ordering::SeqCst), 1);
    }
}

storage::site_test! {
    async fn so_many_jobs_run_at_once_and_no_more(db: Db) {
        let (worker, meeting) = meeting(&db, "meet", 3 * LANES).await;
        run_until(&worker, until_empty(&db)).await;
        assert_eq!(meeting.most.load(Ordering::SeqCst), LANES);
    }
}

storage::site_test! {
    async fn a_job_that_ends_while_the_database_is_away_is_put_away_when_it_is_back(db: Db) {
        let (worker, meeting) = meeting(&db, "lose", 1).await;
        let found_again = async {
            while meeting.here.load(Ordering::SeqCst) == 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            rename(&db, "ALTER TABLE lost RENAME TO jobs").await;
            until_empty(&db).await;
        };
        run_until(&worker, found_again).await;
    }
}

storage::site_test! {
    async fn a_worker_whose_lease_is_over_takes_nothing_from_the_next(db: Db) {
        let (worker, clock, _, rng) = site(&db).await;
        let mut tx = db.begin().await.unwrap();
        enqueue(&mut tx, &rng, clock.now(), "count", None, clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        let late = worker.claim().await.unwrap().unwrap();
        clock.advance(LEASE);
        let next = worker.claim().await.unwrap().unwrap();
        for outcome in [Outcome::Done, Outcome::Retry, Outcome::Failed] {
            worker.put_away(&late, outcome).await.unwrap();
            let row = sql("SELECT state FROM jobs").one(&db).await.unwrap();
            let state: State = row.get("state").unwrap();
            assert_eq!(state, State::Running);
        }
        worker.put_away(&next, Outcome::Done).await.unwrap();
        assert!(is_empty(&db).await);
    }
}
