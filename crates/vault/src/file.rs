//! Owns: sealing and opening files as they stream by ([`FileSealer`], [`FileOpener`]), never whole in memory.
//! Doesn't own: where the sealed bytes go (`gateway::files`).
//!
//! # Format
//! ```text
//! header, 21 bytes   "VIVF" | 01 | salt, 16 random bytes
//! chunk              ciphertext of 65,536 bytes | tag, 16 bytes        any number of times
//! last chunk         ciphertext of 1 to 65,536 bytes | tag, 16 bytes   of 0 bytes only in an empty file
//! ```
//! Each chunk is AES-256-GCM under the file's own key (dossier key, file id and salt; see the crate's
//! documentation), with the header as associated data and the nonce of the STREAM construction (Hoang,
//! Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015):
//! seven zero bytes | number of the chunk (4) | `01` for the last chunk, else `00`. So a file that was cut,
//! lengthened, reordered, changed, or put in another's place doesn't open.

use kernel::Id;
use zeroize::{Zeroize as _, Zeroizing};

use crate::{
    DossierKey, Error,
    crypto::{Cipher, TAG},
};

/// Names the ids of sealed files.
pub enum SealedFile {}

/// Plain bytes of a chunk. At most 2³² chunks, 256 TiB.
pub const CHUNK: usize = 64 * 1024;

const MAGIC: [u8; 5] = *b"VIVF\x01";
const HEADER: usize = MAGIC.len() + 16;
const SEALED_CHUNK: usize = CHUNK + TAG;

/// How long a file of so many plain bytes is when sealed.
#[must_use]
pub fn sealed_length(plain: u64) -> u64 {
    let chunks = plain.div_ceil(CHUNK as u64).max(1);
    HEADER as u64 + plain + chunks * TAG as u64
}

/// How many plain bytes a sealed file of that length holds; `None` when no file is so long.
#[must_use]
pub fn plain_length(sealed: u64) -> Option<u64> {
    let body = sealed.checked_sub(HEADER as u64)?;
    let plain = body.checked_sub(body.div_ceil(SEALED_CHUNK as u64) * TAG as u64)?;
    (sealed_length(plain) == sealed).then_some(plain)
}

/// Seals a file: push its bytes in any pieces, then finish. Nothing is kept but one chunk.
pub struct FileSealer {
    header: [u8; HEADER],
    cipher: Cipher,
    begun: bool,
    number: u32,
    /// Plain bytes that wait until it is known whether they are the last; never moved, wiped.
    waiting: Zeroizing<Vec<u8>>,
}

impl FileSealer {
    pub(crate) fn new(salt: [u8; 16], cipher: Cipher) -> Self {
        let mut header = [0; HEADER];
        header[..MAGIC.len()].copy_from_slice(&MAGIC);
        header[MAGIC.len()..].copy_from_slice(&salt);
        Self {
            header,
            cipher,
            begun: false,
            number: 0,
            waiting: Zeroizing::new(Vec::with_capacity(SEALED_CHUNK)),
        }
    }

    /// Takes plain bytes; appends what is sealed of them to `out`.
    pub fn push(&mut self, mut plain: &[u8], out: &mut Vec<u8>) {
        self.begin(out);
        while !plain.is_empty() {
            if self.waiting.len() == CHUNK {
                self.chunk(false, out);
            }
            let (now, later) = plain.split_at(plain.len().min(CHUNK - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            plain = later;
        }
    }

    /// Appends the rest. Without it the file doesn't open.
    pub fn finish(mut self, out: &mut Vec<u8>) {
        self.begin(out);
        self.chunk(true, out);
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if !self.begun {
            out.extend_from_slice(&self.header);
            self.begun = true;
        }
    }

    fn chunk(&mut self, last: bool, out: &mut Vec<u8>) {
        let tag = self
            .cipher
            .seal_in_place(nonce(self.number, last), &self.header, &mut self.waiting);
        out.extend_from_slice(&self.waiting);
        out.extend_from_slice(&tag);
        self.waiting.clear();
        // 2³² chunks are 256 TiB; no upload is let through that far.
        self.number = self.number.wrapping_add(1);
    }
}

/// Opens a file: push its sealed bytes in any pieces, then finish.
///
/// What comes out is authentic and in its place at once; that the file is whole is known only when
/// [`FileOpener::finish`] says so.
pub struct FileOpener {
    key: DossierKey,
    file: Id<SealedFile>,
    /// Known once the header has come.
    cipher: Option<Cipher>,
    header: [u8; HEADER],
    number: u32,
    failed: bool,
    waiting: Zeroizing<Vec<u8>>,
}

impl FileOpener {
    pub(crate) fn new(key: DossierKey, file: Id<SealedFile>) -> Self {
        Self {
            key,
            file,
            cipher: None,
            header: [0; HEADER],
            number: 0,
            failed: false,
            waiting: Zeroizing::new(Vec::with_capacity(SEALED_CHUNK)),
        }
    }

    /// Takes sealed bytes; appends what opens of them to `out`.
    ///
    /// # Errors
    /// [`Error::Tampered`] when they don't belong here; from then on always.
    pub fn push(&mut self, mut sealed: &[u8], out: &mut Vec<u8>) -> Result<(), Error> {
        while !sealed.is_empty() {
            let wanted = if self.cipher.is_none() {
                HEADER
            } else {
                SEALED_CHUNK
            };
            if self.waiting.len() == wanted {
                // More bytes follow, so this one isn't the last.
                self.chunk(false, out)?;
                continue;
            }
            let (now, later) = sealed.split_at(sealed.len().min(wanted - self.waiting.len()));
            self.waiting.extend_from_slice(now);
            sealed = later;
            if self.cipher.is_none() && self.waiting.len() == HEADER {
                self.read_header()?;
            }
        }
        Ok(())
    }

    /// Appends the rest.
    ///
    /// # Errors
    /// [`Error::Tampered`] when the file was cut.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), Error> {
        self.chunk(true, out)
    }

    fn read_header(&mut self) -> Result<(), Error> {
        self.header.copy_from_slice(&self.waiting);
        let (magic, salt) = self.header.split_at(MAGIC.len());
        let known = magic.starts_with(&MAGIC[..4]);
        let salt = <&[u8; 16]>::try_from(salt).ok().filter(|_| magic == MAGIC);
        let Some(salt) = salt else {
            self.failed = true;
            return Err(if known && magic > &MAGIC[..] {
                Error::NewerFormat
            } else {
                Error::Tampered
            });
        };
        self.cipher = Some(self.key.file_key(self.file, salt));
        self.waiting.clear();
        Ok(())
    }

    fn chunk(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), Error> {
        let opened = match &self.cipher {
            Some(cipher) if !self.failed => {
                cipher.open_in_place(nonce(self.number, last), &self.header, &mut self.waiting)
            }
            _ => Err(Error::Tampered),
        };
        // An empty last chunk after others is one that nobody seals.
        let opened = opened.and_then(|length| {
            if length == 0 && self.number > 0 {
                Err(Error::Tampered)
            } else {
                Ok(length)
            }
        });
        self.failed |= opened.is_err();
        out.extend_from_slice(&self.waiting[..opened?]);
        self.waiting.zeroize();
        self.number = self.number.wrapping_add(1);
        Ok(())
    }
}

fn nonce(number: u32, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[7..11].copy_from_slice(&number.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_one_to_one() {
        let chunk = CHUNK as u64;
        for plain in [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 10 * chunk + 77] {
            assert_eq!(plain_length(sealed_length(plain)), Some(plain), "{plain}");
        }
        let sealed = 21 + SEALED_CHUNK as u64;
        for none in [0, 21, 36, sealed + 1, sealed + 16] {
            assert_eq!(plain_length(none), None, "{none}");
        }
    }
}
