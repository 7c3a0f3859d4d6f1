//! What is known about the fan, and how to take it back.

use super::{
    failure::failure_view,
    header::header_with_way_back,
    terms::{Document, terms_sheet},
};
use crate::{
    browser::{
        clock,
        dom::{Element, View, element, group, live},
        page, storage,
    },
    components::{
        button::{Emphasis, busy_button, button},
        sheet::sheet,
        skeleton::skeleton,
        toast::{Toast, toast_place},
    },
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::{
    domain::{
        id::AccountId,
        profile::{Consent, Profile},
        wallet::PhoneProof,
    },
    problem::ApiError,
};

/// What the page shows.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Loading,
    Profile(Profile),
    Failed(Failure),
    SignedOut,
}

/// The page, which its parts share. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct ProfilePage {
    app: AppContext,
    account: Signal<AccountId>,
    shown: Signal<Shown>,
    is_busy: Signal<bool>,
    asks_unlink: Signal<bool>,
    document: Signal<Option<Document>>,
    message: Signal<Option<Toast>>,
}

/// The masked phone, the consents, and signing out.
pub(crate) fn profile_page(app: AppContext, account: AccountId) -> View {
    let words = app.profile_wording();
    page::set_title(words.title);
    let header = header_with_way_back(app, words.title, account.clone());
    let page = ProfilePage {
        app,
        account: Signal::new(account),
        shown: Signal::new(Shown::Loading),
        is_busy: Signal::new(false),
        asks_unlink: Signal::new(false),
        document: Signal::new(None),
        message: Signal::new(None),
    };
    page.load();
    group([
        header.into(),
        live(move || page.body()),
        live(move || page.unlink_sheet()),
        live(move || page.terms_sheet()),
        toast_place(page.message).into(),
    ])
}

impl ProfilePage {
    fn load(self) {
        let account = self.account.get_untracked();
        let call = self.app.client().profile(&account);
        call.then(move |result| self.show(&account, result));
    }

    fn show(self, account: &AccountId, result: Result<Profile, ApiError>) {
        self.shown.set(match result {
            Ok(profile) => Shown::Profile(profile),
            Err(error) => Shown::Failed(self.app.fail(account, error)),
        });
    }

    fn unlink(self) {
        self.asks_unlink.set(false);
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        let account = self.account.get_untracked();
        let call = self.app.client().unlink_phone(&account);
        call.then(move |result| {
            self.is_busy.set(false);
            if result.is_ok() {
                let unlinked = self.app.profile_wording().unlinked;
                self.message.set(Some(unlinked.into()));
            }
            self.show(&account, result);
        });
    }

    fn sign_out(self) {
        self.is_busy.set(true);
        let account = self.account.get_untracked();
        let call = self.app.client().sign_out(&account);
        call.then(move |result| {
            self.is_busy.set(false);
            self.shown.set(match result {
                Ok(_) => {
                    self.app.forget_wallet();
                    storage::forget_all();
                    Shown::SignedOut
                }
                Err(error) => Shown::Failed(self.app.fail(&account, error)),
            });
        });
    }

    fn body(self) -> View {
        let wording = self.app.wording();
        let words = self.app.profile_wording();
        match self.shown.get() {
            Shown::Loading => skeleton(wording.app.loading).into(),
            Shown::Failed(failure) => failure_view(self.app, &failure, move || self.load()),
            Shown::SignedOut => panel(words.signed_out)
                .attribute("role", "status")
                .child(element("p").text(words.signed_out_text))
                .into(),
            Shown::Profile(profile) => self.profile_view(&profile),
        }
    }

    fn profile_view(self, profile: &Profile) -> View {
        let words = self.app.profile_wording();
        let phone = match (&profile.phone_masked, profile.phone_proof) {
            (Some(phone), PhoneProof::Proven) => phone.clone(),
            (Some(phone), PhoneProof::Unproven) => {
                format!("{phone} · {}", words.phone_unproven)
            }
            (None, _) => words.no_phone.to_owned(),
        };
        let phone = panel(words.phone).child(element("p").class("panel__digits").text(&phone));
        let open = |document: Document| {
            button(document.title(self.app), Emphasis::Quiet, move || {
                self.document.set(Some(document));
            })
        };
        let documents = element("section")
            .class("panel")
            .child(open(Document::Terms))
            .child(open(Document::Privacy));
        let unlink = profile.phone_masked.as_ref().map(|_| {
            let ask = move || self.asks_unlink.set(true);
            busy_button(words.unlink, Emphasis::Warning, self.is_busy, ask)
        });
        let sign_out = busy_button(
            words.sign_out,
            Emphasis::Secondary,
            self.is_busy,
            move || self.sign_out(),
        );
        group([
            phone.into(),
            self.consents_view(&profile.consents).into(),
            documents.into(),
            self.kept_view().into(),
            unlink.into(),
            View::from(sign_out),
        ])
    }

    /// What the app keeps in the browser.
    fn kept_view(self) -> Element {
        let words = self.app.profile_wording();
        let clear = button(words.clear_kept, Emphasis::Secondary, move || {
            storage::forget_all();
            self.message.set(Some(words.kept_cleared.into()));
        });
        panel(words.kept)
            .child(element("p").text(words.kept_text))
            .child(clear)
    }

    fn consents_view(self, consents: &[Consent]) -> Element {
        let wording = self.app.profile_wording();
        let date =
            |at: kabao_core::domain::timestamp::Timestamp| at.wall_time(clock::utc_offset()).date();
        let list = element("ul").class("panel__list");
        let list = if consents.is_empty() {
            list.child(element("li").text(wording.no_consents))
        } else {
            list.children(consents.iter().map(|consent| {
                let mut text = (wording.consent_given)(&consent.version, &date(consent.given_at));
                if let Some(at) = consent.withdrawn_at {
                    text.push_str(" · ");
                    text.push_str(&(wording.consent_withdrawn)(&date(at)));
                }
                element("li").text(&text)
            }))
        };
        panel(wording.consents).child(list)
    }

    fn unlink_sheet(self) -> Option<Element> {
        let wording = self.app.wording();
        let words = self.app.profile_wording();
        let cancel = move || self.asks_unlink.set(false);
        self.asks_unlink.get().then(|| {
            let body = element("div")
                .child(element("p").text(words.unlink_text))
                .child(button(words.unlink_confirm, Emphasis::Warning, move || {
                    self.unlink();
                }))
                .child(button(words.cancel, Emphasis::Secondary, cancel));
            sheet(words.unlink_title, wording.app.close, cancel, body)
        })
    }

    fn terms_sheet(self) -> View {
        let version = self.shown.with_untracked(|shown| match shown {
            Shown::Profile(profile) => profile.terms_version.clone(),
            _ => String::new(),
        });
        terms_sheet(
            self.app,
            self.account.get_untracked(),
            &version,
            self.document,
        )
    }
}

/// A panel with a title.
fn panel(title: &str) -> Element {
    element("section")
        .class("panel")
        .child(element("h2").class("panel__title").text(title))
}
