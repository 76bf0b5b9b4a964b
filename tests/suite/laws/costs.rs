//! What plans cost, counted again month by month, and the figures that finance makes of it.

use rosi::internal::engine::OptionId;
use std::fmt::Write;

use proptest::prelude::*;
use rosi::internal::engine::money::costs::CostLine;
use rosi::internal::engine::money::flows::Flow;
use rosi::internal::model::Timing;
use rosi::internal::units::Figure;
use rust_decimal::prelude::ToPrimitive;

use super::figures;

/// One control's bill; months count from now.
#[derive(Debug, Clone)]
struct Bill {
    initial: u32,
    yearly: u32,
    retired: u32,
    salvage: u32,
    /// Hours a week at so much an hour.
    people: (u32, u32),
    /// Users, minutes a working day, so much an hour.
    friction: (u32, u32, u32),
    start: u32,
    life: Option<u32>,
}

#[derive(Debug, Clone)]
struct Case {
    bills: Vec<Bill>,
    years: u32,
    discount: u32,
    growth: u32,
    loss: u32,
    middle: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let money = || 0..90_000_u32;
    let bill = (
        (money(), money(), 0..30_000_u32, 0..9_000_u32),
        (0..40_u32, 20..120_u32),
        (0..500_u32, 0..6_u32, 20..90_u32),
        any::<u16>(),
        prop::option::of(1..50_u32),
    )
        .prop_map(|((initial, yearly, retired, salvage), people, friction, start, life)| Bill {
            initial,
            yearly,
            retired,
            salvage,
            people,
            friction,
            start: u32::from(start),
            life,
        });
    (prop::collection::vec(bill, 1..4), 1..6_u32, 0..20_u32, 0..9_u32, 0..500_000_u32, any::<bool>()).prop_map(
        |(mut bills, years, discount, growth, loss, middle)| {
            // Half of all controls start now, the others within the horizon.
            bills
                .iter_mut()
                .for_each(|bill| bill.start = if bill.start % 2 == 0 { 0 } else { bill.start % (12 * years) });
            Case { bills, years, discount, growth, loss, middle }
        },
    )
}

impl Case {
    fn text(&self) -> String {
        let mut text = format!(
            "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n[assumptions]\nhorizon = \"{} years\"\ndiscount_rate = \"{}%\"\n\
             timing = \"{}\"\nworking_days = 210\ngrowth = {{ costs = \"{}%\" }}\n\
             [[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\nloss.response = \"{}.00\"\n",
            self.years,
            self.discount,
            if self.middle { "mid-year" } else { "year-end" },
            self.growth,
            self.loss
        );
        for (index, bill) in self.bills.iter().enumerate() {
            let life = bill.life.map_or_else(String::new, |months| format!("lifetime = \"{months} months\"\n"));
            let _ = write!(
                text,
                "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\nsalvage = \"{}.00\"\n{life}\
                 [control.cost]\ninitial = \"{}.00\"\nyearly = \"{}.00\"\nretired = \"{}.00\"\n\
                 people = {{ time = \"{} hours per week\", rate = \"{} per hour\" }}\n\
                 friction = {{ users = {}, time = \"{} minutes per day\", rate = \"{} per hour\" }}\n\
                 [[control.effect]]\nrisk = \"r\"\non = \"frequency\"\nreduction = \"40%\"\n",
                bill.salvage,
                bill.initial,
                bill.yearly,
                bill.retired,
                bill.people.0,
                bill.people.1,
                bill.friction.0,
                bill.friction.1,
                bill.friction.2,
            );
        }
        text += "[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [";
        for (index, bill) in self.bills.iter().enumerate() {
            let _ = write!(text, "{{ id = \"c{index}\", start = \"month {}\" }}, ", bill.start + 1);
        }
        text + "]\n"
    }

    /// Growth of a flow of year t.
    fn grown(&self, year: usize) -> f64 {
        (1.0 + f64::from(self.growth) / 100.0).powi(i32::try_from(year).unwrap().saturating_sub(1).max(0))
    }

    /// Growth of a price in a month: that of its year.
    fn grown_on(&self, month: u32) -> f64 {
        self.grown(month.div_ceil(12) as usize)
    }

    /// What a bill is worth today: what is dated from its date or the last day of its year, what runs from the
    /// end of its year or the middle of its part of it.
    fn worth(&self, bill: &Bill) -> f64 {
        let end = 12 * self.years;
        let worth = |years: f64| (1.0 + f64::from(self.discount) / 100.0).powf(-years);
        let dated =
            |month: u32| worth(if self.middle { f64::from(month) / 12.0 } else { f64::from(month.div_ceil(12)) });
        let life = bill.life.unwrap_or(end - bill.start);
        let mut sum = 0.0;
        for month in (0..).map(|n| bill.start + n * life).take_while(|month| *month < end) {
            sum += f64::from(bill.initial) * self.grown_on(month) * dated(month);
            if month + life <= end {
                sum -= f64::from(bill.salvage) * self.grown_on(month + life) * dated(month + life);
            }
        }
        let [_, yearly, people, friction, retired, _] = self.parts(bill);
        for year in 1..=self.years as usize {
            let begins = f64::from(bill.start.clamp(12 * (year as u32 - 1), 12 * year as u32)) / 12.0;
            let time = if self.middle { (begins + year as f64) / 2.0 } else { year as f64 };
            sum += (yearly[year] + people[year] + friction[year] - retired[year]) * worth(time);
        }
        sum
    }

    /// The even yearly cost of a bill over its own life; none where it has none.
    fn even(&self, bill: &Bill) -> Option<f64> {
        let years = f64::from(bill.life?) / 12.0;
        let rate = f64::from(self.discount) / 100.0;
        let left = (1.0 + rate).powf(-years);
        let level = if self.discount == 0 { 1.0 / years } else { rate / (1.0 - left) };
        let early = if self.middle { (1.0 + rate).powf(-0.5) } else { 1.0 };
        let runs = f64::from(bill.yearly) - f64::from(bill.retired)
            + f64::from(52 * bill.people.0 * bill.people.1)
            + f64::from(210 * bill.friction.0 * bill.friction.1) / 60.0 * f64::from(bill.friction.2);
        Some((f64::from(bill.initial) - f64::from(bill.salvage) * left) * level * early + runs)
    }

    /// The parts of a bill by year: initial, yearly, people, friction, retired, salvage.
    fn parts(&self, bill: &Bill) -> [Vec<f64>; 6] {
        let (end, years) = (12 * self.years, self.years as usize);
        let mut parts: [Vec<f64>; 6] = std::array::from_fn(|_| vec![0.0; years + 1]);
        let life = bill.life.unwrap_or(end - bill.start);
        let purchases = (0..).map(|n| bill.start + n * life).take_while(|month| *month < end);
        for month in purchases {
            let year = month.div_ceil(12) as usize;
            parts[0][year] += f64::from(bill.initial) * self.grown_on(month);
            if month + life <= end {
                let year = (month + life).div_ceil(12) as usize;
                parts[5][year] += f64::from(bill.salvage) * self.grown_on(month + life);
            }
        }
        for month in bill.start..end {
            let year = month as usize / 12 + 1;
            let part = self.grown(year) / 12.0;
            parts[1][year] += f64::from(bill.yearly) * part;
            parts[2][year] += f64::from(52 * bill.people.0 * bill.people.1) * part;
            let minutes = 210 * bill.friction.0 * bill.friction.1;
            parts[3][year] += f64::from(minutes) / 60.0 * f64::from(bill.friction.2) * part;
            parts[4][year] += f64::from(bill.retired) * part;
        }
        parts
    }
}

fn near(found: Figure, expected: f64) -> bool {
    (found.to_f64() - expected).abs() <= 1e-11 * expected.abs() + 1e-9
}

fn floats(flows: &[Figure]) -> Vec<f64> {
    flows.iter().map(|flow| flow.to_f64()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_costs_of_a_control_are_its_bills_counted_month_by_month(case in case()) {
        let (_, analysis) = figures(&case.text());
        let plan = &analysis.plans[OptionId(0)];
        for (bill, costs) in case.bills.iter().zip(&plan.controls) {
            use rosi::internal::engine::money::costs::CostLine::{Bought, Friction, People, Retired, Running, Sold};
            let found = [Bought, Running, People, Friction, Retired, Sold].map(|line| costs.line(line));
            for (kind, (found, expected)) in found.into_iter().zip(case.parts(bill)).enumerate() {
                for (year, (found, expected)) in found.iter().zip(expected).enumerate() {
                    prop_assert!(near(*found, expected), "part {} of year {}: {} is not {}", kind, year, found.to_f64(), expected);
                }
            }
        }
        for year in 0..=case.years as usize {
            let total: Figure = plan.controls.iter().map(|costs| costs.total()[year]).sum();
            let cash: Figure = plan.controls.iter().map(|costs| costs.cash()[year]).sum();
            prop_assert!(near(total, plan.investment.cost[year].to_f64()));
            prop_assert!(near(cash, plan.investment.cash[year].to_f64()));
        }
    }

    #[test]
    fn the_figures_of_finance_agree_with_the_flows_they_are_made_of(case in case()) {
        let (_, analysis) = figures(&case.text());
        let money = &analysis.plans[OptionId(0)].investment;
        let (cost, avoided) = (floats(&money.cost), floats(&money.loss_avoided));
        let rate = f64::from(case.discount) / 100.0;
// The loss begins to be avoided with the first bill.
        let first = case.bills.iter().map(|bill| bill.start).min().unwrap_or(0);
        let begins = |year: usize| f64::from(first.clamp(12 * (year as u32 - 1), 12 * year as u32)) / 12.0;
        let middle = |year: usize| if case.middle { (begins(year) + year as f64) / 2.0 } else { year as f64 };
        let worth = |flows: &[f64]| -> f64 { (1..flows.len()).map(|year| flows[year] * (1.0 + rate).powf(-middle(year))).sum() };
        let spent: f64 = case.bills.iter().map(|bill| case.worth(bill)).sum();
        let size: f64 = cost.iter().chain(&avoided).map(|flow| flow.abs()).sum();
        let close = |found: f64, expected: f64| (found - expected).abs() <= 1e-12 * size + 1e-9;
        prop_assert!(close(money.present_cost.to_f64(), spent));
        prop_assert!(close(money.present_avoided.to_f64(), worth(&avoided)));
        prop_assert!(close(money.net_present_value.to_f64(), worth(&avoided) - spent));
        let ratios = (money.rosi, money.benefit_cost_ratio);
        prop_assert_eq!(ratios.0.is_some(), money.present_cost.is_positive());
        if let (Some(rosi), Some(ratio)) = ratios {
            prop_assert!(close(rosi.to_f64() * spent, money.net_present_value.to_f64()));
            prop_assert!(close(ratio.to_f64() * spent, worth(&avoided)));
        }
        let even: Option<f64> = case.bills.iter().map(|bill| case.even(bill)).sum();
        prop_assert_eq!(money.equivalent_annual_cost.is_some(), even.is_some());
        if let (Some(found), Some(even)) = (money.equivalent_annual_cost, even) {
            prop_assert!(close(found.to_f64(), even), "{} is not {}", found.to_f64(), even);
        }
        let today = vec![analysis.loss_today.to_f64(); cost.len() - 1];
        // What is lost today is lost from the first day on.
        let whole = |year: usize| if case.middle { year as f64 - 0.5 } else { year as f64 };
        let exposed: f64 = (1..=today.len()).map(|year| today[year - 1] * (1.0 + rate).powf(-whole(year))).sum();
        match money.break_even_reduction {
            Some(part) => prop_assert!(close(part.to_f64() * exposed, spent)),
            // No part of what is lost pays for a plan that costs more than all of it, or less than nothing.
            None => prop_assert!(analysis.loss_today.is_zero() || !(0.0..=1.0).contains(&(spent / exposed))),
        }
        prop_assert!(close(money.net_yearly_benefit.to_f64() * f64::from(case.years), avoided.iter().sum::<f64>() - cost.iter().sum::<f64>()));
        if case.discount == 0 {
            let sum = |flows: &[Figure]| -> Figure { flows.iter().copied().sum() };
            // Decimals of thirds end in another digit, added in another order.
            let gap = money.net_present_value - (sum(&money.loss_avoided) - sum(&money.cost));
            prop_assert!(gap.to_f64().abs() <= 1e-15, "{}", gap.to_f64());
        }
    }

    #[test]
    fn at_its_internal_rate_of_return_and_at_its_payback_a_plan_is_even(case in case()) {
        let (_, analysis) = figures(&case.text());
        let money = &analysis.plans[OptionId(0)].investment;
        let net: Vec<f64> = money.loss_avoided.iter().zip(&money.cost).map(|(avoided, cost)| (*avoided - *cost).to_f64()).collect();
        let signs: Vec<bool> = net.iter().filter(|flow| flow.abs() > 1e-9).map(|flow| *flow > 0.0).collect();
        let changes = signs.windows(2).filter(|pair| pair[0] != pair[1]).count();
        if changes == 0 && !case.middle {
            prop_assert!(money.internal_rates_of_return.is_empty());
        }
        let timing = if case.middle { Timing::MidYear } else { Timing::YearEnd };
        for rate in &money.internal_rates_of_return {
            let worth = |flow: &Flow| flow.amount.to_f64() * (1.0 + rate).powf(-flow.time(timing).to_f64().unwrap());
            let terms: Vec<f64> = money.net.iter().map(worth).collect();
            let size: f64 = terms.iter().map(|term| term.abs()).sum();
            prop_assert!(terms.iter().sum::<f64>().abs() <= 1e-9 * size, "{} {:?}", rate, net);
        }
        let balance = |years: f64| -> f64 {
            money.net.iter().map(|flow| {
                let (from, to) = (flow.from.to_f64().unwrap(), flow.to.to_f64().unwrap());
                let part = if from == to { f64::from(from <= years) } else { ((years - from) / (to - from)).clamp(0.0, 1.0) };
                flow.amount.to_f64() * part
            }).sum()
        };
        let dates: Vec<f64> = money.net.iter().flat_map(|flow| [flow.from, flow.to]).map(|date| date.to_f64().unwrap()).collect();
        match money.payback_years.map(Figure::to_f64) {
            None => prop_assert!(net.iter().sum::<f64>() < 0.0),
            Some(since) => {
                prop_assert!(dates.iter().filter(|date| **date > since).all(|date| balance(*date) > -1e-6), "{} {:?}", since, net);
                prop_assert!(balance(since) > -1e-6);
                let just_before = since - 1e-7;
                prop_assert!(since == 0.0 || balance(just_before) < 1e-6);
            }
        }
        // Discounted money comes back later, where all that is spent is spent before anything comes back: a renewal that
        // is discounted is smaller, so with one the discounted sum may stay above zero sooner.
        let mut stretches = std::collections::BTreeMap::new();
        for flow in &money.net {
            *stretches.entry((flow.from, flow.to)).or_insert(0.0) += flow.amount.to_f64();
        }
        let comes: Vec<bool> = stretches.values().filter(|sum| sum.abs() > 1e-9).map(|sum| *sum > 0.0).collect();
        if comes.is_sorted() && comes.first() == Some(&false)
            && let Some(discounted) = money.discounted_payback_years {
            prop_assert!(money.payback_years.is_some_and(|years| years.to_f64() <= discounted.to_f64() + 1e-9));
        }
    }
}

#[test]
fn lives_that_are_parts_of_a_year_fill_the_horizon_and_no_more() {
    // A third of a year is no decimal: nine of them are three years all the same, and three times eight months two.
    let once = |life| Bill {
        initial: 1,
        yearly: 0,
        retired: 0,
        salvage: 1,
        people: (0, 20),
        friction: (0, 0, 20),
        start: 0,
        life: Some(life),
    };
    let bills = vec![once(4), once(8)];
    let case = Case { bills, years: 3, discount: 0, growth: 0, loss: 0, middle: false };
    let (_, analysis) = figures(&case.text());
    let [thirds, two_thirds] = analysis.plans[OptionId(0)].controls.as_slice() else { panic!() };
    assert_eq!(floats(&thirds.line(CostLine::Bought)), [1.0, 3.0, 3.0, 2.0]);
    assert_eq!(floats(&thirds.line(CostLine::Sold)), [0.0, 3.0, 3.0, 3.0]);
    assert_eq!(floats(&two_thirds.line(CostLine::Bought)), [1.0, 1.0, 2.0, 1.0]);
    assert_eq!(floats(&two_thirds.line(CostLine::Sold)), [0.0, 1.0, 2.0, 1.0]);
}
