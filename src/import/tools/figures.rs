//! The numbers of tools' files. Programs write a point; what people typed is judged by all that the file shows, and a
//! number with two readings is a fault.

use rust_decimal::Decimal;

use crate::import::draft::Draft;
use crate::import::grid::{Row, Sheet};
use crate::import::number::{Amount, Misread, Reading, Style, Styles, amount, is_blank_cell};
use crate::import::place::{Code, Finding, Place};
use crate::import::table::is_date;
use crate::units::Currency;
use crate::units::reading::cell;

/// What a number is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A plain number, or a part of one; a percentage counts as a part.
    Number,
    /// An amount in the currency of the case.
    Money,
    /// A number of percent.
    Percent,
    /// A length of time in years.
    Years,
}

/// How the numbers of a file are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figures {
    reading: Reading,
    currency: Option<Currency>,
}

/// How the columns of a sheet are read, each judged by its own cells, else by those of the others.
pub struct Columns(Vec<Figures>);

/// Whether a text may show how numbers are written.
fn shows(text: &str) -> bool {
    text.len() <= 60 && !is_date(text) && amount(text, None) != Err(Misread::NotANumber)
}

impl Figures {
    fn new(style: Option<Style>, stated: Option<Style>, own: bool, draft: &Draft) -> Self {
        Self {
            reading: Reading { style: stated.or(style), stated: stated.is_some(), fine: own || stated.is_some() },
            currency: draft.currency.as_deref().and_then(Currency::from_code),
        }
    }

    /// Judged by all texts of a file, unless a style is stated.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>, stated: Option<Style>, draft: &Draft) -> Self {
        let mut styles = Styles::default();
        texts.filter(|text| shows(text)).for_each(|text| styles.see(text));
        Self::new(styles.judge(), stated, true, draft)
    }

    /// What a text says.
    pub fn read(&self, text: &str, kind: Kind, place: &Place) -> Result<Decimal, Finding> {
        let fault = |code, message: String, cure: &str| Err(Finding::fault(code, Some(place.clone()), message, cure));
        // A length of time has its unit behind it: no amount has.
        let unit = text.trim().rsplit_once(' ').filter(|_| kind == Kind::Years);
        let unit = unit.and_then(|(number, word)| Some((number, cell::a_year(word)?)));
        let text = unit.map_or(text, |(number, _)| number);
        let found = match self.reading.amount(text, kind == Kind::Money) {
            Ok(found) => found,
            Err(Misread::TwoReadings(a, b)) => {
                let cure = "say how numbers are written, with --numbers \"1.234,5\" or \"1,234.5\"";
                return fault(Code::TwoReadings, format!("the number has two readings: {a} or {b}"), cure);
            }
            Err(_) => {
                return fault(Code::Cell, "this is no number".into(), "write a number alone, such as 25000 or 0.25");
            }
        };
        let Amount { value, percent, a_year, .. } = found;
        let a_year = unit.map(|(_, times)| times).or(a_year);
        match kind {
            Kind::Money if percent => {
                return fault(Code::Cell, "a percentage is no amount".into(), "write an amount such as 25000");
            }
            Kind::Years if percent => {
                return fault(Code::Cell, "a percentage is no time".into(), "write years, such as 3");
            }
            Kind::Percent if percent => return Ok(value * Decimal::ONE_HUNDRED),
            Kind::Years => return Ok(value.checked_div(Decimal::from(a_year.unwrap_or(1))).unwrap_or(value)),
            _ => {}
        }
        if a_year.is_some() {
            return fault(
                Code::Cell,
                "a time stands beside the number".into(),
                "write the number alone, for the time that the key is of",
            );
        }
        match (&found.currency, self.currency) {
            (Some(code), Some(case)) if !case.is_written(code) => fault(
                Code::Currency,
                format!("the amount is in {code}, the case in {case}"),
                "convert it, or leave it out; --currency says another currency of the case",
            ),
            (Some(_), _) if kind != Kind::Money => {
                fault(Code::Cell, "an amount of money stands where a number is due".into(), "write the number alone")
            }
            _ => Ok(value),
        }
    }
}

impl Columns {
    /// Judged by the cells of a sheet, unless a style is stated.
    pub fn of(sheet: &Sheet, stated: Option<Style>, draft: &Draft) -> Self {
        let mut styles: Vec<Styles> = Vec::new();
        for row in &sheet.rows {
            styles.resize(styles.len().max(row.cells.len()), Styles::default());
            let texts =
                row.cells.iter().zip(&mut styles).filter(|(cell, _)| cell.number.is_none() && shows(&cell.text));
            texts.for_each(|(cell, style)| style.see(&cell.text));
        }
        let all = styles.iter().fold(Styles::default(), |all, one| all.with(*one)).judge();
        let of = |own: &Styles| match own.judge() {
            None if own.contradicts() => Figures::new(None, stated, false, draft),
            None => Figures::new(all, stated, false, draft),
            style => Figures::new(style, stated, true, draft),
        };
        Self(styles.iter().map(of).collect())
    }

    /// What a cell holds; a fault is noted.
    pub fn cell(&self, row: &Row, column: usize, kind: Kind, place: &Place, draft: &mut Draft) -> Option<Decimal> {
        let cell = row.cells.get(column).filter(|cell| !is_blank_cell(&cell.text))?;
        if let Some(value) = cell.number {
            return Some(if kind == Kind::Percent && cell.percent { value * Decimal::ONE_HUNDRED } else { value });
        }
        self.0.get(column)?.read(&cell.text, kind, place).map_err(|fault| draft.fault(fault)).ok()
    }
}
