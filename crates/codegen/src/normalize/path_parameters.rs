//! Makes path templates and path parameters consistent: every template name has a parameter, and no parameter is left
//! over.

use openapi::{Operation, operations, queries::text};
use serde_json::{Value, json};

use super::Normalizing;

pub(super) fn run(normalizing: &mut Normalizing) {
    for Operation { path, item, pointer: at, .. } in operations(&normalizing.document) {
        let names = template_names(&path);
        let shared: Vec<String> = path_names(normalizing.document.pointer(&item));
        for owner in [&item, &at] {
            let list = normalizing
                .document
                .pointer_mut(owner)
                .and_then(|value| value.get_mut("parameters"))
                .and_then(Value::as_array_mut);
            if let Some(list) = list {
                // a path parameter that is not in the template cannot be sent
                list.retain(|one| text(one, "in") != "path" || names.iter().any(|name| name == text(one, "name")));
                for one in list.iter_mut().filter(|one| text(one, "in") == "path") {
                    one["required"] = true.into();
                }
            }
        }
        let own = path_names(normalizing.document.pointer(&at));
        let missing = names.iter().filter(|name| !own.contains(name) && !shared.contains(name));
        let added: Vec<Value> = missing
            .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}))
            .collect();
        if let Some(operation) =
            normalizing.document.pointer_mut(&at).and_then(Value::as_object_mut).filter(|_| !added.is_empty())
        {
            match operation.entry("parameters").or_insert_with(|| json!([])) {
                Value::Array(list) => list.extend(added),
                other => *other = Value::Array(added),
            }
        }
    }
}

/// Returns the names between braces.
pub(crate) fn template_names(path: &str) -> Vec<String> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.to_owned()).collect()
}

fn path_names(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(|value| value.get("parameters")).and_then(Value::as_array).into_iter().flatten();
    list.filter(|one| text(one, "in") == "path").map(|one| text(one, "name").to_owned()).collect()
}

/// Returns why a path parameter is dropped, if it is.
pub(crate) fn dropped_path_parameter(parameter: &Value, path: &str) -> Option<String> {
    let name = text(parameter, "name");
    let is_dropped = text(parameter, "in") == "path" && !template_names(path).iter().any(|known| known == name);
    is_dropped.then(|| format!("not sent: the path template has no `{{{name}}}`"))
}

/// Returns a reason for each template name of a path without a parameter.
pub(crate) fn missing_path_parameters(path: &str, parameters: &[Value]) -> Vec<String> {
    let is_given = |name: &str| parameters.iter().any(|one| (text(one, "in"), text(one, "name")) == ("path", name));
    let missing = template_names(path).into_iter().filter(|name| !is_given(name));
    missing.map(|name| format!("`{{{name}}}` of the path template has no parameter; a string is assumed")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn makes_templates_and_parameters_consistent() {
        let document = json!({"openapi": "3.0.3", "paths": {"/a/{b}/{c}": {
            "parameters": [{"name": "c", "in": "path", "schema": {"type": "integer"}}],
            "get": {"operationId": "x", "parameters": [
                {"name": "d", "in": "path", "required": true, "schema": {"type": "string"}}]}}}});
        let parameters = &crate::pipeline::tests::lower(&document).model.operations[0].parameters;
        let mut names: Vec<_> = parameters.iter().map(|one| (one.name.clone(), one.required)).collect();
        names.sort();
        assert_eq!(names, [("b".to_owned(), true), ("c".to_owned(), true)]);
    }
}
