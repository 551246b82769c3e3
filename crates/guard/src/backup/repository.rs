//! Owns: [`Repository`], a target opened with the site's keys: which pieces are there, putting packs away, reading
//! pieces back. Doesn't own: what the pieces mean.

use std::collections::{HashMap, HashSet, VecDeque};

use bytes::Bytes;
use gateway::store::{Store, StoreError};
use kernel::Id;
use platform::tasks;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use vault::{BackupSeal, BlobName};
use zeroize::Zeroizing;

use super::{
    Backup, BackupError,
    manifest::Manifest,
    pack::{self, Entry, PIECE, Pack, PackName, Packer},
};
use crate::Error;

const MAGIC: [u8; 5] = *b"VIVB\x01";
const SITE: &str = "site";
/// Packs on their way at once.
const LANES: usize = 3;
/// So many packs are put into an index at once: what a backup that is cut short has brought by then isn't lost.
pub(super) const INDEXED: usize = 64;
/// Packs kept at hand while reading.
const AT_HAND: usize = 3;

/// A target with the site's keys.
pub(super) struct Repository {
    pub(super) store: Store,
    pub(super) seal: BackupSeal,
    /// Its own id: what the ledger knows it by.
    pub(super) id: String,
    packs: Vec<PackName>,
    pieces: HashMap<BlobName, Place>,
    at_hand: VecDeque<(u32, Bytes)>,
}

/// Where a piece is.
#[derive(Clone, Copy)]
struct Place {
    pack: u32,
    offset: u32,
    length: u32,
}

#[derive(Serialize, Deserialize)]
struct Head {
    repository: String,
}

impl Repository {
    /// Opens what is there.
    pub(super) async fn open(store: Store, seal: BackupSeal) -> Result<Self, Error> {
        let mut repository = Self::head(store, seal).await?;
        for object in repository.list("index").await? {
            let index = repository.index(&object).await?;
            repository.know(index);
        }
        Ok(repository)
    }

    /// As [`Repository::open`], without what is in it: for verifying, which looks at each index itself.
    pub(super) async fn head(store: Store, seal: BackupSeal) -> Result<Self, Error> {
        let head = match store.get(SITE).await {
            Err(StoreError::Missing(_)) => return Err(BackupError::None.into()),
            head => head.map_err(BackupError::from)?,
        };
        let (magic, sealed) = head.split_first_chunk::<5>().ok_or(BackupError::Foreign)?;
        if magic != &MAGIC {
            let newer = magic.starts_with(&MAGIC[..4]);
            return Err(if newer {
                BackupError::Newer
            } else {
                BackupError::Foreign
            }
            .into());
        }
        let plain = seal.open(SITE, &[], sealed).map_err(|_| BackupError::Foreign)?;
        let head: Head = serde_json::from_slice(&plain).map_err(|_| BackupError::Newer)?;
        Ok(Self {
            store,
            seal,
            id: head.repository,
            packs: Vec::new(),
            pieces: HashMap::new(),
            at_hand: VecDeque::new(),
        })
    }

    /// Opens what is there, or makes a new one.
    pub(super) async fn open_or_make(store: Store, seal: BackupSeal, id: Id<Backup>) -> Result<Self, Error> {
        match Self::open(store.clone(), seal.clone()).await {
            Err(Error::Backup(BackupError::None)) => {}
            opened => return opened,
        }
        if !store.list("keys").await.map_err(BackupError::from)?.is_empty() {
            return Err(BackupError::NotApart("the key store").into());
        }
        let head = Head {
            repository: id.to_string(),
        };
        let mut bytes = MAGIC.to_vec();
        seal.seal_onto(SITE, &[], &json(&head), &mut bytes);
        store.put(SITE, bytes.into()).await.map_err(BackupError::from)?;
        Self::open(store, seal).await
    }

    /// The names of the objects of a kind.
    pub(super) async fn list(&self, kind: &str) -> Result<Vec<String>, Error> {
        let objects = self.store.list(kind).await.map_err(BackupError::from)?;
        Ok(objects.into_iter().map(|object| object.name).collect())
    }

    /// Reads an index.
    pub(super) async fn index(&self, object: &str) -> Result<Vec<Entry>, Error> {
        let sealed = self.store.get(object).await.map_err(BackupError::from)?;
        let broken = || BackupError::Broken(format!("{object} was changed or cut"));
        let plain = self.seal.open("index", &[], &sealed).map_err(|_| broken())?;
        Ok(pack::read_index(&plain).ok_or_else(broken)?)
    }

    /// Takes note of the pieces of these packs.
    pub(super) fn know(&mut self, index: Vec<Entry>) {
        for (name, pieces) in index {
            let pack = u32::try_from(self.packs.len()).unwrap_or(u32::MAX);
            self.packs.push(name);
            let mut offset = 0;
            for (piece, length) in pieces {
                let place = Place { pack, offset, length };
                self.pieces.insert(piece, place);
                offset += length;
            }
        }
    }

    pub(super) fn has(&self, piece: &BlobName) -> bool {
        self.pieces.contains_key(piece)
    }

    /// These pieces, those of a pack together.
    pub(super) fn as_they_lie(&self, pieces: &HashSet<BlobName>) -> Vec<BlobName> {
        let mut pieces: Vec<BlobName> = pieces.iter().copied().collect();
        pieces.sort_by_key(|piece| self.pieces.get(piece).map(|place| (place.pack, place.offset)));
        pieces
    }

    /// Counts a piece as there that is on its way; its place is written over when its pack gets its name.
    fn expect(&mut self, piece: BlobName) {
        let nowhere = Place {
            pack: u32::MAX,
            offset: 0,
            length: 0,
        };
        self.pieces.entry(piece).or_insert(nowhere);
    }

    /// The plain bytes of a piece.
    pub(super) async fn piece(&mut self, name: &BlobName) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (plain, _) = self.opened(name).await?;
        Ok(plain)
    }

    /// A piece, plain and as it lies there.
    async fn opened(&mut self, name: &BlobName) -> Result<(Zeroizing<Vec<u8>>, Bytes), Error> {
        let place = *self
            .pieces
            .get(name)
            .ok_or_else(|| BackupError::Broken("a piece is in no pack".to_owned()))?;
        let pack = self.pack(place.pack).await?;
        let start = place.offset as usize;
        let end = pack.len().min(start + place.length as usize);
        let sealed = pack.slice(start.min(end)..end);
        let opened = self.seal.open(PIECE, name, &sealed);
        let plain = opened.map_err(|_| {
            let object = pack::place(&self.packs[place.pack as usize]);
            BackupError::Broken(format!("{object} was changed or cut at byte {start}"))
        })?;
        Ok((plain, sealed))
    }

    async fn pack(&mut self, number: u32) -> Result<Bytes, Error> {
        if let Some((_, bytes)) = self.at_hand.iter().find(|(known, _)| *known == number) {
            return Ok(bytes.clone());
        }
        let object = pack::place(&self.packs[number as usize]);
        let bytes = self.store.get(&object).await.map_err(BackupError::from)?;
        if self.at_hand.len() == AT_HAND {
            self.at_hand.pop_front();
        }
        self.at_hand.push_back((number, bytes.clone()));
        Ok(bytes)
    }

    /// Removes an object of the target.
    pub(super) async fn remove(&self, object: &str) -> Result<(), Error> {
        Ok(self.store.remove(object).await.map_err(BackupError::from)?)
    }

    /// The ids of the backups, oldest first.
    pub(super) async fn snapshots(&self) -> Result<Vec<String>, Error> {
        let names = self.list("snapshots").await?;
        Ok(names
            .iter()
            .filter_map(|name| name.strip_prefix("snapshots/").map(str::to_owned))
            .collect())
    }

    /// What a backup consists of.
    pub(super) async fn manifest(&self, id: &str) -> Result<Manifest, Error> {
        let object = format!("snapshots/{id}");
        let sealed = match self.store.get(&object).await {
            Err(StoreError::Missing(_)) => return Err(BackupError::Unknown(id.to_owned()).into()),
            sealed => sealed.map_err(BackupError::from)?,
        };
        let opened = self.seal.open("snapshot", id.as_bytes(), &sealed);
        let plain = opened.map_err(|_| BackupError::Broken(format!("{object} was changed or cut")))?;
        serde_json::from_slice(&plain).map_err(|_| BackupError::Newer.into())
    }

    /// Puts a backup's manifest away, sealed by [`Repository::seal_manifest`]: from here on the backup is there.
    pub(super) async fn put_manifest(&self, id: &str, sealed: Vec<u8>) -> Result<(), Error> {
        let put = self.store.put(&format!("snapshots/{id}"), sealed.into()).await;
        Ok(put.map_err(BackupError::from)?)
    }

    /// Lets go of a backup; what only it named goes when the target is cleared.
    pub(super) async fn remove_manifest(&self, id: &str) -> Result<(), Error> {
        self.remove(&format!("snapshots/{id}")).await
    }

    /// A backup's manifest as it will lie in the target.
    pub(super) fn seal_manifest(&self, id: &str, manifest: &Manifest) -> Vec<u8> {
        let mut sealed = Vec::new();
        self.seal
            .seal_onto("snapshot", id.as_bytes(), &json(manifest), &mut sealed);
        sealed
    }
}

/// Puts packs away while the next is filled.
pub(super) struct Writer<'r> {
    repository: &'r mut Repository,
    packer: Packer,
    on_the_way: VecDeque<JoinHandle<Result<(), StoreError>>>,
    unindexed: Vec<Entry>,
    /// Sealed bytes that were added.
    pub(super) added: u64,
}

impl<'r> Writer<'r> {
    pub(super) fn new(repository: &'r mut Repository) -> Self {
        Self {
            packer: Packer::new(&repository.seal),
            repository,
            on_the_way: VecDeque::new(),
            unindexed: Vec::new(),
            added: 0,
        }
    }

    pub(super) fn seal(&self) -> &BackupSeal {
        &self.repository.seal
    }

    pub(super) fn has(&self, piece: &BlobName) -> bool {
        self.repository.has(piece)
    }

    /// Adds records or another small thing, unless it is there.
    pub(super) async fn add(&mut self, context: &str, plain: &[u8]) -> Result<BlobName, Error> {
        let name = self.repository.seal.name(context, plain);
        if !self.repository.has(&name) {
            self.packer.add(name, plain);
            self.repository.expect(name);
            if self.packer.is_full() {
                self.turn().await?;
            }
        }
        Ok(name)
    }

    /// Adds a piece of another pack as it lies there, once it has opened.
    pub(super) async fn carry(&mut self, name: &BlobName) -> Result<(), Error> {
        let (_, sealed) = self.repository.opened(name).await?;
        self.packer.add_sealed(*name, &sealed);
        if self.packer.is_full() {
            self.turn().await?;
        }
        Ok(())
    }

    /// These packs are there; the next index names them.
    pub(super) fn name_again(&mut self, packs: Vec<Entry>) {
        self.unindexed.extend(packs);
    }

    /// The pack in the making, to be filled on another thread.
    pub(super) fn take_packer(&mut self) -> Packer {
        let fresh = Packer::new(&self.repository.seal);
        std::mem::replace(&mut self.packer, fresh)
    }

    /// Goes on with a pack that was filled elsewhere.
    pub(super) async fn put_back(&mut self, packer: Packer) -> Result<(), Error> {
        for name in packer.names() {
            self.repository.expect(*name);
        }
        self.packer = packer;
        if self.packer.is_full() {
            self.turn().await?;
        }
        Ok(())
    }

    /// Puts everything away that isn't yet; afterwards a snapshot may name it.
    pub(super) async fn finish(mut self) -> Result<u64, Error> {
        self.turn().await?;
        self.write_index().await?;
        Ok(self.added)
    }

    async fn turn(&mut self) -> Result<(), Error> {
        let packer = self.take_packer();
        let packed = tasks::blocking(move || packer.finish()).await;
        let Some(Pack { name, bytes, pieces }) = packed.flatten() else {
            return Ok(());
        };
        self.added += bytes.len() as u64;
        while self.on_the_way.len() >= LANES {
            self.arrived().await?;
        }
        let (store, object) = (self.repository.store.clone(), pack::place(&name));
        let put = async move { store.put(&object, bytes).await };
        self.on_the_way.push_back(tasks::spawn("backup", put));
        self.unindexed.push((name, pieces));
        if self.unindexed.len() >= INDEXED {
            self.write_index().await?;
        }
        Ok(())
    }

    async fn arrived(&mut self) -> Result<(), Error> {
        if let Some(put) = self.on_the_way.pop_front() {
            let put = put
                .await
                .map_err(std::io::Error::other)
                .map_err(BackupError::from)?;
            put.map_err(BackupError::from)?;
        }
        Ok(())
    }

    /// The packs first: an index names nothing that isn't there.
    async fn write_index(&mut self) -> Result<(), Error> {
        while !self.on_the_way.is_empty() {
            self.arrived().await?;
        }
        if self.unindexed.is_empty() {
            return Ok(());
        }
        let packs = std::mem::take(&mut self.unindexed);
        let mut sealed = Vec::new();
        let seal = &self.repository.seal;
        seal.seal_onto("index", &[], &pack::write_index(&packs), &mut sealed);
        self.added += sealed.len() as u64;
        let name = crate::hex(&BackupSeal::digest(&sealed));
        let put = self
            .repository
            .store
            .put(&format!("index/{name}"), sealed.into())
            .await;
        put.map_err(BackupError::from)?;
        self.repository.know(packs);
        Ok(())
    }
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
