//! Owns: that a policy is read from its short layers on. Doesn't own: what its clauses say.

use super::*;

/// A long chapter is folded by clauses; a link to one leads within its fold, so that following it opens it.
#[test]
fn a_long_chapter_is_folded_and_every_clause_is_still_found() {
    for charter in charters() {
        for locale in [Fr, En] {
            let policy = policy(&charter, locale);
            let html = to_html(&policy, HtmlOptions::default());
            for section in &policy.sections {
                let titled: Vec<&PublicClause> = section
                    .clauses
                    .iter()
                    .filter(|clause| clause.title.is_some())
                    .collect();
                let long = DETAILS.contains(&section.id) && titled.len() >= MANY;
                assert_eq!(section.folded, long, "{}", section.id);
                for clause in titled {
                    let at = html.find(&format!(" id=\"{}\">", clause.id)).expect("published");
                    let before = &html[..at];
                    let within = before.matches("<details").count() > before.matches("</details").count();
                    assert_eq!(within, section.folded, "{}", clause.id);
                }
            }
        }
    }
}

/// A short layer of many purposes names them by theme, and purposes of a kind once.
#[test]
fn the_short_layer_stays_short() {
    let mut more = String::new();
    for name in [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ] {
        more += &format!(
            "[purpose.{name}]\nkind = \"support\"\ntitle = {{ fr = \"Aide {name}\", en = \"Help {name}\" }}\n\
             people = [\"contact\"]\nasks = [\"email\"]\nbasis = \"contract\"\nreaders = []\nretention = \"contact\"\n"
        );
    }
    let firm = include_str!("../../../../tests/firm.toml");
    let charter = Charter::parse(&format!("{firm}\n{more}")).unwrap();
    for (locale, theme, title, own) in [
        (
            Fr,
            "Compte et échanges",
            "vous aider à utiliser le service",
            "aide one",
        ),
        (
            En,
            "Account and exchanges",
            "help you to use the service",
            "help one",
        ),
    ] {
        let short = format!("{:?}", policy(&charter, locale).sections[0]);
        assert!(short.contains(theme), "{short}");
        assert_eq!(short.matches(title).count(), 1, "{short}");
        assert!(!short.contains(own), "{short}");
    }
}
