//! Owns: what a lawyer would say of a charter: errors, warnings, gaps. Doesn't own: the language (`parse`).

use kernel::Locale;

use crate::{Charter, ClauseId, Place};

kernel::words! {
    /// How grave a finding is.
    pub enum Level {
        /// A contradiction, or against the law: the charter can't be activated.
        Error = "error",
        /// Lawful with a reason; give it in the rule's `reason`.
        Warning = "warning",
        /// Something a policy must say is missing.
        Gap = "gap",
    }
}

/// Something a lawyer would say of a charter.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// How grave.
    pub level: Level,
    /// Which check: `retention.too-long`.
    pub rule: &'static str,
    /// The clause it is about.
    pub clause: ClauseId,
    /// Where that clause stands in the file; `None` when it is missing.
    pub place: Option<Place>,
    /// For a warning: the reason the charter gives.
    pub reason: Option<String>,
    /// The text of law, deliberation or judgment behind it, with its date.
    pub reference: Option<String>,
    fr: String,
    en: String,
}

impl Finding {
    /// What is wrong and what to do.
    #[must_use]
    pub fn message(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}

impl Charter {
    /// What a lawyer would say of it.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        Vec::new()
    }
}
