//! The year of many entities, exactly: a mixture over the strikes of what they share, of products over entities.
//!
//! ```text
//! S given n = Σᵢ Xᵢ given n        gᵢ,ₙ(z) = E over the entity's knowledge of [φᵢ(z) · Π over causes f(z)^n]
//! group(z)  = Σₙ P(N = n) Πᵢ gᵢ,ₙ(z)
//! ```
//!
//! φ is the entity's own year and f what one strike costs it, controls and policies included. The product is taken in
//! parts of a fixed size, added in their order: the same bits on any number of threads. The same steps lead to the
//! moments, the single amounts and the transform ([`Law`]). See `docs/model/group.md`.

use rayon::prelude::*;

use crate::engine::exact::atoms::Discrete;
use crate::engine::exact::group::GroupYear;
use crate::engine::exact::law::{Law, Moments};
use crate::engine::exact::layer::{self, Terms};
use crate::engine::exact::mix::{Drawn, Leaves};
use crate::engine::exact::sum::{Singles, Sum, described, solve};
use crate::engine::exact::{self, Request, Total};
use crate::engine::loss::LossModel;
use crate::engine::world::Knowledge;
use crate::engine::year::YearLoss;
use crate::model::{CauseId, PlanId, Scenario};
use crate::stats::lattice::{Atoms, Count, Facts, Grid, Solved, Spectrum, common_divisor};

use super::sampled::Sampled;

/// One of so many worlds finds the grid that all of them fill.
const FEW: usize = 15;
/// Entities that are multiplied before their product joins the others.
const PART: usize = 16;
/// Products that wait for each other, times the counts of strikes.
const WAITING: usize = 256;
/// Of more entities single amounts are not told apart: each has next to no chance.
const MOST_SINGLE: usize = 64;
/// The chance of more strikes of a cause than are told apart, and of the counts of all causes that are left out together.
const REST: f64 = 1e-11;
const LEFT_OUT: f64 = 1e-9;
/// The most counts of strikes, and the most that are looked at on the way to them.
const MOST_COUNTS: usize = 1024;
/// So many counts are told apart even where fewer leave out as little as may be.
const FEW_COUNTS: usize = 32;
const LOOKED_AT: usize = 1 << 17;
/// What the transforms of a group may cost a cell; beyond it fewer worlds stand for what is not known.
const WORK: f64 = 4e6;
/// What a year may cost: operations on the cells of a grid.
const BUDGET: f64 = 4e10;
/// What a transform of simulated years costs a cell.
const TRANSFORM: f64 = 20.0;
/// Points of the exceedance curve.
const CURVE: usize = 200;

/// An entity under an option.
pub struct Laid<'m> {
    scenario: &'m Scenario,
    /// What no cause of the group reaches.
    free: Vec<GroupYear<'m>>,
    struck: Vec<Struck<'m>>,
    /// The whole of it, where no transform carries its year.
    sampled: Option<Sampled>,
}

/// Risks that causes of the group reach.
struct Struck<'m> {
    year: GroupYear<'m>,
    /// The causes, as the case counts them.
    held: Vec<CauseId>,
    /// The same causes, as the group counts them.
    of: Vec<usize>,
}

/// What an entity comes to: its own part, and by count of strikes what these reach.
pub struct Laws<L> {
    /// What no cause of the group reaches.
    pub free: L,
    /// The rest, by count; none where the group's causes do not reach the entity.
    pub struck: Option<Vec<L>>,
}

impl<'m> Laid<'m> {
    /// Lays out an entity; `causes` are those of the group, as the group and as the case counts them. None where a
    /// transform cannot carry it.
    pub fn new(
        model: &'m LossModel<'m>,
        knowledge: &Knowledge<'_>,
        plan: Option<PlanId>,
        causes: &[(usize, CauseId)],
        seed: u64,
    ) -> Option<Self> {
        let groups = exact::groups(model, knowledge, plan, seed).ok()?;
        let (mut free, mut struck) = (Vec::new(), Vec::new());
        for year in groups {
            let held: Vec<(usize, CauseId)> =
                causes.iter().copied().filter(|(_, cause)| year.causes().any(|other| other == *cause)).collect();
            if held.is_empty() {
                free.push(year);
            } else {
                let (of, held) = held.into_iter().unzip();
                struck.push(Struck { year, held, of });
            }
        }
        Some(Self { scenario: model.scenario(), free, struck, sampled: None })
    }

    /// An entity whose years are simulated.
    pub fn sampled(scenario: &'m Scenario, sampled: Sampled) -> Self {
        Self { scenario, free: Vec::new(), struck: Vec::new(), sampled: Some(sampled) }
    }

    /// Whether its years are simulated.
    pub fn is_sampled(&self) -> bool {
        self.sampled.is_some()
    }

    fn groups(&self) -> impl Iterator<Item = &GroupYear<'m>> {
        self.free.iter().chain(self.struck.iter().map(|struck| &struck.year))
    }

    fn own(&self) -> Total<'_, 'm> {
        Total { scenario: self.scenario, groups: self.free.iter().collect(), only: None }
    }

    /// What it comes to, from what its own part comes to, what a struck group does by count, and simulated years by count.
    fn laws<L: Law>(
        &self,
        strikes: &Strikes,
        mut free: L,
        given: impl Fn(&Struck<'m>, &[Vec<usize>]) -> Vec<L>,
        simulated: impl Fn(&Sampled) -> Vec<L>,
    ) -> Laws<L> {
        if let Some(sampled) = &self.sampled {
            let found = simulated(sampled);
            if sampled.of.is_empty() {
                found.first().into_iter().for_each(|year| free.and(year));
                return Laws { free, struck: None };
            }
            let places = strikes.of_causes(&sampled.of).1;
            return Laws { free, struck: Some(places.into_iter().map(|place| found[place].clone()).collect()) };
        }
        let mut all: Option<Vec<L>> = None;
        for struck in &self.struck {
            let (counts, place) = strikes.of_causes(&struck.of);
            let found = given(struck, &counts);
            let by_count = place.into_iter().map(|place| found[place].clone());
            match &mut all {
                Some(all) => all.iter_mut().zip(by_count).for_each(|(law, more)| law.and(&more)),
                None => all = Some(by_count.collect()),
            }
        }
        Laws { free, struck: all }
    }

    /// Its transforms on a grid.
    pub fn spectra(&self, strikes: &Strikes, grid: &Grid, half: Option<u64>) -> Laws<Spectrum> {
        let given = |struck: &Struck<'m>, counts: &[Vec<usize>]| {
            exact::with_transforms(self.scenario, &struck.year, grid, |nothing, leaves| {
                struck.year.given(&struck.held, counts, half, nothing, leaves)
            })
        };
        self.laws(strikes, self.own().spectrum(grid, half), given, |sampled| sampled.spectra(grid, half))
    }

    fn moments(&self, strikes: &Strikes, half: Option<u64>) -> Laws<Moments> {
        let amount = |drawn: &Drawn| exact::moments(self.scenario, drawn);
        let rest = |covered: &[Drawn], terms: &Terms| layer::rest(self.scenario, covered, terms);
        let leaves = Leaves { amount: &amount, layer: &rest };
        let free: Vec<&GroupYear<'_>> = self.free.iter().collect();
        let given = |struck: &Struck<'m>, counts: &[Vec<usize>]| {
            struck.year.given(&struck.held, counts, half, &Moments::NONE, leaves)
        };
        self.laws(strikes, exact::net(self.scenario, &free, None, half), given, |sampled| sampled.moments(half))
    }

    fn discrete<'a>(&'a self, year: &'a GroupYear<'m>, told: bool) -> Discrete<'a, 'm> {
        Discrete::new(self.scenario, year, None, told)
    }

    fn atoms(&self, strikes: &Strikes, half: Option<u64>, told: bool) -> Laws<Atoms> {
        let mut free = Atoms::NONE;
        self.free.iter().for_each(|year| free.and(&self.discrete(year, told).year(half)));
        let given = |struck: &Struck<'m>, counts: &[Vec<usize>]| {
            self.discrete(&struck.year, told)
                .with_amounts(|nothing, leaves| struck.year.given(&struck.held, counts, half, nothing, leaves))
        };
        self.laws(strikes, free, given, |sampled| sampled.atoms(half, told))
    }

    fn smeared(&self, strikes: &Strikes, grid: &Grid, half: Option<u64>) -> Laws<Spectrum> {
        let mut free = Spectrum::of_nothing(grid);
        self.free.iter().for_each(|year| free.and(&self.discrete(year, true).transform(grid, half)));
        let given = |struck: &Struck<'m>, counts: &[Vec<usize>]| {
            self.discrete(&struck.year, true)
                .with_transforms(grid, |nothing, leaves| struck.year.given(&struck.held, counts, half, nothing, leaves))
        };
        self.laws(strikes, free, given, |sampled| sampled.smeared(grid, half))
    }

    /// What is known of it without a grid, but for moments.
    fn facts(&self) -> Facts {
        if let Some(sampled) = &self.sampled {
            return sampled.facts();
        }
        let groups: Vec<&GroupYear<'_>> = self.groups().collect();
        let terms = groups.iter().flat_map(|group| group.risks().filter_map(|risk| group.terms(risk)));
        let drawn = groups.iter().flat_map(|group| group.drawn(None));
        exact::facts(self.scenario, Moments::NONE, drawn, terms)
    }

    /// The same with few of its worlds.
    fn thinned(&self) -> Self {
        let struck = self.struck.iter().map(|struck| Struck {
            year: struck.year.thinned(FEW),
            held: struck.held.clone(),
            of: struck.of.clone(),
        });
        let free = self.free.iter().map(|year| year.thinned(FEW));
        let sampled = self.sampled.clone();
        Self { scenario: self.scenario, free: free.collect(), struck: struck.collect(), sampled }
    }

    /// How many worlds are told apart, by count of strikes.
    fn worlds(&self, strikes: &Strikes) -> usize {
        let counts = |struck: &Struck<'_>| strikes.of_causes(&struck.of).0.len();
        let struck = self.struck.iter().map(|struck| struck.year.count_worlds() * counts(struck));
        let simulated = self.sampled.iter().map(Sampled::counts);
        struck.chain(self.free.iter().map(GroupYear::count_worlds)).chain(simulated).sum()
    }

    fn work(&self, strikes: &Strikes) -> f64 {
        let counts = |struck: &Struck<'_>| strikes.of_causes(&struck.of).0.len();
        let free: f64 = self.free.iter().map(|year| year.work(None)).sum();
        let simulated: f64 = self.sampled.iter().map(|sampled| TRANSFORM * sampled.counts() as f64).sum();
        free + simulated + self.struck.iter().map(|struck| struck.year.work_given(counts(struck))).sum::<f64>()
    }
}

/// Keeps the work of a group in bounds: with many entities fewer worlds stand for what each of them does not know, and
/// what one of them misses counts less.
pub fn thin<'m>(
    entities: &mut [Laid<'m>],
    models: &[LossModel<'_>],
    knowledge: &[Knowledge<'_>],
    plans: &[Vec<Option<PlanId>>],
    plan: Option<usize>,
    strikes: &Strikes,
) {
    let work: f64 = entities.iter().map(|entity| entity.work(strikes)).sum();
    if work <= WORK {
        return;
    }
    let step = [2, 4, 8, 15].into_iter().find(|step| work <= WORK * *step as f64).unwrap_or(37);
    entities.par_iter_mut().enumerate().for_each(|(place, entity)| {
        let own = plan.and_then(|plan| plans[place][plan]);
        let thinned = |year: &GroupYear<'m>| {
            if year.averaged { year.thinned(step) } else { year.clone() }
        };
        let again = |years: Vec<GroupYear<'m>>| exact::calibrated(&models[place], &knowledge[place], own, years);
        entity.free = again(entity.free.iter().map(thinned).collect());
        let years = again(entity.struck.iter().map(|struck| thinned(&struck.year)).collect());
        entity.struck.iter_mut().zip(years).for_each(|(struck, year)| struck.year = year);
    });
}

/// How often the causes of a group may strike in a year, and with which chance.
pub struct Strikes {
    /// By cause.
    pub counts: Vec<Vec<usize>>,
    /// Their chances, which add up to one.
    pub weights: Vec<f64>,
}

impl Strikes {
    /// The counts that have a chance, of causes that strike so often; one that strikes nobody does not count.
    pub fn of(causes: &[Option<Count>]) -> Result<Self, String> {
        let mut all = vec![(Vec::new(), 1.0)];
        for count in causes {
            let chances = count.as_ref().map_or_else(|| vec![1.0], |count| count.costly(1.0, MOST_COUNTS, 1e-17));
            // Of each cause so many strikes that more have next to no chance.
            let mut rest: f64 = chances.iter().sum();
            if rest < 1.0 - REST {
                return Err(often());
            }
            let told: Vec<f64> = chances
                .into_iter()
                .take_while(|chance| {
                    let is_told = rest > REST;
                    rest -= chance;
                    is_told
                })
                .collect();
            let each = |(counts, weight): &(Vec<usize>, f64)| {
                let with = |(n, chance): (usize, &f64)| {
                    (counts.iter().copied().chain([n]).collect::<Vec<usize>>(), weight * chance)
                };
                told.iter().enumerate().map(with).filter(|(_, weight)| *weight > 0.01 * REST).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(each).collect();
            if all.len() > LOOKED_AT {
                return Err(often());
            }
        }
        // The likeliest first; the others come so seldom together that no figure shows it. A few more cost little.
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        let but = |left_out: f64| {
            let mut rest: f64 = all.iter().map(|(_, weight)| weight).sum();
            let kept = all.iter().take_while(|(_, weight)| {
                let is_kept = rest > left_out;
                rest -= weight;
                is_kept
            });
            kept.count()
        };
        let kept = but(REST).min(FEW_COUNTS.max(but(LEFT_OUT)));
        if kept > MOST_COUNTS {
            return Err(often());
        }
        all.truncate(kept);
        all.sort_by(|a, b| a.0.cmp(&b.0));
        let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
        let (counts, weights) = all.into_iter().map(|(counts, weight)| (counts, weight / sum)).unzip();
        Ok(Self { counts, weights })
    }

    /// The counts of some of the causes, each once, and by count of all which of these it is.
    pub fn of_causes(&self, causes: &[usize]) -> (Vec<Vec<usize>>, Vec<usize>) {
        let mut found: Vec<Vec<usize>> = Vec::new();
        let place = |counts: &Vec<usize>| {
            let own: Vec<usize> = causes.iter().map(|cause| counts[*cause]).collect();
            found.iter().position(|known| *known == own).unwrap_or_else(|| {
                found.push(own);
                found.len() - 1
            })
        };
        let places = self.counts.iter().map(place).collect();
        (found, places)
    }
}

/// A year without loss that is rarer than this is one of very many losses.
const NEVER: f64 = 1e-15;

/// Why counts of strikes cannot be told apart.
fn often() -> String {
    format!(
        "the shared causes are too many or strike too often: their strikes in a year combine in more than {MOST_COUNTS} ways"
    )
}

/// Many entities as one sum.
pub struct GroupSum<'a, 'm> {
    /// The entities.
    pub entities: &'a [Laid<'m>],
    /// How often what they share may strike.
    pub strikes: &'a Strikes,
    facts: Facts,
    /// Whether single losses are so many and so small that their masses must keep their moments.
    is_large: bool,
}

impl<'a, 'm> GroupSum<'a, 'm> {
    /// The sum of these entities.
    pub fn new(entities: &'a [Laid<'m>], strikes: &'a Strikes) -> Self {
        let mut sum = Self { entities, strikes, facts: Facts::nothing(), is_large: false };
        sum.facts = sum.known(None);
        sum.is_large = entities.len() > MOST_SINGLE && sum.facts.no_loss < NEVER;
        sum
    }

    /// The grid as this sum needs it.
    pub fn grid(&self, grid: &Grid) -> Grid {
        grid.keeping_moments(grid.keeps_moments() || self.is_large)
    }

    /// The year with its errors, and the distribution behind it.
    pub fn found(&self, request: &Request<'_>) -> (YearLoss, Solved) {
        let few: Vec<Laid<'_>> = self.entities.par_iter().map(Laid::thinned).collect();
        let few = GroupSum { entities: &few, ..*self };
        let solved = solve(self, &few, &self.facts, request);
        (described(self, &solved, &self.facts, request, CURVE), solved)
    }

    fn known(&self, half: Option<u64>) -> Facts {
        let moments = self.mixed(&Moments::NONE, |entity| entity.moments(self.strikes, half));
        let each: Vec<Facts> = self.entities.par_iter().map(Laid::facts).collect();
        // Who loses nothing fits any unit.
        let losing = each.iter().filter(|facts| facts.largest > 0.0);
        let units = losing.map(|facts| facts.unit).collect::<Option<Vec<f64>>>();
        let most = |of: &dyn Fn(&Facts) -> f64| each.iter().map(of).fold(0.0, f64::max);
        Facts {
            mean: moments.first,
            variance: moments.variance(),
            no_loss: moments.nothing,
            tail_index: most(&|facts| facts.tail_index),
            reach: most(&|facts| facts.reach),
            largest: most(&|facts| facts.largest),
            unit: units.and_then(|units| units.iter().skip(1).try_fold(*units.first()?, |a, b| common_divisor(a, *b))),
        }
    }

    /// The mixture over strikes of the products over entities.
    fn mixed<L: Law + Send + Sync>(&self, nothing: &L, laws: impl Fn(&Laid<'_>) -> Laws<L> + Sync) -> L {
        let products = self.products(nothing, self.entities, &laws);
        let mut sum = nothing.zero();
        self.strikes.weights.iter().zip(&products).for_each(|(weight, product)| sum.add(*weight, product));
        sum
    }

    /// The products over some entities, by count.
    pub fn products<L: Law + Send + Sync>(
        &self,
        nothing: &L,
        entities: &[Laid<'_>],
        laws: &(impl Fn(&Laid<'_>) -> Laws<L> + Sync),
    ) -> Vec<L> {
        let counts = self.strikes.counts.len();
        let mut all = vec![nothing.clone(); counts];
        let part = |entities: &&[Laid<'_>]| {
            let mut free = nothing.clone();
            let mut by_count: Option<Vec<L>> = None;
            for laws in entities.iter().map(laws) {
                free.and(&laws.free);
                match (&mut by_count, laws.struck) {
                    (Some(all), Some(more)) => all.iter_mut().zip(&more).for_each(|(law, more)| law.and(more)),
                    (None, Some(more)) => by_count = Some(more),
                    (_, None) => {}
                }
            }
            (free, by_count)
        };
        let parts: Vec<&[Laid<'_>]> = entities.chunks(PART).collect();
        for parts in parts.chunks((WAITING / counts).max(2)) {
            let products: Vec<(L, Option<Vec<L>>)> = parts.par_iter().map(part).collect();
            for (free, by_count) in &products {
                for (place, law) in all.iter_mut().enumerate() {
                    law.and(free);
                    by_count.iter().for_each(|by_count| law.and(&by_count[place]));
                }
            }
        }
        all
    }
}

impl Sum for GroupSum<'_, '_> {
    fn is_averaged(&self) -> bool {
        self.entities.iter().any(|entity| entity.is_sampled() || entity.groups().any(|group| group.averaged))
    }

    fn facts(&self, half: Option<u64>) -> Facts {
        half.map_or(self.facts, |_| self.known(half))
    }

    fn most_cells(&self) -> usize {
        let work: f64 = self.entities.iter().map(|entity| entity.work(self.strikes)).sum();
        let cells = (BUDGET / work.max(1.0)).clamp(f64::from(1 << 13), f64::from(1 << 18)) as usize;
        // A power of two, rounded down.
        1 << cells.ilog2()
    }

    fn worlds(&self) -> usize {
        self.entities.iter().map(|entity| entity.worlds(self.strikes)).sum()
    }

    fn singles(&self, half: Option<u64>, told: bool) -> Singles<'_> {
        if self.entities.len() > MOST_SINGLE {
            let nothing = self.facts(half).no_loss;
            return Singles { atoms: Atoms::unknown(1.0 - nothing), transform: Box::new(Spectrum::zero) };
        }
        let atoms = self.mixed(&Atoms::NONE, |entity| entity.atoms(self.strikes, half, told));
        let transform = move |grid: &Grid| {
            self.mixed(&Spectrum::of_nothing(grid), |entity| entity.smeared(self.strikes, grid, half))
        };
        Singles { atoms, transform: Box::new(transform) }
    }

    fn spectrum(&self, grid: &Grid, half: Option<u64>) -> Spectrum {
        let grid = self.grid(grid);
        self.mixed(&Spectrum::of_nothing(&grid), |entity| entity.spectra(self.strikes, &grid, half))
    }
}
