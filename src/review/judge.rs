//! Did what was promised come? Page: `docs/model/review.md`.
//!
//! - Counts: what is not known of the promised rate makes the count a mixture (`count`); its
//!   tails P(N ≥ n) and P(N ≤ n) are judged at 5 %. Within them, "as promised" is a finding and must be
//!   shown: what came has a chance below 5 % without the plan, or, where the plan does not touch the
//!   risk, at twice the promised rate. Else it is too early to tell.
//! - The range is updated: gamma(a, b) becomes gamma(a + n, b + f × years), with f the part of
//!   today's rate that the plan leaves; any other range by Bayes' rule. Where others bring events too, or events come in
//!   clusters, by the chance of what came in each world.
//! - Before against after: the exact interval of the rate ratio.
//! - Limits: Kupiec's test from ten years on.
//! - What became known: how many of a person's 90 % ranges held it.

use rust_decimal::Decimal;

use super::actuals::{Actuals, Known};
use super::count::Expected;
use super::force;
use super::found::{LimitReview, PersonReview, Review, RiskReview, ServiceReview, SpendReview, Verdict};
use crate::calibrate::Proposal;
use crate::calibrate::exposure::exact_years_between;
use crate::calibrate::proposal::{Part, day, digits, in_events, in_years, numeral, share};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::period::{InWorld, means_over, worlds_over};
use crate::engine::{Analysis, money};
use crate::model::{Estimate, EventRate, PlanId, Risk, Scenario};
use crate::report::texts::{line, texts};
use crate::stats::Distribution;
use crate::stats::fit::Rate;
use crate::stats::fit::verdict::{self, Count, LEAST_YEARS};
use crate::units::reading::{Settings, read};
use crate::units::{Figure, Kind, Voice};

/// Below it chance alone is hard to believe.
const SURPRISE: f64 = 0.05;
/// What two ways to the same end of a range may differ by.
const ROUNDING: f64 = 1e-9;

/// Holds what came against the case.
///
/// # Errors
/// Unknown ids, and counts of a time that an estimate was already made from.
pub fn review(
    scenario: &Scenario,
    analysis: &Analysis,
    actuals: &Actuals,
    voice: Voice,
) -> Result<Review, Vec<Diagnostic>> {
    let words = &texts(voice).review;
    let mut faults = Vec::new();
    let plan = plan(scenario, actuals, &mut faults);
    references(scenario, actuals, &mut faults);
    misplaced(scenario, actuals, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let promised = plan.and_then(|plan| analysis.plans.iter().find(|found| found.plan == plan));
    let years = actuals.years_long();
    let mut notes = Vec::new();
    if actuals.seen < 1.0 {
        notes.push(line(
            words.seen,
            &[
                ("share", &share(voice, actuals.seen)),
                ("years", &in_years(voice, years)),
                ("counted", &numeral(voice, years * actuals.seen)),
            ],
        ));
    }
    let in_period = plan.map(|plan| {
        notes.extend(force::notes(scenario, actuals, plan, voice));
        let since = force::since(scenario, actuals, plan);
        (means_over(scenario, &since, years), worlds_over(scenario, &since, years))
    });
    let worlds_today = worlds_over(scenario, &[], years);
    let worlds = in_period.as_ref().map_or(&worlds_today, |(_, worlds)| worlds);
    let growth = &scenario.assumptions().growth;
    let [grown_rates, grown_losses] = [growth.rates, growth.losses].map(|rate| {
        let by_year = money::costs::growth(rate.get(), actuals.plan_year);
        by_year.last().map_or(1.0, |grown| grown.to_f64())
    });
    if grown_rates != 1.0 || grown_losses != 1.0 {
        let [rates, losses] = [grown_rates, grown_losses].map(|times| numeral(voice, times));
        notes.push(line(words.grown, &[("year", &actuals.plan_year), ("rates", &rates), ("losses", &losses)]));
    }
    let mut risks = Vec::new();
    for (index, risk) in scenario.risks().entries() {
        let today = &analysis.today[index];
        let with = in_period.as_ref().map(|(means, _)| means[index]);
        let (rate, loss) = with.unwrap_or((today.rate.to_f64(), today.annual_loss.to_f64()));
        risks.push(risk_review(
            (scenario, voice),
            risk,
            actuals,
            Rates {
                today: today.rate.to_f64(),
                promised: rate,
                loss: loss * grown_losses,
                grown: grown_rates,
                years,
                worlds: &worlds[index],
                worlds_today: &worlds_today[index],
            },
        ));
    }
    // What is bought at the start is paid before the first year has begun.
    let after = actuals.to.tomorrow().unwrap_or(actuals.to);
    let [begins, ends] =
        [actuals.from, after].map(|day| exact_years_between(actuals.plan_from, day).max(Decimal::ZERO));
    let spend = promised.map_or_else(Vec::new, |plan| {
        plan.controls
            .iter()
            .map(|costs| {
                let control = &scenario.controls()[costs.control];
                let told = actuals.spend.iter().find(|spend| spend.control == control.id);
                SpendReview {
                    name: control.name.clone(),
                    promised: costs.cash_between(begins, ends).to_f64(),
                    came: told.and_then(|spend| spend.amount),
                    started: told.and_then(|spend| spend.started),
                }
            })
            .collect()
    });
    let services = actuals
        .services
        .iter()
        .map(|service| {
            let chance = verdict::hits_at_most(service.met, service.of, service.promised);
            let missed = service.of - service.met;
            let as_few_missed = |share: f64| verdict::hits_at_most(missed, service.of, share);
            // Twice as many misses as promised; where none are, one in twenty.
            let twice = (2.0 * (1.0 - service.promised)).clamp(SURPRISE, 1.0);
            let verdict = if chance < SURPRISE {
                Verdict::Worse
            } else if as_few_missed(1.0 - service.promised) < SURPRISE {
                Verdict::Better
            } else if as_few_missed(twice) < SURPRISE {
                Verdict::AsPromised
            } else {
                // What came may as well come of a promise that is broken twice as often.
                Verdict::TooEarly
            };
            ServiceReview {
                name: service.name.clone(),
                promised: service.promised,
                met: service.met,
                of: service.of,
                chance,
                verdict,
            }
        })
        .collect();
    let (limits, is_left_out) = limits(scenario, actuals);
    if is_left_out {
        notes.push(words.year_open.to_owned());
    }
    Ok(Review {
        title: scenario.title().to_owned(),
        currency: scenario.currency().code().to_owned(),
        voice,
        period: (actuals.from, actuals.to),
        years,
        plan: plan.map_or_else(|| words.today.to_owned(), |plan| scenario.plans()[plan].name.clone()),
        risks,
        spend,
        services,
        limits,
        people: people(scenario, actuals, words.nobody),
        notes,
    })
}

/// The plan that was carried out: the one named, or the one that was asked for.
fn plan(scenario: &Scenario, actuals: &Actuals, faults: &mut Vec<Diagnostic>) -> Option<PlanId> {
    match actuals.plan.as_deref() {
        Some("today") => None,
        Some(id) => {
            let found = scenario.plans().position(|plan| plan.id == id);
            if found.is_none() {
                faults.push(unknown(actuals, "plan", id, scenario.plans().iter().map(|plan| plan.id.as_str())));
            }
            found
        }
        None => scenario.decision().and_then(|decision| decision.plan),
    }
}

fn unknown<'s>(actuals: &Actuals, what: &str, id: &str, known: impl Iterator<Item = &'s str> + Clone) -> Diagnostic {
    let meant = crate::scenario::nearest(id, known.clone());
    let help = meant.map_or_else(
        || format!("the case has: {}", known.collect::<Vec<_>>().join(", ")),
        |meant| format!("did you mean `{meant}`?"),
    );
    Diagnostic::new(Code::UnknownId, format!("{}: the case has no {what} `{id}`", actuals.name)).help(help)
}

fn references(scenario: &Scenario, actuals: &Actuals, faults: &mut Vec<Diagnostic>) {
    let risks = || scenario.risks().iter().map(|risk| risk.id.as_str());
    let named =
        actuals.incidents.iter().map(|incident| &incident.risk).chain(actuals.before.iter().map(|before| &before.risk));
    for risk in named {
        if !risks().any(|known| known == risk) {
            faults.push(unknown(actuals, "risk", risk, risks()));
        }
    }
    let controls = || scenario.controls().iter().map(|control| control.id.as_str());
    for spend in &actuals.spend {
        if !controls().any(|known| known == spend.control) {
            faults.push(unknown(actuals, "control", &spend.control, controls()));
        }
    }
    let keys = || scenario.estimates().iter().map(|estimate| estimate.path.as_str());
    for known in &actuals.known {
        let Some(estimate) = scenario.estimates().iter().find(|estimate| estimate.path == known.key) else {
            faults.push(unknown(actuals, "assumption", &known.key, keys()));
            continue;
        };
        if value(scenario, estimate, known).is_none() {
            faults.push(
                Diagnostic::new(
                    Code::BadQuantity,
                    format!(
                        "{}: the value \"{}\" of `{}` is no {}",
                        actuals.name,
                        known.value,
                        known.key,
                        estimate.kind.name()
                    ),
                )
                .help(format!("write it as the case does, such as `value = {}`", estimate.kind.example())),
            );
        }
    }
}

/// Counts of a time that an estimate was already made from would count twice, and a year to come counts for nothing.
fn misplaced(scenario: &Scenario, actuals: &Actuals, faults: &mut Vec<Diagnostic>) {
    for past in actuals.years.iter().filter(|past| past.year > i64::from(actuals.to.year())) {
        let message =
            format!("{}: the record has the year {}, and what came ends on {}", actuals.name, past.year, actuals.to);
        faults.push(Diagnostic::new(Code::Contradiction, message).help("take out years that are not over"));
    }
    for risk in scenario.risks() {
        let EventRate::Frequency(id) = risk.rate else { continue };
        let estimate = scenario.estimate(id);
        if let Some(date) = estimate.record.date
            && date >= actuals.from
        {
            faults.push(
                Diagnostic::new(
                    Code::Contradiction,
                    format!(
                        "{}: `{}` was made from data up to {date}, and what came begins on {}: the days between would count twice",
                        actuals.name, estimate.path, actuals.from
                    ),
                )
                .help(format!("let what came begin after it: `from = \"{}\"`, and leave out the incidents before", date.tomorrow().unwrap_or(date)))
                .help("or take the case as it stood when it was decided"),
            );
        }
    }
}

struct Rates<'w> {
    today: f64,
    promised: f64,
    loss: f64,
    /// How many times today's all rates are by then.
    grown: f64,
    years: f64,
    worlds: &'w [InWorld],
    worlds_today: &'w [InWorld],
}

fn risk_review((scenario, voice): (&Scenario, Voice), risk: &Risk, actuals: &Actuals, rates: Rates<'_>) -> RiskReview {
    let incidents: Vec<_> = actuals.incidents.iter().filter(|incident| incident.risk == risk.id).collect();
    let came = incidents.len() as u64;
    // A rate that has grown shows itself as today's would in a longer time.
    let exposure = rates.years * actuals.seen * rates.grown;
    let estimate = if let EventRate::Frequency(id) = risk.rate { Some(scenario.estimate(id)) } else { None };
    let range = estimate.and_then(|estimate| estimate.shape.distribution(estimate.kind).ok());
    let of = |worlds| {
        let (years, seen, grown) = (rates.years, actuals.seen, rates.grown);
        Expected { worlds, count: risk.count, years, seen, grown }
    };
    let (promised, today) = (of(rates.worlds), of(rates.worlds_today));
    let (more, fewer) = promised.tails(came, 1.0);
    let (fewer_today, none_today) = (today.tails(came, 1.0).1, today.tails(0, 1.0).1);
    let fewer_twice = promised.tails(came, 2.0).1;
    let is_changed = (rates.promised - rates.today).abs() > 1e-9 * rates.today.max(1e-9);
    let expected = rates.promised * exposure;
    let words = &texts(voice).review;
    let (verdict, why, chance) = if more < SURPRISE {
        (Verdict::Worse, words.more_only, more)
    } else if fewer < SURPRISE {
        (Verdict::Better, words.few_only, fewer)
    } else if is_changed && fewer_today < SURPRISE {
        (Verdict::AsPromised, words.few_without_plan, fewer_today)
    } else if is_changed && none_today >= SURPRISE {
        (Verdict::TooEarly, words.none_without_plan, none_today)
    } else if is_changed {
        (Verdict::TooEarly, words.few_also_without_plan, fewer_today)
    } else if fewer_twice < SURPRISE {
        (Verdict::AsPromised, words.few_at_twice, fewer_twice)
    } else {
        (Verdict::TooEarly, words.few_also_at_twice, fewer_twice)
    };
    let why = line(why, &[("chance", &share(voice, chance))]);
    let before = actuals.before.iter().find(|before| before.risk == risk.id);
    let ratio = before.map(|before| {
        let (before, after) = (
            Count { events: before.events, years: before.years },
            Count { events: came, years: rates.years * actuals.seen },
        );
        verdict::rate_ratio(before, after, 0.9)
    });
    let left = if rates.today > 0.0 { rates.promised / rates.today } else { 1.0 };
    let update = estimate.zip(range.as_ref()).and_then(|(estimate, range)| {
        let (mean, deviation) = match range {
            Distribution::Gamma(gamma) if promised.is_plain() => {
                let (shape, scale) = gamma.parameters();
                let known = Rate { shape, years: 1.0 / scale }.after(came, exposure * left);
                (known.mean(), known.standard_deviation())
            }
            _ if promised.is_plain() => promised.plain_frequency_after(range, came, left)?,
            _ => promised.frequency_after(came)?,
        };
        // What stays a range of its kind where nothing is learned.
        let (shape, known) = match range {
            _ if estimate.kind == Kind::Chance => ("beta", Distribution::beta_from_mean_sd(mean, deviation)),
            Distribution::Lognormal(_) | Distribution::Metalog(_) => {
                ("lognormal", Distribution::lognormal_from_mean_sd(mean, deviation))
            }
            _ => ("gamma", Distribution::gamma_from_mean_sd(mean, deviation)),
        };
        update(estimate, range, actuals, voice, Came { count: came, shape, known: known.ok()?, left })
    });
    RiskReview {
        id: risk.id.clone(),
        name: risk.name.clone(),
        expected,
        expected_today: rates.today * exposure,
        came,
        tails: (more, fewer),
        expected_loss: rates.loss * rates.grown * rates.years,
        // A sum of nothing has a sign: zero has none.
        loss: 0.0 + incidents.iter().filter_map(|incident| incident.loss).sum::<f64>(),
        unsettled: incidents.iter().filter(|incident| incident.is_open || incident.loss.is_none()).count(),
        verdict,
        why,
        ratio,
        update,
    }
}

/// What came of a risk: how often, what is then known of today's rate, and which part of that rate the plan leaves.
struct Came {
    count: u64,
    shape: &'static str,
    known: Distribution,
    left: f64,
}

/// Today's range after what came; nothing for a value without a range.
fn update(
    estimate: &Estimate,
    range: &Distribution,
    actuals: &Actuals,
    voice: Voice,
    Came { count: came, shape, known, left }: Came,
) -> Option<Proposal> {
    if estimate.is_fixed() || left <= 0.0 {
        return None;
    }
    let words = &texts(voice).review;
    let events = in_events(voice, came as usize);
    let rests_on = line(
        if left < 0.999 { words.rests_on_part } else { words.rests_on },
        &[
            ("low", &numeral(voice, range.quantile(0.05))),
            ("high", &numeral(voice, range.quantile(0.95))),
            ("events", &events),
            ("from", &day(voice, actuals.from)),
            ("to", &day(voice, actuals.to)),
            ("share", &share(voice, left)),
        ],
    );
    Some(Proposal {
        key: estimate.path.clone(),
        value: {
            let (unit, times) = if estimate.kind == Kind::Chance { ("%", 100.0) } else { (" per year", 1.0) };
            let said = |x: f64| Part::Text(format!("{}{unit}", digits(times * x)));
            vec![
                ("shape", Part::Text(shape.to_owned())),
                ("mean", said(known.mean())),
                ("sd", said(known.variance().sqrt())),
            ]
        },
        source: match &estimate.record.source {
            Some(source) => format!("{source}; {}", actuals.name),
            None => actuals.name.clone(),
        },
        date: Some(actuals.to.to_string()),
        period: Some((actuals.from.to_string(), actuals.to.to_string())),
        count: came as usize,
        rests_on,
        findings: Vec::new(),
        cautions: Vec::new(),
        beside: Vec::new(),
        figures: vec![("mean", known.mean()), ("low", known.quantile(0.05)), ("high", known.quantile(0.95))],
        voice,
    })
}

/// The limits, and whether one of them cannot tell whether the period kept to it.
fn limits(scenario: &Scenario, actuals: &Actuals) -> (Vec<LimitReview>, bool) {
    let own: f64 = 0.0 + actuals.incidents.iter().filter_map(|incident| incident.loss).sum::<f64>();
    // The period itself is a year of the record where it is one.
    let whole = (actuals.years_long() - 1.0).abs() < 0.01
        && !actuals.years.iter().any(|past| past.year == i64::from(actuals.from.year()));
    let is_open = actuals.incidents.iter().any(|incident| incident.is_open || incident.loss.is_none());
    let mut is_left_out = false;
    let limits = scenario
        .appetite()
        .iter()
        .map(|point| {
            let (loss, chance) = (Figure::exact(point.loss.get()).to_f64(), Figure::exact(point.chance.get()).to_f64());
            // Of a year whose losses are not all known nobody can say that it stayed below.
            let counts = whole && (own > loss || !is_open && actuals.seen >= 1.0);
            is_left_out |= whole && !counts;
            let losses = actuals.years.iter().map(|past| past.loss).chain(counts.then_some(own));
            let losses: Vec<f64> = losses.collect();
            let passed = losses.iter().filter(|lost| **lost > loss).count() as u64;
            let years = losses.len() as u64;
            let tested = (years >= LEAST_YEARS).then(|| verdict::kupiec(passed, years, chance).chance);
            let verdict = match tested {
                None => Verdict::TooEarly,
                Some(p)
                    if p >= SURPRISE && verdict::hits_at_most(passed, years, (2.0 * chance).min(1.0)) < SURPRISE =>
                {
                    Verdict::AsPromised
                }
                Some(p) if p >= SURPRISE => Verdict::TooEarly,
                Some(_) if passed as f64 > chance * years as f64 => Verdict::Worse,
                Some(_) => Verdict::Better,
            };
            LimitReview { name: point.name.clone(), loss, chance, passed, years, kupiec: tested, verdict }
        })
        .collect();
    (limits, is_left_out)
}

fn value(scenario: &Scenario, estimate: &Estimate, known: &Known) -> Option<f64> {
    let settings = Settings::new(scenario.currency(), scenario.assumptions().working_days);
    read(&known.value, estimate.kind, &settings).ok().map(|reading| Figure::exact(reading.value).to_f64())
}

fn people(scenario: &Scenario, actuals: &Actuals, nobody: &str) -> Vec<PersonReview> {
    let mut people: Vec<PersonReview> = Vec::new();
    let place = |people: &mut Vec<PersonReview>, owner: &str| {
        people.iter().position(|person| person.owner == owner).unwrap_or_else(|| {
            let owner = owner.to_owned();
            people.push(PersonReview { owner, hits: 0, of: 0, chance: 1.0, outside: Vec::new(), by_year: Vec::new() });
            people.len() - 1
        })
    };
    for entry in &actuals.known {
        let Some(estimate) = scenario.estimates().iter().find(|estimate| estimate.path == entry.key) else { continue };
        let Some(truth) = value(scenario, estimate, entry) else { continue };
        let Ok(range) = estimate.shape.distribution(estimate.kind) else { continue };
        if estimate.is_fixed() {
            continue;
        }
        let owner = estimate.record.owner.clone().unwrap_or_else(|| nobody.to_owned());
        // An end belongs to its range, however it was worked out.
        let [low, high] = [0.05, 0.95].map(|chance| range.quantile(chance));
        let held = truth >= low * (1.0 - ROUNDING) && truth <= high * (1.0 + ROUNDING);
        let place = place(&mut people, &owner);
        let person = &mut people[place];
        person.of += 1;
        person.hits += u64::from(held);
        if !held {
            person.outside.push(format!("{}: {}", estimate.path, entry.value));
        }
    }
    for past in &actuals.records {
        let place = place(&mut people, &past.owner);
        people[place].by_year.push((past.year, past.held, past.of));
    }
    for person in &mut people {
        if person.of > 0 {
            person.by_year.push((i64::from(actuals.to.year()), person.hits, person.of));
        }
        person.by_year.sort_unstable();
        let (hits, of) = person.over_time();
        person.chance = verdict::hits_at_most(hits, of, 0.9);
    }
    people
}
