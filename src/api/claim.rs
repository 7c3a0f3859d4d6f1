//! How the claim's machine speaks to the backend.

use kabao_core::{
    domain::{id::AccountId, idempotency_key::IdempotencyKey},
    machine::claim::{call::Write, event::Reply},
    problem::ApiError,
};

use super::client::Client;

/// Makes the call that the machine asks for, with the key of the fan's intention.
///
/// # Errors
///
/// Those of the call.
pub async fn write(
    client: Client,
    account: AccountId,
    write: Write,
    key: IdempotencyKey,
) -> Result<Reply, ApiError> {
    match write {
        Write::Open {
            phone,
            terms_version,
            captcha,
        } => client
            .open_claim(&account, &phone, &terms_version, captcha.as_ref(), &key)
            .await
            .map(Reply::Claim),
        Write::Resend { claim, captcha, .. } => client
            .resend(&account, &claim, captcha.as_ref(), &key)
            .await
            .map(Reply::Claim),
        Write::Verify { claim, code } => client
            .verify(&account, &claim, &code, &key)
            .await
            .map(Reply::Claim),
        Write::Bind { claim, binding } => {
            let (client, sent) = client.counting();
            let mut bound = client.bind(&account, &claim, &binding, &key).await?;
            if sent.get() > 1 {
                // The backend may have recorded its answer when the first request
                // came, and the wallet may have gone on since.
                bound.wallet = None;
            }
            Ok(Reply::Bound(Box::new(bound)))
        }
    }
}
