//! Does a column name measures, or say something of those that another column names?
//!
//! `Control` names measures; `ISO 27001 control`, `Measure in place since` and `Value of safeguard` say something of them,
//! as their cells show: numbers, dates, links, crosses, levels and the codes of a catalogue are no names.

use super::confirmed;
use crate::import::heading::{
    Guess, Meaning, Phase, Role, bracketed, is_exactly, is_one_of, names_measure, unknown_word, words, year,
};
use crate::import::mapping::Mapping;
use crate::import::number::{Style, amount};
use crate::import::table::{Content, Table, is_date};

/// Crosses.
const MARKS: &str = "yes|no|y|n|ja|nein|oui|non|sí|si|sì|nee|true|false|wahr|falsch|x|✓|✔";
/// Words of levels and kinds.
const LEVELS: &str = "high|medium|low|critical|major|minor|moderate|severe|considerable|significant|strong|weak|good|poor|\
    none|hoch|mittel|niedrig|gering|kritisch|stark|schwach|élevé|élevée|moyen|moyenne|faible|alto|alta|medio|media|bajo|baja|\
    basso|bassa|hoog|middel|laag|preventive|detective|corrective|deterrent|preventivo|preventiva|detectivo|correctivo|\
    präventiv|detektiv|korrektiv|préventif|détectif|correctif|preventief|technical|organisational|organizational|\
    administrative|physical|manual|automated";

/// Settles which columns name measures and which say something of them.
pub fn settle(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping, doubts: &mut Vec<usize>) {
    let role = |table: &Table<'_>, at: usize| table.columns[at].meaning.map(|meaning| meaning.role);
    let is_plain = |table: &Table<'_>, at: usize| is_exactly(&table.columns[at].heading, Role::Control);
    let named: Vec<usize> = (0..table.columns.len())
        .filter(|at| matches!(role(table, *at), Some(Role::Control | Role::Existing)))
        .filter(|at| !confirmed(table, mapping, *at))
        .collect();
    let has_plain = named.iter().any(|at| is_plain(table, *at) && !is_attribute(table, *at));
    for at in named {
        let aside = Some(Meaning { role: Role::Remark, phase: Phase::Unsaid });
        let is_marked = all_cells(table, at, |text| is_one_of(&text.trim().to_lowercase(), MARKS));
        if is_plain(table, at) && (!is_marked || names_measure(&table.columns[at].heading)) {
            continue;
        }
        // A cross names the measure of the heading: `Control MFA`.
        let is_mark = |text: &str| is_one_of(&text.trim().to_lowercase(), MARKS);
        let has_marks = table.filled(&table.columns[at]).any(is_mark);
        let is_of_heading = has_marks && names_measure(&table.columns[at].heading) && !has_plain;
        if is_attribute(table, at) && !is_of_heading || has_plain && all_cells(table, at, is_code) {
            table.columns[at].meaning = aside;
        } else if has_plain && contents[at] != Content::Empty && role(table, at) == Some(Role::Control) {
            let Some(word) = unknown_word(&table.columns[at].heading) else { continue };
            let column = &mut table.columns[at];
            column.meaning = None;
            column.guess = Guess::Doubt(vec![Role::Control, Role::Existing, Role::Remark]);
            column.doubt = Some(format!(
                "\"{word}\": measures to be bought beside those of another column, measures in place, or a remark?"
            ));
            doubts.push(column.index);
        }
    }
}

/// Whether the figures of a column may be levels, numbers that count something, or years of the calendar.
pub fn is_odd_figure(table: &Table<'_>, at: usize, meaning: Meaning, money: bool) -> bool {
    const COUNTED: &str = "number|no|nr|nummer|numéro|número|numero";
    let column = &table.columns[at];
    let all = words(&column.heading);
    let cells = || table.filled(column);
    let names_money =
        column.unit.1.is_some() || cells().any(|text| amount(text, None).is_ok_and(|read| read.currency.is_some()));
    let are_levels = (meaning.role.is_loss() || meaning.role.is_often())
        && (says_levels(&column.heading)
            || meaning.role.is_loss() && all.last().is_some_and(|word| is_one_of(word, COUNTED)))
        && !super::is_mostly_levels_of(table, at);
    let are_years = meaning.role.is_money() && !money && cells().all(|text| year(text).is_some());
    !names_money && (are_levels || are_years)
}

/// Whether the losses of a column may be marks out of a hundred: `Severity: 40`.
pub fn may_be_marks(table: &Table<'_>, at: usize) -> bool {
    const MARKED: &str = "severity|gravité|gravedad|gravità|ernst|schweregrad|consequence|auswirkung|impact|impacto|impatto|\
        schadensausmaß|schadensausmass";
    let column = &table.columns[at];
    let mut cells = table.filled(column);
    column.meaning.is_some_and(|meaning| meaning.role == Role::Loss)
        && words(&column.heading).iter().any(|word| is_one_of(word, MARKED))
        && column.unit == (None, None)
        && cells.all(|text| text.trim().parse().is_ok_and(|mark: u32| mark <= 100))
}

/// Small whole numbers below `Frequency`, which says nothing of a time: beside losses that are scores they are scores too,
/// beside amounts they are asked.
pub fn marks(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping) {
    let role = |table: &Table<'_>, at: usize| table.columns[at].meaning.map(|meaning| meaning.role);
    let has_scores = table.columns.iter().any(|column| {
        column.scored && column.meaning.is_some_and(|meaning| matches!(meaning.role, Role::Loss | Role::Likelihood))
    });
    for (at, content) in contents.iter().enumerate() {
        let is_open = role(table, at) == Some(Role::Frequency)
            && *content == Content::Scores
            && !table.columns[at].scored
            && !confirmed(table, mapping, at)
            && !says_how_often(&table.columns[at].heading)
            && super::is_mostly_levels_of(table, at);
        let column = &mut table.columns[at];
        if is_open && (has_scores || says_levels(&column.heading)) {
            column.scored = true;
            column.meaning.iter_mut().for_each(|meaning| meaning.role = Role::Likelihood);
        } else if is_open && column.doubt.is_none() {
            column.doubt = Some("events a year, or levels of a scale? The heading does not say".into());
        }
    }
}

const SCORES: &str = "score|rating|level|class|grade|category|stufe|klasse|note|niveau|nivel|livello|cotation";

fn says_levels(heading: &str) -> bool {
    words(heading).iter().any(|word| is_one_of(word, SCORES))
}

/// Whether a heading says that its numbers are counted in a time.
fn says_how_often(heading: &str) -> bool {
    const COUNTED: &str = "events|incidents|occurrences|occurrence|times|number|count|rate|aro|lef|ereignisse|vorfälle|fälle|\
        anzahl|mal|fois|sinistres|nombre|veces|eventos|incidentes|volte|eventi|incidenti|keer|aantal|incidenten|annual|annuelle|\
        anual|annua|jährlich|jährliche|yearly|jaarlijkse|often";
    let is_time = |word: &String| crate::units::reading::cell::a_year(word).is_some() || is_one_of(word, COUNTED);
    words(heading).iter().chain(&bracketed(heading)).any(is_time)
}

/// Whether the cells below a heading of measures name none.
fn is_attribute(table: &Table<'_>, at: usize) -> bool {
    all_cells(table, at, |text| {
        let lower = text.trim().to_lowercase();
        let is_number = amount(text, Some(Style::Point)).is_ok() || amount(text, Some(Style::Comma)).is_ok();
        let is_link = ["http://", "https://", "www."].iter().any(|begin| lower.starts_with(begin));
        // A day, the number of a version: signs alone name nothing.
        let is_bare = !lower.contains(char::is_alphabetic) || is_date(&lower);
        is_number || is_link || is_bare || is_one_of(&lower, MARKS) || is_one_of(&lower, LEVELS)
    })
}

/// Whether a cell is the code of something that has its name elsewhere: `A.8.7`, `CP-9`, `JIRA-12`.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 14
        && text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '#' | ',' | ';' | ' '))
        && words(text).iter().all(|word| word.chars().count() <= 6)
}

fn all_cells(table: &Table<'_>, at: usize, is_so: impl Fn(&str) -> bool) -> bool {
    let mut cells = table.filled(&table.columns[at]).peekable();
    cells.peek().is_some() && cells.all(is_so)
}
