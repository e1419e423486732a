//! `multipleOf` in decimal arithmetic.

use std::fmt;

/// A number type of generated code.
pub trait Numeric: Copy + PartialOrd + fmt::Display {
    /// Returns whether it is a multiple of `of`. Every number is a multiple of 0.
    fn is_multiple(self, of: Self) -> bool;
}

macro_rules! integers {
    ($($integer:ty)*) => { $(
        impl Numeric for $integer {
            fn is_multiple(self, of: Self) -> bool {
                of == 0 || self % of == 0
            }
        }
    )* };
}

integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Numeric for f64 {
    fn is_multiple(self, of: Self) -> bool {
        is_decimal_multiple(self, of).unwrap_or_else(|| (self / of).fract() == 0.0)
    }
}

impl Numeric for f32 {
    fn is_multiple(self, of: Self) -> bool {
        is_decimal_multiple(self, of).unwrap_or_else(|| (self / of).fract() == 0.0)
    }
}

/// Returns whether a number is a multiple of another in decimal: 0.3 of 0.1, although their binary fractions are not.
/// `None` if the digits do not fit an `i128`.
fn is_decimal_multiple(number: impl fmt::LowerExp, of: impl fmt::LowerExp) -> Option<bool> {
    let ((number, exponent), (of, other)) = (decimal(&format!("{number:e}"))?, decimal(&format!("{of:e}"))?);
    let least = exponent.min(other);
    let scaled =
        |digits: i128, exponent: i32| 10_i128.checked_pow(u32::try_from(exponent - least).ok()?)?.checked_mul(digits);
    let (number, of) = (scaled(number, exponent)?, scaled(of, other)?);
    Some(of == 0 || number % of == 0)
}

/// Returns the digits of a number as an integer, and the exponent of the power of ten to multiply it by.
fn decimal(text: &str) -> Option<(i128, i32)> {
    let (digits, exponent) = text.split_once('e')?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent: i32 = exponent.parse().ok()?;
    Some((format!("{whole}{fraction}").parse().ok()?, exponent - i32::try_from(fraction.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_decimal() {
        for (number, of, is) in [
            (0.3_f64, 0.1, true),
            (0.35, 0.1, false),
            (19.99, 0.01, true),
            (1e300, 1e299, true),
            (1e22, 0.1, true),
            (-0.6, 0.2, true),
            (0.0, 7.0, true),
            (4.0, 3.0, false),
        ] {
            assert_eq!(number.is_multiple(of), is, "{number} {of}");
        }
        assert!(0.3_f32.is_multiple(0.1) && !7_i64.is_multiple(2) && Numeric::is_multiple(8_u8, 2));
    }
}
