//! Owns: that the desk's lists show every row once, page by page, whatever moment they share. Doesn't own: the links
//! from page to page.

use kernel::Cursor;

use super::*;
use crate::vacancies;

/// Reads a list to its end in pages of two; gives each page's length, and the ids in the order they came.
async fn leaf<T>(
    page: impl AsyncFn(Option<Cursor>) -> kernel::Page<T>,
    id: impl Fn(&T) -> String,
) -> (Vec<usize>, Vec<String>) {
    let (mut lengths, mut ids, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let found = page(after).await;
        lengths.push(found.rows.len());
        ids.extend(found.rows.iter().map(&id));
        match found.next {
            Some(next) => after = Some(next),
            None => return (lengths, ids),
        }
    }
}

on_both!(
    applications_of_one_moment_are_each_on_one_page,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let mut sent = Vec::new();
        // Two before, three at once, two after.
        for pause in [5, 5, 0, 0, 5, 5, 5] {
            case.clock.advance(pause);
            sent.push(case.apply(None).await);
        }
        let page = async |after: Option<Cursor>| {
            service::list(&case.site, &recruiter, &Wanted::default(), after.as_ref(), 2)
                .await
                .unwrap()
        };
        let (lengths, seen) = leaf(page, |row| row.application.id.to_string()).await;
        assert_eq!(lengths, [2, 2, 2, 1]);
        let mut expected: Vec<String> = sent.iter().map(ToString::to_string).collect();
        // Newest first; of one moment, the greater id first.
        expected[1..4].sort_unstable();
        expected.reverse();
        assert_eq!(seen, expected);
    }
);

on_both!(
    vacancies_of_one_moment_are_each_on_one_page,
    CAREERS,
    |case: Case| async move {
        let recruiter = case.staff("recruiter", "r@groupe.example").await;
        let mut written = Vec::new();
        for pause in [5, 5, 0, 0, 5] {
            case.clock.advance(pause);
            written.push(case.vacancy(&recruiter).await.id.to_string());
        }
        let guard = case.site.guard();
        for state in [None, Some(vacancies::model::State::Published)] {
            let page = async |after: Option<Cursor>| {
                vacancies::service::list(guard, &recruiter, state, after.as_ref(), 2)
                    .await
                    .unwrap()
            };
            let (lengths, seen) = leaf(page, |vacancy| vacancy.id.to_string()).await;
            assert_eq!(lengths, [2, 2, 1]);
            let mut expected = written.clone();
            expected[1..4].sort_unstable();
            expected.reverse();
            assert_eq!(seen, expected);
        }
    }
);
