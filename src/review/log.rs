//! What happened by a log of incidents: which of its lines are incidents of which risk of the case?
//!
//! The log is read as `rosi calibrate` reads it, whatever file it stands in. A line counts within the period, for the
//! risk that its category is assigned to; what is left out is told.

use jiff::civil::Date;
use toml_edit::{Item, Table};

use super::actuals::{Actuals, Incident, Reader};
use crate::calibrate::Log;
use crate::calibrate::cell::Amount;
use crate::calibrate::log::{Columns, Wanted, names};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::fit::Observation;
use crate::units::reading::DayOrder;
use crate::units::reading::column::Style;
use crate::units::{Currency, Voice};

/// A log of incidents beside the file of what came.
#[derive(Debug, Clone)]
pub struct LogFile {
    /// Its path from the folder of that file.
    pub file: String,
    /// Which of its categories is which risk.
    categories: Vec<(String, String)>,
    columns: Columns,
}

const KEYS: [&str; 8] =
    ["file", "categories", "sheet", "dates", "numbers", "date_column", "amount_column", "category_column"];

impl LogFile {
    /// What the key `log` says.
    pub(super) fn of(table: &Table, reader: &mut Reader<'_>) -> Option<Self> {
        let log = table.get("log")?.as_table_like();
        let text = |key: &str| log.and_then(|log| log.get(key)).and_then(Item::as_str).map(str::to_owned);
        let categories = log.and_then(|log| log.get("categories")).and_then(Item::as_table_like);
        let (Some(log), Some(file), Some(categories)) = (log, text("file"), categories) else {
            reader.fault(
                Code::Missing,
                "`log` needs a file and its categories".to_owned(),
                "write `log = { file = \"log.csv\", categories = { \"phishing with payment\" = \"fraud\" } }`",
            );
            return None;
        };
        let is_text = |(_, item): &(&str, &Item)| item.as_str().is_some();
        for (key, _) in log.iter().filter(|(key, _)| !KEYS.contains(key)) {
            reader.unknown(key, "log: ", KEYS.into_iter());
        }
        let known = |entry: &(&str, &Item)| KEYS.contains(&entry.0) && entry.0 != "categories";
        for (key, _) in log.iter().filter(known).chain(categories.iter()).filter(|entry| !is_text(entry)) {
            let message = format!("log: what stands at `{key}` is no text");
            reader.fault(Code::WrongKind, message, "write it in straight double quotes");
        }
        let numbers = text("numbers").and_then(|pattern| Style::of_pattern(&pattern));
        let dates = text("dates").and_then(|pattern| DayOrder::shown_by(&pattern));
        for (key, is_known, help) in [
            ("numbers", numbers.is_some(), "write `numbers = \"1,234.5\"` or `numbers = \"1.234,5\"`"),
            ("dates", dates.is_some(), "write `dates = \"31/12/2026\"` or `dates = \"12/31/2026\"`"),
        ] {
            if let Some(pattern) = text(key).filter(|_| !is_known) {
                reader.fault(Code::BadQuantity, format!("log: `{key}` does not follow from \"{pattern}\""), help);
            }
        }
        let pairs =
            categories.iter().filter_map(|(category, risk)| Some((category.to_owned(), risk.as_str()?.to_owned())));
        let columns = Columns {
            date: text("date_column"),
            amount: text("amount_column"),
            category: text("category_column"),
            sheet: text("sheet"),
            numbers,
            dates,
            // A quiet year is a log too.
            may_be_empty: true,
            asked: Wanted::All,
        };
        Some(Self { file, categories: pairs.collect(), columns })
    }

    /// The id of the risk that a category belongs to; the words are compared without regard to case.
    fn risk(&self, category: &str) -> Option<&String> {
        let key = |text: &str| text.trim().to_lowercase();
        self.categories.iter().find(|(name, _)| key(name) == key(category)).map(|(_, risk)| risk)
    }
}

impl Actuals {
    /// Adds the incidents of the log; the result is what is to be said of its lines.
    ///
    /// # Errors
    /// What cannot be read, and amounts that are not in the currency of the case.
    pub fn add_log(
        &mut self,
        log: &LogFile,
        name: &str,
        bytes: &[u8],
        currency: Currency,
    ) -> Result<Vec<String>, Vec<Diagnostic>> {
        let read = Log::read(name, bytes, &log.columns)
            .map_err(|faults| faults.into_iter().map(in_file).collect::<Vec<_>>())?;
        let mut told: Vec<String> =
            read.told.iter().map(|remark| flags_as_keys(&remark.said(Voice::default()))).collect();
        let mut strange: Vec<String> = Vec::new();
        let mut faults = Vec::new();
        let (mut undated, mut outside, mut bands) = (0, 0, 0);
        for event in read.events {
            let Some(opened) = event.opened.map(|at| at.at.date()) else {
                undated += 1;
                continue;
            };
            if !self.is_within(opened) {
                outside += 1;
                continue;
            }
            let Some(risk) = log.risk(&event.category) else {
                let category = if event.category.is_empty() { "no category" } else { &event.category };
                if !strange.iter().any(|known| known == category) {
                    strange.push(category.to_owned());
                }
                continue;
            };
            if event.amount != Amount::Unknown && !event.currency.is_empty() && !names(&event.currency, currency.code())
            {
                let problem =
                    format!("{}: the amount is in {}, the case in {}", event.place, event.currency, currency.code());
                let cure =
                    format!("write the amounts of the log in {}, or the incident as `[[incident]]`", currency.code());
                faults.push(Diagnostic::new(Code::OtherCurrency, problem).help(cure));
            }
            let (loss, is_open) = match event.amount {
                Amount::Unknown => (None, false),
                Amount::Known(Observation::Exact(x)) => (Some(x), false),
                Amount::Known(Observation::Above(x)) => (Some(x), true),
                Amount::Known(Observation::Between(a, b)) => {
                    bands += 1;
                    (Some(0.5 * (a + b)), false)
                }
            };
            self.incidents.push(Incident { risk: risk.clone(), date: opened, loss, is_open });
        }
        let many =
            |count: usize, one: &str, several: &str| format!("{count} {}", if count == 1 { one } else { several });
        if undated > 0 {
            told.push(format!(
                "{name}: {} left out",
                many(undated, "record without a day is", "records without a day are")
            ));
        }
        if outside > 0 {
            told.push(format!(
                "{name}: {} of other days than {} to {} left out",
                many(outside, "event", "events"),
                self.from,
                self.to
            ));
        }
        if bands > 0 {
            told.push(format!("{name}: of {} the middle is taken", many(bands, "band of amounts", "bands of amounts")));
        }
        if !strange.is_empty() {
            told.push(format!(
                "{name}: events of {} belong to no risk and are left out. Add them to `categories`, or to the case as a risk of its own.",
                strange.join(", ")
            ));
        }
        if faults.is_empty() { Ok(told) } else { Err(faults) }
    }

    fn is_within(&self, day: Date) -> bool {
        (self.from..=self.to).contains(&day)
    }
}

/// A fault of the log with its cures as keys of the file.
fn in_file(fault: Diagnostic) -> Diagnostic {
    let help = fault.help.iter().map(|line| flags_as_keys(line)).collect();
    Diagnostic { help, ..fault }
}

/// What `rosi calibrate` takes as a flag stands here as a key: `--dates 31/12/2026` as `log.dates = "31/12/2026"`.
fn flags_as_keys(text: &str) -> String {
    let mut parts = text.split("`--");
    let mut written = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (flag, rest) = part.split_once('`').unwrap_or((part, ""));
        let (name, value) = flag.split_once(' ').unwrap_or((flag, ""));
        written.push_str(&format!("`log.{} = \"{value}\"`{rest}", name.replace('-', "_")));
    }
    written
}
