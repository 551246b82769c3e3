//! Owns: a message's path: the addressee's mailbox, out of it again, into the pool by hand. Doesn't own: what the pool does
//! with it then.

use super::*;
use kernel::Id;

/// A message that the webmaster addressed to the consultant.
async fn addressed(case: &Case, subject: &str) -> (guard::Actor, guard::Actor, Id<contact::model::Message>) {
    let consultant = case.recruiter().await;
    let webmaster = case.staff("webmaster", "w@cabinet.example").await;
    // Two who may be addressed, so that nobody is by rule.
    case.staff("consultant", "c3@cabinet.example").await;
    let id = case.write(subject).await;
    contact::dealing::address(&case.site, &webmaster, id, consultant.staff())
        .await
        .unwrap();
    (consultant, webmaster, id)
}

on_both!(
    a_relevant_message_goes_into_the_pool_by_hand_and_leaves_the_mailbox_at_once,
    AGENCY,
    |case: Case| async move {
        let (consultant, webmaster, message) = addressed(&case, "candidate").await;
        contact::service::open(&case.site, &consultant, message)
            .await
            .unwrap();
        let id = contact::mailbox::into_pool(&case.site, &consultant, message)
            .await
            .unwrap();
        let entry = case.entry(id).await.unwrap();
        assert_eq!(
            (entry.came, entry.source.as_str()),
            (Came::Message, "contact_form")
        );
        assert!(
            matches!(
                contact::service::open(&case.site, &consultant, message).await,
                Err(Error::NotFound)
            ),
            "D19: never kept in a mailbox, even relevant"
        );
        let original = contact::service::open(&case.site, &webmaster, message)
            .await
            .unwrap();
        assert_eq!(
            original.row.message.verdict,
            Verdict::Relevant,
            "D15: it stays in the back office"
        );
        assert!(original.steps.iter().any(|step| step.kind == StepKind::Emptied));
        assert!(matches!(
            contact::dealing::address(&case.site, &webmaster, message, consultant.staff()).await,
            Err(Error::TooLate)
        ));
        // The person is asked before anything else.
        case.work().await;
        assert_eq!(case.entry(id).await.unwrap().state, State::Asked);
        let opened = service::open(&case.site, &consultant, id).await.unwrap();
        assert!(opened.row.person.email.is_some());
    }
);

on_both!(
    a_clients_request_is_no_recruitment_of_theirs,
    AGENCY,
    |case: Case| async move {
        let (consultant, _, message) = addressed(&case, "recruiter").await;
        assert!(matches!(
            contact::mailbox::into_pool(&case.site, &consultant, message).await,
            Err(Error::TooLate)
        ));
    }
);

on_both!(
    what_was_judged_leaves_the_mailbox_within_the_hour,
    AGENCY,
    |case: Case| async move {
        let (consultant, webmaster, message) = addressed(&case, "candidate").await;
        contact::dealing::judge(&case.site, &consultant, message, Verdict::Relevant)
            .await
            .unwrap();
        case.clock.advance(3_599);
        case.work().await;
        assert!(
            contact::service::open(&case.site, &consultant, message)
                .await
                .is_ok()
        );
        case.clock.advance(1);
        case.work().await;
        assert!(matches!(
            contact::service::open(&case.site, &consultant, message).await,
            Err(Error::NotFound)
        ));
        assert!(
            contact::service::open(&case.site, &webmaster, message)
                .await
                .is_ok()
        );
    }
);

on_both!(
    what_was_reconsidered_stays_in_the_mailbox,
    AGENCY,
    |case: Case| async move {
        let (consultant, _, message) = addressed(&case, "candidate").await;
        contact::dealing::judge(&case.site, &consultant, message, Verdict::Relevant)
            .await
            .unwrap();
        contact::dealing::judge(&case.site, &consultant, message, Verdict::Pending)
            .await
            .unwrap();
        case.clock.advance(3_600);
        case.work().await;
        assert!(
            contact::service::open(&case.site, &consultant, message)
                .await
                .is_ok()
        );
    }
);

on_both!(
    a_copy_ends_with_its_source_and_is_mailed_to_nobody,
    AGENCY,
    |case: Case| async move {
        let (consultant, _, message) = addressed(&case, "candidate").await;
        case.work().await;
        assert!(
            case.site.guard().demo_mails(5).await.unwrap().is_empty(),
            "no mail carries it"
        );
        contact::dealing::judge(&case.site, &consultant, message, Verdict::Irrelevant)
            .await
            .unwrap();
        case.clock.advance(UNDO_SECONDS + 3_600);
        case.sweep().await;
        assert!(matches!(
            contact::service::open(&case.site, &consultant, message).await,
            Err(Error::NotFound)
        ));
    }
);

on_both!(
    where_the_charter_declares_no_mailbox_nothing_leaves_one,
    &AGENCY.replace("mode = \"mailbox\"", "mode = \"replica\""),
    |case: Case| async move {
        let (consultant, _, message) = addressed(&case, "candidate").await;
        contact::dealing::judge(&case.site, &consultant, message, Verdict::Relevant)
            .await
            .unwrap();
        case.clock.advance(3_600);
        case.work().await;
        let opened = contact::service::open(&case.site, &consultant, message).await;
        assert!(
            opened.is_ok(),
            "it is the copy's rule that ends it, not the program's"
        );
    }
);

on_both!(
    where_the_charter_has_nothing_wait_apart_only_a_yes_joins_the_inbox,
    &AGENCY.replace("mode = \"quarantine\"", "mode = \"replica\""),
    |case: Case| async move {
        case.apply(false).await;
        assert_eq!(case.count_inbox().await, 0);
        case.apply(true).await;
        assert_eq!(case.count_inbox().await, 1);
    }
);
