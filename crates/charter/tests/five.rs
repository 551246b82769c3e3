//! That the five shipped charters are in order as files and as pages: laid out, rendered in both languages alike, with a
//! record of processing that has a line for each use, and reasons that are their own.

#![expect(clippy::panic, reason = "a charter that can't be read fails its test")]

use std::collections::BTreeSet;

use charter::{
    Charter, render,
    render::{Backups, Offer},
};
use kernel::Locale::{self, En, Fr};

const FIVE: [(&str, &str); 5] = [
    ("careers", include_str!("../../../charters/careers.toml")),
    ("portal", include_str!("../../../charters/portal.toml")),
    ("jobboard", include_str!("../../../charters/jobboard.toml")),
    ("agency", include_str!("../../../charters/agency.toml")),
    ("experts", include_str!("../../../charters/experts.toml")),
];

fn five() -> impl Iterator<Item = (&'static str, &'static str, Charter)> {
    FIVE.into_iter().map(|(name, text)| {
        let charter = Charter::parse(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        (name, text, charter)
    })
}

/// What is published, in Markdown, with plain spaces.
fn policy(charter: &Charter, locale: Locale) -> String {
    render::to_markdown(&render::policy(charter, locale)).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn nothing_in_them_keeps_them_from_being_activated() {
    for (name, _, charter) in five() {
        let open: Vec<_> = charter
            .check()
            .into_iter()
            .filter(charter::Finding::blocks)
            .collect();
        assert!(open.is_empty(), "{name}: {open:#?}");
        // A reason answers a warning; without one it would argue with nobody.
        let answered = charter.check();
        for retention in charter
            .retentions()
            .iter()
            .filter(|one| one.max.approximate_days() > 4.0 * 366.0)
        {
            let argued = retention.rule.reason.is_some() || retention.max.to_string() == "P10Y";
            let asked = answered
                .iter()
                .any(|finding| finding.clause == retention.rule.clause);
            assert!(argued || !asked, "{name}: {}", retention.name);
        }
    }
}

#[test]
fn they_are_laid_out_as_all_are() {
    for (name, text, charter) in five() {
        let laid_out = Charter::laid_out(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert!(laid_out == text, "{name}: `vivier charter fmt` would change it");
        assert_eq!(charter.diff(&charter), [], "{name}");
    }
}

#[test]
fn no_two_clauses_of_a_section_are_called_alike() {
    let mut alike = Vec::new();
    for (name, _, charter) in five() {
        for locale in [Fr, En] {
            for section in render::policy(&charter, locale).sections {
                let mut seen = BTreeSet::new();
                let titles = section.clauses.iter().filter_map(|clause| clause.title.as_ref());
                alike.extend(
                    titles
                        .filter(|title| !seen.insert(*title))
                        .map(|title| format!("{name} {locale:?} {}: {title}", section.id)),
                );
            }
        }
    }
    assert!(alike.is_empty(), "{alike:#?}");
}

#[test]
fn both_languages_say_the_same_clauses_in_their_own_words() {
    for (name, _, charter) in five() {
        let (fr, en) = (render::policy(&charter, Fr), render::policy(&charter, En));
        let ids = |policy: &render::Policy| -> Vec<String> {
            let clauses = policy.sections.iter().flat_map(|section| &section.clauses);
            clauses.map(|clause| clause.id.to_string()).collect()
        };
        assert_eq!(ids(&fr), ids(&en), "{name}");
        let unique: BTreeSet<String> = ids(&fr).into_iter().collect();
        assert_eq!(unique.len(), ids(&fr).len(), "{name}");
        for (locale, html) in [(Fr, render::to_page(&fr)), (En, render::to_page(&en))] {
            let ids: BTreeSet<&str> = html
                .split(" id=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
                .collect();
            let links = html
                .split("href=\"#")
                .skip(1)
                .filter_map(|rest| rest.split('"').next());
            for link in links {
                assert!(ids.contains(link), "{name} {locale:?}: #{link} leads nowhere");
            }
        }
        // Each use, each recipient, each duration has a clause or a line of its own.
        let text = policy(&charter, En);
        for purpose in charter.purposes() {
            assert!(
                text.contains(&purpose.title(En).replace(['\u{a0}', '\u{202f}'], " ")),
                "{name}: {}",
                purpose.name
            );
        }
        for processor in charter.processors() {
            if let Some(entity) = &processor.entity {
                assert!(text.contains(entity.as_str()), "{name}: {entity}");
            }
        }
    }
}

#[test]
fn the_record_has_a_line_for_each_use_and_knows_a_site_only_when_told() {
    for (name, _, charter) in five() {
        for (locale, column) in [(Fr, "Proposé par le site"), (En, "Offered by the site")] {
            let alone = render::register_csv(&charter, locale, None);
            let nothing = Offer {
                purposes: vec![],
                services: vec![],
                shares: vec![],
                copies: vec![],
                apart: vec![],
                backups: None,
            };
            let of_site = render::register_csv(&charter, locale, Some(&nothing));
            assert!(!alone.contains(column) && of_site.contains(column), "{name}");
            let lines = |text: &str| {
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                reader.records().filter_map(Result::ok).count()
            };
            assert_eq!(lines(&alone), charter.purposes().len(), "{name}");
        }
    }
}

/// A built-in word says why most ask for a thing; where that isn't why this one does, the charter says its own.
#[test]
fn a_reason_is_the_charter_s_own() {
    for (name, not_said) in [
        ("experts", &["assessment questionnaire", "Saved searches"][..]),
        ("jobboard", &["the questionnaire", "Saved searches"]),
        ("portal", &["Saved searches", "questionnaire only"]),
        ("careers", &["questionnaire"]),
    ] {
        let (_, _, charter) = five()
            .find(|(other, ..)| *other == name)
            .unwrap_or_else(|| panic!("{name}"));
        let text = policy(&charter, En);
        for said in not_said {
            assert!(!text.contains(said), "{name} says “{said}”");
        }
    }
    let jobboard = five().find(|(name, ..)| *name == "jobboard");
    let text = jobboard
        .map(|(_, _, charter)| policy(&charter, Fr))
        .unwrap_or_default();
    assert!(
        text.contains("Historique de recherche") && text.contains("Nombre et fréquence des téléchargements")
    );
}

/// A choice about trackers is remembered where there is one to make.
#[test]
fn a_choice_is_offered_with_what_waits_for_it() {
    let jobboard = five().find(|(name, ..)| *name == "jobboard");
    let (_, _, charter) = jobboard.unwrap_or_else(|| panic!("jobboard"));
    let choice = "tracker.board_choice".parse().unwrap_or_else(|_| panic!("an id"));
    let mut offer = Offer {
        purposes: vec![],
        services: vec![],
        shares: vec![],
        copies: vec![],
        apart: vec![],
        backups: None,
    };
    assert!(!offer.includes(&charter, &choice));
    offer.purposes.push(charter::PurposeKind::Audience);
    assert!(offer.includes(&charter, &choice));
}

/// Where the site's own backups go is spoken of as it is: a copy that it makes, or makes later than the charter says.
#[test]
fn a_site_s_own_backups_are_the_copy_that_they_are() {
    let agency = five().find(|(name, ..)| *name == "agency");
    let (_, text, charter) = agency.unwrap_or_else(|| panic!("agency"));
    let cloud = "at = \"backup_cloud\"\nmode = \"backup\"";
    assert!(text.contains(cloud));
    let daily = text.replacen(cloud, &format!("{cloud}\nlag = \"PT24H\""), 1);
    let daily = Charter::parse(&daily).unwrap_or_else(|problems| panic!("{problems:?}"));
    let offer = |at: &str| Offer {
        purposes: charter.purposes().iter().map(|one| one.kind).collect(),
        services: vec![],
        shares: vec![],
        copies: vec![],
        apart: vec![],
        backups: Some(Backups {
            at: at.to_owned(),
            every: Some("P1D".parse().unwrap_or_else(|_| panic!("a day"))),
        }),
    };
    let at_once = || {
        let mut offer = offer("backup_cloud");
        offer.backups.iter_mut().for_each(|backups| backups.every = None);
        offer
    };
    let offered = |charter: &Charter, at: &str| {
        [
            "copy.cloud",
            "processor.backup_cloud",
            "processor.nas",
            "copy.nas",
            "copy.host",
        ]
        .map(|id| {
            let id = id.parse().unwrap_or_else(|_| panic!("{id}"));
            offer(at).includes(charter, &id)
        })
    };
    assert_eq!(offered(&daily, "backup_cloud"), [true, true, false, false, false]);
    assert_eq!(
        offered(&charter, "backup_cloud"),
        [false, true, false, false, false],
        "not together with the original"
    );
    assert_eq!(
        offered(&daily, "hosting"),
        [false; 5],
        "a backup of everything isn't a copy of what the forms sent"
    );
    let cloud = "copy.cloud".parse().unwrap_or_else(|_| panic!("an id"));
    for charter in [&charter, &daily] {
        assert!(at_once().includes(charter, &cloud), "each change is copied");
    }
    for (locale, said) in [
        (Fr, "mais plus tard que dit ici"),
        (En, "but later than said here"),
    ] {
        let says = |charter: &Charter, offer: &Offer| {
            let policy = render::policy_where(charter, locale, offer);
            let mut clauses = policy.sections.iter().flat_map(|section| &section.clauses);
            let cloud = clauses.find(|clause| clause.id.as_str() == "copy.cloud");
            assert_eq!(cloud.map(|cloud| cloud.offered), Some(true), "it is made");
            render::to_markdown(&policy).matches(said).count()
        };
        let late = offer("backup_cloud");
        let found = [
            says(&charter, &late),
            says(&daily, &late),
            says(&charter, &at_once()),
        ];
        assert_eq!(found, [1, 0, 0], "{locale:?}");
    }
}
