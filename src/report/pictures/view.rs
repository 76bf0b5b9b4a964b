//! What are the pictures of a case made of?

use crate::engine::optimise::Optimisation;
use crate::engine::{Analysis, OptionId, OptionYear};
use crate::model::Scenario;
use crate::report::Digits;
use crate::report::chart::{AgreedLimit, Chart, ChartOption, ExceedanceCurve, points};
use crate::report::sections::subject_index;
use crate::report::sentences::name;
use crate::report::shown::Shown;
use crate::report::texts::{line, texts};
use crate::units::{Arithmetic, Figure, Unit};

/// More options than this are too many for a picture that has a line for each; then it has so few.
const MOST: usize = 12;
const FEW: usize = 8;

/// A case with its figures, as its pictures see it.
pub(in crate::report) struct View<'a> {
    pub scenario: &'a Scenario,
    pub analysis: &'a Analysis,
    /// What was found to buy, where it was asked for.
    pub search: Option<&'a Optimisation>,
    /// Whether pictures are shown that only a paper has room for.
    pub is_paper: bool,
    /// The plan that the report is about, by its place.
    pub subject: Option<OptionId>,
    /// Today and every plan; nothing where years are not known.
    pub options: Vec<Years<'a>>,
    /// What the board agreed to bear; nothing where years are not known.
    pub limits: Vec<AgreedLimit>,
    /// What the tables beside the pictures show of figures that add up.
    pub shown: Shown,
}

/// One option's years, and their average, which is known better than their distribution.
pub(in crate::report) struct Years<'a> {
    pub name: String,
    pub average: f64,
    pub year: &'a OptionYear,
}

impl<'a> View<'a> {
    /// What a report shows.
    pub fn new(scenario: &'a Scenario, analysis: &'a Analysis) -> Self {
        let options = options(scenario, analysis);
        let limits = limits(scenario, &options);
        let subject = subject_index(analysis);
        Self { scenario, analysis, search: None, is_paper: false, subject, options, limits, shown: Shown::default() }
    }

    /// What a paper shows besides.
    pub fn of_paper(
        scenario: &'a Scenario,
        analysis: &'a Analysis,
        search: Option<&'a Optimisation>,
        shown: Shown,
    ) -> Self {
        Self { search, is_paper: true, shown, ..Self::new(scenario, analysis) }
    }

    /// An amount as the tables show it.
    pub fn told(&self, amount: Figure) -> f64 {
        self.shown.amount(amount.to_f64())
    }

    pub fn unit(&self) -> Unit {
        self.scenario.unit()
    }

    /// The option at this place, today first.
    pub fn option(&self, place: usize) -> ChartOption {
        match place.checked_sub(1) {
            None => ChartOption::today(texts(self.scenario).charts.start_today),
            Some(plan) => self.plan(OptionId(plan)),
        }
    }

    /// The plan at this place, from 0.
    pub fn plan(&self, place: OptionId) -> ChartOption {
        ChartOption::plan(&name(self.scenario, &self.analysis.plans[place]), place.0)
    }

    /// Today and the plan that the report is about, with what their pictures are called; nothing where years are not
    /// known.
    pub fn shown(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let plan = self.subject.map(|index| (index.row(), "with-plan"));
        std::iter::once((0, "today")).chain(plan).filter(|(place, _)| *place < self.options.len())
    }

    /// The options that pictures with a line or a bar each draw, today first: all of them, or of very many the one asked
    /// for, the one advised and those of the highest value.
    pub fn drawn(&self) -> Vec<usize> {
        let plans = &self.analysis.plans;
        if plans.len() <= MOST {
            return (0..=plans.len()).collect();
        }
        let mut order: Vec<OptionId> = plans.ids().collect();
        let value = |index: OptionId| plans[index].investment.net_present_value.to_f64();
        let other = |index: OptionId| Some(index) != self.subject && Some(index) != self.analysis.recommended;
        order.sort_by(|&a, &b| other(a).cmp(&other(b)).then(value(b).total_cmp(&value(a))).then(a.cmp(&b)));
        let mut drawn: Vec<usize> = order.into_iter().take(FEW).map(OptionId::row).collect();
        drawn.sort_unstable();
        drawn.insert(0, 0);
        drawn
    }

    /// The chart with a line that says how many options are not drawn.
    pub fn with_rest(&self, chart: Chart) -> Chart {
        let words = &texts(self.scenario).charts;
        match self.analysis.plans.len() + 1 - self.drawn().len() {
            0 => chart,
            count => chart.with_note(&line(words.not_drawn, &[("count", &count)])),
        }
    }

    /// The chances of losing more with an option, through its quantiles and the agreed limits.
    pub fn curve(&self, option: &Years<'_>) -> ExceedanceCurve {
        let chance_of_loss = option.year.total.chance_of_loss.clamp(0.0, 1.0);
        ExceedanceCurve::new(&option.name, chance_of_loss, points(&option.year.total, &self.limits))
    }

    /// The digits that the loss of a bad year supports.
    pub fn digits(&self) -> u32 {
        match crate::report::year::digits(self.analysis) {
            Digits::Significant(count) => count,
            Digits::In { .. } | Digits::As { .. } | Digits::Beside { .. } => 3,
            Digits::Whole => u32::MAX,
        }
    }
}

/// Today and every plan; nothing where years are not known.
fn options<'a>(scenario: &Scenario, analysis: &'a Analysis) -> Vec<Years<'a>> {
    let Some(year) = &analysis.year else { return Vec::new() };
    let plans = analysis.plans.iter().zip(&year.plans);
    let plans = plans.map(|(plan, year)| Years { name: name(scenario, plan), average: plan.loss.to_f64(), year });
    let today = Years {
        name: texts(scenario).charts.start_today.to_owned(),
        average: analysis.loss_today.to_f64(),
        year: &year.today,
    };
    std::iter::once(today).chain(plans).collect()
}

/// What the board agreed to bear, and the chance that each option has of passing it.
fn limits(scenario: &Scenario, options: &[Years<'_>]) -> Vec<AgreedLimit> {
    if options.is_empty() {
        return Vec::new();
    }
    let chance =
        |year: &OptionYear, index: usize| year.total.chance_above.get(index).map_or(0.0, |c| c.clamp(0.0, 1.0));
    let error = |year: &OptionYear, index: usize| year.total.chance_error(index).unwrap_or(0.0);
    let limit = |(index, point): (usize, &crate::model::AppetitePoint)| AgreedLimit {
        name: point.name.clone(),
        loss: f64::from_decimal(point.loss.get()),
        chance: f64::from_decimal(point.chance.get()),
        chances: options.iter().map(|option| chance(option.year, index)).collect(),
        errors: options.iter().map(|option| error(option.year, index)).collect(),
    };
    scenario.appetite().iter().enumerate().map(limit).collect()
}
