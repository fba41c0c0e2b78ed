//! Octets in base64 (RFC 4648).

use super::NoDigits;

/// The signs of the plain alphabet.
const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The octets of a text in either alphabet; white space is read over, padding may be left out.
pub(super) fn octets(text: &[u8]) -> Result<Vec<u8>, NoDigits> {
    let mut octets = Vec::with_capacity(text.len() / 4 * 3);
    // The bits that do not make an octet yet.
    let (mut bits, mut count) = (0_u32, 0);
    let mut signs = 0;
    let mut padding = 0;
    for (at, sign) in text.iter().enumerate().filter(|(_, sign)| !sign.is_ascii_whitespace()) {
        if *sign == b'=' {
            padding += 1;
            if count == 0 || (signs + padding) > (signs + 3) / 4 * 4 {
                return Err(NoDigits { at, what: "a sign of base64" });
            }
            continue;
        }
        let value = match value(*sign) {
            Some(value) if padding == 0 => value,
            _ => return Err(NoDigits { at, what: "a sign of base64" }),
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        signs += 1;
        if count >= 8 {
            count -= 8;
            octets.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    // One sign alone is no octet, and bits that are left over would be lost.
    match signs % 4 {
        1 => Err(NoDigits { at: text.len(), what: "another sign of base64" }),
        _ if bits != 0 => Err(NoDigits { at: text.len(), what: "the rest of an octet" }),
        _ if padding > 0 && (signs + padding) % 4 != 0 => {
            Err(NoDigits { at: text.len(), what: "another `=`" })
        }
        _ => Ok(octets),
    }
}

/// In the plain alphabet, with padding.
pub(crate) fn encoded(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().div_ceil(3) * 4);
    for chunk in octets.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, octet| bits << 8 | u32::from(*octet)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let sign = SIGNS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

fn value(sign: u8) -> Option<u8> {
    Some(match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of RFC 4648, section 10.
    #[test]
    fn goes_both_ways() {
        let rows = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, text) in rows {
            assert_eq!(encoded(plain.as_bytes()), text);
            assert_eq!(octets(text.as_bytes()), Ok(plain.as_bytes().to_vec()));
            assert_eq!(octets(text.trim_end_matches('=').as_bytes()), Ok(plain.as_bytes().to_vec()));
        }
        assert_eq!(octets(b"-_\n+/"), Ok(vec![0xfb, 0xff, 0xbf]));
    }

    #[test]
    fn refuses_what_is_no_base64() {
        for (text, at) in
            [("Z", 1), ("Zm!v", 2), ("Zg=", 3), ("Zg===", 4), ("=", 0), ("Zh==", 4), ("Zg==Zg==", 4)]
        {
            assert_eq!(octets(text.as_bytes()).map_err(|error| error.at), Err(at), "{text}");
        }
    }
}
