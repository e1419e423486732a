//! Known differences: where types differ from the document on purpose.

use runtime::{Constraint, Refusal};
use serde_json::Value;

use super::{subject::Subject, validator::Violation};
use crate::boundary_values::BoundaryValue;

/// A known difference, with the differences that it explains.
#[derive(Clone, Copy)]
pub struct KnownDifference {
    /// Its name.
    pub name: &'static str,
    /// Its reason.
    pub reason: &'static str,
    /// Whether it explains that a type accepts a value that violates a keyword.
    pub explains_accepted: fn(&Accepted<'_>) -> bool,
    /// Whether it explains that a type rejects a valid value.
    pub explains_rejected: fn(&Rejected<'_>) -> bool,
}

/// A value that violates a keyword, and that a type accepts.
pub struct Accepted<'a> {
    /// The original document.
    pub document: &'a Value,
    /// All types.
    pub subjects: &'a [Subject],
    /// The type.
    pub subject: &'a Subject,
    /// The boundary value.
    pub input: &'a BoundaryValue,
    /// The violation.
    pub violation: &'a Violation,
}

/// A valid value that a type rejects.
pub struct Rejected<'a> {
    /// The original document.
    pub document: &'a Value,
    /// The boundary value.
    pub input: &'a BoundaryValue,
    /// Why the type rejects it.
    pub refusal: &'a Refusal,
}

fn never_accepted(_: &Accepted<'_>) -> bool {
    false
}

fn never_rejected(_: &Rejected<'_>) -> bool {
    false
}

/// The known differences.
pub const KNOWN_DIFFERENCES: &[KnownDifference] = &[
    KnownDifference {
        name: "null in responses",
        reason: "a response must stay readable if the server sends null for an absent property",
        explains_accepted: |accepted| {
            !accepted.subject.in_requests && accepted.violation.value.is_null() && is_type(accepted.violation)
        },
        explains_rejected: never_rejected,
    },
    KnownDifference {
        name: "unknown enum values in responses",
        reason: "a response must stay readable if the server adds an enum value; such values are read, and not sent",
        explains_accepted: |accepted| {
            let is_response = |one: &Subject| one.in_responses && one.pointer == accepted.violation.pointer;
            let is_open = accepted.subject.in_responses || accepted.subjects.iter().any(is_response);
            let schema = accepted.document.pointer(&accepted.violation.pointer);
            let values = schema.and_then(|one| one.get("enum")?.as_array()).into_iter().flatten();
            let mut values = values.chain(schema.and_then(|one| one.get("const")));
            let value = &accepted.violation.value;
            let is_of_type = |listed: &Value| std::mem::discriminant(listed) == std::mem::discriminant(value);
            // beside an enum, constraints only select values of the enum
            let is_selecting = matches!(
                accepted.violation.keyword.as_str(),
                "enum" | "const" | "pattern" | "minLength" | "maxLength" | "minimum" | "maximum" | "multipleOf"
            );
            is_open && is_selecting && values.any(is_of_type)
        },
        explains_rejected: never_rejected,
    },
    KnownDifference {
        name: "integers with a decimal point or exponent",
        reason: "1.0 and 1e300 are integers in JSON Schema and floats in serde; servers do not send such integers",
        explains_accepted: never_accepted,
        explains_rejected: |rejected| {
            any(&rejected.input.value, &|value| {
                value.as_f64().is_some_and(|number| value.is_f64() && number.fract() == 0.0)
            })
        },
    },
    KnownDifference {
        name: "64-bit integers",
        reason: "an integer without a format is a signed 64-bit integer; no known API needs more",
        explains_accepted: never_accepted,
        explains_rejected: |rejected| any(&rejected.input.value, &|value| value.is_u64() && value.as_i64().is_none()),
    },
    KnownDifference {
        name: "several variants of oneOf",
        reason: "documents use oneOf where values match several variants; the one with the most properties is read",
        explains_accepted: |accepted| accepted.violation.keyword == "oneOf" && accepted.violation.variants.is_empty(),
        explains_rejected: never_rejected,
    },
    KnownDifference {
        name: "arrays as objects",
        reason: "serde reads arrays as the properties of an object in order, and some servers send [] for {}",
        explains_accepted: |accepted| accepted.violation.value.is_array() && accepted.violation.keyword == "type",
        explains_rejected: never_rejected,
    },
    KnownDifference {
        name: "other forms of dates and UUIDs",
        reason: "they are parsed: the forms that their crates accept are read, and the form of the document is written",
        explains_accepted: |accepted| {
            let text = accepted.violation.value.as_str().unwrap_or_default();
            is_format(accepted, "date") && is_lenient_date(text)
                || is_format(accepted, "date-time")
                    && text.split_once(' ').is_some_and(|(date, _)| is_lenient_date(date))
                || is_format(accepted, "uuid") && is_lenient_uuid(text)
        },
        explains_rejected: never_rejected,
    },
    KnownDifference {
        name: "nullable beside a reference",
        reason: "in OpenAPI 3.0, `nullable` without a type has no effect, but authors intend it to allow null",
        explains_accepted: |accepted| accepted.violation.value.is_null() && is_nullable_without_type(accepted),
        explains_rejected: never_rejected,
    },
    KnownDifference {
        name: "nullable types",
        reason: "a type represents non-null values; a nullable value is an Option of it where it is used",
        explains_accepted: never_accepted,
        explains_rejected: |rejected| rejected.input.value.is_null(),
    },
    KnownDifference {
        name: "anyOf of objects as one object",
        reason: "a value may match several variants, so it is read as one object with the properties of all",
        explains_accepted: never_accepted,
        explains_rejected: |rejected| rejected.input.trail.iter().any(|at| at.contains("/anyOf/")),
    },
    KnownDifference {
        name: "files",
        reason: "a file is sent as a part of a form, and is not JSON",
        explains_accepted: never_accepted,
        explains_rejected: |rejected| rejected.refusal.constraint == Some(Constraint::Binary),
    },
    KnownDifference {
        name: "variants by discriminator",
        reason: "a discriminator selects the variant of a value in OpenAPI; JSON Schema ignores it",
        explains_accepted: never_accepted,
        explains_rejected: |rejected| rejected.refusal.constraint == Some(Constraint::Discriminator),
    },
];

/// Whether the violated keyword is this format.
fn is_format(accepted: &Accepted<'_>, format: &str) -> bool {
    let schema = accepted.document.pointer(&accepted.violation.pointer);
    accepted.violation.keyword == "format" && schema.is_some_and(|schema| schema["format"] == format)
}

/// Whether a schema on the path to the value is `nullable` without a type.
fn is_nullable_without_type(accepted: &Accepted<'_>) -> bool {
    let mut path = accepted.input.trail.iter().filter_map(|at| accepted.document.pointer(at));
    path.any(|schema| schema["nullable"] == true && schema.get("type").is_none())
}

/// Whether a string is year, month and day, with optional leading zeros and surrounding blanks.
fn is_lenient_date(text: &str) -> bool {
    let parts: Vec<_> = text.trim().split('-').map(str::parse::<u32>).collect();
    matches!(parts.as_slice(), [Ok(_), Ok(1..=12), Ok(1..=31)])
}

/// Whether a string is a UUID, with or without dashes, in braces or as a URN.
fn is_lenient_uuid(text: &str) -> bool {
    let text = text.trim_start_matches("urn:uuid:").trim_start_matches('{').trim_end_matches('}').replace('-', "");
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_type(violation: &Violation) -> bool {
    matches!(violation.keyword.as_str(), "type" | "enum" | "const" | "oneOf" | "anyOf")
}

/// Whether a predicate holds for a scalar in a value.
fn any(value: &Value, predicate: &dyn Fn(&Value) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| any(item, predicate)),
        Value::Object(map) => map.values().any(|item| any(item, predicate)),
        other => predicate(other),
    }
}
