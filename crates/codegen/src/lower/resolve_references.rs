//! References to parameters, request bodies, responses and headers are replaced by what they refer to.

use blynk_document::{Problem, pointer};
use serde_json::Value;

use super::Lowering;

/// Deeper than any honest chain of references.
const DEEPEST: usize = 32;

/// References to schemas stay: they are types. All others would have to be followed by every pass anew.
pub(super) fn run(lowering: &mut Lowering) {
    let whole = lowering.document.clone();
    if let Some(paths) = lowering.document.get_mut("paths") {
        resolve(paths, &whole, "/paths", 0, &mut lowering.problems);
    }
}

fn resolve(value: &mut Value, whole: &Value, at: &str, depth: usize, problems: &mut Vec<Problem>) {
    let target =
        value.get("$ref").and_then(Value::as_str).filter(|target| !target.starts_with("#/components/schemas/"));
    if let Some(target) = target.map(str::to_owned) {
        let found = target.strip_prefix('#').and_then(|pointer| whole.pointer(pointer));
        match found {
            Some(found) if depth < DEEPEST => {
                *value = found.clone();
                resolve(value, whole, at, depth + 1, problems);
            }
            Some(_) => problems.push(
                Problem::new(format!("the reference `{target}` leads in a circle"), "break the circle").pointing_to(at),
            ),
            None => problems.push(
                Problem::new(
                    format!("the reference `{target}` leads to nothing in this document"),
                    "correct the reference",
                )
                .pointing_to(at),
            ),
        }
        return;
    }
    match value {
        Value::Object(map) => {
            for (key, child) in map.iter_mut() {
                // what stands in an example is data
                if !matches!(key.as_str(), "example" | "examples" | "default" | "enum" | "schema") {
                    resolve(child, whole, &pointer::join(at, key), depth, problems);
                }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter_mut().enumerate() {
                resolve(child, whole, &format!("{at}/{index}"), depth, problems);
            }
        }
        _ => {}
    }
}
