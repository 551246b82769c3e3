//! Owns: [`Holdings`], what a capability declares of what it keeps: tables, the charter field behind every personal
//! column, facts for the charter's conditions. Doesn't own: any table of a capability; it is handed them as data.

mod house;
mod tables;

use std::{collections::HashSet, future::Future, pin::Pin};

use charter::Condition;
use kernel::Id;
use storage::{Db, Migration};
use vault::DossierId;

use crate::Staff;

pub(crate) use house::HOUSE;

/// What a column holds. There is no fourth kind: a column that is in no declaration fails the schema test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A sealed key, or what stands for one.
    Key,
    /// An id, an enumeration, a number, a time, a keyed hash, a published text: nothing that a person typed.
    Plain,
    /// Sealed, and this field of the charter stands behind it.
    Personal(&'static str),
    /// Sealed, and the charter field named in that other column of the row stands behind it.
    PersonalNamedBy(&'static str),
}

/// One table and what each of its columns holds.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name in the database.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Column)],
    /// The column with the row's id, under which its personal columns are sealed.
    pub row: &'static str,
    /// The columns that name a dossier with whose end the row ends: what is erased, and what a person is given a copy
    /// of. None for what is about nobody, or ends by itself.
    pub ends: &'static [&'static str],
}

/// Of these dossiers, which satisfy the condition for that member of staff.
pub type Fact = fn(
    Db,
    Id<Staff>,
    Vec<DossierId>,
) -> Pin<Box<dyn Future<Output = Result<HashSet<DossierId>, storage::Error>> + Send>>;

/// What a capability keeps, and what it knows for the charter's conditions.
#[derive(Clone, Copy)]
pub struct Holdings {
    /// Who declares it.
    pub capability: &'static str,
    /// Its migrations, in order.
    pub migrations: &'static [Migration],
    /// Its tables.
    pub tables: &'static [Table],
    /// The conditions it can answer.
    pub facts: &'static [(Condition, Fact)],
}

impl Holdings {
    /// The column of that name with the charter's field that stands behind it, where one does.
    pub(crate) fn personal(&self, table: &str, column: &str) -> Option<(&'static str, &'static str)> {
        let table = self.tables.iter().find(|own| own.name == table)?;
        table.columns.iter().find_map(|(name, kind)| match kind {
            Column::Personal(field) if *name == column => Some((*name, *field)),
            _ => None,
        })
    }
}
