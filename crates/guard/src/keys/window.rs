//! Owns: the window, after which nothing that was erased opens in any copy: generations that grow as old go in time, also
//! when none is made, and a canary measures it. Doesn't own: making and reading generations ([`super::generations`]).
//!
//! The canary is a key of nobody's. It is made, goes into a generation and is destroyed at once, like somebody's who is
//! erased in that very moment: as long as any generation opens it, whatever was destroyed with it opens too.

use std::collections::HashMap;

use gateway::store::Store;
use kernel::Timestamp;
use serde::Serialize;
use vault::{Checked, DossierId};

use super::generations::{MADE, generations, made_at, remove};
use crate::{
    Error, Guard,
    backup::{BackupError, BackupKind},
};

/// Where the charter says nothing: the most that any shipped one promises.
const DAYS: f64 = 7.0;
/// A generation goes so many seconds before its time, so that the promise holds between two looks as well.
const EARLY: i64 = 3_600;
/// What is looked at again without a reason, after so many seconds.
const LOOK: i64 = 3_600;
/// Canaries that are looked for: as many generations may have been made in a window.
const CANARIES: u32 = 500;

/// What a canary tells.
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    /// Of what opens in a generation and is destroyed, for how many seconds it has been; `None` when nothing does.
    pub still_opens: Option<i64>,
    /// The seconds that the charter promises.
    pub promised: i64,
}

impl Measured {
    /// Of these generations, by when each canary was destroyed; one without opens what was destroyed right after it was
    /// made.
    pub(super) fn of(
        opened: &[Checked],
        canaries: &HashMap<DossierId, Timestamp>,
        promised: i64,
        now: Timestamp,
    ) -> Self {
        let destroyed = opened.iter().map(|checked| {
            let seen = checked.seen.iter().filter_map(|canary| canaries.get(canary));
            *seen.min().unwrap_or(&checked.taken_at)
        });
        let destroyed = destroyed.min();
        Self {
            still_opens: destroyed.map(|at| (now.as_millis() - at.as_millis()) / 1_000),
            promised,
        }
    }

    /// Whether nothing opens that was destroyed longer ago than the charter promises.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.still_opens.is_none_or(|seconds| seconds <= self.promised)
    }

    /// In words.
    #[must_use]
    pub fn told(&self) -> String {
        let days = |seconds: i64| seconds / 86_400;
        match self.still_opens {
            None => "nothing that was destroyed opens in a generation".to_owned(),
            Some(seconds) => format!(
                "what was destroyed {} days ago still opens in a generation; the charter promises {} days",
                days(seconds),
                days(self.promised)
            ),
        }
    }
}

impl Guard {
    /// The charter's window, in seconds.
    pub(super) fn window(&self) -> i64 {
        let charter = self.charter();
        let window = charter.security().and_then(|security| security.backup_window);
        let days = window.map_or(DAYS, kernel::Duration::approximate_days);
        #[expect(clippy::cast_possible_truncation, reason = "days of a charter, in seconds")]
        let seconds = (days * 86_400.0) as i64;
        seconds
    }

    /// From when on a generation is young enough for the charter in force.
    pub(crate) fn window_start(&self) -> Timestamp {
        self.now().plus_seconds(-self.window())
    }

    /// A key of nobody's, to go into a generation.
    pub(super) async fn make_canary(&self) -> Result<DossierId, Error> {
        let canary = self.id();
        self.vault.make_keys(&[canary], &[]).await?;
        Ok(canary)
    }

    /// Destroys it: from now on only a copy opens it.
    pub(super) async fn end_canary(&self, canary: DossierId) -> Result<(), Error> {
        match self.vault.destroy(&[canary]).await {
            // Gone all the same, or, nobody's as it is, with the next sweep of orphans.
            Err(vault::Error::Store(storage::Error::Busy)) => Ok(()),
            ended => Ok(ended?),
        }
    }

    /// The canaries of the last generations, and when each was destroyed, as the ledger has them.
    pub(super) async fn canaries(&self) -> Result<HashMap<DossierId, Timestamp>, Error> {
        let rows = self.vault.last_ledger_rows(MADE, CANARIES).await?;
        let canary = |body: &str| -> Option<DossierId> {
            let body: serde_json::Value = serde_json::from_str(body).ok()?;
            body.get("canary")?.as_str()?.parse().ok()
        };
        Ok(rows
            .iter()
            .filter_map(|row| Some((canary(&row.entry.body)?, row.entry.at)))
            .collect())
    }

    /// Lets go of generations before they are as old as the charter's window. The last one only goes for a younger, which
    /// is made then: without any, a key store that is lost takes everything with it. Gives when to look again.
    ///
    /// # Errors
    /// [`BackupError`]; the vault's. What can't be made or removed is told at the desk.
    pub async fn keep_window(&self, target: &str) -> Result<Timestamp, Error> {
        let kept = Box::pin(self.end_old_generations(target)).await;
        if let Err(error) = &kept {
            self.remember_backup(BackupKind::Keys, false, &error.to_string())
                .await?;
        }
        kept
    }

    async fn end_old_generations(&self, target: &str) -> Result<Timestamp, Error> {
        let store = Store::at(target).map_err(BackupError::from)?;
        let window = self.window();
        let ends = |generation: &str| made_at(generation).plus_seconds(window - EARLY.min(window / 4));
        let mut found = generations(&store).await?;
        let newest = found.iter().find(|(_, verified)| *verified);
        if newest.is_some_and(|(newest, _)| ends(newest) <= self.now()) {
            self.back_up_keys(target).await?;
            found = generations(&store).await?;
        }
        let mut removed = 0;
        let mut next = self.now().plus_seconds(LOOK);
        for (generation, _) in &found {
            if ends(generation) <= self.now() {
                remove(&store, generation).await?;
                removed += 1;
            } else {
                next = next.min(ends(generation));
            }
        }
        if removed > 0 {
            let mut tx = self.begin().await?;
            let body = serde_json::json!({ "removed": removed });
            self.note(&mut tx, "keys_outlived", None, &body).await?;
            tx.commit().await?;
        }
        Ok(next)
    }

    /// Puts down what was measured, beside how many generations there are.
    pub(super) async fn note_window(&self, generations: usize, measured: &Measured) -> Result<(), Error> {
        let body = serde_json::json!({
            "generations": generations, "still_opens": measured.still_opens, "promised": measured.promised,
        });
        let mut tx = self.begin().await?;
        self.note(&mut tx, "keys_verified", None, &body).await?;
        Ok(tx.commit().await?)
    }
}
