//! Owns: what a charter declares and this program doesn't offer yet: marked in the policy, collected nowhere. Doesn't own:
//! the list that `vivier site check` gives ([`crate::commands`]).

use crate::own::shared;
use acceptance::http::Request;

/// The clauses of a page by id, as they are written.
fn clauses(page: &str) -> Vec<(&str, &str)> {
    page.split("<div class=\"clause")
        .skip(1)
        .filter_map(|clause| clause.split_once(" id=\"")?.1.split_once('"'))
        .collect()
}

#[test]
fn what_is_declared_and_not_offered_is_marked_and_what_is_offered_is_not() {
    let marks = [
        ("fr", "Non proposé pour l’instant"),
        ("en", "Not offered for now"),
    ];
    let cases = [
        (
            "careers",
            &[
                "purpose.screen",
                "purpose.audience",
                "processor.language_model",
                "processor.cdn",
                "ai.suitability",
            ][..],
        ),
        (
            "agency",
            &[
                "purpose.assess",
                "purpose.newsletter",
                "form.newsletter",
                "processor.assessment",
                "copy.cloud",
                "source.assessments",
            ],
        ),
    ];
    let offered = [
        "purpose.apply",
        "purpose.contact",
        "purpose.secure",
        "retention.application",
        "retention.contact",
        "processor.hosting",
        "processor.mail",
        "tracker.vivier_session",
        "right",
        "purpose.pool",
        "processor.crm",
        "copy.mailbox",
        "copy.crm_inbox",
        "source.cv_libraries",
    ];
    let demo = shared();
    for (name, missing) in cases {
        for (language, mark) in marks {
            let mut visitor = demo.site(name).stranger();
            let page = visitor
                .open(&format!("/privacy?lang={language}"))
                .expect_status(200)
                .text();
            let clauses = clauses(&page);
            let is_marked = |id: &str| {
                let found = clauses.iter().find(|(clause, _)| *clause == id);
                found.map(|(_, text)| text.contains(mark))
            };
            for id in missing {
                // A form has no clause of its own where its purpose tells all.
                assert_ne!(is_marked(id), Some(false), "{name} {language}: {id}");
            }
            assert!(
                is_marked(missing[0]).is_some_and(|marked| marked),
                "{name} {language}"
            );
            for id in offered {
                assert_ne!(is_marked(id), Some(true), "{name} {language}: {id}");
            }
        }
    }
}

#[test]
fn nothing_of_it_can_be_sent() {
    let demo = shared();
    for name in ["careers", "agency"] {
        let site = demo.site(name);
        let fields = "given_name=Vvnobody&family_name=Vvnowhere&email=vv%40nobody.example&message=vv";
        for path in ["/newsletter", "/assessment", "/assessments", "/pool", "/screen"] {
            let mut visitor = site.stranger();
            visitor.get(path).expect_status(404);
            let sent = visitor.send(&Request::post(path, "application/x-www-form-urlencoded", fields));
            assert!(matches!(sent.status, 403..=405), "{path}: {}", sent.status);
        }
    }
}

#[test]
fn only_trackers_that_are_set_are_on_their_page() {
    let demo = shared();
    let page = demo.site("agency").stranger().open("/cookies").text();
    assert!(page.contains("vivier_session") && !page.contains("questionnaires_session"));
}
