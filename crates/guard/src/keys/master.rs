//! Owns: the master key's file, and giving it a successor. Doesn't own: wrapping a store's keys anew (`vault`).
//!
//! The successor lies beside it as `….next` from before the first store is wrapped anew until the last one is
//! verified, and then takes its place; the old key stays as `….before`. Killed at any step, each store opens with one
//! of the two, and doing it again goes on.

use std::path::{Path, PathBuf};

use kernel::Rng;
use serde::Serialize;
use storage::Location;
use vault::{MasterKey, Vault};

use crate::{Error, Settings};

/// A master key that was given a successor.
#[derive(Debug, Serialize)]
pub struct Rotated {
    /// The sites whose keys were wrapped anew, and how many keys each has.
    pub sites: Vec<(String, u64)>,
    /// Where the old key lies: needed for generations of the key store made before.
    pub before: PathBuf,
}

/// The master key that opens this store.
pub(crate) async fn master(path: &Path, store: &Location) -> Result<MasterKey, Error> {
    let next = beside(path, "next");
    if next.exists() {
        let next = MasterKey::from_file(&next)?;
        if Vault::is_opened_by(store, &next).await? {
            return Ok(next);
        }
    }
    Ok(MasterKey::from_file(path)?)
}

/// Gives the master key a successor, for all the sites whose key stores it opens. Nobody may use them meanwhile.
///
/// # Errors
/// [`vault::Error::InUse`] with what to do; killed or failed in between, do it again.
pub async fn rotate(sites: &[Settings], rng: &Rng) -> Result<Rotated, Error> {
    let Some(path) = sites.first().map(|site| site.master_key.clone()) else {
        return Err(Error::Setup(
            "there is no site whose master key could be changed".to_owned(),
        ));
    };
    let (next, before) = (beside(&path, "next"), beside(&path, "before"));
    let old = MasterKey::from_file(&path)?;
    if !next.exists() {
        // Asked first: a successor of a key that is in use would lie about until the next try.
        for site in sites {
            drop(Vault::open_alone(&site.key_store(), &old, site.clock.clone(), rng.clone()).await?);
        }
        MasterKey::generate(rng).write_new(&next)?;
    }
    let new = MasterKey::from_file(&next)?;
    let mut rotated = Vec::new();
    for site in sites {
        let count = Vault::rotate(&site.key_store(), &old, &new, rng).await?;
        rotated.push((site.name.clone(), count));
    }
    for site in sites {
        let vault = Vault::open_alone(&site.key_store(), &new, site.clock.clone(), rng.clone()).await?;
        let checked = vault.check().await;
        vault.close().await;
        if !checked?.is_whole() {
            return Err(Error::Setup(format!(
                "the chains of the key store of {} are broken: `vivier key verify` says where; both master keys stay",
                site.name
            )));
        }
    }
    replace(&path, &next, &before).map_err(|error| Error::Setup(format!("{}: {error}", path.display())))?;
    Ok(Rotated {
        sites: rotated,
        before,
    })
}

/// The old key is kept whole before the new one takes its place; there is no moment without one.
fn replace(path: &Path, next: &Path, before: &Path) -> std::io::Result<()> {
    let aside = beside(before, "part");
    std::fs::copy(path, &aside)?;
    std::fs::File::open(&aside)?.sync_all()?;
    std::fs::rename(&aside, before)?;
    std::fs::rename(next, path)?;
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(end);
    PathBuf::from(name)
}
