//! Patterns of names, and suggestions for names that do not exist.

use openapi::plain::{MAX_NAME, shortened};

/// The least similarity of a suggestion, from 0 to 1.
const SIMILAR: f64 = 0.7;

/// The number of names that a message lists.
const LISTED: usize = 10;

/// Whether a name matches a pattern, in which `*` stands for any characters. The time is at most the product of the
/// lengths.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut of_name) = (0, 0);
    // the last `*`, and the end of the characters that it stands for
    let mut last: Option<(usize, usize)> = None;
    while of_name < name.len() {
        match (pattern.get(at), last) {
            (Some('*'), _) => {
                last = Some((at, of_name));
                at += 1;
            }
            (Some(letter), _) if *letter == name[of_name] => {
                at += 1;
                of_name += 1;
            }
            (_, Some((star, end))) => {
                last = Some((star, end + 1));
                at = star + 1;
                of_name = end + 1;
            }
            (_, None) => return false,
        }
    }
    pattern[at..].iter().all(|letter| *letter == '*')
}

/// Returns the name to use instead of a pattern that matches none of the names; the list of names if none is similar.
pub(super) fn suggestion(option: &str, pattern: &str, names: &[&str]) -> String {
    let wanted = pattern.replace('*', "").to_lowercase();
    let similarity = |name: &str| {
        let name = name.to_lowercase();
        // a part of a name may be all that the user remembers
        let is_part = wanted.chars().count() >= 3 && name.contains(&wanted);
        if is_part { 1.0 } else { strsim::jaro_winkler(&wanted, &name) }
    };
    let mut best: Option<(f64, &str)> = None;
    for name in names {
        let similar = similarity(name);
        if similar >= SIMILAR && best.is_none_or(|(most, _)| similar > most) {
            best = Some((similar, name));
        }
    }
    let shown = |name: &str| format!("`--{option} {}`", shortened(name, MAX_NAME));
    match (best, names) {
        (Some((_, name)), _) => format!("use {}", shown(name)),
        (None, []) => "select the operations in another way: the document has no such names".to_owned(),
        (None, names) => {
            let listed: Vec<_> = names.iter().take(LISTED).map(|name| shown(name)).collect();
            let more = names.len().saturating_sub(LISTED);
            let more = if more > 0 { format!(", or one of {more} others") } else { String::new() };
            format!("use {}{more}", listed.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn stars_stand_for_any_characters() {
        for (pattern, name, expected) in [
            ("users", "users", true),
            ("users", "user", false),
            ("user", "users", false),
            ("user*", "users", true),
            ("user*", "user", true),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("/users/*", "/users/{id}/keys", true),
            ("/users/*/keys", "/users/{id}/keys", true),
            ("/users/*/keys", "/users/keys", false),
            ("*a*b", "xaxbxb", true),
            ("*a*b", "xaxbxa", false),
            ("a**b", "ab", true),
            ("é*", "été", true),
            ("{*}", "{id}", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
        assert!(!matches(&"*a".repeat(500), &"ab".repeat(500)));
    }

    #[test]
    fn suggests_the_most_similar_name() {
        let names = ["users", "user-keys", "billing"];
        assert_eq!(suggestion("tag", "usres", &names), "use `--tag users`");
        assert_eq!(suggestion("tag", "BILLING", &names), "use `--tag billing`");
        assert_eq!(suggestion("tag", "keys*", &names), "use `--tag user-keys`");
        assert_eq!(suggestion("tag", "q", &names), "use `--tag users`, `--tag user-keys`, `--tag billing`");
        assert!(suggestion("tag", "q", &["a"; 12]).ends_with(", or one of 2 others"));
        assert!(suggestion("tag", "q", &[]).contains("no such names"));
    }

    proptest! {
        #[test]
        fn a_name_matches_itself_with_any_part_replaced(
            name in "[a-c*]{0,12}", from in 0..13_usize, to in 0..13_usize,
        ) {
            let (from, to) = (from.min(name.len()), to.min(name.len()));
            prop_assert!(matches(&name, &name));
            if from <= to {
                let pattern = format!("{}*{}", &name[..from], &name[to..]);
                prop_assert!(matches(&pattern, &name), "{pattern} {name}");
            }
        }
    }
}
