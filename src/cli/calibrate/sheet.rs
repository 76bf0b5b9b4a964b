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
use crate::units::Kind;

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
type Question = (&'static str, &'static str, &'static str, f64, &'static str);

/// Questions that everybody may know a little about and nobody exactly.
const QUIZ: [Question; 20] = [
    ("Q01", "How far is the Moon from the Earth on average?", "km", 384_400.0, "NASA, Moon Fact Sheet"),
    ("Q02", "How wide is Jupiter at its equator?", "km", 142_984.0, "NASA, Planetary Fact Sheet"),
    ("Q03", "How many Earth days does Mercury take around the Sun?", "days", 87.97, "NASA, Planetary Fact Sheet"),
    (
        "Q04",
        "How long does light travel from the Sun to the Earth on average?",
        "seconds",
        499.0,
        "IAU 2012, astronomical unit over the speed of light",
    ),
    (
        "Q05",
        "How high is Mount Everest?",
        "metres",
        8_848.86,
        "Survey of Nepal and China, announced on 8 December 2020",
    ),
    ("Q06", "How high is the Eiffel Tower with its antennas?", "metres", 330.0, "toureiffel.paris"),
    ("Q07", "How long is a marathon?", "metres", 42_195.0, "World Athletics, technical rules"),
    ("Q08", "At how many degrees Celsius does iron melt?", "°C", 1_538.0, "NIST"),
    ("Q09", "How much does a mole of gold weigh?", "grams", 196.967, "IUPAC, standard atomic weights"),
    ("Q10", "How many states are members of the United Nations?", "states", 193.0, "un.org"),
    ("Q11", "How many bits has a key of the Data Encryption Standard?", "bits", 56.0, "NIST, FIPS PUB 46"),
    ("Q12", "How many bytes has the header of an IPv6 packet?", "bytes", 40.0, "RFC 8200"),
    ("Q13", "Which is the highest port number of TCP?", "number", 65_535.0, "RFC 9293"),
    (
        "Q14",
        "How many articles has the General Data Protection Regulation?",
        "articles",
        99.0,
        "Regulation (EU) 2016/679",
    ),
    ("Q15", "How many articles has the AI Act?", "articles", 113.0, "Regulation (EU) 2024/1689"),
    (
        "Q16",
        "Within how many hours is a personal data breach notified under the GDPR?",
        "hours",
        72.0,
        "Regulation (EU) 2016/679, Article 33",
    ),
    (
        "Q17",
        "How fast is sound in dry air of 20 °C?",
        "metres per second",
        343.2,
        "CRC Handbook of Chemistry and Physics",
    ),
    (
        "Q18",
        "How many people live in the European Union, in millions, on 1 January 2024?",
        "millions",
        449.2,
        "Eurostat, demo_gind",
    ),
    (
        "Q19",
        "How many complaints did the FBI's Internet Crime Complaint Center receive in 2025?",
        "complaints",
        1_008_597.0,
        "FBI, Internet Crime Report 2025",
    ),
    (
        "Q20",
        "Of 100 businesses in the United Kingdom, how many noticed a breach or attack in 2025/26?",
        "businesses",
        43.0,
        "UK Cyber Security Breaches Survey 2025/26",
    ),
];

const GUIDE: [&str; 12] = [
    "How to state a range",
    "Each question asks for two values, low and high. Choose them so that the true value lies between them nine times in ten.",
    "1. Start wide: values that would astonish you on either side. Narrow the range only for a reason that you could tell a colleague.",
    "2. Ask for each end apart: is there one chance in twenty that it is lower than low? One in twenty that it is higher than high?",
    "3. The equivalent bet. You may choose: win 1,000 if the true value turns out to lie in your range, or spin a wheel that wins 1,000 nine times in ten.",
    "   If you would rather spin the wheel, your range is too narrow: widen it. If you would rather bet on your range, it is too wide: narrow it.",
    "   It is right when you do not care which.",
    "4. Look for what speaks against you: if the value lay outside of your range, what would have happened?",
    "Middle: the value that is as likely too low as too high. The quiz needs it, for weights by record; for a range of the case it may stay empty.",
    "Low is above 0: for money it is the value that one case of twenty stays below. That there may be no loss at all is asked for as a frequency.",
    "Answer alone, first the quiz. Your ranges in the quiz show how wide your ranges should be; the answers are not looked up before.",
    "Afterwards: rosi calibrate experts ranges.xlsx --quiz quiz.csv",
];

/// Runs `rosi calibrate sheet`.
pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let estimates = match &arguments.case {
        None => Vec::new(),
        Some(path) => {
            let source = files::source(path, terminal)?;
            let parsed = files::parsed(&source, terminal, false)?;
            let asked = |estimate: &&Estimate| !estimate.is_fixed() || estimate.record.example;
            parsed.scenario.estimates().iter().filter(asked).cloned().collect()
        }
    };
    let bytes = book(&estimates, arguments).map_err(|fault| {
        terminal.fault(&format!("the workbook cannot be made: {fault}"), &[]);
        Failed
    })?;
    write::whole(&arguments.out, &bytes, terminal)?;
    terminal.note(&format!(
        "written: {}, {} and {} of the quiz",
        arguments.out.display(),
        crate::calibrate::proposal::counted(estimates.len(), "question"),
        crate::calibrate::proposal::counted(QUIZ.len(), "question")
    ));
    Ok(())
}

fn unit(kind: Kind) -> &'static str {
    match kind {
        Kind::Money => "money, each event or once",
        Kind::YearlyMoney => "money a year",
        Kind::Chance => "percent",
        Kind::Frequency => "times a year",
        Kind::Period => "hours",
        _ => "as in the case",
    }
}

fn book(estimates: &[Estimate], arguments: &Arguments) -> Result<Vec<u8>, XlsxError> {
    let mut file = Workbook::new();
    // A date of its own would make each run another file.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    file.set_properties(&DocProperties::new().set_title("Ranges").set_creation_datetime(&created));
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = Format::new().set_bold().set_text_wrap();
    let person = clean(arguments.person.as_deref().unwrap_or(""));

    let guide = file.add_worksheet().set_name("How")?;
    guide.set_column_width(0, 110)?;
    for (row, line) in GUIDE.iter().enumerate() {
        guide.write_string_with_format(row as u32, 0, *line, if row == 0 { &head } else { &wrapped })?;
    }
    let mut columns = vec![
        ("person", 18.0),
        ("question", 34.0),
        ("asked for", 52.0),
        ("unit", 22.0),
        ("low", 14.0),
        ("middle", 14.0),
        ("high", 14.0),
        ("why", 40.0),
    ];
    if !estimates.is_empty() {
        let page = file.add_worksheet().set_name("Ranges")?;
        for (column, (name, width)) in columns.iter().enumerate() {
            page.set_column_width(column as u16, *width)?;
            page.write_string_with_format(0, column as u16, *name, &head)?;
        }
        for (row, estimate) in estimates.iter().enumerate() {
            let row = row as u32 + 1;
            let cells = [person.clone(), clean(&estimate.path), clean(&estimate.name), unit(estimate.kind).to_owned()];
            for (column, cell) in cells.iter().enumerate() {
                page.write_string_with_format(row, column as u16, cell, &wrapped)?;
            }
        }
        page.set_freeze_panes(1, 0)?;
    }
    columns.truncate(7);
    if arguments.answers {
        columns.extend([("truth", 14.0), ("source", 50.0)]);
    }
    let page = file.add_worksheet().set_name("Quiz")?;
    for (column, (name, width)) in columns.iter().enumerate() {
        page.set_column_width(column as u16, *width)?;
        page.write_string_with_format(0, column as u16, *name, &head)?;
    }
    for (row, (name, text, unit, truth, source)) in QUIZ.iter().enumerate() {
        let row = row as u32 + 1;
        for (column, cell) in [person.as_str(), name, text, unit].iter().enumerate() {
            page.write_string_with_format(row, column as u16, *cell, &wrapped)?;
        }
        if arguments.answers {
            page.write_number(row, 7, *truth)?;
            page.write_string_with_format(row, 8, *source, &wrapped)?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    file.save_to_buffer()
}

/// The answers of the quiz by the name of the question.
pub(super) fn truth(question: &str) -> Option<f64> {
    QUIZ.iter().find(|(name, ..)| *name == question).map(|(_, _, _, truth, _)| *truth)
}
