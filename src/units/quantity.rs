//! What can a number in a scenario be, and which values can it take?

use rust_decimal::Decimal;

use super::Language;

/// The kinds of quantity that a file can hold, each with one canonical unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An amount in the scenario's currency.
    Money,
    /// An amount of money a year.
    YearlyMoney,
    /// An amount per hour of a value stream (a year has 8,760 hours).
    Revenue,
    /// An amount per working hour of a person.
    Wage,
    /// Events a year.
    Frequency,
    /// A share of one.
    Chance,
    /// A yearly rate of growth, discount or tax: a share of one that may pass one.
    Rate,
    /// Hours.
    Period,
    /// Working hours a year.
    WorkTime,
    /// A plain number.
    Number,
}

impl Kind {
    /// Whether it is an amount, at once or by the year or hour.
    pub fn is_money(self) -> bool {
        matches!(self, Self::Money | Self::YearlyMoney | Self::Revenue | Self::Wage)
    }

    /// What it is called in a message, with its article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Money => "an amount of money",
            Self::YearlyMoney => "money per year",
            Self::Revenue => "money per hour",
            Self::Wage => "money per working hour",
            Self::Frequency => "a yearly frequency",
            Self::Chance => "a chance",
            Self::Rate => "a yearly percentage",
            Self::Period => "a length of time",
            Self::WorkTime => "working time",
            Self::Number => "a number",
        }
    }

    /// How one is written.
    pub fn example(self) -> &'static str {
        match self {
            Self::Money => "\"250k\"",
            Self::YearlyMoney => "\"36k per year\"",
            Self::Revenue => "\"18k per hour\"",
            Self::Wage => "\"65 per hour\"",
            Self::Frequency => "\"1 in 5 years\"",
            Self::Chance => "\"15%\"",
            Self::Rate => "\"8%\"",
            Self::Period => "\"18 months\"",
            Self::WorkTime => "\"4 hours per week\"",
            Self::Number => "900",
        }
    }

    /// How one may be typed by readers of a language, without quotation marks.
    pub fn typed_example(self, language: Language) -> &'static str {
        match (language, self) {
            (Language::English, _) => self.example().trim_matches('"'),
            (Language::German, Self::Money) => "250 Tsd.",
            (Language::German, Self::YearlyMoney) => "36 Tsd. im Jahr",
            (Language::German, Self::Revenue) => "18 Tsd. je Stunde",
            (Language::German, Self::Wage) => "65 je Stunde",
            (Language::German, Self::Frequency) => "1-mal in 5 Jahren",
            (Language::German, Self::Chance) => "15 %",
            (Language::German, Self::Rate) => "8 %",
            (Language::German, Self::Period) => "18 Monate",
            (Language::German, Self::WorkTime) => "4 Stunden je Woche",
            (Language::German, Self::Number) => "900",
        }
    }
}

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $unit:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        pub struct $name(Decimal);

        impl $name {
            #[doc = concat!("From a number in ", $unit, "; nothing if it cannot be one.")]
            pub fn new(value: Decimal) -> Option<Self> {
                let valid: fn(Decimal) -> bool = $valid;
                valid(value).then_some(Self(value))
            }

            #[doc = concat!("The number, in ", $unit, ".")]
            pub fn get(self) -> Decimal {
                self.0
            }
        }
    };
}

quantity!(
    /// An amount of money in the scenario's currency; may be negative (a gain).
    Money, "currency units", |_| true
);
quantity!(
    /// A share or chance from 0 to 1.
    Probability, "parts of one", |value| value >= Decimal::ZERO && value <= Decimal::ONE
);
quantity!(
    /// A yearly rate (discount, growth, tax); above -100 %.
    Rate, "parts of one a year", |value| value > -Decimal::ONE
);
quantity!(
    /// A length of time; zero or more. A day has 24 hours, a year 8,760.
    Period, "hours", |value| value >= Decimal::ZERO
);

impl Period {
    /// Hours of a year.
    pub const HOURS_A_YEAR: Decimal = Decimal::from_parts(8760, 0, 0, false, 0);

    /// The length in years of 8,760 hours.
    pub fn years(self) -> Decimal {
        self.0 / Self::HOURS_A_YEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_valid_by_construction() {
        assert!(Probability::new(Decimal::new(101, 2)).is_none());
        assert!(Probability::new(Decimal::ONE).is_some());
        assert!(Rate::new(Decimal::NEGATIVE_ONE).is_none());
        assert!(Period::new(Decimal::from(8760)).is_some_and(|year| year.years() == Decimal::ONE));
    }
}
