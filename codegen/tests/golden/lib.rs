//! The golden output of `barewire-codegen`, compiled: only what builds without a warning is right.
//!
//! Each module is one case of `codegen/tests/golden`. `expected.rs` is rewritten by `BLESS=1 cargo test -p barewire-codegen`.
//! Warnings of rustc, clippy and rustdoc are denied here, for the cases as public modules and, for one, as a private one.

#![deny(warnings, missing_docs, clippy::all)]
#![forbid(unsafe_code)]

macro_rules! cases {
    ($($case:ident: $file:literal, $doc:literal;)*) => {$(
        #[doc = $doc]
        pub mod $case {
            include!($file);
        }
    )*};
}

cases! {
    asked: "asked/expected.rs", "What the programs of `codegen/tests/ui` are asked.";
    choices: "choices/expected.rs", "Types chosen by the configuration.";
    containers: "containers/expected.rs", "Lists, maps, optionals and varints in them.";
    docs: "docs/expected.rs", "Comments whose markup must not act.";
    enums: "enums/expected.rs", "Enums of every size.";
    inline: "inline/expected.rs", "Inline types, named after their place.";
    keys: "keys/expected.rs", "Every kind of map key.";
    large: "large/expected.rs", "What has to be boxed or kept on the heap.";
    names: "names/expected.rs", "Names that collide with Rust, the prelude and each other.";
    one: "one/expected.rs", "A family of one version so far.";
    passing: "passing/expected.rs", "Members of a message that did not change between versions.";
    roots: "roots/expected.rs", "Messages that are aliases.";
    runner: "runner/expected.rs", "The runner protocol.";
    runner_serde: "runner_serde/expected.rs", "The runner protocol with serde derives.";
    retired: "retired/expected.rs", "A version that was given up.";
    steps: "steps/expected.rs", "Every conversion between versions, and every kind of question.";
    structs: "structs/expected.rs", "Structs.";
    unions: "unions/expected.rs", "Unions with void and inline members.";
    versions: "versions/expected.rs", "Types that did not change between versions.";
}

pub mod scaffold;

mod private {
    include!("runner/expected.rs");
}

/// Uses one type of the private module, as a crate would that speaks only a part of a protocol.
#[must_use]
pub fn stopping() -> impl barewire::Message {
    private::latest::ToServer::ToServerStopping
}
