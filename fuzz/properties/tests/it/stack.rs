//! 64 KiB of stack are enough for messages, and 256 KiB for schemas; without optimisation, too.

use barewire_properties::{schema, seeds, stack};

#[test]
fn values_of_every_type() {
    stack::values_of_every_type();
}

#[test]
fn migrations_of_every_message() {
    stack::migrations_of_every_message();
}

#[test]
fn schemas() {
    let seeds = seeds::seeds().expect("the vectors of this tree");
    let mut texts: Vec<_> =
        seeds.into_iter().filter(|(target, _)| *target == "schema").map(|(_, text)| text).collect();
    let (open, close) = ("list<".repeat(1000), ">".repeat(1000));
    texts.push(format!("type A {open}u8{close}").into_bytes());
    texts.push(open.into_bytes());
    let deep = (1..1000).map(|index| format!("type T{index} struct {{ a: T{} }}\n", index - 1));
    texts.push(format!("type T0 u8\n{}", deep.collect::<String>()).into_bytes());
    for text in texts {
        stack::on_a_stack(stack::TOOLS, move || schema::any(&text));
    }
}
