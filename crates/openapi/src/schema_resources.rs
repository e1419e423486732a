//! References that depend on the `$id` of a schema, and dynamic references, as references within the document.
//!
//! A schema with an `$id` is a resource of its own: references below it are relative to its URI, and a fragment alone
//! targets a value within it. Documents also write `#/components/…` there; such a reference targets the document.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::{
    kind::{Kind, change_each_at, each_value, reference},
    pointer,
    queries::has_json_schemas,
};

/// Keywords whose target depends on the schemas through which a value is validated.
const DYNAMIC: [&str; 2] = ["$dynamicRef", "$recursiveRef"];

/// A dynamic reference that was replaced by its static target.
#[derive(Clone, Debug, PartialEq)]
pub struct Replaced {
    /// JSON Pointer of the schema that has the keyword.
    pub pointer: String,
    /// The keyword: `$dynamicRef` or `$recursiveRef`.
    pub keyword: &'static str,
    /// Its value.
    pub value: Value,
    /// The location of the `$ref` that replaces it, relative to the schema.
    pub at: &'static str,
}

/// Rewrites references that an `$id` makes relative to the URI of a schema to JSON Pointers of the document, in
/// documents of OpenAPI 3.1 and later. References without a target stay.
pub fn resolve_ids(document: &mut Value) {
    let Some(resources) = Resources::of(document).filter(|resources| !resources.by_uri.is_empty()) else { return };
    let targets = resources.targets(document, false, |schema| reference(schema, Kind::Schema).map(str::to_owned));
    change_each_at(document, &mut String::new(), Kind::Root, &[], &mut |value, kind, at| {
        if let (true, Some(target), Value::Object(schema)) = (kind.is_schema(), targets.get(at), value) {
            schema.insert("$ref".to_owned(), json!(format!("#{target}")));
        }
    });
}

/// Replaces dynamic references by references to their static targets, in documents of OpenAPI 3.1 and later. One
/// without a target becomes a `$ref` without a target.
pub fn resolve_dynamic(document: &mut Value) -> Vec<Replaced> {
    let Some(resources) = Resources::of(document).filter(|resources| resources.is_dynamic) else { return Vec::new() };
    let mut replaced = Vec::new();
    for keyword in DYNAMIC {
        let targets = resources.targets(document, true, |schema| Some(schema.get(keyword)?.as_str()?.to_owned()));
        change_each_at(document, &mut String::new(), Kind::Root, &[], &mut |value, kind, at| {
            let Some(schema) = value.as_object_mut().filter(|_| kind.is_schema()) else { return };
            let Some(Value::String(text)) = schema.get(keyword).cloned() else { return };
            schema.remove(keyword);
            let reference = json!(targets.get(at).map_or_else(|| text.clone(), |target| format!("#{target}")));
            let at_reference = if !schema.contains_key("$ref") {
                schema.insert("$ref".to_owned(), reference);
                "/$ref"
            } else if let Some(Value::Array(parts)) = schema.get_mut("allOf") {
                parts.insert(0, json!({"$ref": reference}));
                "/allOf/0/$ref"
            } else {
                schema.insert("allOf".to_owned(), json!([{"$ref": reference}]));
                "/allOf/0/$ref"
            };
            replaced.push(Replaced { pointer: at.to_owned(), keyword, value: Value::String(text), at: at_reference });
        });
    }
    replaced
}

/// The schemas of a document that references can name, by pointer.
struct Resources {
    /// URIs of the schemas with an `$id`, by pointer.
    uris: BTreeMap<String, String>,
    by_uri: HashMap<String, String>,
    /// Pointers of the schemas with an anchor, by anchor.
    anchors: BTreeMap<String, BTreeSet<String>>,
    is_dynamic: bool,
}

impl Resources {
    /// Returns the resources of a document; `None` for a version without them.
    fn of(document: &Value) -> Option<Self> {
        if !has_json_schemas(document) {
            return None;
        }
        let mut found =
            Self { uris: BTreeMap::new(), by_uri: HashMap::new(), anchors: BTreeMap::new(), is_dynamic: false };
        each_value(document, &mut |value, kind, at| {
            let Some(schema) = value.as_object().filter(|_| kind.is_schema()) else { return };
            let text = |keyword: &str| schema.get(keyword).and_then(Value::as_str);
            let id = text("$id");
            // older drafts write an anchor as an `$id` of a fragment alone
            let old = id.and_then(|id| id.strip_prefix('#'));
            for anchor in [text("$anchor"), text("$dynamicAnchor"), old].into_iter().flatten() {
                found.anchors.entry(anchor.to_owned()).or_default().insert(at.to_owned());
            }
            if let Some(id) = id.filter(|id| !id.starts_with('#')) {
                let base = found.resource(at).map(|(_, uri)| uri).unwrap_or_default();
                let uri = resolved(base, id.trim_end_matches('#'));
                found.by_uri.entry(uri.clone()).or_insert_with(|| at.to_owned());
                found.uris.insert(at.to_owned(), uri);
            }
            found.is_dynamic |= DYNAMIC.iter().any(|keyword| schema.contains_key(*keyword));
        });
        Some(found)
    }

    /// Returns the targets of the references that `reference` finds in schemas, by the pointer of the schema. `#` alone
    /// targets the schema with an `$id` around it; without one, it targets the document, or the outermost schema if the
    /// reference is dynamic.
    fn targets(
        &self,
        document: &Value,
        is_dynamic: bool,
        reference: impl Fn(&Value) -> Option<String>,
    ) -> BTreeMap<String, String> {
        let mut targets = BTreeMap::new();
        let mut root = String::new();
        each_value(document, &mut |value, kind, at| {
            if !kind.is_schema() {
                return;
            }
            // schemas are visited before those in them
            if is_dynamic && (root.is_empty() || !is_within(at, &root)) {
                root = at.to_owned();
            }
            if let Some(text) = reference(value)
                && let Some(target) = self.target(document, at, &text, &root)
            {
                targets.insert(at.to_owned(), target);
            }
        });
        targets
    }

    /// Returns the pointer that a reference in the schema at a pointer targets. `root` is the target of `#` without an
    /// `$id` around.
    fn target(&self, document: &Value, at: &str, text: &str, root: &str) -> Option<String> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let resource = self.resource(at);
        let fragment = percent_decode_str(fragment).decode_utf8().ok()?;
        let scope = match (path, resource) {
            ("", Some((scope, _))) => scope,
            ("", None) if fragment.is_empty() => root,
            ("", None) => "",
            (path, _) => {
                let uri = resolved(resource.map(|(_, uri)| uri).unwrap_or_default(), path);
                self.by_uri.get(&uri)?
            }
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            let target = format!("{scope}{fragment}");
            return document.pointer(&target).map(|_| target);
        }
        // the anchor that is next to the reference, or the first within the resource
        let from = if is_within(at, scope) { at } else { scope };
        let pointers = self.anchors.get(&*fragment)?;
        ancestors(from).take_while(|around| is_within(around, scope)).find_map(|around| {
            let first = pointers.range(around.to_owned()..).find(|pointer| is_within(pointer, around))?;
            Some(first.clone())
        })
    }

    /// Returns the pointer and URI of the innermost schema around a pointer that has an `$id`.
    fn resource(&self, at: &str) -> Option<(&str, &str)> {
        ancestors(at).find_map(|around| self.uris.get_key_value(around)).map(|(at, uri)| (at.as_str(), uri.as_str()))
    }
}

/// Returns a pointer and those of the values around it, innermost first.
fn ancestors(at: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(at), |at| pointer::parent(at))
}

/// Whether a pointer is `around` or the pointer of a value in it.
fn is_within(at: &str, around: &str) -> bool {
    at.strip_prefix(around).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Resolves a URI reference (RFC 3986, section 5.2) without query and fragment.
fn resolved(base: &str, text: &str) -> String {
    let has_scheme = |text: &str| {
        text.split_once(':').is_some_and(|(scheme, _)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
    };
    if has_scheme(text) {
        return text.to_owned();
    }
    let scheme = if has_scheme(base) { base.find(':').map_or(0, |at| at + 1) } else { 0 };
    if text.starts_with("//") {
        return format!("{}{text}", &base[..scheme]);
    }
    let path = match base[scheme..].strip_prefix("//") {
        Some(rest) => scheme + 2 + rest.find('/').unwrap_or(rest.len()),
        None => scheme,
    };
    let folder = base[path..].rfind('/').map_or(path, |at| path + at + 1);
    let joined = if text.starts_with('/') { text.to_owned() } else { format!("{}{text}", &base[path..folder]) };
    let mut segments: Vec<&str> = Vec::new();
    for segment in joined.split('/') {
        match segment {
            "." => {}
            ".." => {
                if segments.len() > 1 {
                    segments.pop();
                }
            }
            segment => segments.push(segment),
        }
    }
    let separator = if path > scheme && !joined.starts_with('/') { "/" } else { "" };
    format!("{}{separator}{}", &base[..path], segments.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(schemas: Value) -> Value {
        json!({"openapi": "3.1.0", "components": {"schemas": schemas}})
    }

    fn target(document: &Value, at: &str) -> String {
        let target = document.pointer(&format!("/components/schemas{at}/$ref")).and_then(Value::as_str);
        target.unwrap_or("none").replace("#/components/schemas", "#")
    }

    #[test]
    fn references_are_relative_to_the_id_around_them() {
        let reference = |text: &str| json!({"$ref": text});
        let mut document = document(json!({
            "Pet": {"$id": "https://a.example/schemas/pet", "$defs": {"Name": {"$anchor": "name"}}, "properties": {
                "self": reference("#"), "name": reference("#/$defs/Name"), "anchor": reference("#name"),
                "owner": reference("owner"), "tail": reference("owner#/properties/tail"), "up": reference("../other"),
                "absolute": reference("/other"), "whole": reference("https://a.example/other#"),
                "component": reference("#/components/schemas/Plain"), "gone": reference("gone"),
                "file": reference("x.json#/a")}},
            "Owner": {"$id": "https://a.example/schemas/owner", "properties": {"tail": {}, "pet": reference("./pet"),
                "scheme": reference("//a.example/other")}},
            "Other": {"$id": "https://a.example/other"},
            "Nested": {"$id": "nested/a.json", "items": {"$id": "b.json", "items": reference("a.json")}},
            "Plain": {"properties": {"nested": reference("nested/b.json"),
                "plain": reference("#/components/schemas/Pet"),
                "whole": reference("#")}}}));
        resolve_ids(&mut document);
        for (at, expected) in [
            ("/Pet/properties/self", "#/Pet"),
            ("/Pet/properties/name", "#/Pet/$defs/Name"),
            ("/Pet/properties/anchor", "#/Pet/$defs/Name"),
            ("/Pet/properties/owner", "#/Owner"),
            ("/Pet/properties/tail", "#/Owner/properties/tail"),
            ("/Pet/properties/up", "#/Other"),
            ("/Pet/properties/absolute", "#/Other"),
            ("/Pet/properties/whole", "#/Other"),
            ("/Pet/properties/component", "#/Plain"),
            ("/Pet/properties/gone", "gone"),
            ("/Pet/properties/file", "x.json#/a"),
            ("/Owner/properties/pet", "#/Pet"),
            ("/Owner/properties/scheme", "#/Other"),
            ("/Nested/items/items", "#/Nested"),
            ("/Plain/properties/nested", "#/Nested/items"),
            ("/Plain/properties/plain", "#/Pet"),
            ("/Plain/properties/whole", "#"),
        ] {
            assert_eq!(target(&document, at), expected, "{at}");
        }
    }

    #[test]
    fn dynamic_references_have_their_static_targets() {
        let mut document = document(json!({
            "Tree": {"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}},
            "Strict": {"$dynamicAnchor": "node", "allOf": [{"$ref": "#/components/schemas/Tree"}]},
            "List": {"items": {"$dynamicRef": "#T"}, "$defs": {"T": {"$dynamicAnchor": "T"}}},
            "Names": {"$defs": {"T": {"$dynamicAnchor": "T", "type": "string"}}, "$ref": "#/components/schemas/List"},
            "Old": {"properties": {"old": {"$recursiveRef": "#", "title": "t"}}},
            "Identified": {"items": {"$id": "x", "items": {"$recursiveRef": "#"}}},
            "Both": {"$ref": "#/components/schemas/Tree", "$dynamicRef": "#/components/schemas/List"},
            "Third": {"$ref": "#/components/schemas/Tree", "allOf": [{}], "$dynamicRef": "#node"},
            "Gone": {"$dynamicRef": "#gone"}}));
        let replaced = resolve_dynamic(&mut document);
        for (at, expected) in [
            ("/Tree/items", "#/Tree"),
            ("/List/items", "#/List/$defs/T"),
            ("/Old/properties/old", "#/Old"),
            ("/Identified/items/items", "#/Identified/items"),
            ("/Both", "#/Tree"),
            ("/Both/allOf/0", "#/List"),
            ("/Third/allOf/0", "#/Strict"),
            ("/Gone", "#gone"),
        ] {
            assert_eq!(target(&document, at), expected, "{at}");
        }
        assert_eq!(replaced.len(), 7);
        let found = replaced.iter().find(|one| one.pointer.ends_with("/Both")).map(|one| (one.keyword, one.at));
        assert_eq!(found, Some(("$dynamicRef", "/allOf/0/$ref")));
        assert_eq!(resolve_dynamic(&mut document), []);
    }

    #[test]
    fn other_versions_and_documents_stay() {
        for version in ["3.0.3", "2.0", ""] {
            let schema = json!({"$id": "a", "items": {"$ref": "#"}, "$dynamicRef": "#a"});
            let document = json!({"openapi": version, "components": {"schemas": {"A": schema}}});
            let mut changed = document.clone();
            resolve_ids(&mut changed);
            assert_eq!(resolve_dynamic(&mut changed), []);
            assert_eq!(changed, document);
        }
    }
}
