//! Reading and writing values that are no messages, and octets in hexadecimal.

use barewire::{Decode, DecodeError, Encode, Input, Limits, Reader};

/// All of `input` as one value in the layout `W`.
pub fn decode<'a, W, T: Decode<'a, W>>(input: impl Into<Input<'a>>) -> Result<T, DecodeError> {
    let mut r = Reader::new(input, &Limits::trusted());
    let value = T::read(&mut r).and_then(|value| r.finish().map(|()| value));
    value.map_err(|failed| r.error(failed))
}

/// `value` in the layout `W`.
pub fn encode<W, T: Encode<W> + ?Sized>(value: &T) -> Vec<u8> {
    let mut octets = Vec::new();
    value.write(&mut octets);
    octets
}

/// The octets that `digits` spell; spaces may stand between octets.
#[track_caller]
pub fn hex(digits: &str) -> Vec<u8> {
    let digits = digits.replace(' ', "");
    assert!(digits.len().is_multiple_of(2), "half an octet in {digits}");
    (0..digits.len())
        .step_by(2)
        .map(|start| u8::from_str_radix(&digits[start..start + 2], 16).expect("hexadecimal digits"))
        .collect()
}
