//! Owns: what free text says that its rule contradicts: another figure, a country or a recipient that nothing declares.
//! Doesn't own: words that promise too much (`words`), reasons, which argue about figures and may name any.

use kernel::{Duration, Locale, Word as _};

use super::{Checker, Level};
use crate::{
    ClauseId, Text,
    draft::durations,
    model::{Keep, Retention, Rule},
    render::{country_name, duration_words, list_words, places},
    vocabulary::Recipient,
};

/// Who is spoken of, in lower case: the stem in French, in English, and the recipient that a sharing must name.
const RECIPIENTS: [(&str, &str, Recipient); 6] = [
    ("partenaire", "partner", Recipient::Partner),
    ("annonceur", "advertiser", Recipient::Advertiser),
    ("régie", "ad network", Recipient::Advertiser),
    ("filiale", "subsidiar", Recipient::Affiliate),
    (
        "sociétés de notre groupe",
        "companies of our group",
        Recipient::Affiliate,
    ),
    ("autorité", "authorit", Recipient::Authority),
];

/// Stems of verbs by which data go to somebody.
const GIVES: [(&str, &str); 7] = [
    ("transm", "transmit"),
    ("communiqu", "disclos"),
    ("partag", "share"),
    ("envoy", "send"),
    ("fourni", "provide"),
    ("cédé", "pass"),
    ("vend", "sell"),
];

/// With one of these a sentence says what isn't done, or may be.
const UNLESS: [&str; 16] = [
    "ne", "n", "aucun", "aucune", "sans", "ni", "jamais", "pas", "not", "no", "never", "without", "nor", "t",
    "si", "if",
];

impl Checker<'_> {
    /// Holds the charter's own words against the rules they stand with.
    pub(super) fn figures(&mut self) {
        let charter = self.charter;
        for clause in charter.clauses() {
            self.contradicts(&clause.rule, &clause.about, &clause.text);
        }
        for (rule, text) in charter.prose() {
            let reasons = rule.reason.as_ref();
            if !reasons.is_some_and(|reason| std::ptr::eq(reason, text)) {
                self.contradicts(rule, &rule.clause, text);
            }
        }
    }

    fn contradicts(&mut self, rule: &Rule, about: &ClauseId, text: &Text) {
        for locale in [Locale::Fr, Locale::En] {
            let said = text.get(locale);
            if let Some(finding) = self.other_figure(rule, about, said) {
                return self.add(
                    Level::Error,
                    "text.other-figure",
                    rule,
                    None,
                    finding.0,
                    finding.1,
                );
            }
            if let Some(finding) = self.other_country(about, said, locale) {
                return self.add(
                    Level::Error,
                    "text.other-country",
                    rule,
                    None,
                    finding.0,
                    finding.1,
                );
            }
            if let Some(finding) = self.other_recipient(said, locale) {
                return self.add(
                    Level::Error,
                    "text.other-recipient",
                    rule,
                    None,
                    finding.0,
                    finding.1,
                );
            }
        }
    }

    /// A duration that the rule doesn't declare, where it declares some.
    fn other_figure(&self, rule: &Rule, about: &ClauseId, said: &str) -> Option<(String, String)> {
        let mut declared = self.declared(about);
        declared.extend(self.declared(&rule.clause));
        if declared.is_empty() {
            return None;
        }
        let same = |one: Duration| {
            let days = one.approximate_days();
            declared
                .iter()
                .any(|other| (other.approximate_days() - days).abs() <= days * 0.02)
        };
        let read = durations(said);
        let other = read
            .iter()
            .filter_map(|iso| iso.parse::<Duration>().ok())
            .find(|one| !same(*one))?;
        let words = |locale| {
            let all: Vec<String> = declared.iter().map(|one| duration_words(*one, locale)).collect();
            (duration_words(other, locale), list_words(&all, locale))
        };
        let ((fr, all_fr), (en, all_en)) = (words(Locale::Fr), words(Locale::En));
        Some((
            format!(
                "Ce texte dit « {fr} », et [{about}] dit {all_fr} : corrigez l’un des deux, ou retirez le chiffre du texte."
            ),
            format!(
                "This text says “{en}”, and [{about}] says {all_en}: correct one of them, or take the figure out of the text."
            ),
        ))
    }

    /// The durations that a clause stands for.
    fn declared(&self, about: &ClauseId) -> Vec<Duration> {
        let charter = self.charter;
        let id = about.as_str();
        let (section, name) = id.split_once('.').unwrap_or((id, ""));
        let retentions = |names: &[String]| -> Vec<Duration> {
            let found = names.iter().filter_map(|name| charter.retention(name));
            found.flat_map(of_retention).collect()
        };
        match section {
            "purpose" => charter.purpose(name).map(|one| retentions(&one.retention)),
            "retention" => charter.retention(name).map(of_retention),
            "copy" => charter.copies().iter().find(|one| one.name == name).map(|one| {
                let mut all = retentions(&one.retention);
                all.extend(one.lag);
                all
            }),
            "processor" => charter.processor(name).map(|one| match one.keeps {
                Keep::For(period) => vec![period],
                _ => Vec::new(),
            }),
            "tracker" => charter.tracker(name).map(|one| {
                [Some(one.max_age), one.data_max_age]
                    .into_iter()
                    .flatten()
                    .collect()
            }),
            "ai" => charter
                .ai()
                .iter()
                .find(|one| one.rule.clause == *about)
                .map(|one| one.log.into_iter().collect()),
            "right" => charter.rights().map(|one| {
                [Some(one.deadline), one.extension]
                    .into_iter()
                    .flatten()
                    .collect()
            }),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// A country that the processor isn't in, or that nothing declares.
    fn other_country(&self, about: &ClauseId, said: &str, locale: Locale) -> Option<(String, String)> {
        let charter = self.charter;
        let id = about.as_str();
        let within = id
            .strip_prefix("processor.")
            .and_then(|name| charter.processor(name));
        let mut known: Vec<&str> = match within {
            Some(one) => one
                .storage
                .iter()
                .chain(&one.transit)
                .map(String::as_str)
                .collect(),
            None => {
                let processors = charter.processors().iter();
                let processors = processors.flat_map(|one| one.storage.iter().chain(&one.transit));
                let shares = charter.shares().iter().flat_map(|one| &one.storage);
                processors.chain(shares).map(String::as_str).collect()
            }
        };
        // Where nothing names a country, or the law's own is meant, there is nothing to contradict.
        if known.is_empty() {
            return None;
        }
        known.push("FR");
        let code =
            places::codes().find(|code| !known.contains(code) && names(said, country_name(code, locale)))?;
        let name = |locale| country_name(code, locale).to_owned();
        let (fr, en) = (name(Locale::Fr), name(Locale::En));
        Some((
            format!(
                "Ce texte nomme un pays que rien ne déclare ici ({fr}) : ajoutez « {code} » à storage ou transit, ou retirez-le du texte."
            ),
            format!(
                "This text names a country that nothing declares here ({en}): add “{code}” to storage or transit, or take it out of the text."
            ),
        ))
    }

    /// Somebody to whom data go in a sentence and in no sharing.
    fn other_recipient(&self, said: &str, locale: Locale) -> Option<(String, String)> {
        let lower = said.to_lowercase();
        let gives = |sentence: &str| {
            let mut words = sentence.split(|c: char| !c.is_alphanumeric());
            let unless = words.clone().any(|word| UNLESS.contains(&word));
            !unless
                && words.any(|word| {
                    GIVES.iter().any(|(fr, en)| {
                        let stem = if locale == Locale::Fr { fr } else { en };
                        word.starts_with(stem)
                    })
                })
        };
        let (stem, with) = lower
            .split(['.', ';', '!', '?'])
            .filter(|one| gives(one))
            .find_map(|sentence| {
                RECIPIENTS.iter().find_map(|(fr, en, with)| {
                    let stem = if locale == Locale::Fr { fr } else { en };
                    let shared = self.charter.shares().iter().any(|share| share.with == *with);
                    (!shared && sentence.contains(stem)).then_some((*stem, *with))
                })
            })?;
        let word = with.word();
        Some((
            format!(
                "Ce texte donne des données à quelqu’un qu’aucun partage ne déclare (« {stem}… ») : ajoutez un [share] avec with = \"{word}\", ou retirez-le du texte."
            ),
            format!(
                "This text gives data to somebody whom no sharing declares (“{stem}…”): add a [share] with with = \"{word}\", or take it out of the text."
            ),
        ))
    }
}

fn of_retention(one: &Retention) -> Vec<Duration> {
    let more = [
        one.review,
        one.ask.map(|ask| ask.silence_after),
        one.min.as_ref().map(|floor| floor.period),
        one.archive.as_ref().map(|archive| archive.period),
    ];
    std::iter::once(one.max)
        .chain(more.into_iter().flatten())
        .collect()
}

/// Whether a text has a name as words of its own.
fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        let word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !word(before) && !word(after)
    })
}
