//! Changes of components. Those that an operation uses have been compared with it; this covers the others.

use std::collections::HashSet;

use super::{
    context::Context,
    matching::Candidates,
    pair::Pair,
    parameters::parameter,
    request_bodies::request_body,
    responses::{header, response},
    schema,
    types::Owner,
};
use crate::{change_kind::ChangeKind, variance::NO_DIRECTION};

/// Sections except for schemas, security schemes and examples.
const SECTIONS: &[&str] =
    &["parameters", "headers", "requestBodies", "responses", "callbacks", "pathItems", "links", "mediaTypes"];

const ALL_SECTIONS: &[&str] = &[
    "schemas",
    "parameters",
    "headers",
    "requestBodies",
    "responses",
    "callbacks",
    "pathItems",
    "links",
    "securitySchemes",
    "examples",
    "mediaTypes",
];

/// Compares the components of the documents.
pub(super) fn compare<'d>(context: &mut Context<'d>, root: &Pair<'d>) {
    let both = root.member("components");
    compare_schemas(context, &both.member("schemas"));
    for section in SECTIONS {
        let parts = both.member(section);
        for name in parts.keys() {
            match parts.get(name) {
                (Some(one), Some(other)) => compare_part(context, section, &Pair::new(one, other)),
                (one, None) => {
                    context.record_named(ChangeKind::ComponentRemoved, NO_DIRECTION, one.as_ref(), None, name);
                }
                (None, other) => {
                    context.record_named(ChangeKind::ComponentAdded, NO_DIRECTION, None, other.as_ref(), name);
                }
            }
        }
    }
    let examples = both.member("examples");
    context.documentation(&examples, &examples.keys());
    context.other_keys(&both, ALL_SECTIONS, NO_DIRECTION);
    context.malformed_members(&both, &[], ALL_SECTIONS, NO_DIRECTION);
}

fn compare_schemas<'d>(context: &mut Context<'d>, both: &Pair<'d>) {
    schemas_renamed(context, both);
    let new_names: HashSet<String> = context.renamed_schemas.values().cloned().collect();
    for name in both.keys() {
        match both.get(name) {
            (Some(one), Some(other)) => {
                let directions = context.base.directions(&one) | context.revision.directions(&other);
                schema::compare(context, &Pair::new(one, other), directions, Owner::Other);
            }
            (Some(one), None) if !context.renamed_schemas.contains_key(name) => {
                if context.revision.is_referenced(&one.pointer) {
                    let directions = context.base.directions(&one);
                    context.record_named(ChangeKind::UsedSchemaRemoved, directions, Some(&one), None, name);
                } else {
                    context.record_named(ChangeKind::SchemaRemoved, NO_DIRECTION, Some(&one), None, name);
                }
            }
            (None, Some(other)) if !new_names.contains(name) => {
                context.record_named(ChangeKind::SchemaAdded, NO_DIRECTION, None, Some(&other), name);
            }
            _ => {}
        }
    }
}

/// Records the renamed schemas that no reference has shown to be renamed: equal schemas under different names.
fn schemas_renamed<'d>(context: &mut Context<'d>, both: &Pair<'d>) {
    let known: HashSet<&str> = context.renamed_schemas.values().map(String::as_str).collect();
    let others = both.revision.entries().filter(|(name, _)| both.base.get(name).is_none() && !known.contains(name));
    let mut added = Candidates::new(others.collect::<Vec<_>>());
    let mut by_value = added.index_by(|(_, at)| Some(at.value));
    for (name, one) in both.base.entries().filter(|(name, _)| both.revision.get(name).is_none()) {
        if context.renamed_schemas.contains_key(name) {
            continue;
        }
        if let Some((to, other)) = added.take(&mut by_value, &one.value) {
            context.record_renamed(ChangeKind::SchemaRenamed, NO_DIRECTION, &one, &other, (name, to));
            context.renamed_schemas.insert(name.to_owned(), to.to_owned());
        }
    }
}

fn compare_part<'d>(context: &mut Context<'d>, section: &str, pair: &Pair<'d>) {
    if pair.is_unchanged() {
        return;
    }
    let directions = context.base.directions(&pair.base) | context.revision.directions(&pair.revision);
    match section {
        "parameters" => parameter(context, pair, directions),
        "headers" => header(context, pair, directions),
        "requestBodies" => request_body(context, pair, directions),
        "responses" => response(context, pair, directions),
        "pathItems" | "callbacks" => {}
        _ => context.record(ChangeKind::LinksChanged, NO_DIRECTION, Some(&pair.base), Some(&pair.revision)),
    }
}
