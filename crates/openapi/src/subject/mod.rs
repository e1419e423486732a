//! The subject of a message: the operation, part and property that a value belongs to.

mod part;
mod steps;

use std::fmt;

use serde_json::Value;

use crate::{
    kind::Kind,
    plain::{MAX_NAME, quoted, shortened},
    pointer,
    references::Resolver,
};
use part::{ITEMS, Part};
use steps::{Step, steps};

/// The operation, path or component that a value belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// The document.
    #[default]
    Document,
    /// A path, outside of its operations.
    Path(String),
    /// An operation of a path.
    Operation {
        /// The key in the Path Item Object.
        method: String,
        /// The path.
        path: String,
    },
    /// A webhook.
    Webhook {
        /// The name of the webhook.
        name: String,
        /// The key of the operation in the Path Item Object; `None` outside of its operations.
        method: Option<String>,
    },
    /// A component.
    Component {
        /// The section of the Components Object.
        section: String,
        /// The name of the component.
        name: String,
    },
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
            Self::Component { section, name } => write!(f, "{} {}", part::component(section), quoted(name)),
        }
    }
}

/// What a value belongs to, as a message names it: its owner, and the parts from the owner to the value. Displayed as
/// `POST /devices: request property "name"`, `GET /devices: query parameter "limit"` or
/// `schema "Device": property "tags[]"`; empty for the document itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    owner: Owner,
    parts: Vec<Part>,
}

impl Subject {
    /// Returns the subject of the value at a pointer. The value may be absent.
    #[must_use]
    pub fn of(document: &Value, at: &str) -> Self {
        let mut subject = Self::default();
        subject.extend(&Resolver::new(document), (document, Kind::Root), &pointer::segments(at).collect::<Vec<_>>());
        subject
    }

    /// Returns what the value belongs to.
    #[must_use]
    pub fn owner(&self) -> &Owner {
        &self.owner
    }

    /// Whether it is the document itself.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.owner == Owner::Document && self.parts.is_empty()
    }

    /// Returns the text with the subject before it.
    #[must_use]
    pub fn before(&self, what: &str) -> String {
        if self.is_document() { what.to_owned() } else { format!("{self}: {what}") }
    }

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
            Kind::Callback => named("callback", step.key),
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
            _ if step.kind == Kind::Required => match step.value.and_then(Value::as_str) {
                Some(name) => return self.property(name),
                None => return,
            },
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

impl fmt::Display for Subject {
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

/// A value, as a message names it: its subject and its keyword. Displayed as
/// ``POST /devices: request property "name": `maxLength` ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The subject that has the keyword.
    pub subject: Subject,
    /// The keyword, as [`keyword`] returns it; `None` if the value is the subject.
    pub keyword: Option<String>,
}

impl Located {
    /// Returns the name of the value at a pointer. The value may be absent.
    #[must_use]
    pub fn of(document: &Value, at: &str) -> Self {
        let subject = Subject::of(document, at);
        let Some(outer) = pointer::parent(at) else { return Self { subject, keyword: None } };
        let parent = Subject::of(document, outer);
        let is_name = matches!(Kind::of_pointer(document, outer), Kind::Map(_) | Kind::List(_) | Kind::Responses);
        match keyword(document, at) {
            Some(keyword) if !is_name || parent == subject => Self { subject: parent, keyword: Some(keyword) },
            _ => Self { subject, keyword: None },
        }
    }
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.keyword {
            Some(keyword) => f.write_str(&self.subject.before(&format!("`{keyword}`"))),
            None if self.subject.is_document() => f.write_str("the document"),
            None => write!(f, "{}", self.subject),
        }
    }
}

/// Returns the keyword at the end of a pointer, as `maxLength`, or with an index or a name as `enum[2]` or
/// `scopes "write"`. `None` if the pointer ends at a path, an operation, a component or the document.
#[must_use]
pub fn keyword(document: &Value, at: &str) -> Option<String> {
    steps::keyword(document, &pointer::segments(at).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests;
