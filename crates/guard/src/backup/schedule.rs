//! Owns: backups by themselves, as the site's configuration asks: data, keys, and a drill, once in so long however many
//! processes serve the site. Doesn't own: making them.

use std::time::Duration;

use super::BackupKind;
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

/// Makes backups by plan until the process ends. What fails is told in the log and at the desk, and tried again with
/// the next turn.
pub async fn keep_up(guard: Guard, plan: Plan) {
    loop {
        if let Err(error) = Box::pin(guard.back_up_by(&plan)).await {
            tracing::error!(site = guard.name(), %error, "a backup failed");
        }
        tokio::time::sleep(LOOK).await;
    }
}

impl Guard {
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
        let keys = self.back_up_keys(&plan.keys).await.map(drop);
        // A drill on a backup that failed would tell of the one before.
        let drill = match data {
            Ok(()) => self.drill(&plan.to).await.map(drop),
            Err(_) => Ok(()),
        };
        data.and(keys).and(drill).map(|()| true)
    }
}
