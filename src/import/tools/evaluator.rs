//! A survey of evaluator: capabilities and threats by labels, and what the labels mean in its own mapping.
//!
//! The resistance to a threat is made of the capabilities that stand against it: the mean of each end of their ranges.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Columns, Number, heading};
use crate::import::draft::{Draft, Rate, Risk, Value};
use crate::import::grid::{Row, Sheet};
use crate::import::place::{Code, Finding, Place, shortened};
use crate::import::register::FORM;
use crate::import::{Context, Refusal, text};

/// What labels mean: a range by least, likely and most.
#[derive(Debug, Clone, Default)]
pub struct Levels(BTreeMap<(String, String), [Decimal; 3]>);

/// The columns of a mapping, in any order: least, most likely and most of a label.
const COLUMNS: [&str; 5] = ["type", "label", "l", "ml", "h"];

/// Whether a file is a mapping of labels.
pub fn is_scale(bytes: &[u8]) -> bool {
    let (text, _) = text::decode(&bytes[..bytes.len().min(4_000)]);
    let head: String = text
        .lines()
        .find(|line| !line.starts_with('#'))
        .unwrap_or("")
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '"')
        .collect();
    let head = head.to_lowercase();
    let names: Vec<&str> = head.split([',', ';', '\t']).collect();
    COLUMNS.iter().all(|column| names.contains(column))
}

impl Levels {
    /// Reads a mapping of labels.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let (decoded, _) = text::decode(bytes);
        let sheet = text::sheet(&decoded, text::separator(&decoded)).map_err(|fault| vec![fault])?;
        let mut rows = sheet.rows.iter().filter(|row| !row.is_empty() && !row.text(0).starts_with('#'));
        let head = rows.next();
        let columns = COLUMNS.map(|name| head.and_then(|head| heading(head, name)).unwrap_or(usize::MAX));
        let mut draft = Draft::default();
        let figures = Columns::of(&sheet, None, &draft);
        let mut levels = Self::default();
        for row in rows {
            let place = Place { row: row.number, ..Place::file(name) };
            let kind = row.text(columns[0]).to_lowercase();
            let before = draft.findings.len();
            let ends = [2, 3, 4].map(|at| {
                let text = row.text(columns[at]).to_owned();
                let place =
                    Place { column: columns[at].saturating_add(1), heading: COLUMNS[at].into(), text, ..place.clone() };
                figures.cell(row, columns[at], Number::Number, &place, &mut draft)
            });
            let unread = draft.findings.len() > before;
            let mut fault = |message: &str, cure: &str| {
                draft.fault(Finding::fault(Code::Scale, Some(place.clone()), message, cure));
            };
            let parts = matches!(kind.as_str(), "tc" | "diff");
            match ends {
                [Some(low), Some(likely), Some(high)] if low <= likely && likely <= high => {
                    if parts && (low.is_sign_negative() || high > Decimal::ONE) {
                        fault("a capability is a part of one", "write 0.5, or 50% with its sign");
                    } else {
                        levels.0.insert((kind, row.text(columns[1]).to_lowercase()), [low, likely, high]);
                    }
                }
                _ if unread => {}
                _ => fault("l, ml and h do not rise", "write three numbers in order"),
            }
        }
        let faults = draft.findings;
        if faults.is_empty() { Ok(levels) } else { Err(faults) }
    }

    fn range(&self, kind: &str, label: &str) -> Option<[Decimal; 3]> {
        self.0.get(&(kind.to_owned(), label.trim().to_lowercase())).copied()
    }
}

fn value(range: [Decimal; 3], unit: &dyn Fn(Decimal) -> String, place: Place) -> Value {
    let [min, likely, max] = range.map(unit);
    Value::keys(vec![("min", min), ("likely", likely), ("max", max)], vec![place])
}

/// Reads every sheet of a survey.
pub fn read(file: &str, sheets: &[Sheet], context: &mut Context) -> Result<(), Refusal> {
    let Some(levels) = context.levels.clone() else {
        return Err(Finding::fault(
            Code::NoScale,
            Some(Place::file(file)),
            "the survey holds labels such as \"Frequent\" and \"3 - Defined\"",
            "name what they mean: --scale qualitative_mappings.csv, as evaluator uses it",
        )
        .into());
    };
    let mut capabilities: BTreeMap<String, [Decimal; 3]> = BTreeMap::new();
    let mut threats: Vec<(&Sheet, &Row, &Row)> = Vec::new();
    for sheet in sheets.iter().filter(|sheet| !sheet.hidden) {
        let mut head: Option<&Row> = None;
        for row in sheet.rows.iter().filter(|row| !row.is_empty()) {
            if heading(row, "CapabilityID").is_some() || heading(row, "ScenarioID").is_some() {
                head = Some(row);
                continue;
            }
            let Some(head) = head.filter(|_| row.filled() > 1) else { continue };
            if let (Some(id), Some(level)) = (heading(head, "CapabilityID"), heading(head, "DIFF")) {
                match levels.range("diff", row.text(level)) {
                    Some(range) => {
                        capabilities.insert(row.text(id).to_owned(), range);
                    }
                    None if !row.text(id).is_empty() => unknown(file, sheet, row, level, "DIFF", context),
                    None => {}
                }
            } else if heading(head, "TEF").is_some() {
                threats.push((sheet, head, row));
            }
        }
    }
    for (sheet, head, row) in threats {
        let column = |name: &str| heading(head, name).unwrap_or(0);
        let place = |name: &str| at(file, sheet, row, column(name), name);
        let mut read = |name: &str, kind: &str| {
            let found = levels.range(kind, row.text(column(name)));
            if found.is_none() {
                unknown(file, sheet, row, column(name), name, context);
            }
            found
        };
        let (events, capability, loss) = (read("TEF", "tef"), read("TC", "tc"), read("LM", "lm"));
        let names: Vec<&str> =
            row.text(column("Capabilities")).split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        let found: Vec<[Decimal; 3]> = names.iter().filter_map(|name| capabilities.get(*name).copied()).collect();
        for name in names.iter().filter(|name| !capabilities.contains_key(**name)) {
            let cure = "add the capability to the survey";
            let message = format!("no capability is named {name}");
            context.draft.fault(Finding::fault(Code::Dangling, Some(place("Capabilities")), message, cure));
        }
        let mean = |end: usize| {
            let sum: Decimal = found.iter().map(|range| range[end]).sum();
            sum.checked_div(Decimal::from(found.len())).map(|mean| mean.round_dp(6))
        };
        let resistance = mean(0).zip(mean(1)).zip(mean(2)).map(|((min, likely), max)| [min, likely, max]);
        let part = |value: Decimal| format!("{}%", (value * Decimal::ONE_HUNDRED).normalize());
        let mut risk = Risk {
            id: row.text(column("ScenarioID")).to_owned(),
            name: shortened(row.text(column("Scenario"))),
            place: place("Scenario"),
            remarks: vec![
                format!("Threat community: {}", row.text(column("TComm"))),
                format!("Domain: {}", sheet.name),
            ],
            ..Risk::default()
        };
        if let (Some(events), Some(capability), Some(resistance)) = (events, capability, resistance) {
            let joint = value(resistance, &part, place("Capabilities"));
            let joint = if found.len() > 1 {
                joint.ask("how do these capabilities stand together? The mean of their ranges was taken")
            } else {
                joint
            };
            risk.rate = Some(Rate::Threat(vec![
                ("events", value(events, &|value| format!("{} per year", value.normalize()), place("TEF"))),
                ("capability", value(capability, &part, place("TC"))),
                ("resistance", joint),
            ]));
        }
        if let Some(loss) = loss {
            risk.loss.push((FORM, value(loss, &|value| value.normalize().to_string(), place("LM"))));
        }
        context.draft.risks.push(risk);
    }
    Ok(())
}

fn at(file: &str, sheet: &Sheet, row: &Row, column: usize, name: &str) -> Place {
    Place {
        file: file.into(),
        sheet: sheet.name.as_str().into(),
        row: row.number,
        column: column + 1,
        heading: name.into(),
        text: row.text(column).to_owned(),
    }
}

fn unknown(file: &str, sheet: &Sheet, row: &Row, column: usize, name: &str, context: &mut Context) {
    let cure = "write a label of the mapping, or add it there";
    context.draft.fault(Finding::fault(
        Code::Cell,
        Some(at(file, sheet, row, column, name)),
        "the mapping has no such label",
        cure,
    ));
}
