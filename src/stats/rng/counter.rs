//! Which number stands at place i, without those before it?
//!
//! Number i is the i-th output of [`super::SplitMix64`] from the counter's key (Steele, Lea &
//! Flood 2014): one addition, one finaliser, no state. Keys are hashed from a seed, a label and a
//! block, so that two counters share a stretch of n numbers with a chance of about n·2⁻⁶³.
//! A number may itself be the key of more: the draws of one event, the events that follow from it.

use super::sequence::{STEP, mixed};
use super::stream::key;

/// Random numbers with a name, each at hand at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Counter(u64);

impl Counter {
    /// The numbers of this seed, for this purpose.
    pub fn new(seed: u64, label: &str) -> Self {
        Self(key(seed, label.as_bytes()))
    }

    /// From a key that is random already.
    pub fn from_key(key: u64) -> Self {
        Self(key)
    }

    /// The same purpose in a block of its own.
    #[inline]
    pub fn block(self, block: u64) -> Self {
        Self(mixed(mixed(self.0 ^ STEP).wrapping_add(block.wrapping_mul(STEP))))
    }

    /// The 64 bits at place `index`.
    #[inline]
    pub fn bits(self, index: u64) -> u64 {
        mixed(self.0.wrapping_add(index.wrapping_add(1).wrapping_mul(STEP)))
    }

    /// The numbers that belong to place `index`.
    #[inline]
    pub fn place(self, index: u64) -> Self {
        Self(self.0.wrapping_add(index.wrapping_add(1).wrapping_mul(STEP)))
    }

    /// What is drawn here for one purpose, named by the hash of a label ([`purpose`]).
    #[inline]
    pub fn draw(self, purpose: u64) -> u64 {
        mixed(self.0.wrapping_add(purpose))
    }

    /// The numbers of something that follows from what is here.
    #[inline]
    pub fn follow(self, purpose: u64) -> Self {
        Self(self.draw(purpose))
    }
}

/// The hash of a purpose.
pub fn purpose(label: &str) -> u64 {
    key(0, label.as_bytes())
}
