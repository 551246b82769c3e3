//! Owns: [`Intake`], putting records into a database in one transaction. Doesn't own: the schema, which migrations
//! made before.

use std::sync::Arc;

use super::{Shape, quoted, record, shapes};
use crate::{Db, Error, Tx, Value, conn::Statement, value::Kind};

/// Values of one statement: far below what either engine bears (SQLite 32,766, PostgreSQL 65,535).
const VALUES: usize = 4_096;

/// A database being filled; dropped without [`Intake::commit`], it is as before.
pub struct Intake {
    tx: Tx,
    shapes: Vec<Arc<Shape>>,
    /// The table being filled, and what waits to go into it.
    filling: Option<Arc<Shape>>,
    waiting: Vec<Kind>,
    rows: u64,
}

impl Db {
    /// Begins to fill a database that migrations have prepared; what they wrote into it goes.
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn intake(&self) -> Result<Intake, Error> {
        let mut tx = self.begin().await?;
        let shapes = shapes(&mut tx, self.engine()).await?;
        for shape in shapes.iter().rev() {
            let text = format!("DELETE FROM \"{}\"", shape.table);
            Box::pin(tx.script(&text)).await?;
        }
        Ok(Intake {
            tx,
            shapes,
            filling: None,
            waiting: Vec::new(),
            rows: 0,
        })
    }
}

impl Intake {
    /// Takes a record of a table.
    ///
    /// # Errors
    /// [`Error::Migration`] when the database's table is another than the copied one; [`Error::Corrupt`] when it
    /// isn't a record.
    pub async fn put(&mut self, shape: &Arc<Shape>, record: &[u8]) -> Result<(), Error> {
        let same = self
            .filling
            .as_ref()
            .is_some_and(|filling| Arc::ptr_eq(filling, shape));
        if !same {
            self.flush().await?;
            let known = self.shapes.iter().find(|known| known.table == shape.table);
            if known.is_none_or(|known| known.columns != shape.columns) {
                return Err(Error::Migration {
                    name: shape.table.clone(),
                    problem: "the copied table isn't the one that this program makes".to_owned(),
                });
            }
            self.filling = Some(Arc::clone(shape));
        }
        self.waiting.extend(record::values(shape, record)?);
        self.rows += 1;
        if self.waiting.len() + shape.columns.len() > VALUES {
            self.flush().await?;
        }
        Ok(())
    }

    /// Makes it durable at once; gives how many rows there are.
    ///
    /// # Errors
    /// As [`Tx::commit`].
    pub async fn commit(mut self) -> Result<u64, Error> {
        let rows = self.rows;
        self.flush().await?;
        self.tx.commit().await?;
        Ok(rows)
    }

    /// Hands the transaction back with everything in it, for what has to become durable at the same moment.
    ///
    /// # Errors
    /// As [`Intake::put`].
    pub async fn into_tx(mut self) -> Result<Tx, Error> {
        self.flush().await?;
        Ok(self.tx)
    }

    async fn flush(&mut self) -> Result<(), Error> {
        let Some(shape) = &self.filling else { return Ok(()) };
        let width = shape.columns.len();
        if self.waiting.is_empty() || width == 0 {
            return Ok(());
        }
        let columns: Vec<&str> = shape.columns.iter().map(|(name, _)| name.as_str()).collect();
        let rows: Vec<String> = (0..self.waiting.len() / width)
            .map(|row| {
                let places: Vec<String> = (1..=width).map(|nth| format!("${}", row * width + nth)).collect();
                format!("({})", places.join(", "))
            })
            .collect();
        let text = format!(
            "INSERT INTO \"{}\" ({}) VALUES {}",
            shape.table,
            quoted(&columns),
            rows.join(", ")
        );
        let statement = Statement {
            text: text.into(),
            values: self.waiting.drain(..).map(Value).collect(),
        };
        Box::pin(self.tx.execute(&statement)).await?;
        Ok(())
    }
}
