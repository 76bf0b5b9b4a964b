//! A year played out, event by event, against the exact means of a risk of the Open FAIR tree.

use rosi::internal::engine::OptionId;
use rosi::internal::model::RiskId;
use rosi::internal::stats::Distribution;
use rosi::internal::stats::rng::Stream;

use super::figures;

const CASE: &str = r#"
schema = 1
title = "Law"
currency = "EUR"
[[value_stream]]
id = "s"
name = "S"
revenue = "2k per hour"
margin = { shape = "triangular", min = "20%", likely = "35%", max = "60%" }
[[risk]]
id = "r"
name = "R"
value_stream = "s"
[risk.threat]
contacts = { min = 20, likely = 40, max = 90 }
action = { min = "5%", likely = "15%", max = "30%" }
capability = { min = "35%", likely = "60%", max = "90%" }
resistance = { min = "40%", likely = "65%", max = "85%" }
[risk.loss]
response = { low = "10k", high = "90k" }
[risk.outage]
duration = { min = "1 hour", likely = "6 hours", max = "40 hours" }
share = { shape = "uniform", min = "40%", max = "80%" }
[[risk.secondary]]
chance = { min = "10%", likely = "30%", max = "60%" }
loss.fines = { shape = "uniform", min = "5k", max = "80k" }
[[control]]
id = "x"
name = "X"
coverage = { min = "60%", likely = "85%", max = "95%" }
reliability = "90%"
cost = {}
[[control.effect]]
risk = "r"
on = "resistance"
becomes = { min = "60%", likely = "80%", max = "95%" }
[[control.effect]]
risk = "r"
on = "loss"
reduction = { min = "10%", likely = "30%", max = "60%" }
[[control.effect]]
risk = "r"
on = "secondary.chance"
reduction = "40%"
[[control]]
id = "y"
name = "Y"
coverage = "70%"
cost = {}
[[control.effect]]
risk = "r"
on = "frequency"
reduction = { shape = "uniform", min = "10%", max = "50%" }
[[plan]]
id = "p"
name = "P"
controls = ["x", "y"]
"#;

/// A mean with its standard error, from draws.
#[derive(Default)]
struct Sample {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Sample {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    /// Whether the exact mean lies within four standard errors, and these are small enough to tell anything.
    #[track_caller]
    fn agrees(&self, what: &str, exact: f64) {
        let mean = self.sum / self.count;
        let error = ((self.squares / self.count - mean * mean) / self.count).sqrt();
        assert!(error < 0.015 * exact, "{what}: the error {error} of {mean} says too little");
        assert!((mean - exact).abs() < 4.0 * error, "{what}: drawn {mean} ± {error}, exact {exact}");
    }
}

/// A Poisson count: how many standard exponential times pass within the mean.
fn count(luck: &mut Stream, mean: f64) -> u32 {
    let times = std::iter::repeat_with(|| -luck.uniform().ln());
    let passed = times.scan(0.0, |sum, time| {
        *sum += time;
        Some(*sum)
    });
    passed.take_while(|sum| *sum < mean).map(|_| 1).sum()
}

#[test]
fn years_played_out_event_by_event_have_the_exact_means() {
    let fit = |distribution: Result<Distribution, _>| distribution.unwrap();
    let pert = |min: f64, likely: f64, max: f64| fit(Distribution::pert(min, likely, max));
    let uniform = |min: f64, max: f64| fit(Distribution::uniform(min, max));
    // What is not known, drawn once a year.
    let (contacts, action) = (pert(20.0, 40.0, 90.0), pert(0.05, 0.15, 0.3));
    let (margin, share) = (fit(Distribution::triangular(0.2, 0.35, 0.6)), uniform(0.4, 0.8));
    let (coverage, less, fewer) = (pert(0.6, 0.85, 0.95), pert(0.1, 0.3, 0.6), uniform(0.1, 0.5));
    // What differs from event to event.
    let (capability, resistance, better) = (pert(0.35, 0.6, 0.9), pert(0.4, 0.65, 0.85), pert(0.6, 0.8, 0.95));
    let (response, hours) = (fit(Distribution::lognormal(1e4, 9e4)), pert(1.0, 6.0, 40.0));
    let (chance, fines) = (pert(0.1, 0.3, 0.6), uniform(5e3, 8e4));

    let mut stream = Stream::new(20_261_123, "laws/draws", 0);
    let mut draw = |from: &Distribution| from.quantile(stream.uniform());
    let mut luck = Stream::new(20_261_123, "laws/draws/luck", 0);
    let (mut today, mut plan) = (Sample::default(), Sample::default());
    let (mut succeeds, mut succeeds_still) = (Sample::default(), Sample::default());
    for _ in 0..25_000 {
        let rate = draw(&contacts) * draw(&action);
        let price = 2e3 * draw(&margin) * draw(&share);
        let (covers, taken_off, prevented) = (draw(&coverage), draw(&less), draw(&fewer));
        let (mut before, mut after) = (0.0, 0.0);
        for _ in 0..count(&mut luck, rate) {
            let (strength, against) = (draw(&capability), draw(&resistance));
            let first_acts = luck.uniform() < covers * 0.9;
            let stopped = (luck.uniform() < 0.7) && (luck.uniform() < prevented);
            let against_then = if first_acts { draw(&better) } else { against };
            succeeds.add(f64::from(strength > against));
            succeeds_still.add(f64::from(strength > against_then));
            if strength <= against && strength <= against_then {
                continue;
            }
            let primary = draw(&response) + draw(&hours) * price;
            let (follows, later) = (draw(&chance), draw(&fines));
            let fate = luck.uniform();
            if strength > against {
                before += primary + if fate < follows { later } else { 0.0 };
            }
            if strength > against_then && !stopped {
                let (kept, part) = if first_acts { (1.0 - taken_off, 0.6) } else { (1.0, 1.0) };
                after += kept * primary + if fate < part * follows { later } else { 0.0 };
            }
        }
        today.add(before);
        plan.add(after);
    }

    let (_, analysis) = figures(CASE);
    today.agrees("loss today", analysis.loss_today.to_f64());
    plan.agrees("loss with the plan", analysis.plans[OptionId(0)].loss.to_f64());
    succeeds.agrees("vulnerability today", analysis.today[RiskId(0)].vulnerability.unwrap().to_f64());
    succeeds_still.agrees(
        "vulnerability with the plan",
        analysis.plans[OptionId(0)].risks[RiskId(0)].vulnerability.unwrap().to_f64(),
    );
}
