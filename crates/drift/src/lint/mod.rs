//! Where the documentation contradicts itself: rules, one a file, and the entries of the overlay that silence them.

mod body_of_read;
mod content_of_nothing;
mod crossed_limits;
mod described_default;
mod described_deprecated;
mod described_limit;
mod described_required;
mod described_values;
mod permission_unanswered;
mod query_twice;
mod quote;
mod required_undefined;
mod silenced;
mod subject;
mod undeclared_tag;
mod unmarked_secret;
mod value_breaks_schema;
mod walk;

use openapi::Problem;
use pages::{OVERLAY, Sources};

use crate::published::Published;
pub use subject::Rule;
use subject::Subject;

/// All rules.
pub const RULES: &[Rule] = &[
    Rule { id: "body-of-read", says: "a GET or HEAD takes a body", run: body_of_read::run },
    Rule { id: "content-of-nothing", says: "a status without content has content", run: content_of_nothing::run },
    Rule { id: "crossed-limits", says: "the least is more than the most", run: crossed_limits::run },
    Rule { id: "described-default", says: "the description tells another default", run: described_default::run },
    Rule { id: "described-deprecated", says: "only the text says deprecated", run: described_deprecated::run },
    Rule { id: "described-limit", says: "the description tells another limit", run: described_limit::run },
    Rule { id: "described-required", says: "the description tells another need", run: described_required::run },
    Rule { id: "described-values", says: "the description lists other values", run: described_values::run },
    Rule {
        id: "permission-unanswered",
        says: "a permission is asked for, no 403 listed",
        run: permission_unanswered::run,
    },
    Rule { id: "query-twice", says: "path and parameter both say a part of the query", run: query_twice::run },
    Rule { id: "quote", says: "the page's text is not the document's", run: quote::run },
    Rule { id: "required-undefined", says: "what is required is not defined", run: required_undefined::run },
    Rule { id: "undeclared-tag", says: "a tag is used and not declared", run: undeclared_tag::run },
    Rule { id: "unmarked-secret", says: "a credential is not marked as one", run: unmarked_secret::run },
    Rule { id: "value-breaks-schema", says: "an example or default breaks its schema", run: value_breaks_schema::run },
];

/// What the rules find.
#[derive(Debug, Default)]
pub(crate) struct Linted {
    /// Contradictions that are not silenced.
    pub(crate) warnings: Vec<Problem>,
    /// Entries of the overlay that are none, or silence nothing.
    pub(crate) errors: Vec<Problem>,
}

/// Runs every rule. A document that cannot be corrected is for others to report.
pub(crate) fn lint(sources: &Sources, published: &Published) -> Linted {
    let Ok(document) = sources.corrected() else { return Linted::default() };
    let subject = Subject { document: &document, published };
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    let mut silenced = silenced::read(&sources.overlay);
    let merged = published.merged_value();
    let mut warnings = Vec::new();
    for rule in RULES {
        for lint in (rule.run)(&subject) {
            if silenced.silences(rule.id, &lint.at) {
                continue;
            }
            let what = format!("{} [{}]", lint.what, rule.id);
            let fix = format!("correct it by an action in {OVERLAY}, or silence `{}` there under x-silenced", rule.id);
            let problem = published.problem_at(&lint.at, what, fix);
            let is_transcribed =
                merged.pointer(&lint.at).is_none() && sources.transcribed.value().pointer(&lint.at).is_some();
            warnings.push(if is_transcribed {
                let place = sources.transcribed.location(&lint.at);
                problem.in_file(sources.transcribed.name()).at(place)
            } else {
                problem
            });
        }
    }
    Linted { warnings, errors: silenced.problems(&sources.overlay, &ids) }
}
