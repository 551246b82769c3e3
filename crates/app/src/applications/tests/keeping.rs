//! Owns: how an application ends on both engines: asked about and answered, swept when its time has come, erased when its
//! person wants it, with every row, file, mail and look-up of theirs and of nobody else. Doesn't own: the clocks and the
//! order of erasing (`guard::keep`).

use guard::keep::renew::Answer;

use super::*;

const DAY: i64 = 86_400;

/// How many rows each table has that bears something of a person.
async fn rows(case: &Case) -> Vec<(&'static str, i64)> {
    let mut counted = Vec::new();
    let holdings = case.site.guard().holdings();
    for table in holdings.iter().flat_map(|holdings| holdings.tables) {
        if !table.ends.is_empty() {
            let row = sql("SELECT COUNT(*) AS count FROM ")
                .then(table.name)
                .one(case.site.guard().db())
                .await
                .unwrap();
            counted.push((table.name, row.get("count").unwrap()));
        }
    }
    counted
}

on_both!(
    everything_of_a_person_goes_when_they_want_it_and_nothing_of_others,
    CAREERS,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let stays = case.apply_with(None, &[("email", "other@people.example")]).await;
        service::move_to(&case.site, &recruiter, stays, Stage::InReview)
            .await
            .unwrap();
        service::open(&case.site, &recruiter, stays).await.unwrap();
        case.work().await;
        guard.tend_once(true).await.unwrap();
        let (before, files) = (rows(&case).await, files_under(&case.folder));
        let id = case.apply(None).await;
        let actor = case.person(id).await;
        let also = case.apply(None).await;
        guard
            .join(&actor, guard.duplicates(&actor).await.unwrap()[0])
            .await
            .unwrap();
        let actor = case.person(id).await;
        service::open(&case.site, &recruiter, id).await.unwrap();
        // A refusal waits to be told: it is withdrawn with everything else.
        service::refuse(&case.site, &recruiter, also, Reason::Terms)
            .await
            .unwrap();
        assert!(files_under(&case.folder) > files);

        let erasures = guard.erase_own(&actor).await.unwrap();
        assert_eq!(erasures.len(), 2, "whoever is joined goes too");
        case.work().await;
        for erasure in erasures {
            let done = guard.erasure(erasure).await.unwrap();
            assert!(done.done_at.is_some());
            assert_eq!((done.so_far.erased, done.so_far.kept), (2, 0));
        }
        guard.tend_once(true).await.unwrap();
        assert_eq!(
            rows(&case).await,
            before,
            "what was there before is there, and nothing else"
        );
        assert_eq!(files_under(&case.folder), files);
        assert!(matches!(
            service::open(&case.site, &recruiter, id).await,
            Err(Error::NotFound)
        ));
        assert!(
            guard
                .find_people("elise.vvtoken0001@people.example")
                .await
                .unwrap()
                .is_empty()
        );
        service::open(&case.site, &recruiter, stays).await.unwrap();
        case.clock.advance(2 * UNDO_SECONDS);
        case.work().await;
        assert_eq!(
            case.mails().await,
            [MailState::Kept],
            "no mail of theirs leaves any more"
        );
    }
);

on_both!(
    a_question_is_mailed_once_in_its_month_and_silence_ends_it,
    AGENCY,
    |case: Case| async move {
        let guard = case.site.guard().clone();
        let id = case.apply(None).await;
        let silent = case.apply_with(None, &[("email", "other@people.example")]).await;
        case.work().await;
        let mails = || async { guard.demo_mails(10).await.unwrap() };
        let day = |days: i64| {
            case.clock.advance(days * DAY);
            let guard = guard.clone();
            async move { guard.tend_once(true).await.unwrap() }
        };
        day(364).await;
        case.work().await;
        assert_eq!(mails().await.len(), 2, "the confirmations");
        day(2).await;
        case.work().await;
        day(1).await;
        case.work().await;
        let asked = mails().await;
        assert_eq!(asked.len(), 4, "one question each, and no second one");
        let body = |nth: usize| {
            serde_json::to_value(&asked[nth].body)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        };
        let mine =
            (0..2).find(|nth| serde_json::to_value(&asked[*nth].to).unwrap() != "other@people.example");
        let body = body(mine.unwrap());
        let token = body
            .split("/renew/")
            .nth(1)
            .unwrap()
            .split_whitespace()
            .next()
            .unwrap();
        assert!(!body.contains("Vvtoken0001"), "names nobody: {body}");
        let answered = guard.answer_renewal(token, Answer::Keep).await.unwrap();
        assert!(answered.until.unwrap().at > guard.now().plus_seconds(380 * DAY));
        day(31).await;
        case.work().await;
        let recruiter = case.staff("consultant", "c@cabinet.example").await;
        service::open(&case.site, &recruiter, id).await.unwrap();
        assert!(
            matches!(
                service::open(&case.site, &recruiter, silent).await,
                Err(Error::NotFound)
            ),
            "silence ended it"
        );
    }
);
