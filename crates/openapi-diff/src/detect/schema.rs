//! Changes of schemas. Schemas are nested, so that most functions here call one another.

use serde_json::{Map, Value};

use super::{
    context::Context,
    keywords,
    pair::Pair,
    properties::{self, Objects, Renamed},
    types::{self, Owner, Rest, accepts_null, null_kind},
    variants::{self, COMPOSITIONS, Matched},
    view::{View, differ_in_annotations},
};
use crate::{
    at::{At, is_true},
    change_kind::ChangeKind,
    reference::reference,
    variance::{Directions, NO_DIRECTION},
};

/// Nesting depth of the pairs of schemas that are compared, at most. Two cycles of references, of n and m schemas, have
/// up to n × m pairs.
pub const MAX_DEPTH: usize = 10_000;

const COMPONENTS: &str = "#/components/schemas/";

/// Keywords of a schema that have a comparison of their own.
const COMPARED: &[&str] = &[
    "$ref",
    "type",
    "nullable",
    "enum",
    "const",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "items",
    "prefixItems",
    "contains",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "discriminator",
    "default",
    "readOnly",
    "writeOnly",
    "deprecated",
    "description",
    "title",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "$comment",
    "xml",
    "$defs",
    "definitions",
    "$schema",
    "$id",
    "$anchor",
    "x-extensible-enum",
    "x-sunset",
    "format",
    "pattern",
    "multipleOf",
    "uniqueItems",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "minContains",
    "maxContains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

/// Keywords that hold arrays.
const ARRAYS: &[&str] = &["enum", "required", "allOf", "oneOf", "anyOf", "prefixItems"];

/// Keywords that hold objects.
const OBJECTS: &[&str] = &["properties", "patternProperties", "dependentSchemas", "discriminator"];

/// Keywords whose absence means the same as a schema that accepts all, with the kinds of a removed and an added schema.
const SUBSCHEMAS: &[(&str, ChangeKind, ChangeKind)] = &[
    ("additionalProperties", ChangeKind::AdditionalPropertiesOpened, ChangeKind::AdditionalPropertiesClosed),
    ("unevaluatedProperties", ChangeKind::AdditionalPropertiesOpened, ChangeKind::AdditionalPropertiesClosed),
    ("unevaluatedItems", ChangeKind::AdditionalItemsOpened, ChangeKind::AdditionalItemsClosed),
    ("items", ChangeKind::ItemsRemoved, ChangeKind::ItemsAdded),
    ("contentSchema", ChangeKind::ContentSchemaRemoved, ChangeKind::ContentSchemaAdded),
    ("propertyNames", ChangeKind::PropertyNamesRemoved, ChangeKind::PropertyNamesAdded),
    ("contains", ChangeKind::ContainsRemoved, ChangeKind::ContainsAdded),
];

/// Compares two schemas.
pub(super) fn compare<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions, owner: Owner) {
    // the targets of equal references are compared as components
    if pair.is_unchanged() {
        return;
    }
    let references = (reference(pair.base.value), reference(pair.revision.value));
    if let (Some(from), Some(to)) = references {
        if from == to {
            return compare_keywords(context, pair, directions, owner);
        }
        context.documentation(pair, &["description", "summary"]);
    }
    let (from, to) = (context.base.view(&pair.base), context.revision.view(&pair.revision));
    if from.broken || to.broken {
        return context.record(ChangeKind::ReferenceBroken, directions, Some(&pair.base), Some(&pair.revision));
    }
    let count = context.recorder.len();
    let is_renamed = is_renamed(context, references);
    compare_views(context, pair, &from, &to, directions, owner);
    let is_rewritten = references.0.is_some() || references.1.is_some() || from.unwrapped || to.unwrapped;
    if !is_renamed && is_rewritten && context.recorder.len() == count {
        // a variant that accepts null only is not compared
        let is_documentation = differ_in_annotations(pair.base.value, pair.revision.value);
        let kind = if is_documentation { ChangeKind::WordsChanged } else { ChangeKind::SchemaRestated };
        context.record(kind, directions, Some(&pair.base), Some(&pair.revision));
    }
}

/// Whether two references differ in the name of a schema only. Records a schema that was renamed.
fn is_renamed(context: &mut Context<'_>, references: (Option<&str>, Option<&str>)) -> bool {
    let (Some(from), Some(to)) = references else { return false };
    let name = |reference: &str| reference.strip_prefix(COMPONENTS).map(str::to_owned);
    let (Some(old), Some(new)) = (name(from), name(to)) else { return false };
    if let Some(known) = context.renamed_schemas.get(&old) {
        return *known == new;
    }
    if context.revision.target(from).is_some() || context.base.target(to).is_some() {
        return false;
    }
    let (Some(one), Some(other)) = (context.base.target(from), context.revision.target(to)) else { return false };
    context.record_renamed(ChangeKind::SchemaRenamed, NO_DIRECTION, &one, &other, (&old, &new));
    context.renamed_schemas.insert(old, new);
    true
}

fn compare_views<'d>(
    context: &mut Context<'d>,
    pair: &Pair<'d>,
    from: &View<'d>,
    to: &View<'d>,
    directions: Directions,
    owner: Owner,
) {
    let is_here = from.at.pointer == pair.base.pointer && to.at.pointer == pair.revision.pointer;
    if !is_here {
        // a reference or composition around the schema may accept null
        let is_accepted = accepts_null(to);
        if accepts_null(from) != is_accepted && (from.nullable || to.nullable) {
            context.record(null_kind(is_accepted), directions, Some(&pair.base), Some(&pair.revision));
        }
        let pointers = (from.at.pointer.clone(), to.at.pointer.clone());
        if context.compared.get(&pointers).is_some_and(|known| known.is_superset(directions)) {
            return;
        }
        *context.compared.entry(pointers).or_default() |= directions;
    }
    if context.depth >= MAX_DEPTH {
        context.too_deep.get_or_insert_with(|| pair.base.pointer.clone());
        return;
    }
    context.depth += 1;
    let owner = if is_here || owner == Owner::Parameter { owner } else { Owner::Other };
    compare_keywords(context, &Pair::new(from.at.clone(), to.at.clone()), directions, owner);
    context.depth -= 1;
}

/// Compares two schemas keyword by keyword.
fn compare_keywords<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions, owner: Owner) {
    if pair.is_unchanged() {
        return;
    }
    if !pair.base.value.is_object() || !pair.revision.value.is_object() {
        return compare_booleans(context, pair, directions);
    }
    context
        .documentation(pair, &["title", "description", "summary", "example", "examples", "externalDocs", "$comment"]);
    if variants::introduced(context, pair, directions)
        || types::compare(context, pair, directions, owner) == Rest::Unrelated
    {
        return;
    }
    if owner != Owner::Property {
        properties::compare_access(context, pair, directions, false);
    }
    keywords::compare(context, pair, directions, owner);
    compare_properties(context, pair, directions);
    compare_subschemas(context, pair, directions);
    compare_conditions(context, pair, directions);
    compare_prefix_items(context, pair, directions);
    compare_compositions(context, pair, directions);
    context.other_keys(pair, COMPARED, directions);
    context.malformed_members(pair, ARRAYS, OBJECTS, directions);
    for key in ["$schema", "$id", "$anchor"] {
        context.value(ChangeKind::SchemaRestated, key, pair, directions);
    }
    for key in ["$defs", "definitions"] {
        compare_definitions(context, pair, key, directions);
    }
}

/// Compares schemas of which one is `true` or `false`, or no schema at all.
fn compare_booleans<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let accepts = |value: &Value| match value {
        Value::Bool(false) => Some(false),
        Value::Bool(true) | Value::Null => Some(true),
        Value::Object(map) if map.is_empty() => Some(true),
        _ => None,
    };
    let kind = match (accepts(pair.base.value), accepts(pair.revision.value)) {
        (Some(one), Some(other)) if one == other => return,
        (Some(false), _) | (_, Some(true)) => ChangeKind::SchemaLoosened,
        (Some(true), _) | (_, Some(false)) => ChangeKind::SchemaTightened,
        _ => ChangeKind::Unclassified,
    };
    context.record(kind, directions, Some(&pair.base), Some(&pair.revision));
}

fn compare_properties<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let objects = Objects::new(pair);
    let renamed = Renamed::find(&objects);
    if let Some(renamed) = &renamed {
        renamed.record(context, directions);
    }
    let both = objects.properties();
    for name in both.keys().into_iter().filter(|name| !renamed.as_ref().is_some_and(|renamed| renamed.has(name))) {
        match both.get(name) {
            (Some(one), Some(other)) => {
                let inner = context.base.property_directions(&one, directions)
                    | context.revision.property_directions(&other, directions);
                let property = Pair::new(one, other);
                properties::compare_required(context, name, &property, &objects, inner);
                properties::compare_access(context, &property, directions, objects.is_required(name));
                compare(context, &property, inner, Owner::Property);
            }
            (None, Some(other)) => properties::record_added(context, name, &other, &objects, directions),
            (Some(one), None) => properties::record_removed(context, name, &one, &objects, directions),
            (None, None) => {}
        }
    }
    properties::compare_undeclared(context, &objects, directions);
}

/// Compares subschemas, except for properties, conditions and variants.
fn compare_subschemas<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    for (key, removed, added) in SUBSCHEMAS {
        compare_optional(context, pair.present(key), (*removed, *added), directions);
    }
    for key in ["patternProperties", "dependentSchemas"] {
        let both = pair.member(key);
        for name in both.keys() {
            let kinds = (ChangeKind::ConditionRemoved, ChangeKind::ConditionAdded);
            compare_optional(context, both.get(name), kinds, directions);
        }
    }
}

/// Compares schemas whose absence means the same as a schema that accepts all.
fn compare_optional<'d>(
    context: &mut Context<'d>,
    (base, revision): (Option<At<'d>>, Option<At<'d>>),
    (removed, added): (ChangeKind, ChangeKind),
    directions: Directions,
) {
    let accepts_all = |at: &Option<At<'d>>| {
        at.as_ref().is_none_or(|at| is_true(at.value) || at.value.as_object().is_some_and(Map::is_empty))
    };
    let accepts_none = |at: &Option<At<'d>>| at.as_ref().is_some_and(|at| at.value == &Value::Bool(false));
    let kind = match (accepts_all(&base), accepts_all(&revision), accepts_none(&base), accepts_none(&revision)) {
        (true, true, ..) | (.., true, true) => return,
        (true, ..) | (.., true) => added,
        (_, true, ..) | (_, _, true, _) => removed,
        _ => {
            if let (Some(one), Some(other)) = (base, revision) {
                compare(context, &Pair::new(one, other), directions, Owner::Other);
            }
            return;
        }
    };
    context.record(kind, directions, base.as_ref(), revision.as_ref());
}

/// Compares conditions. A condition that is not equivalent is one change, whatever changed within it.
fn compare_conditions<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    for key in ["not", "if", "then", "else", "dependentRequired"] {
        match pair.present(key) {
            (None, None) => {}
            (None, other) => context.record(ChangeKind::ConditionAdded, directions, None, other.as_ref()),
            (one, None) => context.record(ChangeKind::ConditionRemoved, directions, one.as_ref(), None),
            (Some(one), Some(other)) if one.value == other.value => {}
            (Some(one), Some(other)) => {
                let is_equivalent = key != "dependentRequired"
                    && context.base.fingerprint(&one) == context.revision.fingerprint(&other);
                if is_equivalent {
                    compare(context, &Pair::new(one, other), directions, Owner::Other);
                } else {
                    context.record(ChangeKind::ConditionChanged, directions, Some(&one), Some(&other));
                }
            }
        }
    }
}

fn compare_prefix_items<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let (from, to) = pair.lists("prefixItems");
    // the schema of the items after those of `prefixItems`
    let others = |owner: &At<'d>| {
        let schema = owner.present("items").or_else(|| owner.present("unevaluatedItems"));
        schema.filter(|at| !is_true(at.value))
    };
    let is_false = |at: &At<'d>| at.value == &Value::Bool(false);
    for index in 0..from.len().max(to.len()) {
        let (one, other) = match (from.get(index), to.get(index)) {
            (Some(one), Some(other)) => (one.clone(), other.clone()),
            (Some(one), None) => match others(&pair.revision) {
                Some(other) if !is_false(&other) => (one.clone(), other),
                other => {
                    let is_refused = other.is_some();
                    let kind = if is_refused { ChangeKind::PrefixItemRefused } else { ChangeKind::PrefixItemRemoved };
                    context.record(kind, directions, Some(one), None);
                    continue;
                }
            },
            (None, Some(other)) => match others(&pair.base) {
                Some(one) if !is_false(&one) => (one, other.clone()),
                one => {
                    let kind = if one.is_some() { ChangeKind::PrefixItemAllowed } else { ChangeKind::PrefixItemAdded };
                    context.record(kind, directions, None, Some(other));
                    continue;
                }
            },
            (None, None) => continue,
        };
        compare(context, &Pair::new(one, other), directions, Owner::Other);
    }
}

fn compare_compositions<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    for composition in COMPOSITIONS {
        match pair.present(composition.key) {
            (None, None) => {}
            (None, other) => context.record(composition.set, directions, None, other.as_ref()),
            (one, None) => context.record(composition.unset, directions, one.as_ref(), None),
            (Some(one), Some(other)) => {
                let matched = Matched::new(context, &one, &other);
                for pair in &matched.pairs {
                    compare(context, pair, directions, Owner::Other);
                }
                matched.record_others(context, composition, directions);
            }
        }
    }
    variants::discriminator(context, pair, directions);
}

fn compare_definitions<'d>(context: &mut Context<'d>, pair: &Pair<'d>, key: &str, directions: Directions) {
    let (Some(one), Some(other)) = pair.get(key) else { return };
    let both = Pair::new(one, other);
    for name in both.keys() {
        match both.get(name) {
            (Some(one), Some(other)) => compare(context, &Pair::new(one, other), directions, Owner::Other),
            (one, other) => {
                context.record(ChangeKind::SchemaRestated, directions, one.as_ref(), other.as_ref());
            }
        }
    }
}
