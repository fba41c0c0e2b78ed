//! "Did you mean": the nearest known name, and what other languages call our types.

/// Names longer than this are not typing mistakes of each other; comparing them would only cost time.
const MAX_LEN: usize = 40;

/// How many candidates are looked at, so that a schema of many types stays linear.
const MAX_CANDIDATES: usize = 2000;

/// The words that may stand where a type is wanted.
const KEYWORDS: [&str; 22] = [
    "uint", "int", "u8", "u16", "u32", "u64", "i8", "i16", "i32", "i64", "f32", "f64", "bool", "str", "void",
    "data", "enum", "optional", "list", "map", "union", "struct",
];

/// The keyword that a word was probably meant to be.
pub(crate) fn keyword(word: &str) -> Option<&'static str> {
    known_elsewhere(word).or_else(|| nearest(word, KEYWORDS.into_iter()))
}

/// The candidate that differs least from `name`, if it differs little.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LEN {
        return None;
    }
    let limit = (name.len() / 3).clamp(1, 2);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates.take(MAX_CANDIDATES) {
        if candidate.eq_ignore_ascii_case(name) {
            return Some(candidate);
        }
        if candidate.len() > MAX_LEN || candidate.len().abs_diff(name.len()) > limit {
            continue;
        }
        let distance = distance(name.as_bytes(), candidate.as_bytes());
        // The first of equals wins, so that the answer does not depend on anything but the text.
        // A name of which nothing is left is no near name.
        if distance <= limit && distance < candidate.len() && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many letters must be changed, added, dropped or swapped with their neighbour.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut row = vec![i + 1];
        for j in 0..b.len() {
            let same = a[i].eq_ignore_ascii_case(&b[j]);
            let mut least = last[j] + usize::from(!same);
            least = least.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// What other schema languages, and the early drafts, call our types.
fn known_elsewhere(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "string" | "text" | "utf8" => "str",
        "bytes" | "blob" | "binary" | "buffer" => "data",
        "boolean" => "bool",
        "byte" | "char" | "uint8" => "u8",
        "uint16" | "ushort" => "u16",
        "uint32" => "u32",
        "uint64" | "ulong" => "u64",
        "sbyte" | "int8" => "i8",
        "int16" | "short" => "i16",
        "int32" => "i32",
        "int64" | "long" => "i64",
        "float" | "float32" | "single" => "f32",
        "double" | "float64" | "number" => "f64",
        "integer" | "isize" | "varint" => "int",
        "unsigned" | "usize" | "uvarint" => "uint",
        "array" | "vec" | "vector" | "sequence" | "repeated" => "list",
        "option" | "maybe" | "nullable" => "optional",
        "dict" | "dictionary" | "hashmap" => "map",
        "unit" | "null" | "nil" | "none" => "void",
        "record" | "message" => "struct",
        "oneof" | "variant" | "choice" => "union",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_probably_meant() {
        assert_eq!(keyword("optinal"), Some("optional"));
        assert_eq!(keyword("lsit"), Some("list"));
        assert_eq!(keyword("string"), Some("str"));
        assert_eq!(keyword("u9"), Some("u8"));
        assert_eq!(keyword("elephant"), None);
    }

    #[test]
    fn prefers_the_same_letters_in_another_case() {
        assert_eq!(nearest("Userid", ["UserIf", "UserId"].into_iter()), Some("UserId"));
    }
}
