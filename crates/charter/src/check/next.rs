//! Owns: checks of a charter as the next version of one in force. Doesn't own: the differences (`crate::diff`),
//! activating (`guard::change`).

use kernel::{Date, Duration, Zone};

use super::{Checker, Finding, Level};
use crate::{Charter, ClauseId, diff::Needs, vocabulary::NewPurpose};

impl Charter {
    /// What a lawyer would say of it as the version after `running`, activated on a day: beside [`Charter::check`].
    /// Errors keep it from being activated; warnings name the clauses that take the consent of those who gave their data before.
    #[must_use]
    pub fn check_after(&self, running: &Self, on: Date) -> Vec<Finding> {
        let mut checker = Checker {
            charter: self,
            law: None,
            findings: Vec::new(),
        };
        checker.same_charter(running);
        checker.in_time(running, on);
        checker.kept_promises(running);
        checker.findings
    }

    /// The first day from which it may apply as the version after `running`, when it is activated on a day: not before
    /// that day nor before the one it names itself, and as long after its announcement as `running` promised.
    #[must_use]
    pub fn earliest_after(&self, running: &Self, on: Date) -> Date {
        let announced = lead(running, self).map_or(on, |lead| after(on, lead));
        announced.max(on).max(self.effective())
    }
}

/// How long the change from one to the other is announced before it applies, as the older one promised; `None` when
/// nothing in it has to be told.
fn lead(running: &Charter, next: &Charter) -> Option<Duration> {
    let lead = running.change()?.lead?;
    let told = |change: &crate::Change| change.needs >= Needs::Notice;
    running.diff(next).iter().any(told).then_some(lead)
}

impl Checker<'_> {
    fn same_charter(&mut self, running: &Charter) {
        let (id, version) = (running.id(), running.version());
        if self.charter.id() != id {
            let fr = format!("La charte en vigueur s’appelle « {id} » : donnez le même « id » à ce projet.");
            let en = format!("The charter in force is called “{id}”: give this draft the same “id”.");
            self.absent(Level::Error, "charter.other-id", "charter", None, fr, en);
        }
        if self.charter.version() <= version {
            let fr =
                format!("La version {version} est en vigueur : donnez à ce projet un numéro plus grand.");
            let en = format!("Version {version} is in force: give this draft a higher number.");
            self.absent(Level::Error, "charter.old-version", "charter", None, fr, en);
        }
    }

    /// A version applies from its activation at the earliest, and as long after its announcement as was promised.
    fn in_time(&mut self, running: &Charter, on: Date) {
        let cite = Some((
            "RGPD, art. 12(1) et 13(3) ; lignes directrices WP260",
            "GDPR, art. 12(1) and 13(3); guidelines WP260",
        ));
        let effective = self.charter.effective();
        if effective < on {
            let fr =
                format!("Cette version s’appliquerait avant d’être activée : effective = {on} au plus tôt.");
            let en =
                format!("This version would apply before it is activated: effective = {on} at the earliest.");
            return self.absent(Level::Error, "charter.effective-past", "charter", cite, fr, en);
        }
        let Some(lead) = lead(running, self.charter) else {
            return;
        };
        let earliest = after(on, lead);
        if effective < earliest {
            let fr = format!(
                "La charte en vigueur promet d’annoncer les changements avant qu’ils ne s’appliquent : effective = {earliest} au plus tôt."
            );
            let en = format!(
                "The charter in force promises to announce changes before they apply: effective = {earliest} at the earliest."
            );
            self.absent(Level::Error, "charter.too-soon", "charter", cite, fr, en);
        }
    }

    /// What was given under an older promise keeps its end until the person agrees; for the rest, who activates asks.
    fn kept_promises(&mut self, running: &Charter) {
        let notice_only = self
            .charter
            .change()
            .is_some_and(|change| change.new_purpose == NewPurpose::Notice);
        let cite = Some(("RGPD, art. 6(4), 7 et 13(3)", "GDPR, art. 6(4), 7 and 13(3)"));
        for change in running.diff(self.charter) {
            if change.needs != Needs::Consent {
                continue;
            }
            let version = running.version();
            let (level, fr, en) = if notice_only {
                (
                    Level::Error,
                    "Ce changement demande un consentement, et [change] n’en prévoit pas : new_purpose = \"consent\".".to_owned(),
                    "This change takes consent, and [change] provides for none: new_purpose = \"consent\".".to_owned(),
                )
            } else if change.is_about_time() {
                (
                    Level::Warning,
                    format!(
                        "Ce qui a été donné sous la version {version} garde son échéance jusqu’à l’accord de chacun : dites pourquoi ce changement (reason)."
                    ),
                    format!(
                        "What was given under version {version} keeps its end until each person agrees: say why this change is made (reason)."
                    ),
                )
            } else {
                (
                    Level::Warning,
                    format!(
                        "Ceci vaudra aussi pour ce qui a été donné sous la version {version} : recueillez l’accord de chacun avant d’activer, et dites comment (reason)."
                    ),
                    format!(
                        "This will hold for what was given under version {version} too: get each person’s agreement before you activate it, and say how (reason)."
                    ),
                )
            };
            self.about(level, "change.needs-consent", &change.clause, cite, fr, en);
        }
    }

    /// About a clause of either version.
    fn about(
        &mut self,
        level: Level,
        name: &'static str,
        clause: &ClauseId,
        cite: super::Cite,
        fr: String,
        en: String,
    ) {
        let rule = self.charter.rules().find(|rule| rule.clause == *clause);
        let reason = rule.and_then(|rule| rule.reason.clone());
        let reference = cite.map(|(fr, en)| crate::Text::fixed(fr, en));
        self.push(level, name, clause, reference, crate::Text::new(fr, en), reason);
    }
}

/// The day on which a duration that starts on a day has passed.
fn after(on: Date, lead: Duration) -> Date {
    let zone = Zone::utc();
    // The end of a calendar duration is the midnight after its last day.
    lead.end(on.start(&zone), &zone).plus_millis(-1).date(&zone)
}
