//! Slips that people make, one by one: what each side says of them.

use serde_json::{Value, json};

use super::agreement::{beyond_schema, faults};
use super::validator;

/// A case with every part, valid as it stands.
fn whole() -> Value {
    json!({
        "schema": 1,
        "title": "Keep orders flowing",
        "currency": "EUR",
        "decision": { "plan": "core", "by": "2027-01-31" },
        "assumptions": { "horizon": "3 years", "discount_rate": "8%", "working_days": 220 },
        "appetite": [{ "name": "agreed limit", "loss": "2.5M", "chance": "1 in 20" }],
        "value_stream": [{ "id": "orders", "name": "Orders", "revenue": "18k per hour", "margin": "35%" }],
        "risk": [
            {
                "id": "ransomware",
                "name": "Ransomware",
                "value_stream": "orders",
                "frequency": { "low": "1 in 20 years", "high": "1 in 2 years" },
                "loss": { "response": { "low": "40k", "high": "600k", "doubt": "30%" } },
                "outage": { "duration": "1 day", "share": "60%" },
                "secondary": { "chance": "30%", "loss": { "fines": "50k" } },
            },
            {
                "id": "phishing",
                "name": "Payment fraud",
                "threat": { "events": 12, "capability": "60%", "resistance": "65%" },
                "loss": { "replacement": { "p10": "10k", "p50": "30k", "p90": "100k" } },
            },
            {
                "id": "laptop",
                "name": "Laptop lost",
                "count": "at most one",
                "frequency": "5%",
                "asset": { "value": "120k", "exposure": "25%" },
                "leads_to": [{ "risk": "ransomware", "chance": "2%" }],
            },
        ],
        "shared_cause": [
            { "id": "supplier", "name": "Supplier", "frequency": "1 in 8 years", "strikes": ["ransomware", "phishing"] },
        ],
        "control": [
            {
                "id": "mfa",
                "name": "Sign-in",
                "coverage": "95%",
                "effect": [{ "risk": "phishing", "on": "resistance", "becomes": "90%" }],
                "cost": { "initial": "60k", "people": { "time": "4 hours per week", "rate": "65 per hour" } },
            },
            {
                "id": "backup",
                "name": "Backup",
                "requires": ["mfa"],
                "effect": [{ "risk": "ransomware", "on": "loss", "reduction": "40%" }],
                "cost": { "friction": { "users": 900, "time": "1 minute per day", "rate": "40 per hour" } },
            },
        ],
        "plan": [{ "id": "core", "name": "Core", "controls": ["mfa", { "id": "backup", "start": "year 2" }] }],
        "insurance": [{ "id": "cyber", "premium": "90k", "covers": ["response"], "plans": ["today", "core"] }],
    })
}

/// The whole case with one place changed; `null` takes the key away.
fn changed(place: &str, value: Value) -> Value {
    let mut document = whole();
    let (table, key) = place.rsplit_once('/').unwrap();
    let table = document.pointer_mut(table).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("{place}"));
    if value.is_null() {
        table.remove(key).unwrap();
    } else {
        table.insert(key.to_owned(), value);
    }
    document
}

#[test]
fn the_whole_case_is_valid() {
    assert_eq!(faults(&whole()), []);
    assert!(validator().is_valid(&whole()));
}

#[test]
fn what_both_sides_refuse() {
    let cases = [
        ("an unknown key", "/probability", json!("5%")),
        ("an unknown key in a table", "/risk/0/probability", json!("5%")),
        ("a key of another table", "/risk/0/coverage", json!("5%")),
        ("a missing title", "/title", json!(null)),
        ("a missing name", "/risk/0/name", json!(null)),
        ("a missing cost", "/control/0/cost", json!(null)),
        ("no risk at all", "/risk", json!([])),
        ("a text for a number", "/assumptions/working_days", json!("220")),
        ("a number for a text", "/title", json!(5)),
        ("an empty text", "/title", json!(" ")),
        ("a table for a list", "/plan", json!({ "id": "core", "name": "Core" })),
        ("a list for a table", "/assumptions", json!([])),
        ("a text for a flag", "/risk/0/example", json!("true")),
        ("a number without its unit", "/risk/0/frequency", json!(0.5)),
        ("a number of money without quotes", "/insurance/0/premium", json!(90_000)),
        ("a chance as a fraction", "/control/0/coverage", json!(0.95)),
        ("a unit of another kind", "/risk/0/outage/duration", json!("40k")),
        ("a chance where a frequency is due", "/risk/0/frequency", json!("1 in 20")),
        ("a frequency where a chance is due", "/control/0/coverage", json!("1 in 20 years")),
        ("a negative amount", "/insurance/0/premium", json!("-5k")),
        ("no currency of the world", "/currency", json!("XYZ")),
        ("a currency in small letters", "/currency", json!("eur")),
        ("a day that is none", "/decision/by", json!("2027-02-29")),
        ("a day without its year", "/decision/by", json!("31.01.")),
        ("another format", "/schema", json!(2)),
        ("an unknown word", "/assumptions/timing", json!("yearly")),
        ("a word in capitals", "/risk/2/count", json!("At most one")),
        ("an unknown factor", "/control/0/effect/0/on", json!("probability")),
        ("an unknown form of loss", "/insurance/0/covers", json!(["damage"])),
        ("a form of loss twice", "/insurance/0/covers", json!(["response", "response"])),
        ("a plan twice", "/insurance/0/plans", json!(["core", "core"])),
        ("a control twice", "/plan/0/controls", json!(["mfa", "mfa"])),
        ("an id with a blank", "/plan/0/id", json!("our plan")),
        ("a plan named today", "/plan/0/id", json!("today")),
        ("a start that is none", "/plan/0/controls", json!([{ "id": "mfa", "start": "2027" }])),
        ("a rate stated twice", "/risk/0/threat", json!({ "events": 5, "vulnerability": "5%" })),
        ("no rate", "/risk/0/frequency", json!(null)),
        ("no loss", "/risk/2/asset", json!(null)),
        ("an empty loss", "/risk/0/loss", json!({})),
        ("a loss of nothing but its source", "/risk/0/loss", json!({ "source": "a log" })),
        ("only an empty list of losses", "/risk/1/loss", json!({})),
        ("an outage of nothing", "/risk/0/value_stream", json!(null)),
        ("a replacement stated twice", "/risk/2/loss", json!({ "replacement": "5k" })),
        ("events stated twice", "/risk/1/threat/contacts", json!(5)),
        ("half of the contacts", "/risk/1/threat", json!({ "contacts": 5, "vulnerability": "5%" })),
        ("half of the contest", "/risk/1/threat/resistance", json!(null)),
        ("a vulnerability stated twice", "/risk/1/threat/vulnerability", json!("5%")),
        ("two forms of an estimate", "/risk/0/frequency/min", json!("1 in 30 years")),
        ("half of an interval", "/risk/0/frequency/high", json!(null)),
        ("min and max alone", "/risk/0/loss/response", json!({ "min": "5k", "max": "9k" })),
        ("no value at all", "/risk/0/loss/response", json!({ "source": "a log" })),
        ("a shape for a chance only", "/risk/0/loss/response", json!({ "shape": "beta", "low": "5k", "high": "9k" })),
        ("a shape that passes 1", "/control/0/coverage", json!({ "shape": "gamma", "low": "5%", "high": "9%" })),
        (
            "a tail without an average",
            "/risk/0/loss/response",
            json!({ "shape": "pareto", "at_least": "5k", "tail": 1 }),
        ),
        ("one sample", "/risk/0/loss/response", json!({ "samples": ["5k"] })),
        ("doubt about what is known only once", "/risk/0/frequency/doubt", json!("30%")),
        ("an at most for an interval", "/risk/0/loss/response/at_most", json!("9M")),
        ("a control that acts on nothing", "/control/0/effect", json!(null)),
        ("a control with an empty list of effects", "/control/0/effect", json!([])),
        ("a cause that strikes nothing", "/shared_cause/0/strikes", json!([])),
        ("a change said twice", "/control/0/effect/0/reduction", json!("5%")),
        ("no change", "/control/0/effect/0/becomes", json!(null)),
        ("a new value of another kind", "/control/0/effect/0/becomes", json!("40k")),
        (
            "a new value for several forms",
            "/control/1/effect",
            json!([{ "risk": "ransomware", "on": "loss", "becomes": "5k" }]),
        ),
        (
            "a reduced resistance",
            "/control/0/effect",
            json!([{ "risk": "phishing", "on": "resistance", "reduction": "5%" }]),
        ),
        ("half of a depreciation", "/assumptions/depreciation", json!("straight-line")),
        ("the other half of it", "/assumptions/depreciation_years", json!(3)),
        ("too many working days", "/assumptions/working_days", json!(400)),
        ("half a user", "/control/1/cost/friction/users", json!(0.5)),
        ("a clustering of zero", "/risk/2/count", json!({ "clustering": 0 })),
        ("a schema that is no text", "/$schema", json!(7)),
    ];
    let validator = validator();
    for (name, place, value) in cases {
        let document = changed(place, value);
        assert!(!validator.is_valid(&document), "the schema takes {name}");
        assert!(!faults(&document).is_empty(), "the reader takes {name}");
    }
}

#[test]
fn what_both_sides_take() {
    let cases = [
        ("the schema for editors", "/$schema", json!("./rosi.schema.json")),
        ("empty lists", "/appetite", json!([])),
        ("a plan of nothing", "/plan/0/controls", json!([])),
        ("an empty list of secondary losses beside others", "/risk/1/secondary", json!([])),
        ("one secondary loss as a list", "/risk/0/secondary", json!([{ "chance": "30%", "loss": { "fines": "5k" } }])),
        ("an empty decision", "/decision", json!({})),
        ("a cost of nothing", "/control/0/cost", json!({})),
        ("a number as a text", "/risk/1/threat/events", json!("12")),
        ("a whole number with a point", "/assumptions/working_days", json!(220.0)),
        ("a chance written as a frequency", "/risk/2/frequency", json!("1 in 20 years")),
        ("a percentage as a rate, with a warning", "/risk/0/frequency", json!("15%")),
        ("samples with and without units", "/risk/0/loss/response", json!({ "samples": ["5k", 9000, "12,000"] })),
        ("doubt about what differs", "/risk/0/outage/duration", json!({ "value": "1 day", "doubt": "30%" })),
        (
            "a new value with a range",
            "/control/0/effect/0/becomes",
            json!({ "min": "70%", "likely": "80%", "max": "90%" }),
        ),
        ("a leap day", "/decision/by", json!("2028-02-29")),
        ("a day in another order", "/decision/by", json!("31.01.2027")),
        ("a day in words", "/decision/by", json!("1. März 2027")),
        ("where a table comes from", "/risk/0/loss/source", json!("incident log")),
    ];
    let validator = validator();
    for (name, place, value) in cases {
        let document = changed(place, value);
        assert_eq!(faults(&document), [], "the reader refuses {name}");
        let told = validator.validate(&document).map_err(|error| error.to_string());
        assert_eq!(told, Ok(()), "the schema refuses {name}");
    }
}

#[test]
fn null_is_refused_by_both_sides_wherever_it_stands() {
    let validator = validator();
    let mut places = Vec::new();
    super::mutations::places(&whole(), "", &mut places);
    for place in places.iter().skip(1) {
        let mut document = whole();
        *document.pointer_mut(place).unwrap() = Value::Null;
        assert!(!validator.is_valid(&document), "the schema takes null at {place}");
        assert!(!faults(&document).is_empty(), "the reader takes null at {place}");
    }
}

/// Each of these is refused by the reader alone, for the reason named: the list of what the schema
/// cannot tell is as short as it can be.
#[test]
fn what_only_the_reader_can_tell() {
    let gigantic = "1e25";
    let cases = [
        ("references run through the whole file", "/risk/0/value_stream", json!("none-such")),
        ("references run through the whole file", "/risk/1/id", json!("ransomware")),
        ("references run through the whole file", "/control/0/requires", json!(["backup"])),
        ("one value is compared with another", "/risk/0/frequency/low", json!("2 per year")),
        ("no distribution fits the values", "/risk/0/frequency/low", json!("0 per year")),
        (
            "the tail follows from three values",
            "/risk/1/loss/replacement",
            json!({ "p10": "1k", "p50": "30k", "p90": "900k" }),
        ),
        ("a file beside the scenario", "/risk/0/loss/response", json!({ "samples": "losses.csv" })),
        ("a text such as 250% has its size in its digits", "/control/0/coverage", json!("250%")),
        ("a text such as 1e25 has its size in its digits", "/insurance/0/premium", json!(gigantic)),
        ("the currency stands elsewhere in the file", "/insurance/0/premium", json!("USD 90k")),
        ("one in zero years", "/risk/2/frequency", json!("1 in 0")),
        ("a day that could be a month", "/decision/by", json!("1/2/2027")),
        ("a day in another order that is none", "/decision/by", json!("30.02.2027")),
        ("a text has its size in its digits", "/assumptions/horizon", json!("18 months")),
        ("a text has its size in its digits", "/assumptions/discount_rate", json!("-100%")),
        ("a text has its size in its digits", "/assumptions/tax_rate", json!("120%")),
        ("a text has its size in its digits", "/control/0/lifetime", json!("1 week")),
        ("a text has its size in its digits", "/risk/0/loss/response/doubt", json!("0%")),
        (
            "a text has its size in its digits",
            "/plan/0/controls",
            json!(["mfa", { "id": "backup", "start": "year 9" }]),
        ),
        ("negative zero is zero to a schema", "/risk/1/threat/events", json!(-0.0)),
        ("the risk stands elsewhere in the file", "/control/1/effect/0/on", json!("contacts")),
        ("the controls of a plan stand elsewhere in the file", "/plan/0/controls", json!(["backup"])),
        (
            "the controls of a plan stand elsewhere in the file",
            "/control/1/effect",
            json!([{ "risk": "phishing", "on": "vulnerability", "becomes": "5%" }]),
        ),
        (
            "two elements of a list name the same thing in other words",
            "/plan/0/controls",
            json!(["mfa", { "id": "mfa" }, "backup"]),
        ),
        ("the value stream of an outage stands elsewhere in the file", "/value_stream/0/revenue", json!(null)),
    ];
    let validator = validator();
    for (why, place, value) in cases {
        let document = changed(place, value);
        let told = validator.validate(&document).map_err(|error| error.to_string());
        assert_eq!(told, Ok(()), "the schema can tell after all: {place}");
        let found = faults(&document);
        assert!(!found.is_empty(), "the reader takes {place}");
        for fault in found {
            assert_eq!(beyond_schema(&fault), Some(why), "{place}: {fault:?}");
        }
    }
}
