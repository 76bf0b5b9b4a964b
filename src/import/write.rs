//! From statements to a scenario in TOML that says with each figure where it comes from, and what must be asked.
//!
//! Behind each line stands the cell with its text and a mark of what was written, such as `import 1a2b3c`. As long as the
//! mark fits the figure, a later import may change it; a figure that was edited by hand keeps its value. The last lines
//! name what was written at all ([`super::ledger`]).

use sha2::{Digest, Sha256};

use super::draft::{Control, Draft, Effect, Form, Rate, Risk, Value};
use super::ledger::{Ledger, effect_key};
use super::number::Style;
use super::place::{Place, Weight, shortened};

/// How many findings stand at the head of the file.
const AT_THE_HEAD: usize = 100;

/// A value at its key: a number that has no unit stands without quotes.
fn of_key(key: &str, text: &str, style: Option<Style>) -> String {
    let is_number = matches!(key, "sigma" | "mu") && text.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number { text.to_owned() } else { quoted(&in_style(text, style)) }
}

/// The numbers of a text as the case writes them. A case that does not say how has none with two readings.
fn in_style(text: &str, style: Option<Style>) -> String {
    match style {
        Some(Style::Comma) => text.replace('.', ","),
        Some(Style::Point) => text.to_owned(),
        None => {
            let (mut out, mut rest) = (String::new(), text);
            while let Some((before, behind)) = rest.split_once('.') {
                let digits = behind.len() - behind.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                out.push_str(&format!("{before}.{}", &behind[..digits]));
                // "0.125" and "12345.678" have one reading.
                let whole = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
                out.push_str(if digits == 3 && whole != "0" && whole.len() < 4 { "0" } else { "" });
                rest = &behind[digits..];
            }
            out + rest
        }
    }
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
    style: Option<Style>,
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

    /// A quantity alone.
    fn quantity(&mut self, key: &str, text: &str, place: Option<&Place>) {
        self.line(key, &quoted(&in_style(text, self.style)), place);
    }

    fn figure(&mut self, key: &str, value: &Value) {
        self.line(key, &estimate(value, self.style), value.from.first());
    }
}

/// An estimate as a value.
fn estimate(value: &Value, style: Option<Style>) -> String {
    if let Form::Years(texts) = &value.form {
        let year = |(text, place): (&String, &Place)| {
            let form = Form::One(text.clone());
            estimate(&Value { form, from: vec![place.clone()], ..value.clone() }, style)
        };
        let years: Vec<String> = texts.iter().zip(&value.from).map(year).collect();
        return format!("[{}]", years.join(", "));
    }
    let mut keys: Vec<String> = match &value.form {
        Form::One(text) => vec![format!("value = {}", quoted(&in_style(text, style)))],
        Form::Years(_) => Vec::new(),
        Form::Keys(keys) => keys.iter().map(|(key, text)| format!("{key} = {}", of_key(key, text, style))).collect(),
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
        style: draft.style,
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
    if let Some(style) = draft.style {
        let comment = "how numbers are written in this file, as in the source";
        out.push(&format!("numbers = {} # {comment}\n", quoted(pattern(style, currency))));
    }
    for (index, limit) in draft.limits.iter().enumerate() {
        out.push("\n[[appetite]]\n");
        out.begin(Part::Limit(index), ("appetite", limit.name.clone()));
        out.line("name", &quoted(&limit.name), Some(&limit.place));
        out.quantity("loss", &limit.loss, None);
        out.quantity("chance", &limit.chance, None);
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

/// How numbers of a currency are customarily written, with this sign for decimals.
fn pattern(style: Style, currency: Option<&str>) -> &'static str {
    match (style, currency) {
        (Style::Comma, _) => "1.234,5",
        (Style::Point, Some("CHF")) => "1'234.5",
        (Style::Point, Some("INR" | "PKR" | "BDT" | "NPR" | "LKR")) => "12,34,567.8",
        (Style::Point, _) => "1,234.5",
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
        out.quantity("inherent.frequency", frequency, Some(cell));
        out.quantity("inherent.loss", loss, Some(other));
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
        out.quantity("lifetime", lifetime, None);
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
