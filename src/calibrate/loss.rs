//! What does one event cost, by the amounts of a log? Page: `docs/model/loss-from-amounts.md`.
//!
//! Amounts are gross unless recoveries are to come off. Those of another currency are converted at
//! rates that the user states; those of other years are brought to today's money,
//! amount × (1 + inflation)^years. A threshold grows with its year too: the highest of them holds for
//! all, and what lies below it by today's money is left out.

use jiff::civil::Date;

use super::amounts::{Fitted, Measure, Wish, estimate};
use super::cell::Amount;
use super::exposure::{days, years_between};
use super::fault;
use super::log::{Event, Log, names};
use super::moment::When;
use super::proposal::{Target, day, digits, numeral, said, share};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{line, number, texts};
use crate::stats::fit::{Family, Observation, Observed};

/// What is to be done with amounts before they are fitted.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// Amounts below it were never recorded.
    pub threshold: f64,
    /// No amount above it was recorded in full.
    pub cap: Option<f64>,
    /// What one event can cost at most.
    pub at_most: Option<f64>,
    /// Which family.
    pub family: Option<Family>,
    /// Whether recoveries come off.
    pub net: bool,
    /// The currency of the estimate.
    pub currency: Option<String>,
    /// One unit of each other currency in that one.
    pub rates: Vec<(String, f64)>,
    /// A year, as a share.
    pub inflation: f64,
    /// The day whose money is meant.
    pub today: Option<Date>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            threshold: 0.0,
            cap: None,
            at_most: None,
            family: None,
            net: false,
            currency: None,
            rates: Vec::new(),
            inflation: 0.0,
            today: None,
        }
    }
}

/// The currency of the estimate: the one named, or the only one of the log.
fn currency(log: &Log, terms: &Terms) -> Result<Option<String>, Diagnostic> {
    let mut found: Vec<&str> = log.events.iter().map(|e| e.currency.as_str()).filter(|c| !c.is_empty()).collect();
    found.sort_unstable();
    found.dedup();
    // `$` beside USD is the same.
    let code = found.iter().copied().find(|code| found.iter().all(|sign| names(sign, code)));
    if let Some(code) = code {
        found.retain(|sign| *sign == code);
    }
    match (&terms.currency, found.as_slice()) {
        (Some(named), _) => Ok(Some(named.to_uppercase())),
        (None, []) => Ok(None),
        (None, [only]) => {
            let is_bare = |event: &&Event| matches!(event.amount, Amount::Known(_)) && event.currency.is_empty();
            match log.events.iter().find(is_bare) {
                None => Ok(Some((*only).to_owned())),
                Some(bare) => Err(fault(
                    Code::OtherCurrency,
                    format!("{} has amounts in {only}, and {} names no currency", log.name, bare.place),
                    &[&format!("say which one the bare amounts are in: `--currency {only}`, or write it beside them")],
                )),
            }
        }
        (None, several) => Err(fault(
            Code::OtherCurrency,
            format!("{} has amounts in {}", log.name, several.join(", ")),
            &["name the currency of the case and the rates: `--currency EUR --rate USD=0.92`"],
        )),
    }
}

/// The loss of one event.
///
/// # Errors
/// What cannot be converted or fitted.
pub fn loss(log: &Log, terms: &Terms, target: &Target<'_>) -> Result<Fitted, Vec<Diagnostic>> {
    let currency = currency(log, terms).map_err(|found| vec![found])?;
    let mut faults = Vec::new();
    let mut observations = Vec::new();
    let (mut unknown, mut recovered, mut unclosed, mut thresholds) = (0, 0.0, Vec::new(), vec![terms.threshold]);
    let last = log.events.iter().filter_map(|event| event.opened).map(|at| at.at.date()).max();
    let today = terms.today.or(last);
    let tells_closed = log.events.iter().any(|event| event.closed != When::Unknown);
    for event in &log.events {
        let Amount::Known(seen) = event.amount else {
            unknown += 1;
            continue;
        };
        let factor = match factor(event, terms, currency.as_deref(), today) {
            Ok(factor) => factor,
            Err(found) => {
                faults.push(found);
                continue;
            }
        };
        let in_year = growth(event, terms, today);
        thresholds.push(terms.threshold * in_year);
        let off = if terms.net { event.recovered } else { 0.0 };
        recovered += event.recovered;
        let not_lost = match seen {
            Observation::Exact(x) => Some(x - off).filter(|left| *left <= 0.0),
            seen => Some(seen.least()).filter(|least| *least < 0.0),
        };
        if let Some(left) = not_lost {
            faults.push(fault(
                Code::OutOfRange,
                format!("{}: {} is no loss", event.place, said(left)),
                &[
                    "leave the event out of this fit: how often there is no loss belongs in the frequency",
                    "what came back belongs in a column `recovered`",
                ],
            ));
            continue;
        }
        let seen = match (seen, terms.cap) {
            (Observation::Exact(x), Some(cap)) if x >= cap => Observation::Above(cap),
            (seen, _) => seen,
        };
        if let Observation::Exact(x) = seen
            && x < terms.threshold
        {
            faults.push(fault(
                Code::OutOfRange,
                format!(
                    "{}: the amount {} lies below the recording threshold of {}",
                    event.place,
                    digits(x),
                    digits(terms.threshold)
                ),
                &["lower `--threshold` to what was really recorded, or leave the smaller ones out of the file"],
            ));
            continue;
        }
        if matches!(seen, Observation::Exact(_)) && event.closed == When::Unknown && tells_closed {
            unclosed.push(event.place.clone());
        }
        let scaled = match seen {
            Observation::Exact(x) => Observation::Exact((x - off) * factor),
            Observation::Above(c) => Observation::Above((c - off).max(0.0) * factor),
            Observation::Between(a, b) => Observation::Between((a - off).max(0.0) * factor, (b - off) * factor),
        };
        observations.push(scaled);
    }
    if observations.is_empty()
        && faults.is_empty()
        && let Some(headings) = &log.without.amounts
    {
        faults.push(fault(
            Code::Missing,
            format!("{} has no column that is known to hold what an event cost", log.name),
            &[
                &format!("columns: {headings}"),
                "name it: `--amount-column NAME`; usual headings are `cost`, `loss`, `amount`",
            ],
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let threshold = thresholds.iter().copied().fold(0.0, f64::max);
    let all = observations.len();
    if terms.inflation != 0.0 && threshold > 0.0 {
        observations.retain(|seen| match *seen {
            Observation::Exact(x) | Observation::Between(_, x) => x >= threshold,
            Observation::Above(_) => true,
        });
    }
    let left_out = all - observations.len();
    let wish = Wish { family: terms.family, at_most: terms.at_most, measure: Measure::Money };
    let data = Observed { observations, threshold };
    let mut fitted = estimate(data, &wish, &log.name, target, None).map_err(|found| vec![found])?;
    let proposal = &mut fitted.proposal;
    proposal.date = last.map(|day| day.to_string());
    let first = log.events.iter().filter_map(|event| event.opened).map(|at| at.at.date()).min();
    proposal.period = first.zip(last).map(|(from, to)| (from.to_string(), to.to_string()));
    let voice = target.voice;
    let words = &texts(voice).fitted;
    let mut told: Vec<String> = log.told.iter().map(|remark| remark.said(voice)).collect();
    if unknown > 0 {
        told.push(line(number(unknown, words.no_amount_one, words.no_amount), &[("count", &unknown)]));
    }
    if left_out > 0 {
        let sentence = number(left_out, words.too_small_one, words.too_small);
        told.push(line(sentence, &[("count", &left_out), ("threshold", &numeral(voice, threshold))]));
    }
    if recovered > 0.0 {
        let sentence = if terms.net { words.net } else { words.gross };
        told.push(line(sentence, &[("amount", &numeral(voice, recovered))]));
    }
    for place in unclosed.iter().take(3) {
        told.push(line(words.not_closed, &[("place", &place.said(voice))]));
    }
    if terms.inflation == 0.0 && first.zip(last).is_some_and(|(from, to)| days(from, to) > 3.0 * 365.0) {
        told.push(words.several_years.to_owned());
    }
    if terms.inflation != 0.0
        && let Some(today) = today
    {
        let (today, inflation) = (day(voice, today), share(voice, terms.inflation));
        proposal.findings.push(line(words.inflation, &[("day", &today), ("inflation", &inflation)]));
        proposal.rests_on = line(words.money_of, &[("what", &proposal.rests_on), ("day", &today)]);
    }
    proposal.cautions.extend(told);
    if let Some(currency) = currency {
        proposal.findings.push(line(words.currency, &[("currency", &currency)]));
        fitted.currency = currency;
    }
    Ok(fitted)
}

fn growth(event: &Event, terms: &Terms, today: Option<Date>) -> f64 {
    let Some((opened, today)) = event.opened.zip(today) else { return 1.0 };
    libm::pow(1.0 + terms.inflation, years_between(opened.at.date(), today))
}

/// The rate of the currency that an amount names: by its code, or by a sign that belongs to one of the rates alone.
fn stated_rate(event: &Event, terms: &Terms, currency: &str) -> Result<f64, Diagnostic> {
    let (place, sign) = (&event.place, &event.currency);
    let is_same = |(code, _): &&(String, f64)| code == sign;
    if let Some((_, rate)) = terms.rates.iter().find(is_same) {
        return Ok(*rate);
    }
    let meant: Vec<&(String, f64)> = terms.rates.iter().filter(|(code, _)| names(sign, code)).collect();
    match meant.as_slice() {
        [(_, rate)] => Ok(*rate),
        [] => {
            let code = if sign == "$" { "USD" } else { sign };
            Err(fault(
                Code::OtherCurrency,
                format!("{place}: the amount is in {sign}, the estimate in {currency}"),
                &[&format!("say what one {sign} was worth: `--rate {code}=0.92`")],
            ))
        }
        several => {
            let codes: Vec<&str> = several.iter().map(|(code, _)| code.as_str()).collect();
            Err(fault(
                Code::OtherCurrency,
                format!("{place}: {sign} may be {}", codes.join(" or ")),
                &["give the rate of one of them, or write the code beside each amount"],
            ))
        }
    }
}

fn factor(event: &Event, terms: &Terms, currency: Option<&str>, today: Option<Date>) -> Result<f64, Diagnostic> {
    let rate = match currency {
        Some(currency) if !event.currency.is_empty() && !names(&event.currency, currency) => {
            stated_rate(event, terms, currency)?
        }
        _ => 1.0,
    };
    Ok(rate * growth(event, terms, today))
}
