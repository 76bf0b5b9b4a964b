//! The year of a group in words, tables and figures for other programs.

use crate::engine::group::{Analysis, GroupMoney, GroupOption, Tower};
use crate::engine::year::{BAD, LEVELS, TAILS, VERY_BAD, is_within};
use crate::model::Group;
use crate::units::Figure;

use super::assessment::{by_level, errors_datum, map};
use super::chart::AgreedLimit;
use super::texts::texts;
use super::{Cell, Datum, Digits, Report, Section, Table, Text};

/// Entities that a text names; the figures for other programs hold all.
const SHOWN: usize = 15;
/// What the ranges behind a loss support.
const DIGITS: Digits = Digits::Significant(3);
/// A gap between the mean of a distribution and the average that is known without it, of which nobody has to be told.
const GAP: f64 = 1e-6;

/// Builds the report of a group.
pub fn group(group: &Group, found: &Analysis) -> Report {
    let teller = Teller { group, found };
    let sections = [teller.years(), teller.plans(), teller.entities(), teller.causes(), teller.tower(), teller.best()];
    let words = &texts(group).run;
    let hash = &group.sha256[..12.min(group.sha256.len())];
    let run = super::run_line(words, words.group, hash, found.seed, words.method(teller.method()));
    Report {
        title: group.title.clone(),
        currency: group.currency,
        voice: group.voice,
        answer: teller.answer(),
        caution: teller.caution(),
        sections: sections.into_iter().flatten().collect(),
        charts: Vec::new(),
        next: Vec::new(),
        verdict: None,
        assessment: teller.datum(),
        run,
    }
}

struct Teller<'g> {
    group: &'g Group,
    found: &'g Analysis,
}

fn amount(value: Option<f64>) -> Cell {
    Cell::or_none(value.filter(|value| value.is_finite()), |value| Cell::Money(Figure::approximate(value), DIGITS))
}

fn money(figure: Figure) -> Cell {
    Cell::Money(figure, DIGITS)
}

impl Teller<'_> {
    fn method(&self) -> &'static str {
        if self.found.today.year.is_some() { "exact" } else { "expected" }
    }

    /// Every option with its name: today first.
    fn all(&self) -> impl Iterator<Item = (String, &GroupOption)> {
        let plans = self.group.plans.iter().map(|plan| plan.name.clone()).zip(&self.found.plans);
        std::iter::once(("Today".to_owned(), &self.found.today)).chain(plans)
    }

    fn answer(&self) -> Vec<Text> {
        let today = &self.found.today;
        let count = self.found.entities.len();
        let entities = if count == 1 { "one entity loses".to_owned() } else { format!("{count} entities lose") };
        let mut first =
            Text::plain(format!("Together the {entities} ")).figure(money(today.loss)).and(" in an average year");
        if let Some(year) = &today.year {
            first = first
                .and(", ")
                .figure(amount(year.loss.quantiles[BAD]))
                .and(" in a bad one (1 in 20) and ")
                .figure(amount(year.loss.quantiles[VERY_BAD]))
                .and(" in a very bad one (1 in 100), after what their own policies pay");
        }
        let mut lines = vec![first.and(".")];
        if let Some(year) = today.year.as_ref().filter(|_| !self.group.tower.is_empty()) {
            lines.push(
                Text::plain("After the group's layers a bad year leaves ")
                    .figure(amount(year.tower.quantiles[BAD]))
                    .and(" and a very bad one ")
                    .figure(amount(year.tower.quantiles[VERY_BAD]))
                    .and("."),
            );
        }
        for (place, point) in self.group.appetite.iter().enumerate() {
            let Some((chance, error)) = today.year.as_ref().map(|year| year.appetite[place]) else { continue };
            let agreed = Figure::exact(point.chance.get()).to_f64();
            let held = match (is_within(chance + error, agreed), is_within((chance - error).max(0.0), agreed)) {
                (true, true) => " holds: ",
                (false, false) => " does not hold: ",
                _ => " is too close to tell: ",
            };
            // One formatter says a chance beside what was agreed.
            let limit = AgreedLimit {
                name: point.name.clone(),
                loss: Figure::exact(point.loss.get()).to_f64(),
                chance: agreed,
                chances: vec![chance],
                errors: vec![error],
            };
            let said = limit.said(0, self.group.voice).unwrap_or_default();
            lines.push(
                Text::plain("The limit ")
                    .name(point.name.clone())
                    .and(held)
                    .and("a year above ")
                    .figure(Cell::Money(Figure::exact(point.loss.get()), Digits::Whole))
                    .and(" has a chance of ")
                    .figure(Cell::words(said))
                    .and(", agreed are ")
                    .figure(Cell::Chance(agreed))
                    .and("."),
            );
        }
        lines.extend(self.recommendation());
        lines
    }

    fn recommendation(&self) -> Option<Text> {
        if self.group.plans.is_empty() {
            return None;
        }
        let Some(plan) = self.found.recommended else {
            return Some(Text::plain("None of the group's plans is worth its cost."));
        };
        let item = &self.found.plans[plan];
        let spent = item.money.as_ref()?;
        let takers = if spent.takers == 1 { "one entity".to_owned() } else { format!("{} entities", spent.takers) };
        Some(
            Text::plain("Of the group's plans ")
                .name(self.group.plans[plan].name.clone())
                .and(" is worth most: it lowers the average loss to ")
                .figure(money(item.loss))
                .and(format!(" a year in {takers}, costs "))
                .figure(money(spent.cost))
                .and(" and is worth ")
                .figure(money(spent.value))
                .and(" more than that, both in today's money."),
        )
    }

    fn caution(&self) -> Vec<Text> {
        let mut lines: Vec<Text> = super::year::noted(self.group.voice, &self.found.notes);
        if self.found.gap > GAP {
            lines.push(Text::plain(format!(
                "The mean of a distribution differs from the average that is known without it by {:.4} %: the distribution is right to no more than that.",
                100.0 * self.found.gap
            )));
        }
        lines
    }

    fn years(&self) -> Option<Section> {
        let has_tower = !self.group.tower.is_empty();
        let mut columns = vec!["Option", "Average year", "Bad year (1 in 20)", "Very bad year (1 in 100)"];
        if has_tower {
            columns.extend(["Bad year, layers paid", "Very bad year, layers paid"]);
        }
        let row = |(name, option): (String, &GroupOption)| {
            let year = option.year.as_ref();
            let mut row = vec![Cell::words(name), money(option.loss)];
            row.extend([BAD, VERY_BAD].map(|level| amount(year.and_then(|year| year.loss.quantiles[level]))));
            if has_tower {
                row.extend([BAD, VERY_BAD].map(|level| amount(year.and_then(|year| year.tower.quantiles[level]))));
            }
            row
        };
        Some(Section {
            title: "The year of the group".to_owned(),
            lead: Some(Text::plain(format!(
                "Amounts in {}, after what the entities' own policies pay.",
                self.group.currency
            ))),
            table: Some(table(&columns, self.all().map(row).collect(), self.found.recommended.map(|plan| plan + 1))),
            notes: Vec::new(),
        })
    }

    fn plans(&self) -> Option<Section> {
        let row = |(plan, option): (&crate::model::GroupPlan, &GroupOption)| {
            let spent = option.money.as_ref()?;
            Some(vec![
                Cell::words(&plan.name),
                Cell::Count(spent.takers as u64),
                money(spent.cash),
                money(spent.cost),
                money(spent.avoided),
                Cell::Change(spent.value, DIGITS),
            ])
        };
        let rows: Vec<Vec<Cell>> = self.group.plans.iter().zip(&self.found.plans).filter_map(row).collect();
        let columns = ["Plan", "Entities", "Cash", "Cost today", "Loss avoided", "Value today"];
        (!rows.is_empty()).then(|| Section {
            title: "What the plans cost and bring".to_owned(),
            lead: Some(Text::plain("Costs and values are those of the entities' own cases, over their horizons and after their own policies, added up; what the group itself pays is taken off, and what its layers then pay less.")),
            table: Some(table(&columns, rows, self.found.recommended)),
            notes: Vec::new(),
        })
    }

    /// Which entities make an average year, and a bad one.
    fn entities(&self) -> Option<Section> {
        let today = &self.found.today;
        let parts = today.year.as_ref().map(|year| &year.parts).filter(|parts| !parts.is_empty());
        let total = today.loss.to_f64();
        let mut order: Vec<usize> = (0..self.found.entities.len()).collect();
        let size = |entity: &usize| parts.map_or(today.by_entity[*entity].to_f64(), |parts| parts[*entity][0]);
        order.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cmp(b)));
        let tail: f64 = parts.map_or(0.0, |parts| parts.iter().map(|part| part[0]).sum());
        let share = |part: f64, of: f64| if of > 0.0 { Cell::Share(part / of) } else { Cell::None };
        let row = |entity: &usize| {
            let part = parts.map(|parts| parts[*entity]);
            vec![
                Cell::words(&self.found.entities[*entity].1),
                money(today.by_entity[*entity]),
                share(today.by_entity[*entity].to_f64(), total),
                amount(part.map(|part| part[0])),
                part.map_or(Cell::None, |part| share(part[0], tail)),
                amount(part.map(|part| part[1])),
            ]
        };
        let mut notes = Vec::new();
        if order.len() > SHOWN {
            notes.push(Text::plain(format!("{} more: --format json and csv have all.", order.len() - SHOWN)));
        }
        let columns = [
            "Entity",
            "Average year",
            "Share",
            "Part of the worst 1 in 20 years",
            "Share of it",
            "Part of the worst 1 in 100",
        ];
        Some(Section {
            title: "Which entities make it".to_owned(),
            lead: Some(Text::plain(
                "The parts add up to the mean loss of the worst years of the group; the largest first.",
            )),
            table: Some(table(&columns, order.iter().take(SHOWN).map(row).collect(), None)),
            notes,
        })
    }

    fn causes(&self) -> Option<Section> {
        let row = |(cause, (rate, struck)): (&crate::model::GroupCause, &(Figure, usize))| {
            vec![Cell::words(&cause.name), Cell::Rate(rate.to_f64()), Cell::Count(*struck as u64)]
        };
        let rows: Vec<Vec<Cell>> = self.group.causes.iter().zip(&self.found.causes).map(row).collect();
        (!rows.is_empty()).then(|| Section {
            title: "What strikes them at once".to_owned(),
            lead: Some(Text::plain("Each strike brings one event in every entity that it reaches, on top of its own; its controls and policies meet it as any other.")),
            table: Some(table(&["Cause", "Strikes a year", "Entities"], rows, None)),
            notes: Vec::new(),
        })
    }

    fn tower(&self) -> Option<Section> {
        let year = self.found.today.year.as_ref().filter(|_| !self.group.tower.is_empty())?;
        let row = |(layer, found): (&crate::model::GroupLayer, &crate::engine::group::LayerYear)| {
            let from = Figure::exact(layer.retention.get());
            vec![
                Cell::words(&layer.name),
                Cell::Money(from, Digits::Whole),
                Cell::or_none(layer.limit, |limit| Cell::Money(Figure::exact(limit.get()), Digits::Whole)),
                Cell::Money(found.premium, Digits::Whole),
                amount(found.paid),
                Cell::Chance(found.chance),
                Cell::or_none(found.exhausted, Cell::Chance),
            ]
        };
        let rows = self.group.tower.iter().zip(&year.tower.layers).map(row).collect();
        let columns = [
            "Layer",
            "Above",
            "Limit",
            "Premium",
            "Pays in an average year",
            "Chance that it pays",
            "Chance that it is used up",
        ];
        Some(Section {
            title: "The group's own insurance".to_owned(),
            lead: Some(Text::plain("Layers over the sum of a year, today.")),
            table: Some(table(&columns, rows, None)),
            notes: Vec::new(),
        })
    }

    fn best(&self) -> Option<Section> {
        let best = self.found.best.as_ref()?;
        let row = |(place, plan): (usize, &crate::model::GroupPlan)| {
            let takers = || best.plans.iter().enumerate().filter(move |(_, chosen)| **chosen == Some(place));
            let of = |figure: &dyn Fn(&(Figure, Figure)) -> Figure| -> Figure {
                takers().filter_map(|(entity, _)| self.found.choices.entities[entity][place].as_ref().map(figure)).sum()
            };
            vec![
                Cell::words(&plan.name),
                Cell::Count(takers().count() as u64),
                money(of(&|option| option.0)),
                Cell::Change(of(&|option| option.1), DIGITS),
            ]
        };
        let rows = self.group.plans.iter().enumerate().map(row).collect();
        let proof = if best.is_proved {
            Text::plain("No other choice that the budget allows is worth more: this is proved, not guessed.")
        } else {
            Text::plain("No choice that the budget allows is worth more than ")
                .figure(amount(Some(best.bound)))
                .and("; how near to that one can come is not proved.")
        };
        let all = Text::plain("Together ")
            .figure(money(best.cash))
            .and(" in cash, worth ")
            .figure(money(best.value))
            .and(" more than they cost in today's money, before the group's own layers.");
        Some(Section {
            title: "The best plan for each entity".to_owned(),
            lead: Some(
                Text::plain("With ")
                    .figure(Cell::Money(best.budget, Digits::Whole))
                    .and(" of cash over the horizons; which entity takes which plan stands in --format json."),
            ),
            table: Some(table(&["Plan", "Entities", "Cash", "Value today"], rows, None)),
            notes: vec![all, proof],
        })
    }

    fn datum(&self) -> Datum {
        let found = self.found;
        let entity = |(place, (id, name)): (usize, &(String, String))| {
            let plans = self.group.plans.iter().zip(&found.plans);
            map([
                ("id", Datum::words(id)),
                ("name", Datum::words(name)),
                ("today", part_datum(&found.today, place)),
                (
                    "plans",
                    Datum::Map(plans.map(|(plan, option)| (plan.id.clone(), part_datum(option, place))).collect()),
                ),
                (
                    "best_plan",
                    found.best.as_ref().map_or(Datum::Null, |best| {
                        Datum::words(best.plans[place].map_or("today", |plan| &self.group.plans[plan].id))
                    }),
                ),
            ])
        };
        let plan = |(item, option): (&crate::model::GroupPlan, &GroupOption)| {
            map([
                ("id", Datum::words(&item.id)),
                ("name", Datum::words(&item.name)),
                ("risk", self.option_datum(option)),
                ("investment", option.money.as_ref().map_or(Datum::Null, money_datum)),
            ])
        };
        let cause = |(cause, (rate, struck)): (&crate::model::GroupCause, &(Figure, usize))| {
            map([
                ("id", Datum::words(&cause.id)),
                ("name", Datum::words(&cause.name)),
                ("yearly_rate", Datum::Number(rate.to_f64())),
                ("entities", Datum::Whole(*struck as u64)),
            ])
        };
        let best = found.best.as_ref().map_or(Datum::Null, |best| {
            map([
                ("budget", Datum::Money(best.budget)),
                ("cash", Datum::Money(best.cash)),
                ("net_present_value", Datum::Money(best.value)),
                ("bound", Datum::amount(Some(best.bound))),
                ("proved", Datum::Flag(best.is_proved)),
            ])
        });
        let recommended = found.recommended.map_or("today", |plan| &self.group.plans[plan].id);
        map([
            ("schema", Datum::words("rosi.group/1")),
            (
                "provenance",
                map([
                    ("version", Datum::words(env!("CARGO_PKG_VERSION"))),
                    ("group_sha256", Datum::words(&self.group.sha256)),
                    ("seed", Datum::Whole(found.seed)),
                    ("method", Datum::words(self.method())),
                ]),
            ),
            ("title", Datum::words(&self.group.title)),
            ("currency", Datum::words(self.group.currency.code())),
            ("recommendation", map([("plan", Datum::words(recommended))])),
            ("today", self.option_datum(&found.today)),
            ("plans", Datum::List(self.group.plans.iter().zip(&found.plans).map(plan).collect())),
            ("appetite", self.appetite_datum()),
            ("shared_causes", Datum::List(self.group.causes.iter().zip(&found.causes).map(cause).collect())),
            ("best", best),
            ("entities", Datum::List(found.entities.iter().enumerate().map(entity).collect())),
            ("notes", Datum::List(self.caution().iter().map(|text| Datum::words(plain(text))).collect())),
        ])
    }

    fn option_datum(&self, option: &GroupOption) -> Datum {
        let year = option.year.as_ref();
        let loss = year.map(|year| &year.loss);
        map([
            ("expected_annual_loss", Datum::Money(option.loss)),
            ("standard_deviation", Datum::amount(loss.map(|loss| loss.standard_deviation))),
            ("chance_of_loss", Datum::finite(loss.map(|loss| loss.chance_of_loss))),
            ("quantiles", by_level(LEVELS, loss.map_or([None; LEVELS.len()], |loss| loss.quantiles))),
            ("tail_mean", by_level(TAILS, loss.map_or([None; TAILS.len()], |loss| loss.tail_means))),
            ("error", loss.and_then(|loss| loss.error.as_ref()).map_or(Datum::Null, errors_datum)),
            ("exact", Datum::Flag(option.loss.is_exact())),
            ("insurance", year.map_or(Datum::Null, |year| self.tower_datum(&year.tower))),
        ])
    }

    fn tower_datum(&self, tower: &Tower) -> Datum {
        if self.group.tower.is_empty() {
            return Datum::Null;
        }
        let layer = |(item, layer): (&crate::model::GroupLayer, &crate::engine::group::LayerYear)| {
            map([
                ("id", Datum::words(&item.id)),
                ("premium", Datum::Money(layer.premium)),
                ("expected_payment", Datum::amount(layer.paid)),
                ("chance_of_payment", Datum::Number(layer.chance)),
                ("chance_of_exhaustion", Datum::finite(layer.exhausted)),
            ])
        };
        map([
            ("layers", Datum::List(self.group.tower.iter().zip(&tower.layers).map(layer).collect())),
            ("expected_annual_loss", Datum::amount(tower.mean)),
            ("quantiles", by_level(LEVELS, tower.quantiles)),
            ("tail_mean", by_level(TAILS, tower.tail_means)),
        ])
    }

    fn appetite_datum(&self) -> Datum {
        let point = |(place, point): (usize, &crate::model::AppetitePoint)| {
            let chance = |option: &GroupOption| Datum::finite(option.year.as_ref().map(|year| year.appetite[place].0));
            let error = |option: &GroupOption| Datum::finite(option.year.as_ref().map(|year| year.appetite[place].1));
            let by_plan = |of: &dyn Fn(&GroupOption) -> Datum| {
                let plans = self.group.plans.iter().zip(&self.found.plans);
                Datum::Map(plans.map(|(plan, option)| (plan.id.clone(), of(option))).collect())
            };
            map([
                ("name", Datum::words(&point.name)),
                ("loss", Datum::Money(Figure::exact(point.loss.get()))),
                ("chance", Datum::Number(Figure::exact(point.chance.get()).to_f64())),
                ("today", chance(&self.found.today)),
                ("plans", by_plan(&chance)),
                ("error", map([("today", error(&self.found.today)), ("plans", by_plan(&error))])),
            ])
        };
        Datum::List(self.group.appetite.iter().enumerate().map(point).collect())
    }
}

fn part_datum(option: &GroupOption, entity: usize) -> Datum {
    let parts = option.year.as_ref().and_then(|year| year.parts.get(entity));
    map([
        ("expected_annual_loss", Datum::Money(option.by_entity[entity])),
        ("part_of_tail_mean", by_level(TAILS, parts.map_or([None; TAILS.len()], |parts| parts.map(Some)))),
    ])
}

fn money_datum(spent: &GroupMoney) -> Datum {
    map([
        ("entities", Datum::Whole(spent.takers as u64)),
        ("cash", Datum::Money(spent.cash)),
        ("present_value_of_cost", Datum::Money(spent.cost)),
        ("present_value_of_central_cost", Datum::Money(spent.central)),
        ("present_value_of_loss_avoided", Datum::Money(spent.avoided)),
        ("present_value_of_insurance_lost", Datum::amount(Some(spent.tower))),
        ("net_present_value", Datum::Money(spent.value)),
    ])
}

fn table(columns: &[&str], rows: Vec<Vec<Cell>>, emphasised: Option<usize>) -> Table {
    Table { columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows, emphasised }
}

/// The words of a text without figures.
fn plain(text: &Text) -> String {
    let word = |piece: &super::Piece| match piece {
        super::Piece::Plain(words) | super::Piece::Name(words) | super::Piece::Code(words) => words.clone(),
        super::Piece::Figure(_) => String::new(),
    };
    text.0.iter().map(word).collect()
}
