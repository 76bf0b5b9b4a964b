//! What do insurers pay for one event, and for a year of events?
//!
//! Of each event, policy by policy: the hours of an outage that the waiting time leaves, each form of
//! loss up to its sublimit, and of their sum X, which is what the event costs whatever others pay,
//! the layer
//!
//! ```text
//! min(max(X − retention, 0), limit)
//! ```
//!
//! So the order of policies means nothing and layers stack. Where the layers on the same forms of an event, directly or
//! through one another, add up to more than what they cover of it, all of them are cut in proportion. Over the year a
//! policy pays
//!
//! ```text
//! (1 − coinsurance) · min(max(Σ layers − annual retention, 0), annual limit)
//! ```
//!
//! Simulated years, exact years and averages all ask this page. See `docs/model/insurance.md`.

use crate::model::{Form, Insurance};
use crate::units::{Arithmetic, Money};

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

/// Forms of loss.
const FORMS: usize = Form::ALL.len();

/// Of an event, what is smaller than this part of it is the rounding of sums, not money.
pub(super) const ROUNDING: f64 = 1e-12;

/// One policy in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyTerms {
    /// What the insured bears of every event.
    pub retention: f64,
    /// The height of the layer above it; infinite where nothing is said.
    pub limit: f64,
    /// What the insured bears of the layers of a year.
    pub annual_retention: f64,
    /// What is paid at most of the layers of a year; infinite where nothing is said.
    pub annual_limit: f64,
    /// The insurer's share of what is left.
    pub share: f64,
    /// Hours of an outage before it counts.
    pub waiting: f64,
    /// Whether an outage at least as long counts from its first hour.
    pub franchise: bool,
    /// By form: how much of it counts at most. 0 where it is not covered, infinite where there is no sublimit.
    pub counts: [f64; FORMS],
}

/// One component of an event's loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Component {
    /// The form of loss that it counts as.
    pub form: Form,
    /// What it costs.
    pub amount: f64,
    /// How many hours the outage lasts, where it is one.
    pub hours: Option<f64>,
}

impl PolicyTerms {
    /// Of a policy as it is written.
    pub fn of(policy: &Insurance) -> Self {
        let money = |money: Money| f64::from_decimal(money.get());
        let sublimit = |form: Form| policy.sublimits.iter().find(|(other, _)| *other == form).map(|(_, most)| *most);
        Self {
            retention: money(policy.retention),
            limit: policy.limit.map_or(f64::INFINITY, money),
            annual_retention: money(policy.annual_retention),
            annual_limit: policy.annual_limit.map_or(f64::INFINITY, money),
            share: 1.0 - f64::from_decimal(policy.coinsurance.get()),
            waiting: f64::from_decimal(policy.waiting.time.get()),
            franchise: policy.waiting.franchise,
            counts: Form::ALL.map(|form| match sublimit(form) {
                _ if !policy.covers_form(form) => 0.0,
                Some(most) => money(most),
                None => f64::INFINITY,
            }),
        }
    }

    /// Whether anything of a form counts.
    pub fn covers(&self, form: Form) -> bool {
        self.counts[form as usize] > 0.0
    }

    /// Which part of an outage counts.
    pub fn part_of_outage(&self, hours: f64) -> f64 {
        if self.waiting <= 0.0 {
            1.0
        } else if self.franchise {
            // An outage exactly as long as the waiting time counts, however its length was worked out.
            if hours >= self.waiting * (1.0 - ROUNDING) { 1.0 } else { 0.0 }
        } else if hours > self.waiting {
            (hours - self.waiting) / hours
        } else {
            0.0
        }
    }

    /// What counts of each form after the waiting time, before sublimits.
    fn by_form(&self, components: &[Component]) -> [f64; FORMS] {
        let mut sums = [0.0; FORMS];
        for component in components.iter().filter(|component| self.covers(component.form)) {
            let part = component.hours.map_or(1.0, |hours| self.part_of_outage(hours));
            sums[component.form as usize] += part * component.amount;
        }
        sums
    }

    /// What counts of an event: X.
    #[cfg(test)]
    pub fn covered(&self, components: &[Component]) -> f64 {
        self.limited(&self.by_form(components))
    }

    fn limited(&self, by_form: &[f64; FORMS]) -> f64 {
        by_form.iter().zip(&self.counts).map(|(sum, most)| sum.min(*most)).sum()
    }

    /// The layer of an event of which X counts.
    #[cfg(test)]
    pub fn layer(&self, covered: f64) -> f64 {
        (covered - self.retention).max(0.0).min(self.limit)
    }

    /// Whether what it pays for an event depends on the other events of the year.
    pub fn has_annual_terms(&self) -> bool {
        self.annual_retention > 0.0 || self.annual_limit < f64::INFINITY
    }

    /// Which parts of the layers of a year are within its annual terms, and above its annual limit.
    pub fn of_year(&self, layers: f64) -> YearParts {
        if layers <= 0.0 {
            return YearParts { within: 0.0, beyond: 0.0 };
        }
        let due = (layers - self.annual_retention).max(0.0);
        let within = due.min(self.annual_limit);
        YearParts { within: within / layers, beyond: (due - within) / layers }
    }
}

/// How the annual terms of a policy part the layers of a year: every event of it in proportion, so
/// that it does not matter which comes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct YearParts {
    /// What is paid, before coinsurance.
    pub within: f64,
    /// What lies above the annual limit.
    pub beyond: f64,
}

/// One event that policies may pay for; its room is used again for the next.
#[derive(Debug, Clone, Default)]
pub struct Settlement {
    /// The whole loss.
    loss: f64,
    /// What at least one policy covers of it.
    covered: f64,
    /// What insurers pay.
    paid: f64,
    /// What lies above the limits.
    above: f64,
    /// By policy.
    layers: Vec<Layer>,
}

/// One policy's part of an event.
#[derive(Debug, Clone, Copy)]
struct Layer {
    /// What counts by form, before sublimits.
    by_form: [f64; FORMS],
    /// The layer.
    height: f64,
    /// What it is multiplied by, because policies overlap beyond the loss.
    scale: f64,
    /// What lies above the limit of an event, and then of the year.
    above: f64,
    /// The forms of the event that it covers, as bits.
    forms: u8,
}

impl Settlement {
    /// Begins with another event: these policies are in force for it.
    pub fn begin<'p>(&mut self, policies: impl Iterator<Item = &'p PolicyTerms> + Clone, components: &[Component]) {
        self.loss = components.iter().map(|component| component.amount).sum();
        (self.paid, self.above) = (0.0, 0.0);
        self.layers.clear();
        for policy in policies.clone() {
            let by_form = policy.by_form(components);
            let above_retention = (policy.limited(&by_form) - policy.retention).max(0.0);
            let height = above_retention.min(policy.limit);
            let forms = (0..FORMS).filter(|form| by_form[*form] > 0.0).fold(0, |forms, form| forms | 1 << form);
            self.layers.push(Layer { by_form, height, scale: 1.0, above: above_retention - height, forms });
        }
        // What a single policy covers is what counts for it, and its layer is never more.
        if let [only] = self.layers.as_slice() {
            self.covered = policies.map(|policy| policy.limited(&only.by_form)).sum();
            return;
        }
        self.covered = self.union(policies.clone(), |_| true);
        self.cut(policies);
    }

    /// Cuts the layers that are more than what they cover: those that share a form, directly or through another one, have
    /// one cap.
    fn cut<'p>(&mut self, policies: impl Iterator<Item = &'p PolicyTerms> + Clone) {
        let mut seen = 0;
        for place in 0..self.layers.len() {
            let first = self.layers[place];
            if first.height <= 0.0 || first.forms & seen != 0 {
                continue;
            }
            let mut forms = first.forms;
            let is_of = |layer: &Layer, forms: u8| layer.height > 0.0 && layer.forms & forms != 0;
            loop {
                let of = self.layers.iter().filter(|layer| is_of(layer, forms));
                let more = of.fold(forms, |forms, layer| forms | layer.forms);
                if more == forms {
                    break;
                }
                forms = more;
            }
            seen |= forms;
            let due: f64 = self.layers.iter().filter(|layer| is_of(layer, forms)).map(|layer| layer.height).sum();
            let most = self.union(policies.clone(), |layer| is_of(layer, forms));
            if due > most {
                let cut = self.layers.iter_mut().filter(|layer| is_of(layer, forms));
                cut.for_each(|layer| layer.scale = most / due);
            }
        }
    }

    /// What at least one of some policies covers: of each form the most that counts for any of them.
    fn union<'p>(
        &self,
        policies: impl Iterator<Item = &'p PolicyTerms> + Clone,
        counts: impl Fn(&Layer) -> bool,
    ) -> f64 {
        let of = |form: usize| {
            let some = policies.clone().zip(&self.layers).filter(|(_, layer)| counts(layer));
            some.fold(0.0_f64, |most, (policy, layer)| most.max(layer.by_form[form].min(policy.counts[form])))
        };
        (0..FORMS).map(of).sum()
    }

    /// The layer of a policy, whatever others pay.
    pub fn whole_layer(&self, place: usize) -> f64 {
        self.layers[place].height
    }

    /// The layer that a policy pays of, after what others pay beside it.
    pub fn layer(&self, place: usize) -> f64 {
        self.layers[place].height * self.layers[place].scale
    }

    /// Lets a policy pay its part of the year.
    pub fn pay(&mut self, place: usize, policy: &PolicyTerms, year: YearParts) {
        let layer = self.layer(place);
        self.layers[place].above += layer * year.beyond;
        self.paid += policy.share * layer * year.within;
    }

    /// What insurers pay for the event: all of it where only rounding is left.
    pub fn paid(&self) -> f64 {
        if self.loss - self.paid <= ROUNDING * self.loss { self.loss } else { self.paid }
    }

    /// What remains of the loss: to the cent where that is no more than rounding away, for retentions and limits are
    /// money, and a year of them that meets a limit exactly meets it.
    pub fn rest(&self) -> f64 {
        let rest = self.loss - self.paid();
        let cents = (100.0 * rest).round() / 100.0;
        if (rest - cents).abs() <= ROUNDING * self.loss { cents } else { rest }
    }

    /// What no policy covers, and what lies above the limits of all that do. Policies on the same
    /// forms are a tower: only what lies above all of it is uninsured.
    pub fn uninsured(&mut self) -> f64 {
        let mut above = 0.0;
        while let Some(first) = self.layers.pop() {
            let (mut forms, mut least) = (first.forms, first.above);
            // Whoever shares a form belongs to the tower, and brings others.
            while let Some(place) = self.layers.iter().position(|layer| layer.forms & forms != 0) {
                let layer = self.layers.swap_remove(place);
                forms |= layer.forms;
                least = least.min(layer.above);
            }
            above += least;
        }
        (self.loss - self.covered + above).clamp(0.0, self.rest())
    }
}
