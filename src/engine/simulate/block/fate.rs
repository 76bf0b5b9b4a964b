//! What becomes of one event under every variant?
//!
//! One number decides whether it is kept where controls let only a part of events through, and each
//! control that does more acts or not by numbers of its own, the same under every variant. An amount
//! is drawn once; where controls act it is shrunk, or the same number is looked up in another range.

use super::{Event, KEEP, Machine, Origin, Task};
use crate::engine::simulate::group::{ActionPlan, RiskPlan};
use crate::engine::simulate::symbol::{Columns, Operand};
use crate::stats::rng::open_unit;

impl Machine<'_> {
    /// Under which variants an event happens, and which controls act on it there.
    #[expect(clippy::too_many_arguments, reason = "an event, its world and its time")]
    pub(super) fn decide(
        &self,
        risk: &RiskPlan,
        task: &Task<'_>,
        numbers: &Columns,
        row: usize,
        event: &mut Event,
        mind: &mut Mind,
        most: impl Fn() -> f64,
    ) {
        if risk.actions.is_empty() {
            if event.origin == Origin::More {
                event.variants = 0;
            }
            return;
        }
        let keep = open_unit(event.numbers.draw(KEEP));
        let most = if event.origin == Origin::More { most() } else { 1.0 };
        mind.uniforms.clear();
        for action in &risk.actions {
            let [acts, covers, works] = action.purposes;
            let draw = |purpose| event.numbers.draw(purpose);
            // Only what is looked at is drawn.
            mind.uniforms.push(match (action.draws, action.fails_with) {
                (false, _) => [0; 3],
                (true, None) => [draw(acts), 0, 0],
                (true, Some(_)) => [0, draw(covers), draw(works)],
            });
        }
        mind.common.clear();
        for (who, which) in &risk.failures {
            mind.common.push([who, which].map(|purpose| open_unit(event.numbers.draw(*purpose))));
        }
        for variant in 0..self.group.variants {
            if event.variants >> variant & 1 == 0 {
                continue;
            }
            let (mut acting, mut kept) = (0_u64, 1.0);
            for (index, action) in risk.actions.iter().enumerate() {
                let Some(bought) = action.bought[variant] else { continue };
                let strength = task.period.begins.map_or(1.0, |begins| strength(bought, begins + event.time));
                let keeps = if event.origin == Origin::Brought { action.keeps_brought } else { action.keeps };
                let keeps = numbers.get(keeps, row);
                if !action.draws {
                    // What is not told apart is the same as its mean.
                    kept *= 1.0 - strength * numbers.get(action.acts, row) * (1.0 - keeps);
                } else if acts(action, strength, numbers, row, &mind.uniforms[index], &mind.common) {
                    acting |= 1 << index;
                    kept *= keeps;
                }
            }
            mind.acting[variant] = acting;
            let happens = match event.origin {
                Origin::More => keep * (most - 1.0) < kept - 1.0,
                Origin::Own | Origin::Brought => keep < kept,
            };
            if !happens {
                event.variants &= !(1 << variant);
            }
        }
    }

    /// One amount of an event where these controls act.
    #[expect(clippy::too_many_arguments, reason = "an event and its world")]
    pub(super) fn part(
        &self,
        risk: &RiskPlan,
        index: usize,
        acting: u64,
        numbers: &Columns,
        row: usize,
        event: &Event,
        mind: &mut Mind,
    ) -> f64 {
        let amount = &risk.amounts[index];
        let actions = || risk.actions.iter().enumerate().filter(move |(place, _)| acting >> place & 1 == 1);
        if let Some(secondary) = amount.secondary {
            let (chance, purpose) = risk.chances[secondary];
            let mut chance = numbers.get(chance, row);
            let mut factor = 1.0;
            for (_, action) in actions() {
                let (reduced, becomes) = action.chances[secondary];
                factor *= numbers.get(reduced, row);
                chance = becomes.map_or(chance, |new| numbers.get(new, row));
            }
            if let Some(next) = risk.next.as_ref().filter(|next| next.secondary == secondary) {
                // By the time that this very event takes.
                let new = actions().filter_map(|(_, action)| action.time).next_back();
                let (range, scale) = new.unwrap_or((next.range, next.scale));
                let time = numbers.get(scale, row) * self.tables.ranges[range].at(event.numbers.draw(next.purpose));
                chance = -libm::expm1(-next.rate * time);
            }
            if open_unit(event.numbers.draw(purpose)) >= chance * factor {
                return 0.0;
            }
        }
        let mut factor = 1.0;
        let mut new = None;
        for (_, action) in actions() {
            let change = &action.amounts[index];
            factor *= numbers.get(change.factor, row);
            new = change.becomes.or(new);
        }
        let bits = event.numbers.draw(amount.purpose);
        if let Some((range, scale)) = new {
            return factor * numbers.get(scale, row) * self.tables.ranges[range].at(bits);
        }
        let drawn = *mind.drawn[index].get_or_insert_with(|| {
            let drawn = amount.range.map_or(1.0, |range| self.tables.ranges[range].at(bits));
            numbers.get(amount.scale, row) * drawn
        });
        factor * drawn
    }

    /// How many hours the outage of an event lasts where these controls act; none has no hours.
    pub(super) fn hours(&self, risk: &RiskPlan, acting: u64, numbers: &Columns, row: usize, event: &Event) -> f64 {
        let outage = risk.amounts.iter().enumerate().find_map(|(index, amount)| Some((index, amount, amount.hours?)));
        let Some((index, amount, mut scale)) = outage else { return 0.0 };
        let (mut range, mut factor) = (amount.range, 1.0);
        for (_, action) in risk.actions.iter().enumerate().filter(|(place, _)| acting >> place & 1 == 1) {
            let change = &action.amounts[index];
            factor *= numbers.get(change.hours, row);
            if let Some((new, _)) = change.becomes {
                (range, scale) = (Some(new), Operand::Known(1.0));
            }
        }
        let bits = event.numbers.draw(amount.purpose);
        factor * numbers.get(scale, row) * range.map_or(1.0, |range| self.tables.ranges[range].at(bits))
    }
}

/// What is decided about one event.
pub(super) struct Mind {
    /// By variant: the controls that act.
    pub acting: Vec<u64>,
    /// By amount: today's, once it is asked for.
    pub drawn: Vec<Option<f64>>,
    uniforms: Vec<[u64; 3]>,
    common: Vec<[f64; 2]>,
}

impl Mind {
    pub fn new(risk: &RiskPlan, variants: usize) -> Self {
        Self {
            acting: vec![0; variants],
            drawn: vec![None; risk.amounts.len()],
            uniforms: Vec::with_capacity(risk.actions.len()),
            common: Vec::with_capacity(risk.failures.len()),
        }
    }
}

/// Whether a control acts on an event.
fn acts(
    action: &ActionPlan,
    strength: f64,
    numbers: &Columns,
    row: usize,
    uniforms: &[u64; 3],
    common: &[[f64; 2]],
) -> bool {
    let Some((group, share)) = action.fails_with else {
        return open_unit(uniforms[0]) < strength * numbers.get(action.acts, row);
    };
    let (covers, works) = action.covers;
    if open_unit(uniforms[1]) >= strength * numbers.get(covers, row) {
        return false;
    }
    // One number decides who is in common mode, one which of these fail.
    let [who, which] = common[group];
    let u = if who < share { which } else { open_unit(uniforms[2]) };
    u >= 1.0 - numbers.get(works, row)
}

/// How strong a control is: 0 before its start, 1 after its ramp.
fn strength((start, ramp): (f64, f64), time: f64) -> f64 {
    if time < start {
        0.0
    } else if time >= start + ramp {
        1.0
    } else {
        (time - start) / ramp
    }
}
