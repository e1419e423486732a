//! Setters of generated request builders. They convert values and record the first violation.

use std::fmt::Display;

use super::super::values::violation::Violation;

/// Converts and sets a value. Used by generated code.
#[doc(hidden)]
pub fn set<T>(
    slot: &mut Option<T>,
    first: &mut Option<Violation>,
    field: &str,
    value: impl TryInto<T, Error: Display>,
) {
    match value.try_into() {
        Ok(value) => *slot = Some(value),
        Err(error) => record(first, Violation::new(field, error.to_string())),
    }
}

/// Converts and sets a nullable value. Used by generated code.
#[doc(hidden)]
pub fn set_nullable<T>(
    slot: &mut Option<Option<T>>,
    first: &mut Option<Violation>,
    field: &str,
    value: impl TryInto<T, Error: Display>,
) {
    let mut inner = None;
    set(&mut inner, first, field, value);
    *slot = inner.map(Some);
}

/// Sets a value, or records its violation. Used by generated code.
#[doc(hidden)]
pub fn set_result<T>(slot: &mut Option<T>, first: &mut Option<Violation>, result: Result<T, Violation>) {
    match result {
        Ok(value) => *slot = Some(value),
        Err(violation) => record(first, violation),
    }
}

/// Converts and sets an array item by item. Used by generated code.
#[doc(hidden)]
pub fn set_list<L, T>(
    slot: &mut Option<L>,
    first: &mut Option<Violation>,
    field: &str,
    values: impl IntoIterator<Item: TryInto<T, Error: Display>>,
) where
    L: TryFrom<Vec<T>, Error: Display>,
{
    let mut list = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        match value.try_into() {
            Ok(value) => list.push(value),
            Err(error) => record(first, Violation::new(format!("{field}[{index}]"), error.to_string())),
        }
    }
    set(slot, first, field, list);
}

/// Returns a required value. Used by generated code.
///
/// # Errors
/// When it was not set.
#[doc(hidden)]
pub fn required<T>(slot: Option<T>, field: &str) -> Result<T, Violation> {
    slot.ok_or_else(|| Violation::new(field, "is required"))
}

fn record(first: &mut Option<Violation>, violation: Violation) {
    first.get_or_insert(violation);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_the_first_violation_with_the_index_of_the_item() {
        let (mut slot, mut first) = (None::<Vec<u8>>, None);
        set_list::<_, u8>(&mut slot, &mut first, "list", [1_i32, 300, -1]);
        assert_eq!(first.as_ref().map(Violation::field), Some("list[1]"));
        let mut number = None::<u8>;
        set(&mut number, &mut first, "number", 999_i32);
        assert_eq!((number, first.as_ref().map(Violation::field)), (None, Some("list[1]")));
        let missing = required(number, "number").unwrap_err();
        assert_eq!((missing.field(), missing.reason()), ("number", "is required"));
    }
}
