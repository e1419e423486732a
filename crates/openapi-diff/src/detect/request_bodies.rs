//! Changes of request bodies.

use super::{
    context::Context,
    media_types::{REQUEST_CONTENT, content},
    pair::Pair,
};
use crate::{change_kind::ChangeKind, variance::Directions};

/// Compares the request bodies of two operations.
pub(super) fn compare<'d>(context: &mut Context<'d>, operation: &Pair<'d>, directions: Directions) {
    match operation.present("requestBody") {
        (Some(one), Some(other)) => {
            let pair = context.resolved(&Pair::new(one, other));
            request_body(context, &pair, directions);
        }
        (None, Some(other)) => {
            let is_required = context.revision.resolved(&other).is_true("required");
            let kind = if is_required { ChangeKind::RequiredBodyAdded } else { ChangeKind::BodyAdded };
            context.record(kind, directions, None, Some(&other));
        }
        (Some(one), None) => context.record(ChangeKind::BodyRemoved, directions, Some(&one), None),
        (None, None) => {}
    }
}

/// Compares two Request Body Objects.
pub(super) fn request_body<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    if pair.is_unchanged() {
        return;
    }
    context.documentation(pair, &["description"]);
    context.flag((ChangeKind::BodyRequired, ChangeKind::BodyNotRequired), "required", pair, directions);
    content(context, pair, &REQUEST_CONTENT, directions);
    context.other_keys(pair, &["description", "required", "content", "$ref"], directions);
    context.malformed_members(pair, &[], &["content"], directions);
}
