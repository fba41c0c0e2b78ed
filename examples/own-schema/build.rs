//! Generates the notebook of every version.

fn main() -> Result<(), barewire_codegen::Error> {
    barewire_codegen::compile("schema/notes") // v1.bare, v2.bare, v3.bare
}
