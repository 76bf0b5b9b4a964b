//! What of a purchase is written down in which year?
//!
//! Of a price P with nothing or the salvage S left at the end, in the k-th year of n:
//!
//! | method | written down |
//! |---|---|
//! | straight-line | (P − S) / n |
//! | sum of digits | (P − S) (n + 1 − k) / (n (n + 1) / 2) |
//! | declining | a part of what is left, never below S |
//! | MACRS | P × the share of the table for n years (half-year convention; S does not count) |
//!
//! Everything is a part of the price plus a part of the salvage, so that costs stay products of their
//! inputs. Sources: Brealey, Myers, Allen, *Principles of Corporate Finance*, chapter 6; IRS Publication 946,
//! table A-1. See `docs/model/cash-flow.md`.

use rust_decimal::Decimal;

use crate::model::Depreciation;
use crate::units::Figure;

/// The part written down in one year of a thing's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Part of its price.
    pub of_price: Figure,
    /// Part of its salvage, which is kept: below zero.
    pub of_salvage: Figure,
}

/// Years of age after which a declining balance is no longer followed: no horizon is longer.
const LONGEST: usize = 50;

/// What is written down in each year of age, the first year first; `kept` is the part of the price that its
/// salvage comes to, where it is written down to that.
pub fn by_age(method: Depreciation, kept: Option<Figure>) -> Vec<Written> {
    // What keeps its price is not written down, and nothing is written up.
    let is_kept = kept.is_some_and(|kept| !(Figure::ONE - kept).is_positive());
    if is_kept && !matches!(method, Depreciation::Macrs(_)) {
        return Vec::new();
    }
    let shares = match method {
        Depreciation::StraightLine(years) => even(vec![1; years]),
        Depreciation::SumOfDigits(years) => even((1..=years as u64).rev().collect()),
        Depreciation::Declining(rate) => return declining(Figure::exact(rate.get()), kept),
        Depreciation::Macrs(years) => {
            let shares = macrs(years).iter().map(|share| Figure::exact(Decimal::new(i64::from(*share), 5)));
            return shares.map(|of_price| Written { of_price, of_salvage: Figure::ZERO }).collect();
        }
    };
    let of_salvage = |share: Figure| kept.map_or(Figure::ZERO, |_| Figure::ZERO - share);
    shares.into_iter().map(|share| Written { of_price: share, of_salvage: of_salvage(share) }).collect()
}

/// Shares in these proportions; the last takes what is left, so that thirds add up.
fn even(parts: Vec<u64>) -> Vec<Figure> {
    let whole = Figure::exact(parts.iter().sum::<u64>().into());
    let mut left = Figure::ONE;
    let last = parts.len().saturating_sub(1);
    let share = |(place, part): (usize, u64)| {
        let share = Figure::exact(part.into()).ratio(whole).unwrap_or(Figure::ZERO);
        let share = if place == last { left } else { share };
        left = left - share;
        share
    };
    parts.into_iter().enumerate().map(share).collect()
}

/// A part of what is left each year, down to what is kept.
fn declining(rate: Figure, kept: Option<Figure>) -> Vec<Written> {
    let mut left = Figure::ONE;
    let mut written = Vec::new();
    for _ in 0..LONGEST {
        let share = left * rate;
        match kept {
            Some(kept) if !(left - share - kept).is_positive() => {
                let reached = (left - kept).is_positive();
                let rest = Written { of_price: left, of_salvage: Figure::ZERO - Figure::ONE };
                written.extend(reached.then_some(rest));
                break;
            }
            _ => written.push(Written { of_price: share, of_salvage: Figure::ZERO }),
        }
        left = left - share;
    }
    written
}

/// Shares in hundred-thousandths, by year of age; nothing where there is no table.
fn macrs(years: usize) -> &'static [u32] {
    match years {
        3 => &[33_330, 44_450, 14_810, 7_410],
        5 => &[20_000, 32_000, 19_200, 11_520, 11_520, 5_760],
        7 => &[14_290, 24_490, 17_490, 12_490, 8_930, 8_920, 8_930, 4_460],
        10 => &[10_000, 18_000, 14_400, 11_520, 9_220, 7_370, 6_550, 6_550, 6_560, 6_550, 3_280],
        15 => &[
            5_000, 9_500, 8_550, 7_700, 6_930, 6_230, 5_900, 5_900, 5_910, 5_900, 5_910, 5_900, 5_910, 5_900, 5_910,
            2_950,
        ],
        20 => &[
            3_750, 7_219, 6_677, 6_177, 5_713, 5_285, 4_888, 4_522, 4_462, 4_461, 4_462, 4_461, 4_462, 4_461, 4_462,
            4_461, 4_462, 4_461, 4_462, 4_461, 2_231,
        ],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::MACRS_YEARS;
    use crate::units::Rate;

    fn amounts(method: Depreciation, price: i64, kept: Option<i64>) -> Vec<f64> {
        let price = Figure::exact(price.into());
        let salvage = kept.map(|kept| Figure::exact(kept.into()));
        let part = salvage.and_then(|salvage| salvage.ratio(price));
        let amount = |w: Written| w.of_price * price + w.of_salvage * salvage.unwrap_or(Figure::ZERO);
        by_age(method, part).into_iter().map(|written| amount(written).to_f64()).collect()
    }

    #[test]
    fn what_is_written_down_adds_up_to_the_price_less_what_is_kept() {
        assert_eq!(amounts(Depreciation::StraightLine(3), 100, None).iter().sum::<f64>(), 100.0);
        assert_eq!(amounts(Depreciation::StraightLine(4), 100, Some(20)), [20.0; 4]);
        assert_eq!(amounts(Depreciation::SumOfDigits(3), 60, None), [30.0, 20.0, 10.0]);
        assert_eq!(amounts(Depreciation::SumOfDigits(3), 72, Some(12)), [30.0, 20.0, 10.0]);
        for years in MACRS_YEARS {
            let all: f64 = amounts(Depreciation::Macrs(years), 100, Some(20)).iter().sum();
            assert!((all - 100.0).abs() < 1e-9, "{years}: {all}");
            assert_eq!(macrs(years).len(), years + 1);
        }
    }

    #[test]
    fn nothing_is_written_up_to_a_salvage_above_the_price() {
        for method in [Depreciation::StraightLine(3), Depreciation::SumOfDigits(3)] {
            assert_eq!(amounts(method, 1_000, Some(4_000)), Vec::<f64>::new());
            assert_eq!(amounts(method, 1_000, Some(1_000)), Vec::<f64>::new());
        }
    }

    #[test]
    fn a_declining_balance_stops_at_what_is_kept() {
        let rate = Rate::new(Decimal::new(4, 1)).unwrap();
        // 1,000 at 40 %: 400, 240, 144, 86.40, …
        let all = amounts(Depreciation::Declining(rate), 1_000, None);
        assert_eq!(all[..4], [400.0, 240.0, 144.0, 86.4]);
        // Down to 200: 160 may be written down in the third year, of which 144 are.
        assert_eq!(amounts(Depreciation::Declining(rate), 1_000, Some(200)), [400.0, 240.0, 144.0, 16.0]);
        assert_eq!(amounts(Depreciation::Declining(rate), 1_000, Some(1_000)), Vec::<f64>::new());
    }
}
