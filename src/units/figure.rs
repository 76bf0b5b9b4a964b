//! How much, and how exactly is it known to be so?
//!
//! A [`Figure`] is a decimal with two marks: whether it was computed in decimal arithmetic all
//! the way (28 digits), or went through floating point; and whether it outgrew what a decimal
//! can hold (7.9e28), in which case the value is void and the caller reports a fault. The marks
//! travel through every operation, so that no operator can panic and none can hide its source.

use std::iter::Sum;
use std::ops::{Add, Mul, Sub};

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};

/// A computed amount, rate or share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    value: Decimal,
    exact: bool,
    overflow: bool,
}

impl Figure {
    /// Nothing, exactly.
    pub const ZERO: Self = Self::exact(Decimal::ZERO);
    /// One, exactly.
    pub const ONE: Self = Self::exact(Decimal::ONE);

    /// A value that is known exactly (to the 28 digits of a decimal).
    pub const fn exact(value: Decimal) -> Self {
        Self { value, exact: true, overflow: false }
    }

    /// A value from floating point: the one door from `f64` to money.
    ///
    /// A value that is not finite, or beyond 7.9e28, is an overflow.
    pub fn approximate(value: f64) -> Self {
        let decimal = if value.abs() < 1e-28 { Some(Decimal::ZERO) } else { decimal_of(value) };
        Self { value: decimal.unwrap_or_default(), exact: false, overflow: decimal.is_none() }
    }

    /// A value that was rounded before it came here.
    pub const fn rounded(value: Decimal) -> Self {
        Self { value, exact: false, overflow: false }
    }

    /// The value, or `None` if it outgrew a decimal on the way.
    pub fn decimal(self) -> Option<Decimal> {
        (!self.overflow).then_some(self.value)
    }

    /// The value as a float; not a number after an overflow.
    pub fn to_f64(self) -> f64 {
        if self.overflow { f64::NAN } else { self.value.to_f64().unwrap_or(f64::NAN) }
    }

    /// Whether it was computed without floating point.
    pub fn is_exact(self) -> bool {
        self.exact && !self.overflow
    }

    /// Whether the value outgrew a decimal.
    pub fn is_overflow(self) -> bool {
        self.overflow
    }

    /// Whether the value is above zero.
    pub fn is_positive(self) -> bool {
        !self.overflow && self.value > Decimal::ZERO
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        !self.overflow && self.value.is_zero()
    }

    /// Division; nothing over zero.
    pub fn ratio(self, divisor: Self) -> Option<Self> {
        if self.overflow || divisor.overflow || divisor.value.is_zero() {
            return None;
        }
        let value = self.value.checked_div(divisor.value)?;
        Some(Self { value, exact: self.exact && divisor.exact, overflow: false })
    }

    fn combine(self, other: Self, value: Option<Decimal>) -> Self {
        let overflow = self.overflow || other.overflow || value.is_none();
        Self { value: value.unwrap_or_default(), exact: self.exact && other.exact, overflow }
    }
}

/// All the digits of a float, as a decimal.
#[expect(clippy::disallowed_methods, reason = "the one door")]
fn decimal_of(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    // `from_f64` keeps 15 digits only; the text of a float keeps the 17 that identify it.
    Decimal::from_scientific(&format!("{value:e}")).ok().or_else(|| Decimal::from_f64(value))
}

impl Add for Figure {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.combine(other, self.value.checked_add(other.value))
    }
}

impl Sub for Figure {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.combine(other, self.value.checked_sub(other.value))
    }
}

impl Mul for Figure {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.combine(other, self.value.checked_mul(other.value))
    }
}

impl Sum for Figure {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl From<Decimal> for Figure {
    fn from(value: Decimal) -> Self {
        Self::exact(value)
    }
}

/// What the loss model needs of a number, so that the same formula runs exactly and in floats.
pub trait Arithmetic: Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> {
    /// Nothing.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// A decimal as this number.
    fn from_decimal(value: Decimal) -> Self;
    /// A float as this number: approximate from then on.
    fn from_float(value: f64) -> Self;
    /// This number as a float: to compare by, not to compute with.
    fn float(self) -> f64;
    /// This number over another. Nothing over nothing is one: no change; anything else over nothing
    /// is nothing.
    fn over(self, other: Self) -> Self;
}

impl Arithmetic for Figure {
    const ZERO: Self = Figure::ZERO;
    const ONE: Self = Figure::ONE;
    fn from_decimal(value: Decimal) -> Self {
        Self::exact(value)
    }
    fn from_float(value: f64) -> Self {
        Self::approximate(value)
    }
    fn float(self) -> f64 {
        self.to_f64()
    }
    fn over(self, other: Self) -> Self {
        self.ratio(other).unwrap_or(if self.is_zero() { Self::ONE } else { Self::ZERO })
    }
}

impl Arithmetic for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;
    fn from_decimal(value: Decimal) -> Self {
        value.to_f64().unwrap_or(f64::NAN)
    }
    fn from_float(value: f64) -> Self {
        value
    }
    fn float(self) -> f64 {
        self
    }
    fn over(self, other: Self) -> Self {
        if other != 0.0 {
            self / other
        } else if self == 0.0 {
            1.0
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactness_is_lost_once_and_for_all() {
        let third = Figure::exact(Decimal::new(3333, 4));
        assert!((third + Figure::ONE).is_exact());
        assert!(!(third * Figure::approximate(2.0)).is_exact());
    }

    #[test]
    fn an_overflow_is_void_and_never_panics() {
        let large = Figure::exact(Decimal::MAX);
        let void = large * large - large;
        assert!(void.is_overflow() && void.decimal().is_none() && void.to_f64().is_nan());
        assert!(Figure::approximate(f64::INFINITY).is_overflow());
        assert!(Figure::approximate(1e40).is_overflow());
    }

    #[test]
    fn a_float_keeps_its_seventeen_digits() {
        let value = 0.402_258_112_701_234_5_f64;
        assert_eq!(Figure::approximate(value).to_f64(), value);
        assert_eq!(Figure::approximate(1e-300).to_f64(), 0.0);
    }
}
