//! The file format of an insta snapshot: a header between two `---` lines, then the text.

/// The header that insta writes for the test in `tests/surface.rs`.
const HEADER: &str = "---\nsource: tests/surface.rs\nexpression: generated.surface()\n---\n";

/// Returns the snapshot file of a surface.
pub(crate) fn file_of(surface: &str) -> String {
    format!("{HEADER}{}\n", surface.trim_end())
}

/// Returns the text of a snapshot file.
pub(crate) fn text_of(file: &str) -> Option<&str> {
    let rest = file.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    Some(&rest[end + 5..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_a_written_snapshot() {
        assert_eq!(text_of(&file_of("a\n\nb\n")), Some("a\n\nb\n"));
        assert_eq!(text_of("a"), None);
    }
}
