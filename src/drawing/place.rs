//! Where does a label go so that it covers nothing and nothing covers it?
//!
//! Labels of points try the places all around the point, then further out, then every free place on the canvas, the
//! nearest first. Labels of line ends keep their order and are moved apart as little as possible.

use super::scene::Area;

/// Free space on the canvas.
pub(crate) struct Room {
    bounds: Area,
    taken: Vec<Area>,
    /// Places of lines, which a leader may cross where nothing else is left.
    lines: Vec<Area>,
}

impl Room {
    pub fn new(bounds: Area) -> Self {
        Self { bounds, taken: Vec::new(), lines: Vec::new() }
    }

    /// Keeps labels off this place.
    pub fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Keeps labels off a line.
    pub fn take_line(&mut self, points: &[(f64, f64)]) {
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let steps = (libm::hypot(x1 - x0, y1 - y0) / 5.0).ceil().clamp(1.0, 2000.0) as usize;
            for i in 0..=steps {
                let part = i as f64 / steps as f64;
                self.lines.push(Area::around((x0 + (x1 - x0) * part, y0 + (y1 - y0) * part), 2.5));
            }
        }
    }

    /// Whether nothing stands here yet.
    pub fn is_free(&self, area: &Area) -> bool {
        let mut taken = self.taken.iter().chain(&self.lines);
        self.bounds.contains(area) && !taken.any(|taken| taken.overlaps(area))
    }

    /// Whether a line from a point to a label there would cross nothing. The point's own surroundings do not count.
    pub fn is_clear(&self, point: (f64, f64), area: &Area, own: f64) -> bool {
        self.is_open(point, area, own) && Self::meets_none(&self.lines, point, area, own)
    }

    /// The same where it may cross lines.
    pub fn is_open(&self, point: (f64, f64), area: &Area, own: f64) -> bool {
        Self::meets_none(&self.taken, point, area, own)
    }

    fn meets_none(taken: &[Area], (x, y): (f64, f64), area: &Area, own: f64) -> bool {
        let (to_x, to_y) = (x.clamp(area.left, area.right), y.clamp(area.top, area.bottom));
        let far = libm::hypot(to_x - x, to_y - y);
        let steps = (far / 4.0).ceil().clamp(1.0, 1000.0) as usize;
        (0..=steps).map(|i| i as f64 / steps as f64).filter(|part| part * far > own).all(|part| {
            let spot = Area::around((x + (to_x - x) * part, y + (to_y - y) * part), 1.0);
            !taken.iter().any(|taken| taken.overlaps(&spot))
        })
    }

    /// A free place of this size close to a point, `gap` or a little more away from it and in plain sight of it; it is
    /// then taken.
    pub fn beside(&mut self, (x, y): (f64, f64), (w, h): (f64, f64), gap: f64) -> Option<Area> {
        // Right first: names read on from their point.
        const AROUND: [(f64, f64); 16] = [
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.0, -1.0),
            (0.0, 1.0),
            (1.0, -0.5),
            (1.0, 0.5),
            (-1.0, -0.5),
            (-1.0, 0.5),
            (0.5, -1.0),
            (0.5, 1.0),
            (-0.5, -1.0),
            (-0.5, 1.0),
            (1.0, -1.0),
            (1.0, 1.0),
            (-1.0, -1.0),
            (-1.0, 1.0),
        ];
        for reach in [gap, gap + 8.0, gap + 18.0, gap + 30.0, gap + 45.0] {
            for (dx, dy) in AROUND {
                let (cx, cy) = (x + dx * (reach + w / 2.0), y + dy * (reach + h / 2.0));
                let area = Area::new(cx - w / 2.0, cy - h / 2.0, cx + w / 2.0, cy + h / 2.0);
                if self.is_free(&area) && self.is_clear((x, y), &area, gap + 8.0) {
                    self.take(area);
                    return Some(area);
                }
            }
        }
        None
    }

    /// The free place of this size that is nearest to a point among those that `allowed` accepts; it is then taken.
    pub fn nearest(
        &mut self,
        (x, y): (f64, f64),
        (w, h): (f64, f64),
        allowed: impl Fn(&Self, &Area) -> bool,
    ) -> Option<Area> {
        const STEP: f64 = 8.0;
        let columns = ((self.bounds.width() - w) / STEP).max(-1.0).floor() as i64;
        let rows = ((self.bounds.height() - h) / STEP).max(-1.0).floor() as i64;
        let mut best: Option<(f64, Area)> = None;
        for row in 0..=rows {
            for column in 0..=columns {
                let (left, top) = (self.bounds.left + column as f64 * STEP, self.bounds.top + row as f64 * STEP);
                let area = Area::new(left, top, left + w, top + h);
                let far = libm::hypot(left + w / 2.0 - x, top + h / 2.0 - y);
                if best.as_ref().is_none_or(|(least, _)| far < *least) && self.is_free(&area) && allowed(self, &area) {
                    best = Some((far, area));
                }
            }
        }
        let (_, area) = best?;
        self.take(area);
        Some(area)
    }
}

/// From a point to the nearest place of a line.
pub(crate) fn distance((x, y): (f64, f64), line: &[(f64, f64)]) -> f64 {
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
pub(crate) fn thinned(path: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (index, point) in path.iter().enumerate() {
        let is_far = kept.last().is_none_or(|(x, y)| libm::hypot(point.0 - x, point.1 - y) >= 4.0);
        if is_far || index + 1 == path.len() {
            kept.push(*point);
        }
    }
    kept
}

/// Moves centres apart to `height` from each other, within `low..high`, keeping their order and moving them as little
/// as possible. The answers are in the order of the wishes.
pub(crate) fn spread(wishes: &[f64], height: f64, low: f64, high: f64) -> Vec<f64> {
    spread_sized(wishes, &vec![height; wishes.len()], low, high)
}

/// The same for things of unlike size, one for each wish.
pub(crate) fn spread_sized(wishes: &[f64], sizes: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].total_cmp(&wishes[*b]).then(a.cmp(b)));
    // How far each stands behind the first when all touch.
    let mut offsets = Vec::with_capacity(order.len());
    let mut total = 0.0;
    for index in &order {
        offsets.push(total);
        total += sizes[*index];
    }
    // Groups that touch share one mean of what their members wish, less their place in the group.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for (index, offset) in order.iter().zip(&offsets) {
        groups.push((wishes[*index] - sizes[*index] / 2.0 - offset, 1));
        while let [.., (before, n), (last, m)] = groups[..] {
            if before <= last {
                break;
            }
            groups.truncate(groups.len() - 2);
            groups.push(((before * n as f64 + last * m as f64) / (n + m) as f64, n + m));
        }
    }
    let starts = groups.iter().flat_map(|(start, n)| std::iter::repeat_n(*start, *n));
    let mut centres = vec![0.0; wishes.len()];
    for ((index, offset), start) in order.iter().zip(offsets).zip(starts) {
        centres[*index] = start.min(high - total).max(low) + offset + sizes[*index] / 2.0;
    }
    centres
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_do_not_touch_stay_where_they_wish() {
        assert_eq!(spread(&[50.0, 10.0], 20.0, 0.0, 100.0), [50.0, 10.0]);
    }

    #[test]
    fn labels_with_one_wish_are_moved_apart_within_the_bounds() {
        assert_eq!(spread(&[0.0, 0.0, 0.0], 20.0, 0.0, 100.0), [10.0, 30.0, 50.0]);
        assert_eq!(spread(&[99.0, 99.0, 20.0], 20.0, 0.0, 100.0), [70.0, 90.0, 20.0]);
    }

    #[test]
    fn things_of_unlike_size_touch_and_keep_their_order() {
        assert_eq!(spread_sized(&[50.0, 50.0], &[40.0, 20.0], 0.0, 100.0), [35.0, 65.0]);
        assert_eq!(spread_sized(&[95.0, 0.0], &[40.0, 20.0], 0.0, 100.0), [80.0, 10.0]);
    }

    #[test]
    fn a_label_near_a_point_covers_no_other() {
        let mut room = Room::new(Area::new(0.0, 0.0, 300.0, 200.0));
        let placed: Vec<_> = (0..8).filter_map(|_| room.nearest((150.0, 100.0), (80.0, 20.0), |_, _| true)).collect();
        assert_eq!(placed.len(), 8);
        assert!((0..8).all(|a| (0..a).all(|b| !placed[a].overlaps(&placed[b]))));
    }
}
