//! Explains differences: by the list of unsupported keywords, or as known differences.

use codegen::UnsupportedKeyword;
use openapi::pointer::join;
use runtime::Refusal;
use serde::Serialize;
use serde_json::Value;

use super::{
    known_differences::{Accepted, KNOWN_DIFFERENCES, KnownDifference, Rejected},
    subject::Subject,
    validator::Violation,
};
use crate::boundary_values::{BoundaryValue, same_value};

/// The explanation of a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An entry of the list of unsupported keywords.
    Unrepresented {
        /// JSON Pointer of the schema.
        pointer: String,
        /// The unsupported keyword.
        keyword: String,
        /// Why it is unsupported.
        reason: String,
    },
    /// A known difference.
    #[serde(rename = "deviation")]
    KnownDifference {
        /// Its name.
        name: String,
        /// Its reason.
        reason: String,
    },
}

/// Keywords that only restrict. A type that does not enforce one accepts more values, never fewer.
const RESTRICTING: &[&str] = &[
    "additionalProperties",
    "anyOf",
    "const",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "required",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
];

/// Annotations, which restrict no value: an unsupported one explains no difference.
const ANNOTATIONS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

/// The possible explanations of differences.
pub(super) struct Allowed<'a> {
    pub(super) document: &'a Value,
    pub(super) unrepresented: &'a [UnsupportedKeyword],
    pub(super) subjects: &'a [Subject],
}

impl Allowed<'_> {
    /// Explains why a type accepts a value with these violations; `None` unless all of them can be explained.
    pub(super) fn accepted(&self, subject: &Subject, input: &BoundaryValue, violations: &[Violation]) -> Option<Cause> {
        let mut causes = violations.iter().map(|violation| self.of_violation(subject, input, violation));
        let first = causes.next()??;
        causes.all(|cause| cause.is_some()).then_some(first)
    }

    fn of_violation(&self, subject: &Subject, input: &BoundaryValue, violation: &Violation) -> Option<Cause> {
        let violated = violation.keyword_pointer();
        let listed = self.relevant().find(|entry| {
            let entry = join(&entry.pointer, &entry.keyword);
            violated == entry || is_below(&violated, &entry)
        });
        let accepted = Accepted { document: self.document, subjects: self.subjects, subject, input, violation };
        let by_variant = || violation.variants.iter().find_map(|variant| self.accepted(subject, input, variant));
        let known = || KNOWN_DIFFERENCES.iter().find(|one| (one.explains_accepted)(&accepted)).map(Cause::from);
        listed.map(Cause::from).or_else(known).or_else(by_variant)
    }

    /// Explains why a type rejects a valid value.
    pub(super) fn rejected(&self, input: &BoundaryValue, refusal: &Refusal) -> Option<Cause> {
        let probed = same_value(self.document, input.pointer());
        let widening = self.relevant().filter(|entry| !RESTRICTING.contains(&entry.keyword.as_str()));
        let mut listed = widening.filter(|entry| {
            let is_at_or_below = |at: &String| entry.pointer == *at || is_below(&entry.pointer, at);
            input.trail.contains(&entry.pointer) || probed.iter().any(is_at_or_below)
        });
        let rejected = Rejected { document: self.document, input, refusal };
        let known = || KNOWN_DIFFERENCES.iter().find(|one| (one.explains_rejected)(&rejected)).map(Cause::from);
        listed.next().map(Cause::from).or_else(known)
    }

    fn relevant(&self) -> impl Iterator<Item = &UnsupportedKeyword> {
        self.unrepresented
            .iter()
            .filter(|entry| !ANNOTATIONS.contains(&entry.keyword.as_str()) && !entry.keyword.starts_with("x-"))
    }
}

/// Whether a pointer is below another.
fn is_below(pointer: &str, other: &str) -> bool {
    pointer.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
}

impl From<&UnsupportedKeyword> for Cause {
    fn from(entry: &UnsupportedKeyword) -> Self {
        let UnsupportedKeyword { pointer, keyword, reason, .. } = entry.clone();
        Self::Unrepresented { pointer, keyword, reason }
    }
}

impl From<&KnownDifference> for Cause {
    fn from(known: &KnownDifference) -> Self {
        Self::KnownDifference { name: known.name.to_owned(), reason: known.reason.to_owned() }
    }
}
