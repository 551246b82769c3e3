//! Owns: [`Page`] and [`Cursor`], paging by key. Doesn't own: the query that fills a page.

use std::{fmt, str::FromStr};

/// Where a page ended: the sort key and the id of its last row, so that the next one starts right after it
/// whatever was added meanwhile. Written `key.id` with the key in hexadecimal; it holds nothing personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The last row's sort key (a time in milliseconds, a rank).
    pub key: i64,
    /// The last row's id, as written.
    pub id: String,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}.{}", self.key, self.id)
    }
}

impl FromStr for Cursor {
    type Err = crate::IdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (key, id) = text.split_once('.').ok_or(crate::IdError)?;
        let key = u64::from_str_radix(key, 16)
            .map_err(|_| crate::IdError)?
            .cast_signed();
        id.parse::<crate::Id<()>>()?;
        Ok(Self {
            key,
            id: id.to_owned(),
        })
    }
}

/// Some rows and where to go on.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows, at most as many as were asked for.
    pub rows: Vec<T>,
    /// Where the next page starts; `None` on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts `rows`, fetched as one more than `size`, to a page; `cursor` tells a row's place.
    #[must_use]
    pub fn cut(mut rows: Vec<T>, size: usize, cursor: impl Fn(&T) -> Cursor) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = if more { rows.last().map(cursor) } else { None };
        Self { rows, next }
    }

    /// The same page of other rows.
    #[must_use]
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            rows: self.rows.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_and_reads_back_its_cursor() {
        let id = "0193aaaabbbb7ccc8dddeeeeffff0000";
        let cursor = Cursor {
            key: -5,
            id: id.to_owned(),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor.clone()));
        assert!("5.x".parse::<Cursor>().is_err());
        let page = Page::cut(vec![1, 2, 3], 2, |_| cursor.clone());
        assert_eq!((page.rows, page.next), (vec![1, 2], Some(cursor)));
        assert_eq!(Page::cut(vec![1], 2, |_| unreachable!()).next, None);
    }
}
