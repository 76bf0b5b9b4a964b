//! Which column of a table holds what? Headings suggest, cells and neighbours decide, a mapping overrules.

use super::frequency::often;
use super::grid::Row;
use super::heading::{Guess, Meaning, Odd, Phase, Role, bracketed, counts_alone, guess, is_one_of, rest, words};
use super::mapping::{Mapping, meaning_name};
use super::number::{amount, heading_unit, is_blank_cell};
use super::place::{Finding, Place};
use super::register::is_score;
use super::table::{Content, Table, content, styles};
use crate::units::reading::beside::is_of_units;
use prices::{has_measures, is_of_one_measure, is_priced, is_service, is_share};

mod apart;
mod attributes;
mod companions;
mod names;
mod prices;
mod risk;
mod years;

/// Phases in which a register speaks of now, the nearest first.
pub const NOW: [Phase; 3] = [Phase::Today, Phase::Unsaid, Phase::Inherent];

/// Decides what each column holds; the indices of those that leave a doubt come back.
pub fn resolve(table: &mut Table<'_>, mapping: &Mapping, has_scale: bool, findings: &mut Vec<Finding>) -> Vec<usize> {
    let mut doubts = Vec::new();
    let mut odd: Vec<(usize, Odd)> = Vec::new();
    let contents: Vec<Content> = table.columns.iter().map(|column| content(table, column)).collect();
    let money: Vec<bool> =
        table.columns.iter().map(|column| has_money(&table.rows, column.index, &column.heading)).collect();
    let phrases: Vec<bool> = table.columns.iter().map(|column| has_phrases(&table.rows, column.index)).collect();
    for at in 0..table.columns.len() {
        let column = &table.columns[at];
        let priced = heading_unit(&column.heading).1.is_some();
        if let Some(meaning) = mapping.meaning(table, column) {
            // On what an effect acts, its heading may say more of than the mapping.
            let said = match column.guess {
                Guess::Clear(guessed) if meaning.role == Role::Effect && guessed.role.is_effect() => guessed,
                _ => meaning,
            };
            table.columns[at].meaning = Some(said);
            continue;
        }
        let holds = matches!(contents[at], Content::Figures | Content::Scores);
        let meaning = match &column.guess {
            Guess::Unknown if holds && counts_alone(&column.heading) => {
                let message = "the heading counts events and does not say in how long: write \"Incidents in 3 years\"";
                table.columns[at].doubt = Some(message.to_owned());
                None
            }
            // "Loss reduction: 7777" is an amount.
            Guess::Clear(meaning) if meaning.role == Role::EffectOnLoss && money[at] && holds => {
                table.columns[at].guess = Guess::Doubt(vec![Role::Loss, Role::EffectOnLoss]);
                None
            }
            Guess::Clear(meaning) if meaning.role == Role::Name && holds && is_quantity(table, at) => {
                table.columns[at].guess = Guess::Unknown;
                None
            }
            // "Business unit" is no unit of amounts.
            Guess::Clear(Meaning { role: Role::Unit, .. })
                if !is_of_units(&column.heading, table.rows.iter().map(|row| row.text(column.index))) =>
            {
                Some(Meaning { role: Role::Remark, phase: Phase::Unsaid })
            }
            // "Impact class: 4711" is no amount for sure, and "Budget: 2026" may be a year.
            Guess::Clear(meaning)
                if contents[at] == Content::Figures && attributes::is_odd_figure(table, at, *meaning, money[at]) =>
            {
                table.columns[at].guess = Guess::Doubt(vec![meaning.role, Role::Score, Role::Remark]);
                table.columns[at].doubt =
                    Some("are these figures of what the heading names, or levels, numbers or years?".into());
                None
            }
            Guess::Clear(meaning) => Some(*meaning),
            Guess::Doubt(roles) => {
                // The cells may leave one role only.
                let fits = |role: &Role| match contents[at] {
                    Content::Figures => role.is_numeric(),
                    Content::Scores => matches!(role, Role::Likelihood | Role::Loss | Role::Score),
                    Content::Words | Content::Empty => !role.is_numeric(),
                };
                let left: Vec<Role> = roles.iter().copied().filter(fits).collect();
                match left[..] {
                    [role] => Some(Meaning { role, phase: Phase::Unsaid }),
                    [] => Some(Meaning { role: Role::Remark, phase: Phase::Unsaid }),
                    _ => None,
                }
            }
            Guess::Unknown if contents[at] == Content::Figures => None,
            Guess::Unknown if is_of_units("", table.rows.iter().map(|row| row.text(column.index))) => {
                Some(Meaning { role: Role::Unit, phase: Phase::Unsaid })
            }
            Guess::Unknown => Some(Meaning { role: Role::Remark, phase: Phase::Unsaid }),
        };
        let content = match meaning.map(|meaning| meaning.role) {
            // One "high" among percentages is a cell that cannot be read.
            Some(role) if (role.is_effect() || role == Role::Expected) && shows_figures(table, at) => Content::Figures,
            _ => contents[at],
        };
        let meaning = meaning.map(|meaning| by_cells(meaning, content, money[at], phrases[at], priced));
        let column = &mut table.columns[at];
        column.meaning = meaning;
        let holds = matches!(content, Content::Figures | Content::Scores);
        let Some(meaning) = meaning.filter(|_| holds) else { continue };
        let said = rest(&column.heading, meaning);
        odd.extend(said.odd.map(|odd| (at, odd)));
        if let Some((doubt, roles)) = said.doubt {
            (column.meaning, column.guess, column.doubt) = (None, Guess::Doubt(roles), Some(doubt));
            doubts.push(column.index);
        } else if let Some(word) = said.unknown.first() {
            column.doubt = Some(format!("what does \"{word}\" of the heading say about the figure?"));
        }
    }
    apart::settle(table, &contents, &odd, &mut doubts, findings);
    risk::settle(table, &contents, mapping, &mut doubts);
    names::described(table, mapping);
    names::treated(table, mapping);
    attributes::settle(table, &contents, mapping, &mut doubts);
    measures(table, mapping);
    neighbours(table, mapping);
    years::settle(table, &contents, mapping, &mut doubts);
    repeated(table, &contents, &money, mapping, &mut doubts);
    apart::factors(table, &contents, mapping, &mut doubts);
    apart::twice_today(table, &contents, mapping, &mut doubts);
    apart::ends_of_what(table, &contents, &money, mapping, &mut doubts);
    apart::half_said(table, &contents, mapping, &mut doubts);
    companions::settle(table, mapping, &mut doubts);
    // What is not needed may stay unknown.
    let has = |role: &[Role]| {
        table.columns.iter().any(|column| column.meaning.is_some_and(|meaning| role.contains(&meaning.role)))
    };
    let enough = has(&[Role::Name, Role::Id])
        && has(&[Role::Frequency, Role::Likelihood, Role::FrequencyMin, Role::FrequencyLow, Role::FrequencyP10])
        && (has(&[Role::Loss, Role::LossMin, Role::LossLow, Role::LossLikely, Role::LossP10])
            || Role::FORMS.iter().any(|(form, _)| has(&[*form])));
    for (at, has_money) in money.iter().enumerate() {
        let is_aside = table.columns[at].guess == Guess::Unknown
            && table.columns[at].meaning.is_some_and(|meaning| meaning.role == Role::Remark)
            && !confirmed(table, mapping, at)
            && (is_priced(table, at) || is_of_one_measure(table, at));
        let is_open = table.columns[at].meaning.is_none() || is_aside;
        if is_open && !doubts.contains(&table.columns[at].index) {
            table.columns[at].meaning = None;
            if enough
                && table.columns[at].guess == Guess::Unknown
                && (is_priced(table, at) || *has_money && is_service(table, at))
            {
                table.columns[at].guess = Guess::Doubt(vec![Role::CostOnce, Role::CostYearly]);
                table.columns[at].doubt =
                    Some("the heading is not known, and its cells are amounts of money: what do they pay for?".into());
                doubts.push(table.columns[at].index);
            } else if enough
                && table.columns[at].guess == Guess::Unknown
                && is_service(table, at)
                && is_share(table, at)
            {
                table.columns[at].meaning = Some(Meaning { role: Role::CostYearly, phase: Phase::Unsaid });
            } else if enough && table.columns[at].guess == Guess::Unknown {
                if has_measures(table) && is_share(table, at) || is_of_one_measure(table, at) {
                    let message = "percentages below a heading that is not known were left out: are they what a measure of \
                        this name takes off? Then give it a row of its own with its effect";
                    findings.push(Finding::question(Some(table.heading_place(&table.columns[at])), message));
                }
                table.columns[at].meaning = Some(Meaning { role: Role::Ignore, phase: Phase::Unsaid });
            } else {
                doubts.push(table.columns[at].index);
            }
        }
    }
    let mut contents = contents;
    if mapping.numbers.is_some() {
        styles(&table.rows, &mut table.columns, mapping.numbers);
        contents = table.columns.iter().map(|column| content(table, column)).collect();
    }
    for (at, content) in contents.iter_mut().enumerate() {
        // Beside a scale, one 3.5 among levels is a cell that cannot be read.
        if has_scale && !money[at] && is_mostly_levels(table, at) {
            *content = Content::Scores;
        }
        table.columns[at].scored = is_score(table, &table.columns[at], *content);
    }
    attributes::marks(table, &contents, mapping);
    let is_scored = table
        .columns
        .iter()
        .any(|column| column.scored && column.meaning.is_some_and(|meaning| meaning.role == Role::Likelihood));
    let are_levels = has_levels(table, &contents);
    for at in 0..table.columns.len() {
        let column = &table.columns[at];
        let is_loss = column.meaning.is_some_and(|meaning| meaning.role == Role::Loss) && !column.scored;
        let may_be_score = (is_scored || are_levels) && is_loss && contents[at] == Content::Figures && !money[at];
        let beside = may_be_score.then(|| "is this an amount? The likelihood beside it is a score".to_owned());
        let may_be_marks = is_loss && contents[at] == Content::Figures && attributes::may_be_marks(table, at);
        let beside = beside.or(may_be_marks.then(|| "is this an amount, or a mark out of 100?".to_owned()));
        let is_money = column.meaning.is_some_and(|meaning| meaning.role.is_money()) && !column.scored;
        let mixed = (is_money && is_mixed(table, at)).then(|| {
            "other cells of the column count in thousands or millions: is this one in the currency's unit?".to_owned()
        });
        if column.doubt.is_none() {
            table.columns[at].doubt = apart::noted(table, at).or(beside).or(mixed).or_else(|| table.doubt(column));
        }
    }
    tell(table, &doubts, findings);
    doubts
}

/// Whether a column headed as a name holds quantities: the numbers below `Risk No.` name risks, those below `Remaining
/// risk` do not, and nor does `R1`.
fn is_quantity(table: &Table<'_>, at: usize) -> bool {
    const PLAIN: &str = "risk|risks|risiko|risiken|risque|riesgo|rischio|risico|event|threat|scenario|szenario|no|nr|id|number|\
        numéro|número|numero|nummer|ref|code|for|of|the|acts|on|wirkt|auf|für";
    let column = &table.columns[at];
    let mut cells = table.filled(column);
    !words(&column.heading).iter().all(|word| is_one_of(word, PLAIN))
        && cells.all(|text| !text.starts_with(char::is_alphabetic))
}

/// Whether a cell of a column is a number, a percentage, or holds one.
fn shows_figures(table: &Table<'_>, at: usize) -> bool {
    let cells = table.rows.iter().filter_map(|row| row.cells.get(table.columns[at].index));
    let holds = |text: &str| text.contains('%') && text.contains(|c: char| c.is_ascii_digit());
    cells.into_iter().any(|cell| {
        let text = cell.text.as_str();
        cell.number.is_some() || holds(text) || amount(text, table.columns[at].reading.style).is_ok()
    })
}

/// Whether some cells of amounts name a multiple and others, as small as a multiple's number, name none.
fn is_mixed(table: &Table<'_>, at: usize) -> bool {
    let column = &table.columns[at];
    let (mut scaled, mut bare) = (false, false);
    for cell in table.rows.iter().take(2_000).filter_map(|row| row.cells.get(column.index)) {
        // "£750" beside "£12.5k" is plain.
        let is_plain = |text: &str| amount(text, column.reading.style).is_ok_and(|read| read.currency.is_some());
        let read = || column.reading.amount(&cell.text, false).ok().map(|read| (read.value, read.scaled));
        let found = cell.number.map(|value| (value, cell.divided_by.is_some())).or_else(read);
        let Some((value, is_scaled)) = found else { continue };
        scaled |= is_scaled;
        bare |= !is_scaled && value > 0.into() && value < 1000.into() && !is_plain(&cell.text);
    }
    scaled && bare && column.unit.0.is_none()
}

/// Whether a likelihood has whole numbers above one alone, as the levels 10, 20 and 50 of a scale.
fn has_levels(table: &Table<'_>, contents: &[Content]) -> bool {
    table.columns.iter().zip(contents).any(|(column, content)| {
        let mut cells =
            table.rows.iter().filter_map(|row| row.cells.get(column.index)).filter(|cell| !is_blank_cell(&cell.text));
        column.meaning.is_some_and(|meaning| meaning.role == Role::Likelihood)
            && *content == Content::Figures
            && cells.all(|cell| !cell.percent && cell.text.parse().is_ok_and(|level: u32| level > 1))
    })
}

/// Whether most cells of a likelihood or a loss are levels from 1 to 10.
fn is_mostly_levels(table: &Table<'_>, at: usize) -> bool {
    let is_scale = |role: Role| matches!(role, Role::Likelihood | Role::Loss);
    table.columns[at].meaning.is_some_and(|meaning| is_scale(meaning.role)) && is_mostly_levels_of(table, at)
}

/// Whether most cells are whole numbers from 1 to 10.
fn is_mostly_levels_of(table: &Table<'_>, at: usize) -> bool {
    let column = &table.columns[at];
    let cells = table.filled(column);
    let levels = cells.clone().filter(|text| text.parse().is_ok_and(|level: u32| (1..=10).contains(&level))).count();
    2 * levels > cells.count()
}

/// Whether a column shows amounts of money: a currency, a multiple, or more than any score.
fn has_money(rows: &[&Row], column: usize, heading: &str) -> bool {
    let marked = heading_unit(heading).1.is_some();
    rows.iter().take(2_000).any(|row| {
        let Some(cell) = row.cells.get(column) else { return false };
        let value = cell.number.map(|value| (value, false)).or_else(|| {
            let read = amount(&cell.text, None).ok()?;
            (!read.percent).then(|| (read.value, read.currency.is_some() || read.scaled))
        });
        value.is_some_and(|(value, shown)| shown || value.abs() > 100.into() || marked)
    })
}

/// Whether a column shows frequencies in words.
fn has_phrases(rows: &[&Row], column: usize) -> bool {
    // "1:20" is a rate only where the heading says so.
    let is_rate = |text: &str| !text.contains(':') && matches!(often(text, None), Ok(super::frequency::Often::Rate(_)));
    rows.iter().take(2_000).any(|row| is_rate(row.text(column)))
}

fn by_cells(meaning: Meaning, content: Content, money: bool, phrases: bool, priced: bool) -> Meaning {
    let role = match meaning.role {
        // "Residual risk: 300,000 CHF" is no rating.
        Role::Score if money && content == Content::Figures => Role::Loss,
        Role::Name if content == Content::Figures => Role::Id,
        // "Per year (EUR)" is a cost.
        Role::Frequency if priced => Role::CostYearly,
        Role::Likelihood if phrases => Role::Frequency,
        // "Control: yes/no", "Effect: high"
        Role::Unit | Role::Currency if content != Content::Words && content != Content::Scores => Role::Remark,
        role if role.is_effect() && content == Content::Words => Role::Remark,
        Role::Expected if content == Content::Words => Role::Remark,
        role if role.is_numeric() && content == Content::Empty => Role::Ignore,
        role => role,
    };
    Meaning { role, phase: meaning.phase }
}

/// Whether the mapping says what a column holds.
fn confirmed(table: &Table<'_>, mapping: &Mapping, at: usize) -> bool {
    let column = &table.columns[at];
    mapping.meaning(table, column).is_some()
}

/// On a sheet of measures (`Controls`) that says nothing of how often or how bad, names and ids are those of measures.
fn of_measures(table: &mut Table<'_>, mapping: &Mapping) {
    let names_risk = |text: &str| words(text).iter().any(|word| is_one_of(word, risk::RISKS));
    let sheet = &table.sheet.name;
    let is_sheet = matches!(guess(sheet), Guess::Clear(Meaning { role: Role::Control, .. })) && !names_risk(sheet);
    let is_other = |role: Role| role.is_often() || role.is_loss() || matches!(role, Role::Control | Role::Expected);
    if !is_sheet || table.columns.iter().any(|column| column.meaning.is_some_and(|meaning| is_other(meaning.role))) {
        return;
    }
    for at in 0..table.columns.len() {
        let is_open = !confirmed(table, mapping, at) && !names_risk(&table.columns[at].heading);
        if let Some(meaning) = table.columns[at].meaning.as_mut().filter(|_| is_open) {
            meaning.role = match meaning.role {
                Role::Name => Role::Control,
                Role::Id => Role::ControlId,
                role => role,
            };
        }
    }
}

/// Ids in a table of measures, and prices and effects of which each column of measures has its own.
fn measures(table: &mut Table<'_>, mapping: &Mapping) {
    of_measures(table, mapping);
    let of = |table: &Table<'_>, role: Role| -> Vec<usize> {
        (0..table.columns.len()).filter(|at| table.columns[*at].meaning.is_some_and(|is| is.role == role)).collect()
    };
    let is_of_measures = super::register::is_of_measures(table);
    let of_risks = |table: &Table<'_>, at: &usize| {
        words(&table.columns[*at].heading).iter().any(|word| is_one_of(word, risk::RISKS))
    };
    let open: Vec<usize> = of(table, Role::Id).into_iter().filter(|at| !confirmed(table, mapping, *at)).collect();
    // "ID | Control | Risk ID" names a measure and its risk, whatever else it says.
    let refers = open.len() == 2
        && open.iter().filter(|at| of_risks(table, at)).count() == 1
        && !of(table, Role::Control).is_empty();
    if (is_of_measures || refers) && of(table, Role::Name).is_empty() {
        let has_own = !of(table, Role::ControlId).is_empty();
        for at in open {
            let role = if of_risks(table, &at) {
                Role::Name
            } else if has_own {
                Role::Id
            } else {
                Role::ControlId
            };
            table.columns[at].meaning = Some(Meaning { role, phase: Phase::Unsaid });
        }
    }
    let controls = of(table, Role::Control);
    if controls.len() < 2 {
        return;
    }
    let number = |at: usize| -> Option<u64> { words(&table.columns[at].heading).last()?.parse().ok() };
    let mut own = Vec::new();
    let of_measure =
        [Role::CostOnce, Role::CostYearly, Role::Cost, Role::Effect, Role::EffectOnFrequency, Role::EffectOnLoss];
    let by_number =
        |at: usize| controls.iter().copied().find(|control| number(at).is_some() && number(*control) == number(at));
    let by_place = |at: usize| controls.iter().copied().rfind(|control| *control < at);
    // "Measure, Cost, Measure, Cost": what stands between two measures belongs to the first of them.
    let is_between = |at: usize| by_place(at).is_some() && controls.iter().any(|control| *control > at);
    let has_between = of_measure.iter().any(|role| of(table, *role).into_iter().any(is_between));
    for role in of_measure {
        let columns = of(table, role);
        let numbered: Option<Vec<usize>> = columns.iter().map(|at| by_number(*at)).collect();
        let placed: Option<Vec<usize>> = columns.iter().map(|at| by_place(*at)).collect();
        let is_apart = |groups: &Vec<usize>| groups.iter().enumerate().all(|(at, group)| !groups[..at].contains(group));
        let groups = match columns.len() {
            0 => continue,
            1 if numbered.is_none() && !has_between => continue,
            _ => numbered.filter(is_apart).or(placed.filter(is_apart)),
        };
        let Some(groups) = groups else { return };
        own.extend(columns.into_iter().zip(groups));
    }
    for (at, control) in own {
        table.columns[at].of = Some(table.columns[control].index);
    }
}

/// A column that does not say of when it speaks, where one of its kind does, speaks as its left neighbour.
fn neighbours(table: &mut Table<'_>, mapping: &Mapping) {
    for role in [Role::Likelihood, Role::Frequency, Role::Loss, Role::Expected] {
        let of_role: Vec<usize> = (0..table.columns.len())
            .filter(|at| table.columns[*at].meaning.is_some_and(|meaning| meaning.role == role))
            .collect();
        let unsaid: Vec<usize> = of_role
            .iter()
            .copied()
            .filter(|at| {
                let column = &table.columns[*at];
                column.meaning.is_some_and(|meaning| meaning.phase == Phase::Unsaid) && !confirmed(table, mapping, *at)
            })
            .collect();
        if unsaid.len() < 2 {
            continue;
        }
        for at in unsaid {
            let before = table.columns[..at]
                .iter()
                .rev()
                .filter_map(|column| column.meaning)
                .find(|meaning| meaning.role.has_phases() && meaning.phase != Phase::Unsaid);
            if let (Some(before), Some(meaning)) = (before, table.columns[at].meaning.as_mut()) {
                meaning.phase = before.phase;
            }
        }
    }
}

/// Two columns that hold the same: the better one stays, or both are a doubt.
fn repeated(table: &mut Table<'_>, contents: &[Content], money: &[bool], mapping: &Mapping, doubts: &mut Vec<usize>) {
    let mut at = 0;
    while at < table.columns.len() {
        let Some(meaning) = table.columns[at].meaning else {
            at += 1;
            continue;
        };
        let others: Vec<usize> =
            (0..table.columns.len()).filter(|other| table.columns[*other].meaning == Some(meaning)).collect();
        let single = table.columns[at].of.is_none()
            && !matches!(
                meaning.role,
                Role::Remark | Role::Ignore | Role::Score | Role::Existing | Role::Control | Role::CostOfYear
            );
        if others.len() > 1 && others[0] == at && single {
            let keep = if let Some(at) = others.iter().find(|at| confirmed(table, mapping, **at)) {
                Some(*at)
            } else if !meaning.role.is_numeric() {
                let titled = |at: &&usize| {
                    let lower = table.columns[**at].heading.to_lowercase();
                    ["title", "name", "titel", "titre", "título", "titolo", "bezeichnung"]
                        .iter()
                        .any(|word| lower.contains(word))
                };
                Some(*others.iter().find(titled).unwrap_or(&others[0]))
            } else {
                // A score beside figures of the same. Two ends of a range are of two ranges.
                let figures: Vec<usize> =
                    others.iter().copied().filter(|at| contents[*at] == Content::Figures).collect();
                let is_end = Role::LOSS_ENDS.contains(&meaning.role) || Role::FREQUENCY_ENDS.contains(&meaning.role);
                let figures = if is_end { others.clone() } else { figures };
                let is_amount = |at: &usize| is_end || !meaning.role.is_money() || money[*at];
                let amounts: Vec<usize> = figures.iter().copied().filter(is_amount).collect();
                match (&amounts[..], &figures[..]) {
                    ([only], _) | ([], [only]) => Some(*only),
                    _ => None,
                }
            };
            let aside = if meaning.role.is_numeric() { Role::Score } else { Role::Remark };
            for other in others {
                match keep {
                    Some(keep) if keep == other => {}
                    Some(_) => table.columns[other].meaning = Some(Meaning { role: aside, phase: meaning.phase }),
                    None => {
                        table.columns[other].meaning = None;
                        doubts.push(table.columns[other].index);
                    }
                }
            }
        }
        at += 1;
    }
    // Likelihood in scores beside a frequency in figures: the figures hold.
    for phase in NOW.into_iter().chain([Phase::After]) {
        let figures = (0..table.columns.len()).any(|at| {
            table.columns[at].meaning == Some(Meaning { role: Role::Frequency, phase })
                && contents[at] == Content::Figures
        });
        for (at, content) in contents.iter().enumerate() {
            if figures
                && *content == Content::Scores
                && table.columns[at].meaning == Some(Meaning { role: Role::Likelihood, phase })
            {
                table.columns[at].meaning = Some(Meaning { role: Role::Score, phase });
            }
        }
    }
}

/// Whether a heading says that its numbers are percentages.
pub fn says_percent(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.contains('%') && !lower.contains("5%") && !lower.contains("5 %")
        || lower.contains("percent")
        || lower.contains("prozent")
}

/// Whether the heading of a column says that its cells are scores: `(1-5)`, `(H/M/L)`, `1_to_5`.
pub fn says_score(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let inner = bracketed(heading);
    let levels = inner.len() >= 2
        && inner.iter().all(|word| word.chars().count() == 1 && !word.chars().all(|c| c.is_ascii_digit()));
    let span = inner.len() == 2 && inner.iter().all(|word| word.chars().all(|c| c.is_ascii_digit()));
    levels
        || span
        || lower.contains("1_to_5")
        || lower.contains("1 to 5")
        || lower.contains("1-5")
        || lower.contains("score")
}

/// The levels that a heading lists: `(H/M/L)`.
pub fn listed_levels(heading: &str) -> Vec<String> {
    let inner = bracketed(heading);
    let letters =
        inner.len() >= 2 && inner.iter().all(|word| word.chars().count() == 1 && word.chars().all(char::is_alphabetic));
    if letters { inner } else { Vec::new() }
}

fn tell(table: &Table<'_>, doubts: &[usize], findings: &mut Vec<Finding>) {
    let mut taken = Vec::new();
    let mut left = Vec::new();
    for column in table.columns.iter().filter(|column| !doubts.contains(&column.index)) {
        let Some(meaning) = column.meaning else { continue };
        let named = format!("{} \"{}\"", table.name_of(column), column.heading);
        match meaning.role {
            Role::Remark | Role::Ignore | Role::Score => left.push(named),
            _ => taken.push(format!("{named} as {}", meaning_name(meaning))),
        }
    }
    let place = Place { sheet: table.sheet.name.as_str().into(), ..Place::file(table.file) };
    findings.push(Finding::note(Some(place.clone()), format!("columns taken: {}", taken.join("; "))));
    if !left.is_empty() {
        findings.push(Finding::note(Some(place), format!("columns kept as remarks or left out: {}", left.join("; "))));
    }
}
