//! What neither the generated code nor its documentation carries, so that nothing is lost in silence.

use std::collections::BTreeSet;

use openapi::{
    Method,
    lenient::meant_type,
    pointer,
    queries::text,
    references::{Resolver, collect_targets},
};
use serde_json::{Map, Value};

use crate::{
    constraints::is_a_type,
    constraints::{has_own_type, is_checked},
    content::{chosen, encoding},
    lower::{
        EXCLUDES_ALL, Lowered, Patterns, implied_type, is_constant, is_excluded_texts, is_ignored, is_representable,
        misspelt, only_demands, styles,
    },
    model::Encoding,
    normalize::template_names,
    unsupported::UnsupportedKeyword,
};

/// Why an example is listed.
const NO_EXAMPLE: &str = "examples are shown in the documentation of types, fields, setters and methods, but for long ones and those of secrets";

/// Where a value stands decides which keywords it may have and what becomes of them.
#[derive(Clone, Copy)]
enum Kind {
    Root,
    Info,
    Tag,
    Server,
    Variable,
    Components,
    SecurityScheme,
    Flow,
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Header,
    HeaderSchema,
    /// Content types and their media.
    Content,
    RequestContent,
    Media,
    /// A medium that is taken as text or bytes.
    UntypedMedia,
    /// The one content type of a parameter.
    ParameterMedia,
    /// The form of one property of a form.
    PartEncoding,
    Schema,
    /// A schema of a property, which may travel one way only.
    Property,
    /// A schema of a parameter.
    ParameterSchema,
    /// A schema of the values of a list or map, which may have no type of its own to document.
    InnerSchema,
    /// A part of a composition.
    PartSchema,
    /// Anything below is carried as it is.
    Whole,
    /// A map of names of the author's choice to values of one kind.
    Map(&'static Kind),
    /// A list of values of one kind.
    List(&'static Kind),
}

/// What was found so far in a document.
struct Listed<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    /// Pointers of what something refers to that becomes code.
    used: BTreeSet<String>,
    patterns: &'d Patterns,
    found: Vec<UnsupportedKeyword>,
}

/// Lists, for every value of the document, the keywords that nothing carries, but for the examples that are shown. What no
/// rule names is listed.
pub(crate) fn list(lowered: &Lowered) -> Vec<UnsupportedKeyword> {
    listed(&lowered.plain, &lowered.shown, &lowered.patterns)
}

fn listed(document: &Value, shown: &BTreeSet<String>, patterns: &Patterns) -> Vec<UnsupportedKeyword> {
    let mut list =
        Listed { document, resolver: Resolver::new(document), used: used(document), patterns, found: Vec::new() };
    walk(document, Kind::Root, "", &mut list);
    let mut found = list.found;
    found.retain(|one| {
        !matches!(one.keyword.as_str(), "example" | "examples")
            || !shown.contains(&pointer::join(&one.pointer, &one.keyword))
    });
    found
}

fn walk(value: &Value, kind: Kind, at: &str, list: &mut Listed<'_>) {
    match (kind, value) {
        (Kind::Whole, _) => {}
        (Kind::Map(inner), Value::Object(map)) => {
            let is_shared = at.strip_prefix("/components/").is_some_and(|kind| SHARED.contains(&kind));
            for (key, value) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
                let place = pointer::join(at, key);
                if is_shared && !list.used.contains(&place) {
                    let reason = "nothing that becomes code refers to it";
                    list.found.push(UnsupportedKeyword::new(at, key, reason, value));
                } else {
                    walk(value, *inner, &place, list);
                }
            }
        }
        (Kind::List(inner), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                walk(value, *inner, &format!("{at}/{index}"), list);
            }
        }
        (Kind::PathItem, Value::Object(_)) => {
            // a component's path is that of whoever refers to it
            if at.starts_with("/paths/") {
                lost_parameters(value, at, list);
            }
            walk_keywords(value, kind, at, list);
        }
        (Kind::Content | Kind::RequestContent, Value::Object(map)) => {
            let chosen = chosen(map).map(|(content_type, _)| content_type);
            for (key, media) in map {
                if Some(key.as_str()) == chosen {
                    let kind = match encoding(key, media) {
                        Encoding::Text | Encoding::Bytes => Kind::UntypedMedia,
                        // forms are only written
                        Encoding::Form | Encoding::Multipart if !is_request(kind) => Kind::UntypedMedia,
                        _ => Kind::Media,
                    };
                    walk(media, kind, &pointer::join(at, key), list);
                } else {
                    let reason = match kind {
                        Kind::RequestContent => {
                            "one content type of a body has a type, JSON before others; callers write this one as bytes, with `raw_body`"
                        }
                        _ => "one content type of an answer is asked for and read, JSON before others",
                    };
                    list.found.push(UnsupportedKeyword::new(at, key, reason, media));
                }
            }
        }
        (_, Value::Object(_)) => walk_keywords(value, kind, at, list),
        _ => {}
    }
}

fn walk_keywords(value: &Value, kind: Kind, at: &str, list: &mut Listed<'_>) {
    if matches!(kind, Kind::Schema | Kind::Property | Kind::ParameterSchema | Kind::InnerSchema | Kind::PartSchema)
        && let Some(ty) = value.as_object().and_then(|schema| implied_type(schema).or_else(|| composed_object(schema)))
    {
        let reason = format!("left out, though the other keywords only say something of one type; taken for `{ty}`");
        list.found.push(UnsupportedKeyword::new(at, "type", reason, &Value::Null));
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        if let ("allOf", Value::Array(parts)) = (key.as_str(), inner) {
            shared_properties(parts, &format!("{at}/allOf"), list);
        }
        let fate = match (kind, key.as_str()) {
            (_, "discriminator") if !tells_apart(value, at, list) => {
                Err("it tells nothing apart: no union has several named branches here, and nothing is composed of this")
            }
            (Kind::Root, "security") if !is_anybody_secured_by_the_document(list) => {
                Err("no operation goes by it: each says by itself what it asks for")
            }
            (Kind::Response, "content") if has_no_body(at) => Err("HTTP has no body in such an answer"),
            (Kind::Schema, "default" | "deprecated")
                if pointer::parent(at) == Some("/components/schemas") && text(value, "format") == "password" =>
            {
                Err("a secret that is a component is the runtime's type, which has nothing to say it")
            }
            _ => carried(kind, key, value),
        };
        if let (Ok(_), "pattern", Value::String(pattern)) = (fate, key.as_str(), inner)
            && let Some(reason) = not_enforced(value, pattern, list.patterns)
        {
            list.found.push(UnsupportedKeyword::new(at, key, reason, inner));
            continue;
        }
        match fate {
            Ok(inner_kind) => walk(inner, inner_kind, &pointer::join(at, key), list),
            Err(reason) => list.found.push(UnsupportedKeyword::new(at, key, reason, inner)),
        }
    }
}

/// Why the pattern of a schema is not enforced, if it is not.
fn not_enforced(schema: &Value, pattern: &str, patterns: &Patterns) -> Option<String> {
    if let Some(refused) = patterns.refused(pattern) {
        return Some(refused.to_string());
    }
    let values = schema.get("enum").and_then(Value::as_array)?;
    patterns.matching(pattern, values).iter().all(|value| value.is_null()).then(|| EXCLUDES_ALL.to_owned())
}

/// Components that only become code where something refers to them.
const SHARED: [&str; 4] = ["parameters", "responses", "requestBodies", "headers"];

/// Pointers of all that is referred to, from what becomes code by itself or is referred to from there.
fn used(document: &Value) -> BTreeSet<String> {
    let mut outside = document.clone();
    if let Some(Value::Object(components)) = outside.get_mut("components") {
        components.retain(|kind, _| !SHARED.contains(&kind.as_str()));
    }
    let mut used = BTreeSet::new();
    collect_targets(&outside, &Resolver::new(document), &mut used);
    used
}

/// Whether a discriminator tells the branches of a union apart, or those that are composed of a schema.
fn tells_apart(schema: &Value, at: &str, list: &Listed<'_>) -> bool {
    let mut unions = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema.get(keyword)?.as_array()).peekable();
    if unions.peek().is_some() {
        return unions.flatten().filter(|branch| branch.get("$ref").is_some()).count() > 1;
    }
    let schemas = list.document.pointer("/components/schemas").and_then(Value::as_object);
    let is_of = |part: &Value| {
        let reference = part.get("$ref").and_then(Value::as_str);
        reference.and_then(|reference| list.resolver.resolve(reference)).is_some_and(|target| target.pointer == at)
    };
    let mut parts = schemas.into_iter().flatten().filter_map(|(_, schema)| schema.get("allOf")?.as_array()).flatten();
    parts.any(is_of)
}

/// What several parts of a composition say of one property is put together; their words and bounds may be lost.
fn shared_properties(parts: &[Value], at: &str, list: &mut Listed<'_>) {
    let properties = |part: &Value| part.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    for (index, part) in parts.iter().enumerate() {
        let others = || parts.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, part)| part);
        for (name, schema) in properties(part) {
            if others().any(|other| properties(other).contains_key(&name)) {
                lost_in_merging(&schema, &pointer::join(&format!("{at}/{index}/properties"), &name), list);
            }
        }
    }
}

fn lost_in_merging(schema: &Value, at: &str, list: &mut Listed<'_>) {
    for (key, value) in schema.as_object().into_iter().flatten() {
        let words = ["description", "title", "default", "nullable", "format", "readOnly", "writeOnly", "deprecated"];
        let is_lost = words.contains(&key.as_str()) || key.starts_with("min") || key.starts_with("max");
        if is_lost {
            let reason = "what several parts of a composition say of one property is put together, and this is not certain to be kept";
            list.found.push(UnsupportedKeyword::new(at, key, reason, value));
        }
    }
    for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        lost_in_merging(inner, &pointer::join(&format!("{at}/properties"), name), list);
    }
}

/// Whether an operation says nothing of security, so that what the document says counts.
fn is_anybody_secured_by_the_document(list: &Listed<'_>) -> bool {
    let mut items = list.document.get("paths").and_then(Value::as_object).into_iter().flat_map(Map::values);
    items.any(|item| {
        let reference = item.get("$ref").and_then(Value::as_str);
        let item = reference.and_then(|reference| list.resolver.resolve(reference)).map_or(item, |target| target.value);
        Method::ALL
            .iter()
            .filter_map(|method| item.get(method.key()))
            .any(|operation| operation.get("security").is_none())
    })
}

fn is_request(kind: Kind) -> bool {
    matches!(kind, Kind::RequestContent)
}

/// An object by its properties that does not say so, beside a composition.
fn composed_object(schema: &Map<String, Value>) -> Option<&'static str> {
    (schema.contains_key("properties") && !schema.contains_key("type")).then_some("object")
}

/// Whether the response at a pointer is one to HEAD, or of a status that HTTP gives no body.
fn has_no_body(at: &str) -> bool {
    let segments: Vec<_> = pointer::segments(at).collect();
    match segments.as_slice() {
        [paths, .., method, _, status] if paths == "paths" => {
            method == "head" || matches!(status.as_str(), "204" | "205" | "304")
        }
        _ => false,
    }
}

/// Parameters of a path item and its operations that are not sent, and names in the path without a parameter.
fn lost_parameters(item: &Value, at: &str, list: &mut Listed<'_>) {
    let path = pointer::segments(at).last().unwrap_or_default();
    let names = template_names(&path);
    let given = |value: &Value| -> Vec<Value> {
        let given = value.get("parameters").and_then(Value::as_array).into_iter().flatten();
        // a reference stands for what it leads to
        let whole = |one: &Value| {
            let reference = one.get("$ref").and_then(Value::as_str);
            reference.and_then(|reference| list.resolver.resolve(reference)).map_or(one, |target| target.value).clone()
        };
        given.map(whole).collect()
    };
    let own = std::iter::once((at.to_owned(), item));
    let operations =
        Method::ALL.iter().filter_map(|method| Some((pointer::join(at, method.key()), item.get(method.key())?)));
    for (place, value) in own.chain(operations) {
        for (index, one) in given(value).iter().enumerate() {
            let (name, location) = (text(one, "name"), text(one, "in"));
            let reason = if location == "path" && !names.iter().any(|known| known == name) {
                format!("the path has no `{{{name}}}`")
            } else if is_ignored(name, location) {
                "OpenAPI says that a header parameter of this name is ignored".to_owned()
            } else if is_constant(name, location, &path) {
                "the path's own query says its value".to_owned()
            } else {
                continue;
            };
            list.found.push(UnsupportedKeyword::new(&format!("{place}/parameters/{index}"), "name", reason, one));
        }
        let all = [given(item), given(value)].concat();
        let is_given = |name: &str| all.iter().any(|one| (text(one, "in"), text(one, "name")) == ("path", name));
        for name in names.iter().filter(|name| place != at && !is_given(name)) {
            let reason = format!("`{{{name}}}` of the path has no parameter; taken for a text");
            list.found.push(UnsupportedKeyword::new(&place, "parameters", reason, &Value::Null));
        }
    }
}

/// What becomes of a keyword: the kind of its value if it is carried, else why not.
fn carried(kind: Kind, key: &str, value: &Value) -> Result<Kind, &'static str> {
    use Kind::{
        Body, Components, Content, Flow, Header, HeaderSchema, Info, InnerSchema, List, Map, Media, Operation,
        Parameter, ParameterMedia, ParameterSchema, PartSchema, PathItem, Property, RequestContent, Response, Root,
        Schema, SecurityScheme, Server, Tag, UntypedMedia, Variable, Whole,
    };
    const ONLY_THE_KIND: &str =
        "of a part of a composition that is no object only the kind of value is certain to be checked";
    const NOT_YET: &str = "this generator does not carry it";
    Ok(match (kind, key) {
        (_, "$ref") => Whole,
        (Root, "openapi" | "security" | "x-transcribed") => Whole,
        (Root, "info") => Info,
        (Root, "tags") => List(&Tag),
        (Root, "servers") => List(&Server),
        (Root, "components") => Components,
        (Root, "paths") => Map(&PathItem),
        (Info, "title" | "version") => Whole,
        (Tag | Variable | Server, "name" | "description" | "default" | "enum" | "url") => Whole,
        (Server, "variables") => Map(&Variable),
        (Components, "schemas") => Map(&Schema),
        (Components, "securitySchemes") => Map(&SecurityScheme),
        (Components, "responses") => Map(&Response),
        (Components, "headers") => Map(&Header),
        (Components, "parameters") => Map(&Parameter),
        (Components, "requestBodies") => Map(&Body),
        (Components, "pathItems") => Map(&PathItem),
        (SecurityScheme, "type" | "scheme" | "description") => Whole,
        (SecurityScheme, "bearerFormat") if text(value, "scheme").eq_ignore_ascii_case("bearer") => Whole,
        (SecurityScheme, "name" | "in") if value["type"] == "apiKey" => Whole,
        (SecurityScheme, "flows") if value["type"] == "oauth2" => Map(&Flow),
        (SecurityScheme, "openIdConnectUrl") if value["type"] == "openIdConnect" => Whole,
        (Flow, "authorizationUrl" | "tokenUrl" | "refreshUrl" | "scopes") => Whole,
        (PathItem | Operation, "servers") => {
            return Err("told in the operation table; calls go to the client's one server all the same");
        }
        (Operation, "externalDocs") => Whole,
        (PathItem, "parameters") => List(&Parameter),
        (PathItem, key) if Method::of_key(key).is_some() => Operation,
        (Operation, "tags" | "summary" | "description" | "operationId" | "security" | "deprecated") => Whole,
        (Operation, "parameters") => List(&Parameter),
        (Operation, "requestBody") => Body,
        (Operation, "responses") => Map(&Response),
        // an empty text can be sent wherever a text can
        (Parameter, "name" | "in" | "required" | "description" | "explode" | "allowReserved" | "allowEmptyValue") => {
            Whole
        }
        (Parameter | Header, "deprecated") => Whole,
        (Parameter, "style") if styles(text(value, "in")).contains(&text(value, "style")) => Whole,
        (Parameter, "style") => return Err("no style that a parameter there can have; the usual one is taken"),
        (Parameter, "schema") => ParameterSchema,
        (Parameter, "content") => Map(&ParameterMedia),
        (ParameterMedia, "schema") => ParameterSchema,
        (Media, "schema") => Schema,
        (UntypedMedia, "schema") => {
            return Err("a body of this content type is text or bytes, not held against its schema");
        }
        (Media, "encoding") => Map(&Kind::PartEncoding),
        (Kind::PartEncoding, "contentType" | "style" | "explode" | "allowReserved") => Whole,
        (Body, "required" | "description") => Whole,
        (Body, "content") => RequestContent,
        (Response, "content") => Content,
        (Response, "description") => Whole,
        (Response, "headers") => Map(&Header),
        (Header, "description" | "required") => Whole,
        (Header, "schema") => HeaderSchema,
        (HeaderSchema, "type" | "format") => Whole,
        (HeaderSchema, _) => return Err("callers get the header's text; it is not held against its schema"),
        (InnerSchema | PartSchema, "format") if is_usual_format(text(value, "format")) => {
            return Err("the type is the same without this format, and has no documentation here");
        }
        (ParameterSchema, "nullable") => return Err("a parameter is sent or left out; null is no value of it"),
        (PartSchema, "nullable") => return Err("null of one part of a composition is not told apart"),
        (PartSchema, "pattern" | "format" | "type" | "uniqueItems" | "multipleOf")
            if matches!(text(value, "type"), "string" | "integer" | "number" | "boolean" | "array") =>
        {
            return Err(ONLY_THE_KIND);
        }
        (PartSchema, key)
            if key.contains("inimum") || key.contains("aximum") || key.starts_with("min") || key.starts_with("max") =>
        {
            return Err(ONLY_THE_KIND);
        }
        (PartSchema, "deprecated") => {
            return Err("that a part of a composition is deprecated is not told of the whole");
        }
        (InnerSchema, "deprecated") if is_a_type(value) => Whole,
        (InnerSchema, "deprecated") => return Err("what a list or map holds has no type of its own here to be marked"),
        (Schema | ParameterSchema, "deprecated") if value.get("$ref").is_some() => {
            return Err("OpenAPI 3.0 ignores what stands beside a reference");
        }
        (InnerSchema | PartSchema, "description" | "title" | "default") if !is_a_type(value) => {
            return Err("what a list or map holds has no type of its own here, and so no documentation");
        }
        (PartSchema, "description" | "title" | "default") if text(value, "type") == "array" => {
            return Err("a list that is a part of a composition has no type of its own here, and so no documentation");
        }
        (Property, "readOnly" | "writeOnly") if value["readOnly"] == true && value["writeOnly"] == true => {
            return Err("OpenAPI lets a property be one of the two; this one is sent and read");
        }
        (Property, "readOnly" | "writeOnly") => Whole,
        (Schema | ParameterSchema | InnerSchema | PartSchema, "readOnly" | "writeOnly") => {
            if value[key] == false {
                return Ok(Whole);
            }
            return Err(
                "counts for properties of this schema, or composed of it; elsewhere OpenAPI gives it no meaning",
            );
        }
        (Schema | Property | ParameterSchema | InnerSchema | PartSchema, _) => return schema_keyword(key, value),
        (_, key) if key.starts_with("x-") => return Err("an extension, whose meaning is not known"),
        (_, "example" | "examples") => return Err(NO_EXAMPLE),
        _ => return Err(NOT_YET),
    })
}

/// Why a keyword is not carried that judges no value of the schema's type.
const OF_ANOTHER_TYPE: &str = "says nothing of a value of this type";

fn schema_keyword(key: &str, schema: &Value) -> Result<Kind, &'static str> {
    let ty = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    let is_number = matches!(ty, "integer" | "number");
    let has_own_type = ty == "string" && has_own_type(text(schema, "format"));
    let is_beside_pattern = schema.get("pattern").is_some() && schema.get("enum").is_none() && !has_own_type;
    let enum_values = schema.get("enum").and_then(Value::as_array);
    let is_file = ty == "string" && text(schema, "format") == "binary";
    Ok(match key {
        _ if is_file && !matches!(key, "type" | "format" | "description" | "title") && !key.starts_with("x-") => {
            return Err("a file is bytes, which are not held against this");
        }
        "nullable"
            if schema["nullable"] == true && enum_values.is_some_and(|values| !values.contains(&Value::Null)) =>
        {
            return Err("null is taken, though the enum does not list it");
        }
        "type" if meant_type(ty).is_some() => return Err("not a type of OpenAPI; taken for the one that it must mean"),
        "type" | "description" | "title" | "nullable" | "default" | "deprecated" => Kind::Whole,
        "required" if schema.as_object().is_some_and(|schema| !misspelt(schema).is_empty()) => {
            return Err("a name differs from a property's in its writing only, and is not required");
        }
        "required" if schema["required"].is_array() => Kind::Whole,
        "required" => {
            return Err("a property's `required` means nothing in OpenAPI 3.0; its owner lists what is required");
        }
        "enum" => {
            let values = schema["enum"].as_array().map_or(&[][..], Vec::as_slice);
            let texts: Vec<_> = values.iter().filter(|value| !value.is_null()).cloned().collect();
            let mut typed = schema.as_object().cloned().unwrap_or_default();
            if let Some(implied) = implied_type(&typed) {
                typed.insert("type".to_owned(), implied.into());
            }
            if is_representable(&typed, &texts) {
                Kind::Whole
            } else {
                return Err("these values cannot be the variants of one enum, so any value of the type is taken");
            }
        }
        "properties" | "additionalProperties" if !matches!(ty, "" | "object") => return Err(OF_ANOTHER_TYPE),
        "items" if !matches!(ty, "" | "array") => return Err(OF_ANOTHER_TYPE),
        "properties" => Kind::Map(&Kind::Property),
        "items" | "additionalProperties" => Kind::InnerSchema,
        "oneOf" | "anyOf" if schema.as_object().is_some_and(|schema| only_demands(schema, key)) => {
            return Err("which properties must be there together is not checked");
        }
        "allOf" | "oneOf" | "anyOf" => Kind::List(&Kind::PartSchema),
        "not" if schema.as_object().is_some_and(is_excluded_texts) => Kind::Whole,
        "not" => return Err("what a value must not be is not checked"),
        "discriminator" => Kind::Whole,
        "pattern" if has_own_type => return Err("not checked beside this format"),
        "pattern" if schema["pattern"].is_string() => Kind::Whole,
        "pattern" => return Err("not a regular expression that can be checked"),
        key if is_checked(schema, key) => Kind::Whole,
        "minLength" | "maxLength" if ty == "string" && is_beside_pattern => Kind::Whole,
        "minLength" | "maxLength" if ty == "string" => return Err("not checked beside this format or enum"),
        "minItems" | "maxItems" | "uniqueItems" if ty == "array" => {
            return Err("not checked, since what the list holds has no type of its own");
        }
        "minProperties" | "maxProperties" if ty == "object" => {
            return Err("not checked beside properties, or where what the map holds has no type of its own");
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" if is_number => {
            return Err("no number of the type keeps this, or it says nothing here");
        }
        "format" if schema.get("enum").is_some() => return Err("not checked beside an enum, whose values are known"),
        "format" => match (ty, text(schema, "format")) {
            ("integer", format) if format.trim_start_matches('u').starts_with("int") => Kind::Whole,
            ("number", "float" | "double") => Kind::Whole,
            ("string", format) if has_own_type && format != "binary" => Kind::Whole,
            _ => return Err("this format is not checked"),
        },
        key if key.starts_with("x-") => return Err("an extension, whose meaning is not known"),
        "example" | "examples" => return Err(NO_EXAMPLE),
        _ => return Err("this generator does not carry it"),
    })
}

/// Formats that say no more than the type that stands for numbers without one.
fn is_usual_format(format: &str) -> bool {
    matches!(format, "int64" | "double")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_security_that_no_operation_goes_by() {
        let listed = |operation: Value| {
            let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "security": [],
                "paths": {"/a": {"$ref": "#/components/pathItems/A"}}, "components": {"pathItems": {"A": {"get": operation}}}});
            listed(&document, &BTreeSet::new(), &Patterns::default())
                .iter()
                .any(|one| (one.pointer.as_str(), one.keyword.as_str()) == ("", "security"))
        };
        assert!(!listed(json!({"responses": {}})));
        assert!(listed(json!({"responses": {}, "security": [{}]})));
    }

    #[test]
    fn lists_what_no_rule_carries_and_nothing_else() {
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1", "license": {}},
            "paths": {"/a": {"get": {"operationId": "a", "callbacks": {}, "parameters": [
                {"name": "q", "in": "query", "style": "label", "explode": false, "schema": {"type": "integer", "minimum": 1, "multipleOf": 2.5, "default": 2}}],
                "responses": {"200": {"content": {"text/plain": {}, "application/json": {}}}}}}},
            "components": {"schemas": {"T": {"type": "object", "properties": {"minimum": {"type": "string", "maxLength": 3}}}}},
        });
        let found: Vec<_> = listed(&document, &BTreeSet::new(), &Patterns::default())
            .into_iter()
            .map(|one| format!("{} {}", one.pointer, one.keyword))
            .collect();
        assert_eq!(
            found,
            [
                "/info license",
                "/paths/~1a/get callbacks",
                "/paths/~1a/get/parameters/0 style",
                "/paths/~1a/get/parameters/0/schema multipleOf",
                "/paths/~1a/get/responses/200/content text/plain",
            ]
        );
    }
}
