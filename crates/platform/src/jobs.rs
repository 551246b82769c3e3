//! Owns: the table of jobs: enqueued in the transaction that causes them, claimed under a lease, retried with
//! back-off. Doesn't own: what a job does; handlers are functions, generic over a context, that the binary hands in.

use std::{
    collections::HashMap, future::Future, panic::AssertUnwindSafe, pin::Pin, sync::Arc, time::Duration,
};

use futures_util::{FutureExt as _, future::join_all};
use kernel::{Clock, Id, Rng, Timestamp, words};
use storage::{Db, Error, PublicText, Tx, sql};
use tokio::sync::{Mutex, Notify};

/// Marks the id of a job.
pub enum Job {}

/// How long a claimed job may take before another worker may claim it, in seconds.
const LEASE: i64 = 120;
/// After so many attempts a job stands as failed until a human looks.
const ATTEMPTS: i64 = 12;
/// The longest wait between two attempts of a job that is never given up, in seconds.
const LONGEST: i64 = 3_600;
/// How many jobs a worker runs at once: they wait for mail servers most of the time, and a mail server limits how
/// many connections one client may hold.
const LANES: usize = 4;
/// After so long without the bell a worker looks for due jobs.
const IDLE: Duration = Duration::from_secs(1);
/// After so long a worker asks a lost database again.
const AWAY: Duration = Duration::from_secs(3);

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
        .later(tx)
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
#[derive(Clone, Copy)]
pub enum Outcome {
    /// Done: its row goes.
    Done,
    /// To be tried again, later and later, and given up in the end.
    Retry,
    /// To be tried again for as long as it takes, at least once an hour: it waits for somebody else's server.
    Insist,
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

    /// Runs until the process ends, [`LANES`] jobs at once; a lost database is waited for.
    pub async fn run(&self) {
        let turn = Mutex::new(());
        join_all((0..LANES).map(|_| self.run_lane(&turn))).await;
    }

    /// One job after the other. Of the lanes one at a time looks for the next job, so that an idle site is asked
    /// once a second and not by each.
    async fn run_lane(&self, turn: &Mutex<()>) {
        loop {
            let looking = turn.lock().await;
            let job = self.next_due().await;
            drop(looking);
            let outcome = self.carry_out(&job).await;
            self.put_away_at_last(&job, outcome).await;
        }
    }

    async fn next_due(&self) -> Claimed {
        loop {
            let rest = match self.claim().await {
                Ok(Some(job)) => return job,
                Ok(None) => IDLE,
                Err(error) => {
                    tracing::warn!(%error, "the jobs can't be read; trying again");
                    AWAY
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
        while let Some(job) = self.claim().await? {
            let outcome = self.carry_out(&job).await;
            self.put_away(&job, outcome).await?;
            count += 1;
        }
        Ok(count)
    }

    /// Claims the job that is due the longest, and commits before it runs.
    async fn claim(&self) -> Result<Option<Claimed>, Error> {
        loop {
            let now = self.clock.now();
            // Reading first spares an idle site a write transaction every second.
            let due = sql("SELECT id FROM jobs WHERE (state = $1 AND run_at <= $3) OR (state = $2 AND lease_until <= $3) ORDER BY run_at LIMIT 1")
                .bind(State::Waiting)
                .bind(State::Running)
                .bind(now)
                .optional(&self.db)
                .await?;
            let Some(due) = due else { return Ok(None) };
            let id: Id<Job> = due.get("id")?;
            let lease_until = now.plus_seconds(LEASE);
            // The state is asked for again here, so that of two workers one claims.
            let mut tx = self.db.begin().await?;
            let claimed = sql(
                "UPDATE jobs SET state = $2, attempts = attempts + 1, lease_until = $5 \
                 WHERE id = $1 AND ((state = $3 AND run_at <= $4) OR (state = $2 AND lease_until <= $4)) \
                 RETURNING id, kind, subject, attempts",
            )
            .bind(id)
            .bind(State::Running)
            .bind(State::Waiting)
            .bind(now)
            .bind(lease_until)
            .optional(&mut tx)
            .await?;
            tx.commit().await?;
            if let Some(row) = claimed {
                return Ok(Some(Claimed {
                    id: row.get("id")?,
                    kind: row.get("kind")?,
                    subject: row.get("subject")?,
                    attempts: row.get("attempts")?,
                    lease_until,
                }));
            }
        }
    }

    async fn carry_out(&self, job: &Claimed) -> Outcome {
        let Some((kind, handler)) = self.handlers.get_key_value(&*job.kind) else {
            tracing::error!(kind = %&*job.kind, "no handler for this kind of job");
            return Outcome::Failed;
        };
        let token = JobToken {
            kind,
            subject: job.subject,
        };
        let running = AssertUnwindSafe(handler(self.context.clone(), token));
        running.catch_unwind().await.unwrap_or_else(|_| {
            // What it said stands in the log already; the other jobs go on.
            tracing::error!(kind = %&*job.kind, "a job panicked");
            Outcome::Retry
        })
    }

    /// Puts the job away as soon as the database takes it: left alone it would wait for its lease to end.
    async fn put_away_at_last(&self, job: &Claimed, outcome: Outcome) {
        while let Err(error) = self.put_away(job, outcome).await {
            tracing::warn!(%error, kind = %&*job.kind, "a job can't be put away; trying again");
            if self.clock.now() >= job.lease_until {
                return;
            }
            tokio::time::sleep(AWAY).await;
        }
    }

    /// Changes nothing when the lease was over and another worker has claimed the job since: each claim counts an
    /// attempt.
    async fn put_away(&self, job: &Claimed, outcome: Outcome) -> Result<(), Error> {
        let now = self.clock.now();
        let attempts = job.attempts;
        let (state, run_at) = match outcome {
            Outcome::Done => {
                let mut tx = self.db.begin().await?;
                sql("DELETE FROM jobs WHERE id = $1 AND attempts = $2")
                    .bind(job.id)
                    .bind(attempts)
                    .run(&mut tx)
                    .await?;
                return tx.commit().await;
            }
            Outcome::At(moment) => (State::Waiting, moment),
            Outcome::Retry if attempts < ATTEMPTS => (State::Waiting, now.plus_seconds(back_off(attempts))),
            Outcome::Insist => (State::Waiting, now.plus_seconds(back_off(attempts).min(LONGEST))),
            Outcome::Retry | Outcome::Failed => (State::Failed, now),
        };
        if state == State::Failed {
            tracing::error!(kind = %&*job.kind, attempts, "a job is given up");
        }
        let mut tx = self.db.begin().await?;
        sql("UPDATE jobs SET state = $2, run_at = $3 WHERE id = $1 AND attempts = $4")
            .bind(job.id)
            .bind(state)
            .bind(run_at)
            .bind(attempts)
            .run(&mut tx)
            .await?;
        tx.commit().await
    }
}

/// How long a job waits after so many attempts, in seconds.
fn back_off(attempts: i64) -> i64 {
    5 << attempts.clamp(0, 12)
}

/// A job under a worker's lease.
struct Claimed {
    id: Id<Job>,
    kind: PublicText,
    subject: Option<Id<()>>,
    attempts: i64,
    lease_until: Timestamp,
}

#[cfg(test)]
mod tests;
