//! Starts, ramps and growth against an integral taken month by month.

use rosi::internal::engine::OptionId;
use std::fmt::Write;

use proptest::prelude::*;

use super::figures;

/// A control: months until it starts, months of its ramp, coverage, and what it takes off in percent:
/// off the upstream rate and loss, off the downstream rate.
#[derive(Debug, Clone)]
struct Ramping {
    start: u32,
    ramp: u32,
    coverage: u32,
    often: u32,
    much: u32,
    downstream: u32,
}

#[derive(Debug, Clone)]
struct Case {
    controls: Vec<Ramping>,
    years: u32,
    losses: u32,
    rates: u32,
    /// Chance that an event of the first risk brings one of the second.
    chain: u32,
}

fn case(most: usize, chain: bool) -> impl Strategy<Value = Case> {
    let percent = || 0..=100_u32;
    let control = (any::<u16>(), 0..30_u32, percent(), percent(), percent(), percent());
    (prop::collection::vec(control, 1..=most), 1..5_u32, 0..8_u32, 0..8_u32, 1..=100_u32).prop_map(
        move |(controls, years, losses, rates, chance)| Case {
            controls: controls
                .into_iter()
                .map(|(start, ramp, coverage, often, much, downstream)| Ramping {
                    start: u32::from(start) % (12 * years),
                    ramp,
                    coverage,
                    often,
                    much,
                    downstream,
                })
                .collect(),
            years,
            losses,
            rates,
            chain: if chain { chance } else { 0 },
        },
    )
}

impl Case {
    fn text(&self) -> String {
        let mut text = format!(
            "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n[assumptions]\nhorizon = \"{} years\"\n\
             growth = {{ losses = \"{}%\", rates = \"{}%\" }}\n\
             [[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"3 per year\"\nloss.response = \"70k\"\n",
            self.years, self.losses, self.rates
        );
        if self.chain > 0 {
            let _ = writeln!(text, "leads_to = [{{ risk = \"b\", chance = \"{}%\" }}]", self.chain);
        }
        text += "[[risk]]\nid = \"b\"\nname = \"B\"\nfrequency = \"1 in 2 years\"\nloss.response = \"200k\"\n";
        let mut plan = String::new();
        for (index, control) in self.controls.iter().enumerate() {
            let _ = write!(
                text,
                "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\ncoverage = \"{}%\"\nramp = \"{} months\"\ncost = {{}}\n",
                control.coverage, control.ramp
            );
            let effects = [
                ("a", "frequency", control.often),
                ("a", "loss", control.much),
                ("b", "frequency", control.downstream),
            ];
            for (risk, on, reduction) in effects {
                let _ = write!(
                    text,
                    "[[control.effect]]\nrisk = \"{risk}\"\non = \"{on}\"\nreduction = \"{reduction}%\"\n"
                );
            }
            let _ = write!(plan, "{{ id = \"c{index}\", start = \"month {}\" }}, ", control.start + 1);
        }
        text + "[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [" + &plan + "]\n"
    }

    /// The loss a year at a moment, in months, at today's rates and prices.
    fn loss_at(&self, month: f64) -> f64 {
        let part = |percent: u32| f64::from(percent) / 100.0;
        let (mut events, mut lost, mut second) = (3.0, 3.0 * 70_000.0, 1.0);
        for control in &self.controls {
            let since = month - f64::from(control.start);
            let strength = if since < 0.0 {
                0.0
            } else if control.ramp == 0 {
                1.0
            } else {
                (since / f64::from(control.ramp)).min(1.0)
            };
            let acts = strength * part(control.coverage);
            events *= 1.0 - acts * part(control.often);
            lost *= 1.0 - acts + acts * (1.0 - part(control.often)) * (1.0 - part(control.much));
            second *= 1.0 - acts * part(control.downstream);
        }
        lost + (0.5 + part(self.chain) * events) * second * 200_000.0
    }

    /// Gauss's rule of three points in every month: exact, for between whole months the loss is a polynomial
    /// of at most the fifth degree.
    fn loss_of_year(&self, year: u32) -> f64 {
        let points = [(-0.6_f64.sqrt(), 5.0), (0.0, 8.0), (0.6_f64.sqrt(), 5.0)];
        let month = |from: u32| -> f64 {
            points.iter().map(|(x, weight)| weight / 18.0 * self.loss_at(f64::from(from) + 0.5 + 0.5 * x)).sum()
        };
        (12 * (year - 1)..12 * year).map(month).sum::<f64>() / 12.0
    }

    fn holds(&self) -> Result<(), TestCaseError> {
        let (_, analysis) = figures(&self.text());
        let avoided = &analysis.plans[OptionId(0)].investment.loss_avoided;
        let today = 3.0 * 70_000.0 + (0.5 + 3.0 * f64::from(self.chain) / 100.0) * 200_000.0;
        prop_assert!(avoided[0].is_zero());
        for year in 1..=self.years {
            let growth = (1.0 + f64::from(self.losses) / 100.0) * (1.0 + f64::from(self.rates) / 100.0);
            let expected = (today - self.loss_of_year(year)) * growth.powi(i32::try_from(year - 1).unwrap());
            let found = avoided[year as usize].to_f64();
            prop_assert!((found - expected).abs() <= 1e-12 * today, "year {}: {} is not {}", year, found, expected);
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_avoided_while_effects_grow_is_the_integral_over_the_year(case in case(5, false)) {
        case.holds()?;
    }

    #[test]
    fn the_same_where_a_control_acts_twice_along_a_chain(case in case(2, true)) {
        case.holds()?;
    }
}
