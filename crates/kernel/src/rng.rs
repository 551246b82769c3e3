//! Owns: [`Rng`], the only source of randomness. Doesn't own: what is made of it.

use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng as _, SeedableRng as _},
};

/// Randomness as a parameter: the system's in production, a repeatable stream in tests and in the making of
/// invented people.
#[derive(Clone)]
pub struct Rng(Source);

#[derive(Clone)]
enum Source {
    System,
    Seeded(Arc<Mutex<ChaCha20Rng>>),
}

impl Rng {
    /// The operating system's generator, fit for keys.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A repeatable stream. Never for keys that outlive a test.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Source::Seeded(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(
            seed,
        )))))
    }

    /// Fills the buffer.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing safe can be done then.
    pub fn fill(&self, buffer: &mut [u8]) {
        match &self.0 {
            #[expect(
                clippy::disallowed_methods,
                clippy::expect_used,
                reason = "the one place that asks the system"
            )]
            Source::System => getrandom::fill(buffer).expect("the operating system gives randomness"),
            Source::Seeded(stream) => {
                stream
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .fill_bytes(buffer);
            }
        }
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut buffer = [0; N];
        self.fill(&mut buffer);
        buffer
    }

    /// A number in `0..bound`, without bias that matters below 2³²; 0 when `bound` is 0.
    #[must_use]
    pub fn below(&self, bound: usize) -> usize {
        if bound == 0 {
            return 0;
        }
        let wide = u128::from(u64::from_le_bytes(self.bytes()));
        usize::try_from((wide * bound as u128) >> 64).unwrap_or(0)
    }

    /// One of the items; `None` when there are none.
    #[must_use]
    pub fn pick<'a, T>(&self, items: &'a [T]) -> Option<&'a T> {
        items.get(self.below(items.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        assert_eq!(Rng::seeded(7).bytes::<16>(), Rng::seeded(7).bytes::<16>());
        assert_ne!(Rng::system().bytes::<16>(), Rng::system().bytes::<16>());
    }

    #[test]
    fn below_stays_below() {
        let rng = Rng::seeded(1);
        assert!((0..1_000).all(|_| rng.below(3) < 3));
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.pick::<u8>(&[]), None);
    }
}
