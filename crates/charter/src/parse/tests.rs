//! Owns: that every mistake is told with its line and column, and none panics. Doesn't own: what a charter means.

use kernel::Locale::{En, Fr};
use proptest::prelude::*;

use crate::{Charter, Problem, render};

const GROUP: &str = include_str!("../../tests/group.toml");
const FIRM: &str = include_str!("../../tests/firm.toml");
const WHOLE: &str = include_str!("../../tests/whole.toml");

/// The shortest charter: a purpose, its reader, its end.
const SMALL: &str = r#"[charter]
id = "small"
version = 1
effective = 2026-10-01
languages = ["fr", "en"]

[controller]
name = "Exemple"

[role.reader]
label = { fr = "les lecteurs", en = "the readers" }
may = ["recruit", "decide"]

[purpose.apply]
people = ["candidate"]
asks = ["email", "phone?"]
basis = "precontract"
readers = ["reader"]
retention = "year"

[retention.year]
from = "last_contact"
max = "P12M"

[form.apply]
purpose = "apply"
kind = "targeted_application"
"#;

/// The small charter with a piece replaced, which must be there.
fn small(from: &str, to: &str) -> String {
    assert!(SMALL.contains(from), "{from}");
    SMALL.replacen(from, to, 1)
}

fn problems(text: &str) -> Vec<Problem> {
    Charter::parse(text)
        .map(|_| ())
        .expect_err("this must not be a charter")
}

/// The only problem of the small charter with a piece replaced: place, rule and what was meant.
fn problem(from: &str, to: &str) -> (String, &'static str, Option<String>) {
    let found = problems(&small(from, to));
    assert_eq!(found.len(), 1, "{found:#?}");
    let problem = &found[0];
    assert!(!problem.message(Fr).is_empty() && problem.message(Fr) != problem.message(En));
    (
        problem.place().to_string(),
        problem.rule,
        problem.suggestion.clone(),
    )
}

fn meant(word: &str) -> Option<String> {
    Some(word.to_owned())
}

#[test]
fn the_smallest_charter_reads() {
    let charter = Charter::parse(SMALL).unwrap();
    assert_eq!(
        (charter.id(), charter.version(), charter.languages()),
        ("small", 1, &[Fr, En][..])
    );
    let form = charter.form("apply").unwrap();
    assert_eq!(
        form.fields
            .iter()
            .map(|field| (field.name.as_str(), field.required))
            .collect::<Vec<_>>(),
        [("email", true), ("phone", false)]
    );
    assert_eq!(charter.place(&"purpose.apply".parse().unwrap()).unwrap().line, 14);
}

#[test]
fn an_unknown_key_is_shown_with_what_was_meant() {
    assert_eq!(
        problem("asks =", "ask ="),
        ("16:1".to_owned(), "charter.unknown-key", meant("asks"))
    );
    let section = problems(&format!("{SMALL}\n[securty]\n"));
    assert_eq!(
        (section[0].rule, &section[0].suggestion),
        ("charter.unknown-key", &meant("security"))
    );
    let message = problems(&small("asks =", "aks ="))[0].message(Fr);
    assert!(
        message.contains("«\u{202f}aks\u{202f}» n’existe pas dans [purpose.apply]"),
        "{message}"
    );
    assert!(
        message.ends_with("Vouliez-vous dire «\u{202f}asks\u{202f}»\u{202f}?"),
        "{message}"
    );
}

#[test]
fn a_key_that_must_be_there_is_asked_for_at_its_section() {
    assert_eq!(
        problem("max = \"P12M\"\n", ""),
        ("21:12".to_owned(), "charter.missing-key", None)
    );
    assert_eq!(problem("label = {", "# label = {").1, "charter.missing-key");
    assert_eq!(
        problem("[controller]\nname = \"Exemple\"\n", "").1,
        "charter.missing-section"
    );
}

#[test]
fn an_unknown_word_is_shown_with_what_was_meant() {
    assert_eq!(
        problem("\"precontract\"", "\"precontrat\""),
        ("17:9".to_owned(), "charter.unknown-word", meant("precontract"))
    );
    assert_eq!(
        problem("\"last_contact\"", "\"lastcontact\"").2,
        meant("last_contact")
    );
    assert_eq!(problem("[\"recruit\", ", "[\"recrut\", ").2, meant("recruit"));
    assert_eq!(
        problem("[purpose.apply]", "[purpose.aply]\nkind = \"apply\"").1,
        "charter.unknown-reference"
    );
}

#[test]
fn an_unknown_reference_is_shown_where_it_is_written() {
    let unknown = "charter.unknown-reference";
    assert_eq!(
        problem("[\"reader\"]", "[\"raeder\"]"),
        ("18:12".to_owned(), unknown, meant("reader"))
    );
    assert_eq!(
        problem("= \"year\"", "= \"years\""),
        ("19:13".to_owned(), unknown, meant("year"))
    );
    assert_eq!(
        problem("[\"email\", ", "[\"emial\", "),
        ("16:9".to_owned(), unknown, meant("email"))
    );
    assert_eq!(
        problem("purpose = \"apply\"", "purpose = \"aply\"").2,
        meant("apply")
    );
    let beside = format!("{SMALL}\n[clause.x]\nabout = \"purpose.aply\"\nfr = \"a\"\nen = \"b\"\n");
    assert_eq!(problems(&beside)[0].rule, unknown);
}

#[test]
fn values_of_the_wrong_type_say_what_is_wanted() {
    for (from, to) in [
        ("version = 1", "version = \"1\""),
        ("version = 1", "version = 0"),
        ("version = 1", "version = 0x10"),
        ("effective = 2026-10-01", "effective = \"2026-10-01\""),
        ("effective = 2026-10-01", "effective = 2026-10-01T10:00:00Z"),
        ("\"P12M\"", "\"12 months\""),
        ("\"P12M\"", "12"),
        ("name = \"Exemple\"", "name = \"  \""),
        (
            "label = { fr = \"les lecteurs\", en = \"the readers\" }",
            "label = \"les lecteurs\"",
        ),
        ("readers = [\"reader\"]", "readers = [3]"),
        ("people = [\"candidate\"]", "people = [true]"),
        (
            "retention = \"year\"",
            "retention = \"year\"\npromises = [\"a18\"]",
        ),
    ] {
        let found = problems(&small(from, to));
        assert_eq!(found[0].rule, "charter.wrong-type", "{to}: {found:#?}");
    }
}

#[test]
fn a_charter_speaks_all_its_languages_and_no_other() {
    assert_eq!(problem(", en = \"the readers\"", "").1, "charter.missing-key");
    let french = small("[\"fr\", \"en\"]", "[\"fr\"]").replace(", en = \"the readers\"", "");
    assert_eq!(
        Charter::parse(&french).unwrap().role("reader").unwrap().label(En),
        "les lecteurs"
    );
    let form = format!("{french}languages = [\"en\"]\n");
    assert_eq!(problems(&form)[0].rule, "charter.language");
    assert_eq!(problem("[\"fr\", \"en\"]", "[]").1, "charter.language");
}

#[test]
fn a_form_asks_nothing_beyond_its_purpose() {
    let beyond = format!("{SMALL}fields = [\"email\", \"address\"]\n");
    assert_eq!(problems(&beyond)[0].rule, "charter.form-beyond-purpose");
    let reader = small("[\"reader\"]", "[{ role = \"reader\", fields = [\"cv\"] }]");
    assert_eq!(problems(&reader)[0].rule, "charter.reader-beyond-purpose");
}

#[test]
fn nobody_can_be_asked_what_the_service_makes_or_the_charter_forbids() {
    assert_eq!(problem("\"phone?\"", "\"note\"").1, "charter.not-askable");
    let forbidden = format!("{SMALL}\n[field.phone]\nnecessity = \"forbidden\"\n");
    assert_eq!(problems(&forbidden)[0].rule, "charter.not-askable");
    let changed = format!("{SMALL}\n[field.phone]\nkind = \"data\"\n");
    assert_eq!(problems(&changed)[0].rule, "charter.built-in");
}

#[test]
fn twice_is_once_too_often() {
    assert_eq!(problem("\"phone?\"", "\"email\"").1, "charter.twice");
    assert_eq!(
        problem("\"reader\"]", "\"reader\"]\nfields = [\"email\"]").1,
        "charter.twice"
    );
    assert_eq!(problem("[\"recruit\", ", "[\"decide\", ").1, "charter.twice");
}

#[test]
fn names_are_fit_for_an_address() {
    for name in ["\"a b\"", "\"Ähm\"", "\"../x\"", "Apply", "1st"] {
        let found = problems(&format!(
            "{SMALL}\n[retention.{name}]\nfrom = \"submitted\"\nmax = \"P1M\"\n"
        ));
        assert!(
            found.iter().any(|problem| problem.rule == "charter.bad-name"),
            "{found:#?}"
        );
    }
}

#[test]
fn every_problem_comes_at_once_in_the_order_of_the_file() {
    let text = small("people", "peple")
        .replace("\"P12M\"", "\"x\"")
        .replace("kind =", "sort =");
    let found = problems(&text);
    assert_eq!(
        found.iter().map(|problem| problem.rule).collect::<Vec<_>>(),
        [
            "charter.missing-key",
            "charter.unknown-key",
            "charter.wrong-type",
            "charter.missing-key",
            "charter.unknown-key",
        ]
    );
    assert!(found.is_sorted_by_key(Problem::place));
}

#[test]
fn a_field_of_its_own_says_what_it_is() {
    let own = "\n[field.licence]\ncategory = \"skills\"\nkind = \"text\"\nlabel = { fr = \"Permis\", en = \"Licence\" }\n\
               why = { fr = \"Pour conduire.\", en = \"To drive.\" }\nmax_length = 12\n";
    let text = format!("{}{own}", small("\"phone?\"", "\"licence?\""));
    let charter = Charter::parse(&text).unwrap();
    let field = charter.may_collect("apply", "licence").unwrap();
    assert_eq!(
        (field.label(Fr), field.why(En), field.max_length),
        ("Permis", "To drive.", 12)
    );
    assert!(problems(&format!("{SMALL}\n[field.licence]\nmax_length = 12\n")).len() >= 4);
}

#[test]
fn texts_that_are_no_charter_at_all() {
    for text in [
        "",
        "\u{0}",
        "=",
        "[",
        "[[charter]]",
        "charter = 3",
        "a.b.c = 1",
        "[charter]\n[charter]",
        "é=é",
    ] {
        assert!(!problems(text).is_empty(), "{text:?}");
    }
    assert_eq!(problems("[charter\n")[0].rule, "charter.syntax");
    let deep = format!("[charter]\nid = {}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(!problems(&deep).is_empty());
    let dotted = format!("a{} = 1", ".a".repeat(10_000));
    assert!(!problems(&dotted).is_empty());
}

#[test]
fn a_file_of_ten_megabytes_is_refused_at_once_and_a_large_one_with_few_problems() {
    assert_eq!(problems(&"#\n".repeat(5_000_000))[0].rule, "charter.too-large");
    let many: String = (0..20_000).map(|at| format!("k{at} = {at}\n")).collect();
    assert_eq!(problems(&many).len(), 200);
}

#[test]
fn bytes_that_are_no_text_are_shown_where_they_stop_being_one() {
    let found = Charter::parse_bytes(b"# \xc3\xa9\n[charter]\nid = \"\xff\"\n")
        .map(|_| ())
        .unwrap_err();
    assert_eq!(
        (found[0].rule, found[0].place().to_string().as_str()),
        ("charter.not-utf-8", "3:7")
    );
    assert_eq!(
        Charter::parse_bytes(&[0xff; 600_000]).map(|_| ()).unwrap_err()[0].rule,
        "charter.too-large"
    );
    assert!(Charter::parse_bytes(WHOLE.as_bytes()).is_ok());
}

/// A table of role × purpose × field would take a gigabyte here.
#[test]
fn what_a_draft_costs_grows_with_its_length() {
    let rules = |at: usize| {
        format!(
            "[role.r{at}]\nlabel = {{ fr = \"x\" }}\n[field.f{at}]\ncategory = \"note\"\nkind = \"text\"\n\
             label = {{ fr = \"x\" }}\nwhy = {{ fr = \"x.\" }}\n[purpose.p{at}]\nkind = \"apply\"\npeople = \"staff\"\n\
             basis = \"consent\"\nreaders = \"r{at}\"\nretention = []\nasks = \"f{at}\"\n"
        )
    };
    let head = "[charter]\nid = \"x\"\nversion = 1\neffective = 2026-01-01\nlanguages = [\"fr\"]\n[controller]\nname = \"x\"\n";
    let text: String = std::iter::once(head.to_owned())
        .chain((0..1_000).map(rules))
        .collect();
    let charter = Charter::parse(&text).unwrap();
    assert!(
        charter.may_read("r999", "p999", "f999").is_ok() && charter.may_read("r999", "p999", "f998").is_err()
    );
}

#[test]
fn whole_charters_read() {
    for text in [GROUP, FIRM, WHOLE] {
        if let Err(found) = Charter::parse(text) {
            panic!(
                "{}",
                found
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n")
            );
        }
    }
}

/// What a hand that slips writes over a charter.
fn slip() -> impl Strategy<Value = String> {
    let pieces = vec![
        "",
        "\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "[purpose.apply]\n",
        "é",
        "\u{202e}",
        "PT0S",
        "true",
        "-1",
    ];
    prop_oneof![
        proptest::sample::select(pieces).prop_map(str::to_owned),
        "\\PC{0,12}"
    ]
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,400}") {
        let _ = Charter::parse(&text);
    }

    #[test]
    fn no_document_makes_it_panic(
        section in proptest::sample::select(vec!["charter", "field.cv", "purpose.apply", "never", "x", "form.a"]),
        key in "[a-z]{1,9}",
        value in proptest::sample::select(vec!["1", "\"x\"", "[]", "{}", "[[]]", "[{}]", "true", "1979-05-27", "1e9", "nan"]),
    ) {
        let _ = Charter::parse(&format!("{SMALL}\n{key} = {value}\n[{section}]\n{key} = {value}\n"));
        let _ = Charter::parse(&format!("[{section}]\n{key} = {value}\n"));
    }

    /// Whatever still reads after a slip renders, in both languages, with the same clauses; and can be checked.
    #[test]
    fn what_still_reads_still_renders(from in 0usize..20_000, length in 0usize..60, over in slip()) {
        let start = WHOLE.floor_char_boundary(from % WHOLE.len());
        let end = WHOLE.ceil_char_boundary((start + length).min(WHOLE.len()));
        let text = format!("{}{over}{}", &WHOLE[..start], &WHOLE[end..]);
        match Charter::parse(&text) {
            Ok(charter) => {
                let (fr, en) = (render::policy(&charter, Fr), render::policy(&charter, En));
                let ids = |policy: &render::Policy| -> Vec<String> {
                    policy.sections.iter().flat_map(|section| &section.clauses).map(|clause| clause.id.to_string()).collect()
                };
                prop_assert_eq!(ids(&fr), ids(&en));
                let _ = (render::to_html(&fr, render::HtmlOptions::default()), render::to_markdown(&en), charter.check());
            }
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                prop_assert!(problems.iter().all(|problem| problem.line >= 1 && problem.column >= 1));
            }
        }
    }
}
