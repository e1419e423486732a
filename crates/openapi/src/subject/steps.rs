//! The steps from a value down to a value in it.

use serde_json::{Map, Value};

use crate::{
    kind::Kind,
    method::is_method,
    plain::{MAX_NAME, quoted, shortened},
};

/// A step from an object or array to one of its members.
pub(super) struct Step<'w, 'd> {
    /// The kind of the object or array.
    pub(super) kind: Kind,
    /// The key of the map or list that the object is, or is in.
    pub(super) container: &'w str,
    /// The key or index of the member.
    pub(super) key: &'w str,
    /// The kind of the member.
    pub(super) member: Kind,
    /// The member, if it exists.
    pub(super) value: Option<&'d Value>,
    /// Whether the member is a component.
    pub(super) is_component: bool,
    /// Whether the member is an item of an array.
    pub(super) is_item: bool,
    /// The number of members of the object.
    pub(super) siblings: usize,
    pub(super) is_last: bool,
}

/// Returns the steps along a path that begins at a value of a kind.
pub(super) fn steps<'w, 'd>(start: (&'d Value, Kind), path: &'w [String]) -> impl Iterator<Item = Step<'w, 'd>> {
    let (mut value, mut kind) = (Some(start.0), start.1);
    let (mut container, mut outer) = ("", Kind::Data);
    path.iter().enumerate().map(move |(index, key)| {
        // an absent value is what its keyword requires
        let is_item = value.map_or(matches!(kind, Kind::List(_) | Kind::Required), Value::is_array);
        let siblings = value.and_then(Value::as_object).map_or(0, Map::len);
        let member = match kind {
            _ if is_item => kind.of_item(),
            // a method of OpenAPI 3.2
            Kind::PathItem if is_method(key) => Kind::Operation,
            _ => kind.of_key(key),
        };
        value = value.and_then(|value| match value {
            Value::Array(items) => items.get(key.parse::<usize>().ok()?),
            value => value.get(key),
        });
        let is_component = outer == Kind::Components;
        let is_last = index + 1 == path.len();
        let step = Step { kind, container, key, member, value, is_component, is_item, siblings, is_last };
        // `security` is a list of maps
        let is_container = matches!(member, Kind::Map(_) | Kind::List(_));
        if kind == Kind::Components || is_container && !matches!(kind, Kind::Map(_) | Kind::List(_)) {
            container = key;
        }
        (outer, kind) = (kind, member);
        step
    })
}

/// Returns the keyword at the end of a path, as [`super::keyword`] does.
pub(super) fn keyword(document: &Value, path: &[String]) -> Option<String> {
    let (mut keyword, mut before) = (None::<String>, "");
    for step in steps((document, Kind::Root), path) {
        let key = shortened(step.key, MAX_NAME);
        keyword = match (step.kind, step.member, keyword) {
            _ if step.is_component => None,
            (_, Kind::PathItem | Kind::Operation, _) => None,
            (Kind::Map(_), ..) => Some(format!("{} {}", step.container, quoted(step.key))),
            // values within an example or an extension
            (Kind::Data, _, Some(outer)) if step.is_item => Some(format!("{outer}[{key}]")),
            (Kind::Data, _, Some(outer)) => Some(format!("{outer}.{key}")),
            _ if step.is_item => Some(format!("{before}[{key}]")),
            _ => Some(key),
        };
        before = step.key;
    }
    keyword
}
