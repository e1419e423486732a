//! `blynk call`: calls any operation of the document by its name, with a flag for each field.

mod command;
mod schemas;
mod value;

use std::io::{IsTerminal as _, Read as _};

use blynk_emulator::validate;
use blynk_platform::{Body, File, Operation, Parts, Scheme};
use serde_json::{Map, Value};

pub(crate) use self::command::Call;
use self::schemas::{Encoding, OperationSchemas};
use crate::{
    connection::{Authentication, Connection},
    failure::Failure,
    outcome::{self, Effect},
    output,
};

pub(crate) async fn run(call: Call) -> Result<(), Failure> {
    let schemas = OperationSchemas::find(call.operation).map_err(Failure::setup)?;
    // Flags are validated before the setup, so that their errors come first.
    let parameters = parameters(&schemas, &call)?;
    let body = body(&schemas, &call)?;

    let connection = Connection::open(call.target, authentication(call.operation)).await?;
    let mut request = connection.blynk.call_operation(call.operation);
    for (name, value) in parameters {
        request = request.parameter(name, value);
    }
    if let Some(body) = body {
        request = request.body(body);
    }
    let outcome = match request.send_for_bytes().await {
        Ok(response) => show(response.body()),
        Err(error) if call.operation.reads_only() => Err(outcome::repeatable(&error)),
        Err(error) => Err(outcome::failure(&error, &EFFECT)),
    };
    connection.close().await;
    outcome
}

const EFFECT: Effect = Effect {
    none: "the server did not apply the call",
    unknown: "the server may have applied the call; fix: check the effect of the call before you run the command \
              again, which may apply the call twice",
    applied: "the server applied the call; fix: do not run the command again, which would apply the call twice",
};

/// Returns the credentials that the operation accepts.
fn authentication(operation: &Operation) -> Authentication {
    let accepts = |scheme: fn(&Scheme) -> bool| {
        operation.security.iter().any(|all| all.iter().all(|one| scheme(&one.scheme)) && !all.is_empty())
    };
    match operation.security {
        [] => Authentication::None,
        _ if accepts(|scheme| matches!(scheme, Scheme::Basic))
            && !accepts(|scheme| matches!(scheme, Scheme::Bearer { .. })) =>
        {
            Authentication::Client
        }
        _ => Authentication::TokenOrClient,
    }
}

/// Returns the parameters by their names in the document, each validated against its schema.
fn parameters(schemas: &OperationSchemas, call: &Call) -> Result<Vec<(&'static str, Value)>, Failure> {
    let mut found = Vec::new();
    for (index, texts) in &call.parameters {
        let (Some(parameter), Some(schema)) = (call.operation.parameters.get(*index), schemas.parameters.get(*index))
        else {
            continue;
        };
        let value = value::parse(texts, &schema.schema);
        check(schemas, call.operation, &schema.pointer, &value, Some(&schema.flag))?;
        found.push((parameter.name, value));
    }
    Ok(found)
}

fn body(schemas: &OperationSchemas, call: &Call) -> Result<Option<Body>, Failure> {
    let Some(content) = &schemas.body else { return Ok(None) };
    let invalid = |reason: &dyn std::fmt::Display| Failure::setup(reason);
    if content.encoding == Encoding::Other {
        let Some(file) = &call.data else { return Ok(None) };
        let bytes = read(file).map_err(|reason| invalid(&format!("--data: {reason}")))?;
        return Ok(Some(Body::plain(content.content_type, bytes)));
    }
    let given = match &call.json {
        Some(text) => {
            let text = if text == "-" {
                String::from_utf8(read("-").map_err(|reason| invalid(&format!("--json: {reason}")))?)
                    .map_err(|_| invalid(&"--json: standard input is not UTF-8; fix: write the JSON in UTF-8"))?
            } else {
                text.clone()
            };
            Some(
                serde_json::from_str(&text)
                    .map_err(|error| invalid(&format!("--json: is not valid JSON: {error}; fix: correct the JSON")))?,
            )
        }
        None if call.fields.is_empty() => None,
        None => {
            let mut object = Map::new();
            for (index, texts) in &call.fields {
                let Some(field) = content.fields.get(*index) else { continue };
                let value = value::parse(texts, &field.schema);
                if !field.is_file {
                    check(schemas, call.operation, &field.pointer, &value, Some(&field.flag))?;
                }
                object.insert(field.name.clone(), value);
            }
            Some(Value::Object(object))
        }
    };
    let Some(given) = given else {
        return match content.required {
            true => Err(invalid(&format!(
                "{0}: requires a body; fix: set the fields of the body (see 'blynk call {0} --help'), or --json",
                call.operation.id
            ))),
            false => Ok(None),
        };
    };
    match content.encoding {
        Encoding::Json => {
            check(schemas, call.operation, &content.pointer, &given, None)?;
            Body::json(content.content_type, &given).map(Some).map_err(|reason| invalid(&reason))
        }
        Encoding::Form => {
            check(schemas, call.operation, &content.pointer, &given, None)?;
            Body::form(content.content_type, &given, &[]).map(Some).map_err(|reason| invalid(&reason))
        }
        Encoding::Multipart => multipart(content, &given).map(Some),
        Encoding::Other => Ok(None),
    }
}

/// Encodes a multipart form. The value of a file field is the path of the file.
fn multipart(content: &schemas::Content, given: &Value) -> Result<Body, Failure> {
    let mut parts = Parts::default();
    for field in content.fields.iter().filter(|field| field.required) {
        if given.get(&field.name).is_none() {
            return Err(Failure::setup(format!("--{0}: is required; fix: add --{0}", field.flag)));
        }
    }
    for (name, value) in given.as_object().into_iter().flatten() {
        let is_file = content.fields.iter().any(|field| field.name == *name && field.is_file);
        match value.as_str().filter(|_| is_file) {
            Some(path) => {
                let bytes = read(path).map_err(|reason| Failure::setup(format!("--{name}: {path}: {reason}")))?;
                let file_name = std::path::Path::new(path).file_name().unwrap_or_default().to_string_lossy();
                parts.file(name, &File::new(file_name, bytes), None).map_err(Failure::setup)?;
            }
            None => parts.value(name, value, None).map_err(Failure::setup)?,
        }
    }
    Ok(parts.encode())
}

/// Validates the value of a flag, or the complete body.
fn check(
    schemas: &OperationSchemas,
    operation: &Operation,
    pointer: &str,
    value: &Value,
    flag: Option<&str>,
) -> Result<(), Failure> {
    validate(schemas.document, pointer, value).map_err(|violations| {
        let what = match flag {
            Some(flag) => violations.in_field(&format!("--{flag}")),
            None => format!("{}: {}", operation.id, violations.in_body()),
        };
        Failure::setup(format!("{what}; fix: see 'blynk call {} --help'", operation.id))
    })
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if path == "-" {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|error| format!("cannot be read: {error}; fix: name a file that you can read"))
}

/// Prints JSON on one line and other bodies unchanged; control characters are escaped on a terminal.
fn show(body: &[u8]) -> Result<(), Failure> {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => output::json(&value).into_bytes(),
        Err(_) if std::io::stdout().is_terminal() => output::printable(&String::from_utf8_lossy(body)).into_bytes(),
        Err(_) => body.to_vec(),
    };
    output::print_bytes(&text).map_err(|error| Failure::call(output::write_error(&error)))
}
