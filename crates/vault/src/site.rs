//! Owns: the keys of a site as a whole, from the master key down, and its [`Nature`]. Doesn't own: the keys of
//! its dossiers.

use kernel::Rng;
use storage::{Ciphertext, KeyedHash, Row};
use zeroize::Zeroizing;

use crate::{
    BackupSeal, Error, MasterKey,
    crypto::{self, Cipher, Mac, Secret},
};

kernel::words! {
    /// What a site is. Written when its key store is made and never changed: a real site never becomes a demo,
    /// whose clock may be moved.
    pub enum Nature {
        /// Invented people; time may be moved.
        Demo = "demo",
        /// Real people.
        Real = "real",
    }
}

const VERSION: u8 = 1;

pub(crate) struct SiteKeys {
    /// Wraps dossier keys.
    pub(crate) wrap: Cipher,
    pub(crate) lookup: Mac,
    pub(crate) token_mac: Mac,
    pub(crate) token_seal: Cipher,
    pub(crate) journal: Mac,
    pub(crate) subject: Mac,
    pub(crate) backup: BackupSeal,
}

/// The `site` row's two secrets, as they are stored.
pub(crate) struct Stored {
    pub(crate) seal: Ciphertext,
    pub(crate) check: KeyedHash,
}

impl Stored {
    /// From the key store's row, or a copy of it.
    pub(crate) fn read(row: &Row) -> Result<Self, storage::Error> {
        Ok(Self {
            seal: row.get("seal")?,
            check: row.get("check_value")?,
        })
    }
}

impl SiteKeys {
    /// Makes a new site's keys.
    pub(crate) fn make(master: &MasterKey, rng: &Rng) -> (Self, Stored) {
        let secret = crypto::random(rng);
        let (wrap, stored) = seal(master, &secret, rng);
        (Self::new(wrap, &secret, rng), stored)
    }

    /// Opens a stored site's keys.
    pub(crate) fn open(master: &MasterKey, stored: &Stored, rng: &Rng) -> Result<Self, Error> {
        let (wrap, secret) = Self::open_secret(master, stored)?;
        Ok(Self::new(wrap, &secret, rng))
    }

    /// What hangs directly under the master key: the wrapping key and the site secret.
    pub(crate) fn open_secret(master: &MasterKey, stored: &Stored) -> Result<(Cipher, Secret), Error> {
        let (version, rest) = stored.seal.as_bytes().split_first().ok_or(Error::Tampered)?;
        if *version > VERSION {
            return Err(Error::NewerFormat);
        }
        let (salt, envelope) = rest.split_first_chunk::<32>().ok_or(Error::Tampered)?;
        let (wrap, check) = under(master, salt);
        if check != stored.check {
            return Err(Error::WrongMasterKey);
        }
        let secret = to_secret(&wrap.open(b"vivier/1/site", envelope)?)?;
        Ok((wrap, secret))
    }

    fn new(wrap: Cipher, secret: &Secret, rng: &Rng) -> Self {
        let mac = |label: &[u8]| Mac::new(&crypto::derive(secret, &[label]));
        Self {
            wrap,
            lookup: mac(b"vivier/1/lookup"),
            token_mac: mac(b"vivier/1/token-mac"),
            token_seal: Cipher::new(&crypto::derive(secret, &[b"vivier/1/token-seal"])),
            journal: mac(b"vivier/1/journal"),
            subject: mac(b"vivier/1/subject"),
            backup: BackupSeal::new(secret, rng),
        }
    }
}

/// The site secret under a master key, with a salt of its own; and the wrapping key of that.
pub(crate) fn seal(master: &MasterKey, secret: &Secret, rng: &Rng) -> (Cipher, Stored) {
    let salt: [u8; 32] = rng.bytes();
    let (wrap, check) = under(master, &salt);
    let mut seal = vec![VERSION];
    seal.extend_from_slice(&salt);
    seal.extend_from_slice(&wrap.seal(rng, b"vivier/1/site", secret.as_ref()));
    let stored = Stored {
        seal: Ciphertext::from_sealed(seal),
        check,
    };
    (wrap, stored)
}

/// The wrapping key and the check value.
fn under(master: &MasterKey, salt: &[u8; 32]) -> (Cipher, KeyedHash) {
    let root = crypto::extract(salt, &master.0);
    let wrap = Cipher::new(&crypto::expand(&root, &[b"vivier/1/wrap"]));
    (wrap, KeyedHash(*crypto::expand(&root, &[b"vivier/1/check"])))
}

/// What was unwrapped, as the 32 bytes it must be.
pub(crate) fn to_secret(plain: &Zeroizing<Vec<u8>>) -> Result<Secret, Error> {
    let mut secret = Secret::default();
    if plain.len() != secret.len() {
        return Err(Error::Tampered);
    }
    secret.copy_from_slice(plain);
    Ok(secret)
}
