//! The REST contract, and the checks that hold both sides to it.
//!
//! `openapi.yaml` beside this crate is the only source of truth. A reply is
//! checked more strictly than a client reads it: a field that the contract does
//! not declare is a violation here, so that a misspelt field can't hide.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("../openapi.yaml");
/// The response that holds the problems of any call.
const ANY_CALL: &str = "default";

/// The contract, ready to check with.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    operations: Vec<Operation>,
    validators: BTreeMap<String, Validator>,
}

/// The contract can't be read. It is part of this crate, so that is a mistake
/// in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractError(String);

impl core::fmt::Display for ContractError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for ContractError {}

/// A call of the contract.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its name.
    pub id: String,
    /// Its method, in capitals.
    pub method: String,
    /// Its path, with `{parameters}`.
    pub path: String,
    definition: Value,
}

/// An example of a reply or of a request's body.
#[derive(Clone, Debug)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// The call that it belongs to.
    pub operation: String,
    /// The HTTP status; none for the body of a request.
    pub status: Option<u16>,
    /// The name of its schema.
    pub schema: String,
    /// What it is.
    pub value: Value,
}

impl Contract {
    /// Reads the contract.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if the document is not what it has to be.
    pub fn load() -> Result<Self, ContractError> {
        let document: Value = serde_norway::from_str(DOCUMENT)
            .map_err(|error| ContractError(format!("openapi.yaml: {error}")))?;
        let operations = operations(&document)?;
        let mut components = json!({ "schemas": document["components"]["schemas"] });
        close(&mut components);
        let mut validators = BTreeMap::new();
        for name in object(&document["components"]["schemas"])?.keys() {
            let schema = json!({
                "$ref": format!("#/components/schemas/{name}"),
                "components": components,
            });
            let validator = jsonschema::draft202012::options()
                .should_validate_formats(true)
                .build(&schema)
                .map_err(|error| ContractError(format!("schema {name}: {error}")))?;
            validators.insert(name.clone(), validator);
        }
        Ok(Self {
            document,
            operations,
            validators,
        })
    }

    /// The document itself.
    #[must_use]
    pub const fn document(&self) -> &Value {
        &self.document
    }

    /// Every call.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The codes of problems.
    #[must_use]
    pub fn problem_codes(&self) -> Vec<&str> {
        self.document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// The number of each problem in a staff code, and of what is no problem but has
    /// a staff code.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if one is no number.
    pub fn staff_numbers(&self) -> Result<BTreeMap<&str, u8>, ContractError> {
        numbers(&self.document["x-staff-numbers"])
    }

    /// The numbers of the problems that only a client can notice.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if one is no number.
    pub fn client_staff_numbers(&self) -> Result<BTreeMap<&str, u8>, ContractError> {
        numbers(&self.document["x-client-staff-numbers"])
    }

    /// What is wrong with a reply; nothing if it keeps to the contract.
    ///
    /// A request to what is no call may only be answered with `not_found`.
    #[must_use]
    pub fn check_reply(
        &self,
        method: &str,
        path: &str,
        status: u16,
        content_type: &str,
        body: &Value,
    ) -> Vec<String> {
        let content_type = content_type.split(';').next().unwrap_or_default().trim();
        let Some(operation) = self.operation(method, path) else {
            let is_refused = status >= 400 && content_type == "application/problem+json";
            return if is_refused {
                self.check("Problem", body)
            } else {
                vec![format!(
                    "{method} {path} is no call, but was answered with {status}"
                )]
            };
        };
        let own = &operation.definition["responses"][status.to_string()];
        let any = self.resolve(&operation.definition["responses"][ANY_CALL]);
        if status < 400 {
            let Some(schema) = schema_name(own, content_type) else {
                return vec![format!(
                    "{}: undeclared reply {status} {content_type}",
                    operation.id
                )];
            };
            return self.check(&schema, body);
        }
        let code = body["code"].as_str().unwrap_or_default();
        let is_declared = [own, any].iter().any(|response| {
            let examples = &response["content"][content_type]["examples"];
            self.resolve(&examples[code])["value"]["status"] == status
        });
        let mut violations = self.check("Problem", body);
        if !is_declared {
            violations.push(format!(
                "{}: undeclared problem {status} `{code}`",
                operation.id
            ));
        }
        if body["status"] != status {
            violations.push(format!(
                "{}: status {status} is not the body's",
                operation.id
            ));
        }
        violations
    }

    /// What is wrong with the body of a request.
    #[must_use]
    pub fn check_request(&self, method: &str, path: &str, body: &Value) -> Vec<String> {
        let Some(operation) = self.operation(method, path) else {
            return vec![format!("{method} {path} is no call")];
        };
        match schema_name(&operation.definition["requestBody"], "application/json") {
            Some(schema) => self.check(&schema, body),
            None => vec![format!("{} takes no body", operation.id)],
        }
    }

    /// What is wrong with `value` as a `schema`.
    #[must_use]
    pub fn check(&self, schema: &str, value: &Value) -> Vec<String> {
        match self.validators.get(schema) {
            Some(validator) => validator
                .iter_errors(value)
                .map(|error| format!("{schema} {}: {error}", error.instance_path()))
                .collect(),
            None => vec![format!("no schema {schema}")],
        }
    }

    /// Every example of every call.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if one is not where it should be.
    pub fn examples(&self) -> Result<Vec<Example>, ContractError> {
        let mut found = Vec::new();
        for operation in &self.operations {
            let mut places = vec![(None, &operation.definition["requestBody"])];
            for (status, response) in object(&operation.definition["responses"])? {
                places.push((Some(status.as_str()), self.resolve(response)));
            }
            for (status, place) in places {
                let Some(content) = place["content"].as_object() else {
                    continue;
                };
                for media in content.values() {
                    let schema = reference_name(&media["schema"])
                        .ok_or_else(|| ContractError(format!("{}: no schema", operation.id)))?;
                    for (name, example) in object(&media["examples"])? {
                        let value = self.resolve(example)["value"].clone();
                        let status = match status {
                            Some(ANY_CALL) => value["status"]
                                .as_u64()
                                .and_then(|status| u16::try_from(status).ok()),
                            Some(status) => status.parse().ok(),
                            None => None,
                        };
                        found.push(Example {
                            name: name.clone(),
                            operation: operation.id.clone(),
                            status,
                            schema: schema.clone(),
                            value,
                        });
                    }
                }
            }
        }
        Ok(found)
    }

    fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.method == method && fits(&operation.path, path))
    }

    /// What a reference within the document refers to; anything else is itself.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        value["$ref"]
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| self.document.pointer(pointer))
            .unwrap_or(value)
    }
}

/// Whether `path` is of the form of `template`.
fn fits(template: &str, path: &str) -> bool {
    let (template, path) = (template.split('/'), path.split('/'));
    template.clone().count() == path.clone().count()
        && template.zip(path).all(|(expected, segment)| {
            if expected.starts_with('{') {
                !segment.is_empty()
            } else {
                expected == segment
            }
        })
}

fn operations(document: &Value) -> Result<Vec<Operation>, ContractError> {
    let mut operations = Vec::new();
    for (path, methods) in object(&document["paths"])? {
        for (method, definition) in object(methods)? {
            operations.push(Operation {
                id: definition["operationId"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                definition: definition.clone(),
            });
        }
    }
    Ok(operations)
}

fn schema_name(body: &Value, content_type: &str) -> Option<String> {
    reference_name(&body["content"][content_type]["schema"])
}

fn reference_name(schema: &Value) -> Option<String> {
    schema["$ref"]
        .as_str()?
        .rsplit('/')
        .next()
        .map(str::to_owned)
}

/// Makes undeclared properties violations, wherever properties are declared.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            fields.values_mut().for_each(close);
            let declares = fields.get("type").is_some_and(|kind| kind == "object")
                && fields.get("properties").is_some_and(Value::is_object);
            if declares {
                fields.insert("additionalProperties".to_owned(), false.into());
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

fn numbers(value: &Value) -> Result<BTreeMap<&str, u8>, ContractError> {
    object(value)?
        .iter()
        .map(|(name, number)| {
            let number = number.as_u64().and_then(|number| u8::try_from(number).ok());
            number
                .map(|number| (name.as_str(), number))
                .ok_or_else(|| ContractError(format!("{name} has no staff number")))
        })
        .collect()
}

fn object(value: &Value) -> Result<&Map<String, Value>, ContractError> {
    value
        .as_object()
        .ok_or_else(|| ContractError(format!("expected an object, got {value}")))
}
