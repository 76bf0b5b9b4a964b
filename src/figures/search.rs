//! What to buy: `rosi.optimisation/1`.

use super::assessment::Provenance;
use super::formula::{MEAN, VALUE};
use super::node::figures;
use super::quantity::{Money, Ratio};

/// What a set of controls takes in cash.
const CASH: &str = "Σ cash over the horizon, nothing discounted";

figures! {
    /// The best set of controls, why others are left out, and the best set under each budget.
    pub struct Optimisation {
        /// Which document this is: `rosi.optimisation/1`
        schema: String;
        /// Which run this is, so that it can be done again
        provenance: Provenance;
        /// The title of the case
        title: String;
        /// The currency of all amounts, by its three letters
        currency: String;
        /// The cash that may be spent over the horizon
        budget: Option<Money>, "as asked", "";
        /// The cash that may be spent in each year; the last one holds from then on
        by_year: Vec<Money>, "as asked", "";
        /// The cash that may be spent in each quarter; the last one holds from then on
        by_quarter: Vec<Money>, "as asked", "";
        /// What is looked for: value, loss, bad-year or appetite
        goal: String;
        /// The ids of the controls to buy
        chosen: Vec<String>;
        /// What they take in cash
        cost: Money, CASH, "optimise";
        /// What they reach of the goal: the value, the average loss, the bad year, or the cash
        value: Money, "by the goal", "optimise";
        /// What they are worth more than they cost, in today's money
        net_present_value: Money, VALUE, "investment";
        /// What is lost in an average year with them, after insurers pay
        expected_annual_loss: Money, MEAN, "loss-event";
        /// Whether it is proved that nothing is better
        proved: bool, "the bound of every set that was not looked at is no better", "optimise";
        /// How much better another set could be at most, as a part of the value
        gap: Ratio, "(best bound − value) / value", "optimise";
        /// What is left out, and why
        left_out: Vec<LeftOutFigures>;
        /// The best set under each budget
        frontier: Vec<FrontierFigures>;
    }

    /// A control that is left out.
    pub struct LeftOutFigures {
        /// The id of the control
        id: String;
        /// What it would add to the goal
        adds: Money, "goal with it, and with what it brings along − goal without it", "optimise";
        /// not_worth_it, budget, excluded, forbidden or unobtainable
        reason: String;
    }

    /// The best set under a budget.
    pub struct FrontierFigures {
        /// The budget; null of none
        budget: Option<Money>, "as asked", "";
        /// The ids of the controls
        controls: Vec<String>;
        /// What they take in cash
        cost: Money, CASH, "optimise";
        /// What they are worth more than they cost, in today's money
        net_present_value: Money, VALUE, "investment";
        /// What is lost in an average year with them, after insurers pay
        expected_annual_loss: Money, MEAN, "loss-event";
        /// The bad year with them, 1 in 20
        bad_year: Option<Money>, "the smallest x with P(loss ≤ x) ≥ 0.95, on the years of the search", "optimise";
        /// Whether it is proved that nothing is better
        proved: bool, "the bound of every set that was not looked at is no better", "optimise";
    }
}
