//! What changed between two versions of a case, in words, tables and figures for other programs.

use crate::diagnostic::Diagnostic;
use crate::engine::Analysis;
use crate::engine::compare::{Comparison, Course};
use crate::model::Scenario;
use crate::scenario::difference::{Change, Stage};
use crate::units::Figure;

use super::assessment::{map, provenance};
use super::sentences::name;
use super::{Cell, Context, Datum, Digits, Report, Section, Table, Text};

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
        caution: super::sentences::caution(new, &found.after, warnings),
        sections: [Some(teller.figures()), teller.causes()].into_iter().flatten().collect(),
        charts: Vec::new(),
        next: context
            .file
            .iter()
            .map(|file| Text::plain("See the new case as a whole: ").code(format!("rosi assess {file}")))
            .collect(),
        assessment: teller.datum(),
        verdict: None,
        run: super::run(new, &found.after),
    }
}

struct Teller<'c> {
    found: &'c Comparison,
    stages: &'c [Stage],
    old: &'c Scenario,
    new: &'c Scenario,
}

/// The plan that is recommended, or doing nothing more.
fn recommended(scenario: &Scenario, analysis: &Analysis) -> String {
    analysis.recommended.map_or_else(|| "Do nothing more".to_owned(), |index| name(scenario, &analysis.plans[index]))
}

/// Whether a change is more than rounding.
fn counts(change: Figure, of: Option<Figure>) -> bool {
    change.to_f64().abs() > ROUNDING * of.map_or(1.0, |of| of.to_f64().abs()).max(1.0)
}

impl Teller<'_> {
    /// A figure's name for people.
    fn words(&self, key: &str) -> String {
        let (whose, what) = match key.strip_prefix("plan.") {
            Some(rest) => {
                let plans = self.new.plans().iter().chain(self.old.plans());
                let plan =
                    plans.into_iter().find(|plan| rest.strip_prefix(&plan.id).is_some_and(|r| r.starts_with('.')));
                match plan {
                    Some(plan) => (plan.name.clone(), &rest[plan.id.len() + 1..]),
                    None => (String::new(), rest),
                }
            }
            None => ("Today".to_owned(), key.trim_start_matches("today.")),
        };
        let what = match what {
            "net_present_value" => "net present value",
            "present_value_of_cost" => "cost in today's money",
            "expected_annual_loss" => "average loss per year",
            "quantiles.0.95" => "bad year (1 in 20)",
            other => other,
        };
        format!("{whose}: {what}")
    }

    fn changed(&self) -> impl Iterator<Item = &Course> {
        self.found.courses.iter().filter(|course| {
            !course.is_noise() && course.change().is_some_and(|change| counts(change, course.before()))
        })
    }

    fn answer(&self) -> Vec<Text> {
        let (then, now) = (recommended(self.old, &self.found.before), recommended(self.new, &self.found.after));
        let mut lines = vec![if then == now {
            Text::plain("The recommendation stays: ").name(now).and(".")
        } else {
            Text::plain("The recommendation changes from ").name(then).and(" to ").name(now).and(".")
        }];
        let changes: usize = self.stages.iter().map(|stage| stage.changes.len()).sum();
        if changes == 0 {
            lines.push(Text::plain("Nothing that the figures depend on is different."));
            return lines;
        }
        let entries = if changes == 1 { "1 entry".to_owned() } else { format!("{changes} entries") };
        let moved = self.changed().count();
        lines.push(Text::plain(format!(
            "{entries} of the file changed; {moved} of {} headline figures moved.",
            self.found.courses.len()
        )));
        // What moved the value that is decided about.
        if let Some(course) = self.most_moved()
            && let Some(change) = course.change()
        {
            let largest = (1..self.stages.len())
                .filter_map(|stage| Some((stage, course.effect(stage)?)))
                .max_by(|a, b| a.1.to_f64().abs().total_cmp(&b.1.to_f64().abs()).then(b.0.cmp(&a.0)));
            let mut text = Text::plain(format!("{}: ", self.words(&course.key))).figure(money(course.before()));
            text = text.and(" before, ").figure(money(course.after())).and(" now");
            if let Some((stage, effect)) = largest.filter(|(_, effect)| counts(*effect, Some(change))) {
                text = text
                    .and("; the most comes from ")
                    .code(paths(&self.stages[stage].changes))
                    .and(" (")
                    .figure(Cell::Change(effect, DIGITS))
                    .and(")");
            }
            lines.push(text.and("."));
        }
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
        // What moved stands first.
        let (moved, same): (Vec<&Course>, Vec<&Course>) =
            self.found.courses.iter().partition(|course| self.changed().any(|moved| moved.key == course.key));
        let rows = moved
            .into_iter()
            .chain(same)
            .map(|course| {
                let change = match course.change() {
                    None if course.before().is_none() && course.after().is_some() => Cell::words("new"),
                    None if course.after().is_none() && course.before().is_some() => Cell::words("no longer there"),
                    None => Cell::None,
                    Some(change) if course.is_noise() || !counts(change, course.before()) => Cell::words("no change"),
                    Some(change) => Cell::Change(change, DIGITS),
                };
                vec![Cell::words(self.words(&course.key)), money(course.before()), money(course.after()), change]
            })
            .collect();
        let columns = ["Figure", "Before", "Now", "Change"].map(str::to_owned).to_vec();
        let mut notes = Vec::new();
        if self.found.courses.iter().any(Course::is_noise) {
            notes.push(Text::plain(
                "No change: the difference is inside what simulated figures differ by from run to run.",
            ));
        }
        Section {
            title: "The figures then and now".to_owned(),
            lead: Some(Text::plain(format!("Amounts in {}.", self.new.currency()))),
            table: Some(Table { columns, rows, emphasised: None }),
            notes,
        }
    }

    fn causes(&self) -> Option<Section> {
        let headlines = self.headlines();
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
                Cell::words(paths(&stage.changes)),
                Cell::words(told(&|change| change.before.clone(), "absent")),
                Cell::words(told(&|change| change.after.clone(), "taken out")),
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
        let mut whole = vec![Cell::words("All changes"), Cell::None, Cell::None];
        whole.extend(
            headlines.iter().map(|course| Cell::or_none(course.change(), |change| Cell::Change(change, DIGITS))),
        );
        rows.push(whole);
        let mut columns = ["Input", "Before", "Now"].map(str::to_owned).to_vec();
        columns.extend(headlines.iter().map(|course| self.words(&course.key)));
        let mut notes = Vec::new();
        if without > 0 {
            let entries = if without == 1 { "1 more entry".to_owned() } else { format!("{without} more entries") };
            notes.push(Text::plain(format!("{entries} changed and no headline figure with them.")));
        }
        let emphasised = Some(rows.len() - 1);
        Some(Section {
            title: "What moved them".to_owned(),
            lead: Some(Text::plain(
                "The changes are made one after the other in the order of the new file, what was taken out last; each line tells what its change then does, so that the lines add up. In another order the parts may differ, the sum does not. All stages meet the same random events.",
            )),
            table: Some(Table { columns, rows, emphasised }),
            notes,
        })
    }

    fn datum(&self) -> Datum {
        let id =
            |scenario: &Scenario, analysis: &Analysis| {
                Datum::words(analysis.recommended.map_or_else(
                    || "today".to_owned(),
                    |index| scenario.plans()[analysis.plans[index].plan].id.clone(),
                ))
            };
        let figures = self.found.courses.iter().map(|course| {
            map([
                ("key", Datum::words(&course.key)),
                ("before", Datum::money(course.before())),
                ("after", Datum::money(course.after())),
                ("change", Datum::money(course.change())),
                ("standard_error", Datum::amount(Some(course.error))),
                ("within_noise", Datum::Flag(course.is_noise())),
            ])
        });
        let causes = self.stages.iter().enumerate().skip(1).filter(|(_, stage)| !stage.changes.is_empty());
        let causes = causes.map(|(index, stage)| {
            let said = |of: &dyn Fn(&Change) -> Option<&String>| {
                let parts: Vec<&str> = stage.changes.iter().filter_map(|c| of(c).map(String::as_str)).collect();
                if parts.is_empty() { Datum::Null } else { Datum::words(parts.join("; ")) }
            };
            let effects = self
                .found
                .courses
                .iter()
                .filter_map(|course| course.effect(index).map(|effect| (course.key.clone(), Datum::Money(effect))));
            map([
                ("input", Datum::words(paths(&stage.changes))),
                ("before", said(&|change| change.before.as_ref())),
                ("after", said(&|change| change.after.as_ref())),
                ("effects", Datum::Map(effects.collect())),
            ])
        });
        map([
            ("schema", Datum::words("rosi.comparison/1")),
            ("provenance", provenance(self.new, &self.found.after)),
            ("before_sha256", Datum::words(self.old.sha256())),
            ("currency", Datum::words(self.new.currency().code())),
            ("order", Datum::words("one change after the other in the order of the new file, what was taken out last")),
            (
                "recommendation",
                map([("before", id(self.old, &self.found.before)), ("after", id(self.new, &self.found.after))]),
            ),
            ("figures", Datum::List(figures.collect())),
            ("causes", Datum::List(causes.collect())),
        ])
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
