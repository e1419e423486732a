//! What all pages of a workspace say together.

use openapi::Problem;
use pages::{DOCUMENT, Embedded, Merged, PAGES, extract, merge_pages};
use serde_json::Value;

/// What all pages of a workspace say together.
#[derive(Debug)]
pub struct Published {
    /// The documents, in the order of the pages' names.
    pub documents: Vec<Embedded>,
    /// The one document of all of them.
    pub merged: Merged,
    /// Code blocks that hold none.
    pub passed_over: usize,
}

impl Published {
    /// Of pages in the order of their names.
    pub fn of<'a>(pages: impl Iterator<Item = (&'a str, Result<&'a str, Problem>)>) -> Result<Self, Vec<Problem>> {
        let (mut documents, mut passed_over, mut problems) = (Vec::new(), 0, Vec::new());
        let mut none = true;
        for (name, text) in pages {
            none = false;
            match text.map_err(|problem| vec![problem]).and_then(|text| extract(name, text)) {
                Ok(extracted) => {
                    documents.extend(extracted.documents);
                    passed_over += extracted.skipped;
                }
                Err(found) => problems.extend(found),
            }
        }
        if none {
            problems.push(Problem::new("there is no page", "cargo xtask import PAGE.md").in_file(PAGES));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let merged = merge_pages(&documents.iter().collect::<Vec<_>>())?;
        Ok(Self { documents, merged, passed_over })
    }

    /// The merged document.
    pub fn merged_value(&self) -> Value {
        serde_json::from_str(&self.merged.text).unwrap_or_default()
    }

    /// A problem with a value of the merged document, at its page.
    pub fn problem_at(&self, pointer: &str, what: impl Into<String>, fix: impl Into<String>) -> Problem {
        let documents: Vec<_> = self.documents.iter().collect();
        match self.merged.origin(&documents, pointer) {
            Some(document) => document.problem_at(pointer, what, fix),
            None => Problem::new(what, fix).in_file(DOCUMENT).pointing_to(pointer),
        }
    }
}
