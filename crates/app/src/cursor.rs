//! Owns: cursors as addresses carry them: sealed, and bound to the question they were given for. Doesn't own: what a
//! question is ([`crate::query`], the API's).

use kernel::Cursor;

use crate::{Site, visit::same};

/// A place in the list that answers this question.
pub(crate) fn seal(site: &Site, question: &str, cursor: &Cursor) -> String {
    let place = cursor.to_string();
    let seal = seal_of(site, question, &place);
    format!("{place}.{seal}")
}

/// The place, when the text was given for this question.
pub(crate) fn open(site: &Site, question: &str, text: &str) -> Option<Cursor> {
    let (place, given) = text.rsplit_once('.')?;
    same(&seal_of(site, question, place), given)
        .then(|| place.parse().ok())
        .flatten()
}

/// 16 bytes, in hexadecimal.
fn seal_of(site: &Site, question: &str, place: &str) -> String {
    let mut seal = site
        .guard()
        .seal_of("cursor", format!("{place} {question}").as_bytes());
    seal.truncate(32);
    seal
}
