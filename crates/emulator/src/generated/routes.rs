//! Finds the documented operation of a request.

use std::sync::Arc;

use axum::http::{Method, Uri};
use openapi::{Operation, operations};
use serde_json::Value;

/// All operations of the documents.
#[derive(Debug, Default)]
pub(crate) struct Routes(Vec<Route>);

/// One operation.
#[derive(Debug)]
pub(crate) struct Route {
    pub(super) document: Arc<Value>,
    /// JSON pointer to the operation.
    pub(super) pointer: String,
    /// JSON pointer to its path item.
    pub(super) item: String,
    method: openapi::Method,
    segments: Vec<String>,
    /// Query parameters that are part of the path template.
    query: Vec<String>,
}

/// The result of a lookup.
pub(crate) enum Found<'r> {
    /// The operation, with the values of its path parameters.
    Operation(&'r Route, Vec<(String, String)>),
    /// The path is documented, but only with these methods.
    OtherMethods(Vec<openapi::Method>),
    /// The path is not documented.
    Nothing,
}

impl Routes {
    pub(crate) fn new(documents: impl IntoIterator<Item = Value>) -> Self {
        let mut routes = Vec::new();
        for document in documents {
            let document = Arc::new(document);
            routes.extend(operations(&document).into_iter().map(|operation| Route::new(&document, operation)));
        }
        // literal paths take precedence over templates, and paths with a query over those without
        routes.sort_by_key(|route| {
            (route.segments.iter().filter(|one| one.contains('{')).count(), std::cmp::Reverse(route.query.len()))
        });
        Self(routes)
    }

    pub(crate) fn find(&self, method: &Method, uri: &Uri) -> Found<'_> {
        let query: Vec<&str> = uri.query().unwrap_or_default().split('&').collect();
        let path: Vec<&str> = uri.path().split('/').collect();
        let fits = |route: &&Route| route.query.iter().all(|pair| query.contains(&pair.as_str()));
        let mut others = Vec::new();
        for route in self.0.iter().filter(fits) {
            let Some(values) = route.values(&path) else { continue };
            if route.method.name() == method.as_str() {
                return Found::Operation(route, values);
            }
            if !others.contains(&route.method) {
                others.push(route.method);
            }
        }
        if others.is_empty() { Found::Nothing } else { Found::OtherMethods(others) }
    }
}

impl Route {
    fn new(document: &Arc<Value>, operation: Operation) -> Self {
        let path = operation.path.as_str();
        let (template, query) = path.split('#').next().unwrap_or_default().split_once('?').unwrap_or((path, ""));
        Self {
            document: Arc::clone(document),
            pointer: operation.pointer,
            item: operation.item,
            method: operation.method,
            segments: template.split('/').map(str::to_owned).collect(),
            query: query.split('&').filter(|pair| !pair.is_empty()).map(str::to_owned).collect(),
        }
    }

    pub(super) fn operation(&self) -> &Value {
        self.document.pointer(&self.pointer).unwrap_or(&Value::Null)
    }

    /// Returns the types of all alternative security schemes; empty if no authentication is required.
    pub(super) fn schemes(&self) -> Vec<String> {
        let security = self.operation().get("security").or_else(|| self.document.get("security"));
        let alternatives: Vec<&Value> = security.and_then(Value::as_array).into_iter().flatten().collect();
        if alternatives.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty)) {
            return Vec::new();
        }
        let names = alternatives.iter().filter_map(|one| one.as_object()).flatten().map(|(name, _)| name);
        let kind = |name: &String| {
            let scheme = &self.document["components"]["securitySchemes"][name];
            let kind = if scheme["type"] == "http" { &scheme["scheme"] } else { &scheme["type"] };
            kind.as_str().unwrap_or_default().to_ascii_lowercase()
        };
        names.map(kind).collect()
    }

    /// Returns the values of the path parameters if the path matches the template.
    fn values(&self, path: &[&str]) -> Option<Vec<(String, String)>> {
        if path.len() != self.segments.len() {
            return None;
        }
        let mut values = Vec::new();
        for (template, text) in self.segments.iter().zip(path) {
            match_segment(template, text, &mut values)?;
        }
        Some(values)
    }
}

/// Matches one segment with its template, which may contain several parameters.
fn match_segment(template: &str, text: &str, values: &mut Vec<(String, String)>) -> Option<()> {
    let Some((before, rest)) = template.split_once('{') else { return (template == text).then_some(()) };
    let (name, after) = rest.split_once('}')?;
    let text = text.strip_prefix(before)?;
    let fixed = after.split('{').next().unwrap_or_default();
    let end = if fixed.is_empty() { text.len() } else { text.find(fixed)? };
    let value = text.get(..end).filter(|value| !value.is_empty())?;
    values.push((name.to_owned(), value.to_owned()));
    match_segment(after, text.get(end..)?, values)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_the_operation_of_a_request() {
        let get = |id: &str| json!({"get": {"operationId": id}});
        let routes =
            Routes::new([json!({"paths": {"/a/{x}": get("any"), "/a/one": get("one"), "/a/{x}/b-{y}.txt": get("two"),
            "/q": get("q"), "/q?kind=a": get("qa")}})]);
        let find = |method: Method, uri: &str| match routes.find(&method, &uri.parse().unwrap()) {
            Found::Operation(route, values) => {
                let values: Vec<_> = values.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                format!("{}{}", route.operation()["operationId"].as_str().unwrap(), values.concat())
            }
            Found::OtherMethods(methods) => methods.iter().map(|method| method.name()).collect::<Vec<_>>().join(","),
            Found::Nothing => String::new(),
        };
        assert_eq!(find(Method::GET, "/a/one"), "one");
        assert_eq!(find(Method::GET, "/a/two?x=1"), "any x=two");
        assert_eq!(find(Method::GET, "/a/1/b-2.txt"), "two x=1 y=2");
        assert_eq!(find(Method::GET, "/q?b=c&kind=a"), "qa");
        assert_eq!(find(Method::GET, "/q?kind=b"), "q");
        assert_eq!(find(Method::POST, "/a/one"), "GET");
        assert_eq!(find(Method::GET, "/a"), "");
        assert_eq!(find(Method::GET, "/a/"), "");
    }
}
