//! What does a page get to show? Figures and words as the papers write them, each figure under its key.
//!
//! Everything is made by `report` and written by `render`; here it only becomes JSON. Names from the file stay text.

use serde_json::{Map, Value, json};

use super::{Live, Refused, Stage};
use crate::diagnostic::{Diagnostic, draw};
use crate::render;
use crate::report::live::{LiveFigure, LiveInput, LiveOption, inputs, options, term};
use crate::report::texts::{line, texts};
use crate::report::{self, Cell, Piece, Section, Text};
use crate::scenario::edit::settings;
use crate::scenario::syntax::line_number;
use crate::units::{Kind, Unit};

/// The charts of the page, in its order.
const CHARTS: [&str; 5] = ["chance-of-losing-more", "cumulative-position", "today-and-plan", "loss-by-risk", "tornado"];

/// The answer to a question, as far as its stage goes.
pub fn case(live: &Live) -> Value {
    let unit = live.scenario.unit();
    let report = live.report();
    let text = |texts: &[Text]| texts.iter().map(|text| sentence(text, unit)).collect::<Vec<_>>();
    let mut answer = json!({
        "schema": "rosi.explore/1",
        "stage": live.stage.name(),
        "sha256": live.scenario.sha256(),
        "title": render::clean(&report.title),
        "currency": unit.currency,
        "answer": text(&report.answer),
        "caution": text(&report.caution),
        "options": options(&live.scenario, &live.analysis).iter().map(|one| option(one, unit)).collect::<Vec<_>>(),
        "inputs": inputs(&live.scenario, &live.analysis).iter().map(|one| input(one, unit)).collect::<Vec<_>>(),
        "changed": live.told.iter().map(|told| json!({
            "name": render::clean(&told.name),
            "before": render::clean(&told.before),
            "now": render::clean(&told.now),
        })).collect::<Vec<_>>(),
        "warnings": live.warnings.iter().map(|warning| {
            let mut told = fault(warning);
            told["said"] = json!(render::clean(&report::live::said(&live.scenario, warning)));
            told
        }).collect::<Vec<_>>(),
        "run": report.run,
    });
    let Some(fields) = answer.as_object_mut() else { return answer };
    match live.stage {
        Stage::Averages => {
            fields.insert("controls".into(), controls(live));
            fields.insert("plans".into(), plans(live));
            fields.insert("settings".into(), settings_of(live));
            let wanted: &[&str] = &["cumulative-position", "loss-by-risk"];
            fields.insert("charts".into(), charts(&report, wanted));
        }
        Stage::Year => {
            fields.insert("charts".into(), charts(&report, &CHARTS));
            fields.insert("sections".into(), sections(&report.sections, unit));
            fields.insert("assessment".into(), render::value(&report.document));
        }
        Stage::Sensitivity => {
            fields.insert("charts".into(), charts(&report, &["tornado"]));
            fields.insert("tipping".into(), tipping(live));
        }
    }
    answer
}

/// A sentence: words, and figures to emphasise.
fn sentence(text: &Text, unit: Unit) -> Value {
    let piece = |piece: &Piece| {
        let written = render::clean_piece(piece, unit);
        match piece {
            Piece::Figure(_) => json!({ "text": written, "strong": true }),
            Piece::Code(_) => json!({ "text": written, "code": true }),
            Piece::Plain(_) | Piece::Name(_) => json!({ "text": written }),
        }
    };
    Value::Array(text.0.iter().map(piece).collect())
}

fn shown(cell: &Cell, unit: Unit) -> String {
    // The words of a figure may hold what the file holds.
    render::clean(&render::cell(cell, unit.voice))
}

fn option(option: &LiveOption, unit: Unit) -> Value {
    let figure = |figure: &LiveFigure| {
        json!({
            "heading": render::clean(&figure.heading),
            "key": figure.key,
            "text": shown(&figure.cell, unit),
            "number": figure.number,
            "within": figure.is_within,
        })
    };
    json!({
        "id": option.id,
        "name": render::clean(&option.name),
        "chosen": option.is_chosen,
        "figures": option.figures.iter().map(figure).collect::<Vec<_>>(),
    })
}

fn input(input: &LiveInput, unit: Unit) -> Value {
    let [source, owner, date, why] = input.source.each_ref().map(|one| one.as_deref().map(render::clean));
    json!({
        "key": input.key,
        "name": render::clean(&input.name),
        "unit": unit_of(input.kind, unit),
        "scale": scale_of(input.kind),
        "example_of_kind": input.kind.typed_example(unit.voice.language),
        "luck": input.is_luck,
        "written": shown(&input.written, unit),
        "mean": input.mean,
        "mean_text": shown(&input.mean_shown, unit),
        "range": input.range,
        "range_text": input.range_shown.as_ref().map(|ends| ends.each_ref().map(|end| shown(end, unit))),
        "can_move": input.can_move,
        "weight": input.weight,
        "weight_text": shown(&input.weight_shown, unit),
        "break_even": input.break_even.as_ref().map(|(at, _)| *at),
        "break_even_text": input.break_even.as_ref().map(|(_, cell)| shown(cell, unit)),
        "worth_knowing": input.worth_knowing.as_ref().map(|cell| shown(cell, unit)),
        "source": source,
        "owner": owner,
        "date": date,
        "why": why,
        "example": input.is_example,
    })
}

/// What stands behind an amount of the kind.
fn unit_of(kind: Kind, unit: Unit) -> String {
    let words = &texts(unit).live;
    let money = |template| line(template, &[("currency", &unit.currency)]);
    match kind {
        Kind::Money => unit.currency.to_owned(),
        Kind::YearlyMoney => money(words.money_a_year),
        Kind::Revenue | Kind::Wage => money(words.money_an_hour),
        Kind::Frequency => words.a_year.into(),
        Kind::Chance | Kind::Rate | Kind::Number => String::new(),
        Kind::Period => words.hours.into(),
        Kind::WorkTime => words.hours_a_year.into(),
    }
}

/// On which scale a slider moves: amounts, rates and times by factors, chances by odds.
fn scale_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Chance => "odds",
        Kind::Rate => "straight",
        _ => "factor",
    }
}

fn controls(live: &Live) -> Value {
    let controls = live.scenario.controls().iter();
    Value::Array(
        controls
            .map(|control| {
                json!({ "id": control.id, "name": render::clean(&control.name), "in_place": control.in_place })
            })
            .collect(),
    )
}

fn plans(live: &Live) -> Value {
    let controls = live.scenario.controls();
    let plan = |plan: &crate::model::Plan| {
        let starts: Vec<String> = plan
            .controls
            .iter()
            .map(|planned| format!("plan.{}.controls.{}.start", plan.id, controls[planned.control].id))
            .collect();
        let keys: Vec<&str> = starts.iter().map(String::as_str).collect();
        let written = crate::scenario::written_at(&live.source, &keys);
        let planned = plan.controls.iter().zip(written).map(|(planned, start)| {
            json!({
                "id": controls[planned.control].id,
                "start": start.as_deref().map_or_else(|| "year 1".to_owned(), render::clean),
            })
        });
        json!({ "id": plan.id, "name": render::clean(&plan.name), "controls": planned.collect::<Vec<_>>() })
    };
    Value::Array(live.scenario.plans().iter().map(plan).collect())
}

fn settings_of(live: &Live) -> Value {
    let setting = |setting: &crate::scenario::edit::Setting| {
        let said = term(live.scenario.voice().language, setting);
        json!({
            "key": setting.key,
            "part": setting.part,
            "of": render::clean(&setting.of),
            "written": setting.written.as_deref().map(render::clean),
            "default": setting.default,
            "doc": setting.doc,
            "words": setting.words,
            "example": setting.example,
            "label": said.label,
            "about": said.about,
            "placeholder": said.default.unwrap_or(said.example),
            "choices": said.choices,
        })
    };
    Value::Array(settings(&live.source).iter().map(setting).collect())
}

/// The smallest error in one input that changes the recommendation.
fn tipping(live: &Live) -> Value {
    let Some(tipping) = live.analysis.sensitivity.as_ref().and_then(|found| found.tipping.as_ref()) else {
        return Value::Null;
    };
    let option = tipping.option.map(|plan| live.scenario.plans()[live.analysis.plans[plan].plan].name.as_str());
    json!({
        "key": live.scenario.estimate(tipping.estimate).path,
        "at": tipping.at,
        "option": option.map(render::clean),
    })
}

fn charts(report: &report::Report, wanted: &[&str]) -> Value {
    let drawn = wanted.iter().filter_map(|id| {
        let chart = report.charts.iter().find(|chart| chart.id == *id)?;
        let plain = chart.within_paper();
        let picture = plain.svg(plain.size_on_page()).ok()?;
        // Both stand in one page: what tells about the picture is tied to it by names that are unique there.
        let narrow = report::chart::Chart { id: format!("{}-narrow", plain.id), ..plain.clone() };
        let narrow = narrow.svg(narrow.size_on_phone()).ok()?;
        let (header, rows) = chart.table();
        let clean = |row: &Vec<String>| row.iter().map(|cell| render::clean(cell)).collect::<Vec<_>>();
        Some(json!({
            "id": chart.id,
            "title": render::clean(&chart.title),
            "about": render::clean(&chart.description),
            "svg": picture,
            "narrow": narrow,
            "header": clean(&header),
            "rows": rows.iter().map(clean).collect::<Vec<_>>(),
        }))
    });
    Value::Array(drawn.collect())
}

/// Sections as tables of words.
fn sections(sections: &[Section], unit: Unit) -> Value {
    let one = |section: &Section| {
        let table = section.table.as_ref().map(|table| {
            let numbers: Vec<bool> = (0..table.columns.len()).map(|column| table.is_of_numbers(column)).collect();
            let row = |row: &Vec<Cell>| row.iter().map(|cell| shown(cell, unit)).collect::<Vec<_>>();
            json!({
                "columns": table.columns.iter().map(|column| render::clean(column)).collect::<Vec<_>>(),
                "numbers": numbers,
                "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
                "emphasised": table.emphasised,
            })
        });
        json!({
            "title": render::clean(&section.title),
            "lead": section.lead.as_ref().map(|lead| sentence(lead, unit)),
            "table": table,
            "notes": section.notes.iter().map(|note| sentence(note, unit)).collect::<Vec<_>>(),
        })
    };
    Value::Array(sections.iter().map(one).collect())
}

/// Where a figure or an input comes from.
///
/// # Errors
/// Keys that are like one that names nothing.
pub fn explained(live: &Live, key: &str) -> Result<Value, Vec<String>> {
    let text = live.source.text();
    let line = |place: usize| line_number(text.as_bytes(), place);
    let keys = [key.to_owned()];
    report::explanation(&live.scenario, &live.analysis, &live.warnings, &keys, &line)
        .map(|report| sections(&report.sections, live.scenario.unit()))
        .map_err(|(_, like)| like)
}

fn fault(fault: &Diagnostic) -> Value {
    json!({
        "code": fault.code.as_str(),
        "message": render::clean(&fault.message),
        "help": fault.help.iter().map(|help| render::clean(help)).collect::<Vec<_>>(),
        "path": fault.path,
        "error": fault.is_error(),
    })
}

/// What is wrong, for a page: faults with their cures, and as they are drawn on a terminal.
pub fn faults(refused: &Refused) -> Value {
    let mut found = Map::new();
    let errors: Vec<Diagnostic> = refused.faults.iter().filter(|fault| fault.is_error()).cloned().collect();
    found.insert("faults".into(), errors.iter().map(fault).collect());
    found.insert("change".into(), refused.change.map_or(Value::Null, Value::from));
    let drawn = draw(&errors, &refused.source.name, &refused.source.text(), false);
    found.insert("drawn".into(), Value::from(drawn));
    Value::Object(found)
}
