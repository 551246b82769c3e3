//! Owns: removing what no backup of a target names any more: packs, and pieces of packs that are named in part. Doesn't
//! own: which backups there are ([`super::thin`]). Whoever clears has the turn at the target, so that nobody counts
//! on a piece meanwhile that goes.
//!
//! Broken off anywhere it leaves a whole target: what is still named is put away anew first, then the index that names
//! it, then the old index goes, then the packs that none names.

use std::collections::HashSet;

use vault::BlobName;

use super::{
    BackupError,
    manifest::Listed,
    pack::{self, Entry, PackName},
    repository::{INDEXED, Repository, Writer},
};
use crate::Error;

/// More index objects than this are joined: each is read whenever the target is opened.
const INDEXES: usize = 64;

/// What was found in the index.
#[derive(Default)]
struct Sorted {
    /// Packs that stay as they are, of index objects that go.
    stay: Vec<Entry>,
    /// Pieces that are named still, of packs that go.
    move_on: Vec<BlobName>,
    /// Index objects that go.
    outdated: Vec<String>,
}

impl Repository {
    /// Removes what no backup names; gives how many objects that were.
    pub(super) async fn clear(mut self) -> Result<usize, Error> {
        let named = self.named().await?;
        let Sorted {
            stay,
            move_on,
            outdated,
        } = self.sort(&named).await?;
        let mut writer = Writer::new(&mut self);
        for piece in &move_on {
            writer.carry(piece).await?;
        }
        writer.name_again(stay);
        writer.finish().await?;
        let mut removed = outdated.len();
        for object in &outdated {
            self.remove(object).await?;
        }
        let mut kept = HashSet::new();
        for object in self.list("index").await? {
            let entries = self.index(&object).await?;
            kept.extend(entries.iter().map(|(name, _)| pack::place(name)));
        }
        for object in self.list("packs").await? {
            if !kept.contains(&object) {
                self.remove(&object).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Every piece that a backup names. One that can't be read ends it: nothing may go then.
    async fn named(&mut self) -> Result<HashSet<BlobName>, Error> {
        let (mut named, mut lists) = (HashSet::new(), HashSet::new());
        for id in self.snapshots().await? {
            let manifest = self.manifest(&id).await?;
            let tables = manifest.tables.iter().map(|table| &table.pieces);
            let folder = manifest.folder.iter().map(|file| &file.pieces);
            named.extend(tables.chain(folder).flat_map(|pieces| &pieces.0));
            lists.extend(manifest.files.pieces.0);
        }
        for list in self.as_they_lie(&lists) {
            let plain = self.piece(&list).await?;
            let files = Listed::read_all(&plain)
                .ok_or_else(|| BackupError::Broken("the list of files is unreadable".to_owned()))?;
            let seal = self.seal.clone();
            let parts = files
                .iter()
                .flat_map(|file| (0..file.parts()).map(|nth| file.part(&seal, nth)));
            named.extend(parts);
        }
        named.extend(lists);
        Ok(named)
    }

    async fn sort(&self, named: &HashSet<BlobName>) -> Result<Sorted, Error> {
        let (mut sorted, objects) = (Sorted::default(), self.list("index").await?);
        let (mut seen, mut packs) = (HashSet::<BlobName>::new(), HashSet::<PackName>::new());
        let are_many = objects.len() > INDEXES;
        for object in objects {
            let entries = self.index(&object).await?;
            let (mut stay, mut goes) = (Vec::new(), are_many && entries.len() < INDEXED);
            for (name, pieces) in entries {
                // A piece that lies twice is needed once.
                let is_needed = |(piece, _): &&(BlobName, u32)| named.contains(piece) && seen.insert(*piece);
                let needed: Vec<_> = pieces.iter().filter(is_needed).copied().collect();
                let used: u64 = needed.iter().map(|(_, length)| u64::from(*length)).sum();
                let all: u64 = pieces.iter().map(|(_, length)| u64::from(*length)).sum();
                if used * 2 >= all && packs.insert(name) {
                    stay.push((name, pieces));
                } else {
                    goes = true;
                    sorted.move_on.extend(needed.into_iter().map(|(piece, _)| piece));
                }
            }
            if goes {
                sorted.outdated.push(object);
                sorted.stay.append(&mut stay);
            }
        }
        Ok(sorted)
    }
}
