//! Checking text: the shortest ASCII in place, as most text in messages is a name or an id, and other text by a call.

#![allow(
    unsafe_code,
    reason = "ASCII is UTF-8, which the safe conversion would check once more; \
              messages of short strings take twice as long with it"
)]

use crate::utf8::{self, SHORT};

/// The high bits of all octets: ASCII has none of them set.
const HIGH_BITS: u128 = u128::from_ne_bytes([0x80; 16]);

/// The first `len` octets of `octets` as text; `None` if they are no UTF-8, or fewer.
///
/// Up to 32 octets of ASCII are told in place if there are 16 octets, of which those behind the text may be looked at, too:
/// that saves choosing by the length. Other text is told by a call.
#[inline(always)]
pub(crate) fn text(octets: &[u8], len: usize) -> Option<&str> {
    let text = octets.get(..len)?;
    let is_short_ascii = match (octets.first_chunk(), text.last_chunk()) {
        (Some(start), _) if len <= 16 => {
            let high_bits = u128::from_le_bytes(*start) & HIGH_BITS;
            let (low, high) = (high_bits as u64, (high_bits >> 64) as u64);
            let behind = |bits: u64, from: u32| (bits.trailing_zeros() + from) / 8;
            let ascii = if low == 0 { behind(high, 64) } else { behind(low, 0) };
            ascii as usize >= len
        }
        // Both words overlap where the text is shorter than both.
        (Some(start), Some(last)) if len <= 32 => {
            is_ascii(u128::from_le_bytes(*start) | u128::from_le_bytes(*last))
        }
        _ => false,
    };
    // SAFETY: `from_utf8_unchecked` requires that the octets are UTF-8. Either `is_utf8` says so, whose tests compare it with
    // the standard library behind every state, or all of `text` was found to be below 0x80: by the position of the first octet
    // that is not, or by all of them or-ed together. Each such octet is the UTF-8 encoding of one character.
    (is_short_ascii || is_text(text)).then(|| unsafe { core::str::from_utf8_unchecked(text) })
}

/// Whether none of the octets of a word has its high bit set.
const fn is_ascii(word: u128) -> bool {
    word & HIGH_BITS == 0
}

/// Whether `octets` are UTF-8, whatever their length.
#[inline(never)]
fn is_text(octets: &[u8]) -> bool {
    let is_ascii = match octets.len() {
        ..16 => is_ascii_by_halves(octets),
        16..=32 => is_ascii_by_ends::<16>(octets),
        33..=64 => is_ascii_by_ends::<32>(octets),
        65..=SHORT => is_ascii_by_ends::<64>(octets),
        _ => false,
    };
    is_ascii || utf8::is_utf8(octets)
}

/// Whether the first `N` and the last `N` octets of `text` are ASCII: all, if it has at least `N` and at most 2 `N`.
#[inline]
fn is_ascii_by_ends<const N: usize>(text: &[u8]) -> bool {
    let (Some(first), Some(last)) = (text.first_chunk::<N>(), text.last_chunk::<N>()) else { return false };
    let ends = [first, last].map(|end| end.as_chunks().0);
    is_ascii(ends.into_iter().flatten().fold(0, |all, word| all | u128::from_le_bytes(*word)))
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
    use super::{SHORT, text};
    use alloc::vec;

    /// At every length, with every octet in turn as one that is not ASCII, inside the text and behind it.
    #[test]
    fn octets_that_are_no_text_are_found_at_every_place() {
        for len in 0..=SHORT + 20 {
            for behind in [0, 1, 15, 16, 40] {
                let mut octets = vec![b'a'; len + behind];
                for position in 0..octets.len() {
                    // Two such octets, so that none makes up for the other.
                    for distance in [0, 1, 4, 8, 16] {
                        let wrong = [position, (position + distance).min(octets.len() - 1)];
                        wrong.into_iter().for_each(|position| octets[position] = 0x80);
                        let found = text(&octets, len);
                        assert_eq!(found.is_some(), position >= len, "{len} of {}, {wrong:?}", len + behind);
                        assert!(found.is_none_or(|text| text.len() == len && text.is_ascii()));
                        wrong.into_iter().for_each(|position| octets[position] = b'a');
                    }
                }
            }
        }
    }

    /// A letter of two octets at every place, whole and cut.
    #[test]
    fn text_need_not_be_ascii() {
        for len in 2..=SHORT + 20 {
            for position in 0..len {
                let mut octets = vec![b'a'; len + 1];
                octets[position..position + 2].copy_from_slice("\u{e9}".as_bytes());
                let expected = core::str::from_utf8(&octets[..len]).ok();
                assert_eq!(text(&octets, len), expected, "{position} of {len}");
                assert_eq!(text(&octets[..len], len), expected, "{position} of {len}, and nothing behind");
            }
        }
    }

    #[test]
    fn there_is_no_text_in_fewer_octets() {
        assert_eq!(text(b"a", 2), None);
    }
}
