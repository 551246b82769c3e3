//! Owns: the bytes of a record: writing one, reading it back as a [`Row`]. Doesn't own: which tables there are.

use std::sync::Arc;

use super::{Form, Shape};
use crate::{Error, Row, Unreadable, row::Native, value::Kind};

/// A row read back from a record.
pub(crate) struct Copied {
    shape: Arc<Shape>,
    values: Vec<Kind>,
}

impl Copied {
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.shape.columns.iter().position(|(column, _)| column == name)
    }

    pub(crate) fn value(&self, index: usize) -> Option<&Kind> {
        self.values.get(index)
    }

    pub(crate) fn is_null(&self, index: usize) -> bool {
        match self.values.get(index) {
            Some(Kind::Text(value)) => value.is_none(),
            Some(Kind::Int(value)) => value.is_none(),
            Some(Kind::Flag(value)) => value.is_none(),
            Some(Kind::Bytes(value)) => value.is_none(),
            None => true,
        }
    }
}

/// The row that a record holds, to be asked like any other.
///
/// # Errors
/// [`Error::Corrupt`] when it isn't a record of that table.
pub fn row(shape: &Arc<Shape>, record: &[u8]) -> Result<Row, Error> {
    Ok(Row(Native::Copied(Copied {
        shape: Arc::clone(shape),
        values: values(shape, record)?,
    })))
}

/// The values of a record.
pub(super) fn values(shape: &Shape, record: &[u8]) -> Result<Vec<Kind>, Error> {
    let corrupt = || Error::Corrupt {
        place: format!("record of {}", shape.table),
        problem: Unreadable::Form,
    };
    let mut rest = record.get(4..).ok_or_else(corrupt)?;
    let mut values = Vec::with_capacity(shape.columns.len());
    for (_, form) in &shape.columns {
        let (value, after) = read(*form, rest).ok_or_else(corrupt)?;
        values.push(value);
        rest = after;
    }
    if rest.is_empty() {
        Ok(values)
    } else {
        Err(corrupt())
    }
}

/// Goes through records that stand one after the other. What follows the last whole one is an error.
pub struct Records<'b>(pub &'b [u8]);

impl<'b> Iterator for Records<'b> {
    type Item = Result<&'b [u8], Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let length = self.0.first_chunk::<4>().map(|head| u32::from_be_bytes(*head));
        let end = length
            .and_then(|length| usize::try_from(length).ok())
            .and_then(|length| length.checked_add(4));
        match end.and_then(|end| self.0.split_at_checked(end)) {
            Some((record, rest)) => {
                self.0 = rest;
                Some(Ok(record))
            }
            None => {
                self.0 = &[];
                Some(Err(Error::Corrupt {
                    place: "records".to_owned(),
                    problem: Unreadable::Form,
                }))
            }
        }
    }
}

/// Appends a value.
pub(super) fn write(value: &Kind, record: &mut Vec<u8>) {
    match value {
        Kind::Text(None) | Kind::Int(None) | Kind::Flag(None) | Kind::Bytes(None) => record.push(0),
        Kind::Text(Some(text)) => measured(1, text.as_bytes(), record),
        Kind::Int(Some(int)) => {
            record.push(2);
            record.extend_from_slice(&int.to_be_bytes());
        }
        Kind::Flag(Some(flag)) => record.extend_from_slice(&[3, u8::from(*flag)]),
        Kind::Bytes(Some(bytes)) => measured(4, bytes, record),
    }
}

/// Writes the length of a record, for which its first four bytes were left, into them.
pub(super) fn frame(record: &mut [u8]) {
    let length = size(record.len() - 4);
    if let Some(head) = record.first_chunk_mut::<4>() {
        *head = length;
    }
}

fn measured(tag: u8, bytes: &[u8], record: &mut Vec<u8>) {
    record.push(tag);
    record.extend_from_slice(&size(bytes.len()));
    record.extend_from_slice(bytes);
}

/// No value is that long: both engines refuse one of 1 GB.
fn size(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}

fn read(form: Form, bytes: &[u8]) -> Option<(Kind, &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    Some(match (tag, form) {
        (0, Form::Text) => (Kind::Text(None), rest),
        (0, Form::Int) => (Kind::Int(None), rest),
        (0, Form::Flag) => (Kind::Flag(None), rest),
        (0, Form::Bytes) => (Kind::Bytes(None), rest),
        (1, Form::Text) => {
            let (text, rest) = after_length(rest)?;
            (Kind::Text(Some(String::from_utf8(text.to_vec()).ok()?)), rest)
        }
        (2, Form::Int) => {
            let (int, rest) = rest.split_first_chunk::<8>()?;
            (Kind::Int(Some(i64::from_be_bytes(*int))), rest)
        }
        (3, Form::Flag) => {
            let (flag, rest) = rest.split_first()?;
            (Kind::Flag(Some(*flag == 1)), rest)
        }
        (4, Form::Bytes) => {
            let (bytes, rest) = after_length(rest)?;
            (Kind::Bytes(Some(bytes.to_vec())), rest)
        }
        _ => return None,
    })
}

fn after_length(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}
