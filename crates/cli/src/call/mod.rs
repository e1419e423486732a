//! `blynk call`: any operation of the document, by its name and the names of its fields.

mod command;
mod described;
mod value;

use std::io::{IsTerminal as _, Read as _};

use blynk_emulator::validate;
use blynk_platform::{Body, Error, File, Operation, Outcome, Parts, Scheme};
use serde_json::{Map, Value};

pub(crate) use self::command::Call;
use self::described::{BodyForm, Described};
use crate::{
    connection::{Connection, SignIn},
    failure::Failure,
    output,
};

pub(crate) async fn run(call: Call) -> Result<(), Failure> {
    let described = Described::of(call.operation).map_err(Failure::set_up)?;
    // Before anything is set up: whoever mistypes should learn that first.
    let parameters = parameters(&described, &call)?;
    let body = body(&described, &call)?;

    let connection = Connection::open(call.target, sign_in(call.operation)).await?;
    let mut request = connection.blynk.call_operation(call.operation);
    for (name, value) in parameters {
        request = request.parameter(name, value);
    }
    if let Some(body) = body {
        request = request.body(body);
    }
    let outcome = match request.send_for_bytes().await {
        Ok(answer) => show(answer.body()),
        Err(error) => Err(failed(&error)),
    };
    connection.close().await;
    outcome
}

/// What the operation can be called with.
fn sign_in(operation: &Operation) -> SignIn {
    let takes = |scheme: fn(&Scheme) -> bool| {
        operation.security.iter().any(|all| all.iter().all(|one| scheme(&one.scheme)) && !all.is_empty())
    };
    match operation.security {
        [] => SignIn::Nothing,
        _ if takes(|scheme| matches!(scheme, Scheme::Basic))
            && !takes(|scheme| matches!(scheme, Scheme::Bearer { .. })) =>
        {
            SignIn::Client
        }
        _ => SignIn::TokenOrClient,
    }
}

/// Parameters by the names of the document, each held against its schema.
fn parameters(described: &Described, call: &Call) -> Result<Vec<(&'static str, Value)>, Failure> {
    let mut found = Vec::new();
    for (index, texts) in &call.parameters {
        let (Some(parameter), Some(schema)) = (call.operation.parameters.get(*index), described.parameters.get(*index))
        else {
            continue;
        };
        let value = value::of(texts, &schema.schema);
        check(described, &schema.pointer, &value, Some(&schema.flag))?;
        found.push((parameter.name, value));
    }
    Ok(found)
}

fn body(described: &Described, call: &Call) -> Result<Option<Body>, Failure> {
    let Some(content) = &described.body else { return Ok(None) };
    let refused = |reason: &dyn std::fmt::Display| Failure::set_up(reason);
    if content.form == BodyForm::Other {
        let Some(file) = &call.data else { return Ok(None) };
        let bytes = read(file).map_err(|reason| refused(&format!("--data: {reason}")))?;
        return Ok(Some(Body::plain(content.content_type, bytes)));
    }
    let given = match &call.json {
        Some(text) => {
            let text = if text == "-" {
                String::from_utf8(read("-").map_err(|reason| refused(&format!("--json: {reason}")))?)
                    .map_err(|_| refused(&"--json: standard input is not UTF-8"))?
            } else {
                text.clone()
            };
            Some(serde_json::from_str(&text).map_err(|error| refused(&format!("--json: is not JSON: {error}")))?)
        }
        None if call.fields.is_empty() => None,
        None => {
            let mut object = Map::new();
            for (index, texts) in &call.fields {
                let Some(field) = content.fields.get(*index) else { continue };
                let value = value::of(texts, &field.schema);
                if !field.is_file {
                    check(described, &field.pointer, &value, Some(&field.flag))?;
                }
                object.insert(field.name.clone(), value);
            }
            Some(Value::Object(object))
        }
    };
    let Some(given) = given else {
        return match content.required {
            true => Err(refused(&"the operation needs a body: set its fields, or --json")),
            false => Ok(None),
        };
    };
    match content.form {
        BodyForm::Json => {
            check(described, &content.pointer, &given, None)?;
            Body::json(content.content_type, &given).map(Some).map_err(|reason| refused(&reason))
        }
        BodyForm::Form => {
            check(described, &content.pointer, &given, None)?;
            Body::form(content.content_type, &given, &[]).map(Some).map_err(|reason| refused(&reason))
        }
        BodyForm::Multipart => parts(content, &given).map(Some),
        BodyForm::Other => Ok(None),
    }
}

/// A form in parts; where the document wants a file, the value is the file's path.
fn parts(content: &described::Content, given: &Value) -> Result<Body, Failure> {
    let mut parts = Parts::default();
    for field in content.fields.iter().filter(|field| field.required) {
        if given.get(&field.name).is_none() {
            return Err(Failure::set_up(format!("--{}: is required", field.flag)));
        }
    }
    for (name, value) in given.as_object().into_iter().flatten() {
        let is_file = content.fields.iter().any(|field| field.name == *name && field.is_file);
        match value.as_str().filter(|_| is_file) {
            Some(path) => {
                let bytes = read(path).map_err(|reason| Failure::set_up(format!("--{name}: {path}: {reason}")))?;
                let file_name = std::path::Path::new(path).file_name().unwrap_or_default().to_string_lossy();
                parts.file(name, &File::new(file_name, bytes), None).map_err(Failure::set_up)?;
            }
            None => parts.value(name, value, None).map_err(Failure::set_up)?,
        }
    }
    Ok(parts.encode())
}

/// Validates the value of a flag, or the whole body.
fn check(described: &Described, pointer: &str, value: &Value, flag: Option<&str>) -> Result<(), Failure> {
    validate(described.document, pointer, value).map_err(|violations| match flag {
        Some(flag) => Failure::set_up(violations.of_field(&format!("--{flag}"))),
        None => Failure::set_up(violations.of_body()),
    })
}

fn read(path: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = if path == "-" {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map(|_| bytes).map_err(|error| format!("cannot be read: {error}"))
}

/// JSON on one line, everything else as it came; but nothing that could steer a terminal.
fn show(body: &[u8]) -> Result<(), Failure> {
    let text = match serde_json::from_slice::<Value>(body) {
        Ok(value) => output::json(&value).into_bytes(),
        Err(_) if std::io::stdout().is_terminal() => output::printable(&String::from_utf8_lossy(body)).into_bytes(),
        Err(_) => body.to_vec(),
    };
    output::print_bytes(&text).map_err(|error| Failure::call(output::unwritable(&error)))
}

fn failed(error: &Error<Value>) -> Failure {
    if error.violation().is_some() {
        return Failure::set_up(error);
    }
    if error.is_safe_to_retry() {
        return Failure::answered(error);
    }
    match error.outcome() {
        Outcome::Unknown => {
            Failure::call(format!("{error}; it may have been carried out: to call again may do it twice"))
        }
        Outcome::Applied => Failure::call(format!("{error}; it was carried out: to call again does it twice")),
        _ => Failure::answered(error),
    }
}
