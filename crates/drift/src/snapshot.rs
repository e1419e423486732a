//! The file form of an insta snapshot: a heading between two `---` lines, then the text.

/// The heading that the test of the surface gives its snapshot.
const HEADING: &str = "---\nsource: tests/surface.rs\nexpression: generated.surface()\n---\n";

/// The file that holds `surface`.
pub(crate) fn file_of(surface: &str) -> String {
    format!("{HEADING}{}\n", surface.trim_end())
}

/// The text in a snapshot file.
pub(crate) fn text_of(file: &str) -> Option<&str> {
    let rest = file.strip_prefix("---\n")?;
    let end = rest.find("\n---\n")?;
    Some(&rest[end + 5..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_back_what_was_put_in() {
        assert_eq!(text_of(&file_of("a\n\nb\n")), Some("a\n\nb\n"));
        assert_eq!(text_of("a"), None);
    }
}
