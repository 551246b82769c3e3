//! Owns: the table of jobs: enqueued in the transaction that causes them, claimed under a lease, retried with
//! back-off. Doesn't own: what a job does; handlers are functions, generic over a context, that the binary hands in.

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc, time::Duration};

use kernel::{Clock, Id, Rng, Timestamp, words};
use storage::{Db, Error, PublicText, Tx, sql};
use tokio::sync::Notify;

/// Marks the id of a job.
pub enum Job {}

/// How long a claimed job may take before another worker may claim it, in seconds.
const LEASE: i64 = 120;
/// After so many attempts a job stands as failed until a human looks.
const ATTEMPTS: i64 = 12;

words! {
    /// Where a job stands.
    pub enum State {
        /// Due at its time.
        Waiting = "waiting",
        /// Claimed, under a lease.
        Running = "running",
        /// Given up: a human looks.
        Failed = "failed",
    }
}

/// Puts a job into the transaction that causes it. `subject` is the id of what it is about.
///
/// # Errors
/// The storage's.
pub async fn enqueue(
    tx: &mut Tx,
    rng: &Rng,
    now: Timestamp,
    kind: &'static str,
    subject: Option<Id<()>>,
    run_at: Timestamp,
) -> Result<(), Error> {
    sql("INSERT INTO jobs (id, kind, subject, state, run_at, attempts, lease_until) VALUES ($1, $2, $3, $4, $5, 0, 0)")
        .bind(Id::<Job>::new(rng, now))
        .bind(PublicText::new(kind))
        .bind(subject)
        .bind(State::Waiting)
        .bind(run_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Takes back the jobs of that kind about that subject which no worker has claimed; gives how many.
///
/// # Errors
/// The storage's.
pub async fn cancel(tx: &mut Tx, kind: &'static str, subject: Id<()>) -> Result<u64, Error> {
    sql("DELETE FROM jobs WHERE subject = $1 AND kind = $2 AND state = $3")
        .bind(subject)
        .bind(PublicText::new(kind))
        .bind(State::Waiting)
        .run(tx)
        .await
}

/// Proof that a worker runs this job: only [`Worker`] makes one, and only a handler is given it.
#[derive(Clone, Copy)]
pub struct JobToken {
    kind: &'static str,
    subject: Option<Id<()>>,
}

impl JobToken {
    /// The job's kind.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Option<Id<()>> {
        self.subject
    }
}

/// How a job ended.
pub enum Outcome {
    /// Done: its row goes.
    Done,
    /// To be tried again, later and later.
    Retry,
    /// To be tried again at that moment, without counting as a failure.
    At(Timestamp),
    /// Given up: the row stays for a human.
    Failed,
}

/// What a handler gives back.
pub type Running = Pin<Box<dyn Future<Output = Outcome> + Send>>;
/// A handler: the context, and the proof of the job.
pub type Handler<C> = fn(C, JobToken) -> Running;

/// Runs the due jobs of one site.
pub struct Worker<C> {
    db: Db,
    clock: Clock,
    context: C,
    handlers: HashMap<&'static str, Handler<C>>,
    bell: Arc<Notify>,
}

impl<C: Clone> Worker<C> {
    /// A worker over the site's jobs, with the handler of each kind. The bell wakes [`Worker::run`] early, after
    /// something was enqueued.
    #[must_use]
    pub fn new(
        db: Db,
        clock: Clock,
        context: C,
        handlers: &[(&'static str, Handler<C>)],
        bell: Arc<Notify>,
    ) -> Self {
        let handlers = handlers.iter().copied().collect();
        Self {
            db,
            clock,
            context,
            handlers,
            bell,
        }
    }

    /// Runs until the process ends; a lost database is waited for.
    pub async fn run(&self) {
        loop {
            let rest = match self.run_due().await {
                Ok(0) => Duration::from_secs(1),
                Ok(_) => continue,
                Err(error) => {
                    tracing::warn!(%error, "the jobs can't be read; trying again");
                    Duration::from_secs(3)
                }
            };
            // Either the bell or the pause: both are reasons to look again.
            let _ = tokio::time::timeout(rest, self.bell.notified()).await;
        }
    }

    /// Runs what is due now, one after the other; gives how many.
    ///
    /// # Errors
    /// The storage's, when a job can't be claimed or put away.
    pub async fn run_due(&self) -> Result<usize, Error> {
        let mut count = 0;
        while self.run_one().await? {
            count += 1;
        }
        Ok(count)
    }

    async fn run_one(&self) -> Result<bool, Error> {
        let now = self.clock.now();
        // Reading first spares an idle site a write transaction every second.
        let due = sql("SELECT id FROM jobs WHERE (state = $1 AND run_at <= $3) OR (state = $2 AND lease_until <= $3) ORDER BY run_at LIMIT 1")
            .bind(State::Waiting)
            .bind(State::Running)
            .bind(now)
            .optional(&self.db)
            .await?;
        let Some(due) = due else { return Ok(false) };
        let id: Id<Job> = due.get("id")?;
        // The state is asked for again here, so that of two workers one claims.
        let mut tx = self.db.begin().await?;
        let claimed = sql(
            "UPDATE jobs SET state = $2, attempts = attempts + 1, lease_until = $5 \
             WHERE id = $1 AND ((state = $3 AND run_at <= $4) OR (state = $2 AND lease_until <= $4)) \
             RETURNING kind, subject, attempts",
        )
        .bind(id)
        .bind(State::Running)
        .bind(State::Waiting)
        .bind(now)
        .bind(now.plus_seconds(LEASE))
        .optional(&mut tx)
        .await?;
        tx.commit().await?;
        let Some(row) = claimed else { return Ok(true) };
        let kind: PublicText = row.get("kind")?;
        let attempts: i64 = row.get("attempts")?;
        let outcome = match self.handlers.get_key_value(&*kind) {
            Some((kind, handler)) => {
                let token = JobToken {
                    kind,
                    subject: row.get("subject")?,
                };
                handler(self.context.clone(), token).await
            }
            None => {
                tracing::error!(kind = %&*kind, "no handler for this kind of job");
                Outcome::Failed
            }
        };
        self.put_away(id, &kind, attempts, outcome).await?;
        Ok(true)
    }

    async fn put_away(&self, id: Id<Job>, kind: &str, attempts: i64, outcome: Outcome) -> Result<(), Error> {
        let now = self.clock.now();
        let (state, run_at) = match outcome {
            Outcome::Done => {
                let mut tx = self.db.begin().await?;
                sql("DELETE FROM jobs WHERE id = $1")
                    .bind(id)
                    .run(&mut tx)
                    .await?;
                return tx.commit().await;
            }
            Outcome::At(moment) => (State::Waiting, moment),
            Outcome::Retry if attempts < ATTEMPTS => {
                (State::Waiting, now.plus_seconds(5 << attempts.clamp(0, 12)))
            }
            Outcome::Retry | Outcome::Failed => (State::Failed, now),
        };
        if state == State::Failed {
            tracing::error!(kind, attempts, "a job is given up");
        }
        let mut tx = self.db.begin().await?;
        sql("UPDATE jobs SET state = $2, run_at = $3 WHERE id = $1")
            .bind(id)
            .bind(state)
            .bind(run_at)
            .run(&mut tx)
            .await?;
        tx.commit().await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    type Counter = Arc<AtomicUsize>;

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

    async fn site(db: &Db) -> (Worker<Counter>, Clock, Counter, Rng) {
        db.migrate(crate::MIGRATIONS).await.unwrap();
        let clock = Clock::manual(Timestamp::from_millis(1_000_000));
        let counter = Counter::default();
        let worker = Worker::new(
            db.clone(),
            clock.clone(),
            Arc::clone(&counter),
            &[("count", count), ("retry", retry)],
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
}
