//! Arithmetic of Liquid's filters: Ruby's integers, and decimals where a float or a decimal string comes in.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use crate::display;
use crate::error::{Error, ErrorKind};
use crate::value::Value;

/// The longest integers that arithmetic answers, in bits.
const MAX_BITS: u64 = 1 << 16;

/// A number as Liquid's filters calculate with it.
#[derive(Debug, Clone, PartialEq)]
pub enum Number {
    /// Ruby's `Integer`.
    Integer(BigInt),
    /// Ruby's `BigDecimal`: `digits` times ten to the power of minus `scale`.
    Decimal {
        /// All digits as an integer.
        digits: BigInt,
        /// How many of them stand behind the point.
        scale: u32,
    },
    /// An infinite decimal.
    Infinity {
        /// Whether it is below zero.
        negative: bool,
    },
    /// The decimal that is no number.
    Undefined,
}

/// `to_number` of Liquid's utilities: what is no number is 0.
pub fn to_number(value: &Value) -> Number {
    match value {
        Value::Int(number) => Number::Integer(BigInt::from(*number)),
        Value::Big(number) => Number::Integer((**number).clone()),
        Value::Float(number) => from_float(*number),
        Value::Str(text) => from_text(text),
        _ => Number::Integer(BigInt::ZERO),
    }
}

fn from_float(number: f64) -> Number {
    if number.is_nan() {
        return Number::Undefined;
    }
    if number.is_infinite() {
        return Number::Infinity { negative: number < 0.0 };
    }
    let scientific = format!("{number:e}");
    let (mantissa, exponent) = scientific.split_once('e').expect("`e` notation has an exponent");
    let exponent: i64 = exponent.parse().expect("an exponent is an integer");
    let fraction = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let digits: BigInt = mantissa.replace('.', "").parse().expect("digits");
    let scale = i64::try_from(fraction).expect("few digits") - exponent;
    if scale >= 0 {
        Number::Decimal { digits, scale: u32::try_from(scale).expect("a float's scale is small") }
    } else {
        let power = u32::try_from(-scale).expect("a float's scale is small");
        Number::Decimal { digits: digits * BigInt::from(10).pow(power), scale: 0 }
    }
}

fn from_text(text: &str) -> Number {
    let stripped = strip(text);
    let unsigned = stripped.strip_prefix('-').unwrap_or(stripped);
    if let Some((whole, fraction)) = unsigned.split_once('.')
        && !whole.is_empty()
        && !fraction.is_empty()
        && whole.len() + fraction.len() < 10_000
        && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
        && let Ok(digits) = format!("{whole}{fraction}").parse::<BigInt>()
    {
        let digits = if stripped.starts_with('-') { -digits } else { digits };
        return Number::Decimal { digits, scale: u32::try_from(fraction.len()).expect("few digits") };
    }
    Number::Integer(leading_integer(text))
}

fn strip(text: &str) -> &str {
    text.trim_matches(|letter: char| letter == '\0' || is_space(letter))
}

/// Ruby's `\s`.
pub fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t'..='\r')
}

/// Ruby's `String#to_i`: the integer that a string begins with, or 0.
pub fn leading_integer(text: &str) -> BigInt {
    let text = text.trim_start_matches(is_space);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut digits = String::new();
    let mut before = '_';
    for letter in text.chars().take(20_000) {
        match letter {
            '0'..='9' => digits.push(letter),
            '_' if before != '_' => {}
            _ => break,
        }
        before = letter;
    }
    let number: BigInt = digits.parse().unwrap_or_default();
    if negative { -number } else { number }
}

/// Ruby's `Integer(text)`, which `Utils.to_integer` uses.
///
/// # Errors
///
/// `invalid integer` for everything that is not wholly an integer.
pub fn strict_integer(value: &Value) -> Result<i64, Error> {
    if let Value::Int(number) = value {
        return Ok(*number);
    }
    let text = display::text(value);
    parse_integer(&text).ok_or_else(|| Error::argument("invalid integer"))
}

fn parse_integer(text: &str) -> Option<i64> {
    let text = text.trim_matches(is_space);
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = text.to_ascii_lowercase();
    let (radix, digits) = if let Some(rest) = lower.strip_prefix("0x") {
        (16, rest)
    } else if let Some(rest) = lower.strip_prefix("0b") {
        (2, rest)
    } else if let Some(rest) = lower.strip_prefix("0o") {
        (8, rest)
    } else if let Some(rest) = lower.strip_prefix("0d") {
        (10, rest)
    } else if lower.len() > 1 && lower.starts_with('0') {
        (8, &lower[1..])
    } else {
        (10, &lower[..])
    };
    if digits.is_empty() || digits.ends_with('_') || digits.contains("__") || digits.starts_with(['_', '+', '-']) {
        return None;
    }
    let number = i64::from_str_radix(&digits.replace('_', ""), radix).ok()?;
    Some(if negative { -number } else { number })
}

impl Number {
    /// The value that a filter answers: decimals become floats.
    pub fn into_value(self) -> Value {
        match self {
            Self::Integer(number) => Value::integer(number),
            Self::Decimal { digits, scale } => Value::Float(decimal_to_float(&digits, scale)),
            Self::Infinity { negative } => Value::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }),
            Self::Undefined => Value::Float(f64::NAN),
        }
    }

    /// Ruby's order of numbers.
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Undefined, _) | (_, Self::Undefined) => None,
            (Self::Infinity { negative: left }, Self::Infinity { negative: right }) => Some(right.cmp(left)),
            (Self::Infinity { negative }, _) => Some(if *negative { Ordering::Less } else { Ordering::Greater }),
            (_, Self::Infinity { negative }) => Some(if *negative { Ordering::Greater } else { Ordering::Less }),
            (left, right) => {
                let (left, right, _) = aligned(left, right);
                Some(left.cmp(&right))
            }
        }
    }

    /// The number without its sign.
    #[must_use]
    pub fn absolute(self) -> Self {
        match self {
            Self::Integer(number) => Self::Integer(magnitude(number)),
            Self::Decimal { digits, scale } => Self::Decimal { digits: magnitude(digits), scale },
            Self::Infinity { .. } => Self::Infinity { negative: false },
            Self::Undefined => Self::Undefined,
        }
    }

    fn parts(&self) -> Option<(&BigInt, u32)> {
        match self {
            Self::Integer(digits) => Some((digits, 0)),
            Self::Decimal { digits, scale } => Some((digits, *scale)),
            Self::Infinity { .. } | Self::Undefined => None,
        }
    }

    fn is_negative(&self) -> bool {
        match self {
            Self::Integer(digits) | Self::Decimal { digits, .. } => digits.sign() == Sign::Minus,
            Self::Infinity { negative } => *negative,
            Self::Undefined => false,
        }
    }

    fn is_zero(&self) -> bool {
        matches!(self, Self::Integer(digits) | Self::Decimal { digits, .. } if digits.sign() == Sign::NoSign)
    }
}

fn magnitude(number: BigInt) -> BigInt {
    if number.sign() == Sign::Minus { -number } else { number }
}

fn decimal_to_float(digits: &BigInt, scale: u32) -> f64 {
    format!("{digits}e-{scale}").parse().unwrap_or(f64::NAN)
}

fn aligned(left: &Number, right: &Number) -> (BigInt, BigInt, u32) {
    let (left, left_scale) = left.parts().expect("a finite number");
    let (right, right_scale) = right.parts().expect("a finite number");
    let scale = left_scale.max(right_scale);
    let raise = |digits: &BigInt, from: u32| digits * BigInt::from(10).pow(scale - from);
    (raise(left, left_scale), raise(right, right_scale), scale)
}

/// What an arithmetic filter does with its two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `plus`.
    Add,
    /// `minus`.
    Subtract,
    /// `times`.
    Multiply,
    /// `divided_by`.
    Divide,
    /// `modulo`.
    Modulo,
}

/// Calculates as `plus`, `minus`, `times`, `divided_by` and `modulo` do.
///
/// # Errors
///
/// Division of an integer by the integer 0, and numbers of thousands of digits.
pub fn calculate(left: &Value, right: &Value, operation: Operation) -> Result<Value, Error> {
    if let (Value::Int(left), Value::Int(right)) = (left, right) {
        let quick = match operation {
            Operation::Add => left.checked_add(*right),
            Operation::Subtract => left.checked_sub(*right),
            Operation::Multiply => left.checked_mul(*right),
            Operation::Divide | Operation::Modulo => None,
        };
        if let Some(answer) = quick {
            return Ok(Value::Int(answer));
        }
    }
    let answer = calculate_numbers(&to_number(left), &to_number(right), operation)?;
    if let Number::Integer(digits) | Number::Decimal { digits, .. } = &answer
        && digits.bits() > MAX_BITS
    {
        return Err(Error::limit("a number has more digits than the limit allows"));
    }
    let is_below_zero = matches!(operation, Operation::Multiply | Operation::Divide)
        && matches!(answer, Number::Decimal { .. })
        && answer.is_zero()
        && has_minus(left) != has_minus(right);
    Ok(if is_below_zero { Value::Float(-0.0) } else { answer.into_value() })
}

/// Whether a number is written with a minus: decimals keep the sign of zero.
pub fn has_minus(value: &Value) -> bool {
    match value {
        Value::Float(number) => number.is_sign_negative(),
        Value::Str(text) => strip(text).starts_with('-'),
        other => to_number(other).is_negative(),
    }
}

fn calculate_numbers(left: &Number, right: &Number, operation: Operation) -> Result<Number, Error> {
    if left.parts().is_none() || right.parts().is_none() {
        return Ok(calculate_unbounded(left, right, operation));
    }
    let whole = matches!((left, right), (Number::Integer(_), Number::Integer(_)));
    let make = |digits: BigInt, scale: u32| {
        if whole { Number::Integer(digits) } else { Number::Decimal { digits, scale } }
    };
    let zero_division = || Error::new(ErrorKind::ZeroDivision, "divided by 0");
    match operation {
        Operation::Multiply => {
            let ((left, left_scale), (right, right_scale)) =
                (left.parts().expect("a finite number"), right.parts().expect("a finite number"));
            Ok(make(left * right, left_scale + right_scale))
        }
        Operation::Add | Operation::Subtract => {
            let (left, right, scale) = aligned(left, right);
            Ok(make(if operation == Operation::Add { left + right } else { left - right }, scale))
        }
        Operation::Modulo => {
            if right.is_zero() {
                return Err(zero_division());
            }
            let (left, right, scale) = aligned(left, right);
            Ok(make(floor_modulo(&left, &right), scale))
        }
        Operation::Divide if whole => {
            if right.is_zero() {
                return Err(zero_division());
            }
            let (left, right, _) = aligned(left, right);
            let remainder = floor_modulo(&left, &right);
            Ok(Number::Integer((left - remainder) / right))
        }
        Operation::Divide => {
            if right.is_zero() {
                return Ok(if left.is_zero() { Number::Undefined } else { Number::Infinity { negative: left.is_negative() } });
            }
            let (left, right, _) = aligned(left, right);
            let digits = 40 + u32::try_from(right.bits() / 3).unwrap_or(0);
            Ok(Number::Decimal { digits: left * BigInt::from(10).pow(digits) / right, scale: digits })
        }
    }
}

fn calculate_unbounded(left: &Number, right: &Number, operation: Operation) -> Number {
    let float = |number: &Number| match number.clone().into_value() {
        Value::Float(number) => number,
        other => display::text(&other).parse().unwrap_or(f64::NAN),
    };
    let (left, right) = (float(left), float(right));
    from_float(match operation {
        Operation::Add => left + right,
        Operation::Subtract => left - right,
        Operation::Multiply => left * right,
        Operation::Divide => left / right,
        Operation::Modulo => left % right,
    })
}

fn floor_modulo(left: &BigInt, right: &BigInt) -> BigInt {
    let remainder = left % right;
    if remainder.sign() != Sign::NoSign && (remainder.sign() == Sign::Minus) != (right.sign() == Sign::Minus) {
        remainder + right
    } else {
        remainder
    }
}

/// How to lose the digits behind the point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest, halves away from zero.
    Nearest,
    /// Down.
    Floor,
    /// Up.
    Ceiling,
}

/// Rounds to `places` digits behind the point; 0 and less give an integer.
///
/// # Errors
///
/// Infinity and NaN cannot be rounded.
pub fn round(value: &Value, places: i64, rounding: Rounding) -> Result<Number, Error> {
    let number = to_number(value);
    let Some((digits, scale)) = number.parts() else {
        return Err(Error::new(ErrorKind::FloatDomain, display::text(&number.into_value())));
    };
    let places = places.clamp(-400, 400);
    if i64::from(scale) <= places {
        return Ok(number);
    }
    let drop = u32::try_from(i64::from(scale) - places).expect("more digits than places");
    let unit = BigInt::from(10).pow(drop);
    let below = floor_modulo(digits, &unit);
    let floor = digits - &below;
    let twice = &below * 2;
    let up = match rounding {
        Rounding::Floor => false,
        Rounding::Ceiling => below.sign() != Sign::NoSign,
        Rounding::Nearest if digits.sign() == Sign::Minus => twice > unit,
        Rounding::Nearest => twice >= unit,
    };
    let rounded = (if up { floor + &unit } else { floor }) / unit;
    Ok(if places > 0 {
        Number::Decimal { digits: rounded, scale: u32::try_from(places).expect("few places") }
    } else {
        let whole = rounded * BigInt::from(10).pow(u32::try_from(-places).expect("few places"));
        Number::Integer(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(left: impl Into<Value>, right: impl Into<Value>, operation: Operation) -> String {
        match calculate(&left.into(), &right.into(), operation) {
            Ok(value) => display::text(&value),
            Err(error) => error.message,
        }
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(answer(0.1, 3_i64, Operation::Multiply), "0.3");
        assert_eq!(answer(0.3, 0.1, Operation::Subtract), "0.2");
        assert_eq!(answer(2_i64, 3.0, Operation::Divide), "0.6666666666666666");
        assert_eq!(answer(-7_i64, 3_i64, Operation::Modulo), "2");
        assert_eq!(answer(-7_i64, 2_i64, Operation::Divide), "-4");
        assert_eq!(answer(i64::MAX, 1_i64, Operation::Add), "9223372036854775808");
        assert_eq!(answer(7.0, 0_i64, Operation::Divide), "Infinity");
        assert_eq!(answer(7_i64, 0_i64, Operation::Divide), "divided by 0");
    }

    #[test]
    fn rounding_is_away_from_zero() {
        let text = |value: f64, places| {
            display::text(&round(&Value::Float(value), places, Rounding::Nearest).expect("finite").into_value())
        };
        assert_eq!(text(2.5, 0), "3");
        assert_eq!(text(-2.5, 0), "-3");
        assert_eq!(text(1.005, 2), "1.01");
    }

    #[test]
    fn integers_are_read_as_ruby_reads_them() {
        assert_eq!(leading_integer(" -1_000x").to_string(), "-1000");
        assert_eq!(leading_integer("0x1F").to_string(), "0");
        assert_eq!(parse_integer("0x1F"), Some(31));
        assert_eq!(parse_integer("010"), Some(8));
        assert_eq!(parse_integer("2.0"), None);
    }
}
