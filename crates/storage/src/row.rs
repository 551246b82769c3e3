//! Owns: [`Row`] and [`Column`], reading typed values back. Doesn't own: the statement ([`crate::Query`]).

use kernel::{Date, Id, Timestamp, Word};
use sqlx::{Decode, Row as _, Type, ValueRef as _, postgres::PgRow, sqlite::SqliteRow};

use crate::{
    Error,
    copy::Copied,
    value::{AsWord, Ciphertext, Itself, KeyedHash, Kind, Maybe, PublicText},
};

/// One row of an answer.
pub struct Row(pub(crate) Native);

pub(crate) enum Native {
    Sqlite(SqliteRow),
    Postgres(PgRow),
    /// Read back from a copy, as if it had been asked for.
    Copied(Copied),
}

/// Why a stored value can't be read as what the program expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The answer has no such column.
    #[error("no such column in the answer")]
    NoColumn,
    /// Null where a value must be.
    #[error("null")]
    Null,
    /// Another type: text where a number must be.
    #[error("of another type")]
    Type,
    /// The right type in the wrong form: a word that isn't one, a number out of range.
    #[error("of another form")]
    Form,
    /// The file itself is damaged.
    #[error("damaged")]
    Damaged,
}

impl Row {
    /// The value of a column. The type is inferred from where it goes; written out, it is
    /// `row.get::<i64, _>("n")`.
    ///
    /// # Errors
    /// [`Error::Corrupt`] naming the column when it isn't there or holds something else.
    pub fn get<T, M>(&self, name: &str) -> Result<T, Error>
    where
        T: Column<M>,
    {
        self.field(name)
            .and_then(|field| T::read(&field))
            .map_err(|problem| Error::Corrupt {
                place: format!("column {name}"),
                problem,
            })
    }

    fn field(&self, name: &str) -> Result<Field<'_>, Unreadable> {
        let index = match &self.0 {
            Native::Sqlite(row) => row.try_column(name).map(sqlx::Column::ordinal),
            Native::Postgres(row) => row.try_column(name).map(sqlx::Column::ordinal),
            Native::Copied(row) => {
                let index = row.position(name).ok_or(Unreadable::NoColumn)?;
                return Ok(Field { row: self, index });
            }
        };
        Ok(Field {
            row: self,
            index: index.map_err(|_| Unreadable::NoColumn)?,
        })
    }
}

/// One value of a row, seen by [`Column::read`]. Opaque: a room's own column type reads itself as one of the
/// types here (`Ciphertext::read(field)`) and wraps that.
pub struct Field<'r> {
    row: &'r Row,
    index: usize,
}

impl<'r> Field<'r> {
    /// The value at a place of the row's order.
    pub(crate) fn at(row: &'r Row, index: usize) -> Self {
        Self { row, index }
    }

    /// The value as a native type, `None` when null.
    pub(crate) fn native<T>(&self) -> Result<Option<T>, Unreadable>
    where
        T: Decode<'r, sqlx::Sqlite> + Type<sqlx::Sqlite> + Decode<'r, sqlx::Postgres> + Type<sqlx::Postgres>,
    {
        let read = match &self.row.0 {
            Native::Sqlite(row) => row.try_get(self.index),
            Native::Postgres(row) => row.try_get(self.index),
            Native::Copied(_) => return Err(Unreadable::Type),
        };
        read.map_err(|_| Unreadable::Type)
    }

    fn is_null(&self) -> Result<bool, Unreadable> {
        let null = match &self.row.0 {
            Native::Sqlite(row) => row.try_get_raw(self.index).map(|value| value.is_null()),
            Native::Postgres(row) => row.try_get_raw(self.index).map(|value| value.is_null()),
            Native::Copied(row) => return Ok(row.is_null(self.index)),
        };
        null.map_err(|_| Unreadable::NoColumn)
    }

    /// The value of a row that was read back from a copy.
    fn copied(&self) -> Option<&'r Kind> {
        match &self.row.0 {
            Native::Copied(row) => row.value(self.index),
            Native::Sqlite(_) | Native::Postgres(_) => None,
        }
    }

    fn text(&self) -> Result<&'r str, Unreadable> {
        match self.copied() {
            Some(Kind::Text(text)) => text.as_deref(),
            _ => self.native()?,
        }
        .ok_or(Unreadable::Null)
    }

    fn int(&self) -> Result<i64, Unreadable> {
        if let Some(Kind::Int(int)) = self.copied() {
            return int.ok_or(Unreadable::Null);
        }
        // PostgreSQL is exact about widths; a literal or an INTEGER column is an int4 there.
        match self.native::<i64>() {
            Err(Unreadable::Type) => self.native::<i32>().map(|narrow| narrow.map(i64::from)),
            wide => wide,
        }?
        .ok_or(Unreadable::Null)
    }

    fn flag(&self) -> Result<bool, Unreadable> {
        match self.copied() {
            Some(Kind::Flag(flag)) => *flag,
            _ => self.native()?,
        }
        .ok_or(Unreadable::Null)
    }

    fn bytes(&self) -> Result<&'r [u8], Unreadable> {
        match self.copied() {
            Some(Kind::Bytes(bytes)) => bytes.as_deref(),
            _ => self.native()?,
        }
        .ok_or(Unreadable::Null)
    }
}

/// What can be read from a column. `M` is inferred, as for [`crate::Bind`].
pub trait Column<M = Itself>: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// When the value is something else.
    fn read(field: &Field<'_>) -> Result<Self, Unreadable>;
}

macro_rules! column {
    ($($type:ty $(where $k:ident)?, $field:ident => $read:expr;)+) => {$(
        impl$(<$k>)? Column for $type {
            fn read($field: &Field<'_>) -> Result<Self, Unreadable> {
                $read
            }
        }
    )+};
}

column! {
    Id<K> where K, field => field.text()?.parse().map_err(|_| Unreadable::Form);
    Date, field => Self::parse(field.text()?).ok_or(Unreadable::Form);
    PublicText, field => Ok(Self::new(field.text()?));
    Timestamp, field => field.int().map(Self::from_millis);
    i64, field => field.int();
    i32, field => Self::try_from(field.int()?).map_err(|_| Unreadable::Form);
    u32, field => Self::try_from(field.int()?).map_err(|_| Unreadable::Form);
    bool, field => field.flag();
    KeyedHash, field => field.bytes()?.try_into().map(Self).map_err(|_| Unreadable::Form);
    Ciphertext, field => Ok(Self::from_sealed(field.bytes()?.to_vec()));
}

/// A value of whatever type its column has: for who walks over every table there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Any {
    /// Nothing.
    Null,
    /// `TEXT`.
    Text(PublicText),
    /// `BIGINT`; of a `BOOLEAN` 0 or 1, which is all that SQLite knows of one.
    Int(i64),
    /// Bytes, which aren't for walking over.
    Bytes,
}

impl Column for Any {
    fn read(field: &Field<'_>) -> Result<Self, Unreadable> {
        if field.is_null()? {
            return Ok(Self::Null);
        }
        let text = || field.text().map(|text| Self::Text(PublicText::new(text)));
        let int = |_| field.int().map(Self::Int);
        let flag = |_| field.flag().map(|flag| Self::Int(flag.into()));
        text()
            .or_else(int)
            .or_else(flag)
            .or_else(|_| field.bytes().map(|_| Self::Bytes))
    }
}

impl<E: Word> Column<AsWord> for E {
    fn read(field: &Field<'_>) -> Result<Self, Unreadable> {
        E::from_word(field.text()?).map_err(|_| Unreadable::Form)
    }
}

impl<M, T: Column<M>> Column<Maybe<M>> for Option<T> {
    fn read(field: &Field<'_>) -> Result<Self, Unreadable> {
        if field.is_null()? {
            Ok(None)
        } else {
            T::read(field).map(Some)
        }
    }
}
