//! Owns: `[field.NAME]` and `[form.NAME]`. Doesn't own: the built-in fields' texts (`crate::builtin`).

use kernel::Word as _;
use toml::{Spanned, de::DeValue};

use super::{
    reader::{At, Kind},
    section::Section,
};
use crate::{
    builtin,
    model::{Asked, Choice, Field, Form, FormField, Purpose, When},
    vocabulary::{Ack, FieldKind, Necessity},
};

/// All fields: the built-in ones, overridden where the charter says so, and the declared ones.
pub(super) fn fields(root: &Section<'_, '_>) -> Vec<Field> {
    let mut fields = builtin::fields();
    let Some(section) = root.table("field") else {
        return fields;
    };
    for declared in section.children() {
        match fields.iter_mut().find(|field| field.name == declared.name) {
            Some(field) => {
                field.built_in = false;
                read(&declared, field);
            }
            None => fields.push(new_field(&declared)),
        }
    }
    fields
}

/// A field that isn't built in: it must say what it is.
fn new_field(section: &Section<'_, '_>) -> Field {
    let category = section
        .required_word("category")
        .unwrap_or(crate::Category::FreeText);
    let kind = section.required_word("kind").unwrap_or(FieldKind::Text);
    let (label, why) = (section.required_text("label"), section.required_text("why"));
    let mut field = builtin::blank(&section.name, category, kind, label, why);
    read(section, &mut field);
    field
}

/// Reads what the charter says about a field over what is there.
fn read(section: &Section<'_, '_>, field: &mut Field) {
    section.known();
    field.rule = section.rule("field");
    if field.built_in || builtin::names().any(|name| name == field.name) {
        for key in ["category", "kind"].into_iter().filter(|key| section.has(key)) {
            section.reader.problem(
                &section.span_of(key),
                "charter.built-in",
                format!(
                    "« {} » est un champ intégré : « {key} » ne se change pas.",
                    field.name
                ),
                format!("“{}” is built in: “{key}” can’t change.", field.name),
            );
        }
    }
    set(&mut field.origin, section.word("source"));
    set(&mut field.sensitivity, section.word("sensitivity"));
    set(&mut field.necessity, section.word("necessity"));
    set(&mut field.searched, section.bool("searched"));
    set(&mut field.matched, section.bool("matched"));
    set(&mut field.to_model, section.bool("to_model"));
    set(&mut field.why, section.text("why"));
    if let Some(when) = section.table("when") {
        field.when = read_when(&when);
    }
    if section.has("accepts") {
        field.accepts = section.words("accepts");
    }
    texts(section, field);
    limits(section, field);
}

/// What a form may also say of a field.
fn texts(section: &Section<'_, '_>, field: &mut Field) {
    set(&mut field.label, section.text("label"));
    if let Some(hint) = section.text("hint") {
        field.hint = Some(hint);
    }
    if let Some(prefilled) = section.word("prefilled") {
        field.prefilled = Some(prefilled);
    }
    if section.has("choices") {
        field.choices = choices(section, "choices");
        field.kind = FieldKind::Choice;
    }
}

/// `when = { field = "subject", is = "recruiter" }`
fn read_when(table: &Section<'_, '_>) -> Option<When> {
    table.known();
    let is = table.required_string("is");
    if !table.has("field") {
        table.missing("field");
    }
    let field = table.reader.reference(Kind::Field, table.str("field")?)?;
    Some(When { field, is })
}

fn limits(section: &Section<'_, '_>, field: &mut Field) {
    if let Some(most) = section.number("max_length", 100_000) {
        field.max_length = most as usize;
    }
    set(&mut field.max_megabytes, section.number("max_megabytes", 100));
    if let Some(most) = section.number("max_files", 20) {
        field.max_files = most as usize;
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// `choices = [{ value = "candidate", fr = "Candidat", en = "Candidate" }]`
pub(super) fn choices(section: &Section<'_, '_>, key: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for value in section.values(key) {
        let Some(element) = section.element(key, value) else {
            continue;
        };
        element.known();
        let written = element.required_string("value");
        if choices.iter().any(|choice| choice.value == written) {
            section.twice(&value.span(), &written);
        } else if let Some(label) = element.pair() {
            choices.push(Choice {
                value: written,
                label,
            });
        }
    }
    choices
}

/// The forms, each with its fields resolved.
pub(super) fn forms(root: &Section<'_, '_>, fields: &[Field], purposes: &[Purpose]) -> Vec<Form> {
    let Some(section) = root.table("form") else {
        return Vec::new();
    };
    section
        .children()
        .iter()
        .filter_map(|form| read_form(form, fields, purposes))
        .collect()
}

fn read_form(section: &Section<'_, '_>, fields: &[Field], purposes: &[Purpose]) -> Option<Form> {
    section.known();
    let kind = section.required_word("kind");
    if !section.has("purpose") {
        section.missing("purpose");
    }
    let purpose = section
        .str("purpose")
        .and_then(|name| section.reader.reference(Kind::Purpose, name));
    // A purpose that is named but couldn't be read has its own problem already.
    let purpose = purposes
        .iter()
        .find(|candidate| Some(&candidate.name) == purpose.as_ref())?;
    let mut languages = section.words("languages");
    for language in languages
        .iter()
        .filter(|language| !section.reader.languages.contains(language))
    {
        let word = language.word();
        section.reader.problem(
            &section.span_of("languages"),
            "charter.language",
            format!("La charte n’est pas publiée en « {word} » : ajoutez-le à charter.languages."),
            format!("The charter isn’t published in “{word}”: add it to charter.languages."),
        );
    }
    if languages.is_empty() {
        languages.clone_from(&section.reader.languages);
    }
    Some(Form {
        rule: section.rule("form"),
        name: section.name.clone(),
        purpose: purpose.name.clone(),
        kind: kind?,
        languages,
        ack: section.word("ack").unwrap_or(Ack::None),
        consents: section.references("consents", Kind::Purpose),
        fields: form_fields(section, fields, purpose),
        title: section.text("title"),
    })
}

/// The form's own list, else what the purpose asks.
fn form_fields(section: &Section<'_, '_>, fields: &[Field], purpose: &Purpose) -> Vec<FormField> {
    if !section.has("fields") {
        let asked = purpose.asks.iter().filter_map(|asked| resolve(asked, fields));
        return asked.collect();
    }
    let mut found: Vec<FormField> = Vec::new();
    for value in section.values("fields") {
        if let Some(field) = form_field(section, value, fields, purpose) {
            if found.iter().any(|earlier| earlier.name == field.name) {
                section.twice(&value.span(), &field.name);
            } else {
                found.push(field);
            }
        }
    }
    found
}

/// `"phone?"`, or `{ field = "subject", hint = { fr = "…", en = "…" } }`.
fn form_field<'t>(
    section: &Section<'_, 't>,
    value: &Spanned<DeValue<'t>>,
    fields: &[Field],
    purpose: &Purpose,
) -> Option<FormField> {
    if let Some(text) = value.get_ref().as_str() {
        let asked = asked(
            section,
            At {
                value: text,
                span: value.span(),
            },
            fields,
        )?;
        return in_purpose(section, &asked, value, purpose)
            .then(|| resolve(&asked, fields))
            .flatten();
    }
    let element = section.element("fields", value)?;
    element.known();
    if !element.has("field") {
        element.missing("field");
    }
    let asked = asked(section, element.str("field")?, fields)?;
    let mut field = resolve(&asked, fields)?;
    texts(&element, &mut field.field);
    limits(&element, &mut field.field);
    in_purpose(section, &asked, value, purpose).then_some(field)
}

/// A form asks nothing that its purpose doesn't.
fn in_purpose<'t>(
    section: &Section<'_, 't>,
    asked: &Asked,
    value: &Spanned<DeValue<'t>>,
    purpose: &Purpose,
) -> bool {
    let listed = purpose.asks.iter().any(|other| other.field == asked.field);
    if !listed {
        let (field, purpose) = (&asked.field, &purpose.name);
        section.reader.problem(
            &value.span(),
            "charter.form-beyond-purpose",
            format!("Le formulaire demande « {field} », que [purpose.{purpose}] ne demande pas : ajoutez-le à ses asks ou retirez-le."),
            format!("The form asks “{field}”, which [purpose.{purpose}] doesn’t: add it to its asks or take it out."),
        );
    }
    listed
}

fn resolve(asked: &Asked, fields: &[Field]) -> Option<FormField> {
    let field = fields.iter().find(|field| field.name == asked.field)?.clone();
    let insists = match field.necessity {
        Necessity::Required => true,
        // Where the answer it depends on was given, it is asked like any other.
        Necessity::Conditional => field.when.is_some(),
        Necessity::Optional | Necessity::Forbidden => false,
    };
    let required = asked.required && insists;
    Some(FormField { field, required })
}

/// `"phone"` or `"phone?"`: a field that may be asked of people.
pub(super) fn asked(section: &Section<'_, '_>, text: At<&str>, fields: &[Field]) -> Option<Asked> {
    let (name, required) = match text.value.strip_suffix('?') {
        Some(name) => (name, false),
        None => (text.value, true),
    };
    let field = section.reader.reference(
        Kind::Field,
        At {
            value: name,
            span: text.span.clone(),
        },
    )?;
    let declared = fields.iter().find(|candidate| candidate.name == field);
    let problem = |fr: String, en: String| {
        section.reader.problem(&text.span, "charter.not-askable", fr, en);
    };
    match declared {
        Some(declared) if declared.kind == FieldKind::Data => problem(
            format!("« {field} » vient du service, personne ne le saisit : mettez-le dans « fields »."),
            format!("“{field}” comes from the service, nobody types it: put it into “fields”."),
        ),
        Some(declared) if declared.necessity == Necessity::Forbidden => problem(
            format!("« {field} » est interdit par cette charte : retirez-le."),
            format!("“{field}” is forbidden by this charter: take it out."),
        ),
        _ => return Some(Asked { field, required }),
    }
    None
}
