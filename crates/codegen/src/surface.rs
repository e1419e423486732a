//! The surface: the public API of generated code as a short text for review.

use openapi::plain::one_line;

use crate::model::Model;

/// The first line of a surface.
pub const SURFACE_HEADING: &str = "# Public API of the generated client: operations, then builders and types.";

/// Returns the first lines of a surface: operations with method, path and responses.
pub(crate) fn operations(model: &Model) -> String {
    let mut lines = vec![SURFACE_HEADING.to_owned(), String::new()];
    for operation in &model.operations {
        lines.push(format!("{} = {} {}", operation.name, operation.method, one_line(&operation.path)));
        for response in &operation.responses {
            let body = response.body.as_deref().or(response.content_type.as_deref()).unwrap_or("no body");
            lines.push(format!("    {}: {}", response.status, one_line(body)));
        }
    }
    lines.join("\n") + "\n"
}
