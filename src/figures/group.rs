//! The year of many entities together: `rosi.group/1`.

use super::assessment::{LimitFigures, Recommended, YearErrors};
use super::formula::{ANY, LEVEL, SPREAD, TAIL};
use super::node::{ByLevel, ByPlan, figures};
use super::quantity::{Chance, Money, Rate};

/// The average year of a group.
const MEAN: &str = "own events and strikes of the shared causes, each × mean loss of an event after the entity's policies, added up over the entities, before the group's own layers";
/// What an entity adds to the worst years.
const PART: &str =
    "E[loss of the entity | the worst 1 − level of all years of the group]; the parts add up to the tail mean";

figures! {
    /// What the entities of a group lose together, what plans for all of them cost and bring, and who should take which.
    pub struct GroupAssessment {
        /// Which document this is: `rosi.group/1`
        schema: String;
        /// Which run this is, so that it can be done again
        provenance: GroupProvenance;
        /// The title of the group
        title: String;
        /// The currency of all amounts, by its three letters
        currency: String;
        /// What to do
        recommendation: Recommended;
        /// The year of the group as things are
        today: GroupYear;
        /// What each plan costs, saves and leaves, taken by every entity that has it
        plans: Vec<GroupPlanFigures>;
        /// How each option stands to the agreed limits of the group
        appetite: Vec<LimitFigures>;
        /// Causes that strike several entities at once
        shared_causes: Vec<GroupCauseFigures>;
        /// The best plan for each entity under one budget; only with `--budget`
        best: Option<BestPlans>;
        /// The entities
        entities: Vec<EntityFigures>;
        /// What is doubtful about the figures
        notes: Vec<String>;
    }

    /// Which run of a group this is.
    pub struct GroupProvenance {
        /// The version of rosi
        version: String;
        /// The SHA-256 of the group with all its cases
        group_sha256: String;
        /// Where random numbers began
        seed: u64;
        /// How years were worked out: expected, exact, or simulated where the policies of an entity take it
        method: String;
    }

    /// The year of a group under one option.
    pub struct GroupYear {
        /// What is lost in an average year, after the entities' own policies and before the group's own layers
        expected_annual_loss: Money, MEAN, "group";
        /// How far years lie from the average year
        standard_deviation: Option<Money>, SPREAD, "group";
        /// The chance that a year brings any loss
        chance_of_loss: Option<Chance>, ANY, "group";
        /// The loss that is reached or passed in so few years: 0.95 is a bad year, 1 in 20
        quantiles: ByLevel<Option<Money>>, LEVEL, "group";
        /// The mean loss of the worst years: 0.95 is the worst 1 in 20
        tail_mean: ByLevel<Option<Money>>, TAIL, "group";
        /// How far a figure may be off
        error: Option<YearErrors>, "the difference to a grid of half the cells, and rounding", "group";
        /// Whether decimal arithmetic held the average from the files to the end
        exact: bool, "", "exactness";
        /// The group's own layers, and what they leave
        insurance: Option<TowerFigures>;
    }

    /// The group's own layers, and what they leave.
    pub struct TowerFigures {
        /// Each layer
        layers: Vec<LayerFigures>;
        /// What they leave of an average year
        expected_annual_loss: Option<Money>, "E[loss of a year − Σ (1 − coinsurance) min(max(loss of a year − retention, 0), limit)]", "group";
        /// What they leave of bad years
        quantiles: ByLevel<Option<Money>>, LEVEL, "group";
        /// The mean of what they leave of the worst years
        tail_mean: ByLevel<Option<Money>>, TAIL, "group";
    }

    /// A layer of the group's own insurance.
    pub struct LayerFigures {
        /// The id of the layer
        id: String;
        /// Its yearly premium
        premium: Money, "as written", "";
        /// What it pays in an average year
        expected_payment: Option<Money>, "(1 − coinsurance) × E[min(max(loss of a year − retention, 0), limit)]", "group";
        /// The chance that it pays
        chance_of_payment: Chance, "P(loss of a year > retention)", "group";
        /// How far that may be off
        chance_of_payment_error: Option<Chance>, "the difference to a grid of half the cells, and rounding", "group";
        /// The chance that it is used up
        chance_of_exhaustion: Option<Chance>, "P(loss of a year ≥ retention + limit)", "group";
        /// How far that may be off
        chance_of_exhaustion_error: Option<Chance>, "the difference to a grid of half the cells, and rounding", "group";
    }

    /// A plan of a group.
    pub struct GroupPlanFigures {
        /// The id of the plan
        id: String;
        /// Its name
        name: String;
        /// The year that it leaves
        risk: GroupYear;
        /// Its money
        investment: Option<GroupMoneyFigures>;
    }

    /// The money of a plan of a group.
    pub struct GroupMoneyFigures {
        /// How many entities take it
        entities: u64, "those whose case has the plan", "group";
        /// What is paid over the horizons, nothing discounted
        cash: Money, "Σ cash of the entities, and what the group pays itself", "group";
        /// All costs in today's money
        present_value_of_cost: Money, "Σ present value of cost of the entities, and central cost", "group";
        /// What the group pays itself, in today's money
        present_value_of_central_cost: Money, "Σ central cost / (1 + r)^time", "group";
        /// Loss avoided in today's money
        present_value_of_loss_avoided: Money, "Σ present value of loss avoided of the entities", "group";
        /// What the group's own layers then pay less, in today's money
        present_value_of_insurance_lost: Option<Money>, "Σ (payment of the layers today − with the plan) / (1 + r)^time", "group";
        /// What the plan is worth more than it costs, in today's money
        net_present_value: Money, "loss avoided − cost − insurance lost", "group";
    }

    /// A cause that strikes several entities at once.
    pub struct GroupCauseFigures {
        /// The id of the cause
        id: String;
        /// Its name
        name: String;
        /// How often it strikes in an average year
        yearly_rate: Rate, "mean of its frequency", "group";
        /// How many entities it reaches
        entities: u64, "those that have the risk it strikes", "group";
    }

    /// The best plan for each entity under one budget.
    pub struct BestPlans {
        /// The cash that may be spent
        budget: Money, "as asked", "";
        /// What is paid
        cash: Money, "Σ cash of the chosen plans", "group";
        /// What the chosen plans are worth more than they cost, in today's money
        net_present_value: Money, "Σ net present value of the chosen plans", "group";
        /// No choice that the budget allows is worth more than this
        bound: Option<Money>, "bound of the search", "group";
        /// Whether it is proved that nothing is better
        proved: bool, "bound = value", "group";
    }

    /// An entity.
    pub struct EntityFigures {
        /// The id of the entity
        id: String;
        /// Its name
        name: String;
        /// What it adds to the group as things are
        today: EntityPart;
        /// The same with each plan
        plans: ByPlan<EntityPart>;
        /// The plan that the best choice gives it, or `today`; null without a budget
        best_plan: Option<String>;
    }

    /// What an entity adds to the year of its group.
    pub struct EntityPart {
        /// What it loses in an average year, after its policies
        expected_annual_loss: Money, "events a year × mean loss of an event, added up over its risks, less what its insurers pay", "group";
        /// What it adds to the mean loss of the worst years
        part_of_tail_mean: ByLevel<Option<Money>>, PART, "group";
    }
}
