//! The schema and the reader take the same documents.

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rosi::internal::diagnostic::{Code, Diagnostic};
use rosi::internal::scenario::{Source, parse};
use serde_json::Value;

use super::choices::Choices;
use super::documents::scenario;
use super::mutations::mutate;
use super::validator;

/// The reader's faults of a document; none if it is valid.
pub fn faults(document: &Value) -> Vec<Diagnostic> {
    match parse(&Source::new("case.json", document.to_string())) {
        Ok(_) => Vec::new(),
        Err(found) => found.into_iter().filter(Diagnostic::is_error).collect(),
    }
}

/// What only the reader can tell: the whole list, each with the reason.
pub fn beyond_schema(fault: &Diagnostic) -> Option<&'static str> {
    let says = |words: &str| fault.message.contains(words);
    Some(match fault.code {
        Code::UnknownId | Code::DuplicateId | Code::Circle => "references run through the whole file",
        Code::WrongOrder => "one value is compared with another",
        Code::Infeasible => "no distribution fits the values",
        Code::NoMean if says("so heavy a tail") => "the tail follows from three values",
        Code::BadSamples if says("cannot be read") => "a file beside the scenario",
        Code::ChanceAboveOne => "a text such as 250% has its size in its digits",
        Code::TooLarge => "a text such as 1e25 has its size in its digits",
        Code::OtherCurrency => "the currency stands elsewhere in the file",
        Code::BadQuantity if says("two ways: as ") => "a day that could be a month",
        Code::BadQuantity if says("is not a day of the calendar") => "a day in another order that is none",
        Code::BadQuantity if says(" 0") && says("cannot be read as") => "one in zero years",
        Code::OutOfRange
            if [
                "a yearly rate of",
                "a tax rate lies",
                "a horizon of",
                "a lifetime below",
                "a `doubt` of zero",
                "starts in year",
            ]
            .iter()
            .any(|words| says(words)) =>
        {
            "a text has its size in its digits"
        }
        Code::OutOfRange if says("-0") && says("is below zero") => "negative zero is zero to a schema",
        Code::OutOfRange if says("lies outside") && fault.label == "negative zero" => {
            "negative zero is zero to a schema"
        }
        Code::NoSuchFactor => "the risk stands elsewhere in the file",
        Code::PlanContradiction | Code::ReplacedTwice => "the controls of a plan stand elsewhere in the file",
        Code::Contradiction if says("a `doubt` about capability") => "a new value is of a factor that stands beside it",
        Code::Contradiction if says("twice") => "two elements of a list name the same thing in other words",
        Code::Missing if says("has no `revenue`") => "the value stream of an outage stands elsewhere in the file",
        _ => return None,
    })
}

/// What the two sides say about a document, where they differ without reason.
pub fn difference(document: &Value, validator: &Validator) -> Option<String> {
    let faults = faults(document);
    let unexcused: Vec<String> = faults
        .iter()
        .filter(|fault| beyond_schema(fault).is_none())
        .map(|fault| format!("{} {} at {}", fault.code.as_str(), fault.message, fault.path))
        .collect();
    match (validator.validate(document), faults.is_empty(), unexcused.is_empty()) {
        // Refused by both, accepted by both, or refused for what no schema can tell.
        (Err(_), false, _) | (Ok(()), true, _) | (Ok(()), false, true) => None,
        (Err(error), true, _) => {
            Some(format!("only the schema refuses: {error} at {}\n{document:#}", error.instance_path()))
        }
        (Ok(()), false, false) => Some(format!("only the reader refuses: {}\n{document:#}", unexcused.join("; "))),
    }
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() })
}

#[test]
fn every_valid_document_is_valid_to_both_sides() {
    let validator = validator();
    runner(600)
        .run(&prop::collection::vec(any::<u32>(), 0..600), |row| {
            let document = scenario(&mut Choices::new(&row));
            let found: Vec<String> = faults(&document).iter().map(|fault| fault.message.clone()).collect();
            prop_assert!(found.is_empty(), "{:?}\n{:#}", found, document);
            prop_assert_eq!(difference(&document, &validator), None);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_changed_document_is_refused_by_both_sides_or_by_none() {
    let validator = validator();
    let refused = std::cell::Cell::new(0_u32);
    runner(4_000)
        .run(&prop::collection::vec(any::<u32>(), 0..400), |row| {
            // The changes are decided first, so that a short row still has some.
            let mut c = Choices::new(&row);
            let changes: Vec<u32> = (0..24).map(|_| u32::try_from(c.below(1 << 30)).unwrap_or(0)).collect();
            let mut document = scenario(&mut c);
            mutate(&mut Choices::new(&changes), &mut document);
            prop_assert_eq!(difference(&document, &validator), None);
            refused.set(refused.get() + u32::from(!validator.is_valid(&document)));
            Ok(())
        })
        .unwrap();
    assert!(refused.get() > 1_500, "only {} of the changes were refused", refused.get());
}
