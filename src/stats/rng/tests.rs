//! Do the generators give the published words, and the draws their distributions?

use super::*;
use crate::stats::special::IncompleteGamma;

/// philox4x32-10: the vectors of Random123, which a second implementation reproduced.
#[test]
fn philox_gives_the_published_words() {
    let ones = u32::MAX;
    let cases = [
        ([0; 4], [0; 2], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]),
        ([ones; 4], [ones; 2], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]),
        (
            [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
            [0xa4093822, 0x299f31d0],
            [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
        ),
    ];
    for (counter, key, words) in cases {
        assert_eq!(Philox4x32::new(key).words(counter), words);
    }
}

/// xoshiro256pp: Blackman & Vigna's reference, state 1, 2, 3, 4.
#[test]
fn xoshiro_gives_the_published_numbers() {
    let mut generator = Xoshiro256PlusPlus::from_state([1, 2, 3, 4]);
    let expected = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162];
    assert_eq!(expected.map(|_| generator.next_u64()), expected);
}

/// splitmix64: Vigna's reference, seed 1234567.
#[test]
fn splitmix_gives_the_published_numbers() {
    let mut generator = SplitMix64::new(1234567);
    let expected = [6457827717110365317, 3203168211198807973, 9817491932198370423];
    assert_eq!(expected.map(|_| generator.next_u64()), expected);
}

/// The same vectors, without the numbers before.
#[test]
fn a_counter_gives_the_numbers_of_splitmix_at_any_place() {
    let counter = Counter::from_key(1234567);
    let expected = [6457827717110365317, 3203168211198807973, 9817491932198370423];
    assert_eq!([0, 1, 2].map(|place| counter.bits(place)), expected);
    assert_eq!(counter.bits(2), counter.place(2).draw(0));
}

#[test]
fn counters_of_other_seeds_labels_and_blocks_are_others() {
    let first = |seed, label: &str, block| Counter::new(seed, label).block(block).bits(0);
    let here = first(1, "a", 0);
    assert_eq!(here, PINNED_COUNTER);
    assert!([first(2, "a", 0), first(1, "b", 0), first(1, "a", 1), first(1, "", 0)].iter().all(|o| *o != here));
    let draws = [purpose("keep"), purpose("acts"), purpose("")].map(|p| Counter::new(1, "a").place(3).draw(p));
    assert!(draws[0] != draws[1] && draws[1] != draws[2]);
}

/// A change of the hash changes every simulated figure that was ever published.
const PINNED_COUNTER: u64 = 13_905_068_237_421_555_556;

#[test]
fn draws_of_one_place_for_two_purposes_are_independent() {
    let (a, b) = (purpose("one"), purpose("other"));
    let counter = Counter::new(3, "pairs");
    let n = 200_000;
    let mut cells = [0_u32; 64];
    for i in 0..n {
        let place = counter.place(i);
        cells[(place.draw(a) >> 61 << 3 | place.draw(b) >> 61) as usize] += 1;
    }
    let expected = n as f64 / 64.0;
    let chi: f64 = cells.iter().map(|count| (f64::from(*count) - expected).powi(2) / expected).sum();
    // 63 degrees of freedom: mean 63, deviation 11.2.
    assert!((chi - 63.0).abs() < 4.0 * 11.2, "{chi}");
}

#[test]
fn waiting_times_are_logarithms() {
    let waiting = Waiting::table();
    for i in 0..20_000 {
        let bits = Counter::from_key(9).bits(i) >> (i % 50);
        let u = ((bits >> 11) | 1) as f64 / 9007199254740992.0;
        let exact = -libm::log(u);
        assert!((waiting.at(bits) - exact).abs() < 4e-15 * (1.0 + exact), "{bits:x}");
    }
    assert!(waiting.at(0) < 37.0 && waiting.at(u64::MAX) > 0.0);
}

#[test]
fn filling_a_slice_gives_what_drawing_one_by_one_gives() {
    for length in [0, 1, 2, 3, 15, 16, 17, 63, 600] {
        for skipped in 0..3 {
            let mut one = Stream::new(7, "risk.phishing.loss", 3);
            for _ in 0..skipped {
                one.next_u64();
            }
            let mut many = one.clone();
            let mut filled = vec![0.0; length];
            many.fill_uniform(&mut filled);
            let drawn: Vec<f64> = (0..length).map(|_| one.uniform()).collect();
            assert_eq!(filled, drawn);
            assert_eq!(one.next_u64(), many.next_u64());
        }
    }
}

#[test]
fn a_stream_is_its_seed_its_label_and_its_block() {
    let first = |seed, label: &str, block| Stream::new(seed, label, block).next_u64();
    let here = first(1, "a", 0);
    assert_eq!(here, first(1, "a", 0));
    assert_eq!(first(1, "a", 9), Stream::new(1, "a", 0).in_block(9).next_u64());
    let others = [first(2, "a", 0), first(1, "b", 0), first(1, "a", 1), first(1, "a\0", 0), first(1, "", 0)];
    assert!(others.iter().all(|other| *other != here));
    // Pinned: a change of the hash or of the order changes every figure that was ever published.
    assert_eq!(here, PINNED);
}

const PINNED: u64 = 1_485_604_454_076_179_940;

#[test]
fn uniforms_are_never_zero_nor_one() {
    assert_eq!(open_unit(0), 0.5 / 9007199254740992.0);
    assert_eq!(open_unit(u64::MAX), 1.0 - 1.0 / 9007199254740992.0);
    let mut stream = Stream::new(1, "uniform", 0);
    let n = 200_000;
    let (mut sum, mut square) = (0.0, 0.0);
    for _ in 0..n {
        let u = stream.uniform() - 0.5;
        sum += u;
        square += u * u;
    }
    let n = f64::from(n);
    assert!((sum / n).abs() < 4.0 * (1.0 / 12.0 / n).sqrt());
    assert!((square / n - 1.0 / 12.0).abs() < 4.0 * (1.0 / 180.0 / n).sqrt());
}

#[test]
fn poisson_counts_are_the_inverse_of_their_distribution() {
    for mean in [0.02, 0.9, 7.3, 15.9, 16.1, 120.0, 8192.0, 3e6] {
        let mut stream = Stream::new(11, "poisson", 0);
        for _ in 0..400 {
            let u = stream.uniform();
            let n = poisson_from(mean, u);
            let cdf = |n: f64| IncompleteGamma::new(n + 1.0).pair(mean).1;
            assert!(cdf(n as f64) >= u - 1e-9, "{mean} {u} {n}");
            assert!(n == 0 || cdf(n as f64 - 1.0) < u + 1e-9, "{mean} {u} {n}");
        }
    }
    for mean in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(poisson_from(mean, 0.5), 0);
    }
    assert!(poisson_from(3.0, open_unit(u64::MAX)) < 60);
    assert!(poisson_from(1e4, open_unit(u64::MAX)) < 12_000);
}

#[test]
fn the_standard_draws_have_their_moments() {
    let mut stream = Stream::new(5, "moments", 0);
    let n = 100_000;
    let mut sums = [0.0; 5];
    for _ in 0..n {
        let (e, z, k) = (stream.exponential(), stream.normal(), stream.poisson(2.5) as f64);
        let happened = if stream.happens(0.3) { 1.0 } else { 0.0 };
        for (sum, value) in sums.iter_mut().zip([e, z, z * z, k, happened]) {
            *sum += value;
        }
    }
    let n = f64::from(n);
    let expected = [(1.0, 1.0), (0.0, 1.0), (1.0, 2.0), (2.5, 2.5), (0.3, 0.21)];
    for (sum, (mean, variance)) in sums.into_iter().zip(expected) {
        assert!((sum / n - mean).abs() < 4.0 * (variance / n).sqrt(), "{} {mean}", sum / n);
    }
}
