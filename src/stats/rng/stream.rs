//! Which draws belong to this risk, this factor, this block of years?
//!
//! A stream is named by the seed, a label and a block. Seed and label are hashed into Philox's
//! key, the block is the upper half of its counter and the place in the stream the lower half:
//! streams of one label never overlap, and those of two labels share a key with chance 2⁻⁶⁴.
//!
//! Labels are bytes of text; their hash takes eight bytes at a time through the finaliser of
//! SplitMix64 and ends with the length, so that no label is another's beginning.

use super::{Philox4x32, SplitMix64, open_unit, poisson_from};
use crate::stats::special::normal_quantile;

/// Random numbers with a name. Cheap to make; one for each block of work.
#[derive(Debug, Clone)]
pub struct Stream {
    generator: Philox4x32,
    block: u64,
    index: u64,
    spare: Option<u64>,
}

impl Stream {
    /// The stream of this seed, for this purpose, in this block.
    pub fn new(seed: u64, label: &str, block: u64) -> Self {
        let key = key(seed, label.as_bytes());
        let generator = Philox4x32::new([key as u32, (key >> 32) as u32]);
        Self { generator, block, index: 0, spare: None }
    }

    /// The same purpose in another block, from its beginning.
    pub fn in_block(&self, block: u64) -> Self {
        Self { generator: self.generator, block, index: 0, spare: None }
    }

    /// The next 64 bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let [first, second] = self.generator.pair(self.block, self.index);
        self.index = self.index.wrapping_add(1);
        self.spare = Some(second);
        first
    }

    /// Fills a slice with what [`Stream::next_u64`] would give, several times faster.
    pub fn fill_u64(&mut self, out: &mut [u64]) {
        let mut out = out;
        if !out.is_empty() && self.spare.is_some() {
            out[0] = self.next_u64();
            out = &mut out[1..];
        }
        let whole = out.len() / 2 * 2;
        let (pairs, rest) = out.split_at_mut(whole);
        self.generator.fill(self.block, self.index, pairs);
        self.index = self.index.wrapping_add((whole / 2) as u64);
        for value in rest {
            *value = self.next_u64();
        }
    }

    /// The next number strictly between 0 and 1.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        open_unit(self.next_u64())
    }

    /// Fills a slice with what [`Stream::uniform`] would give.
    pub fn fill_uniform(&mut self, out: &mut [f64]) {
        let mut bits = [0_u64; 256];
        for chunk in out.chunks_mut(bits.len()) {
            let bits = &mut bits[..chunk.len()];
            self.fill_u64(bits);
            for (value, bits) in chunk.iter_mut().zip(bits) {
                *value = open_unit(*bits);
            }
        }
    }

    /// True with this chance.
    #[inline]
    pub fn happens(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    /// A standard exponential draw: −ln(u).
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// A standard normal draw, by inversion.
    pub fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }

    /// A Poisson draw, by inversion: one uniform for one count, whatever the mean.
    pub fn poisson(&mut self, mean: f64) -> u64 {
        poisson_from(mean, self.uniform())
    }
}

/// A number for a seed and a label.
pub(super) fn key(seed: u64, label: &[u8]) -> u64 {
    let mut state = SplitMix64::new(seed).next_u64();
    for chunk in label.chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        state = SplitMix64::new(state ^ u64::from_le_bytes(word)).next_u64();
    }
    SplitMix64::new(state ^ label.len() as u64).next_u64()
}
