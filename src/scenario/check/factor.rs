//! Which factors does a risk have, and which of them can take a new value?

use crate::model::{EstimateId, EventRate, Factor, Form, Risk, Scenario, ThreatEvents, Vulnerability};
use crate::stats::chance_first_exceeds;
use crate::units::Arithmetic;

/// Events a year today, on average.
pub(in crate::scenario) fn yearly_events(scenario: &Scenario, risk: &Risk) -> f64 {
    let mean = |id: EstimateId| scenario.estimate(id).mean().to_f64();
    match &risk.rate {
        EventRate::Frequency(id) => mean(*id),
        EventRate::Threat { events, vulnerability } => {
            let events = match events {
                ThreatEvents::Events(id) => mean(*id),
                ThreatEvents::Contacts { contacts, action } => mean(*contacts) * mean(*action),
            };
            events
                * match vulnerability {
                    Vulnerability::Chance(id) => mean(*id),
                    Vulnerability::Contest { capability, resistance } => {
                        let range = |id: EstimateId| &scenario.estimate(id).distribution;
                        chance_first_exceeds(range(*capability), range(*resistance)).0
                    }
                }
        }
    }
}

/// What rates are multiplied by in the last year of the horizon, if they grow.
pub(in crate::scenario) fn growth_of_rates(scenario: &Scenario) -> f64 {
    let assumptions = &scenario.assumptions;
    let step = 1.0 + f64::from_decimal(assumptions.growth.rates.get());
    libm::pow(step, assumptions.horizon.saturating_sub(1) as f64).max(1.0)
}

/// Why a risk does not have a factor; `None` if it does.
pub(super) fn missing_factor(risk: &Risk, factor: Factor) -> Option<&'static str> {
    let threat = match &risk.rate {
        EventRate::Frequency(_) => None,
        EventRate::Threat { events, vulnerability } => Some((events, vulnerability)),
    };
    let contacts = matches!(threat, Some((ThreatEvents::Contacts { .. }, _)));
    let contest = matches!(threat, Some((_, Vulnerability::Contest { .. })));
    let secondary_form = |form| risk.secondary.iter().any(|s| s.losses.iter().any(|loss| loss.form == form));
    match factor {
        Factor::Frequency => None,
        Factor::Events | Factor::Vulnerability if threat.is_none() => Some("is stated by `frequency`, not by `threat`"),
        Factor::Events | Factor::Vulnerability => None,
        Factor::Contacts | Factor::Action => (!contacts).then_some("is not stated by `contacts` and `action`"),
        Factor::Resistance => (!contest).then_some("is not stated by `capability` and `resistance`"),
        Factor::Outage => risk.outage.is_none().then_some("has no `outage`"),
        Factor::Dwell | Factor::NextStage => risk.dwell.is_none().then_some("has no `dwell`"),
        Factor::Loss => (!risk.has_primary()).then_some("has no primary loss"),
        Factor::LossForm(form) => {
            let asset = form == Form::Replacement && risk.asset.is_some();
            // Standstill is part of productivity.
            let outage = form == Form::Productivity && risk.outage.is_some();
            // So are the days of an intruder and his next stage of response.
            let dwell = form == Form::Response && risk.dwell.is_some();
            let listed = risk.primary.iter().any(|loss| loss.form == form);
            (!asset && !outage && !dwell && !listed).then_some("has no primary loss of this form")
        }
        Factor::SecondaryChance | Factor::SecondaryLoss => risk.secondary.is_empty().then_some("has no `secondary`"),
        Factor::SecondaryLossForm(form) => (!secondary_form(form)).then_some("has no secondary loss of this form"),
    }
}

/// Why a factor that a risk has cannot become a new value, and what to write instead.
pub(super) fn not_replaceable(risk: &Risk, factor: Factor) -> Option<(&'static str, &'static str)> {
    let is_listed = |form: Form| risk.primary.iter().any(|loss| loss.form == form);
    match (factor, &risk.rate) {
        (Factor::Frequency, EventRate::Threat { events: ThreatEvents::Contacts { .. }, .. }) => Some((
            "states its frequency by `threat`",
            "replace one part of it with `on = \"contacts\"`, `on = \"action\"` or `on = \"vulnerability\"`, or write `reduction` instead of `becomes`",
        )),
        (Factor::Frequency, EventRate::Threat { .. }) => Some((
            "states its frequency by `threat`",
            "replace one part of it with `on = \"events\"` or `on = \"vulnerability\"`, or write `reduction` instead of `becomes`",
        )),
        (Factor::Events, EventRate::Threat { events: ThreatEvents::Contacts { .. }, .. }) => Some((
            "states its threat events by `contacts` and `action`",
            "replace one of the two with `on = \"contacts\"` or `on = \"action\"`, or write `reduction` instead of `becomes`",
        )),
        (Factor::LossForm(Form::Productivity), _) if !is_listed(Form::Productivity) && risk.outage.is_some() => Some((
            "states its loss of productivity by `outage`",
            "write `on = \"outage\"` with the new length of the outage, or `reduction` instead of `becomes`",
        )),
        (Factor::LossForm(Form::Response), _) if !is_listed(Form::Response) && risk.dwell.is_some() => Some((
            "states its loss of response by `dwell`",
            "write `on = \"dwell\"` with the new time, or `reduction` instead of `becomes`",
        )),
        (Factor::SecondaryChance, _) if risk.secondary.iter().any(|secondary| secondary.duty.is_some()) => Some((
            "touches an obligation, whose steps have chances of their own",
            "write `reduction` instead of `becomes`: it holds for the steps of the obligation too",
        )),
        (Factor::SecondaryLossForm(form), _)
            if risk.secondary.iter().any(|s| s.duty.is_some() && s.losses.iter().any(|loss| loss.form == form)) =>
        {
            Some((
                "touches an obligation that has a loss of this form",
                "write `reduction` instead of `becomes`: it holds for the obligation too",
            ))
        }
        _ => None,
    }
}

/// Today's estimate of a factor, where it is a single one.
pub(super) fn today_of(risk: &Risk, factor: Factor) -> Option<EstimateId> {
    match (factor, &risk.rate) {
        (Factor::Frequency, EventRate::Frequency(id)) => Some(*id),
        (Factor::Events, EventRate::Threat { events: ThreatEvents::Events(id), .. }) => Some(*id),
        (Factor::Contacts, EventRate::Threat { events: ThreatEvents::Contacts { contacts, .. }, .. }) => {
            Some(*contacts)
        }
        (Factor::Action, EventRate::Threat { events: ThreatEvents::Contacts { action, .. }, .. }) => Some(*action),
        (Factor::Vulnerability, EventRate::Threat { vulnerability: Vulnerability::Chance(id), .. }) => Some(*id),
        (Factor::Resistance, EventRate::Threat { vulnerability: Vulnerability::Contest { resistance, .. }, .. }) => {
            Some(*resistance)
        }
        (Factor::Outage, _) => risk.outage.map(|outage| outage.duration),
        (Factor::Dwell, _) => risk.dwell.map(|dwell| dwell.time),
        (Factor::LossForm(form), _) => risk.primary.iter().find(|loss| loss.form == form).map(|loss| loss.amount),
        (Factor::SecondaryChance, _) => match risk.secondary.as_slice() {
            [only] => match only.chance.as_slice() {
                [id] if only.duty.is_none() => Some(*id),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}
