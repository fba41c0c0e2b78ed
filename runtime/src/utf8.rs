//! Telling UTF-8 from other octets, one octet after the other: text of many scripts, which ASCII is not.
//!
//! The standard library asks for each character how long it is, which a processor cannot guess where scripts change.
//! Here nothing depends on the text but which row of a table is read.

/// What an octet may follow, as where it stands in each row of [`ROWS`].
type State = u64;

/// The bits of a state.
const BITS: u64 = 6;

/// The bits that a state is in; what is above them is of no account.
const MASK: u64 = (1 << BITS) - 1;

/// No text, whatever follows.
const REFUSED: State = 0;
/// The end of a character.
const WHOLE: State = BITS;
/// One more octet belongs to the character.
const ONE: State = 2 * BITS;
/// Two more do.
const TWO: State = 3 * BITS;
/// Two more do, of which the first must not begin a shorter form.
const TWO_AFTER_E0: State = 4 * BITS;
/// Two more do, of which the first must not begin a surrogate.
const TWO_AFTER_ED: State = 5 * BITS;
/// Three more do.
const THREE: State = 6 * BITS;
/// Three more do, of which the first must not begin a shorter form.
const THREE_AFTER_F0: State = 7 * BITS;
/// Three more do, of which the first must not go beyond the last character.
const THREE_AFTER_F4: State = 8 * BITS;

/// For each octet the state behind it, shifted by the state before it.
static ROWS: [u64; 256] = rows();

const fn rows() -> [u64; 256] {
    let mut rows = [0; 256];
    let mut octet = 0;
    while octet < rows.len() {
        let mut before = REFUSED;
        while before <= THREE_AFTER_F4 {
            rows[octet] |= behind(before, octet as u8) << before;
            before += BITS;
        }
        octet += 1;
    }
    rows
}

/// The state behind `octet`: table 3-7 of the Unicode standard.
const fn behind(before: State, octet: u8) -> State {
    match (before, octet) {
        (WHOLE, 0x00..=0x7f) | (ONE, 0x80..=0xbf) => WHOLE,
        (WHOLE, 0xc2..=0xdf)
        | (TWO, 0x80..=0xbf)
        | (TWO_AFTER_E0, 0xa0..=0xbf)
        | (TWO_AFTER_ED, 0x80..=0x9f) => ONE,
        (WHOLE, 0xe0) => TWO_AFTER_E0,
        (WHOLE, 0xed) => TWO_AFTER_ED,
        (WHOLE, 0xe1..=0xef)
        | (THREE, 0x80..=0xbf)
        | (THREE_AFTER_F0, 0x90..=0xbf)
        | (THREE_AFTER_F4, 0x80..=0x8f) => TWO,
        (WHOLE, 0xf0) => THREE_AFTER_F0,
        (WHOLE, 0xf1..=0xf3) => THREE,
        (WHOLE, 0xf4) => THREE_AFTER_F4,
        _ => REFUSED,
    }
}

/// The most octets of which none is skipped. Whether words of them are ASCII changes too often to be guessed; longer text is
/// often ASCII for the most part.
pub(crate) const SHORT: usize = 128;

/// Whether `octets` are UTF-8.
pub(crate) fn is_utf8(octets: &[u8]) -> bool {
    if octets.len() <= SHORT {
        return behind_all(WHOLE, octets) == WHOLE;
    }
    let (blocks, rest) = octets.as_chunks::<64>();
    let mut state = WHOLE;
    for block in blocks {
        if state != WHOLE || !block.is_ascii() {
            state = behind_words(state, block);
        }
    }
    behind_words(state, rest) == WHOLE
}

/// The state behind all `octets`, of which words of ASCII need no table.
fn behind_words(before: State, octets: &[u8]) -> State {
    let (words, rest) = octets.as_chunks::<8>();
    let mut state = before;
    for word in words {
        if state != WHOLE || !word.is_ascii() {
            state = behind_all(state, word);
        }
    }
    behind_all(state, rest)
}

/// The state behind all `octets`.
#[inline]
fn behind_all(before: State, octets: &[u8]) -> State {
    octets.iter().fold(before, |before, &octet| ROWS[usize::from(octet)] >> (before & MASK)) & MASK
}

#[cfg(test)]
mod tests {
    use super::is_utf8;

    /// One octet of each kind that the table tells apart, and both ends of it.
    const KINDS: [u8; 26] = [
        0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee,
        0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf8, 0xfe, 0xff,
    ];

    fn agrees(octets: &[u8]) {
        assert_eq!(is_utf8(octets), core::str::from_utf8(octets).is_ok(), "{octets:02x?}");
    }

    /// Every octet behind every state: one octet leads to each of them, and at most two more tell where the next one led.
    #[test]
    fn all_octets_are_told_as_the_standard_library_does() {
        agrees(&[]);
        for first in KINDS {
            agrees(&[first]);
            for octet in 0..=u8::MAX {
                agrees(&[first, octet]);
                for next in KINDS {
                    agrees(&[first, octet, next]);
                    KINDS.iter().for_each(|&last| agrees(&[first, octet, next, last]));
                }
            }
        }
    }

    /// Characters of every length, also cut and wrong, at every place between others, so that each bound of what is told at
    /// once lies in each of them.
    #[test]
    fn characters_are_told_at_every_place() {
        let wrong = [
            "\u{80}\u{800}\u{10000}".as_bytes(),
            &[0xed, 0xa0, 0x80],
            &[0xc0, 0x80],
            &[0xf4, 0x90, 0x80, 0x80],
        ];
        let texts = ["\u{e9}", "\u{20ac}", "\u{1f980}"].map(str::as_bytes);
        let cut = texts.map(|text| &text[..text.len() - 1]);
        for filling in ["a", "\u{e9}", "\u{20ac}", "\u{1f980}"] {
            for len in 0..=3 * super::SHORT / 2 / filling.len() {
                for at in 0..=len {
                    for text in texts.iter().chain(&cut).chain(&wrong) {
                        let [before, behind] = [at, len - at].map(|count| filling.repeat(count));
                        agrees(&[before.as_bytes(), text, behind.as_bytes()].concat());
                    }
                }
            }
        }
    }

    /// What is skipped must not stand inside a character: not even if the rest of it follows.
    #[test]
    fn no_character_goes_on_behind_ascii() {
        for text in ["\u{e9}", "\u{20ac}", "\u{1f980}"].map(str::as_bytes) {
            for cut in 1..text.len() {
                let (start, end) = text.split_at(cut);
                for at in 0..=super::SHORT + 64 {
                    for ascii in [1, 8, 16, 64, 128] {
                        agrees(
                            &[&[b'a'; 256][..at], start, &[b'a'; 128][..ascii], end, &[b'a'; 64]].concat(),
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn every_character_is_text_and_none_without_its_last_octet() {
        let mut octets = [0; 4];
        for character in '\0'..=char::MAX {
            let text = character.encode_utf8(&mut octets).as_bytes();
            assert!(is_utf8(text), "{character:?}");
            assert_eq!(is_utf8(&text[..text.len() - 1]), text.len() == 1, "{character:?}");
        }
    }
}
