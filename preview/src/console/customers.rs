//! Every kind of customer with how it ends for them, and the codes on the tables.

use kabao::components::button::Button;
use kabao_preview::{
    outlook::{Judgement, TableCodes},
    walk::Ending,
};
use kabao_rules::{cases::Customer, state::TableSide};
use leptos::prelude::*;

use super::state::ConsoleState;

#[component]
pub(super) fn Customers(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let all = Memo::new(move |_| state.customers());
    let rows = move || {
        all.get()
            .into_iter()
            .map(|customer| view! { <CustomerRow state customer /> })
            .collect::<Vec<_>>()
    };
    view! {
        <section class="panel preview__customers">
            <h2 class="panel__heading">{words.customers}</h2>
            <p class="row__note">{words.customers_hint}</p>
            <ul class="preview__strip">{rows}</ul>
            <h2 class="panel__heading">{words.tables}</h2>
            <Code state side=TableSide::Left />
            <Code state side=TableSide::Right />
        </section>
    }
}

/// How bad it is for a customer.
fn mood(judgement: &Judgement, customer: Customer) -> &'static str {
    let outcome = judgement.outlook.outcome(customer);
    let ideal = judgement.ideal.outcome(customer);
    match (outcome.map(|it| it.ending), ideal.map(|it| it.ending)) {
        _ if outcome == ideal => "preview__outcome",
        (Some(Ending::NewCard(_)), Some(Ending::OldCard(_))) | (Some(Ending::Stopped(_)), _) => {
            "preview__outcome preview__outcome--bad"
        }
        _ => "preview__outcome preview__outcome--other",
    }
}

#[component]
fn CustomerRow(state: ConsoleState, customer: Customer) -> impl IntoView {
    let words = state.words;
    let who = (words.customer)(customer);
    let said = Memo::new(move |_| {
        state.judgement.with(|judgement| {
            let members = judgement.plan.members;
            let say = |outcome| (words.outcome)(members, customer, outcome);
            let now = judgement.outlook.outcome(customer).map(say);
            let ideal = judgement.ideal.outcome(customer).map(say);
            let planned = if ideal == now { None } else { ideal };
            (now.unwrap_or_default(), planned)
        })
    });
    let before = move || {
        said.with(|(_, ideal)| {
            ideal.as_ref().map(|ideal| {
                let ideal = ideal.clone();
                view! { <small class="preview__planned">{words.as_planned}<s>{ideal}</s></small> }
            })
        })
    };
    view! {
        <li>
            <label class="preview__customer">
                <input
                    type="radio"
                    name="customer"
                    class="consent__box"
                    prop:checked=move || state.customer.get() == customer
                    on:change=move |_| state.customer.set(customer)
                />
                <span>
                    <b>{who.kind}</b>
                    <small class="row__note">" "{who.name}" · "{who.story}</small>
                    {before}
                    <span class=move || state.judgement.with(|it| mood(it, customer))>
                        {move || said.with(|(now, _)| now.clone())}
                    </span>
                </span>
            </label>
        </li>
    }
}

/// A code on the table.
#[component]
fn Code(state: ConsoleState, side: TableSide) -> impl IntoView {
    let words = state.words;
    let title = match side {
        TableSide::Left => words.left_code,
        TableSide::Right => words.right_code,
    };
    let works = move || {
        side == TableSide::Left
            || state
                .judgement
                .with(|judgement| judgement.outlook.tables == TableCodes::Work)
    };
    let scan = Callback::new(move |()| state.scan(side));
    view! {
        <div class="preview__code">
            <p>
                <b>{title}</b>
                " "
                <span class=move || {
                    if works() { "preview__outcome" } else { "preview__outcome preview__outcome--bad" }
                }>{move || if works() { words.code_works } else { words.code_dead }}</span>
            </p>
            <Button label=(words.scan)(title) on_click=scan />
        </div>
    }
}
