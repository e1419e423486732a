//! The embedded OpenAPI documents: the paths of the operations and the schemas of their requests.
//!
//! Requests are validated against the document itself, so the emulator cannot drift from it.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::Value;

use crate::error::Error;

const PLATFORM: &str = include_str!("../../../openapi/blynk-platform.json");
const TRANSCRIBED: &str = include_str!("../../../openapi/oauth2-token.json");

/// Maximum number of violations in one message.
const MAX_VIOLATIONS: usize = 3;

/// The operations of the embedded documents, compiled once.
#[derive(Debug)]
pub(crate) struct Document {
    /// Path of the operation that creates clients [S].
    pub(crate) create_client_path: String,
    create_client_body: Validator,
    /// Path of the operation that issues tokens [D, L].
    pub(crate) token_path: String,
    grant_type: Validator,
}

impl Document {
    pub(crate) fn embedded() -> Result<Self, Error> {
        let platform = parse(PLATFORM)?;
        let token = parse(TRANSCRIBED)?;

        let (create_client_path, create_client) = operation(&platform, "createOAuthClient")?;
        let (token_path, request_token) = operation(&token, "requestToken")?;
        let grant_type = token
            .pointer(&format!("{request_token}/parameters"))
            .and_then(Value::as_array)
            .and_then(|parameters| parameters.iter().position(|parameter| parameter["name"] == "grant_type"))
            .ok_or_else(|| problem(format!("{request_token} has no parameter grant_type")))?;
        Ok(Self {
            create_client_body: validator(
                &platform,
                &format!("{create_client}/requestBody/content/application~1json/schema"),
            )?,
            create_client_path,
            grant_type: validator(&token, &format!("{request_token}/parameters/{grant_type}/schema"))?,
            token_path,
        })
    }

    /// Returns the embedded documents.
    pub(crate) fn all() -> Result<Vec<Value>, Error> {
        [PLATFORM, TRANSCRIBED].into_iter().map(parse).collect()
    }

    /// Validates the request body of the operation that creates clients.
    ///
    /// # Errors
    ///
    /// The violations on one line, each with its field.
    pub(crate) fn check_create_client(&self, body: &Value) -> Result<(), String> {
        check(&self.create_client_body, body).map_err(|violations| violations.in_body())
    }

    /// Returns whether the document lists the grant type.
    pub(crate) fn supports_grant(&self, grant_type: &str) -> bool {
        self.grant_type.is_valid(&Value::from(grant_type))
    }
}

/// Validates a value against the schema at `pointer`. A schema that does not compile accepts every value.
///
/// # Errors
///
/// The keywords that the value violates.
#[doc(hidden)]
pub fn validate(document: &Value, pointer: &str, value: &Value) -> Result<(), Violations> {
    match validator(document, pointer) {
        Ok(validator) => check(&validator, value),
        Err(_) => Ok(()),
    }
}

fn problem(problem: impl Into<String>) -> Error {
    Error::Document { problem: problem.into() }
}

fn parse(text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| problem(error.to_string()))
}

/// Returns the path of the POST operation with this `operationId`, and the pointer to it.
fn operation(document: &Value, operation_id: &str) -> Result<(String, String), Error> {
    let mut paths = document["paths"].as_object().into_iter().flatten();
    let (path, _) = paths
        .find(|(_, item)| item["post"]["operationId"] == operation_id)
        .ok_or_else(|| problem(format!("no POST operation has the operationId {operation_id}")))?;
    Ok((path.clone(), format!("{}/post", openapi::pointer::join("/paths", path))))
}

fn validator(document: &Value, pointer: &str) -> Result<Validator, Error> {
    let schema = openapi::json_schema::json_schema(document, pointer).map_err(|error| problem(error.to_string()))?;
    jsonschema::options()
        .with_pattern_options(PatternOptions::regex())
        .should_validate_formats(true)
        .build(&schema)
        .map_err(|error| problem(format!("{pointer}: {error}")))
}

fn check(validator: &Validator, value: &Value) -> Result<(), Violations> {
    let found: Vec<Violation> =
        validator.iter_errors(value).take(MAX_VIOLATIONS + 1).map(|error| violation(&error)).collect();
    if found.is_empty() { Ok(()) } else { Err(Violations(found)) }
}

/// The keywords of a schema that a value violates.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Violation {
    /// The field, such as `a.b[0]`; empty for the value itself.
    field: String,
    /// The violation, such as `violates maxLength 64`.
    what: String,
}

impl Violations {
    /// Returns the violations of a request body on one line, each with its field.
    #[must_use]
    pub fn in_body(&self) -> String {
        self.one_line(|field| if field.is_empty() { "body".to_owned() } else { field.to_owned() })
    }

    /// Returns the violations of one parameter or field on one line, each with its location, such as `ids[0]`.
    #[must_use]
    pub fn in_field(&self, name: &str) -> String {
        self.one_line(|field| match field {
            "" => name.to_owned(),
            index if index.starts_with('[') => format!("{name}{index}"),
            property => format!("{name}.{property}"),
        })
    }

    fn one_line(&self, location: impl Fn(&str) -> String) -> String {
        let line = |one: &Violation| format!("{}: {}", location(&one.field), one.what);
        let mut lines: Vec<String> = self.0.iter().take(MAX_VIOLATIONS).map(line).collect();
        if self.0.len() > MAX_VIOLATIONS {
            lines.push("and more".to_owned());
        }
        lines.join("; ")
    }
}

/// Converts an error of the validator. The result does not contain the value.
fn violation(error: &ValidationError<'_>) -> Violation {
    let mut field = String::new();
    for segment in error.instance_path() {
        match segment {
            LocationSegment::Property(name) => {
                field.push_str(if field.is_empty() { "" } else { "." });
                field.push_str(&name);
            }
            LocationSegment::Index(index) => field.push_str(&format!("[{index}]")),
        }
    }
    let what = match error.kind() {
        ValidationErrorKind::Required { property } => {
            field.push_str(if field.is_empty() { "" } else { "." });
            field.push_str(property.as_str().unwrap_or_default());
            "is required".to_owned()
        }
        ValidationErrorKind::Type { kind: TypeKind::Single(kind) } => format!("violates type {kind}"),
        ValidationErrorKind::MinLength { limit } => format!("violates minLength {limit}"),
        ValidationErrorKind::MaxLength { limit } => format!("violates maxLength {limit}"),
        ValidationErrorKind::MinItems { limit } => format!("violates minItems {limit}"),
        ValidationErrorKind::MaxItems { limit } => format!("violates maxItems {limit}"),
        ValidationErrorKind::Minimum { limit } => format!("violates minimum {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("violates maximum {limit}"),
        ValidationErrorKind::Enum { options } => {
            let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let values = options.as_array().into_iter().flatten();
            format!("violates enum (values: {})", values.map(plain).collect::<Vec<_>>().join(", "))
        }
        ValidationErrorKind::Format { format } => format!("violates format {format}"),
        other => format!("violates {}", other.keyword()),
    };
    Violation { field, what }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(body: Value) -> String {
        Document::embedded().unwrap().check_create_client(&body).unwrap_err()
    }

    #[test]
    fn names_the_field_and_the_keyword() {
        assert_eq!(refusal(json!({})), "name: is required");
        assert_eq!(refusal(json!([])), "body: violates type object");
        assert_eq!(refusal(json!({ "name": "" })), "name: violates minLength 1");
        assert_eq!(refusal(json!({ "name": "a", "orgId": i64::MAX })), "orgId: violates maximum 2147483647");
        assert_eq!(
            refusal(json!({ "name": "a", "redirectUrls": ["a:b", "no"] })),
            "redirectUrls[1]: violates format uri"
        );
    }

    #[test]
    fn limits_the_violations_of_one_message() {
        let message = refusal(json!({ "name": 1, "orgId": null, "redirectUrls": ["", 1, 2, 3] }));
        assert!(message.ends_with("; and more"), "{message}");
        assert_eq!(message.matches("; ").count(), 3, "{message}");
    }

    #[test]
    fn a_document_without_the_operation_is_an_error() {
        let error = operation(&json!({ "paths": { "/x": { "post": {} } } }), "createOAuthClient").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the embedded OpenAPI document cannot be served: no POST operation has the operationId createOAuthClient; \
             fix: correct the document and rebuild"
        );
    }
}
