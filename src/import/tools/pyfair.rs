//! Models and metamodels of pyfair: the tree of Open FAIR with ranges by low, mode and high.
//!
//! pyfair multiplies a rate with one magnitude a year; rosi adds up the events of a year. The averages are equal, the
//! spread is not.

use super::{Columns, Number};
use crate::import::draft::{Rate, Risk, Value};
use crate::import::grid::{Row, Sheet};
use crate::import::place::{Code, Finding, Place};
use crate::import::register::FORM;
use crate::import::tree::Branch;
use crate::import::{Context, Refusal};

/// What a model states of one target: keys such as `low` with their texts and places.
type Target = (String, Vec<(String, String, Place)>);

/// Which unit a target is written in.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Rate,
    Part,
    Money,
}

/// The value of a target, or nothing where its keys say none.
fn value(target: &Target, unit: Unit) -> Option<Value> {
    let number = |key: &str| target.1.iter().find(|(known, ..)| known == key);
    let written = |text: &str| -> Option<String> {
        let value = crate::import::number::amount(text, Some(crate::import::number::Style::Point)).ok()?.value;
        Some(match unit {
            Unit::Rate => format!("{value} per year"),
            Unit::Part => format!("{}%", (value * rust_decimal::Decimal::ONE_HUNDRED).normalize()),
            Unit::Money => value.to_string(),
        })
    };
    let keys = |names: &[(&'static str, &str)]| -> Option<Value> {
        let found =
            names.iter().map(|(key, name)| Some((*key, written(&number(name)?.1)?))).collect::<Option<Vec<_>>>()?;
        let places = names.iter().filter_map(|(_, name)| number(name).map(|(_, _, place)| place.clone())).collect();
        Some(Value::keys(found, places))
    };
    if let Some((_, text, place)) = number("constant").or(number("p")) {
        return written(text).map(|text| Value::one(text, place));
    }
    if let Some(value) = keys(&[("min", "low"), ("likely", "mode"), ("max", "high")]) {
        return Some(match number("gamma") {
            Some((_, gamma, _)) if gamma.trim_end_matches(".0") != "4" => {
                value.ask(format!("the model weighs the mode with {gamma}; here it is weighed with 4"))
            }
            _ => value,
        });
    }
    let mut value = keys(&[("mean", "mean"), ("sd", "stdev")])?;
    if let crate::import::draft::Form::Keys(keys) = &mut value.form {
        keys.insert(0, ("shape", "normal".to_owned()));
    }
    Some(value)
}

fn targets(model: &Branch<'_>) -> Vec<Target> {
    let mut found = Vec::new();
    for (key, child) in model.entries() {
        if child.table().is_some() {
            let keys = child
                .entries()
                .into_iter()
                .filter_map(|(name, leaf)| Some((name.to_owned(), plain(&leaf)?, leaf.place())));
            found.push((key.to_owned(), keys.collect()));
        }
    }
    found
}

/// A leaf as programs write it; a number that was typed as a text is read as one.
fn plain(leaf: &Branch<'_>) -> Option<String> {
    match leaf.text_here() {
        Some(_) => leaf.number(Number::Number).map(|value| value.to_string()),
        None => leaf.written(),
    }
}

/// Reads a model or a metamodel.
pub fn read(root: &Branch<'_>, context: &mut Context) {
    let meta = root.text("type") == "FairMetaModel"
        || root.get("Loss Magnitude").is_none() && root.get("Primary Loss").is_none();
    let models: Vec<(String, Branch<'_>)> = if meta {
        root.entries()
            .into_iter()
            .filter(|(_, child)| child.table().is_some())
            .map(|(name, child)| (name.to_owned(), child))
            .collect()
    } else {
        vec![(root.text("name"), root.clone())]
    };
    if !root.text("name").is_empty() {
        context.draft.title = root.text("name");
    }
    for (name, branch) in models {
        let secondary = branch
            .get("multi_Secondary Loss")
            .or_else(|| branch.get("Secondary Loss"))
            .filter(|branch| branch.entries().iter().any(|(_, child)| child.table().is_some()));
        let parts = secondary
            .map(|branch| branch.entries().into_iter().map(|(name, part)| (name.to_owned(), targets(&part))).collect());
        model(&name, branch.place(), &targets(&branch), parts.unwrap_or_default(), context);
    }
    let message = "pyfair multiplies a rate with one magnitude a year, rosi adds up the events of a year: averages are equal, the spread is not";
    context.draft.fault(Finding::note(Some(Place { row: 0, ..root.place() }), message));
}

fn model(name: &str, place: Place, targets: &[Target], secondary: Vec<(String, Vec<Target>)>, context: &mut Context) {
    let find = |names: &[&str]| targets.iter().find(|(known, _)| names.contains(&known.as_str()));
    let read = |names: &[&str], unit: Unit, context: &mut Context| {
        let target = find(names).filter(|target| !target.1.is_empty())?;
        let read = value(target, unit);
        if read.is_none() {
            let place = target.1.first().map(|(_, _, place)| place.clone());
            let cure = "give low, mode and high, or mean and stdev, or constant";
            context.draft.fault(Finding::fault(
                Code::Cell,
                place,
                format!("\"{}\" of {name} cannot be read", target.0),
                cure,
            ));
        }
        read
    };
    let mut risk = Risk { id: name.to_owned(), name: name.to_owned(), place, ..Risk::default() };
    if let Some(rate) = read(&["Loss Event Frequency"], Unit::Rate, context) {
        risk.rate = Some(Rate::Frequency(rate));
    } else {
        let mut threat = Vec::new();
        for (key, names, unit) in [
            ("events", &["Threat Event Frequency"][..], Unit::Rate),
            ("contacts", &["Contact Frequency", "Contact"], Unit::Rate),
            ("action", &["Probability of Action", "Action"], Unit::Part),
            ("vulnerability", &["Vulnerability"], Unit::Part),
            ("capability", &["Threat Capability"], Unit::Part),
            ("resistance", &["Control Strength", "Resistance Strength", "Difficulty"], Unit::Part),
        ] {
            if let Some(value) = read(names, unit, context) {
                threat.push((key, value));
            }
        }
        let has = |key: &str| threat.iter().any(|(known, _)| *known == key);
        let whole = (has("events") || has("contacts") && has("action"))
            && (has("vulnerability") || has("capability") && has("resistance"));
        if whole {
            risk.rate = Some(Rate::Threat(threat));
        } else if !threat.is_empty() {
            let cure = "give Loss Event Frequency, or the levels of the tree below it";
            context.draft.fault(Finding::fault(
                Code::Row,
                Some(risk.place.clone()),
                format!("the rate of {name} is incomplete"),
                cure,
            ));
        }
    }
    if let Some(loss) = read(&["Loss Magnitude", "Primary Loss"], Unit::Money, context) {
        risk.loss.push((FORM, loss));
    }
    // A model states the two factors of one secondary loss beside its other targets.
    let is_of_secondary = |(name, _): &&Target| name.starts_with("Secondary Loss Event");
    let own: Vec<Target> = targets.iter().filter(is_of_secondary).cloned().collect();
    let own = Some(("Secondary Loss".to_owned(), own)).filter(|(_, own)| !own.is_empty());
    const KNOWN: [&str; 4] = ["Risk", "Loss Event Frequency", "Loss Magnitude", "Primary Loss"];
    let is_known = |name: &str| {
        let below = ["Threat Event Frequency", "Contact Frequency", "Contact", "Probability of Action", "Action"];
        let levels = ["Vulnerability", "Threat Capability", "Control Strength", "Resistance Strength", "Difficulty"];
        KNOWN.iter().chain(&below).chain(&levels).any(|known| *known == name)
            || name.starts_with("Secondary Loss Event")
    };
    for (other, keys) in targets.iter().filter(|(other, keys)| !is_known(other) && !keys.is_empty()) {
        let place = keys.first().map(|(.., place)| place.clone());
        context.draft.fault(Finding::fault(
            Code::Unsupported,
            place,
            format!("\"{other}\" of {name} was not taken"),
            "give its factors, or write it into the case by hand",
        ));
    }
    for (part, targets) in own.into_iter().chain(secondary) {
        let of = |words: &str, unit: Unit| {
            targets.iter().find(|(known, _)| known.ends_with(words)).and_then(|target| value(target, unit))
        };
        let (chance, loss) = (of("Frequency", Unit::Part), of("Magnitude", Unit::Money));
        match (chance, loss, &risk.secondary) {
            (Some(chance), Some(loss), None) => risk.secondary = Some((chance, vec![("reputation", loss)])),
            (Some(_), Some(_), Some(_)) => {
                let message = format!("only the first of several secondary losses was taken; \"{part}\" was left out");
                context.draft.fault(Finding::fault(
                    Code::Unsupported,
                    Some(risk.place.clone()),
                    message,
                    "add it as another `[[risk.secondary]]`",
                ));
            }
            _ => context.draft.fault(Finding::fault(
                Code::Row,
                Some(risk.place.clone()),
                format!("\"{part}\" of {name} was left out: its frequency or its magnitude cannot be read"),
                "give low, mode and high, or mean and stdev, or constant, of both",
            )),
        }
    }
    context.draft.risks.push(risk);
}

/// Reads an entry workbook: blocks with the headings Target Name, low, mode, high.
pub fn workbook(file: &str, sheets: &[Sheet], context: &mut Context) -> Result<(), Refusal> {
    let mut found = 0;
    for sheet in sheets.iter().filter(|sheet| !sheet.hidden) {
        let mut header: Option<&Row> = None;
        let mut name: Option<(String, Place)> = None;
        let mut targets: Vec<Target> = Vec::new();
        let figures = Columns::of(sheet, context.mapping.numbers, &context.draft);
        for row in &sheet.rows {
            let head = row.cells.iter().position(|cell| cell.text == "Target Name");
            if head.is_some() {
                found += usize::from(finish(&mut name, &mut targets, context));
                header = Some(row);
                continue;
            }
            let Some(head) = header else { continue };
            let place = |column: usize| Place {
                file: file.into(),
                sheet: sheet.name.as_str().into(),
                row: row.number,
                column: column + 1,
                heading: head.text(column).into(),
                text: row.text(column).to_owned(),
            };
            if row.text(0) == "Model Name" && !row.text(1).is_empty() {
                name = Some((row.text(1).to_owned(), place(1)));
            }
            let Some(target) = head.cells.iter().position(|cell| cell.text == "Target Name") else { continue };
            if row.text(target).is_empty() {
                continue;
            }
            let end = head
                .cells
                .iter()
                .position(|cell| cell.text == "constant")
                .unwrap_or(head.cells.len().saturating_sub(1));
            let keys: Vec<_> = (target + 1..=end)
                .filter(|column| !row.text(*column).is_empty())
                .filter_map(|column| {
                    let value = figures.cell(row, column, Number::Number, &place(column), &mut context.draft)?;
                    Some((head.text(column).to_owned(), value.to_string(), place(column)))
                })
                .collect();
            if !keys.is_empty() {
                targets.push((row.text(target).to_owned(), keys));
            }
        }
        found += usize::from(finish(&mut name, &mut targets, context));
    }
    if found == 0 {
        let cure = "fill in a model name and its ranges on the second sheet";
        return Err(Finding::fault(
            Code::NoTable,
            Some(Place::file(file)),
            "the entry workbook of pyfair holds no model",
            cure,
        )
        .into());
    }
    Ok(())
}

fn finish(name: &mut Option<(String, Place)>, targets: &mut Vec<Target>, context: &mut Context) -> bool {
    let (name, targets) = (name.take(), std::mem::take(targets));
    let Some((name, place)) = name.filter(|_| !targets.is_empty()) else { return false };
    model(&name, place, &targets, Vec::new(), context);
    true
}
