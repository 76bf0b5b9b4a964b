//! Which run does a paper say that it came from?
//!
//! Every paper has it: JSON as `provenance`, the others in a line such as
//! `rosi 0.1.0 · scenario 588e2a662ac8 · seed 1 · simulated (32768 years) · --plan core`, in the words of its language.

use serde_json::Value;

use crate::report::texts::{Run as Words, texts};
use crate::units::Language;

/// The most years that a paper may have run without being asked for on the command line.
const MOST_YEARS: u64 = 50_000_000;
/// The methods by their keys.
const METHODS: [&str; 3] = ["exact", "simulated", "expected"];
/// The most letters of a line: the ids of many plans.
const LONGEST: usize = 20_000;
/// The precisions that can be asked for.
const PRECISIONS: std::ops::RangeInclusive<f64> = 0.000_1..=0.5;

/// A run of rosi, as a paper names it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Run {
    /// The version of rosi.
    pub version: String,
    /// The hash of the scenario, or how it begins.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// `exact`, `simulated` or `expected`.
    pub method: String,
    /// The years that were asked for.
    pub years_asked: Option<u64>,
    /// The precision that was asked for.
    pub precision_asked: Option<f64>,
    /// The plans that were asked for; none for all.
    pub plans_asked: Vec<String>,
    /// Whether the case was changed for the run: the figures are not those of a file.
    pub is_changed: bool,
}

/// Why a paper names no run that could be done again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NoRun {
    /// It names none.
    Missing,
    /// It names a number that no run has.
    Absurd(String),
}

impl Run {
    /// The run of a JSON document.
    pub(crate) fn of_json(document: &Value) -> Result<Self, NoRun> {
        let provenance = &document["provenance"];
        let word = |key: &str| provenance[key].as_str().map(str::to_owned).ok_or(NoRun::Missing);
        let whole = |key: &str| match &provenance[key] {
            Value::Null => Ok(None),
            number => number.as_u64().map(Some).ok_or_else(|| absurd(key, number)),
        };
        let plans = provenance["plans_asked"].as_array().into_iter().flatten();
        let run = Self {
            version: word("version")?,
            scenario: word("scenario_sha256")?,
            seed: whole("seed")?.ok_or(NoRun::Missing)?,
            method: word("method")?,
            years_asked: whole("years_asked")?,
            precision_asked: match &provenance["precision_asked"] {
                Value::Null => None,
                number => Some(number.as_f64().ok_or_else(|| absurd("precision", number))?),
            },
            plans_asked: plans.filter_map(|plan| plan.as_str().map(str::to_owned)).collect(),
            is_changed: !provenance["set"].is_null(),
        };
        run.sensible(whole("years")?)
    }

    /// The run of a text: of several lines that name one, that of the scenario with this hash, else the last.
    pub(crate) fn of_text(text: &str, hash: &str) -> Result<Self, NoRun> {
        // Markdown escapes what an id may hold.
        let text = text.replace('\\', "");
        let mut last = Err(NoRun::Missing);
        for (at, mark) in text.match_indices("rosi ") {
            match Self::of_line(&text[at + mark.len()..]) {
                Ok(run) if hash.starts_with(&run.scenario) => return Ok(run),
                Err(NoRun::Missing) => {}
                found => last = found,
            }
        }
        last
    }

    /// The run of a line behind its first word, in whichever language.
    fn of_line(line: &str) -> Result<Self, NoRun> {
        let found = Language::ALL.map(|language| Self::of_words(line, &texts(language).run));
        found.into_iter().find(|found| *found != Err(NoRun::Missing)).unwrap_or(Err(NoRun::Missing))
    }

    fn of_words(line: &str, words: &Words) -> Result<Self, NoRun> {
        const BETWEEN: &str = " · ";
        let word = |text: &str, allowed: &dyn Fn(char) -> bool| -> String {
            text.chars().take_while(|c| allowed(*c)).collect()
        };
        // No line is longer: a file may name a thousand runs.
        let line = line.char_indices().nth(LONGEST).map_or(line, |(end, _)| &line[..end]);
        let version = word(line, &|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'));
        let rest = after(&line[version.len()..], &format!(" · {} ", words.scenario))?;
        let scenario = word(rest, &|c| c.is_ascii_hexdigit());
        let rest = after(&rest[scenario.len()..], &format!(" · {} ", words.seed))?;
        let seed = word(rest, &|c| c.is_ascii_digit());
        let rest = after(&rest[seed.len()..], BETWEEN)?;
        let said = METHODS.into_iter().find_map(|key| Some((key, rest.strip_prefix(words.method(key))?)));
        let Some((method, mut rest)) = said.filter(|_| !scenario.is_empty()) else { return Err(NoRun::Missing) };
        let method = method.to_owned();
        let mut years = None;
        let end = format!(" {})", words.years);
        if let Some((number, behind)) = rest.strip_prefix(" (").and_then(|rest| rest.split_once(&end)) {
            years = Some(whole("years", number)?);
            rest = behind;
        }
        let seed = whole("seed", &seed)?;
        let mut run = Self { version, scenario, seed, method, ..Self::default() };
        while let Some(option) = rest.strip_prefix(" · --") {
            let name = word(option, &|c| c.is_ascii_lowercase());
            if name == "set" {
                run.is_changed = true;
                break;
            }
            let Some(value) = option[name.len()..].strip_prefix(' ') else { break };
            let written = word(value, &|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ',' | '.' | '%'));
            // The line may be a sentence.
            let value = written.trim_end_matches('.');
            match name.as_str() {
                "plan" => run.plans_asked = value.split(',').map(str::to_owned).collect(),
                "years" => run.years_asked = Some(whole("years", value)?),
                "precision" => {
                    let percent = value.strip_suffix('%').and_then(|percent| percent.parse::<f64>().ok());
                    run.precision_asked = Some(percent.ok_or_else(|| absurd("precision", value))? / 100.0);
                }
                _ => break,
            }
            rest = &option[name.len() + 1 + written.len()..];
        }
        run.sensible(years)
    }

    /// The same, unless to do it again would take for ever.
    fn sensible(self, years: Option<u64>) -> Result<Self, NoRun> {
        if let Some(years) = [years, self.years_asked].into_iter().flatten().find(|years| *years > MOST_YEARS) {
            return Err(absurd("years", years));
        }
        match self.precision_asked.filter(|precision| !PRECISIONS.contains(precision)) {
            Some(precision) => Err(absurd("precision", precision)),
            None => Ok(self),
        }
    }
}

/// What follows a mark.
fn after<'t>(text: &'t str, mark: &str) -> Result<&'t str, NoRun> {
    text.strip_prefix(mark).ok_or(NoRun::Missing)
}

fn whole(what: &str, text: &str) -> Result<u64, NoRun> {
    text.parse().map_err(|_| absurd(what, text))
}

/// What is claimed, cut to what a line holds.
fn absurd(what: &str, claim: impl std::fmt::Display) -> NoRun {
    NoRun::Absurd(format!("{what}: {}", claim.to_string().chars().take(40).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_which_run_it_was_and_one_of_too_many_years_is_refused() {
        let line = "x rosi 0.1.0 · scenario 588e2a662ac8 · seed 7 · simulated (32768 years)";
        let run = Run::of_text(line, "").unwrap();
        assert_eq!((run.seed, run.method.as_str(), run.years_asked), (7, "simulated", None));
        let run =
            Run::of_text(&format!("{line} · --plan a\\_b,c-d · --precision 0.7% · 3 of 4 assumptions"), "").unwrap();
        assert_eq!(run.plans_asked, ["a_b", "c-d"]);
        assert_eq!(run.precision_asked, Some(0.7 / 100.0));
        let run = Run::of_text("rosi 0.1.0 · scenario 588e · seed 1 · exact · --years 5000.</p>", "").unwrap();
        assert_eq!(run.years_asked, Some(5000));
        for absurd in
            ["(99999999999999999999999 years)", "(-5 years)", "(60000000 years)", "(5 years) · --years 60000000"]
        {
            let line = format!("rosi 0.1.0 · scenario 588e · seed 1 · simulated {absurd}");
            assert!(matches!(Run::of_text(&line, ""), Err(NoRun::Absurd(_))), "{absurd}");
        }
        for none in
            ["", "rosi", "rosi 0.1.0 · scenario x · seed 1 · exact", "rosi 0.1.0 · scenario 5 · seed 1 · guessed"]
        {
            assert_eq!(Run::of_text(none, ""), Err(NoRun::Missing), "{none}");
        }
    }

    #[test]
    fn a_line_is_read_in_every_language() {
        let line =
            "rosi 0.1.0 · Szenario 588e2a662ac8 · Startwert 7 · simuliert (32768 Jahre) · --plan core · --years 32768";
        let run = Run::of_text(line, "").unwrap();
        assert_eq!((run.scenario.as_str(), run.seed, run.method.as_str()), ("588e2a662ac8", 7, "simulated"));
        assert_eq!((run.plans_asked, run.years_asked), (vec!["core".to_owned()], Some(32768)));
        let absurd = "rosi 0.1.0 · Szenario 588e · Startwert 1 · simuliert (60000000 Jahre)";
        assert!(matches!(Run::of_text(absurd, ""), Err(NoRun::Absurd(_))));
        assert_eq!(Run::of_text("rosi 0.1.0 · Szenario 588e · seed 1 · exakt", ""), Err(NoRun::Missing));
    }

    #[test]
    fn of_several_lines_that_of_the_scenario_counts() {
        let line = |hash: &str, seed: u64| format!("rosi 0.1.0 · scenario {hash} · seed {seed} · exact\n");
        let text = line("aaaa", 1) + &line("bbbb", 2) + &line("cccc", 3);
        assert_eq!(Run::of_text(&text, "bbbbff").unwrap().seed, 2);
        assert_eq!(Run::of_text(&text, "dddd").unwrap().seed, 3);
    }
}
