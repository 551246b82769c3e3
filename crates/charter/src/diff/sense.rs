//! Owns: for each key of each clause, which of two values says less. Doesn't own: what a difference takes (`judge`).

use kernel::Duration;
use serde_json::Value;

/// How the values of a key are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// Who vouches, why, and the heading it stands under: nobody's data are treated otherwise.
    Wording,
    /// Less is narrower; left unsaid is nothing.
    Less,
    /// Less is narrower; left unsaid, or an empty list, is no limit.
    Limit,
    /// More is narrower; left unsaid is nothing.
    More,
    /// More is narrower; an empty list is everything.
    Reach,
    /// This value is narrower than any other.
    Only(&'static str),
    /// Said is narrower than unsaid.
    Said,
    /// Fields that are asked: those that may be left out are less.
    Asked,
    /// Roles that read, when and which fields.
    Readers,
    /// What somebody receives, as fields or a shape.
    Receives,
    /// How long somebody else keeps what it received.
    Keeps,
    /// No two values can be compared: any other is told.
    Told,
}

/// How the values of that key are told apart.
pub(super) fn of(section: &str, key: &str) -> Sense {
    match (section, key) {
        (_, "evidence" | "promises" | "reason" | "attest" | "hint") => Sense::Wording,
        ("charter", "version" | "effective" | "updated") => Sense::Wording,
        // Headings; a purpose's own title says what it is for.
        ("retention", "label") | ("form", "title") => Sense::Wording,

        ("source" | "ai" | "copy", "fields" | "uses") => Sense::Limit,
        ("breach", "authority" | "persons" | "processors")
        | ("notice", "sourced")
        | ("security", "backup_window")
        | ("tracker", "data_max_age")
        | ("source", "fresh")
        | ("retention", "review") => Sense::Limit,
        ("never" | "right" | "notice" | "security", "purposes") => Sense::Reach,
        ("right" | "change", "by") => Sense::More,
        ("purpose" | "share" | "copy", "retention") => Sense::More,
        ("form" | "charter", "languages") => Sense::More,
        (
            _,
            "must_not_receive" | "stop" | "passes_on" | "two_factors" | "questions_by" | "standards"
            | "at_least" | "lead",
        ) => Sense::More,
        ("purpose", "asks") => Sense::Asked,
        (_, "readers") => Sense::Readers,
        (_, "receives") => Sense::Receives,
        (_, "keeps") => Sense::Keeps,
        (
            _,
            "uses" | "people" | "purposes" | "storage" | "transit" | "sub_processors" | "of" | "fields"
            | "groups_by" | "counts" | "by" | "accepts" | "may" | "hold" | "max" | "max_age" | "deadline"
            | "extension" | "lag",
        ) => Sense::Less,
        (_, "contest" | "explain") => Sense::Only("true"),
        (_, "use_accepts" | "renews" | "searched" | "matched" | "to_model") => Sense::Only("false"),
        (_, "train_on" | "identity") => Sense::Only("never"),
        (_, "objection") => Sense::Only("switch"),
        (_, "opt_in") => Sense::Only("double"),
        (_, "consent") => Sense::Only("opt_in"),
        (_, "intake") => Sense::Only("quarantine"),
        (_, "new_purpose") => Sense::Only("consent"),
        (_, "dpia" | "only_when") => Sense::Said,
        _ => Sense::Told,
    }
}

impl Sense {
    /// Whether the value after says no more than the one before.
    pub(super) fn narrows(self, before: &Value, after: &Value) -> bool {
        match self {
            Self::Wording => true,
            Self::Less => within(after, before),
            Self::Limit => no_limit(before) || (!no_limit(after) && within(after, before)),
            Self::More => within(before, after),
            Self::Reach => no_limit(after) || (!no_limit(before) && within(before, after)),
            Self::Only(best) => match after {
                Value::Bool(is) => is.to_string() == best,
                other => other == best,
            },
            Self::Said => before.is_null(),
            Self::Asked => every(after, before, asked),
            Self::Readers => every(after, before, read_by),
            Self::Receives => received(after, before),
            Self::Keeps => kept(after, before),
            Self::Told => false,
        }
    }
}

fn no_limit(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
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
        _ => false,
    }
}

fn days(text: &str) -> Option<f64> {
    text.parse::<Duration>().ok().map(Duration::approximate_days)
}

/// Whether each of the first list is covered by one of the second.
fn every(small: &Value, large: &Value, covers: fn(&Value, &Value) -> bool) -> bool {
    let (Some(small), Some(large)) = (small.as_array(), large.as_array()) else {
        return false;
    };
    small
        .iter()
        .all(|one| large.iter().any(|other| one == other || covers(one, other)))
}

/// The same field, no longer insisted on.
fn asked(now: &Value, before: &Value) -> bool {
    now["field"] == before["field"] && now["required"] == false
}

/// The same role under the same condition, or any where there was none; of the same fields, or fewer.
fn read_by(now: &Value, before: &Value) -> bool {
    let when = now["when"] == before["when"] || before["when"] == "all";
    now["role"] == before["role"] && when && Sense::Limit.narrows(&before["fields"], &now["fields"])
}

fn received(now: &Value, before: &Value) -> bool {
    match (now.get("Fields"), before.get("Fields")) {
        (Some(now), Some(before)) => within(now, before),
        _ => before["Shape"] == "all" || now["Shape"] == "nothing_personal",
    }
}

fn kept(now: &Value, before: &Value) -> bool {
    match (now.get("For"), before.get("For")) {
        (Some(now), Some(before)) => within(now, before),
        _ => now == "Nothing",
    }
}
