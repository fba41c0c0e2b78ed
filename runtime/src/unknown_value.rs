//! The refusal of a number that no value of an enum has.

use core::fmt;

/// A number that no value of the enum has: the error of `TryFrom<u64>` for generated enums.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct UnknownValue(
    /// The number.
    pub u64,
);

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown enum value {}", self.0)
    }
}

impl core::error::Error for UnknownValue {}
