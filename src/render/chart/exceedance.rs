//! What is the chance of losing more than an amount in a year, and which options keep to what was agreed?
//!
//! One falling curve an option over a logarithmic axis of chances. What the board does not want to bear, a loss above
//! the agreed one at more than the agreed chance, is a shaded region with steps; a curve that runs through it is over.

use super::amounts::{self, Amounts};
use super::frame::{NORMAL, SMALL};
use super::palette::{self, EDGE, FORBIDDEN, GRID, Marker, QUIET_TEXT, Series};
use super::place::Room;
use super::scene::{Align, Area, Label, Scene};
use super::tag::{GAP, Tag, leader};
use super::text;
use crate::report::chart::{AgreedLimit, Exceedance, ExceedanceCurve, LADDER, LEAST_CHANCE, Scale};
use crate::report::texts::{line, texts};

pub(super) fn draw(scene: &mut Scene, body: Area, data: &Exceedance) {
    let marks: Vec<(f64, String)> = LADDER.iter().map(|chance| (*chance, mark(*chance, &data.scale))).collect();
    let widest = marks.iter().map(|(_, mark)| text::width(mark, SMALL, false)).fold(0.0, f64::max);
    let plot =
        Area::new(body.left + widest + 10.0, body.top + 6.0, body.right - 6.0, body.bottom - amounts::WITH_CAPTION);
    let plane = Plane { plot, across: across(data, plot.width()) };

    let kept = limits(data);
    region(scene, &plane, &kept);
    chances(scene, &plane, marks);
    let caption = line(texts(&data.scale).drawing.loss_in_year, &[("currency", &data.scale.currency)]);
    plane.across.draw(scene, plot, &data.scale, &caption);
    let mut room = Room::new(plot);
    boundary(scene, &mut room, &plane, &kept);

    let groups = groups(data, &plane);
    for (index, curve) in data.curves.iter().enumerate() {
        scene.series_line(&plane.path(curve), 2.4, series(index));
    }
    for group in &groups {
        room.take_line(&thinned(&group.path));
    }
    for limit in &data.limits {
        name_limit(scene, &mut room, &plane, data, limit);
    }
    name_groups(scene, &mut room, &plane, data, &groups);
}

fn series(option: usize) -> Series {
    if option == 0 { palette::today() } else { palette::plan(option - 1) }
}

fn mark(chance: f64, scale: &Scale) -> String {
    let words = &texts(scale).drawing;
    if chance >= 1.0 {
        return words.every_year.to_owned();
    }
    line(words.chance, &[("chance", &scale.chance(chance)), ("share", &scale.percent(chance))])
}

/// Linear from nothing on, or logarithmic from where the first curve begins to fall.
fn across(data: &Exceedance, width: f64) -> Amounts {
    let reach = data.reach();
    if !data.is_wide {
        return Amounts::up_to(reach, width);
    }
    let falls = |curve: &ExceedanceCurve| curve.loss_at(0.7 * curve.chance_of_loss).filter(|loss| *loss > 0.0);
    let agreed = data.limits.iter().map(|limit| limit.loss).filter(|loss| *loss > 0.0);
    let low = data.curves.iter().filter_map(falls).chain(agreed).fold(reach / 10.0, f64::min);
    Amounts::between(low.max(reach * 1e-8), reach)
}

/// Where a loss and a chance stand.
struct Plane {
    plot: Area,
    across: Amounts,
}

impl Plane {
    fn height(&self, chance: f64) -> f64 {
        let part = libm::log(chance.clamp(LEAST_CHANCE, 1.0)) / libm::log(LEAST_CHANCE);
        self.plot.top + part * self.plot.height()
    }

    fn place(&self, loss: f64, chance: f64) -> (f64, f64) {
        (self.across.place(loss, self.plot), self.height(chance))
    }

    /// A curve from the left side to the bottom; empty where even any loss is rarer than once in a thousand years.
    fn path(&self, curve: &ExceedanceCurve) -> Vec<(f64, f64)> {
        if curve.chance_of_loss <= LEAST_CHANCE {
            return Vec::new();
        }
        let points = curve.path();
        // Along a logarithmic axis the curve enters where it passes the low end.
        let low = self.across.low();
        let entry = points.iter().rposition(|(loss, _)| *loss <= low).unwrap_or(0);
        let mut path: Vec<(f64, f64)> = Vec::new();
        for (loss, chance) in points.into_iter().skip(entry) {
            if chance <= LEAST_CHANCE {
                path.push(self.place(curve.loss_at(LEAST_CHANCE).unwrap_or(loss), LEAST_CHANCE));
                break;
            }
            path.push(self.place(loss, chance));
        }
        path
    }
}

/// The lines across, as many as find room; the ends and the years that people speak of come first.
fn chances(scene: &mut Scene, plane: &Plane, marks: Vec<(f64, String)>) {
    const FIRST: [f64; 5] = [1.0, LEAST_CHANCE, 0.05, 0.01, 0.1];
    let rank = |chance: f64| FIRST.iter().position(|first| *first == chance).unwrap_or(FIRST.len());
    let mut marks = marks;
    marks.sort_by_key(|(chance, _)| rank(*chance));
    let mut written: Vec<f64> = Vec::new();
    for (chance, mark) in marks {
        let y = plane.height(chance);
        if written.iter().any(|other| (other - y).abs() < SMALL * 1.3) {
            continue;
        }
        written.push(y);
        scene.line(vec![(plane.plot.left, y), (plane.plot.right, y)], 1.0, GRID);
        let label = Label::new(mark, plane.plot.left - 8.0, y + SMALL * 0.36, SMALL, QUIET_TEXT);
        scene.label(label.align(Align::End));
    }
}

/// The limits that stand in the picture.
fn limits(data: &Exceedance) -> Vec<&AgreedLimit> {
    data.limits.iter().filter(|limit| limit.loss <= data.reach()).collect()
}

/// From corner to corner of the region that was agreed not to be entered: right of a limit's loss and above its chance.
fn stairs(plane: &Plane, limits: &[&AgreedLimit]) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = limits.iter().map(|limit| plane.place(limit.loss, limit.chance)).collect();
    corners.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut stairs: Vec<(f64, f64)> = Vec::new();
    let mut depth = plane.plot.top;
    for (x, y) in corners {
        if y > depth {
            stairs.extend([(x, depth), (x, y)]);
            depth = y;
        }
    }
    if !stairs.is_empty() {
        stairs.push((plane.plot.right, depth));
    }
    stairs
}

fn region(scene: &mut Scene, plane: &Plane, limits: &[&AgreedLimit]) {
    let mut outline = stairs(plane, limits);
    if !outline.is_empty() {
        outline.push((plane.plot.right, plane.plot.top));
        scene.fill(outline, FORBIDDEN);
    }
}

fn boundary(scene: &mut Scene, room: &mut Room, plane: &Plane, limits: &[&AgreedLimit]) {
    let line = stairs(plane, limits);
    room.take_line(&line);
    scene.line(line, 1.4, EDGE);
}

/// The limit's name, loss and chance at its corner; one beyond the picture is told at the right side.
fn name_limit(scene: &mut Scene, room: &mut Room, plane: &Plane, data: &Exceedance, limit: &AgreedLimit) {
    let is_beyond = limit.loss > data.reach();
    let at = plane.place(limit.loss, limit.chance);
    let corner = Series { ink: EDGE, dash: &[], marker: Marker::Diamond, hatch: palette::Hatch::None };
    let words = &texts(&data.scale).drawing;
    let agreed = if is_beyond { words.agreed_beyond } else { words.agreed };
    let (loss, chance) = (data.scale.amount(limit.loss), data.scale.chance(limit.chance));
    let agreed = line(agreed, &[("loss", &loss), ("chance", &chance)]);
    if !is_beyond {
        room.take(Area::around(at, 5.0));
    }
    let names = [(corner, limit.name.as_str())];
    let sizes = [(260.0, true), (160.0, true), (90.0, false), (60.0, false)];
    let tag = |(limit, figures): (f64, bool)| {
        Tag::new(&names, false, if figures { vec![agreed.clone()] } else { Vec::new() }, limit)
    };
    let near = sizes.into_iter().map(tag).find_map(|tag| room.beside(at, tag.size, GAP).map(|area| (tag, area)));
    let found = near.or_else(|| {
        let sizes = sizes.into_iter().map(tag);
        sizes.into_iter().find_map(|tag| room.nearest(at, tag.size, |_, _| true).map(|area| (tag, area)))
    });
    if let Some((tag, area)) = found {
        let labels = tag.labels(area);
        if !is_beyond {
            leader(scene, room, at, &labels);
        }
        labels.into_iter().for_each(|label| scene.label(label));
    }
    if !is_beyond {
        scene.marker(at, 4.0, corner);
    }
}

/// Options whose curves cannot be told apart.
struct Group {
    options: Vec<usize>,
    path: Vec<(f64, f64)>,
}

fn groups(data: &Exceedance, plane: &Plane) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (option, curve) in data.curves.iter().enumerate() {
        let path = plane.path(curve);
        let is_same = |group: &&mut Group| {
            let apart =
                |a: &[(f64, f64)], b: &[(f64, f64)]| a.iter().map(|point| distance(*point, b)).fold(0.0, f64::max);
            group.path.is_empty() == path.is_empty() && apart(&group.path, &path).max(apart(&path, &group.path)) < 1.5
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.options.push(option),
            None => groups.push(Group { options: vec![option], path }),
        }
    }
    groups
}

/// From a point to the nearest place of a line.
fn distance((x, y): (f64, f64), line: &[(f64, f64)]) -> f64 {
    let to_piece = |pair: &[(f64, f64)]| {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let (dx, dy) = (x1 - x0, y1 - y0);
        let length = dx * dx + dy * dy;
        let part = if length > 0.0 { (((x - x0) * dx + (y - y0) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
        libm::hypot(x - x0 - part * dx, y - y0 - part * dy)
    };
    line.windows(2).map(to_piece).fold(f64::INFINITY, f64::min)
}

/// The same line with fewer points, as far as words that keep off it can tell.
fn thinned(path: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (index, point) in path.iter().enumerate() {
        let is_far = kept.last().is_none_or(|(x, y)| libm::hypot(point.0 - x, point.1 - y) >= 4.0);
        if is_far || index + 1 == path.len() {
            kept.push(*point);
        }
    }
    kept
}

/// Places along a line where its name may hang, those farthest from all other lines first.
fn anchors(path: &[(f64, f64)], others: &[&Group], taken: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const APART: f64 = 12.0;
    const MOST: usize = 24;
    let mut places: Vec<(f64, f64)> = Vec::new();
    let mut walked = 0.0;
    for pair in path.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = libm::hypot(x1 - x0, y1 - y0);
        let first = APART * (walked / APART).floor() + APART - walked;
        let mut at = first;
        while at < length {
            places.push((x0 + (x1 - x0) * at / length, y0 + (y1 - y0) * at / length));
            at += APART;
        }
        walked += length;
    }
    if places.is_empty() {
        places.extend(path.first());
    }
    let clear = |place: &(f64, f64)| {
        let lines = others.iter().map(|group| distance(*place, &group.path));
        let markers = taken.iter().map(|other| libm::hypot(place.0 - other.0, place.1 - other.1));
        // Past this distance a place is as good as any other.
        lines.chain(markers).fold(40.0, f64::min)
    };
    let mut ranked: Vec<(f64, (f64, f64))> = places.into_iter().map(|place| (clear(&place), place)).collect();
    // The later places stand lower, where curves lie farther apart.
    ranked.reverse();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.into_iter().take(MOST).map(|(_, place)| place).collect()
}

fn name_groups(scene: &mut Scene, room: &mut Room, plane: &Plane, data: &Exceedance, groups: &[Group]) {
    let mut tags = Vec::new();
    let mut marked: Vec<(f64, f64)> = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let others: Vec<&Group> =
            groups.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, group)| group).collect();
        let is_shown = !group.path.is_empty();
        let spots = if is_shown {
            anchors(&group.path, &others, &marked)
        } else {
            vec![(plane.plot.left + 2.0, plane.plot.bottom - 4.0)]
        };
        let Some(first) = spots.first().copied() else { continue };
        let tag = |limit: f64, figures: bool| group.tag(data, limit, figures);
        let near =
            [(240.0, true), (240.0, false), (130.0, false), (80.0, false)].into_iter().find_map(|(limit, figures)| {
                let tag = tag(limit, figures);
                let size = tag.size;
                spots
                    .iter()
                    .find_map(|spot| room.beside(*spot, size, GAP).map(|area| (*spot, area)))
                    .map(|at| (tag, at))
            });
        let found = near.or_else(|| {
            // Many names below each other need a high place, side by side a wide one.
            let sizes = [130.0, 80.0, 50.0].into_iter().flat_map(|limit| [1, 2, 3].map(|columns| (limit, columns)));
            sizes.into_iter().find_map(|(limit, columns)| {
                let tag = tag(limit, false).in_columns(columns);
                room.nearest(first, tag.size, |_, _| true).map(|area| (tag, (first, area)))
            })
        });
        let found = found.or_else(|| {
            let tag = group.summary(data)?;
            room.nearest(first, tag.size, |_, _| true).map(|area| (tag, (first, area)))
        });
        if let Some((tag, (spot, area))) = found {
            let labels = tag.labels(area);
            if is_shown {
                leader(scene, room, spot, &labels);
                room.take(Area::around(spot, 6.0));
                marked.push(spot);
            }
            tags.push((labels, tag.markers(area), is_shown.then_some((spot, group))));
        }
    }
    for (labels, markers, spot) in tags {
        if let Some((spot, group)) = spot {
            scene.marker(spot, 5.0, series(group.options.first().copied().unwrap_or(0)));
        }
        markers.into_iter().for_each(|(at, series)| scene.marker(at, 4.0, series));
        labels.into_iter().for_each(|label| scene.label(label));
    }
}

impl Group {
    /// One line that stands for all names, where those find no room.
    fn summary(&self, data: &Exceedance) -> Option<Tag> {
        let names: Vec<&str> =
            self.options.iter().filter_map(|option| data.curves.get(*option).map(|c| c.name.as_str())).collect();
        let (first, rest) = names.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let first = text::shortened(first, NORMAL, true, 80.0);
        let shown = line(texts(&data.scale).drawing.and_more, &[("option", &first), ("count", &rest.len())]);
        Some(Tag::summing_up(series(*self.options.first()?), &shown, &names.join(", ")))
    }

    /// The options' names with their markers, and what a bad year costs.
    fn tag(&self, data: &Exceedance, limit: f64, with_figures: bool) -> Tag {
        let curves = self.options.iter().filter_map(|option| data.curves.get(*option).map(|curve| (*option, curve)));
        let names: Vec<_> = curves.map(|(option, curve)| (series(option), curve.name.as_str())).collect();
        let first = self.options.first().and_then(|option| data.curves.get(*option)).filter(|_| with_figures);
        let words = &texts(&data.scale).drawing;
        let figure = first.and_then(|curve| match (self.path.is_empty(), curve.chance_of_loss <= 0.0) {
            (true, true) => Some(words.loses_nothing.to_owned()),
            (true, false) => Some(words.rare.to_owned()),
            _ => curve.loss_at(0.05).map(|loss| line(words.bad_year_of, &[("loss", &data.scale.estimate(loss))])),
        });
        Tag::new(&names, true, figure.into_iter().collect(), limit)
    }
}
