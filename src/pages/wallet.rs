//! The card wallet.

use leptos::{prelude::*, task::spawn_local};

use super::{failure::FailureView, switcher::Switcher};
use crate::{
    browser::{clock, page},
    components::{
        avatar::Avatar,
        button::{Button, Emphasis},
        card_face::{AvatarAction, CardFace, CardFaceSize, OpenAction},
        notice::Notice,
        skeleton::Skeleton,
        toast::Toast,
    },
    context::{AppContext, Failure, use_app},
    copy::Wording,
    domain::{
        card::{AccountId, Card, CardId, CardStatus},
        wallet::{Following, Lead, Merchant, Wallet},
    },
    route::Route,
};

/// How old what is shown may be before its age is told, in milliseconds.
const FRESH: i64 = 60_000;

/// The card in use, the other cards, and what the fan most likely needs.
#[component]
pub fn WalletPage(
    /// The account that the fan is in.
    account: AccountId,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    let account = StoredValue::new(account);
    let failure = RwSignal::new(None::<Failure>);
    let toast = RwSignal::new(None::<String>);
    let known = app.wallet(&account.get_value());
    let switcher = Switcher::new(
        app,
        account.get_value(),
        known.as_ref(),
        Callback::new(move |card: CardId| {
            let message = app.with_wallet(|wallet| {
                let wallet = wallet?;
                let card = wallet.card(&card)?;
                let merchant = wallet.merchant(&card.merchant_id)?;
                Some((wording.switching.done)(
                    &merchant.name,
                    card.number.last_four(),
                ))
            });
            toast.set(message);
        }),
    );

    let load = move || {
        spawn_local(async move {
            let Some(account) = account.try_get_value() else {
                return;
            };
            match app.client().wallet(&account).await {
                Ok(wallet) => {
                    switcher.refresh(&wallet);
                    app.remember(wallet);
                    let _ = failure.try_set(None);
                }
                Err(error) => {
                    let _ = failure.try_set(Some(app.fail(&account, error)));
                }
            }
        });
    };
    load();
    page::on_return(load);
    page::set_title(wording.app.title);

    let wallet = Memo::new(move |_| app.wallet(&account.get_value()));
    let is_known = Memo::new(move |_| wallet.with(Option::is_some));
    view! {
        {move || match (is_known.get(), failure.get()) {
            (true, _) => {
                view! {
                    <StaleNotice wallet failure wording on_retry=Callback::new(move |()| load()) />
                    <Cards wallet switcher />
                }
                    .into_any()
            }
            (false, Some(failure)) => {
                view! { <FailureView failure on_retry=Callback::new(move |()| load()) /> }.into_any()
            }
            (false, None) => view! { <Skeleton label=wording.app.loading /> }.into_any(),
        }}
        <Toast message=toast />
    }
}

/// Says that what is shown could not be refreshed, and how old it is.
#[component]
fn StaleNotice(
    wallet: Memo<Option<Wallet>>,
    failure: RwSignal<Option<Failure>>,
    wording: &'static Wording,
    on_retry: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    move || match failure.get()? {
        Failure::Call(error) => {
            let as_of =
                wallet.with_untracked(|wallet| wallet.as_ref().map(|wallet| wallet.as_of))?;
            let age = (app.now().since(as_of) > FRESH)
                .then(|| (wording.card.as_of)(&as_of.wall_time(clock::utc_offset()).time_of_day()));
            let text = (wording.explain)(&error).next_step;
            let text = age.map_or_else(|| text.to_owned(), |age| format!("{age} · {text}"));
            Some(
                view! {
                    <Notice title=wording.wallet.stale.to_owned() text>
                        <Button
                            label=wording.help.try_again
                            emphasis=Emphasis::Secondary
                            on_press=on_retry
                        />
                    </Notice>
                }
                .into_any(),
            )
        }
        failure => Some(view! { <FailureView failure /> }.into_any()),
    }
}

/// Everything that the wallet holds.
#[component]
fn Cards(wallet: Memo<Option<Wallet>>, switcher: Switcher) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    let shown = Memo::new(move |_| switcher.shown());
    // What is on the screen follows the tap, before the backend has confirmed
    // it; what the wallet leads with follows what is on the screen.
    let seen = Memo::new(move |_| {
        let mut seen = wallet.get()?;
        seen.current_card_id = shown.get();
        Some(seen)
    });
    let strip = Memo::new(move |_| {
        seen.with(|seen| {
            let seen = seen.as_ref()?;
            Some((seen.account.clone(), seen.merchant_in_focus().cloned()))
        })
    });
    let lead = Memo::new(move |_| seen.with(|seen| seen.as_ref().map(Wallet::lead)));
    let open_claim =
        Memo::new(move |_| wallet.with(|wallet| wallet.as_ref()?.open_claim_id.clone()));
    let current = Memo::new(move |_| {
        seen.with(|seen| {
            let seen = seen.as_ref()?;
            let card = seen.current_card()?;
            Some((card.clone(), seen.merchant(&card.merchant_id)?.clone()))
        })
    });
    let merchants =
        Memo::new(move |_| wallet.with(|wallet| Some(wallet.as_ref()?.merchants.clone())));
    let all_cards = Memo::new(move |_| wallet.with(|wallet| Some(wallet.as_ref()?.cards.clone())));
    let others = move || {
        let shown = shown.get();
        all_cards.with(|cards| {
            cards
                .iter()
                .flatten()
                .filter(|card| Some(&card.id) != shown.as_ref())
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let has_others = Memo::new(move |_| {
        let shown = shown.get();
        all_cards.with(|cards| {
            cards
                .iter()
                .flatten()
                .any(|card| Some(&card.id) != shown.as_ref())
        })
    });
    view! {
        {move || strip.get().map(|(account, merchant)| strip_view(app, account, merchant))}
        {move || {
            let is_open = open_claim.with(Option::is_some);
            lead.get().map(|lead| lead_view(app, lead, is_open))
        }}
        {move || {
            switcher
                .failure
                .get()
                .map(|failure| view! { <SwitchFailure failure wording /> })
        }}
        <section class="wallet__current" aria-live="polite">
            {move || current.get().map(|(card, merchant)| current_view(app, card, merchant))}
        </section>
        <Show when=move || has_others.get()>
            <section class="wallet__others">
                <h2 class="section-title">{wording.wallet.others}</h2>
                <p class="section-hint">{wording.switching.hint}</p>
                {move || {
                    // A card whose data has changed is drawn anew; a switch
                    // only moves two cards.
                    all_cards.track();
                    let merchants = merchants.get().unwrap_or_default();
                    view! {
                        <ul class="wallet__list">
                            <For
                                each=others
                                key=|card| card.id.clone()
                                children=move |card| other_view(app, card, &merchants, switcher)
                            />
                        </ul>
                    }
                }}
            </section>
        </Show>
        {move || (lead.get() == Some(Lead::Nothing)).then(|| find_more_view(app))}
        {move || strip.get().and_then(|(account, _)| follow_view(app, account))}
        {move || strip.get().and_then(|(account, _)| menu_view(app, account))}
    }
}

/// The account and the merchant in focus.
fn strip_view(
    app: AppContext,
    account: crate::domain::wallet::Account,
    merchant: Option<Merchant>,
) -> impl IntoView {
    let wording = app.wording();
    let profile = Route::Profile(account.id.clone());
    let href = app.href(&profile);
    let changed = account.changed_from.as_deref().map(|from| {
        view! {
            <Notice
                title=wording.wallet.account_changed_title.to_owned()
                text=(wording.wallet.account_changed_text)(from, &account.name)
            />
        }
    });
    let (name, avatar_url) = match merchant {
        Some(merchant) => (merchant.name, merchant.avatar_url),
        None => (account.name.clone(), None),
    };
    view! {
        <header class="strip">
            <Avatar name=name.clone() url=avatar_url />
            <div class="strip__names">
                <h1 class="strip__merchant">{name}</h1>
                <p class="strip__account">{(wording.wallet.account)(&account.name)}</p>
            </div>
            <a
                class="strip__profile"
                href=href
                on:click=move |event| {
                    event.prevent_default();
                    app.go(profile.clone());
                }
            >
                {wording.wallet.profile}
            </a>
        </header>
        {changed}
    }
}

/// What the fan most likely needs.
fn lead_view(app: AppContext, lead: Lead, has_open_claim: bool) -> Option<AnyView> {
    let wording = &app.wording().wallet;
    let claim = Callback::new(move |()| go_to_claim(app));
    let notice = |title: &str, text: String, action: Option<(&'static str, Emphasis)>| {
        let button = action.map(|(label, emphasis)| {
            view! { <Button label emphasis on_press=claim /> }
        });
        view! {
            <div class="lead">
                <h2 class="lead__title">{title.to_owned()}</h2>
                <p class="lead__text">{text}</p>
                {button}
            </div>
        }
        .into_any()
    };
    if has_open_claim && lead != Lead::Nothing {
        return Some(notice(
            wording.continue_title,
            wording.continue_text.to_owned(),
            Some((wording.continue_action, Emphasis::Primary)),
        ));
    }
    match lead {
        Lead::Claim => Some(notice(
            wording.claim_title,
            wording.claim_text.to_owned(),
            Some((wording.claim_action, Emphasis::Primary)),
        )),
        Lead::ProvePhone => Some(notice(
            wording.prove_title,
            wording.prove_text.to_owned(),
            Some((wording.prove_action, Emphasis::Secondary)),
        )),
        Lead::Switch(card) => {
            let text = app.with_wallet(|wallet| {
                let wallet = wallet?;
                let card = wallet.card(&card)?;
                let merchant = wallet.merchant(&card.merchant_id)?;
                Some((wording.switch_text)(
                    &merchant.name,
                    card.number.last_four(),
                ))
            })?;
            Some(notice(wording.switch_title, text, None))
        }
        Lead::Nothing => None,
    }
}

/// Why a switch did not happen.
#[component]
fn SwitchFailure(failure: Failure, wording: &'static Wording) -> impl IntoView {
    match failure {
        Failure::Call(error) => {
            let explanation = (wording.explain)(&error);
            let text = format!(
                "{} {} {}",
                wording.switching.undone, explanation.happened, explanation.next_step
            );
            view! {
                <div role="alert">
                    <Notice title=explanation.title.to_owned() text />
                </div>
            }
            .into_any()
        }
        failure => view! { <FailureView failure /> }.into_any(),
    }
}

/// The card in use, and its member code one tap away.
fn current_view(app: AppContext, card: Card, merchant: Merchant) -> impl IntoView {
    let wording = app.wording();
    let next_step = match card.status {
        CardStatus::Active | CardStatus::Unknown => None,
        CardStatus::Frozen => Some(wording.card.frozen_next_step),
        CardStatus::Lost => Some(wording.card.lost_next_step),
        CardStatus::Expired => Some(wording.card.expired_next_step),
    };
    let code = card.status.is_usable().then(|| {
        let id = card.id.clone();
        let show = Callback::new(move |()| {
            if let Some(account) = app.route().account() {
                app.go(Route::Code(account.clone(), id.clone()));
            }
        });
        view! { <Button label=wording.wallet.show_code emphasis=Emphasis::Primary on_press=show /> }
    });
    let call = next_step.and(merchant.phone.clone()).map(|phone| {
        view! {
            <a class="button button--secondary" href=format!("tel:{phone}")>
                {(wording.help.call_shop)(&phone)}
            </a>
        }
    });
    let open_action = open_action(app, &card, &merchant);
    view! {
        <CardFace
            card
            merchant
            wording=&wording.card
            size=CardFaceSize::Full
            is_in_use=true
            open_action
        />
        {next_step.map(|text| view! { <p class="wallet__next-step">{text}</p> })}
        {code}
        {call}
    }
}

/// Another card: its avatar switches to it, the rest of it opens it.
fn other_view(
    app: AppContext,
    card: Card,
    merchants: &[Merchant],
    switcher: Switcher,
) -> Option<impl IntoView + use<>> {
    let wording = app.wording();
    let merchant = merchants
        .iter()
        .find(|merchant| merchant.id == card.merchant_id)?
        .clone();
    let id = card.id.clone();
    let avatar_action = AvatarAction {
        label: (wording.switching.switch_to)(&merchant.name, card.number.last_four()),
        on_press: Callback::new(move |()| switcher.tap(id.clone())),
    };
    let open_action = open_action(app, &card, &merchant);
    Some(view! {
        <li>
            <CardFace
                card
                merchant
                wording=&wording.card
                size=CardFaceSize::Compact
                avatar_action=Some(avatar_action)
                open_action
            />
        </li>
    })
}

fn open_action(app: AppContext, card: &Card, merchant: &Merchant) -> Option<OpenAction> {
    let account = app.route().account()?.clone();
    let route = Route::Card(account, card.id.clone());
    Some(OpenAction {
        label: (app.wording().card.open)(&merchant.name, card.number.last_four()),
        href: app.href(&route),
        on_open: Callback::new(move |()| app.go(route.clone())),
    })
}

/// A way to more cards for a fan whose wallet is in order.
fn find_more_view(app: AppContext) -> impl IntoView {
    let claim = Callback::new(move |()| go_to_claim(app));
    view! { <Button label=app.wording().wallet.find_more emphasis=Emphasis::Quiet on_press=claim /> }
}

/// How to follow the account. It blocks nothing.
fn follow_view(app: AppContext, account: crate::domain::wallet::Account) -> Option<impl IntoView> {
    let wording = &app.wording().wallet;
    let qr_url = account.qr_url?;
    (account.following == Following::NotFollowing).then(|| {
        view! {
            <Notice
                title=(wording.follow_title)(&account.name)
                text=wording.follow_text.to_owned()
            >
                <img class="notice__qr" src=qr_url alt=(wording.follow_qr)(&account.name) />
            </Notice>
        }
    })
}

/// The other entries of the account's menu.
fn menu_view(app: AppContext, account: crate::domain::wallet::Account) -> Option<impl IntoView> {
    (!account.links.is_empty()).then(|| {
        let links: Vec<_> = account
            .links
            .into_iter()
            .map(|link| view! { <li><a class="menu__link" href=link.url>{link.label}</a></li> })
            .collect();
        view! {
            <nav class="menu" aria-label=app.wording().wallet.menu>
                <ul class="menu__list">{links}</ul>
            </nav>
        }
    })
}

/// Wallet and claim replace each other: going to the claim adds no entry to the
/// history, so that on iOS no toolbar appears and Back leaves the page.
fn go_to_claim(app: AppContext) {
    if let Some(account) = app.route().account() {
        app.replace(Route::Claim(account.clone()));
    }
}
