//! Randomness, which the rules are given and never fetch.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{Rng, SeedableRng},
};

/// A cryptographically secure stream of randomness, grown from a seed that is
/// used once.
#[derive(Debug)]
pub struct Entropy(ChaCha20Rng);

impl Entropy {
    /// The stream that grows from `seed`.
    #[must_use]
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// A token that nobody can guess: 128 bits as 32 hexadecimal digits.
    pub fn token(&mut self) -> String {
        format!("{:016x}{:016x}", self.0.next_u64(), self.0.next_u64())
    }

    /// `count` random decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or_default()))
            .collect()
    }

    /// A number from 0 to `bound` - 1, each equally likely. `bound` is small
    /// against 2⁶⁴, so the remainder's bias is beyond measuring.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }
}
