//! The position of a value in a document as people name it: its operation, part and property.

use std::fmt;

use openapi::{kind::Kind, pointer, references::Resolver};
use serde_json::Value;

use crate::{
    methods::is_method,
    text::{MAX_NAME, quoted, shortened},
};

/// What a value belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The document.
    #[default]
    Document,
    /// A path without one of its operations.
    Path(String),
    /// An operation of a path.
    Operation { method: String, path: String },
    /// A webhook, and the method of its operation.
    Webhook { name: String, method: Option<String> },
    /// A component, and its section.
    Component { section: String, name: String },
}

impl Owner {
    /// How much it says of where a value is used, the most first.
    pub(crate) fn rank(&self) -> u8 {
        match self {
            Self::Operation { .. } | Self::Webhook { .. } | Self::Path(_) => 0,
            Self::Component { .. } => 1,
            Self::Document => 2,
        }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => Ok(()),
            Self::Path(path) => write!(f, "path {}", shortened(path, MAX_NAME)),
            Self::Operation { method, path } => {
                write!(f, "{} {}", method.to_ascii_uppercase(), shortened(path, MAX_NAME))
            }
            Self::Webhook { name, method: None } => write!(f, "webhook {}", quoted(name)),
            Self::Webhook { name, method: Some(method) } => {
                write!(f, "webhook {} {}", quoted(name), method.to_ascii_uppercase())
            }
            Self::Component { section, name } => write!(f, "{} {}", noun(section), quoted(name)),
        }
    }
}

/// A part of an owner, or of another part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    Named(&'static str, String),
    RequestBody,
    Response(String),
    /// A content type, where the body has several.
    Content(String),
    Parameter {
        name: String,
        location: String,
    },
    /// A property of a schema, as `a.b`, `tags[]` or `labels.*`.
    Property(String),
    /// A variant of `oneOf` or `anyOf`: its title or its position from 1.
    Variant(String, Result<String, usize>),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => f.write_str(&shortened(word, MAX_NAME)),
            Self::Named(noun, name) => write!(f, "{noun} {}", quoted(name)),
            Self::RequestBody => f.write_str("request"),
            Self::Response(status) if status.eq_ignore_ascii_case("default") => f.write_str("default response"),
            Self::Response(status) => write!(f, "response {}", shortened(status, MAX_NAME)),
            Self::Content(content_type) => write!(f, "({})", shortened(content_type, MAX_NAME)),
            Self::Parameter { name, location } => {
                write!(f, "{} parameter {}", shortened(location, MAX_NAME), quoted(name))
            }
            Self::Property(path) if path == ITEMS => f.write_str("items"),
            Self::Property(path) => write!(f, "property {}", quoted(path)),
            Self::Variant(keyword, Ok(title)) => write!(f, "{keyword} variant {}", quoted(title)),
            Self::Variant(keyword, Err(position)) => write!(f, "{keyword} variant {position}"),
        }
    }
}

/// The items of an array in the path of a property.
const ITEMS: &str = "[]";

/// The noun for a component of a section.
fn noun(section: &str) -> &str {
    match section {
        "schemas" => "schema",
        "securitySchemes" => "security scheme",
        "parameters" => "component parameter",
        "headers" => "component header",
        "requestBodies" => "component request body",
        "responses" => "component response",
        "callbacks" => "component callback",
        "pathItems" => "component path item",
        "links" => "component link",
        "examples" => "component example",
        "mediaTypes" => "component media type",
        _ => "component",
    }
}

/// The position of a value: what it belongs to, and the parts from there to the value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) owner: Owner,
    parts: Vec<Part>,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.owner)?;
        for (index, part) in self.parts.iter().enumerate() {
            let separator = match (index, &self.owner) {
                (0, Owner::Document) => "",
                (0, _) => ": ",
                _ => " ",
            };
            write!(f, "{separator}{part}")?;
            let mut rest = self.parts[index + 1..].iter();
            if *part == Part::RequestBody && rest.all(|part| matches!(part, Part::Content(_))) {
                f.write_str(" body")?;
            }
        }
        Ok(())
    }
}

/// A step of a walk: the kind of an object, the key or index of a member, and the kind and value of the member.
struct Step<'w, 'd> {
    kind: Kind,
    /// The key of the map or list that the object is, or is in.
    container: &'w str,
    key: &'w str,
    member: Kind,
    value: Option<&'d Value>,
    /// The number of members of the object.
    siblings: usize,
    is_last: bool,
}

impl Position {
    /// Adds the position of the value at `path` below a value of `kind`.
    pub(crate) fn walk<'d>(&mut self, resolver: &Resolver<'d>, start: (&'d Value, Kind), path: &[String]) {
        let (mut value, mut kind) = (Some(start.0), start.1);
        let mut container = "";
        let mut section = None;
        for (index, key) in path.iter().enumerate() {
            let siblings = value.and_then(Value::as_object).map_or(0, serde_json::Map::len);
            let member = match value {
                Some(Value::Array(_)) => kind.of_item(),
                // a method of OpenAPI 3.2
                _ if kind == Kind::PathItem && is_method(key) => Kind::Operation,
                _ => kind.of_key(key),
            };
            value = value.and_then(|value| match value {
                Value::Array(items) => items.get(key.parse::<usize>().ok()?),
                value => value.get(key),
            });
            let is_last = index + 1 == path.len();
            if let Some(section) = section.take() {
                self.owner = Owner::Component { section, name: key.clone() };
            } else {
                self.enter(resolver, &Step { kind, container, key, member, value, siblings, is_last });
            }
            if kind == Kind::Components {
                section = Some(key.clone());
            }
            // callbacks are maps of maps
            if matches!(member, Kind::Map(_) | Kind::List(_)) && !matches!(kind, Kind::Map(_)) {
                container = key;
            }
            kind = member;
        }
    }

    fn enter(&mut self, resolver: &Resolver<'_>, step: &Step<'_, '_>) {
        let text = |key: &str| step.value.and_then(|value| value.get(key)).and_then(Value::as_str);
        let named = |noun, name: &str| Part::Named(noun, name.to_owned());
        let part = match step.member {
            Kind::PathItem => match step.container {
                "paths" => return self.owner = Owner::Path(step.key.to_owned()),
                "webhooks" => return self.owner = Owner::Webhook { name: step.key.to_owned(), method: None },
                _ => named("URL", step.key),
            },
            Kind::Operation => match std::mem::take(&mut self.owner) {
                Owner::Path(path) if self.parts.is_empty() => {
                    return self.owner = Owner::Operation { method: step.key.to_owned(), path };
                }
                Owner::Webhook { name, .. } if self.parts.is_empty() => {
                    return self.owner = Owner::Webhook { name, method: Some(step.key.to_owned()) };
                }
                owner => {
                    self.owner = owner;
                    Part::Word(step.key.to_ascii_uppercase())
                }
            },
            Kind::Map(Kind::PathItem) if matches!(step.kind, Kind::Map(_)) => named("callback", step.key),
            Kind::Info => Part::Word("info".to_owned()),
            Kind::Tag => named("tag", text("name").unwrap_or(step.key)),
            Kind::Server => named("server", text("url").unwrap_or(step.key)),
            Kind::Variable => named("variable", step.key),
            Kind::Flow => named("flow", step.key),
            Kind::Header => named("header", step.key),
            Kind::Encoding => named("encoding", step.key),
            Kind::Example => named("example", step.key),
            Kind::Link => named("link", step.key),
            Kind::Body => Part::RequestBody,
            Kind::Response => Part::Response(step.key.to_owned()),
            Kind::Parameter => {
                let value = step.value.map_or(&Value::Null, |value| resolver.value(value));
                let text = |key: &str| value.get(key).and_then(Value::as_str);
                match (text("name"), text("in")) {
                    (Some(name), Some(location)) => {
                        Part::Parameter { name: name.to_owned(), location: location.to_owned() }
                    }
                    _ => named("parameter", step.key),
                }
            }
            Kind::Media if step.siblings > 1 && !step.is_last => Part::Content(step.key.to_owned()),
            Kind::Schema | Kind::SchemaOrFlag => return self.enter_schema(step, text("title")),
            // the items of `required` are names of properties
            _ if step.kind == Kind::Required => {
                return self.property(step.value.and_then(Value::as_str).unwrap_or_default());
            }
            _ => return,
        };
        self.parts.push(part);
    }

    fn enter_schema(&mut self, step: &Step<'_, '_>, title: Option<&str>) {
        let keyword = if matches!(step.kind, Kind::Map(_) | Kind::List(_)) { step.container } else { step.key };
        match keyword {
            "properties" => self.property(step.key),
            "patternProperties" => self.property(&format!("/{}/", step.key)),
            "additionalProperties" | "unevaluatedProperties" => self.property("*"),
            "items" | "contains" | "unevaluatedItems" => self.element(ITEMS),
            "prefixItems" => self.element(&format!("[{}]", step.key)),
            "propertyNames" => self.parts.push(Part::Word("property names".to_owned())),
            "contentSchema" => self.parts.push(Part::Word("content".to_owned())),
            "$defs" | "definitions" => self.parts.push(Part::Named("definition", step.key.to_owned())),
            "oneOf" | "anyOf" => {
                let position = step.key.parse::<usize>().unwrap_or_default() + 1;
                let name = title.map(str::to_owned).ok_or(position);
                self.parts.push(Part::Variant(keyword.to_owned(), name));
            }
            _ => {}
        }
    }

    fn property(&mut self, name: &str) {
        match self.parts.last_mut() {
            Some(Part::Property(path)) => {
                path.push('.');
                path.push_str(name);
            }
            _ => self.parts.push(Part::Property(name.to_owned())),
        }
    }

    fn element(&mut self, index: &str) {
        match self.parts.last_mut() {
            Some(Part::Property(path)) => path.push_str(index),
            _ => self.parts.push(Part::Property(index.to_owned())),
        }
    }
}

/// The segments of a pointer.
pub(crate) fn segments(at: &str) -> Vec<String> {
    pointer::segments(at).collect()
}
