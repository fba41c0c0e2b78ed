//! Numbers that have more or less room in another version.

use super::{MigrateError, Migrated};

/// A number of a type that holds less, if it fits.
///
/// # Errors
///
/// [`Unrepresentable`](super::MigrateErrorKind::Unrepresentable) in `version` if it does not.
pub fn narrow<T: TryInto<U>, U>(number: T, version: u16) -> Migrated<U> {
    number.try_into().map_err(|_| MigrateError::unrepresentable(version))
}

const F32_MANTISSA: u32 = (1 << 23) - 1;
const F64_MANTISSA: u64 = (1 << 52) - 1;
/// The bits of an `f64`'s mantissa that an `f32` does not have.
const LOST: u32 = 52 - 23;

/// The same number as `f64`; of a NaN, sign and payload are kept, which a cast does not promise.
#[must_use]
pub fn widen_f32(number: f32) -> f64 {
    if !number.is_nan() {
        return f64::from(number);
    }
    let bits = number.to_bits();
    let payload = u64::from(bits & F32_MANTISSA) << LOST;
    f64::from_bits(u64::from(bits >> 31) << 63 | f64::INFINITY.to_bits() | payload)
}

/// The same number as `f32`, if there is one: what [`widen_f32`] gives back bit for bit.
///
/// # Errors
///
/// [`Unrepresentable`](super::MigrateErrorKind::Unrepresentable) in `version` if there is none.
#[expect(clippy::cast_possible_truncation, reason = "the result is compared with the number")]
pub fn narrow_f64(number: f64, version: u16) -> Migrated<f32> {
    let narrow = if number.is_nan() {
        let bits = number.to_bits();
        let payload = (bits & F64_MANTISSA) >> LOST;
        f32::from_bits((bits >> 63 << 31) as u32 | f32::INFINITY.to_bits() | payload as u32)
    } else {
        number as f32
    };
    if widen_f32(narrow).to_bits() == number.to_bits() {
        Ok(narrow)
    } else {
        Err(MigrateError::unrepresentable(version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn floats_come_back_bit_for_bit() {
        let nans = [0x7fc0_0000, 0xffc0_0001, 0x7f80_0001, 0x7fbf_ffff, 0xffff_ffff];
        let others = [0, 0x8000_0000, 1, 0x007f_ffff, 0x3f80_0000, 0x7f7f_ffff, 0x7f80_0000, 0xff80_0000];
        for bits in nans.into_iter().chain(others) {
            let wide = widen_f32(f32::from_bits(bits));
            assert_eq!(narrow_f64(wide, 1).unwrap().to_bits(), bits, "{bits:08x}");
        }
    }

    /// The first bit of the payload says whether a NaN is quiet: it stays the first.
    #[test]
    fn the_payload_of_a_nan_is_widened_at_its_end() {
        let rows = [
            (0x7fc0_0000, 0x7ff8_0000_0000_0000),
            (0xff80_0001, 0xfff0_0000_2000_0000),
            (0xffff_ffff, 0xffff_ffff_e000_0000),
        ];
        for (narrow, wide) in rows {
            assert_eq!(widen_f32(f32::from_bits(narrow)).to_bits(), wide, "{narrow:08x}");
        }
    }

    #[test]
    fn refuses_what_an_f32_cannot_hold() {
        let nan = f64::from_bits(f64::NAN.to_bits() | 1);
        for number in [0.1, f64::MAX, f64::MIN_POSITIVE, 16_777_217.0, nan] {
            assert!(narrow_f64(number, 1).is_err(), "{number}");
        }
    }

    #[test]
    fn integers_fit_or_are_refused() {
        assert_eq!(narrow::<u64, u16>(65535, 1).unwrap(), 65535);
        assert_eq!(
            narrow::<i64, u16>(-1, 1).unwrap_err().to_string(),
            "version 1 has no place for this value"
        );
    }
}
