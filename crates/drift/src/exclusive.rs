//! One run at a time: `import` and `regen` read, decide and write while they hold a lock on the workspace.

use std::{
    fs::{self, File, TryLockError},
    io,
    ops::Deref,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use openapi::Problem;

use crate::{load::Workspace, staging};

/// The lock file. It lies beside the real `openapi/`, so that workspaces that share that folder exclude each other too.
pub const EXCLUSIVE: &str = ".xtask.lock";

/// How long a run waits for another one.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(20);
/// A wait that is not worth a message.
const SHORT: Duration = Duration::from_millis(500);

/// A workspace that no other run of `import` or `regen` changes until this value is dropped.
///
/// The operating system holds the lock on the open file, so that it ends with the process, also with a killed one. The
/// existence of the file means nothing.
#[derive(Debug)]
pub struct Exclusive {
    workspace: Workspace,
    leftovers: Vec<Problem>,
    _lock: File,
}

impl Exclusive {
    /// Waits for the lock on the workspace at `root`, and then reads the workspace.
    ///
    /// Calls `waiting` once with a sentence if another run holds the lock.
    ///
    /// # Errors
    /// When the lock is not free within a minute or cannot be taken, and when `root` is no workspace of this kind.
    pub fn load(root: &Path, waiting: impl FnOnce(&str)) -> Result<Self, Problem> {
        Self::load_within(root, PATIENCE, waiting)
    }

    fn load_within(root: &Path, patience: Duration, waiting: impl FnOnce(&str)) -> Result<Self, Problem> {
        let beside = folder_of_lock(root);
        let lock = take(&beside.join(EXCLUSIVE), patience, waiting)?;
        let mut leftovers = staging::remove_stale(&beside);
        if fs::canonicalize(root).ok().as_ref() != Some(&beside) {
            leftovers.extend(staging::remove_stale(root));
        }
        Ok(Self { workspace: Workspace::load(root)?, leftovers, _lock: lock })
    }

    /// What killed runs left behind and is not deleted, since it is nowhere else.
    #[must_use]
    pub fn leftovers(&self) -> &[Problem] {
        &self.leftovers
    }
}

impl Deref for Exclusive {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

fn folder_of_lock(root: &Path) -> PathBuf {
    let openapi = fs::canonicalize(root.join("openapi")).ok();
    let beside = openapi.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    beside.or_else(|| fs::canonicalize(root).ok()).unwrap_or_else(|| root.to_owned())
}

fn take(path: &Path, patience: Duration, waiting: impl FnOnce(&str)) -> Result<File, Problem> {
    let failed = |error: &io::Error| {
        let fix = "make the folder writable, and keep it on a file system that has file locks";
        Problem::new(format!("cannot be locked: {error}"), fix).in_file(path.display().to_string())
    };
    let lock = File::options().create(true).truncate(false).write(true).open(path).map_err(|error| failed(&error))?;
    let started = Instant::now();
    let mut waiting = Some(waiting);
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
            Err(TryLockError::WouldBlock) if started.elapsed() >= patience => {
                let what = format!(
                    "another `cargo xtask import` or `regen` of this workspace has not ended within {} s",
                    patience.as_secs()
                );
                return Err(
                    Problem::new(what, "let it end, or end it, and run this again").in_file(path.display().to_string())
                );
            }
            Err(TryLockError::WouldBlock) => {
                if let Some(announce) = waiting.take_if(|_| started.elapsed() >= SHORT.min(patience / 2)) {
                    announce("waiting for another `cargo xtask import` or `regen` of this workspace to end");
                }
                thread::sleep(PAUSE);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Duration = Duration::from_millis(500);

    #[test]
    fn a_second_run_waits_says_so_once_and_gives_up_with_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(EXCLUSIVE);
        let held = take(&path, MOMENT, |_| panic!("nobody holds it")).unwrap();
        let mut announced = Vec::new();
        let refused = take(&path, MOMENT, |text| announced.push(text.to_owned())).unwrap_err();
        assert_eq!(announced.len(), 1);
        assert!(refused.what.contains("has not ended") && refused.fix.contains("run this again"), "{refused}");
        assert_eq!(refused.file, Some(path.display().to_string()));
        drop(held);
        take(&path, MOMENT, |_| panic!("a lock file without a holder is no lock")).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn workspaces_that_share_a_folder_share_its_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("one/openapi")).unwrap();
        fs::create_dir_all(folder.path().join("two")).unwrap();
        std::os::unix::fs::symlink("../one/openapi", folder.path().join("two/openapi")).unwrap();
        assert_eq!(folder_of_lock(&folder.path().join("two")), folder_of_lock(&folder.path().join("one")));
    }
}
