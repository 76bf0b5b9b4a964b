//! Do several columns hold the prices of a measure by year: `Cost 2027`, `Cost 2028`, `Cost 2029`, or `Year 1` to `Year 3`?

use super::confirmed;
use super::prices::has_measures;
use crate::import::heading::{Guess, Meaning, Phase, Role, guess, is_one_of, of_plan, words, year};
use crate::import::mapping::Mapping;
use crate::import::table::{Content, Table};
use crate::units::reading::cell;

/// Takes columns of following years for prices by year. Where no heading speaks of a price, each figure is asked.
pub fn settle(table: &mut Table<'_>, contents: &[Content], mapping: &Mapping, doubts: &mut Vec<usize>) {
    if !has_measures(table) {
        return;
    }
    let found: Vec<(usize, u64, bool)> = (0..table.columns.len())
        .filter(|at| {
            let column = &table.columns[*at];
            let is_cost = |role: Role| matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly);
            let may_be = match (&column.meaning, &column.guess) {
                (Some(meaning), _) => is_cost(meaning.role) || meaning.role == Role::Ignore,
                (None, Guess::Doubt(roles)) => roles.iter().all(|role| is_cost(*role) || *role == Role::Ignore),
                (None, _) => true,
            };
            may_be && !confirmed(table, mapping, *at) && matches!(contents[*at], Content::Figures | Content::Scores)
        })
        .filter_map(|at| of_heading(&table.columns[at].heading).map(|(year, is_cost)| (at, year, is_cost)))
        .collect();
    let follows = found.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
    if found.len() < 2 || !follows {
        return;
    }
    let is_said = found.iter().any(|(.., is_cost)| *is_cost);
    for (at, ..) in found {
        let column = &mut table.columns[at];
        doubts.retain(|doubt| *doubt != column.index);
        column.meaning = Some(Meaning { role: Role::CostOfYear, phase: Phase::Unsaid });
        column.guess = Guess::Clear(Meaning { role: Role::CostOfYear, phase: Phase::Unsaid });
        let question = "is this what the measure costs in that year? No heading speaks of a price";
        column.doubt = (!is_said).then(|| question.to_owned());
    }
}

/// The year that a heading names, and whether it speaks of a price; nothing where it says anything else.
fn of_heading(heading: &str) -> Option<(u64, bool)> {
    let all = words(heading);
    let found = of_plan(heading).or_else(|| all.iter().find_map(|word| year(word)))?;
    let is_time = |word: &String| {
        word.bytes().any(|byte| byte.is_ascii_digit()) || cell::a_year(word) == Some(1) || is_one_of(word, "fy|gj|y|in")
    };
    let rest: Vec<&str> = all.iter().filter(|word| !is_time(word)).map(String::as_str).collect();
    let is_cost = matches!(
        guess(&rest.join(" ")),
        Guess::Clear(Meaning { role: Role::Cost | Role::CostOnce | Role::CostYearly, .. })
    );
    (rest.is_empty() || is_cost).then_some((found, is_cost))
}
