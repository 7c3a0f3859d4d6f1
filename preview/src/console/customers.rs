//! The customer to play, what they see, and the codes that they can scan.

use kabao::components::button::Button;
use kabao_preview::backend::{Backend, Customer};
use kabao_rules::cases::Case;
use leptos::prelude::*;

use super::{
    frame::restart_phone,
    state::{ConsoleState, Tab},
};

#[component]
pub(super) fn Customers(state: ConsoleState, case: Case) -> impl IntoView {
    let words = state.words;
    let customers = Memo::new(move |_| of_backend(state, Backend::customers).unwrap_or_default());
    let phone = Memo::new(move |_| of_backend(state, Backend::phone).unwrap_or_default());
    let people = move || {
        let people: Vec<_> = customers
            .get()
            .into_iter()
            .map(|customer| view! { <CustomerRadio state customer /> })
            .collect();
        view! { <ul class="preview__list">{people}</ul> }
    };
    view! {
        <section class="panel preview__aside">
            <h2 class="panel__heading">{words.customer}</h2>
            {people}
            <p class="row__note">
                {move || (words.customer_phone)(&phone.get())}
            </p>
            <h3 class="panel__heading">{words.sees}</h3>
            <p>{(words.outcome)(case)}</p>
            <h3 class="panel__heading">{words.tables}</h3>
            <p class="row__note">{words.tables_hint}</p>
            <TableCodes state is_live=true title=words.live_code />
            <TableCodes state is_live=false title=words.dead_code />
        </section>
    }
}

fn of_backend<T>(state: ConsoleState, read: fn(&Backend) -> T) -> Option<T> {
    state
        .backend
        .with(|backend| Some(read(&backend.as_ref()?.borrow())))
}

#[component]
fn CustomerRadio(state: ConsoleState, customer: Customer) -> impl IntoView {
    let story = (state.words.story)(&customer).to_owned();
    let Customer { key, name, .. } = customer;
    let chosen = key.clone();
    view! {
        <li>
            <label class="preview__tick">
                <input
                    type="radio"
                    name="customer"
                    class="consent__box"
                    prop:checked=move || state.person.with(|person| *person == key)
                    on:change=move |_| state.person.set(chosen.clone())
                />
                <span>
                    <span>{name}</span>
                    <small class="row__note">{story}</small>
                </span>
            </label>
        </li>
    }
}

/// The table codes that work, or those that don't, each to be scanned.
#[component]
fn TableCodes(state: ConsoleState, is_live: bool, title: &'static str) -> impl IntoView {
    let codes = Memo::new(move |_| {
        let codes = of_backend(state, Backend::table_codes).unwrap_or_default();
        let wanted = codes.into_iter().filter(|(_, live)| *live == is_live);
        wanted.map(|(code, _)| code).collect::<Vec<_>>()
    });
    let scan = move |code: String| {
        let label = code.clone();
        let scan = Callback::new(move |()| {
            state.scanned.set_value(Some(code.clone()));
            state.show(Tab::Phone);
            restart_phone();
        });
        view! { <Button label on_click=scan /> }
    };
    move || {
        let codes = codes.get();
        (!codes.is_empty()).then(|| {
            let buttons: Vec<_> = codes.into_iter().map(scan).collect();
            view! {
                <div class="preview__codes">
                    <p>{title}</p>
                    {buttons}
                </div>
            }
        })
    }
}
