//! Owns: backups by themselves, as the site's configuration asks: data, keys, and a drill, once in so long however many
//! processes serve the site; that the data are looked over whole each week; and that no generation of the keys outlives the
//! charter's window, however seldom they are made. Doesn't own: making them.

use std::{sync::Arc, time::Duration};

use charter::{Charter, Service, render::Backups};
use gateway::store::Store;

use super::{BackupKind, BackupsState, create::keeper};
use crate::{Error, Guard};

/// What the site's configuration asks.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where the data go.
    pub to: String,
    /// Where the key store goes: apart.
    pub keys: String,
    /// How often.
    pub every: kernel::Duration,
}

/// Between two looks at whether something is due.
const LOOK: Duration = Duration::from_secs(60);
/// Every byte of the data's target is read once in so many seconds.
const LOOKED_OVER: i64 = 7 * 86_400;
/// What failed with the old generations is tried again after so many seconds.
const AGAIN: i64 = 600;

/// Makes backups by plan until the process ends. What fails is told in the log and at the desk, and tried again with
/// the next turn.
pub async fn keep_up(guard: Guard, plan: Plan) {
    guard.plan.store(Some(Arc::new(plan.clone())));
    let mut window_at = guard.now();
    loop {
        if let Err(error) = Box::pin(guard.back_up_by(&plan)).await {
            tracing::error!(site = guard.name(), %error, "a backup failed");
        }
        if window_at <= guard.now() {
            let next = Box::pin(guard.keep_window(&plan.keys)).await;
            if let Err(error) = &next {
                tracing::error!(site = guard.name(), %error, "old generations of the keys couldn't be let go");
            }
            window_at = next.unwrap_or_else(|_| guard.now().plus_seconds(AGAIN));
        }
        tokio::time::sleep(LOOK).await;
    }
}

impl Guard {
    /// Where the backups go that this process makes by itself, and how often; `None` when it makes none.
    #[must_use]
    pub fn backups_under(&self, charter: &Charter) -> Option<Backups> {
        let plan = self.plan.load_full()?;
        let mut processors = charter.processors().iter();
        let at = match Store::is_outside(&plan.to) {
            true => keeper(charter),
            false => processors.find(|one| one.service == Service::Hosting),
        };
        Some(Backups {
            at: at?.name.clone(),
            every: plan.every,
        })
    }

    /// Makes what is due; gives whether anything was.
    ///
    /// # Errors
    /// The first that failed; the others are tried all the same.
    pub async fn back_up_by(&self, plan: &Plan) -> Result<bool, Error> {
        let days = plan.every.approximate_days();
        #[expect(
            clippy::cast_possible_truncation,
            reason = "days of a backup's plan, in seconds"
        )]
        let before = self.now().plus_seconds(-((days * 86_400.0) as i64));
        if !self.begins_backup(BackupKind::Data, before).await? {
            return Ok(false);
        }
        let data = self.back_up(&plan.to).await.map(drop);
        let keys = match self.back_up_keys(&plan.keys).await {
            // The one before is looked over as well, and what the canary tells is put down.
            Ok(_) => Box::pin(self.verify_keys(&plan.keys)).await.map(drop),
            Err(error) => Err(error),
        };
        // A drill on a backup that failed would tell of the one before.
        let drill = match data {
            Ok(()) => self.drill(&plan.to).await.map(drop),
            Err(_) => Ok(()),
        };
        let looked = match self.is_to_be_looked_over().await {
            // What is wrong with it is told at the desk.
            Ok(true) => Box::pin(self.verify_backups(&plan.to)).await.map(drop),
            not => not.map(drop),
        };
        data.and(keys).and(drill).and(looked).map(|()| true)
    }

    /// Whether the data's target wasn't looked over for a week: that reads every byte of it, and a drill only some.
    async fn is_to_be_looked_over(&self) -> Result<bool, Error> {
        let BackupsState(kinds) = self.backups_state().await?;
        let data = kinds.iter().find(|last| last.kind == BackupKind::Data);
        let before = self.now().plus_seconds(-LOOKED_OVER);
        Ok(data
            .and_then(|data| data.looked_at)
            .is_none_or(|looked_at| looked_at <= before))
    }
}
