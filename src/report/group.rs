//! The year of a group in words, tables and figures for other programs.

use crate::engine::group::{Analysis, GroupMoney, GroupOption, Tower};
use crate::engine::year::{BAD, LEVELS, Note, TAILS, VERY_BAD, is_within};
use crate::figures::{
    BestPlans, ByPlan, Chance, Document, EntityFigures, EntityPart, GroupAssessment, GroupCauseFigures,
    GroupMoneyFigures, GroupPlanFigures, GroupProvenance, GroupYear, LayerFigures, LimitErrors, LimitFigures, Money,
    Recommended, TowerFigures,
};
use crate::model::Group;
use crate::units::Figure;

use super::assessment::{by_level, year_errors};
use super::chart::AgreedLimit;
use super::texts::entities::Group as Words;
use super::texts::{line, number, say, texts};
use super::{Cell, Digits, Piece, Report, Section, Table, Text};

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
        shorter: Vec::new(),
        document: Document::Group(Box::new(teller.document())),
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
        let is_simulated = self.found.notes.iter().any(|note| matches!(note, Note::Simulated { .. }));
        match (&self.found.today.year, is_simulated) {
            (None, _) => "expected",
            (Some(_), true) => "simulated",
            (Some(_), false) => "exact",
        }
    }

    /// Every option with its name: today first.
    fn all(&self) -> impl Iterator<Item = (String, &GroupOption)> {
        let plans = self.group.plans.iter().map(|plan| plan.name.clone()).zip(&self.found.plans);
        std::iter::once((self.words().today.to_owned(), &self.found.today)).chain(plans)
    }

    fn words(&self) -> &'static Words {
        &texts(self.group).group
    }

    fn answer(&self) -> Vec<Text> {
        let (today, words) = (&self.found.today, self.words());
        let count = self.found.entities.len();
        let loss = ("loss", money(today.loss).into());
        let counted = ("count", count.to_string().into());
        let mut lines = vec![match &today.year {
            None => say(number(count, words.one_loses, words.all_lose), &[counted, loss]),
            Some(year) => {
                let [bad, very_bad] = [BAD, VERY_BAD].map(|level| amount(year.loss.quantiles[level]));
                let parts = [counted, loss, ("bad", bad.into()), ("very_bad", very_bad.into())];
                say(number(count, words.one_loses_bad, words.all_lose_bad), &parts)
            }
        }];
        if let Some(year) = today.year.as_ref().filter(|_| !self.group.tower.is_empty()) {
            let [bad, very_bad] = [BAD, VERY_BAD].map(|level| amount(year.tower.quantiles[level]));
            lines.push(say(words.after_layers, &[("bad", bad.into()), ("very_bad", very_bad.into())]));
        }
        for (place, point) in self.group.appetite.iter().enumerate() {
            let Some((chance, error)) = today.year.as_ref().map(|year| year.appetite[place]) else { continue };
            let agreed = Figure::exact(point.chance.get()).to_f64();
            let sentence = match (is_within(chance + error, agreed), is_within((chance - error).max(0.0), agreed)) {
                (true, true) => words.limit_holds,
                (false, false) => words.limit_fails,
                _ => words.limit_close,
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
            let parts = [
                ("limit", Piece::Name(point.name.clone())),
                ("loss", Cell::Money(Figure::exact(point.loss.get()), Digits::Whole).into()),
                ("chance", Cell::words(said).into()),
                ("agreed", Cell::Chance(agreed).into()),
            ];
            lines.push(say(sentence, &parts));
        }
        lines.extend(self.recommendation());
        lines
    }

    fn recommendation(&self) -> Option<Text> {
        if self.group.plans.is_empty() {
            return None;
        }
        let words = self.words();
        let Some(plan) = self.found.recommended else { return Some(Text::plain(words.none_worth)) };
        let item = &self.found.plans[plan];
        let spent = item.money.as_ref()?;
        let parts = [
            ("plan", Piece::Name(self.group.plans[plan].name.clone())),
            ("loss", money(item.loss).into()),
            ("count", spent.takers.to_string().into()),
            ("cost", money(spent.cost).into()),
            ("value", money(spent.value).into()),
        ];
        Some(say(number(spent.takers, words.worth_most_in_one, words.worth_most), &parts))
    }

    fn caution(&self) -> Vec<Text> {
        let mut lines: Vec<Text> = super::year::noted(self.group.voice, &self.found.notes);
        if self.found.gap > GAP {
            let gap = self.group.voice.set(&format!("{:.4}", 100.0 * self.found.gap));
            lines.push(Text::plain(line(self.words().gap, &[("gap", &gap)])));
        }
        lines
    }

    fn years(&self) -> Option<Section> {
        let (words, shared) = (self.words(), &texts(self.group).shared);
        let has_tower = !self.group.tower.is_empty();
        let mut columns = vec![shared.option, words.average_year, shared.bad_year, words.very_bad_year];
        if has_tower {
            columns.extend([words.bad_year_paid, words.very_bad_year_paid]);
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
            title: words.year.to_owned(),
            lead: Some(Text::plain(line(words.year_lead, &[("currency", &self.group.currency)]))),
            table: Some(table(&columns, self.all().map(row).collect(), self.found.recommended.map(|plan| plan + 1))),
            notes: Vec::new(),
        })
    }

    fn plans(&self) -> Option<Section> {
        let words = self.words();
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
        let columns = [words.plan, words.entities, words.cash, words.cost, words.avoided, words.value];
        (!rows.is_empty()).then(|| Section {
            title: words.plans.to_owned(),
            lead: Some(Text::plain(words.plans_lead)),
            table: Some(table(&columns, rows, self.found.recommended)),
            notes: Vec::new(),
        })
    }

    /// Which entities make an average year, and a bad one.
    fn entities(&self) -> Option<Section> {
        let (today, words) = (&self.found.today, self.words());
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
            notes.push(Text::plain(line(words.more, &[("count", &(order.len() - SHOWN))])));
        }
        let columns = [
            words.entity,
            words.average_year,
            words.share,
            words.part_of_worst,
            words.share_of_worst,
            words.part_of_very_worst,
        ];
        Some(Section {
            title: words.who.to_owned(),
            lead: Some(Text::plain(words.who_lead)),
            table: Some(table(&columns, order.iter().take(SHOWN).map(row).collect(), None)),
            notes,
        })
    }

    fn causes(&self) -> Option<Section> {
        let words = self.words();
        let row = |(cause, (rate, struck)): (&crate::model::GroupCause, &(Figure, usize))| {
            vec![Cell::words(&cause.name), Cell::Rate(rate.to_f64()), Cell::Count(*struck as u64)]
        };
        let rows: Vec<Vec<Cell>> = self.group.causes.iter().zip(&self.found.causes).map(row).collect();
        (!rows.is_empty()).then(|| Section {
            title: words.causes.to_owned(),
            lead: Some(Text::plain(words.causes_lead)),
            table: Some(table(&[words.cause, words.strikes, words.entities], rows, None)),
            notes: Vec::new(),
        })
    }

    fn tower(&self) -> Option<Section> {
        let words = self.words();
        let year = self.found.today.year.as_ref().filter(|_| !self.group.tower.is_empty())?;
        let row = |(layer, found): (&crate::model::GroupLayer, &crate::engine::group::LayerYear)| {
            let from = Figure::exact(layer.retention.get());
            vec![
                Cell::words(&layer.name),
                Cell::Money(from, Digits::Whole),
                Cell::or_none(layer.limit, |limit| Cell::Money(Figure::exact(limit.get()), Digits::Whole)),
                Cell::Money(found.premium, Digits::Whole),
                amount(found.paid),
                Cell::Chance(found.chance.0),
                Cell::or_none(found.exhausted.map(|found| found.0), Cell::Chance),
            ]
        };
        let rows = self.group.tower.iter().zip(&year.tower.layers).map(row).collect();
        let columns = [
            words.layer,
            words.above,
            words.limit,
            words.premium,
            words.pays,
            words.chance_of_paying,
            words.chance_of_end,
        ];
        Some(Section {
            title: words.layers.to_owned(),
            lead: Some(Text::plain(words.layers_lead)),
            table: Some(table(&columns, rows, None)),
            notes: Vec::new(),
        })
    }

    fn best(&self) -> Option<Section> {
        let (best, words) = (self.found.best.as_ref()?, self.words());
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
            Text::plain(words.proved)
        } else {
            say(words.not_proved, &[("bound", amount(Some(best.bound)).into())])
        };
        let all = say(words.together, &[("cash", money(best.cash).into()), ("value", money(best.value).into())]);
        Some(Section {
            title: words.best.to_owned(),
            lead: Some(say(words.best_lead, &[("budget", Cell::Money(best.budget, Digits::Whole).into())])),
            table: Some(table(&[words.plan, words.entities, words.cash, words.value], rows, None)),
            notes: vec![all, proof],
        })
    }

    /// A value of every plan, by its id.
    fn by_plan<T>(&self, value: impl Fn(&GroupOption) -> T) -> ByPlan<T> {
        let plans = self.group.plans.iter().zip(&self.found.plans);
        plans.map(|(plan, option)| (plan.id.clone(), value(option))).collect()
    }

    fn document(&self) -> GroupAssessment {
        let (group, found) = (self.group, self.found);
        let id = |plan: Option<usize>| plan.map_or("today", |plan| &group.plans[plan].id).to_owned();
        let entities = found.entities.iter().enumerate().map(|(place, (id_of, name))| EntityFigures {
            id: id_of.clone(),
            name: name.clone(),
            today: entity_part(&found.today, place),
            plans: self.by_plan(|option| entity_part(option, place)),
            best_plan: found.best.as_ref().map(|best| id(best.plans[place])),
        });
        let plans = group.plans.iter().zip(&found.plans).map(|(item, option)| GroupPlanFigures {
            id: item.id.clone(),
            name: item.name.clone(),
            risk: self.year_figures(option),
            investment: option.money.as_ref().map(money_figures),
        });
        let causes = group.causes.iter().zip(&found.causes).map(|(cause, (rate, struck))| GroupCauseFigures {
            id: cause.id.clone(),
            name: cause.name.clone(),
            yearly_rate: (*rate).into(),
            entities: *struck as u64,
        });
        GroupAssessment {
            schema: "rosi.group/1".to_owned(),
            provenance: GroupProvenance {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                group_sha256: group.sha256.clone(),
                seed: found.seed,
                method: self.method().to_owned(),
            },
            title: group.title.clone(),
            currency: group.currency.code().to_owned(),
            recommendation: Recommended { plan: id(found.recommended) },
            today: self.year_figures(&found.today),
            plans: plans.collect(),
            appetite: self.limits(),
            shared_causes: causes.collect(),
            best: found.best.as_ref().map(|best| BestPlans {
                budget: best.budget.into(),
                cash: best.cash.into(),
                net_present_value: best.value.into(),
                bound: Money::approximate(best.bound),
                proved: best.is_proved,
            }),
            entities: entities.collect(),
            notes: self.caution().iter().map(plain).collect(),
        }
    }

    fn year_figures(&self, option: &GroupOption) -> GroupYear {
        let year = option.year.as_ref();
        let loss = year.map(|year| &year.loss);
        GroupYear {
            expected_annual_loss: option.loss.into(),
            standard_deviation: Money::approximate(loss.map(|loss| loss.standard_deviation)),
            chance_of_loss: Chance::finite(loss.map(|loss| loss.chance_of_loss)),
            quantiles: by_level(LEVELS, loss.map(|loss| loss.quantiles)),
            tail_mean: by_level(TAILS, loss.map(|loss| loss.tail_means)),
            error: loss.and_then(|loss| loss.error.as_ref()).map(year_errors),
            exact: option.loss.is_exact(),
            insurance: year.and_then(|year| self.tower_figures(&year.tower)),
        }
    }

    fn tower_figures(&self, tower: &Tower) -> Option<TowerFigures> {
        let layers = self.group.tower.iter().zip(&tower.layers).map(|(item, layer)| LayerFigures {
            id: item.id.clone(),
            premium: layer.premium.into(),
            expected_payment: Money::approximate(layer.paid),
            chance_of_payment: layer.chance.0.into(),
            chance_of_payment_error: Chance::finite(Some(layer.chance.1)),
            chance_of_exhaustion: Chance::finite(layer.exhausted.map(|found| found.0)),
            chance_of_exhaustion_error: Chance::finite(layer.exhausted.map(|found| found.1)),
        });
        (!self.group.tower.is_empty()).then(|| TowerFigures {
            layers: layers.collect(),
            expected_annual_loss: Money::approximate(tower.mean),
            quantiles: by_level(LEVELS, Some(tower.quantiles)),
            tail_mean: by_level(TAILS, Some(tower.tail_means)),
        })
    }

    fn limits(&self) -> Vec<LimitFigures> {
        let limits = self.group.appetite.iter().enumerate().map(|(place, point)| {
            let chance = |option: &GroupOption| Chance::finite(option.year.as_ref().map(|year| year.appetite[place].0));
            let error = |option: &GroupOption| Chance::finite(option.year.as_ref().map(|year| year.appetite[place].1));
            LimitFigures {
                name: point.name.clone(),
                loss: Figure::exact(point.loss.get()).into(),
                chance: Figure::exact(point.chance.get()).into(),
                today: chance(&self.found.today),
                plans: self.by_plan(chance),
                error: LimitErrors { today: error(&self.found.today), plans: self.by_plan(error) },
            }
        });
        limits.collect()
    }
}

fn entity_part(option: &GroupOption, entity: usize) -> EntityPart {
    let parts = option.year.as_ref().and_then(|year| year.parts.get(entity));
    EntityPart {
        expected_annual_loss: option.by_entity[entity].into(),
        part_of_tail_mean: by_level(TAILS, parts.map(|parts| parts.map(Some))),
    }
}

fn money_figures(spent: &GroupMoney) -> GroupMoneyFigures {
    GroupMoneyFigures {
        entities: spent.takers as u64,
        cash: spent.cash.into(),
        present_value_of_cost: spent.cost.into(),
        present_value_of_central_cost: spent.central.into(),
        present_value_of_loss_avoided: spent.avoided.into(),
        present_value_of_insurance_lost: Money::approximate(spent.tower),
        net_present_value: spent.value.into(),
    }
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
