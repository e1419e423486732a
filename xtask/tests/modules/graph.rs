//! The dependencies between the files of a crate.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path as File, PathBuf},
};

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};

use crate::source::{Path, Source};

/// The modules of a crate by their paths; the root has an empty one.
pub(crate) struct Graph {
    modules: BTreeMap<Path, Module>,
}

struct Module {
    file: PathBuf,
    /// The path of the file's own module: another where this one stands in it.
    home: Path,
    source: Source,
}

impl Graph {
    /// Reads the crate whose root file this is.
    pub(crate) fn of(root: &File) -> Self {
        let mut graph = Self { modules: BTreeMap::new() };
        graph.read(root, root.parent().unwrap(), Vec::new());
        graph
    }

    fn read(&mut self, file: &File, folder: &File, path: Path) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let source = Source::of(&syn::parse_file(&text).unwrap().items);
        for name in &source.files {
            let flat = folder.join(format!("{name}.rs"));
            let own = folder.join(name);
            let file = if flat.is_file() { flat } else { own.join("mod.rs") };
            self.read(&file, &own, [path.clone(), vec![name.clone()]].concat());
        }
        self.add(file, path.clone(), path, source);
    }

    fn add(&mut self, file: &File, home: Path, path: Path, mut source: Source) {
        for (name, inline) in std::mem::take(&mut source.inline) {
            self.add(file, home.clone(), [path.clone(), vec![name]].concat(), inline);
        }
        self.modules.insert(path, Module { file: file.to_owned(), home, source });
    }

    /// How many files it has.
    pub(crate) fn files(&self) -> usize {
        self.modules.values().map(|module| &module.file).collect::<BTreeSet<_>>().len()
    }

    /// The cycles, each with the names of its modules in order.
    pub(crate) fn cycles(&self) -> Vec<Vec<String>> {
        let name = |path: &Path| if path.is_empty() { "crate".to_owned() } else { path.join("::") };
        let homes: Vec<Path> = self.modules.values().map(|module| module.home.clone()).collect();
        let index = |path: &Path| homes.iter().position(|home| home == path).unwrap();
        let mut graph = DiGraphMap::<usize, ()>::new();
        for (path, module) in &self.modules {
            for target in self.targets(path, module) {
                if target != module.home {
                    graph.add_edge(index(&module.home), index(&target), ());
                }
            }
        }
        let found = tarjan_scc(&graph).into_iter().filter(|component| component.len() > 1);
        let mut cycles: Vec<Vec<String>> = found
            .map(|component| {
                let mut names: Vec<_> = component.into_iter().map(|at| name(&homes[at])).collect();
                names.sort();
                names
            })
            .collect();
        cycles.sort();
        cycles
    }

    /// The files that a module depends on.
    fn targets(&self, from: &Path, module: &Module) -> BTreeSet<Path> {
        let mut found = BTreeSet::new();
        for (name, path) in &module.source.imports {
            // a module that is only named is no dependency yet: what is used of it is
            if let Some(Place::Item(home)) = self.resolve(from, path, 0) {
                found.insert(home);
            } else if name == "*"
                && let Some(Place::Module(target)) = self.resolve(from, path, 0)
            {
                found.insert(self.modules[&target].home.clone());
            }
        }
        for path in &module.source.paths {
            if let Some(Place::Item(home)) = self.resolve(from, path, 0) {
                found.insert(home);
            }
        }
        found
    }

    /// What a path leads to that is written in a module: a module of this crate, or the file that defines an item.
    fn resolve(&self, from: &Path, path: &Path, depth: usize) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        if depth > 32 {
            return None;
        }
        match first.as_str() {
            "crate" => self.walk(Vec::new(), rest, depth),
            "self" => self.walk(from.clone(), rest, depth),
            "super" => self.walk(from.split_last()?.1.to_vec(), rest, depth),
            name => {
                let child = [from.clone(), vec![name.to_owned()]].concat();
                if self.modules.contains_key(&child) {
                    return self.walk(child, rest, depth);
                }
                // an item that is imported alone is counted where it is imported
                let imports = self.modules[from].source.imports.iter();
                let (_, imported) = imports.clone().find(|(known, _)| known == name)?;
                if imported.first() == path.first() && imported.len() == 1 {
                    return None;
                }
                match self.resolve(from, imported, depth + 1)? {
                    Place::Module(module) => self.walk(module, rest, depth),
                    item => Some(item),
                }
            }
        }
    }

    fn walk(&self, mut at: Path, mut rest: &[String], depth: usize) -> Option<Place> {
        while let Some((name, after)) = rest.split_first() {
            if name == "super" {
                at.pop()?;
                rest = after;
                continue;
            }
            let child = [at.clone(), vec![name.clone()]].concat();
            if self.modules.contains_key(&child) {
                at = child;
                rest = after;
                continue;
            }
            let exports = &self.modules[&at].source.exports;
            if let Some((_, path)) = exports.iter().find(|(known, _)| known == name) {
                return match self.resolve(&at, path, depth + 1) {
                    Some(Place::Module(module)) => self.walk(module, after, depth + 1),
                    found => found,
                };
            }
            return Some(Place::Item(self.modules[&at].home.clone()));
        }
        Some(Place::Module(at))
    }
}

/// What a path leads to.
enum Place {
    Module(Path),
    /// Something that the file of this module defines.
    Item(Path),
}
