//! What happens to a group in a block of years, under every variant at once?
//!
//! All variants meet the same events with the same draws. An event of today's rate is kept where
//! its number lies below the part that the variant's controls let through; where controls make
//! events more, a second stream at the rest of the rate adds some. A control that does more than
//! that acts on an event or not, by a number of its own. Amounts are drawn once; a variant shrinks
//! them, or looks the same number up in another range.

mod fate;

use fate::Mind;

use crate::model::Count;
use crate::stats::Distribution;
use crate::stats::rng::{Counter, open_unit};
use crate::stats::sampling::{Sampler, Samplers};
use crate::units::Arithmetic;

use super::arrivals::{Rates, at_most_one, exactly, independent};
use super::group::{Group, RiskPlan, Tables};
use super::policy::{Claim, Transfer, settle};
use super::symbol::{Columns, Operand};

/// Years of a block.
pub const BLOCK: usize = 1024;

/// Events that are held at once: some tens of megabytes.
const CROWD: f64 = 500_000.0;
/// Where the part of a block stands in the number of its luck.
const PART: u32 = 52;

/// Names whether an event is kept.
const KEEP: u64 = 0x2545_f491_4f6c_dd1d;
/// Names the events that only some variants have.
const MORE: u64 = 0x9e6c_63d0_676a_9a99;
/// Names the year's factor of a clustered rate.
const CLUSTER: u64 = 0xd1b5_4a32_d192_ed03;

/// Which years.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    /// The seed.
    pub seed: u64,
    /// Names the kind of run.
    pub run: &'a str,
    /// The block of worlds.
    pub block: u64,
    /// The block of events: the worlds may stay while the years go on.
    pub luck: u64,
    /// The first year of the block: the worlds of those before it are another task's.
    pub first: usize,
    /// How many years.
    pub years: usize,
    /// Which of them are wanted; all if absent.
    pub wanted: Option<&'a [bool]>,
    /// Where the years stand in time.
    pub period: Period,
}

/// A year in time.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// Years from now to its beginning; none for a full year with every control in force.
    pub begins: Option<f64>,
    /// What rates are multiplied by.
    pub rates: f64,
    /// What losses are multiplied by.
    pub losses: f64,
}

impl Period {
    /// A full year at today's rates and prices.
    pub const FULL: Self = Self { begins: None, rates: 1.0, losses: 1.0 };
}

/// What comes out: by risk and variant a loss for each year, after what insurers pay.
#[derive(Debug)]
pub struct Outcome<'a> {
    /// The first column (of risk × variants + variant) that is wanted; as many as there is room for.
    pub first: usize,
    /// By column and year.
    pub net: &'a mut [f64],
    /// By risk and variant: who bears what, summed over the years.
    pub transfers: &'a mut [Transfer],
}

impl Outcome<'_> {
    /// Adds to a year of a column, if that is wanted.
    #[inline]
    pub fn add(&mut self, column: usize, years: usize, year: usize, loss: f64) {
        let wanted = column.checked_sub(self.first).and_then(|column| self.net.get_mut(column * years + year));
        if let Some(sum) = wanted {
            *sum += loss;
        }
    }
}

/// An event.
#[derive(Debug, Clone, Copy)]
struct Event {
    numbers: Counter,
    year: u32,
    /// The part of the year that has passed.
    time: f64,
    origin: Origin,
    /// The variants under which it came.
    variants: u64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Origin {
    Own,
    /// At the rest of the rate, where variants have more events.
    More,
    Brought,
}

/// Room to work in, kept from block to block.
#[derive(Debug, Default)]
pub struct Space {
    rates: Columns,
    numbers: Columns,
    /// Rates that are products of a column and something else.
    scaled: [Vec<f64>; 2],
    all: Vec<u32>,
    rows: Vec<u32>,
    /// By year: its place among the rows.
    row_of: Vec<u32>,
    /// By risk: its events; after it was worked out, those that some variant kept.
    events: Vec<Vec<Event>>,
    causes: Vec<Vec<Event>>,
    /// Years and numbers of the events of a plain risk, and of those with a secondary loss.
    plain: Vec<(u32, Counter)>,
    struck: Vec<(u32, Counter)>,
    claims: Vec<Claim>,
    /// Amounts of claims, and after those of each variant the hours of its outage.
    parts: Vec<f64>,
}

/// What the block needs besides a task: made once for a group.
#[derive(Debug)]
pub struct Machine<'g> {
    /// The group.
    pub group: &'g Group,
    tables: Tables,
    /// By risk: the factors of a clustered year.
    clusters: Vec<Option<Sampler>>,
    every: u64,
}

impl<'g> Machine<'g> {
    /// For a group.
    pub fn new(group: &'g Group, tables: Tables, samplers: &Samplers) -> Self {
        let clusters = group
            .risks
            .iter()
            .map(|risk| match risk.count {
                Count::Clustered(size) => {
                    let spread = 1.0 / f64::from_decimal(size).sqrt();
                    // A size beyond every float is no clustering at all.
                    Distribution::gamma_from_mean_sd(1.0, spread).ok().map(|range| samplers.sampler(&range))
                }
                Count::Poisson | Count::AtMostOne => None,
            })
            .collect();
        let every = if group.variants >= 64 { u64::MAX } else { (1 << group.variants) - 1 };
        Self { group, tables, clusters, every }
    }

    /// Simulates a block.
    pub fn run(&self, task: &Task<'_>, space: &mut Space, outcome: &mut Outcome<'_>) {
        outcome.net.fill(0.0);
        outcome.transfers.fill(Transfer::default());
        let crowd = self.rated(task, space);
        if crowd > CROWD && task.years > 1 {
            self.run_in_parts(task, crowd, space, outcome);
        } else {
            self.run_rated(task, space, outcome);
        }
    }

    /// Works out the rates of a task; the number of events to expect of them.
    fn rated(&self, task: &Task<'_>, space: &mut Space) -> f64 {
        let first = task.first as u32;
        if space.all.len() != task.years || space.all.first() != Some(&first) {
            space.all = (first..first + task.years as u32).collect();
        }
        self.group.rates.run(&self.tables.unknowns, task.block, &space.all, &mut space.rates);
        let risks = self.group.risks.iter().filter(|risk| risk.count != Count::AtMostOne).map(|risk| risk.rate);
        let rates = risks.chain(self.group.causes.iter().map(|cause| cause.rate));
        let events = |rate: Operand| match space.rates.column(rate) {
            Ok(column) => column.iter().take(task.years).filter(|rate| rate.is_finite()).sum(),
            Err(rate) => rate * task.years as f64,
        };
        task.period.rates * rates.map(events).sum::<f64>()
    }

    /// A block whose events do not fit into memory together: some of its years at a time, each part
    /// with events of its own.
    fn run_in_parts(&self, task: &Task<'_>, crowd: f64, space: &mut Space, outcome: &mut Outcome<'_>) {
        let each = ((task.years as f64 * CROWD / crowd) as usize).clamp(1, task.years);
        let columns = outcome.net.len() / task.years;
        let (mut net, mut transfers) = (vec![0.0; columns * each], vec![Transfer::default(); outcome.transfers.len()]);
        for (place, from) in (0..task.years).step_by(each).enumerate() {
            let years = each.min(task.years - from);
            let part = Task {
                first: task.first + from,
                years,
                wanted: task.wanted.map(|wanted| &wanted[from..from + years]),
                luck: task.luck | (place as u64 + 1) << PART,
                ..*task
            };
            let net = &mut net[..columns * years];
            net.fill(0.0);
            transfers.fill(Transfer::default());
            self.rated(&part, space);
            self.run_rated(&part, space, &mut Outcome { first: outcome.first, net, transfers: &mut transfers });
            for (all, net) in outcome.net.chunks_mut(task.years).zip(net.chunks(years)) {
                all[from..from + years].copy_from_slice(net);
            }
            for (sum, part) in outcome.transfers.iter_mut().zip(&transfers) {
                sum.paid += part.paid;
                sum.uninsured += part.uninsured;
            }
        }
    }

    /// Simulates the years whose rates were worked out.
    fn run_rated(&self, task: &Task<'_>, space: &mut Space, outcome: &mut Outcome<'_>) {
        let group = self.group;
        if group.is_plain() && task.period.begins.is_none() {
            self.plain(task, space, outcome.net);
            return;
        }
        self.strike(task, space);
        self.rows(task, space);
        group.events.run(&self.tables.unknowns, task.block, &space.rows, &mut space.numbers);
        space.claims.clear();
        space.parts.clear();
        for place in 0..group.risks.len() {
            self.suffer(place, task, space, outcome);
        }
        if !group.policies.is_empty() {
            settle(group, task, &mut space.claims, &space.parts, outcome);
        }
    }

    fn numbers(&self, task: &Task<'_>, label: &str) -> Counter {
        Counter::new(task.seed, &format!("{} {label}", task.run)).block(task.luck)
    }

    /// One risk that asks for nothing but its amounts.
    fn plain(&self, task: &Task<'_>, space: &mut Space, net: &mut [f64]) {
        let risk = &self.group.risks[0];
        /// A range, what a draw of it is multiplied by, and what names the draw.
        type Row<'r> = (&'r Sampler, f64, u64);
        let mut primary: Vec<Row<'_>> = Vec::new();
        let mut secondary: Vec<(f64, u64, Vec<Row<'_>>)> =
            risk.chances.iter().map(|(chance, purpose)| (known(*chance), *purpose, Vec::new())).collect();
        const ONE: Sampler = Sampler::Known(1.0);
        for amount in &risk.amounts {
            let drawn = amount.range.map_or(&ONE, |range| &self.tables.ranges[range]);
            let row = (drawn, known(amount.scale), amount.purpose);
            match amount.secondary {
                None => primary.push(row),
                Some(index) => secondary[index].2.push(row),
            }
        }
        let mut plain = std::mem::take(&mut space.plain);
        plain.clear();
        let wanted = task.wanted;
        self.arrive(0, task, space, |origin, year, _, event| {
            if origin == Origin::Own && wanted.is_none_or(|wanted| wanted[year]) {
                plain.push((year as u32, event));
            }
        });
        // One amount after the other: so the draws of many events overlap in the machine.
        for (drawn, scale, purpose) in &primary {
            let draws = plain.iter().map(|(year, event)| (*year as usize, event.draw(*purpose)));
            drawn.each(draws, |year, draw| net[year] += scale * draw);
        }
        let mut struck = std::mem::take(&mut space.struck);
        for (chance, purpose, rows) in &secondary {
            struck.clear();
            struck.resize(plain.len(), (0, Counter::from_key(0)));
            let mut count = 0;
            for event in &plain {
                struck[count] = *event;
                // Without a branch that nobody could foresee.
                count += usize::from(open_unit(event.1.draw(*purpose)) < *chance);
            }
            for (drawn, scale, purpose) in rows {
                let draws = struck[..count].iter().map(|(year, event)| (*year as usize, event.draw(*purpose)));
                drawn.each(draws, |year, draw| net[year] += scale * draw);
            }
        }
        space.plain = plain;
        space.struck = struck;
    }

    /// The own events of a risk, and those that only some variants have.
    #[inline]
    fn arrive(
        &self,
        place: usize,
        task: &Task<'_>,
        space: &mut Space,
        mut strike: impl FnMut(Origin, usize, f64, Counter),
    ) {
        let risk = &self.group.risks[place];
        let numbers = self.numbers(task, &risk.label);
        let [scaled, more] = &mut space.scaled;
        let rates = &space.rates;
        let rate = rates.column(risk.rate);
        let mut own = match (rate, &self.clusters[place]) {
            (Err(rate), None) => Rates::Known(rate * task.period.rates),
            (Ok(column), None) if task.period.rates == 1.0 => Rates::Column(column),
            (_, clusters) => {
                scaled.clear();
                let cluster = numbers.follow(CLUSTER);
                scaled.extend((0..task.years).map(|year| {
                    let factor = clusters.as_ref().map_or(1.0, |factors| factors.at(cluster.bits(year as u64)));
                    rates.get(risk.rate, year) * task.period.rates * factor
                }));
                Rates::Column(scaled)
            }
        };
        let grows = risk.actions.iter().any(|action| action.may_add.is_some());
        if grows {
            more.clear();
            more.extend((0..task.years).map(|year| self.most(risk, rates, year)));
        }
        if risk.count == Count::AtMostOne {
            at_most_one(Rates::Known(0.0), own, task.years, numbers, |y, t, n| strike(Origin::Own, y, t, n));
            if grows {
                more.iter_mut().enumerate().for_each(|(year, most)| *most *= own.get(year));
                at_most_one(own, Rates::Column(more), task.years, numbers, |y, t, n| strike(Origin::More, y, t, n));
            }
        } else {
            if let Rates::Known(rate) = own
                && !rate.is_finite()
            {
                own = Rates::Known(0.0);
            }
            independent(own, task.years, numbers, |y, t, n| strike(Origin::Own, y, t, n));
            if grows {
                more.iter_mut().enumerate().for_each(|(year, most)| *most = (*most - 1.0) * own.get(year));
                let numbers = numbers.follow(MORE);
                independent(Rates::Column(more), task.years, numbers, |y, t, n| strike(Origin::More, y, t, n));
            }
        }
    }

    /// The largest part of its events that any variant of a risk has, at least all.
    fn most(&self, risk: &RiskPlan, rates: &Columns, year: usize) -> f64 {
        (0..self.group.variants)
            .map(|variant| {
                let bought = risk.actions.iter().filter(|action| action.bought[variant].is_some());
                bought.filter_map(|action| action.may_add).map(|keeps| rates.get(keeps, year).max(1.0)).product::<f64>()
            })
            .fold(1.0, f64::max)
    }

    /// Who is struck when, before anything is brought.
    fn strike(&self, task: &Task<'_>, space: &mut Space) {
        let every = self.every;
        let wanted = |year: usize| task.wanted.is_none_or(|wanted| wanted[year]);
        for place in 0..self.group.risks.len() {
            if space.events.len() <= place {
                space.events.push(Vec::new());
            }
            let mut events = std::mem::take(&mut space.events[place]);
            events.clear();
            self.arrive(place, task, space, |origin, year, time, numbers| {
                if wanted(year) {
                    events.push(Event { numbers, year: year as u32, time, origin, variants: every });
                }
            });
            space.events[place] = events;
        }
        space.causes.resize_with(self.group.causes.len(), Vec::new);
        for (cause, events) in self.group.causes.iter().zip(&mut space.causes) {
            events.clear();
            let scaled = &mut space.scaled[0];
            scaled.clear();
            scaled.extend((0..task.years).map(|year| space.rates.get(cause.rate, year) * task.period.rates));
            let numbers = self.numbers(task, &cause.label);
            let strike = |year: usize, time: f64, numbers: Counter| {
                if wanted(year) {
                    events.push(Event { numbers, year: year as u32, time, origin: Origin::Brought, variants: every });
                }
            };
            match cause.given {
                Some(strikes) => exactly(strikes, task.years, numbers, strike),
                None => independent(Rates::Column(scaled), task.years, numbers, strike),
            }
        }
    }

    /// The years with events: only there the numbers of events are worked out.
    fn rows(&self, task: &Task<'_>, space: &mut Space) {
        space.row_of.clear();
        space.row_of.resize(task.years, 0);
        let risks = space.events.iter().take(self.group.risks.len());
        for event in risks.chain(&space.causes).flatten() {
            space.row_of[event.year as usize] = 1;
        }
        space.rows.clear();
        for (year, row) in space.row_of.iter_mut().enumerate().filter(|(_, row)| **row == 1) {
            *row = space.rows.len() as u32;
            space.rows.push((task.first + year) as u32);
        }
    }

    /// An event that is brought with a chance, or with its mean number under variants that end a
    /// control which stopped some: the whole number, and one more with the chance that is left.
    fn bring(
        &self,
        risk: &RiskPlan,
        numbers: &Columns,
        row: usize,
        event: Event,
        (chance, u): (f64, f64),
        events: &mut Vec<Event>,
    ) {
        let mean = |variant: usize| {
            let bought = risk.actions.iter().filter(|action| action.bought[variant].is_some());
            bought.filter_map(|action| action.brings).map(|more| numbers.get(more, row)).product::<f64>() * chance
        };
        let means: Vec<f64> = (0..self.group.variants).map(mean).collect();
        for copy in 0_u32.. {
            let comes = |(_, mean): &(usize, &f64)| u < **mean - f64::from(copy);
            let mask = means.iter().enumerate().filter(comes).fold(0, |mask, (variant, _)| mask | 1 << variant);
            let variants = event.variants & mask;
            if variants == 0 {
                return;
            }
            let numbers = if copy == 0 { event.numbers } else { event.numbers.follow(copy.into()) };
            events.push(Event { numbers, variants, ..event });
        }
    }

    /// What the events of one risk cost under every variant.
    fn suffer(&self, place: usize, task: &Task<'_>, space: &mut Space, outcome: &mut Outcome<'_>) {
        let risk = &self.group.risks[place];
        let mut events = std::mem::take(&mut space.events[place]);
        let is_plain = risk.actions.iter().all(|action| action.brings.is_none());
        for cause in &risk.struck_by {
            for event in &space.causes[*cause] {
                let numbers = event.numbers.follow(risk.brought);
                let brought = Event { numbers, ..*event };
                if is_plain {
                    events.push(brought);
                } else {
                    let u = open_unit(event.numbers.draw(risk.brought));
                    let row = space.row_of[event.year as usize] as usize;
                    self.bring(risk, &space.numbers, row, brought, (1.0, u), &mut events);
                }
            }
        }
        for (from, chance, purpose) in &risk.led_to_by {
            for event in &space.events[*from] {
                let row = space.row_of[event.year as usize] as usize;
                let (chance, u) = (space.numbers.get(*chance, row), open_unit(event.numbers.draw(*purpose)));
                let brought = Event { numbers: event.numbers.follow(risk.brought), origin: Origin::Brought, ..*event };
                if !is_plain {
                    self.bring(risk, &space.numbers, row, brought, (chance, u), &mut events);
                } else if u < chance {
                    events.push(brought);
                }
            }
        }
        let mut kept = 0;
        let mut mind = Mind::new(risk, self.group.variants);
        let insured = self.group.policies.iter().any(|policy| policy.covers[place]);
        let variants = self.group.variants;
        for index in 0..events.len() {
            let mut event = events[index];
            let row = space.row_of[event.year as usize] as usize;
            let year = event.year as usize;
            let most = || self.most(risk, &space.rates, year);
            self.decide(risk, task, &space.numbers, row, &mut event, &mut mind, most);
            if event.variants == 0 {
                continue;
            }
            events[kept] = event;
            kept += 1;
            mind.drawn.iter_mut().for_each(|drawn| *drawn = None);
            let first = space.parts.len();
            let mut last: Option<(u64, f64)> = None;
            for variant in 0..variants {
                if event.variants >> variant & 1 == 0 {
                    if insured {
                        space.parts.resize(space.parts.len() + risk.amounts.len() + 1, 0.0);
                    }
                    continue;
                }
                let acting = mind.acting[variant];
                let loss = match last {
                    Some((same, loss)) if same == acting && !insured => loss,
                    _ => {
                        let mut sum = 0.0;
                        for amount in 0..risk.amounts.len() {
                            let part = task.period.losses
                                * self.part(risk, amount, acting, &space.numbers, row, &event, &mut mind);
                            sum += part;
                            if insured {
                                space.parts.push(part);
                            }
                        }
                        if insured {
                            space.parts.push(self.hours(risk, acting, &space.numbers, row, &event));
                        }
                        sum
                    }
                };
                last = Some((acting, loss));
                // What may be insured is added when it is settled.
                if !insured {
                    outcome.add(place * variants + variant, task.years, year, loss);
                }
            }
            if insured {
                space.claims.push(Claim {
                    year: event.year,
                    time: event.time,
                    risk: place as u32,
                    rank: risk.rank as u32,
                    variants: event.variants,
                    parts: first,
                });
            }
        }
        events.truncate(kept);
        space.events[place] = events;
    }
}

fn known(operand: Operand) -> f64 {
    match operand {
        Operand::Known(value) => value,
        // A plain risk has no columns.
        Operand::Column(_) => 0.0,
    }
}
