//! Owns: reading the table: its limits, its headings, the cells merged with those above. Doesn't own: what a cell means
//! (`guess`).

use kernel::Locale;

use super::plain;

/// A table of this many bytes has gone wrong: the longest real one makes some ten thousand.
pub const MOST_TABLE_BYTES: u64 = 1_000_000;
const MOST_COLUMNS: usize = 40;
const MOST_ROWS: usize = 400;
/// Characters.
const LONGEST_CELL: usize = 3_000;

/// Why a table can't become a charter, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TableError {
    /// Too many bytes, rows, or characters in a cell.
    #[error("the table is too large: keep the {MOST_ROWS} rows or fewer that describe purposes")]
    TooLarge,
    /// Not UTF-8, first in that line.
    #[error("line {0}: this isn't UTF-8 text: save the table as “CSV UTF-8”")]
    NotUtf8(usize),
    /// More columns than any such table has.
    #[error("line {line}: {columns} columns: keep those of purpose, data, people and duration")]
    TooManyColumns {
        /// Of the file, from 1.
        line: usize,
        /// As counted.
        columns: usize,
    },
    /// Quotes that don't close.
    #[error("line {0}: a quoted cell doesn't end: close its quotes")]
    OpenQuote(usize),
    /// No row with headings.
    #[error(
        "no row of headings: name the columns, for example “Purpose;Data;People;Duration”, separated by commas, semicolons or tabs"
    )]
    NoHeadings,
    /// Nothing below them.
    #[error("no row below the headings: there must be a purpose to write")]
    NoRows,
}

impl TableError {
    /// What is wrong and what to do.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        if locale == Locale::En {
            return self.to_string();
        }
        let said = match self {
            Self::TooLarge => format!(
                "le tableau est trop grand : gardez les lignes qui décrivent des finalités, {MOST_ROWS} au plus"
            ),
            Self::NotUtf8(line) => {
                format!("ligne {line} : ce n’est pas du texte UTF-8 : enregistrez le tableau en « CSV UTF-8 »")
            }
            Self::TooManyColumns { line, columns } => format!(
                "ligne {line} : {columns} colonnes : gardez celles des finalités, des données, des personnes et des durées"
            ),
            Self::OpenQuote(line) => format!(
                "ligne {line} : une cellule entre guillemets n’a pas de fin : fermez les guillemets"
            ),
            Self::NoHeadings => "aucune ligne d’en-têtes : nommez les colonnes, par exemple « Finalité;Données;Personnes;Durée », séparées par des virgules, des points-virgules ou des tabulations".to_owned(),
            Self::NoRows => "aucune ligne sous les en-têtes : il faut une finalité à écrire".to_owned(),
        };
        crate::render::typeset(&said, locale)
    }
}

/// A column that a charter can be written from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Purpose,
    Data,
    People,
    Duration,
    Basis,
    Recipients,
}

/// What headings say, by the first that fits: in French, in English.
const HEADINGS: [(Column, &[&str], &[&str]); 6] = [
    (
        Column::Duration,
        &["duree", "conservation", "delai", "combien de temps"],
        &[
            "duration",
            "retention",
            "how long",
            "period",
            "kept",
            "storage time",
        ],
    ),
    (
        Column::Basis,
        &["base legale", "base juridique", "fondement"],
        &["basis", "legal ground", "lawful"],
    ),
    (
        Column::Recipients,
        &["destinataire", "acces", "qui les lit"],
        &["recipient", "access", "readers", "who reads", "shared with"],
    ),
    (
        Column::People,
        &["personne", "public concerne", "qui est concerne"],
        &["people", "data subject", "individual", "whose", "persons"],
    ),
    (
        Column::Purpose,
        &["finalite", "objectif", "pourquoi", "usage", "traitement"],
        &["purpose", "why", "activity", "processing"],
    ),
    (Column::Data, &["donnee", "information"], &["data", "information"]),
];

/// A purpose as the table has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Of the file, from 1.
    pub(super) number: usize,
    /// The title of a group that stands above, with its line.
    pub(super) title: Option<(usize, String)>,
    pub(super) purpose: String,
    pub(super) data: Cell,
    pub(super) people: Cell,
    pub(super) duration: Cell,
    pub(super) basis: Cell,
    pub(super) recipients: Cell,
}

/// A cell, and the line from which it was taken when it is merged with one above.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) from: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Table {
    /// The language of its headings.
    pub(super) locale: Locale,
    pub(super) lines: Vec<Line>,
    /// Headings of columns that nothing was taken from.
    pub(super) unused: Vec<String>,
}

/// A row of the file with its line number.
type Raw = (usize, Vec<String>);
/// What each place of a row holds.
type Columns = Vec<(usize, Column)>;

pub(super) fn read(bytes: &[u8]) -> Result<Table, TableError> {
    if bytes.len() as u64 > MOST_TABLE_BYTES {
        return Err(TableError::TooLarge);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        TableError::NotUtf8(1 + before.iter().filter(|byte| **byte == b'\n').count())
    })?;
    let mut refused = None;
    for separator in *b"\t;," {
        match rows(text, separator) {
            Ok(rows) => {
                if let Some((at, columns, locale)) = headings(&rows) {
                    return table(rows.get(at..).unwrap_or_default(), &columns, locale);
                }
            }
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    Err(refused.unwrap_or(TableError::NoHeadings))
}

/// The rows that say something, cells trimmed to one line.
fn rows(text: &str, separator: u8) -> Result<Vec<Raw>, TableError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut rows, mut last) = (Vec::new(), 1);
    let mut open = false;
    for record in reader.records() {
        let record = record.map_err(|_| TableError::OpenQuote(last))?;
        let line = record
            .position()
            .map_or(last, |at| usize::try_from(at.line()).unwrap_or(last));
        last = line;
        if record.len() > MOST_COLUMNS {
            let columns = record.len();
            return Err(TableError::TooManyColumns { line, columns });
        }
        open = record.iter().next_back().is_some_and(|cell| cell.contains('\n'));
        let cells: Vec<String> = record
            .iter()
            .map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if cells.iter().any(|cell| cell.chars().count() > LONGEST_CELL) || rows.len() > MOST_ROWS {
            return Err(TableError::TooLarge);
        }
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push((line, cells));
        }
    }
    if open && !text.trim_end().ends_with('"') {
        return Err(TableError::OpenQuote(last));
    }
    Ok(rows)
}

/// Whether a word of the text starts so.
pub(super) fn says(plain: &str, start: &str) -> bool {
    plain.match_indices(start).any(|(at, _)| {
        plain[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric())
    })
}

/// The row of headings: its place, what each column holds, the language.
fn headings(rows: &[Raw]) -> Option<(usize, Columns, Locale)> {
    rows.iter().enumerate().find_map(|(at, (_, cells))| {
        let mut columns: Vec<(usize, Column)> = Vec::new();
        let mut french = 0_usize;
        for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.len() < 80) {
            let heading = plain(cell);
            let fits = |words: &[&str]| words.iter().any(|word| says(&heading, word));
            let found = HEADINGS.iter().find(|(_, fr, en)| fits(fr) || fits(en));
            if let Some((column, fr, _)) = found
                && columns.iter().all(|(_, other)| other != column)
            {
                columns.push((place, *column));
                french += usize::from(fits(fr));
            }
        }
        let purposes = columns.iter().any(|(_, column)| *column == Column::Purpose);
        let locale = if french * 2 >= columns.len() {
            Locale::Fr
        } else {
            Locale::En
        };
        (purposes && columns.len() > 1).then_some((at, columns, locale))
    })
}

/// The table below its headings, the first row.
fn table(rows: &[Raw], columns: &[(usize, Column)], locale: Locale) -> Result<Table, TableError> {
    let (head, rows) = rows.split_first().ok_or(TableError::NoRows)?;
    let unused = head.1.iter().enumerate();
    let unused = unused.filter(|(at, cell)| !cell.is_empty() && columns.iter().all(|(place, _)| place != at));
    let unused = unused.map(|(_, cell)| cell.clone()).collect();
    let read: Vec<Line> = rows.iter().map(|row| line(row, columns)).collect();
    let mut lines: Vec<Line> = Vec::new();
    let (mut above, mut title) = (Line::default(), None);
    for (at, line) in read.iter().enumerate() {
        if line.purpose.is_empty() {
            // Its purpose is merged with the one above: it goes on.
            if let Some(last) = lines.last_mut() {
                last.join(line);
            }
        } else if is_title(line, read.get(at + 1)) {
            title = Some((line.number, line.purpose.clone()));
        } else {
            let mut line = line.clone();
            line.title = title.take();
            line.inherit(&mut above);
            lines.push(line);
        }
    }
    if lines.is_empty() {
        return Err(TableError::NoRows);
    }
    Ok(Table {
        locale,
        lines,
        unused,
    })
}

fn line((number, cells): &Raw, columns: &[(usize, Column)]) -> Line {
    let text = |wanted: Column| {
        let place = columns.iter().find(|(_, column)| *column == wanted);
        place
            .and_then(|(place, _)| cells.get(*place))
            .cloned()
            .unwrap_or_default()
    };
    let cell = |wanted| Cell {
        text: text(wanted),
        from: None,
    };
    Line {
        number: *number,
        title: None,
        purpose: text(Column::Purpose),
        data: cell(Column::Data),
        people: cell(Column::People),
        duration: cell(Column::Duration),
        basis: cell(Column::Basis),
        recipients: cell(Column::Recipients),
    }
}

/// A title of a group of purposes: alone in its row, above one that says everything anew.
fn is_title(line: &Line, next: Option<&Line>) -> bool {
    let alone = line.cells().iter().all(|cell| cell.text.is_empty());
    let anew = |next: &Line| {
        let group = [&next.people, &next.duration];
        !next.data.text.is_empty() && group.iter().any(|cell| !cell.text.is_empty())
    };
    alone && next.is_some_and(anew)
}

impl Line {
    fn cells(&self) -> [&Cell; 5] {
        [
            &self.data,
            &self.people,
            &self.duration,
            &self.basis,
            &self.recipients,
        ]
    }

    fn cells_mut(&mut self) -> [&mut Cell; 5] {
        [
            &mut self.data,
            &mut self.people,
            &mut self.duration,
            &mut self.basis,
            &mut self.recipients,
        ]
    }

    /// An empty cell is merged with the last one above that isn't.
    fn inherit(&mut self, above: &mut Self) {
        let number = self.number;
        for (cell, above) in self.cells_mut().into_iter().zip(above.cells_mut()) {
            if cell.text.is_empty() {
                *cell = above.clone();
            } else {
                *above = Cell {
                    text: cell.text.clone(),
                    from: Some(number),
                };
            }
        }
    }

    fn join(&mut self, more: &Self) {
        for (cell, more) in self.cells_mut().into_iter().zip(more.cells()) {
            if !more.text.is_empty() && cell.text != more.text {
                let joined = [cell.text.as_str(), more.text.as_str()];
                cell.text = joined
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ");
            }
        }
    }
}
