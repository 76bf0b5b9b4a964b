//! Which random words stand at a given place?
//!
//! Philox4x32-10: ten rounds of (hi, lo) = M · x over four 32-bit words with a Weyl sequence as
//! the key (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
//! No state: the words are a function of counter and key.

const MULTIPLIERS: [u32; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const ROUNDS: usize = 10;

/// The generator with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Philox4x32 {
    key: [u32; 2],
}

impl Philox4x32 {
    /// A generator with a key of two words.
    pub fn new(key: [u32; 2]) -> Self {
        Self { key }
    }

    /// The four words at a counter.
    #[inline]
    pub fn words(&self, counter: [u32; 4]) -> [u32; 4] {
        let [mut a, mut b, mut c, mut d] = counter;
        let [mut k, mut l] = self.key;
        for _ in 0..ROUNDS {
            let p = u64::from(MULTIPLIERS[0]) * u64::from(a);
            let q = u64::from(MULTIPLIERS[1]) * u64::from(c);
            (a, b, c, d) = ((q >> 32) as u32 ^ b ^ k, q as u32, (p >> 32) as u32 ^ d ^ l, p as u32);
            k = k.wrapping_add(WEYL[0]);
            l = l.wrapping_add(WEYL[1]);
        }
        [a, b, c, d]
    }

    /// The two 64-bit numbers at place `index` of a block: words 0 and 1, words 2 and 3, the
    /// first of each below.
    #[inline]
    pub fn pair(&self, block: u64, index: u64) -> [u64; 2] {
        let [a, b, c, d] = self.words(counter(block, index));
        [join(a, b), join(c, d)]
    }
}

fn counter(block: u64, index: u64) -> [u32; 4] {
    [index as u32, (index >> 32) as u32, block as u32, (block >> 32) as u32]
}

fn join(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}
