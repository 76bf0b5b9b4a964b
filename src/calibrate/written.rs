//! In which unit and currency did somebody write a range?

use super::answers::Answer;
use super::cell::Says;
use super::experts::Kind;
use super::fault;
use super::log::names;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{Sheet, texts};
use crate::units::reading::beside::is_unit_of_money;
use crate::units::reading::cell;
use crate::units::reading::column;
use crate::units::reading::heading::heading_hours;
use crate::units::{Figure, Language};

/// An answer with what stands beside its numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The answer, in the numbers that were written.
    pub answer: Answer,
    /// The currency that its ends name, as a code or a sign.
    pub currency: Option<String>,
    /// An end was written with a multiple such as `k` or `m`.
    pub is_scaled: bool,
    /// An end was written in percent.
    pub is_share: bool,
    /// What its ends say with their numbers: `1 in 20 years`, `2 days`.
    pub says: Says,
    /// What another column says that the numbers of the row count in.
    pub unit: String,
}

/// What is wrong with one range, how it is said and what to write instead.
struct Wrong(Code, String, &'static str);

/// The answers in the unit of what is asked for.
///
/// # Errors
/// Those that count in another thing, or in another currency than the others.
pub fn in_units(written: Vec<Written>, kind: Kind) -> Result<Vec<Answer>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut told = |one: &Written, Wrong(code, problem, cure): Wrong| {
        faults.push(fault(
            code,
            format!("{}: the range of {} {problem}", one.answer.place, one.answer.person),
            &[cure],
        ));
    };
    let mut counted = Vec::new();
    for mut one in written {
        match counted_in(&mut one, kind) {
            Ok(()) => counted.push(one),
            Err(wrong) => told(&one, wrong),
        }
    }
    let first = counted.iter().find_map(|one| one.currency.clone());
    for one in &counted {
        if let Some(wrong) = in_other(one, kind, first.as_deref()) {
            told(one, wrong);
        }
    }
    if faults.is_empty() { Ok(counted.into_iter().map(|one| one.answer).collect()) } else { Err(faults) }
}

/// Brings a range to the unit that is asked for, by what another column of its row says.
fn counted_in(one: &mut Written, kind: Kind) -> Result<(), Wrong> {
    let unit = one.unit.clone();
    if one.says == Says::Often && kind != Kind::Frequency {
        let problem = "says how often something happens, and that is not asked for".to_owned();
        return Err(Wrong(Code::BadQuantity, problem, "for frequencies say `--kind frequency`"));
    }
    if one.says == Says::Long && kind != Kind::Hours {
        let problem = "says how long something takes, and that is not asked for".to_owned();
        return Err(Wrong(Code::BadQuantity, problem, "for times say `--kind duration`"));
    }
    if column::is_blank_cell(&unit) || is_of_sheet(&unit, kind) {
        return Ok(());
    }
    let factor = match kind {
        Kind::Amount if is_unit_of_money(&unit) => {
            let of_one = column::amount(&format!("1 {unit}"), None).ok();
            if one.is_scaled && of_one.as_ref().is_some_and(|read| read.scaled) {
                let problem = format!("has a multiple in its cells, and the row counts in \"{unit}\"");
                return Err(Wrong(Code::BadQuantity, problem, "write the multiple in one place only"));
            }
            one.currency = one.currency.take().or_else(|| of_one.as_ref()?.currency.clone());
            of_one.map(|read| read.value)
        }
        Kind::Amount => None,
        Kind::Frequency | Kind::Hours if one.says != Says::Much => {
            let problem = format!("has a time in its cells, and the row counts in \"{unit}\"");
            return Err(Wrong(Code::BadQuantity, problem, "write the time in one place only"));
        }
        Kind::Frequency => match cell::often(&format!("1 {unit}"), Some('.')) {
            Ok(cell::Often::Rate(rate)) => rate.value(),
            _ => None,
        },
        Kind::Hours => heading_hours(&unit),
        Kind::Chance if one.is_share => Some(1.into()),
        Kind::Chance => is_percent(&unit).then(|| rust_decimal::Decimal::new(1, 2)),
    };
    let Some(factor) = factor.map(|factor| Figure::exact(factor).to_f64()) else {
        let cure = match kind {
            Kind::Amount => "write a currency or a multiple of it there, such as k€, or take the column out",
            Kind::Frequency => "write a time there, such as per month, or take the column out",
            Kind::Hours => "write a unit of time there, such as days, or take the column out",
            Kind::Chance => "write percent there, or take the column out",
        };
        return Err(Wrong(
            Code::BadQuantity,
            format!("counts in \"{unit}\", which is none of what is asked for"),
            cure,
        ));
    };
    let Answer { low, middle, high, truth, .. } = &mut one.answer;
    [Some(low), middle.as_mut(), Some(high), truth.as_mut()].into_iter().flatten().for_each(|end| *end *= factor);
    Ok(())
}

fn is_percent(unit: &str) -> bool {
    unit == "%" || Language::ALL.iter().any(|language| texts(*language).sheet.percent.eq_ignore_ascii_case(unit))
}

/// Whether a unit is what `rosi calibrate sheet` writes for numbers in the unit that is asked for.
fn is_of_sheet(unit: &str, kind: Kind) -> bool {
    let own = |sheet: &Sheet| match kind {
        Kind::Amount => [sheet.money, sheet.money_a_year],
        Kind::Frequency => [sheet.times_a_year; 2],
        Kind::Hours => [sheet.hours; 2],
        Kind::Chance => [sheet.as_in_case; 2],
    };
    Language::ALL.iter().any(|language| {
        let sheet = &texts(*language).sheet;
        own(sheet).contains(&unit) || unit == sheet.as_in_case
    })
}

/// What a range counts in other than what is asked for, or than the others.
fn in_other(one: &Written, kind: Kind, first: Option<&str>) -> Option<Wrong> {
    match (kind, one.currency.as_deref(), first) {
        (Kind::Amount, Some(own), Some(first)) if !names(own, first) && !names(first, own) => Some(Wrong(
            Code::OtherCurrency,
            format!("is in {own}, another one is in {first}"),
            "write all ranges in the currency of the case",
        )),
        (Kind::Amount, None, Some(first)) => Some(Wrong(
            Code::OtherCurrency,
            format!("names no currency, another one is in {first}"),
            "write the currency beside each range, or beside none",
        )),
        (Kind::Amount, ..) => None,
        (_, Some(own), _) => Some(Wrong(
            Code::BadQuantity,
            format!("is in {own}, and no amount is asked for"),
            "for amounts say `--kind amount`",
        )),
        // `30m` are minutes to some, months to others, and never millions of hours.
        (Kind::Hours, None, _) if one.is_scaled => Some(Wrong(
            Code::BadQuantity,
            "has a multiple such as `k` or `m`, and hours are asked for".to_owned(),
            "write hours as plain numbers: 0.5 for 30 minutes",
        )),
        _ => None,
    }
}
