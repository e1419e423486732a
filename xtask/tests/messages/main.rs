//! Every message of `import`, `regen` and `check` that a test can provoke: one snapshot per command, with its help.
//!
//! The messages of `prove` and `ci`, which run for minutes, have unit tests in `xtask/src`.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod check;
mod import;
mod regen;
#[path = "../scratch/mod.rs"]
mod scratch;

use std::{fs, path::Path};

use scratch::{Run, Scratch};

/// The messages of a command, each under a heading with the situation.
struct Messages {
    command: &'static str,
    text: String,
}

impl Messages {
    fn of(command: &'static str) -> Self {
        let mut messages = Self { command, text: String::new() };
        let scratch = Scratch::new();
        messages.add("--help", &scratch, &scratch.xtask(&[command, "--help"]));
        messages
    }

    fn add(&mut self, situation: &str, scratch: &Scratch, run: &Run) {
        let code = run.0.status.code().unwrap();
        let output = without_generated_lines(&scratch.output(run));
        self.text += &format!("# {situation} (exit code {code})\n{}\n\n", output.trim_end());
    }

    fn assert(self) {
        insta::with_settings!({
            snapshot_path => "../snapshots",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(format!("messages__{}", self.command), self.text);
        });
    }
}

/// Replaces line numbers of generated files, which change with the generator.
fn without_generated_lines(text: &str) -> String {
    let mut in_generated = false;
    let mut masked = String::new();
    for line in text.lines() {
        let gutter = line.trim_start().split(" |").next().unwrap_or_default();
        let file = ["--> src/client.rs:", "--> tests/snapshots/surface__surface.snap:"];
        let line = if let Some((_, location)) = file.iter().find_map(|file| line.split_once(file)) {
            in_generated = true;
            let file = line.trim_start().trim_end_matches(location);
            format!("{file}LINE:{}", location.split_once(':').map_or("", |(_, column)| column))
        } else if in_generated && !gutter.is_empty() && gutter.chars().all(|c| c.is_ascii_digit()) {
            line.replacen(gutter, "LINE", 1)
        } else {
            in_generated &= !line.contains("= fix:");
            line.to_owned()
        };
        masked += &(line + "\n");
    }
    masked
}

/// Replaces a text of a file. Returns the file's former text.
fn edit(scratch: &Scratch, name: &str, from: &str, to: &str) -> String {
    let text = fs::read_to_string(scratch.path(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}");
    put(scratch, name, &text.replacen(from, to, 1));
    text
}

/// Writes a file. Replaces symbolic links on its path by copies, so that the real workspace is not changed.
fn put(scratch: &Scratch, name: &str, text: &str) {
    let name = Path::new(name);
    let mut folders: Vec<_> = name.ancestors().skip(1).filter(|path| !path.as_os_str().is_empty()).collect();
    folders.reverse();
    for folder in folders {
        let path = scratch.0.path().join(folder);
        if path.is_symlink() {
            let target = fs::canonicalize(&path).unwrap();
            fs::remove_file(&path).unwrap();
            fs::create_dir(&path).unwrap();
            for entry in fs::read_dir(target).unwrap().map(Result::unwrap) {
                std::os::unix::fs::symlink(entry.path(), path.join(entry.file_name())).unwrap();
            }
        }
    }
    let path = scratch.0.path().join(name);
    if path.is_symlink() {
        fs::remove_file(&path).unwrap();
    }
    fs::write(path, text).unwrap();
}

/// Leaves a staging folder of a killed run with a file of another program.
fn leave_staging_folder(scratch: &Scratch) {
    fs::create_dir_all(scratch.path(".xtask-killed/staged")).unwrap();
    fs::write(scratch.path(".xtask-killed/staged/notes.txt"), "notes").unwrap();
}
