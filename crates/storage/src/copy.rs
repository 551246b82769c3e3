//! Owns: copying a database whole, out of either engine and into either: [`Snapshot`], one moment of it as streams of
//! records, and [`Intake`], which puts records into a database of the same schema. Doesn't own: where the records go
//! meanwhile and how they are sealed (`guard::backup`, `vault`).
//!
//! # Format of a record, final from version 1
//! ```text
//! record   length of what follows (4) | one value a column, in the table's order
//! value    00                                      null
//!          01 | length (4) | UTF-8                 text
//!          02 | 8 bytes, signed                    number
//!          03 | 00 or 01                           flag
//!          04 | length (4) | bytes                 bytes
//! ```
//! Numbers are big-endian. The engines agree on it, so that what was copied from one goes into the other.

use std::sync::Arc;

use futures_util::{StreamExt as _, stream::BoxStream};
use serde::{Deserialize, Serialize};

use crate::{Db, Engine, Error, PublicText, Row, Tx, Unreadable, row::Field, sql, value::Kind};

mod intake;
mod record;

pub use intake::Intake;
pub(crate) use record::Copied;
pub use record::{Records, row};

/// This room's own book of migrations: it is told by name, not copied.
const BOOK: &str = "storage_migrations";

/// How a column's values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// `TEXT`.
    Text,
    /// `BIGINT`.
    Int,
    /// `BOOLEAN`.
    Flag,
    /// `BLOB`, `BYTEA`.
    Bytes,
}

/// A table and its columns, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Its name.
    pub table: String,
    /// Its columns.
    pub columns: Vec<(String, Form)>,
    /// Those of its primary key, by which records are ordered.
    pub key: Vec<String>,
}

/// One moment of a database, held for as long as it takes to copy it; writing goes on meanwhile and isn't seen.
pub struct Snapshot {
    tx: Tx,
    shapes: Vec<Arc<Shape>>,
    migrations: Vec<String>,
}

impl Db {
    /// Takes hold of the present moment.
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::Other`] when a table has a column of a type that none of our schemas use.
    pub async fn snapshot(&self) -> Result<Snapshot, Error> {
        let mut tx = self.begin_reading().await?;
        let shapes = shapes(&mut tx, self.engine()).await?;
        let rows = sql("SELECT name FROM storage_migrations ORDER BY name")
            .all(&mut tx)
            .await?;
        let migrations = rows
            .iter()
            .map(|row| Ok(row.get::<PublicText, _>("name")?.into_string()))
            .collect::<Result<_, Error>>()?;
        Ok(Snapshot {
            tx,
            shapes,
            migrations,
        })
    }
}

impl Snapshot {
    /// Every table, in the order in which they were made: none refers to a later one.
    #[must_use]
    pub fn shapes(&self) -> Vec<Arc<Shape>> {
        self.shapes.clone()
    }

    /// The names of the migrations that the schema is made of.
    #[must_use]
    pub fn migrations(&self) -> &[String] {
        &self.migrations
    }

    /// The records of a table, by its primary key.
    ///
    /// # Errors
    /// Any of [`Error`]; so does each record.
    pub fn records<'s>(
        &'s mut self,
        shape: &'s Shape,
    ) -> Result<BoxStream<'s, Result<Vec<u8>, Error>>, Error> {
        let columns: Vec<&str> = shape.columns.iter().map(|(name, _)| name.as_str()).collect();
        let mut text = format!("SELECT {} FROM \"{}\"", quoted(&columns), shape.table);
        if !shape.key.is_empty() {
            let key: Vec<&str> = shape.key.iter().map(String::as_str).collect();
            text.push_str(&format!(" ORDER BY {}", quoted(&key)));
        }
        let rows = self.tx.stream(text)?;
        Ok(rows.map(|row| record(&row?, shape)).boxed())
    }
}

fn record(row: &Row, shape: &Shape) -> Result<Vec<u8>, Error> {
    let mut record = vec![0; 4];
    for (index, (name, form)) in shape.columns.iter().enumerate() {
        let value = value(&Field::at(row, index), *form).map_err(|problem| Error::Corrupt {
            place: format!("{}.{name}", shape.table),
            problem,
        })?;
        record::write(&value, &mut record);
    }
    record::frame(&mut record);
    Ok(record)
}

fn value(field: &Field<'_>, form: Form) -> Result<Kind, Unreadable> {
    Ok(match form {
        Form::Text => Kind::Text(field.native::<&str>()?.map(str::to_owned)),
        Form::Int => Kind::Int(field.native()?),
        Form::Flag => Kind::Flag(field.native()?),
        Form::Bytes => Kind::Bytes(field.native::<&[u8]>()?.map(<[u8]>::to_vec)),
    })
}

fn quoted(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Every table but the book of migrations, in the order they were made.
async fn shapes(tx: &mut Tx, engine: Engine) -> Result<Vec<Arc<Shape>>, Error> {
    let text = match engine {
        Engine::Sqlite => SQLITE_SHAPES,
        Engine::Postgres => POSTGRES_SHAPES,
    };
    let mut shapes: Vec<Shape> = Vec::new();
    let mut keys: Vec<(i64, String)> = Vec::new();
    for row in sql(text).all(tx).await? {
        let name = |column| row.get::<PublicText, _>(column).map(PublicText::into_string);
        let (table, column, form) = (name("table_name")?, name("column_name")?, name("form")?);
        if table == BOOK {
            continue;
        }
        if shapes.last().is_none_or(|shape| shape.table != table) {
            close(&mut shapes, &mut keys);
            shapes.push(Shape {
                table: table.clone(),
                columns: Vec::new(),
                key: Vec::new(),
            });
        }
        let form = match form.as_str() {
            "TEXT" => Form::Text,
            "BIGINT" => Form::Int,
            "BOOLEAN" => Form::Flag,
            "BLOB" | "BYTEA" => Form::Bytes,
            _ => {
                return Err(Error::Other {
                    code: "copy".to_owned(),
                    message: format!("{table}.{column} is of a type that can't be copied"),
                    statement: "snapshot".to_owned(),
                });
            }
        };
        let place: i64 = row.get("key_place")?;
        if place > 0 {
            keys.push((place, column.clone()));
        }
        if let Some(shape) = shapes.last_mut() {
            shape.columns.push((column, form));
        }
    }
    close(&mut shapes, &mut keys);
    Ok(shapes.into_iter().map(Arc::new).collect())
}

/// Gives the last table its key, whose columns stand in an order of their own.
fn close(shapes: &mut [Shape], keys: &mut Vec<(i64, String)>) {
    keys.sort();
    if let Some(shape) = shapes.last_mut() {
        shape.key = keys.drain(..).map(|(_, column)| column).collect();
    }
}

const SQLITE_SHAPES: &str =
    "SELECT m.name AS table_name, c.name AS column_name, UPPER(c.type) AS form, c.pk AS key_place
     FROM sqlite_schema m JOIN pragma_table_info(m.name) c
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'
     ORDER BY m.rowid, c.cid";

/// `indkey` counts from 0.
const POSTGRES_SHAPES: &str = "SELECT CAST(t.relname AS TEXT) AS table_name, CAST(a.attname AS TEXT) AS column_name,
            UPPER(format_type(a.atttypid, NULL)) AS form,
            CAST(COALESCE(array_position(CAST(i.indkey AS SMALLINT[]), a.attnum) + 1, 0) AS BIGINT) AS key_place
     FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
     LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
     WHERE t.relkind = 'r' AND n.nspname = current_schema()
     ORDER BY t.oid, a.attnum";

#[cfg(test)]
mod tests;
