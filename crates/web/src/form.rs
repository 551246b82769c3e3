//! Owns: how a form is shown, with what was typed and what was wrong. Doesn't own: which fields there are (the
//! charter) nor what is right (the capability).

use serde::{Serialize, ser::SerializeSeq as _};

use crate::page::Slot;

kernel::words! {
    /// What a field takes.
    pub enum FieldKind {
        /// A line of text.
        Text = "text",
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Tel = "tel",
        /// A web address.
        Url = "url",
        /// A password.
        Password = "password",
        /// A day.
        Date = "date",
        /// Several lines.
        Long = "long",
        /// One of several: up to six as cards, more as a list.
        Choice = "choice",
        /// Any of several.
        Many = "many",
        /// Yes or nothing.
        Tick = "tick",
        /// A file.
        File = "file",
        /// Several files.
        Files = "files",
        /// Sent along, not shown.
        Hidden = "hidden",
    }
}

/// One of the choices of a field.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A line below it.
    pub hint: Option<String>,
    /// Chosen already.
    pub chosen: bool,
}

/// A file that came with the refused form and waits for the corrected one.
#[derive(Debug, Clone, Serialize)]
pub struct KeptFile {
    /// Its name, shown.
    pub name: Slot,
}

/// A field as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// The name it is sent under: the charter's.
    pub name: String,
    /// What it takes.
    pub kind: FieldKind,
    /// Above it.
    pub label: String,
    /// Below the label: how to fill it in.
    pub hint: Option<String>,
    /// Below the hint: why it is asked (from the charter).
    pub why: Option<String>,
    /// What was typed before.
    pub value: Option<Slot>,
    /// What is wrong with it, and what to do.
    pub error: Option<String>,
    /// True when it may stay empty: said beside the label.
    pub optional: bool,
    /// True when it is needed after one answer only, which its hint names.
    pub depends: bool,
    /// The most characters it takes.
    pub max_length: Option<u32>,
    /// The most bytes of a file.
    pub max_bytes: Option<u64>,
    /// The files it takes: `.pdf`, `.docx`.
    pub accept: Vec<String>,
    /// What a browser may fill in (HTML §4.10.18.7): `email`, `given-name`.
    pub autocomplete: Option<&'static str>,
    /// For a choice.
    pub choices: Vec<Choice>,
    /// Files kept from the form before.
    pub kept: Vec<KeptFile>,
}

impl FieldView {
    /// A required field without anything typed.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: FieldKind, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            kind,
            label: label.into(),
            hint: None,
            why: None,
            value: None,
            error: None,
            optional: false,
            depends: false,
            max_length: None,
            max_bytes: None,
            accept: Vec::new(),
            autocomplete: None,
            choices: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// With a line on how to fill it in.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With a line on why it is asked.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// It may stay empty.
    #[must_use]
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// With what was typed before.
    #[must_use]
    pub fn value(mut self, value: impl Into<Slot>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// With what a browser may fill in.
    #[must_use]
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// Files: which ones, and how large at most.
    #[must_use]
    pub fn files(mut self, accept: &[&str], max_bytes: u64) -> Self {
        self.accept = accept.iter().map(|&kind| kind.to_owned()).collect();
        self.max_bytes = Some(max_bytes);
        self
    }

    /// At most so many characters.
    #[must_use]
    pub const fn max_length(mut self, characters: u32) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// One more choice.
    #[must_use]
    pub fn choice(mut self, value: impl Into<String>, label: impl Into<String>) -> Self {
        self.choices.push(Choice {
            value: value.into(),
            label: label.into(),
            hint: None,
            chosen: false,
        });
        self
    }
}

/// A form as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// Where it posts.
    pub action: String,
    /// True when a field is a file.
    pub multipart: bool,
    /// Its fields, in order.
    pub fields: Vec<FieldView>,
    /// What was wrong, in the fields' order.
    pub errors: Errors,
}

impl FormView {
    /// A form without errors.
    #[must_use]
    pub fn new(action: impl Into<String>, fields: Vec<FieldView>) -> Self {
        let multipart = fields
            .iter()
            .any(|field| matches!(field.kind, FieldKind::File | FieldKind::Files));
        Self {
            action: action.into(),
            multipart,
            fields,
            errors: Errors::default(),
        }
    }

    /// The form again, each error beside its field and all of them in the summary, in the fields' order. An
    /// error of no field (its name is empty or unknown) stands first in the summary.
    #[must_use]
    pub fn with_errors(mut self, errors: Errors) -> Self {
        for field in &mut self.fields {
            field.error = errors.of(&field.name).map(str::to_owned);
        }
        let place = |name: &str| self.fields.iter().position(|field| field.name == name);
        let mut sorted = errors.0;
        sorted.sort_by_key(|(name, _)| place(name).map_or(0, |index| index + 1));
        self.errors = Errors(sorted);
        self
    }
}

/// What is wrong with a form: field name and message, in the page's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, String)>);

impl Errors {
    /// Adds one; a field keeps its first.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        let field = field.into();
        if self.of(&field).is_none() {
            self.0.push((field, message.into()));
        }
    }

    /// True when nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The message of a field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, message)| message.as_str())
    }
}

#[derive(Serialize)]
struct Line<'a> {
    field: &'a str,
    /// The field's own anchor; empty when the error is of no field.
    href: String,
    text: &'a str,
}

impl Serialize for Errors {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut lines = serializer.serialize_seq(Some(self.0.len()))?;
        for (field, text) in &self.0 {
            let href = if field.is_empty() {
                String::new()
            } else {
                format!("#f-{field}")
            };
            lines.serialize_element(&Line { field, href, text })?;
        }
        lines.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_stand_beside_their_fields_and_in_their_order() {
        let mut errors = Errors::default();
        errors.add("cv", "Attach your CV");
        errors.add("email", "Enter your e-mail address");
        errors.add("email", "a second one");
        errors.add("", "Try again");
        let form = FormView::new(
            "/apply",
            vec![
                FieldView::new("email", FieldKind::Email, "E-mail"),
                FieldView::new("cv", FieldKind::File, "CV"),
            ],
        )
        .with_errors(errors);
        assert!(form.multipart);
        assert_eq!(form.fields[0].error.as_deref(), Some("Enter your e-mail address"));
        let summary = serde_json::to_value(&form.errors).unwrap();
        assert_eq!(summary[0]["href"], "");
        assert_eq!(summary[1]["href"], "#f-email");
        assert_eq!(summary[2]["field"], "cv");
    }
}
