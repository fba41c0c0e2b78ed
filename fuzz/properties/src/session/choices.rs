//! Where a schedule takes its choices from: a number, or the octets of a fuzzer.

/// A source of choices, which gives the same ones each time.
#[derive(Clone, Debug)]
pub struct Choices<'a>(Source<'a>);

#[derive(Clone, Debug)]
enum Source<'a> {
    Seed(u64),
    Octets(&'a [u8]),
}

impl<'a> Choices<'a> {
    /// Choices without end that depend on `seed` alone.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self(Source::Seed(seed.wrapping_mul(0xd134_2543_de82_ef95)))
    }

    /// One octet for each choice; behind the last octet everything is the first of its choices.
    #[must_use]
    pub fn of_octets(octets: &'a [u8]) -> Self {
        Self(Source::Octets(octets))
    }

    /// Whether there is nothing more to choose from.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        matches!(self.0, Source::Octets([]))
    }

    /// A number below `count`, which is at most 65536 and not 0.
    pub fn below(&mut self, count: u32) -> u32 {
        match &mut self.0 {
            Source::Seed(state) => {
                // SplitMix64, as in `random::entropy`.
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let word = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                (((word >> 32) * u64::from(count)) >> 32) as u32
            }
            Source::Octets(octets) => {
                let mut octet = || match octets.split_first() {
                    Some((first, rest)) => {
                        *octets = rest;
                        u32::from(*first)
                    }
                    None => 0,
                };
                let low = octet();
                if count <= 256 { low % count } else { (low | octet() << 8) % count }
            }
        }
    }

    /// True once in `count` times.
    pub fn once_in(&mut self, count: u32) -> bool {
        // Not the first choice, so that octets that have run out choose nothing unusual.
        self.below(count) == count - 1
    }
}
