//! `diff`: every change is detected, has one kind, and has the verdicts of that kind.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod allowed;
mod change_kinds;
mod messages;
mod mutants;
mod shapes;

use openapi_diff::{ChangeKind, Comparison, Options, Verdict, compare, wire_changes};
use pages::Sources;
use serde_json::Value;
use test_support::{client_documents, root};

const TODAY: &str = "2026-11-25";

/// The document of this workspace, and those of the client tests, which cover the rest of OpenAPI.
fn documents() -> Vec<(String, Value)> {
    let mut found = vec![("blynk".to_owned(), Sources::load(&root()).unwrap().corrected().unwrap())];
    found.extend(client_documents());
    found
}

/// The worst verdict for requests and responses, and the kinds of change.
fn wire(base: &Value, revision: &Value) -> (Verdict, Vec<ChangeKind>) {
    let changes = wire_changes(base, revision, TODAY).unwrap();
    let worst = changes.iter().map(|change| change.wire).max().unwrap_or(Verdict::None);
    (worst, changes.iter().map(|change| change.kind).collect())
}

fn both(base: &Value, revision: &Value) -> Comparison {
    compare(base, revision, &Options { today: TODAY.to_owned(), version: None, ..Options::default() }).unwrap()
}
