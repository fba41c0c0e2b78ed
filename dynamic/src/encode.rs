//! From a tree of values to octets.

use barewire::Sink as _;
use barewire_syntax::ir::TypeId;

use crate::shape::{self, Shape};
use crate::{EncodeError, EncodeErrorKind, MessageType, PathSegment, Value, unique};

/// Appends `value`, which is reached by `step` and has to be one of the type `id`, to `out`.
///
/// Recursion follows the type, whatever the value is.
pub(crate) fn write(
    message: &MessageType<'_>,
    step: PathSegment<'_>,
    id: TypeId,
    value: &Value,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    write_here(message, id, value, out).map_err(|error| error.within(step))
}

fn write_here(
    message: &MessageType<'_>,
    id: TypeId,
    value: &Value,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    match shape::of(message.schema, id, value)? {
        Shape::Void => {}
        Shape::Uint(None, number) => out.uint(number),
        Shape::Int(None, number) => out.int(number),
        // In range, so that the lower octets are the number.
        Shape::Uint(Some(width), number) => out.put(&number.to_le_bytes()[..width]),
        Shape::Int(Some(width), number) => out.put(&number.to_le_bytes()[..width]),
        Shape::F32(number) => out.put_array(number.to_le_bytes()),
        Shape::F64(number) => out.put_array(number.to_le_bytes()),
        Shape::Bool(truth) => out.octet(truth.into()),
        Shape::Str(text) => write_octets(text.as_bytes(), true, out),
        Shape::Data { octets, is_counted } | Shape::Octets { octets, is_counted } => {
            write_octets(octets, is_counted, out);
        }
        Shape::Enum(named) => out.uint(named.value),
        Shape::Optional(None) => out.octet(0),
        Shape::Optional(Some((value, ty))) => {
            out.octet(1);
            write_here(message, ty, value, out)?;
        }
        Shape::List { elements, ty, is_counted } => {
            if is_counted {
                out.count(elements.len());
            }
            for (index, element) in elements.iter().enumerate() {
                write(message, PathSegment::Index(index), ty, element, out)?;
            }
        }
        Shape::Map { pairs, key, value } => write_map(message, pairs, (key, value), out)?,
        Shape::Union { union, place, tag, ty, value } => {
            out.uint(tag);
            let member = PathSegment::Name(message.names.member(union, place));
            write(message, member, ty, value, out)?;
        }
        Shape::Struct { fields, values } => {
            for (field, value) in fields.iter().zip(values) {
                write(message, PathSegment::Name(&field.name), field.ty, value, out)?;
            }
        }
    }
    Ok(())
}

fn write_map(
    message: &MessageType<'_>,
    pairs: &[(Value, Value)],
    ty: (TypeId, TypeId),
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    out.count(pairs.len());
    for (index, (key, value)) in pairs.iter().enumerate() {
        write(message, PathSegment::Key(index), ty.0, key, out)?;
        write(message, PathSegment::Index(index), ty.1, value, out)?;
    }
    if unique::ascend(pairs) {
        return Ok(());
    }
    let mut keys: Vec<_> = unique::keys_of(pairs).collect();
    match unique::first_repeated(&mut keys) {
        None => Ok(()),
        Some((first, second)) => {
            let error = EncodeError::from(EncodeErrorKind::DuplicateKey { first });
            Err(error.within(PathSegment::Key(second)))
        }
    }
}

fn write_octets(octets: &[u8], is_counted: bool, out: &mut Vec<u8>) {
    if is_counted {
        out.count(octets.len());
    }
    out.put(octets);
}
