//! The way from a value down to another one, and what messages call its steps.

use serde_json::{Map, Value};

use super::{
    Owner, Subject,
    part::{ITEMS, Part},
};
use crate::{
    kind::Kind,
    method::is_method,
    plain::{MAX_NAME, quoted, shortened},
    references::Resolver,
};

/// A step from an object or array to one of its members.
struct Step<'w, 'd> {
    /// The kind of the object or array.
    kind: Kind,
    /// The key of the map or list that the object is, or is in.
    container: &'w str,
    /// The key or index of the member.
    key: &'w str,
    /// The kind of the member.
    member: Kind,
    /// The member, if it exists.
    value: Option<&'d Value>,
    /// Whether the member is a component.
    is_component: bool,
    /// Whether the member is an item of an array.
    is_item: bool,
    /// The number of members of the object.
    siblings: usize,
    is_last: bool,
}

/// Returns the steps along a path that begins at a value of a kind.
fn steps<'w, 'd>(start: (&'d Value, Kind), path: &'w [String]) -> impl Iterator<Item = Step<'w, 'd>> {
    let (mut value, mut kind) = (Some(start.0), start.1);
    let (mut container, mut outer) = ("", Kind::Data);
    path.iter().enumerate().map(move |(index, key)| {
        // an absent value is what its keyword requires
        let is_item = value.map_or(matches!(kind, Kind::List(_) | Kind::Required), Value::is_array);
        let siblings = value.and_then(Value::as_object).map_or(0, Map::len);
        let member = match kind {
            _ if is_item => kind.of_item(),
            // a method of OpenAPI 3.2
            Kind::PathItem if is_method(key) => Kind::Operation,
            _ => kind.of_key(key),
        };
        value = value.and_then(|value| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            value => value.get(key),
        });
        let is_component = outer == Kind::Components;
        let is_last = index + 1 == path.len();
        let step = Step { kind, container, key, member, value, is_component, is_item, siblings, is_last };
        // callbacks are maps of maps, and `security` is a list of maps
        let is_container = matches!(member, Kind::Map(_) | Kind::List(_));
        if kind == Kind::Components || is_container && !matches!(kind, Kind::Map(_) | Kind::List(_)) {
            container = key;
        }
        (outer, kind) = (kind, member);
        step
    })
}

/// Returns the keyword at the end of a path, as [`super::keyword`] does.
pub(super) fn keyword(document: &Value, path: &[String]) -> Option<String> {
    let (mut keyword, mut before) = (None::<String>, "");
    for step in steps((document, Kind::Root), path) {
        let key = shortened(step.key, MAX_NAME);
        keyword = match (step.kind, step.member, keyword) {
            _ if step.is_component => None,
            (_, Kind::PathItem | Kind::Operation, _) => None,
            (Kind::Map(_), ..) => Some(format!("{} {}", step.container, quoted(step.key))),
            // values within an example or an extension
            (Kind::Data, _, Some(outer)) if step.is_item => Some(format!("{outer}[{key}]")),
            (Kind::Data, _, Some(outer)) => Some(format!("{outer}.{key}")),
            _ if step.is_item => Some(format!("{before}[{key}]")),
            _ => Some(key),
        };
        before = step.key;
    }
    keyword
}

impl Subject {
    /// Adds the parts along a path that begins at a value of a kind.
    pub fn extend<'d>(&mut self, resolver: &Resolver<'d>, start: (&'d Value, Kind), path: &[String]) {
        for step in steps(start, path) {
            self.enter(resolver, &step);
        }
    }

    fn enter(&mut self, resolver: &Resolver<'_>, step: &Step<'_, '_>) {
        let text = |key: &str| step.value.and_then(|value| value.get(key)).and_then(Value::as_str);
        let named = |noun, name: &str| Part::Named(noun, name.to_owned());
        let item = |noun, name: Option<&str>| match name {
            Some(name) => named(noun, name),
            None if step.is_item => Part::Word(format!("{}[{}]", step.container, step.key)),
            None => Part::Word(step.key.to_owned()),
        };
        let part = match step.member {
            _ if step.is_component => {
                let section = step.container.to_owned();
                return self.owner = Owner::Component { section, name: step.key.to_owned() };
            }
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
            Kind::Tag => item("tag", text("name")),
            Kind::Server => item("server", text("url")),
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
                    _ => item("parameter", text("name")),
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
