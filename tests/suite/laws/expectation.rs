//! The exact mean against a sum over everything that can happen: every value of what is not known, every set
//! of controls that acts on an event.

use rosi::internal::engine::OptionId;
use std::fmt::Write;

use proptest::prelude::*;

use super::figures;

/// What a control may do to a risk of the Open FAIR tree, and whether it replaces or reduces.
const CHANGES: [(&str, bool); 15] = [
    ("frequency", false),
    ("events", false),
    ("vulnerability", false),
    ("outage", false),
    ("loss", false),
    ("loss.response", false),
    ("secondary.chance", false),
    ("secondary.loss", false),
    ("secondary.loss.fines", false),
    ("events", true),
    ("vulnerability", true),
    ("outage", true),
    ("loss.response", true),
    ("secondary.chance", true),
    ("secondary.loss.fines", true),
];

/// Values in percent, each as likely as the others: all that is known of an unknown.
type Percents = Vec<u32>;

#[derive(Debug, Clone)]
struct Control {
    coverage: Percents,
    reliability: u32,
    /// Part of its failures that it shares with the other controls, in percent.
    shared: Option<u32>,
    /// Index into `CHANGES`, new value or reduction.
    effects: Vec<(usize, Percents)>,
}

#[derive(Debug, Clone)]
struct Case {
    risk: Event,
    controls: Vec<Control>,
}

/// The factors of a risk: events a year, percent, hours, money.
#[derive(Debug, Clone, Copy)]
struct Event {
    events: f64,
    vulnerability: f64,
    outage: f64,
    response: f64,
    chance: f64,
    fines: f64,
    reputation: f64,
}

/// What an hour of standstill costs: 1,200 × 45 % × 80 %.
const HOUR: f64 = 1_200.0 * 0.45 * 0.8;

impl Event {
    /// The loss of a year in which every event looks like this one.
    fn loss(self) -> f64 {
        let primary = self.response + self.outage * HOUR;
        let secondary = self.chance / 100.0 * (self.fines + self.reputation);
        self.events * self.vulnerability / 100.0 * (primary + secondary)
    }

    /// The event where a control acts on it: first what it replaces, then what it takes off.
    fn changed(mut self, change: usize, percent: f64) -> Self {
        let (factor, replaces) = CHANGES[change];
        let factors: &mut [&mut f64] = match factor {
            "frequency" | "events" => &mut [&mut self.events],
            "vulnerability" => &mut [&mut self.vulnerability],
            "outage" => &mut [&mut self.outage],
            "loss" => &mut [&mut self.response, &mut self.outage],
            "loss.response" => &mut [&mut self.response],
            "secondary.chance" => &mut [&mut self.chance],
            "secondary.loss" => &mut [&mut self.fines, &mut self.reputation],
            _ => &mut [&mut self.fines],
        };
        for factor in factors {
            **factor = if replaces { percent } else { **factor * (1.0 - percent / 100.0) };
        }
        self
    }
}

fn percents(most: usize) -> impl Strategy<Value = Percents> {
    prop::collection::vec(0..=100_u32, 1..=most)
}

fn case() -> impl Strategy<Value = Case> {
    let effect = (0..CHANGES.len(), percents(2));
    let control = (percents(2), 0..=100_u32, prop::option::of(0..=100_u32), prop::collection::vec(effect, 1..4));
    let risk = (1..40_u32, 0..=100_u32, 1..90_u32, 0..90_000_u32, 0..=100_u32, 0..90_000_u32, 0..90_000_u32);
    (risk, prop::collection::vec(control, 1..4)).prop_map(|(risk, controls)| {
        let f = f64::from;
        let risk = Event {
            events: f(risk.0),
            vulnerability: f(risk.1),
            outage: f(risk.2),
            response: f(risk.3),
            chance: f(risk.4),
            fines: f(risk.5),
            reputation: f(risk.6),
        };
        let mut replaced: Vec<&str> = Vec::new();
        let controls = controls
            .into_iter()
            .enumerate()
            .map(|(index, (coverage, reliability, shared, mut effects))| {
                // One control acts once on a factor; a factor is replaced once in a plan.
                let mut seen: Vec<&str> = Vec::new();
                effects.retain(|(change, _)| {
                    let (factor, replaces) = CHANGES[*change];
                    let fits = !(seen.contains(&factor) || replaces && replaced.contains(&factor));
                    seen.push(factor);
                    if fits && replaces {
                        replaced.push(factor);
                    }
                    fits
                });
                if effects.is_empty() {
                    effects.push((0, vec![0]));
                }
                // Of three controls the first two may fail together.
                Control { coverage, reliability, shared: shared.filter(|_| index < 2), effects }
            })
            .collect();
        Case { risk, controls }
    })
}

fn percent(values: &Percents) -> String {
    unknown(values, "%")
}

fn unknown(values: &Percents, unit: &str) -> String {
    match values.as_slice() {
        [only] => format!("\"{only}{unit}\""),
        several => {
            let list: Vec<String> = several.iter().map(|value| format!("\"{value}{unit}\"")).collect();
            format!("{{ samples = [{}] }}", list.join(", "))
        }
    }
}

impl Case {
    fn text(&self) -> String {
        let Event { events, vulnerability, outage, response, chance, fines, reputation } = self.risk;
        let mut text = format!(
            "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n\
             [[value_stream]]\nid = \"s\"\nname = \"S\"\nrevenue = \"1200 per hour\"\nmargin = \"45%\"\n\
             [[risk]]\nid = \"r\"\nname = \"R\"\nvalue_stream = \"s\"\nthreat = {{ events = {events}, vulnerability = \"{vulnerability}%\" }}\n\
             loss.response = \"{response}.00\"\noutage = {{ duration = \"{outage} hours\", share = \"80%\" }}\n\
             [risk.secondary]\nchance = \"{chance}%\"\nloss = {{ fines = \"{fines}.00\", reputation = \"{reputation}.00\" }}\n"
        );
        let mut plan = String::new();
        for (index, control) in self.controls.iter().enumerate() {
            let _ = write!(
                text,
                "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\ncost = {{}}\ncoverage = {}\nreliability = \"{}%\"\n",
                percent(&control.coverage),
                control.reliability
            );
            if let Some(share) = control.shared {
                let _ = writeln!(text, "fails_with = {{ group = \"g\", share = \"{share}%\" }}");
            }
            for (change, values) in &control.effects {
                let (factor, replaces) = CHANGES[*change];
                let _ = write!(text, "[[control.effect]]\nrisk = \"r\"\non = \"{factor}\"\n");
                let _ = match (replaces, factor) {
                    (false, _) => writeln!(text, "reduction = {}", percent(values)),
                    (true, "events") => writeln!(text, "becomes = {}", unknown(values, " per year")),
                    (true, "outage") => writeln!(text, "becomes = {}", unknown(values, " hours")),
                    (true, "vulnerability" | "secondary.chance") => writeln!(text, "becomes = {}", percent(values)),
                    (true, _) => writeln!(text, "becomes = {}", unknown(values, ".00")),
                };
            }
            let _ = write!(plan, "\"c{index}\", ");
        }
        text + "[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [" + &plan + "]\n"
    }

    /// The chance that exactly these controls work on an event, bit by bit.
    fn works(&self, set: u32) -> f64 {
        let fails = |index: usize| 1.0 - f64::from(self.controls[index].reliability) / 100.0;
        let works = |index: usize| set >> index & 1 == 1;
        let alone = |index: usize| if works(index) { 1.0 - fails(index) } else { fails(index) };
        let shares: Vec<f64> =
            self.controls.iter().take(2).filter_map(|c| c.shared).map(|s| f64::from(s) / 100.0).collect();
        let mut chance: f64 = (2..self.controls.len()).map(alone).product();
        if let [first, second] = shares[..] {
            // Both fail together with b · min(f₁, f₂) + (1 − b) · f₁ · f₂.
            let (b, f, g) = (first.min(second), fails(0), fails(1));
            let both = b * f.min(g) + (1.0 - b) * f * g;
            chance *= match (works(0), works(1)) {
                (false, false) => both,
                (false, true) => f - both,
                (true, false) => g - both,
                (true, true) => 1.0 - f - g + both,
            };
        } else {
            chance *= (0..self.controls.len().min(2)).map(alone).product::<f64>();
        }
        chance
    }

    /// The mean loss of a year: over worlds, over who works, over whom the coverage reaches.
    fn mean(&self) -> f64 {
        let unknowns: Vec<&Percents> = self
            .controls
            .iter()
            .flat_map(|c| std::iter::once(&c.coverage).chain(c.effects.iter().map(|e| &e.1)))
            .collect();
        let worlds: usize = unknowns.iter().map(|values| values.len()).product();
        let all = 1_u32 << self.controls.len();
        let mut sum = 0.0;
        for world in 0..worlds {
            let mut rest = world;
            let mut values = unknowns.iter().map(|values| {
                let value = values[rest % values.len()];
                rest /= values.len();
                f64::from(value)
            });
            let known: Vec<(f64, Vec<f64>)> = self
                .controls
                .iter()
                .map(|control| {
                    (values.next().unwrap() / 100.0, control.effects.iter().map(|_| values.next().unwrap()).collect())
                })
                .collect();
            for acting in 0..all {
                // Who acts both works and covers.
                let chance: f64 = (0..all)
                    .filter(|working| working & acting == acting)
                    .map(|working| {
                        let covers = |index: usize| match (working >> index & 1, acting >> index & 1) {
                            (1, 1) => known[index].0,
                            (1, _) => 1.0 - known[index].0,
                            _ => 1.0,
                        };
                        self.works(working) * (0..known.len()).map(covers).product::<f64>()
                    })
                    .sum();
                let act = |event: Event, replaces: bool| {
                    self.controls.iter().enumerate().filter(|(index, _)| acting >> index & 1 == 1).fold(
                        event,
                        |event, (index, control)| {
                            let effects = control.effects.iter().zip(&known[index].1);
                            effects
                                .filter(|((change, _), _)| CHANGES[*change].1 == replaces)
                                .fold(event, |event, ((change, _), percent)| event.changed(*change, *percent))
                        },
                    )
                };
                sum += chance * act(act(self.risk, true), false).loss();
            }
        }
        sum / worlds as f64
    }
}

/// Two risks of which the first brings the second, a shared cause, and controls that act on both: by control
/// its coverage in three worlds and what it takes off either.
#[derive(Debug, Clone)]
struct Chain {
    chance: u32,
    controls: Vec<([u32; 3], u32, u32)>,
}

impl Chain {
    fn text(&self) -> String {
        let mut text = format!(
            "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n\
             [[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"4 per year\"\nloss.response = \"3k\"\n\
             leads_to = [{{ risk = \"b\", chance = \"{}%\" }}]\n\
             [[risk]]\nid = \"b\"\nname = \"B\"\nfrequency = \"1 in 5 years\"\nloss.response = \"90k\"\n\
             [[shared_cause]]\nid = \"s\"\nname = \"S\"\nfrequency = \"1 in 8 years\"\nstrikes = [\"a\", \"b\"]\n",
            self.chance
        );
        let mut plan = String::new();
        for (index, (coverage, first, second)) in self.controls.iter().enumerate() {
            let _ = write!(
                text,
                "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\ncost = {{}}\ncoverage = {}\n\
                 [[control.effect]]\nrisk = \"a\"\non = \"frequency\"\nreduction = \"{first}%\"\n\
                 [[control.effect]]\nrisk = \"b\"\non = \"loss\"\nreduction = \"{second}%\"\n",
                percent(&coverage.to_vec())
            );
            let _ = write!(plan, "\"c{index}\", ");
        }
        text + "[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [" + &plan + "]\n"
    }

    fn mean(&self) -> f64 {
        let worlds = 3_usize.pow(u32::try_from(self.controls.len()).unwrap());
        let mut sum = 0.0;
        for world in 0..worlds {
            let (mut rest, mut first, mut second) = (world, 1.0, 1.0);
            for (coverage, often, much) in &self.controls {
                let covered = f64::from(coverage[rest % 3]) / 100.0;
                rest /= 3;
                first *= 1.0 - covered * f64::from(*often) / 100.0;
                second *= 1.0 - covered * f64::from(*much) / 100.0;
            }
            let events = (4.0 + 0.125) * first;
            let brought = 0.125 + events * f64::from(self.chance) / 100.0;
            sum += events * 3_000.0 + (0.2 + brought) * second * 90_000.0;
        }
        sum / worlds as f64
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_mean_is_the_sum_over_all_worlds_and_all_sets_of_controls_that_act(case in case()) {
        let (_, analysis) = figures(&case.text());
        let (found, expected) = (analysis.plans[OptionId(0)].loss.to_f64(), case.mean());
        prop_assert!((found - expected).abs() <= 1e-12 * expected + 1e-9, "{} is not {}", found, expected);
        prop_assert!((analysis.loss_today.to_f64() - case.risk.loss()).abs() <= 1e-12 * case.risk.loss());
    }

    #[test]
    fn what_is_not_known_of_a_control_counts_once_along_a_chain(
        chance in 0..=100_u32,
        controls in prop::collection::vec((prop::array::uniform3(0..=100_u32), 0..=100_u32, 0..=100_u32), 1..4),
    ) {
        let chain = Chain { chance, controls };
        let (_, analysis) = figures(&chain.text());
        let (found, expected) = (analysis.plans[OptionId(0)].loss.to_f64(), chain.mean());
        prop_assert!((found - expected).abs() <= 1e-12 * expected + 1e-9, "{} is not {}", found, expected);
    }
}
