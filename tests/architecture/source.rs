//! Rust files, read into their syntax trees and without their tests.

use std::{fs, path::PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::File;
use walkdir::WalkDir;

pub(crate) fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` whose name ends so: its path below the workspace,
/// and its text.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let found: Vec<_> = WalkDir::new(workspace().join(folder))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("a folder that can be read").into_path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .map(|path| {
            let name = path.strip_prefix(workspace()).expect("below the workspace");
            let text = fs::read_to_string(&path).expect("text");
            (name.to_string_lossy().into_owned(), text)
        })
        .collect();
    assert!(!found.is_empty(), "{folder} holds no {ending}");
    found
}

/// A Rust file without its tests.
pub(crate) struct Source {
    /// Its path below the workspace.
    pub(crate) path: String,
    pub(crate) file: File,
}

impl Source {
    pub(crate) fn parse(path: &str, text: &str) -> Self {
        let mut file = syn::parse_file(text).expect("Rust");
        file.items.retain(|item| !is_test(item.to_token_stream()));
        Self {
            path: path.to_owned(),
            file,
        }
    }

    pub(crate) fn below(folder: &str) -> Vec<Self> {
        files(folder, ".rs")
            .iter()
            .map(|(path, text)| Self::parse(path, text))
            .collect()
    }

    /// What the compiler reads, without documentation.
    pub(crate) fn tokens(&self) -> TokenStream {
        without_attributes(self.file.to_token_stream(), &|attribute| {
            attribute.starts_with("doc")
        })
    }

    /// What the compiler reads, without any attribute.
    pub(crate) fn tokens_without_attributes(&self) -> TokenStream {
        without_attributes(self.file.to_token_stream(), &|_| true)
    }
}

/// Whether one of the attributes that an item begins with is `#[cfg(test)]`.
fn is_test(item: TokenStream) -> bool {
    let tokens: Vec<_> = item.into_iter().collect();
    let mut attributes = tokens.chunks_exact(2).map_while(attribute);
    attributes.any(|(_, it)| it == "cfg(test)")
}

/// What the attribute holds that the tokens begin with, without blanks, and how
/// many tokens it is.
fn attribute(tokens: &[TokenTree]) -> Option<(usize, String)> {
    let is_mark =
        |token: &TokenTree, mark| matches!(token, TokenTree::Punct(it) if it.as_char() == mark);
    let (length, group) = match tokens {
        [hash, TokenTree::Group(group), ..] if is_mark(hash, '#') => (2, group),
        // An attribute of what it stands in.
        [hash, bang, TokenTree::Group(group), ..] if is_mark(hash, '#') && is_mark(bang, '!') => {
            (3, group)
        }
        _ => return None,
    };
    let is_one = group.delimiter() == Delimiter::Bracket;
    is_one.then(|| (length, group.stream().to_string().replace(' ', "")))
}

fn without_attributes(tokens: TokenStream, is_left_out: &dyn Fn(&str) -> bool) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut kept = Vec::new();
    let mut index = 0;
    while let Some(token) = tokens.get(index) {
        if let Some((length, content)) = attribute(&tokens[index..])
            && is_left_out(&content)
        {
            index += length;
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => {
                let inner = without_attributes(group.stream(), is_left_out);
                TokenTree::Group(Group::new(group.delimiter(), inner))
            }
            other => other.clone(),
        });
        index += 1;
    }
    kept.into_iter().collect()
}

/// Every token in order, those in groups too, without the groups themselves.
pub(crate) fn leaves(tokens: TokenStream) -> Vec<TokenTree> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => found.extend(leaves(group.stream())),
            leaf => found.push(leaf),
        }
    }
    found
}

#[test]
fn tests_and_documentation_are_left_out_and_nothing_else() {
    let source = Source::parse(
        "sample.rs",
        "//! Says nothing.
         /// Says one.
         fn one() { /* two */ }
         #[cfg(not(test))]
         fn three() {}
         #[cfg(test)]
         mod tests { fn four() {} }",
    );
    let text = source.tokens().to_string();
    assert!(text.contains("one") && text.contains("three"), "{text}");
    for gone in ["Says", "two", "four"] {
        assert!(!text.contains(gone), "{text}");
    }
    let bare = source.tokens_without_attributes().to_string();
    assert!(bare.contains("three") && !bare.contains("cfg"), "{bare}");
}
