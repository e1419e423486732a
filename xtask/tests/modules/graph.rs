//! The dependencies between the files of a crate.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path as File, PathBuf},
};

use petgraph::{algo::tarjan_scc, graphmap::DiGraphMap};

use crate::source::{Path, Source};

/// The modules of a crate by path; that of the root is empty.
pub(crate) struct Graph {
    modules: BTreeMap<Path, Module>,
}

struct Module {
    file: PathBuf,
    /// The path of the file's module; for an inline module, that of the enclosing file.
    home: Path,
    source: Source,
}

impl Graph {
    /// Reads the crate with this root file.
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

    /// Returns the number of files.
    pub(crate) fn files(&self) -> usize {
        self.modules.values().map(|module| &module.file).collect::<BTreeSet<_>>().len()
    }

    /// Returns the cycles, each with the sorted names of its modules.
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

    /// Returns the files that a module depends on.
    fn targets(&self, from: &Path, module: &Module) -> BTreeSet<Path> {
        let mut found = BTreeSet::new();
        for (name, path) in &module.source.imports {
            // importing a module is not a dependency; using its items is
            if let Some(Target::Item(home)) = self.resolve(from, path, 0) {
                found.insert(home);
            } else if name == "*"
                && let Some(Target::Module(target)) = self.resolve(from, path, 0)
            {
                found.insert(self.modules[&target].home.clone());
            }
        }
        for path in &module.source.paths {
            if let Some(Target::Item(home)) = self.resolve(from, path, 0) {
                found.insert(home);
            }
        }
        found
    }

    /// Resolves a path in a module to a module of this crate, or to the file that defines the item.
    fn resolve(&self, from: &Path, path: &Path, depth: usize) -> Option<Target> {
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
                // an imported item is counted at its import
                let imports = self.modules[from].source.imports.iter();
                let (_, imported) = imports.clone().find(|(known, _)| known == name)?;
                if imported.first() == path.first() && imported.len() == 1 {
                    return None;
                }
                match self.resolve(from, imported, depth + 1)? {
                    Target::Module(module) => self.walk(module, rest, depth),
                    item => Some(item),
                }
            }
        }
    }

    fn walk(&self, mut at: Path, mut rest: &[String], depth: usize) -> Option<Target> {
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
                    Some(Target::Module(module)) => self.walk(module, after, depth + 1),
                    found => found,
                };
            }
            return Some(Target::Item(self.modules[&at].home.clone()));
        }
        Some(Target::Module(at))
    }
}

/// The target of a path.
enum Target {
    Module(Path),
    /// An item, by the module of the file that defines it.
    Item(Path),
}
