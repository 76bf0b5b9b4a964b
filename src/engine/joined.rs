//! Which of several things belong together?

use std::collections::BTreeMap;

use crate::model::{Id, Table};

/// Things that are joined pair by pair; the first of those that belong together stands for them.
pub(super) struct Joined<I>(Table<I, I>);

impl<I: Id> Joined<I> {
    /// Each by itself.
    pub fn apart(ids: impl Iterator<Item = I>) -> Self {
        Self(ids.collect())
    }

    /// Joins two, with all that belongs to either.
    pub fn join(&mut self, one: I, other: I) {
        let (one, other) = (self.first(one), self.first(other));
        self.0[one.max(other)] = one.min(other);
    }

    /// The first of those that belong together with one.
    pub fn first(&self, mut one: I) -> I {
        while self.0[one] != one {
            one = self.0[one];
        }
        one
    }

    /// All that belong together, by the first of them.
    pub fn groups(&self) -> BTreeMap<I, Vec<I>> {
        let mut groups: BTreeMap<I, Vec<I>> = BTreeMap::new();
        for one in self.0.ids() {
            groups.entry(self.first(one)).or_default().push(one);
        }
        groups
    }
}
