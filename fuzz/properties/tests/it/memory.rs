//! Where there is no memory for what an input asks for, there is an error.
//!
//! Allocations of a size that no input decides cannot be told to fail on a stable compiler: a box of one value, the error
//! itself, and what makes a buffer shareable. They are smaller than [`LARGE`].

use crate::allocator;
use crate::victim::{Refusal, Victim};
use barewire::{Decode, DecodeErrorKind, Encode, Limits, Reader, Str, Varint};
use barewire_properties::random::entropy;

/// From this size on, an allocation is one whose size the input decided.
const LARGE: usize = 1024;

/// How many values are drawn of each type.
const VALUES: u64 = 2;

#[test]
fn each_allocation_that_is_refused_is_an_error() {
    let mut refusals = 0;
    // Each refusal is another run: types of random schemas would add to the time, and nothing else.
    for victim in Victim::all().into_iter().filter(|victim| !victim.subject.title.starts_with("random")) {
        for seed in 0..VALUES {
            let frame = victim.drawn(&entropy(seed, 512), 4 * LARGE);
            for way in &victim.ways {
                let take = || (way.take)(&frame, &Limits::trusted());
                let expected = take();
                for n in 0.. {
                    let (is_refused, result) = allocator::refusing(n, LARGE, take);
                    if !is_refused {
                        assert_eq!(result, expected);
                        break;
                    }
                    // A second layout that is only looked at may be left alone.
                    let is_looked_at = victim.has_alternates && result == expected;
                    assert!(
                        is_looked_at || result == Err(Refusal::OutOfMemory),
                        "{}, {}, allocation {n}: {result:?}",
                        victim.name,
                        way.name
                    );
                    refusals += 1;
                }
            }
        }
    }
    assert!(refusals > 500, "{refusals}");
}

/// Without a budget a list reserves only what the default would allow, and grows by the elements that really come.
#[test]
fn growth_that_is_refused_is_an_error() {
    const COUNT: u64 = 100_000;
    let mut octets = Vec::new();
    <u64 as Encode<Varint>>::write(&COUNT, &mut octets);
    // Empty strings take one octet each here, and 40 in memory.
    octets.resize(octets.len() + COUNT as usize, 0);
    let read = || {
        let mut r = Reader::new(&octets, &Limits::trusted());
        let read = <Vec<Str> as Decode>::read(&mut r);
        read.map(|strings| strings.len()).map_err(|failed| r.error(failed).kind())
    };
    for n in 0..2 {
        let (is_refused, result) = allocator::refusing(n, LARGE, read);
        assert!(is_refused && matches!(result, Err(DecodeErrorKind::OutOfMemory { .. })), "{n}: {result:?}");
    }
    assert_eq!(allocator::refusing(2, LARGE, read), (false, Ok(COUNT as usize)));
}
