//! The calls of a page, as its store makes them.

use core::pin::Pin;

use kabao::api::{claim, client::Client};
use kabao_core::{
    domain::{id::AccountId, idempotency_key::IdempotencyKey, wallet::Wallet},
    machine::{
        claim::{
            call::{CallId, Read, Write},
            event::Reply,
        },
        wallet::Generation,
    },
    problem::ApiError,
    wire::wallet::Switched,
};

pub(crate) type Call = Pin<Box<dyn Future<Output = Ended>>>;

/// How a call has ended. The claim's say what was known of the wallet when they began.
pub(crate) enum Ended {
    Loaded(Generation, Result<Wallet, ApiError>),
    Switched(Generation, Result<Switched, ApiError>),
    ReadWallet(Generation, CallId, Result<Wallet, ApiError>),
    Claim {
        begun: Generation,
        call: CallId,
        /// That of a write.
        key: Option<IdempotencyKey>,
        result: Result<Reply, ApiError>,
    },
}

pub(crate) fn read(
    client: &Client,
    account: &AccountId,
    begun: Generation,
    call: CallId,
    read: Read,
) -> Call {
    match read {
        Read::Wallet => {
            let reply = client.wallet(account);
            Box::pin(async move { Ended::ReadWallet(begun, call, reply.await) })
        }
        Read::Claim(claim) => {
            let reply = client.claim(account, &claim);
            Box::pin(async move {
                Ended::Claim {
                    begun,
                    call,
                    key: None,
                    result: reply.await.map(Reply::Claim),
                }
            })
        }
    }
}

pub(crate) fn write(
    client: Client,
    account: AccountId,
    begun: Generation,
    call: CallId,
    write: Write,
    key: IdempotencyKey,
) -> Call {
    Box::pin(async move {
        let result = claim::write(client, account, write, key.clone()).await;
        Ended::Claim {
            begun,
            call,
            key: Some(key),
            result,
        }
    })
}
