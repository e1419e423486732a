//! Standard output that cannot be written.

use std::{
    fs::File,
    process::{Command, Output, Stdio},
};

use crate::transcript::{HEAD, Transcript};

fn run(run: &Transcript, arguments: &[&str], stdout: impl Into<Stdio>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openapi-tools"));
    let child = command.args(arguments).current_dir(run.folder()).stdout(stdout).stderr(Stdio::piped()).spawn();
    child.unwrap().wait_with_output().unwrap()
}

#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let folder = Transcript::new();
    folder.file("api.yaml", format!("{HEAD}paths: {{}}\n"));
    for arguments in [
        &["generate", "--document", "api.yaml", "--out", "out"][..],
        &["generate", "--document", "api.yaml", "--out", "out", "--format", "json"],
        &["generate", "--document", "gone.yaml", "--out", "out", "--format", "json"],
        &["diff", "api.yaml", "api.yaml", "--format", "junit"],
        &["--help"],
    ] {
        let output = run(&folder, arguments, File::create("/dev/full").unwrap());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            "error: standard output cannot be written: No space left on device (os error 28)\n  fix: free some disk \
             space, or redirect the output to another file\n",
            "{arguments:?}"
        );
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Transcript::new();
    folder.file("api.yaml", format!("{HEAD}paths: {{}}\n"));
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = run(&folder, &["generate", "--document", "api.yaml", "--out", "out"], writer);
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
