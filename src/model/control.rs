//! What is bought or done, what does it act on, and what does it cost?

use rust_decimal::Decimal;

use super::risk::Form;
use super::{EstimateId, Role};
use crate::units::{Kind, Period, Probability};

/// Something bought or done that acts on named factors of named risks.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Which catalogue entries it meets.
    pub mitigates: Vec<String>,
    /// Which part of what should be covered is; 1 if absent.
    pub coverage: Option<EstimateId>,
    /// How often it works when it should; 1 if absent.
    pub reliability: Option<EstimateId>,
    /// How long its effect takes to grow to full, from its start.
    pub ramp: Period,
    /// How long it lasts before it is bought again; the horizon if absent.
    pub lifetime: Option<Period>,
    /// What it brings at the end of its life.
    pub salvage: Option<EstimateId>,
    /// Controls that must stand beside it (indices).
    pub requires: Vec<usize>,
    /// Controls that cannot stand beside it (indices).
    pub excludes: Vec<usize>,
    /// The name of the choice that it is one of.
    pub one_of: Option<String>,
    /// Failures that it shares with others.
    pub fails_with: Option<FailureGroup>,
    /// Already part of today.
    pub in_place: bool,
    /// Not a control of the file but the end of this one in place, which a plan drops.
    pub ends: Option<usize>,
    /// What it does.
    pub effects: Vec<Effect>,
    /// What it costs.
    pub cost: ControlCost,
    /// Time that it saves: a gain that is no loss avoided.
    pub saves: Savings,
}

impl Control {
    /// Whether it is for a plan to buy: neither in place, nor the end of what is.
    pub fn can_be_bought(&self) -> bool {
        !self.in_place && self.ends.is_none()
    }
}

/// Failures that happen to a whole group at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureGroup {
    /// The group.
    pub group: String,
    /// Which part of the control's failures.
    pub share: Probability,
}

/// What a control does to one factor of one risk.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Index of the risk.
    pub risk: usize,
    /// The factor.
    pub factor: Factor,
    /// The change where the control acts.
    pub change: Change,
}

/// How a factor changes where a control acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It is multiplied by one minus this.
    Reduction(EstimateId),
    /// It is replaced by this.
    Becomes(EstimateId),
}

/// What a control can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Factor {
    /// Loss events a year.
    Frequency,
    /// Contacts a year.
    Contacts,
    /// Chance that a contact acts.
    Action,
    /// Threat events a year.
    Events,
    /// Chance that a threat event becomes a loss event.
    Vulnerability,
    /// Resistance to the threat.
    Resistance,
    /// Length of the standstill.
    Outage,
    /// Time from break-in to containment.
    Dwell,
    /// Chance of the next stage, which follows the time: what becomes of the one becomes of the other.
    NextStage,
    /// All primary loss and the standstill.
    Loss,
    /// One form of primary loss.
    LossForm(Form),
    /// Chance of secondary loss.
    SecondaryChance,
    /// All secondary loss.
    SecondaryLoss,
    /// One form of secondary loss.
    SecondaryLossForm(Form),
}

impl Factor {
    /// The factor that a new value takes the place of: a new resistance is a new vulnerability.
    pub fn replaced(self) -> Self {
        if self == Self::Resistance { Self::Vulnerability } else { self }
    }

    /// Whether it says how often a risk strikes.
    pub fn is_rate(self) -> bool {
        match self {
            Self::Frequency | Self::Contacts | Self::Action | Self::Events | Self::Vulnerability | Self::Resistance => {
                true
            }
            Self::Outage
            | Self::Dwell
            | Self::NextStage
            | Self::Loss
            | Self::LossForm(_)
            | Self::SecondaryChance
            | Self::SecondaryLoss
            | Self::SecondaryLossForm(_) => false,
        }
    }

    /// What a new value of it is: its kind, whether a bare number names it, and what its range stands for; none
    /// for what cannot be replaced as a whole.
    pub fn new_value(self) -> Option<(Kind, bool, Role)> {
        Some(match self {
            Self::Frequency => (Kind::Frequency, false, Role::Knowledge),
            Self::Contacts | Self::Events => (Kind::Frequency, true, Role::Knowledge),
            Self::Action | Self::Vulnerability => (Kind::Chance, false, Role::Knowledge),
            Self::Resistance | Self::SecondaryChance => (Kind::Chance, false, Role::Luck),
            Self::Outage | Self::Dwell | Self::NextStage => (Kind::Period, false, Role::Luck),
            Self::LossForm(_) | Self::SecondaryLossForm(_) => (Kind::Money, false, Role::Luck),
            Self::Loss | Self::SecondaryLoss => return None,
        })
    }

    /// Factors without a form, as written in a file.
    pub const PLAIN: [Self; 11] = [
        Self::Frequency,
        Self::Contacts,
        Self::Action,
        Self::Events,
        Self::Vulnerability,
        Self::Resistance,
        Self::Outage,
        Self::Dwell,
        Self::Loss,
        Self::SecondaryChance,
        Self::SecondaryLoss,
    ];

    /// Every factor there is.
    pub fn all() -> Vec<Self> {
        let forms = Form::ALL.into_iter();
        Self::PLAIN
            .into_iter()
            .chain(forms.clone().map(Self::LossForm))
            .chain(forms.map(Self::SecondaryLossForm))
            .collect()
    }

    /// The factor as written: `secondary.loss.fines`.
    pub fn key(self) -> String {
        match self {
            Self::Frequency => "frequency".into(),
            Self::Contacts => "contacts".into(),
            Self::Action => "action".into(),
            Self::Events => "events".into(),
            Self::Vulnerability => "vulnerability".into(),
            Self::Resistance => "resistance".into(),
            Self::Outage => "outage".into(),
            Self::Dwell => "dwell".into(),
            Self::NextStage => "dwell.then".into(),
            Self::Loss => "loss".into(),
            Self::LossForm(form) => format!("loss.{}", form.key()),
            Self::SecondaryChance => "secondary.chance".into(),
            Self::SecondaryLoss => "secondary.loss".into(),
            Self::SecondaryLossForm(form) => format!("secondary.loss.{}", form.key()),
        }
    }

    /// In words for people: "how often it happens".
    pub fn words(self) -> String {
        match self {
            Self::Frequency => "how often it happens".into(),
            Self::Contacts => "how often the threat comes in touch".into(),
            Self::Action => "the chance that a contact turns into an attack".into(),
            Self::Events => "how often it is tried".into(),
            Self::Vulnerability => "the chance that a try succeeds".into(),
            Self::Resistance => "the resistance to it".into(),
            Self::Outage => "the length of the standstill".into(),
            Self::Dwell => "the time from break-in to containment".into(),
            Self::NextStage => "the chance of the next stage".into(),
            Self::Loss => "the direct loss".into(),
            Self::LossForm(form) => format!("the direct loss from {}", form.name()),
            Self::SecondaryChance => "the chance of follow-up loss".into(),
            Self::SecondaryLoss => "the follow-up loss".into(),
            Self::SecondaryLossForm(form) => format!("the follow-up loss from {}", form.name()),
        }
    }

    /// The factor of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|factor| factor.key() == key)
    }
}

/// What a control costs. All absent parts are zero.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ControlCost {
    /// Once, at its start and at every renewal.
    pub initial: Option<EstimateId>,
    /// A year.
    pub yearly: Option<Running>,
    /// Own people.
    pub people: Option<People>,
    /// What it costs the business.
    pub friction: Option<Friction>,
    /// Yearly spending that it ends.
    pub retired: Option<EstimateId>,
}

/// What a control costs while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Running {
    /// The same every year.
    Even(EstimateId),
    /// By year from its start; the last goes on.
    ByYear(Vec<EstimateId>),
    /// By quarter from its start, the amount of the quarter; the last goes on.
    ByQuarter(Vec<EstimateId>),
}

impl Running {
    /// Its estimates, in order of time.
    pub fn estimates(&self) -> &[EstimateId] {
        match self {
            Self::Even(id) => std::slice::from_ref(id),
            Self::ByYear(ids) | Self::ByQuarter(ids) => ids,
        }
    }

    /// How many of its amounts make a year.
    pub fn a_year(&self) -> u64 {
        if matches!(self, Self::ByQuarter(_)) { 4 } else { 1 }
    }
}

/// Time that a control saves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Savings {
    /// Working time of own people.
    pub people: Option<People>,
    /// Time of users.
    pub users: Option<Friction>,
}

/// Working time of own people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct People {
    /// Hours a year.
    pub time: EstimateId,
    /// Money per hour.
    pub rate: EstimateId,
}

/// Time that users lose to a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Friction {
    /// How many people.
    pub users: Decimal,
    /// Hours a year for each.
    pub time: EstimateId,
    /// Money per hour.
    pub rate: EstimateId,
}
