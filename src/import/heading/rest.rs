//! What does a heading say beyond its role, and is it understood?
//!
//! "Loss per record", "Cost saving" and "Frequency per site" hold other quantities than a loss, a cost and a frequency.
//! A word that changes the quantity is a doubt, to be answered in the mapping. A word that nobody here knows is asked.

use super::phrases::{
    AFTER, ARTICLES, ATTRIBUTES, COUNTING, FROM, INHERENT, LIKELY, LOWER, MEASURES, PHRASES, POINTS, REDUCES, TODAY,
    UP_TO, UPPER, WITH, WITHOUT,
};
use super::tokens::parts;
use super::{Meaning, Phase, Role, bracketed, is_one_of, is_point, split, words};
use crate::import::number::heading_unit;
use crate::import::span::{Span, span};
use crate::units::Currency;
use crate::units::reading::cell;
use crate::units::reading::heading::{HUNDREDS, doubtful_unit};

/// What is left of a heading without the words of its role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rest {
    /// Why the column may hold another quantity, and what it may be.
    pub doubt: Option<(String, Vec<Role>)>,
    /// Words that are not understood.
    pub unknown: Vec<String>,
    /// A heading of how often that may be that of something else.
    pub odd: Option<Odd>,
}

/// What tells that a heading of how often may be that of something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Odd {
    /// A word that speaks of another thing: the review of "Review frequency".
    Other(String),
    /// A word that nobody here knows beside no more than "rate" or "per year".
    Unknown(String),
}

/// What is done again and again to keep a measure, or what it does: no loss, and perhaps a price.
const SERVICE: &str = "review|reviews|audit|audits|test|tests|testing|tested|inspection|inspections|maintenance|\
    monitoring|backup|\
    backups|update|updates|patch|patches|patching|training|trainings|reporting|report|reports|meeting|meetings|rotation|\
    scan|scans|scanning|detection|discovery|response|prüfung|prüfungen|überprüfung|überprüfungen|revision|kontrolle|\
    kontrollen|schulung|schulungen|wartung|erkennung|détection|contrôle|contrôles|revue|formation|revisión|prueba|pruebas|\
    formación|detección|revisione|prova|prove|formazione|rilevamento|controle|opleiding|detectie";
/// What else happens so often, or is so much a year, or in the hundred.
const OTHER: &str = "coverage|compliance|adoption|availability|utilisation|\
    utilization|conversion|churn|discount|interest|exchange|fx|inflation|growth|tax|depreciation|amortisation|\
    amortization|afa|hourly|daily|salary|salaries|wage|wages|revenue|revenues|turnover|sales|profit|income|earnings|\
    budget|umsatz|gewinn|ertrag|erlös|abschreibung|abschreibungen|zins|zinsen|zinssatz|wechselkurs|stundensatz|tagessatz|\
    erkennungsrate|wachstum|intérêt|actualisation|chiffre|change|croissance|\
    interés|cambio|descuento|ingresos|interesse|cambio|sconto|ricavi|rente|wisselkoers|omzet";
/// What an amount may be beside prices.
const HELD: &str =
    "asset|assets|value|values|wert|vermögenswert|anlagewert|valeur|valor|valore|waarde|size|volume|staff|limit";

/// On what the measure of a heading such as `Lowers loss by` or `Frequency reduced to` acts, by the roles that its words
/// name.
pub(super) fn reduced(all: &[String], named: &[(usize, bool, Role)]) -> Option<Role> {
    const TO_WHAT: &str = "by|to|um|auf|de|à|en|al|del|di|met|tot|in|%";
    let at = all.iter().position(|word| is_one_of(word, REDUCES))?;
    // "Reduced frequency" is one, with the measure.
    let is_done = all[at].ends_with("ed") || all[at].starts_with("ge");
    let ends = all.last().is_some_and(|word| is_one_of(word, TO_WHAT));
    if is_done && !ends && !all.get(at + 1).is_some_and(|word| is_one_of(word, TO_WHAT)) {
        return None;
    }
    let names = |wanted: fn(Role) -> bool| named.iter().any(|(_, _, role)| wanted(*role));
    match (names(Role::is_often), names(|role| role.is_loss())) {
        (true, false) => Some(Role::EffectOnFrequency),
        (false, true) => Some(Role::EffectOnLoss),
        _ => Some(Role::Effect),
    }
}

/// Whether a heading speaks of something that is no price.
pub fn speaks_of_other(heading: &str) -> bool {
    split(heading)
        .iter()
        .any(|word| [OTHER, HELD, SAVED, INSURED, LIMITS, SUMMED].iter().any(|list| is_one_of(word, list)))
}

/// Whether a heading speaks of what insurers pay.
pub fn speaks_of_insurance(heading: &str) -> bool {
    const BEGIN: [&str; 5] = ["versicherung", "insur", "assuran", "assicura", "verzeker"];
    let is_of = |word: &String| is_one_of(word, INSURED) || BEGIN.iter().any(|begin| word.starts_with(begin));
    split(heading).iter().any(is_of)
}

/// Whether the heading of measures names one, as `Control MFA` does and `Mitigation planned` does not.
pub fn names_measure(heading: &str) -> bool {
    const SAID: &str = "required|needed|necessary|exists|available|recommended|possible|possibles|applied|defined|\
        identified|\
        action|actions|plan|plans|countermeasure|countermeasures|gegenmaßnahme|gegenmaßnahmen|barrier|barriers|remediation|\
        response|erforderlich|geplant|nötig|vorgesehen|prévue|prévues|prevista|previstas|previste|gepland";
    let is_said = |word: &str| [PLAIN, ATTRIBUTES, SAID].iter().any(|list| is_one_of(word, list));
    words(heading).iter().any(|word| word.chars().count() == 1 || !is_said(word))
}

/// The first word of the heading of measures that says of which kind they are and is not known here: the "detective" of
/// `Detective control`.
pub fn unknown_word(heading: &str) -> Option<String> {
    let in_role = |word: &str| {
        let phrases = PHRASES.iter().filter(|(role, _)| matches!(role, Role::Control | Role::Existing));
        phrases.flat_map(|(_, phrases)| phrases.split(['|', ' '])).any(|known| known == word)
    };
    let is_known = |word: &String| {
        is_one_of(word, PLAIN)
            || word.bytes().all(|byte| byte.is_ascii_digit())
            || word.chars().count() == 1
            || in_role(word)
    };
    words(heading).into_iter().find(|word| !is_known(word))
}

/// What works on a frequency as a factor.
const OF_FREQUENCY: &str = "vulnerability|susceptibility|verwundbarkeit|anfälligkeit|vulnérabilité|vulnerabilidad|\
    vulnerabilità|\
    kwetsbaarheid";
/// What works on an effect as one.
const OF_EFFECT: &str = "coverage|abdeckung|abdeckungsgrad|couverture|cobertura|copertura|dekking|reliability|\
    zuverlässigkeit|\
    fiabilité|fiabilidad|affidabilità|betrouwbaarheid";

/// What works on a price as one.
const OF_COST: &str = "quantity|quantities|qty|seats|licences|licenses|endpoints|devices|headcount|menge|stückzahl|\
    stück|lizenzen|\
    arbeitsplätze|quantité|licencias|licenze|cantidad|quantità|hoeveelheid|licenties";

/// The word of a heading that works on another column as a factor, where it names nothing else, and what that column
/// is of: `Vulnerability`, `Coverage`, `Quantity`.
pub fn factor(heading: &str) -> Option<(String, Role)> {
    let words = split(heading);
    [(OF_FREQUENCY, Role::Frequency), (OF_EFFECT, Role::Effect), (OF_COST, Role::Cost)].into_iter().find_map(
        |(list, role)| {
            let is_plain = |word: &String| is_one_of(word, list) || is_one_of(word, PLAIN);
            let word = words.iter().find(|word| is_one_of(word, list)).filter(|_| words.iter().all(is_plain))?;
            Some((word.clone(), role))
        },
    )
}

/// Words that leave the quantity what it is.
pub(super) const PLAIN: &str = "in|um|auf|sur|sobre|sull|sulla|sul|sulle|sugli|della|delle|dello|del|des|aan|without|ohne|avec|\
    sans|con|sin|\
    senza|zonder|tras|following|of|the|to|at|is|as|by|for|on|with|and|or|a|an|met|op|tegen|der|die|das|des|dem|den|im|\
    je|und|oder|mit|von|für|zu|du|de|\
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
    einzel|einzelner|each|every|once|new|neu|neue|lfd|laufend|laufende|planned|proposed|additional|implementation|\
    once|year|jahr|\
    last|past|since|seen|observed|next|letzten|letzte|vergangenen|bisher|dernières|derniers|dernier|observés|últimos|\
    últimas|\
    ultimi|laatste|afgelopen|return|period|mtbf|mean|between|failures|recurrence|interval|wiederkehrperiode|wiederkehrintervall|retour|période|\
    retorno|período|periodo|ritorno|tempo|terugkeertijd";
/// What is counted when something happens.
const EVENT: &str = "event|events|incident|incidents|occurrence|occurrences|case|cases|loss|losses|time|times|fall|\
    fälle|vorfall|\
    vorfälle|ereignis|ereignisse|schadensfall|schadenfall|eintritt|mal|sinistre|sinistres|événement|événements|fois|evento|\
    eventos|eventi|incidente|incidentes|incidenti|incidenten|vez|veces|volta|volte|gebeurtenis|gebeurtenissen|keer|breach|\
    breaches|claim|claims|scenario|szenario|risk|risiko|control|measure|maßnahme|massnahme";
/// Working time, and what it is said in.
const EFFORT: &str = "person|persons|people|personen|personnel|man|mann|fte|fte's|ftes|pt|pts|md|mds|mandays|manday|\
    manntage|\
    personentage|arbeitstage|arbeitsstunden|personenstunden|effort|aufwand|workload|homme|hommes|etp|persona|personas|\
    uomo|mensdagen";
/// Full-time posts.
const POSTS: &str = "fte|ftes|vzä|vzae|vzk|etp|vte";

/// Whether a word names full-time posts.
pub fn is_post(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    is_one_of(&word, POSTS)
}

/// Whether a heading or a cell counts full-time posts: `Staff (FTE)`, `0,5 VZÄ`.
pub fn counts_posts(text: &str) -> bool {
    text.len() < 60 && split(text).iter().any(|word| is_post(word))
}

const SAVED: &str = "saving|savings|saved|avoided|avoidance|benefit|benefits|ersparnis|ersparnisse|einsparung|\
    einsparungen|eingespart|\
    nutzen|vermieden|vermiedene|vermiedener|économie|économies|évité|évitée|évités|ahorro|ahorros|evitado|evitada|\
    risparmio|\
    risparmi|evitato|evitata|besparing|besparingen|vermeden|rosi|roi|return";
const INSURED: &str = "insurance|insured|uninsured|insurer|deductible|premium|versicherung|versichert|versicherte|\
    selbstbehalt|prämie|\
    assurance|assuré|franchise|prime|seguro|asegurado|prima|franquicia|assicurazione|assicurato|franchigia|premio|\
    verzekering|\
    verzekerd|tax|taxes|steuer|steuern|impôt|impôts|impuestos|imposte|belasting|recovery|recoveries|reimbursement";
const SUMMED: &str = "total|totals|cumulative|cumulated|cumulé|cumulée|sum|summe|kumuliert|kumulierter|kumulierte|\
    gesamtschaden|\
    gesamtverlust|aggregate|aggregated|totale|totales|acumulado|acumulada|cumulativo|cumulativa|totaal|gecumuleerd|\
    portfolio";
const IN_PLACE: &str = "sunk|spent|past|historical|bisherige|versunkene|existing|current|today|bestehend|bestehende|\
    bestehender|vorhanden|vorhandene|heutige|aktuelle|existant|existante|\
    existantes|actuel|actuelle|existente|existentes|actual|esistente|esistenti|attuale|bestaande|huidige";
const TRIED: &str = "threat|threats|attempt|attempts|attempted|attack|attacks|contact|contacts|tef|bedrohung|\
    bedrohungen|bedrohungs|\
    bedrohungshäufigkeit|angriff|angriffe|angriffs|angriffshäufigkeit|versuch|versuche|tentative|tentatives|attaque|\
    attaques|\
    menace|amenaza|amenazas|ataque|ataques|intentos|minaccia|minacce|attacchi|attacco|tentativi|dreiging|aanval|aanvallen|\
    pogingen|alerts|near";
const LIMITS: &str = "appetite|tolerance|threshold|limit|limits|prevented|preventable|mitigated|vermieden|vermiedener|\
    évité|évitée|evitado|evitada|evitato|evitata|vermeden|risikoappetit|risikotoleranz|schwelle|\
    schwellenwert|toleranz|appétence|tolérance|seuil|apetito|tolerancia|umbral|propensione|tolleranza|soglia|\
    risicobereidheid|tolerantie|drempel|verhindert|verhinderter";
const SUFFERED: &str = "legal|litigation|lawsuit|notification|forensic|forensics|replacement|fine|fines|penalty|penalties|\
    damage|damages|rechtskosten|anwaltskosten|anwalt|benachrichtigung|ersatz|ersatzkosten|wiederherstellungskosten|\
    ausfallkosten|schadenskosten|schadenkosten|strafe|strafen|bußgeld|incident|incidents|event|events|breach|breaches|\
    response|recovery|restoration|downtime|outage|cleanup|\
    remediation|disruption|interruption|vorfall|vorfalls|vorfälle|ereignis|ausfall|ausfalls|wiederherstellung|störung|\
    schadensfall|sinistre|reprise|panne|incidente|incidentes|recuperación|interrupción|ripristino|interruzione|\
    herstel|uitval";

/// What is left by a measure, or what it lacks.
const LACKING: &str = "gap|gaps|lack|lacking|missing|shortfall|deficit|remaining|unmitigated|residual|lücke|lücken|\
    fehlend|fehlende|\
    verbleibend|verbleibende|restrisiko|écart|manque|résiduel|résiduelle|brecha|falta|residual|carenza|scarto|residuo|\
    residua|\
    tekort|resterend|resterende";
/// Differences of percentages.
const POINTS_OF_PERCENT: &str = "points|prozentpunkte|prozentpunkten|pp|ppt|pps|puntos|punti|procentpunten";

/// The form of loss that a word of what an event costs names.
fn form_of(word: &str) -> Option<Role> {
    const FORMS: [(Role, &str); 4] = [
        (
            Role::LossResponse,
            "response|forensic|forensics|notification|legal|litigation|lawsuit|cleanup|remediation|recovery|restoration|\
             rechtskosten|anwaltskosten|benachrichtigung|wiederherstellung|wiederherstellungskosten",
        ),
        (Role::LossReplacement, "replacement|ersatz|ersatzkosten"),
        (Role::LossFines, "fine|fines|penalty|penalties|strafe|strafen|bußgeld"),
        (
            Role::LossProductivity,
            "downtime|outage|disruption|interruption|ausfallkosten|ausfall|ausfalls|panne|interrupción|interruzione|uitval",
        ),
    ];
    FORMS.iter().find(|(_, list)| is_one_of(word, list)).map(|(role, _)| *role)
}

/// The roles of one quantity: their words are understood beside each other.
fn family(role: Role) -> impl Fn(Role) -> bool {
    move |other| {
        let kind = |role: Role| match role {
            role if role.is_effect() => 0,
            Role::CostOnce | Role::CostYearly | Role::Cost => 1,
            role if role.is_money() || role == Role::Score => 2,
            _ => 3,
        };
        other.is_numeric() && kind(other) == kind(role)
    }
}

/// What a heading of numbers says beyond its role.
pub fn rest(heading: &str, meaning: Meaning) -> Rest {
    let role = meaning.role;
    if !role.is_numeric() {
        return Rest::default();
    }
    let words = parts(heading);
    let of_quantity = family(role);
    // "Effect on frequency" names what it acts on.
    let alike = |other: Role| {
        of_quantity(other)
            || role == Role::EffectOnFrequency && other.is_often()
            || role == Role::EffectOnLoss && (other == Role::Loss || Role::LOSS_ENDS.contains(&other))
    };
    let in_role = |word: &str| {
        PHRASES
            .iter()
            .filter(|(other, _)| alike(*other))
            .any(|(_, phrases)| phrases.split(['|', ' ']).any(|known| known == word))
            || role.is_effect() && is_one_of(word, REDUCES)
    };
    let is_time =
        |word: &str| cell::a_year(word).is_some() || matches!(word, "p" | "a" | "annum" | "decade" | "decades");
    let money = heading_unit(heading).1;
    let is_same = |one: &str, other: &str| {
        let names = |code: &str, sign: &str| Currency::from_code(code).is_some_and(|code| code.is_written(sign));
        one == other || names(one, other) || names(other, one)
    };
    // "dzd" is a thousand in Dutch and the dinar of Algeria: a code counts where the heading was read so.
    let is_money_word = |word: &str| {
        let is_read = |code: &String| money.as_ref().is_some_and(|money| is_same(money, code));
        cell::multiple(word).is_some()
            || cell::currency(word).is_some_and(|code| money.is_none() || is_read(&code))
            || cell::currency(&word.to_uppercase()).as_ref().is_some_and(is_read)
            || matches!(heading_unit(&word.to_uppercase()), (Some(_), _))
            || heading_unit(&word.to_uppercase()).1.as_ref().is_some_and(is_read)
            || matches!(word, "k" | "t" | "m" | "x")
    };
    let is_number = |word: &str| {
        word.bytes().all(|byte| byte.is_ascii_digit()) && year(word).is_none() || cell::count(word).is_some()
    };
    let lists = [
        PLAIN, EVENT, AFTER, INHERENT, TODAY, LOWER, UPPER, LIKELY, FROM, UP_TO, POINTS, WITH, WITHOUT, ARTICLES,
        MEASURES,
    ];
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
    let is_rate = role.is_often();
    let same = || vec![role];
    let doubt = |message: String, roles: Vec<Role>| Rest { doubt: Some((message, roles)), ..Rest::default() };
    let odd = if is_rate { odd(&words, &unknown, heading) } else { None };
    if matches!(odd, Some(Odd::Other(_))) {
        return Rest { odd, ..Rest::default() };
    }
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
        if let Some(word) = found(LIMITS) {
            return doubt(
                format!("\"{word}\" speaks of a limit, or of what did not happen: is this what one event costs?"),
                same(),
            );
        }
        if (is_cost || matches!(role, Role::Loss | Role::Expected)) && is_percent(heading) {
            return doubt("the heading speaks of percent: is this an amount of money?".into(), same());
        }
        const HOURS: &str = "hours|hour|hrs|hr|h|stunden|stunde|std|heures|heure|horas|hora|ore|ora|uren|uur";
        let inside = bracketed(heading);
        if !inside.is_empty() && inside.iter().all(|word| is_one_of(word, HOURS)) {
            return doubt("the heading counts in hours: is this an amount of money?".into(), same());
        }
        let (multiple, _) = heading_unit(heading);
        // "1 to 5" is a scale.
        let numbers: Vec<&String> =
            words.iter().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).collect();
        let is_scale = numbers.len() > 1 && words.iter().any(|word| word == "to") && numbers[0] == "1";
        let number = numbers.into_iter().find(|word| word.as_str() != "1").filter(|_| !is_scale);
        let is_bare = inside.is_empty() && matches!(span(heading), Span::Unsaid) && multiple.is_none();
        if let Some(number) = number.filter(|word| role == Role::Loss && is_bare && year(word).is_none()) {
            return doubt(
                format!("\"{number}\" of the heading: is this the loss of any event, or of one in so many?"),
                same(),
            );
        }
        if let Some(word) = found(HUNDREDS) {
            return doubt(
                format!(
                    "\"{word}\" of the heading is no multiple that is known: is each number so many times as much?"
                ),
                same(),
            );
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
        if let Some(year) = of_plan(heading) {
            let message = format!(
                "the price of year {year} alone: a case writes prices that differ by year as a list, `cost.yearly = [\"10k\", \"12k\"]`; leave the column out, and write the list into the case"
            );
            return doubt(message, vec![Role::Ignore, role]);
        }
        if let Some(word) = found(IN_PLACE) {
            return doubt(
                format!("\"{word}\" speaks of what is in place: is this the price of the measure of the row?"),
                same(),
            );
        }
        const RISKS: &str = "risk|risks|risiko|risiken|risque|riesgo|rischio|risico";
        const TREATMENTS: &str = "control|controls|measure|measures|mitigation|treatment|reduction|response|maßnahme|\
            maßnahmen|\
            massnahme|massnahmen|behandlung|minderung|mesure|mesures|traitement|medida|medidas|tratamiento|misura|misure|\
            trattamento|maatregel|maatregelen|behandeling";
        let of_risk = || found(RISKS).filter(|_| found(TREATMENTS).is_none());
        if let Some(word) = found(SUFFERED).or_else(of_risk) {
            let message = format!("is this what \"{word}\" costs when it happens, or the price of a measure?");
            return doubt(message, [form_of(word)].into_iter().flatten().chain([Role::Loss, role]).collect());
        }
    } else if let Some(word) = found(SUMMED).filter(|_| is_money && role != Role::Expected) {
        return doubt(format!("\"{word}\": is this what one event costs, or several together?"), same());
    }
    if let Some(word) = found(POINTS_OF_PERCENT).filter(|_| role.is_effect()) {
        let message = format!(
            "\"{word}\" speaks of percentage points: by which part of itself is the risk lowered? From 40% to 30% is 25%"
        );
        return doubt(message, same());
    }
    if let Some(word) = found("factor|faktor|facteur|fattore|multiplier|divisor").filter(|_| role.is_effect()) {
        let message =
            format!("\"{word}\": what is left, or what it is divided by? Write by which part the risk is lowered");
        return doubt(message, same());
    }
    let is_to = |word: &String| is_one_of(word, "to|auf|à|al|a|tot|naar");
    let falls = |word: &String| {
        is_one_of(word, REDUCES)
            || ["redu", "réduc", "ridu", "vermind", "senk", "lower"].iter().any(|one| word.starts_with(one))
    };
    if role.is_effect()
        && (words.windows(2).any(|pair| falls(&pair[0]) && is_to(&pair[1])) || words.last().is_some_and(is_to))
    {
        return doubt("does the figure say what is left, or what the measure takes off?".into(), same());
    }
    if let Some(word) = found(LACKING).filter(|_| role.is_effect()) {
        return doubt(
            format!("\"{word}\" speaks of what is left or missing: is this what the measure takes off?"),
            same(),
        );
    }
    let inside = bracketed(heading);
    let is_span = inside.len() == 2 && inside.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    if is_cost && (is_span || words.iter().any(|word| word == "score")) {
        return doubt("the heading counts levels: is this an amount of money?".into(), vec![role, Role::Score]);
    }
    if is_rate
        && heading.split('%').next().is_some_and(|before| {
            before.len() < heading.len() && before.trim_end().ends_with(|c: char| c.is_ascii_digit())
        })
    {
        return doubt(
            "the heading names a percentage: is this a point of a range, and not what happens on average?".into(),
            same(),
        );
    }
    if is_rate && heading_unit(heading).0.is_some() {
        return doubt("the heading names a multiple: is each number so many times as much?".into(), same());
    }
    if is_rate && heading.contains('‰') {
        return doubt("the heading counts in thousandths: write shares of a hundred, or events a year".into(), same());
    }
    if let Some(unit) = doubtful_unit(heading).filter(|_| is_money || is_rate) {
        let message = format!(
            "\"{unit}\" of the heading may be a multiple: write it out in the heading, such as (million EUR) or (thousand EUR)"
        );
        return doubt(message, same());
    }
    if (is_cost || role.is_effect()) && [LOWER, UPPER].iter().any(|list| found(list).is_some()) {
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
    Rest { doubt: None, unknown, odd }
}

/// Whether a heading of how often may be that of something else.
fn odd(words: &[String], unknown: &[String], heading: &str) -> Option<Odd> {
    if matches!(span(heading), Span::Between(_)) {
        return None;
    }
    let is_of_events = words.iter().any(|word| is_one_of(word, EVENT));
    let other = |word: &&String| [SERVICE, OTHER, SAVED].iter().any(|list| is_one_of(word, list));
    if let Some(word) = words.iter().find(other) {
        return Some(Odd::Other(word.clone()));
    }
    // "Day rate", "Rate per hour": what work costs.
    let is_rate = words.iter().any(|word| is_one_of(word, "rate|rates|satz|tarif|tarief"));
    let work = words.iter().find(|word| cell::a_year(word).is_some_and(|times| times > 52));
    if let Some(word) = work.filter(|_| is_rate && !is_of_events) {
        return Some(Odd::Other(word.clone()));
    }
    let of_role = |word: &str| {
        let often = PHRASES.iter().filter(|(role, _)| role.is_often());
        often.flat_map(|(_, phrases)| phrases.split('|')).any(|phrase| phrase == word)
    };
    let says_how_often = |word: &String| !is_one_of(word, "rate|times") && (is_one_of(word, COUNTING) || of_role(word));
    let is_weak = !is_of_events && !words.iter().any(says_how_often);
    unknown.first().filter(|_| is_weak).map(|word| Odd::Unknown(word.clone()))
}

/// What a line beside a table counts by: the user of "Costs are per user".
pub fn counts_per(line: &str) -> Option<String> {
    counted_by(&parts(line), true, |word| is_one_of(word, EVENT))
}

/// Whether a heading says that its numbers are of a hundred.
fn is_percent(heading: &str) -> bool {
    heading.contains('%')
        || split(heading).iter().any(|word| is_one_of(word, "percent|percentage|prozent|pourcentage|procent"))
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

/// The year of a plan that a heading names, its number before or behind.
pub fn of_plan(heading: &str) -> Option<u64> {
    of_year(&parts(heading)).or_else(|| of_ordinal(heading))
}

/// The year of a plan that a heading names: `Cost year 2`, `Jahr 1`, `Y3`.
fn of_year(words: &[String]) -> Option<u64> {
    let small = |word: &str| word.parse().ok().filter(|year| word.len() <= 2 && (1..=20).contains(year));
    let after = |pair: &[String]| (cell::a_year(&pair[0]) == Some(1)).then(|| small(&pair[1])).flatten();
    let joined =
        |word: &String| ["year", "yr", "jahr", "y"].iter().find_map(|name| word.strip_prefix(name)).and_then(small);
    words.windows(2).find_map(after).or_else(|| words.iter().find_map(joined))
}

/// The same where the number stands before: `Kosten 1. Jahr`.
fn of_ordinal(heading: &str) -> Option<u64> {
    let (before, after) = heading.split_once('.')?;
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let is_year = split(after).first().is_some_and(|word| cell::a_year(word) == Some(1));
    before[before.len() - digits..].parse().ok().filter(|_| is_year && digits <= 2)
}

/// A year of the calendar.
pub fn year(word: &str) -> Option<u64> {
    word.parse().ok().filter(|year| word.len() == 4 && (1950..2100).contains(year))
}
