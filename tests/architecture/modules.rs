//! Which file uses which, read from the syntax tree, and from the tokens of
//! macros, which the syntax tree does not go into.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    ItemMod, ItemUse, Macro, Path as RustPath, UseTree, Visibility,
    visit::{self, Visit},
};

use crate::source::Source;

/// The path of a module below its crate (`["pages", "wallet"]`); empty for the
/// crate's root.
pub(crate) type Module = Vec<String>;

/// The files of a crate, and what each of them uses.
pub(crate) struct Modules {
    /// Other files of the crate.
    pub(crate) uses: BTreeMap<Module, BTreeSet<Module>>,
    /// Every path that is named, as it is written.
    pub(crate) paths: BTreeMap<Module, BTreeSet<Vec<String>>>,
}

impl Modules {
    /// Reads every file below `folder`, which holds `lib.rs`.
    pub(crate) fn below(folder: &str) -> Self {
        let mut sources = Source::below(folder);
        // A binary is a crate of its own.
        sources.retain(|source| !source.path.ends_with("main.rs"));
        assert!(sources.len() > 5, "{folder} holds a crate");
        Self::of(folder, &sources)
    }

    pub(crate) fn of(folder: &str, sources: &[Source]) -> Self {
        let modules: Vec<_> = sources.iter().map(|it| module_of(folder, it)).collect();
        let known: BTreeSet<Module> = modules.iter().cloned().collect();
        let mut read = Self {
            uses: BTreeMap::new(),
            paths: BTreeMap::new(),
        };
        for (source, module) in sources.iter().zip(modules) {
            let mut paths = Paths {
                module: module.clone(),
                found: BTreeSet::new(),
            };
            paths.visit_file(&source.file);
            let uses = paths
                .found
                .iter()
                .filter_map(|path| target(&module, path, &known))
                .filter(|target| *target != module)
                .collect();
            read.uses.insert(module.clone(), uses);
            read.paths.insert(module, paths.found);
        }
        read
    }

    /// Whether a module names a crate, or what is in it.
    pub(crate) fn names(&self, module: &Module, path: &str) -> bool {
        let path: Vec<_> = path.split("::").map(str::to_owned).collect();
        self.paths[module]
            .iter()
            .any(|named| named.starts_with(&path))
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

fn module_of(folder: &str, source: &Source) -> Module {
    let below = source.path.trim_start_matches(folder).trim_matches('/');
    let names: Module = below
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
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

/// Every path that a file names.
struct Paths {
    module: Module,
    found: BTreeSet<Vec<String>>,
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
            UseTree::Name(name) if name.ident == "self" => {
                self.found.insert(prefix.to_vec());
            }
            UseTree::Name(name) => {
                self.found.insert(with(&name.ident));
            }
            UseTree::Rename(name) => {
                self.found.insert(with(&name.ident));
            }
            UseTree::Glob(_) => {
                self.found.insert(prefix.to_vec());
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(prefix, tree);
                }
            }
        }
    }

    /// The paths among the tokens of a macro. A single name is none: it may be a
    /// variable, an element or an attribute.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                other => {
                    self.end(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.end(&mut path);
    }

    fn end(&mut self, path: &mut Vec<String>) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.found.insert(path);
        }
    }
}

impl Visit<'_> for Paths {
    fn visit_item_mod(&mut self, module: &ItemMod) {
        // An inline module has a `super` of its own, so only tests are inline.
        assert!(
            module.content.is_none(),
            "{:?} has an inline module",
            self.module
        );
    }

    fn visit_item_use(&mut self, item: &ItemUse) {
        self.tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &RustPath) {
        let names = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string());
        self.found.insert(names.collect());
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &Macro) {
        self.tokens(called.tokens.clone());
        visit::visit_macro(self, called);
    }

    // Who may see an item is no use of anything.
    fn visit_visibility(&mut self, _: &Visibility) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `src/pages/wallet.rs` uses, if this is its text.
    fn uses(text: &str) -> Vec<String> {
        let sources = [
            ("src/lib.rs", ""),
            ("src/store.rs", ""),
            ("src/store/wallet.rs", ""),
            ("src/pages.rs", ""),
            ("src/pages/wallet.rs", text),
            ("src/pages/wallet/card_list.rs", ""),
        ]
        .map(|(path, text)| Source::parse(path, text));
        let modules = Modules::of("src", &sources);
        modules.uses[&vec!["pages".to_owned(), "wallet".to_owned()]]
            .iter()
            .map(|module| module.join("::"))
            .collect()
    }

    #[test]
    fn a_use_is_seen_wherever_it_is_written() {
        for text in [
            "use crate::store::wallet::WalletStore;",
            "use crate::{store::{wallet as of_the_store}};",
            "use crate::store::wallet::*;",
            "fn f() { crate::store::wallet::open(); }",
            "fn f(store: crate::store::wallet::WalletStore) {}",
            "fn f() { format!(\"{}\", crate::store::wallet::AGE); }",
            "fn f() { view! { <p>{move || crate::store::wallet::age()}</p> } }",
            "fn f() { view! { <p class:old=super::super::store::wallet::is_old /> } }",
            "fn f() { view! { <crate::store::wallet::Age /> } }",
            "fn f() { view! { <Show when=yes>{vec![crate::store::wallet::age()]}</Show> } }",
        ] {
            assert_eq!(uses(text), ["store::wallet"], "{text}");
        }
        assert_eq!(
            uses("fn f() { view! { <card_list::CardList /> } }"),
            ["pages::wallet::card_list"]
        );
    }

    #[test]
    fn what_only_looks_like_a_use_is_none() {
        for text in [
            "fn f() { view! { <p class:card_list=true>\"crate::store::wallet\"</p> } }",
            "fn f() { let card_list = 1; format!(\"{card_list}\"); vec![card_list]; }",
            "#[cfg(test)] mod tests { use crate::store::wallet::WalletStore; }",
            "pub(in crate::pages) fn f() {}",
        ] {
            assert_eq!(uses(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_circle_is_seen_over_several_files() {
        let sources = [
            ("src/one.rs", "use crate::two::Two;"),
            ("src/two.rs", "fn f() { view! { <crate::three::Three /> } }"),
            ("src/three.rs", "use super::one::One;"),
            ("src/four.rs", "use crate::one::One;"),
        ]
        .map(|(path, text)| Source::parse(path, text));
        let circles = Modules::of("src", &sources).circles();
        assert_eq!(circles, [["one"], ["three"], ["two"]]);
    }
}
