//! Which random words stand at a given place?
//!
//! Philox4x32-10: ten rounds of (hi, lo) = M · x over four 32-bit words with a Weyl sequence as
//! the key (Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
//! No state: the words are a function of counter and key.

const MULTIPLIERS: [u32; 2] = [0xd251_1f53, 0xcd9e_8d57];
const WEYL: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];
const ROUNDS: usize = 10;

/// Counters that are worked on together in [`Philox4x32::fill`].
const LANES: usize = 8;

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

    /// The 64-bit numbers of a block from place `index` on, two a place. The same as
    /// [`Philox4x32::pair`] place by place, several at once so that vectors can be used.
    pub fn fill(&self, block: u64, index: u64, out: &mut [u64]) {
        let mut index = index;
        let mut chunks = out.chunks_exact_mut(2 * LANES);
        for chunk in &mut chunks {
            let mut state = [[0_u64; LANES]; 4];
            for lane in 0..LANES {
                let counter = counter(block, index.wrapping_add(lane as u64));
                for (word, value) in state.iter_mut().zip(counter) {
                    word[lane] = u64::from(value);
                }
            }
            self.rounds(&mut state);
            for (lane, pair) in chunk.chunks_exact_mut(2).enumerate() {
                pair[0] = state[0][lane] | state[1][lane] << 32;
                pair[1] = state[2][lane] | state[3][lane] << 32;
            }
            index = index.wrapping_add(LANES as u64);
        }
        for pair in chunks.into_remainder().chunks_mut(2) {
            let values = self.pair(block, index);
            for (out, value) in pair.iter_mut().zip(values) {
                *out = value;
            }
            index = index.wrapping_add(1);
        }
    }

    /// The rounds on words that lie in the lower halves of 64-bit lanes: a multiplication of two
    /// such lanes is one vector instruction.
    #[inline(always)]
    fn rounds(&self, state: &mut [[u64; LANES]; 4]) {
        const LOW: u64 = 0xffff_ffff;
        let [mut k, mut l] = self.key;
        for _ in 0..ROUNDS {
            let [first, second, third, fourth] = state;
            for lane in 0..LANES {
                let p = u64::from(MULTIPLIERS[0]) * (first[lane] & LOW);
                let q = u64::from(MULTIPLIERS[1]) * (third[lane] & LOW);
                first[lane] = (q >> 32) ^ second[lane] ^ u64::from(k);
                second[lane] = q & LOW;
                third[lane] = (p >> 32) ^ fourth[lane] ^ u64::from(l);
                fourth[lane] = p & LOW;
            }
            k = k.wrapping_add(WEYL[0]);
            l = l.wrapping_add(WEYL[1]);
        }
    }
}

fn counter(block: u64, index: u64) -> [u32; 4] {
    [index as u32, (index >> 32) as u32, block as u32, (block >> 32) as u32]
}

fn join(low: u32, high: u32) -> u64 {
    u64::from(low) | u64::from(high) << 32
}
