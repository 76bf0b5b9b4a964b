//! The formula of every figure, with its numbers in it.

use crate::engine::money::equivalent_annual;
use crate::engine::{Investment, OptionId, RiskMeans};
use crate::figures::{Field, Leaf, Measure, Node, View};
use crate::model::{ByRisk, Change, ControlId, Effect, EstimateId, Factor, Part, RiskId};
use crate::report::insurance::pay_anything;
use crate::report::money::{cost_lines, tax_line};
use crate::report::pictures::limits_of;
use crate::report::texts::german::explained::explained;
use crate::report::texts::{Explained, line, say};
use crate::units::{Arithmetic, Figure, Language};

use super::super::sentences::years;
use super::key::{Found, error_of};
use super::{Setting, Subject};
use crate::report::{Cell, Digits, Piece, Section, Table, Text};

/// Figures of a plan's money that are what they are in their year.
const UNDISCOUNTED: [&str; 10] = [
    "cash",
    "cost",
    "gains",
    "internal_rate_of_return",
    "internal_rates_of_return",
    "loss_avoided",
    "net_yearly_benefit",
    "payback_years",
    "premiums",
    "rosi_textbook",
];
/// Those that a budget holds.
const BEFORE_TAX: [&str; 2] = ["cash", "premiums"];

impl Setting<'_> {
    /// The sections about one figure.
    pub(super) fn figure(&self, name: &str, subject: Subject, found: &Found<'_>) -> Vec<Section> {
        let words = self.words();
        let key = found.field.map_or("", Field::key);
        let (what, formula, page) = match found.field {
            Some(field) => (self.told(field.what()), self.told(field.formula), field.page),
            None => (words.fact, "", ""),
        };
        let mut lead = Text::plain(format!("{what}: ")).figure(self.shown(found, subject)).and(".");
        if !formula.is_empty() {
            lead = lead.and(line(words.formula, &[("formula", &formula)]));
        }
        let table = self.steps(key, subject);
        let mut notes = self.notes(subject, key);
        if let Cell::Money(_, Digits::Significant(_)) = self.shown(found, subject)
            && let Some((error, is_standard)) = error_of(self.figures, &found.path)
        {
            let template = if is_standard { words.standard_error } else { words.off_by };
            notes.push(say(template, &[("error", Piece::Figure(Cell::Money(error, Digits::Significant(2))))]));
        }
        if !page.is_empty() {
            notes.push(say(words.derived, &[("page", Piece::Code(format!("docs/model/{page}.md")))]));
        }
        let mut sections = vec![Section { title: name.to_owned(), lead: Some(lead), table, notes }];
        sections.extend(self.behind(subject, key));
        sections
    }

    /// What a definition says, in the language of the case.
    fn told(&self, english: &'static str) -> &'static str {
        match self.scenario.voice().language {
            Language::English => english,
            Language::German => explained(english).unwrap_or(english),
        }
    }

    /// What stands between the inputs and the figure.
    fn steps(&self, key: &str, subject: Subject) -> Option<Table> {
        match (key, subject) {
            ("expected_annual_loss" | "gross_expected_annual_loss", Subject::Total(option)) => {
                Some(self.by_risk(option))
            }
            (
                "expected_annual_loss" | "gross_expected_annual_loss" | "single_loss" | "yearly_rate" | "vulnerability",
                Subject::Risk(risk, option),
            ) => Some(self.by_component(risk, option)),
            (
                "net_present_value"
                | "rosi"
                | "benefit_cost_ratio"
                | "present_value_of_cost"
                | "present_value_of_loss_avoided"
                | "internal_rate_of_return"
                | "internal_rates_of_return"
                | "present_value_of_gains"
                | "payback_years"
                | "discounted_payback_years"
                | "net_yearly_benefit"
                | "break_even_reduction",
                Subject::Money(plan),
            ) => Some(self.by_year(&self.plan(plan).investment)),
            ("equivalent_annual_cost", Subject::Money(plan)) => self.even_costs(plan),
            ("cost" | "cash" | "premiums", Subject::Money(plan)) => Some(self.costs_by_control(plan)),
            ("loss_avoided" | "gains", Subject::Money(plan)) => Some(self.by_year(&self.plan(plan).investment)),
            ("alone" | "last_in" | "shapley", Subject::Control(plan, _)) => Some(self.shares(plan)),
            (_, Subject::Control(plan, control)) => Some(self.cost_elements(plan, control)),
            _ => None,
        }
    }

    fn means(&self, option: Option<OptionId>) -> &ByRisk<RiskMeans<Figure>> {
        option.map_or(&self.analysis.today, |plan| &self.plan(plan).risks)
    }

    fn net(&self, risk: RiskId, option: Option<OptionId>) -> Figure {
        option.map_or_else(|| self.analysis.net_loss(risk), |plan| self.plan(plan).net_loss(risk))
    }

    fn by_risk(&self, option: Option<OptionId>) -> Table {
        let words = self.words();
        let mut rows = Vec::new();
        let (mut gross, mut net) = (Figure::ZERO, Figure::ZERO);
        for (risk, means) in self.means(option).entries() {
            let item = &self.scenario.risks()[risk];
            let left = self.net(risk, option);
            gross = gross + means.annual_loss;
            net = net + left;
            let way = option.map_or("today".to_owned(), |plan| self.scenario.plans()[self.plan(plan).plan].id.clone());
            rows.push(vec![
                Cell::words(format!("risk.{}.{way}.expected_annual_loss", item.id)),
                Cell::Rate(means.rate.to_f64()),
                Cell::or_none(means.annual_loss.ratio(means.rate), |loss| Cell::Money(loss, Digits::Whole)),
                Cell::Money(means.annual_loss, Digits::Whole),
                Cell::Money(means.annual_loss - left, Digits::Whole),
                Cell::Money(left, Digits::Whole),
            ]);
        }
        rows.push(vec![
            Cell::words(words.sum),
            Cell::None,
            Cell::None,
            Cell::Money(gross, Digits::Whole),
            Cell::Money(gross - net, Digits::Whole),
            Cell::Money(net, Digits::Whole),
        ]);
        let columns = [
            words.key,
            words.events,
            words.loss_of_event,
            words.before_insurers,
            words.insurers_pay,
            words.after_insurers,
        ];
        total(columns, rows)
    }

    fn by_component(&self, risk: RiskId, option: Option<OptionId>) -> Table {
        let words = self.words();
        let item = &self.scenario.risks()[risk];
        let today = &self.analysis.today[risk];
        let means = &self.means(option)[risk];
        let mut rows: Vec<Vec<Cell>> = item
            .parts()
            .into_iter()
            .zip(&today.components)
            .zip(&means.components)
            .map(|((part, today), now)| {
                vec![
                    Cell::words(self.part_name(part)),
                    Cell::or_none(now.ratio(means.rate), |loss| Cell::Money(loss, Digits::Whole)),
                    Cell::Money(*today, Digits::Whole),
                    Cell::Money(*now, Digits::Whole),
                ]
            })
            .collect();
        rows.push(vec![
            Cell::words(words.sum_before),
            Cell::or_none(means.annual_loss.ratio(means.rate), |loss| Cell::Money(loss, Digits::Whole)),
            Cell::Money(today.annual_loss, Digits::Whole),
            Cell::Money(means.annual_loss, Digits::Whole),
        ]);
        total([words.form, words.mean_per_event, words.year_today, words.year_asked], rows)
    }

    /// Flows, factors and running sums.
    fn by_year(&self, money: &Investment) -> Table {
        let words = self.words();
        let discount = crate::engine::discount_by_year(self.scenario);
        let (mut running, mut present, mut all) = (Figure::ZERO, Figure::ZERO, Figure::ZERO);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let saves_time = money.gains.iter().any(|gain| !gain.is_zero());
        let benefits = |avoided: Figure, gain: Figure| {
            let saved = saves_time.then_some(Cell::Money(gain, Digits::Whole));
            std::iter::once(Cell::Money(avoided, Digits::Whole)).chain(saved)
        };
        for (t, factor) in discount.iter().enumerate() {
            let net = money.loss_avoided[t] + money.gains[t] - money.cost[t];
            running = running + net;
            let now = money.net_today[t];
            present = present + now;
            all = all + net;
            let mut row = vec![Cell::words(year_name(words, t))];
            row.extend(benefits(money.loss_avoided[t], money.gains[t]));
            row.extend([
                Cell::Money(money.cost[t], Digits::Whole),
                Cell::Money(net, Digits::Whole),
                Cell::Money(running, Digits::Whole),
                Cell::Factor(factor.to_f64()),
                Cell::Money(now, Digits::Whole),
                Cell::Money(present, Digits::Whole),
            ]);
            rows.push(row);
        }
        let mut sums = vec![Cell::words(words.sum)];
        sums.extend(benefits(money.loss_avoided.iter().copied().sum(), money.gains.iter().copied().sum()));
        sums.extend([
            Cell::Money(money.cost.iter().copied().sum(), Digits::Whole),
            Cell::Money(all, Digits::Whole),
            Cell::None,
            Cell::None,
            Cell::Money(present, Digits::Whole),
            Cell::None,
        ]);
        rows.push(sums);
        let columns = ["", words.avoided].into_iter().chain(saves_time.then_some(words.time_saved));
        let money = [words.cost, words.net, words.running, words.factor, words.present, words.running_present];
        total(columns.chain(money), rows)
    }

    /// The even yearly cost of each control, over its own life.
    fn even_costs(&self, plan: OptionId) -> Option<Table> {
        let words = self.words();
        let means = crate::engine::Values::means(self.scenario);
        let analysis = self.plan(plan);
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for costs in &analysis.controls {
            let control = &self.scenario.controls()[costs.control];
            let even = equivalent_annual::of_control(self.scenario, costs.control, &means);
            rows.push(vec![
                Cell::words(&control.id),
                control.lifetime.map_or(Cell::None, |life| Cell::Years(f64::from_decimal(life.years()))),
                Cell::or_none(even, |even| Cell::Money(even, Digits::Whole)),
            ]);
        }
        let even = analysis.investment.equivalent_annual_cost;
        rows.push(vec![
            Cell::words(words.sum_with_premiums),
            Cell::None,
            Cell::or_none(even, |even| Cell::Money(even, Digits::Whole)),
        ]);
        Some(total([words.control, words.life, words.a_year], rows))
    }

    fn costs_by_control(&self, plan: OptionId) -> Table {
        let words = self.words();
        let id = &self.scenario.plans()[self.plan(plan).plan].id;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for costs in &self.plan(plan).controls {
            let control = &self.scenario.controls()[costs.control].id;
            let mut row = vec![Cell::words(format!("plan.{id}.controls.{control}.cost"))];
            row.extend(costs.total().into_iter().map(|cost| Cell::Money(cost, Digits::Whole)));
            rows.push(row);
        }
        let money = &self.plan(plan).investment;
        let mut more = |label: &str, flows: &[Figure]| {
            let mut row = vec![Cell::words(label)];
            row.extend(flows.iter().map(|flow| Cell::Money(*flow, Digits::Whole)));
            rows.push(row);
        };
        if money.premiums.iter().any(|premium| !premium.is_zero()) {
            more(words.premiums, &money.premiums);
        }
        more(words.paid, &money.cash);
        more(words.all_costs, &money.cost);
        flows(words, money.cost.len(), words.key, rows)
    }

    fn cost_elements(&self, plan: OptionId, control: usize) -> Table {
        let words = self.words();
        let costs = &self.plan(plan).controls[control];
        let mut lines = cost_lines(self.scenario, std::slice::from_ref(costs));
        lines.extend(tax_line(self.scenario, &lines, &costs.total()));
        lines.push((words.all_costs, costs.total()));
        let rows = lines
            .into_iter()
            .map(|(label, flows)| {
                let mut row = vec![Cell::words(label)];
                row.extend(flows.into_iter().map(|flow| Cell::Money(flow, Digits::Whole)));
                row
            })
            .collect();
        flows(words, costs.total().len(), "", rows)
    }

    fn shares(&self, plan: OptionId) -> Table {
        let words = self.words();
        let mut rows: Vec<Vec<Cell>> = self
            .plan(plan)
            .contributions
            .iter()
            .map(|added| {
                let amounts = [added.cost, added.alone, added.last_in, added.shapley];
                let mut row = vec![Cell::words(&self.scenario.controls()[added.control].id)];
                row.extend(amounts.map(|amount| Cell::Money(amount, Digits::Whole)));
                row
            })
            .collect();
        let sum = self.plan(plan).contributions.iter().map(|added| added.shapley).sum();
        rows.push(vec![Cell::words(words.sum), Cell::None, Cell::None, Cell::None, Cell::Money(sum, Digits::Whole)]);
        total([words.control, words.cost, words.alone, words.left_out, words.fair_share], rows)
    }

    /// What else a reader has to know.
    fn notes(&self, subject: Subject, key: &str) -> Vec<Text> {
        let words = self.words();
        let mut notes = Vec::new();
        if let Subject::Money(plan) = subject {
            let money = &self.plan(plan).investment;
            let assumptions = self.scenario.assumptions();
            let span = years(self.scenario, assumptions.horizon);
            let rate = Piece::Figure(Cell::typed(assumptions.discount_rate));
            let is_discounted = !UNDISCOUNTED.contains(&key);
            let template = if is_discounted { words.discounted } else { words.not_discounted };
            notes.push(say(template, &[("rate", rate), ("years", span.into())]));
            if !assumptions.tax_rate.get().is_zero() && !BEFORE_TAX.contains(&key) {
                notes.push(say(words.taxed, &[("rate", Piece::Figure(Cell::typed(assumptions.tax_rate)))]));
            }
            let ratio = |label: &str, over: Figure, under: Figure, value: Option<Figure>| {
                let money = |amount| Piece::Figure(Cell::Money(amount, Digits::Whole));
                let value = Piece::Figure(Cell::or_none(value, |value| Cell::Ratio(value.to_f64())));
                let parts = [("name", label.into()), ("over", money(over)), ("under", money(under)), ("ratio", value)];
                say(words.ratio, &parts)
            };
            let discount = crate::engine::discount_by_year(self.scenario);
            let is_shifted =
                money.net_by_year().iter().zip(&discount).zip(&money.net_today).any(|((net, factor), now)| {
                    let difference = (*net * *factor - *now).to_f64().abs();
                    difference > 1e-9 * now.to_f64().abs().max(1.0)
                });
            if is_shifted && is_discounted {
                notes.push(Text::plain(words.shifted));
            }
            match key {
                "internal_rates_of_return" => {
                    for rate in &money.internal_rates_of_return {
                        notes.push(say(words.zero_at, &[("rate", Piece::Figure(Cell::Share(*rate)))]));
                    }
                }
                "rosi" => notes.push(ratio(words.rosi, money.net_present_value, money.present_cost, money.rosi)),
                "benefit_cost_ratio" => {
                    let benefits = money.present_avoided + money.present_gains;
                    notes.push(ratio(words.benefit_to_cost, benefits, money.present_cost, money.benefit_cost_ratio));
                }
                // Where insurers pay it is found by trying, and is no ratio.
                "break_even_reduction" if !pay_anything(self.scenario, &[self.plan(plan)]) => {
                    let (net, reduction) = (money.present_cost - money.present_gains, money.break_even_reduction);
                    notes.push(ratio(words.reduction, net, money.present_exposed, reduction));
                }
                _ => {}
            }
        }
        if let (Subject::Risk(risk, option), Some(_)) = (subject, self.scenario.risks().first()) {
            let means = &self.means(option)[risk];
            let rate = |rate: Figure| Piece::Figure(Cell::Rate(rate.to_f64()));
            notes.push(say(words.events_of, &[("rate", rate(means.rate)), ("brought", rate(means.brought))]));
            let paid = means.annual_loss - self.net(risk, option);
            if paid.is_positive() {
                let paid = Piece::Figure(Cell::Money(paid, Digits::Whole));
                notes.push(say(words.insurers_pay_of, &[("paid", paid)]));
            }
        }
        if matches!(key, "quantiles" | "tail_mean" | "standard_deviation" | "chance_of_loss" | "part_of_bad_years")
            || matches!(subject, Subject::Limit(..))
        {
            let year = self.analysis.year.as_ref();
            notes.push(match year.and_then(|year| year.years) {
                Some(count) => say(words.simulated, &[("years", Piece::Figure(Cell::Count(count)))]),
                None => Text::plain(words.transformed),
            });
        }
        notes
    }

    fn part_name(&self, part: Part) -> String {
        let words = self.words();
        match part {
            Part::Primary(form) => form.key().to_owned(),
            Part::Asset => words.asset.to_owned(),
            Part::Outage => words.outage.to_owned(),
            Part::Dwell => words.dwell.to_owned(),
            Part::Next => words.next_stage.to_owned(),
            Part::Secondary(index, form) => line(words.secondary, &[("number", &(index + 1)), ("form", &form.key())]),
        }
    }

    /// A figure as a cell.
    fn shown(&self, found: &Found<'_>, subject: Subject) -> Cell {
        let words = self.words();
        match found.node.view() {
            View::Leaf(Leaf::Number(chance, Measure::Chance)) if matches!(subject, Subject::Limit(..)) => {
                self.chance_of_limit(&found.path, subject).unwrap_or(Cell::Chance(chance))
            }
            View::Leaf(Leaf::Money(amount)) => Cell::Money(amount, self.digits(amount, &found.path)),
            View::Leaf(leaf) => leaf_cell(words, leaf),
            View::Nothing(_) => Cell::words(words.no_figure),
            View::List(list) => several(words, &list),
            View::Record(_) | View::Table(_) => Cell::None,
        }
    }

    /// As many digits of an amount as its error supports: down to the first that it may be off by, and one more.
    fn digits(&self, amount: Figure, path: &[String]) -> Digits {
        let Some((error, _)) = error_of(self.figures, path) else { return Digits::Whole };
        let apart = (amount.to_f64() / error.to_f64()).abs();
        if apart < 1e8 { Digits::Significant((2.0 + libm::log10(apart.max(1.0))) as u32) } else { Digits::Whole }
    }

    /// The chance of passing an agreed limit, as every table and sentence says it: with the digits that it is known to.
    fn chance_of_limit(&self, path: &[String], subject: Subject) -> Option<Cell> {
        let Subject::Limit(limit, option) = subject else { return None };
        // Behind the name of the limit stands an option, or what it may be off by.
        let place = match path.get(2..)?.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["today"] => 0,
            ["plans", _] => option?.0 + 1,
            _ => return None,
        };
        let limits = limits_of(self.scenario, self.analysis);
        limits.get(limit)?.said(place, self.scenario.voice()).map(Cell::words)
    }

    /// The assumptions behind a figure.
    fn behind(&self, subject: Subject, key: &str) -> Vec<Section> {
        let under = |path: &str, prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
        let of_risk = |risk: RiskId, path: &str| {
            let item = &self.scenario.risks()[risk];
            let stream = item.value_stream.map(|index| &self.scenario.value_streams()[index].id);
            under(path, &format!("risk.{}", item.id))
                    || stream.is_some_and(|stream| under(path, &format!("value_stream.{stream}")))
                    || self.scenario.shared_causes().iter().any(|cause| {
                        cause.strikes.contains(&risk) && under(path, &format!("shared_cause.{}", cause.id))
                    })
                    || self.scenario.obligations().entries().any(|(id, duty)| {
                        item.secondary.iter().any(|secondary| secondary.duty == Some(id))
                            && under(path, &format!("obligation.{}", duty.id))
                    })
                    // By which amounts were converted is not told apart.
                    || under(path, "exchange_rates")
        };
        // What a plan ends stands in the file as what it is today.
        let of_control = |control: ControlId, path: &str| {
            let controls = self.scenario.controls();
            let stated = controls[control].ends.unwrap_or(control);
            under(path, &format!("control.{}", controls[stated].id))
        };
        let acts = |control: ControlId, risk: RiskId| {
            self.scenario.controls()[control].effects.iter().any(|effect| effect.risk == risk)
        };
        let is_cost = |path: &str| path.contains(".cost.") || path.contains(".saves.") || path.ends_with(".salvage");
        let title = self.words().inputs;
        let acting = match subject {
            Subject::Risk(risk, Some(plan)) => self.acting(risk, plan),
            _ => None,
        };
        let section = match subject {
            Subject::Risk(risk, option) => {
                let planned: Vec<ControlId> = option.map_or_else(Vec::new, |plan| {
                    self.plan(plan).controls.iter().map(|costs| costs.control).filter(|c| acts(*c, risk)).collect()
                });
                self.inputs(title, |estimate| {
                    let path = estimate.path.as_str();
                    of_risk(risk, path) || !is_cost(path) && planned.iter().any(|control| of_control(*control, path))
                })
            }
            Subject::Control(plan, control) => {
                let control = self.plan(plan).controls[control].control;
                let all = matches!(key, "alone" | "last_in" | "shapley");
                self.inputs(title, |estimate| of_control(control, &estimate.path) && (all || is_cost(&estimate.path)))
            }
            Subject::Money(plan) => {
                let planned: Vec<ControlId> = self.plan(plan).controls.iter().map(|costs| costs.control).collect();
                let costs_only = matches!(key, "cost" | "cash" | "present_value_of_cost" | "equivalent_annual_cost");
                self.inputs(title, |estimate| {
                    let path = estimate.path.as_str();
                    planned.iter().any(|control| {
                        of_control(*control, path) && (is_cost(path) || !costs_only)
                            || !costs_only
                                && self.scenario.risks().ids().any(|risk| acts(*control, risk) && of_risk(risk, path))
                    })
                })
            }
            Subject::Total(_) | Subject::Limit(..) | Subject::Other => None,
        };
        acting.into_iter().chain(section).collect()
    }

    /// What each control of a plan lets through of a risk's factors.
    fn acting(&self, risk: RiskId, plan: OptionId) -> Option<Section> {
        let words = self.words();
        let mean = |id: Option<EstimateId>| id.map_or(Figure::ONE, |id| self.scenario.estimate(id).mean());
        let mut rows = Vec::new();
        for costs in &self.plan(plan).controls {
            let control = &self.scenario.controls()[costs.control];
            let acts = mean(control.coverage) * mean(control.reliability);
            let acting = |effect: &&Effect| effect.risk == risk && effect.factor != Factor::NextStage;
            for effect in control.effects.iter().filter(acting) {
                let (change, left) = match effect.change {
                    Change::Reduction(id) => {
                        let taken = self.scenario.estimate(id).mean();
                        (Cell::Share(taken.to_f64()), Cell::Factor((Figure::ONE - acts * taken).to_f64()))
                    }
                    Change::Becomes(id) => {
                        let estimate = self.scenario.estimate(id);
                        (super::average(estimate.mean(), estimate.kind), Cell::None)
                    }
                };
                let how = if matches!(effect.change, Change::Becomes(_)) { words.becomes } else { words.takes_off };
                rows.push(vec![
                    Cell::words(&control.id),
                    Cell::words(effect.factor.key()),
                    Cell::Share(acts.to_f64()),
                    Cell::words(how),
                    change,
                    left,
                ]);
            }
        }
        let columns = [words.control, words.acts_on, words.where_it, words.there, words.by_or_to, words.lets_through];
        (!rows.is_empty()).then(|| Section {
            title: words.acting.into(),
            lead: Some(Text::plain(words.acting_lead)),
            table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None }),
            notes: vec![Text::plain(words.acting_note)],
        })
    }
}

fn total<'a>(columns: impl IntoIterator<Item = &'a str>, rows: Vec<Vec<Cell>>) -> Table {
    let emphasised = rows.len().checked_sub(1);
    Table { columns: columns.into_iter().map(str::to_owned).collect(), rows, emphasised }
}

/// Now, and the years after.
fn year_name(words: &Explained, t: usize) -> String {
    if t == 0 { words.now.to_owned() } else { line(words.year, &[("number", &t)]) }
}

fn flows(words: &Explained, count: usize, first: &str, rows: Vec<Vec<Cell>>) -> Table {
    let mut columns = vec![first.to_owned()];
    columns.extend((0..count).map(|t| year_name(words, t)));
    let emphasised = rows.len().checked_sub(1);
    Table { columns, rows, emphasised }
}

/// Several figures as one cell: the sum of amounts, the only one, else how many.
fn several(words: &Explained, list: &[&dyn Node]) -> Cell {
    let leaves: Vec<Leaf<'_>> = list
        .iter()
        .filter_map(|node| match node.view() {
            View::Leaf(leaf) => Some(leaf),
            _ => None,
        })
        .collect();
    let amounts = leaves.iter().map(|leaf| match leaf {
        Leaf::Money(figure) => Some(*figure),
        _ => None,
    });
    match (leaves.as_slice(), amounts.sum::<Option<Figure>>()) {
        ([], _) => Cell::words(words.none),
        ([leaf], _) => leaf_cell(words, *leaf),
        (_, Some(sum)) => Cell::Money(sum, Digits::Whole),
        _ => Cell::Count(list.len() as u64),
    }
}

/// A figure in its unit; yes and no in words.
fn leaf_cell(words: &Explained, leaf: Leaf<'_>) -> Cell {
    match leaf {
        Leaf::Flag(flag) => Cell::words(if flag { words.yes } else { words.no }),
        leaf => cell(leaf),
    }
}

/// A figure in its unit.
pub(in crate::report) fn cell(leaf: Leaf<'_>) -> Cell {
    match leaf {
        Leaf::Money(figure) => Cell::Money(figure, Digits::Whole),
        Leaf::Number(number, measure) => measured(number, measure),
        Leaf::Count(count) => Cell::Count(count),
        Leaf::Words(words) => Cell::words(words),
        Leaf::Flag(flag) => Cell::words(if flag { "yes" } else { "no" }),
    }
}

/// A number as a cell.
pub(in crate::report) fn measured(number: f64, measure: Measure) -> Cell {
    match measure {
        Measure::Chance | Measure::Share => Cell::Share(number),
        Measure::Rate => Cell::Rate(number),
        Measure::Years => Cell::Years(number),
        Measure::Hours => Cell::Hours(number),
        _ => Cell::Ratio(number),
    }
}
