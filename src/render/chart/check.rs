//! Can these figures be drawn at all?

use super::ChartError;
use crate::report::chart::{AgreedLimit, ChartKind, ExceedanceCurve, Layer, LossBin};

/// Larger amounts are no money.
const LARGEST: f64 = 1e100;

/// Refuses a chart without figures, with figures that are no amounts or chances, or with figures that do not fit
/// together.
pub(super) fn check(kind: &ChartKind) -> Result<(), ChartError> {
    let amounts = amounts(kind)?;
    if amounts.is_empty() {
        return Err(ChartError::Empty);
    }
    if !amounts.iter().all(|amount| amount.abs() <= LARGEST) {
        return Err(ChartError::NotFinite);
    }
    if fits(kind) { Ok(()) } else { Err(ChartError::Shape) }
}

/// Every amount and chance of the chart.
fn amounts(kind: &ChartKind) -> Result<Vec<f64>, ChartError> {
    let limits = |limits: &[AgreedLimit]| -> Vec<f64> {
        limits.iter().flat_map(|limit| [limit.loss, limit.chance].into_iter().chain(limit.chances.clone())).collect()
    };
    Ok(match kind {
        ChartKind::LossByRisk(data) => {
            if data.risks.iter().any(|risk| risk.losses.len() != data.options.len()) {
                return Err(ChartError::Shape);
            }
            data.risks.iter().flat_map(|risk| risk.losses.iter().copied()).collect()
        }
        ChartKind::CostAgainstLossAvoided(data) => {
            data.plans.iter().flat_map(|plan| [plan.cost, plan.loss_avoided]).collect()
        }
        ChartKind::CumulativeCash(data) => {
            if data.plans.iter().any(|plan| plan.net.is_empty()) {
                return Err(ChartError::Empty);
            }
            data.plans.iter().flat_map(|plan| plan.net.iter().copied()).collect()
        }
        ChartKind::Exceedance(data) => {
            if data.curves.is_empty() {
                return Err(ChartError::Empty);
            }
            let points = data.curves.iter().flat_map(ExceedanceCurve::path);
            points.flat_map(|(loss, chance)| [loss, chance]).chain(limits(&data.limits)).collect()
        }
        ChartKind::AnnualLossDensity(data) => {
            let bins = data.bins.iter().flat_map(|bin| [bin.from, bin.to, bin.chance]);
            let years = data.years().map(|(.., loss)| loss);
            bins.chain(years).chain(std::iter::once(data.chance_of_no_loss)).collect()
        }
        ChartKind::TailContribution(data) => data.risks.iter().map(|risk| risk.loss).collect(),
        ChartKind::Waterfall(data) => data.levels(),
        ChartKind::DataAgainstFit(data) => {
            data.seen.iter().chain(&data.open).chain(&data.curve).flat_map(|(x, share)| [*x, *share]).collect()
        }
        ChartKind::Tornado(data) => {
            if data.swings.is_empty() {
                return Err(ChartError::Empty);
            }
            data.swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([data.value]).collect()
        }
        ChartKind::Frontier(data) => data.points.iter().flat_map(|point| [point.spend, point.loss]).collect(),
        ChartKind::InsuranceTower(data) => {
            let layers = data.policies.iter().flat_map(|layer| {
                [layer.retention, layer.premium, layer.coinsurance]
                    .into_iter()
                    .chain(layer.limit)
                    .chain(layer.annual_limit)
            });
            layers.chain(data.events.iter().map(|event| event.loss)).collect()
        }
        ChartKind::LossRanges(data) => {
            if data.risks.iter().any(|risk| risk.years.len() != data.options.len()) {
                return Err(ChartError::Shape);
            }
            data.risks.iter().flat_map(|risk| risk.years.iter().flatten().copied()).collect()
        }
        ChartKind::LossBeforeAndAfter(data) => {
            if data.options.is_empty() {
                return Err(ChartError::Empty);
            }
            data.options.iter().flat_map(|option| option.losses()).chain(limits(&data.limits)).collect()
        }
    })
}

fn fits(kind: &ChartKind) -> bool {
    let is_chance = |chance: f64| (0.0..=1.0).contains(&chance);
    let limits = |limits: &[AgreedLimit], options: usize| {
        let fits = |limit: &AgreedLimit| {
            limit.loss >= 0.0
                && is_chance(limit.chance)
                && limit.chances.len() == options
                && limit.chances.iter().all(|chance| is_chance(*chance))
        };
        limits.iter().all(fits)
    };
    match kind {
        ChartKind::Exceedance(data) => {
            let falls = |curve: &ExceedanceCurve| {
                let path = curve.path();
                path.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 >= pair[1].1)
                    && path.iter().all(|(loss, chance)| *loss >= 0.0 && is_chance(*chance))
            };
            data.curves.iter().all(falls) && limits(&data.limits, data.curves.len())
        }
        ChartKind::AnnualLossDensity(data) => {
            let is_bin = |bin: &LossBin| 0.0 <= bin.from && bin.from < bin.to && is_chance(bin.chance);
            is_chance(data.chance_of_no_loss)
                && data.bins.iter().all(is_bin)
                && data.bins.windows(2).all(|pair| pair[0].to <= pair[1].from)
                && data.years().iter().all(|(.., loss)| *loss >= 0.0)
        }
        ChartKind::TailContribution(data) => is_chance(data.chance),
        ChartKind::DataAgainstFit(data) => {
            let (low, high) = data.ends();
            low < high && data.seen.iter().chain(&data.open).chain(&data.curve).all(|(_, share)| is_chance(*share))
        }
        ChartKind::LossBeforeAndAfter(data) => {
            data.options.iter().all(|option| option.losses().iter().all(|loss| *loss >= 0.0))
                && limits(&data.limits, data.options.len())
        }
        ChartKind::LossRanges(data) => {
            data.risks.iter().all(|risk| risk.years.iter().flatten().all(|loss| *loss >= 0.0))
        }
        ChartKind::LossByRisk(_)
        | ChartKind::CostAgainstLossAvoided(_)
        | ChartKind::CumulativeCash(_)
        | ChartKind::Tornado(_)
        | ChartKind::Waterfall(_) => true,
        ChartKind::InsuranceTower(data) => {
            let is_layer = |layer: &Layer| {
                layer.retention >= 0.0
                    && layer.limit.is_none_or(|limit| limit >= 0.0)
                    && is_chance(layer.coinsurance)
                    && layer.top().is_none_or(|top| top > 0.0)
            };
            data.policies.iter().all(is_layer) && data.events.iter().all(|event| event.loss >= 0.0)
        }
        ChartKind::Frontier(data) => data.points.windows(2).all(|pair| pair[0].spend <= pair[1].spend),
    }
}
