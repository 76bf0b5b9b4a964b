//! Which number comes next? SplitMix64 (Steele, Lea & Flood 2014) mixes seeds and keys, as in the authors' reference
//! recurrence.

/// The step of [`SplitMix64`]'s counter: the golden ratio, as an odd number of 64 bits.
pub(super) const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// The finaliser of [`SplitMix64`]: every bit of the answer depends on every bit of the question.
#[inline]
pub fn mixed(word: u64) -> u64 {
    let z = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A sequence of mixed counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// From a seed; all seeds are good.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }
}
