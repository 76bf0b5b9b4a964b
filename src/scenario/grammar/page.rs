//! The page `docs/file-format.md`, written from the same tables as the reader.

use std::fmt::Write;

use super::estimate::FORMS;
use super::{ESTIMATE, Field, Form, Need, RECORD, SCENARIO, TableDef};
use crate::model::Factor;
use crate::units::Kind;

/// The page on the file format, as Markdown.
pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    let mut tables: Vec<&TableDef> = Vec::new();
    collect(&SCENARIO, &mut tables);
    for def in tables {
        let _ = write!(page, "\n## {}\n\n{}\n\n", def.name, def.doc);
        if def.record {
            page.push_str(
                "`source`, `owner`, `date`, `why` and `example` may stand here too, for all that the table holds.\n\n",
            );
        }
        rows(&mut page, def.fields);
    }
    page.push_str("\n## Where an estimate comes from\n\nIn an estimate, or in the table around it for all estimates in it that do not say otherwise.\n\n");
    rows(&mut page, RECORD);
    page.push_str("\n## Estimates as tables\n\nExactly one of these forms; the record above and, for what differs from event to event, `doubt` may stand beside it.\n\n| keys | what it is |\n|---|---|\n");
    for form in FORMS {
        let keys: Vec<String> = form
            .shape
            .iter()
            .map(|shape| format!("`shape = \"{shape}\"`"))
            .chain(form.keys.iter().map(|key| format!("`{key}`")))
            .chain(form.optional.iter().map(|key| format!("(`{key}`)")))
            .collect();
        let _ = writeln!(page, "| {} | {} |", keys.join(", "), form.doc);
    }
    page.push('\n');
    rows(&mut page, ESTIMATE.fields);
    page.push_str("\n## Factors\n\nWhat a control can act on:\n\n| `on` | what it is |\n|---|---|\n");
    for factor in Factor::all() {
        let _ = writeln!(page, "| `{}` | {} |", factor.key(), factor.words());
    }
    page.push_str(QUANTITIES);
    page
}

fn collect(def: &'static TableDef, tables: &mut Vec<&'static TableDef>) {
    if tables.iter().any(|known| std::ptr::eq(*known, def)) {
        return;
    }
    tables.push(def);
    for field in def.fields {
        match field.form {
            Form::Table(inner)
            | Form::Tables(inner)
            | Form::TableOrTables(inner)
            | Form::WordOrTable(_, inner)
            | Form::RefsOrTables(_, inner) => collect(inner, tables),
            _ => {}
        }
    }
}

fn rows(page: &mut String, fields: &[Field]) {
    page.push_str("| key | what | what it means | for example |\n|---|---|---|---|\n");
    for field in fields {
        let need = match field.need {
            Need::Required => "**required**".to_owned(),
            Need::Optional => String::new(),
            Need::Default(value) => format!("default {value}"),
        };
        let form = form_words(field.form);
        let what = if need.is_empty() { form } else { format!("{form}; {need}") };
        let cell = |text: &str| text.replace('|', "\\|");
        let _ =
            writeln!(page, "| `{}` | {} | {} | `{}` |", field.key, cell(&what), cell(field.doc), cell(field.example));
    }
}

fn form_words(form: Form) -> String {
    let quoted = |words: &[&str]| words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
    match form {
        Form::SchemaVersion => "1".into(),
        Form::Text => "text".into(),
        Form::Id => "id".into(),
        Form::Ref(kind) => format!("id of a {}", kind.replace('_', " ")),
        Form::Currency => "three letters".into(),
        Form::Date => "day".into(),
        Form::Flag => "true or false".into(),
        Form::Fixed(Kind::Number) => "as the key of the estimate".into(),
        Form::Fixed(kind) => kind.name().into(),
        Form::Estimate { kind, bare: false } => format!("estimate of {}", kind.name()),
        Form::Estimate { kind, bare: true } => format!("estimate of {}, or a number a year", kind.name()),
        Form::EventFrequency => "estimate of a yearly frequency".into(),
        Form::FactorEstimate => "estimate of the factor's kind".into(),
        Form::Integer(least, most) if most > 1_000_000_000 => format!("whole number from {least}"),
        Form::Integer(least, most) => format!("whole number, {least} to {most}"),
        Form::Positive => "number above 0".into(),
        Form::Start => "\"year N\" or \"month N\"".into(),
        Form::Word(words) => quoted(words),
        Form::Factor => "a factor, see below".into(),
        Form::Texts => "list of texts".into(),
        Form::Refs(kind) => format!("list of ids of {}s", kind.replace('_', " ")),
        Form::Words(words) => format!("list of {}", quoted(words)),
        Form::Table(_) => "table".into(),
        Form::Tables(_) => "list of tables".into(),
        Form::TableOrTables(_) => "table, or a list of them".into(),
        Form::WordOrTable(words, _) => format!("{}, or a table", quoted(words)),
        Form::RefsOrTables(kind, _) => format!("list of ids of {}s, or of tables", kind.replace('_', " ")),
    }
}

const INTRODUCTION: &str = "# The file format

This page is written by rosi from the tables that its reader uses (`cargo test` fails when it is out of date; `ROSI_UPDATE=1 cargo test` writes it anew). A scenario is one file in TOML, YAML or JSON; the three carry the same tree. `rosi schema` prints a JSON Schema with which editors complete and check it, and `rosi check FILE` tells every fault with its cure.

Every range says one of two things. **Knowledge**: there is one value and we do not know it, such as a yearly rate. **Luck**: the value differs from event to event, such as the cost of one.
";

const QUANTITIES: &str = "
## Quantities

Quantities are written as people write them, in quotes. A number without a unit is taken only where the key names the unit (`events = 12` a year, `users = 900`).

| what | written for example as |
|---|---|
| money | `\"60000\"`, `\"60k\"`, `\"1.2M\"`, `\"2.5 million\"`, `\"EUR 250k\"`, `\"1,200,000\"`, `\"€90k\"` |
| money per hour | `\"18k per hour\"`, `\"430k per day\"`, `\"158M per year\"` |
| chance | `\"15%\"`, `\"1 in 20\"` |
| yearly frequency | `\"1 in 20 years\"`, `\"12 per year\"`, `\"3 times a month\"`, `\"once a year\"`, `\"every 5 years\"` |
| yearly percentage | `\"8%\"`, `\"-2% per year\"` |
| length of time | `\"36 hours\"`, `\"1 day\"` (24 hours), `\"18 months\"` (a month is 730 hours), `\"3 years\"` (8,760 hours each) |
| working time | `\"4 hours per week\"` (52 weeks a year), `\"1 minute per day\"` (working days), `\"0.5 FTE\"` (8 hours on every working day) |

Thousands may be grouped by a comma, a blank, an apostrophe or `_`; the decimal sign is a point.
";
