//! How soon is an intruder stopped, and what is an hour of it worth?
//!
//! The promise is the time that holds nine times in ten. With θ = after/ln 2 and L the transform of the time, an hour
//! more of every event costs per_day/24 + loss × L × (1 − e^(−1 h/θ)) an event; a broken promise costs
//! E\[loss | D > q\] − E\[loss | D ≤ q\] an event. A control that reaches a part of the events, or takes off money,
//! leaves several kinds of event, each with its part, time and money. Page: `docs/model/dwell.md`.

use crate::model::{ControlId, Dwell, Part, RiskId};
use crate::stats::Distribution;
use crate::stats::distribution::{Stage, Tilted, laplace};
use crate::stats::root::crossing;

use super::exact::mix::{Drawn, event_mix};
use super::loss::LossModel;
use super::values::Values;

/// How often a promise is to hold.
const PROMISED: f64 = 0.9;

/// The time to containment of the events of a risk, with its money.
pub struct Response<'s> {
    kinds: Vec<Kind<'s>>,
}

/// Events that the same controls act on.
struct Kind<'s> {
    /// Which part of all events.
    part: f64,
    time: &'s Distribution,
    per_hour: f64,
    /// The mean loss of the next stage, and how often it comes an hour.
    stage: f64,
    rate: f64,
}

impl<'s> Response<'s> {
    /// With these controls in full force, everything at its mean; none where too many of them may act on one event.
    pub fn new(
        model: &LossModel<'s>,
        means: &Values<f64>,
        risk: RiskId,
        dwell: &Dwell,
        bought: &dyn Fn(ControlId) -> bool,
    ) -> Option<Self> {
        let scenario = model.scenario();
        let mix = event_mix(model, risk, means, means, bought, None)?;
        let parts = scenario.risks()[risk].parts();
        let weight = |own: f64, brought: f64| if mix.base > 0.0 { own } else { brought };
        let all: f64 = mix.outcomes.iter().map(|outcome| weight(outcome.own, outcome.brought)).sum();
        let kinds = mix.outcomes.iter().map(|outcome| {
            let of = |part: Part| outcome.amounts().find(|drawn| parts[drawn.part] == part);
            let time = of(Part::Dwell).and_then(|drawn| drawn.severity).or(outcome.time).unwrap_or(dwell.time);
            let mean = |drawn: &Drawn| drawn.scale * drawn.severity.map_or(1.0, |id| means.get(id));
            Kind {
                part: weight(outcome.own, outcome.brought) / all,
                time: &scenario.estimate(time).distribution,
                per_hour: of(Part::Dwell).map_or(0.0, |drawn| drawn.scale),
                stage: of(Part::Next).map_or(0.0, mean),
                rate: dwell.then.map_or(0.0, |then| then.rate()),
            }
        });
        let kinds: Vec<Kind<'s>> = kinds.filter(|kind| kind.part > 0.0).collect();
        (!kinds.is_empty()).then_some(Self { kinds })
    }

    fn sum(&self, of: impl Fn(&Kind<'s>) -> f64) -> f64 {
        self.kinds.iter().map(|kind| kind.part * of(kind)).sum()
    }

    /// The time that holds nine times in ten, in hours.
    pub fn promise(&self) -> f64 {
        let ends = || self.kinds.iter().map(|kind| kind.time.quantile(PROMISED));
        let (low, high) = (ends().fold(f64::INFINITY, f64::min), ends().fold(0.0, f64::max));
        if low >= high {
            return high;
        }
        // From the better tail: late events are counted.
        let late = |hours: f64| self.sum(|kind| kind.time.sf(hours)) - (1.0 - PROMISED);
        crossing(late, low, high).unwrap_or(high)
    }

    /// What an event costs by its time.
    pub fn loss(&self) -> f64 {
        self.sum(|kind| kind.per_hour * kind.time.mean() + kind.stage * (1.0 - laplace(kind.time, kind.rate)))
    }

    /// What an hour more of an event costs.
    pub fn hour(&self) -> f64 {
        self.sum(|kind| kind.per_hour + kind.stage * laplace(kind.time, kind.rate) * -libm::expm1(-kind.rate))
    }

    /// What an event beyond the promise costs more than one within it; nothing where none lies beyond.
    pub fn breach(&self) -> Option<f64> {
        let promise = self.promise();
        let (beyond, within) = (self.sum(|kind| kind.time.sf(promise)), self.sum(|kind| kind.time.cdf(promise)));
        if !(beyond > 0.0 && within > 0.0) {
            return None;
        }
        // Both are sums over the events on their side.
        let late = self.sum(|kind| {
            let sf = kind.time.sf(promise);
            let hours = kind.time.mean() - (kind.time.limited_mean(promise) - promise * sf);
            kind.per_hour * hours + kind.stage * (sf - (laplace(kind.time, kind.rate) - kind.kept_within(promise)))
        });
        let early = self.sum(|kind| {
            let hours = kind.time.limited_mean(promise) - promise * kind.time.sf(promise);
            kind.per_hour * hours + kind.stage * (kind.time.cdf(promise) - kind.kept_within(promise))
        });
        Some(late / beyond - early / within)
    }
}

impl Kind<'_> {
    /// The chance that an event is over by then and its next stage never came.
    fn kept_within(&self, hours: f64) -> f64 {
        laplace(self.time, self.rate) * Tilted::of(self.time, self.rate, Stage::Kept).cdf(hours)
    }
}
