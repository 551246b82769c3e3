//! Owns: what a [`crate::Guard`] holds. Doesn't own: anything one does with it; no field is visible outside this
//! crate.

use arc_swap::ArcSwap;
use charter::Charter;
use gateway::{files::Files, mail::Mailer};
use kernel::{Clock, Rng, Zone};
use storage::Db;
use vault::Vault;

use crate::Holdings;

/// One site's means, behind its doors.
pub struct Inner {
    pub(crate) name: String,
    pub(crate) db: Db,
    pub(crate) vault: Vault,
    pub(crate) files: Files,
    pub(crate) mailer: Mailer,
    pub(crate) clock: Clock,
    pub(crate) rng: Rng,
    pub(crate) zone: Zone,
    pub(crate) charter: ArcSwap<Charter>,
    pub(crate) holdings: Vec<Holdings>,
    /// At most so many password hashes at once, each taking 19 MiB.
    pub(crate) hashing: tokio::sync::Semaphore,
}
