//! Owns: the checks beyond the twenty, each tripped alone, and that no finding is without a test. Doesn't own: the twenty.

use std::collections::BTreeSet;

use super::{
    numbered::{Case, cases},
    pieces::*,
    *,
};

/// A partner who receives what somebody agreed to.
const PARTNER: &str = r#"
[share.partner]
with = "partner"
mode = "per_partner_opt_in"
purposes = ["apply"]
receives = ["cv"]
notice = "before_first"
passes_on = ["rectify", "erase", "restrict"]
"#;

/// Figures about groups for somebody else.
const FIGURES: &str = r#"
[share.figures]
with = "partner"
mode = "aggregate"
purposes = ["apply"]
receives = "aggregate"
at_least = 10
"#;

/// A field that is asked after an answer of the contact form.
const LICENCE: &str = r#"
[field.licence]
category = "skills"
kind = "text"
label = { fr = "Permis", en = "Licence" }
why = { fr = "Pour conduire.", en = "To drive." }
when = { field = "subject", is = "candidate" }
"#;

fn contact_asks(field: &str, more: &str) -> String {
    let text = firm(more);
    let asks = "\"company?\", \"position?\"]";
    let form = "  \"message\",\n]";
    assert!(text.contains(asks) && text.contains(form));
    text.replacen(asks, &format!("\"company?\", \"position?\", \"{field}\"]"), 1)
        .replacen(form, &format!("  \"message\",\n  \"{field}\",\n]"), 1)
}

#[rustfmt::skip] // a table
fn beyond() -> Vec<Case> {
    let choice = "[field.work_right]\nchoices = [{ value = \"yes\", fr = \"Oui\", en = \"Yes\" }]\n";
    vec![
        Case(0, firm(PARTNER), "mode = \"per_partner_opt_in\"", "mode = \"group\"", "share.no-agreement"),
        Case(0, firm(PARTNER), "notice = \"before_first\"\n", "", "share.no-notice"),
        Case(0, firm(FIGURES), "at_least = 10", "at_least = 9", "share.too-few"),
        Case(0, firm(FIGURES), "at_least = 10\n", "", "share.too-few"),
        Case(0, firm(NEWS), "stop = [\"link\"]\n", "", "message.no-stop"),
        Case(0, firm(NEWS), "opt_in = \"double\"\n", "", "message.no-opt-in"),
        Case(0, contact_asks("licence?", LICENCE), "is = \"candidate\"", "is = \"pilot\"", "form.no-such-answer"),
        Case(0, firm("[form.help]\npurpose = \"contact\"\nkind = \"help\"\nconsents = []\n"), "consents = []", "consents = [\"contact\"]", "form.not-consent"),
        Case(0, firm("[form.help]\npurpose = \"contact\"\nkind = \"help\"\n"), "purpose = \"contact\"\nkind = \"help\"", "purpose = \"secure\"\nkind = \"help\"", "form.empty"),
        Case(0, firm(""), "kind = \"account\"", "kind = \"unsolicited_application\"", "form.two-of-kind"),
        Case(0, firm("[field.cv]\nmax_megabytes = 5\n"), "max_megabytes = 5", "accepts = []", "form.no-file-type form.no-file-type"),
        Case(0, contact_asks("work_right?", choice), "choices = [{ value = \"yes\", fr = \"Oui\", en = \"Yes\" }]", "searched = true", "form.no-choices"),
        Case(0, firm("[field.position]\nsensitivity = \"high\"\n"), "sensitivity = \"high\"", "sensitivity = \"payment\"", "field.payment-asked"),
        Case(0, firm(""), "law = \"fr-recruitment-2026\"", "law = \"fr-recruitment-2062\"", "charter.unknown-law"),
    ]
}

#[test]
fn each_check_beyond_the_twenty_is_tripped_alone() {
    for case in beyond() {
        case.trips();
        let Case(.., rules) = case;
        assert!(
            rules
                .split(' ')
                .all(|rule| crate::check::numbers::of(rule).is_none()),
            "{rules}"
        );
    }
}

#[test]
fn two_fields_that_wait_for_each_other_are_told() {
    let other = LICENCE.replace("licence", "classes").replace(
        "{ field = \"subject\", is = \"candidate\" }",
        "{ field = \"licence\", is = \"x\" }\nchoices = [{ value = \"y\", fr = \"A\", en = \"B\" }]",
    );
    let one = LICENCE.replace(
        "{ field = \"subject\", is = \"candidate\" }",
        "{ field = \"classes\", is = \"y\" }\nchoices = [{ value = \"x\", fr = \"A\", en = \"B\" }]",
    );
    let text = contact_asks("licence?", &format!("{one}{other}")).replace("text", "choice");
    let text = text
        .replacen("\"licence?\"]", "\"licence?\", \"classes?\"]", 1)
        .replacen("  \"licence?\",\n]", "  \"licence?\",\n  \"classes?\",\n]", 1);
    let found = findings(&text);
    let rules: Vec<&str> = found.iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["form.circle", "form.circle"]);
    found.iter().for_each(says_what_to_do);
}

#[test]
fn copies_of_each_other_are_told() {
    let round = BACKUP.replace("at = \"hosting\"", "at = \"hosting\"\nfrom = \"third\"");
    let found = findings(&firm(&format!("{round}{SECOND}")));
    let rules: Vec<&str> = found.iter().map(|one| one.rule).collect();
    assert_eq!(rules, ["copy.cycle", "copy.cycle"]);
    found.iter().for_each(says_what_to_do);
}

/// Every finding that the documentation names is tripped by a charter of these tests.
#[test]
fn no_finding_is_without_its_charter() {
    let docs = include_str!("../../../../../docs/CHARTER.md");
    let checks = docs.split("## What `check` looks for").nth(1).unwrap();
    let checks = checks.split("## Reference").next().unwrap();
    let is_finding = |text: &&str| {
        let name = text.split_once('.').map(|(section, _)| section);
        name.is_some_and(|section| section.bytes().all(|byte| byte.is_ascii_lowercase()))
            && !text.contains([' ', '/', '='])
    };
    let told: BTreeSet<&str> = checks.split('`').filter(is_finding).collect();
    let all: Vec<Case> = cases().into_iter().chain(beyond()).collect();
    let tripped = all.iter().flat_map(|Case(.., rules)| rules.split(' '));
    // Tripped by tests of their own, beside these tables.
    let apart = [
        "purpose.none",
        "right.missing",
        "security.missing",
        "change.needs-consent",
        "charter.effective-past",
        "charter.too-soon",
        "charter.old-version",
        "charter.other-id",
        "copy.cycle",
        "form.circle",
        "text.other-figure",
        "text.other-country",
        "text.other-recipient",
        "retention.logs",
        "retention.books",
        "retention.traces",
        "retention.figures",
        "retention.archive-too-long",
    ];
    let tripped: BTreeSet<&str> = tripped.chain(apart).filter(|rule| !rule.is_empty()).collect();
    assert_eq!(told, tripped);
}
