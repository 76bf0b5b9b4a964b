//! What does the recommended option look like beside the one that is asked for, where these are two?
//!
//! The pages behind the first are about the option that is asked for. Who signs needs the key figures of the other one
//! too: money, losses, agreed limits, what it buys and from which effect on it is worth its cost.

use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionId};
use crate::model::Scenario;
use crate::units::Figure;

use super::super::pictures::limits_of;
use super::super::sections::subject_index;
use super::super::sentences::{self, cost_digits, likelihood, loss_digits, name, value_digits, years};
use super::super::texts::{line, say, texts};
use super::super::{Cell, Piece, Section, Table, Text, year};
use super::bought;
use super::front::verdict;

/// The two of them side by side; nothing where the paper is about the recommended option.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let (asked, advised) = subject_index(analysis).zip(analysis.recommended).filter(|(one, other)| one != other)?;
    let both = [asked, advised];
    let words = &texts(scenario).beside;
    let (options, shared) = (&texts(scenario).options, &texts(scenario).shared);
    let horizon = years(scenario, scenario.assumptions().horizon);
    let over = |template| line(template, &[("years", &horizon)]);
    let row = |label: String, cell: &dyn Fn(OptionId) -> Cell| {
        let cells = both.iter().map(|option| cell(*option));
        std::iter::once(Cell::words(label)).chain(cells).collect::<Vec<Cell>>()
    };
    let money = |option: OptionId| &analysis.plans[option].investment;
    let (cost, loss, value) = (cost_digits(scenario), loss_digits(scenario), value_digits(scenario));
    let mut rows = vec![
        row(over(words.budget), &|option| Cell::Money(money(option).total_cash(), cost)),
        row(over(options.cost), &|option| Cell::Money(money(option).present_cost, cost)),
        row(shared.value_today.to_owned(), &|option| Cell::Money(money(option).net_present_value, value)),
        row(options.pays_back.to_owned(), &|option| {
            Cell::or_none(money(option).payback_years, |years| Cell::Years(years.to_f64()))
        }),
    ];
    if let Some(paths) = &analysis.paths {
        rows.push(row(over(options.chance), &|option| {
            let paying = paths.chance_of_paying_back(option).filter(|_| money(option).present_cost.is_positive());
            Cell::or_none(paying, |paying| likelihood(scenario, paying))
        }));
    }
    rows.push(row(shared.average_loss.to_owned(), &|option| Cell::Money(analysis.plans[option].loss, loss)));
    if let Some(known) = &analysis.year {
        rows.push(row(shared.bad_year.to_owned(), &|option| {
            let bad = known.option(option.row()).total.quantiles[BAD].filter(|loss| loss.is_finite());
            Cell::or_none(bad, |bad| Cell::Money(Figure::approximate(bad), year::digits(analysis)))
        }));
    }
    for limit in limits_of(scenario, analysis) {
        let label = line(texts(scenario).front.is_within, &[("limit", &limit.name)]);
        rows.push(row(label, &|option| verdict(scenario, &limit, option.row())));
    }
    let called = |option: OptionId| name(scenario, &analysis.plans[option]);
    let named = |option: OptionId| Piece::Name(called(option));
    let head = |template, option| line(template, &[("plan", &called(option))]);
    let columns = vec![words.figure.to_owned(), head(words.requested, asked), head(words.recommended, advised)];
    let buys = [words.buys, words.buys_policies, words.buys_both];
    let mut notes: Vec<Text> = bought::told_as(scenario, &analysis.plans[advised], buys).into_iter().collect();
    notes.extend(sentences::break_even(scenario, analysis, Some(advised)));
    notes.push(say(words.wrong_if, &[("plan", named(advised))]));
    let parts = [("asked", named(asked)), ("advised", named(advised))];
    let lead = say(words.lead, &parts);
    Some(Section {
        title: words.title.to_owned(),
        lead: Some(lead),
        table: Some(Table { columns, rows, emphasised: None }),
        notes,
    })
}
