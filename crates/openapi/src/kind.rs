//! The kinds of values in a document, by their position: the objects of OpenAPI, and the values of their keywords.
//!
//! A property may be named `required` or `$ref`: only the position distinguishes a name from a keyword.

use crate::{Method, pointer};
use serde_json::Value;

/// The kind of a value that OpenAPI 3.0, 3.1 and 3.2 allow at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document itself.
    Root,
    /// Info Object.
    Info,
    /// Tag Object.
    Tag,
    /// Server Object.
    Server,
    /// Server Variable Object.
    Variable,
    /// Components Object.
    Components,
    /// Security Scheme Object.
    SecurityScheme,
    /// OAuth Flows Object.
    Flows,
    /// OAuth Flow Object.
    Flow,
    /// Path Item Object.
    PathItem,
    /// Operation Object.
    Operation,
    /// Parameter Object.
    Parameter,
    /// Header Object.
    Header,
    /// Request Body Object.
    Body,
    /// Responses Object.
    Responses,
    /// Response Object.
    Response,
    /// Media Type Object.
    Media,
    /// Encoding Object.
    Encoding,
    /// Example Object.
    Example,
    /// Link Object.
    Link,
    /// Callback Object.
    Callback,
    /// Discriminator Object.
    Discriminator,
    /// Schema Object.
    Schema,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A non-negative integer.
    Count,
    /// `exclusiveMinimum` or `exclusiveMaximum`: a boolean in 3.0, a number in 3.1.
    Bound,
    /// `additionalProperties`: a schema or a boolean.
    SchemaOrFlag,
    /// `type`: the name of a type, or in 3.1 an array of names.
    Types,
    /// `required` of a schema: an array of names, or a boolean of older drafts, which is ignored.
    Required,
    /// Any JSON value, such as an example, an enum value or an extension.
    Data,
    /// An object with arbitrary names and values of one kind.
    Map(&'static Kind),
    /// An array of values of one kind.
    List(&'static Kind),
}

impl Kind {
    /// Returns the kind of the value under a keyword or name.
    pub fn of_key(self, key: &str) -> Self {
        use Kind::{
            Body, Bound, Callback, Components, Count, Data, Discriminator, Encoding, Example, Flag, Flow, Flows,
            Header, Info, Link, List, Map, Media, Number, Operation, Parameter, PathItem, Required, Response,
            Responses, Root, Schema, SchemaOrFlag, SecurityScheme, Server, Tag, Text, Types, Variable,
        };
        match (self, key) {
            // a property may have any name, also one that begins with `x-`
            (Map(inner), _) if *inner == Schema => Schema,
            (_, key) if key.starts_with("x-") => Data,
            (Map(inner), _) => *inner,
            (Root, "openapi") => Text,
            (Root, "info") => Info,
            (Root, "tags") => List(&Tag),
            (Root, "paths" | "webhooks") => Map(&PathItem),
            (Root, "components") => Components,
            (Root | PathItem | Operation, "servers") => List(&Server),
            (Link, "server") => Server,
            (Root | Operation, "security") => List(&Map(&List(&Text))),
            (Info, "title" | "version" | "summary" | "description" | "termsOfService") => Text,
            (Tag, "name" | "description") => Text,
            (Server, "url" | "description") => Text,
            (Server, "variables") => Map(&Variable),
            (Variable, "default" | "description") => Text,
            (Variable, "enum") => List(&Text),
            (Components, "schemas") => Map(&Schema),
            (Components, "responses") => Map(&Response),
            (Components, "parameters") => Map(&Parameter),
            (Components, "examples") => Map(&Example),
            (Components, "requestBodies") => Map(&Body),
            (Components, "headers") => Map(&Header),
            (Components, "securitySchemes") => Map(&SecurityScheme),
            (Components, "links") => Map(&Link),
            (Components | Operation, "callbacks") => Map(&Callback),
            // beside a reference
            (Callback, "$ref" | "summary" | "description") => Text,
            (Callback, _) => PathItem,
            (Components, "pathItems") => Map(&PathItem),
            (Components, "mediaTypes") => Map(&Media),
            (
                SecurityScheme,
                "type" | "name" | "in" | "scheme" | "bearerFormat" | "description" | "openIdConnectUrl",
            ) => Text,
            (SecurityScheme, "flows") => Flows,
            (Flows, _) => Flow,
            (Flow, "authorizationUrl" | "tokenUrl" | "refreshUrl") => Text,
            (Flow, "scopes") => Map(&Text),
            (PathItem, key) if Method::of_key(key).is_some() => Operation,
            (PathItem | Operation, "summary" | "description") => Text,
            (PathItem | Operation, "parameters") => List(&Parameter),
            (Operation, "operationId") => Text,
            (Operation, "tags") => List(&Text),
            (Operation, "deprecated") => Flag,
            (Operation, "requestBody") => Body,
            (Operation, "responses") => Responses,
            (Responses, _) => Response,
            (Parameter, "name" | "in") => Text,
            (Parameter | Header, "description" | "style") => Text,
            (Parameter | Header, "required" | "deprecated" | "explode" | "allowReserved" | "allowEmptyValue") => Flag,
            (Parameter | Header | Media, "schema") | (Media, "itemSchema") => Schema,
            (Parameter | Header | Body | Response, "content") => Map(&Media),
            (Parameter | Header | Media, "examples") => Map(&Example),
            (Media, "encoding") => Map(&Encoding),
            (Encoding, "contentType" | "style") => Text,
            (Encoding, "explode" | "allowReserved") => Flag,
            (Encoding | Response, "headers") => Map(&Header),
            (Body | Response | Example | Link, "description") => Text,
            (Body, "required") => Flag,
            (Response, "links") => Map(&Link),
            (Discriminator, "propertyName") => Text,
            (Discriminator, "mapping") => Map(&Text),
            (Schema | SchemaOrFlag, key) => match key {
                "title" | "description" | "format" | "contentEncoding" | "contentMediaType" => Text,
                "type" => Types,
                "nullable" | "deprecated" | "readOnly" | "writeOnly" | "uniqueItems" => Flag,
                "minimum" | "maximum" | "multipleOf" => Number,
                "exclusiveMinimum" | "exclusiveMaximum" => Bound,
                "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => Count,
                "required" => Required,
                "enum" => List(&Data),
                "allOf" | "oneOf" | "anyOf" | "prefixItems" => List(&Schema),
                "items" | "not" | "if" | "then" | "else" | "contains" | "propertyNames" | "contentSchema" => Schema,
                "additionalProperties" | "unevaluatedProperties" | "unevaluatedItems" => SchemaOrFlag,
                "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => Map(&Schema),
                "discriminator" => Discriminator,
                _ => Data,
            },
            _ => Data,
        }
    }

    /// Returns the kind of the items of an array.
    pub fn of_item(self) -> Self {
        if let Self::List(inner) = self { *inner } else { Self::Data }
    }

    /// Returns the kind of the value at a pointer.
    pub fn of_pointer(document: &Value, at: &str) -> Self {
        let (mut kind, mut value) = (Self::Root, Some(document));
        for segment in pointer::segments(at) {
            kind = if value.is_some_and(Value::is_array) { kind.of_item() } else { kind.of_key(&segment) };
            value = value.and_then(|value| match value {
                Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
                value => value.get(&segment),
            });
        }
        kind
    }

    /// Whether it is a schema, or a schema or boolean.
    #[must_use]
    pub fn is_schema(self) -> bool {
        matches!(self, Self::Schema | Self::SchemaOrFlag)
    }

    /// Returns the keywords without which an object of this kind cannot be processed.
    pub fn required(self) -> &'static [&'static str] {
        match self {
            Self::Parameter => &["name", "in"],
            Self::Tag => &["name"],
            Self::Server => &["url"],
            Self::SecurityScheme => &["type"],
            Self::Discriminator => &["propertyName"],
            _ => &[],
        }
    }

    /// Returns its name in messages, with an article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Flag => "`true` or `false`",
            Self::Number => "a number",
            Self::Count => "a non-negative integer",
            Self::Bound => "`true` or `false`, or in OpenAPI 3.1 a number",
            Self::Types => "the name of a type",
            Self::Required => "an array of names",
            Self::List(_) => "an array",
            Self::SchemaOrFlag => "a schema, `true` or `false`",
            Self::Schema => "a Schema Object",
            Self::Data => "a JSON value",
            Self::Info => "an Info Object",
            Self::Tag => "a Tag Object",
            Self::Server => "a Server Object",
            Self::Components => "a Components Object",
            Self::SecurityScheme => "a Security Scheme Object",
            Self::Flows => "an OAuth Flows Object",
            Self::Flow => "an OAuth Flow Object",
            Self::PathItem => "a Path Item Object",
            Self::Operation => "an Operation Object",
            Self::Parameter => "a Parameter Object",
            Self::Header => "a Header Object",
            Self::Body => "a Request Body Object",
            Self::Responses => "a Responses Object",
            Self::Response => "a Response Object",
            Self::Media => "a Media Type Object",
            Self::Encoding => "an Encoding Object",
            Self::Discriminator => "a Discriminator Object",
            Self::Callback => "a Callback Object",
            Self::Root | Self::Variable | Self::Example | Self::Link | Self::Map(_) => "an object",
        }
    }
}

/// Returns the reference of a value that has one. A property named `$ref` has a schema, which is no string.
pub fn reference(value: &Value, kind: Kind) -> Option<&str> {
    match kind {
        Kind::Data | Kind::Map(Kind::Text) => None,
        _ => value.get("$ref")?.as_str(),
    }
}

/// Visits every value in pre-order, with its kind and pointer, except [`Kind::Data`] and the values in it.
pub fn each_value<'v>(value: &'v Value, visit: &mut impl FnMut(&'v Value, Kind, &str)) {
    each_below(value, Kind::Root, &mut String::new(), visit);
}

/// Visits a value within a document, as [`each_value`] does.
pub fn each_below<'v>(value: &'v Value, kind: Kind, at: &mut String, visit: &mut impl FnMut(&'v Value, Kind, &str)) {
    if kind == Kind::Data {
        return;
    }
    visit(value, kind, at);
    let length = at.len();
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                push(at, key);
                each_below(child, kind.of_key(key), at, visit);
                at.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                push(at, &index.to_string());
                each_below(child, kind.of_item(), at, visit);
                at.truncate(length);
            }
        }
        _ => {}
    }
}

/// Changes every value in pre-order. Also visits the values that `change` inserts.
pub fn change_each(value: &mut Value, kind: Kind, change: &mut impl FnMut(&mut Value, Kind)) {
    if kind == Kind::Data {
        return;
    }
    change(value, kind);
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(key, child)| change_each(child, kind.of_key(key), change)),
        Value::Array(items) => items.iter_mut().for_each(|child| change_each(child, kind.of_item(), change)),
        _ => {}
    }
}

/// Changes every value in pre-order, as [`change_each`] does, with the pointer of each value in the changed document.
/// Values under the keywords `opaque` of a schema are not visited.
pub fn change_each_at(
    value: &mut Value,
    at: &mut String,
    kind: Kind,
    opaque: &[&str],
    change: &mut impl FnMut(&mut Value, Kind, &str),
) {
    if kind == Kind::Data {
        return;
    }
    change(value, kind, at);
    let length = at.len();
    match value {
        Value::Object(map) => {
            for (key, child) in map {
                if kind.is_schema() && opaque.contains(&key.as_str()) {
                    continue;
                }
                push(at, key);
                change_each_at(child, at, kind.of_key(key), opaque, change);
                at.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter_mut().enumerate() {
                push(at, &index.to_string());
                change_each_at(child, at, kind.of_item(), opaque, change);
                at.truncate(length);
            }
        }
        _ => {}
    }
}

/// Appends a segment to a pointer.
pub fn push(at: &mut String, segment: &str) {
    at.push('/');
    if segment.contains(['~', '/']) {
        at.push_str(&segment.replace('~', "~0").replace('/', "~1"));
    } else {
        at.push_str(segment);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn distinguishes_names_from_keywords() {
        let document = json!({"components": {"schemas": {"required": {"properties": {
            "required": {"type": "string"}, "x-rate": {"minimum": 1}, "$ref": {"example": {"$ref": 1}}, "enum": {}}}}},
            "paths": {"/a": {"get": {"responses": {"200": {"content": {"application/json": {"schema": {}}}}}}}}});
        let mut schemas = Vec::new();
        each_value(&document, &mut |_, kind, at| schemas.extend(kind.is_schema().then(|| at.to_owned())));
        assert_eq!(
            schemas,
            [
                "/components/schemas/required",
                "/components/schemas/required/properties/required",
                "/components/schemas/required/properties/x-rate",
                "/components/schemas/required/properties/$ref",
                "/components/schemas/required/properties/enum",
                "/paths/~1a/get/responses/200/content/application~1json/schema",
            ]
        );
        for (at, kind) in [
            ("", Kind::Root),
            ("/components/schemas/required/properties/x-rate/minimum", Kind::Number),
            ("/components/schemas/required/properties/$ref/example/$ref", Kind::Data),
            ("/paths/~1a/get/responses/200", Kind::Response),
        ] {
            assert_eq!(Kind::of_pointer(&document, at), kind, "{at}");
        }
    }
}
