//! What changed, by its keyword: the template of a kind of change with its placeholders replaced.

use std::fmt;

use openapi::{
    is_method,
    plain::{quoted, shortened},
};
use serde_json::Value;

use crate::{
    change_kind::ChangeKind,
    detected::{DetectedChange, Side, Subject},
};

/// Characters of a value in a message.
const MAX_VALUE: usize = 60;

/// Placeholders that name the last keyword of the pointer.
const KEYWORDS: &[&str] = &["{key}", "{change}", "{edit}", "{raised}", "{lowered}", "{variant}"];

/// Returns whether the message of a kind of change names the last keyword of the pointer.
pub(crate) fn names_keyword(kind: ChangeKind) -> bool {
    KEYWORDS.iter().any(|keyword| kind.message().contains(keyword))
}

/// A change, and the keywords at which its pointers end.
pub(crate) struct Phrase<'c> {
    pub(crate) change: &'c DetectedChange,
    pub(crate) base_key: Option<String>,
    pub(crate) revision_key: Option<String>,
}

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.change.kind.message();
        while let Some((before, (placeholder, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            f.write_str(before)?;
            f.write_str(&self.replaced(placeholder).unwrap_or_default())?;
            rest = after;
        }
        f.write_str(rest)
    }
}

impl Phrase<'_> {
    /// The text for a placeholder; none for an unknown one.
    fn replaced(&self, placeholder: &str) -> Option<String> {
        let (base, revision) = (self.base(), self.revision());
        let names: Vec<&str> = self.change.subject.names().collect();
        let (old, new) = (names.first().copied().unwrap_or_default(), names.last().copied().unwrap_or_default());
        Some(match placeholder {
            "base" => shown(base),
            "revision" => shown(revision),
            "value" => shown(base.or(revision)),
            "name" | "old" => quoted(old),
            "new" => quoted(new),
            "old_status" => shortened(old, MAX_VALUE),
            "new_status" => shortened(new, MAX_VALUE),
            "OLD" => old.to_ascii_uppercase(),
            "NEW" => new.to_ascii_uppercase(),
            "key" => self.key().to_owned(),
            "change" => self.changed(),
            "edit" => self.edited(),
            "raised" => self.moved("raised"),
            "lowered" => self.moved("lowered"),
            "variant" if self.change.subject == Subject::Unnamed => String::new(),
            "variant" => format!(" {}", quoted(old)),
            "methods" => methods(base.or(revision)),
            "members" => self.members(&["type", "scheme", "in", "name"]),
            "reference" => self.members(&["$ref"]),
            "base_type" => type_of(base),
            "revision_type" => type_of(revision),
            "composition" => self.composition().to_owned(),
            "url" => shown(revision.and_then(|value| value.get("url"))),
            "requirement" => requirement(base),
            "new_requirement" => requirement(revision),
            _ => return None,
        })
    }

    fn base(&self) -> Option<&Value> {
        self.change.base.as_ref().map(|Side { value, .. }| value)
    }

    fn revision(&self) -> Option<&Value> {
        self.change.revision.as_ref().map(|Side { value, .. }| value)
    }

    fn key(&self) -> &str {
        self.base_key.as_deref().or(self.revision_key.as_deref()).unwrap_or_default()
    }

    /// `maxLength changed from 64 to 32`, `format "uuid" added`, `items removed`.
    fn changed(&self) -> String {
        let key = self.key();
        match (self.base(), self.revision()) {
            (Some(base), Some(revision)) if is_short(base) && is_short(revision) => {
                let (base, revision) = (shown_value(base), shown_value(revision));
                match (&self.base_key, &self.revision_key) {
                    (Some(old), Some(new)) if old != new => format!("{old} {base} replaced by {new} {revision}"),
                    _ => spaced(&[key, "changed from", &base, "to", &revision]),
                }
            }
            (None, Some(revision)) if is_short(revision) => spaced(&[key, &shown_value(revision), "added"]),
            (Some(base), None) if is_short(base) => spaced(&[key, &shown_value(base), "removed"]),
            _ => self.edited(),
        }
    }

    /// As [`Self::changed`], without the values.
    fn edited(&self) -> String {
        let verb = match (self.base(), self.revision()) {
            (None | Some(Value::Null), Some(_)) => "added",
            (Some(_), None | Some(Value::Null)) => "removed",
            _ => "changed",
        };
        spaced(&[self.key(), verb])
    }

    /// `minimum raised from 1 to 2`. Otherwise a bound became exclusive, by a flag or by a keyword of its own.
    fn moved(&self, verb: &str) -> String {
        match (self.base(), self.revision()) {
            (Some(base), Some(revision)) if self.base_key == self.revision_key && !base.is_boolean() => {
                format!("{} {verb} from {} to {}", self.key(), shown_value(base), shown_value(revision))
            }
            _ => self.changed(),
        }
    }

    /// The members that differ.
    fn members(&self, keys: &[&str]) -> String {
        let of = |value: Option<&Value>, key: &str| value.and_then(|value| value.get(key)).cloned();
        let one = |key: &&str| {
            let (base, revision) = (of(self.base(), key), of(self.revision(), key));
            (base != revision).then(|| match (&base, &revision) {
                (Some(base), Some(revision)) => {
                    format!("{key} changed from {} to {}", shown_value(base), shown_value(revision))
                }
                (None, value) => format!("{key} {} added", shown(value.as_ref())),
                (value, None) => format!("{key} {} removed", shown(value.as_ref())),
            })
        };
        keys.iter().filter_map(one).collect::<Vec<_>>().join(", ")
    }

    /// The keyword of the composition that a schema is or becomes a variant of.
    fn composition(&self) -> &'static str {
        let has =
            |key: &str| [self.base(), self.revision()].into_iter().flatten().any(|value| value.get(key).is_some());
        if has("oneOf") { "oneOf" } else { "anyOf" }
    }
}

/// The words that are not empty.
fn spaced(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// Whether a value is shown: no object, and no array of objects.
fn is_short(value: &Value) -> bool {
    match value {
        Value::Object(_) => false,
        Value::Array(items) => items.iter().all(|item| !item.is_object()),
        _ => true,
    }
}

/// A value in one line, shortened.
fn shown_value(value: &Value) -> String {
    match value {
        Value::Object(_) => "{…}".to_owned(),
        Value::String(text) => format!("\"{}\"", shortened(text, MAX_VALUE)),
        value => shortened(&value.to_string(), MAX_VALUE),
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "none".to_owned(), shown_value)
}

/// The type that a schema names, or the value of `type`.
fn type_of(value: Option<&Value>) -> String {
    let named = value.and_then(|value| if value.is_object() { value.get("type") } else { Some(value) });
    named.map_or_else(|| "any".to_owned(), shown_value)
}

/// A security requirement; none if it requires nothing.
fn requirement(value: Option<&Value>) -> String {
    match value {
        None => "none".to_owned(),
        Some(Value::Array(items)) if items.is_empty() => "none".to_owned(),
        Some(value) => shortened(&value.to_string(), MAX_VALUE),
    }
}

/// The methods of a path item, in parentheses.
fn methods(value: Option<&Value>) -> String {
    let keys = value.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key);
    let methods: Vec<_> = keys.filter(|key| is_method(key)).map(|key| key.to_ascii_uppercase()).collect();
    if methods.is_empty() { String::new() } else { format!(" ({})", methods.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variance::NO_DIRECTION;

    #[test]
    fn templates_have_known_placeholders_and_begin_with_a_separator() {
        for kind in ChangeKind::ALL {
            let subject = Subject::default();
            let change = DetectedChange { kind: *kind, base: None, revision: None, directions: NO_DIRECTION, subject };
            let phrase = Phrase { change: &change, base_key: None, revision_key: None };
            let template = kind.message();
            assert!(template.starts_with(": ") || template.starts_with(' '), "{kind}");
            for part in template.split('{').skip(1) {
                let (placeholder, _) = part.split_once('}').unwrap();
                assert!(phrase.replaced(placeholder).is_some(), "{kind}: {placeholder}");
            }
        }
    }
}
