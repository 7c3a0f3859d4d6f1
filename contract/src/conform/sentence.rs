//! Looks up the sentences of the contract that a check is about, so that a report
//! quotes the document as it is.

use serde_json::Value;

use super::check::{Basis, Place};
use crate::{Contract, Operation};

/// What the contract says about `basis`, for a call.
pub(super) fn quote(contract: &Contract, basis: Basis, operation: &str) -> Option<String> {
    match basis {
        Basis::Sentence(place, words) => sentence(&text_at(contract, place)?, words),
        Basis::Problem(code) => problem(contract, code),
        Basis::Responses => responses(contract, operation),
        Basis::Schema => Some(format!(
            "A reply of `{operation}` has the fields of its schema in `components/schemas`"
        )),
    }
}

fn text_at(contract: &Contract, place: Place) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match place {
        Place::Introduction => text(&contract.document["info"]["description"]),
        Place::Operation(id) => {
            let said = &operation(contract, id)?.definition;
            let paragraphs = [&said["summary"], &said["description"]];
            let paragraphs: Vec<String> = paragraphs.into_iter().filter_map(text).collect();
            Some(paragraphs.join("\n\n"))
        }
        Place::Pointer(pointer) => text(contract.document.pointer(pointer)?),
    }
}

fn operation<'a>(contract: &'a Contract, id: &str) -> Option<&'a Operation> {
    let mut operations = contract.operations.iter();
    operations.find(|operation| operation.id == id)
}

/// The one sentence of `text` that contains `words`.
fn sentence(text: &str, words: &str) -> Option<String> {
    let mut found = text
        .split("\n\n")
        .flat_map(|paragraph| paragraph.split("\n- "))
        .flat_map(|paragraph| sentences(&flowing(paragraph)))
        .filter(|sentence| sentence.contains(words));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// A paragraph on one line, without the marks of its heading.
fn flowing(paragraph: &str) -> String {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    words.join(" ").replace("**", "")
}

/// A sentence ends with a full stop, and the next one begins with a capital or a name in
/// backticks.
fn sentences(paragraph: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut rest = paragraph;
    let mut from = 0;
    while let Some(stop) = rest.get(from..).and_then(|tail| tail.find(". ")) {
        let end = from + stop;
        let next = rest.get(end + 2..).and_then(|tail| tail.chars().next());
        if next.is_some_and(|next| next.is_uppercase() || next == '`') {
            sentences.push(rest.get(..end).unwrap_or_default().to_owned());
            rest = rest.get(end + 2..).unwrap_or_default();
            from = 0;
        } else {
            from = end + 2;
        }
    }
    sentences.push(rest.trim_end_matches('.').to_owned());
    sentences
}

fn problem(contract: &Contract, code: &str) -> Option<String> {
    let example = &contract.document["components"]["examples"][format!("problem_{code}")]["value"];
    let (status, title) = (example["status"].as_u64()?, example["title"].as_str()?);
    Some(format!("`{code}`, {status}: {title}"))
}

fn responses(contract: &Contract, operation: &str) -> Option<String> {
    let declared: Vec<String> = self::operation(contract, operation)?.definition["responses"]
        .as_object()?
        .iter()
        .filter(|(status, _)| *status != crate::ANY_CALL)
        .map(|(status, response)| {
            let media = response["content"].as_object();
            let media: Vec<&str> = media
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect();
            format!("{status} {}", media.join(", "))
        })
        .collect();
    Some(format!(
        "`{operation}` declares {}, and the problems of `AnyCall`",
        declared.join("; ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conform::check::Check;

    #[test]
    fn the_sentence_of_every_check_is_in_the_contract_once() {
        let contract = Contract::load().unwrap();
        let missing: Vec<String> = Check::ALL
            .iter()
            .filter(|check| quote(&contract, check.basis(), "getWallet").is_none())
            .map(|check| check.name())
            .collect();
        assert_eq!(missing, [""; 0], "reworded, or there twice");
    }

    #[test]
    fn every_problem_can_be_quoted() {
        let contract = Contract::load().unwrap();
        for code in contract.problem_codes() {
            assert!(problem(&contract, code).is_some(), "{code}");
        }
        assert_eq!(problem(&contract, "no_such_problem"), None);
    }

    #[test]
    fn a_sentence_is_cut_out_whole_and_has_to_be_the_only_one() {
        let text = "**Head.** The `a` is\n  bound. `b` is 5.5 long. Two. Two.\n- Of a list.\n- Too.\n\nLast of e.g. all.";
        assert_eq!(sentence(text, "bound").unwrap(), "The `a` is bound");
        assert_eq!(sentence(text, "5.5").unwrap(), "`b` is 5.5 long");
        assert_eq!(sentence(text, "list").unwrap(), "Of a list");
        assert_eq!(sentence(text, "Last").unwrap(), "Last of e.g. all");
        assert_eq!(sentence(text, "Two"), None);
        assert_eq!(sentence(text, "three"), None);
    }
}
