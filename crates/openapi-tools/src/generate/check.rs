//! Compares a crate with what its document generates.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use codegen::Package;
use openapi::{Code, Location, Problem};

use super::{arguments::GenerateArguments, folder::OPTIONAL_FILES};
use crate::Environment;

/// Returns a problem for each file of the crate that differs, is missing, or that generation would remove.
///
/// # Errors
/// If a file cannot be read.
pub(super) fn problems(
    package: &Package,
    asked: &GenerateArguments,
    environment: &Environment,
) -> Result<Vec<Problem>, Problem> {
    let files: BTreeMap<&str, &str> = package.files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let fix = asked.command(environment);
    let problem = |name: &str, what: &str| {
        Problem::new(format!("`{name}` {what}"), &*fix)
            .of(Code::Drift)
            .in_file(asked.out.join(name).display().to_string())
    };
    if !asked.out.exists() {
        let what = "the folder of the crate does not exist";
        return Ok(vec![Problem::new(what, &*fix).of(Code::Drift).in_file(asked.out.display().to_string())]);
    }
    let mut found = Vec::new();
    for (name, text) in &files {
        match read(&asked.out.join(name))? {
            None => found.push(problem(name, "is missing")),
            Some(bytes) if bytes != text.as_bytes() => {
                let location = first_difference(&bytes, text.as_bytes());
                found.push(problem(name, "differs from what the document generates").at(Some(location)));
            }
            Some(_) => {}
        }
    }
    let mut existing = Vec::new();
    list(&asked.out.join("src"), "src", &mut existing)?;
    let optional = OPTIONAL_FILES.iter().filter(|file| asked.out.join(file).exists());
    existing.extend(optional.map(|file| (*file).to_owned()));
    let left_over = existing.iter().filter(|name| !files.contains_key(name.as_str()));
    found.extend(left_over.map(|name| problem(name, "is left over: the document does not generate it")));
    Ok(found)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Problem> {
    match fs::metadata(path) {
        // reading from a pipe would block
        Ok(found) if !found.is_file() => Ok(None),
        Ok(_) => fs::read(path).map(Some).map_err(|error| unreadable(path, &error)),
        Err(error) if is_missing(&error) => Ok(None),
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// Whether a path has no file, for example since a folder in it is a file.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Adds the names of all files in a folder, sorted.
fn list(folder: &Path, name: &str, found: &mut Vec<String>) -> Result<(), Problem> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if is_missing(&error) => return Ok(()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let paths: io::Result<Vec<PathBuf>> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    for path in paths {
        let name = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        // links are not followed: they may form a cycle
        if path.symlink_metadata().is_ok_and(|found| found.is_dir()) {
            list(&path, &name, found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let what = format!("the file cannot be read: {error}");
    Problem::new(what, "make it readable").in_file(path.display().to_string()).of(Code::System)
}

/// Returns the location of the first difference in a file.
fn first_difference(file: &[u8], expected: &[u8]) -> Location {
    let same = file.iter().zip(expected).take_while(|(one, other)| one == other).count();
    let before = String::from_utf8_lossy(&file[..same]);
    let line = before.rsplit('\n').next().unwrap_or_default();
    Location { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_difference() {
        for (file, expected, line, column) in
            [("a\nbc", "a\nbd", 2, 2), ("", "a", 1, 1), ("a\n", "a", 1, 2), ("é\nü", "é\nö", 2, 2)]
        {
            let found = first_difference(file.as_bytes(), expected.as_bytes());
            assert_eq!((found.line, found.column), (line, column), "{file:?} {expected:?}");
        }
    }
}
