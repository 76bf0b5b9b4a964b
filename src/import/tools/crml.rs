//! CRML: scenario, portfolio, catalogue and assessment documents, and the older single document.
//!
//! A lognormal keeps its median and its σ. A mixture is
//! several risks, each with its share of the rate: events of a Poisson stream that are sorted by a chance are Poisson
//! streams of their own. Comments are no figures.

use rust_decimal::Decimal;

use super::Number;
use crate::import::Context;
use crate::import::draft::{Control, Effect, Form, Rate, Risk, Value};
use crate::import::number::{Style, amount, currency};
use crate::import::place::{Code, Finding, Place};
use crate::import::register::FORM;
use crate::import::tree::Branch;
use crate::units::{Arithmetic, Currency, Figure};

/// Reads a document of any of its kinds.
pub fn read(root: &Branch<'_>, context: &mut Context) {
    let title = root.at(&["meta", "name"]).and_then(|branch| branch.written()).unwrap_or_default();
    if let Some(portfolio) = root.get("portfolio") {
        if !title.is_empty() {
            context.draft.title = title;
        }
        return self::portfolio(&portfolio, context);
    }
    if let Some(catalog) = root.get("catalog") {
        return self::catalog(&catalog, context);
    }
    if let Some(assessment) = root.get("assessment") {
        return self::assessment(&assessment, context);
    }
    let Some(model) = root.get("scenario").or_else(|| root.get("model")) else {
        let cure = "bring the scenario documents; several files make one case";
        let place = Some(Place { row: 0, ..root.place() });
        return context.draft.fault(Finding::fault(
            Code::Unsupported,
            place,
            "this kind of CRML document holds no risk and no control",
            cure,
        ));
    };
    if context.draft.risks.is_empty() && !title.is_empty() {
        context.draft.title.clone_from(&title);
    }
    scenario(root, &model, &title, context);
}

fn scenario(root: &Branch<'_>, model: &Branch<'_>, title: &str, context: &mut Context) {
    let place = root.at(&["meta", "name"]).map_or_else(|| model.place(), |branch| branch.place());
    let name = if title.is_empty() { "Scenario".to_owned() } else { title.to_owned() };
    let rate = rate(model, context);
    let severity = model.get("severity");
    let components =
        severity.as_ref().and_then(|severity| severity.get("components")).map(|list| list.items()).unwrap_or_default();
    // A risk that a portfolio named already is filled.
    let stem = place.file.rsplit_once('.').map_or(place.file.to_string(), |(stem, _)| stem.to_owned());
    let known = context.draft.risks.iter().position(|risk| {
        risk.rate.is_none() && risk.remarks.iter().any(|remark| remark.ends_with(&format!("{stem}.yaml")))
    });
    let first = known.unwrap_or(context.draft.risks.len());
    let push = |risk: Risk, context: &mut Context| match known.filter(|at| context.draft.risks[*at].rate.is_none()) {
        Some(at) => context.draft.risks[at] = Risk { id: context.draft.risks[at].id.clone(), ..risk },
        None => context.draft.risks.push(risk),
    };
    if components.is_empty() {
        let loss = severity.as_ref().and_then(|severity| loss(severity, severity.get("parameters").as_ref(), context));
        let (rate, at_most_one) = rate.map_or((None, false), |(value, _, once)| (Some(Rate::Frequency(value)), once));
        let loss = loss.into_iter().map(|value| (FORM, value)).collect();
        push(Risk { id: name.clone(), name, place, rate, at_most_one, loss, ..Risk::default() }, context);
    } else {
        let weight_of =
            |parameters: &Branch<'_>| parameters.number_at("weight").map_or(Decimal::ONE, |(weight, _)| weight);
        let parts = components.iter().filter_map(|component| component.entries().into_iter().next());
        let sum = parts.map(|(_, parameters)| weight_of(&parameters)).try_fold(Decimal::ZERO, Decimal::checked_add);
        // Thirds end somewhere.
        let sum = sum.filter(|sum| (sum - Decimal::ONE).abs() > Decimal::new(2, 3));
        for (number, component) in components.iter().enumerate() {
            let Some((model, parameters)) = component.entries().into_iter().next() else { continue };
            let weight = weight_of(&parameters);
            let loss = of_model(model, &parameters, Some(&parameters), context);
            let rate = rate.as_ref().and_then(|(value, rate, _)| {
                let part = rate.checked_mul(weight)?.normalize();
                let asked = value.asked.clone();
                let value = Value::one(format!("{part} per year"), value.from.first()?)
                    .because(format!("{rate} a year × the weight {weight} of this part of the mixture"));
                let weights = sum.map(|sum| {
                    format!(
                        "the weights of the mixture add up to {}, not to 1: which of them is meant?",
                        sum.normalize()
                    )
                });
                let questions = asked.into_iter().chain(weights);
                Some(Rate::Frequency(questions.fold(value, |value, question| value.ask_also(&question))))
            });
            let name = format!("{name}, part {}", number + 1);
            let loss = loss.into_iter().map(|value| (FORM, value)).collect();
            push(Risk { id: name.clone(), name, place: parameters.place(), rate, loss, ..Risk::default() }, context);
        }
    }
    let risks: Vec<usize> = (first..context.draft.risks.len().max(first + 1)).collect();
    controls(model, &risks, context);
}

/// The frequency, its number, and whether it is a chance of at most one event.
fn rate(model: &Branch<'_>, context: &mut Context) -> Option<(Value, Decimal, bool)> {
    let frequency = model.get("frequency")?;
    let basis = frequency.text("basis");
    let found = rate_of(&frequency, context);
    if !basis.contains("per_asset") {
        return found;
    }
    let message = "the frequency holds for each asset unit: multiply it with their number";
    context.draft.fault(Finding::question(frequency.get("basis").map(|branch| branch.place()), message));
    found.map(|(value, rate, is_chance)| (value.ask(message), rate, is_chance))
}

/// The same for whatever it holds.
fn rate_of(frequency: &Branch<'_>, context: &mut Context) -> Option<(Value, Decimal, bool)> {
    let kind = frequency.text("model");
    let parameters = frequency.get("parameters")?;
    let number = |key: &str| parameters.number_at(key);
    match kind.as_str() {
        "poisson" | "" => number("lambda")
            .map(|(rate, place)| (Value::one(format!("{} per year", rate.normalize()), &place), rate, false)),
        "bernoulli" | "binomial" if number("n").is_none_or(|(n, _)| n == Decimal::ONE) => {
            number("p").map(|(chance, place)| {
                let percent = (chance * Decimal::ONE_HUNDRED).normalize();
                (Value::one(format!("{percent}%"), &place), chance, true)
            })
        }
        "gamma" => {
            let ((shape, place), (scale, _)) = (number("shape")?, number("scale")?);
            let mean = shape.checked_mul(scale)?;
            let sd = libm::sqrt(f64::from_decimal(shape)) * f64::from_decimal(scale);
            let keys = vec![
                ("shape", "gamma".to_owned()),
                ("mean", format!("{} per year", mean.normalize())),
                ("sd", format!("{} per year", decimal(sd)?)),
            ];
            Some((Value::keys(keys, vec![place]), mean, false))
        }
        _ => {
            let cure = "write the frequency by hand; poisson, gamma and bernoulli are read";
            let place = frequency.get("model").map(|branch| branch.place());
            context.draft.fault(Finding::fault(
                Code::Unsupported,
                place,
                format!("the frequency model {kind} has no counterpart"),
                cure,
            ));
            None
        }
    }
}

fn loss(severity: &Branch<'_>, parameters: Option<&Branch<'_>>, context: &mut Context) -> Option<Value> {
    of_model(&severity.text("model"), severity, parameters, context)
}

/// A number with the digits that a figure needs.
fn decimal(value: f64) -> Option<String> {
    Figure::approximate(value)
        .decimal()
        .map(|value| value.round_sf(15).unwrap_or(value).normalize().to_string())
        .or_else(|| {
            let text = format!("{value:.6}");
            value.is_finite().then(|| text.trim_end_matches('0').trim_end_matches('.').to_owned())
        })
}

fn of_model(kind: &str, at: &Branch<'_>, parameters: Option<&Branch<'_>>, context: &mut Context) -> Option<Value> {
    let parameters = parameters?;
    let rate = exchange(parameters, context)?;
    let stated = |found: Option<(Decimal, Place)>| found.map(|(value, place)| (f64::from_decimal(value), value, place));
    let number = |key: &str| stated(parameters.number_at(key));
    let money = |key: &str| stated(parameters.money_at(key));
    let converted = |value: f64| decimal(value * f64::from_decimal(rate));
    match kind {
        "lognormal" => {
            let (median, _, place) =
                money("median").or_else(|| number("mu").map(|(mu, value, place)| (libm::exp(mu), value, place)))?;
            let (sigma, spread, _) = number("sigma")?;
            if median <= 0.0 || !(0.0..=6.0).contains(&sigma) {
                let cure = "a median is above zero, sigma between 0 and 6";
                context.draft.fault(Finding::fault(
                    Code::Cell,
                    Some(place),
                    "these are no parameters of a lognormal",
                    cure,
                ));
                return None;
            }
            let exact = parameters.money_at("median").and_then(|(value, _)| value.checked_mul(rate));
            let median = exact.map_or_else(|| converted(median), |value| Some(value.normalize().to_string()))?;
            if sigma == 0.0 {
                return Some(Value::one(median, &place));
            }
            let keys = vec![("median", median), ("sigma", spread.normalize().to_string())];
            Some(Value::keys(keys, vec![place]))
        }
        "gamma" => {
            let ((shape, _, place), (scale, ..)) = (number("shape")?, money("scale")?);
            let keys = vec![
                ("shape", "gamma".to_owned()),
                ("mean", converted(shape * scale)?),
                ("sd", converted(libm::sqrt(shape) * scale)?),
            ];
            Some(Value::keys(keys, vec![place]))
        }
        _ => {
            let cure = "write the loss by hand; lognormal, gamma and mixtures of them are read";
            context.draft.fault(Finding::fault(
                Code::Unsupported,
                Some(at.place()),
                format!("the severity model {kind} has no counterpart"),
                cure,
            ));
            None
        }
    }
}

/// What one unit of the stated currency is in that of the case.
fn exchange(parameters: &Branch<'_>, context: &mut Context) -> Option<Decimal> {
    let Some(stated) = parameters.get("currency") else { return Some(Decimal::ONE) };
    let written = stated.written()?;
    let case = context.draft.currency.as_deref().and_then(Currency::from_code)?;
    let code = currency(&written).unwrap_or(written);
    if case.is_written(&code) {
        return Some(Decimal::ONE);
    }
    let key = format!("rate.{code}");
    let said = context.mapping.answers.get(&key);
    let read = said.and_then(|text| amount(text, context.mapping.numbers.or(Some(Style::Point))).ok());
    let answer = read.filter(|found| !found.percent && found.value > Decimal::ZERO).map(|found| found.value);
    if answer.is_none() {
        let cure = format!("say what one {code} is in {case}: --answer {key}=0.92");
        let message = match said {
            Some(text) => format!("the rate \"{text}\" of {code} cannot be read, or has two readings"),
            None => format!("the amount is in {code}, the case in {case}"),
        };
        context.draft.fault(Finding::fault(Code::Currency, Some(stated.place()), message, cure));
    }
    answer
}

/// Controls of a scenario, by reference, or of the older document, in layers with prices.
fn controls(model: &Branch<'_>, risks: &[usize], context: &mut Context) {
    let Some(found) = model.get("controls") else { return };
    let listed = if found.is_list() {
        found.items()
    } else {
        let layers = found.get("layers").map(|layers| layers.items()).unwrap_or_default();
        layers.iter().flat_map(|layer| layer.list("controls")).collect()
    };
    for item in listed {
        let id = item.text("id");
        let id = if id.is_empty() { item.written().unwrap_or_default() } else { id };
        if id.is_empty() {
            continue;
        }
        let index = context.draft.control_named(&id).unwrap_or_else(|| {
            let name = words(&id);
            context.draft.controls.push(Control { id: id.clone(), name, place: item.place(), ..Control::default() });
            context.draft.controls.len() - 1
        });
        let part = |key: &str, context: &mut Context| {
            let (value, place) = item.number_at(key)?;
            if value < Decimal::ZERO || value > Decimal::ONE {
                let cure = "write a part between 0 and 1";
                context.draft.fault(Finding::fault(Code::Cell, Some(place), format!("{key} is no part of one"), cure));
                return None;
            }
            Some(Value::one(format!("{}%", (value * Decimal::ONE_HUNDRED).normalize()), &place))
        };
        let reduction = part("effectiveness", context).or_else(|| part("effectiveness_against_threat", context));
        let (coverage, reliability) = (part("coverage", context), part("reliability", context));
        let rate = exchange(&item, context);
        let cost = item.money_at("cost").zip(rate).and_then(|((value, place), rate)| {
            let text = value.checked_mul(rate)?.normalize().to_string();
            Some(
                Value::one(text, &place)
                    .ask("is this paid once or every year? The document does not say; taken as every year"),
            )
        });
        let control = &mut context.draft.controls[index];
        control.coverage = control.coverage.take().or(coverage);
        control.reliability = control.reliability.take().or(reliability);
        control.yearly = control.yearly.take().or(cost);
        for risk in risks {
            control.acts_on.push(*risk);
            if let Some(value) = &reduction {
                let value =
                    value.clone().ask("does it act on how often it happens or on the loss? Taken to act on how often");
                control.effects.push(Effect { risk: *risk, on: "frequency".into(), becomes: false, part: None, value });
            }
        }
        let notes = item.text("notes");
        if !notes.is_empty() {
            control.remarks.push(notes);
        }
    }
    for pair in found.list("dependencies") {
        let names: Vec<String> = pair
            .get("controls")
            .map(|list| list.items().iter().filter_map(Branch::written).collect())
            .unwrap_or_default();
        let message = format!(
            "{} depend on each other by {}: state it with `fails_with`, if they fail together",
            names.join(" and "),
            pair.text("correlation")
        );
        context.draft.fault(Finding::question(Some(pair.place()), message));
    }
}

fn words(id: &str) -> String {
    let tail = id.rsplit(':').next().unwrap_or(id);
    let text = tail.replace(['_', '.', '-'], " ");
    let mut letters = text.chars();
    letters.next().map_or(text.clone(), |first| first.to_uppercase().chain(letters).collect())
}

fn portfolio(portfolio: &Branch<'_>, context: &mut Context) {
    for scenario in portfolio.list("scenarios") {
        let (id, path) = (scenario.text("id"), scenario.text("path"));
        let stem = path.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map_or("", |(stem, _)| stem);
        let known = context
            .draft
            .risks
            .iter()
            .any(|risk| risk.place.file.rsplit_once('.').is_some_and(|(file, _)| file == stem) || risk.id == id);
        if known {
            continue;
        }
        let message =
            format!("the scenario {path} stands in a file of its own: name it too, and it is taken with its figures");
        context.draft.fault(Finding::question(Some(scenario.place()), message));
        let place = scenario.get("id").map_or_else(|| scenario.place(), |branch| branch.place());
        context.draft.risks.push(Risk {
            id: id.clone(),
            name: words(&id),
            place,
            remarks: vec![format!("Scenario: {path}")],
            ..Risk::default()
        });
    }
    for asset in portfolio.list("assets") {
        let message = format!(
            "asset {}: {} units; the frequency of a scenario per organisation does not use them",
            asset.text("name"),
            asset.text("cardinality")
        );
        context.draft.fault(Finding::note(Some(asset.place()), message));
    }
    if let Some(dependency) = portfolio.get("dependency") {
        let cure =
            "state controls that fail together with `fails_with`, causes that strike together with `[[shared_cause]]`";
        context.draft.fault(Finding::fault(
            Code::Unsupported,
            Some(dependency.place()),
            "a copula between controls has no counterpart",
            cure,
        ));
    }
}

fn catalog(catalog: &Branch<'_>, context: &mut Context) {
    for item in catalog.list("controls") {
        let (id, title) = (item.text("id"), item.text("title"));
        match context.draft.control_named(&id) {
            Some(at) if !title.is_empty() => context.draft.controls[at].name = title,
            Some(_) => {}
            None => {
                let name = if title.is_empty() { words(&id) } else { title };
                context.draft.controls.push(Control { id, name, place: item.place(), ..Control::default() });
            }
        }
    }
}

fn assessment(assessment: &Branch<'_>, context: &mut Context) {
    for item in assessment.list("assessments") {
        let id = item.text("id");
        let at = context.draft.control_named(&id).unwrap_or_else(|| {
            context.draft.controls.push(Control {
                id: id.clone(),
                name: words(&id),
                place: item.place(),
                ..Control::default()
            });
            context.draft.controls.len() - 1
        });
        let part = |branch: Option<Branch<'_>>| {
            let branch = branch?;
            let value =
                branch.number(Number::Number).filter(|value| *value >= Decimal::ZERO && *value <= Decimal::ONE)?;
            Some(Value {
                form: Form::One(format!("{}%", (value * Decimal::ONE_HUNDRED).normalize())),
                from: vec![branch.place()],
                asked: None,
                why: None,
            })
        };
        let coverage = part(item.get("coverage").and_then(|branch| branch.get("value").or(Some(branch))));
        let control = &mut context.draft.controls[at];
        control.coverage = coverage.or(control.coverage.take());
        control.reliability = part(item.get("reliability")).or(control.reliability.take());
        if let Some(level) = item.get("scf_cmm_level") {
            let text = level.written().unwrap_or_default();
            control.remarks.push(format!("Maturity level: {text}"));
            let message = format!("a maturity level of {text} is no figure: how much does {id} lower the risk?");
            context.draft.fault(Finding::question(Some(level.place()), message));
        }
    }
}
