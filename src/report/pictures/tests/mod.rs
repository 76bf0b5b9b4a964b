//! Do the charts hold what they promise at every awkward size?

mod cases;
mod distributions;

use super::*;
use crate::drawing::scene::{Item, Label};
use crate::drawing::{ChartError, Size, palette};
use cases::{LONG, by_risk, cases, cash, cash_paths, cost_points, spread_points};

fn sizes(chart: &Chart) -> [Size; 5] {
    let phone = chart.size_on_phone();
    [chart.size(), Size { width: 960, height: 540 }, Size::SMALLEST, Size { width: 640, height: 900 }, phone]
}

fn each(check: impl Fn(&str, &Chart, Size)) {
    for (name, chart) in cases().into_iter().chain(distributions::cases()) {
        for size in sizes(&chart) {
            check(&format!("{name} at {}x{}", size.width, size.height), &chart, size);
        }
    }
}

fn labels(chart: &Chart, size: Size) -> Vec<(Area, Label)> {
    let scene = chart.scene(size).expect("the case is drawn");
    scene.labels().map(|label| (label.area(), label.clone())).collect()
}

#[test]
fn no_two_labels_touch() {
    each(|name, chart, size| {
        let labels = labels(chart, size);
        for (i, (a, first)) in labels.iter().enumerate() {
            for (b, second) in &labels[..i] {
                assert!(!a.overlaps(b), "{name}: {:?} on {:?}", first.text, second.text);
            }
        }
    });
}

#[test]
fn every_label_stands_within_the_canvas_and_is_large_enough_to_read() {
    each(|name, chart, size| {
        let canvas = Area::new(0.0, 0.0, f64::from(size.width), f64::from(size.height));
        for (area, label) in labels(chart, size) {
            assert!(canvas.contains(&area), "{name}: {:?} at {area:?}", label.text);
            assert!(label.size >= 11.0 && label.ink.contrast(palette::WORTH) >= 4.5);
        }
    });
}

#[test]
fn every_line_and_area_stands_within_the_canvas() {
    each(|name, chart, size| {
        let scene = chart.scene(size).expect("the case is drawn");
        for item in &scene.items {
            let (Item::Line { points, .. } | Item::Fill { points, .. }) = item else {
                continue;
            };
            let within = |(x, y): &(f64, f64)| *x >= 0.0 && *y >= 0.0 && *x <= scene.width && *y <= scene.height;
            assert!(points.iter().all(within), "{name}: {points:?}");
        }
    });
}

#[test]
fn every_plan_is_named_in_its_picture() {
    each(|name, chart, size| {
        let names: Vec<&str> = match &chart.kind {
            ChartKind::CostAgainstLossAvoided(data) => data.plans.iter().map(|p| p.name.as_str()).collect(),
            ChartKind::CumulativeCash(data) => data.plans.iter().map(|p| p.name.as_str()).collect(),
            ChartKind::LossByRisk(data) => data.options.iter().map(String::as_str).collect(),
            ChartKind::Exceedance(data) => data.curves.iter().map(|c| c.name.as_str()).collect(),
            ChartKind::LossBeforeAndAfter(data) => data.options.iter().map(|o| o.option.name.as_str()).collect(),
            ChartKind::Waterfall(data) => vec![data.start(), &data.plan.name],
            ChartKind::AnnualLossDensity(data) => vec![&data.option.name],
            ChartKind::Tornado(data) => vec![&data.option.name, &data.swings[0].name],
            // Names stand beside points as far as there is room; the recommended one always does.
            ChartKind::Frontier(data) => {
                data.points.iter().filter(|point| point.is_chosen).map(|point| point.change.as_str()).collect()
            }
            ChartKind::TailContribution(data) => vec![&data.option.name],
            ChartKind::LossRanges(data) => data.options.iter().map(|o| o.name.as_str()).collect(),
            ChartKind::DataAgainstFit(data) => vec![data.caption.as_str()],
            ChartKind::InsuranceTower(data) => data.policies.iter().take(4).map(|layer| layer.name.as_str()).collect(),
        };
        let labels = labels(chart, size);
        let shown = |wanted: &str| {
            // A name over several lines or cut off counts by its beginning.
            let first: String = wanted.chars().take(4).collect();
            labels
                .iter()
                .any(|(_, l)| l.text.starts_with(&first) || l.full.as_deref().is_some_and(|full| full.contains(wanted)))
        };
        assert!(names.iter().all(|wanted| shown(wanted)), "{name}");
    });
}

#[test]
fn many_risks_end_in_one_row_that_adds_up_the_rest() {
    let chart = by_risk(40, 3, 3e6);
    let rest = labels(&chart, chart.size()).into_iter().find(|(_, l)| l.text.ends_with("other risks"));
    assert_eq!(rest.map(|(_, l)| l.text), Some("26 other risks".to_owned()));
    assert_eq!(chart.table().1.len(), 40);
}

#[test]
fn the_rest_does_not_press_the_largest_risks_flat() {
    let chart = by_risk(40, 3, 3e6);
    let scene = chart.scene(chart.size()).expect("drawn");
    let longest = |item: &Item| match item {
        Item::Fill { points, ink } if *ink == palette::today().ink => points[1].0 - points[0].0,
        _ => 0.0,
    };
    let bar = scene.items.iter().map(longest).fold(0.0, f64::max);
    assert!(bar > scene.width * 0.4, "{bar}");
}

#[test]
fn the_same_chart_gives_the_same_bytes() {
    for (_, chart) in cases().into_iter().chain(distributions::cases()) {
        assert_eq!(chart.svg(chart.size()), chart.clone().svg(chart.size()));
    }
}

#[test]
fn names_are_text_whatever_they_try_to_be() {
    let evil = "<script>alert('&\"')</script>]]>\u{202E}\u{0}\n</text></svg>";
    let mut chart = by_risk(3, 3, 1e6);
    chart.title = evil.to_owned();
    chart.description = evil.to_owned();
    chart.id = evil.to_owned();
    chart.case = Some(evil.to_owned());
    chart.run = Some(evil.to_owned());
    chart.note = Some(evil.to_owned());
    if let ChartKind::LossByRisk(data) = &mut chart.kind {
        data.options[1] = evil.repeat(3);
        data.risks[0].name = evil.repeat(3);
        data.scale.currency = evil;
    }
    let file = chart.svg(chart.size()).expect("drawn");
    assert!(!file.contains("<script") && !file.contains('\u{202E}') && !file.contains('\u{0}'));
    assert_eq!(file.matches("</svg>").count(), 1);
    assert!(file.contains("&lt;script&gt;"));
}

#[test]
fn a_shortened_name_keeps_its_whole_wording_in_the_file() {
    let chart = spread_points(6, 1e6);
    let file = chart.svg(Size::SMALLEST).expect("drawn");
    assert!(file.contains(&format!("<title>{LONG}</title>")));
}

#[test]
fn names_with_one_long_beginning_are_told_apart_by_their_ends() {
    let what = ["coverage", "reliability", "running costs", "purchase", "hours of own people"];
    let mut chart = cases::tornado(what.len(), 1e6, 0.4);
    if let ChartKind::Tornado(data) = &mut chart.kind {
        for (swing, what) in data.swings.iter_mut().zip(what) {
            swing.name = format!("Tokenisation and encrypting terminals, online and in all shops: {what}");
        }
    }
    for size in sizes(&chart) {
        let labels = labels(&chart, size);
        let shown = |what: &&str| labels.iter().any(|(_, label)| label.text.ends_with(&what[what.len() - 3..]));
        assert!(what.iter().filter(|what| shown(what)).count() == what.len(), "{size:?}: {labels:?}");
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let natural = Size { width: 960, height: 540 };
    assert_eq!(cost_points(&[]).svg(natural), Err(ChartError::Empty));
    assert_eq!(by_risk(0, 3, 1.0).svg(natural), Err(ChartError::Empty));
    assert_eq!(by_risk(3, 0, 1.0).svg(natural), Err(ChartError::Empty));
    assert_eq!(cash(vec![vec![]]).svg(natural), Err(ChartError::Empty));
    assert_eq!(cost_points(&[(f64::NAN, 1.0)]).svg(natural), Err(ChartError::NotFinite));
    assert_eq!(cost_points(&[(f64::INFINITY, 1.0)]).svg(natural), Err(ChartError::NotFinite));
    assert_eq!(spread_points(3, 1.0).svg(Size { width: 100, height: 100 }), Err(ChartError::Size));
    let mut crooked = by_risk(3, 3, 1.0);
    if let ChartKind::LossByRisk(data) = &mut crooked.kind {
        data.risks[0].losses.pop();
    }
    assert_eq!(crooked.svg(natural), Err(ChartError::Shape));
}

#[cfg(feature = "png")]
mod pictures {
    use super::*;
    use resvg::usvg::roxmltree::Document;

    #[test]
    fn every_file_is_well_formed_and_tells_what_it_shows() {
        each(|name, chart, size| {
            let file = chart.svg(size).expect("drawn");
            let tree = Document::parse(&file).unwrap_or_else(|fault| panic!("{name}: {fault}"));
            let root = tree.root_element();
            let child = |tag: &str| root.children().find(|n| n.has_tag_name(tag)).and_then(|n| n.text());
            assert_eq!(child("title"), Some(chart.title.as_str()));
            assert_eq!(child("desc"), Some(chart.description.as_str()));
            assert_eq!(root.attribute("role"), Some("img"));
            let ids = root.attribute("aria-labelledby").unwrap_or_default();
            assert!(ids.split(' ').all(|id| tree.descendants().any(|n| n.attribute("id") == Some(id))));
            let figures = child("metadata").unwrap_or_default();
            assert_eq!(figures.lines().count(), chart.table().1.len() + 1, "{name}");
        });
    }

    #[test]
    fn a_hostile_chart_is_still_well_formed() {
        let mut chart = cash_paths(2, 3, 1e6);
        chart.title = "a\u{FFFE}\u{1}<&>\"'".to_owned();
        let file = chart.svg(chart.size()).expect("drawn");
        assert!(Document::parse(&file).is_ok());
    }

    /// For the eye, into `target/pictures`: `cargo test --lib draw_every_case -- --ignored`.
    #[test]
    #[ignore = "draws pictures to be looked at"]
    #[expect(clippy::disallowed_methods, reason = "pictures for the eye need files")]
    fn draw_every_case() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pictures");
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, chart) in cases().into_iter().chain(distributions::cases()) {
            for (tag, size) in [("natural", chart.size()), ("small", Size::SMALLEST), ("phone", chart.size_on_phone())]
            {
                let picture = chart.png(size, 1.0).expect("drawn");
                std::fs::write(folder.join(format!("{name}-{tag}.png")), picture).expect("written");
            }
        }
    }

    #[test]
    fn a_picture_is_a_png_of_the_asked_size_with_the_same_bytes_each_time() {
        let chart = cash_paths(3, 3, 1e6);
        let size = Size { width: 600, height: 400 };
        let picture = chart.png(size, 1.5).expect("drawn");
        assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
        assert_eq!(&picture[16..24], [900_u32.to_be_bytes(), 600_u32.to_be_bytes()].concat());
        assert_eq!(picture, chart.png(size, 1.5).expect("drawn"));
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 1000.0] {
            assert_eq!(chart.png(size, scale), Err(ChartError::Size));
        }
    }
}
