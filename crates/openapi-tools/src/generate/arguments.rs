//! The arguments of `generate`.

use std::path::PathBuf;

use clap::Parser;
use codegen::{Options, Selection};

use crate::{Environment, Format};

/// The arguments of `generate`.
#[derive(Debug, Parser)]
pub struct GenerateArguments {
    /// OpenAPI 3.0, 3.1 or 3.2 document, JSON or YAML
    #[arg(long, value_name = "FILE")]
    pub(crate) document: PathBuf,
    /// Folder whose files references may read [default: the document's folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
    /// Output folder of the crate: new, empty, or of an earlier run
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Generate the operations with this tag; `*` stands for any characters. Several options of these three add up
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Generate the operations of this path, such as `/users/*`
    #[arg(long, value_name = "PATH")]
    path: Vec<String>,
    /// Generate the operation with this `operationId`
    #[arg(long, value_name = "ID")]
    operation: Vec<String>,
    /// Fail if a part of the document cannot be generated [default: leave it out, with a warning]
    #[arg(long)]
    strict: bool,
    /// Check that the crate in the output folder is what the document generates; write nothing
    #[arg(long)]
    pub(crate) check: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

impl GenerateArguments {
    pub(crate) fn options(&self) -> Options {
        let (tags, paths, operations) = (self.tag.clone(), self.path.clone(), self.operation.clone());
        Options { selection: Selection { tags, paths, operations }, carve: !self.strict }
    }

    /// Returns the command line that generates the crate.
    pub(crate) fn command(&self, environment: &Environment) -> String {
        let mut command = environment.command("generate");
        let mut add = |option: &str, value: &str| {
            command.push_str(&format!(" --{option} {}", shell_word(value)));
        };
        add("document", &self.document.display().to_string());
        if let Some(root) = &self.root {
            add("root", &root.display().to_string());
        }
        add("out", &self.out.display().to_string());
        for (option, values) in [("tag", &self.tag), ("path", &self.path), ("operation", &self.operation)] {
            values.iter().for_each(|value| add(option, value));
        }
        if self.strict {
            command.push_str(" --strict");
        }
        command
    }
}

/// Returns a value as one word of a shell.
fn shell_word(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+,:=@%".contains(c);
    if !value.is_empty() && value.chars().all(is_plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_has_all_options_and_is_quoted_for_a_shell() {
        let arguments = [
            "generate",
            "--document",
            "my api.yaml",
            "--out",
            "out",
            "--tag",
            "it's",
            "--path",
            "/users/*",
            "--operation",
            "listUsers",
            "--strict",
            "--check",
        ];
        let asked = GenerateArguments::try_parse_from(arguments).unwrap();
        assert_eq!(
            asked.command(&Environment::standalone()),
            "openapi-tools generate --document 'my api.yaml' --out out --tag 'it'\\''s' --path '/users/*' --operation \
             listUsers --strict"
        );
        assert!(!asked.options().carve);
    }
}
