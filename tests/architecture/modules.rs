//! Which file uses which, read from the syntax tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use syn::{
    Attribute, File, ItemMod, ItemUse, Path as RustPath, UseTree, Visibility,
    visit::{self, Visit},
};
use walkdir::WalkDir;

/// The files of a crate: module path (`["pages", "wallet"]`) to what it uses.
pub(crate) struct Modules {
    pub(crate) uses: BTreeMap<Module, BTreeSet<Module>>,
    pub(crate) crates: BTreeMap<Module, BTreeSet<String>>,
}

/// The path of a module below its crate; empty for the crate's root.
pub(crate) type Module = Vec<String>;

impl Modules {
    /// Reads every file below `source`, which holds `lib.rs`.
    pub(crate) fn read(source: &Path) -> Self {
        let files: BTreeMap<Module, PathBuf> = WalkDir::new(source)
            .into_iter()
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|it| it == "rs"))
            .filter(|entry| !entry.path().ends_with("main.rs"))
            .map(|entry| (module_of(source, entry.path()), entry.path().to_path_buf()))
            .collect();
        assert!(files.len() > 5, "{} holds a crate", source.display());
        let known: BTreeSet<Module> = files.keys().cloned().collect();
        let mut modules = Self {
            uses: BTreeMap::new(),
            crates: BTreeMap::new(),
        };
        for (module, path) in files {
            let text = fs::read_to_string(&path).expect("a source file");
            let file: File = syn::parse_file(&text).expect("Rust");
            let mut paths = Paths {
                module: module.clone(),
                found: Vec::new(),
            };
            paths.visit_file(&file);
            let uses = paths
                .found
                .iter()
                .filter_map(|path| target(&module, path, &known))
                .filter(|target| *target != module)
                .collect();
            let crates = paths
                .found
                .into_iter()
                .filter_map(|path| path.into_iter().next());
            modules.crates.insert(module.clone(), crates.collect());
            modules.uses.insert(module, uses);
        }
        modules
    }

    /// Modules that use each other, directly or through others.
    pub(crate) fn circles(&self) -> Vec<Module> {
        self.uses
            .keys()
            .filter(|module| self.reaches(module, module))
            .cloned()
            .collect()
    }

    fn reaches(&self, from: &Module, to: &Module) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(module) = open.pop() {
            for next in self.uses.get(module).into_iter().flatten() {
                if next == to {
                    return true;
                }
                if seen.insert(next) {
                    open.push(next);
                }
            }
        }
        false
    }
}

fn module_of(source: &Path, file: &Path) -> Module {
    let below = file
        .strip_prefix(source)
        .expect("below the crate")
        .with_extension("");
    let names: Module = below
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    if names == ["lib"] { Vec::new() } else { names }
}

/// The module that a path leads to: the longest part of it that is a file.
fn target(from: &Module, path: &[String], known: &BTreeSet<Module>) -> Option<Module> {
    let mut at: Module = match path.first()?.as_str() {
        "crate" => Vec::new(),
        "self" => from.clone(),
        "super" => from[..from.len().checked_sub(1)?].to_vec(),
        // A child that is named without `self`.
        first if known.contains(&[from.as_slice(), &[first.to_owned()]].concat()) => {
            let mut child = from.clone();
            child.push(first.to_owned());
            child
        }
        _ => return None,
    };
    for name in &path[1..] {
        if name == "super" {
            at.pop();
            continue;
        }
        let next: Module = at.iter().cloned().chain([name.clone()]).collect();
        if !known.contains(&next) {
            break;
        }
        at = next;
    }
    Some(at)
}

/// Every path that a file names, except in its tests.
struct Paths {
    module: Module,
    found: Vec<Vec<String>>,
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Path>()
                .is_ok_and(|path| path.is_ident("test"))
    })
}

impl Paths {
    fn tree(&mut self, prefix: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| {
            let mut path = prefix.to_vec();
            path.push(name.to_string());
            path
        };
        match tree {
            UseTree::Path(path) => self.tree(&with(&path.ident), &path.tree),
            UseTree::Name(name) if name.ident == "self" => self.found.push(prefix.to_vec()),
            UseTree::Name(name) => self.found.push(with(&name.ident)),
            UseTree::Rename(name) => self.found.push(with(&name.ident)),
            UseTree::Glob(_) => self.found.push(prefix.to_vec()),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(prefix, tree);
                }
            }
        }
    }
}

impl Visit<'_> for Paths {
    fn visit_item_mod(&mut self, module: &ItemMod) {
        // An inline module has a `super` of its own, so only tests are inline.
        if module.content.is_some() && !is_test(&module.attrs) {
            panic!("{:?} has an inline module", self.module);
        }
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        if !is_test(&item.attrs) {
            self.tree(&[], &item.tree);
        }
    }

    fn visit_path(&mut self, path: &RustPath) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        self.found.push(names.collect());
        visit::visit_path(self, path);
    }

    // Who may see an item is no use of anything.
    fn visit_visibility(&mut self, _: &Visibility) {}
}
