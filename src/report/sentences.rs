//! The answer, the cautions and what to do next, in sentences.

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionYear, PlanAnalysis};
use crate::model::{EventRate, Scenario};
use crate::units::Figure;

use super::insurance::is_tie;
use super::texts::{line, number, say, texts};
use super::year::{amount, digits};
use super::{Cell, Context, Digits, Piece, Text};

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
            let running = cost.yearly.iter().flat_map(|running| running.estimates()).copied();
            let saved = control.saves.people.map_or([None, None], |people| [Some(people.time), Some(people.rate)]);
            let users = control.saves.users.map_or([None, None], |users| [Some(users.time), Some(users.rate)]);
            let others = [cost.initial, cost.retired, control.salvage].into_iter().chain(people).chain(friction);
            others.chain(saved).chain(users).flatten().chain(running)
        })
        .map(|id| id.0)
        .collect()
}

/// The answer in three sentences.
pub fn answer(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let words = &texts().answer;
    let mut sentences = vec![today(scenario, analysis)];
    let Some(best) = analysis.recommended.map(|index| &analysis.plans[index]) else {
        sentences.push(none_recommended(scenario, analysis));
        return sentences;
    };
    let money = &best.investment;
    let horizon = years(scenario.assumptions().horizon);
    let mut choice = lowered(scenario, analysis, best);
    let bad = |year: &OptionYear| year.total.quantiles[BAD];
    if let Some(left) =
        analysis.year.as_ref().zip(analysis.recommended).and_then(|(year, index)| bad(&year.plans[index]))
    {
        let left = amount(Some(left), digits(analysis));
        choice = choice.joined(say(words.recommended_bad, &[("bad", left.into())]));
    }
    let is_cheaper = (Figure::ZERO - money.present_cost).is_positive();
    choice = choice.joined(say(
        if is_cheaper { words.recommended_cheaper } else { words.recommended_worth },
        &[
            ("cost", Cell::Money(money.present_cost, value_digits(scenario)).into()),
            ("less", Cell::Money(Figure::ZERO - money.present_cost, value_digits(scenario)).into()),
            ("years", horizon.clone().into()),
            ("value", Cell::Money(money.net_present_value, value_digits(scenario)).into()),
        ],
    ));
    if let Some(payback) = money.payback_years.filter(|payback| payback.is_positive()) {
        // Shown to a tenth of a year: less than half of that is no time.
        let payback = payback.to_f64();
        choice = choice.joined(match payback < 0.05 {
            true => Text::plain(words.paid_at_once),
            false => say(words.paid_after, &[("time", Cell::Years(payback).into())]),
        });
    }
    let paying = analysis.recommended.and_then(|index| analysis.paths.as_ref()?.chance_of_paying_back(index));
    // What spends less than today has nothing to pay back.
    if let Some((chance, _)) = paying.filter(|_| !is_cheaper) {
        let parts = [("years", horizon.into()), ("chance", Cell::Share(chance).into())];
        choice = choice.joined(say(words.chance_of_paying, &parts));
    }
    sentences.push(choice.and("."));
    if let Some(other) = asked_but_not_best(scenario, analysis) {
        let value = Cell::Money(other.investment.net_present_value, value_digits(scenario));
        sentences
            .push(say(words.asked_other, &[("plan", Piece::Name(name(scenario, other))), ("value", value.into())]));
    }
    sentences
}

/// From what to what an option lowers the average loss; how much it takes off, where both would read the same.
fn lowered(scenario: &Scenario, analysis: &Analysis, plan: &PlanAnalysis) -> Text {
    let (words, digits) = (&texts().answer, loss_digits(scenario));
    let (before, after) = (analysis.loss_today.to_f64(), plan.loss.to_f64());
    let is_tiny = digits == SUPPORTED && (before - after).abs() < 0.01 * before.abs();
    let parts = [
        ("plan", Piece::Name(name(scenario, plan))),
        ("today", Cell::Money(analysis.loss_today, digits).into()),
        ("less", Cell::Money(analysis.loss_today - plan.loss, digits).into()),
        ("left", Cell::Money(plan.loss, digits).into()),
    ];
    say(if is_tiny { words.recommended_tiny } else { words.recommended }, &parts)
}

/// From which reduction on an option is worth its cost.
pub fn break_even(scenario: &Scenario, analysis: &Analysis, plan: Option<usize>) -> Option<Text> {
    let plan = &analysis.plans[plan?];
    let money = &plan.investment;
    let exposed = money.present_avoided.ratio(money.present_exposed)?;
    let below = |figure: Figure| (Figure::ZERO - figure).is_positive();
    let costs = (money.present_cost - money.present_gains).is_positive();
    let least = match money.break_even_reduction {
        // All of the loss taken away would not pay for it.
        None if costs && below(money.net_present_value) => {
            return Some(say(texts().answer.never_even, &[("plan", Piece::Name(name(scenario, plan)))]));
        }
        least => least.filter(|least| least.is_positive())?.to_f64(),
    };
    let least = Cell::Share(least);
    let parts = [
        ("plan", Piece::Name(name(scenario, plan))),
        ("least", least.into()),
        ("estimated", Cell::Share(exposed.to_f64()).into()),
    ];
    Some(say(texts().answer.break_even, &parts))
}

fn today(scenario: &Scenario, analysis: &Analysis) -> Text {
    let words = &texts().answer;
    let loss = loss_digits(scenario);
    let count = scenario.risks().len();
    let mut text = say(words.today, &[("loss", Cell::Money(analysis.loss_today, loss).into())]);
    if let Some(bad) = analysis.year.as_ref().and_then(|year| year.today.total.quantiles[BAD]) {
        text = text.joined(say(words.today_bad, &[("bad", amount(Some(bad), digits(analysis)).into())]));
    }
    text = text.and(line(number(count, words.from_one_risk, words.from_risks), &[("count", &count)]));
    let largest = (0..count)
        .max_by(|&a, &b| analysis.net_loss(a).to_f64().total_cmp(&analysis.net_loss(b).to_f64()).then(b.cmp(&a)));
    if let Some(index) = largest.filter(|_| count > 1 && analysis.loss_today.is_positive()) {
        let share = analysis.net_loss(index).to_f64() / analysis.loss_today.to_f64();
        let risk = scenario.risks()[index].name.clone();
        let parts = [("share", Cell::Share(share).into()), ("risk", Piece::Name(risk))];
        text = text.joined(say(words.largest, &parts));
    }
    let bad = analysis.year.as_ref().and_then(|year| year.today.total.quantiles[BAD]);
    if bad.is_some_and(|bad| bad < analysis.loss_today.to_f64()) {
        text = text.and(words.average_above_bad);
    }
    text.and(".")
}

fn none_recommended(scenario: &Scenario, analysis: &Analysis) -> Text {
    let words = &texts().answer;
    let closest = analysis
        .plans
        .iter()
        .max_by(|a, b| a.investment.net_present_value.to_f64().total_cmp(&b.investment.net_present_value.to_f64()));
    match closest {
        None => Text::plain(words.no_plan),
        Some(plan) => {
            let value = Cell::Money(plan.investment.net_present_value, value_digits(scenario));
            say(words.none_worth, &[("plan", Piece::Name(name(scenario, plan))), ("value", value.into())])
        }
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
    let words = &texts().answer;
    let Some(best) = analysis.recommended else {
        return if analysis.plans.is_empty() { words.why_no_plan } else { words.why_none }.to_owned();
    };
    let id = |index: usize| &scenario.plans()[analysis.plans[index].plan].id;
    let conflict = super::ratio_leader(analysis).filter(|leader| *leader != best);
    let note = conflict.map_or_else(String::new, |leader| line(words.why_not_ratio, &[("plan", id(leader))]));
    line(words.why_best, &[("plan", id(best))]) + &note
}

/// How far the figures can be trusted.
pub fn caution(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Vec<Text> {
    let words = &texts().answer;
    let mut lines = Vec::new();
    let (examples, all) = (scenario.example_count(), scenario.stated_count());
    if examples > 0 {
        let parts = [("count", Cell::Count(examples as u64).into()), ("all", Cell::Count(all as u64).into())];
        lines.push(say(number(examples, words.example, words.examples), &parts));
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
        lines.push(say(words.not_counted, &[("what", left_out.join("; ").into())]));
    }
    let others = |best: usize| (0..analysis.plans.len()).filter(move |other| *other != best);
    let ties: Vec<String> = analysis.recommended.map_or_else(Vec::new, |best| {
        let tied = others(best).filter(|other| is_tie(analysis, best, *other));
        tied.map(|other| name(scenario, &analysis.plans[other])).collect()
    });
    if !ties.is_empty() {
        let parts = [("plans", Piece::Name(ties.join(", "))), ("option", Piece::Code("--years".into()))];
        lines.push(say(words.tie, &parts));
    }
    lines
}

/// What to do next.
pub fn next(scenario: &Scenario, analysis: &Analysis, context: &Context) -> Vec<Text> {
    let words = &texts().answer;
    let code = |words: &str| Piece::Code(words.to_owned());
    let command = |template, command: &str| say(template, &[("command", code(command))]);
    if context.built_in {
        return vec![command(words.built_in, "rosi init > case.toml"), command(words.other_examples, "rosi examples")];
    }
    let mut lines = Vec::new();
    let file = context.file.clone().unwrap_or_else(|| "case.toml".into());
    if let Some((index, _)) = heaviest_example(scenario, analysis) {
        lines.push(say(words.replace_first, &[("key", code(&scenario.estimates()[index].path))]));
    }
    if analysis.plans.is_empty() {
        lines.push(say(words.add_options, &[("table", code("[[plan]]")), ("key", code("controls = [\"…\"]"))]));
    }
    let rates = scenario.risks().iter().filter(|risk| matches!(risk.rate, EventRate::Threat { .. })).count();
    if rates == 0 && analysis.plans.is_empty() {
        lines.push(say(words.every_key, &[("page", code("docs/file-format.md"))]));
    }
    lines.push(command(words.check, &format!("rosi check {file}")));
    lines.push(command(words.draw, &format!("rosi assess {file} --charts charts")));
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
    let words = &texts().answer;
    line(number(count, words.one_year, words.years), &[("count", &count)])
}

pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
