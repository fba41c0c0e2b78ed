//! The codes of the generator are explained by examples that are true, too; those of the language are tested with it.

use barewire_codegen::{CODES, Config};
use barewire_syntax::Source;
use barewire_syntax::code::Example;

#[test]
fn the_examples_of_the_generator_are_true() {
    let chain: String = (1..=101).map(|step| format!("type N{step} optional<N{}>\n", step - 1)).collect();
    for (entry, examples) in CODES {
        let wrong = match &examples.wrong {
            Example::Schema(text) => (*text).to_owned(),
            Example::Words(_) => format!("type N0 u8\n{chain}"),
            Example::Family(_) => panic!("the limits of the generator are about single schemas"),
        };
        let error = generated(&wrong).expect_err(entry.code.as_str());
        assert!(error.starts_with(&format!("error[{}]", entry.code)), "{error}");
        if let Example::Schema(text) = &examples.right {
            generated(text).expect("the right example");
        }
    }
}

fn generated(text: &str) -> Result<(), String> {
    let source = Source::new("example.bare", text);
    Config::new().generate_source(&source).map(drop).map_err(|error| error.to_string())
}
