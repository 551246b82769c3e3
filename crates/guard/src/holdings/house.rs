//! Owns: what the house below the capabilities keeps: its migrations, in order. Doesn't own: its tables
//! ([`super::tables`]).

use storage::Migration;

use super::{Column::Plain, Holdings, Table, tables};

/// The tables of the house below the capabilities.
pub(crate) const HOUSE: &[Holdings] = &[
    Holdings {
        capability: "platform",
        migrations: platform::MIGRATIONS,
        tables: &[Table {
            name: "jobs",
            columns: &[
                ("id", Plain),
                ("kind", Plain),
                ("subject", Plain),
                ("state", Plain),
                ("run_at", Plain),
                ("attempts", Plain),
                ("lease_until", Plain),
            ],
            row: "id",
            ends: &[],
        }],
        facts: &[],
    },
    Holdings {
        capability: "guard",
        migrations: &[
            Migration {
                name: "guard/0001_guard",
                sql: include_str!("../../migrations/0001_guard.sql"),
            },
            Migration {
                name: "guard/0002_one_person",
                sql: include_str!("../../migrations/0002_one_person.sql"),
            },
            Migration {
                name: "guard/0003_accounts",
                sql: include_str!("../../migrations/0003_accounts.sql"),
            },
            Migration {
                name: "guard/0003_addresses",
                sql: include_str!("../../migrations/0003_addresses.sql"),
            },
            Migration {
                name: "guard/0004_ceremonies",
                sql: include_str!("../../migrations/0004_ceremonies.sql"),
            },
            Migration {
                name: "guard/0005_api",
                sql: include_str!("../../migrations/0005_api.sql"),
            },
            Migration {
                name: "guard/0006_versions",
                sql: include_str!("../../migrations/0006_versions.sql"),
            },
            Migration {
                name: "guard/0007_entry",
                sql: include_str!("../../migrations/0007_entry.sql"),
            },
            Migration {
                name: "guard/0008_keep",
                sql: include_str!("../../migrations/0008_keep.sql"),
            },
            Migration {
                name: "guard/0009_backups",
                sql: include_str!("../../migrations/0009_backups.sql"),
            },
            Migration {
                name: "guard/0011_rights",
                sql: include_str!("../../migrations/0011_rights.sql"),
            },
            Migration {
                name: "guard/0012_receipts",
                sql: include_str!("../../migrations/0012_receipts.sql"),
            },
            Migration {
                name: "guard/0013_access_days",
                sql: include_str!("../../migrations/0013_access_days.sql"),
            },
            Migration {
                name: "guard/0014_sharings",
                sql: include_str!("../../migrations/0014_sharings.sql"),
            },
        ],
        tables: tables::GUARD,
        facts: &[],
    },
];
