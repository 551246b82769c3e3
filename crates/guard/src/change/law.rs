//! Owns: [`Law`], every version that was activated, and which of them applies at a moment. Each process of a site holds
//! them all with their moments, so all of them change over at the same one, without a word between them. Doesn't own:
//! activating (`super`).

use std::{collections::HashSet, sync::Arc};

use charter::{Change, Charter, Needs};
use kernel::{Id, Timestamp, Zone};
use storage::{Db, PublicText, sql};

use crate::{Error, Staff};

/// A version that was activated.
#[derive(Debug, Clone)]
pub struct Version {
    /// What it says; its day is the one that was decided.
    pub charter: Arc<Charter>,
    /// From when it applies.
    pub from: Timestamp,
    /// When it was activated.
    pub activated_at: Timestamp,
    /// By whom; `None` at the command line.
    pub by: Option<Id<Staff>>,
    /// Whether something in it has to be told: it differs from the version before by more than what takes nothing.
    pub told: bool,
    /// The clauses that it changes by what takes consent: what was given before keeps its end.
    consents: HashSet<String>,
    /// Whether it changes how long anything is kept.
    moves_clocks: bool,
    noted: bool,
}

/// The versions of a site, the oldest first. Never empty.
pub(crate) struct Law {
    first: Version,
    versions: Vec<Version>,
}

/// What tells one list of versions from another: number, digest, whether the ledger knows.
pub(super) type Stored = Vec<(u32, String, bool)>;

impl Law {
    /// Of a site that is being founded: a charter that nobody activated yet.
    pub(crate) fn founding(charter: Charter, now: Timestamp) -> Self {
        Self {
            first: Version {
                charter: Arc::new(charter),
                from: now,
                activated_at: now,
                by: None,
                told: false,
                consents: HashSet::new(),
                moves_clocks: false,
                noted: true,
            },
            versions: Vec::new(),
        }
    }

    /// As they are stored, or `None` of a site that has none.
    pub(crate) async fn stored(db: &Db, zone: &Zone) -> Result<Option<Self>, Error> {
        let rows = sql("SELECT version, text, activated_at, activated_by, effective_at, noted_at FROM charter_versions ORDER BY version")
            .all(db)
            .await?;
        let mut versions = Vec::with_capacity(rows.len());
        for row in &rows {
            let text: PublicText = row.get("text")?;
            let charter = Charter::parse(&text).map_err(|_| {
                let number = row.get::<i64, _>("version").unwrap_or_default();
                Error::Setup(format!(
                    "version {number} of the charter can't be read by this version of the program"
                ))
            })?;
            let activated_at: Timestamp = row.get("activated_at")?;
            let decided: Option<Timestamp> = row.get("effective_at")?;
            let charter = match decided {
                Some(from) => charter.taking_effect(from.date(zone)),
                None => charter,
            };
            let changes = versions
                .last()
                .map_or_else(Vec::new, |before: &Version| before.charter.diff(&charter));
            let consents = changes.iter().filter(|change| change.needs == Needs::Consent);
            versions.push(Version {
                charter: Arc::new(charter),
                from: decided.unwrap_or(activated_at),
                activated_at,
                by: row.get("activated_by")?,
                told: changes.iter().any(|change| change.needs >= Needs::Notice),
                consents: consents.map(|change| change.clause.to_string()).collect(),
                moves_clocks: changes.iter().any(is_about_keeping),
                noted: row.get::<Option<Timestamp>, _>("noted_at")?.is_some(),
            });
        }
        Ok(versions.first().cloned().map(|first| Self { first, versions }))
    }

    /// As they are stored.
    pub(super) async fn load(db: &Db, zone: &Zone) -> Result<Self, Error> {
        Self::stored(db, zone)
            .await?
            .ok_or_else(|| Error::Setup("the site has no charter in force: activate one".to_owned()))
    }

    pub(crate) fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The one that applies then: the last that has begun.
    pub(crate) fn at(&self, now: Timestamp) -> &Version {
        let begun = self.versions.iter().rev().find(|version| version.from <= now);
        begun.unwrap_or(&self.first)
    }

    /// The one that has not begun then. Of a clock that was moved back, the last.
    pub(super) fn after(&self, now: Timestamp) -> Option<&Version> {
        let last = self.versions.last().filter(|_| self.versions.len() > 1);
        last.filter(|version| version.from > now)
    }

    pub(crate) fn version(&self, number: u32) -> Option<&Version> {
        self.versions
            .iter()
            .find(|version| version.charter.version() == number)
    }

    /// The charter whose clocks still run for what was collected under it for a purpose, beside the running one's: the
    /// purpose is gone, or was changed since in a way that takes the consent of whom it concerns.
    pub(crate) fn held(&self, collected: u32, purpose: &str, running: &Charter) -> Option<Arc<Charter>> {
        let old = &self.version(collected)?.charter;
        if old.version() >= running.version() {
            return None;
        }
        let Some(now) = running.purpose(purpose) else {
            return Some(Arc::clone(old));
        };
        let before = old.purpose(purpose).map_or(&[][..], |purpose| &purpose.retention);
        let retentions = before.iter().chain(&now.retention);
        let clauses: HashSet<String> = retentions
            .map(|name| format!("retention.{name}"))
            .chain([format!("purpose.{purpose}")])
            .collect();
        let since = self
            .versions
            .iter()
            .filter(|version| (old.version() + 1..=running.version()).contains(&version.charter.version()));
        let mut consents = since.flat_map(|version| &version.consents);
        consents
            .any(|clause| clauses.contains(clause))
            .then(|| Arc::clone(old))
    }

    /// The last version that has begun then and changed how long anything is kept.
    pub(crate) fn moved_clocks(&self, now: Timestamp) -> Option<u32> {
        let mut begun = self.versions.iter().rev().filter(|version| version.from <= now);
        begun
            .find(|version| version.moves_clocks)
            .map(|version| version.charter.version())
    }

    /// Whether one has begun then of which the ledger doesn't know.
    pub(super) fn has_unnoted(&self, now: Timestamp) -> bool {
        self.versions
            .iter()
            .any(|version| !version.noted && version.from <= now)
    }

    /// Whether that is what it holds.
    pub(super) fn is(&self, stored: &Stored) -> bool {
        self.versions.len() == stored.len()
            && self
                .versions
                .iter()
                .zip(stored)
                .all(|(version, (number, digest, noted))| {
                    version.charter.version() == *number
                        && version.noted == *noted
                        && version.charter.digest().to_string() == *digest
                })
    }
}

/// Whether a clause says how long something is kept.
fn is_about_keeping(change: &Change) -> bool {
    let clause = change.clause.as_str();
    clause.starts_with("retention.") || clause.starts_with("purpose.")
}

/// What is stored, without its texts: asked once a second.
pub(super) async fn stored(db: &Db) -> Result<Stored, Error> {
    let rows = sql("SELECT version, digest, noted_at FROM charter_versions ORDER BY version")
        .all(db)
        .await?;
    rows.iter()
        .map(|row| {
            let digest: PublicText = row.get("digest")?;
            let number = u32::try_from(row.get::<i64, _>("version")?).unwrap_or(0);
            let noted = row.get::<Option<Timestamp>, _>("noted_at")?.is_some();
            Ok((number, digest.into_string(), noted))
        })
        .collect()
}
