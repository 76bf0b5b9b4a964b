//! Is the money well spent? The figures that finance people ask for, from flows.
//!
//! With B the loss avoided, G other gains and C all costs, all after tax and in today's money: the net
//! present value is B + G − C, ROSI that over C, the ratio of benefit to cost (B + G) / C. The rates of return
//! and the payback come from the same flows on the same dates. Sources: Brealey, Myers, Allen, *Principles of
//! Corporate Finance*; ENISA, *Introduction to Return on Security Investment* (2012). See
//! `docs/model/investment.md`.

use super::flows::{Discounting, Flow, by_year};
use super::payback::payback;
use super::rate_of_return::{rates_of_return, sign_changes};
use super::waiting::{CostOfWaiting, Worth};
use crate::model::Scenario;
use crate::units::Figure;

/// The flows of a plan, after tax unless said otherwise.
#[derive(Debug, Clone, Default)]
pub struct Flows {
    /// All costs, premiums included.
    pub cost: Vec<Flow>,
    /// Loss avoided, that which insurers bear included.
    pub avoided: Vec<Flow>,
    /// Gains that are no loss avoided.
    pub gains: Vec<Flow>,
    /// Money paid by year, before tax.
    pub cash: Vec<Figure>,
    /// Premiums by year before tax, those of today's policies taken off.
    pub premiums: Vec<Figure>,
    /// Today's loss on the risks that the plan acts on, before insurers pay.
    pub exposed: Vec<Flow>,
}

/// What a plan costs and brings.
#[derive(Debug, Clone)]
pub struct Investment {
    /// Everything that follows comes from these.
    pub flows: Flows,
    /// All costs by year after tax, premiums included; index 0 is now.
    pub cost: Vec<Figure>,
    /// Premiums by year before tax, those of today's policies taken off.
    pub premiums: Vec<Figure>,
    /// Money paid by year, before tax.
    pub cash: Vec<Figure>,
    /// Loss avoided by year after tax, that which insurers bear included.
    pub loss_avoided: Vec<Figure>,
    /// Gains that are no loss avoided by year, after tax.
    pub gains: Vec<Figure>,
    /// Today's loss on the risks that the plan acts on, before insurers pay, by year.
    pub exposed: Vec<Figure>,
    /// What costs less than nothing: loss avoided and gains less costs, in order of time.
    pub net: Vec<Flow>,
    /// The worth today of the net flows of each year, each on its own date.
    pub net_today: Vec<Figure>,
    /// Present value of all costs.
    pub present_cost: Figure,
    /// Present value of the loss avoided.
    pub present_avoided: Figure,
    /// Present value of the gains.
    pub present_gains: Figure,
    /// Present value of today's loss on the risks that the plan acts on.
    pub present_exposed: Figure,
    /// Loss avoided and gains less cost, today's worth.
    pub net_present_value: Figure,
    /// What insurers pay over the horizon, in today's money after tax.
    pub present_recovered: f64,
    /// A bound of its error: of what insurers pay, which went through floating point.
    pub value_error: f64,
    /// (Loss avoided and gains − cost) / cost, present values.
    pub rosi: Option<Figure>,
    /// The same by the textbook: every year as one with every control in force, nothing discounted.
    pub textbook_rosi: Option<Figure>,
    /// Every rate above −100 % at which the plan is worth nothing, rising.
    pub internal_rates_of_return: Vec<f64>,
    /// Years until it has paid for itself for good.
    pub payback_years: Option<Figure>,
    /// The same with discounted flows.
    pub discounted_payback_years: Option<Figure>,
    /// Loss avoided and gains / cost, present values.
    pub benefit_cost_ratio: Option<Figure>,
    /// The cost as an even yearly amount.
    pub equivalent_annual_cost: Option<Figure>,
    /// Loss avoided and gains less cost in an average year of the horizon, not discounted.
    pub net_yearly_benefit: Figure,
    /// How often the flows change their sign: more than once, and a rate of return misleads.
    pub sign_changes: usize,
    /// What the value loses if everything begins a year later and ends with the same horizon.
    pub cost_of_waiting: Option<CostOfWaiting>,
    /// What the value loses if everything begins a year later and runs as long.
    pub waiting: Option<Figure>,
    /// The reduction of loss on the risks it acts on at which it would just be worth its cost.
    pub break_even_reduction: Option<Figure>,
}

impl Investment {
    /// All money paid over the horizon, before tax.
    pub fn total_cash(&self) -> Figure {
        self.cash.iter().copied().sum()
    }

    /// What flows are worth.
    pub fn of(scenario: &Scenario, flows: Flows) -> Self {
        let assumptions = scenario.assumptions();
        let (horizon, timing) = (assumptions.horizon, assumptions.timing);
        let discounting = Discounting::of(assumptions);
        let costs = flows.cost.iter().map(|flow| flow.times(Figure::ZERO - Figure::ONE));
        let net = Flow::merged(&flows.avoided.iter().chain(&flows.gains).copied().chain(costs).collect::<Vec<_>>());
        let discounted: Vec<Flow> = net.iter().map(|flow| Flow { amount: discounting.worth(flow), ..*flow }).collect();
        let present_cost = discounting.present_value(&flows.cost);
        let present_avoided = discounting.present_value(&flows.avoided);
        let present_gains = discounting.present_value(&flows.gains);
        let present_exposed = discounting.present_value(&flows.exposed);
        let benefits = present_avoided + present_gains;
        let net_present_value = benefits - present_cost;
        // A ratio over a cost of zero or less has no meaning.
        let over_cost = |figure: Figure| if present_cost.is_positive() { figure.ratio(present_cost) } else { None };
        let all: Figure = net.iter().map(|flow| flow.amount).sum();
        Self {
            rosi: over_cost(net_present_value),
            benefit_cost_ratio: over_cost(benefits),
            internal_rates_of_return: rates_of_return(&net, timing),
            sign_changes: sign_changes(&net, timing),
            waiting: None,
            cost_of_waiting: None,
            textbook_rosi: None,
            value_error: 0.0,
            present_recovered: 0.0,
            payback_years: payback(&net),
            discounted_payback_years: payback(&discounted),
            equivalent_annual_cost: None,
            net_yearly_benefit: all.ratio(Figure::exact(horizon.into())).unwrap_or(Figure::ZERO),
            break_even_reduction: present_cost.ratio(present_exposed),
            cost: by_year(&flows.cost, horizon),
            cash: flows.cash.clone(),
            premiums: flows.premiums.clone(),
            loss_avoided: by_year(&flows.avoided, horizon),
            gains: by_year(&flows.gains, horizon),
            exposed: by_year(&flows.exposed, horizon),
            net_today: by_year(&discounted, horizon),
            net,
            present_cost,
            present_avoided,
            present_gains,
            present_exposed,
            net_present_value,
            flows,
        }
    }

    /// The one rate at which the plan is worth nothing; none where there is no such rate, or several.
    pub fn internal_rate_of_return(&self) -> Option<f64> {
        match self.internal_rates_of_return.as_slice() {
            [rate] => Some(*rate),
            _ => None,
        }
    }

    /// What comes and goes by year: loss avoided and gains less costs; index 0 is now.
    pub fn net_by_year(&self) -> Vec<Figure> {
        by_year(&self.net, self.cost.len().saturating_sub(1))
    }

    /// Its parts for a comparison with the same plan at another time; `left` is what is left of lives at the end,
    /// which the costs count or not.
    pub fn worth(&self, left: Figure, is_left_counted: bool) -> Worth {
        let counted = if is_left_counted { left } else { Figure::ZERO };
        Worth { benefits: self.present_avoided + self.present_gains, costs: self.present_cost + counted, left }
    }
}
