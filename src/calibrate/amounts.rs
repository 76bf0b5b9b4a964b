//! Amounts or lengths of time to an estimate: which family, how sure, and what the data cannot tell.
//! Page: `docs/model/loss-from-amounts.md`.

use super::fault;
use super::proposal::{Part, Proposal, counted, digits, percent, said};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::Distribution;
use crate::stats::fit::tail::{self, Mean, TailIndex};
use crate::stats::fit::{Family, Fit, NoFit, Observation, Observed, goodness};

/// What the numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Money of one currency.
    Money,
    /// Hours.
    Hours,
}

impl Measure {
    fn text(self, x: f64) -> String {
        match self {
            Self::Money => digits(x),
            Self::Hours => format!("{} hours", digits(x)),
        }
    }

    fn said(self, x: f64) -> String {
        match self {
            Self::Money => said(x),
            Self::Hours => format!("{} hours", said(x)),
        }
    }

    /// What to say where the data know no bound.
    fn bound(self) -> &'static str {
        match self {
            Self::Money => {
                "say what one event can cost at most, from contracts, turnover or the value of what is lost: `--at-most 5M`"
            }
            Self::Hours => {
                "say how long one event can last at most, from contracts or what was practised: `--at-most \"90 days\"`"
            }
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Money => "amount",
            Self::Hours => "duration",
        }
    }
}

/// How a family is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// Which; the lognormal where none is named.
    pub family: Option<Family>,
    /// The most that one event can bring.
    pub at_most: Option<f64>,
    /// What is measured.
    pub measure: Measure,
}

/// An estimate of one event, with the fit behind it for a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    /// The estimate.
    pub proposal: Proposal,
    /// The family as it was fitted.
    pub fit: Fit,
    /// The distribution that the estimate as written has.
    pub written: Distribution,
    /// What it was fitted to.
    pub data: Observed,
    /// What was measured.
    pub measure: Measure,
    /// The currency, or nothing that is known.
    pub currency: String,
}

/// Draws for the goodness of fit and for how far the average may be off.
const DRAWS: usize = 200;
/// Fewer observations are no base for a family: five are the first of which the lowest and the highest
/// hold the median nine times in ten (1 − 2 × ½⁵ = 94 %).
const LEAST: usize = 5;
/// An average that may be off by this factor either way is not known to its order of magnitude.
const UNKNOWN: f64 = 10.0;
/// Beyond these a fit is not drawn again and again.
const MANY: usize = 5000;

/// The average below a bound, of what lies below it.
fn mean_below(distribution: &Distribution, bound: Option<f64>) -> f64 {
    match bound {
        None => distribution.mean(),
        Some(bound) => (distribution.limited_mean(bound) - bound * distribution.sf(bound)) / distribution.cdf(bound),
    }
}

/// The fault of data to which nothing can be fitted.
fn no_fit(found: &NoFit, wish: &Wish, threshold: f64) -> Diagnostic {
    let word = wish.measure.word();
    match found {
        NoFit::TooFew => fault(
            Code::BadSamples,
            format!("fewer than two {word}s differ"),
            &["ask people for a range: `rosi calibrate experts`; or take a cited fact: `rosi facts`"],
        ),
        NoFit::NotPositive(x) => fault(
            Code::OutOfRange,
            format!("{word} {} is not above 0", digits(*x)),
            &["leave events without a loss out here; a chance that there is no loss belongs in the frequency"],
        ),
        NoFit::BelowThreshold(x) => fault(
            Code::OutOfRange,
            format!("{word} {} lies below the recording threshold of {}", digits(*x), digits(threshold)),
            &["lower `--threshold` to what was really recorded, or leave the smaller ones out of the file"],
        ),
        NoFit::Endless => fault(
            Code::NoMean,
            format!(
                "the {word}s look like a power tail: no {} has a highest likelihood",
                wish.family.unwrap_or(Family::Lognormal).name()
            ),
            &[
                &format!("{}, with `--shape pareto`", wish.measure.bound()),
                "or collect more of the smaller ones: a lower recording threshold tells more",
            ],
        ),
        NoFit::NoDistribution(problem) => fault(
            Code::Infeasible,
            format!("what was found is no distribution: {problem:?}"),
            &["check the units of the values"],
        ),
    }
}

/// The estimate of one event; `label` says of what ("amounts of \"ransomware\""), `unknown` how many had none.
///
/// # Errors
/// What cannot be fitted, or has no average; with what to write.
pub fn estimate(data: Observed, wish: &Wish, source: &str, key: &str, label: &str) -> Result<Fitted, Diagnostic> {
    let measure = wish.measure;
    let n = data.observations.len();
    let open = data.observations.iter().filter(|o| matches!(o, Observation::Above(_))).count();
    let known = n - open;
    if known < LEAST {
        return Err(fault(
            Code::BadSamples,
            format!(
                "{} known in {}: {LEAST} are the least that tell a range{}",
                counted(known, measure.word()),
                source,
                spread_of(&data, measure)
            ),
            &[
                "ask people for a range (`rosi calibrate experts`) and show them these, or take a wider category (`--category`)",
            ],
        ));
    }
    let family = wish.family.unwrap_or(Family::Lognormal);
    let fit = Fit::new(family, &data).map_err(|found| no_fit(&found, wish, data.threshold))?;
    let fair = fit.unbiased(known, data.threshold > 0.0);
    let index = tail::tail_index(&data, 0.9);
    bounds(&data, wish, &fair, index)?;
    let distribution = fair.distribution().map_err(|found| no_fit(&found, wish, data.threshold))?;
    let mean = mean_below(&distribution, wish.at_most);

    let refits = if n <= MANY { goodness::again(&fit, &data, DRAWS, 1).unwrap_or_default() } else { Vec::new() };
    let chance = goodness::chance(&fit, &data, &refits);
    let mut doubt = doubt(&fair, &refits, known, wish.at_most);
    match wish.at_most {
        // No doubt carries the average of an event above the bound of every event.
        Some(bound) => doubt = doubt.min(bound / mean - 1.0),
        None if doubt > UNKNOWN - 1.0 => {
            return Err(fault(
                Code::NoMean,
                format!(
                    "{} that spread so far do not tell the average: it may be off by a factor of {} either way{}",
                    counted(known, measure.word()),
                    said(1.0 + doubt),
                    spread_of(&data, measure)
                ),
                &[wish.measure.bound(), "or ask people for a range (`rosi calibrate experts`) and show them these"],
            ));
        }
        None => {}
    }

    let mut value = shaped(&fair, &distribution, wish)?;
    let written = as_written(&fair, &distribution, wish)?;
    value.push(("doubt", Part::Text(format!("{}%", digits((doubt * 100.0).round().max(1.0))))));

    let mut findings = vec![format!(
        "Average {}; half of the events above {}, one in twenty above {}.",
        measure.said(written.mean()),
        measure.said(written.quantile(0.5)),
        measure.said(written.quantile(0.95))
    )];
    findings
        .push(format!("The average may be off by {} either way, nine times in ten: `doubt` says so.", percent(doubt)));
    findings.push(comparison(&data, &fit, chance));
    let mut cautions = Vec::new();
    if chance < 0.05 {
        cautions.push(format!(
            "Amounts of a {} would lie so far off in {} of cases only: do not trust the tail. Perhaps two kinds of events are mixed: try `--category`.",
            family.name(),
            percent(chance)
        ));
    }
    if let Some(index) = index {
        tail_words(&index, wish, &mut findings, &mut cautions, &written);
    }
    if open > 0 {
        findings.push(format!(
            "{} of {n} {}s are known only to be above a value and are counted so.",
            open,
            measure.word()
        ));
    }
    if data.threshold > 0.0 {
        let below = distribution.cdf(data.threshold);
        if family == Family::Pareto {
            cautions.push(format!(
                "The estimate is of events above {} only; a frequency counted from the same log fits it.",
                measure.said(data.threshold)
            ));
        } else {
            let share = |seen: f64| digits((1000.0 * seen * (1.0 - below)).round() / 10.0);
            cautions.push(format!(
                "The estimate is of all events, {} of which lie below the threshold of {} and were never recorded. A frequency counted from the same log lacks them too: multiply the share that you see of recorded events by {}%. Where you see all of them: `--seen {}%`; where you see 90 %: `--seen {}%`.",
                percent(below),
                measure.said(data.threshold),
                share(1.0),
                share(1.0),
                share(0.9)
            ));
        }
    }
    if family == Family::Gamma && data.threshold > 0.0 && open > 0 && n < 30 {
        cautions.push(
            "Of few amounts with a threshold and open ones, the range of a gamma's average holds the true one in 86 % of logs, not in 90 %.".to_owned(),
        );
    }
    if n < 10 {
        cautions.push(format!(
            "{n} {}s are few: let people who know state a range as well, and compare (`rosi calibrate experts`).",
            measure.word()
        ));
    }
    if mean.is_finite() && (written.mean() / mean - 1.0).abs() > 0.1 {
        findings.push(format!(
            "The family below the bound averages {}; the three points written average {}.",
            measure.said(mean),
            measure.said(written.mean())
        ));
    }
    let behind = if data.threshold > 0.0 {
        format!(", recorded from {} on", measure.said(data.threshold))
    } else {
        String::new()
    };
    let open_words = if open > 0 { format!(", {open} of them open") } else { String::new() };
    let rests_on =
        format!("{}{label}{behind}{open_words}; {} by maximum likelihood", counted(n, measure.word()), family.name());
    let mut figures = vec![
        ("n", n as f64),
        ("open", open as f64),
        ("threshold", data.threshold),
        ("mean", written.mean()),
        ("p05", written.quantile(0.05)),
        ("p50", written.quantile(0.5)),
        ("p95", written.quantile(0.95)),
        ("doubt", doubt),
        ("log_likelihood", fit.log_likelihood),
        ("goodness_of_fit", chance),
        ("parameter_1", fair.parameters[0]),
        ("parameter_2", fair.parameters[1]),
    ];
    if let Some(index) = index {
        figures.extend([("tail_index_low", index.low), ("tail_index_likely", index.likely)]);
        if index.high.is_finite() {
            figures.push(("tail_index_high", index.high));
        }
    }
    value.extend(fitted_to(&data, measure));
    let proposal = Proposal {
        key: key.to_owned(),
        value,
        source: source.to_owned(),
        date: None,
        period: None,
        count: n,
        rests_on,
        findings,
        cautions,
        beside: Vec::new(),
        figures,
        voice: crate::units::Voice::default(),
    };
    Ok(Fitted { proposal, fit: fair, written, data, measure, currency: String::new() })
}

/// The most observations that are written beside an estimate.
const WRITTEN: usize = 200;

/// What the estimate was fitted to, for the paper; a long log stays where it is.
fn fitted_to(data: &Observed, measure: Measure) -> Option<(&'static str, Part)> {
    if data.observations.len() > WRITTEN {
        return None;
    }
    let from = (data.threshold > 0.0).then(|| format!("from {}", measure.text(data.threshold)));
    let seen = data.observations.iter().map(|seen| match *seen {
        Observation::Exact(x) => measure.text(x),
        Observation::Above(x) => format!("> {}", measure.text(x)),
        Observation::Between(low, high) if !high.is_finite() => format!("> {}", measure.text(low)),
        Observation::Between(low, high) if low <= 0.0 => format!("< {}", measure.text(high)),
        Observation::Between(low, high) => format!("{} to {}", measure.text(low), measure.text(high)),
    });
    Some(("fitted_to", Part::List(from.into_iter().chain(seen).collect())))
}

/// The lowest and the highest that were seen, in words; nothing of what is not there.
fn spread_of(data: &Observed, measure: Measure) -> String {
    let seen = || data.observations.iter().map(|o| o.least());
    let (low, high) = (seen().fold(f64::INFINITY, f64::min), seen().fold(0.0, f64::max));
    if low > high { String::new() } else { format!(" (seen: {} to {})", measure.said(low), measure.said(high)) }
}

/// What has no average, or a bound below what was seen.
fn bounds(data: &Observed, wish: &Wish, fair: &Fit, index: Option<TailIndex>) -> Result<(), Diagnostic> {
    let measure = wish.measure;
    if let Some(bound) = wish.at_most {
        let most = data.observations.iter().map(|o| o.least()).fold(0.0, f64::max);
        if bound <= most {
            return Err(fault(
                Code::OutOfRange,
                format!("`--at-most` is {}, and {} was seen", measure.said(bound), measure.said(most)),
                &["a bound lies above everything that was seen: what is the most that it could be?"],
            ));
        }
        return Ok(());
    }
    if fair.family == Family::Pareto && fair.parameters[1] <= 1.0 {
        return Err(fault(
            Code::NoMean,
            format!(
                "the tail index is {}: a Pareto of 1 or less has no average, the rarest event outweighs all others",
                digits((fair.parameters[1] * 1000.0).round() / 1000.0)
            ),
            &[wish.measure.bound(), "or take another family if you have a reason to: `--shape lognormal`"],
        ));
    }
    if index.is_some_and(|index| index.mean() == Mean::Infinite) {
        return Err(fault(
            Code::NoMean,
            "the data rule out a finite average: every tail that they allow is too heavy for one".to_owned(),
            &[wish.measure.bound()],
        ));
    }
    Ok(())
}

/// How far the average may be off, as a share: 1.3 either way is 30 %.
fn doubt(fit: &Fit, refits: &[(Fit, f64)], known: usize, at_most: Option<f64>) -> f64 {
    let logs: Vec<f64> = refits
        .iter()
        .filter_map(|(refit, _)| refit.unbiased(known, true).distribution().ok())
        .map(|distribution| libm::log(mean_below(&distribution, at_most)))
        .filter(|log| log.is_finite())
        .collect();
    let error = match at_most {
        Some(_) if logs.len() > 20 => {
            let mean = logs.iter().sum::<f64>() / logs.len() as f64;
            (logs.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (logs.len() as f64 - 1.0)).sqrt()
        }
        _ => fit.error_of_log_mean,
    };
    let error = if error.is_finite() { error } else { 1.0 };
    libm::expm1(fit.log_range(known, error))
}

/// The keys of the estimate.
fn shaped(fit: &Fit, distribution: &Distribution, wish: &Wish) -> Result<Vec<(&'static str, Part)>, Diagnostic> {
    let text = |x: f64| Part::Text(wish.measure.text(x));
    if let Some(bound) = wish.at_most {
        let inside = distribution.cdf(bound);
        let at = |p: f64| text(distribution.quantile(p * inside));
        return Ok(vec![("p10", at(0.1)), ("p50", at(0.5)), ("p90", at(0.9)), ("at_most", text(bound))]);
    }
    Ok(match fit.family {
        Family::Lognormal => {
            vec![("low", text(distribution.quantile(0.05))), ("high", text(distribution.quantile(0.95)))]
        }
        Family::Gamma => vec![
            ("shape", Part::Text("gamma".to_owned())),
            ("mean", text(distribution.mean())),
            ("sd", text(distribution.variance().sqrt())),
        ],
        Family::Pareto => vec![
            ("shape", Part::Text("pareto".to_owned())),
            ("at_least", text(fit.parameters[0])),
            ("tail", Part::Number(fit.parameters[1])),
        ],
    })
}

/// The distribution that those keys have.
fn as_written(fit: &Fit, distribution: &Distribution, wish: &Wish) -> Result<Distribution, Diagnostic> {
    let Some(bound) = wish.at_most else { return Ok(distribution.clone()) };
    let inside = distribution.cdf(bound);
    let at = |p: f64| distribution.quantile(p * inside);
    Distribution::metalog(at(0.1), at(0.5), at(0.9), Some(bound)).map_err(|_| {
        fault(
            Code::Infeasible,
            format!("no estimate has the fitted {} and this bound", fit.family.name()),
            &["raise `--at-most`, or write `min`, `likely` and `max` by hand"],
        )
    })
}

/// Which family fits how well.
fn comparison(data: &Observed, fit: &Fit, chance: f64) -> String {
    let mut families = vec![Family::Lognormal, Family::Gamma];
    if data.threshold > 0.0 {
        families.push(Family::Pareto);
    }
    let ranked = goodness::ranked(data, &families);
    let told: Vec<String> = ranked
        .iter()
        .map(|other| format!("{} {}", other.family.name(), digits((other.criterion() * 10.0).round() / 10.0)))
        .collect();
    let best = ranked.first().filter(|best| best.family != fit.family && best.criterion() + 4.0 < fit.criterion());
    let hint = best.map_or(String::new(), |best| format!(" The data speak for `--shape {}`.", best.family.name()));
    format!(
        "The {} fits (chance of data as far off: {}). Akaike's criterion, lower is better: {}.{hint}",
        fit.family.name(),
        percent(chance),
        told.join(", ")
    )
}

/// What the data can and cannot tell of the tail.
fn tail_words(
    index: &TailIndex,
    wish: &Wish,
    findings: &mut Vec<String>,
    cautions: &mut Vec<String>,
    written: &Distribution,
) {
    let high =
        if index.high.is_finite() { digits((index.high * 100.0).round() / 100.0) } else { "any value".to_owned() };
    let range =
        format!("tail index {} to {high} by {} values", digits((index.low * 100.0).round() / 100.0), index.amounts);
    match index.mean() {
        Mean::Finite => findings.push(format!("The data allow only tails with an average ({range})."))
        ,
        Mean::CannotTell if wish.at_most.is_some() => {
            findings.push(format!("The data alone could not tell whether there is an average ({range}); your bound gives it one."));
        }
        Mean::CannotTell => cautions.push(format!(
            "The data cannot tell a finite average from an infinite one ({range}; from 1 on there is none). The average of {} rests on the chosen family, not on the data. Say what one event can cost at most: `--at-most`.",
            wish.measure.said(written.mean())
        )),
        Mean::Infinite => findings.push(format!("The data alone have no average ({range}); your bound gives them one."))
        ,
    }
}
