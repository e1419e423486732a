//! Pages → `openapi/`: each page kept byte for byte, the documents in them merged into one.

mod changes;
mod page;
mod vanished;

use codegen::generate;
use openapi::{Document, Problem, operations, reindent};
use pages::{DOCUMENT, Embedded, Merged, OVERLAY, PAGES, Sources, TRANSCRIBED, normalized, replaced};
use serde_json::{Value, json};

pub use changes::{Changes, Names};
pub use page::Page;

use crate::{exclusive::Exclusive, lint::lint, load::Workspace, published::Published, replace::replace_folder};
use openapi_diff::{Options, compare};

/// What an import will do. Nothing is written before [`Import::write`].
#[derive(Clone, Debug)]
pub struct Import {
    /// Files that change.
    pub changed: Vec<String>,
    /// What that means for callers.
    pub changes: Changes,
    /// What pages or documentation contradict themselves in, and what else wants a look.
    pub warnings: Vec<Problem>,
    /// Operations transcribed by us that a page replaces: ours and the page's.
    pub replaced: Vec<(String, String)>,
    /// Operations that no page has any more.
    pub vanished: Vec<String>,
    /// Whether those are removed.
    pub pruned: bool,
    /// OpenAPI documents in all pages.
    pub documents: usize,
    /// Code blocks of the pages that hold none.
    pub passed_over: usize,
    files: Vec<(String, String)>,
}

impl Import {
    /// Takes pages over, and the documents in them. Without pages, extracts again what is there.
    ///
    /// # Errors
    /// When a page is broken, pages contradict each other, or no client can be generated from what they say together.
    pub fn plan(workspace: &Workspace, pages: &[Page], prune: bool) -> Result<Self, Vec<Problem>> {
        Self::plan_of(workspace, pages, prune).map_err(|problems| page::as_named(pages, problems))
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
        // security that has only moved to the operations is no change; an overlay that no longer fits is reported
        // above; then nothing is compared
        let corrected = [workspace.sources().as_ref().ok(), Some(&after)]
            .map(|sources| sources?.corrected().ok().map(|one| normalized(&one)));
        if let ([Some(old), Some(new)], true) = (&corrected, before.is_some()) {
            changes.comparison =
                Some(compare(old, new, &Options { settings: pages::settings(), ..Options::default() }).map_err(one)?);
        }
        let was_replaced = replaced(old, after.transcribed.value());
        let replaced = replaced(after.document.value(), after.transcribed.value());
        let replaced = replaced.into_iter().filter(|one| !was_replaced.contains(one));
        let named_both = |(ours, theirs): (String, String)| {
            (operation_name(after.transcribed.value(), &ours), operation_name(after.document.value(), &theirs))
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
            passed_over: published.passed_over,
            files,
        })
    }

    /// Writes all files that change, or none, into the workspace that this was planned on. Returns the staging folder
    /// if it is not deleted, since somebody saved a file in it.
    ///
    /// # Errors
    /// When a file cannot be written, or changed since the workspace was read; `openapi/` is then as its user left it.
    pub fn write(&self, workspace: &Exclusive) -> Result<Option<Problem>, Problem> {
        replace_folder(workspace, "openapi", &self.files).map(|replaced| replaced.leftover)
    }
}

/// [`Import::plan`], then [`Import::write`].
///
/// # Errors
/// Those of both.
pub fn import(workspace: &Exclusive, pages: &[Page], prune: bool) -> Result<Import, Vec<Problem>> {
    let planned = Import::plan(workspace, pages, prune)?;
    planned.write(workspace).map_err(|problem| vec![problem])?;
    Ok(planned)
}

/// The document's text: what the pages say, and the operations that they no longer have unless those are pruned.
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

/// The surface of what the sources generate. What is wrong with the overlay alone is a warning: it is mended
/// afterwards.
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
    Err(others.into_iter().map(|problem| on_its_page(problem, published)).collect())
}

/// A problem of the merged document, at the page that the value is from.
fn on_its_page(problem: Problem, published: &Published) -> Problem {
    let of_document = problem.file.as_deref().is_none_or(|file| file == DOCUMENT);
    let pointer = problem.pointer.clone().unwrap_or_default();
    let documents: Vec<&Embedded> = published.documents.iter().collect();
    let merged: &Merged = &published.merged;
    match merged.origin(&documents, &pointer).or(documents.first().copied()) {
        Some(origin) if of_document => {
            let fix = format!(
                "{}; where the page is wrong, correct it by an action in {OVERLAY} and import it again",
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
