//! Concurrent and killed runs of `cargo xtask import` and `regen`, in a workspace with other files of a user.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod scratch;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use scratch::{Scratch, all_pages, document, operation, page, refs};
use serde_json::json;

/// Number of repetitions: few by default, or the value of `XTASK_RACES`.
fn races() -> usize {
    std::env::var("XTASK_RACES").ok().and_then(|text| text.parse().ok()).unwrap_or(3)
}

/// Files of a user that no run writes.
const MINE: [&str; 3] = ["openapi/notes.txt", "openapi/drafts/plan.md", "openapi/pages/picture.png"];

fn with_files_of_a_user() -> Scratch {
    let scratch = Scratch::new();
    fs::create_dir(scratch.path("openapi/drafts")).unwrap();
    for name in MINE {
        fs::write(scratch.path(name), name).unwrap();
    }
    scratch
}

fn start(scratch: &Scratch, arguments: &[&str]) -> Child {
    let mut command = scratch.command(arguments);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Returns the files of the user.
fn mine(scratch: &Scratch) -> BTreeMap<PathBuf, Vec<u8>> {
    let is_mine = |path: &PathBuf| MINE.iter().any(|name| path == Path::new(name));
    scratch.openapi().into_iter().filter(|(path, _)| is_mine(path)).collect()
}

fn staging_folders(scratch: &Scratch) -> usize {
    let names = fs::read_dir(scratch.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    names.filter(|name| name.to_string_lossy().starts_with(".xtask-")).count()
}

/// Writes a page with one operation: `get{letter}{round}` at `/{letter}/{round}`.
fn letter(scratch: &Scratch, letter: char, round: usize) -> String {
    let operation = operation(&format!("get{letter}{round}"));
    let path = format!("/{letter}/{round}");
    scratch
        .page(&format!("{letter}{round}.md"), page("Letter", &document(json!({path: {"get": operation}}), json!({}))))
}

#[test]
fn concurrent_imports_lose_no_pages_and_no_user_files() {
    let scratch = with_files_of_a_user();
    let before = mine(&scratch);
    assert_eq!(before.len(), MINE.len());
    for round in 0..races() {
        for letters in [&['a', 'b'][..], &['c', 'd', 'e']] {
            let pages: Vec<_> = letters.iter().map(|one| letter(&scratch, *one, round)).collect();
            let runs: Vec<_> = pages.iter().map(|page| start(&scratch, &["import", page])).collect();
            for (run, page) in runs.into_iter().zip(&pages) {
                let output = run.wait_with_output().unwrap();
                assert!(output.status.success(), "round {round}, {page}: {output:?}");
            }
            assert!(before == mine(&scratch), "round {round}: a user's file is lost");
            for letter in letters {
                assert!(scratch.path(&format!("openapi/pages/{letter}{round}.md")).exists(), "round {round}: {letter}");
                let found = &scratch.document()["paths"][format!("/{letter}/{round}")]["get"]["operationId"];
                assert_eq!(*found, json!(format!("get{letter}{round}")), "round {round}: the document lacks a page");
            }
        }
        if round % 8 == 7 {
            // keeps the document small
            for letter in ['a', 'b', 'c', 'd', 'e'] {
                for round in round - 7..=round {
                    fs::remove_file(scratch.path(&format!("openapi/pages/{letter}{round}.md"))).unwrap();
                }
            }
            scratch.import(&["--prune"]).done();
        }
    }
    assert_eq!(staging_folders(&scratch), 0);
}

#[test]
fn one_regen_completes_concurrent_runs_of_import_and_regen() {
    let scratch = with_files_of_a_user();
    let before = mine(&scratch);
    for round in 0..races() {
        let page = letter(&scratch, 'a', round);
        let runs = [&["import", &page][..], &["regen"], &["regen"]].map(|arguments| start(&scratch, arguments));
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "round {round}: {output:?}");
        }
        assert!(before == mine(&scratch), "round {round}: a user's file is lost");
        scratch.xtask(&["regen"]).done();
        let client = fs::read_to_string(scratch.path("src/client.rs")).unwrap();
        assert!(client.contains(&format!("/a/{round}")), "round {round}");
        fs::remove_file(scratch.path(&format!("openapi/pages/a{round}.md"))).unwrap();
        scratch.import(&["--prune"]).done();
    }
    scratch.xtask(&["regen"]).done();
    scratch.xtask(&["check"]).done();
    assert_eq!(staging_folders(&scratch), 0);
}

/// Kills runs at several times, more often near the end, when files are written. Calls `verify` after each kill.
fn kill_at_several_times(scratch: &Scratch, arguments: &[&str], takes: Duration, mut verify: impl FnMut(f64)) {
    let times = u32::try_from(6 * races()).unwrap();
    for time in 0..times {
        let mut child = start(scratch, arguments);
        let part = f64::from(time) / f64::from(times) * 1.2;
        std::thread::sleep(takes.mul_f64(1.0 - (1.0 - part).powi(2)));
        child.kill().unwrap();
        child.wait().unwrap();
        verify(part);
    }
}

#[test]
fn a_killed_import_leaves_the_folder_old_or_new() {
    let reference = with_files_of_a_user();
    let before = reference.openapi();
    let started = Instant::now();
    reference.import(&refs(&all_pages())).done();
    let takes = started.elapsed();
    let after = reference.openapi();
    let scratch = with_files_of_a_user();
    assert!(before == scratch.openapi());
    let (mut finished, mut kills) = (0, 0);
    let pages = all_pages();
    kill_at_several_times(&scratch, &[&["import"], &refs(&pages)[..]].concat(), takes, |part| {
        let now = scratch.openapi();
        assert!(now == before || now == after, "killed after {part} of the time: neither old nor new");
        kills += 1;
        if now == after {
            finished += 1;
            for (name, _) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                fs::remove_file(scratch.path(&name.display().to_string())).unwrap();
            }
            for (name, bytes) in &before {
                fs::write(scratch.path(&name.display().to_string()), bytes).unwrap();
            }
        }
    });
    assert!(finished < kills, "every run ended before its kill");
    scratch.import(&refs(&all_pages())).done();
    assert!(scratch.openapi() == after);
    assert_eq!(staging_folders(&scratch), 0, "staging folders of killed runs are deleted");
}

#[test]
fn a_killed_regen_leaves_complete_files() {
    let generated = ["src/client.rs", "openapi/lock.toml", "tests/snapshots/surface__surface.snap"];
    let scratch = with_files_of_a_user();
    let kept = mine(&scratch);
    let read = || generated.map(|name| fs::read(scratch.path(name)).unwrap());
    let before = read();
    scratch.import(&refs(&all_pages())).done();
    let started = Instant::now();
    scratch.xtask(&["regen"]).done();
    let takes = started.elapsed();
    let after = read();
    let put = || generated.iter().zip(&before).for_each(|(name, bytes)| fs::write(scratch.path(name), bytes).unwrap());
    put();
    kill_at_several_times(&scratch, &["regen"], takes, |part| {
        for ((now, old), new) in read().iter().zip(&before).zip(&after) {
            assert!(now == old || now == new, "killed after {part} of the time: a file is incomplete");
        }
        put();
    });
    assert!(kept == mine(&scratch));
    scratch.xtask(&["regen"]).done();
    assert!(read() == after);
    scratch.xtask(&["check"]).done();
    assert_eq!(staging_folders(&scratch), 0, "staging folders of killed runs are deleted");
}

#[test]
fn reports_symbolic_links_and_does_not_block_on_pipes() {
    let scratch = with_files_of_a_user();
    let document = scratch.path("openapi/blynk-platform.json");
    let elsewhere = scratch.path("elsewhere.json");
    fs::rename(&document, &elsewhere).unwrap();
    std::os::unix::fs::symlink("../elsewhere.json", &document).unwrap();
    let before = fs::read(&elsewhere).unwrap();
    let run = scratch.import(&refs(&all_pages()));
    let output = scratch.output(&run);
    assert_eq!(run.0.status.code(), Some(2), "{output}");
    for part in ["symbolic link", "at: openapi/blynk-platform.json", "fix: "] {
        assert!(output.contains(part), "{output}");
    }
    assert!(fs::read(&elsewhere).unwrap() == before && document.is_symlink());
    fs::remove_file(&document).unwrap();
    fs::rename(&elsewhere, &document).unwrap();

    // a pipe that is not a page is ignored; one with the name of a page is an error
    let pipe =
        |name: &str| assert!(std::process::Command::new("mkfifo").arg(scratch.path(name)).status().unwrap().success());
    pipe("openapi/pipe");
    scratch.import(&refs(&all_pages())).done();
    assert!(scratch.path("openapi/pipe").exists());
    pipe("openapi/pages/pipe.md");
    let output = scratch.output(&scratch.import(&[]));
    assert!(output.contains("openapi/pages/pipe.md") && output.contains("regular file"), "{output}");
}
