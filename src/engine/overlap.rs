//! Where several controls act on one factor, how much less might they do together?
//!
//! Controls are taken as independent: what remains is the product of what each leaves. If they
//! stop the same events instead (perfectly nested), only the best single one counts. The truth
//! lies between, so both ends are shown wherever more than one control acts on a factor.

use crate::model::{Change, ControlId, Factor, Plan, Risk, RiskId};
use crate::units::Figure;

use super::loss::{Action, LossModel, became, part_terms, rate_terms};
use super::values::Values;

/// Several controls of a plan on one factor of one risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// The risk.
    pub risk: RiskId,
    /// The factor.
    pub factor: Factor,
    /// The controls.
    pub controls: Vec<ControlId>,
    /// The reduction by the best single control alone.
    pub best_single: Figure,
    /// The reduction by all, taken as independent.
    pub independent: Figure,
    /// The risk's average loss per year if only the best single control counted on this factor.
    pub loss_if_nested: Figure,
}

/// Every overlap of a plan, at full strength.
pub fn overlaps(model: &LossModel<'_>, plan: &Plan, values: &Values<Figure>) -> Vec<Overlap> {
    let planned = |control: ControlId| plan.controls.iter().any(|planned| planned.control == control);
    let mut found = Vec::new();
    for (index, risk) in model.scenario().risks().entries() {
        // What a plan ends does not compete for the same loss.
        let reduces = |action: &&Action<'_>| {
            planned(action.control) && model.scenario().controls()[action.control].ends.is_none()
        };
        let acting: Vec<&Action<'_>> = model.actions(index).iter().filter(reduces).collect();
        let mut factors: Vec<Factor> =
            acting.iter().flat_map(|action| action.effects.iter().map(|effect| effect.factor.replaced())).collect();
        factors.sort_unstable();
        factors.dedup();
        for factor in factors {
            let reductions: Vec<(ControlId, Figure)> = acting
                .iter()
                .filter(|action| action.effects.iter().any(|effect| effect.factor.replaced() == factor))
                .map(|action| (action.control, reduction(model, risk, action, factor, values)))
                .collect();
            let best = reductions.iter().copied().max_by(|a, b| a.1.to_f64().total_cmp(&b.1.to_f64()));
            let Some(best) = best.filter(|_| reductions.len() > 1) else { continue };
            let left = reductions.iter().fold(Figure::ONE, |left, (_, reduction)| left * (Figure::ONE - *reduction));
            let cluster = model.cluster_of(index);
            let nested = model.means(
                cluster,
                values,
                &|control| planned(control).then_some(Figure::ONE),
                &|risk, control, acted| risk != index || acted.replaced() != factor || control == best.0,
            );
            let place = cluster.risks.iter().position(|risk| *risk == index).unwrap_or(0);
            found.push(Overlap {
                risk: index,
                factor,
                controls: reductions.iter().map(|(control, _)| *control).collect(),
                best_single: best.1,
                independent: Figure::ONE - left,
                loss_if_nested: nested[place].annual_loss,
            });
        }
    }
    found
}

/// By which part a control alone reduces a factor.
fn reduction(
    model: &LossModel<'_>,
    risk: &Risk,
    action: &Action<'_>,
    factor: Factor,
    values: &Values<Figure>,
) -> Figure {
    let control = &model.scenario().controls()[action.control];
    let acts = values.or_one(control.coverage) * values.or_one(control.reliability);
    let mut kept = Figure::ONE;
    for effect in action.effects.iter().filter(|effect| effect.factor.replaced() == factor) {
        kept = kept
            * match effect.change {
                Change::Reduction(id) => Figure::ONE - values.get(id),
                Change::Becomes(id) => {
                    let parts = risk.parts();
                    let parts = parts.into_iter().flat_map(|part| part_terms(model.scenario(), risk, part, values));
                    let mut terms = rate_terms(risk, values).into_iter().chain(parts);
                    let today = terms.find(|(known, _)| *known == Some(factor)).map_or(Figure::ONE, |term| term.1);
                    became(risk, effect.factor, id, values).ratio(today).unwrap_or(Figure::ONE)
                }
            };
    }
    acts * (Figure::ONE - kept)
}
