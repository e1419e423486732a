//! Both verdicts on two documents: every change with what it means, and the next version number.

use std::collections::BTreeSet;

use openapi::{Problem, plain};
use serde_json::Value;

use super::{
    bump::{Bump, Version},
    edit::{Edit, Side},
    law::Effect,
    law::{Verdict, verdict},
    rules::rule,
    rust::surfaces,
    schemas::DEEPEST,
    walk::Walk,
};

/// The walk recurses as deep as documents nest and references lead.
const STACK: usize = 256 * 1024 * 1024;

/// Changes that one comparison reports. Each takes some kilobytes of memory.
pub const MOST_CHANGES: usize = 100_000;

/// How to compare.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// The day of the comparison, as `2026-11-25`: what was deprecated may go once its day has come.
    pub today: String,
    /// The version that the next one follows; without it, what the base calls itself.
    pub version: Option<Version>,
}

/// One change and what it means.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The rule that claims it.
    pub id: &'static str,
    /// Where it stands: in the base, or in the revision if the base has nothing of it.
    pub pointer: String,
    /// What the base has there.
    pub base: Option<Side>,
    /// What the revision has there.
    pub revision: Option<Side>,
    /// What it means on the wire.
    pub wire: Verdict,
    /// What it means to those who compile against generated code.
    pub rust: Verdict,
    /// The items of generated code that it changes.
    pub items: Vec<String>,
    /// What it is, in one line.
    pub message: String,
    /// Why it is allowed, if it is.
    pub allowed: Option<String>,
}

impl Change {
    /// The worse of both verdicts.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        self.wire.max(self.rust)
    }
}

/// Two documents compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The worst on the wire.
    pub wire: Verdict,
    /// The worst for those who compile against generated code.
    pub rust: Verdict,
    /// Which part of the version number goes up.
    pub bump: Bump,
    /// What forces that: an item of generated code, or a class and a pointer.
    pub forced_by: Option<String>,
    /// Every change.
    pub changes: Vec<Change>,
    /// What could not be told, and why.
    pub notes: Vec<String>,
    version: Version,
}

/// Compares two documents, however loosely they are written.
///
/// # Errors
/// When the documents differ in too many places, or the comparison itself fails, which no document should make it do.
pub fn compare(base: &Value, revision: &Value, terms: &Terms) -> Result<Comparison, Problem> {
    deep(|| run(base, revision, terms))?
}

/// Every change with what it means on the wire, without generating either side.
///
/// # Errors
/// When the documents differ in too many places, or the comparison itself fails, which no document should make it do.
pub fn wire_changes(base: &Value, revision: &Value, today: &str) -> Result<Vec<Change>, Problem> {
    deep(|| Ok(found(base, revision, today)?.iter().map(change).collect()))?
}

/// The edits, unless they are too many or too deep.
fn found(base: &Value, revision: &Value, today: &str) -> Result<Vec<Edit>, Problem> {
    let mut walk = Walk::new(base, revision, today);
    walk.documents();
    if let Some(at) = walk.too_deep {
        let what = format!("more than {DEEPEST} schemas lead to one another from here, the most that are compared");
        return Err(Problem::new(what, "let fewer schemas refer to one another in a cycle").pointing_to(at));
    }
    let edits = walk.edits;
    match edits.get(MOST_CHANGES) {
        Some(edit) => {
            let what = format!("these documents differ in more than {MOST_CHANGES} places, the most that are compared");
            Err(Problem::new(what, "compare versions that are nearer to each other").pointing_to(edit.pointer()))
        }
        None => Ok(edits),
    }
}

/// Runs what recurses as deep as documents nest.
fn deep<T: Send>(run: impl FnOnce() -> T + Send) -> Result<T, Problem> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("diff".to_owned()).stack_size(STACK);
        match thread.spawn_scoped(scope, run).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => {
                Err(Problem::new("the comparison panicked on these documents", "report this as a bug of `diff`")
                    .of(openapi::Code::Bug))
            }
            Err(error) => Err(Problem::new(format!("no thread could be started: {error}"), "free some memory")),
        }
    })
}

fn run(base: &Value, revision: &Value, terms: &Terms) -> Result<Comparison, Problem> {
    let edits = found(base, revision, &terms.today)?;
    let mut changes: Vec<Change> = edits.iter().map(change).collect();
    let mut notes = Vec::new();
    // words alone change no item
    if changes.iter().any(|change| change.wire != Verdict::Docs) {
        match surfaces(base, revision) {
            Ok(surfaces) => {
                // other code with the same items is for what is on the wire, or else for what is left
                let on_the_wire =
                    changes.iter().any(|change| change.wire == Verdict::Compatible || change.wire == Verdict::Breaking);
                for change in changes.iter_mut().filter(|change| change.wire != Verdict::Docs) {
                    let silent = surfaces.same_code || on_the_wire && change.wire == Verdict::None;
                    change.rust = if silent { Verdict::None } else { Verdict::Compatible };
                }
                let causes = surfaces.causes(&edits, [base, revision]);
                for (item, causes) in surfaces.items.iter().zip(causes) {
                    for index in causes {
                        if let Some(change) = changes.get_mut(index) {
                            change.rust = change.rust.max(item.verdict);
                            change.items.push(item.path.clone());
                        }
                    }
                }
                // what breaks comes first
                let breaking: BTreeSet<_> = surfaces
                    .items
                    .iter()
                    .filter(|item| item.verdict == Verdict::Breaking)
                    .map(|item| item.path.as_str())
                    .collect();
                for change in &mut changes {
                    change.items.sort_by_key(|path| !breaking.contains(path.as_str()));
                }
            }
            Err(reasons) => {
                notes.extend(reasons);
                notes.push(
                    "what cannot be generated cannot be compared: all but words counts as breaking for Rust".to_owned(),
                );
                for change in changes.iter_mut().filter(|change| change.wire > Verdict::Docs) {
                    change.rust = Verdict::Breaking;
                }
            }
        }
    }
    let own = base.pointer("/info/version").and_then(Value::as_str).and_then(Version::read);
    let version = terms.version.or(own).unwrap_or(Version { major: 1, minor: 0 });
    let mut comparison = Comparison {
        wire: Verdict::None,
        rust: Verdict::None,
        bump: Bump::None,
        forced_by: None,
        changes,
        notes,
        version,
    };
    comparison.sum_up();
    Ok(comparison)
}

impl Comparison {
    /// Verdicts and version, over what is not allowed.
    pub(super) fn sum_up(&mut self) {
        let counted = || self.changes.iter().filter(|change| change.allowed.is_none());
        self.wire = counted().map(|change| change.wire).max().unwrap_or(Verdict::None);
        self.rust = counted().map(|change| change.rust).max().unwrap_or(Verdict::None);
        let worst = self.wire.max(self.rust);
        self.bump = Bump::of(worst, self.version);
        let forcing = counted().filter(|change| change.worst() == worst && worst != Verdict::None);
        // an item says more to those who compile than a class does
        let item = forcing.clone().find(|change| change.rust == worst && !change.items.is_empty());
        self.forced_by =
            item.and_then(|change| change.items.first().cloned()).or_else(|| forcing.clone().next().map(placed));
    }
}

/// A class and where the edit stands, if that is not the whole document.
fn placed(change: &Change) -> String {
    if change.pointer.is_empty() { change.id.to_owned() } else { format!("{} at {}", change.id, change.pointer) }
}

fn change(edit: &Edit) -> Change {
    let effect = rule(edit.id).map_or(Effect::Both, |rule| rule.effect);
    let wire = verdict(edit.id, effect, edit.ways);
    Change {
        id: edit.id,
        pointer: edit.pointer().to_owned(),
        base: edit.base.clone(),
        revision: edit.revision.clone(),
        wire,
        rust: if wire == Verdict::Docs { Verdict::Docs } else { Verdict::None },
        items: Vec::new(),
        message: message(edit),
        allowed: None,
    }
}

/// What an edit is, in one line: what, which, and the values where they are short.
fn message(edit: &Edit) -> String {
    let what = rule(edit.id).map_or(edit.id, |rule| rule.what);
    let ways: Vec<_> = edit.ways.each().map(super::law::Direction::word).collect();
    let mut text = what.to_owned();
    if !edit.subject.is_empty() {
        text.push_str(&format!(" (`{}`)", one_line(&edit.subject, 80)));
    }
    let shown = |side: &Option<Side>| side.as_ref().map(|side| one_line(&side.value.to_string(), 60));
    let is_short = |side: &Option<Side>| side.as_ref().is_none_or(|side| !side.value.is_object());
    if is_short(&edit.base) && is_short(&edit.revision) && (edit.subject.is_empty() || edit.subject.contains(" → ")) {
        let none = || "nothing".to_owned();
        text.push_str(&format!(
            ": {} → {}",
            shown(&edit.base).unwrap_or_else(none),
            shown(&edit.revision).unwrap_or_else(none)
        ));
    }
    if !ways.is_empty() && about_values(edit.id) {
        text.push_str(&format!(", in {}s", ways.join("s and ")));
    }
    text
}

/// Whether the way matters to a reader: what stands in an operation is there for one way only.
fn about_values(id: &str) -> bool {
    let first = super::RULES.iter().position(|rule| rule.id == "schema-set").unwrap_or(0);
    super::RULES.iter().position(|rule| rule.id == id).is_some_and(|at| at >= first)
}

/// Text in one line, cut where it is long.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut line = plain::one_line(&text.chars().take(most + 1).collect::<String>());
    if line.chars().count() > most {
        line = line.chars().take(most.saturating_sub(1)).collect();
        line.push('…');
    }
    line
}
