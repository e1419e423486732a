//! A schema with all that speaks of the same value: the references it makes, and the parts it is composed of.

use openapi::pointer::{join, segments};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::value::{BoundaryValue, DEEPEST};

/// A chain of references or compositions that is longer leads nowhere.
const MOST_PARTS: usize = 64;

/// A place in the document and the schema that stands there.
pub(super) type Place<'d> = (String, &'d Value);

/// Returns the boundary values of a schema inside of another, at a depth.
pub(super) type Inner<'f> = &'f dyn Fn(&Schema<'_>, usize) -> Vec<BoundaryValue>;

/// All schemas that a value must satisfy at once, each with its place.
#[derive(Clone)]
pub(super) struct Schema<'d> {
    pub(super) document: &'d Value,
    pub(super) parts: Vec<(String, &'d Map<String, Value>)>,
    trail: Vec<String>,
    /// Places of schemas of whose unions a variant was chosen.
    chosen: Vec<String>,
}

impl<'d> Schema<'d> {
    pub(super) fn new(document: &'d Value, places: &[Place<'d>]) -> Self {
        let mut schema = Self { document, parts: Vec::new(), trail: Vec::new(), chosen: Vec::new() };
        for (at, value) in places {
            schema.add(at, value);
        }
        // the first is what is probed; what it refers to is more telling than the reference
        if let Some((at, _)) = places.first() {
            schema.trail = schema.references_from(at);
        }
        schema
    }

    /// The same value under one more schema.
    pub(super) fn and(&self, at: &str, value: &'d Value) -> Self {
        let mut schema = self.clone();
        schema.add(at, value);
        schema.trail.extend(schema.references_from(at));
        schema
    }

    /// The same without the unions of these parts, one variant of which was chosen.
    pub(super) fn without_unions(mut self, of: &[(String, &'d Map<String, Value>)]) -> Self {
        self.chosen.extend(of.iter().map(|(at, _)| at.clone()));
        self
    }

    /// The places from where this stands to what it refers to.
    pub(super) fn trail(&self) -> &[String] {
        &self.trail
    }

    /// The depth of this schema inside of one at a depth. What is referred to has a type of its own, and with it
    /// boundary values.
    pub(super) fn depth_inside(&self, depth: usize) -> usize {
        depth + if self.trail.len() > 1 { DEEPEST + 1 } else { 1 }
    }

    pub(super) fn value_at(&self, at: &str, label: impl Into<String>, value: Value) -> BoundaryValue {
        let mut trail = self.trail.clone();
        if trail.last().is_none_or(|last| last != at) {
            trail.push(at.to_owned());
        }
        BoundaryValue::new(label, value, &trail)
    }

    fn add(&mut self, at: &str, value: &'d Value) {
        let Some(map) = value.as_object() else { return };
        if self.parts.len() >= MOST_PARTS || self.parts.iter().any(|(known, _)| known == at) {
            return;
        }
        self.parts.push((at.to_owned(), map));
        if let Some((target, value)) = reference(self.document, map) {
            self.add(&target, value);
        }
        for (index, part) in map.get("allOf").and_then(Value::as_array).into_iter().flatten().enumerate() {
            self.add(&format!("{at}/allOf/{index}"), part);
        }
    }

    fn references_from(&self, at: &str) -> Vec<String> {
        let mut trail = vec![at.to_owned()];
        while let Some((target, _)) = trail
            .last()
            .and_then(|last| self.parts.iter().find(|(known, _)| known == last))
            .and_then(|(_, map)| reference(self.document, map))
        {
            if trail.contains(&target) {
                break;
            }
            trail.push(target);
        }
        trail
    }

    /// Each value of a keyword, with the place of the schema that says it.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = (&str, &'d Value)> {
        self.parts.iter().filter_map(move |(at, map)| Some((at.as_str(), map.get(keyword)?)))
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'d str> {
        self.all(keyword).find_map(|(_, value)| value.as_str())
    }

    pub(super) fn count(&self, keyword: &str) -> impl Iterator<Item = (&str, usize)> {
        self.all(keyword).filter_map(|(at, value)| Some((at, usize::try_from(value.as_u64()?).ok()?)))
    }

    /// The types that a value may have, `null` aside; where none is said, those that the keywords speak of.
    pub(super) fn types(&self) -> Vec<&'d str> {
        let mut said: Option<Vec<&str>> = None;
        for (_, value) in self.all("type") {
            let names: Vec<&str> = match value {
                Value::String(name) => vec![name],
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            said = Some(match said {
                None => names,
                Some(before) => before.into_iter().filter(|name| names.contains(name)).collect(),
            });
        }
        if let Some(said) = said {
            return said.into_iter().filter(|name| *name != "null").collect();
        }
        let implied: [(&str, &[&str]); 4] = [
            ("object", &["properties", "additionalProperties", "required", "minProperties", "maxProperties"]),
            ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
            ("string", &["minLength", "maxLength", "pattern", "format"]),
            ("number", &["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]),
        ];
        let speaks = |keywords: &[&str]| keywords.iter().any(|keyword| self.all(keyword).next().is_some());
        implied.into_iter().filter(|(_, keywords)| speaks(keywords)).map(|(name, _)| name).collect()
    }

    /// The names of properties that must be there.
    pub(super) fn required(&self) -> Vec<&'d str> {
        let lists = self.all("required").filter_map(|(_, value)| value.as_array());
        lists.flatten().filter_map(Value::as_str).collect()
    }

    /// The properties, each with all places that speak of it.
    pub(super) fn properties(&self) -> Vec<(&'d str, Vec<Place<'d>>)> {
        let mut found: Vec<(&str, Vec<Place<'_>>)> = Vec::new();
        for (at, properties) in self.all("properties") {
            for (name, value) in properties.as_object().into_iter().flatten() {
                let place = (join(&format!("{at}/properties"), name), value);
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, places)) => places.push(place),
                    None => found.push((name, vec![place])),
                }
            }
        }
        found
    }

    /// The schemas under a keyword that holds one.
    pub(super) fn inner(&self, keyword: &str) -> Vec<Place<'d>> {
        let objects = self.all(keyword).filter(|(_, value)| value.is_object());
        objects.map(|(at, value)| (join(at, keyword), value)).collect()
    }

    /// The variants of the unions, by their keyword, each union with its place.
    pub(super) fn unions(&self) -> Vec<Vec<Place<'d>>> {
        let mut found = Vec::new();
        for keyword in ["oneOf", "anyOf"] {
            for (at, variants) in self.all(keyword).filter(|(at, _)| !self.chosen.iter().any(|chosen| chosen == at)) {
                let variants = variants.as_array().into_iter().flatten().enumerate();
                found.push(variants.map(|(index, variant)| (format!("{at}/{keyword}/{index}"), variant)).collect());
            }
        }
        found
    }

    /// The property that distinguishes the variants of a union, and the document's names for them by reference.
    pub(super) fn discriminator(&self) -> Option<(&'d str, Option<&'d Map<String, Value>>)> {
        self.all("discriminator").find_map(|(_, value)| {
            Some((value.get("propertyName")?.as_str()?, value.get("mapping").and_then(Value::as_object)))
        })
    }
}

/// What a schema refers to within the document.
fn reference<'d>(document: &'d Value, map: &Map<String, Value>) -> Option<Place<'d>> {
    let target = map.get("$ref")?.as_str()?.strip_prefix('#')?;
    at(document, target).or_else(|| at(document, &percent_decode_str(target).decode_utf8_lossy()))
}

/// The schema at a pointer, and the pointer at which it really stands when the way leads through references.
pub(super) fn at<'d>(document: &'d Value, pointer: &str) -> Option<Place<'d>> {
    let (mut at, mut value) = (String::new(), document);
    for segment in segments(pointer) {
        for _ in 0..8 {
            let Some(target) = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'))
            else {
                break;
            };
            if value.get(&segment).is_some() {
                break;
            }
            (at, value) = (target.to_owned(), document.pointer(target)?);
        }
        value = match value {
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?)?,
            other => other.get(&segment)?,
        };
        at = join(&at, &segment);
    }
    Some((at, value))
}
