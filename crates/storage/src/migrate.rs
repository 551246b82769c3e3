//! Owns: [`Migration`] and applying them. Doesn't own: any of them; each room brings its own.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use crate::{Db, Engine, Error, PublicText, Tx, sql};

/// A step of the schema, applied once. A released one is never edited: the next step corrects it.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Room, slash, number and word: `guard/0001_dossiers`. Unique.
    pub name: &'static str,
    /// One or more statements that both engines take. `BLOB` is written `BYTEA` for PostgreSQL, and `WITHOUT ROWID`
    /// left out: SQLite then keeps a table of short rows as one tree instead of two, and a written row is one place less
    /// to write.
    pub sql: &'static str,
}

const BOOK: &str =
    "CREATE TABLE IF NOT EXISTS storage_migrations (name TEXT PRIMARY KEY, checksum TEXT NOT NULL)";

/// Any number, the same in every process: whoever holds it applies migrations, the others wait.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7276843)";

impl Db {
    /// Applies, in the order of the list, each migration that hasn't been applied yet, in a transaction of its
    /// own. Several processes may do it at once.
    ///
    /// # Errors
    /// [`Error::Migration`] when one fails, when the text of an applied one has changed, or when the database
    /// knows a migration of a listed room that the list doesn't (a newer program was here). Nothing of the failed
    /// one is left.
    pub async fn migrate(&self, list: &[Migration]) -> Result<(), Error> {
        let mut tx = self.begin_alone().await?;
        Box::pin(tx.script(BOOK)).await?;
        tx.commit().await?;
        let applied = self.applied().await?;
        refuse_newer(&applied, list)?;
        for migration in list {
            match applied.get(migration.name) {
                Some(before) => refuse_changed(migration, before)?,
                None => self.apply(migration).await?,
            }
        }
        Ok(())
    }

    /// Which of the list [`Db::migrate`] would apply; changes nothing.
    ///
    /// # Errors
    /// As [`Db::migrate`] for what stands already.
    pub async fn pending(&self, list: &[Migration]) -> Result<Vec<&'static str>, Error> {
        if self.columns().await?.is_empty() {
            return Ok(list.iter().map(|migration| migration.name).collect());
        }
        let applied = self.applied().await?;
        refuse_newer(&applied, list)?;
        let mut pending = Vec::new();
        for migration in list {
            match applied.get(migration.name) {
                Some(before) => refuse_changed(migration, before)?,
                None => pending.push(migration.name),
            }
        }
        Ok(pending)
    }

    /// The applied migrations and their checksums.
    async fn applied(&self) -> Result<HashMap<String, String>, Error> {
        let rows = sql("SELECT name, checksum FROM storage_migrations")
            .all(self)
            .await?;
        rows.iter()
            .map(|row| {
                let (name, checksum): (PublicText, PublicText) = (row.get("name")?, row.get("checksum")?);
                Ok((name.into_string(), checksum.into_string()))
            })
            .collect()
    }

    async fn apply(&self, migration: &Migration) -> Result<(), Error> {
        let mut tx = self.begin_alone().await?;
        let checksum = checksum(migration);
        let known = sql("SELECT checksum FROM storage_migrations WHERE name = $1")
            .bind(PublicText::new(migration.name))
            .optional(&mut tx)
            .await?;
        if let Some(row) = known {
            // Another process was faster.
            return refuse_changed(migration, &row.get::<PublicText, _>("checksum")?);
        }
        let text = match self.engine() {
            Engine::Sqlite => migration.sql.to_owned(),
            Engine::Postgres => for_postgres(migration.sql),
        };
        Box::pin(tx.script(&text)).await.map_err(|error| match error {
            error if error.is_temporary() => error,
            error => problem(migration.name, &error.to_string()),
        })?;
        sql("INSERT INTO storage_migrations (name, checksum) VALUES ($1, $2)")
            .bind(PublicText::new(migration.name))
            .bind(PublicText::new(checksum))
            .run(&mut tx)
            .await?;
        tx.commit().await
    }

    /// A transaction that only one process at a time is in. On SQLite every one is.
    async fn begin_alone(&self) -> Result<Tx, Error> {
        let mut tx = self.begin().await?;
        if self.engine() == Engine::Postgres {
            Box::pin(tx.script(LOCK)).await?;
        }
        Ok(tx)
    }
}

fn refuse_changed(migration: &Migration, before: &str) -> Result<(), Error> {
    if before == checksum(migration) {
        Ok(())
    } else {
        Err(problem(
            migration.name,
            "its text has changed since it was applied",
        ))
    }
}

fn refuse_newer(applied: &HashMap<String, String>, list: &[Migration]) -> Result<(), Error> {
    let room = |name: &str| name.split('/').next().unwrap_or_default().to_owned();
    let unknown = applied.keys().filter(|name| {
        list.iter().any(|known| room(known.name) == room(name))
            && !list.iter().any(|known| known.name == name.as_str())
    });
    match unknown.min() {
        Some(name) => Err(problem(
            name,
            "applied by a newer program; this one is too old for the database",
        )),
        None => Ok(()),
    }
}

fn problem(name: &str, problem: &str) -> Error {
    Error::Migration {
        name: name.to_owned(),
        problem: problem.to_owned(),
    }
}

/// SHA-256 of the text in hexadecimal, line ends apart.
/// How a table lies on the disk isn't part of it: a database may have been made before that was said.
fn checksum(migration: &Migration) -> String {
    let digest = Sha256::digest(migration.sql.replace("\r\n", "\n").replace(ONE_TREE, ""));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What only SQLite takes.
const ONE_TREE: &str = " WITHOUT ROWID";

/// Writes the word `BLOB` as `BYTEA` and leaves out [`ONE_TREE`], the only differences in our DDL.
fn for_postgres(text: &str) -> String {
    let text = text.replace(ONE_TREE, "");
    let mut written = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("BLOB") {
        let (before, after) = (&rest[..at], &rest[at + 4..]);
        let part_of_a_word = |c: char| c.is_alphanumeric() || c == '_';
        let alone = !before.ends_with(part_of_a_word) && !after.starts_with(part_of_a_word);
        written.push_str(before);
        written.push_str(if alone { "BYTEA" } else { "BLOB" });
        rest = after;
    }
    written + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_type_is_rewritten_and_what_only_sqlite_takes_left_out() {
        assert_eq!(
            for_postgres("(a BLOB NOT NULL, b BLOB, BLOBS TEXT, a_BLOB TEXT) WITHOUT ROWID;"),
            "(a BYTEA NOT NULL, b BYTEA, BLOBS TEXT, a_BLOB TEXT);"
        );
        let migration = |sql| checksum(&Migration { name: "a/1_b", sql });
        assert_eq!(
            migration("CREATE TABLE t (a TEXT);"),
            migration("CREATE TABLE t (a TEXT) WITHOUT ROWID;")
        );
    }
}
