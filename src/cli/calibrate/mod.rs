//! `rosi calibrate`: data to estimates.

mod answer;
mod ask;
#[cfg(feature = "xlsx")]
mod sheet;

use answer::{answer, picture};

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::{Failed, Terminal, files};
use crate::calibrate::answers::{self, Answer};
use crate::calibrate::cell::number;
use crate::calibrate::experts::{self, Kind, Way};
use crate::calibrate::frequency::Prior;
use crate::calibrate::log::{Columns, Wanted};
use crate::calibrate::proposal::{self, Target};
use crate::calibrate::table::Table;
use crate::calibrate::workbook::Sheet;
use crate::calibrate::written::{Written, in_units};
use crate::calibrate::{Exposure, Log, duration, effect, frequency, loss};
use crate::diagnostic::Diagnostic;
use crate::report::texts::{Sheet as SheetWords, texts};
use crate::scenario::parse;
use crate::stats::fit::Family;
use crate::stats::fit::verdict::Count;
use crate::units::reading::DayOrder;
use crate::units::reading::column::{Reading, Style};
use crate::units::{self, Language, Voice};

/// The arguments of `rosi calibrate`.
#[derive(Debug, Args)]
#[command(arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// How often: events of a log in the time that it covers
    Frequency(FrequencyArguments),
    /// How much: the amounts of a log
    Loss(LossArguments),
    /// How long: standstill, detection, containment
    Duration(DurationArguments),
    /// Several people's ranges as one
    Experts(ExpertsArguments),
    /// What a control did: counts before and after it
    Effect(EffectArguments),
    /// Write an Excel sheet with the questions of a case, the equivalent bet and a quiz
    #[cfg(feature = "xlsx")]
    Sheet(sheet::Arguments),
}

/// Where the estimate goes.
#[derive(Debug, Args)]
struct Goal {
    /// Write the estimate into this case (TOML; comments are kept) instead of printing it
    #[arg(long, value_name = "CASE", requires = "key")]
    into: Option<PathBuf>,
    /// Its key, such as `risk.phishing.frequency`
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// `text` to read and paste, `json` for programs
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Text,
    Json,
}

/// Which events of which log.
#[derive(Debug, Args)]
struct Which {
    /// The log: CSV, XLSX, XLS or ODS with a line an event, VERIS or DORA records in JSON; several are joined
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    /// Only events of this category
    #[arg(long, value_name = "WORD")]
    category: Option<String>,
    /// The column with the day of each event, where its heading is none of the usual
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// The column with the amounts
    #[arg(long, value_name = "NAME")]
    amount_column: Option<String>,
    /// The column with the category
    #[arg(long, value_name = "NAME")]
    category_column: Option<String>,
    /// How numbers are written, such as `1.234,5`, where the log leaves it open
    #[arg(long, value_name = "PATTERN", value_parser = ask::style)]
    numbers: Option<Style>,
    /// How days are written, such as `31/12/2026`, where the log leaves it open
    #[arg(long, value_name = "PATTERN", value_parser = ask::order)]
    dates: Option<DayOrder>,
    /// The sheet of a workbook [default: the fullest]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
}

#[derive(Debug, Args)]
struct FrequencyArguments {
    #[command(flatten)]
    which: Which,
    /// The first day on which an event would have been recorded
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The last such day
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// The share of what happens that is seen and recorded, such as `80%`
    #[arg(long, value_name = "SHARE", value_parser = ask::share)]
    seen: Option<f64>,
    /// What was known before: `case` takes the range at the key of the case, or "1 in 20 years to 1 in 2 years"
    #[arg(long, value_name = "RANGE")]
    prior: Option<String>,
    /// Count no event at all: nothing of the category is in the log
    #[arg(long)]
    none: bool,
    #[command(flatten)]
    into: Goal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Lognormal,
    Gamma,
    Pareto,
}

impl From<Shape> for Family {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Lognormal => Self::Lognormal,
            Shape::Gamma => Self::Gamma,
            Shape::Pareto => Self::Pareto,
        }
    }
}

#[derive(Debug, Args)]
struct LossArguments {
    #[command(flatten)]
    which: Which,
    /// Amounts below it were never recorded
    #[arg(long, value_name = "AMOUNT", value_parser = ask::amount)]
    threshold: Option<f64>,
    /// No amount above it was recorded in full
    #[arg(long, value_name = "AMOUNT", value_parser = ask::amount)]
    cap: Option<f64>,
    /// The most that one event can cost
    #[arg(long, value_name = "AMOUNT", value_parser = ask::amount)]
    at_most: Option<f64>,
    /// The family [default: lognormal]
    #[arg(long, value_enum)]
    shape: Option<Shape>,
    /// Take off what was recovered
    #[arg(long)]
    net: bool,
    /// The currency of the estimate
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// One unit of another currency in that one, such as USD=0.92 (several times for several)
    #[arg(long, value_name = "CODE=AMOUNT", value_parser = ask::rate)]
    rate: Vec<(String, f64)>,
    /// Bring amounts to the money of `--today` at so much a year
    #[arg(long, value_name = "SHARE", value_parser = ask::share)]
    inflation: Option<f64>,
    /// The day whose money is meant [default: the last event]
    #[arg(long, value_name = "DAY")]
    today: Option<Date>,
    /// Draw the data against the fit (SVG)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    into: Goal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Length {
    /// Of the standstill
    Outage,
    /// From the beginning until it was seen
    Detection,
    /// From the beginning until it was stopped
    Containment,
    /// From when it was seen until it was stopped
    Response,
}

#[derive(Debug, Args)]
struct DurationArguments {
    #[command(flatten)]
    which: Which,
    /// Which length
    #[arg(long, value_enum, default_value_t = Length::Outage)]
    what: Length,
    /// The day on which the log was closed: what is open has lasted until then
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// The longest that it can take, such as "90 days"
    #[arg(long, value_name = "TIME", value_parser = ask::hours)]
    at_most: Option<f64>,
    /// The family [default: lognormal]
    #[arg(long, value_enum)]
    shape: Option<Shape>,
    /// Draw the data against the fit (SVG)
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    into: Goal,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Asked {
    Amount,
    Frequency,
    Chance,
    Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Pool {
    /// The mixture of all: keeps the disagreement
    Linear,
    /// The product of all: as if each had seen something else
    Log,
    /// The average of their quantiles
    Quantiles,
    /// The mixture, weighted by each person's record in the quiz
    Cooke,
}

#[derive(Debug, Args)]
struct ExpertsArguments {
    /// The answers: a table with `person`, `question`, `low`, `high` (5 % and 95 % points); several files are joined
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The question
    #[arg(long, value_name = "ID")]
    question: Option<String>,
    /// Which pair of columns, such as `freq` for `freq_low` and `freq_high`
    #[arg(long, value_name = "PREFIX")]
    what: Option<String>,
    /// What is asked for [default: what the question's key is in a case, otherwise an amount]
    #[arg(long, value_enum)]
    kind: Option<Asked>,
    /// How the ranges become one
    #[arg(long, value_enum, default_value_t = Pool::Linear)]
    pool: Pool,
    /// Answers to questions with known answers (a column `truth`), to see whose ranges hold
    #[arg(long, value_name = "FILE")]
    quiz: Vec<PathBuf>,
    /// How numbers are written, such as `1.234,5`, where the answers leave it open
    #[arg(long, value_name = "PATTERN", value_parser = ask::style)]
    numbers: Option<Style>,
    #[command(flatten)]
    into: Goal,
}

#[derive(Debug, Args)]
struct EffectArguments {
    /// A log, or a count such as "8 in 4 years"
    before: String,
    /// A log (the same one will do), or a count
    after: String,
    /// The period before, of a log
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// Its last day
    #[arg(long, value_name = "DAY")]
    to: Option<Date>,
    /// The period after: its first day
    #[arg(long, value_name = "DAY")]
    after_from: Option<Date>,
    /// Its last day
    #[arg(long, value_name = "DAY")]
    after_to: Option<Date>,
    /// The share of what happens that is seen, in both periods
    #[arg(long, value_name = "SHARE", value_parser = ask::share)]
    seen: Option<f64>,
    /// Only events of this category
    #[arg(long, value_name = "WORD")]
    category: Option<String>,
    #[command(flatten)]
    into: Goal,
}

/// Runs `rosi calibrate`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    match &arguments.what {
        What::Frequency(arguments) => frequency_of(arguments, terminal),
        What::Loss(arguments) => loss_of(arguments, terminal),
        What::Duration(arguments) => duration_of(arguments, terminal),
        What::Experts(arguments) => experts_of(arguments, terminal),
        What::Effect(arguments) => effect_of(arguments, terminal),
        #[cfg(feature = "xlsx")]
        What::Sheet(arguments) => sheet::run(arguments, terminal),
    }
}

/// Tells faults of a file that is no scenario.
pub(crate) fn told<T>(found: Result<T, Vec<Diagnostic>>, terminal: &Terminal) -> Result<T, Failed> {
    found.map_err(|faults| {
        terminal.diagnostics(&faults, "", "");
        Failed
    })
}

fn one<T>(found: Result<T, Diagnostic>, terminal: &Terminal) -> Result<T, Failed> {
    told(found.map_err(|fault| vec![fault]), terminal)
}

/// The events that are meant.
fn log(which: &Which, asked: Wanted, may_be_empty: bool, terminal: &Terminal) -> Result<Log, Failed> {
    let columns = Columns {
        date: which.date_column.clone(),
        amount: which.amount_column.clone(),
        category: which.category_column.clone(),
        numbers: which.numbers,
        dates: which.dates,
        sheet: which.sheet.clone(),
        may_be_empty,
        asked,
    };
    let logs = which.logs.iter().map(|path| {
        let (name, bytes) = files::bytes(path, terminal)?;
        told(Log::read(&name, &bytes, &columns), terminal)
    });
    told(Log::joined(logs.collect::<Result<_, _>>()?), terminal)
}

/// Those of the category.
fn of_category(log: Log, category: Option<&str>, none: bool, terminal: &Terminal) -> Result<Log, Failed> {
    let Some(category) = category else { return Ok(log) };
    if none {
        let key = category.trim().to_lowercase();
        let events = log.events.into_iter().filter(|event| event.category.trim().to_lowercase() == key).collect();
        return Ok(Log { events, ..log });
    }
    one(log.of_category(category), terminal)
}

impl Goal {
    /// What the estimate is for. What is written into a case is said in its language; without a case, in English.
    fn target<'t>(&'t self, usual: &'t str, category: Option<&'t str>) -> Target<'t> {
        let key = self.key.as_deref().unwrap_or(usual);
        let case = self.into.as_deref().and_then(|path| parse(&files::loaded(path).ok()?).ok());
        let estimates = case.iter().flat_map(|parsed| parsed.scenario.estimates().iter());
        let is_chance =
            estimates.into_iter().any(|estimate| estimate.path == key && estimate.kind == units::Kind::Chance);
        let voice = case.as_ref().map_or_else(Voice::default, |parsed| parsed.scenario.voice());
        Target { key, category, is_chance, voice }
    }
}

fn frequency_of(arguments: &FrequencyArguments, terminal: &Terminal) -> Result<(), Failed> {
    let exposure = one(Exposure::new(arguments.from, arguments.to, arguments.seen), terminal)?;
    let log = log(&arguments.which, Wanted::Counts, arguments.none, terminal)?;
    let category = arguments.which.category.as_deref();
    let log = of_category(log, category, arguments.none, terminal)?;
    if arguments.none && !log.events.is_empty() {
        let of_category = category.map_or(String::new(), |category| format!(" of category {category}"));
        let held = proposal::counted(log.events.len(), "event");
        terminal.fault(
            &format!("`--none` counts no event, and {} holds {held}{of_category}", log.name),
            &["leave `--none` out", "or name the category of which there is none: `--category WORD`"],
        );
        return Err(Failed);
    }
    let prior = match arguments.prior.as_deref() {
        None => None,
        Some("case") => Some(prior_of_case(&arguments.into, &log.name, terminal)?),
        Some(text) => Some(ask::prior(text, terminal)?),
    };
    let target = arguments.into.target("frequency", category);
    let proposal = told(frequency::frequency(&log, &exposure, prior, &target), terminal)?;
    answer(&proposal, &arguments.into, terminal)
}

/// The range that stands at the key of the case, which must not come from this very log.
fn prior_of_case(into: &Goal, log: &str, terminal: &Terminal) -> Result<Prior, Failed> {
    let (Some(path), Some(key)) = (&into.into, &into.key) else {
        terminal.fault(
            "`--prior case` needs the case and its key",
            &["add `--into case.toml --key risk.phishing.frequency`"],
        );
        return Err(Failed);
    };
    let source = files::unguarded(path, terminal)?;
    let parsed = files::parsed(&source, terminal, false)?;
    let estimate = parsed.scenario.estimates().iter().find(|estimate| estimate.path == *key);
    let range = estimate.and_then(|estimate| estimate.shape.distribution(estimate.kind).ok());
    let (Some(estimate), Some(range)) = (estimate, range) else {
        terminal.fault(&format!("{} has no estimate at `{key}`", source.name), &["keys are those of `rosi explain`"]);
        return Err(Failed);
    };
    if estimate.record.source.as_deref().is_some_and(|from| from.contains(log)) {
        terminal.fault(
            &format!("the range at `{key}` already comes from {log}: its events would count twice"),
            &["leave `--prior` out, or calibrate from a log of a later time"],
        );
        return Err(Failed);
    }
    let (low, high) = (range.quantile(0.05), range.quantile(0.95));
    if estimate.is_fixed() || low >= high {
        terminal.fault(
            &format!("`{key}` is a single value: it says how often, not how sure that is"),
            &["write it as a range first, or leave `--prior` out"],
        );
        return Err(Failed);
    }
    Ok(Prior { low, high })
}

fn loss_of(arguments: &LossArguments, terminal: &Terminal) -> Result<(), Failed> {
    let category = arguments.which.category.as_deref();
    let log = of_category(log(&arguments.which, Wanted::All, false, terminal)?, category, false, terminal)?;
    let terms = loss::Terms {
        threshold: arguments.threshold.unwrap_or(0.0),
        cap: arguments.cap,
        at_most: arguments.at_most,
        family: arguments.shape.map(Family::from),
        net: arguments.net,
        currency: arguments.currency.clone(),
        rates: arguments.rate.clone(),
        inflation: arguments.inflation.unwrap_or(0.0),
        today: arguments.today,
    };
    let target = arguments.into.target("loss.response", category);
    let fitted = told(loss::loss(&log, &terms, &target), terminal)?;
    picture(arguments.out.as_deref(), &fitted, terminal)?;
    answer(&fitted.proposal, &arguments.into, terminal)
}

fn duration_of(arguments: &DurationArguments, terminal: &Terminal) -> Result<(), Failed> {
    let category = arguments.which.category.as_deref();
    let log = of_category(log(&arguments.which, Wanted::Lengths, false, terminal)?, category, false, terminal)?;
    let which = match arguments.what {
        Length::Outage => duration::Which::Outage,
        Length::Detection => duration::Which::Detection,
        Length::Containment => duration::Which::Containment,
        Length::Response => duration::Which::Response,
    };
    let target = arguments.into.target("duration", category);
    let family = arguments.shape.map(Family::from);
    let fitted = told(duration::duration(&log, which, family, arguments.at_most, arguments.to, &target), terminal)?;
    picture(arguments.out.as_deref(), &fitted, terminal)?;
    answer(&fitted.proposal, &arguments.into, terminal)
}

fn experts_of(arguments: &ExpertsArguments, terminal: &Terminal) -> Result<(), Failed> {
    // What `rosi calibrate sheet` calls its sheets, in each language.
    let named = |sheet: fn(&SheetWords) -> &'static str| Language::ALL.map(|language| sheet(&texts(language).sheet));
    let read = |paths: &[PathBuf], sheet: &[&str], what: Option<&str>| -> Result<Vec<Written>, Failed> {
        let each = paths.iter().map(|path| {
            let (name, bytes) = files::bytes(path, terminal)?;
            let table = one(Table::read(&name, &bytes, Sheet::Usual(sheet)).and_then(Table::filled), terminal)?;
            told(answers::written(&table, what, arguments.numbers), terminal)
        });
        Ok(each.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    };
    let written = read(&arguments.files, &named(|words| words.ranges), arguments.what.as_deref())?;
    let quiz = read(&arguments.quiz, &named(|words| words.quiz), None)?;
    let mut quiz: Vec<Answer> = quiz.into_iter().map(|one| one.answer).collect();
    #[cfg(feature = "xlsx")]
    for answer in quiz.iter_mut().filter(|answer| answer.truth.is_none()) {
        answer.truth = sheet::truth(&answer.question);
    }
    let mut questions: Vec<String> = written.iter().map(|one| one.answer.question.clone()).collect();
    questions.sort();
    questions.dedup();
    let question = match (&arguments.question, questions.as_slice()) {
        (Some(question), _) => question.clone(),
        (None, [only]) => only.clone(),
        (None, several) => {
            terminal.fault(
                &format!("the answers are to {} questions", several.len()),
                &[&format!("choose one: `--question {}`", several.join("`, `--question "))],
            );
            return Err(Failed);
        }
    };
    // Answers with a known truth are a record, whichever file they stand in.
    let (asked, others): (Vec<Written>, Vec<Written>) =
        written.into_iter().partition(|one| one.answer.question == question);
    quiz.extend(others.into_iter().map(|one| one.answer).filter(|answer| answer.truth.is_some()));
    let kind = match arguments.kind {
        None => ask::kind_of(&question),
        Some(Asked::Amount) => Kind::Amount,
        Some(Asked::Frequency) => Kind::Frequency,
        Some(Asked::Chance) => Kind::Chance,
        Some(Asked::Duration) => Kind::Hours,
    };
    let answers = told(in_units(asked, kind), terminal)?;
    let way = match arguments.pool {
        Pool::Linear => Way::Linear,
        Pool::Log => Way::Logarithmic,
        Pool::Quantiles => Way::Quantiles,
        Pool::Cooke => Way::Cooke,
    };
    let source: Vec<String> = arguments.files.iter().map(|path| path.display().to_string()).collect();
    let usual = match kind {
        Kind::Amount => "loss.response",
        Kind::Frequency => "frequency",
        Kind::Chance => "chance",
        Kind::Hours => "duration",
    };
    let source = source.join(", ");
    let Target { key, voice, .. } = arguments.into.target(usual, None);
    let asked = experts::Question { kind, text: &question, source: &source, key, voice };
    let proposal = told(experts::experts(&answers, &quiz, way, &asked), terminal)?;
    answer(&proposal, &arguments.into, terminal)
}

fn effect_of(arguments: &EffectArguments, terminal: &Terminal) -> Result<(), Failed> {
    let side = |text: &str, from: Option<Date>, to: Option<Date>| -> Result<effect::Side, Failed> {
        if let Some(count) = ask::count(text) {
            let years = count.years;
            let count = Count { years: years * arguments.seen.unwrap_or(1.0), ..count };
            return Ok(effect::Side { count, years, source: text.to_owned(), period: None });
        }
        let exposure = one(Exposure::new(from, to, arguments.seen), terminal)?;
        let which = Which {
            logs: vec![PathBuf::from(text)],
            category: arguments.category.clone(),
            date_column: None,
            amount_column: None,
            category_column: None,
            numbers: None,
            dates: None,
            sheet: None,
        };
        let log =
            of_category(log(&which, Wanted::Counts, true, terminal)?, arguments.category.as_deref(), true, terminal)?;
        Ok(effect::Side::of_log(&log, &exposure))
    };
    let before = side(&arguments.before, arguments.from, arguments.to)?;
    let after = side(&arguments.after, arguments.after_from, arguments.after_to)?;
    let Target { key, voice, .. } = arguments.into.target("reduction", None);
    let (proposal, _) = one(effect::effect(&before, &after, key, voice), terminal)?;
    answer(&proposal, &arguments.into, terminal)
}

/// A number as people write it.
fn plain(text: &str) -> Result<f64, String> {
    number(text, Reading::default()).map(|found| found.value)
}
