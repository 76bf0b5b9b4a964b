//! What does a heading name? Words of five languages, and whether it speaks of today or of afterwards.
//!
//! The longest phrase that stands in a heading decides. Two roles with phrases of the same length are a doubt.

use super::span::{Span, span};
use crate::units::reading::cell;

mod phrases;
mod rest;
#[cfg(test)]
mod tests;
mod tokens;
mod whole;

use phrases::{
    AFTER, ATTRIBUTES, COUNTED, COUNTING, ENDS, FROM, INHERENT, LOWER, NUMBER, PHRASES, POINTS, TIMES, TODAY, UP_TO,
    UPPER,
};
use rest::reduced;
pub use rest::{
    Odd, counts_per, counts_posts, factor, is_post, names_measure, of_plan, rest, speaks_of_insurance, speaks_of_other,
    unknown_word, year,
};
pub(in crate::import) use tokens::split;
pub use tokens::{bracketed, is_mark, words};
pub use whole::{is_of_levels, whole};

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
    /// The 10 % point.
    LossP10,
    /// The 50 % point.
    LossP50,
    /// The 90 % point.
    LossP90,
    /// Of the loss, what is due to lost work and sales.
    LossProductivity,
    /// What handling the event costs.
    LossResponse,
    /// What is replaced.
    LossReplacement,
    /// The lead over competitors.
    LossAdvantage,
    /// Fines and judgments.
    LossFines,
    /// Trust.
    LossReputation,
    /// The least frequency.
    FrequencyMin,
    /// Its 5 % point.
    FrequencyLow,
    /// The most likely frequency.
    FrequencyLikely,
    /// The most it can be.
    FrequencyMax,
    /// Its 95 % point.
    FrequencyHigh,
    /// Its 10 % point.
    FrequencyP10,
    /// Its 50 % point.
    FrequencyP50,
    /// Its 90 % point.
    FrequencyP90,
    /// Frequency times loss: compared, not taken.
    Expected,
    /// A score or a rating of the whole: not taken.
    Score,
    /// The currency of the amounts of a row.
    Currency,
    /// The multiple that the amounts of a row are counted in.
    Unit,
    /// Measures to be taken.
    Control,
    /// The id of a measure.
    ControlId,
    /// Measures in place.
    Existing,
    /// Cost once.
    CostOnce,
    /// Cost every year.
    CostYearly,
    /// Cost, it is not said whether once or yearly.
    Cost,
    /// Cost of one of several years.
    CostOfYear,
    /// Working time, in full-time posts.
    Staff,
    /// By how much a measure lowers the risk.
    Effect,
    /// By how much it lowers how often it happens.
    EffectOnFrequency,
    /// By how much it lowers what an event costs.
    EffectOnLoss,
    /// On which of the two the effect of the row acts, in words.
    ActsOn,
    /// Words that are kept as a remark.
    Remark,
    /// Left out.
    Ignore,
}

impl Role {
    /// Every role with its name in a mapping.
    pub const NAMES: [(&'static str, Self); 46] = [
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
        ("loss p10", Self::LossP10),
        ("loss p50", Self::LossP50),
        ("loss p90", Self::LossP90),
        ("loss.productivity", Self::LossProductivity),
        ("loss.response", Self::LossResponse),
        ("loss.replacement", Self::LossReplacement),
        ("loss.competitive_advantage", Self::LossAdvantage),
        ("loss.fines", Self::LossFines),
        ("loss.reputation", Self::LossReputation),
        ("frequency min", Self::FrequencyMin),
        ("frequency low", Self::FrequencyLow),
        ("frequency likely", Self::FrequencyLikely),
        ("frequency max", Self::FrequencyMax),
        ("frequency high", Self::FrequencyHigh),
        ("frequency p10", Self::FrequencyP10),
        ("frequency p50", Self::FrequencyP50),
        ("frequency p90", Self::FrequencyP90),
        ("expected loss", Self::Expected),
        ("score", Self::Score),
        ("currency", Self::Currency),
        ("unit", Self::Unit),
        ("control", Self::Control),
        ("control id", Self::ControlId),
        ("control in place", Self::Existing),
        ("cost once", Self::CostOnce),
        ("cost yearly", Self::CostYearly),
        ("cost", Self::Cost),
        ("cost of a year", Self::CostOfYear),
        ("staff in fte", Self::Staff),
        ("effect", Self::Effect),
        ("effect on frequency", Self::EffectOnFrequency),
        ("effect on loss", Self::EffectOnLoss),
        ("acts on", Self::ActsOn),
        ("remark", Self::Remark),
        ("ignore", Self::Ignore),
    ];

    /// The name in a mapping.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, role)| *role == self).map_or("ignore", |(name, _)| name)
    }

    /// Whether its cells are numbers.
    pub fn is_numeric(self) -> bool {
        self.is_money() || self.is_often() || self.is_effect() || self == Self::Staff
    }

    /// Whether its cells are amounts.
    pub fn is_money(self) -> bool {
        self.is_loss()
            || matches!(self, Self::Expected | Self::CostOnce | Self::CostYearly | Self::Cost | Self::CostOfYear)
    }

    /// Whether its cells say what an event costs, in whole, in part, or at an end of a range.
    pub fn is_loss(self) -> bool {
        self == Self::Loss || Self::LOSS_ENDS.contains(&self) || Self::FORMS.iter().any(|(form, _)| *form == self)
    }

    /// The forms of loss with their keys in a case.
    pub const FORMS: [(Self, &'static str); 6] = [
        (Self::LossProductivity, "productivity"),
        (Self::LossResponse, "response"),
        (Self::LossReplacement, "replacement"),
        (Self::LossAdvantage, "competitive_advantage"),
        (Self::LossFines, "fines"),
        (Self::LossReputation, "reputation"),
    ];

    /// Whether its cells say by how much a measure lowers something.
    pub fn is_effect(self) -> bool {
        matches!(self, Self::Effect | Self::EffectOnFrequency | Self::EffectOnLoss)
    }

    /// Whether its cells say how often.
    pub fn is_often(self) -> bool {
        Self::FREQUENCY_ENDS.contains(&self) || matches!(self, Self::Frequency | Self::Likelihood)
    }

    /// The ends and points of a range of losses, in the order of [`End`].
    pub const LOSS_ENDS: [Self; 8] = [
        Self::LossMin,
        Self::LossLow,
        Self::LossP10,
        Self::LossLikely,
        Self::LossP50,
        Self::LossP90,
        Self::LossHigh,
        Self::LossMax,
    ];
    /// Those of frequencies.
    pub const FREQUENCY_ENDS: [Self; 8] = [
        Self::FrequencyMin,
        Self::FrequencyLow,
        Self::FrequencyP10,
        Self::FrequencyLikely,
        Self::FrequencyP50,
        Self::FrequencyP90,
        Self::FrequencyHigh,
        Self::FrequencyMax,
    ];

    /// Whether a register has it before and after.
    pub fn has_phases(self) -> bool {
        matches!(self, Self::Likelihood | Self::Frequency | Self::Loss | Self::Expected | Self::Score)
    }
}

/// An end or a point of a range, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The least.
    Min,
    /// The 5 % point.
    Low,
    /// The 10 % point.
    P10,
    /// The most likely.
    Likely,
    /// The 50 % point.
    P50,
    /// The 90 % point.
    P90,
    /// The 95 % point.
    High,
    /// The most.
    Max,
}

impl End {
    /// Every end with its key in an estimate.
    pub const KEYS: [(&'static str, Self); 8] = [
        ("min", Self::Min),
        ("low", Self::Low),
        ("p10", Self::P10),
        ("likely", Self::Likely),
        ("p50", Self::P50),
        ("p90", Self::P90),
        ("high", Self::High),
        ("max", Self::Max),
    ];

    /// That of several words; the longest phrase decides, and both ends at once name none.
    fn of(all: &[String]) -> Option<Self> {
        let longest = |(end, phrases): &(Self, &str)| {
            let lengths = phrases.split('|').map(|phrase| phrase.split(' ').collect::<Vec<_>>());
            lengths
                .filter(|parts| stands_in(parts, all))
                .map(|parts| (parts.len(), *end))
                .max_by_key(|(length, _)| *length)
        };
        let found: Vec<(usize, Self)> = ENDS.iter().filter_map(longest).collect();
        let most = found.iter().map(|(length, _)| *length).max()?;
        let mut top = found.iter().filter(|(length, _)| *length == most).map(|(_, end)| *end);
        top.next().filter(|_| top.next().is_none())
    }

    /// Whether all words name it.
    fn is_all_of(self, all: &[String]) -> bool {
        let phrases = ENDS.iter().filter(|(end, _)| *end == self).flat_map(|(_, phrases)| phrases.split('|'));
        phrases.map(|phrase| phrase.split(' ').collect::<Vec<_>>()).any(|parts| {
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.bytes().all(|b| b.is_ascii_digit())).collect();
            parts.len() == all.len() && stands_in(&parts, all)
        })
    }

    /// The role of this end of a quantity.
    fn role(self, ends: [Role; 8]) -> Role {
        Self::KEYS.iter().position(|(_, end)| *end == self).map_or(ends[0], |at| ends[at])
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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Guess {
    /// No doubt.
    Clear(Meaning),
    /// One of several.
    Doubt(Vec<Role>),
    /// No word is known.
    #[default]
    Unknown,
}

pub(super) fn is_one_of(word: &str, list: &str) -> bool {
    list.split('|').any(|known| known == word)
}

fn is_point(word: &str) -> bool {
    let percentile = |digits: &str| (1..=3).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_one_of(word, POINTS) || word.strip_prefix('p').is_some_and(percentile)
}

/// Whether a word is a point that no end of a range is.
fn is_odd_point(word: &str) -> bool {
    is_point(word) && !ENDS.iter().any(|(_, phrases)| is_one_of(word, phrases))
}

/// Signs for the number of something.
const SIGNS: &str = "n|nº|n°|#|num|nb|nbre";

/// Whether a heading counts events and says nothing of the time, or a year of the calendar alone: `Number of incidents`,
/// `Events`, `Nº de incidentes 2025`.
pub fn counts_alone(heading: &str) -> bool {
    let all = words(heading);
    all.iter().any(|word| is_one_of(word, COUNTED))
        && all.iter().all(|word| {
            is_one_of(word, COUNTED)
                || is_one_of(word, NUMBER)
                || is_one_of(word, SIGNS)
                || year(word).is_some()
                || is_one_of(word, "of|de|der|von|di|van|d|the|count|total|in|im|en|nel|annui|annuali|anuales|annuels")
        })
}

/// Whether words speak of how often something happens.
pub fn counts_events(words: &[String]) -> bool {
    words.iter().any(|word| is_one_of(word, COUNTING))
}

/// Whether the words of a phrase stand in a row within others.
fn stands_in(phrase: &[&str], words: &[String]) -> bool {
    phrase.len() <= words.len()
        && words.windows(phrase.len()).any(|window| window.iter().zip(phrase).all(|(word, part)| word == part))
}

/// Whether a heading is a phrase of a role and nothing else: `Measures`.
pub fn is_exactly(heading: &str, role: Role) -> bool {
    let said = words(heading).join(" ");
    let mut phrases = PHRASES.iter().filter(|(of, _)| *of == role).flat_map(|(_, phrases)| phrases.split('|'));
    phrases.any(|phrase| phrase == said)
}

/// Whether a heading names an end of a range and nothing that it is of: `Min`, `High`.
pub fn is_end_alone(heading: &str) -> bool {
    let all = words(heading);
    End::of(&all).is_some_and(|end| end.is_all_of(&all))
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
    // "Once every … years"
    if matches!(span(heading), Span::Between(_)) {
        return Guess::Clear(Meaning { role: Role::Frequency, phase });
    }
    let is_number = |word: &str| is_one_of(word, NUMBER) || is_one_of(word, SIGNS);
    // "Number of incidents in 3 years", "Number of users": a count, and no number that names something.
    let is_count = match &all[..] {
        [number, of, _, ..] if is_one_of(of, "of|de|der|von|di|van|d|des|an") => is_number(number),
        [number, _, ..] if is_one_of(number, "anzahl|aantal|count") => true,
        // "Nº de incidentes 2025", "# incidents"
        [number, rest @ ..] => is_number(number) && rest.iter().any(|word| is_one_of(word, COUNTED)),
        _ => false,
    };
    if is_count {
        // "Anzahl pro Jahr"
        let is_plain = |word: &String| {
            is_one_of(word, NUMBER)
                || is_one_of(word, "times|keer|mal|fois|veces|volte")
                || cell::is_per(word)
                || cell::a_year(word).is_some()
        };
        let is_of_events = all.iter().any(|word| is_one_of(word, COUNTED)) || all.iter().all(is_plain);
        return match span(heading) {
            Span::Unit(_) | Span::Many { .. } if is_of_events => Guess::Clear(Meaning { role: Role::Frequency, phase }),
            _ => Guess::Unknown,
        };
    }
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
    // "Staff (FTE)", but "Cost (FTE)" is a doubt.
    if counts_posts(heading) && !best.iter().any(|(_, _, role)| role.is_money()) {
        return Guess::Clear(Meaning { role: Role::Staff, phase: Phase::Unsaid });
    }
    // "Reduces annual frequency by": what is done to a quantity, however many words name that.
    if let Some(role) = reduced(&all, &best) {
        return Guess::Clear(Meaning { role, phase: Phase::Unsaid });
    }
    let Some(top) = best.iter().map(|(length, exact, _)| (*exact, *length)).max() else {
        // "Incidents in the last 3 years": what is counted, and over which time.
        let counts = all.iter().any(|word| is_one_of(word, COUNTED));
        return match span(heading) {
            Span::Unit(_) | Span::Many { .. } if counts => Guess::Clear(Meaning { role: Role::Frequency, phase }),
            // An end alone, such as "Min": of the loss.
            _ => End::of(&core).filter(|end| end.is_all_of(&core)).map_or(Guess::Unknown, |end| {
                Guess::Clear(Meaning { role: end.role(Role::LOSS_ENDS), phase: Phase::Unsaid })
            }),
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
        let of_loss = |role: &Role| *role == Role::Loss || Role::LOSS_ENDS.contains(role);
        if roles.len() == 2 && roles.iter().all(of_loss) {
            roles.retain(|role| *role != Role::Loss);
        }
        if roles.len() > 1 && roles.contains(&Role::Score) {
            // "Impact score" is the score of the impact.
            roles.retain(|role| *role != Role::Score);
        }
    }
    // "Inherent risk: likelihood" below a group of headings says what it is of, and no score of the whole.
    const SCORES: &str = "score|scores|rating|level|points|punkte|punktzahl|stufe|bewertung|note|cotation|niveau|nivel|\
        puntuación|punteggio|livello|valutazione";
    if roles == [Role::Score] && !top.0 && !all.iter().any(|word| is_one_of(word, SCORES)) {
        let mut parts: Vec<Role> = best.iter().map(|(_, _, role)| *role).collect();
        parts.retain(|role| matches!(role, Role::Likelihood | Role::Frequency | Role::Loss));
        parts.sort_unstable();
        parts.dedup();
        if let [part] = parts[..] {
            roles = vec![part];
        }
    }
    // "Control objective", "Measure due": what is said of a measure is none.
    let is_of_measure = matches!(roles[..], [Role::Control | Role::Existing | Role::ControlId]);
    if is_of_measure && !top.0 && all.iter().any(|word| is_one_of(word, ATTRIBUTES))
        || is_of_measure && heading.contains('%')
    {
        roles = vec![Role::Remark];
    }
    // "Loss reduction", "Effect on frequency"
    roles = match roles[..] {
        [Role::Loss, Role::Effect] => vec![Role::EffectOnLoss],
        [Role::Frequency | Role::Likelihood, Role::Effect] => vec![Role::EffectOnFrequency],
        _ => roles,
    };
    // "Probability per year" is a chance.
    if roles == [Role::Frequency] && best.iter().any(|(_, _, role)| *role == Role::Likelihood) {
        roles = vec![Role::Likelihood];
    }
    if matches!(roles[..], [Role::Loss | Role::Expected | Role::Frequency | Role::Likelihood]) {
        // A median is no average, and a percentile no end of nine cases in ten.
        if all.iter().any(|word| is_odd_point(word)) {
            return Guess::Unknown;
        }
        let says = |list: &str, last: &str| {
            all.iter().any(|word| is_one_of(word, list)) || all.last().is_some_and(|word| is_one_of(word, last))
        };
        let end = match (says(LOWER, FROM), says(UPPER, UP_TO)) {
            (true, true) => None,
            (true, false) => End::of(&all).or(Some(End::Low)),
            (false, true) => End::of(&all).or(Some(End::High)),
            (false, false) => End::of(&all),
        };
        roles = match (end, roles[0]) {
            (None, _) => roles,
            (Some(End::Likely), Role::Expected) => roles,
            // The most that an event, or a year, can cost?
            (Some(end), Role::Expected) => vec![end.role(Role::LOSS_ENDS), Role::Expected],
            (Some(end), Role::Loss) => vec![end.role(Role::LOSS_ENDS)],
            // "Likely frequency", but "Wahrscheinlichkeit" is no end.
            (Some(end), _) => vec![end.role(Role::FREQUENCY_ENDS)],
        };
    }
    // "Loss per year" is an expected loss, and "cost p.a." no cost of once.
    let inside = bracketed(heading);
    let within =
        |list: &[String], one: &str, other: &str| list.windows(2).any(|words| words[0] == one && words[1] == other);
    let pair = |one: &str, other: &str| within(&all, one, other) || within(&inside, one, other);
    let is_yearly = pair("p", "a")
        || pair("par", "an")
        || inside.windows(2).any(|words| cell::is_per(&words[0]) && cell::a_year(&words[1]) == Some(1))
        || all.iter().any(|word| word.chars().count() > 2 && cell::a_year(word) == Some(1));
    // "Cost (one-off)", "Kosten (einmalig)", "Cost (EUR/a)"
    let is_once =
        inside.iter().any(|word| is_one_of(word, "once|einmalig|unique|único|única|initial|eenmalig|ponctuel"))
            || [("one", "off"), ("one", "time"), ("une", "fois"), ("una", "tantum"), ("una", "vez"), ("up", "front")]
                .into_iter()
                .any(|(one, other)| within(&inside, one, other));
    let is_slashed = ["/a)", "/y)", "/yr)", "/a]"].iter().any(|end| heading.to_lowercase().contains(end));
    if is_once && roles == [Role::Cost] {
        roles = vec![Role::CostOnce];
    }
    if (is_yearly || is_slashed) && !counts {
        match roles[..] {
            // The most that an event, or a year, can cost?
            [end] if Role::LOSS_ENDS.contains(&end) => roles = vec![end, Role::Expected],
            [Role::Loss] | [Role::Loss, Role::Cost] => roles = vec![Role::Expected],
            [Role::Cost] => roles = vec![Role::CostYearly],
            // "Residual risk (EUR per year)" is what it costs on average; a rating has no time.
            [Role::Score] if !all.iter().any(|word| is_one_of(word, SCORES)) => roles = vec![Role::Expected],
            _ => {}
        }
    }
    match roles[..] {
        [role] => Guess::Clear(Meaning { role, phase: if role.has_phases() { phase } else { Phase::Unsaid } }),
        _ => Guess::Doubt(roles),
    }
}
