//! The comparison of two documents: every change with both verdicts, and the next version.

use std::collections::HashSet;

use codegen::Settings;
use openapi::{Code, Problem, STACK};
use semver::Version;
use serde_json::Value;

use crate::{
    bump::{Bump, read_version},
    change::Change,
    detect,
    detected::DetectedChange,
    message::Messages,
    rust::{Surfaces, causes},
    variance::Verdict,
};

/// The settings of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The date of the comparison, as `2026-11-25`: something deprecated may be removed from its sunset date on.
    pub today: String,
    /// The current version [default: `info.version` of the base].
    pub version: Option<Version>,
    /// The names of the generated code whose items are compared.
    pub settings: Settings,
}

/// The result of a comparison.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The worst verdict for requests and responses.
    pub wire: Verdict,
    /// The worst verdict for Rust code that uses the generated client.
    pub rust: Verdict,
    /// The part of the version that goes up, by Cargo's rules.
    pub bump: Bump,
    /// The reason for it: an item of generated code, or a kind of change and a pointer.
    pub forced_by: Option<String>,
    /// Every change with its verdicts.
    pub changes: Vec<Change>,
    /// The parts that could not be compared, each with the reason.
    pub notes: Vec<String>,
    version: Version,
}

/// Compares two documents. They need not be valid.
///
/// ```
/// use openapi_diff::{Bump, ChangeKind, Options, Verdict, compare};
///
/// let document = |name: &str| {
///     serde_json::json!({
///         "openapi": "3.0.3",
///         "info": { "title": "Things", "version": "1.0.0" },
///         "paths": { name: { "get": { "responses": { "204": { "description": "None" } } } } }
///     })
/// };
/// let options = Options { today: "2026-11-25".to_owned(), ..Options::default() };
/// let comparison = compare(&document("/things"), &document("/items"), &options)?;
/// assert_eq!((comparison.wire, comparison.bump), (Verdict::Breaking, Bump::Major));
/// assert_eq!(comparison.changes[0].kind, ChangeKind::PathRenamed);
/// # Ok::<(), openapi::Problem>(())
/// ```
///
/// # Errors
/// When there are too many changes, or the comparison itself fails, which is a bug.
pub fn compare(base: &Value, revision: &Value, options: &Options) -> Result<Comparison, Problem> {
    with_stack(|| {
        let detected = detect::changes(base, revision, &options.today)?;
        let mut changes = described(&detected, [base, revision]);
        let notes = assess_for_rust(&mut changes, &detected, [base, revision], &options.settings);
        let own = || base.pointer("/info/version").and_then(Value::as_str).and_then(read_version);
        let version = options.version.clone().or_else(own).unwrap_or(Version::new(1, 0, 0));
        let (wire, rust, bump) = (Verdict::None, Verdict::None, Bump::None);
        let mut comparison = Comparison { wire, rust, bump, forced_by: None, changes, notes, version };
        comparison.summarize();
        Ok(comparison)
    })?
}

/// Returns every change with its verdict for requests and responses, without generating code.
///
/// # Errors
/// When there are too many changes, or the comparison itself fails, which is a bug.
pub fn wire_changes(base: &Value, revision: &Value, today: &str) -> Result<Vec<Change>, Problem> {
    with_stack(|| Ok(described(&detect::changes(base, revision, today)?, [base, revision])))?
}

/// The changes with their verdicts for requests and responses.
fn described(detected: &[DetectedChange], [base, revision]: [&Value; 2]) -> Vec<Change> {
    let messages = Messages::new(base, revision);
    detected.iter().map(|change| Change::new(change, &messages)).collect()
}

/// Runs a function on a stack that is large enough for recursion over nested values and references.
fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> Result<T, Problem> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("diff".to_owned()).stack_size(STACK);
        match thread.spawn_scoped(scope, run).map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => {
                let what = "the comparison panicked on these documents";
                Err(Problem::new(what, "report this as a bug of `diff`").of(Code::Bug))
            }
            Err(error) => Err(Problem::new(format!("a thread cannot be started: {error}"), "free some memory")),
        }
    })
}

/// Adds the verdicts for Rust. Returns the parts that could not be compared.
fn assess_for_rust(
    changes: &mut [Change],
    detected: &[DetectedChange],
    [base, revision]: [&Value; 2],
    settings: &Settings,
) -> Vec<String> {
    // documentation alone changes no item
    if changes.iter().all(|change| change.wire == Verdict::Docs) {
        return Vec::new();
    }
    let surfaces = match Surfaces::generate(base, revision, settings) {
        Ok(surfaces) => surfaces,
        Err(mut reasons) => {
            for change in changes.iter_mut().filter(|change| change.wire > Verdict::Docs) {
                change.rust = Verdict::Breaking;
            }
            let what = "without generated code, every change, except of documentation, counts as breaking for Rust";
            reasons.push(what.to_owned());
            return reasons;
        }
    };
    // code that differs without a changed item is due to the changes on the wire, or to the others if there are none
    let is_on_the_wire = |change: &Change| matches!(change.wire, Verdict::Compatible | Verdict::Breaking);
    let some_on_the_wire = changes.iter().any(is_on_the_wire);
    for change in changes.iter_mut().filter(|change| change.wire != Verdict::Docs) {
        let is_silent = surfaces.same_code || some_on_the_wire && change.wire == Verdict::None;
        change.rust = if is_silent { Verdict::None } else { Verdict::Compatible };
    }
    for (item, causes) in surfaces.items.iter().zip(causes(&surfaces, detected, [base, revision])) {
        for index in causes {
            if let Some(change) = changes.get_mut(index) {
                change.rust = change.rust.max(item.verdict);
                change.items.push(item.path.clone());
            }
        }
    }
    // breaking items first
    let breaking = surfaces.items.iter().filter(|item| item.verdict == Verdict::Breaking);
    let breaking: HashSet<&str> = breaking.map(|item| item.path.as_str()).collect();
    for change in changes {
        change.items.sort_by_key(|path| !breaking.contains(path.as_str()));
    }
    Vec::new()
}

impl Comparison {
    /// Computes the verdicts and the version over the changes that are not allowed.
    pub(crate) fn summarize(&mut self) {
        let counted = || self.changes.iter().filter(|change| change.allowed.is_none());
        self.wire = counted().map(|change| change.wire).max().unwrap_or(Verdict::None);
        self.rust = counted().map(|change| change.rust).max().unwrap_or(Verdict::None);
        let worst = self.wire.max(self.rust);
        self.bump = Bump::of(worst, &self.version);
        let mut forcing = counted().filter(|change| change.worst() == worst && worst != Verdict::None);
        // an item is more specific than a kind of change
        let item = forcing.clone().find(|change| change.rust == worst && !change.items.is_empty());
        self.forced_by = item.and_then(|change| change.items.first().cloned()).or_else(|| forcing.next().map(placed));
    }
}

/// The kind of a change and its pointer, unless that is the whole document's.
fn placed(change: &Change) -> String {
    if change.pointer.is_empty() { change.kind.to_string() } else { format!("{} at {}", change.kind, change.pointer) }
}
