//! Owns: words that promise more than prose can hold: they may stand only beside a rule that a check stands behind.
//! Doesn't own: what generated text says (`render`).

use kernel::Locale;

use super::{Checker, Level};
use crate::{
    ClauseId, Text,
    model::{Retention, Rule, What},
    vocabulary::{Action, AiInput, Deletion, Receives},
};

/// A family of strong words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    Anonymous,
    Never,
    Automatic,
    AtOnce,
}

/// In French, in English, what they promise.
const STRONG: [(&str, &str, Promise); 10] = [
    ("anonym", "anonym", Promise::Anonymous),
    ("irréversibl", "irreversib", Promise::Anonymous),
    ("jamais", "never", Promise::Never),
    ("en aucun cas", "under no circumstances", Promise::Never),
    ("automati", "automati", Promise::Automatic),
    ("immédiat", "immediate", Promise::AtOnce),
    ("instantané", "instant", Promise::AtOnce),
    ("aussitôt", "at once", Promise::AtOnce),
    ("sans délai", "without delay", Promise::AtOnce),
    ("tout de suite", "right away", Promise::AtOnce),
];

/// An erasure within an hour is at once.
const AT_ONCE_DAYS: f64 = 1.0 / 24.0;

impl Checker<'_> {
    pub(super) fn words(&mut self) {
        let charter = self.charter;
        for clause in charter.clauses() {
            self.strong(&clause.rule, &clause.about, &clause.text);
            self.twins(&clause.rule, &clause.text);
        }
        for (rule, text) in charter.prose() {
            self.strong(rule, &rule.clause, text);
            self.twins(rule, text);
        }
    }

    fn strong(&mut self, rule: &Rule, about: &ClauseId, text: &Text) {
        let (fr, en) = (
            text.get(Locale::Fr).to_lowercase(),
            text.get(Locale::En).to_lowercase(),
        );
        let found = STRONG.iter().find(|(in_fr, in_en, promise)| {
            (says(&fr, in_fr) || says(&en, in_en)) && !self.held(about, *promise)
        });
        if let Some((in_fr, in_en, _)) = found {
            let fr = format!(
                "« {in_fr}… » promet plus qu’une phrase ne peut tenir : dites ce que fait la règle, par exemple « sans rien qui vous identifie », ou placez-la à côté de la règle qui le tient (about)."
            );
            let en = format!(
                "“{in_en}…” promises more than a sentence can hold: say what the rule does, such as “without anything that identifies you”, or place it beside the rule that holds it (about)."
            );
            self.add(Level::Error, "text.strong-word", rule, None, fr, en);
        }
    }

    /// Whether the rule it stands beside is one that a check stands behind.
    fn held(&self, about: &ClauseId, promise: Promise) -> bool {
        let charter = self.charter;
        let id = about.as_str();
        let (section, name) = id.split_once('.').unwrap_or((id, ""));
        let processor = charter.processor(name).filter(|_| section == "processor");
        let retention = charter.retention(name).filter(|_| section == "retention");
        let copy = charter
            .copies()
            .iter()
            .find(|copy| copy.name == name && section == "copy");
        let unidentified = [
            What::Shape(Receives::Anonymous),
            What::Shape(Receives::Aggregate),
            What::Shape(Receives::NothingPersonal),
        ];
        let at_once = |retention: &Retention| retention.max.approximate_days() <= AT_ONCE_DAYS;
        match promise {
            Promise::Never => section == "never",
            Promise::Anonymous => {
                let share = charter.shares().iter().find(|share| share.rule.clause == *about);
                let ai = charter.ai().iter().find(|ai| ai.rule.clause == *about);
                let purpose = charter.purpose(name).filter(|_| section == "purpose");
                processor.is_some_and(|one| unidentified.contains(&one.receives))
                    || share.is_some_and(|one| unidentified.contains(&one.receives))
                    || ai.is_some_and(|ai| ai.input == AiInput::Anonymous)
                    || retention.is_some_and(|one| one.then == Action::Count)
                    || purpose.is_some_and(|one| {
                        one.field_names().next().is_none() && !one.statistics.counts.is_empty()
                    })
            }
            Promise::Automatic => {
                let by_itself = [Some(Deletion::Ttl), Some(Deletion::Cascade), Some(Deletion::Api)];
                retention.is_some()
                    || copy.is_some()
                    || processor.is_some_and(|one| by_itself.contains(&one.deletion))
            }
            Promise::AtOnce => {
                let stops = charter
                    .purpose(name)
                    .is_some_and(|one| section == "purpose" && !one.communication.stop.is_empty());
                stops || retention.is_some_and(at_once) || copy.is_some_and(|copy| copy.lag.is_none())
            }
        }
    }

    /// A sentence that reads the same in both languages was left untranslated.
    fn twins(&mut self, rule: &Rule, text: &Text) {
        let (fr, en) = (text.get(Locale::Fr), text.get(Locale::En));
        let both = self.charter.languages().len() > 1;
        if both && fr == en && fr.split_whitespace().count() > 3 {
            let fr = "Ce texte est le même dans les deux langues : traduisez-le.";
            let en = "This text is the same in both languages: translate it.";
            self.add(Level::Warning, "text.untranslated", rule, None, fr, en);
        }
    }
}

/// Whether a text, in lower case, has a phrase, or a word that starts so; "nevertheless" isn't "never".
fn says(text: &str, stem: &str) -> bool {
    if stem.contains(' ') {
        return text.contains(stem);
    }
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    words.any(|word| word.starts_with(stem) && (stem != "never" || word == stem))
}
