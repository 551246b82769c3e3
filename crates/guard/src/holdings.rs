//! Owns: [`Holdings`], what a capability declares of what it keeps: tables, the charter field behind every personal
//! column, facts for the charter's conditions. Doesn't own: any table of a capability; it is handed them as data.

use std::{collections::HashSet, future::Future, pin::Pin};

use charter::Condition;
use kernel::Id;
use storage::{Db, Migration};
use vault::DossierId;

use crate::Staff;

/// What a column holds. There is no fourth kind: a column that is in no declaration fails the schema test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// A sealed key, or what stands for one.
    Key,
    /// An id, an enumeration, a number, a time, a keyed hash, a published text: nothing that a person typed.
    Plain,
    /// Sealed, and this field of the charter stands behind it.
    Personal(&'static str),
    /// Sealed, and the charter field named in that other column of the row stands behind it.
    PersonalNamedBy(&'static str),
}

/// One table and what each of its columns holds.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name in the database.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [(&'static str, Column)],
    /// The column with the row's id, under which its personal columns are sealed.
    pub row: &'static str,
    /// The columns that name a dossier with whose end the row ends: what is erased, and what a person is given a copy
    /// of. None for what is about nobody, or ends by itself.
    pub ends: &'static [&'static str],
}

/// Of these dossiers, which satisfy the condition for that member of staff.
pub type Fact = fn(
    Db,
    Id<Staff>,
    Vec<DossierId>,
) -> Pin<Box<dyn Future<Output = Result<HashSet<DossierId>, storage::Error>> + Send>>;

/// What a capability keeps, and what it knows for the charter's conditions.
#[derive(Clone, Copy)]
pub struct Holdings {
    /// Who declares it.
    pub capability: &'static str,
    /// Its migrations, in order.
    pub migrations: &'static [Migration],
    /// Its tables.
    pub tables: &'static [Table],
    /// The conditions it can answer.
    pub facts: &'static [(Condition, Fact)],
}

impl Holdings {
    /// The column of that name with the charter's field that stands behind it, where one does.
    pub(crate) fn personal(&self, table: &str, column: &str) -> Option<(&'static str, &'static str)> {
        let table = self.tables.iter().find(|own| own.name == table)?;
        table.columns.iter().find_map(|(name, kind)| match kind {
            Column::Personal(field) if *name == column => Some((*name, *field)),
            _ => None,
        })
    }
}

use Column::{Key, Personal, PersonalNamedBy, Plain};

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
                sql: include_str!("../migrations/0001_guard.sql"),
            },
            Migration {
                name: "guard/0002_one_person",
                sql: include_str!("../migrations/0002_one_person.sql"),
            },
            Migration {
                name: "guard/0003_accounts",
                sql: include_str!("../migrations/0003_accounts.sql"),
            },
            Migration {
                name: "guard/0003_addresses",
                sql: include_str!("../migrations/0003_addresses.sql"),
            },
            Migration {
                name: "guard/0004_ceremonies",
                sql: include_str!("../migrations/0004_ceremonies.sql"),
            },
            Migration {
                name: "guard/0005_api",
                sql: include_str!("../migrations/0005_api.sql"),
            },
            Migration {
                name: "guard/0006_versions",
                sql: include_str!("../migrations/0006_versions.sql"),
            },
            Migration {
                name: "guard/0007_entry",
                sql: include_str!("../migrations/0007_entry.sql"),
            },
            Migration {
                name: "guard/0008_keep",
                sql: include_str!("../migrations/0008_keep.sql"),
            },
            Migration {
                name: "guard/0009_backups",
                sql: include_str!("../migrations/0009_backups.sql"),
            },
            Migration {
                name: "guard/0011_rights",
                sql: include_str!("../migrations/0011_rights.sql"),
            },
            Migration {
                name: "guard/0012_receipts",
                sql: include_str!("../migrations/0012_receipts.sql"),
            },
        ],
        tables: GUARD,
        facts: &[],
    },
];

const GUARD: &[Table] = &[
    Table {
        name: "backups",
        columns: &[
            ("kind", Plain),
            ("outcome", Plain),
            ("at", Plain),
            ("detail", Plain),
        ],
        row: "kind",
        ends: &[],
    },
    Table {
        name: "charter_versions",
        columns: &[
            ("version", Plain),
            ("digest", Plain),
            ("text", Plain),
            ("activated_at", Plain),
            ("activated_by", Plain),
            ("effective_at", Plain),
            ("noted_at", Plain),
        ],
        row: "version",
        ends: &[],
    },
    Table {
        name: "dossiers",
        columns: &[
            ("id", Plain),
            ("person", Plain),
            ("purpose", Plain),
            ("charter_version", Plain),
            ("opened_at", Plain),
            ("restricted", Plain),
        ],
        row: "id",
        ends: &["id"],
    },
    Table {
        name: "moments",
        columns: &[("dossier", Plain), ("event", Plain), ("at", Plain)],
        row: "dossier",
        ends: &["dossier"],
    },
    Table {
        name: "clocks",
        columns: &[
            ("dossier", Plain),
            ("retention", Plain),
            ("started_at", Plain),
            ("due_at", Plain),
            ("charter_version", Plain),
            ("asks_at", Plain),
            ("asked_at", Plain),
            ("next_at", Plain),
        ],
        row: "dossier",
        ends: &["dossier"],
    },
    Table {
        name: "files",
        columns: &[
            ("id", Plain),
            ("dossier", Plain),
            ("field", Plain),
            ("kind", Plain),
            ("size", Plain),
            ("name", PersonalNamedBy("field")),
            ("added_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "mails",
        columns: &[
            ("id", Plain),
            ("dossier", Plain),
            ("kind", Plain),
            ("state", Plain),
            ("purpose", Plain),
            ("fields", Plain),
            ("decision", Plain),
            ("recipient", Personal("email")),
            ("subject", Personal("exchange")),
            ("body", Personal("exchange")),
            ("written_at", Plain),
            ("leaves_at", Plain),
            ("settled_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "disclosures",
        columns: &[
            ("id", Plain),
            ("dossier", Plain),
            ("processor", Plain),
            ("purpose", Plain),
            ("fields", Plain),
            ("at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "decisions",
        columns: &[
            ("id", Plain),
            ("dossier", Plain),
            ("staff", Plain),
            ("kind", Plain),
            ("reason", Plain),
            ("made_at", Plain),
            ("undo_until", Plain),
            ("undone_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "holds",
        columns: &[
            ("id", Plain),
            ("dossier", Plain),
            ("kind", Plain),
            ("reference", Plain),
            ("staff", Plain),
            ("placed_at", Plain),
            ("until_at", Plain),
            ("lifted_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "renewals",
        columns: &[
            ("token", Key),
            ("dossier", Plain),
            ("asked_at", Plain),
            ("ends_at", Plain),
            ("answered_at", Plain),
            ("answer", Plain),
        ],
        row: "token",
        ends: &["dossier"],
    },
    Table {
        name: "rights_requests",
        columns: &[
            ("id", Plain),
            ("person", Plain),
            ("kind", Plain),
            ("way", Plain),
            ("state", Plain),
            ("language", Plain),
            ("received_at", Plain),
            ("first_due_at", Plain),
            ("due_at", Plain),
            ("extended_at", Plain),
            ("ended_at", Plain),
            ("handled_by", Plain),
            ("given_name", Personal("given_name")),
            ("family_name", Personal("family_name")),
            ("email", Personal("email")),
            ("message", Personal("message")),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["id"],
    },
    Table {
        name: "rights_steps",
        columns: &[
            ("id", Plain),
            ("request", Plain),
            ("step", Plain),
            ("at", Plain),
            ("staff", Plain),
            ("role", Plain),
            ("text", Personal("rights_request")),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["request"],
    },
    Table {
        name: "consents",
        columns: &[
            ("id", Plain),
            ("dossier", Plain),
            ("purpose", Plain),
            ("field", Plain),
            ("given_at", Plain),
            ("renewed_at", Plain),
            ("withdrawn_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "objections",
        columns: &[("person", Plain), ("purpose", Plain), ("at", Plain)],
        row: "person",
        ends: &["person"],
    },
    Table {
        name: "sweeps",
        columns: &[
            ("day", Plain),
            ("last_at", Plain),
            ("taken", Plain),
            ("erased", Plain),
            ("stopped", Plain),
            ("confirmed_by", Plain),
            ("confirmed_at", Plain),
        ],
        row: "day",
        ends: &[],
    },
    Table {
        name: "erasures",
        columns: &[
            ("id", Plain),
            ("scope", Plain),
            ("subject", Plain),
            ("why", Plain),
            ("staff", Plain),
            ("asked_at", Plain),
            ("done_at", Plain),
            ("erased", Plain),
            ("kept", Plain),
            ("pseudonym", Plain),
            ("entry", Plain),
        ],
        row: "id",
        ends: &[],
    },
    Table {
        name: "erasure_parts",
        columns: &[("erasure", Plain), ("clause", Plain), ("erased", Plain)],
        row: "erasure",
        ends: &[],
    },
    Table {
        name: "receipts",
        columns: &[
            ("entry", Plain),
            ("dossier", Plain),
            ("kind", Plain),
            ("at", Plain),
        ],
        row: "entry",
        ends: &["dossier"],
    },
    Table {
        name: "notices",
        columns: &[
            ("id", Plain),
            ("batch", Plain),
            ("processor", Plain),
            ("cause", Plain),
            ("way", Plain),
            ("state", Plain),
            ("dossiers", Plain),
            ("first_at", Plain),
            ("last_at", Plain),
            ("made_at", Plain),
            ("next_at", Plain),
            ("ends_at", Plain),
            ("times", Plain),
            ("told_at", Plain),
            ("told_by", Plain),
            ("answered_at", Plain),
            ("answered_by", Plain),
            ("closed_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &[],
    },
    Table {
        name: "notice_sendings",
        columns: &[("notice", Plain), ("sending", Plain), ("at", Plain)],
        row: "notice",
        ends: &[],
    },
    Table {
        name: "access_views",
        columns: &[
            ("id", Plain),
            ("actor", Plain),
            ("role", Plain),
            ("purpose", Plain),
            ("day", Plain),
            ("subjects", Plain),
        ],
        row: "id",
        ends: &[],
    },
    Table {
        name: "access_days",
        columns: &[
            ("person", Plain),
            ("day", Plain),
            ("actor", Plain),
            ("role", Plain),
            ("purpose", Plain),
            ("opened", Plain),
            ("listed", Plain),
        ],
        row: "person",
        ends: &["person"],
    },
    Table {
        name: "ledger_queue",
        columns: &[
            ("id", Plain),
            ("at", Plain),
            ("kind", Plain),
            ("subject", Plain),
            ("body", Plain),
        ],
        row: "id",
        ends: &[],
    },
    Table {
        name: "staff",
        columns: &[
            ("id", Plain),
            ("role", Plain),
            ("given_name", Personal("given_name")),
            ("family_name", Personal("family_name")),
            ("email", Personal("email")),
            ("added_at", Plain),
            ("ended_at", Plain),
            ("joined_at", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["id"],
    },
    Table {
        name: "sessions",
        columns: &[
            ("token", Key),
            ("id", Plain),
            ("kind", Plain),
            ("subject", Plain),
            ("stage", Plain),
            ("browser", Plain),
            ("system", Plain),
            ("made_at", Plain),
            ("used_on", Plain),
            ("ends_at", Plain),
            ("entry", Plain),
        ],
        row: "id",
        ends: &["subject"],
    },
    Table {
        name: "credentials",
        columns: &[
            ("id", Plain),
            ("account", Plain),
            ("dossier", Plain),
            ("kind", Plain),
            ("secret", Personal("credential")),
            ("browser", Plain),
            ("system", Plain),
            ("added_at", Plain),
            ("used_on", Plain),
            ("used_step", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["dossier"],
    },
    Table {
        name: "password_links",
        columns: &[
            ("token", Key),
            ("kind", Plain),
            ("account", Plain),
            ("purpose", Plain),
            ("made_at", Plain),
            ("ends_at", Plain),
        ],
        row: "token",
        ends: &["account"],
    },
    Table {
        name: "devices",
        columns: &[("token", Key), ("account", Plain), ("ends_at", Plain)],
        row: "token",
        ends: &["account"],
    },
    Table {
        name: "ceremonies",
        columns: &[("token", Key), ("ends_at", Plain)],
        row: "token",
        ends: &[],
    },
    Table {
        name: "limits",
        columns: &[("name", Key), ("full_at", Plain)],
        row: "name",
        ends: &[],
    },
    Table {
        name: "links",
        columns: &[
            ("token", Key),
            ("person", Plain),
            ("target", Plain),
            ("made_at", Plain),
            ("ends_at", Plain),
        ],
        row: "token",
        ends: &["person", "target"],
    },
    Table {
        name: "aliases",
        columns: &[("person", Plain), ("main", Plain), ("joined_at", Plain)],
        row: "person",
        ends: &["person", "main"],
    },
    Table {
        name: "proven_mailboxes",
        columns: &[
            ("person", Plain),
            ("mailbox", Personal("email")),
            ("proven_at", Plain),
            ("charter_version", Plain),
        ],
        row: "person",
        ends: &["person"],
    },
    Table {
        name: "address_changes",
        columns: &[
            ("person", Plain),
            ("address", Personal("email")),
            ("old_token", Key),
            ("new_token", Key),
            ("old_at", Plain),
            ("new_at", Plain),
            ("made_at", Plain),
            ("ends_at", Plain),
            ("charter_version", Plain),
        ],
        row: "person",
        ends: &["person"],
    },
    Table {
        name: "api_tokens",
        columns: &[
            ("token", Key),
            ("id", Plain),
            ("staff", Plain),
            ("name", Personal("credential")),
            ("scopes", Plain),
            ("made_at", Plain),
            ("ends_at", Plain),
            ("used_on", Plain),
            ("charter_version", Plain),
        ],
        row: "id",
        ends: &["staff"],
    },
    Table {
        name: "once",
        columns: &[
            ("key", Key),
            ("first", Plain),
            ("second", Plain),
            ("lease_until", Plain),
            ("ends_at", Plain),
            ("request", Plain),
            ("answer", Key),
        ],
        row: "key",
        ends: &[],
    },
];
