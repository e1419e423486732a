//! An OpenAPI document of a page, with the locations of its values in the page.

use openapi::{Document, Location, Problem};

/// An OpenAPI document of a page.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// The document, named after its page. Its locations are those in its own text.
    pub document: Document,
    /// The heading above it.
    pub heading: String,
    /// The last block quote between that heading and the document, without markup.
    pub quote: String,
    /// Start of each line of the JSON text, in the page.
    pub(crate) lines: Vec<Location>,
}

impl Embedded {
    /// Returns the name of the page.
    #[must_use]
    pub fn page(&self) -> &str {
        self.document.name()
    }

    /// Returns the JSON text as published.
    #[must_use]
    pub fn json(&self) -> &str {
        self.document.text()
    }

    /// Returns the location in the page of the value, or of the innermost existing value around it.
    #[must_use]
    pub fn location(&self, pointer: &str) -> Option<Location> {
        self.document.location(pointer).map(|location| in_page(&self.lines, location))
    }

    /// Returns a problem with the value at `pointer`.
    #[must_use]
    pub fn problem_at(&self, pointer: &str, what: impl Into<String>, fix: impl Into<String>) -> Problem {
        Problem::new(what, fix).in_file(self.page()).at(self.location(pointer)).pointing_to(pointer)
    }

    /// Returns the location of a value as `page:line:column`.
    #[must_use]
    pub fn place(&self, pointer: &str) -> String {
        self.problem_at(pointer, "", "").place().unwrap_or_default()
    }
}

/// Returns the location in the page of a location in the text whose lines start at `lines`.
pub(crate) fn in_page(lines: &[Location], within: Location) -> Location {
    match lines.get(within.line.saturating_sub(1)) {
        Some(start) => Location { line: start.line, column: (start.column + within.column).saturating_sub(1) },
        None => lines.last().copied().unwrap_or(within),
    }
}
