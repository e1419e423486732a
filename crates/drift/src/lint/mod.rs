//! Lint rules, one per file, that find contradictions in the documentation, and the suppressions of the overlay.

mod bodyless_content;
mod described_default;
mod described_deprecated;
mod described_limit;
mod described_required;
mod described_values;
mod duplicate_operation_id;
mod duplicate_query_parameter;
mod get_body;
mod invalid_value;
mod inverted_bounds;
mod missing_403;
mod page_text;
mod subject;
mod suppressions;
mod undeclared_tag;
mod undefined_required;
mod unmarked_secret;
mod walk;

use openapi::{Located, Problem};
use pages::{OVERLAY, Sources};

use crate::published::Published;
pub use subject::Rule;
use subject::Subject;

/// All lint rules.
pub const RULES: &[Rule] = &[
    Rule { id: "body-of-read", finds: "a GET or HEAD operation with a `requestBody`", run: get_body::run },
    Rule {
        id: "content-of-nothing",
        finds: "a response with `content` for a status that has no body in HTTP",
        run: bodyless_content::run,
    },
    Rule { id: "crossed-limits", finds: "a lower bound above its upper bound", run: inverted_bounds::run },
    Rule { id: "described-default", finds: "a description with another default", run: described_default::run },
    Rule {
        id: "described-deprecated",
        finds: "a description that says deprecated without `deprecated: true`",
        run: described_deprecated::run,
    },
    Rule { id: "described-limit", finds: "a description with another limit", run: described_limit::run },
    Rule { id: "described-required", finds: "a description that contradicts `required`", run: described_required::run },
    Rule {
        id: "described-values",
        finds: "a description that lists other values than `enum`",
        run: described_values::run,
    },
    Rule {
        id: "operation-id-twice",
        finds: "an `operationId` that several operations have",
        run: duplicate_operation_id::run,
    },
    Rule {
        id: "permission-unanswered",
        finds: "an operation that requires a permission without a 403 response",
        run: missing_403::run,
    },
    Rule {
        id: "query-twice",
        finds: "a query parameter that is also in the query of the path",
        run: duplicate_query_parameter::run,
    },
    Rule { id: "quote", finds: "text of a page that differs from `summary` or `description`", run: page_text::run },
    Rule { id: "required-undefined", finds: "a required property that is not defined", run: undefined_required::run },
    Rule { id: "undeclared-tag", finds: "a tag that is used but not declared", run: undeclared_tag::run },
    Rule { id: "unmarked-secret", finds: "a credential without `format: password`", run: unmarked_secret::run },
    Rule {
        id: "value-breaks-schema",
        finds: "an example or default that is invalid for its schema",
        run: invalid_value::run,
    },
];

/// The findings of all rules.
#[derive(Debug, Default)]
pub(crate) struct Linted {
    /// Contradictions that are not suppressed.
    pub(crate) warnings: Vec<Problem>,
    /// Invalid and unused suppressions.
    pub(crate) errors: Vec<Problem>,
}

/// Runs every rule. Returns nothing if the overlay cannot be applied, which the check `overlay` reports.
pub(crate) fn lint(sources: &Sources, published: &Published) -> Linted {
    let Ok(document) = sources.corrected() else { return Linted::default() };
    let subject = Subject { document: &document, published };
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let mut suppressions = suppressions::read(&sources.overlay);
    let merged = published.merged_value();
    let mut warnings = sources.overlay.warnings().to_vec();
    for rule in RULES {
        for lint in (rule.run)(&subject) {
            if suppressions.suppress(rule.id, &lint.at) {
                continue;
            }
            let what = format!("{} [{}]", Located::of(&document, &lint.at).subject.before(&lint.what), rule.id);
            let fix = format!(
                "correct the value by an action in {OVERLAY}, or suppress `{}` under x-silenced there",
                rule.id
            );
            let problem = published.problem_at(&lint.at, what, fix);
            let is_transcribed =
                merged.pointer(&lint.at).is_none() && sources.transcribed.value().pointer(&lint.at).is_some();
            warnings.push(if is_transcribed {
                let location = sources.transcribed.location(&lint.at);
                problem.in_file(sources.transcribed.name()).at(location)
            } else {
                problem
            });
        }
    }
    Linted { warnings, errors: suppressions.problems(&sources.overlay, &ids) }
}
