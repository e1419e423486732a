//! Compares one type with the document on boundary values.

use std::fmt;

use codegen::UnsupportedKeyword;
use openapi::pointer::segments;
use runtime::Refusal;
use serde_json::Value;

use super::{
    allowed::{Allowed, Cause},
    direction::{Direction, project},
    subject::Subject,
    validator::{Validator, Violation},
};
use crate::boundary_values::{BoundaryValue, boundary_values, resolved_pointer};

/// A value that either the document or the type accepts, and the other rejects.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The type's name.
    pub subject: String,
    /// The boundary value.
    pub input: BoundaryValue,
    /// The violations of the document; none if the value is valid.
    pub violations: Vec<Violation>,
    /// Why the type rejects the value; `None` if it accepts it.
    pub rejection: Option<String>,
    /// What explains the difference. An unexplained difference is a problem.
    pub allowed_by: Option<Cause>,
}

impl Difference {
    /// Returns the JSON Pointer of the schema with the violated keyword, or else of the schema of the boundary value.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.violations.first().map_or_else(|| self.input.pointer(), |violation| &violation.pointer)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.input.value.to_string();
        write!(f, "types::{}: {}: ", self.subject, self.input.label)?;
        match self.violations.first() {
            Some(violation) => write!(f, "violates {} of the document", violation.keyword_pointer())?,
            None => write!(f, "valid in the document")?,
        }
        match &self.rejection {
            Some(rejection) => write!(f, ", rejected by the generated type ({rejection})")?,
            None => write!(f, ", accepted by the generated type")?,
        }
        write!(f, ": {}", value.chars().take(120).collect::<String>())
    }
}

/// The result of comparing one type, or several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conformance {
    /// Number of compared types.
    pub types: usize,
    /// Number of valid boundary values.
    pub valid: usize,
    /// Number of invalid boundary values.
    pub invalid: usize,
    /// The differences between types and document.
    pub differences: Vec<Difference>,
    /// Types whose schema cannot be validated, each with the reason.
    pub not_validated: Vec<(Subject, String)>,
}

impl Conformance {
    /// Returns the unexplained differences.
    pub fn problems(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.allowed_by.is_none())
    }

    /// Adds the result of other types.
    pub fn add(&mut self, other: Self) {
        self.types += other.types;
        self.valid += other.valid;
        self.invalid += other.invalid;
        self.differences.extend(other.differences);
        self.not_validated.extend(other.not_validated);
    }
}

/// Returns the keyword with several schemas that a pointer ends with, such as `prefixItems`.
fn holder_of_schemas(pointer: &str) -> Option<String> {
    let segments: Vec<String> = segments(pointer).collect();
    let (last, above) = segments.split_last()?;
    // a property may have this name
    let is_name = above.last().is_some_and(|above| above == "properties" || above == "schemas");
    (matches!(last.as_str(), "patternProperties" | "prefixItems") && !is_name).then(|| last.clone())
}

/// Compares types with their document.
pub struct Comparison<'a> {
    document: &'a Value,
    allowed: Allowed<'a>,
    of_requests: Value,
    of_responses: Value,
}

impl<'a> Comparison<'a> {
    /// Returns a comparison. `subjects` are all types of the document.
    #[must_use]
    pub fn new(document: &'a Value, unrepresented: &'a [UnsupportedKeyword], subjects: &'a [Subject]) -> Self {
        let [of_requests, of_responses] =
            [Direction::Request, Direction::Response].map(|direction| project(document, direction));
        Self { document, allowed: Allowed { document, unrepresented, subjects }, of_requests, of_responses }
    }

    /// Passes every boundary value of a type's schema to the validator and to `read`, which returns why the compiled
    /// type rejects it. Calls `read` in the order of [`boundary_values`].
    pub fn of(&self, subject: &Subject, mut read: impl FnMut(&Value) -> Result<(), Refusal>) -> Conformance {
        let mut found = Conformance::default();
        let inputs = boundary_values(self.document, &subject.pointer);
        let pointer = resolved_pointer(self.document, &subject.pointer)
            .ok_or_else(|| "the document has no schema there".to_owned());
        let document = match (subject.in_requests, subject.in_responses) {
            (true, false) => &self.of_requests,
            (false, true) => &self.of_responses,
            _ => self.document,
        };
        let pointer = pointer.and_then(|pointer| match holder_of_schemas(&pointer) {
            Some(keyword) => {
                Err(format!("the type is a union of the schemas under `{keyword}`, which the document lacks"))
            }
            None => Ok(pointer),
        });
        let validator = pointer.and_then(|pointer| Validator::new(document, &pointer));
        let validator = match validator {
            Ok(validator) => validator,
            Err(reason) => {
                // `read` may consume one result per value, so it needs all calls
                inputs.iter().for_each(|input| drop(read(&input.value)));
                found.not_validated.push((subject.clone(), reason));
                return found;
            }
        };
        found.types = 1;
        for input in inputs {
            let violations = validator.violations(&input.value);
            let refusal = read(&input.value).err();
            if violations.is_empty() {
                found.valid += 1;
            } else {
                found.invalid += 1;
            }
            if violations.is_empty() == refusal.is_none() {
                continue;
            }
            let allowed_by = match &refusal {
                Some(refusal) => self.allowed.rejected(&input, refusal),
                None => self.allowed.accepted(subject, &input, &violations),
            };
            let rejection = refusal.map(|refusal| refusal.message);
            let subject = subject.name.clone();
            found.differences.push(Difference { subject, input, violations, rejection, allowed_by });
        }
        found
    }
}
