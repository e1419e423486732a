//! The message of a difference between the document and its pages.

use openapi::{Difference, Located};
use serde_json::Value;

use crate::excerpt::shown_value;

/// Describes a difference of the document from its pages.
pub(crate) fn page_difference(document: &Value, difference: &Difference) -> String {
    let location = Located::of(document, &difference.pointer);
    match (&difference.left, &difference.right) {
        (None, _) => format!("{location} is in the document, but in no page"),
        (_, None) => format!("{location} is in a page, but not in the document"),
        (page, document) => {
            let (page, document) = (shown_value(page.as_ref()), shown_value(document.as_ref()));
            format!("{location} is {document} in the document, {page} in the page")
        }
    }
}
