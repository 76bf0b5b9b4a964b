//! Laws that hold for any policies and any event.

use proptest::prelude::*;

use super::{Component, PolicyTerms, Settlement};
use crate::model::Form;

const FORMS: [Form; 3] = [Form::Productivity, Form::Response, Form::FinesAndJudgments];

/// An amount of money: often nothing or round, so that ends of layers are met exactly.
fn amount() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), (1_u32..20).prop_map(|tens| 10.0 * f64::from(tens)), 0.01..1e6]
}

fn policy() -> impl Strategy<Value = PolicyTerms> {
    let limit = || prop_oneof![Just(f64::INFINITY), amount()];
    let counts = prop::collection::vec(prop_oneof![Just(0.0), Just(f64::INFINITY), amount()], FORMS.len());
    let waiting = prop_oneof![Just(0.0), (1_u32..50).prop_map(f64::from)];
    (amount(), limit(), waiting, any::<bool>(), counts, 0.1..1.0).prop_map(
        |(retention, limit, waiting, franchise, of_forms, share)| {
            let mut counts = [0.0; 6];
            FORMS.iter().zip(of_forms).for_each(|(form, most)| counts[*form as usize] = most);
            let (annual_retention, annual_limit) = (0.0, f64::INFINITY);
            PolicyTerms { retention, limit, annual_retention, annual_limit, share, waiting, franchise, counts }
        },
    )
}

fn event() -> impl Strategy<Value = Vec<Component>> {
    let component = (0..FORMS.len(), amount(), prop_oneof![Just(None), (0_u32..100).prop_map(|h| Some(f64::from(h)))])
        .prop_map(|(form, amount, hours)| Component {
            form: FORMS[form],
            amount,
            hours: hours.filter(|_| FORMS[form] == Form::Productivity),
        });
    prop::collection::vec(component, 1..5)
}

fn layers(policies: &[PolicyTerms], components: &[Component]) -> Vec<f64> {
    let mut event = Settlement::default();
    event.begin(policies.iter(), components);
    (0..policies.len()).map(|place| event.layer(place)).collect()
}

fn alike(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * (1.0 + one.abs().max(other.abs()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_policies_changes_nothing(
        policies in prop::collection::vec(policy(), 1..6), components in event(), turn in 0_usize..6,
    ) {
        let mut turned = policies.clone();
        turned.rotate_left(turn % policies.len());
        let mut before = layers(&policies, &components);
        before.rotate_left(turn % policies.len());
        let after = layers(&turned, &components);
        prop_assert!(before.iter().zip(&after).all(|(one, other)| alike(*one, *other)), "{before:?} {after:?}");
    }

    #[test]
    fn together_they_never_pass_the_loss_nor_one_its_layer(
        policies in prop::collection::vec(policy(), 1..6), components in event(),
    ) {
        let loss: f64 = components.iter().map(|component| component.amount).sum();
        let paid = layers(&policies, &components);
        prop_assert!(paid.iter().sum::<f64>() <= loss * (1.0 + 1e-12));
        for (policy, paid) in policies.iter().zip(&paid) {
            prop_assert!(*paid >= 0.0 && *paid <= policy.layer(policy.covered(&components)));
        }
    }

    #[test]
    fn the_unit_of_money_changes_nothing(
        policies in prop::collection::vec(policy(), 1..6), components in event(),
    ) {
        let larger: Vec<PolicyTerms> = policies
            .iter()
            .map(|policy| PolicyTerms {
                retention: 1e3 * policy.retention,
                limit: 1e3 * policy.limit,
                counts: policy.counts.map(|most| 1e3 * most),
                ..policy.clone()
            })
            .collect();
        let of: Vec<Component> =
            components.iter().map(|component| Component { amount: 1e3 * component.amount, ..*component }).collect();
        let (small, large) = (layers(&policies, &components), layers(&larger, &of));
        prop_assert!(small.iter().zip(&large).all(|(small, large)| alike(1e3 * small, *large)));
    }

    #[test]
    fn two_layers_one_on_the_other_pay_as_one(one in policy(), part in 0.0..1.0, components in event()) {
        let foot = if one.limit.is_finite() { part * one.limit } else { 1e4 * part };
        let lower = PolicyTerms { limit: foot, ..one.clone() };
        let upper = PolicyTerms { retention: one.retention + foot, limit: one.limit - foot, ..one.clone() };
        let (whole, parts) = (layers(&[one], &components), layers(&[lower, upper], &components));
        prop_assert!(alike(whole[0], parts[0] + parts[1]), "{whole:?} {parts:?}");
    }
}
