//! What a figure is counted in, and how it is written for other programs.
//!
//! Money is a decimal as text: exact figures in full, figures that went through floating point with ten significant
//! digits. Everything else is a number with ten significant digits. Two quantities are equal where they are written
//! alike, so a document that is read back is equal to the one that was written.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::units::Figure;

use super::node::{Leaf, Node, Shape, View};

/// Significant digits of a figure that went through floating point.
const DIGITS: u32 = 10;
/// Digits after the point of an exact figure: what remains of 28 after the largest amounts.
const EXACT_PLACES: u32 = 15;

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// An amount in the currency of the case.
    Money,
    /// A chance, 0 to 1.
    Chance,
    /// A part of something, or a rate of return: 0.1 is 10 %.
    Share,
    /// Events a year.
    Rate,
    /// A plain ratio.
    Ratio,
    /// Years.
    Years,
    /// Hours.
    Hours,
    /// How many.
    Count,
    /// What the input that is named beside it is counted in.
    Input,
    /// Words, names and codes.
    Words,
    /// Yes or no.
    Flag,
}

impl Measure {
    /// Its word in the schema and on the page of figures.
    pub fn key(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Chance => "chance",
            Self::Share => "share",
            Self::Rate => "per year",
            Self::Ratio => "ratio",
            Self::Years => "years",
            Self::Hours => "hours",
            Self::Count => "count",
            Self::Input => "as the input",
            Self::Words => "text",
            Self::Flag => "yes or no",
        }
    }
}

/// An amount in the currency of the case; it remembers whether it is exact.
#[derive(Debug, Clone, Copy)]
pub struct Money(Figure);

impl Money {
    /// The amount, and whether it stayed decimal.
    pub fn figure(self) -> Figure {
        self.0
    }

    /// The amount in full; nothing where it outgrew a decimal.
    pub fn decimal(self) -> Option<Decimal> {
        self.0.decimal()
    }

    /// An amount from floating point; nothing where it does not exist.
    pub fn approximate(value: impl Into<Option<f64>>) -> Option<Self> {
        value.into().filter(|value| value.is_finite()).map(|value| Self(Figure::approximate(value)))
    }

    /// The amount as it is written; nothing where it outgrew a decimal.
    pub fn written(self) -> Option<String> {
        let value = self.0.decimal()?;
        let rounded = if self.0.is_exact() {
            value.round_dp_with_strategy(EXACT_PLACES, RoundingStrategy::MidpointAwayFromZero)
        } else {
            value.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(value)
        };
        Some(rounded.normalize().to_string())
    }
}

impl From<Figure> for Money {
    fn from(figure: Figure) -> Self {
        Self(figure)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written().unwrap_or_default())
    }
}

impl PartialEq for Money {
    fn eq(&self, other: &Self) -> bool {
        self.written() == other.written()
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let value = Decimal::from_str(&text).map_err(de::Error::custom)?;
        // An exact figure is written with no more places than these.
        Ok(Self(if value.scale() <= EXACT_PLACES { Figure::exact(value) } else { Figure::rounded(value) }))
    }
}

impl Node for Money {
    fn view(&self) -> View<'_> {
        View::Leaf(Leaf::Money(self.0))
    }

    fn shape() -> Shape {
        Shape::Leaf(Measure::Money)
    }
}

/// The shortest float of ten significant digits.
fn rounded(number: f64) -> f64 {
    format!("{number:.*e}", DIGITS as usize - 1).parse().unwrap_or(number)
}

fn write_number<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match rounded(number) {
        none if !none.is_finite() => serializer.serialize_none(),
        // Zero has no sign.
        0.0 => serializer.serialize_u8(0),
        number => serializer.serialize_f64(number),
    }
}

macro_rules! numbers {
    ($($(#[doc = $about:literal])+ $name:ident;)*) => { $(
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy)]
        pub struct $name(f64);

        impl $name {
            /// A number that exists; nothing of one that is not finite.
            pub fn finite(value: impl Into<Option<f64>>) -> Option<Self> {
                value.into().filter(|value| value.is_finite()).map(Self)
            }

            /// The number.
            pub fn get(self) -> f64 {
                self.0
            }
        }

        impl From<f64> for $name {
            fn from(value: f64) -> Self {
                Self(value)
            }
        }

        impl From<Figure> for $name {
            fn from(figure: Figure) -> Self {
                Self(figure.to_f64())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // As JSON writes it.
                serde_json::to_value(self).map_err(|_| fmt::Error)?.fmt(f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                rounded(self.0) == rounded(other.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write_number(self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                f64::deserialize(deserializer).map(Self)
            }
        }

        impl Node for $name {
            fn view(&self) -> View<'_> {
                View::Leaf(Leaf::Number(self.0, Measure::$name))
            }

            fn shape() -> Shape {
                Shape::Leaf(Measure::$name)
            }
        }
    )* };
}

numbers! {
    /// A chance, 0 to 1.
    Chance;
    /// A part of something, or a rate of return: 0.1 is 10 %.
    Share;
    /// Events a year.
    Rate;
    /// A plain ratio.
    Ratio;
    /// Years.
    Years;
    /// Hours.
    Hours;
}

/// A value in what the thing that is named beside it is counted in.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Quantity {
    /// An amount of money.
    Money(Money),
    /// How many.
    Count(u64),
    /// Anything else: a chance, a rate, hours.
    Number(Ratio),
}

impl Quantity {
    /// A number that exists; nothing of one that is not finite.
    pub fn finite(value: impl Into<Option<f64>>) -> Option<Self> {
        Ratio::finite(value).map(Self::Number)
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        // A number without a part is a count where it is read back.
        let number = |quantity: &Self| match quantity {
            Self::Money(_) => None,
            Self::Count(count) => Some(*count as f64),
            Self::Number(number) => Some(rounded(number.get())),
        };
        match (self, other) {
            (Self::Money(one), Self::Money(other)) => one == other,
            (one, other) => number(one).is_some_and(|one| Some(one) == number(other)),
        }
    }
}

impl Node for Quantity {
    fn view(&self) -> View<'_> {
        match self {
            Self::Money(money) => money.view(),
            Self::Count(count) => View::Leaf(Leaf::Count(*count)),
            Self::Number(number) => View::Leaf(Leaf::Number(number.get(), Measure::Input)),
        }
    }

    fn shape() -> Shape {
        Shape::Leaf(Measure::Input)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json<T: Serialize>(value: T) -> String {
        serde_json::to_string(&value).unwrap()
    }

    #[test]
    fn exact_money_is_written_in_full_and_the_rest_with_ten_digits() {
        let third = Decimal::from(100_000) / Decimal::from(3);
        assert_eq!(Money::from(Figure::exact(third)).to_string(), "33333.333333333333333");
        assert_eq!(Money::approximate(33_333.333_333_333_336).unwrap().to_string(), "33333.33333");
        assert_eq!(json(Money::from(Figure::exact(Decimal::new(2_500_000, 2)))), "\"25000\"");
    }

    #[test]
    fn a_number_has_ten_digits_and_no_negative_zero() {
        assert_eq!(json(Chance::from(0.402_258_112_701_234_5)), "0.4022581127");
        assert_eq!(json(Ratio::from(-0.0)), "0");
        assert_eq!(json(Ratio::from(f64::NAN)), "null");
        assert_eq!(Chance::finite(f64::INFINITY), None);
    }

    #[test]
    fn a_quantity_that_is_read_back_is_the_same_and_is_written_alike() {
        let exact = ["0", "-5", "12345678901234567890.123456789", "0.000000000000001", "33333.333333333333333"];
        let exact = exact.iter().map(|text| Figure::exact(text.parse().unwrap()));
        let rough = [1.0 / 3.0, 1e-20, 9.876_543_210_987e20, -2.5, 1e-28].map(Figure::approximate);
        for money in exact.chain(rough).map(Money::from) {
            let read: Money = serde_json::from_str(&json(money)).unwrap();
            assert_eq!(read, money);
            assert_eq!(json(read), json(money));
        }
        for number in [0.0, 1.0 / 3.0, 5.0, 1e-300, -7.123_456_789_012e200] {
            let read: Ratio = serde_json::from_str(&json(Ratio::from(number))).unwrap();
            assert_eq!(read, Ratio::from(number));
            assert_eq!(json(read), json(Ratio::from(number)));
        }
        assert!(serde_json::from_str::<Money>("\"12 k\"").is_err());
        assert!(serde_json::from_str::<Money>("12").is_err(), "money is never a float");
    }

    #[test]
    fn amounts_that_differ_in_what_is_written_are_not_equal() {
        assert_ne!(Money::approximate(1.000_000_001), Money::approximate(1.0));
        assert_eq!(Money::approximate(1.000_000_000_01), Money::approximate(1.0));
    }
}
