//! Owns: [`Conn`], one connection of either engine, and how a statement runs on it. The only place, with
//! `db.rs`, where the engines differ at run time. Doesn't own: when it is taken and given back.

use std::{borrow::Cow, time::Duration};

use futures_util::{StreamExt as _, stream::BoxStream};
use sqlx::{
    AssertSqlSafe, Either, Executor as _, Postgres, SqlSafeStr as _, SqlStr, Sqlite, pool::PoolConnection,
};

use crate::{Error, Row, Value, row::Native, value::Kind};

/// How long PostgreSQL may take over one statement before the connection counts as lost: a network that went
/// silent tells nobody. A migration may take longer.
const STATEMENT: Duration = Duration::from_secs(30);

/// A statement ready to run: lists written out, values in order.
#[derive(Clone)]
pub(crate) struct Statement {
    pub(crate) text: Cow<'static, str>,
    pub(crate) values: Vec<Value>,
}

impl From<&'static str> for Statement {
    fn from(word: &'static str) -> Self {
        Self {
            text: Cow::Borrowed(word),
            values: Vec::new(),
        }
    }
}

impl Statement {
    /// Whether nothing can be written by it.
    pub(crate) fn only_reads(&self) -> bool {
        self.text.trim_ascii_start().starts_with("SELECT")
    }

    fn sql(&self) -> SqlStr {
        match &self.text {
            Cow::Borrowed(text) => text.into_sql_str(),
            // Made of static pieces and placeholders only; see `Query`.
            Cow::Owned(text) => AssertSqlSafe(text.clone()).into_sql_str(),
        }
    }
}

pub(crate) enum Conn {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

/// The same chain of `.bind` for both engines' own query types.
macro_rules! bound {
    ($statement:expr) => {
        $statement
            .values
            .iter()
            .fold(sqlx::query($statement.sql()), |query, value| match &value.0 {
                Kind::Text(text) => query.bind(text.as_deref()),
                Kind::Int(int) => query.bind(*int),
                Kind::Flag(flag) => query.bind(*flag),
                Kind::Bytes(bytes) => query.bind(bytes.as_deref()),
            })
    };
}

impl Conn {
    pub(crate) async fn fetch(&mut self, statement: &Statement) -> Result<Vec<Row>, Error> {
        match self {
            Self::Sqlite(conn) => {
                let rows = bound!(statement).fetch_all(&mut **conn).await;
                Ok(rows
                    .map_err(sorted(statement))?
                    .into_iter()
                    .map(|row| Row(Native::Sqlite(row)))
                    .collect())
            }
            Self::Postgres(conn) => {
                let rows = in_time(conn, async |conn| bound!(statement).fetch_all(&mut **conn).await).await?;
                Ok(rows
                    .map_err(sorted(statement))?
                    .into_iter()
                    .map(|row| Row(Native::Postgres(row)))
                    .collect())
            }
        }
    }

    pub(crate) async fn execute(&mut self, statement: &Statement) -> Result<u64, Error> {
        match self {
            Self::Sqlite(conn) => {
                let done = bound!(statement).execute(&mut **conn).await;
                Ok(done.map_err(sorted(statement))?.rows_affected())
            }
            Self::Postgres(conn) => {
                let done = in_time(conn, async |conn| bound!(statement).execute(&mut **conn).await).await?;
                Ok(done.map_err(sorted(statement))?.rows_affected())
            }
        }
    }

    /// Statements one after the other; gives the rows of the last. On SQLite they are one turn of the driver's thread;
    /// PostgreSQL's protocol takes values with one statement at a time.
    pub(crate) async fn fetch_after(
        &mut self,
        before: Vec<Statement>,
        statement: &Statement,
    ) -> Result<Vec<Row>, Error> {
        match self {
            _ if before.is_empty() => self.fetch(statement).await,
            // What goes before asks for no rows.
            Self::Sqlite(_) => self.fetch(&joined(before.iter().chain([statement]))).await,
            Self::Postgres(_) => {
                self.execute_each(&before).await?;
                self.fetch(statement).await
            }
        }
    }

    /// The same; gives how many rows the last wrote.
    pub(crate) async fn execute_after(
        &mut self,
        before: Vec<Statement>,
        statement: &Statement,
    ) -> Result<u64, Error> {
        match self {
            _ if before.is_empty() => self.execute(statement).await,
            Self::Sqlite(conn) => {
                let all = joined(before.iter().chain([statement]));
                let mut outcomes = (&mut **conn).fetch_many(bound!(all));
                let mut written = 0;
                while let Some(outcome) = outcomes.next().await {
                    if let Either::Left(done) = outcome.map_err(sorted(&all))? {
                        written = done.rows_affected();
                    }
                }
                Ok(written)
            }
            Self::Postgres(_) => {
                self.execute_each(&before).await?;
                self.execute(statement).await
            }
        }
    }

    pub(crate) async fn execute_each(&mut self, statements: &[Statement]) -> Result<(), Error> {
        for statement in statements {
            self.execute(statement).await?;
        }
        Ok(())
    }

    /// Rows as they come, however many; text without values, no limit in time.
    pub(crate) fn stream(&mut self, text: String) -> BoxStream<'_, Result<Row, Error>> {
        let place = text.clone();
        let sorted = move |error: sqlx::Error| Error::from_sqlx(&error, &place);
        let text = AssertSqlSafe(text).into_sql_str();
        match self {
            Self::Sqlite(conn) => sqlx::query(text)
                .fetch(&mut **conn)
                .map(move |row| row.map(|row| Row(Native::Sqlite(row))).map_err(&sorted))
                .boxed(),
            Self::Postgres(conn) => sqlx::query(text)
                .fetch(&mut **conn)
                .map(move |row| row.map(|row| Row(Native::Postgres(row))).map_err(&sorted))
                .boxed(),
        }
    }

    /// Text without values, several statements allowed, no limit in time.
    pub(crate) async fn script(&mut self, text: &str) -> Result<(), Error> {
        let script = sqlx::raw_sql(AssertSqlSafe(text));
        let done = match self {
            Self::Sqlite(conn) => script.execute(&mut **conn).await.map(drop),
            Self::Postgres(conn) => script.execute(&mut **conn).await.map(drop),
        };
        done.map_err(|error| Error::from_sqlx(&error, text))
    }

    /// As [`Conn::script`], for the few words that begin and end a transaction.
    pub(crate) async fn word(&mut self, text: &'static str) -> Result<(), Error> {
        if let Self::Postgres(conn) = self {
            let done = in_time(conn, async |conn| sqlx::raw_sql(text).execute(&mut **conn).await).await?;
            return done.map(drop).map_err(|error| Error::from_sqlx(&error, text));
        }
        self.script(text).await
    }

    /// Don't use it again: the state it is in isn't known.
    pub(crate) fn discard(&mut self) {
        match self {
            Self::Sqlite(conn) => conn.close_on_drop(),
            Self::Postgres(conn) => conn.close_on_drop(),
        }
    }
}

/// One text of several, their values numbered through.
fn joined<'s>(statements: impl Iterator<Item = &'s Statement>) -> Statement {
    let (mut text, mut values) = (String::new(), Vec::new());
    for statement in statements {
        let mut pieces = statement.text.split('$');
        text.push_str(pieces.next().unwrap_or_default());
        for piece in pieces {
            let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
            let (number, rest) = piece.split_at(digits);
            text.push('$');
            if let Ok(number) = number.parse::<usize>() {
                text.push_str(&(number + values.len()).to_string());
            }
            text.push_str(rest);
        }
        text.push(';');
        values.extend_from_slice(&statement.values);
    }
    Statement {
        text: text.into(),
        values,
    }
}

fn sorted(statement: &Statement) -> impl Fn(sqlx::Error) -> Error + '_ {
    |error| Error::from_sqlx(&error, &statement.text)
}

/// Runs on PostgreSQL for at most [`STATEMENT`]; a connection that took longer is discarded.
async fn in_time<T>(
    conn: &mut PoolConnection<Postgres>,
    run: impl AsyncFnOnce(&mut PoolConnection<Postgres>) -> T,
) -> Result<T, Error> {
    match tokio::time::timeout(STATEMENT, run(conn)).await {
        Ok(done) => Ok(done),
        Err(_elapsed) => {
            conn.close_on_drop();
            Err(Error::Unavailable)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bind as _;

    #[test]
    fn joined_statements_keep_their_values() {
        let of = |text: &'static str, values: Vec<Value>| Statement {
            text: text.into(),
            values,
        };
        let all = [
            of(
                "UPDATE t SET n = $2 WHERE id = $1",
                vec![7_i64.value(), 8_i64.value()],
            ),
            of(
                "DELETE FROM t WHERE n IN ($1, $1) AND j = '$.k'",
                vec![9_i64.value()],
            ),
            Statement::from("COMMIT"),
        ];
        let both = joined(all.iter());
        let written =
            "UPDATE t SET n = $2 WHERE id = $1;DELETE FROM t WHERE n IN ($3, $3) AND j = '$.k';COMMIT;";
        assert_eq!((&*both.text, both.values.len()), (written, 3));
    }
}
