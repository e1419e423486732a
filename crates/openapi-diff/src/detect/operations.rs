//! Changes of paths, webhooks and callbacks, and of their operations. Operations have callbacks, which have operations.

use super::{
    context::Context,
    lifecycle::{self, Removal, is_unstable},
    matching::Candidates,
    pair::Pair,
    parameters, request_bodies, responses, security, servers,
};
use crate::{
    at::{At, is_extension, values},
    change_kind::ChangeKind,
    methods::{METHODS, operations},
    variance::{Caller, Directions, NO_DIRECTION, REQUEST, RESPONSE},
};

/// Keys of a path item that have a comparison of their own, except for methods.
const PATH_KEYS: &[&str] = &["$ref", "summary", "description", "servers", "parameters"];

/// Keys of an operation that have a comparison of their own.
const OPERATION_KEYS: &[&str] = &[
    "tags",
    "summary",
    "description",
    "externalDocs",
    "operationId",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "deprecated",
    "security",
    "servers",
    "x-sunset",
    "x-stability-level",
];

/// Compares `paths` or `webhooks`, which are under a key of the documents.
pub(super) fn compare<'d>(context: &mut Context<'d>, root: &Pair<'d>, key: &str, caller: Caller) {
    let both = root.member(key);
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for name in both.keys().into_iter().filter(|name| !is_extension(name)) {
        match both.get(name) {
            (Some(one), Some(other)) => compare_path(context, &Pair::new(one, other), caller),
            (Some(one), None) => removed.push((name, one)),
            (None, Some(other)) => added.push((name, other)),
            (None, None) => {}
        }
    }
    let mut added = Candidates::new(added);
    let removed = templates_renamed(context, removed, &mut added, caller);
    let mut by_value = added.index_by(|(_, at)| Some(at.value));
    let mut others = Vec::new();
    for (name, one) in removed {
        match has_operations(&one).then(|| added.take(&mut by_value, &one.value)).flatten() {
            Some((to, other)) => {
                let kind = match caller {
                    Caller::Client => ChangeKind::PathRenamed,
                    Caller::Server => ChangeKind::WebhookRenamed,
                };
                context.record_renamed(kind, REQUEST, &one, &other, (name, to));
            }
            None => others.push((name, one)),
        }
    }
    for (name, one) in others {
        let kind = match caller {
            Caller::Client => path_removed(context, &one),
            Caller::Server => ChangeKind::WebhookRemoved,
        };
        context.record_named(kind, REQUEST, Some(&one), None, name);
    }
    for (name, other) in added.left() {
        let directions = if is_draft(context, &other) { NO_DIRECTION } else { REQUEST };
        let kind = match caller {
            Caller::Client => ChangeKind::PathAdded,
            Caller::Server => ChangeKind::WebhookAdded,
        };
        context.record_named(kind, directions, None, Some(&other), name);
    }
    for key in both.keys().into_iter().filter(|key| is_extension(key)) {
        context.value(ChangeKind::ExtensionChanged, key, &both, NO_DIRECTION);
    }
}

/// Compares paths that differ in the names of their variables, which are not sent. Returns the other removed paths.
fn templates_renamed<'d>(
    context: &mut Context<'d>,
    mut removed: Vec<(&'d str, At<'d>)>,
    added: &mut Candidates<(&'d str, At<'d>)>,
    caller: Caller,
) -> Vec<(&'d str, At<'d>)> {
    let mut by_template = added.index_by(|(name, _)| Some(template(name)));
    removed.retain(|(name, one)| match added.take(&mut by_template, &template(name)) {
        Some((to, other)) => {
            context.record_renamed(ChangeKind::PathTemplateRenamed, NO_DIRECTION, one, &other, (name, to));
            compare_path(context, &Pair::new(one.clone(), other), caller);
            false
        }
        None => true,
    });
    removed
}

/// A path without the names of its variables.
fn template(path: &str) -> String {
    let mut plain = String::new();
    let mut is_inside = false;
    for c in path.chars() {
        match c {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ if is_inside => continue,
            _ => {}
        }
        plain.push(c);
    }
    plain
}

/// The kind of change for the removal of a path: the worst for its operations.
fn path_removed<'d>(context: &Context<'d>, path: &At<'d>) -> ChangeKind {
    let item = context.base.resolved(path);
    let removals = operations(&item).map(|(_, operation)| Removal::of(&operation, &context.today));
    removals.min().map_or(ChangeKind::EmptyPathRemoved, Removal::of_path)
}

fn has_operations(item: &At<'_>) -> bool {
    operations(item).next().is_some()
}

/// Whether a path of the revision has operations, all of which are drafts.
fn is_draft<'d>(context: &Context<'d>, path: &At<'d>) -> bool {
    let item = context.revision.resolved(path);
    has_operations(&item) && operations(&item).all(|(_, operation)| is_unstable(&operation))
}

/// Compares two path items.
fn compare_path<'d>(context: &mut Context<'d>, pair: &Pair<'d>, caller: Caller) {
    let items = context.resolved(pair);
    context.documentation(&items, &["summary", "description"]);
    let directions = caller.directions(REQUEST);
    compare_servers(context, &items, directions);
    compare_methods(context, &items, directions, caller);
    context.other_keys(&items, &[PATH_KEYS, &METHODS].concat(), directions);
    context.malformed_members(&items, &["parameters", "servers"], &METHODS, directions);
    if !items.base.value.is_object() || !items.revision.value.is_object() {
        context.malformed(Some(&items.base), Some(&items.revision), directions);
    }
}

fn compare_servers<'d>(context: &mut Context<'d>, owner: &Pair<'d>, directions: Directions) {
    if owner.base.value.get("servers") != owner.revision.value.get("servers") {
        servers::compare(context, owner, directions);
    }
}

fn compare_methods<'d>(context: &mut Context<'d>, items: &Pair<'d>, directions: Directions, caller: Caller) {
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for method in METHODS {
        match items.present(method) {
            (Some(one), Some(other)) => compare_operation(context, items, &Pair::new(one, other), caller),
            (Some(one), None) => removed.push((method, one)),
            (None, Some(other)) => added.push((method, other)),
            (None, None) => {}
        }
    }
    for (method, one) in removed {
        match added.iter().position(|(_, other)| other.value == one.value) {
            Some(at) => {
                let (to, other) = added.remove(at);
                context.record_renamed(ChangeKind::MethodChanged, directions, &one, &other, (method, to));
            }
            None => {
                let removal = match caller {
                    Caller::Client => Removal::of(&one, &context.today),
                    Caller::Server => Removal::Unannounced,
                };
                context.record_named(removal.of_operation(), REQUEST, Some(&one), None, method);
            }
        }
    }
    for (method, other) in added {
        context.record_named(ChangeKind::OperationAdded, REQUEST, None, Some(&other), method);
    }
}

fn compare_operation<'d>(context: &mut Context<'d>, items: &Pair<'d>, pair: &Pair<'d>, caller: Caller) {
    lifecycle::stability(context, pair);
    // drafts may change at any time
    let is_stable = !is_unstable(&pair.base);
    let directions = |directions| if is_stable { caller.directions(directions) } else { NO_DIRECTION };
    let (request, response) = (directions(REQUEST), directions(RESPONSE));
    context.documentation(pair, &["summary", "description", "externalDocs"]);
    context.present_value(ChangeKind::OperationIdChanged, "operationId", pair, NO_DIRECTION);
    compare_tags(context, pair);
    lifecycle::deprecation(context, pair);
    parameters::compare(context, items, pair, request);
    request_bodies::compare(context, pair, request);
    responses::compare(context, pair, response);
    compare_servers(context, pair, request);
    security::compare_operation(context, pair, request);
    compare_callbacks(context, pair);
    context.other_keys(pair, OPERATION_KEYS, request);
    let objects = ["requestBody", "responses", "callbacks"];
    context.malformed_members(pair, &["tags", "parameters", "servers", "security"], &objects, request);
}

fn compare_tags<'d>(context: &mut Context<'d>, operation: &Pair<'d>) {
    let (from, to) = operation.lists("tags");
    let (old, new) = (values(&from), values(&to));
    let name = |at: &At<'d>| at.value.as_str().unwrap_or_default();
    for one in from.iter().filter(|one| !new.contains(one.value)) {
        context.record_named(ChangeKind::TagRemoved, NO_DIRECTION, Some(one), None, name(one));
    }
    for other in to.iter().filter(|other| !old.contains(other.value)) {
        context.record_named(ChangeKind::TagAdded, NO_DIRECTION, None, Some(other), name(other));
    }
}

fn compare_callbacks<'d>(context: &mut Context<'d>, operation: &Pair<'d>) {
    let both = operation.member("callbacks");
    for name in both.keys().into_iter().filter(|name| !is_extension(name)) {
        match both.get(name) {
            (Some(one), Some(other)) => {
                let callback = context.resolved(&Pair::new(one, other));
                compare_callback(context, &callback, name);
            }
            (one, None) => context.record_named(ChangeKind::CallbackRemoved, REQUEST, one.as_ref(), None, name),
            (None, other) => context.record_named(ChangeKind::CallbackAdded, REQUEST, None, other.as_ref(), name),
        }
    }
}

fn compare_callback<'d>(context: &mut Context<'d>, callback: &Pair<'d>, name: &str) {
    let urls: Vec<_> = callback.keys().into_iter().filter(|url| !is_extension(url)).collect();
    for url in &urls {
        match callback.get(url) {
            (Some(one), Some(other)) => compare_path(context, &Pair::new(one, other), Caller::Server),
            (one, None) => context.record_named(ChangeKind::CallbackRemoved, REQUEST, one.as_ref(), None, name),
            (None, other) => context.record_named(ChangeKind::CallbackAdded, REQUEST, None, other.as_ref(), name),
        }
    }
    context.other_keys(callback, &urls, NO_DIRECTION);
}
