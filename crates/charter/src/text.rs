//! Owns: [`Text`], words in both languages. Doesn't own: any words.

use std::borrow::Cow;

use kernel::Locale;
use serde::Serialize;

/// A text in French and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    fr: Cow<'static, str>,
    en: Cow<'static, str>,
}

impl Text {
    /// Written in the program.
    pub(crate) const fn fixed(fr: &'static str, en: &'static str) -> Self {
        Self {
            fr: Cow::Borrowed(fr),
            en: Cow::Borrowed(en),
        }
    }

    /// Written in a charter.
    pub(crate) fn new(fr: String, en: String) -> Self {
        Self {
            fr: Cow::Owned(fr),
            en: Cow::Owned(en),
        }
    }

    /// In the language.
    #[must_use]
    pub fn get(&self, locale: Locale) -> &str {
        match locale {
            Locale::Fr => &self.fr,
            Locale::En => &self.en,
        }
    }
}
