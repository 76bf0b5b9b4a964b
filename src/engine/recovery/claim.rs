//! What does a policy pay on average of one event that costs these amounts?
//!
//! Of each covered amount a policy sees what is left after its waiting time, of each form of loss no
//! more than its sublimit; of the sum X it pays the layer min(max(X − retention, 0), limit), whose
//! mean is E\[min(X, retention + limit)\] − E\[min(X, retention)\]. Of a single amount these limited
//! means are closed forms. The sum of several is put on two grids, one twice as fine as the other:
//! amounts that are split between two cells keep their mean, so the limited mean errs by the square
//! of the step, which the two grids take away and tell (Richardson). See `docs/model/insurance.md`.

use std::sync::Arc;

use crate::engine::exact::mix::Drawn;
use crate::model::Form;
use crate::stats::Distribution;
use crate::stats::lattice::{Grid, Severity, Spectrum, add_amount, common_divisor, discretise, single_sums};

use super::kept::Kept;
use super::terms::Terms;

/// Steps up to the end of a layer; the finer of two grids.
const STEPS: f64 = 256.0;
/// The chance of passing what one of very many events comes to at most.
const NEXT_TO_NEVER: f64 = 1e-11;
/// Sums of single amounts beside one that is not, at most.
const MOST_BESIDE: usize = 256;

/// What a policy sees of one amount: min(max(X − waiting, 0), cap), or X from the waiting time on.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What tells it from others.
    key: Vec<u64>,
    range: Distribution,
    /// The waiting time in money.
    waiting: f64,
    /// A standstill that reaches the waiting time counts whole.
    franchise: bool,
    cap: f64,
}

impl Seen {
    /// P(X ≥ waiting), the atom there included.
    fn reaches(&self) -> f64 {
        self.range.sf(self.waiting) + self.range.mass_at(self.waiting)
    }

    /// What is seen of an amount.
    fn of(&self, amount: f64) -> f64 {
        let seen = match (self.franchise, amount >= self.waiting) {
            (true, true) => amount,
            (true, false) => 0.0,
            (false, _) => (amount - self.waiting).max(0.0),
        };
        seen.min(self.cap)
    }
}

impl Severity for Seen {
    fn limited_mean(&self, x: f64) -> f64 {
        let x = x.min(self.cap);
        if self.waiting <= 0.0 {
            return self.range.limited_mean(x);
        }
        if !self.franchise {
            // A waiting time that nearly always passes leaves the difference of two close numbers.
            return self.range.limited_mean(self.waiting + x) - self.range.limited_mean(self.waiting);
        }
        let reaches = self.reaches();
        let above =
            if x > self.waiting { self.range.limited_mean(x) - self.range.limited_mean(self.waiting) } else { 0.0 };
        reaches * x.min(self.waiting) + above
    }
    fn sf(&self, x: f64) -> f64 {
        if x >= self.cap {
            0.0
        } else if self.waiting <= 0.0 {
            self.range.sf(x)
        } else if self.franchise {
            if x < self.waiting { self.reaches() } else { self.range.sf(x) }
        } else {
            self.range.sf(x + self.waiting)
        }
    }
    fn mean(&self) -> f64 {
        self.limited_mean(f64::INFINITY)
    }
    fn quantile(&self, p: f64) -> f64 {
        self.of(self.range.quantile(p))
    }
    fn constant(&self) -> Option<f64> {
        self.range.constant().map(|amount| self.of(amount))
    }
}

/// What is paid of a loss: min(max(X − retention, 0), limit).
struct Layer<'a> {
    of: &'a dyn Severity,
    retention: f64,
    limit: f64,
}

impl Severity for Layer<'_> {
    fn limited_mean(&self, x: f64) -> f64 {
        self.of.limited_mean(self.retention + x.min(self.limit)) - self.of.limited_mean(self.retention)
    }
    fn sf(&self, x: f64) -> f64 {
        if x < self.limit { self.of.sf(self.retention + x) } else { 0.0 }
    }
    fn mean(&self) -> f64 {
        self.limited_mean(self.limit)
    }
    fn quantile(&self, p: f64) -> f64 {
        (self.of.quantile(p) - self.retention).clamp(0.0, self.limit)
    }
    fn constant(&self) -> Option<f64> {
        self.of.constant().map(|loss| (loss - self.retention).clamp(0.0, self.limit))
    }
}

/// Amounts on grids. An event comes in many combinations of few amounts, and worlds differ in one of them.
#[derive(Default)]
pub struct Laws(Kept<Arc<Spectrum>>);

impl Laws {
    fn of(&self, seen: &Seen, grid: &Grid) -> Arc<Spectrum> {
        let mut key = seen.key.clone();
        key.extend(grid.key());
        self.0.get(key, || Arc::new(Spectrum::of(&discretise(seen, grid), grid)))
    }
}

/// Single amounts with their chances.
type Singles = Vec<(f64, f64)>;

/// What a policy sees of an event: amounts that add up, under the sublimits of their forms.
pub struct Claim<'l> {
    laws: &'l Laws,
    /// Each form that has a sublimit with several amounts, and all else together (without one).
    forms: Vec<(f64, Vec<Seen>)>,
    retention: f64,
    limit: f64,
}

impl<'l> Claim<'l> {
    /// Of the amounts of an event of a risk, each with its range and what tells that from others, and with what
    /// multiplies all money.
    pub fn new(
        laws: &'l Laws,
        terms: &Terms,
        ranges: &dyn Fn(&Drawn) -> (Distribution, Vec<u64>),
        amounts: &[Drawn],
        money: f64,
    ) -> Self {
        let of = &terms.of;
        let mut forms: Vec<(Option<Form>, f64, Vec<Seen>)> = Vec::new();
        for drawn in amounts.iter().filter(|drawn| drawn.scale > 0.0) {
            let Some((form, cap)) = terms.sublimit(drawn.risk, drawn.part) else { continue };
            let waiting = drawn.price.map_or(0.0, |price| of.waiting * price * money);
            let (range, told_by) = ranges(drawn);
            let mut key: Vec<u64> = super::key_of(drawn).into();
            key.extend([money.to_bits(), waiting.to_bits(), u64::from(of.franchise), cap.to_bits()]);
            key.extend(told_by);
            let seen = Seen { key, range: range.scaled(money), waiting, franchise: of.franchise, cap };
            // What has no sublimit stands together.
            let key = cap.is_finite().then_some(form);
            match forms.iter_mut().find(|(known, ..)| *known == key) {
                Some((.., several)) => several.push(seen),
                None => forms.push((key, cap, vec![seen])),
            }
        }
        let forms = forms.into_iter().map(|(_, cap, seen)| (cap, seen)).collect();
        Self { laws, forms, retention: of.retention, limit: of.limit }
    }

    /// Whether nothing of the event is covered.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The one amount that is seen, if it is one.
    fn single(&self) -> Option<&Seen> {
        match self.forms.as_slice() {
            [(_, seen)] if seen.len() == 1 => seen.first(),
            _ => None,
        }
    }

    /// The sums of what is nothing but single amounts, with their chances, and the one amount that is not: where no more
    /// than one is, and these are not too many.
    fn singles_and_one(&self) -> Option<(Singles, Option<&Seen>)> {
        let mut one = None;
        let mut forms = Vec::with_capacity(self.forms.len());
        for (cap, seen) in &self.forms {
            let (single, open): (Vec<&Seen>, Vec<&Seen>) = seen.iter().partition(|seen| seen.range.is_atomic());
            // Under a sublimit that it shares with others it is no summand.
            let is_capped = cap.is_finite() && seen.len() > 1;
            match open.as_slice() {
                [] => {}
                [open] if one.is_none() && !is_capped => one = Some(*open),
                _ => return None,
            }
            let atoms = |seen: &&Seen| seen.range.atoms().into_iter().map(|(x, mass)| (seen.of(x), mass)).collect();
            let mut sums = single_sums(&single.iter().map(atoms).collect::<Vec<_>>())?;
            if is_capped {
                sums.iter_mut().for_each(|(sum, _)| *sum = sum.min(*cap));
            }
            forms.push(sums);
        }
        let sums = single_sums(&forms)?;
        // Beside many single amounts the grid costs less than a layer for each of them.
        (one.is_none() || sums.len() <= MOST_BESIDE).then_some((sums, one))
    }

    /// The layers that may be paid with their chances, where nothing but single amounts is seen.
    pub fn single_layers(&self) -> Option<Singles> {
        let (sums, one) = self.singles_and_one()?;
        let layer = |(sum, mass): (f64, f64)| ((sum - self.retention).clamp(0.0, self.limit), mass);
        one.is_none().then(|| sums.into_iter().map(layer).collect())
    }

    /// The mean of the layer that is paid, with a bound of its error.
    pub fn mean(&self) -> (f64, f64) {
        if let Some((sums, one)) = self.singles_and_one() {
            // Of the layer of known + X, what is known fills the retention first and then the layer.
            let layer = |known: f64| {
                let filled = (known - self.retention).clamp(0.0, self.limit);
                let open = (self.retention - known).max(0.0);
                let of = |seen: &Seen| Layer { of: seen, retention: open, limit: self.limit - filled }.mean().max(0.0);
                filled + one.map_or(0.0, of)
            };
            return (sums.into_iter().map(|(known, mass)| mass * layer(known)).sum(), 0.0);
        }
        let end = self.retention + self.limit;
        let capped = self.forms.iter().any(|(cap, seen)| cap.is_finite() && seen.len() > 1);
        if end.is_finite() {
            let ((low, low_error), (high, high_error)) = self.limited_means(self.retention, end);
            return ((high - low).max(0.0), low_error + high_error);
        }
        // Without a limit only what lies below the retention has to be known, and the mean of all.
        let all = if capped {
            self.forms.iter().fold((0.0, 0.0), |(sum, error), (cap, seen)| {
                let forms = vec![(f64::INFINITY, seen.clone())];
                let form = Self { laws: self.laws, forms, retention: 0.0, limit: *cap };
                let (mean, more) = form.mean();
                (sum + mean, error + more)
            })
        } else {
            (self.forms.iter().flat_map(|(_, seen)| seen).map(Severity::mean).sum(), 0.0)
        };
        if self.retention <= 0.0 {
            return all;
        }
        let (_, (below, error)) = self.limited_means(0.0, self.retention);
        ((all.0 - below).max(0.0), all.1 + error)
    }

    /// E\[min(X, d)\] at two amounts, each with a bound of its error.
    fn limited_means(&self, low: f64, high: f64) -> ((f64, f64), (f64, f64)) {
        let unit = if low > 0.0 { common_divisor(low, high - low) } else { None };
        // Both amounts on the grid where that takes no more than four times the cells.
        let steps = unit.map(|unit| high / unit).filter(|steps| *steps <= 4.0 * STEPS).map_or(STEPS, |steps| {
            let even = if steps.round() % 2.0 == 0.0 { steps.round() } else { 2.0 * steps.round() };
            even * (STEPS / even).ceil().max(1.0)
        });
        let fine = self.on(high / steps, steps as usize, low, high);
        let coarse = self.on(2.0 * high / steps, steps as usize / 2, low, high);
        let both = |fine: f64, coarse: f64| (fine + (fine - coarse) / 3.0, (fine - coarse).abs() / 15.0 + 1e-12 * fine);
        (both(fine.0, coarse.0), both(fine.1, coarse.1))
    }

    fn on(&self, step: f64, cells: usize, low: f64, high: f64) -> (f64, f64) {
        // Twice the cells, so that what lies beyond the end cannot fold back.
        let grid = Grid::new(step, 2 * (cells + 2));
        let masses = self.masses(&grid);
        let limited = |d: f64| {
            d - masses
                .iter()
                .take_while({
                    let mut k = 0.0;
                    move |_| {
                        let below = k * step < d;
                        k += 1.0;
                        below
                    }
                })
                .enumerate()
                .map(|(k, mass)| mass * (d - k as f64 * step))
                .sum::<f64>()
        };
        (limited(low), limited(high))
    }

    /// What next to no event passes.
    fn farthest(&self) -> f64 {
        let all = self.forms.iter().flat_map(|(_, seen)| seen);
        all.map(|seen| seen.quantile(1.0 - NEXT_TO_NEVER)).sum()
    }

    /// The chances of the sum on a grid.
    fn masses(&self, grid: &Grid) -> Vec<f64> {
        let mut sum = Spectrum::of_nothing(grid);
        for (cap, seen) in &self.forms {
            let mut form = Spectrum::of_nothing(grid);
            seen.iter().for_each(|seen| form.multiply(&self.laws.of(seen, grid)));
            if cap.is_finite() && seen.len() > 1 {
                form = Spectrum::of(&at_most(form.into_cells(), *cap, grid), grid);
            }
            sum.multiply(&form);
        }
        sum.into_cells()
    }

    /// The chances of what is paid, on a grid that holds the limit.
    pub fn paid(&self, grid: &Grid) -> Vec<f64> {
        if let Some(layers) = self.single_layers() {
            let mut cells = vec![0.0; grid.cells()];
            layers.into_iter().for_each(|(layer, mass)| add_amount(layer, mass, grid, &mut cells));
            return cells;
        }
        if let Some(seen) = self.single() {
            return discretise(&Layer { of: seen, retention: self.retention, limit: self.limit }, grid);
        }
        // The sum on the same step, up to the end of the layer or of the grid. Of very many events one is small beside a
        // step: it has finer ones of its own, up to what it comes to at most.
        let mut end = self.retention + self.limit.min(grid.top());
        let inner = if grid.keeps_moments() {
            end = end.min(self.farthest());
            grid.of_one(end, [self.retention, self.limit])
        } else {
            Grid::new(grid.step(), 2 * ((end / grid.step()).ceil() as usize + 2))
        };
        let step = inner.step();
        let mut cells = vec![0.0; grid.cells()];
        let mut left = 1.0;
        for (k, mass) in self.masses(&inner).iter().enumerate() {
            let loss = k as f64 * step;
            if loss >= end {
                break;
            }
            add_amount((loss - self.retention).max(0.0), *mass, grid, &mut cells);
            left -= mass;
        }
        add_amount((end - self.retention).max(0.0), left, grid, &mut cells);
        cells
    }
}

/// The same chances with everything above a cap at the cap.
fn at_most(mut cells: Vec<f64>, cap: f64, grid: &Grid) -> Vec<f64> {
    let first = (cap / grid.step() - 1e-9).ceil() as usize;
    if first >= cells.len() {
        return cells;
    }
    let below: f64 = cells[..first].iter().sum();
    cells[first..].fill(0.0);
    add_amount(cap, 1.0 - below, grid, &mut cells);
    cells
}
