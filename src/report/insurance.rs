//! Who bears the loss? Insurance and controls in one table.

use crate::engine::{Analysis, OptionId, OptionYear, PlanAnalysis};
use crate::model::{PlanId, Scenario};
use crate::units::Figure;

use super::adding;
use super::few::few;
use super::sentences::{loss_digits, name};
use super::texts::{say, texts};
use super::{Cell, Piece, Section, Table, Text};

/// Retained, transferred and uninsured loss of an average year, in currency units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Borne {
    /// What is lost before insurers pay.
    pub gross: f64,
    /// What insurers pay.
    pub transferred: f64,
    /// What policies leave to the insured: retention and coinsurance.
    pub retained: f64,
    /// What no policy covers, or lies above its limits.
    pub uninsured: f64,
}

/// What the rounding of a sum may make of two equal ones.
const ROUNDING: f64 = 1e-12;

/// Who bears an average year under an option. What insurers pay is worked out; what remains is parted as the year says,
/// whose mean may differ a little from it where years are simulated.
pub fn borne(year: &OptionYear, gross: Figure) -> Borne {
    let transferred: f64 = year.recovered.iter().sum();
    let uninsured: f64 = year.uninsured.iter().sum();
    let remains: f64 = year.risks.iter().map(|risk| risk.mean).sum();
    let part = if remains > 0.0 { uninsured / remains } else { 0.0 };
    let part = if part >= 1.0 - ROUNDING { 1.0 } else { part };
    let gross = gross.to_f64();
    let left = (gross - transferred).max(0.0);
    Borne { gross, transferred, uninsured: part * left, retained: left - part * left }
}

/// Whether any policy pays under some option.
pub fn is_insured(scenario: &Scenario, analysis: &Analysis) -> bool {
    pay_anything(scenario, &analysis.plans.iter().collect::<Vec<_>>())
}

/// The policies in force with a plan; today is none.
pub(super) fn policies(scenario: &Scenario, option: Option<PlanId>) -> impl Iterator<Item = &crate::model::Insurance> {
    scenario.insurance().iter().filter(move |policy| policy.is_in_force(option))
}

/// Whether any policy pays today or under these plans.
pub(super) fn pay_anything(scenario: &Scenario, plans: &[&PlanAnalysis]) -> bool {
    let plans = plans.iter().map(|plan| Some(plan.plan));
    std::iter::once(None).chain(plans).any(|option| policies(scenario, option).next().is_some())
}

/// Whether an option has the policies of today, and no others.
pub(super) fn has_those_of_today(scenario: &Scenario, plan: PlanId) -> bool {
    policies(scenario, Some(plan)).eq(policies(scenario, None))
}

/// The columns of the table that make sums: the gross loss, and behind it what insurers pay; what is retained, and behind
/// it what is not insured; what remains.
const GROSS: usize = 3;
const RETAINED: usize = 5;
const REMAINS: usize = 7;

/// Who bears the loss, by option.
pub fn insurance(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let year = analysis.year.as_ref().filter(|_| is_insured(scenario, analysis))?;
    let digits = loss_digits(scenario);
    let money = |amount: f64| Cell::Money(Figure::approximate(amount), digits);
    let row = |label: String, option: Option<PlanId>, year: &OptionYear, gross: Figure| {
        let names: Vec<&str> = policies(scenario, option).map(|policy| policy.name.as_str()).collect();
        let premium: Figure = policies(scenario, option).map(|policy| Figure::exact(policy.premium.get())).sum();
        if names.is_empty() {
            let gross = gross.to_f64();
            return vec![
                Cell::words(label),
                Cell::None,
                Cell::Money(Figure::ZERO, digits),
                money(gross),
                Cell::None,
                Cell::None,
                money(gross),
                money(gross),
            ];
        }
        let borne = borne(year, gross);
        vec![
            Cell::words(label),
            Cell::words(few(scenario, &names, ", ")),
            Cell::Money(premium, super::Digits::Whole),
            money(borne.gross),
            money(borne.transferred),
            money(borne.retained),
            money(borne.uninsured),
            money(borne.gross - borne.transferred),
        ]
    };
    let (words, shared) = (&texts(scenario).insurance, &texts(scenario).shared);
    let gross_today = analysis.today.iter().map(|risk| risk.annual_loss).sum();
    let mut rows = vec![row(shared.nothing_more.to_owned(), None, &year.today, gross_today)];
    for (plan, year) in analysis.plans.iter().zip(&year.plans) {
        let gross = plan.risks.iter().map(|risk| risk.annual_loss).sum();
        rows.push(row(name(scenario, plan), Some(plan.plan), year, gross));
    }
    // What insurers pay is the gross loss less what remains, and of what remains the larger part is what is left of it.
    let told = rows.iter().enumerate().flat_map(|(row, cells)| {
        let figure = |column: usize| match cells.get(column) {
            Some(Cell::Money(figure, _)) => *figure,
            _ => Figure::ZERO,
        };
        let [gross, retained, uninsured, remains] = [GROSS, RETAINED, RETAINED + 1, REMAINS].map(figure);
        let is_mostly_retained = (retained - uninsured).is_positive();
        let (larger, smaller) = if is_mostly_retained { (RETAINED, uninsured) } else { (RETAINED + 1, retained) };
        let less =
            |column: usize, of: Figure, less: Figure| adding::Told { row, column, of: vec![(of, 1.0), (less, -1.0)] };
        [less(GROSS + 1, gross, remains), less(larger, remains, smaller)]
    });
    let told: Vec<adding::Told> = told.collect();
    let emphasised = super::sections::chosen_row(analysis);
    let columns = [
        shared.option,
        words.policies,
        words.premium,
        words.gross,
        words.transferred,
        words.retained,
        words.uninsured,
        words.remains,
    ];
    let mut notes = terms(scenario, analysis);
    notes.push(worth(scenario, analysis));
    let section = Section {
        title: words.title.to_owned(),
        lead: Some(Text::plain(words.lead)),
        table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised }),
        notes,
    };
    Some(section.with_sums_told(scenario.unit(), &told))
}

/// The terms of policies beside retention, limits and coinsurance, which the picture shows.
fn terms(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let words = &texts(scenario).insurance;
    let plans = analysis.plans.iter().map(|plan| Some(plan.plan));
    let options: Vec<Option<PlanId>> = std::iter::once(None).chain(plans).collect();
    let money = |money: crate::units::Money| Piece::from(Cell::Money(Figure::exact(money.get()), super::Digits::Whole));
    let mut found = Vec::new();
    for policy in scenario.insurance().iter().filter(|policy| options.iter().any(|option| policy.is_in_force(*option)))
    {
        let name = || ("policy", Piece::Name(policy.name.clone()));
        if policy.annual_retention > crate::units::Money::default() {
            found.push(say(words.year_after, &[name(), ("amount", money(policy.annual_retention))]));
        }
        let hours = Figure::exact(policy.waiting.time.get()).to_f64();
        if hours > 0.0 {
            let template = if policy.waiting.franchise { words.waits_franchise } else { words.waits };
            found.push(say(template, &[name(), ("hours", Cell::Duration(hours).into())]));
        }
        for (form, most) in policy.sublimits.iter().filter(|(form, _)| policy.covers_form(*form)) {
            found.push(say(
                words.sublimit,
                &[name(), ("form", form.name(scenario.into()).into()), ("amount", money(*most))],
            ));
        }
    }
    found
}

/// What speaks for a policy: bad years, where it costs more than it pays on average.
fn worth(scenario: &Scenario, analysis: &Analysis) -> Text {
    too_cheap(scenario, analysis).unwrap_or_else(|| Text::plain(texts(scenario).insurance.worth))
}

/// A premium too good to be true, which is rather a mistake in the file: with which options insurers pay more on average
/// than they are paid.
pub(super) fn too_cheap(scenario: &Scenario, analysis: &Analysis) -> Option<Text> {
    let year = analysis.year.as_ref()?;
    let premium = |option: Option<PlanId>| -> f64 {
        policies(scenario, option).map(|policy| Figure::exact(policy.premium.get()).to_f64()).sum()
    };
    let pays = |year: &OptionYear| year.recovered.iter().sum::<f64>();
    let insured = |option| policies(scenario, option).next().is_some();
    let today = (None, &year.today);
    let plans = analysis.plans.iter().zip(&year.plans).map(|(plan, year)| (Some(plan), year));
    let gifts = std::iter::once(today).chain(plans).filter(|(plan, year)| {
        let option = plan.map(|plan| plan.plan);
        insured(option) && premium(option) < pays(year)
    });
    let words = &texts(scenario).insurance;
    let named: Vec<Text> = gifts
        .map(|(plan, _)| match plan {
            None => Text::plain(words.too_cheap_today),
            Some(plan) => say(words.too_cheap_with, &[("plan", Piece::Name(name(scenario, plan)))]),
        })
        .collect();
    let count = named.len();
    let listed = named.into_iter().enumerate().map(|(place, with)| match count - place {
        1 => with,
        2 => with.and(texts(scenario).front.and),
        _ => with.and(", "),
    });
    let text = listed.reduce(Text::joined).map(|listed| Text::plain(words.too_cheap).joined(listed));
    text.map(|text| text.and(words.check))
}

/// Whether two values are nearer than their errors can tell: those of what insurers pay.
pub fn is_tie(analysis: &Analysis, one: OptionId, other: OptionId) -> bool {
    let (one, other) = (&analysis.plans[one].investment, &analysis.plans[other].investment);
    let gap = one.net_present_value.to_f64() - other.net_present_value.to_f64();
    gap.abs() < one.value_error + other.value_error
}
