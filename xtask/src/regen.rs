//! `cargo xtask regen`.

use blynk_drift::{Exclusive, regen, regen_released};
use serde_json::json;

use openapi_tools::{
    Format,
    output::{CLEAN, could_not_run, note, say, say_json, warn},
};

use crate::workspace::workspace;

pub(crate) fn run(released: bool, format: Format) -> u8 {
    let result = Exclusive::load(&workspace(), note).map_err(|problem| vec![problem]).and_then(|workspace| {
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
            for pointer in &done.departures {
                say(&format!(
                    "note: the document departs from its pages at {pointer}; `cargo xtask import` takes their value \
                     back, with --prune also what no page has any more"
                ));
            }
        }
        (Ok(done), Format::Json) => {
            warn(done.leftover.as_slice());
            say_json(&json!({"format_version": 1, "changed": done.changed, "departures": done.departures}));
        }
    }
    CLEAN
}
