//! Octets as hexadecimal digits, the form they have in the rows.

/// The octets of `text`, two digits each.
///
/// # Errors
///
/// What is wrong with the digits.
pub(crate) fn octets(text: &str) -> Result<Vec<u8>, String> {
    let digits: Option<Vec<u8>> = text.chars().map(digit).collect();
    let digits = digits.ok_or_else(|| format!("expected hexadecimal digits, found `{text}`"))?;
    match digits.as_chunks::<2>() {
        (pairs, []) => Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect()),
        _ => Err(format!("expected two digits for each octet, found {} digits", digits.len())),
    }
}

fn digit(letter: char) -> Option<u8> {
    // Lossless: a digit is below 16.
    letter.to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pairs_of_digits_of_either_case() {
        assert_eq!(octets("00fFA5"), Ok(vec![0x00, 0xff, 0xa5]));
        assert_eq!(octets(""), Ok(vec![]));
    }

    #[test]
    fn refuses_what_is_no_pair_of_digits() {
        assert!(octets("0").is_err());
        assert!(octets("0x").is_err());
        assert!(octets("é0").is_err());
    }
}
