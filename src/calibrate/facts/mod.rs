//! What do public statements say, and what can they carry?
//!
//! Each fact has a kind, and each kind allows only what it measures: a share of incidents is never a
//! frequency, a mean alone never a range. What a fact was measured on is named beside it, and where
//! the case is known to differ, the difference. Page: `docs/calibrate.md`.

mod table;

use serde_json::{Value, json};

use super::fault;
use super::proposal::{Part, Proposal, digits, percent, said};
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::Distribution;
use crate::stats::fit::{rate, severity::lognormal_through};

pub use table::facts;

/// What a statement measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Share that had an incident of any kind in a year, also one without a loss.
    PrevalenceAnyIncident,
    /// Share that had an incident with consequences in a year.
    PrevalenceLossEvent,
    /// Reports received, of those who report.
    ReportedRate,
    /// Events by unit of exposure.
    CountPerExposure,
    /// People that an incident affects.
    PeopleAffected,
    /// A part of all incidents.
    ShareOfIncidents,
    /// Average cost of an event.
    MeanEventCost,
    /// Median and quantiles of the cost of an event.
    QuantileEventCost,
    /// Chances that an event costs more than an amount.
    ExceedanceEventCost,
    /// Sum of losses of many.
    TotalLosses,
    /// The most that the law allows.
    LegalCeiling,
    /// Average length.
    DurationMean,
    /// Median length.
    DurationMedian,
    /// Chances that it lasts longer than a time.
    DurationExceedance,
    /// How much likelier one group is hit than another.
    RelativeLikelihood,
    /// What people think.
    SurveyOpinion,
}

impl Kind {
    /// The kind of a word in the table of facts.
    fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "prevalence-any-incident" => Self::PrevalenceAnyIncident,
            "prevalence-loss-event" => Self::PrevalenceLossEvent,
            "reported-rate" => Self::ReportedRate,
            "count-per-exposure" => Self::CountPerExposure,
            "people-affected" => Self::PeopleAffected,
            "share-of-incidents" => Self::ShareOfIncidents,
            "mean-event-cost" => Self::MeanEventCost,
            "quantile-event-cost" => Self::QuantileEventCost,
            "exceedance-event-cost" => Self::ExceedanceEventCost,
            "total-losses" => Self::TotalLosses,
            "legal-ceiling" => Self::LegalCeiling,
            "duration-mean" => Self::DurationMean,
            "duration-median" => Self::DurationMedian,
            "duration-exceedance" => Self::DurationExceedance,
            "relative-likelihood" => Self::RelativeLikelihood,
            "survey-opinion" => Self::SurveyOpinion,
            _ => return None,
        })
    }

    /// Its name in the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PrevalenceAnyIncident => "prevalence of any incident",
            Self::PrevalenceLossEvent => "prevalence of incidents with consequences",
            Self::ReportedRate => "reports received",
            Self::CountPerExposure => "events per exposure",
            Self::PeopleAffected => "people affected by an incident",
            Self::ShareOfIncidents => "share of incidents",
            Self::MeanEventCost => "mean cost of an event",
            Self::QuantileEventCost => "quantiles of the cost of an event",
            Self::ExceedanceEventCost => "chance that an event costs more",
            Self::TotalLosses => "total of losses",
            Self::LegalCeiling => "ceiling by law",
            Self::DurationMean => "mean duration",
            Self::DurationMedian => "median duration",
            Self::DurationExceedance => "chance that it lasts longer",
            Self::RelativeLikelihood => "relative likelihood",
            Self::SurveyOpinion => "opinion",
        }
    }
}

/// One figure of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// A share or chance, 0 to 1.
    Share(f64),
    /// Events a year by unit of exposure.
    PerYear(f64),
    /// An average.
    Mean(f64),
    /// A value that is not exceeded with this chance: (chance, value).
    Quantile(f64, f64),
    /// A value that is exceeded with this chance: (value, chance).
    Exceeds(f64, f64),
    /// A total of so many: (total, count).
    Total(f64, f64),
    /// So many times.
    Times(f64),
    /// The higher of an amount and a share of turnover: (amount, share).
    Ceiling(f64, f64),
}

/// What a statement may be restated under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Licence {
    /// Free to restate with its source.
    Free(String),
    /// Cited as a single figure.
    Citation,
}

/// A public statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Short name.
    pub id: String,
    /// What it says.
    pub says: String,
    /// What it measures.
    pub kind: Kind,
    /// Its figures.
    pub figures: Vec<Statistic>,
    /// Currency, `hours`, or nothing.
    pub unit: String,
    /// Whom it was measured on.
    pub population: String,
    /// Countries of the population, as codes; empty for several.
    pub country: String,
    /// Size of its firms, in words.
    pub size: String,
    /// How many were asked or counted, where it is told.
    pub n: Option<u32>,
    /// The year that it speaks of.
    pub year: u16,
    /// Who says it, and where.
    pub source: String,
    /// Under which licence.
    pub licence: Licence,
    /// What goes wrong when it is used without care.
    pub warning: String,
    /// Whether most of the values are zero.
    pub zero_inflated: bool,
}

/// What a fact is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Loss events a year.
    Frequency,
    /// Money of one event.
    Loss,
    /// Hours of one event.
    Duration,
    /// The most that it can be.
    AtMost,
    /// What a control takes off.
    Reduction,
}

/// What is known of the case that a fact is wanted for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Setting {
    /// Its country, as a code.
    pub country: Option<String>,
    /// Its staff.
    pub employees: Option<u64>,
    /// Its currency.
    pub currency: Option<String>,
    /// Turnover, for ceilings, with the currency that it is told in.
    pub turnover: Option<(f64, Option<String>)>,
}

/// The facts in which every word occurs.
#[must_use]
pub fn matching(words: &[String]) -> Vec<&'static Fact> {
    let holds = |fact: &Fact, word: &str| {
        let all =
            [&fact.id, &fact.says, &fact.population, &fact.source, &fact.warning, &fact.country].map(String::as_str);
        let word = word.to_lowercase();
        all.into_iter().chain([fact.kind.name()]).any(|text| text.to_lowercase().contains(&word))
            || fact.year.to_string() == word
    };
    facts().iter().filter(|fact| words.iter().all(|word| holds(fact, word))).collect()
}

/// The keys of an estimate with their values, and how they were found.
type Carried = (Vec<(&'static str, Part)>, String);

impl Fact {
    /// The lines of its entry.
    #[must_use]
    pub fn text(&self) -> String {
        let n = self.n.map_or(String::new(), |n| format!(", n = {}", said(f64::from(n))));
        let licence = match &self.licence {
            Licence::Free(name) => name.as_str(),
            Licence::Citation => "cited as a single figure",
        };
        format!(
            "{}\n  {}\n  {} · {}{n} · {}\n  {} ({licence})\n  Careful: {}\n",
            self.id,
            self.says,
            self.kind.name(),
            self.population,
            self.year,
            self.source,
            self.warning
        )
    }

    /// The same for programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let figures: Vec<Value> = self
            .figures
            .iter()
            .map(|figure| match *figure {
                Statistic::Share(x) => json!({ "share": x }),
                Statistic::PerYear(x) => json!({ "per_year": x }),
                Statistic::Mean(x) => json!({ "mean": x }),
                Statistic::Quantile(p, x) => json!({ "quantile": p, "value": x }),
                Statistic::Exceeds(x, p) => json!({ "above": x, "chance": p }),
                Statistic::Total(x, n) => json!({ "total": x, "count": n }),
                Statistic::Times(x) => json!({ "times": x }),
                Statistic::Ceiling(x, share) => json!({ "amount": x, "share_of_turnover": share }),
            })
            .collect();
        let (licence, free) = match &self.licence {
            Licence::Free(name) => (name.as_str(), true),
            Licence::Citation => ("citation", false),
        };
        json!({
            "id": self.id, "says": self.says, "kind": self.kind.name(), "figures": figures, "unit": self.unit,
            "population": self.population, "country": self.country, "size": self.size, "n": self.n, "year": self.year,
            "source": self.source, "licence": licence, "free": free, "warning": self.warning,
        })
    }

    /// An estimate, where the kind of the fact allows one.
    ///
    /// # Errors
    /// Why not, and what to do instead.
    pub fn estimate(&self, wanted: Use, setting: &Setting, key: &str) -> Result<Proposal, Diagnostic> {
        if self.zero_inflated && wanted == Use::Loss {
            return Err(self.refusal(
                "most of its values are zero, and no curve through the others has its average",
                "take the share without a cost into the frequency, and ask for the cost of those that had one (`rosi calibrate experts`)",
            ));
        }
        let (value, how) = match (wanted, self.kind) {
            (Use::Frequency, Kind::PrevalenceLossEvent) => self.rate()?,
            (Use::Frequency, Kind::CountPerExposure) => self.per_year()?,
            (Use::Loss, Kind::QuantileEventCost | Kind::ExceedanceEventCost | Kind::MeanEventCost) => self.range("")?,
            (Use::Duration, Kind::DurationExceedance | Kind::DurationMean | Kind::DurationMedian) => {
                self.range(" hours")?
            }
            (Use::AtMost, Kind::LegalCeiling) => self.ceiling(setting)?,
            (wanted, kind) => return Err(self.refused(wanted, kind)),
        };
        let mut cautions = self.differences(setting);
        cautions.push(self.warning.to_owned());
        if wanted == Use::Frequency {
            cautions.push("It is the rate of an average member of that population, not of this case: make it a range as wide as the members differ.".to_owned());
        }
        Ok(Proposal {
            key: key.to_owned(),
            value,
            source: self.source.to_owned(),
            date: None,
            period: None,
            count: self.n.map_or(0, |n| n as usize),
            rests_on: format!("{} ({}, {}); {how}", self.says.trim_end_matches('.'), self.population, self.year),
            findings: vec![format!("{}: {how}.", self.kind.name())],
            cautions,
            beside: Vec::new(),
            figures: Vec::new(),
            voice: crate::units::Voice::default(),
        })
    }

    fn refusal(&self, why: &str, help: &str) -> Diagnostic {
        fault(Code::WrongUnit, format!("{}: {why}", self.id), &[help])
    }

    fn rate(&self) -> Result<Carried, Diagnostic> {
        let share = self.figures.iter().find_map(|f| if let Statistic::Share(p) = f { Some(*p) } else { None });
        let Some(share) = share else { return Err(self.refusal("it states no share", "choose another fact")) };
        let value = rate::from_chance(share);
        Ok((
            vec![("value", Part::Text(format!("{} per year", digits(value))))],
            format!("{} with one at least are {} a year, −ln(1 − {})", percent(share), said(value), digits(share)),
        ))
    }

    fn per_year(&self) -> Result<Carried, Diagnostic> {
        let found = self.figures.iter().find_map(|f| if let Statistic::PerYear(x) = f { Some(*x) } else { None });
        let Some(x) = found else { return Err(self.refusal("it states no count by exposure", "choose another fact")) };
        Ok((vec![("value", Part::Text(format!("{} per year", digits(x))))], format!("{} a year as stated", digits(x))))
    }

    /// A lognormal: through two points, or with this mean and median.
    fn range(&self, unit: &str) -> Result<Carried, Diagnostic> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        let mut mean = None;
        for figure in &self.figures {
            match *figure {
                Statistic::Quantile(p, x) => points.push((x, 1.0 - p)),
                Statistic::Exceeds(x, p) => points.push((x, p)),
                Statistic::Mean(x) => mean = Some(x),
                _ => {}
            }
        }
        let (mu, sigma, how) = match (points.as_slice(), mean) {
            ([first, second, ..], _) => {
                let (mu, sigma) = lognormal_through(*first, *second);
                let told = libm::exp(mu + 0.5 * sigma * sigma);
                let other = mean.map_or(String::new(), |mean| format!("; the source's own mean is {}", said(mean)));
                (mu, sigma, format!("lognormal through its two points, of mean {}{other}", said(told)))
            }
            ([(median, above)], Some(mean)) if (*above - 0.5).abs() < 1e-9 && mean > *median => {
                let sigma = (2.0 * libm::log(mean / median)).sqrt();
                (
                    libm::log(*median),
                    sigma,
                    format!("lognormal of its median {} and mean {}", said(*median), said(mean)),
                )
            }
            ([_], None) => {
                return Err(self.refusal(
                    "one point alone tells no range",
                    "take it to check a range that people state (`rosi calibrate experts`), or find a second point of the same population",
                ));
            }
            _ => {
                return Err(self.refusal(
                    "a mean alone tells no range: means are ruled by a few large events",
                    "take it to check the average of your own range, never as its most likely value",
                ));
            }
        };
        let range = crate::stats::Lognormal::new(mu, sigma).map(Distribution::Lognormal);
        let Ok(range) = range else { return Err(self.refusal("its points make no range", "choose another fact")) };
        let text = |x: f64| Part::Text(format!("{}{unit}", digits(x)));
        Ok((vec![("low", text(range.quantile(0.05))), ("high", text(range.quantile(0.95)))], how))
    }

    fn ceiling(&self, setting: &Setting) -> Result<Carried, Diagnostic> {
        let found =
            self.figures.iter().find_map(|f| if let Statistic::Ceiling(x, s) = f { Some((*x, *s)) } else { None });
        let Some((amount, share)) = found else {
            return Err(self.refusal("it states no ceiling", "choose another fact"));
        };
        let turnover = setting.turnover.as_ref();
        if share > 0.0 && turnover.is_none() {
            return Err(fault(
                Code::Missing,
                format!("{}: the ceiling depends on the turnover of the whole group", self.id),
                &["add `--turnover 400M`"],
            ));
        }
        // Without a currency of its own it is in that of the case.
        let told = turnover.and_then(|(_, currency)| currency.as_ref()).or(setting.currency.as_ref());
        if let (Some((_, stated)), Some(told)) = (turnover, told)
            && share > 0.0
            && self.unit.len() == 3
            && !self.unit.eq_ignore_ascii_case(told)
        {
            let (in_what, unit) = (stated.as_ref().unwrap_or(told), &self.unit);
            return Err(fault(
                Code::Contradiction,
                format!("{}: the ceiling is in {unit}, and the turnover in {in_what}", self.id),
                &[&format!(
                    "write the turnover in {unit}, converted on a day that you name: `--turnover \"{unit} 400M\"`"
                )],
            ));
        }
        let of_turnover = share * turnover.map_or(0.0, |(amount, _)| *amount);
        let most = amount.max(of_turnover);
        Ok((
            vec![("at_most", Part::Text(digits(most)))],
            format!(
                "the higher of {} and {} of turnover: {}. A ceiling is no forecast: it goes into `at_most` and nowhere else",
                said(amount),
                percent(share),
                said(most)
            ),
        ))
    }

    fn refused(&self, wanted: Use, kind: Kind) -> Diagnostic {
        let what = match wanted {
            Use::Frequency => "a frequency",
            Use::Loss => "the loss of an event",
            Use::Duration => "a duration",
            Use::AtMost => "an upper bound",
            Use::Reduction => "a reduction",
        };
        let (why, help) = match (kind, wanted) {
            (Kind::ShareOfIncidents, Use::Frequency) => (
                "a share of incidents is never a frequency: it says what happened to those who were hit, not how many were".to_owned(),
                "multiply it by a frequency of the same population and the same kind of incident, if there is one",
            ),
            (Kind::PrevalenceAnyIncident, Use::Frequency) => {
                let share = self.figures.iter().find_map(|f| if let Statistic::Share(p) = f { Some(*p) } else { None });
                let most = share.map_or(String::new(), |p| format!(": at most {} loss events a year", said(rate::from_chance(p))));
                (
                    format!("it counts attempts and incidents without a loss, so it is only an upper bound of a frequency{most}"),
                    "take that as the high end of a range that people state (`rosi calibrate experts`)",
                )
            }
            (Kind::LegalCeiling, _) => (
                format!("a ceiling by law is never {what}: nearly every fine lies far below it"),
                "ask for it with `--as at-most`",
            ),
            (Kind::TotalLosses | Kind::ReportedRate, _) => (
                format!("a total of those who report is not {what} of anybody: who did not report, and how many could have, is not told"),
                "take it as a check of the order of magnitude",
            ),
            (Kind::RelativeLikelihood, _) => (
                "it compares groups that differ in more than the control: an association, no effect".to_owned(),
                "use it beside your own counts before and after: `rosi calibrate effect`",
            ),
            (Kind::SurveyOpinion, _) => ("it is what people think, not what was counted".to_owned(), "quote it, and count something"),
            _ => (
                format!("it measures {}, which is not {what}", kind.name()),
                "`rosi facts` lists what each fact measures",
            ),
        };
        self.refusal(&why, help)
    }

    /// In what the population differs from the case, as far as that is known.
    fn differences(&self, setting: &Setting) -> Vec<String> {
        let mut told = Vec::new();
        if let Some(country) = &setting.country
            && !self.country.split(' ').any(|known| known.eq_ignore_ascii_case(country))
        {
            let whom = if self.country.is_empty() { "many countries" } else { self.country.as_str() };
            told.push(format!("Country: measured in {whom}, wanted for {country}. One instrument found countries a factor of six apart."));
        }
        if let Some(employees) = setting.employees {
            told.push(format!("Size: measured on {}, wanted for {} staff.", self.size, said(employees as f64)));
        }
        if let Some(currency) = &setting.currency
            && self.unit.len() == 3
            && !self.unit.eq_ignore_ascii_case(currency)
        {
            told.push(format!(
                "Currency: the amounts are in {}, the case is in {currency}: convert them on a day that you name.",
                self.unit
            ));
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fact(id: &str) -> &'static Fact {
        facts().iter().find(|fact| fact.id == id).unwrap_or_else(|| panic!("no fact {id}"))
    }

    #[test]
    fn every_fact_has_its_source_and_warning_and_a_name_of_its_own() {
        for (i, fact) in facts().iter().enumerate() {
            assert!(!fact.source.is_empty() && !fact.warning.is_empty() && !fact.figures.is_empty(), "{}", fact.id);
            assert!(facts()[i + 1..].iter().all(|other| other.id != fact.id), "{}", fact.id);
            assert!(fact.year >= 2004 && fact.year <= 2026, "{}", fact.id);
        }
    }

    #[test]
    fn a_share_of_incidents_and_a_ceiling_are_never_a_frequency() {
        for fact in facts() {
            let found = fact.estimate(Use::Frequency, &Setting::default(), "frequency");
            let may = matches!(fact.kind, Kind::PrevalenceLossEvent | Kind::CountPerExposure);
            assert_eq!(found.is_ok(), may, "{}", fact.id);
            let reduction = fact.estimate(Use::Reduction, &Setting::default(), "reduction");
            assert!(reduction.is_err(), "{}", fact.id);
        }
        let refused = fact("uk-csbs-2026-any").estimate(Use::Frequency, &Setting::default(), "frequency").unwrap_err();
        assert!(refused.message.contains("0.562"), "{}", refused.message);
    }

    #[test]
    fn two_points_make_a_range_and_zeros_make_none() {
        let found = fact("uptime-2025-cost").estimate(Use::Loss, &Setting::default(), "loss.response").unwrap();
        assert!(found.rests_on.contains("2,530,000"), "{}", found.rests_on);
        assert!(fact("uk-csbs-2026-cost").estimate(Use::Loss, &Setting::default(), "x").is_err());
        assert!(fact("asd-2025-cost-large").estimate(Use::Loss, &Setting::default(), "x").is_err());
        let people = fact("oaic-2024-people");
        assert!((2.0 * libm::log(15_357.0 / 182.0)).sqrt() - 2.98 < 0.01, "{}", people.id);
    }

    #[test]
    fn ceilings_follow_turnover_and_differences_are_named() {
        let setting = Setting { turnover: Some((1e9, None)), country: Some("DE".into()), ..Setting::default() };
        let found = fact("gdpr-83-5").estimate(Use::AtMost, &setting, "at_most").unwrap();
        assert_eq!(found.value, [("at_most", Part::Text("40000000".into()))]);
        assert!(fact("gdpr-83-4").estimate(Use::AtMost, &Setting::default(), "at_most").is_err());
        let found = fact("iris-2025-typical").estimate(Use::Frequency, &setting, "frequency").unwrap();
        assert!(found.toml().contains("0.0976128 per year"), "{}", found.toml());
        assert!(found.cautions[0].starts_with("Country:"), "{:?}", found.cautions);
    }
}
