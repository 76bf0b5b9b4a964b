//! Which rows of a table add up others, speak of their average, or are remarks?

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{Column, is_number};
use crate::import::grid::Row;
use crate::import::heading::{Guess, Role, is_one_of, words};
use crate::import::number::{amount, is_blank_cell};

/// Tells rows that add up those above them.
pub struct Totals {
    /// Columns of names.
    pub names: Vec<usize>,
    /// Of these, columns of risks.
    risks: Vec<usize>,
    ids: Vec<usize>,
    /// Ids of which others are parts: the `1` of `1.1` and `1.2`.
    wholes: HashSet<String>,
    often: Vec<usize>,
    /// Columns of amounts, with the sum of the rows since the last total and of all.
    sums: Vec<(usize, [Decimal; 2])>,
}

impl Totals {
    /// By the headings of a table.
    pub fn of(columns: &[Column]) -> Self {
        let of = |wanted: fn(Role) -> bool| -> Vec<usize> {
            let is_wanted = |guess: &Guess| matches!(guess, Guess::Clear(meaning) if wanted(meaning.role));
            columns.iter().filter(|column| is_wanted(&column.guess)).map(|column| column.index).collect()
        };
        Self {
            names: of(|role| matches!(role, Role::Name | Role::Control)),
            risks: of(|role| role == Role::Name),
            ids: of(|role| role == Role::Id),
            wholes: HashSet::new(),
            often: of(|role| matches!(role, Role::Frequency | Role::Likelihood)),
            sums: of(Role::is_money).into_iter().map(|column| (column, [Decimal::ZERO; 2])).collect(),
        }
    }

    /// Whether a row names a risk.
    pub fn names_risk(&self, row: &Row) -> bool {
        self.risks.iter().any(|risk| !row.text(*risk).is_empty())
    }

    /// Learns from all rows which ids have parts.
    pub fn learn(&mut self, rows: &[Row]) {
        let ids = rows.iter().flat_map(|row| self.ids.iter().map(|id| row.text(*id)));
        let wholes = ids.filter_map(|id| id.trim_end_matches('.').rsplit_once('.'));
        self.wholes = wholes.map(|(whole, _)| whole.to_owned()).filter(|whole| !whole.is_empty()).collect();
    }

    /// The id of a row that others are parts of.
    pub fn whole<'r>(&self, row: &'r Row) -> Option<&'r str> {
        let ids = self.ids.iter().map(|id| row.text(*id).trim_end_matches('.'));
        ids.into_iter().find(|id| self.wholes.contains(*id))
    }

    /// What a row names.
    pub fn name<'r>(&self, row: &'r Row) -> &'r str {
        self.names.iter().map(|name| row.text(*name)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// A row that is no total.
    pub fn add(&mut self, row: &Row) {
        for (column, sums) in &mut self.sums {
            let value = number(row, *column).unwrap_or_default();
            sums.iter_mut().for_each(|sum| *sum = sum.checked_add(value).unwrap_or(*sum));
        }
    }

    /// Whether a row is a total, by its words, or by its words and sums.
    pub fn is_total(&mut self, row: &Row) -> bool {
        let first = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
        let mut texts = self.names.iter().map(|name| row.text(*name)).chain([first]);
        let Some(name) = texts.find(|text| starts_with_word(text, TOTALS) || starts_with_word(text, PARTS)) else {
            return false;
        };
        // "Total loss of the building" is a risk, and happens.
        let is_plain = words(name).iter().all(|word| TOTAL_WORDS.contains(&word.as_str()));
        let is_never = self.often.iter().all(|column| is_blank_cell(row.text(*column)));
        let adds_up = self
            .sums
            .iter()
            .any(|(column, sums)| number(row, *column).is_some_and(|value| !value.is_zero() && sums.contains(&value)));
        let is_total = starts_with_word(name, PARTS) || is_plain || is_never || adds_up;
        if is_total {
            self.sums.iter_mut().for_each(|(_, sums)| sums[0] = Decimal::ZERO);
        }
        is_total
    }
}

/// The number of a cell, as far as it has one reading.
fn number(row: &Row, column: usize) -> Option<Decimal> {
    let cell = row.cells.get(column)?;
    let read = || amount(&cell.text, None).ok().map(|found| found.value);
    cell.number.or_else(|| is_number(&cell.text).then(read).flatten())
}

/// Whether a row is a line drawn by signs: `|------|------|` of a table written as text.
pub fn is_rule(row: &Row) -> bool {
    let is_line = |text: &str| text.trim().chars().count() >= 3 && text.trim().chars().all(|c| "-=_:+| ".contains(c));
    row.cells.iter().filter(|cell| !cell.is_empty()).all(|cell| is_line(&cell.text)) && !row.is_empty()
}

/// Whether a cell says that its row is the largest of the others, or counts them.
pub fn is_summary(text: &str) -> bool {
    const SUMMARIES: &[&str] = &[
        "portfolio",
        "company total",
        "group total",
        "aggregate",
        "aggregated",
        "average risk",
        "mean risk",
        "ø risiko",
        "ø",
        "durchschnittsrisiko",
        "max",
        "maximum",
        "min",
        "minimum",
        "count",
        "number of risks",
        "anzahl",
        "anzahl risiken",
        "nombre",
        "nombre de risques",
        "número de riesgos",
        "numero di rischi",
        "aantal",
        "standard deviation",
        "stdev",
        "std dev",
        "standardabweichung",
        "écart type",
        "percentile",
        "p90",
        "p95",
    ];
    SUMMARIES.contains(&text.trim().trim_end_matches(':').trim_end().to_lowercase().as_str())
}

/// Words with which only the sum of a part begins.
const PARTS: &[&str] = &[
    "subtotal",
    "sub-total",
    "sub total",
    "zwischensumme",
    "teilsumme",
    "sous-total",
    "sous total",
    "subtotale",
    "subtotaal",
    "σ",
    "∑",
];

/// Whether a text begins with one of these words.
pub fn starts_with_word(text: &str, words: &[&str]) -> bool {
    let lower = text.trim().to_lowercase();
    words
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric())))
}

const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grand total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "somme",
    "suma",
    "totale",
    "somma",
    "totaal",
    "som",
    "overall",
    "portfolio total",
    "in total",
    "all risks",
    "alle risiken",
    "insgesamt",
    "übertrag",
    "carried forward",
    "ensemble",
    "conjunto",
    "expected annual loss",
    "annual loss expectancy",
    "overall exposure",
    "overall loss",
    "erwartungswert",
    "jahresschadenerwartung",
    "perte annuelle attendue",
];
/// Words that a total may be made of: "Grand total", "Summe aller Risiken".
const TOTAL_WORDS: &[&str] = &[
    "total",
    "totals",
    "grand",
    "overall",
    "sum",
    "subtotal",
    "sub",
    "all",
    "in",
    "insgesamt",
    "übertrag",
    "carried",
    "forward",
    "ensemble",
    "conjunto",
    "of",
    "risks",
    "portfolio",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "aller",
    "alle",
    "risiken",
    "somme",
    "sous",
    "total",
    "général",
    "générale",
    "general",
    "des",
    "risques",
    "suma",
    "totale",
    "generale",
    "somma",
    "totaal",
    "algemeen",
    "som",
    "eur",
    "usd",
    "chf",
    "gbp",
];
/// Whether what a row names is a level of a scale, or stands below the register and is a footer or a setting.
pub fn is_beside(name: &str, is_behind_gap: bool) -> bool {
    const LEVELS: &str = "level|levels|stufe|niveau|nivel|livello|low|very low|medium|moderate|high|very high|rare|\
        unlikely|possible|\
        likely|almost certain|niedrig|sehr niedrig|gering|mittel|hoch|sehr hoch|selten|möglich|wahrscheinlich|faible|\
        moyen|moyenne|\
        élevé|élevée|bajo|baja|medio|media|alto|alta|basso|bassa|laag|midden|hoog";
    const COLOURS: &str =
        "green|amber|yellow|orange|red|grün|gelb|rot|vert|jaune|rouge|verde|amarillo|rojo|giallo|rosso|groen|geel|rood";
    let lower = name.trim().trim_end_matches(':').trim_end().to_lowercase();
    let is_digit = lower.len() <= 2 && !lower.is_empty() && lower.bytes().all(|byte| byte.is_ascii_digit());
    let is_colour = || {
        let first = lower.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        is_one_of(first, COLOURS) && lower.contains(['=', ':', '–', '-'])
    };
    // "Limit", "Target 2026": what the rows are held against.
    const MEASURED: &str = "limit|limits|appetite|risk appetite|tolerance|risk tolerance|threshold|benchmark|target|goal|previous year|\
        prior year|last year|budget|example|sample|template|vorjahr|grenzwert|risikoappetit|toleranz|schwelle|zielwert|ziel|\
        beispiel|muster|vorlage|limite|seuil|appétence|année précédente|objectif|exemple|modèle|umbral|apetito|año anterior|\
        objetivo|ejemplo|soglia|appetito|anno precedente|obiettivo|esempio|drempel|risicobereidheid|vorig jaar|doel|voorbeeld|\
        cost|costs|price|prices|annual cost|annual costs|cost per year|yearly cost|running cost|one-off cost|kosten|preis|\
        kosten einmalig|einmalkosten|kosten p.a.|kosten pro jahr|jährliche kosten|laufende kosten|coût|coûts|coût annuel|prix|\
        coste|costes|coste anual|precio|costo|costi|costo annuo|prezzo|jaarlijkse kosten|prijs";
    let plain = lower.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
    let is_template = || {
        let first = lower.split_once(':').map(|(before, _)| before.trim());
        first.is_some_and(|word| {
            is_one_of(word, "example|sample|template|beispiel|muster|exemple|ejemplo|esempio|voorbeeld")
        }) || lower.starts_with('<') && lower.ends_with('>')
    };
    is_one_of(&lower, LEVELS)
        || is_one_of(plain, MEASURED)
        || is_template()
        || is_behind_gap && (is_digit || is_colour() || starts_with_word(&lower, FOOTERS))
}

/// What stands below a register, as its keeper signs it, and what a case assumes.
const FOOTERS: &[&str] = &[
    "approved",
    "approved by",
    "approval",
    "version",
    "reviewed",
    "next review",
    "last review",
    "prepared by",
    "author",
    "last update",
    "last updated",
    "erstellt",
    "erstellt von",
    "freigegeben",
    "freigabe",
    "geprüft",
    "stand",
    "validé",
    "approuvé",
    "rédigé",
    "aprobado",
    "approvato",
    "goedgekeurd",
    "versie",
    "horizon",
    "time horizon",
    "planning horizon",
    "wacc",
    "betrachtungszeitraum",
    "discount rate",
    "day rate",
    "hourly rate",
    "tax rate",
    "exchange rate",
    "currency rate",
    "kalkulationszins",
    "zinssatz",
    "stundensatz",
    "tagessatz",
    "wechselkurs",
    "steuersatz",
];

/// Words with which remarks begin.
pub const REMARKS: &[&str] = &[
    "remark",
    "remarks",
    "note",
    "notes",
    "comment",
    "legend",
    "source",
    "bemerkung",
    "anmerkung",
    "hinweis",
    "legende",
    "quelle",
    "remarque",
    "nota",
    "osservazione",
    "opmerking",
    "*",
    "†",
    "¹",
    "²",
    "³",
    "⁴",
    "⁵",
    "status:",
    "key",
];
