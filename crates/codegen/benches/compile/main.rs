//! Measures what generated clients cost: bytes an operation, user seconds and memory of `cargo check`, beside
//! progenitor's builder output and the client of openapi-to-rust.
//!
//! `cargo bench -p openapi-tools-codegen --bench compile` measures a synthetic document; `-- FILE…` measures the given
//! ones. `OPENAPI_TO_RUST=PATH` names the program of openapi-to-rust, which is left out otherwise. It needs GNU time as
//! `/usr/bin/time`, and crates.io for the dependencies. `cargo test` only generates.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed setup fails the benchmark")]

mod client;
mod measure;
#[path = "../generation/synthetic.rs"]
mod synthetic;

use std::path::Path;

use client::{Client, clients};
use openapi::Document;
use serde_json::Value;

/// The stack size of `codegen::generate`: typify recurses as deep as schemas nest.
const STACK: usize = 256 * 1024 * 1024;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // cargo bench passes --bench; cargo test passes names of tests
    let is_bench = arguments.iter().any(|one| one == "--bench");
    let files: Vec<&String> = arguments.iter().filter(|one| is_bench && !one.starts_with("--")).collect();
    let documents: Vec<(String, Value)> = if files.is_empty() {
        let operations = if is_bench { 300 } else { 5 };
        vec![(format!("synthetic {operations}"), synthetic::document(operations))]
    } else {
        files.iter().map(|file| of_file(Path::new(file))).collect()
    };
    println!("{:32} {:20} {:>10} {:>9} {:>9} {:>8}", "document", "client", "operations", "bytes/op", "user s", "MB");
    for (name, document) in documents {
        let operations = operations(&document);
        let of = document.clone();
        let thread = std::thread::Builder::new().stack_size(STACK);
        for (client, generated) in thread.spawn(move || clients(&of)).unwrap().join().unwrap() {
            let measured = match generated {
                Ok(generated) => row(&generated, operations, is_bench),
                Err(reason) => reason,
            };
            println!("{name:32} {client:20} {operations:>10} {measured}");
        }
    }
}

fn row(client: &Client, operations: usize, is_bench: bool) -> String {
    let bytes = client.bytes / operations.max(1);
    if !is_bench {
        return format!("{bytes:>9}");
    }
    match measure::check(client) {
        Ok(cost) => format!("{bytes:>9} {:>9.1} {:>8.0}", cost.user_seconds, cost.megabytes),
        Err(error) => format!("{bytes:>9} does not compile: {error}"),
    }
}

fn of_file(path: &Path) -> (String, Value) {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let document = Document::read(path, &name).unwrap_or_else(|problem| panic!("{}: {problem:?}", path.display()));
    (name.chars().take(32).collect(), document.value().clone())
}

fn operations(document: &Value) -> usize {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let items = document["paths"].as_object().into_iter().flatten();
    items.map(|(_, item)| methods.iter().filter(|method| item.get(**method).is_some()).count()).sum()
}
