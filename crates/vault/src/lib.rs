//! Owns: the keys of dossiers, sealing and opening, blind look-ups, and the key store that holds them with the
//! restriction journal and the ledger. Doesn't own: who may open what and why (`guard`), the tables in which
//! sealed values lie.
//!
//! Everything personal is sealed with the key of its *dossier*, whatever has one clock. When the clock ends the
//! key is destroyed, and every copy of the sealed bytes, in whatever backup, is unreadable.
//!
//! # Formats, final from version 1
//! A change would mean sealing everything again; golden tests (`src/tests/golden.rs`) pin each byte, checked against
//! another implementation. All numbers are big-endian. `Derive(key, label…)` is HKDF-Expand (RFC 5869) with
//! SHA-256, 32 bytes, `info` being the labels one after the other.
//!
//! **Envelope**, for cells, wrapped keys and tokens: `01` | nonce, 12 random bytes | ciphertext | tag, 16 bytes;
//! AES-256-GCM (NIST SP 800-38D). The length of what is sealed shows.
//!
//! **Keys**
//! ```text
//! master key         32 random bytes, outside the key store
//! site root          HKDF-Extract(salt: the site's 32 random bytes, master key)
//! check value        Derive(site root, "vivier/1/check"), stored: another master key is told at once
//! wrapping key       Derive(site root, "vivier/1/wrap")
//! site secret        32 random bytes; stored as 01 | salt (32) | envelope under the wrapping key,
//!                    associated data "vivier/1/site"
//!   look-ups         Derive(site secret, "vivier/1/lookup")         HMAC-SHA256
//!   token MACs       Derive(site secret, "vivier/1/token-mac")      HMAC-SHA256
//!   sealed tokens    Derive(site secret, "vivier/1/token-seal")     envelope
//!   journal          Derive(site secret, "vivier/1/journal")        HMAC-SHA256
//!   journal subjects Derive(site secret, "vivier/1/subject")        HMAC-SHA256
//!   backups          Derive(site secret, "vivier/1/backup-seal")    envelope
//!   names in them    Derive(site secret, "vivier/1/backup-name")    HMAC-SHA256, its first 16 bytes
//! key backups        Derive(master key, "vivier/1/keys-seal" | salt (32))          envelope
//! signing seed       32 random bytes of Ed25519; stored as an envelope under the wrapping key, associated data
//!                    "vivier/1/sign" | public key (32)
//! dossier key        32 random bytes; stored as an envelope under the wrapping key, associated data
//!                    "vivier/1/key" | dossier id (16)
//!   cells            Derive(dossier key, "vivier/1/cells")          envelope
//!   pseudonym        Derive(dossier key, "vivier/1/pseudonym")
//!   one file         Derive(dossier key, "vivier/1/file" | file id (16) | salt (16))
//! ```
//! Only what hangs directly under the master key is wrapped anew when it changes.
//!
//! **Cell**: an envelope; associated data `"vivier/1/cell"` | dossier id (16) | row id (16) | length (2) and name
//! of the table | length (2) and name of the column. So a value can't be moved to another row, column, table or
//! dossier.
//!
//! **Backup of the data**: see [`BackupSeal`]. **Backup of the key store**: see [`Generation`].
//! **File**: see [`FileSealer`]. **Keyed hashes** of a context and bytes: HMAC over length (2) of the context |
//! context | bytes. **Journal and ledger**: see [`chain`].

mod backup;
mod cache;
pub mod chain;
mod crypto;
mod dossier;
mod error;
mod file;
mod generation;
mod journal;
mod keys;
mod ledger;
mod lookups;
mod master;
mod rotate;
mod schema;
mod signing;
mod site;
mod suppressed;
mod vault;

#[cfg(test)]
mod tests;

pub use backup::{BackupSeal, BlobName};
pub use dossier::{Cell, Dossier, DossierId, DossierKey, Sealed};
pub use error::Error;
pub use file::{CHUNK, FileOpener, FileSealer, SealedFile, plain_length, sealed_length};
pub use generation::{Checked, Generation, install_keys, read_keys};
pub use journal::{JournalEntry, JournalKind, JournalRow};
pub use ledger::{LedgerEntry, LedgerRow};
pub use lookups::{Lookup, LookupKind};
pub use master::MasterKey;
pub use schema::COLUMNS;
pub use signing::{PublicKey, Signature, Signer, digest, is_signed_by, key_id};
pub use site::Nature;
pub use suppressed::Suppressed;
pub use vault::Vault;
