//! Changes of servers, matched by their URLs, and of their variables.

use super::{context::Context, matching::Candidates, pair::Pair};
use crate::{
    at::{At, values},
    change_kind::ChangeKind,
    variance::Directions,
};

/// Compares the servers of two documents, paths or operations.
pub(super) fn compare<'d>(context: &mut Context<'d>, owner: &Pair<'d>, directions: Directions) {
    let (base, revision) = owner.lists("servers");
    let first = (base.first().cloned(), revision.first().cloned());
    let mut added = Candidates::new(revision);
    let mut by_url = added.index_by(|at| Some(at.text("url")));
    let (mut removed, mut pairs): (Vec<At<'d>>, Vec<Pair<'d>>) = (Vec::new(), Vec::new());
    for one in base {
        match added.take(&mut by_url, &one.text("url")) {
            Some(other) => pairs.push(Pair::new(one, other)),
            None => removed.push(one),
        }
    }
    let mut added: Vec<_> = added.left().collect();
    if let (Some(one), Some(other)) = first {
        let is_kept = |server: &At<'d>| pairs.iter().any(|pair| pair.base.text("url") == server.text("url"));
        if one.text("url") != other.text("url") && is_kept(&one) && is_kept(&other) {
            context.record(ChangeKind::FirstServerChanged, directions, Some(&one), Some(&other));
        }
    }
    if pairs.is_empty()
        && let ([one], [other]) = (removed.as_slice(), added.as_slice())
    {
        let url = |server: &At<'d>| server.get("url").unwrap_or_else(|| server.clone());
        context.record(ChangeKind::ServerChanged, directions, Some(&url(one)), Some(&url(other)));
        removed.clear();
        added.clear();
    }
    for pair in pairs {
        context.documentation(&pair, &["description", "name"]);
        variables(context, &pair, directions);
        context.other_keys(&pair, &["url", "description", "name", "variables"], directions);
    }
    for server in removed {
        let url = server.text("url").unwrap_or_default();
        context.record_named(ChangeKind::ServerRemoved, directions, Some(&server), None, url);
    }
    for server in added {
        let url = server.text("url").unwrap_or_default();
        context.record_named(ChangeKind::ServerAdded, directions, None, Some(&server), url);
    }
}

fn variables<'d>(context: &mut Context<'d>, server: &Pair<'d>, directions: Directions) {
    let both = server.member("variables");
    for name in both.keys() {
        match both.get(name) {
            (Some(one), Some(other)) => variable(context, &Pair::new(one, other), directions),
            (None, other) => {
                context.record_named(ChangeKind::ServerVariableAdded, directions, None, other.as_ref(), name);
            }
            (one, None) => {
                context.record_named(ChangeKind::ServerVariableRemoved, directions, one.as_ref(), None, name);
            }
        }
    }
}

fn variable<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    context.documentation(pair, &["description"]);
    context.value(ChangeKind::ServerVariableDefaultChanged, "default", pair, directions);
    match pair.get("enum") {
        (None, None) => {}
        (None, other) => context.record(ChangeKind::ServerVariableEnumSet, directions, None, other.as_ref()),
        (one, None) => context.record(ChangeKind::ServerVariableEnumUnset, directions, one.as_ref(), None),
        (Some(_), Some(_)) => {
            let (from, to) = pair.lists("enum");
            let (old, new) = (values(&from), values(&to));
            for at in from.iter().filter(|at| !new.contains(at.value)) {
                context.record(ChangeKind::ServerVariableValueRemoved, directions, Some(at), None);
            }
            for at in to.iter().filter(|at| !old.contains(at.value)) {
                context.record(ChangeKind::ServerVariableValueAdded, directions, None, Some(at));
            }
        }
    }
    context.other_keys(pair, &["description", "default", "enum"], directions);
}
