//! Which of several things of one kind?
//!
//! Things name each other by their places in tables. A place has the type of its table, so that a risk's cannot be
//! taken for a control's, nor that of a plan in the file for that of an option among those analysed.

use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// A place in a table.
pub trait Id: Copy + Ord {
    /// The place, counted from 0.
    fn new(place: usize) -> Self;
    /// How many places come before it.
    fn place(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub usize);

        impl $crate::model::Id for $name {
            fn new(place: usize) -> Self {
                Self(place)
            }

            fn place(self) -> usize {
                self.0
            }
        }
    )*};
}

pub(crate) use ids;

ids! {
    /// The place of a shared cause in [`super::Scenario::shared_causes`].
    CauseId;
    /// The place of a control in [`super::Scenario::controls`].
    ControlId;
    /// The place of a plan in [`super::Scenario::plans`].
    PlanId;
    /// The place of an estimate in [`super::Scenario::estimates`].
    EstimateId;
    /// The place of an obligation in [`super::Scenario::obligations`].
    ObligationId;
    /// The place of a policy in [`super::Scenario::insurance`].
    PolicyId;
    /// The place of a value stream in [`super::Scenario::value_streams`].
    StreamId;
    /// The place of a risk in [`super::Scenario::risks`].
    RiskId;
}

/// Things of one kind, or a figure for each of them, by place. All that a slice can do it can do too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<I, T> {
    rows: Vec<T>,
    of: PhantomData<fn() -> I>,
}

impl<I: Id, T> Table<I, T> {
    /// The places, in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }

    /// What stands there, with its place.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.ids().zip(&self.rows)
    }

    /// What stands at a place, if anything.
    pub fn get(&self, id: I) -> Option<&T> {
        self.rows.get(id.place())
    }

    /// The same, to be changed.
    pub fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.rows.get_mut(id.place())
    }

    /// The first place of what is like this.
    pub fn position(&self, is_like: impl FnMut(&T) -> bool) -> Option<I> {
        self.rows.iter().position(is_like).map(I::new)
    }

    /// The same for every place.
    pub fn every<U: Clone>(&self, one: U) -> Table<I, U> {
        vec![one; self.rows.len()].into()
    }

    /// Adds a row: its place.
    pub fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::new(self.rows.len() - 1)
    }
}

impl<I, T> From<Vec<T>> for Table<I, T> {
    fn from(rows: Vec<T>) -> Self {
        Self { rows, of: PhantomData }
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<I, T> FromIterator<T> for Table<I, T> {
    fn from_iter<R: IntoIterator<Item = T>>(rows: R) -> Self {
        Vec::from_iter(rows).into()
    }
}

impl<I, T> IntoIterator for Table<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a Table<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut Table<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter_mut()
    }
}

impl<I: Id, T> Index<I> for Table<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.rows[id.place()]
    }
}

impl<I: Id, T> IndexMut<I> for Table<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.place()]
    }
}

impl<I, T> Deref for Table<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.rows
    }
}

impl<I, T> DerefMut for Table<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.rows
    }
}

/// One for each control.
pub type ByControl<T> = Table<ControlId, T>;

/// One for each estimate.
pub type ByEstimate<T> = Table<EstimateId, T>;

/// One for each policy.
pub type ByPolicy<T> = Table<PolicyId, T>;

/// One for each risk.
pub type ByRisk<T> = Table<RiskId, T>;
