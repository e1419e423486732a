//! Measures generation time by the number of operations, compared with progenitor alone on the same lowered document.
//!
//! `cargo bench -p openapi-tools-codegen` measures synthetic documents; `-- FILE…` measures the given ones. `--
//! --quick` and `cargo test` run it once on small documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed setup fails the benchmark")]

mod measure;
mod synthetic;
mod table;

use std::path::Path;

use measure::{Case, measure};
use openapi::Document;

/// The stack size of `codegen::generate`: typify recurses as deep as schemas nest.
const STACK: usize = 256 * 1024 * 1024;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // cargo bench passes --bench; cargo test passes names of tests
    let is_bench = arguments.iter().any(|one| one == "--bench");
    let quick = !is_bench || arguments.iter().any(|one| one == "--quick");
    let files: Vec<&String> = arguments.iter().filter(|one| is_bench && !one.starts_with("--")).collect();
    let cases: Vec<Case> = if files.is_empty() {
        let sizes: &[usize] = if quick { &[5, 10] } else { &[10, 30, 100, 300, 1000] };
        sizes.iter().map(|operations| Case::new("synthetic", synthetic::document(*operations))).collect()
    } else {
        files.iter().map(|file| of_file(Path::new(file))).collect()
    };
    let runs = if quick { 1 } else { 5 };
    let thread = std::thread::Builder::new().stack_size(STACK);
    let rows = thread.spawn(move || measure(&cases, runs)).unwrap().join().unwrap();
    print!("{}", table::table(&rows));
}

fn of_file(path: &Path) -> Case {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let document = Document::read(path, &name).unwrap_or_else(|problem| panic!("{}: {problem:?}", path.display()));
    Case::new(&name, document.value().clone())
}
