//! Depth is bounded by a limit, not by the stack.

use crate::check_text;
use barewire_syntax::code;
use std::thread;

/// Small enough that one frame per level of an unlimited nesting would not fit.
const STACK: usize = 256 * 1024;

/// Runs the check, the printing and the dropping on a small stack, and gives the codes.
#[track_caller]
fn codes_on_a_small_stack(text: String) -> Vec<&'static str> {
    let work = move || match check_text(&text) {
        Ok(schema) => {
            let lines: Vec<String> = schema.ids().map(|id| schema.canonical(id)).collect();
            assert_eq!(lines.len(), schema.definitions().len());
            assert!(!format!("{:?}", schema.clone()).is_empty());
            Vec::new()
        }
        Err(report) => {
            assert!(report.to_string().len() < 100_000);
            report.diagnostics().iter().map(|diagnostic| diagnostic.code.as_str()).collect()
        }
    };
    let thread = thread::Builder::new().stack_size(STACK).spawn(work).expect("a thread");
    thread.join().expect("no panic and no overflow")
}

const TOO_DEEP: [&str; 1] = [code::TOO_DEEP.as_str()];

/// `levels` openings around one type, closed again.
fn nested(open: &str, close: &str, levels: usize) -> String {
    format!("type A {}u8{}", open.repeat(levels), close.repeat(levels))
}

#[test]
fn every_form_nests_to_the_limit_and_not_beyond() {
    for (open, close) in [
        ("optional<", ">"),
        ("list<", ">"),
        ("list<", ">[2]"),
        ("map<str><", ">"),
        ("struct { a: ", " }"),
        ("union { ", " }"),
        ("union { | str | ", " = 7 | }"),
    ] {
        let levels = 127;
        assert!(codes_on_a_small_stack(nested(open, close, levels)).is_empty(), "`{open}` within the limit");
        assert_eq!(
            codes_on_a_small_stack(nested(open, close, levels + 1)),
            TOO_DEEP,
            "`{open}` beyond the limit"
        );
    }
}

#[test]
fn a_megabyte_of_openings_is_one_finding() {
    for open in
        ["optional<", "list<", "map<str><", "map<", "struct{a:", "union{", "union{|", "union { enum { A } | "]
    {
        let text = format!("type A {}", open.repeat((1 << 20) / open.len()));
        assert_eq!(codes_on_a_small_stack(text), TOO_DEEP, "`{open}`");
    }
}

#[test]
fn a_megabyte_of_mistakes_keeps_within_the_stack() {
    for mistake in [
        "[]",
        "[4]",
        "{a:",
        "(",
        "map[str]",
        "data<",
        "List<",
        "Struct{a:",
        "optinal<",
        "list ",
        "map ",
        "optional ",
        "struct{a ",
        "union{u8 ",
    ] {
        let text = format!("type A {}", mistake.repeat((1 << 20) / mistake.len()));
        assert!(!codes_on_a_small_stack(text).is_empty(), "`{mistake}`");
    }
}

#[test]
fn reading_goes_on_after_the_limit() {
    let text = format!("{}\ntype B list<void>", nested("list<", ">", 1000));
    assert_eq!(codes_on_a_small_stack(text), ["B021", "B030"]);
}

#[test]
fn a_long_chain_of_aliases_is_no_nesting_of_calls() {
    let mut text = String::from("type A0 u8\n");
    for i in 1..100_000 {
        text.push_str(&format!("type A{i} A{}\n", i - 1));
    }
    assert!(codes_on_a_small_stack(text).is_empty());
}

#[test]
fn a_long_cycle_is_found_without_recursion() {
    let count = 20_000;
    let mut text = String::new();
    for i in 0..count {
        text.push_str(&format!("type A{i} list<A{}>\n", (i + 1) % count));
    }
    let codes = codes_on_a_small_stack(text);
    assert!(codes.iter().all(|code| *code == "B047"), "{codes:?}");
}
