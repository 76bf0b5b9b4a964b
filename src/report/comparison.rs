//! What changed between two versions of a case, in words, tables and figures for other programs.

use crate::diagnostic::Diagnostic;
use crate::engine::Analysis;
use crate::engine::compare::{Comparison, Course};
use crate::figures::{self, Document, Money};
use crate::model::{AppetitePoint, Scenario};
use crate::scenario::difference::{Change, Stage};
use crate::units::Figure;

use super::assessment::{option_id, provenance};
use super::sentences::option_name;
use super::stated::called;
use super::texts::{Compared, line, number, say, texts};
use super::{Cell, Context, Digits, Piece, Report, Section, Table, Text};

/// Figures that get a column of their own in the table of causes.
const COLUMNS: usize = 3;
/// A part of a figure below which a change is none: rounding of the last digit.
const ROUNDING: f64 = 1e-9;

/// Builds the report of a comparison; `stages` lead from the old case to the new one.
pub fn comparison(
    found: &Comparison,
    (old, new): (&Scenario, &Scenario),
    stages: &[Stage],
    warnings: &[Diagnostic],
    context: &Context,
) -> Report {
    let teller = Teller { found, stages, old, new };
    Report {
        title: new.title().to_owned(),
        currency: new.currency(),
        voice: new.voice(),
        answer: teller.answer(),
        caution: super::changed::caution(new)
            .into_iter()
            .chain(super::sentences::caution(new, &found.after, warnings))
            .collect(),
        sections: [Some(teller.figures()), teller.causes()].into_iter().flatten().collect(),
        charts: Vec::new(),
        next: context
            .file
            .iter()
            .map(|file| {
                let command = Piece::Code(format!("rosi assess {file}"));
                say(texts(new).compared.whole, &[("command", command)])
            })
            .collect(),
        document: Document::Comparison(Box::new(teller.document())),
        verdict: None,
        shorter: Vec::new(),
        run: super::run(new, &found.after),
    }
}

struct Teller<'c> {
    found: &'c Comparison,
    stages: &'c [Stage],
    old: &'c Scenario,
    new: &'c Scenario,
}

/// A change as the difference of the amounts beside it, as they are told; as itself where that would be none.
fn told_change(before: Option<Figure>, after: Option<Figure>, change: Figure) -> Cell {
    let Digits::Significant(digits) = DIGITS else { return Cell::Change(change, DIGITS) };
    let told = |figure: Option<Figure>| figure?.decimal()?.round_sf(digits);
    let difference = told(after).zip(told(before)).and_then(|(after, before)| after.checked_sub(before));
    match difference.filter(|difference| !difference.is_zero()) {
        Some(difference) => Cell::Change(Figure::exact(difference), Digits::Whole),
        None => Cell::Change(change, DIGITS),
    }
}

/// Whether a change is more than rounding.
fn counts(change: Figure, of: Option<Figure>) -> bool {
    change.to_f64().abs() > ROUNDING * of.map_or(1.0, |of| of.to_f64().abs()).max(1.0)
}

impl Teller<'_> {
    /// A figure's name for people.
    fn words(&self) -> &'static Compared {
        &texts(self.new).compared
    }

    /// A figure in words, by its key.
    fn said(&self, key: &str) -> String {
        let words = self.words();
        let (whose, what) = match key.strip_prefix("plan.") {
            Some(rest) => {
                let plans = self.new.plans().iter().chain(self.old.plans().iter());
                let plan =
                    plans.into_iter().find(|plan| rest.strip_prefix(&plan.id).is_some_and(|r| r.starts_with('.')));
                match plan {
                    Some(plan) => (plan.name.clone(), &rest[plan.id.len() + 1..]),
                    None => (String::new(), rest),
                }
            }
            None => (words.today.to_owned(), key.trim_start_matches("today.")),
        };
        let what = match what {
            "net_present_value" => words.value,
            "present_value_of_cost" => words.cost,
            "expected_annual_loss" => words.average,
            "quantiles.0.95" => words.bad_year,
            other => other,
        };
        line(words.figure_of, &[("whose", &whose), ("what", &what)])
    }

    /// What was changed, as people call it; a place that only the other case has is named there.
    fn names(&self, changes: &[Change]) -> String {
        let name = |change: &Change| {
            let found = called(self.new, &change.path).or_else(|| called(self.old, &change.path));
            found.unwrap_or_else(|| change.path.clone())
        };
        changes.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    fn changed(&self) -> impl Iterator<Item = &Course> {
        self.found.courses.iter().filter(|course| {
            !course.is_noise() && course.change().is_some_and(|change| counts(change, course.before()))
        })
    }

    /// Agreed limits that are others now: no loss or value depends on them, and whether they are kept does.
    fn limits(&self) -> Vec<Text> {
        let words = self.words();
        let (old, new) = (self.old.appetite(), self.new.appetite());
        let parts = |point: &AppetitePoint| {
            let loss = Piece::Figure(Cell::Money(Figure::exact(point.loss.get()), Digits::Whole));
            let chance = Piece::Figure(Cell::Chance(Figure::exact(point.chance.get()).to_f64()));
            [("name", Piece::Name(point.name.clone())), ("loss", loss), ("chance", chance)]
        };
        let mut lines = Vec::new();
        for point in new {
            match old.iter().find(|other| other.name == point.name) {
                None => lines.push(say(words.limit_new, &parts(point))),
                Some(before) if (before.loss, before.chance) != (point.loss, point.chance) => {
                    let [name, loss, chance] = parts(point);
                    let [_, (_, loss_before), (_, chance_before)] = parts(before);
                    let all = [name, loss, chance, ("loss_before", loss_before), ("chance_before", chance_before)];
                    lines.push(say(words.limit_changed, &all));
                }
                Some(_) => {}
            }
        }
        let gone = old.iter().filter(|point| new.iter().all(|other| other.name != point.name));
        lines.extend(gone.map(|point| say(words.limit_gone, &parts(point))));
        lines
    }

    fn answer(&self) -> Vec<Text> {
        let recommended = |case: &Scenario, found: &Analysis| option_name(case, found, found.recommended);
        let (then, now) = (recommended(self.old, &self.found.before), recommended(self.new, &self.found.after));
        let words = self.words();
        let mut lines = vec![if then == now {
            say(words.stays, &[("plan", Piece::Name(now))])
        } else {
            say(words.changes, &[("old", Piece::Name(then)), ("new", Piece::Name(now))])
        }];
        let limits = self.limits();
        let changes: usize = self.stages.iter().map(|stage| stage.changes.len()).sum();
        if changes == 0 {
            if limits.is_empty() {
                lines.push(Text::plain(words.nothing));
            }
            lines.extend(limits);
            return lines;
        }
        let moved = self.changed().count();
        lines.push(Text::plain(line(
            number(changes, words.one_entry, words.entries),
            &[("count", &changes), ("moved", &moved), ("all", &self.found.courses.len())],
        )));
        // What moved the value that is decided about.
        if let Some(course) = self.most_moved()
            && let Some(change) = course.change()
        {
            let largest = (1..self.stages.len())
                .filter_map(|stage| Some((stage, course.effect(stage)?)))
                .max_by(|a, b| a.1.to_f64().abs().total_cmp(&b.1.to_f64().abs()).then(b.0.cmp(&a.0)));
            let parts = [
                ("figure", self.said(&course.key).into()),
                ("before", money(course.before()).into()),
                ("after", money(course.after()).into()),
            ];
            let mut text = say(words.moved, &parts);
            if let Some((stage, effect)) = largest.filter(|(_, effect)| counts(*effect, Some(change))) {
                let inputs = Piece::Plain(self.names(&self.stages[stage].changes));
                text = text
                    .joined(say(words.most, &[("inputs", inputs), ("effect", Cell::Change(effect, DIGITS).into())]));
            }
            lines.push(text.and("."));
        }
        lines.extend(limits);
        lines
    }

    /// The value of the recommended plan where it moved, else the value that moved most.
    fn most_moved(&self) -> Option<&Course> {
        let is_value = |course: &&Course| course.key.ends_with("net_present_value");
        let first = self.headlines().into_iter().find(is_value);
        let size = |course: &Course| course.change().map_or(0.0, |change| change.to_f64().abs());
        let moved = |key: &str| self.changed().any(|course| course.key == key);
        let most = self.changed().filter(is_value).max_by(|a, b| size(a).total_cmp(&size(b)));
        first.filter(|course| moved(&course.key)).or(most).or(first)
    }

    /// The figures that the causes are told for: the value of the plan that is recommended now, today's
    /// average and bad year.
    fn headlines(&self) -> Vec<&Course> {
        let plan = self.found.after.recommended.or(self.found.before.recommended);
        let id = plan.map(|index| match self.found.after.recommended {
            Some(index) => self.new.plans()[self.found.after.plans[index].plan].id.clone(),
            None => self.old.plans()[self.found.before.plans[index].plan].id.clone(),
        });
        let id = id.or_else(|| self.new.plans().first().map(|plan| plan.id.clone()));
        let mut keys: Vec<String> = id.map(|id| format!("plan.{id}.net_present_value")).into_iter().collect();
        keys.extend(["today.expected_annual_loss".to_owned(), "today.quantiles.0.95".to_owned()]);
        let course = |key: &String| self.found.courses.iter().find(|course| course.key == *key);
        keys.iter().filter_map(course).filter(|course| course.change().is_some()).take(COLUMNS).collect()
    }

    fn figures(&self) -> Section {
        let words = self.words();
        // What moved stands first.
        let (moved, same): (Vec<&Course>, Vec<&Course>) =
            self.found.courses.iter().partition(|course| self.changed().any(|moved| moved.key == course.key));
        let rows = moved
            .into_iter()
            .chain(same)
            .map(|course| {
                let change = match course.change() {
                    None if course.before().is_none() && course.after().is_some() => Cell::words(words.new),
                    None if course.after().is_none() && course.before().is_some() => Cell::words(words.gone),
                    None => Cell::None,
                    Some(change) if course.is_noise() || !counts(change, course.before()) => {
                        Cell::words(words.no_change)
                    }
                    Some(change) => told_change(course.before(), course.after(), change),
                };
                vec![Cell::words(self.said(&course.key)), money(course.before()), money(course.after()), change]
            })
            .collect();
        let columns = [words.figure, words.before, words.now, words.change].map(str::to_owned).to_vec();
        let mut notes = Vec::new();
        if self.found.courses.iter().any(Course::is_noise) {
            notes.push(Text::plain(words.noise));
        }
        Section {
            title: words.then_and_now.to_owned(),
            lead: Some(Text::plain(line(texts(self.new).shared.in_units, &[("currency", &self.new.currency())]))),
            table: Some(Table { columns, rows, emphasised: None }),
            notes,
        }
    }

    fn causes(&self) -> Option<Section> {
        let (headlines, words) = (self.headlines(), self.words());
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut without = 0;
        for (index, stage) in self.stages.iter().enumerate().skip(1).filter(|(_, stage)| !stage.changes.is_empty()) {
            let moves = self
                .found
                .courses
                .iter()
                .any(|course| course.effect(index).is_some_and(|effect| counts(effect, course.before())));
            if !moves {
                without += stage.changes.len();
                continue;
            }
            let told = |of: &dyn Fn(&Change) -> Option<String>, none: &str| -> String {
                let parts: Vec<String> =
                    stage.changes.iter().map(|change| of(change).unwrap_or_else(|| none.to_owned())).collect();
                parts.join("; ")
            };
            let mut row = vec![
                Cell::words(self.names(&stage.changes)),
                Cell::words(told(&|change| change.before.clone(), words.absent)),
                Cell::words(told(&|change| change.after.clone(), words.taken_out)),
            ];
            row.extend(headlines.iter().map(|course| {
                Cell::or_none(course.effect(index), |effect| match counts(effect, course.before()) {
                    true => Cell::Change(effect, DIGITS),
                    false => Cell::Money(Figure::ZERO, DIGITS),
                })
            }));
            rows.push(row);
        }
        if rows.is_empty() {
            return None;
        }
        let mut whole = vec![Cell::words(words.all_changes), Cell::None, Cell::None];
        whole.extend(
            headlines.iter().map(|course| Cell::or_none(course.change(), |change| Cell::Change(change, DIGITS))),
        );
        rows.push(whole);
        let mut columns = [words.input, words.before, words.now].map(str::to_owned).to_vec();
        columns.extend(headlines.iter().map(|course| self.said(&course.key)));
        let mut notes = Vec::new();
        if without > 0 {
            let template = number(without, words.one_without, words.without);
            notes.push(Text::plain(line(template, &[("count", &without)])));
        }
        let emphasised = Some(rows.len() - 1);
        Some(Section {
            title: words.what_moved.to_owned(),
            lead: Some(Text::plain(words.what_moved_lead)),
            table: Some(Table { columns, rows, emphasised }),
            notes,
        })
    }

    fn document(&self) -> figures::Comparison {
        let courses = self.found.courses.iter().map(|course| figures::Change {
            key: course.key.clone(),
            before: course.before().map(Money::from),
            after: course.after().map(Money::from),
            change: course.change().map(Money::from),
            standard_error: Money::approximate(course.error),
            within_noise: course.is_noise(),
        });
        let causes = self.stages.iter().enumerate().skip(1).filter(|(_, stage)| !stage.changes.is_empty());
        let causes = causes.map(|(index, stage)| {
            let said = |of: &dyn Fn(&Change) -> Option<&String>| {
                let parts: Vec<&str> = stage.changes.iter().filter_map(|c| of(c).map(String::as_str)).collect();
                (!parts.is_empty()).then(|| parts.join("; "))
            };
            let effects = self.found.courses.iter();
            figures::Cause {
                input: paths(&stage.changes),
                before: said(&|change| change.before.as_ref()),
                after: said(&|change| change.after.as_ref()),
                effects: effects
                    .filter_map(|course| Some((course.key.clone(), course.effect(index)?.into())))
                    .collect(),
            }
        });
        figures::Comparison {
            schema: "rosi.comparison/1".to_owned(),
            provenance: provenance(self.new, &self.found.after),
            before_sha256: self.old.sha256().to_owned(),
            currency: self.new.currency().code().to_owned(),
            order: "one change after the other in the order of the new file, what was taken out last".to_owned(),
            recommendation: figures::Recommendations {
                before: option_id(self.old, &self.found.before, self.found.before.recommended),
                after: option_id(self.new, &self.found.after, self.found.after.recommended),
            },
            figures: courses.collect(),
            causes: causes.collect(),
        }
    }
}

/// Digits of a figure that is compared: enough to see what moved it.
const DIGITS: Digits = Digits::Significant(4);

fn money(figure: Option<Figure>) -> Cell {
    Cell::or_none(figure, |figure| Cell::Money(figure, DIGITS))
}

fn paths(changes: &[Change]) -> String {
    changes.iter().map(|change| change.path.as_str()).collect::<Vec<_>>().join(", ")
}
