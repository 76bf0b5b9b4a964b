//! Which money moves in which year?
//!
//! Index 0 is now; index t stands for year t, whose flows fall at its end (or in its middle,
//! for discounting, where the file says so). A flow of year t grows by (1 + g)^(t − 1). The
//! loss of a year is the integral over the year of the mean loss under the controls in force;
//! where effects ramp up it is a polynomial in time (of one degree for every control, and for every
//! link of a chain that it acts on), so Romberg's rule gives it exactly. See
//! `docs/model/cash-flow.md`.

use rust_decimal::Decimal;

use super::invest::present_value;
use super::loss::LossModel;
use super::system::Cluster;
use super::values::Values;
use crate::model::{Assumptions, Control, Depreciation, EstimateId, Plan, PlannedControl, Scenario};
use crate::units::{Arithmetic, Figure, Period};

/// The costs of one control, by year; index 0 is now.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlCosts {
    /// Index of the control.
    pub control: usize,
    /// Bought at the start and at each renewal.
    pub initial: Vec<Figure>,
    /// Running costs.
    pub yearly: Vec<Figure>,
    /// Own people.
    pub people: Vec<Figure>,
    /// What it costs the business.
    pub friction: Vec<Figure>,
    /// Spending that it ends, as a positive number.
    pub retired: Vec<Figure>,
    /// Receipts at the end of its life, as a positive number.
    pub salvage: Vec<Figure>,
    /// What is written down of what was bought: it lowers the profit that is taxed.
    pub depreciation: Vec<Figure>,
    /// The part of a profit that is taxed away.
    pub tax: Figure,
    /// Hours of own people in a full year; below zero where a control is ended.
    pub people_hours: Figure,
    /// Hours that users lose in a full year.
    pub friction_hours: Figure,
}

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
    /// Sold at the end.
    Sold,
}

impl CostLine {
    /// All of them, in the order of a table.
    pub const ALL: [Self; 6] = [Self::Bought, Self::Running, Self::People, Self::Friction, Self::Retired, Self::Sold];
}

/// A part of what a control costs.
#[derive(Debug)]
pub struct CostPart<'c> {
    /// In which line of a table it stands.
    pub cost_line: CostLine,
    /// The estimates that it is a product of.
    pub estimates: Vec<EstimateId>,
    flows: &'c [Figure],
    /// Below zero for what it brings.
    sign: f64,
}

impl CostPart<'_> {
    /// Its present value, receipts below zero.
    pub fn worth(&self, discount: &[Figure]) -> f64 {
        self.sign * present_value(self.flows, discount).to_f64()
    }

    /// What it is in a year, receipts below zero.
    pub fn flow(&self, year: usize) -> Figure {
        let flow = self.flows.get(year).copied().unwrap_or(Figure::ZERO);
        if self.sign < 0.0 { Figure::ZERO - flow } else { flow }
    }
}

impl ControlCosts {
    /// Everything that it costs, by year, after tax.
    pub fn total(&self) -> Vec<Figure> {
        let net = self.after_tax();
        (0..net.initial.len())
            .map(|t| net.initial[t] + net.yearly[t] + net.people[t] + net.friction[t] - net.retired[t] - net.salvage[t])
            .collect()
    }

    /// The same costs less the tax that they save: what is spent on running it in the year in which it
    /// is spent, what was bought as it is written down. Each part stays proportional to its price.
    pub fn after_tax(&self) -> Self {
        if self.tax.is_zero() {
            return self.clone();
        }
        let kept = Figure::ONE - self.tax;
        let taxed = |flows: &[Figure]| flows.iter().map(|flow| *flow * kept).collect();
        let initial = self.initial.iter().zip(&self.depreciation);
        Self {
            initial: initial.map(|(paid, written)| *paid - self.tax * *written).collect(),
            yearly: taxed(&self.yearly),
            people: taxed(&self.people),
            friction: taxed(&self.friction),
            retired: taxed(&self.retired),
            salvage: taxed(&self.salvage),
            ..self.clone()
        }
    }

    /// Its parts, as far as the control names them.
    pub fn parts(&self, control: &Control) -> Vec<CostPart<'_>> {
        let cost = &control.cost;
        let one = |id: Option<EstimateId>| id.map(|id| vec![id]);
        let parts = [
            (CostLine::Bought, one(cost.initial), &self.initial, 1.0),
            (CostLine::Running, one(cost.yearly), &self.yearly, 1.0),
            (CostLine::People, cost.people.map(|people| vec![people.time, people.rate]), &self.people, 1.0),
            (CostLine::Friction, cost.friction.map(|friction| vec![friction.time, friction.rate]), &self.friction, 1.0),
            (CostLine::Retired, one(cost.retired), &self.retired, -1.0),
            (CostLine::Sold, one(control.salvage), &self.salvage, -1.0),
        ];
        let named =
            parts.into_iter().filter_map(|(line, estimates, flows, sign)| Some((line, estimates?, flows, sign)));
        named.map(|(cost_line, estimates, flows, sign)| CostPart { cost_line, estimates, flows, sign }).collect()
    }

    /// Money paid, by year: what a budget holds.
    pub fn cash(&self) -> Vec<Figure> {
        (0..self.initial.len()).map(|t| self.initial[t] + self.yearly[t] - self.retired[t]).collect()
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

/// The costs of a plan's control.
pub fn control_costs(
    assumptions: &Assumptions,
    control: &Control,
    planned: PlannedControl,
    values: &Values<Figure>,
) -> ControlCosts {
    let horizon = assumptions.horizon;
    let growth = growth(assumptions.growth.costs.get(), horizon);
    let none = vec![Figure::ZERO; horizon + 1];
    let sign = if control.ends.is_some() { Figure::ZERO - Figure::ONE } else { Figure::ONE };
    let mut costs = ControlCosts {
        control: planned.control,
        initial: none.clone(),
        yearly: none.clone(),
        people: none.clone(),
        friction: none.clone(),
        retired: none.clone(),
        salvage: none.clone(),
        depreciation: none,
        tax: Figure::exact(assumptions.tax_rate.get()),
        people_hours: people(values, control).0 * sign,
        friction_hours: friction(values, control).0 * sign,
    };
    // Whole hours: thirds of a year do not add up to years in decimals.
    let start = (planned.start * Period::HOURS_A_YEAR).round_dp(HOUR_PLACES);
    let end = Decimal::from(horizon) * Period::HOURS_A_YEAR;
    let life = control.lifetime.map_or(end - start, Period::get);
    // What a plan ends was bought long ago.
    let mut bought = if control.ends.is_some() { end } else { start };
    while bought < end && life > Decimal::ZERO {
        let now = index_of(bought, horizon);
        let price = values.or_zero(control.cost.initial) * growth[now];
        costs.initial[now] = costs.initial[now] + price;
        bought += life;
        let over = (bought <= end).then(|| index_of(bought, horizon));
        if let Some(over) = over {
            costs.salvage[over] = costs.salvage[over] + values.or_zero(control.salvage) * growth[over];
        }
        write_down(&mut costs.depreciation, assumptions.depreciation, price, now, over);
    }
    let (_, people) = people(values, control);
    let (_, friction) = friction(values, control);
    for (t, grown) in growth.iter().enumerate().skip(1) {
        let part = Figure::exact(part_of_year(planned.start, t)) * *grown * sign;
        costs.yearly[t] = values.or_zero(control.cost.yearly) * part;
        costs.people[t] = people * part;
        costs.friction[t] = friction * part;
        costs.retired[t] = values.or_zero(control.cost.retired) * part;
    }
    costs
}

/// Adds what is written down of a price paid at the end of year `bought`: by year, the rest when
/// the thing's life is `over`; all of it at once where the file asks for no depreciation.
fn write_down(
    by_year: &mut [Figure],
    depreciation: Option<Depreciation>,
    price: Figure,
    bought: usize,
    over: Option<usize>,
) {
    let (n, digits) = match depreciation {
        None => {
            by_year[bought] = by_year[bought] + price;
            return;
        }
        Some(Depreciation::StraightLine(years)) => (years as u64, false),
        Some(Depreciation::SumOfDigits(years)) => (years as u64, true),
    };
    let mut left = price;
    let last = over.unwrap_or(by_year.len() - 1).min(by_year.len() - 1);
    let years = by_year.iter_mut().take(last + 1).skip(bought + 1);
    for (age, year) in (1..=n).zip(years) {
        let (part, whole) = if digits { (n - age + 1, n * (n + 1) / 2) } else { (1, n) };
        let share = Figure::exact(part.into()).ratio(Figure::exact(whole.into()));
        // The last year takes what is left, so that thirds add up.
        let written = if age == n { left } else { price * share.unwrap_or(Figure::ZERO) };
        *year = *year + written;
        left = left - written;
    }
    if let Some(over) = over {
        by_year[over] = by_year[over] + left;
    }
}

/// What the policies of a plan cost more than those of today, by year, before tax; index 0 is now.
pub fn premiums(scenario: &Scenario, plan: usize) -> Vec<Figure> {
    let assumptions = scenario.assumptions();
    let in_force = |option: Option<usize>| -> Figure {
        let policies = scenario.insurance().iter().filter(|policy| policy.is_in_force(option));
        policies.map(|policy| Figure::exact(policy.premium.get())).sum()
    };
    let more = in_force(Some(plan)) - in_force(None);
    let growth = growth(assumptions.growth.costs.get(), assumptions.horizon);
    growth.into_iter().enumerate().map(|(t, growth)| if t == 0 { Figure::ZERO } else { more * growth }).collect()
}

/// Digits after the point to which a start is an hour: more than any file writes.
const HOUR_PLACES: u32 = 12;

/// The year at whose end a flow at this hour falls; 0 for now.
fn index_of(hour: Decimal, horizon: usize) -> usize {
    let years = (hour / Period::HOURS_A_YEAR).ceil();
    usize::try_from(years).unwrap_or(horizon).min(horizon)
}

/// Which part of year t lies after `start`.
fn part_of_year(start: Decimal, t: usize) -> Decimal {
    (Decimal::from(t) - start).clamp(Decimal::ZERO, Decimal::ONE)
}

/// Hours and money of own people in a full year.
fn people(values: &Values<Figure>, control: &Control) -> (Figure, Figure) {
    control.cost.people.map_or((Figure::ZERO, Figure::ZERO), |people| {
        let hours = values.get(people.time);
        (hours, hours * values.get(people.rate))
    })
}

/// Hours and money of users in a full year.
fn friction(values: &Values<Figure>, control: &Control) -> (Figure, Figure) {
    control.cost.friction.map_or((Figure::ZERO, Figure::ZERO), |friction| {
        let hours = Figure::exact(friction.users) * values.get(friction.time);
        (hours, hours * values.get(friction.rate))
    })
}

/// How strong a control is at a time in years: 0 before its start, 1 after its ramp.
fn strength_at(control: &Control, start: Decimal, time: Decimal) -> Decimal {
    let ramp = control.ramp.years();
    if time < start {
        Decimal::ZERO
    } else if ramp.is_zero() || time >= start + ramp {
        Decimal::ONE
    } else {
        (time - start).checked_div(ramp).unwrap_or(Decimal::ONE)
    }
}

/// The mean loss of a cluster of risks in each year under a plan, at today's rates and prices.
///
/// Index 0 holds nothing.
pub fn yearly_loss<N: Arithmetic>(model: &LossModel<'_>, plan: &Plan, cluster: &Cluster, values: &Values<N>) -> Vec<N> {
    let scenario = model.scenario();
    let acting: Vec<(PlannedControl, &Control)> = plan
        .controls
        .iter()
        .filter(|planned| {
            cluster.risks.iter().any(|&risk| model.actions(risk).iter().any(|a| a.control == planned.control))
        })
        .map(|planned| (*planned, &scenario.controls()[planned.control]))
        .collect();
    // The limit from the right or from the left: a control without ramp jumps at its start.
    let at = |time: Decimal, right: bool| {
        let strength = |control: usize| {
            let (planned, item) = acting.iter().find(|(planned, _)| planned.control == control)?;
            let before = time < planned.start || (time == planned.start && !right);
            let strength = if before { Decimal::ZERO } else { strength_at(item, planned.start, time) };
            Some(N::from_decimal(strength))
        };
        let means = model.means(cluster, values, &strength, &|_, _, _| true);
        means.iter().fold(N::ZERO, |sum, risk| sum + risk.annual_loss)
    };
    let steady_from =
        acting.iter().map(|(planned, item)| planned.start + item.ramp.years()).max().unwrap_or(Decimal::ZERO);
    let mut steady = None;
    let mut losses = vec![N::ZERO];
    for t in 1..=scenario.assumptions().horizon {
        let (from, to) = (Decimal::from(t - 1), Decimal::from(t));
        losses.push(if steady_from <= from {
            *steady.get_or_insert_with(|| at(from, true))
        } else {
            year(&acting, cluster.depth, from, to, &at)
        });
    }
    losses
}

/// The integral of the loss over a year in which controls start or ramp up.
fn year<N: Arithmetic>(
    acting: &[(PlannedControl, &Control)],
    depth: usize,
    from: Decimal,
    to: Decimal,
    at: &dyn Fn(Decimal, bool) -> N,
) -> N {
    let mut cuts = vec![from, to];
    for (planned, item) in acting {
        cuts.extend(
            [planned.start, planned.start + item.ramp.years()].into_iter().filter(|cut| *cut > from && *cut < to),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).map(|piece| {
        let (a, b) = (piece[0], piece[1]);
        let ramping =
            acting.iter().filter(|(planned, item)| planned.start < b && a < planned.start + item.ramp.years()).count();
        N::from_decimal(b - a) * romberg(a, b, ramping * depth, at)
    });
    pieces.fold(N::ZERO, |sum, piece| sum + piece)
}

/// The mean of a polynomial over `a..b`, exact for one of this degree.
///
/// Romberg's rule with m halvings is exact up to degree 2m + 1.
fn romberg<N: Arithmetic>(a: Decimal, b: Decimal, degree: usize, at: &dyn Fn(Decimal, bool) -> N) -> N {
    let halvings = degree.saturating_sub(1).div_ceil(2);
    let half = N::from_decimal(Decimal::new(5, 1));
    let mut row = vec![half * (at(a, true) + at(b, false))];
    if degree == 0 {
        return at(a, true);
    }
    for level in 1..=halvings {
        let count = 1_u64 << (level - 1);
        let step = (b - a) / Decimal::from(count);
        let middle = (0..count)
            .map(|index| at(a + step * (Decimal::from(index) + Decimal::new(5, 1)), true))
            .fold(N::ZERO, |sum, value| sum + value);
        let mut next = vec![half * (row[0] + N::from_decimal(Decimal::ONE / Decimal::from(count)) * middle)];
        let mut four = 1_u64;
        for order in 1..=level {
            four *= 4;
            let weight = N::from_decimal(Decimal::ONE / Decimal::from(four - 1));
            let better = next[order - 1] + weight * (next[order - 1] - row[order - 1]);
            next.push(better);
        }
        row = next;
    }
    row.pop().unwrap_or(N::ZERO)
}
