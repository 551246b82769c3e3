//! Owns: what a difference takes: nothing, a notice, a consent. Doesn't own: finding it (`facts`), telling it
//! (`guard::change`).
//!
//! What narrows takes nothing; what widens takes a notice; what widens the use of data that somebody consented to, or
//! lifts a prohibition, takes their consent. Whatever isn't known to narrow is told.

use kernel::Duration;
use serde_json::Value;

use super::Needs;
use crate::{
    Charter, Purpose,
    vocabulary::{BasisKind, NewPurpose},
};

/// What only words say, or who vouches.
const WORDING: [&str; 16] = [
    "about",
    "annexed_to",
    "attest",
    "contact",
    "evidence",
    "hint",
    "label",
    "promises",
    "reason",
    "scope",
    "text",
    "title",
    "updated",
    "version",
    "why",
    "effective",
];

/// Keys of which less is told: what goes beyond the old value widens.
const LESS_IS_NARROWER: [&str; 20] = [
    "uses",
    "asks",
    "readers",
    "people",
    "receives",
    "purposes",
    "storage",
    "transit",
    "sub_processors",
    "of",
    "fields",
    "groups_by",
    "accepts",
    "keeps",
    "max",
    "max_age",
    "data_max_age",
    "deadline",
    "extension",
    "lag",
];

/// Keys of which more is told: what falls short of the old value widens.
const MORE_IS_NARROWER: [&str; 9] = [
    "must_not_receive",
    "stop",
    "passes_on",
    "two_factors",
    "by",
    "questions_by",
    "standards",
    "at_least",
    "lead",
];

/// What a change of one key takes.
pub(super) fn key(section: &str, key: &str, before: &Value, after: &Value) -> Needs {
    let contact = section == "controller" && key == "contact";
    if WORDING.contains(&key) && !contact && section != "clause" {
        return Needs::Nothing;
    }
    if section == "clause" && key == "text" {
        return Needs::Nothing;
    }
    let narrows = if MORE_IS_NARROWER.contains(&key) {
        within(before, after)
    } else if LESS_IS_NARROWER.contains(&key) || sooner(section, key) {
        within(after, before)
    } else {
        switch(key, after)
    };
    if narrows { Needs::Nothing } else { Needs::Notice }
}

/// Delays in telling.
fn sooner(section: &str, key: &str) -> bool {
    matches!(
        (section, key),
        ("breach", "authority" | "persons" | "processors")
            | ("notice", "sourced")
            | ("security", "backup_window")
    )
}

/// Switches that only ever help the person when set so.
fn switch(key: &str, after: &Value) -> bool {
    match key {
        "contest" | "explain" => after == &Value::Bool(true),
        "use_accepts" | "renews" | "searched" | "matched" | "to_model" => after == &Value::Bool(false),
        "train_on" => after == "never",
        "objection" => after == "switch",
        "opt_in" => after == "double",
        "consent" => after == "opt_in",
        "intake" => after == "quarantine",
        "dpia" | "log" | "balancing" => !after.is_null(),
        _ => false,
    }
}

/// Whether `small` says no more than `large`: a shorter duration, a smaller number, a part of a list.
fn within(small: &Value, large: &Value) -> bool {
    match (small, large) {
        (Value::Array(small), Value::Array(large)) => small.iter().all(|one| large.contains(one)),
        (Value::Number(small), Value::Number(large)) => small.as_u64() <= large.as_u64(),
        (Value::Null, _) => true,
        (Value::String(small), Value::String(large)) => match (days(small), days(large)) {
            (Some(small), Some(large)) => small <= large,
            _ => false,
        },
        (Value::Object(small), Value::Object(large)) => {
            small.len() == large.len()
                && small.iter().all(|(key, value)| {
                    large
                        .get(key)
                        .is_some_and(|other| value == other || within(value, other))
                })
        }
        _ => false,
    }
}

fn days(text: &str) -> Option<f64> {
    text.parse::<Duration>().ok().map(Duration::approximate_days)
}

/// What a clause that is new takes.
pub(super) fn added(older: &Charter, newer: &Charter, section: &str, name: &str) -> Needs {
    match section {
        "purpose" => newer
            .purpose(name)
            .map_or(Needs::Notice, |purpose| new_purpose(older, purpose)),
        "tracker" => newer.tracker(name).map_or(Needs::Notice, |tracker| {
            if tracker.class.is_exempt() {
                Needs::Notice
            } else {
                Needs::Consent
            }
        }),
        "share" | "processor" | "copy" | "source" | "ai" | "form" | "field" | "role" | "change" => {
            Needs::Notice
        }
        // A retention binds only where a purpose names it; rights, measures, prohibitions and notices only help.
        _ => Needs::Nothing,
    }
}

/// A new use of data already held waits for consent where the old charter promised so; one that rests on consent
/// always does.
fn new_purpose(older: &Charter, purpose: &Purpose) -> Needs {
    let promised = older
        .change()
        .is_none_or(|change| change.new_purpose == NewPurpose::Consent);
    let held = older.purposes().iter().any(|other| {
        other.people.iter().any(|people| purpose.people.contains(people))
            && other
                .field_names()
                .any(|field| purpose.field_names().any(|name| name == field))
    });
    let own_ground = matches!(
        purpose.basis.kind,
        BasisKind::LegalObligation | BasisKind::Contract | BasisKind::Precontract
    );
    if rests_on_consent(purpose) || (promised && held && !own_ground) {
        Needs::Consent
    } else {
        Needs::Notice
    }
}

/// What a clause that is gone takes.
pub(super) fn removed(section: &str) -> Needs {
    match section {
        // A prohibition lifted weakens what data were given under.
        "never" => Needs::Consent,
        "purpose" | "form" | "field" | "processor" | "copy" | "share" | "source" | "tracker" | "ai"
        | "clause" | "retention" => Needs::Nothing,
        _ => Needs::Notice,
    }
}

/// Whether a widening of the clause, under a key, widens a consent that was given.
pub(super) fn widens_consent(section: &str, key: &str, purposes: &[&Purpose]) -> bool {
    let widened = match section {
        "purpose" => matches!(
            key,
            "uses" | "readers" | "retention" | "basis" | "groups_by" | "only_when" | "kind"
        ),
        "retention" => matches!(key, "max" | "from" | "combine" | "then" | "ask" | "hold"),
        "share" => matches!(key, "with" | "entity" | "receives" | "must_not_receive" | "mode"),
        "ai" => key == "train_on",
        _ => false,
    };
    widened && purposes.iter().any(|purpose| rests_on_consent(purpose))
}

fn rests_on_consent(purpose: &Purpose) -> bool {
    let consent = |kind| matches!(kind, BasisKind::Consent | BasisKind::ExplicitConsent);
    consent(purpose.basis.kind)
}
