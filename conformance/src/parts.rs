//! Whether a view shows what the owned value holds, part by part.
//!
//! A view that took two fields of one type for each other, in reading and in writing, would pass every test by octets.
//! Its `Debug` text would not: names and values of all parts stand in it, in their order.

use std::fmt::{Debug, Write as _};

/// Checks that `view` shows the same parts as `owned`, by name and value.
///
/// # Errors
///
/// The two texts from where they differ on.
pub fn same(owned: &impl Debug, view: &impl Debug) -> Result<(), String> {
    let (owned, view) = (essence(&format!("{owned:?}")), essence(&format!("{view:?}")));
    if owned == view {
        return Ok(());
    }
    let same = owned.bytes().zip(view.bytes()).take_while(|(a, b)| a == b).count();
    let from = |text: &str| String::from_utf8_lossy(&text.as_bytes()[same.saturating_sub(40)..]).into_owned();
    Err(format!("the owned value shows {:?}, its view {:?}", from(&owned), from(&view)))
}

/// The numbers, strings and truth values that `value` shows, in their order; octets are numbers.
pub fn leaves(value: &impl Debug) -> Vec<String> {
    let text = essence(&format!("{value:?}"));
    let mut leaves = Vec::new();
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | '+');
        let end = match first {
            '"' => end_of_literal(rest, 1),
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (leaf, behind) = rest.split_at(end);
        if leaf.starts_with(|c: char| matches!(c, '"' | '-') || c.is_ascii_digit())
            || matches!(leaf, "true" | "false")
        {
            leaves.push(leaf.to_owned());
        }
        rest = behind;
    }
    leaves
}

/// The text without what differs between the two forms: `View` behind the name of a type, and octets as a string.
fn essence(text: &str) -> String {
    let mut essence = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            let end = end_of_literal(rest, 1);
            essence.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest.starts_with("b\"") {
            let end = end_of_literal(rest, 2);
            let octets = octets(&rest[2..end - 1]);
            write!(essence, "{octets:?}").expect("a string takes all that is written to it");
            rest = &rest[end..];
        } else if first.is_ascii_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            essence.push_str(without_view(&rest[..end]));
            rest = &rest[end..];
        } else {
            essence.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    essence
}

/// The name without `View` and a suffix behind it, as often as it has one: a type may be called `FooView`.
fn without_view(mut name: &str) -> &str {
    while let Some(stem) =
        name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').strip_suffix("View")
    {
        name = stem;
    }
    // The view of `Self_` is `SelfView`.
    name.trim_end_matches('_')
}

/// Where the string literal ends whose text begins at `start`, behind its closing quote.
fn end_of_literal(text: &str, start: usize) -> usize {
    let mut escaped = false;
    let closing = text[start..].bytes().position(|octet| {
        let closes = octet == b'"' && !escaped;
        escaped = octet == b'\\' && !escaped;
        closes
    });
    closing.map_or(text.len(), |closing| start + closing + 1)
}

/// The octets that the text of a byte string stands for.
fn octets(text: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        octets.push(match (octet, octet == b'\\') {
            (_, false) => octet,
            (_, true) => match rest.next() {
                Some(b'n') => b'\n',
                Some(b'r') => b'\r',
                Some(b't') => b'\t',
                Some(b'0') => 0,
                Some(b'x') => {
                    let mut digit =
                        || rest.next().and_then(|c| char::from(c).to_digit(16)).unwrap_or(0) as u8;
                    digit() << 4 | digit()
                }
                Some(other) => other,
                None => b'\\',
            },
        });
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::{essence, leaves, same};

    #[test]
    fn octets_and_names_of_views_are_the_same() {
        assert_eq!(
            essence(r#"A { data: b"\x00a\"\n", s: "bView { b\"x\"" }"#),
            r#"A { data: [0, 97, 34, 10], s: "bView { b\"x\"" }"#
        );
        assert_eq!(essence("FooView2 { bar: BarViewView(1) }"), "Foo { bar: Bar(1) }");
    }

    #[test]
    fn leaves_are_what_a_value_holds() {
        let value = (Some(-1.5e-9), "a\"b", [true], bytes(b"\x07"), None::<u8>);
        assert_eq!(leaves(&value), ["-1.5e-9", r#""a\"b""#, "true", "7"]);
    }

    fn bytes(octets: &'static [u8]) -> impl std::fmt::Debug {
        barewire::Bytes::from_static(octets)
    }

    #[test]
    fn parts_that_changed_places_are_not() {
        #[derive(Debug)]
        #[expect(dead_code, reason = "only shown")]
        struct Owned {
            method: &'static str,
            path: &'static str,
        }
        #[derive(Debug)]
        #[expect(dead_code, reason = "only shown")]
        struct OwnedView {
            method: &'static str,
            path: &'static str,
        }
        let owned = Owned { method: "GET", path: "/" };
        assert_eq!(same(&owned, &OwnedView { method: "GET", path: "/" }), Ok(()));
        assert!(same(&owned, &OwnedView { method: "/", path: "GET" }).is_err());
    }
}
