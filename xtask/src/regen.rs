//! `cargo xtask regen`.

use blynk_drift::{LockedWorkspace, regen, regen_released};
use serde_json::json;

use openapi_tools::{
    Format,
    output::{CLEAN, could_not_run, note, say, say_json, warn},
};

use crate::workspace::workspace;

pub(crate) fn run(released: bool, format: Format) -> u8 {
    let result = LockedWorkspace::load(&workspace(), note).map_err(|problem| vec![problem]).and_then(|workspace| {
        warn(workspace.leftovers());
        if released { regen_released(&workspace) } else { regen(&workspace) }
    });
    match (result, format) {
        (Err(problems), _) => return could_not_run(&problems, format),
        (Ok(done), Format::Text) => {
            warn(done.leftover.as_slice());
            let wrote = if done.changed.is_empty() {
                "nothing changed".to_owned()
            } else {
                format!("wrote {}", done.changed.join(", "))
            };
            say(&wrote);
            for (_, message) in &done.known_differences {
                say(&format!("known difference: {message}"));
            }
            if !done.known_differences.is_empty() {
                say("fix: cargo xtask import restores the pages' values, --prune also removes what is in no page");
            }
        }
        (Ok(done), Format::Json) => {
            warn(done.leftover.as_slice());
            let pointers: Vec<_> = done.known_differences.iter().map(|(pointer, _)| pointer).collect();
            say_json(&json!({"format_version": 1, "changed": done.changed, "departures": pointers}));
        }
    }
    CLEAN
}
