//! Owns: how the site's backups stand, for the desk: when each kind was made last, and what went wrong since. Doesn't
//! own: making them.

use kernel::{Timestamp, words};
use serde::{Serialize, Serializer};
use storage::{PublicText, sql};

use crate::{Error, Guard};

words! {
    /// What is made, or tried.
    pub enum BackupKind {
        /// A backup of the data.
        Data = "data",
        /// A generation of the key store.
        Keys = "keys",
        /// A drill.
        Drill = "drill",
    }
}

words! {
    enum Outcome {
        Done = "done",
        Failed = "failed",
        Begun = "begun",
    }
}

/// How backups of a kind stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Last {
    /// What.
    pub kind: BackupKind,
    /// When one was made last.
    pub done_at: Option<Timestamp>,
    /// What went wrong since, and when: a backup that failed, a generation that is corrupt.
    pub failed: Option<(Timestamp, String)>,
}

/// How a site's backups stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupsState(pub Vec<Last>);

impl BackupsState {
    /// True when nothing went wrong since each kind was made last.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.0.iter().all(|last| last.failed.is_none())
    }
}

impl Guard {
    /// How the site's backups stand.
    ///
    /// # Errors
    /// The storage's.
    pub async fn backups_state(&self) -> Result<BackupsState, Error> {
        let rows = sql("SELECT kind, outcome, at, detail FROM backups")
            .all(&self.db)
            .await?;
        let mut state = Vec::new();
        for kind in [BackupKind::Data, BackupKind::Keys, BackupKind::Drill] {
            let mut last = Last {
                kind,
                done_at: None,
                failed: None,
            };
            for row in &rows {
                if row.get::<BackupKind, _>("kind")? != kind {
                    continue;
                }
                match row.get("outcome")? {
                    Outcome::Done => last.done_at = Some(row.get("at")?),
                    Outcome::Failed => {
                        let detail: PublicText = row.get("detail")?;
                        last.failed = Some((row.get("at")?, detail.into_string()));
                    }
                    Outcome::Begun => {}
                }
            }
            // What was made since is in order.
            last.failed = last
                .failed
                .filter(|(at, _)| last.done_at.is_none_or(|done| done < *at));
            state.push(last);
        }
        Ok(BackupsState(state))
    }

    /// Takes note of how it went; `detail` is an id, or an error's own words.
    pub(crate) async fn remember_backup(
        &self,
        kind: BackupKind,
        good: bool,
        detail: &str,
    ) -> Result<(), Error> {
        let outcome = if good { Outcome::Done } else { Outcome::Failed };
        let mut tx = self.begin().await?;
        sql(
            "INSERT INTO backups (kind, outcome, at, detail) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (kind, outcome) DO UPDATE SET at = excluded.at, detail = excluded.detail",
        )
        .bind(kind)
        .bind(outcome)
        .bind(self.now())
        .bind(PublicText::new(detail))
        .run(&mut tx)
        .await?;
        Ok(tx.commit().await?)
    }

    /// True when it is this process's turn to make what is due: the last one began before `before`.
    pub(super) async fn begins_backup(&self, kind: BackupKind, before: Timestamp) -> Result<bool, Error> {
        let mut tx = self.begin().await?;
        let turn = sql(
            "INSERT INTO backups (kind, outcome, at, detail) VALUES ($1, $2, $3, '') \
             ON CONFLICT (kind, outcome) DO UPDATE SET at = excluded.at WHERE backups.at <= $4",
        )
        .bind(kind)
        .bind(Outcome::Begun)
        .bind(self.now())
        .bind(before)
        .run(&mut tx)
        .await?;
        tx.commit().await?;
        Ok(turn == 1)
    }
}

/// A moment as RFC 3339.
pub(super) fn moment<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.rfc3339())
}
