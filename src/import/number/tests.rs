//! Numbers as people write them, and those that have two readings.

use super::*;

fn value(text: &str, style: Option<Style>) -> Result<String, Misread> {
    amount(text, style).map(|amount| amount.value.to_string())
}

#[test]
fn a_column_tells_its_decimal_sign_by_any_cell_that_has_one_reading() {
    let judged = |cells: &[&str]| {
        let mut styles = Styles::default();
        cells.iter().for_each(|cell| styles.see(cell));
        styles.judge()
    };
    assert_eq!(judged(&["50.000 €", "200.000 €"]), None);
    assert_eq!(judged(&["50.000 €", "0,2 Mio. €"]), Some(Style::Comma));
    assert_eq!(judged(&["300,000 CHF", "1,200,000 CHF"]), Some(Style::Point));
    assert_eq!(judged(&["1'234.50"]), Some(Style::Point));
    assert_eq!(judged(&["1,5", "1.5"]), None);
    assert_eq!(judged(&["0.125"]), Some(Style::Point));
    assert_eq!(judged(&["12345", "7"]), None);
}

#[test]
fn no_number_with_two_readings_is_read_by_a_guess() {
    assert!(matches!(value("30.000", None), Err(Misread::TwoReadings(..))));
    assert_eq!(value("30.000", Some(Style::Comma)).unwrap(), "30000");
    assert_eq!(value("30.000", Some(Style::Point)).unwrap(), "30");
    assert_eq!(value("1.200.000,50 €", None).unwrap(), "1200000.5");
    assert_eq!(value("12,34,567", None).unwrap(), "1234567");
    assert_eq!(value("1,2345,67", None), Err(Misread::OtherStyle));
    assert_eq!(value("1.5", Some(Style::Comma)), Err(Misread::OtherStyle));
    assert!(matches!(value("50 T", None), Err(Misread::TwoReadings(..))));
}

#[test]
fn multiples_currencies_and_signs_of_five_languages_are_read() {
    for (text, number) in [
        ("15 T€", "15000"),
        ("TEUR 15", "15000"),
        ("0,2 Mio. €", "200000"),
        ("1,5 Mrd. EUR", "1500000000"),
        ("€ 250k", "250000"),
        ("250 k€", "250000"),
        ("2.5 million", "2500000"),
        ("CHF 1'250.50", "1250.5"),
        ("8 100", "8100"),
        ("(1,5)", "-1.5"),
        ("3 mil millones", "3000000000"),
        ("12 lakh", "1200000"),
        ("2 crore", "20000000"),
        ("70 %", "0.7"),
        ("1e6", "1000000"),
        ("1.200,50", "1200.5"),
        ("500,-", "500"),
        ("ca. 40 Tsd. €", "40000"),
        ("CA$ 50k", "50000"),
        ("USD 5m", "5000000"),
        ("3,5 T€", "3500"),
        ("12 MM", "12000000"),
    ] {
        assert_eq!(value(text, None).as_deref(), Ok(number), "{text}");
    }
    assert_eq!(amount("3k per month", None).unwrap().a_year, Some(12));
    assert_eq!(amount("12.500,00 € p.a.", None).unwrap().a_year, Some(1));
    for strange in ["> 250000", "5 apples", "=1+1", "12 34"] {
        assert!(amount(strange, None).is_err(), "{strange}");
    }
}

#[test]
fn a_heading_tells_the_unit_of_its_cells() {
    let unit = |heading: &str| {
        let (unit, money) = heading_unit(heading);
        (unit.map(|unit| unit.to_string()), money)
    };
    assert_eq!(unit("Loss (k€)"), (Some("1000".into()), Some("EUR".into())));
    assert_eq!(unit("Schaden in T€"), (Some("1000".into()), Some("EUR".into())));
    assert_eq!(unit("Schaden (Mio. EUR)"), (Some("1000000".into()), Some("EUR".into())));
    assert_eq!(unit("Single loss (EUR)"), (None, Some("EUR".into())));
    assert_eq!(unit("Impact (H/M/L)"), (None, None));
    assert_eq!(unit("Cost ($000)"), (Some("1000".into()), Some("$".into())));
}
