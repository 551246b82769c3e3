//! Owns: that the report's counters follow an application's steps, in the transaction that makes them, and outlive it.
//! Doesn't own: which of them are shown (`figures`).

use super::*;

/// The counters as they stand: stage and number, none of whom is anybody.
async fn counted(case: &Case) -> Vec<(Stage, i64)> {
    let rows =
        sql("SELECT stage, CAST(SUM(number) AS BIGINT) AS number FROM application_figures GROUP BY stage");
    let rows = rows.all(case.site.guard().db()).await.unwrap();
    let mut counted: Vec<(Stage, i64)> = rows
        .iter()
        .map(|row| (row.get("stage").unwrap(), row.get("number").unwrap()))
        .filter(|(_, number)| *number != 0)
        .collect();
    counted.sort_by_key(|(stage, _)| Stage::ALL.iter().position(|one| one == stage));
    counted
}

async fn answered(case: &Case) -> i64 {
    let row = sql("SELECT CAST(COALESCE(SUM(number), 0) AS BIGINT) AS number FROM answer_figures");
    row.one(case.site.guard().db())
        .await
        .unwrap()
        .get("number")
        .unwrap()
}

on_both!(
    steps_are_counted_once_taken_back_and_kept_when_their_person_is_erased,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let (id, other) = (case.apply(None).await, case.apply(None).await);
        service::move_to(&case.site, &recruiter, id, Stage::InReview)
            .await
            .unwrap();
        assert_eq!(answered(&case).await, 0, "nobody was told anything");
        service::refuse(&case.site, &recruiter, id, Reason::Experience)
            .await
            .unwrap();
        assert_eq!(
            counted(&case).await,
            [(Stage::New, 2), (Stage::InReview, 1), (Stage::Refused, 1)]
        );
        assert_eq!(answered(&case).await, 1);
        service::undo_refusal(&case.site, &recruiter, id).await.unwrap();
        assert_eq!(
            counted(&case).await,
            [(Stage::New, 2), (Stage::InReview, 1)],
            "as if it hadn't been"
        );
        assert_eq!(answered(&case).await, 0);
        // One that can't be done counts nothing.
        let late = service::move_to(&case.site, &recruiter, id, Stage::Refused).await;
        assert!(matches!(late, Err(Error::TooLate)));
        own::withdraw(&case.site, &case.person(other).await, other)
            .await
            .unwrap();
        let before = counted(&case).await;
        assert_eq!(
            before,
            [(Stage::New, 2), (Stage::InReview, 1), (Stage::Withdrawn, 1)]
        );
        let person = case.person(id).await;
        case.site.guard().erase_own(&person).await.unwrap();
        case.work().await;
        assert_eq!(counted(&case).await, before, "what is erased stays counted");
    }
);
