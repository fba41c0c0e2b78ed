//! Which types of numbers hold every value of which others.

use crate::ir::Primitive;

/// How the values of one type of numbers relate to those of another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fit {
    /// Every old value has its place. `uint` and `u64` hold the same numbers, so each fits the other.
    Widened,
    /// Every new value would have had its place, but not every old one has.
    Narrowed,
    /// Neither, or not both are numbers.
    Other,
}

/// How the values of `old` fit `new`.
pub(super) fn fit(old: Primitive, new: Primitive) -> Fit {
    match (old, new) {
        (Primitive::F32, Primitive::F64) => return Fit::Widened,
        (Primitive::F64, Primitive::F32) => return Fit::Narrowed,
        _ => {}
    }
    let (Some((old_min, old_max)), Some((new_min, new_max))) = (range(old), range(new)) else {
        return Fit::Other;
    };
    if new_min <= old_min && old_max <= new_max {
        Fit::Widened
    } else if old_min <= new_min && new_max <= old_max {
        Fit::Narrowed
    } else {
        Fit::Other
    }
}

/// The least and the greatest whole number of a type.
fn range(ty: Primitive) -> Option<(i128, i128)> {
    Some(match ty {
        Primitive::U8 => (0, u8::MAX.into()),
        Primitive::U16 => (0, u16::MAX.into()),
        Primitive::U32 => (0, u32::MAX.into()),
        Primitive::U64 | Primitive::Uint => (0, u64::MAX.into()),
        Primitive::I8 => (i8::MIN.into(), i8::MAX.into()),
        Primitive::I16 => (i16::MIN.into(), i16::MAX.into()),
        Primitive::I32 => (i32::MIN.into(), i32::MAX.into()),
        Primitive::I64 | Primitive::Int => (i64::MIN.into(), i64::MAX.into()),
        Primitive::F32 | Primitive::F64 | Primitive::Bool | Primitive::Str | Primitive::Void => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use Primitive::*;

    #[test]
    fn unsigned_numbers_fit_larger_ones_and_larger_signed_ones() {
        for (old, new) in [(U8, U16), (U8, I16), (U32, I64), (U64, Uint), (U8, Uint), (U32, Int), (I64, Int)]
        {
            assert_eq!(fit(old, new), Fit::Widened, "{old:?} {new:?}");
        }
        for (old, new) in [(U16, U8), (I16, U8), (I64, I8), (Uint, U8), (Int, U32), (F64, F32)] {
            assert_eq!(fit(old, new), Fit::Narrowed, "{old:?} {new:?}");
        }
        for (old, new) in [(U8, I8), (I8, U16), (U64, Int), (U64, I64), (Bool, U8), (U32, F64), (Str, U8)] {
            assert_eq!(fit(old, new), Fit::Other, "{old:?} {new:?}");
        }
    }
}
