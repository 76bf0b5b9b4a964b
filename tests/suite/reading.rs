//! What people write is read as they mean it, or told in their words: no figure changes by a factor in silence.

use rosi::internal::diagnostic::Diagnostic;
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::reading::{Misread, Settings, read};
use rosi::internal::units::{Currency, Kind, Numbers};
use rust_decimal::Decimal;

fn settings() -> Settings {
    Settings::new(Currency::from_code("EUR").unwrap(), 220.into())
}

/// A file whose lines are these, and what is due where they do not say it.
fn file(head: &str, frequency: &str, loss: &str) -> String {
    format!(
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n{head}\n[[risk]]\nid = \"a\"\nname = \"a\"\n{frequency}\n[risk.loss]\n{loss}\n"
    )
}

fn faults(text: &str) -> Vec<Diagnostic> {
    parse(&Source::new("case.toml", text)).err().unwrap_or_default().into_iter().filter(Diagnostic::is_error).collect()
}

/// The values that a text of help proposes: lines of this key, and values in quotes.
fn proposed(help: &[String], key: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for text in help {
        let in_ticks: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
        let assigned: Vec<&&str> = in_ticks.iter().filter(|part| part.starts_with(&format!("{key} = "))).collect();
        lines.extend(assigned.iter().map(|part| (**part).to_owned()));
        if in_ticks.is_empty() {
            let quoted = text.split('"').skip(1).step_by(2);
            lines.extend(quoted.map(|value| format!("{key} = \"{value}\"")));
        }
    }
    lines
}

#[test]
fn every_cure_that_a_fault_proposes_passes_when_it_is_applied() {
    let good = ("frequency = \"1 in 5 years\"", "response = \"10k\"");
    let frequencies = [
        "1/10",
        "0 in 10 years",
        "2-3 per year",
        "1 in 20",
        "12",
        "0",
        "5",
        "0.125",
        "~2 per year",
        "2 to 3 per year",
        "5 per year - 3 per year",
        "1.200 per year",
    ];
    let amounts = [
        "30.000",
        "1,200",
        "12.000 EUR",
        "5-10k",
        "0-5k",
        "1.23.456",
        "50T EUR",
        "about 5k",
        "1.234",
        "€ 1.250",
        "5k...9k",
    ];
    let mut asked = 0;
    for text in frequencies {
        asked += applied("frequency", &format!("frequency = \"{text}\""), |line| file("", line, good.1));
    }
    for text in amounts {
        asked += applied("response", &format!("response = \"{text}\""), |line| file("", good.0, line));
    }
    for line in
        ["frequency = 12", "frequency = 0", "frequency = { samples = [2, 0, 1, 1, 0, 0] }", "frequency = [1, 3]"]
    {
        asked += applied("frequency", line, |line| file("", line, good.1));
    }
    for line in [
        "response = 85",
        "response = 12.345",
        "response = [\"10k\", \"30k\"]",
        "response = { low = \"600k\", high = \"40k\" }",
    ] {
        asked += applied("response", line, |line| file("", good.0, line));
    }
    assert!(asked > 40, "only {asked} cures were proposed");
}

/// How many cures of a line were applied; each must leave no fault.
fn applied(key: &str, line: &str, with: impl Fn(&str) -> String) -> usize {
    let found = faults(&with(line));
    assert!(!found.is_empty(), "{line} is no fault");
    let mut count = 0;
    for fault in &found {
        for cure in proposed(&fault.help, key) {
            // `…` stands for what only the writer knows.
            if cure.contains('…') {
                continue;
            }
            let left = faults(&with(&cure));
            assert!(left.is_empty(), "{line}: the cure {cure} fails: {}", left[0].message);
            count += 1;
        }
    }
    count
}

#[test]
fn one_amount_in_twelve_ways_to_write_numbers_is_the_same_or_a_fault() {
    for (value, texts) in [
        (
            "1234567.5",
            [
                "1234567.5",
                "1234567,5",
                "1,234,567.5",
                "1.234.567,5",
                "1 234 567.5",
                "1 234 567,5",
                "1'234'567.5",
                "1\u{2019}234\u{2019}567,5",
                "12,34,567.5",
                "1_234_567.5",
                "1\u{202f}234\u{202f}567,5",
                "1.2345675e6",
            ],
        ),
        (
            "12345",
            [
                "12345",
                "12,345",
                "12.345",
                "12 345",
                "12'345",
                "12_345",
                "12\u{a0}345",
                "12,345.00",
                "12.345,00",
                "12\u{2019}345",
                "12345.0",
                "12,345.-",
            ],
        ),
    ] {
        let due: Decimal = value.parse().unwrap();
        for text in texts {
            for numbers in [None, Numbers::of_name("1,234.5"), Numbers::of_name("1.234,5"), Numbers::of_name("1'234.5")]
            {
                match read(text, Kind::Money, &settings().with_numbers(numbers)) {
                    Ok(reading) if reading.value == due => {}
                    // With its decimal sign said, a text may mean the other of its two readings.
                    Ok(reading) if numbers.is_some() => {
                        assert!(reading.value * Decimal::ONE_THOUSAND == due, "{text} {numbers:?} {reading:?}");
                    }
                    Err(Misread::TwoReadings(two)) if numbers.is_none() => {
                        assert!(two.iter().any(|(_, reading)| *reading == due), "{text}");
                    }
                    Err(Misread::Groups) => {}
                    other => panic!("{text} {numbers:?}: {other:?}"),
                }
            }
        }
    }
}

#[test]
fn the_other_amounts_of_a_file_tell_how_an_open_one_is_read() {
    let mean = |text: &str| {
        let parsed = parse(&Source::new("case.toml", text)).unwrap();
        parsed
            .scenario
            .estimates()
            .iter()
            .find(|estimate| estimate.path.ends_with("response"))
            .unwrap()
            .mean()
            .decimal()
    };
    let one = "frequency = \"1 per year\"";
    let beside = |other: &str| file("", one, &format!("response = \"20.000\"\nfines = \"{other}\""));
    assert_eq!(mean(&beside("2,5 Mio")), Some(20_000.into()));
    assert_eq!(mean(&beside("1.200.000")), Some(20_000.into()));
    assert_eq!(mean(&beside("2.5M")), Some(20.into()));
    assert_eq!(faults(&beside("30k")).len(), 1);
    // How often says nothing of how amounts are written.
    assert_eq!(faults(&file("", "frequency = \"0.5 per year\"", "response = \"30.000\"")).len(), 1);
    let stated = |numbers: &str| file(&format!("numbers = \"{numbers}\""), one, "response = \"20.000\"");
    assert_eq!(mean(&stated("1.234,5")), Some(20_000.into()));
    assert_eq!(mean(&stated("1,234.5")), Some(20.into()));
}

#[test]
fn what_was_seen_says_what_is_known_and_a_product_has_the_product_of_the_means() {
    let parsed =
        |frequency: &str, loss: &str| parse(&Source::new("case.toml", file("", frequency, loss))).unwrap().scenario;
    let mean = |scenario: &rosi::internal::model::Scenario, key: &str| {
        let found = scenario.estimates().iter().find(|estimate| estimate.path.ends_with(key)).unwrap();
        found.mean().decimal()
    };
    let counts = parsed(
        "frequency = \"4 events in 6 years\"",
        "response = { quantity = { min = 1, likely = 2, max = 9 }, each = \"100\" }",
    );
    assert_eq!(mean(&counts, "frequency"), Some("0.75".parse().unwrap()));
    assert_eq!(mean(&counts, "response"), Some(300.into()));
    // With its source beside it, a count is still one, and none seen is not never.
    for (text, rate) in [("4 events in 6 years", "0.75"), ("0 events in 5 years", "0.1")] {
        let sourced = parsed(&format!("frequency = {{ value = \"{text}\", source = \"log\" }}"), "response = \"1k\"");
        assert_eq!(mean(&sourced, "frequency"), Some(rate.parse().unwrap()), "{text}");
    }
    let none = parsed(
        "frequency = { events = 0, years = 10 }",
        "response = { min = \"1k\", likely = \"2k\", max = \"9k\", confidence = 1 }",
    );
    assert_eq!(mean(&none, "frequency"), Some("0.05".parse().unwrap()));
    assert_eq!(mean(&none, "response"), Some(4_000.into()));
    let once = parsed("frequency = { events = 1, years = 9 }\ncount = \"at most one\"", "response = \"1k\"");
    assert_eq!(mean(&once, "frequency"), Some("0.15".parse().unwrap()));
    let rates = file(
        "exchange_rates = { USD = { value = \"0.92\", source = \"ECB\" } }",
        "frequency = \"1 per year\"",
        "response = \"$1.5M\"",
    );
    let rates = parse(&Source::new("case.toml", rates)).unwrap().scenario;
    assert_eq!(mean(&rates, "response"), Some(1_380_000.into()));
    assert!(rates.estimates().iter().any(|estimate| estimate.path == "exchange_rates.USD"));
}

#[test]
fn a_table_of_samples_is_read_by_its_column_and_each_odd_cell_is_told() {
    let with = |samples: &str, bytes: &str| {
        let text = file("", "frequency = \"1 per year\"", &format!("response = {{ samples = {samples} }}"));
        let mut source = Source::new("case.toml", text);
        source.attachments.insert("log.csv".into(), bytes.as_bytes().to_vec());
        match parse(&source) {
            Ok(parsed) => Ok(parsed
                .scenario
                .estimates()
                .iter()
                .find(|e| e.path.ends_with("response"))
                .unwrap()
                .mean()
                .decimal()
                .unwrap()),
            Err(faults) => Err(faults
                .iter()
                .map(|fault| format!("{} {}", fault.message, fault.help.join(" ")))
                .collect::<String>()),
        }
    };
    let column = "{ file = \"log.csv\", column = \"loss\" }";
    assert_eq!(with(column, "id,loss\n1,100\n2,300\n"), Ok(200.into()));
    assert_eq!(with(column, "id;loss\n1;1.000,50\n2;2.999,50\n"), Ok(2_000.into()));
    assert_eq!(with("\"log.csv\"", "loss\n1200,50\n799,50\n"), Ok(1_000.into()));
    assert_eq!(with("\"log.csv\"", "1,200\n1,200,000\n"), Ok("600600".parse().unwrap()));
    // Two columns without a name are never read as one in silence.
    for table in ["id,loss\n1,100\n2,300\n", "year,loss\n2023,105000\n2024,200000\n", "id,loss\n1,20\n2,40\n"] {
        let told = with("\"log.csv\"", table).unwrap_err();
        assert!(told.contains("the file has 2 columns") && told.contains("column = \"loss\""), "{told}");
    }
    let told = with("\"log.csv\"", "1,20\n2,40\n").unwrap_err();
    assert!(told.contains("two columns, or one of decimals?") && told.contains("column = 2"), "{told}");
    assert_eq!(with("{ file = \"log.csv\", column = 2 }", "1,20\n2,40\n"), Ok(30.into()));
    assert_eq!(with("\"log.csv\"", "loss\n1,20\n2,40\n"), Ok("1.8".parse().unwrap()));
    assert_eq!(with("\"log.csv\"", "loss\r10\r20\r"), Ok(15.into()), "lines may end by a return alone");
    // Another column may say what the numbers of a row count in.
    assert_eq!(with(column, "loss,unit\n10,k€\n30,k€\n"), Ok(20_000.into()));
    assert_eq!(with(column, "loss,In\n10,T€\n3,Mio. €\n"), Ok(1_505_000.into()));
    assert!(with(column, "loss,currency\n10,USD\n20,USD\n").unwrap_err().contains("10 USD"));
    assert!(with(column, "loss,unit\n10,pallets\n20,pallets\n").unwrap_err().contains("10 pallets"));
    assert!(with("\"log.csv\"", "1.200\n1.300\n").unwrap_err().contains("two ways"));
    assert!(with(column, "id,loss\n1,100\n2,soon\n").unwrap_err().contains("line 3, column 2"));
    assert!(with("\"log.csv\"", "12..5\n100\n200\n").unwrap_err().contains("line 1"));
    assert!(with(column, "id,loss\n1,100\n2,300\nTotal,400\n").unwrap_err().contains("line 4 adds up others"));
    assert!(with(column, "id,loss\n1,100\n\"2,300\n3,400\n").unwrap_err().contains("a quote begins in line 3"));
    // A heading says what its column counts in.
    let headed = |heading: &str, cells: &str| {
        with(&format!("{{ file = \"log.csv\", column = \"{heading}\" }}"), &format!("id;{heading}\n{cells}"))
    };
    assert_eq!(headed("loss (k€)", "1;10\n2;30\n"), Ok(20_000.into()));
    assert_eq!(headed("Schaden in TEUR", "1;10\n2;30\n"), Ok(20_000.into()));
    assert_eq!(headed("loss (EUR)", "1;10\n2;30\n"), Ok(20.into()));
    assert!(headed("loss (USD)", "1;10\n2;30\n").unwrap_err().contains("is in USD, the case in EUR"));
    assert!(headed("loss (k€)", "1;10\n2;30k\n").unwrap_err().contains("names its own unit"));
    // And where it holds something else than what one event costs.
    for heading in
        ["Loss (€/h)", "Loss (%)", "Loss in ct", "Records", "Frequency", "Claim no.", "Insured loss", "Cost saved"]
    {
        let told = headed(heading, "1;10\n2;30\n").unwrap_err();
        assert!(told.contains("speaks of something else than what one event costs"), "{heading}: {told}");
    }
}

#[test]
fn a_table_of_lengths_counts_in_what_its_heading_says() {
    let mean = |heading: &str, cells: &str| {
        let risk = format!(
            "frequency = \"1 per year\"\nvalue_stream = \"shop\"\noutage = {{ duration = {{ samples = {{ file = \"log.csv\", column = \"{heading}\" }} }} }}"
        );
        let head = "[[value_stream]]\nid = \"shop\"\nname = \"Shop\"\nrevenue = \"1k per hour\"\nmargin = \"100%\"";
        let mut source = Source::new("case.toml", format!("{}\n{head}\n", file("", &risk, "response = \"1k\"")));
        source.attachments.insert("log.csv".into(), format!("id,{heading}\n1,{cells}").into_bytes());
        let parsed = parse(&source).map_err(|faults| format!("{faults:?}")).unwrap();
        parsed.scenario.estimates().iter().find(|e| e.path.ends_with("duration")).unwrap().mean().decimal().unwrap()
    };
    assert_eq!(mean("hours", "10\n2,30\n"), 20.into());
    assert_eq!(mean("Downtime (min)", "60\n2,120\n"), "1.5".parse().unwrap());
    assert_eq!(mean("Ausfall in Tagen", "1\n2,3\n"), 48.into());
    assert_eq!(mean("Downtime (min)", "2 hours\n2,4 hours\n"), 3.into());
}

/// What a text of a kind means: events a year, euros, a part of one, hours.
const MEANT: &[(Kind, &[(&str, &str)])] = &[
    (
        Kind::Frequency,
        &[
            ("1 in 20 years", "0.05"),
            ("1/20 years", "0.05"),
            ("once every 20 years", "0.05"),
            ("1 per 20 years", "0.05"),
            ("monthly", "12"),
            ("every 6 months", "2"),
            ("every 2 weeks", "26"),
            ("twice a year", "2"),
            ("every other year", "0.5"),
            ("every two years", "0.5"),
            ("once every five years", "0.2"),
            ("four times a year", "4"),
            ("3 incidents a month", "36"),
            ("0,2 pro Jahr", "0.2"),
            ("5 p.a.", "5"),
            ("12x/Jahr", "12"),
            ("alle 8 Jahre", "0.125"),
            ("alle zwei Jahre", "0.5"),
            ("2 mal pro Jahr", "2"),
            ("1x in 20 Jahren", "0.05"),
            ("einmal in zehn Jahren", "0.1"),
            ("1-mal in 8 Jahren", "0.125"),
            ("3-mal im Jahr", "3"),
            ("0.5/a", "0.5"),
            ("0,5/Jahr", "0.5"),
            ("2/yr", "2"),
            ("1/20a", "0.05"),
            ("1:20", "0.05"),
            ("1:20 Jahre", "0.05"),
            ("1-in-200 years", "0.005"),
            ("twice a decade", "0.2"),
            ("semi-annually", "2"),
            ("fortnightly", "26"),
            ("eens in de 5 jaar", "0.2"),
            ("halbjährlich", "2"),
            ("tous les 5 ans", "0.2"),
            ("tous les cinq ans", "0.2"),
            ("2 fois par an", "2"),
            ("cada 4 años", "0.25"),
            ("3 veces al año", "3"),
            ("ogni 10 anni", "0.1"),
            ("ogni dieci anni", "0.1"),
            ("2 volte all'anno", "2"),
            ("elke 4 jaar", "0.25"),
            ("2 keer per jaar", "2"),
            ("20%", "0.2"),
            ("1e-2 per year", "0.01"),
        ],
    ),
    (
        Kind::Money,
        &[
            ("1.2k", "1200"),
            ("1,2k", "1200"),
            ("5 000 €", "5000"),
            ("€5,000.50", "5000.5"),
            ("EUR5k", "5000"),
            ("15 T€", "15000"),
            ("15T€", "15000"),
            ("15 TEUR", "15000"),
            ("k€ 50", "50000"),
            ("50 KEUR", "50000"),
            ("10 Tsd. €", "10000"),
            ("0,2 Mio. €", "200000"),
            ("3 Mrd. €", "3000000000"),
            ("5 Millionen", "5000000"),
            ("€2.5m", "2500000"),
            ("2MM", "2000000"),
            ("2.5 million euros", "2500000"),
            ("1.5bn", "1500000000"),
            ("1,5 Md€", "1500000000"),
            ("3 milliards", "3000000000"),
            ("2 mil millones", "2000000000"),
            ("20 mila", "20000"),
            ("1 miliardo", "1000000000"),
            ("2 miljoen", "2000000"),
            ("2 miljard", "2000000000"),
            ("5 lakh", "500000"),
            ("2 crore", "20000000"),
            ("12,34,567", "1234567"),
            ("1 Billionen", "1000000000000"),
            ("50.-", "50"),
        ],
    ),
    (
        Kind::Chance,
        &[
            ("70%", "0.7"),
            ("70,5 %", "0.705"),
            ("70 Prozent", "0.7"),
            ("70 pour cent", "0.7"),
            ("7 in 10", "0.7"),
            ("7 out of 10", "0.7"),
            ("7/10", "0.7"),
            ("one in ten", "0.1"),
            ("0,125 %", "0.00125"),
            ("1,250%", "0.0125"),
        ],
    ),
    (
        Kind::Period,
        &[
            ("4 hours", "4"),
            ("4h", "4"),
            ("90 min", "1.5"),
            ("2 Tage", "48"),
            ("1,5 Tage", "36"),
            ("3 semaines", "504"),
            ("1 week", "168"),
            ("1 year", "8760"),
        ],
    ),
];

#[test]
fn each_way_to_write_a_quantity_means_what_its_writer_means() {
    for (kind, texts) in MEANT {
        for (text, value) in *texts {
            let found = read(text, *kind, &settings()).map(|reading| reading.value);
            assert_eq!(found, Ok(value.parse().unwrap()), "{text}");
        }
    }
    let seen = |text: &str| read(text, Kind::Frequency, &settings()).unwrap().seen;
    assert_eq!(seen("4 Vorfälle in 6 Jahren"), Some((4.into(), 6.into())));
    assert_eq!(seen("four events in six years"), Some((4.into(), 6.into())));
    assert_eq!(seen("4 in 6 years"), None);
}

#[test]
fn what_has_two_readings_or_none_is_told_and_the_cures_pass() {
    for (kind, text) in [
        (Kind::Money, "30.000"),
        (Kind::Money, "1,200"),
        (Kind::Money, "1.200k"),
        (Kind::Money, "5.000 €"),
        (Kind::Money, "15 T"),
        (Kind::Money, "15T"),
        (Kind::Money, "15 T EUR"),
        (Kind::Money, "3 mil"),
        (Kind::Money, "1.5mil EUR"),
        (Kind::Frequency, "1.200 per year"),
        (Kind::Frequency, "1 in 1,200 years"),
    ] {
        let Err(Misread::TwoReadings([(one, first), (other, second)])) = read(text, kind, &settings()) else {
            panic!("{text}: {:?}", read(text, kind, &settings()));
        };
        assert!(first != second, "{text}");
        for (cure, value) in [(one, first), (other, second)] {
            assert_eq!(read(&cure, kind, &settings()).map(|reading| reading.value), Ok(value), "{text}: {cure}");
        }
    }
    for text in
        ["never", "3", "5:1", "1:0.5", "2-3 per year", "1 a 5 años", "less than 1 per year", "2/J", "0 in 5 years"]
    {
        assert!(read(text, Kind::Frequency, &settings()).is_err(), "{text}");
    }
    for text in ["-5k", "(5k)", "ca. 5k", "5 USD", "½ Mio", "1.23.456", "1 Billón", "5 MD", "5 MD EUR"] {
        assert!(read(text, Kind::Money, &settings()).is_err(), "{text}");
    }
    for text in ["0,7", "70", "110%", "half", "70 ‰"] {
        // That a share is above one is told where it stands.
        assert!(read(text, Kind::Chance, &settings()).map_or(true, |reading| reading.value > Decimal::ONE), "{text}");
    }
}
