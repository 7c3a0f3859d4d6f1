//! What a file says to people.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use rstml::node::{Node, NodeAttribute};
use syn::LitStr;

use crate::source::{Source, leaves};

/// The attributes that a person hears or reads: those of elements, and the
/// properties of components that become such.
const NAMES: &[&str] = &[
    "alt",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
];

/// Chinese words, in whatever token.
pub(crate) fn chinese(source: &Source) -> Vec<String> {
    let is_chinese = |letter: char| ('\u{3000}'..='\u{9fff}').contains(&letter);
    leaves(source.tokens_without_attributes())
        .iter()
        .map(|token| literal(token).unwrap_or_else(|| token.to_string()))
        .filter(|text| text.contains(is_chinese))
        .collect()
}

/// Strings that read as an English sentence.
pub(crate) fn sentences(source: &Source) -> Vec<String> {
    leaves(source.tokens_without_attributes())
        .iter()
        .filter_map(literal)
        .filter(|text| {
            text.starts_with(|letter: char| letter.is_ascii_uppercase())
                && text.contains(' ')
                && text.split(' ').all(|word| word.len() > 1)
                && text.split(' ').any(is_word)
                && !text.contains(['{', '%'])
        })
        .collect()
}

/// Whether there is more to it than the letters of an SVG path among its numbers.
fn is_word(text: &str) -> bool {
    let letters = text.trim_matches(|letter: char| !letter.is_alphabetic());
    letters.chars().count() > 1 && letters.chars().all(char::is_alphabetic)
}

/// Words in markup: the text of an element, and its name for people.
pub(crate) fn in_markup(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    views(source.tokens_without_attributes(), &mut found);
    found.retain(|text| text.contains(char::is_alphabetic));
    found
}

/// The value of a string.
fn literal(token: &TokenTree) -> Option<String> {
    let literal: LitStr = syn::parse2(token.to_token_stream()).ok()?;
    Some(literal.value())
}

/// What every `view!` among the tokens says, those inside others too.
fn views(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        let before: String = tokens[index.saturating_sub(2)..index]
            .iter()
            .map(ToString::to_string)
            .collect();
        if before == "view!" {
            let nodes = rstml::parse2(group.stream()).expect("markup");
            nodes.iter().for_each(|node| said_by(node, found));
        }
        views(group.stream(), found);
    }
}

fn said_by(node: &Node, found: &mut Vec<String>) {
    match node {
        Node::Text(text) => found.push(text.value_string()),
        Node::RawText(text) => found.push(text.to_string_best()),
        Node::Element(element) => {
            for attribute in element.attributes() {
                if let NodeAttribute::Attribute(attribute) = attribute
                    && NAMES.contains(&attribute.key.to_string().as_str())
                {
                    found.extend(attribute.value_literal_string());
                }
            }
        }
        _ => {}
    }
    for child in node.children().into_iter().flatten() {
        said_by(child, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(text: &str) -> Source {
        Source::parse("sample.rs", text)
    }

    #[test]
    fn chinese_words_are_found_in_every_token() {
        for text in [
            "const TITLE: &str = \"会员卡\";",
            "const TITLE: &str = \"\\u{4f1a}\";",
            "fn f() { format!(\"{count} 张\"); }",
            "fn f() { view! { <p>会员卡</p> } }",
            "fn f(letter: char) -> bool { letter == '、' }",
        ] {
            assert_ne!(chinese(&sample(text)), [""; 0], "{text}");
        }
        let documented = sample(
            "/// 会员卡.\n// 会员卡\nstruct Card; #[cfg(test)] mod t { const T: &str = \"卡\"; }",
        );
        assert_eq!(chinese(&documented), [""; 0]);
    }

    #[test]
    fn a_sentence_is_found_in_a_string_and_in_a_macro() {
        for text in [
            "const TITLE: &str = \"Show the code\";",
            "fn f() { view! { <p>{yes.then(|| \"Show the code\")}</p> } }",
        ] {
            assert_eq!(sentences(&sample(text)), ["Show the code"], "{text}");
        }
        for text in [
            "const CLASS: &str = \"button button--primary\";",
            "const HEADER: &str = \"Content-Type\";",
            "const PATH: &str = \"M12 6v7M12 17.5h.01\";",
        ] {
            assert_eq!(sentences(&sample(text)), [""; 0], "{text}");
        }
    }

    #[test]
    fn words_in_markup_are_found() {
        for markup in [
            "<p>\"ok\"</p>",
            "<p>ok</p>",
            "<button aria-label=\"ok\" />",
            "<img alt=\"ok\" />",
            "<input placeholder=\"ok\" />",
            "<section title=\"ok\" />",
            "<Button label=\"ok\" on_click />",
            "<div><p><b>\"ok\"</b></p></div>",
            "<Show when=yes><p>\"ok\"</p></Show>",
            "<p>{move || view! { <b>\"ok\"</b> }}</p>",
        ] {
            let found = in_markup(&sample(&format!("fn f() {{ view! {{ {markup} }} }}")));
            assert_eq!(found, ["ok"], "{markup}");
        }
        for markup in [
            "<p class=\"card__name\" aria-hidden=\"true\">{words.name}\" · \"</p>",
            "<Button label=words.next on_click />",
            "<input type=\"checkbox\" prop:checked=is_so on:change=move |_| act(\"ok\") />",
        ] {
            let found = in_markup(&sample(&format!("fn f() {{ view! {{ {markup} }} }}")));
            assert_eq!(found, [""; 0], "{markup}");
        }
    }
}
