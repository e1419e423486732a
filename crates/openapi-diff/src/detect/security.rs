//! Changes of security: security requirements and security schemes.
//!
//! An operation without `security` has that of the document; an empty array requires no credentials.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{
    context::Context,
    indexed::Indexed,
    matching::Candidates,
    pair::{Pair, value},
};
use crate::{
    at::{At, is_extension},
    change_kind::ChangeKind,
    methods::operations,
    variance::{Directions, NO_DIRECTION, REQUEST},
};

/// One alternative of a requirement: schemes with their scopes.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// The alternatives of a requirement.
type Alternatives = BTreeSet<Alternative>;

/// Compares the security requirements of two operations, or those of the documents if they have none.
pub(super) fn compare_operation<'d>(context: &mut Context<'d>, operation: &Pair<'d>, directions: Directions) {
    let own = operation.get("security");
    let shared = (context.base.root().get("security"), context.revision.root().get("security"));
    let is_own = own.0.is_some() || own.1.is_some();
    if !is_own && shared.0.as_ref().map(|at| at.value) == shared.1.as_ref().map(|at| at.value) {
        return;
    }
    let (from, to) = (own.0.clone().or(shared.0), own.1.clone().or(shared.1));
    // without requirements of the operation, those of the document changed
    let directions = if is_own { directions } else { REQUEST };
    let (before, after) = alternatives(context, from.as_ref(), to.as_ref());
    if before != after {
        return context.record(kind_of(&before, &after), directions, from.as_ref(), to.as_ref());
    }
    if is_own && is_restated(context, &own) {
        context.record(ChangeKind::SecurityRestated, directions, own.0.as_ref(), own.1.as_ref());
    }
}

/// Compares the security requirements of the documents. Must run after the comparison of operations.
pub(super) fn compare_document<'d>(context: &mut Context<'d>, root: &Pair<'d>) {
    let own = root.get("security");
    let (before, after) = alternatives(context, own.0.as_ref(), own.1.as_ref());
    if before != after {
        let kind = kind_of(&before, &after);
        let is_used = context.recorder.has(kind, own.0.as_ref(), own.1.as_ref());
        let kind = if is_used { kind } else { ChangeKind::UnusedSecurityChanged };
        return context.record(kind, NO_DIRECTION, own.0.as_ref(), own.1.as_ref());
    }
    if value(&own.0) != value(&own.1) && is_restated(context, &own) {
        context.record(ChangeKind::SecurityRestated, NO_DIRECTION, own.0.as_ref(), own.1.as_ref());
    }
}

/// Whether equivalent requirements differ in more than their order.
fn is_restated<'d>(context: &Context<'d>, (from, to): &(Option<At<'d>>, Option<At<'d>>)) -> bool {
    let renamed = &context.renamed_schemes;
    renamed.is_empty() && written(from.as_ref(), renamed) != written(to.as_ref(), renamed)
}

/// The alternatives in both documents, with renamed schemes under their new names.
fn alternatives<'d>(context: &Context<'d>, from: Option<&At<'d>>, to: Option<&At<'d>>) -> (Alternatives, Alternatives) {
    // no requirement is the same as an alternative without schemes
    let of = |at, renamed| {
        let found = written(at, renamed).unwrap_or_default();
        if found.is_empty() { BTreeSet::from([Alternative::new()]) } else { found.into_iter().collect() }
    };
    (of(from, &context.renamed_schemes), of(to, &HashMap::new()))
}

/// The alternatives, sorted.
fn written(at: Option<&At<'_>>, renamed: &HashMap<String, String>) -> Option<Vec<Alternative>> {
    let alternatives = at?.items().map(|alternative| {
        let schemes = alternative.entries().map(|(name, scopes)| {
            let name = renamed.get(name).cloned().unwrap_or_else(|| name.to_owned());
            (name, scopes.items().filter_map(|scope| scope.value.as_str()).map(str::to_owned).collect())
        });
        schemes.collect()
    });
    let mut alternatives: Vec<Alternative> = alternatives.collect();
    alternatives.sort();
    Some(alternatives)
}

/// What changed between two requirements that are not equivalent.
fn kind_of(before: &Alternatives, after: &Alternatives) -> ChangeKind {
    let is_optional = |set: &Alternatives| set.contains(&Alternative::new());
    let requires_nothing = |set: &Alternatives| set.len() == 1 && is_optional(set);
    match (requires_nothing(before), requires_nothing(after)) {
        (true, false) if !is_optional(after) => return ChangeKind::SecurityAdded,
        (false, true) => return ChangeKind::SecurityRemoved,
        _ => {}
    }
    let are_served = serves(before, after);
    let has_others = !serves(after, before);
    let schemes = |set: &Alternatives| -> BTreeSet<Vec<String>> {
        set.iter().map(|alternative| alternative.keys().cloned().collect()).collect()
    };
    match (are_served, has_others, schemes(before) == schemes(after)) {
        (true, _, true) => ChangeKind::SecurityScopeDropped,
        (false, _, true) => ChangeKind::SecurityScopeNeeded,
        (true, _, _) => ChangeKind::SecurityAlternativeAdded,
        (false, false, _) => ChangeKind::SecurityAlternativeRemoved,
        (false, true, _) => ChangeKind::SecurityChanged,
    }
}

/// Whether each of these alternatives satisfies one of the others.
fn serves(credentials: &Alternatives, others: &Alternatives) -> bool {
    let is_optional = others.contains(&Alternative::new());
    // the first scheme of a satisfied alternative is among the credentials
    let mut by_first: HashMap<&str, Vec<&Alternative>> = HashMap::new();
    for other in others {
        if let Some((first, _)) = other.first_key_value() {
            by_first.entry(first).or_default().push(other);
        }
    }
    let meets = |own: &Alternative, needed: &Alternative| {
        needed.iter().all(|(name, scopes)| own.get(name).is_some_and(|held| scopes.is_subset(held)))
    };
    credentials.iter().all(|own| {
        let mut candidates = own.keys().filter_map(|name| by_first.get(name.as_str())).flatten();
        is_optional || candidates.any(|needed| meets(own, needed))
    })
}

/// Compares the security schemes. Must run before the comparisons of requirements, which need the renamed schemes.
pub(super) fn schemes<'d>(context: &mut Context<'d>, root: &Pair<'d>) {
    let both = root.member("components").member("securitySchemes");
    let (before, after) = (required_schemes(&context.base), required_schemes(&context.revision));
    let (mut removed, mut added) = (Vec::new(), Vec::new());
    for name in both.keys() {
        match both.get(name) {
            (Some(one), Some(other)) => {
                let is_required = before.contains(name) || after.contains(name);
                let pair = context.resolved(&Pair::new(one, other));
                scheme(context, &pair, if is_required { REQUEST } else { NO_DIRECTION });
            }
            (Some(one), None) => removed.push((name, one)),
            (None, Some(other)) => added.push((name, other)),
            (None, None) => {}
        }
    }
    let mut added = Candidates::new(added);
    let mut by_value = added.index_by(|(_, at)| Some(at.value));
    for (name, one) in removed {
        let is_required = after.contains(name);
        let directions = if is_required { REQUEST } else { NO_DIRECTION };
        match added.take(&mut by_value, &one.value) {
            // a requirement still names the old scheme, which is missing
            Some((to, other)) if is_required => {
                let kind = ChangeKind::SecuritySchemeRemoved;
                context.record_renamed(kind, directions, &one, &other, (name, to));
            }
            Some((to, other)) => {
                let kind = ChangeKind::SecuritySchemeRenamed;
                context.record_renamed(kind, directions, &one, &other, (name, to));
                context.renamed_schemes.insert(name.to_owned(), to.to_owned());
            }
            None => context.record_named(ChangeKind::SecuritySchemeRemoved, directions, Some(&one), None, name),
        }
    }
    for (name, other) in added.left() {
        context.record_named(ChangeKind::SecuritySchemeAdded, NO_DIRECTION, None, Some(&other), name);
    }
}

/// The schemes in the requirements of a document.
fn required_schemes(document: &Indexed<'_>) -> HashSet<String> {
    let names = |owner: &At<'_>| {
        let alternatives = owner.list("security");
        alternatives.iter().flat_map(At::entries).map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
    };
    let root = document.root();
    let mut found: HashSet<String> = names(&root).into_iter().collect();
    for (_, item) in root.get("paths").iter().flat_map(At::entries) {
        found.extend(operations(&document.resolved(&item)).flat_map(|(_, operation)| names(&operation)));
    }
    found
}

fn scheme<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    context.documentation(pair, &["description"]);
    let differs = |key: &str| {
        let plain = |at: &At<'d>| at.value.get(key).map(|value| value.to_string().to_ascii_lowercase());
        plain(&pair.base) != plain(&pair.revision)
    };
    if ["type", "scheme", "in", "name"].into_iter().any(differs) {
        let kind = ChangeKind::SecuritySchemeChanged;
        return context.record(kind, directions, Some(&pair.base), Some(&pair.revision));
    }
    context.value(ChangeKind::BearerFormatChanged, "bearerFormat", pair, directions);
    context.value(ChangeKind::AuthorizationUrlChanged, "openIdConnectUrl", pair, directions);
    context.value(ChangeKind::AuthorizationUrlChanged, "oauth2MetadataUrl", pair, directions);
    let kinds = (ChangeKind::SecuritySchemeDeprecated, ChangeKind::SecuritySchemeNotDeprecated);
    context.flag(kinds, "deprecated", pair, NO_DIRECTION);
    flows(context, pair, directions);
    let compared = [
        "type",
        "scheme",
        "in",
        "name",
        "description",
        "bearerFormat",
        "openIdConnectUrl",
        "oauth2MetadataUrl",
        "flows",
        "deprecated",
    ];
    context.other_keys(pair, &compared, directions);
}

fn flows<'d>(context: &mut Context<'d>, scheme: &Pair<'d>, directions: Directions) {
    let both = scheme.member("flows");
    for name in both.keys().into_iter().filter(|name| !is_extension(name)) {
        match both.get(name) {
            (Some(one), Some(other)) => flow(context, &Pair::new(one, other), directions),
            (one, None) => context.record_named(ChangeKind::FlowRemoved, directions, one.as_ref(), None, name),
            (None, other) => context.record_named(ChangeKind::FlowAdded, directions, None, other.as_ref(), name),
        }
    }
}

fn flow<'d>(context: &mut Context<'d>, pair: &Pair<'d>, directions: Directions) {
    context.value(ChangeKind::TokenUrlChanged, "tokenUrl", pair, directions);
    for key in ["authorizationUrl", "refreshUrl", "deviceAuthorizationUrl"] {
        context.value(ChangeKind::AuthorizationUrlChanged, key, pair, directions);
    }
    let scopes = pair.member("scopes");
    for scope in scopes.keys() {
        match scopes.get(scope) {
            (Some(one), Some(other)) if one.value == other.value => {}
            (Some(one), Some(other)) => {
                context.record(ChangeKind::WordsChanged, NO_DIRECTION, Some(&one), Some(&other));
            }
            (one, None) => context.record_named(ChangeKind::ScopeRemoved, directions, one.as_ref(), None, scope),
            (None, other) => context.record_named(ChangeKind::ScopeAdded, directions, None, other.as_ref(), scope),
        }
    }
    let compared = ["tokenUrl", "authorizationUrl", "refreshUrl", "deviceAuthorizationUrl", "scopes"];
    context.other_keys(pair, &compared, directions);
}
