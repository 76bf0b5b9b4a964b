//! How long until the next event, at one a unit of time?
//!
//! −ln u by inversion: with u = m·2ᵉ and c the middle of the 32nd of \[1, 2) that holds m,
//! ln u = e·ln 2 + ln c + ln(1 + r), r = m/c − 1, |r| ≤ 1/64, by seven terms of the series: right to
//! 1e-15. No call of a library, so that it costs a few nanoseconds and has the same bits everywhere.

use std::sync::LazyLock;

const CELLS: usize = 32;

/// Standard exponential draws.
#[derive(Debug)]
pub struct Waiting {
    /// (1/c, −ln c) by cell.
    cells: [(f64, f64); CELLS],
}

static WAITING: LazyLock<Waiting> = LazyLock::new(|| Waiting {
    cells: std::array::from_fn(|cell| {
        let middle = 1.0 + (cell as f64 + 0.5) / CELLS as f64;
        (1.0 / middle, -libm::log(middle))
    }),
});

impl Waiting {
    /// The table, made once.
    pub fn table() -> &'static Self {
        &WAITING
    }

    /// The time at these random bits: above 0, at most 37.
    #[inline]
    pub fn at(&self, bits: u64) -> f64 {
        const UNIT: f64 = 1.0 / (1_u64 << 53) as f64;
        // Odd numbers over 2⁵³: never zero, never one.
        let u = ((bits >> 11) | 1) as i64 as f64 * UNIT;
        let word = u.to_bits();
        let exponent = (word >> 52) as i64 - 1023;
        let m = f64::from_bits(word & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000);
        let (inverse, less) = self.cells[(word >> 47) as usize % CELLS];
        let r = m * inverse - 1.0;
        let tail = r * r * (0.25 - r * (0.2 - r * (1.0 / 6.0 - r * (1.0 / 7.0))));
        let series = r - r * r * (0.5 - r * (1.0 / 3.0)) - r * r * tail;
        less - (exponent as f64 * core::f64::consts::LN_2 + series)
    }
}
