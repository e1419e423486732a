//! A document to compare: a file, with the files that it refers to, or a file of a git revision.

use std::{path::Path, process::Command};

use blynk_codegen::Bundle;
use blynk_document::{Document, Location, Problem};
use serde_json::Value;

/// A document, and where it was read.
#[derive(Debug)]
pub enum Source {
    /// One file.
    One(Document),
    /// A file and others beside it.
    Several(Bundle),
}

impl Source {
    /// Reads a file, or `REV:path` of git where there is no file of that name.
    ///
    /// # Errors
    /// When it cannot be read, or is neither JSON nor YAML.
    pub fn read(name: &str) -> Result<Self, Problem> {
        let path = Path::new(name);
        if !path.exists()
            && let Some((revision, inner)) = name.split_once(':')
            && !revision.is_empty()
        {
            return of_git(name, revision, inner).map(Self::One);
        }
        let document = Document::read(path, name)?;
        if refers_to_files(document.value())
            && let Ok(bundle) = Bundle::read(path, name)
        {
            return Ok(Self::Several(bundle));
        }
        // what cannot be followed is compared as it is written
        Ok(Self::One(document))
    }

    /// The document.
    #[must_use]
    pub fn value(&self) -> &Value {
        match self {
            Self::One(document) => document.value(),
            Self::Several(bundle) => bundle.document(),
        }
    }

    /// The file, line and column of a value.
    #[must_use]
    pub fn place(&self, pointer: &str) -> (Option<String>, Option<Location>) {
        match self {
            Self::One(document) => (Some(document.name().to_owned()), document.location(pointer)),
            Self::Several(bundle) => {
                let problem = bundle.place(Problem::new("", "").pointing_to(pointer));
                let place = problem.line.zip(problem.column).map(|(line, column)| Location { line, column });
                (problem.file, place)
            }
        }
    }
}

fn of_git(name: &str, revision: &str, path: &str) -> Result<Document, Problem> {
    let refuse = |what: String| Problem::new(what, "name a file, or REV:path as `git show` takes it").in_file(name);
    if revision.starts_with('-') {
        return Err(refuse("is the name of no revision".to_owned()));
    }
    let show = |object: String| Command::new("git").args(["show", "--no-textconv", &object]).output();
    let mut output =
        show(format!("{revision}:{path}")).map_err(|error| refuse(format!("git cannot be run: {error}")))?;
    // git counts from the top of the repository; people count from where they are
    if !output.status.success()
        && !path.starts_with('.')
        && let Ok(again) = show(format!("{revision}:./{path}"))
        && again.status.success()
    {
        output = again;
    }
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        return Err(refuse(format!("there is no such file, and git says: {said}")));
    }
    let text = String::from_utf8(output.stdout).map_err(|_| refuse("it is not UTF-8 text".to_owned()))?;
    Document::parse(name, text)
}

/// Whether any reference leads out of the document.
fn refers_to_files(value: &Value) -> bool {
    match value {
        Value::Object(map) => {
            let leads_out = map
                .get("$ref")
                .and_then(Value::as_str)
                .is_some_and(|text| !text.starts_with('#') && !text.contains("://"));
            leads_out || map.values().any(refers_to_files)
        }
        Value::Array(items) => items.iter().any(refers_to_files),
        _ => false,
    }
}
