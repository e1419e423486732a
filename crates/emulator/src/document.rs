//! The embedded OpenAPI documents: where operations are served, and what requests they accept.
//!
//! Requests are validated by the document itself, so that the emulator cannot drift from it.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{PatternOptions, ValidationError, Validator};
use serde_json::Value;

use crate::error::Error;

const PLATFORM: &str = include_str!("../../../openapi/blynk-platform.json");
const TRANSCRIBED: &str = include_str!("../../../openapi/oauth2-token.json");

/// How many violations one message names.
const MAX_VIOLATIONS: usize = 3;

/// The operations of the embedded documents, compiled once.
#[derive(Debug)]
pub(crate) struct Document {
    /// Where clients are created [S].
    pub(crate) create_client_path: String,
    create_client_body: Validator,
    /// Where tokens are issued [D, L].
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

    /// The embedded documents themselves.
    pub(crate) fn all() -> Result<Vec<Value>, Error> {
        [PLATFORM, TRANSCRIBED].into_iter().map(parse).collect()
    }

    /// Validates the body of a request for a new client.
    ///
    /// # Errors
    /// What it violates, each with its field, in one line.
    pub(crate) fn check_create_client(&self, body: &Value) -> Result<(), String> {
        check(&self.create_client_body, body).map_err(|violations| violations.of_body())
    }

    /// Whether the document knows the grant.
    pub(crate) fn knows_grant(&self, grant_type: &str) -> bool {
        self.grant_type.is_valid(&Value::from(grant_type))
    }
}

/// Validates a value by the schema at `pointer`.
///
/// # Errors
/// What the value violates.
#[doc(hidden)]
pub fn validate(document: &Value, pointer: &str, value: &Value) -> Result<(), Violations> {
    match validator(document, pointer) {
        Ok(validator) => check(&validator, value),
        // a schema that cannot be compiled is no reason to refuse
        Err(_) => Ok(()),
    }
}

fn problem(problem: impl Into<String>) -> Error {
    Error::Document { problem: problem.into() }
}

fn parse(text: &str) -> Result<Value, Error> {
    serde_json::from_str(text).map_err(|error| problem(error.to_string()))
}

/// The path of the POST operation with this identifier, and the pointer to it.
fn operation(document: &Value, operation_id: &str) -> Result<(String, String), Error> {
    let mut paths = document["paths"].as_object().into_iter().flatten();
    let (path, _) = paths
        .find(|(_, item)| item["post"]["operationId"] == operation_id)
        .ok_or_else(|| problem(format!("it has no POST operation {operation_id}")))?;
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

/// What a value violates of its schema.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Violation {
    /// The field, such as `a.b[0]`. Empty: the value itself.
    field: String,
    /// What is wrong with it.
    what: String,
}

impl Violations {
    /// Returns what a body violates, in one line.
    #[must_use]
    pub fn of_body(&self) -> String {
        self.in_one_line(|field| if field.is_empty() { "the body" } else { field })
    }

    /// Returns what the value of a parameter or field violates, in one line that begins with its name.
    #[must_use]
    pub fn of_field(&self, name: &str) -> String {
        format!("{name}: {}", self.in_one_line(|field| field))
    }

    fn in_one_line<'v>(&'v self, named: impl Fn(&'v str) -> &'v str) -> String {
        let line = |one: &'v Violation| match named(&one.field) {
            "" => one.what.clone(),
            field => format!("{field}: {}", one.what),
        };
        let mut lines: Vec<String> = self.0.iter().take(MAX_VIOLATIONS).map(line).collect();
        if self.0.len() > MAX_VIOLATIONS {
            lines.push("and more".to_owned());
        }
        lines.join("; ")
    }
}

/// The field and what is wrong with it. The value itself is never repeated.
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
        ValidationErrorKind::Type { kind: TypeKind::Single(kind) } => match kind.to_string().as_str() {
            kind @ ("array" | "integer" | "object") => format!("is not an {kind}"),
            kind => format!("is not a {kind}"),
        },
        ValidationErrorKind::MinLength { limit } => format!("is shorter than {}", count(*limit, "character")),
        ValidationErrorKind::MaxLength { limit } => format!("is longer than {}", count(*limit, "character")),
        ValidationErrorKind::MinItems { limit } => format!("has fewer than {}", count(*limit, "item")),
        ValidationErrorKind::MaxItems { limit } => format!("has more than {}", count(*limit, "item")),
        ValidationErrorKind::Minimum { limit } => format!("is less than {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("is greater than {limit}"),
        ValidationErrorKind::Enum { options } => {
            let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let values = options.as_array().into_iter().flatten();
            format!("is none of {}", values.map(plain).collect::<Vec<_>>().join(", "))
        }
        ValidationErrorKind::Format { format } if format == "uri" => "is not a URI".to_owned(),
        ValidationErrorKind::Format { format } => format!("is not a valid {format}"),
        other => format!("breaks the rule {}", other.keyword()),
    };
    Violation { field, what }
}

fn count(number: u64, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refusal(body: Value) -> String {
        Document::embedded().unwrap().check_create_client(&body).unwrap_err()
    }

    #[test]
    fn names_the_field_and_the_rule() {
        assert_eq!(refusal(json!({})), "name: is required");
        assert_eq!(refusal(json!([])), "the body: is not an object");
        assert_eq!(refusal(json!({ "name": "" })), "name: is shorter than 1 character");
        assert_eq!(refusal(json!({ "name": "a", "orgId": i64::MAX })), "orgId: is greater than 2147483647");
        assert_eq!(refusal(json!({ "name": "a", "redirectUrls": ["a:b", "no"] })), "redirectUrls[1]: is not a URI");
    }

    #[test]
    fn names_several_rules_but_not_without_end() {
        let message = refusal(json!({ "name": 1, "orgId": null, "redirectUrls": ["", 1, 2, 3] }));
        assert!(message.ends_with("; and more"), "{message}");
        assert_eq!(message.matches("; ").count(), 3, "{message}");
    }

    #[test]
    fn a_document_without_the_operation_is_refused() {
        let error = operation(&json!({ "paths": { "/x": { "post": {} } } }), "createOAuthClient").unwrap_err();
        assert_eq!(
            error.to_string(),
            "the embedded OpenAPI document cannot be served: it has no POST operation createOAuthClient; \
             correct the document and build anew"
        );
    }
}
