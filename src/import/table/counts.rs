//! What do lines outside of a table say of its figures: `All amounts in k€`, `Frequencies per month`, `Losses are net of
//! insurance`?

use super::{Column, Table};
use crate::import::grid::{Cell, Row, Sheet};
use crate::import::heading::{Role, counts_events, counts_per, is_one_of, speaks_of_insurance, split, year};
use crate::import::number::heading_unit;
use crate::import::place::{Finding, Place, shortened};
use crate::import::span::{Span, span};
use crate::units::reading::aside::{Aside, aside};
use crate::units::reading::cell;

/// A line outside of a table that says something of its figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    place: Place,
    /// What it says of amounts.
    amounts: Option<Aside>,
    /// Of which time it says that its frequencies are.
    of_often: Option<Span>,
    /// It says of which time its losses are, or of what other thing than an event, or that insurers have paid.
    is_of_losses: bool,
    /// Of which time it says that its prices are.
    of_prices: Option<Span>,
    /// It says of what its prices are the price of one: `per user`.
    is_per: bool,
    /// It is a heading between the rows that names a currency.
    is_section: bool,
}

/// Words for losses, for prices, and for all amounts.
const LOSSES: &str = "loss|losses|impact|impacts|damage|damages|schaden|schäden|verlust|verluste|perte|pertes|pérdida|\
    pérdidas|perdita|perdite|schade|verliezen";
/// Words for before or after what insurers pay.
const NET: &str = "net|gross|after|before|less|excluding|including|without|with|netto|brutto|nach|vor|abzüglich|ohne|mit|nette|\
    nettes|brut|brutes|après|avant|hors|neto|netas|bruto|después|antes|sin|nette|lordo|lorde|dopo|prima|na|voor|zonder";
const PRICES: &str =
    "cost|costs|price|prices|kosten|preise|coût|coûts|prix|costo|costos|coste|costes|costi|prezzi|prijzen";
const ALL: &str = "amounts|figures|values|beträge|angaben|werte|zahlen|montants|valeurs|chiffres|importes|cifras|valores|\
    importi|valori|cifre|bedragen|cijfers|waarden";

/// Of which time a line says that the table is: `Observation period: 5 years`, `Period 2019-2023`.
fn period(line: &str) -> Option<Span> {
    const PERIODS: &str = "period|horizon|zeitraum|betrachtungszeitraum|beobachtungszeitraum|horizont|zeithorizont|période|\
        horizonte|período|periodo|orizzonte|periode|tijdshorizon";
    let all = split(line);
    let years = all.iter().filter(|word| year(word).is_some()).count();
    let found = match span(line) {
        Span::Many { count, .. } if count > 1 => span(line),
        _ if years > 1 => Span::Bare(1),
        _ => return None,
    };
    let is_period = all.len() <= 8 && all.iter().any(|word| is_one_of(word, PERIODS));
    is_period.then_some(found)
}

/// What a line says of amounts that are multiplied: `Values multiplied by 1000`.
fn multiplied(line: &str) -> Option<Aside> {
    const TIMES: &str =
        "multiplied|multiply|times|multipliziert|mal|multiplié|multipliés|multiplicados|moltiplicati|vermenigvuldigd";
    let all = split(line);
    let unit = all.iter().filter_map(|word| word.parse::<u32>().ok()).find(|unit| matches!(unit, 1_000 | 1_000_000))?;
    let is_said = all.iter().any(|word| is_one_of(word, TIMES))
        && all.iter().any(|word| is_one_of(word, ALL) || is_one_of(word, LOSSES));
    is_said.then(|| Aside { unit: Some(unit.into()), currency: None, is_of_all: false })
}

impl Line {
    /// Of a row, where it says something.
    pub fn of(row: &Row, file: &str, sheet: &Sheet) -> Option<Self> {
        let texts: Vec<&str> =
            row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let text = texts.join(" ");
        let amounts = aside(&text).or_else(|| multiplied(&text));
        let is_said = |span: &Span| !matches!(span, Span::Unsaid | Span::Unit(1) | Span::Between(_));
        let clauses = || text.split([',', ';', '.', '\n']);
        let of_often = period(&text).or_else(|| {
            clauses().find_map(|clause| Some(span(clause)).filter(is_said).filter(|_| counts_events(&split(clause))))
        });
        let (mut is_of_losses, mut of_prices, mut is_per) = (false, None, false);
        for clause in clauses() {
            let all = split(clause);
            let speaks = |list: &str| all.iter().any(|word| is_one_of(word, list) || is_one_of(word, ALL));
            // "Jahreswerte", "pertes annuelles"
            const TIMED: [&str; 10] =
                ["jahres", "jährlich", "monats", "monatlich", "annu", "anual", "mensu", "jaar", "maand", "trimest"];
            let is_named = |word: &String| TIMED.iter().any(|begin| word.starts_with(begin));
            let is_timed = matches!(span(clause), Span::Unit(_) | Span::Many { .. }) || all.iter().any(is_named);
            let is_net = || speaks_of_insurance(clause) && all.iter().any(|word| is_one_of(word, NET));
            let is_of_one = counts_per(clause).is_some_and(|one| cell::a_year(&one).is_none());
            const OF_WHICH: &str = "percentile|percentiles|worst|maximum|maximal|p95|p90|p99|perzentil|schlimmste|höchste|\
                excluding|exclude|excludes|including|include|includes|share|credible";
            let is_of_which = all.iter().any(|word| is_one_of(word, OF_WHICH) || is_one_of(word, "quantile|quantil"));
            is_of_losses |= speaks(LOSSES) && (is_timed || is_of_one || is_net() || is_of_which);
            // "Per plant", "Group share 50%"
            is_of_losses |= all.len() <= 4 && (is_of_one || is_of_which && clause.contains('%'));
            is_per |= speaks(PRICES) && is_of_one;
            of_prices = of_prices.or((speaks(PRICES) && is_timed).then(|| span(clause)));
        }
        let place = Place { text, ..sheet.row_place(file, row.number) };
        let line = Self { place, amounts, of_often, is_of_losses, of_prices, is_per, is_section: false };
        let says = line.amounts.is_some() || of_often.is_some() || is_of_losses || of_prices.is_some() || is_per;
        says.then_some(line)
    }

    /// Of a heading between the rows that names a currency: `Switzerland – CHF`.
    pub fn of_section(row: &Row, file: &str, sheet: &Sheet) -> Option<Self> {
        let text = row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| cell.text.clone())?;
        let is_short = split(&text).len() <= 6 && !text.contains(|c: char| c.is_ascii_digit());
        let currency = heading_unit(&text).1.filter(|_| is_short && row.filled() == 1)?;
        let amounts = Some(Aside { unit: None, currency: Some(currency), is_of_all: false });
        let place = Place { text, ..sheet.row_place(file, row.number) };
        Some(Self { place, amounts, is_section: true, ..Self::default() })
    }

    /// Of the name of a sheet: `Register (T€)`.
    pub fn of_name(file: &str, sheet: &Sheet) -> Option<Self> {
        let cells = vec![Cell::text(&sheet.name)];
        Self::of(&Row { cells, length: 1, ..Row::default() }, file, sheet).filter(|line| line.amounts.is_some())
    }

    /// The same of a sheet that has no table: it may speak of another one.
    #[must_use]
    pub fn elsewhere(mut self) -> Self {
        self.is_of_some();
        self
    }

    /// What it says of amounts is not said of all of them.
    pub fn is_of_some(&mut self) {
        self.amounts.iter_mut().for_each(|amounts| amounts.is_of_all = false);
    }

    /// Whether it names frequencies as such.
    fn speaks_of_frequencies(&self) -> bool {
        const BEGIN: [&str; 4] = ["frequen", "fréquen", "frecuen", "häufig"];
        split(&self.place.text).iter().any(|word| BEGIN.iter().any(|begin| word.starts_with(begin)))
    }

    /// Whether it says what amounts are counted in.
    pub fn counts(&self) -> bool {
        self.amounts.as_ref().is_some_and(|amounts| amounts.unit.is_some())
    }

    /// What is told of it where it says nothing of what the amounts are counted in.
    pub fn note(&self) -> Option<Finding> {
        let message = format!("asked of the figures that it speaks of: {}", shortened(&self.place.text));
        self.amounts.is_none().then(|| Finding::note(Some(self.place.clone()), message))
    }

    /// The currency that it names.
    pub fn currency(&self) -> Option<&str> {
        self.amounts.as_ref()?.currency.as_deref()
    }
}

impl Table<'_> {
    /// Takes what the lines say where they leave no doubt, and tells so.
    pub fn count(&mut self, findings: &mut Vec<Finding>) {
        let said: Vec<(&Place, &Aside)> =
            self.lines.iter().filter_map(|line| Some((&line.place, line.amounts.as_ref()?))).collect();
        let Some((place, first)) = said.first().copied() else { return };
        if !said
            .iter()
            .all(|(_, other)| other.is_of_all && (other.unit, &other.currency) == (first.unit, &first.currency))
        {
            return;
        }
        self.counts = (first.unit, first.currency.clone());
        if let Some(unit) = first.unit {
            let message = format!("amounts that name no unit of their own were multiplied by {unit}");
            findings.push(Finding::note(Some(place.clone()), message));
        } else if let Some(currency) = &first.currency {
            findings
                .push(Finding::note(Some(place.clone()), format!("amounts that name no currency are in {currency}")));
        }
    }

    /// What must be asked of the figures of a column, for lines that leave a doubt.
    pub fn doubt(&self, column: &Column) -> Option<String> {
        let role = column.meaning?.role;
        let own = heading_unit(&column.heading);
        let words = |line: &Line| shortened(&line.place.text);
        if role.is_money() && own.0.is_none() {
            let is_open = self.counts.0.is_none() || own.1.is_some();
            let counts = |line: &&Line| line.amounts.as_ref().is_some_and(|said| said.unit.is_some()) && is_open;
            let open = |line: &&Line| counts(line) || line.is_section && own.1.is_none();
            // On another sheet, of amounts that name no currency.
            let other = || self.others.first().filter(|_| own.1.is_none() && self.counts.0.is_none());
            if let Some(line) = self.lines.iter().find(open).or_else(other) {
                return Some(format!("is this amount counted as \"{}\" says?", words(line)));
            }
        }
        if role.is_loss() {
            let line = self.lines.iter().find(|line| line.is_of_losses)?;
            let what = "is this what one event costs, before insurers pay?";
            return Some(format!("{what} A line beside the table says \"{}\"", words(line)));
        }
        if matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly) {
            let own = span(&column.heading);
            let is_other = |line: &&Line| line.is_per || line.of_prices.is_some_and(|span| span != own);
            let line = self.lines.iter().find(is_other)?;
            return Some(format!("is this price as \"{}\" says?", words(line)));
        }
        if role.is_money() {
            return None;
        }
        let own = span(&column.heading);
        // "Incidents in the last 5 years: 12" contradicts no heading that states a time.
        let is_other = |line: &&Line| {
            line.of_often.is_some_and(|span| span != own) && (own == Span::Unsaid || line.speaks_of_frequencies())
        };
        let line = self.lines.iter().find(is_other)?;
        role.is_often().then(|| format!("of which time is this? A line beside the table says \"{}\"", words(line)))
    }
}
