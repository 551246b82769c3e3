//! Owns: that a policy which says little is expressible, and told what it lacks. Doesn't own: each gap's own check.

use super::*;

/// A policy that tells what it observes and why, and neither who answers, nor until when, nor which rights one has.
const INCOMPLETE: &str = r#"
[charter]
id = "incomplete"
version = 1
effective = 2026-10-01
languages = ["fr", "en"]

[controller]
name = "Site Exemple"

[role.team]
label = { fr = "l’équipe", en = "the team" }

[purpose.account]
kind = "manage_account"
people = ["account_member"]
asks = ["email", "password"]
fields = ["usage"]
basis = "contract"
readers = ["team"]
retention = []
gaps = ["until when"]

[purpose.improve]
people = ["account_member"]
fields = ["usage", "search"]
basis = "legitimate_interest"
readers = ["team"]
retention = []

[processor.measuring]
service = "audience"
entity = "Mesure Exemple"
purposes = ["improve"]
storage = []
receives = ["usage"]

[tracker.vivier_session]
kind = "cookie"
class = "security"
consent = "exempt"
max_age = "PT12H"
about = { fr = "Vous garde connecté.", en = "Keeps you signed in." }
"#;

#[test]
fn an_incomplete_policy_is_expressible_and_its_gaps_are_listed() {
    let found = findings(INCOMPLETE);
    let of = |level| -> Vec<(&str, &str)> {
        found
            .iter()
            .filter(|finding| finding.level == level)
            .map(|finding| (finding.rule, finding.clause.as_str()))
            .collect()
    };
    // All of it is missing, nothing is wrong; but what would be kept without an end is no law.
    assert_eq!(of(Level::Error), []);
    let blocks = found.iter().filter(|finding| finding.blocks());
    let blocks: Vec<(&str, &str)> = blocks.map(|one| (one.rule, one.clause.as_str())).collect();
    assert_eq!(
        blocks,
        [
            ("purpose.no-retention", "purpose.account"),
            ("purpose.no-retention", "purpose.improve")
        ]
    );
    let gaps = of(Level::Gap);
    for expected in [
        "controller.incomplete",
        "right.missing",
        "change.missing",
        "security.missing",
        "basis.no-interest",
        "processor.no-contract",
        "processor.no-country",
        "processor.no-hosting",
        "role.nobody-protects",
    ] {
        assert!(
            gaps.iter().any(|(rule, _)| *rule == expected),
            "{expected}: {gaps:?}"
        );
    }
    let noted = gaps.iter().any(|(_, clause)| *clause == "purpose.account");
    assert!(noted, "what its author notes as open is listed too: {gaps:?}");
    for finding in &found {
        for locale in [Fr, En] {
            assert!(finding.message(locale).len() > 10, "{finding:?}");
        }
    }
    // It is published all the same, and says that it is incomplete.
    let charter = Charter::parse(INCOMPLETE).unwrap();
    for (locale, says) in [(Fr, "encore incomplète"), (En, "still incomplete")] {
        let text = crate::render::to_markdown(&crate::render::policy(&charter, locale));
        assert!(text.contains(says), "{text}");
    }
}
