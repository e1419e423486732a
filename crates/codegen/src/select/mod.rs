//! Selects the operations of a document to generate, with what they reference.

mod names;
mod part;
mod reached;

use std::collections::BTreeSet;

use openapi::{
    Method, Problem,
    plain::{MAX_NAME, shortened},
    queries::text,
    references::Resolver,
};
use serde_json::Value;

use names::{matches, suggestion};

pub(crate) use part::{Part, part};

/// The operations to generate: those that match at least one pattern. In a pattern, `*` stands for any characters. All
/// operations are selected if there is no pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Patterns of tags.
    pub tags: Vec<String>,
    /// Patterns of paths, such as `/users/*`.
    pub paths: Vec<String>,
    /// Patterns of `operationId`s.
    pub operations: Vec<String>,
}

/// The names of one operation, or of an operation of a webhook, which has no path.
struct Named<'d> {
    section: &'static str,
    path: &'d str,
    method: &'static str,
    tags: Vec<&'d str>,
    id: &'d str,
}

impl Selection {
    /// Whether all operations are selected.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.tags.is_empty() && self.paths.is_empty() && self.operations.is_empty()
    }

    /// Returns the selected part of a document: without the other operations, and without the components, tags, servers
    /// and security requirements that only they use.
    ///
    /// # Errors
    /// One problem for each pattern that matches no operation.
    pub(crate) fn of(&self, document: &Value) -> Result<Part, Vec<Problem>> {
        let named = named(document);
        let problems: Vec<_> = self.patterns().filter_map(|pattern| pattern.problem(&named)).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let selected: BTreeSet<_> = named
            .iter()
            .filter(|one| self.patterns().any(|pattern| pattern.selects(one)))
            .map(|one| (one.section, one.path, one.method))
            .collect();
        Ok(part(document, |key| selected.contains(&key), &[]))
    }

    fn patterns(&self) -> impl Iterator<Item = Pattern<'_>> {
        let all = [("tag", &self.tags), ("path", &self.paths), ("operation", &self.operations)];
        all.into_iter()
            .flat_map(|(name, patterns)| patterns.iter().map(move |pattern| Pattern { option: name, text: pattern }))
    }
}

/// One pattern.
struct Pattern<'a> {
    /// The option of the command.
    option: &'static str,
    text: &'a str,
}

impl Pattern<'_> {
    fn names<'n>(&self, named: &'n Named<'_>) -> Vec<&'n str> {
        match self.option {
            "tag" => named.tags.clone(),
            "path" if named.section == "paths" => vec![named.path],
            "operation" if !named.id.is_empty() => vec![named.id],
            _ => Vec::new(),
        }
    }

    fn selects(&self, named: &Named<'_>) -> bool {
        self.names(named).iter().any(|name| matches(self.text, name))
    }

    /// Returns the problem of a pattern that matches nothing.
    fn problem(&self, all: &[Named<'_>]) -> Option<Problem> {
        if all.iter().any(|named| self.selects(named)) {
            return None;
        }
        let pattern = shortened(self.text, MAX_NAME);
        let what = match self.option {
            "tag" => format!("no operation has the tag `{pattern}`"),
            "path" => format!("no operation has the path `{pattern}`"),
            _ => format!("no operation has the `operationId` `{pattern}`"),
        };
        let names: BTreeSet<&str> = all.iter().flat_map(|named| self.names(named)).collect();
        let fix = suggestion(self.option, self.text, &names.into_iter().collect::<Vec<_>>());
        Some(Problem::new(what, fix).pointing_to("/paths"))
    }
}

/// Returns the names of all operations.
fn named(document: &Value) -> Vec<Named<'_>> {
    let resolver = Resolver::new(document);
    let mut found = Vec::new();
    for section in ["paths", "webhooks"] {
        for (path, item) in document.get(section).and_then(Value::as_object).into_iter().flatten() {
            let target = resolver.value(item);
            for method in Method::ALL {
                let Some(operation) = item.get(method.key()).or_else(|| target.get(method.key())) else { continue };
                let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
                found.push(Named {
                    section,
                    path,
                    method: method.key(),
                    tags: tags.filter_map(Value::as_str).collect(),
                    id: text(operation, "operationId"),
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
