//! Import of pages into `openapi/`: each page is kept byte for byte, and their documents are merged into one.

mod changes;
mod page;
mod vanished;

use codegen::generate;
use openapi::{Document, Problem, operations, reindent};
use pages::{DOCUMENT, Embedded, Merged, OVERLAY, PAGES, Sources, TRANSCRIBED, normalized, replaced};
use serde_json::{Value, json};

pub use changes::{Changes, Names};
pub use page::Page;

use crate::{
    lint::lint, load::Workspace, locked_workspace::LockedWorkspace, published::Published, replace::replace_folder,
};
use openapi_diff::{Options, compare};

/// A planned import. [`Import::write`] writes it.
#[derive(Clone, Debug)]
pub struct Import {
    /// Files that change.
    pub changed: Vec<String>,
    /// Changes of the API and of the client.
    pub changes: Changes,
    /// Contradictions in the documentation, and other warnings.
    pub warnings: Vec<Problem>,
    /// Transcribed operations that an operation of a page replaces: the transcribed one and the page's.
    pub replaced: Vec<(String, String)>,
    /// Operations of the committed document that are in no page.
    pub vanished: Vec<String>,
    /// Whether those are removed from the document.
    pub pruned: bool,
    /// Number of OpenAPI documents in all pages.
    pub documents: usize,
    /// Number of code blocks that are not an OpenAPI document.
    pub skipped_blocks: usize,
    files: Vec<(String, String)>,
}

impl Import {
    /// Plans the import of pages. Without any, extracts the documents from the committed pages again.
    ///
    /// # Errors
    /// When a page is invalid, pages contradict each other, or no client can be generated from the merged document.
    pub fn plan(workspace: &Workspace, pages: &[Page], prune: bool) -> Result<Self, Vec<Problem>> {
        Self::plan_of(workspace, pages, prune).map_err(|problems| page::with_given_names(pages, problems))
    }

    fn plan_of(workspace: &Workspace, pages: &[Page], prune: bool) -> Result<Self, Vec<Problem>> {
        let named: Vec<(String, &str)> = page::without_repeats(pages)?
            .into_iter()
            .map(|page| (format!("{PAGES}/{}", page.name), page.text.as_str()))
            .collect();
        let kept = workspace.pages().filter(|(name, _)| !named.iter().any(|(new, _)| new == name));
        let mut all: Vec<_> = kept.chain(named.iter().map(|(name, text)| (name.as_str(), Ok(*text)))).collect();
        all.sort_by_key(|(one, _)| *one);
        let published = Published::of(all.into_iter())?;

        let one = |problem: Problem| vec![problem];
        let before = workspace.text(DOCUMENT).ok().and_then(|text| Document::parse(DOCUMENT, text).ok());
        let (text, vanished) = with_vanished(&published, before.as_ref(), prune)?;
        let document = Document::parse(DOCUMENT, text.clone()).map_err(one)?;
        let after = Sources::of(Ok(document), workspace.document(TRANSCRIBED), workspace.document(OVERLAY))?;
        let mut warnings = published.merged.warnings.clone();
        let surface = generated(&after, &published, &mut warnings)?;

        let linted = lint(&after, &published);
        warnings.extend(linted.errors.into_iter().chain(linted.warnings));

        let empty = json!({});
        let old = before.as_ref().map_or(&empty, Document::value);
        let old_surface = workspace.generated().as_ref().map(codegen::Generated::surface).unwrap_or_default();
        let mut changes = Changes::of((old, &old_surface), (after.document.value(), &surface));
        // without a comparison if the overlay no longer matches, which is reported above
        let corrected = [workspace.sources().as_ref().ok(), Some(&after)]
            .map(|sources| sources?.corrected().ok().map(|one| normalized(&one)));
        if let ([Some(old), Some(new)], true) = (&corrected, before.is_some()) {
            changes.comparison =
                Some(compare(old, new, &Options { settings: pages::settings(), ..Options::default() }).map_err(one)?);
        }
        let was_replaced = replaced(old, after.transcribed.value());
        let replaced = replaced(after.document.value(), after.transcribed.value());
        let replaced = replaced.into_iter().filter(|one| !was_replaced.contains(one));
        let named_both = |(transcribed, page): (String, String)| {
            (operation_name(after.transcribed.value(), &transcribed), operation_name(after.document.value(), &page))
        };

        let mut files: Vec<(String, String)> =
            named.iter().map(|(name, text)| (name.clone(), (*text).to_owned())).collect();
        files.push((DOCUMENT.to_owned(), text));
        let differs = |(name, text): &&(String, String)| workspace.text(name).ok() != Some(text.as_str());
        Ok(Self {
            changed: files.iter().filter(differs).map(|(name, _)| name.clone()).collect(),
            changes,
            warnings,
            replaced: replaced.map(named_both).collect(),
            vanished,
            pruned: prune,
            documents: published.documents.len(),
            skipped_blocks: published.skipped_blocks,
            files,
        })
    }

    /// Writes all changed files, or none. Returns a warning if the staging folder is kept, because another program
    /// saved a file in it.
    ///
    /// # Errors
    /// When a file cannot be written, or changed since the workspace was read. `openapi/` is then unchanged.
    pub fn write(&self, workspace: &LockedWorkspace) -> Result<Option<Problem>, Problem> {
        replace_folder(workspace, "openapi", &self.files).map(|replaced| replaced.leftover)
    }
}

/// Plans an import and writes it.
///
/// # Errors
/// Those of both.
pub fn import(workspace: &LockedWorkspace, pages: &[Page], prune: bool) -> Result<Import, Vec<Problem>> {
    let planned = Import::plan(workspace, pages, prune)?;
    planned.write(workspace).map_err(|problem| vec![problem])?;
    Ok(planned)
}

/// Returns the text of the merged document, with the operations that are no longer in a page unless those are pruned,
/// and the names of those.
fn with_vanished(
    published: &Published,
    before: Option<&Document>,
    prune: bool,
) -> Result<(String, Vec<String>), Vec<Problem>> {
    let text = published.merged.text.clone();
    let Some(before) = before else { return Ok((text, Vec::new())) };
    let merged = Document::parse(DOCUMENT, text.clone()).map_err(|problem| vec![problem])?;
    let vanished = vanished::vanished(before.value(), merged.value());
    let names = vanished.iter().map(|gone| changes::name(before.value(), gone)).collect();
    if vanished.is_empty() || prune {
        return Ok((text, names));
    }
    let kept = vanished::keep(before, merged.value(), &vanished, published)?;
    Ok((reindent(&kept.to_string()), names))
}

/// Returns the API snapshot of the generated client. Problems of the overlay alone are warnings, to be corrected after
/// the import.
fn generated(sources: &Sources, published: &Published, warnings: &mut Vec<Problem>) -> Result<String, Vec<Problem>> {
    let problems = match sources.generate() {
        Ok(generated) => return Ok(generated.surface()),
        Err(problems) => problems,
    };
    let (of_overlay, mut others): (Vec<_>, Vec<_>) =
        problems.into_iter().partition(|problem| problem.file.as_deref() == Some(OVERLAY));
    if others.is_empty() {
        warnings.extend(of_overlay);
        match sources.merged().and_then(|merged| generate(&merged, &pages::settings())) {
            Ok(generated) => return Ok(generated.surface()),
            Err(problems) => others = problems,
        }
    }
    Err(others.into_iter().map(|problem| located_in_page(problem, published)).collect())
}

/// Moves a problem of the merged document to the page that has the value.
fn located_in_page(problem: Problem, published: &Published) -> Problem {
    let of_document = problem.file.as_deref().is_none_or(|file| file == DOCUMENT);
    let pointer = problem.pointer.clone().unwrap_or_default();
    let documents: Vec<&Embedded> = published.documents.iter().collect();
    let merged: &Merged = &published.merged;
    match merged.origin(&documents, &pointer).or(documents.first().copied()) {
        Some(origin) if of_document => {
            let fix = format!(
                "{}; if the published page is wrong, correct it by an action in {OVERLAY} and import again",
                problem.fix
            );
            Problem { fix, ..problem }.in_file(origin.page()).at(origin.location(&pointer))
        }
        _ => problem,
    }
}

fn operation_name(document: &Value, at: &str) -> String {
    let operation = operations(document).into_iter().find(|operation| operation.pointer == at);
    operation.map(|operation| changes::name(document, &operation)).unwrap_or_default()
}
