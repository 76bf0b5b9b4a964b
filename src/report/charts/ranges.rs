//! The picture of each risk's years, where they are known.

use crate::engine::year::{BAD, VERY_BAD};
use crate::engine::{Analysis, OptionYear};
use crate::model::{RiskId, Scenario};
use crate::units::Unit;

use super::super::chart::{Chart, ChartOption, LossRanges, RiskYears};
use super::super::sections::subject_index;
use super::super::sentences::name;
use super::super::texts::texts;

/// Today and the plan that the report is about.
pub(super) fn chart(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Option<Chart> {
    let year = analysis.year.as_ref()?;
    let subject = subject_index(analysis).map(|index| (index, &analysis.plans[index]));
    let mut options = vec![ChartOption::today(texts(scenario).titles.today)];
    options.extend(subject.map(|(index, plan)| ChartOption::plan(&name(scenario, plan), index.0)));
    let of = |year: &OptionYear, risk: RiskId, average: f64| {
        let quantiles = year.risks.get(risk)?.quantiles;
        let known = [Some(average), quantiles[BAD], quantiles[VERY_BAD]].map(|loss| loss.filter(|l| l.is_finite()));
        match known {
            [Some(average), Some(bad), Some(very_bad)] => Some([average, bad, very_bad]),
            _ => None,
        }
    };
    let risks = scenario.risks().entries().filter_map(|(index, risk)| {
        let mut years = vec![of(&year.today, index, analysis.net_loss(index).to_f64())?];
        if let Some((place, plan)) = subject {
            years.push(of(&year.plans[place], index, plan.net_loss(index).to_f64())?);
        }
        Some(RiskYears { name: risk.name.clone(), years })
    });
    let risks: Vec<RiskYears> = risks.collect();
    if risks.is_empty() {
        return None;
    }
    let mut data = LossRanges::new(unit, options, risks);
    data.scale = data.scale.with_digits(super::years::digits(analysis));
    Some(data.into_chart("range-by-risk"))
}
