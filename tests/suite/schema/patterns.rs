//! The regular expressions of the schema take exactly the texts that the reader takes.

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rosi::internal::units::reading::{Misread, Reading, Settings, pattern, read};
use rosi::internal::units::{Currency, Kind};
use serde_json::json;

use super::choices::Choices;

const KINDS: [Kind; 10] = [
    Kind::Money,
    Kind::YearlyMoney,
    Kind::Revenue,
    Kind::Wage,
    Kind::Frequency,
    Kind::Chance,
    Kind::Rate,
    Kind::Period,
    Kind::WorkTime,
    Kind::Number,
];

fn validators() -> Vec<(Kind, Validator)> {
    KINDS
        .iter()
        .map(|kind| {
            let schema = json!({ "type": "string", "pattern": pattern(*kind) });
            (*kind, jsonschema::draft7::new(&schema).unwrap())
        })
        .collect()
}

fn settings() -> Settings {
    Settings::new(Currency::from_code("EUR").unwrap(), 220.into())
}

/// Why no pattern can refuse a text that the reader refuses: the whole list.
fn beyond_pattern(text: &str, misread: &Misread) -> Option<&'static str> {
    match misread {
        Misread::OtherCurrency(sign) if sign.len() != 3 || Currency::from_code(sign).is_some() || sign == "yen" => {
            Some("a currency that is not the scenario's")
        }
        Misread::TooLarge => Some("a number of more digits than are computed with"),
        Misread::TwoReadings(_) => Some("two readings"),
        Misread::NoneSeen(_) => Some("none seen in so many years"),
        Misread::Groups => Some("a decimal sign that may be a slip"),
        Misread::Unclear if divides_by_zero(text) => Some("one in zero years"),
        _ => None,
    }
}

/// Whether the number after `in` or `every` is zero.
fn divides_by_zero(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let is_zero = |after: &str| {
        let number: String = after.chars().take_while(|c| !c.is_alphabetic()).collect();
        number.contains('0') && !number.contains(|c| matches!(c, '1'..='9'))
    };
    let words = [
        "in", "en", "von", "sur", "su", "op", "of", "per", "a", "an", "pro", "je", "im", "par", "por", "al", "/",
        "every", "each", "alle", "jede", "jeden", "jedes", "les", "chaque", "cada", "ogni", "elke", "iedere", "de",
    ];
    words.iter().any(|word| text.split(word).skip(1).any(is_zero))
}

/// Where the two sides differ on one text.
fn difference(text: &str, validators: &[(Kind, Validator)]) -> Option<String> {
    for (kind, validator) in validators {
        let by_pattern = validator.is_valid(&json!(text));
        let by_reader = read(text, *kind, &settings());
        match (&by_reader, by_pattern) {
            (Ok(_), true) | (Err(_), false) => {}
            (Ok(reading), false) => {
                return Some(format!("{text:?} is read as {kind:?} {reading:?}, and the pattern refuses it"));
            }
            (Err(misread), true) if beyond_pattern(text, misread).is_none() => {
                return Some(format!("{text:?} is refused as {kind:?} ({misread:?}), and the pattern accepts it"));
            }
            (Err(_), true) => {}
        }
    }
    None
}

#[test]
fn what_people_write_is_taken_by_both_sides() {
    let validators = validators();
    let taken: &[(Kind, &[&str])] = &[
        (
            Kind::Money,
            &[
                "0",
                "60000",
                "60k",
                "60 K",
                "1.2M",
                "1.2m",
                "2.5 million",
                "3bn",
                "3 Mio",
                "1,200,000",
                "1 200 000",
                "1'200'000",
                "1_200_000",
                "1\u{202f}200\u{a0}",
                "EUR 250k",
                "EUR250k",
                "250k EUR",
                "250 EUR",
                "250EUR",
                "€90k",
                "€ 90k",
                "90k€",
                "90 k €",
                "90€",
                "1e6",
                "1E+6",
                "2.5e-2k",
                " 5 ",
                "2,5 Mio",
                "2 Mio.",
                "0,2 Mio. €",
                "1.200.000,50",
                "12,34,567.8",
                "50 T€",
                "50 TEUR",
                "TEUR 50",
                "k€ 50",
                "2 MEUR",
                "3 Mrd. EUR",
                "250 thousand euros",
                "3 mil millones €",
                "5 lakh",
                "1.5 crore",
                "2 MM",
                "1'000.-",
                "50,- €",
            ],
        ),
        (
            Kind::YearlyMoney,
            &[
                "36k",
                "36k per year",
                "EUR 3k per month",
                "9k/quarter",
                "2 million a year",
                "500€ per week",
                "1k EUR a year",
            ],
        ),
        (
            Kind::Revenue,
            &[
                "18k per hour",
                "18k/hour",
                "18k / h",
                "€18k per hour",
                "18k €/h",
                "18k€ per hour",
                "18 an hour",
                "EUR 430k per day",
                "158M a year",
                "158M EUR per year",
                "3k each month",
                "5 PER HOUR",
                "5 EUR PER YEAR",
            ],
        ),
        (Kind::Wage, &["65 per hour", "65/h", "EUR 65 per hour", "65 € per hour", "65.50 an hour", "0.065k/hr"]),
        (
            Kind::Frequency,
            &[
                "1 in 20 years",
                "1 in 20years",
                "1in20 years",
                "once in 5 years",
                "twice in 3 months",
                "12 per year",
                "12/year",
                "12 a year",
                "3 times a month",
                "3x per year",
                "2 events per quarter",
                "once a week",
                "twice per annum",
                "every 5 years",
                "2 every 3 months",
                "once every 10 years",
                "15%",
                "15 % per year",
                "0.5 per year",
                "1e-3 per year",
                "5 EVERY 2 YEARS",
                "1 IN 20 YEARS",
                "12 each year",
                "12per year",
                "monthly",
                "twice yearly",
                "every year",
                "every 6 months",
                "1 per 20 years",
                "4 events in 6 years",
                "0 events in 10 years",
                "alle 8 Jahre",
                "0.5/a",
                "1/20a",
                "2 pro a",
                "1:20",
                "1 : 1000 Jahre",
                "1-in-200 years",
                "3-mal im Jahr",
                "twice a decade",
                "1 every 2 centuries",
                "semi-annually",
                "fortnightly",
                "eens in de 5 jaar",
                "2/jr.",
                "2 mal pro Jahr",
                "1x in 20 Jahren",
                "3× per year",
                "12 p.a.",
                "12 p. a.",
                "2 fois par an",
                "tous les 8 ans",
                "cada 3 años",
                "2 volte all\u{2019}anno",
                "om de 5 jaar",
                "3 VORFÄLLE IN 7 JAHREN",
                "1,5 per year",
            ],
        ),
        (
            Kind::Chance,
            &[
                "15%",
                "15 %",
                "0.5%",
                "15 percent",
                "15percent",
                "1 in 20",
                "1in20",
                "once in 7",
                "1-in-20",
                "100%",
                "1/10",
                "12,5 Prozent",
                "99.999%",
            ],
        ),
        (Kind::Rate, &["8%", "-2%", "- 2 %", "-2% per year", "2.5 percent a year", "0%", "8%/yr"]),
        (
            Kind::Period,
            &["36 hours", "36h", "1 day", "18 months", "3 years", "90 min", "2 quarters", "1.5 weeks", "30 Secs"],
        ),
        (
            Kind::WorkTime,
            &[
                "4 hours per week",
                "4h/week",
                "1 minute per day",
                "30 s a day",
                "2 days each quarter",
                "0.5 FTE",
                "2ftes",
            ],
        ),
        (Kind::Number, &["900", "1000", "0.5", "1e6"]),
    ];
    for (kind, texts) in taken {
        for text in *texts {
            assert!(read(text, *kind, &settings()).is_ok(), "{kind:?} {text:?}");
            assert_eq!(difference(text, &validators), None);
        }
    }
}

#[test]
fn what_is_no_quantity_is_refused_by_both_sides() {
    let validators = validators();
    let refused = [
        "",
        " ",
        "-",
        "-5",
        "-5k",
        " -5%",
        "1.",
        ".5",
        "1.23.456",
        "1.234.5",
        "1,2,3",
        "1,200 000",
        "1 2",
        "k",
        "EUR",
        "5 k k",
        "EUR 5 EUR",
        "€5€",
        "5\t%",
        "5\n%",
        "5%\n",
        "a year",
        "every",
        "5 every",
        "1 in",
        "in 20",
        "1 in twenty",
        "once",
        "once a",
        "oncein 5",
        "tous 8 ans",
        "Mio.5 x",
        "5 per",
        "per year",
        "5 per week per year",
        "5 days per hour",
        "4 hours per hour",
        "4 weeks per year",
        "5 yeаrs",
        "½",
        "5 K%",
        "٥%",
        "0x10",
        "1e",
        "1e+",
        "1_",
        "_1",
        "5 µs",
        "5%%",
        "--5%",
        "+5%",
        "5 % of sales",
        "~5k",
        "<5k",
        "5-10k",
    ];
    for text in refused {
        for kind in KINDS {
            assert!(read(text, kind, &settings()).is_err(), "{kind:?} {text:?}");
        }
        assert_eq!(difference(text, &validators), None);
    }
}

#[test]
fn the_pattern_is_blind_to_exactly_these() {
    let validators = validators();
    let cases = [
        (Kind::Money, "USD 5", "a currency that is not the scenario's"),
        (Kind::Money, "$5", "a currency that is not the scenario's"),
        (Kind::Money, "5 USD", "a currency that is not the scenario's"),
        (Kind::Money, "99999999999999999999999999999999", "a number of more digits than are computed with"),
        (Kind::Chance, "1e99%", "a number of more digits than are computed with"),
        (Kind::Frequency, "1 in 0 years", "one in zero years"),
        (Kind::Frequency, "every 0.0 days", "one in zero years"),
        (Kind::Frequency, "0 in 10 years", "none seen in so many years"),
        (Kind::Money, "30.000", "two readings"),
        (Kind::Money, "1,200 EUR", "two readings"),
        (Kind::Money, "50T EUR", "two readings"),
        (Kind::Money, "1200,000", "a decimal sign that may be a slip"),
        (Kind::Chance, "1 in 0", "one in zero years"),
    ];
    for (kind, text, why) in cases {
        let misread = read(text, kind, &settings()).unwrap_err();
        assert_eq!(beyond_pattern(text, &misread), Some(why), "{text}");
        let (_, validator) = validators.iter().find(|(known, _)| *known == kind).unwrap();
        assert!(validator.is_valid(&json!(text)), "{text}");
    }
}

#[test]
fn a_reading_keeps_its_sign_and_its_unit() {
    // One anchor of meaning, so that agreement is not agreement on nonsense.
    let reading = |text: &str, kind| -> Reading { read(text, kind, &settings()).unwrap() };
    assert_eq!(reading("-2% per year", Kind::Rate).value.to_string(), "-0.02");
    assert_eq!(reading("5 PER HOUR", Kind::Wage).value.to_string(), "5");
    assert_eq!(reading("1\u{202f}200k EUR", Kind::Money).value.to_string(), "1200000");
}

const NUMBERS: &[&str] = &[
    "5",
    "0",
    "12",
    "1.5",
    "250",
    "1,200",
    "1 200",
    "1,200,000",
    "1'200",
    "1.200",
    "1.200.000,5",
    "1,5",
    "12,34,567",
    "50,-",
    "50,--",
    "50,--  p.a.",
    "1_200",
    "1\u{202f}200",
    "1\u{a0}200",
    "1e3",
    "2E-2",
    "1e+2",
    "007",
    "1000000000",
    "0.0",
    "1e400",
    "100",
];
const UNITS: &[&str] = &[
    "s", "min", "minutes", "h", "hour", "hours", "d", "day", "days", "w", "week", "weeks", "mo", "month", "months",
    "quarter", "y", "yr", "year", "years", "annum", "secs", "hrs", "Jahre", "ans", "años", "Std.", "mois", "uur",
];
const PIECES: &[&str] = &[
    "k",
    "K",
    "m",
    "M",
    "mio",
    "million",
    "bn",
    "t",
    "%",
    "percent",
    "per",
    "a",
    "an",
    "each",
    "every",
    "/",
    "in",
    "once",
    "twice",
    "thrice",
    "time",
    "times",
    "x",
    "events",
    "fte",
    "FTEs",
    "EUR",
    "USD",
    "€",
    "$",
    "£",
    "¥",
    "PER",
    "MIO",
    "Mio.",
    "TEUR",
    "T€",
    "US$",
    "p.a.",
    "monthly",
    "JÄHRLICH",
    "tous les",
    "alle",
    "pro",
    "mal",
    "×",
    "Vorfälle",
    "out of",
    "per cent",
    "Rs.",
    "e",
    "E",
    "-",
    "+",
    ".",
    ",",
    "'",
    "_",
    "\t",
    "1",
    "0",
    "000",
    " ",
    "\u{a0}",
    "\u{202f}",
    "\u{2019}",
];
const BLANKS: &[&str] = &[" ", "", "  ", "\u{a0}", "\u{202f}"];

/// A text that a person could write as some kind of quantity.
fn natural(c: &mut Choices<'_>) -> Vec<String> {
    let number = |c: &mut Choices<'_>| c.pick(NUMBERS).to_owned();
    let unit = |c: &mut Choices<'_>| c.pick(UNITS).to_owned();
    let per =
        |c: &mut Choices<'_>| c.pick(&["per", "/", "a", "an", "each", "every", "pro", "par", "tous les"]).to_owned();
    let multiple = |c: &mut Choices<'_>| {
        c.pick(&["", "k", "M", "bn", "million", "MLN", "Mio.", "Tsd.", "lakh", "mil millones", "t"]).to_owned()
    };
    let currency = |c: &mut Choices<'_>| c.pick(&["", "EUR", "€", "euros", "TEUR"]).to_owned();
    match c.below(11) {
        0 => vec![number(c), multiple(c), currency(c)],
        1 => vec![currency(c), number(c), multiple(c)],
        2 => vec![number(c), multiple(c), currency(c), per(c), unit(c)],
        3 => vec![number(c), "%".into()],
        4 => vec![number(c), c.pick(&["%", "percent"]).into(), per(c), unit(c)],
        5 => vec![c.pick(&["1", "once", "twice", "3"]).into(), "in".into(), number(c), unit(c)],
        6 => vec![c.pick(&["", "once", "3", "2 times"]).into(), "every".into(), number(c), unit(c)],
        7 => vec![number(c), unit(c), per(c), unit(c)],
        8 => vec![
            number(c),
            c.pick(&["", "k", "mal", "events", "%"]).into(),
            c.pick(&["p.a.", "monthly", "jährlich", "pa"]).into(),
        ],
        9 => vec![
            number(c),
            c.pick(&["", "x", "events"]).into(),
            c.pick(&["in", "per", "von", "/"]).into(),
            number(c),
            unit(c),
        ],
        _ => vec![number(c), c.pick(&["times", "x", "events", ""]).into(), per(c), unit(c)],
    }
}

/// Changes the pieces a little, as slips do.
fn slip(c: &mut Choices<'_>, pieces: &mut Vec<String>) {
    let at = c.below(pieces.len());
    match c.below(6) {
        0 => drop(pieces.remove(at)),
        1 => pieces.insert(at, c.pick(PIECES).to_owned()),
        2 => pieces[at] = c.pick(PIECES).to_owned(),
        3 => pieces[at] = pieces[at].to_uppercase(),
        4 => {
            let other = c.below(pieces.len());
            pieces.swap(at, other);
        }
        _ => {
            let letters: Vec<char> = pieces[at].chars().collect();
            let cut = c.below(letters.len());
            pieces[at] = letters.iter().enumerate().filter(|(index, _)| *index != cut).map(|(_, c)| c).collect();
        }
    }
    if pieces.is_empty() {
        pieces.push(String::new());
    }
}

fn text(row: &[u32]) -> String {
    let mut c = Choices::new(row);
    let mut pieces = natural(&mut c);
    for _ in 0..c.below(4) {
        slip(&mut c, &mut pieces);
    }
    let mut text = String::new();
    if c.one_in(8) {
        text.push_str(c.pick(BLANKS));
    }
    if c.one_in(8) {
        text.push('-');
    }
    for piece in &pieces {
        text.push_str(piece);
        text.push_str(if c.one_in(3) { c.pick(BLANKS) } else { " " });
    }
    if c.one_in(3) { text } else { text.trim_end().to_owned() }
}

#[test]
fn any_text_is_taken_by_both_sides_or_by_none() {
    let validators = validators();
    let counted = std::cell::Cell::new(0_u32);
    let config = ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new(config);
    runner
        .run(&prop::collection::vec(any::<u32>(), 0..40), |row| {
            let text = text(&row);
            prop_assert_eq!(difference(&text, &validators), None);
            if KINDS.iter().any(|kind| read(&text, *kind, &settings()).is_ok()) {
                counted.set(counted.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    let taken = counted.get();
    // Agreement on texts that nobody takes would prove little.
    assert!(taken > 4_000, "only {taken} of the texts are quantities");
}
