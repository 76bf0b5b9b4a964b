//! Do the generators give the published words, and draws that are even?

use super::*;

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
fn a_stream_is_its_seed_its_label_and_its_block() {
    let first = |seed, label: &str, block| Stream::new(seed, label, block).next_u64();
    let here = first(1, "a", 0);
    assert_eq!(here, first(1, "a", 0));
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
