//! Backups of a site's data: made while it is used, deduplicated, sealed; verified, restored, rehearsed; let go. Owns: what
//! lies in a target and how. Doesn't own: the target (`gateway::store`), the ciphers (`vault`), the key store's own
//! backup ([`crate::keys`]).
//!
//! # Format of a target, final from version 1
//! Everything is ciphertext under a key of the site's key store; how many objects there are and how large shows, and
//! when each backup was made.
//! ```text
//! site               "VIVB" | 01 | envelope: JSON; tells whose backups these are
//! packs/ab/ab…       envelopes of pieces, one after the other
//! index/ab…          envelope: for each pack its name (32), how many pieces (4), and for each its name (16) and the
//!                    length of its envelope (4); big-endian
//! snapshots/ID       envelope: JSON, one backup
//! ```
//! Packs and indexes are named by the SHA-256 of their bytes. A piece of a table is named by a keyed hash of its
//! records, a piece of a sealed file by one of the file's ids and size: files never change. So what is there already is
//! known without reading it, and a backup adds what is new.

mod chunks;
mod clear;
mod create;
mod drill;
mod error;
mod held;
mod manifest;
mod pack;
mod replay;
mod repository;
mod restore;
mod schedule;
mod state;
mod thin;
mod verify;

#[cfg(test)]
mod tests;

pub use create::Made;
pub(crate) use create::Occasion;
pub use drill::Drilled;
pub use error::BackupError;
pub use held::HeldMail;
pub use replay::{Replay, Replayed};
pub use restore::{Restored, restore};
pub use schedule::{Plan, keep_up};
pub use state::{BackupKind, BackupsState, Damage, Last};
pub use verify::{Flaw, Verified, verify};

/// Marks the id of one backup.
pub enum Backup {}
