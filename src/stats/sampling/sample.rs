//! What does a sample say, and how sure is it?
//!
//! Mean sd/√n; standard deviation √((μ₄ − σ⁴)/n)/2σ; a chance √(p(1 − p)/n); a quantile half the
//! distance of the order statistics one deviation of the rank away, √(n p(1 − p)); a tail mean
//! sd((S − q)⁺)/(√n(1 − p)). A quantile is the smallest x with F(x) ≥ p; a tail mean takes just so
//! much of an atom at its edge that the tail has its chance.
//!
//! Nothing is sorted but the tail. A histogram whose bins are the leading bits of a float (1/256
//! of an octave) tells in which bin each order statistic lies; only those bins are gathered.

use rayon::prelude::*;

use crate::stats::steps::Steps;

/// Bits of a float below its bin.
const BELOW: u32 = 44;
/// The first bin above nothing: 2⁻¹⁰ of a currency unit; all that is smaller is in it too.
const FIRST: u64 = (1023 - 10) << 8;
/// Bins: zero, and the octaves up to 2⁶⁰.
const BINS: usize = 1 + 70 * 256;
/// Parts of a sample that are worked on together.
const TOGETHER: usize = 64;
/// A level is answered where at least so many draws lie beyond it.
const BEYOND: f64 = 5.0;

/// A figure with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The figure.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

/// The edge of the worst part of a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tail {
    /// Draws above this are in the tail.
    pub edge: f64,
    /// A draw at the edge counts with this weight.
    pub at_edge: f64,
    /// How many draws the tail holds, those at the edge by weight.
    pub draws: f64,
}

impl Tail {
    /// With which weight a draw is in the tail.
    #[inline]
    #[must_use]
    pub fn weight(&self, draw: f64) -> f64 {
        if draw > self.edge {
            1.0
        } else if draw == self.edge {
            self.at_edge
        } else {
            0.0
        }
    }
}

/// What the sum of a year may be off by, relative to itself.
const ROUNDING: f64 = 1e-11;

/// What is asked of a sample.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Levels of quantiles, rising.
    pub levels: &'a [f64],
    /// Levels of tail means, rising, each of them at or above the last but a few of the levels.
    pub tails: &'a [f64],
    /// Amounts whose chance of being exceeded is asked for.
    pub amounts: &'a [f64],
    /// Points of the exceedance curve.
    pub curve: usize,
    /// The place of the level up to whose quantile the chances of even steps are asked for.
    pub steps_to: Option<usize>,
}

/// The figures of a sample of numbers that are not negative.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// How many draws.
    pub draws: usize,
    /// The mean.
    pub mean: Measured,
    /// The standard deviation.
    pub standard_deviation: Measured,
    /// The chance of anything above zero.
    pub chance: Measured,
    /// By level; None where too few draws lie beyond.
    pub quantiles: Vec<Option<Measured>>,
    /// By level.
    pub tail_means: Vec<Option<Measured>>,
    /// The chance of more, by amount.
    pub chances_above: Vec<Measured>,
    /// (x, chance of more than x), x rising.
    pub curve: Vec<(f64, f64)>,
    /// The same at the edges of even steps.
    pub steps: Vec<(f64, f64)>,
    /// By tail level.
    pub edges: Vec<Tail>,
}

/// What one pass over a stretch of the sample finds.
struct Pass {
    bins: Vec<u32>,
    /// Sums of the first four powers of the distance from a point near the mean.
    powers: [f64; 4],
    above: Vec<u64>,
}

impl Sample {
    /// The figures of a sample that comes in parts.
    #[must_use]
    pub fn new(parts: &[&[f64]], asked: &Asked<'_>) -> Self {
        let draws: usize = parts.iter().map(|part| part.len()).sum();
        let n = draws as f64;
        let near = parts.first().map_or(0.0, |part| part.iter().sum::<f64>() / part.len() as f64);
        // A limit that is met exactly is met, but for the rounding of a year's sum.
        let amounts: Vec<f64> = asked.amounts.iter().map(|amount| amount * (1.0 + ROUNDING)).collect();
        let pass = Pass::over(parts, near, &amounts);
        let [first, second, third, fourth] = pass.powers.map(|sum| sum / n);
        let variance = (second - first * first).max(0.0);
        let fourth =
            fourth - 4.0 * first * third + 6.0 * first * first * second - 3.0 * (first * first) * (first * first);
        let deviation = variance.sqrt();
        let spread = if deviation > 0.0 {
            ((fourth - variance * variance).max(0.0) / n).sqrt() / (2.0 * deviation)
        } else {
            0.0
        };
        let order = Order::new(parts, &pass.bins, draws, asked);
        let quantiles: Vec<Option<Measured>> = asked.levels.iter().map(|p| order.quantile(*p)).collect();
        // Where losses are rarer than that, up to a rarer level.
        let far = asked.steps_to.and_then(|level| {
            let rarer = quantiles[level..].iter().flatten().find(|quantile| quantile.value > 0.0);
            rarer.copied().or(quantiles[level])
        });
        let steps =
            far.and_then(|far| Steps::over(far.value)).map_or_else(Vec::new, |steps| above(steps, parts, draws));
        let tails: Vec<(Option<Measured>, Tail)> = asked.tails.iter().map(|p| order.tail(*p)).collect();
        Self {
            draws,
            mean: Measured { value: near + first, error: deviation / n.sqrt() },
            standard_deviation: Measured { value: deviation * (n / (n - 1.0).max(1.0)).sqrt(), error: spread },
            chance: chance(draws - order.zeros, draws),
            quantiles,
            tail_means: tails.iter().map(|tail| tail.0).collect(),
            chances_above: pass.above.iter().map(|above| chance(*above as usize, draws)).collect(),
            curve: order.curve(&pass.bins, asked.curve),
            steps,
            edges: tails.iter().map(|tail| tail.1).collect(),
        }
    }
}

/// The chance of more than each edge of even steps.
fn above(steps: Steps, parts: &[&[f64]], draws: usize) -> Vec<(f64, f64)> {
    let counts: Vec<Vec<u64>> = parts.par_iter().map(|part| steps.above(part)).collect();
    let count = |edge: usize| counts.iter().map(|above| above[edge]).sum::<u64>();
    steps.edges().enumerate().map(|(place, edge)| (edge, count(place) as f64 / draws as f64)).collect()
}

/// A chance by counting. Where none or all were counted, the error is one draw.
fn chance(counted: usize, draws: usize) -> Measured {
    let n = draws as f64;
    let value = counted as f64 / n;
    let error = if counted == 0 || counted == draws { 1.0 / n } else { (value * (1.0 - value) / n).sqrt() };
    Measured { value, error }
}

#[inline]
fn bin(draw: f64) -> usize {
    // Floats that are not negative are ordered like their bits.
    let leading = (draw.to_bits() >> BELOW).clamp(FIRST, FIRST + BINS as u64 - 2) - FIRST;
    if draw > 0.0 { leading as usize + 1 } else { 0 }
}

impl Pass {
    fn over(parts: &[&[f64]], near: f64, amounts: &[f64]) -> Self {
        let stretches: Vec<Self> =
            parts.par_chunks(TOGETHER).map(|parts| Self::stretch(parts, near, amounts)).collect();
        // In the order of the sample, so that the sums are the same on any number of threads.
        let mut all = Self { bins: vec![0; BINS], powers: [0.0; 4], above: vec![0; amounts.len()] };
        for stretch in stretches {
            all.bins.iter_mut().zip(&stretch.bins).for_each(|(sum, count)| *sum += count);
            all.powers.iter_mut().zip(stretch.powers).for_each(|(sum, power)| *sum += power);
            all.above.iter_mut().zip(&stretch.above).for_each(|(sum, count)| *sum += count);
        }
        all
    }

    fn stretch(parts: &[&[f64]], near: f64, amounts: &[f64]) -> Self {
        const LANES: usize = 4;
        let mut bins = vec![0_u32; BINS];
        let mut powers = [[0.0; LANES]; 4];
        let mut above = vec![0; amounts.len()];
        for part in parts {
            for draw in *part {
                bins[bin(*draw)] += 1;
            }
            for lanes in part.chunks(LANES) {
                for (lane, draw) in lanes.iter().enumerate() {
                    let distance = draw - near;
                    let square = distance * distance;
                    powers[0][lane] += distance;
                    powers[1][lane] += square;
                    powers[2][lane] += square * distance;
                    powers[3][lane] += square * square;
                }
            }
            for (count, amount) in above.iter_mut().zip(amounts) {
                *count += part.iter().filter(|draw| *draw > amount).count() as u64;
            }
        }
        Self { bins, powers: powers.map(|lanes| lanes.iter().sum()), above }
    }
}

/// The order statistics that are asked for.
struct Order {
    draws: usize,
    zeros: usize,
    /// Sorted: all draws from some rank on.
    tail: Vec<f64>,
    /// (rank of the first, sorted draws) of single bins below the tail.
    middle: Vec<(usize, Vec<f64>)>,
    /// By bin below the tail: the largest draw, where the curve needs it.
    largest: Vec<(usize, f64)>,
}

impl Order {
    fn new(parts: &[&[f64]], bins: &[u32], draws: usize, asked: &Asked<'_>) -> Self {
        let zeros = bins[0] as usize;
        let ranks: Vec<usize> = asked.levels.iter().flat_map(|p| ranks(draws, *p)).collect();
        // The tail begins where the lowest tail level may lie.
        let lowest = asked.tails.iter().copied().fold(1.0, f64::min);
        let from = ranks_from(draws, lowest).max(zeros);
        let mut first_of = Vec::with_capacity(BINS + 1);
        let mut sum = 0;
        for count in bins {
            first_of.push(sum);
            sum += *count as usize;
        }
        let bin_of = |rank: usize| first_of.partition_point(|first| *first <= rank).saturating_sub(1);
        let tail_bin = if from < draws { bin_of(from).max(1) } else { BINS };
        let mut wanted: Vec<usize> = ranks
            .iter()
            .filter(|rank| **rank >= zeros)
            .map(|rank| bin_of(*rank))
            .filter(|bin| *bin < tail_bin)
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let curve = curve_bins(bins, zeros, tail_bin, asked.curve);
        // By bin: nothing, the tail, or a bin of its own with its places among the wanted and among
        // those of the curve. One look at a small table settles nearly every draw.
        const NOTHING: u16 = 0;
        const TAIL: u16 = 1;
        let mut special: Vec<usize> = wanted.iter().chain(&curve).copied().collect();
        special.sort_unstable();
        special.dedup();
        let mut class = vec![NOTHING; BINS];
        class[tail_bin.min(BINS)..].fill(TAIL);
        special.iter().zip(2..).for_each(|(bin, own)| class[*bin] = own);
        let places: Vec<(Option<usize>, Option<usize>)> =
            special.iter().map(|bin| (wanted.binary_search(bin).ok(), curve.binary_search(bin).ok())).collect();
        type Found = (Vec<f64>, Vec<Vec<f64>>, Vec<f64>);
        let found: Vec<Found> = parts
            .par_chunks(TOGETHER)
            .map(|parts| {
                let mut tail = Vec::new();
                let mut middle = vec![Vec::new(); wanted.len()];
                let mut largest = vec![0.0_f64; curve.len()];
                for draw in parts.iter().copied().flatten() {
                    match class[bin(*draw)] {
                        NOTHING => {}
                        TAIL => tail.push(*draw),
                        own => {
                            let (place, point) = places[usize::from(own) - 2];
                            if let Some(place) = place {
                                middle[place].push(*draw);
                            }
                            if let Some(point) = point {
                                let most: &mut f64 = &mut largest[point];
                                *most = most.max(*draw);
                            }
                        }
                    }
                }
                (tail, middle, largest)
            })
            .collect();
        let mut order = Self {
            draws,
            zeros,
            tail: Vec::new(),
            middle: wanted.iter().map(|bin| (first_of[*bin], Vec::new())).collect(),
            largest: curve.iter().map(|bin| (*bin, 0.0)).collect(),
        };
        for (tail, middle, largest) in found {
            order.tail.extend(tail);
            order.middle.iter_mut().zip(middle).for_each(|(all, some)| all.1.extend(some));
            order.largest.iter_mut().zip(largest).for_each(|(all, some)| all.1 = all.1.max(some));
        }
        order.tail.sort_unstable_by(f64::total_cmp);
        order.middle.iter_mut().for_each(|(_, draws)| draws.sort_unstable_by(f64::total_cmp));
        order
    }

    /// The draw of a rank, counted from zero.
    fn at(&self, rank: usize) -> f64 {
        if rank < self.zeros {
            return 0.0;
        }
        let tail = self.draws - self.tail.len();
        if rank >= tail {
            return self.tail[rank - tail];
        }
        let found = self.middle.iter().find_map(|(first, draws)| draws.get(rank.checked_sub(*first)?));
        found.copied().unwrap_or(0.0)
    }

    fn is_held(&self, p: f64) -> bool {
        self.draws as f64 * (1.0 - p) >= BEYOND
    }

    fn quantile(&self, p: f64) -> Option<Measured> {
        let [below, rank, above] = ranks(self.draws, p);
        self.is_held(p).then(|| Measured { value: self.at(rank), error: 0.5 * (self.at(above) - self.at(below)) })
    }

    /// The tail mean at a level, and its edge.
    fn tail(&self, p: f64) -> (Option<Measured>, Tail) {
        let n = self.draws as f64;
        let edge = self.at(ranks(self.draws, p)[1]);
        let over = &self.tail[self.tail.partition_point(|draw| *draw <= edge)..];
        let equal = match edge {
            0.0 => self.zeros,
            _ => self.tail.len() - over.len() - self.tail.partition_point(|draw| *draw < edge),
        };
        let draws = n * (1.0 - p);
        let at_edge = if equal > 0 { ((draws - over.len() as f64) / equal as f64).clamp(0.0, 1.0) } else { 0.0 };
        let (sum, square) = over.iter().fold((0.0, 0.0), |(sum, square), draw| {
            let excess = draw - edge;
            (sum + excess, square + excess * excess)
        });
        let variance = (square / n - (sum / n) * (sum / n)).max(0.0);
        let mean = Measured { value: edge + sum / draws, error: (variance / n).sqrt() / (1.0 - p) };
        (self.is_held(p).then_some(mean), Tail { edge, at_edge, draws })
    }

    fn curve(&self, bins: &[u32], points: usize) -> Vec<(f64, f64)> {
        if points == 0 {
            return Vec::new();
        }
        let n = self.draws as f64;
        let mut curve = Vec::with_capacity(points + 2);
        curve.push((0.0, (self.draws - self.zeros) as f64 / n));
        let mut reached = self.zeros;
        let mut next = 1;
        for (bin, largest) in &self.largest {
            while next <= *bin {
                reached += bins[next] as usize;
                next += 1;
            }
            curve.push((*largest, (self.draws - reached) as f64 / n));
        }
        // In the tail the draws themselves.
        let beyond = (self.tail.len() as f64).max(1.0);
        let steps = points.saturating_sub(self.largest.len()).max(2);
        for step in 0..steps {
            let left = libm::pow(beyond, 1.0 - (step + 1) as f64 / steps as f64).round() as usize;
            let Some(x) = self.tail.len().checked_sub(left + 1).map(|rank| self.tail[rank]) else { continue };
            let above = self.tail.len() - self.tail.partition_point(|draw| *draw <= x);
            if curve.last().is_some_and(|last| last.0 < x) && above > 0 {
                curve.push((x, above as f64 / n));
            }
        }
        curve
    }
}

/// The ranks of a quantile and of its error: one deviation below, at it, one above.
fn ranks(draws: usize, p: f64) -> [usize; 3] {
    let n = draws as f64;
    let last = draws.saturating_sub(1);
    // The smallest x with F(x) ≥ p; a rank that is whole but for rounding is whole.
    let rank = (n * p - 1e-9 * n.max(1.0) * f64::EPSILON.sqrt()).ceil().max(1.0) - 1.0;
    let deviation = (n * p * (1.0 - p)).sqrt();
    [rank - deviation, rank, rank + deviation].map(|rank| (rank.round().max(0.0) as usize).min(last))
}

fn ranks_from(draws: usize, p: f64) -> usize {
    ranks(draws, p)[0]
}

/// The bins below the tail whose upper ends divide the chances there evenly.
fn curve_bins(bins: &[u32], zeros: usize, tail_bin: usize, points: usize) -> Vec<usize> {
    let below: usize = bins[1..tail_bin.min(BINS)].iter().map(|count| *count as usize).sum();
    let steps = (points / 2).max(1);
    let each = (below as f64 / steps as f64).max(1.0);
    let mut chosen = Vec::with_capacity(steps);
    let (mut sum, mut wanted) = (0_usize, each);
    for (bin, count) in bins.iter().enumerate().take(tail_bin).skip(1) {
        sum += *count as usize;
        if *count > 0 && sum as f64 >= wanted {
            chosen.push(bin);
            while wanted <= sum as f64 {
                wanted += each;
            }
        }
    }
    debug_assert!(zeros + sum <= u32::MAX as usize);
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Distribution;
    use crate::stats::rng::Counter;
    use crate::stats::sampling::Sampler;

    const ASKED: Asked<'_> = Asked {
        levels: &[0.5, 0.9, 0.95, 0.99, 0.999],
        tails: &[0.95, 0.99],
        amounts: &[0.0, 5.0, 1e6],
        curve: 200,
        steps_to: Some(3),
    };

    fn sorted_quantile(draws: &[f64], p: f64) -> f64 {
        let mut sorted = draws.to_vec();
        sorted.sort_by(f64::total_cmp);
        *sorted.iter().enumerate().find(|(i, _)| (*i + 1) as f64 >= p * draws.len() as f64 - 1e-9).unwrap().1
    }

    fn draws(range: &Distribution, zeros: u64, n: u64) -> Vec<f64> {
        let sampler = Sampler::new(range);
        (0..n).map(|i| if i % 10 < zeros { 0.0 } else { sampler.at(Counter::from_key(5).bits(i)) }).collect()
    }

    #[test]
    fn quantiles_are_those_of_the_sorted_sample() {
        for (range, zeros) in [
            (Distribution::lognormal(1e3, 1e6).unwrap(), 0),
            (Distribution::lognormal(1e3, 1e6).unwrap(), 6),
            (Distribution::fixed(1e4).unwrap(), 9),
            (Distribution::empirical(vec![1.0, 2.0, 64.0]).unwrap(), 3),
            (Distribution::pert(1.0, 2.0, 3.0).unwrap(), 0),
            (Distribution::fixed(0.0).unwrap(), 0),
        ] {
            let draws = draws(&range, zeros, 20_003);
            let parts: Vec<&[f64]> = draws.chunks(1024).collect();
            let sample = Sample::new(&parts, &ASKED);
            for (p, found) in ASKED.levels.iter().zip(&sample.quantiles) {
                assert_eq!(found.unwrap().value, sorted_quantile(&draws, *p), "{range:?} {p}");
            }
            let mean = draws.iter().sum::<f64>() / draws.len() as f64;
            assert!((sample.mean.value - mean).abs() <= 1e-12 * mean);
            let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (draws.len() - 1) as f64;
            assert!((sample.standard_deviation.value - variance.sqrt()).abs() <= 1e-9 * mean);
            // The tail by hand: its mean is the weighted mean of its draws.
            for ((p, tail), edge) in ASKED.tails.iter().zip(&sample.tail_means).zip(&sample.edges) {
                let weight: f64 = draws.iter().map(|x| edge.weight(*x)).sum();
                let by_hand: f64 = draws.iter().map(|x| edge.weight(*x) * x).sum::<f64>() / weight;
                assert!((weight - edge.draws).abs() < 1e-6 && (edge.draws - (1.0 - p) * 20_003.0).abs() < 1e-6);
                assert!((tail.unwrap().value - by_hand).abs() <= 1e-9 * by_hand);
            }
            for (x, chance) in &sample.curve {
                let above = draws.iter().filter(|draw| *draw > x).count();
                assert_eq!(*chance, above as f64 / draws.len() as f64, "{range:?} {x}");
            }
            assert!(sample.curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1));
        }
    }

    #[test]
    fn errors_are_the_spread_of_many_samples() {
        let range = Distribution::lognormal(1.0, 10.0).unwrap();
        let sampler = Sampler::new(&range);
        let n = 4_000;
        let samples: Vec<Sample> = (0..300)
            .map(|block| {
                let counter = Counter::new(3, "sample").block(block);
                let draws: Vec<f64> = (0..n).map(|i| (sampler.at(counter.bits(i)) - 1.0).max(0.0)).collect();
                Sample::new(&[&draws], &ASKED)
            })
            .collect();
        let check = |name: &str, of: &dyn Fn(&Sample) -> Measured| {
            let count = samples.len() as f64;
            let mean = samples.iter().map(|s| of(s).value).sum::<f64>() / count;
            let spread = (samples.iter().map(|s| (of(s).value - mean).powi(2)).sum::<f64>() / (count - 1.0)).sqrt();
            let error = samples.iter().map(|s| of(s).error).sum::<f64>() / count;
            assert!((error / spread - 1.0).abs() < 0.25, "{name}: {error} against {spread}");
        };
        check("mean", &|s| s.mean);
        check("standard deviation", &|s| s.standard_deviation);
        check("chance", &|s| s.chance);
        check("above 5", &|s| s.chances_above[1]);
        for level in 0..4 {
            check("quantile", &|s| s.quantiles[level].unwrap());
        }
        check("tail mean 0.95", &|s| s.tail_means[0].unwrap());
        check("tail mean 0.99", &|s| s.tail_means[1].unwrap());
    }

    #[test]
    fn a_level_without_draws_beyond_is_not_answered() {
        let draws: Vec<f64> = (0..1_000).map(f64::from).collect();
        let sample = Sample::new(&[&draws], &ASKED);
        assert!(sample.quantiles[3].is_some() && sample.quantiles[4].is_none());
        assert_eq!(sample.chances_above[2], Measured { value: 0.0, error: 1e-3 });
    }
}
