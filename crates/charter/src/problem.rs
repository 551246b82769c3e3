//! Owns: [`Problem`], what keeps a text from being a charter. Doesn't own: what a charter lacks ([`crate::check`]).

use std::fmt;

use kernel::Locale;
use serde::Serialize;

use crate::{render::typeset, source::Place};

/// Something in the text that the language has no meaning for. A text with problems is no charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// Which rule of the language: `charter.unknown-key`.
    pub rule: &'static str,
    /// What was probably meant.
    pub suggestion: Option<String>,
    fr: String,
    en: String,
}

impl Problem {
    pub(crate) fn new(
        place: Place,
        rule: &'static str,
        suggestion: Option<String>,
        fr: String,
        en: String,
    ) -> Self {
        Self {
            line: place.line,
            column: place.column,
            rule,
            suggestion,
            fr,
            en,
        }
    }

    /// What is wrong and what to write instead, with the suggestion when there is one.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        let said = match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        };
        let meant = self.suggestion.as_ref().map(|meant| match locale {
            Locale::Fr => format!(" Vouliez-vous dire « {meant} » ?"),
            Locale::En => format!(" Did you mean “{meant}”?"),
        });
        typeset(&format!("{said}{}", meant.unwrap_or_default()), locale)
    }

    /// Where it is.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place {
            line: self.line,
            column: self.column,
        }
    }
}

/// `line:column: message [rule]`, in English: what a terminal shows.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {} [{}]",
            self.line,
            self.column,
            self.message(Locale::En),
            self.rule
        )
    }
}

impl std::error::Error for Problem {}
