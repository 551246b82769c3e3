//! Owns: what a lawyer would say of a charter: errors, warnings that need a reason, gaps. Doesn't own: what the
//! language accepts (`parse`), the figures of the law (`laws/`).

mod data;
mod figures;
mod gaps;
mod governance;
mod keeping;
mod law;
mod machines;
mod messages;
mod never;
mod next;
mod numbers;
mod proof;
mod purposes;
mod sending;
mod sessions;
mod sharing;
mod trackers;
mod words;

use kernel::{Duration, Locale};
use serde::Serialize;

pub use self::sessions::SESSION_TRACKER;

use self::law::{Figure, Law, Named};
use crate::{
    Charter, ClauseId, Place, Text,
    model::Rule,
    render::{duration_words, list_words, typeset},
};

kernel::words! {
    /// How grave a finding is.
    pub enum Level {
        /// A contradiction, or against the law: the charter can't be activated.
        Error = "error",
        /// Lawful with a reason; until the rule's `reason` gives it, the charter can't be activated.
        Warning = "warning",
        /// Something a policy must say is missing. Of an end to what is kept the charter can't be activated without.
        Gap = "gap",
    }
}

/// Something a lawyer would say of a charter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// How grave.
    pub level: Level,
    /// Which check: `retention.too-long`.
    pub rule: &'static str,
    /// The clause it is about.
    pub clause: ClauseId,
    /// Where that clause stands in the file; `None` when it is missing.
    pub place: Option<Place>,
    message: Text,
    reference: Option<Text>,
    reason: Option<Text>,
}

impl Finding {
    /// What is wrong and what to do.
    #[must_use]
    pub fn message(&self, locale: Locale) -> &str {
        self.message.get(locale)
    }

    /// The article, deliberation or judgment behind it, with its date.
    #[must_use]
    pub fn reference(&self, locale: Locale) -> Option<&str> {
        self.reference.as_ref().map(|reference| reference.get(locale))
    }

    /// The reason that the charter gives.
    #[must_use]
    pub fn reason(&self, locale: Locale) -> Option<&str> {
        self.reason.as_ref().map(|reason| reason.get(locale))
    }

    /// True when the charter can't become law as long as it stands: an error, a warning without its reason, a use whose
    /// data would be kept without an end.
    #[must_use]
    pub fn blocks(&self) -> bool {
        match self.level {
            Level::Error => true,
            Level::Warning => !self.is_answered(),
            Level::Gap => self.rule == "purpose.no-retention",
        }
    }

    /// Which of the numbered checks of `docs/CHARTER.md` it comes from; `None` for one beyond them.
    #[must_use]
    pub fn number(&self) -> Option<u8> {
        numbers::of(self.rule)
    }

    /// True for a warning whose rule gives a reason: nothing is left to do.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.level == Level::Warning && self.reason.is_some()
    }
}

impl Charter {
    /// What a lawyer would say of it, errors first, each level in the order of the file.
    #[must_use]
    pub fn check(&self) -> Vec<Finding> {
        let mut checker = Checker {
            charter: self,
            law: Law::named(&self.header().law),
            findings: Vec::new(),
        };
        checker.law_known();
        checker.purposes();
        checker.data();
        checker.keeping();
        checker.sending();
        checker.sharing();
        checker.trackers();
        checker.sessions();
        checker.machines();
        checker.messages();
        checker.governance();
        checker.proof();
        checker.words();
        checker.figures();
        checker.never();
        checker.gaps();
        let mut findings = checker.findings;
        findings.sort_by_key(|finding| (finding.level, finding.place));
        findings
    }
}

/// What every check works with.
struct Checker<'c> {
    charter: &'c Charter,
    /// `None` for a file that there isn't, which is an error of its own.
    law: Option<Law>,
    findings: Vec<Finding>,
}

/// A text of law, as it is cited in both languages.
type Cite = Option<(&'static str, &'static str)>;

impl Checker<'_> {
    fn add(
        &mut self,
        level: Level,
        name: &'static str,
        rule: &Rule,
        cite: Cite,
        fr: impl Into<String>,
        en: impl Into<String>,
    ) {
        let reference = cite.map(|(fr, en)| Text::fixed(fr, en));
        self.push(
            level,
            name,
            &rule.clause,
            reference,
            Text::new(fr.into(), en.into()),
            rule.reason.clone(),
        );
    }

    /// About something that isn't there.
    fn absent(
        &mut self,
        level: Level,
        name: &'static str,
        section: &str,
        cite: Cite,
        fr: impl Into<String>,
        en: impl Into<String>,
    ) {
        let reference = cite.map(|(fr, en)| Text::fixed(fr, en));
        self.push(
            level,
            name,
            &ClauseId::section(section),
            reference,
            Text::new(fr.into(), en.into()),
            None,
        );
    }

    fn push(
        &mut self,
        level: Level,
        rule: &'static str,
        clause: &ClauseId,
        reference: Option<Text>,
        message: Text,
        reason: Option<Text>,
    ) {
        let set = |locale| typeset(message.get(locale), locale);
        let message = Text::new(set(Locale::Fr), set(Locale::En));
        let place = self.charter.place(clause);
        self.findings.push(Finding {
            level,
            rule,
            clause: clause.clone(),
            place,
            message,
            reference,
            reason,
        });
    }

    /// Holds a duration against a figure of the law.
    fn within(&mut self, figure: Named, name: &'static str, rule: &Rule, is: Duration) {
        self.sum_within(figure, name, rule, &[is]);
    }

    /// Holds durations that follow one another against a figure of the law.
    fn sum_within(&mut self, figure: Named, name: &'static str, rule: &Rule, parts: &[Duration]) {
        let Some(Figure {
            min,
            max,
            level,
            reference,
            ..
        }) = self.law.as_ref().and_then(|law| law.figure(figure))
        else {
            return;
        };
        let days: f64 = parts.iter().map(|part| part.approximate_days()).sum();
        // Calendar lengths differ by a day or two for what people call the same: P12M, P1Y, P365D.
        let long = max.filter(|max| days > max.approximate_days() * 1.005);
        let short = min.filter(|min| days < min.approximate_days() * 0.98);
        let say = |locale| {
            let parts: Vec<String> = parts.iter().map(|part| duration_words(*part, locale)).collect();
            (list_words(&parts, locale), reference.get(locale).to_owned())
        };
        let ((fr, by_fr), (en, by_en)) = (say(Locale::Fr), say(Locale::En));
        let message = if let Some(max) = long {
            let (most_fr, most_en) = (duration_words(max, Locale::Fr), duration_words(max, Locale::En));
            Text::new(
                format!("{fr}, c’est plus que les {most_fr} prévus ({by_fr}) : raccourcissez."),
                format!("{en} is more than the {most_en} provided for ({by_en}): shorten it."),
            )
        } else if let Some(min) = short {
            let (least_fr, least_en) = (duration_words(min, Locale::Fr), duration_words(min, Locale::En));
            Text::new(
                format!(
                    "{fr}, c’est moins que les {least_fr} prévus ({by_fr}) : allongez, ou dites pourquoi."
                ),
                format!("{en} is less than the {least_en} provided for ({by_en}): lengthen it, or say why."),
            )
        } else {
            return;
        };
        let (level, reference) = (*level, reference.clone());
        self.push(
            level,
            name,
            &rule.clause,
            Some(reference),
            message,
            rule.reason.clone(),
        );
    }

    fn law_known(&mut self) {
        let law = &self.charter.header().law;
        if Law::named(law).is_none() {
            let known = law::names().join(", ");
            let fr = format!("Aucun fichier de droit « {law} » : nommez l’un de {known}.");
            let en = format!("There is no law file “{law}”: name one of {known}.");
            self.absent(Level::Error, "charter.unknown-law", "charter", None, fr, en);
        }
    }
}

#[cfg(test)]
mod tests;
