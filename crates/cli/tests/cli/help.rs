//! Help, version, and a command line without a command.

use crate::support::{Home, run};

#[test]
fn help_and_version_go_to_standard_output() {
    let home = Home::new();
    let levels = [&[][..], &["oauth"], &["oauth", "create"], &["token"], &["emulator"]];
    for level in levels {
        for flag in ["-h", "--help"] {
            let mut command = home.blynk(level.iter().chain(&[flag]));
            command.env("CLICOLOR_FORCE", "1").env("TERM", "xterm-256color");
            let run = run(command);
            assert!(run.quiet().contains("Usage: blynk"), "{level:?} {flag}");
            assert!(!run.stdout.contains('\u{1b}'));
        }
    }
    assert!(home.run(["help", "oauth", "create"]).quiet().contains("--redirect-url"));
    assert_eq!(home.run(["--version"]).quiet(), concat!("blynk ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_missing_command_prints_the_help_to_standard_error() {
    let home = Home::new();
    for (arguments, usage) in [(&[][..], "Usage: blynk <COMMAND>"), (&["oauth"], "Usage: blynk oauth <COMMAND>")] {
        let run = home.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""));
        assert!(run.stderr.contains(usage), "{}", run.stderr);
    }
}
