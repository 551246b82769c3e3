//! Owns: that free text can't say another figure, country or recipient than the rules. Doesn't own: strong words.

use super::*;

/// A sentence of the charter's own, beside that rule.
fn beside(about: &str, fr: &str, en: &str) -> String {
    format!("[clause.x]\nabout = \"{about}\"\nfr = \"{fr}\"\nen = \"{en}\"\n")
}

#[test]
fn a_figure_is_the_rule_s_own() {
    for (about, fr, en) in [
        (
            "retention.application",
            "Nous les gardons deux ans.",
            "We keep them for two years.",
        ),
        (
            "purpose.apply",
            "Après 18 mois, tout part.",
            "After 18 months all of it goes.",
        ),
        (
            "right",
            "Nous répondons sous quinze jours ou 3 mois.",
            "We answer within 3 months.",
        ),
        // The French is right, the English isn't.
        (
            "retention.application",
            "Douze mois, pas plus.",
            "Thirteen months, no more.",
        ),
    ] {
        assert_eq!(
            told_after(&beside(about, fr, en)),
            error("text.other-figure", "clause.x"),
            "{fr}"
        );
    }
    for (about, fr, en) in [
        (
            "retention.application",
            "Douze mois, pas plus.",
            "Twelve months (1 year), no more.",
        ),
        (
            "purpose.apply",
            "Après 12 mois, tout part.",
            "After a year all of it goes.",
        ),
        (
            "retention.application",
            "Un rappel est clair.",
            "A reminder is clear.",
        ),
        // Beside a rule without a figure there is none to contradict.
        (
            "never.sell",
            "Deux ans de suite, personne.",
            "Two years in a row, nobody.",
        ),
    ] {
        assert_eq!(told_after(&beside(about, fr, en)), [], "{fr}");
    }
    // A label of the rule is free text too; its reason argues and may name any figure.
    let label = told(
        "label = { fr = \"Candidatures\", en = \"Applications\" }",
        "label = { fr = \"Candidatures (5 ans)\", en = \"Applications (5 years)\" }",
    );
    assert_eq!(label, error("text.other-figure", "retention.application"));
    let reason = told(
        "[retention.application]\n",
        "[retention.application]\nreason = { fr = \"L’autorité admet 2 ans.\", en = \"The authority accepts 2 years.\" }\n",
    );
    assert_eq!(reason, []);
}

#[test]
fn a_country_is_declared() {
    let canada = |about: &str| beside(about, "La copie est au Canada.", "The copy is in Canada.");
    for about in ["processor.hosting", "purpose.apply"] {
        assert_eq!(
            told_after(&canada(about)),
            error("text.other-country", "clause.x"),
            "{about}"
        );
    }
    let france = beside(
        "processor.hosting",
        "Les serveurs sont en France.",
        "The servers are in France.",
    );
    assert_eq!(told_after(&france), []);
    // "Inde" isn't in "indépendant", nor "Chine" in a machine.
    let within = beside(
        "purpose.apply",
        "Un Indépendant lit la Machine.",
        "An Indian summer in the Chinatown.",
    );
    assert_eq!(told_after(&within), []);
}

#[test]
fn a_recipient_is_declared() {
    let partners = |fr: &str, en: &str| beside("purpose.apply", fr, en);
    let given = partners(
        "Nous transmettons votre dossier à nos partenaires.",
        "We disclose your file to our partners.",
    );
    assert_eq!(told_after(&given), error("text.other-recipient", "clause.x"));
    for (fr, en) in [
        (
            "Nous ne transmettons rien à nos partenaires.",
            "We do not disclose it to our partners.",
        ),
        (
            "Nos partenaires sont nombreux. Nous transmettons le reste.",
            "Our partners are many. We send the rest.",
        ),
        (
            "Sans partager avec un partenaire.",
            "Without sharing with a partner.",
        ),
    ] {
        assert_eq!(told_after(&partners(fr, en)), [], "{fr}");
    }
    let share = "[share.partners]\nwith = \"partner\"\npurposes = [\"apply\"]\nmode = \"per_partner_opt_in\"\nreceives = [\"cv\"]\nbasis = \"consent\"\nnotice = \"before_first\"\npasses_on = [\"rectify\", \"erase\", \"restrict\", \"withdraw\"]\n";
    let told = told_after(&format!("{given}{share}"));
    assert!(
        told.iter().all(|(_, rule, _)| *rule != "text.other-recipient"),
        "{told:?}"
    );
}

/// Each figure there is: told unless it is the rule's own, twelve months and a month of silence.
#[test]
fn any_other_figure_is_told() {
    for (fr, en, days) in [
        ("ans", "years", 365.25),
        ("mois", "months", 30.44),
        ("semaines", "weeks", 7.0),
        ("jours", "days", 1.0),
    ] {
        for count in 2_u32..60 {
            let length = f64::from(count) * days;
            // A month has thirty days or thirty-one, a year twelve months: either word is the same figure.
            let own = [365.25, 30.44]
                .iter()
                .any(|one| (length - one).abs() < one * 0.02);
            let text = beside(
                "retention.application",
                &format!("Gardées {count} {fr}."),
                &format!("Kept {count} {en}."),
            );
            let told = told_after(&text);
            assert_eq!(told.is_empty(), own, "{text} {told:?}");
        }
    }
}
