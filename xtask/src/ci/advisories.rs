//! Advisories and yanked versions of dependencies, where the network allows it.

use std::{
    io::{self, Read as _, Seek as _},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::command::{Outcome, cargo, passes};

pub(super) const COMMAND: &[&str] = &["deny", "--all-features", "check", "advisories"];

/// How long the database may take to come, and the check to read it.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);
/// More than cargo-deny says about any dependencies.
const LONGEST_REPORT: u64 = 64 << 20;

pub(super) fn check(root: &Path) -> Outcome {
    if !passes(quiet(cargo(root, &["deny", "--version"]))) {
        openapi_tools::output::note("cargo-deny is not installed; fix: bash .ci/run, which installs it");
        return Outcome::Failed;
    }
    let mut fetch = quiet(cargo(root, &["deny", "fetch", "db"]));
    // git ends by itself when nothing comes, and asks nobody for a password
    fetch.envs([("GIT_TERMINAL_PROMPT", "0"), ("GIT_HTTP_LOW_SPEED_LIMIT", "1000"), ("GIT_HTTP_LOW_SPEED_TIME", "30")]);
    match run_within(fetch, PATIENCE) {
        Ok(Some(status)) if status.success() => report(root).unwrap_or(Outcome::Failed),
        _ => Outcome::NotChecked("the advisory database cannot be fetched"),
    }
}

fn report(root: &Path) -> io::Result<Outcome> {
    let mut written = tempfile::tempfile()?;
    // --offline: what is fetched is fetched, so that a failure is an advisory
    let mut command = cargo(root, &["deny", "--offline", "--format", "json", "--all-features", "check", "advisories"]);
    command.stdin(Stdio::null()).stderr(written.try_clone()?);
    let status = run_within(command, PATIENCE)?;
    written.rewind()?;
    let mut text = String::new();
    written.take(LONGEST_REPORT).read_to_string(&mut text)?;
    let outcome = outcome(status.is_some_and(|status| status.success()), &text);
    if outcome == Outcome::Failed {
        // once more for people
        run_within(cargo(root, &["deny", "--offline", "--all-features", "check", "advisories"]), PATIENCE)?;
    }
    Ok(outcome)
}

/// What the exit code and the report, one JSON value a line, mean.
fn outcome(passed: bool, report: &str) -> Outcome {
    let code =
        |line: &str| Some(serde_json::from_str::<Value>(line).ok()?.pointer("/fields/code")?.as_str()?.to_owned());
    let has_no_index = report.lines().filter_map(code).any(|code| code == "index-failure");
    match (passed, has_no_index) {
        (false, _) => Outcome::Failed,
        (true, true) => Outcome::NotChecked("the registry's index, which knows yanked versions, cannot be read"),
        (true, false) => Outcome::Passed,
    }
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Nothing if the time is over; the program is ended then.
fn run_within(mut command: Command, patience: Duration) -> io::Result<Option<ExitStatus>> {
    let mut child = command.spawn()?;
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() >= patience {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_that_cannot_be_read_is_not_checked_and_an_advisory_fails() {
        let missing = r#"{"fields":{"code":"index-failure","severity":"warning"},"type":"diagnostic"}"#;
        let found = r#"{"fields":{"code":"vulnerability","severity":"error"},"type":"diagnostic"}"#;
        let speaks_of_it = r#"{"fields":{"code":"unmaintained","message":"index-failure"},"type":"diagnostic"}"#;
        for (passed, report, expected) in [
            (true, "", true),
            (true, speaks_of_it, true),
            (true, "not JSON", true),
            (false, found, false),
            (false, missing, false),
        ] {
            assert_eq!(outcome(passed, report), Outcome::of(expected), "{report}");
        }
        assert!(matches!(outcome(true, &format!("{speaks_of_it}\n{missing}\n")), Outcome::NotChecked(_)));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_does_not_end_is_ended() {
        let mut endless = Command::new("sleep");
        endless.arg("600");
        let started = Instant::now();
        assert!(run_within(endless, Duration::from_millis(200)).unwrap().is_none());
        assert!(started.elapsed() < Duration::from_secs(60));
    }
}
