//! Owns: what each kind of change takes, both ways. Doesn't own: that it shows (`super`).

use super::*;

/// What the replacement of a piece of the whole charter takes, there and back.
fn takes(from: &str, to: &str) -> (Needs, Needs) {
    assert_eq!(WHOLE.matches(from).count(), 1, "{from}");
    let (before, after) = (charter(WHOLE), charter(&WHOLE.replacen(from, to, 1)));
    let most = |changes: Vec<Change>| changes.iter().map(|change| change.needs).max();
    let (there, back) = (most(before.diff(&after)), most(after.diff(&before)));
    (
        there.unwrap_or_else(|| panic!("{from} → {to} shows nothing")),
        back.unwrap_or(Needs::Nothing),
    )
}

use Needs::{Consent, Nothing, Notice};

#[test]
fn a_limit_that_is_no_longer_said_is_gone() {
    for limit in [
        "persons = \"PT48H\"\n",
        "processors = \"PT24H\"\n",
        "sourced = \"P1M\"\n",
        "backup_window = \"P7D\"\n",
        "fields = [\"given_name\", \"family_name\", \"email\"]\n",
        "fresh = \"PT24H\"\n",
        "review = \"P7D\"\n",
        "uses = [\"profile\"]\n",
    ] {
        assert_eq!(takes(limit, ""), (Notice, Nothing), "{limit}");
    }
    // What a tracker tells is kept on a consent.
    assert_eq!(takes("data_max_age = \"P25M\"\n", ""), (Consent, Nothing));
    // Left unsaid, these are nothing at all.
    for none in ["extension = \"P2M\"\n", "transit = [\"IE\"]\n"] {
        assert_eq!(takes(none, ""), (Nothing, Notice), "{none}");
    }
    for promise in [
        "lead = \"P30D\"\n",
        "passes_on = [\"rectify\", \"erase\", \"restrict\"]\n",
    ] {
        assert!(takes(promise, "").0 > Nothing, "{promise}");
        assert_eq!(takes(promise, "").1, Nothing, "{promise}");
    }
}

#[test]
fn what_only_looked_narrower_is_told() {
    let log = "uses = [\"profile\"]\nlog = \"P6M\"";
    assert_eq!(
        takes(log, "uses = [\"profile\"]\nlog = \"P10Y\""),
        (Notice, Notice)
    );
    let by = "at_least = 10\nby = [\"email\"]";
    assert_eq!(
        takes(by, "at_least = 10\nby = [\"email\", \"phone\"]"),
        (Consent, Nothing)
    );
    let text = "fr = \"Respectez aussi les données des autres : écrivez-nous en cas de doute !\"";
    assert_eq!(
        takes(text, "fr = \"Écrivez-nous en cas de doute !\""),
        (Notice, Notice)
    );
    let clause = WHOLE.split("[clause.respect]").nth(1).unwrap();
    let (there, back) = takes(&format!("[clause.respect]{clause}"), "");
    assert_eq!((there, back), (Notice, Notice));
    // The words in which a rule says what no key says.
    for (from, to) in [
        ("fr = \"l’équipe des projets\"", "fr = \"l’équipe et ses amis\""),
        ("fr = \"Permis\"", "fr = \"Casier\""),
        (
            "fr = \"Le client du projet la reçoit.\"",
            "fr = \"Tout client la reçoit.\"",
        ),
        (
            "fr = \"Elle vaut pour toutes les personnes qui utilisent le service.\"",
            "fr = \"Elle vaut pour les experts.\"",
        ),
        (
            "fr = \"l’adresse que l’annonce indique\"",
            "fr = \"une autre adresse\"",
        ),
    ] {
        assert!(takes(from, to).0 >= Notice, "{to}");
    }
}

#[test]
fn half_a_prohibition_lifted_is_lifted() {
    let only_news = "{ rule = \"exchange\", purposes = [\"news\"], promises = [\"D08\"] }";
    let everywhere = "{ rule = \"exchange\", promises = [\"D08\"] }";
    assert_eq!(takes(only_news, everywhere), (Nothing, Consent));
    let other = "{ rule = \"exchange\", purposes = [\"apply\"], promises = [\"D08\"] }";
    assert_eq!(takes(only_news, other), (Consent, Consent));
    let both = "{ rule = \"exchange\", purposes = [\"news\", \"apply\"], promises = [\"D08\"] }";
    assert_eq!(takes(only_news, both), (Nothing, Consent));
    // A right, a moment, a measure for some purposes only is announced.
    let machine = "{ moment = \"before_machine\", promises = [\"E01\"] }";
    let some = "{ moment = \"before_machine\", purposes = [\"screen\"], promises = [\"E01\"] }";
    assert_eq!(takes(machine, some), (Notice, Nothing));
}

#[test]
fn a_consent_is_widened_wherever_it_was_given() {
    // Of what may be left out.
    let kept = "combine = \"last_of\"\nmax = \"P1Y6M\"";
    assert_eq!(
        takes(kept, "combine = \"last_of\"\nmax = \"P2Y\""),
        (Consent, Nothing)
    );
    // Of a sharing.
    let agreed = "mode = \"per_application\"\npurposes = [\"apply\"]";
    let opt_in = "mode = \"per_partner_opt_in\"\npurposes = [\"apply\"]";
    assert_eq!(takes(agreed, opt_in).0, Consent);
    let figures = "basis = { kind = \"legitimate_interest\", interest = { fr = \"connaître le marché\", en = \"knowing the market\" } }";
    let with_consent = WHOLE.replacen(figures, "basis = \"consent\"", 1);
    assert_ne!(with_consent, WHOLE);
    let more = with_consent.replacen(
        "entity = \"Observatoire Exemple\"",
        "entity = \"Autre Exemple\"",
        1,
    );
    let needs = |before: &str, after: &str| {
        let changes = charter(before).diff(&charter(after));
        changes.iter().map(|change| change.needs).max()
    };
    assert_eq!(needs(&with_consent, &more), Some(Consent));
    // Of a tracker.
    for (from, to) in [
        (
            "max_age = \"P13M\"\ndata_max_age",
            "max_age = \"P14M\"\ndata_max_age",
        ),
        ("renews = false", "renews = true"),
        ("entity = \"Tiers Exemple\"", "entity = \"Autre Exemple\""),
        ("class = \"analytics\"", "class = \"advertising\""),
    ] {
        assert_eq!(takes(from, to).0, Consent, "{to}");
    }
    assert_eq!(
        takes("max_age = \"PT12H\"", "max_age = \"P1D\""),
        (Notice, Nothing)
    );
    assert_eq!(takes("consent = \"opt_in\"", "consent = \"exempt\"").0, Consent);
}

#[test]
fn lists_of_tables_are_compared_piece_by_piece() {
    let sometimes = "{ role = \"recruiter\", when = \"assigned\" }";
    assert_eq!(
        takes(sometimes, "{ role = \"recruiter\" }"),
        (Consent, Nothing),
        "at any time"
    );
    assert_eq!(
        takes(
            sometimes,
            "{ role = \"recruiter\", when = \"assigned\", fields = [\"status\"] }"
        ),
        (Nothing, Consent)
    );
    let it = "{ role = \"it\", when = \"technical\", fields = [\"status\"] }";
    assert_eq!(
        takes(
            it,
            "{ role = \"it\", when = \"technical\", fields = [\"status\", \"cv\"] }"
        ),
        (Consent, Nothing)
    );
    assert_eq!(
        takes(
            "\"phone?\", \"cv\", \"documents?\"",
            "\"phone\", \"cv\", \"documents?\""
        ),
        (Notice, Nothing)
    );
    let receives = "receives = \"all\"\nretention = \"P12M\"";
    assert_eq!(
        takes(receives, "receives = [\"email\"]\nretention = \"P12M\""),
        (Nothing, Notice)
    );
    assert_eq!(
        takes(receives, "receives = \"all\"\nretention = \"none\""),
        (Nothing, Notice)
    );
}

/// What a service can hold by itself is an end; of the rest it says that people must agree first.
#[test]
fn only_an_end_is_said_to_be_kept() {
    let told = |from: &str, to: &str| {
        assert!(WHOLE.contains(from), "{from}");
        let changes = charter(WHOLE).diff(&charter(&WHOLE.replacen(from, to, 1)));
        let change = changes
            .into_iter()
            .find(|change| change.needs == Consent)
            .unwrap();
        (change.is_about_time(), change.message(Fr), change.message(En))
    };
    let (time, fr, en) = told("max = \"P1Y6M\"", "max = \"P2Y\"");
    assert!(
        time && fr.contains("garde son échéance") && en.contains("keeps its end"),
        "{fr} {en}"
    );
    let (time, fr, en) = told("rules = [\"sell\", ", "rules = [");
    assert!(
        !time && !fr.contains("garde") && !en.contains("keeps"),
        "{fr} {en}"
    );
    assert!(
        en.contains("takes the consent of those who gave their data before"),
        "{en}"
    );
}
