//! rosi for Python: the same engine, the same figures, the same bytes as the program's JSON.
//!
//! Only what crosses the border stands here: text in, text out, faults as exceptions. What Python reads is shaped in
//! `python/rosi`. The interpreter is released while figures are worked out.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use rosi::internal::diagnostic::Diagnostic;
use rosi::internal::engine::optimise::{self, Fault, Goal, Patience, Question};
use rosi::internal::engine::{self, Analysis, MethodChoice, Settings};
use rosi::internal::model::{ControlId, Estimate, Scenario};
use rosi::internal::render::{self, Format, Sheet, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::edit::{Change, To};
use rosi::internal::scenario::{self, Source};
use rosi::internal::units::reading::read;
use rosi::internal::units::{Figure, Kind};
use rosi::{Error, Options};

/// A case that was read.
#[pyclass(frozen, module = "rosi._rosi")]
struct Case(rosi::Case);

/// Points of an exceedance curve by option: losses, and the chances of losing more.
type Curves = Vec<(String, Vec<f64>, Vec<f64>)>;

/// The exception for faults: a sentence, and every fault with code, key, line and cure.
fn raised(py: Python<'_>, error: &Error) -> PyErr {
    let found = error.faults();
    if found.is_empty() {
        return wrong(error.to_string());
    }
    let told = render::value(&found).to_string();
    let made = py
        .import("rosi._fault")
        .and_then(|module| module.getattr("Fault"))
        .and_then(|class| class.call1((error.message(), told, error.picture())));
    match made {
        Ok(fault) => PyErr::from_value(fault),
        Err(failed) => failed,
    }
}

fn wrong(message: impl Into<String>) -> PyErr {
    PyValueError::new_err(message.into())
}

/// The place of an id in a list, or the ids that there are.
fn place<'i>(kind: &str, id: &str, known: impl Iterator<Item = &'i str>) -> PyResult<usize> {
    let known: Vec<&str> = known.collect();
    known.iter().position(|known| *known == id).ok_or_else(|| {
        let those = if known.is_empty() { "the case has none".to_owned() } else { known.join(", ") };
        wrong(format!("there is no {kind} \"{id}\": {those}"))
    })
}

impl Case {
    fn scenario(&self) -> &Scenario {
        self.0.scenario()
    }

    /// As the program is told the name of the file.
    fn context(&self) -> Context {
        Context { built_in: false, file: Some(self.0.file().name.clone()), before: None }
    }

    fn analysis(&self, py: Python<'_>, settings: &Settings) -> PyResult<Analysis> {
        py.detach(|| self.0.analysed(settings, &|_| ())).map_err(|found| raised(py, &found))
    }

    fn refused(&self, py: Python<'_>, found: Vec<Diagnostic>) -> PyErr {
        raised(py, &Error::of("the figures cannot be worked out", found, self.0.source()))
    }

    fn estimate(&self, key: &str) -> PyResult<&Estimate> {
        let known = || self.scenario().estimates().iter().filter(|estimate| !estimate.worked_out);
        place("estimate", key, known().map(|estimate| estimate.path.as_str()))
            .and_then(|place| known().nth(place).ok_or_else(|| wrong("there is no such estimate")))
    }

    /// The same case with one thing changed.
    fn changed(&self, py: Python<'_>, change: &Change) -> PyResult<Self> {
        py.detach(|| self.0.changed(change)).map(Self).map_err(|found| raised(py, &found))
    }
}

/// How figures are worked out, by the words of Python.
fn options(method: &str) -> PyResult<Options> {
    let mut options = Options::default();
    options.method = match method {
        "auto" => MethodChoice::Auto,
        "exact" => MethodChoice::Exact,
        "simulate" => MethodChoice::Simulate,
        "expected" => MethodChoice::Expected,
        other => {
            return Err(wrong(format!("method \"{other}\": write \"auto\", \"exact\", \"simulate\" or \"expected\"")));
        }
    };
    Ok(options)
}

#[pymethods]
impl Case {
    #[new]
    fn new(py: Python<'_>, name: String, bytes: Vec<u8>, samples: BTreeMap<String, Vec<u8>>) -> PyResult<Self> {
        let source = Source { name, bytes, attachments: samples };
        py.detach(|| rosi::Case::from_source(source)).map(Self).map_err(|found| raised(py, &found))
    }

    #[getter]
    fn title(&self) -> &str {
        self.scenario().title()
    }

    #[getter]
    fn currency(&self) -> &'static str {
        self.scenario().currency().code()
    }

    #[getter]
    fn content<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.source().bytes)
    }

    #[getter]
    fn sha256(&self) -> &str {
        self.scenario().sha256()
    }

    /// Each change since the file was read, as it is told.
    #[getter]
    fn changes(&self) -> Vec<String> {
        self.0.changes().to_vec()
    }

    /// What the case is made of: name and bytes of the file as it was read, its samples.
    fn origin<'py>(&self, py: Python<'py>) -> (String, Bound<'py, PyBytes>, BTreeMap<String, Bound<'py, PyBytes>>) {
        let file = self.0.file();
        let samples = file.attachments.iter().map(|(name, bytes)| (name.clone(), PyBytes::new(py, bytes)));
        (file.name.clone(), PyBytes::new(py, &file.bytes), samples.collect())
    }

    /// Advice: code, key and sentence.
    #[getter]
    fn advice(&self) -> Vec<(String, String, String)> {
        let told = |one: &Diagnostic| (one.code.as_str().to_owned(), one.path.clone(), one.message.clone());
        self.0.advice().iter().map(told).collect()
    }

    /// Every stated estimate: key, name, mean, and the 5 %, 50 % and 95 % points of its range.
    fn estimates(&self) -> Vec<(String, String, f64, f64, f64, f64)> {
        let of = |estimate: &Estimate| {
            let at = |chance: f64| estimate.distribution.quantile(chance);
            (estimate.path.clone(), estimate.name.clone(), estimate.mean().to_f64(), at(0.05), at(0.5), at(0.95))
        };
        self.scenario().estimates().iter().filter(|estimate| !estimate.worked_out).map(of).collect()
    }

    /// The values that an estimate stays below with these chances.
    fn quantiles(&self, key: &str, chances: Vec<f64>) -> PyResult<Vec<f64>> {
        if let Some(chance) = chances.iter().find(|chance| !(**chance > 0.0 && **chance < 1.0)) {
            return Err(wrong(format!("{chance} is no chance: write one above 0 and below 1")));
        }
        let estimate = self.estimate(key)?;
        Ok(chances.iter().map(|chance| estimate.distribution.quantile(*chance)).collect())
    }

    #[pyo3(signature = (method, years, seed))]
    fn curves(&self, py: Python<'_>, method: String, years: Option<u64>, seed: Option<u64>) -> PyResult<Curves> {
        let settings = Settings { method: options(&method)?.method, years, seed, ..Settings::default() };
        let found = self.analysis(py, &settings)?;
        let Some(year) = found.year else { return Ok(Vec::new()) };
        let ids = found.plans.iter().map(|plan| self.scenario().plans()[plan.plan].id.clone());
        let years = std::iter::once(&year.today).chain(&year.plans);
        let points = years.map(|year| year.total.curve.iter().copied().unzip());
        Ok(std::iter::once("today".to_owned()).chain(ids).zip(points).map(|(id, (x, y))| (id, x, y)).collect())
    }

    /// A change as it is typed behind `--set`.
    fn set(&self, py: Python<'_>, key: &str, value: &str) -> PyResult<Self> {
        let change = Change::typed(&format!("{key}={value}"))
            .ok_or_else(|| wrong(format!("\"{key}\" and \"{value}\" are no key and value: leave neither empty")))?;
        self.changed(py, &change)
    }

    /// A range by the keys of one form.
    fn set_range(&self, py: Python<'_>, key: String, ends: Vec<(String, String)>) -> PyResult<Self> {
        self.changed(py, &Change { key, to: To::Range(ends) })
    }

    /// The controls of a plan.
    fn set_controls(&self, py: Python<'_>, key: String, controls: Vec<String>) -> PyResult<Self> {
        self.changed(py, &Change { key, to: To::Controls(controls) })
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
        let mut options = options(&method)?;
        (options.years, options.seed, options.precision) = (years, seed, precision);
        (options.plans, options.sensitivity) = (plans.unwrap_or_default(), sensitivity);
        let found = py.detach(|| self.0.assess(&options)).map_err(|found| raised(py, &found))?;
        Ok(render::json(&found))
    }

    #[pyo3(signature = (budget, by_year, by_quarter, goal, must, without, frontier, seconds))]
    #[expect(clippy::too_many_arguments, reason = "keywords of the Python function")]
    fn optimise(
        &self,
        py: Python<'_>,
        budget: Option<String>,
        by_year: Vec<String>,
        by_quarter: Vec<String>,
        goal: &str,
        must: Vec<String>,
        without: Vec<String>,
        frontier: usize,
        seconds: f64,
    ) -> PyResult<String> {
        let goals = [Goal::Value, Goal::Loss, Goal::BadYear, Goal::Appetite];
        let named = goals.into_iter().find(|one| one.key().replace('_', "-") == goal);
        let goal = named.ok_or_else(|| {
            wrong(format!("goal \"{goal}\": write \"value\", \"loss\", \"bad-year\" or \"appetite\""))
        })?;
        let amount = |text: &String| match read(text, Kind::Money, self.scenario().reading()) {
            Ok(reading) => Ok(Figure::exact(reading.value)),
            Err(_) => {
                Err(wrong(format!("\"{text}\" is no amount of money that can be read in one way: write \"400k\"")))
            }
        };
        let amounts = |texts: &[String], most: usize| {
            if texts.len() > most {
                return Err(wrong(format!("{} amounts, the case has room for {most}", texts.len())));
            }
            texts.iter().map(amount).collect::<PyResult<Vec<_>>>()
        };
        let horizon = self.scenario().assumptions().horizon;
        let controls = self.scenario().controls();
        let control = |id: &String| place("control", id, controls.iter().map(|c| c.id.as_str())).map(ControlId);
        let question = Question {
            goal,
            budget: budget.as_ref().map(amount).transpose()?,
            by_year: amounts(&by_year, horizon + 1)?,
            by_quarter: amounts(&by_quarter, 4 * horizon)?,
            must: must.iter().map(control).collect::<PyResult<_>>()?,
            without: without.iter().map(control).collect::<PyResult<_>>()?,
            frontier,
        };
        if let Some(both) = question.must.iter().find(|control| question.without.contains(control)) {
            return Err(wrong(format!("\"{}\" must and may not be bought", controls[*both].id)));
        }
        if let Some(bought) = question.must.iter().find(|control| controls[**control].in_place) {
            return Err(wrong(format!("\"{}\" is in place already", controls[*bought].id)));
        }
        let found = py.detach(|| {
            let begin = Instant::now();
            let clock = || begin.elapsed().as_secs_f64();
            let patience = Patience { clock: &clock, seconds };
            optimise::optimise(self.scenario(), &question, &Settings::default(), patience, &|_| ())
        });
        match found {
            Ok(found) => Ok(render(&report::optimisation(&found, self.0.advice(), &self.context()), Format::Json)),
            Err(Fault::Figures(found)) => Err(self.refused(py, found)),
            Err(Fault::NothingToBuy) => Err(wrong("the case has no control that could be bought")),
            Err(Fault::NoLimit) => Err(wrong("the case agrees no limit: add [[appetite]]")),
            Err(Fault::OutOfReach) => Err(wrong("no set of the controls was found that holds every agreed limit")),
            Err(Fault::Impossible(..)) => {
                Err(wrong("what must be bought breaks a rule of the controls or takes more than the budget"))
            }
        }
    }

    /// The board paper.
    #[pyo3(signature = (form, full, sheet, method, seed))]
    fn report<'py>(
        &self,
        py: Python<'py>,
        form: &str,
        full: bool,
        sheet: Option<&str>,
        method: String,
        seed: Option<u64>,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let sheet = match sheet {
            None => Sheet::customary(self.scenario().currency()),
            Some("a4") => Sheet::A4,
            Some("letter") => Sheet::Letter,
            Some(other) => return Err(wrong(format!("sheet \"{other}\": write \"a4\" or \"letter\""))),
        };
        let mut options = options(&method)?;
        options.seed = seed;
        let paper = py.detach(|| self.0.board_paper(&options)).map_err(|found| raised(py, &found))?;
        let made = py.detach(|| {
            let paper = if full { paper } else { paper.short() };
            match form {
                "html" => paper.html().map(String::into_bytes),
                "pdf" => paper.pdf_with(sheet, &rosi::cli::fonts_with),
                "xlsx" => paper.xlsx(),
                "md" => Ok(paper.markdown().into_bytes()),
                other => return Err(wrong(format!("form \"{other}\": write \"html\", \"pdf\", \"xlsx\" or \"md\""))),
            }
            .map_err(|fault| wrong(fault.to_string()))
        });
        made.map(|bytes| PyBytes::new(py, &bytes))
    }

    /// What changed from another case to this one.
    fn compare(&self, py: Python<'_>, old: &Case) -> PyResult<String> {
        let (before, after) = (old.0.source(), self.0.source());
        let staged = py.detach(|| scenario::difference::stages(before, after));
        let (found, warnings) = staged.map_err(|(is_old, found)| {
            let source = if is_old { before } else { after };
            raised(py, &Error::of(format!("{} has faults: no comparison", source.name), found, source))
        })?;
        let [first, .., last] = found.as_slice() else { return Err(wrong("nothing to compare")) };
        let (before, after) = (first.scenario.currency().code(), last.scenario.currency().code());
        if before != after {
            return Err(wrong(format!("the old case is in {before}, the new one in {after}")));
        }
        let scenarios: Vec<Scenario> = found.iter().map(|stage| stage.scenario.clone()).collect();
        let compared = py
            .detach(|| engine::compare::compare(&scenarios, &Settings::default(), &|_| ()))
            .map_err(|found| self.refused(py, found))?;
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

/// What `rosi batch` writes for one line of its input.
#[pyfunction]
fn batch_line(py: Python<'_>, number: usize, line: &str, folder: PathBuf, arguments: Vec<String>) -> PyResult<String> {
    py.detach(|| rosi::cli::batch_line(number, line.as_bytes(), folder, &arguments)).map_err(wrong)
}

/// Runs the program; the exit code. `starter` begins it anew for the processes of a batch.
#[pyfunction]
fn run(py: Python<'_>, starter: (OsString, Vec<OsString>), arguments: Vec<OsString>) -> u8 {
    let code = py.detach(|| rosi::cli::run_within(starter, arguments));
    (0..=u8::MAX).find(|known| ExitCode::from(*known) == code).unwrap_or(1)
}

#[pymodule]
fn _rosi(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Case>()?;
    module.add_function(wrap_pyfunction!(sample_files, module)?)?;
    module.add_function(wrap_pyfunction!(batch_line, module)?)?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))
}
