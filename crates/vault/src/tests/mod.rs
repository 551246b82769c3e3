//! Sealing by properties, the formats byte by byte, the key store on both engines.

use kernel::{Id, Rng};
use zeroize::Zeroizing;

use crate::DossierKey;

mod chains;
mod generation;
mod golden;
mod seal;
mod signing;
mod store;

/// The same id every time; `last` is its last byte.
fn id<K>(last: u8) -> Id<K> {
    format!("0193aaaabbbb7ccc8dddeeeeffff00{last:02x}")
        .parse()
        .unwrap()
}

/// A dossier's key of known bytes, of the dossier `id(0)`.
fn key(secret: [u8; 32]) -> DossierKey {
    DossierKey::new(id(0), Zeroizing::new(secret), Rng::seeded(1))
}
