//! Advisories and yanked versions of dependencies, if the network is available.

use std::{
    io::{self, Read as _, Seek as _},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::command::{Outcome, cargo, passes};

/// Messages of this step.
pub(super) const NOT_INSTALLED: &str = "cargo-deny is not installed; fix: run bash .ci/run, which installs it";
pub(super) const NO_DATABASE: &str = "the advisory database cannot be fetched";
pub(super) const NO_INDEX: &str = "the registry index, which has the yanked versions, cannot be read";

pub(super) const COMMAND: &[&str] = &["deny", "--all-features", "check", "advisories"];

/// Timeout for fetching the database, and for the check.
const TIMEOUT: Duration = Duration::from_secs(120);
const POLL_INTERVAL: Duration = Duration::from_millis(50);
/// The most bytes of cargo-deny's report that are read.
const LONGEST_REPORT: u64 = 64 << 20;

pub(super) fn check(root: &Path) -> Outcome {
    if !passes(quiet(cargo(root, &["deny", "--version"]))) {
        openapi_tools::output::note(NOT_INSTALLED);
        return Outcome::Failed;
    }
    let mut fetch = quiet(cargo(root, &["deny", "fetch", "db"]));
    // git gives up on slow connections, and does not prompt for a password
    fetch.envs([("GIT_TERMINAL_PROMPT", "0"), ("GIT_HTTP_LOW_SPEED_LIMIT", "1000"), ("GIT_HTTP_LOW_SPEED_TIME", "30")]);
    match run_within(fetch, TIMEOUT) {
        Ok(Some(status)) if status.success() => report(root).unwrap_or(Outcome::Failed),
        _ => Outcome::NotChecked(NO_DATABASE),
    }
}

fn report(root: &Path) -> io::Result<Outcome> {
    let mut written = tempfile::tempfile()?;
    // --offline: the database is fetched, so that a failure is an advisory and not the network
    let mut command = cargo(root, &["deny", "--offline", "--format", "json", "--all-features", "check", "advisories"]);
    command.stdin(Stdio::null()).stderr(written.try_clone()?);
    let status = run_within(command, TIMEOUT)?;
    written.rewind()?;
    let mut text = String::new();
    written.take(LONGEST_REPORT).read_to_string(&mut text)?;
    let outcome = outcome(status.is_some_and(|status| status.success()), &text);
    if outcome == Outcome::Failed {
        // again as text
        run_within(cargo(root, &["deny", "--offline", "--all-features", "check", "advisories"]), TIMEOUT)?;
    }
    Ok(outcome)
}

/// Returns the outcome for an exit code and a report, which has one JSON value per line.
fn outcome(passed: bool, report: &str) -> Outcome {
    let code =
        |line: &str| Some(serde_json::from_str::<Value>(line).ok()?.pointer("/fields/code")?.as_str()?.to_owned());
    let has_no_index = report.lines().filter_map(code).any(|code| code == "index-failure");
    match (passed, has_no_index) {
        (false, _) => Outcome::Failed,
        (true, true) => Outcome::NotChecked(NO_INDEX),
        (true, false) => Outcome::Passed,
    }
}

fn quiet(mut command: Command) -> Command {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs a command. Returns none if it was killed after `timeout`.
fn run_within(mut command: Command, timeout: Duration) -> io::Result<Option<ExitStatus>> {
    let mut child = command.spawn()?;
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if started.elapsed() >= timeout {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(POLL_INTERVAL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_index_is_not_checked_and_an_advisory_fails() {
        let missing = r#"{"fields":{"code":"index-failure","severity":"warning"},"type":"diagnostic"}"#;
        let found = r#"{"fields":{"code":"vulnerability","severity":"error"},"type":"diagnostic"}"#;
        let mentions_it = r#"{"fields":{"code":"unmaintained","message":"index-failure"},"type":"diagnostic"}"#;
        for (passed, report, expected) in [
            (true, "", true),
            (true, mentions_it, true),
            (true, "not JSON", true),
            (false, found, false),
            (false, missing, false),
        ] {
            assert_eq!(outcome(passed, report), Outcome::of(expected), "{report}");
        }
        assert!(matches!(outcome(true, &format!("{mentions_it}\n{missing}\n")), Outcome::NotChecked(_)));
    }

    #[cfg(unix)]
    #[test]
    fn kills_a_command_after_the_timeout() {
        let mut endless = Command::new("sleep");
        endless.arg("600");
        let started = Instant::now();
        assert!(run_within(endless, Duration::from_millis(200)).unwrap().is_none());
        assert!(started.elapsed() < Duration::from_secs(60));
    }
}
