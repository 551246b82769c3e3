//! Owns: what a figure counts, and which cells are withheld. Pure. Doesn't own: their rows.

use kernel::{Date, Timestamp, Zone, words};

use crate::applications::model::Stage;

/// A cell that counts fewer people than this might tell of one of them (DESIGN, Statistics).
const FEW: i64 = 5;

words! {
    /// How long somebody waited for the first answer that they were told.
    pub enum Waited {
        /// At most two days.
        TwoDays = "p2d",
        /// At most a week.
        Week = "p7d",
        /// At most two weeks.
        TwoWeeks = "p14d",
        /// At most a month of thirty days.
        Month = "p30d",
        /// Longer.
        Longer = "longer",
    }
}

impl Waited {
    /// In days of the calendar.
    pub(crate) fn between(sent: Date, answered: Date) -> Self {
        match answered.days_since(sent) {
            ..=2 => Self::TwoDays,
            3..=7 => Self::Week,
            8..=14 => Self::TwoWeeks,
            15..=30 => Self::Month,
            _ => Self::Longer,
        }
    }
}

/// Whether going from one stage to another is the first answer that the person is told.
pub(crate) fn is_first_answer(from: Stage, to: Stage) -> bool {
    matches!(from, Stage::New | Stage::InReview)
        && matches!(
            to,
            Stage::Interview | Stage::Offer | Stage::Hired | Stage::Refused
        )
}

/// The month of a moment, where the site is: `2026-11`.
pub(crate) fn month_of(at: Timestamp, zone: &Zone) -> String {
    let (year, month, _) = at.date(zone).parts();
    format!("{year:04}-{month:02}")
}

/// The last twelve months, this one included, newest first.
pub(crate) fn last_months(today: Date) -> Vec<String> {
    let (year, month, _) = today.parts();
    let count = i32::from(year) * 12 + i32::from(month) - 1;
    (0..12)
        .map(|back| format!("{:04}-{:02}", (count - back) / 12, (count - back) % 12 + 1))
        .collect()
}

/// What is shown of cells whose sum may be known: those that count few are withheld, and as many others, the smallest
/// first, that no subtraction gives one of them back.
pub(crate) fn shown(cells: &[i64]) -> Vec<Option<i64>> {
    let mut shown: Vec<Option<i64>> = cells
        .iter()
        .map(|cell| Some(*cell).filter(|cell| !(1..FEW).contains(cell)))
        .collect();
    loop {
        let withheld = cells.iter().zip(&shown).filter(|(_, shown)| shown.is_none());
        let (count, sum) = withheld.fold((0, 0), |(count, sum), (cell, _)| (count + 1, sum + cell));
        if count == 0 || (count > 1 && sum >= FEW) {
            return shown;
        }
        let smallest = (0..cells.len())
            .filter(|at| shown[*at].is_some_and(|cell| cell > 0))
            .min_by_key(|at| cells[*at]);
        match smallest {
            Some(at) => shown[at] = None,
            // Nothing else is there to stand beside it: neither is the nothing shown.
            None => return vec![None; cells.len()],
        }
    }
}
