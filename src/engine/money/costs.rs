//! What does a control cost, and when?
//!
//! A price falls at the start and at every renewal, salvage at the end of a life; what runs does so from
//! the start on. Prices of year t have grown by t − 1 years, those of now not at all. With a tax rate T every cost counts less the tax that it saves: what runs times 1 − T, a
//! price P less T × what of it is written down, a sale S with book value B as S − T (S − B). Of a life that
//! the horizon cuts off, `end_value = "straight-line"` counts what is left as if it were sold for
//! S + (P − S) × the part of its life to come. Every part is a product of estimates, so that it can be
//! worked out again with other numbers. Time that a control saves is a gain: no cost below zero, and no
//! cash. See `docs/model/cash-flow.md`.

use rust_decimal::Decimal;

use super::depreciation::{Written, by_age};
use super::flows::{Discounting, Flow, by_year};
use crate::engine::values::Values;
use crate::model::{
    Assumptions, Control, ControlId, EndValue, EstimateId, Friction, People, PlannedControl, Running, Scenario, Timing,
};
use crate::units::{Figure, Period};

/// A line of a table of costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostLine {
    /// Bought at the start and at each renewal.
    Bought,
    /// Running costs.
    Running,
    /// Own people.
    People,
    /// Lost time of users.
    Friction,
    /// Spending that ends.
    Retired,
    /// Sold at the end of a life.
    Sold,
    /// Left at the end of the horizon.
    Left,
    /// A gain: time of own people.
    PeopleSaved,
    /// A gain: time of users.
    UsersSaved,
}

impl CostLine {
    /// Those of costs, in the order of a table.
    pub const ALL: [Self; 7] =
        [Self::Bought, Self::Running, Self::People, Self::Friction, Self::Retired, Self::Sold, Self::Left];

    /// Whether it takes from what a control costs.
    pub fn is_receipt(self) -> bool {
        matches!(self, Self::Retired | Self::Sold | Self::Left | Self::PeopleSaved | Self::UsersSaved)
    }

    /// Whether it is a gain, which stands beside the costs.
    pub fn is_gain(self) -> bool {
        matches!(self, Self::PeopleSaved | Self::UsersSaved)
    }
}

/// A part of what a control costs or gains: a product of estimates.
#[derive(Debug, Clone, PartialEq)]
pub struct CostPart {
    /// In which line of a table it stands.
    pub cost_line: CostLine,
    /// The estimates that it is a product of.
    pub estimates: Vec<EstimateId>,
    /// What moves, before tax; receipts and gains above zero.
    pub flows: Vec<Flow>,
    /// What is written down: it lowers the profit that is taxed.
    pub written: Vec<Flow>,
}

impl CostPart {
    /// What it costs after tax, receipts and gains below zero.
    pub fn after_tax(&self, tax: Figure) -> impl Iterator<Item = Flow> {
        let taxed = if self.cost_line == CostLine::Bought { Figure::ZERO } else { tax };
        let sign = self.sign();
        let moves = self.flows.iter().map(move |flow| flow.times(sign * (Figure::ONE - taxed)));
        let saved = self.written.iter().map(move |flow| flow.times(Figure::ZERO - tax));
        moves.chain(saved).filter(|flow| !flow.amount.is_zero())
    }

    /// What it is in a year before tax, receipts and gains below zero.
    pub fn in_year(&self, year: usize) -> Figure {
        self.sign() * self.flows.iter().filter(|flow| flow.year == year).map(|flow| flow.amount).sum::<Figure>()
    }

    /// What its amounts count as in a sum of costs.
    fn sign(&self) -> Figure {
        if self.cost_line.is_receipt() { Figure::ZERO - Figure::ONE } else { Figure::ONE }
    }
}

/// What one control costs and gains.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlCosts {
    /// The control.
    pub control: ControlId,
    /// Its parts, those of gains too.
    pub parts: Vec<CostPart>,
    /// The part of a profit that is taxed away.
    pub tax: Figure,
    /// Hours of own people in a full year; below zero where a control is ended.
    pub people_hours: Figure,
    /// Hours that users lose in a full year.
    pub friction_hours: Figure,
    /// Hours that people and users save in a full year.
    pub saved_hours: Figure,
    horizon: usize,
}

impl ControlCosts {
    /// A line by year before tax, receipts and gains above zero; index 0 is now.
    pub fn line(&self, cost_line: CostLine) -> Vec<Figure> {
        let parts = self.parts.iter().filter(|part| part.cost_line == cost_line);
        by_year(&parts.flat_map(|part| part.flows.iter().copied()).collect::<Vec<_>>(), self.horizon)
    }

    /// What is written down by year.
    pub fn written_down(&self) -> Vec<Figure> {
        by_year(&self.parts.iter().flat_map(|part| part.written.iter().copied()).collect::<Vec<_>>(), self.horizon)
    }

    /// Everything that it costs after tax.
    pub fn flows(&self) -> Vec<Flow> {
        let costs = self.parts.iter().filter(|part| !part.cost_line.is_gain());
        costs.flat_map(|part| part.after_tax(self.tax)).collect()
    }

    /// The gains after tax, above zero.
    pub fn gains(&self) -> Vec<Flow> {
        let gains = self.parts.iter().filter(|part| part.cost_line.is_gain());
        let positive = Figure::ZERO - Figure::ONE;
        gains.flat_map(|part| part.after_tax(self.tax)).map(|flow| flow.times(positive)).collect()
    }

    /// Everything that it costs by year, after tax.
    pub fn total(&self) -> Vec<Figure> {
        by_year(&self.flows(), self.horizon)
    }

    /// Money paid, by year: what a budget holds.
    pub fn cash(&self) -> Vec<Figure> {
        let sum = |year: usize| self.paid().map(|part| part.in_year(year)).sum();
        (0..=self.horizon).map(sum).collect()
    }

    /// Money paid by quarter of a year, the first beginning now: what is paid at once is of it. What falls on the end
    /// of a quarter is of that quarter, so that four of them are a year of [`Self::cash`]; the first has what is paid
    /// now beside them.
    pub fn cash_by_quarter(&self) -> Vec<Figure> {
        let quarter = |quarter: usize| Decimal::from(quarter) / FOUR;
        (0..QUARTERS * self.horizon).map(|of| self.cash_between(quarter(of), quarter(of + 1))).collect()
    }

    /// Money paid between two times in years from now: after the first, up to the second; from now on what is paid now,
    /// too.
    pub fn cash_between(&self, begins: Decimal, ends: Decimal) -> Figure {
        let within = |flow: &Flow| -> Figure {
            if flow.is_dated() {
                let is_on = flow.from <= ends && (flow.from > begins || begins.is_zero());
                return if is_on { Figure::ONE } else { Figure::ZERO };
            }
            let inside = (flow.to.min(ends) - flow.from.max(begins)).max(Decimal::ZERO);
            Figure::exact(inside).ratio(Figure::exact(flow.to - flow.from)).unwrap_or(Figure::ZERO)
        };
        let paid = |part: &CostPart| part.flows.iter().map(|flow| flow.amount * part.sign() * within(flow)).sum();
        self.paid().map(paid).sum()
    }

    /// What a budget holds.
    fn paid(&self) -> impl Iterator<Item = &CostPart> + Clone {
        let paid = [CostLine::Bought, CostLine::Running, CostLine::Retired];
        self.parts.iter().filter(move |part| paid.contains(&part.cost_line))
    }

    /// What it costs after tax in today's money, gains taken off.
    pub fn present_cost(&self, discounting: &Discounting) -> Figure {
        self.terms(discounting).map(|(_, worth)| worth).sum()
    }

    /// The same by part, with the estimates that it is a product of.
    pub fn terms<'c>(&'c self, discounting: &'c Discounting) -> impl Iterator<Item = (&'c [EstimateId], Figure)> + 'c {
        let worth = |part: &CostPart| part.after_tax(self.tax).map(|flow| discounting.worth(&flow)).sum();
        self.parts.iter().map(move |part| (part.estimates.as_slice(), worth(part)))
    }
}

/// Growth by year: `(1 + g)^(t − 1)` at index t; 1 at index 0.
pub fn growth(rate: Decimal, horizon: usize) -> Vec<Figure> {
    let step = Figure::exact(Decimal::ONE) + Figure::exact(rate);
    let mut factors = vec![Figure::ONE; horizon + 1];
    for t in 2..=horizon {
        factors[t] = factors[t - 1] * step;
    }
    factors
}

/// The costs of a plan's control over the horizon.
pub fn control_costs(scenario: &Scenario, planned: PlannedControl, values: &Values<Figure>) -> ControlCosts {
    let on_last_days = scenario.assumptions().timing == Timing::YearEnd;
    course(scenario, planned, values, on_last_days)
}

/// The same with all money on its own date: what a budget by quarter asks.
pub fn costs_on_their_dates(scenario: &Scenario, planned: PlannedControl, values: &Values<Figure>) -> ControlCosts {
    course(scenario, planned, values, false)
}

fn course(scenario: &Scenario, planned: PlannedControl, values: &Values<Figure>, on_last_days: bool) -> ControlCosts {
    let assumptions = scenario.assumptions();
    let horizon = assumptions.horizon;
    // On the last day prices have grown once more than in the last year.
    let mut grown = growth(assumptions.growth.costs.get(), horizon + 1);
    grown.remove(0);
    Course { scenario, planned, values, grown, end: Decimal::from(horizon), on_last_days }.costs()
}

/// The costs of one life of a control that begins now, at today's prices; of a year where it has no lifetime.
pub fn one_life(scenario: &Scenario, control: ControlId, values: &Values<Figure>) -> ControlCosts {
    let life = scenario.controls()[control].lifetime.map_or(Decimal::ONE, Period::years);
    let years = usize::try_from(life.ceil()).unwrap_or(0);
    let planned = PlannedControl { control, start: Decimal::ZERO };
    let grown = vec![Figure::ONE; years + 1];
    Course { scenario, planned, values, grown, end: life, on_last_days: false }.costs()
}

/// Quarters of a year.
const QUARTERS: usize = 4;
const FOUR: Decimal = Decimal::from_parts(4, 0, 0, false, 0);

/// Digits after the point to which a start is an hour: more than any file writes.
const HOUR_PLACES: u32 = 12;

/// A control from its start to an end.
struct Course<'c> {
    scenario: &'c Scenario,
    planned: PlannedControl,
    values: &'c Values<Figure>,
    /// How prices have grown, by whole years.
    grown: Vec<Figure>,
    /// When it is looked at no more, in years.
    end: Decimal,
    /// Whether what falls on a date within a year is counted on its last day.
    on_last_days: bool,
}

impl Course<'_> {
    fn costs(&self) -> ControlCosts {
        let control = self.control();
        let (cost, saves) = (&control.cost, &control.saves);
        let ends = control.ends.is_some();
        let sign = if ends { Figure::ZERO - Figure::ONE } else { Figure::ONE };
        let mut parts = Vec::new();
        // What a plan ends was bought long ago.
        if !ends {
            parts.extend(self.bought());
        }
        parts.extend(cost.yearly.iter().flat_map(|running| self.running(running)));
        let time = [
            (CostLine::People, self.people(cost.people)),
            (CostLine::Friction, self.users(cost.friction)),
            (CostLine::PeopleSaved, self.people(saves.people)),
            (CostLine::UsersSaved, self.users(saves.users)),
        ];
        for (cost_line, time) in time {
            parts.extend(time.map(|time| self.even(cost_line, time.estimates, time.money)));
        }
        parts.extend(cost.retired.map(|id| self.even(CostLine::Retired, vec![id], self.values.get(id))));
        if ends {
            parts.iter_mut().flat_map(|part| &mut part.flows).for_each(|flow| *flow = flow.times(sign));
        }
        let hours = |time: Option<Time>| time.map_or(Figure::ZERO, |time| time.hours * sign);
        ControlCosts {
            control: self.planned.control,
            parts,
            tax: Figure::exact(self.assumptions().tax_rate.get()),
            people_hours: hours(self.people(cost.people)),
            friction_hours: hours(self.users(cost.friction)),
            saved_hours: hours(self.people(saves.people)) + hours(self.users(saves.users)),
            horizon: self.horizon(),
        }
    }

    fn assumptions(&self) -> &Assumptions {
        self.scenario.assumptions()
    }

    fn control(&self) -> &Control {
        &self.scenario.controls()[self.planned.control]
    }

    fn horizon(&self) -> usize {
        self.grown.len() - 1
    }

    /// Everything that comes with a purchase: prices, salvage, what is left, and what is written down.
    fn bought(&self) -> Vec<CostPart> {
        let control = self.control();
        let part = |cost_line: CostLine, id: Option<EstimateId>| CostPart {
            cost_line,
            estimates: id.into_iter().collect(),
            flows: Vec::new(),
            written: Vec::new(),
        };
        let (price_id, salvage_id) = (control.cost.initial, control.salvage);
        let mut prices = part(CostLine::Bought, price_id);
        let mut sales = part(CostLine::Sold, salvage_id);
        let mut left = [part(CostLine::Left, price_id), part(CostLine::Left, salvage_id)];
        // Whole hours: thirds of a year do not add up to years in decimals.
        let mut bought = (self.planned.start * Period::HOURS_A_YEAR).round_dp(HOUR_PLACES);
        let end = (self.end * Period::HOURS_A_YEAR).round_dp(HOUR_PLACES);
        let life = control.lifetime.map_or(end - bought, Period::get);
        while bought < end && life > Decimal::ZERO {
            let purchase = self.priced(self.purchase_on(bought, self.values.or_zero(price_id)));
            prices.flows.push(purchase);
            bought += life;
            let is_over = bought <= end;
            let sale = self.priced(self.on(bought.min(end), self.values.or_zero(salvage_id)));
            // The prices of two dates, on another one.
            let of_price =
                |flow: Flow, part: Figure| Flow { grown: purchase.grown, ..flow.times(purchase.amount * part) };
            let of_salvage = |flow: Flow, part: Figure| Flow { grown: sale.grown, ..flow.times(sale.amount * part) };
            let then = Flow { amount: Figure::ONE, ..sale };
            if is_over {
                sales.flows.push(sale);
            } else if self.assumptions().end_value == EndValue::StraightLine {
                let to_come = Figure::exact(bought - end).ratio(Figure::exact(life)).unwrap_or(Figure::ZERO);
                left[0].flows.push(of_price(then, to_come));
                left[1].flows.push(of_salvage(then, Figure::ONE - to_come));
            }
            let is_sold = is_over || self.assumptions().end_value == EndValue::StraightLine;
            let mut rest = Written { of_price: Figure::ONE, of_salvage: Figure::ZERO };
            for (flow, share) in self.written(purchase, sale) {
                prices.written.push(of_price(flow, share.of_price));
                sales.written.push(of_salvage(flow, share.of_salvage));
                rest.of_price = rest.of_price - share.of_price;
                rest.of_salvage = rest.of_salvage - share.of_salvage;
            }
            if is_sold {
                prices.written.push(of_price(then, rest.of_price));
                sales.written.push(of_salvage(then, rest.of_salvage));
            }
        }
        let [of_price, of_salvage] = left;
        let parts = [prices, sales, of_price, of_salvage].into_iter();
        let mut parts: Vec<CostPart> = parts.filter(|part| !part.estimates.is_empty()).collect();
        for part in &mut parts {
            part.flows.retain(|flow| !flow.amount.is_zero());
            part.written.retain(|flow| !flow.amount.is_zero());
        }
        parts.retain(|part| part.cost_line != CostLine::Left || !part.flows.is_empty());
        parts
    }

    /// When what is bought is written down: flows of one, with their part of the price.
    fn written(&self, purchase: Flow, sale: Flow) -> Vec<(Flow, Written)> {
        let assumptions = self.assumptions();
        let Some(method) = assumptions.depreciation else {
            // An expense of its day.
            let all = Written { of_price: Figure::ONE, of_salvage: Figure::ZERO };
            return vec![(Flow { amount: Figure::ONE, ..purchase }, all)];
        };
        let mean = |id: Option<EstimateId>| id.map_or(Figure::ZERO, |id| self.scenario.estimate(id).mean());
        let control = self.control();
        let kept = assumptions.written_to_salvage.then(|| {
            let salvage = mean(control.salvage) * self.grown[sale.grown];
            salvage.ratio(mean(control.cost.initial) * self.grown[purchase.grown]).unwrap_or(Figure::ONE)
        });
        let years = by_age(method, kept).into_iter().zip(purchase.year + 1..=sale.year);
        let flow = |year: usize| {
            let whole = Flow::over(year, Decimal::ZERO, Figure::ONE);
            Flow { to: whole.to.min(sale.to), ..whole }
        };
        years.map(|(share, year)| (flow(year), share)).collect()
    }

    /// What runs: the same every year, or by year or quarter from its start.
    fn running(&self, running: &Running) -> Vec<CostPart> {
        if let Running::Even(id) = running {
            return vec![self.even(CostLine::Running, vec![*id], self.values.get(*id))];
        }
        let step = Decimal::ONE / Decimal::from(running.a_year());
        let a_year = Figure::exact(running.a_year().into());
        let ids = running.estimates();
        let mut parts: Vec<CostPart> = ids
            .iter()
            .map(|id| CostPart {
                cost_line: CostLine::Running,
                estimates: vec![*id],
                flows: Vec::new(),
                written: Vec::new(),
            })
            .collect();
        let last = parts.len().saturating_sub(1);
        // A control that is ended later has run from now on until then.
        let start = self.planned.start;
        let mut next = if self.control().ends.is_some() { Decimal::ZERO } else { start };
        for count in 0.. {
            let (from, ends) = (next.max(start), (next + step).min(self.end));
            if next >= ends {
                break;
            }
            next += step;
            if from >= ends {
                continue;
            }
            let Some(part) = parts.get_mut(usize::min(count, last)) else { break };
            let amount = self.values.get(ids[usize::min(count, last)]) * a_year;
            // A year of its own may lie in two of the calendar.
            let year_end = from.floor() + Decimal::ONE;
            let pieces = if ends > year_end { vec![(from, year_end), (year_end, ends)] } else { vec![(from, ends)] };
            for (from, to) in pieces {
                let year = usize::try_from(to.ceil()).unwrap_or(0).min(self.horizon());
                let flow = Flow { from, to, ..Flow::over(year, from, amount * Figure::exact(to - from)) };
                part.flows.push(self.priced(flow));
            }
        }
        parts
    }

    /// The same amount a year from the start to the end.
    fn even(&self, cost_line: CostLine, estimates: Vec<EstimateId>, a_year: Figure) -> CostPart {
        let flows = (1..=self.horizon()).filter_map(|year| {
            let whole = Flow::over(year, self.planned.start, Figure::ONE);
            let to = whole.to.min(self.end);
            let flow = self.priced(Flow { to, ..whole.times(a_year * Figure::exact(to - whole.from)) });
            (to > whole.from && !flow.amount.is_zero()).then_some(flow)
        });
        CostPart { cost_line, estimates, flows: flows.collect(), written: Vec::new() }
    }

    /// A flow at the prices of its time.
    fn priced(&self, flow: Flow) -> Flow {
        flow.times(self.grown.get(flow.grown).copied().unwrap_or(Figure::ONE))
    }

    /// An amount at an hour.
    fn on(&self, hour: Decimal, amount: Figure) -> Flow {
        let date = hour / Period::HOURS_A_YEAR;
        let year = usize::try_from(date.ceil()).unwrap_or(self.horizon()).min(self.horizon());
        let counted = if self.on_last_days { Decimal::from(year) } else { date };
        Flow::on(counted, year, amount)
    }

    /// A price at an hour: what is put off for a year, and would be bought now, costs a year's growth more.
    fn purchase_on(&self, hour: Decimal, price: Figure) -> Flow {
        let flow = self.on(hour, price);
        let is_put_off = self.scenario.is_put_off() && hour == Period::HOURS_A_YEAR;
        if is_put_off && self.planned.start == Decimal::ONE { Flow { grown: 1, ..flow } } else { flow }
    }

    fn people(&self, people: Option<People>) -> Option<Time> {
        let people = people?;
        let hours = self.values.get(people.time);
        Some(Time { hours, money: hours * self.values.get(people.rate), estimates: vec![people.time, people.rate] })
    }

    fn users(&self, users: Option<Friction>) -> Option<Time> {
        let users = users?;
        let hours = Figure::exact(users.users) * self.values.get(users.time);
        Some(Time { hours, money: hours * self.values.get(users.rate), estimates: vec![users.time, users.rate] })
    }
}

/// Time of people in a full year.
struct Time {
    hours: Figure,
    money: Figure,
    estimates: Vec<EstimateId>,
}
