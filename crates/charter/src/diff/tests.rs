//! Owns: that a change of a clause shows, with what it takes and for whom. Doesn't own: the checks.

use kernel::Locale::{En, Fr};

use super::*;

mod consequences;
mod every;

const WHOLE: &str = include_str!("../../tests/whole.toml");
const FIRM: &str = include_str!("../../tests/firm.toml");

fn charter(text: &str) -> Charter {
    Charter::parse(text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What changes when a piece of the firm's charter, which must be there, is replaced.
fn changes(from: &str, to: &str) -> Vec<Change> {
    assert!(FIRM.contains(from), "{from}");
    charter(FIRM).diff(&charter(&FIRM.replacen(from, to, 1)))
}

/// The only change: its clause, what it takes.
fn only(from: &str, to: &str) -> (String, Needs) {
    let found = changes(from, to);
    assert_eq!(found.len(), 1, "{found:#?}");
    let message = (found[0].message(Fr), found[0].message(En));
    assert!(!message.0.is_empty() && message.0 != message.1);
    (found[0].clause.to_string(), found[0].needs)
}

#[test]
fn a_charter_doesnt_differ_from_itself_nor_by_what_it_leaves_unsaid() {
    for text in [WHOLE, FIRM] {
        assert_eq!(charter(text).diff(&charter(text)), []);
        let unsaid = text
            .replace("then = \"erase\"\n", "")
            .replace("transfer = \"none\"\n", "");
        assert_eq!(charter(text).diff(&charter(&format!("# More.\n{unsaid}"))), []);
    }
}

#[test]
fn what_narrows_takes_nothing_and_what_widens_is_told() {
    let application = "from = \"last_contact\"\nmax = \"P12M\"";
    for (from, to, clause, needs) in [
        (
            application,
            "from = \"last_contact\"\nmax = \"P6M\"",
            "retention.application",
            Needs::Nothing,
        ),
        (
            application,
            "from = \"last_contact\"\nmax = \"P24M\"",
            "retention.application",
            Needs::Notice,
        ),
        (
            "persons = \"PT48H\"",
            "persons = \"PT24H\"",
            "breach",
            Needs::Nothing,
        ),
        (
            "persons = \"PT48H\"",
            "persons = \"PT72H\"",
            "breach",
            Needs::Notice,
        ),
        (
            "must_not_receive = [\"cv\", \"note\"]",
            "must_not_receive = [\"cv\"]",
            "processor.mail",
            Needs::Notice,
        ),
        (
            "entity = \"Hébergeur Exemple SAS\"",
            "entity = \"Autre SAS\"",
            "processor.hosting",
            Needs::Notice,
        ),
        (
            "dpo = \"dpo@cabinet.example\"",
            "dpo = \"autre@cabinet.example\"",
            "controller",
            Needs::Notice,
        ),
        (
            "fr = \"Candidatures retirées\"",
            "fr = \"Candidatures reprises\"",
            "retention.withdrawn",
            Needs::Nothing,
        ),
        ("version = 1", "version = 2", "charter", Needs::Nothing),
    ] {
        assert_eq!(only(from, to), (clause.to_owned(), needs), "{from} → {to}");
    }
}

#[test]
fn a_prohibition_lifted_or_a_consent_widened_waits_for_a_yes() {
    assert_eq!(
        only("rules = [\"sell\", ", "rules = ["),
        ("never.sell".to_owned(), Needs::Consent)
    );
    let pool = "\n[purpose.talent_pool]\npeople = [\"candidate\"]\nfields = [\"cv\"]\nbasis = \"consent\"\nreaders = [\"consultant\"]\nretention = \"pool\"\n\
                [retention.pool]\nfrom = \"consent_given\"\nmax = \"P12M\"\n";
    let with = format!("{FIRM}{pool}");
    let found = charter(FIRM).diff(&charter(&with));
    let purpose = found
        .iter()
        .find(|change| change.clause.as_str() == "purpose.talent_pool")
        .unwrap();
    assert_eq!((purpose.kind, purpose.needs), (ChangeKind::Added, Needs::Consent));
    assert_eq!(purpose.people, [People::Candidate]);
    let longer = charter(&with).diff(&charter(&with.replace(
        "from = \"consent_given\"\nmax = \"P12M\"",
        "from = \"consent_given\"\nmax = \"P18M\"",
    )));
    assert_eq!((longer.len(), longer[0].needs), (1, Needs::Consent));
    assert_eq!(
        longer[0].message(En),
        "max: 12\u{a0}months → 1\u{a0}year and 6\u{a0}months (takes consent; until then what was given before keeps its end). For: candidates."
            .replace("1\u{a0}year and 6\u{a0}months", "18\u{a0}months")
    );
    let back = charter(&with).diff(&charter(FIRM));
    assert!(
        back.iter().all(|change| change.needs == Needs::Nothing),
        "{back:#?}"
    );
}

#[test]
fn a_difference_says_for_whom() {
    let found = changes(
        "from = \"last_contact\"\nmax = \"P12M\"",
        "from = \"last_contact\"\nmax = \"P24M\"",
    );
    assert_eq!(found[0].people, [People::Candidate]);
    let found = changes("storage = [\"FR\"]\ntransfer", "storage = [\"IE\"]\ntransfer");
    assert!(found[0].people.contains(&People::Staff) && found[0].people.contains(&People::Contact));
}
