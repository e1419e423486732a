//! Where types say something else than the document on purpose. A row more is a known difference more.

use runtime::{Constraint, Refusal};
use serde_json::Value;

use super::{subject::Subject, validator::Violation};
use crate::boundary_values::BoundaryValue;

/// A known difference, and which differences it explains.
#[derive(Clone, Copy)]
pub struct KnownDifference {
    /// What types do.
    pub name: &'static str,
    /// Why.
    pub reason: &'static str,
    /// Whether it explains that a type takes a value that violates this keyword.
    pub looser: fn(&Looser<'_>) -> bool,
    /// Whether it explains that a type refuses a value that the document allows.
    pub stricter: fn(&Stricter<'_>) -> bool,
}

/// A keyword that a value violates and that a type does not enforce.
pub struct Looser<'a> {
    /// The untouched document.
    pub document: &'a Value,
    /// All types.
    pub subjects: &'a [Subject],
    /// The type.
    pub subject: &'a Subject,
    /// The value, and what it probes.
    pub input: &'a BoundaryValue,
    /// The violation.
    pub violation: &'a Violation,
}

/// A value that the document allows and a type refuses.
pub struct Stricter<'a> {
    /// The untouched document.
    pub document: &'a Value,
    /// The value, and what it probes.
    pub input: &'a BoundaryValue,
    /// Why the type refuses it.
    pub refusal: &'a Refusal,
}

fn never_looser(_: &Looser<'_>) -> bool {
    false
}

fn never_stricter(_: &Stricter<'_>) -> bool {
    false
}

/// The known differences.
pub const KNOWN_DIFFERENCES: &[KnownDifference] = &[
    KnownDifference {
        name: "null in answers",
        reason: "a server that sends null for an absent property must not cost the caller the answer",
        looser: |looser| !looser.subject.in_requests && looser.violation.value.is_null() && is_type(looser.violation),
        stricter: never_stricter,
    },
    KnownDifference {
        name: "other values of enums in answers",
        reason: "a value more than the document lists must not cost the caller the answer; it is read, and not sent",
        looser: |looser| {
            let is_answered = |one: &Subject| one.in_responses && one.pointer == looser.violation.pointer;
            let is_open = looser.subject.in_responses || looser.subjects.iter().any(is_answered);
            // beside an enum a pattern only says which of the values there are
            let has_values =
                || looser.document.pointer(&looser.violation.pointer).is_some_and(|one| one.get("enum").is_some());
            let is_listed =
                looser.violation.keyword == "enum" || (looser.violation.keyword == "pattern" && has_values());
            is_open && is_listed && looser.violation.value.is_string()
        },
        stricter: never_stricter,
    },
    KnownDifference {
        name: "integers written as fractions",
        reason: "1.0 and 1e300 are integers to JSON Schema and not to serde; nobody writes one so",
        looser: never_looser,
        stricter: |stricter| {
            any(&stricter.input.value, &|value| {
                value.as_f64().is_some_and(|number| value.is_f64() && number.fract() == 0.0)
            })
        },
    },
    KnownDifference {
        name: "integers of 64 bits",
        reason: "an integer without a format is one of 64 bits, signed: no API is known to need more",
        looser: never_looser,
        stricter: |stricter| any(&stricter.input.value, &|value| value.is_u64() && value.as_i64().is_none()),
    },
    KnownDifference {
        name: "several branches of oneOf",
        reason: "documents say oneOf where values may well be of several branches; they are read as the one that knows \
            most",
        looser: |looser| looser.violation.keyword == "oneOf" && looser.violation.variants.is_empty(),
        stricter: never_stricter,
    },
    KnownDifference {
        name: "lists as objects",
        reason: "serde reads a list as an object's properties in order, and some servers write an empty object as []",
        looser: |looser| looser.violation.value.is_array() && looser.violation.keyword == "type",
        stricter: never_stricter,
    },
    KnownDifference {
        name: "other forms of dates and UUIDs",
        reason: "they are values, not texts: read in the other forms that their crates know, written in the document's",
        looser: |looser| {
            let text = looser.violation.value.as_str().unwrap_or_default();
            is_format(looser, "date") && is_loose_date(text)
                || is_format(looser, "date-time") && text.split_once(' ').is_some_and(|(date, _)| is_loose_date(date))
                || is_format(looser, "uuid") && is_loose_uuid(text)
        },
        stricter: never_stricter,
    },
    KnownDifference {
        name: "nullable beside a reference",
        reason: "OpenAPI 3.0 gives `nullable` no meaning without a type, and its authors mean that null is allowed",
        looser: |looser| looser.violation.value.is_null() && is_nullable_without_type(looser),
        stricter: never_stricter,
    },
    KnownDifference {
        name: "null beside a type",
        reason: "a type is what is there; what may also be null is an Option of it where it is used",
        looser: never_looser,
        stricter: |stricter| stricter.input.value.is_null(),
    },
    KnownDifference {
        name: "anyOf of objects as one object",
        reason: "a value may be of several branches, so it is read as one object with the properties of all",
        looser: never_looser,
        stricter: |stricter| stricter.input.trail.iter().any(|at| at.contains("/anyOf/")),
    },
    KnownDifference {
        name: "files",
        reason: "a file travels as a part of a form, and is never read from JSON",
        looser: never_looser,
        stricter: |stricter| stricter.refusal.constraint == Some(Constraint::Binary),
    },
    KnownDifference {
        name: "the discriminator decides",
        reason: "OpenAPI says that a discriminator names the branch of a value, which JSON Schema does not know",
        looser: never_looser,
        stricter: |stricter| stricter.refusal.constraint == Some(Constraint::Discriminator),
    },
];

/// Whether a violated keyword is a format of the document.
fn is_format(looser: &Looser<'_>, format: &str) -> bool {
    let schema = looser.document.pointer(&looser.violation.pointer);
    looser.violation.keyword == "format" && schema.is_some_and(|schema| schema["format"] == format)
}

/// Whether a schema on the way to the value says `nullable`, and no type.
fn is_nullable_without_type(looser: &Looser<'_>) -> bool {
    let mut way = looser.input.trail.iter().filter_map(|at| looser.document.pointer(at));
    way.any(|schema| schema["nullable"] == true && schema.get("type").is_none())
}

/// Year, month and day, perhaps without zeros before them or with blanks around them.
fn is_loose_date(text: &str) -> bool {
    let parts: Vec<_> = text.trim().split('-').map(str::parse::<u32>).collect();
    matches!(parts.as_slice(), [Ok(_), Ok(1..=12), Ok(1..=31)])
}

/// 32 digits, without the dashes, in braces or as a URN.
fn is_loose_uuid(text: &str) -> bool {
    let text = text.trim_start_matches("urn:uuid:").trim_start_matches('{').trim_end_matches('}').replace('-', "");
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_type(violation: &Violation) -> bool {
    matches!(violation.keyword.as_str(), "type" | "enum" | "const" | "oneOf" | "anyOf")
}

/// Whether a value or one inside of it is such a one.
fn any(value: &Value, is: &dyn Fn(&Value) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| any(item, is)),
        Value::Object(map) => map.values().any(|item| any(item, is)),
        other => is(other),
    }
}
