//! Random values of random schemas, without generated code.

use std::fmt::Debug;

use arbitrary::Unstructured;
use barewire::Limits;
use barewire_conformance::parts;
use barewire_dynamic::{MessageType, Value};
use barewire_syntax::{Source, check};

use crate::random::{Size, octets, schema};

/// Draws a schema and a value of one of its types from the input, and holds the value to the laws.
///
/// # Panics
///
/// If the schema is refused, or a law is broken.
pub fn any(input: &[u8]) {
    let _ = drawn(input);
}

fn drawn(input: &[u8]) -> arbitrary::Result<()> {
    let mut u = Unstructured::new(input);
    let text = schema(&mut u)?;
    let schema =
        check(&Source::new("random.bare", text.as_str())).unwrap_or_else(|report| panic!("{text}\n{report}"));
    let definition = u.choose(schema.definitions())?;
    let message = MessageType::new(&schema, &definition.name).expect("random schemas are not deep");
    let octets = octets(&schema, definition.ty, &mut u, Size { room: 64, fill: 0 })?;
    laws(&message, &octets).unwrap_or_else(|error| panic!("{text}\n{}: {error}", definition.name));

    // Octets that are hardly a value of the type any more.
    let mut changed = octets;
    for _ in 0..u.int_in_range(1..=3)? {
        if let Some(last) = changed.len().checked_sub(1) {
            let octet = u.int_in_range(0..=last)?;
            changed[octet] ^= u.arbitrary::<u8>()?;
        }
    }
    let _ = laws(&message, &changed);
    Ok(())
}

/// What holds for octets and a type: accepted ones are written again as they were, also by way of JSON.
///
/// # Errors
///
/// What refuses the octets.
///
/// # Panics
///
/// If a law is broken.
pub fn laws(message: &MessageType<'_>, octets: &[u8]) -> Result<(), barewire_dynamic::DecodeError> {
    let limits = Limits::trusted();
    let annotated = message.annotate(octets, &limits);
    let value = message.decode_with(octets, &limits);
    assert_eq!(value.as_ref().err(), annotated.error());
    for part in annotated.values() {
        let parent = part.parent.map_or(0..octets.len(), |parent| annotated.values()[parent].span.clone());
        assert!(
            parent.start <= part.span.start
                && part.span.start <= part.span.end
                && part.span.end <= parent.end
        );
    }
    let value = value?;
    assert_eq!(annotated.values().first().map(|all| all.span.clone()), Some(0..octets.len()));
    assert_eq!(message.encode(&value).as_deref(), Ok(octets));
    let text = message.to_json(&value).expect("a value of the type");
    assert_eq!(message.from_json_with(&text, &limits).as_ref(), Ok(&value), "{text}");
    Ok(())
}

/// The numbers, strings and truth values of the value that these octets are, as the generated type shows them.
///
/// # Panics
///
/// If they are none.
#[must_use]
pub fn leaves(message: &MessageType<'_>, octets: &[u8]) -> Vec<String> {
    let value = message.decode_with(octets, &Limits::trusted()).expect("a value of the type");
    let mut shown = Vec::new();
    show(&value, &mut shown);
    parts::leaves(&shown)
}

/// Adds the leaves of a value. Enum values and tags are names in generated code, and not shown.
fn show<'v>(value: &'v Value, shown: &mut Vec<&'v dyn Debug>) {
    match value {
        Value::Void | Value::Enum(_) | Value::Optional(None) => {}
        Value::Uint(number) => shown.push(number),
        Value::Int(number) => shown.push(number),
        Value::F32(number) => shown.push(number),
        Value::F64(number) => shown.push(number),
        Value::Bool(flag) => shown.push(flag),
        Value::Str(text) => shown.push(text),
        Value::Data(octets) => shown.push(octets),
        Value::Optional(Some(value)) | Value::Union { value, .. } => show(value, shown),
        Value::List(values) | Value::Struct(values) => values.iter().for_each(|value| show(value, shown)),
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            show(key, shown);
            show(value, shown);
        }),
    }
}
