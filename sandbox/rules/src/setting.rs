//! What most calls need: the fan, the account and the merchant in focus.

use crate::{
    id::FanId,
    problem::{Code, Problem},
    state::{Account, Fan, Merchant, State},
};

/// Whether the account is authorised and a merchant's pages run in it.
pub(crate) fn is_served(state: &State, account: &Account) -> bool {
    account.is_authorised && state.merchants_of(&account.id).next().is_some()
}

/// A merchant whose pages run in the account, or else one whose pages did.
pub(crate) fn merchant_known_by<'a>(state: &'a State, account: &Account) -> Option<&'a Merchant> {
    state.merchants_of(&account.id).next().or_else(|| {
        state
            .merchants
            .values()
            .find(|merchant| merchant.moves.iter().any(|step| step.from == account.id))
    })
}

/// The fan's row, the account and the merchant in focus.
pub(crate) fn of<'a>(
    state: &'a State,
    fan: &FanId,
) -> Result<(&'a Fan, &'a Account, &'a Merchant), Problem> {
    let missing = || Problem::new(Code::NotFound);
    let fan = state.fans.get(fan).ok_or_else(missing)?;
    let account = state.accounts.get(&fan.account).ok_or_else(missing)?;
    let merchant = merchant_in_focus(state, fan).ok_or_else(missing)?;
    Ok((fan, account, merchant))
}

/// The merchant of the card in use, or else of the entry used last, or else the account's
/// first.
fn merchant_in_focus<'a>(state: &'a State, fan: &Fan) -> Option<&'a Merchant> {
    let of_card = fan
        .current_card
        .as_ref()
        .and_then(|card| state.cards.get(card))
        .and_then(|card| state.merchants.get(&card.merchant));
    of_card
        .or_else(|| {
            fan.focus
                .as_ref()
                .and_then(|merchant| state.merchants.get(merchant))
        })
        .filter(|merchant| merchant.account == fan.account)
        .or_else(|| state.merchants_of(&fan.account).next())
}
