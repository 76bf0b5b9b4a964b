//! Random scenarios that are valid, in every way that the format knows.

use serde_json::{Map, Value, json};

use super::choices::Choices;

type Object = Map<String, Value>;

const FORMS: [&str; 6] = ["productivity", "response", "replacement", "competitive_advantage", "fines", "reputation"];

/// What can be measured in the file; `Count` is a frequency whose key names the unit.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Money,
    Revenue,
    Wage,
    Frequency,
    Count,
    Chance,
    YearlyChance,
    Period,
    WorkTime,
}

impl Unit {
    fn is_chance(self) -> bool {
        matches!(self, Self::Chance | Self::YearlyChance)
    }

    /// `value` (1 to 80) in this unit; a range is written in one style.
    fn write(self, value: usize, style: usize) -> Value {
        let text = |styles: &[&str]| json!(styles[style % styles.len()].replace('#', &value.to_string()));
        match self {
            Self::Money => text(&["#k", "EUR #k", "# million", "€#", "#000", "#,000,000 EUR", "#.5M"]),
            Self::Revenue => text(&["#k per hour", "#/h", "EUR #M per year", "#k a day"]),
            Self::Wage => text(&["# per hour", "EUR #/h"]),
            Self::Frequency => text(&["# per year", "# times a month", "#.5 per week", "#x/year"]),
            Self::Count if style.is_multiple_of(3) => json!(value),
            Self::Count => text(&["# per year", "#", "# events a month"]),
            Self::Chance => text(&["#%", "# percent", "# in 100"]),
            Self::YearlyChance => text(&["#%", "#e-2 per year", "# in 100 years", "# in 100"]),
            Self::Period => text(&["# hours", "#h", "# days", "# min"]),
            Self::WorkTime => text(&["# hours per week", "# min/day", "# days a year", "#.5 FTE"]),
        }
    }

    /// One value.
    fn one(self, c: &mut Choices<'_>) -> Value {
        match (self, c.below(6)) {
            (Self::Frequency, 1) => {
                json!(c.pick(&["1 in 20 years", "once a year", "every 5 years", "twice per quarter"]))
            }
            (Self::Frequency, 2) => json!("15%"),
            (Self::Chance, 1) => json!(c.pick(&["0%", "100%", "1 in 7", "once in 9"])),
            (Self::Count, 1) => json!(0.5),
            (Self::Money | Self::Revenue, 1) => self.write(0, 0),
            _ => {
                let (value, style) = (c.within(1, 80), c.below(12));
                self.write(value, style)
            }
        }
    }
}

fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}

/// Adds where it comes from.
fn record(c: &mut Choices<'_>, table: &mut Object) {
    if c.one_in(6) {
        table.insert("source".into(), json!("incident log 2019-2026"));
    }
    if c.one_in(9) {
        table.insert("owner".into(), json!("Head of IT"));
    }
    if c.one_in(9) {
        table.insert("date".into(), json!(c.pick(&["2026-09-30", "2024-02-29", "1999-12-31"])));
    }
    if c.one_in(9) {
        table.insert("why".into(), json!("seven events in three years"));
    }
    if c.one_in(6) {
        table.insert("example".into(), json!(c.one_in(2)));
    }
}

/// An estimate in one of its forms; `luck` differs from event to event.
fn estimate(c: &mut Choices<'_>, unit: Unit, luck: bool) -> Value {
    let form = c.below(14);
    if form < 4 {
        return unit.one(c);
    }
    let style = c.below(12);
    let base = c.within(4, 12);
    // Near enough together for every family and every kind, chances included.
    let at = |factor: usize| unit.write(base * factor / 2, style);
    let mut table = object(match form {
        4 => json!({ "value": unit.one(c) }),
        5 | 6 => json!({ "low": at(2), "high": at(6) }),
        7 | 8 => json!({ "min": at(1), "likely": at(2), "max": at(8) }),
        9 => json!({ "p10": at(3), "p50": at(5), "p90": at(8) }),
        10 if c.one_in(2) => json!({ "samples": [at(2), at(3), at(5), at(4)] }),
        10 => json!({ "p10": at(3), "p50": at(5), "p90": at(8), "at_most": at(13) }),
        11 => json!({ "shape": "uniform", "min": at(2), "max": at(5) }),
        12 => json!({ "shape": "triangular", "min": at(2), "likely": at(3), "max": at(5) }),
        _ if unit.is_chance() && c.one_in(2) => json!({ "shape": "beta", "low": at(2), "high": at(5) }),
        _ if unit.is_chance() => json!({ "shape": "beta", "mean": at(6), "sd": at(2) }),
        _ => {
            let shape = c.pick(&["normal", "lognormal", "gamma", "pareto"]);
            match (shape, c.below(2)) {
                ("pareto", _) => json!({ "shape": "pareto", "at_least": at(3), "tail": 2.5 }),
                (_, 0) => json!({ "shape": shape, "low": at(4), "high": at(6) }),
                _ => json!({ "shape": shape, "mean": at(6), "sd": at(2) }),
            }
        }
    });
    if luck && c.one_in(4) {
        table.insert("doubt".into(), json!("30%"));
    }
    record(c, &mut table);
    Value::Object(table)
}

/// A risk and the factors that it has, each with the unit of what it may become.
struct Facts {
    id: String,
    factors: Vec<(String, Option<(Unit, bool)>)>,
}

fn losses(c: &mut Choices<'_>, facts: &mut Facts, prefix: &str, without: Option<&str>) -> Value {
    let forms: Vec<&str> = FORMS.into_iter().filter(|form| Some(*form) != without).collect();
    let first = c.below(forms.len());
    let mut table = Object::new();
    for form in forms.iter().cycle().skip(first).take(c.within(1, 3)) {
        table.insert((*form).into(), estimate(c, Unit::Money, true));
        facts.factors.push((format!("{prefix}loss.{form}"), Some((Unit::Money, true))));
    }
    facts.factors.push((format!("{prefix}loss"), None));
    record(c, &mut table);
    Value::Object(table)
}

fn threat(c: &mut Choices<'_>, facts: &mut Facts) -> Value {
    let mut table = Object::new();
    let mut put = |c: &mut Choices<'_>, key: &str, unit: Unit, luck: bool| {
        table.insert(key.into(), estimate(c, unit, luck));
    };
    if c.one_in(3) {
        put(c, "contacts", Unit::Count, false);
        put(c, "action", Unit::Chance, false);
        facts.factors.push(("contacts".into(), Some((Unit::Count, false))));
        facts.factors.push(("action".into(), Some((Unit::Chance, false))));
    } else {
        put(c, "events", Unit::Count, false);
        facts.factors.push(("events".into(), Some((Unit::Count, false))));
    }
    if c.one_in(2) {
        // A doubt about either would have two readings.
        put(c, "capability", Unit::Chance, false);
        put(c, "resistance", Unit::Chance, false);
        facts.factors.push(("resistance".into(), Some((Unit::Chance, false))));
    } else {
        put(c, "vulnerability", Unit::Chance, false);
        facts.factors.push(("vulnerability".into(), Some((Unit::Chance, false))));
    }
    record(c, &mut table);
    Value::Object(table)
}

fn risk(c: &mut Choices<'_>, index: usize, streams: &[String]) -> (Object, Facts) {
    let id = format!("risk-{index}");
    let mut facts = Facts { id: id.clone(), factors: Vec::new() };
    let mut risk = object(json!({ "id": id, "name": "What may happen" }));
    if c.one_in(4) {
        risk.insert("obligations".into(), json!(["NIS2 art. 23", "GDPR art. 33"]));
    }
    match c.below(4) {
        0 | 1 => {
            risk.insert("frequency".into(), estimate(c, Unit::Frequency, false));
            facts.factors.push(("frequency".into(), Some((Unit::Frequency, false))));
        }
        2 => {
            risk.insert("count".into(), json!("at most one"));
            risk.insert("frequency".into(), estimate(c, Unit::YearlyChance, false));
            facts.factors.push(("frequency".into(), None));
        }
        _ => {
            let threat = threat(c, &mut facts);
            risk.insert("threat".into(), threat);
            facts.factors.push(("frequency".into(), None));
        }
    }
    if !risk.contains_key("count") && c.one_in(3) {
        risk.insert("count".into(), c.pick(&[&json!("poisson"), &json!({ "clustering": 0.8 })]).clone());
    }
    let parts = c.within(1, 15);
    let asset = parts & 2 != 0;
    if asset {
        let mut table = Object::new();
        table.insert("value".into(), estimate(c, Unit::Money, false));
        table.insert("exposure".into(), estimate(c, Unit::Chance, false));
        risk.insert("asset".into(), Value::Object(table));
    }
    // Without a stream to price it an outage becomes a plain loss.
    if parts & 1 != 0 || (parts & 14 == 4 && streams.is_empty()) {
        let loss = losses(c, &mut facts, "", asset.then_some("replacement"));
        risk.insert("loss".into(), loss);
    }
    if parts & 4 != 0 && !streams.is_empty() {
        let mut table = Object::new();
        table.insert("duration".into(), estimate(c, Unit::Period, true));
        if c.one_in(2) {
            table.insert("share".into(), estimate(c, Unit::Chance, false));
        }
        risk.insert("outage".into(), Value::Object(table));
        risk.insert("value_stream".into(), json!(streams[c.below(streams.len())]));
        facts.factors.push(("outage".into(), Some((Unit::Period, true))));
    }
    if parts & 8 != 0 {
        let one = |c: &mut Choices<'_>, facts: &mut Facts| {
            let loss = losses(c, facts, "secondary.", None);
            json!({ "chance": estimate(c, Unit::Chance, true), "loss": loss })
        };
        let first = one(c, &mut facts);
        let list = c.below(3);
        risk.insert(
            "secondary".into(),
            match list {
                0 => first,
                1 => json!([first]),
                _ => json!([first, one(c, &mut facts)]),
            },
        );
        let replaced = (list < 2).then_some((Unit::Chance, true));
        facts.factors.push(("secondary.chance".into(), replaced));
    }
    facts.factors.sort_by(|a, b| a.0.cmp(&b.0));
    facts.factors.dedup_by(|a, b| a.0 == b.0);
    record(c, &mut risk);
    (risk, facts)
}

/// A control; `replaced` are the factors that some control already gives a new value.
fn control(c: &mut Choices<'_>, index: usize, facts: &[Facts], replaced: &mut Vec<String>) -> Object {
    let mut control = object(json!({ "id": format!("control_{index}"), "name": "What is bought" }));
    for key in ["coverage", "reliability"] {
        if c.one_in(3) {
            control.insert(key.into(), estimate(c, Unit::Chance, false));
        }
    }
    if c.one_in(4) {
        control.insert("ramp".into(), json!("6 months"));
    }
    if c.one_in(4) {
        control.insert("lifetime".into(), json!("5 years"));
        control.insert("salvage".into(), estimate(c, Unit::Money, false));
    }
    if c.one_in(4) {
        control.insert("mitigates".into(), json!(["CIS 6.3"]));
    }
    if c.one_in(4) {
        control.insert("fails_with".into(), json!({ "group": "identity", "share": "20%" }));
    }
    if c.one_in(4) {
        control.insert("one_of".into(), json!(format!("thing {index}")));
    }
    if index > 0 && c.one_in(3) {
        control.insert("requires".into(), json!(["control_0"]));
    }
    if c.one_in(5) {
        control.insert("excludes".into(), json!([]));
    }
    let mut effects = Vec::new();
    for Facts { id, factors } in facts.iter().take(c.within(1, 2)) {
        let (factor, unit) = &factors[c.below(factors.len())];
        let mut effect = object(json!({ "risk": id, "on": factor }));
        let once = format!("{id}.{}", factor.replace("resistance", "vulnerability"));
        match unit {
            Some((unit, luck)) if (factor == "resistance" || c.one_in(3)) && !replaced.contains(&once) => {
                effect.insert("becomes".into(), estimate(c, *unit, *luck));
                replaced.push(once);
            }
            _ if factor == "resistance" => continue,
            _ => drop(effect.insert("reduction".into(), estimate(c, Unit::Chance, false))),
        }
        record(c, &mut effect);
        effects.push(Value::Object(effect));
    }
    if effects.is_empty() {
        // The rate of a risk is there in every case.
        let on = facts[0].factors.iter().map(|(key, _)| key.as_str()).find(|key| *key == "frequency");
        effects.push(json!({ "risk": facts[0].id, "on": on.unwrap_or("frequency"), "reduction": "10%" }));
    }
    control.insert("effect".into(), Value::Array(effects));
    let mut cost = Object::new();
    for key in ["initial", "yearly", "retired"] {
        if c.one_in(2) {
            cost.insert(key.into(), estimate(c, Unit::Money, false));
        }
    }
    if c.one_in(3) {
        let time = estimate(c, Unit::WorkTime, false);
        cost.insert("people".into(), json!({ "time": time, "rate": estimate(c, Unit::Wage, false) }));
    }
    if c.one_in(3) {
        let time = estimate(c, Unit::WorkTime, false);
        let users = c.below(3) * 450;
        cost.insert("friction".into(), json!({ "users": users, "time": time, "rate": "40 per hour" }));
    }
    record(c, &mut cost);
    control.insert("cost".into(), Value::Object(cost));
    record(c, &mut control);
    control
}

fn assumptions(c: &mut Choices<'_>) -> Value {
    let all = [
        ("horizon", json!("5 years")),
        ("discount_rate", json!("-1.5% per year")),
        ("growth", json!({ "losses": "2%", "rates": "-5%", "costs": "3 percent" })),
        ("tax_rate", json!("25%")),
        ("timing", json!("mid-year")),
        ("valued_at", json!("2026-12-31")),
        ("working_days", json!(200)),
        ("seed", json!(9_007_199_254_740_993_u64)),
    ];
    let mut table: Object =
        all.into_iter().filter(|_| c.one_in(3)).map(|(key, value)| (key.to_owned(), value)).collect();
    if c.one_in(4) {
        table.insert("depreciation".into(), json!(c.pick(&["straight-line", "sum-of-digits"])));
        table.insert("depreciation_years".into(), json!(3));
    }
    Value::Object(table)
}

fn plans(c: &mut Choices<'_>, controls: &[Object]) -> Vec<Value> {
    let bought: Vec<Value> = controls
        .iter()
        .filter(|control| control.get("in_place") != Some(&json!(true)))
        .map(|control| match c.below(3) {
            0 => control["id"].clone(),
            1 => json!({ "id": control["id"] }),
            _ => json!({ "id": control["id"], "start": c.pick(&["year 2", "month 7", "Year 1"]) }),
        })
        .collect();
    let dropped: Vec<&Value> = controls
        .iter()
        .filter(|control| control.get("in_place") == Some(&json!(true)) && control["id"] != json!("control_0"))
        .map(|control| &control["id"])
        .collect();
    let mut plan = object(json!({ "id": "core", "name": "Core", "controls": bought }));
    if c.one_in(3) {
        plan.insert("drops".into(), json!(dropped));
    }
    if c.one_in(3) {
        plan.insert("exclusive".into(), json!("main"));
    }
    let mut plans = vec![Value::Object(plan)];
    if c.one_in(3) {
        plans.push(json!({ "id": "bare", "name": "Nothing" }));
    }
    plans
}

/// A whole scenario.
pub fn scenario(c: &mut Choices<'_>) -> Value {
    let mut root = object(json!({ "schema": 1, "title": "A case", "currency": "EUR" }));
    if c.one_in(4) {
        root.insert("$schema".into(), json!("./rosi.schema.json"));
    }
    let streams: Vec<Value> = (0..c.below(3))
        .map(|index| {
            let mut stream = object(json!({ "id": format!("stream{index}"), "name": "Orders" }));
            stream.insert("revenue".into(), estimate(c, Unit::Revenue, false));
            if c.one_in(2) {
                stream.insert("margin".into(), estimate(c, Unit::Chance, false));
            }
            if c.one_in(3) {
                stream.insert("goal".into(), json!("Grow by a fifth"));
            }
            record(c, &mut stream);
            Value::Object(stream)
        })
        .collect();
    let stream_ids: Vec<String> =
        streams.iter().filter_map(|stream| stream["id"].as_str().map(str::to_owned)).collect();
    let (mut risks, facts): (Vec<Object>, Vec<Facts>) =
        (0..c.within(1, 3)).map(|index| risk(c, index, &stream_ids)).unzip();
    if risks.len() > 1 && c.one_in(3) {
        let chance = estimate(c, Unit::Chance, false);
        risks[0].insert("leads_to".into(), json!([{ "risk": "risk-1", "chance": chance }]));
    }
    if c.one_in(2) {
        root.insert("assumptions".into(), assumptions(c));
    }
    if !streams.is_empty() {
        root.insert("value_stream".into(), json!(streams));
    }
    root.insert("risk".into(), json!(risks));
    if c.one_in(4) {
        let frequency = estimate(c, Unit::Frequency, false);
        root.insert(
            "shared_cause".into(),
            json!([{ "id": "supplier", "name": "Supplier", "frequency": frequency, "strikes": ["risk-0"] }]),
        );
    }
    if c.one_in(3) {
        root.insert("appetite".into(), json!([{ "name": "agreed limit", "loss": "2.5M", "chance": "1 in 20" }]));
    }
    let mut replaced = Vec::new();
    let mut controls: Vec<Object> = (0..c.below(4)).map(|index| control(c, index, &facts, &mut replaced)).collect();
    if controls.len() > 1 && c.one_in(3) {
        controls[1].insert("in_place".into(), json!(true));
        controls[1].remove("requires");
    }
    if !controls.is_empty() {
        root.insert("plan".into(), json!(plans(c, &controls)));
        root.insert("control".into(), json!(controls));
        if c.one_in(3) {
            root.insert("decision".into(), json!({ "plan": "core", "by": "2027-01-31" }));
        }
    }
    if c.one_in(4) {
        let mut policy = object(json!({ "id": "cyber" }));
        let all = [
            ("name", json!("Cyber policy")),
            ("premium", json!("90k")),
            ("retention", json!("100k")),
            ("limit", json!("2M")),
            ("annual_limit", json!("4M")),
            ("coinsurance", json!("10%")),
            ("waiting", json!("12 hours")),
            ("covers", json!(["productivity", "response"])),
            ("risks", json!(["risk-0"])),
            ("plans", json!(["today"])),
        ];
        policy.extend(all.into_iter().filter(|_| c.one_in(2)).map(|(key, value)| (key.to_owned(), value)));
        root.insert("insurance".into(), json!([policy]));
    }
    Value::Object(root)
}
