//! Owns: the charter's form as a page shows it: its fields, what was typed, what was wrong, what is kept and until
//! when. Doesn't own: which fields there are (the charter), what is wrong (`guard::collect`).

use std::collections::BTreeSet;

use charter::{Ack, Charter, FieldKind as Asked, Form, FormField, Prefill, render};
use guard::collect::{ACK, AGREE, Again, DRAFT, Flaw};
use kernel::Locale;
use serde::Serialize;
use web::{Arg, Choice, Errors, FieldKind, FieldView, FormView, KeptFile, Say, Slot};

use crate::{vacancies::Vacancy, visit::Visit};

/// A line of "what we keep and until when".
#[derive(Serialize)]
pub(crate) struct Kept {
    title: String,
    text: String,
    clause: Option<String>,
}

/// The form, fresh.
pub(crate) fn fresh(visit: &Visit, form: &Form, action: String, vacancy: Option<&Vacancy>) -> FormView {
    let draft = visit.site.guard().new_draft(&form.name);
    let fields = form.fields.iter().map(|field| {
        let mut view = view(visit, form, field);
        if let (Some(prefill), Some(vacancy)) = (field.prefilled, vacancy) {
            view = match prefill {
                Prefill::VacancyReference => {
                    view.value(format!("{} – {}", vacancy.reference, vacancy.offer.title))
                }
                Prefill::VacancyTitle => view.value(vacancy.offer.title.clone()),
                _ => view,
            };
        }
        view
    });
    let fields = std::iter::once(hidden(draft)).chain(fields);
    let fields = fields.chain(agreements(visit, form, &BTreeSet::new()));
    in_parts(action, fields.chain(confirm(visit, form, false)))
}

/// The form again: what was typed stays, files that came whole stay attached, each error beside its field.
pub(crate) fn again(visit: &Visit, form: &Form, action: String, again: &Again) -> FormView {
    let fields = form.fields.iter().map(|field| {
        let mut view = view(visit, form, field);
        if let Some(typed) = again.typed.get(&field.name) {
            for choice in &mut view.choices {
                choice.chosen = Slot::of(typed).is(&choice.value);
            }
            view = view.value(Slot::of(typed));
        }
        for name in again.attached.get(&field.name).into_iter().flatten() {
            view.kept.push(KeptFile { name: Slot::of(name) });
        }
        view
    });
    let mut errors = Errors::default();
    for problem in &again.problems {
        let field = form.field(&problem.field);
        let label = field.map_or("", |field| field.label(visit.locale));
        let said = flaw(label, &problem.flaw, visit.locale);
        errors.add(problem.field.clone(), visit.site.kit().say(visit.locale, &said));
    }
    let fields = std::iter::once(hidden(again.draft.clone())).chain(fields);
    let fields = fields.chain(agreements(visit, form, &again.agreed));
    in_parts(action, fields.chain(confirm(visit, form, again.acknowledged))).with_errors(errors)
}

/// What is collected is received part by part, files among it or none.
fn in_parts(action: String, fields: impl Iterator<Item = FieldView>) -> FormView {
    FormView {
        multipart: true,
        ..FormView::new(action, fields.collect())
    }
}

/// What the charter says of what this form collects, in short: how long, who reads, on which ground.
pub(crate) fn kept(visit: &Visit, charter: &Charter, form: &Form) -> Vec<Kept> {
    let Some(purpose) = charter.purpose(&form.purpose) else {
        return Vec::new();
    };
    let locale = visit.locale;
    let line = |key: &str, text: String, clause: Option<String>| Kept {
        title: visit.text(key),
        text,
        clause,
    };
    let readers: Vec<String> = purpose
        .readers
        .iter()
        .map(|reader| render::reader_words(charter, reader, locale))
        .collect();
    let mut lines = vec![
        line(
            "form-keeps-why",
            capital(purpose.title(locale)),
            Some(purpose.rule.clause.to_string()),
        ),
        line(
            "form-keeps-basis",
            capital(&render::basis_words(&purpose.basis, locale)),
            None,
        ),
        line(
            "form-keeps-readers",
            capital(&render::list_words(&readers, locale)),
            None,
        ),
    ];
    for retention in charter.clocks(&purpose.name) {
        let clause = Some(retention.rule.clause.to_string());
        lines.push(line(
            "form-keeps-until",
            capital(&render::retention_words(retention, locale)),
            clause,
        ));
    }
    lines
}

fn hidden(draft: String) -> FieldView {
    FieldView::new(DRAFT, FieldKind::Hidden, "").value(draft)
}

/// The box that is ticked before sending, where the charter asks for one.
fn confirm(visit: &Visit, form: &Form, ticked: bool) -> Option<FieldView> {
    let charter = visit.site.guard().charter();
    let label = render::ack_label(&charter, form, visit.locale)?;
    let mut view = FieldView::new(ACK, FieldKind::Tick, label);
    if form.ack == Ack::Consent {
        view = view.hint(visit.text("form-withdrawable"));
    }
    Some(if ticked { view.value("yes") } else { view })
}

/// The boxes by which one agrees to other purposes beside, where they are offered: unticked, and nothing depends on them.
fn agreements(visit: &Visit, form: &Form, agreed: &BTreeSet<String>) -> Vec<FieldView> {
    let charter = visit.site.guard().charter();
    let offer = crate::offer();
    let purposes = form.consents.iter().filter_map(|name| charter.purpose(name));
    purposes
        .filter(|purpose| offer.serves(purpose))
        .map(|purpose| {
            let label = render::consent_label(purpose, visit.locale);
            let mut view = FieldView::new(format!("{AGREE}{}", purpose.name), FieldKind::Tick, label)
                .hint(visit.text("form-agreement"));
            view.optional = true;
            if agreed.contains(&purpose.name) {
                view = view.value("yes");
            }
            view
        })
        .collect()
}

/// "Only if “You are” is “Driver”", before what else there is to know.
fn only_if(visit: &Visit, form: &Form, field: &FormField) -> Option<String> {
    let when = field.when.as_ref()?;
    let other = form.field(&when.field)?;
    let is = other.choices.iter().find(|choice| choice.value == when.is)?;
    let args = [
        ("other", other.label(visit.locale).into()),
        ("is", is.label(visit.locale).into()),
    ];
    Some(visit.site.kit().text(visit.locale, "form-only-if", &args))
}

fn view(visit: &Visit, form: &Form, field: &FormField) -> FieldView {
    let locale = visit.locale;
    let kind = match field.kind {
        Asked::Email => FieldKind::Email,
        Asked::Tel => FieldKind::Tel,
        Asked::LongText => FieldKind::Long,
        Asked::Choice => FieldKind::Choice,
        Asked::Date => FieldKind::Date,
        Asked::Password => FieldKind::Password,
        Asked::File => FieldKind::File,
        Asked::Files => FieldKind::Files,
        Asked::Text | Asked::Data => FieldKind::Text,
    };
    let mut view = FieldView::new(field.name.clone(), kind, field.label(locale)).why(field.why(locale));
    let hints = [only_if(visit, form, field), field.hint(locale).map(str::to_owned)];
    let hints: Vec<String> = hints.into_iter().flatten().collect();
    view.hint = (!hints.is_empty()).then(|| hints.join(" "));
    view.optional = !field.required;
    view.depends = field.when.is_some();
    view.autocomplete = autocomplete(&field.name);
    if field.kind.is_file() {
        view.accept = field
            .accepts
            .iter()
            .flat_map(|kind| kind.extensions())
            .map(|end| format!(".{end}"))
            .collect();
        view.max_bytes = Some(field.max_bytes());
    } else {
        view.max_length = u32::try_from(field.max_length).ok();
    }
    view.choices = field
        .choices
        .iter()
        .map(|choice| Choice {
            value: choice.value.clone(),
            label: choice.label(locale).to_owned(),
            hint: None,
            chosen: false,
        })
        .collect();
    view
}

/// The tokens of HTML §4.10.18.7, so that a browser or a reader's aid fills in what it knows (WCAG 1.3.5).
fn autocomplete(field: &str) -> Option<&'static str> {
    Some(match field {
        "given_name" => "given-name",
        "family_name" => "family-name",
        "email" => "email",
        "phone" => "tel",
        "address" => "street-address",
        "company" => "organization",
        "position" => "organization-title",
        _ => return None,
    })
}

/// What is wrong with an answer, and what would be right.
pub(crate) fn flaw(label: &str, flaw: &Flaw, locale: Locale) -> Say {
    let mut args: Vec<(&'static str, Arg)> = vec![("label", label.into())];
    match flaw {
        Flaw::TooLong(most) => args.push(("most", (*most).into())),
        Flaw::FileTooLarge(megabytes) => args.push(("most", (*megabytes).into())),
        Flaw::TooManyFiles(most) => args.push(("most", (*most).into())),
        Flaw::FileType(kinds) => {
            let kinds: Vec<String> = kinds
                .iter()
                .map(|kind| kernel::Word::word(*kind).to_uppercase())
                .collect();
            args.push(("kinds", render::list_words(&kinds, locale).into()));
        }
        _ => {}
    }
    Say {
        key: format!("flaw-{}", flaw.word()).into(),
        args,
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
