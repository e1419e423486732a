//! Names of operations: of their methods and types, and of the methods of progenitor's client.

use std::collections::BTreeSet;

use openapi::free_name;

use super::{Operation, Response};
use crate::naming;

/// Methods of every generated client, and of every type in Rust: no operation gets one of these names.
const OWN_METHODS: [&str; 7] = ["builder", "call_operation", "clone", "into", "server", "transport", "try_into"];

/// Names of Rust's prelude that the module of request builders uses: no builder gets one of these names.
const USED_TYPES: [&str; 6] = ["Into", "IntoIterator", "Option", "Result", "TryInto", "Vec"];

/// Methods of progenitor's client, and of the traits that it implements.
const OF_PROGENITOR: [&str; 10] =
    ["api_version", "baseurl", "client", "exec", "inner", "new", "new_with_client", "of", "post", "pre"];

/// The names that are in use.
pub(super) struct OperationNames {
    methods: BTreeSet<String>,
    types: BTreeSet<String>,
}

impl Default for OperationNames {
    fn default() -> Self {
        let set = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        Self { methods: set(&OWN_METHODS), types: set(&USED_TYPES) }
    }
}

impl OperationNames {
    /// Returns the names of the method and the builder of an operation. The builder's name is the prefix of the names
    /// of the enums of its responses.
    pub(super) fn free(&mut self, id: &str, responses: &[Response]) -> (String, String) {
        let plain = naming::snake(id);
        let method = free_numbered(&plain, "_", |name| !self.methods.contains(name));
        let count = |success: bool| responses.iter().filter(|one| one.status.is_success() == success).count();
        let suffixes: Vec<&str> = [("Success", count(true)), ("Error", count(false))]
            .into_iter()
            .filter(|(_, count)| *count > 1)
            .map(|(suffix, _)| suffix)
            .chain([""])
            .collect();
        let is_free = |name: &str| !suffixes.iter().any(|suffix| self.types.contains(&format!("{name}{suffix}")));
        // the type has the number of the method
        let number = method.strip_prefix(&plain).unwrap_or_default().trim_start_matches('_');
        let type_name = free_numbered(&format!("{}{number}", naming::pascal(id)), "", is_free);
        self.methods.insert(method.clone());
        self.types.extend(suffixes.iter().map(|suffix| format!("{type_name}{suffix}")));
        (method, type_name)
    }

    /// Names the methods of progenitor's client like those of the generated client, if progenitor has no other use for
    /// the name.
    pub(super) fn name_transport(&self, operations: &mut [Operation]) {
        let mut taken = self.methods.clone();
        for operation in operations {
            operation.transport = if OF_PROGENITOR.contains(&operation.name.as_str()) {
                free_name(&format!("call_{}", operation.name), |name| taken.contains(name))
            } else {
                operation.name.clone()
            };
            taken.insert(operation.transport.clone());
        }
    }
}

/// Returns the first free name: `name`, else with a number after a separator.
fn free_numbered(name: &str, separator: &str, is_free: impl Fn(&str) -> bool) -> String {
    if is_free(name) {
        return name.to_owned();
    }
    (2_u32..).map(|number| format!("{name}{separator}{number}")).find(|name| is_free(name)).unwrap_or_default()
}
