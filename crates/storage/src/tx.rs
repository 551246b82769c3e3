//! Owns: [`Tx`], a transaction that is rolled back unless committed. Doesn't own: what is written in it.
//!
//! Our own and not the driver's, for three reasons found by tests: after a failed statement PostgreSQL answers
//! `COMMIT` with a silent rollback, while SQLite would commit the rest; a `ROLLBACK` that fails (SQLite has
//! already rolled back when the disk is full) must not leave the only writer unusable; and a future dropped
//! half-way must not give back a connection with an open transaction.

use std::time::Duration;

use futures_util::stream::BoxStream;

use crate::{
    Error, Row,
    conn::{Conn, Statement},
};

/// How long a rollback may take before the connection is thrown away instead.
const ROLLBACK: Duration = Duration::from_secs(5);

/// So many statements wait at most for the next that is run: what one person's form comes to, and no list of a
/// thousand.
const LATER: usize = 32;
const COMMIT: &str = "COMMIT";

/// A write transaction. Dropped without [`Tx::commit`], it is rolled back.
pub struct Tx {
    /// `None` once it is over.
    conn: Option<Conn>,
    failed: bool,
    /// False as long as the connection knows nothing of it.
    begun: bool,
    /// What goes before the next statement that is run: see [`crate::Query::later`]. On SQLite the word that begins is
    /// among it: its one writer is ours since it was acquired, and a turn of the driver's thread is saved.
    later: Vec<Statement>,
}

impl Tx {
    /// Begins on a connection just taken. The transaction holds it from before the first word, so that it is
    /// rolled back even when this future is dropped half-way.
    pub(crate) async fn begin(conn: Conn) -> Result<Self, Error> {
        match conn {
            // Takes the write lock with the first statement: upgrading a read later fails at once whatever the time-out.
            Conn::Sqlite(_) => Ok(Self {
                conn: Some(conn),
                failed: false,
                begun: false,
                later: vec![Statement::from("BEGIN IMMEDIATE")],
            }),
            // Connections are read-only by default (`db.rs`).
            Conn::Postgres(_) => Self::begin_with(conn, "BEGIN READ WRITE").await,
        }
    }

    /// As [`Tx::begin`], to read one moment of the database for as long as it takes.
    pub(crate) async fn begin_reading(conn: Conn) -> Result<Self, Error> {
        let word = match conn {
            // With the write-ahead log a reader keeps what it saw first.
            Conn::Sqlite(_) => "BEGIN",
            Conn::Postgres(_) => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        };
        Self::begin_with(conn, word).await
    }

    async fn begin_with(conn: Conn, word: &'static str) -> Result<Self, Error> {
        let mut tx = Self {
            conn: Some(conn),
            failed: false,
            begun: true,
            later: Vec::new(),
        };
        tx.conn()?.word(word).await?;
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
        if !self.begun && self.later.len() == 1 {
            // Nothing was asked of it but to begin.
            self.conn = None;
            return Ok(());
        }
        let done = Box::pin(self.end()).await;
        match done {
            Ok(()) => {
                self.conn = None;
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
        let waiting = self.waiting();
        let conn = self.conn()?;
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
        self.conn()?;
        self.later.push(statement);
        if self.later.len() < LATER {
            return Ok(());
        }
        self.catch_up().await
    }

    /// What is to go before whatever is run now.
    fn waiting(&mut self) -> Vec<Statement> {
        self.begun = true;
        std::mem::take(&mut self.later)
    }

    /// Runs what waits.
    async fn catch_up(&mut self) -> Result<(), Error> {
        let mut waiting = self.waiting();
        let Some(last) = waiting.pop() else {
            return Ok(());
        };
        let done = self.conn()?.execute_after(waiting, &last).await;
        self.noted(done).map(drop)
    }

    pub(crate) async fn fetch(&mut self, statement: &Statement) -> Result<Vec<Row>, Error> {
        let waiting = self.waiting();
        let done = self.conn()?.fetch_after(waiting, statement).await;
        self.noted(done)
    }

    pub(crate) async fn execute(&mut self, statement: &Statement) -> Result<u64, Error> {
        let waiting = self.waiting();
        let done = self.conn()?.execute_after(waiting, statement).await;
        self.noted(done)
    }

    /// As [`Conn::stream`], of a transaction that only reads: nothing waits in it.
    pub(crate) fn stream(&mut self, text: String) -> Result<BoxStream<'_, Result<Row, Error>>, Error> {
        Ok(self.conn()?.stream(text))
    }

    pub(crate) async fn script(&mut self, text: &str) -> Result<(), Error> {
        self.catch_up().await?;
        let done = self.conn()?.script(text).await;
        self.noted(done)
    }

    fn conn(&mut self) -> Result<&mut Conn, Error> {
        if self.failed {
            return Err(Error::Aborted);
        }
        self.conn.as_mut().ok_or(Error::Aborted)
    }

    fn noted<T>(&mut self, done: Result<T, Error>) -> Result<T, Error> {
        self.failed |= done.is_err();
        done
    }

    async fn roll_back(&mut self) {
        // Taken only when it is over, so that dropping this future half-way still rolls back.
        if let Some(conn) = self.conn.as_mut().filter(|_| self.begun) {
            Box::pin(undo(conn)).await;
        }
        self.conn = None;
    }
}

impl Drop for Tx {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take().filter(|_| self.begun) else {
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
