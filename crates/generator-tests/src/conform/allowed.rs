//! Whether a difference is one that the list of what is not carried announces, or a known one.

use codegen::UnsupportedKeyword;
use openapi::pointer::join;
use runtime::Refusal;
use serde::Serialize;
use serde_json::Value;

use super::{
    known_differences::{KNOWN_DIFFERENCES, KnownDifference, Looser, Stricter},
    subject::Subject,
    validator::Violation,
};
use crate::boundary_values::{BoundaryValue, same_value};

/// What allows a difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// An entry of the list of what is not carried.
    Unrepresented {
        /// JSON Pointer of the schema.
        pointer: String,
        /// The keyword that is not carried.
        keyword: String,
        /// Why not.
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

/// Keywords that only forbid. A type that does not keep one takes more, and never less.
const FORBIDDING: &[&str] = &[
    "additionalProperties",
    "anyOf",
    "const",
    "dependentRequired",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "required",
    "uniqueItems",
];

/// Keywords that validate nothing: that they are not carried explains no difference.
const SILENT: &[&str] = &[
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

/// What may explain a difference.
pub(super) struct Allowed<'a> {
    pub(super) document: &'a Value,
    pub(super) unrepresented: &'a [UnsupportedKeyword],
    pub(super) subjects: &'a [Subject],
}

impl Allowed<'_> {
    /// Why a type takes a value despite these violations: each of them must be explained.
    pub(super) fn looser(&self, subject: &Subject, input: &BoundaryValue, violations: &[Violation]) -> Option<Cause> {
        let mut causes = violations.iter().map(|violation| self.of_violation(subject, input, violation));
        let first = causes.next()??;
        causes.all(|cause| cause.is_some()).then_some(first)
    }

    fn of_violation(&self, subject: &Subject, input: &BoundaryValue, violation: &Violation) -> Option<Cause> {
        let place = violation.keyword_pointer();
        let listed = self.relevant().find(|entry| {
            let entry = join(&entry.pointer, &entry.keyword);
            place == entry || is_below(&place, &entry)
        });
        let looser = Looser { document: self.document, subjects: self.subjects, subject, input, violation };
        let by_variant = || violation.variants.iter().find_map(|variant| self.looser(subject, input, variant));
        let known = || KNOWN_DIFFERENCES.iter().find(|one| (one.looser)(&looser)).map(Cause::from);
        listed.map(Cause::from).or_else(known).or_else(by_variant)
    }

    /// Why a type refuses a value that the document allows.
    pub(super) fn stricter(&self, input: &BoundaryValue, refusal: &Refusal) -> Option<Cause> {
        let probed = same_value(self.document, input.pointer());
        let widening = self.relevant().filter(|entry| !FORBIDDING.contains(&entry.keyword.as_str()));
        let mut listed = widening.filter(|entry| {
            let is_at_or_below = |at: &String| entry.pointer == *at || is_below(&entry.pointer, at);
            input.trail.contains(&entry.pointer) || probed.iter().any(is_at_or_below)
        });
        let stricter = Stricter { document: self.document, input, refusal };
        let known = || KNOWN_DIFFERENCES.iter().find(|one| (one.stricter)(&stricter)).map(Cause::from);
        listed.next().map(Cause::from).or_else(known)
    }

    fn relevant(&self) -> impl Iterator<Item = &UnsupportedKeyword> {
        self.unrepresented
            .iter()
            .filter(|entry| !SILENT.contains(&entry.keyword.as_str()) && !entry.keyword.starts_with("x-"))
    }
}

/// Whether a place lies below another.
fn is_below(place: &str, other: &str) -> bool {
    place.strip_prefix(other).is_some_and(|rest| rest.starts_with('/'))
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
