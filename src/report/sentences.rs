//! The answer, the cautions and what to do next, in sentences.

use std::cmp::Ordering;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionId, PlanAnalysis, Valuation, Year};
use crate::model::{EstimateId, EventRate, PlanId, Scenario};
use crate::units::{Figure, Kind, Language};

use super::chart::words::less_than_percent;
use super::insurance::{is_tie, pay_anything, policies};
use super::sections::telling;
use super::texts::{line, number, say, texts};
use super::year::{amount, digits, known};
use super::{Cell, Context, Digits, Piece, Text};

/// Three digits: what a range of expert judgement supports at best.
const SUPPORTED: Digits = Digits::Significant(3);
/// Averages below are said as nothing.
const LEAST_SAID: f64 = 0.5;

/// How many digits of a loss the file supports: all where nothing has a range.
pub fn loss_digits(scenario: &Scenario) -> Digits {
    let costs = cost_estimates(scenario);
    let ranges = scenario.estimates().entries().any(|(id, estimate)| !estimate.is_fixed() && !costs.contains(&id));
    if ranges { SUPPORTED } else { Digits::Whole }
}

/// How many digits of a cost the file supports: fewer, too, where prices of later years rest on a growth that is assumed.
pub fn cost_digits(scenario: &Scenario) -> Digits {
    let ranges = cost_estimates(scenario).into_iter().any(|id| !scenario.estimate(id).is_fixed());
    if ranges || !scenario.assumptions().growth.costs.get().is_zero() { SUPPORTED } else { Digits::Whole }
}

/// How many digits of a value the file supports: the fewer of the two.
pub fn value_digits(scenario: &Scenario) -> Digits {
    match (loss_digits(scenario), cost_digits(scenario)) {
        (Digits::Whole, Digits::Whole) => Digits::Whole,
        _ => SUPPORTED,
    }
}

fn cost_estimates(scenario: &Scenario) -> Vec<EstimateId> {
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
        .collect()
}

/// The answer in four sentences: today, the choice, its money, its chance; two where nothing is recommended.
pub fn answer(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    answer_of(scenario, analysis, Length::Whole)
}

/// The same without the amounts that explain a late payback.
pub fn answer_in_short(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    answer_of(scenario, analysis, Length::Short)
}

/// The same with what a paragraph about today before it has not said already.
pub fn answer_at_least(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    answer_of(scenario, analysis, Length::Least)
}

/// How much there is room for.
#[derive(Clone, Copy, PartialEq)]
enum Length {
    /// All of it.
    Whole,
    /// What one screen holds.
    Short,
    /// What it holds beside long names.
    Least,
}

fn answer_of(scenario: &Scenario, analysis: &Analysis, length: Length) -> Vec<Text> {
    let mut sentences = vec![today(scenario, analysis)];
    let Some((index, best)) = analysis.recommended.map(|index| (index, &analysis.plans[index])) else {
        sentences.push(none_recommended(scenario, analysis));
        return sentences;
    };
    let words = &texts(scenario).answer;
    let money = &best.investment;
    let horizon = years(scenario, scenario.assumptions().horizon);
    let mut choice = lowered(scenario, analysis, best, length);
    let bad = |year: &Year| {
        let [left, now] = [&year.plans[index], &year.today].map(|option| option.total.quantiles[BAD]);
        // What stays as it is, or reads so, goes nowhere.
        left.filter(|left| now.map(|now| known(analysis, now)) != Some(known(analysis, *left)))
    };
    if let Some((year, left)) = analysis.year.as_ref().and_then(|year| Some((year, bad(year)?))) {
        let now = year.today.total.quantiles[BAD].unwrap_or_default();
        // What the average does a bad year does too, or it has a verb of its own.
        let goes_with =
            !is_tiny(scenario, analysis, best) && change(analysis.loss_today, best.loss) == left.total_cmp(&now);
        let template = if goes_with { words.recommended_bad } else { words.recommended_bad_apart };
        choice = choice.joined(say(template, &[("bad", amount(Some(left), digits(analysis)).into())]));
    }
    sentences.push(choice.and("."));
    let is_cheaper = (Figure::ZERO - money.present_cost).is_positive();
    let mut worth = say(
        match (is_cheaper, scenario.assumptions().tax_rate.get().is_zero()) {
            (true, true) => words.recommended_cheaper,
            (true, false) => words.recommended_cheaper_taxed,
            (false, _) => words.recommended_worth,
        },
        &[
            ("cost", Cell::Money(money.present_cost, cost_digits(scenario)).into()),
            ("less", Cell::Money(Figure::ZERO - money.present_cost, cost_digits(scenario)).into()),
            ("years", horizon.clone().into()),
            ("value", Cell::Money(money.net_present_value, value_digits(scenario)).into()),
        ],
    );
    if let Some(payback) = money.payback_years.filter(|payback| payback.is_positive()) {
        // Shown to a tenth of a year: less than half of that is no time.
        let payback = payback.to_f64();
        worth = worth.joined(match payback < 0.05 {
            true => Text::plain(words.paid_at_once),
            false => say(words.paid_after, &[("time", Cell::Years(payback).into())]),
        });
    }
    sentences.push(worth.and("."));
    // What an option is worth that saves time is not told by losses and costs.
    if money.present_gains.is_positive() {
        let gained = Cell::Money(money.present_gains, value_digits(scenario));
        sentences.push(say(words.saves_time, &[("amount", gained.into()), ("years", horizon.clone().into())]));
    }
    // What spends less than today has nothing to pay back.
    sentences.extend(paying(scenario, analysis, index, &horizon, length).filter(|_| !is_cheaper));
    sentences
}

/// The chance that an option has paid for itself, and where its value is above zero and the chance below a half, why:
/// the mean of what it prevents then lies above its median, for a few periods prevent very much.
fn paying(scenario: &Scenario, analysis: &Analysis, plan: OptionId, horizon: &str, length: Length) -> Option<Text> {
    let words = &texts(scenario).answer;
    let paths = analysis.paths.as_ref()?;
    let (chance, error) = paths.chance_of_paying_back(plan)?;
    let parts = [("years", horizon.into()), ("chance", likelihood(scenario, (chance, error)).into())];
    // "An 8.1% chance", "an 11% chance", "an 82% chance"; a share below ten has a digit behind the point.
    let percent = (100.0 * chance).round();
    let is_an =
        (7.95..8.95).contains(&(100.0 * chance)) || [11.0, 18.0].contains(&percent) || (80.0..90.0).contains(&percent);
    let template = match percent {
        100.0.. => words.almost_certain,
        _ if is_an => words.chance_of_paying_an,
        _ => words.chance_of_paying,
    };
    let mut text = say(template, &parts);
    let most = paths.quantiles(plan, [0.95]).map(|[most]| most).filter(|most| *most > 0.0);
    let money = &analysis.plans[plan].investment;
    // Where most of the value is time saved, rare losses are not what it waits for.
    let is_worth_it =
        money.net_present_value.is_positive() && (money.present_avoided - money.present_gains).is_positive();
    if let Some(most) = most.filter(|_| is_worth_it && chance + 2.0 * error < 0.5) {
        let most = Cell::Money(Figure::approximate(most), Digits::Significant(2));
        text = text.and(words.mainly_rare);
        if length == Length::Whole {
            text = text.joined(say(words.in_most_periods, &[("years", horizon.into()), ("most", most.into())]));
        }
    }
    Some(text.and("."))
}

/// A chance below half of this is said as less than it: whether simulated years found none or a few of so many, nobody
/// decides otherwise.
const HARDLY_ANY: f64 = 0.01;
/// No number of simulated years makes a chance certain.
const NEARLY_ALL: f64 = 0.9999;

/// A chance that comes of simulated years, so that it is neither never nor certain.
pub(super) fn likelihood(scenario: &Scenario, (chance, error): (f64, f64)) -> Cell {
    if error > 0.0 && chance < 0.5 * HARDLY_ANY {
        return Cell::words(less_than_percent(HARDLY_ANY, scenario.voice()));
    }
    Cell::Share(if error > 0.0 { chance.min(NEARLY_ALL) } else { chance })
}

/// That the file asks for another option than the one that is recommended.
pub fn asked_other(scenario: &Scenario, analysis: &Analysis) -> Option<Text> {
    // Where none is recommended the closest one was told with its value.
    let is_told = |other: &&PlanAnalysis| {
        analysis.recommended.is_none() && closest(analysis).is_some_and(|closest| closest.plan == other.plan)
    };
    let other = asked_but_not_best(scenario, analysis).filter(|other| !is_told(other))?;
    let value = Cell::Money(other.investment.net_present_value, value_digits(scenario));
    let parts = [("plan", Piece::Name(name(scenario, other))), ("value", value.into())];
    Some(say(texts(scenario).answer.asked_other, &parts))
}

/// From what to what an option lowers the average loss; how much it takes off, where both would read the same.
fn lowered(scenario: &Scenario, analysis: &Analysis, plan: &PlanAnalysis, length: Length) -> Text {
    let (words, digits) = (&texts(scenario).answer, loss_digits(scenario));
    let parts = [
        ("plan", Piece::Name(name(scenario, plan))),
        ("today", Cell::Money(analysis.loss_today, digits).into()),
        ("less", Cell::Money(analysis.loss_today - plan.loss, digits).into()),
        ("more", Cell::Money(plan.loss - analysis.loss_today, digits).into()),
        ("left", Cell::Money(plan.loss, digits).into()),
    ];
    let is_least = length == Length::Least;
    let template = match (change(analysis.loss_today, plan.loss), is_tiny(scenario, analysis, plan)) {
        (Ordering::Equal, _) => words.recommended_stays,
        (Ordering::Less, true) => words.recommended_tiny,
        (Ordering::Less, false) if is_least => words.recommended_to,
        (Ordering::Less, false) => words.recommended,
        (Ordering::Greater, true) => words.recommended_adds_tiny,
        (Ordering::Greater, false) if is_least => words.recommended_raises_to,
        (Ordering::Greater, false) => words.recommended_raises,
    };
    say(template, &parts)
}

/// How an average loss compares with today's: the same where no more than arithmetic tells them apart.
pub(super) fn change(before: Figure, after: Figure) -> Ordering {
    let (before, after) = (before.to_f64(), after.to_f64());
    if (after - before).abs() <= 1e-9 * before.abs() { Ordering::Equal } else { after.total_cmp(&before) }
}

/// Whether what an option takes off the average loss would not be seen in it.
fn is_tiny(scenario: &Scenario, analysis: &Analysis, plan: &PlanAnalysis) -> bool {
    let (before, after) = (analysis.loss_today.to_f64(), plan.loss.to_f64());
    loss_digits(scenario) == SUPPORTED && (before - after).abs() < 0.01 * before.abs()
}

/// Two shares that are this close read alike in two digits.
const NEAR: f64 = 0.05;

/// From which reduction on an option is worth its cost.
///
/// Where insurers pay there is no such sentence: a smaller loss of each event and fewer events then bring different values,
/// so that no reduction beside the one that is estimated tells which of them is enough.
pub fn break_even(scenario: &Scenario, analysis: &Analysis, plan: Option<OptionId>) -> Option<Text> {
    let plan = &analysis.plans[plan?];
    let money = &plan.investment;
    let exposed = money.present_avoided.ratio(money.present_exposed)?;
    let below = |figure: Figure| (Figure::ZERO - figure).is_positive();
    let net_cost = money.present_cost - money.present_gains;
    let is_insured = pay_anything(scenario, &[plan]);
    let least = match money.break_even_reduction {
        // All of the loss taken away would not pay for it.
        None if below(money.net_present_value)
            && net_cost.is_positive()
            && (!is_insured || below(money.present_exposed - net_cost)) =>
        {
            return Some(say(texts(scenario).answer.never_even, &[("plan", Piece::Name(name(scenario, plan)))]));
        }
        _ if is_insured => return None,
        least => least.filter(|least| least.is_positive())?.to_f64(),
    };
    // Where both would read alike, as finely as tells them apart.
    let estimated = exposed.to_f64();
    let is_near = (least / estimated - 1.0).abs() < NEAR;
    let share = |part: f64| if is_near { telling(part, least, estimated, Kind::Chance) } else { Cell::Share(part) };
    let parts = [
        ("plan", Piece::Name(name(scenario, plan))),
        ("least", share(least).into()),
        ("estimated", share(estimated).into()),
    ];
    let words = &texts(scenario).answer;
    Some(say(if below(money.net_present_value) { words.break_even_short } else { words.break_even }, &parts))
}

fn today(scenario: &Scenario, analysis: &Analysis) -> Text {
    let words = &texts(scenario).answer;
    let loss = loss_digits(scenario);
    let count = scenario.risks().len();
    let mut text = say(words.today, &[("loss", Cell::Money(analysis.loss_today, loss).into())]);
    // Policies that only an option brings pay nothing today.
    if policies(scenario, None).next().is_some() {
        let premium: Figure = policies(scenario, None).map(|policy| Figure::exact(policy.premium.get())).sum();
        text = match premium.is_positive() {
            true => text.joined(say(words.after_insurers_for, &[("premium", Cell::Money(premium, loss).into())])),
            false => text.and(words.after_insurers),
        };
    }
    if let Some(bad) = analysis.year.as_ref().and_then(|year| year.today.total.quantiles[BAD]) {
        text = text.joined(say(words.today_bad, &[("bad", amount(Some(bad), digits(analysis)).into())]));
    }
    text = text.and(line(number(count, words.from_one_risk, words.from_risks), &[("count", &count)]));
    let largest = (scenario.risks().ids())
        .max_by(|&a, &b| analysis.net_loss(a).to_f64().total_cmp(&analysis.net_loss(b).to_f64()).then(b.cmp(&a)));
    if let Some(index) = largest.filter(|_| count > 1 && analysis.loss_today.is_positive()) {
        let share = analysis.net_loss(index).to_f64() / analysis.loss_today.to_f64();
        let risk = scenario.risks()[index].name.clone();
        let parts = [("share", Cell::Share(share).into()), ("risk", Piece::Name(risk))];
        text = text.joined(say(words.largest, &parts));
    }
    let bad = analysis.year.as_ref().and_then(|year| year.today.total.quantiles[BAD]);
    // An average that is said as nothing exceeds nothing.
    let average = analysis.loss_today.to_f64();
    if let Some(bad) = bad.filter(|bad| *bad < average && average >= LEAST_SAID) {
        let chance = analysis.year.as_ref().map_or(0.0, |year| year.today.total.chance_of_loss);
        text = match bad > 0.0 || chance <= 0.0 {
            true => text.and(words.average_above_bad),
            false => {
                let each = amount(Some(average / chance), digits(analysis)).into();
                text.joined(say(words.bad_is_nothing, &[("chance", Cell::Chance(chance).into()), ("each", each)]))
            }
        };
    }
    text.and(".")
}

/// The option of the highest value, also where none is worth its cost.
fn closest(analysis: &Analysis) -> Option<&PlanAnalysis> {
    let value = |plan: &PlanAnalysis| plan.investment.net_present_value.to_f64();
    analysis.plans.iter().max_by(|a, b| value(a).total_cmp(&value(b)))
}

fn none_recommended(scenario: &Scenario, analysis: &Analysis) -> Text {
    let words = &texts(scenario).answer;
    match closest(analysis) {
        None => Text::plain(words.no_plan),
        Some(plan) => {
            let loss = Figure::ZERO - plan.investment.net_present_value;
            let template = if loss.is_positive() { words.none_worth } else { words.none_gains };
            let parts = [
                ("plan", Piece::Name(name(scenario, plan))),
                ("loss", Cell::Money(loss, value_digits(scenario)).into()),
            ];
            say(template, &parts)
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

/// The name of an option: of a plan that was analysed, or of doing nothing more.
pub fn option_name(scenario: &Scenario, analysis: &Analysis, option: Option<OptionId>) -> String {
    plan_name(scenario, option.map(|option| analysis.plans[option].plan))
}

/// The name of a plan, or of doing nothing more.
fn plan_name(scenario: &Scenario, plan: Option<PlanId>) -> String {
    plan.map_or_else(|| texts(scenario).shared.nothing_more.to_owned(), |plan| scenario.plans()[plan].name.clone())
}

/// The same of the best option of a case that was only valued.
pub fn best_name(scenario: &Scenario, found: &Valuation) -> String {
    plan_name(scenario, found.recommended.map(|option| found.plans[option].plan))
}

/// Why the recommended plan is recommended, for other programs.
pub fn why(scenario: &Scenario, analysis: &Analysis) -> String {
    let words = &texts(scenario).answer;
    let Some(best) = analysis.recommended else {
        return if analysis.plans.is_empty() { words.why_no_plan } else { words.why_none }.to_owned();
    };
    let id = |index: OptionId| &scenario.plans()[analysis.plans[index].plan].id;
    let conflict = super::ratio_leader(analysis).filter(|leader| *leader != best);
    let note = conflict.map_or_else(String::new, |leader| line(words.why_not_ratio, &[("plan", id(leader))]));
    line(words.why_best, &[("plan", id(best))]) + &note
}

/// Whether a warning speaks of a figure that makes an option look better than it is. A price that counts whole, although
/// what it buys lasts longer, does not: it stands with the advice.
pub fn misleads(warning: &Diagnostic) -> bool {
    warning.code == Code::Figure && !warning.path.ends_with(".lifetime")
}

/// What a warning says that is read and not counted.
pub fn not_counted(scenario: &Scenario, warning: &Diagnostic) -> Option<String> {
    let said = (warning.code == Code::NotCounted).then(|| super::advice::said(scenario, warning))?;
    said.split_once(": ").map(|(_, what)| what.to_owned())
}

/// How far the figures can be trusted.
pub fn caution(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Vec<Text> {
    let words = &texts(scenario).answer;
    let mut lines = Vec::new();
    let (examples, all) = (scenario.example_count(), scenario.stated_count());
    if examples > 0 {
        let parts = [("count", Cell::Count(examples as u64).into()), ("all", Cell::Count(all as u64).into())];
        lines.push(say(number(examples, words.example, words.examples), &parts));
    }
    let (seed, few) = super::chosen(analysis.seed, analysis.year.as_ref().and_then(|year| year.years));
    let chosen = [(seed, words.chosen_seed, "seed"), (few, words.few_years, "years")];
    lines.extend(chosen.into_iter().filter_map(|(it, text, name)| Some(say(text, &[(name, Cell::Count(it?).into())]))));
    for warning in warnings.iter().filter(|warning| misleads(warning)) {
        lines.push(Text::plain(format!("{}.", capital(&super::advice::said(scenario, warning)))));
    }
    let left_out: Vec<String> = warnings.iter().filter_map(|warning| not_counted(scenario, warning)).collect();
    if !left_out.is_empty() {
        lines.push(say(words.not_counted, &[("what", left_out.join("; ").into())]));
    }
    let others = |best: OptionId| analysis.plans.ids().filter(move |other| *other != best);
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
    next_of(scenario, analysis, context, Length::Whole)
}

/// The same as far as one screen holds it.
pub fn next_in_short(scenario: &Scenario, analysis: &Analysis, context: &Context) -> Vec<Text> {
    next_of(scenario, analysis, context, Length::Short)
}

fn next_of(scenario: &Scenario, analysis: &Analysis, context: &Context, length: Length) -> Vec<Text> {
    let words = &texts(scenario).answer;
    let code = |words: &str| Piece::Code(words.to_owned());
    let command = |template, command: &str| say(template, &[("command", code(command))]);
    if context.built_in {
        return vec![command(words.built_in, "rosi init > case.toml"), command(words.other_examples, "rosi examples")];
    }
    let mut lines = Vec::new();
    let file = context.file.clone().unwrap_or_else(|| "case.toml".into());
    if let Some((id, _)) = heaviest_example(scenario, analysis) {
        let template = if length == Length::Short { texts(scenario).prompt.replace_first } else { words.replace_first };
        lines.push(say(template, &[("key", code(&scenario.estimate(id).path))]));
    }
    if analysis.plans.is_empty() {
        lines.push(say(words.add_options, &[("table", code("[[plan]]")), ("key", code("controls = [\"…\"]"))]));
    }
    let rates = scenario.risks().iter().filter(|risk| matches!(risk.rate, EventRate::Threat { .. })).count();
    if rates == 0 && analysis.plans.is_empty() {
        lines.push(say(words.every_key, &[("page", code("docs/file-format.md"))]));
    }
    // A search needs something to choose from; where no option is worth its cost, any control may be.
    let bought = scenario.controls().iter().filter(|control| !control.in_place).count();
    let least = if length == Length::Short { usize::MAX } else { 1 };
    if bought > least || bought >= 1 && analysis.recommended.is_none() {
        lines.push(command(words.search, &format!("rosi optimise {file}")));
    }
    if length == Length::Whole {
        lines.push(command(words.check, &format!("rosi check {file}")));
    }
    if length == Length::Whole && analysis.sensitivity.is_none() && !analysis.plans.is_empty() {
        lines.push(command(words.what_would_change, &format!("rosi assess {file} --sensitivity --full")));
    }
    lines.push(command(words.paper, &format!("rosi report {file} --out paper.pdf")));
    lines
}

/// The example estimate of the largest weight.
fn heaviest_example(scenario: &Scenario, analysis: &Analysis) -> Option<(EstimateId, f64)> {
    let weights = analysis.weights.as_ref()?;
    weights
        .changes
        .entries()
        .filter(|(id, _)| scenario.estimate(*id).record.example)
        .map(|(id, change)| (id, change.abs()))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .filter(|(_, weight)| *weight > 0.0)
}

/// A number of years in words.
pub fn years(language: impl Into<Language>, count: usize) -> String {
    let words = &texts(language).answer;
    line(number(count, words.one_year, words.years), &[("count", &count)])
}

pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
