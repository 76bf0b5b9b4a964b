//! What one year may bring, in tables and words.

use crate::engine::year::{BAD, VERY_BAD};
use crate::engine::{Analysis, Check, Method, OptionYear};
use crate::model::Scenario;
use crate::units::{Arithmetic, Figure};

use super::sentences::name;
use super::{Cell, Digits, Section, Table, Text};

/// Risks that are named in the bad years of today.
const NAMED: usize = 5;

/// Half a 95 % interval, in standard errors.
const INTERVAL: f64 = 1.96;
/// A simulated figure of a wider relative interval than this shows two digits.
const THREE_DIGITS: f64 = 0.005;

/// A relative change that no reader would act on.
const HARDLY: f64 = 0.01;

/// Half the width of the 95 % interval of today's bad year, relative to it.
fn interval(today: &OptionYear) -> Option<f64> {
    let (bad, error) = (today.total.quantiles[BAD]?, today.total.errors.as_ref()?.quantiles[BAD]?);
    (bad > 0.0).then(|| INTERVAL * error / bad)
}

/// The digits that a quantile supports.
pub fn digits(analysis: &Analysis) -> Digits {
    match &analysis.year {
        Some(year) if year.method == Method::Simulated => {
            let wide = interval(&year.today).is_none_or(|half| half > THREE_DIGITS);
            Digits::Significant(if wide { 2 } else { 3 })
        }
        _ => Digits::Significant(3),
    }
}

pub fn amount(value: Option<f64>, digits: Digits) -> Cell {
    Cell::or_none(value.filter(|value| value.is_finite()), |value| Cell::Money(Figure::approximate(value), digits))
}

/// Every option with its year: today first.
fn options<'a>(scenario: &Scenario, analysis: &'a Analysis) -> Vec<(String, &'a OptionYear)> {
    let Some(year) = &analysis.year else { return Vec::new() };
    let plans = analysis.plans.iter().map(|plan| name(scenario, plan)).zip(&year.plans);
    std::iter::once(("Do nothing more".to_owned(), &year.today)).chain(plans).collect()
}

/// Good years and bad ones, by option.
pub fn bad_years(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let year = analysis.year.as_ref()?;
    let digits = digits(analysis);
    let rows = options(scenario, analysis)
        .into_iter()
        .map(|(name, year)| {
            let total = &year.total;
            vec![
                Cell::words(name),
                Cell::Share(total.chance_of_loss),
                amount(total.quantiles[0], digits),
                amount(total.quantiles[1], digits),
                amount(total.quantiles[BAD], digits),
                amount(total.quantiles[VERY_BAD], digits),
                amount(total.tail_means[0], digits),
            ]
        })
        .collect();
    let columns = [
        "Option",
        "Chance of any loss",
        "Middle year (1 in 2)",
        "1 year in 10",
        "Bad year (1 in 20)",
        "Very bad (1 in 100)",
        "Mean of the worst 1 in 20",
    ];
    let emphasised =
        analysis.recommended.map_or(if analysis.plans.is_empty() { None } else { Some(0) }, |index| Some(index + 1));
    let mut notes = verdicts(scenario, analysis);
    notes.extend(makers(scenario, &year.today, digits));
    notes.extend(dependence(&year.today, digits));
    notes.extend(knowledge(&year.today));
    notes.extend(year.notes.iter().map(Text::plain));
    notes.push(method(analysis));
    Some(Section {
        title: "Good years and bad ones".into(),
        lead: Some(Text::plain(
            "What one year may cost, with every control in full force. A bad year is reached or passed in 1 year of 20.",
        )),
        table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised }),
        notes,
    })
}

/// How the figures were found, how sure they are, and against what they were checked.
fn method(analysis: &Analysis) -> Text {
    let Some(year) = &analysis.year else { return Text::default() };
    let mut line = match (year.method, year.years) {
        (Method::Simulated, Some(years)) => {
            let line =
                Text::plain("From ").figure(Cell::Count(years)).and(" simulated years, the same for every option");
            match interval(&year.today) {
                Some(half) => {
                    line.and("; today's bad year is right to ± ").figure(Cell::Share(half)).and(" (95 % interval).")
                }
                None => line.and("."),
            }
        }
        _ => Text::plain("The distribution of a year is exact: transforms on a lattice, no dice were thrown."),
    };
    for check in &year.checks {
        line = match check {
            Check::Mean { agrees: true, .. } => {
                line.and(" Checked: its mean is the average loss, which is worked out without it.")
            }
            Check::Mean { gap, agrees: false } => line
                .and(" Its mean is ")
                .figure(Cell::Share(*gap))
                .and(" off the average loss, which is worked out without it: one of them is wrong. Please report this file."),
            Check::Trial { years, agrees: true, .. } => {
                line.and(" ").figure(Cell::Count(*years)).and(" simulated years give the same bad years, within their error.")
            }
            Check::Trial { years, errors, agrees: false } => line
                .and(" ")
                .figure(Cell::Count(*years))
                .and(format!(
                    " simulated years give another bad year ({errors:.1} standard errors away): one of them is wrong. Please report this file."
                )),
        };
    }
    line
}

/// How a chance stands to a limit; within two standard errors nobody can tell.
fn verdict(chance: f64, limit: f64, error: Option<f64>) -> &'static str {
    match error {
        Some(error) if (chance - limit).abs() < 2.0 * error => ", too close to the limit to tell",
        _ if chance <= limit => ", within",
        _ => ", over",
    }
}

/// Whether each option keeps to what the board agreed to.
fn verdicts(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let digits = digits(analysis);
    let mut lines = Vec::new();
    for (index, point) in scenario.appetite().iter().enumerate() {
        let limit = f64::from_decimal(point.chance.get());
        let mut line = Text::plain("Agreed: ")
            .name(point.name.clone())
            .and(", at most ")
            .figure(Cell::Chance(limit))
            .and(" to lose more than ")
            .figure(Cell::Money(Figure::exact(point.loss.get()), Digits::Whole));
        for (place, (name, year)) in options(scenario, analysis).into_iter().enumerate() {
            let chance = year.total.chance_above.get(index).copied().unwrap_or(f64::NAN);
            line = if place == 0 { line.and(". Today: ") } else { line.and("; with ").name(name).and(": ") };
            let error = year.total.errors.as_ref().and_then(|errors| errors.chance_above.get(index).copied());
            line = line.figure(Cell::Chance(chance)).and(verdict(chance, limit, error));
            if place == 0 {
                // The same said as a loss: what a year of that chance costs today.
                if let Some(reached) = year.total.amount_at(limit) {
                    line =
                        line.and(" (a year of the agreed chance costs ").figure(amount(Some(reached), digits)).and(")");
                }
            }
        }
        lines.push(line.and("."));
    }
    lines
}

/// Which risks make the worst years of today.
fn makers(scenario: &Scenario, today: &OptionYear, digits: Digits) -> Option<Text> {
    let whole: f64 = today.tail_parts.iter().sum();
    if scenario.risks().len() < 2 || whole <= 0.0 {
        return None;
    }
    let mut order: Vec<usize> = (0..today.tail_parts.len()).collect();
    order.sort_by(|&a, &b| today.tail_parts[b].total_cmp(&today.tail_parts[a]).then(a.cmp(&b)));
    let mut line = Text::plain("The worst 1 in 20 years cost ")
        .figure(amount(Some(whole), digits))
        .and(" on average today; of this comes from ");
    for (place, &risk) in order.iter().take(NAMED).enumerate() {
        line = line.and(if place == 0 { "" } else { ", " }).name(scenario.risks()[risk].name.clone()).and(" ");
        line = line.figure(Cell::Share(today.tail_parts[risk] / whole));
    }
    Some(line.and("."))
}

/// What striking together does to the bad year.
fn dependence(today: &OptionYear, digits: Digits) -> Option<Text> {
    let alone = today.if_independent.as_ref()?.quantiles[BAD]?;
    let together = today.total.quantiles[BAD]?;
    let error = today.total.errors.as_ref().and_then(|errors| errors.quantiles[BAD]).unwrap_or(0.0);
    if (together - alone).abs() <= (2.0 * error).max(HARDLY * together) {
        return Some(Text::plain("That some of the risks strike together hardly moves the 1-in-20 year."));
    }
    Some(
        Text::plain("If the risks struck independently of each other, the 1-in-20 year would cost ")
            .figure(amount(Some(alone), digits))
            .and(" instead of ")
            .figure(amount(Some(together), digits))
            .and("."),
    )
}

/// How much of the spread better estimates would take away.
fn knowledge(today: &OptionYear) -> Option<Text> {
    let share = today.knowledge_share.filter(|share| *share > 0.0)?;
    Some(
        Text::plain("Of the spread (variance) of today's years ")
            .figure(Cell::Share(share))
            .and(" comes from what we do not know and better estimates would take away; the rest is luck."),
    )
}
