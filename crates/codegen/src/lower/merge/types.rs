//! The type of a composition.

use super::parts::Part;

/// Returns the type of values that satisfy all parts, and whether a part names it. The first part wins a contradiction.
pub(super) fn combined_type(parts: &[Part]) -> (Option<String>, bool) {
    let fold = |types: &mut dyn Iterator<Item = &str>| {
        types.fold(None::<String>, |known, ty| match known {
            None => Some(ty.to_owned()),
            Some(known) => Some(common(&known, ty).unwrap_or(&known).to_owned()),
        })
    };
    match fold(&mut parts.iter().filter_map(Part::explicit_type)) {
        Some(explicit) => (Some(explicit), true),
        None => (fold(&mut parts.iter().filter_map(Part::ty)), false),
    }
}

/// Returns the type of values that are of both types.
pub(super) fn common<'t>(one: &'t str, other: &'t str) -> Option<&'t str> {
    match (one, other) {
        _ if one == other => Some(one),
        ("integer", "number") | ("number", "integer") => Some("integer"),
        _ => None,
    }
}
