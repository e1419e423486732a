//! What neither the generated code nor its documentation carries, so that nothing is lost in silence.

use blynk_document::pointer;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::document::text;
use crate::lower::{
    chosen, is_constant, is_excluded_texts, is_ignored, is_pattern, is_representable, meant_type, only_demands, styles,
    template_names,
};

/// A keyword of the document that generated code does not carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unrepresented {
    /// JSON Pointer of the value that has the keyword.
    pub pointer: String,
    /// The keyword.
    pub keyword: String,
    /// Why it is not carried.
    pub reason: String,
}

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
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Header,
    /// Content types and their media.
    Content,
    RequestContent,
    Media,
    /// The one content type of a parameter.
    ParameterMedia,
    /// The form of one property of a form.
    Encoding,
    Schema,
    /// A schema of a parameter: builders do not fill in its default.
    ParameterSchema,
    /// Anything below is carried as it is.
    Whole,
    /// A map of names of the author's choice to values of one kind.
    Map(&'static Kind),
    /// A list of values of one kind.
    List(&'static Kind),
}

/// Lists, for every value of the document, the keywords that nothing carries. What no rule names is listed.
pub(crate) fn list(document: &Value) -> Vec<Unrepresented> {
    let mut found = Vec::new();
    walk(document, Kind::Root, "", &mut found);
    found
}

fn walk(value: &Value, kind: Kind, at: &str, found: &mut Vec<Unrepresented>) {
    match (kind, value) {
        (Kind::Whole, _) => {}
        (Kind::Map(inner), Value::Object(map)) => {
            for (key, value) in map.iter().filter(|(key, _)| !key.starts_with("x-")) {
                walk(value, *inner, &pointer::join(at, key), found);
            }
        }
        (Kind::List(inner), Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                walk(value, *inner, &format!("{at}/{index}"), found);
            }
        }
        (Kind::PathItem, Value::Object(_)) => {
            // a component's path is that of whoever refers to it
            for (pointer, reason) in lost_parameters(value, at).into_iter().filter(|_| at.starts_with("/paths/")) {
                found.push(Unrepresented { pointer, keyword: "name".to_owned(), reason });
            }
            walk_keywords(value, kind, at, found);
        }
        (Kind::Content | Kind::RequestContent, Value::Object(map)) => {
            let chosen = chosen(map).map(|(content_type, _)| content_type);
            for (key, media) in map {
                if Some(key.as_str()) == chosen {
                    walk(media, Kind::Media, &pointer::join(at, key), found);
                } else {
                    let reason = match kind {
                        Kind::RequestContent => {
                            "one content type of a body has a type, JSON before others; callers write this one as bytes, with `raw_body`"
                        }
                        _ => "one content type of an answer is asked for and read, JSON before others",
                    };
                    let reason = reason.to_owned();
                    found.push(Unrepresented { pointer: at.to_owned(), keyword: key.clone(), reason });
                }
            }
        }
        (_, Value::Object(_)) => walk_keywords(value, kind, at, found),
        _ => {}
    }
}

fn walk_keywords(value: &Value, kind: Kind, at: &str, found: &mut Vec<Unrepresented>) {
    for (key, inner) in value.as_object().into_iter().flatten() {
        match carried(kind, key, value) {
            Ok(inner_kind) => walk(inner, inner_kind, &pointer::join(at, key), found),
            Err(reason) => {
                found.push(Unrepresented { pointer: at.to_owned(), keyword: key.clone(), reason: reason.to_owned() });
            }
        }
    }
}

/// Parameters of a path item and its operations that are not sent, with their pointers and why.
fn lost_parameters(item: &Value, at: &str) -> Vec<(String, String)> {
    let path = pointer::segments(at).last().unwrap_or_default();
    let names = template_names(&path);
    let own = std::iter::once((at.to_owned(), item));
    let operations = item.as_object().into_iter().flatten().map(|(key, value)| (pointer::join(at, key), value));
    let mut found = Vec::new();
    for (place, value) in own.chain(operations) {
        for (index, one) in value.get("parameters").and_then(Value::as_array).into_iter().flatten().enumerate() {
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
            found.push((format!("{place}/parameters/{index}"), reason));
        }
    }
    found
}

/// What becomes of a keyword: the kind of its value if it is carried, else why not.
fn carried(kind: Kind, key: &str, value: &Value) -> Result<Kind, &'static str> {
    use Kind::{
        Body, Components, Content, Encoding, Header, Info, List, Map, Media, Operation, Parameter, ParameterMedia,
        ParameterSchema, PathItem, RequestContent, Response, Root, Schema, SecurityScheme, Server, Tag, Variable,
        Whole,
    };
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
        (SecurityScheme, "type" | "scheme" | "bearerFormat" | "description") => Whole,
        (SecurityScheme, "name" | "in") if value["type"] == "apiKey" => Whole,
        (PathItem, "parameters") => List(&Parameter),
        (PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace") => Operation,
        (Operation, "tags" | "summary" | "description" | "operationId" | "security" | "deprecated") => Whole,
        (Operation, "parameters") => List(&Parameter),
        (Operation, "requestBody") => Body,
        (Operation, "responses") => Map(&Response),
        // an empty text can be sent wherever a text can
        (Parameter, "name" | "in" | "required" | "description" | "explode" | "allowReserved" | "allowEmptyValue") => {
            Whole
        }
        (Parameter, "style") if styles(text(value, "in")).contains(&text(value, "style")) => Whole,
        (Parameter, "style") => return Err("no style that a parameter there can have; the usual one is taken"),
        (Parameter, "schema") => ParameterSchema,
        (Parameter, "content") => Map(&ParameterMedia),
        (ParameterMedia, "schema") => ParameterSchema,
        (Media, "schema") => Schema,
        (Media, "encoding") => Map(&Encoding),
        (Encoding, "contentType" | "style" | "explode" | "allowReserved") => Whole,
        (Body, "required" | "description") => Whole,
        (Body, "content") => RequestContent,
        (Response, "content") => Content,
        (Response, "description") => Whole,
        (Response, "headers") => Map(&Header),
        (Header, "description" | "required") => Whole,
        (Header, "schema") => return Err("callers get the header's text; it is not held against its schema"),
        (ParameterSchema, "default") => {
            return Err("a parameter that is not set is not sent; the server knows its default");
        }
        (ParameterSchema, "nullable") => return Err("a parameter is sent or left out; null is no value of it"),
        (Schema | ParameterSchema, _) => return schema_keyword(key, value),
        (_, key) if key.starts_with("x-") => return Err("an extension, whose meaning is not known"),
        _ => return Err(NOT_YET),
    })
}

fn schema_keyword(key: &str, schema: &Value) -> Result<Kind, &'static str> {
    let ty = schema.get("type").and_then(Value::as_str).unwrap_or_default();
    let is_checked = schema.get("enum").is_none();
    Ok(match key {
        "type" if meant_type(ty).is_some() => return Err("not a type of OpenAPI; taken for the one that it must mean"),
        "type" | "description" | "title" | "nullable" | "default" => Kind::Whole,
        "required" if schema["required"].is_array() => Kind::Whole,
        "required" => {
            return Err("a property's `required` means nothing in OpenAPI 3.0; its owner lists what is required");
        }
        "enum" => {
            let values = schema["enum"].as_array().map_or(&[][..], Vec::as_slice);
            let texts: Vec<_> = values.iter().filter(|value| !value.is_null()).cloned().collect();
            let as_text = serde_json::Map::from_iter([("type".to_owned(), Value::from("string"))]);
            if is_representable(&as_text, &texts) {
                Kind::Whole
            } else {
                return Err("these values cannot be the variants of one enum, so any value of the type is taken");
            }
        }
        "properties" => Kind::Map(&Kind::Schema),
        "items" | "additionalProperties" => Kind::Schema,
        "oneOf" | "anyOf" if schema.as_object().is_some_and(|schema| only_demands(schema, key)) => {
            return Err("which properties must be there together is not checked");
        }
        "allOf" | "oneOf" | "anyOf" => Kind::List(&Kind::Schema),
        "not" if schema.as_object().is_some_and(is_excluded_texts) => Kind::Whole,
        "not" => return Err("what a value must not be is not checked"),
        "discriminator" => Kind::Whole,
        "pattern" if schema["pattern"].as_str().is_some_and(is_pattern) => Kind::Whole,
        "pattern" => return Err("not a regular expression that can be checked"),
        "minLength" | "maxLength" if ty == "string" => {
            let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
            if is_checked && matches!(format, "" | "uri") {
                Kind::Whole
            } else {
                return Err("not checked beside this format or enum");
            }
        }
        "minItems" | "maxItems" if ty == "array" => Kind::Whole,
        "format" => match (ty, schema.get("format").and_then(Value::as_str).unwrap_or_default()) {
            ("integer", "int32" | "int64") | ("number", "float" | "double") => Kind::Whole,
            ("string", "uri" | "password" | "uuid" | "date" | "date-time" | "ip" | "ipv4" | "ipv6") => Kind::Whole,
            _ => return Err("this format is not checked"),
        },
        key if key.starts_with("x-") => return Err("an extension, whose meaning is not known"),
        _ => return Err("this generator does not carry it"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lists_what_no_rule_carries_and_nothing_else() {
        let document = json!({
            "openapi": "3.0.3", "info": {"title": "t", "version": "1", "license": {}},
            "paths": {"/a": {"get": {"operationId": "a", "callbacks": {}, "parameters": [
                {"name": "q", "in": "query", "style": "label", "explode": false, "schema": {"type": "integer", "minimum": 1, "default": 2}}],
                "responses": {"200": {"content": {"text/plain": {}, "application/json": {}}}}}}},
            "components": {"schemas": {"T": {"type": "object", "properties": {"minimum": {"type": "string", "maxLength": 3}}}}},
        });
        let found: Vec<_> = list(&document).into_iter().map(|one| format!("{} {}", one.pointer, one.keyword)).collect();
        assert_eq!(
            found,
            [
                "/info license",
                "/paths/~1a/get callbacks",
                "/paths/~1a/get/parameters/0 style",
                "/paths/~1a/get/parameters/0/schema minimum",
                "/paths/~1a/get/parameters/0/schema default",
                "/paths/~1a/get/responses/200/content text/plain",
            ]
        );
    }
}
