//! Checks the Rust verdict of `diff` with the compiler: usage programs, one per item of the base's generated code, are
//! compiled against the code of revisions. The programs that fail must be those whose items `diff` reports as breaking.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use blynk_drift::MANIFEST;
use codegen::{generate, write_all};
use generator_tests::mutate::{MutantKind, mutants};
use openapi::{Cause, Problem};
use openapi_diff::{Options, Verdict, compare, item_changes};
use pages::Sources;
use rust_api::{GENERATED, UsageProgram};
use serde_json::Value;

use super::document::one_of_each;

/// Folder of the programs, and target folder shared by all generated crates, relative to the workspace.
const FOLDER: &str = "target/usage-programs";
const SHARED: &str = "target/generated";

/// The most compilations: the compiler stops at unresolved names, so that failing programs are removed and the others
/// compiled again.
const ROUNDS: usize = 8;

/// The verdict of `diff` on a revision, and the result of the compiler.
#[derive(Clone, Debug)]
pub struct CheckedVerdict {
    /// The kind of mutation.
    pub operator: String,
    /// The items that `diff` reports as breaking.
    pub breaking: BTreeSet<String>,
    /// The items whose usage programs do not compile.
    pub unusable: BTreeSet<String>,
    /// Disagreements of both.
    pub wrong: Vec<String>,
}

/// Checks the verdict on one mutant of each kind of the workspace's document.
///
/// # Errors
/// When no client can be generated from the document, or the programs do not compile against its own client.
pub fn check_verdicts(root: &Path) -> Result<Vec<CheckedVerdict>, Vec<Problem>> {
    let base = Sources::load(root)?.corrected()?;
    let mutants = one_of_each(mutants(&base)).into_iter().filter(|mutant| mutant.kind == MutantKind::Semantic);
    let revisions = mutants.map(|mutant| (mutant.operator.to_owned(), mutant.edit.apply(&base)));
    check_verdicts_on(root, &base, revisions.collect())
}

/// Checks the verdicts on revisions of a document, each with a name.
///
/// # Errors
/// As [`check_verdicts`].
pub fn check_verdicts_on(
    root: &Path,
    base: &Value,
    revisions: Vec<(String, Value)>,
) -> Result<Vec<CheckedVerdict>, Vec<Problem>> {
    let settings = pages::settings();
    let own = generate(base, &settings)?;
    let options = Options { settings: settings.clone(), ..Options::default() };
    let programs = own.usage_programs();
    let mut found = Vec::new();
    let mut codes = vec![own.code.clone()];
    for (operator, revision) in revisions {
        // unsupported documents have no generated code
        let Ok(generated) = generate(&revision, &settings) else { continue };
        let verdict = compare(base, &revision, &options).map_err(|problem| vec![problem])?.rust;
        let changes = item_changes(&own, &generated).into_iter();
        let breaking: BTreeSet<String> =
            changes.filter(|item| item.verdict == Verdict::Breaking).map(|item| item.path).collect();
        let mut wrong = Vec::new();
        if (verdict == Verdict::Breaking) == breaking.is_empty() {
            wrong.push(format!("the Rust verdict is {}, with {} breaking items", verdict.word(), breaking.len()));
        }
        let at = codes.iter().position(|code| *code == generated.code).unwrap_or(codes.len());
        if at == codes.len() {
            codes.push(generated.code);
        }
        found.push((at, CheckedVerdict { operator, breaking, unusable: BTreeSet::new(), wrong }));
    }
    let folder = root.join(FOLDER);
    let lock = lock_folder(&folder).map_err(|error| {
        vec![Problem::new(format!("{FOLDER} cannot be written: {error}"), "make the folder writable").in_file(FOLDER)]
    })?;
    let crates = Crates::new(root, folder, &codes, &programs).map_err(|problem| vec![problem])?;
    let broken = crates.broken().map_err(|problem| vec![problem])?;
    drop(lock);
    if let Some(first) = broken.first().and_then(|of_base| of_base.first_key_value()) {
        let what = format!(
            "the usage program of `{}` does not compile against the base: {}",
            programs[*first.0].path, first.1
        );
        return Err(vec![Problem::new(what, "report this as a bug of the usage programs").of(openapi::Code::Bug)]);
    }
    let mut all = Vec::new();
    for (at, mut checked) in found {
        let broken = broken.get(at).into_iter().flatten().map(|(index, _)| &programs[*index]);
        let broken: Vec<&UsageProgram> = broken.collect();
        checked.wrong.extend(disagreements(&checked.breaking, &broken, &programs));
        checked.unusable = broken.into_iter().map(|program| program.path.clone()).collect();
        all.push(checked);
    }
    Ok(all)
}

/// Waits until no other run uses the folder.
fn lock_folder(folder: &Path) -> std::io::Result<fs::File> {
    fs::create_dir_all(folder)?;
    let file = fs::File::create(folder.join("lock"))?;
    file.lock()?;
    Ok(file)
}

/// Returns the items that only `diff` or only the compiler reports as breaking.
fn disagreements(breaking: &BTreeSet<String>, broken: &[&UsageProgram], programs: &[UsageProgram]) -> Vec<String> {
    let is_known = |path: &str| programs.iter().any(|program| program.path == path);
    let is_of = |member: &str, owner: &str| {
        member
            .strip_prefix(owner)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::") || rest.starts_with(": "))
    };
    let mut wrong = Vec::new();
    for program in broken {
        let path = &program.path;
        // a breaking type covers its members; a breaking member covers the exhaustive pattern of its type
        let is_named = breaking.iter().any(|one| is_of(path, one) || (program.exhaustive && is_of(one, path)));
        if !is_named {
            wrong.push(format!("`{path}` no longer compiles, but is not reported as breaking"));
        }
    }
    for path in breaking {
        let is_broken = broken.iter().any(|program| {
            is_of(&program.path, path) || (!is_known(path) && program.exhaustive && is_of(path, &program.path))
        });
        if !is_broken {
            wrong.push(format!("`{path}` is reported as breaking, but its usage program compiles"));
        }
    }
    wrong
}

/// A workspace with a crate per generated client, each with all usage programs of the first one.
struct Crates<'w> {
    folder: PathBuf,
    target: PathBuf,
    programs: &'w [UsageProgram],
    members: usize,
}

impl<'w> Crates<'w> {
    fn new(root: &Path, folder: PathBuf, codes: &[String], programs: &'w [UsageProgram]) -> Result<Self, Problem> {
        let crates = Self { folder, target: root.join(SHARED), programs, members: codes.len() };
        let names: Vec<String> = (0..codes.len()).map(member).collect();
        let lock = fs::read_to_string(root.join("Cargo.lock")).map_err(|error| {
            Problem::new(format!("Cargo.lock cannot be read: {error}"), "cargo build").in_file("Cargo.lock")
        })?;
        let mut files = vec![
            ("Cargo.toml".to_owned(), format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n")),
            ("Cargo.lock".to_owned(), lock),
        ];
        let dependencies = dependencies(root)?;
        for (name, code) in names.iter().zip(codes) {
            files.push((format!("{name}/Cargo.toml"), manifest(name, &dependencies)));
            files.push((format!("{name}/src/lib.rs"), LIBRARY.to_owned()));
            files.push((format!("{name}/src/client.rs"), code.clone()));
        }
        write_all(&crates.folder, &files)?;
        Ok(crates)
    }

    /// Returns, for each crate, the programs that do not compile, with the error.
    fn broken(&self) -> Result<Vec<BTreeMap<usize, String>>, Problem> {
        let mut broken = vec![BTreeMap::new(); self.members];
        for _ in 0..ROUNDS {
            let texts = broken.iter().enumerate().map(|(at, broken)| (program(at), self.text(broken)));
            write_all(&self.folder, &texts.collect::<Vec<_>>())?;
            if !self.compile(&mut broken)? {
                return Ok(broken);
            }
        }
        Err(Problem::new(
            format!("usage programs still fail after {ROUNDS} compilations"),
            "report this as a bug of the usage programs",
        ))
    }

    /// Returns the source of a crate with one usage program per line.
    fn text(&self, broken: &BTreeMap<usize, String>) -> String {
        let mut text = "#![allow(warnings)]".to_owned();
        for (index, program) in self.programs.iter().enumerate() {
            text.push('\n');
            if !broken.contains_key(&index) {
                text.push_str(&format!("mod usage{index} {{ {} }}", program.text));
            }
        }
        text + "\nfn main() {}\n"
    }

    /// Compiles all programs, and returns whether it found more that fail.
    fn compile(&self, broken: &mut [BTreeMap<usize, String>]) -> Result<bool, Problem> {
        let mut command = cargo_run::cargo();
        command.args(["check", "--workspace", "--bins", "--keep-going", "--message-format", "json"]);
        command.env("CARGO_TARGET_DIR", &self.target).env_remove("RUSTFLAGS").current_dir(&self.folder);
        let run = cargo_run::run(&mut command).map_err(|error| {
            Problem::new(
                format!("cargo cannot be started: {error}"),
                concat!("install Rust ", env!("CARGO_PKG_RUST_VERSION"), " or newer"),
            )
        })?;
        let mut found = false;
        for error in &run.errors {
            let Some((file, line)) = &error.place else { continue };
            let file = file.replace('\\', "/");
            let at = (0..self.members).find(|at| file.ends_with(&program(*at)));
            match (at.and_then(|at| broken.get_mut(at)), line.checked_sub(2)) {
                (Some(broken), Some(index)) if index < self.programs.len() => {
                    broken.insert(index, error.message.clone());
                    found = true;
                }
                _ => {
                    let what = format!("generated code does not compile: {}", error.message);
                    return Err(Problem::bug(what).in_file(format!("{FOLDER}/{file}")));
                }
            }
        }
        if !found && !run.is_success {
            let fix = format!("run cargo check in {FOLDER} to see the error");
            return Err(
                Problem::new("the usage programs cannot be compiled", fix).because(Cause::Said(run.first_error()))
            );
        }
        Ok(found)
    }
}

fn member(at: usize) -> String {
    format!("revision{at}")
}

fn program(at: usize) -> String {
    format!("{}/src/main.rs", member(at))
}

/// Returns the dependencies of the workspace's own package, as tables of a manifest.
fn dependencies(root: &Path) -> Result<String, Problem> {
    let unreadable = |error: String| {
        Problem::new(format!("{MANIFEST} cannot be read: {error}"), "git checkout the file").in_file(MANIFEST)
    };
    let text = fs::read_to_string(root.join(MANIFEST)).map_err(|error| unreadable(error.to_string()))?;
    let manifest: toml::Table = text.parse().map_err(|error: toml::de::Error| unreadable(error.to_string()))?;
    let of_workspace = manifest.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let mut dependencies = toml::Table::new();
    for (name, own) in manifest.get("dependencies").and_then(toml::Value::as_table).into_iter().flatten() {
        if own.get("optional").is_some() {
            continue;
        }
        let mut table = match of_workspace.and_then(|all| all.get(name)) {
            Some(toml::Value::Table(table)) => table.clone(),
            Some(version) => toml::Table::from_iter([("version".to_owned(), version.clone())]),
            None => toml::Table::new(),
        };
        if let Some(path) = table.get("path").and_then(toml::Value::as_str) {
            let path = root.join(path).display().to_string();
            table.insert("path".to_owned(), path.into());
        }
        if let Some(features) = own.get("features").and_then(toml::Value::as_array) {
            let all = table.entry("features").or_insert_with(|| toml::Value::Array(Vec::new()));
            if let Some(all) = all.as_array_mut() {
                all.extend(features.iter().cloned());
            }
        }
        dependencies.insert(name.clone(), table.into());
    }
    let tables = toml::Table::from_iter([("dependencies".to_owned(), toml::Value::Table(dependencies))]);
    toml::to_string(&tables).map_err(|error| unreadable(error.to_string()))
}

fn manifest(name: &str, dependencies: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [features]\ndefault = [\"webhooks\"]\nschemars = []\nwebhooks = []\n\n\
         [lib]\nname = \"{GENERATED}\"\ntest = false\ndoctest = false\n\n{dependencies}"
    )
}

/// The hand-written code that the generated client requires.
const LIBRARY: &str = "\
#![allow(warnings)]
pub mod client;
#[derive(Clone, Debug)]
pub struct Blynk {
    transport: runtime::Transport,
}
impl Blynk {
    pub(crate) fn transport(&self) -> &runtime::Transport {
        &self.transport
    }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    fn program(path: &str, exhaustive: bool) -> UsageProgram {
        UsageProgram { path: path.to_owned(), exhaustive, text: String::new() }
    }

    #[test]
    fn reports_disagreements_of_both_sides() {
        let all = [
            program("types::A", false),
            program("types::A", true),
            program("types::A::x", false),
            program("types::A: Copy", false),
            program("types::AB", false),
        ];
        let count = |breaking: &[&str], broken: &[usize]| {
            let breaking = breaking.iter().map(ToString::to_string).collect();
            disagreements(&breaking, &broken.iter().map(|at| &all[*at]).collect::<Vec<_>>(), &all).len()
        };
        assert_eq!(count(&[], &[]), 0);
        assert_eq!(count(&["types::A::x"], &[2]), 0);
        assert_eq!(count(&["types::A"], &[0, 1, 2, 3]), 0);
        // an added field breaks the exhaustive pattern only
        assert_eq!((count(&["types::A::y"], &[1]), count(&["types::A::y"], &[0])), (0, 2));
        assert_eq!((count(&["types::A::x"], &[]), count(&[], &[2]), count(&["types::A"], &[4])), (1, 1, 2));
    }
}
