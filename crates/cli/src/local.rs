//! The emulator with the data of the user, which `--local` calls and `blynk emulator` serves by default.

use std::env;
use std::path::{Path, PathBuf};

use blynk_emulator::Emulator;
use etcetera::BaseStrategy as _;

use crate::failure::{Failure, with_cause};

/// Starts the emulator.
pub(crate) async fn start(port: u16, database: &Path) -> Result<Emulator, Failure> {
    let started = Emulator::builder().port(port).database(database).start().await;
    started.map_err(|error| Failure::setup(with_cause(&error)))
}

/// Returns the path of the database in the data folder of the user.
pub(crate) fn database() -> Result<PathBuf, Failure> {
    let absolute = |name: &str| env::var_os(name).is_some_and(|value| Path::new(&value).is_absolute());
    // Without either variable, `etcetera` would look up the home folder of the user ID. A caller that cleared the
    // environment does not expect data there.
    let known = !cfg!(unix) || absolute("XDG_DATA_HOME") || absolute("HOME");
    match etcetera::choose_base_strategy() {
        Ok(strategy) if known => Ok(strategy.data_dir().join("blynk").join("emulator.db")),
        _ => Err(Failure::setup(
            "the emulator has no data folder: neither HOME nor XDG_DATA_HOME is an absolute path; \
             fix: set one of them to an absolute path",
        )),
    }
}
