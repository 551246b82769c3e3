//! Owns: what a form asks after an answer, what it wants confirmed, and what it may not take yet, on both engines.
//! Doesn't own: the conditions' words (`charter`), the page (`super::super::form`).

use charter::Trigger;
use guard::collect::{ACK, DRAFT};

use super::*;

/// Careers, whose unsolicited form asks for the company and the papers of drivers only.
fn drivers() -> String {
    let with = CAREERS.replace(
        "\"cv\", \"documents?\"]",
        "\"cv\", \"position\", \"company\", \"documents\"]",
    );
    assert_ne!(with, CAREERS);
    format!(
        r#"{with}
[field.position]
choices = [
  {{ value = "driver", fr = "Conduite", en = "Driving" }},
  {{ value = "other", fr = "Autre", en = "Other" }},
]

[field.company]
necessity = "conditional"
when = {{ field = "position", is = "driver" }}

[field.documents]
necessity = "conditional"
when = {{ field = "position", is = "driver" }}
"#
    )
}

/// Careers, whose unsolicited form wants something confirmed.
fn confirmed(ack: &str) -> String {
    let kind = "kind = \"unsolicited_application\"\n";
    assert!(CAREERS.contains(kind));
    CAREERS.replacen(kind, &format!("{kind}ack = \"{ack}\"\n"), 1)
}

/// Careers, which holds unsolicited applications apart first.
fn apart() -> String {
    let people = "[purpose.apply_unsolicited]\n";
    assert!(CAREERS.contains(people));
    CAREERS.replacen(people, &format!("{people}intake = \"quarantine\"\n"), 1)
}

const KIND: FormKind = FormKind::UnsolicitedApplication;

fn flaws(collected: Collected) -> Vec<(String, Flaw)> {
    match collected {
        Collected::Again(again) => again
            .problems
            .into_iter()
            .map(|problem| (problem.field, problem.flaw))
            .collect(),
        _ => Vec::new(),
    }
}

/// The unsolicited form of somebody who attaches papers too.
async fn with_papers(case: &Case, position: &str) -> Collected {
    let mut collecting = case.site.guard().collect("unsolicited", Locale::Fr).unwrap();
    for (name, value) in [
        ("given_name", "Élise"),
        ("family_name", "Exemple"),
        ("email", "elise@people.example"),
        ("phone", "06 39 98 00 01"),
        // Asked of drivers only, and before the answer that says so.
        ("company", "Vvtoken0001"),
        ("position", position),
    ] {
        collecting.text(name, value.to_owned()).await.unwrap();
    }
    for name in ["cv", "documents"] {
        let bytes = futures_util::stream::iter([Ok(bytes::Bytes::from_static(PDF))]);
        collecting.file(name, "a.pdf", bytes).await.unwrap();
    }
    collecting.finish().await.unwrap()
}

on_both!(
    a_field_is_asked_after_its_answer_only,
    &drivers(),
    |case: Case| async move {
        let driver = case.fill(KIND, &[("position", "driver")], PDF).await.unwrap();
        assert_eq!(
            flaws(driver),
            [
                ("company".to_owned(), Flaw::Missing),
                ("documents".to_owned(), Flaw::Missing)
            ]
        );
        let other = case.fill(KIND, &[("position", "other")], PDF).await.unwrap();
        assert!(matches!(other, Collected::Complete(_)), "{:?}", flaws(other));
        let long = "long ".repeat(1000);
        let unasked = [("position", "other"), ("company", long.as_str())];
        let other = case.fill(KIND, &unasked, PDF).await.unwrap();
        assert!(
            matches!(other, Collected::Complete(_)),
            "what is wrong with an answer that isn't asked is no matter: {:?}",
            flaws(other)
        );
    }
);

on_both!(
    an_answer_that_is_not_asked_is_not_kept,
    &drivers(),
    |case: Case| async move {
        let files = case.folder.join("site").join("files");
        for (position, given, kept) in [("driver", true, 2), ("other", false, 1)] {
            let before = files_under(&files);
            let Collected::Complete(answers) = with_papers(&case, position).await else {
                panic!("complete")
            };
            assert_eq!(answers.value("company").is_some(), given, "{position}");
            assert_eq!(answers.given().contains(&"documents"), given, "{position}");
            let id = service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::Yes)
                .await
                .unwrap();
            assert_eq!(files_under(&files) - before, kept, "{position}: {id}");
        }
        assert_eq!(case.count("files").await, 3);
    }
);

/// The moments of consent, and what the ledger waits to be told of confirmations.
async fn noted(case: &Case) -> (i64, Vec<String>) {
    let db = case.site.guard().db();
    let consents: i64 = sql("SELECT COUNT(*) AS count FROM moments WHERE event = $1")
        .bind(Trigger::ConsentGiven)
        .one(db)
        .await
        .unwrap()
        .get("count")
        .unwrap();
    let rows = sql("SELECT body FROM ledger_queue WHERE kind = 'acknowledged'")
        .all(db)
        .await
        .unwrap();
    let bodies = rows.iter().map(|row| row.get::<storage::PublicText, _>("body"));
    (consents, bodies.map(|body| body.unwrap().to_string()).collect())
}

async fn unconfirmed(case: &Case) {
    for extra in [vec![], vec![(ACK, "")], vec![(ACK, "no")]] {
        let collected = case.fill(KIND, &extra, PDF).await.unwrap();
        let Collected::Again(again) = collected else {
            panic!("not confirmed")
        };
        assert!(!again.acknowledged);
        assert_eq!(again.problems.len(), 1);
        assert_eq!(
            (again.problems[0].field.as_str(), &again.problems[0].flaw),
            (ACK, &Flaw::NotConfirmed)
        );
    }
    assert_eq!(case.count("applications").await, 0);
}

on_both!(
    a_consent_is_asked_noted_and_starts_its_clock,
    &confirmed("consent"),
    |case: Case| async move {
        unconfirmed(&case).await;
        // Something else is wrong: the tick isn't lost.
        let again = case.fill(KIND, &[(ACK, "yes"), ("email", "nobody")], PDF).await;
        let Collected::Again(again) = again.unwrap() else {
            panic!("no address")
        };
        assert!(again.acknowledged && !again.draft.is_empty() && DRAFT.starts_with('_'));

        let Collected::Complete(answers) = case.fill(KIND, &[(ACK, "yes")], PDF).await.unwrap() else {
            panic!("confirmed")
        };
        assert!(!answers.fields().any(|field| field == ACK), "no answer of theirs");
        service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        let (consents, bodies) = noted(&case).await;
        assert_eq!((consents, bodies.len()), (2, 1), "who, and what for");
        let digest = case.site.guard().charter().digest().to_string();
        for says in ["form.unsolicited", "consent", &digest] {
            assert!(bodies[0].contains(says), "{says}: {}", bodies[0]);
        }
    }
);

on_both!(
    what_was_confirmed_is_noted_under_the_text_that_was_shown,
    &confirmed("read"),
    |case: Case| async move {
        let guard = case.site.guard();
        let shown = guard.charter();
        let Collected::Complete(answers) = case.fill(KIND, &[(ACK, "yes")], PDF).await.unwrap() else {
            panic!("confirmed")
        };
        let next = confirmed("read")
            .replacen("version = 1", "version = 2", 1)
            .replacen("effective = 2026-09-01", "effective = 2026-11-22", 1);
        let dpo = case.staff("dpo", "dpo@staff.example").await.staff().unwrap();
        guard.activate(&next, dpo, Locale::En).await.unwrap();
        case.clock.advance(86_400);
        assert_eq!(
            guard.charter().version(),
            2,
            "it changed while the form was on its way"
        );
        service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        let (_, bodies) = noted(&case).await;
        let digest = shown.digest().to_string();
        assert!(
            bodies[0].contains(&digest) && bodies[0].contains("\"charter\":1"),
            "{bodies:?}"
        );
    }
);

on_both!(
    having_read_is_asked_and_noted_and_is_no_consent,
    &confirmed("read"),
    |case: Case| async move {
        unconfirmed(&case).await;
        let Collected::Complete(answers) = case.fill(KIND, &[(ACK, "yes")], PDF).await.unwrap() else {
            panic!("confirmed")
        };
        service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        let (consents, bodies) = noted(&case).await;
        assert_eq!((consents, bodies.len()), (0, 1));
    }
);

on_both!(
    what_must_be_held_apart_is_not_taken,
    &apart(),
    |case: Case| async move {
        assert!(matches!(case.fill(KIND, &[], PDF).await, Err(Error::NotFound)));
        let guard = case.site.guard();
        let (charter, offer) = (guard.charter(), crate::offer());
        for (id, offered) in [
            ("purpose.apply_unsolicited", false),
            ("form.unsolicited", false),
            ("purpose.apply", true),
            ("form.application", true),
        ] {
            assert_eq!(offer.includes(&charter, &id.parse().unwrap()), offered, "{id}");
        }
        assert!(guard.collect("application", Locale::Fr).is_ok());
    }
);
