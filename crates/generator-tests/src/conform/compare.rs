//! One type against the document: each vector to both.

use std::fmt;

use codegen::UnsupportedKeyword;
use serde_json::Value;

use super::{
    Broken, Cause, Judge,
    allowed::Allowed,
    one_way::{self, Way},
};
use crate::vectors::{Vector, place, vectors};

/// A compiled type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// JSON Pointer of its schema in the document.
    pub pointer: String,
    /// Whether requests carry it.
    pub in_requests: bool,
    /// Whether responses carry it.
    pub in_responses: bool,
}

/// A value of which document and type say different things.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// The type's name.
    pub subject: String,
    /// The value, what is special about it, and which schema it probes.
    pub vector: Vector,
    /// The rules of the document that it breaks; none when the document allows it.
    pub broken: Vec<Broken>,
    /// Why the type refuses it; none when it takes it.
    pub said: Option<String>,
    /// What allows the difference. Without that it is a problem.
    pub allowed_by: Option<Cause>,
}

impl Difference {
    /// JSON Pointer of the schema that the difference is about: of the rule that is not kept, else of the one probed.
    #[must_use]
    pub fn pointer(&self) -> &str {
        self.broken.first().map_or_else(|| self.vector.pointer(), |broken| &broken.pointer)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.vector.value.to_string();
        write!(f, "types::{}: {}: the document says ", self.subject, self.vector.label)?;
        match self.broken.first() {
            Some(broken) => write!(f, "invalid by {}", broken.rule())?,
            None => write!(f, "valid")?,
        }
        let said = self.said.as_deref().unwrap_or("accepted");
        write!(f, ", the type {said}: {}", value.chars().take(120).collect::<String>())
    }
}

/// What became of the vectors of one type, or of several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conformance {
    /// Types whose vectors were judged.
    pub types: usize,
    /// Vectors that the document allows.
    pub valid: usize,
    /// Vectors that it does not.
    pub invalid: usize,
    /// Where type and document differ.
    pub differences: Vec<Difference>,
    /// Types that nothing can be judged of, each with the reason.
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

    /// Gives every vector of a type's schema to the judge and to `read`, which says whether the compiled type takes it, else
    /// why not. `read` sees the vectors in the order in which [`vectors`] gives them.
    pub fn of(&self, subject: &Subject, mut read: impl FnMut(&Value) -> Result<(), String>) -> Conformance {
        let mut found = Conformance::default();
        let vectors = vectors(self.document, &subject.pointer);
        let place = place(self.document, &subject.pointer).ok_or_else(|| "no schema stands there".to_owned());
        let judged_by = match (subject.in_requests, subject.in_responses) {
            (true, false) => &self.of_requests,
            (false, true) => &self.of_responses,
            _ => self.document,
        };
        let judge = place.and_then(|place| Judge::new(judged_by, &place));
        let judge = match judge {
            Ok(judge) => judge,
            Err(reason) => {
                // whoever reads answers one by one is not to be left behind
                vectors.iter().for_each(|vector| drop(read(&vector.value)));
                found.unjudged.push((subject.clone(), reason));
                return found;
            }
        };
        found.types = 1;
        for vector in vectors {
            let broken = judge.broken(&vector.value);
            let said = read(&vector.value).err();
            if broken.is_empty() {
                found.valid += 1;
            } else {
                found.invalid += 1;
            }
            if broken.is_empty() == said.is_none() {
                continue;
            }
            let allowed_by = match &said {
                Some(said) => self.allowed.stricter(&vector, said),
                None => self.allowed.looser(subject, &vector, &broken),
            };
            found.differences.push(Difference { subject: subject.name.clone(), vector, broken, said, allowed_by });
        }
        found
    }
}
