//! Owns: [`Db`], opening either engine and keeping its connections. Doesn't own: what runs on them.

use std::{
    path::Path,
    str::FromStr as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sqlx::{
    ConnectOptions as _, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{
        SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
    },
};

use crate::{
    Engine, Error, Location, PublicText, Row, Tx,
    conn::{Conn, Statement},
    sql,
    together::Writer,
};

/// How long a caller waits for a connection before it is told that the database can't be reached.
const ACQUIRE: Duration = Duration::from_secs(5);
/// How long a write waits for its turn on SQLite's one writer, or for another process that holds the file (a
/// command run beside `serve`).
const TURN: Duration = Duration::from_secs(20);
/// Readers of one SQLite file; each is a thread with two megabytes of pages at hand, and reads from memory mostly: twice
/// the cores of the machine that the limits are drawn for keep those busy.
const READERS: u32 = 4;
/// Connections of one site and process to PostgreSQL: so many to read, and as many to write.
const CONNECTIONS: u32 = 6;
/// What SQLite's write-ahead log shrinks back to, in bytes.
const WAL: &str = "16777216";
/// After so many pages of 4 KiB what the log holds is put in its place: as much as it may be. A page that was written
/// often meanwhile is put there once.
const CHECKPOINT: &str = "4000";

/// A column as the database has it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaColumn {
    /// Its table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// True when it holds bytes (`BLOB`, `BYTEA`).
    pub is_bytes: bool,
    /// True when no row is without it.
    pub is_required: bool,
}

/// A database of either engine: a handle on its connections, cheap to clone.
#[derive(Clone)]
pub struct Db {
    pools: Pools,
    changes: Changes,
}

/// How many transactions have written something so far.
pub(crate) type Changes = Arc<AtomicU64>;

/// Who writes may read on the way, and so waits for a reader while a writer is held; never the other way round. On
/// connections of one kind a crowd that writes would wait for itself.
#[derive(Clone)]
enum Pools {
    Sqlite { readers: SqlitePool, writer: Writer },
    Postgres { readers: PgPool, writers: PgPool },
}

impl Db {
    /// Opens the database; an SQLite file is made, readable by its owner only, when it doesn't exist.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it can't be reached; [`Error::Other`] when the location is wrong or the
    /// server's encoding isn't UTF-8.
    pub async fn open(at: &Location) -> Result<Self, Error> {
        match at {
            Location::Sqlite(path) => Box::pin(open_sqlite(path)).await,
            Location::Postgres(url) => Box::pin(open_postgres(url)).await,
        }
    }

    /// Which engine it is. For the few places that must differ; each is a named function beside its twin.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Begins a write transaction. On SQLite they queue for the one writer in the order of their first statements that
    /// are run, or of their commits where everything waits for it ([`crate::Query::later`]): those are made durable
    /// together. [`Error::Busy`] is said there when the turn didn't come within 20 seconds, or another process holds the file.
    ///
    /// # Errors
    /// [`Error::Unavailable`].
    pub async fn begin(&self) -> Result<Tx, Error> {
        // Boxed as in `Query::all`.
        Box::pin(async {
            match &self.pools {
                Pools::Sqlite { writer, .. } => Ok(Tx::begin_sqlite(writer.clone())),
                Pools::Postgres { writers, .. } => {
                    let conn = Conn::Postgres(acquired(writers.acquire().await)?);
                    Tx::begin_postgres(conn, self.changes.clone()).await
                }
            }
        })
        .await
    }

    /// How many transactions of this process have written something by way of this handle and its clones: where that
    /// stands still, nothing here has changed. One that was undone may count.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// One connection's view of one moment, for [`Db::snapshot`].
    pub(crate) async fn begin_reading(&self) -> Result<Tx, Error> {
        let conn = self.reader().await?;
        Box::pin(Tx::begin_reading(conn)).await
    }

    /// A session of PostgreSQL's that doesn't go back to the pool.
    pub(crate) async fn detached(&self) -> Result<sqlx::PgConnection, Error> {
        match &self.pools {
            Pools::Postgres { readers, .. } => Ok(acquired(readers.acquire().await)?.detach()),
            Pools::Sqlite { .. } => Err(Error::Unavailable),
        }
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when there is none.
    pub async fn ping(&self) -> Result<(), Error> {
        sql("SELECT 1 AS alive").one(self).await.map(drop)
    }

    /// Gives back to the disk what erasing has freed, and empties SQLite's write-ahead log, so that no page of
    /// an erased row stays in a file. PostgreSQL does it by itself (autovacuum).
    ///
    /// # Errors
    /// [`Error::Busy`] when readers stand in the way: try again later.
    pub async fn tidy(&self) -> Result<(), Error> {
        let Pools::Sqlite { writer, .. } = &self.pools else {
            return Ok(());
        };
        let mut conn = Conn::Sqlite(turn(writer.pool.acquire().await)?);
        conn.script("PRAGMA incremental_vacuum").await?;
        let checkpoint = Statement {
            text: "PRAGMA wal_checkpoint(TRUNCATE)".into(),
            values: Vec::new(),
        };
        match conn.fetch(&checkpoint).await?.first() {
            Some(row) if row.get::<i64, _>("busy")? == 0 => Ok(()),
            _ => Err(Error::Busy),
        }
    }

    /// Every table and column, sorted, without this room's own book of migrations: so that each is held against what
    /// is declared of it.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn columns(&self) -> Result<Vec<SchemaColumn>, Error> {
        let text = match self.engine() {
            Engine::Sqlite => SQLITE_COLUMNS,
            Engine::Postgres => POSTGRES_COLUMNS,
        };
        let rows = sql(text).all(self).await?;
        let name = |row: &Row, column| row.get::<PublicText, _>(column).map(PublicText::into_string);
        let mut columns = rows
            .iter()
            .map(|row| {
                Ok(SchemaColumn {
                    table: name(row, "table_name")?,
                    name: name(row, "column_name")?,
                    is_bytes: row.get::<i64, _>("is_bytes")? == 1,
                    is_required: row.get::<i64, _>("is_required")? == 1,
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        columns.sort();
        Ok(columns)
    }

    /// Closes every connection, waiting for those in use.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { readers, writer } => {
                readers.close().await;
                writer.pool.close().await;
            }
            Pools::Postgres { readers, writers } => {
                readers.close().await;
                writers.close().await;
            }
        }
    }

    pub(crate) async fn fetch(&self, statement: &Statement) -> Result<Vec<Row>, Error> {
        self.reader().await?.fetch(statement).await
    }

    async fn reader(&self) -> Result<Conn, Error> {
        match &self.pools {
            Pools::Sqlite { readers, .. } => acquired(readers.acquire().await).map(Conn::Sqlite),
            Pools::Postgres { readers, .. } => acquired(readers.acquire().await).map(Conn::Postgres),
        }
    }
}

const SQLITE_COLUMNS: &str = "SELECT m.name AS table_name, c.name AS column_name,
     CASE WHEN UPPER(c.type) = 'BLOB' THEN 1 ELSE 0 END AS is_bytes,
     CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN 1 ELSE 0 END AS is_required
     FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'storage_migrations'";

const POSTGRES_COLUMNS: &str =
    "SELECT CAST(table_name AS TEXT) AS table_name, CAST(column_name AS TEXT) AS column_name,
     CAST(CASE WHEN data_type = 'bytea' THEN 1 ELSE 0 END AS BIGINT) AS is_bytes,
     CAST(CASE WHEN is_nullable = 'NO' THEN 1 ELSE 0 END AS BIGINT) AS is_required
     FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name <> 'storage_migrations'";

fn acquired<T>(conn: Result<T, sqlx::Error>) -> Result<T, Error> {
    conn.map_err(|error| Error::from_sqlx(&error, "connect"))
}

/// As [`acquired`], of the only writer: it is there, others hold it.
pub(crate) fn turn<T>(conn: Result<T, sqlx::Error>) -> Result<T, Error> {
    match conn {
        Err(sqlx::Error::PoolTimedOut) => Err(Error::Busy),
        conn => acquired(conn),
    }
}

async fn open_sqlite(path: &Path) -> Result<Db, Error> {
    make_private(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(TURN)
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", WAL)
        .pragma("wal_autocheckpoint", CHECKPOINT)
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(512)
        .disable_statement_logging();
    // Lives as long as the program: no life-time, no test of a file that is open anyway.
    let pool = |most| {
        SqlitePoolOptions::new()
            .max_connections(most)
            .max_lifetime(None)
            .idle_timeout(None)
            .test_before_acquire(false)
    };
    // The writer first, and alone: it says how the file is kept, which takes the write lock. A reader that said so too
    // couldn't be opened while somebody writes.
    let writes = options
        .clone()
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .journal_mode(SqliteJournalMode::Wal);
    let writer = acquired(pool(1).acquire_timeout(TURN).connect_with(writes).await)?;
    let readers = pool(READERS).acquire_timeout(ACQUIRE);
    let readers = acquired(readers.connect_with(options.pragma("query_only", "ON")).await)?;
    let changes = Changes::default();
    let writer = Writer::new(writer, changes.clone());
    Ok(Db {
        pools: Pools::Sqlite { readers, writer },
        changes,
    })
}

/// Makes the file before SQLite does, which would leave it readable by everybody; the log files beside it take
/// over its mode.
fn make_private(path: &Path) -> Result<(), Error> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::from_sqlx(&sqlx::Error::Io(error), "open")),
    }
}

async fn open_postgres(url: &str) -> Result<Db, Error> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|error| Error::from_sqlx(&error, "open"))?
        .application_name("vivier")
        .statement_cache_capacity(256)
        .disable_statement_logging();
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(ACQUIRE)
        .after_connect(|conn, _| {
            Box::pin(async move {
                // Writing takes a transaction that says so (`tx.rs`), as SQLite's readers are read-only. What was
                // begun and forgotten must not hold its locks for ever.
                let words = "SET default_transaction_read_only = on;
                             SET idle_in_transaction_session_timeout = '10min'";
                sqlx::raw_sql(words).execute(conn).await.map(drop)
            })
        });
    let writers = pool.clone().connect_lazy_with(options.clone());
    let readers = acquired(pool.connect_with(options).await)?;
    let db = Db {
        pools: Pools::Postgres { readers, writers },
        changes: Changes::default(),
    };
    let encoding = sql("SELECT current_setting('server_encoding') AS encoding")
        .one(&db)
        .await?;
    if &*encoding.get::<PublicText, _>("encoding")? != "UTF8" {
        return Err(Error::Other {
            code: "encoding".to_owned(),
            message: "the database's encoding must be UTF8".to_owned(),
            statement: "open".to_owned(),
        });
    }
    Ok(db)
}
