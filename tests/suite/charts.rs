//! Do the charts of the bundled cases show what the tables say, and do they look as they did?

use std::fs;
use std::path::Path;

use rosi::internal::engine::{OptionId, Settings, analyse};
use rosi::internal::report::chart::{Chart, ExceedanceCurve};
use rosi::internal::report::pictures::{ChartKind, OptionYears};
use rosi::internal::report::{Context, Report, build};
use rosi::internal::scenario::{Source, parse};

const NAMES: [&str; 5] = ["card-payments", "ransomware", "small-office", "soc-automation", "three-vendors"];

fn text(name: &str) -> String {
    fs::read_to_string(format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A case with all its figures.
struct Case {
    name: &'static str,
    analysis: rosi::internal::engine::Analysis,
    report: Report,
}

fn cases() -> Vec<Case> {
    let case = |name: &'static str| {
        let parsed = parse(&Source::new("scenario.toml", text(name))).unwrap();
        let analysis = analyse(&parsed.scenario, &Settings::default()).unwrap();
        let report = build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
        Case { name, analysis, report }
    };
    NAMES.map(case).into()
}

impl Case {
    fn chart(&self, id: &str) -> &Chart {
        let found = self.report.charts.iter().find(|chart| chart.id == id);
        found.unwrap_or_else(|| panic!("{} has no {id}", self.name))
    }
}

fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn the_charts_of_the_bundled_cases_say_what_the_figures_say() {
    for case in cases() {
        let year = case.analysis.year.as_ref().unwrap();
        let years = || std::iter::once(&year.today).chain(&year.plans);
        let averages = || std::iter::once(case.analysis.loss_today).chain(case.analysis.plans.iter().map(|p| p.loss));

        let ChartKind::LossBeforeAndAfter(data) = &case.chart("from-today-to-plan").kind else { panic!() };
        assert_eq!(data.options.len(), years().count());
        for ((option, year), average) in data.options.iter().zip(years()).zip(averages()) {
            let told = [average.to_f64(), year.total.quantiles[2].unwrap(), year.total.quantiles[3].unwrap()];
            assert_eq!(OptionYears::losses(option), told, "{}", case.name);
        }

        let ChartKind::Exceedance(data) = &case.chart("chance-of-losing-more").kind else { panic!() };
        let told = |curve: &ExceedanceCurve| [0.5, 0.1, 0.05, 0.01].map(|chance| curve.loss_at(chance).unwrap());
        for (curve, year) in data.curves.iter().zip(years()) {
            let quantiles = [0, 1, 2, 3].map(|level| year.total.quantiles[level].unwrap());
            assert!(told(curve).iter().zip(quantiles).all(|(a, b)| is_near(*a, b)), "{}: {}", case.name, curve.name);
            for (limit, chance) in data.limits.iter().zip(&year.total.chance_above) {
                assert!(is_near(curve.chance_above(limit.loss), *chance), "{}: {}", case.name, curve.name);
            }
        }

        let ChartKind::TailContribution(data) = &case.chart("bad-years-today").kind else { panic!() };
        let whole = year.today.total.tail_means[0].unwrap();
        assert!((data.total() / whole - 1.0).abs() < 1e-6, "{}: {} of {whole}", case.name, data.total());

        let ChartKind::Waterfall(data) = &case.chart("from-today-step-by-step").kind else { panic!() };
        let option = OptionId(data.plan.place.unwrap());
        let plan = &case.analysis.plans[option];
        assert!(is_near(data.remaining(), plan.loss.to_f64()), "{}", case.name);

        for (id, year) in [("one-year-today", &year.today), ("one-year-with-plan", &year.plans[option])] {
            let ChartKind::AnnualLossDensity(data) = &case.chart(id).kind else { panic!() };
            let told = data.bins.iter().map(|bin| bin.chance).sum::<f64>() + data.chance_beyond();
            assert!((told - year.total.chance_of_loss).abs() < 1e-8, "{}: {id}", case.name);
            assert!(data.chance_beyond() <= 0.01, "{}: {id}", case.name);
        }
    }
}

#[test]
fn every_chart_names_its_case_and_no_two_share_an_id() {
    for case in cases() {
        for (index, chart) in case.report.charts.iter().enumerate() {
            assert_eq!(chart.case.as_deref(), Some(case.report.title.as_str()));
            assert!(chart.svg(chart.size()).unwrap().contains(&case.report.title));
            assert!(case.report.charts[..index].iter().all(|other| other.id != chart.id));
        }
    }
}

/// The same but for a difference of places that nobody sees: transforms take another path on another processor, and
/// their last digits move a point by less than a tenth of a pixel. Drawings are ten times as large as they are shown.
fn is_the_same_picture(kept: &str, drawn: &str) -> bool {
    const UNSEEN: f64 = 1.0;
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let (mut kept, mut drawn) = (kept, drawn);
    loop {
        let words = |text: &str| text.find(is_number).unwrap_or(text.len());
        let (a, b) = (words(kept), words(drawn));
        if kept[..a] != drawn[..b] {
            return false;
        }
        (kept, drawn) = (&kept[a..], &drawn[b..]);
        if kept.is_empty() || drawn.is_empty() {
            return kept == drawn;
        }
        let number = |text: &str| text.find(|c| !is_number(c)).unwrap_or(text.len());
        let (a, b) = (number(kept), number(drawn));
        let same = match (kept[..a].parse::<f64>(), drawn[..b].parse::<f64>()) {
            (Ok(kept), Ok(drawn)) => (kept - drawn).abs() <= UNSEEN,
            _ => kept[..a] == drawn[..b],
        };
        if !same {
            return false;
        }
        (kept, drawn) = (&kept[a..], &drawn[b..]);
    }
}

#[test]
fn a_picture_is_another_where_a_word_or_a_place_is() {
    let same = |a, b| is_the_same_picture(a, b);
    assert!(same("<line x1='1200' y=\"-4\"/>", "<line x1='1201' y=\"-4\"/>"));
    assert!(!same("<line x1='1200'/>", "<line x1='1202'/>"));
    assert!(!same("bad year 1.9M", "good year 1.9M") && !same("ab", "a") && !same("1-2", "1-2-3"));
}

#[test]
fn the_charts_of_the_bundled_cases_look_as_they_did() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let mut changed = Vec::new();
    // One simulated case and one whose years are exact.
    for case in cases().iter().filter(|case| ["ransomware", "three-vendors"].contains(&case.name)) {
        for chart in &case.report.charts {
            let path = kept.join(format!("{}.{}.svg", case.name, chart.id));
            let drawn = chart.svg(chart.size()).unwrap();
            if std::env::var_os("ROSI_UPDATE").is_some() {
                fs::create_dir_all(&kept).unwrap();
                fs::write(&path, &drawn).unwrap();
            } else if !fs::read_to_string(&path).is_ok_and(|kept| is_the_same_picture(&kept, &drawn)) {
                changed.push(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    assert!(
        changed.is_empty(),
        "{} changed: ROSI_UPDATE=1 cargo test --test suite charts draws them anew; look at them before you commit",
        changed.join(", ")
    );
}
