//! Owns: new keys and look-ups made durable together: who comes while a transaction is being synced shares the next one.
//! Doesn't own: what keys and look-ups are (`keys.rs`, `lookups.rs`).
//!
//! On SQLite each durable transaction waits for the disk, one after the other, and a form that arrives takes two of
//! them. PostgreSQL lets its transactions share a sync by itself; there each wish is a transaction of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kernel::Timestamp;
use storage::{Ciphertext, Engine};

use crate::{DossierId, Error, Lookup, Vault, keys, lookups};

/// What one caller wants written.
pub(crate) struct Wish {
    /// New keys, wrapped.
    pub(crate) keys: Vec<(DossierId, Ciphertext)>,
    pub(crate) made_at: Timestamp,
    /// Of those dossiers, or of others that have a key.
    pub(crate) lookups: Vec<Lookup>,
}

/// Who waits for their turn.
#[derive(Default)]
pub(crate) struct Together {
    waiting: Mutex<Vec<Arc<Waiting>>>,
    turn: tokio::sync::Mutex<()>,
}

struct Waiting {
    wish: Wish,
    written: Mutex<bool>,
}

impl Together {
    /// Everybody who waits, when this one is among them.
    fn take_with(&self, ours: &Arc<Waiting>) -> Vec<Arc<Waiting>> {
        let mut waiting = held(&self.waiting);
        if waiting.iter().any(|one| Arc::ptr_eq(one, ours)) {
            std::mem::take(&mut *waiting)
        } else {
            Vec::new()
        }
    }
}

impl Vault {
    /// Writes what is wished, durably, all of it or nothing.
    ///
    /// # Errors
    /// [`Error::AlreadyMade`] when a dossier has or had another key; [`Error::Absent`] when a look-up names one without
    /// an active key; the key store's.
    pub(crate) async fn write(&self, wish: Wish) -> Result<(), Error> {
        if self.db().engine() == Engine::Postgres {
            return self.write_at_once(&[&wish]).await;
        }
        let ours = Arc::new(Waiting {
            wish,
            written: Mutex::new(false),
        });
        let together = self.together();
        held(&together.waiting).push(Arc::clone(&ours));
        let _turn = together.turn.lock().await;
        if *held(&ours.written) {
            return Ok(());
        }
        // Without ours, which whoever took it along couldn't write, or was dropped: then it is tried alone.
        let batch = together.take_with(&ours);
        let wishes: Vec<&Wish> = batch.iter().map(|waiting| &waiting.wish).collect();
        if !wishes.is_empty() && self.write_at_once(&wishes).await.is_ok() {
            batch.iter().for_each(|waiting| *held(&waiting.written) = true);
            return Ok(());
        }
        // One that can't be written keeps no other from it: each learns alone why.
        match self.write_at_once(&[&ours.wish]).await {
            // Dropped while it was being committed, they had made ours as well.
            Err(Error::AlreadyMade) if keys::are_made(self, &ours.wish.keys).await? => Ok(()),
            done => done,
        }
    }

    async fn write_at_once(&self, wishes: &[&Wish]) -> Result<(), Error> {
        let mut tx = self.db().begin().await?;
        keys::insert(&mut tx, wishes).await?;
        let all: Vec<Lookup> = wishes
            .iter()
            .flat_map(|wish| wish.lookups.iter().copied())
            .collect();
        lookups::insert(&mut tx, &all).await?;
        Ok(tx.commit().await?)
    }
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
