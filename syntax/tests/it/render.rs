//! The rendered text where spans and texts are unusual.

use crate::check_text;
use barewire_syntax::{Code, Diagnostic, Report, Source, SourceId, Span};

const CODE: Code = Code::new("B999");

#[track_caller]
fn check(text: &str, span: Span, expected: &str) {
    let diagnostic = Diagnostic::error(CODE, "wrong").primary(SourceId::new(0), span, "here");
    let report = Report::new(vec![Source::new("a.bare", text)], vec![diagnostic]);
    assert_eq!(report.to_string(), expected);
}

#[test]
fn the_end_of_the_text() {
    check("ab", Span::new(2, 2), "error[B999]: wrong\n  --> a.bare:1:3\n   |\n 1 | ab\n   |   ^ here\n");
    check("", Span::new(0, 0), "error[B999]: wrong\n  --> a.bare:1:1\n   |\n 1 |\n   | ^ here\n");
    check("ab\n", Span::new(3, 3), "error[B999]: wrong\n  --> a.bare:2:1\n   |\n 2 |\n   | ^ here\n");
}

#[test]
fn spans_that_do_not_fit_the_text() {
    check("é", Span::new(1, 900), "error[B999]: wrong\n  --> a.bare:1:1\n   |\n 1 | é\n   | ^ here\n");
    check("ab", Span::new(900, 1), "error[B999]: wrong\n  --> a.bare:1:3\n   |\n 1 | ab\n   |   ^ here\n");
}

#[test]
fn several_lines() {
    check(
        "x {\r\n  y\r\n}\r\nz",
        Span::new(2, 11),
        "error[B999]: wrong\n  --> a.bare:1:3\n   |\n 1 | x {\n   |   ^ here (to line 3)\n",
    );
}

#[test]
fn tabs_and_escapes_keep_the_marks_in_place() {
    check(
        "\té\u{7}\u{202e}x",
        Span::new(7, 8),
        "error[B999]: wrong\n  --> a.bare:1:5\n   |\n 1 |     é\\u{7}\\u{202e}x\n   |                   ^ here\n",
    );
}

#[test]
fn long_lines_are_cut_around_the_mark() {
    let text = format!("{}X{}", "a".repeat(500), "b".repeat(500));
    check(
        &text,
        Span::new(500, 501),
        &format!(
            "error[B999]: wrong\n  --> a.bare:1:501\n   |\n 1 | ...{}X{}...\n   | {}^ here\n",
            "a".repeat(30),
            "b".repeat(69),
            " ".repeat(33)
        ),
    );
}

#[test]
fn labels_in_two_sources() {
    let diagnostic = Diagnostic::error(CODE, "changed")
        .secondary(SourceId::new(0), Span::new(0, 3), "before")
        .primary(SourceId::new(1), Span::new(4, 7), "after")
        .note("first line\nsecond line");
    let sources = vec![Source::new("v1.bare", "old"), Source::new("v2.bare", "\n\n\n\nnew")];
    assert_eq!(
        format!("{:?}", Report::new(sources, vec![diagnostic])),
        "error[B999]: changed\n  --> v2.bare:5:1\n   |\n 5 | new\n   | ^^^ after\n  ::: v1.bare:1:1\n   |\n 1 | old\n   | --- before\n   |\n   = note: first line\n           second line\n"
    );
}

#[test]
fn a_label_into_an_unknown_source_is_left_out() {
    let diagnostic =
        Diagnostic::warning(CODE, "lost").primary(SourceId::new(7), Span::new(0, 3), "").note("why");
    assert_eq!(
        Report::new(Vec::new(), vec![diagnostic]).to_string(),
        "warning[B999]: lost\n   = note: why\n"
    );
}

#[test]
fn counts_what_is_beyond_a_hundred() {
    let fields: String = (0..130).map(|i| format!("a{i}: u9\n")).collect();
    let report = check_text(&format!("type A struct {{\n{fields}}}")).expect_err("there is no u9");
    assert_eq!(report.diagnostics().len(), 100);
    assert!(report.to_string().ends_with("\n\nnote: 30 more errors in `test.bare` not shown\n"), "{report}");
}
