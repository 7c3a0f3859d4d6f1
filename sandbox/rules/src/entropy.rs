//! Randomness, which the caller passes in.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

/// A cryptographically secure generator. Its seed must not be used twice.
#[derive(Debug)]
pub struct Entropy(ChaCha20Rng);

impl Entropy {
    /// Equal seeds give equal streams, so tests are repeatable.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// 128 random bits as 32 hexadecimal digits.
    pub fn token(&mut self) -> String {
        format!("{:016x}{:016x}", self.0.next_u64(), self.0.next_u64())
    }

    /// `count` random decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or_default()))
            .collect()
    }

    /// A number from 0 to `bound` − 1. `bound` is small against 2⁶⁴, so the bias of the
    /// remainder is negligible.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }
}
