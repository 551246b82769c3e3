//! Owns: a first charter from the table that most policies have: purpose, data, people, duration. Doesn't own: judging
//! it (`check`): what the table doesn't say is left as a gap that the check lists.

mod durations;
mod guess;
mod table;
mod write;

use kernel::Date;

pub(crate) use durations::durations;
pub use table::{MOST_TABLE_BYTES, TableError};

use crate::Charter;

/// Writes a charter from a table of purposes: CSV or TSV, UTF-8, with headings in French or English in any order.
///
/// An empty cell is one merged with the cell above. Whatever isn't understood stands as a gap that quotes the cell; what
/// the table can't say (bases, readers, the controller) is a gap too. The answer always parses, and is laid out.
///
/// # Errors
/// [`TableError`], which says what to do about the table.
pub fn draft(table: &[u8], effective: Date) -> Result<String, TableError> {
    let table = table::read(table)?;
    let text = write::charter(&table, effective);
    Charter::laid_out(&text).map_err(|_| TableError::TooLarge)
}

/// Small letters without accents, one space between words: what headings and cells are compared by.
fn plain(text: &str) -> String {
    let folded = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'à' | 'â' | 'ä' | 'á' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' | 'í' => 'i',
            'ô' | 'ö' | 'ó' => 'o',
            'ù' | 'û' | 'ü' | 'ú' => 'u',
            'ç' => 'c',
            '’' => '\'',
            letter if letter.is_alphanumeric() || letter == '\'' => letter,
            _ => ' ',
        });
    let folded: String = folded.collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
