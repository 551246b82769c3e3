//! Owns: [`Location`], where a database is. Doesn't own: opening it ([`crate::Db`]).

use std::{fmt, path::PathBuf, str::FromStr as _};

use sqlx::postgres::PgConnectOptions;

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

    /// Whether both lead to the same database, whoever signs in to it. A URL that can't be read leads nowhere.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Sqlite(one), Self::Sqlite(other)) => one == other,
            (Self::Postgres(one), Self::Postgres(other)) => match (server(one), server(other)) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            },
            _ => false,
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

/// Host, port and database that a URL leads to; the names of this machine are one.
fn server(url: &str) -> Option<(String, u16, String)> {
    let options = PgConnectOptions::from_str(url).ok()?;
    let host = match options.get_socket() {
        Some(folder) => folder.display().to_string(),
        None => options.get_host().to_ascii_lowercase(),
    };
    let host = match host.trim_matches(['[', ']']) {
        "localhost" | "127.0.0.1" | "::1" => "localhost".to_owned(),
        other => other.to_owned(),
    };
    let database = options.get_database().unwrap_or(options.get_username());
    Some((host, options.get_port(), database.to_owned()))
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

    #[test]
    fn two_addresses_may_lead_to_the_same_database() {
        let at = Location::parse("postgres://site:one@db.example:5432/site");
        for (other, same) in [
            ("postgresql://keys:two@DB.example/site?sslmode=require", true),
            ("postgres://site:one@db.example/keys", false),
            ("postgres://site:one@db.example:5433/site", false),
            ("postgres://site:one@keys.example/site", false),
            ("/var/lib/site/data.db", false),
        ] {
            assert_eq!(at.is_same_place(&Location::parse(other)), same, "{other}");
        }
        let here = Location::parse("postgres://site@localhost/site");
        assert!(here.is_same_place(&Location::parse("postgres://127.0.0.1/site")));
        assert!(here.is_same_place(&Location::parse("postgres://site@127.0.0.1")));
    }
}
