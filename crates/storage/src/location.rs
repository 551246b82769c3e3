//! Owns: [`Location`], where a database is. Doesn't own: opening it ([`crate::Db`]).

use std::{fmt, path::PathBuf};

/// Where a database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file; made when it doesn't exist, in a folder that must.
    Sqlite(PathBuf),
    /// A URL, `postgres://user:password@host:port/database?sslmode=verify-full`.
    Postgres(String),
}

impl Location {
    /// A PostgreSQL URL (`postgres://…`, `postgresql://…`), or else the path of an SQLite file.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            Self::Postgres(text.to_owned())
        } else {
            Self::Sqlite(PathBuf::from(text))
        }
    }

    /// Which engine it takes.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// A URL may hold a password, so only the engine and a file's path are shown.
impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// Embedded: one file, one writer.
    Sqlite,
    /// A server: several processes on one site.
    Postgres,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_never_shows_a_password() {
        let at = Location::parse("postgres://site:hunter2@db.example/site");
        assert_eq!(at.engine(), Engine::Postgres);
        assert!(!format!("{at:?}").contains("hunter2"));
        assert_eq!(Location::parse("/var/lib/site/data.db").engine(), Engine::Sqlite);
    }
}
