//! What the conversion records: original locations of values that it moves, and keywords that it cannot keep.

use serde_json::Value;

use crate::{moved::Moved, unsupported::UnsupportedKeyword};

/// The records of the conversion of one document.
pub(super) struct Notes<'n> {
    moved: &'n mut Moved,
    ignored: &'n mut Vec<UnsupportedKeyword>,
}

impl<'n> Notes<'n> {
    pub(super) fn new(moved: &'n mut Moved, ignored: &'n mut Vec<UnsupportedKeyword>) -> Self {
        Self { moved, ignored }
    }

    /// Returns the records of the schema at a pointer of the converted document.
    pub(super) fn at<'a>(&'a mut self, at: &str) -> SchemaNotes<'a, 'n> {
        let original = self.moved.original(at);
        SchemaNotes { notes: self, at: at.to_owned(), original }
    }
}

/// The records of the conversion of one schema.
pub(super) struct SchemaNotes<'a, 'n> {
    notes: &'a mut Notes<'n>,
    at: String,
    original: String,
}

impl<'n> SchemaNotes<'_, 'n> {
    /// Records that a value of the schema was moved. Both locations are relative to the schema; the empty one is the
    /// schema itself.
    pub(super) fn moved(&mut self, from: &str, to: &str) {
        let original = self.notes.moved.original(&format!("{}{from}", self.at));
        self.notes.moved.insert(format!("{}{to}", self.at), original);
    }

    /// Records a keyword that the conversion ignores or replaces.
    pub(super) fn ignored(&mut self, keyword: &str, reason: &str, value: &Value) {
        self.notes.ignored.push(UnsupportedKeyword::new(&self.original, keyword, reason, value));
    }

    /// Returns the records of a schema at a location relative to this one.
    pub(super) fn part(&mut self, location: &str) -> SchemaNotes<'_, 'n> {
        let at = format!("{}{location}", self.at);
        self.notes.at(&at)
    }
}
