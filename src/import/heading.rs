//! What does a heading name? Words of five languages, and whether it speaks of today or of afterwards.
//!
//! The longest phrase that stands in a heading decides. Two roles with phrases of the same length are a doubt.

use super::span::{Span, span};
use crate::units::reading::cell;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The id of a risk.
    Id,
    /// What happens.
    Name,
    /// Who answers for it.
    Owner,
    /// How often a year.
    Frequency,
    /// A likelihood: a chance, a rate or a score, as its cells tell.
    Likelihood,
    /// The loss of an event, or a score of it.
    Loss,
    /// The least loss of an event.
    LossMin,
    /// The most likely loss.
    LossLikely,
    /// The most it can be.
    LossMax,
    /// The 5 % point.
    LossLow,
    /// The 95 % point.
    LossHigh,
    /// Frequency times loss: compared, not taken.
    Expected,
    /// A score or a rating of the whole: not taken.
    Score,
    /// Measures to be taken.
    Control,
    /// Measures in place.
    Existing,
    /// Cost once.
    CostOnce,
    /// Cost every year.
    CostYearly,
    /// Cost, it is not said whether once or yearly.
    Cost,
    /// By how much a measure lowers the risk.
    Effect,
    /// Words that are kept as a remark.
    Remark,
    /// Left out.
    Ignore,
}

impl Role {
    /// Every role with its name in a mapping.
    pub const NAMES: [(&'static str, Self); 21] = [
        ("id", Self::Id),
        ("name", Self::Name),
        ("owner", Self::Owner),
        ("frequency", Self::Frequency),
        ("likelihood", Self::Likelihood),
        ("loss", Self::Loss),
        ("loss min", Self::LossMin),
        ("loss likely", Self::LossLikely),
        ("loss max", Self::LossMax),
        ("loss low", Self::LossLow),
        ("loss high", Self::LossHigh),
        ("expected loss", Self::Expected),
        ("score", Self::Score),
        ("control", Self::Control),
        ("control in place", Self::Existing),
        ("cost once", Self::CostOnce),
        ("cost yearly", Self::CostYearly),
        ("cost", Self::Cost),
        ("effect", Self::Effect),
        ("remark", Self::Remark),
        ("ignore", Self::Ignore),
    ];

    /// The name in a mapping.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, role)| *role == self).map_or("ignore", |(name, _)| name)
    }

    /// Whether its cells are numbers.
    pub fn is_numeric(self) -> bool {
        self.is_money() || matches!(self, Self::Frequency | Self::Likelihood | Self::Effect)
    }

    /// Whether its cells are amounts.
    pub fn is_money(self) -> bool {
        matches!(
            self,
            Self::Loss
                | Self::LossMin
                | Self::LossLikely
                | Self::LossMax
                | Self::LossLow
                | Self::LossHigh
                | Self::Expected
                | Self::CostOnce
                | Self::CostYearly
                | Self::Cost
        )
    }

    /// Whether a register has it before and after.
    pub fn has_phases(self) -> bool {
        matches!(self, Self::Likelihood | Self::Frequency | Self::Loss | Self::Expected | Self::Score)
    }
}

/// Of when a column speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// With what is in place today.
    Today,
    /// It does not say.
    Unsaid,
    /// Before anything was done.
    Inherent,
    /// With the measures.
    After,
}

/// What a heading names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    /// What the column holds.
    pub role: Role,
    /// Of when it speaks.
    pub phase: Phase,
}

/// What a heading could name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    /// No doubt.
    Clear(Meaning),
    /// One of several.
    Doubt(Vec<Role>),
    /// No word is known.
    Unknown,
}

/// Phrases of each role, separated by `|`.
const PHRASES: &[(Role, &str)] = &[
    (
        Role::Id,
        "id|no|nr|risk #|ref|réf|référence|ref id|risk id|risk no|risk nr|risk ref|risk number|number|nummer|lfd nr|risiko nr|\
         risikonummer|kennung|numéro|n°|numero|número|num|codice|código|code|key|riskid|id rischio|id riesgo|\
         id risque|risico nr|#",
    ),
    (
        Role::Name,
        "risk|risk title|title|name|risk name|risk description|threat event|scenario|risk scenario|event|\
         risk event|risk statement|threat|risiko|risikobezeichnung|bezeichnung|titel|szenario|gefährdung|\
         bedrohung|ereignis|risikobeschreibung|risque|titre|intitulé|scénario|menace|riesgo|título|nombre|\
         escenario|amenaza|rischio|titolo|nome|minaccia|risico|naam|dreiging|what could happen|nom du risque|\
         nombre del riesgo|risk summary|summary",
    ),
    (
        Role::Owner,
        "owner|risk owner|responsible|accountable|verantwortlich|verantwortlicher|verantwortung|risikoeigner|\
         eigner|eigentümer|zuständig|propriétaire|responsable|pilote|propietario|dueño|responsabile|\
         proprietario|eigenaar|verantwoordelijke",
    ),
    (
        Role::Frequency,
        "events per month|events per quarter|events per week|frequency|events per year|events a year|\
         annual rate|annual frequency|\
         annual rate of occurrence|aro|occurrences per year|incidents per year|times per year|rate|lef|\
         loss event frequency|häufigkeit|eintrittshäufigkeit|ereignisse pro jahr|fréquence|\
         fréquence annuelle|frecuencia|frecuencia anual|veces al año|frequenza|frequenza annua|\
         volte all anno|frequentie|keer per jaar",
    ),
    (
        Role::Likelihood,
        "likelihood|probability|chance|proba|annual likelihood|annual probability|annual chance|\
         eintrittswahrscheinlichkeit|eintrittswahrsch|eintritt|wahrscheinlichkeit|probabilité|vraisemblance|probabilidad|probabilità|\
         waarschijnlijkheid|kans|likelihood score|likelihood rating|probability score",
    ),
    (
        Role::Loss,
        "loss|impact|single loss|single loss expectancy|sle|loss per event|cost per event|cost of event|\
         damage|severity|consequence|loss magnitude|impact score|impact rating|financial impact|risk amount|\
         initial risk|residual risk amount|schaden|schadenshöhe|schadenhöhe|auswirkung|schadensausmaß|\
         schaden pro ereignis|einzelschaden|gravité|perte|dommage|perte par événement|impacto|pérdida|daño|\
         severidad|impatto|perdita|danno|gravità|schade|gevolg|ernst|impact amount",
    ),
    (
        Role::LossMin,
        "impact minimal|impacto mínimo|impatto minimo|minimum schade|schaden mindestens|danno minimo|daño mínimo|min loss|loss min|minimum loss|minimum impact|impact min|schaden min|min schaden|schaden minimal|\
         mindestschaden|best case|perte min|perte minimale|impact minimum|pérdida mínima|pérdida min|\
         perdita minima|perdita min|danno min|minimale schade|schade min|min|minimum|lower bound|\
         loss minimum",
    ),
    (
        Role::LossLikely,
        "pérdida más probable|más probable|perte la plus probable|la plus probable|le plus probable|\
         perdita più probabile|più probabile|meest waarschijnlijk|wahrscheinlichster schaden|impact probable|\
         impact most likely|realistic|realistisch|expected case|normal case|normalfall|likely loss|loss likely|most likely loss|most likely|schaden wahrsch|wahrscheinlicher schaden|\
         schaden wahrscheinlich|erwarteter schaden|mittlerer schaden|perte probable|pérdida probable|\
         perdita probabile|danno probabile|waarschijnlijke schade|schade waarschijnlijk|mode|mode loss|\
         typical loss|likely impact",
    ),
    (
        Role::LossMax,
        "impact maximum|impact maximal|impacto máximo|impatto massimo|maximum schade|schaden höchstens|\
         danno massimo|daño máximo|max loss|loss max|maximum loss|maximum impact|impact max|schaden max|max schaden|schaden maximal|\
         höchstschaden|maximalschaden|worst case|perte max|perte maximale|pérdida máxima|pérdida max|\
         perdita massima|perdita max|danno max|maximale schade|schade max|max|maximum|upper bound|\
         loss maximum",
    ),
    (Role::LossLow, "low|loss low|low loss|low 5|p5|p05|5th percentile|loss p5|5 quantil|untergrenze"),
    (Role::LossHigh, "high|loss high|high loss|high 95|p95|95th percentile|loss p95|95 quantil|obergrenze"),
    (
        Role::Expected,
        "loss per year|loss p a|yearly loss|schaden p a|schaden pro jahr|perte par an|\
         pérdida al año|perdita all anno|schade per jaar|damage per year|expected loss|ale|annual loss expectancy|annualised loss expectancy|annualized loss expectancy|\
         annual loss|likely initial risk|likely residual risk|expected annual loss|expected value|eal|\
         risk exposure|exposure|schadenserwartungswert|erwartungswert|jährlicher schaden|\
         erwarteter jahresschaden|perte attendue|perte annuelle|pérdida esperada|pérdida anual|\
         perdita attesa|perdita annua|verwachte schade|jaarlijkse schade|exposure rating|weighted loss",
    ),
    (
        Role::Score,
        "score|risk score|rating|risk rating|risk level|inherent risk|residual risk|inherent score|\
         residual score|inherent rating|residual rating|current risk|risk class|risikoklasse|risikostufe|\
         risikowert|risikozahl|bewertung|bruttorisiko|nettorisiko|restrisiko|niveau de risque|criticité|\
         nivel de riesgo|livello di rischio|risiconiveau|priority|priorität|heat map|net risk|gross risk",
    ),
    (
        Role::Control,
        "safeguard|safeguards|barrier|barriers|barriere|barrieren|barrière|barrières|mesure de réduction|mesures de réduction|mesure de sécurité|\
         medida de control|medida propuesta|misura di sicurezza|beheersmaatregel|beheersmaatregelen|\
         sicherheitsmaßnahme|sicherheitsmaßnahmen|risk treatment measure|control|controls|measure|measures|mitigation|mitigations|mitigating action|mitigation plan|\
         recommended controls|additional controls|planned controls|planned measures|treatment plan|action|\
         actions|action plan|countermeasure|countermeasures|remediation|maßnahme|maßnahmen|massnahme|\
         massnahmen|gegenmaßnahme|gegenmaßnahmen|mesure|mesures|plan d action|medida|medidas|\
         control propuesto|misura|misure|contromisura|contromisure|maatregel|maatregelen|proposed controls",
    ),
    (
        Role::Existing,
        "existing controls|key controls|current controls|controls in place|existing measures|\
         existing applied controls|bestehende maßnahmen|vorhandene maßnahmen|umgesetzte maßnahmen|\
         mesures existantes|mesures en place|controles existentes|medidas existentes|misure esistenti|\
         controlli esistenti|bestaande maatregelen",
    ),
    (
        Role::CostOnce,
        "initial cost|one time cost|one off cost|once|capex|setup cost|investment|upfront cost|cost once|\
         implementation cost|kosten einmalig|einmalige kosten|einmalkosten|einmalig|investition|\
         anschaffungskosten|coût initial|coût unique|coût ponctuel|investissement|costo inicial|\
         coste inicial|costo único|inversión|costo iniziale|costo una tantum|investimento|eenmalige kosten|\
         kosten eenmalig|initiële kosten|investering|purchase price",
    ),
    (
        Role::CostYearly,
        "cost p a|kosten p a|coût p a|cost per annum|costs per year|annual costs|yearly costs|\
         kosten der maßnahme p a|kosten der massnahme p a|maßnahmenkosten p a|annual running costs|\
         coste por año|costo por año|costo all anno|cost a year|yearly cost|annual cost|cost per year|running cost|recurring cost|opex|cost yearly|ongoing cost|\
         maintenance cost|kosten jährlich|jährliche kosten|kosten pro jahr|laufende kosten|jahreskosten|\
         jährlich|betriebskosten|coût annuel|coûts annuels|coût par an|coût récurrent|costo anual|\
         coste anual|costo recurrente|costo annuo|costo annuale|costo ricorrente|jaarlijkse kosten|\
         kosten jaarlijks|kosten per jaar|yearly|annual running cost",
    ),
    (
        Role::Cost,
        "cost|costs|cost of measures|cost of control|cost of controls|control cost|mitigation cost|budget|\
         price|kosten|maßnahmenkosten|preis|coût|coûts|prix|costo|costos|coste|costes|precio|costi|prezzo|\
         prijs|response cost",
    ),
    (
        Role::Effect,
        "effect|effectiveness|reduction|risk reduction|efficacy|wirkung|wirksamkeit|minderung|\
         risikominderung|reduktion|efficacité|réduction|eficacia|efectividad|reducción|efficacia|riduzione|\
         effectiviteit|werking|vermindering",
    ),
    (
        Role::Remark,
        "description|notes|note|comment|comments|remark|remarks|treatment|response|status|asset|assets|\
         category|risk category|business process|reference|evidence link|evidence|due date|target date|\
         review date|next review|date|strategy|vulnerability|threats|department|process|beschreibung|\
         bemerkung|bemerkungen|kommentar|behandlung|stand|kategorie|termin|frist|prozess|abteilung|\
         nächste prüfung|commentaire|remarque|statut|traitement|catégorie|échéance|actif|descripción|\
         observaciones|comentario|estado|tratamiento|categoría|fecha|activo|descrizione|osservazioni|\
         commento|stato|trattamento|categoria|data|scadenza|omschrijving|opmerking|opmerkingen|behandeling|\
         categorie|datum|strength of knowledge|schedule impact|type|area|last updated|created|justification|\
         root cause|cause|ursache|causes",
    ),
];

/// A time alone says how often, unless an amount stands beside it: `Loss per month`.
const TIMES: &str =
    "per month|pro monat|par mois|al mes|al mese|per maand|per year|pro jahr|par an|al año|all anno|per jaar";

/// Words that count events: the time beside them is theirs, whatever else the heading names.
const COUNTING: &str = "frequency|frequencies|rate|event|events|incidents|occurrence|occurrences|times|aro|lef|\
    likelihood|probability|häufigkeit|ereignisse|fréquence|frecuencia|frequenza|frequentie|proba";

const AFTER: &str = "residual|after|nachher|danach|target|net|netto|nach|rest|restrisiko|ziel|après|résiduel|résiduelle|cible|después|\
    residuales|objetivo|dopo|residuo|residua|na|doel|future|planned|soll|post|mitigated|nettorisiko|\
    treated";
const INHERENT: &str = "inherent|gross|brutto|inhärent|inhérent|inhérente|brut|brute|inherente|lordo|bruto|raw|bruttorisiko|\
    unmitigated";
const TODAY: &str = "current|before|vorher|davor|initial|today|actual|vor|aktuell|ist|heute|avant|actuel|actuelle|antes|prima|attuale|\
    voor|huidig|huidige|pre|existing";

/// Which end of a range or which point of a distribution an amount is; a percentile such as `p90` is one too.
const LOWER: &str = "min|minimum|low|lower|tief|niedrig|untere|unterer|bas|basse|bajo|baja|basso|bassa|laag|\
    optimistic|optimistisch|optimiste";
const UPPER: &str = "max|maximum|high|upper|hoch|obere|oberer|haut|haute|alto|alta|hoog|pessimistic|\
    pessimistisch|pessimiste";
const LIKELY: &str = "most|likely|mode|wahrscheinlich|probable|probabile|waarschijnlijk";
/// The same where they end a heading: `Loss from`, `Schaden bis`.
const FROM: &str = "from|von|desde|vanaf";
const UP_TO: &str = "to|bis|hasta|tot";
const POINTS: &str = "median|mediana|médiane|mediane|mediaan|percentile|perzentil|quantile|quantil|std|sd|stdev|\
    stddev|deviation|standardabweichung|sigma|variance|varianz";

pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|known| known == word)
}

fn is_point(word: &str) -> bool {
    let percentile = |digits: &str| (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_one_of(word, POINTS) || word.strip_prefix('p').is_some_and(percentile)
}

/// A heading as words: lower case, without signs and brackets. What stands in brackets counts where it says which of
/// several such columns this is: `Loss (max)`, `Likelihood (residual)`; a unit does not.
pub fn words(heading: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = heading;
    while let Some((before, behind)) = rest.split_once(['(', '[']) {
        let (inner, after) = behind.split_once([')', ']']).unwrap_or((behind, ""));
        text.push_str(before);
        text.push(' ');
        let inside = split(inner);
        let says = |list: &str| inside.iter().any(|word| is_one_of(word, list));
        let all = inside.iter().all(|word| {
            [LOWER, UPPER, LIKELY, AFTER, INHERENT, TODAY].iter().any(|list| is_one_of(word, list)) || is_point(word)
        });
        if all && !(says(LOWER) && says(UPPER)) {
            text.push_str(inner);
            text.push(' ');
        }
        rest = after;
    }
    text.push_str(rest);
    split(&text)
}

pub(super) fn split(text: &str) -> Vec<String> {
    // riskDescription, annual_cost, Loss-Max
    let mut spaced = String::new();
    let mut last_lower = false;
    for c in text.chars() {
        if c.is_uppercase() && last_lower {
            spaced.push(' ');
        }
        last_lower = c.is_lowercase();
        spaced.extend(c.to_lowercase());
    }
    spaced
        .split(|c: char| !(c.is_alphanumeric() || c == '°' || c == '#'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What stands in the brackets of a heading, as words.
pub fn bracketed(heading: &str) -> Vec<String> {
    let Some((_, rest)) = heading.split_once(['(', '[']) else { return Vec::new() };
    split(rest.split([')', ']']).next().unwrap_or(""))
}

/// Whether the words of a phrase stand in a row within others.
fn stands_in(phrase: &[&str], words: &[String]) -> bool {
    phrase.len() <= words.len()
        && words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(|(word, part)| word == part))
}

/// What a heading could name.
pub fn guess(heading: &str) -> Guess {
    let all = words(heading);
    if all.is_empty() {
        return Guess::Unknown;
    }
    let phased = |list: &str| list.split('|').any(|known| all.iter().any(|word| word == known));
    let phase = if phased(AFTER) {
        Phase::After
    } else if phased(INHERENT) {
        Phase::Inherent
    } else if phased(TODAY) {
        Phase::Today
    } else {
        Phase::Unsaid
    };
    // Words that count years, scores or units decide nothing: "likelihood 1 to 5", "loss in EUR".
    const NOISE: &str = "in|of|the|to|eur|usd|chf|gbp|teur|keur|t|k|mio|mrd|tsd|€|m|der|des|du|de|del|di|van";
    let core: Vec<String> = all
        .iter()
        .filter(|word| {
            !NOISE.split('|').any(|noise| noise == word.as_str()) && !word.chars().all(|c| c.is_ascii_digit())
        })
        .cloned()
        .collect();
    let counts = all.iter().any(|word| is_one_of(word, COUNTING));
    let mut best: Vec<(usize, bool, Role)> = Vec::new();
    for (role, phrases) in PHRASES.iter().chain(&[(Role::Frequency, TIMES)]) {
        if *phrases == TIMES && !counts && best.iter().any(|(_, _, role)| role.is_money()) {
            break;
        }
        for phrase in phrases.split('|') {
            let parts: Vec<&str> = phrase.split(' ').collect();
            let exact = all.len() == parts.len() && stands_in(&parts, &all)
                || core.len() == parts.len() && stands_in(&parts, &core);
            if exact || stands_in(&parts, &all) || stands_in(&parts, &core) {
                best.push((parts.len(), exact, *role));
            }
        }
    }
    let Some(top) = best.iter().map(|(length, exact, _)| (*exact, *length)).max() else {
        // "Incidents in the last 3 years": what is counted, and over which time.
        const COUNTED: &str =
            "incidents|events|occurrences|ereignisse|vorfälle|eintritte|sinistres|incidentes|incidenti";
        let counts = all.iter().any(|word| is_one_of(word, COUNTED));
        return match span(heading) {
            Span::Unit(_) | Span::Many { .. } if counts => Guess::Clear(Meaning { role: Role::Frequency, phase }),
            _ => Guess::Unknown,
        };
    };
    let mut roles: Vec<Role> =
        best.iter().filter(|(length, exact, _)| (*exact, *length) == top).map(|(_, _, role)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    // One word within others is a hint that a stronger hint beats: "Impact description" is a remark.
    if roles.len() > 1 {
        for weak in [Role::Id, Role::Name] {
            if roles.len() > 1 {
                roles.retain(|role| *role != weak);
            }
        }
        let is_cost = |role: &Role| matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly | Role::Remark);
        // "Treatment cost" is what its cells are.
        if roles.contains(&Role::Remark) && !roles.iter().all(is_cost) {
            roles = vec![Role::Remark];
        }
        // "Schadenhöhe max": a loss, and which.
        let of_loss = |role: &Role| {
            matches!(
                role,
                Role::Loss | Role::LossMin | Role::LossLikely | Role::LossMax | Role::LossLow | Role::LossHigh
            )
        };
        if roles.len() == 2 && roles.iter().all(of_loss) {
            roles.retain(|role| *role != Role::Loss);
        }
        if roles.len() > 1 && roles.contains(&Role::Score) {
            // "Impact score" is the score of the impact.
            roles.retain(|role| *role != Role::Score);
        }
    }
    if matches!(roles[..], [Role::Loss | Role::Expected]) {
        let says = |list: &str, last: &str| {
            all.iter().any(|word| is_one_of(word, list)) || all.last().is_some_and(|word| is_one_of(word, last))
        };
        match (says(LOWER, FROM), says(UPPER, UP_TO)) {
            // A median is no average, and a percentile no end of nine cases in ten.
            _ if all.iter().any(|word| is_point(word)) => return Guess::Unknown,
            // The most that an event, or a year, can cost?
            (true, false) if roles == [Role::Expected] => roles.insert(0, Role::LossMin),
            (false, true) if roles == [Role::Expected] => roles.insert(0, Role::LossMax),
            (true, false) => roles = vec![Role::LossLow],
            (false, true) => roles = vec![Role::LossHigh],
            _ => {}
        }
    }
    // "Loss per year" is an expected loss, and "cost p.a." no cost of once.
    let inside = bracketed(heading);
    let pair = |one: &str, other: &str| {
        [&all, &inside].iter().any(|list| list.windows(2).any(|words| words[0] == one && words[1] == other))
    };
    let is_yearly = pair("p", "a")
        || pair("par", "an")
        || inside.windows(2).any(|words| cell::is_per(&words[0]) && cell::a_year(&words[1]) == Some(1))
        || all.iter().any(|word| word.chars().count() > 2 && cell::a_year(word) == Some(1));
    if is_yearly && !counts {
        match roles[..] {
            // The most that an event, or a year, can cost?
            [end @ (Role::LossMin | Role::LossLikely | Role::LossMax | Role::LossLow | Role::LossHigh)] => {
                roles = vec![end, Role::Expected];
            }
            [Role::Loss] | [Role::Loss, Role::Cost] => roles = vec![Role::Expected],
            [Role::Cost] => roles = vec![Role::CostYearly],
            _ => {}
        }
    }
    match roles[..] {
        [role] => Guess::Clear(Meaning { role, phase: if role.has_phases() { phase } else { Phase::Unsaid } }),
        _ => Guess::Doubt(roles),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_five_languages_name_what_they_hold() {
        use Phase::{After, Inherent, Today, Unsaid};
        for (heading, role, phase) in [
            ("Risk ID", Role::Id, Unsaid),
            ("Risiko", Role::Name, Unsaid),
            ("Häufigkeit", Role::Frequency, Unsaid),
            ("Schaden wahrsch.", Role::LossLikely, Unsaid),
            ("Kosten jährlich", Role::CostYearly, Unsaid),
            ("Likelihood (1-5)", Role::Likelihood, Unsaid),
            ("Residual Impact", Role::Loss, After),
            ("Inherent Score", Role::Score, Inherent),
            ("current_proba", Role::Likelihood, Today),
            ("Likely Initial Risk", Role::Expected, Today),
            ("Initial risk", Role::Loss, Today),
            ("Cost of Measures", Role::Cost, Unsaid),
            ("max_loss", Role::LossMax, Unsaid),
            ("likelihood_1_to_5", Role::Likelihood, Unsaid),
            ("Single loss (EUR)", Role::Loss, Unsaid),
            ("Before Likelihood", Role::Likelihood, Today),
            ("Coût annuel", Role::CostYearly, Unsaid),
            ("Fréquence", Role::Frequency, Unsaid),
            ("Pérdida máxima", Role::LossMax, Unsaid),
            ("Probabilità", Role::Likelihood, Unsaid),
            ("Jaarlijkse kosten", Role::CostYearly, Unsaid),
            ("Recommended Controls", Role::Control, Unsaid),
            ("existing_applied_controls", Role::Existing, Unsaid),
            ("Impact description", Role::Remark, Unsaid),
            ("risk_score", Role::Score, Unsaid),
            ("Risk Owner", Role::Owner, Unsaid),
            ("Low (5%)", Role::LossLow, Unsaid),
            ("threat_event", Role::Name, Unsaid),
            ("Residual Risk (H/M/L)", Role::Score, After),
            ("Expected loss (EUR)", Role::Expected, Unsaid),
            ("Loss per year (EUR)", Role::Expected, Unsaid),
            ("Impact par an (k€)", Role::Expected, Unsaid),
            ("Kosten der Maßnahme p.a. (T€)", Role::CostYearly, Unsaid),
            ("Yearly control cost", Role::CostYearly, Unsaid),
            ("Annual loss event frequency", Role::Frequency, Unsaid),
            ("Annual frequency", Role::Frequency, Unsaid),
            ("Pérdida más probable", Role::LossLikely, Unsaid),
            ("Impact maximum (k€)", Role::LossMax, Unsaid),
            ("Safeguard", Role::Control, Unsaid),
            ("Mesure de réduction", Role::Control, Unsaid),
            ("Control cost (€ p.a.)", Role::CostYearly, Unsaid),
            ("Loss (EUR per year)", Role::Expected, Unsaid),
            ("Loss (worst case of 20 years)", Role::Loss, Unsaid),
            ("Loss per month", Role::Loss, Unsaid),
            ("Cost per month", Role::Cost, Unsaid),
            ("Per month", Role::Frequency, Unsaid),
            ("Breaches per year", Role::Frequency, Unsaid),
            ("Threats pro Jahr", Role::Frequency, Unsaid),
            ("Per year (EUR)", Role::Frequency, Unsaid),
            ("Eintritt", Role::Likelihood, Unsaid),
            ("Réf.", Role::Id, Unsaid),
            ("Barriers", Role::Control, Unsaid),
            ("Schadenhöhe min", Role::LossMin, Unsaid),
            ("Impact (€k) Low", Role::LossLow, Unsaid),
            ("Loss (max)", Role::LossMax, Unsaid),
            ("Loss (most likely)", Role::LossLikely, Unsaid),
            ("Schaden tief", Role::LossLow, Unsaid),
            ("Schaden hoch (CHF)", Role::LossHigh, Unsaid),
            ("Schaden von", Role::LossLow, Unsaid),
            ("Loss to", Role::LossHigh, Unsaid),
            ("Damage to buildings", Role::Loss, Unsaid),
            ("Impact (low-high)", Role::Loss, Unsaid),
            ("Likelihood (residual)", Role::Likelihood, After),
            ("Loss (inherent)", Role::Loss, Inherent),
        ] {
            assert_eq!(guess(heading), Guess::Clear(Meaning { role, phase }), "{heading}");
        }
        for point in
            ["Zorgle", "Median loss", "Loss (median)", "Loss P90", "Loss std. dev.", "Schaden (Standardabweichung)"]
        {
            assert_eq!(guess(point), Guess::Unknown, "{point}");
        }
        assert_eq!(guess("Treatment cost"), Guess::Doubt(vec![Role::Cost, Role::Remark]), "its cells decide");
        // The most that an event can cost, or a year?
        for most in ["Max loss per year", "Maximum annual loss", "Jährlicher Schaden max"] {
            assert_eq!(guess(most), Guess::Doubt(vec![Role::LossMax, Role::Expected]), "{most}");
        }
        assert_eq!(guess("Median annual loss"), Guess::Unknown);
    }
}
