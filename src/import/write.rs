//! From statements to a scenario in TOML that says with each figure where it comes from, and what must be asked.
//!
//! Behind each line stands the cell with its text and a mark of what was written, such as `import 1a2b3c`. As long as the
//! mark fits the figure, a later import may change it; a figure that was edited by hand keeps its value.

use sha2::{Digest, Sha256};

use super::draft::{Control, Draft, Effect, Form, Rate, Risk, Value};
use super::place::{Place, Weight, shortened};

/// How many findings stand at the head of the file.
const AT_THE_HEAD: usize = 100;

/// A value at its key: a number that has no unit stands without quotes.
fn of_key(key: &str, text: &str) -> String {
    let is_number = matches!(key, "sigma" | "mu") && text.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number { text.to_owned() } else { quoted(text) }
}

/// A text in quotes, as TOML has it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_invisible(c) => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Marks of direction and other letters that are not seen.
fn is_invisible(c: char) -> bool {
    matches!(c as u32, 0x200B..=0x200F | 0x202A..=0x202E | 0x2066..=0x2069 | 0xFEFF)
}

/// A text that may stand in a comment.
fn comment(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect()
}

/// The mark of what an import wrote: the first letters of its hash.
pub fn mark(value: &str) -> String {
    let squeezed: String = value.chars().filter(|c| !c.is_whitespace()).collect();
    Sha256::digest(squeezed.as_bytes()).iter().take(3).map(|byte| format!("{byte:02x}")).collect()
}

/// A line with its key, its value, the cell and the mark.
fn line(out: &mut String, key: &str, value: &str, place: Option<&Place>) {
    let cell = place.filter(|place| !place.text.is_empty()).map_or(String::new(), |place| {
        format!("{} \"{}\" · ", comment(&place.short()), comment(&shortened(&place.text)))
    });
    out.push_str(&format!("{key} = {value} # {cell}import {}\n", mark(value)));
}

/// An estimate as a value.
fn estimate(value: &Value) -> String {
    let mut keys: Vec<String> = match &value.form {
        Form::One(text) => vec![format!("value = {}", quoted(text))],
        Form::Keys(keys) => keys.iter().map(|(key, text)| format!("{key} = {}", of_key(key, text))).collect(),
    };
    if !value.from.is_empty() {
        let mut places: Vec<String> = Vec::new();
        for place in &value.from {
            let short = place.short();
            // Cells of one row: the file is named once.
            let text = match (places.first(), short.rsplit_once(", ")) {
                (Some(first), Some((file, cell))) if first.starts_with(file) => cell.to_owned(),
                _ => short,
            };
            if !places.contains(&text) {
                places.push(text);
            }
        }
        keys.push(format!("source = {}", quoted(&places.join(", "))));
    }
    if let Some(asked) = &value.asked {
        keys.push("example = true".to_owned());
        keys.push(format!("why = {}", quoted(&format!("asked on import: {asked}"))));
    } else if let Some(why) = &value.why {
        keys.push(format!("why = {}", quoted(why)));
    }
    format!("{{ {} }}", keys.join(", "))
}

fn figure(out: &mut String, key: &str, value: &Value) {
    line(out, key, &estimate(value), value.from.first());
}

/// The scenario of a draft.
pub fn scenario(draft: &Draft, command: &str) -> String {
    let mut out = head(draft, command);
    let currency = draft.currency.as_deref();
    out.push_str("schema = 1\n");
    out.push_str(&format!("title = {}\n", quoted(&draft.title)));
    match currency {
        Some(code) => out.push_str(&format!("currency = {}\n", quoted(code))),
        None => out.push_str("currency = \"XXX\" # asked on import: which currency? XXX stands for none\n"),
    }
    // Three digits behind a point have two readings elsewhere; not in this file.
    out.push_str(&format!("numbers = {} # how numbers are written in this file\n", quoted(style(currency))));
    for limit in &draft.limits {
        out.push_str("\n[[appetite]]\n");
        line(&mut out, "name", &quoted(&limit.name), Some(&limit.place));
        line(&mut out, "loss", &quoted(&limit.loss), None);
        line(&mut out, "chance", &quoted(&limit.chance), None);
    }
    draft.risks.iter().for_each(|one| risk(&mut out, one));
    draft.controls.iter().for_each(|one| control(&mut out, one, draft));
    let bought: Vec<String> =
        draft.controls.iter().filter(|control| !control.in_place).map(|control| quoted(&control.id)).collect();
    if !bought.is_empty() {
        out.push_str("\n[[plan]]\nid = \"all\"\n");
        out.push_str(&format!("name = {}\n", quoted(if draft.plan.is_empty() { "All measures" } else { &draft.plan })));
        out.push_str(&format!("controls = [{}]\n", bought.join(", ")));
    }
    out
}

/// How numbers of a currency are customarily written, with a point for decimals.
fn style(currency: Option<&str>) -> &'static str {
    match currency {
        Some("CHF") => "1'234.5",
        Some("INR" | "PKR" | "BDT" | "NPR" | "LKR") => "12,34,567.8",
        _ => "1,234.5",
    }
}

fn head(draft: &Draft, command: &str) -> String {
    let mut out = format!("# Written by `{}`.\n", comment(command));
    out.push_str(
        "# Behind each line: the cell it was taken from, and a mark that tells a later import whether it was edited.\n",
    );
    for (weight, title) in [(Weight::Fault, "Not taken"), (Weight::Question, "To be asked")] {
        let found: Vec<_> = draft.findings.iter().filter(|finding| finding.weight == weight).collect();
        if found.is_empty() {
            continue;
        }
        out.push_str(&format!("#\n# {title} ({}):\n", found.len()));
        for finding in found.iter().take(AT_THE_HEAD) {
            let place = finding.place.as_ref().map_or(String::new(), |place| format!("{place}: "));
            out.push_str(&format!("# - {}\n", comment(&format!("{place}{}", finding.message))));
        }
        if found.len() > AT_THE_HEAD {
            out.push_str(&format!("# - and {} more\n", found.len() - AT_THE_HEAD));
        }
    }
    out.push('\n');
    out
}

fn named(out: &mut String, id: &str, name: &str, place: &Place, owner: Option<&String>, remarks: &[String]) {
    remarks.iter().for_each(|remark| out.push_str(&format!("# {}\n", comment(remark))));
    out.push_str(&format!("id = {}\n", quoted(id)));
    line(out, "name", &quoted(name), Some(place));
    if let Some(owner) = owner {
        line(out, "owner", &quoted(owner), None);
    }
}

fn risk(out: &mut String, risk: &Risk) {
    out.push_str("\n[[risk]]\n");
    named(out, &risk.id, &risk.name, &risk.place, risk.owner.as_ref(), &risk.remarks);
    match &risk.rate {
        Some(Rate::Frequency(value)) => {
            figure(out, "frequency", value);
            if risk.at_most_one {
                out.push_str("count = \"at most one\" # the source states a chance, not a rate\n");
            }
        }
        Some(Rate::Threat(keys)) => keys.iter().for_each(|(key, value)| figure(out, &format!("threat.{key}"), value)),
        None => {}
    }
    risk.loss.iter().for_each(|(form, value)| figure(out, &format!("loss.{form}"), value));
    if let Some((chance, losses)) = &risk.secondary {
        figure(out, "secondary.chance", chance);
        losses.iter().for_each(|(form, value)| figure(out, &format!("secondary.loss.{form}"), value));
    }
    if let Some([(frequency, cell), (loss, other)]) = &risk.inherent {
        line(out, "inherent.frequency", &quoted(frequency), Some(cell));
        line(out, "inherent.loss", &quoted(loss), Some(other));
    }
}

fn control(out: &mut String, control: &Control, draft: &Draft) {
    out.push_str("\n[[control]]\n");
    named(out, &control.id, &control.name, &control.place, control.owner.as_ref(), &control.remarks);
    if control.in_place {
        out.push_str("in_place = true\n");
    }
    for (key, value) in [("coverage", &control.coverage), ("reliability", &control.reliability)] {
        if let Some(value) = value {
            figure(out, key, value);
        }
    }
    if let Some(lifetime) = &control.lifetime {
        line(out, "lifetime", &quoted(lifetime), None);
    }
    for (key, value) in [("cost.initial", &control.initial), ("cost.yearly", &control.yearly)] {
        if let Some(value) = value {
            figure(out, key, value);
        }
    }
    if let Some((time, rate)) = &control.people {
        figure(out, "cost.people.time", time);
        figure(out, "cost.people.rate", rate);
    }
    for Effect { risk, on, becomes, value } in &control.effects {
        out.push_str("[[control.effect]]\n");
        let id = draft.risks.get(*risk).map_or("", |risk| risk.id.as_str());
        out.push_str(&format!("risk = {}\non = {}\n", quoted(id), quoted(on)));
        figure(out, if *becomes { "becomes" } else { "reduction" }, value);
    }
}
