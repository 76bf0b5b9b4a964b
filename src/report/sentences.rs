//! The answer, the cautions and what to do next, in sentences.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionYear, PlanAnalysis};
use crate::model::{EventRate, Scenario};

use super::insurance::is_tie;
use super::year::{amount, digits};
use super::{Cell, Context, Digits, Text};

/// Three digits: what a range of expert judgement supports at best.
const SUPPORTED: Digits = Digits::Significant(3);

/// How many digits of a loss the file supports: all where nothing has a range.
pub fn loss_digits(scenario: &Scenario) -> Digits {
    let costs: Vec<usize> = cost_estimates(scenario);
    let ranges = scenario
        .estimates()
        .iter()
        .enumerate()
        .any(|(index, estimate)| !estimate.is_fixed() && !costs.contains(&index));
    if ranges { SUPPORTED } else { Digits::Whole }
}

/// How many digits of a cost the file supports.
pub fn cost_digits(scenario: &Scenario) -> Digits {
    let ranges = cost_estimates(scenario).into_iter().any(|index| !scenario.estimates()[index].is_fixed());
    if ranges { SUPPORTED } else { Digits::Whole }
}

/// How many digits of a value the file supports: the fewer of the two.
pub fn value_digits(scenario: &Scenario) -> Digits {
    match (loss_digits(scenario), cost_digits(scenario)) {
        (Digits::Whole, Digits::Whole) => Digits::Whole,
        _ => SUPPORTED,
    }
}

fn cost_estimates(scenario: &Scenario) -> Vec<usize> {
    scenario
        .controls()
        .iter()
        .flat_map(|control| {
            let cost = &control.cost;
            let people = cost.people.map_or([None, None], |people| [Some(people.time), Some(people.rate)]);
            let friction = cost.friction.map_or([None, None], |friction| [Some(friction.time), Some(friction.rate)]);
            [cost.initial, cost.yearly, cost.retired, control.salvage].into_iter().chain(people).chain(friction)
        })
        .flatten()
        .map(|id| id.0)
        .collect()
}

/// The answer in three sentences.
pub fn answer(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let loss = loss_digits(scenario);
    let mut sentences = vec![today(scenario, analysis)];
    let Some(best) = analysis.recommended.map(|index| &analysis.plans[index]) else {
        sentences.push(none_recommended(scenario, analysis));
        return sentences;
    };
    let money = &best.investment;
    let horizon = scenario.assumptions().horizon;
    let mut choice = Text::plain("We recommend ")
        .name(name(scenario, best))
        .and(": we estimate that it lowers the average loss by ");
    choice = choice
        .figure(Cell::Money(analysis.loss_today - best.loss, loss))
        .and(" to ")
        .figure(Cell::Money(best.loss, loss))
        .and(" a year");
    let bad = |year: &OptionYear| year.total.quantiles[BAD];
    if let Some(left) =
        analysis.year.as_ref().zip(analysis.recommended).and_then(|(year, index)| bad(&year.plans[index]))
    {
        choice = choice.and(" and the bad year to ").figure(amount(Some(left), digits(analysis)));
    }
    choice = choice
        .and(", costs ")
        .figure(Cell::Money(money.present_cost, cost_digits(scenario)))
        .and(format!(" over {} and is worth ", years(horizon)))
        .figure(Cell::Money(money.net_present_value, value_digits(scenario)))
        .and(" more than it costs, both in today's money");
    if let Some(payback) = money.payback_years.filter(|payback| payback.is_positive()) {
        choice = choice.and("; on average it has paid for itself after ").figure(Cell::Years(payback.to_f64()));
    }
    let paying = analysis.recommended.and_then(|index| analysis.paths.as_ref()?.chance_of_paying_back(index));
    if let Some((chance, _)) = paying {
        choice = choice
            .and(format!(". The chance that it pays for itself within {} is ", years(horizon)))
            .figure(Cell::Share(chance))
            .and(", bad luck and wrong estimates counted");
    }
    sentences.push(choice.and("."));
    if let Some(other) = asked_but_not_best(scenario, analysis) {
        sentences.push(
            Text::plain("The decision asks for ")
                .name(name(scenario, other))
                .and(", whose value is ")
                .figure(Cell::Money(other.investment.net_present_value, value_digits(scenario)))
                .and("."),
        );
    }
    sentences
}

/// From which reduction on the recommended option is worth its cost.
pub fn break_even(analysis: &Analysis) -> Option<Text> {
    let money = &analysis.plans[analysis.recommended?].investment;
    let exposed = money.present_avoided.ratio(money.present_exposed)?;
    Some(
        Text::plain("It would be worth its cost as long as it takes at least ")
            .figure(Cell::Share(money.break_even_reduction?.to_f64()))
            .and(" off the losses it acts on; we estimate ")
            .figure(Cell::Share(exposed.to_f64()))
            .and("."),
    )
}

fn today(scenario: &Scenario, analysis: &Analysis) -> Text {
    let loss = loss_digits(scenario);
    let count = scenario.risks().len();
    let risks = if count == 1 { "one risk".to_owned() } else { format!("{count} risks") };
    let mut text = Text::plain("Today we estimate a loss of ")
        .figure(Cell::Money(analysis.loss_today, loss))
        .and(" in an average year");
    if let Some(bad) = analysis.year.as_ref().and_then(|year| year.today.total.quantiles[BAD]) {
        text = text.and(" and of ").figure(amount(Some(bad), digits(analysis))).and(" in a bad one (1 in 20)");
    }
    let text = text.and(format!(", from {risks}"));
    let largest = (0..count)
        .max_by(|&a, &b| analysis.net_loss(a).to_f64().total_cmp(&analysis.net_loss(b).to_f64()).then(b.cmp(&a)));
    match largest {
        Some(index) if count > 1 && analysis.loss_today.is_positive() => {
            let share = analysis.net_loss(index).to_f64() / analysis.loss_today.to_f64();
            text.and("; ")
                .figure(Cell::Share(share))
                .and(" of it comes from ")
                .name(scenario.risks()[index].name.clone())
                .and(".")
        }
        _ => text.and("."),
    }
}

fn none_recommended(scenario: &Scenario, analysis: &Analysis) -> Text {
    let closest = analysis
        .plans
        .iter()
        .max_by(|a, b| a.investment.net_present_value.to_f64().total_cmp(&b.investment.net_present_value.to_f64()));
    match closest {
        None => Text::plain("The file has no plan to compare yet: add a ").code("[[plan]]").and(" with its controls."),
        Some(plan) => Text::plain("We recommend none of the options: none is worth its cost. The closest is ")
            .name(name(scenario, plan))
            .and(", whose value is ")
            .figure(Cell::Money(plan.investment.net_present_value, value_digits(scenario)))
            .and(" in today's money."),
    }
}

fn asked_but_not_best<'a>(scenario: &Scenario, analysis: &'a Analysis) -> Option<&'a PlanAnalysis> {
    let asked = scenario.decision()?.plan?;
    let best = analysis.recommended.map(|index| analysis.plans[index].plan);
    if best == Some(asked) {
        return None;
    }
    analysis.plans.iter().find(|plan| plan.plan == asked)
}

/// The name of an analysed plan.
pub fn name(scenario: &Scenario, plan: &PlanAnalysis) -> String {
    scenario.plans()[plan.plan].name.clone()
}

/// Why the recommended plan is recommended, for other programs.
pub fn why(scenario: &Scenario, analysis: &Analysis) -> String {
    let Some(best) = analysis.recommended else {
        return if analysis.plans.is_empty() {
            "there is no plan to compare".into()
        } else {
            "no plan is worth its cost: every net present value is zero or less".into()
        };
    };
    let plan = &scenario.plans()[analysis.plans[best].plan];
    let conflict = super::ratio_leader(analysis).filter(|leader| *leader != best);
    let note = conflict.map_or_else(String::new, |leader| {
        format!(
            "; \"{}\" returns more per unit spent, but options that exclude each other are ranked by value",
            scenario.plans()[analysis.plans[leader].plan].id
        )
    });
    format!("\"{}\" has the highest net present value{note}", plan.id)
}

/// How far the figures can be trusted.
pub fn caution(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Vec<Text> {
    let mut lines = Vec::new();
    let (examples, all) = (scenario.example_count(), scenario.stated_count());
    if examples > 0 {
        let are = if examples == 1 { "is an example" } else { "are examples" };
        lines.push(
            Text::default()
                .figure(Cell::Count(examples as u64))
                .and(" of ")
                .figure(Cell::Count(all as u64))
                .and(format!(" assumptions {are}: put your own figures in their place before you show this.")),
        );
    }
    for warning in warnings.iter().filter(|warning| warning.code == Code::Figure) {
        lines.push(Text::plain(format!("{}.", capital(&warning.message))));
    }
    let left_out: Vec<&str> = warnings
        .iter()
        .filter(|warning| warning.code == Code::NotCounted)
        .filter_map(|warning| warning.message.split_once(": ").map(|(_, what)| what))
        .collect();
    if !left_out.is_empty() {
        lines.push(Text::plain(format!("Read but not counted: {}.", left_out.join("; "))));
    }
    if analysis.uninsured {
        lines.push(
            Text::plain("Insurance is left out: expected figures alone do not hold it. Leave ")
                .code("--method expected")
                .and(" out."),
        );
    }
    let others = |best: usize| (0..analysis.plans.len()).filter(move |other| *other != best);
    let ties: Vec<String> = analysis.recommended.map_or_else(Vec::new, |best| {
        let tied = others(best).filter(|other| is_tie(analysis, best, *other));
        tied.map(|other| name(scenario, &analysis.plans[other])).collect()
    });
    if !ties.is_empty() {
        lines.push(
            Text::plain("A tie: the value of ")
                .name(ties.join(", "))
                .and(" is as good as that of the recommended option, as far as so many simulated years can tell (")
                .code("--years")
                .and(" takes more)."),
        );
    }
    if analysis.year.as_ref().is_some_and(|year| year.checks.iter().any(|check| !check.agrees())) {
        lines.push(Text::plain(
            "Two ways of working out the same figure do not agree: see the notes under good years and bad ones, and do not use these figures.",
        ));
    }
    lines
}

/// What to do next.
pub fn next(scenario: &Scenario, analysis: &Analysis, context: &Context) -> Vec<Text> {
    let mut lines = Vec::new();
    if context.built_in {
        lines.push(Text::plain("This is the built-in example. Begin your own case: ").code("rosi init > case.toml"));
        lines.push(Text::plain("See the other examples: ").code("rosi examples"));
        return lines;
    }
    let file = context.file.clone().unwrap_or_else(|| "case.toml".into());
    if let Some((index, _)) = heaviest_example(scenario, analysis) {
        lines.push(
            Text::plain("Replace first the example that moves the answer most: ")
                .code(scenario.estimates()[index].path.clone()),
        );
    }
    if analysis.plans.is_empty() {
        lines.push(Text::plain("Add options to compare: ").code("[[plan]]").and(" with ").code("controls = [\"…\"]"));
    }
    let rates = scenario.risks().iter().filter(|risk| matches!(risk.rate, EventRate::Threat { .. })).count();
    if rates == 0 && analysis.plans.is_empty() {
        lines.push(Text::plain("See every key that a file can have: ").code("docs/file-format.md"));
    }
    lines.push(Text::plain("Check the file for gaps: ").code(format!("rosi check {file}")));
    lines.push(Text::plain("Draw the charts: ").code(format!("rosi assess {file} --charts charts")));
    lines
}

/// The example estimate of the largest weight.
fn heaviest_example(scenario: &Scenario, analysis: &Analysis) -> Option<(usize, f64)> {
    let weights = analysis.weights.as_ref()?;
    weights
        .changes
        .iter()
        .enumerate()
        .filter(|(index, _)| scenario.estimates()[*index].record.example)
        .map(|(index, change)| (index, change.abs()))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .filter(|(_, weight)| *weight > 0.0)
}

/// A number of years in words.
pub fn years(count: usize) -> String {
    if count == 1 { "one year".into() } else { format!("{count} years") }
}

pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
