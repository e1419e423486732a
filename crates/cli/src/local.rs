//! The emulator on the user's own data: what `--local` calls, and what `blynk emulator` serves by default.

use std::env;
use std::path::{Path, PathBuf};

use blynk_emulator::Emulator;
use etcetera::BaseStrategy as _;

use crate::failure::{Failure, with_cause};

/// Starts the emulator.
pub(crate) async fn start(port: u16, database: &Path) -> Result<Emulator, Failure> {
    let started = Emulator::builder().port(port).database(database).start().await;
    started.map_err(|error| Failure::set_up(with_cause(&error)))
}

/// The database in the user's data folder.
pub(crate) fn database() -> Result<PathBuf, Failure> {
    let absolute = |name: &str| env::var_os(name).is_some_and(|value| Path::new(&value).is_absolute());
    // Without either variable the system would still be asked for the folder of the user it takes us for. Whoever has
    // cleared the environment does not expect data there.
    let known = !cfg!(unix) || absolute("XDG_DATA_HOME") || absolute("HOME");
    match etcetera::choose_base_strategy() {
        Ok(strategy) if known => Ok(strategy.data_dir().join("blynk").join("emulator.db")),
        _ => Err(Failure::set_up(
            "no folder for the emulator's data is known; set HOME or XDG_DATA_HOME to an absolute path",
        )),
    }
}
