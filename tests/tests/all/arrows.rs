//! Owns: who may depend on whom: the table of docs/ARCHITECTURE.md, held against `cargo metadata`.

use crate::house::{lines, read};
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// They stand outside: nothing in the house depends on them.
const OUTSIDE: [&str; 3] = ["xtask", "acceptance", "bench"];

/// What comes from outside the house and belongs to one room, or a few, alone.
const ONE_ROOM: [(&str, &[&str]); 6] = [
    ("sqlx", &["storage"]),
    ("lettre", &["gateway"]),
    ("minijinja", &["web"]),
    ("axum", &["web", "app", "vivier"]),
    ("webauthn-rs", &["guard"]),
    ("url", &["gateway"]),
];

/// A crate of the house and the names it depends on.
struct Room {
    name: String,
    uses: Vec<String>,
    /// In tests only.
    tries: Vec<String>,
}

/// Crate → the crates it may use, from the rows of the document's table.
type Table = BTreeMap<String, Vec<String>>;

fn table(document: &str) -> Table {
    let rows = document.lines().filter(|line| line.starts_with("| `"));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let &[name, _, may] = cells.as_slice() else {
            return None;
        };
        let may = may
            .split([',', ' ', '`'])
            .filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase()));
        Some((
            name.trim_matches('`').to_owned(),
            may.map(str::to_owned).collect(),
        ))
    })
    .collect()
}

fn rooms(metadata: &Value) -> Vec<Room> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = list(&metadata["packages"]);
    let room = |package: &Value| {
        let name = text(&package["name"]);
        let (mut uses, mut tries) = (Vec::new(), Vec::new());
        for dependency in list(&package["dependencies"])
            .iter()
            .filter(|dependency| dependency["name"] != *name)
        {
            let kind = if dependency["kind"] == "dev" {
                &mut tries
            } else {
                &mut uses
            };
            kind.push(text(&dependency["name"]));
        }
        Room { name, uses, tries }
    };
    packages.iter().map(room).collect()
}

/// Each arrow that the table doesn't have, as a sentence.
fn strays(table: &Table, rooms: &[Room]) -> Vec<String> {
    let ours: Vec<&str> = rooms.iter().map(|room| room.name.as_str()).collect();
    let mut strays = Vec::new();
    for room in rooms.iter().filter(|room| !OUTSIDE.contains(&room.name.as_str())) {
        let Some(may) = table.get(&room.name) else {
            strays.push(format!("{} is not in the table", room.name));
            continue;
        };
        let may = |other: &str| other == "kernel" || may.iter().any(|name| name == other);
        for other in room
            .uses
            .iter()
            .filter(|other| ours.contains(&other.as_str()) && !may(other))
        {
            strays.push(format!("{} may not use {other}", room.name));
        }
        // Tests may use storage's `testing` feature.
        for other in room
            .tries
            .iter()
            .filter(|other| ours.contains(&other.as_str()) && !may(other))
        {
            if other != "storage" {
                strays.push(format!(
                    "{} may not use {other}, not even in its tests",
                    room.name
                ));
            }
        }
        for (foreign, only) in ONE_ROOM {
            if room.uses.iter().any(|name| name == foreign) && !only.contains(&room.name.as_str()) {
                strays.push(format!(
                    "{} may not use {foreign}: it belongs to {}",
                    room.name,
                    only.join(", ")
                ));
            }
        }
    }
    strays
}

#[test]
fn arrows_go_as_the_table_says() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version=1", "--manifest-path"])
        .arg(crate::house::root().join("Cargo.toml"))
        .output()
        .expect("cargo metadata runs");
    let metadata = serde_json::from_slice(&output.stdout).expect("cargo metadata prints JSON");
    let rooms = rooms(&metadata);
    assert!(rooms.len() > 2, "cargo metadata names no rooms");
    assert_eq!(
        strays(&table(&read("docs/ARCHITECTURE.md")), &rooms),
        Vec::<String>::new()
    );
}

#[test]
fn a_stray_arrow_is_seen() {
    let table = table(&lines(&[
        "| crate | owns | may use |",
        "|---|---|---|",
        "| `kernel` | ids | – |",
        "| `storage` | SQL | – |",
        "| `vault` | keys | `storage` |",
        "| `guard` | the rules | `vault`, `storage` |",
    ]));
    let metadata = serde_json::json!({ "packages": [
        { "name": "kernel", "dependencies": [{ "name": "serde", "kind": null }] },
        { "name": "storage", "dependencies": [{ "name": "sqlx", "kind": null }, { "name": "storage", "kind": "dev" }] },
        { "name": "vault", "dependencies": [{ "name": "guard", "kind": null }, { "name": "kernel", "kind": null }] },
        { "name": "guard", "dependencies": [
            { "name": "vault", "kind": null }, { "name": "sqlx", "kind": null }, { "name": "storage", "kind": "dev" },
        ] },
        { "name": "attic", "dependencies": [] },
        { "name": "xtask", "dependencies": [{ "name": "guard", "kind": "build" }] },
    ] });
    let mut rooms = rooms(&metadata);
    rooms[0].tries.push("guard".to_owned());
    let expected = [
        "kernel may not use guard, not even in its tests",
        "vault may not use guard",
        "guard may not use sqlx: it belongs to storage",
        "attic is not in the table",
    ];
    assert_eq!(strays(&table, &rooms), expected);
}
