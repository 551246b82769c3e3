//! Owns: what rights must do on both engines through the whole product: a consent written down by a form and withdrawn
//! with what it stood on, a request's mails, a correction found again. Doesn't own: pages over HTTP, the doors' own rules
//! (`guard::rights`).

use bytes::Bytes;
use charter::Right;
use guard::{Actor, Error, Person, collect::Collected, rights::Way};
use kernel::{Clock, Id, Locale};

use super::{
    dealing::{self, Doing, Entered},
    own,
};
use crate::{
    Site,
    applications::{
        model::{Application, Source},
        service::{self, Wanted},
    },
    confirm::Confirm,
    tests::{doing, on_both},
};

const CAREERS: &str = include_str!("../../../../charters/careers.toml");
const PDF: &[u8] = b"%PDF-1.4\nan invented life\n%%EOF";
const EMAIL: &str = "elise.vvright@people.example";

struct Case {
    site: Site,
    #[expect(dead_code, reason = "the macro gives it; nothing here looks at the disk")]
    folder: std::path::PathBuf,
    clock: Clock,
}

impl Case {
    async fn staff(&self, role: &str) -> Actor {
        doing::staff(&self.site, role, &format!("{role}@groupe.example")).await
    }

    /// Somebody applies with a document that they might have left out.
    async fn apply(&self) -> Id<Application> {
        let mut collecting = self.site.guard().collect("unsolicited", Locale::Fr).unwrap();
        for (name, value) in [
            ("given_name", "Élise"),
            ("family_name", "Vvright"),
            ("email", EMAIL),
            ("phone", "06 39 98 00 02"),
        ] {
            collecting.text(name, value.to_owned()).await.unwrap();
        }
        for (name, file) in [("cv", "CV.pdf"), ("documents", "Diplôme.pdf")] {
            let bytes = futures_util::stream::iter([Ok(Bytes::from_static(PDF))]);
            collecting.file(name, file, bytes).await.unwrap();
        }
        let Collected::Complete(answers) = collecting.finish().await.unwrap() else {
            panic!("complete")
        };
        let source = Source::Site;
        service::submit(&self.site, *answers, None, source, Locale::Fr, Confirm::No)
            .await
            .unwrap()
    }

    /// The person of an application, come by a link.
    async fn person_of(&self, application: Id<Application>) -> (Id<Person>, Actor) {
        let guard = self.site.guard();
        let person = guard.filed(application.cast()).await.unwrap().person();
        (person, doing::person(&self.site, person).await)
    }

    async fn finds(&self, actor: &Actor, words: &str) -> usize {
        let wanted = Wanted {
            words: words.to_owned(),
            ..Wanted::default()
        };
        let page = service::list(&self.site, actor, &wanted, None, 50).await.unwrap();
        page.rows.len()
    }

    /// The bodies of the mails, newest first.
    async fn mails(&self) -> Vec<String> {
        doing::work(&self.site).await;
        let mails = self.site.guard().demo_mails(20).await.unwrap();
        mails
            .iter()
            .map(|mail| serde_json::to_string(&mail.body).unwrap())
            .collect()
    }
}

on_both!(
    a_consent_that_lay_in_answering_is_withdrawn_with_what_was_answered,
    CAREERS,
    |case: Case| async move {
        let application = case.apply().await;
        let (_, own) = case.person_of(application).await;
        let guard = case.site.guard();
        let consents = guard.consents(&own).await.unwrap();
        let fields: Vec<_> = consents.iter().map(|one| one.field.as_deref()).collect();
        assert_eq!(fields, [Some("documents")], "the rest rests on another ground");
        guard.withdraw_consent(&own, consents[0].id).await.unwrap();
        let recruiter = case.staff("recruiter").await;
        let opened = service::open(&case.site, &recruiter, application).await.unwrap();
        let left: Vec<_> = opened
            .held
            .files
            .iter()
            .map(|(file, _)| file.field.as_str())
            .collect();
        assert_eq!(left, ["cv"]);
        let again = guard.withdraw_consent(&own, consents[0].id).await;
        assert!(matches!(again, Err(Error::TooLate)));
    }
);

on_both!(
    what_is_restricted_is_in_no_list_and_opens_for_no_recruiter,
    CAREERS,
    |case: Case| async move {
        let application = case.apply().await;
        let (_, own) = case.person_of(application).await;
        let recruiter = case.staff("recruiter").await;
        assert_eq!(case.finds(&recruiter, EMAIL).await, 1);
        case.site.guard().restrict_own(&own, None).await.unwrap();
        assert_eq!(
            case.finds(&recruiter, EMAIL).await + case.finds(&recruiter, "").await,
            0
        );
        let opened = service::open(&case.site, &recruiter, application).await;
        assert!(matches!(opened, Err(Error::NotFound)));
        let moved = service::move_to(
            &case.site,
            &recruiter,
            application,
            crate::applications::model::Stage::Interview,
        );
        assert!(matches!(moved.await, Err(Error::NotFound)));
        case.site.guard().lift_own(&own, None).await.unwrap();
        assert_eq!(case.finds(&recruiter, EMAIL).await, 1);
    }
);

on_both!(
    each_step_is_mailed_under_the_purpose_of_answering_rights,
    CAREERS,
    |case: Case| async move {
        let application = case.apply().await;
        let (_, own) = case.person_of(application).await;
        let dpo = case.staff("dpo").await;
        let id = own::ask(&case.site, &own, Right::Access, "Vvquestion")
            .await
            .unwrap();
        let not = own::ask(&case.site, &own, Right::PostMortem, "x").await;
        assert!(
            matches!(not, Err(Error::Invalid(_))),
            "this charter doesn't declare it"
        );
        let mails = case.mails().await;
        assert_eq!(mails.len(), 1);
        // Received on 21 November: answered by 21 December.
        assert!(
            mails[0].contains("21") && mails[0].contains("décembre"),
            "{}",
            mails[0]
        );
        assert!(
            !mails[0].contains("Vvquestion") && !mails[0].contains("Vvright"),
            "{}",
            mails[0]
        );
        for (doing, text) in [
            (Doing::Identity, "Vvdoubt"),
            (Doing::Take, ""),
            (Doing::Extend, "Vvmanyfiles"),
            (Doing::Restrict, ""),
            (Doing::Lift, ""),
            (Doing::Answer, "Vvanswer"),
        ] {
            case.clock.advance(60);
            dealing::step(&case.site, &dpo, id, doing, text).await.unwrap();
        }
        let mails = case.mails().await;
        assert_eq!(
            mails.len(),
            5,
            "taking in work and restricting are told with the answer"
        );
        assert!(
            mails[0].contains("Vvanswer") && mails[2].contains("Vvmanyfiles") && mails[3].contains("Vvdoubt")
        );
        let late = dealing::step(&case.site, &dpo, id, Doing::Refuse, "Vvlate").await;
        assert!(matches!(late, Err(Error::TooLate)));
        let recruiter = case.staff("recruiter").await;
        let not = dealing::step(&case.site, &recruiter, id, Doing::Take, "").await;
        assert!(matches!(not, Err(Error::Forbidden)));
    }
);

on_both!(
    what_came_by_letter_is_filed_for_whom_the_look_up_finds_alone,
    CAREERS,
    |case: Case| async move {
        let application = case.apply().await;
        let (person, own) = case.person_of(application).await;
        let (dpo, now) = (case.staff("dpo").await, case.site.guard().now());
        let entered = |person, who| Entered {
            person,
            kind: Right::Rectify,
            way: Way::Post,
            received_at: now.plus_seconds(-3 * 86_400),
            who,
            text: "",
        };
        for who in [
            ["Élise", "Other", ""],
            ["", "", "other@people.example"],
            ["", "", ""],
        ] {
            let none = dealing::enter(&case.site, &dpo, &entered(person, who), Locale::En).await;
            assert!(matches!(none, Err(Error::NotFound)), "{who:?}");
        }
        let by_name = entered(person, ["elise", "VVRIGHT", ""]);
        dealing::enter(&case.site, &dpo, &by_name, Locale::En)
            .await
            .unwrap();
        assert!(case.mails().await.is_empty(), "no address was given to write to");
        let by_address = entered(person, ["", "", EMAIL]);
        let id = dealing::enter(&case.site, &dpo, &by_address, Locale::En)
            .await
            .unwrap();
        assert_eq!(case.mails().await.len(), 1);
        let requests = case.site.guard().own_requests(&own).await.unwrap();
        assert_eq!(requests.len(), 2);
        let found = requests.iter().find(|request| request.id == id).unwrap();
        let zone = case.site.guard().zone().clone();
        assert_eq!(
            found.last_day().date(&zone).to_string(),
            "2026-12-18",
            "from the day it was received"
        );
        assert_eq!(found.language, Locale::Fr, "as they are spoken to");
    }
);

on_both!(
    a_correction_is_found_and_what_was_wrong_no_longer,
    CAREERS,
    |case: Case| async move {
        let application = case.apply().await;
        let (person, own) = case.person_of(application).await;
        let recruiter = case.staff("recruiter").await;
        let flaws = own::correct(&case.site, &own, person, ["", "Vvwrong", "none"])
            .await
            .unwrap();
        assert_eq!(
            flaws.unwrap_err().len(),
            2,
            "the name is needed, the number is none"
        );
        let other = own::correct(&case.site, &own, case.site.guard().id(), ["A", "B", ""]).await;
        assert!(matches!(other, Err(Error::NotFound)));
        assert_eq!(case.finds(&recruiter, "Vvright").await, 1);
        own::correct(
            &case.site,
            &own,
            person,
            ["Élise", "Vvcorrected", "06 39 98 12 34"],
        )
        .await
        .unwrap()
        .unwrap();
        for (words, found) in [
            ("Vvcorrected", 1),
            ("elise vvcorrected", 1),
            ("06 39 98 12 34", 1),
            ("Vvright", 0),
            ("06 39 98 00 02", 0),
            (EMAIL, 1),
        ] {
            assert_eq!(case.finds(&recruiter, words).await, found, "{words}");
        }
    }
);
