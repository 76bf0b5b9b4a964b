//! What fits on one screen: the answer, the options, the limits, what would change it, what to do next.
//!
//! Names stand in the place of keys. The answer is told first, and in one line last, where the eye is when all has run
//! through. Long names and many limits take lines: then the same is said once more in ever less room, and the terminal
//! takes the first form that fits.

use crate::diagnostic::{Code, Diagnostic};
use crate::drawing::text::in_letters as cut;
use crate::engine::{Analysis, OptionId};
use crate::model::{EstimateId, Scenario};
use crate::units::Figure;

use super::changed::{self, Before};
use super::chart::Scale;
use super::insurance::is_insured;
use super::paper::{options, wrong_if};
use super::pictures::limits_of;
use super::sentences::{self, name, value_digits};
use super::texts::{line, number, say, texts};
use super::{Cell, Context, Piece, Report, Said, Section, Text, build};

/// How much is said.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Options, beside doing nothing more.
    options: usize,
    /// Agreed limits.
    limits: usize,
    /// Assumptions that would change the answer.
    told: usize,
    /// Letters of a name in a sentence.
    name: usize,
    /// Letters of a name in the table.
    row: usize,
    /// Letters of an assumption, which stands on a line of its own.
    assumption: usize,
    title: usize,
}

/// From all that a screen usually holds to what it always holds.
const ROOMS: [Room; 4] = [
    Room { options: 4, limits: 3, told: 2, name: ALL, row: ALL, assumption: ALL, title: ALL },
    Room { options: 4, limits: 3, told: 2, name: 60, row: 54, assumption: 46, title: 150 },
    Room { options: 4, limits: 2, told: 2, name: 40, row: 26, assumption: 46, title: 76 },
    Room { options: 3, limits: 1, told: 1, name: 28, row: 26, assumption: 40, title: 76 },
];
const ALL: usize = usize::MAX;

/// The report on one screen.
pub fn prompt(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic], context: &Context) -> Report {
    let mut report = build(scenario, analysis, warnings, context);
    let told = report.document.warnings().len();
    let grave: Vec<Diagnostic> = warnings.iter().filter(|w| w.code != Code::NotCounted).cloned().collect();
    report.caution = changed::caution(scenario).into_iter().collect();
    report.caution.extend(sentences::caution(scenario, analysis, &grave));
    if let Some(contradicted) = super::contradicted(scenario, analysis) {
        report
            .caution
            .push(Text::plain(format!("{}.", sentences::capital(&super::advice::said(scenario, &contradicted)))));
    }
    let next = Section { notes: next(scenario, analysis, context, told), ..Section::default() };
    let of_room = |room: Room| told_in(room, scenario, analysis, context, &next);
    let [whole, shorter @ ..] = ROOMS;
    let Said { title, answer, sections, verdict } = of_room(whole);
    let shorter = shorter.map(of_room).into();
    Report { title, answer, sections, verdict, shorter, next: Vec::new(), ..report }
}

/// What is said in so much room.
fn told_in(room: Room, scenario: &Scenario, analysis: &Analysis, context: &Context, next: &Section) -> Said {
    let mut options = shown_options(scenario, analysis, room);
    let mut answer = paragraphs(scenario, analysis, room);
    let mut verdict = verdict(scenario, analysis);
    for text in answer.iter_mut().chain([&mut verdict]) {
        text.wholly_beside(options.table.as_ref());
        text.shorten_names(room.name);
    }
    options.table.iter_mut().for_each(|table| table.shorten_names(room.row));
    let mut sections = vec![options];
    let beside = |before: &Before| changed::section(scenario, analysis, before, 2);
    sections.extend(context.before.as_deref().map(beside));
    let mut changing = would_change(scenario, analysis, room);
    changing.notes.iter_mut().for_each(|note| note.shorten_names(room.assumption));
    sections.extend([changing, next.clone()].into_iter().filter(|part| !part.notes.is_empty()));
    Said { title: cut(scenario.title(), room.title), answer, sections, verdict: Some(verdict) }
}

/// Today in one paragraph, the answer in another.
fn paragraphs(scenario: &Scenario, analysis: &Analysis, room: Room) -> Vec<Text> {
    let sentences = match room.name {
        ALL => sentences::answer_in_short(scenario, analysis),
        _ => sentences::answer_at_least(scenario, analysis),
    };
    let mut sentences = sentences.into_iter();
    let today = sentences.next();
    let rest =
        sentences.chain(sentences::asked_other(scenario, analysis)).reduce(|text, next| text.and(" ").joined(next));
    today.into_iter().chain(rest).collect()
}

/// The options of the highest value, and how today, the recommended and the asked one stand to the agreed limits.
fn shown_options(scenario: &Scenario, analysis: &Analysis, room: Room) -> Section {
    let words = &texts(scenario).prompt;
    let mut options = options(scenario, analysis, 0);
    let kept = places(scenario, analysis, room.options);
    let left = analysis.plans.len() + 1 - kept.len();
    // What the columns are stands over them, what they rest on in the whole report.
    options.title = String::new();
    let insured = if is_insured(scenario, analysis) { words.after_insurers } else { "" };
    let lead = match analysis.plans.is_empty() {
        true => Text::plain(insured.trim_start()),
        false => say(words.lead, &[("rate", Cell::typed(scenario.assumptions().discount_rate).into())]).and(insured),
    };
    // The unit of the table stands first.
    let unit = options.lead.take().and_then(|lead| lead.0.into_iter().next());
    options.lead = Some(Text(unit.into_iter().collect()).and(" ").joined(lead));
    let asked = asked_option(scenario, analysis).map(OptionId::row);
    let mut told = vec![0];
    told.extend(analysis.recommended.map(OptionId::row));
    told.extend(asked.filter(|place| !told.contains(place)));
    if told.len() < 2 {
        told.clone_from(&kept);
    }
    let names: Vec<String> = told
        .iter()
        .map(|place| match place.checked_sub(1).map(OptionId) {
            None => texts(scenario).charts.start_today.to_owned(),
            Some(plan) => name(scenario, &analysis.plans[plan]),
        })
        .collect();
    let names: Vec<String> = names.iter().map(|name| cut(name, LIMITED)).collect();
    let mut limits: Vec<Text> = Vec::new();
    for limit in limits_of(scenario, analysis) {
        let scale = Scale::for_amounts(scenario.unit(), std::iter::once(limit.loss));
        let said = Text::plain(limit.of(&told).summary(words.limit, names.iter().map(String::as_str), &scale));
        if !limits.contains(&said) {
            limits.push(said);
        }
    }
    let more = limits.len().saturating_sub(room.limits);
    limits.truncate(room.limits);
    if more > 0 {
        limits.push(Text::plain(line(number(more, words.one_more_limit, words.more_limits), &[("count", &more)])));
    }
    options.notes = limits;
    if let Some(table) = options.table.as_mut().filter(|_| left > 0) {
        table.emphasised = table.emphasised.and_then(|row| kept.iter().position(|kept| *kept == row));
        table.rows = kept.iter().filter_map(|row| table.rows.get(*row).cloned()).collect();
        options
            .notes
            .insert(0, Text::plain(line(number(left, words.one_more_option, words.more_options), &[("count", &left)])));
    }
    options
}

/// Letters of an option's name beside a limit; the table above has more of it.
const LIMITED: usize = 26;

/// What would change the answer, where the sensitivity is known; else what moves the value most.
fn would_change(scenario: &Scenario, analysis: &Analysis, room: Room) -> Section {
    let mut wrong = wrong_if(scenario, analysis);
    if analysis.sensitivity.is_some() {
        wrong.notes.truncate(room.told);
        return wrong;
    }
    let words = &texts(scenario).prompt;
    let Some(weights) = analysis.weights.as_ref() else { return wrong };
    let plan = &analysis.plans[weights.plan];
    let is_worth_it = plan.investment.net_present_value.is_positive();
    let moved = |id: EstimateId| {
        let change = weights.changes[id];
        // The direction that speaks against the answer.
        let template = match ((change > 0.0) == is_worth_it, is_worth_it) {
            (true, true) => words.lower_less,
            (false, true) => words.higher_less,
            (true, false) => words.lower_more,
            (false, false) => words.higher_more,
        };
        let amount = Cell::Short(Figure::approximate(change.abs()));
        let parts = [("assumption", Piece::Name(scenario.estimate(id).name.clone())), ("change", amount.into())];
        say(template, &parts)
    };
    Section {
        title: line(words.moves_most, &[("plan", &cut(&name(scenario, plan), room.name.min(MOVED)))]),
        notes: weights.heaviest().into_iter().take(room.told).map(moved).collect(),
        ..Section::default()
    }
}

/// Letters of an option's name in a heading of one line.
const MOVED: usize = 40;

/// What to type next: no more than fits.
fn next(scenario: &Scenario, analysis: &Analysis, context: &Context, told: usize) -> Vec<Text> {
    let words = &texts(scenario).prompt;
    let mut next = sentences::next_in_short(scenario, analysis, context);
    if let Some(file) = context.file.as_ref().filter(|_| !context.built_in) {
        let sensitivity =
            if analysis.sensitivity.is_some() || analysis.plans.is_empty() { "" } else { " --sensitivity" };
        let whole = Piece::Code(format!("rosi assess {file}{sensitivity} --full"));
        let template = match told {
            0 => words.whole,
            1 => words.whole_and_one,
            _ => words.whole_and_advice,
        };
        let parts = [("command", whole), ("count", Cell::Count(told as u64).into())];
        next.insert(0, say(template, &parts));
    }
    next
}

/// The asked option.
fn asked_option(scenario: &Scenario, analysis: &Analysis) -> Option<OptionId> {
    let asked = scenario.decision()?.plan?;
    analysis.plans.position(|plan| plan.plan == asked)
}

/// The options that one screen shows, in the order of the file: all, or doing nothing more, the asked one and those of
/// the highest value.
fn places(scenario: &Scenario, analysis: &Analysis, most: usize) -> Vec<usize> {
    let count = analysis.plans.len();
    if count <= most {
        return (0..=count).collect();
    }
    let mut order: Vec<OptionId> = analysis.plans.ids().collect();
    let value = |index: OptionId| analysis.plans[index].investment.net_present_value.to_f64();
    let asked = asked_option(scenario, analysis);
    let first = |index: OptionId| analysis.recommended != Some(index) && asked != Some(index);
    order.sort_by(|&a, &b| first(a).cmp(&first(b)).then(value(b).total_cmp(&value(a))).then(a.cmp(&b)));
    let mut kept: Vec<usize> = std::iter::once(0).chain(order.into_iter().take(most).map(OptionId::row)).collect();
    kept.sort_unstable();
    kept
}

/// The answer in one line.
pub fn verdict(scenario: &Scenario, analysis: &Analysis) -> Text {
    let words = &texts(scenario).prompt;
    match analysis.recommended.map(|index| &analysis.plans[index]) {
        None if analysis.plans.is_empty() => Text::plain(words.no_option),
        None => Text::plain(words.nothing),
        Some(plan) => {
            let money = &plan.investment;
            let amount = |figure| Cell::Money(figure, value_digits(scenario)).into();
            let parts = [
                ("plan", Piece::Name(name(scenario, plan))),
                ("cost", Cell::Money(money.present_cost, sentences::cost_digits(scenario)).into()),
                ("value", amount(money.net_present_value)),
            ];
            say(words.recommended, &parts)
        }
    }
}
