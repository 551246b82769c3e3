//! Owns: people found elsewhere: told and asked in time, or not kept. Doesn't own: those who came by themselves.

use serde_json::Value;

use super::*;
use crate::archive::tests::consents;

on_both!(
    whoever_is_found_is_told_where_and_may_refuse,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let experience = [("experience", "Dix ans de soudure vvtoken0003")];
        let id = case
            .found(&recruiter, "cv_libraries", &experience)
            .await
            .unwrap()
            .unwrap();
        let entry = case.entry(id).await.unwrap();
        assert_eq!((entry.state, entry.came), (State::Untold, Came::Found));
        assert_eq!(entry.source, "cv_libraries", "D01");
        assert_eq!(
            case.until(id).await.unwrap().at,
            case.after(entry.added_at, 1),
            "told within a month, or erased, even if no job ever runs"
        );
        case.work().await;
        let entry = case.entry(id).await.unwrap();
        assert_eq!(
            (entry.state, entry.told_at),
            (State::Asked, Some(case.site.guard().now()))
        );
        let mails = case.site.guard().demo_mails(5).await.unwrap();
        let body = serde_json::to_string(&mails[0].body).unwrap();
        for says in ["CVthèques", "dpo@cabinet.example", "/privacy", "/pool/"] {
            assert!(body.contains(says), "GDPR art. 14: {says} in {body}");
        }
        assert!(!body.contains("soudure"), "and nothing of what was written down");
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert!(opened.held.answers.is_empty(), "nothing else is done with it");

        let token = case.link("/pool/").await;
        own::answer(&case.site, &token, Answer::Keep).await.unwrap();
        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(opened.held.answers[0].0, "experience");
        assert!(opened.row.person.email.is_some());
    }
);

on_both!(
    who_asked_to_be_left_alone_is_not_written_down,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let (_, person) = case.apply(false).await;
        let actor = case.person(person).await;
        assert!(case.site.guard().leave_alone(&actor).await.unwrap().is_some());
        let Err(Error::Refused(refusal)) = case.found(&recruiter, "networks", &[]).await else {
            panic!("whoever asked to be left alone is")
        };
        assert_eq!(refusal.clause.as_str(), "purpose.suppression");
        let other = [("email", "luc.vvtoken0003@people.example")];
        assert!(
            case.found(&recruiter, "networks", &other)
                .await
                .unwrap()
                .is_some()
        );
    }
);

on_both!(
    whom_nobody_could_tell_in_time_is_not_kept,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let id = case.found(&recruiter, "networks", &[]).await.unwrap().unwrap();
        // No job ran for a month: the clock needs none.
        case.go_to(case.after(case.entry(id).await.unwrap().added_at, 1));
        case.work().await;
        case.sweep().await;
        assert!(case.entry(id).await.is_none());
    }
);

on_both!(
    whose_notice_the_mail_server_refuses_is_not_kept,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let id = case.found(&recruiter, "networks", &[]).await.unwrap().unwrap();
        case.work().await;
        let mut tx = case.site.guard().begin().await.unwrap();
        storage::sql("UPDATE mails SET state = $2 WHERE dossier = $1")
            .bind(id)
            .bind(guard::send::MailState::Bounced)
            .run(&mut tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        case.clock.advance(3_600);
        case.work().await;
        assert!(case.entry(id).await.is_none());
    }
);

on_both!(
    whoever_was_told_is_kept_until_an_answer_is_due,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let id = case.found(&recruiter, "networks", &[]).await.unwrap().unwrap();
        case.work().await;
        case.clock.advance(3_600);
        case.work().await;
        assert_eq!(case.entry(id).await.unwrap().state, State::Asked);
    }
);

on_both!(
    only_a_declared_source_and_its_fields_with_an_address_to_tell_them_at,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let refused = case.found(&recruiter, "networks", &[("motivation", "x")]).await;
        assert!(
            matches!(&refused, Err(Error::Refused(refusal)) if refusal.clause.as_str() == "source.networks"),
            "{refused:?}"
        );
        let nowhere = case.found(&recruiter, "networks", &[("email", "")]).await;
        assert!(matches!(nowhere, Ok(None)), "an address is a must");
        for source in ["unsolicited", "newsletter_page", "nothing"] {
            let unknown = case.found(&recruiter, source, &[]).await;
            assert!(matches!(unknown, Err(Error::NotFound)), "{source}");
        }
        let webmaster = case.staff("webmaster", "w@cabinet.example").await;
        let other = case.found(&webmaster, "networks", &[]).await;
        assert!(matches!(other, Err(Error::Forbidden)), "{other:?}");
    }
);

on_both!(
    where_no_end_of_the_asking_is_declared_nobody_is_kept_to_be_asked,
    &AGENCY.replace("from = \"consent_asked\"", "from = \"objected\""),
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        assert!(!entering::may_take(&case.site, &recruiter));
        let found = case.found(&recruiter, "networks", &[]).await;
        assert!(matches!(found, Err(Error::NotFound)));
        let (application, _) = case.apply(false).await;
        let taken = entering::take_application(&case.site, &recruiter, application).await;
        assert!(matches!(taken, Err(Error::NotFound)));
        let (application, _) = case.apply(true).await;
        entering::take_application(&case.site, &recruiter, application)
            .await
            .unwrap();
    }
);

on_both!(
    after_twelve_months_they_are_asked_anew_and_only_a_yes_keeps_them,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let id = case.found(&recruiter, "networks", &[]).await.unwrap().unwrap();
        case.work().await;
        let token = case.link("/pool/").await;
        own::answer(&case.site, &token, Answer::Keep).await.unwrap();
        let asked_at = case.after(case.site.guard().now(), 12);
        case.go_to(asked_at.plus_seconds(-60));
        case.sweep().await;
        let renewals = |mails: Vec<guard::send::ShownMail>| {
            let asks = |mail: &&guard::send::ShownMail| mail.kind == guard::send::MailKind::Renewal;
            mails.iter().filter(asks).count()
        };
        let mails = || async { case.site.guard().demo_mails(50).await.unwrap() };
        assert_eq!(renewals(mails().await), 0);
        case.go_to(asked_at);
        case.sweep().await;
        assert_eq!(renewals(mails().await), 1, "D06: asked automatically");
        let token = case.link("/renew/").await;
        let guard = case.site.guard();
        guard.answer_renewal(&token, Answer::Keep).await.unwrap();
        assert_eq!(case.until(id).await.unwrap().at, case.after(guard.now(), 13));
        // Put forward now, the application counts from the yes that was just given.
        let vacancy = case.vacancy().await;
        let application = dealing::forward(&case.site, &recruiter, id, vacancy)
            .await
            .unwrap();
        let until = guard
            .until(guard.db(), application.cast())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(until.at, case.after(guard.now(), 13));
        // The next time they are silent.
        let ends = case.until(id).await.unwrap().at;
        case.go_to(ends.plus_seconds(-1));
        case.sweep().await;
        assert!(case.entry(id).await.is_some());
        case.go_to(ends);
        case.sweep().await;
        assert!(case.entry(id).await.is_none(), "D16: silence for a month");
    }
);

on_both!(
    whoever_was_only_asked_has_agreed_to_nothing,
    AGENCY,
    |case: Case| async move {
        let recruiter = case.recruiter().await;
        let id = case.found(&recruiter, "networks", &[]).await.unwrap().unwrap();
        case.work().await;
        let person = case.person(case.entry(id).await.unwrap().person).await;
        let records = || async { consents(&case.site, &person).await };
        assert_eq!(records().await, Vec::<Value>::new(), "asked, and silent");
        let token = case.link("/pool/").await;
        own::answer(&case.site, &token, Answer::Keep).await.unwrap();
        let given = case.site.guard().now().rfc3339();
        case.go_to(case.after(case.site.guard().now(), 12));
        case.sweep().await;
        let guard = case.site.guard();
        guard
            .answer_renewal(&case.link("/renew/").await, Answer::Keep)
            .await
            .unwrap();
        let [record] = &records().await[..] else {
            panic!("one")
        };
        let events = record["events"].as_array().unwrap();
        let said: Vec<_> = events
            .iter()
            .map(|event| {
                (
                    event["event_state"].as_str().unwrap(),
                    event["event_time"].as_str().unwrap(),
                )
            })
            .collect();
        let renewed = guard.now().rfc3339();
        assert_eq!(said, [("given", given.as_str()), ("renewed", renewed.as_str())]);
        let of = &record["pii_processing"];
        assert_eq!(of["purposes"][0]["purpose_type"], "talent_pool");
        assert_eq!(of["purposes"][0]["jurisdiction"], "FR");
        assert!(
            of["privacy_notice"]
                .as_str()
                .unwrap()
                .ends_with("/privacy/versions/1")
        );
    }
);
