//! What the contract requires of a reply, a reply has, or it is unreadable.
//!
//! What is required is read from the contract: a field that is added there is tried
//! here without another line.

use std::collections::BTreeSet;

use kabao_core::problem::ApiError;
use serde_json::Value;

use crate::{
    CONTRACT,
    path::{Path, Step, at_mut, pattern, remove},
    replies,
    values::{answer, unread},
};

/// A field that a reply has to have.
pub(crate) struct Required {
    pub(crate) path: Path,
    /// The schema that requires it, and its name.
    field: String,
}

/// The schema itself, or the one that it refers to, with its name.
fn resolved(schema: &Value) -> (Option<&str>, &Value) {
    let reference = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
    match reference {
        Some(pointer) => (
            pointer.rsplit('/').next(),
            CONTRACT.document().pointer(pointer).expect("a schema"),
        ),
        None => (None, schema),
    }
}

fn names(required: &Value) -> impl Iterator<Item = &str> {
    required
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

fn all_of(schema: &Value) -> impl Iterator<Item = &Value> {
    schema["allOf"].as_array().into_iter().flatten()
}

/// Whether `value` is what a schema of the form `if` … `then` speaks of.
fn is_meant(condition: &Value, value: &Value) -> bool {
    let properties = condition["if"]["properties"]
        .as_object()
        .expect("a condition");
    properties
        .iter()
        .all(|(name, schema)| schema["const"] == value[name])
}

/// What is optional, but must not be taken for absent when it can't be read: what
/// ends, or has ended, would seem to last.
const STRICT: &[&str] = &["expires_at", "consents[].withdrawn_at"];

/// Whether a reply may be unreadable because of what is at `path`: what is required
/// there can't be read, or what is no plain text. Of those an unreadable one would be
/// shown as none.
pub(crate) fn may_be_unreadable(schema: &str, reply: &Value, path: &[Step]) -> bool {
    let is_required = required(schema, reply).iter().any(|it| it.path == path);
    let is_item = matches!(path.last(), Some(Step::Item(_)));
    let is_text = at_mut(&mut reply.clone(), path).is_some_and(|value| value.is_string());
    let is_strict = schema == "MemberCode" || schema == "Profile";
    is_required || is_item || !is_text || (is_strict && STRICT.contains(&pattern(path).as_str()))
}

/// Every required field of `value`, which is of `schema`; `label` is what it is called.
fn collect(schema: &Value, label: &str, value: &Value, path: &Path, found: &mut Vec<Required>) {
    let (name, schema) = resolved(schema);
    let label = name.unwrap_or(label);
    let own = names(&schema["required"]);
    let meant = all_of(schema)
        .filter(|condition| is_meant(condition, value))
        .flat_map(|condition| names(&condition["then"]["required"]));
    found.extend(own.chain(meant).map(|name| Required {
        path: [path.clone(), vec![Step::Field(name.to_owned())]].concat(),
        field: format!("{label}.{name}"),
    }));
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        // What is null is not there, and so nothing has to be in it.
        if let Some(value) = value.get(name).filter(|value| !value.is_null()) {
            let path = [path.clone(), vec![Step::Field(name.clone())]].concat();
            collect(property, &format!("{label}.{name}"), value, &path, found);
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        let path = [path.clone(), vec![Step::Item(index)]].concat();
        collect(&schema["items"], &format!("{label}[]"), item, &path, found);
    }
}

/// Every field that `reply`, which is of the schema of that name, has to have.
pub(crate) fn required(schema: &str, reply: &Value) -> Vec<Required> {
    let mut found = Vec::new();
    let schema = serde_json::json!({ "$ref": format!("#/components/schemas/{schema}") });
    collect(&schema, "", reply, &Path::new(), &mut found);
    found
}

/// Every field that the contract requires in what `schema` leads to.
fn declared(schema: &Value, label: &str, found: &mut BTreeSet<String>) {
    let (name, schema) = resolved(schema);
    let label = name.unwrap_or(label);
    let conditions = all_of(schema).map(|condition| &condition["then"]["required"]);
    for name in core::iter::once(&schema["required"])
        .chain(conditions)
        .flat_map(names)
    {
        found.insert(format!("{label}.{name}"));
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        declared(property, &format!("{label}.{name}"), found);
    }
    if !schema["items"].is_null() {
        declared(&schema["items"], &format!("{label}[]"), found);
    }
}

#[test]
fn nothing_is_required_in_what_is_not_there() {
    let example = replies()
        .into_iter()
        .find(|it| it.name == "claim_nothing_found")
        .expect("an example");
    let of_support = |reply: &Value| {
        required(&example.schema, reply)
            .iter()
            .filter(|it| pattern(&it.path).starts_with("claim.support."))
            .count()
    };
    assert!(of_support(&example.value) > 0);
    let mut without = example.value.clone();
    without["claim"]["support"] = Value::Null;
    assert_eq!(of_support(&without), 0);
    let (_, shown) = answer(200, &without.to_string(), &example.schema);
    assert!(shown.is_ok(), "{shown:?}");
}

#[test]
fn a_reply_without_a_required_field_is_unreadable() {
    let mut tried = BTreeSet::new();
    let mut to_try = BTreeSet::new();
    let mut believed = BTreeSet::new();
    for example in replies() {
        let (name, schema) = (&example.name, example.schema.as_str());
        let status = example.status.expect("a reply has one");
        if status >= 400 {
            continue; // A failure is what its status says, however little it explains.
        }
        let named = serde_json::json!({ "$ref": format!("#/components/schemas/{schema}") });
        declared(&named, "", &mut to_try);
        let (_, whole) = answer(status, &example.value.to_string(), schema);
        let unread = unread(schema, &example.value);
        for Required { path, field } in required(schema, &example.value) {
            tried.insert(field);
            let (mut absent, mut null) = (example.value.clone(), example.value.clone());
            remove(&mut absent, &path);
            *at_mut(&mut null, &path).expect("a field") = Value::Null;
            let field = pattern(&path);
            // The client itself reads it, of every reply.
            let is_clock = field == "server_time";
            for reply in [absent, null] {
                let (_, shown) = answer(status, &reply.to_string(), schema);
                if unread.contains(&field.as_str()) && !is_clock {
                    assert_eq!(shown, whole, "{name}: {field} is read after all");
                } else if shown != Err(ApiError::Unreadable) {
                    believed.insert(format!("{schema}: {field}"));
                }
            }
        }
    }
    assert_eq!(believed, BTreeSet::new(), "these were read without it");
    let missed: Vec<_> = to_try.difference(&tried).collect();
    assert!(missed.is_empty(), "no example has {missed:?}");
    assert!(tried.len() > 80, "{} tried", tried.len());
}
