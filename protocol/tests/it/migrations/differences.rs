//! In which fields two values of a type differ, read from their `Debug` text.
//!
//! Written for the types of the protocol: names and values of all parts stand in that text, in their order.

use std::fmt::Debug;

/// A value as its `Debug` text shows it.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    /// A number, a text, a unit variant.
    Leaf(String),
    /// A struct: the names of its fields and what they hold.
    Struct(Vec<(String, Shown)>),
    /// A variant and what it holds.
    Variant(String, Box<Shown>),
    /// A list, an array, or the pairs of a map.
    List(Vec<Shown>),
}

/// The paths of the parts that differ, such as `ToClientCommands[0].inner.CommandStartActor.generation`.
pub(super) fn differences(a: &impl Debug, b: &impl Debug) -> Vec<String> {
    let mut found = Vec::new();
    collect(&shown(&format!("{a:?}")), &shown(&format!("{b:?}")), "", &mut found);
    found
}

fn collect(a: &Shown, b: &Shown, path: &str, found: &mut Vec<String>) {
    let within = |part: &str| if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
    match (a, b) {
        (Shown::Struct(a), Shown::Struct(b)) => {
            for ((name, a), (_, b)) in a.iter().zip(b) {
                collect(a, b, &within(name), found);
            }
        }
        (Shown::Variant(name, a), Shown::Variant(other, b)) if name == other => {
            // An optional is no step of a path.
            let path = if name == "Some" { path.to_owned() } else { within(name) };
            collect(a, b, &path, found);
        }
        (Shown::List(a), Shown::List(b)) if a.len() == b.len() && holds_messages(a) => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                collect(a, b, &format!("{path}[{index}]"), found);
            }
        }
        (a, b) if a == b => {}
        _ => found.push(path.to_owned()),
    }
}

/// An id is a list of numbers, which differs as a whole.
fn holds_messages(list: &[Shown]) -> bool {
    list.iter().all(|element| !matches!(element, Shown::Leaf(_)))
}

fn shown(text: &str) -> Shown {
    let mut rest = text;
    let value = value(&mut rest);
    assert_eq!(rest, "", "all of {text}");
    value
}

fn value(rest: &mut &str) -> Shown {
    if let Some(inside) = rest.strip_prefix('[').or_else(|| rest.strip_prefix('{')) {
        *rest = inside;
        return Shown::List(list(rest));
    }
    let name = leaf(rest);
    if let Some(inside) = rest.strip_prefix(" { ") {
        *rest = inside;
        let mut fields = Vec::new();
        while !eat(rest, " }") {
            eat(rest, ", ");
            let (name, behind) = rest.split_once(": ").expect("a field has a name");
            *rest = behind;
            fields.push((name.to_owned(), value(rest)));
        }
        return Shown::Struct(fields);
    }
    if eat(rest, "(") {
        let inner = value(rest);
        assert!(eat(rest, ")"), "a variant holds one value: {rest}");
        return Shown::Variant(name, Box::new(inner));
    }
    Shown::Leaf(name)
}

/// The values up to the bracket that closes; of a map, keys and values in turn.
fn list(rest: &mut &str) -> Vec<Shown> {
    let mut values = Vec::new();
    while !eat(rest, "]") && !eat(rest, "}") {
        if !eat(rest, ", ") {
            eat(rest, ": ");
        }
        values.push(value(rest));
    }
    values
}

/// A literal, or a name.
fn leaf(rest: &mut &str) -> String {
    let text = *rest;
    let quote = if text.starts_with('"') { Some(1) } else { text.starts_with("b\"").then_some(2) };
    let end = match quote {
        Some(start) => {
            let mut escaped = false;
            let closing = text[start..].find(|letter| {
                let closes = letter == '"' && !escaped;
                escaped = letter == '\\' && !escaped;
                closes
            });
            start + closing.expect("a literal is closed") + 1
        }
        None => text.find([' ', ',', '(', ')', ']', '}', ':']).unwrap_or(text.len()),
    };
    *rest = &text[end..];
    text[..end].to_owned()
}

fn eat(rest: &mut &str, prefix: &str) -> bool {
    match rest.strip_prefix(prefix) {
        Some(behind) => {
            *rest = behind;
            true
        }
        None => false,
    }
}

#[test]
fn names_the_fields_that_differ() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "only `Debug` reads the fields")]
    struct Inner {
        id: [u8; 2],
        name: &'static str,
    }
    #[derive(Debug)]
    #[expect(dead_code, reason = "only `Debug` reads the fields")]
    enum Outer {
        Many(Vec<Inner>),
        One(Option<Inner>),
    }
    let many = |name| Outer::Many(vec![Inner { id: [1, 2], name: "]}" }, Inner { id: [1, 2], name }]);
    assert_eq!(differences(&many("\"a, b"), &many("\"a, b")), [""; 0]);
    assert_eq!(differences(&many("a"), &many("b")), ["Many[1].name"]);
    assert_eq!(differences(&many("a"), &Outer::Many(Vec::new())), ["Many"]);
    let one = |id| Outer::One(Some(Inner { id, name: "" }));
    assert_eq!(differences(&one([1, 2]), &one([1, 3])), ["One.id"]);
    assert_eq!(differences(&one([1, 2]), &Outer::One(None)), ["One"]);
}
