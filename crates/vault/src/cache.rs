//! Owns: the cache of unwrapped dossier keys. Doesn't own: fetching them.
//!
//! Two generations of at most 30 seconds each: an entry is added to the young one, found in both, never moved
//! back, and gone with the old one. So none lives longer than 60 seconds, and nothing needs to be searched for
//! what has expired. Measured by the clock, so a process that sleeps must call [`Cache::expire`] to be rid of
//! them in memory, too.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use kernel::Timestamp;

use crate::{DossierId, DossierKey};

/// How long a generation is added to, in milliseconds.
const GENERATION: i64 = 30_000;
/// How many keys a generation holds.
const MOST: usize = 10_000;

pub(crate) struct Cache(Mutex<Generations>);

struct Generations {
    young: HashMap<DossierId, DossierKey>,
    old: HashMap<DossierId, DossierKey>,
    since: Timestamp,
    forgotten: u64,
}

/// What a fetch notes before it asks, so that a key destroyed meanwhile isn't added after all.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Before(u64);

impl Cache {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self(Mutex::new(Generations {
            young: HashMap::new(),
            old: HashMap::new(),
            since: now,
            forgotten: 0,
        }))
    }

    pub(crate) fn get(&self, id: DossierId, now: Timestamp) -> Option<DossierKey> {
        let generations = self.at(now);
        generations
            .young
            .get(&id)
            .or_else(|| generations.old.get(&id))
            .cloned()
    }

    /// To be called before a key is fetched.
    pub(crate) fn before(&self, now: Timestamp) -> Before {
        Before(self.at(now).forgotten)
    }

    /// Adds a key whose fetching began at `now`, unless anything was forgotten since.
    pub(crate) fn add(&self, key: DossierKey, now: Timestamp, before: Before) {
        let mut generations = self.at(now);
        if generations.forgotten != before.0 {
            return;
        }
        if generations.young.len() >= MOST {
            generations.turn(now);
        }
        generations.young.insert(key.id(), key);
    }

    pub(crate) fn forget(&self, ids: &[DossierId], now: Timestamp) {
        let mut generations = self.at(now);
        generations.forgotten += 1;
        for id in ids {
            generations.young.remove(id);
            generations.old.remove(id);
        }
    }

    /// Drops what has expired.
    pub(crate) fn expire(&self, now: Timestamp) {
        drop(self.at(now));
    }

    /// The generations as they are at `now`.
    fn at(&self, now: Timestamp) -> MutexGuard<'_, Generations> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match now.as_millis().saturating_sub(generations.since.as_millis()) {
            0..GENERATION => {}
            GENERATION..60_000 => generations.turn(now),
            // Long ago, or the clock was set back.
            _ => {
                generations.turn(now);
                generations.turn(now);
            }
        }
        generations
    }
}

impl Generations {
    fn turn(&mut self, now: Timestamp) {
        self.old = std::mem::take(&mut self.young);
        self.since = now;
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Clock, Rng};

    use super::*;
    use crate::crypto::Secret;

    fn key(n: i64) -> DossierKey {
        let rng = Rng::seeded(n.unsigned_abs());
        DossierKey::new(
            DossierId::new(&rng, Timestamp::from_millis(n)),
            Secret::default(),
            rng,
        )
    }

    #[test]
    fn no_key_is_found_after_a_minute_and_every_one_for_half_a_minute() {
        for start in 0..60 {
            let clock = Clock::manual(Timestamp::from_millis(0));
            let cache = Cache::new(clock.now());
            clock.advance(start);
            cache.add(key(1), clock.now(), cache.before(clock.now()));
            for second in 0..120 {
                let found = cache.get(key(1).id(), clock.now()).is_some();
                assert!(
                    if second < 30 { found } else { second < 60 || !found },
                    "{start} + {second}"
                );
                clock.advance(1);
            }
        }
    }

    #[test]
    fn it_is_bounded_and_forgets() {
        let now = Timestamp::from_millis(0);
        let cache = Cache::new(now);
        for n in 0..30_000 {
            let id = DossierId::new(&Rng::seeded(n), now);
            cache.add(
                DossierKey::new(id, Secret::default(), Rng::seeded(n)),
                now,
                cache.before(now),
            );
        }
        let held = cache.at(now);
        assert!(held.young.len() + held.old.len() <= 2 * MOST);
        drop(held);
        let before = cache.before(now);
        cache.add(key(5), now, before);
        cache.forget(&[key(5).id()], now);
        assert!(cache.get(key(5).id(), now).is_none());
        cache.add(key(5), now, before);
        assert!(
            cache.get(key(5).id(), now).is_none(),
            "fetched before, added after it was destroyed"
        );
        cache.add(key(6), Timestamp::from_millis(1_000), cache.before(now));
        assert!(
            cache.get(key(6).id(), Timestamp::from_millis(-1)).is_none(),
            "a clock set back empties it"
        );
    }
}
