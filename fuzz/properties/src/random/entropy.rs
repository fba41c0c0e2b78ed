//! Where all that is random here comes from.

/// Octets that look random and depend on `seed` alone.
#[must_use]
pub fn entropy(seed: u64, len: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        // SplitMix64: each state gives another word, and neighbouring seeds have nothing in common.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let word = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    });
    words.take(len.div_ceil(8)).flat_map(u64::to_le_bytes).take(len).collect()
}
