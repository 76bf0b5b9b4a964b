//! What plans cost, counted again month by month, and the figures that finance makes of it.

use std::fmt::Write;

use proptest::prelude::*;
use rosi::units::Figure;

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

    /// The parts of a bill by year: initial, yearly, people, friction, retired, salvage.
    fn parts(&self, bill: &Bill) -> [Vec<f64>; 6] {
        let (end, years) = (12 * self.years, self.years as usize);
        let mut parts: [Vec<f64>; 6] = std::array::from_fn(|_| vec![0.0; years + 1]);
        let life = bill.life.unwrap_or(end - bill.start);
        let purchases = (0..).map(|n| bill.start + n * life).take_while(|month| *month < end);
        for month in purchases {
            let year = month.div_ceil(12) as usize;
            parts[0][year] += f64::from(bill.initial) * self.grown(year);
            if month + life <= end {
                let year = (month + life).div_ceil(12) as usize;
                parts[5][year] += f64::from(bill.salvage) * self.grown(year);
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

/// The running sum of flows after so many years, along straight lines between year-ends.
fn balance_at(flows: &[f64], years: f64) -> f64 {
    let whole = years.floor() as usize;
    let before: f64 = flows[..=whole].iter().sum();
    before + flows.get(whole + 1).map_or(0.0, |flow| flow * years.fract())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_costs_of_a_control_are_its_bills_counted_month_by_month(case in case()) {
        let (_, analysis) = figures(&case.text());
        let plan = &analysis.plans[0];
        for (bill, costs) in case.bills.iter().zip(&plan.controls) {
            let found = [&costs.initial, &costs.yearly, &costs.people, &costs.friction, &costs.retired, &costs.salvage];
            for (kind, (found, expected)) in found.into_iter().zip(case.parts(bill)).enumerate() {
                for (year, (found, expected)) in found.iter().zip(expected).enumerate() {
                    prop_assert!(near(*found, expected), "part {} of year {}: {} is not {}", kind, year, found.to_f64(), expected);
                }
            }
        }
        for year in 0..=case.years as usize {
            let total: Figure = plan.controls.iter().map(|costs| costs.total()[year]).sum();
            let cash: Figure = plan.controls.iter().map(|costs| costs.cash()[year]).sum();
            prop_assert_eq!(total, plan.investment.cost[year]);
            prop_assert_eq!(cash, plan.investment.cash[year]);
        }
    }

    #[test]
    fn the_figures_of_finance_agree_with_the_flows_they_are_made_of(case in case()) {
        let (_, analysis) = figures(&case.text());
        let money = &analysis.plans[0].investment;
        let (cost, avoided) = (floats(&money.cost), floats(&money.loss_avoided));
        let rate = f64::from(case.discount) / 100.0;
        let factor = |year: usize| if year == 0 { 1.0 } else { (1.0 + rate).powf(if case.middle { 0.5 } else { 0.0 } - year as f64) };
        let value = |flows: &[f64]| -> f64 { flows.iter().enumerate().map(|(year, flow)| flow * factor(year)).sum() };
        let size: f64 = cost.iter().chain(&avoided).map(|flow| flow.abs()).sum();
        let close = |found: f64, expected: f64| (found - expected).abs() <= 1e-12 * size + 1e-9;
        prop_assert!(close(money.present_cost.to_f64(), value(&cost)));
        prop_assert!(close(money.present_avoided.to_f64(), value(&avoided)));
        prop_assert!(close(money.net_present_value.to_f64(), value(&avoided) - value(&cost)));
        let ratios = (money.rosi, money.benefit_cost_ratio);
        prop_assert_eq!(ratios.0.is_some(), money.present_cost.is_positive());
        if let (Some(rosi), Some(ratio)) = ratios {
            prop_assert!(close(rosi.to_f64() * value(&cost), money.net_present_value.to_f64()));
            prop_assert!(close(ratio.to_f64() * value(&cost), value(&avoided)));
        }
        let even = money.equivalent_annual_cost.unwrap().to_f64();
        prop_assert!(close((1..cost.len()).map(factor).sum::<f64>() * even, value(&cost)));
        let today = vec![analysis.loss_today.to_f64(); cost.len() - 1];
        let exposed: f64 = today.iter().enumerate().map(|(index, loss)| loss * factor(index + 1)).sum();
        match money.break_even_reduction {
            Some(part) => prop_assert!(close(part.to_f64() * exposed, value(&cost))),
            None => prop_assert!(analysis.loss_today.is_zero()),
        }
        prop_assert!(close(money.net_yearly_benefit.to_f64() * f64::from(case.years), avoided.iter().sum::<f64>() - cost.iter().sum::<f64>()));
        if case.discount == 0 {
            let sum = |flows: &[Figure]| -> Figure { flows.iter().copied().sum() };
            prop_assert_eq!(money.net_present_value, sum(&money.loss_avoided) - sum(&money.cost));
        }
    }

    #[test]
    fn at_its_internal_rate_of_return_and_at_its_payback_a_plan_is_even(case in case()) {
        let (_, analysis) = figures(&case.text());
        let money = &analysis.plans[0].investment;
        let net: Vec<f64> = money.loss_avoided.iter().zip(&money.cost).map(|(avoided, cost)| (*avoided - *cost).to_f64()).collect();
        let signs: Vec<bool> = net.iter().filter(|flow| flow.abs() > 1e-9).map(|flow| *flow > 0.0).collect();
        let changes = signs.windows(2).filter(|pair| pair[0] != pair[1]).count();
        if changes == 0 {
            prop_assert_eq!(money.internal_rate_of_return, None);
        }
        if let Some(rate) = money.internal_rate_of_return {
            let terms: Vec<f64> = net.iter().enumerate().map(|(year, flow)| flow * (1.0 + rate).powi(-i32::try_from(year).unwrap())).collect();
            let size: f64 = terms.iter().map(|term| term.abs()).sum();
            prop_assert!(terms.iter().sum::<f64>().abs() <= 1e-9 * size, "{} {:?}", rate, net);
        }
        let mut sums = net.iter().scan(0.0, |sum, flow| { *sum += flow; Some(*sum) });
        match money.payback_years.map(Figure::to_f64) {
            None => prop_assert!(net.iter().sum::<f64>() < 0.0),
            Some(0.0) => prop_assert!(sums.all(|sum| sum >= -1e-9)),
            Some(years) => {
                prop_assert!(balance_at(&net, years).abs() < 1e-6, "{} {:?}", years, net);
                prop_assert!(sums.take(years.ceil() as usize).any(|sum| sum < 0.0));
            }
        }
        // Discounted money comes back later, where all that is spent is spent before anything comes back.
        if changes <= 1 && signs.first() == Some(&false)
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
    let [thirds, two_thirds] = analysis.plans[0].controls.as_slice() else { panic!() };
    assert_eq!(floats(&thirds.initial), [1.0, 3.0, 3.0, 2.0]);
    assert_eq!(floats(&thirds.salvage), [0.0, 3.0, 3.0, 3.0]);
    assert_eq!(floats(&two_thirds.initial), [1.0, 1.0, 2.0, 1.0]);
    assert_eq!(floats(&two_thirds.salvage), [0.0, 1.0, 2.0, 1.0]);
}
