//! The verdicts for which the variance rule alone would be wrong, each with its reason.

use crate::{
    change_kind::ChangeKind,
    variance::{BOTH, Direction, Directions, REQUEST, RESPONSE, Verdict},
};

/// A verdict in place of the variance rule's.
struct Override {
    kinds: &'static [ChangeKind],
    directions: Directions,
    verdict: Verdict,
    reason: &'static str,
}

/// All overrides.
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
        reason: "no value is accepted or refused by it, and yet it is more than words: tools and generated code go by \
                 it",
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
        reason: "it announces what is to come, and serves callers as before until then",
    },
    Override {
        kinds: &[
            ChangeKind::DeprecatedPathRemoved,
            ChangeKind::DeprecatedOperationRemoved,
            ChangeKind::UnstableOperationRemoved,
        ],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "it was announced: callers were told that it goes, or that it was never to be relied on",
    },
    Override {
        kinds: &[ChangeKind::PropertyAdded],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "a name that was not described carried nothing: nobody sent a value there to be refused now",
    },
    Override {
        kinds: &[ChangeKind::PrefixItemAdded],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "a place of a list that was not described carried nothing, as a name of an object that was not \
                 described",
    },
    Override {
        kinds: &[ChangeKind::PrefixItemRemoved],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "lists could end before that place, so that callers do without it",
    },
    Override {
        kinds: &[ChangeKind::PropertyWithDefaultRequired, ChangeKind::RequiredPropertyWithDefaultAdded],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "OpenAPI says that the default is what the server assumes where the value is left out",
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
        reason: "it could be missing before, so that callers do without it",
    },
    Override {
        kinds: &[ChangeKind::PropertyRenamed],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "it is one that could be missing and is gone, and one that may be missing and is new",
    },
    Override {
        kinds: &[ChangeKind::ReadOnlySet],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "a read-only property in a request is ignored, not refused",
    },
    Override {
        kinds: &[ChangeKind::ParameterMoved, ChangeKind::ParameterRenamed],
        directions: REQUEST,
        verdict: Verdict::Compatible,
        reason: "a parameter that could be left out is ignored where it is not known, as one that was removed is",
    },
    Override {
        kinds: &[ChangeKind::SuccessStatusAdded, ChangeKind::StatusAdded, ChangeKind::StatusChanged],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "HTTP has callers treat a status that they do not know as the first of its class",
    },
    Override {
        kinds: &[ChangeKind::SuccessStatusRemoved],
        directions: RESPONSE,
        verdict: Verdict::Breaking,
        reason: "callers wait for the status by which an operation succeeds",
    },
    Override {
        kinds: &[ChangeKind::ResponseContentAdded],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "callers say in `Accept` what they take",
    },
    Override {
        kinds: &[ChangeKind::ResponseContentRemoved],
        directions: RESPONSE,
        verdict: Verdict::Breaking,
        reason: "callers that take only this content type are not served any more",
    },
    Override {
        kinds: &[ChangeKind::HeaderRenamed],
        directions: RESPONSE,
        verdict: Verdict::Compatible,
        reason: "the header could be missing before, so that callers do without it",
    },
    Override {
        kinds: &[ChangeKind::DefaultChanged],
        directions: BOTH,
        verdict: Verdict::Compatible,
        reason: "a default in a schema accepts and refuses nothing; it tells what the server puts in place of nothing",
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
        reason: "it is a hint for those who read a value: which values there are is said elsewhere",
    },
];

/// The verdict in place of the variance rule's, and its reason.
pub(crate) fn overridden(kind: ChangeKind, direction: Direction) -> Option<(Verdict, &'static str)> {
    let found = OVERRIDES.iter().find(|one| one.kinds.contains(&kind) && one.directions.contains(direction))?;
    Some((found.verdict, found.reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variance::variance_rule;

    #[test]
    fn no_override_is_stale() {
        for one in OVERRIDES {
            for kind in one.kinds {
                for direction in one.directions {
                    let rule = variance_rule(kind.effect(), direction);
                    assert_ne!(
                        rule,
                        one.verdict,
                        "{kind} in a {}: this is the variance rule's verdict",
                        direction.word()
                    );
                }
                let count = OVERRIDES.iter().filter(|other| other.kinds.contains(kind)).count();
                assert_eq!(count, 1, "{kind} is overridden twice");
            }
        }
    }
}
