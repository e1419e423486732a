//! A schema with all schemas that apply to the same value: the targets of its references and its `allOf` parts.

use openapi::pointer::{join, segments};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::value::{BoundaryValue, DEEPEST};

/// The largest number of schemas that apply to one value. More are ignored.
const MOST_PARTS: usize = 64;

/// The pointer of a schema, and the schema.
pub(super) type Part<'d> = (String, &'d Value);

/// Returns the boundary values of a schema in another, at a depth.
pub(super) type Inner<'f> = &'f dyn Fn(&Schema<'_>, usize) -> Vec<BoundaryValue>;

/// All schemas that apply to a value, each with its pointer.
#[derive(Clone)]
pub(super) struct Schema<'d> {
    pub(super) document: &'d Value,
    pub(super) parts: Vec<(String, &'d Map<String, Value>)>,
    trail: Vec<String>,
    /// Pointers of the schemas whose unions have a chosen variant.
    chosen: Vec<String>,
}

impl<'d> Schema<'d> {
    pub(super) fn new(document: &'d Value, parts: &[Part<'d>]) -> Self {
        let mut schema = Self { document, parts: Vec::new(), trail: Vec::new(), chosen: Vec::new() };
        for (at, value) in parts {
            schema.add(at, value);
        }
        // the first is the one that boundary values are for; report its target and not the reference
        if let Some((at, _)) = parts.first() {
            schema.trail = schema.references_from(at);
        }
        schema
    }

    /// Returns the schema with one more part.
    pub(super) fn and(&self, at: &str, value: &'d Value) -> Self {
        let mut schema = self.clone();
        schema.add(at, value);
        schema.trail.extend(schema.references_from(at));
        schema
    }

    /// Returns the schema without the unions of these parts, of which a variant was chosen.
    pub(super) fn without_unions(mut self, of: &[(String, &'d Map<String, Value>)]) -> Self {
        self.chosen.extend(of.iter().map(|(at, _)| at.clone()));
        self
    }

    /// Returns the pointers from the schema itself to the target of its references.
    pub(super) fn trail(&self) -> &[String] {
        &self.trail
    }

    /// Returns the depth of this schema in one at a depth. The target of a reference has a type of its own, with its
    /// own boundary values.
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

    /// Returns each value of a keyword, with the pointer of its schema.
    pub(super) fn all(&self, keyword: &str) -> impl Iterator<Item = (&str, &'d Value)> {
        self.parts.iter().filter_map(move |(at, map)| Some((at.as_str(), map.get(keyword)?)))
    }

    pub(super) fn text(&self, keyword: &str) -> Option<&'d str> {
        self.all(keyword).find_map(|(_, value)| value.as_str())
    }

    pub(super) fn count(&self, keyword: &str) -> impl Iterator<Item = (&str, usize)> {
        self.all(keyword).filter_map(|(at, value)| Some((at, usize::try_from(value.as_u64()?).ok()?)))
    }

    /// Returns the types that a value may have, except `null`; without `type`, those that other keywords apply to.
    pub(super) fn types(&self) -> Vec<&'d str> {
        let mut allowed: Option<Vec<&str>> = None;
        for (_, value) in self.all("type") {
            let names: Vec<&str> = match value {
                Value::String(name) => vec![name],
                Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
                _ => continue,
            };
            allowed = Some(match allowed {
                None => names,
                Some(before) => before.into_iter().filter(|name| names.contains(name)).collect(),
            });
        }
        if let Some(allowed) = allowed {
            return allowed.into_iter().filter(|name| *name != "null").collect();
        }
        let implied: [(&str, &[&str]); 4] = [
            (
                "object",
                &[
                    "properties",
                    "additionalProperties",
                    "patternProperties",
                    "required",
                    "minProperties",
                    "maxProperties",
                ],
            ),
            ("array", &["items", "prefixItems", "contains", "minItems", "maxItems", "uniqueItems"]),
            ("string", &["minLength", "maxLength", "pattern", "format"]),
            ("number", &["minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum"]),
        ];
        let applies = |keywords: &[&str]| keywords.iter().any(|keyword| self.all(keyword).next().is_some());
        implied.into_iter().filter(|(_, keywords)| applies(keywords)).map(|(name, _)| name).collect()
    }

    /// Returns the names of required properties.
    pub(super) fn required(&self) -> Vec<&'d str> {
        let lists = self.all("required").filter_map(|(_, value)| value.as_array());
        lists.flatten().filter_map(Value::as_str).collect()
    }

    /// Returns the properties, each with all its schemas.
    pub(super) fn properties(&self) -> Vec<(&'d str, Vec<Part<'d>>)> {
        let mut found: Vec<(&str, Vec<Part<'_>>)> = Vec::new();
        for (at, properties) in self.all("properties") {
            for (name, value) in properties.as_object().into_iter().flatten() {
                let part = (join(&format!("{at}/properties"), name), value);
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, parts)) => parts.push(part),
                    None => found.push((name, vec![part])),
                }
            }
        }
        found
    }

    /// Returns the schemas under a keyword that has a schema.
    pub(super) fn inner(&self, keyword: &str) -> Vec<Part<'d>> {
        let objects = self.all(keyword).filter(|(_, value)| value.is_object());
        objects.map(|(at, value)| (join(at, keyword), value)).collect()
    }

    /// Returns the schemas of the first positions of an array.
    pub(super) fn positions(&self) -> Vec<Part<'d>> {
        let lists = self.all("prefixItems").chain(self.all("items"));
        let found = lists.filter_map(|(at, value)| Some((at, value.as_array()?))).next();
        let keyword = if self.all("prefixItems").next().is_some() { "prefixItems" } else { "items" };
        let positions = found.into_iter().flat_map(|(at, positions)| {
            positions.iter().enumerate().map(move |(index, value)| (format!("{at}/{keyword}/{index}"), value))
        });
        positions.take(MOST_PARTS).collect()
    }

    /// Returns the unions, each as its variants.
    pub(super) fn unions(&self) -> Vec<Vec<Part<'d>>> {
        let mut found = Vec::new();
        for keyword in ["oneOf", "anyOf"] {
            for (at, variants) in self.all(keyword).filter(|(at, _)| !self.chosen.iter().any(|chosen| chosen == at)) {
                let variants = variants.as_array().into_iter().flatten().enumerate();
                found.push(variants.map(|(index, variant)| (format!("{at}/{keyword}/{index}"), variant)).collect());
            }
        }
        found
    }

    /// Returns the property of the discriminator, and its mapping.
    pub(super) fn discriminator(&self) -> Option<(&'d str, Option<&'d Map<String, Value>>)> {
        self.all("discriminator").find_map(|(_, value)| {
            Some((value.get("propertyName")?.as_str()?, value.get("mapping").and_then(Value::as_object)))
        })
    }
}

/// Returns the target of a schema's reference.
fn reference<'d>(document: &'d Value, map: &Map<String, Value>) -> Option<Part<'d>> {
    let target = map.get("$ref")?.as_str()?.strip_prefix('#')?;
    at(document, target).or_else(|| at(document, &percent_decode_str(target).decode_utf8_lossy()))
}

/// Returns the schema at a pointer, which may pass through references, and the pointer without references.
pub(super) fn at<'d>(document: &'d Value, pointer: &str) -> Option<Part<'d>> {
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
