//! JSON Pointers (RFC 6901).

/// Returns `pointer` with one more segment, which is escaped.
#[must_use]
pub fn join(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", segment.replace('~', "~0").replace('/', "~1"))
}

/// Returns the pointer of the parent; `None` for the document itself.
#[must_use]
pub fn parent(pointer: &str) -> Option<&str> {
    pointer.rfind('/').map(|slash| &pointer[..slash])
}

/// Returns the segments, unescaped.
pub fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_splits_escaped_segments() {
        let pointer = join(&join("", "paths"), "/a~b/c");
        assert_eq!(pointer, "/paths/~1a~0b~1c");
        assert_eq!(segments(&pointer).collect::<Vec<_>>(), ["paths", "/a~b/c"]);
        assert_eq!(parent(&pointer), Some("/paths"));
        assert_eq!(parent(""), None);
        assert_eq!(segments("").count(), 0);
    }
}
