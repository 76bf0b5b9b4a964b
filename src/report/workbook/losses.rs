//! How does the average loss follow from the inputs, as formulas?
//!
//! The loss model is written for any kind of number. Here that number is a symbol whose unknowns are the cells of the
//! averages: what the model works out is written down step by step and becomes formulas. So the sheet reads the very
//! formulas of rosi, and whatever the inputs become, its cells hold what the model would have found, as long as no
//! input is changed that goes into an integral (two ranges against each other, a time to the next stage, failures
//! that are shared, one unknown several times along a chain). Those inputs are locked.
//!
//! A formula longer than people read goes into a row of its own, and what is needed several times stands once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::{Inputs, Look, Sheet, Slot, heads, reference, words, written};
use crate::engine::cashflow::{begins, yearly_loss};
use crate::engine::loss::LossModel;
use crate::engine::simulate::symbol::{Arena, Symbol, Worked};
use crate::engine::{Analysis, ByOption, Values};
use crate::model::{ByRisk, Change, ControlId, EstimateId, EventRate, Plan, RiskId, Scenario, Vulnerability};
use crate::report::sentences::name;
use crate::report::texts::{line, texts};

/// Letters of a formula that a person reads.
const READABLE: usize = 240;
/// Steps of one group of risks beyond which a sheet of them helps nobody: its amounts stand there.
const MOST_STEPS: usize = 6_000;

/// The sheet, and where its results stand.
pub(super) struct Losses {
    pub sheet: Sheet,
    /// What all risks cost a year today, before insurers pay.
    pub before: String,
    /// Events a year and loss a year today.
    pub today: ByRisk<[String; 2]>,
    /// By option.
    pub plans: ByOption<PlanLosses>,
}

/// The losses of an option.
pub(super) struct PlanLosses {
    /// By risk: the loss of a year with every control in full force.
    pub risks: ByRisk<String>,
    /// By year from 1: loss avoided at today's rates and prices, by when the option begins to act.
    pub avoided: Vec<Vec<Avoided>>,
    /// What all risks cost today, before insurers pay.
    pub before: f64,
}

/// Loss avoided in a year.
pub(super) struct Avoided {
    /// From when on, in years from now.
    pub begins: Decimal,
    /// The cell.
    pub cell: String,
    /// What stands in it.
    pub value: f64,
}

/// The inputs that go into something that no formula of averages carries.
pub(super) fn in_integrals(scenario: &Scenario, model: &LossModel<'_>) -> BTreeSet<EstimateId> {
    let mut found = BTreeSet::new();
    for risk in scenario.risks() {
        if let EventRate::Threat { vulnerability: Vulnerability::Contest { capability, resistance }, .. } = &risk.rate {
            found.extend([*capability, *resistance]);
        }
        found.extend(risk.dwell.filter(|dwell| dwell.then.is_some()).map(|dwell| dwell.time));
    }
    for control in scenario.controls() {
        let unknowns = || [control.coverage, control.reliability].into_iter().flatten();
        if control.fails_with.is_some() {
            found.extend(control.reliability);
        }
        // Of one risk of a chain what comes from others meets the control too.
        let bound = |risk: RiskId| model.cluster_of(risk).depth > 1 || !model.cluster_of(risk).causes.is_empty();
        if control.effects.iter().map(|effect| effect.risk).collect::<BTreeSet<_>>().len() > 1
            && control.effects.iter().any(|effect| bound(effect.risk))
        {
            found.extend(unknowns());
        }
        for effect in &control.effects {
            let Change::Becomes(new) = effect.change else { continue };
            let risk = &scenario.risks()[effect.risk];
            let against = matches!(
                &risk.rate,
                EventRate::Threat { vulnerability: Vulnerability::Contest { .. }, .. } if effect.factor.is_rate()
            );
            if against || risk.dwell.is_some_and(|dwell| dwell.then.is_some()) {
                found.insert(new);
            }
            if effect.factor.is_rate() && bound(effect.risk) {
                found.insert(new);
                found.extend(crate::engine::own_rate(risk).into_iter().map(|(_, id)| id));
            }
        }
    }
    found
}

impl Losses {
    pub fn new(scenario: &Scenario, analysis: &Analysis, inputs: &Inputs) -> Self {
        let labels = &texts(scenario).workbook;
        let model = LossModel::new(scenario);
        inputs.lock(in_integrals(scenario, &model));
        let arena = Arena::default();
        let means = Values::means(scenario).to_f64();
        let values = means.mapped(|id, mean| arena.draw(id.0, mean), Symbol::Known);
        let mut steps = Steps::new(scenario, inputs);
        let risks = scenario.risks();
        let mut today = risks.every([String::new(), String::new()]);
        let mut before: BTreeMap<usize, Symbol<'_>> = BTreeMap::new();
        let is_insured = super::super::insurance::is_insured(scenario, analysis);
        steps.head(if is_insured { labels.losses_today } else { labels.all_losses_today });
        for (place, cluster) in model.clusters().iter().enumerate() {
            let found = model.means(cluster, &values, &|_| None, &|_, _, _| true);
            let mut sum = Symbol::Known(0.0);
            for (&risk, means) in cluster.risks.iter().zip(&found) {
                let name = &scenario.risks()[risk].name;
                let rate = steps.row(line(labels.events_of, &[("risk", name)]), means.rate, Look::Plain);
                let parts = scenario.risks()[risk].parts();
                if parts.len() > 1 {
                    for (part, component) in parts.iter().zip(&means.components) {
                        let part = part_name(scenario, *part);
                        let label = line(labels.part_of, &[("risk", name), ("part", &part)]);
                        steps.row(label, *component, Look::Money);
                    }
                }
                let loss = steps.row(line(labels.loss_of, &[("risk", name)]), means.annual_loss, Look::Money);
                today[risk] = [rate, loss];
                sum = sum + means.annual_loss;
            }
            before.insert(place, sum);
        }
        let all = before.values().fold(Symbol::Known(0.0), |sum, cluster| sum + *cluster);
        let before_all = steps.row(labels.all_risks.to_owned(), all, Look::Total);
        let of_plan = |analysed: &crate::engine::PlanAnalysis, steps: &mut Steps<'_>| {
            let plan = &scenario.plans()[analysed.plan];
            let with = if is_insured { labels.losses_with } else { labels.all_losses_with };
            steps.head(&line(with, &[("plan", &name(scenario, analysed))]));
            let full = |control: ControlId| planned(plan, control).then_some(Symbol::Known(1.0));
            let mut full_losses = risks.every(String::new());
            let mut avoided: Vec<BTreeMap<Decimal, Symbol<'_>>> =
                vec![BTreeMap::new(); scenario.assumptions().horizon + 1];
            for (place, cluster) in model.clusters().iter().enumerate() {
                let found = model.means(cluster, &values, &full, &|_, _, _| true);
                for (&risk, means) in cluster.risks.iter().zip(&found) {
                    let name = &scenario.risks()[risk].name;
                    let label = line(labels.loss_of, &[("risk", name)]);
                    full_losses[risk] = steps.row(label, means.annual_loss, Look::Money);
                }
                if !cluster.risks.iter().any(|risk| model.is_acted_on(*risk, &|control| planned(plan, control))) {
                    continue;
                }
                let from = begins(&model, plan, cluster);
                for (t, after) in yearly_loss(&model, plan, cluster, &values).into_iter().enumerate().skip(1) {
                    let year = avoided[t].entry(from).or_insert(Symbol::Known(0.0));
                    *year = *year + (before[&place] - after);
                }
            }
            let of_year = |(t, groups): (usize, BTreeMap<Decimal, Symbol<'_>>)| {
                let is_one = groups.len() == 1;
                let of_group = |(begins, symbol): (Decimal, Symbol<'_>)| {
                    let from = begins.normalize();
                    // What begins at another time is discounted apart.
                    let label = match is_one {
                        true => line(labels.avoided_in, &[("year", &t)]),
                        false => line(labels.avoided_from, &[("year", &t), ("from", &from)]),
                    };
                    let cell = steps.row(label, symbol, Look::Money);
                    Avoided { begins, cell, value: symbol_value(symbol) }
                };
                groups.into_iter().map(of_group).collect()
            };
            let avoided = avoided.into_iter().enumerate().map(of_year).collect();
            PlanLosses { risks: full_losses, avoided, before: before.values().map(|sum| symbol_value(*sum)).sum() }
        };
        let plans = analysis.plans.iter().map(|plan| of_plan(plan, &mut steps)).collect();
        Self { sheet: steps.into_sheet(), before: before_all, today, plans }
    }
}

fn planned(plan: &Plan, control: ControlId) -> bool {
    plan.controls.iter().any(|planned| planned.control == control)
}

/// What a part of a loss is called.
fn part_name(scenario: &Scenario, part: crate::model::Part) -> String {
    use crate::model::Part;
    let labels = &texts(scenario).workbook;
    let form = |form: crate::model::Form| form.name(scenario.voice().language).to_owned();
    match part {
        Part::Primary(of) => form(of),
        Part::Asset => labels.asset.to_owned(),
        Part::Outage => labels.outage.to_owned(),
        Part::Dwell => labels.dwell.to_owned(),
        Part::Next => labels.next_stage.to_owned(),
        Part::Secondary(_, of) => line(labels.secondary, &[("form", &form(of))]),
    }
}

/// Rows of formulas.
struct Steps<'s> {
    scenario: &'s Scenario,
    inputs: &'s Inputs,
    name: &'static str,
    rows: Vec<Vec<Slot>>,
    /// By step: how it stands in a formula, and whether it holds together beside `*` and `/`.
    texts: HashMap<u32, (String, bool)>,
}

impl<'s> Steps<'s> {
    fn new(scenario: &'s Scenario, inputs: &'s Inputs) -> Self {
        let labels = &texts(scenario).workbook;
        let rows = vec![inputs.alert(scenario), heads(&[labels.step, labels.worked_out_as])];
        Self { scenario, inputs, name: labels.losses, rows, texts: HashMap::new() }
    }

    fn head(&mut self, label: &str) {
        self.rows.push(Vec::new());
        self.rows.push(vec![Slot::Head(label.to_owned())]);
    }

    /// A row of its own for a number; what it rests on stands above it. The result is its cell.
    fn row(&mut self, label: String, symbol: Symbol<'_>, look: Look) -> String {
        let formula = match self.formula(symbol, &label) {
            Some(formula) => Slot::Formula(format!("={formula}"), symbol_value(symbol), look),
            None => Slot::Fixed(symbol_value(symbol), look),
        };
        self.rows.push(vec![words(label), formula]);
        let cell = format!("$B${}", self.rows.len());
        // From now on it is this cell.
        if let Some(node) = symbol.node() {
            self.texts.insert(node, (cell.clone(), true));
        }
        format!("{}!{cell}", reference(self.name))
    }

    /// The formula of a number, of which the steps bear the name; none where it has more of them than a sheet should.
    fn formula(&mut self, symbol: Symbol<'_>, name: &str) -> Option<String> {
        let steps: Vec<Symbol<'_>> = symbol.steps();
        let new = steps.iter().filter(|step| step.node().is_some_and(|node| !self.texts.contains_key(&node)));
        if new.count() > MOST_STEPS {
            let inputs = steps.iter().filter_map(|step| match step.worked() {
                Worked::Unknown(index) => Some(EstimateId(index)),
                _ => None,
            });
            self.inputs.lock(inputs);
            return None;
        }
        let mut count = 0_usize;
        for step in &steps {
            let Some(node) = step.node().filter(|node| !self.texts.contains_key(node)) else { continue };
            let (mut text, mut is_whole) = match step.worked() {
                Worked::Known(value) => number(value),
                Worked::Unknown(index) => (self.inputs.flows(EstimateId(index)), true),
                Worked::Pair(sign, a, b) => {
                    let (a, b) = (self.text(a), self.text(b));
                    let firm = |(text, is_whole): (String, bool)| if is_whole { text } else { format!("({text})") };
                    match sign {
                        '+' => (format!("{}+{}", a.0, b.0), false),
                        '-' => (format!("{}-{}", a.0, firm(b)), false),
                        '*' => (format!("{}*{}", firm(a), firm(b)), true),
                        // A product behind a division would be taken apart.
                        _ => (format!("{}/({})", firm(a), b.0), true),
                    }
                }
            };
            if text.len() > READABLE && Some(node) != symbol.node() {
                count += 1;
                let label = line(texts(self.scenario).workbook.step_of, &[("what", &name), ("number", &count)]);
                let value = symbol_value(*step);
                // Amounts stand like those below them, without six decimals.
                let look = if value.abs() >= 1_000.0 { Look::Money } else { Look::Plain };
                self.rows.push(vec![words(label), Slot::Formula(format!("={text}"), value, look)]);
                (text, is_whole) = (format!("$B${}", self.rows.len()), true);
            }
            self.texts.insert(node, (text, is_whole));
        }
        Some(self.text(symbol).0)
    }

    fn text(&self, symbol: Symbol<'_>) -> (String, bool) {
        match symbol.node() {
            Some(node) => self.texts.get(&node).cloned().unwrap_or_else(|| number(symbol_value(symbol))),
            None => number(symbol_value(symbol)),
        }
    }

    fn into_sheet(self) -> Sheet {
        Sheet {
            name: self.name.to_owned(),
            rows: self.rows,
            widths: vec![64.0, 22.0],
            frozen: 2,
            graphs: Vec::new(),
            printed: None,
        }
    }
}

fn symbol_value(symbol: Symbol<'_>) -> f64 {
    use crate::units::Arithmetic;
    symbol.float()
}

/// A number as it stands in a formula: one below zero does not hold together.
fn number(value: f64) -> (String, bool) {
    (written(value), value >= 0.0)
}
