//! Reads operations into the model, and sets each `operationId` to the name of its Rust method. Missing and duplicate
//! ids get unique names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Lowering;
use crate::{
    model::{Operation, read},
    unsupported::UnsupportedKeyword,
};

pub(super) fn run(lowering: &mut Lowering) {
    lowering.model = read(&lowering.document);
    list_duplicates(lowering);
    for operation in &lowering.model.operations {
        if let Some(Value::Object(value)) = lowering.document.pointer_mut(&operation.pointer) {
            value.insert("operationId".to_owned(), operation.transport.clone().into());
        }
    }
}

/// Lists each `operationId` that several operations have.
fn list_duplicates(lowering: &mut Lowering) {
    let mut holders: BTreeMap<&str, Vec<&Operation>> = BTreeMap::new();
    for operation in &lowering.model.operations {
        holders.entry(operation.id.as_str()).or_default().push(operation);
    }
    for operation in holders.into_values().filter(|holders| holders.len() > 1).flatten() {
        let reason =
            format!("not unique: several operations have this id; the method of this one is `{}`", operation.name);
        let id = Value::from(operation.id.as_str());
        lowering.unrepresented.push(UnsupportedKeyword::new(&operation.pointer, "operationId", reason, &id));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::lower::Lowering;

    #[test]
    fn missing_duplicate_and_reserved_ids_get_unique_names() {
        let mut lowering =
            Lowering::of(json!({"paths": {"/a": {"get": {"operationId": "server"}, "put": {"operationId": "clone"}},
            "/b": {"get": {}, "put": {"operationId": "putIt"}, "post": {"operationId": "put_it"}}}}));
        super::run(&mut lowering);
        let names: Vec<_> =
            lowering.model.operations.iter().map(|one| (one.name.as_str(), one.type_name.as_str())).collect();
        let expected = [
            ("clone_2", "Clone2"),
            ("get_b", "GetB"),
            ("put_it", "PutIt"),
            ("put_it_2", "PutIt2"),
            ("server_2", "Server2"),
        ];
        let mut sorted = names.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn duplicate_ids_are_listed_with_their_methods() {
        let operation = |id: &str| json!({"operationId": id});
        let mut lowering = Lowering::of(json!({"paths": {"/b": {"get": operation("read"), "put": operation("write")},
            "/a": {"get": operation("read"), "put": {}}, "/c": {"get": operation("READ"), "put": {}}}}));
        super::run(&mut lowering);
        let listed: Vec<_> = lowering.unrepresented.iter().map(|one| (one.pointer.as_str(), &one.reason)).collect();
        let names: Vec<_> = listed.iter().map(|(_, reason)| reason.rsplit('`').nth(1).unwrap()).collect();
        assert_eq!(listed.iter().map(|(at, _)| *at).collect::<Vec<_>>(), ["/paths/~1b/get", "/paths/~1a/get"]);
        assert_eq!(names, ["read", "read_2"]);
    }
}
