//! What to buy, in words, tables and figures for other programs.

use std::cmp::Ordering;

use crate::diagnostic::Diagnostic;
use crate::engine::optimise::{Best, Goal, LeftOut, Optimisation, Reason};
use crate::engine::{self, Investment, OptionId, PlanAnalysis, PlanValuation};
use crate::figures::{self, Document, FrontierFigures, LeftOutFigures, Money};
use crate::model::{ControlId, PlanId, Scenario};
use crate::units::Figure;

use super::assessment::{flows, provenance};
use super::insurance::has_those_of_today;
use super::pictures::{Frontier, Picture, View, finished};
use super::sentences::{change, cost_digits, loss_digits, value_digits, years};
use super::shown::Shown;
use super::texts::{Search, line, say, texts};
use super::year::{amount, digits};
use super::{Cell, Context, Piece, Report, Section, Table, Text};
use crate::engine::year::BAD;

/// Builds the report of a search.
pub fn optimisation(found: &Optimisation, warnings: &[Diagnostic], context: &Context) -> Report {
    let scenario = &found.scenario;
    let teller = Teller { found, scenario };
    let sections = [
        teller.chosen(),
        teller.left_out(),
        teller.frontier(),
        teller.beside(),
        super::year::bad_years(scenario, &found.analysis),
        // Buying nothing has no flows to tell of.
        (!found.chosen.controls.is_empty()).then(|| super::money::money(scenario, &found.analysis)).flatten(),
    ];
    let run = super::run(scenario, &found.analysis);
    let view = View::of_paper(scenario, &found.analysis, Some(found), Shown::default());
    let charts = finished(scenario, Frontier::of(&view).into_iter());
    Report {
        title: scenario.title().to_owned(),
        currency: scenario.currency(),
        voice: scenario.voice(),
        answer: teller.answer(),
        caution: super::sentences::caution(scenario, &found.analysis, warnings),
        sections: sections.into_iter().flatten().map(|section| section.in_one_unit(scenario.unit())).collect(),
        charts: charts.into_iter().map(|chart| chart.of_run(&run)).collect(),
        next: teller.next(context),
        document: Document::Optimisation(Box::new(teller.figures())),
        verdict: None,
        shorter: Vec::new(),
        run,
    }
}

/// The best set under each budget.
pub(super) fn budgets(found: &Optimisation) -> Option<Section> {
    Teller { found, scenario: &found.scenario }.frontier()
}

struct Teller<'f> {
    found: &'f Optimisation,
    scenario: &'f Scenario,
}

impl Teller<'_> {
    fn plan(&self) -> &PlanAnalysis {
        &self.found.analysis.plans[OptionId(0)]
    }

    fn money(&self) -> &Investment {
        &self.plan().investment
    }

    fn name(&self, control: ControlId) -> &str {
        &self.scenario.controls()[control].name
    }

    /// What a set does for the goal: the higher, the better.
    fn worth(&self, best: &Best) -> Figure {
        let point = self.found.point(best);
        match self.found.question.goal {
            Goal::Value => point.net_present_value,
            Goal::Loss => Figure::ZERO - point.loss,
            Goal::BadYear => Figure::approximate(-best.bad_year.unwrap_or(0.0)),
            Goal::Appetite => Figure::ZERO - best.cash,
        }
    }

    fn goal_digits(&self) -> super::Digits {
        match self.found.question.goal {
            Goal::Value => value_digits(self.scenario),
            Goal::Loss => loss_digits(self.scenario),
            // On so few years no more is supported.
            Goal::BadYear => super::Digits::Significant(2),
            Goal::Appetite => cost_digits(self.scenario),
        }
    }

    fn words(&self) -> &'static Search {
        &texts(self.scenario).search
    }

    fn names(&self, controls: &[ControlId], mut text: Text) -> Text {
        for (place, control) in controls.iter().enumerate() {
            text = match place {
                0 => text,
                _ if place + 1 == controls.len() => text.and(self.words().and),
                _ => text.and(", "),
            };
            text = text.name(self.name(*control));
        }
        text
    }

    /// What may be spent, as the beginning of a sentence.
    fn means(&self) -> Text {
        let (question, words) = (&self.found.question, self.words());
        let span = years(self.scenario, self.scenario.assumptions().horizon);
        let amount = |figure: Figure| Piece::from(Cell::Money(figure, super::Digits::Whole));
        let mut text = match question.budget {
            Some(budget) => say(words.with_budget, &[("budget", amount(budget)), ("years", span.into())]),
            None if !question.by_year.is_empty() => Text::plain(words.each_year),
            None if !question.by_quarter.is_empty() => Text::plain(words.each_quarter),
            None => Text::plain(words.no_limit),
        };
        // What is alike from the first on, the first, one of those between, and the last, which holds from then on.
        let by_year = [words.now_and_each_year, words.now, words.in_year, words.from_year];
        let by_quarter = [words.in_each_quarter, words.first_quarter, words.in_quarter, words.from_quarter];
        for (budgets, templates, number) in [(&question.by_year, by_year, 0), (&question.by_quarter, by_quarter, 1)] {
            for (place, most) in budgets.iter().enumerate() {
                let template = match place {
                    0 if budgets.len() == 1 => templates[0],
                    0 => templates[1],
                    _ if place + 1 == budgets.len() => templates[3],
                    _ => templates[2],
                };
                let parts = [("amount", amount(*most)), ("number", (place + number).to_string().into())];
                text = text.and(if place == 0 { " (" } else { ", " }).joined(say(template, &parts));
            }
            text = if budgets.is_empty() { text } else { text.and(")") };
        }
        text
    }

    fn answer(&self) -> Vec<Text> {
        let (found, scenario, words) = (self.found, self.scenario, self.words());
        let chosen = &found.chosen;
        if chosen.controls.is_empty() {
            return vec![self.means().and(match found.question.goal {
                Goal::Value => words.nothing_worth_it,
                Goal::Loss => words.nothing_lowers,
                Goal::BadYear => words.nothing_lowers_bad,
                Goal::Appetite => words.limits_hold,
            })];
        }
        let cost = cost_digits(scenario);
        let best = match found.question.goal {
            Goal::Value => words.highest_value,
            Goal::Loss => words.least_loss,
            Goal::BadYear => words.least_bad,
            Goal::Appetite => words.cheapest,
        };
        let list = self.names(&chosen.controls, self.means().and(best));
        let mut sentences = vec![list.joined(say(words.takes, &[("cash", Cell::Money(chosen.cash, cost).into())]))];
        let money = self.money();
        let loss = |loss: Figure| Cell::Money(loss, loss_digits(scenario)).into();
        let (today, left) = (found.analysis.loss_today, self.plan().loss);
        let change = change(today, left);
        let template = match change {
            Ordering::Less => words.lowers,
            Ordering::Equal => words.stays,
            Ordering::Greater => words.raises,
        };
        let mut effect =
            say(template, &[("less", loss(today - left)), ("more", loss(left - today)), ("left", loss(left))]);
        let bad = |year: &engine::Year| {
            let bad = year.plans[OptionId(0)].total.quantiles[BAD]?;
            Some((bad, bad.total_cmp(&year.today.total.quantiles[BAD]?)))
        };
        if let Some((bad, goes)) = found.analysis.year.as_ref().and_then(bad) {
            let is_alike = goes == change && change != Ordering::Equal;
            let template = if is_alike { words.bad_with } else { words.bad_apart };
            effect = effect.joined(say(template, &[("bad", amount(Some(bad), digits(&found.analysis)).into())]));
        }
        let value = money.net_present_value;
        let (template, value) = match value.is_positive() || value.is_zero() {
            true => (words.worth_more, value),
            false => (words.worth_less, Figure::ZERO - value),
        };
        let parts = [
            ("cost", Cell::Money(money.present_cost, cost).into()),
            ("value", Cell::Money(value, value_digits(scenario)).into()),
        ];
        sentences.push(effect.joined(say(template, &parts)));
        sentences.push(self.proof());
        sentences.extend(self.margins());
        sentences
    }

    fn proof(&self) -> Text {
        let (chosen, words, goal) = (&self.found.chosen, self.words(), self.found.question.goal);
        let (proved, unproved) = match goal {
            Goal::Value => (words.proved_value, words.unproved_value),
            Goal::Loss | Goal::BadYear => (words.proved_better, words.unproved_better),
            Goal::Appetite => (words.proved_cheaper, words.unproved_cheaper),
        };
        if !chosen.proved {
            let gap = Cell::Money(Figure::approximate(chosen.gap), self.goal_digits());
            return say(unproved, &[("gap", gap.into()), ("option", Piece::Code("--time 60".to_owned()))]);
        }
        let compared = Cell::Count(engine::optimise::YEARS as u64);
        let on_years = matches!(goal, Goal::BadYear | Goal::Appetite)
            .then(|| say(words.on_years, &[("years", compared.into())]))
            .unwrap_or_default();
        Text::plain(proved).joined(on_years).and(words.proved)
    }

    /// The price of the last money, and what more of it would buy.
    fn margins(&self) -> Vec<Text> {
        let (found, words) = (self.found, self.words());
        let Some(budget) = found.question.budget else { return Vec::new() };
        let mut lines = Vec::new();
        let (last, more_of) = match found.question.goal {
            Goal::Value => (words.last_value, words.more_value),
            Goal::Loss => (words.last_average, words.more_average),
            Goal::BadYear | Goal::Appetite => (words.last_bad, words.more_bad),
        };
        let parts = |step: Figure, change: Figure| {
            let step = Cell::Money(step, super::Digits::Whole);
            [("step", step.into()), ("change", Cell::Money(change, self.goal_digits()).into())]
        };
        if let Some((less, step)) = found.less.as_ref().and_then(|less| Some((less, budget - less.budget?))) {
            let lost = self.worth(&found.chosen) - self.worth(less);
            lines.push(match lost.is_positive() {
                true => say(last, &parts(step, lost)),
                false => {
                    let cash = Cell::Money(found.chosen.cash, cost_digits(self.scenario));
                    say(words.same_for_less, &[("cash", cash.into())])
                }
            });
        }
        if let Some((more, step)) = found.more.as_ref().and_then(|more| Some((more, more.budget? - budget))) {
            let gained = self.worth(more) - self.worth(&found.chosen);
            lines.push(match gained.is_positive() {
                true => self.change(&found.chosen, more, say(more_of, &parts(step, gained))).and("."),
                false => say(words.more_nothing, &parts(step, gained)),
            });
        }
        lines
    }

    /// What one set has that another has not.
    fn change(&self, from: &Best, to: &Best, mut text: Text) -> Text {
        let only = |a: &Best, b: &Best| -> Vec<ControlId> {
            a.controls.iter().copied().filter(|control| !b.controls.contains(control)).collect()
        };
        let (new, gone) = (only(to, from), only(from, to));
        if !new.is_empty() {
            text = self.names(&new, text.and(self.words().with));
        }
        if !gone.is_empty() {
            text = text.and(if new.is_empty() { self.words().without } else { self.words().and_without });
            text = self.names(&gone, text);
        }
        text
    }

    fn chosen(&self) -> Option<Section> {
        let plan = self.plan();
        if plan.controls.is_empty() {
            return None;
        }
        let (cost, value, words) = (cost_digits(self.scenario), value_digits(self.scenario), self.words());
        let mut rows: Vec<Vec<Cell>> = plan
            .controls
            .iter()
            .zip(&plan.contributions)
            .map(|(costs, added)| {
                vec![
                    Cell::words(self.name(costs.control)),
                    Cell::Money(costs.cash().into_iter().sum(), cost),
                    Cell::Money(added.cost, cost),
                    Cell::Money(added.last_in, value),
                    Cell::Money(added.shapley, value),
                ]
            })
            .collect();
        let shares: Figure = plan.contributions.iter().map(|added| added.shapley).sum();
        let costs: Figure = plan.contributions.iter().map(|added| added.cost).sum();
        rows.push(vec![
            Cell::words(words.together),
            Cell::Money(self.found.chosen.cash, cost),
            Cell::Money(costs, cost),
            Cell::None,
            Cell::Money(shares, value),
        ]);
        let emphasised = Some(rows.len() - 1);
        let horizon = years(self.scenario, self.scenario.assumptions().horizon);
        let cash = line(words.cash_over, &[("years", &horizon)]);
        let control = texts(self.scenario).shared.control;
        let columns = [control, &cash, words.all_costs, words.if_left_out, words.fair_share];
        let notes = vec![Text::plain(words.buy_note)];
        Some(Section {
            title: words.buy.to_owned(),
            lead: Some(Text::plain(words.buy_lead)),
            table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised }),
            notes,
        })
    }

    fn left_out(&self) -> Option<Section> {
        if self.found.left_out.is_empty() {
            return None;
        }
        let (goal, words) = (self.found.question.goal, self.words());
        let rows = self
            .found
            .left_out
            .iter()
            .map(|left| {
                let counted = !matches!(left.reason, Reason::Forbidden | Reason::Unobtainable);
                vec![
                    Cell::words(self.label(left)),
                    if counted { Cell::Money(left.cash, cost_digits(self.scenario)) } else { Cell::None },
                    if counted { Cell::Money(left.adds, self.goal_digits()) } else { Cell::None },
                    Cell::words(match left.reason {
                        Reason::NotWorthIt if goal == Goal::Value => words.costs_more.to_owned(),
                        Reason::NotWorthIt => words.no_less.to_owned(),
                        Reason::Budget if goal == Goal::Appetite => words.not_needed.to_owned(),
                        Reason::Budget if goal == Goal::BadYear => words.no_fit_bad.to_owned(),
                        Reason::Budget => words.no_fit.to_owned(),
                        Reason::Excluded(other) => line(words.excluded, &[("control", &self.name(other))]),
                        Reason::Forbidden => words.forbidden.to_owned(),
                        Reason::Unobtainable => words.unobtainable.to_owned(),
                    }),
                ]
            })
            .collect();
        let adds = match goal {
            Goal::Value => words.adds_value,
            _ => words.takes_off,
        };
        let columns = [texts(self.scenario).shared.control, words.cash, adds, words.why_not];
        Some(Section {
            title: words.leave.to_owned(),
            lead: Some(Text::plain(words.leave_lead)),
            table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None }),
            notes: Vec::new(),
        })
    }

    /// A control's name, with what it brings along.
    fn label(&self, left: &LeftOut) -> String {
        let more: Vec<&str> = left.with.iter().skip(1).map(|control| self.name(*control)).collect();
        match more.is_empty() {
            true => self.name(left.control).to_owned(),
            false => line(self.words().brings, &[("control", &self.name(left.control)), ("more", &more.join(", "))]),
        }
    }

    fn frontier(&self) -> Option<Section> {
        let found = self.found;
        let (words, shared) = (&texts(self.scenario).budgets, &texts(self.scenario).shared);
        if found.frontier.len() < 2 {
            return None;
        }
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut emphasised = None;
        let mut before: Option<&Best> = None;
        for best in &found.frontier {
            let same = before.is_some_and(|before| before.plan == best.plan);
            let point = found.point(best);
            let asked = best.budget.zip(found.question.budget).is_some_and(|(a, b)| a.to_f64() == b.to_f64());
            if asked {
                emphasised = Some(rows.len());
            }
            if same && !asked {
                continue;
            }
            let change =
                if same { words.same.to_owned() } else { Frontier::gains(self.scenario, before, best, words.nothing) };
            rows.push(vec![
                Cell::or_none(best.budget, |budget| Cell::Money(budget, super::Digits::Whole)),
                Cell::Money(best.cash, cost_digits(self.scenario)),
                Cell::Money(point.loss, loss_digits(self.scenario)),
                Cell::Money(point.net_present_value, value_digits(self.scenario)),
                Cell::words(change),
            ]);
            if let (Some(bad), Some(row)) = (best.bad_year, rows.last_mut()) {
                row.insert(3, amount(Some(bad), super::Digits::Significant(2)));
            }
            before = Some(best);
        }
        let mut columns = vec![words.budget, words.cash, shared.average_loss, shared.value_today, words.change];
        if found.chosen.bad_year.is_some() {
            columns.insert(3, shared.bad_year);
        }
        let mut notes = Vec::new();
        if let Some(last) = found.frontier.last() {
            let no_more = match found.question.goal {
                Goal::Value => words.no_more_value,
                _ => words.no_less_loss,
            };
            if found.frontier.iter().any(|best| best.plan == last.plan) {
                notes.push(Text::plain(no_more));
            }
        }
        if let Some(unproved) = found.frontier.iter().filter(|best| !best.proved).map(|best| best.gap).reduce(f64::max)
        {
            let gap = Cell::Money(Figure::approximate(unproved), self.goal_digits());
            notes.push(say(words.unproved, &[("gap", gap.into())]));
        }
        Some(Section {
            title: words.title.to_owned(),
            lead: Some(Text::plain(words.lead)),
            table: Some(Table { columns: columns.into_iter().map(str::to_owned).collect(), rows, emphasised }),
            notes,
        })
    }

    /// The best set beside the plans of the file.
    fn beside(&self) -> Option<Section> {
        let found = self.found;
        let is_own = |plan: PlanId| plan < found.chosen.plan && !is_set(self.scenario, plan);
        let own: Vec<&PlanValuation> = found.points.plans.iter().filter(|plan| is_own(plan.plan)).collect();
        if own.is_empty() {
            return None;
        }
        let words = self.words();
        let (cost, loss, value) = (cost_digits(self.scenario), loss_digits(self.scenario), value_digits(self.scenario));
        let row = |name: &str, plan: &PlanValuation| {
            let cash = plan.total_cash;
            let fits = match found.question.budget {
                Some(budget) if (cash - budget).is_positive() => words.over,
                Some(_) => words.within,
                None => "",
            };
            let mut row = vec![
                Cell::words(name),
                Cell::Money(cash, cost),
                Cell::Money(plan.loss, loss),
                Cell::Money(plan.net_present_value, value),
            ];
            row.extend(found.question.budget.map(|_| Cell::words(fits)));
            row
        };
        // The search chooses among controls; what else an option changes may make it worth more.
        let has_others = own.iter().any(|plan| !has_those_of_today(self.scenario, plan.plan));
        let mut rows = vec![row(words.best_set, found.point(&found.chosen))];
        rows.extend(own.into_iter().map(|plan| row(&self.scenario.plans()[plan.plan].name, plan)));
        let shared = &texts(self.scenario).shared;
        let mut columns = vec![shared.option, words.cash, shared.average_loss, shared.value_today];
        columns.extend(found.question.budget.map(|_| words.budget));
        Some(Section {
            title: words.beside.to_owned(),
            lead: None,
            table: Some(Table { columns: columns.into_iter().map(str::to_owned).collect(), rows, emphasised: Some(0) }),
            notes: has_others.then(|| Text::plain(words.policies_stay)).into_iter().collect(),
        })
    }

    fn next(&self, context: &Context) -> Vec<Text> {
        let ids: Vec<String> = self
            .found
            .chosen
            .controls
            .iter()
            .map(|control| format!("\"{}\"", self.scenario.controls()[*control].id))
            .collect();
        let file = context.file.clone().unwrap_or_else(|| "case.toml".into());
        let controls = Piece::Code(format!("controls = [{}]", ids.join(", ")));
        let command = Piece::Code(format!("rosi assess {file}"));
        vec![say(self.words().next, &[("controls", controls), ("command", command)])]
    }

    fn figures(&self) -> figures::Optimisation {
        let (found, scenario) = (self.found, self.scenario);
        let ids = |controls: &[ControlId]| -> Vec<String> {
            controls.iter().map(|control| scenario.controls()[*control].id.clone()).collect()
        };
        let point = |best: &Best| {
            let plan = found.point(best);
            FrontierFigures {
                budget: best.budget.map(Money::from),
                controls: ids(&best.controls),
                cost: best.cash.into(),
                net_present_value: plan.net_present_value.into(),
                expected_annual_loss: plan.loss.into(),
                bad_year: Money::approximate(best.bad_year),
                proved: best.proved,
            }
        };
        let chosen = found.point(&found.chosen);
        let value = match found.question.goal {
            Goal::Value => chosen.net_present_value,
            Goal::Loss => chosen.loss,
            Goal::BadYear => Figure::approximate(found.chosen.bad_year.unwrap_or(f64::NAN)),
            Goal::Appetite => found.chosen.cash,
        };
        let size = value.to_f64().abs();
        let gap = if found.chosen.gap > 0.0 && size > 0.0 { found.chosen.gap / size } else { 0.0 };
        let left_out = found.left_out.iter().map(|left| LeftOutFigures {
            id: scenario.controls()[left.control].id.clone(),
            adds: left.adds.into(),
            reason: match left.reason {
                Reason::NotWorthIt => "not_worth_it",
                Reason::Budget => "budget",
                Reason::Excluded(_) => "excluded",
                Reason::Forbidden => "forbidden",
                Reason::Unobtainable => "unobtainable",
            }
            .to_owned(),
        });
        figures::Optimisation {
            schema: "rosi.optimisation/1".to_owned(),
            provenance: provenance(scenario, &found.analysis),
            title: scenario.title().to_owned(),
            currency: scenario.currency().code().to_owned(),
            budget: found.question.budget.map(Money::from),
            by_year: flows(&found.question.by_year),
            by_quarter: flows(&found.question.by_quarter),
            goal: found.question.goal.key().to_owned(),
            chosen: ids(&found.chosen.controls),
            cost: found.chosen.cash.into(),
            value: value.into(),
            net_present_value: chosen.net_present_value.into(),
            expected_annual_loss: chosen.loss.into(),
            proved: found.chosen.proved,
            gap: gap.into(),
            left_out: left_out.collect(),
            frontier: found.frontier.iter().map(point).collect(),
        }
    }
}

/// Whether a plan is one that a search found.
fn is_set(scenario: &Scenario, plan: PlanId) -> bool {
    scenario.plans()[plan].id.contains(' ')
}
