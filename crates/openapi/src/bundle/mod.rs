//! Bundling: a document and the files that it references, as one document.

mod bundler;
mod origin;
mod root;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use serde_json::Value;

use bundler::{Bundled, bundle};
use origin::{Target, origin};
pub use root::Root;

use crate::{Document, Problem, stack::with_stack};

/// A document made of one or more files, with the source location of every value.
#[derive(Clone, Debug)]
pub struct Bundle {
    document: Value,
    files: Vec<Document>,
    /// File and pointer of each value that comes from another file, by its pointer in the document.
    written: BTreeMap<String, Target>,
}

impl Bundle {
    /// Reads a document and every file in its folder that it references. Reads nothing outside of that folder, and
    /// fetches nothing. Problems call the document `name`.
    ///
    /// Schemas of other files become components, named after the last segment of the reference or after the file.
    /// Every other target is inlined.
    ///
    /// # Errors
    /// All references that cannot be resolved, each with its file, line and column, and the part of the document that
    /// was read.
    pub fn read(path: &Path, name: &str) -> Result<Self, Incomplete> {
        Self::read_within(path, name, None)
    }

    /// Reads a document as [`Bundle::read`] does, with every file in the folder `root` that it references. The document
    /// is in this folder, or in one below it.
    ///
    /// # Errors
    /// As [`Bundle::read`], and if the document is not in the folder.
    pub fn read_within(path: &Path, name: &str, root: Option<Root<'_>>) -> Result<Self, Incomplete> {
        let document = Document::read(path, name).map_err(|problem| Incomplete::of(vec![problem]))?;
        let bundled = with_stack(|| bundle(document, path, root).map_err(|problem| vec![problem]));
        let Bundled { document, files, written, unread, problems } = bundled.map_err(Incomplete::of)?;
        let bundle = Self { document, files, written };
        if problems.is_empty() { Ok(bundle) } else { Err(Incomplete { problems, rest: Some((bundle, unread)) }) }
    }

    /// Returns a problem for each line of its files that is read although it is invalid YAML 1.2.
    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.files.iter().flat_map(Document::warnings)
    }

    /// Returns the bundled document.
    #[must_use]
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Returns the problem with the file, line and column of the value that it points to.
    #[must_use]
    pub fn place(&self, problem: Problem) -> Problem {
        if problem.file.is_some() {
            return problem;
        }
        let (file, at) = origin(&self.written, problem.pointer.as_deref().unwrap_or_default());
        let Some(document) = self.files.get(file) else { return problem };
        let pointed = problem.pointer.is_some();
        let problem = problem.in_file(document.name()).at(document.location(&at));
        if pointed { problem.pointing_to(at) } else { problem }
    }
}

/// The problems of a document that could only be read in part.
#[derive(Clone, Debug)]
pub struct Incomplete {
    problems: Vec<Problem>,
    /// The part that was read, and the references in it to files that cannot be read.
    rest: Option<(Bundle, BTreeSet<String>)>,
}

impl Incomplete {
    fn of(problems: Vec<Problem>) -> Self {
        Self { problems, rest: None }
    }

    /// Returns its problems.
    #[must_use]
    pub fn problems(self) -> Vec<Problem> {
        self.problems
    }

    /// Returns its problems and those that `check` finds in the part that was read, without duplicates.
    #[must_use]
    pub fn problems_with(self, check: impl FnOnce(&Value) -> Vec<Problem>) -> Vec<Problem> {
        let Self { mut problems, rest } = self;
        let Some((bundle, unread)) = rest else { return problems };
        for problem in check(&bundle.document) {
            let problem = bundle.place(problem);
            let is_known = problems.iter().any(|known| known.pointer == problem.pointer && known.file == problem.file);
            if !is_known && !problem.pointer.as_ref().is_some_and(|at| unread.contains(at)) {
                problems.push(problem);
            }
        }
        problems
    }
}
