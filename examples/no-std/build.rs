//! Generates the messages of every version. The generator runs where the program is built, and needs `std` there.

fn main() -> Result<(), barewire_codegen::Error> {
    barewire_codegen::compile("schema/meter") // v1.bare, v2.bare
}
