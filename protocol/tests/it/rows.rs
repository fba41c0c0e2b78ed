//! The lines of the vector files: version, type, octets in hexadecimal, and behind `#` a mark and its explanation.

/// The recorded messages of the runner protocol.
pub(crate) const RUNNER: &str = include_str!("../../vectors/runner.txt");
/// The recorded data of actors.
pub(crate) const ACTOR: &str = include_str!("../../vectors/actor.txt");
/// Some of both, behind the version that stands in front of them.
pub(crate) const PREFIXED: &str = include_str!("../../vectors/prefixed.txt");
/// Octets that a strict decoder refuses.
pub(crate) const REFUSED: &str = include_str!("../../vectors/refused.txt");

pub(crate) struct Row {
    pub(crate) version: &'static str,
    pub(crate) ty: &'static str,
    pub(crate) hex: &'static str,
    /// What the explanation begins with: the id of a vector, or the rule that refuses the octets.
    pub(crate) mark: &'static str,
}

/// The rows of a file, which may not contain anything else but comments.
pub(crate) fn rows(file: &'static str) -> Vec<Row> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (frame, about) = line.split_once('#').expect("a row is explained");
            let words: Vec<_> = frame.split_whitespace().collect();
            let [version, ty, hex] = words[..] else { panic!("a row has three words: {line}") };
            let (mark, _) = about.split_once(':').expect("an explanation begins with a mark");
            Row { version, ty, hex, mark: mark.trim() }
        })
        .collect()
}

/// The octets of hexadecimal digits, which may be grouped by spaces.
pub(crate) fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|digit| *digit != ' ').collect();
    let octet = |pair: &[char]| u8::from_str_radix(&String::from_iter(pair), 16).expect("two digits");
    digits.chunks(2).map(octet).collect()
}
