//! Owns: what changes from one version to the next, as pages show it: clause by clause, in the policy's own words,
//! before and after. Doesn't own: what a change takes (`charter`).

use charter::{Change, Charter, Needs, render};
use kernel::Word as _;
use serde_json::{Value, json};

use crate::visit::Visit;

/// For whom the changes are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Everybody: what the policy doesn't publish and nobody has to be told of is left out.
    Public,
    /// Who is charged with data protection: everything.
    Desk,
}

/// The changes, and how many take what.
pub(super) fn changes(visit: &Visit, older: &Charter, newer: &Charter, reader: Reader) -> Value {
    let locale = visit.locale;
    let compared = render::Comparison::new(older, newer, locale);
    let offer = crate::offer_of(visit.site.guard(), newer);
    let mut counts = [0usize; 3];
    let mut shown = Vec::new();
    for change in older.diff(newer) {
        if is_only_numbering(&change) {
            continue;
        }
        let lines = compared.lines(&change.clause);
        if reader == Reader::Public && lines.is_empty() && change.needs == Needs::Nothing {
            continue;
        }
        let charter = if newer.place(&change.clause).is_some() {
            newer
        } else {
            older
        };
        if let Some(count) = counts.get_mut(change.needs as usize) {
            *count += 1;
        }
        let people: Vec<&str> = change
            .people
            .iter()
            .map(|people| render::people_words(*people, locale))
            .collect();
        // What the policy says nowhere is told by its keys: to who writes the charter, they are its words.
        let plain = lines.is_empty().then(|| change.what(locale));
        shown.push(json!({
            "clause": change.clause.as_str(),
            "title": compared.title(&change.clause),
            "kind": change.kind.word(),
            "needs": change.needs.word(),
            "is_about_time": change.is_about_time(),
            "people": render::list_words(&people, locale),
            "offered": offer.includes(charter, &change.clause),
            "lines": lines,
            "plain": plain,
        }));
    }
    let [nothing, notice, consent] = counts;
    json!({
        "list": shown,
        "nothing": nothing,
        "notice": notice,
        "consent": consent,
    })
}

/// A version has another number and another day than the one before: that is no news.
fn is_only_numbering(change: &Change) -> bool {
    let numbering = ["version", "effective", "updated"];
    !change.keys.is_empty()
        && change
            .keys
            .iter()
            .all(|key| numbering.contains(&key.key.as_str()))
}

/// The headings of what the newer version declares and this program doesn't do, where the older one didn't.
pub(super) fn no_longer_offered(visit: &Visit, older: &Charter, newer: &Charter) -> Vec<Value> {
    let offer = crate::offer_of(visit.site.guard(), newer);
    let policy = render::policy_where(newer, visit.locale, &offer);
    let clauses = policy.sections.iter().flat_map(|section| &section.clauses);
    clauses
        .filter(|clause| !clause.offered)
        .filter(|clause| older.place(&clause.id).is_none() || offer.includes(older, &clause.id))
        .map(|clause| json!({ "clause": clause.id.as_str(), "title": clause.title }))
        .collect()
}
