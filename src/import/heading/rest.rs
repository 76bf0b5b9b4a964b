//! What does a heading say beyond its role, and is it understood?
//!
//! "Loss per record", "Cost saving" and "Frequency per site" hold other quantities than a loss, a cost and a frequency.
//! A word that changes the quantity is a doubt, to be answered in the mapping. A word that nobody here knows is asked.

use super::phrases::{AFTER, FROM, INHERENT, LIKELY, LOWER, PHRASES, POINTS, TODAY, UP_TO, UPPER};
use super::{Meaning, Phase, Role, is_one_of, is_point, split};
use crate::import::number::heading_unit;
use crate::import::span::{Span, span};
use crate::units::reading::cell;

/// What is left of a heading without the words of its role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rest {
    /// Why the column may hold another quantity, and what it may be.
    pub doubt: Option<(String, Vec<Role>)>,
    /// Words that are not understood.
    pub unknown: Vec<String>,
}

/// Words that leave the quantity what it is.
const PLAIN: &str = "in|of|the|to|at|is|as|by|for|on|with|and|or|a|an|der|die|das|des|dem|den|im|je|und|oder|mit|von|für|zu|du|de|\
    la|le|les|et|ou|d|l|del|el|los|y|o|di|da|il|lo|e|van|het|en|average|avg|mean|expected|estimated|estimate|est|ca|approx|\
    approximate|current|durchschnitt|durchschnittlich|durchschnittliche|durchschnittlicher|mittel|mittlere|mittlerer|\
    mittleres|moyen|moyenne|medio|media|promedio|gemiddeld|gemiddelde|geschätzt|geschätzte|geschätzter|erwartet|erwartete|\
    erwarteter|estimé|estimée|estimado|estimada|stimato|stimata|geschat|geschatte|financial|finanziell|finanzielle|\
    finanzieller|financier|financière|financiero|finanziario|financieel|financiële|monetary|monetär|monetärer|monetaire|\
    business|amount|value|wert|betrag|montant|valeur|importe|valor|importo|valore|bedrag|waarde|potential|potenziell|\
    potenzieller|number|anzahl|nombre|número|numero|aantal|n°|no|how|often|many|wie|oft|score|rating|level|scale|stufe|\
    skala|class|1|h|m|l|vh|vl|yes|no|ja|nein|percent|prozent|percentage|currency|währung|full|gesamt|control|controls|\
    measure|measures|mitigation|treatment|maßnahme|maßnahmen|massnahme|massnahmen|mesure|mesures|medida|medidas|misura|\
    misure|maatregel|maatregelen|safeguard|safeguards|risk|risks|risiko|risiken|risque|riesgo|rischio|risico|single|one|\
    einzel|einzelner|each|every|once|new|neu|neue|planned|proposed|additional|implementation|once|year|jahr";
/// What is counted when something happens.
const EVENT: &str = "event|events|incident|incidents|occurrence|occurrences|case|cases|loss|losses|time|times|fall|fälle|vorfall|\
    vorfälle|ereignis|ereignisse|schadensfall|schadenfall|eintritt|mal|sinistre|sinistres|événement|événements|fois|evento|\
    eventos|eventi|incidente|incidentes|incidenti|incidenten|vez|veces|volta|volte|gebeurtenis|gebeurtenissen|keer|breach|\
    breaches|claim|claims|scenario|szenario|risk|risiko|control|measure|maßnahme|massnahme";
/// Working time, and what it is said in.
const EFFORT: &str = "person|persons|people|personen|personnel|man|mann|fte|fte's|ftes|pt|pts|md|mds|mandays|manday|manntage|\
    personentage|arbeitstage|arbeitsstunden|personenstunden|effort|aufwand|workload|homme|hommes|etp|persona|personas|\
    uomo|mensdagen";
const SAVED: &str = "saving|savings|saved|avoided|avoidance|benefit|benefits|ersparnis|ersparnisse|einsparung|einsparungen|eingespart|\
    nutzen|vermieden|vermiedene|vermiedener|économie|économies|évité|évitée|évités|ahorro|ahorros|evitado|evitada|risparmio|\
    risparmi|evitato|evitata|besparing|besparingen|vermeden|rosi|roi|return";
const INSURED: &str = "insurance|insured|uninsured|insurer|deductible|premium|versicherung|versichert|versicherte|selbstbehalt|prämie|\
    assurance|assuré|franchise|prime|seguro|asegurado|prima|franquicia|assicurazione|assicurato|franchigia|premio|verzekering|\
    verzekerd|tax|taxes|steuer|steuern|impôt|impôts|impuestos|imposte|belasting|recovery|recoveries|reimbursement";
const SUMMED: &str = "total|totals|cumulative|cumulated|cumulé|cumulée|sum|summe|kumuliert|kumulierter|kumulierte|gesamtschaden|\
    gesamtverlust|aggregate|aggregated|totale|totales|acumulado|acumulada|cumulativo|cumulativa|totaal|gecumuleerd|portfolio";
const IN_PLACE: &str = "existing|current|today|bestehend|bestehende|bestehender|vorhanden|vorhandene|heutige|aktuelle|existant|existante|\
    existantes|actuel|actuelle|existente|existentes|actual|esistente|esistenti|attuale|bestaande|huidige";
const TRIED: &str = "threat|threats|attempt|attempts|attempted|attack|attacks|contact|contacts|tef|bedrohung|bedrohungen|bedrohungs|\
    bedrohungshäufigkeit|angriff|angriffe|angriffs|angriffshäufigkeit|versuch|versuche|tentative|tentatives|attaque|attaques|\
    menace|amenaza|amenazas|ataque|ataques|intentos|minaccia|minacce|attacchi|attacco|tentativi|dreiging|aanval|aanvallen|\
    pogingen|alerts|near";
const SUFFERED: &str = "incident|incidents|event|events|breach|breaches|response|recovery|restoration|downtime|outage|cleanup|\
    remediation|disruption|interruption|vorfall|vorfalls|vorfälle|ereignis|ausfall|ausfalls|wiederherstellung|störung|\
    schadensfall|sinistre|reprise|panne|incidente|incidentes|recuperación|interrupción|ripristino|interruzione|herstel|uitval";

/// The roles of one quantity: their words are understood beside each other.
fn family(role: Role) -> impl Fn(Role) -> bool {
    move |other| {
        let kind = |role: Role| match role {
            Role::Effect => 0,
            Role::CostOnce | Role::CostYearly | Role::Cost => 1,
            role if role.is_money() || role == Role::Score => 2,
            _ => 3,
        };
        other.is_numeric() && kind(other) == kind(role)
    }
}

/// The words of a heading, "/" read as per, unless it stands between single letters: `(H/M/L)`.
fn parts(heading: &str) -> Vec<String> {
    let letters: Vec<char> = heading.chars().collect();
    let is_long = |at: usize| {
        let rest = &letters[at.min(letters.len())..];
        rest.iter().take_while(|c| c.is_alphabetic()).count() > 1
    };
    let spaced: String = letters
        .iter()
        .enumerate()
        .map(|(at, c)| if *c == '/' && is_long(at + 1) { " per ".to_owned() } else { c.to_string() })
        .collect();
    split(&spaced)
}

/// What a heading of numbers says beyond its role.
pub fn rest(heading: &str, meaning: Meaning) -> Rest {
    let role = meaning.role;
    if !role.is_numeric() {
        return Rest::default();
    }
    let words = parts(heading);
    let alike = family(role);
    let in_role = |word: &str| {
        PHRASES
            .iter()
            .filter(|(other, _)| alike(*other))
            .any(|(_, phrases)| phrases.split(['|', ' ']).any(|known| known == word))
    };
    let is_time =
        |word: &str| cell::a_year(word).is_some() || matches!(word, "p" | "a" | "annum" | "decade" | "decades");
    let is_money_word = |word: &str| {
        cell::multiple(word).is_some()
            || cell::currency(word).is_some()
            || cell::currency(&word.to_uppercase()).is_some()
            || heading_unit(&word.to_uppercase()) != (None, None)
            || matches!(word, "k" | "t" | "m")
    };
    let is_number = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit()) && year(word).is_none() || cell::count(word).is_some()
    };
    let lists = [PLAIN, EVENT, AFTER, INHERENT, TODAY, LOWER, UPPER, LIKELY, FROM, UP_TO, POINTS];
    let is_understood = |word: &str| {
        lists.iter().any(|list| is_one_of(word, list))
            || is_point(word)
            || in_role(word)
            || is_time(word)
            || is_number(word)
            || cell::is_per(word)
            || is_money_word(word)
    };
    let unknown: Vec<String> = words.iter().filter(|word| !is_understood(word)).cloned().collect();
    let found = |list: &str| words.iter().find(|word| is_one_of(word, list));
    let is_cost = matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly);
    let is_money = role.is_money();
    let is_rate = !is_money && role != Role::Effect;
    let same = || vec![role];
    let doubt = |message: String, roles: Vec<Role>| Rest { doubt: Some((message, roles)), unknown: Vec::new() };
    if let Some(other) = counted_by(&words, is_money, |word| {
        is_one_of(word, EVENT) || is_money_word(word) || in_role(word) && !is_one_of(word, SAVED)
    }) {
        let message =
            format!("the heading counts per {other}, and not for all of them: is this the figure of the whole?");
        return doubt(message, same());
    }
    if is_money {
        if let Some(word) = found(SAVED) {
            return doubt(format!("\"{word}\" speaks of what is saved: is this what it costs?"), same());
        }
        if let Some(word) = found(INSURED).filter(|word| !(is_cost && is_one_of(word, SUFFERED))) {
            return doubt(format!("\"{word}\" stands in the heading: is this the whole amount?"), same());
        }
        let span = span(heading);
        let is_effort = found(EFFORT).cloned().or_else(|| matches!(span, Span::Bare(_)).then(|| "time".to_owned()));
        if let Some(word) = is_effort {
            return doubt(format!("the heading speaks of working time ({word}): is this an amount of money?"), same());
        }
        let years = words.iter().filter(|word| year(word).is_some()).count();
        if years > 1 || matches!(span, Span::Many { .. } | Span::Between(_)) {
            return doubt("the heading speaks of several years: is this the amount of one?".into(), same());
        }
    }
    if is_cost {
        if let Some(word) = found(IN_PLACE) {
            return doubt(
                format!("\"{word}\" speaks of what is in place: is this the price of the measure of the row?"),
                same(),
            );
        }
        if let Some(word) = found(SUFFERED) {
            let message = format!("is this what \"{word}\" costs when it happens, or the price of a measure?");
            return doubt(message, vec![Role::Loss, role]);
        }
    } else if let Some(word) = found(SUMMED).filter(|_| is_money && role != Role::Expected) {
        return doubt(format!("\"{word}\": is this what one event costs, or several together?"), same());
    }
    if (is_cost || role == Role::Effect) && [LOWER, UPPER].iter().any(|list| found(list).is_some()) {
        return doubt("the heading speaks of one end of a range: is this the figure to take?".into(), same());
    }
    if is_rate {
        if let Some(word) = found(TRIED) {
            return doubt(format!("\"{word}\" speaks of attempts: do all of them end in a loss?"), same());
        }
        let years: Vec<u64> = words.iter().filter_map(|word| year(word)).collect();
        if years.len() > 1 {
            return doubt("the heading speaks of several years: is this the number of one year?".into(), same());
        }
    }
    // "Loss before netting": before and after something that is no measure, for all that is known.
    if let (Some(word), true) = (unknown.first(), meaning.phase != Phase::Unsaid && !is_cost) {
        let message = format!("\"{word}\" is not known: is this before or after the measures of the row?");
        return doubt(message, same());
    }
    Rest { doubt: None, unknown }
}

/// What a heading counts by: the record of "Loss per record".
fn counted_by(words: &[String], is_money: bool, is_whole: impl Fn(&str) -> bool) -> Option<String> {
    const PER: &str = "per|pro|je|par|por|each|every|chaque|cada|ogni|elke|jede|jeden|jedes";
    const AND: &str = "and|und|et|y|e|en|per|of";
    let mut after = false;
    for (at, word) in words.iter().enumerate() {
        let is_end = |word: &str| is_one_of(word, PER) || cell::is_per(word) && word.chars().count() > 2;
        if is_end(word) {
            after = true;
            continue;
        }
        if !after || word.bytes().all(|byte| byte.is_ascii_digit()) || cell::count(word).is_some() {
            continue;
        }
        if matches!(word.as_str(), "p" | "a" | "annum" | "decade" | "decades")
            || is_one_of(word, "jahrzehnt|décennie|década|decennio|decennium")
        {
            after = words.get(at + 1).is_some_and(|next| is_one_of(next, AND));
            continue;
        }
        if let Some(times) = cell::a_year(word) {
            // A rate of work: "Cost per day".
            if is_money && times > 52 {
                return Some(word.clone());
            }
            after = words.get(at + 1).is_some_and(|next| is_one_of(next, AND));
            continue;
        }
        if is_one_of(word, AND) {
            continue;
        }
        if !is_whole(word) {
            return Some(word.clone());
        }
        after = false;
    }
    None
}

/// A year of the calendar.
fn year(word: &str) -> Option<u64> {
    word.parse().ok().filter(|year| word.len() == 4 && (1950..2100).contains(year))
}
