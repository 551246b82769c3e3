//! Owns: the door "change nothing silently", as far as its base: a version becomes law when a human activates it, from
//! the day they decide, and is stored with its bytes, its digest and who; until that day it can be withdrawn. Doesn't
//! own: which version applies at a moment (`law`), the file that a next version is written in (`draft`), the
//! differences and the language (`charter`), telling people by mail (later).

mod draft;
mod law;
#[cfg(test)]
mod tests;

use charter::{Charter, Finding};
use kernel::{Date, Id, Locale, Timestamp};
use storage::{On, PublicText, Tx, sql};

use crate::{Actor, Error, Guard, Staff};

pub use draft::{Draft, watch};
pub(crate) use law::Law;
pub use law::Version;

/// So long before it applies a version is known to every process of the site, which look once a second: nothing is
/// activated for sooner, nor withdrawn later. So none still writes under the version before, and none already under
/// one that is withdrawn.
pub const SPREAD_SECONDS: i64 = 5;

/// The finding that a version comes sooner than promised, by the day its file names; who decides another day is told
/// of the earliest instead.
const TOO_SOON: &str = "charter.too-soon";

/// Reads a draft as a charter that may become law: no problem in its text, no finding that blocks.
///
/// # Errors
/// [`Error::Charter`] with every problem, its line and its reason, in that language.
pub fn proposal(text: &str, locale: Locale) -> Result<Charter, Error> {
    let charter = Charter::parse(text).map_err(|problems| {
        let lines: Vec<String> = problems
            .iter()
            .map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message(locale)))
            .collect();
        Error::Charter(lines.join("\n"))
    })?;
    nothing_blocks(&charter.check(), locale)?;
    Ok(charter)
}

/// [`Error::Charter`] with those of the findings that keep a charter from becoming law, when there are any.
fn nothing_blocks(findings: &[Finding], locale: Locale) -> Result<(), Error> {
    let errors: Vec<String> = findings
        .iter()
        .filter(|finding| finding.blocks())
        .map(|finding| {
            format!(
                "[{}] {}: {}",
                finding.clause,
                finding.rule,
                finding.message(locale)
            )
        })
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Charter(errors.join("\n")))
    }
}

impl Guard {
    /// The versions that a human activated, the oldest first; at most one that doesn't apply yet, the last.
    #[must_use]
    pub fn versions(&self) -> Vec<Version> {
        self.law.load().versions().to_vec()
    }

    /// The version that applies.
    #[must_use]
    pub fn running(&self) -> Version {
        self.law.load().at(self.now()).clone()
    }

    /// The version that was activated and doesn't apply yet, when there is one.
    #[must_use]
    pub fn upcoming(&self) -> Option<Version> {
        self.law.load().after(self.now()).cloned()
    }

    /// What a lawyer would say of it as the next version, were it activated today for the day it may begin.
    #[must_use]
    pub fn findings(&self, next: &Charter) -> Vec<Finding> {
        let mut findings = next.check();
        let after = next.check_after(&self.charter(), self.today());
        findings.extend(after.into_iter().filter(|finding| finding.rule != TOO_SOON));
        findings.sort_by_key(|finding| (finding.level, finding.place));
        findings
    }

    /// The first day for which it may be activated today as the next version.
    #[must_use]
    pub fn earliest(&self, next: &Charter) -> Date {
        next.earliest_after(&self.charter(), self.today())
    }

    /// Makes the first charter of a site law at once: whoever founds it is its only human yet.
    ///
    /// # Errors
    /// [`Error::Charter`] when it can't be.
    pub(crate) async fn activate_first(&self, text: &str, locale: Locale) -> Result<Version, Error> {
        self.put_version(&proposal(text, locale)?, text, None, None).await
    }

    /// Makes a draft law on the day that its own words name, by a member of staff charged with data protection.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others; [`Error::Charter`] when it can't be, or can't follow the running one: an older
    /// version, one that would apply before today, one while another waits for its day.
    pub async fn activate(&self, text: &str, by: Id<Staff>, locale: Locale) -> Result<Version, Error> {
        self.charged(by, charter::Duty::Protect).await?;
        let charter = proposal(text, locale)?;
        self.follow_activation().await?;
        if let Some(waiting) = self.upcoming() {
            return Err(Error::Charter(waiting.waits(self, locale)));
        }
        nothing_blocks(&charter.check_after(&self.charter(), self.today()), locale)?;
        self.put_version(&charter, text, Some(charter.effective()), Some(by))
            .await
    }

    /// Makes the draft that lies in the site's folder law on a day, by a member of staff charged with data protection.
    /// They name the draft that they looked at by its digest.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others; [`Error::TooLate`] when the file has changed since, or another version waits for
    /// its day; [`Error::Invalid`] for a day before the earliest; [`Error::Charter`] when it can't be law.
    pub async fn activate_draft(
        &self,
        actor: &Actor,
        digest: &str,
        on: Date,
        locale: Locale,
    ) -> Result<Version, Error> {
        let staff = self.may_activate(actor)?;
        self.follow_activation().await?;
        let draft = self
            .draft()
            .await?
            .filter(|draft| draft.digest.to_string() == digest)
            .ok_or(Error::TooLate)?;
        if self.upcoming().is_some() {
            return Err(Error::TooLate);
        }
        let Ok(charter) = &draft.read else {
            return Err(Error::TooLate);
        };
        nothing_blocks(&self.findings(charter), locale)?;
        if on < self.earliest(charter) {
            return Err(Error::Invalid("the day is before the earliest"));
        }
        self.put_version(charter, &draft.text, Some(on), Some(staff))
            .await
    }

    /// Takes back a version that waits for its day, by a member of staff charged with data protection.
    ///
    /// # Errors
    /// [`Error::Forbidden`] to others; [`Error::TooLate`] when it isn't waiting, or applies within seconds.
    pub async fn withdraw_version(&self, actor: &Actor, digest: &str) -> Result<(), Error> {
        let staff = self.may_activate(actor)?;
        self.follow_activation().await?;
        let version = self
            .upcoming()
            .filter(|version| version.charter.digest().to_string() == digest)
            .ok_or(Error::TooLate)?;
        let number = version.charter.version();
        let mut tx = self.begin().await?;
        let gone =
            sql("DELETE FROM charter_versions WHERE version = $1 AND digest = $2 AND effective_at > $3")
                .bind(number)
                .bind(PublicText::new(digest))
                .bind(self.now().plus_seconds(SPREAD_SECONDS))
                .run(&mut tx)
                .await?;
        if gone == 0 {
            return Err(Error::TooLate);
        }
        let body = serde_json::json!({ "version": number, "digest": digest, "by": staff });
        self.note(&mut tx, "charter_withdrawn", None, &body).await?;
        tx.commit().await?;
        self.follow_activation().await
    }

    fn may_activate(&self, actor: &Actor) -> Result<Id<Staff>, Error> {
        // A program's token activates nothing: a human does.
        if !actor.is_human() {
            return Err(Error::Forbidden);
        }
        actor.on_duty(&self.charter(), charter::Duty::Protect)
    }

    /// Today, where the site is.
    fn today(&self) -> Date {
        self.now().date(self.zone())
    }

    /// Writes a version from a day on, or at once for the first.
    async fn put_version(
        &self,
        charter: &Charter,
        text: &str,
        on: Option<Date>,
        by: Option<Id<Staff>>,
    ) -> Result<Version, Error> {
        let now = self.now();
        let soonest = now.plus_seconds(SPREAD_SECONDS);
        let effective_at = on.map(|on| on.start(self.zone()).max(soonest));
        let (number, digest) = (charter.version(), charter.digest().to_string());
        let mut tx = self.begin().await?;
        self.only_activation(&mut tx, number).await?;
        sql("INSERT INTO charter_versions (version, digest, text, activated_at, activated_by, effective_at, noted_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)")
            .bind(number)
            .bind(PublicText::new(digest.as_str()))
            .bind(PublicText::new(text))
            .bind(now)
            .bind(by)
            .bind(effective_at)
            .bind(effective_at.is_none().then_some(now))
            .run(&mut tx)
            .await?;
        let from = effective_at.unwrap_or(now);
        let body =
            serde_json::json!({ "version": number, "digest": digest, "by": by, "from": from.rfc3339() });
        self.note(&mut tx, "charter_activated", None, &body).await?;
        tx.commit().await?;
        self.follow_activation().await?;
        let found = self.law.load().version(number).cloned();
        found.ok_or(Error::TooLate)
    }

    /// Of two activations at once the second finds the first: they wait for each other at the running version's row.
    async fn only_activation(&self, tx: &mut Tx, next: u32) -> Result<(), Error> {
        sql("UPDATE charter_versions SET digest = digest WHERE effective_at IS NULL")
            .run(tx)
            .await?;
        let row =
            sql("SELECT COUNT(*) AS later FROM charter_versions WHERE version >= $1 OR effective_at > $2")
                .bind(next)
                .bind(self.now())
                .one(On::Tx(tx))
                .await?;
        match row.get::<i64, _>("later")? {
            0 => Ok(()),
            _ => Err(Error::TooLate),
        }
    }

    /// Tells the ledger, once, of each version that has begun to apply.
    pub(crate) async fn note_begun(&self) -> Result<(), Error> {
        let law = self.law.load_full();
        if !law.has_unnoted(self.now()) {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        let now = self.now();
        for version in law.versions().iter().filter(|version| version.from <= now) {
            let noted =
                sql("UPDATE charter_versions SET noted_at = $2 WHERE version = $1 AND noted_at IS NULL")
                    .bind(version.charter.version())
                    .bind(now)
                    .run(&mut tx)
                    .await?;
            if noted > 0 {
                let (number, digest) = (version.charter.version(), version.charter.digest().to_string());
                tracing::info!(site = self.name(), version = number, "charter in force");
                let body = serde_json::json!({ "version": number, "digest": digest, "from": version.from.rfc3339() });
                self.note(&mut tx, "charter_in_force", None, &body).await?;
            }
        }
        tx.commit().await?;
        self.law
            .store(std::sync::Arc::new(Law::load(&self.db, &self.zone).await?));
        Ok(())
    }

    /// Takes up what another process activated or withdrew.
    ///
    /// # Errors
    /// The storage's.
    pub(crate) async fn follow_activation(&self) -> Result<(), Error> {
        let stored = law::stored(&self.db).await?;
        if !stored.is_empty() && !self.law.load().is(&stored) {
            let law = Law::load(&self.db, &self.zone).await?;
            tracing::debug!(site = self.name(), "charters read anew");
            self.law.store(std::sync::Arc::new(law));
        }
        Ok(())
    }
}

impl Version {
    /// Why no other can be activated meanwhile.
    fn waits(&self, guard: &Guard, locale: Locale) -> String {
        let (number, day) = (self.charter.version(), self.from.date(guard.zone()));
        match locale {
            Locale::Fr => format!(
                "charter.waiting: La version {number} est activée pour le {day} : retirez-la d’abord, ou attendez ce jour."
            ),
            Locale::En => format!(
                "charter.waiting: Version {number} is activated for {day}: withdraw it first, or wait for that day."
            ),
        }
    }

    /// Whether it has begun to apply.
    #[must_use]
    pub fn applies(&self, now: Timestamp) -> bool {
        self.from <= now
    }
}
