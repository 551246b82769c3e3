//! Owns: what an application means for the pool when it arrives: it waits apart where the charter has it join, or where its
//! person agreed to stay. Doesn't own: the application, looking at what waits ([`super::entering`]).

use charter::Charter;
use guard::{Error, Guard, collect::Answers};
use kernel::{Id, Timestamp};
use storage::Tx;

use super::{
    model::Waiting,
    service::{is_apart, purpose},
    store::inbox,
};
use crate::applications::model::Application;

/// An application arrived, in its transaction.
///
/// # Errors
/// The storage's.
pub async fn arrived(
    tx: &mut Tx,
    charter: &Charter,
    application: &Application,
    answers: &Answers,
) -> Result<(), Error> {
    let Some(pool) = purpose(charter) else {
        return Ok(());
    };
    let agrees = answers.agrees_to(&pool.name);
    if agrees || is_apart(charter, &application.purpose) {
        let waiting = of(application, agrees.then_some(application.submitted_at));
        inbox::insert(tx, &waiting).await?;
    }
    Ok(())
}

/// What waits of an application.
pub(super) fn of(application: &Application, agreed_at: Option<Timestamp>) -> Waiting {
    Waiting {
        application: application.id,
        person: application.person,
        purpose: application.purpose.clone(),
        language: application.language,
        arrived_at: application.submitted_at,
        agreed_at,
        looked_at: None,
    }
}

/// An application was decided on, or withdrawn: nobody need look at it any more. Undone, somebody has to.
///
/// # Errors
/// The storage's.
pub async fn looked(tx: &mut Tx, guard: &Guard, id: Id<Application>, done: bool) -> Result<(), Error> {
    inbox::set_looked(tx, id, done.then(|| guard.now())).await?;
    Ok(())
}

/// After a restore: a yes that only waits may have been taken back since the backup was made, and no dossier of its own
/// tells. It is forgotten, so that its person is asked; an application is looked at all the same.
///
/// # Errors
/// The storage's.
pub async fn replay(guard: &Guard) -> Result<(), Error> {
    let mut tx = guard.begin().await?;
    inbox::forget_agreements(&mut tx).await?;
    Ok(tx.commit().await?)
}
