//! The documents of all pages, and the document merged from them.

use openapi::Problem;
use pages::{DOCUMENT, Embedded, Merged, PAGES, extract, merge_pages};
use serde_json::Value;

/// The documents of all pages, and the document merged from them.
#[derive(Debug)]
pub struct Published {
    /// The documents, in the order of the page names.
    pub documents: Vec<Embedded>,
    /// The merged document.
    pub merged: Merged,
    /// Number of code blocks that are not an OpenAPI document.
    pub skipped_blocks: usize,
}

impl Published {
    /// Extracts and merges the documents of pages, which are in the order of their names.
    ///
    /// # Errors
    /// All problems: no page, pages that cannot be read or have no OpenAPI document, conflicting documents.
    pub fn of<'a>(pages: impl Iterator<Item = (&'a str, Result<&'a str, Problem>)>) -> Result<Self, Vec<Problem>> {
        let (mut documents, mut skipped_blocks, mut problems) = (Vec::new(), 0, Vec::new());
        let mut is_empty = true;
        for (name, text) in pages {
            is_empty = false;
            match text.map_err(|problem| vec![problem]).and_then(|text| extract(name, text)) {
                Ok(extracted) => {
                    documents.extend(extracted.documents);
                    skipped_blocks += extracted.skipped;
                }
                Err(found) => problems.extend(found),
            }
        }
        if is_empty {
            problems.push(Problem::new(format!("{PAGES} has no page"), "cargo xtask import PAGE.md").in_file(PAGES));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let merged = merge_pages(&documents.iter().collect::<Vec<_>>())?;
        Ok(Self { documents, merged, skipped_blocks })
    }

    /// Returns the merged document.
    pub fn merged_value(&self) -> Value {
        serde_json::from_str(&self.merged.text).unwrap_or_default()
    }

    /// Returns a problem with a value of the merged document, located in the page that has it.
    pub fn problem_at(&self, pointer: &str, what: impl Into<String>, fix: impl Into<String>) -> Problem {
        let documents: Vec<_> = self.documents.iter().collect();
        match self.merged.origin(&documents, pointer) {
            Some(document) => document.problem_at(pointer, what, fix),
            None => Problem::new(what, fix).in_file(DOCUMENT).pointing_to(pointer),
        }
    }
}
