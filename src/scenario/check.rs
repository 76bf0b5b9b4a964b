//! What no single key can tell: does the whole make sense?
//!
//! Every reference is resolved and every value in its range when this runs. It looks for
//! circles, effects on factors that a risk does not have, plans that cannot be bought, and for
//! what is written but changes nothing.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::place::place_of;
use super::syntax::Node;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Change, Control, EstimateId, EventRate, Factor, Plan, Risk, Scenario, ThreatEvents, Vulnerability};

/// Every fault and piece of advice about the scenario as a whole.
pub(super) fn check(scenario: &Scenario, root: &Node) -> Vec<Diagnostic> {
    let mut check = Check { scenario, root, found: Vec::new() };
    check.circles();
    check.effects();
    check.plans();
    check.outages();
    check.appetite();
    check.unused();
    check.not_counted();
    check.sources();
    check.found
}

struct Check<'s> {
    scenario: &'s Scenario,
    root: &'s Node,
    found: Vec<Diagnostic>,
}

impl Check<'_> {
    fn report(&mut self, diagnostic: Diagnostic, path: &str, label: &str) {
        let placed = match place_of(self.root, path) {
            Some(span) => diagnostic.at(span, label),
            None => diagnostic,
        };
        self.found.push(placed.path(path));
    }

    fn circles(&mut self) {
        let requires: Vec<Vec<usize>> = self.scenario.controls.iter().map(|control| control.requires.clone()).collect();
        if let Some(circle) = circle(&requires) {
            let ids: Vec<&str> = circle.iter().map(|&index| self.scenario.controls[index].id.as_str()).collect();
            let path = format!("control.{}.requires", ids[0]);
            let chain = ids.join(" → ");
            self.report(
                Diagnostic::new(Code::Circle, format!("controls require each other in a circle: {chain} → {}", ids[0]))
                    .help("take one `requires` out of the circle; what is always bought together can be one control"),
                &path,
                "part of a circle",
            );
        }
        let chains: Vec<Vec<usize>> =
            self.scenario.risks.iter().map(|risk| risk.leads_to.iter().map(|chain| chain.risk).collect()).collect();
        if let Some(circle) = circle(&chains) {
            let ids: Vec<&str> = circle.iter().map(|&index| self.scenario.risks[index].id.as_str()).collect();
            let path = format!("risk.{}.leads_to", ids[0]);
            let chain = ids.join(" → ");
            self.report(
                Diagnostic::new(Code::Circle, format!("risks lead to each other in a circle: {chain} → {}", ids[0]))
                    .help("take one `leads_to` out of the circle: an event would bring itself without end"),
                &path,
                "part of a circle",
            );
        }
    }

    fn effects(&mut self) {
        for control in &self.scenario.controls {
            let mut seen: BTreeMap<(usize, Factor), usize> = BTreeMap::new();
            for (index, effect) in control.effects.iter().enumerate() {
                let path = effect_path(control, index);
                let risk = &self.scenario.risks[effect.risk];
                let key = effect.factor.key();
                if let Some(why) = missing_factor(risk, effect.factor) {
                    let having: Vec<String> = Factor::all()
                        .into_iter()
                        .filter(|factor| missing_factor(risk, *factor).is_none())
                        .map(|factor| format!("\"{}\"", factor.key()))
                        .collect();
                    self.report(
                        Diagnostic::new(
                            Code::NoSuchFactor,
                            format!("the control \"{}\" acts on \"{key}\" of \"{}\", which {why}", control.id, risk.id),
                        )
                        .help(format!("factors of \"{}\": {}", risk.id, having.join(", "))),
                        &format!("{path}.on"),
                        "this risk does not have it",
                    );
                    continue;
                }
                if let Some(first) = seen.insert((effect.risk, effect.factor), index) {
                    let mut diagnostic = Diagnostic::new(
                        Code::Contradiction,
                        format!("the control \"{}\" acts on \"{key}\" of \"{}\" twice", control.id, risk.id),
                    )
                    .help("put both into one effect");
                    if let Some(span) = place_of(self.root, &format!("{}.on", effect_path(control, first))) {
                        diagnostic = diagnostic.also(span, "first here");
                    }
                    self.report(diagnostic, &format!("{path}.on"), "again here");
                }
                match effect.change {
                    Change::Reduction(_) if effect.factor == Factor::Resistance => self.report(
                        Diagnostic::new(Code::Contradiction, "a reduction of resistance would help the attacker")
                            .help("write `becomes = { min = …, likely = …, max = … }` with the new, higher resistance"),
                        &format!("{path}.reduction"),
                        "resistance is replaced, not reduced",
                    ),
                    Change::Becomes(_)
                        if effect.factor == Factor::Frequency && matches!(risk.rate, EventRate::Threat { .. }) =>
                    {
                        self.report(
                            Diagnostic::new(
                                Code::NoSuchFactor,
                                format!(
                                    "\"{}\" states its frequency by `threat`, so it cannot be replaced as a whole",
                                    risk.id
                                ),
                            )
                            .help("replace \"events\" or \"vulnerability\", or use `reduction`"),
                            &format!("{path}.becomes"),
                            "which part of it?",
                        );
                    }
                    Change::Becomes(new) => self.becomes_worse(risk, effect.factor, new, &path),
                    Change::Reduction(_) => {}
                }
            }
        }
    }

    /// Advice when a control's new value is worse than today's.
    fn becomes_worse(&mut self, risk: &Risk, factor: Factor, new: EstimateId, path: &str) {
        let Some(old) = today_of(risk, factor) else { return };
        let mean = |id: EstimateId| self.scenario.estimate(id).mean().to_f64();
        let (old, new) = (mean(old), mean(new));
        let worse = if factor == Factor::Resistance { new < old } else { new > old };
        if worse {
            let direction = if factor == Factor::Resistance { "lower" } else { "higher" };
            self.report(
                Diagnostic::new(
                    Code::Surprising,
                    format!(
                        "the control makes \"{}\" of \"{}\" {direction} than today, which adds loss",
                        factor.key(),
                        risk.id
                    ),
                )
                .help("check the figures; if it is meant, the added loss is counted"),
                &format!("{path}.becomes"),
                "worse than today",
            );
        }
    }

    fn plans(&mut self) {
        let horizon = Decimal::from(self.scenario.assumptions.horizon);
        for plan in &self.scenario.plans {
            let list = format!("plan.{}.controls", plan.id);
            for planned in &plan.controls {
                let control = &self.scenario.controls[planned.control];
                if control.in_place {
                    self.report(
                        Diagnostic::new(
                            Code::PlanContradiction,
                            format!("the plan \"{}\" buys \"{}\", which is already in place", plan.id, control.id),
                        )
                        .help("take it out of `controls`, or out of today with `in_place = false`"),
                        &list,
                        "buys what is there",
                    );
                }
                if planned.start >= horizon {
                    self.report(
                        Diagnostic::new(
                            Code::OutOfRange,
                            format!(
                                "\"{}\" starts in year {} of a horizon of {horizon}",
                                control.id,
                                planned.start + Decimal::ONE
                            ),
                        )
                        .help("start it earlier, or lengthen `assumptions.horizon`"),
                        &list,
                        "never starts",
                    );
                }
                self.companions(plan, control, &list);
            }
            for &dropped in &plan.drops {
                let control = &self.scenario.controls[dropped];
                if !control.in_place {
                    self.report(
                        Diagnostic::new(
                            Code::PlanContradiction,
                            format!("the plan \"{}\" drops \"{}\", which is not in place", plan.id, control.id),
                        )
                        .help(
                            "write `in_place = true` in the control if it is part of today, or take it out of `drops`",
                        ),
                        &format!("plan.{}.drops", plan.id),
                        "nothing to drop",
                    );
                }
            }
            self.replaced_twice(plan);
        }
    }

    /// Whether a control's conditions hold in a plan.
    fn companions(&mut self, plan: &Plan, control: &Control, list: &str) {
        let controls = &self.scenario.controls;
        let stands = |index: usize| {
            plan.controls.iter().any(|planned| planned.control == index)
                || (controls[index].in_place && !plan.drops.contains(&index))
        };
        let mut faults = Vec::new();
        for &needed in control.requires.iter().filter(|&&needed| !stands(needed)) {
            faults.push((
                format!(
                    "the plan \"{}\" has \"{}\" without \"{}\", which it requires",
                    plan.id, control.id, controls[needed].id
                ),
                format!("add \"{}\" to the plan", controls[needed].id),
            ));
        }
        for &other in control.excludes.iter().filter(|&&other| stands(other)) {
            faults.push((
                format!(
                    "the plan \"{}\" has \"{}\" and \"{}\", which exclude each other",
                    plan.id, control.id, controls[other].id
                ),
                "keep one of them, or make two plans".to_owned(),
            ));
        }
        for planned in &plan.controls {
            let other = &controls[planned.control];
            // Each pair once, in the order of their ids.
            if control.one_of.is_some() && other.one_of == control.one_of && control.id < other.id {
                faults.push((
                    format!(
                        "the plan \"{}\" has \"{}\" and \"{}\", of which it can have one ({})",
                        plan.id,
                        control.id,
                        other.id,
                        control.one_of.as_deref().unwrap_or_default()
                    ),
                    "keep one of them, or make two plans".to_owned(),
                ));
            }
        }
        for (message, help) in faults {
            self.report(Diagnostic::new(Code::PlanContradiction, message).help(help), list, "does not fit together");
        }
    }

    /// Two new values for one factor in one plan.
    fn replaced_twice(&mut self, plan: &Plan) {
        let mut seen: BTreeMap<(usize, Factor), &str> = BTreeMap::new();
        for planned in &plan.controls {
            let control = &self.scenario.controls[planned.control];
            for effect in &control.effects {
                if !matches!(effect.change, Change::Becomes(_)) {
                    continue;
                }
                // A new resistance is a new vulnerability.
                let factor = if effect.factor == Factor::Resistance { Factor::Vulnerability } else { effect.factor };
                let Some(other) = seen.insert((effect.risk, factor), &control.id) else { continue };
                let risk = &self.scenario.risks[effect.risk].id;
                self.report(
                    Diagnostic::new(
                        Code::ReplacedTwice,
                        format!(
                            "in the plan \"{}\" both \"{other}\" and \"{}\" say what \"{}\" of \"{risk}\" becomes",
                            plan.id,
                            control.id,
                            factor.key()
                        ),
                    )
                    .help("write one of them as a `reduction`, or keep one in the plan"),
                    &format!("plan.{}.controls", plan.id),
                    "two new values for one factor",
                );
            }
        }
    }

    fn outages(&mut self) {
        for risk in self.scenario.risks.iter().filter(|risk| risk.outage.is_some()) {
            let Some(stream) = risk.value_stream.map(|index| &self.scenario.value_streams[index]) else { continue };
            if stream.revenue.is_none() {
                self.report(
                    Diagnostic::new(
                        Code::Missing,
                        format!(
                            "the value stream \"{}\" has no `revenue`, and an outage of \"{}\" is priced by it",
                            stream.id, risk.id
                        ),
                    )
                    .help("write for example `revenue = \"18k per hour\"` in the value stream"),
                    &format!("value_stream.{}", stream.id),
                    "`revenue` is missing here",
                );
            }
        }
    }

    fn appetite(&mut self) {
        let points = &self.scenario.appetite;
        for (index, point) in points.iter().enumerate() {
            for other in &points[..index] {
                let (small, large) = if point.loss <= other.loss { (point, other) } else { (other, point) };
                if small.loss < large.loss && large.chance > small.chance {
                    self.report(
                        Diagnostic::new(
                            Code::Surprising,
                            format!(
                                "\"{}\" allows a larger loss than \"{}\" with a larger chance",
                                large.name, small.name
                            ),
                        )
                        .help("a larger loss is never the likelier one: check the two points"),
                        &format!("appetite.{}", point.name),
                        "contradicts another point",
                    );
                }
            }
        }
    }

    fn unused(&mut self) {
        let scenario = self.scenario;
        for (index, control) in scenario.controls.iter().enumerate() {
            let bought = scenario.plans.iter().any(|plan| plan.controls.iter().any(|planned| planned.control == index));
            if !bought && !control.in_place {
                self.report(
                    Diagnostic::new(Code::Unused, format!("the control \"{}\" is in no plan", control.id))
                        .help("add it to the `controls` of a plan to see what it is worth"),
                    &format!("control.{}", control.id),
                    "in no plan",
                );
            }
        }
        for (index, stream) in scenario.value_streams.iter().enumerate() {
            if !scenario.risks.iter().any(|risk| risk.value_stream == Some(index)) {
                self.report(
                    Diagnostic::new(Code::Unused, format!("no risk strikes the value stream \"{}\"", stream.id))
                        .help(format!("write `value_stream = \"{}\"` in a risk", stream.id)),
                    &format!("value_stream.{}", stream.id),
                    "not used",
                );
            }
        }
        for plan in scenario.plans.iter().filter(|plan| plan.controls.is_empty() && plan.drops.is_empty()) {
            self.report(
                Diagnostic::new(Code::Unused, format!("the plan \"{}\" changes nothing", plan.id))
                    .help("name its controls: `controls = [\"…\"]`; doing nothing more is always compared"),
                &format!("plan.{}", plan.id),
                "the same as today",
            );
        }
    }

    /// What is read and kept, and whose mathematics is not there yet.
    fn not_counted(&mut self) {
        let scenario = self.scenario;
        let mut parts: Vec<(String, String)> = Vec::new();
        for policy in &scenario.insurance {
            parts.push((
                format!("insurance.{}", policy.id),
                format!("the policy \"{}\": what it pays and its premium", policy.name),
            ));
        }
        for plan in scenario.plans.iter().filter(|plan| !plan.drops.is_empty()) {
            parts.push((format!("plan.{}.drops", plan.id), format!("what \"{}\" drops", plan.name)));
        }
        if !scenario.assumptions.tax_rate.get().is_zero() {
            parts.push(("assumptions.tax_rate".into(), "the tax rate: all figures are before tax".into()));
        }
        for (path, what) in parts {
            self.report(
                Diagnostic::new(Code::NotCounted, format!("read but not counted yet: {what}"))
                    .help("the figures leave it out; it is kept for a later version"),
                &path,
                "not counted yet",
            );
        }
    }

    fn sources(&mut self) {
        let without: Vec<&str> = self
            .scenario
            .estimates
            .iter()
            .filter(|estimate| estimate.record.source.is_none() && !estimate.record.example)
            .map(|estimate| estimate.path.as_str())
            .collect();
        if without.is_empty() {
            return;
        }
        let shown = without.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let more = without.len().saturating_sub(3);
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        self.found.push(
            Diagnostic::new(
                Code::NoSource,
                format!("{} of {} assumptions name no source: {shown}{and}", without.len(), self.scenario.estimates.len()),
            )
            .help("write for example `{ value = \"60k\", source = \"offer of 12 May\" }`; a `source` in a table holds for all in it; a placeholder has `example = true`"),
        );
    }
}

fn effect_path(control: &Control, index: usize) -> String {
    if control.effects.len() == 1 {
        format!("control.{}.effect", control.id)
    } else {
        format!("control.{}.effect.{}", control.id, index + 1)
    }
}

/// Why a risk does not have a factor; `None` if it does.
fn missing_factor(risk: &Risk, factor: Factor) -> Option<&'static str> {
    let threat = match &risk.rate {
        EventRate::Frequency(_) => None,
        EventRate::Threat { events, vulnerability } => Some((events, vulnerability)),
    };
    let contacts = matches!(threat, Some((ThreatEvents::Contacts { .. }, _)));
    let contest = matches!(threat, Some((_, Vulnerability::Contest { .. })));
    let secondary_form = |form| risk.secondary.iter().any(|s| s.losses.iter().any(|loss| loss.form == form));
    use crate::model::Form;
    match factor {
        Factor::Frequency => None,
        Factor::Events | Factor::Vulnerability if threat.is_none() => Some("is stated by `frequency`, not by `threat`"),
        Factor::Events | Factor::Vulnerability => None,
        Factor::Contacts | Factor::Action => (!contacts).then_some("is not stated by `contacts` and `action`"),
        Factor::Resistance => (!contest).then_some("is not stated by `capability` and `resistance`"),
        Factor::Outage => risk.outage.is_none().then_some("has no `outage`"),
        Factor::Loss => (!risk.has_primary()).then_some("has no primary loss"),
        Factor::LossForm(form) => {
            let asset = form == Form::Replacement && risk.asset.is_some();
            let listed = risk.primary.iter().any(|loss| loss.form == form);
            (!asset && !listed).then_some("has no primary loss of this form")
        }
        Factor::SecondaryChance | Factor::SecondaryLoss => risk.secondary.is_empty().then_some("has no `secondary`"),
        Factor::SecondaryLossForm(form) => (!secondary_form(form)).then_some("has no secondary loss of this form"),
    }
}

/// Today's estimate of a factor, where it is a single one.
fn today_of(risk: &Risk, factor: Factor) -> Option<EstimateId> {
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
        (Factor::LossForm(form), _) => risk.primary.iter().find(|loss| loss.form == form).map(|loss| loss.amount),
        (Factor::SecondaryChance, _) => match risk.secondary.as_slice() {
            [only] => Some(only.chance),
            _ => None,
        },
        _ => None,
    }
}

/// The first circle of a graph, as indices in order.
fn circle(edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    // 0 not seen, 1 on the path, 2 done. An explicit stack: a chain may be thousands long.
    let mut state = vec![0_u8; edges.len()];
    for start in 0..edges.len() {
        if state[start] != 0 {
            continue;
        }
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        state[start] = 1;
        while let Some((node, next)) = path.last_mut() {
            let Some(&target) = edges[*node].get(*next) else {
                state[*node] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            match state[target] {
                0 => {
                    state[target] = 1;
                    path.push((target, 0));
                }
                1 => {
                    let from = path.iter().position(|(node, _)| *node == target).unwrap_or(0);
                    return Some(path[from..].iter().map(|(node, _)| *node).collect());
                }
                _ => {}
            }
        }
    }
    None
}
