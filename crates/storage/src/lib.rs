//! Owns: one SQL text on two engines (SQLite, PostgreSQL), transactions, migrations, the typed values that may
//! be bound and read, `storage::testing`. Doesn't own: any table of the product, any key; what a [`Ciphertext`] hides
//! is `vault`'s business.
//!
//! # Writing SQL that runs on both
//! - Placeholders are `$1`, `$2`…; a list is `IN ($list)` ([`Query::bind_list`]).
//! - Ids are `TEXT`, times `BIGINT` milliseconds, flags `BOOLEAN`, every other number `BIGINT`, bytes `BLOB`
//!   (the migration runner writes `BYTEA` for PostgreSQL). A sum is `CAST(SUM(x) AS BIGINT)`.
//! - `ON CONFLICT … DO UPDATE/NOTHING` and `RETURNING` work on both; `now()`, JSON operators and sequences don't:
//!   time and ids come in as parameters. Case folding and sort keys are made in Rust.
//! - Write only inside a [`Tx`]; the engine itself refuses a write made on [`Db`] ([`Error::ReadOnly`]).
//! - What is read on [`Db`] while a [`Tx`] is open goes by connections of its own, and doesn't see what that wrote. No
//!   [`Tx`] is begun while another is open: on SQLite it waits for itself.
//! - After any failed statement a [`Tx`] is lost, on both engines alike ([`Error::Aborted`]). To try and go on,
//!   use `ON CONFLICT DO NOTHING` and look at the number of rows.
//! - On PostgreSQL a transaction is *read committed*: two of them may read the same row before either writes.
//!   What must not happen twice is held by a unique constraint, or serialised by updating one row first
//!   (`UPDATE … SET n = n + 1 … RETURNING n`), which locks it there and costs nothing on SQLite.
//!
//! ```
//! # async fn example(db: &storage::Db) -> Result<(), storage::Error> {
//! let mut tx = db.begin().await?;
//! storage::sql("UPDATE counters SET n = n + $2 WHERE name = $1")
//!     .bind(storage::PublicText::new("visits"))
//!     .bind(1_i64)
//!     .run(&mut tx)
//!     .await?;
//! tx.commit().await?;
//! let rows = storage::sql("SELECT n FROM counters ORDER BY n").all(db).await?;
//! let counts: Vec<i64> = rows.iter().map(|row| row.get("n")).collect::<Result<_, _>>()?;
//! # Ok(()) }
//! ```

mod conn;
pub mod copy;
mod db;
mod error;
mod hold;
mod location;
mod migrate;
mod query;
mod row;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(test)]
mod tests;
mod together;
mod tx;
mod value;

pub use db::{Db, SchemaColumn};
pub use error::{Constraint, Error};
pub use hold::Hold;
pub use location::{Engine, Location};
pub use migrate::Migration;
pub use query::{LIST, On, Query, sql};
pub use row::{Any, Column, Field, Row, Unreadable};
pub use tx::Tx;
pub use value::{AsWord, Bind, Ciphertext, Itself, KeyedHash, Maybe, PublicText, Ref, Value};
