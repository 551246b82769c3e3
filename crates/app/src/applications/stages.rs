//! Owns: an application's way from stage to stage, in the transaction that causes it: its row, the counters, and a refusal
//! taken back. Doesn't own: who may move it and when ([`super::service`], [`super::own`]).

use charter::Trigger;
use guard::{Error, Guard};
use kernel::Timestamp;
use storage::Tx;

use super::{
    model::{Application, Stage, Step},
    store,
};
use crate::{figures::service as figures, pool};

/// Moves it to another stage, and counts that it arrived there.
///
/// # Errors
/// [`Error::TooLate`] when it isn't where it was any more.
pub(super) async fn change_stage(
    guard: &Guard,
    tx: &mut Tx,
    application: &Application,
    to: Stage,
    now: Timestamp,
) -> Result<(), Error> {
    put_at(tx, application, to, now).await?;
    figures::arrived(tx, guard, application, to, now).await
}

async fn put_at(tx: &mut Tx, application: &Application, to: Stage, at: Timestamp) -> Result<(), Error> {
    match store::move_stage(tx, application.id, application.stage, to, at).await? {
        0 => Err(Error::TooLate),
        _ => Ok(()),
    }
}

/// Puts a refused application back to the stage before.
pub(super) async fn unrefuse(guard: &Guard, tx: &mut Tx, application: &Application) -> Result<(), Error> {
    store::remove_last_step(tx, application.id, Stage::Refused).await?;
    let before = store::last_step(tx, application.id).await?.unwrap_or(Step {
        stage: Stage::New,
        at: application.submitted_at,
        staff: None,
    });
    put_at(tx, application, before.stage, before.at).await?;
    figures::taken_back(tx, guard, application, before.stage).await?;
    pool::arrival::looked(tx, guard, application.id, false).await?;
    for event in [Trigger::Decision, Trigger::JudgedIrrelevant] {
        guard.unhappened(tx, application.dossier(), event).await?;
    }
    guard
        .unhappened(tx, application.dossier(), Trigger::ProcessEnd)
        .await
}
