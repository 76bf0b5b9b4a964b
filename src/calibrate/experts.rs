//! What do several people's ranges say together, and what is each person's record worth?
//! Page: `docs/model/experts.md`.

use std::fmt::Display;

use super::answers::Answer;
use super::fault;
use super::proposal::{Part, Proposal, digits, numeral, share};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::texts::{line, number as number_of, texts};
use crate::stats::Distribution;
use crate::stats::fit::cooke::{self, Quantiles, Score, Seed};
use crate::stats::fit::{pool, verdict};
use crate::units::Voice;

/// Parts of equal chance for the mean of a pool.
const MEAN_PARTS: u32 = 2000;
/// What the mean of a curve with heavy tails may differ by from that of its pool, and the middle of what is written from
/// the pool's before it is told.
const SAME_MEAN: f64 = 0.02;
const SAME_MIDDLE: f64 = 0.02;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Money of one event.
    Amount,
    /// Events a year.
    Frequency,
    /// A chance or a share.
    Chance,
    /// Hours.
    Hours,
}

impl Kind {
    fn text(self, x: f64) -> String {
        match self {
            Self::Amount => digits(x),
            Self::Frequency => format!("{} per year", digits(x)),
            Self::Chance => format!("{}%", digits(100.0 * x)),
            Self::Hours => format!("{} hours", digits(x)),
        }
    }

    fn said(self, voice: Voice, x: f64) -> String {
        let (words, number) = (&texts(voice).experts, numeral(voice, x));
        match self {
            Self::Amount => number,
            Self::Frequency => line(words.a_year, &[("rate", &number)]),
            Self::Chance => share(voice, x),
            Self::Hours => line(words.hours, &[("count", &number)]),
        }
    }
}

/// How ranges become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The mixture: keeps the disagreement.
    Linear,
    /// The product: as if people had seen different evidence.
    Logarithmic,
    /// The average of their quantiles.
    Quantiles,
    /// The mixture with Cooke's weights.
    Cooke,
}

impl Way {
    fn name(self, voice: Voice) -> &'static str {
        let words = &texts(voice).experts;
        match self {
            Self::Linear => words.linear,
            Self::Logarithmic => words.logarithmic,
            Self::Quantiles => words.quantiles,
            Self::Cooke => words.cooke,
        }
    }
}

/// One question to several people.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// What is asked for.
    pub kind: Kind,
    /// Its words, or its number; empty where there is only one.
    pub text: &'q str,
    /// Where the answers come from.
    pub source: &'q str,
    /// The key that the estimate is for.
    pub key: &'q str,
    /// How what is found is said.
    pub voice: Voice,
}

/// A person's record in a quiz.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Who.
    pub person: String,
    /// How many of the answers were inside.
    pub hits: u64,
    /// Of how many.
    pub asked: u64,
    /// The chance of so few hits or fewer for somebody whose ranges hold nine times in ten.
    pub chance: f64,
}

/// Everybody's hits against the 90 % that their ranges promise.
#[must_use]
pub fn records(quiz: &[Answer]) -> Vec<Record> {
    people(quiz)
        .into_iter()
        .filter_map(|person| {
            let own: Vec<(&Answer, f64)> = quiz
                .iter()
                .filter(|answer| answer.person == person)
                .filter_map(|answer| answer.truth.map(|truth| (answer, truth)))
                .collect();
            let asked = own.len() as u64;
            let hits = own.iter().filter(|(answer, truth)| (answer.low..=answer.high).contains(truth)).count() as u64;
            (asked > 0).then(|| Record { person, hits, asked, chance: verdict::hits_at_most(hits, asked, 0.9) })
        })
        .collect()
}

/// Everybody, in the order of the file.
fn people(answers: &[Answer]) -> Vec<String> {
    let mut people: Vec<String> = Vec::new();
    for answer in answers {
        if !people.contains(&answer.person) {
            people.push(answer.person.clone());
        }
    }
    people
}

/// Cooke's scores of these people from a quiz, and how many questions count: those that all of them answered by 5, 50
/// and 95 % points, and whose answer has a place on a scale of logarithms.
#[must_use]
pub fn scores(quiz: &[Answer], people: &[String]) -> (Vec<Score>, usize) {
    let mut questions: Vec<&str> = Vec::new();
    for answer in quiz.iter().filter(|answer| answer.truth.is_some()) {
        if !questions.contains(&answer.question.as_str()) {
            questions.push(&answer.question);
        }
    }
    let seeds: Vec<Seed> = questions
        .iter()
        .filter_map(|question| {
            let asked: Vec<&Answer> = quiz.iter().filter(|answer| answer.question == *question).collect();
            let truth = asked.iter().find_map(|answer| answer.truth).filter(|truth| *truth > 0.0)?;
            let answers: Option<Vec<Quantiles>> =
                people.iter().map(|person| asked.iter().find(|answer| answer.person == *person)?.quantiles()).collect();
            Some(Seed { answers: answers?, truth, in_logs: true })
        })
        .collect();
    (cooke::scores(&seeds, people.len()), seeds.len())
}

fn range_of(answer: &Answer, kind: Kind) -> Result<Distribution, Diagnostic> {
    let made = match (kind, answer.quantiles()) {
        (_, Some(quantiles)) => through(quantiles, kind),
        (Kind::Chance, None) => Distribution::beta(answer.low, answer.high).ok(),
        (_, None) => Distribution::lognormal(answer.low, answer.high).ok(),
    };
    made.ok_or_else(|| {
        let middle = answer.middle.map_or(String::new(), |middle| format!(", the middle {}", digits(middle)));
        fault(
            Code::Infeasible,
            format!(
                "{}: no range has the ends {} and {}{middle}",
                answer.place,
                digits(answer.low),
                digits(answer.high)
            ),
            &[
                "a chance lies between 0% and 100%; both ends of an amount above 0",
                "a middle close to one of the ends leaves no curve: ask again, or leave it out",
            ],
        )
    })
}

/// The metalog through 5, 50 and 95 % points, in logarithms, or in log-odds for a chance:
/// M(p) = a₁ + a₂ L(p) + a₃ (p − ½) L(p), L(p) = ln p/(1 − p).
fn through(quantiles: Quantiles, kind: Kind) -> Option<Distribution> {
    let odds = |p: f64| pool::place(p, true);
    let is_chance = kind == Kind::Chance;
    let [low, middle, high] = quantiles.map(|x| pool::place(x, is_chance));
    let end = odds(0.95);
    let (spread, skew) = ((high - low) / (2.0 * end), (high + low - 2.0 * middle) / (2.0 * 0.45 * end));
    let at = |p: f64| pool::back(middle + spread * odds(p) + skew * (p - 0.5) * odds(p), is_chance);
    Distribution::metalog(at(0.1), quantiles[1], at(0.9), is_chance.then_some(1.0)).ok()
}

/// One estimate of several people's answers to one question.
///
/// # Errors
/// Nobody answered, somebody twice, or no range has the pool's quantiles.
pub fn experts(
    answers: &[Answer],
    quiz: &[Answer],
    way: Way,
    asked: &Question<'_>,
) -> Result<Proposal, Vec<Diagnostic>> {
    let Question { kind, text: question, source, key, voice } = *asked;
    let words = &texts(voice).experts;
    let people = people(answers);
    if people.is_empty() {
        return Err(vec![fault(
            Code::BadSamples,
            format!("{source} has no answer to \"{question}\""),
            &["check `--question`"],
        )]);
    }
    let twice: Vec<Diagnostic> = people
        .iter()
        .filter(|person| answers.iter().filter(|answer| answer.person == **person).count() > 1)
        .map(|person| {
            fault(
                Code::Contradiction,
                format!("{person} answers more than once"),
                &["keep one answer of each person to each question: delete the others, or give them a question of their own"],
            )
        })
        .collect();
    if !twice.is_empty() {
        return Err(twice);
    }
    contradicting_truths(quiz)?;
    let ranges: Vec<Distribution> =
        answers.iter().map(|answer| range_of(answer, kind)).collect::<Result<_, _>>().map_err(|found| vec![found])?;
    let (scored, seeds) = scores(quiz, &people);
    let earned = seeds >= cooke::LEAST_SEEDS;
    let taken = if way == Way::Cooke && !earned { Way::Linear } else { way };
    let equal: Vec<(Distribution, f64)> = ranges.iter().cloned().map(|range| (range, 1.0)).collect();
    let weighted: Vec<(Distribution, f64)> =
        ranges.iter().cloned().zip(&scored).map(|(range, score)| (range, score.weight)).collect();
    let product = pool::Logarithmic::of(&equal, kind == Kind::Chance);
    let quantile = |way: Way, p: f64| -> Option<f64> {
        match way {
            Way::Linear => Some(pool::linear_quantile(&equal, p)),
            Way::Cooke => Some(pool::linear_quantile(&weighted, p)),
            Way::Quantiles => Some(pool::average_quantile(&equal, p)),
            Way::Logarithmic => product.as_ref().map(|product| product.quantile(p)),
        }
    };
    let Some([p05, p10, p50, p90, p95]) = all([0.05, 0.1, 0.5, 0.9, 0.95].map(|p| quantile(way, p))) else {
        return Err(vec![fault(
            Code::Infeasible,
            "the ranges have nothing in common, so that their product says nothing".to_owned(),
            &["ask both why; `--pool linear` and `--pool quantiles` take them as they are"],
        )]);
    };
    let bound = (kind == Kind::Chance).then_some(1.0);
    // A lognormal stays one; a mixture keeps its shape by three quantiles, where a curve has them.
    let has_middle = answers.iter().any(|answer| answer.middle.is_some());
    let is_lognormal =
        kind != Kind::Chance && !has_middle && (way != Way::Linear && way != Way::Cooke || people.len() == 1);
    // A curve with heavy tails may have quite another mean than what it stands for, or be just that.
    let mean = || match way {
        Way::Linear => pool::linear_mean(&equal),
        Way::Cooke => pool::linear_mean(&weighted),
        Way::Logarithmic | Way::Quantiles => {
            let parts =
                (0..MEAN_PARTS).filter_map(|part| quantile(way, (f64::from(part) + 0.5) / f64::from(MEAN_PARTS)));
            parts.sum::<f64>() / f64::from(MEAN_PARTS)
        }
    };
    let is_fair = |curve: &Distribution| {
        curve.tail_index() < 0.5 || curve.tail_index() < 1.0 && (curve.mean() / mean() - 1.0).abs() <= SAME_MEAN
    };
    let metalog = Distribution::metalog(p10, p50, p90, bound).ok().filter(is_fair);
    let mut cautions = Vec::new();
    let value = if metalog.is_some() && !is_lognormal {
        vec![
            ("p10", Part::Text(kind.text(p10))),
            ("p50", Part::Text(kind.text(p50))),
            ("p90", Part::Text(kind.text(p90))),
        ]
    } else {
        let by_ends =
            if kind == Kind::Chance { Distribution::beta(p05, p95) } else { Distribution::lognormal(p05, p95) };
        if let Ok(written) = by_ends {
            let middle = written.quantile(0.5);
            if (middle / p50 - 1.0).abs() > SAME_MIDDLE {
                let [found, middle] = [p50, middle].map(|point| kind.said(voice, point));
                cautions.push(line(words.by_its_ends, &[("middle", &middle), ("found", &found)]));
            }
        }
        vec![("low", Part::Text(kind.text(p05))), ("high", Part::Text(kind.text(p95)))]
    };

    let mut findings = Vec::new();
    for answer in answers {
        let [low, high] = [answer.low, answer.high].map(|end| kind.said(voice, end));
        findings.push(line(words.range, &[("person", &answer.person), ("low", &low), ("high", &high)]));
    }
    for other in [Way::Linear, Way::Logarithmic, Way::Quantiles, Way::Cooke] {
        if other == Way::Cooke && !earned {
            continue;
        }
        if let Some(points) = all([0.05, 0.5, 0.95].map(|p| quantile(other, p))) {
            let sentence = if other == taken { words.pool_taken } else { words.pool };
            let [low, middle, high] = points.map(|point| kind.said(voice, point));
            let parts: [(&str, &dyn Display); 4] =
                [("pool", &other.name(voice)), ("low", &low), ("high", &high), ("middle", &middle)];
            findings.push(line(sentence, &parts));
        }
    }
    cautions.extend(disagreement(answers, kind, voice));
    for record in records(quiz) {
        findings.push(line(
            if record.chance < 0.05 { words.quiz_narrow } else { words.quiz },
            &[
                ("person", &record.person),
                ("hits", &record.hits),
                ("asked", &record.asked),
                ("share", &share(voice, verdict::expected_coverage(record.hits, record.asked))),
                ("chance", &share(voice, record.chance)),
            ],
        ));
    }
    if earned {
        for (person, score) in people.iter().zip(&scored) {
            findings.push(line(
                words.score,
                &[
                    ("person", person),
                    ("calibration", &voice.set(&digits(score.calibration))),
                    ("information", &numeral(voice, score.information)),
                    ("weight", &share(voice, score.weight)),
                ],
            ));
        }
    }
    if way == Way::Cooke && !earned {
        let sentence = number_of(seeds, words.no_weights_one, words.no_weights);
        cautions.push(line(sentence, &[("least", &cooke::LEAST_SEEDS), ("count", &seeds)]));
        let without = quiz.iter().filter(|answer| answer.truth.is_some() && answer.middle.is_none()).count();
        if without > 0 {
            let sentence = number_of(without, words.without_middle_one, words.without_middle);
            cautions.push(line(sentence, &[("count", &without)]));
        }
    }
    if way == Way::Cooke && quiz.iter().any(|answer| answer.truth.is_some_and(|truth| truth <= 0.0)) {
        cautions.push(words.truth_of_nothing.to_owned());
    }
    if people.len() == 1 {
        cautions.push(words.one_person.to_owned());
    }
    let sentence = if question.is_empty() {
        number_of(people.len(), words.rests_on_one, words.rests_on)
    } else {
        number_of(people.len(), words.rests_on_one_question, words.rests_on_question)
    };
    let parts: [(&str, &dyn Display); 4] = [
        ("count", &people.len()),
        ("people", &people.join(", ")),
        ("question", &question),
        ("pool", &taken.name(voice)),
    ];
    let rests_on = line(sentence, &parts);
    let mut figures = vec![("people", people.len() as f64), ("p05", p05), ("p50", p50), ("p95", p95)];
    if let Some(mean) = (way == Way::Linear).then(|| pool::linear_mean(&equal)) {
        figures.push(("mean", mean));
    }
    Ok(Proposal {
        key: key.to_owned(),
        value,
        source: source.to_owned(),
        date: None,
        period: None,
        count: people.len(),
        rests_on,
        findings,
        cautions,
        beside: Vec::new(),
        figures,
        voice,
    })
}

/// A question has one answer, whoever was asked.
fn contradicting_truths(quiz: &[Answer]) -> Result<(), Vec<Diagnostic>> {
    let mut known: Vec<(&str, &Answer, f64)> = Vec::new();
    let mut faults = Vec::new();
    for answer in quiz {
        let Some(truth) = answer.truth else { continue };
        match known.iter().find(|(question, ..)| *question == answer.question) {
            Some((question, first, other)) if *other != truth => faults.push(fault(
                Code::Contradiction,
                format!(
                    "{}: the answer to \"{question}\" is {} here, and {} in {}",
                    answer.place,
                    digits(truth),
                    digits(*other),
                    first.place
                ),
                &["write the same answer in every line of a question"],
            )),
            Some(_) => {}
            None => known.push((&answer.question, answer, truth)),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn all<const N: usize>(found: [Option<f64>; N]) -> Option<[f64; N]> {
    let mut values = [0.0; N];
    for (value, found) in values.iter_mut().zip(found) {
        *value = found?;
    }
    Some(values)
}

/// Which people's ranges do not even touch.
fn disagreement(answers: &[Answer], kind: Kind, voice: Voice) -> Vec<String> {
    let mut told = Vec::new();
    for (i, one) in answers.iter().enumerate() {
        for other in &answers[i + 1..] {
            let (lower, upper) = if one.high <= other.high { (one, other) } else { (other, one) };
            if lower.high < upper.low {
                told.push(line(
                    texts(voice).experts.apart,
                    &[
                        ("lower", &lower.person),
                        ("end", &kind.said(voice, lower.high)),
                        ("upper", &upper.person),
                        ("begin", &kind.said(voice, upper.low)),
                    ],
                ));
            }
        }
    }
    told
}
