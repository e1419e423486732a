//! Operations are read into the model, and get the ids that become their Rust methods; missing and repeated ids become names
//! of their own.

use serde_json::Value;

use super::Lowering;
use crate::model::Model;

pub(super) fn run(lowering: &mut Lowering) {
    lowering.model = Model::read(&lowering.document);
    for operation in &lowering.model.operations {
        if let Some(Value::Object(value)) = lowering.document.pointer_mut(&operation.pointer) {
            value.insert("operationId".to_owned(), operation.name.clone().into());
        }
    }
}
