//! The time limit of the comparison.

use std::{
    path::Path,
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use openapi::{Code, Problem};

use crate::{
    Format,
    output::{could_not_run, exit_code},
};

/// Ends the process with an error after `limit`, unless the result is dropped before.
pub(super) fn watch(document: &Path, limit: Duration, format: Format) -> Sender<()> {
    let (sender, receiver) = channel();
    let name = document.display().to_string();
    thread::spawn(move || {
        if receiver.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
            let what = format!("the comparison exceeds the time limit of {} s", limit.as_secs());
            let fix = "raise the limit with `--time-limit SECONDS`, or compare a part of the document";
            let problem = Problem::new(what, fix).of(Code::Limit).in_file(name);
            std::process::exit(exit_code(could_not_run(&[problem], format)).into());
        }
    });
    sender
}
