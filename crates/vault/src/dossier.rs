//! Owns: [`DossierKey`] and what it seals into cells ([`Cell`], [`Sealed`]). Doesn't own: files
//! ([`crate::FileSealer`]), where keys are kept ([`crate::Vault`]).

use std::{marker::PhantomData, sync::Arc};

use kernel::{Id, Rng};
use storage::{Bind, Ciphertext, Column, Field, KeyedHash, Unreadable, Value};
use zeroize::Zeroizing;

use crate::{
    Error, FileOpener, FileSealer, SealedFile,
    crypto::{self, Cipher, Secret},
};

/// Names the ids of dossiers: whatever has one clock (identity, an application, a thread, an invoice).
pub enum Dossier {}

/// The id of a dossier.
pub type DossierId = Id<Dossier>;

/// The key of one dossier: seals and opens all that belongs to it. Cheap to clone, wiped with its last clone,
/// never shown.
#[derive(Clone)]
pub struct DossierKey(Arc<Key>);

struct Key {
    id: DossierId,
    secret: Secret,
    cells: Cipher,
    rng: Rng,
}

/// Where a sealed value lies. It opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Table.
    pub table: &'static str,
    /// Column.
    pub column: &'static str,
    /// The row's id ([`Id::as_bytes`]).
    pub row: &'a [u8; 16],
}

/// A sealed value; `T` says what opens from it (`String` for text). Bound and read like any column.
pub struct Sealed<T>(Ciphertext, PhantomData<fn() -> T>);

impl DossierKey {
    pub(crate) fn new(id: DossierId, secret: Secret, rng: Rng) -> Self {
        let cells = Cipher::new(&crypto::derive(&secret, &[b"vivier/1/cells"]));
        Self(Arc::new(Key {
            id,
            secret,
            cells,
            rng,
        }))
    }

    /// Whose key it is.
    #[must_use]
    pub fn id(&self) -> DossierId {
        self.0.id
    }

    /// Itself, to be wrapped.
    pub(crate) fn secret(&self) -> &Secret {
        &self.0.secret
    }

    /// Seals bytes for their place.
    #[must_use]
    pub fn seal<T>(&self, cell: Cell<'_>, plain: &[u8]) -> Sealed<T> {
        let sealed = self.0.cells.seal(&self.0.rng, &self.place(cell), plain);
        Sealed(Ciphertext::from_sealed(sealed), PhantomData)
    }

    /// Opens what lies in that place.
    ///
    /// # Errors
    /// [`Error::Tampered`] when the bytes were changed, or sealed for another place or dossier.
    pub fn open<T>(&self, cell: Cell<'_>, sealed: &Sealed<T>) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.0.cells.open(&self.place(cell), sealed.0.as_bytes())
    }

    /// A name for the dossier in the ledger: it can't be computed from anything else and dies with the key.
    #[must_use]
    pub fn pseudonym(&self) -> KeyedHash {
        KeyedHash(*crypto::derive(&self.0.secret, &[b"vivier/1/pseudonym"]))
    }

    /// Seals a file of this dossier as it streams by.
    #[must_use]
    pub fn file_sealer(&self, file: Id<SealedFile>) -> FileSealer {
        let salt = self.0.rng.bytes();
        FileSealer::new(salt, self.file_key(file, &salt))
    }

    /// Opens a file of this dossier as it streams by.
    #[must_use]
    pub fn file_opener(&self, file: Id<SealedFile>) -> FileOpener {
        FileOpener::new(self.clone(), file)
    }

    pub(crate) fn file_key(&self, file: Id<SealedFile>, salt: &[u8; 16]) -> Cipher {
        Cipher::new(&crypto::derive(
            &self.0.secret,
            &[b"vivier/1/file", file.as_bytes(), salt],
        ))
    }

    /// The associated data of a cell.
    fn place(&self, cell: Cell<'_>) -> Vec<u8> {
        let Cell { table, column, row } = cell;
        let mut place = Vec::with_capacity(13 + 16 + 16 + 2 + table.len() + 2 + column.len());
        place.extend_from_slice(b"vivier/1/cell");
        place.extend_from_slice(self.0.id.as_bytes());
        place.extend_from_slice(row);
        for name in [table, column] {
            place.extend_from_slice(&crypto::length(name));
            place.extend_from_slice(name.as_bytes());
        }
        place
    }
}

impl<T> Sealed<T> {
    /// The sealed bytes, as they may be copied anywhere.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Takes sealed bytes for what they claim to be; opening tells.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(Ciphertext::from_sealed(bytes), PhantomData)
    }
}

impl<T> Clone for Sealed<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

/// Shows how many bytes are sealed.
impl<T> std::fmt::Debug for Sealed<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> Bind for Sealed<T> {
    fn null() -> Value {
        <Ciphertext as Bind>::null()
    }
    fn value(self) -> Value {
        self.0.value()
    }
}

impl<T> Column for Sealed<T> {
    fn read(field: &Field<'_>) -> Result<Self, Unreadable> {
        Ciphertext::read(field).map(|sealed| Self(sealed, PhantomData))
    }
}
