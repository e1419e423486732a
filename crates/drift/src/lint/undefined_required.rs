//! Finds required properties that are not defined.

use serde_json::Value;

use super::{
    subject::{Lint, Subject},
    walk::objects,
};

pub(super) fn run(subject: &Subject<'_>) -> Vec<Lint> {
    let mut found = Vec::new();
    objects(subject.document, &mut |at, _, map| {
        let Some(properties) = map.get("properties").and_then(Value::as_object) else { return };
        // another part of the composition may define it
        if map.contains_key("additionalProperties")
            || ["allOf", "oneOf", "anyOf"].iter().any(|key| map.contains_key(*key))
            || at.contains("/allOf/")
        {
            return;
        }
        for (index, name) in map.get("required").and_then(Value::as_array).into_iter().flatten().enumerate() {
            if let Some(name) = name.as_str().filter(|name| !properties.contains_key(*name)) {
                found.push(Lint::new(
                    format!("{at}/required/{index}"),
                    format!("`{name}` is in `required`, but not in `properties`"),
                ));
            }
        }
    });
    found
}
