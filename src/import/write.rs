//! From statements to a scenario in TOML that says with each figure where it comes from, and what must be asked.
//!
//! Behind each line stands the cell with its text and a mark of what was written, such as `import 1a2b3c`. As long as the
//! mark fits the figure, a later import may change it; a figure that was edited by hand keeps its value. The last lines
//! name what was written at all ([`super::ledger`]).

use sha2::{Digest, Sha256};

use super::draft::{Control, Draft, Effect, Form, Rate, Risk, Value};
use super::ledger::{Ledger, effect_key};
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

/// What part of a draft a line states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A limit.
    Limit(usize),
    /// A risk.
    Risk(usize),
    /// A control.
    Control(usize),
    /// An effect of a control.
    Effect(usize, usize),
    /// The plan.
    Plan,
}

/// Which line states what.
#[derive(Debug, Clone)]
pub struct Stated {
    /// The line, from 1.
    pub line: usize,
    /// The part of the draft.
    pub part: Part,
    /// Its key, such as `loss.response`; empty where the part begins.
    pub key: String,
}

/// A scenario, and what its lines state.
pub struct Written {
    /// The scenario in TOML.
    pub text: String,
    /// By rising line.
    pub stated: Vec<Stated>,
}

/// A scenario while it is written.
struct Out<'a> {
    text: String,
    lines: usize,
    part: Part,
    stated: Vec<Stated>,
    ledger: &'a mut Ledger,
    entity: (&'static str, String),
}

impl Out<'_> {
    fn push(&mut self, text: &str) {
        self.lines += text.matches('\n').count();
        self.text.push_str(text);
    }

    /// The next lines state this part.
    fn begin(&mut self, part: Part, entity: (&'static str, String)) {
        self.part = part;
        self.ledger.add(entity.0, &entity.1, None);
        self.entity = entity;
        self.state(String::new());
    }

    fn state(&mut self, key: String) {
        self.stated.push(Stated { line: self.lines, part: self.part, key });
    }

    /// A line with its key, its value, the cell and the mark.
    fn line(&mut self, key: &str, value: &str, place: Option<&Place>) {
        let cell = place.filter(|place| !place.text.is_empty()).map_or(String::new(), |place| {
            format!("{} \"{}\" · ", comment(&place.short()), comment(&shortened(&place.text)))
        });
        self.push(&format!("{key} = {value} # {cell}import {}\n", mark(value)));
        self.stated.push(Stated { line: self.lines - 1, part: self.part, key: key.to_owned() });
        if !matches!(self.part, Part::Effect(..)) {
            self.ledger.add(self.entity.0, &self.entity.1, Some(key));
        }
    }

    fn figure(&mut self, key: &str, value: &Value) {
        self.line(key, &estimate(value), value.from.first());
    }
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

/// The scenario of a draft.
pub fn scenario(draft: &Draft, command: &str) -> Written {
    let mut ledger = Ledger::default();
    let mut out = Out {
        text: String::new(),
        lines: 1,
        part: Part::Plan,
        stated: Vec::new(),
        ledger: &mut ledger,
        entity: ("", String::new()),
    };
    out.push(&head(draft, command));
    let currency = draft.currency.as_deref();
    out.push(&format!("schema = 1\ntitle = {}\n", quoted(&draft.title)));
    match currency {
        Some(code) => out.push(&format!("currency = {}\n", quoted(code))),
        None => out.push("currency = \"XXX\" # asked on import: which currency? XXX stands for none\n"),
    }
    // Three digits behind a point have two readings elsewhere; not in this file.
    out.push(&format!("numbers = {} # how numbers are written in this file\n", quoted(style(currency))));
    for (index, limit) in draft.limits.iter().enumerate() {
        out.push("\n[[appetite]]\n");
        out.begin(Part::Limit(index), ("appetite", limit.name.clone()));
        out.line("name", &quoted(&limit.name), Some(&limit.place));
        out.line("loss", &quoted(&limit.loss), None);
        out.line("chance", &quoted(&limit.chance), None);
    }
    draft.risks.iter().enumerate().for_each(|(index, one)| risk(&mut out, index, one));
    draft.controls.iter().enumerate().for_each(|(index, one)| control(&mut out, index, one, draft));
    let bought: Vec<&Control> = draft.controls.iter().filter(|control| !control.in_place).collect();
    if !bought.is_empty() {
        out.push("\n[[plan]]\n");
        out.begin(Part::Plan, ("plan", PLAN.to_owned()));
        let name = if draft.plan.is_empty() { "All measures" } else { &draft.plan };
        out.push(&format!("id = \"{PLAN}\"\nname = {}\n", quoted(name)));
        let ids: Vec<String> = bought.iter().map(|control| quoted(&control.id)).collect();
        out.push(&format!("controls = [{}]\n", ids.join(", ")));
        bought.iter().for_each(|control| out.ledger.add("plan", PLAN, Some(&control.id)));
    }
    let Out { mut text, stated, .. } = out;
    ledger.write(&mut text);
    Written { text, stated }
}

/// The plan that holds what is not yet in place.
const PLAN: &str = "all";

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

fn named(out: &mut Out<'_>, id: &str, name: &str, place: &Place, owner: Option<&String>, remarks: &[String]) {
    remarks.iter().for_each(|remark| out.push(&format!("# {}\n", comment(remark))));
    out.push(&format!("id = {}\n", quoted(id)));
    out.line("name", &quoted(name), Some(place));
    if let Some(owner) = owner {
        out.line("owner", &quoted(owner), None);
    }
}

fn risk(out: &mut Out<'_>, index: usize, risk: &Risk) {
    out.push("\n[[risk]]\n");
    out.begin(Part::Risk(index), ("risk", risk.id.clone()));
    named(out, &risk.id, &risk.name, &risk.place, risk.owner.as_ref(), &risk.remarks);
    match &risk.rate {
        Some(Rate::Frequency(value)) => {
            out.figure("frequency", value);
            if risk.at_most_one {
                // The source states a chance, not a rate.
                out.line("count", "\"at most one\"", None);
            }
        }
        Some(Rate::Threat(keys)) => keys.iter().for_each(|(key, value)| out.figure(&format!("threat.{key}"), value)),
        None => {}
    }
    risk.loss.iter().for_each(|(form, value)| out.figure(&format!("loss.{form}"), value));
    if let Some((chance, losses)) = &risk.secondary {
        out.figure("secondary.chance", chance);
        losses.iter().for_each(|(form, value)| out.figure(&format!("secondary.loss.{form}"), value));
    }
    if let Some([(frequency, cell), (loss, other)]) = &risk.inherent {
        out.line("inherent.frequency", &quoted(frequency), Some(cell));
        out.line("inherent.loss", &quoted(loss), Some(other));
    }
}

fn control(out: &mut Out<'_>, index: usize, control: &Control, draft: &Draft) {
    out.push("\n[[control]]\n");
    out.begin(Part::Control(index), ("control", control.id.clone()));
    named(out, &control.id, &control.name, &control.place, control.owner.as_ref(), &control.remarks);
    if control.in_place {
        out.line("in_place", "true", None);
    }
    for (key, value) in [("coverage", &control.coverage), ("reliability", &control.reliability)] {
        if let Some(value) = value {
            out.figure(key, value);
        }
    }
    if let Some(lifetime) = &control.lifetime {
        out.line("lifetime", &quoted(lifetime), None);
    }
    for (key, value) in [("cost.initial", &control.initial), ("cost.yearly", &control.yearly)] {
        if let Some(value) = value {
            out.figure(key, value);
        }
    }
    if let Some((time, rate)) = &control.people {
        out.figure("cost.people.time", time);
        out.figure("cost.people.rate", rate);
    }
    for (number, Effect { risk, on, becomes, value, .. }) in control.effects.iter().enumerate() {
        out.push("[[control.effect]]\n");
        out.part = Part::Effect(index, number);
        out.state(String::new());
        let id = draft.risks.get(*risk).map_or("", |risk| risk.id.as_str());
        out.ledger.add("control", &control.id, Some(&effect_key(id, on)));
        out.push(&format!("risk = {}\non = {}\n", quoted(id), quoted(on)));
        out.figure(if *becomes { "becomes" } else { "reduction" }, value);
    }
}
