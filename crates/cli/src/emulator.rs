//! `blynk emulator`: serves the emulator until a signal stops it.

use std::future::Future;
use std::io;
use std::path::Path;

use blynk_emulator::Emulator;
use serde_json::json;

use crate::{
    arguments::{self, ReadyForm},
    failure::{Failure, with_cause},
    local,
    output::{self, printable, unwritable},
};

pub(crate) async fn run(arguments: arguments::Emulator) -> Result<(), Failure> {
    let database = match arguments.db {
        Some(file) if file.as_os_str().is_empty() => return Err(Failure::set_up("--db: must not be empty")),
        Some(file) => file,
        None if names_postgresql() => {
            let what = "DATABASE_URL: PostgreSQL is not supported yet; unset it, or name a SQLite file with --db";
            return Err(Failure::set_up(what));
        }
        None => local::database()?,
    };
    // First of all, so that a signal during the start stops it as gracefully as a later one.
    let stopped = stopped().map_err(|error| Failure::set_up(format!("signals cannot be received: {error}")))?;
    let emulator = local::start(arguments.port, &database).await?;
    let said = output::print(&match arguments.output {
        ReadyForm::Text => for_people(&emulator, &database),
        ReadyForm::Json => output::json(&json!({
            "format_version": 1,
            "url": emulator.url(),
            "control": emulator.control_url(),
            "client_id": emulator.credentials().client_id,
            "client_secret": emulator.credentials().client_secret,
        })),
    });
    if said.is_ok() {
        stopped.await;
    }
    let shut_down = emulator.shutdown().await;
    said.map_err(|error| Failure::call(unwritable(&error)))?;
    shut_down.map_err(|error| Failure::call(with_cause(&error)))
}

/// Whether the environment asks for PostgreSQL. To go on with a file would put the data where nobody looks for it.
fn names_postgresql() -> bool {
    let url = std::env::var_os("DATABASE_URL").unwrap_or_default();
    url.to_string_lossy().starts_with("postgres")
}

fn for_people(emulator: &Emulator, database: &Path) -> String {
    let shown = |path: &Path| printable(&path.display().to_string());
    let database = std::path::absolute(database).unwrap_or_else(|_| database.to_owned());
    let secret =
        if emulator.first_start() { &emulator.credentials().client_secret } else { "(in the credentials file)" };
    format!(
        "Blynk emulator   {}\ncontrol          {}\ndata             {}\ncredentials      {}\n\
         client id        {}\nclient secret    {secret}\nStop it with Ctrl-C.\n",
        emulator.url(),
        emulator.control_url(),
        shown(&database),
        shown(emulator.credentials_path()),
        emulator.credentials().client_id,
    )
}

/// Waits for SIGINT or SIGTERM. They count from the call of this function on.
#[cfg(unix)]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _: io::Result<()> = tokio::signal::ctrl_c().await;
    })
}
