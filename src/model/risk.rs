//! How often does something happen, and what does it cost when it does?
//!
//! Open FAIR (O-RT 3.0.1): contacts × probability of action = threat events; threat events ×
//! vulnerability = loss events; the loss of an event is primary loss plus, with a chance,
//! secondary loss, each in six forms.

use rust_decimal::Decimal;

use super::{EstimateId, Form, ObligationId, RiskId, StreamId};

/// One loss scenario: a threat acts on an asset with an effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Risk {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The value stream it strikes.
    pub value_stream: Option<StreamId>,
    /// Duties that it touches.
    pub obligations: Vec<String>,
    /// How often.
    pub rate: EventRate,
    /// How events of a year are counted.
    pub count: Count,
    /// Primary loss of an event.
    pub primary: Vec<Loss>,
    /// Asset value × exposure, the textbook form of primary loss.
    pub asset: Option<(EstimateId, EstimateId)>,
    /// Standstill of the value stream.
    pub outage: Option<Outage>,
    /// What the time from break-in to containment costs.
    pub dwell: Option<Dwell>,
    /// Secondary losses.
    pub secondary: Vec<Secondary>,
    /// Risks that an event of this one may bring.
    pub leads_to: Vec<Chain>,
    /// The yearly loss before any control, as stated; shown, and never the base of a value.
    pub inherent: Option<Decimal>,
}

/// How often loss events happen.
#[derive(Debug, Clone, PartialEq)]
pub enum EventRate {
    /// Stated directly, a year.
    Frequency(EstimateId),
    /// By the Open FAIR tree.
    Threat {
        /// Threat events.
        events: ThreatEvents,
        /// Which part of them become loss events.
        vulnerability: Vulnerability,
    },
}

/// How often a threat acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreatEvents {
    /// Threat events a year.
    Events(EstimateId),
    /// Contacts a year × the chance that a contact acts.
    Contacts {
        /// Contacts a year.
        contacts: EstimateId,
        /// Chance of action.
        action: EstimateId,
    },
}

/// The chance that a threat event becomes a loss event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vulnerability {
    /// Stated directly.
    Chance(EstimateId),
    /// P(capability > resistance).
    Contest {
        /// The threat's capability.
        capability: EstimateId,
        /// The resistance to it.
        resistance: EstimateId,
    },
}

/// How the events of a year are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Count {
    /// Independent events: Poisson.
    #[default]
    Poisson,
    /// None or one.
    AtMostOne,
    /// Negative binomial with this size.
    Clustered(Decimal),
}

/// A loss of one form, per event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// The form.
    pub form: Form,
    /// The amount of an event.
    pub amount: EstimateId,
}

/// Standstill of the risk's value stream, per event; part of productivity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// How long, in hours.
    pub duration: EstimateId,
    /// Which part of the stream stands; all if absent.
    pub share: Option<EstimateId>,
}

/// The time from break-in to containment, and what it costs: a loss for each day, and a next stage that comes with the
/// chance 1 − 2^(−time/after), one draw an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dwell {
    /// How long, in hours.
    pub time: EstimateId,
    /// What a day of it costs.
    pub per_day: Option<EstimateId>,
    /// What the intruder does next.
    pub then: Option<NextStage>,
}

/// A next stage of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextStage {
    /// After so many hours half of all intruders have come so far.
    pub after: Decimal,
    /// What it costs then.
    pub loss: EstimateId,
}

impl NextStage {
    /// How often an hour it comes: ln 2 / after.
    pub fn rate(&self) -> f64 {
        use crate::units::Arithmetic;
        std::f64::consts::LN_2 / f64::from_decimal(self.after)
    }
}

/// Loss from what others do after the event.
#[derive(Debug, Clone, PartialEq)]
pub struct Secondary {
    /// The chance that an event brings it: the product of these.
    pub chance: Vec<EstimateId>,
    /// What it then costs.
    pub losses: Vec<Loss>,
    /// The obligation of which it is a step, where it is one. A later step of the same obligation comes only
    /// where the earlier ones came: one draw an event decides how far it goes.
    pub duty: Option<ObligationId>,
}

/// Another risk that an event may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The risk that follows.
    pub risk: RiskId,
    /// The chance of it.
    pub chance: EstimateId,
}

/// One cause that strikes several risks at once.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedCause {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How often a year.
    pub frequency: EstimateId,
    /// The risks struck.
    pub strikes: Vec<RiskId>,
}

/// A part of a risk's loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A form of primary loss.
    Primary(Form),
    /// Asset value × exposure.
    Asset,
    /// Standstill.
    Outage,
    /// The days from break-in to containment.
    Dwell,
    /// The next stage of an event that is not contained in time.
    Next,
    /// A form of loss of the secondary with this index.
    Secondary(usize, Form),
}

impl Part {
    /// The form of loss that it counts as.
    pub fn form(self) -> Form {
        match self {
            Self::Primary(form) | Self::Secondary(_, form) => form,
            Self::Asset => Form::Replacement,
            Self::Outage => Form::Productivity,
            Self::Dwell | Self::Next => Form::Response,
        }
    }
}

impl Risk {
    /// The parts of its loss, in file order.
    pub fn parts(&self) -> Vec<Part> {
        let primary = self.primary.iter().map(|loss| Part::Primary(loss.form));
        let asset = self.asset.map(|_| Part::Asset);
        let outage = self.outage.map(|_| Part::Outage);
        let dwell = self
            .dwell
            .iter()
            .flat_map(|dwell| dwell.per_day.map(|_| Part::Dwell).into_iter().chain(dwell.then.map(|_| Part::Next)));
        let secondary =
            self.secondary.iter().enumerate().flat_map(|(index, secondary)| {
                secondary.losses.iter().map(move |loss| Part::Secondary(index, loss.form))
            });
        primary.chain(asset).chain(outage).chain(dwell).chain(secondary).collect()
    }

    /// Whether any primary loss, asset or outage stands.
    pub fn has_primary(&self) -> bool {
        !self.primary.is_empty() || self.asset.is_some() || self.outage.is_some() || self.dwell.is_some()
    }
}
