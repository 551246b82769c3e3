//! Owns: [`Hold`], the word among processes on who uses a database: many together, or one alone. Doesn't own: what
//! needs to be alone.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::Path,
};

use sqlx::{Connection as _, PgConnection, Row as _};

use crate::{Db, Engine, Error, Location};

/// Any number, the same in every process; another one than the migrations' (`migrate.rs`).
const SHARED: &str = "SELECT pg_try_advisory_lock_shared(7276844) AS held";
const ALONE: &str = "SELECT pg_try_advisory_lock(7276844) AS held";

/// A process uses this database; let go when dropped, or when the process dies.
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
        match (at, db.engine()) {
            (Location::Sqlite(path), Engine::Sqlite) => file(path, alone),
            _ => session(db, alone).await,
        }
    }
}

/// SQLite's own locks live as long as a transaction; this one lies beside the file.
fn file(path: &Path, alone: bool) -> Result<Option<Hold>, Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push("-lock");
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let io = |error| Error::from_sqlx(&sqlx::Error::Io(error), "hold");
    let lock = options.open(beside).map_err(io)?;
    let held = if alone {
        lock.try_lock()
    } else {
        lock.try_lock_shared()
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
async fn session(db: &Db, alone: bool) -> Result<Option<Hold>, Error> {
    let mut conn = Box::new(db.detached().await?);
    let sorted = |error| Error::from_sqlx(&error, "hold");
    let row = sqlx::query(if alone { ALONE } else { SHARED })
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
