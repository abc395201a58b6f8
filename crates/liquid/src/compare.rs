//! Equality and order of values, as Ruby's `==`, `eql?` and `<=>`.

use std::cmp::Ordering;
use std::sync::Arc;

use num_bigint::BigInt;

use crate::error::Error;
use crate::value::Value;

/// Ruby's `==`: numbers by value, everything else only within its class.
pub fn equal(left: &Value, right: &Value) -> bool {
    same(left, right, &equal)
}

/// Ruby's `eql?`, which hashes use: `1` and `1.0` differ.
pub fn eql(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Float(_), Value::Int(_) | Value::Big(_)) | (Value::Int(_) | Value::Big(_), Value::Float(_)) => false,
        _ => same(left, right, &eql),
    }
}

fn same(left: &Value, right: &Value, items: &dyn Fn(&Value, &Value) -> bool) -> bool {
    match (left, right) {
        (Value::Nil, Value::Nil) | (Value::Empty, Value::Empty) | (Value::Blank, Value::Blank) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Str(left), Value::Str(right)) => left == right,
        (Value::Date(left), Value::Date(right)) => left == right,
        (Value::Time(left), Value::Time(right)) => left.instant() == right.instant(),
        (Value::Range(a, b), Value::Range(c, d)) => a == c && b == d,
        (Value::List(left), Value::List(right)) => {
            Arc::ptr_eq(left, right)
                || (left.len() == right.len() && left.iter().zip(right.iter()).all(|(left, right)| items(left, right)))
        }
        (Value::Hash(left), Value::Hash(right)) => {
            Arc::ptr_eq(left, right)
                || (left.len() == right.len()
                    && left.entries().iter().all(|(key, value)| right.get_value(key).is_some_and(|other| items(value, other))))
        }
        (Value::Object(left), Value::Object(right)) => std::ptr::addr_eq(Arc::as_ptr(left), Arc::as_ptr(right)),
        (Value::Int(_) | Value::Big(_) | Value::Float(_), Value::Int(_) | Value::Big(_) | Value::Float(_)) => {
            compare_numbers(left, right) == Some(Ordering::Equal)
        }
        _ => false,
    }
}

/// Ruby's `<=>`; `None` where Ruby answers `nil`.
pub fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(_) | Value::Big(_) | Value::Float(_), Value::Int(_) | Value::Big(_) | Value::Float(_)) => {
            compare_numbers(left, right)
        }
        (Value::Str(left), Value::Str(right)) => Some(left.as_bytes().cmp(right.as_bytes())),
        (Value::Time(left), Value::Time(right)) => Some(left.instant().cmp(&right.instant())),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
        (Value::List(left), Value::List(right)) => {
            for (left, right) in left.iter().zip(right.iter()) {
                match compare(left, right) {
                    Some(Ordering::Equal) => {}
                    other => return other,
                }
            }
            Some(left.len().cmp(&right.len()))
        }
        (Value::Object(left_object), Value::Object(right_object)) => {
            if equal(left, right) {
                Some(Ordering::Equal)
            } else {
                left_object.compare(&**right_object)
            }
        }
        _ => equal(left, right).then_some(Ordering::Equal),
    }
}

fn compare_numbers(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
        (Value::Float(left), Value::Float(right)) => left.partial_cmp(right),
        (Value::Float(left), right) => compare_float(*left, &big(right)?),
        (left, Value::Float(right)) => compare_float(*right, &big(left)?).map(Ordering::reverse),
        (left, right) => Some(big(left)?.cmp(&big(right)?)),
    }
}

fn compare_float(left: f64, right: &BigInt) -> Option<Ordering> {
    if left.is_nan() {
        return None;
    }
    if left.is_infinite() {
        return Some(if left > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = float_to_integer(left);
    Some(match whole.cmp(right) {
        Ordering::Equal => left.partial_cmp(&left.trunc()).unwrap_or(Ordering::Equal),
        other => other,
    })
}

/// The integer part of a finite float.
pub fn float_to_integer(number: f64) -> BigInt {
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    if number.abs() < 9.0e18 {
        return BigInt::from(number as i64);
    }
    let digits = format!("{:.0}", number.trunc());
    digits.parse().unwrap_or_default()
}

/// An integer value as a big integer.
pub fn big(value: &Value) -> Option<BigInt> {
    match value {
        Value::Int(number) => Some(BigInt::from(*number)),
        Value::Big(number) => Some((**number).clone()),
        _ => None,
    }
}

/// Sorts as Ruby on Linux does: a top-down merge sort, stable, that takes any answer of `order`.
///
/// The standard library's sort may panic when `order` is not a total order, and Ruby's orders are not.
///
/// # Errors
///
/// Ends at the first error that `order` gives.
pub fn merge_sort<T: Clone>(items: &mut [T], order: &mut dyn FnMut(&T, &T) -> Result<Ordering, Error>) -> Result<(), Error> {
    let mut scratch = items.to_vec();
    sort_part(items, &mut scratch, order)
}

fn sort_part<T: Clone>(
    items: &mut [T],
    scratch: &mut [T],
    order: &mut dyn FnMut(&T, &T) -> Result<Ordering, Error>,
) -> Result<(), Error> {
    let length = items.len();
    if length <= 1 {
        return Ok(());
    }
    let half = length / 2;
    {
        let (left, right) = items.split_at_mut(half);
        let (left_scratch, right_scratch) = scratch.split_at_mut(half);
        sort_part(left, left_scratch, order)?;
        sort_part(right, right_scratch, order)?;
    }
    let (mut left, mut right) = (0, half);
    let mut place = 0;
    while left < half && right < length {
        let take_left = order(&items[left], &items[right])? != Ordering::Greater;
        let from = if take_left { &mut left } else { &mut right };
        scratch[place] = items[*from].clone();
        *from += 1;
        place += 1;
    }
    while left < half {
        scratch[place] = items[left].clone();
        left += 1;
        place += 1;
    }
    items[..place].clone_from_slice(&scratch[..place]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_compare_by_value() {
        assert!(equal(&Value::Int(5), &Value::Float(5.0)));
        assert!(!eql(&Value::Int(5), &Value::Float(5.0)));
        assert_eq!(compare(&Value::Float(2.5), &Value::Int(2)), Some(Ordering::Greater));
        assert_eq!(compare(&Value::Float(-2.5), &Value::Int(-2)), Some(Ordering::Less));
        assert_eq!(compare(&Value::Int(1), &Value::from("1")), None);
    }

    #[test]
    fn merge_sort_is_stable_and_takes_odd_orders() {
        let mut items = vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')];
        merge_sort(&mut items, &mut |left, right| Ok(left.0.cmp(&right.0))).expect("no error");
        assert_eq!(items, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
        let mut always = vec![1, 2, 3, 4, 5];
        merge_sort(&mut always, &mut |_, _| Ok(Ordering::Greater)).expect("no error");
        assert_eq!(always.len(), 5);
    }
}
