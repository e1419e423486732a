//! A parameter is sent or left out; null is no value of it.

use serde_json::Value;

use super::{Lowering, each_parameter::each_parameter};

pub(super) fn run(lowering: &mut Lowering) {
    each_parameter(&mut lowering.document, |parameter| {
        if let Some(Value::Object(schema)) = parameter.get_mut("schema") {
            schema.remove("nullable");
        }
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn null_is_taken_from_parameters() {
        let document = json!({"openapi": "3.0.3", "paths": {"/a": {"get": {"parameters": [
            {"name": "h", "in": "header", "schema": {"type": "string", "nullable": true}}]}}}});
        let lowered = crate::lower::lower(&document).document;
        assert_eq!(lowered.pointer("/paths/~1a/get/parameters/0/schema"), Some(&json!({"type": "string"})));
    }
}
