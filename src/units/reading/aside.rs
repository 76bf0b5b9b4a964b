//! What does a line above or below a table say of its amounts: `All amounts in k€`, `Angaben in T€`?

use rust_decimal::Decimal;

use super::heading::heading_unit;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// What the amounts are counted in.
    pub unit: Option<Decimal>,
    /// Their currency, as a code or a sign.
    pub currency: Option<String>,
    /// It speaks of all amounts and of nothing else.
    pub is_of_all: bool,
}

/// Words for the amounts of a table.
const AMOUNTS: &[&str] = &[
    "amount",
    "amounts",
    "figures",
    "values",
    "numbers",
    "money",
    "unit",
    "units",
    "currency",
    "beträge",
    "betrag",
    "betraege",
    "angaben",
    "werte",
    "zahlen",
    "geldbeträge",
    "einheit",
    "währung",
    "alle",
    "montants",
    "valeurs",
    "chiffres",
    "unité",
    "devise",
    "monnaie",
    "importes",
    "cifras",
    "valores",
    "unidad",
    "moneda",
    "importi",
    "valori",
    "cifre",
    "unità",
    "valuta",
    "bedragen",
    "cijfers",
    "waarden",
    "eenheid",
];
/// Words that say no more.
const PLAIN: &[&str] = &[
    "in",
    "all",
    "the",
    "are",
    "is",
    "of",
    "stated",
    "given",
    "shown",
    "expressed",
    "note",
    "notes",
    "sind",
    "sämtliche",
    "hinweis",
    "anmerkung",
    "en",
    "tous",
    "les",
    "des",
    "sont",
    "note",
    "todos",
    "todas",
    "los",
    "las",
    "son",
    "nota",
    "tutti",
    "gli",
    "sono",
    "alle",
    "zijn",
    "de",
    "di",
    "von",
    "der",
    "die",
    "monetary",
    "financial",
    "x",
];

/// What a line says of the amounts of its table; nothing where it does not speak of them.
pub fn aside(line: &str) -> Option<Aside> {
    // A point ends a clause, unless it shortens a word: "Tsd. EUR".
    let mut clauses = vec![String::new()];
    for word in line.replace([';', '\n'], "; ").split_whitespace() {
        let last = clauses.len() - 1;
        clauses[last].push_str(word);
        clauses[last].push(' ');
        if word.ends_with([',', ';']) || word.ends_with('.') && heading_unit(word).0.is_none() {
            clauses.push(String::new());
        }
    }
    let mut found: Vec<Aside> = clauses.iter().filter_map(|clause| of_clause(clause)).collect();
    let first = found.pop()?;
    let agrees = found.iter().all(|other| *other == first);
    Some(Aside { is_of_all: first.is_of_all && agrees, ..first })
}

fn of_clause(clause: &str) -> Option<Aside> {
    // "en milliers d'euros", "in duizenden euro's"
    let clause = clause.replace(['’', '`'], "'").replace(" d'", " ").replace("'s", "");
    let clause = clause.as_str();
    let tokens: Vec<&str> =
        clause.split_whitespace().map(|token| token.trim_end_matches([':', '.', ',', ')'])).collect();
    let words: Vec<String> =
        tokens.iter().map(|token| token.trim_start_matches(['(', '*', '#']).to_lowercase()).collect();
    let speaks = words.iter().any(|word| AMOUNTS.contains(&word.as_str()));
    // "Register 2026 (k€)": a year and what stands in brackets belong apart.
    let has_digit = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            let is_year = token.len() == 4 && (token.starts_with("19") || token.starts_with("20"));
            token.contains(|c: char| c.is_ascii_digit()) && !is_year
        })
    };
    let mut unit = None;
    let mut counted = vec![false; tokens.len()];
    for at in 0..tokens.len() {
        let pair = tokens.get(at + 1).map(|next| format!("{} {next}", tokens[at]));
        let is_thousand = matches!(tokens[at], "1,000" | "1.000" | "1'000" | "1’000" | "'000" | "000" | "1000");
        let before = at.checked_sub(1);
        // "Materiality 500 k€" is a figure, and so is "Budget 1,000 EUR".
        let leads = |before: usize| {
            ["in", "en", "à", "a"].contains(&words[before].as_str())
                || AMOUNTS.contains(&words[before].as_str())
                || !has_digit(before) && heading_unit(tokens[before]).1.is_some()
        };
        let is_figure =
            if is_thousand { !before.is_some_and(leads) } else { has_digit(at) || before.is_some_and(has_digit) };
        if is_figure {
            continue;
        }
        // "en miles de euros", "migliaia di euro"
        let is_word = ["miles", "migliaia", "milliers", "duizenden"].contains(&words[at].as_str());
        let alone = heading_unit(tokens[at]).0.or(is_word.then_some(Decimal::ONE_THOUSAND));
        // "k EUR", "EUR m"
        let is_letter = tokens[at].chars().count() == 1;
        let behind = before.map(|before| format!("{} {}", tokens[before], tokens[at]));
        let joined = [pair, behind].into_iter().flatten().filter(|_| is_letter).find_map(|pair| heading_unit(&pair).0);
        if let Some(value) = alone.or(joined) {
            counted[at] = true;
            unit = unit.or(Some(value));
        }
    }
    let currency = heading_unit(clause).1;
    if unit.is_none() && (currency.is_none() || !speaks) {
        return None;
    }
    let is_money = |at: usize| counted[at] || heading_unit(tokens[at]).1.is_some();
    let said = |at: usize| {
        let word = words[at].as_str();
        AMOUNTS.contains(&word) || PLAIN.contains(&word) || is_money(at) || word.is_empty()
    };
    Some(Aside { unit, currency, is_of_all: (0..tokens.len()).all(said) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(line: &str) -> Option<(Option<u64>, Option<&'static str>, bool)> {
        let found = aside(line)?;
        let unit = found.unit.map(|unit| u64::try_from(unit).unwrap());
        let known = ["EUR", "USD", "CHF", "$"];
        let currency = found.currency.map(|code| *known.iter().find(|known| **known == code).unwrap());
        Some((unit, currency, found.is_of_all))
    }

    #[test]
    fn a_line_outside_of_a_table_tells_what_its_amounts_count_in() {
        let all = |unit: u64, currency| Some((Some(unit), currency, true));
        for (line, is) in [
            ("All amounts in k€", all(1_000, Some("EUR"))),
            ("Amounts in thousands of USD", all(1_000, Some("USD"))),
            ("All figures in thousands", all(1_000, None)),
            ("Alle Beträge in T€", all(1_000, Some("EUR"))),
            ("Angaben in Tsd. EUR", all(1_000, Some("EUR"))),
            ("(in TEUR)", all(1_000, Some("EUR"))),
            ("Einheit: T EUR", all(1_000, Some("EUR"))),
            ("Unit: 1,000 EUR", all(1_000, Some("EUR"))),
            ("Montants en k€", all(1_000, Some("EUR"))),
            ("Importi in migliaia di euro", all(1_000, Some("EUR"))),
            ("Montants en milliers d'euros", all(1_000, Some("EUR"))),
            ("Bedragen in duizenden euro's", all(1_000, Some("EUR"))),
            ("Values in CHF million", all(1_000_000, Some("CHF"))),
            ("Values in $ '000", all(1_000, Some("$"))),
            ("Note: all amounts in T€, frequencies per month", all(1_000, Some("EUR"))),
            ("All amounts in USD", Some((None, Some("USD"), true))),
            ("Risk register 2026 (k€)", Some((Some(1_000), Some("EUR"), false))),
            ("Losses in k€, costs in EUR", Some((Some(1_000), Some("EUR"), false))),
            ("Materiality 500 k€", None),
            ("Materiality: EUR 500k", None),
            ("Budget 1,000 EUR", None),
            ("Risk register of the Frankfurt plant", None),
            ("1 USD = 0.92 EUR", None),
            ("T. Meier, 2026", None),
        ] {
            assert_eq!(says(line), is, "{line}");
        }
    }
}
