//! Findings of tests, as lines of JSON in a file.

use std::{
    cell::RefCell,
    fs::{self, File},
    io::{self, Write as _},
    panic,
    path::Path,
    sync::Once,
};

use serde::{Deserialize, Serialize};

/// The environment variable with the path of the file. Without it, tests write no findings.
pub const VARIABLE: &str = "TEST_FINDINGS";

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
enum Line {
    Started { test: String },
    Found { test: String, what: String },
}

/// A finding of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The name of the test.
    pub test: String,
    /// The finding.
    pub what: String,
}

/// The findings of all tests of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The number of tests that ran.
    pub tests: usize,
    /// The findings, in order.
    pub found: Vec<Finding>,
}

impl Findings {
    /// Reads the file that tests have written. Ignores truncated lines.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(path: &Path) -> io::Result<Self> {
        let mut findings = Self::default();
        for line in fs::read_to_string(path)?.lines() {
            match serde_json::from_str(line) {
                Ok(Line::Started { .. }) => findings.tests += 1,
                Ok(Line::Found { test, what }) => findings.found.push(Finding { test, what }),
                Err(_) => {}
            }
        }
        Ok(findings)
    }
}

thread_local! {
    /// The test that runs in this thread, and whether it has reported findings.
    static RUNNING: RefCell<Option<(&'static str, bool)>> = const { RefCell::new(None) };
}

/// A running test. Until it is dropped, its findings and panics are written to the file.
#[derive(Debug)]
#[must_use = "the test ends when this is dropped"]
pub struct Test(&'static str);

impl Test {
    /// Starts a test in this thread.
    pub fn start(name: &'static str) -> Self {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let before = panic::take_hook();
            panic::set_hook(Box::new(move |info| {
                let unreported = RUNNING.with_borrow(|running| running.filter(|(_, found)| !found));
                if let Some((test, _)) = unreported {
                    let payload = info.payload();
                    let text = payload.downcast_ref::<&str>().copied();
                    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
                    let what = text.unwrap_or("the test panicked").to_owned();
                    write(&Line::Found { test: test.to_owned(), what });
                }
                before(info);
            }));
        });
        RUNNING.set(Some((name, false)));
        write(&Line::Started { test: name.to_owned() });
        Self(name)
    }

    /// Writes and prints the findings of the test, and fails it if there are any.
    ///
    /// # Panics
    /// If there are findings.
    #[allow(clippy::panic, reason = "a test with findings fails")]
    pub fn report(&self, found: &[String]) {
        for what in found {
            println!("drift: {what}");
            write(&Line::Found { test: self.0.to_owned(), what: what.clone() });
        }
        if !found.is_empty() {
            RUNNING.set(Some((self.0, true)));
            panic!("{} findings", found.len());
        }
    }
}

impl Drop for Test {
    fn drop(&mut self) {
        RUNNING.set(None);
    }
}

/// Appends a line to the file, which tests of several threads and programs share.
fn write(line: &Line) {
    let Some(path) = std::env::var_os(VARIABLE) else { return };
    let written = serde_json::to_string(line).map_err(io::Error::other).and_then(|text| {
        let mut file = File::options().append(true).create(true).open(path)?;
        file.write_all(format!("{text}\n").as_bytes())
    });
    if let Err(error) = written {
        eprintln!("the finding cannot be written: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_findings_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("findings");
        let line = |line: &Line| serde_json::to_string(line).unwrap();
        let (a, b) = (|| "a".to_owned(), || "b".to_owned());
        let lines = [
            line(&Line::Started { test: a() }),
            line(&Line::Started { test: b() }),
            line(&Line::Found { test: a(), what: "drift:\n\"x\"".to_owned() }),
            "{\"event\":\"sta".to_owned(),
        ];
        fs::write(&path, lines.join("\n")).unwrap();
        let found = vec![Finding { test: a(), what: "drift:\n\"x\"".to_owned() }];
        assert_eq!(Findings::read(&path).unwrap(), Findings { tests: 2, found });
        assert!(Findings::read(&folder.path().join("nothing")).is_err());
    }
}
