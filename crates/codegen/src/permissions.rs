//! Required permissions that an operation's description states in a known form. OpenAPI has no keyword for them.

/// A permission that the caller must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Permission {
    pub(crate) name: String,
    /// The condition under which it is required, as the description states it.
    pub(crate) when: Option<String>,
}

/// Parses lines such as ``Required permissions, when …: `A`, `B`.``. A line in any other form is ignored: a missing
/// permission is better than a wrong one.
pub(crate) fn permissions(description: &str) -> Vec<Permission> {
    description.lines().filter_map(line).flatten().collect()
}

fn line(line: &str) -> Option<Vec<Permission>> {
    let line = line.replace("**", "");
    let (heading, names) = line.trim().split_once(':')?;
    let (words, when) = match heading.split_once(',') {
        Some((words, when)) => (words, Some(when.trim())),
        None => (heading, None),
    };
    let words = words.trim().to_lowercase();
    let is_heading = ["permission", "permissions", "permission(s)"]
        .iter()
        .any(|noun| words == *noun || words == format!("required {noun}") || words == format!("{noun} required"));
    let is_condition = when.is_none_or(|when| when.starts_with("when ") || when.starts_with("if "));
    if !is_heading || !is_condition {
        return None;
    }
    let names = names.trim().trim_end_matches('.').replace(" and ", ",");
    let names: Option<Vec<_>> =
        names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(permission_name).collect();
    let permission = |name: &str| Permission { name: name.to_owned(), when: when.map(str::to_owned) };
    names.map(|names| names.into_iter().map(permission).collect())
}

/// Parses a name in a code span, or a bare name that cannot be an English word: `DEVICE_VIEW`, `device:view`.
fn permission_name(text: &str) -> Option<&str> {
    let is_sign = |c: char| "_.:".contains(c);
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphanumeric())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || is_sign(c) || "-/*".contains(c))
    };
    match text.strip_prefix('`').and_then(|text| text.strip_suffix('`')) {
        Some(name) => Some(name).filter(|name| is_name(name) && !name.eq_ignore_ascii_case("none")),
        None => Some(text).filter(|name| is_name(name) && name.contains(is_sign) && !name.ends_with(is_sign)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(description: &str) -> Vec<String> {
        let one = |Permission { name, when }| when.map_or(name.clone(), |when| format!("{name} {when}"));
        permissions(description).into_iter().map(one).collect()
    }

    #[test]
    fn parses_the_known_forms() {
        let ours = "Create a client.\n\nRequired permissions, when user-scoped authentication is used: \
                    `OAUTH_TOKEN_CREATE`.\nAlso, more.";
        assert_eq!(found(ours), ["OAUTH_TOKEN_CREATE when user-scoped authentication is used"]);
        for form in [
            "Permissions: A_B, device:view and `C`.",
            "**Required permissions:** `A_B`, `device:view`, `C`",
            "  permission(s): `A_B`, and device:view, `C`",
            "Permissions required: A_B\nPermission: device:view\nRequired permission: `C`",
        ] {
            assert_eq!(found(form), ["A_B", "device:view", "C"], "{form}");
        }
    }

    #[test]
    fn ignores_similar_lines() {
        for form in [
            "Permissions are inherited from: `A_B`",
            "Permissions: read or write",
            "Permissions: `A_B` or `C_D`",
            "Permissions: see https://example.com/a_b",
            "Required permissions: none",
            "Permission: `none`",
            "Permissions: e.g. A_B",
            "Permissions: N/A",
            "Permissions, in the order of need: `A_B`",
            "No permissions: `A_B`",
            "The required permissions: `A_B`",
            "Required permissions `A_B`",
            "Permissions: `A_B` (admins only)",
            "Permissions: `A B`",
            "Permissions:",
            "Scopes: `A_B`",
        ] {
            assert_eq!(found(form), Vec::<String>::new(), "{form}");
        }
    }
}
