//! Which part of one event do insurers pay, and how large are the events?

use super::{Chart, ChartKind, Scale, titled};
use crate::report::texts::{line, texts};
use crate::units::Unit;

/// Policies as towers over the loss of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct InsuranceTower {
    /// The policies.
    pub policies: Vec<Layer>,
    /// What an average event of each insured risk costs before insurers pay, the largest first.
    pub events: Vec<InsuredEvent>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// What one policy pays of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Name of the policy.
    pub name: String,
    /// What the insured bears first, in currency units.
    pub retention: f64,
    /// What is paid at most above that; nothing where there is no limit.
    pub limit: Option<f64>,
    /// What is paid at most in a year.
    pub annual_limit: Option<f64>,
    /// The insured's share of the layer, 0 to 1.
    pub coinsurance: f64,
    /// Premium a year.
    pub premium: f64,
}

/// The average event of a risk.
#[derive(Debug, Clone, PartialEq)]
pub struct InsuredEvent {
    /// Name of the risk.
    pub name: String,
    /// Its average loss, in currency units.
    pub loss: f64,
}

impl Layer {
    /// The loss above which nothing is paid; nothing where there is no limit.
    pub fn top(&self) -> Option<f64> {
        self.limit.map(|limit| self.retention + limit)
    }
}

impl InsuranceTower {
    /// Puts the largest events first.
    pub fn new(unit: impl Into<Unit>, policies: Vec<Layer>, mut events: Vec<InsuredEvent>) -> Self {
        events.sort_by(|a, b| b.loss.total_cmp(&a.loss));
        let mut data = Self { policies, events, scale: Scale::for_amounts(unit, std::iter::empty()) };
        let unit = Unit { currency: data.scale.currency, voice: data.scale.voice };
        data.scale = Scale::for_amounts(unit, std::iter::once(data.reach()));
        data
    }

    /// The largest loss that the picture shows: over every layer, and over the events unless they are far larger.
    pub fn reach(&self) -> f64 {
        let layers = self.policies.iter().map(|layer| layer.top().unwrap_or(2.0 * layer.retention)).fold(0.0, f64::max);
        let events = self.events.first().map_or(0.0, |event| event.loss);
        if layers > 0.0 { (1.15 * layers).max(events.min(3.0 * layers)) } else { events }
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).charts;
        let amount = |amount: f64| self.scale.amount_with_currency(amount);
        let mut description = String::new();
        for layer in &self.policies {
            let from = amount(layer.retention);
            let above = match layer.top() {
                Some(top) => line(words.between, &[("from", &from), ("to", &amount(top))]),
                None => line(words.above, &[("from", &from)]),
            };
            let a_year = layer.annual_limit.map(|most| line(words.at_most_a_year, &[("amount", &amount(most))]));
            description.push_str(&line(
                words.policy_pays,
                &[
                    ("policy", &layer.name),
                    ("share", &self.scale.percent(1.0 - layer.coinsurance)),
                    ("layer", &above),
                    ("a_year", &a_year.unwrap_or_default()),
                    ("premium", &amount(layer.premium)),
                ],
            ));
        }
        description.push_str(words.events);
        Chart::new(id, title, &description, ChartKind::InsuranceTower(self))
    }

    pub(super) fn table(&self) -> (Vec<String>, Vec<Vec<String>>) {
        let words = &texts(&self.scale).charts;
        let header = vec![
            words.policy_or_event.to_owned(),
            titled(words.from, &self.scale),
            titled(words.to, &self.scale),
            words.insurers_part.to_owned(),
            titled(words.most_a_year, &self.scale),
            titled(words.premium_a_year, &self.scale),
        ];
        let or_none = |amount: Option<f64>| amount.map_or_else(|| words.no_limit.to_owned(), |a| self.scale.full(a));
        let policy = |layer: &Layer| {
            vec![
                layer.name.clone(),
                self.scale.full(layer.retention),
                or_none(layer.top()),
                self.scale.percent(1.0 - layer.coinsurance),
                or_none(layer.annual_limit),
                self.scale.full(layer.premium),
            ]
        };
        let event = |event: &InsuredEvent| {
            let blank = String::new;
            vec![event.name.clone(), blank(), self.scale.full(event.loss), blank(), blank(), blank()]
        };
        (header, self.policies.iter().map(policy).chain(self.events.iter().map(event)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_table_tell_what_is_paid() {
        let layer = Layer {
            name: "Cyber".into(),
            retention: 1e5,
            limit: Some(2e6),
            annual_limit: None,
            coinsurance: 0.1,
            premium: 9e4,
        };
        let event = |name: &str, loss| InsuredEvent { name: name.into(), loss };
        let data = InsuranceTower::new("EUR", vec![layer], vec![event("Small", 1e4), event("Vast", 1e9)]);
        // Events beyond three towers do not press the towers flat.
        assert!((data.reach() - 6.3e6).abs() < 1.0, "{}", data.reach());
        assert_eq!(data.table().1[0], ["Cyber", "100,000", "2,100,000", "90 %", "no limit", "90,000"]);
        let words = data.into_chart("tower", "t").description;
        assert!(words.starts_with(
            "The policy \"Cyber\" pays 90 % of what is insured of one event between EUR 100k and EUR 2.1M, for EUR 90k a year."
        ));
    }
}
