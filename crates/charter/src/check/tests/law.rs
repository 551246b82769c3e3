//! Owns: each figure of the law, held against a charter at its edge and just beyond. Doesn't own: reading the file.

use kernel::Word as _;

use super::{pieces::*, *};
use crate::check::law::Named;

/// Where a figure is held against a charter: the text with a blank for the duration, what may stand there, what may not,
/// and the finding that says so.
struct Edge {
    text: String,
    within: &'static [&'static str],
    beyond: &'static [&'static str],
    rule: &'static str,
    level: Level,
}

fn edge(
    text: &str,
    blank: &str,
    within: &'static [&'static str],
    beyond: &'static [&'static str],
    rule: &'static str,
    level: Level,
) -> Edge {
    assert_eq!(text.matches(blank).count(), 1, "{blank}");
    let (key, _) = blank.rsplit_once(" = ").unwrap();
    Edge {
        text: text.replacen(blank, &format!("{key} = \"…\""), 1),
        within,
        beyond,
        rule,
        level,
    }
}

const PROSPECTS: &str = r#"
[purpose.prospect_b2b]
people = ["prospect"]
fields = ["email"]
basis = { kind = "legitimate_interest", interest = { fr = "se faire connaître", en = "being known" }, balancing = "x.pdf" }
readers = ["consultant"]
retention = "prospects"
by = ["email"]
stop = ["link"]

[retention.prospects]
from = "last_contact"
max = "P3Y"
"#;

const BOOKS: &str = r#"
[purpose.account_books]
people = ["customer"]
fields = ["invoice"]
basis = { kind = "legal_obligation", ref = "code de commerce, art. L123-22" }
readers = ["dpo"]
retention = "books"

[retention.books]
from = "fiscal_year_end"
max = "P10Y"
"#;

const TRACES: &str = r#"
[purpose.traces]
kind = "legal_duty"
people = ["candidate"]
fields = ["connection"]
basis = { kind = "legal_obligation", ref = "décret n° 2021-1362" }
readers = []
retention = "traces"

[retention.traces]
from = "connection"
max = "P1Y"
"#;

const AUDIENCE: &str = r#"
[purpose.audience]
people = ["visitor"]
basis = "consent"
readers = []
retention = "seen"
counts = ["visits"]

[retention.seen]
from = "collected"
max = "P25M"
"#;

/// Where each figure is looked for: every figure that the file says, or the compiler asks.
fn edges(figure: Named) -> Vec<Edge> {
    use Level::{Error, Warning};
    let one = |class: &str, max: &str| {
        let consent = if class == "analytics" { "opt_in" } else { "exempt" };
        let text = firm(&tracker(
            "cookie",
            class,
            &format!("consent = \"{consent}\"\nmax_age = \"{max}\""),
        ));
        // A charter that counts visits doesn't say that it never does.
        text.replacen(", \"individual_tracking\"", "", 1)
    };
    match figure {
        Named::AnswerDeadline => vec![edge(&firm(""), "deadline = \"P1M\"", &["P1M", "P30D"], &["P32D", "P2M"], "right.too-slow", Error)],
        Named::AnswerExtension => vec![edge(&firm(""), "extension = \"P2M\"", &["P2M"], &["P3M"], "right.too-slow", Error)],
        Named::BreachAuthority => vec![edge(&firm(""), "authority = \"PT72H\"", &["PT72H", "P3D"], &["PT73H"], "breach.too-late", Error)],
        Named::SourcedNotice => vec![edge(&firm("[notice]\nsourced = \"P1M\"\n"), "sourced = \"P1M\"", &["P1M"], &["P32D"], "notice.too-late", Error)],
        Named::Candidate => vec![
            edge(&firm(""), "from = \"last_contact\"\nmax = \"P12M\"", &["P23M"], &["P24M"], "retention.too-long", Warning),
            edge(&firm(""), "from = \"withdrawn\"\nmax = \"P1M\"", &["P2Y"], &["P25M"], "retention.too-long", Warning),
        ],
        Named::Prospect => vec![edge(&firm(PROSPECTS), "max = \"P3Y\"", &["P3Y", "P36M"], &["P37M"], "retention.too-long", Warning)],
        Named::Logs => vec![edge(&firm(""), "from = \"connection\"\nmax = \"P6M\"", &["P6M", "P12M", "P365D"], &["P5M", "P13M"], "retention.logs", Warning)],
        Named::AudienceTracker => ["audience_exempt", "analytics"]
            .map(|class| edge(&one(class, "P13M"), "max_age = \"P13M\"", &["P13M"], &["P14M"], "tracker.too-long", Error))
            .into(),
        Named::Tracker => vec![edge(&one("necessary", "P13M"), "max_age = \"P13M\"", &["P13M"], &["P14M"], "tracker.too-long", Error)],
        Named::ConsentChoice => vec![edge(&one("choice", "P5M"), "max_age = \"P5M\"", &["P6M"], &["P7M"], "tracker.too-long", Error)],
        Named::AudienceData => {
            let data = one("audience_exempt", "P13M").replace("max_age = \"P13M\"", "max_age = \"P13M\"\ndata_max_age = \"P25M\"");
            vec![
                edge(&data, "\ndata_max_age = \"P25M\"", &["P25M"], &["P26M"], "tracker.data-too-long", Error),
                edge(&firm(AUDIENCE), "max = \"P25M\"", &["P25M"], &["P26M"], "retention.figures", Error),
            ]
        }
        Named::AiLog => vec![edge(&firm(SCREEN), "log = \"P6M\"", &["P6M", "P5Y"], &["P5M"], "ai.log-too-short", Error)],
        Named::Books => vec![
            edge(&firm(BOOKS), "max = \"P10Y\"", &["P10Y", "P120M"], &["P9Y", "P11Y"], "retention.books", Error),
            edge(&firm(&BOOKS.replace("max = \"P10Y\"", "max = \"P10Y\"\nmin = { period = \"P10Y\", ref = \"x\", fields = [\"invoice\"] }")),
                "min = { period = \"P10Y\"", &["P10Y"], &["P9Y", "P11Y"], "retention.books", Error),
        ],
        Named::Claims => vec![edge(&firm(""), "archive = { period = \"P5Y\"", &["P5Y"], &["P6Y"], "retention.archive-too-long", Warning)],
        Named::PublicationTraces => vec![edge(&firm(TRACES), "max = \"P1Y\"", &["P1Y", "P12M"], &["P11M", "P13M"], "retention.traces", Warning)],
        Named::Account => vec![edge(&firm(""), "[retention.account]\nlabel = { fr = \"Espace personnel\", en = \"Personal area\" }\nfrom = \"last_activity\"\nmax = \"P12M\"", &["P2Y"], &["P25M"], "retention.too-long", Warning)],
        Named::Longest => vec![
            edge(&firm(""), "from = \"end_of_request\"\nmax = \"P12M\"", &["P20Y"], &["P21Y"], "retention.too-long", Error),
            edge(&firm("").replacen("from = \"end_of_request\"\nmax = \"P12M\"", "from = \"end_of_request\"\nmax = \"P12M\"\nmin = { period = \"P9M\", ref = \"x\", fields = [\"message\"] }", 1),
                "min = { period = \"P9M\"", &["P20Y"], &["P21Y"], "retention.too-long", Error),
        ],
    }
}

#[test]
fn every_figure_is_held_at_its_edge() {
    for figure in Named::ALL {
        for edge in edges(*figure) {
            for duration in edge.within {
                let text = edge.text.replacen('…', duration, 1);
                assert_eq!(findings(&text), [], "{}: {duration}", figure.word());
            }
            for duration in edge.beyond {
                let found = findings(&edge.text.replacen('…', duration, 1));
                let told: Vec<(Level, &str)> = found.iter().map(|one| (one.level, one.rule)).collect();
                assert_eq!(told, [(edge.level, edge.rule)], "{}: {duration}", figure.word());
                says_what_to_do(&found[0]);
                assert!(found[0].reference(En).is_some() && found[0].blocks());
            }
        }
    }
}
