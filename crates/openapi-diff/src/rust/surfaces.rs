//! The generated code of both documents.

use codegen::{Generated, Settings, generate};
use openapi::{Problem, size};
use serde_json::Value;

use super::items::{ItemChange, item_changes};

/// The generated code of both documents, and the items that differ.
#[derive(Clone, Debug)]
pub(crate) struct Surfaces {
    pub(crate) items: Vec<ItemChange>,
    /// Whether the code is the same, byte for byte.
    pub(crate) same_code: bool,
    /// The code of the base, and of the revision.
    pub(super) sides: [Generated; 2],
    /// The names of the code.
    pub(super) settings: Settings,
}

/// Larger documents are generated one after the other.
const MAX_SIZE_AT_ONCE: usize = 20_000;

impl Surfaces {
    /// Generates the code of both documents.
    ///
    /// # Errors
    /// When one of them cannot be generated, with the reasons.
    pub(crate) fn generate(base: &Value, revision: &Value, settings: &Settings) -> Result<Self, Vec<String>> {
        let side = |document: &Value| generate(document, settings);
        // both at once take twice the memory
        if size(base).max(size(revision)) > MAX_SIZE_AT_ONCE {
            return Self::new(side(base), side(revision), settings);
        }
        let (one, other) = std::thread::scope(|scope| {
            let thread = scope.spawn(|| side(revision));
            let one = side(base);
            let panicked = || vec![Problem::bug("the generator panicked")];
            (one, thread.join().unwrap_or_else(|_| Err(panicked())))
        });
        Self::new(one, other, settings)
    }

    fn new(
        one: Result<Generated, Vec<Problem>>,
        other: Result<Generated, Vec<Problem>>,
        settings: &Settings,
    ) -> Result<Self, Vec<String>> {
        let mut reasons = Vec::new();
        for (name, side) in [("the base", one.as_ref().err()), ("the revision", other.as_ref().err())] {
            for problem in side.into_iter().flatten() {
                let at = problem.pointer.as_deref().filter(|at| !at.is_empty()).map(|at| format!(" ({at})"));
                reasons.push(format!(
                    "no code can be generated from {name}: {}{}",
                    problem.what,
                    at.unwrap_or_default()
                ));
            }
        }
        let (Ok(one), Ok(other)) = (one, other) else { return Err(reasons) };
        let same_code = one.code == other.code;
        Ok(Self { items: item_changes(&one, &other), same_code, sides: [one, other], settings: settings.clone() })
    }
}
