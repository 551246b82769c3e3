//! Owns: what changes from one charter to another, clause by clause: for whom, and what it takes. Doesn't own: telling
//! people (`guard::change`).

mod facts;
mod judge;
mod sense;

use kernel::Locale;
use serde::Serialize;
use serde_json::Value;

use self::facts::Facts;
use crate::{
    Charter, ClauseId, People, Place,
    render::{duration_words, list_words, people_words, typeset},
    shape,
};

kernel::words! {
    /// What a change takes before it applies to data already held.
    pub enum Needs {
        Nothing = "nothing",
        /// The persons are told.
        Notice = "notice",
        /// The persons say yes. Until then what they gave before is kept no longer than was promised: see
        /// [`Change::is_about_time`].
        Consent = "consent",
    }
}

kernel::words! {
    /// What happens to a clause.
    pub enum ChangeKind {
        Added = "added",
        Removed = "removed",
        Changed = "changed",
    }
}

/// A clause that isn't the same in both charters.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Which.
    pub clause: ClauseId,
    /// What happens to it.
    pub kind: ChangeKind,
    /// What it takes: the most that one of its keys does.
    pub needs: Needs,
    /// For whom: the people whose data it is about.
    pub people: Vec<People>,
    /// Where it stands in the newer file, or stood in the older.
    pub place: Option<Place>,
    /// What changes in it; empty for a clause that comes or goes.
    pub keys: Vec<KeyChange>,
}

/// A key of a clause with another value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct KeyChange {
    /// Which.
    pub key: String,
    /// What it takes.
    pub needs: Needs,
    /// Its value before: as in the file, or what held where the file didn't say.
    pub before: Value,
    /// Its value after.
    pub after: Value,
}

impl Charter {
    /// What changes from this charter to a newer one, in the order of reading; empty for the same rules.
    #[must_use]
    pub fn diff(&self, newer: &Self) -> Vec<Change> {
        let (before, after) = (facts::of(self), facts::of(newer));
        let mut changes: Vec<Change> = Vec::new();
        for (clause, new) in &after {
            match before.get(clause) {
                None => changes.push(whole(self, newer, clause, ChangeKind::Added)),
                Some(old) => changes.extend(changed(self, newer, clause, old, new)),
            }
        }
        let gone = before.keys().filter(|clause| !after.contains_key(clause));
        changes.extend(gone.map(|clause| whole(self, newer, clause, ChangeKind::Removed)));
        let order = |clause: &ClauseId| shape::position(parts(clause).0);
        changes.sort_by(|a, b| {
            (order(&a.clause), a.place, &a.clause).cmp(&(order(&b.clause), b.place, &b.clause))
        });
        changes
    }
}

/// A clause that comes or goes.
fn whole(older: &Charter, newer: &Charter, clause: &ClauseId, kind: ChangeKind) -> Change {
    let (section, name) = parts(clause);
    let needs = match kind {
        ChangeKind::Added => judge::added(older, newer, section, name),
        _ => judge::removed(section),
    };
    Change {
        clause: clause.clone(),
        kind,
        needs,
        people: people(older, newer, clause),
        place: newer.place(clause).or_else(|| older.place(clause)),
        keys: Vec::new(),
    }
}

/// A clause that says something else, when it does.
fn changed(
    older: &Charter,
    newer: &Charter,
    clause: &ClauseId,
    before: &Facts,
    after: &Facts,
) -> Option<Change> {
    let (section, name) = parts(clause);
    let purposes = older.purposes_about(clause).into_iter();
    let both = judge::Clause {
        older,
        newer,
        section,
        name,
        purposes: purposes.chain(newer.purposes_about(clause)).collect(),
    };
    let mut keys: Vec<KeyChange> = Vec::new();
    for (key, new) in after {
        let old = before.get(key).unwrap_or(&Value::Null);
        if old == new {
            continue;
        }
        keys.push(KeyChange {
            key: key.clone(),
            needs: both.key(key, old, new),
            before: old.clone(),
            after: new.clone(),
        });
    }
    let needs = keys.iter().map(|key| key.needs).max()?;
    Some(Change {
        clause: clause.clone(),
        kind: ChangeKind::Changed,
        needs,
        people: people(older, newer, clause),
        place: newer.place(clause),
        keys,
    })
}

/// `purpose.apply` → `purpose`, `apply`.
fn parts(clause: &ClauseId) -> (&str, &str) {
    clause.as_str().split_once('.').unwrap_or((clause.as_str(), ""))
}

/// Those whose data the clause is about in either charter; everybody for what holds for all.
fn people(older: &Charter, newer: &Charter, clause: &ClauseId) -> Vec<People> {
    let of = |charter: &Charter| {
        let about = charter.purposes_about(clause);
        about
            .iter()
            .flat_map(|purpose| purpose.people.clone())
            .collect::<Vec<_>>()
    };
    let mut people = of(older);
    people.extend(of(newer));
    people.sort();
    people.dedup();
    people
}

impl Change {
    /// Whether all of it that takes consent is until when something is kept: what was given before keeps its end by
    /// itself until the person agrees. Of anything else a service can't know who agreed.
    #[must_use]
    pub fn is_about_time(&self) -> bool {
        let section = parts(&self.clause).0;
        let mut keys = self
            .keys
            .iter()
            .filter(|key| key.needs == Needs::Consent)
            .peekable();
        keys.peek().is_some()
            && keys.all(|key| match section {
                "retention" => matches!(key.key.as_str(), "max" | "from" | "combine" | "ask"),
                "purpose" => key.key == "retention",
                _ => false,
            })
    }

    /// What changes, by the charter's own keys: "max: 12 months → 24 months".
    #[must_use]
    pub fn what(&self, locale: Locale) -> String {
        let what = match (self.kind, locale) {
            (ChangeKind::Added, Locale::Fr) => "nouvelle clause".to_owned(),
            (ChangeKind::Added, Locale::En) => "new clause".to_owned(),
            (ChangeKind::Removed, Locale::Fr) => "clause retirée".to_owned(),
            (ChangeKind::Removed, Locale::En) => "clause taken out".to_owned(),
            (ChangeKind::Changed, _) => {
                let keys: Vec<String> = self.keys.iter().map(|key| key.words(locale)).collect();
                keys.join(" ; ")
            }
        };
        typeset(&what, locale)
    }

    /// What changes, whom it is about and what it takes: a sentence or two.
    #[must_use]
    pub fn message(&self, locale: Locale) -> String {
        let what = self.what(locale);
        let people: Vec<&str> = self
            .people
            .iter()
            .map(|people| people_words(*people, locale))
            .collect();
        let people = list_words(&people, locale);
        let takes = match (self.needs, locale) {
            (Needs::Nothing, Locale::Fr) => "rien à demander",
            (Needs::Nothing, Locale::En) => "nothing to ask",
            (Needs::Notice, Locale::Fr) => "à annoncer",
            (Needs::Notice, Locale::En) => "to be announced",
            (Needs::Consent, Locale::Fr) if self.is_about_time() => {
                "demande un consentement ; d’ici là, ce qui a été donné avant garde son échéance"
            }
            (Needs::Consent, Locale::En) if self.is_about_time() => {
                "takes consent; until then what was given before keeps its end"
            }
            (Needs::Consent, Locale::Fr) => {
                "demande le consentement de ceux qui ont donné leurs données avant"
            }
            (Needs::Consent, Locale::En) => "takes the consent of those who gave their data before",
        };
        let said = match (locale, people.is_empty()) {
            (_, true) => format!("{what} ({takes})."),
            (Locale::Fr, false) => format!("{what} ({takes}). Pour : {people}."),
            (Locale::En, false) => format!("{what} ({takes}). For: {people}."),
        };
        typeset(&said, locale)
    }
}

impl KeyChange {
    /// "max : 12 mois → 24 mois".
    fn words(&self, locale: Locale) -> String {
        let (before, after) = (
            value_words(&self.before, locale),
            value_words(&self.after, locale),
        );
        let colon = match locale {
            Locale::Fr => " : ",
            Locale::En => ": ",
        };
        format!("{}{colon}{before} → {after}", self.key)
    }
}

/// A value as people read it: durations and texts in words, lists with commas, nothing as a dash.
fn value_words(value: &Value, locale: Locale) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::String(text) => text
            .parse()
            .map_or_else(|_| text.clone(), |duration| duration_words(duration, locale)),
        Value::Array(list) if list.is_empty() => "–".to_owned(),
        Value::Array(list) => {
            let words: Vec<String> = list.iter().map(|one| value_words(one, locale)).collect();
            words.join(", ")
        }
        Value::Object(map) => {
            let own = match locale {
                Locale::Fr => map.get("fr"),
                Locale::En => map.get("en"),
            };
            if let Some(Value::String(text)) = own {
                return text.clone();
            }
            let said = map.values().filter(|value| !value.is_null());
            let words: Vec<String> = said.map(|one| value_words(one, locale)).collect();
            words.join(" ")
        }
    }
}

#[cfg(test)]
mod tests;
