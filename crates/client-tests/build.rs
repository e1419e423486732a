//! Generates one client for each document in `documents/`, `conformance/` and `wide/`.

use std::{env, fs, path::PathBuf};

use codegen::{Settings, generate};
use openapi::{Document, Problem};

/// The documents of the wire tests, which `mutate` changes too; documents for the conformance test only; and one
/// document with very many variants. The last two are not mutated: each would have more mutants than all others
/// together.
const FOLDERS: [&str; 3] = ["documents", "conformance", "wide"];

fn main() {
    FOLDERS.iter().for_each(|folder| println!("cargo::rerun-if-changed={folder}"));
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for (folder, name) in names() {
        let settings = Settings {
            runtime: "::runtime".to_owned(),
            module: format!("crate::{name}"),
            client: format!("crate::{name}::Client"),
            command: "cargo build".to_owned(),
        };
        let path = format!("{folder}/{name}.yaml");
        let generated = Document::read(path.as_ref(), &path)
            .map_err(|problem| vec![problem])
            .and_then(|document| generate(document.value(), &settings));
        match generated.map(|generated| fs::write(out.join(format!("{name}.rs")), generated.code)) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => println!("cargo::error={name}.rs: {error}"),
            Err(problems) => {
                for line in problems.iter().flat_map(Problem::lines) {
                    println!("cargo::error={path}: {line}");
                }
            }
        }
    }
}

/// Returns the documents: folder, and file name without extension.
fn names() -> Vec<(&'static str, String)> {
    let entries = FOLDERS.iter().flat_map(|folder| {
        fs::read_dir(folder).into_iter().flatten().flatten().map(move |file| (*folder, file.path()))
    });
    let mut names: Vec<_> =
        entries.filter_map(|(folder, path)| Some((folder, path.file_stem()?.to_str()?.to_owned()))).collect();
    names.sort();
    names
}
