//! What may one year bring to many entities together, and what is worth doing in all of them?
//!
//! Given how often the causes strike that the group shares, entities are independent: the group's year is a mixture over
//! these counts of products over entities (`year`). Averages add up exactly, as decimals. On top come the layers over
//! the sum of a year (`tower`), the part of each entity in bad years (`parts`), and the plans of the group with the best
//! choice for the money there is (`choice`). See `docs/model/group.md`.

mod check;
mod choice;
mod parts;
mod sampled;
mod tower;
mod year;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::{CauseId, Group, Plan, PlanId, PlannedControl, Scenario, Timing};
use crate::units::Figure;

use super::exact::{self, Request};
use super::loss::LossModel;
use super::money::flows::Discounting;
use super::values::Values;
use super::world::Knowledge;
use super::year::{Note, YearLoss};
use super::{MethodChoice, Settings, analyse as analyse_case};
pub use choice::{Choice, Choices};
use sampled::Sampled;
pub use tower::{LayerYear, Tower};
use year::{GroupSum, Laid, Strikes};

/// An entity with its case.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its case.
    pub scenario: Scenario,
}

/// What is asked of a group.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The seed in place of the file's.
    pub seed: Option<u64>,
    /// The most cash over the horizon, for the best choice of a plan for each entity.
    pub budget: Option<Figure>,
    /// Averages alone: no distribution of a year.
    pub expected_only: bool,
}

/// The year of all entities under one option.
#[derive(Debug, Clone)]
pub struct GroupYear {
    /// What all lose together, after the entities' own policies and before the group's.
    pub loss: YearLoss,
    /// By entity: its part of the mean loss of the worst 1 in 20 years, and of the worst 1 in 100. They add up to these
    /// means.
    pub parts: Vec<[f64; 2]>,
    /// What the layers over the sum pay, and what is left.
    pub tower: Tower,
    /// By agreed limit: the chance of a year above it after all insurers, and what that may be off by.
    pub appetite: Vec<(f64, f64)>,
}

/// All entities under one option.
#[derive(Debug, Clone)]
pub struct GroupOption {
    /// Average loss of a year, after the entities' own policies.
    pub loss: Figure,
    /// The same by entity.
    pub by_entity: Vec<Figure>,
    /// What one year may bring; absent where only averages were asked for.
    pub year: Option<GroupYear>,
    /// What it costs and brings; absent for today.
    pub money: Option<GroupMoney>,
}

/// What a plan of the group costs and brings, in today's money and after tax where the cases say so.
#[derive(Debug, Clone)]
pub struct GroupMoney {
    /// How many entities have a part in it.
    pub takers: usize,
    /// Cash over the horizon, that of the group itself among it.
    pub cash: Figure,
    /// All costs, those of the group itself among them.
    pub cost: Figure,
    /// What the group itself pays, of these costs.
    pub central: Figure,
    /// Loss avoided and other gains, after the entities' own policies.
    pub avoided: Figure,
    /// What the layers over the sum pay less than today, over the horizon.
    pub tower: f64,
    /// What the whole is worth.
    pub value: Figure,
}

/// Every figure of a group.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// By entity: id and name.
    pub entities: Vec<(String, String)>,
    /// By cause of the group: how often it strikes on average, and how many entities have a risk that it strikes.
    pub causes: Vec<(Figure, usize)>,
    /// Doing nothing more.
    pub today: GroupOption,
    /// By plan of the group.
    pub plans: Vec<GroupOption>,
    /// The plan of the highest value above nothing.
    pub recommended: Option<usize>,
    /// By entity, by plan of the group: what that plan costs and is worth there, if the entity has a part in it.
    pub choices: Choices,
    /// The best plan for each entity under the budget, where one was asked for.
    pub best: Option<Choice>,
    /// The largest relative gap between the mean of a distribution and the average that is known without it.
    pub gap: f64,
    /// What a reader has to know.
    pub notes: Vec<Note>,
    /// The seed that was used.
    pub seed: u64,
}

/// Works out every figure of a group.
///
/// # Errors
/// Every fault between the group's file and its cases at once, and what the exact year cannot carry.
pub fn analyse(group: &Group, mut members: Vec<Member>, question: &Question) -> Result<Analysis, Vec<Diagnostic>> {
    let faults = check::faults(group, &members);
    if !faults.is_empty() {
        return Err(faults);
    }
    let seed = question.seed.unwrap_or(group.seed);
    let causes = add_causes(group, &mut members);
    let plans: Vec<Vec<Option<PlanId>>> = members.iter_mut().map(|member| add_plans(group, member)).collect();
    let faults = check::plans(group, &members, &plans);
    if !faults.is_empty() {
        return Err(faults);
    }
    let expected = expected(&members, &plans)?;
    let choices = Choices::of(group, &expected);
    let option = |plan: Option<usize>| GroupOption {
        loss: expected.iter().map(|entity| entity.loss(plan)).sum(),
        by_entity: expected.iter().map(|entity| entity.loss(plan)).collect(),
        year: None,
        money: plan.map(|plan| money(group, plan, &expected)),
    };
    let mut found = Analysis {
        entities: members.iter().map(|member| (member.id.clone(), member.name.clone())).collect(),
        causes: group
            .causes
            .iter()
            .enumerate()
            .map(|(place, cause)| {
                let struck = causes.iter().filter(|held| held.iter().any(|(of, _)| *of == place)).count();
                (group.estimate(cause.frequency).mean(), struck)
            })
            .collect(),
        today: option(None),
        plans: (0..group.plans.len()).map(|plan| option(Some(plan))).collect(),
        recommended: None,
        best: question.budget.map(|budget| choices.best(budget)),
        choices,
        gap: 0.0,
        notes: Vec::new(),
        seed,
    };
    if !question.expected_only {
        years(group, &members, &causes, &plans, seed, &mut found)?;
    }
    tower_changes(group, &mut found);
    let value = |plan: &GroupOption| plan.money.as_ref().map_or(0.0, |money| money.value.to_f64());
    let highest = (0..found.plans.len())
        .max_by(|a, b| value(&found.plans[*a]).total_cmp(&value(&found.plans[*b])).then(b.cmp(a)));
    found.recommended = highest.filter(|plan| value(&found.plans[*plan]) > 0.0);
    Ok(found)
}

/// By member: which of the group's causes strike it, and as which cause of its case.
fn add_causes(group: &Group, members: &mut [Member]) -> Vec<Vec<(usize, CauseId)>> {
    let add = |member: &mut Member| {
        let mut held = Vec::new();
        for (place, cause) in group.causes.iter().enumerate() {
            let strikes = check::struck(cause, member);
            if !strikes.is_empty() {
                let frequency = group.estimate(cause.frequency);
                held.push((place, member.scenario.add_cause(&cause.id, &cause.name, frequency, strikes)));
            }
        }
        held
    };
    members.iter_mut().map(add).collect()
}

/// By plan of the group: which plan of its case a member carries out then.
fn add_plans(group: &Group, member: &mut Member) -> Vec<Option<PlanId>> {
    let own = member.scenario.plans().len();
    let mut found = Vec::new();
    for plan in &group.plans {
        if plan.controls.is_empty() {
            let mut known = member.scenario.plans().entries().take(own);
            found.push(known.find(|(_, other)| other.id == plan.id).map(|(place, _)| place));
            continue;
        }
        let controls = member.scenario.controls().entries();
        let controls: Vec<PlannedControl> = controls
            .filter(|(_, control)| plan.controls.contains(&control.id) && !control.in_place)
            .map(|(control, _)| PlannedControl { control, start: rust_decimal::Decimal::ZERO })
            .collect();
        if controls.is_empty() {
            found.push(None);
            continue;
        }
        let (id, name) = (plan.id.clone(), plan.name.clone());
        let plan = Plan { id, name, controls, drops: Vec::new(), exclusive: None };
        found.push(Some(member.scenario.add_plan(plan)));
    }
    found
}

/// The averages of one entity.
pub(crate) struct Expected {
    today: Figure,
    /// By plan of the group, where the entity has a part in it.
    plans: Vec<Option<Taken>>,
}

/// One entity's part in a plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    loss: Figure,
    cash: Figure,
    cost: Figure,
    avoided: Figure,
    value: Figure,
}

impl Expected {
    fn loss(&self, plan: Option<usize>) -> Figure {
        plan.and_then(|plan| self.plans[plan]).map_or(self.today, |taken| taken.loss)
    }
}

fn expected(members: &[Member], plans: &[Vec<Option<PlanId>>]) -> Result<Vec<Expected>, Vec<Diagnostic>> {
    let of = |member: &Member, plans: &Vec<Option<PlanId>>| {
        let asked: Vec<PlanId> = plans.iter().flatten().copied().collect();
        let settings = Settings { plans: Some(asked), method: MethodChoice::Expected, ..Settings::default() };
        let found = analyse_case(&member.scenario, &settings).map_err(|faults| check::of_member(member, faults))?;
        let taken = |plan: PlanId| {
            let found = found.plans.iter().find(|found| found.plan == plan)?;
            let money = &found.investment;
            Some(Taken {
                loss: found.loss,
                cash: money.total_cash(),
                cost: money.present_cost,
                avoided: money.present_avoided + money.present_gains,
                value: money.net_present_value,
            })
        };
        let plans = plans.iter().map(|plan| plan.and_then(taken)).collect();
        Ok(Expected { today: found.loss_today, plans })
    };
    members.par_iter().zip(plans).map(|(member, plans)| of(member, plans)).collect()
}

/// What a plan costs and brings in all entities, before what the layers over the sum pay less.
fn money(group: &Group, plan: usize, expected: &[Expected]) -> GroupMoney {
    let taken = || expected.iter().filter_map(|entity| entity.plans[plan]);
    let (own_cash, central) = central(group, plan);
    let cost: Figure = taken().map(|taken| taken.cost).sum();
    let value: Figure = taken().map(|taken| taken.value).sum();
    GroupMoney {
        takers: taken().count(),
        cash: taken().map(|taken| taken.cash).sum::<Figure>() + own_cash,
        cost: cost + central,
        central,
        avoided: taken().map(|taken| taken.avoided).sum(),
        tower: 0.0,
        value: value - central,
    }
}

/// What the group itself pays for a plan over the horizon: as cash, and in today's money.
fn central(group: &Group, plan: usize) -> (Figure, Figure) {
    let plan = &group.plans[plan];
    let (initial, yearly) = (Figure::exact(plan.initial.get()), Figure::exact(plan.yearly.get()));
    (initial + yearly * Figure::exact(group.horizon.into()), initial + yearly * annuity(group))
}

/// What one a year is worth today over the horizon.
fn annuity(group: &Group) -> Figure {
    let discounting = Discounting::at(group.discount_rate.get(), Timing::YearEnd, group.horizon);
    (1..=group.horizon).map(|year| discounting.factor(year.into())).sum()
}

/// The layers over the sum pay less where less is lost: that belongs to the value of a plan.
fn tower_changes(group: &Group, found: &mut Analysis) {
    let paid = |option: &GroupOption| option.year.as_ref().map_or(0.0, |year| year.tower.paid());
    let today = paid(&found.today);
    let annuity = annuity(group).to_f64();
    for plan in &mut found.plans {
        let less = (today - paid(plan)) * annuity;
        if let Some(money) = plan.money.as_mut().filter(|_| less != 0.0) {
            money.tower = less;
            money.value = money.value - Figure::approximate(less);
        }
    }
}

/// The distributions of all options.
fn years(
    group: &Group,
    members: &[Member],
    causes: &[Vec<(usize, CauseId)>],
    plans: &[Vec<Option<PlanId>>],
    seed: u64,
    found: &mut Analysis,
) -> Result<(), Vec<Diagnostic>> {
    let models: Vec<LossModel<'_>> = members.par_iter().map(|member| LossModel::new(&member.scenario)).collect();
    let means: Vec<Values<Figure>> = members.par_iter().map(|member| Values::means(&member.scenario)).collect();
    let knowledge: Vec<Knowledge<'_>> =
        members.par_iter().zip(&means).map(|(member, means)| Knowledge::new(&member.scenario, means)).collect();
    let count = |cause: usize| {
        members.iter().zip(causes).zip(&knowledge).find_map(|((member, held), knowledge)| {
            let (_, own) = held.iter().find(|(of, _)| *of == cause)?;
            Some(exact::strikes(&member.scenario, knowledge, *own))
        })
    };
    let counts: Vec<_> = (0..group.causes.len()).map(count).collect();
    let strikes = Strikes::of(&counts).map_err(|why| vec![check::too_often(&why)])?;
    // The same way under every option, so that they differ by what they do alone.
    let is_simulated: Vec<bool> = models
        .par_iter()
        .zip(plans)
        .map(|(model, plans)| {
            let plans: Vec<PlanId> = plans.iter().flatten().copied().collect();
            exact::impossible_because(model, &plans).is_some()
        })
        .collect();
    let simulated: Vec<usize> = (0..members.len()).filter(|place| is_simulated[*place]).collect();
    let work = simulated.iter().map(|place| sampled::work(&models[*place], &knowledge[*place]));
    let simulated_years = sampled::years(work.sum());
    let limits: Vec<f64> = group.appetite.iter().map(|point| Figure::exact(point.loss.get()).to_f64()).collect();
    let layers = tower::layers(group);
    let amounts: Vec<f64> =
        limits.iter().map(|limit| tower::reaching(&layers, *limit)).chain(tower::bounds(&layers)).collect();
    let request = Request { plans: &[], amounts: &amounts, reached: amounts.len(), seed };
    let option = |plan: Option<usize>, known: &[Figure], gap: &mut f64, notes: &mut Vec<Note>| {
        let mut laid: Vec<Laid<'_>> = (0..members.len())
            .into_par_iter()
            .map(|place| {
                let own = plan.and_then(|plan| plans[place][plan]);
                let (model, knowledge, causes) = (&models[place], &knowledge[place], causes[place].as_slice());
                let exact = if is_simulated[place] { None } else { Laid::new(model, knowledge, own, causes, seed) };
                exact.unwrap_or_else(|| {
                    let seed = sampled::seed(seed, &members[place].id);
                    let setting = sampled::Setting { model, knowledge, plan: own, causes, strikes: &strikes, seed };
                    let sampled = Sampled::new(setting, simulated_years, known[place].to_f64());
                    Laid::sampled(&members[place].scenario, sampled)
                })
            })
            .collect();
        let entities = laid.iter().filter(|laid| laid.is_sampled()).count();
        if entities > 0 {
            notes.push(Note::Simulated { entities, years: simulated_years });
        }
        year::thin(&mut laid, &models, &knowledge, plans, plan, &strikes);
        let sum = GroupSum::new(&laid, &strikes);
        let (loss, solved) = sum.found(&request);
        solved.notes.iter().for_each(|note| notes.push(Note::Grid(*note)));
        let total: Figure = known.iter().copied().sum();
        *gap = gap.max((loss.mean - total.to_f64()).abs() / total.to_f64().abs().max(f64::MIN_POSITIVE));
        let known: Vec<f64> = known.iter().map(|loss| loss.to_f64()).collect();
        GroupYear {
            parts: parts::parts(&sum, &solved.loss, &known),
            tower: Tower::of(group, &layers, &solved.loss, &loss, limits.len()),
            appetite: (0..limits.len())
                .map(|place| (loss.chance_above[place], loss.chance_error(place).unwrap_or(0.0)))
                .collect(),
            loss,
        }
    };
    let (mut gap, mut notes) = (0.0, Vec::new());
    found.today.year = Some(option(None, &found.today.by_entity, &mut gap, &mut notes));
    for (plan, item) in found.plans.iter_mut().enumerate() {
        item.year = Some(option(Some(plan), &item.by_entity, &mut gap, &mut notes));
    }
    (found.gap, found.notes) = (gap, notes);
    Ok(())
}
