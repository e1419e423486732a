//! A document of a page, and where in the page its values stand.

use openapi::{Document, Location, Problem};

/// One document of a page.
#[derive(Clone, Debug)]
pub struct Embedded {
    /// The document, named after its page. Its places are those in its own text.
    pub document: Document,
    /// The heading above it.
    pub heading: String,
    /// The last block quote between that heading and the document, without its markup.
    pub quote: String,
    /// Where in the page each line of the JSON text begins.
    pub(crate) lines: Vec<Location>,
}

impl Embedded {
    /// The name of the page.
    #[must_use]
    pub fn page(&self) -> &str {
        self.document.name()
    }

    /// The JSON text as published.
    #[must_use]
    pub fn json(&self) -> &str {
        self.document.text()
    }

    /// Where in the page the value stands, or the nearest value around it that is there.
    #[must_use]
    pub fn location(&self, pointer: &str) -> Option<Location> {
        self.document.location(pointer).map(|location| in_page(&self.lines, location))
    }

    /// A problem with the value at `pointer`.
    #[must_use]
    pub fn problem_at(&self, pointer: &str, what: impl Into<String>, fix: impl Into<String>) -> Problem {
        Problem::new(what, fix).in_file(self.page()).at(self.location(pointer)).pointing_to(pointer)
    }

    /// `page:line:column` of a value.
    #[must_use]
    pub fn place(&self, pointer: &str) -> String {
        self.problem_at(pointer, "", "").place().unwrap_or_default()
    }
}

/// The place in the page of a place in the text whose lines begin at `lines`.
pub(crate) fn in_page(lines: &[Location], within: Location) -> Location {
    match lines.get(within.line.saturating_sub(1)) {
        Some(start) => Location { line: start.line, column: (start.column + within.column).saturating_sub(1) },
        None => lines.last().copied().unwrap_or(within),
    }
}
