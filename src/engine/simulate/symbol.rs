//! How do the formulas of one world run over a thousand worlds at once?
//!
//! The layout of a risk in one world ([`crate::engine::event`]) is written for any kind of number.
//! Here that number is a symbol: working it out once writes down a program of sums and products,
//! which then runs column by column over as many worlds as are wanted. So the simulated year reads
//! the very formulas of the exact one.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::{Add, Mul, Sub};

use rust_decimal::Decimal;

use crate::stats::rng::Counter;
use crate::stats::sampling::Sampler;
use crate::units::Arithmetic;

/// What a step works on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Argument {
    Known(f64),
    Node(u32),
}

impl Argument {
    fn key(self) -> (bool, u64) {
        match self {
            Self::Known(value) => (false, value.to_bits()),
            Self::Node(index) => (true, u64::from(index)),
        }
    }
}

/// A step of a program.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    /// The unknown with this index.
    Draw(u32),
    Sum(Argument, Argument),
    Difference(Argument, Argument),
    Product(Argument, Argument),
    Quotient(Argument, Argument),
}

type Key = (u8, (bool, u64), (bool, u64));

/// Where symbols are written down.
#[derive(Debug, Default)]
pub struct Arena {
    steps: RefCell<Vec<(Step, f64)>>,
    known: RefCell<HashMap<Key, u32>>,
}

impl Arena {
    /// The symbol of an unknown with this mean.
    pub fn draw(&self, unknown: usize, mean: f64) -> Symbol<'_> {
        self.write(Step::Draw(unknown as u32), (0, (true, unknown as u64), (false, 0)), mean)
    }

    fn write(&self, step: Step, key: Key, mean: f64) -> Symbol<'_> {
        let index = *self.known.borrow_mut().entry(key).or_insert_with(|| {
            let mut steps = self.steps.borrow_mut();
            steps.push((step, mean));
            steps.len() as u32 - 1
        });
        Symbol::Node(self, index)
    }
}

/// A number that is known, or worked out in each world.
#[derive(Debug, Clone, Copy)]
pub enum Symbol<'a> {
    /// The same in every world.
    Known(f64),
    /// A step.
    Node(&'a Arena, u32),
}

impl PartialEq for Symbol<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.argument() == other.argument()
    }
}

impl<'a> Symbol<'a> {
    fn argument(self) -> Argument {
        match self {
            Self::Known(value) => Argument::Known(value),
            Self::Node(_, index) => Argument::Node(index),
        }
    }

    fn combined(self, other: Self, tag: u8, step: fn(Argument, Argument) -> Step, mean: f64) -> Self {
        let ((Self::Node(arena, _), _) | (_, Self::Node(arena, _))) = (self, other) else { return Self::Known(mean) };
        let (a, b) = (self.argument(), other.argument());
        arena.write(step(a, b), (tag, a.key(), b.key()), mean)
    }
}

impl Add for Symbol<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(0.0), x) | (x, Self::Known(0.0)) => x,
            _ => self.combined(other, 1, Step::Sum, self.float() + other.float()),
        }
    }
}

impl Sub for Symbol<'_> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        match (self, other) {
            (x, Self::Known(0.0)) => x,
            _ => self.combined(other, 2, Step::Difference, self.float() - other.float()),
        }
    }
}

impl Mul for Symbol<'_> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        match (self, other) {
            (Self::Known(1.0), x) | (x, Self::Known(1.0)) => x,
            (Self::Known(0.0), _) | (_, Self::Known(0.0)) => Self::Known(0.0),
            _ => self.combined(other, 3, Step::Product, self.float() * other.float()),
        }
    }
}

impl Arithmetic for Symbol<'_> {
    const ZERO: Self = Symbol::Known(0.0);
    const ONE: Self = Symbol::Known(1.0);
    fn from_decimal(value: Decimal) -> Self {
        Self::Known(f64::from_decimal(value))
    }
    fn from_float(value: f64) -> Self {
        Self::Known(value)
    }
    /// In the world in which everything has its mean.
    fn float(self) -> f64 {
        match self {
            Self::Known(value) => value,
            Self::Node(arena, index) => arena.steps.borrow()[index as usize].1,
        }
    }
    fn over(self, other: Self) -> Self {
        match other {
            Self::Known(1.0) => self,
            _ => self.combined(other, 4, Step::Quotient, self.float().over(other.float())),
        }
    }
}

/// How a number is worked out.
#[derive(Debug, Clone, Copy)]
pub enum Worked<'a> {
    /// It is known.
    Known(f64),
    /// It is the unknown with this index.
    Unknown(usize),
    /// Two others with a sign between them: `+`, `-`, `*` or `/`.
    Pair(char, Symbol<'a>, Symbol<'a>),
}

impl<'a> Symbol<'a> {
    /// Its place in the arena, where it is a step.
    pub fn node(self) -> Option<u32> {
        match self {
            Self::Known(_) => None,
            Self::Node(_, index) => Some(index),
        }
    }

    /// How it is worked out.
    pub fn worked(self) -> Worked<'a> {
        let Self::Node(arena, index) = self else { return Worked::Known(self.float()) };
        let of = |argument: Argument| match argument {
            Argument::Known(value) => Self::Known(value),
            Argument::Node(index) => Self::Node(arena, index),
        };
        match arena.steps.borrow()[index as usize].0 {
            Step::Draw(unknown) => Worked::Unknown(unknown as usize),
            Step::Sum(a, b) => Worked::Pair('+', of(a), of(b)),
            Step::Difference(a, b) => Worked::Pair('-', of(a), of(b)),
            Step::Product(a, b) => Worked::Pair('*', of(a), of(b)),
            Step::Quotient(a, b) => Worked::Pair('/', of(a), of(b)),
        }
    }

    /// Every step that it rests on, itself the last: each after those that it needs.
    pub fn steps(self) -> Vec<Symbol<'a>> {
        let Self::Node(arena, index) = self else { return Vec::new() };
        let mut found = BTreeSet::new();
        let mut open = vec![index];
        while let Some(index) = open.pop() {
            if !found.insert(index) {
                continue;
            }
            if let Worked::Pair(_, a, b) = Self::Node(arena, index).worked() {
                open.extend([a.node(), b.node()].into_iter().flatten());
            }
        }
        found.into_iter().map(|index| Self::Node(arena, index)).collect()
    }
}

/// Where a number of a world stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operand {
    /// It is the same in every world.
    Known(f64),
    /// In this column.
    Column(u32),
}

/// The steps that lead to some symbols, in an order in which they can be worked out.
#[derive(Debug, Clone, Default)]
pub struct Program {
    steps: Vec<Step>,
}

/// One thing that is not known, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Its numbers.
    pub counter: Counter,
    /// Its range.
    pub sampler: Sampler,
    /// A chance that is doubted is cut here.
    pub cap: f64,
}

impl Program {
    /// Of these symbols; tells where each of them will stand.
    pub fn new<'a>(symbols: impl IntoIterator<Item = Symbol<'a>>) -> (Self, Vec<Operand>) {
        let symbols: Vec<Symbol<'a>> = symbols.into_iter().collect();
        let Some(arena) = symbols.iter().find_map(|symbol| match symbol {
            Symbol::Node(arena, _) => Some(*arena),
            Symbol::Known(_) => None,
        }) else {
            return (Self::default(), symbols.iter().map(|symbol| Operand::Known(symbol.float())).collect());
        };
        let steps = arena.steps.borrow();
        let mut open: Vec<u32> = Vec::new();
        let mut places: HashMap<u32, u32> = HashMap::new();
        let visit = |argument: Argument, open: &mut Vec<u32>| {
            if let Argument::Node(index) = argument {
                open.push(index);
            }
        };
        symbols.iter().for_each(|symbol| visit(symbol.argument(), &mut open));
        while let Some(index) = open.pop() {
            if places.insert(index, 0).is_some() {
                continue;
            }
            match steps[index as usize].0 {
                Step::Draw(_) => {}
                Step::Sum(a, b) | Step::Difference(a, b) | Step::Product(a, b) | Step::Quotient(a, b) => {
                    visit(a, &mut open);
                    visit(b, &mut open);
                }
            }
        }
        // Steps were written down in an order in which they can be worked out.
        let mut order: Vec<u32> = places.keys().copied().collect();
        order.sort_unstable();
        order.iter().enumerate().for_each(|(place, index)| {
            places.insert(*index, place as u32);
        });
        let placed = |argument: Argument| match argument {
            Argument::Known(value) => Argument::Known(value),
            Argument::Node(index) => Argument::Node(places[&index]),
        };
        let program = order
            .iter()
            .map(|index| match steps[*index as usize].0 {
                Step::Draw(unknown) => Step::Draw(unknown),
                Step::Sum(a, b) => Step::Sum(placed(a), placed(b)),
                Step::Difference(a, b) => Step::Difference(placed(a), placed(b)),
                Step::Product(a, b) => Step::Product(placed(a), placed(b)),
                Step::Quotient(a, b) => Step::Quotient(placed(a), placed(b)),
            })
            .collect();
        let operands = symbols.iter().map(|symbol| match placed(symbol.argument()) {
            Argument::Known(value) => Operand::Known(value),
            Argument::Node(place) => Operand::Column(place),
        });
        (Self { steps: program }, operands.collect())
    }

    /// The unknowns that it draws.
    pub fn unknowns(&self) -> impl Iterator<Item = usize> + '_ {
        self.steps.iter().filter_map(|step| if let Step::Draw(unknown) = step { Some(*unknown as usize) } else { None })
    }

    /// Puts other indices in the place of the unknowns'.
    pub fn rename(&mut self, place: impl Fn(usize) -> usize) {
        for step in &mut self.steps {
            if let Step::Draw(unknown) = step {
                *unknown = place(*unknown as usize) as u32;
            }
        }
    }

    /// Works out every step in the worlds of a block with these numbers.
    pub fn run(&self, unknowns: &[Drawn], block: u64, worlds: &[u32], columns: &mut Columns) {
        columns.length = worlds.len();
        let wanted = self.steps.len() * worlds.len();
        if columns.numbers.len() < wanted {
            columns.numbers.resize(wanted, 0.0);
        }
        for (place, step) in self.steps.iter().enumerate() {
            let (before, rest) = columns.numbers.split_at_mut(place * worlds.len());
            let out = &mut rest[..worlds.len()];
            let column = |index: u32| &before[index as usize * worlds.len()..(index as usize + 1) * worlds.len()];
            match *step {
                Step::Draw(unknown) => {
                    let Drawn { counter, sampler, cap } = &unknowns[unknown as usize];
                    let counter = counter.block(block);
                    let draws =
                        worlds.iter().enumerate().map(|(place, world)| (place, counter.bits(u64::from(*world))));
                    sampler.each(draws, |place, draw| out[place] = draw.min(*cap));
                }
                Step::Sum(a, b) => each(out, a, b, column, |a, b| a + b),
                Step::Difference(a, b) => each(out, a, b, column, |a, b| a - b),
                Step::Product(a, b) => each(out, a, b, column, |a, b| a * b),
                Step::Quotient(a, b) => each(out, a, b, column, |a, b| a.over(b)),
            }
        }
    }
}

fn each<'c>(
    out: &mut [f64],
    a: Argument,
    b: Argument,
    column: impl Fn(u32) -> &'c [f64],
    step: impl Fn(f64, f64) -> f64,
) {
    match (a, b) {
        (Argument::Node(a), Argument::Node(b)) => {
            out.iter_mut().zip(column(a).iter().zip(column(b))).for_each(|(out, (a, b))| *out = step(*a, *b));
        }
        (Argument::Node(a), Argument::Known(b)) => {
            out.iter_mut().zip(column(a)).for_each(|(out, a)| *out = step(*a, b));
        }
        (Argument::Known(a), Argument::Node(b)) => {
            out.iter_mut().zip(column(b)).for_each(|(out, b)| *out = step(a, *b));
        }
        (Argument::Known(a), Argument::Known(b)) => out.fill(step(a, b)),
    }
}

/// Numbers by step and world.
#[derive(Debug, Default)]
pub struct Columns {
    numbers: Vec<f64>,
    length: usize,
}

impl Columns {
    /// The number of an operand in the world at this place.
    #[inline]
    pub fn get(&self, operand: Operand, place: usize) -> f64 {
        match operand {
            Operand::Known(value) => value,
            Operand::Column(column) => self.numbers[column as usize * self.length + place],
        }
    }

    /// A whole column.
    pub fn column(&self, operand: Operand) -> Result<&[f64], f64> {
        match operand {
            Operand::Known(value) => Err(value),
            Operand::Column(column) => Ok(&self.numbers[column as usize * self.length..][..self.length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Distribution;

    #[test]
    fn a_program_gives_what_the_formula_gives() {
        fn formula<N: Arithmetic>(x: N, y: N) -> N {
            let half = N::from_float(0.5);
            (x * y + half) * (N::ONE - x * y) * N::ONE + (N::ZERO * x).over(half) + x.over(y - y)
        }
        let arena = Arena::default();
        let (program, operands) = Program::new([formula(arena.draw(0, 0.3), arena.draw(1, 2.0)), Symbol::Known(7.0)]);
        let unknowns: Vec<Drawn> = [(0.0, 1.0), (1.0, 3.0)]
            .iter()
            .zip(0..)
            .map(|((low, high), label)| Drawn {
                counter: Counter::from_key(label),
                sampler: Sampler::new(&Distribution::uniform(*low, *high).unwrap()),
                cap: f64::INFINITY,
            })
            .collect();
        let mut columns = Columns::default();
        program.run(&unknowns, 3, &[0, 5, 6], &mut columns);
        for (place, world) in [0, 5, 6].into_iter().enumerate() {
            let [x, y] = [0, 1].map(|u: usize| unknowns[u].sampler.at(unknowns[u].counter.block(3).bits(world)));
            assert_eq!(columns.get(operands[0], place), formula(x, y));
        }
        assert_eq!(operands[1], Operand::Known(7.0));
        assert_eq!(formula(arena.draw(0, 0.3), arena.draw(1, 2.0)).float(), formula(0.3, 2.0));
    }
}
