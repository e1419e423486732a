//! Where the law alone would say what is not so, each with its reason.

use super::law::{
    Direction::{self, Request, Response},
    Verdict::{self, Breaking, Compatible},
};

/// A verdict other than the law's.
#[derive(Clone, Copy, Debug)]
pub struct Override {
    /// The classes.
    pub ids: &'static [&'static str],
    /// The way in which the edited thing travels.
    pub ways: &'static [Direction],
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: &'static str,
}

const BOTH: &[Direction] = &[Request, Response];

/// All of them.
pub const OVERRIDES: &[Override] = &[
    Override {
        ids: &[
            "openapi-version-changed",
            "api-version-changed",
            "tag-described",
            "tag-undescribed",
            "tag-added",
            "tag-removed",
            "operation-id-changed",
            "component-added",
            "component-removed",
            "schema-added",
            "schema-removed",
            "links-changed",
            "bearer-format-changed",
            "content-parameters-changed",
            "extensible-enum-value-added",
            "unused-security-changed",
            "first-server-changed",
        ],
        ways: BOTH,
        verdict: Compatible,
        reason: "no value is accepted or refused by it, and yet it is more than words: tools and generated code go by it",
    },
    Override {
        ids: &[
            "operation-deprecated",
            "operation-not-deprecated",
            "parameter-deprecated",
            "parameter-not-deprecated",
            "header-deprecated",
            "header-not-deprecated",
            "schema-deprecated",
            "schema-not-deprecated",
            "security-scheme-deprecated",
            "security-scheme-not-deprecated",
            "sunset-changed",
            "stability-changed",
        ],
        ways: BOTH,
        verdict: Compatible,
        reason: "it announces what is to come, and serves callers as before until then",
    },
    Override {
        ids: &["deprecated-path-removed", "deprecated-operation-removed", "unstable-operation-removed"],
        ways: &[Request],
        verdict: Compatible,
        reason: "it was announced: callers were told that it goes, or that it was never to be relied on",
    },
    Override {
        ids: &["property-added"],
        ways: &[Request],
        verdict: Compatible,
        reason: "a name that was not described carried nothing: nobody sent a value there to be refused now",
    },
    Override {
        ids: &["prefix-item-added"],
        ways: &[Request],
        verdict: Compatible,
        reason: "a place of a list that was not described carried nothing, as a name of an object that was not described",
    },
    Override {
        ids: &["prefix-item-removed"],
        ways: &[Response],
        verdict: Compatible,
        reason: "lists could end before that place, so that callers do without it",
    },
    Override {
        ids: &["property-with-default-required", "required-property-with-default-added"],
        ways: &[Request],
        verdict: Compatible,
        reason: "OpenAPI says that the default is what the server assumes where the value is left out",
    },
    Override {
        ids: &["property-removed", "all-of-properties-removed", "header-removed", "write-only-set"],
        ways: &[Response],
        verdict: Compatible,
        reason: "it could be missing before, so that callers do without it",
    },
    Override {
        ids: &["property-renamed"],
        ways: BOTH,
        verdict: Compatible,
        reason: "it is one that could be missing and is gone, and one that may be missing and is new",
    },
    Override {
        ids: &["read-only-set"],
        ways: &[Request],
        verdict: Compatible,
        reason: "a read-only property in a request is ignored, not refused",
    },
    Override {
        ids: &["parameter-moved", "parameter-renamed"],
        ways: &[Request],
        verdict: Compatible,
        reason: "a parameter that could be left out is ignored where it is not known, as one that was removed is",
    },
    Override {
        ids: &["success-status-added", "status-added", "status-changed"],
        ways: &[Response],
        verdict: Compatible,
        reason: "HTTP has callers treat a status that they do not know as the first of its class",
    },
    Override {
        ids: &["success-status-removed"],
        ways: &[Response],
        verdict: Breaking,
        reason: "callers wait for the status by which an operation succeeds",
    },
    Override {
        ids: &["response-content-added"],
        ways: &[Response],
        verdict: Compatible,
        reason: "callers say in `Accept` what they take",
    },
    Override {
        ids: &["response-content-removed"],
        ways: &[Response],
        verdict: Breaking,
        reason: "callers that take only this content type are not served any more",
    },
    Override {
        ids: &["header-renamed"],
        ways: &[Response],
        verdict: Compatible,
        reason: "the header could be missing before, so that callers do without it",
    },
    Override {
        ids: &["default-changed"],
        ways: BOTH,
        verdict: Compatible,
        reason: "a default in a schema accepts and refuses nothing; it tells what the server puts in place of nothing",
    },
    Override {
        ids: &[
            "discriminator-set",
            "discriminator-unset",
            "discriminator-property-changed",
            "discriminator-value-added",
            "discriminator-value-removed",
            "discriminator-value-changed",
            "format-hint-changed",
        ],
        ways: BOTH,
        verdict: Compatible,
        reason: "it is a hint for those who read a value: which values there are is said elsewhere",
    },
];

/// The verdict that stands in place of the law's, and why.
#[must_use]
pub fn overridden(id: &str, way: Direction) -> Option<(Verdict, &'static str)> {
    let found = OVERRIDES.iter().find(|one| one.ids.contains(&id) && one.ways.contains(&way))?;
    Some((found.verdict, found.reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{law::by_law, rules::rule};

    #[test]
    fn no_override_is_stale() {
        for one in OVERRIDES {
            for id in one.ids {
                let rule = rule(id).unwrap_or_else(|| panic!("{id} is the id of no rule"));
                for way in one.ways {
                    assert_ne!(
                        by_law(rule.effect, *way),
                        one.verdict,
                        "{id} in a {}: the law says so, too",
                        way.word()
                    );
                }
                let also = OVERRIDES.iter().filter(|other| other.ids.contains(id)).count();
                assert_eq!(also, 1, "{id} is overridden twice");
            }
        }
    }
}
