//! Generates one client a document in `documents/`.

use std::{env, fs, path::PathBuf};

use blynk_codegen::{Settings, generate};
use blynk_document::{Document, Problem};

fn main() {
    println!("cargo::rerun-if-changed=documents");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    for name in names() {
        let settings = Settings {
            runtime: "::blynk_runtime".to_owned(),
            module: format!("crate::{name}"),
            client: format!("crate::{name}::Client"),
            command: "cargo build".to_owned(),
        };
        let path = format!("documents/{name}.yaml");
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

/// The documents, by their names without extension.
fn names() -> Vec<String> {
    let files = fs::read_dir("documents").into_iter().flatten().flatten();
    let mut names: Vec<_> = files.filter_map(|file| file.path().file_stem()?.to_str().map(str::to_owned)).collect();
    names.sort();
    names
}
