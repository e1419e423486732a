//! Exclusive bounds of numbers.

use serde_json::{Map, Value};

use super::notes::SchemaNotes;

const NO_EFFECT: &str = "no effect: another bound of the schema is tighter";

/// Converts a numeric exclusive bound to a boolean one; the tighter of two bounds stays.
pub(super) fn bounds(schema: &mut Map<String, Value>, notes: &mut SchemaNotes<'_, '_>) {
    for (exclusive, inclusive, tighter) in [
        ("exclusiveMinimum", "minimum", std::cmp::Ordering::Less),
        ("exclusiveMaximum", "maximum", std::cmp::Ordering::Greater),
    ] {
        let Some(bound) = schema.get(exclusive).filter(|bound| bound.is_number()).cloned() else { continue };
        let other = schema.get(inclusive).and_then(Value::as_f64);
        let is_tighter = match (other, bound.as_f64()) {
            (Some(other), Some(bound)) => other == bound || other.partial_cmp(&bound) == Some(tighter),
            _ => true,
        };
        if is_tighter {
            if let Some(wider) = schema.insert(inclusive.to_owned(), bound) {
                notes.ignored(inclusive, NO_EFFECT, &wider);
            }
            schema.insert(exclusive.to_owned(), true.into());
            notes.moved(&format!("/{exclusive}"), &format!("/{inclusive}"));
        } else {
            schema.remove(exclusive);
            notes.ignored(exclusive, NO_EFFECT, &bound);
        }
    }
}
