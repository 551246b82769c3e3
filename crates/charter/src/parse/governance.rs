//! Owns: the sections that stand once, and `[clause.NAME]`. Doesn't own: what must be in them (`check`).

use kernel::{Date, Duration, Locale, Word as _};

use super::{reader::Kind, section::Section};
use crate::{
    ClauseId,
    model::{Breach, Change, Controller, FreeClause, Header, Never, Rights, Security, Sourcing},
    vocabulary::{Identity, NewPurpose},
};

/// Answers are due in one month (GDPR art. 12(3)) when the charter doesn't say.
const ANSWER: Duration = Duration::months(1);
/// The authority is told within 72 hours (GDPR art. 33(1)) when the charter doesn't say.
const TELL: Duration = Duration::seconds(72 * 3_600);

fn required<'r, 't>(root: &Section<'r, 't>, name: &str) -> Option<Section<'r, 't>> {
    if !root.has(name) {
        root.reader.problem(
            &root.span,
            "charter.missing-section",
            format!("Il manque la section [{name}]."),
            format!("The section [{name}] is missing."),
        );
    }
    root.table(name)
}

/// `[charter]`. `None` only when a problem was recorded.
pub(super) fn header(root: &Section<'_, '_>) -> Option<Header> {
    let section = required(root, "charter")?;
    section.known();
    let rule = section.single_rule();
    for key in ["version", "effective", "languages"] {
        if !section.has(key) {
            section.missing(key);
        }
    }
    let id = section.required_string("id");
    if !id.is_empty() && !crate::clause::is_name(&id) {
        section.reader.problem(
            &section.span_of("id"),
            "charter.bad-name",
            "L’identifiant d’une charte : minuscules, chiffres et _, 64 au plus.".to_owned(),
            "A charter’s id: lower-case letters, digits and _, 64 at most.".to_owned(),
        );
    }
    let languages: Vec<Locale> = section.words("languages");
    if section.has("languages") && languages.is_empty() {
        let known: Vec<&str> = Locale::ALL.iter().map(|locale| locale.word()).collect();
        let known = known.join(", ");
        section.reader.problem(
            &section.span_of("languages"),
            "charter.language",
            format!("Nommez au moins une langue : {known}."),
            format!("Name at least one language: {known}."),
        );
    }
    let law = section
        .string("law")
        .unwrap_or_else(|| "fr-recruitment-2026".to_owned());
    written_for_us(&section);
    let (version, effective) = (section.number("version", 1_000_000), section.date("effective"));
    let updated = section.date("updated");
    let (version, effective): (u32, Date) = (version?, effective?);
    Some(Header {
        rule,
        scope: section.text("scope"),
        annexed_to: section.text("annexed_to"),
        id,
        version,
        effective,
        updated,
        languages,
        law,
    })
}

/// A file in a later form of the language may mean something else by the same words: it isn't guessed at.
fn written_for_us(section: &Section<'_, '_>) {
    let later = section
        .number("format", 1_000)
        .filter(|format| *format > crate::FORMAT);
    if let (Some(format), Some(value)) = (later, section.get("format")) {
        let ours = crate::FORMAT;
        section.reader.problem(
            &value.span(),
            "charter.newer-format",
            format!(
                "Cette charte est écrite dans la version {format} du langage ; ce programme lit la version {ours} : mettez-le à jour."
            ),
            format!(
                "This charter is written in version {format} of the language; this program reads version {ours}: update it."
            ),
        );
    }
}

/// `[controller]`.
pub(super) fn controller(root: &Section<'_, '_>) -> Option<Controller> {
    let section = required(root, "controller")?;
    section.known();
    Some(Controller {
        rule: section.single_rule(),
        name: section.required_string("name"),
        form: section.string("form"),
        capital: section.string("capital"),
        address: section.string("address"),
        register: section.string("register"),
        site: section.string("site"),
        contact: section.string("contact"),
        phone: section.string("phone"),
        dpo: section.string("dpo"),
        authority: section.string("authority"),
        authority_url: section.string("authority_url"),
    })
}

/// `[right]`.
pub(super) fn rights(root: &Section<'_, '_>) -> Option<Rights> {
    let section = root.table("right")?;
    section.known();
    Some(Rights {
        offers: section.items("offers", "right", "right"),
        rule: section.single_rule(),
        by: section.words("by"),
        questions_by: section.words("questions_by"),
        deadline: section.duration("deadline").unwrap_or(ANSWER),
        extension: section.duration("extension"),
        identity: section.word("identity").unwrap_or(Identity::OnDoubt),
    })
}

/// `[change]`.
pub(super) fn change(root: &Section<'_, '_>) -> Option<Change> {
    let section = root.table("change")?;
    section.known();
    Some(Change {
        rule: section.single_rule(),
        by: section.words("by"),
        lead: section.duration("lead"),
        new_purpose: section.word("new_purpose").unwrap_or(NewPurpose::Consent),
        opposition: section.word("opposition"),
        use_accepts: section.bool("use_accepts").unwrap_or(false),
    })
}

/// `[breach]`.
pub(super) fn breach(root: &Section<'_, '_>) -> Option<Breach> {
    let section = root.table("breach")?;
    section.known();
    Some(Breach {
        rule: section.single_rule(),
        authority: section.duration("authority").unwrap_or(TELL),
        persons: section.duration("persons"),
        processors: section.duration("processors"),
    })
}

/// `[notice]`.
pub(super) fn sourcing(root: &Section<'_, '_>) -> Option<Sourcing> {
    let section = root.table("notice")?;
    section.known();
    Some(Sourcing {
        at: section.items("at", "notice", "moment"),
        rule: section.single_rule(),
        sourced: section.duration("sourced"),
    })
}

/// `[security]`.
pub(super) fn security(root: &Section<'_, '_>) -> Option<Security> {
    let section = root.table("security")?;
    section.known();
    Some(Security {
        measures: section.items("measures", "security", "measure"),
        rule: section.single_rule(),
        backup_window: section.duration("backup_window"),
        two_factors: section.references("two_factors", Kind::Role),
    })
}

/// `[never]`.
pub(super) fn never(root: &Section<'_, '_>) -> Option<Never> {
    let section = root.table("never")?;
    section.known();
    Some(Never {
        rules: section.items("rules", "never", "rule"),
        rule: section.single_rule(),
    })
}

/// `[clause.NAME]`, each beside the rule or section it speaks of; read last, when all rules are known.
pub(super) fn clauses(root: &Section<'_, '_>) -> Vec<FreeClause> {
    let Some(section) = root.table("clause") else {
        return Vec::new();
    };
    section.children().iter().filter_map(read_clause).collect()
}

fn read_clause(section: &Section<'_, '_>) -> Option<FreeClause> {
    section.known();
    if !section.has("about") {
        section.missing("about");
    }
    let (fr, en) = (
        "l’identifiant d’une règle : \"purpose.apply\"",
        "the id of a rule: \"purpose.apply\"",
    );
    let about: Option<ClauseId> = section.parsed("about", fr, en);
    if let Some(about) = &about
        && !section.reader.knows(about)
    {
        section.reader.problem(
            &section.span_of("about"),
            "charter.unknown-reference",
            format!("Aucune règle « {about} » dans cette charte."),
            format!("No rule “{about}” in this charter."),
        );
    }
    let text = section.pair();
    Some(FreeClause {
        rule: section.rule("clause"),
        about: about?,
        text: text?,
    })
}
