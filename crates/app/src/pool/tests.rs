//! Owns: what the pool must do on both engines, through the doors: nobody in it without a yes, nothing found by a search
//! before, everybody told in time or erased, everything ended when promised. Doesn't own: pages over HTTP.

use charter::Trigger;
use guard::{
    Error,
    decide::{Reason, UNDO_SECONDS},
    keep::renew::Answer,
};

use super::{
    dealing, entering,
    model::{Came, State},
    own::{self, Own},
    service::{self, Wanted},
};
use crate::{
    applications,
    contact::{
        self,
        model::{StepKind, Verdict},
    },
    tests::on_both,
};

const CAREERS: &str = include_str!("../../../../charters/careers.toml");
const AGENCY: &str = include_str!("../../../../charters/agency.toml");

mod case;
mod mailbox;
mod sourcing;

use case::Case;

const DAY: i64 = 86_400;

on_both!(
    who_ticked_the_box_waits_apart_and_is_in_once_somebody_looked,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let agreed_at = case.site.guard().now();
        let (application, _) = case.apply(true).await;
        case.clock.advance(10 * DAY);
        assert!(case.list(&recruiter, &Wanted::default()).await.is_empty());
        let found = Wanted {
            words: case.words().to_owned(),
            ..Wanted::default()
        };
        assert!(
            case.list(&recruiter, &found).await.is_empty(),
            "out of every search"
        );
        let waiting = service::waiting(&case.site, &recruiter, false, None, 50)
            .await
            .unwrap();
        assert_eq!(waiting.rows.len(), 1);
        assert_eq!(waiting.rows[0].waiting.agreed_at, Some(agreed_at));

        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        assert_eq!(
            case.list(&recruiter, &found).await,
            [id],
            "found by a word of the name"
        );
        let (entry, until) = (case.entry(id).await.unwrap(), case.until(id).await.unwrap());
        assert_eq!((entry.state, entry.came), (State::Agreed, Came::Application));
        assert_eq!(
            entry.source, "unsolicited",
            "D01: the source stays with the record"
        );
        assert_eq!(
            (until.retention.as_str(), until.at),
            ("pool", case.after(agreed_at, 13)),
            "D06: twelve months after the yes, not after the look; then a month for an answer"
        );
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        let fields: Vec<&str> = opened
            .held
            .answers
            .iter()
            .map(|(field, _)| field.as_str())
            .collect();
        assert_eq!(fields, ["motivation"], "what the pool uses, and no subject");
        assert_eq!(opened.held.files.len(), 1, "D03: the CV, sealed anew");
        let permit = service::permit(case.site.guard(), &recruiter).unwrap();
        let copied = case.bytes(&permit, &opened.held.files[0].0).await;
        assert_eq!(copied, case::PDF);
        assert!(
            service::waiting(&case.site, &recruiter, false, None, 50)
                .await
                .unwrap()
                .rows
                .is_empty()
        );
        assert!(matches!(
            entering::take_application(&case.site, &recruiter, application).await,
            Err(Error::TooLate)
        ));
        assert!(!case.readable(b"vvtoken0003"), "sealed on the disk");
    }
);

on_both!(
    who_did_not_tick_is_asked_and_only_a_yes_lets_them_in,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, _) = case.apply(false).await;
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        assert_eq!(case.entry(id).await.unwrap().state, State::Untold);
        case.work().await;
        let entry = case.entry(id).await.unwrap();
        assert_eq!(entry.state, State::Asked);
        assert!(case.list(&recruiter, &Wanted::default()).await.is_empty());
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert!(
            opened.held.answers.is_empty() && opened.held.files.is_empty(),
            "nothing else is done"
        );
        assert!(matches!(
            dealing::forward(&case.site, &recruiter, id, case.vacancy().await).await,
            Err(Error::TooLate)
        ));

        let token = case.link("/pool/").await;
        case.clock.advance(3 * DAY);
        own::answer(&case.site, &token, Answer::Keep).await.unwrap();
        assert!(matches!(
            own::answer(&case.site, &token, Answer::Erase).await,
            Err(Error::TooLate)
        ));
        assert_eq!(case.list(&recruiter, &Wanted::default()).await, [id]);
        let until = case.until(id).await.unwrap();
        assert_eq!(
            (until.retention.as_str(), until.at),
            ("pool", case.after(case.site.guard().now(), 13))
        );
        assert_eq!(case.moment(id, Trigger::ConsentAsked).await, None);
    }
);

on_both!(a_no_and_silence_erase, AGENCY, |case: Case| async move {
    let recruiter = case.recruiter().await;
    let (first, _) = case.apply(false).await;
    let refusing = entering::take_application(&case.site, &recruiter, first)
        .await
        .unwrap();
    case.work().await;
    let token = case.link("/pool/").await;
    own::answer(&case.site, &token, Answer::Erase).await.unwrap();
    case.work().await;
    assert!(case.entry(refusing).await.is_none(), "D16: refused, deleted");

    let (second, _) = case.apply(false).await;
    let silent = entering::take_application(&case.site, &recruiter, second)
        .await
        .unwrap();
    case.work().await;
    let until = case.until(silent).await.unwrap();
    assert_eq!(
        (until.retention.as_str(), until.at),
        ("pool_asked", case.after(case.site.guard().now(), 1)),
        "silence for one month: deleted"
    );
    case.go_to(until.at.plus_seconds(-1));
    case.sweep().await;
    assert!(case.entry(silent).await.is_some());
    case.go_to(until.at);
    case.sweep().await;
    assert!(case.entry(silent).await.is_none());
});

on_both!(
    the_person_agrees_in_their_area_and_takes_it_back_as_easily,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, person) = case.apply(false).await;
        let me = case.person(person).await;
        assert!(matches!(
            own::standing(&case.site, &me).await.unwrap(),
            Some(Own::Out)
        ));
        assert!(matches!(
            own::withdraw(&case.site, &me).await,
            Err(Error::TooLate)
        ));
        own::agree(&case.site, &me).await.unwrap();
        assert!(matches!(
            own::standing(&case.site, &me).await.unwrap(),
            Some(Own::Waiting { .. })
        ));
        own::withdraw(&case.site, &me).await.unwrap();
        assert!(matches!(
            own::standing(&case.site, &me).await.unwrap(),
            Some(Own::Out)
        ));

        own::agree(&case.site, &me).await.unwrap();
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        assert!(matches!(
            own::standing(&case.site, &me).await.unwrap(),
            Some(Own::In { .. })
        ));
        own::withdraw(&case.site, &me).await.unwrap();
        assert!(
            case.list(&recruiter, &Wanted::default()).await.is_empty(),
            "at once"
        );
        case.work().await;
        assert!(case.entry(id).await.is_none(), "erased");
        assert!(
            applications::own::open_of(case.site.guard(), &me)
                .await
                .unwrap()
                .is_some(),
            "the application stays"
        );
    }
);

on_both!(
    of_no_interest_it_ends_after_the_time_for_undoing,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, _) = case.apply(true).await;
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        dealing::remove(&case.site, &recruiter, id).await.unwrap();
        case.clock.advance(UNDO_SECONDS - 1);
        dealing::undo(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(case.until(id).await.unwrap().retention, "pool");
        dealing::remove(&case.site, &recruiter, id).await.unwrap();
        case.clock.advance(UNDO_SECONDS);
        assert!(matches!(
            dealing::undo(&case.site, &recruiter, id).await,
            Err(Error::NotFound | Error::TooLate)
        ));
        assert!(case.list(&recruiter, &Wanted::default()).await.is_empty());
        case.clock.advance(3_600);
        case.sweep().await;
        assert!(case.entry(id).await.is_none(), "D18: at once");
    }
);

on_both!(
    who_is_put_forward_is_told_and_nothing_lengthens,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let agreed_at = case.site.guard().now();
        let (application, person) = case.apply(true).await;
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        let before = case.until(id).await.unwrap().at;
        case.clock.advance(60 * DAY);
        let vacancy = case.vacancy().await;
        let new = dealing::forward(&case.site, &recruiter, id, vacancy)
            .await
            .unwrap();
        let guard = case.site.guard();
        let until = guard.until(guard.db(), new.cast()).await.unwrap().unwrap();
        assert_eq!(
            until.at,
            case.after(agreed_at, 13),
            "the application counts from the person's own last contact"
        );
        assert_eq!(
            case.until(id).await.unwrap().at,
            before,
            "and the pool from their yes"
        );
        let opened = applications::service::open(&case.site, &recruiter, new)
            .await
            .unwrap();
        assert_eq!(opened.row.application.person, person);
        assert_eq!(opened.row.application.source, applications::model::Source::Pool);
        assert!(opened.row.person.email.is_some(), "who they are is read with it");
        assert_eq!(opened.held.files.len(), 1);
        case.work().await;
        assert!(
            !case.link("/follow/").await.is_empty(),
            "told by mail, with the way to withdraw"
        );
    }
);

on_both!(
    what_waits_apart_ends_with_its_application_and_is_reviewed_each_week,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, _) = case.apply(false).await;
        assert_eq!(
            service::to_review(case.site.guard(), &recruiter).await.unwrap(),
            Some(0)
        );
        case.clock.advance(9 * DAY);
        assert_eq!(
            service::to_review(case.site.guard(), &recruiter).await.unwrap(),
            Some(1),
            "D18: each week"
        );
        let page = service::waiting(&case.site, &recruiter, true, None, 50)
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 1);
        // Of no interest: a human refuses, with a reason, and it is deleted at once.
        applications::service::refuse(&case.site, &recruiter, application, Reason::Experience)
            .await
            .unwrap();
        assert_eq!(
            service::to_review(case.site.guard(), &recruiter).await.unwrap(),
            Some(0)
        );
        applications::service::undo_refusal(&case.site, &recruiter, application)
            .await
            .unwrap();
        assert_eq!(
            service::to_review(case.site.guard(), &recruiter).await.unwrap(),
            Some(1)
        );
        applications::service::refuse(&case.site, &recruiter, application, Reason::Experience)
            .await
            .unwrap();
        let guard = case.site.guard();
        let until = guard
            .until(guard.db(), application.cast())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(until.retention, "irrelevant");
        case.clock.advance(UNDO_SECONDS);
        case.work().await;
        case.clock.advance(3_600);
        case.sweep().await;
        assert_eq!(case.count_inbox().await, 0, "D23: a copy ends with its source");
    }
);

on_both!(
    without_an_open_vacancy_the_pool_is_not_used,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, _) = case.apply(true).await;
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        case.close_all().await;
        assert!(case.list(&recruiter, &Wanted::default()).await.is_empty(), "D02");
        assert!(matches!(
            service::open(&case.site, &recruiter, id).await,
            Err(Error::NotFound)
        ));
        assert!(!entering::may_take(&case.site, &recruiter));
    }
);

on_both!(
    where_the_charter_has_no_pool_nothing_joins_one,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        assert!(matches!(
            service::permit(case.site.guard(), &recruiter),
            Err(Error::Forbidden)
        ));
        let refused = case.fill(true).await.map(drop);
        assert!(
            matches!(refused, Err(Error::Refused(_))),
            "a box that isn't offered"
        );
        let (application, person) = case.apply(false).await;
        assert_eq!(case.count_inbox().await, 0);
        assert!(matches!(
            entering::take_application(&case.site, &recruiter, application).await,
            Err(Error::Forbidden)
        ));
        let me = case.person(person).await;
        assert!(own::standing(&case.site, &me).await.unwrap().is_none());
    }
);

on_both!(
    only_whom_the_charter_names_reads_the_pool,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, _) = case.apply(true).await;
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        for (role, email) in [
            ("webmaster", "w@cabinet.example"),
            ("dpo", "d@cabinet.example"),
            ("admin", "a@cabinet.example"),
            ("it", "i@cabinet.example"),
        ] {
            let other = case.staff(role, email).await;
            assert!(
                matches!(service::open(&case.site, &other, id).await, Err(Error::Forbidden)),
                "{role}"
            );
        }
    }
);

on_both!(
    after_a_restore_a_yes_that_only_waited_is_asked_anew,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (application, person) = case.apply(true).await;
        crate::pool::arrival::replay(case.site.guard()).await.unwrap();
        let me = case.person(person).await;
        assert!(matches!(
            own::standing(&case.site, &me).await.unwrap(),
            Some(Own::Out)
        ));
        let id = entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
        assert_eq!(case.entry(id).await.unwrap().state, State::Untold);
    }
);

on_both!(
    the_list_goes_on_where_a_page_ended,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let mut taken = Vec::new();
        for _ in 0..3 {
            let (application, _) = case.apply(true).await;
            case.clock.advance(1);
            let id = entering::take_application(&case.site, &recruiter, application).await;
            taken.insert(0, id.unwrap());
        }
        let wanted = Wanted {
            source: Some("unsolicited".to_owned()),
            ..Wanted::default()
        };
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = service::list(&case.site, &recruiter, &wanted, after.as_ref(), 2)
                .await
                .unwrap();
            seen.extend(page.rows.iter().map(|row| row.entry.id));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, taken, "newest first, each once");
        let elsewhere = Wanted {
            source: Some("networks".to_owned()),
            ..Wanted::default()
        };
        assert!(case.list(&recruiter, &elsewhere).await.is_empty());
    }
);
