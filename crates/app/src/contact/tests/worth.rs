//! Owns: what a message is found to be worth, what its clock makes of it, and answering. Doesn't own: who reads it
//! ([`super::reading`]).

use super::*;

on_both!(
    of_no_interest_it_ends_when_that_can_not_be_undone_any_more,
    AGENCY,
    |case: Case| async move {
        let webmaster = case.staff("webmaster", "w@cabinet.example").await;
        let id = case.write(&[]).await;
        let before = case.until(id).await;
        assert_eq!(
            (before.retention.as_str(), before.at.rfc3339().as_str()),
            ("contact", "2027-11-21T23:00:00Z"),
            "D16: 12 months"
        );
        let now = case.site.guard().now();
        dealing::judge(&case.site, &webmaster, id, Verdict::Irrelevant)
            .await
            .unwrap();
        let ends = now.plus_seconds(UNDO_SECONDS);
        assert_eq!(case.moment(id, Trigger::JudgedIrrelevant).await, Some(ends));
        let until = case.until(id).await;
        assert_eq!(
            (until.retention.as_str(), until.at),
            ("irrelevant", ends.plus_seconds(3_600)),
            "D18: at once, counted from the end of the undo"
        );
        assert!(matches!(
            dealing::judge(&case.site, &webmaster, id, Verdict::Relevant).await,
            Err(Error::TooLate)
        ));
        assert!(matches!(
            case.answer(&webmaster, id, "Bonjour").await,
            Err(Error::TooLate)
        ));

        case.clock.advance(UNDO_SECONDS - 1);
        dealing::undo(&case.site, &webmaster, id).await.unwrap();
        assert_eq!(case.moment(id, Trigger::JudgedIrrelevant).await, None);
        assert_eq!(case.until(id).await.at, before.at, "as if nothing had been said");
        assert_eq!(case.message(id).await.verdict, Verdict::Pending);

        dealing::judge(&case.site, &webmaster, id, Verdict::Irrelevant)
            .await
            .unwrap();
        case.clock.advance(UNDO_SECONDS);
        assert!(matches!(
            dealing::undo(&case.site, &webmaster, id).await,
            Err(Error::TooLate)
        ));
        assert_eq!(case.until(id).await.retention, "irrelevant");
    }
);

on_both!(
    relevant_is_noted_and_can_be_reconsidered,
    AGENCY,
    |case: Case| async move {
        let webmaster = case.staff("webmaster", "w@cabinet.example").await;
        let id = case.write(&[]).await;
        let judge = |verdict| dealing::judge(&case.site, &webmaster, id, verdict);
        judge(Verdict::Relevant).await.unwrap();
        assert_eq!(
            case.moment(id, Trigger::Judged).await,
            Some(case.site.guard().now())
        );
        assert_eq!(case.message(id).await.next(), Next::None);
        judge(Verdict::Pending).await.unwrap();
        assert_eq!(case.moment(id, Trigger::Judged).await, None);
        judge(Verdict::Relevant).await.unwrap();
        judge(Verdict::Irrelevant).await.unwrap();
        assert_eq!(case.moment(id, Trigger::Judged).await, None);
        assert_eq!(case.until(id).await.retention, "irrelevant");
        // Who may not see it can't judge it; whose duty is another neither.
        let consultant = case.staff("consultant", "one@cabinet.example").await;
        assert!(matches!(
            dealing::undo(&case.site, &consultant, id).await,
            Err(Error::NotFound)
        ));
    }
);

on_both!(
    the_weekly_review_is_of_what_nobody_has_judged,
    AGENCY,
    |case: Case| async move {
        let webmaster = case.staff("webmaster", "w@cabinet.example").await;
        let consultant = case.staff("consultant", "one@cabinet.example").await;
        let it = case.staff("it", "i@cabinet.example").await;
        let (old, judged) = (case.write(&[]).await, case.write(&[]).await);
        dealing::judge(&case.site, &webmaster, judged, Verdict::Relevant)
            .await
            .unwrap();
        let review = Wanted {
            review: true,
            ..Wanted::default()
        };
        case.clock.advance(7 * 86_400);
        let fresh = case.write(&[]).await;
        let guard = case.site.guard();
        assert_eq!(review::waiting(guard, &webmaster).await.unwrap(), Some(0));
        assert!(
            case.list(&webmaster, &review).await.is_empty(),
            "not more than 7 days"
        );
        case.clock.advance(86_400);
        assert_eq!(case.list(&webmaster, &review).await, [old]);
        assert_eq!(review::waiting(guard, &webmaster).await.unwrap(), Some(1));
        assert_eq!(review::waiting(guard, &consultant).await.unwrap(), Some(0));
        assert_eq!(review::waiting(guard, &it).await.unwrap(), None);
        dealing::judge(&case.site, &webmaster, old, Verdict::Irrelevant)
            .await
            .unwrap();
        assert_eq!(review::waiting(guard, &webmaster).await.unwrap(), Some(0));
        assert_eq!(case.list(&webmaster, &Wanted::default()).await[0], fresh);
    }
);

on_both!(
    where_the_charter_promises_no_review_there_is_none,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.write(&[]).await;
        case.clock.advance(30 * 86_400);
        assert_eq!(
            review::waiting(case.site.guard(), &recruiter).await.unwrap(),
            None
        );
        let before = case.until(id).await.at;
        dealing::judge(&case.site, &recruiter, id, Verdict::Irrelevant)
            .await
            .unwrap();
        assert_eq!(
            case.until(id).await.at,
            before,
            "A18: this charter keeps it twelve months all the same"
        );
    }
);

on_both!(
    an_answer_is_mailed_kept_sealed_and_moves_no_clock,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let id = case.write(&[]).await;
        service::open(&case.site, &recruiter, id).await.unwrap();
        let before = case.until(id).await.at;
        let contact = case.moment(id, Trigger::LastContact).await;
        case.clock.advance(86_400);
        let (guard, reply) = (case.site.guard(), case.site.guard().id());
        let text = "Bonjour,\n\nRappelons-nous vvanswer0001.";
        dealing::answer(&case.site, &recruiter, id, reply, text)
            .await
            .unwrap();
        let twice = dealing::answer(&case.site, &recruiter, id, reply, text).await;
        assert!(
            matches!(twice, Err(Error::Storage(error)) if error.is_duplicate()),
            "sent twice, answered once"
        );
        assert_eq!(case.until(id).await.at, before, "an answer of ours is no contact");
        assert_eq!(case.moment(id, Trigger::LastContact).await, contact);
        assert_eq!(case.count("contact_replies").await, 1);
        assert!(!case.readable(b"vvanswer0001"), "sealed on the disk");
        case.work().await;
        let mails = guard.demo_mails(10).await.unwrap();
        assert_eq!((mails.len(), mails[0].state), (1, MailState::Kept));
        assert_eq!(
            serde_json::to_value(&mails[0].to).unwrap(),
            "elise.vvtoken0002@people.example"
        );
        assert!(
            serde_json::to_string(&mails[0].body)
                .unwrap()
                .contains("vvanswer0001")
        );

        let opened = service::open(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(
            serde_json::to_value(&opened.replies[0].text).unwrap(),
            serde_json::json!(text)
        );
        assert_eq!(
            opened.row.message.verdict,
            Verdict::Relevant,
            "who answers has found it relevant"
        );
        assert!(matches!(
            dealing::judge(&case.site, &recruiter, id, Verdict::Pending).await,
            Err(Error::TooLate)
        ));
    }
);

on_both!(
    where_no_processor_may_carry_a_mail_none_is_written,
    &CAREERS.replacen(
        "[processor.mail]\nservice = \"mail\"\nentity = \"controller\"\npurposes = [\n  \"contact\",\n",
        "[processor.mail]\nservice = \"mail\"\nentity = \"controller\"\npurposes = [\n",
        1
    ),
    |case: Case| async move {
        let Collected::Complete(answers) = case.fill(&[]).await.unwrap() else {
            panic!()
        };
        let id: Id<Message> = arrival::submit(&case.site, *answers, Locale::Fr, Confirm::Yes)
            .await
            .unwrap();
        case.work().await;
        assert!(case.site.guard().demo_mails(10).await.unwrap().is_empty());
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        assert!(matches!(
            case.answer(&recruiter, id, "Bonjour").await,
            Err(Error::Refused(_))
        ));
        assert_eq!(case.count("contact_replies").await, 0);
    }
);
