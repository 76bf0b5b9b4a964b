//! Which draws belong to this risk, this factor, this block of years?
//!
//! A stream is named by the seed, a label and a block. Seed and label are hashed into Philox's
//! key, the block is the upper half of its counter and the place in the stream the lower half:
//! streams of one label never overlap, and those of two labels share a key with chance 2⁻⁶⁴.
//!
//! Labels are bytes of text; their hash takes eight bytes at a time through the finaliser of
//! SplitMix64 and ends with the length, so that no label is another's beginning.

use super::{Philox4x32, SplitMix64, open_unit};

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

    /// The next number strictly between 0 and 1.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        open_unit(self.next_u64())
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
