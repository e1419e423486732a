//! Pages → `openapi/`: each page kept byte for byte, the document in it extracted.

use std::{fs, path::Path};

use blynk_codegen::{DOCUMENT, PAGES, Sources};
use blynk_document::{Difference, Document, Problem, differences, reindent};

use crate::{checks::extract_all, load::Workspace, write::write_all};

/// A page to import.
#[derive(Clone, Debug)]
pub struct Page {
    /// File name under `openapi/pages/`.
    pub name: String,
    /// Text, byte for byte.
    pub text: String,
}

impl Page {
    /// A page read from a file, named after it.
    ///
    /// # Errors
    /// When the file cannot be read, is no UTF-8, or its name does not end in `.md`.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let shown = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| {
            Problem::new(format!("cannot read the page: {error}"), "name a readable page").in_file(&shown)
        })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::from_bytes(&shown, Some(name), bytes)
    }

    /// A page from standard input, named after its title.
    ///
    /// # Errors
    /// When it is no UTF-8, or has no title.
    pub fn from_stdin(bytes: Vec<u8>) -> Result<Self, Problem> {
        Self::from_bytes("-", None, bytes)
    }

    fn from_bytes(shown: &str, name: Option<String>, bytes: Vec<u8>) -> Result<Self, Problem> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            Problem::new(
                format!("the page is not UTF-8 text: the byte at offset {offset} is invalid"),
                "save the page as UTF-8",
            )
            .in_file(shown)
        })?;
        let name = match name {
            Some(name) if name.ends_with(".md") => name,
            Some(name) => {
                return Err(Problem::new(
                    format!("`{name}` is not the name of a page"),
                    "name a file that ends in .md",
                )
                .in_file(shown));
            }
            None => name_of_title(&text).ok_or_else(|| {
                Problem::new("the page has no title to be named after", "name a file instead of -").in_file(shown)
            })?,
        };
        Ok(Self { name, text })
    }
}

/// `# OAuth clients` → `oauth-clients.md`.
fn name_of_title(text: &str) -> Option<String> {
    let title = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let words: String = title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let name = words.split_whitespace().collect::<Vec<_>>().join("-");
    (!name.is_empty()).then(|| format!("{name}.md"))
}

/// What [`import`] did, or would do.
#[derive(Clone, Debug)]
pub struct Imported {
    /// Files that changed.
    pub changed: Vec<String>,
    /// Values of the document that changed, before and after.
    pub differences: Vec<Difference>,
    /// Lines of the surface that only the new one has, and that only the old one has.
    pub surface: (Vec<String>, Vec<String>),
    /// Code blocks of the pages that hold no OpenAPI document.
    pub passed_over: usize,
}

/// Takes pages over, and the document in them. Without pages, extracts again what is there.
///
/// # Errors
/// When a page holds no document, or the workspace would hold several; then nothing is written.
pub fn import(workspace: &Workspace, pages: &[Page]) -> Result<Imported, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let named: Vec<(String, &str)> =
        pages.iter().map(|page| (format!("{PAGES}/{}", page.name), page.text.as_str())).collect();
    let kept = workspace.pages().filter(|(name, _)| !named.iter().any(|(new, _)| new == name));
    let all = kept.chain(named.iter().map(|(name, text)| (name.as_str(), Ok(*text))));
    let (page, extracted) = extract_all(all).map_err(one)?;

    let text = reindent(&extracted.json);
    let document = Document::parse(page, text.clone()).map_err(one)?;
    let before = workspace.sources().as_ref().ok();
    let differences = match before {
        Some(sources) => differences(sources.document.value(), document.value()),
        None => Vec::new(),
    };
    let surface = |sources: &Sources| sources.generate().map(|generated| generated.surface()).unwrap_or_default();
    let surfaces = before.filter(|_| !differences.is_empty()).map(|before| {
        let after = Sources { document, ..before.clone() };
        (surface(before), surface(&after))
    });
    let only = |one: &str, other: &str| -> Vec<String> {
        one.lines()
            .filter(|line| !line.is_empty() && !other.lines().any(|known| known == *line))
            .map(str::to_owned)
            .collect()
    };
    let surface = surfaces.map(|(before, after)| (only(&after, &before), only(&before, &after))).unwrap_or_default();

    let mut files: Vec<(String, String)> =
        named.iter().map(|(name, text)| (name.clone(), (*text).to_owned())).collect();
    files.push((DOCUMENT.to_owned(), text));
    let changed = write_all(&workspace.root, &files).map_err(one)?;
    Ok(Imported { changed, differences, surface, passed_over: extracted.passed_over })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_a_page_after_its_file_or_its_title() {
        assert_eq!(Page::from_stdin(b"> index\n\n# OAuth Clients!\n".to_vec()).unwrap().name, "oauth-clients.md");
        assert!(Page::from_stdin(b"no title".to_vec()).unwrap_err().what.contains("no title"));
        assert!(Page::from_stdin(b"# a\n\xff".to_vec()).unwrap_err().what.contains("offset 4"));
        assert!(Page::from_bytes("x.txt", Some("x.txt".into()), vec![]).is_err());
    }
}
