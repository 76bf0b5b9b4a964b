//! Which figures do the simulated years have, for all risks and for each?
//!
//! Group after group: the losses of all years by risk and variant are simulated block by block,
//! described, added to the totals of the options, and forgotten. What each risk adds to the bad
//! years is known only when the totals are: then those years are simulated once more.

use rayon::prelude::*;

use crate::engine::year::{BAD, LEVELS, OptionYear, TAILS, VERY_BAD, YearErrors, YearLoss, met};
use crate::model::{ByRisk, CauseId, PlanId, Risk, RiskId};
use crate::stats::sampling::{Asked, Measured, Sample};

use super::block::{BLOCK, Machine, Outcome, Period, Space, Task};
use super::case::Case;
use super::group::Group;
use super::layout::Symbols;
use super::outline::{Options, Outline, outlines};
use super::policy::Transfer;
use super::share;
use super::symbol::Arena;
use super::{Steps, Watch};

/// Points of an exceedance curve.
const CURVE: usize = 200;
/// Numbers that are kept at once: 16 MB.
const ROOM: usize = 2 << 20;
/// Years that tell how the bad years are parted among the risks, and how many at least where
/// there are many risks, whose parts nobody compares to the last per cent.
const PARTED: [usize; 2] = [1 << 15, 1 << 14];
/// Of many years, one in so many tells it.
const PARTED_OF: usize = 4;
/// So many groups are many.
const MANY: usize = 32;
/// Groups whose tables are kept to the end.
const KEPT: usize = 512;
/// Names the draws of what is not known.
pub const WORLD: &str = "world";
/// Names the events of a year.
pub const YEAR: &str = "year";

/// Years of all options: by option and year.
pub struct Totals {
    years: usize,
    /// By option.
    losses: Vec<Vec<f64>>,
}

/// The losses of a group in all years.
struct Slab {
    /// By block, column and year.
    numbers: Vec<f64>,
    first: usize,
    columns: usize,
    years: usize,
    /// By column of the whole group: who bears what in an average year.
    transfers: Vec<Transfer>,
}

impl Slab {
    /// A column, block by block.
    fn column(&self, column: usize) -> Vec<&[f64]> {
        let blocks = self.numbers.chunks(self.columns * BLOCK).enumerate();
        blocks.map(|(block, numbers)| self.stretch(numbers, block, column)).collect()
    }

    fn stretch<'n>(&self, numbers: &'n [f64], block: usize, column: usize) -> &'n [f64] {
        let years = years_of(block, self.years);
        &numbers[(column - self.first) * years..][..years]
    }

    fn block(&self, block: usize, column: usize) -> &[f64] {
        self.stretch(&self.numbers[block * self.columns * BLOCK..], block, column)
    }

    fn get(&self, column: usize, year: usize) -> f64 {
        self.block(year / BLOCK, column)[year % BLOCK]
    }
}

/// How many years a block has.
pub fn years_of(block: usize, years: usize) -> usize {
    (years - block * BLOCK).min(BLOCK)
}

/// What one run knows of a scenario.
pub struct Run<'r, 'c, 's> {
    /// The scenario.
    pub case: &'r Case<'c, 's>,
    /// By option: a plan, or today.
    pub options: &'r [Option<PlanId>],
    /// Who is simulated together.
    pub outlines: &'r [Outline],
    /// The same, laid out.
    pub groups: &'r [Group],
    /// Their machines, where there is room for all of them.
    machines: Vec<Machine<'r>>,
    /// How many years.
    pub years: usize,
    steps: Steps<'r>,
}

/// The year of every option.
pub fn annual(
    case: &Case<'_, '_>,
    options: &[Option<PlanId>],
    years: usize,
    amounts: &[f64],
    watch: Watch<'_>,
) -> Vec<OptionYear> {
    let arena = Arena::default();
    let symbols = Symbols::new(&arena, case.model, case.knowledge);
    let (outlines, groups) = laid_out(case, &symbols, options);
    let run = Run::new(case, options, &outlines, &groups, years, watch);
    // An amount that is met exactly is not passed.
    let amounts: Vec<f64> = amounts.iter().map(|amount| met(*amount)).collect();
    let asked = Asked { levels: &LEVELS, tails: &TAILS, amounts: &amounts, curve: CURVE, steps_to: Some(VERY_BAD) };
    let risks = case.model.scenario().risks();
    let mut found: Vec<OptionYear> = options.iter().map(|_| nothing(risks, amounts.len())).collect();
    let bound = outlines.iter().any(|outline| outline.is_bound);
    let mut apart = bound.then(|| Totals::new(options.len(), years));
    let mut single = Vec::new();
    let totals = run.totals(|lot| {
        if let Some(apart) = &mut apart {
            apart.add_apart(&run, lot);
        }
        single.extend(run.describe(lot, &asked, &mut found));
    });
    let heavy = groups.iter().any(|group| group.risks.iter().any(|risk| is_heavy(case, group, risk)));
    let samples: Vec<Sample> = match risks.len() {
        // The only risk is all of them.
        1 => outlines[0].variant_of.iter().map(|variant| single[*variant].clone()).collect(),
        _ => totals.losses.iter().map(|losses| sample(losses, &asked)).collect(),
    };
    let parts = run.tail_parts(&totals, &samples);
    let shares = share::knowledge_shares(&run, &symbols, &totals.losses, &samples);
    for (option, year) in found.iter_mut().enumerate() {
        year.total = described(&samples[option], heavy);
        year.if_independent = apart.as_ref().map(|apart| described(&sample(&apart.losses[option], &asked), heavy));
        year.tail_parts.clone_from(&parts[option]);
        year.knowledge_share = shares[option].filter(|_| !heavy);
    }
    found
}

/// The loss of all risks together, by option and year.
pub fn losses(case: &Case<'_, '_>, options: &[Option<PlanId>], years: usize, watch: Watch<'_>) -> Vec<Vec<f64>> {
    let arena = Arena::default();
    let symbols = Symbols::new(&arena, case.model, case.knowledge);
    let (outlines, groups) = laid_out(case, &symbols, options);
    Run::new(case, options, &outlines, &groups, years, watch).totals(|_| ()).losses
}

/// The loss of the group of a risk, all its risks together, by option and year.
pub fn group_losses(case: &Case<'_, '_>, options: &[Option<PlanId>], years: usize, risk: RiskId) -> Vec<Vec<f64>> {
    let arena = Arena::default();
    let symbols = Symbols::new(&arena, case.model, case.knowledge);
    let of = Options { plans: options, timed: false };
    let outlines: Vec<Outline> =
        outlines(case.model, of).into_iter().filter(|outline| outline.risks.contains(&risk)).collect();
    let groups: Vec<Group> = outlines.iter().map(|outline| symbols.group(outline, of)).collect();
    Run::new(case, options, &outlines, &groups, years, &|_| ()).totals(|_| ()).losses
}

/// What all risks together lose under an option in years in which causes strike so often, and how heavy the tail of the
/// heaviest of their losses is.
pub fn years_given(
    case: &Case<'_, '_>,
    option: Option<PlanId>,
    strikes: &[(CauseId, usize)],
    years: usize,
) -> (Vec<f64>, f64) {
    let arena = Arena::default();
    let symbols = Symbols::new(&arena, case.model, case.knowledge);
    let options = [option];
    let (outlines, mut groups) = laid_out(case, &symbols, &options);
    for (group, outline) in groups.iter_mut().zip(&outlines) {
        for (plan, cause) in group.causes.iter_mut().zip(&outline.causes) {
            plan.given = strikes.iter().find(|(of, _)| of == cause).map(|(_, times)| *times);
        }
    }
    let ranges = groups.iter().flat_map(|group| group.risks.iter().flat_map(|risk| group.ids(risk)));
    let heaviest = ranges.map(|id| case.knowledge.distribution(id).tail_index()).fold(0.0, f64::max);
    let totals = Run::new(case, &options, &outlines, &groups, years, &|_| ()).totals(|_| ());
    (totals.losses.into_iter().next().unwrap_or_default(), heaviest)
}

/// The risks of each group, where only the policies of today are in force.
pub fn bound_together(model: &crate::engine::LossModel<'_>) -> Vec<Vec<RiskId>> {
    outlines(model, Options { plans: &[None], timed: false }).into_iter().map(|outline| outline.risks).collect()
}

/// Today's loss of a bad year (1 in 20).
pub fn bad_year(case: &Case<'_, '_>, years: usize, watch: Watch<'_>) -> Option<Measured> {
    let today = losses(case, &[None], years, watch);
    sample(&today[0], &Asked { levels: &[LEVELS[BAD]], tails: &TAILS, amounts: &[], curve: 0, steps_to: None })
        .quantiles[0]
}

fn laid_out(case: &Case<'_, '_>, symbols: &Symbols<'_, '_>, options: &[Option<PlanId>]) -> (Vec<Outline>, Vec<Group>) {
    let of = Options { plans: options, timed: false };
    let outlines = outlines(case.model, of);
    let groups = outlines.iter().map(|outline| symbols.group(outline, of)).collect();
    (outlines, groups)
}

fn machine<'g>(case: &Case<'_, '_>, group: &'g Group) -> Machine<'g> {
    let tables = group.tables(case.knowledge, &case.samplers, case.seed, WORLD);
    Machine::new(group, tables, &case.samplers)
}

/// Whether a loss of a risk has no variance.
fn is_heavy(case: &Case<'_, '_>, group: &Group, risk: &super::group::RiskPlan) -> bool {
    group.ids(risk).any(|id| case.knowledge.distribution(id).tail_index() >= 0.5)
}

fn sample(losses: &[f64], asked: &Asked<'_>) -> Sample {
    Sample::new(&losses.chunks(BLOCK).collect::<Vec<_>>(), asked)
}

/// A window of a group's columns: the group, the first, how many.
type Window = (usize, usize, usize);

impl<'r, 'c, 's> Run<'r, 'c, 's> {
    fn new(
        case: &'r Case<'c, 's>,
        options: &'r [Option<PlanId>],
        outlines: &'r [Outline],
        groups: &'r [Group],
        years: usize,
        watch: Watch<'r>,
    ) -> Self {
        let columns: usize = groups.iter().map(|group| group.risks.len() * group.variants).sum();
        let steps = Steps::new(watch, years, columns * years.div_ceil(BLOCK));
        let kept = if groups.len() <= KEPT { groups } else { &[] };
        let machines = kept.par_iter().map(|group| machine(case, group)).collect();
        Self { case, options, outlines, groups, machines, years, steps }
    }

    /// Simulates everything; `each` sees every risk before it is forgotten.
    fn totals(&self, mut each: impl FnMut(&[(Window, &Slab)])) -> Totals {
        let mut totals = Totals::new(self.options.len(), self.years);
        // The room of one lot serves the next.
        let mut room: Vec<Vec<f64>> = Vec::new();
        for lot in self.lots() {
            room.resize_with(lot.len(), Vec::new);
            let slabs: Vec<Slab> =
                lot.par_iter().zip(&mut room).map(|(window, room)| self.slab(*window, std::mem::take(room))).collect();
            let lot: Vec<(Window, &Slab)> = lot.into_iter().zip(&slabs).collect();
            totals.add(self, &lot);
            each(&lot);
            room = slabs.into_iter().map(|slab| slab.numbers).collect();
        }
        totals
    }

    /// Windows of columns (group, first, how many) that fit into memory together.
    fn lots(&self) -> Vec<Vec<Window>> {
        let most = (ROOM / self.years.next_multiple_of(BLOCK)).max(1);
        let mut lots: Vec<Vec<Window>> = Vec::new();
        let mut left = 0;
        for (place, group) in self.groups.iter().enumerate() {
            let all = group.risks.len() * group.variants;
            for first in (0..all).step_by(most) {
                let columns = most.min(all - first);
                if columns > left || lots.is_empty() {
                    lots.push(Vec::new());
                    left = most;
                }
                left -= columns;
                lots.last_mut().into_iter().for_each(|lot| lot.push((place, first, columns)));
            }
        }
        lots
    }

    /// Asks a group's machine, made for the occasion if it was not kept.
    pub fn with_machine<T>(&self, group: usize, ask: impl FnOnce(&Machine<'_>) -> T) -> T {
        match self.machines.get(group) {
            Some(machine) => ask(machine),
            None => ask(&machine(self.case, &self.groups[group])),
        }
    }

    /// The task of a block.
    pub fn task(&self, block: usize) -> Task<'_> {
        Task {
            seed: self.case.seed,
            run: YEAR,
            block: block as u64,
            luck: block as u64,
            first: 0,
            years: years_of(block, self.years),
            wanted: None,
            period: Period::FULL,
        }
    }

    fn slab(&self, (group, first, columns): Window, mut numbers: Vec<f64>) -> Slab {
        let all = self.groups[group].risks.len() * self.groups[group].variants;
        let needed = self.years.div_ceil(BLOCK) * columns * BLOCK;
        if numbers.capacity() < needed {
            numbers = vec![0.0; needed];
        }
        numbers.resize(needed, 0.0);
        let blocks: Vec<Vec<Transfer>> = self.with_machine(group, |machine| {
            numbers
                .par_chunks_mut(columns * BLOCK)
                .enumerate()
                .map_init(Space::default, |space, (block, numbers)| {
                    let task = self.task(block);
                    let mut transfers = vec![Transfer::default(); all];
                    if self.case.model.is_stopped() {
                        return transfers;
                    }
                    let net = &mut numbers[..columns * task.years];
                    touch(net);
                    machine.run(&task, space, &mut Outcome { first, net, transfers: &mut transfers });
                    self.steps.done(columns);
                    transfers
                })
                .collect()
        });
        let mean = |column: usize, amount: &dyn Fn(&Transfer) -> f64| {
            blocks.iter().map(|block| amount(&block[column])).sum::<f64>() / self.years as f64
        };
        let transfers = (0..all)
            .map(|column| Transfer { paid: mean(column, &|t| t.paid), uninsured: mean(column, &|t| t.uninsured) })
            .collect();
        Slab { numbers, first, columns, years: self.years, transfers }
    }

    /// The figures of single risks; of an only risk the samples that they come from, by column.
    fn describe(&self, lot: &[(Window, &Slab)], asked: &Asked<'_>, found: &mut [OptionYear]) -> Vec<Sample> {
        let only = found.first().is_some_and(|year| year.risks.len() == 1);
        let asked = if only { *asked } else { Asked { curve: 0, steps_to: None, ..*asked } };
        let columns: Vec<(usize, usize, &Slab)> = lot
            .iter()
            .flat_map(|((group, first, columns), slab)| (*first..first + columns).map(|column| (*group, column, *slab)))
            .collect();
        let samples: Vec<Sample> =
            columns.par_iter().map(|(_, column, slab)| Sample::new(&slab.column(*column), &asked)).collect();
        for ((group, column, slab), sample) in columns.into_iter().zip(&samples) {
            let plan = &self.groups[group];
            let (risk, variant) = (&plan.risks[column / plan.variants], column % plan.variants);
            let loss =
                YearLoss { curve: Vec::new(), steps: Vec::new(), ..described(sample, is_heavy(self.case, plan, risk)) };
            for (option, year) in found.iter_mut().enumerate() {
                if self.outlines[group].variant_of[option] == variant {
                    year.risks[risk.risk] = loss.clone();
                    let Transfer { paid, uninsured } = slab.transfers[column];
                    let in_force = plan
                        .policies
                        .iter()
                        .any(|policy| policy.variants >> variant & 1 == 1 && policy.covers[column / plan.variants]);
                    year.recovered[risk.risk] = paid;
                    year.uninsured[risk.risk] = if in_force { uninsured } else { loss.mean };
                }
            }
        }
        if only { samples } else { Vec::new() }
    }

    /// By option and risk: what it adds to the mean of the worst 1 in 20 years. They add up to that
    /// mean; how it is parted is found from as many years as are enough for that.
    fn tail_parts(&self, totals: &Totals, samples: &[Sample]) -> Vec<ByRisk<f64>> {
        let risks = self.case.model.scenario().risks();
        let means = || samples.iter().map(|sample| sample.tail_means[0].map_or(0.0, |mean| mean.value));
        if risks.len() == 1 {
            return means().map(|mean| risks.every(mean)).collect();
        }
        let enough = PARTED[usize::from(self.groups.len() >= MANY)];
        let years = self.years.min(enough.max(self.years / PARTED_OF));
        let mut parts = vec![risks.every(0.0); self.options.len()];
        let weights: Vec<Vec<f64>> = totals
            .losses
            .iter()
            .zip(samples)
            .map(|(losses, sample)| {
                let weight = |loss: &f64| if *loss > 0.0 { sample.edges[0].weight(*loss) } else { 0.0 };
                losses[..years].iter().map(weight).collect()
            })
            .collect();
        let wanted: Vec<bool> = (0..years).map(|year| weights.iter().any(|of| of[year] > 0.0)).collect();
        let blocks = years.div_ceil(BLOCK);
        let sums: Vec<Vec<f64>> = (0..self.groups.len())
            .into_par_iter()
            .map(|place| {
                let group = &self.groups[place];
                let columns = group.risks.len() * group.variants;
                let rows = group.risks.len() * self.options.len();
                let by_block: Vec<Vec<f64>> = self.with_machine(place, |machine| {
                    (0..blocks)
                        .into_par_iter()
                        .map_init(
                            || (Space::default(), vec![0.0; columns * BLOCK], vec![Transfer::default(); columns]),
                            |(space, net, transfers), block| {
                                let mut sums = vec![0.0; rows];
                                if self.case.model.is_stopped() {
                                    return sums;
                                }
                                let years = years_of(block, years);
                                let here = block * BLOCK..block * BLOCK + years;
                                let task = Task { years, wanted: Some(&wanted[here.clone()]), ..self.task(block) };
                                let net = &mut net[..columns * years];
                                machine.run(&task, space, &mut Outcome { first: 0, net, transfers });
                                for (option, weights) in weights.iter().enumerate() {
                                    let variant = self.outlines[place].variant_of[option];
                                    for risk in 0..group.risks.len() {
                                        let losses = &net[(risk * group.variants + variant) * years..][..years];
                                        let weighted = losses.iter().zip(&weights[here.clone()]);
                                        sums[risk * self.options.len() + option] =
                                            weighted.map(|(loss, weight)| loss * weight).sum();
                                    }
                                }
                                sums
                            },
                        )
                        .collect()
                });
                (0..rows).map(|row| by_block.iter().map(|sums| sums[row]).sum()).collect()
            })
            .collect();
        for (group, sums) in self.groups.iter().zip(&sums) {
            for (place, risk) in group.risks.iter().enumerate() {
                for (option, parts) in parts.iter_mut().enumerate() {
                    parts[risk.risk] = sums[place * self.options.len() + option];
                }
            }
        }
        for (parts, mean) in parts.iter_mut().zip(means()) {
            let sum: f64 = parts.iter().sum();
            parts.iter_mut().for_each(|part| *part = if sum > 0.0 { *part * mean / sum } else { 0.0 });
        }
        parts
    }
}

/// Writes zeroes where zeroes are. Memory fresh from the system that is read before it is written
/// is mapped twice, and the second time stops every thread.
fn touch(numbers: &mut [f64]) {
    numbers.fill(0.0);
}

impl Totals {
    fn new(options: usize, years: usize) -> Self {
        let mut losses = vec![vec![0.0; years]; options];
        losses.iter_mut().for_each(|losses| losses.par_chunks_mut(BLOCK).for_each(touch));
        Self { years, losses }
    }

    /// Adds every risk, in the order of groups and, in a group, of ids.
    fn add(&mut self, run: &Run<'_, '_, '_>, lot: &[(Window, &Slab)]) {
        for (option, losses) in self.losses.iter_mut().enumerate() {
            let columns = columns_of(run, lot, option);
            losses.par_chunks_mut(BLOCK).enumerate().for_each(|(block, losses)| {
                for (slab, column, _) in &columns {
                    let more = slab.block(block, *column);
                    losses.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
                }
            });
        }
    }

    /// Adds every risk at years of its own: the same years of each, none of them together.
    fn add_apart(&mut self, run: &Run<'_, '_, '_>, lot: &[(Window, &Slab)]) {
        let years = self.years;
        for (option, losses) in self.losses.iter_mut().enumerate() {
            let columns = columns_of(run, lot, option);
            losses.par_chunks_mut(BLOCK).enumerate().for_each(|(block, losses)| {
                for (slab, column, label) in &columns {
                    let shift = crate::stats::rng::purpose(label) as usize % years;
                    for (place, sum) in losses.iter_mut().enumerate() {
                        *sum += slab.get(*column, (block * BLOCK + place + shift) % years);
                    }
                }
            });
        }
    }
}

/// The columns that an option shows, with the names of their risks.
fn columns_of<'l>(
    run: &'l Run<'_, '_, '_>,
    lot: &[(Window, &'l Slab)],
    option: usize,
) -> Vec<(&'l Slab, usize, &'l str)> {
    lot.iter()
        .flat_map(|((group, first, columns), slab)| {
            let plan = &run.groups[*group];
            let variant = run.outlines[*group].variant_of[option];
            let mut shown: Vec<(usize, usize, &str)> = plan
                .risks
                .iter()
                .enumerate()
                .map(|(place, risk)| (risk.rank, place * plan.variants + variant, risk.label.as_str()))
                .filter(|(_, column, _)| (*first..first + columns).contains(column))
                .collect();
            shown.sort_unstable();
            shown.into_iter().map(move |(_, column, label)| (*slab, column, label))
        })
        .collect()
}

/// The figures that are shown.
fn described(sample: &Sample, is_heavy: bool) -> YearLoss {
    let value = |figure: &Option<Measured>| figure.map(|figure| figure.value);
    let error = |figure: &Option<Measured>| figure.map(|figure| figure.error);
    let heavy = |figure: f64| if is_heavy { f64::INFINITY } else { figure };
    YearLoss {
        mean: sample.mean.value,
        standard_deviation: heavy(sample.standard_deviation.value),
        chance_of_loss: sample.chance.value,
        quantiles: std::array::from_fn(|level| value(&sample.quantiles[level])),
        tail_means: std::array::from_fn(|level| value(&sample.tail_means[level])),
        chance_above: sample.chances_above.iter().map(|chance| chance.value).collect(),
        curve: sample.curve.clone(),
        steps: sample.steps.clone(),
        errors: Some(YearErrors {
            mean: heavy(sample.mean.error),
            standard_deviation: heavy(sample.standard_deviation.error),
            chance_of_loss: sample.chance.error,
            quantiles: std::array::from_fn(|level| error(&sample.quantiles[level])),
            tail_means: std::array::from_fn(|level| error(&sample.tail_means[level]).map(heavy)),
            chance_above: sample.chances_above.iter().map(|chance| chance.error).collect(),
        }),
        error: None,
        grid_gap: None,
    }
}

/// A year in which nothing is known yet.
pub fn nothing(risks: &ByRisk<Risk>, amounts: usize) -> OptionYear {
    let loss = YearLoss {
        mean: 0.0,
        standard_deviation: 0.0,
        chance_of_loss: 0.0,
        quantiles: [None; LEVELS.len()],
        tail_means: [None; TAILS.len()],
        chance_above: vec![0.0; amounts],
        curve: Vec::new(),
        steps: Vec::new(),
        errors: None,
        error: None,
        grid_gap: None,
    };
    OptionYear {
        total: loss.clone(),
        risks: risks.every(loss),
        recovered: risks.every(0.0),
        uninsured: risks.every(0.0),
        tail_parts: risks.every(0.0),
        if_independent: None,
        knowledge_share: None,
    }
}
