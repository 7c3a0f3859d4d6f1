//! One card.

mod coupons;
mod facts;
mod level;
mod number;
mod paged;
mod timeline;

use kabao_core::{
    domain::{
        card::Card,
        id::{AccountId, CardId},
        merchant::Merchant,
    },
    wire::card::CardInFull,
};
use leptos::{prelude::*, task::spawn_local};

use self::{
    coupons::Coupons, facts::Facts, level::LevelPanel, number::NumberPanel, timeline::Timeline,
};
use super::{
    card_links::ShowCodeButton,
    header::PageHeader,
    problem::{ProblemNotice, ProblemPage},
    retry::Retry,
};
use crate::{
    browser::page,
    components::{
        card_face::{CardFace, CardFaceSize},
        card_next_step::CardNextStep,
        segmented_control::SegmentedControl,
        skeleton::Skeleton,
        toast::{Toast, ToastHost},
    },
    i18n::{CardPageWording, use_wording},
    store::{
        backend::use_backend, failure::Failure, network::use_network, session::use_session,
        wallet::use_wallet,
    },
};

/// Everything about one card. What the wallet knows of it is shown at once, and
/// stays when the rest can't be loaded.
#[component]
pub(crate) fn CardPage(account: AccountId, card: CardId) -> impl IntoView {
    let title = CardPageWording::in_use().card_title;
    page::set_title(title);
    let toast = RwSignal::new(None::<Toast>);
    let (shown, failure, retry) = load(account.clone(), card.clone());
    let is_known = Memo::new(move |_| shown.with(Option::is_some));
    let header = view! { <PageHeader title account=account.clone() /> };
    let body = move || {
        if is_known.get() {
            let (account, card) = (account.clone(), card.clone());
            view! {
                <Stale failure retry />
                {move || shown.get().map(|shown| view! { <Details shown toast /> })}
                <History account card />
            }
            .into_any()
        } else if let Some(failure) = failure.get() {
            view! { <ProblemPage failure retry=Some(retry) /> }.into_any()
        } else {
            view! { <Skeleton label=use_wording().app.loading /> }.into_any()
        }
    };
    view! {
        {header}
        {body}
        <ToastHost message=toast />
    }
}

/// What is known of the card, why the latest load has no result, and loading it
/// anew, which also happens whenever the page comes back into view.
fn load(
    account: AccountId,
    card: CardId,
) -> (
    RwSignal<Option<CardInFull>>,
    RwSignal<Option<Failure>>,
    Retry,
) {
    let backend = use_backend();
    let session = use_session();
    let wallet = use_wallet();
    let known = wallet.card_untracked(&card).and_then(|(card, merchant)| {
        let as_of = untrack(|| wallet.as_of())?;
        Some(CardInFull {
            card,
            merchant,
            as_of,
        })
    });
    let shown = RwSignal::new(known);
    let failure = RwSignal::new(None::<Failure>);
    let is_busy = RwSignal::new(false);
    let load = Callback::new(move |()| {
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        let call = backend.client().card(&account, &card);
        spawn_local(async move {
            let result = call.await;
            is_busy.try_set(false);
            match result {
                Ok(card) => {
                    failure.try_set(None);
                    shown.try_set(Some(card));
                }
                Err(error) => {
                    failure.try_set(Some(session.fail(error)));
                }
            }
        });
    });
    load.run(());
    page::on_return(move || load.run(()));
    let retry = Retry {
        on_retry: load,
        is_busy: is_busy.into(),
    };
    (shown, failure, retry)
}

/// Says that what is shown could not be refreshed.
#[component]
fn Stale(failure: RwSignal<Option<Failure>>, retry: Retry) -> impl IntoView {
    let title = use_wording().wallet.stale;
    move || {
        let failure = failure.get()?;
        Some(view! { <ProblemNotice failure title=Some(title) retry=Some(retry) /> })
    }
}

#[component]
fn Details(shown: CardInFull, toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let network = use_network();
    let CardInFull {
        card,
        merchant,
        as_of,
    } = shown;
    let (status, id) = (card.status, card.id.clone());
    let code = status
        .is_usable()
        .then(|| view! { <ShowCodeButton card=id /> });
    let face = {
        let card = card.clone();
        move || face(card.clone(), merchant.clone(), network.is_online())
    };
    view! {
        {face}
        <CardNextStep status />
        {code}
        <NumberPanel number=card.number.clone() toast />
        {card.level.clone().map(|level| view! { <LevelPanel level points=card.points /> })}
        <Facts card as_of />
    }
}

fn face(mut card: Card, merchant: Merchant, is_online: bool) -> impl IntoView {
    if !is_online {
        card.number = card.number.masked();
    }
    view! { <CardFace card merchant size=CardFaceSize::Full /> }
}

/// What has happened on the card, and its coupons.
#[component]
fn History(account: AccountId, card: CardId) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let chosen = RwSignal::new(0);
    let list = move || {
        let (account, card) = (account.clone(), card.clone());
        match chosen.get() {
            0 => view! { <Timeline account card /> }.into_any(),
            _ => view! { <Coupons account card /> }.into_any(),
        }
    };
    view! {
        <section class="panel">
            <h2 class="panel__heading">{wording.title}</h2>
            <SegmentedControl
                label=wording.title
                options=vec![wording.entries_title, wording.coupons_title]
                chosen
            />
            {list}
        </section>
    }
}
