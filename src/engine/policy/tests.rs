//! Policies against closed forms and the laws of insurance.

use super::{Component, PolicyTerms, Settlement};
use crate::model::Form;

/// A policy that pays everything of every form.
fn whole() -> PolicyTerms {
    PolicyTerms {
        retention: 0.0,
        limit: f64::INFINITY,
        annual_retention: 0.0,
        annual_limit: f64::INFINITY,
        share: 1.0,
        waiting: 0.0,
        franchise: false,
        counts: [f64::INFINITY; 6],
    }
}

fn layer(retention: f64, limit: f64) -> PolicyTerms {
    PolicyTerms { retention, limit, ..whole() }
}

fn response(amount: f64) -> Component {
    Component { form: Form::Response, amount, hours: None }
}

/// Who bears a year of events, summed: paid by each policy, and what is left of the loss of each event.
fn year(policies: &[PolicyTerms], events: &[Vec<Component>]) -> (Vec<f64>, Vec<f64>) {
    let mut event = Settlement::default();
    let mut layers = vec![0.0; policies.len()];
    for components in events {
        event.begin(policies.iter(), components);
        layers.iter_mut().enumerate().for_each(|(place, sum)| *sum += event.layer(place));
    }
    let years: Vec<_> = policies.iter().zip(&layers).map(|(policy, sum)| policy.of_year(*sum)).collect();
    let paid = policies.iter().zip(&years).zip(&layers).map(|((policy, year), sum)| policy.share * year.within * sum);
    let rests = events.iter().map(|components| {
        event.begin(policies.iter(), components);
        policies.iter().zip(&years).enumerate().for_each(|(place, (policy, year))| event.pay(place, policy, *year));
        let (paid, rest) = (event.paid(), event.rest());
        let uninsured = event.uninsured();
        assert!(uninsured >= 0.0 && uninsured <= rest && paid >= 0.0);
        rest
    });
    let rests = rests.collect();
    (paid.collect(), rests)
}

/// What is paid for one event.
fn once(policies: &[PolicyTerms], components: &[Component]) -> Vec<f64> {
    year(policies, &[components.to_vec()]).0
}

#[test]
fn layers_of_a_tower_stack_in_any_order() {
    let (low, high) = (layer(20.0, 30.0), layer(50.0, 50.0));
    assert_eq!(once(&[low.clone(), high.clone()], &[response(100.0)]), [30.0, 50.0]);
    assert_eq!(once(&[high, low], &[response(100.0)]), [50.0, 30.0]);
    let tower = [(10.0, 40.0), (50.0, 50.0), (100.0, 400.0), (500.0, 500.0)].map(|(from, height)| layer(from, height));
    assert_eq!(once(&tower, &[response(1_000.0)]).iter().sum::<f64>(), 990.0);
}

#[test]
fn a_waiting_time_takes_hours_off_and_a_franchise_only_asks_for_them() {
    let outage = |hours: f64| [Component { form: Form::Productivity, amount: 10.0 * hours, hours: Some(hours) }];
    let deducted = PolicyTerms { waiting: 8.0, ..whole() };
    let franchise = PolicyTerms { franchise: true, ..deducted.clone() };
    let pays = |policy: &PolicyTerms, hours| once(std::slice::from_ref(policy), &outage(hours))[0];
    assert_eq!((pays(&deducted, 16.0), pays(&franchise, 16.0)), (80.0, 160.0));
    assert_eq!((pays(&deducted, 8.0), pays(&franchise, 8.0)), (0.0, 80.0));
    assert_eq!((pays(&deducted, 7.9), pays(&franchise, 7.9)), (0.0, 0.0));
    // Seven tenths off forty hours are twelve, whatever the floating point makes of them.
    let twelve = PolicyTerms { waiting: 12.0, ..franchise };
    assert!(pays(&twelve, 40.0 * (1.0 - 0.7)) > 0.0);
    // What was typed has no hours and does not wait.
    let typed = Component { form: Form::Productivity, amount: 5.0, hours: None };
    assert_eq!(once(&[deducted], &[typed, outage(4.0)[0]]), [5.0]);
}

#[test]
fn sublimits_bound_forms_before_the_retention() {
    let mut policy = layer(30.0, 100.0);
    policy.counts[Form::Response as usize] = 50.0;
    policy.counts[Form::FinesAndJudgments as usize] = 0.0;
    let fines = Component { form: Form::FinesAndJudgments, amount: 70.0, hours: None };
    let replaced = Component { form: Form::Replacement, amount: 40.0, hours: None };
    // Two costs of response meet one sublimit: 50 + 40 − 30.
    assert_eq!(once(&[policy], &[response(45.0), response(45.0), fines, replaced]), [60.0]);
}

#[test]
fn annual_terms_come_before_coinsurance() {
    let policy = PolicyTerms { annual_retention: 25.0, annual_limit: 40.0, share: 0.8, ..layer(10.0, 30.0) };
    let events: Vec<Vec<Component>> = [20.0, 60.0, 60.0].iter().map(|amount| vec![response(*amount)]).collect();
    // Layers 10, 30, 30: 25 retained, 45 due, 40 within the year, four fifths of it paid.
    let (paid, rests) = year(std::slice::from_ref(&policy), &events);
    assert!((paid[0] - 32.0).abs() < 1e-12);
    // Each event in proportion to its layer.
    let expected = [20.0 - 32.0 / 7.0, 60.0 - 96.0 / 7.0, 60.0 - 96.0 / 7.0];
    assert!(rests.iter().zip(expected).all(|(rest, expected)| (rest - expected).abs() < 1e-12), "{rests:?}");
}

#[test]
fn reinstatements_are_an_annual_limit() {
    // 20 xs 15 with three reinstatements: five events of 40 pay 80, not 100.
    let policy = PolicyTerms { annual_limit: 80.0, ..layer(15.0, 20.0) };
    let (paid, rests) = year(&[policy], &vec![vec![response(40.0)]; 5]);
    assert_eq!((paid, rests), (vec![80.0], vec![24.0; 5]));
}

#[test]
fn policies_that_overlap_pay_the_loss_once_and_in_proportion() {
    assert_eq!(once(&[whole(), whole()], &[response(100.0)]), [50.0, 50.0]);
    assert_eq!(once(&[whole(), layer(0.0, 25.0)], &[response(100.0)]), [80.0, 20.0]);
    // Coinsurance is the insured's share of what is left after that: it comes last.
    let half = PolicyTerms { share: 0.5, ..whole() };
    assert_eq!(once(&[half.clone(), half], &[response(100.0)]), [25.0, 25.0]);
    // Who pays nothing covers nothing: 60 of fines are paid once.
    let only = |form: Form| {
        let mut policy = whole();
        policy.counts = [0.0; 6];
        policy.counts[form as usize] = f64::INFINITY;
        policy
    };
    let fines = [Component { form: Form::FinesAndJudgments, amount: 60.0, hours: None }, response(40.0)];
    let twice = only(Form::FinesAndJudgments);
    assert_eq!(once(&[twice.clone(), layer(1_000.0, 5.0), twice], &fines), [30.0, 0.0, 30.0]);
    // Two sublimits of one form cover the same part of it.
    let mut small = whole();
    small.counts[Form::Response as usize] = 50.0;
    assert_eq!(once(&[small.clone(), small], &[response(100.0)]), [25.0, 25.0]);
}

#[test]
fn who_bears_an_event_adds_up() {
    let mut event = Settlement::default();
    let mut borne = |policies: &[PolicyTerms], components: &[Component]| {
        event.begin(policies.iter(), components);
        for (place, policy) in policies.iter().enumerate() {
            let year = policy.of_year(event.layer(place));
            event.pay(place, policy, year);
        }
        (event.paid(), event.uninsured())
    };
    // 30 above the limit of an only policy; above a tower only what is above all of it.
    assert_eq!(borne(&[layer(20.0, 50.0)], &[response(100.0)]), (50.0, 30.0));
    assert_eq!(borne(&[layer(20.0, 50.0), layer(70.0, 20.0)], &[response(100.0)]), (70.0, 10.0));
    // What the annual limit leaves out is uninsured, what the annual retention takes is retained.
    let poor = PolicyTerms { annual_limit: 10.0, ..layer(20.0, 50.0) };
    assert_eq!(borne(&[poor], &[response(60.0)]), (10.0, 30.0));
    let proud = PolicyTerms { annual_retention: 10.0, ..layer(20.0, 50.0) };
    assert_eq!(borne(&[proud], &[response(60.0)]), (30.0, 0.0));
    // The hours of the waiting time and what passes a sublimit are not covered.
    let outage = Component { form: Form::Productivity, amount: 200.0, hours: Some(20.0) };
    assert_eq!(borne(&[PolicyTerms { waiting: 8.0, ..whole() }], &[outage]), (120.0, 80.0));
}
