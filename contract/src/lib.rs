//! The REST contract, and the checks that hold both sides to it.
//!
//! `openapi.yaml` beside this crate is the only source of truth. A reply is
//! checked more strictly than a client reads it: a field that the contract does
//! not declare is a violation here, so that a misspelt field can't hide.
//!
//! `conform`, a feature, asks a running backend whether it keeps the contract.

#[cfg(feature = "conform")]
pub mod conform;

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

const DOCUMENT: &str = include_str!("../openapi.yaml");
/// The response with the problems that any call can have.
const ANY_CALL: &str = "default";

/// The document with a validator for each schema.
#[derive(Debug)]
pub struct Contract {
    document: Value,
    operations: Vec<Operation>,
    validators: BTreeMap<String, Validator>,
}

/// The document is malformed, which is a mistake in this crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractError(String);

impl core::fmt::Display for ContractError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl core::error::Error for ContractError {}

#[derive(Clone, Debug)]
pub struct Operation {
    pub id: String,
    pub method: String,
    /// With `{parameters}`.
    pub path: String,
    definition: Value,
}

/// An example of a reply or a request body.
#[derive(Clone, Debug)]
pub struct Example {
    pub name: String,
    /// The id of its operation.
    pub operation: String,
    /// `None` for a request body.
    pub status: Option<u16>,
    pub schema: String,
    pub value: Value,
}

impl Contract {
    /// Reads `openapi.yaml`.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if it is malformed.
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

    #[must_use]
    pub const fn document(&self) -> &Value {
        &self.document
    }

    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    #[must_use]
    pub fn problem_codes(&self) -> Vec<&str> {
        self.document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// The number in a staff code of each problem, and of what has a staff code without being a
    /// problem.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if a value isn't a number below 256.
    pub fn staff_numbers(&self) -> Result<BTreeMap<&str, u8>, ContractError> {
        numbers(&self.document["x-staff-numbers"])
    }

    /// The numbers of problems that only a client can notice.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if a value isn't a number below 256.
    pub fn client_staff_numbers(&self) -> Result<BTreeMap<&str, u8>, ContractError> {
        numbers(&self.document["x-client-staff-numbers"])
    }

    /// The violations in a reply. A path that is no operation may only be answered with a
    /// problem.
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

    /// The violations in a request body.
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

    /// The violations of `schema` in `value`.
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

    /// Every example of every operation.
    ///
    /// # Errors
    ///
    /// [`ContractError`] if one is misplaced.
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

    /// The operations of a path, whatever their method.
    #[cfg(feature = "conform")]
    fn at_path(&self, path: &str) -> impl Iterator<Item = &Operation> {
        self.operations
            .iter()
            .filter(move |operation| fits(&operation.path, path))
    }

    /// Follows a reference within the document; any other value is itself.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        value["$ref"]
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'))
            .and_then(|pointer| self.document.pointer(pointer))
            .unwrap_or(value)
    }
}

/// Whether `path` matches `template`.
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

/// Forbids undeclared properties in every object schema.
fn close(schema: &mut Value) {
    if let Value::Object(fields) = schema {
        fields.values_mut().for_each(close);
        let is_object = fields.get("type").is_some_and(|kind| kind == "object");
        if is_object && fields.contains_key("properties") {
            fields.insert("additionalProperties".to_owned(), false.into());
        }
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
