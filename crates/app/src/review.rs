//! Owns: the reviews that a charter promises: how often somebody goes through what nobody has judged, and what is due for
//! one. Doesn't own: what is judged (the capabilities).

use charter::{Charter, PurposeKind};
use guard::Guard;
use kernel::{Duration, Timestamp};

/// How often the charter has somebody go through what is kept for those purposes, at the least.
pub(crate) fn period(charter: &Charter, kinds: &[PurposeKind]) -> Option<Duration> {
    kinds
        .iter()
        .flat_map(|kind| charter.purposes_of(*kind))
        .flat_map(|purpose| charter.clocks(&purpose.name))
        .filter_map(|retention| retention.review)
        .min_by_key(|period| days(*period))
}

/// What was sent before is due for a review.
pub(crate) fn sent_before(guard: &Guard, kinds: &[PurposeKind]) -> Option<Timestamp> {
    let period = period(&guard.charter(), kinds)?;
    Some(days_ago(guard, period))
}

/// The midnight with which the day so long ago began, months at their longest.
pub(crate) fn days_ago(guard: &Guard, period: Duration) -> Timestamp {
    let today = guard.now().date(guard.zone());
    today.plus_days(-days(period)).start(guard.zone())
}

/// A period in days, months at their longest: a review looks back over days.
fn days(period: Duration) -> i32 {
    let (years, months, weeks, days, seconds) = period.parts();
    i32::from(years) * 366 + i32::from(months) * 31 + i32::from(weeks) * 7 + days + i32::from(seconds > 0)
}
