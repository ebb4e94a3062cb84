//! Chance that can be repeated.

use std::{
    env,
    hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState},
    ops::Range,
};

/// The variable that repeats a run; a failure says what to put there.
pub(crate) const SEED: &str = "USHER_FAULT_SEED";

/// The seed of this run: from the environment, or another one each time.
pub(crate) fn seed() -> u64 {
    let asked = env::var(SEED).ok().and_then(|seed| seed.parse().ok());
    asked.unwrap_or_else(|| RandomState::new().hash_one(SEED))
}

/// A small generator (`SplitMix64`), the same numbers for the same seed.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    /// The dice of one case of a run, which don't depend on the other cases.
    pub(crate) fn of(seed: u64, case: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        (seed, case).hash(&mut hasher);
        Self(hasher.finish())
    }

    /// Dice that fall independently of these.
    pub(crate) fn fork(&mut self) -> Self {
        Self(self.number())
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in the range, which is not empty.
    pub(crate) fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.number() % (range.end - range.start)
    }
}
