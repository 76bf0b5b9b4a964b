//! Which numbers may be changed, how do averages follow from them, and which of them are not those of the file?
//!
//! Every estimate has a row: the ends of its range as cells, its average as a formula of them, and beside both what the
//! file says. An input that no formula carries is locked. The first cell of every sheet says when an input differs.
//!
//! | shape | average |
//! |---|---|
//! | one number | itself |
//! | min, likely, max | (min + λ · likely + max) / (λ + 2), λ = 4 where nothing else is said |
//! | triangular | (min + likely + max) / 3 |
//! | uniform | (min + max) / 2 |
//! | lognormal through two quantiles | exp(μ + σ²/2), σ = ln(high / low) / (z₂ − z₁), μ = ln low − z₁ σ |

use std::cell::RefCell;
use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Look, Open, Sheet, Slot, column, heads, quoted, reference, words, written};
use crate::model::{Estimate, EstimateId, Family, Scenario, Shape, StatedCase};
use crate::report::Cell;
use crate::report::texts::{Workbook, line, texts};
use crate::scenario::edit;
use crate::stats::special::normal_quantile;
use crate::units::{Arithmetic, Figure, Kind, Rate};

/// The rates of `[assumptions]` that stand among the inputs, by the name of their cell.
pub(super) const RATES: [&str; 5] =
    ["discount_rate", "tax_rate", "growth_of_losses", "growth_of_rates", "growth_of_costs"];

/// Columns, from 0: the ends of a range, its average, what the file says, and whether they differ.
const LOW: usize = 2;
const LIKELY: usize = 3;
const HIGH: usize = 4;
const AVERAGE: usize = 5;
const WHERE: usize = 7;
/// The column of keys, from 0.
pub const KEY: usize = 12;
const OF_FILE: usize = 13;
const DIFFERS: usize = 16;
/// Columns that are printed.
const PRINTED: usize = 9;
/// The first row of an input, from 1: above it stand the alert, the case in use and the heads.
const FIRST: usize = 4;

/// The inputs, where each stands, and what became of it.
pub(super) struct Inputs {
    name: &'static str,
    /// What no formula carries.
    locked: RefCell<BTreeSet<EstimateId>>,
    locked_rates: RefCell<BTreeSet<&'static str>>,
    /// What stands in a formula.
    used: RefCell<BTreeSet<EstimateId>>,
    /// The case with policies: what insurers pay follows by its share alone.
    is_insured: bool,
}

impl Inputs {
    pub fn new(scenario: &Scenario, is_insured: bool) -> Self {
        let inputs = Self {
            name: texts(scenario).workbook.inputs,
            locked: RefCell::default(),
            locked_rates: RefCell::default(),
            used: RefCell::default(),
            is_insured,
        };
        let worked_out = scenario.estimates().entries().filter(|(_, estimate)| estimate.worked_out);
        inputs.lock(worked_out.map(|(id, _)| id));
        inputs
    }

    /// The cell of an average, which stands in a formula from now on.
    pub fn flows(&self, id: EstimateId) -> String {
        self.used.borrow_mut().insert(id);
        self.average(FIRST + RATES.len() + 1 + id.0)
    }

    fn average(&self, row: usize) -> String {
        format!("{}!${}${row}", reference(self.name), column(AVERAGE))
    }

    /// These do not flow: a formula that they stand in is none of averages, or none at all.
    pub fn lock(&self, ids: impl IntoIterator<Item = EstimateId>) {
        self.locked.borrow_mut().extend(ids);
    }

    pub fn lock_rate(&self, name: &'static str) {
        self.locked_rates.borrow_mut().insert(name);
    }

    fn is_open(&self, id: EstimateId) -> bool {
        self.used.borrow().contains(&id) && !self.locked.borrow().contains(&id)
    }

    /// The first row of a sheet: which case is in use, and what differs from the file.
    pub fn alert(&self, scenario: &Scenario) -> Vec<Slot> {
        let labels = &texts(scenario).workbook;
        let approximate = if self.is_insured { labels.approximate } else { "" };
        let formula = format!(
            "=IF(as_in_file=1,{},IF(inputs_changed=0,\"\",{}&first_changed&IF(inputs_changed>1,{}&(inputs_changed-1),\"\")&{})&IF(case_number=1,\"\",{}&case_in_use))",
            quoted(labels.as_in_file),
            quoted(labels.differ),
            quoted(labels.and_more),
            quoted(&format!("{}{approximate}{}", labels.of_the_file, labels.run_rosi)),
            quoted(labels.case_used),
        );
        vec![Slot::Alert(formula, labels.as_in_file.to_owned())]
    }

    /// The sheet, when everything that stands in formulas is known; the names of its cells, and those that may be
    /// changed.
    pub fn sheet(&self, scenario: &Scenario) -> (Sheet, Vec<(String, String)>, Vec<Open>) {
        let labels = &texts(scenario).workbook;
        let cases = self.cases(scenario);
        let (mut names, mut open) = (Vec::new(), Vec::new());
        let mut opened = |slots: &[Slot], row: usize, [name, key]: [&str; 2], parts: &[&str], kind: Kind| {
            let heads = [labels.low, labels.likely, labels.high];
            let cells = [LOW, LIKELY, HIGH].into_iter().zip(heads);
            let cells = cells.filter_map(|(at, head)| match slots.get(at) {
                Some(Slot::Input(value, _)) => Some((at, head, *value)),
                _ => None,
            });
            for (place, (at, head, value)) in cells.enumerate() {
                let (name, key) = match parts.get(place) {
                    Some(part) => (format!("{name}, {head}"), format!("{key}.{part}")),
                    None => (name.to_owned(), key.to_owned()),
                };
                open.push(Open { sheet: self.name.to_owned(), place: (row as u32, at as u32), name, key, kind, value });
            }
        };
        let mut rows = vec![self.alert(scenario), Vec::new()];
        let mut head = heads(&[
            labels.assumption,
            labels.as_written,
            labels.low,
            labels.likely,
            labels.high,
            labels.average,
            labels.unit,
            labels.where_to,
            labels.source,
            labels.owner,
            labels.date,
            labels.why,
            labels.key,
            labels.low_of_file,
            labels.likely_of_file,
            labels.high_of_file,
            labels.differs,
        ]);
        head.extend(cases.iter().map(|case| Slot::Head(case.name.clone())));
        rows.push(head);
        let rates = |scenario: &Scenario| rates(scenario).map(|(_, rate)| Figure::exact(rate.get()).to_f64());
        let titles = [
            labels.discount_rate,
            labels.tax_rate,
            labels.growth_of_losses,
            labels.growth_of_rates,
            labels.growth_of_costs,
        ];
        for (place, name) in RATES.into_iter().enumerate() {
            let value = rates(scenario)[place];
            let is_open = !self.locked_rates.borrow().contains(name);
            let key = RATE_KEYS[place];
            let in_cases = cases.iter().map(|case| rates(&case.scenario)[place]);
            let ends = Some(Ends::one(value));
            let row = Row { look: Look::Share, unit: labels.share.to_owned(), is_open, key, value, ends };
            names.push((name.to_owned(), self.average(rows.len() + 1)));
            let slots = row.slots(labels, titles[place], rows.len() + 1, in_cases.collect(), Vec::new());
            opened(&slots, rows.len(), [titles[place], key], &[], Kind::Rate);
            rows.push(slots);
        }
        let horizon = scenario.assumptions().horizon as f64;
        let row = Row {
            look: Look::Plain,
            unit: labels.years.to_owned(),
            is_open: false,
            key: "assumptions.horizon",
            value: horizon,
            ends: None,
        };
        names.push(("horizon".to_owned(), self.average(rows.len() + 1)));
        rows.push(row.slots(labels, labels.horizon, rows.len() + 1, vec![horizon; cases.len()], Vec::new()));
        let mut known = BTreeSet::new();
        for (id, estimate) in scenario.estimates().entries() {
            let look = match estimate.kind {
                Kind::Chance | Kind::Rate => Look::Share,
                Kind::Money | Kind::YearlyMoney => Look::Money,
                _ => Look::Plain,
            };
            let value = estimate.mean().to_f64();
            let ends = Ends::of(estimate).filter(|ends| (ends.mean - value).abs() <= 1e-12 * value.abs());
            let row = Row {
                look,
                unit: unit(scenario, estimate.kind),
                is_open: self.is_open(id),
                key: &estimate.path,
                value,
                ends,
            };
            let record = &estimate.record;
            let said = |text: &Option<String>| text.as_ref().map_or(Slot::Empty, words);
            let about = vec![
                said(&record.whole_source(texts(scenario).assumptions.example)),
                said(&record.owner),
                record.date.map_or(Slot::Empty, |date| words(date.to_string())),
                said(&record.why),
            ];
            let in_cases = cases.iter().map(|case| case.scenario.estimate(id).mean().to_f64());
            names.push((cell_name(&estimate.path, &mut known), self.average(rows.len() + 1)));
            let written = Slot::Said(Cell::Estimate(estimate.shape.clone(), estimate.kind));
            let mut slots = row.slots(labels, &estimate.name, rows.len() + 1, in_cases.collect(), about);
            slots[1] = written;
            let parts: Vec<&str> = edit::ends(&estimate.shape).into_iter().flatten().map(|(part, _)| part).collect();
            opened(&slots, rows.len(), [&estimate.name, &estimate.path], &parts, estimate.kind);
            rows.push(slots);
        }
        let last = rows.len();
        self.name_cases(scenario, &cases, &mut rows, &mut names);
        let cell = |row: usize, column_of: usize| format!("{}!${}${row}", reference(self.name), column(column_of));
        let (first, end) = (column(DIFFERS), last);
        // What is counted stands behind the heads of its columns.
        rows[0].resize(DIFFERS, Slot::Empty);
        rows[0].push(Slot::Formula(format!("=SUM({first}{FIRST}:{first}{end})"), 0.0, Look::Plain));
        rows[0].push(Slot::Verdict(
            format!("=IF({first}1=0,\"-\",INDEX(A{FIRST}:A{end},MATCH(1,{first}{FIRST}:{first}{end},0)))"),
            "-".to_owned(),
        ));
        rows[0].push(Slot::Formula(format!("=IF(AND({first}1=0,case_number=1),1,0)"), 1.0, Look::Plain));
        for (place, name) in ["inputs_changed", "first_changed", "as_in_file"].into_iter().enumerate() {
            names.push((name.to_owned(), cell(1, DIFFERS + place)));
        }
        let mut widths = vec![34.0, 20.0, 10.5, 10.5, 10.5, 12.0, 10.0, 9.0, 21.0, 14.0, 12.0, 50.0, 40.0];
        widths.extend([13.0; 4]);
        widths.extend(std::iter::repeat_n(15.0, cases.len().max(2)));
        let sheet =
            Sheet { name: self.name.to_owned(), rows, widths, frozen: 3, graphs: Vec::new(), printed: Some(PRINTED) };
        (sheet, names, open)
    }

    /// The stated cases that change nothing but averages that flow and rates: only these does a switch carry.
    fn cases<'s>(&self, scenario: &'s Scenario) -> Vec<&'s StatedCase> {
        let is_carried = |case: &&StatedCase| {
            let other = &case.scenario;
            let is_same = other.estimates().len() == scenario.estimates().len()
                && other.risks() == scenario.risks()
                && other.controls() == scenario.controls()
                && other.plans() == scenario.plans()
                && other.insurance() == scenario.insurance()
                && other.shared_causes() == scenario.shared_causes()
                && other.value_streams() == scenario.value_streams();
            let [a, b] = [scenario, other].map(Scenario::assumptions);
            let is_same = is_same
                && (a.horizon, a.timing, a.depreciation, a.end_value, a.written_to_salvage)
                    == (b.horizon, b.timing, b.depreciation, b.end_value, b.written_to_salvage);
            let rate = |key: &String| RATE_KEYS.iter().position(|known| known == key);
            let moved = scenario.estimates().entries().zip(other.estimates());
            let mut moved = moved.filter(|((_, a), b)| a.shape != b.shape || a.distribution != b.distribution);
            let locked = self.locked_rates.borrow();
            is_same
                && moved.all(|((id, _), _)| self.is_open(id))
                && case.set.iter().filter_map(|(key, _)| rate(key)).all(|place| !locked.contains(RATES[place]))
        };
        scenario.stated().iter().filter(is_carried).collect()
    }

    /// The case in use, and the list that it is chosen from.
    fn name_cases(
        &self,
        scenario: &Scenario,
        cases: &[&StatedCase],
        rows: &mut Vec<Vec<Slot>>,
        names: &mut Vec<(String, String)>,
    ) {
        let labels = &texts(scenario).workbook;
        let cell = |row: usize, at: usize| format!("{}!${}${row}", reference(self.name), column(at));
        let base = texts(scenario).stated.base;
        names.push(("case_number".to_owned(), cell(2, AVERAGE)));
        names.push(("case_in_use".to_owned(), cell(2, LIKELY)));
        if cases.is_empty() {
            rows[1] = vec![words(labels.case), Slot::Empty, Slot::Empty, words(base), Slot::Empty];
            rows[1].push(Slot::Fixed(1.0, Look::Plain));
            return;
        }
        rows.push(Vec::new());
        rows.push(heads(&[labels.cases, labels.why]));
        let first = rows.len() + 1;
        rows.push(vec![words(base)]);
        rows.extend(cases.iter().map(|case| vec![words(&case.name), case.why.as_ref().map_or(Slot::Empty, words)]));
        let list = format!("$A${first}:$A${}", rows.len());
        let number = Slot::Formula(format!("=MATCH($D$2,{list},0)"), 1.0, Look::Plain);
        rows[1] = vec![words(labels.case), Slot::Empty, Slot::Empty, Slot::Choice(base.to_owned(), list), Slot::Empty];
        rows[1].push(number);
        let left_out = scenario.stated().len() - cases.len();
        if left_out > 0 {
            rows.push(vec![words(line(labels.cases_left, &[("count", &left_out)]))]);
        }
    }
}

/// The keys of the rates.
pub(super) const RATE_KEYS: [&str; 5] = [
    "assumptions.discount_rate",
    "assumptions.tax_rate",
    "assumptions.growth.losses",
    "assumptions.growth.rates",
    "assumptions.growth.costs",
];

/// The rates with their keys.
pub fn rates(scenario: &Scenario) -> [(&'static str, Rate); 5] {
    let assumptions = scenario.assumptions();
    let growth = &assumptions.growth;
    let rates = [assumptions.discount_rate, assumptions.tax_rate, growth.losses, growth.rates, growth.costs];
    std::array::from_fn(|place| (RATE_KEYS[place], rates[place]))
}

/// The cells that a range is made of, and its average as a formula of them, with `#` for the row.
struct Ends {
    /// Low, likely (or the only one), high.
    cells: [Option<f64>; 3],
    formula: String,
    /// What the formula gives.
    mean: f64,
}

impl Ends {
    fn one(value: f64) -> Self {
        Self { cells: [None, Some(value), None], formula: "D#".to_owned(), mean: value }
    }

    fn weighed([low, likely, high]: [f64; 3], weight: f64) -> Self {
        Self {
            cells: [Some(low), Some(likely), Some(high)],
            formula: format!("(C#+{}*D#+E#)/{}", written(weight), written(weight + 2.0)),
            mean: (low + weight * likely + high) / (weight + 2.0),
        }
    }

    fn lognormal((p, low): (f64, f64), (q, high): (f64, f64)) -> Self {
        let (z, spread) = (normal_quantile(p), normal_quantile(q) - normal_quantile(p));
        let (sigma, below) = (libm::log(high / low) / spread, written(-z));
        Self {
            cells: [Some(low), None, Some(high)],
            formula: format!("EXP(LN(C#)+{below}*LN(E#/C#)/{0}+(LN(E#/C#)/{0})^2/2)", written(spread)),
            mean: libm::exp(libm::log(low) - z * sigma + sigma * sigma / 2.0),
        }
    }

    fn of(estimate: &Estimate) -> Option<Self> {
        let f = |value: &Decimal| f64::from_decimal(*value);
        let is_chance = estimate.kind == Kind::Chance;
        Some(match &estimate.shape {
            Shape::Fixed(value) | Shape::FamilyMoments { mean: value, .. } => Self::one(f(value)),
            Shape::Pert { min, likely, max } => Self::weighed([f(min), f(likely), f(max)], 4.0),
            Shape::PertWith { min, likely, max, confidence } => {
                Self::weighed([f(min), f(likely), f(max)], f(confidence))
            }
            Shape::Triangular { min, likely, max } => Self::weighed([f(min), f(likely), f(max)], 1.0),
            Shape::Uniform { min, max } => Self {
                cells: [Some(f(min)), None, Some(f(max))],
                formula: "(C#+E#)/2".to_owned(),
                mean: (f(min) + f(max)) / 2.0,
            },
            Shape::Interval { low, high } | Shape::FamilyInterval { family: Family::Lognormal, low, high }
                if !is_chance =>
            {
                Self::lognormal((0.05, f(low)), (0.95, f(high)))
            }
            Shape::TwoQuantiles { low: (p, low), high: (q, high) } if !is_chance => {
                Self::lognormal((f64::from(*p) / 100.0, f(low)), (f64::from(*q) / 100.0, f(high)))
            }
            Shape::MedianSigma { median, sigma } => Self {
                cells: [None, Some(f(median)), None],
                formula: format!("D#*EXP({}^2/2)", written(f(sigma))),
                mean: f(median) * libm::exp(f(sigma) * f(sigma) / 2.0),
            },
            _ => return None,
        })
    }
}

/// A row of an input.
struct Row<'r> {
    look: Look,
    unit: String,
    is_open: bool,
    key: &'r str,
    value: f64,
    ends: Option<Ends>,
}

impl Row<'_> {
    /// Its cells in row `number`; `in_cases` are its averages in the stated cases, `about` its source, owner, date and reason.
    fn slots(
        self,
        labels: &Workbook,
        name: &str,
        number: usize,
        in_cases: Vec<f64>,
        mut about: Vec<Slot>,
    ) -> Vec<Slot> {
        let is_open = self.is_open && self.ends.is_some();
        let own = self.ends.as_ref().map(|ends| ends.formula.replace('#', &number.to_string()));
        let own = own.unwrap_or_else(|| written(self.value));
        let differs = |value: &f64| *value != self.value;
        let formula = if in_cases.iter().any(differs) {
            let of_cases = in_cases.iter().map(|value| if differs(value) { written(*value) } else { own.clone() });
            let of_cases: Vec<String> = of_cases.collect();
            format!("=CHOOSE(case_number,{own},{})", of_cases.join(","))
        } else {
            format!("={own}")
        };
        let cells = self.ends.map_or([None; 3], |ends| ends.cells);
        let look = self.look;
        let mut slots = vec![words(name), Slot::Empty];
        slots.extend(cells.map(|cell| match cell {
            Some(value) if is_open => Slot::Input(value, look),
            Some(value) => Slot::Fixed(value, look),
            None => Slot::Empty,
        }));
        slots.push(Slot::Formula(formula, self.value, look));
        // The number to its left ends where it begins.
        slots.push(words(format!(" {}", self.unit)));
        slots.push(words(if is_open { labels.here } else { labels.in_file }));
        about.resize(KEY - WHERE - 1, Slot::Empty);
        slots.extend(about);
        slots.push(words(self.key));
        let of_file = cells.map(|cell| cell.filter(|_| is_open).map_or(Slot::Empty, |value| Slot::Fixed(value, look)));
        slots.extend(of_file);
        let places = [LOW, LIKELY, HIGH].into_iter().enumerate().filter(|(place, _)| cells[*place].is_some());
        let unlike = places.map(|(place, at)| format!("{}{number}<>{}{number}", column(at), column(OF_FILE + place)));
        let unlike: Vec<String> = unlike.collect();
        slots.push(match is_open {
            true => Slot::Formula(format!("=IF(OR({}),1,0)", unlike.join(",")), 0.0, Look::Plain),
            false => Slot::Empty,
        });
        let of_case = |value: f64| if value == self.value { Slot::Empty } else { Slot::Fixed(value, look) };
        slots.extend(in_cases.into_iter().map(of_case));
        slots
    }
}

/// A key as the name of a cell: each its own.
fn cell_name(key: &str, known: &mut BTreeSet<String>) -> String {
    let plain: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let plain: String = plain.chars().take(200).collect();
    let mut name = plain.clone();
    let mut count = 1;
    while !known.insert(name.to_lowercase()) {
        count += 1;
        name = format!("{plain}_{count}");
    }
    name
}

fn unit(scenario: &Scenario, kind: Kind) -> String {
    let (labels, live) = (&texts(scenario).workbook, &texts(scenario).live);
    let currency = scenario.currency().code();
    let of_money = |template| line(template, &[("currency", &currency)]);
    match kind {
        Kind::Money => currency.to_owned(),
        Kind::YearlyMoney => of_money(live.money_a_year),
        Kind::Frequency => labels.a_year.to_owned(),
        Kind::Revenue | Kind::Wage => of_money(live.money_an_hour),
        Kind::Chance | Kind::Rate => labels.share.to_owned(),
        Kind::Period => labels.hours.to_owned(),
        Kind::WorkTime => labels.hours_a_year.to_owned(),
        Kind::Number => String::new(),
    }
}
