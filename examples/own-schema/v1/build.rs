//! Generates version 1 and nothing else, as if the later ones had not been thought of.

fn main() -> Result<(), barewire_codegen::Error> {
    barewire_codegen::Config::new().versions(..=1).compile("../schema/notes")
}
