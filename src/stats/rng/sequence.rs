//! Which number comes next? Generators with a state, one sequence each.
//!
//! SplitMix64 (Steele, Lea & Flood 2014) mixes seeds and keys; xoshiro256++ (Blackman & Vigna
//! 2019) is fast and long. Both as in the authors' reference recurrences.

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

/// A long sequence with 256 bits of state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Xoshiro256PlusPlus([u64; 4]);

impl Xoshiro256PlusPlus {
    /// From a state. The state of zeros, which would stay zero, becomes that of seed 0.
    pub fn from_state(state: [u64; 4]) -> Self {
        if state == [0; 4] { Self::new(0) } else { Self(state) }
    }

    /// From a seed, spread over the state by [`SplitMix64`].
    pub fn new(seed: u64) -> Self {
        let mut mix = SplitMix64::new(seed);
        Self(std::array::from_fn(|_| mix.next_u64()))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// The next number strictly between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        super::open_unit(self.next_u64())
    }
}
