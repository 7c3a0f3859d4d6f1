//! Endpoints for tests, present only with `--control`.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kabao_rules::{
    cases::{Case, World},
    change::Change,
    command::{self, Command},
    id::{AccountId, WorldId},
    state::{State as Rows, TableSide},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{contract_log::ContractLog, error::BackendError, faults::Rule, sandbox::Sandbox};

pub(crate) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/worlds", post(new_world))
        .route("/clock", post(set_clock))
        .route("/retention", post(tidy))
        .route("/faults", post(add_fault).delete(clear_faults))
        .route("/commands", post(carry_out))
        .route("/sms", get(messages))
        .route("/state", get(rows))
        .route("/contract", get(violations))
        .route("/requests", get(requests))
}

#[derive(Deserialize)]
struct NewWorld {
    case: String,
}

/// Makes a fresh copy of a case.
async fn new_world(State(sandbox): State<Arc<Sandbox>>, Json(wanted): Json<NewWorld>) -> Response {
    let Some(case) = Case::by_name(&wanted.case) else {
        return (StatusCode::NOT_FOUND, "no such case").into_response();
    };
    let made = sandbox.backend.change(None, |state, now, mut entropy| {
        let suffix = entropy.token().get(..6).unwrap_or_default().to_owned();
        // The blocks below a thousand belong to the cases themselves.
        let mut block = 1_000 + entropy.below(9_000);
        while state
            .worlds
            .values()
            .any(|world| u64::from(world.phone_block) == block)
        {
            block = 1_000 + (block + 1) % 9_000;
        }
        let world = World::copy(case, &suffix, u16::try_from(block).unwrap_or_default());
        (world.id().clone(), world.build(now))
    });
    match made {
        Ok(world) => sandbox
            .backend
            .read(|state| Json(describe(state, &world)).into_response()),
        Err(error) => crate::api::failed(&error),
    }
}

fn describe(state: &Rows, world: &WorldId) -> Value {
    let people: Vec<_> = state
        .people
        .values()
        .filter(|person| person.world == *world)
        .map(|person| {
            json!({
                "id": person.id,
                "key": person.openid,
                "name": person.name,
                "phone": person.phone,
                "entry": person.entry,
                "sign_in": format!("/sandbox/as/{}", person.id),
            })
        })
        .collect();
    let tables: Vec<_> = state
        .tables
        .values()
        .filter_map(|table| Some((table, state.merchants.get(&table.merchant)?)))
        .filter(|(_, merchant)| merchant.world == *world)
        .map(|(table, merchant)| {
            json!({
                "code": table.code,
                "merchant": merchant.name,
                "side": table.side,
                "is_live": table.side == TableSide::Left || table.account == merchant.account,
            })
        })
        .collect();
    json!({ "account": world, "people": people, "tables": tables })
}

#[derive(Deserialize)]
struct Clock {
    account: String,
    offset_seconds: i64,
}

async fn set_clock(State(sandbox): State<Arc<Sandbox>>, Json(clock): Json<Clock>) -> Response {
    done(sandbox.backend.change(None, |state, _, _| {
        let row = state
            .worlds
            .get(&WorldId::from(clock.account.as_str()))
            .cloned();
        let changes = row
            .map(|mut row| {
                row.clock_offset = clock.offset_seconds;
                Change::PutWorld(row)
            })
            .into_iter()
            .collect();
        ((), changes)
    }))
}

/// Deletes at once what may be kept no longer.
async fn tidy(State(sandbox): State<Arc<Sandbox>>) -> Response {
    done(sandbox.backend.tidy())
}

fn done(result: Result<(), BackendError>) -> Response {
    match result {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => crate::api::failed(&error),
    }
}

async fn add_fault(State(sandbox): State<Arc<Sandbox>>, Json(rule): Json<Rule>) -> StatusCode {
    sandbox.faults.add(rule);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct OfAccount {
    account: String,
}

async fn clear_faults(
    State(sandbox): State<Arc<Sandbox>>,
    Query(of): Query<OfAccount>,
) -> StatusCode {
    sandbox.faults.clear(&of.account);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct CommandIn {
    world: WorldId,
    #[serde(flatten)]
    command: Command,
}

async fn carry_out(State(sandbox): State<Arc<Sandbox>>, Json(wanted): Json<CommandIn>) -> Response {
    done(
        sandbox
            .backend
            .change(Some(&wanted.world), |state, now, entropy| {
                ((), command::apply(state, &wanted.command, now, entropy))
            }),
    )
}

#[derive(Deserialize)]
struct OfPhone {
    phone: String,
}

/// The codes that were sent to a number, newest first.
async fn messages(State(sandbox): State<Arc<Sandbox>>, Query(of): Query<OfPhone>) -> Json<Value> {
    let codes: Vec<String> = sandbox.backend.read(|state| {
        let to_phone = |message: &&kabao_rules::state::Sms| message.phone.as_str() == of.phone;
        state
            .messages
            .values()
            .rev()
            .filter(to_phone)
            .map(|message| message.code.clone())
            .collect()
    });
    Json(json!(codes))
}

/// What the rows say about an account's fans, for tests of what the backend has done.
async fn rows(State(sandbox): State<Arc<Sandbox>>, Query(of): Query<OfAccount>) -> Json<Value> {
    let account = AccountId::from(of.account);
    Json(sandbox.backend.read(|state| {
        let fans: Vec<_> = state
            .fans
            .values()
            .filter(|fan| fan.account == account)
            .map(|fan| {
                json!({
                    "key": fan.openid,
                    "cards": state.holdings_of(&fan.id).map(|held| &held.card).collect::<Vec<_>>(),
                    "current_card": fan.current_card,
                    "claims": state.claims.values().filter(|claim| claim.fan == fan.id).count(),
                })
            })
            .collect();
        json!({ "fans": fans })
    }))
}

/// The calls of an account that have arrived, the oldest first.
async fn requests(State(sandbox): State<Arc<Sandbox>>, Query(of): Query<OfAccount>) -> Json<Value> {
    let calls = sandbox.requests.as_ref().map(|log| log.of(&of.account));
    Json(json!(calls.unwrap_or_default()))
}

async fn violations(State(sandbox): State<Arc<Sandbox>>) -> Json<Value> {
    let found = sandbox.contract.as_ref().map(ContractLog::violations);
    Json(json!(found.unwrap_or_default()))
}
