//! The judge: a JSON Schema validator on the untouched document, which says what a value breaks and where that is written.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonschema::{PatternOptions, ValidationError, Validator, error::ValidationErrorKind};
use openapi::{
    json_schema::{json_schema, origin},
    pointer::join,
};
use serde_json::Value;

/// So many broken rules of one value are told.
const MOST: usize = 40;

/// A rule of the document that a value breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// JSON Pointer, in the document, of the schema with the rule.
    pub pointer: String,
    /// The rule's keyword.
    pub keyword: String,
    /// JSON Pointer of what breaks it, in the value.
    pub at: String,
    /// What breaks it.
    pub value: Value,
    /// For `oneOf` and `anyOf`, what the value breaks of each branch; empty when it is of several branches of a `oneOf`.
    pub branches: Vec<Vec<Broken>>,
}

/// Judges values by the schema at one place of a document.
pub struct Judge<'d> {
    document: &'d Value,
    pointer: String,
    validator: Validator,
}

impl<'d> Judge<'d> {
    /// A judge by the schema at `pointer`. Formats count: those of JSON Schema, and the ones that OpenAPI adds to it.
    ///
    /// # Errors
    /// Why nothing can be judged by this schema.
    pub fn new(document: &'d Value, pointer: &str) -> Result<Self, String> {
        let schema = json_schema(document, pointer).map_err(|error| error.to_string())?;
        let options = jsonschema::options()
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .with_format("byte", |text: &str| STANDARD.decode(text).is_ok())
            .with_format("ip", |text: &str| text.parse::<std::net::IpAddr>().is_ok());
        let validator = options.build(&schema).map_err(|error| error.to_string())?;
        Ok(Self { document, pointer: pointer.to_owned(), validator })
    }

    /// What a value breaks. Nothing: it is valid.
    #[must_use]
    pub fn broken(&self, value: &Value) -> Vec<Broken> {
        if self.validator.is_valid(value) {
            return Vec::new();
        }
        self.validator.iter_errors(value).take(MOST).map(|error| self.told(&error)).collect()
    }

    fn told(&self, error: &ValidationError<'_>) -> Broken {
        let place = origin(&self.pointer, error.schema_path().as_str());
        let (pointer, keyword) = place.rsplit_once('/').unwrap_or_default();
        let mut keyword = keyword.to_owned();
        // the view has bounds where the document has an integer format
        let said = self.document.pointer(pointer);
        if said.is_some_and(|schema| schema.get(&keyword).is_none() && schema.get("format").is_some()) {
            keyword = "format".to_owned();
        }
        let context = match error.kind() {
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                context.as_slice()
            }
            _ => &[],
        };
        Broken {
            pointer: pointer.to_owned(),
            keyword,
            at: error.instance_path().as_str().to_owned(),
            value: error.instance().clone().into_owned(),
            branches: context.iter().map(|branch| branch.iter().map(|error| self.told(error)).collect()).collect(),
        }
    }
}

impl Broken {
    /// The place of the rule itself.
    #[must_use]
    pub fn rule(&self) -> String {
        join(&self.pointer, &self.keyword)
    }
}
