//! Parts of a document that generated code lacks, since they cannot be generated.

use openapi::{Code, Problem, pointer};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::unsupported::UnsupportedKeyword;

/// What is done with a part of a document that cannot be generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The schema accepts any value.
    AnyValue,
    /// The response has no documented content.
    NoContent,
    /// The operation is left out.
    LeftOut,
}

/// A part of a document that generated code lacks, since it cannot be generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carved {
    /// JSON Pointer of the schema, response or operation.
    pub pointer: String,
    /// What is done with it.
    pub effect: Effect,
    /// The problem that it has.
    pub problem: Problem,
}

impl Carved {
    /// Returns a warning at the part: what is done with it, and why.
    #[must_use]
    pub fn warning(&self) -> Problem {
        let effect = match self.effect {
            Effect::AnyValue => "this schema accepts any value",
            Effect::NoContent => "this response has no content",
            Effect::LeftOut => "this operation is left out",
        };
        let what = format!("{effect}, since it cannot be generated: {}", self.problem.what);
        Problem { what, ..self.problem.clone() }.pointing_to(&self.pointer)
    }

    /// Whether an unsupported keyword is listed because of this part.
    #[must_use]
    pub fn lists(&self, one: &UnsupportedKeyword) -> bool {
        let keyword = pointer::join(&one.pointer, &one.keyword);
        keyword.strip_prefix(&self.pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns the keywords of the part in a document as unsupported keywords.
    pub(crate) fn unsupported(&self, document: &Value) -> Vec<UnsupportedKeyword> {
        let Some(value) = document.pointer(&self.pointer) else { return Vec::new() };
        let entry =
            |at: &str, keyword: &str, value: &Value| UnsupportedKeyword::new(at, keyword, self.warning().what, value);
        let kept = replacement(value, self.effect);
        match (self.effect, value) {
            (Effect::AnyValue | Effect::NoContent, Value::Object(map)) => {
                let lost = map.iter().filter(|(key, value)| kept.get(key) != Some(*value));
                lost.map(|(key, value)| entry(&self.pointer, key, value)).collect()
            }
            _ => {
                let parent = pointer::parent(&self.pointer).unwrap_or_default();
                let key = pointer::segments(&self.pointer).last().unwrap_or_default();
                vec![entry(parent, &key, value)]
            }
        }
    }
}

/// Keywords of a schema that stay when it accepts any value.
const ANNOTATIONS: &[&str] = &["title", "description", "deprecated", "readOnly", "writeOnly"];

/// Returns what takes the place of a part.
pub(crate) fn replacement(value: &Value, effect: Effect) -> Value {
    let kept = |keywords: &[&str]| -> Map<String, Value> {
        let is_kept = |(key, value): &(&String, &Value)| {
            keywords.contains(&key.as_str()) && (value.is_string() || value.is_boolean())
        };
        let all = value.as_object().into_iter().flatten();
        all.filter(is_kept).map(|(key, value)| (key.clone(), value.clone())).collect()
    };
    match effect {
        Effect::AnyValue => Value::Object(kept(ANNOTATIONS)),
        Effect::NoContent => {
            let mut response = kept(&["description"]);
            response.entry("description").or_insert_with(|| json!(""));
            Value::Object(response)
        }
        Effect::LeftOut => Value::Null,
    }
}

/// Replaces or removes a part of a document. Does nothing if the document lacks it.
pub(crate) fn apply(document: &mut Value, pointer: &str, effect: Effect) {
    if effect == Effect::LeftOut {
        let holder = pointer::parent(pointer).and_then(|parent| document.pointer_mut(parent));
        if let (Some(Value::Object(item)), Some(key)) = (holder, pointer::segments(pointer).last()) {
            item.shift_remove(&key);
        }
    } else if let Some(value) = document.pointer_mut(pointer) {
        *value = replacement(value, effect);
    }
}

/// Returns a document without the parts that generated code lacks: the document that the code is generated from.
pub(crate) fn without(document: &Value, carved: &[Carved]) -> Value {
    let mut document = document.clone();
    carved.iter().for_each(|one| apply(&mut document, &one.pointer, one.effect));
    document
}

/// Whether the generator can do without the part that has the problem: the document is valid there, or lacks the target
/// of a reference.
pub(crate) fn can_be_carved(problem: &Problem) -> bool {
    matches!(problem.code, Code::Unsupported | Code::Unresolved | Code::Bug)
}
