//! What does a score mean? A table of levels with words, frequencies and amounts that somebody approved.
//!
//! A level is a range for words such as "possible"; nothing in a register says which. So a register of scores needs a
//! scale, with the name of whoever approved it and the day.

use std::collections::BTreeMap;

use super::frequency::{Often, often};
use super::heading::{Role, bracketed, is_one_of, split};
use super::number::{Styles, amount};
use super::place::{Code, Finding, Place};
use super::table::Table;
use super::{grid::Sheet, text};
use crate::units::Currency;

/// A scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scale {
    /// Who approved it, and when.
    pub approved: String,
    levels: BTreeMap<(Factor, String), Level>,
    /// The currencies that its amounts name, each with its first cell.
    currencies: Vec<(String, Place)>,
}

/// What a scale is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Factor {
    /// How often.
    Likelihood,
    /// What an event costs.
    Impact,
}

/// A level.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// Its name or number.
    pub name: String,
    /// The lower end, as rosi reads it.
    pub low: String,
    /// The upper end.
    pub high: String,
    /// The middle on a scale of ratios, for comparing levels.
    pub middle: f64,
    /// Where it stands.
    pub place: Place,
}

/// A scale to begin with; the lines must be put right and approved.
pub const TEMPLATE: &str = "\
# approved by: NAME, YYYY-MM-DD
# One line a level. `words` are other names of the level, separated by semicolons. Frequencies as \"1 in 10 years\" or
# \"4 per year\", amounts as 250k or 1M: what lies between low and high in nine of ten cases.
factor,level,words,low,high
likelihood,1,rare;L;low,1 in 50 years,1 in 10 years
likelihood,2,unlikely,1 in 10 years,1 in 4 years
likelihood,3,possible;M;medium,1 in 4 years,1 per year
likelihood,4,likely;H;high,1 per year,4 per year
likelihood,5,almost certain,4 per year,20 per year
impact,1,negligible;L;low,1k,10k
impact,2,minor,10k,50k
impact,3,moderate;M;medium,50k,250k
impact,4,major;H;high,250k,1M
impact,5,severe,1M,8M
";

impl Scale {
    /// Reads a scale.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let (decoded, _) = text::decode(bytes);
        let sheet = text::sheet(&decoded, text::separator(&decoded)).map_err(|mut fault| {
            fault.place = Some(Place { file: name.into(), ..fault.place.unwrap_or_default() });
            vec![fault]
        })?;
        let fault = |row: usize, message: String, cure: &str| {
            Finding::fault(Code::Scale, Some(Place { row, ..Place::file(name) }), message, cure)
        };
        let mut faults = Vec::new();
        let approved = decoded.lines().find_map(|line| {
            let line = line.trim().trim_matches('"');
            let line = line.strip_prefix('#')?.trim();
            let (key, value) = line.split_once(':')?;
            let value = value.trim().trim_end_matches([',', ';']);
            key.trim().eq_ignore_ascii_case("approved by").then(|| value.to_owned())
        });
        let dated = approved.as_deref().is_some_and(|text| {
            let name = text.split(',').next().unwrap_or("").trim();
            text.chars().filter(char::is_ascii_digit).count() >= 4
                && name.chars().any(char::is_alphabetic)
                && !text.contains("YYYY")
        });
        if !dated {
            faults.push(fault(
                1,
                "nobody approved this scale".into(),
                "write who approved it and when in its first line: `# approved by: Risk committee, 2026-05-20`",
            ));
        }
        let mut scale = Self { approved: approved.unwrap_or_default(), ..Self::default() };
        scale.levels(name, &sheet, &mut faults);
        if scale.levels.is_empty() && faults.is_empty() {
            faults.push(fault(
                1,
                "the scale has no levels".into(),
                "`rosi import --scale-template` writes one to begin with",
            ));
        }
        if faults.is_empty() { Ok(scale) } else { Err(faults) }
    }

    fn levels(&mut self, name: &str, sheet: &Sheet, faults: &mut Vec<Finding>) {
        let mut columns: Option<[usize; 5]> = None;
        let mut styles = [Styles::default(); 2];
        let data = |row: &super::grid::Row| !row.is_empty() && !row.text(0).trim_start_matches('"').starts_with('#');
        for row in sheet.rows.iter().filter(|row| data(row)) {
            for (cell, style) in row.cells.iter().rev().zip(&mut styles) {
                style.see(&cell.text);
            }
        }
        let style = styles[0].with(styles[1]).judge();
        for row in sheet.rows.iter().filter(|row| data(row)) {
            let Some([factor, level, words, low, high]) = columns else {
                let find = |names: &[&str]| {
                    row.cells.iter().position(|cell| names.contains(&cell.text.to_lowercase().as_str()))
                };
                let found =
                    [find(&["factor"]), find(&["level"]), find(&["words", "word"]), find(&["low"]), find(&["high"])];
                if let [Some(a), Some(b), Some(c), Some(d), Some(e)] = found {
                    columns = Some([a, b, c, d, e]);
                    continue;
                }
                faults.push(Finding::fault(
                    Code::Scale,
                    Some(Place { row: row.number, ..Place::file(name) }),
                    "the headings of a scale are factor, level, words, low, high",
                    "`rosi import --scale-template` writes one to begin with",
                ));
                return;
            };
            let place = |column: usize| Place {
                row: row.number,
                column: column + 1,
                text: row.text(column).to_owned(),
                ..Place::file(name)
            };
            let kind = match row.text(factor).to_lowercase().as_str() {
                "likelihood" | "probability" | "frequency" => Factor::Likelihood,
                "impact" | "loss" | "severity" => Factor::Impact,
                _ => {
                    let cure = "write likelihood or impact";
                    faults.push(Finding::fault(
                        Code::Scale,
                        Some(place(factor)),
                        "a scale is of likelihood or of impact",
                        cure,
                    ));
                    continue;
                }
            };
            for column in [low, high] {
                let named = amount(row.text(column), style).ok().and_then(|found| found.currency);
                if let Some(code) = named.filter(|code| !self.currencies.iter().any(|(known, _)| known == code)) {
                    self.currencies.push((code, place(column)));
                }
            }
            let end = |column: usize| quantity(row.text(column), kind, style);
            let (Some(from), Some(to)) = (end(low), end(high)) else {
                let column = if end(low).is_none() { low } else { high };
                let cure = match kind {
                    Factor::Likelihood => "write a frequency such as 1 in 10 years or 4 per year",
                    Factor::Impact => "write an amount such as 250k",
                };
                faults.push(Finding::fault(
                    Code::Scale,
                    Some(place(column)),
                    "this end of the level cannot be read",
                    cure,
                ));
                continue;
            };
            if from.1 >= to.1 || from.1 <= 0.0 {
                let cure = "low must be above zero and below high";
                faults.push(Finding::fault(
                    Code::Scale,
                    Some(place(low)),
                    "the level does not rise from low to high",
                    cure,
                ));
                continue;
            }
            let read = Level {
                name: row.text(level).to_owned(),
                low: from.0,
                high: to.0,
                middle: libm::sqrt(from.1 * to.1),
                place: place(level),
            };
            for word in row.text(words).split(';').chain([row.text(level)]).map(fold).filter(|word| !word.is_empty()) {
                if let Some(before) = self.levels.insert((kind, word.clone()), read.clone())
                    && before.place.row != read.place.row
                {
                    let cure = "give each level words of its own";
                    let message = format!("\"{word}\" names level {} and level {}", before.name, read.name);
                    faults.push(Finding::fault(Code::Scale, Some(place(words)), message, cure));
                }
            }
        }
    }

    /// The currencies that its amounts name.
    pub fn currencies(&self) -> impl Iterator<Item = &str> {
        self.currencies.iter().map(|(code, _)| code.as_str())
    }

    /// Amounts in another currency than the case, or in several.
    pub fn in_currency(&self, case: Option<Currency>) -> Option<Finding> {
        let is_other = |code: &str| case.map_or(code != self.currencies[0].0, |case| !case.is_written(code));
        let (code, place) = self.currencies.iter().find(|(code, _)| is_other(code))?;
        let own = case.map_or_else(|| self.currencies[0].0.clone(), |case| case.code().to_owned());
        let message = format!("this amount of the scale is in {code}, others are in {own}");
        Some(Finding::fault(Code::Scale, Some(place.clone()), message, format!("write all its amounts in {own}")))
    }

    /// What the headings of a table say of their scores, where the scale says another thing: `(1=high, 5=low)`.
    pub fn against(&self, table: &Table<'_>) -> Vec<Finding> {
        let mut faults = Vec::new();
        for column in table.columns.iter().filter(|column| column.scored) {
            let factor = match column.meaning.map(|meaning| meaning.role) {
                Some(Role::Likelihood | Role::Frequency) => Factor::Likelihood,
                Some(role) if role.is_money() => Factor::Impact,
                _ => continue,
            };
            let said = stated_levels(&column.heading);
            let place = || table.heading_place(column);
            if let Some(message) = self.other_levels(factor, &column.heading) {
                let cure = "write a scale with the levels of the heading, and use it with --scale";
                faults.push(Finding::fault(Code::Scale, Some(place()), message, cure));
                continue;
            }
            let stated = said.iter().filter_map(|(level, word)| {
                // "unlikely" holds "likely": the lower words come first.
                let end = ENDS.iter().position(|end| end.split('|').any(|end| word.contains(end)))?;
                Some((self.level(factor, level)?, end, format!("{level} = {word}")))
            });
            let stated: Vec<_> = stated.collect();
            let wrong = stated.iter().any(|(low, end, _)| {
                *end == 0 && stated.iter().any(|(high, other, _)| *other == 1 && high.middle <= low.middle)
            });
            if wrong {
                let said: Vec<&str> = stated.iter().map(|(_, _, part)| part.as_str()).collect();
                let message = format!("the heading says {}, the scale the other way round", said.join(", "));
                let cure = "write a scale whose levels run as the heading says, and use it with --scale";
                faults.push(Finding::fault(Code::Scale, Some(place()), message, cure));
            }
        }
        faults
    }

    /// Why the levels that a heading counts, `(1-10)`, are not those of the scale.
    fn other_levels(&self, factor: Factor, heading: &str) -> Option<String> {
        let said: Vec<u32> = levels_of(heading)?;
        let own = self.levels.keys().filter(|(of, _)| *of == factor).filter_map(|(_, name)| name.parse::<u32>().ok());
        let (low, high) = (own.clone().min()?, own.max()?);
        (said[..] != [low, high])
            .then(|| format!("the heading counts from {} to {}, the scale from {low} to {high}", said[0], said[1]))
    }

    /// The level that a cell names, by number or word.
    pub fn level(&self, factor: Factor, text: &str) -> Option<&Level> {
        let word = fold(text);
        let bare = word.trim_end_matches(".0");
        let find = |word: &str| self.levels.get(&(factor, word.to_owned()));
        // "3 - possible", "Hoch (4)": the number or the word alone.
        find(&word).or_else(|| find(bare)).or_else(|| {
            let mut parts =
                word.split([' ', '-', '(', ')', ':', '–', '=']).map(str::trim).filter(|part| !part.is_empty());
            let first = parts.next()?;
            let level = find(first)?;
            parts.next().map_or(Some(level), |next| {
                let digits = first.chars().all(|c| c.is_ascii_digit());
                // "1-2" names two levels.
                let is_other = find(next).is_some_and(|other| other.name != level.name);
                (digits && !is_other).then_some(level)
            })
        })
    }
}

/// Words for the lower and the upper end of a scale.
const ENDS: [&str; 2] = [
    "low|unlikely|rare|seldom|remote|improbable|minor|negligible|insignificant|minimal|never|niedrig|gering|selten|\
     unwahrscheinlich|unbedeutend|klein|faible|improbable|négligeable|mineur|bajo|baja|raro|improbable|leve|bassa|basso|\
     raro|improbabile|lieve|laag|zelden|onwaarschijnlijk|klein",
    "high|likely|certain|frequent|probable|severe|critical|major|catastroph|extreme|often|hoch|häufig|wahrscheinlich|\
     sicher|schwer|kritisch|katastroph|élevé|fréquent|certain|grave|critique|alto|alta|frecuente|seguro|crítico|\
     frequente|certo|critico|hoog|vaak|zeker|ernstig",
];

/// The levels that a heading explains, each with its words: `(1 = very likely, 5 = rare)`.
fn stated_levels(heading: &str) -> Vec<(String, String)> {
    let signs = heading.char_indices().filter(|(_, c)| matches!(c, '=' | ':'));
    let of = |(at, sign): (usize, char)| {
        let before = heading[..at].trim_end();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let level = &before[before.len() - digits..];
        let behind = &heading[at + sign.len_utf8()..];
        let is_end = |c: char| c.is_ascii_digit() || matches!(c, '(' | ')' | ',' | ';' | '/' | '.' | '…' | '–');
        let word = fold(behind.split(is_end).next().unwrap_or(""));
        (!level.is_empty() && !word.is_empty()).then(|| (level.to_owned(), word))
    };
    signs.filter_map(of).collect()
}

/// The first and the last level that a heading counts: `(1-10)`, `1_to_5`.
fn levels_of(heading: &str) -> Option<Vec<u32>> {
    let numbers = |words: &[String]| -> Vec<u32> { words.iter().filter_map(|word| word.parse().ok()).collect() };
    let inside = bracketed(heading);
    let within = Some(numbers(&inside)).filter(|found| found.len() == 2 && inside.len() == 2);
    let words = split(heading);
    let spelled = words.windows(3).find(|three| is_one_of(&three[1], "to|bis|à|a|tot")).map(numbers);
    within.or(spelled.filter(|found| found.len() == 2)).filter(|found| found[0] < found[1] && found[0] <= 1)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// An end of a level, as rosi reads it, and its size for comparing.
fn quantity(text: &str, kind: Factor, style: Option<super::number::Style>) -> Option<(String, f64)> {
    let size = |text: &str| text.parse::<f64>().ok();
    match kind {
        Factor::Impact => {
            let value = amount(text, style).ok().filter(|found| !found.percent)?.value;
            Some((value.to_string(), size(&value.to_string())?))
        }
        Factor::Likelihood => {
            let (text, value) = match often(text, style).ok()? {
                Often::Rate(rate) => (rate.text(), size(&rate.value()?.to_string())?),
                Often::Chance(value) | Often::Number(value) => (format!("{value} per year"), size(&value.to_string())?),
                Often::Range(_) => return None,
            };
            Some((text, value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APPROVED: &str = "# approved by: Risk committee, 2026-05-20\n";

    #[test]
    fn a_level_is_found_by_its_number_and_its_words() {
        let text = TEMPLATE.replace("NAME, YYYY-MM-DD", "Risk committee, 2026-05-20");
        let scale = Scale::read("scale.csv", text.as_bytes()).unwrap();
        let low = |text: &str| scale.level(Factor::Impact, text).map(|level| level.low.clone());
        assert_eq!(low("5"), Some("1000000".into()));
        assert_eq!(low("Severe"), Some("1000000".into()));
        assert_eq!(low("4 - major"), Some("250000".into()));
        assert_eq!(low("6"), None);
        assert_eq!(scale.level(Factor::Likelihood, "almost certain").unwrap().high, "20 per year");
    }

    #[test]
    fn a_scale_that_nobody_approved_is_a_fault_and_so_is_the_template_as_it_is() {
        for text in [TEMPLATE.to_owned(), TEMPLATE.lines().skip(3).collect::<Vec<_>>().join("\n")] {
            let faults = Scale::read("scale.csv", text.as_bytes()).unwrap_err();
            assert!(faults[0].message.contains("nobody approved"), "{faults:?}");
        }
    }

    #[test]
    fn levels_rise_and_words_stand_once() {
        let text = format!(
            "{APPROVED}factor,level,words,low,high\nimpact,1,a;b,10k,5k\nimpact,2,c,1k,2k\nimpact,3,c,2k,4k\nage,1,x,1,2\n"
        );
        assert_eq!(Scale::read("s", text.as_bytes()).unwrap_err().len(), 3);
    }
}
