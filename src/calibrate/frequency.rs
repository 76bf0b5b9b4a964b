//! How often does it happen, by the log? Page: `docs/model/frequency-from-counts.md`.

use jiff::civil::Date;

use super::exposure::Exposure;
use super::fault;
use super::log::Log;
use super::proposal::{Part, Proposal, counted, digits, percent, said, years as in_years};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::fit::rate::{self, Rate};

/// What was known before the log was looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// The 5 % point, events a year.
    pub low: f64,
    /// The 95 % point.
    pub high: f64,
}

/// The chance below which counts vary too much for chance alone.
const SURPRISE: f64 = 0.05;

/// The yearly rate of the events of a log.
///
/// # Errors
/// Events outside of the period, a prior that no gamma has.
pub fn frequency(
    log: &Log,
    exposure: &Exposure,
    prior: Option<Prior>,
    key: &str,
    label: &str,
) -> Result<Proposal, Vec<Diagnostic>> {
    let days: Vec<(Date, &str)> =
        log.events.iter().filter_map(|event| event.opened.map(|at| (at.at.date(), event.place.as_str()))).collect();
    let outside: Vec<Diagnostic> = days
        .iter()
        .filter(|(day, _)| !exposure.holds(*day))
        .map(|(day, place)| {
            fault(
                Code::OutOfRange,
                format!("{place}: the event of {day} lies outside of the period {} to {}", exposure.from, exposure.to),
                &["widen `--from` or `--to` if the log covers that day, else leave the event out of the file"],
            )
        })
        .collect();
    if !outside.is_empty() {
        return Err(outside);
    }
    let n = days.len();
    let years = exposure.effective_years();
    let start = match prior {
        None => Rate::JEFFREYS,
        Some(prior) => Rate::from_range(prior.low, prior.high).map_err(|_| {
            vec![fault(
                Code::Infeasible,
                format!(
                    "no gamma has the 5 % point {} and the 95 % point {} a year",
                    digits(prior.low),
                    digits(prior.high)
                ),
                &["write the prior as `--prior \"1 in 20 years to 1 in 2 years\"`, the rarer one first, both above 0"],
            )]
        })?,
    };
    let known = start.after(n as u64, years);
    let (low, high) = (known.quantile(0.05), known.quantile(0.95));
    let mut findings = vec![
        format!(
            "Average {} a year; nine times in ten between {} and {} a year.",
            said(known.mean()),
            said(low),
            said(high)
        ),
        format!("The next year sees at least one with a chance of {}.", percent(1.0 - known.chance_of(0, 1.0))),
    ];
    let (exact_low, exact_high) = rate::exact_interval(n as u64, years, 0.9);
    findings.push(if n == 0 {
        format!(
            "Nothing was seen in {}: without any prior, the rate is below {} a year with 95 % confidence.",
            in_years(years),
            said(exact_high)
        )
    } else {
        format!("The counts alone, without any prior: {} to {} a year (exact).", said(exact_low), said(exact_high))
    });
    let mut cautions = log.told.clone();
    let mut beside = Vec::new();
    if exposure.seen < 1.0 {
        cautions.push(format!(
            "{} of events were seen, as you say: {} count as {}.",
            percent(exposure.seen),
            in_years(exposure.years()),
            said(years)
        ));
    }
    let first = days.iter().map(|(day, _)| *day).min();
    if first == Some(exposure.from) {
        cautions.push(format!(
            "The period begins on {}, the day of the first event. A log that begins with an event leaves out the quiet time before it, and the rate comes out too high: give the day on which recording began as `--from`.",
            exposure.from
        ));
    }
    let last = days.iter().map(|(day, _)| *day).max();
    if last == Some(exposure.to) && n > 0 {
        cautions.push(format!(
            "The period ends on {}, the day of the last event: give the last day on which an event would have been recorded as `--to`.",
            exposure.to
        ));
    }
    let whole = libm::floor(exposure.years() + 1e-9) as usize;
    let mut counts = vec![0u64; whole];
    for year in days.iter().filter_map(|(day, _)| exposure.year_of(*day)) {
        counts[year] += 1;
    }
    let mut figures = vec![
        ("events", n as f64),
        ("years", exposure.years()),
        ("seen", exposure.seen),
        ("shape", known.shape),
        ("rate_years", known.years),
        ("mean", known.mean()),
        ("low", low),
        ("high", high),
        ("exact_low", exact_low),
        ("exact_high", exact_high),
    ];
    if let Some(found) = rate::dispersion(&counts) {
        let by_year: Vec<String> = counts.iter().map(u64::to_string).collect();
        let chance = percent(found.chance);
        figures.push(("dispersion", found.index));
        figures.push(("dispersion_chance", found.chance));
        match rate::clustering(&counts).filter(|_| found.chance < SURPRISE) {
            Some(size) => {
                findings.push(format!(
                    "Counts by year ({}) vary {} times as much as chance alone would make them (chance of that: {chance}): the events cluster.",
                    by_year.join(", "),
                    said(found.index)
                ));
                beside.push((
                    format!("count = {{ clustering = {} }}", digits((size * 100.0).round() / 100.0)),
                    "events come in clusters: bad years are worse, the average is the same".to_owned(),
                ));
                figures.push(("clustering", size));
            }
            None => findings.push(format!(
                "Counts by year ({}): no more uneven than chance alone would make them (chance of as much: {chance}).",
                by_year.join(", ")
            )),
        }
    }
    if let Some(prior) = prior {
        let expected = start.mean() * years;
        let chance = {
            // How surprising the count is under the prior: both tails of the negative binomial.
            let below: f64 = (0..=n as u64).map(|k| start.chance_of(k, years)).sum();
            let above = 1.0 - below + start.chance_of(n as u64, years);
            (2.0 * below.min(above)).min(1.0)
        };
        findings.push(format!(
            "The prior ({} to {} a year) let expect {} events and {} came (chance of as far off: {}).",
            said(prior.low),
            said(prior.high),
            said(expected),
            n,
            percent(chance)
        ));
        if chance < SURPRISE {
            cautions.push("The prior and the log contradict each other: find out which of them is of another time or another thing before you mix them.".to_owned());
        }
        figures.push(("prior_chance", chance));
    }
    let seen =
        if exposure.seen < 1.0 { format!(", of which {} were seen", percent(exposure.seen)) } else { String::new() };
    let rests_on = format!(
        "{}{label} from {} to {} ({}{seen}); gamma with {}",
        counted(n, "event"),
        exposure.from,
        exposure.to,
        in_years(exposure.years()),
        match prior {
            None => "Jeffreys' prior".to_owned(),
            Some(prior) => format!("the prior {} to {} a year", digits(prior.low), digits(prior.high)),
        }
    );
    Ok(Proposal {
        key: key.to_owned(),
        value: vec![
            ("shape", Part::Text("gamma".to_owned())),
            ("mean", Part::Text(format!("{} per year", digits(known.mean())))),
            ("sd", Part::Text(format!("{} per year", digits(known.standard_deviation())))),
        ],
        source: log.name.clone(),
        date: Some(exposure.to.to_string()),
        period: Some((exposure.from.to_string(), exposure.to.to_string())),
        count: n,
        rests_on,
        findings,
        cautions,
        beside,
        figures,
        voice: crate::units::Voice::default(),
    })
}
