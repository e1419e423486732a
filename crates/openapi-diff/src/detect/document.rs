//! Changes of documents, of `info` and of `tags`.

use std::collections::{HashMap, HashSet};

use super::{components, context::Context, operations, pair::Pair, security, servers};
use crate::{
    at::At,
    change_kind::ChangeKind,
    variance::{Caller, NO_DIRECTION, REQUEST},
};

/// Compares two documents.
pub(super) fn compare(context: &mut Context<'_>) {
    let root = Pair::new(context.base.root(), context.revision.root());
    if !root.base.value.is_object() || !root.revision.value.is_object() {
        return context.malformed(Some(&root.base), Some(&root.revision), NO_DIRECTION);
    }
    for key in ["openapi", "swagger", "jsonSchemaDialect", "$self"] {
        context.value(ChangeKind::OpenapiVersionChanged, key, &root, NO_DIRECTION);
    }
    compare_info(context, &root.member("info"));
    servers::compare(context, &root, REQUEST);
    compare_tags(context, &root);
    context.documentation(&root, &["externalDocs"]);
    security::schemes(context, &root);
    operations::compare(context, &root, "paths", Caller::Client);
    operations::compare(context, &root, "webhooks", Caller::Server);
    security::compare_document(context, &root);
    components::compare(context, &root);
    let compared = [
        "openapi",
        "info",
        "servers",
        "tags",
        "externalDocs",
        "security",
        "paths",
        "webhooks",
        "components",
        "jsonSchemaDialect",
        "$self",
        "swagger",
    ];
    context.other_keys(&root, &compared, NO_DIRECTION);
    let objects = ["info", "paths", "webhooks", "components"];
    context.malformed_members(&root, &["servers", "tags", "security"], &objects, NO_DIRECTION);
}

fn compare_info<'d>(context: &mut Context<'d>, info: &Pair<'d>) {
    let documentation = ["title", "summary", "description", "termsOfService", "contact", "license"];
    context.documentation(info, &documentation);
    context.value(ChangeKind::ApiVersionChanged, "version", info, NO_DIRECTION);
    context.other_keys(info, &[&documentation[..], &["version"]].concat(), NO_DIRECTION);
}

/// Compares the tags of the documents, matched by their names.
fn compare_tags<'d>(context: &mut Context<'d>, root: &Pair<'d>) {
    let (from, to) = root.lists("tags");
    let name = |tag: &At<'d>| tag.text("name");
    let known: HashSet<_> = from.iter().map(name).collect();
    let by_name: HashMap<_, _> = to.iter().rev().map(|tag| (name(tag), tag)).collect();
    for one in &from {
        match by_name.get(&name(one)) {
            Some(other) => {
                let tag = Pair::new(one.clone(), (*other).clone());
                context.documentation(&tag, &["description", "externalDocs", "summary"]);
                let compared = ["name", "description", "externalDocs", "summary", "parent", "kind"];
                context.other_keys(&tag, &compared, NO_DIRECTION);
            }
            None => context.record(ChangeKind::TagUndescribed, NO_DIRECTION, Some(one), None),
        }
    }
    for other in to.iter().filter(|tag| !known.contains(&name(tag))) {
        context.record(ChangeKind::TagDescribed, NO_DIRECTION, None, Some(other));
    }
}
