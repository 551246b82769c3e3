//! Owns: [`sql`], one statement with its values, for both engines. Doesn't own: the connection it runs on.

use std::borrow::Cow;

use crate::{Bind, Db, Error, Row, Tx, Value, conn::Statement, value::Kind};

/// The most values one [`Query::bind_list`] takes. Both engines bear more (SQLite 32,766 in all, PostgreSQL
/// 65,535); asking in pieces of this size costs nothing that can be measured and keeps plans and memory small.
pub const LIST: usize = 512;

/// A statement. The text is static: it can't hold what a person typed.
///
/// `$1`, `$2`… stand for the values of [`Query::bind`] in the order they are bound; each `$list`, in the order
/// they stand, for those of one [`Query::bind_list`]; `$rows` for those of [`Query::bind_rows`].
pub fn sql(text: &'static str) -> Query {
    Query {
        text: Cow::Borrowed(text),
        values: Vec::new(),
        rows: Vec::new(),
        lists: Vec::new(),
    }
}

/// A statement and its values; see [`sql`].
#[must_use = "a statement does nothing until it is run"]
pub struct Query {
    text: Cow<'static, str>,
    values: Vec<Value>,
    rows: Vec<Vec<Value>>,
    lists: Vec<(Vec<Value>, Value)>,
}

/// Where a read runs.
pub enum On<'a> {
    /// On the database: what is committed.
    Db(&'a Db),
    /// Within a transaction: sees its own writes. With `tx: &mut Tx` in hand, pass `&mut *tx` to keep it.
    Tx(&'a mut Tx),
}

impl<'a> From<&'a Db> for On<'a> {
    fn from(db: &'a Db) -> Self {
        Self::Db(db)
    }
}

impl<'a> From<&'a mut Tx> for On<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        Self::Tx(tx)
    }
}

impl Query {
    /// Goes on with another static piece: an optional condition, an order.
    pub fn then(mut self, text: &'static str) -> Self {
        self.text.to_mut().push_str(text);
        self
    }

    /// Binds the next value.
    pub fn bind<M>(mut self, value: impl Bind<M>) -> Self {
        self.values.push(value.value());
        self
    }

    /// Binds a list of at most [`LIST`] values to the next `$list`: `WHERE id IN ($list)`. An empty list is in
    /// order: `IN` then holds for no row and `NOT IN` for every one.
    pub fn bind_list<M, T: Bind<M>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.lists
            .push((values.into_iter().map(T::value).collect(), T::null()));
        self
    }

    /// Binds rows to `$rows`, at least one and at most [`LIST`] values in all: `INSERT INTO t (a, b) VALUES $rows` writes
    /// them in one statement, which is one turn of the driver's thread instead of one a row.
    pub fn bind_rows<const N: usize>(mut self, rows: impl IntoIterator<Item = [Value; N]>) -> Self {
        self.rows.extend(rows.into_iter().map(Vec::from));
        self
    }

    /// Every row.
    ///
    /// # Errors
    /// Any of [`Error`] but [`Error::Missing`].
    pub async fn all<'a>(self, on: impl Into<On<'a>>) -> Result<Vec<Row>, Error> {
        let (statement, on) = (self.statement()?, on.into());
        // Boxed: the drivers' futures are large, and every future above would hold one for each statement.
        Box::pin(async move {
            match on {
                On::Db(db) => db.fetch(&statement).await,
                On::Tx(tx) => tx.fetch(&statement).await,
            }
        })
        .await
    }

    /// The only row; the first one when there are several.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is none.
    pub async fn one<'a>(self, on: impl Into<On<'a>>) -> Result<Row, Error> {
        self.optional(on).await?.ok_or(Error::Missing)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Query::all`].
    pub async fn optional<'a>(self, on: impl Into<On<'a>>) -> Result<Option<Row>, Error> {
        Ok(self.all(on).await?.into_iter().next())
    }

    /// Writes; gives the number of rows written.
    ///
    /// # Errors
    /// As [`Query::all`]; afterwards the transaction is lost.
    pub async fn run(self, tx: &mut Tx) -> Result<u64, Error> {
        let statement = self.statement()?;
        Box::pin(tx.execute(&statement)).await
    }

    /// Writes, together with the next statement of the transaction that is run, or with its commit: of what is asked
    /// nothing back. On SQLite a form's dozen of rows is then one turn of the driver's thread instead of a dozen.
    ///
    /// # Errors
    /// [`Error::Placeholders`], [`Error::ListTooLong`]. What the database says of it, the next statement that is run
    /// says, or the commit: nothing was written then.
    pub async fn later(self, tx: &mut Tx) -> Result<(), Error> {
        let statement = self.statement()?;
        Box::pin(tx.later(statement)).await
    }

    /// Writes the lists out. A list is filled up to a power of two with its last value, so that a few prepared
    /// statements serve every length.
    fn statement(self) -> Result<Statement, Error> {
        let Self {
            mut text,
            mut values,
            rows,
            lists,
        } = self;
        if placeholders(&text) != values.len() {
            // SQLite would take a forgotten value for null.
            return Err(Error::Placeholders(values.len()));
        }
        if let Some(first) = rows.first() {
            let width = first.len();
            if rows.len() * width > LIST {
                return Err(Error::ListTooLong(rows.len() * width));
            }
            let row = |nth: usize| {
                let numbers: Vec<String> = (1..=width)
                    .map(|column| format!("${}", values.len() + nth * width + column))
                    .collect();
                format!("({})", numbers.join(", "))
            };
            let written: Vec<String> = (0..rows.len()).map(row).collect();
            text = Cow::Owned(text.replace("$rows", &written.join(", ")));
            values.extend(rows.into_iter().flatten());
        }
        if lists.is_empty() {
            return Ok(Statement { text, values });
        }
        let mut pieces = text.split("$list");
        let mut written = pieces.next().unwrap_or_default().to_owned();
        let mut lists = lists.into_iter();
        for piece in pieces {
            let (mut list, null) = lists
                .next()
                .unwrap_or_else(|| (Vec::new(), Value(Kind::Text(None))));
            if list.len() > LIST {
                return Err(Error::ListTooLong(list.len()));
            }
            match list.last().cloned() {
                // SQL has no `IN ()`; the null carries the type.
                None => {
                    values.push(null);
                    let nothing = format!("SELECT ${} WHERE 1 = 0", values.len());
                    written.push_str(&nothing);
                }
                Some(last) => {
                    list.resize(list.len().next_power_of_two(), last);
                    let first = values.len() + 1;
                    let numbers: Vec<String> = (first..first + list.len())
                        .map(|number| format!("${number}"))
                        .collect();
                    written.push_str(&numbers.join(", "));
                    values.extend(list);
                }
            }
            written.push_str(piece);
        }
        Ok(Statement {
            text: Cow::Owned(written),
            values,
        })
    }
}

/// The highest number among `$1`, `$2`…
fn placeholders(text: &str) -> usize {
    let digits = |piece: &str| piece.bytes().take_while(u8::is_ascii_digit).count();
    text.split('$')
        .skip(1)
        .filter_map(|piece| piece.get(..digits(piece))?.parse().ok())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_after_the_single_values_and_are_filled_up() {
        let query = sql("SELECT 1 FROM t WHERE a IN ($list) AND b = $1 AND c NOT IN ($list)")
            .bind_list([7_i64, 8, 9])
            .bind(true)
            .bind_list([1_i64]);
        let statement = query.statement().unwrap();
        assert_eq!(
            statement.text,
            "SELECT 1 FROM t WHERE a IN ($2, $3, $4, $5) AND b = $1 AND c NOT IN ($6)"
        );
        assert_eq!(statement.values.len(), 6);
    }

    #[test]
    fn rows_are_written_out_one_after_the_other() {
        let rows = [7_i64, 8].map(|number| [number.value(), true.value()]);
        let query = sql("INSERT INTO t (n, f) VALUES $rows ON CONFLICT (n) DO UPDATE SET at = $1");
        let statement = query.bind(9_i64).bind_rows(rows).statement().unwrap();
        let written = "INSERT INTO t (n, f) VALUES ($2, $3), ($4, $5) ON CONFLICT (n) DO UPDATE SET at = $1";
        assert_eq!((&*statement.text, statement.values.len()), (written, 5));
        let many = sql("INSERT INTO t VALUES $rows").bind_rows((0..257_i64).map(|n| [n.value(), n.value()]));
        assert!(matches!(many.statement(), Err(Error::ListTooLong(514))));
    }

    #[test]
    fn a_forgotten_value_is_told() {
        assert_eq!(placeholders("a = $12 AND b IN ($list) AND c = $2"), 12);
        let forgotten = sql("SELECT 1 WHERE a = $1 AND b = $2").bind(1_i64).statement();
        assert!(matches!(forgotten, Err(Error::Placeholders(1))));
    }

    #[test]
    fn too_long_a_list_is_refused() {
        let query = sql("SELECT 1 WHERE 1 IN ($list)").bind_list(0_i64..513);
        assert!(matches!(query.statement(), Err(Error::ListTooLong(513))));
    }
}
