//! The clients of a document that are compared.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    process::Command,
};

use codegen::{lowered, package};
use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use serde_json::Value;

/// A generated crate.
pub(crate) struct Client {
    pub(crate) folder: tempfile::TempDir,
    /// Size of the generated code without the runtime.
    pub(crate) bytes: usize,
}

/// The dependencies of progenitor's builder output.
const PROGENITOR: &str = r#"bytes = "1"
chrono = { version = "0.4", features = ["serde"] }
futures-core = "0.3"
progenitor-client = "=0.15.1"
regress = "0.12"
reqwest = { version = "0.13", default-features = false, features = ["json", "query", "stream", "rustls"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
uuid = { version = "1", features = ["serde"] }
"#;

type Generated = Result<Client, String>;

/// Returns the clients of a document with the names of their generators, or why one generates none.
pub(crate) fn clients(document: &Value) -> Vec<(&'static str, Generated)> {
    let mut clients = vec![("ours", ours(document))];
    // most documents have to be lowered before progenitor accepts them
    clients.push(match (progenitor(document), lowered(document)) {
        (Err(_), Ok(lowered)) => ("progenitor, lowered", progenitor(&lowered.document)),
        (generated, _) => ("progenitor", generated),
    });
    if let Ok(program) = std::env::var("OPENAPI_TO_RUST") {
        clients.push(("openapi-to-rust", openapi_to_rust(&program, document)));
    }
    clients
}

fn ours(document: &Value) -> Generated {
    let package = package(document).map_err(|problems| format!("{} problems", problems.len()))?;
    let files: Vec<_> = package.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    written(&files, package.generated.code.len())
}

/// Generates with builders, as progenitor's documentation suggests.
fn progenitor(document: &Value) -> Generated {
    let document = serde_json::from_value(document.clone()).map_err(|_| "no OpenAPI 3.0 document".to_owned())?;
    let mut settings = GenerationSettings::default();
    settings.with_interface(InterfaceStyle::Builder);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let tokens = catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&document)));
    std::panic::set_hook(hook);
    let tokens = tokens.map_err(|_| "panics".to_owned())?.map_err(|_| "refuses the document".to_owned())?;
    let code = prettyplease::unparse(&syn::parse2(tokens).map_err(|error| error.to_string())?);
    let manifest = manifest(PROGENITOR);
    written(&[("Cargo.toml", &manifest), ("src/lib.rs", &code)], code.len())
}

fn openapi_to_rust(program: &str, document: &Value) -> Generated {
    let client = written(&[("openapi.json", &document.to_string()), ("src/lib.rs", "pub mod generated;\n")], 0)?;
    let folder = client.folder.path();
    for arguments in [["init", "openapi.json"].as_slice(), &["generate"]] {
        let output = Command::new(program).args(arguments).current_dir(folder).output();
        let output = output.map_err(|error| format!("cannot be started: {error}"))?;
        if !output.status.success() {
            return Err("refuses the document".to_owned());
        }
    }
    let generated = folder.join("src/generated");
    let dependencies = fs::read_to_string(generated.join("REQUIRED_DEPS.toml")).map_err(|error| error.to_string())?;
    let (_, dependencies) = dependencies.split_once("[dependencies]\n").ok_or("has no list of dependencies")?;
    fs::write(folder.join("Cargo.toml"), manifest(dependencies)).map_err(|error| error.to_string())?;
    Ok(Client { bytes: size(&generated), ..client })
}

fn manifest(dependencies: &str) -> String {
    format!(
        "[package]\nname = \"measured\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n\
         [workspace]\n"
    )
}

fn written(files: &[(&str, &str)], bytes: usize) -> Generated {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (path, text) in files {
        let path = folder.path().join(path);
        let parent = path.parent().unwrap_or(folder.path());
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|error| error.to_string())?;
    }
    Ok(Client { folder, bytes })
}

/// Returns the size of the Rust files in a folder.
fn size(folder: &Path) -> usize {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let code = files.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    code.filter_map(|path| fs::metadata(path).ok()).map(|file| usize::try_from(file.len()).unwrap_or(usize::MAX)).sum()
}
