//! Verdicts that differ from the variance rule, each with its reason.

use crate::{
    change_kind::ChangeKind,
    variance::{BOTH, Direction, Directions, REQUEST, RESPONSE, Verdict},
};

/// A verdict that replaces that of the variance rule.
struct Override {
    kinds: &'static [ChangeKind],
    directions: Directions,
    verdict: Verdict,
    reason: &'static str,
}

const OVERRIDES: &[Override] = &[
    Override {
        kinds: &[
            ChangeKind::OpenapiVersionChanged,
            ChangeKind::ApiVersionChanged,
            ChangeKind::TagDescribed,
            ChangeKind::TagUndescribed,
            ChangeKind::TagAdded,
            ChangeKind::TagRemoved,
            ChangeKind::OperationIdChanged,
            ChangeKind::ComponentAdded,
            ChangeKind::ComponentRemoved,
            ChangeKind::SchemaAdded,
            ChangeKind::SchemaRemoved,
            ChangeKind::LinksChanged,
            ChangeKind::BearerFormatChanged,
            ChangeKind::ContentParametersChanged,
            ChangeKind::ExtensibleEnumValueAdded,
            ChangeKind::UnusedSecurityChanged,
            ChangeKind::FirstServerChanged,
        ],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "the change accepts and rejects the same values, but tools and generated code depend on it",
    },
    Override {
        kinds: &[
            ChangeKind::OperationDeprecated,
            ChangeKind::OperationNotDeprecated,
            ChangeKind::ParameterDeprecated,
            ChangeKind::ParameterNotDeprecated,
            ChangeKind::HeaderDeprecated,
            ChangeKind::HeaderNotDeprecated,
            ChangeKind::SchemaDeprecated,
            ChangeKind::SchemaNotDeprecated,
            ChangeKind::SecuritySchemeDeprecated,
            ChangeKind::SecuritySchemeNotDeprecated,
            ChangeKind::SunsetChanged,
            ChangeKind::StabilityChanged,
        ],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "the change announces a later one, and has no effect on callers until then",
    },
    Override {
        kinds: &[
            ChangeKind::DeprecatedPathRemoved,
            ChangeKind::DeprecatedOperationRemoved,
            ChangeKind::UnstableOperationRemoved,
        ],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "the removal was announced by `deprecated`, or the operation was never stable",
    },
    Override {
        kinds: &[ChangeKind::PropertyAdded],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "callers do not send properties that the document does not declare",
    },
    Override {
        kinds: &[ChangeKind::PrefixItemAdded],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "callers do not send items that the document does not declare",
    },
    Override {
        kinds: &[ChangeKind::PrefixItemRemoved],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "the array could end before this item, so that callers do not depend on it",
    },
    Override {
        kinds: &[ChangeKind::PropertyWithDefaultRequired, ChangeKind::RequiredPropertyWithDefaultAdded],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "the server uses the default if the value is absent",
    },
    Override {
        kinds: &[
            ChangeKind::PropertyRemoved,
            ChangeKind::AllOfPropertiesRemoved,
            ChangeKind::HeaderRemoved,
            ChangeKind::WriteOnlySet,
        ],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "the value was optional, so that callers do not depend on it",
    },
    Override {
        kinds: &[ChangeKind::PropertyRenamed],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "it is the removal of an optional property and the addition of another",
    },
    Override {
        kinds: &[ChangeKind::ReadOnlySet],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "servers ignore read-only properties in requests",
    },
    Override {
        kinds: &[ChangeKind::ParameterMoved, ChangeKind::ParameterRenamed],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "servers ignore unknown optional parameters, as they do removed ones",
    },
    Override {
        kinds: &[ChangeKind::SuccessStatusAdded, ChangeKind::StatusAdded, ChangeKind::StatusChanged],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "by RFC 9110, callers treat an unknown status as the x00 status of its class",
    },
    Override {
        kinds: &[ChangeKind::SuccessStatusRemoved],
        directions: RESPONSE,
        verdict: Verdict::Breaking,
        reason: "callers depend on the status of success",
    },
    Override {
        kinds: &[ChangeKind::ResponseContentAdded],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "callers list the content types that they accept in the header `Accept`",
    },
    Override {
        kinds: &[ChangeKind::ResponseContentRemoved],
        directions: RESPONSE,
        verdict: Verdict::Breaking,
        reason: "callers that accept only this content type get no response",
    },
    Override {
        kinds: &[ChangeKind::HeaderRenamed],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "the header was optional, so that callers do not depend on it",
    },
    Override {
        kinds: &[ChangeKind::DefaultChanged],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "a default does not constrain values; it documents what the server uses if the value is absent",
    },
    Override {
        kinds: &[
            ChangeKind::DiscriminatorSet,
            ChangeKind::DiscriminatorUnset,
            ChangeKind::DiscriminatorPropertyChanged,
            ChangeKind::DiscriminatorValueAdded,
            ChangeKind::DiscriminatorValueRemoved,
            ChangeKind::DiscriminatorValueChanged,
            ChangeKind::FormatHintChanged,
        ],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "the keyword is a hint to readers and does not constrain values",
    },
];

/// The verdict that replaces that of the variance rule, and its reason.
pub(crate) fn overridden(kind: ChangeKind, direction: Direction) -> Option<(Verdict, &'static str)> {
    let found = OVERRIDES.iter().find(|one| one.kinds.contains(&kind) && one.directions.contains(direction))?;
    Some((found.verdict, found.reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variance::variance_rule;

    #[test]
    fn every_override_differs_from_the_variance_rule() {
        for one in OVERRIDES {
            for kind in one.kinds {
                for direction in one.directions {
                    let rule = variance_rule(kind.effect(), direction);
                    assert_ne!(
                        rule,
                        one.verdict,
                        "{kind} in a {}: the variance rule has the same verdict",
                        direction.word()
                    );
                }
                let count = OVERRIDES.iter().filter(|other| other.kinds.contains(kind)).count();
                assert_eq!(count, 1, "{kind} is overridden twice");
            }
        }
    }
}
