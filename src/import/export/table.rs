//! A case as a table: a row a risk and measure, with the figures of today and those with the measure alone in force.
//!
//! Both pairs say the effect of a measure whatever factor it acts on, for one minus after ÷ before is what is read from
//! them. What several measures do together is another thing than what each does alone, and is told.

use super::{LossModel, RiskMeans, Rows, Values, exact, mean, owner, per_event, plain, safe};
use crate::import::place::Finding;
use crate::model::{ByRisk, Control, ControlId, Scenario};
use crate::units::Figure;

/// The table, and what it says in another way than the case.
pub(super) fn csv(scenario: &Scenario, model: &LossModel<'_>, rows: &Rows<'_>, findings: &mut Vec<Finding>) -> String {
    let currency = scenario.currency();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let heads = [
        "Risk ID".to_owned(),
        "Risk".to_owned(),
        "Owner".to_owned(),
        "Events per year".to_owned(),
        format!("Single loss ({currency})"),
        format!("Expected loss ({currency})"),
        "Measure".to_owned(),
        "Events per year after".to_owned(),
        format!("Single loss after ({currency})"),
        format!("Cost once ({currency})"),
        format!("Cost per year ({currency})"),
    ];
    let _ = writer.write_record(&heads);
    let values = Values::means(scenario);
    let bought: Vec<(&Control, ByRisk<RiskMeans<Figure>>)> = scenario
        .controls()
        .ids()
        .filter(|id| scenario.controls()[*id].can_be_bought())
        .map(|id| (&scenario.controls()[id], alone(model, &values, id)))
        .collect();
    let mut together: Vec<&str> = Vec::new();
    let mut moved: Vec<String> = Vec::new();
    let mut unplaced: Vec<&str> = bought.iter().map(|(control, _)| control.name.as_str()).collect();
    let mut priced: Vec<&str> = Vec::new();
    for (index, (risk, today)) in rows.entries() {
        let base = [
            risk.id.clone(),
            safe(&risk.name),
            safe(&owner(scenario, risk)),
            exact(today.rate),
            plain(per_event(today)),
            exact(today.annual_loss),
        ];
        let acts = |(control, with): &&(&Control, ByRisk<RiskMeans<Figure>>)| {
            control.effects.iter().any(|effect| effect.risk == index)
                || exact(with[index].annual_loss) != exact(today.annual_loss)
        };
        let here: Vec<_> = bought.iter().filter(acts).collect();
        if here.len() > 1 {
            together.push(&risk.name);
        }
        for (control, with) in &here {
            let (rate, loss, is_moved) = after(today, &with[index]);
            if is_moved {
                moved.push(format!("{} on {}", control.name, risk.name));
            }
            // A price stands once, however many risks the measure acts on.
            let is_first = unplaced.contains(&control.name.as_str());
            unplaced.retain(|name| *name != control.name);
            let (once, yearly) = if is_first {
                (mean(scenario, control.cost.initial), yearly(scenario, control, &mut priced))
            } else {
                Default::default()
            };
            let row = [safe(&control.name), rate, loss, once, yearly];
            let _ = writer.write_record(base.iter().cloned().chain(row));
        }
        if here.is_empty() {
            let _ = writer.write_record(base.iter().cloned().chain(std::iter::repeat_n(String::new(), 5)));
        }
    }
    let mut tell = |text: String| findings.push(Finding::note(None, text));
    if !together.is_empty() {
        tell(format!("each measure is handed on with what it does alone; several act on {}", together.join(", ")));
    }
    if !moved.is_empty() {
        tell(format!("the effect is handed on as one on how often: {}", moved.join(", ")));
    }
    if !priced.is_empty() {
        tell(format!(
            "time of people and users, and what is no longer spent, stand as money in the yearly cost of {}",
            priced.join(", ")
        ));
    }
    if !unplaced.is_empty() {
        tell(format!("not handed on: {}, which act on no risk", unplaced.join(", ")));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// The figures with one measure alone beside what is in place.
fn alone(model: &LossModel<'_>, values: &Values<Figure>, bought: ControlId) -> ByRisk<RiskMeans<Figure>> {
    model.all_means(values, &|control| (control == bought).then_some(Figure::ONE))
}

/// How often and how much with a measure, and whether the loss of an event had to be kept: a measure that stops small
/// events leaves larger ones, and no effect raises a loss.
fn after(today: &RiskMeans<Figure>, with: &RiskMeans<Figure>) -> (String, String, bool) {
    let (before, loss) = (per_event(today), per_event(with));
    let nothing_left = with.annual_loss.to_f64() <= 0.0;
    if nothing_left {
        return ("0".to_owned(), plain(before), with.rate.to_f64() > 0.0);
    }
    let is_higher = loss > before * 1.000_000_1 || with.rate.to_f64() > today.rate.to_f64() * 1.000_000_1;
    if !is_higher || before <= 0.0 {
        return (exact(with.rate), plain(loss.min(before)), false);
    }
    (plain(with.annual_loss.to_f64() / before), plain(before), true)
}

/// What a control costs in its first full year, with the time of people and less what is no longer spent.
fn yearly<'c>(scenario: &Scenario, control: &'c Control, priced: &mut Vec<&'c str>) -> String {
    let cost = &control.cost;
    if cost.people.is_some() || cost.friction.is_some() || cost.retired.is_some() {
        priced.push(&control.name);
    } else if cost.yearly.is_none() {
        return String::new();
    }
    Values::means_of_costs(scenario, control).first().map_or_else(String::new, |cost| exact(*cost))
}
