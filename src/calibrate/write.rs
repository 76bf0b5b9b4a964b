//! How is an estimate written into a case without touching the rest of it?
//!
//! The key is that of `rosi explain`: `risk.phishing.frequency`, `risk.phishing.loss.response`,
//! `control.mfa.effect.reduction`. Tables with an `id` are found by it. Comments and order stay.

use std::iter::Peekable;

use toml_edit::{DocumentMut, InlineTable, Item, TableLike, Value};

use super::fault;
use super::proposal::{Part, Proposal};
use crate::diagnostic::{Code, Diagnostic};
use crate::units::reading::column::Style;

/// The text of a TOML case with the estimate at its key.
///
/// # Errors
/// A text that is no TOML, or a key that leads to nothing.
pub fn into_case(name: &str, text: &str, proposal: &Proposal) -> Result<String, Diagnostic> {
    let mut document: DocumentMut = text.parse().map_err(|found| {
        fault(
            Code::Syntax,
            format!("{name} cannot be edited: {found}"),
            &["only TOML is edited in place; paste the estimate into YAML or JSON by hand"],
        )
    })?;
    let stated = document.get("numbers").and_then(Item::as_str).and_then(Style::of_pattern);
    let has_comma = stated == Some(Style::Comma);
    let steps: Vec<&str> = proposal.key.split('.').collect();
    let Some((last, path)) = steps.split_last() else {
        return Err(nothing(name, &proposal.key, "", &[]));
    };
    let mut here: &mut dyn TableLike = document.as_table_mut();
    let mut steps = path.iter().peekable();
    while let Some(step) = steps.next() {
        let known: Vec<String> = here.iter().map(|(key, _)| key.to_owned()).collect();
        let Some(item) = here.get_mut(step) else {
            return Err(nothing(name, &proposal.key, step, &known));
        };
        here = match item {
            Item::ArrayOfTables(tables) => {
                let ids =
                    tables.iter().map(|table| table.get("id").and_then(Item::as_str).map(str::to_owned)).collect();
                let index = meant(ids, &mut steps).map_err(|(step, ids)| nothing(name, &proposal.key, &step, &ids))?;
                match tables.get_mut(index) {
                    Some(table) => table,
                    None => return Err(nothing(name, &proposal.key, step, &known)),
                }
            }
            // The same in one line: `effect = [{ risk = "phishing", … }]`.
            Item::Value(Value::Array(values)) => {
                let id = |value: &Value| Some(value.as_inline_table()?.get("id")?.as_str()?.to_owned());
                let ids = values.iter().map(id).collect();
                let index = meant(ids, &mut steps).map_err(|(step, ids)| nothing(name, &proposal.key, &step, &ids))?;
                match values.get_mut(index).and_then(Value::as_inline_table_mut) {
                    Some(table) => table,
                    None => return Err(nothing(name, &proposal.key, step, &known)),
                }
            }
            item => match item.as_table_like_mut() {
                Some(table) => table,
                None => return Err(nothing(name, &proposal.key, step, &known)),
            },
        };
    }
    let mut value = inline(proposal, has_comma);
    // A remark behind the old value stays where it was.
    if let Some(Item::Value(old)) = here.get(last) {
        *value.decor_mut() = old.decor().clone();
    }
    match here.get_mut(last) {
        Some(item) => *item = Item::Value(value),
        None => {
            here.insert(last, Item::Value(value));
        }
    }
    for (line, _) in &proposal.beside {
        if let Some((key, _)) = line.split_once(" = ")
            && let Ok(parsed) = line.parse::<DocumentMut>()
            && let Some(item) = parsed.get(key)
            && here.get(key).is_none()
        {
            here.insert(key, item.clone());
        }
    }
    Ok(document.to_string())
}

/// Which element of a list the next step names by its id; a single secondary loss or effect needs no name. Else the
/// step, and the ids that there are.
fn meant<'s>(
    ids: Vec<Option<String>>,
    steps: &mut Peekable<impl Iterator<Item = &'s &'s str>>,
) -> Result<usize, (String, Vec<String>)> {
    let next = steps.peek().map(|next| **next);
    if let Some(index) = ids.iter().position(|id| id.is_some() && id.as_deref() == next) {
        steps.next();
        return Ok(index);
    }
    match ids.as_slice() {
        [None] => Ok(0),
        _ => Err((next.unwrap_or_default().to_owned(), ids.into_iter().flatten().collect())),
    }
}

/// The estimate as a table, in the decimal sign of the file.
fn inline(proposal: &Proposal, has_comma: bool) -> Value {
    let signed = |text: &str| if has_comma { text.replace('.', ",") } else { text.to_owned() };
    let mut table = InlineTable::new();
    for (key, part) in &proposal.value {
        let value = match part {
            Part::Text(text) => Value::from(signed(text)),
            Part::List(texts) => Value::Array(texts.iter().map(|text| signed(text)).collect()),
            Part::Number(x) => super::proposal::digits(*x).parse::<f64>().map_or_else(|_| Value::from(*x), Value::from),
        };
        table.insert(*key, value);
    }
    table.insert("source", Value::from(proposal.source.as_str()));
    if let Some(date) = &proposal.date {
        table.insert("date", Value::from(date.as_str()));
    }
    table.insert("why", Value::from(proposal.rests_on.as_str()));
    Value::InlineTable(table)
}

fn nothing(name: &str, key: &str, step: &str, known: &[String]) -> Diagnostic {
    let meant = crate::scenario::nearest(step, known.iter().map(String::as_str));
    let mut help: Vec<String> = meant.map(|meant| format!("did you mean `{meant}`?")).into_iter().collect();
    help.push(
        "keys are those of `rosi explain`, such as `risk.phishing.frequency` or `risk.phishing.loss.response`"
            .to_owned(),
    );
    let help: Vec<&str> = help.iter().map(String::as_str).collect();
    fault(Code::UnknownId, format!("{name} has nothing at `{key}`: there is no `{step}`"), &help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposal(key: &str) -> Proposal {
        Proposal {
            key: key.to_owned(),
            value: vec![("low", Part::Text("1k".into())), ("tail", Part::Number(2.5))],
            source: "log \"a\".csv".to_owned(),
            date: None,
            period: None,
            count: 3,
            rests_on: "3 events".to_owned(),
            findings: Vec::new(),
            cautions: Vec::new(),
            beside: vec![("count = { clustering = 0.8 }".to_owned(), "clusters".to_owned())],
            figures: Vec::new(),
            voice: crate::units::Voice::default(),
        }
    }

    const CASE: &str = "# head\n[[risk]]\nid = \"a\" # first\nfrequency = \"1 per year\" # old\n[risk.loss]\nresponse = \"5k\"\n\n# second\n[[risk]]\nid = \"b\"\n";

    #[test]
    fn an_estimate_goes_to_its_key_and_every_remark_stays() {
        let text = into_case("case.toml", CASE, &proposal("risk.a.frequency")).unwrap();
        for kept in ["# head", "# first", "# old", "# second", "response = \"5k\""] {
            assert!(text.contains(kept), "{text}");
        }
        assert!(text.contains("tail = 2.5") && text.contains("count = { clustering = 0.8 }"), "{text}");
        assert!(text.contains(r#"source = 'log "a".csv'"#) || text.contains(r#"source = "log \"a\".csv""#), "{text}");
        let text = into_case("case.toml", CASE, &proposal("risk.a.loss.response")).unwrap();
        assert!(text.contains("response = { low"), "{text}");
        let text = into_case("case.toml", CASE, &proposal("risk.b.frequency")).unwrap();
        assert!(text.parse::<DocumentMut>().is_ok());
    }

    #[test]
    fn a_key_that_leads_to_nothing_is_a_fault_with_the_nearest_one() {
        let fault = into_case("case.toml", CASE, &proposal("risk.c.frequency")).unwrap_err();
        assert!(fault.message.contains("no `c`"), "{}", fault.message);
        let fault = into_case("case.toml", CASE, &proposal("risc.a.frequency")).unwrap_err();
        assert!(fault.help[0].contains("`risk`"), "{:?}", fault.help);
    }
}
