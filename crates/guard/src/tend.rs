//! Owns: what has to happen by itself, and is the same for every site: setting clocks anew after a version that keeps
//! things for another time, sequencing the ledger, folding access records, sweeping what a failed form left, asking
//! before the end and sweeping what is due, dropping ended sessions. Doesn't own: how each of these is done.

use std::{collections::HashSet, time::Duration};

use kernel::Id;
use storage::{PublicText, sql};
use vault::{DossierId, SealedFile};

use crate::{Error, Guard};

/// A key without a dossier's row is an orphan after so many seconds: its form was never filed.
const ORPHAN_SECONDS: i64 = 3_600;

/// Tends the site until the process ends.
pub async fn tend(guard: Guard) {
    let mut round = 0u64;
    loop {
        let done = guard.tend_once(round.is_multiple_of(60)).await;
        let rest = match done {
            Ok(()) => Duration::from_secs(1),
            Err(error) => {
                tracing::warn!(site = guard.name(), %error, "tending the site failed; trying again");
                Duration::from_secs(5)
            }
        };
        round += 1;
        tokio::time::sleep(rest).await;
    }
}

impl Guard {
    /// One round; `all` takes the slower part as well.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn tend_once(&self, all: bool) -> Result<(), Error> {
        while self.sequence_ledger().await? > 0 {}
        while self.move_clocks().await? > 0 {}
        if all {
            self.vault.expire_keys();
            while self.fold_access().await? > 0 {}
            while self.sweep_orphans().await? > 0 {}
            while self.ask_renewals().await? > 0 {}
            self.sweep(self.now()).await?;
            self.end_access_records().await?;
            self.close_notices().await?;
            self.vault.end_suppressions().await?;
            let mut tx = self.begin().await?;
            self.drop_ended(&mut tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Destroys the keys of forms that were never filed, with the files they brought; gives how many were looked at.
    /// A key is looked at once: those with a dossier are marked as settled, after whatever a killed or doubled sending
    /// of the same form left beside the dossier's own files is removed.
    ///
    /// # Errors
    /// The storage's and the vault's.
    pub async fn sweep_orphans(&self) -> Result<usize, Error> {
        let before = self.now().plus_seconds(-ORPHAN_SECONDS);
        self.files.clear_incoming(before).await?;
        let unsettled = self.vault.unsettled(before, 500).await?;
        if unsettled.is_empty() {
            return Ok(0);
        }
        let filed = self.dossiers(&unsettled).await?;
        let (settled, orphans): (Vec<_>, Vec<_>) = unsettled
            .iter()
            .copied()
            .partition(|dossier| filed.contains_key(dossier));
        // The key first: a form taken up again meanwhile has renewed its own, and keeps its files.
        let gone = self.vault.destroy_orphans(&orphans, before).await?;
        for dossier in &gone {
            self.files.remove_all(*dossier).await?;
        }
        self.sweep_beside(&settled).await?;
        self.vault.settle(&[settled, gone].concat()).await?;
        Ok(unsettled.len())
    }

    /// Removes files that no row names from dossiers that are filed. A dossier is given its files when it is filed, so
    /// none of these can still get its row.
    async fn sweep_beside(&self, filed: &[DossierId]) -> Result<(), Error> {
        if filed.is_empty() {
            return Ok(());
        }
        let rows = sql("SELECT id FROM files WHERE dossier IN ($list)")
            .bind_list(filed.iter().copied())
            .all(&self.db)
            .await?;
        let named: HashSet<Id<SealedFile>> =
            rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?;
        for dossier in filed {
            for file in self.files.list(*dossier).await? {
                if !named.contains(&file) {
                    self.files.remove(*dossier, file)?;
                }
            }
        }
        Ok(())
    }

    /// How many jobs were given up and wait for a human, by kind.
    ///
    /// # Errors
    /// The storage's.
    pub async fn failed_jobs(&self) -> Result<Vec<(String, i64)>, Error> {
        let rows =
            sql("SELECT kind, COUNT(*) AS count FROM jobs WHERE state = $1 GROUP BY kind ORDER BY kind")
                .bind(platform::jobs::State::Failed)
                .all(&self.db)
                .await?;
        rows.iter()
            .map(|row| Ok((row.get::<PublicText, _>("kind")?.into_string(), row.get("count")?)))
            .collect()
    }
}
