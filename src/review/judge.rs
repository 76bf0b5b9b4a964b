//! Did what was promised come? Page: `docs/model/review.md`.
//!
//! - Counts: what is not known of the promised rate makes the count a mixture (`count`); its
//!   tails P(N ≥ n) and P(N ≤ n) are judged at 5 %. Within them, "as promised" is a finding and must be
//!   shown: what came has a chance below 5 % without the plan, or, where the plan does not touch the
//!   risk, at twice the promised rate. Else it is too early to tell.
//! - The range is updated: gamma(a, b) becomes gamma(a + n, b + f × years), with f the part of
//!   today's rate that the plan leaves. Where others bring events too, or events come in clusters, by the chance of what
//!   came in each world.
//! - Before against after: the exact interval of the rate ratio.
//! - Limits: Kupiec's test from ten years on.
//! - What became known: how many of a person's 90 % ranges held it.

use super::actuals::{Actuals, Known};
use super::count::Expected;
use super::force;
use super::found::{LimitReview, PersonReview, Review, RiskReview, ServiceReview, SpendReview, Verdict};
use crate::calibrate::Proposal;
use crate::calibrate::proposal::{Part, day, digits, in_events, in_years, numeral, share};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::Analysis;
use crate::engine::period::{InWorld, means_over, worlds_over};
use crate::model::{Estimate, EventRate, PlanId, Risk, Scenario};
use crate::report::texts::{line, texts};
use crate::stats::Distribution;
use crate::stats::fit::Rate;
use crate::stats::fit::verdict::{self, Count, LEAST_YEARS};
use crate::units::reading::{Settings, read};
use crate::units::{Figure, Voice};

/// Below it chance alone is hard to believe.
const SURPRISE: f64 = 0.05;

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
    overlaps(scenario, actuals, &mut faults);
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
                loss,
                years,
                worlds: &worlds[index],
                worlds_today: &worlds_today[index],
            },
        ));
    }
    let spend = promised.map_or_else(Vec::new, |plan| {
        plan.controls
            .iter()
            .map(|costs| {
                let control = &scenario.controls()[costs.control];
                let told = actuals.spend.iter().find(|spend| spend.control == control.id);
                let by_year = costs.cash();
                let cash = |year: usize| by_year.get(year).map_or(0.0, |cash| cash.to_f64());
                // What is bought at the start is paid before the first year has begun.
                let promised = cash(actuals.plan_year) + if actuals.plan_year == 1 { cash(0) } else { 0.0 };
                SpendReview {
                    name: control.name.clone(),
                    promised,
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
        limits: limits(scenario, actuals),
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

/// Counts of a time that an estimate was already made from would count twice.
fn overlaps(scenario: &Scenario, actuals: &Actuals, faults: &mut Vec<Diagnostic>) {
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
    years: f64,
    worlds: &'w [InWorld],
    worlds_today: &'w [InWorld],
}

fn risk_review((scenario, voice): (&Scenario, Voice), risk: &Risk, actuals: &Actuals, rates: Rates<'_>) -> RiskReview {
    let incidents: Vec<_> = actuals.incidents.iter().filter(|incident| incident.risk == risk.id).collect();
    let came = incidents.len() as u64;
    let exposure = rates.years * actuals.seen;
    let estimate = if let EventRate::Frequency(id) = risk.rate { Some(scenario.estimate(id)) } else { None };
    let range = estimate.and_then(|estimate| estimate.shape.distribution(estimate.kind).ok());
    let of = |worlds| Expected { worlds, count: risk.count, years: rates.years, seen: actuals.seen };
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
        let (before, after) =
            (Count { events: before.events, years: before.years }, Count { events: came, years: exposure });
        verdict::rate_ratio(before, after, 0.9)
    });
    let left = if rates.today > 0.0 { rates.promised / rates.today } else { 1.0 };
    let update = estimate.zip(range.as_ref()).and_then(|(estimate, range)| {
        let known = if promised.is_plain() {
            prior(range)?.after(came, exposure * left)
        } else {
            let (mean, deviation) = promised.frequency_after(came)?;
            Rate { shape: (mean / deviation) * (mean / deviation), years: mean / (deviation * deviation) }
        };
        update(estimate, range, actuals, voice, Came { count: came, known, left })
    });
    RiskReview {
        id: risk.id.clone(),
        name: risk.name.clone(),
        expected,
        expected_today: rates.today * exposure,
        came,
        tails: (more, fewer),
        expected_loss: rates.loss * rates.years,
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
    known: Rate,
    left: f64,
}

/// A range as the gamma that counts update.
fn prior(range: &Distribution) -> Option<Rate> {
    if let Distribution::Gamma(gamma) = range {
        let (shape, scale) = gamma.parameters();
        return Some(Rate { shape, years: 1.0 / scale });
    }
    Rate::from_range(range.quantile(0.05), range.quantile(0.95)).ok()
}

/// Today's range after what came; nothing for a value without a range.
fn update(
    estimate: &Estimate,
    range: &Distribution,
    actuals: &Actuals,
    voice: Voice,
    Came { count: came, known, left }: Came,
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
        value: vec![
            ("shape", Part::Text("gamma".to_owned())),
            ("mean", Part::Text(format!("{} per year", digits(known.mean())))),
            ("sd", Part::Text(format!("{} per year", digits(known.standard_deviation())))),
        ],
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

fn limits(scenario: &Scenario, actuals: &Actuals) -> Vec<LimitReview> {
    let own: f64 = 0.0 + actuals.incidents.iter().filter_map(|incident| incident.loss).sum::<f64>();
    // The period itself is a year of the record where it is one.
    let whole = (actuals.years_long() - 1.0).abs() < 0.01
        && !actuals.years.iter().any(|past| past.year == i64::from(actuals.from.year()));
    let losses: Vec<f64> = actuals.years.iter().map(|past| past.loss).chain(whole.then_some(own)).collect();
    scenario
        .appetite()
        .iter()
        .map(|point| {
            let (loss, chance) = (Figure::exact(point.loss.get()).to_f64(), Figure::exact(point.chance.get()).to_f64());
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
        .collect()
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
        let held = truth >= range.quantile(0.05) && truth <= range.quantile(0.95);
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
