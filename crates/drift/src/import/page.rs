//! A page to import, and its name.

use std::{fs, path::Path};

use openapi::{Location, Problem};
use pages::PAGES;

/// A page to import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// File name under `openapi/pages/`.
    pub name: String,
    /// The text, byte for byte.
    pub text: String,
    /// The path as the user wrote it.
    shown: String,
}

impl Page {
    /// Returns a page with a name and a text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let name = name.into();
        Self { shown: name.clone(), name, text: text.into() }
    }

    /// Reads a page from a file, and names it after the file.
    ///
    /// # Errors
    /// When the file cannot be read, is not UTF-8, or its name does not end in `.md`.
    pub fn read(path: &Path) -> Result<Self, Problem> {
        let shown = path.display().to_string();
        let bytes = fs::read(path).map_err(|error| {
            Problem::new(format!("{shown} cannot be read: {error}"), "name a readable file").in_file(&shown)
        })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::from_bytes(&shown, Some(name), bytes)
    }

    /// Returns a page read from standard input, named after its title.
    ///
    /// # Errors
    /// When it is not UTF-8, or has no title.
    pub fn from_stdin(bytes: Vec<u8>) -> Result<Self, Problem> {
        Self::from_bytes("-", None, bytes)
    }

    fn from_bytes(shown: &str, name: Option<String>, bytes: Vec<u8>) -> Result<Self, Problem> {
        let text = String::from_utf8(bytes).map_err(|error| {
            let offset = error.utf8_error().valid_up_to();
            let valid = error.as_bytes().get(..offset).unwrap_or_default();
            let location = Location::of_offset(&String::from_utf8_lossy(valid), offset);
            Problem::new(
                format!(
                    "{} is not UTF-8: invalid byte at offset {offset}",
                    if shown == "-" { "standard input" } else { shown }
                ),
                "save the page as UTF-8",
            )
            .in_file(shown)
            .at(Some(location))
        })?;
        let name = match name {
            Some(name) if name.ends_with(".md") && name.len() > 3 => name,
            Some(_) => {
                return Err(Problem::new(
                    format!("{shown} is not a page: its name does not end in .md"),
                    "name a file that ends in .md",
                )
                .in_file(shown));
            }
            None => name_of_title(&text).ok_or_else(|| {
                Problem::new("the page on standard input has no title to name it after", "name a file instead of -")
                    .in_file(shown)
            })?,
        };
        Ok(Self { name, text, shown: shown.to_owned() })
    }
}

/// Returns the file name for a title: `# OAuth clients` → `oauth-clients.md`.
fn name_of_title(text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let title = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let words: String = title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let name = words.split_whitespace().collect::<Vec<_>>().join("-");
    (!name.is_empty()).then(|| format!("{name}.md"))
}

/// Replaces paths in `openapi/pages/` by the paths that the user gave: a rejected page is not written there.
pub(super) fn with_given_names(pages: &[Page], problems: Vec<Problem>) -> Vec<Problem> {
    let renamed = |text: String| {
        pages.iter().fold(text, |text, page| {
            let within = format!("{PAGES}/{}", page.name);
            if text == within {
                page.shown.clone()
            } else {
                [":", " "]
                    .iter()
                    .fold(text, |text, end| text.replace(&format!("{within}{end}"), &format!("{}{end}", page.shown)))
            }
        })
    };
    let one = |problem: Problem| Problem { file: problem.file.map(renamed), what: renamed(problem.what), ..problem };
    problems.into_iter().map(one).collect()
}

/// Returns the pages without repeated ones.
///
/// # Errors
/// When two different pages have the same name.
pub(super) fn without_repeats(pages: &[Page]) -> Result<Vec<&Page>, Vec<Problem>> {
    let mut kept: Vec<&Page> = Vec::new();
    let mut problems = Vec::new();
    for page in pages {
        match kept.iter().find(|other| other.name == page.name) {
            None => kept.push(page),
            Some(other) if other.text == page.text => {}
            Some(_) => problems.push(
                Problem::new(
                    format!("two different pages have the name {}", page.name),
                    "rename one of the files, or omit one",
                )
                .in_file(&page.name),
            ),
        }
    }
    if problems.is_empty() { Ok(kept) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_after_its_file_or_title() {
        assert_eq!(Page::from_stdin(b"> index\n\n# OAuth Clients!\n".to_vec()).unwrap().name, "oauth-clients.md");
        assert_eq!(Page::from_stdin("\u{feff}# Tags\r\n".into()).unwrap().name, "tags.md");
        assert!(Page::from_stdin(b"no title".to_vec()).unwrap_err().what.contains("no title"));
        assert!(Page::from_bytes("x.txt", Some("x.txt".into()), vec![]).is_err());
        assert!(Page::from_bytes(".md", Some(".md".into()), vec![]).is_err());
    }

    #[test]
    fn reports_offset_and_location_of_an_invalid_byte() {
        let problem = Page::from_stdin("# ä\n".bytes().chain([0xff]).collect()).unwrap_err();
        assert!(problem.what.contains("offset 5"), "{problem}");
        assert_eq!(problem.place().as_deref(), Some("-:2:1"));
    }

    #[test]
    fn rejects_different_pages_with_the_same_name() {
        let page = |text: &str| Page::new("a.md", text);
        assert_eq!(without_repeats(&[page("x"), page("x")]).unwrap().len(), 1);
        assert!(without_repeats(&[page("x"), page("y")]).unwrap_err()[0].what.contains("have the name a.md"));
    }
}
