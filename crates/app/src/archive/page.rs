//! Owns: `index.html`: everything held, for its person to read and print, without a script or anything from elsewhere.
//! Doesn't own: the words for tables and columns ([`super::words`]), the page in the person's area.

use charter::render;
use guard::export::{Content, Dossier, Fact, File, Row};
use kernel::{Date, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use web::{KitError, Page};

use super::{About, words};

/// Told at the head of each thing, or by the list of its files.
const TOLD: [&str; 2] = ["dossiers", "files"];

/// One thing that is kept.
#[derive(Serialize)]
struct Thing {
    anchor: String,
    title: String,
    since: Timestamp,
    until: Option<Timestamp>,
    /// The rule that decides, and its clause.
    rule: Option<String>,
    clause: Option<String>,
    basis: Option<String>,
    restricted: Option<String>,
    files: Vec<Attached>,
    groups: Vec<Group>,
}

/// Rows of one table.
#[derive(Serialize)]
struct Group {
    title: String,
    rows: Vec<Vec<Cell>>,
}

/// A column of a row.
#[derive(Serialize, Default)]
struct Cell {
    label: String,
    text: Option<Value>,
    at: Option<Timestamp>,
    day: Option<Date>,
    /// Why there is no text: the word of one.
    instead: Option<&'static str>,
}

#[derive(Serialize)]
struct Attached {
    label: String,
    name: Option<String>,
    bytes: u64,
}

pub(super) fn html(about: &About<'_>) -> Result<String, KitError> {
    let (site, charter) = (about.site, about.charter);
    let things: Vec<Thing> = about
        .everything
        .dossiers
        .iter()
        .enumerate()
        .map(|(nth, dossier)| of_dossier(about, nth, dossier))
        .collect();
    let controller = charter.controller();
    let context = json!({
        "made_at": about.now,
        "controller": controller.name,
        "address": controller.address,
        "write_to": controller.dpo.as_ref().or(controller.contact.as_ref()),
        "authority": controller.authority,
        "policy": site.url("/privacy"),
        "version": charter.version(),
        "things": things,
        "rest": groups(about, &about.everything.rest),
    });
    let page = Page::new(
        site.face(about.locale),
        about.locale,
        "/me/data/archive",
        about.now,
    );
    site.kit()
        .render(about.locale, "archive/index.html", &page, context)
}

fn of_dossier(about: &About<'_>, nth: usize, dossier: &Dossier) -> Thing {
    let (charter, locale) = (about.charter, about.locale);
    let purpose = charter.purpose(&dossier.held.purpose);
    let until = dossier.held.until.as_ref();
    let retention = until.and_then(|until| charter.retention(&until.retention));
    let rule = |retention| render::typeset(&render::retention_rule(retention, locale), locale);
    Thing {
        anchor: format!("thing-{}", nth + 1),
        title: title(about, dossier),
        since: dossier.held.opened_at,
        until: until.map(guard::keep::Until::last_day),
        rule: retention.map(rule),
        clause: retention.map(|retention| retention.rule.clause.to_string()),
        basis: purpose.map(|purpose| render::typeset(&render::basis_words(&purpose.basis, locale), locale)),
        restricted: dossier
            .restricted
            .as_ref()
            .map(|why| words::restricted(about, why)),
        files: dossier.files.iter().map(|file| attached(about, file)).collect(),
        groups: groups(about, &dossier.rows),
    }
}

/// What it is: whose name it is, to which offer, or else what for.
fn title(about: &About<'_>, dossier: &Dossier) -> String {
    if dossier.held.dossier == dossier.person.cast() {
        return about.text("account-kept-identity");
    }
    let purpose = about.charter.purpose(&dossier.held.purpose);
    let purpose = purpose.map_or(dossier.held.purpose.as_str(), |purpose| {
        purpose.title(about.locale)
    });
    let mut facts = dossier.rows.iter().flat_map(|row| &row.facts);
    let offer = facts.find_map(|(_, fact)| match fact {
        Fact::Reference(id) => about.offers.get(id),
        _ => None,
    });
    offer.map_or_else(|| purpose.to_owned(), |offer| format!("{purpose} – {offer}"))
}

fn groups(about: &About<'_>, rows: &[Row]) -> Vec<Group> {
    let mut groups: Vec<(&str, Group)> = Vec::new();
    for row in rows.iter().filter(|row| !TOLD.contains(&row.table)) {
        let cells = cells(about, row);
        if cells.is_empty() {
            continue;
        }
        match groups.last_mut().filter(|(table, _)| *table == row.table) {
            Some((_, group)) => group.rows.push(cells),
            None => groups.push((
                row.table,
                Group {
                    title: words::table(about, row.table),
                    rows: vec![cells],
                },
            )),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn cells(about: &About<'_>, row: &Row) -> Vec<Cell> {
    let values = row.values.iter().map(|value| {
        let label = words::value(about, value.column, &value.field);
        let (text, instead) = match &value.content {
            Content::Shown(shown) => (Some(json!(shown)), None),
            Content::Fingerprint(_) => (None, Some("fingerprint")),
            Content::Unreadable => (None, Some("unreadable")),
            Content::Withheld => (None, Some("withheld")),
        };
        Cell {
            label,
            text,
            instead,
            ..Cell::default()
        }
    });
    let facts = row.facts.iter().filter_map(|(column, fact)| {
        if words::HIDDEN.contains(column) {
            return None;
        }
        let mut cell = Cell {
            label: words::column(about, column),
            ..Cell::default()
        };
        match fact {
            Fact::Nothing => return None,
            Fact::At(at) => cell.at = Some(*at),
            Fact::Day(day) => cell.day = Some(*day),
            Fact::Number(number) => cell.text = Some(json!(number.to_string())),
            Fact::Word(word) if word.is_empty() => return None,
            Fact::Word(word) => cell.text = Some(json!(words::word(about, row.table, column, word))),
            Fact::Reference(id) => cell.text = Some(json!(about.offers.get(id)?)),
            Fact::Staff(role) => cell.text = Some(json!(words::role(about, role.as_deref()))),
            Fact::SomebodyElse => cell.instead = Some("somebody"),
            Fact::Unreadable => cell.instead = Some("unreadable"),
        }
        Some(cell)
    });
    values.chain(facts).collect()
}

fn attached(about: &About<'_>, file: &File) -> Attached {
    Attached {
        label: words::value(about, "value", &file.field),
        name: file.name.clone(),
        bytes: file.size,
    }
}
