//! Owns: the review that a charter promises: which messages nobody has judged for longer than its period. Doesn't own:
//! judging them ([`super::dealing`]).

use charter::Charter;
use guard::{Actor, Error, Guard};
use kernel::{Duration, Timestamp};

use super::{
    service::{PURPOSES, on_duty, permit, sight},
    store,
};

/// Counting what waits stops here: a number beyond it says no more.
const MOST_COUNTED: u32 = 100;

/// How many messages wait for the review that the charter promises: older than its period, and nobody has said what
/// they are worth. `None` when the charter has no review, or the actor doesn't deal with messages; at most a hundred.
///
/// # Errors
/// The storage's.
pub async fn waiting(guard: &Guard, actor: &Actor) -> Result<Option<u64>, Error> {
    let (Ok(permit), Ok(_), Some(before)) = (permit(guard, actor), on_duty(guard, actor), sent_before(guard))
    else {
        return Ok(None);
    };
    let sight = sight(&permit, actor);
    let count = store::count_unjudged(guard.db(), &sight, before, MOST_COUNTED).await?;
    Ok(Some(count))
}

/// How often the charter has somebody go through the messages, at the least.
pub(super) fn period(charter: &Charter) -> Option<Duration> {
    PURPOSES
        .iter()
        .flat_map(|kind| charter.purposes_of(*kind))
        .flat_map(|purpose| charter.clocks(&purpose.name))
        .filter_map(|retention| retention.review)
        .min_by_key(|period| days(*period))
}

/// What was sent before is due for a review.
pub(super) fn sent_before(guard: &Guard) -> Option<Timestamp> {
    let period = period(&guard.charter())?;
    let today = guard.now().date(guard.zone());
    Some(today.plus_days(-days(period)).start(guard.zone()))
}

/// A period in days, months at their longest: a review looks back over days.
fn days(period: Duration) -> i32 {
    let (years, months, weeks, days, seconds) = period.parts();
    i32::from(years) * 366 + i32::from(months) * 31 + i32::from(weeks) * 7 + days + i32::from(seconds > 0)
}
