//! Owns: [`Packer`], which gathers sealed pieces into packs, and the index entry that tells them apart again. Doesn't
//! own: putting packs away ([`super::repository`]).

use bytes::Bytes;
use vault::{BackupSeal, BlobName};

/// A pack that has reached this is full: few objects for a bucket, and the size of one piece doesn't show.
const FULL: usize = 16 * 1024 * 1024;

/// The name of a pack: the SHA-256 of its bytes.
pub(super) type PackName = [u8; 32];

/// A pack in the making.
pub(super) struct Packer {
    seal: BackupSeal,
    bytes: Vec<u8>,
    pieces: Vec<(BlobName, u32)>,
}

/// A pack that is full, or the last one.
pub(super) struct Pack {
    pub(super) name: PackName,
    pub(super) bytes: Bytes,
    pub(super) pieces: Vec<(BlobName, u32)>,
}

impl Packer {
    pub(super) fn new(seal: &BackupSeal) -> Self {
        Self {
            seal: seal.clone(),
            bytes: Vec::new(),
            pieces: Vec::new(),
        }
    }

    /// Seals a piece into the pack.
    pub(super) fn add(&mut self, name: BlobName, plain: &[u8]) {
        let before = self.bytes.len();
        self.seal.seal_onto(PIECE, &name, plain, &mut self.bytes);
        // A piece has at most a few megabytes.
        let length = u32::try_from(self.bytes.len() - before).unwrap_or(u32::MAX);
        self.pieces.push((name, length));
    }

    /// Puts a piece in that is sealed.
    pub(super) fn add_sealed(&mut self, name: BlobName, sealed: &[u8]) {
        self.bytes.extend_from_slice(sealed);
        let length = u32::try_from(sealed.len()).unwrap_or(u32::MAX);
        self.pieces.push((name, length));
    }

    /// The pieces in it so far.
    pub(super) fn names(&self) -> impl Iterator<Item = &BlobName> {
        self.pieces.iter().map(|(name, _)| name)
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= FULL
    }

    pub(super) fn finish(self) -> Option<Pack> {
        (!self.pieces.is_empty()).then(|| Pack {
            name: BackupSeal::digest(&self.bytes),
            bytes: self.bytes.into(),
            pieces: self.pieces,
        })
    }
}

/// As what pieces are sealed.
pub(super) const PIECE: &str = "piece";

/// Where a pack lies in its target.
pub(super) fn place(name: &PackName) -> String {
    let hex = crate::hex(name);
    format!("packs/{}/{hex}", &hex[..2])
}

/// The pieces of a pack, as an index has them.
pub(super) type Entry = (PackName, Vec<(BlobName, u32)>);

/// An index of packs, before it is sealed.
pub(super) fn write_index(packs: &[Entry]) -> Vec<u8> {
    let mut index = Vec::new();
    for (name, pieces) in packs {
        index.extend_from_slice(name);
        index.extend_from_slice(&u32::try_from(pieces.len()).unwrap_or(u32::MAX).to_be_bytes());
        for (piece, length) in pieces {
            index.extend_from_slice(piece);
            index.extend_from_slice(&length.to_be_bytes());
        }
    }
    index
}

/// Reads an index; `None` when it isn't one.
pub(super) fn read_index(mut index: &[u8]) -> Option<Vec<Entry>> {
    let mut packs = Vec::new();
    while !index.is_empty() {
        let (name, rest) = index.split_first_chunk::<32>()?;
        let (count, mut rest) = rest.split_first_chunk::<4>()?;
        let mut pieces = Vec::new();
        for _ in 0..u32::from_be_bytes(*count) {
            let (piece, after) = rest.split_first_chunk::<16>()?;
            let (length, after) = after.split_first_chunk::<4>()?;
            pieces.push((*piece, u32::from_be_bytes(*length)));
            rest = after;
        }
        packs.push((*name, pieces));
        index = rest;
    }
    Some(packs)
}
