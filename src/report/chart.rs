//! What does each chart show, before anything is drawn?
//!
//! Plain figures and names: a chart here knows its data, the words around it and how its money is written, and nothing
//! of shapes, colours or files. The same value feeds the picture and the table of figures behind the picture, so the
//! two cannot disagree.

mod annual_loss;
mod before_after;
mod exceedance;
mod fit;
mod frontier;
mod limit;
mod ranges;
mod scale;
mod tail;
mod tornado;
mod tower;
mod waterfall;
pub mod words;

pub use annual_loss::{AnnualLossDensity, LossBin};
pub use before_after::{LossBeforeAndAfter, OptionYears};
pub use exceedance::{Exceedance, ExceedanceCurve, LADDER, LEAST_CHANCE};
pub use fit::DataAgainstFit;
pub use frontier::{Frontier, FrontierPoint};
pub use limit::{AgreedLimit, Standing};
pub use ranges::{LossRanges, RiskYears};
pub use scale::Scale;
pub use tail::{RiskPart, TailContribution};
pub use tornado::{Swing, Tornado};
pub use tower::{InsuranceTower, InsuredEvent, Layer};
pub use waterfall::{Waterfall, WaterfallStep};

use super::texts::{line, texts};
use crate::units::{Language, Unit};

/// One chart: its words and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Short name, unique among the charts of one report; it becomes part of file names and of anchors in a page.
    pub id: String,
    /// The statement at the top of the picture.
    pub title: String,
    /// One or two sentences for captions and for readers who cannot see the picture.
    pub description: String,
    /// The title of the budget case, so that a picture taken out of its report still says whose figures it shows.
    pub case: Option<String>,
    /// Which run drew it (version, scenario, seed, method), for the same reason; below everything else.
    pub run: Option<String>,
    /// A line below the picture, such as "Example figures, to be replaced".
    pub note: Option<String>,
    /// The figures, and with them the form of the picture.
    pub kind: ChartKind,
}

/// The figures of a chart; one variant for each form of picture.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ChartKind {
    /// Average loss per year of each risk, today and with each plan.
    LossByRisk(LossByRisk),
    /// What each plan costs against what it avoids.
    CostAgainstLossAvoided(CostAgainstLossAvoided),
    /// The running balance of each plan over the years.
    CumulativeCash(CumulativeCash),
    /// Chance of losing more than an amount in a year, for each option.
    Exceedance(Exceedance),
    /// The distribution of one year's loss with one option.
    AnnualLossDensity(AnnualLossDensity),
    /// What each risk brings to a bad year.
    TailContribution(TailContribution),
    /// From today's average loss to a plan's, one step a control.
    Waterfall(Waterfall),
    /// Average, bad and very bad year of each option.
    LossBeforeAndAfter(LossBeforeAndAfter),
    /// What one assumption at a time does to a plan's value.
    Tornado(Tornado),
    /// The best sets of controls by what they cost and what they leave.
    Frontier(Frontier),
    /// What insurers pay of one event.
    InsuranceTower(InsuranceTower),
    /// Observed values against a fitted distribution.
    DataAgainstFit(DataAgainstFit),
    /// Average, bad and very bad year of each risk.
    LossRanges(LossRanges),
}

/// An option that a chart is about, and the place that fixes its colour in every chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartOption {
    /// Its name.
    pub name: String,
    /// Its place among the plans of the report, from 0; none for today.
    pub place: Option<usize>,
}

/// Average loss per year by risk and option, the worst of today first.
#[derive(Debug, Clone, PartialEq)]
pub struct LossByRisk {
    /// The options in order; the first is today.
    pub options: Vec<String>,
    /// The risks, largest loss today first.
    pub risks: Vec<RiskLosses>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One risk and its average loss per year under each option.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskLosses {
    /// Name of the risk.
    pub name: String,
    /// Expected annual loss, one for each option and in their order, in currency units.
    pub losses: Vec<f64>,
}

/// One point for each plan: present value of its cost and of the loss that it avoids.
#[derive(Debug, Clone, PartialEq)]
pub struct CostAgainstLossAvoided {
    /// The plans in their order, without today. The order decides colour and shape in every chart.
    pub plans: Vec<PlanPoint>,
    /// The horizon in words, such as "3 years".
    pub horizon: String,
    /// How amounts are written along the cost axis.
    pub cost_scale: Scale,
    /// How amounts are written along the loss axis.
    pub loss_scale: Scale,
}

/// One plan's two present values over the horizon, in currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPoint {
    /// Name of the plan.
    pub name: String,
    /// Present value of cost.
    pub cost: f64,
    /// Present value of loss avoided.
    pub loss_avoided: f64,
}

/// The running balance of each plan, year by year.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeCash {
    /// The plans in their order, without today.
    pub plans: Vec<PlanPath>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One plan's balance over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPath {
    /// Name of the plan.
    pub name: String,
    /// Loss avoided minus cost, summed up to the end of year 0, 1, …, in currency units.
    pub net: Vec<f64>,
    /// Years until the balance is back at zero; none where it does not get there.
    pub payback_years: Option<f64>,
}

impl Chart {
    /// A chart without a note.
    pub fn new(id: &str, title: &str, description: &str, kind: ChartKind) -> Self {
        let text = str::to_owned;
        Self {
            id: text(id),
            title: text(title),
            description: text(description),
            case: None,
            run: None,
            note: None,
            kind,
        }
    }

    /// The same chart with the title of its budget case.
    #[must_use]
    pub fn of_case(self, case: &str) -> Self {
        Self { case: Some(case.to_owned()), ..self }
    }

    /// The same chart with the run that it comes from.
    #[must_use]
    pub fn of_run(self, run: &str) -> Self {
        Self { run: Some(run.to_owned()), ..self }
    }

    /// The same chart as a part of a paper, which names the case and the run already.
    #[must_use]
    pub fn within_paper(&self) -> Self {
        Self { case: None, run: None, ..self.clone() }
    }

    /// The same chart with a line below the picture, behind the one that it may have already.
    #[must_use]
    pub fn with_note(mut self, note: &str) -> Self {
        self.note = Some(match self.note {
            Some(first) => format!("{first} {note}"),
            None => note.to_owned(),
        });
        self
    }
}

impl ChartKind {
    /// The language that its words and figures are in.
    pub(crate) fn language(&self) -> Language {
        let scale = match self {
            Self::LossByRisk(data) => &data.scale,
            Self::CostAgainstLossAvoided(data) => &data.cost_scale,
            Self::CumulativeCash(data) => &data.scale,
            Self::Exceedance(data) => &data.scale,
            Self::AnnualLossDensity(data) => &data.scale,
            Self::TailContribution(data) => &data.scale,
            Self::Waterfall(data) => &data.scale,
            Self::LossBeforeAndAfter(data) => &data.scale,
            Self::Tornado(data) => &data.scale,
            Self::Frontier(data) => &data.loss_scale,
            Self::InsuranceTower(data) => &data.scale,
            Self::DataAgainstFit(data) => &data.scale,
            Self::LossRanges(data) => &data.scale,
        };
        scale.into()
    }
}

impl ChartOption {
    /// Today, under the name that the report gives it.
    pub fn today(name: &str) -> Self {
        Self { name: name.to_owned(), place: None }
    }

    /// The plan at this place of the report, from 0.
    pub fn plan(name: &str, place: usize) -> Self {
        Self { name: name.to_owned(), place: Some(place) }
    }

    /// "today" or "with Core".
    fn phrase(&self, language: impl Into<Language>) -> String {
        let words = &texts(language).charts;
        if self.place.is_none() { words.today.to_owned() } else { line(words.with_plan, &[("plan", &self.name)]) }
    }
}

impl LossByRisk {
    /// Sorts the risks by their loss today (the first option), largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, options: Vec<String>, mut risks: Vec<RiskLosses>) -> Self {
        let today = |risk: &RiskLosses| risk.losses.first().copied().unwrap_or(0.0);
        risks.sort_by(|a, b| today(b).total_cmp(&today(a)));
        let scale = Scale::for_amounts(unit, risks.iter().flat_map(|r| r.losses.iter().copied()));
        Self { options, risks, scale }
    }
}

impl CostAgainstLossAvoided {
    /// Chooses the two axes apart: a plan may avoid a thousand times what it costs.
    pub fn new(unit: impl Into<Unit>, horizon: &str, plans: Vec<PlanPoint>) -> Self {
        let unit = unit.into();
        let cost_scale = Scale::for_amounts(unit, plans.iter().map(|p| p.cost));
        let loss_scale = Scale::for_amounts(unit, plans.iter().map(|p| p.loss_avoided));
        Self { plans, horizon: horizon.to_owned(), cost_scale, loss_scale }
    }
}

impl CumulativeCash {
    /// Chooses the axis from all balances.
    pub fn new(unit: impl Into<Unit>, plans: Vec<PlanPath>) -> Self {
        let scale = Scale::for_amounts(unit, plans.iter().flat_map(|p| p.net.iter().copied()));
        Self { plans, scale }
    }
}

impl PlanPath {
    /// A balance whose payback is where the straight line between two year-ends first rises to zero.
    pub fn new(name: &str, net: Vec<f64>) -> Self {
        let payback_years = net.windows(2).enumerate().find_map(|(year, pair)| {
            let (before, after) = (pair[0], pair[1]);
            (before < 0.0 && after >= 0.0).then(|| year as f64 + before / (before - after))
        });
        Self { name: name.to_owned(), net, payback_years }
    }
}

/// The figures behind the picture: column titles, then one row of text for each risk, plan, year or step. Amounts in full
/// units, thousands grouped; every risk has its row even where the picture adds the small ones up.
pub fn data_table(chart: &Chart) -> (Vec<String>, Vec<Vec<String>>) {
    let words = &texts(chart.kind.language()).charts;
    match &chart.kind {
        ChartKind::LossByRisk(data) => {
            let mut header = vec![words.risk.to_owned()];
            header.extend(data.options.iter().map(|option| titled(option, &data.scale)));
            let row = |risk: &RiskLosses| {
                let figures = (0..data.options.len())
                    .map(|i| risk.losses.get(i).map_or_else(String::new, |v| data.scale.full(*v)));
                std::iter::once(risk.name.clone()).chain(figures).collect()
            };
            (header, data.risks.iter().map(row).collect())
        }
        ChartKind::CostAgainstLossAvoided(data) => {
            let header = vec![
                words.option.to_owned(),
                titled(words.present_cost, &data.cost_scale),
                titled(words.present_avoided, &data.loss_scale),
                titled(words.value, &data.loss_scale),
            ];
            let row = |p: &PlanPoint| {
                vec![
                    p.name.clone(),
                    data.cost_scale.full(p.cost),
                    data.loss_scale.full(p.loss_avoided),
                    data.loss_scale.full(p.loss_avoided - p.cost),
                ]
            };
            (header, data.plans.iter().map(row).collect())
        }
        ChartKind::CumulativeCash(data) => {
            let mut header = vec![words.year.to_owned()];
            header.extend(data.plans.iter().map(|plan| titled(&plan.name, &data.scale)));
            let years = data.plans.iter().map(|plan| plan.net.len()).max().unwrap_or(0);
            let row = |year: usize| {
                let figures =
                    data.plans.iter().map(|plan| plan.net.get(year).map_or_else(String::new, |v| data.scale.full(*v)));
                std::iter::once(year.to_string()).chain(figures).collect()
            };
            (header, (0..years).map(row).collect())
        }
        ChartKind::Exceedance(data) => data.table(),
        ChartKind::AnnualLossDensity(data) => data.table(),
        ChartKind::TailContribution(data) => data.table(),
        ChartKind::Waterfall(data) => data.table(),
        ChartKind::LossBeforeAndAfter(data) => data.table(),
        ChartKind::Tornado(data) => data.table(),
        ChartKind::Frontier(data) => data.table(),
        ChartKind::InsuranceTower(data) => data.table(),
        ChartKind::DataAgainstFit(data) => data.table(),
        ChartKind::LossRanges(data) => data.table(),
    }
}

fn titled(name: &str, scale: &Scale) -> String {
    if scale.currency.is_empty() { name.to_owned() } else { format!("{name} ({})", scale.currency) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risks_come_sorted_by_their_loss_today() {
        let risk = |name: &str, loss| RiskLosses { name: name.into(), losses: vec![loss] };
        let data = LossByRisk::new("EUR", vec!["Today".into()], vec![risk("a", 1.0), risk("b", 3.0), risk("c", 3.0)]);
        assert_eq!(data.risks.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    }

    #[test]
    fn payback_is_where_the_balance_rises_to_zero() {
        assert_eq!(PlanPath::new("p", vec![-100.0, -50.0, 50.0]).payback_years, Some(1.5));
        assert_eq!(PlanPath::new("p", vec![-100.0, 0.0]).payback_years, Some(1.0));
        assert_eq!(PlanPath::new("p", vec![-100.0, -50.0]).payback_years, None);
        assert_eq!(PlanPath::new("p", vec![0.0, 0.0]).payback_years, None);
    }

    #[test]
    fn the_table_behind_a_picture_holds_every_figure_in_full() {
        let paths = vec![PlanPath::new("Core", vec![-1_234_567.0, 2.5]), PlanPath::new("Long", vec![0.0])];
        let chart = Chart::new("cash", "t", "d", ChartKind::CumulativeCash(CumulativeCash::new("EUR", paths)));
        let (header, rows) = data_table(&chart);
        assert_eq!(header, ["Year", "Core (EUR)", "Long (EUR)"]);
        assert_eq!(rows, [["0", "-1,234,567", "0"], ["1", "2.50", ""]]);
    }
}
