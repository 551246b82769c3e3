//! Owns: how many messages wait for the review that a charter promises. Doesn't own: when one is due ([`crate::review`]),
//! judging them ([`super::dealing`]).

use guard::{Actor, Error, Guard};

use super::{
    service::{PURPOSES, on_duty, permit, sight},
    store,
};
use crate::review::sent_before;

/// Counting what waits stops here: a number beyond it says no more.
const MOST_COUNTED: u32 = 100;

/// How many messages wait for the review that the charter promises: older than its period, and nobody has said what
/// they are worth. `None` when the charter has no review, or the actor doesn't deal with messages; at most a hundred.
///
/// # Errors
/// The storage's.
pub async fn waiting(guard: &Guard, actor: &Actor) -> Result<Option<u64>, Error> {
    let (Ok(permit), Ok(_), Some(before)) = (
        permit(guard, actor),
        on_duty(guard, actor),
        sent_before(guard, &PURPOSES),
    ) else {
        return Ok(None);
    };
    let sight = sight(&permit, actor);
    let count = store::count_unjudged(guard.db(), &sight, before, MOST_COUNTED).await?;
    Ok(Some(count))
}
