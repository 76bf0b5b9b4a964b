//! The whole of one file.

use std::sync::Arc;

use super::{
    AppetitePoint, Assumptions, ByControl, ByEstimate, ByPolicy, ByRisk, CauseId, Control, Decision, EndValue,
    Estimate, EstimateId, Insurance, Obligation, ObligationId, Organisation, Plan, PlanId, Proposal, Risk, RiskId,
    SharedCause, StreamId, Table, ValueStream,
};
use crate::units::reading::Settings;
use crate::units::{Currency, Language, Unit, Voice};
use rust_decimal::Decimal;

/// One budget case: risks, controls, plans and the assumptions behind them.
///
/// Valid by construction: [`crate::scenario::parse`] is the only way to make one.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub(crate) title: String,
    pub(crate) currency: Currency,
    pub(crate) voice: Voice,
    pub(crate) reading: Settings,
    pub(crate) decision: Option<Decision>,
    pub(crate) proposal: Proposal,
    pub(crate) organisation: Organisation,
    pub(crate) assumptions: Assumptions,
    /// Everything begins a year later than the file says.
    pub(crate) put_off: bool,
    pub(crate) appetite: Vec<AppetitePoint>,
    pub(crate) value_streams: Table<StreamId, ValueStream>,
    pub(crate) risks: ByRisk<Risk>,
    pub(crate) obligations: Table<ObligationId, Obligation>,
    pub(crate) shared_causes: Table<CauseId, SharedCause>,
    pub(crate) controls: ByControl<Control>,
    pub(crate) plans: Table<PlanId, Plan>,
    pub(crate) insurance: ByPolicy<Insurance>,
    pub(crate) estimates: ByEstimate<Estimate>,
    pub(crate) sha256: String,
    pub(crate) changes: Option<Changes>,
    pub(crate) stated: Vec<StatedCase>,
}

/// A stated set of assumptions, such as a low case: the same file with these values in place of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedCase {
    /// What it is called.
    pub name: String,
    /// Why these values.
    pub why: Option<String>,
    /// Keys and what stands there instead.
    pub set: Vec<(String, String)>,
    /// The file with these values; it states no cases itself.
    pub scenario: Arc<Scenario>,
}

/// What was changed for one run, the file left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Each change as it was typed, `key=value`.
    pub by: Vec<String>,
    /// SHA-256 of the file before.
    pub of_file: String,
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)*) => {
        $($(#[$doc])* pub fn $name(&self) -> &$type { &self.$name })*
    };
}

impl Scenario {
    getters! {
        /// The title.
        title: str;
        /// Who asks whom.
        proposal: Proposal;
        /// Whose case it is.
        organisation: Organisation;
        /// What holds for the whole case.
        assumptions: Assumptions;
        /// What the board agreed to bear.
        appetite: [AppetitePoint];
        /// Parts of the business that earn money.
        value_streams: Table<StreamId, ValueStream>;
        /// The risks, in file order.
        risks: ByRisk<Risk>;
        /// Duties that events touch, in file order.
        obligations: Table<ObligationId, Obligation>;
        /// Causes that strike several risks at once.
        shared_causes: Table<CauseId, SharedCause>;
        /// The controls, in file order.
        controls: ByControl<Control>;
        /// The plans, in file order; today is not among them.
        plans: Table<PlanId, Plan>;
        /// The policies.
        insurance: ByPolicy<Insurance>;
        /// Every estimate of the file, in file order of their owners.
        estimates: ByEstimate<Estimate>;
        /// SHA-256 of the file and of the sample files that it names, in hexadecimal.
        sha256: str;
    }

    /// The currency of every amount.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// In which language, and with which marks in numbers, every output for people is written.
    pub fn voice(&self) -> Voice {
        self.voice
    }

    /// How quantities are read that come from elsewhere than the file: as in the file.
    pub fn reading(&self) -> &Settings {
        &self.reading
    }

    /// Currency, and how amounts of it are written.
    pub fn unit(&self) -> Unit {
        Unit { currency: self.currency.code(), voice: self.voice }
    }

    /// What is asked of the board.
    pub fn decision(&self) -> Option<&Decision> {
        self.decision.as_ref()
    }

    /// The estimate of an id.
    pub fn estimate(&self, id: EstimateId) -> &Estimate {
        &self.estimates[id]
    }

    /// How many estimates the file states; the rest is worked out from them.
    pub fn stated_count(&self) -> usize {
        self.estimates.iter().filter(|estimate| !estimate.worked_out).count()
    }

    /// Adds a plan: its place. The policies that are in force today stay in force with it.
    pub(crate) fn add_plan(&mut self, plan: Plan) -> PlanId {
        let index = self.plans.push(plan);
        for plans in self.insurance.iter_mut().filter_map(|policy| policy.plans.as_mut()) {
            if plans.contains(&None) {
                plans.push(Some(index));
            }
        }
        index
    }

    /// Adds a cause that strikes from outside, as often as the estimate says: its place.
    pub(crate) fn add_cause(&mut self, id: &str, name: &str, frequency: &Estimate, strikes: Vec<RiskId>) -> CauseId {
        let frequency = self.estimates.push(frequency.clone());
        self.shared_causes.push(SharedCause { id: id.to_owned(), name: name.to_owned(), frequency, strikes })
    }

    /// What was changed for this run; none where the case is that of its file.
    pub fn changes(&self) -> Option<&Changes> {
        self.changes.as_ref()
    }

    /// The cases that the file states beside its own values.
    pub fn stated(&self) -> &[StatedCase] {
        &self.stated
    }

    /// The same case, which says that it was changed for this run.
    #[must_use]
    pub fn as_changed(self, changes: Changes) -> Self {
        Self { changes: Some(changes), ..self }
    }

    /// Whether everything in it begins a year later than the file says, at the prices of then.
    pub fn is_put_off(&self) -> bool {
        self.put_off
    }

    /// The same case with every control begun a year later; where the plan runs `as_long`, over one year more.
    pub fn a_year_later(&self, as_long: bool) -> Self {
        let mut later = self.clone();
        later.put_off = true;
        later.assumptions.horizon += usize::from(as_long);
        let planned = later.plans.iter_mut().flat_map(|plan| &mut plan.controls);
        planned.for_each(|planned| planned.start += Decimal::ONE);
        later
    }

    /// The same case where what is left of lives at the end of the horizon counts so.
    pub fn with_end_value(&self, end_value: EndValue) -> Self {
        let mut other = self.clone();
        other.assumptions.end_value = end_value;
        other
    }

    /// How many estimates are placeholders.
    pub fn example_count(&self) -> usize {
        self.estimates.iter().filter(|estimate| estimate.record.example).count()
    }
}

impl From<&Scenario> for Language {
    fn from(scenario: &Scenario) -> Self {
        scenario.voice.language
    }
}
