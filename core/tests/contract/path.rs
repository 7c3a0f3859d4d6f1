//! Places in a JSON document.

use serde_json::Value;

/// A step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Field(String),
    Item(usize),
}

/// A place in a document.
pub(crate) type Path = Vec<Step>;

/// Every place inside `value`, the outer ones first.
pub(crate) fn places(value: &Value) -> Vec<Path> {
    let inner: Vec<(Step, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (Step::Field(name.clone()), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (Step::Item(index), value))
            .collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::new();
    for (step, value) in inner {
        found.push(vec![step.clone()]);
        for rest in places(value) {
            found.push([vec![step.clone()], rest].concat());
        }
    }
    found
}

/// The value at `path`, if there is one.
pub(crate) fn at_mut<'a>(value: &'a mut Value, path: &[Step]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Field(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    })
}

/// Takes away what is at `path`, if there is something.
pub(crate) fn remove(value: &mut Value, path: &[Step]) {
    let Some((last, parent)) = path.split_last() else {
        return;
    };
    match (at_mut(value, parent), last) {
        (Some(Value::Object(fields)), Step::Field(name)) => {
            fields.remove(name);
        }
        (Some(Value::Array(items)), Step::Item(index)) if *index < items.len() => {
            items.remove(*index);
        }
        _ => {}
    }
}

/// How a path is written in a table: `cards[].id`.
pub(crate) fn pattern(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Field(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(name);
            }
            Step::Item(_) => text.push_str("[]"),
        }
    }
    text
}

/// The place that `pattern` names and that shares the items of `path`.
pub(crate) fn beside(path: &[Step], pattern: &str) -> Path {
    let mut items = path.iter().filter_map(|step| match step {
        Step::Item(index) => Some(*index),
        Step::Field(_) => None,
    });
    let mut found = Path::new();
    for part in pattern.split('.').filter(|part| !part.is_empty()) {
        let name = part.trim_end_matches("[]");
        found.push(Step::Field(name.to_owned()));
        if part.ends_with("[]") {
            found.push(Step::Item(items.next().expect("as many items")));
        }
    }
    found
}
