//! One type against the document: each boundary value to both.

use std::fmt;

use codegen::UnsupportedKeyword;
use runtime::Refusal;
use serde_json::Value;

use super::{
    allowed::{Allowed, Cause},
    one_way::{self, Way},
    subject::Subject,
    validator::{Validator, Violation},
};
use crate::boundary_values::{BoundaryValue, boundary_values, place};

/// A value of which document and type say different things.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The type's name.
    pub subject: String,
    /// The value, what is special about it, and which schema it probes.
    pub input: BoundaryValue,
    /// What it violates of the document; nothing when the document allows it.
    pub violations: Vec<Violation>,
    /// Why the type refuses it; none when it takes it.
    pub said: Option<String>,
    /// What allows the difference. Without that it is a problem.
    pub allowed_by: Option<Cause>,
}

impl Difference {
    /// JSON Pointer of the schema that the difference is about: of the keyword that is violated, else of the one
    /// probed.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.violations.first().map_or_else(|| self.input.pointer(), |violation| &violation.pointer)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.input.value.to_string();
        write!(f, "types::{}: {}: the document says ", self.subject, self.input.label)?;
        match self.violations.first() {
            Some(violation) => write!(f, "invalid by {}", violation.keyword_pointer())?,
            None => write!(f, "valid")?,
        }
        let said = self.said.as_deref().unwrap_or("accepted");
        write!(f, ", the type {said}: {}", value.chars().take(120).collect::<String>())
    }
}

/// What became of the boundary values of one type, or of several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conformance {
    /// Types whose boundary values were validated.
    pub types: usize,
    /// Boundary values that the document allows.
    pub valid: usize,
    /// Boundary values that it does not.
    pub invalid: usize,
    /// Where type and document differ.
    pub differences: Vec<Difference>,
    /// Types that cannot be validated, each with the reason.
    pub unjudged: Vec<(Subject, String)>,
}

impl Conformance {
    /// The differences that nothing allows.
    pub fn problems(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.allowed_by.is_none())
    }

    /// Adds what became of other types.
    pub fn add(&mut self, other: Self) {
        self.types += other.types;
        self.valid += other.valid;
        self.invalid += other.invalid;
        self.differences.extend(other.differences);
        self.unjudged.extend(other.unjudged);
    }
}

/// A document, and what is generated from it, to hold types against.
pub struct Comparison<'a> {
    document: &'a Value,
    allowed: Allowed<'a>,
    of_requests: Value,
    of_responses: Value,
}

impl<'a> Comparison<'a> {
    /// `subjects` are all types of the document.
    #[must_use]
    pub fn new(document: &'a Value, unrepresented: &'a [UnsupportedKeyword], subjects: &'a [Subject]) -> Self {
        let [of_requests, of_responses] = [Way::Request, Way::Response].map(|way| one_way::seen(document, way));
        Self { document, allowed: Allowed { document, unrepresented, subjects }, of_requests, of_responses }
    }

    /// Gives every boundary value of a type's schema to the validator and to `read`, which says whether the compiled
    /// type takes it, else why not. `read` sees the values in the order in which [`boundary_values`] gives them.
    pub fn of(&self, subject: &Subject, mut read: impl FnMut(&Value) -> Result<(), Refusal>) -> Conformance {
        let mut found = Conformance::default();
        let inputs = boundary_values(self.document, &subject.pointer);
        let place = place(self.document, &subject.pointer).ok_or_else(|| "no schema stands there".to_owned());
        let document = match (subject.in_requests, subject.in_responses) {
            (true, false) => &self.of_requests,
            (false, true) => &self.of_responses,
            _ => self.document,
        };
        let validator = place.and_then(|place| Validator::new(document, &place));
        let validator = match validator {
            Ok(validator) => validator,
            Err(reason) => {
                // whoever reads answers one by one is not to be left behind
                inputs.iter().for_each(|input| drop(read(&input.value)));
                found.unjudged.push((subject.clone(), reason));
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
                Some(refusal) => self.allowed.stricter(&input, refusal),
                None => self.allowed.looser(subject, &input, &violations),
            };
            let said = refusal.map(|refusal| refusal.message);
            found.differences.push(Difference { subject: subject.name.clone(), input, violations, said, allowed_by });
        }
        found
    }
}
