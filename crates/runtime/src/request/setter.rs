//! Setters of generated request builders: they take whatever converts, and keep the first violation.

use std::fmt::Display;

use super::super::{call::error::Error, metadata::operation::Operation, values::violation::Violation};

/// Sets a field. Made for generated code.
#[doc(hidden)]
pub fn set<T>(
    slot: &mut Option<T>,
    refusal: &mut Option<Violation>,
    field: &str,
    value: impl TryInto<T, Error: Display>,
) {
    match value.try_into() {
        Ok(value) => *slot = Some(value),
        Err(error) => refuse(refusal, Violation::new(field, error.to_string())),
    }
}

/// Sets a field that may also be null. Made for generated code.
#[doc(hidden)]
pub fn set_nullable<T>(
    slot: &mut Option<Option<T>>,
    refusal: &mut Option<Violation>,
    field: &str,
    value: impl TryInto<T, Error: Display>,
) {
    let mut inner = None;
    set(&mut inner, refusal, field, value);
    *slot = inner.map(Some);
}

/// Sets a field to a value, or keeps why there is none. Made for generated code.
#[doc(hidden)]
pub fn keep<T>(slot: &mut Option<T>, refusal: &mut Option<Violation>, made: Result<T, Violation>) {
    match made {
        Ok(made) => *slot = Some(made),
        Err(violation) => refuse(refusal, violation),
    }
}

/// Sets a list field, item by item. Made for generated code.
#[doc(hidden)]
pub fn set_list<L, T>(
    slot: &mut Option<L>,
    refusal: &mut Option<Violation>,
    field: &str,
    values: impl IntoIterator<Item: TryInto<T, Error: Display>>,
) where
    L: TryFrom<Vec<T>, Error: Display>,
{
    let mut list = Vec::new();
    for (index, value) in values.into_iter().enumerate() {
        match value.try_into() {
            Ok(value) => list.push(value),
            Err(error) => refuse(refusal, Violation::new(format!("{field}[{index}]"), error.to_string())),
        }
    }
    set(slot, refusal, field, list);
}

/// Returns the value of a required field. Made for generated code.
///
/// # Errors
/// When it was never set.
#[doc(hidden)]
pub fn required<T, E>(slot: Option<T>, field: &str, operation: &Operation) -> Result<T, Error<E>> {
    slot.ok_or_else(|| Error::invalid(operation, Violation::new(field, "is required")))
}

fn refuse(refusal: &mut Option<Violation>, violation: Violation) {
    refusal.get_or_insert(violation);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_first_refusal_and_names_the_item() {
        let (mut slot, mut refusal) = (None::<Vec<u8>>, None);
        set_list::<_, u8>(&mut slot, &mut refusal, "list", [1_i32, 300, -1]);
        assert_eq!(refusal.as_ref().map(Violation::field), Some("list[1]"));
        let mut number = None::<u8>;
        set(&mut number, &mut refusal, "number", 999_i32);
        assert_eq!((number, refusal.as_ref().map(Violation::field)), (None, Some("list[1]")));
        let missing = required::<_, ()>(number, "number", &Operation::new("a", "a", "GET", "/")).unwrap_err();
        assert_eq!(missing.to_string(), "number: is required");
    }
}
