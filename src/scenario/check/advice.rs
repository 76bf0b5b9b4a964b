//! Advice: what changes nothing, what surprises, what is not backed.

use super::Check;
use super::factor::today_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::names::of_key;
use crate::model::{Change, Control, Effect, EndValue, EstimateId, PlanId};
use crate::units::{Language, Period};
use rust_decimal::Decimal;

/// Beyond so many times the base rate an assumption is looked at.
const FAR_ABOVE: f64 = 10.0;

impl Check<'_> {
    fn mean(&self, id: EstimateId) -> f64 {
        self.scenario.estimate(id).mean().to_f64()
    }

    /// Controls that do nothing, or add loss.
    pub(super) fn surprising(&mut self) {
        let scenario = self.scenario;
        for (index, control) in scenario.controls.entries() {
            for (key, share) in [("coverage", control.coverage), ("reliability", control.reliability)] {
                if share.is_some_and(|id| self.mean(id) == 0.0) {
                    self.report(
                        Diagnostic::new(
                            Code::Surprising,
                            format!("the control \"{}\" does nothing: its {key} is 0%", control.id),
                        )
                        .german(format!("\"{}\" bewirkt nichts: {} ist 0 %", control.id, of_key(Language::German, key)))
                        .help(format!(
                            "write the part that is reached, such as `{key} = \"95%\"`, or leave it out for all of it"
                        )),
                        &format!("control.{}.{key}", control.id),
                        "reaches nothing",
                    );
                }
            }
            let is_required = scenario.controls.iter().any(|other| other.requires.contains(&index));
            for effect in &control.effects {
                match effect.change {
                    Change::Becomes(new) => self.becomes_worse(effect, new),
                    // What only others need may do nothing by itself.
                    Change::Reduction(id) if self.mean(id) == 0.0 && !is_required => self.no_reduction(control, effect),
                    Change::Reduction(_) => {}
                }
            }
        }
    }

    fn no_reduction(&mut self, control: &Control, effect: &Effect) {
        let risk = &self.scenario.risks[effect.risk].id;
        let path = format!("{}.reduction", self.effect_path(effect));
        self.report(
            Diagnostic::new(
                Code::Surprising,
                format!("the control \"{}\" reduces \"{}\" of \"{risk}\" by nothing", control.id, effect.factor.key()),
            )
            .german(format!(
                "\"{}\" mindert nichts: {} ({})",
                control.id,
                effect.factor.words(Language::German),
                self.scenario.risks[effect.risk].name
            ))
            .help("write the part taken off, such as `reduction = \"60%\"`, or leave this effect out"),
            &path,
            "changes nothing",
        );
    }

    /// Advice when a control's new value is worse than today's.
    fn becomes_worse(&mut self, effect: &Effect, new: EstimateId) {
        let (risk, factor) = (&self.scenario.risks[effect.risk], effect.factor);
        let Some(old) = today_of(risk, factor) else { return };
        let (old, new) = (self.mean(old), self.mean(new));
        let worse = if factor.is_protection() { new < old } else { new > old };
        if worse {
            let direction = if factor.is_protection() { "lower" } else { "higher" };
            let path = format!("{}.becomes", self.effect_path(effect));
            self.report(
                Diagnostic::new(
                    Code::Surprising,
                    format!(
                        "the control makes \"{}\" of \"{}\" {direction} than today, which adds loss",
                        factor.key(),
                        risk.id
                    ),
                )
                .german(format!(
                    "eine Maßnahme verschlechtert gegenüber heute, was den Schaden erhöht: {} ({})",
                    factor.words(Language::German),
                    risk.name
                ))
                .help("check the figures; if it is meant, the added loss is counted"),
                &path,
                "worse than today",
            );
        }
    }

    /// Lives that the end of the horizon cuts off: their whole price counts.
    pub(super) fn lives(&mut self) {
        let scenario = self.scenario;
        if scenario.assumptions.end_value == EndValue::StraightLine {
            return;
        }
        let horizon = Decimal::from(scenario.assumptions.horizon);
        for (index, control) in scenario.controls.entries() {
            let (Some(life), Some(price)) = (control.lifetime.map(Period::years), control.cost.initial) else {
                continue;
            };
            let starts = scenario.plans.iter().flat_map(|plan| &plan.controls);
            let starts = starts.filter(|planned| planned.control == index).map(|planned| planned.start);
            let left = starts.filter(|start| *start < horizon).map(|start| {
                let over = (horizon - start).checked_rem(life).unwrap_or_default();
                if over.is_zero() { Decimal::ZERO } else { life - over }
            });
            let left: Vec<Decimal> = left.collect();
            let differs = left.iter().any(|other| *other != left[0]);
            let (up_to, at_most) = if differs { ("up to ", "bis zu ") } else { ("", "") };
            // Thirds of years do not add up in decimals.
            let Some(left) = left.into_iter().max().map(|left| left.round_dp(6)).filter(|left| !left.is_zero()) else {
                continue;
            };
            if self.mean(price) == 0.0 || left == life.round_dp(6) {
                continue;
            }
            let years = |years: Decimal| years.round_dp(1).normalize();
            self.report(
                Diagnostic::new(
                    Code::Figure,
                    format!(
                        "the horizon of {} years ends before \"{}\" is used up: the full price counts, the benefit of {up_to}{} of its {} years does not",
                        scenario.assumptions.horizon,
                        control.id,
                        years(left),
                        years(life)
                    ),
                )
                .german(format!(
                    "die Nutzungsdauer reicht über den Zeitraum von {} Jahren hinaus (\"{}\"): Der volle Preis zählt, der Nutzen von {at_most}{} der {} Jahre nicht",
                    scenario.assumptions.horizon,
                    control.id,
                    scenario.voice.set(&years(left).to_string()),
                    scenario.voice.set(&years(life).to_string())
                ))
                .help("write `end_value = \"straight-line\"` in `[assumptions]` to count what is left, or a horizon that is a multiple of the lifetime"),
                &format!("control.{}.lifetime", control.id),
                "goes on beyond the horizon",
            );
        }
    }

    /// Fines that are assumed far above what public figures say, and costs that come without any.
    pub(super) fn obligations(&mut self) {
        let scenario = self.scenario;
        for obligation in &scenario.obligations {
            let path = format!("obligation.{}", obligation.id);
            if let (Some(acts), Some(fined), Some(base)) =
                (obligation.acts, obligation.fined, obligation.regime.base_rate())
            {
                let assumed = self.mean(acts) * self.mean(fined);
                if assumed > FAR_ABOVE * base.share {
                    let one_in = |share: f64| libm::round(1.0 / share);
                    self.report(
                        Diagnostic::new(
                            Code::Figure,
                            format!(
                                "\"{}\" lets a fine follow {:.0} of 1,000 reports; by public figures it is of the order of {:.1} in 1,000, 1 in {}",
                                obligation.name,
                                1000.0 * assumed,
                                1000.0 * base.share,
                                one_in(base.share)
                            ),
                        )
                        .german(scenario.voice.set(&format!(
                            "bei \"{}\" folgt auf {:.0} von 1,000 Meldungen ein Bußgeld; nach öffentlichen Zahlen liegt die Größenordnung bei {:.1} von 1,000, 1 von {}",
                            obligation.name,
                            1000.0 * assumed,
                            1000.0 * base.share,
                            one_in(base.share)
                        )))
                        .help(format!("{}: an order of magnitude, for fines that no report led to are among them and unpublished ones are not. Say in `why` what makes this case another, or lower `acts` or `fined`", base.says)),
                        &format!("{path}.fined"),
                        "far above the base rate",
                    );
                }
            }
            if obligation.costs.is_empty() {
                self.report(
                    Diagnostic::new(
                        Code::NotCounted,
                        format!("\"{}\": only a fine is counted, and none of what comes without one", obligation.name),
                    )
                    .german(format!(
                        "\"{}\": nur ein Bußgeld ist gerechnet, und nichts von dem, was ohne eines kommt",
                        obligation.name
                    ))
                    .help(
                        "write first what is likelier, per event: `notification`, `monitoring`, `audits`, `standstill`",
                    ),
                    &path,
                    "costs that need no fine are missing",
                );
            }
        }
    }

    pub(super) fn appetite(&mut self) {
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
                        .german(format!(
                            "\"{}\" lässt einen größeren Schaden mit höherer Wahrscheinlichkeit zu als \"{}\"",
                            large.name, small.name
                        ))
                        .help("a larger loss is never the likelier one: check the two points"),
                        &format!("appetite.{}", point.name),
                        "contradicts another point",
                    );
                }
            }
        }
    }

    pub(super) fn unused(&mut self) {
        let scenario = self.scenario;
        for (index, control) in scenario.controls.entries() {
            let bought = scenario.plans.iter().any(|plan| plan.controls.iter().any(|planned| planned.control == index));
            if !bought && !control.in_place {
                self.report(
                    Diagnostic::new(Code::Unused, format!("the control \"{}\" is in no plan", control.id))
                        .german(format!("die Maßnahme \"{}\" ist in keinem Plan", control.id))
                        .help("add it to the `controls` of a plan to see what it is worth"),
                    &format!("control.{}", control.id),
                    "in no plan",
                );
            }
        }
        for (index, stream) in scenario.value_streams.entries() {
            if !scenario.risks.iter().any(|risk| risk.value_stream == Some(index)) {
                self.report(
                    Diagnostic::new(Code::Unused, format!("no risk strikes the value stream \"{}\"", stream.id))
                        .german(format!("kein Risiko trifft den Wertstrom \"{}\"", stream.name))
                        .help(format!("write `value_stream = \"{}\"` in a risk", stream.id)),
                    &format!("value_stream.{}", stream.id),
                    "not used",
                );
            }
        }
        // A policy alone can be a plan.
        let is_insured_alike = |plan: PlanId| {
            scenario.insurance.iter().all(|policy| policy.is_in_force(Some(plan)) == policy.is_in_force(None))
        };
        let plans = scenario.plans.entries();
        let changes_nothing =
            plans.filter(|(place, plan)| plan.controls.is_empty() && plan.drops.is_empty() && is_insured_alike(*place));
        for (_, plan) in changes_nothing {
            self.report(
                Diagnostic::new(Code::Unused, format!("the plan \"{}\" changes nothing", plan.id))
                    .german(format!("der Plan \"{}\" ändert nichts", plan.name))
                    .help("name its controls: `controls = [\"…\"]`, or the plan in the `plans` of a policy; doing nothing more is always compared"),
                &format!("plan.{}", plan.id),
                "the same as today",
            );
        }
    }

    pub(super) fn sources(&mut self) {
        let stated = || self.scenario.estimates.iter().filter(|estimate| !estimate.worked_out);
        let without: Vec<&str> = stated()
            .filter(|estimate| estimate.record.source.is_none() && !estimate.record.example)
            .map(|estimate| estimate.path.as_str())
            .collect();
        if without.is_empty() {
            return;
        }
        let examples = self.scenario.example_count();
        let shown = without.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let more = without.len().saturating_sub(3);
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        // A placeholder has no source either: counted apart, and told.
        let beside = match examples {
            0 => String::new(),
            1 => "; one more is a placeholder".to_owned(),
            _ => format!("; {examples} more are placeholders"),
        };
        let german = format!(
            "ohne Quelle sind {} von {} Annahmen: {shown}{}{}",
            without.len(),
            self.scenario.stated_count(),
            if more > 0 { format!(" und {more} weitere") } else { String::new() },
            if examples > 0 {
                format!("; dazu {} {examples} Platzhalter", if examples == 1 { "kommt" } else { "kommen" })
            } else {
                String::new()
            }
        );
        let verb = if without.len() == 1 { "names" } else { "name" };
        self.found.push(
            Diagnostic::new(
                Code::NoSource,
                format!(
                    "{} of {} assumptions {verb} no source: {shown}{and}{beside}",
                    without.len(),
                    self.scenario.stated_count()
                ),
            )
            .german(german)
            .help("write for example `{ value = \"60k\", source = \"offer of 12 May\" }`; a `source` in a table holds for all in it; a placeholder has `example = true`"),
        );
    }
}
