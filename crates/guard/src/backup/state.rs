//! Owns: how the site's backups stand, for the desk: when each kind was made and looked over last, and what went wrong
//! since. Doesn't own: making them, looking them over.

use kernel::{Timestamp, words};
use serde::{Deserialize, Serialize, Serializer};
use storage::{PublicText, Row, sql};

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
        /// Looked over, and whole.
        Whole = "whole",
        /// Looked over, and something is wrong with it.
        Flawed = "flawed",
    }
}

/// What looking over a target found wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damage {
    /// The first place: an object of the target, a generation; empty where there is none at all.
    pub place: String,
    /// What is wrong there, in the program's own words.
    pub problem: String,
    /// How many other places there are.
    pub more: usize,
    /// The older generation of the key store that serves instead.
    pub serves: Option<String>,
}

/// How backups of a kind stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Last {
    /// What.
    pub kind: BackupKind,
    /// When one was made last.
    pub done_at: Option<Timestamp>,
    /// What went wrong since, and when, in the program's own words.
    pub failed: Option<(Timestamp, String)>,
    /// When the target was looked over last, whatever was found.
    pub looked_at: Option<Timestamp>,
    /// What was found wrong there, and when. A later look that finds all in order ends it; so does a generation of the
    /// key store made since, which was read back, while a backup made since stands on what is there.
    pub damage: Option<(Timestamp, Damage)>,
    /// Whether it is older than the charter's `backup_window`: of generations of the key store, which until the next one
    /// hold keys that were destroyed since.
    pub is_outdated: bool,
}

/// How a site's backups stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupsState(pub Vec<Last>);

impl BackupsState {
    /// True when nothing went wrong since each kind was made last, and nothing was found wrong.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.0.iter().all(Last::is_in_order)
    }
}

impl Last {
    /// True when nothing went wrong since it was made last, and nothing is wrong with it.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.failed.is_none() && self.damage.is_none() && !self.is_outdated
    }

    fn of(kind: BackupKind, rows: &[Row], window_start: Timestamp) -> Result<Self, Error> {
        let mut last = Self {
            kind,
            done_at: None,
            failed: None,
            looked_at: None,
            damage: None,
            is_outdated: false,
        };
        let mut whole_at = None;
        for row in rows {
            if row.get::<BackupKind, _>("kind")? != kind {
                continue;
            }
            let at: Timestamp = row.get("at")?;
            let detail = || Ok::<_, Error>(row.get::<PublicText, _>("detail")?.into_string());
            match row.get("outcome")? {
                Outcome::Done => last.done_at = Some(at),
                Outcome::Failed => last.failed = Some((at, detail()?)),
                Outcome::Begun => {}
                Outcome::Whole => whole_at = Some(at),
                Outcome::Flawed => {
                    let damage = serde_json::from_str(&detail()?);
                    last.damage = damage.ok().map(|damage| (at, damage));
                }
            }
        }
        let damaged_at = last.damage.as_ref().map(|(at, _)| *at);
        last.looked_at = whole_at.max(damaged_at);
        // What was made since is in order.
        last.failed = last
            .failed
            .filter(|(at, _)| last.done_at.is_none_or(|done| done < *at));
        let healed = match kind {
            BackupKind::Keys => whole_at.max(last.done_at),
            BackupKind::Data | BackupKind::Drill => whole_at,
        };
        last.damage = last
            .damage
            .filter(|(at, _)| healed.is_none_or(|healed| healed < *at));
        last.is_outdated = kind == BackupKind::Keys && last.done_at.is_some_and(|at| at < window_start);
        Ok(last)
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
        let window_start = self.window_start();
        let kinds = [BackupKind::Data, BackupKind::Keys, BackupKind::Drill];
        let state = kinds.into_iter().map(|kind| Last::of(kind, &rows, window_start));
        Ok(BackupsState(state.collect::<Result<_, Error>>()?))
    }

    /// Takes note of how it went; `detail` is an id, or an error's own words.
    pub(crate) async fn remember_backup(
        &self,
        kind: BackupKind,
        good: bool,
        detail: &str,
    ) -> Result<(), Error> {
        let outcome = if good { Outcome::Done } else { Outcome::Failed };
        self.remember(kind, outcome, detail).await
    }

    /// Takes note of what looking over a target found: nothing, or what is wrong.
    pub(crate) async fn remember_look(&self, kind: BackupKind, damage: Option<&Damage>) -> Result<(), Error> {
        match damage {
            None => self.remember(kind, Outcome::Whole, "").await,
            Some(damage) => {
                let detail = serde_json::to_string(damage).unwrap_or_default();
                self.remember(kind, Outcome::Flawed, &detail).await
            }
        }
    }

    async fn remember(&self, kind: BackupKind, outcome: Outcome, detail: &str) -> Result<(), Error> {
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
