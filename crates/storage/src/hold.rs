//! Owns: [`Hold`], the word among processes on who uses a database: many together, or one alone; and whose turn it is.
//! Doesn't own: what needs to be alone, or takes turns.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use sqlx::{Connection as _, PgConnection, Row as _};

use crate::{Db, Engine, Error, Location};

/// What is asked of a file beside the database, and of PostgreSQL: any numbers, the same in every process, and others than
/// the migrations' (`migrate.rs`).
struct Word {
    beside: &'static str,
    postgres: &'static str,
    shared: bool,
}

const TOGETHER: Word = Word {
    beside: "-lock",
    postgres: "SELECT pg_try_advisory_lock_shared(7276844) AS held",
    shared: true,
};
const ALONE: Word = Word {
    beside: "-lock",
    postgres: "SELECT pg_try_advisory_lock(7276844) AS held",
    shared: false,
};
const TURN: Word = Word {
    beside: "-turn",
    postgres: "SELECT pg_try_advisory_lock(7276845) AS held",
    shared: false,
};

/// A process uses this database, or has its turn; let go when dropped, or when the process dies.
pub struct Hold {
    _of: Of,
}

enum Of {
    File { _lock: File },
    Session { _conn: Box<PgConnection> },
}

impl Hold {
    /// Takes hold of a database, together with others or `alone`; `None` when others stand in the way.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it can't be asked.
    pub async fn take(at: &Location, db: &Db, alone: bool) -> Result<Option<Self>, Error> {
        Self::by(if alone { &ALONE } else { &TOGETHER }, at, db).await
    }

    /// Takes the one turn there is at this database, beside whoever uses it; `None` while somebody else has it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it can't be asked.
    pub async fn turn(at: &Location, db: &Db) -> Result<Option<Self>, Error> {
        Self::by(&TURN, at, db).await
    }

    async fn by(word: &Word, at: &Location, db: &Db) -> Result<Option<Self>, Error> {
        match (at, db.engine()) {
            (Location::Sqlite(path), Engine::Sqlite) => file(path, word),
            _ => session(db, word).await,
        }
    }
}

/// SQLite's own locks live as long as a transaction; this one lies beside the file.
fn file(path: &Path, word: &Word) -> Result<Option<Hold>, Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(word.beside);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let io = |error| Error::from_sqlx(&sqlx::Error::Io(error), "hold");
    let lock = options.open(beside).map_err(io)?;
    let held = if word.shared {
        lock.try_lock_shared()
    } else {
        lock.try_lock()
    };
    match held {
        Ok(()) => Ok(Some(Hold {
            _of: Of::File { _lock: lock },
        })),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(io(error)),
    }
}

/// A session of its own holds it: one of the pool's would be given to somebody else.
async fn session(db: &Db, word: &Word) -> Result<Option<Hold>, Error> {
    let mut conn = Box::new(db.detached().await?);
    let sorted = |error| Error::from_sqlx(&error, "hold");
    let row = sqlx::query(word.postgres)
        .fetch_one(&mut *conn)
        .await
        .map_err(sorted)?;
    if row.try_get("held").map_err(sorted)? {
        return Ok(Some(Hold {
            _of: Of::Session { _conn: conn },
        }));
    }
    conn.close().await.map_err(sorted)?;
    Ok(None)
}
