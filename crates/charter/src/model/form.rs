//! Owns: [`Form`] and its fields. Doesn't own: the page that shows it.

use std::ops::Deref;

use kernel::Locale;
use serde::Serialize;

use super::{Field, Rule};
use crate::{
    Text,
    vocabulary::{Ack, FormKind},
};

/// What a page asks, in order. A field it doesn't list is refused, whoever sends it.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Form {
    /// Its id (`form.contact`), promises and reason.
    pub rule: Rule,
    /// Its name.
    pub name: String,
    /// The purpose that what it takes serves.
    pub purpose: String,
    /// Which page shows it.
    pub kind: FormKind,
    /// The languages it is offered in.
    pub languages: Vec<Locale>,
    /// What the person confirms by sending it.
    pub ack: Ack,
    /// The purposes that one may agree to beside: a box each, unticked; sending doesn't depend on them.
    pub consents: Vec<String>,
    /// In the order they are asked.
    pub fields: Vec<FormField>,
    pub(crate) title: Option<Text>,
}

impl Form {
    /// The field of that name, when the form asks it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&FormField> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Whether the field is asked after these answers: one without a condition always; one with a condition when the
    /// answer it looks at was asked and given.
    #[must_use]
    pub fn asks<'a>(&self, name: &str, answer: impl Fn(&str) -> Option<&'a str>) -> bool {
        let mut name = name;
        // Conditions may follow one another, no further than there are fields; those in a circle never hold.
        for _ in 0..=self.fields.len() {
            let Some(field) = self.field(name) else {
                return false;
            };
            match &field.when {
                None => return true,
                Some(when) if answer(&when.field) == Some(&when.is) => name = &when.field,
                Some(_) => return false,
            }
        }
        false
    }

    /// Its title: the charter's, else that of its kind.
    #[must_use]
    pub fn title(&self, locale: Locale) -> &str {
        self.title.as_ref().map_or_else(
            || crate::render::form_title(self.kind, locale),
            |title| title.get(locale),
        )
    }
}

/// A field as one form asks it: the form's own label, hint, choices and necessity already applied.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct FormField {
    /// The field, with what the form overrides.
    pub field: Field,
    /// Whether the form insists.
    pub required: bool,
}

impl Deref for FormField {
    type Target = Field;

    fn deref(&self) -> &Field {
        &self.field
    }
}
