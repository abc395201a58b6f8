//! What an unquoted scalar means: the rules of SafeYAML 1.0.5, in its order.

use num_bigint::BigInt;
use postferry_doc::{Text, Value};

use crate::time::resolve_time;

/// The most digits of a number that is not decimal: turning them into decimal ones takes time that grows with their
/// square. What is longer stays a text.
const LONGEST_NUMBER: usize = 1_000;

/// Resolves one unquoted scalar as SafeYAML 1.0.5 does (`lib/safe_yaml/transform`). A text at which SafeYAML
/// raises an error (`._`) stays a text here; reading a head reports it.
///
/// ```
/// use postferry_doc::Value;
/// use postferry_frontmatter::resolve_scalar;
///
/// assert_eq!(resolve_scalar("0012"), Value::Int(10));
/// assert_eq!(resolve_scalar("12:30"), Value::Float(750.0));
/// assert_eq!(resolve_scalar("1e3"), Value::from("1e3"));
/// ```
pub fn resolve_scalar(text: &str) -> Value {
    try_resolve(text).unwrap_or_else(|_| Value::from(text))
}

/// Like [`resolve_scalar`]; the error is the message of the exception that SafeYAML lets through.
pub(crate) fn try_resolve(text: &str) -> Result<Value, String> {
    if !may_be_special(text) {
        return Ok(Value::from(text));
    }
    // Ruby's `\Z` also matches before a last line feed, which only a tagged quoted text can have.
    let trimmed = text.strip_suffix('\n').unwrap_or(text);
    if let Some(value) = resolve_integer(trimmed) {
        return Ok(value);
    }
    if let Some(value) = resolve_float(trimmed)? {
        return Ok(value);
    }
    if trimmed.is_empty() || trimmed == "~" || trimmed.eq_ignore_ascii_case("null") {
        return Ok(Value::Null);
    }
    if ["yes", "on", "true"].iter().any(|word| trimmed.eq_ignore_ascii_case(word)) {
        return Ok(Value::Bool(true));
    }
    if ["no", "off", "false"].iter().any(|word| trimmed.eq_ignore_ascii_case(word)) {
        return Ok(Value::Bool(false));
    }
    Ok(resolve_time(trimmed).unwrap_or_else(|| Value::from(text)))
}

/// Says whether a text can be anything but a text: most begin with a letter that no rule knows.
fn may_be_special(text: &str) -> bool {
    match text.bytes().next() {
        None => true,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'_' | b',' | b'~' | b'\n') => true,
        Some(b'n' | b'N' | b'y' | b'Y' | b't' | b'T' | b'f' | b'F' | b'o' | b'O') => text.len() <= 6,
        Some(_) => false,
    }
}

fn resolve_integer(text: &str) -> Option<Value> {
    let cleaned: String = text.chars().filter(|c| !matches!(c, '_' | ',')).collect();
    let (negative, digits) = split_sign(&cleaned);
    let all = |radix: u32, digits: &str| !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    if digits == "0" || (all(10, digits) && !digits.starts_with('0')) {
        return integer(digits, 10, negative);
    }
    let signed = digits.len() != cleaned.len();
    if !signed && digits.starts_with('0') && all(8, &digits[1..]) {
        return integer(&digits[1..], 8, false);
    }
    if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X").filter(|_| !signed))
        && all(16, hex)
    {
        return integer(hex, 16, negative);
    }
    if let Some(bits) = digits.strip_prefix("0b").filter(|bits| !signed && all(2, bits)) {
        return integer(bits, 2, false);
    }
    sexagesimal(&cleaned, None)
}

fn integer(digits: &str, radix: u32, negative: bool) -> Option<Value> {
    if let Ok(number) = i64::from_str_radix(digits, radix) {
        return Some(Value::Int(if negative { -number } else { number }));
    }
    if radix == 10 {
        let signed = format!("{}{digits}", if negative { "-" } else { "" });
        return Some(signed.parse().map_or_else(|_| Value::BigInt(signed.into()), Value::Int));
    }
    let number = BigInt::parse_bytes(digits.as_bytes(), radix).filter(|_| digits.len() <= LONGEST_NUMBER)?;
    let number = if negative { -number } else { number };
    Some(i64::try_from(&number).map_or_else(|_| Value::BigInt(number.to_string().into()), Value::Int))
}

/// `12:30` is 750.0. A negative number is counted negative twice, as SafeYAML does: `-12:30` is 690.0.
fn sexagesimal(whole: &str, fraction: Option<&str>) -> Option<Value> {
    let (negative, digits) = split_sign(whole);
    let mut parts = digits.split(':');
    let first = parts.next().filter(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))?;
    let rest: Vec<&str> = parts.collect();
    let sixtieth = |part: &&str| match part.as_bytes() {
        [b'0'..=b'9'] => true,
        [tens, ones] => matches!(tens, b'0'..=b'5') && ones.is_ascii_digit(),
        _ => false,
    };
    if rest.is_empty() || !rest.iter().all(sixtieth) {
        return None;
    }
    let mut sum = 0.0;
    let mut multiplier = 1.0;
    for part in rest.iter().rev() {
        sum += part.parse::<f64>().ok()? * multiplier;
        multiplier *= 60.0;
    }
    let first = first.parse::<f64>().ok()?;
    sum += if negative { -first } else { first } * multiplier;
    if let Some(fraction) = fraction {
        sum += format!("0.{fraction}0").parse::<f64>().ok()?;
    }
    Some(Value::Float(if negative { -sum } else { sum }))
}

/// A float needs a point; digits may hold `_`; an exponent needs its sign.
fn resolve_float(text: &str) -> Result<Option<Value>, String> {
    let (_, digits) = split_sign(text);
    match text.to_ascii_lowercase().as_str() {
        ".inf" => return Ok(Some(Value::Float(f64::INFINITY))),
        "-.inf" => return Ok(Some(Value::Float(f64::NEG_INFINITY))),
        ".nan" => return Ok(Some(Value::Float(f64::NAN))),
        _ => {}
    }
    let Some((whole, rest)) = digits.split_once('.') else { return Ok(None) };
    if whole.contains(':') {
        let prefix = text[..text.len() - rest.len() - 1].replace('_', "");
        let digits = rest.bytes().all(|b| b.is_ascii_digit() || b == b'_');
        return Ok(if digits { sexagesimal(&prefix, Some(&rest.replace('_', ""))) } else { None });
    }
    let (fraction, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let digits_or_low_lines = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let whole_fits = whole.is_empty() || (whole.as_bytes()[0].is_ascii_digit() && digits_or_low_lines(whole));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let (_, digits) = split_sign(exponent);
        digits.len() < exponent.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    });
    if !whole_fits || fraction.is_empty() || !digits_or_low_lines(fraction) || !exponent_fits {
        return Ok(None);
    }
    // Ruby's `Float()` takes a low line only between two digits.
    let between_digits = |part: &str| !part.starts_with('_') && !part.ends_with('_') && !part.contains("__");
    if !between_digits(whole) || !between_digits(fraction) {
        return Err(format!("invalid value for Float(): \"{text}\""));
    }
    let cleaned = text.replace('_', "");
    Ok(cleaned.parse().ok().map(Value::Float))
}

fn split_sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// Decodes `!binary` as Ruby's `String#unpack("m")` does: what is not of the alphabet is skipped, `=` ends it.
/// Bytes that are not UTF-8 become replacement characters.
pub(crate) fn decode_base64(text: &str) -> Text {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0_u32;
    let mut count = 0;
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = (bits << 6 | u32::from(value)) & 0x00FF_FFFF;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    String::from_utf8_lossy(&bytes).as_ref().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_of_any_size() {
        assert_eq!(resolve_scalar("-9223372036854775808"), Value::Int(i64::MIN));
        assert_eq!(resolve_scalar("9223372036854775808"), Value::BigInt("9223372036854775808".into()));
        assert_eq!(resolve_scalar("136171103105421_424647540924441"), Value::BigInt("136171103105421424647540924441".into()));
        assert_eq!(resolve_scalar("0x1FFFFFFFFFFFFFFFFF"), Value::BigInt("590295810358705651711".into()));
        assert_eq!(resolve_scalar("-0x1F"), Value::Int(-31));
        assert_eq!(resolve_scalar("0,1"), Value::Int(1));
    }

    #[test]
    fn what_looks_like_a_number_and_is_none() {
        for text in ["08", "1.", "1e3", "1.5e3", "0o17", "0B1", "+.inf", "1:60", "1,000.5", "-", "0x", "２"] {
            assert_eq!(resolve_scalar(text), Value::from(text));
        }
        assert!(try_resolve("._").is_err());
    }

    #[test]
    fn base_sixty_keeps_its_odd_sign() {
        assert_eq!(resolve_scalar("12:30:45.5"), Value::Float(45_045.5));
        assert_eq!(resolve_scalar("-12:30"), Value::Float(690.0));
    }
}
