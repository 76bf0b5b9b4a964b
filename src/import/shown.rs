//! What does a workbook show for a number: `15 T€` where it holds 15, `15` where it holds 15,000?
//!
//! Of the first section of a number format the texts, the percent sign and the thousands that it leaves away are read. What
//! a reader of the workbook sees is what was meant.

use rust_decimal::{Decimal, RoundingStrategy};

use super::grid::Cell;
use crate::number_format::{Part, parts};
use crate::units::reading::unmistakable;

/// What a number format adds to a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shown {
    before: String,
    behind: String,
    percent: bool,
    /// What is shown is the number divided by it.
    divided_by: Option<Decimal>,
}

impl Shown {
    /// By the format and its number in the workbook.
    pub fn of(format: &str, id: Option<u32>) -> Self {
        let mut shown = Self::default();
        // The sign of the accounts of whoever opens the workbook says nothing.
        let is_own_sign = matches!(id, Some(42 | 44)) && format.starts_with("_($*");
        let bare = format.trim_start();
        let mut has_digits = bare.starts_with("General");
        let mut thousands = 0;
        for part in parts(bare.trim_start_matches("General")) {
            let text = match part {
                Part::Section => break,
                Part::Digit => {
                    has_digits = true;
                    continue;
                }
                Part::Percent => {
                    shown.percent = true;
                    continue;
                }
                Part::Thousand => {
                    thousands += u32::from(has_digits);
                    continue;
                }
                Part::Text(text) => text,
                Part::Bracket(inside) => {
                    inside.strip_prefix('$').and_then(|sign| sign.split('-').next()).unwrap_or_default().to_owned()
                }
                Part::Sign('$') if is_own_sign => continue,
                Part::Sign(c @ ('$' | '€' | '£' | '¥' | ' ')) => c.to_string(),
                Part::Sign(_) => continue,
            };
            if has_digits { &mut shown.behind } else { &mut shown.before }.push_str(&text);
        }
        // Larger ones are beyond what a number holds.
        shown.divided_by = (1..=4).contains(&thousands).then(|| Decimal::from(1000_u64.pow(thousands)));
        shown.said()
    }

    /// By what is seen of a number.
    pub fn by_sight(text: &str, value: Decimal, percent: bool) -> Self {
        let is_digit = |c: char| c.is_ascii_digit();
        let (Some(first), Some(last)) = (text.find(is_digit), text.rfind(is_digit)) else { return Self::default() };
        // Of `1 in 20` the number is the one that the cell holds.
        let whole = value.normalize().to_string();
        let own = text.match_indices(&whole).map(|(at, _)| (at, at + whole.len() - 1)).find(|(from, to)| {
            let beside = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_digit() && !matches!(c, '.' | ','));
            beside(text[..*from].chars().next_back()) && beside(text[to + 1..].chars().next())
        });
        let (from, to) = own.filter(|_| !percent).unwrap_or((first, last));
        let (before, figures, behind) = (&text[..from], &text[from..=to], &text[to + 1..]);
        let sign = behind.trim_start().strip_prefix('%').filter(|_| percent);
        let times = if percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let before = before.trim_start_matches(['-', '\u{2212}']).to_owned();
        let mut shown = Self { before, behind: sign.unwrap_or(behind).to_owned(), percent, ..Self::default() };
        let seen = value.checked_mul(times).map(|value| value.abs()).unwrap_or_default();
        let is_so = |by: Decimal| seen.checked_div(by).is_some_and(|seen| is_written(figures, seen));
        let thousands = [1_000_u64, 1_000_000, 1_000_000_000].map(Decimal::from);
        shown.divided_by = thousands.into_iter().find(|by| !is_so(Decimal::ONE) && seen >= *by && is_so(*by));
        shown.said()
    }

    /// Without what stands beside the number where it says nothing.
    fn said(mut self) -> Self {
        // `1:20`, `5‰`, `< 50` and `5000` of a 5 are other numbers than the one behind them.
        let is_sign = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '%' | '‰' | ':' | '<' | '>' | '≤' | '≥' | '±');
        let says = |text: &str| text.contains(|c: char| c.is_alphanumeric() || is_sign(c));
        if !says(&self.before) && !says(&self.behind) {
            (self.before, self.behind) = Default::default();
        }
        self
    }

    /// The cell as it is seen.
    pub fn cell(&self, cell: Cell) -> Cell {
        let Some(value) = cell.number else { return cell };
        let times = if self.percent { Decimal::ONE_HUNDRED } else { Decimal::ONE };
        let by = self.divided_by.unwrap_or(Decimal::ONE);
        let Some(seen) = value.checked_mul(times).and_then(|value| value.checked_div(by)) else { return cell };
        let sign = if self.percent { "%" } else { "" };
        if self.before.is_empty() && self.behind.is_empty() {
            let text = if self.percent { format!("{}%", seen.normalize()) } else { cell.text };
            return Cell { text, percent: self.percent, divided_by: self.divided_by, ..cell };
        }
        let apart = |is_letter: bool| if is_letter { " " } else { "" };
        let text = format!(
            "{}{}{}{sign}{}{}",
            self.before,
            apart(self.before.ends_with(char::is_alphabetic)),
            unmistakable(seen),
            apart(self.behind.starts_with(char::is_alphabetic)),
            self.behind
        );
        Cell { is_made: true, ..Cell::text(text.trim()) }
    }
}

/// Whether figures are those of a number, rounded, with whatever marks.
fn is_written(figures: &str, number: Decimal) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let decimals = figures.rsplit_once(['.', ',']).map_or(0, |(_, decimals)| decimals.len());
    [decimals, 0].into_iter().any(|places| {
        let rounded = number.round_dp_with_strategy(places as u32, RoundingStrategy::MidpointAwayFromZero);
        digits(&format!("{rounded:.places$}")) == digits(figures)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_the_workbook_shows_it() {
        let seen = |format: &str, value: &str| {
            let number: Decimal = value.parse().unwrap();
            let cell = Cell { text: value.to_owned(), number: Some(number), ..Cell::default() };
            Shown::of(format, None).cell(cell)
        };
        for (format, value, text) in [
            ("#,##0 \"T€\"", "15", "15 T€"),
            ("#,##0.0,\" k€\"", "15500", "15.5 k€"),
            ("0.0,,\"M\"", "2500000", "2.5 M"),
            ("0,.0\" k€\"", "15500", "15.5 k€"),
            ("[$$-409]#,##0", "15000", "$15000"),
            ("#,##0\\ [$€-407]", "15000.125", "15000.1250 €"),
            ("[$EUR] #,##0", "15000", "EUR 15000"),
            ("[>999]#,##0 \"USD\";0", "15000", "15000 USD"),
            ("_-* #,##0.00 \"€\"_-;-* #,##0.00 \"€\"_-", "3.5", "3.5 €"),
            ("0\"%\"", "80", "80%"),
            ("0% \"p.a.\"", "0.2", "20% p.a."),
            ("General\" per year\"", "0.2", "0.2 per year"),
            ("\"R-\"000", "7", "R-7"),
        ] {
            let cell = seen(format, value);
            assert_eq!((cell.text.as_str(), cell.number), (text, None), "{format}");
        }
        for format in ["General", "#,##0.00", "0.00_);[Red]\\(0.00\\)", "# ?/?", "\" \"0\" \"", "0.0E+00"] {
            let cell = seen(format, "1234.5");
            assert_eq!((cell.text.as_str(), cell.number, cell.divided_by), ("1234.5", "1234.5".parse().ok(), None));
        }
        let percent = seen("0.0%", "0.125");
        assert_eq!((percent.text.as_str(), percent.percent, percent.number), ("12.5%", true, "0.125".parse().ok()));
        let thousands = seen("#,##0,", "15000");
        assert_eq!((thousands.number, thousands.divided_by), (Some(15_000.into()), Some(1000.into())));
        let own = "_($* #,##0.00_);_($* (#,##0.00);_($* \"-\"??_);_(@_)";
        assert_eq!(Shown::of(own, Some(44)), Shown::default());
    }

    #[test]
    fn what_stands_beside_a_number_is_told_by_sight_too() {
        let seen = |text: &str, value: &str, percent: bool| {
            let number: Decimal = value.parse().unwrap();
            let cell = Cell { text: value.to_owned(), number: Some(number), ..Cell::default() };
            let cell = Shown::by_sight(text, number, percent).cell(cell);
            (cell.text, cell.divided_by)
        };
        for (text, value, percent, cell, by) in [
            ("15 T€", "15", false, "15 T€", None),
            ("12.0 T€", "12", false, "12 T€", None),
            ("$15,000", "15000", false, "$15000", None),
            ("-1.234,57 €", "-1234.567", false, "-1234.5670 €", None),
            ("15", "15000", false, "15000", Some(1000)),
            ("3.5 Mio. €", "3500000", false, "3.5 Mio. €", None),
            ("3,500", "3500", false, "3500", None),
            ("0.2", "0.2", false, "0.2", None),
            ("20%", "0.2", true, "20%", None),
            ("80%", "80", false, "80%", None),
            ("1/8", "0.125", false, "0.125", None),
        ] {
            let found = seen(text, value, percent);
            let by = by.map(Decimal::from).filter(|_| cell.parse::<Decimal>().is_ok());
            assert_eq!(found, (cell.to_owned(), by), "{text}");
        }
    }
}
