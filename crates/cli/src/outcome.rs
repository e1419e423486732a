//! Messages of failed calls: the error, the effect of the call, and how to fix it.

use std::{error::Error as _, fmt::Debug};

use blynk_platform::{Error, Outcome};
use serde_json::Value;

use crate::failure::{Failure, with_fix};

/// What messages say about the effect of a failed call.
#[derive(Debug)]
pub(crate) struct Effect {
    /// The server did not apply the call.
    pub(crate) none: &'static str,
    /// The server may have applied the call, with the fix.
    pub(crate) unknown: &'static str,
    /// The server applied the call, with the fix.
    pub(crate) applied: &'static str,
}

/// Returns the failure of a call with its effect.
pub(crate) fn failure<E: Debug + 'static>(error: &Error<E>, effect: &Effect) -> Failure {
    let message = message(error);
    if error.violation().is_some() {
        return Failure::setup(with_fix(&message, "correct this field"));
    }
    Failure::call(match error.outcome() {
        Outcome::Unknown => format!("{message}; {}", effect.unknown),
        Outcome::Applied => format!("{message}; {}", effect.applied),
        _ => with_fix(&format!("{message}; {}", effect.none), &fix(error)),
    })
}

/// Returns the failure of a call that can be repeated without harm.
pub(crate) fn repeatable<E: Debug + 'static>(error: &Error<E>) -> Failure {
    if error.violation().is_some() {
        return Failure::setup(with_fix(&message(error), "correct this field"));
    }
    Failure::call(with_fix(&message(error), &fix(error)))
}

/// Returns the failure of fetching a token.
pub(crate) fn token_failure<E: Debug + 'static>(error: &Error<E>) -> Failure {
    Failure::call(with_fix(&message(error), &token_fix(error)))
}

/// Returns the error with the operation in front.
fn message<E: Debug>(error: &Error<E>) -> String {
    let (operation, text) = (error.operation(), error.to_string());
    let text = text.trim_end_matches('.');
    if text.starts_with(operation) { text.to_owned() } else { format!("{operation}: {text}") }
}

fn token_fix<E>(error: &Error<E>) -> String {
    match error.status().map(|status| status.as_u16()) {
        Some(400 | 401 | 403) => "check BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET".to_owned(),
        _ => fix_of_status(error),
    }
}

fn fix<E: Debug + 'static>(error: &Error<E>) -> String {
    // the error of a token that could not be fetched
    match error.source().and_then(|source| source.downcast_ref::<Error<Value>>()) {
        Some(token) => token_fix(token),
        None => fix_of_status(error),
    }
}

fn fix_of_status<E>(error: &Error<E>) -> String {
    if let Some(wait) = error.retry_after() {
        return format!("run the command again in {} s", wait.as_secs());
    }
    let fix = match error.status().map(|status| status.as_u16()) {
        None => "check the address of the server and the network",
        Some(200..=299) => "check the address of the server",
        Some(300..=399) => "call the target of the redirect with --server",
        Some(401) => "check BLYNK_TOKEN, or BLYNK_CLIENT_ID and BLYNK_CLIENT_SECRET",
        Some(403) => "use credentials with the required permission",
        Some(404) => "check the IDs in the request, and that the credentials have access to them",
        Some(408 | 429 | 500..) => "run the command again later",
        Some(_) => "correct the request",
    };
    fix.to_owned()
}
