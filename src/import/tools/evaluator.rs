//! A survey of evaluator: capabilities and threats by labels, and what the labels mean in its own mapping.
//!
//! The resistance to a threat is made of the capabilities that stand against it: the mean of each end of their ranges.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::heading;
use crate::import::draft::{Rate, Risk, Value};
use crate::import::grid::{Row, Sheet};
use crate::import::number::{Style, amount};
use crate::import::place::{Code, Finding, Place, shortened};
use crate::import::register::FORM;
use crate::import::{Context, Refusal, text};

/// What labels mean: a range by least, likely and most.
#[derive(Debug, Clone, Default)]
pub struct Levels(BTreeMap<(String, String), [Decimal; 3]>);

/// Whether a file is a mapping of labels: type, label, l, ml, h.
pub fn is_scale(bytes: &[u8]) -> bool {
    let (text, _) = text::decode(&bytes[..bytes.len().min(4_000)]);
    let head: String = text
        .lines()
        .find(|line| !line.starts_with('#'))
        .unwrap_or("")
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '"')
        .collect();
    head.to_lowercase().starts_with("type,label,l,ml,h")
}

impl Levels {
    /// Reads a mapping of labels.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let (decoded, _) = text::decode(bytes);
        let sheet = text::sheet(&decoded, ',').map_err(|fault| vec![fault])?;
        let mut levels = Self::default();
        let mut faults = Vec::new();
        for row in sheet.rows.iter().skip(1).filter(|row| !row.is_empty()) {
            let number = |column: usize| amount(row.text(column), Some(Style::Point)).ok().map(|found| found.value);
            let range = number(2).zip(number(3)).zip(number(4)).map(|((low, likely), high)| [low, likely, high]);
            match range.filter(|range| range.is_sorted()) {
                Some(range) => {
                    levels.0.insert((row.text(0).to_lowercase(), row.text(1).to_lowercase()), range);
                }
                None => {
                    let place = Place { row: row.number, ..Place::file(name) };
                    faults.push(Finding::fault(
                        Code::Scale,
                        Some(place),
                        "l, ml and h do not rise",
                        "write three numbers in order",
                    ));
                }
            }
        }
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
