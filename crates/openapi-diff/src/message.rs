//! The message of a change: its operation, part and property, and what changed by its keyword.

use std::cell::OnceCell;

use openapi::{kind::Kind, pointer, references::Resolver};
use serde_json::Value;

use crate::{
    change_kind::ChangeKind,
    detected::{DetectedChange, Side},
    phrase::{Phrase, names_keyword},
    position::{Owner, Position, segments},
    text::{MAX_NAME, quoted, shortened},
    usage::{Usage, component},
    variance::Direction,
};

/// Components around a change that are replaced by their only reference, at most.
const MAX_WRAPPERS: usize = 16;

/// One document.
struct Positions<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    usage: OnceCell<Usage>,
}

impl<'d> Positions<'d> {
    fn new(document: &'d Value) -> Self {
        Self { document, resolver: Resolver::new(document), usage: OnceCell::new() }
    }

    fn usage(&self) -> &Usage {
        self.usage.get_or_init(|| Usage::of(self.document, &self.resolver))
    }

    /// The position of a value. In a component with one reference, it begins where that reference is.
    fn of(&self, original: &str) -> Position {
        let (mut at, mut inner) = (original.to_owned(), Vec::new());
        while let Some(component) = component(&at) {
            let Some(reference) = self.usage().only_reference(&component) else { break };
            // a cycle of references, or a very long chain
            if inner.len() == MAX_WRAPPERS {
                return self.written(original);
            }
            inner.push((component.clone(), segments(&at).split_off(segments(&component).len())));
            at = reference.to_owned();
        }
        let mut position = Position::default();
        position.walk(&self.resolver, (self.document, Kind::Root), &segments(&at));
        for (component, path) in inner.into_iter().rev() {
            let value = self.document.pointer(&component).unwrap_or(&Value::Null);
            position.walk(&self.resolver, (value, Kind::of_pointer(self.document, &component)), &path);
        }
        position
    }

    /// The last keyword of a pointer, as `maxLength`, or with an index or a name as `enum[2]` or `scopes "write"`. None
    /// where the last segment names an operation, a path or a component.
    fn keyword(&self, at: &str) -> Option<String> {
        let outer = pointer::parent(at)?;
        let (container, last) = (pointer::segments(outer).last(), pointer::segments(at).last()?);
        let is_owner = matches!(Kind::of_pointer(self.document, at), Kind::PathItem | Kind::Operation);
        if is_owner || component(at).is_some_and(|component| component == at) {
            return None;
        }
        let container = container.unwrap_or_default();
        Some(match Kind::of_pointer(self.document, outer) {
            Kind::Map(_) => format!("{container} {}", quoted(&last)),
            Kind::List(_) => format!("{container}[{last}]"),
            // English words, which read as a part of the sentence
            _ if ["not", "in", "if", "then", "else"].contains(&&*last) => format!("`{last}`"),
            _ => shortened(&last, MAX_NAME),
        })
    }

    /// The position of a value, by its pointer alone.
    fn written(&self, at: &str) -> Position {
        let mut position = Position::default();
        position.walk(&self.resolver, (self.document, Kind::Root), &segments(at));
        position
    }
}

/// What people read about a change.
pub(crate) struct Described {
    /// The subject and what changed, in one line.
    pub(crate) message: String,
    /// The operations that use the component that changed.
    pub(crate) used_by: Option<String>,
}

/// Describes the changes of two documents.
pub(crate) struct Messages<'d> {
    base: Positions<'d>,
    revision: Positions<'d>,
}

impl<'d> Messages<'d> {
    pub(crate) fn new(base: &'d Value, revision: &'d Value) -> Self {
        Self { base: Positions::new(base), revision: Positions::new(revision) }
    }

    pub(crate) fn of(&self, change: &DetectedChange) -> Described {
        let (document, at, position) = self.position(change);
        let keyword = |document: &Positions<'_>, side: &Option<Side>| document.keyword(&side.as_ref()?.pointer);
        let phrase = Phrase {
            change,
            base_key: keyword(&self.base, &change.base),
            revision_key: keyword(&self.revision, &change.revision),
        };
        let mut message = position.to_string();
        let what = phrase.to_string();
        message.push_str(if message.is_empty() { what.trim_start_matches([':', ' ']) } else { &what });
        let is_component = matches!(position.owner, Owner::Component { .. });
        if is_component && change.kind.is_about_values() && !change.directions.is_empty() {
            let directions: Vec<_> = change.directions.iter().map(Direction::word).collect();
            message.push_str(&format!(", in {}s", directions.join("s and ")));
        }
        let component = component(at).filter(|_| is_component);
        let used_by = component.and_then(|component| document.usage().used_by(&component));
        Described { message, used_by }
    }

    /// The position of a change, and the document and pointer that it is from: the base's, unless the revision's names
    /// an operation and the base's does not.
    fn position<'c>(&self, change: &'c DetectedChange) -> (&Positions<'d>, &'c str, Position) {
        let sides = [(&self.base, change.base.as_ref()), (&self.revision, change.revision.as_ref())];
        let found = sides.into_iter().filter_map(|(document, side)| {
            let at = &side?.pointer;
            // the phrase names the last keyword
            let before = pointer::parent(at).filter(|_| names_keyword(change.kind));
            let end = before.filter(|_| document.keyword(at).is_some()).unwrap_or(at);
            let position = if is_of_component(change.kind) { document.written(end) } else { document.of(end) };
            Some((document, at.as_str(), position))
        });
        let found = found.min_by_key(|(_, _, position)| position.owner.rank());
        found.unwrap_or((&self.base, "", Position::default()))
    }
}

/// Whether a change adds, removes or renames a component.
fn is_of_component(kind: ChangeKind) -> bool {
    matches!(
        kind,
        ChangeKind::ComponentAdded
            | ChangeKind::ComponentRemoved
            | ChangeKind::SchemaAdded
            | ChangeKind::SchemaRemoved
            | ChangeKind::UsedSchemaRemoved
            | ChangeKind::SchemaRenamed
    )
}
