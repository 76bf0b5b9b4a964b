//! Policies that pay nothing, and policies that pay for a loss more than once.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::Check;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ByPolicy, ByRisk, Form, Insurance, Plan, PlanId, PolicyId, Risk, Table};
use crate::scenario::read::grouped;
use crate::units::{Arithmetic, Language, Money};

impl Check<'_> {
    /// Policies that pay nothing, or for the same loss as others.
    pub(super) fn policies(&mut self) {
        let policies = &self.scenario.insurance;
        for policy in policies {
            if let Some((key, label)) = pays_nothing(policy) {
                self.report(
                    Diagnostic::new(Code::Surprising, format!("the policy \"{}\" pays nothing", policy.name))
                        .german(format!("der Vertrag \"{}\" zahlt nichts", policy.name))
                        .help("check this figure in the policy"),
                    &format!("insurance.{}.{key}", policy.id),
                    label,
                );
            }
            for (form, _) in policy.sublimits.iter().filter(|(form, _)| !policy.covers_form(*form)) {
                self.report(
                    Diagnostic::new(
                        Code::Surprising,
                        format!(
                            "the policy \"{}\" has a sublimit for {}, which it does not cover",
                            policy.name,
                            form.name(Language::English)
                        ),
                    )
                    .german(format!(
                        "der Vertrag \"{}\" hat ein Sublimit für etwas, das er nicht deckt: {}",
                        policy.name,
                        form.name(Language::German)
                    ))
                    .help(format!("add \"{}\" to its `covers`, or leave out the sublimit", form.key())),
                    &format!("insurance.{}.sublimits.{}", policy.id, form.key()),
                    "not covered",
                );
            }
        }
        let mut said = BTreeSet::new();
        for (set, form) in side_by_side(&self.scenario.insurance, &self.scenario.risks, &self.scenario.plans) {
            let mut found = false;
            for (place, second) in set.iter().enumerate() {
                for first in &set[..place] {
                    let pair = vec![*first, *second];
                    if overlap_from(&self.scenario.insurance, &pair, form).is_some() {
                        found = true;
                        if said.insert(pair.clone()) {
                            self.overlap(&pair, form);
                        }
                    }
                }
            }
            if !found && overlap_from(&self.scenario.insurance, &set, form).is_some() && said.insert(set.clone()) {
                self.overlap(&set, form);
            }
        }
    }

    /// Says that policies (two or more) overlap beyond the loss, and from where on.
    fn overlap(&mut self, set: &[PolicyId], form: Form) {
        let policies = &self.scenario.insurance;
        let Some(from) = overlap_from(policies, set, form) else { return };
        let [others @ .., last] = set else { return };
        let names: Vec<String> = others.iter().map(|policy| format!("\"{}\"", policies[*policy].name)).collect();
        let last = &policies[*last];
        let together = |and: &str| format!("{} {and} \"{}\"", names.join(", "), last.name);
        let (english, german) = (form.name(Language::English), form.name(Language::German));
        let (names, auf_deutsch) = (together("and"), together("und"));
        let (message, auf_deutsch) = if from > 0.0 {
            let from = grouped(format!("{from:.0}").parse().unwrap_or_default());
            let ab = self.scenario.voice.set(&from);
            (
                format!("{names} would together pay more than the loss where {english} costs more than {from}"),
                format!("{auf_deutsch} zahlten zusammen mehr als den Schaden, sobald er {ab} übersteigt ({german})"),
            )
        } else {
            (
                format!("{names} pay for the same loss ({english})"),
                format!("{auf_deutsch} zahlen für denselben Schaden ({german})"),
            )
        };
        let mut diagnostic = Diagnostic::new(Code::Surprising, message).german(auf_deutsch).help(
            "insurers pay a loss once: each is counted in proportion, so that together they pay no more than the loss",
        );
        // A layer begins where the other ends. The one that begins higher is the upper one, and of
        // those that begin together the one whose limit is not known.
        let place = |policy: &Insurance| (policy.retention, top(policy).is_none(), top(policy));
        let mut pair: Vec<&Insurance> = set.iter().map(|policy| &policies[*policy]).collect();
        pair.sort_by_key(|policy| place(policy));
        match pair[..] {
            [lower, upper] if top(lower).is_some() => {
                let top = top(lower).unwrap_or_default();
                diagnostic = diagnostic.help(format!(
                    "if \"{}\" is the layer above \"{}\", give it `retention = \"{}\"`; if not, part them by `covers`, `risks` or `plans`",
                    upper.name,
                    lower.name,
                    top.normalize()
                ));
            }
            _ => {
                diagnostic = diagnostic.help("part them by `covers`, `risks` or `plans`, or by `retention` and `limit`")
            }
        }
        for other in others {
            if let Some(span) = self.place(&format!("insurance.{}", policies[*other].id)) {
                diagnostic = diagnostic.also(span, "and this one");
            }
        }
        self.report(diagnostic, &format!("insurance.{}", last.id), "this policy");
    }
}

/// The key by which a policy pays nothing.
fn pays_nothing(policy: &Insurance) -> Option<(&'static str, &'static str)> {
    let is_zero = |money: Option<Money>| money.is_some_and(|money| money.get().is_zero());
    let nothing_counts =
        |form: &Form| policy.sublimits.iter().any(|(other, most)| other == form && most.get().is_zero());
    if is_zero(policy.limit) {
        Some(("limit", "pays up to nothing"))
    } else if is_zero(policy.annual_limit) {
        Some(("annual_limit", "pays up to nothing"))
    } else if policy.coinsurance.get() == Decimal::ONE {
        Some(("coinsurance", "the insured bears it all"))
    } else if policy.covers.is_empty() {
        Some(("covers", "covers no form of loss"))
    } else if policy.covers.iter().all(nothing_counts) {
        Some(("sublimits", "nothing counts of any form that is covered"))
    } else if policy.risks.as_ref().is_some_and(Vec::is_empty) {
        Some(("risks", "covers no risk"))
    } else if policy.plans.as_ref().is_some_and(Vec::is_empty) {
        Some(("plans", "in force with no plan"))
    } else {
        None
    }
}

/// The sets of two or more policies that are in force together for a form of loss of some risk.
fn side_by_side(
    policies: &ByPolicy<Insurance>,
    risks: &ByRisk<Risk>,
    plans: &Table<PlanId, Plan>,
) -> BTreeSet<(Vec<PolicyId>, Form)> {
    let all = || policies.ids();
    let options = std::iter::once(None).chain(plans.ids().map(Some));
    let in_force: BTreeSet<Vec<PolicyId>> =
        options.map(|option| all().filter(|policy| policies[*policy].is_in_force(option)).collect()).collect();
    let mut covering: BTreeSet<(Vec<PolicyId>, Form)> = BTreeSet::new();
    for (index, risk) in risks.entries() {
        let here: Vec<PolicyId> = all().filter(|policy| policies[*policy].covers_risk(index)).collect();
        if here.len() < 2 {
            continue;
        }
        for form in Form::ALL.into_iter().filter(|form| has_form(risk, *form)) {
            let covering_form = here.iter().copied().filter(|policy| policies[*policy].covers_form(form));
            covering.insert((covering_form.collect(), form));
        }
    }
    let mut found = BTreeSet::new();
    for (here, form) in &covering {
        for option in &in_force {
            let set: Vec<PolicyId> = here.iter().copied().filter(|policy| option.contains(policy)).collect();
            if set.len() > 1 {
                found.insert((set, *form));
            }
        }
    }
    found
}

fn has_form(risk: &Risk, form: Form) -> bool {
    let secondary = risk.secondary.iter().flat_map(|secondary| &secondary.losses);
    risk.primary.iter().chain(secondary).any(|loss| loss.form == form)
        || (form == Form::Replacement && risk.asset.is_some())
        || (form == Form::Productivity && risk.outage.is_some())
}

/// The loss of a form from which on the layers of some policies are together more than all of it, if any.
///
/// Their sum is piecewise straight: it bends where a layer begins or ends or a sublimit is met.
fn overlap_from(policies: &ByPolicy<Insurance>, set: &[PolicyId], form: Form) -> Option<f64> {
    let money = |money: Money| f64::from_decimal(money.get());
    let rows: Vec<(f64, f64)> = set
        .iter()
        .map(|policy| {
            let policy = &policies[*policy];
            let most =
                policy.sublimits.iter().find(|(other, _)| *other == form).map_or(f64::INFINITY, |(_, m)| money(*m));
            let from = money(policy.retention);
            let to = policy.limit.map_or(f64::INFINITY, |limit| from + money(limit)).min(most).max(from);
            (from, to)
        })
        .collect();
    let beyond = |loss: f64| rows.iter().map(|(from, to)| (loss.min(*to) - from).max(0.0)).sum::<f64>() - loss;
    let mut bends: Vec<f64> = rows.iter().flat_map(|(from, to)| [*from, *to]).filter(|bend| bend.is_finite()).collect();
    bends.push(0.0);
    bends.sort_by(f64::total_cmp);
    bends.dedup();
    for (place, bend) in bends.iter().enumerate() {
        let slope = rows.iter().filter(|(from, to)| from <= bend && bend < to).count() as f64 - 1.0;
        let (here, next) = (beyond(*bend), bends.get(place + 1).copied().unwrap_or(f64::INFINITY));
        if slope > 1e-9 && here + slope * (next - bend) > 1e-9 * next.min(1e300) {
            return Some((bend - here / slope).max(0.0));
        }
    }
    None
}

/// Where a policy's layer ends.
fn top(policy: &Insurance) -> Option<Decimal> {
    policy.limit.and_then(|limit| policy.retention.get().checked_add(limit.get()))
}
