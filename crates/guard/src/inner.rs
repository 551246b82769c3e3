//! Owns: what a [`crate::Guard`] holds. Doesn't own: anything one does with it; no field is visible outside this
//! crate.

use std::{path::PathBuf, sync::atomic::AtomicU32};

use arc_swap::{ArcSwap, ArcSwapOption};
use gateway::{files::Files, mail::Mailer};
use kernel::{Clock, Rng, Zone};
use storage::{Db, Location};
use vault::Vault;

use crate::{
    Holdings,
    backup::Plan,
    change::{Draft, Law},
};

/// One site's means, behind its doors.
pub struct Inner {
    pub(crate) name: String,
    pub(crate) db: Db,
    pub(crate) vault: Vault,
    pub(crate) files: Files,
    pub(crate) mailer: Mailer,
    /// The master key's file and the key store's place, for the key store's own backup.
    pub(crate) master_key: PathBuf,
    pub(crate) key_store: Location,
    pub(crate) clock: Clock,
    pub(crate) rng: Rng,
    pub(crate) zone: Zone,
    /// The site's folder.
    pub(crate) folder: PathBuf,
    pub(crate) law: ArcSwap<Law>,
    /// What lay in the folder to become law when it was last looked at.
    pub(crate) draft: ArcSwapOption<Draft>,
    /// By which this process makes backups by itself.
    pub(crate) plan: ArcSwapOption<Plan>,
    /// The version after which this process found no clock left to set anew.
    pub(crate) clocks_moved: AtomicU32,
    pub(crate) holdings: Vec<Holdings>,
    /// At most so many password hashes at once, each taking 19 MiB.
    pub(crate) hashing: tokio::sync::Semaphore,
}
