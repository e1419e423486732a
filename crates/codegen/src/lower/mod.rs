//! Lowering: what progenitor cannot take is put into a form that it can, by named passes in a fixed order.
//!
//! A pass changes the document, and remembers in the model what the change would otherwise lose.

mod annotations;
mod checked_types;
mod circles;
mod component_names;
mod compositions;
mod each_schema;
mod enums;
mod examples;
mod files;
mod inheritance;
mod inline_schemas;
mod local_references;
mod loose_documents;
mod loose_schemas;
mod mixed_unions;
mod nullable_components;
mod number_rules;
mod one_way_properties;
mod openapi_3_1;
mod operation_names;
mod path_parameters;
mod patterns;
mod plain_versions;
mod raw_parameters;
mod raw_requests;
mod raw_responses;
mod resolve_references;
mod secrets;
mod unions;
mod unread_parts;
mod validation;

pub(crate) use checked_types::{has_own_type, is_checked};
pub(crate) use compositions::is_excluded_texts;
pub(crate) use enums::is_representable;
pub(crate) use examples::told_of;
pub(crate) use inline_schemas::is_a_type;
pub(crate) use loose_schemas::{implied_type, misspelt};
pub(crate) use mixed_unions::only_demands;
pub(crate) use path_parameters::template_names;
pub(crate) use patterns::{EXCLUDES_ALL, MOST_WEIGHT, Patterns};
pub(crate) use raw_parameters::{is_constant, is_ignored, styles};
pub(crate) use raw_requests::{chosen, encoding};

use std::collections::{BTreeMap, BTreeSet};

use openapi::{
    Problem, canonical, free_name, pointer,
    queries::{object_at, referenced},
};
use serde_json::{Map, Value};

use crate::{composition, model::Model, output, unrepresented::Unrepresented};

/// A document on its way to progenitor, and what is known about it beside.
pub(crate) struct Lowering {
    pub(crate) document: Value,
    pub(crate) model: Model,
    pub(crate) problems: Vec<Problem>,
    /// The document once it was validated: OpenAPI 3.0, strictly written, and otherwise as it was given.
    pub(crate) plain: Value,
    /// Pointers of the examples that documentation shows, in that document.
    pub(crate) shown: BTreeSet<String>,
    /// Names that no component may have.
    pub(crate) taken: BTreeSet<String>,
    /// Where in the document a schema stood that became a component, by the component's pointer.
    pub(crate) moved: BTreeMap<String, String>,
    /// What a pass found that generated code will not carry, beside what the document alone tells.
    pub(crate) unrepresented: Vec<Unrepresented>,
    pub(crate) patterns: Patterns,
}

/// One pass: its name, why it is there, and what it does.
pub(crate) struct Pass {
    pub(crate) name: &'static str,
    pub(crate) reason: &'static str,
    /// Threads of progenitor and typify about the same thing.
    pub(crate) upstream: &'static [&'static str],
    pub(crate) run: fn(&mut Lowering),
}

/// Sees a pass, and the document before and after it.
pub(crate) type Watch<'a> = &'a mut dyn FnMut(&'static Pass, &Value, &Value);

/// The passes, in the order in which they run.
pub(crate) const PASSES: &[Pass] = &[
    Pass {
        name: "loose_documents",
        reason: "real documents write nulls, and numbers and flags as texts; what can only mean one thing is read that way",
        upstream: &[],
        run: loose_documents::run,
    },
    Pass {
        name: "local_references",
        reason: "a schema that is referred to where it stands becomes a component: progenitor and typify know no other references",
        upstream: &[],
        run: local_references::run,
    },
    Pass {
        name: "openapi_3_1",
        reason: "progenitor reads OpenAPI 3.0; what 3.1 says beyond it is said in 3.0, or refused where that would lose something",
        upstream: &["progenitor#762"],
        run: openapi_3_1::run,
    },
    Pass {
        name: "validation",
        reason: "changes nothing: a mistake is told at its place, and not by what comes of it",
        upstream: &[],
        run: validation::run,
    },
    Pass {
        name: "examples",
        reason: "examples become words of the documentation; nothing reads links and callbacks, and every pass would walk them",
        upstream: &[],
        run: examples::run,
    },
    Pass {
        name: "resolve_references",
        reason: "parameters, bodies and responses stand where they are used, so that no other pass has to follow references",
        upstream: &[],
        run: resolve_references::run,
    },
    Pass {
        name: "path_parameters",
        reason: "progenitor panics on a path parameter that its path does not have, and fails on a name that has no parameter",
        upstream: &[],
        run: path_parameters::run,
    },
    Pass {
        name: "operation_names",
        reason: "methods are named as a person would: progenitor makes create_o_auth_client of createOAuthClient",
        upstream: &["progenitor#1105"],
        run: operation_names::run,
    },
    Pass {
        name: "loose_schemas",
        reason: "real documents leave out types and misplace formats; progenitor panics on both",
        upstream: &[],
        run: loose_schemas::run,
    },
    Pass {
        name: "compositions",
        reason: "typify panics on `not`, but for texts that are excluded, and on a composition of nothing",
        upstream: &["typify#954"],
        run: compositions::run,
    },
    Pass {
        name: "annotations",
        reason: "typify names types after titles, so that two of one title collide, and fails on a default that breaks its own schema",
        upstream: &[],
        run: annotations::run,
    },
    Pass {
        name: "enums",
        reason: "typify panics on values that would be variants of one name, and on values that occur twice",
        upstream: &[],
        run: enums::run,
    },
    Pass {
        name: "patterns",
        reason: "typify runs patterns by an engine that backtracks, over enum values and in its types; they are matched in linear time",
        upstream: &[],
        run: patterns::run,
    },
    Pass {
        name: "circles",
        reason: "typify follows a base to its variants and back to the base until its stack ends",
        upstream: &[],
        run: circles::run,
    },
    Pass {
        name: "inheritance",
        reason: "where a schema with a discriminator is named, one that is composed of it may stand; typify reads the base alone",
        upstream: &["typify#498"],
        run: inheritance::run,
    },
    Pass {
        name: "component_names",
        reason: "a schema's name is the Rust type's name, so that later passes can speak of types",
        upstream: &[],
        run: component_names::run,
    },
    Pass {
        name: "nullable_components",
        reason: "typify gives a component that may be null and what it holds one name",
        upstream: &[],
        run: nullable_components::run,
    },
    Pass {
        name: "one_way_properties",
        reason: "readOnly and writeOnly say which way a property travels; progenitor makes one type for both ways, with all of them",
        upstream: &[],
        run: one_way_properties::run,
    },
    Pass {
        name: "files",
        reason: "a binary part of a multipart form becomes a file; progenitor takes no multipart",
        upstream: &["progenitor#402", "progenitor#518"],
        run: files::run,
    },
    Pass {
        name: "inline_schemas",
        reason: "types are named after operation and property, not after progenitor's position in its own output",
        upstream: &[],
        run: inline_schemas::run,
    },
    Pass {
        name: "mixed_unions",
        reason: "typify reads a union beside properties as its first branch that fits, without what it does not name",
        upstream: &[],
        run: mixed_unions::run,
    },
    Pass {
        name: "unions",
        reason: "the branches of a union get types and names; the enum of them is ours, since typify's takes the first that fits",
        upstream: &["typify#498"],
        run: unions::run,
    },
    Pass {
        name: "secrets",
        reason: "format: password becomes a type that does not print itself; progenitor makes it a String",
        upstream: &[],
        run: secrets::run,
    },
    Pass {
        name: "checked_types",
        reason: "lengths, counts, bounds and formats that progenitor ignores are enforced by types of ours",
        upstream: &[],
        run: checked_types::run,
    },
    Pass {
        name: "raw_responses",
        reason: "progenitor takes one kind of response a side and panics on more; the face decodes by status",
        upstream: &["progenitor#344", "progenitor#857", "progenitor#950"],
        run: raw_responses::run,
    },
    Pass {
        name: "raw_requests",
        reason: "progenitor takes one of four content types, always required; the face encodes bodies",
        upstream: &["progenitor#384", "progenitor#402"],
        run: raw_requests::run,
    },
    Pass {
        name: "raw_parameters",
        reason: "progenitor takes one style a place, no cookies, no content, no query in a path; the runtime writes parameters",
        upstream: &[],
        run: raw_parameters::run,
    },
    Pass {
        name: "unread_parts",
        reason: "the parser is strict about parts that progenitor does not read; a mistake there is not to stop it",
        upstream: &[],
        run: unread_parts::run,
    },
    Pass {
        name: "plain_versions",
        reason: "progenitor puts info.version into a header, panics on other than ASCII, and takes no \"3.0\" without a patch number",
        upstream: &["progenitor#564"],
        run: plain_versions::run,
    },
];

/// Runs every pass, up to the first that finds problems.
#[cfg(test)]
pub(crate) fn lower(document: &Value) -> Lowering {
    lower_watched(document, &BTreeSet::new(), None)
}

/// Runs every pass, up to the first that finds problems. No component gets a name of `taken`; `watch` is called after each
/// pass with the document as it was before.
pub(crate) fn lower_watched(document: &Value, taken: &BTreeSet<String>, mut watch: Option<Watch<'_>>) -> Lowering {
    let mut lowering = Lowering { taken: taken.clone(), ..Lowering::of(canonical(document)) };
    for pass in PASSES {
        let before = watch.is_some().then(|| lowering.document.clone());
        (pass.run)(&mut lowering);
        if let (Some(watch), Some(before)) = (&mut watch, before) {
            watch(pass, &before, &lowering.document);
        }
        if !lowering.problems.is_empty() {
            break;
        }
    }
    if lowering.problems.is_empty() {
        lowering.problems.extend(composition::check(&lowering));
    }
    if lowering.problems.is_empty() {
        lowering.problems.extend(output::check(&lowering));
    }
    lowering.point_to_the_original();
    lowering
}

impl Lowering {
    pub(crate) fn of(document: Value) -> Self {
        Self {
            document,
            model: Model::default(),
            problems: Vec::new(),
            plain: Value::Null,
            shown: BTreeSet::new(),
            taken: BTreeSet::new(),
            moved: BTreeMap::new(),
            unrepresented: Vec::new(),
            patterns: Patterns::default(),
        }
    }

    /// The pointer in the document as it was given.
    pub(crate) fn original(&self, pointer: &str) -> String {
        let mut prefix = Some(pointer);
        while let Some(moved) = prefix {
            if let Some(stood) = self.moved.get(moved) {
                return format!("{stood}{}", &pointer[moved.len()..]);
            }
            prefix = pointer::parent(moved);
        }
        pointer.to_owned()
    }

    /// Tells that a component is what another was in the document.
    pub(crate) fn copied_from(&mut self, copy: &str, name: &str) {
        let at = |name| pointer::join("/components/schemas", name);
        self.moved.insert(at(copy), self.original(&at(name)));
    }

    fn point_to_the_original(&mut self) {
        if self.moved.is_empty() {
            return;
        }
        let mut problems = std::mem::take(&mut self.problems);
        for problem in &mut problems {
            problem.pointer = problem.pointer.as_deref().map(|pointer| self.original(pointer));
        }
        let mut origins = std::mem::take(&mut self.model.origins);
        origins.values_mut().for_each(|origin| *origin = self.original(origin));
        (self.problems, self.model.origins) = (problems, origins);
    }

    /// The component schemas, made if they are not there.
    pub(crate) fn schemas(&mut self) -> &mut Map<String, Value> {
        object_at(&mut self.document, &["components", "schemas"])
    }

    /// `name`, or with a number if a component schema of that name is there or may not be.
    pub(crate) fn free_name(&mut self, name: &str) -> String {
        let taken = std::mem::take(&mut self.taken);
        let schemas = self.schemas();
        let free = free_name(name, |name| schemas.contains_key(name) || taken.contains(name));
        self.taken = taken;
        free
    }
}

/// All component schemas that a value refers to, directly or through others.
pub(crate) fn reachable(document: &Value, from: &Value, found: &mut BTreeSet<String>) {
    match from {
        Value::Object(map) => {
            if let Some(name) = referenced(from, "schemas")
                && found.insert(name.to_owned())
                && let Some(schema) = document.pointer("/components/schemas").and_then(|schemas| schemas.get(name))
            {
                reachable(document, schema, found);
            }
            map.values().for_each(|value| reachable(document, value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| reachable(document, value, found)),
        _ => {}
    }
}

/// The component schemas of a document that has nothing else, after all passes.
#[cfg(test)]
pub(crate) fn lowered_schemas(schemas: Value) -> Value {
    let document = serde_json::json!({"openapi": "3.0.3", "components": {"schemas": schemas}});
    let mut lowering = lower(&document);
    assert_eq!(lowering.problems, []);
    Value::Object(std::mem::take(lowering.schemas()))
}
