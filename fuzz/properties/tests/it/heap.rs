//! How much heap an input takes at most: the worst of each type is searched for, and then made large.
//!
//! For each type a search draws octets, changes what took the most heap for each of its octets, and keeps what takes more.
//! `BAREWIRE_ROUNDS` makes it search longer than in an ordinary test.

use crate::allocator;
use crate::victim::{Refusal, Victim};
use barewire::{Bytes, Limits};
use barewire_properties::random::entropy;
use barewire_properties::subject::subjects;
use std::env;

/// What the default limits promise for an input of `len` octets.
fn bound(len: usize) -> usize {
    (1 << 20) + 16 * len
}

/// What takes the most heap for each of its octets on one of the ways.
#[derive(Clone)]
struct Worst {
    entropy: Vec<u8>,
    ratio: f64,
}

/// The octets of entropy that a candidate is drawn from: few, so that a change is likely to matter.
const DRAWN: usize = 48;

/// The worst that is found for each way.
fn search(victim: &Victim, rounds: usize) -> Vec<Worst> {
    let mut worst = vec![Worst { entropy: vec![0; DRAWN], ratio: 0.0 }; victim.ways.len()];
    let mut tried = 0;
    for round in 0..rounds {
        // A value of nine million octets is the same whatever is drawn.
        if tried > 4 << 20 {
            break;
        }
        let noise = entropy(round as u64, DRAWN + 16);
        let (fresh, changes) = noise.split_at(DRAWN);
        let mut candidate = match round % 2 {
            0 => fresh.to_vec(),
            _ => worst[round / 2 % worst.len()].entropy.clone(),
        };
        for change in changes.chunks_exact(2).take(usize::from(fresh[0] % 4) + 1) {
            candidate[usize::from(change[0]) % DRAWN] = change[1];
        }
        let frame = victim.drawn(&candidate, 2048);
        tried += frame.len();
        for (way, worst) in victim.ways.iter().zip(&mut worst) {
            let ratio = ratio(allocator::peak(|| (way.take)(&frame, &Limits::trusted())).0, &frame);
            if ratio > worst.ratio {
                *worst = Worst { entropy: candidate.clone(), ratio };
            }
        }
    }
    worst
}

/// The heap for each octet. Few octets are no ratio: what is allocated once is not what a large input takes.
fn ratio(peak: usize, frame: &Bytes) -> f64 {
    peak as f64 / (frame.len() + 256) as f64
}

/// How many rounds are searched for each type in an ordinary test.
const ROUNDS: usize = 12;

#[test]
fn the_worst_input_of_each_type_keeps_to_the_bound() {
    let rounds = env::var("BAREWIRE_ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().expect("a number"));
    let mut found = Vec::new();
    let mut refused = 0;
    for victim in Victim::all() {
        let rounds = match victim.subject.title {
            // These were made to have something to find.
            "hostile" => rounds * 8,
            random if random.starts_with("random") => rounds / 2,
            _ => rounds,
        };
        let worst = search(&victim, rounds);
        for (way, Worst { entropy, ratio }) in victim.ways.iter().zip(worst) {
            let name = format!("{} ({})", victim.name, way.name);
            // The bound is a mebibyte at least, and only what grows sixteenfold comes near it.
            let fills: &[usize] = if ratio < 10.0 { &[0] } else { &[0, 60_000, 300_000] };
            for fill in fills {
                let frame = victim.drawn(&entropy, *fill);
                let (peak, result) = allocator::peak(|| (way.take)(&frame, &Limits::default()));
                refused += usize::from(matches!(result, Err(Refusal::Limit(_))));
                let len = frame.len();
                assert!(peak <= bound(len), "{name}: {peak} octets for {len}: {result:?}");
            }
            found.push((ratio, name));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("octets of heap for each octet of input without limits, the worst of {} ways:", found.len());
    for (ratio, name) in found.iter().take(40) {
        println!("{ratio:8.1} {name}");
    }
    // Without a bound there would be much to find, and the default refuses it.
    assert!(found[0].0 > 100.0, "the search finds nothing");
    assert!(refused > 20, "{refused}");
}

/// The error names the limit, what was wanted, and where.
#[test]
fn a_refusal_says_what_and_where() {
    let deep = subjects().iter().find(|subject| subject.name == "Deep").expect("a type of `hostile.bare`");
    // Lists of one list each, and in the innermost as many unset options as there are octets.
    let count = 100_000_u32;
    let mut octets = vec![1, 1, 1, 1, count as u8 | 0x80, (count >> 7) as u8 | 0x80, (count >> 14) as u8];
    octets.resize(octets.len() + count as usize, 0);
    let error = deep.codec.owned((&octets[..]).into(), &Limits::default()).expect_err("too much");
    let (budget, wanted) = (Limits::default().heap(octets.len()), 264 * count);
    assert_eq!(
        error.to_string(),
        format!(
            "value needs {wanted} more bytes of heap, above the limit of {budget} for this input at byte 7 in Deep[0][0][0][0]"
        )
    );
    deep.codec.owned((&octets[..]).into(), &Limits::trusted()).expect("no limit");
}

/// It takes 8 octets a pair, and a pair takes two at least.
#[test]
fn views_allocate_nothing_but_the_scratch_of_unsorted_maps() {
    for victim in Victim::all().into_iter().filter(|victim| !victim.is_json) {
        for seed in 0..8 {
            let frame = victim.drawn(&entropy(seed, 512), 0);
            let (peak, result) = allocator::peak(|| victim.subject.codec.view(&frame, &Limits::default()));
            result.expect("drawn as a value of the type");
            assert!(peak <= 4 * frame.len(), "{}: {peak}", victim.name);
        }
    }
}
