//! Owns: what each clause of a charter says, key by key, in one form that can be compared. Doesn't own: what a
//! difference means (`judge`).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Charter, ClauseId, Rule, model::Item};

/// What a clause says: its keys and their values, those left unsaid with what holds then.
pub(super) type Facts = Map<String, Value>;

/// What every clause says, in the order of reading.
pub(super) fn of(charter: &Charter) -> BTreeMap<ClauseId, Facts> {
    let mut all = BTreeMap::new();
    let mut once = |rule: &Rule, facts: Facts| {
        all.insert(rule.clause.clone(), facts);
    };
    once(&charter.header.rule, facts(&charter.header));
    once(&charter.controller.rule, facts(&charter.controller));
    macro_rules! each {
        ($($rules:expr),+) => { $(for one in $rules { once(&one.rule, facts(one)); })+ };
    }
    each!(
        &charter.roles,
        charter.fields.iter().filter(|field| !field.built_in),
        &charter.purposes,
        &charter.forms,
        &charter.sources,
        &charter.retentions,
        &charter.processors,
        &charter.copies,
        &charter.shares,
        &charter.trackers,
        &charter.ai,
        charter.rights.iter(),
        charter.sourcing.iter(),
        charter.change.iter(),
        charter.breach.iter(),
        charter.security.iter(),
        charter.never.iter(),
        &charter.clauses
    );
    items(&mut all, charter.rights.iter().flat_map(|one| &one.offers));
    items(&mut all, charter.sourcing.iter().flat_map(|one| &one.at));
    items(&mut all, charter.security.iter().flat_map(|one| &one.measures));
    items(&mut all, charter.never.iter().flat_map(|one| &one.rules));
    all
}

fn items<'c, W: Serialize + 'c>(
    all: &mut BTreeMap<ClauseId, Facts>,
    items: impl Iterator<Item = &'c Item<W>>,
) {
    for item in items {
        all.insert(item.rule.clause.clone(), facts(item));
    }
}

/// A rule as a map, what every rule has beside its own keys, without its id.
fn facts(rule: &impl Serialize) -> Facts {
    let Ok(Value::Object(mut map)) = serde_json::to_value(rule) else {
        return Facts::new();
    };
    let beside = map.remove("rule");
    // Two groups of the model whose keys stand in the purpose itself.
    for group in ["statistics", "communication"] {
        if let Some(Value::Object(keys)) = map.remove(group) {
            map.extend(keys);
        }
    }
    // Words that are clauses of their own.
    map.retain(|_, value| !is_items(value));
    map.values_mut().for_each(bare);
    if let Some(Value::Object(beside)) = beside {
        map.extend(beside.into_iter().filter(|(key, _)| key != "clause"));
    }
    map
}

fn is_items(value: &Value) -> bool {
    let item = |one: &Value| one.get("rule").is_some() && one.get("word").is_some();
    value.as_array().is_some_and(|list| list.iter().any(item))
}

/// Takes the rules of nested values away: they are clauses of their own.
fn bare(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("rule");
            map.values_mut().for_each(bare);
        }
        Value::Array(list) => list.iter_mut().for_each(bare),
        _ => {}
    }
}
