//! Owns: what messages must do on both engines, through the doors: filed once, read by whom the charter names, routed,
//! judged and taken back in time, answered. Doesn't own: pages over HTTP.

use charter::Trigger;
use guard::{
    Actor, Error,
    collect::{Collected, Flaw},
    decide::UNDO_SECONDS,
    send::MailState,
};
use kernel::{Id, Locale};

use super::{
    arrival, dealing,
    model::{Message, Next, Sender, Standing, Verdict},
    review,
    service::{self, Wanted},
};
use crate::{confirm::Confirm, tests::on_both};

const CAREERS: &str = include_str!("../../../../charters/careers.toml");
const AGENCY: &str = include_str!("../../../../charters/agency.toml");

mod case;
mod reading;
mod worth;

use case::{Case, PDF};

on_both!(
    a_message_is_filed_once_sealed_and_acknowledged,
    CAREERS,
    |case: Case| async move {
        let draft = case.site.guard().new_draft("contact");
        let twice = [("_draft", draft.as_str())];
        let Collected::Complete(first) = case.fill(&twice).await.unwrap() else {
            panic!()
        };
        let Collected::Complete(second) = case.fill(&twice).await.unwrap() else {
            panic!("at once")
        };
        let id = arrival::submit(&case.site, *first, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        let again = arrival::submit(&case.site, *second, Locale::Fr, Confirm::Yes).await;
        assert!(matches!(again, Err(Error::Storage(error)) if error.is_duplicate()));
        assert!(matches!(case.fill(&twice).await.unwrap(), Collected::Already(_)));
        assert_eq!(case.count("contact_messages").await, 1);
        assert!(!case.readable(b"vvtoken0002"), "sealed on the disk");

        case.work().await;
        let mails = case.site.guard().demo_mails(10).await.unwrap();
        assert_eq!((mails.len(), mails[0].state), (1, MailState::Kept));
        let body = serde_json::to_string(&mails[0].body).unwrap();
        assert!(!body.contains("lise"), "it names nobody: {body}");
        assert!(body.contains("2027"), "until when it is kept: {body}");

        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(
            opened.until.unwrap().at.rfc3339(),
            "2027-11-21T23:00:00Z",
            "A18: 12 months after it was sent"
        );
        assert_eq!(
            serde_json::to_value(&opened.held.answers).unwrap(),
            serde_json::json!([["message", "Bonjour vvtoken0002, et au revoir."]])
        );
    }
);

on_both!(
    what_the_charter_does_not_list_is_refused_and_leaves_nothing,
    CAREERS,
    |case: Case| async move {
        for extra in ["company", "subject", "birth_date", "cv"] {
            let Err(Error::Refused(refusal)) = case.fill(&[(extra, "x")]).await else {
                panic!("A02: {extra}")
            };
            assert_eq!(refusal.subject, extra);
        }
        let Collected::Again(again) = case.fill(&[("email", "nobody"), ("message", "")]).await.unwrap()
        else {
            panic!()
        };
        let flaws: Vec<_> = again
            .problems
            .iter()
            .map(|problem| problem.flaw.clone())
            .collect();
        assert_eq!(flaws, [Flaw::NotAnEmail, Flaw::Missing]);
        assert_eq!(
            (case.count("contact_messages").await, case.count("dossiers").await),
            (0, 0)
        );
        let Collected::Complete(_) = case.fill(&[("phone", "")]).await.unwrap() else {
            panic!("A02: the phone is optional")
        };
    }
);

on_both!(
    where_the_form_takes_files_they_are_read_with_the_message,
    &CAREERS.replace(
        "asks = [\"family_name\", \"given_name\", \"email\", \"message\", \"phone?\"]",
        "asks = [\"family_name\", \"given_name\", \"email\", \"message\", \"phone?\", \"documents?\"]"
    ),
    |case: Case| async move {
        let id = case.write_with_file(PDF).await;
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(opened.held.files.len(), 1);
        let guard = case.site.guard();
        let file = opened.held.files[0].0.id;
        let permit = service::permit(guard, &recruiter).unwrap();
        assert!(guard.open_file(&permit, file).await.is_ok());
        let sales = case.staff("sales", "s@groupe.example").await;
        let permit = service::permit(guard, &sales).unwrap();
        assert!(matches!(
            guard.open_file(&permit, file).await,
            Err(Error::NotFound)
        ));
    }
);
