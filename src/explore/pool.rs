//! What do several people's ranges for one input say together?
//!
//! Each range is read as the file reads, and pooled as `rosi calibrate experts` pools (the mixture, which keeps the
//! disagreement).

use crate::calibrate::answers::Answer;
use crate::calibrate::experts::{Kind as Asked, Question, Way, experts};
use crate::calibrate::proposal::Part;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Scenario;
use crate::report::texts::{line, texts};
use crate::scenario::edit::{Change, To, quantity_text};
use crate::units::reading::{self, Settings};
use crate::units::{Arithmetic, Kind, Numbers};

/// One person's range.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// Who.
    pub person: String,
    /// The 5 % point, as typed and as read.
    pub low: (String, f64),
    /// The 95 % point.
    pub high: (String, f64),
}

/// Reads one person's range for an input.
///
/// # Errors
/// An input that there is none, and what is no range of its kind.
pub fn read_range(scenario: &Scenario, key: &str, person: &str, low: &str, high: &str) -> Result<Estimate, Diagnostic> {
    let (kind, words) = (kind_of(scenario, key)?, &texts(scenario).replies);
    let read = |text: &str| {
        reading::read(text, kind, scenario.reading()).map(|read| f64::from_decimal(read.value)).map_err(|_| {
            let example = kind.typed_example(scenario.voice().language);
            Diagnostic::new(Code::BadQuantity, line(words.no_quantity, &[("text", &text)]))
                .help(line(words.write_such, &[("example", &example)]))
                .path(key)
        })
    };
    let (low_value, high_value) = (read(low)?, read(high)?);
    let fault = |message: &str, help: &str| Err(Diagnostic::new(Code::WrongOrder, message).help(help).path(key));
    if low_value >= high_value {
        return fault(words.wrong_order, words.right_order);
    }
    if low_value <= 0.0 || kind == Kind::Chance && high_value >= 1.0 {
        return fault(words.at_bound, words.within_bound);
    }
    let estimate = (low.to_owned(), low_value, high.to_owned(), high_value);
    Ok(Estimate { person: person.to_owned(), low: (estimate.0, estimate.1), high: (estimate.2, estimate.3) })
}

fn kind_of(scenario: &Scenario, key: &str) -> Result<Kind, Diagnostic> {
    let found = scenario.estimates().iter().find(|estimate| estimate.path == key && !estimate.worked_out);
    found.map(|estimate| estimate.kind).ok_or_else(|| {
        Diagnostic::new(Code::UnknownId, format!("there is no input `{key}`"))
            .help("choose one from the list")
            .path(key)
    })
}

/// The ranges pooled: the change that writes it, and what was found.
///
/// # Errors
/// Ranges that cannot be pooled.
pub fn pooled(
    scenario: &Scenario,
    key: &str,
    estimates: &[Estimate],
) -> Result<(Change, Vec<String>), Vec<Diagnostic>> {
    let kind = kind_of(scenario, key).map_err(|fault| vec![fault])?;
    let asked = match kind {
        Kind::Frequency => Asked::Frequency,
        Kind::Chance | Kind::Rate => Asked::Chance,
        Kind::Period => Asked::Hours,
        Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage | Kind::WorkTime | Kind::Number => Asked::Amount,
    };
    let answers: Vec<Answer> = estimates
        .iter()
        .enumerate()
        .map(|(place, estimate)| Answer {
            place: (place + 1).to_string(),
            person: estimate.person.clone(),
            question: key.to_owned(),
            low: estimate.low.1,
            middle: None,
            high: estimate.high.1,
            truth: None,
        })
        .collect();
    let voice = scenario.voice();
    let source = texts(voice).experts.room;
    let question = Question { kind: asked, text: key, source, key, voice };
    let proposal = experts(&answers, &[], Way::Linear, &question)?;
    // What is proposed is written with a point; it goes to the file as the file writes.
    let english = Settings { numbers: Some(Numbers::CommaPoint), ..scenario.reading().clone() };
    let written = match asked {
        Asked::Frequency => Kind::Frequency,
        Asked::Chance => Kind::Chance,
        Asked::Hours => Kind::Period,
        Asked::Amount => Kind::Number,
    };
    let pair = |(name, part): &(&'static str, Part)| {
        let text = match part {
            Part::Text(text) => text.clone(),
            Part::Number(number) => number.to_string(),
            Part::List(_) => return None,
        };
        let value = reading::read(&text, written, &english).ok()?.value;
        Some(((*name).to_owned(), quantity_text(value, kind, scenario.reading().numbers)))
    };
    let pairs: Option<Vec<(String, String)>> = proposal.value.iter().map(pair).collect();
    let no_form = || vec![Diagnostic::new(Code::Infeasible, texts(scenario).replies.no_common_form).path(key)];
    let pairs = pairs.ok_or_else(no_form)?;
    let found = proposal.findings.into_iter().chain(proposal.cautions).collect();
    Ok((Change { key: key.to_owned(), to: To::Range(pairs) }, found))
}
