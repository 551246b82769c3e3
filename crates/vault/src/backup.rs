//! Owns: [`BackupSeal`], what seals a backup of the site's data. Doesn't own: what is in it and where it goes
//! (`guard::backup`), the key store's own backup ([`crate::Generation`]).
//!
//! Its key hangs under the site secret and so lies in the key store, never in the backup: whoever holds the backup
//! alone reads nothing, and another site's doesn't open it.

use std::sync::Arc;

use kernel::Rng;
use zeroize::Zeroizing;

use crate::{
    Error,
    crypto::{self, Cipher, ENVELOPE, Mac, Secret},
};

/// By what a piece of a backup is known: made with a key, it tells nothing about what is in it.
pub type BlobName = [u8; 16];

/// Seals and opens the pieces of a backup. Cheap to clone.
#[derive(Clone)]
pub struct BackupSeal(Arc<Keys>);

struct Keys {
    seal: Cipher,
    name: Mac,
    rng: Rng,
}

impl BackupSeal {
    /// By how much a sealed piece is longer than a plain one.
    pub const OVERHEAD: usize = ENVELOPE;

    pub(crate) fn new(secret: &Secret, rng: &Rng) -> Self {
        Self(Arc::new(Keys {
            seal: Cipher::new(&crypto::derive(secret, &[b"vivier/1/backup-seal"])),
            name: Mac::new(&crypto::derive(secret, &[b"vivier/1/backup-name"])),
            rng: rng.clone(),
        }))
    }

    /// The name of what these bytes stand for.
    #[must_use]
    pub fn name(&self, context: &str, bytes: &[u8]) -> BlobName {
        let mut name = BlobName::default();
        name.copy_from_slice(&self.0.name.of(context, bytes).0[..16]);
        name
    }

    /// SHA-256, by which whole objects of a backup are named: whoever holds them can tell that they are whole.
    #[must_use]
    pub fn digest(bytes: &[u8]) -> [u8; 32] {
        crypto::sha256(&[bytes])
    }

    /// Seals bytes onto others. They open only as `context` and under that name, so that no piece can stand in
    /// another's place.
    pub fn seal_onto(&self, context: &str, name: &[u8], plain: &[u8], out: &mut Vec<u8>) {
        self.0
            .seal
            .seal_onto(&self.0.rng, &place(context, name), plain, out);
    }

    /// Opens what was sealed so.
    ///
    /// # Errors
    /// [`Error::Tampered`] when the bytes were changed, cut or moved, or are another site's.
    pub fn open(&self, context: &str, name: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.0.seal.open(&place(context, name), sealed)
    }
}

fn place(context: &str, name: &[u8]) -> Vec<u8> {
    [
        b"vivier/1/backup".as_slice(),
        &crypto::length(context),
        context.as_bytes(),
        name,
    ]
    .concat()
}
