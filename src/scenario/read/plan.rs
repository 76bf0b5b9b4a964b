//! Plans, the decision, appetite points and insurance.

use rust_decimal::Decimal;

use super::cursor::{Cursor, wrong_kind};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{
    AppetitePoint, ByPolicy, Decision, Form, Insurance, Organisation, Plan, PlanId, PlannedControl, Proposal, Table,
    Waiting,
};
use crate::scenario::grammar::PLANNED;
use crate::scenario::syntax::{Node, Value};
use crate::units::{Kind, Money, Period, Probability};

/// The plans of a file.
pub fn plans(root: &Cursor<'_, '_>) -> Table<PlanId, Plan> {
    root.tables("plan", "id")
        .iter()
        .map(|cursor| {
            let id = plan_id(cursor);
            Plan {
                name: cursor.text("name").unwrap_or_default(),
                controls: planned(cursor),
                drops: cursor.references("drops", "control"),
                exclusive: cursor.text("exclusive"),
                id,
            }
        })
        .collect()
}

/// The id of a plan, which is not that of doing nothing more.
pub(super) fn plan_id(cursor: &Cursor<'_, '_>) -> String {
    let id = cursor.id();
    if id == "today" {
        cursor.reader.report(
            Diagnostic::new(Code::BadId, "\"today\" is the plan that always exists: do nothing more")
                .at(cursor.node("id").map_or(cursor.span, |node| node.span), "taken")
                .help("give the plan another id, such as \"core\"")
                .path(cursor.path_of("id")),
        );
    }
    id
}

fn planned(cursor: &Cursor<'_, '_>) -> Vec<PlannedControl> {
    let Some(node) = cursor.node("controls") else { return Vec::new() };
    let Value::List(nodes) = &node.value else {
        // The list's own fault.
        cursor.texts("controls");
        return Vec::new();
    };
    let mut found: Vec<(PlannedControl, Span)> = Vec::new();
    for node in nodes {
        let Some((control, name)) = planned_control(cursor, node) else { continue };
        match found.iter().find(|(known, _)| known.control == control.control) {
            Some((_, first)) => cursor.doubled(node.span, *first, &name, "controls"),
            None => found.push((control, node.span)),
        }
    }
    found.into_iter().map(|(control, _)| control).collect()
}

fn planned_control(cursor: &Cursor<'_, '_>, node: &Node) -> Option<(PlannedControl, String)> {
    if let Value::Table(_) = &node.value {
        let path = cursor.path_of("controls");
        let table = Cursor::open(
            cursor.reader,
            &PLANNED,
            Some(cursor.def()),
            node,
            path,
            cursor.name.clone(),
            cursor.record(),
        )?;
        let control = table.reference("id", "control");
        // A start at fault is one mistake: the control still stands in the plan.
        let start = start(&table).unwrap_or_default();
        let name = table.text("id").unwrap_or_default();
        return Some((PlannedControl { control: control?, start }, name));
    }
    let id = cursor.text_of(node, "controls")?;
    let control = cursor.resolve(node, id, "control", "controls")?;
    Some((PlannedControl { control, start: Decimal::ZERO }, id.to_owned()))
}

/// `year 2` is one year from now, `month 7` half a year.
fn start(cursor: &Cursor<'_, '_>) -> Option<Decimal> {
    let node = cursor.node("start")?;
    if let Value::Number(number) = &node.value {
        cursor.reader.report(
            wrong_kind(node, "`start` is a text in quotes", &cursor.path_of("start"))
                .help(format!("write \"year {number}\" or \"month {number}\"")),
        );
        return None;
    }
    let text = cursor.text_of(node, "start")?;
    let (word, number) = text.split_once(' ').unwrap_or((text, ""));
    let per_year = match word.to_ascii_lowercase().as_str() {
        "year" => Some(1_u64),
        "month" => Some(12),
        _ => None,
    };
    // Digits only, as in the schema's pattern: no sign, no point.
    let plain = !number.is_empty() && number.len() <= 3 && number.bytes().all(|b| b.is_ascii_digit());
    let number = number.parse::<u64>().ok().filter(|number| plain && *number >= 1);
    match (per_year, number) {
        (Some(per_year), Some(number)) => Decimal::from(number - 1).checked_div(Decimal::from(per_year)),
        _ => {
            cursor.reader.report(
                Diagnostic::new(Code::BadQuantity, format!("\"{text}\" is not a start"))
                    .at(node.span, "not understood")
                    .help("write \"year 2\" for the beginning of the second year, or \"month 7\"")
                    .path(cursor.path_of("start")),
            );
            None
        }
    }
}

/// What is asked of the board.
pub fn decision(root: &Cursor<'_, '_>) -> Option<Decision> {
    let cursor = root.table("decision")?;
    Some(Decision { plan: cursor.reference("plan", "plan"), by: cursor.date("by") })
}

/// Who asks whom.
pub fn proposal(root: &Cursor<'_, '_>) -> Proposal {
    let Some(cursor) = root.table("proposal") else { return Proposal::default() };
    Proposal {
        by: cursor.text("by"),
        to: cursor.text("to"),
        date: cursor.date("date"),
        first_year: cursor.integer("first_year"),
        classification: cursor.text("classification"),
    }
}

/// Whose case it is.
pub fn organisation(root: &Cursor<'_, '_>) -> Organisation {
    let Some(cursor) = root.table("organisation") else { return Organisation::default() };
    let money = |key: &str| cursor.fixed(key, Kind::Money).and_then(Money::new);
    Organisation {
        name: cursor.text("name"),
        turnover: money("turnover"),
        ebitda: money("ebitda"),
        it_budget: money("it_budget"),
        security_budget: money("security_budget"),
    }
}

/// The shape of the stated cases; what they say is read with the whole file.
pub fn stated(root: &Cursor<'_, '_>) {
    for cursor in root.tables("case", "name") {
        cursor.text("name");
        cursor.text("why");
        cursor.texts("set");
    }
}

/// The points that the board agreed.
pub fn appetite(root: &Cursor<'_, '_>) -> Vec<AppetitePoint> {
    root.tables("appetite", "name")
        .iter()
        .filter_map(|cursor| {
            let name = cursor.text("name");
            let loss = cursor.fixed("loss", Kind::Money).and_then(Money::new);
            let chance = cursor.fixed("chance", Kind::Chance).and_then(Probability::new);
            Some(AppetitePoint { name: name?, loss: loss?, chance: chance? })
        })
        .collect()
}

/// The policies.
pub fn insurance(root: &Cursor<'_, '_>) -> ByPolicy<Insurance> {
    root.tables("insurance", "id").iter().map(policy).collect()
}

fn policy(cursor: &Cursor<'_, '_>) -> Insurance {
    let money = |key: &str| cursor.fixed(key, Kind::Money).and_then(Money::new);
    let covers = if cursor.node("covers").is_some() {
        let words = cursor.words("covers", &Form::KEYS);
        words.into_iter().filter_map(Form::from_key).collect()
    } else {
        Form::ALL.into_iter().filter(|form| form.is_covered_unless_said()).collect()
    };
    let limit = money("limit");
    let annual_limit = money("annual_limit");
    if let (Some(limit), Some(annual)) = (limit, annual_limit)
        && annual < limit
    {
        cursor.reader.report(
            Diagnostic::new(
                Code::Surprising,
                "the annual limit is below the limit per event, which can never be paid in full",
            )
            .german("die Jahreshöchstleistung liegt unter der Deckungssumme je Ereignis, die so nie ganz gezahlt wird")
            .at(cursor.node("annual_limit").map_or(cursor.span, |node| node.span), "below `limit`")
            .help("check both figures in the policy")
            .path(cursor.path_of("annual_limit")),
        );
    }
    let id = cursor.id();
    Insurance {
        name: cursor.text("name").unwrap_or_else(|| in_words(&id)),
        id,
        premium: cursor.fixed("premium", Kind::YearlyMoney).and_then(Money::new).unwrap_or_default(),
        retention: money("retention").unwrap_or_default(),
        limit,
        annual_retention: money("annual_retention").unwrap_or_default(),
        annual_limit,
        coinsurance: cursor.fixed("coinsurance", Kind::Chance).and_then(Probability::new).unwrap_or_default(),
        waiting: waiting(cursor),
        covers,
        sublimits: sublimits(cursor),
        risks: cursor.node("risks").map(|_| cursor.references("risks", "risk")),
        plans: cursor.node("plans").map(|_| cursor.plan_references("plans")),
    }
}

/// A length of time, or a table that also says which hours count after it.
fn waiting(cursor: &Cursor<'_, '_>) -> Waiting {
    let time = |cursor: &Cursor<'_, '_>, key: &str| cursor.fixed(key, Kind::Period).and_then(Period::new);
    match cursor.node("waiting").map(|node| &node.value) {
        Some(Value::Table(_)) => cursor.table("waiting").map_or_else(Waiting::default, |table| Waiting {
            time: time(&table, "time").unwrap_or_default(),
            franchise: table.flag("franchise").unwrap_or(false),
        }),
        _ => Waiting { time: time(cursor, "waiting").unwrap_or_default(), franchise: false },
    }
}

/// What counts of a form at most.
fn sublimits(cursor: &Cursor<'_, '_>) -> Vec<(Form, Money)> {
    let Some(table) = cursor.table("sublimits") else { return Vec::new() };
    let limit = |form: Form| table.fixed(form.key(), Kind::Money).and_then(Money::new).map(|limit| (form, limit));
    Form::ALL.into_iter().filter_map(limit).collect()
}

/// A key as a name: "Card policy" of `card-policy`, for a paper shows no keys.
fn in_words(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
