//! Octets as hexadecimal digits.

use std::fmt::Write as _;

/// Two lower-case digits for each octet.
pub(super) fn digits(octets: &[u8]) -> String {
    octets.iter().fold(String::with_capacity(2 * octets.len()), |mut text, octet| {
        write!(text, "{octet:02x}").expect("a string takes any text");
        text
    })
}

/// The octet of each two digits, or `None` where there are others than pairs of digits.
pub(super) fn octets(digits: &str) -> Option<impl ExactSizeIterator<Item = u8>> {
    let is_digit = |digit: &u8| digit.is_ascii_hexdigit();
    match digits.as_bytes().as_chunks::<2>() {
        (pairs, []) if digits.as_bytes().iter().all(is_digit) => {
            Some(pairs.iter().map(|[high, low]| value(*high) << 4 | value(*low)))
        }
        _ => None,
    }
}

fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        _ => digit - b'A' + 10,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pairs_of_digits_of_either_case() {
        assert_eq!(octets("00fFA5").map(Vec::from_iter), Some(vec![0x00, 0xff, 0xa5]));
        assert_eq!(octets("").map(Vec::from_iter), Some(vec![]));
        assert_eq!(digits(&[0x00, 0xff, 0xa5]), "00ffa5");
    }

    #[test]
    fn refuses_what_is_no_pair_of_digits() {
        assert!(octets("0").is_none());
        assert!(octets("0x").is_none());
        assert!(octets("+1").is_none());
        assert!(octets("é").is_none());
    }
}
