//! The figures of an assessment: `rosi.assessment/1`.
//!
//! Every key is always there; a figure that does not exist is null. Keys are added, never renamed.

use super::formula::{ABOVE, ANY, LEVEL, MEAN, SPREAD, TAIL, VALUE};
use super::node::{ByLevel, ByPlan, figures};
use super::quantity::{Chance, Hours, Money, Quantity, Rate, Ratio, Share, Years};

/// The average year, before insurers pay.
const GROSS: &str = "events a year × mean loss of an event, added up over the risks";
/// How working hours in a year are worked out.
const HOURS: &str = "time × 52 weeks, or × working days";
/// What a control's hours of work cost.
const WORK: &str = "hours a year × rate × part of the year × growth of costs";
/// What the time of users costs.
const USERS: &str = "users × hours a year × rate × part of the year × growth of costs";
/// What is added up for a plan or a control.
const COST: &str = "(initial + yearly + people + friction − retired − salvage − end value + premiums) less the tax that they and depreciation save";

figures! {
    /// What a case comes to: risk, options, money, limits, and what was assumed.
    pub struct Assessment {
        /// Which document this is: `rosi.assessment/1`
        schema: String;
        /// Which run this is, so that it can be done again
        provenance: Provenance;
        /// The title of the case
        title: String;
        /// The currency of all amounts, by its three letters
        currency: String;
        /// What to do
        recommendation: Recommendation;
        /// The year of all risks together as things are
        today: OptionLoss;
        /// The year of each risk, today and with each plan
        risks: Vec<RiskFigures>;
        /// What each value stream loses in an average year
        value_streams: Vec<StreamFigures>;
        /// What each plan costs, saves and leaves
        plans: Vec<PlanFigures>;
        /// Which of the options that exclude each other won, step by step
        steps: Vec<Step>;
        /// How each option stands to the agreed limits
        appetite: Vec<LimitFigures>;
        /// What legal duties cost
        obligations: Vec<DutyFigures>;
        /// What is promised of the time to containment, and what an hour of it is worth
        response_times: Vec<ResponseFigures>;
        /// What the plans come to in each of the cases that the file states
        cases: Vec<CaseFigures>;
        /// What certainty about everything would be worth; only with `--sensitivity`
        value_of_perfect_information: Option<Information>;
        /// The input that would turn the recommendation with the least change; only with `--sensitivity`
        tipping_point: Option<TippingPoint>;
        /// How many assumptions there are, and which are defaults
        assumptions: Assumptions;
        /// What is doubtful about the file or its figures
        warnings: Vec<Warning>;
    }

    /// Which run this is, and what was asked for besides the file.
    pub struct Provenance {
        /// The version of rosi
        version: String;
        /// The SHA-256 of the case as it was calculated
        scenario_sha256: String;
        /// Where random numbers began
        seed: u64;
        /// How years were worked out: expected, exact or simulated
        method: String;
        /// How many years were simulated
        years: Option<u64>;
        /// Plans that were asked for by `--plan`
        plans_asked: Option<Vec<String>>;
        /// Years that were asked for by `--years`
        years_asked: Option<u64>;
        /// The precision that was asked for by `--precision`
        precision_asked: Option<Share>;
        /// Changes by `--set`
        @asked("Only of a case that was changed for the run.")
        set: Option<Vec<String>>;
        /// The SHA-256 of the file before the changes
        @asked("Only of a case that was changed for the run.")
        file_sha256: Option<String>;
    }

    /// What to do, and why.
    pub struct Recommendation {
        /// The id of the plan, or `today`
        plan: String;
        /// Why, in a sentence
        why: String;
    }

    /// What to do.
    pub struct Recommended {
        /// The id of the plan, or `today`
        plan: String;
    }

    /// What a year loses.
    pub struct YearFigures {
        /// What is lost in an average year, after insurers pay
        expected_annual_loss: Money, MEAN, "loss-event";
        /// What is lost in an average year, before insurers pay
        gross_expected_annual_loss: Money, GROSS, "loss-event";
        /// How far years lie from the average year
        standard_deviation: Option<Money>, SPREAD, "annual-loss";
        /// The chance that a year brings any loss
        chance_of_loss: Option<Chance>, ANY, "annual-loss";
        /// The chance that a threat event becomes a loss event
        vulnerability: Option<Chance>, "P(capability > resistance), or as the file says, times what the controls let through", "vulnerability";
        /// The loss that is reached or passed in so few years: 0.95 is a bad year, 1 in 20
        quantiles: ByLevel<Option<Money>>, LEVEL, "annual-loss";
        /// The mean loss of the worst years: 0.95 is the worst 1 in 20
        tail_mean: ByLevel<Option<Money>>, TAIL, "annual-loss";
        /// How far a simulated figure may be off: two times it, nineteen times in twenty
        standard_error: Option<YearErrors>, "from the spread of the simulated years", "simulation";
        /// How far a figure of the exact method may be off
        error: Option<YearErrors>, "the difference to a grid of half the cells, rounding, and the spread over the worlds that stand for what is not known", "annual-loss";
        /// Whether decimal arithmetic held the average from the file to the end
        exact: bool, "", "exactness";
    }

    /// How far the figures of a year may be off.
    pub struct YearErrors {
        /// Error of the average year
        expected_annual_loss: Option<Money>;
        /// Error of the standard deviation
        standard_deviation: Option<Money>;
        /// Error of the chance of a loss
        chance_of_loss: Option<Chance>;
        /// Errors of the levels
        quantiles: ByLevel<Option<Money>>;
        /// Errors of the means of the worst years
        tail_mean: ByLevel<Option<Money>>;
    }

    /// The year of all risks together under one option.
    pub struct OptionLoss {
        /// The year
        @flat("Its fields stand in its place.")
        year: YearFigures;
        /// Who bears an average year, where a policy is in force
        insurance: Option<Borne>, "loss = retained + transferred + uninsured", "insurance";
        /// The bad year if each risk struck on its own
        bad_year_if_independent: Option<Money>, "the 0.95 quantile of the sum of independent risks", "dependence";
        /// Which part of the spread better estimates would take away
        knowledge_share_of_variance: Option<Share>, "Var(E[year | what we do not know]) / Var(year)", "simulation";
    }

    /// Who bears an average year.
    pub struct Borne {
        /// What insurers pay in an average year
        transferred: Option<Money>, "per event the layer min(max(covered loss − retention, 0), limit); of a year's layers (1 − coinsurance) × min(max(sum − annual retention, 0), annual limit)", "insurance";
        /// What policies leave to the insured in an average year
        retained: Option<Money>, "below the retentions of an event and of a year, and the insured's share of the rest", "insurance";
        /// What no policy covers (forms, waiting time, above sublimits) or lies above its limits
        uninsured: Option<Money>, "loss − transferred − retained", "insurance";
    }

    /// A risk, today and with each plan.
    pub struct RiskFigures {
        /// The id of the risk
        id: String;
        /// Its name
        name: String;
        /// What the risk would cost in an average year without any control, as the file says; no value rests on it
        inherent: Option<Money>, "as written", "";
        /// Its year as things are
        today: RiskLoss;
        /// Its year with each plan
        plans: ByPlan<RiskLoss>;
    }

    /// The year of one risk under one option.
    pub struct RiskLoss {
        /// The year
        @flat("Its fields stand in its place.")
        year: YearFigures;
        /// How many loss events there are in an average year
        yearly_rate: Rate, "own events × chance of success × what the controls let through + events that others bring", "loss-event";
        /// What one event costs on average
        single_loss: Option<Money>, "loss of an average year / events a year", "loss-event";
        /// What the risk adds to the mean loss of the worst 1 in 20 years
        part_of_bad_years: Option<Money>, "E[loss of the risk | the worst 1 in 20 years]; the parts add up to the tail mean", "annual-loss";
    }

    /// A value stream.
    pub struct StreamFigures {
        /// The id of the value stream
        id: String;
        /// Its name
        name: String;
        /// What the risks that strike it lose in an average year as things are
        today: Money, "expected_annual_loss of the risks that name it, added up", "loss-event";
        /// The same with each plan
        plans: ByPlan<Money>, "expected_annual_loss of the risks that name it, added up", "loss-event";
    }

    /// A plan.
    pub struct PlanFigures {
        /// The id of the plan
        id: String;
        /// Its name
        name: String;
        /// The year that it leaves
        risk: OptionLoss;
        /// Its money
        investment: InvestmentFigures;
        /// The time of people that it takes
        people: PeopleFigures;
        /// Its budget by year, before tax; 0 is now
        budget_by_year: BudgetFigures;
        /// What each of its controls costs and adds
        controls: Vec<ControlFigures>;
        /// What the policies of a plan add without any of its controls
        value_of_policies: Money, "present value of what insurers pay more than today, less that of premiums above today's", "insurance";
        /// Controls that act on the same factor of a risk
        overlaps: Vec<OverlapFigures>;
        /// What each input does to the value, one at a time
        sensitivity: Option<Vec<InputFigures>>, "only where asked for: `rosi assess FILE --sensitivity`", "sensitivity";
        /// The chance, over what we do not know, that it is worth its cost once good and bad years are averaged
        chance_worth_it_on_average: Option<Chance>, "part of worlds with a mean value above zero; only with `--sensitivity`", "sensitivity";
        /// How far that may be off
        chance_worth_it_on_average_standard_error: Option<Chance>, "from the spread over the shifts of the worlds, one of them at least", "sensitivity";
    }

    /// What a plan asks of budgets, year by year.
    pub struct BudgetFigures {
        /// Capital expenditure: what is bought, by year; 0 is now
        capex: Vec<Money>, "initial cost at the start and at each renewal", "cash-flow";
        /// Operating expenditure: what runs, by year
        opex: Vec<Money>, "yearly + premiums − retired", "cash-flow";
        /// Own staff's time in money, by year
        own_people: Vec<Money>, WORK, "cash-flow";
    }

    /// A case that the file states.
    pub struct CaseFigures {
        /// Its name
        name: String;
        /// What it assumes instead, each `key=value`
        set: Vec<String>;
        /// What is lost in an average year as things are, after insurers pay
        expected_annual_loss: Option<Money>, MEAN, "loss-event";
        /// The id of the plan to choose then, or `today`
        recommended: Option<String>;
        /// What each plan comes to then
        plans: Option<ByPlan<CasePlanFigures>>;
    }

    /// A plan in a stated case.
    pub struct CasePlanFigures {
        /// What is lost in an average year with the plan, after insurers pay
        expected_annual_loss: Money, MEAN, "loss-event";
        /// What it costs in today's money
        present_value_of_cost: Money, "Σ cost / (1 + r)^time", "investment";
        /// What it is worth more than it costs, in today's money
        net_present_value: Money, "Σ (loss avoided + time saved − cost) / (1 + r)^time", "investment";
    }

    /// The money of a plan.
    pub struct InvestmentFigures {
        /// Everything the plan costs, by year; 0 is now
        cost: Vec<Money>, COST, "cash-flow";
        /// Money paid, by year; 0 is now
        cash: Vec<Money>, "initial + yearly − retired, and premiums", "cash-flow";
        /// What its policies cost more than today's, by year
        premiums: Vec<Money>, "premium × growth of costs", "cash-flow";
        /// Loss that does not happen, by year: an estimate, not cash
        loss_avoided: Vec<Money>, "(today's loss − loss with the plan, of the year) × growth × (1 − tax rate)", "cash-flow";
        /// Time saved by year, after tax: a gain that is no loss avoided and no cash
        gains: Vec<Money>, WORK, "cash-flow";
        /// What the plan is worth more than it costs, in today's money
        net_present_value: Money, VALUE, "investment";
        /// Return on security investment, per unit spent
        rosi: Option<Ratio>, "(loss avoided + time saved − cost) / cost, present values", "investment";
        /// The return per unit spent by the textbook
        rosi_textbook: Option<Ratio>, "(loss avoided in a full year × years + time saved − cost) / cost, nothing discounted", "investment";
        /// The discount rate at which the plan is worth nothing, where there is exactly one
        internal_rate_of_return: Option<Share>, "the rate r with Σ net flow / (1 + r)^time = 0", "investment";
        /// Every discount rate above −100% at which the plan is worth nothing
        internal_rates_of_return: Vec<Share>, "all rates r with Σ net flow / (1 + r)^time = 0", "investment";
        /// When the plan has paid for itself for good
        payback_years: Option<Years>, "the time from which the running sum of net flows stays at or above zero to the end of the horizon", "investment";
        /// The same with discounted flows
        discounted_payback_years: Option<Years>, "the time from which the running sum of present values stays at or above zero", "investment";
        /// Loss avoided and time saved per unit of cost
        benefit_cost_ratio: Option<Ratio>, "present value of loss avoided and time saved / present value of cost", "investment";
        /// The cost as an even yearly amount
        equivalent_annual_cost: Option<Money>, "Σ over controls: present value of one life × r / (1 − 1 / (1 + r)^life), begun now and renewed for ever", "investment";
        /// How the value today falls out, bad luck and wrong estimates counted
        net_present_value_quantiles: ByLevel<Option<Money>>, "quantiles over simulated paths of the horizon", "simulation";
        /// How far the simulated value may be off; nothing of a value is simulated, so null
        net_present_value_standard_error: Option<Money>, "from the spread of the simulated paths", "simulation";
        /// How far the value may be off: what insurers pay goes through floating point
        net_present_value_error: Option<Money>, "from two grids of different fineness and from averaging over what is not known", "insurance";
        /// The chance that loss avoided is at least the cost within the horizon
        chance_of_paying_back: Option<Chance>, "part of simulated paths with a value of zero or more", "simulation";
        /// How far that chance may be off
        chance_of_paying_back_standard_error: Option<Chance>, "√(p (1 − p) / paths)", "simulation";
        /// What it costs to begin a year later, with the same end
        cost_of_waiting: Option<WaitingFigures>;
        /// What the value loses if everything begins a year later and runs as long; none with other policies than today
        cost_of_waiting_a_year: Option<Money>, "net present value now − net present value a year later", "investment";
        /// The part it must take off the losses it acts on to be worth its cost
        break_even_reduction: Option<Share>, "(present value of cost − present value of time saved) / present value of today's loss on the risks it acts on, before insurers; none below 0 or above 1; with insurance the part at which the value is zero", "investment";
        /// All costs in today's money
        present_value_of_cost: Money, "Σ cost / (1 + r)^time, each flow at its own time", "investment";
        /// Loss avoided in today's money
        present_value_of_loss_avoided: Money, "Σ loss avoided / (1 + r)^time", "investment";
        /// Time saved in today's money
        present_value_of_gains: Money, "Σ time saved / (1 + r)^time", "investment";
        /// Loss avoided and time saved less cost in an average year of the horizon, not discounted
        net_yearly_benefit: Money, "Σ (loss avoided + time saved − cost) / years", "investment";
        /// Whether decimal arithmetic held the value from the file to the end
        exact: bool, "", "exactness";
    }

    /// What it costs to begin a year later, with the same end of the horizon.
    pub struct WaitingFigures {
        /// What the value loses if everything begins a year later, with the same end of the horizon
        total: Money, "net present value now − net present value of the same plan begun a year later = loss suffered − spending saved (− unused life, where it counts)", "investment";
        /// Loss suffered, and time not saved, because everything begins a year later
        loss_suffered: Money, "present value of loss avoided and time saved, now − a year later", "investment";
        /// Spending saved because everything begins a year later
        spending_saved: Money, "present value of cost, now − a year later, what is left at the end not counted", "investment";
        /// What more is left at the end of what was bought, because everything begins a year later
        unused_life: Money, "present value of what is left by straight line, a year later − now", "investment";
        /// Whether the value counts what is left at the end
        unused_life_counted: bool, "yes with `end_value = \"straight-line\"`", "investment";
    }

    /// The time of people that a plan takes.
    pub struct PeopleFigures {
        /// Hours of own people in a full year, over all controls
        hours: Hours, "Σ people_hours", "cash-flow";
        /// The same as full-time posts
        full_time_equivalents: Ratio, "hours / (working days × 8 hours)", "cash-flow";
        /// Hours that users lose in a full year
        friction_hours: Hours, "users × time × working days", "cash-flow";
    }

    /// A control of a plan.
    pub struct ControlFigures {
        /// The id of the control
        id: String;
        /// Everything the control costs, by year; 0 is now
        cost: Vec<Money>, COST, "cash-flow";
        /// What is paid when the control is bought or renewed, by year
        initial: Vec<Money>, "initial cost × growth of costs", "cash-flow";
        /// What is paid while it runs, by year
        yearly: Vec<Money>, "yearly cost × part of the year × growth of costs", "cash-flow";
        /// Own people's time, by year
        people: Vec<Money>, WORK, "cash-flow";
        /// What the control costs the business in lost time, by year
        friction: Vec<Money>, USERS, "cash-flow";
        /// Spending that it ends, by year
        retired: Vec<Money>, "retired cost × part of the year × growth of costs", "cash-flow";
        /// What it brings at the end of its life, by year
        salvage: Vec<Money>, "salvage × growth of costs", "cash-flow";
        /// What is left at the end of the horizon of a life that goes on
        end_value: Vec<Money>, "salvage + (price − salvage) × life to come / life; only with `end_value = \"straight-line\"`", "cash-flow";
        /// What is written down of what was bought, by year; it lowers the profit that is taxed
        depreciation: Vec<Money>, "what the method of `depreciation` writes down of the price in the year, the rest at the end of its life; all at once without it", "cash-flow";
        /// Own people's time that the control saves, by year
        people_saved: Vec<Money>, WORK, "cash-flow";
        /// Users' time that the control saves, by year
        users_saved: Vec<Money>, USERS, "cash-flow";
        /// Hours of own people in a full year
        people_hours: Hours, HOURS, "cash-flow";
        /// Hours that users lose in a full year
        friction_hours: Hours, "users × time × working days", "cash-flow";
        /// Hours that people and users save in a full year
        saved_hours: Hours, "time × 52 weeks or × working days, of users × their number", "cash-flow";
        /// What the control would be worth if nothing else were bought
        alone: Money, "loss avoided by it alone − its cost, present values", "attribution";
        /// What the plan would lose without the control
        last_in: Money, "value with it − value of the plan without it", "attribution";
        /// The control's fair share of the plan's value
        shapley: Money, "mean of what it adds over every order of buying", "attribution";
    }

    /// Controls that act on the same factor of a risk.
    pub struct OverlapFigures {
        /// The id of the risk
        risk: String;
        /// The factor
        on: String;
        /// The ids of the controls
        controls: Vec<String>;
        /// What the best of them alone takes off
        best_single: Share, "the largest reduction", "controls";
        /// What they take off together, where none depends on another
        independent: Share, "1 − Π (1 − reduction)", "controls";
        /// The average year if the best of them did all that they do together
        expected_annual_loss_if_nested: Money, "loss of an average year with the largest reduction only", "controls";
    }

    /// What an input does to the value of a plan.
    pub struct InputFigures {
        /// The key of the input
        input: String;
        /// The lower end of its range
        from: Option<Quantity>, "the 10% point", "sensitivity";
        /// The upper end of its range
        to: Option<Quantity>, "the 90% point", "sensitivity";
        /// The value of the plan at the lower end
        low: Option<Money>, "net present value with the input there and all else at its mean", "sensitivity";
        /// The value of the plan at the upper end
        high: Option<Money>, "net present value with the input there and all else at its mean", "sensitivity";
        /// Where the plan is worth nothing
        break_even: Option<Quantity>, "the nearest value of the input with a net present value of zero", "sensitivity";
        /// What certainty about this input would be worth
        value_of_information: Option<Money>, "E[best value | the input] − best mean value", "sensitivity";
        /// The mean of the input
        mean: Option<Quantity>, "mean of its distribution", "sensitivity";
    }

    /// A challenge among options that exclude each other.
    pub struct Step {
        /// The plan that challenges
        plan: String;
        /// The plan that stood before it, or `today`
        against: String;
        /// What it costs more
        cost: Money, "present value of cost − that of the other", "investment";
        /// What loss it avoids more
        loss_avoided: Money, "present value of loss avoided − that of the other", "investment";
        /// What time of people and users it saves more
        gains: Money, "present value of time saved − that of the other", "investment";
        /// What it is worth more
        net_present_value: Money, "net present value − that of the other", "investment";
        /// better, not_worth_it or dominated
        outcome: String;
    }

    /// How each option stands to an agreed limit.
    pub struct LimitFigures {
        /// The name of the limit
        name: String;
        /// The loss that is agreed
        loss: Money, "as written", "";
        /// The chance of losing more that is agreed
        chance: Chance, "as written", "";
        /// The chance of losing more in a year as things are
        today: Option<Chance>, ABOVE, "annual-loss";
        /// The same with each plan
        plans: ByPlan<Option<Chance>>, ABOVE, "annual-loss";
        /// How far these chances may be off
        error: LimitErrors;
    }

    /// How far chances of passing a limit may be off.
    pub struct LimitErrors {
        /// Of today's
        today: Option<Chance>;
        /// With each plan
        plans: ByPlan<Option<Chance>>;
    }

    /// A legal duty.
    pub struct DutyFigures {
        /// The id of the duty
        id: String;
        /// Its name
        name: String;
        /// The law
        regime: String;
        /// The risks that touch it
        risks: Vec<String>;
        /// The most that the law allows as a fine
        ceiling: Option<Money>, "the larger of a fixed amount and a share of turnover", "obligations";
        /// The sentence of the law
        ceiling_by: String;
        /// How often such a duty has ended in a fine elsewhere, where that is known
        base_rate: Option<Chance>, "as published", "obligations";
        /// The chance that an event ends in a fine, as the file says
        chance_of_fine: Option<Chance>, "chance that it must be reported × that the authority acts × that a fine follows", "obligations";
        /// What the duty costs in an average year as things are, before insurers pay
        today: Money, "events a year × chance × mean of each step, added up over the risks", "obligations";
        /// What fines cost in an average year
        fines_today: Money, "events a year × chance of a fine × mean of the fine, at most the ceiling", "obligations";
        /// What the duty costs with each plan
        plans: ByPlan<Money>, "events a year × chance × mean of each step, added up over the risks", "obligations";
        /// What fines cost with each plan
        fines: ByPlan<Money>, "events a year × chance of a fine × mean of the fine, at most the ceiling", "obligations";
        /// Which controls of each plan act on risks that touch it
        controls: ByPlan<Vec<DutyControl>>;
        /// Risks that touch it and on which no control of the plan acts
        left_open: ByPlan<Vec<String>>;
    }

    /// A control that acts on risks that touch a duty.
    pub struct DutyControl {
        /// The id of the control
        id: String;
        /// The ids of the risks
        risks: Vec<String>;
    }

    /// The time to containment of a risk.
    pub struct ResponseFigures {
        /// The id of the risk
        risk: String;
        /// As things are
        today: Response;
        /// With each plan
        plans: ByPlan<Response>;
    }

    /// What the time to containment costs under one option.
    pub struct Response {
        /// The time that holds nine times in ten
        contained_9_in_10_hours: Option<Hours>, "the 0.9 quantile of the time", "dwell";
        /// What the time until containment costs per event on average
        loss_per_event: Option<Money>, "loss per hour × mean hours, and the next stage × its chance", "dwell";
        /// What one more hour until containment costs per event
        hour_more_per_event: Option<Money>, "slope of the mean loss of an event in the hours", "dwell";
        /// What one more hour until containment costs in an average year
        hour_more_per_year: Option<Money>, "events a year × what one more hour costs per event", "dwell";
        /// What an event beyond the promise costs more than one within it
        broken_promise_per_event: Option<Money>, "E[loss | later than promised] − E[loss | as promised]", "dwell";
    }

    /// What certainty about everything would be worth.
    pub struct Information {
        /// What certainty about everything would be worth before the decision
        value: Option<Money>, "E[best value | all inputs] − best mean value", "sensitivity";
        /// How far that may be off
        standard_error: Option<Money>, "from the spread of the simulated worlds", "sensitivity";
    }

    /// The input that would turn the recommendation with the least change.
    pub struct TippingPoint {
        /// The key of the input
        input: String;
        /// Its mean
        mean: Option<Quantity>, "mean of its distribution", "sensitivity";
        /// Where the recommendation turns
        at: Option<Quantity>, "the nearest value of the input at which another option is worth as much", "sensitivity";
        /// The plan that would win beyond it, or `today`
        plan: String;
        /// Whether that lies within the range of the input
        within_range: Option<bool>;
    }

    /// What was assumed.
    pub struct Assumptions {
        /// How many quantities the file states
        count: u64;
        /// How many of them are examples
        examples: u64;
        /// How many have no source
        without_source: u64;
        /// What the file leaves to a default
        defaults: Vec<DefaultAssumption>;
    }

    /// What the file leaves to a default.
    pub struct DefaultAssumption {
        /// The key
        path: String;
        /// Its value
        value: String;
    }

    /// What is doubtful about a file or its figures.
    pub struct Warning {
        /// The code: docs/diagnostics.md explains it
        code: String;
        /// What is doubtful
        message: String;
        /// The key that it is about
        r#where: String;
    }
}
