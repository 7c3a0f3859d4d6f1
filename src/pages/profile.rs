//! What is known about the fan, and how to take it back.

use leptos::{prelude::*, task::spawn_local};

use super::{
    failure::FailureView,
    terms::{Document, TermsSheet},
};
use crate::{
    api::wire::{Consent, Profile},
    browser::{clock, page},
    components::{
        button::{Button, Emphasis},
        page_header::PageHeader,
        sheet::Sheet,
        skeleton::Skeleton,
        toast::Toast,
    },
    context::{AppContext, Failure, use_app},
    domain::{card::AccountId, wallet::PhoneProof},
    route::Route,
};

/// What the page shows.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Loading,
    Profile(Profile),
    Failed(Failure),
    SignedOut,
}

/// The masked phone, the consents, and signing out.
#[component]
pub fn ProfilePage(
    /// The account that the fan is in.
    account: AccountId,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    page::set_title(wording.profile.title);
    let shown = RwSignal::new(Shown::Loading);
    let is_busy = RwSignal::new(false);
    let asks_unlink = RwSignal::new(false);
    let open_document = RwSignal::new(None::<(Document, String)>);
    let toast = RwSignal::new(None::<String>);
    let account = StoredValue::new(account);

    let load = move || {
        spawn_local(async move {
            let Some(account) = account.try_get_value() else {
                return;
            };
            let result = app.client().profile(&account).await;
            let _ = shown.try_set(match result {
                Ok(profile) => Shown::Profile(profile),
                Err(error) => Shown::Failed(app.fail(&account, error)),
            });
        });
    };
    load();
    let unlink = Callback::new(move |()| {
        asks_unlink.set(false);
        if is_busy.get_untracked() {
            return;
        }
        is_busy.set(true);
        spawn_local(async move {
            let account = account.get_value();
            let result = app.client().unlink_phone(&account).await;
            if is_busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(profile) => {
                    toast.set(Some(wording.profile.unlinked.to_owned()));
                    shown.set(Shown::Profile(profile));
                }
                Err(error) => shown.set(Shown::Failed(app.fail(&account, error))),
            }
        });
    });
    let sign_out = Callback::new(move |()| {
        is_busy.set(true);
        spawn_local(async move {
            let account = account.get_value();
            let result = app.client().sign_out(&account).await;
            if is_busy.try_set(false).is_some() {
                return;
            }
            match result {
                Ok(_) => {
                    app.forget_wallet();
                    shown.set(Shown::SignedOut);
                }
                Err(error) => shown.set(Shown::Failed(app.fail(&account, error))),
            }
        });
    });

    let wallet_route = Route::Wallet(account.get_value());
    let back_href = app.href(&wallet_route);
    let on_back = Callback::new(move |()| app.back(&wallet_route));
    view! {
        <PageHeader title=wording.profile.title back_label=wording.app.back back_href on_back />
        {move || match shown.get() {
            Shown::Loading => view! { <Skeleton label=wording.app.loading /> }.into_any(),
            Shown::Failed(failure) => {
                let retry = Callback::new(move |()| load());
                view! { <FailureView failure on_retry=retry /> }.into_any()
            }
            Shown::SignedOut => {
                view! {
                    <section class="panel" role="status">
                        <h2 class="panel__title">{wording.profile.signed_out}</h2>
                        <p>{wording.profile.signed_out_text}</p>
                    </section>
                }
                    .into_any()
            }
            Shown::Profile(profile) => {
                let version = profile.terms_version.clone();
                let privacy_version = version.clone();
                let can_unlink = profile.phone_masked.is_some();
                view! {
                    {profile_view(app, profile)}
                    <section class="panel">
                        <Button
                            label=wording.claim.consent_terms
                            emphasis=Emphasis::Quiet
                            on_press=Callback::new(move |()| {
                                open_document.set(Some((Document::Terms, version.clone())));
                            })
                        />
                        <Button
                            label=wording.claim.consent_privacy
                            emphasis=Emphasis::Quiet
                            on_press=Callback::new(move |()| {
                                open_document
                                    .set(Some((Document::Privacy, privacy_version.clone())));
                            })
                        />
                    </section>
                    {can_unlink
                        .then(|| {
                            view! {
                                <Button
                                    label=wording.profile.unlink
                                    emphasis=Emphasis::Warning
                                    is_busy
                                    on_press=Callback::new(move |()| asks_unlink.set(true))
                                />
                            }
                        })}
                    <Button
                        label=wording.profile.sign_out
                        emphasis=Emphasis::Secondary
                        is_busy
                        on_press=sign_out
                    />
                }
                    .into_any()
            }
        }}
        {move || {
            asks_unlink
                .get()
                .then(|| {
                    let cancel = Callback::new(move |()| asks_unlink.set(false));
                    view! {
                        <Sheet
                            title=wording.profile.unlink_title.to_owned()
                            close_label=wording.app.close
                            on_close=cancel
                        >
                            <p>{wording.profile.unlink_text}</p>
                            <Button
                                label=wording.profile.unlink_confirm
                                emphasis=Emphasis::Warning
                                on_press=unlink
                            />
                            <Button
                                label=wording.profile.cancel
                                emphasis=Emphasis::Secondary
                                on_press=cancel
                            />
                        </Sheet>
                    }
                })
        }}
        {move || {
            open_document
                .get()
                .map(|(document, version)| {
                    view! {
                        <TermsSheet
                            account=account.get_value()
                            version
                            document
                            on_close=Callback::new(move |()| open_document.set(None))
                        />
                    }
                })
        }}
        <Toast message=toast />
    }
}

fn profile_view(app: AppContext, profile: Profile) -> impl IntoView {
    let wording = &app.wording().profile;
    let phone = match profile.phone_masked {
        Some(phone) if profile.phone_proof == PhoneProof::Proven => phone,
        Some(phone) => format!("{phone} · {}", wording.phone_unproven),
        None => wording.no_phone.to_owned(),
    };
    let offset = clock::utc_offset();
    let mut consents: Vec<_> = profile
        .consents
        .into_iter()
        .map(|consent: Consent| {
            let given = (wording.consent_given)(
                &consent.version,
                &consent.given_at.wall_time(offset).date(),
            );
            let text = match consent.withdrawn_at {
                Some(at) => {
                    let withdrawn = (wording.consent_withdrawn)(&at.wall_time(offset).date());
                    format!("{given} · {withdrawn}")
                }
                None => given,
            };
            view! { <li>{text}</li> }
        })
        .collect();
    if consents.is_empty() {
        consents.push(view! { <li>{wording.no_consents.to_owned()}</li> });
    }
    view! {
        <section class="panel">
            <h2 class="panel__title">{wording.phone}</h2>
            <p class="panel__digits">{phone}</p>
        </section>
        <section class="panel">
            <h2 class="panel__title">{wording.consents}</h2>
            <ul class="panel__list">{consents}</ul>
        </section>
    }
}
