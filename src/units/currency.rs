//! Which currency is an amount in? ISO 4217 codes and the symbols people write for them.

use std::fmt;

/// A currency of ISO 4217.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency of a three-letter code in capitals, such as `EUR`.
    pub fn from_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).map(Self)
    }

    /// The three-letter code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The name in English, such as `Euro`.
    pub fn name(self) -> String {
        self.0.name().to_owned()
    }

    /// Digits after the decimal point of the smallest coin: 2 for EUR, 0 for JPY.
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// Whether `symbol` (`€`, `$`, `£`, …) is a way to write this currency.
    ///
    /// Several currencies share `$` and `¥`; the scenario's own currency decides.
    pub fn is_written(self, symbol: &str) -> bool {
        let code = self.code();
        match symbol {
            "€" | "euro" | "euros" => code == "EUR",
            "£" => matches!(code, "GBP" | "EGP" | "FKP" | "GIP" | "SHP" | "SSP" | "SDG" | "SYP" | "LBP"),
            "pound" | "pounds" => matches!(code, "GBP" | "EGP" | "FKP" | "GIP" | "SHP"),
            "¥" => matches!(code, "JPY" | "CNY"),
            "yen" => code == "JPY",
            "₹" => code == "INR",
            "rs" | "rupee" | "rupees" => matches!(code, "INR" | "PKR" | "NPR" | "LKR" | "MUR" | "SCR"),
            "₩" => code == "KRW",
            "₪" => code == "ILS",
            "₺" => code == "TRY",
            "₽" => code == "RUB",
            "₱" => code == "PHP",
            "₫" => code == "VND",
            "฿" => code == "THB",
            "₦" => code == "NGN",
            "₴" => code == "UAH",
            "zł" => code == "PLN",
            "fr" | "sfr" | "franken" => code == "CHF",
            "kr" => matches!(code, "SEK" | "NOK" | "DKK" | "ISK"),
            "$" | "dollar" | "dollars" | "dólares" => {
                code.ends_with('D') || (symbol == "$" && matches!(code, "MXN" | "ARS" | "CLP" | "COP" | "UYU"))
            }
            _ => symbol == self.code(),
        }
    }

    /// Every currency of ISO 4217, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        // The table itself cannot be walked; asking for every three letters takes a millisecond.
        let letters = || b'A'..=b'Z';
        let codes = letters().flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c])));
        codes.filter_map(|code| Self::from_code(std::str::from_utf8(&code).ok()?))
    }

    /// Codes that people use, for "did you mean".
    pub fn common_codes() -> &'static [&'static str] {
        &[
            "EUR", "USD", "GBP", "CHF", "JPY", "CNY", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD", "AUD", "NZD",
            "INR", "BRL", "ZAR", "SGD", "HKD", "KRW", "MXN", "TRY", "AED", "SAR", "ILS", "RON", "BGN",
        ]
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_three_capitals_of_iso_4217() {
        assert_eq!(Currency::from_code("EUR").map(Currency::code), Some("EUR"));
        assert_eq!(Currency::from_code("JPY").map(Currency::decimals), Some(0));
        assert!(Currency::from_code("eur").is_none());
        assert!(Currency::from_code("EURO").is_none());
    }

    #[test]
    fn all_currencies_are_there_once_and_in_order() {
        let codes: Vec<&str> = Currency::all().map(Currency::code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b));
        assert!(codes.len() > 150 && Currency::common_codes().iter().all(|code| codes.contains(code)));
    }

    #[test]
    fn the_dollar_sign_belongs_to_every_dollar_but_not_to_the_euro() {
        let dollar = Currency::from_code("CAD").unwrap();
        assert!(dollar.is_written("$") && dollar.is_written("CAD"));
        assert!(!Currency::from_code("EUR").unwrap().is_written("$"));
    }
}
