//! Owns: sample values for the pages that show the kit. Doesn't own: those pages, `kit/showcase.html` (the desk's
//! face) and `kit/showcase_public.html`.

use kernel::Timestamp;
use minijinja::{Value, context, value::Serde};

use crate::{
    form::{Choice, Errors, FieldKind, FieldView, FormView, KeptFile},
    icons,
    page::{Notice, Slot, Tone, Undo},
};

/// 3 May 2027, 14:32 in Paris.
const NOW: Timestamp = Timestamp::from_millis(1_809_347_520_000);

/// The context of `kit/showcase.html` and `kit/showcase_public.html`: invented, in no language in particular.
#[must_use]
pub fn showcase() -> Value {
    let day = |days: i64| NOW.plus_seconds(-86_400 * days);
    let row = |name: &str, tone: &str, figure: i64, days: i64| {
        context! { name, tone, figure, at => Serde(day(days)) }
    };
    let history = vec![
        context! { title => "Entretien · Interview", at => Serde(day(1)), by => "Camille R.", tone => "good", text => () },
        context! { title => "Lecture · Reading", at => Serde(day(4)), by => (), tone => (), text => "“Lorem ipsum dolor sit amet.”" },
        context! { title => "Envoi · Sending", at => Serde(day(9)), by => (), tone => (), text => () },
    ];
    context! {
        notices => Serde(notices()),
        form => Serde(form()),
        chips => vec![context! { label => "Rust", href => "#" }, context! { label => "Lyon", href => "#" }],
        rows => vec![
            row("Ana Maria Exemple", "good", 12, 2),
            row("Jean-Baptiste de la Très-Longue-Particule d’Exemple-sur-Loire", "warn", 12_500, 30),
            row("محمد العربي", "machine", 0, 400),
            row("X", "", 1, 0),
        ],
        tabs => vec![
            context! { label => "Un · One", href => "#", current => true, count => 3 },
            context! { label => "Deux · Two", href => "#", current => false, count => 12_500 },
            context! { label => "Trois · Three", href => "#", current => false, count => () },
        ],
        history => history,
        bars => vec![
            context! { label => "Site", value => 180 },
            context! { label => "Lien · Link", value => 64 },
            context! { label => "Import", value => 0 },
        ],
        icons => icons::names().collect::<Vec<_>>(),
    }
}

fn notices() -> Vec<Notice> {
    let undo = Undo {
        action: "#".to_owned(),
        fields: vec![("id".to_owned(), "1".to_owned())],
        until: Some(NOW.plus_seconds(900)),
    };
    vec![
        Notice::new(Tone::Plain, "Lorem ipsum dolor sit amet."),
        Notice::new(Tone::Good, "Lorem ipsum dolor sit amet.").undo(undo),
        Notice::new(Tone::Warn, "Lorem ipsum dolor sit amet."),
        Notice::new(Tone::Bad, "Lorem ipsum dolor sit amet."),
    ]
}

fn form() -> FormView {
    let choice = |value: &str, hint: Option<&str>, chosen| Choice {
        value: value.to_owned(),
        label: value.to_owned(),
        hint: hint.map(str::to_owned),
        chosen,
    };
    let mut contract = FieldView::new("contract", FieldKind::Choice, "Contrat · Contract");
    contract.choices = vec![
        choice("CDI", Some("Lorem ipsum dolor sit amet."), true),
        choice("CDD", None, false),
    ];
    let mut month = FieldView::new("month", FieldKind::Choice, "Mois · Month").optional();
    month.choices = (1..=12)
        .map(|month| choice(&month.to_string(), None, month == 5))
        .collect();
    let mut languages = FieldView::new("languages", FieldKind::Many, "Langues · Languages").optional();
    languages.choices = vec![choice("Français", None, true), choice("English", None, false)];
    let mut kept = FieldView::new("cv", FieldKind::File, "CV").files(&[".pdf", ".docx"], 10_000_000);
    kept.kept = vec![KeptFile {
        name: Slot::from("cv-ana-maria.pdf"),
    }];
    let mut errors = Errors::default();
    errors.add("email", "Indiquez une adresse · Enter an address");
    errors.add("documents", "Trop lourd · Too large");
    FormView::new(
        "#",
        vec![
            FieldView::new("given_name", FieldKind::Text, "Prénom · Given name").autocomplete("given-name"),
            FieldView::new("family_name", FieldKind::Text, "Nom · Family name").value("Exemple"),
            FieldView::new("email", FieldKind::Email, "Courriel · E-mail")
                .hint("nom@exemple.fr")
                .why("Lorem ipsum dolor sit amet.")
                .value("ana@")
                .autocomplete("email"),
            FieldView::new("motivation", FieldKind::Long, "Message")
                .optional()
                .max_length(2_000),
            contract,
            month,
            languages,
            FieldView::new("pool", FieldKind::Tick, "Lorem ipsum dolor sit amet.").optional(),
            kept,
            FieldView::new("documents", FieldKind::Files, "Documents")
                .optional()
                .files(&[".pdf"], 5_000_000)
                .why("Lorem ipsum."),
            FieldView::new("_to", FieldKind::Hidden, "").value("/"),
        ],
    )
    .with_errors(errors)
}
