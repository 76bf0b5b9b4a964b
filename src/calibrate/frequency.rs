//! How often does it happen, by the log? Page: `docs/model/frequency-from-counts.md`.

use jiff::civil::Date;

use super::exposure::Exposure;
use super::fault;
use super::log::Log;
use super::proposal::{Part, Proposal, Target, day, digits, in_events, in_years, numeral, share};
use super::remark::Place;
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{line, texts};
use crate::stats::distribution::{Beta, Family as _};
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

/// What is known of how often it happens.
#[derive(Debug, Clone, Copy)]
enum Known {
    /// Events a year.
    Rate(Rate),
    /// The chance of a year with the event, which comes once at most.
    Chance(Beta),
}

impl Known {
    fn mean(self) -> f64 {
        match self {
            Self::Rate(rate) => rate.mean(),
            Self::Chance(beta) => beta.mean(),
        }
    }

    fn standard_deviation(self) -> f64 {
        match self {
            Self::Rate(rate) => rate.standard_deviation(),
            Self::Chance(beta) => beta.variance().sqrt(),
        }
    }

    fn quantile(self, p: f64) -> f64 {
        match self {
            Self::Rate(rate) => rate.quantile(p),
            Self::Chance(beta) => beta.quantile(p),
        }
    }

    /// The chance of an event in a year.
    fn of_a_year(self) -> f64 {
        match self {
            Self::Rate(rate) => 1.0 - rate.chance_of(0, 1.0),
            Self::Chance(beta) => beta.mean(),
        }
    }

    fn shape(self) -> &'static str {
        match self {
            Self::Rate(_) => "gamma",
            Self::Chance(_) => "beta",
        }
    }

    /// A figure in its unit.
    fn part(self, x: f64) -> Part {
        Part::Text(match self {
            Self::Rate(_) => format!("{} per year", digits(x)),
            Self::Chance(_) => format!("{}%", digits(100.0 * x)),
        })
    }
}

/// The yearly rate of the events of a log; of what comes once a year at most its chance.
///
/// # Errors
/// Events outside of the period, a prior that no gamma has.
pub fn frequency(
    log: &Log,
    exposure: &Exposure,
    prior: Option<Prior>,
    target: &Target<'_>,
) -> Result<Proposal, Vec<Diagnostic>> {
    let voice = target.voice;
    let words = &texts(voice).frequency;
    let said = |x: f64| numeral(voice, x);
    // Whether an event without a day lies in the period is not known, and to leave it out would be to decide it.
    let undated: Vec<Diagnostic> = log
        .events
        .iter()
        .filter(|event| event.opened.is_none())
        .map(|event| {
            fault(
                Code::Missing,
                format!("{}: the event has no day", event.place),
                &["write the day on which it began, or take the event out of the file"],
            )
        })
        .collect();
    if !undated.is_empty() {
        return Err(undated);
    }
    let days: Vec<(Date, &Place)> =
        log.events.iter().filter_map(|event| event.opened.map(|at| (at.at.date(), &event.place))).collect();
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
    let unfit = |name: &str, prior: Prior| {
        vec![fault(
            Code::Infeasible,
            format!("no {name} has the 5% point {} and the 95% point {} a year", digits(prior.low), digits(prior.high)),
            &["write the prior as `--prior \"1 in 20 years to 1 in 2 years\"`, the rarer one first, both above 0"],
        )]
    };
    let start = match prior {
        None => Rate::JEFFREYS,
        Some(prior) => Rate::from_range(prior.low, prior.high).map_err(|_| unfit("gamma", prior))?,
    };
    let known = if target.is_chance {
        if n as f64 > years {
            return Err(vec![fault(
                Code::Contradiction,
                format!(
                    "`{}` is of an event that comes once a year at most, and the log has {n} in {} years",
                    target.key,
                    digits(years)
                ),
                &["count each year once, or take `count = \"at most one\"` out of the risk"],
            )]);
        }
        let (a, b) = match prior {
            None => (0.5, 0.5),
            Some(prior) => Beta::from_interval(prior.low, prior.high).map_err(|_| unfit("beta", prior))?.shapes(),
        };
        let after = Beta::new(a + n as f64, b + years - n as f64);
        Known::Chance(after.map_err(|_| prior.map_or_else(Vec::new, |prior| unfit("beta", prior)))?)
    } else {
        Known::Rate(start.after(n as u64, years))
    };
    let (low, high) = (known.quantile(0.05), known.quantile(0.95));
    let mut findings = vec![
        line(words.average, &[("mean", &said(known.mean())), ("low", &said(low)), ("high", &said(high))]),
        line(words.next_year, &[("chance", &share(voice, known.of_a_year()))]),
    ];
    let (exact_low, exact_high) = rate::exact_interval(n as u64, years, 0.9);
    findings.push(if n == 0 {
        line(words.nothing, &[("years", &in_years(voice, years)), ("high", &said(exact_high))])
    } else {
        line(words.counts_alone, &[("low", &said(exact_low)), ("high", &said(exact_high))])
    });
    let mut cautions: Vec<String> = log.told.iter().map(|remark| remark.said(voice)).collect();
    let mut beside = Vec::new();
    if exposure.seen < 1.0 {
        cautions.push(line(
            words.seen,
            &[
                ("share", &share(voice, exposure.seen)),
                ("years", &in_years(voice, exposure.years())),
                ("counted", &said(years)),
            ],
        ));
    }
    let first = days.iter().map(|(day, _)| *day).min();
    if first == Some(exposure.from) {
        cautions.push(line(words.begins, &[("day", &day(voice, exposure.from))]));
    }
    let last = days.iter().map(|(day, _)| *day).max();
    if last == Some(exposure.to) && n > 0 {
        cautions.push(line(words.ends, &[("day", &day(voice, exposure.to))]));
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
        ("mean", known.mean()),
        ("low", low),
        ("high", high),
        ("exact_low", exact_low),
        ("exact_high", exact_high),
    ];
    if let Known::Rate(known) = known {
        figures.extend([("shape", known.shape), ("rate_years", known.years)]);
    }
    if let Some(found) = rate::dispersion(&counts) {
        let by_year = counts.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let chance = share(voice, found.chance);
        figures.push(("dispersion", found.index));
        figures.push(("dispersion_chance", found.chance));
        match rate::clustering(&counts).filter(|_| found.chance < SURPRISE) {
            Some(size) => {
                findings.push(line(
                    words.clustered,
                    &[("counts", &by_year), ("ratio", &said(found.index)), ("chance", &chance)],
                ));
                beside.push((
                    format!("count = {{ clustering = {} }}", digits((size * 100.0).round() / 100.0)),
                    words.clustering.to_owned(),
                ));
                figures.push(("clustering", size));
            }
            None => findings.push(line(words.even, &[("counts", &by_year), ("chance", &chance)])),
        }
    }
    if let Some(prior) = prior {
        let expected = start.mean() * years;
        let chance = {
            // How surprising the count is under the prior: both tails of the negative binomial.
            let count = n as u64;
            let below: f64 = (0..=count).map(|k| start.chance_of(k, years)).sum();
            let above = if n as f64 > expected {
                // Term by term: one less the rest would be its rounding.
                let mut above = f64::MIN_POSITIVE;
                for term in (count..).map(|count| start.chance_of(count, years)) {
                    above += term;
                    if term <= 1e-17 * above {
                        break;
                    }
                }
                above
            } else {
                1.0 - below + start.chance_of(count, years)
            };
            (2.0 * below.min(above)).clamp(0.0, 1.0)
        };
        findings.push(line(
            words.prior,
            &[
                ("low", &said(prior.low)),
                ("high", &said(prior.high)),
                ("expected", &said(expected)),
                ("count", &n),
                ("chance", &share(voice, chance)),
            ],
        ));
        if chance < SURPRISE {
            cautions.push(words.contradiction.to_owned());
        }
        figures.push(("prior_chance", chance));
    }
    let mut covered = in_years(voice, exposure.years());
    if exposure.seen < 1.0 {
        covered = line(words.partly_seen, &[("years", &covered), ("share", &share(voice, exposure.seen))]);
    }
    let prior = prior.map_or(words.jeffreys.to_owned(), |prior| {
        let [low, high] = [prior.low, prior.high].map(|end| voice.set(&digits(end)));
        line(words.stated_prior, &[("low", &low), ("high", &high)])
    });
    let rests_on = line(
        words.rests_on,
        &[
            ("events", &target.of_category(in_events(voice, n))),
            ("from", &day(voice, exposure.from)),
            ("to", &day(voice, exposure.to)),
            ("years", &covered),
            ("prior", &prior),
        ],
    );
    Ok(Proposal {
        key: target.key.to_owned(),
        value: vec![
            ("shape", Part::Text(known.shape().to_owned())),
            ("mean", known.part(known.mean())),
            ("sd", known.part(known.standard_deviation())),
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
        voice,
    })
}
