//! Time is linear in the text.
//!
//! Each case is measured at two sizes, the larger four times the smaller.
//! It passes if the larger takes less than five seconds, for which these sizes are far too large if anything is quadratic, or on a slow machine if it takes at most twelve times as long.

use crate::{check_text, schema};
use barewire_syntax::diff::compare;
use std::time::{Duration, Instant};

#[track_caller]
fn assert_linear(size: usize, text: impl Fn(usize) -> String) {
    let large = time(&text(size * 4));
    if large < Duration::from_secs(5) {
        return;
    }
    let (small, large) = (best_time(&text(size)), best_time(&text(size * 4)));
    assert!(large <= small * 12, "{small:?} for {size}, {large:?} for four times as much");
}

fn best_time(text: &str) -> Duration {
    (0..3).map(|_| time(text)).min().expect("three runs")
}

fn time(text: &str) -> Duration {
    let start = Instant::now();
    // Rendering is part of what a user waits for.
    if let Err(report) = check_text(text) {
        assert!(!report.to_string().is_empty());
    }
    start.elapsed()
}

/// `n` items in a body.
fn body(n: usize, head: &str, item: impl Fn(usize) -> String, tail: &str) -> String {
    let items: String = (0..n).map(item).collect();
    format!("{head}{items}{tail}")
}

#[test]
fn structs_that_hold_the_previous_one_twice() {
    let next = |i: usize| format!("type A{} struct {{ a: A{i} b: A{i} }}\n", i + 1);
    let time = best_time(&body(24, "type A0 u8\n", next, ""));
    assert!(time < Duration::from_millis(200), "{time:?}");
}

#[test]
fn many_definitions() {
    assert_linear(5_000, |n| {
        body(n, "", |i| format!("# doc\ntype A{i} struct {{ a: u8 b: optional<str> }}\n"), "")
    });
}

#[test]
fn a_struct_of_many_fields() {
    assert_linear(25_000, |n| body(n, "type A struct {\n", |i| format!("# doc\nf{i}: u8 # more\n"), "}"));
}

#[test]
fn an_enum_of_many_values() {
    assert_linear(25_000, |n| body(n, "type A enum {\n", |i| format!("V{i}\n"), "}"));
}

#[test]
fn an_enum_out_of_order() {
    assert_linear(25_000, |n| body(n, "type A enum {\n", |i| format!("V{i} = {}\n", n - i), "}"));
}

#[test]
fn a_union_of_many_members() {
    assert_linear(25_000, |n| body(n, "type A union {\n", |i| format!("| data[{}]\n", i + 1), "}"));
}

#[test]
fn a_union_of_many_structs() {
    assert_linear(5_000, |n| {
        body(n, "type A union {\n", |i| format!("| struct {{ a: u8 b{i}: list<u16> }}\n"), "}")
    });
}

#[test]
fn a_long_comment() {
    assert_linear(250_000, |n| format!("# {}\ntype A u8 # {}", "é".repeat(n), "x".repeat(n)));
}

#[test]
fn many_comments() {
    assert_linear(25_000, |n| format!("{}type A u8", "# line\n".repeat(n)));
}

#[test]
fn many_unknown_types() {
    assert_linear(10_000, |n| body(n, "type A struct {\n", |i| format!("f{i}: Unknown{i}\n"), "}"));
}

#[test]
fn many_duplicates() {
    assert_linear(10_000, |n| body(n, "type A struct {\n", |_| "f: u8\n".to_owned(), "}"));
}

#[test]
fn many_forward_references() {
    assert_linear(5_000, |n| body(n, "", |i| format!("type A{i} list<A{}>\n", i + 1), "type Z u8"));
}

#[test]
fn types_in_a_circle() {
    let next = |n: usize| move |i: usize| format!("type A{i} list<A{}>\n", (i + 1) % n);
    assert_linear(5_000, |n| body(n, "", next(n), ""));
    // Each type leads to the first, so that every step closes a circle.
    assert_linear(5_000, |n| body(n, "", |i| format!("type A{i} map<A0><A{}>\n", (i + 1) % n), ""));
    assert_linear(5_000, |n| {
        body(n, "", |i| format!("type A{i} u8 type B{i} list<C{i}> type C{i} B{i}\n"), "")
    });
}

#[test]
fn one_long_line_of_mistakes() {
    assert_linear(25_000, |n| format!("type A struct {{ {} }}", "a: [[b] ".repeat(n)));
    assert_linear(25_000, |n| format!("type A struct {{ {} }}", "a: []".repeat(n)));
    assert_linear(25_000, |n| "type A<".repeat(n));
    assert_linear(25_000, |n| "type A u8> ".repeat(n));
    assert_linear(25_000, |n| format!("type A struct {{ {} }}", "a: data[1 ".repeat(n)));
    assert_linear(25_000, |n| format!("type A struct {{ {} }}", "a ( ".repeat(n)));
    assert_linear(25_000, |n| "type a ".repeat(n));
    assert_linear(25_000, |n| "@".repeat(n));
    assert_linear(25_000, |n| "é \u{a0}".repeat(n));
    assert_linear(25_000, |n| format!("type A union {{ {} }}", "u8 || ".repeat(n)));
    assert_linear(25_000, |n| format!("type A enum {{ {} }}", "a=-1,".repeat(n)));
    assert_linear(25_000, |n| "/* ".repeat(n));
    assert_linear(25_000, |n| "\"\n".repeat(n));
}

#[test]
fn one_long_name() {
    assert_linear(250_000, |n| format!("type A{0} u8 type B struct {{ {0}: A{0} c: {0} }}", "a".repeat(n)));
}

#[test]
fn one_long_number() {
    assert_linear(250_000, |n| format!("type A data[{}]", "9".repeat(n)));
}

/// Compares two texts and renders the difference.
#[track_caller]
fn assert_linear_diff(size: usize, text: impl Fn(usize, &str) -> String) {
    let time = |n: usize| {
        let (old, new) = (schema(&text(n, "x")), schema(&text(n, "y")));
        let start = Instant::now();
        let diff = compare(&old, &new);
        assert!(!diff.display(&old, &new).to_string().is_empty());
        start.elapsed()
    };
    let large = time(size * 4);
    if large < Duration::from_secs(5) {
        return;
    }
    let small = time(size);
    assert!(large <= small * 12, "{small:?} for {size}, {large:?} for four times as much");
}

#[test]
fn differences() {
    assert_linear_diff(25_000, |n, p| body(n, "type A struct {\n", |i| format!("{p}{i}: u8\n"), "}"));
    assert_linear_diff(5_000, |n, p| {
        let ty = if p == "x" { "u8" } else { "str" };
        body(n, "", |i| format!("type A{i} struct {{ a: {ty} b: u8 }}\n"), "")
    });
    assert_linear_diff(25_000, |n, p| {
        let ty = if p == "x" { "u8" } else { "str" };
        let name = "A".repeat(n);
        body(
            n,
            &format!("type {name} struct {{ {}: struct {{\n", "a".repeat(n)),
            |i| format!("f{i}: {ty}\n"),
            "} }",
        )
    });
}
