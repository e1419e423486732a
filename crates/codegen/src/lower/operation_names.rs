//! Operations are read into the model, and get the ids that become their Rust methods; missing and repeated ids become
//! names of their own.

use serde_json::Value;

use super::Lowering;
use crate::model::read;

pub(super) fn run(lowering: &mut Lowering) {
    lowering.model = read(&lowering.document);
    for operation in &lowering.model.operations {
        if let Some(Value::Object(value)) = lowering.document.pointer_mut(&operation.pointer) {
            value.insert("operationId".to_owned(), operation.name.clone().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::lower::Lowering;

    #[test]
    fn missing_repeated_and_taken_ids_become_names_of_their_own() {
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
