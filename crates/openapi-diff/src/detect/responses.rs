//! Changes of responses and their headers.

use std::collections::{HashMap, HashSet};

use openapi::Status;

use super::{
    context::Context,
    matching::Candidates,
    media_types::{RESPONSE_CONTENT, content},
    pair::Pair,
    parameters::{serialization, value},
    types::Owner,
};
use crate::{
    at::{At, is_extension},
    change_kind::ChangeKind,
    variance::{Directions, NO_DIRECTION},
};

/// Compares the responses of two operations, matched by their statuses.
pub(super) fn compare<'d>(context: &mut Context<'d>, operation: &Pair<'d>, directions: Directions) {
    let pair = operation.member("responses");
    if pair.is_unchanged() {
        return;
    }
    let mut added = Candidates::new(statuses(&pair.revision));
    let mut by_status = added.index_by(|(status, _)| Some(status.clone()));
    let mut removed = Vec::new();
    for (status, one) in statuses(&pair.base) {
        match added.take(&mut by_status, &status) {
            Some((_, other)) => {
                let pair = context.resolved(&Pair::new(one, other));
                response(context, &pair, directions);
            }
            None => removed.push((status, one)),
        }
    }
    let mut by_value = added.index_by(|(status, at)| Some((at.value, is_success(status))));
    for (status, one) in removed {
        let is_success = is_success(&status);
        match added.take(&mut by_value, &(one.value, is_success)) {
            Some((to, other)) => {
                // a range that one of its statuses replaces still includes the old statuses
                let is_range = matches!(Status::parse(&status), Some(Status::Range(_)));
                let kind =
                    if is_success && !is_range { ChangeKind::SuccessStatusChanged } else { ChangeKind::StatusChanged };
                context.record_renamed(kind, directions, &one, &other, (&status, &to));
            }
            None => {
                let kind = if is_success { ChangeKind::SuccessStatusRemoved } else { ChangeKind::StatusRemoved };
                context.record_named(kind, directions, Some(&one), None, &status);
            }
        }
    }
    for (status, other) in added.left() {
        let kind = if is_success(&status) { ChangeKind::SuccessStatusAdded } else { ChangeKind::StatusAdded };
        context.record_named(kind, directions, None, Some(&other), &status);
    }
    let compared: Vec<_> = pair.keys().into_iter().filter(|key| !is_extension(key)).collect();
    context.other_keys(&pair, &compared, directions);
}

fn statuses<'d>(responses: &At<'d>) -> Vec<(String, At<'d>)> {
    let statuses = responses.entries().filter(|(key, _)| !is_extension(key));
    statuses.map(|(key, at)| (key.to_ascii_uppercase(), at)).collect()
}

fn is_success(status: &str) -> bool {
    Status::parse(status).is_some_and(Status::is_success)
}

/// Compares two Response Objects.
pub(super) fn response<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    if pair.is_unchanged() {
        return;
    }
    context.documentation(pair, &["description", "summary"]);
    content(context, pair, &RESPONSE_CONTENT, directions);
    headers(context, pair, directions);
    context.present_value(ChangeKind::LinksChanged, "links", pair, directions);
    context.other_keys(pair, &["description", "summary", "content", "headers", "links", "$ref"], directions);
    context.malformed_members(pair, &[], &["content", "headers"], directions);
}

/// Compares the headers of a response, matched by their names in any case.
fn headers<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    let Pair { base, revision } = pair.member("headers");
    let others: Vec<_> = revision.entries().collect();
    let by_name: HashMap<_, _> = others.iter().rev().map(|(name, at)| (name.to_ascii_lowercase(), at)).collect();
    let known: HashSet<String> = base.entries().map(|(name, _)| name.to_ascii_lowercase()).collect();
    let mut removed = Vec::new();
    for (name, one) in base.entries() {
        let one = context.base.resolved(&one);
        match by_name.get(&name.to_ascii_lowercase()) {
            Some(other) => {
                let other = context.revision.resolved(other);
                header(context, &Pair::new(one, other), directions);
            }
            None => removed.push((name, one)),
        }
    }
    let new = others.iter().filter(|(name, _)| !known.contains(&name.to_ascii_lowercase()));
    let mut added = Candidates::new(new.map(|(name, other)| (*name, context.revision.resolved(other))));
    let mut by_value = added.index_by(|(_, at)| Some(at.value));
    for (name, one) in removed {
        let is_required = one.is_true("required");
        match added.take(&mut by_value, &one.value) {
            Some((to, other)) => {
                let kind = if is_required { ChangeKind::RequiredHeaderRenamed } else { ChangeKind::HeaderRenamed };
                context.record_renamed(kind, directions, &one, &other, (name, to));
            }
            None => {
                let kind = if is_required { ChangeKind::RequiredHeaderRemoved } else { ChangeKind::HeaderRemoved };
                context.record_named(kind, directions, Some(&one), None, name);
            }
        }
    }
    for (name, other) in added.left() {
        context.record_named(ChangeKind::HeaderAdded, directions, None, Some(&other), name);
    }
}

/// Compares two Header Objects.
pub(super) fn header<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    if pair.is_unchanged() {
        return;
    }
    context.documentation(pair, &["description", "example", "examples"]);
    context.flag((ChangeKind::HeaderRequired, ChangeKind::HeaderNotRequired), "required", pair, directions);
    context.flag((ChangeKind::HeaderDeprecated, ChangeKind::HeaderNotDeprecated), "deprecated", pair, NO_DIRECTION);
    serialization(context, pair, directions);
    value(context, pair, directions, Owner::Other);
    let compared = [
        "description",
        "example",
        "examples",
        "required",
        "deprecated",
        "style",
        "explode",
        "schema",
        "content",
        "$ref",
        "name",
        "in",
        "allowReserved",
        "allowEmptyValue",
    ];
    context.other_keys(pair, &compared, directions);
}
