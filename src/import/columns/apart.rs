//! What is only like a frequency, or works on one as a factor, is never taken for how often a risk strikes.
//!
//! "Review frequency" and "Day rate" beside a likelihood are left out and told. Where nothing else says how often, and
//! where a word is not known, they are a doubt. "Vulnerability" beside a frequency, and a frequency beside a
//! probability, may have to be multiplied: a doubt too.

use super::{NOW, confirmed};
use crate::import::heading::{Guess, Meaning, Odd, Phase, Role, factor, is_end_alone, is_mark};
use crate::import::mapping::Mapping;
use crate::import::place::{Finding, shortened};
use crate::import::register::is_score;
use crate::import::span::Span;
use crate::import::table::{Column, Content, Table};

/// Leaves open what a column holds.
pub(super) fn doubt(column: &mut Column, message: String, roles: Vec<Role>, doubts: &mut Vec<usize>) {
    (column.meaning, column.guess, column.doubt) = (None, Guess::Doubt(roles), Some(message));
    doubts.push(column.index);
}

/// Settles what columns hold whose headings are like that of a frequency.
pub fn settle(
    table: &mut Table<'_>,
    contents: &[Content],
    odd: &[(usize, Odd)],
    doubts: &mut Vec<usize>,
    findings: &mut Vec<Finding>,
) {
    let is_plain = |at: usize| {
        let role = table.columns[at].meaning.map_or(Role::Ignore, |meaning| meaning.role);
        role.is_often() && contents[at] != Content::Empty && odd.iter().all(|(other, _)| *other != at)
    };
    let plain = (0..table.columns.len()).find(|at| is_plain(*at)).map(|at| table.columns[at].heading.clone());
    for (at, odd) in odd {
        let Some(role) = table.columns[*at].meaning.map(|meaning| meaning.role) else { continue };
        let place = table.heading_place(&table.columns[*at]);
        let column = &mut table.columns[*at];
        match (odd, &plain) {
            (Odd::Other(word), Some(plain)) => {
                column.meaning = Some(Meaning { role: Role::Remark, phase: Phase::Unsaid });
                let message =
                    format!("\"{word}\" speaks of something else: kept as a remark, and \"{plain}\" says how often");
                findings.push(Finding::note(Some(place), message));
            }
            (Odd::Other(word), None) => {
                let message = format!("\"{word}\" speaks of something else: is this how often the risk strikes?");
                doubt(column, message, vec![role], doubts);
            }
            (Odd::Unknown(word), _) => {
                let message = format!("\"{word}\" is not known: is this how often the risk strikes?");
                doubt(column, message, vec![role], doubts);
            }
        }
    }
}

/// Two columns of figures that may both be of today: `Current frequency` and `Expected frequency`. Which of them holds
/// is a doubt, where one would be taken and the other not.
pub fn twice_today(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping, doubts: &mut Vec<usize>) {
    for role in [Role::Frequency, Role::Likelihood, Role::Loss] {
        let of = |phase: Phase| {
            let wanted = Some(Meaning { role, phase });
            (0..table.columns.len())
                .find(|at| table.columns[*at].meaning == wanted && contents[*at] == Content::Figures)
        };
        let (Some(today), Some(unsaid)) = (of(Phase::Today), of(Phase::Unsaid)) else { continue };
        if !confirmed(table, mapping, unsaid) {
            let message = format!(
                "\"{}\" says it of today: is this with the measures, or to be left out?",
                table.columns[today].heading
            );
            doubt(&mut table.columns[unsaid], message, vec![Role::Ignore, role], doubts);
        }
    }
}

/// Columns of one quantity of which one says what it counts in and another does not: `Loss (k€)` and `Loss after`. That is a
/// doubt; of a price beside such losses each figure is asked.
pub fn half_said(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping, doubts: &mut Vec<usize>) {
    let role = |at: usize| table.columns[at].meaning.map_or(Role::Ignore, |meaning| meaning.role);
    let holds = |at: &usize| contents[*at] == Content::Figures;
    let open = |at: &usize| !confirmed(table, mapping, *at) && table.columns[*at].doubt.is_none();
    let all = || (0..table.columns.len()).filter(holds);
    // Of a row of figures that name their own unit nothing is open.
    let is_bare = |at: &usize| {
        let index = table.columns[*at].index;
        let cells = table.rows.iter().filter_map(|row| row.cells.get(index));
        let is_mark =
            |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '\'' | '’' | '-' | '%');
        cells.into_iter().all(|cell| cell.number.is_some() || cell.text.chars().all(is_mark))
    };
    let counted = all().find(|at| role(*at).is_money() && table.columns[*at].unit.0.is_some());
    let timed = all().find(|at| role(*at).is_often() && matches!(table.columns[*at].span, Span::Unit(2..)));
    let mut found: Vec<(usize, usize)> = Vec::new();
    if let Some(counted) = counted {
        let is_plain = |at: &usize| table.columns[*at].unit == (None, None) && role(*at).is_money();
        found.extend(all().filter(is_plain).filter(open).filter(is_bare).map(|at| (at, counted)));
    }
    if let Some(timed) = timed {
        let is_plain = |at: &usize| role(*at).is_often() && table.columns[*at].span == Span::Unsaid;
        found.extend(all().filter(is_plain).filter(open).filter(is_bare).map(|at| (at, timed)));
    }
    for (at, other) in found {
        let message =
            format!("\"{}\" says what it counts in: does this column count so too?", table.columns[other].heading);
        let column = &mut table.columns[at];
        match column.meaning.map(|meaning| meaning.role) {
            Some(Role::Cost | Role::CostOnce | Role::CostYearly) => column.doubt = Some(message),
            Some(role) => doubt(column, format!("{message} Write it into the heading"), vec![role], doubts),
            None => {}
        }
    }
}

/// Ends of a range that do not say of what, `Low` and `High`, beside a loss of its own, or without any sign of money.
pub fn ends_of_what(
    table: &mut Table<'_>,
    contents: &[Content],
    money: &[bool],
    mapping: &Mapping,
    doubts: &mut Vec<usize>,
) {
    let is_loss = |meaning: Meaning| meaning.role == Role::Loss && NOW.contains(&meaning.phase);
    let has_loss = (0..table.columns.len())
        .any(|at| contents[at] == Content::Figures && table.columns[at].meaning.is_some_and(is_loss));
    for (at, has_money) in money.iter().enumerate() {
        let column = &table.columns[at];
        let end = column.meaning.map(|meaning| meaning.role).filter(|role| Role::LOSS_ENDS.contains(role));
        let Some(end) = end.filter(|_| is_end_alone(&column.heading) && !confirmed(table, mapping, at)) else {
            continue;
        };
        if has_loss || !has_money {
            let message = "an end of a range: of what? Write it into the heading, such as \"Loss min\"".to_owned();
            doubt(&mut table.columns[at], message, vec![end, Role::Ignore], doubts);
        } else {
            let message = "an end of a range: of what one event costs? The heading does not say";
            table.columns[at].doubt.get_or_insert(message.to_owned());
        }
    }
}

/// What must be asked of a column of figures whose heading refers to a note below the table: `Loss²`.
pub fn noted(table: &Table<'_>, at: usize) -> Option<String> {
    let column = &table.columns[at];
    let mark = column.heading.chars().find(|letter| is_mark(*letter))?;
    let is_figure = column.meaning.is_some_and(|meaning| meaning.role.is_numeric());
    let texts = table.sheet.rows.iter().filter_map(|row| row.cells.iter().find(|cell| !cell.is_empty()));
    let mut notes = texts.map(|cell| cell.text.trim()).filter(|text| text.starts_with(mark));
    notes.next().filter(|_| is_figure).map(|note| format!("the heading refers to a note: \"{}\"", shortened(note)))
}

/// Finds what would have to be multiplied with another column of the same time.
pub fn factors(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping, doubts: &mut Vec<usize>) {
    let of = |table: &Table<'_>, role: Role| -> Option<usize> {
        (0..table.columns.len()).find(|at| {
            let is_now = |meaning: Meaning| meaning.role == role && NOW.contains(&meaning.phase);
            matches!(contents[*at], Content::Figures | Content::Scores)
                && table.columns[*at].meaning.is_some_and(is_now)
                && !is_score(table, &table.columns[*at], contents[*at])
        })
    };
    let (often, chance) = (of(table, Role::Frequency), of(table, Role::Likelihood));
    if let (Some(often), Some(chance)) = (often, chance)
        && !confirmed(table, mapping, chance)
        && table.columns[often].meaning.map(|meaning| meaning.phase)
            == table.columns[chance].meaning.map(|meaning| meaning.phase)
    {
        let message = format!(
            "\"{}\" says how often too: are the two to be multiplied, or which of them holds? One column must say it",
            table.columns[often].heading
        );
        doubt(&mut table.columns[chance], message, vec![Role::Likelihood], doubts);
    }
    let effect =
        [Role::Effect, Role::EffectOnFrequency, Role::EffectOnLoss].iter().any(|role| of(table, *role).is_some());
    let is_price = |role: Role| matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly);
    let price = table.columns.iter().any(|column| column.meaning.is_some_and(|meaning| is_price(meaning.role)));
    for (at, content) in contents.iter().enumerate() {
        let is_open =
            table.columns[at].meaning.is_none_or(|meaning| matches!(meaning.role, Role::Remark | Role::Ignore));
        if !matches!(content, Content::Figures | Content::Scores) || !is_open || confirmed(table, mapping, at) {
            continue;
        }
        let works_on = |role: Role| match role {
            Role::Cost => price,
            // A vulnerability may be a rating.
            _ if *content != Content::Figures => false,
            Role::Effect => effect,
            _ => often.or(chance).is_some(),
        };
        if let Some((word, _)) = factor(&table.columns[at].heading).filter(|(_, role)| works_on(*role)) {
            let message = format!(
                "\"{word}\" may be a factor of another column: write the product into that one, and ignore this"
            );
            doubt(&mut table.columns[at], message, vec![Role::Ignore], doubts);
        }
    }
}
