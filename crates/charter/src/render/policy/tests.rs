//! Owns: that the policy says what the charter holds, the same clauses in both languages. Doesn't own: the page.

mod layers;

use std::collections::HashSet;

use kernel::Locale::{En, Fr};

use super::*;
use crate::PurposeKind;
use crate::render::{HtmlOptions, to_html, to_markdown, to_page};

const GROUP: &str = include_str!("../../../tests/group.toml");
const WHOLE: &str = include_str!("../../../tests/whole.toml");
const FIRM: &str = include_str!("../../../tests/firm.toml");

/// Every section and every word that the shipped charters don't use.
const MORE: &str = r#"
[purpose.screen]
people = ["candidate"]
about = { fr = "Une aide à la lecture.", en = "Help in reading." }
fields = ["cv", "ai_summary"]
basis = "consent"
readers = []
retention = "results"

[retention.results]
from = ["decision", "withdrawn"]
combine = "last_of"
max = "P1Y6M"
then = "restrict"
min = { period = "P5Y", ref = "code du travail L1134-5" }
hold = ["legal_claim", "dispute"]

[processor.model]
service = "language_model"
entity = "Modèle <Exemple> & Cie"
storage = ["US"]
transit = ["IE"]
transfer = "scc"
purposes = ["screen"]
receives = "anonymous"
must_not_receive = ["email", "phone"]
retention = "PT30S"
deletion = "ttl"
logging = "none"
contract = "documents/x.pdf"
sub_processors = ["Autre Exemple"]

[tracker.stats]
kind = "storage"
class = "analytics"
max_age = "P13M"
entity = "Tiers Exemple"
about = { fr = "Compte les visites.", en = "Counts visits." }

[ai.summary]
human = "decides"
contest = true
explain = true
log = "P6M"

[notice]
sourced = "P1M"

[clause.beside_a_rule]
about = "purpose.screen"
fr = "Vous pouvez refuser : écrivez-nous !"
en = "You may refuse: write to us!"

[clause.beside_a_field]
about = "controller"
fr = "<script>alert(1)</script>"
en = "<script>alert(1)</script>"
"#;

fn charters() -> Vec<Charter> {
    let more = format!("{GROUP}{MORE}");
    [GROUP, FIRM, &more, WHOLE]
        .iter()
        .map(|text| Charter::parse(text).unwrap())
        .collect()
}

fn ids(policy: &Policy) -> Vec<String> {
    let clauses = policy.sections.iter().flat_map(|section| &section.clauses);
    clauses
        .flat_map(|clause| {
            let rows = clause.blocks.iter().filter_map(|block| match block {
                Block::Table(table) => Some(table.rows.iter().filter_map(|row| row.id.clone())),
                _ => None,
            });
            std::iter::once(clause.id.clone()).chain(rows.flatten())
        })
        .map(|id| id.to_string())
        .collect()
}

#[test]
fn both_languages_publish_the_same_clauses_and_every_rule_is_one() {
    for charter in charters() {
        let (fr, en) = (ids(&policy(&charter, Fr)), ids(&policy(&charter, En)));
        assert_eq!(fr, en);
        let published: HashSet<&str> = fr.iter().map(String::as_str).collect();
        assert_eq!(published.len(), fr.len(), "an id twice");
        for id in charter
            .places
            .keys()
            .map(ClauseId::as_str)
            .filter(|id| *id != "clause")
        {
            assert!(published.contains(id), "{id} isn't published");
        }
    }
}

#[test]
fn html_is_well_formed_with_ids_of_their_own_and_links_that_lead_somewhere() {
    for charter in charters() {
        for locale in [Fr, En] {
            let html = to_html(&policy(&charter, locale), HtmlOptions::default());
            let attributes = |name: &str| -> Vec<String> {
                let mark = format!(" {name}=\"");
                html.split(&mark)
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next())
                    .map(str::to_owned)
                    .collect()
            };
            let ids = attributes("id");
            let own: HashSet<&String> = ids.iter().collect();
            assert_eq!(own.len(), ids.len(), "an id twice");
            for href in attributes("href")
                .iter()
                .filter_map(|href| href.strip_prefix('#'))
            {
                assert!(own.contains(&href.to_owned()), "#{href} leads nowhere");
            }
            for label in attributes("aria-labelledby") {
                assert!(own.contains(&label), "{label} labels nothing");
            }
            balanced(&html);
        }
    }
}

/// Each tag is closed in its turn.
fn balanced(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split(['>', ' ']).next())
    {
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed)),
            None => open.push(tag),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn headings_descend_without_a_leap() {
    let html = to_html(&policy(&charters()[0], Fr), HtmlOptions::default());
    let levels: Vec<u8> = html
        .split("<h")
        .skip(1)
        .filter_map(|rest| rest.chars().next()?.to_digit(10)?.try_into().ok())
        .collect();
    assert_eq!(levels.first(), Some(&1));
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1));
    let within = to_html(
        &policy(&charters()[0], Fr),
        HtmlOptions {
            heading: 3,
            title: false,
        },
    );
    assert!(within.contains("<h3 ") && !within.contains("<h1") && !within.contains("<h2"));
}

#[test]
fn nothing_a_charter_says_becomes_markup() {
    let charter = &charters()[2];
    for locale in [Fr, En] {
        let html = to_html(&policy(charter, locale), HtmlOptions::default());
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
        assert!(html.contains("Modèle &lt;Exemple&gt; &amp; Cie"));
        assert!(!html.contains("style=") && !html.contains("onclick"));
        assert!(
            !to_markdown(&policy(charter, locale))
                .replace("\\<", "")
                .contains("<script")
        );
    }
}

#[test]
fn french_is_set_as_french() {
    for charter in charters() {
        let html = to_html(&policy(&charter, Fr), HtmlOptions::default());
        for bad in [" :", " ;", " !", " ?", "« ", " »", "\u{a0}:", "de 1\u{a0}mois"] {
            assert!(
                !html.contains(bad),
                "{bad:?} in {}",
                &html[html.find(bad).unwrap().saturating_sub(80)..][..160]
            );
        }
        let english = to_html(&policy(&charter, En), HtmlOptions::default());
        assert!(!english.contains('\u{202f}'));
    }
}

/// What each new thing a charter may say becomes, in both languages.
#[test]
fn the_whole_language_is_said() {
    let charter = Charter::parse(WHOLE).unwrap();
    let (fr, en) = (
        to_markdown(&policy(&charter, Fr)),
        to_markdown(&policy(&charter, En)),
    );
    for (fr_says, en_says) in [
        (
            "Cette politique est annexée à ce document",
            "This policy is annexed to this document",
        ),
        (
            "Seulement si un poste ouvert demande un tel profil",
            "Only if an open position needs such a profile",
        ),
        (
            "mis à part, hors de toute recherche",
            "set apart, out of every search",
        ),
        ("Groupes formés d’après", "Groups formed by"),
        (
            "moins de 10\u{a0}personnes n’est pas montré",
            "fewer than 10\u{a0}people isn’t shown",
        ),
        (
            "Des comptes, sans aucune donnée sur une personne",
            "Counts, with no data about a person",
        ),
        (
            "confirmé par le lien que nous vous envoyons",
            "confirmed it by the link we send you",
        ),
        (
            "Par le lien au bas de chaque message",
            "By the link at the foot of each message",
        ),
        ("La lettre du jour", "The daily letter"),
        (
            "Vous pouvez vous y opposer à tout moment",
            "You may object at any time",
        ),
        (
            "permis (si activité\u{202f}: conduite)",
            "licence (if activity: driving)",
        ),
        (
            "Une archive restreinte garde ensuite 5\u{a0}ans",
            "A restricted archive then keeps for 5\u{a0}years",
        ),
        (
            "Au plus tard tous les 7\u{a0}jours",
            "At the latest every 7\u{a0}days",
        ),
        ("nous ne le recevons pas", "we don’t receive it"),
        (
            "RGPD, ISO/IEC 27001\u{a0}et SOC 2",
            "GDPR, ISO/IEC 27001\u{a0}and SOC 2",
        ),
        (
            "Une attestation en est signée par l’équipe technique et renouvelée tous les 12\u{a0}mois",
            "A statement of it is signed by the technical team and renewed every 12\u{a0}months",
        ),
        ("Déclaré, non vérifié.", "Declared, not verified."),
        ("Copie dans une messagerie", "Copy in a mailbox"),
        (
            "Au plus tard 1\u{a0}heure après l’original",
            "1\u{a0}hour after the original at the latest",
        ),
        (
            "Nos clients\u{202f}: le client du projet",
            "Our clients: the project’s client",
        ),
        (
            "Rectification, effacement et limitation",
            "Rectification, erasure and restriction",
        ),
        (
            "Chaque groupe compte au moins 10\u{a0}personnes",
            "Each group counts at least 10\u{a0}people",
        ),
        (
            "le strict nécessaire, et chaque transmission est enregistrée",
            "every disclosure is recorded",
        ),
        (
            "Registres publics\u{202f}: Registre Exemple",
            "Public registers: Registre Exemple",
        ),
        ("Oui, sauf si vous vous y opposez", "Yes, unless you object"),
        (
            "Pour une simple question, joignez-nous par téléphone",
            "For a mere question, reach us by phone",
        ),
        (
            "Avant qu’un test ou une machine ne serve",
            "Before a test or a machine is used",
        ),
        (
            "Nos prestataires doivent nous prévenir dans un délai de 24\u{a0}heures",
            "Our providers must warn us within 24\u{a0}hours",
        ),
        ("vous pouvez fermer votre compte", "you may close your account"),
        (
            "sauf de ce qui demande votre consentement",
            "except of what requires your consent",
        ),
        (
            "Nous n’échangeons ces données avec personne",
            "We exchange these data with nobody",
        ),
        ("Cela vaut pour", "This holds for"),
        (
            "Modèle \\<Exemple\\> \\& Cie (modèle de langage, États-Unis)",
            "Modèle \\<Exemple\\> \\& Cie (language model, United States)",
        ),
        (
            "Nos clients (le client du projet)",
            "Our clients (the project’s client)",
        ),
    ] {
        assert!(fr.contains(fr_says), "{fr_says}");
        assert!(en.contains(en_says), "{en_says}");
    }
}

/// The words that promise most are the charter's to give: generated text has them nowhere.
#[test]
fn generated_text_promises_no_more_than_the_rules() {
    for charter in charters() {
        for (locale, words) in [
            (Fr, ["anonym", "jamais", "automati", "immédiat"]),
            (En, ["anonym", "never ", "automati", "immediate"]),
        ] {
            // A legal form isn't a promise.
            let text = to_markdown(&policy(&charter, locale))
                .to_lowercase()
                .replace("société anonyme", "");
            for word in words {
                assert!(!text.contains(word), "{word}");
            }
        }
    }
}

#[test]
fn the_charter_s_own_words_stand_beside_their_rule() {
    let fr = ids(&policy(&charters()[2], Fr));
    let at = |id: &str| fr.iter().position(|other| other == id).unwrap();
    assert_eq!(at("clause.beside_a_rule"), at("purpose.screen") + 1);
    assert_eq!(at("clause.only_these_readers"), at("role") + 1);
}

#[test]
fn a_policy_says_what_its_rules_say() {
    let charter = &charters()[2];
    let (fr, en) = (
        to_markdown(&policy(charter, Fr)),
        to_markdown(&policy(charter, En)),
    );
    for (fr_says, en_says) in [
        (
            "1\u{a0}an et 6\u{a0}mois après la décision ou après votre retrait, selon ce qui vient en dernier",
            "1\u{a0}year and 6\u{a0}months after the decision or after you withdraw, whichever comes last",
        ),
        (
            "nous ne faisons plus que les conserver",
            "we only store them and do nothing else with them",
        ),
        (
            "5\u{a0}ans (code du travail L1134-5)",
            "5\u{a0}years (code du travail L1134-5)",
        ),
        (
            "Si une action en justice ou un litige l’exige",
            "Where a legal claim or a dispute requires it",
        ),
        ("États-Unis", "United States"),
        ("Clauses contractuelles types", "Standard contractual clauses"),
        (
            "Des éléments où rien ne vous identifie",
            "Elements in which nothing identifies you",
        ),
        ("30\u{a0}secondes au plus", "30\u{a0}seconds at most"),
        (
            "Ceux qui demandent votre consentement attendent votre accord",
            "wait for your yes",
        ),
        (
            "nous vous en informons dans un délai d’un mois",
            "we tell you within 1\u{a0}month",
        ),
        (
            "Vous pouvez retirer votre consentement à tout moment",
            "You may withdraw your consent at any time",
        ),
        ("Personne chez nous", "Nobody among us"),
    ] {
        assert!(fr.contains(fr_says), "{fr_says}");
        assert!(en.contains(en_says), "{en_says}");
    }
    // One processor is outside: the short layer no longer says that nothing leaves.
    assert!(!fr.contains("n’est prévu") && !en.contains("is planned"));
}

/// What a site offers: all that the charter declares but newsletters.
fn without_news(charter: &Charter) -> Offer {
    let purposes = charter.purposes().iter().map(|purpose| purpose.kind);
    Offer {
        purposes: purposes.filter(|kind| *kind != PurposeKind::Newsletter).collect(),
        services: charter.processors().iter().map(|one| one.service).collect(),
        shares: charter.shares().iter().map(|one| one.mode).collect(),
        copies: charter.copies().iter().map(|one| one.mode).collect(),
        apart: charter.purposes().iter().map(|one| one.kind).collect(),
        backups: None,
    }
}

/// What a site doesn't offer keeps its id, is marked for the page too, and leaves the short layer.
#[test]
fn what_is_not_offered_says_so() {
    let direct = WHOLE.replace("intake = \"quarantine\"", "intake = \"direct\"");
    let charter = Charter::parse(&direct).unwrap();
    let offer = without_news(&charter);
    for (locale, title) in [(Fr, "lettre d’information"), (En, "newsletter")] {
        let (all, some) = (policy(&charter, locale), policy_where(&charter, locale, &offer));
        assert_eq!(ids(&all), ids(&some));
        let marked: Vec<&str> = some
            .sections
            .iter()
            .flat_map(|section| &section.clauses)
            .filter(|clause| !clause.offered)
            .map(|clause| clause.id.as_str())
            .collect();
        assert!(
            marked.starts_with(&["purpose.news", "form.news", "retention.news"]),
            "{marked:?}"
        );
        let short = |policy: &Policy| format!("{:?}", policy.sections[0]);
        assert!(short(&all).contains(title) && !short(&some).contains(title));
        let html = to_html(&some, HtmlOptions::default());
        assert!(html.contains("class=\"clause not-offered\" id=\"purpose.news\""));
        assert!(!to_html(&all, HtmlOptions::default()).contains("not-offered"));
    }
}

fn cells(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(csv.as_bytes());
    let lines = reader.records().map(|line| line.unwrap());
    lines
        .map(|line| line.iter().map(str::to_owned).collect())
        .collect()
}

/// GDPR art. 30(1), letter by letter, on the charter that says everything.
#[test]
fn the_record_holds_what_article_30_asks() {
    let charter = Charter::parse(WHOLE).unwrap();
    let offer = without_news(&charter);
    for (locale, says) in [
        (
            Fr,
            [
                "Réseau Exemple, 3\u{a0}place de l’Exemple, 69002 Lyon, France, bonjour@reseau.example",
                "Les experts",
                "Identité, coordonnées",
                "Modèle <Exemple> & Cie (États-Unis), clauses contractuelles types",
                "Vos données et vos fichiers sont enregistrés chiffrés.",
                "Non",
            ],
        ),
        (
            En,
            [
                "Réseau Exemple, 3\u{a0}place de l’Exemple, 69002 Lyon, France, bonjour@reseau.example",
                "Experts",
                "Identity, contact details",
                "Modèle <Exemple> & Cie (United States), standard contractual clauses",
                "Your data and files are stored encrypted.",
                "No",
            ],
        ),
    ] {
        let csv = cells(&register_csv(&charter, locale, Some(&offer)));
        let (head, lines) = csv.split_first().unwrap();
        assert_eq!(lines.len(), charter.purposes().len());
        assert!(
            csv.iter()
                .all(|line| line.len() == 14 && line.iter().all(|cell| !cell.is_empty())),
            "{csv:#?}"
        );
        let line = |id: &str| {
            lines
                .iter()
                .find(|line| line[0] == id)
                .unwrap()
                .join("\u{1}")
                .replace('\n', "\u{1}")
        };
        assert!(!head.contains(&String::new()));
        let [who, people, kinds, transfer, measure, not] = says;
        assert!(line("purpose.apply").contains(who));
        assert!(line("purpose.apply").contains(people));
        assert!(line("purpose.apply").contains(kinds), "{}", line("purpose.apply"));
        assert!(
            line("purpose.screen").contains(transfer),
            "{}",
            line("purpose.screen")
        );
        assert!(line("purpose.books").contains(measure));
        assert!(line("purpose.books").contains("dpo@reseau.example"));
        assert!(line("purpose.news").contains(&format!("\u{1}{not}\u{1}")));
        assert!(!line("purpose.books").contains(&format!("\u{1}{not}\u{1}")));
    }
}

#[test]
fn the_record_is_a_document_like_the_policy() {
    for charter in charters() {
        let documents = [Fr, En].map(|locale| register(&charter, locale, None));
        assert_eq!(ids(&documents[0]), ids(&documents[1]));
        for document in &documents {
            let html = to_html(document, HtmlOptions::default());
            balanced(&html);
            let markdown = to_markdown(document);
            for purpose in charter.purposes() {
                let anchor = format!("id=\"{}\"", purpose.rule.clause);
                assert_eq!(html.matches(&anchor).count(), 1);
                assert_eq!(markdown.matches(&anchor).count(), 1);
            }
            let page = to_page(document);
            assert!(page.starts_with("<!doctype html>") && page.contains("<meta charset=\"utf-8\">"));
        }
    }
}

#[test]
fn a_cell_of_the_record_is_no_formula() {
    let text = WHOLE.replace("Réseau Exemple", "=HYPERLINK(0)");
    let charter = Charter::parse(&text).unwrap();
    let csv = cells(&register_csv(&charter, Fr, None));
    let starts = |start: &str| csv.iter().flatten().any(|cell| cell.starts_with(start));
    assert!(starts("'=HYPERLINK(0)") && !starts("="));
}
