//! Owns: what the desk's lists say alike: what is filtered, who did something, in which case alone the charter has a
//! role read. Doesn't own: any list.

use charter::{Charter, Condition, PurposeKind, render};
use guard::Colleague;
use serde_json::{Value, json};

use crate::{
    query::{Chip, Filter, Query},
    visit::Visit,
};

/// What the list at that address is narrowed by, each with the address without it.
pub(crate) fn chips(here: &str, query: &Query, filters: &[Filter]) -> Vec<Chip> {
    let searched = query.get("q");
    let mut chips = Vec::new();
    if !searched.is_empty() {
        chips.push(Chip {
            label: searched.to_owned(),
            href: query.href(here, "q", ""),
        });
    }
    for filter in filters {
        for choice in filter.options.iter().filter(|choice| choice.chosen) {
            chips.push(Chip {
                label: choice.label.clone(),
                href: query.href(here, filter.name, ""),
            });
        }
    }
    chips
}

/// In which case alone the charter has the reader's role read for those purposes; nothing when it reads all.
pub(crate) fn only(visit: &Visit, kinds: &[PurposeKind]) -> Option<String> {
    let charter = visit.site.guard().charter();
    let role = visit.actor.role()?;
    let purposes = kinds.iter().flat_map(|kind| charter.purposes_of(*kind));
    let mut readers = purposes
        .flat_map(|purpose| &purpose.readers)
        .filter(|reader| reader.role == role)
        .peekable();
    let first = *readers.peek()?;
    let conditional = readers.all(|reader| reader.when != Condition::All);
    conditional.then(|| render::typeset(&render::reader_words(&charter, first, visit.locale), visit.locale))
}

/// A colleague by name where the charter shows it, else by role.
pub(crate) fn by_whom(visit: &Visit, charter: &Charter, colleague: &Colleague) -> Value {
    let role = charter.role(&colleague.role).map(|role| role.label(visit.locale));
    colleague
        .name
        .as_ref()
        .map_or_else(|| json!(role), |name| json!(name))
}
