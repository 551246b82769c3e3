//! Owns: what applications must do on both engines, through the doors: filed once, read by whom the charter names,
//! refused by a human, undone in time, withdrawn, forgotten when refused at the door. Doesn't own: pages over HTTP.

use charter::FormKind;
use futures_util::TryStreamExt as _;
use guard::{
    Actor, Error, NewToken, Scope,
    collect::{Collected, Flaw},
    decide::{Reason, UNDO_SECONDS},
    send::MailState,
};
use kernel::{Locale, Word as _};
use storage::{Engine, sql, testing::TestDb};

use super::{
    model::{Application, Next, Source, Stage},
    own,
    service::{self, Wanted},
};
use crate::confirm::Confirm;
use crate::tests::{
    doing::{caller, readable},
    on_both,
};

const CAREERS: &str = include_str!("../../../../charters/careers.toml");
const AGENCY: &str = include_str!("../../../../charters/agency.toml");

mod address;
mod asked;
mod case;
mod counted;
mod exported;
mod joined;
mod keeping;
mod outbox;
mod paging;
mod passed_on;
mod reading;
mod year;

use case::{Case, PDF, files_under};

on_both!(
    an_application_is_read_moved_and_refused_by_a_human,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let vacancy = case.vacancy(&recruiter).await;
        let id = case.apply(Some(&vacancy)).await;
        assert!(!readable(&case.folder, b"vvtoken0001"), "sealed on the disk");

        let page = service::list(&case.site, &recruiter, &Wanted::default(), None, 10)
            .await
            .unwrap();
        assert_eq!(
            (page.rows.len(), page.rows[0].application.next()),
            (1, Next::Read)
        );
        let found = Wanted {
            words: "vvtoken0001 elise".to_owned(),
            ..Wanted::default()
        };
        assert_eq!(
            service::list(&case.site, &recruiter, &found, None, 10)
                .await
                .unwrap()
                .rows
                .len(),
            1
        );
        let other = Wanted {
            words: "nobody".to_owned(),
            ..Wanted::default()
        };
        assert!(
            service::list(&case.site, &recruiter, &other, None, 10)
                .await
                .unwrap()
                .rows
                .is_empty()
        );

        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(opened.row.application.next(), Next::Review);
        assert_eq!(
            serde_json::to_value(&opened.row.person.name).unwrap(),
            "Élise Vvtoken0001"
        );
        assert_eq!(
            opened.until.unwrap().at.rfc3339(),
            "2027-11-21T23:00:00Z",
            "A19: 12 months after the last contact"
        );
        service::move_to(&case.site, &recruiter, id, Stage::Interview)
            .await
            .unwrap();
        assert!(matches!(
            service::move_to(&case.site, &recruiter, id, Stage::Refused).await,
            Err(Error::TooLate)
        ));

        case.work().await;
        assert_eq!(case.mails().await, [MailState::Kept], "the confirmation left");
        service::refuse(&case.site, &recruiter, id, Reason::Experience)
            .await
            .unwrap();
        case.clock.advance(UNDO_SECONDS - 1);
        case.work().await;
        assert_eq!(case.mails().await, [MailState::Queued, MailState::Kept]);
        let own = own::one(&case.site, &case.person(id).await, id).await.unwrap();
        assert_eq!(
            own.application.stage,
            Stage::Interview,
            "not told yet, so not so yet"
        );
        service::undo_refusal(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(case.mails().await, [MailState::Kept], "its mail is gone with it");
        assert_eq!(
            service::open(&case.site, &recruiter, id)
                .await
                .unwrap()
                .row
                .application
                .stage,
            Stage::Interview
        );

        service::refuse(&case.site, &recruiter, id, Reason::Experience)
            .await
            .unwrap();
        case.clock.advance(UNDO_SECONDS);
        case.work().await;
        assert_eq!(case.mails().await, [MailState::Kept, MailState::Kept]);
        assert!(matches!(
            service::undo_refusal(&case.site, &recruiter, id).await,
            Err(Error::TooLate)
        ));
        let own = own::one(&case.site, &case.person(id).await, id).await.unwrap();
        assert_eq!(own.application.stage, Stage::Refused);
    }
);

on_both!(
    until_a_refusal_is_told_its_person_sees_no_other_date,
    &CAREERS
        .replace(
            "[retention.withdrawn]\n",
            "[retention.closed]\nfrom = \"process_end\"\nmax = \"P2M\"\n\n[retention.withdrawn]\n"
        )
        .replace(
            "[\"application\", \"withdrawn\"]",
            "[\"application\", \"withdrawn\", \"closed\"]"
        ),
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.apply(None).await;
        let person = case.person(id).await;
        let until = async || {
            let own = own::one(&case.site, &person, id).await.unwrap();
            let held = case.site.guard().held(&person).await.unwrap();
            let held = held.into_iter().find(|held| held.dossier == id.cast()).unwrap();
            let (seen, held) = (own.until.unwrap(), held.until.unwrap());
            assert_eq!(seen.at, held.at, "the two pages say the same");
            (seen.retention, seen.at.rfc3339())
        };
        let before = until().await;
        assert_eq!(
            before,
            ("application".to_owned(), "2027-11-21T23:00:00Z".to_owned())
        );
        service::refuse(&case.site, &recruiter, id, Reason::Terms)
            .await
            .unwrap();
        assert_eq!(until().await, before);
        case.clock.advance(UNDO_SECONDS);
        assert_eq!(until().await, before, "the mail hasn't left");
        case.work().await;
        let told = ("closed".to_owned(), "2027-01-21T23:00:00Z".to_owned());
        assert_eq!(until().await, told);
    }
);

on_both!(
    only_a_human_with_the_duty_decides,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.apply(None).await;
        let guard = case.site.guard();
        let token = guard
            .make_api_token(NewToken {
                staff: recruiter.staff().unwrap(),
                name: "a program",
                scopes: &[Scope::WriteApplications],
                ends_at: guard.now().plus_seconds(60),
            })
            .await
            .unwrap();
        let bearer = guard.bearer(token.secret()).await.unwrap().unwrap();
        assert!(matches!(
            bearer.acting(Scope::ReadApplications),
            Err(Error::OutOfScope(Scope::ReadApplications))
        ));
        let program = bearer.acting(Scope::WriteApplications).unwrap();
        let refused = service::refuse(&case.site, program, id, Reason::Terms).await;
        assert!(
            matches!(&refused, Err(Error::NeedsHuman(Some(clause))) if clause == "never.sole_automated_decision"),
            "{refused:?}"
        );
        let opened = service::open(&case.site, program, id).await.unwrap();
        assert_eq!(opened.row.application.read_at, None, "a program reads nothing");
        for (role, email) in [("dpo", "d@groupe.example"), ("admin", "a@groupe.example")] {
            let other = case.staff(role, email).await;
            assert!(
                matches!(service::open(&case.site, &other, id).await, Err(Error::Forbidden)),
                "{role}"
            );
        }
        // Named as readers under a condition of which nothing is known here: they find nothing.
        for (role, email) in [("sales", "s@groupe.example"), ("it", "i@groupe.example")] {
            let other = case.staff(role, email).await;
            assert!(
                matches!(service::open(&case.site, &other, id).await, Err(Error::NotFound)),
                "{role}"
            );
            assert!(
                service::list(&case.site, &other, &Wanted::default(), None, 10)
                    .await
                    .unwrap()
                    .rows
                    .is_empty()
            );
        }
        assert!(matches!(
            service::open(&case.site, &Actor::stranger(), id).await,
            Err(Error::Forbidden)
        ));
        assert_eq!(
            service::open(&case.site, &recruiter, id)
                .await
                .unwrap()
                .row
                .application
                .stage,
            Stage::New
        );
    }
);

on_both!(
    a_consultant_sees_the_applications_to_their_own_offers,
    AGENCY,
    |case: Case| async move {
        let one = case.staff("consultant", "one@cabinet.example").await;
        let two = case.staff("consultant", "two@cabinet.example").await;
        let vacancy = case.vacancy(&one).await;
        let targeted = case.apply(Some(&vacancy)).await;
        let unsolicited = case.apply(None).await;
        assert!(service::open(&case.site, &one, targeted).await.is_ok());
        assert!(matches!(
            service::open(&case.site, &two, targeted).await,
            Err(Error::NotFound)
        ));
        assert!(matches!(
            service::move_to(&case.site, &two, targeted, Stage::Offer).await,
            Err(Error::NotFound)
        ));
        assert!(service::open(&case.site, &two, unsolicited).await.is_ok());
        let seen = |actor| {
            let site = case.site.clone();
            async move {
                service::list(&site, &actor, &Wanted::default(), None, 10)
                    .await
                    .unwrap()
                    .rows
                    .len()
            }
        };
        assert_eq!((seen(one).await, seen(two).await), (2, 1));
    }
);

on_both!(
    the_person_withdraws_and_an_untold_refusal_is_never_told,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.apply(None).await;
        case.work().await;
        service::refuse(&case.site, &recruiter, id, Reason::NoPosition)
            .await
            .unwrap();
        let person = case.person(id).await;
        own::withdraw(&case.site, &person, id).await.unwrap();
        assert_eq!(
            case.mails().await,
            [MailState::Kept],
            "no refusal is told to who has left"
        );
        let own = own::one(&case.site, &person, id).await.unwrap();
        assert_eq!(own.application.stage, Stage::Withdrawn);
        let until = own.until.unwrap();
        assert_eq!(
            (until.retention.as_str(), until.at.rfc3339().as_str()),
            ("withdrawn", "2026-12-21T23:00:00Z")
        );
        assert!(matches!(
            own::withdraw(&case.site, &person, id).await,
            Err(Error::TooLate)
        ));
        let stranger = case.apply(None).await;
        assert!(matches!(
            own::one(&case.site, &person, stranger).await,
            Err(Error::NotFound)
        ));
    }
);

on_both!(
    what_is_refused_at_the_door_leaves_nothing,
    CAREERS,
    |case: Case| async move {
        let files = case.folder.join("site").join("files");
        let kind = FormKind::UnsolicitedApplication;
        let Err(Error::Refused(refusal)) = case.fill(kind, &[("birth_date", "2000-01-01")], PDF).await else {
            panic!()
        };
        assert_eq!(refusal.subject, "birth_date");
        let flaw = |collected: Result<Collected, Error>| match collected.unwrap() {
            Collected::Again(again) => again.problems.first().map(|problem| problem.flaw.clone()),
            _ => None,
        };
        assert_eq!(flaw(case.fill(kind, &[], b"").await), Some(Flaw::FileEmpty));
        assert!(matches!(
            flaw(case.fill(kind, &[], b"<html>").await),
            Some(Flaw::FileType(_))
        ));
        let large = [PDF, &vec![b' '; 30_000_000]].concat();
        assert!(matches!(
            flaw(case.fill(kind, &[], &large).await),
            Some(Flaw::FileTooLarge(_))
        ));
        assert_eq!(
            flaw(case.fill(kind, &[("email", "nobody")], PDF).await),
            Some(Flaw::NotAnEmail)
        );
        // That last form's file came whole and waits an hour for the corrected form; the sweep takes it.
        assert_eq!(
            (
                case.count("dossiers").await,
                case.count("files").await,
                files_under(&files)
            ),
            (0, 0, 1)
        );
        case.clock.advance(3_601);
        while case.site.guard().sweep_orphans().await.unwrap() > 0 {}
        assert_eq!(files_under(&files), 0);
    }
);

on_both!(
    a_form_sent_twice_is_filed_once,
    CAREERS,
    |case: Case| async move {
        let draft = case.site.guard().new_draft("unsolicited");
        let kind = FormKind::UnsolicitedApplication;
        let again = [("_draft", draft.as_str())];
        // `_draft` comes first in the form, before any file.
        let Collected::Complete(first) = case.fill(kind, &again, PDF).await.unwrap() else {
            panic!()
        };
        let Collected::Complete(second) = case.fill(kind, &again, PDF).await.unwrap() else {
            panic!("at once")
        };
        service::submit(&case.site, *first, None, Source::Site, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        let twice = service::submit(&case.site, *second, None, Source::Site, Locale::Fr, Confirm::Yes).await;
        assert!(matches!(twice, Err(Error::Storage(error)) if error.is_duplicate()));
        assert!(matches!(
            case.fill(kind, &again, PDF).await.unwrap(),
            Collected::Already(_)
        ));
        assert_eq!(
            (case.count("applications").await, case.count("files").await),
            (1, 1)
        );
        assert_eq!(files_under(&case.folder.join("site").join("files")), 1);
    }
);

on_both!(
    a_form_taken_up_again_late_is_not_swept_under_the_hand,
    CAREERS,
    |case: Case| async move {
        let kind = FormKind::UnsolicitedApplication;
        let Collected::Again(again) = case.fill(kind, &[("email", "nobody")], PDF).await.unwrap() else {
            panic!()
        };
        case.clock.advance(3_590);
        let draft = [("_draft", again.draft.as_str())];
        let Collected::Complete(answers) = case.fill(kind, &draft, PDF).await.unwrap() else {
            panic!()
        };
        case.clock.advance(20);
        while case.site.guard().sweep_orphans().await.unwrap() > 0 {}
        let id = service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::No)
            .await
            .unwrap();
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        assert_eq!(
            service::open(&case.site, &recruiter, id)
                .await
                .unwrap()
                .held
                .files
                .len(),
            1
        );
    }
);

on_both!(
    a_corrected_form_keeps_its_file,
    CAREERS,
    |case: Case| async move {
        let kind = FormKind::UnsolicitedApplication;
        let Collected::Again(again) = case.fill(kind, &[("email", "nobody")], PDF).await.unwrap() else {
            panic!()
        };
        assert_eq!(again.attached["cv"].len(), 1);
        let guard = case.site.guard();
        let mut collecting = guard.collect("unsolicited", Locale::Fr).unwrap();
        let values = [
            ("_draft", again.draft.as_str()),
            ("given_name", "Élise"),
            ("family_name", "Exemple"),
            ("email", "elise@people.example"),
            ("phone", "06 39 98 00 01"),
        ];
        for (name, value) in values {
            collecting.text(name, value.to_owned()).await.unwrap();
        }
        let Collected::Complete(answers) = collecting.finish().await.unwrap() else {
            panic!("the file is still there")
        };
        service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::No)
            .await
            .unwrap();
        assert_eq!(
            (case.count("applications").await, case.count("files").await),
            (1, 1)
        );
    }
);

on_both!(
    a_form_sent_twice_at_once_keeps_a_file_that_opens,
    CAREERS,
    |case: Case| async move {
        let kind = FormKind::UnsolicitedApplication;
        let guard = case.site.guard();
        let draft = guard.new_draft("unsolicited");
        let draft = [("_draft", draft.as_str())];
        let once = case.fill(kind, &draft, PDF).await.unwrap();
        // Sealed as it came, beside the making of keys that turn out to be made.
        let newer = [PDF, b" again"].concat();
        let Collected::Complete(answers) = case.fill(kind, &draft, &newer).await.unwrap() else {
            panic!("nothing is filed yet")
        };
        let id = service::submit(&case.site, *answers, None, Source::Site, Locale::Fr, Confirm::No)
            .await
            .unwrap();
        drop(once);
        let permit = service::permit(guard, &case.person(id).await).unwrap();
        let file = guard.files_of(id.cast()).await.unwrap().remove(0).id;
        let opened = guard.open_file(&permit, file).await.unwrap();
        let bytes: Vec<_> = opened.bytes.try_collect().await.unwrap();
        assert_eq!(bytes.concat(), newer);
        assert_eq!(files_under(&case.folder.join("site").join("files")), 1);
    }
);
