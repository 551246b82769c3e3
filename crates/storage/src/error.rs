//! Owns: [`Error`], what a database can refuse, in words and without values. Doesn't own: what a person is told
//! about it.

use std::{borrow::Cow, fmt};

use crate::row::Unreadable;

/// Why a statement, a transaction or a migration didn't happen. No variant holds a bound or stored value; SQL
/// text is our own and static, so it may be shown.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The connection is lost, none came free in time, or the database is gone. From [`crate::Tx::commit`] it
    /// means that the outcome is unknown.
    #[error("the database can't be reached")]
    Unavailable,
    /// The database's disk is full. Nothing was written.
    #[error("the database's disk is full")]
    Full,
    /// What was to be written contradicts what is stored.
    #[error("{constraint} constraint refused it: {on}")]
    Conflict {
        /// Which kind of constraint.
        constraint: Constraint,
        /// The constraint's name on PostgreSQL, the columns (`table.column`) on SQLite and, for `NOT NULL`, which has no
        /// name, on both; empty when the engine doesn't say.
        on: String,
    },
    /// Others hold what was needed for too long, or two transactions waited for each other.
    #[error("the database is busy")]
    Busy,
    /// A row was asked for that isn't there.
    #[error("no such row")]
    Missing,
    /// A stored value isn't what the program expects, or the file is damaged.
    #[error("unreadable {place}: {problem}")]
    Corrupt {
        /// The column, or `database`.
        place: String,
        /// What is wrong with it.
        problem: Unreadable,
    },
    /// A migration can't be applied.
    #[error("migration {name}: {problem}")]
    Migration {
        /// Its name.
        name: String,
        /// What to look at.
        problem: String,
    },
    /// A write was tried outside a transaction, or the database is read-only.
    #[error("write outside a transaction, or a read-only database")]
    ReadOnly,
    /// An earlier statement of the transaction failed: begin again.
    #[error("an earlier statement of this transaction failed")]
    Aborted,
    /// A list longer than [`crate::LIST`] was bound: ask in pieces.
    #[error("a list of {0} values was bound; ask in pieces of storage::LIST")]
    ListTooLong(usize),
    /// The statement's placeholders aren't as many as the values bound.
    #[error("{0} values were bound; the placeholders say otherwise")]
    Placeholders(usize),
    /// Anything else: as a rule a mistake in the SQL.
    #[error("database error {code} {message} in `{statement}`")]
    Other {
        /// SQLSTATE, or SQLite's extended code.
        code: String,
        /// The engine's words where they can't contain a value (mistakes in the statement itself).
        message: String,
        /// How the statement begins.
        statement: String,
    },
}

/// A kind of constraint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// Primary key or unique index.
    Unique,
    /// Foreign key.
    Foreign,
    /// `CHECK`.
    Check,
    /// `NOT NULL`.
    NotNull,
}

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unique => "a unique",
            Self::Foreign => "a foreign-key",
            Self::Check => "a check",
            Self::NotNull => "a not-null",
        })
    }
}

impl Error {
    /// True when the same call may succeed later without anything being changed: the edge answers 503, a job
    /// waits and tries again.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable | Self::Full | Self::Busy)
    }

    /// True when a primary key or unique index refused the row.
    #[must_use]
    pub fn is_duplicate(&self) -> bool {
        matches!(
            self,
            Self::Conflict {
                constraint: Constraint::Unique,
                ..
            }
        )
    }

    pub(crate) fn damaged() -> Self {
        Self::Corrupt {
            place: "database".to_owned(),
            problem: Unreadable::Damaged,
        }
    }

    /// Sorts a driver's error; `statement` is our own SQL.
    pub(crate) fn from_sqlx(error: &sqlx::Error, statement: &str) -> Self {
        use sqlx::Error as E;
        match error {
            E::Database(database) => {
                let code = database.code().unwrap_or(Cow::Borrowed(""));
                let known = match database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>() {
                    Some(postgres) => {
                        let column = || Some(format!("{}.{}", postgres.table()?, postgres.column()?));
                        let on = postgres.constraint().map(str::to_owned).or_else(column);
                        postgres_error(&code, on.unwrap_or_default())
                    }
                    None => sqlite_error(&code, database.message()),
                };
                known.unwrap_or_else(|| other(&code, database.message(), statement))
            }
            E::Io(io) => {
                tracing::debug!(kind = ?io.kind(), "database connection lost");
                if io.kind() == std::io::ErrorKind::StorageFull {
                    Self::Full
                } else {
                    Self::Unavailable
                }
            }
            E::Tls(_)
            | E::Protocol(_)
            | E::PoolTimedOut
            | E::PoolClosed
            | E::WorkerCrashed
            | E::BeginFailed
            | E::InvalidSavePointStatement => {
                tracing::debug!(kind = kind(error), "database unavailable");
                Self::Unavailable
            }
            _ => other(kind(error), "", statement),
        }
    }
}

/// The class of a driver's error, never its text: that may quote a value.
fn kind(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Configuration(_) => "configuration",
        sqlx::Error::Tls(_) => "tls",
        sqlx::Error::Protocol(_) => "protocol",
        sqlx::Error::PoolTimedOut => "pool-timed-out",
        sqlx::Error::PoolClosed => "pool-closed",
        sqlx::Error::WorkerCrashed => "worker-crashed",
        sqlx::Error::Encode(_) => "encode",
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "decode",
        _ => "driver",
    }
}

fn other(code: &str, message: &str, statement: &str) -> Error {
    // SQLITE_ERROR and SQLSTATE class 42 speak of the statement itself; other messages may quote a value.
    let about_the_statement = code == "1" || code.starts_with("42");
    Error::Other {
        code: code.to_owned(),
        message: if about_the_statement {
            message.to_owned()
        } else {
            String::new()
        },
        statement: statement
            .split_whitespace()
            .take(12)
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// <https://www.postgresql.org/docs/15/errcodes-appendix.html>
fn postgres_error(code: &str, on: String) -> Option<Error> {
    let conflict = |constraint| Error::Conflict { constraint, on };
    Some(match code {
        "23505" => conflict(Constraint::Unique),
        "23503" => conflict(Constraint::Foreign),
        "23514" => conflict(Constraint::Check),
        "23502" => conflict(Constraint::NotNull),
        "53100" => Error::Full,
        "40001" | "40P01" | "55P03" => Error::Busy,
        "25006" => Error::ReadOnly,
        "25P02" => Error::Aborted,
        "XX001" | "XX002" => Error::damaged(),
        // 08 connection, 53 resources, 57P the server going down or coming up, 3D000 no such database,
        // 58 the server's own input and output.
        _ if ["08", "53", "57P", "3D", "58"]
            .iter()
            .any(|class| code.starts_with(class)) =>
        {
            Error::Unavailable
        }
        _ => return None,
    })
}

/// <https://sqlite.org/rescode.html>; the low byte is the primary code.
fn sqlite_error(code: &str, message: &str) -> Option<Error> {
    let code: u32 = code.parse().ok()?;
    let conflict = |kind| {
        let on = message.split_once("failed: ").map_or("", |(_, columns)| columns);
        Error::Conflict {
            constraint: kind,
            on: on.to_owned(),
        }
    };
    Some(match (code & 0xff, code >> 8) {
        (19, 6 | 8 | 10) => conflict(Constraint::Unique),
        (19, 3) => conflict(Constraint::Foreign),
        (19, 1) => conflict(Constraint::Check),
        (19, 5) => conflict(Constraint::NotNull),
        // SQLITE_FULL; SQLITE_IOERR_SHMSIZE is how a full disk shows when the WAL's index must grow.
        (13, _) | (10, 19) => Error::Full,
        (5 | 6, _) => Error::Busy,
        (8, _) => Error::ReadOnly,
        (11 | 26, _) => Error::damaged(),
        // Out of memory, input and output, can't open.
        (7 | 10 | 14, _) => Error::Unavailable,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_codes() {
        assert!(postgres_error("57P01", String::new()).unwrap().is_temporary());
        assert!(postgres_error("53100", String::new()).unwrap().is_temporary());
        assert!(postgres_error("42601", String::new()).is_none());
        assert!(
            sqlite_error("2067", "UNIQUE constraint failed: t.a")
                .unwrap()
                .is_duplicate()
        );
        assert!(matches!(sqlite_error("4874", ""), Some(Error::Full)));
        assert!(sqlite_error("1", "near \"x\": syntax error").is_none());
    }

    #[test]
    fn words_of_the_engine_show_only_for_mistakes_in_the_statement() {
        let quoted = other(
            "22P02",
            "invalid input syntax for type bigint: \"Durand\"",
            "SELECT 1",
        );
        assert!(!quoted.to_string().contains("Durand"));
        assert!(
            other("42703", "column \"x\" does not exist", "SELECT x")
                .to_string()
                .contains("\"x\"")
        );
    }
}
