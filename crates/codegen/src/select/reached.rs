//! Finds what a part of a document references.

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    kind::{Kind, each_below, reference},
    pointer,
    references::{Resolver, Target},
};
use serde_json::{Map, Value};

/// The targets of the references in a part of a document.
pub(super) struct Reached<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    /// Pointers of components.
    pub(super) components: BTreeSet<String>,
    /// Pointers of targets that are no components, each with the section for its kind.
    pub(super) others: BTreeMap<String, &'static str>,
    /// Schemas of which any subtype may occur.
    polymorphic: BTreeSet<String>,
    /// Values that were not visited yet.
    open: Vec<(&'d Value, Kind, String)>,
}

/// A reference, or a similar value.
enum Link<'d> {
    Reference(&'d str, Kind, bool),
    /// The target of a discriminator's value: a reference, or the name of a schema.
    Mapping(&'d str),
    /// A Security Requirement Object.
    Requirement(&'d Value),
}

impl<'d> Reached<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        Self {
            document,
            resolver: Resolver::new(document),
            components: BTreeSet::new(),
            others: BTreeMap::new(),
            polymorphic: BTreeSet::new(),
            open: Vec::new(),
        }
    }

    /// Adds everything that a value references, and the value itself if it is a component.
    pub(super) fn add(&mut self, at: &str) {
        match component(at) {
            Some(component) => self.add_component(component, true),
            None => self.open_at(at),
        }
        loop {
            self.visit_open();
            if !self.add_subtypes() {
                break;
            }
        }
    }

    /// Adds the schemes of security requirements.
    pub(super) fn add_requirements(&mut self, requirements: &'d Value) {
        for requirement in requirements.as_array().into_iter().flatten() {
            for scheme in requirement.as_object().into_iter().flat_map(Map::keys) {
                let at = pointer::join("/components/securitySchemes", scheme);
                if self.document.pointer(&at).is_some() {
                    self.add_component(&at, false);
                }
            }
        }
        self.visit_open();
    }

    /// Returns the pointer of the target of a reference.
    pub(super) fn target(&self, text: &str) -> Option<Target<'d>> {
        self.resolver.resolve(text)
    }

    fn open_at(&mut self, at: &str) {
        if let Some(value) = self.document.pointer(at) {
            self.open.push((value, Kind::of_pointer(self.document, at), at.to_owned()));
        }
    }

    /// `any_subtype` is whether a value of a subtype may occur in place of a value of the schema.
    fn add_component(&mut self, at: &str, any_subtype: bool) {
        if any_subtype {
            self.polymorphic.insert(at.to_owned());
        }
        if self.components.insert(at.to_owned()) {
            self.open_at(at);
        }
    }

    fn visit_open(&mut self) {
        while let Some((value, kind, at)) = self.open.pop() {
            let mut links = Vec::new();
            each_below(value, kind, &mut at.clone(), &mut |value, kind, below| {
                if let Some(text) = reference(value, kind) {
                    links.push(Link::Reference(text, kind, extends(&at, below)));
                }
                if let Some(text) = value.get("$dynamicRef").and_then(Value::as_str).filter(|_| kind.is_schema()) {
                    links.push(Link::Reference(text, kind, false));
                }
                match kind {
                    Kind::Discriminator => {
                        let mapping = value.get("mapping").and_then(Value::as_object).into_iter().flat_map(Map::values);
                        links.extend(mapping.filter_map(Value::as_str).map(Link::Mapping));
                    }
                    Kind::Operation => links.extend(value.get("security").map(Link::Requirement)),
                    _ => {}
                }
            });
            for link in links {
                match link {
                    Link::Reference(text, kind, extends) => self.follow(text, kind, !extends),
                    Link::Mapping(text) if text.contains('#') => self.follow(text, Kind::Schema, true),
                    Link::Mapping(name) => {
                        let at = pointer::join("/components/schemas", name);
                        if self.document.pointer(&at).is_some() {
                            self.add_component(&at, true);
                        }
                    }
                    Link::Requirement(requirements) => self.add_requirements(requirements),
                }
            }
        }
    }

    fn follow(&mut self, text: &str, kind: Kind, any_subtype: bool) {
        // no value can be the whole document
        let Some(target) = self.resolver.resolve(text).filter(|target| !target.pointer.is_empty()) else { return };
        match (component(&target.pointer), section(kind)) {
            (Some(component), _) => {
                let is_whole = component.len() == target.pointer.len();
                self.add_component(component, any_subtype && is_whole);
            }
            (None, Some(section)) => {
                if self.others.insert(target.pointer.clone(), section).is_none() {
                    self.open_at(&target.pointer);
                }
            }
            (None, None) => {}
        }
    }

    /// Adds the subtypes of bases with a discriminator: values of any of them may occur. Returns whether there are new
    /// ones.
    fn add_subtypes(&mut self) -> bool {
        let schemas = self.document.pointer("/components/schemas").and_then(Value::as_object);
        let base = |at: &String| {
            let schema = self.document.pointer(at)?;
            Some(schema).filter(|schema| schema.get("discriminator").is_some()).map(|_| at.clone())
        };
        let mut bases: BTreeSet<String> = self.polymorphic.iter().filter_map(base).collect();
        if bases.is_empty() {
            return false;
        }
        let mut found = Vec::new();
        loop {
            let before = bases.len();
            for (name, schema) in schemas.into_iter().flatten() {
                let at = pointer::join("/components/schemas", name);
                let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
                let references = parts.filter_map(|part| part.get("$ref")?.as_str());
                let mut targets = references.filter_map(|text| self.resolver.resolve(text));
                if !bases.contains(&at) && targets.any(|target| bases.contains(&target.pointer)) {
                    bases.insert(at.clone());
                    found.push(at);
                }
            }
            if bases.len() == before {
                break;
            }
        }
        found.retain(|at| !self.components.contains(at));
        found.iter().for_each(|at| self.add_component(at, false));
        !found.is_empty()
    }
}

/// Whether a value is a direct part of the `allOf` of a component.
fn extends(component: &str, at: &str) -> bool {
    let within = at.strip_prefix(component).and_then(|within| within.strip_prefix("/allOf/"));
    within.is_some_and(|index| !index.contains('/')) && component.starts_with("/components/schemas/")
}

/// Returns the pointer of the component that a pointer is in.
pub(super) fn component(at: &str) -> Option<&str> {
    let rest = at.strip_prefix("/components/")?;
    let section = rest.find('/')?;
    let name = rest[section + 1..].find('/').map_or(rest.len(), |end| section + 1 + end);
    Some(&at[.."/components/".len() + name])
}

/// Returns the section of the components of a kind.
fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        kind if kind.is_schema() => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::Body => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        Kind::Callback => "callbacks",
        Kind::Media => "mediaTypes",
        Kind::PathItem => "pathItems",
        _ => return None,
    })
}
