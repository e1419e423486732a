//! Changes of content: the media types of a body, and their schemas.

use std::collections::{HashMap, HashSet};

use openapi::MediaType;

use super::{context::Context, matching::Candidates, pair::Pair, schema, types::Owner};
use crate::{change_kind::ChangeKind, variance::Directions};

/// The kinds of change of a media type.
pub(super) struct Kinds {
    added: ChangeKind,
    removed: ChangeKind,
    changed: ChangeKind,
    widened: ChangeKind,
    narrowed: ChangeKind,
}

/// Of a request body.
pub(super) const REQUEST_CONTENT: Kinds = Kinds {
    added: ChangeKind::RequestContentAdded,
    removed: ChangeKind::RequestContentRemoved,
    changed: ChangeKind::RequestContentChanged,
    widened: ChangeKind::RequestContentWidened,
    narrowed: ChangeKind::RequestContentNarrowed,
};

/// Of a response.
pub(super) const RESPONSE_CONTENT: Kinds = Kinds {
    added: ChangeKind::ResponseContentAdded,
    removed: ChangeKind::ResponseContentRemoved,
    changed: ChangeKind::ResponseContentChanged,
    widened: ChangeKind::ResponseContentWidened,
    narrowed: ChangeKind::ResponseContentNarrowed,
};

/// Compares the media types of a body, matched by their names.
pub(super) fn content<'d>(context: &mut Context<'d>, pair: &Pair<'d>, kinds: &Kinds, directions: Directions) {
    let Pair { base, revision } = pair.member("content");
    let others: Vec<_> = revision.entries().collect();
    let by_spelling: HashMap<_, _> = others.iter().rev().map(|(name, at)| (normalized(name), at)).collect();
    let known: HashSet<String> = base.entries().map(|(name, _)| normalized(name)).collect();
    let mut removed = Vec::new();
    for (name, one) in base.entries() {
        match revision.get(name).or_else(|| by_spelling.get(&normalized(name)).copied().cloned()) {
            Some(other) => media_type(context, &Pair::new(one, other), directions),
            None => removed.push((name, one)),
        }
    }
    let mut added = Candidates::new(others.iter().filter(|(name, _)| !known.contains(&normalized(name))));
    let mut by_media_type = added.index_by(|(name, _)| Some(MediaType::parse(name)));
    let mut by_value = added.index_by(|(_, at)| Some(at.value));
    for (name, one) in removed {
        if let Some((to, other)) = added.take(&mut by_media_type, &MediaType::parse(name)) {
            context.record_renamed(ChangeKind::ContentParametersChanged, directions, &one, other, (name, to));
            media_type(context, &Pair::new(one, other.clone()), directions);
            continue;
        }
        match added.take(&mut by_value, &one.value) {
            Some((to, other)) => {
                let kind = match (is_within(name, to), is_within(to, name)) {
                    (true, _) => kinds.widened,
                    (_, true) => kinds.narrowed,
                    _ => kinds.changed,
                };
                context.record_renamed(kind, directions, &one, other, (name, to));
            }
            None => context.record_named(kinds.removed, directions, Some(&one), None, name),
        }
    }
    for (name, other) in added.left() {
        context.record_named(kinds.added, directions, None, Some(other), name);
    }
}

/// Compares two Media Type Objects.
pub(super) fn media_type<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    if pair.is_unchanged() {
        return;
    }
    context.documentation(pair, &["example", "examples"]);
    for key in ["schema", "itemSchema"] {
        schema_under(context, pair, key, directions, Owner::Other);
    }
    context.present_value(ChangeKind::EncodingChanged, "encoding", pair, directions);
    context.other_keys(pair, &["example", "examples", "schema", "itemSchema", "encoding"], directions);
}

/// Compares the schemas under a key.
pub(super) fn schema_under<'d>(
    context: &mut Context<'d>,
    pair: &Pair<'d>,
    key: &str,
    directions: Directions,
    owner: Owner,
) {
    match pair.present(key) {
        (Some(one), Some(other)) => schema::compare(context, &Pair::new(one, other), directions, owner),
        (None, Some(other)) => context.record(ChangeKind::SchemaSet, directions, None, Some(&other)),
        (Some(one), None) => context.record(ChangeKind::SchemaUnset, directions, Some(&one), None),
        (None, None) => {}
    }
}

/// A media type in lower case, with sorted parameters.
fn normalized(name: &str) -> String {
    let mut parts: Vec<_> = name.split(';').map(|part| part.trim().to_ascii_lowercase()).collect();
    if let Some(parameters) = parts.get_mut(1..) {
        parameters.sort();
    }
    parts.join(";")
}

/// Whether a range such as `text/*` includes a media type.
fn is_within(one: &str, range: &str) -> bool {
    let (one, range) = (normalized(one), normalized(range));
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => one.starts_with(start),
        None => {
            let (Some((kind, sub)), Some((range_kind, range_sub))) = (one.split_once('/'), range.split_once('/'))
            else {
                return false;
            };
            // a structured suffix names the format
            kind == range_kind && sub.rsplit_once('+').is_some_and(|(_, suffix)| suffix == range_sub)
        }
    }
}
