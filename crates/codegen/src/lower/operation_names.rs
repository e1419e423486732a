//! Reads operations into the model, and sets each `operationId` to the name of its Rust method. Missing and duplicate
//! ids get unique names.

use serde_json::Value;

use super::Lowering;
use crate::model::read;

pub(super) fn run(lowering: &mut Lowering) {
    lowering.model = read(&lowering.document);
    for operation in &lowering.model.operations {
        if let Some(Value::Object(value)) = lowering.document.pointer_mut(&operation.pointer) {
            value.insert("operationId".to_owned(), operation.transport.clone().into());
        }
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
}
