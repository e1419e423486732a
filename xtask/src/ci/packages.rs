//! A separate `CARGO_HOME` to verify packages: cargo unpacks them into `registry/src` as if they came from a registry,
//! and never again for the same version.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Target folder of the packages, apart from the workspace's crates of the same names and versions.
pub(super) const TARGET: &str = "target/packages";

/// The most levels of folders that are copied of an index or a cache.
const MOST_LEVELS: usize = 8;

/// Sets `CARGO_HOME` of a command.
pub(super) fn within(mut command: Command, home: &Path) -> Command {
    // cargo's cleanup would delete files that are linked from the user's home
    command.env("CARGO_HOME", home).env("CARGO_CACHE_AUTO_CLEAN_FREQUENCY", "never");
    command
}

/// Creates a `CARGO_HOME` for the packages of a command, with the fetched crates of the user's home and without
/// results of an earlier run.
///
/// # Errors
/// When a file cannot be written.
pub(super) fn separate_home(root: &Path, command: &[&str]) -> io::Result<PathBuf> {
    let target = root.join(TARGET);
    remove_fingerprints(&target.join("debug/.fingerprint"), command)?;
    let home = target.join("home");
    fill(&home, user_home().as_deref())?;
    Ok(home)
}

/// Removes the fingerprints of the packages of a command, `name-hash`: cargo considers a package of a registry
/// unchanged as long as its version is.
fn remove_fingerprints(fingerprints: &Path, command: &[&str]) -> io::Result<()> {
    let mut flags = command.iter();
    while flags.any(|flag| *flag == "-p") {
        if let Some(package) = flags.next() {
            remove_entries(fingerprints, &format!("{package}-"))?;
        }
    }
    Ok(())
}

fn user_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")))
}

/// Copies the fetched crates and indexes of the user's home. Crates unpacked from crates.io stay: they never change.
fn fill(home: &Path, user: Option<&Path>) -> io::Result<()> {
    for folder in ["registry/index", "registry/cache"] {
        remove_if_there(&home.join(folder))?;
    }
    // the names of registries in local folders start with a dash
    remove_entries(&home.join("registry/src"), "-")?;
    fs::create_dir_all(home.join("registry"))?;
    let Some(user) = user else { return Ok(()) };
    // cargo writes to index files, and never to a fetched crate
    copy_tree(&user.join("registry/index"), &home.join("registry/index"), &copy, MOST_LEVELS)?;
    copy_tree(&user.join("registry/cache"), &home.join("registry/cache"), &link_or_copy, MOST_LEVELS)?;
    for name in ["config.toml", "config"] {
        if user.join(name).is_file() {
            copy(&user.join(name), &home.join(name))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::copy(from, to).map(drop)
}

fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| copy(from, to))
}

/// Copies folders recursively, except those of registries in local folders.
fn copy_tree(from: &Path, to: &Path, file: &dyn Fn(&Path, &Path) -> io::Result<()>, deep: usize) -> io::Result<()> {
    if !from.is_dir() || deep == 0 {
        return Ok(());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            if !entry.file_name().to_string_lossy().starts_with('-') {
                copy_tree(&path, &to, file, deep - 1)?;
            }
        } else if path.is_file() {
            file(&path, &to)?;
        }
    }
    Ok(())
}

fn remove_entries(folder: &Path, start: &str) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(start) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

fn remove_if_there(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, time::SystemTime};

    use super::*;

    fn put(root: &Path, name: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }

    fn listing(folder: &Path, found: &mut BTreeMap<PathBuf, (Vec<u8>, SystemTime)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                listing(&path, found);
            } else {
                let written = fs::metadata(&path).unwrap().modified().unwrap();
                found.insert(path.clone(), (fs::read(path).unwrap(), written));
            }
        }
    }

    #[test]
    fn removes_the_fingerprints_of_the_packages() {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["blynk-pages-0a/lib", "openapi-tools-openapi-0b/lib", "openapi-tools-openapi-0c/lib", "serde-0d/lib"]
        {
            put(folder.path(), name);
        }
        remove_fingerprints(
            folder.path(),
            &["package", "-p", "openapi-tools-openapi", "--allow-dirty", "-p", "blynk-pages"],
        )
        .unwrap();
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["serde-0d"]);
    }

    #[test]
    fn keeps_the_users_home_and_removes_packages_of_an_earlier_run() {
        let folder = tempfile::tempdir().unwrap();
        let (user, own) = (folder.path().join("user"), folder.path().join("own"));
        for name in [
            "registry/index/index.crates.io-1/.cache/a/b/ab",
            "registry/index/-1/config.json",
            "registry/cache/index.crates.io-1/ab-1.0.0.crate",
            "registry/cache/-1/openapi-tools-openapi-0.1.0.crate",
            "registry/src/-1/openapi-tools-openapi-0.1.0/Cargo.toml",
            "config.toml",
            "credentials.toml",
        ] {
            put(&user, name);
        }
        put(&own, "registry/src/-2/openapi-tools-openapi-0.1.0/Cargo.toml");
        put(&own, "registry/src/index.crates.io-1/ab-1.0.0/Cargo.toml");
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        listing(&user, &mut before);
        for _ in 0..2 {
            fill(&own, Some(&user)).unwrap();
        }
        // as cargo does when it updates the index
        fs::write(own.join("registry/index/index.crates.io-1/.cache/a/b/ab"), "newer").unwrap();
        listing(&user, &mut after);
        assert!(before == after);
        // cargo writes to the given home only
        let command = within(Command::new("cargo"), &own);
        let given = command.get_envs().find(|(name, _)| *name == "CARGO_HOME");
        assert_eq!(given.and_then(|(_, home)| home), Some(own.as_os_str()));
        let mut made = BTreeMap::new();
        listing(&own, &mut made);
        let made: Vec<_> = made.keys().map(|path| path.strip_prefix(&own).unwrap().display().to_string()).collect();
        assert_eq!(
            made,
            [
                "config.toml",
                "registry/cache/index.crates.io-1/ab-1.0.0.crate",
                "registry/index/index.crates.io-1/.cache/a/b/ab",
                "registry/src/index.crates.io-1/ab-1.0.0/Cargo.toml",
            ]
        );
    }
}
