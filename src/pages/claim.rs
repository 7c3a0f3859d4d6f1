//! Recovering an old card: phone, code, cards, done.

mod captcha;
mod choose_step;
mod code_step;
mod done_step;
mod flow;
mod nothing_step;
mod phone_step;

use leptos::prelude::untrack;

use self::flow::{Blocked, ClaimFlow};
use super::failure::{failure_view, failure_with_actions, try_again};
use crate::{
    browser::{
        dom::{Element, View, element, group, live},
        page,
    },
    components::{
        button::{Emphasis, button},
        page_header::page_header,
        skeleton::skeleton,
        toast::toast_place,
    },
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::{
    domain::{
        claim::{Step, step},
        id::AccountId,
    },
    problem::ProblemCode,
    route::Route,
};

/// The element that gets the focus when a step begins.
const STEP_TITLE: &str = "step-title";

/// The claim, at the step where it stands. After a reload, after signing in
/// again, or after the app was killed, that is the step where the fan left.
pub(crate) fn claim_page(app: AppContext, account: AccountId) -> View {
    let wording = app.wording();
    let words = app.claim_wording();
    page::set_title(words.title);
    let flow = ClaimFlow::new(app, account.clone());
    let is_loading = Signal::new(true);
    let load_failure = Signal::new(None::<Failure>);
    let load = move || {
        is_loading.set(true);
        resume(flow, move |result| {
            load_failure.set(result.err());
            is_loading.set(false);
        });
    };
    load();

    let wallet_route = Route::Wallet(account);
    let back_href = app.href(&wallet_route);
    let wallet_route = Signal::new(wallet_route);
    let to_wallet = move || app.replace(wallet_route.get_untracked());
    let header = page_header(words.title, wording.app.title, &back_href, to_wallet);
    let body = live(move || {
        if is_loading.get() {
            return skeleton(wording.app.loading).into();
        }
        if let Some(failure) = load_failure.get() {
            return failure_view(app, &failure, load);
        }
        if let Some(blocked) = flow.blocked.get() {
            return blocked_view(flow, blocked);
        }
        let step = flow.claim.with(|claim| step(claim.as_ref()));
        untrack(|| match step {
            Step::Phone(beginning) => phone_step::view(flow, beginning),
            Step::Code(code) => code_step::view(flow, code).into(),
            Step::Choose(findings) => choose_step::view(flow, &findings).into(),
            Step::NothingFound(findings) => nothing_step::view(flow, &findings).into(),
            Step::Done(cards) => done_step::view(flow, cards, to_wallet).into(),
        })
    });
    group([header.into(), body, toast_place(flow.toast).into()])
}

/// Finds out where the fan left, and does `act` then: the wallet names the open
/// claim, and the claim knows its step.
fn resume(flow: ClaimFlow, act: impl FnOnce(Result<(), Failure>) + 'static) {
    let account = flow.account.get_untracked();
    let client = flow.app.client();
    client.wallet(&account).then(move |result| {
        let wallet = match result {
            Ok(wallet) => wallet,
            Err(error) => return act(Err(flow.app.fail(&account, error))),
        };
        let open_claim = wallet.open_claim_id.clone();
        flow.app.remember(wallet);
        let Some(id) = open_claim else {
            return act(Ok(()));
        };
        let call = flow.app.client().claim(&account, &id);
        call.then(move |result| {
            act(match result {
                Ok(claim) => {
                    flow.claim.set(Some(claim));
                    Ok(())
                }
                Err(error) if error.code() == Some(&ProblemCode::ClaimNotFound) => Ok(()),
                Err(error) => Err(flow.app.fail(&account, error)),
            });
        });
    });
}

/// A problem that stands in the way of the step. What was typed is kept.
fn blocked_view(flow: ClaimFlow, blocked: Blocked) -> View {
    let Blocked { failure, retry } = blocked;
    let label = flow.app.wording().app.back;
    let back = button(label, Emphasis::Secondary, move || flow.blocked.set(None));
    let retry = retry.map(|action| try_again(flow.app, move || flow.submit(action.clone())));
    failure_with_actions(flow.app, &failure, group([View::from(retry), back.into()]))
}

/// The title of a step, which gets the focus when the step begins.
fn step_title(title: &str) -> Element {
    page::focus_soon(STEP_TITLE);
    element("h2")
        .class("claim__title")
        .attribute("id", STEP_TITLE)
        .attribute("tabindex", "-1")
        .text(title)
}

fn introduction(text: &str) -> Element {
    element("p").class("claim__introduction").text(text)
}

fn aside(text: &str) -> Element {
    element("p").class("claim__aside").text(text)
}

/// What is wrong with the fields of a step. It is always there, so that a
/// screen reader hears what comes into it.
fn field_message(flow: ClaimFlow) -> Element {
    element("p")
        .class("field__message")
        .attribute("role", "alert")
        .live_text(move || flow.message.get().unwrap_or_default())
}

/// A field with its label, marked while something is wrong with it, as the
/// element `message` says.
fn labelled_field(
    flow: ClaimFlow,
    label: &str,
    id: &'static str,
    message: &str,
    input: Element,
) -> Element {
    let is_wrong = move || flow.message.with(Option::is_some);
    let input = input
        .attribute("id", id)
        .attribute("aria-describedby", message)
        .live_attribute("aria-invalid", move || {
            Some(if is_wrong() { "true" } else { "false" })
        });
    labelled(label, id, input).live_class("field--wrong", is_wrong)
}

/// A field with its label. `id` is the field's own.
fn labelled(label: &str, id: &str, input: Element) -> Element {
    element("div")
        .class("field")
        .child(
            element("label")
                .class("field__label")
                .attribute("for", id)
                .text(label),
        )
        .child(input)
}
