//! Which lines of a file differ?
//!
//! The longest common run of lines between equal heads and tails (dynamic programming). An edit touches few lines, so
//! the middle is small; where it is not, the whole middle is told as replaced.

/// One line of the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'t> {
    /// Only before.
    Gone(usize, &'t str),
    /// Only after.
    New(usize, &'t str),
    /// In both; by its number after.
    Same(usize, &'t str),
}

/// Lines around a change that are shown with it.
const AROUND: usize = 2;
/// The largest middle that is compared line by line.
const LARGEST: usize = 2_000;

/// The lines that differ with some around them, in order; numbers begin with one.
pub fn difference<'t>(before: &'t str, after: &'t str) -> Vec<Line<'t>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut all: Vec<Line<'t>> = new[..head].iter().enumerate().map(|(at, line)| Line::Same(at + 1, line)).collect();
    all.extend(middle(a, b, head));
    let from = new.len() - tail;
    all.extend(new[from..].iter().enumerate().map(|(at, line)| Line::Same(from + at + 1, line)));
    let is_change = |line: &Line<'_>| !matches!(line, Line::Same(..));
    let places: Vec<usize> = all.iter().enumerate().filter(|(_, line)| is_change(line)).map(|(at, _)| at).collect();
    let near = |at: usize| {
        let next = places.partition_point(|place| *place < at);
        let close = |place: Option<&usize>| place.is_some_and(|place| place.abs_diff(at) <= AROUND);
        close(places.get(next)) || next > 0 && close(places.get(next - 1))
    };
    (0..all.len()).filter(|at| near(*at)).map(|at| all[at]).collect()
}

fn middle<'t>(a: &[&'t str], b: &[&'t str], head: usize) -> Vec<Line<'t>> {
    let mut lines = Vec::new();
    let (mut i, mut j) = (0, 0);
    if a.len() <= LARGEST && b.len() <= LARGEST {
        let width = b.len() + 1;
        let mut common = vec![0_u32; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                common[i * width + j] = if a[i] == b[j] {
                    common[(i + 1) * width + j + 1] + 1
                } else {
                    common[(i + 1) * width + j].max(common[i * width + j + 1])
                };
            }
        }
        while i < a.len() && j < b.len() {
            if a[i] == b[j] {
                lines.push(Line::Same(head + j + 1, b[j]));
                (i, j) = (i + 1, j + 1);
            } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
                lines.push(Line::Gone(head + i + 1, a[i]));
                i += 1;
            } else {
                lines.push(Line::New(head + j + 1, b[j]));
                j += 1;
            }
        }
    }
    lines.extend(a[i..].iter().enumerate().map(|(at, line)| Line::Gone(head + i + at + 1, line)));
    lines.extend(b[j..].iter().enumerate().map(|(at, line)| Line::New(head + j + at + 1, line)));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_is_told_with_two_around_it() {
        let before = "a\nb\nc\nd\ne\nf\ng\n";
        let found = difference(before, "a\nb\nc\nD\ne\nf\ng\nh\n");
        assert_eq!(
            found,
            [
                Line::Same(2, "b"),
                Line::Same(3, "c"),
                Line::Gone(4, "d"),
                Line::New(4, "D"),
                Line::Same(5, "e"),
                Line::Same(6, "f"),
                Line::Same(7, "g"),
                Line::New(8, "h"),
            ]
        );
        assert!(difference(before, before).is_empty());
        assert_eq!(difference("", "a"), [Line::New(1, "a")]);
    }
}
