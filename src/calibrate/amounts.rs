//! Amounts or lengths of time to an estimate: which family, how sure, and what the data cannot tell.
//! Page: `docs/model/loss-from-amounts.md`.

use std::fmt::Display;

use super::fault;
use super::proposal::{Part, Proposal, Target, counted, digits, numeral, said, share};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{line, number, texts};
use crate::stats::Distribution;
use crate::stats::fit::tail::{self, Mean, TailIndex};
use crate::stats::fit::{Family, Fit, NoFit, Observation, Observed, goodness};
use crate::units::Voice;

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

    fn said(self, voice: Voice, x: f64) -> String {
        match self {
            Self::Money => numeral(voice, x),
            Self::Hours => {
                let (count, words) = (numeral(voice, x), &texts(voice).experts);
                line(if count == "1" { words.one_hour } else { words.hours }, &[("count", &count)])
            }
        }
    }

    /// "1 amount", "13 durations".
    fn counted(self, voice: Voice, n: usize) -> String {
        let words = &texts(voice).fitted;
        let sentence = match self {
            Self::Money => number(n, words.one_amount, words.amounts),
            Self::Hours => number(n, words.one_duration, words.durations),
        };
        line(sentence, &[("count", &n)])
    }

    /// What to say where the data know no bound: with a round figure that is well above all that was seen.
    fn bound(self, data: &Observed) -> String {
        let highest = data.observations.iter().map(|seen| match *seen {
            Observation::Between(_, high) if high.is_finite() => high,
            seen => seen.least(),
        });
        let far = 2.0 * highest.fold(0.0, f64::max);
        match self {
            Self::Money => {
                let bound = round_above(far);
                let (count, size) = match bound {
                    x if x >= 1e6 => (x / 1e6, "M"),
                    x if x >= 1e3 => (x / 1e3, "k"),
                    x => (x, ""),
                };
                format!(
                    "say what one event can cost at most, from contracts, turnover or the value of what is lost: `--at-most {}{size}` is an example, put your own figure there",
                    digits(count)
                )
            }
            Self::Hours => {
                let (hours, days) = (round_above(far), round_above(far / 24.0));
                let time =
                    if days < 2.0 { format!("{} hours", digits(hours)) } else { format!("{} days", digits(days)) };
                format!(
                    "say how long one event can last at most, from contracts or what was practised: `--at-most \"{time}\"` is an example, put your own figure there"
                )
            }
        }
    }

    /// As faults say it.
    fn of_faults(self, x: f64) -> String {
        self.said(Voice::default(), x)
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
/// The chance of data as far off below which a family does not fit.
const MISFIT: f64 = 0.05;
/// Beyond these a fit is not drawn again and again.
const MANY: usize = 5000;

/// How many logs of so many amounts are drawn: fewer of long ones, whose draws differ less.
fn draws(amounts: usize) -> usize {
    (DRAWS * 1_000 / amounts.max(1)).clamp(40, DRAWS)
}

/// The average below a bound, of what lies below it.
fn mean_below(distribution: &Distribution, bound: Option<f64>) -> f64 {
    match bound {
        None => distribution.mean(),
        Some(bound) => (distribution.limited_mean(bound) - bound * distribution.sf(bound)) / distribution.cdf(bound),
    }
}

/// 1, 2 or 5 × 10ⁿ: the least of them that is no lower.
fn round_above(x: f64) -> f64 {
    let place = libm::pow(10.0, libm::floor(libm::log10(x)));
    [1.0, 2.0, 5.0].map(|digit| digit * place).into_iter().find(|round| *round >= x).unwrap_or(10.0 * place)
}

/// What the family is called.
fn family_name(family: Family, voice: Voice) -> &'static str {
    let words = &texts(voice).fitted;
    match family {
        Family::Lognormal => words.lognormal,
        Family::Gamma => words.gamma,
        Family::Pareto => words.pareto,
    }
}

/// The fault of data to which nothing can be fitted.
fn no_fit(found: &NoFit, wish: &Wish, data: &Observed) -> Diagnostic {
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
            format!("{word} {} lies below the recording threshold of {}", digits(*x), digits(data.threshold)),
            &["lower `--threshold` to what was really recorded, or leave the smaller ones out of the file"],
        ),
        NoFit::Endless => fault(
            Code::NoMean,
            format!(
                "the {word}s look like a power tail: no {} has a highest likelihood",
                wish.family.unwrap_or(Family::Lognormal).name()
            ),
            &[
                &format!("{}; with it, `--shape pareto`", wish.measure.bound(data)),
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

/// The estimate of one event; `lengths` is the template that says which durations they are.
///
/// # Errors
/// What cannot be fitted, or has no average; with what to write.
pub fn estimate(
    data: Observed,
    wish: &Wish,
    source: &str,
    target: &Target<'_>,
    lengths: Option<&'static str>,
) -> Result<Fitted, Diagnostic> {
    let (measure, voice) = (wish.measure, target.voice);
    let words = &texts(voice).fitted;
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
    let fit = Fit::new(family, &data).map_err(|found| no_fit(&found, wish, &data))?;
    let fair = fit.unbiased(known, data.threshold > 0.0);
    let index = tail::tail_index(&data, 0.9);
    bounds(&data, wish, &fair, index)?;
    let distribution = fair.distribution().map_err(|found| no_fit(&found, wish, &data))?;
    let mean = mean_below(&distribution, wish.at_most);

    let refits = if n <= MANY { goodness::again(&fit, &data, draws(n), 1).unwrap_or_default() } else { Vec::new() };
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
                &[&measure.bound(&data), "or ask people for a range (`rosi calibrate experts`) and show them these"],
            ));
        }
        None => {}
    }

    let mut value = shaped(&fair, &distribution, wish)?;
    let written = as_written(&fair, &distribution, wish)?;
    // What is written and what is said are one figure.
    let doubt = (doubt * 100.0).round().max(1.0) / 100.0;
    value.push(("doubt", Part::Text(format!("{}%", digits((doubt * 100.0).round())))));

    let said = |x: f64| measure.said(voice, x);
    let (all, threshold) = (measure.counted(voice, n), said(data.threshold));
    let (median, high) = (said(written.quantile(0.5)), said(written.quantile(0.95)));
    let mut findings = vec![
        line(words.average, &[("mean", &said(written.mean())), ("median", &median), ("high", &high)]),
        line(words.doubt, &[("doubt", &share(voice, doubt))]),
        comparison(&data, &fit, chance, voice),
    ];
    let mut cautions = Vec::new();
    if chance < MISFIT {
        let parts: [(&str, &dyn Display); 2] =
            [("family", &family_name(family, voice)), ("chance", &share(voice, chance))];
        cautions.push(line(words.mixed, &parts));
    }
    if let Some(index) = index {
        tail_words(&index, wish, voice, &mut findings, &mut cautions, &written);
    }
    if open > 0 {
        findings.push(line(words.open, &[("open", &open), ("what", &all)]));
    }
    if data.threshold > 0.0 {
        let below = distribution.cdf(data.threshold);
        if family == Family::Pareto {
            cautions.push(line(words.above_only, &[("threshold", &threshold)]));
        } else {
            // What is typed at `--seen` has a point before its decimals in every language.
            let recorded = |seen: f64| digits((1000.0 * seen * (1.0 - below)).round() / 10.0);
            cautions.push(line(
                words.below,
                &[
                    ("below", &share(voice, below)),
                    ("threshold", &threshold),
                    ("factor", &voice.set(&recorded(1.0))),
                    ("typed", &recorded(1.0)),
                    ("of_ninety", &recorded(0.9)),
                ],
            ));
        }
    }
    if family == Family::Gamma && data.threshold > 0.0 && open > 0 && n < 30 {
        cautions.push(words.few_gamma.to_owned());
    }
    if n < 10 {
        cautions.push(line(words.few, &[("what", &all)]));
    }
    if mean.is_finite() && (written.mean() / mean - 1.0).abs() > 0.1 {
        findings.push(line(words.points_differ, &[("mean", &said(mean)), ("written", &said(written.mean()))]));
    }
    let mut rests_on = target.of_category(lengths.map_or(all.clone(), |lengths| line(lengths, &[("what", &all)])));
    if data.threshold > 0.0 {
        rests_on = line(words.recorded_from, &[("what", &rests_on), ("threshold", &threshold)]);
    }
    if open > 0 {
        rests_on = line(words.some_open, &[("what", &rests_on), ("open", &open)]);
    }
    rests_on = line(words.rests_on, &[("what", &rests_on), ("family", &family_name(family, voice))]);
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
        key: target.key.to_owned(),
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
        voice,
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
    if low > high {
        String::new()
    } else {
        format!(" (seen: {} to {})", measure.of_faults(low), measure.of_faults(high))
    }
}

/// What has no average, or a bound below what was seen.
fn bounds(data: &Observed, wish: &Wish, fair: &Fit, index: Option<TailIndex>) -> Result<(), Diagnostic> {
    let measure = wish.measure;
    if let Some(bound) = wish.at_most {
        let most = data.observations.iter().map(|o| o.least()).fold(0.0, f64::max);
        if bound <= most {
            return Err(fault(
                Code::OutOfRange,
                format!("`--at-most` is {}, and {} was seen", measure.of_faults(bound), measure.of_faults(most)),
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
            &[&measure.bound(data), "or take another family if you have a reason to: `--shape lognormal`"],
        ));
    }
    if index.is_some_and(|index| index.mean() == Mean::Infinite) {
        return Err(fault(
            Code::NoMean,
            "the data rule out a finite average: every tail that they allow is too heavy for one".to_owned(),
            &[&measure.bound(data)],
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
fn comparison(data: &Observed, fit: &Fit, chance: f64, voice: Voice) -> String {
    let words = &texts(voice).fitted;
    let mut families = vec![Family::Lognormal, Family::Gamma];
    if data.threshold > 0.0 {
        families.push(Family::Pareto);
    }
    let ranked = goodness::ranked(data, &families);
    let criterion = |other: &Fit| voice.set(&digits((other.criterion() * 10.0).round() / 10.0));
    let criteria: Vec<String> =
        ranked.iter().map(|other| format!("{} {}", family_name(other.family, voice), criterion(other))).collect();
    let best = ranked.first().filter(|best| best.family != fit.family && best.criterion() + 4.0 < fit.criterion());
    let told = line(
        if chance < MISFIT { words.fits_badly } else { words.fits },
        &[
            ("family", &family_name(fit.family, voice)),
            ("chance", &share(voice, chance)),
            ("criteria", &criteria.join(", ")),
        ],
    );
    // A flag is typed in the words of the command line.
    match best {
        Some(best) => format!("{told} {}", line(words.data_for, &[("family", &best.family.name())])),
        None => told,
    }
}

/// What the data can and cannot tell of the tail.
fn tail_words(
    index: &TailIndex,
    wish: &Wish,
    voice: Voice,
    findings: &mut Vec<String>,
    cautions: &mut Vec<String>,
    written: &Distribution,
) {
    let words = &texts(voice).fitted;
    let hundredths = |x: f64| voice.set(&digits((x * 100.0).round() / 100.0));
    let high = if index.high.is_finite() { hundredths(index.high) } else { words.any_value.to_owned() };
    let parts: [(&str, &dyn Display); 3] =
        [("low", &hundredths(index.low)), ("high", &high), ("count", &index.amounts)];
    let index_words = line(words.tail_index, &parts);
    let say =
        |sentence| line(sentence, &[("index", &index_words), ("mean", &wish.measure.said(voice, written.mean()))]);
    match index.mean() {
        Mean::Finite => findings.push(say(words.finite)),
        Mean::CannotTell if wish.at_most.is_some() => findings.push(say(words.cannot_tell_bound)),
        Mean::CannotTell => cautions.push(say(match wish.measure {
            Measure::Money => words.cannot_tell_amount,
            Measure::Hours => words.cannot_tell_duration,
        })),
        Mean::Infinite => findings.push(say(words.no_average)),
    }
}
