//! What the whole file shares while it is read: faults found so far, ids, estimates.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rust_decimal::Decimal;

use super::word::nearest;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{ByEstimate, Estimate, EstimateId, Record, Role, Shape};
use crate::scenario::grammar;
use crate::scenario::syntax::{Node, Syntax, Table, Value};
use crate::stats::Distribution;
use crate::units::reading::Settings;
use crate::units::{Currency, Kind, Language};

/// What the whole file shares while it is read.
pub struct Reader<'a> {
    /// What the file is written in.
    pub syntax: Syntax,
    /// The language of its papers, in which its assumptions have names.
    pub language: Language,
    settings: Settings,
    attachments: &'a BTreeMap<String, Vec<u8>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    estimates: RefCell<ByEstimate<Estimate>>,
    named: HashMap<&'static str, Named>,
    /// How many ids were held against an unknown one.
    compared: Cell<usize>,
}

/// Ids that are held against unknown ones in one file: beyond, nobody reads what was probably meant.
const MOST_COMPARED: usize = 500_000;

/// Everything of one kind that has an id.
#[derive(Debug, Default)]
struct Named {
    /// In file order; empty where none can be read.
    ids: Vec<String>,
    indices: HashMap<String, usize>,
    /// From the name to the id.
    names: HashMap<String, String>,
    /// Some element has no id that can be read, so that a reference may well mean it.
    has_unreadable: bool,
}

/// Kinds of things that have ids.
const NAMED: [&str; 8] =
    ["value_stream", "risk", "obligation", "shared_cause", "control", "plan", "insurance", "entity"];

/// Faults of one value: the table that holds it says otherwise what it is meant to say.
const OF_A_VALUE: &[Code] = &[
    Code::NoUnit,
    Code::BadQuantity,
    Code::WrongUnit,
    Code::OtherCurrency,
    Code::OutOfRange,
    Code::ChanceAboveOne,
    Code::WrongOrder,
    Code::Infeasible,
    Code::NoMean,
    Code::BadSamples,
    Code::TooLarge,
    Code::BadId,
    Code::DuplicateId,
];

/// Which parts of a scenario with faults are not what the writer meant.
///
/// What is said about the whole leaves them out: one mistake gives one fault.
#[derive(Debug, Default)]
pub struct Unsure {
    /// Key paths of everything with a fault beyond a single value.
    paths: BTreeSet<String>,
}

impl Unsure {
    /// Whether something at a key path or below it is at fault.
    pub fn has(&self, path: &str) -> bool {
        let below = format!("{path}.");
        self.paths.contains(path)
            || self.paths.range(below.clone()..).next().is_some_and(|next| next.starts_with(&below))
    }
}

impl<'a> Reader<'a> {
    /// A reader of quantities, with the sample files that the shell loaded.
    pub fn new(syntax: Syntax, settings: Settings, attachments: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            syntax,
            language: Language::default(),
            settings,
            attachments,
            diagnostics: RefCell::default(),
            estimates: RefCell::default(),
            named: HashMap::new(),
            compared: Cell::new(0),
        }
    }

    /// Whether an unknown id may still be held against so many known ones.
    pub fn may_compare(&self, known: usize) -> bool {
        self.compared.set(self.compared.get().saturating_add(known));
        self.compared.get() <= MOST_COMPARED
    }

    /// Notes a fault or advice.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Everything noted so far.
    pub fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.take()
    }

    /// What the faults noted so far leave unsure.
    pub fn unsure(&self) -> Unsure {
        let diagnostics = self.diagnostics.borrow();
        let faults = diagnostics.iter().filter(|fault| fault.is_error() && !OF_A_VALUE.contains(&fault.code));
        Unsure { paths: faults.map(|fault| fault.path.clone()).collect() }
    }

    /// The scenario's currency.
    pub fn currency(&self) -> Currency {
        self.settings.currency
    }

    /// What the reading of quantities depends on.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The bytes of a sample file.
    pub fn attachment(&self, name: &str) -> Option<&'a [u8]> {
        self.attachments.get(name).map(Vec::as_slice)
    }

    /// Adds an estimate to the list.
    pub fn add_estimate(&self, estimate: Estimate) -> EstimateId {
        self.estimates.borrow_mut().push(estimate)
    }

    /// Puts an estimate under a ceiling: what would be above it is the ceiling. False where all of it lies above.
    pub fn cap_estimate(&self, id: EstimateId, ceiling: Decimal) -> bool {
        let mut estimates = self.estimates.borrow_mut();
        let Some(estimate) = estimates.get_mut(id) else { return true };
        let bound = <f64 as crate::units::Arithmetic>::from_decimal(ceiling);
        let (low, high) = estimate.distribution.support();
        if low > bound {
            return false;
        }
        if high > bound {
            estimate.distribution = estimate.distribution.capped(bound);
            estimate.shape = Shape::Capped { range: Box::new(estimate.shape.clone()), ceiling };
        }
        true
    }

    /// Stands in for an estimate that is at fault, so that the rest of its table can be checked.
    pub fn void_estimate(&self, kind: Kind, role: Role, path: String) -> Option<EstimateId> {
        let distribution = Distribution::fixed(0.0).ok()?;
        Some(self.add_estimate(Estimate {
            name: path.clone(),
            path,
            kind,
            role,
            shape: Shape::Fixed(Decimal::ZERO),
            distribution,
            doubt: None,
            fitted_to: None,
            worked_out: false,
            record: Record::default(),
            span: Span::default(),
        }))
    }

    /// The list of estimates.
    pub fn take_estimates(&self) -> ByEstimate<Estimate> {
        self.estimates.take()
    }

    /// Notes the ids of everything that has one, so that references may run forward.
    pub fn collect_ids(&mut self, root: &Node) {
        let Value::Table(table) = &root.value else { return };
        for kind in NAMED {
            let mut named = Named::default();
            let mut places: HashMap<&str, Span> = HashMap::new();
            for node in table.get(kind).or_else(|| misspelt(table, kind)).map(list_of).unwrap_or_default() {
                let Some((text, span)) = text_at(node, "id") else {
                    named.ids.push(String::new());
                    named.has_unreadable = true;
                    continue;
                };
                if let Some(first) = places.insert(text, span) {
                    self.report(
                        Diagnostic::new(Code::DuplicateId, format!("the id \"{text}\" stands for two of `{kind}`"))
                            .at(span, "used again here")
                            .also(first, "first used here")
                            .help(format!("give one of them another id, such as \"{text}-2\""))
                            .path(format!("{kind}.{text}.id")),
                    );
                }
                named.indices.entry(text.to_owned()).or_insert(named.ids.len());
                named.ids.push(text.to_owned());
                if let Some((name, _)) = text_at(node, "name") {
                    named.names.entry(name.to_owned()).or_insert_with(|| text.to_owned());
                }
            }
            self.named.insert(kind, named);
        }
    }

    /// The index of an id.
    pub fn resolve(&self, kind: &str, id: &str) -> Option<usize> {
        self.named.get(kind)?.indices.get(id).copied()
    }

    /// The known ids of a kind.
    pub fn ids(&self, kind: &str) -> &[String] {
        self.named.get(kind).map_or(&[], |named| &named.ids)
    }

    /// The id of what has this name.
    pub fn id_of_name(&self, kind: &str, name: &str) -> Option<&str> {
        self.named.get(kind)?.names.get(name).map(String::as_str)
    }

    /// Whether some element of a kind has no id that can be read.
    pub fn has_unreadable_id(&self, kind: &str) -> bool {
        self.named.get(kind).is_some_and(|named| named.has_unreadable)
    }
}

/// What stands at an unknown key that was probably meant to be `kind`.
fn misspelt<'n>(table: &'n Table, kind: &str) -> Option<&'n Node> {
    let unknown = table.entries.iter().filter(|entry| grammar::SCENARIO.field(&entry.key).is_none());
    unknown.filter(|entry| nearest(&entry.key, grammar::SCENARIO.keys()) == Some(kind)).map(|entry| &entry.node).next()
}

fn text_at<'n>(node: &'n Node, key: &str) -> Option<(&'n str, Span)> {
    let Value::Table(table) = &node.value else { return None };
    match table.get(key)? {
        Node { value: Value::Text(text), span } => Some((text, *span)),
        _ => None,
    }
}

/// The elements of a list; a single table counts as a list of one.
fn list_of(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(nodes) => nodes.iter().collect(),
        Value::Table(_) => vec![node],
        _ => Vec::new(),
    }
}
