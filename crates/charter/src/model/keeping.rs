//! Owns: [`Retention`] and when it ends. Doesn't own: when things happened, erasing (`guard::keep`).

use kernel::{Duration, Locale, Timestamp, Zone};
use serde::Serialize;

use super::Rule;
use crate::vocabulary::{Action, Combine, Hold, OnSilence, Trigger};

/// How long something is kept, counted from what, and what happens then.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct Retention {
    /// Its id (`retention.application`), promises and reason.
    pub rule: Rule,
    /// Its name in this charter.
    pub name: String,
    /// What it counts from; several are combined by `combine`.
    pub from: Vec<Trigger>,
    /// Which of several triggers rules.
    pub combine: Combine,
    /// How long at most.
    pub max: Duration,
    /// What happens at the end.
    pub then: Action,
    /// Whether a renewal is asked when `max` ends.
    pub ask: Option<Ask>,
    /// What the law says must stay, restricted, whatever ends before.
    pub min: Option<Floor>,
    /// What goes to a restricted archive at the end, and until when.
    pub archive: Option<Archive>,
    /// How often somebody looks through what is kept, and takes out what isn't needed.
    pub review: Option<Duration>,
    /// What may suspend the end.
    pub hold: Vec<Hold>,
    pub(crate) label: Option<crate::Text>,
}

/// The question before the end: sent when `max` ends; silence ends the dossier `silence_after` later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ask {
    /// How long an answer is awaited.
    pub silence_after: Duration,
    /// What silence means.
    pub on_silence: OnSilence,
}

/// A duration that the law imposes. It restricts what stays; it never widens a use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Floor {
    /// How long at least.
    pub period: Duration,
    /// The text that imposes it.
    pub reference: crate::Text,
    /// What stays; empty is all.
    pub fields: Vec<String>,
    /// Who may open it; empty is nobody but on a request that the law obliges to follow.
    pub readers: Vec<String>,
}

/// What is set apart when a clock ends, for a claim that may still come: few items, few readers, an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Archive {
    /// How long after the clock's end.
    pub period: Duration,
    /// The limitation period it follows.
    pub reference: crate::Text,
    /// What goes there.
    pub fields: Vec<String>,
    /// Who may open it.
    pub readers: Vec<String>,
}

/// When a dossier ends, and by which clock.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Until<'c> {
    /// The first moment at which it is due: shown as "until".
    pub at: Timestamp,
    /// The clock that decides.
    pub retention: &'c Retention,
}

impl Retention {
    /// What is kept so, as a heading ("Candidatures"), when the charter names it.
    #[must_use]
    pub fn label(&self, locale: Locale) -> Option<&str> {
        self.label.as_ref().map(|label| label.get(locale))
    }

    /// When it ends for something that happened at `at`, with the time for an answer when one is asked: the
    /// first moment at which it is due. `None` when the retention doesn't count from that.
    #[must_use]
    pub fn due(&self, trigger: Trigger, at: Timestamp, zone: &Zone) -> Option<Timestamp> {
        let end = self.asks_at(trigger, at, zone)?;
        Some(match self.ask {
            // `end` is the midnight that ends the due day; the wait is counted from within that day.
            Some(ask) => ask.silence_after.end(end.plus_millis(-1), zone),
            None => end,
        })
    }

    /// When `max` ends: the moment the question is sent when there is one.
    #[must_use]
    pub fn asks_at(&self, trigger: Trigger, at: Timestamp, zone: &Zone) -> Option<Timestamp> {
        self.from.contains(&trigger).then(|| self.max.end(at, zone))
    }

    /// When the question is sent, given what has happened so far; `None` when none is asked or nothing has started it.
    #[must_use]
    pub fn asks(&self, happened: &[(Trigger, Timestamp)], zone: &Zone) -> Option<Timestamp> {
        self.ask?;
        let ends = happened
            .iter()
            .filter_map(|(trigger, at)| self.asks_at(*trigger, *at, zone));
        self.combined(ends)
    }

    /// Until when the law wants it kept, restricted; `None` without a floor.
    #[must_use]
    pub fn floor_ends(&self, happened: &[(Trigger, Timestamp)], zone: &Zone) -> Option<Timestamp> {
        let period = self.min.as_ref()?.period;
        let counted = happened.iter().filter(|(trigger, _)| self.from.contains(trigger));
        counted.map(|(_, at)| period.end(*at, zone)).max()
    }

    /// When it ends given what has happened so far (the last moment of each event); `None` while nothing that
    /// starts it has.
    #[must_use]
    pub fn until(&self, happened: &[(Trigger, Timestamp)], zone: &Zone) -> Option<Timestamp> {
        let ends = happened
            .iter()
            .filter_map(|(trigger, at)| self.due(*trigger, *at, zone));
        self.combined(ends)
    }

    fn combined(&self, ends: impl Iterator<Item = Timestamp>) -> Option<Timestamp> {
        match self.combine {
            Combine::FirstOf => ends.min(),
            Combine::LastOf => ends.max(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retention(max: &str, ask: Option<&str>, from: &[Trigger], combine: Combine) -> Retention {
        let silence = |wait: &str| Ask {
            silence_after: wait.parse().unwrap(),
            on_silence: OnSilence::Erase,
        };
        Retention {
            rule: Rule::of("retention.x".parse().unwrap()),
            name: "x".to_owned(),
            from: from.to_vec(),
            combine,
            max: max.parse().unwrap(),
            then: Action::Erase,
            ask: ask.map(silence),
            min: None,
            archive: None,
            review: None,
            hold: vec![],
            label: None,
        }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn ends_with_the_local_day_twelve_months_later() {
        let twelve = retention("P12M", None, &[Trigger::LastContact], Combine::FirstOf);
        let due = twelve
            .due(Trigger::LastContact, at("2026-11-21T08:00:00Z"), &Zone::paris())
            .unwrap();
        assert_eq!(due.rfc3339(), "2027-11-21T23:00:00Z");
        assert_eq!(
            twelve.due(Trigger::Decision, at("2026-11-21T08:00:00Z"), &Zone::paris()),
            None
        );
    }

    #[test]
    fn silence_counts_from_the_day_the_question_is_sent() {
        let asked = retention("P12M", Some("P1M"), &[Trigger::LastContact], Combine::FirstOf);
        let (from, zone) = (at("2026-01-31T09:00:00Z"), Zone::paris());
        assert_eq!(
            asked
                .asks_at(Trigger::LastContact, from, &zone)
                .unwrap()
                .rfc3339(),
            "2027-01-31T23:00:00Z"
        );
        assert_eq!(
            asked.due(Trigger::LastContact, from, &zone).unwrap().rfc3339(),
            "2027-02-28T23:00:00Z"
        );
    }

    #[test]
    fn the_first_or_the_last_of_what_happened() {
        let from = [Trigger::AccountClosed, Trigger::LastActivity];
        let happened = [
            (Trigger::AccountClosed, at("2026-01-01T09:00:00Z")),
            (Trigger::LastActivity, at("2026-03-01T09:00:00Z")),
        ];
        let first = retention("P1M", None, &from, Combine::FirstOf)
            .until(&happened, &Zone::utc())
            .unwrap();
        let last = retention("P1M", None, &from, Combine::LastOf)
            .until(&happened, &Zone::utc())
            .unwrap();
        assert_eq!(
            (first.rfc3339().as_str(), last.rfc3339().as_str()),
            ("2026-02-02T00:00:00Z", "2026-04-02T00:00:00Z")
        );
        assert_eq!(
            retention("P1M", None, &from, Combine::FirstOf).until(&[], &Zone::utc()),
            None
        );
    }
}
