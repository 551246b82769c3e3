//! Owns: [`Field`], one thing a charter may ask or hold about a person. Doesn't own: the built-in ones
//! (`crate::builtin`).

use kernel::Locale;
use serde::Serialize;

use super::Rule;
use crate::{
    Text,
    vocabulary::{Category, FieldKind, FileType, Necessity, Origin, Prefill, Sensitivity},
};

/// A field, built in or declared, with what the charter overrides.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Field {
    /// Its id (`field.phone`), promises and reason.
    pub rule: Rule,
    /// Its name, which is also its name in a form and in the API.
    pub name: String,
    /// What kind of thing it says.
    pub category: Category,
    /// How it is entered.
    pub kind: FieldKind,
    /// Where it comes from.
    pub origin: Origin,
    /// How much harm it can do.
    pub sensitivity: Sensitivity,
    /// What holds where a form doesn't say.
    pub necessity: Necessity,
    /// For a choice: what can be chosen.
    pub choices: Vec<Choice>,
    /// What the service fills in.
    pub prefilled: Option<Prefill>,
    /// Characters at most, for what is typed.
    pub max_length: usize,
    /// Megabytes (10⁶ bytes) at most, for each file.
    pub max_megabytes: u32,
    /// Files at most.
    pub max_files: usize,
    /// File types it takes; empty for what is typed.
    pub accepts: Vec<FileType>,
    /// Whether recruiters may search by it.
    pub searched: bool,
    /// Whether it may weigh in a match.
    pub matched: bool,
    /// Whether it may feed a language model, in the form that identifies nobody.
    pub to_model: bool,
    /// For a conditional field: the answer after which it is asked.
    pub when: Option<When>,
    /// Built in and left as it is.
    pub built_in: bool,
    pub(crate) label: Text,
    pub(crate) why: Text,
    pub(crate) hint: Option<Text>,
}

/// The answer to another field of the form after which a field is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct When {
    /// The other field.
    pub field: String,
    /// The value chosen there.
    pub is: String,
}

/// One choice of a field.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// What is submitted and stored.
    pub value: String,
    pub(crate) label: Text,
}

impl Choice {
    /// What people read.
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        self.label.get(locale)
    }
}

impl Field {
    /// Its name for people, with a capital: "Adresse e-mail".
    #[must_use]
    pub fn label(&self, locale: Locale) -> &str {
        self.label.get(locale)
    }

    /// Why it is asked, one sentence, shown beside it.
    #[must_use]
    pub fn why(&self, locale: Locale) -> &str {
        self.why.get(locale)
    }

    /// What to write into it, when that isn't plain.
    #[must_use]
    pub fn hint(&self, locale: Locale) -> Option<&str> {
        self.hint.as_ref().map(|hint| hint.get(locale))
    }

    /// Bytes at most for each file.
    #[must_use]
    pub const fn max_bytes(&self) -> u64 {
        self.max_megabytes as u64 * 1_000_000
    }
}
