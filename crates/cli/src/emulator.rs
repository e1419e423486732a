//! `blynk emulator`: serves the emulator until a signal stops it.

use std::future::Future;
use std::io;
use std::path::Path;

use blynk_emulator::Emulator;
use serde_json::json;

use crate::{
    arguments::{self, ReadyFormat},
    failure::{Failure, with_cause},
    local,
    output::{self, printable, write_error},
};

pub(crate) async fn run(arguments: arguments::Emulator) -> Result<(), Failure> {
    let database = match arguments.db {
        Some(file) if file.as_os_str().is_empty() => {
            return Err(Failure::setup("--db: is empty; fix: name a file, or omit the flag"));
        }
        Some(file) => file,
        None if requests_postgresql() => {
            let what =
                "DATABASE_URL: PostgreSQL is not supported; fix: unset DATABASE_URL, or name a SQLite file with --db";
            return Err(Failure::setup(what));
        }
        None => local::database()?,
    };
    // Registered first, so that a signal during the start stops the emulator gracefully too.
    let stopped = stopped().map_err(|error| Failure::setup(format!("cannot handle signals: {error}")))?;
    let emulator = local::start(arguments.port, &database).await?;
    let printed = output::print(&match arguments.output {
        ReadyFormat::Text => text(&emulator, &database),
        ReadyFormat::Json => output::json(&json!({
            "format_version": 1,
            "url": emulator.url(),
            "control": emulator.control_url(),
            "client_id": emulator.credentials().client_id,
            "client_secret": emulator.credentials().client_secret,
        })),
    });
    if printed.is_ok() {
        stopped.await;
    }
    let shut_down = emulator.shutdown().await;
    printed.map_err(|error| Failure::call(write_error(&error)))?;
    shut_down.map_err(|error| Failure::call(with_cause(&error)))
}

/// Returns whether `DATABASE_URL` names a PostgreSQL database. Silently using a file instead would hide the data.
fn requests_postgresql() -> bool {
    let url = std::env::var_os("DATABASE_URL").unwrap_or_default();
    url.to_string_lossy().starts_with("postgres")
}

fn text(emulator: &Emulator, database: &Path) -> String {
    let shown = |path: &Path| printable(&path.display().to_string());
    let database = std::path::absolute(database).unwrap_or_else(|_| database.to_owned());
    let secret =
        if emulator.first_start() { &emulator.credentials().client_secret } else { "(see the credentials file)" };
    format!(
        "The Blynk emulator listens on {}\ncontrol interface  {}\ndatabase           {}\n\
         credentials file   {}\nclient ID          {}\nclient secret      {secret}\nPress Ctrl-C to stop it.\n",
        emulator.url(),
        emulator.control_url(),
        shown(&database),
        shown(emulator.credentials_path()),
        emulator.credentials().client_id,
    )
}

/// Returns a future that waits for SIGINT or SIGTERM, received after this call.
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

/// Returns a future that waits for Ctrl-C.
#[cfg(not(unix))]
fn stopped() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _: io::Result<()> = tokio::signal::ctrl_c().await;
    })
}
