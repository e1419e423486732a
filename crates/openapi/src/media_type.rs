//! Media types, as in keys of `content` and in header fields.

/// A media type or a range of them (RFC 9110, 8.3.1 and 12.5.1), without its parameters and in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaType {
    essence: String,
}

impl MediaType {
    /// Parses a media type. Never fails: an invalid one equals no known media type.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self { essence: text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase() }
    }

    /// Returns type and subtype, such as `application/json`.
    #[must_use]
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// Whether it is `application/json`, or has the suffix `+json`.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.essence == "application/json" || self.essence.ends_with("+json")
    }

    /// Whether it is a range that includes JSON: `*/*`, `application/*`, or `*`, which documents also have.
    #[must_use]
    pub fn is_any(&self) -> bool {
        matches!(self.essence.as_str(), "*/*" | "*" | "application/*")
    }

    /// Whether it is a range of all subtypes of a type, such as `image/*`.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.essence.ends_with("/*")
    }

    /// Whether it is `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.essence == "application/x-www-form-urlencoded"
    }

    /// Whether it is `multipart/form-data`.
    #[must_use]
    pub fn is_multipart(&self) -> bool {
        self.essence == "multipart/form-data"
    }

    /// Whether its content is text: `text/*`, `application/xml`, or the suffix `+xml`.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.essence.starts_with("text/") || self.essence == "application/xml" || self.essence.ends_with("+xml")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ignores_parameters_and_case() {
        let json = |text: &str| MediaType::parse(text).is_json();
        assert!(
            json("application/json") && json("Application/JSON; charset=utf-8") && json("application/problem+json")
        );
        assert!(!json("text/json-seq") && !json("application/jsonx") && !json("") && !json("*/*"));
        assert!(MediaType::parse(" */* ;q=1").is_any() && !MediaType::parse("image/*").is_any());
        assert!(MediaType::parse("image/*").is_range() && MediaType::parse("application/atom+xml").is_text());
    }
}
