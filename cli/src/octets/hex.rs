//! Octets as hexadecimal digits.

use std::fmt::Write as _;

use super::NoDigits;

/// The octets of pairs of digits; what people write between them is read over.
pub(super) fn octets(text: &[u8]) -> Result<Vec<u8>, NoDigits> {
    let mut octets = Vec::with_capacity(text.len() / 2);
    let mut high: Option<(usize, u8)> = None;
    let mut at = 0;
    while let Some(octet) = text.get(at) {
        let is_prefix = *octet == b'0' && high.is_none() && matches!(text.get(at + 1), Some(b'x' | b'X'));
        if is_prefix {
            at += 2;
            continue;
        }
        let digit = char::from(*octet).to_digit(16).map(|digit| digit as u8);
        match (digit, high) {
            (Some(digit), None) => high = Some((at, digit)),
            (Some(digit), Some((_, before))) => {
                octets.push(before << 4 | digit);
                high = None;
            }
            (None, None) if octet.is_ascii_whitespace() || matches!(octet, b':' | b'_' | b',') => {}
            (None, None) => return Err(NoDigits { at, what: "a hexadecimal digit" }),
            (None, Some(_)) => return Err(NoDigits { at, what: "the second digit of an octet" }),
        }
        at += 1;
    }
    match high {
        None => Ok(octets),
        Some(_) => Err(NoDigits { at, what: "the second digit of an octet" }),
    }
}

/// `04000102`
pub(crate) fn digits(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(2 * octets.len()), |mut text, octet| {
        let _ = write!(text, "{octet:02x}");
        text
    })
}

/// `04 00 01 02`
pub(crate) fn spaced(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_write() {
        for text in ["0400ff", "04 00 ff", "0x04 0x00 0xFF", "04:00:ff\n", "04_00_ff", "\t0400\nFF"] {
            assert_eq!(octets(text.as_bytes()), Ok(vec![4, 0, 255]), "{text}");
        }
        assert_eq!(octets(b""), Ok(vec![]));
        assert_eq!(octets(b"0x"), Ok(vec![]));
    }

    #[test]
    fn says_where_the_digits_end() {
        assert_eq!(octets(b"04 zz").map_err(|error| error.at), Err(3));
        assert_eq!(octets(b"04 0").map_err(|error| error.at), Err(4));
        assert_eq!(octets(b"0 4").map_err(|error| error.at), Err(1));
        assert_eq!(octets("é".as_bytes()).map_err(|error| error.at), Err(0));
    }
}
