//! Owns: the primitives (AES-256-GCM, HKDF-SHA256, HMAC-SHA256, SHA-256, Ed25519) in the few shapes used here. Doesn't own:
//! which key seals what; the only room of the house that calls the cipher.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    digest,
    hkdf::{HKDF_SHA256, Prk, Salt},
    hmac,
    signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey},
};
use kernel::Rng;
use storage::KeyedHash;
use zeroize::Zeroizing;

use crate::Error;

/// 32 bytes that are wiped when dropped.
pub(crate) type Secret = Zeroizing<[u8; 32]>;

pub(crate) const TAG: usize = 16;
const VERSION: u8 = 1;
const NONCE: usize = NONCE_LEN;
/// By how much an envelope is longer than what it holds.
pub(crate) const ENVELOPE: usize = 1 + NONCE + TAG;

/// A new random key.
pub(crate) fn random(rng: &Rng) -> Secret {
    let mut secret = Secret::default();
    rng.fill(secret.as_mut());
    secret
}

/// HKDF-Extract.
pub(crate) fn extract(salt: &[u8; 32], master: &Secret) -> Prk {
    Salt::new(HKDF_SHA256, salt).extract(master.as_ref())
}

/// `Derive` of the crate's documentation, from a key that is itself uniformly random.
pub(crate) fn derive(key: &Secret, labels: &[&[u8]]) -> Secret {
    expand(&Prk::new_less_safe(HKDF_SHA256, key.as_ref()), labels)
}

/// HKDF-Expand to 32 bytes.
#[expect(
    clippy::expect_used,
    reason = "fails only beyond 255 × 32 bytes; these are 32"
)]
pub(crate) fn expand(root: &Prk, labels: &[&[u8]]) -> Secret {
    let mut secret = Secret::default();
    root.expand(labels, HKDF_SHA256)
        .and_then(|okm| okm.fill(secret.as_mut()))
        .expect("32 bytes fit");
    secret
}

/// HMAC-SHA256 under a key of its own.
pub(crate) struct Mac(hmac::Key);

impl Mac {
    pub(crate) fn new(key: &Secret) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()))
    }

    /// Over length of the context | context | bytes.
    pub(crate) fn of(&self, context: &str, bytes: &[u8]) -> KeyedHash {
        self.over(&[&length(context), context.as_bytes(), bytes])
    }

    /// Over the parts one after the other; the caller makes sure that they can't be read in two ways.
    pub(crate) fn over(&self, parts: &[&[u8]]) -> KeyedHash {
        let mut context = hmac::Context::with_key(&self.0);
        parts.iter().for_each(|part| context.update(part));
        let mut hash = [0; 32];
        hash.copy_from_slice(context.sign().as_ref());
        KeyedHash(hash)
    }
}

/// SHA-256 over the parts one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

/// The length of a name as two bytes. Names are our own and short.
pub(crate) fn length(name: &str) -> [u8; 2] {
    u16::try_from(name.len()).unwrap_or(u16::MAX).to_be_bytes()
}

/// A pair of Ed25519.
pub(crate) struct Pair(Ed25519KeyPair);

impl Pair {
    pub(crate) fn new(seed: &Secret) -> Result<Self, Error> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_ref());
        Ok(Self(pair.map_err(|_| Error::Tampered)?))
    }

    pub(crate) fn public(&self) -> [u8; 32] {
        let mut public = [0; 32];
        public.copy_from_slice(self.0.public_key().as_ref());
        public
    }

    pub(crate) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.0.sign(bytes).as_ref());
        signature
    }
}

/// Whether the signature of Ed25519 is that key's over those bytes.
pub(crate) fn is_signed_by(public: &[u8; 32], bytes: &[u8], signature: &[u8; 64]) -> bool {
    UnparsedPublicKey::new(&ED25519, public)
        .verify(bytes, signature)
        .is_ok()
}

/// AES-256-GCM under one key.
pub(crate) struct Cipher(LessSafeKey);

impl Cipher {
    #[expect(
        clippy::expect_used,
        reason = "fails only for keys of another length than 32 bytes"
    )]
    pub(crate) fn new(key: &Secret) -> Self {
        Self(LessSafeKey::new(
            UnboundKey::new(&AES_256_GCM, key.as_ref()).expect("a key of 32 bytes"),
        ))
    }

    /// An envelope with a random nonce. Two to the 32 of them are safe under one key (SP 800-38D, 8.3).
    pub(crate) fn seal(&self, rng: &Rng, associated: &[u8], plain: &[u8]) -> Vec<u8> {
        // Of the final size at once: growing would leave copies of the plain bytes behind.
        let mut sealed = Vec::with_capacity(plain.len() + ENVELOPE);
        self.seal_onto(rng, associated, plain, &mut sealed);
        sealed
    }

    /// As [`Cipher::seal`], appended to other bytes.
    pub(crate) fn seal_onto(&self, rng: &Rng, associated: &[u8], plain: &[u8], out: &mut Vec<u8>) {
        let (nonce, start) = (rng.bytes::<NONCE>(), out.len() + 1 + NONCE);
        out.push(VERSION);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(plain);
        let (_, body) = out.split_at_mut(start);
        let tag = self.seal_in_place(nonce, associated, body);
        out.extend_from_slice(&tag);
    }

    /// Opens an envelope.
    pub(crate) fn open(&self, associated: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (version, rest) = sealed.split_first().ok_or(Error::Tampered)?;
        if *version > VERSION {
            return Err(Error::NewerFormat);
        }
        let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(Error::Tampered)?;
        if *version != VERSION {
            return Err(Error::Tampered);
        }
        let mut plain = Zeroizing::new(body.to_vec());
        let length = self.open_in_place(*nonce, associated, &mut plain)?;
        plain.truncate(length);
        Ok(plain)
    }

    /// Encrypts in place and gives the tag. The caller never uses a nonce twice under one key.
    #[expect(
        clippy::expect_used,
        reason = "fails only beyond 64 GiB (SP 800-38D, 5.2.1.1)"
    )]
    pub(crate) fn seal_in_place(&self, nonce: [u8; NONCE], associated: &[u8], plain: &mut [u8]) -> [u8; TAG] {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let tag = self
            .0
            .seal_in_place_separate_tag(nonce, Aad::from(associated), plain);
        let mut bytes = [0; TAG];
        bytes.copy_from_slice(tag.expect("less than 64 GiB").as_ref());
        bytes
    }

    /// Decrypts ciphertext and tag in place and gives the plain length; nothing plain is left on failure.
    pub(crate) fn open_in_place(
        &self,
        nonce: [u8; NONCE],
        associated: &[u8],
        sealed: &mut [u8],
    ) -> Result<usize, Error> {
        let nonce = Nonce::assume_unique_for_key(nonce);
        let opened = self.0.open_in_place(nonce, Aad::from(associated), sealed);
        opened.map(|plain| plain.len()).map_err(|_| Error::Tampered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derives_as_rfc_5869_says() {
        // Appendix A.1, the first 32 bytes of its 42.
        let prk = Salt::new(HKDF_SHA256, &(0..=12).collect::<Vec<u8>>()).extract(&[0x0b; 22]);
        let okm = expand(&prk, &[&(0xf0..=0xf9).collect::<Vec<u8>>()]);
        assert_eq!(
            KeyedHash(*okm).to_string(),
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
        );
    }

    #[test]
    fn a_context_can_not_flow_into_the_bytes() {
        let mac = Mac::new(&Secret::default());
        assert_ne!(mac.of("ab", b"c"), mac.of("a", b"bc"));
    }
}
