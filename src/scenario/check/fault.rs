//! Faults of the whole: circles, effects on nothing, plans that cannot be bought.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Check;
use super::circle::circles;
use super::factor::{missing_factor, not_replaceable};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ByControl, ByRisk, Change, Control, ControlId, Effect, Factor, Plan, RiskId};

/// How many further places of a circle are shown.
const SHOWN: usize = 5;

impl Check<'_> {
    pub(super) fn circles(&mut self) {
        let scenario = self.scenario;
        let requires: ByControl<Vec<ControlId>> =
            scenario.controls.iter().map(|control| control.requires.clone()).collect();
        for circle in circles(&requires) {
            let ids: Vec<&str> = circle.iter().map(|&index| scenario.controls[index].id.as_str()).collect();
            let paths = paths(&ids, |id, next| format!("control.{id}.requires.{next}"));
            let (message, help) = if let [only] = ids.as_slice() {
                (format!("the control \"{only}\" requires itself"), "take it out of its own `requires`")
            } else {
                (
                    format!("controls require each other in a circle: {} → {}", ids.join(" → "), ids[0]),
                    "take one `requires` out of the circle; what is always bought together can be one control",
                )
            };
            self.circle(Diagnostic::new(Code::Circle, message).help(help), &paths);
        }
        let chains: ByRisk<Vec<RiskId>> =
            scenario.risks.iter().map(|risk| risk.leads_to.iter().map(|chain| chain.risk).collect()).collect();
        for circle in circles(&chains) {
            let ids: Vec<&str> = circle.iter().map(|&index| scenario.risks[index].id.as_str()).collect();
            let paths = paths(&ids, |id, next| format!("risk.{id}.leads_to.{next}.risk"));
            let (message, help) = if let [only] = ids.as_slice() {
                (format!("the risk \"{only}\" leads to itself"), "take it out of its own `leads_to`")
            } else {
                (
                    format!("risks lead to each other in a circle: {} → {}", ids.join(" → "), ids[0]),
                    "take one `leads_to` out of the circle: an event would bring itself without end",
                )
            };
            self.circle(Diagnostic::new(Code::Circle, message).help(help), &paths);
        }
    }

    /// A circle, with the places of its further parts.
    fn circle(&mut self, mut diagnostic: Diagnostic, paths: &[String]) {
        let label = if paths.len() == 1 { "points to itself" } else { "the circle begins here" };
        let last = paths.len() - 1;
        for (index, path) in paths.iter().enumerate().skip(1).take(SHOWN) {
            if let Some(span) = self.place(path) {
                diagnostic = diagnostic.also(span, if index == last { "and closes here" } else { "goes on here" });
            }
        }
        self.report(diagnostic, &paths[0], label);
    }

    pub(super) fn effects(&mut self) {
        for control in &self.scenario.controls {
            let mut seen: BTreeMap<(RiskId, Factor), String> = BTreeMap::new();
            let mut replaced: BTreeMap<(RiskId, Factor), Factor> = BTreeMap::new();
            for effect in &control.effects {
                if self.unsure.has(&format!("risk.{}", self.scenario.risks[effect.risk].id)) {
                    continue;
                }
                let path = self.effect_path(effect);
                if !self.has_factor(control, effect, &path) {
                    continue;
                }
                let (risk, key) = (&self.scenario.risks[effect.risk], effect.factor.key());
                if let Some(first) = seen.insert((effect.risk, effect.factor), path.clone()) {
                    let mut diagnostic = Diagnostic::new(
                        Code::Contradiction,
                        format!("the control \"{}\" acts on \"{key}\" of \"{}\" twice", control.id, risk.id),
                    )
                    .help("put both into one effect");
                    if let Some(span) = self.place(&format!("{first}.on")) {
                        diagnostic = diagnostic.also(span, "first here");
                    }
                    self.report(diagnostic, &format!("{path}.on"), "again here");
                    continue;
                }
                self.change(effect, &path);
                if let Change::Becomes(_) = effect.change
                    && let Some(other) = replaced.insert((effect.risk, effect.factor.replaced()), effect.factor)
                {
                    self.report(
                        Diagnostic::new(
                            Code::ReplacedTwice,
                            format!(
                                "the control \"{}\" says what both \"{}\" and \"{key}\" of \"{}\" become",
                                control.id,
                                other.key(),
                                risk.id
                            ),
                        )
                        .help("a new resistance is a new vulnerability: keep one of the two"),
                        &format!("{path}.on"),
                        "a second new value",
                    );
                }
            }
        }
    }

    fn has_factor(&mut self, control: &Control, effect: &Effect, path: &str) -> bool {
        let risk = &self.scenario.risks[effect.risk];
        let Some(why) = missing_factor(risk, effect.factor) else { return true };
        // A risk that an obligation names wrongly lacks the steps that it was to have.
        let of_secondary =
            matches!(effect.factor, Factor::SecondaryChance | Factor::SecondaryLoss | Factor::SecondaryLossForm(_));
        if of_secondary && self.unsure.has("obligation") {
            return false;
        }
        let all = Factor::all().into_iter();
        let having: Vec<String> = all
            .filter(|factor| missing_factor(risk, *factor).is_none())
            .map(|factor| format!("\"{}\"", factor.key()))
            .collect();
        let key = effect.factor.key();
        self.report(
            Diagnostic::new(
                Code::NoSuchFactor,
                format!("the control \"{}\" acts on \"{key}\" of \"{}\", which {why}", control.id, risk.id),
            )
            .help(format!("write one of its factors, {}, or state that part of the risk", having.join(", "))),
            &format!("{path}.on"),
            "this risk does not have it",
        );
        false
    }

    /// Whether a factor can change as an effect says.
    fn change(&mut self, effect: &Effect, path: &str) {
        let risk = &self.scenario.risks[effect.risk];
        match effect.change {
            Change::Reduction(_) if effect.factor == Factor::Resistance => self.report(
                Diagnostic::new(Code::Contradiction, "a reduction of resistance would help the attacker").help(
                    "write the new, higher resistance: `becomes = { min = \"60%\", likely = \"80%\", max = \"95%\" }`",
                ),
                &format!("{path}.reduction"),
                "resistance is replaced, not reduced",
            ),
            Change::Reduction(_) if effect.factor == Factor::Dwell => self.report(
                Diagnostic::new(
                    Code::Contradiction,
                    "a part taken off the time to containment does not tell how often the next stage is stopped",
                )
                .help("write the new time, which is what a service level promises: `becomes = { p10 = \"30 minutes\", p50 = \"90 minutes\", p90 = \"4 hours\" }`"),
                &format!("{path}.reduction"),
                "the time is replaced, not reduced",
            ),
            Change::Reduction(_) => {}
            Change::Becomes(_) => {
                if let Some((why, help)) = not_replaceable(risk, effect.factor) {
                    let message = format!("\"{}\" {why}, which cannot be replaced as a whole", risk.id);
                    self.report(
                        Diagnostic::new(Code::NoSuchFactor, message).help(help),
                        &format!("{path}.becomes"),
                        "which part of it?",
                    );
                }
            }
        }
    }

    pub(super) fn plans(&mut self) {
        let horizon = Decimal::from(self.scenario.assumptions.horizon);
        for plan in &self.scenario.plans {
            // What is misspelt in a plan may be what it lacks.
            if self.unsure.has(&format!("plan.{}", plan.id)) {
                continue;
            }
            for planned in &plan.controls {
                let control = &self.scenario.controls[planned.control];
                let listed = format!("plan.{}.controls.{}", plan.id, control.id);
                if control.in_place && self.is_sure_of_control(control) {
                    self.report(
                        Diagnostic::new(
                            Code::PlanContradiction,
                            format!("the plan \"{}\" buys \"{}\", which is already in place", plan.id, control.id),
                        )
                        .help("take it out of `controls`, or out of today with `in_place = false`"),
                        &listed,
                        "buys what is there",
                    );
                }
                if planned.start >= horizon {
                    self.report(
                        Diagnostic::new(
                            Code::OutOfRange,
                            format!(
                                "\"{}\" starts in year {} of a horizon of {horizon} years",
                                control.id,
                                (planned.start + Decimal::ONE).round_dp(1)
                            ),
                        )
                        .help("start it earlier, or lengthen `assumptions.horizon`"),
                        &format!("{listed}.start"),
                        "never starts",
                    );
                }
                self.companions(plan, control, &listed);
            }
            for &dropped in &plan.drops {
                let control = &self.scenario.controls[dropped];
                if !control.in_place && self.is_sure_of_control(control) {
                    self.report(
                        Diagnostic::new(
                            Code::PlanContradiction,
                            format!("the plan \"{}\" drops \"{}\", which is not in place", plan.id, control.id),
                        )
                        .help(
                            "write `in_place = true` in the control if it is part of today, or take it out of `drops`",
                        ),
                        &format!("plan.{}.drops.{}", plan.id, control.id),
                        "nothing to drop",
                    );
                }
            }
            self.replaced_twice(plan);
        }
    }

    /// Whether a control's conditions hold in a plan.
    fn companions(&mut self, plan: &Plan, control: &Control, listed: &str) {
        let controls = &self.scenario.controls;
        let stands = |index: ControlId| {
            plan.controls.iter().any(|planned| planned.control == index)
                || (controls[index].in_place && !plan.drops.contains(&index))
        };
        let mut faults = Vec::new();
        for &needed in control.requires.iter().filter(|&&needed| !stands(needed)) {
            faults.push((
                None,
                format!(
                    "the plan \"{}\" has \"{}\" without \"{}\", which it requires",
                    plan.id, control.id, controls[needed].id
                ),
                format!("add \"{}\" to the plan", controls[needed].id),
            ));
        }
        let excludes =
            |one: &Control, other: &Control| one.excludes.iter().any(|&index| controls[index].id == other.id);
        for &other in control.excludes.iter().filter(|&&other| stands(other)) {
            // Where both say so, it is told once.
            if excludes(&controls[other], control) && control.id < controls[other].id && !controls[other].in_place {
                continue;
            }
            faults.push((
                Some(other),
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
            if control.one_of.is_some() && other.one_of == control.one_of && control.id > other.id {
                faults.push((
                    Some(planned.control),
                    format!(
                        "the plan \"{}\" has \"{}\" and \"{}\", of which it can have one ({})",
                        plan.id,
                        other.id,
                        control.id,
                        control.one_of.as_deref().unwrap_or_default()
                    ),
                    "keep one of them, or make two plans".to_owned(),
                ));
            }
        }
        for (other, message, help) in faults {
            let mut diagnostic = Diagnostic::new(Code::PlanContradiction, message).help(help);
            let place =
                other.and_then(|other| self.place(&format!("plan.{}.controls.{}", plan.id, controls[other].id)));
            if let Some(span) = place {
                diagnostic = diagnostic.also(span, "with this");
            }
            self.report(diagnostic, listed, "does not fit");
        }
    }

    /// Two new values for one factor in one plan.
    fn replaced_twice(&mut self, plan: &Plan) {
        let mut seen: BTreeMap<(RiskId, Factor), &str> = BTreeMap::new();
        for planned in &plan.controls {
            let control = &self.scenario.controls[planned.control];
            for effect in &control.effects {
                // The next stage follows the time, of which it is told.
                if !matches!(effect.change, Change::Becomes(_)) || effect.factor == Factor::NextStage {
                    continue;
                }
                let factor = effect.factor.replaced();
                // What one control replaces twice is told there.
                let other = seen.insert((effect.risk, factor), &control.id).filter(|other| *other != control.id);
                let Some(other) = other else { continue };
                let risk = &self.scenario.risks[effect.risk].id;
                let mut diagnostic = Diagnostic::new(
                    Code::ReplacedTwice,
                    format!(
                        "in the plan \"{}\" both \"{other}\" and \"{}\" say what \"{}\" of \"{risk}\" becomes",
                        plan.id,
                        control.id,
                        factor.key()
                    ),
                )
                .help(if factor == Factor::Dwell {
                    "the time is what both reach together: keep it in one of the two, or keep one in the plan"
                } else {
                    "write one of them as a `reduction`, or keep one in the plan"
                });
                if let Some(span) = self.place(&format!("plan.{}.controls.{other}", plan.id)) {
                    diagnostic = diagnostic.also(span, "the first");
                }
                self.report(
                    diagnostic,
                    &format!("plan.{}.controls.{}", plan.id, control.id),
                    "a second new value for one factor",
                );
            }
        }
    }

    pub(super) fn outages(&mut self) {
        for risk in self.scenario.risks.iter().filter(|risk| risk.outage.is_some()) {
            let Some(stream) = risk.value_stream.map(|index| &self.scenario.value_streams[index]) else { continue };
            let path = format!("value_stream.{}", stream.id);
            if stream.revenue.is_none() && !self.unsure.has(&path) {
                self.report(
                    Diagnostic::new(
                        Code::Missing,
                        format!(
                            "the value stream \"{}\" has no `revenue`, and an outage of \"{}\" is priced by it",
                            stream.id, risk.id
                        ),
                    )
                    .help("write for example `revenue = \"18k per hour\"` in the value stream"),
                    &path,
                    "`revenue` is missing here",
                );
            }
        }
    }
}

/// The key path of every step of a circle, from an id to the next.
fn paths(ids: &[&str], path: impl Fn(&str, &str) -> String) -> Vec<String> {
    let next = ids.iter().cycle().skip(1);
    ids.iter().zip(next).map(|(id, next)| path(id, next)).collect()
}
