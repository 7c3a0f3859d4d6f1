//! The card wallet.

mod others;

use core::time::Duration;
use std::rc::Rc;

use super::{
    card::{next_step_view, show_code_button},
    failure::{failure_alone, failure_view},
    later::fetch_later_pages,
    switcher::{Settled, Switcher},
};
use crate::{
    browser::{
        clock,
        dom::{Element, View, element, group, live, nothing},
        page,
        storage::{self, Kept},
    },
    components::{
        avatar::avatar,
        button::{Emphasis, button, call_button},
        card_face::{CardFace, CardFaceSize, OpenAction},
        notice::notice,
        skeleton::skeleton,
        toast::{Toast, toast_place},
    },
    context::{AppContext, Failure},
    signal::{Signal, derived, follow},
};
use kabao_core::{
    domain::{
        card::{Card, CardStatus},
        id::{AccountId, CardId},
        merchant::Merchant,
        timestamp::Timestamp,
        url::ImageUrl,
        wallet::{Account, Following, Lead, Wallet},
    },
    route::Route,
};

/// How old what is shown may be before its age is told, in milliseconds.
const FRESH: i64 = 60_000;
/// How often the page looks at the clock, to tell the age of what it shows.
const LOOK_AT_CLOCK: Duration = Duration::from_secs(10);
/// Says in the storage that the fan has switched cards, and needs no hint.
const KNOWS_SWITCHING: &str = "kabao.knows-switching";

/// The page, which its parts share. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct WalletPage {
    app: AppContext,
    account: Signal<AccountId>,
    /// The wallet as the backend last described it.
    wallet: Signal<Option<Rc<Wallet>>>,
    /// The wallet as it is on the screen: it follows the tap, before the backend
    /// has confirmed it.
    seen: Signal<Option<Rc<Wallet>>>,
    switcher: Switcher,
    /// Why the wallet could not be loaded.
    failure: Signal<Option<Failure>>,
    message: Signal<Option<Toast>>,
    /// What is searched for.
    query: Signal<String>,
    /// Which order the cards are in: a place in `SortBy::ALL`.
    sort: Signal<usize>,
    /// The backend's clock, looked at now and then.
    now: Signal<Timestamp>,
}

/// The card in use, the other cards, and what the fan most likely needs.
pub(crate) fn wallet_page(app: AppContext, account: AccountId) -> View {
    let wording = app.wording();
    page::set_title(wording.app.title);
    let message = Signal::new(None::<Toast>);
    let known = app.wallet(&account);
    let switcher = Switcher::new(app, account.clone(), known.as_deref());
    let account = Signal::new(account);
    let wallet = derived(move || app.live_wallet(&account.get_untracked()));
    let seen = derived(move || {
        let mut seen = wallet.get()?;
        let shown = switcher.shown();
        if seen.current_card_id != shown {
            Rc::make_mut(&mut seen).current_card_id = shown;
        }
        Some(seen)
    });
    let page = WalletPage {
        app,
        account,
        wallet,
        seen,
        switcher,
        failure: Signal::new(None),
        message,
        query: Signal::new(String::new()),
        sort: Signal::new(0),
        now: Signal::new(app.now()),
    };
    page.load();
    follow(move || page.tell_switch());
    clock::every(LOOK_AT_CLOCK, move || page.now.set(app.now()));
    page::on_return(move || page.load());
    let is_known = derived(move || wallet.with(Option::is_some));
    let body = live(move || {
        if is_known.get() {
            group([live(move || page.stale_notice()), page.cards_view()])
        } else {
            match page.failure.get() {
                Some(failure) => failure_view(app, &failure, move || page.load()),
                None => group([
                    element("h1").class("unseen").text(wording.app.title),
                    skeleton(wording.app.loading),
                ]),
            }
        }
    });
    group([body, toast_place(page.message).into()])
}

impl WalletPage {
    fn load(self) {
        let account = self.account.get_untracked();
        let call = self.app.client().wallet(&account);
        call.then(move |result| {
            match result {
                Ok(wallet) => {
                    self.switcher.refresh(&wallet);
                    self.app.remember(wallet);
                    self.failure.set(None);
                }
                Err(error) => self.failure.set(Some(self.app.fail(&account, error))),
            }
            fetch_later_pages();
        });
    }

    /// Tells of a switch that is done, with a way back to the card from before.
    fn tell_switch(self) {
        let Some(Settled { card, before }) = self.switcher.settled.get() else {
            return;
        };
        storage::set(Kept::OnThisDevice, KNOWS_SWITCHING, "1");
        let wording = &self.app.wording().switching;
        let toast = self.app.with_card(&card, |card, merchant| {
            Toast::from((wording.done)(&merchant.name, card.number.last_four()))
        });
        let is_usable = |card: &CardId| {
            let status = self.app.with_card(card, |card, _| card.status);
            status.is_some_and(CardStatus::is_usable)
        };
        self.message.set(match (toast, before.filter(is_usable)) {
            (Some(toast), Some(before)) => Some(toast.with_action(wording.undo, move || {
                self.switcher.tap(before.clone());
            })),
            (toast, _) => toast,
        });
    }

    /// How old what is shown is, once that is worth telling.
    fn age_view(self) -> Option<Element> {
        let now = self.now.get();
        let as_of = self
            .wallet
            .with(|wallet| wallet.as_ref().map(|wallet| wallet.as_of))?;
        (now.since(as_of) > FRESH).then(|| {
            let time = as_of.wall_time(clock::utc_offset()).time_of_day();
            element("p")
                .class("wallet__age")
                .text(&(self.app.wording().card.as_of)(&time))
        })
    }

    /// Says that what is shown could not be refreshed.
    fn stale_notice(self) -> View {
        let error = match self.failure.get() {
            None => return nothing(),
            Some(Failure::Call(error)) => error,
            Some(failure) => return failure_alone(self.app, &failure),
        };
        let wording = self.app.wording();
        let text = (wording.explain)(&error).next_step;
        let retry = button(wording.help.try_again, Emphasis::Secondary, move || {
            self.load();
        });
        notice(wording.wallet.stale, text).child(retry).into()
    }

    /// Something of the wallet on the screen; what follows it is told only when
    /// that part of it changes.
    fn part<T: PartialEq + 'static>(
        self,
        read: impl Fn(&Wallet) -> T + 'static,
    ) -> Signal<Option<T>> {
        derived(move || self.seen.with(|seen| seen.as_deref().map(&read)))
    }

    /// Everything that the wallet holds.
    fn cards_view(self) -> View {
        let account = self.part(|seen| (seen.account.clone(), seen.merchant_in_focus().cloned()));
        let lead = self.part(|seen| (seen.lead(), seen.open_claim_id.is_some()));
        let current = self.part(move |seen| {
            let mut card = seen.current_card()?.clone();
            if !self.app.is_online() {
                card.number = card.number.masked();
            }
            let merchant = seen.merchant(&card.merchant_id)?.clone();
            Some((card, merchant))
        });
        let failure = self.switcher.failure;
        let in_use = element("section")
            .class("wallet__current")
            .attribute("aria-live", "polite")
            .live(move || match current.get().flatten() {
                Some((card, merchant)) => self.current_view(&card, &merchant),
                None => nothing(),
            });
        group([
            live(move || match account.get() {
                Some((account, merchant)) => self.strip_view(&account, merchant.as_ref()),
                None => nothing(),
            }),
            live(move || {
                let (lead, has_open_claim) = lead.get()?;
                self.lead_view(&lead, has_open_claim)
            }),
            live(move || failure.get().map(|failure| self.switch_failure(failure))),
            live(move || self.age_view()),
            in_use.into(),
            self.others_view(),
            live(move || {
                let (lead, _) = lead.get()?;
                (lead == Lead::Nothing).then(|| self.find_more_view())
            }),
            live(move || {
                let (account, _) = account.get()?;
                self.follow_view(&account)
            }),
            live(move || {
                let (account, _) = account.get()?;
                self.menu_view(&account)
            }),
        ])
    }

    /// The account and the merchant in focus.
    fn strip_view(self, account: &Account, merchant: Option<&Merchant>) -> View {
        let wording = &self.app.wording().wallet;
        let profile = Route::Profile(account.id.clone());
        let (name, avatar_url) = match merchant {
            Some(merchant) => (
                &merchant.name,
                merchant.avatar_url.as_ref().map(ImageUrl::as_str),
            ),
            None => (&account.name, None),
        };
        let names = element("div")
            .class("strip__names")
            .child(element("h1").class("strip__merchant").text(name))
            .child(
                element("p")
                    .class("strip__account")
                    .text(&(wording.account)(&account.name)),
            );
        let link = element("a")
            .class("strip__profile")
            .attribute("href", &self.app.href(&profile))
            .text(wording.profile)
            .on_follow(move || self.app.go(profile.clone()));
        let strip = element("header")
            .class("strip")
            .child(avatar(name, avatar_url))
            .child(names)
            .child(link);
        let changed = account.changed_from.as_deref().map(|from| {
            let text = (wording.account_changed_text)(from, &account.name);
            notice(wording.account_changed_title, &text)
        });
        group([Some(strip), changed])
    }

    /// What the fan most likely needs.
    fn lead_view(self, lead: &Lead, has_open_claim: bool) -> Option<Element> {
        let wording = &self.app.wording().wallet;
        let panel = |title: &str, text: &str| {
            element("div")
                .class("lead")
                .child(element("h2").class("lead__title").text(title))
                .child(element("p").class("lead__text").text(text))
        };
        let claim = |label: &str, emphasis| button(label, emphasis, move || self.go_to_claim());
        if has_open_claim && *lead != Lead::Nothing {
            let panel = panel(wording.continue_title, wording.continue_text);
            return Some(panel.child(claim(wording.continue_action, Emphasis::Primary)));
        }
        match lead {
            Lead::Claim => {
                let panel = panel(wording.claim_title, wording.claim_text);
                Some(panel.child(claim(wording.claim_action, Emphasis::Primary)))
            }
            Lead::ProvePhone => {
                let panel = panel(wording.prove_title, wording.prove_text);
                Some(panel.child(claim(wording.prove_action, Emphasis::Secondary)))
            }
            Lead::Switch(card) => {
                let text = self.app.with_card(card, |card, merchant| {
                    (wording.switch_text)(&merchant.name, card.number.last_four())
                })?;
                Some(panel(wording.switch_title, &text))
            }
            Lead::Nothing => None,
        }
    }

    /// Why a switch did not happen.
    fn switch_failure(self, failure: Failure) -> View {
        let Failure::Call(error) = failure else {
            return failure_alone(self.app, &failure);
        };
        let wording = self.app.wording();
        let explanation = (wording.explain)(&error);
        let text = (wording.switching.undone)(explanation.happened, explanation.next_step);
        element("div")
            .attribute("role", "alert")
            .child(notice(explanation.title, &text))
            .into()
    }

    /// The card in use, and its member code one tap away.
    fn current_view(self, card: &Card, merchant: &Merchant) -> View {
        let wording = self.app.wording();
        let face = CardFace {
            card,
            merchant,
            wording: &wording.card,
            size: CardFaceSize::Full,
            is_in_use: true,
            avatar_action: None,
            open_action: self.open_action(card, merchant),
        };
        let next_step = next_step_view(self.app, card.status);
        let phone = next_step.as_ref().and(merchant.phone.as_ref());
        let call = phone.map(|phone| call_button(wording.help.call_shop, phone));
        let code = show_code_button(self.app, card);
        group([Some(face.view()), next_step, code, call])
    }

    fn open_action(self, card: &Card, merchant: &Merchant) -> Option<OpenAction> {
        let app = self.app;
        let route = Route::Card(app.route().account()?.clone(), card.id.clone());
        Some(OpenAction {
            label: (app.wording().card.open)(&merchant.name, card.number.last_four()),
            href: app.href(&route),
            on_open: Box::new(move || app.go(route.clone())),
        })
    }

    /// A way to more cards for a fan whose wallet is in order.
    fn find_more_view(self) -> Element {
        let label = self.app.wording().wallet.find_more;
        button(label, Emphasis::Quiet, move || self.go_to_claim())
    }

    /// How to follow the account. It blocks nothing.
    fn follow_view(self, account: &Account) -> Option<Element> {
        let wording = &self.app.wording().wallet;
        let qr_url = account.qr_url.as_ref()?.as_str();
        (account.following == Following::NotFollowing).then(|| {
            let picture = element("img")
                .class("notice__qr")
                .attribute("src", qr_url)
                .attribute("alt", &(wording.follow_qr)(&account.name));
            notice(&(wording.follow_title)(&account.name), wording.follow_text).child(picture)
        })
    }

    /// The other entries of the account's menu.
    fn menu_view(self, account: &Account) -> Option<Element> {
        let links = account.links.iter().map(|link| {
            element("li").child(
                element("a")
                    .class("menu__link")
                    .attribute("href", link.url.as_str())
                    .text(&link.label),
            )
        });
        (!account.links.is_empty()).then(|| {
            element("nav")
                .class("menu")
                .attribute("aria-label", self.app.wording().wallet.menu)
                .child(element("ul").class("menu__list").children(links))
        })
    }

    /// Wallet and claim replace each other: going to the claim adds no entry to
    /// the history, so that on iOS no toolbar appears and Back leaves the page.
    fn go_to_claim(self) {
        if let Some(account) = self.app.route().account() {
            self.app.replace(Route::Claim(account.clone()));
        }
    }
}
