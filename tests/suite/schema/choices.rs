//! Random decisions that shrink well: the simplest is always 0.

/// A row of numbers that decides; when it ends, the simplest is chosen.
pub struct Choices<'a> {
    row: &'a [u32],
    at: usize,
}

impl<'a> Choices<'a> {
    /// Decisions from a row of numbers.
    pub fn new(row: &'a [u32]) -> Self {
        Self { row, at: 0 }
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        let next = self.row.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        next as usize % count.max(1)
    }

    /// A number from `least` to `most`.
    pub fn within(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most + 1 - least)
    }

    /// Yes in one of `of` cases.
    pub fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}
