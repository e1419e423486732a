//! What is read-only goes from all that requests reach, what is write-only from all that responses reach. A component that
//! both reach and that is not the same for both becomes two: the response's keeps the name.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Operation, Problem, operations,
    pointer::{self, join},
    queries::{is_true, referenced, schema_names, text},
};
use serde_json::{Map, Value, json};

use super::{Lowering, component_names::follow};
use crate::{naming, unsupported::UnsupportedKeyword};

const KEYWORDS: [&str; 2] = ["readOnly", "writeOnly"];

/// Deeper than any honest composition; a circle is refused elsewhere.
const DEEPEST: u8 = 32;

/// More components than any honest document has others composed of and says more of there: the most known are 3.
const MOST_COPIES: usize = 1_000;

/// Component schemas that a walk has been at.
type Seen<'v> = BTreeSet<&'v str>;

/// Which way a value travels.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Request,
    Response,
}

/// Components as one way has them, by their names.
type Views = BTreeMap<String, View>;

struct View {
    schema: Value,
    removed: Vec<Removed>,
}

/// What was taken out of a schema: a property, or that it is required.
#[derive(Clone, PartialEq)]
struct Removed {
    /// Pointer of the object that it was a key of, or of the schema that requires it.
    at: String,
    name: String,
    /// The property's schema.
    property: Option<Value>,
}

pub(super) fn run(lowering: &mut Lowering) {
    if !mentions(&lowering.document) {
        return;
    }
    let schemas = lowering.schemas().clone();
    let mut narrowing = Narrowing { schemas: &schemas, copied: Vec::new(), removed: Vec::new() };
    let parts = parts(&lowering.document);
    let (mut asked, mut answered) = (Vec::new(), Vec::new());
    for (at, way) in &parts {
        let Some(part) = lowering.document.pointer_mut(at) else { continue };
        each_outermost(part, at, &mut |schema, at| narrowing.narrow(schema, Some(*way), at));
        let removed = std::mem::take(&mut narrowing.removed);
        lowering.unrepresented.extend(removed.iter().map(|removed| removed.listed(*way, &lowering.plain)));
        let reached = if *way == Way::Request { &mut asked } else { &mut answered };
        reached.extend(schema_names(part).into_iter().map(str::to_owned));
    }
    let requests = narrowing.views(asked, Way::Request, &lowering.model.origins);
    let responses = narrowing.views(answered, Way::Response, &lowering.model.origins);
    for (name, schema) in &schemas {
        if !requests.contains_key(name) && !responses.contains_key(name) {
            let mut whole = schema.clone();
            narrowing.narrow(&mut whole, None, "");
            lowering.schemas().insert(name.clone(), whole);
        }
    }
    let copied = std::mem::take(&mut narrowing.copied);
    if copied.len() == MOST_COPIES {
        let what = format!("{MOST_COPIES} compositions say that a property of a part is read-only or write-only");
        let fix = "say `readOnly` and `writeOnly` where the property is";
        lowering.problems.push(Problem::new(what, fix).pointing_to("/components/schemas"));
    }
    for (at, base) in copied {
        let stood = lowering.model.origins.get(&base).map(|origin| lowering.moved.original(origin)).unwrap_or_default();
        lowering.moved.insert(at, stood);
    }
    for (views, others, way) in [(&requests, &responses, Way::Request), (&responses, &requests, Way::Response)] {
        let lost = views.iter().flat_map(|(name, view)| view.lost(others.get(name)));
        lowering.unrepresented.extend(lost.map(|removed| removed.listed(way, &lowering.plain)));
    }
    let renamed = split(lowering, &requests, &responses);
    for (name, View { schema: mut view, .. }) in requests {
        follow(&mut view, &renamed);
        if let (Some(_), Value::Object(schema)) = (renamed.get(&name), &mut view) {
            add_words(schema, &format!("`{name}` as requests carry it."));
        }
        let name = renamed.get(&name).unwrap_or(&name).clone();
        lowering.schemas().insert(name, view);
    }
    for (name, view) in responses {
        lowering.schemas().insert(name, view.schema);
    }
    for (at, _) in parts.iter().filter(|(_, way)| *way == Way::Request) {
        if let Some(part) = lowering.document.pointer_mut(at) {
            follow(part, &renamed);
        }
    }
}

impl View {
    /// What was taken out here, and is not in the other way's view either.
    fn lost<'v>(&'v self, other: Option<&'v View>) -> impl Iterator<Item = &'v Removed> {
        self.removed.iter().filter(move |removed| other.is_none_or(|other| other.is_without(removed)))
    }

    fn is_without(&self, one: &Removed) -> bool {
        let holds = |other: &Removed| other.property.is_some() && is_within(&one.at, &join(&other.at, &other.name));
        self.removed.iter().any(|other| other == one || holds(other))
    }
}

impl Removed {
    /// As what generated code does not carry.
    fn listed(&self, way: Way, plain: &Value) -> UnsupportedKeyword {
        let reason = match way {
            Way::Request => "it is read-only, and only requests have this schema",
            Way::Response => "it is write-only, and only responses have this schema",
        };
        match &self.property {
            Some(property) => {
                let written = plain.pointer(&join(&self.at, &self.name)).unwrap_or(property);
                UnsupportedKeyword::new(&self.at, &self.name, reason, written)
            }
            None => UnsupportedKeyword::new(&self.at, "required", reason, &self.name.as_str().into()),
        }
    }
}

/// Gives those components a second name that are not the same for requests, by themselves or by what they refer to.
fn split(lowering: &mut Lowering, requests: &Views, responses: &Views) -> BTreeMap<String, String> {
    let of_both = requests.iter().filter(|(name, _)| responses.contains_key(*name));
    let mut same: Vec<(&String, Vec<&str>)> = Vec::new();
    let mut differing = BTreeSet::new();
    for (name, view) in of_both {
        if responses.get(name).is_some_and(|other| other.schema == view.schema) {
            same.push((name, schema_names(&view.schema)));
        } else {
            differing.insert(name.clone());
        }
    }
    loop {
        let before = same.len();
        same.retain(|(name, used)| {
            let is_same = !used.iter().any(|used| differing.contains(*used));
            if !is_same {
                differing.insert((*name).clone());
            }
            is_same
        });
        if same.len() == before {
            break;
        }
    }
    let mut renamed = BTreeMap::new();
    for name in differing {
        let view = lowering.free_name(&naming::child(&name, "Request"));
        lowering.schemas().insert(view.clone(), Value::Null);
        let model = &mut lowering.model;
        if let Some(origin) = model.origins.get(&name).cloned() {
            model.origins.insert(view.clone(), origin);
        }
        if model.fallbacks.contains(&name) {
            model.fallbacks.insert(view.clone());
        }
        model.request_views.insert(view.clone(), name.clone());
        renamed.insert(name, view);
    }
    renamed
}

/// Whether a pointer leads to the place of another, or below it.
fn is_within(at: &str, place: &str) -> bool {
    at.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_empty(schema: &Value) -> bool {
    schema.as_object().is_some_and(Map::is_empty)
}

/// Whether one of the keywords is anywhere. It may say so in vain.
fn mentions(value: &Value) -> bool {
    match value {
        Value::Object(map) => KEYWORDS.iter().any(|keyword| is_true(value, keyword)) || map.values().any(mentions),
        Value::Array(items) => items.iter().any(mentions),
        _ => false,
    }
}

/// The parts of operations that hold schemas, by their pointers.
fn parts(document: &Value) -> Vec<(String, Way)> {
    let mut parts = BTreeMap::new();
    for Operation { pointer: at, .. } in operations(document) {
        // the parameters of all operations of a path
        let item = pointer::parent(&at).unwrap_or_default();
        parts.insert(format!("{item}/parameters"), Way::Request);
        parts.insert(format!("{at}/parameters"), Way::Request);
        parts.insert(format!("{at}/requestBody"), Way::Request);
        parts.insert(format!("{at}/responses"), Way::Response);
    }
    parts.into_iter().collect()
}

/// Calls `visit` for the schemas of a part of an operation, which stand under the key `schema`.
fn each_outermost(value: &mut Value, at: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                let at = join(at, key);
                if key == "schema" { visit(child, &at) } else { each_outermost(child, &at, visit) }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter_mut().enumerate() {
                each_outermost(child, &format!("{at}/{index}"), visit);
            }
        }
        _ => {}
    }
}

/// Takes properties out of schemas.
struct Narrowing<'s> {
    /// The components as they are before.
    schemas: &'s Map<String, Value>,
    /// Where a component was put in place of a reference to it, and which.
    copied: Vec<(String, String)>,
    removed: Vec<Removed>,
}

impl Narrowing<'_> {
    /// All components that one way reaches, without what it does not carry.
    fn views(&mut self, mut open: Vec<String>, way: Way, origins: &BTreeMap<String, String>) -> Views {
        let mut views = Views::new();
        while let Some(name) = open.pop() {
            if views.contains_key(&name) {
                continue;
            }
            let Some(schema) = self.schemas.get(&name) else { continue };
            let mut view = schema.clone();
            self.narrow(&mut view, Some(way), origins.get(&name).map_or("", String::as_str));
            open.extend(schema_names(&view).into_iter().map(str::to_owned));
            views.insert(name, View { schema: view, removed: std::mem::take(&mut self.removed) });
        }
        views
    }

    /// Takes out of a schema, and of those in it, what does not travel this way, and says so of what stays.
    fn narrow(&mut self, schema: &mut Value, way: Option<Way>, at: &str) {
        if let Some(way) = way {
            let [names, of_branches] = [false, true].map(|all| self.hidden(schema, way, all, &mut Seen::new()));
            if !of_branches.is_empty() {
                self.take_out(schema, way, &names, &of_branches, at, 0);
            }
        }
        let Some(map) = schema.as_object_mut() else { return };
        for (name, property) in map.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            match self.says(property) {
                [true, false] => describe(property, "Read-only."),
                [false, true] => describe(property, "Write-only."),
                _ => {}
            }
            self.narrow(property, way, &join(&format!("{at}/properties"), name));
        }
        for keyword in ["items", "additionalProperties", "not"] {
            if let Some(child) = map.get_mut(keyword) {
                self.narrow(child, way, &join(at, keyword));
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                self.narrow(part, way, &format!("{at}/{keyword}/{index}"));
            }
        }
        map.retain(|key, _| !KEYWORDS.contains(&key.as_str()));
        // a part that said no more than which way
        if let Some(Value::Array(parts)) = map.get_mut("allOf")
            && parts.iter().filter(|part| !is_empty(part)).count() == 1
            && parts.iter().any(|part| part.get("$ref").is_some())
        {
            parts.retain(|part| !is_empty(part));
        }
    }

    /// Whether a property is read-only, and whether it is write-only: by itself, or by what it refers to or is composed of.
    fn says(&self, property: &Value) -> [bool; 2] {
        KEYWORDS.map(|keyword| self.says_one(property, keyword, &mut Seen::new()))
    }

    fn says_one<'v>(&'v self, schema: &'v Value, keyword: &str, seen: &mut Seen<'v>) -> bool {
        is_true(schema, keyword)
            || self.composed_of(schema, seen).into_iter().any(|part| self.says_one(part, keyword, seen))
    }

    /// What a schema refers to, unless it is seen again, and the parts of its composition.
    fn composed_of<'v>(&'v self, schema: &'v Value, seen: &mut Seen<'v>) -> Vec<&'v Value> {
        let referred = referenced(schema, "schemas").filter(|name| seen.insert(name));
        let referred = referred.and_then(|name| self.schemas.get(name));
        referred.into_iter().chain(list(schema, "allOf")).collect()
    }

    /// Names of properties that do not travel this way, by any part of a composition and, if asked, by any branch. What is
    /// said to be both read-only and write-only travels.
    fn hidden<'v>(&'v self, schema: &'v Value, way: Way, branches: bool, seen: &mut Seen<'v>) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            if self.says(property) == [way == Way::Request, way == Way::Response] {
                found.insert(name.clone());
            }
        }
        let branches_of = ["oneOf", "anyOf"].into_iter().filter(|_| branches).flat_map(|keyword| list(schema, keyword));
        for part in self.composed_of(schema, seen).into_iter().chain(branches_of) {
            found.extend(self.hidden(part, way, branches, seen));
        }
        found
    }

    /// Takes properties out of a schema and the parts of its composition; what only some branches hide is not required.
    fn take_out(
        &mut self,
        schema: &mut Value,
        way: Way,
        names: &BTreeSet<String>,
        of_branches: &BTreeSet<String>,
        at: &str,
        depth: u8,
    ) {
        let Some(map) = schema.as_object_mut().filter(|_| depth < DEEPEST) else { return };
        // what is taken out of a copy is still in the component
        let is_copy = self.copied.iter().any(|(copy, _)| is_within(at, copy));
        let mut removed = Vec::new();
        if let Some(Value::Object(properties)) = map.get_mut("properties") {
            let at = format!("{at}/properties");
            let (hidden, kept) = std::mem::take(properties).into_iter().partition(|(name, _)| names.contains(name));
            *properties = kept;
            let hidden: Map<String, Value> = hidden;
            let hidden = hidden.into_iter();
            removed.extend(hidden.map(|(name, schema)| Removed { at: at.clone(), name, property: Some(schema) }));
        }
        if let Some(Value::Array(required)) = map.get_mut("required") {
            required.retain(|name| {
                let hidden = name.as_str().filter(|name| of_branches.contains(*name));
                removed.extend(hidden.map(|name| Removed { at: at.to_owned(), name: name.to_owned(), property: None }));
                hidden.is_none()
            });
        }
        self.removed.extend(removed.into_iter().filter(|_| !is_copy));
        // a discriminator that does not travel tells nothing apart
        let is_told = |tag: &Value| !of_branches.contains(text(tag, "propertyName"));
        map.retain(|key, value| match key.as_str() {
            "required" => value.as_array().is_none_or(|required| !required.is_empty()),
            "discriminator" => is_told(value),
            _ => true,
        });
        for keyword in ["allOf", "oneOf", "anyOf"] {
            let parts = map.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten();
            for (index, part) in parts.enumerate() {
                let at = format!("{at}/{keyword}/{index}");
                if keyword == "allOf"
                    && let Some((base, schema)) = self.names_more(part, way, names)
                {
                    // the component itself has the property, only what is composed of it does not
                    self.copied.push((at.clone(), base));
                    *part = schema;
                }
                self.take_out(part, way, names, of_branches, &at, depth + 1);
            }
        }
    }

    /// The component that a part refers to, if it says more of properties that another part hides.
    fn names_more(&self, part: &Value, way: Way, names: &BTreeSet<String>) -> Option<(String, Value)> {
        let name = referenced(part, "schemas")?;
        let schema = self.schemas.get(name)?;
        if self.copied.len() == MOST_COPIES {
            return None;
        }
        let own = self.hidden(schema, way, false, &mut Seen::new());
        let named = self.named(schema, &mut Seen::new());
        names.difference(&own).any(|name| named.contains(name)).then(|| (name.to_owned(), schema.clone()))
    }

    /// Names of all properties that a composition has or requires.
    fn named<'v>(&'v self, schema: &'v Value, seen: &mut Seen<'v>) -> BTreeSet<String> {
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
        let required = list(schema, "required").filter_map(Value::as_str);
        let mut found: BTreeSet<String> = properties.map(String::as_str).chain(required).map(str::to_owned).collect();
        for part in self.composed_of(schema, seen) {
            found.extend(self.named(part, seen));
        }
        found
    }
}

fn list<'v>(schema: &'v Value, keyword: &str) -> impl Iterator<Item = &'v Value> {
    schema.get(keyword).and_then(Value::as_array).into_iter().flatten()
}

/// Adds words to a property's description. A reference has none: it gets a composition of its own to carry them.
fn describe(property: &mut Value, words: &str) {
    if property.get("$ref").is_some() {
        *property = json!({"allOf": [property.take()]});
    }
    if let Value::Object(property) = property {
        add_words(property, words);
    }
}

fn add_words(schema: &mut Map<String, Value>, words: &str) {
    if schema.contains_key("$ref") {
        return;
    }
    let described = schema.get("description").and_then(Value::as_str).unwrap_or_default().trim_end();
    let described = if described.is_empty() { words.to_owned() } else { format!("{described}\n\n{words}") };
    schema.insert("description".to_owned(), described.into());
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi::queries::schema_reference as to;

    /// The components of a document after the pass, one operation of which asks with `asks` and answers with `answers`.
    fn lowered(schemas: Value, asks: &str, answers: &str) -> Lowering {
        let content = |name: &str| json!({"content": {"application/json": {"schema": to(name)}}});
        let mut lowering = Lowering::of(json!({"openapi": "3.0.3", "paths": {"/a": {"post": {
            "requestBody": content(asks), "responses": {"200": content(answers)}}}}, "components": {"schemas": schemas}}));
        for name in schemas.as_object().unwrap().keys() {
            lowering.model.origins.insert(name.clone(), format!("/components/schemas/{}", name.to_lowercase()));
        }
        run(&mut lowering);
        lowering
    }

    fn object(properties: Value, required: &[&str]) -> Value {
        let mut object = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            object["required"] = required.into();
        }
        object
    }

    fn text() -> Value {
        json!({"type": "string"})
    }

    fn read_only() -> Value {
        json!({"type": "string", "readOnly": true})
    }

    fn described(words: &str) -> Value {
        json!({"type": "string", "description": words})
    }

    #[test]
    fn what_both_ways_reach_becomes_two_where_it_differs_and_by_what_it_refers_to() {
        let mut lowering = lowered(
            json!({
                "Outer": object(json!({"list": {"type": "array", "items": to("Inner")}, "same": to("Same")}), &[]),
                "Inner": object(json!({"id": read_only(), "up": to("Outer"), "key": {"type": "string", "writeOnly": true}}), &["id", "key"]),
                "Same": object(json!({"a": text()}), &["a"]),
                "InnerRequest": object(json!({"id": read_only()}), &["id"]),
            }),
            "Outer",
            "Outer",
        );
        assert_eq!(
            lowering.document["paths"]["/a"]["post"],
            json!({"requestBody": {"content": {"application/json": {"schema": to("OuterRequest")}}},
                "responses": {"200": {"content": {"application/json": {"schema": to("Outer")}}}}})
        );
        let mut of_request =
            object(json!({"list": {"type": "array", "items": to("InnerRequest2")}, "same": to("Same")}), &[]);
        of_request["description"] = "`Outer` as requests carry it.".into();
        let mut inner = object(json!({"up": to("OuterRequest"), "key": described("Write-only.")}), &["key"]);
        inner["description"] = "`Inner` as requests carry it.".into();
        assert_eq!(
            Value::Object(lowering.schemas().clone()),
            json!({
                "Outer": object(json!({"list": {"type": "array", "items": to("Inner")}, "same": to("Same")}), &[]),
                "OuterRequest": of_request,
                "Inner": object(json!({"id": described("Read-only."), "up": to("Outer")}), &["id"]),
                "InnerRequest2": inner,
                "Same": object(json!({"a": text()}), &["a"]),
                // nothing reaches it
                "InnerRequest": object(json!({"id": described("Read-only.")}), &["id"]),
            })
        );
        let model = &lowering.model;
        assert_eq!(model.origins["InnerRequest2"], "/components/schemas/inner");
        assert_eq!((&*model.request_views["InnerRequest2"], model.request_views.len()), ("Inner", 2));
    }

    #[test]
    fn what_one_way_reaches_keeps_its_name() {
        let both = || json!({"id": read_only(), "key": {"type": "string", "writeOnly": true}});
        let mut lowering =
            lowered(json!({"Ask": object(both(), &["id"]), "Say": object(both(), &["id", "key"])}), "Ask", "Say");
        assert_eq!(
            Value::Object(lowering.schemas().clone()),
            json!({"Ask": object(json!({"key": described("Write-only.")}), &[]),
                "Say": object(json!({"id": described("Read-only.")}), &["id"])})
        );
        // a schema that only a response's read-only property leads to is the response's alone
        let schemas = json!({"A": object(json!({"b": {"readOnly": true, "allOf": [to("B")]}, "c": text()}), &[]),
            "B": object(json!({"id": read_only()}), &[])});
        let mut lowering = lowered(schemas, "A", "A");
        let names: Vec<_> = lowering.schemas().keys().cloned().collect();
        assert_eq!(names, ["A", "B", "ARequest"]);
    }

    #[test]
    fn a_property_is_read_only_by_itself_by_what_it_refers_to_and_by_its_parts() {
        for (property, stays) in [
            (read_only(), false),
            (to("Stamp"), false),
            (json!({"allOf": [to("Stamp")], "nullable": true}), false),
            (json!({"allOf": [to("Plain"), {"readOnly": true}]}), false),
            (json!({"type": "array", "items": read_only()}), true),
            (json!({"oneOf": [read_only(), {"type": "integer"}]}), true),
            (json!({"type": "string", "readOnly": false}), true),
            (json!({"type": "string", "readOnly": true, "writeOnly": true}), true),
        ] {
            let schemas = json!({"A": object(json!({"p": property}), &["p"]), "Plain": text(), "Stamp": read_only()});
            let mut lowering = lowered(schemas, "A", "Plain");
            let a = &lowering.schemas()["A"];
            let told = (a["properties"].get("p").is_some(), a.get("required").is_some());
            assert_eq!(told, (stays, stays), "{property}");
        }
    }

    #[test]
    fn all_parts_of_a_composition_agree_on_what_does_not_travel() {
        let base = object(json!({"id": text(), "name": text()}), &["id", "name"]);
        let mut lowering = lowered(
            json!({
                "Whole": {"allOf": [to("Base"), object(json!({"id": read_only(), "more": object(json!({"x": text()}), &[])}), &[])],
                    "required": ["id", "more"]},
                "Base": base, "Answer": object(json!({"base": to("Base"), "whole": to("Whole")}), &[]),
            }),
            "Whole",
            "Answer",
        );
        let schemas = lowering.schemas();
        assert_eq!(
            schemas["WholeRequest"],
            json!({"allOf": [object(json!({"name": text()}), &["name"]), object(json!({"more": object(json!({"x": text()}), &[])}), &[])],
                "required": ["more"], "description": "`Whole` as requests carry it."})
        );
        assert_eq!((&schemas["Base"], &schemas["Whole"]["allOf"][0]), (&base, &to("Base")));
        let copied = "/components/schemas/whole/allOf/0/properties/name";
        assert_eq!(lowering.moved.original(copied), "/components/schemas/base/properties/name");
    }

    #[test]
    fn branches_of_unions_have_two_views_and_a_discriminator_that_does_not_travel_is_none() {
        for (kind, is_told) in [(text(), true), (read_only(), false)] {
            let mut lowering = lowered(
                json!({
                    "Union": {"oneOf": [to("One"), to("Two")], "discriminator": {"propertyName": "kind", "mapping": {"1": "#/components/schemas/one"}}},
                    "One": object(json!({"kind": kind, "id": read_only()}), &["kind"]),
                    "Two": object(json!({"kind": kind}), &["kind"]),
                }),
                "Union",
                "Union",
            );
            let schemas = lowering.schemas();
            let two = if is_told { "Two" } else { "TwoRequest" };
            assert_eq!(schemas["UnionRequest"]["oneOf"], json!([to("OneRequest"), to(two)]));
            assert_eq!(schemas["UnionRequest"].get("discriminator").is_some(), is_told);
            assert!(schemas["Union"].get("discriminator").is_some());
        }
    }

    #[test]
    fn what_neither_way_carries_is_listed() {
        let key = json!({"type": "string", "writeOnly": true});
        let lost = |asks: &str, answers: &str| {
            let schemas = json!({"Ask": object(json!({"id": read_only(), "key": key}), &["id", "key"]), "Other": text(),
                "Deep": object(json!({"all": {"type": "object", "readOnly": true, "properties": {"key": key}}}), &[])});
            let listed = lowered(schemas, asks, answers).unrepresented.into_iter();
            listed.map(|one| format!("{} {} {}", one.pointer, one.keyword, one.value)).collect::<Vec<_>>()
        };
        let property = |name: &str, value: Value| format!("/components/schemas/ask/properties {name} {value}");
        let required = |name: &str| format!("/components/schemas/ask required \"{name}\"");
        assert_eq!(lost("Ask", "Other"), [property("id", read_only()), required("id")]);
        assert_eq!(lost("Other", "Ask"), [property("key", key.clone()), required("key")]);
        assert_eq!(lost("Ask", "Ask"), Vec::<String>::new());
        let deep = format!("/components/schemas/deep/properties/all/properties key {key}");
        assert_eq!(lost("Deep", "Deep"), [deep]);
    }

    #[test]
    fn circles_of_compositions_and_references_end() {
        let schemas = json!({"A": {"allOf": [to("B"), object(json!({"id": read_only()}), &[])]}, "B": {"allOf": [to("A")], "required": ["id"]},
            "C": to("D"), "D": to("C"), "E": object(json!({"c": to("C"), "a": to("A")}), &[])});
        assert!(lowered(schemas, "E", "A").schemas().contains_key("ARequest"));
    }

    #[test]
    fn compositions_that_double_at_every_step_end() {
        let mut schemas = serde_json::Map::new();
        for step in 0..40 {
            let next = to(&format!("S{}", step + 1));
            schemas.insert(format!("S{step}"), json!({"allOf": [next, next], "required": ["id"]}));
        }
        schemas.insert("S40".to_owned(), text());
        schemas.insert("A".to_owned(), json!({"allOf": [to("S0"), object(json!({"id": read_only()}), &[])]}));
        let lowering = lowered(schemas.into(), "A", "A");
        assert!(lowering.problems[0].what.starts_with("1000 compositions"), "{:?}", lowering.problems);
    }

    #[test]
    fn names_do_not_change_when_an_unrelated_component_is_added() {
        let thing = object(json!({"id": read_only()}), &[]);
        let names =
            |schemas: Value| lowered(schemas, "Thing", "Thing").model.request_views.into_keys().collect::<Vec<_>>();
        assert_eq!(names(json!({"Thing": thing})), ["ThingRequest"]);
        assert_eq!(names(json!({"A": thing, "Thing": thing, "Z": thing})), ["ThingRequest"]);
    }
}
