//! Owns: the key store's tables. Doesn't own: what is written into them.

use storage::Migration;

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "vault/0001_keys",
        sql: include_str!("migrations/0001_keys.sql"),
    },
    Migration {
        name: "vault/0002_receipts",
        sql: include_str!("migrations/0002_receipts.sql"),
    },
];

/// Every table and column of the key store, for the schema test. None is personal: ids, words, times, counts,
/// keyed hashes, wrapped keys, and the ledger's bodies (counts, hashes and words by contract of
/// [`crate::LedgerEntry`]).
pub const COLUMNS: &[(&str, &[&str])] = &[
    ("heads", &["chain", "hash", "length"]),
    (
        "journal",
        &["at", "hash", "kind", "previous", "scope", "seq", "subject"],
    ),
    (
        "keys",
        &[
            "destroyed_at",
            "dossier",
            "made_at",
            "settled",
            "state",
            "wrapped",
        ],
    ),
    (
        "ledger",
        &[
            "at", "body", "entry", "hash", "kind", "previous", "seq", "subject",
        ],
    ),
    ("lookups", &["dossier", "hash", "kind"]),
    ("signing", &["made_at", "public", "until_at", "wrapped"]),
    ("site", &["check_value", "id", "made_at", "nature", "seal"]),
    (
        "suppressions",
        &["hash", "kind", "made_at", "purpose", "until_at"],
    ),
];
