//! The questions of the manual, and what it says before all else.

use kabao_preview::plan::{Members, Move};
use kabao_rules::state::AccountKind;
use leptos::prelude::*;

use super::{choice::Choice, state::ConsoleState};

/// What the account is, what it will be, and whether the members are kept. No answers
/// can be given that the manual has no way for.
#[component]
pub(super) fn Questions(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let way = Memo::new(move |_| state.plan.with(|plan| plan.way));
    let members = Memo::new(move |_| state.plan.with(|plan| plan.members));
    let present = [
        AccountKind::Own,
        AccountKind::Platform,
        AccountKind::Operator,
    ]
    .map(|kind| ((words.account)(kind), kind))
    .to_vec();
    let from = Signal::derive(move || way.get().from());
    let future = Signal::derive(move || {
        Move::beginning_at(from.get())
            .map(|way| ((words.new_account)(way), way))
            .collect::<Vec<_>>()
    });
    let start_from = Callback::new(move |from| {
        if let Some(way) = Move::beginning_at(from).next() {
            state.change(|plan| plan.way = way);
        }
    });
    let go = Callback::new(move |way| state.change(|plan| plan.way = way));
    let keep = Callback::new(move |members| state.change(|plan| plan.members = members));
    let answers = vec![
        (words.kept, Members::Kept),
        (words.dropped, Members::Dropped),
    ];
    view! {
        <section class="panel">
            <Choice title=words.present answers=present chosen=from on_choose=start_from />
            <Choice title=words.future answers=future chosen=way on_choose=go />
            <p class="row__note">{move || (words.scenario)(way.get())}</p>
            <Choice title=words.keep answers chosen=members on_choose=keep />
        </section>
    }
}

/// What the manual says before all else.
#[component]
pub(super) fn Cautions(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let cautions: Vec<_> = words
        .cautions
        .iter()
        .map(|caution| view! { <li>{*caution}</li> })
        .collect();
    view! {
        <section class="panel preview__cautions">
            <h2 class="panel__heading">{words.cautions_title}</h2>
            <ul>{cautions}</ul>
        </section>
    }
}
