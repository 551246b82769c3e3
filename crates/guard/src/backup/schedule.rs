//! Owns: backups by themselves, as the site's configuration asks: data, keys, and a drill, once in so long however many
//! processes serve the site; in between a copy of what changed, where the charter promises one that is made together with
//! the original; that the data are looked over whole each week; and that no generation of the keys outlives the charter's
//! window, however seldom they are made. Doesn't own: making them.

use std::{sync::Arc, time::Duration};

use charter::{Charter, Service, render::Backups};
use gateway::store::Store;
use kernel::Timestamp;

use super::{
    BackupKind, BackupsState,
    create::{Occasion, keeper},
};
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
const LOOK: Duration = Duration::from_secs(15);
/// After a copy of what changed there is rest for so many times as long as it took, so that a tenth of the time at most is
/// spent on them; and never for longer than so many seconds, within which the charter's "at once" is
/// (`charter::check::words`).
const REST: (i64, i64) = (10, 3_600);
/// What no backup names any more is removed after so many copies, and with each turn.
const CLEARED: u32 = 60;
/// Every byte of the data's target is read once in so many seconds.
const LOOKED_OVER: i64 = 7 * 86_400;
/// What failed with the old generations is tried again after so many seconds.
const AGAIN: i64 = 600;

/// Makes backups by plan until the process ends. What fails is told in the log and at the desk, and tried again with
/// the next turn.
pub async fn keep_up(guard: Guard, plan: Plan) {
    guard.plan.store(Some(Arc::new(plan.clone())));
    let mut window_at = guard.now();
    let mut copies = Copies::default();
    loop {
        if let Err(error) = Box::pin(guard.back_up_by(&plan)).await {
            tracing::error!(site = guard.name(), %error, "a backup failed");
        }
        if let Err(error) = Box::pin(guard.copy_changes(&plan, &mut copies)).await {
            tracing::error!(site = guard.name(), %error, "a copy of what changed failed");
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

/// What this process knows of its copies of what changed.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// The changes that the last one found: `None` until there was one.
    seen: Option<u64>,
    /// Whether the keys lie there that the data take.
    has_keys: bool,
    rest_until: Option<Timestamp>,
    /// How many were made since the target was cleared.
    uncleared: u32,
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
        let mut backups = Backups {
            at: at?.name.clone(),
            every: Some(plan.every),
        };
        if charter
            .copies()
            .iter()
            .any(|copy| copy.lag.is_none() && backups.are(copy))
        {
            backups.every = None;
        }
        Some(backups)
    }

    /// Copies data and keys to where they go, where the charter promises that together with the original and anything has
    /// changed; gives whether it did. A copy without the keys of today opens nothing of today's.
    ///
    /// # Errors
    /// The first that failed; it is tried again.
    pub(super) async fn copy_changes(&self, plan: &Plan, copies: &mut Copies) -> Result<bool, Error> {
        let backups = self.backups_under(&self.charter());
        let begun = self.now();
        // Before anything is read: what is written meanwhile is copied with the next.
        let changes = self.db.changes();
        if backups.is_none_or(|backups| backups.every.is_some())
            || copies.seen == Some(changes)
            || copies.rest_until.is_some_and(|until| begun < until)
        {
            return Ok(false);
        }
        let copied = Box::pin(self.copy_now(plan, copies)).await;
        if copied.is_ok() {
            copies.seen = Some(changes);
        }
        let (times, most) = REST;
        let took = (self.now().as_millis() - begun.as_millis()) / 1_000;
        copies.rest_until = Some(self.now().plus_seconds((took * times).min(most)));
        copied
    }

    async fn copy_now(&self, plan: &Plan, copies: &mut Copies) -> Result<bool, Error> {
        let is_new = self.back_up_on(Occasion::Changed, &plan.to).await?.is_some();
        copies.uncleared += u32::from(is_new);
        copies.has_keys &= !is_new;
        if !copies.has_keys {
            self.back_up_keys_on(Occasion::Changed, &plan.keys).await?;
            copies.has_keys = true;
        }
        if copies.uncleared >= CLEARED {
            self.clear_backups(&plan.to).await?;
            copies.uncleared = 0;
        }
        Ok(is_new)
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
        let data = self.back_up_on(Occasion::Due, &plan.to).await.map(drop);
        let keys = match self.back_up_keys_on(Occasion::Due, &plan.keys).await {
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
        let cleared = match data {
            Ok(()) => self.clear_backups(&plan.to).await.map(drop),
            Err(_) => Ok(()),
        };
        data.and(keys).and(drill).and(looked).and(cleared).map(|()| true)
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
