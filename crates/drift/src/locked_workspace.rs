//! The lock on the workspace: one run of `import` or `regen` at a time.

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

/// Name of the lock file. It is in the parent folder of the real `openapi/`, so that workspaces that share that folder
/// through a symbolic link share the lock.
pub const WORKSPACE_LOCK: &str = ".xtask.lock";

/// How long a run waits for another one to end.
const TIMEOUT: Duration = Duration::from_secs(60);
const POLL_INTERVAL: Duration = Duration::from_millis(20);
/// After this time the run reports that it waits.
const REPORT_AFTER: Duration = Duration::from_millis(500);

/// A workspace that no other run of `import` or `regen` changes until this value is dropped.
///
/// The lock is an advisory lock of the operating system on an open file. It ends with the process, even if that is
/// killed; the lock file itself remains.
#[derive(Debug)]
pub struct LockedWorkspace {
    workspace: Workspace,
    leftovers: Vec<Problem>,
    _lock: File,
}

impl LockedWorkspace {
    /// Waits for the lock on the workspace at `root`, and then reads the workspace.
    ///
    /// Calls `waiting` once with a message if another run holds the lock for more than half a second.
    ///
    /// # Errors
    /// When the lock cannot be taken within a minute, and when `root` is not a workspace of this kind.
    pub fn load(root: &Path, waiting: impl FnOnce(&str)) -> Result<Self, Problem> {
        Self::load_within(root, TIMEOUT, waiting)
    }

    fn load_within(root: &Path, timeout: Duration, waiting: impl FnOnce(&str)) -> Result<Self, Problem> {
        let folder = lock_folder(root);
        let lock = take(&folder.join(WORKSPACE_LOCK), timeout, waiting)?;
        let mut leftovers = staging::remove_stale(&folder);
        if fs::canonicalize(root).ok().as_ref() != Some(&folder) {
            leftovers.extend(staging::remove_stale(root));
        }
        Ok(Self { workspace: Workspace::load(root)?, leftovers, _lock: lock })
    }

    /// Returns the staging folders of killed runs that hold files which exist nowhere else, and so are not deleted.
    #[must_use]
    pub fn leftovers(&self) -> &[Problem] {
        &self.leftovers
    }
}

impl Deref for LockedWorkspace {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

fn lock_folder(root: &Path) -> PathBuf {
    let openapi = fs::canonicalize(root.join("openapi")).ok();
    let parent = openapi.as_deref().and_then(Path::parent).map(Path::to_path_buf);
    parent.or_else(|| fs::canonicalize(root).ok()).unwrap_or_else(|| root.to_owned())
}

fn take(path: &Path, timeout: Duration, waiting: impl FnOnce(&str)) -> Result<File, Problem> {
    let failed = |error: &io::Error| {
        let fix = "make the folder writable, on a file system that supports file locks";
        Problem::new(format!("{} cannot be locked: {error}", path.display()), fix).in_file(path.display().to_string())
    };
    let lock = File::options().create(true).truncate(false).write(true).open(path).map_err(|error| failed(&error))?;
    let started = Instant::now();
    let mut waiting = Some(waiting);
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
            Err(TryLockError::WouldBlock) if started.elapsed() >= timeout => {
                let what = format!(
                    "another `cargo xtask import` or `regen` of this workspace is still running after {} s",
                    timeout.as_secs()
                );
                return Err(Problem::new(what, "wait for it to end or stop it, then run this command again")
                    .in_file(path.display().to_string()));
            }
            Err(TryLockError::WouldBlock) => {
                if let Some(announce) = waiting.take_if(|_| started.elapsed() >= REPORT_AFTER.min(timeout / 2)) {
                    announce("waiting for another `cargo xtask import` or `regen` of this workspace");
                }
                thread::sleep(POLL_INTERVAL);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEST_TIMEOUT: Duration = Duration::from_millis(500);

    #[test]
    fn a_second_run_reports_once_that_it_waits_and_times_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(WORKSPACE_LOCK);
        let held = take(&path, TEST_TIMEOUT, |_| panic!("the lock is free")).unwrap();
        let mut announced = Vec::new();
        let error = take(&path, TEST_TIMEOUT, |text| announced.push(text.to_owned())).unwrap_err();
        assert_eq!(announced.len(), 1);
        assert!(error.what.contains("still running") && error.fix.contains("run this command again"), "{error}");
        assert_eq!(error.file, Some(path.display().to_string()));
        drop(held);
        take(&path, TEST_TIMEOUT, |_| panic!("the lock is free again")).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn workspaces_with_a_shared_folder_share_the_lock() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("one/openapi")).unwrap();
        fs::create_dir_all(folder.path().join("two")).unwrap();
        std::os::unix::fs::symlink("../one/openapi", folder.path().join("two/openapi")).unwrap();
        assert_eq!(lock_folder(&folder.path().join("two")), lock_folder(&folder.path().join("one")));
    }
}
