//! From octets to a tree of values.

use barewire::{DecodeErrorKind, Failed, Reader};

use crate::error::Explained as _;
use crate::walk::{Head, Leaf, Parts, Place, Visitor};
use crate::{DecodeError, Value};

/// Makes a [`Value`] of what is read.
pub(crate) struct Build;

impl<'a> Visitor<'a> for Build {
    type Made = Value;
    type Open = ();

    fn leaf(&mut self, r: &mut Reader<'a>, _: &Place<'a>, leaf: Leaf<'a>) -> Result<Value, DecodeError> {
        Ok(match leaf {
            Leaf::Void => Value::Void,
            Leaf::Uint(number) => Value::Uint(number),
            Leaf::Int(number) => Value::Int(number),
            Leaf::F32(number) => Value::F32(number),
            Leaf::F64(number) => Value::F64(number),
            Leaf::Bool(truth) => Value::Bool(truth),
            Leaf::Str(text) => Value::Str(copy_str(r, text).explained(r)?),
            Leaf::Data(octets) => {
                let mut copy = r.scratch(octets.len()).explained(r)?;
                copy.extend_from_slice(octets);
                Value::Data(copy.into_boxed_slice())
            }
            Leaf::Enum { number, .. } => Value::Enum(number),
        })
    }

    fn open(&mut self, _: &mut Reader<'a>, _: &Place<'a>, _: Head<'a>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn close(&mut self, r: &mut Reader<'a>, (): (), parts: Parts<Value>) -> Result<Value, DecodeError> {
        Ok(match parts {
            Parts::Optional(None) => Value::Optional(None),
            Parts::Optional(Some(value)) => Value::Optional(Some(boxed(r, value).explained(r)?)),
            Parts::List(elements) => Value::List(elements.into_boxed_slice()),
            Parts::Map(pairs) => Value::Map(pairs.into_boxed_slice()),
            Parts::Union(tag, value) => Value::Union { tag, value: boxed(r, value).explained(r)? },
            Parts::Struct(fields) => Value::Struct(fields.into_boxed_slice()),
        })
    }
}

/// A copy of `text`, charged to the budget of `r`.
pub(crate) fn copy_str(r: &mut Reader<'_>, text: &str) -> Result<Box<str>, Failed> {
    r.charge::<u8>(text.len())?;
    let mut copy = String::new();
    copy.try_reserve_exact(text.len())
        .map_err(|_| r.fail(DecodeErrorKind::OutOfMemory { wanted: text.len() }))?;
    copy.push_str(text);
    Ok(copy.into_boxed_str())
}

/// `value` in a box, charged to the budget of `r`.
pub(crate) fn boxed(r: &mut Reader<'_>, value: Value) -> Result<Box<Value>, Failed> {
    r.charge::<Value>(1)?;
    Ok(Box::new(value))
}
