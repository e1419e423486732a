//! A JSON Schema validator of the original document, whose violations have locations in the document.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonschema::{PatternOptions, ValidationError, error::ValidationErrorKind};
use openapi::{
    json_schema::{json_schema, origin},
    pointer::join,
};
use serde_json::Value;

/// The largest number of violations to return for one value.
const MOST: usize = 40;

/// A keyword of the document that a value violates.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// JSON Pointer, in the document, of the schema with the keyword.
    pub pointer: String,
    /// The keyword.
    pub keyword: String,
    /// JSON Pointer, in the value, of the part that violates it.
    pub at: String,
    /// The part that violates it.
    pub value: Value,
    /// For `oneOf` and `anyOf`, the violations of each variant; empty if the value matches several variants of `oneOf`.
    pub variants: Vec<Vec<Violation>>,
}

/// A validator of one schema of a document.
pub struct Validator<'d> {
    document: &'d Value,
    pointer: String,
    compiled: jsonschema::Validator,
}

impl<'d> Validator<'d> {
    /// Returns the validator of the schema at `pointer`. It asserts the formats of JSON Schema and OpenAPI.
    ///
    /// # Errors
    /// Why the schema cannot be compiled.
    pub fn new(document: &'d Value, pointer: &str) -> Result<Self, String> {
        let schema = json_schema(document, pointer).map_err(|error| error.to_string())?;
        let options = jsonschema::options()
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .with_format("byte", |text: &str| STANDARD.decode(text).is_ok())
            .with_format("ip", |text: &str| text.parse::<std::net::IpAddr>().is_ok());
        let compiled = options.build(&schema).map_err(|error| error.to_string())?;
        Ok(Self { document, pointer: pointer.to_owned(), compiled })
    }

    /// Returns the violations of a value; none if it is valid.
    #[must_use]
    pub fn violations(&self, value: &Value) -> Vec<Violation> {
        if self.compiled.is_valid(value) {
            return Vec::new();
        }
        self.compiled.iter_errors(value).take(MOST).map(|error| self.violation(&error)).collect()
    }

    fn violation(&self, error: &ValidationError<'_>) -> Violation {
        let place = origin(&self.pointer, error.schema_path().as_str());
        let (pointer, keyword) = place.rsplit_once('/').unwrap_or_default();
        let mut keyword = keyword.to_owned();
        // the JSON Schema view has bounds in place of an integer format
        let written = self.document.pointer(pointer);
        if written.is_some_and(|schema| schema.get(&keyword).is_none() && schema.get("format").is_some()) {
            keyword = "format".to_owned();
        }
        let context = match error.kind() {
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                context.as_slice()
            }
            _ => &[],
        };
        Violation {
            pointer: pointer.to_owned(),
            keyword,
            at: error.instance_path().as_str().to_owned(),
            value: error.instance().clone().into_owned(),
            variants: context
                .iter()
                .map(|variant| variant.iter().map(|error| self.violation(error)).collect())
                .collect(),
        }
    }
}

impl Violation {
    /// Returns the JSON Pointer of the keyword itself.
    #[must_use]
    pub fn keyword_pointer(&self) -> String {
        join(&self.pointer, &self.keyword)
    }
}
