//! Where does a figure come from? Formula, inputs with their lines, and what stands between.

mod figures;
mod heads;
pub(super) mod key;

use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::figures::{Assessment, Node, View};
use crate::model::{Estimate, EstimateId, RiskId, Scenario};
use crate::units::{Figure, Kind};

use super::sections::{average, average_of};
use super::texts::{Explained, say, texts};
use super::{Cell, Digits, Piece, Section, Table, Text};

/// What an explanation needs besides the figures.
pub struct Setting<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its figures.
    pub analysis: &'a Analysis,
    /// The same for other programs: what keys name.
    pub figures: &'a Assessment,
    /// The line of a place in the file.
    pub line: &'a dyn Fn(usize) -> usize,
}

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// All risks together, today or under an analysed plan.
    Total(Option<OptionId>),
    /// A risk.
    Risk(RiskId, Option<OptionId>),
    /// The money of a plan.
    Money(OptionId),
    /// A control of a plan: index into its controls.
    Control(OptionId, usize),
    /// An agreed limit.
    Limit(usize, Option<OptionId>),
    /// Anything else.
    Other,
}

/// The sections that explain a key.
///
/// # Errors
/// Keys that are like it, where there is no such figure.
pub fn explain(setting: &Setting<'_>, key: &str) -> Result<Vec<Section>, Vec<String>> {
    let estimates = setting.scenario.estimates();
    if let Some(index) = estimates.position(|estimate| estimate.path == key) {
        return Ok(vec![setting.estimate(index)]);
    }
    let Some(found) = key::find(setting.figures, key) else { return Err(setting.like(key)) };
    let subject = setting.subject(&found.path);
    let name = key::short(&found.path);
    Ok(match found.node.view() {
        View::Record(_) | View::Table(_) => vec![setting.overview(&name, found.node)],
        // Of a list of names what may be asked below them, of one of figures the figures.
        View::List(_) if !key::keys(found.node).is_empty() => vec![setting.overview(&name, found.node)],
        _ => setting.figure(&name, subject, &found),
    })
}

impl Setting<'_> {
    /// Keys that are like one, figures and assumptions.
    fn like(&self, key: &str) -> Vec<String> {
        let assumptions = self.scenario.estimates().iter().map(|estimate| estimate.path.clone());
        key::like(key, key::keys(self.figures).into_iter().map(|(key, _)| key).chain(assumptions))
    }

    fn subject(&self, path: &[String]) -> Subject {
        let names: Vec<&str> = path.iter().map(String::as_str).collect();
        let risk = |id: &str| self.scenario.risks().position(|risk| risk.id == id);
        let plan = |id: &str| self.analysis.plans.position(|plan| self.scenario.plans()[plan.plan].id == id);
        let found = match names.as_slice() {
            ["today", ..] => Some(Subject::Total(None)),
            ["risks", id, "today", ..] => risk(id).map(|risk| Subject::Risk(risk, None)),
            ["risks", id, "plans", option, ..] => {
                risk(id).zip(plan(option)).map(|(risk, plan)| Subject::Risk(risk, Some(plan)))
            }
            ["plans", id, "risk", ..] => plan(id).map(|plan| Subject::Total(Some(plan))),
            ["plans", id, "investment", ..] => plan(id).map(Subject::Money),
            ["plans", id, "controls", control, ..] => plan(id).and_then(|plan| {
                let of = |costs: &crate::engine::money::costs::ControlCosts| {
                    self.scenario.controls()[costs.control].id == *control
                };
                Some(Subject::Control(plan, self.analysis.plans[plan].controls.iter().position(of)?))
            }),
            ["appetite", name, rest @ ..] => {
                let limit = self.scenario.appetite().iter().position(|point| point.name == *name);
                let option = rest.last().and_then(|id| plan(id));
                limit.map(|limit| Subject::Limit(limit, option))
            }
            _ => None,
        };
        found.unwrap_or(Subject::Other)
    }

    fn plan(&self, plan: OptionId) -> &PlanAnalysis {
        &self.analysis.plans[plan]
    }

    /// What may be asked below a key.
    fn overview(&self, name: &str, node: &dyn Node) -> Section {
        let keys = key::keys(node);
        let rows = keys.iter().map(|(key, _)| vec![Cell::words(format!("{name}.{key}"))]).collect();
        Section {
            title: name.to_owned(),
            lead: Some(Text::plain(self.words().several)),
            table: Some(Table { columns: vec![self.words().key.into()], rows, emphasised: None }),
            notes: Vec::new(),
        }
    }

    /// An assumption: what is written, what it means, on whose word.
    fn estimate(&self, id: EstimateId) -> Section {
        let estimate = self.scenario.estimate(id);
        let words = self.words();
        let mut rows = vec![
            vec![Cell::words(words.written), Cell::Estimate(estimate.shape.clone(), estimate.kind)],
            vec![Cell::words(words.average), average_of(estimate)],
        ];
        if !estimate.is_fixed() {
            let quantile = |p: f64| figure_of(estimate.distribution.quantile(p), estimate.kind);
            for (label, p) in [(words.below_5, 0.05), (words.below_50, 0.5), (words.below_95, 0.95)] {
                rows.push(vec![Cell::words(label), quantile(p)]);
            }
        }
        let record = &estimate.record;
        let mut said = |label: &str, text: Option<String>| {
            rows.push(vec![Cell::words(label), text.map_or(Cell::None, Cell::Words)]);
        };
        said(words.source, record.source.clone());
        said(words.owner, record.owner.clone());
        said(words.date, record.date.map(|date| date.to_string()));
        said(words.why, record.why.clone());
        said(words.line, Some((self.line)(estimate.span.start).to_string()));
        let mut notes = Vec::new();
        if record.example {
            notes.push(Text::plain(words.is_example));
        }
        let weights = self.analysis.weights.as_ref();
        if let Some((weights, change)) = weights.and_then(|weights| Some((weights, weights.of(id, estimate)?))) {
            let change = Piece::Figure(Cell::Change(Figure::approximate(change), Digits::Significant(2)));
            let plan = Piece::Name(self.name(weights.plan));
            notes.push(say(words.tenth_higher, &[("plan", plan), ("change", change)]));
        }
        Section {
            title: estimate.path.clone(),
            lead: Some(say(words.meaning, &[("name", Piece::Plain(estimate.name.clone()))])),
            table: Some(Table { columns: vec!["".into(), "".into()], rows, emphasised: None }),
            notes,
        }
    }

    fn words(&self) -> &'static Explained {
        &texts(self.scenario).explained
    }

    fn name(&self, plan: OptionId) -> String {
        self.scenario.plans()[self.plan(plan).plan].name.clone()
    }

    /// Assumptions with their lines.
    fn inputs(&self, title: &str, wanted: impl Fn(&Estimate) -> bool) -> Option<Section> {
        let rows: Vec<Vec<Cell>> = self
            .scenario
            .estimates()
            .iter()
            .filter(|estimate| wanted(estimate))
            .map(|estimate| {
                let source = match (&estimate.record.source, estimate.record.example) {
                    (_, true) => Cell::words(self.words().example),
                    (Some(source), false) => Cell::words(source),
                    (None, false) => Cell::None,
                };
                vec![
                    Cell::words(&estimate.path),
                    Cell::Estimate(estimate.shape.clone(), estimate.kind),
                    average_of(estimate),
                    source,
                    Cell::Count((self.line)(estimate.span.start) as u64),
                ]
            })
            .collect();
        let words = self.words();
        let columns =
            [words.assumption, words.written, words.average, words.source, words.line].map(str::to_owned).to_vec();
        (!rows.is_empty()).then(|| Section {
            title: title.to_owned(),
            lead: None,
            table: Some(Table { columns, rows, emphasised: None }),
            notes: Vec::new(),
        })
    }
}

/// A quantity of a kind.
fn figure_of(value: f64, kind: Kind) -> Cell {
    average(Figure::approximate(value), kind)
}

#[cfg(test)]
mod tests {
    use super::super::texts::german::explained::explained;
    use super::*;
    use crate::figures::{Field, Shape};

    fn fields(shape: &Shape, found: &mut Vec<&'static Field>) {
        match shape {
            Shape::Leaf(_) => {}
            Shape::Optional(inner) | Shape::List(inner) | Shape::Table(_, inner) => fields(inner, found),
            Shape::Record(record) => {
                for field in record.fields {
                    found.push(field);
                    fields(&(field.shape)(), found);
                }
            }
        }
    }

    #[test]
    fn every_figure_is_explained_in_german() {
        let mut all = Vec::new();
        fields(&Assessment::shape(), &mut all);
        let told = all.iter().filter(|field| !field.formula.is_empty() || !field.page.is_empty());
        let said = told.flat_map(|field| [field.what(), field.formula]).filter(|text| !text.is_empty());
        let missing: std::collections::BTreeSet<&str> = said.filter(|text| explained(text).is_none()).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
