//! A change and what it means.

use openapi::plain;

use crate::{
    change_kind::ChangeKind,
    detected::{DetectedChange, Side, Subject},
    variance::{Direction, Verdict},
    verdict::verdict,
};

/// A change and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// The pointer in the base, or in the revision if the base does not have the value.
    pub pointer: String,
    /// The value in the base.
    pub base: Option<Side>,
    /// The value in the revision.
    pub revision: Option<Side>,
    /// What it means on the wire.
    pub wire: Verdict,
    /// What it means to those who compile against generated code.
    pub rust: Verdict,
    /// The items of generated code that it changes.
    pub items: Vec<String>,
    /// What changed, in one line.
    pub message: String,
    /// Why it is allowed, if it is.
    pub allowed: Option<String>,
}

impl Change {
    /// What a detected change means on the wire.
    pub(crate) fn new(detected: &DetectedChange) -> Self {
        let wire = verdict(detected.kind, detected.directions);
        Self {
            kind: detected.kind,
            pointer: detected.pointer().to_owned(),
            base: detected.base.clone(),
            revision: detected.revision.clone(),
            wire,
            rust: if wire == Verdict::Docs { Verdict::Docs } else { Verdict::None },
            items: Vec::new(),
            message: message(detected),
            allowed: None,
        }
    }

    /// The worse of both verdicts.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        self.wire.max(self.rust)
    }
}

/// What changed, in one line, with the values where they are short.
fn message(change: &DetectedChange) -> String {
    let mut text = change.kind.what().to_owned();
    if change.subject != Subject::Unnamed {
        text.push_str(&format!(" (`{}`)", shortened(&change.subject.to_string(), 80)));
    }
    let sides = [&change.base, &change.revision];
    let is_short = sides.iter().all(|side| side.as_ref().is_none_or(|side| !side.value.is_object()));
    if is_short && !matches!(change.subject, Subject::Named(_)) {
        let [base, revision] = sides.map(|side| {
            let shown = side.as_ref().map(|side| shortened(&side.value.to_string(), 60));
            shown.unwrap_or_else(|| "nothing".to_owned())
        });
        text.push_str(&format!(": {base} → {revision}"));
    }
    // a part of an operation has one direction only
    if change.kind.is_about_values() && !change.directions.is_empty() {
        let directions: Vec<_> = change.directions.iter().map(Direction::word).collect();
        text.push_str(&format!(", in {}s", directions.join("s and ")));
    }
    text
}

/// Text in one line, cut if it is longer than `max` characters.
pub(crate) fn shortened(text: &str, max: usize) -> String {
    let mut line = plain::one_line(&text.chars().take(max + 1).collect::<String>());
    if line.chars().count() > max {
        line = line.chars().take(max.saturating_sub(1)).collect();
        line.push('…');
    }
    line
}
