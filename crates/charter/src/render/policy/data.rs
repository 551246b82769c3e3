//! Owns: the chapter on forms and fields. Doesn't own: what the data serve (`purposes`).

use kernel::Locale;

use super::{Block, PublicClause, Row, Section, Table, Term, Writer};
use crate::{
    model::{Field, Form, FormField},
    render::words::{ack, capitalised, file_list, list_words, pick, uncapitalised},
    vocabulary::Origin,
};

impl Writer<'_> {
    /// Each form with its fields, then each datum with its origin and reason.
    pub(super) fn data(self) -> Option<Section> {
        let fields: Vec<&Field> = self.charter.fields().collect();
        let mut clauses = Vec::new();
        if !self.charter.forms().is_empty() {
            let intro = self.say(
                "Un formulaire n’accepte que les champs énumérés ici.",
                "A form accepts only the fields listed here.",
            );
            clauses.push(self.lead("form", vec![Block::Text(intro)]));
            clauses.extend(self.charter.forms().iter().map(|form| self.form(form)));
        }
        if !fields.is_empty() {
            clauses.push(self.lead("field", vec![Block::Table(self.field_table(&fields))]));
        }
        let summary = self.say(
            "Ce que nos formulaires demandent, ce que le service ajoute, et pourquoi.",
            "What our forms ask, what the service adds, and why.",
        );
        self.section("data", ("Ce que nous demandons", "What we ask"), summary, clauses)
    }

    fn form(self, form: &Form) -> PublicClause {
        let mut terms: Vec<Term> = Vec::new();
        let labels = |required: bool| {
            let fields = form.fields.iter().filter(move |field| field.required == required);
            fields
                .map(|field| self.form_field(form, field))
                .collect::<Vec<_>>()
        };
        for (required, (fr, en)) in [
            (true, ("Obligatoire", "Required")),
            (false, ("Facultatif", "Optional")),
        ] {
            let labels = labels(required);
            if !labels.is_empty() {
                terms.push(self.term(fr, en, [capitalised(&list_words(&labels, self.locale))]));
            }
        }
        if let Some(ack) = ack(form.ack, self.locale) {
            terms.push(self.term("Avant l’envoi", "Before sending", [ack.to_owned()]));
        }
        let also = form.consents.iter().filter_map(|name| self.charter.purpose(name));
        for purpose in also {
            let what = uncapitalised(purpose.title(self.locale));
            let says = match self.locale {
                Locale::Fr => {
                    format!("Si vous le voulez, en cochant une case : {what}. Votre envoi n’en dépend pas.")
                }
                Locale::En => {
                    format!("If you wish, by ticking a box: {what}. What you send doesn’t depend on it.")
                }
            };
            terms.push(self.term("Accord à part", "Agreement apart", [says]));
        }
        if form.languages != self.charter.languages() {
            let languages: Vec<&str> = form
                .languages
                .iter()
                .map(|language| match language {
                    Locale::Fr => pick(self.locale, ("français", "French")),
                    Locale::En => pick(self.locale, ("anglais", "English")),
                })
                .collect();
            terms.push(self.term(
                "Langue",
                "Language",
                [capitalised(&list_words(&languages, self.locale))],
            ));
        }
        let title = form.title(self.locale).to_owned();
        self.clause(&form.rule, Some(title), vec![Block::Terms(terms)])
    }

    /// The field with the answer it depends on, when it does.
    fn form_field(self, form: &Form, field: &FormField) -> String {
        let label = self.field_label(field);
        let Some(when) = &field.when else { return label };
        let Some(other) = form.field(&when.field) else {
            return label;
        };
        let is = other
            .choices
            .iter()
            .find(|choice| choice.value == when.is)
            .map_or(when.is.as_str(), |choice| choice.label(self.locale));
        let other = uncapitalised(other.label(self.locale));
        match self.locale {
            Locale::Fr => format!("{label} (si {other} : {})", uncapitalised(is)),
            Locale::En => format!("{label} (if {other}: {})", uncapitalised(is)),
        }
    }

    /// "CV (PDF ou DOCX, 10 Mo au plus)", "vous êtes (candidat, recruteur ou autre)".
    fn field_label(self, field: &FormField) -> String {
        let label = uncapitalised(field.label(self.locale));
        if field.kind.is_file() && !field.accepts.is_empty() {
            let (types, size) = (file_list(&field.accepts, self.locale), field.max_megabytes);
            return match self.locale {
                Locale::Fr => format!("{label} ({types}, {size} Mo au plus)"),
                Locale::En => format!("{label} ({types}, {size} MB at most)"),
            };
        }
        if !field.choices.is_empty() {
            let choices: Vec<String> = field
                .choices
                .iter()
                .map(|choice| uncapitalised(choice.label(self.locale)))
                .collect();
            return format!("{label} ({})", choices.join(", "));
        }
        label
    }

    fn field_table(self, fields: &[&Field]) -> Table {
        let head = [
            ("Donnée", "Item"),
            ("D’où elle vient", "Where it comes from"),
            ("Pourquoi", "Why"),
        ];
        let row = |field: &&Field| Row {
            id: Some(field.rule.clause.clone()),
            leads_to: None,
            cells: vec![
                field.label(self.locale).to_owned(),
                self.origin(field.origin),
                field.why(self.locale).to_owned(),
            ],
        };
        Table {
            caption: self.say("Chaque donnée", "Every item of data"),
            head: head.iter().map(|(fr, en)| self.say(fr, en)).collect(),
            rows: fields.iter().map(row).collect(),
        }
    }

    fn origin(self, origin: Origin) -> String {
        match origin {
            Origin::Person => self.say("De vous", "From you"),
            Origin::ThirdParty => self.say("D’un tiers", "From a third party"),
            Origin::Public => self.say("D’une source publique", "From a public source"),
            Origin::Observed => self.say("Du fonctionnement du service", "From the working of the service"),
            Origin::Derived => self.say("Déduite d’autres données", "Derived from other data"),
            Origin::Partner => self.say("D’un partenaire", "From a partner"),
        }
    }
}
