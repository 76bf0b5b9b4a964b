//! What came: the file that `rosi review` reads beside a case (TOML; see `docs/review.md`).

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use toml_edit::{DocumentMut, Item, Table};

use super::log::LogFile;
use crate::calibrate::exposure::years_between;
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::nearest;
use crate::units::reading::{Misread, Settings, Undated, day, read};
use crate::units::{Currency, Figure, Kind};

/// An incident of the period.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// Id of the risk.
    pub risk: String,
    /// When.
    pub date: Date,
    /// What it cost before insurers; none where it is not known.
    pub loss: Option<f64>,
    /// It may still cost more.
    pub is_open: bool,
}

/// What a control cost in the period, and when it started.
#[derive(Debug, Clone, PartialEq)]
pub struct Spend {
    /// Id of the control.
    pub control: String,
    /// Money paid in the period.
    pub amount: Option<f64>,
    /// When it was in force.
    pub started: Option<Date>,
}

/// A promise that can be counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Service {
    /// What was promised.
    pub name: String,
    /// How often it was to hold.
    pub promised: f64,
    /// How often it held.
    pub met: u64,
    /// Of how many.
    pub of: u64,
}

/// A past year's loss, for the agreed limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PastYear {
    /// Which.
    pub year: i64,
    /// All losses of the year.
    pub loss: f64,
}

/// Counts of a time before the period, for a rate ratio.
#[derive(Debug, Clone, PartialEq)]
pub struct Before {
    /// Id of the risk.
    pub risk: String,
    /// How many.
    pub events: u64,
    /// In how many years.
    pub years: f64,
}

/// An assumption of which the value is known by now.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Its key path.
    pub key: String,
    /// The value, in the unit of the key: as the case would write it.
    pub value: String,
}

/// How a person's ranges held in an earlier review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRecord {
    /// Who.
    pub owner: String,
    /// Which year.
    pub year: i64,
    /// Ranges that held.
    pub held: u64,
    /// Of how many.
    pub of: u64,
}

/// What came.
#[derive(Debug, Clone)]
pub struct Actuals {
    /// The file's name.
    pub name: String,
    /// First day of the period.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// The share of events that was seen.
    pub seen: f64,
    /// Id of the plan that was carried out; `today` for none.
    pub plan: Option<String>,
    /// Which year of the plan the period is, from 1.
    pub plan_year: usize,
    /// The first day of the plan, from which its starts count.
    pub plan_from: Date,
    /// Incidents by risk.
    pub incidents: Vec<Incident>,
    /// Spend by control.
    pub spend: Vec<Spend>,
    /// Service levels.
    pub services: Vec<Service>,
    /// Past years.
    pub years: Vec<PastYear>,
    /// Counts of the time before.
    pub before: Vec<Before>,
    /// What became known.
    pub known: Vec<Known>,
    /// How ranges held in earlier reviews.
    pub records: Vec<PastRecord>,
    /// A log beside the file.
    pub log: Option<LogFile>,
}

/// The tables of the file and their keys.
const TABLES: [(&str, &[&str]); 7] = [
    ("incident", &["risk", "date", "loss", "note"]),
    ("spend", &["control", "amount", "started", "note"]),
    ("service", &["name", "promised", "met", "of", "note"]),
    ("year", &["year", "loss", "note"]),
    ("before", &["risk", "events", "years", "note"]),
    ("known", &["key", "value", "note"]),
    ("record", &["owner", "year", "held", "of", "note"]),
];
const HEAD: [&str; 7] = ["from", "to", "seen", "plan", "plan_year", "plan_from", "log"];

pub(super) struct Reader<'f> {
    name: &'f str,
    settings: Settings,
    faults: Vec<Diagnostic>,
    /// What each table is about, by its kind.
    about: BTreeSet<(String, String)>,
}

impl Actuals {
    /// Reads the file; amounts are in the currency of the case.
    ///
    /// # Errors
    /// Every fault at once.
    pub fn read(name: &str, text: &str, currency: Currency) -> Result<Self, Vec<Diagnostic>> {
        let document: DocumentMut = text.parse().map_err(|found: toml_edit::TomlError| {
            let before = found.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let (line, what) = (1 + before.matches('\n').count(), found.message());
            vec![
                Diagnostic::new(Code::Syntax, format!("{name}, line {line}: this is no TOML: {what}"))
                    .help("texts stand in straight double quotes; `docs/review.md` shows a whole file")
                    .help("a log of incidents is named in such a file: `log = { file = \"incidents.csv\", categories = { phishing = \"phishing\" } }`"),
            ]
        })?;
        let mut reader =
            Reader { name, settings: Settings::new(currency, 220.into()), faults: Vec::new(), about: BTreeSet::new() };
        let table = document.as_table();
        for (key, _) in table.iter() {
            if !HEAD.contains(&key) && !TABLES.iter().any(|(known, _)| *known == key) {
                let known = HEAD.iter().copied().chain(TABLES.iter().map(|(name, _)| *name));
                reader.unknown(key, "", known);
            }
        }
        let (from, to) = (reader.day(table, "from", "", true), reader.day(table, "to", "", true));
        let seen = reader.quantity(table, "seen", "", Kind::Chance, true).unwrap_or(1.0);
        let plan = table.get("plan").and_then(Item::as_str).map(str::to_owned);
        let plan_from = reader.day(table, "plan_from", "", false);
        let (plan_year, plan_from) = reader.year_of_plan(table, from.unwrap_or_default(), plan_from);
        let log = LogFile::of(table, &mut reader);
        let mut actuals = Self {
            name: name.to_owned(),
            from: from.unwrap_or_default(),
            to: to.unwrap_or_default(),
            seen,
            plan,
            plan_year,
            plan_from,
            incidents: Vec::new(),
            spend: Vec::new(),
            services: Vec::new(),
            years: Vec::new(),
            before: Vec::new(),
            known: Vec::new(),
            records: Vec::new(),
            log,
        };
        for (kind, keys) in TABLES {
            for (index, row) in table.get(kind).and_then(Item::as_array_of_tables).into_iter().flatten().enumerate() {
                let place = format!("{kind} {}: ", index + 1);
                for (key, _) in row.iter().filter(|(key, _)| !keys.contains(key)) {
                    reader.unknown(key, &place, keys.iter().copied());
                }
                actuals.add(kind, row, &place, &mut reader);
            }
        }
        if let (Some(from), Some(to)) = (from, to) {
            if to < from {
                reader.fault(
                    Code::WrongOrder,
                    format!("the period ends on {to}, before it begins on {from}"),
                    "exchange `from` and `to`",
                );
            }
            for (index, incident) in actuals.incidents.iter().enumerate() {
                if incident.date < from || incident.date > to {
                    reader.faults.push(
                        Diagnostic::new(
                            Code::OutOfRange,
                            format!(
                                "{name}, incident {}: {} lies outside of the period {from} to {to}",
                                index + 1,
                                incident.date
                            ),
                        )
                        .help("leave it out, or widen the period"),
                    );
                }
            }
        }
        if actuals.seen.is_nan() || actuals.seen <= 0.0 {
            reader.fault(
                Code::OutOfRange,
                "`seen` is 0%: nothing could have been counted".to_owned(),
                "write the share of events that was seen, such as `seen = \"90%\"`",
            );
        }
        if reader.faults.is_empty() { Ok(actuals) } else { Err(reader.faults) }
    }

    /// Years of the period, by the calendar.
    #[must_use]
    pub fn years_long(&self) -> f64 {
        crate::calibrate::exposure::years(self.from, self.to)
    }

    fn add(&mut self, kind: &str, row: &Table, place: &str, reader: &mut Reader<'_>) {
        match kind {
            "incident" => {
                let (risk, date) = (reader.text(row, "risk", place), reader.day(row, "date", place, true));
                let stated = row.get("loss").and_then(Item::as_str).unwrap_or_default().trim().to_owned();
                let is_open = stated.starts_with('>');
                let loss = if row.get("loss").is_none() {
                    None
                } else if is_open {
                    reader.amount(stated.trim_start_matches('>').trim_start_matches('=').trim(), "loss", place)
                } else {
                    reader.quantity(row, "loss", place, Kind::Money, false)
                };
                if let (Some(risk), Some(date)) = (risk, date) {
                    self.incidents.push(Incident { risk, date, loss, is_open });
                }
            }
            "spend" => {
                if let Some(control) = reader.text(row, "control", place) {
                    reader.once(
                        kind,
                        &control,
                        place,
                        "write one `[[spend]]` a control, with the sum of what was paid",
                    );
                    let amount = reader.quantity(row, "amount", place, Kind::Money, false);
                    let started = reader.day(row, "started", place, false);
                    self.spend.push(Spend { control, amount, started });
                }
            }
            "service" => {
                let name = reader.text(row, "name", place);
                let promised = reader.quantity(row, "promised", place, Kind::Chance, true);
                let (met, of) = (reader.whole(row, "met", place), reader.whole(row, "of", place));
                if let (Some(name), Some(promised), Some(met), Some(of)) = (name, promised, met, of) {
                    if met > of {
                        reader.fault(
                            Code::OutOfRange,
                            format!("{place}{met} of {of} is more than all"),
                            "`met` is at most `of`",
                        );
                    }
                    reader.once(kind, &name, place, "write one `[[service]]` a promise, with all that was met");
                    self.services.push(Service { name, promised, met, of });
                }
            }
            "year" => {
                let year = row.get("year").and_then(Item::as_integer);
                let loss = reader.quantity(row, "loss", place, Kind::Money, true);
                match (year, loss) {
                    (Some(year), Some(loss)) => {
                        reader.once(kind, &year.to_string(), place, "write one `[[year]]` a year, with all its losses");
                        self.years.push(PastYear { year, loss });
                    }
                    (None, _) => reader.fault(
                        Code::Missing,
                        format!("{place}`year` is missing"),
                        "write for example `year = 2024`",
                    ),
                    _ => {}
                }
            }
            "before" => {
                let (risk, events) = (reader.text(row, "risk", place), reader.whole(row, "events", place));
                let years =
                    row.get("years").and_then(|item| item.as_float().or_else(|| item.as_integer().map(|n| n as f64)));
                match (risk, events, years) {
                    (Some(risk), Some(events), Some(years)) if years > 0.0 => {
                        reader.once(kind, &risk, place, "write one `[[before]]` a risk, with all events and years");
                        self.before.push(Before { risk, events, years })
                    }
                    (Some(_), Some(_), _) => {
                        reader.fault(
                            Code::Missing,
                            format!("{place}`years` is missing or not above 0"),
                            "write for example `years = 4`",
                        );
                    }
                    _ => {}
                }
            }
            "record" => {
                let (owner, year) = (reader.text(row, "owner", place), reader.whole(row, "year", place));
                let (held, of) = (reader.whole(row, "held", place), reader.whole(row, "of", place));
                if let (Some(owner), Some(year), Some(held), Some(of)) = (owner, year, held, of) {
                    if held > of {
                        reader.fault(
                            Code::OutOfRange,
                            format!("{place}{held} of {of} is more than all"),
                            "`held` is at most `of`",
                        );
                    }
                    let year = i64::try_from(year).unwrap_or(i64::MAX);
                    reader.once(kind, &format!("{owner}, {year}"), place, "write one `[[record]]` a person and year");
                    self.records.push(PastRecord { owner, year, held, of });
                }
            }
            _ => {
                let (key, value) = (reader.text(row, "key", place), reader.text(row, "value", place));
                if let (Some(key), Some(value)) = (key, value) {
                    reader.once(kind, &key, place, "write one value for a key");
                    self.known.push(Known { key, value });
                }
            }
        }
    }
}

impl Reader<'_> {
    /// Which year of the plan the period is, and the plan's first day: each follows from the other, and the period
    /// begins with the plan where neither is said.
    fn year_of_plan(&mut self, table: &Table, from: Date, first: Option<Date>) -> (usize, Date) {
        let stated = table.get("plan_year").map(|item| item.as_integer().and_then(|year| u8::try_from(year).ok()));
        if let Some(None | Some(0)) = stated {
            let help = "write which year of the plan the period is, such as `plan_year = 1`";
            self.fault(Code::OutOfRange, "`plan_year` is no whole number from 1 on".to_owned(), help);
        }
        let stated = stated.flatten().filter(|year| *year > 0);
        let Some(first) = first else {
            let year = stated.unwrap_or(1);
            let before = from.checked_sub((i64::from(year) - 1).years());
            return (year.into(), before.unwrap_or(from));
        };
        let year = libm::floor(years_between(first, from) + 1e-9) + 1.0;
        if year < 1.0 {
            let message = format!("the plan begins on {first}, after the period has begun on {from}");
            self.fault(Code::WrongOrder, message, "write the first day of the plan's first year, or of the period");
        } else if let Some(stated) = stated.filter(|stated| f64::from(*stated) != year) {
            let message = format!("a period from {from} lies in year {year} of a plan from {first}, not in {stated}");
            self.fault(
                Code::Contradiction,
                message,
                "leave out `plan_year` or `plan_from`: each follows from the other",
            );
        }
        (year.max(1.0) as usize, first)
    }

    pub(super) fn fault(&mut self, code: Code, message: String, help: &str) {
        self.faults.push(Diagnostic::new(code, format!("{}, {message}", self.name)).help(help));
    }

    /// Of two tables about the same thing one would be lost.
    fn once(&mut self, kind: &str, about: &str, place: &str, help: &str) {
        if !self.about.insert((kind.to_owned(), about.to_owned())) {
            self.fault(Code::DuplicateId, format!("{place}\"{about}\" has a `[[{kind}]]` already"), help);
        }
    }

    pub(super) fn unknown<'k>(&mut self, key: &str, place: &str, known: impl Iterator<Item = &'k str> + Clone) {
        let meant = nearest(key, known.clone());
        let help = meant.map_or_else(
            || format!("keys: {}", known.collect::<Vec<_>>().join(", ")),
            |meant| format!("did you mean `{meant}`?"),
        );
        self.fault(Code::UnknownKey, format!("{place}there is no key `{key}`"), &help);
    }

    fn text(&mut self, row: &Table, key: &str, place: &str) -> Option<String> {
        let found = row.get(key).and_then(Item::as_str).map(str::to_owned);
        if found.is_none() {
            self.fault(
                Code::Missing,
                format!("{place}`{key}` is missing or no text"),
                &format!("write `{key} = \"…\"`"),
            );
        }
        found
    }

    fn whole(&mut self, row: &Table, key: &str, place: &str) -> Option<u64> {
        let found = row.get(key).and_then(Item::as_integer).and_then(|n| u64::try_from(n).ok());
        if found.is_none() {
            self.fault(
                Code::Missing,
                format!("{place}`{key}` is missing or no whole number"),
                &format!("write for example `{key} = 3`"),
            );
        }
        found
    }

    fn day(&mut self, row: &Table, key: &str, place: &str, is_due: bool) -> Option<Date> {
        let item = row.get(key);
        let text = item
            .and_then(|item| item.as_str().map(str::to_owned).or_else(|| item.as_datetime().map(ToString::to_string)));
        let read = text.as_deref().map(day);
        match read {
            Some(Err(Undated::TwoReadings([one, other]))) => self.fault(
                Code::BadQuantity,
                format!("{place}`{key}` can be read in two ways: as {one} or as {other}"),
                &format!("write `{key} = \"{one}\"` or `{key} = \"{other}\"`"),
            ),
            Some(Ok(_)) => {}
            _ if is_due || item.is_some() => self.fault(
                Code::BadQuantity,
                format!("{place}`{key}` is missing or no day"),
                &format!("write `{key} = \"2027-12-31\"`"),
            ),
            _ => {}
        }
        read.and_then(Result::ok)
    }

    fn amount(&mut self, text: &str, key: &str, place: &str) -> Option<f64> {
        let help = "write for example `loss = \"18.4k\"`, or `loss = \"> 250k\"` while it may grow";
        self.read(text, Kind::Money, key, place, help)
    }

    fn quantity(&mut self, row: &Table, key: &str, place: &str, kind: Kind, is_due: bool) -> Option<f64> {
        let item = row.get(key);
        let text = item.and_then(|item| {
            item.as_str()
                .map(str::to_owned)
                .or_else(|| item.as_integer().map(|n| n.to_string()))
                .or_else(|| item.as_float().map(|x| x.to_string()))
        });
        let help = format!("write for example `{key} = {}`", kind.example());
        match text {
            Some(text) => self.read(&text, kind, key, place, &help),
            None => {
                if is_due || item.is_some() {
                    self.fault(Code::BadQuantity, format!("{place}`{key}` is missing"), &help);
                }
                None
            }
        }
    }

    /// A quantity in the words of the case, or why it is none.
    fn read(&mut self, text: &str, kind: Kind, key: &str, place: &str, help: &str) -> Option<f64> {
        match read(text, kind, &self.settings) {
            Ok(reading) => return Some(Figure::exact(reading.value).to_f64()),
            Err(Misread::TwoReadings([(one, _), (other, _)])) => self.fault(
                Code::BadQuantity,
                format!("{place}`{key}` \"{text}\" can be read in two ways"),
                &format!("write `{key} = \"{one}\"` or `{key} = \"{other}\"`"),
            ),
            Err(_) => self.fault(
                Code::BadQuantity,
                format!("{place}`{key}` \"{text}\" cannot be read as {}", kind.name()),
                help,
            ),
        }
        None
    }
}
