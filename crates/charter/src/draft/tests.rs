//! Tables of our own, and those of the seeds where they are.

use kernel::{Date, Locale};
use proptest::prelude::*;

use super::{TableError, draft};
use crate::{
    Charter, Level,
    vocabulary::{BasisKind, People, PurposeKind, Trigger},
};

fn day() -> Date {
    Date::parse("2026-10-01").unwrap()
}

fn charter(table: &str) -> Charter {
    let text = draft(table.as_bytes(), day()).unwrap();
    Charter::parse(&text).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}"))
}

/// The gaps that the check lists, in the table's language.
fn gaps(charter: &Charter) -> Vec<String> {
    let locale = charter.languages()[0];
    let gaps = charter
        .check()
        .into_iter()
        .filter(|finding| finding.rule == "rule.gap");
    gaps.map(|gap| {
        assert_eq!(gap.level, Level::Gap);
        assert!(gap.place.is_some());
        format!("{} {}", gap.clause, gap.message(locale))
    })
    .collect()
}

const FRENCH: &str = "Mentions,,,\n\
    Durée de conservation,Finalités,Personnes concernées,Données collectées\n\
    ,Recrutement,,\n\
    2 ans après le dernier contact,\"Traiter les candidatures, toutes\",Candidats,\"Coordonnées (nom, prénom, adresse mail), CV\"\n\
    jusqu’au désabonnement,Envoi de la lettre d’information,Abonnés,\"adresse mail, groupe sanguin\"\n\
    10 ans,Paiement des commandes,Clients,\"numéro de la carte, cryptogramme visuel\"\n\
    ,Réaliser des statistiques,,\n";

#[test]
fn a_table_becomes_a_charter_whose_gaps_are_listed() {
    let charter = charter(FRENCH);
    let apply = charter.purpose("apply").unwrap();
    assert_eq!(apply.title(Locale::Fr), "Traiter les candidatures, toutes");
    assert_eq!(apply.people, [People::Candidate]);
    let asked: Vec<&str> = apply.asks.iter().map(|asked| asked.field.as_str()).collect();
    assert_eq!(asked, ["family_name", "given_name", "email", "cv"]);
    let kept = charter.retention("p2y_last_contact").unwrap();
    assert_eq!(
        (kept.from.as_slice(), kept.max),
        (&[Trigger::LastContact][..], "P2Y".parse().unwrap())
    );
    // Merged with the line above.
    let (figures, bill) = (
        charter.purpose("audience").unwrap(),
        charter.purpose("bill").unwrap(),
    );
    assert_eq!(
        (&figures.people, &figures.retention),
        (&bill.people, &bill.retention)
    );
    // A title of a group is no purpose; it isn't lost.
    assert_eq!(charter.purposes().len(), 4);
    assert!(
        draft(FRENCH.as_bytes(), day())
            .unwrap()
            .contains("# Titre, ligne 3\u{202f}: Recrutement")
    );
    let gaps = gaps(&charter).join("\n");
    for gap in [
        "controller ",
        "purpose.apply Reste à préciser\u{202f}: basis",
        "purpose.apply Reste à préciser\u{202f}: readers",
        "le tableau dit «\u{202f}jusqu’au désabonnement\u{202f}»",
        "le tableau dit «\u{202f}groupe sanguin\u{202f}»",
        "«\u{202f}numéro de la carte, cryptogramme visuel\u{202f}»\u{202f}: ne se garde pas",
        "retention.p10y_collected_or_else",
    ] {
        assert!(gaps.contains(gap), "{gap}\n{gaps}");
    }
}

#[test]
fn english_semicolons_marks_quotes_and_any_order() {
    let charter = charter(
        "\u{feff}Retention;Legal basis;\"Purpose\r\nof use\";Data;Whose data;Remarks\r\n\
         13 months after the last login;contract;\"Open an \"\"account\"\"\";e-mail address, password;users;none\r\n\
         one year;legitimate interest;Prevent fraud;IP address;visitors;\r\n",
    );
    let account = charter.purpose("manage_account").unwrap();
    assert_eq!(account.title(Locale::En), "Open an \"account\"");
    assert_eq!(account.basis.kind, BasisKind::Contract);
    assert_eq!(account.retention, ["p13m_last_activity"]);
    let fraud = charter.purpose("prevent_fraud").unwrap();
    assert_eq!(
        (fraud.kind, fraud.uses.as_slice()),
        (PurposeKind::PreventFraud, &["connection".to_owned()][..])
    );
    // What the period counts from isn't said.
    let gaps = gaps(&charter).join("\n");
    assert!(
        gaps.contains("retention.p1y_collected_or_else Still to settle: from"),
        "{gaps}"
    );
    assert!(!gaps.contains("basis"), "{gaps}");
}

#[test]
fn a_gap_is_published_as_one_and_goes_when_it_is_taken_out() {
    let text = draft(FRENCH.as_bytes(), day()).unwrap();
    let said = |text: &str| {
        let charter = Charter::parse(text).unwrap();
        let policy = crate::render::policy(&charter, Locale::Fr);
        crate::render::to_markdown(&policy)
            .matches("Cette clause est encore incomplète")
            .count()
    };
    let gap = "\"name\u{202f}: qui répond des données\u{202f}; le tableau ne le dit pas\"";
    assert!(text.contains(gap), "{text}");
    let without = text.replace(&format!("{gap}, "), "").replace(gap, "");
    assert_eq!(said(&text), said(&without) + 1);
}

#[test]
fn what_is_no_table_is_refused_with_what_to_do() {
    let columns = vec!["x"; 1_000].join(",");
    let open = "Purpose;Data\n\"Answer;name\nmore\nand more";
    for (table, error) in [
        (vec![b'x'; 10_000_000], TableError::TooLarge),
        (b"Purpose;Data\nAnswer;\xff\xfe".to_vec(), TableError::NotUtf8(2)),
        (
            columns.clone().into_bytes(),
            TableError::TooManyColumns {
                line: 1,
                columns: 1_000,
            },
        ),
        (
            format!("Purpose,Data\n{columns}").into_bytes(),
            TableError::TooManyColumns {
                line: 2,
                columns: 1_000,
            },
        ),
        (open.as_bytes().to_vec(), TableError::OpenQuote(2)),
        (Vec::new(), TableError::NoHeadings),
        (b"just,some\nwords,here".to_vec(), TableError::NoHeadings),
        (b"Purpose;Data\n;\n".to_vec(), TableError::NoRows),
        (
            format!("Purpose;Data\n{}", "Answer;name\n".repeat(5_000)).into_bytes(),
            TableError::TooLarge,
        ),
        (
            format!("Purpose;Data\nAnswer;{}", "é".repeat(4_000)).into_bytes(),
            TableError::TooLarge,
        ),
    ] {
        assert_eq!(draft(&table, day()), Err(error.clone()));
        for locale in [Locale::Fr, Locale::En] {
            assert!(error.message(locale).contains(':'), "{error}");
        }
    }
}

/// An invented policy of the shape that many have: groups, and in each cells merged from above.
#[test]
fn a_table_of_groups_with_merged_cells_becomes_a_charter() {
    let table = include_str!("../../tests/table.tsv");
    let charter = charter(table);
    // A heading of a group has nothing beside it, and nothing above it in its group: it is no purpose.
    let of = |kind: PurposeKind| charter.purposes_of(kind).count();
    assert_eq!(
        charter.purposes().len(),
        19,
        "{:#?}",
        charter.purposes().iter().map(|one| &one.name).collect::<Vec<_>>()
    );
    assert_eq!(
        (of(PurposeKind::ManageAccount), of(PurposeKind::AccountBooks)),
        (3, 1)
    );
    for purpose in charter.purposes() {
        assert_eq!(
            purpose.retention.len(),
            1,
            "{}: merged cells inherit",
            purpose.name
        );
        assert!(!purpose.people.is_empty(), "{}", purpose.name);
    }
    let books = charter.purpose("account_books").unwrap();
    assert_eq!(books.people, [People::Customer]);
    let kept = |name: &str| charter.clocks(name).next().unwrap().max.to_string();
    assert_eq!(
        (kept("account_books"), kept("secure")),
        ("P10Y".to_owned(), "P5Y".to_owned())
    );
    // A card's number is no field of the language: it is told, not taken.
    assert!(
        gaps(&charter)
            .iter()
            .any(|gap| gap.contains("carte") || gap.contains("cryptogramme"))
    );
    assert!(gaps(&charter).len() > charter.purposes().len());
}

/// The policy of a jobs board, with cells merged from above: where the seeds are there.
#[test]
fn the_seeds_table_becomes_a_charter() {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds");
    let Ok(files) = std::fs::read_dir(seeds) else {
        return;
    };
    let tables: Vec<Vec<u8>> = files
        .filter_map(|file| std::fs::read(file.ok()?.path()).ok())
        .filter(|bytes| String::from_utf8_lossy(bytes).contains("Finalités\t"))
        .collect();
    for table in tables {
        let text = draft(&table, day()).unwrap();
        let charter = Charter::parse(&text).unwrap();
        assert!(charter.purposes().len() >= 25, "{text}");
        for purpose in charter.purposes() {
            assert_eq!(
                purpose.retention.len(),
                1,
                "{}: merged cells inherit",
                purpose.name
            );
            assert!(!purpose.people.is_empty(), "{}", purpose.name);
        }
        let books = charter.purpose("account_books").unwrap();
        assert_eq!(
            (books.people.as_slice(), books.retention.as_slice()),
            (
                &[People::Customer][..],
                &["p10y_collected_or_else".to_owned()][..]
            )
        );
        assert!(gaps(&charter).len() > charter.purposes().len());
    }
}

proptest! {
    #[test]
    fn whatever_a_table_says_becomes_a_charter_or_an_error(rows in prop::collection::vec(prop::collection::vec("\\PC{0,40}", 4), 1..6), separator in prop::sample::select(vec![b',', b';', b'\t'])) {
        let mut csv = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
        csv.write_record(["Purpose", "Data", "People", "Duration"]).unwrap();
        for row in &rows {
            csv.write_record(row).unwrap();
        }
        if let Ok(text) = draft(&csv.into_inner().unwrap(), day()) {
            prop_assert_eq!(Charter::laid_out(&text), Ok(text), "laid out already");
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = draft(&bytes, day());
    }
}

/// A cell merged with the one above is empty in CSV: whatever column it stands in, it inherits.
#[test]
fn merged_cells_inherit_what_stands_above() {
    let table = "Finalité;Données;Personnes;Durée\n\
                 Répondre aux demandes;Nom, e-mail;Visiteurs;2 ans\n\
                 ;Téléphone;;\n\
                 Envoyer la lettre d’information;E-mail;Abonnés;\n\
                 Traiter les candidatures;CV;;6 mois\n";
    let charter = charter(table);
    let lengths: Vec<Vec<String>> = charter
        .purposes()
        .iter()
        .map(|purpose| {
            charter
                .clocks(&purpose.name)
                .map(|retention| retention.max.to_string())
                .collect()
        })
        .collect();
    assert_eq!(lengths, [["P2Y"], ["P2Y"], ["P6M"]]);
    let first = &charter.purposes()[0];
    let fields: Vec<&str> = first.field_names().collect();
    assert!(
        fields.contains(&"phone") && fields.contains(&"email"),
        "{fields:?}"
    );
    let people: Vec<_> = charter.purposes().iter().map(|purpose| &purpose.people).collect();
    assert_eq!(people[1], people[2], "the row below is of the same people");
}
