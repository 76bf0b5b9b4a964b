//! rosi for Python: the same engine, the same figures, the same bytes as the program's JSON.
//!
//! Only what crosses the border stands here: text in, text out, faults as exceptions. What Python reads is shaped in
//! `python/rosi`. The interpreter is released while figures are worked out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::process::ExitCode;
use std::time::Instant;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rosi::diagnostic::Diagnostic;
use rosi::engine::optimise::{Fault, Goal, Patience, Question, optimise};
use rosi::engine::{self, Analysis, MethodChoice, Settings};
use rosi::model::Scenario;
use rosi::render::{self, Format, Sheet, render};
use rosi::report::{self, Context};
use rosi::scenario::edit::{Change, To, changed};
use rosi::scenario::{self, Source};
use rosi::units::reading::read;
use rosi::units::{Figure, Kind};
use serde_json::json;

/// A case that was read.
#[pyclass(frozen, module = "rosi._rosi")]
struct Case {
    source: Source,
    scenario: Scenario,
    warnings: Vec<Diagnostic>,
}

/// The exception for faults: a sentence, and every fault with code, key, line and cure.
fn faults(py: Python<'_>, message: &str, found: &[Diagnostic], source: &Source) -> PyErr {
    let place = |fault: &Diagnostic| {
        let before = source.bytes.get(..fault.span?.start)?;
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[start..]).chars().count() + 1;
        Some((before.iter().filter(|byte| **byte == b'\n').count() + 1, column))
    };
    let told: Vec<_> = found
        .iter()
        .filter(|fault| fault.is_error())
        .map(|fault| {
            let (line, column) = place(fault).unzip();
            json!({ "code": fault.code.as_str(), "message": fault.message, "where": fault.path, "line": line,
                    "column": column, "help": fault.help })
        })
        .collect();
    let drawn = rosi::diagnostic::draw(found, &source.name, &source.text(), false);
    let made = py
        .import("rosi._fault")
        .and_then(|module| module.getattr("Fault"))
        .and_then(|class| class.call1((message, json!(told).to_string(), drawn)));
    match made {
        Ok(fault) => PyErr::from_value(fault),
        Err(failed) => failed,
    }
}

fn parsed(py: Python<'_>, source: Source) -> PyResult<Case> {
    match py.detach(|| scenario::parse(&source)) {
        Ok(parsed) => Ok(Case { source, scenario: parsed.scenario, warnings: parsed.warnings }),
        Err(found) => {
            let count = found.iter().filter(|fault| fault.is_error()).count();
            let s = if count == 1 { "" } else { "s" };
            Err(faults(py, &format!("{count} fault{s} in {}", source.name), &found, &source))
        }
    }
}

impl Case {
    fn context(&self) -> Context {
        Context { built_in: false, file: Some(self.source.name.clone()) }
    }

    fn settings(&self, asked: Asked) -> PyResult<Settings> {
        let method = match asked.method.as_str() {
            "auto" => MethodChoice::Auto,
            "exact" => MethodChoice::Exact,
            "simulate" => MethodChoice::Simulate,
            "expected" => MethodChoice::Expected,
            other => {
                let message = format!("method {other:?}: write \"auto\", \"exact\", \"simulate\" or \"expected\"");
                return Err(PyValueError::new_err(message));
            }
        };
        let plan = |id: &String| {
            let found = self.scenario.plans().iter().position(|plan| plan.id == *id);
            found.ok_or_else(|| PyValueError::new_err(format!("there is no plan {id:?}")))
        };
        let plans = asked.plans.map(|ids| ids.iter().map(plan).collect::<PyResult<Vec<usize>>>()).transpose()?;
        let (seed, years, precision) = (asked.seed, asked.years, asked.precision);
        Ok(Settings { plans, method, seed, years, precision, sensitivity: asked.sensitivity })
    }

    fn analysis(&self, py: Python<'_>, settings: &Settings) -> PyResult<Analysis> {
        py.detach(|| engine::analyse(&self.scenario, settings))
            .map_err(|found| faults(py, "the figures cannot be worked out", &found, &self.source))
    }
}

/// What is asked of an assessment.
struct Asked {
    method: String,
    years: Option<u64>,
    seed: Option<u64>,
    precision: Option<f64>,
    plans: Option<Vec<String>>,
    sensitivity: bool,
}

#[pymethods]
impl Case {
    #[new]
    fn new(py: Python<'_>, name: String, bytes: Vec<u8>, samples: BTreeMap<String, Vec<u8>>) -> PyResult<Self> {
        parsed(py, Source { name, bytes, attachments: samples })
    }

    #[getter]
    fn title(&self) -> &str {
        self.scenario.title()
    }

    #[getter]
    fn currency(&self) -> &'static str {
        self.scenario.currency().code()
    }

    #[getter]
    fn text(&self) -> String {
        self.source.text().into_owned()
    }

    #[getter]
    fn sha256(&self) -> &str {
        self.scenario.sha256()
    }

    /// Every stated estimate: key, name, mean, and the 5 %, 50 % and 95 % points of its range.
    fn estimates(&self) -> Vec<(String, String, f64, f64, f64, f64)> {
        let of = |estimate: &rosi::model::Estimate| {
            let at = |chance: f64| estimate.distribution.quantile(chance);
            (estimate.path.clone(), estimate.name.clone(), estimate.mean().to_f64(), at(0.05), at(0.5), at(0.95))
        };
        self.scenario.estimates().iter().filter(|estimate| !estimate.worked_out).map(of).collect()
    }

    /// Points of the exceedance curve of a year: losses and chances, for today and for each plan.
    #[pyo3(signature = (method, seed))]
    fn curves(&self, py: Python<'_>, method: String, seed: Option<u64>) -> PyResult<Vec<(String, Vec<(f64, f64)>)>> {
        let asked = Asked { method, years: None, seed, precision: None, plans: None, sensitivity: false };
        let found = self.analysis(py, &self.settings(asked)?)?;
        let Some(year) = found.year else { return Ok(Vec::new()) };
        let ids = found.plans.iter().map(|plan| self.scenario.plans()[plan.plan].id.clone());
        let years = std::iter::once(&year.today).chain(&year.plans);
        Ok(std::iter::once("today".to_owned()).chain(ids).zip(years.map(|year| year.total.curve.clone())).collect())
    }

    fn set(&self, py: Python<'_>, key: String, value: String) -> PyResult<Self> {
        let change = Change { key, to: To::Value(value) };
        match changed(&self.source, &change) {
            Ok(source) => parsed(py, source),
            Err(fault) => Err(faults(py, &fault.message.clone(), &[fault], &self.source)),
        }
    }

    #[pyo3(signature = (method, years, seed, precision, plans, sensitivity))]
    #[expect(clippy::too_many_arguments, reason = "keywords of the Python function")]
    fn assess(
        &self,
        py: Python<'_>,
        method: String,
        years: Option<u64>,
        seed: Option<u64>,
        precision: Option<f64>,
        plans: Option<Vec<String>>,
        sensitivity: bool,
    ) -> PyResult<String> {
        let settings = self.settings(Asked { method, years, seed, precision, plans, sensitivity })?;
        let analysis = self.analysis(py, &settings)?;
        let report = report::build(&self.scenario, &analysis, &self.warnings, &self.context());
        Ok(render(&report, Format::Json))
    }

    #[pyo3(signature = (budget, goal, must, without, frontier, seconds))]
    #[expect(clippy::too_many_arguments, reason = "keywords of the Python function")]
    fn optimise(
        &self,
        py: Python<'_>,
        budget: Option<String>,
        goal: &str,
        must: Vec<String>,
        without: Vec<String>,
        frontier: usize,
        seconds: f64,
    ) -> PyResult<String> {
        let goal = match goal {
            "value" => Goal::Value,
            "loss" => Goal::Loss,
            "bad-year" => Goal::BadYear,
            "appetite" => Goal::Appetite,
            other => {
                let message = format!("goal {other:?}: write \"value\", \"loss\", \"bad-year\" or \"appetite\"");
                return Err(PyValueError::new_err(message));
            }
        };
        let amount = |text: String| match read(&text, Kind::Money, self.scenario.reading()) {
            Ok(reading) => Ok(Figure::exact(reading.value)),
            Err(_) => Err(PyValueError::new_err(format!("{text:?} is not an amount of money: write \"400k\""))),
        };
        let control = |id: &String| {
            let found = self.scenario.controls().iter().position(|control| control.id == *id);
            found.ok_or_else(|| PyValueError::new_err(format!("there is no control {id:?}")))
        };
        let question = Question {
            goal,
            budget: budget.map(amount).transpose()?,
            must: must.iter().map(control).collect::<PyResult<_>>()?,
            without: without.iter().map(control).collect::<PyResult<_>>()?,
            frontier,
            ..Question::default()
        };
        let found = py.detach(|| {
            let begin = Instant::now();
            let clock = || begin.elapsed().as_secs_f64();
            let patience = Patience { clock: &clock, seconds };
            optimise(&self.scenario, &question, &Settings::default(), patience, &|_| ())
        });
        match found {
            Ok(found) => {
                Ok(render(&report::optimisation(&found, &self.warnings, &self.context()), Format::Json))
            }
            Err(Fault::Figures(found)) => Err(faults(py, "the figures cannot be worked out", &found, &self.source)),
            Err(Fault::NothingToBuy) => Err(PyValueError::new_err("the case has no control that could be bought")),
            Err(Fault::NoLimit) => Err(PyValueError::new_err("the case agrees no limit: add [[appetite]]")),
            Err(Fault::OutOfReach) => Err(PyValueError::new_err("no set that is allowed holds every agreed limit")),
            Err(Fault::Impossible(..)) => {
                Err(PyValueError::new_err("what must be bought breaks a rule of the controls or the budget"))
            }
        }
    }

    /// The board paper.
    fn report<'py>(&self, py: Python<'py>, form: &str, seed: Option<u64>) -> PyResult<Bound<'py, PyBytes>> {
        let settings = Settings { sensitivity: true, seed, ..Settings::default() };
        let analysis = self.analysis(py, &settings)?;
        let made = py.detach(|| {
            // As the program does: the search ends by itself or is left out.
            let question = Question { frontier: 10, ..Question::default() };
            let patience = Patience { clock: &|| 0.0, seconds: 1.0 };
            let few = self.scenario.controls().len() <= 40;
            let found = few.then(|| optimise(&self.scenario, &question, &Settings::default(), patience, &|_| ()));
            let found = found.and_then(Result::ok);
            let paper = report::paper(&self.scenario, &analysis, found.as_ref(), &self.warnings, &self.context());
            match form {
                "html" => render::html(&paper).map(String::into_bytes).map_err(|fault| fault.to_string()),
                "pdf" => render::pdf(&paper, Sheet::customary(paper.report.currency), &|_| Vec::new())
                    .map(|made| made.bytes)
                    .map_err(|fault| fault.to_string()),
                "xlsx" => render::xlsx(&paper.workbook, paper.report.unit()),
                "md" => Ok(render::paper_markdown(&paper).into_bytes()),
                other => Err(format!("format {other:?}: write \"html\", \"pdf\", \"xlsx\" or \"md\"")),
            }
        });
        made.map(|bytes| PyBytes::new(py, &bytes)).map_err(PyValueError::new_err)
    }

    /// What changed from another case to this one.
    fn compare(&self, py: Python<'_>, old: &Case) -> PyResult<String> {
        let staged = py.detach(|| scenario::difference::stages(&old.source, &self.source));
        let (found, warnings) = staged.map_err(|(_, found)| faults(py, "no comparison", &found, &self.source))?;
        let [first, .., last] = found.as_slice() else {
            return Err(PyValueError::new_err("nothing to compare"));
        };
        if first.scenario.currency() != last.scenario.currency() {
            return Err(PyValueError::new_err("the two cases are in different currencies"));
        }
        let scenarios: Vec<Scenario> = found.iter().map(|stage| stage.scenario.clone()).collect();
        let compared = py
            .detach(|| engine::compare::compare(&scenarios, &Settings::default(), &|_| ()))
            .map_err(|found| faults(py, "the figures cannot be worked out", &found, &self.source))?;
        let pair = (&first.scenario, &last.scenario);
        let told = report::comparison(&compared, pair, &found, &warnings, &self.context());
        Ok(render(&told, Format::Json))
    }
}

/// The sample files that a case names.
#[pyfunction]
fn sample_files(name: String, bytes: Vec<u8>) -> Vec<String> {
    scenario::attachments(&Source::new(name, bytes))
}

/// Runs the program; the exit code.
#[pyfunction]
fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    let code = py.detach(|| rosi::cli::run(arguments));
    (0..=3).find(|known| ExitCode::from(*known) == code).unwrap_or(1)
}

#[pymodule]
fn _rosi(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Case>()?;
    module.add_function(wrap_pyfunction!(sample_files, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
