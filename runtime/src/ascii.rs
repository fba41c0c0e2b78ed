//! Telling short ASCII text from other octets, inline: most text in messages is a name, an id or a header.

#![allow(
    unsafe_code,
    reason = "ASCII is UTF-8, which the safe conversion would check once more; \
              messages of short strings take twice as long with it"
)]

/// The longest text that is looked at here: the standard library is as fast for longer text.
const SHORT: usize = 128;

/// The high bits of all octets: ASCII has none of them set.
const HIGH_BITS: u128 = u128::from_ne_bytes([0x80; 16]);

/// The first `len` octets of `octets` as text, if they are few and all ASCII; `None` says nothing.
///
/// What follows them may be looked at, which saves choosing by the length.
#[inline(always)]
pub(crate) fn short_text(octets: &[u8], len: usize) -> Option<&str> {
    let text = octets.get(..len)?;
    let is_ascii = match octets.first_chunk() {
        Some(start) if len <= 16 => {
            let high_bits = u128::from_le_bytes(*start) & HIGH_BITS;
            let (low, high) = (high_bits as u64, (high_bits >> 64) as u64);
            let behind = |bits: u64, from: u32| (bits.trailing_zeros() + from) / 8;
            let ascii = if low == 0 { behind(high, 64) } else { behind(low, 0) };
            ascii as usize >= len
        }
        Some(start) if len <= SHORT => {
            // The last word overlaps the one before it where the length is not a multiple of theirs.
            let mut all = u128::from_le_bytes(*start);
            let mut rest = &text[16..];
            while let Some((word, behind)) = rest.split_first_chunk() {
                all |= u128::from_le_bytes(*word);
                rest = behind;
            }
            if let Some(last) = text.last_chunk() {
                all |= u128::from_le_bytes(*last);
            }
            all & HIGH_BITS == 0
        }
        Some(_) => false,
        None => is_ascii_by_halves(text),
    };
    // SAFETY: `from_utf8_unchecked` requires that the octets are UTF-8. `is_ascii` holds only if all of `text` was found
    // to be below 0x80: by the position of the first octet that is not, or by all of them or-ed together. Each such
    // octet is the UTF-8 encoding of one character.
    is_ascii.then(|| unsafe { core::str::from_utf8_unchecked(text) })
}

/// Whether all octets of a text of less than 16 are ASCII.
#[inline]
fn is_ascii_by_halves(text: &[u8]) -> bool {
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u64::from_ne_bytes(*first) | u64::from_ne_bytes(*last)) & HIGH_BITS as u64 == 0;
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return (u32::from_ne_bytes(*first) | u32::from_ne_bytes(*last)) & HIGH_BITS as u32 == 0;
    }
    text.iter().fold(0, |all, octet| all | octet) < 0x80
}

#[cfg(test)]
mod tests {
    use super::{SHORT, short_text};
    use alloc::vec;

    /// At every length, with every octet in turn as one that is not ASCII, inside the text and behind it.
    #[test]
    fn only_ascii_text_is_found_and_all_that_is_short() {
        for len in 0..=SHORT + 20 {
            for behind in [0, 1, 15, 16, 40] {
                let mut octets = vec![b'a'; len + behind];
                assert_eq!(short_text(&octets, len).is_some(), len <= SHORT, "{len} of {}", len + behind);
                for position in 0..octets.len() {
                    // Two such octets, so that none makes up for the other.
                    for distance in [0, 1, 4, 8, 16] {
                        let wrong = [position, (position + distance).min(octets.len() - 1)];
                        wrong.into_iter().for_each(|position| octets[position] = 0x80);
                        let expected = position >= len && len <= SHORT;
                        let found = short_text(&octets, len);
                        assert_eq!(found.is_some(), expected, "{len} of {}, {wrong:?}", len + behind);
                        assert!(found.is_none_or(|text| text.len() == len && text.is_ascii()));
                        wrong.into_iter().for_each(|position| octets[position] = b'a');
                    }
                }
            }
        }
        assert_eq!(short_text(b"a", 2), None);
    }
}
