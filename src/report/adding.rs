//! How are the amounts of a table rounded so that its columns add up as they stand?
//!
//! A sum is rounded on its own, so that it reads as everywhere else. Of its parts each is rounded too, and what is then
//! missing goes, one unit of the table at a time, to the parts that rounding took most from: the method of largest
//! remainders (A. Hamilton, 1792). By year and line both ways add up: what is left over in a year is carried to its next
//! line. The figures behind the cells stay as they are; only what is printed moves, by a unit or two of its last digit, and
//! the table says so. An amount that is the same as one to its left, because an option does not act there, stays the same
//! in print: another part takes what is left over.

use std::ops::Range;

use super::{Cell, Digits, Table};
use crate::units::Figure;

/// The unit of the last digit that a table shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Three for thousands, six for millions.
    pub power: u32,
    /// Digits after the point.
    pub decimals: u32,
}

impl Unit {
    /// The amount in this unit; none for cells without one, or where years are simulated and fewer digits are known.
    pub fn count(self, cell: &Cell) -> Option<f64> {
        let Cell::Money(figure, digits) = cell else { return None };
        let is_whole = *digits == Digits::Whole && (self.power, self.decimals) == (0, 0);
        let is_known = is_whole || matches!(digits, Digits::In { most: None, .. });
        let size = libm::pow(10.0, f64::from(self.decimals) - f64::from(self.power));
        Some(figure.to_f64() * size).filter(|count| is_known && count.is_finite() && count.abs() < 1e15)
    }

    /// How many units of an amount are printed: fewer digits than the unit has where years do not tell them.
    fn shown(self, figure: Figure, digits: Digits) -> Option<f64> {
        let size = libm::pow(10.0, f64::from(self.decimals) - f64::from(self.power));
        let amount = figure.to_f64();
        let known = match digits {
            Digits::Whole
                if (self.power, self.decimals) == (0, 0) && (amount.abs() >= 1e3 || amount.fract() == 0.0) =>
            {
                amount
            }
            Digits::In { most: None, .. } => amount,
            Digits::In { most: Some(most), .. } if amount != 0.0 => {
                let place = libm::pow(10.0, libm::floor(libm::log10(amount.abs())) + 1.0 - f64::from(most));
                libm::round(amount / place) * place
            }
            Digits::In { .. } => 0.0,
            _ => return None,
        };
        Some(libm::round(known * size)).filter(|count| count.abs() < 1e15)
    }

    /// The cell as so many units.
    fn set(self, cell: &mut Cell, count: f64) {
        if let Cell::Money(_, digits) = cell {
            *digits = Digits::As { power: self.power, decimals: self.decimals, count: count as i64 };
        }
    }
}

/// A row that is the sum of others; what is taken off has the sign −1.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    /// The row of the sum.
    pub of: usize,
    /// Its parts.
    pub parts: Vec<(usize, f64)>,
}

/// Whole numbers near the values whose sum, with their signs, is the target. Zeros stay zero, and so does what is fixed as
/// long as the others can take what is left over.
fn apportioned(values: &[f64], signs: &[f64], carried: &[f64], fixed: &[Option<f64>], target: f64) -> Vec<f64> {
    let given = |place: usize| fixed.get(place).copied().flatten();
    let near = |(place, value): (usize, &f64)| given(place).unwrap_or_else(|| libm::round(*value));
    let mut counts: Vec<f64> = values.iter().enumerate().map(near).collect();
    loop {
        let sum: f64 = counts.iter().zip(signs).map(|(count, sign)| count * sign).sum();
        let missing = target - sum;
        if missing.abs() < 0.5 {
            return counts;
        }
        let step = missing.signum();
        let took = |place: usize| step * signs[place] * (values[place] + carried[place] - counts[place]);
        // Nothing turns from a cost into a gain by rounding.
        let keeps_side = |place: usize| (counts[place] + step * signs[place]) * values[place].signum() >= 0.0;
        let free = |place: &usize| values[*place] != 0.0 && given(*place).is_none();
        let candidates = (0..values.len()).filter(free).filter(|place| fixed.is_empty() || keeps_side(*place));
        match candidates.max_by(|a, b| took(*a).total_cmp(&took(*b)).then(b.cmp(a))) {
            Some(most) => counts[most] += step * signs[most],
            None if fixed.is_empty() => return counts,
            None => return apportioned(values, signs, carried, &[], target),
        }
    }
}

/// Whether the parts are the sum, but for arithmetic.
fn adds_up(values: &[f64], signs: &[f64], sum: f64) -> bool {
    let found: f64 = values.iter().zip(signs).map(|(value, sign)| value * sign).sum();
    (found - sum).abs() <= 1e-6 + 1e-9 * sum.abs()
}

/// The marked last row of a table, where some of its amounts are sums of those above.
fn row_of_sums(table: &Table) -> Option<usize> {
    let of = table.emphasised.filter(|row| *row + 1 == table.rows.len() && *row > 1)?;
    let amount = |row: &Vec<Cell>, column: usize| match row.get(column) {
        Some(Cell::Money(figure, _)) => Some(figure.to_f64()),
        _ => None,
    };
    let is_sum = |column: usize| {
        let parts: Option<Vec<f64>> = table.rows[..of].iter().map(|row| amount(row, column)).collect();
        parts.zip(amount(&table.rows[of], column)).is_some_and(|(parts, sum)| adds_up(&parts, &vec![1.0; of], sum))
    };
    (1..table.columns.len()).any(is_sum).then_some(of)
}

/// Whether a column of a table is printed with its sum.
pub(super) fn has_sums(table: &Table) -> bool {
    row_of_sums(table).is_some()
}

/// Lets each column add up whose last, marked row is the sum of the rows above it; whether that moved any amount.
pub(super) fn last_row(table: &mut Table, unit: Unit) -> bool {
    let Some(of) = row_of_sums(table) else { return false };
    let signs = vec![1.0; of];
    let mut is_moved = false;
    let mut done: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for column in 1..table.columns.len() {
        let values: Option<Vec<f64>> = table.rows[..of].iter().map(|row| unit.count(row.get(column)?)).collect();
        let sum = table.rows[of].get(column).and_then(|cell| unit.count(cell));
        let Some((values, sum)) = values.zip(sum).filter(|(values, sum)| adds_up(values, &signs, *sum)) else {
            continue;
        };
        let same = |row: usize| {
            // What insurers pay is known to a hundred-millionth.
            let is_same = |other: f64| (other - values[row]).abs() <= 1e-6 * other.abs();
            done.iter().find(|(others, _)| is_same(others[row])).map(|(_, counts)| counts[row])
        };
        let fixed: Vec<Option<f64>> = (0..of).map(same).collect();
        let counts = apportioned(&values, &signs, &vec![0.0; of], &fixed, libm::round(sum));
        is_moved |= values.iter().zip(&counts).any(|(value, count)| libm::round(*value) != *count);
        for (row, count) in table.rows.iter_mut().zip(counts.iter().copied().chain([libm::round(sum)])) {
            unit.set(&mut row[column], count);
        }
        done.push((values, counts));
    }
    is_moved
}

/// Amounts as whole numbers of a unit that add up to their sum as it is rounded on its own; the first stays as it is.
pub(super) fn beside_first(values: &[f64]) -> (Vec<f64>, f64) {
    let sum = libm::round(values.iter().sum());
    let fixed: Vec<Option<f64>> = values.iter().enumerate().map(|(at, v)| (at == 0).then(|| libm::round(*v))).collect();
    let count = values.len();
    (apportioned(values, &vec![1.0; count], &vec![0.0; count], &fixed, sum), sum)
}

/// A cell whose figure is the sum of others that the paper tells: it is told as the sum of what is told of them.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// The figures that it is the sum of, each with its sign.
    pub of: Vec<(Figure, f64)>,
}

/// Lets cells read as the sums of what is told of their parts; whether that moved any amount.
pub(super) fn as_told(table: &mut Table, unit: Unit, told: &[Told]) -> bool {
    let mut is_moved = false;
    for Told { row, column, of } in told {
        let Some(cell) = table.rows.get_mut(*row).and_then(|row| row.get_mut(*column)) else { continue };
        let Cell::Money(_, digits) = *cell else { continue };
        let values: Option<Vec<f64>> = of.iter().map(|(part, _)| unit.count(&Cell::Money(*part, digits))).collect();
        let signs: Vec<f64> = of.iter().map(|(_, sign)| *sign).collect();
        let Some((own, values)) = unit.count(cell).zip(values) else { continue };
        if adds_up(&values, &signs, own) {
            let count: f64 = values.iter().zip(&signs).map(|(value, sign)| sign * libm::round(*value)).sum();
            is_moved |= libm::round(own) != count;
            unit.set(cell, count);
        }
    }
    is_moved
}

/// Lets a change behind two amounts read as the second less the first as they stand: 748 and 644 make −104, whatever the
/// digits that the change itself would support.
pub(super) fn changes(table: &mut Table, unit: Unit) {
    for row in &mut table.rows {
        for at in 2..row.len() {
            let [.., Cell::Money(from, of_from), Cell::Money(to, of_to), Cell::Change(by, _)] = row[..=at] else {
                continue;
            };
            if !adds_up(&[to.to_f64(), from.to_f64()], &[1.0, -1.0], by.to_f64()) {
                continue;
            }
            let Some((from, to)) = unit.shown(from, of_from).zip(unit.shown(to, of_to)) else { continue };
            let (mut count, mut decimals) = (to - from, unit.decimals);
            // What simulated years do not know has no digit behind the point.
            let is_coarse = [of_from, of_to].iter().all(|digits| matches!(digits, Digits::In { most: Some(_), .. }));
            while is_coarse && decimals > 0 && count % 10.0 == 0.0 {
                (count, decimals) = (count / 10.0, decimals - 1);
            }
            row[at] = Cell::Change(by, Digits::As { power: unit.power, decimals, count: count as i64 });
        }
    }
}

/// Amounts of a sentence that are parts of one that it tells too, all in one unit and so that they add up: the sum first.
/// The unit is that of the third digit of the smallest, where the largest then has five digits at most.
pub(super) fn in_sentence(sum: Figure, parts: &[(Figure, f64)], digits: Digits) -> Option<Vec<Cell>> {
    let all = || std::iter::once(sum).chain(parts.iter().map(|(part, _)| *part)).map(|part| part.to_f64().abs());
    let place = |amount: f64| libm::floor(libm::log10(amount));
    let (least, most) =
        all().filter(|amount| *amount > 0.0).fold((f64::INFINITY, 0.0_f64), |(a, b), c| (a.min(c), b.max(c)));
    let power = if digits == Digits::Whole { 0.0 } else { (place(least) - 2.0).max(place(most) - 4.0).max(0.0) };
    let unit = libm::pow(10.0, power);
    let values: Vec<f64> = parts.iter().map(|(part, _)| part.to_f64() / unit).collect();
    let signs: Vec<f64> = parts.iter().map(|(_, sign)| *sign).collect();
    let whole = sum.to_f64() / unit;
    if !whole.is_finite() || !adds_up(&values, &signs, whole) {
        return None;
    }
    let target = libm::round(whole);
    let counts = apportioned(&values, &signs, &vec![0.0; values.len()], &[], target);
    let cell = |count: f64| Cell::Money(Figure::approximate(count * unit), Digits::Whole);
    Some(std::iter::once(target).chain(counts).map(cell).collect())
}

/// Several cells of a column as one, where they are parts of a sum.
pub(super) fn together(cells: &[&Cell]) -> Option<Cell> {
    let mut all = (Figure::ZERO, 0_i64);
    let mut shown = None;
    for cell in cells {
        let Cell::Money(figure, Digits::As { power, decimals, count }) = cell else { return None };
        all = (all.0 + *figure, all.1.checked_add(*count)?);
        shown = Some((*power, *decimals));
    }
    shown.map(|(power, decimals)| Cell::Money(all.0, Digits::As { power, decimals, count: all.1 }))
}

/// The parts of a sum that have an amount in a column; a sum among them that has none there stands by its own parts.
fn parts_in(sums: &[Sum], sum: &Sum, has: &dyn Fn(usize) -> bool) -> Vec<(usize, f64)> {
    let of_one = |(row, sign): &(usize, f64)| match sums.iter().find(|inner| inner.of == *row && !has(*row)) {
        Some(inner) => parts_in(sums, inner, has).into_iter().map(|(row, inner)| (row, inner * sign)).collect(),
        None => vec![(*row, *sign)],
    };
    sum.parts.iter().flat_map(of_one).collect()
}

/// The sum of flows as each of them is rounded, where all that are any are the same.
fn even(flows: &[Option<f64>]) -> Option<f64> {
    let mut flows = flows.iter().flatten().copied().filter(|flow| *flow != 0.0);
    let first = flows.next()?;
    let mut count = 1.0;
    flows
        .all(|flow| {
            count += 1.0;
            (flow - first).abs() <= 1e-9 * first.abs()
        })
        .then(|| count * libm::round(first))
}

/// Lets a table of flows add up both ways: `years` across to the column behind them, and `sums` down, the last of them
/// over the others; whether that moved any amount.
pub(super) fn flows(table: &mut Table, unit: Unit, sums: &[Sum], years: &Range<usize>) -> bool {
    let total = years.end;
    let values: Vec<Vec<Option<f64>>> =
        table.rows.iter().map(|row| row.iter().map(|cell| unit.count(cell)).collect()).collect();
    let of = |row: usize, column: usize| values.get(row).and_then(|row| row.get(column).copied().flatten());
    let parts_in = |sum: &Sum, column: usize| parts_in(sums, sum, &|row| of(row, column).is_some());
    let holds = |sum: &Sum, column: usize| {
        let of_it = parts_in(sum, column);
        let parts: Option<Vec<f64>> = of_it.iter().map(|(row, _)| of(*row, column)).collect();
        let signs: Vec<f64> = of_it.iter().map(|(_, sign)| *sign).collect();
        parts.zip(of(sum.of, column)).is_some_and(|(parts, whole)| adds_up(&parts, &signs, whole))
    };
    if !sums.iter().all(|sum| years.clone().chain([total]).all(|column| holds(sum, column))) {
        return false;
    }
    let mut counts: Vec<Vec<Option<f64>>> =
        values.iter().map(|row| row.iter().map(|value| value.map(libm::round)).collect()).collect();
    let is_sum = |row: usize| sums.iter().any(|sum| sum.of == row);
    // Totals and present values: from the last sum, which stays as it is, to its parts that are no sums themselves.
    for column in (0..table.columns.len()).skip(total) {
        for sum in sums.iter().rev().filter(|sum| holds(sum, column)) {
            let (fixed, free): (Vec<_>, Vec<_>) = parts_in(sum, column).into_iter().partition(|(row, _)| is_sum(*row));
            let count = |row: usize| counts[row][column].unwrap_or(0.0);
            let target = count(sum.of) - fixed.iter().map(|(row, sign)| sign * count(*row)).sum::<f64>();
            let parts: Vec<f64> = free.iter().filter_map(|(row, _)| of(*row, column)).collect();
            let signs: Vec<f64> = free.iter().map(|(_, sign)| *sign).collect();
            // What is the same in every year stays so, where another part can take what is left over.
            let even: Vec<Option<f64>> = match column == total {
                true => {
                    free.iter().map(|(row, _)| even(&years.clone().map(|t| of(*row, t)).collect::<Vec<_>>())).collect()
                }
                false => Vec::new(),
            };
            let even = even.iter().zip(&parts).map(|(even, value)| even.filter(|even| *even == libm::round(*value)));
            let found = apportioned(&parts, &signs, &vec![0.0; parts.len()], &even.collect::<Vec<_>>(), target);
            for ((row, _), count) in free.iter().zip(found) {
                counts[*row][column] = Some(count);
            }
        }
    }
    let across = |counts: &mut Vec<Vec<Option<f64>>>, row: usize, carried: &[f64]| {
        let parts: Option<Vec<f64>> = years.clone().map(|column| of(row, column)).collect();
        let Some((parts, target)) = parts.zip(counts[row].get(total).copied().flatten()) else { return };
        let signs = vec![1.0; parts.len()];
        if of(row, total).is_some_and(|whole| adds_up(&parts, &signs, whole)) {
            for (column, count) in years.clone().zip(apportioned(&parts, &signs, carried, &[], target)) {
                counts[row][column] = Some(count);
            }
        }
    };
    // By year: parts of a sum one after another, each carrying on what the ones above it left over; then the sum.
    for sum in sums {
        let mut left = vec![0.0; years.len()];
        let mut parts = sum.parts.clone();
        parts.sort_by_key(|(row, _)| !is_sum(*row));
        for (row, sign) in parts {
            if !is_sum(row) {
                let flows: Vec<Option<f64>> = years.clone().map(|column| of(row, column)).collect();
                let is_even = even(&flows).is_some();
                let carried = left.iter().map(|left| if is_even { 0.0 } else { left * sign });
                across(&mut counts, row, &carried.collect::<Vec<f64>>());
            }
            for (left, column) in left.iter_mut().zip(years.clone()) {
                *left += sign * (of(row, column).unwrap_or(0.0) - counts[row][column].unwrap_or(0.0));
            }
        }
        for column in years.clone() {
            let found = sum.parts.iter().map(|(row, sign)| sign * counts[*row][column].unwrap_or(0.0)).sum();
            counts[sum.of][column] = Some(found);
        }
    }
    let part_of_none =
        |row: &usize| !is_sum(*row) && sums.iter().all(|sum| sum.parts.iter().all(|part| part.0 != *row));
    for row in (0..table.rows.len()).filter(part_of_none) {
        across(&mut counts, row, &vec![0.0; years.len()]);
    }
    let mut is_moved = false;
    for ((row, counts), values) in table.rows.iter_mut().zip(counts).zip(&values) {
        for ((cell, count), value) in row.iter_mut().zip(counts).zip(values) {
            if let Some(count) = count {
                is_moved |= value.is_some_and(|value| libm::round(value) != count);
                unit.set(cell, count);
            }
        }
    }
    is_moved
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[f64]], emphasised: usize) -> Table {
        let digits = Digits::In { power: 3, decimals: 0, most: None };
        let row = |row: &&[f64]| {
            let amounts = row.iter().map(|amount| Cell::Money(Figure::approximate(*amount), digits));
            std::iter::once(Cell::words("line")).chain(amounts).collect::<Vec<_>>()
        };
        let width = rows.first().map_or(0, |row| row.len());
        Table {
            columns: vec![String::new(); width + 1],
            rows: rows.iter().map(row).collect(),
            emphasised: Some(emphasised),
        }
    }

    fn shown(table: &Table) -> Vec<Vec<i64>> {
        let count = |cell: &Cell| match cell {
            Cell::Money(_, Digits::As { count, .. }) => Some(*count),
            _ => None,
        };
        table.rows.iter().map(|row| row.iter().filter_map(count).collect()).collect()
    }

    const UNIT: Unit = Unit { power: 3, decimals: 0 };

    #[test]
    fn parts_add_up_to_their_sum_as_it_is_rounded_on_its_own() {
        let mut found = table(&[&[1_400.0], &[1_400.0], &[1_400.0], &[0.0], &[4_200.0]], 4);
        last_row(&mut found, UNIT);
        assert_eq!(shown(&found), [[2], [1], [1], [0], [4]]);
        // What an option does not act on stays as it is today, whatever rounding leaves over.
        let mut found =
            table(&[&[18_480.0, 18_480.0], &[4_460.0, 3_300.0], &[30_440.0, 24_440.0], &[53_380.0, 46_220.0]], 3);
        assert!(last_row(&mut found, UNIT), "rounding moved something, and the table says so");
        let found = shown(&found);
        assert_eq!(found[0][0], found[0][1], "{found:?}");
        assert_eq!((0..3).map(|row| found[row][1]).sum::<i64>(), found[3][1], "{found:?}");
        // What is no sum is left alone.
        let mut other = table(&[&[1_400.0], &[1_400.0], &[900.0]], 2);
        last_row(&mut other, UNIT);
        assert_eq!(shown(&other), [[], [], []] as [[i64; 0]; 3]);
    }

    #[test]
    fn flows_add_up_across_and_down_and_stay_within_two_units_of_themselves() {
        // Two lines, their sum, the loss avoided and what remains; three years, their total and the present value.
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(state >> 40).unwrap()) / 83.0
        };
        for _ in 0..500 {
            let mut rows: Vec<Vec<f64>> = Vec::new();
            for _ in 0..2 {
                rows.push((0..3).map(|_| next()).collect());
            }
            rows.push((0..3).map(|t| rows[0][t] + rows[1][t]).collect());
            rows.push((0..3).map(|_| next()).collect());
            rows.push((0..3).map(|t| rows[3][t] - rows[2][t]).collect());
            for row in &mut rows {
                let (total, present) = (row.iter().sum(), row[0] + 0.9 * row[1] + 0.8 * row[2]);
                row.extend([total, present]);
            }
            let borrowed: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let mut found = table(&borrowed, 4);
            let sums =
                [Sum { of: 2, parts: vec![(0, 1.0), (1, 1.0)] }, Sum { of: 4, parts: vec![(3, 1.0), (2, -1.0)] }];
            flows(&mut found, UNIT, &sums, &(1..4));
            let shown = shown(&found);
            let column = |at: usize| shown.iter().map(move |row| row[at]).collect::<Vec<i64>>();
            for column in (0..5).map(column) {
                assert_eq!(column[0] + column[1], column[2], "{rows:?}");
                assert_eq!(column[3] - column[2], column[4], "{rows:?}");
            }
            for (row, shown) in rows.iter().zip(&shown) {
                assert_eq!(shown[..3].iter().sum::<i64>(), shown[3], "{rows:?}");
                for (value, shown) in row.iter().zip(shown) {
                    assert!((value / 1e3 - *shown as f64).abs() <= 2.0, "{rows:?}: {shown}");
                }
            }
            // What other pages say too is rounded on its own.
            for column in [3, 4] {
                assert_eq!(shown[4][column], libm::round(rows[4][column] / 1e3) as i64);
                assert_eq!(shown[2][column], libm::round(rows[2][column] / 1e3) as i64);
            }
        }
    }

    #[test]
    fn a_sum_within_a_sum_adds_up_where_it_has_an_amount() {
        // What is bought and what runs make the money paid; with people's time it makes all costs, which the present value
        // tells without the money paid.
        let mut found = table(
            &[
                &[9_040.0, 0.0, 9_040.0, 9_040.0],
                &[0.0, 97_820.0, 97_820.0, 91_420.0],
                &[0.0, 20_640.0, 20_640.0, 19_290.0],
                &[9_040.0, 118_460.0, 127_500.0, 119_750.0],
                &[0.0, 300_300.0, 300_300.0, 280_650.0],
                &[-9_040.0, 181_840.0, 172_800.0, 160_900.0],
                &[9_040.0, 97_820.0, 106_860.0],
            ],
            5,
        );
        let sums = [
            Sum { of: 6, parts: vec![(0, 1.0), (1, 1.0)] },
            Sum { of: 3, parts: vec![(2, 1.0), (6, 1.0)] },
            Sum { of: 5, parts: vec![(4, 1.0), (3, -1.0)] },
        ];
        flows(&mut found, UNIT, &sums, &(1..3));
        let shown = shown(&found);
        for column in 0..4 {
            let at = |row: usize| shown[row].get(column).copied();
            assert_eq!(at(0).unwrap() + at(1).unwrap() + at(2).unwrap(), at(3).unwrap(), "{shown:?}");
            assert_eq!(at(4).unwrap() - at(3).unwrap(), at(5).unwrap(), "{shown:?}");
            if let Some(paid) = at(6) {
                assert_eq!(at(0).unwrap() + at(1).unwrap(), paid, "{shown:?}");
            }
        }
    }

    #[test]
    fn what_is_the_same_in_every_year_reads_the_same_in_every_year() {
        // 2.288 in each of four years beside a line that takes what rounding leaves over.
        let (even, other) = ([2_288.0; 4], [10_451.0, 10_262.0, 10_471.0, 10_383.0]);
        let whole: Vec<f64> = even.iter().zip(&other).map(|(a, b)| a + b).collect();
        let with_total = |flows: &[f64]| flows.iter().copied().chain([flows.iter().sum()]).collect::<Vec<f64>>();
        let rows = [with_total(&even), with_total(&other), with_total(&whole)];
        let borrowed: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        let mut found = table(&borrowed, 2);
        let unit = Unit { power: 3, decimals: 1 };
        for cell in found.rows.iter_mut().flatten() {
            if let Cell::Money(_, digits) = cell {
                *digits = Digits::In { power: 3, decimals: 1, most: None };
            }
        }
        flows(&mut found, unit, &[Sum { of: 2, parts: vec![(0, 1.0), (1, 1.0)] }], &(1..5));
        let shown = shown(&found);
        assert_eq!(shown[0], [23, 23, 23, 23, 92]);
        for column in 0..5 {
            assert_eq!(shown[0][column] + shown[1][column], shown[2][column], "{shown:?}");
        }
        assert_eq!(shown[1][..4].iter().sum::<i64>(), shown[1][4], "{shown:?}");
    }

    #[test]
    fn a_difference_reads_as_that_of_what_is_told_of_both() {
        let (today, left) = (448_600.0, 240_400.0);
        let mut found = table(&[&[today, 0.0], &[left, today - left]], 0);
        let figure = |amount: f64| Figure::approximate(amount);
        let of = vec![(figure(today), 1.0), (figure(left), -1.0)];
        // 208.2 by itself; 449 less 240 as they stand.
        assert!(as_told(&mut found, UNIT, &[Told { row: 1, column: 2, of }]));
        assert_eq!(shown(&found)[1], [209]);
        // What is not the sum of these is left alone.
        let of = vec![(figure(today), 1.0)];
        assert!(!as_told(&mut found, UNIT, &[Told { row: 1, column: 1, of }]));
        assert_eq!(shown(&found)[1], [209]);
    }

    #[test]
    fn a_change_reads_as_the_difference_of_the_amounts_before_it() {
        let change = |from: f64, to: f64, digits: Digits| {
            let figure = Figure::approximate;
            let by = Cell::Change(figure(to) - figure(from), digits);
            let row =
                vec![Cell::words("value"), Cell::Money(figure(from), digits), Cell::Money(figure(to), digits), by];
            let mut table = Table { columns: vec![String::new(); 4], rows: vec![row], emphasised: None };
            changes(&mut table, UNIT);
            match table.rows[0][3] {
                Cell::Change(_, Digits::As { count, decimals, .. }) => Some((count, decimals)),
                _ => None,
            }
        };
        let thousands = |most| Digits::In { power: 3, decimals: 0, most };
        // By itself −103.2; −100 to two digits.
        assert_eq!(change(747_600.0, 644_400.0, thousands(None)), Some((-104, 0)));
        // 2,100 and 1,900 as years tell them; −160 by itself.
        assert_eq!(change(2_060_000.0, 1_900_000.0, thousands(Some(2))), Some((-200, 0)));
        assert_eq!(change(2_060_000.0, 2_061_000.0, thousands(Some(2))), Some((0, 0)));
        assert_eq!(change(1.0, 2.0, Digits::Significant(3)), None);
    }

    #[test]
    fn the_amounts_of_a_sentence_make_up_the_one_that_it_tells_first() {
        let figure = |amount: f64| Figure::approximate(amount);
        let told = |sum: f64, parts: &[f64]| -> Vec<f64> {
            let signs = [1.0, -1.0];
            let parts: Vec<(Figure, f64)> = parts.iter().map(|part| figure(*part)).zip(signs).collect();
            let cells = in_sentence(figure(sum), &parts, Digits::Significant(3)).unwrap();
            let amount = |cell: &Cell| match cell {
                Cell::Money(amount, Digits::Whole) => amount.to_f64(),
                other => panic!("{other:?}"),
            };
            cells.iter().map(amount).collect()
        };
        // To three digits each it read "1,470: 110,000 less 108,000".
        assert_eq!(told(1_471.4, &[109_866.7, 108_395.3]), [1_470.0, 109_870.0, 108_400.0]);
        assert_eq!(told(9_917.0, &[10_881.0, 964.0]), [9_917.0, 10_881.0, 964.0]);
        assert!(in_sentence(figure(5.0), &[(figure(3.0), 1.0)], Digits::Significant(3)).is_none());
    }
}
