//! The page that decides: who asks whom, what for, the answer, the options, and what would make it wrong.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::money::costs::CostLine;
use crate::engine::optimise::Optimisation;
use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::model::{PlanId, Scenario};
use crate::units::{Arithmetic, Figure, Language};

use super::super::adding;
use super::super::changed;
use super::super::chart::words::chance;
use super::super::chart::{AgreedLimit, Standing};
use super::super::insurance::{is_insured, too_cheap};
use super::super::pictures::limits_of;
use super::super::sections::{chosen_row, saves_time};
use super::super::sentences::{self, cost_digits, loss_digits, name, value_digits, years};
use super::super::texts::{line, say, texts};
use super::super::{Cell, Digits, Piece, Section, Table, Text, year};
use super::better::{better, only_another_pays};
use super::room::Order;
use super::wrong::wrong_if;
use super::{Front, bought};

/// How many agreed limits get a column of their own.
const LIMITS: usize = 2;

pub(super) fn front(
    scenario: &Scenario,
    analysis: &Analysis,
    search: Option<&Optimisation>,
    warnings: &[Diagnostic],
    picture: Option<&str>,
) -> Front {
    let mut answer = sentences::answer(scenario, analysis);
    // A recommendation that rests on a premium too low is known for one.
    answer.extend(too_cheap(scenario, analysis));
    let mut options = options(scenario, analysis, LIMITS);
    let (whole, better) = search.and_then(|search| better(scenario, analysis, search)).unzip();
    options.notes.extend(whole);
    let mut decision = decision(scenario, analysis, options.table.as_ref());
    if search.is_some_and(|search| only_another_pays(analysis, search)) {
        decision.push(Text::plain(texts(scenario).front.another_set));
    }
    decision.extend(limits_not_kept(scenario, analysis));
    // What is read but not counted stands with what is left out.
    let grave: Vec<Diagnostic> = warnings.iter().filter(|w| w.code != Code::NotCounted).cloned().collect();
    Front {
        head: head(scenario),
        // Advice that a ratio would mislead belongs beside the money, not here.
        caution: changed::caution(scenario).into_iter().chain(sentences::caution(scenario, analysis, &grave)).collect(),
        answer,
        decision,
        order: Order::of(analysis, analysis.plans.position(|plan| Some(plan.plan) == asked_plan(scenario))),
        options,
        better,
        picture: picture.map(str::to_owned),
        wrong_if: wrong_if(scenario, analysis),
        sign_off: sign_off(scenario),
    }
}

/// Who asks, who checks and who decides, by name where the file has it.
fn sign_off(scenario: &Scenario) -> Vec<[String; 2]> {
    let proposal = scenario.proposal();
    let names = [&proposal.by, &None, &proposal.to];
    let roles = texts(scenario).paper.roles;
    roles.into_iter().zip(names).map(|(role, name)| [role.to_owned(), name.clone().unwrap_or_default()]).collect()
}

/// What kind of paper it is, whose, from whom to whom, of which day, for whose eyes.
fn head(scenario: &Scenario) -> String {
    let words = &texts(scenario).front;
    let proposal = scenario.proposal();
    let who = |template: &str, who: &Option<String>| who.as_ref().map(|who| line(template, &[("who", who)]));
    let parts = [
        Some(texts(scenario).paper.kind.to_owned()),
        scenario.organisation().name.clone(),
        who(words.by, &proposal.by),
        who(words.to, &proposal.to),
        // A day stays whole, and what parts two parts ends a line.
        proposal.date.map(|date| day(scenario, date).replace(' ', "\u{a0}")),
        proposal.classification.clone(),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\u{a0}· ")
}

/// The option of the file's decision.
fn asked_plan(scenario: &Scenario) -> Option<PlanId> {
    scenario.decision()?.plan
}

/// What is asked: the option of the file's decision, else the recommended one. A question where it is not to be
/// recommended, so that the page does not ask for what it advises against.
fn decision(scenario: &Scenario, analysis: &Analysis, beside: Option<&Table>) -> Vec<Text> {
    let words = &texts(scenario).front;
    let best = analysis.recommended.map(|index| &analysis.plans[index]);
    let asked = analysis.plans.iter().find(|plan| Some(plan.plan) == asked_plan(scenario));
    let Some(plan) = asked.or(best) else {
        let ask = Text::plain(if analysis.plans.is_empty() { words.no_option } else { words.no_money });
        return vec![ask.joined(decide_by(scenario))];
    };
    let is_advised = best.is_some_and(|best| best.plan == plan.plan);
    let cash = &plan.investment.cash;
    let horizon = years(scenario, scenario.assumptions().horizon);
    let total = plan.investment.total_cash();
    let digits = cost_digits(scenario);
    let less = Figure::ZERO - total;
    let now = cash.first().copied().filter(|now| now.is_positive() && !less.is_positive());
    let template = match (is_advised, less.is_positive(), now) {
        (true, false, None) => words.approve,
        (true, false, Some(_)) => words.approve_start,
        (true, true, _) => words.approve_cheaper,
        (false, false, None) => words.question,
        (false, false, Some(_)) => words.question_start,
        (false, true, _) => words.question_cheaper,
    };
    let parts = [
        ("plan", Piece::Name(name(scenario, plan))),
        ("less", Cell::Money(less, digits).into()),
        ("budget", Cell::Money(total, digits).into()),
        ("years", horizon.into()),
        ("now", Cell::Money(now.unwrap_or(Figure::ZERO), digits).into()),
    ];
    let mut lines = vec![say(template, &parts).joined(decide_by(scenario))];
    lines.extend(bought::told(scenario, plan));
    lines.extend(bridge(scenario, plan, beside));
    // What stands above is of the option that is asked for; the advice comes last.
    let value = plan.investment.net_present_value;
    let amount = |figure: Figure| Cell::Money(figure, value_digits(scenario)).into();
    match best {
        Some(best) if best.plan != plan.plan => {
            let cash = best.investment.total_cash();
            let saved = Figure::ZERO - cash;
            let parts = [
                ("best", Piece::Name(name(scenario, best))),
                ("cash", Cell::Money(cash, digits).into()),
                ("saved", Cell::Money(saved, digits).into()),
                ("more", amount(best.investment.net_present_value - value)),
            ];
            let template = if saved.is_positive() { words.not_the_best_saves } else { words.not_the_best };
            lines.push(say(template, &parts));
        }
        None if value.is_zero() => lines.push(Text::plain(words.worth_nothing)),
        None => lines.push(say(words.not_worth_it, &[("less", amount(Figure::ZERO - value))])),
        Some(_) => {}
    }
    lines
}

/// Agreed limits that what is advised or asked for does not keep, and which option does. The highest net present value
/// decides what is recommended; that it passes a limit must stand beside the advice.
fn limits_not_kept(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let words = &texts(scenario).front;
    if analysis.plans.is_empty() {
        return Vec::new();
    }
    let advised = analysis.recommended.map_or(0, OptionId::row);
    let asked = analysis.plans.entries().find(|(_, plan)| Some(plan.plan) == asked_plan(scenario));
    let asked = asked.map(|(id, _)| id.row()).filter(|asked| *asked != advised);
    let over = |limit: &AgreedLimit, option: usize| limit.standing(option) == Some(Standing::Over);
    let said = |limit: &AgreedLimit| {
        let of = |template: &'static str, option: usize| {
            let plan = analysis.plans.entries().find(|(id, _)| id.row() == option);
            let parts = [
                ("plan", Piece::Name(plan.map_or_else(String::new, |(_, plan)| name(scenario, plan)))),
                ("limit", Piece::Name(limit.name.clone())),
                ("chance", limit.said(option, scenario.voice()).unwrap_or_default().into()),
                ("agreed", chance(limit.chance, scenario.voice()).into()),
            ];
            say(template, &parts)
        };
        let start = match (over(limit, advised), asked.filter(|asked| over(limit, *asked))) {
            (true, asked) => {
                let advised = of(if advised == 0 { words.today_over } else { words.advised_over }, advised);
                asked.into_iter().fold(advised, |text, asked| text.joined(of(words.asked_over, asked)))
            }
            (false, asked) => asked.map_or_else(Text::default, |asked| of(words.advised_over, asked)),
        };
        let keeps = |(id, _): &(OptionId, &PlanAnalysis)| limit.standing(id.row()) == Some(Standing::Within);
        let value = |plan: &PlanAnalysis| plan.investment.net_present_value;
        let keeping = || analysis.plans.entries().filter(keeps).map(|(_, plan)| plan);
        let best = keeping().max_by(|a, b| value(a).to_f64().total_cmp(&value(b).to_f64()));
        start.joined(match best {
            Some(plan) => {
                let worth = Cell::Money(value(plan), value_digits(scenario)).into();
                let template = if keeping().count() == 1 { words.only_within } else { words.best_within };
                say(template, &[("plan", Piece::Name(name(scenario, plan))), ("value", worth)])
            }
            None => Text::plain(words.none_within),
        })
    };
    let is_told = |limit: &&AgreedLimit| over(limit, advised) || asked.is_some_and(|asked| over(limit, asked));
    limits_of(scenario, analysis).iter().filter(is_told).take(LIMITS).map(said).collect()
}

/// By when, where the file says it.
fn decide_by(scenario: &Scenario) -> Text {
    let by = scenario.decision().and_then(|decision| decision.by);
    by.map_or_else(Text::default, |by| say(texts(scenario).front.decide_by, &[("day", day(scenario, by).into())]))
}

/// The way from the budget to the cost: cash, the time of own staff and of users, what is sold or left at the end; their
/// sum before tax, and that in today's money. All in the unit in which the budget is told, and so that it adds up.
fn bridge(scenario: &Scenario, plan: &PlanAnalysis, beside: Option<&Table>) -> Option<Text> {
    let words = &texts(scenario).front;
    let money = &plan.investment;
    let of = |cost_line: CostLine| -> Figure { plan.controls.iter().flat_map(|costs| costs.line(cost_line)).sum() };
    let cash = money.total_cash();
    let sold = of(CostLine::Sold) + of(CostLine::Left);
    let unit = unit_of(scenario, cash, beside);
    let units = |figure: Figure| Some(<f64 as Arithmetic>::from_decimal(figure.decimal()?.checked_div(unit)?));
    // The sum reads as in costs and benefits by year: what rounding leaves over goes to the parts behind the budget.
    let amounts = [cash, of(CostLine::People), of(CostLine::Friction), Figure::ZERO - sold];
    let amounts: Option<Vec<f64>> = amounts.into_iter().map(units).collect();
    let (counts, sum) = adding::beside_first(&amounts?);
    let amount = |count: f64| Decimal::from(count as i64) * unit;
    let cell = |amount: Decimal| Piece::from(Cell::Money(Figure::exact(amount), Digits::Whole));
    let parts = [
        (words.plus, words.bridge_people, "people", amount(counts[1])),
        (words.plus, words.bridge_users, "users", amount(counts[2])),
        (words.less, words.bridge_sold, "sold", Decimal::ZERO - amount(counts[3])),
    ];
    let cost = ("cost", Cell::Money(money.present_cost, cost_digits(scenario)).into());
    let rate = ("rate", Cell::typed(scenario.assumptions().tax_rate).into());
    let is_taxed = !scenario.assumptions().tax_rate.get().is_zero();
    if parts.iter().all(|(.., amount)| amount.is_zero()) {
        return Some(say(if is_taxed { words.today_only_taxed } else { words.today_only }, &[cost, rate]));
    }
    let mut text = Text::plain(words.bridge).joined(say(words.bridge_cash, &[("cash", cell(amount(counts[0])))]));
    for (sign, template, key, amount) in parts.into_iter().filter(|(.., amount)| !amount.is_zero()) {
        // A saving has the other sign.
        let takes = (sign == words.less) != amount.is_sign_negative();
        text = text.and(if takes { words.less } else { words.plus });
        text = text.joined(say(template, &[(key, cell(amount.abs()))]));
    }
    let end = if is_taxed { words.bridge_taxed } else { words.bridge_sum };
    Some(text.joined(say(end, &[("sum", cell(amount(sum))), cost, rate])))
}

/// The unit of the third digit of an amount that estimates went into, or that of the table beside it where this is
/// finer; one where no estimates did.
fn unit_of(scenario: &Scenario, amount: Figure, beside: Option<&Table>) -> Decimal {
    let size = amount.to_f64().abs();
    if cost_digits(scenario) == Digits::Whole || size < 1_000.0 {
        return Decimal::ONE;
    }
    let power = libm::floor(libm::log10(size)) as i32 - 2;
    let power = beside.and_then(Table::place).map_or(power, |place| power.min(place.max(0)));
    (0..power).fold(Decimal::ONE, |unit, _| unit * Decimal::TEN)
}

/// A day as people write it: 31 January 2027.
pub(crate) fn day(language: impl Into<Language>, date: Date) -> String {
    let words = &texts(language).said;
    let months = [
        words.january,
        words.february,
        words.march,
        words.april,
        words.may,
        words.june,
        words.july,
        words.august,
        words.september,
        words.october,
        words.november,
        words.december,
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| months.get(index)).copied();
    line(words.day, &[("day", &date.day()), ("month", &month.unwrap_or_default()), ("year", &date.year())])
}

/// Whether an option keeps an agreed limit, and the chance that it passes it.
pub(super) fn verdict(scenario: &Scenario, limit: &AgreedLimit, place: usize) -> Cell {
    let words = &texts(scenario).front;
    let said = limit.said(place, scenario.voice()).unwrap_or_default();
    let verdict = match limit.standing(place) {
        Some(Standing::Within) => words.within,
        Some(Standing::Over) => words.over,
        _ => words.too_close,
    };
    Cell::words(line(verdict, &[("chance", &said)]))
}

/// Doing nothing and each option: cost, average, bad year, value, and whether the agreed limits are kept.
pub(in crate::report) fn options(scenario: &Scenario, analysis: &Analysis, limits_shown: usize) -> Section {
    let (words, shared) = (&texts(scenario).front, &texts(scenario).shared);
    let (loss, value) = (loss_digits(scenario), value_digits(scenario));
    let horizon = scenario.assumptions().horizon;
    let known = analysis.year.as_ref();
    let limits = limits_of(scenario, analysis);
    // Where nothing is put forward, nothing has a cost.
    let has_options = !analysis.plans.is_empty();
    let mut columns = vec![shared.option.to_owned()];
    if has_options {
        columns.push(line(texts(scenario).options.cost, &[("years", &years(scenario, horizon))]));
    }
    columns.push(shared.average_loss.to_owned());
    if known.is_some() {
        columns.push(shared.bad_year.to_owned());
    }
    if has_options {
        columns.push(shared.value_today.to_owned());
    }
    columns.extend(limits.iter().take(limits_shown).map(|limit| line(words.is_within, &[("limit", &limit.name)])));
    let row = |place: usize, label: String, plan: Option<&PlanAnalysis>| {
        let average = plan.map_or(analysis.loss_today, |plan| plan.loss);
        let zero = Figure::ZERO;
        let mut row = vec![Cell::words(label)];
        if has_options {
            row.push(Cell::Money(plan.map_or(zero, |plan| plan.investment.present_cost), cost_digits(scenario)));
        }
        row.push(Cell::Money(average, loss));
        if let Some(known) = known {
            let bad = known.option(place).total.quantiles[BAD].filter(|loss| loss.is_finite());
            row.push(Cell::or_none(bad, |bad| Cell::Money(Figure::approximate(bad), year::digits(analysis))));
        }
        if has_options {
            row.push(Cell::Money(plan.map_or(zero, |plan| plan.investment.net_present_value), value));
        }
        for limit in limits.iter().take(limits_shown) {
            row.push(verdict(scenario, limit, place));
        }
        row
    };
    let mut rows = vec![row(0, shared.nothing_more.to_owned(), None)];
    rows.extend(analysis.plans.entries().map(|(index, plan)| row(index.row(), name(scenario, plan), Some(plan))));
    let emphasised = chosen_row(analysis);
    let assumptions = scenario.assumptions();
    let mut lead = if has_options {
        let template = if saves_time(analysis) { words.amounts_and_time } else { words.amounts };
        say(template, &[("rate", Cell::typed(assumptions.discount_rate).into())])
    } else {
        Text::default()
    };
    if is_insured(scenario, analysis) {
        lead = lead.and(words.after_insurers);
    }
    if has_options && !assumptions.tax_rate.get().is_zero() {
        lead = lead.joined(say(words.taxed, &[("rate", Cell::typed(assumptions.tax_rate).into())]));
    }
    let agreed = limits.iter().take(limits_shown).zip(scenario.appetite()).map(|(limit, point)| {
        let parts = [
            ("limit", limit.name.clone().into()),
            ("chance", Cell::Chance(limit.chance).into()),
            ("loss", Cell::Money(Figure::exact(point.loss.get()), Digits::Whole).into()),
        ];
        say(words.limit, &parts)
    });
    let section = Section {
        title: if has_options { words.options } else { texts(scenario).charts.start_today }.to_owned(),
        lead: Some(lead).filter(|lead| !lead.0.is_empty()),
        table: Some(Table { columns, rows, emphasised }),
        notes: agreed.collect(),
    };
    section.in_one_unit(scenario.unit())
}
