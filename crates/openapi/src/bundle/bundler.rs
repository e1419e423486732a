//! Merges the files of a document into one.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    path::{Component, Path, PathBuf},
};

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::{
    origin::{Target, origin},
    root::Root,
};
use crate::{
    Document, Problem,
    canonical::canonical,
    kind::{Kind, push, reference},
    limits::{MOST_BUNDLED_BYTES, MOST_BUNDLED_VALUES, MOST_REFERENCES},
    pointer,
    queries::{object_at, schema_reference},
    references::{Anchors, at_fragment, free_name, merge_siblings, name_of},
    schema_resources::resolve_ids,
};

/// The merged document, its files, and their problems.
pub(super) struct Bundled {
    pub(super) document: Value,
    pub(super) files: Vec<Document>,
    pub(super) written: BTreeMap<String, Target>,
    /// References to files that cannot be read.
    pub(super) unread: BTreeSet<String>,
    pub(super) problems: Vec<Problem>,
}

/// Merges a document with the files that it references in its folder, or in the folder `root` around it.
///
/// # Errors
/// If the document is not in `root`.
pub(super) fn bundle(document: Document, path: &Path, root: Option<Root<'_>>) -> Result<Bundled, Problem> {
    let own = path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let own = own.and_then(|folder| folder.canonicalize().ok()).unwrap_or_default();
    let (folder, shown) = match root {
        None => (own.clone(), Path::new(document.name()).parent().map(Path::to_path_buf).unwrap_or_default()),
        Some(Root { folder: root, shown }) => {
            let refuse = |what: String| Problem::new(what, "name a folder around the document with `--root`");
            let folder = root.canonicalize().map_err(|error| {
                refuse(format!("the folder `{}` cannot be read: {error}", root.display())).in_file(document.name())
            })?;
            // a symbolic link may be in the folder, and its target outside of it
            if !path.canonicalize().is_ok_and(|path| path.starts_with(&folder)) {
                let what = format!("the document is not in the folder `{}`", root.display());
                return Err(refuse(what).in_file(document.name()));
            }
            let shown = if shown == Path::new(".") { PathBuf::new() } else { shown.to_path_buf() };
            (folder, shown)
        }
    };
    let full = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let mut value = canonical(document.value());
    resolve_ids(&mut value);
    let taken = value.pointer("/components/schemas").and_then(Value::as_object);
    let mut bundler = Bundler {
        taken: taken.into_iter().flatten().map(|(name, _)| name.clone()).collect(),
        bytes: document.text().len(),
        known: HashMap::from([(full, Some(0))]),
        files: vec![File { document, anchors: OnceCell::new(), folder: own }],
        folder,
        allowed: if root.is_some() { "folder named with `--root`" } else { "document's folder" },
        shown,
        names: BTreeMap::new(),
        queue: VecDeque::new(),
        written: BTreeMap::new(),
        active: Vec::new(),
        values: 0,
        unread: BTreeSet::new(),
        problems: Vec::new(),
    };
    let document = bundler.run(value);
    Ok(Bundled {
        document,
        files: bundler.files.into_iter().map(|file| file.document).collect(),
        written: bundler.written,
        unread: bundler.unread,
        problems: bundler.problems,
    })
}

struct File {
    document: Document,
    anchors: OnceCell<Anchors>,
    folder: PathBuf,
}

struct Bundler {
    /// The folder that may be read. References must stay in it.
    folder: PathBuf,
    /// What this folder is, in messages.
    allowed: &'static str,
    /// The folder as the user has written it.
    shown: PathBuf,
    files: Vec<File>,
    /// Files by their full path; `None` for those that cannot be read.
    known: HashMap<PathBuf, Option<usize>>,
    bytes: usize,
    /// Component names of the schemas of other files.
    names: BTreeMap<Target, String>,
    taken: BTreeSet<String>,
    queue: VecDeque<(String, Target)>,
    written: BTreeMap<String, Target>,
    /// Targets that are being inlined, outermost first.
    active: Vec<Target>,
    values: usize,
    /// References to files that cannot be read; the file has a problem already.
    unread: BTreeSet<String>,
    problems: Vec<Problem>,
}

/// Why a reference cannot be resolved, and its fix.
type Refusal = (String, &'static str);

impl Bundler {
    fn run(&mut self, mut document: Value) -> Value {
        self.name_by_components(&mut document);
        self.walk(&mut document, Kind::Root, 0, &mut String::new());
        while let Some((name, (file, at))) = self.queue.pop_front() {
            let Some(mut schema) = self.value(file, &at).cloned().filter(|schema| self.may_add(schema)) else {
                continue;
            };
            let mut component = pointer::join("/components/schemas", &name);
            self.written.insert(component.clone(), (file, at));
            self.walk(&mut schema, Kind::Schema, file, &mut component);
            object_at(&mut document, &["components", "schemas"]).insert(name, schema);
        }
        document
    }

    fn value(&self, file: usize, at: &str) -> Option<&Value> {
        self.files.get(file)?.document.value().pointer(at)
    }

    /// Gives a schema of another file the name of the component that is only a reference to it.
    fn name_by_components(&mut self, document: &mut Value) {
        let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) else { return };
        for (name, schema) in schemas {
            let target = match schema.as_object() {
                Some(map) if map.len() == 1 => reference(schema, Kind::Schema).map(str::to_owned),
                _ => None,
            };
            let Some(Ok(Some(target))) = target.map(|text| self.locate(0, &text)) else { continue };
            if target.0 != 0 && !self.names.contains_key(&target) {
                self.names.insert(target.clone(), name.clone());
                self.queue.push_back((name.clone(), target));
                *schema = json!({});
            }
        }
    }

    fn walk(&mut self, value: &mut Value, kind: Kind, file: usize, at: &mut String) {
        if kind == Kind::Data {
            return;
        }
        if let Some(text) = reference(value, kind).map(str::to_owned) {
            match self.locate(file, &text) {
                Ok(None) if text.starts_with('#') => {}
                Ok(None) => drop(self.unread.insert(origin(&self.written, &format!("{at}/$ref")).1)),
                Ok(Some((0, target))) => set_reference(value, json!(format!("#{target}"))),
                Ok(Some(target)) if kind.is_schema() => {
                    let name = self.name(target);
                    set_reference(value, schema_reference(&name)["$ref"].clone());
                }
                Ok(Some(target)) => return self.inline(value, kind, (file, &text), target, at),
                Err(refusal) => self.refuse(refusal, &format!("{at}/$ref")),
            }
        }
        if kind == Kind::Discriminator {
            self.mapping(value, file, at);
        }
        let length = at.len();
        match value {
            Value::Object(map) => {
                for (key, child) in map.iter_mut() {
                    push(at, key);
                    self.walk(child, kind.of_key(key), file, at);
                    at.truncate(length);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter_mut().enumerate() {
                    push(at, &index.to_string());
                    self.walk(child, kind.of_item(), file, at);
                    at.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// Replaces a reference by its target.
    fn inline(&mut self, value: &mut Value, kind: Kind, (file, text): (usize, &str), target: Target, at: &mut String) {
        let reference_at = format!("{at}/$ref");
        if self.active.contains(&target) || self.active.len() == MOST_REFERENCES {
            let what =
                format!("reference `{text}` forms a cycle, or a chain of more than {MOST_REFERENCES} references");
            return self.refuse((what, "remove a reference of the cycle, or shorten the chain"), &reference_at);
        }
        let Some(mut found) = self.value(target.0, &target.1).cloned().filter(|found| self.may_add(found)) else {
            return;
        };
        let mut siblings = value.as_object_mut().map(std::mem::take).unwrap_or_default();
        let length = at.len();
        for (key, child) in siblings.iter_mut().filter(|_| kind == Kind::PathItem) {
            push(at, key);
            self.walk(child, kind.of_key(key), file, at);
            let source = origin(&self.written, at);
            self.written.insert(at.clone(), source);
            at.truncate(length);
        }
        if let Err(key) = merge_siblings(&mut found, siblings, kind) {
            let what = format!("`{key}` is defined beside the reference `{text}` and differently in its target");
            self.refuse((what, "remove one of the two"), &reference_at);
        }
        *value = canonical(&found);
        self.written.insert(at.clone(), target.clone());
        self.active.push(target.clone());
        self.walk(value, kind, target.0, at);
        self.active.pop();
    }

    /// Resolves the references in the `mapping` of a discriminator.
    fn mapping(&mut self, value: &mut Value, file: usize, at: &str) {
        for (key, name) in value.get_mut("mapping").and_then(Value::as_object_mut).into_iter().flatten() {
            let Some(text) = name.as_str().filter(|text| {
                text.contains(['#', '/']) || [".json", ".yaml", ".yml"].iter().any(|end| text.ends_with(end))
            }) else {
                continue;
            };
            match self.locate(file, text) {
                Ok(None) => {}
                Ok(Some((0, target))) => *name = json!(format!("#{target}")),
                Ok(Some(target)) => *name = schema_reference(&self.name(target))["$ref"].clone(),
                Err(refusal) => self.refuse(refusal, &pointer::join(&format!("{at}/mapping"), key)),
            }
        }
    }

    /// Returns the component name of a schema of another file.
    fn name(&mut self, target: Target) -> String {
        if let Some(name) = self.names.get(&target) {
            return name.clone();
        }
        let file = self.files.get(target.0).map(|file| file.document.name()).unwrap_or_default();
        let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = free_name(&name_of(&target.1, &stem), |name| self.taken.contains(name));
        self.taken.insert(name.clone());
        self.names.insert(target.clone(), name.clone());
        self.queue.push_back((name.clone(), target));
        name
    }

    /// Returns file and pointer of a reference's target; `None` for a reference within the document itself, and for one
    /// to a file that cannot be read.
    fn locate(&mut self, from: usize, text: &str) -> Result<Option<Target>, Refusal> {
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = if path.is_empty() {
            from
        } else {
            match self.file(from, path)? {
                Some(file) => file,
                None => return Ok(None),
            }
        };
        if file == 0 && path.is_empty() {
            return Ok(None);
        }
        let document = self.files.get(file).map(|file| &file.document);
        let anchors = self.files.get(file).map(|file| &file.anchors);
        let found = document
            .zip(anchors)
            .and_then(|(document, anchors)| at_fragment(document.value(), fragment, anchors))
            .map(|target| target.pointer);
        match found {
            Some(at) if at.is_empty() && file == 0 => Err((
                format!("reference `{text}` targets the whole document, which cannot be inlined"),
                "reference a component, such as `#/components/schemas/Name`",
            )),
            Some(at) => Ok(Some((file, at))),
            None => {
                let name = document.map(Document::name).unwrap_or_default();
                Err((format!("reference `{text}` has no target in {name}"), "correct the reference"))
            }
        }
    }

    /// Returns the file of a path; `None` if it exists and cannot be read, which is reported once.
    fn file(&mut self, from: usize, path: &str) -> Result<Option<usize>, Refusal> {
        let fix = "save the file in the document's folder, and reference it by its relative path";
        if has_scheme(path) || path.starts_with("//") {
            let what = format!("reference `{path}` is a URL, and no file is fetched from the network");
            return Err((what, fix));
        }
        let plain = percent_decode_str(path).decode_utf8().unwrap_or_else(|_| path.into());
        let out = || {
            let fix = "save the file in the document's folder, or name a folder around both with `--root`";
            (format!("reference `{path}` is outside the {}", self.allowed), fix)
        };
        if plain.starts_with(['/', '\\']) {
            return Err(out());
        }
        let folder = self.files.get(from).map(|file| file.folder.clone()).unwrap_or_default();
        let joined =
            without_dots(&folder.join(&*plain)).filter(|joined| joined.starts_with(&self.folder)).ok_or_else(out)?;
        let missing =
            |why: String| (format!("reference `{path}`: the file cannot be read: {why}"), "correct the reference");
        let full = joined.canonicalize().map_err(|error| missing(error.to_string()))?;
        // a symbolic link may target any folder
        let relative = full.strip_prefix(&self.folder).map_err(|_| out())?;
        if let Some(known) = self.known.get(&full) {
            return Ok(*known);
        }
        if !full.is_file() {
            return Err(missing("not a file".to_owned()));
        }
        let shown = self.shown.join(relative).display().to_string();
        let read = Document::read(&full, &shown).map_err(|problem| self.problems.push(problem)).ok();
        self.bytes += read.as_ref().map_or(0, |document| document.text().len());
        if self.bytes > MOST_BUNDLED_BYTES {
            return Err((
                format!("reference `{path}`: the files of the document exceed the limit of 256 MiB in total"),
                "reference fewer or smaller files",
            ));
        }
        let index = read.map(|document| {
            let folder = full.parent().map(Path::to_path_buf).unwrap_or_default();
            self.files.push(File { document, anchors: OnceCell::new(), folder });
            self.files.len() - 1
        });
        self.known.insert(full, index);
        Ok(index)
    }

    /// Whether a value may be added to the document. Reports the first one that exceeds the limit.
    fn may_add(&mut self, value: &Value) -> bool {
        let before = self.values;
        self.values = before.saturating_add(crate::size(value));
        if before <= MOST_BUNDLED_VALUES && self.values > MOST_BUNDLED_VALUES {
            let what = format!("the files of the document exceed the limit of {MOST_BUNDLED_VALUES} values in total");
            self.refuse((what, "reference fewer or smaller files"), "");
        }
        self.values <= MOST_BUNDLED_VALUES
    }

    fn refuse(&mut self, (what, fix): Refusal, at: &str) {
        let (file, at) = origin(&self.written, at);
        self.problems.extend(self.files.get(file).map(|file| file.document.problem_at(&at, what, fix)));
    }
}

fn set_reference(value: &mut Value, text: Value) {
    if let Some(map) = value.as_object_mut() {
        map.insert("$ref".to_owned(), text);
    }
}

/// Whether a path begins with a URL scheme or a drive letter: `https:`, `file:`, `C:`.
fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// Returns a path without `.` and `..`, without reading the file system; `None` if it leaves the root.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            part => plain.push(part),
        }
    }
    Some(plain)
}
