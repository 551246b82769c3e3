//! Owns: the site's key for signing receipts: made once, sealed under the wrapping key, given a successor; and telling
//! whether a signature fits. Doesn't own: what is signed (`guard::receipt`).
//!
//! Ed25519 (RFC 8032). Of a key that has a successor the public part alone is left: nobody signs in its name again.

use kernel::Timestamp;
use storage::{Ciphertext, Db, PublicText, Row, Tx, sql};

use crate::{
    Error, Vault,
    crypto::{self, Cipher, Pair, Secret},
    site::to_secret,
};

/// A signature's bytes.
pub type Signature = [u8; 64];

/// The public part of a key that signs receipts, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The key.
    pub public: [u8; 32],
    /// Since when it signs.
    pub from: Timestamp,
    /// Since when another does.
    pub until: Option<Timestamp>,
}

impl PublicKey {
    /// The first eight bytes of its SHA-256 in hexadecimal digits: by what a receipt names it.
    #[must_use]
    pub fn id(&self) -> String {
        key_id(&self.public)
    }
}

/// The key that signs today.
pub struct Signer {
    pair: Pair,
    public: PublicKey,
}

impl Signer {
    /// Its public part.
    #[must_use]
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// Signs; the same bytes get the same signature.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        self.pair.sign(bytes)
    }
}

/// By what a receipt names a key.
#[must_use]
pub fn key_id(public: &[u8; 32]) -> String {
    use std::fmt::Write as _;
    let digest = crypto::sha256(&[public]);
    digest[..8].iter().fold(String::new(), |mut id, byte| {
        // Writing to a String doesn't fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}

/// SHA-256.
#[must_use]
pub fn digest(bytes: &[u8]) -> [u8; 32] {
    crypto::sha256(&[bytes])
}

/// Whether the signature is that key's over those bytes.
#[must_use]
pub fn is_signed_by(public: &[u8; 32], bytes: &[u8], signature: &Signature) -> bool {
    crypto::is_signed_by(public, bytes, signature)
}

impl Vault {
    /// The key that signs, made the first time it is asked for.
    ///
    /// # Errors
    /// [`Error::Tampered`] when it doesn't open.
    pub async fn signer(&self) -> Result<Signer, Error> {
        if let Some(row) = current(self.db()).await? {
            return self.opened(&row);
        }
        let mut tx = self.db().begin().await?;
        take_turn(&mut tx).await?;
        // Another process was first?
        let row = sql(CURRENT).optional(&mut tx).await?;
        let signer = match row {
            Some(row) => self.opened(&row)?,
            None => self.make(&mut tx).await?,
        };
        tx.commit().await?;
        Ok(signer)
    }

    /// Gives the signing key a successor. What it signed stays as true as it was; it signs nothing more.
    ///
    /// # Errors
    /// The key store's.
    pub async fn renew_signer(&self) -> Result<PublicKey, Error> {
        let mut tx = self.db().begin().await?;
        take_turn(&mut tx).await?;
        sql("UPDATE signing SET wrapped = $1, until_at = $2 WHERE until_at IS NULL")
            .bind(None::<Ciphertext>)
            .bind(self.now())
            .run(&mut tx)
            .await?;
        let signer = self.make(&mut tx).await?;
        tx.commit().await?;
        // The seed that is wiped must not stay in SQLite's log; readers in the way leave it to the next tidying.
        match self.db().tidy().await {
            Ok(()) | Err(storage::Error::Busy) => Ok(signer.public),
            Err(error) => Err(error.into()),
        }
    }

    /// The public part of every key that signs or signed, oldest first.
    ///
    /// # Errors
    /// The key store's.
    pub async fn signing_keys(&self) -> Result<Vec<PublicKey>, Error> {
        let rows = sql("SELECT public, made_at, until_at FROM signing ORDER BY made_at, public");
        rows.all(self.db()).await?.iter().map(public_key).collect()
    }

    async fn make(&self, tx: &mut Tx) -> Result<Signer, Error> {
        let secret = crypto::random(self.rng());
        let pair = Pair::new(&secret)?;
        let public = PublicKey {
            public: pair.public(),
            from: self.now(),
            until: None,
        };
        let wrapped = self
            .site()
            .wrap
            .seal(self.rng(), &place(&public.public), secret.as_ref());
        sql("INSERT INTO signing (public, wrapped, made_at) VALUES ($1, $2, $3)")
            .bind(PublicText::new(hex(&public.public)))
            .bind(Ciphertext::from_sealed(wrapped))
            .bind(public.from)
            .run(tx)
            .await?;
        Ok(Signer { pair, public })
    }

    fn opened(&self, row: &Row) -> Result<Signer, Error> {
        let public = public_key(row)?;
        let secret = secret(row, &self.site().wrap)?.ok_or(Error::Tampered)?;
        let pair = Pair::new(&secret)?;
        if pair.public() != public.public {
            return Err(Error::Tampered);
        }
        Ok(Signer { pair, public })
    }
}

const CURRENT: &str = "SELECT public, wrapped, made_at, until_at FROM signing WHERE until_at IS NULL";

async fn current(db: &Db) -> Result<Option<Row>, Error> {
    Ok(sql(CURRENT).optional(db).await?)
}

/// One makes a key at a time.
async fn take_turn(tx: &mut Tx) -> Result<(), Error> {
    sql("UPDATE site SET nature = nature").run(tx).await?;
    Ok(())
}

fn public_key(row: &Row) -> Result<PublicKey, Error> {
    let text: PublicText = row.get("public")?;
    Ok(PublicKey {
        public: unhex(&text).ok_or(Error::Tampered)?,
        from: row.get("made_at")?,
        until: row.get("until_at")?,
    })
}

/// The seed in a row; `None` of a key that has a successor.
pub(crate) fn secret(row: &Row, wrap: &Cipher) -> Result<Option<Secret>, Error> {
    let text: PublicText = row.get("public")?;
    let public = unhex(&text).ok_or(Error::Tampered)?;
    match row.get::<Option<Ciphertext>, _>("wrapped")? {
        None => Ok(None),
        Some(wrapped) => Ok(Some(to_secret(&wrap.open(&place(&public), wrapped.as_bytes())?)?)),
    }
}

/// Seals the seed of whoever signs under another wrapping key.
pub(crate) async fn rewrap(tx: &mut Tx, old: &Cipher, new: &Cipher, rng: &kernel::Rng) -> Result<(), Error> {
    for row in sql(CURRENT).all(&mut *tx).await? {
        let Some(secret) = secret(&row, old)? else {
            continue;
        };
        let public = public_key(&row)?.public;
        let wrapped = Ciphertext::from_sealed(new.seal(rng, &place(&public), secret.as_ref()));
        sql("UPDATE signing SET wrapped = $2 WHERE public = $1")
            .bind(PublicText::new(hex(&public)))
            .bind(wrapped)
            .run(&mut *tx)
            .await?;
    }
    Ok(())
}

/// Opens whatever seed there is: looking a store over.
pub(crate) async fn check(db: &Db, wrap: &Cipher) -> Result<(), Error> {
    if let Some(row) = current(db).await? {
        secret(&row, wrap)?;
    }
    Ok(())
}

/// The associated data of a wrapped seed.
fn place(public: &[u8; 32]) -> Vec<u8> {
    [b"vivier/1/sign".as_slice(), public].concat()
}

fn hex(bytes: &[u8; 32]) -> String {
    storage::KeyedHash(*bytes).to_string()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let digits = <&[u8; 64]>::try_from(text.as_bytes()).ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.as_chunks::<2>().0) {
        let [high, low] = pair.map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? * 16 + low?).ok()?;
    }
    Some(bytes)
}
