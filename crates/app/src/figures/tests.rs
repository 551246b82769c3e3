//! Owns: which cells are withheld, and that the counters follow what happens on both engines. Doesn't own: the page.

use proptest::prelude::*;

use super::model::{Waited, is_first_answer, last_months, shown};
use crate::applications::model::Stage;
use kernel::Date;

#[test]
fn a_figure_below_five_is_withheld_with_another() {
    assert_eq!(shown(&[0, 7, 120]), [Some(0), Some(7), Some(120)]);
    assert_eq!(
        shown(&[3, 7, 120]),
        [None, None, Some(120)],
        "120 + 7 from the sum would give the 3"
    );
    assert_eq!(
        shown(&[1, 1, 9, 20]),
        [None, None, None, Some(20)],
        "two that are known to be 2 in all are each 1"
    );
    assert_eq!(shown(&[0, 4, 0]), [None, None, None]);
}

proptest! {
    #[test]
    fn no_subtraction_gives_a_small_figure_back(cells in prop::collection::vec(0i64..40, 1..14)) {
        let shown = shown(&cells);
        let withheld: Vec<i64> = cells.iter().zip(&shown).filter(|(_, shown)| shown.is_none()).map(|(cell, _)| *cell).collect();
        prop_assert!(shown.iter().flatten().all(|cell| !(1..5).contains(cell)));
        prop_assert!(cells.iter().zip(&shown).all(|(cell, shown)| shown.is_none_or(|shown| shown == *cell)));
        let all = withheld.len() == cells.len();
        prop_assert!(withheld.is_empty() || all || (withheld.len() > 1 && withheld.iter().sum::<i64>() >= 5), "{:?}", withheld);
    }
}

#[test]
fn months_go_back_over_the_year_and_days_fall_into_their_class() {
    let months = last_months(Date::parse("2026-02-28").unwrap());
    assert_eq!(
        (months.len(), &*months[0], &*months[2], &*months[11]),
        (12, "2026-02", "2025-12", "2025-03")
    );
    let sent = Date::parse("2026-01-31").unwrap();
    let after = |days| Waited::between(sent, sent.plus_days(days));
    assert_eq!(
        [0, 2, 3, 7, 8, 14, 15, 30, 31].map(after),
        [
            Waited::TwoDays,
            Waited::TwoDays,
            Waited::Week,
            Waited::Week,
            Waited::TwoWeeks,
            Waited::TwoWeeks,
            Waited::Month,
            Waited::Month,
            Waited::Longer,
        ]
    );
    assert!(
        is_first_answer(Stage::New, Stage::Refused) && is_first_answer(Stage::InReview, Stage::Interview)
    );
    assert!(
        !is_first_answer(Stage::Interview, Stage::Refused) && !is_first_answer(Stage::New, Stage::Withdrawn)
    );
}
