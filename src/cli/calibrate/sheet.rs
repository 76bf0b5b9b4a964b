//! `rosi calibrate sheet`: the questions of a case for people to answer, as a workbook.
//!
//! Three sheets: how to state a range that holds nine times in ten (with the equivalent bet), the
//! ranges of the case, and a quiz of questions whose answers can be looked up. `rosi calibrate
//! experts` reads the workbook again.

use std::path::PathBuf;

use clap::Args;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

use super::super::{Failed, Terminal, files, write};
use crate::model::Estimate;
use crate::render::clean;
use crate::report::texts::{Quiz, Sheet, line, texts};
use crate::units::{Kind, Voice};

/// The arguments of `rosi calibrate sheet`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The case whose ranges are asked for; only the quiz without one
    case: Option<PathBuf>,
    /// Where the workbook is written
    #[arg(long, value_name = "FILE", required = true)]
    out: PathBuf,
    /// Who is asked; one sheet for each person keeps them from seeing each other's answers
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Write the answers of the quiz beside it: for whoever scores it
    #[arg(long)]
    answers: bool,
}

/// A question of the quiz: name, text, unit, answer, source.
type Question = (&'static str, Said, Said, f64, Said);

/// One of the quiz's texts.
type Said = fn(&Quiz) -> &'static str;

/// Questions that everybody may know a little about and nobody exactly.
const QUIZ: [Question; 20] = [
    ("Q01", |q| q.moon, |q| q.kilometres, 384_400.0, |_| "NASA, Moon Fact Sheet"),
    ("Q02", |q| q.jupiter, |q| q.kilometres, 142_984.0, |_| "NASA, Planetary Fact Sheet"),
    ("Q03", |q| q.mercury, |q| q.days, 87.97, |_| "NASA, Planetary Fact Sheet"),
    ("Q04", |q| q.light, |q| q.seconds, 499.0, |q| q.from_units),
    ("Q05", |q| q.everest, |q| q.metres, 8_848.86, |q| q.from_surveyors),
    ("Q06", |q| q.eiffel, |q| q.metres, 330.0, |_| "toureiffel.paris"),
    ("Q07", |q| q.marathon, |q| q.metres, 42_195.0, |q| q.from_athletics),
    ("Q08", |q| q.iron, |q| q.celsius, 1_538.0, |_| "NIST"),
    ("Q09", |q| q.gold, |q| q.grams, 196.967, |q| q.from_weights),
    ("Q10", |q| q.nations, |q| q.states, 193.0, |_| "un.org"),
    ("Q11", |q| q.des, |q| q.bits, 56.0, |_| "NIST, FIPS PUB 46"),
    ("Q12", |q| q.header, |q| q.bytes, 40.0, |_| "RFC 8200"),
    ("Q13", |q| q.port, |q| q.number, 65_535.0, |_| "RFC 9293"),
    ("Q14", |q| q.gdpr, |q| q.articles, 99.0, |q| q.from_gdpr),
    ("Q15", |q| q.ai, |q| q.articles, 113.0, |q| q.from_ai),
    ("Q16", |q| q.breach, |q| q.hours, 72.0, |q| q.from_breach),
    ("Q17", |q| q.sound, |q| q.metres_a_second, 343.2, |_| "CRC Handbook of Chemistry and Physics"),
    ("Q18", |q| q.union, |q| q.millions, 449.2, |_| "Eurostat, demo_gind"),
    ("Q19", |q| q.complaints, |q| q.complaint_count, 1_008_597.0, |_| "FBI, Internet Crime Report 2025"),
    ("Q20", |q| q.businesses, |q| q.of_100, 43.0, |_| "UK Cyber Security Breaches Survey 2025/26"),
];

/// How a range is stated, a row each; those that go on with the row above are indented.
fn guide(words: &Sheet) -> [(&'static str, bool); 12] {
    [
        (words.guide, false),
        (words.two_values, false),
        (words.start_wide, false),
        (words.each_end, false),
        (words.bet, false),
        (words.too_narrow, true),
        (words.right, true),
        (words.against, false),
        (words.about_middle, false),
        (words.about_low, false),
        (words.alone, false),
        (words.afterwards, false),
    ]
}

/// Runs `rosi calibrate sheet`.
pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let (estimates, voice) = match &arguments.case {
        None => (Vec::new(), Voice::default()),
        Some(path) => {
            let source = files::source(path, terminal)?;
            let parsed = files::parsed(&source, terminal, false)?;
            let asked = |estimate: &&Estimate| !estimate.is_fixed() || estimate.record.example;
            (parsed.scenario.estimates().iter().filter(asked).cloned().collect(), parsed.scenario.voice())
        }
    };
    let bytes = book(&estimates, voice, arguments).map_err(|fault| {
        terminal.fault(&format!("the workbook cannot be made: {fault}"), &[]);
        Failed
    })?;
    write::whole(&arguments.out, &bytes, terminal)?;
    terminal.note(&line(
        texts(voice).sheet.written,
        &[("file", &arguments.out.display()), ("count", &estimates.len()), ("quiz", &QUIZ.len())],
    ));
    Ok(())
}

fn unit(words: &Sheet, kind: Kind) -> &'static str {
    match kind {
        Kind::Money => words.money,
        Kind::YearlyMoney => words.money_a_year,
        Kind::Chance => words.percent,
        Kind::Frequency => words.times_a_year,
        Kind::Period => words.hours,
        _ => words.as_in_case,
    }
}

fn book(estimates: &[Estimate], voice: Voice, arguments: &Arguments) -> Result<Vec<u8>, XlsxError> {
    let (words, quiz) = (&texts(voice).sheet, &texts(voice).quiz);
    let mut file = Workbook::new();
    // A date of its own would make each run another file.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    file.set_properties(&DocProperties::new().set_title(words.title).set_creation_datetime(&created));
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = Format::new().set_bold().set_text_wrap();
    let person = clean(arguments.person.as_deref().unwrap_or(""));

    let page = file.add_worksheet().set_name(words.how)?;
    page.set_column_width(0, 110)?;
    let indented = wrapped.clone().set_indent(1);
    for (row, (text, goes_on)) in guide(words).into_iter().enumerate() {
        let look = if goes_on { &indented } else { &wrapped };
        page.write_string_with_format(row as u32, 0, text, if row == 0 { &head } else { look })?;
    }
    let mut columns = vec![
        (words.person, 18.0),
        (words.question, 34.0),
        (words.asked_for, 52.0),
        (words.unit, 22.0),
        (words.low, 14.0),
        (words.middle, 14.0),
        (words.high, 14.0),
        (words.why, 40.0),
    ];
    if !estimates.is_empty() {
        let page = file.add_worksheet().set_name(words.ranges)?;
        for (column, (name, width)) in columns.iter().enumerate() {
            page.set_column_width(column as u16, *width)?;
            page.write_string_with_format(0, column as u16, *name, &head)?;
        }
        for (row, estimate) in estimates.iter().enumerate() {
            let row = row as u32 + 1;
            let cells =
                [person.clone(), clean(&estimate.path), clean(&estimate.name), unit(words, estimate.kind).to_owned()];
            for (column, cell) in cells.iter().enumerate() {
                page.write_string_with_format(row, column as u16, cell, &wrapped)?;
            }
        }
        page.set_freeze_panes(1, 0)?;
    }
    columns.truncate(7);
    if arguments.answers {
        columns.extend([(words.truth, 14.0), (words.source, 50.0)]);
    }
    let page = file.add_worksheet().set_name(words.quiz)?;
    for (column, (name, width)) in columns.iter().enumerate() {
        page.set_column_width(column as u16, *width)?;
        page.write_string_with_format(0, column as u16, *name, &head)?;
    }
    for (row, (name, text, unit, truth, source)) in QUIZ.iter().enumerate() {
        let row = row as u32 + 1;
        for (column, cell) in [person.as_str(), name, text(quiz), unit(quiz)].iter().enumerate() {
            page.write_string_with_format(row, column as u16, *cell, &wrapped)?;
        }
        if arguments.answers {
            page.write_number(row, 7, *truth)?;
            page.write_string_with_format(row, 8, source(quiz), &wrapped)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    file.save_to_buffer()
}

/// The answers of the quiz by the name of the question.
pub(super) fn truth(question: &str) -> Option<f64> {
    QUIZ.iter().find(|(name, ..)| *name == question).map(|(_, _, _, truth, _)| *truth)
}
