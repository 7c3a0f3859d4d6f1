//! The hand-outs: one page of A4 for whoever has to know.

use kabao::components::button::{BusyButton, Button, Emphasis};
use kabao_preview::audience::Audience;
use leptos::prelude::*;

use super::state::ConsoleState;

/// The way to each of them.
#[component]
pub(super) fn HandOuts(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let buttons: Vec<_> = Audience::ALL
        .into_iter()
        .map(|audience| {
            let show = Callback::new(move |()| state.sheet.set(Some(audience)));
            view! { <Button label=(words.audience)(audience) on_click=show /> }
        })
        .collect();
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.hand_outs}</h2>
            <p class="row__note">{words.hand_outs_hint}</p>
            <div class="preview__buttons">{buttons}</div>
        </section>
    }
}

/// The hand-out that is looked at, as it will be on paper.
#[component]
pub(super) fn Sheet(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let print = Callback::new(|()| {
        let _ = window().print();
    });
    let back = Callback::new(move |()| state.sheet.set(None));
    let is_busy = Signal::derive(move || !state.are_pictures_taken());
    let label = move || match is_busy.get() {
        true => words.preparing,
        false => words.print,
    };
    move || {
        // The other sheets have no pictures.
        state.take_pictures(0);
        let paper = match state.sheet.get()? {
            Audience::Owner => view! { <OwnerPaper state /> }.into_any(),
            Audience::Staff => view! { <StaffPaper state /> }.into_any(),
            Audience::Guests => view! { <GuestPaper state /> }.into_any(),
        };
        Some(view! {
            <div class="sheet-desk">
                <div class="sheet-desk__buttons">
                    <BusyButton label emphasis=Emphasis::Primary is_busy on_click=print />
                    <Button label=words.back on_click=back />
                </div>
                <article class="paper">{paper}</article>
            </div>
        })
    }
}

/// What to do, who does it, by when, with boxes to tick.
#[component]
fn OwnerPaper(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let paper = &words.paper;
    let plan = state.plan.get_untracked();
    let rows: Vec<_> = plan
        .steps()
        .into_iter()
        .enumerate()
        .map(|(place, step)| {
            let said = (words.step)(&plan, step);
            view! {
                <tr>
                    <td class="paper__box">"☐"</td>
                    <td>
                        <b>{place + 1}". "{said.title}</b>
                        <small>{said.note}</small>
                    </td>
                    <td>{said.place}</td>
                    <td>{said.who}</td>
                    <td class="paper__blank"></td>
                </tr>
            }
        })
        .collect();
    let counts: Vec<_> = (paper.counts)(&plan)
        .into_iter()
        .map(|line| view! { <li>{line}</li> })
        .collect();
    let cautions: Vec<_> = words
        .cautions
        .iter()
        .map(|caution| view! { <li>{*caution}</li> })
        .collect();
    view! {
        <h1>{(paper.owner_title)(&untrack(|| state.shop().name))}</h1>
        <p>{(paper.move_line)(plan.way, plan.members)}</p>
        <p>{(words.section)(plan.way)}</p>
        <p class="paper__lines">
            <span>{paper.day_of_switch}</span>
            <span>{paper.done_by}</span>
        </p>
        <table>
            <thead>
                <tr>
                    <th></th>
                    <th>{paper.step_column}</th>
                    <th>{paper.where_column}</th>
                    <th>{paper.who_column}</th>
                    <th>{paper.date_column}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        <ul>{counts}</ul>
        <ul class="paper__cautions">{cautions}</ul>
        <p class="paper__lines">
            <span>{paper.signed}</span>
        </p>
    }
}

/// What guests ask, what to say, and whom to call.
#[component]
fn StaffPaper(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let paper = &words.paper;
    let plan = state.plan.get_untracked();
    let brand = state.brand.get_untracked();
    let way: Vec<_> = (paper.guest_steps)(&plan)
        .into_iter()
        .map(|(title, text)| view! { <li><b>{title}</b><p>{text}</p></li> })
        .collect();
    let sayings: Vec<_> = (paper.sayings)(&plan)
        .into_iter()
        .map(|(asked, said)| view! { <div><dt>{asked}</dt><dd>{said}</dd></div> })
        .collect();
    view! {
        <h1>{(paper.staff_title)(&untrack(|| state.shop().name))}</h1>
        <p>{(paper.staff_intro)(&plan)}</p>
        <h2>{paper.guests_see}</h2>
        <ol class="paper__way">{way}</ol>
        <Pictures state captions=(paper.pictures)(&plan) />
        <h2>{paper.say}</h2>
        <dl class="paper__sayings">{sayings}</dl>
        <h2>{paper.call}</h2>
        <p class="paper__lines">
            <span>{paper.shop_line}" "{brand.phone}</span>
            <span>{paper.provider_line}" "{brand.provider_name}" "{brand.provider_phone}</span>
        </p>
        <p>{paper.call_hint}</p>
    }
}

/// Pictures of the guest's phone. They are the app itself, as far as the guest has come
/// by then, so that they can't show what it doesn't.
#[component]
fn Pictures(state: ConsoleState, captions: Vec<&'static str>) -> impl IntoView {
    let tag = state.language.tag();
    state.take_pictures(captions.len());
    let pictures: Vec<_> = captions
        .into_iter()
        .enumerate()
        .map(|(number, caption)| {
            view! {
                <figure class="paper__picture">
                    <div class="paper__screen" inert>
                        <iframe
                            title=caption
                            src=format!("?phone&picture={number}&lang={tag}")
                        ></iframe>
                    </div>
                    <figcaption>{number + 1}". "{caption}</figcaption>
                </figure>
            }
        })
        .collect();
    view! { <div class="paper__pictures">{pictures}</div> }
}

/// A poster: the code to follow the account, and three steps.
#[component]
fn GuestPaper(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let paper = &words.paper;
    let plan = state.plan.get_untracked();
    let brand = state.brand.get_untracked();
    let steps: Vec<_> = (paper.guest_steps)(&plan)
        .into_iter()
        .map(|(title, text)| view! { <li><b>{title}</b><p>{text}</p></li> })
        .collect();
    let code = match brand.follow_picture {
        Some(src) => view! { <img class="poster__code" src=src alt=paper.guest_scan /> }.into_any(),
        None => view! { <p class="poster__code">{paper.guest_code_here}</p> }.into_any(),
    };
    let help = (!brand.phone.is_empty()).then(|| (paper.guest_help)(&brand.phone));
    view! {
        <div class="poster" style:--shop=untrack(|| state.shop().color)>
            <h1>{(paper.guest_title)(&untrack(|| state.shop().name))}</h1>
            <p class="poster__lead">{(paper.guest_lead)(&plan)}</p>
            {code}
            <p class="poster__scan">{paper.guest_scan}</p>
            <ol class="poster__steps">{steps}</ol>
            <p class="poster__help">{help}</p>
        </div>
    }
}
