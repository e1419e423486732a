//! The message of a change: its operation, part and property, and what changed by its keyword.

use std::cell::OnceCell;

use openapi::{Owner, Subject, keyword, kind::Kind, pointer, references::Resolver};
use serde_json::Value;

use crate::{
    change_kind::ChangeKind,
    detected::{DetectedChange, Side},
    phrase::{Phrase, names_keyword},
    usage::{Usage, component},
    variance::Direction,
};

/// Components around a change that are replaced by their only reference, at most.
const MAX_WRAPPERS: usize = 16;

/// The subjects of one document.
struct Subjects<'d> {
    document: &'d Value,
    resolver: Resolver<'d>,
    usage: OnceCell<Usage>,
}

/// Quotes keywords that are English words, which otherwise read as a part of the sentence.
fn in_sentence(keyword: String) -> String {
    if ["not", "in", "if", "then", "else"].contains(&&*keyword) { format!("`{keyword}`") } else { keyword }
}

impl<'d> Subjects<'d> {
    fn new(document: &'d Value) -> Self {
        Self { document, resolver: Resolver::new(document), usage: OnceCell::new() }
    }

    fn usage(&self) -> &Usage {
        self.usage.get_or_init(|| Usage::of(self.document, &self.resolver))
    }

    /// The subject of a value. In a component with one reference, it begins where that reference is.
    fn of(&self, original: &str) -> Subject {
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
        let mut subject = self.written(&at);
        for (component, path) in inner.into_iter().rev() {
            let value = self.document.pointer(&component).unwrap_or(&Value::Null);
            subject.extend(&self.resolver, (value, Kind::of_pointer(self.document, &component)), &path);
        }
        subject
    }

    /// The subject of a value, by its pointer alone.
    fn written(&self, at: &str) -> Subject {
        let mut subject = Subject::default();
        subject.extend(&self.resolver, (self.document, Kind::Root), &segments(at));
        subject
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
    base: Subjects<'d>,
    revision: Subjects<'d>,
}

impl<'d> Messages<'d> {
    pub(crate) fn new(base: &'d Value, revision: &'d Value) -> Self {
        Self { base: Subjects::new(base), revision: Subjects::new(revision) }
    }

    pub(crate) fn of(&self, change: &DetectedChange) -> Described {
        let (document, at, subject) = self.subject(change);
        let keyword_of = |document: &Subjects<'_>, side: &Option<Side>| {
            Some(in_sentence(keyword(document.document, &side.as_ref()?.pointer)?))
        };
        let phrase = Phrase {
            change,
            base_key: keyword_of(&self.base, &change.base),
            revision_key: keyword_of(&self.revision, &change.revision),
        };
        let mut message = subject.to_string();
        let what = phrase.to_string();
        message.push_str(if message.is_empty() { what.trim_start_matches([':', ' ']) } else { &what });
        let is_component = matches!(subject.owner(), Owner::Component { .. });
        if is_component && change.kind.is_about_values() && !change.directions.is_empty() {
            let directions: Vec<_> = change.directions.iter().map(Direction::word).collect();
            message.push_str(&format!(", in {}s", directions.join("s and ")));
        }
        let component = component(at).filter(|_| is_component);
        let used_by = component.and_then(|component| document.usage().used_by(&component));
        Described { message, used_by }
    }

    /// The subject of a change, and the document and pointer that it is from: the base's, unless the revision's names
    /// an operation and the base's does not.
    fn subject<'c>(&self, change: &'c DetectedChange) -> (&Subjects<'d>, &'c str, Subject) {
        let sides = [(&self.base, change.base.as_ref()), (&self.revision, change.revision.as_ref())];
        let found = sides.into_iter().filter_map(|(document, side)| {
            let at = &side?.pointer;
            // the phrase names the last keyword
            let before = pointer::parent(at).filter(|_| names_keyword(change.kind));
            let end = before.filter(|_| keyword(document.document, at).is_some()).unwrap_or(at);
            let subject = if is_of_component(change.kind) { document.written(end) } else { document.of(end) };
            Some((document, at.as_str(), subject))
        });
        let found = found.min_by_key(|(_, _, subject)| rank(subject.owner()));
        found.unwrap_or((&self.base, "", Subject::default()))
    }
}

/// Returns how little an owner says of where a value is used.
fn rank(owner: &Owner) -> u8 {
    match owner {
        Owner::Operation { .. } | Owner::Webhook { .. } | Owner::Path(_) => 0,
        Owner::Component { .. } => 1,
        Owner::Document => 2,
    }
}

fn segments(at: &str) -> Vec<String> {
    pointer::segments(at).collect()
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
