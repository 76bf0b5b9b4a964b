//! An estimate as it is pasted into a case, and what there is to know of it.
//!
//! The value is a list of keys in the order of the file, so that text, JSON and an edit of a case
//! say the same. Figures are written with six significant digits: the estimate is what was found,
//! not a rounded likeness of it.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::report::texts::{line, number, texts};
use crate::units::{Language, Voice};

/// One value of an estimate.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A text in quotes: a quantity or a word.
    Text(String),
    /// A number.
    Number(f64),
    /// Texts in quotes.
    List(Vec<String>),
}

/// What an estimate is for, of which events, and how what is found is said.
#[derive(Debug, Clone, Copy)]
pub struct Target<'t> {
    /// Its key.
    pub key: &'t str,
    /// The category of the events, where they are of one.
    pub category: Option<&'t str>,
    /// Whether the case has a chance there: of an event that comes once a year at most.
    pub is_chance: bool,
    /// Language, and marks within numbers.
    pub voice: Voice,
}

impl Target<'_> {
    /// What was counted, with its category: "13 events of category payment fraud".
    #[must_use]
    pub fn of_category(&self, what: String) -> String {
        let words = &texts(self.voice).calibrated;
        self.category
            .map_or(what.clone(), |category| line(words.of_category, &[("what", &what), ("category", &category)]))
    }
}

/// An estimate to paste.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The key that it is for, such as `frequency`.
    pub key: String,
    /// Keys and values of the estimate.
    pub value: Vec<(&'static str, Part)>,
    /// Where it comes from.
    pub source: String,
    /// The last day of the data, as `2026-12-31`.
    pub date: Option<String>,
    /// The period that the data cover, both days included.
    pub period: Option<(String, String)>,
    /// How many observations stand behind it.
    pub count: usize,
    /// One sentence of what it rests on.
    pub rests_on: String,
    /// What else was found, a sentence each.
    pub findings: Vec<String>,
    /// What must be known before it is used, a sentence each.
    pub cautions: Vec<String>,
    /// Other keys that belong beside it, such as `count = { clustering = 0.8 }`, each with its reason.
    pub beside: Vec<(String, String)>,
    /// Named figures for programs.
    pub figures: Vec<(&'static str, f64)>,
    /// In which language, and with which marks, it is said.
    pub voice: Voice,
}

/// A figure with six significant digits, without an exponent.
#[must_use]
pub fn digits(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return "0".to_owned();
    }
    let decimals = (5.0 - libm::floor(libm::log10(x.abs()))).clamp(0.0, 15.0) as usize;
    let text = format!("{x:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    let text = text.trim_end_matches('0').trim_end_matches('.');
    // Three decimals could be a group of thousands.
    let groups = text.split_once('.').is_some_and(|(whole, rest)| rest.len() == 3 && whole != "0");
    if groups { format!("{text}0") } else { text.to_owned() }
}

/// A figure as people say it: three significant digits, thousands grouped.
#[must_use]
pub fn said(x: f64) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x.is_finite() { "0".to_owned() } else { "infinite".to_owned() };
    }
    let place = libm::pow(10.0, libm::floor(libm::log10(x.abs())) - 2.0);
    let rounded = libm::round(x / place) * place;
    let decimals = (2.0 - libm::floor(libm::log10(rounded.abs()) + 1e-12)).clamp(0.0, 12.0) as usize;
    let text = format!("{rounded:.decimals$}");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        let left = whole.chars().count() - i;
        if i > 0 && left % 3 == 0 && digit.is_ascii_digit() && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = rest.trim_end_matches('0');
    if rest.is_empty() { grouped } else { format!("{grouped}.{rest}") }
}

/// A chance in percent, as people say it.
#[must_use]
pub fn percent(p: f64) -> String {
    share(Voice::default(), p)
}

/// The same as its readers say it.
#[must_use]
pub fn share(voice: Voice, p: f64) -> String {
    let words = &texts(voice).review;
    let percent = |number: &str| voice.set(&line(texts(voice).said.percent, &[("number", &number)]));
    let p = 100.0 * p;
    if p > 0.0 && p < 0.1 {
        words.below_permille.to_owned()
    } else if p < 10.0 {
        percent(format!("{p:.1}").trim_end_matches(".0"))
    } else if (99.5..100.0).contains(&p) {
        words.over_99.to_owned()
    } else {
        percent(&format!("{p:.0}"))
    }
}

/// A figure as its readers write it, with the digits of [`said`].
#[must_use]
pub fn numeral(voice: Voice, x: f64) -> String {
    if x.is_finite() { voice.set(&said(x)) } else { texts(voice).calibrated.infinite.to_owned() }
}

/// "1 event", "2 events".
#[must_use]
pub fn in_events(voice: Voice, count: usize) -> String {
    let words = &texts(voice).review;
    line(number(count, words.one_event, words.events), &[("count", &count)])
}

/// "1 year", "6.97 years".
#[must_use]
pub fn in_years(voice: Voice, years: f64) -> String {
    let (words, count) = (&texts(voice).review, numeral(voice, years));
    if count == "1" { words.one_year.to_owned() } else { line(words.years, &[("count", &count)]) }
}

/// A day: as files have it in English, as people write it elsewhere.
#[must_use]
pub fn day(voice: Voice, date: Date) -> String {
    match voice.language {
        Language::English => date.to_string(),
        other => crate::report::live::day(other, date),
    }
}

/// "1 event", "2 events", of faults.
#[must_use]
pub fn counted(n: usize, word: &str) -> String {
    if n == 1 {
        return format!("1 {word}");
    }
    let plural = word.strip_suffix('y').map_or_else(|| format!("{word}s"), |stem| format!("{stem}ies"));
    format!("{n} {plural}")
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

impl Part {
    /// As TOML writes it.
    #[must_use]
    pub fn toml(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Number(x) => digits(*x),
            Self::List(texts) => {
                format!("[{}]", texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl Proposal {
    /// The last part of a key path: what stands left of the equals sign.
    #[must_use]
    pub fn last_key(&self) -> &str {
        self.key.rsplit('.').next().unwrap_or(&self.key)
    }

    /// The estimate as an inline table.
    #[must_use]
    pub fn inline(&self) -> String {
        let mut parts: Vec<String> = self.value.iter().map(|(key, part)| format!("{key} = {}", part.toml())).collect();
        parts.push(format!("source = {}", quoted(&self.source)));
        if let Some(date) = &self.date {
            parts.push(format!("date = {}", quoted(date)));
        }
        parts.push(format!("why = {}", quoted(&self.rests_on)));
        format!("{{ {} }}", parts.join(", "))
    }

    /// What is pasted: the estimate, and the keys that belong beside it.
    #[must_use]
    pub fn toml(&self) -> String {
        let mut text = format!("{} = {}\n", self.last_key(), self.inline());
        for (line, why) in &self.beside {
            text.push_str(&format!("{line}   # {why}\n"));
        }
        text
    }

    /// The whole answer as text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}{}", self.toml(), self.notes())
    }

    /// What was found, and what must be known before it is used.
    #[must_use]
    pub fn notes(&self) -> String {
        let (mut text, words) = (String::new(), &texts(self.voice).experts);
        for (title, lines) in [(words.found, &self.findings), (words.before_use, &self.cautions)] {
            if lines.is_empty() {
                continue;
            }
            text.push_str(&format!("\n{title}\n"));
            for line in lines {
                text.push_str(&format!("- {line}\n"));
            }
        }
        text
    }

    /// The whole answer for programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let value: serde_json::Map<String, Value> = self
            .value
            .iter()
            .map(|(key, part)| {
                let value = match part {
                    Part::Text(text) => json!(text),
                    Part::Number(x) => json!(x),
                    Part::List(texts) => json!(texts),
                };
                ((*key).to_owned(), value)
            })
            .collect();
        let figures: serde_json::Map<String, Value> =
            self.figures.iter().map(|(key, x)| ((*key).to_owned(), json!(x))).collect();
        let beside: Vec<Value> = self.beside.iter().map(|(line, why)| json!({ "line": line, "why": why })).collect();
        let period = self.period.as_ref().map(|(from, to)| json!({ "from": from, "to": to }));
        json!({
            "schema": "rosi.estimate/1", "key": self.key, "estimate": value, "source": self.source, "date": self.date,
            "period": period, "n": self.count, "rests_on": self.rests_on, "findings": self.findings,
            "cautions": self.cautions, "beside": beside, "figures": figures, "toml": self.toml(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_keep_six_digits_and_are_said_with_three() {
        for (x, written, told) in [
            (0.642_857_142, "0.642857", "0.643"),
            (1_234_567.8, "1234568", "1,230,000"),
            (12.0, "12", "12"),
            (0.000_123_456_78, "0.000123457", "0.000123"),
            (999.6, "999.6", "1,000"),
            (1.936, "1.9360", "1.94"),
            (0.125, "0.125", "0.125"),
            (-45_678.0, "-45678", "-45,700"),
        ] {
            assert_eq!(digits(x), written);
            assert_eq!(said(x), told);
        }
        assert_eq!(
            (percent(0.0004), percent(0.0523), percent(0.81)),
            ("below 0.1%".into(), "5.2%".into(), "81%".into())
        );
    }
}
