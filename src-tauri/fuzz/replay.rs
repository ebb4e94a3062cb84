//! What a fuzz target finds stays a test: its corpus, and inputs made of it by a seeded dice.

use std::{fs, path::Path};

/// Runs the property over each file of a corpus, and over `changed` inputs that are made of them.
/// What fails fails each time, as the dice begins with the same number.
pub(crate) fn replay(corpus: &Path, changed: u64, property: impl Fn(&[u8])) {
    let mut files: Vec<_> = fs::read_dir(corpus)
        .expect("the corpus is committed")
        .map(|file| file.expect("the folder can be listed").path())
        .collect();
    files.sort();
    let inputs: Vec<_> = files
        .iter()
        .map(|file| fs::read(file).expect("the file can be read"))
        .collect();
    assert!(!inputs.is_empty(), "nothing in {}", corpus.display());
    for input in &inputs {
        property(input);
    }
    for seed in 0..changed {
        let mut dice = Dice(seed);
        let mut input = dice.pick(&inputs).clone();
        for _ in 0..=dice.below(4) {
            dice.change(&mut input, &inputs);
        }
        property(&input);
    }
}

/// `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.roll() % bound).unwrap_or_default()
    }

    fn pick<'a>(&mut self, all: &'a [Vec<u8>]) -> &'a Vec<u8> {
        &all[self.below(all.len())]
    }

    /// Changes an input a little: a byte, a piece gone, doubled, or taken from another input.
    fn change(&mut self, input: &mut Vec<u8>, all: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let length = self.below(9).min(input.len() - at);
        match self.below(5) {
            0 => input.insert(at, self.roll().to_le_bytes()[0]),
            1 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << self.below(8);
                }
            }
            2 => drop(input.drain(at..at + length)),
            3 => {
                let piece = input[at..at + length].to_vec();
                input.splice(at..at, piece);
            }
            _ => {
                let other = self.pick(all);
                let from = self.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
        }
    }
}
