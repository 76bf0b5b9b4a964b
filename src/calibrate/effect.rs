//! What did a control do, by the counts before and after it? Page: `docs/model/review.md`.
//!
//! The reduction is 1 − λ₂/λ₁ with Jeffreys' prior on both rates; where the rate rose it counts as
//! none. It is written as the beta of the same average and spread. That the two periods differ in
//! nothing but the control is the user's to judge.

use super::exposure::Exposure;
use super::fault;
use super::log::Log;
use super::proposal::{Part, Proposal, digits, in_events, in_years, numeral, percent, share};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{line, texts};
use crate::stats::fit::verdict::{Count, RateRatio, rate_ratio};
use crate::units::Voice;

/// What two ways to a whole year may differ by.
const ROUNDING: f64 = 1e-9;

/// A count with the period behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// What was counted, in as many years as were seen.
    pub count: Count,
    /// The years by the calendar.
    pub years: f64,
    /// Of what, for the source.
    pub source: String,
    /// First and last day, where they are known.
    pub period: Option<(String, String)>,
}

impl Side {
    /// The events of a log within a period.
    #[must_use]
    pub fn of_log(log: &Log, exposure: &Exposure) -> Self {
        let within = log.events.iter().filter_map(|event| event.opened).filter(|at| exposure.holds(at.at.date()));
        Self {
            count: Count { events: within.count() as u64, years: exposure.effective_years() },
            years: exposure.years(),
            source: log.name.clone(),
            period: Some((exposure.from.to_string(), exposure.to.to_string())),
        }
    }
}

/// The reduction of a frequency.
///
/// # Errors
/// Periods that overlap, nothing before, or data that speak against any reduction.
pub fn effect(before: &Side, after: &Side, key: &str, voice: Voice) -> Result<(Proposal, RateRatio), Diagnostic> {
    if let (Some((_, end)), Some((begin, _))) = (&before.period, &after.period)
        && begin <= end
    {
        return Err(fault(
            Code::Contradiction,
            format!("the time after begins on {begin}, before the time before has ended on {end}"),
            &["let the second period begin when the control was in force: `--after-from`"],
        ));
    }
    let (k1, k2) = (before.count, after.count);
    if k1.events == 0 {
        return Err(fault(
            Code::BadSamples,
            "nothing happened before the control: no count after it can show that it helped".to_owned(),
            &[
                "state the reduction by judgement (`rosi calibrate experts`), or count something that happens more often, such as near misses",
            ],
        ));
    }
    let found = rate_ratio(k1, k2, 0.9);
    let (low, high) = found.interval;
    let ratio = |voice: Voice| {
        line(
            texts(voice).effect.ratio,
            &[
                ("before", &k1.events),
                ("years_before", &in_years(voice, k1.years)),
                ("after", &k2.events),
                ("years_after", &in_years(voice, k2.years)),
                ("ratio", &numeral(voice, found.ratio)),
                ("low", &numeral(voice, low)),
                ("high", &numeral(voice, high)),
            ],
        )
    };
    if found.fell < 0.5 {
        return Err(fault(
            Code::BadSamples,
            format!("{} It fell with a chance of {} only", ratio(Voice::default()), percent(found.fell)),
            &["the counts give no reason for a reduction: leave the effect out, or say by judgement what it rests on"],
        ));
    }
    let (mean, sd) = found.reduction;
    let words = &texts(voice).effect;
    let mut cautions = vec![words.other_causes.to_owned()];
    if high >= 1.0 {
        cautions.push(words.too_early.to_owned());
    }
    if before.years < 1.0 - ROUNDING || after.years < 1.0 - ROUNDING {
        cautions.push(words.short.to_owned());
    }
    let proposal = Proposal {
        key: key.to_owned(),
        value: vec![
            ("shape", Part::Text("beta".to_owned())),
            ("mean", Part::Text(format!("{}%", digits(100.0 * mean)))),
            ("sd", Part::Text(format!("{}%", digits(100.0 * sd)))),
        ],
        source: if before.source == after.source {
            before.source.clone()
        } else {
            format!("{}, {}", before.source, after.source)
        },
        date: after.period.as_ref().map(|(_, to)| to.clone()),
        period: before
            .period
            .as_ref()
            .zip(after.period.as_ref())
            .map(|((from, _), (_, to))| (from.clone(), to.clone())),
        count: (k1.events + k2.events) as usize,
        rests_on: line(
            words.rests_on,
            &[
                ("events", &in_events(voice, k1.events as usize)),
                ("years_before", &in_years(voice, k1.years)),
                ("after", &k2.events),
                ("years_after", &in_years(voice, k2.years)),
            ],
        ),
        findings: vec![
            ratio(voice),
            line(words.fell, &[("chance", &share(voice, found.fell))]),
            line(words.reduction, &[("mean", &share(voice, mean)), ("spread", &share(voice, sd))]),
        ],
        cautions,
        beside: Vec::new(),
        figures: vec![
            ("events_before", k1.events as f64),
            ("years_before", k1.years),
            ("events_after", k2.events as f64),
            ("years_after", k2.years),
            ("rate_ratio", found.ratio),
            ("ratio_low", low),
            ("ratio_high", high),
            ("chance_it_fell", found.fell),
            ("reduction_mean", mean),
            ("reduction_sd", sd),
        ],
        voice,
    };
    Ok((proposal, found))
}
