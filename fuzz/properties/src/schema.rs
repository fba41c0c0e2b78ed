//! Schema texts: whatever they are, there is a report; and one that is right survives being written again.

use barewire_codegen::Config;
use barewire_syntax::diff::compare;
use barewire_syntax::{Source, check, parse};

/// Checks any text.
///
/// # Panics
///
/// If the text is accepted and then means something else.
pub fn any(input: &[u8]) {
    let source = Source::new("schema.bare", String::from_utf8_lossy(input));
    let schema = match check(&source) {
        Ok(schema) => schema,
        Err(report) => {
            assert!(report.has_errors());
            assert!(!report.to_string().trim().is_empty());
            return;
        }
    };
    assert!(parse(&source).is_ok(), "what is right by the rules is right by the grammar");
    let lines = schema.ids().map(|id| format!("type {}\n", schema.canonical(id)));
    let written = Source::new("written.bare", lines.collect::<String>());
    let again = check(&written).unwrap_or_else(|report| panic!("{report}"));
    let diff = compare(&schema, &again);
    assert!(diff.is_empty(), "{}", diff.display(&schema, &again));
    for (old, new) in schema.ids().zip(again.ids()) {
        assert_eq!(schema.canonical(old), again.canonical(new));
        let (old, new) = (schema.definition(old).ty, again.definition(new).ty);
        assert_eq!(schema.min_len(old), again.min_len(new));
        assert_eq!(schema.max_len(old), again.max_len(new));
    }
    // Its names are respelled; what is beyond a limit of the generator is reported.
    if let Err(error) = Config::new().plan_source(&source) {
        assert!(error.report().is_some_and(|report| report.has_errors()), "{error}");
    }
}
