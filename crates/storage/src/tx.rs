//! Owns: [`Tx`], a transaction that is rolled back unless committed. Doesn't own: what is written in it.
//!
//! Our own and not the driver's, for three reasons found by tests: after a failed statement PostgreSQL answers
//! `COMMIT` with a silent rollback, while SQLite would commit the rest; a `ROLLBACK` that fails (SQLite has
//! already rolled back when the disk is full) must not leave the only writer unusable; and a future dropped
//! half-way must not give back a connection with an open transaction.

use std::{sync::atomic::Ordering, time::Duration};

use futures_util::stream::BoxStream;

use crate::{
    Error, Row,
    conn::{Conn, Statement},
    db::{self, Changes},
    together::Writer,
};

/// How long a rollback may take before the connection is thrown away instead.
const ROLLBACK: Duration = Duration::from_secs(5);

/// So many statements wait at most for the next that is run: what one person's form comes to, and no list of a
/// thousand.
const LATER: usize = 100;
/// Takes SQLite's write lock at once: upgrading a read later fails whatever the time-out.
const BEGIN: &str = "BEGIN IMMEDIATE";
const COMMIT: &str = "COMMIT";

/// A write transaction. Dropped without [`Tx::commit`], it is rolled back.
pub struct Tx {
    conn: Held,
    failed: bool,
    /// What goes before the next statement that is run: see [`crate::Query::later`]. On SQLite the word that begins is
    /// among it, which saves a turn of the driver's thread.
    later: Vec<Statement>,
    /// Where it is counted when it is over, if it wrote anything; nowhere where somebody else does.
    changes: Option<Changes>,
    wrote: bool,
}

/// Its connection.
enum Held {
    /// SQLite's one writer, for which everybody queues: taken with the first statement that is run, so that nobody waits
    /// while we make up our mind, seal values and write letters. Where nothing is run before the commit, that is shared.
    NotYet(Writer),
    Ours(Conn),
    /// It is over.
    Over,
}

impl Tx {
    /// Of SQLite, to be written by its one writer.
    pub(crate) fn begin_sqlite(writer: Writer) -> Self {
        let changes = Some(writer.changes.clone());
        Self::on(Held::NotYet(writer), changes)
    }

    /// Of SQLite, on the writer, for those who share it.
    pub(crate) fn of_sqlite(conn: Conn) -> Self {
        let mut tx = Self::on(Held::Ours(conn), None);
        tx.push(Statement::from(BEGIN));
        tx
    }

    /// Of PostgreSQL, whose connections are read-only by default (`db.rs`).
    pub(crate) async fn begin_postgres(conn: Conn, changes: Changes) -> Result<Self, Error> {
        Self::begin_with(conn, "BEGIN READ WRITE", Some(changes)).await
    }

    /// To read one moment of the database for as long as it takes.
    pub(crate) async fn begin_reading(conn: Conn) -> Result<Self, Error> {
        let word = match conn {
            // With the write-ahead log a reader keeps what it saw first.
            Conn::Sqlite(_) => "BEGIN",
            Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        };
        Self::begin_with(conn, word, None).await
    }

    fn on(conn: Held, changes: Option<Changes>) -> Self {
        Self {
            conn,
            failed: false,
            later: Vec::new(),
            changes,
            wrote: false,
        }
    }

    /// The transaction holds the connection from before the first word, so that it is rolled back even when this future
    /// is dropped half-way.
    async fn begin_with(conn: Conn, word: &'static str, changes: Option<Changes>) -> Result<Self, Error> {
        let mut tx = Self::on(Held::Ours(conn), changes);
        tx.ready().await?.0.word(word).await?;
        Ok(tx)
    }

    /// Makes everything durable at once.
    ///
    /// # Errors
    /// [`Error::Aborted`] when a statement failed before: nothing was written. [`Error::Unavailable`]: the
    /// connection was lost and the outcome is unknown, so what follows must be safe to repeat. Any other: nothing
    /// was written, whether it is the commit that was refused or what waited for it.
    pub async fn commit(mut self) -> Result<(), Error> {
        if self.failed {
            self.roll_back().await;
            return Err(Error::Aborted);
        }
        if let Held::NotYet(writer) = &self.conn {
            let whole = std::mem::take(&mut self.later);
            if whole.is_empty() {
                return Ok(());
            }
            // The writer counts it, who goes on whoever hangs up.
            self.changes = None;
            return Box::pin(writer.write(whole)).await;
        }
        self.finish().await
    }

    /// As [`Tx::commit`], of what runs already.
    pub(crate) async fn finish(mut self) -> Result<(), Error> {
        let done = Box::pin(self.end()).await;
        match done {
            Ok(()) => {
                self.conn = Held::Over;
                Ok(())
            }
            Err(error) => {
                self.roll_back().await;
                Err(error)
            }
        }
    }

    /// Undoes everything and waits until it is undone.
    pub async fn rollback(mut self) {
        self.roll_back().await;
    }

    /// Commits, with what waits for it.
    async fn end(&mut self) -> Result<(), Error> {
        let (conn, waiting) = self.ready().await?;
        match conn {
            Conn::Sqlite(_) if !waiting.is_empty() => conn
                .execute_after(waiting, &Statement::from(COMMIT))
                .await
                .map(drop),
            _ => {
                conn.execute_each(&waiting).await?;
                conn.word(COMMIT).await
            }
        }
    }

    /// Puts it before the next statement that is run, or the commit.
    pub(crate) async fn later(&mut self, statement: Statement) -> Result<(), Error> {
        if self.failed {
            return Err(Error::Aborted);
        }
        self.push(statement);
        if self.later.len() < LATER {
            return Ok(());
        }
        self.catch_up().await
    }

    pub(crate) fn push(&mut self, statement: Statement) {
        self.wrote = true;
        self.later.push(statement);
    }

    /// Runs what waits.
    pub(crate) async fn catch_up(&mut self) -> Result<(), Error> {
        let Some(last) = self.later.pop() else {
            return Ok(());
        };
        self.execute(&last).await.map(drop)
    }

    pub(crate) async fn fetch(&mut self, statement: &Statement) -> Result<Vec<Row>, Error> {
        let (conn, waiting) = self.ready().await?;
        let done = conn.fetch_after(waiting, statement).await;
        self.wrote |= !statement.only_reads() && done.as_ref().is_ok_and(|rows| !rows.is_empty());
        self.noted(done)
    }

    pub(crate) async fn execute(&mut self, statement: &Statement) -> Result<u64, Error> {
        let (conn, waiting) = self.ready().await?;
        let done = conn.execute_after(waiting, statement).await;
        self.wrote |= done.as_ref().is_ok_and(|rows| *rows > 0);
        self.noted(done)
    }

    /// As [`Conn::stream`], of a transaction that only reads: nothing waits in it.
    pub(crate) fn stream(&mut self, text: String) -> Result<BoxStream<'_, Result<Row, Error>>, Error> {
        match &mut self.conn {
            Held::Ours(conn) if !self.failed => Ok(conn.stream(text)),
            _ => Err(Error::Aborted),
        }
    }

    pub(crate) async fn script(&mut self, text: &str) -> Result<(), Error> {
        self.wrote = true;
        let (conn, waiting) = self.ready().await?;
        let done = match conn.execute_each(&waiting).await {
            Ok(()) => conn.script(text).await,
            refused => refused,
        };
        self.noted(done)
    }

    /// The connection, and what is to go before whatever is run now.
    async fn ready(&mut self) -> Result<(&mut Conn, Vec<Statement>), Error> {
        if self.failed {
            return Err(Error::Aborted);
        }
        if let Held::NotYet(writer) = &self.conn {
            let turn = db::turn(writer.pool.acquire().await);
            self.conn = Held::Ours(Conn::Sqlite(self.noted(turn)?));
            self.later.insert(0, Statement::from(BEGIN));
        }
        match &mut self.conn {
            Held::Ours(conn) => Ok((conn, std::mem::take(&mut self.later))),
            _ => Err(Error::Aborted),
        }
    }

    fn noted<T>(&mut self, done: Result<T, Error>) -> Result<T, Error> {
        self.failed |= done.is_err();
        done
    }

    async fn roll_back(&mut self) {
        // Over only afterwards, so that dropping this future half-way still rolls back.
        if let Held::Ours(conn) = &mut self.conn {
            Box::pin(undo(conn)).await;
        }
        self.conn = Held::Over;
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        // Whatever came of it, and afterwards: who asks before and copies then misses nothing.
        if let Some(changes) = self.changes.take().filter(|_| self.wrote) {
            changes.fetch_add(1, Ordering::Release);
        }
        let Held::Ours(mut conn) = std::mem::replace(&mut self.conn, Held::Over) else {
            return;
        };
        // Without a runtime nothing can be awaited; closing the connection rolls back as well.
        match tokio::runtime::Handle::try_current() {
            #[expect(clippy::disallowed_methods, reason = "storage lies below platform")]
            Ok(runtime) => drop(runtime.spawn(async move { undo(&mut conn).await })),
            Err(_) => conn.discard(),
        }
    }
}

async fn undo(conn: &mut Conn) {
    match tokio::time::timeout(ROLLBACK, conn.word("ROLLBACK")).await {
        Ok(Ok(())) => {}
        _ => conn.discard(),
    }
}
