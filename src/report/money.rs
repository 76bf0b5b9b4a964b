//! Costs and benefits by year, in the form that finance people know.

use crate::engine::money::costs::{ControlCosts, CostLine};
use crate::engine::money::flows::{Discounting, Flow};
use crate::engine::{Analysis, Investment, PlanAnalysis};
use crate::model::Scenario;
use crate::units::{Figure, Language, Money};

use super::adding::{self, Sum};
use super::sections::subject;
use super::sentences::{cost_digits, loss_digits, name, value_digits};
use super::texts::{line, say, texts};
use super::{Cell, Digits, Section, Table, Text};

/// A line of a table of flows: what it is, and its flow by year.
pub type Line = (&'static str, Vec<Figure>);

/// What a line of costs is called.
pub fn label(language: impl Into<Language>, cost_line: CostLine) -> &'static str {
    let words = &texts(language).money;
    match cost_line {
        CostLine::Bought => words.bought,
        CostLine::Running => words.running,
        CostLine::People => words.people,
        CostLine::Friction => words.friction,
        CostLine::Retired => words.retired,
        CostLine::Sold => words.sold,
        CostLine::Left => words.left,
        CostLine::PeopleSaved => words.people_saved,
        CostLine::UsersSaved => words.users_saved,
    }
}

/// What controls cost, line by line, receipts below zero; lines of nothing are left out.
pub fn cost_flows(controls: &[ControlCosts]) -> Vec<(CostLine, Vec<Figure>)> {
    lines_of(controls, &CostLine::ALL)
}

/// What controls cost in these lines, receipts and gains below zero; lines of nothing are left out.
fn lines_of(controls: &[ControlCosts], wanted: &[CostLine]) -> Vec<(CostLine, Vec<Figure>)> {
    let years = controls.first().map_or(0, |costs| costs.total().len());
    let of = |cost_line: CostLine, t: usize| {
        let parts = controls.iter().flat_map(|costs| &costs.parts).filter(|part| part.cost_line == cost_line);
        parts.map(|part| part.in_year(t)).sum()
    };
    let sum = |cost_line| (0..years).map(|t| of(cost_line, t)).collect();
    let flows = wanted.iter().map(|cost_line| (*cost_line, sum(*cost_line)));
    flows.filter(|(_, flows): &(_, Vec<Figure>)| flows.iter().any(|flow| !flow.is_zero())).collect()
}

/// The same with their names.
pub fn cost_lines(language: impl Into<Language>, controls: &[ControlCosts]) -> Vec<Line> {
    let language = language.into();
    cost_flows(controls).into_iter().map(|(cost_line, flows)| (label(language, cost_line), flows)).collect()
}

/// The tax that costs save, below zero; where they fall, the tax on that.
pub fn tax_line(scenario: &Scenario, lines: &[Line], after_tax: &[Figure]) -> Option<Line> {
    let before = |t: usize| lines.iter().map(|(_, flows)| flows[t]).sum::<Figure>();
    let saved: Vec<Figure> = after_tax.iter().enumerate().map(|(t, cost)| *cost - before(t)).collect();
    let words = &texts(scenario).money;
    let is_paid = saved.iter().copied().sum::<Figure>().is_positive();
    let label = if is_paid { words.tax_paid } else { words.tax_saved };
    saved.iter().any(|flow| !flow.is_zero()).then_some((label, saved))
}

/// The money of a plan by year, told so that it adds up, and where in its table what stands.
pub(super) struct Flows {
    /// Every line, their sums, what is avoided, what remains, and the money paid.
    pub section: Section,
    /// The rows of lines that make the money paid: what is bought, and what runs with premiums less what ends.
    pub paid: Vec<(CostLine, usize)>,
    /// The row of the premiums.
    pub premiums: Option<usize>,
    /// The row of own people's time.
    pub people: Option<usize>,
    /// How many lines stand above their sum.
    lines: usize,
}

impl Flows {
    /// The row of the money paid.
    pub fn cash(&self) -> usize {
        self.section.table.as_ref().map_or(0, |table| table.rows.len().saturating_sub(1))
    }

    /// The flows of a plan.
    pub fn of(scenario: &Scenario, plan: &PlanAnalysis) -> Self {
        let money = &plan.investment;
        let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
        let words = &texts(scenario).money;
        let mut columns = year_columns(scenario, money.cost.len());
        columns.push(words.total.to_owned());
        columns.push(words.todays_money.to_owned());
        let row = |label: &str, flows: &[Figure], digits, present: Cell| {
            let mut row = vec![Cell::words(label)];
            row.extend(flows.iter().map(|flow| Cell::Money(*flow, digits)));
            row.push(Cell::Money(flows.iter().copied().sum(), digits));
            row.push(present);
            row
        };
        let presents = present_values(scenario, plan);
        let by_line = cost_flows(&plan.controls);
        let at = |wanted: CostLine| by_line.iter().position(|(cost_line, _)| *cost_line == wanted);
        let is_paid =
            |cost_line: CostLine| matches!(cost_line, CostLine::Bought | CostLine::Running | CostLine::Retired);
        let mut paid: Vec<(CostLine, usize)> = Vec::new();
        paid.extend(by_line.iter().enumerate().filter(|(_, (it, _))| is_paid(*it)).map(|(row, (it, _))| (*it, row)));
        let people = at(CostLine::People);
        let mut lines = cost_lines(scenario, &plan.controls);
        let has_premiums = money.premiums.iter().any(|premium| !premium.is_zero());
        let premiums = has_premiums.then_some(lines.len());
        if has_premiums {
            lines.push((words.premiums, money.premiums.clone()));
        }
        let taxed = !scenario.assumptions().tax_rate.get().is_zero();
        lines.extend(tax_line(scenario, &lines, &money.cost).filter(|_| taxed));
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        rows.extend(lines.iter().enumerate().map(|(place, (label, flows))| {
            let present = presents.as_ref().and_then(|values| values.get(place).copied());
            row(label, flows, cost, Cell::or_none(present, |present| Cell::Money(present, cost)))
        }));
        let net = money.net_by_year();
        let costs_row = rows.len();
        let (costs, avoided) =
            if taxed { (words.costs_taxed, words.avoided_taxed) } else { (words.costs, words.avoided) };
        rows.push(row(costs, &money.cost, cost, Cell::Money(money.present_cost, cost)));
        rows.push(row(avoided, &money.loss_avoided, loss, Cell::Money(money.present_avoided, loss)));
        if money.gains.iter().any(|gain| !gain.is_zero()) {
            let label = if taxed { words.gains_taxed } else { words.gains };
            rows.push(row(label, &money.gains, cost, Cell::Money(money.present_gains, cost)));
        }
        rows.push(row(words.net, &net, value, Cell::Money(money.net_present_value, value)));
        let net_row = rows.len() - 1;
        rows.push(row(words.cash, &money.cash, cost, Cell::None));
        let sums = sums([costs_row, net_row, rows.len() - 1], &paid, premiums);
        let years = 1..money.cost.len() + 1;
        let section = Section {
            title: line(words.title, &[("plan", &name(scenario, plan))]),
            lead: None,
            table: Some(Table { columns, rows, emphasised: Some(net_row) }),
            notes: Vec::new(),
        };
        Self { section: section.of_flows(scenario.unit(), &sums, &years), paid, premiums, people, lines: costs_row }
    }
}

/// The sums of the table: the money paid, which is a part of all costs, these, and what remains.
fn sums([costs, net, cash]: [usize; 3], paid: &[(CostLine, usize)], premiums: Option<usize>) -> Vec<Sum> {
    let paid: Vec<usize> = paid.iter().map(|(_, row)| *row).chain(premiums).collect();
    let mut of_costs: Vec<(usize, f64)> = (0..costs).filter(|row| !paid.contains(row)).map(|row| (row, 1.0)).collect();
    let mut sums = Vec::new();
    if !paid.is_empty() {
        of_costs.push((cash, 1.0));
        sums.push(Sum { of: cash, parts: paid.into_iter().map(|row| (row, 1.0)).collect() });
    }
    if !of_costs.is_empty() {
        sums.push(Sum { of: costs, parts: of_costs });
    }
    let above = (costs + 1..net).map(|row| (row, 1.0));
    sums.push(Sum { of: net, parts: above.chain([(costs, -1.0)]).collect() });
    sums
}

/// The cash flows of the plan that the report is about.
pub fn money(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let plan = subject(analysis)?;
    let Flows { mut section, lines, .. } = Flows::of(scenario, plan);
    // One line is its own sum.
    if let Some(table) = section.table.as_mut().filter(|_| lines == 1) {
        table.rows.remove(0);
        table.emphasised = table.emphasised.map(|row| row - 1);
    }
    let taxed = !scenario.assumptions().tax_rate.get().is_zero();
    section.notes = beside_business(scenario, analysis, plan).into_iter().chain(notes(scenario, plan, taxed)).collect();
    Some(section)
}

/// The headings of so many years, now before them; the first is of the labels.
pub(super) fn year_columns(scenario: &Scenario, years: usize) -> Vec<String> {
    let words = &texts(scenario).money;
    let first = scenario.proposal().first_year;
    let year = |t: usize| match first {
        // The year that people know it by.
        Some(first) => (first + t as u64 - 1).to_string(),
        None => line(words.year, &[("year", &t)]),
    };
    [String::new(), words.now.to_owned()].into_iter().chain((1..years).map(year)).collect()
}

/// What each line of the table is worth today, in its order: costs, premiums, tax saved. What costs save in tax is what
/// is left, and without tax nothing may be left; else nothing is told.
fn present_values(scenario: &Scenario, plan: &PlanAnalysis) -> Option<Vec<Figure>> {
    let money = &plan.investment;
    let discounting = Discounting::of(scenario.assumptions());
    let of = |cost_line: CostLine| {
        let parts = plan.controls.iter().flat_map(|costs| &costs.parts).filter(|part| part.cost_line == cost_line);
        let flows: Vec<Flow> = parts.flat_map(|part| part.flows.iter().copied()).collect();
        let worth = discounting.present_value(&flows);
        if cost_line.is_receipt() { Figure::ZERO - worth } else { worth }
    };
    let mut values: Vec<Figure> = cost_flows(&plan.controls).into_iter().map(|(cost_line, _)| of(cost_line)).collect();
    if money.premiums.iter().any(|premium| !premium.is_zero()) {
        values.push(money.premiums.iter().zip(discounting.by_year()).map(|(premium, factor)| *premium * factor).sum());
    }
    let rest = money.present_cost - values.iter().copied().sum::<Figure>();
    let is_rounding = rest.to_f64().abs() <= 1e-9 * money.present_cost.to_f64().abs().max(1.0);
    if scenario.assumptions().tax_rate.get().is_zero() {
        return is_rounding.then_some(values);
    }
    values.push(rest);
    Some(values)
}

/// The case beside the size of the business, as far as the file tells it.
fn beside_business(scenario: &Scenario, analysis: &Analysis, plan: &PlanAnalysis) -> Option<Text> {
    let words = &texts(scenario).money;
    let organisation = scenario.organisation();
    let cash = plan.investment.total_cash();
    let yearly = cash.ratio(Figure::exact(scenario.assumptions().horizon.into()))?;
    let sizes = [
        (words.of_turnover, organisation.turnover),
        (words.of_ebitda, organisation.ebitda),
        (words.of_it_budget, organisation.it_budget),
        (words.of_security_budget, organisation.security_budget),
    ];
    let shares = |amount: Figure| -> Option<Text> {
        let share = |(template, size): &(&'static str, Option<Money>)| {
            let share = amount.ratio(Figure::exact(size.as_ref()?.get())).filter(|share| share.is_positive())?;
            Some(say(template, &[("share", Cell::Share(share.to_f64()).into())]))
        };
        let mut found = sizes.iter().filter_map(share);
        let first = found.next()?;
        Some(found.fold(first, |text, next| text.and(", ").joined(next)))
    };
    // Where no money is asked for, it is what the option would take.
    let is_asked = analysis.recommended.is_some_and(|best| analysis.plans[best].plan == plan.plan)
        || scenario.decision().is_some_and(|decision| decision.plan == Some(plan.plan));
    let template = if is_asked { words.budget_beside } else { words.budget_would };
    let budget = say(template, &[("amount", Cell::Money(yearly, cost_digits(scenario)).into())]);
    let loss = say(words.loss_beside, &[("amount", Cell::Money(analysis.loss_today, loss_digits(scenario)).into())]);
    Some(budget.joined(shares(yearly)?).and("; ").joined(loss).joined(shares(analysis.loss_today)?).and("."))
}

fn notes(scenario: &Scenario, plan: &PlanAnalysis, taxed: bool) -> Vec<Text> {
    let money = &plan.investment;
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let words = &texts(scenario).money;
    let mut notes = vec![Text::plain(words.not_cash)];
    if taxed {
        let rate = Cell::typed(scenario.assumptions().tax_rate);
        notes.push(say(words.taxed, &[("rate", rate.into())]));
    }
    let (ratio, share) = (|it: Figure| Cell::Ratio(it.to_f64()), |it: Figure| Cell::Share(it.to_f64()));
    if money.gains.iter().any(|gain| !gain.is_zero()) {
        notes.push(Text::plain(words.gains_are));
    }
    notes.push(rates_of_return(scenario, money));
    let extras = [
        (words.rosi, money.rosi.map(share)),
        (words.textbook, money.textbook_rosi.map(share)),
        (words.benefit_cost, money.benefit_cost_ratio.map(ratio)),
        (words.even_cost, money.equivalent_annual_cost.map(|figure| Cell::Money(figure, cost))),
    ];
    for (template, cell) in extras {
        notes.extend(cell.map(|cell| say(template, &[("figure", cell.into())])));
    }
    if money.equivalent_annual_cost.is_none() {
        notes.push(Text::plain(words.no_even_cost));
    }
    let hours = plan.people_hours(scenario);
    if !hours.full_time.is_zero() {
        let parts = [
            ("hours", Cell::Hours(hours.own.to_f64()).into()),
            ("posts", Cell::Ratio(hours.full_time.to_f64()).into()),
        ];
        notes.push(say(words.posts, &parts));
    }
    notes.extend(waiting(scenario, money, (loss, value)));
    // The year of a start is that of its first running costs, not that of the purchase.
    let planned = &scenario.plans()[plan.plan].controls;
    let is_bought = |control| {
        plan.controls
            .iter()
            .any(|costs| costs.control == control && !costs.line(CostLine::Bought).iter().all(|flow| flow.is_zero()))
    };
    let is_later = |start: rust_decimal::Decimal| start >= rust_decimal::Decimal::ONE && start.fract().is_zero();
    if planned.iter().any(|planned| is_later(planned.start) && is_bought(planned.control)) {
        notes.push(Text::plain(words.bought_before));
    }
    notes
}

/// What it costs to begin a year later.
fn waiting(scenario: &Scenario, money: &Investment, (loss, value): (Digits, Digits)) -> Option<Text> {
    let words = &texts(scenario).money;
    let waiting = money.cost_of_waiting?;
    // Policies do not wait: where nothing else would begin, nothing is lost by it.
    if [waiting.total, waiting.loss_suffered, waiting.spending_saved].iter().all(|figure| figure.is_zero()) {
        return None;
    }
    let told = |figure: Figure, costs: &'static str, adds: &'static str| match figure.is_positive() {
        true => (costs, Cell::Money(figure, value)),
        false => (adds, Cell::Money(Figure::ZERO - figure, value)),
    };
    let (template, change) = told(waiting.total, words.later_costs, words.later_adds);
    let sign = if waiting.total.is_positive() { 1.0 } else { -1.0 };
    let total = Figure::approximate(waiting.total.to_f64().abs());
    let is_less = (Figure::ZERO - waiting.unused_life).is_positive();
    let (left, side) = if is_less { (Figure::ZERO - waiting.unused_life, sign) } else { (waiting.unused_life, -sign) };
    let counted = if waiting.is_left_counted { left } else { Figure::ZERO };
    // Where the option ends controls they stand for a year more: less is lost, and more is spent.
    let [(lost, lost_side), (spared, spared_side)] = [(waiting.loss_suffered, sign), (waiting.spending_saved, -sign)]
        .map(|(of, side)| if of.to_f64() < 0.0 { (Figure::ZERO - of, -side) } else { (of, side) });
    let summed = [(lost, lost_side), (spared, spared_side), (counted, side)];
    // What is said to make up the value does so as it stands.
    let (change, loss, saved, counted) = match adding::in_sentence(total, &summed, value).as_deref() {
        Some([change, loss, saved, counted]) => (change.clone(), loss.clone(), saved.clone(), counted.clone()),
        _ => {
            let money = |figure| Cell::Money(figure, value);
            (change, Cell::Money(lost, loss), money(spared), money(left))
        }
    };
    // What time would have saved is a benefit that is not had, too.
    let what = match (lost_side == sign, money.present_gains.is_zero()) {
        (false, _) => words.less_loss,
        (true, true) => words.not_avoided,
        (true, false) => words.not_avoided_or_saved,
    };
    let how = if spared_side == sign { words.more_spending } else { words.spending_saved };
    let parts = [
        ("value", change.into()),
        ("loss", loss.into()),
        ("what", what.into()),
        ("saved", saved.into()),
        ("how", how.into()),
    ];
    let mut note = say(template, &parts);
    if left.is_positive() {
        let (template, left) = match (waiting.is_left_counted, is_less) {
            (true, false) => (words.left_counted, counted),
            (true, true) => (words.less_left_counted, counted),
            (false, false) => (words.left_uncounted, Cell::Money(left, value)),
            (false, true) => (words.less_left_uncounted, Cell::Money(left, value)),
        };
        note = note.and(" ").joined(say(template, &[("left", left.into())]));
    }
    if let Some(shifted) = money.waiting {
        let (template, change) = told(shifted, words.as_long_costs, words.as_long_adds);
        note = note.and(" ").joined(say(template, &[("value", change.into())]));
    }
    Some(note)
}

/// The rates at which the option is worth nothing.
fn rates_of_return(scenario: &Scenario, money: &Investment) -> Text {
    let words = &texts(scenario).money;
    match money.internal_rates_of_return.as_slice() {
        [] => {
            let net = money.net_by_year();
            let (costs, brings) =
                (net.iter().any(|net| (Figure::ZERO - *net).is_positive()), net.iter().any(|net| net.is_positive()));
            Text::plain(match (costs, brings) {
                (false, _) => words.no_rate_needed,
                (true, false) => words.no_internal_rate,
                (true, true) => words.no_rate_at_all,
            })
        }
        [rate] => say(words.internal_rate, &[("figure", Cell::Share(*rate).into())]),
        [first, rest @ ..] => {
            let mut rates = Text::plain("").figure(Cell::Share(*first));
            for rate in rest {
                rates = rates.and(", ").figure(Cell::Share(*rate));
            }
            Text::plain(words.internal_rates).and(" ").joined(rates).and(words.several_rates)
        }
    }
}
