//! What every page shares: the backend, the history, the language, and the
//! wallet that was last seen.

use std::rc::Rc;

use crate::{
    api::{
        client::{Client, Surroundings},
        transport::Transport,
    },
    browser::{
        clock,
        history::History,
        page,
        storage::{self, Kept},
        wechat,
    },
    copy::{ClaimWording, CodeWording, HistoryWording, ProfileWording, TermsWording, Wording},
    signal::Signal,
};
use kabao_core::{
    domain::{
        card::Card,
        id::{AccountId, CardId},
        language::Language,
        merchant::Merchant,
        server_clock::ServerClock,
        sign_in::{SignIn, SignedOut},
        staff_code::{LocalProblem, staff_code},
        support::Support,
        timestamp::Timestamp,
        wallet::Wallet,
    },
    problem::{ApiError, ProblemCode},
    route::Route,
};

/// What the app runs on. In a fan's browser these are the network and the
/// address bar; in the preview and in tests, stand-ins in the page.
#[derive(Clone)]
pub struct Platform {
    /// Carries requests to the backend.
    pub transport: Rc<dyn Transport>,
    /// Where the fan is and has been.
    pub history: Rc<dyn History>,
    /// The languages of the browser, the preferred one first.
    pub languages: Vec<String>,
}

/// What every page shares. It is a handle: cheap to copy, the same for all.
#[derive(Clone, Copy)]
pub struct AppContext {
    platform: Signal<(Client, Rc<dyn History>)>,
    route: Signal<Route>,
    wallet: Signal<Option<Rc<Wallet>>>,
    server_clock: Signal<ServerClock>,
    slow_calls: Signal<u32>,
    /// Whether the browser believes that there is a network.
    is_online: Signal<bool>,
    language: Language,
    /// Whether the address asked for the language, so that it goes on asking.
    keeps_language: bool,
}

/// Why a page cannot show what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The fan is on the way to sign in and will be back.
    SigningIn,
    /// Signing in needs WeChat.
    OpenInWeChat,
    /// Signing in was tried a moment ago and did not hold. The address tries
    /// again.
    SignInFailed(String),
    /// A call has no result.
    Call(ApiError),
}

impl AppContext {
    /// Sets up what the pages share, and follows the history.
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        let Platform {
            transport,
            history,
            languages,
        } = platform;
        let query = history.query();
        let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let language = Language::choose(asked, &languages);
        let route = Signal::new(Route::parse(&history.path()));
        history.listen(Box::new(move |path| route.set(Route::parse(&path))));
        let server_clock = Signal::new(ServerClock::observed(clock::now(), clock::instant()));
        let slow_calls = Signal::new(0);
        let surroundings = Surroundings {
            fan: Box::new(|| None),
            on_fan: Box::new(|_| ()),
            on_server_time: Box::new(move |time| {
                server_clock.set(ServerClock::observed(time, clock::instant()));
            }),
            on_slow: Box::new(move |count| slow_calls.set(count)),
        };
        Self {
            platform: Signal::new((Client::new(transport, surroundings), history)),
            route,
            wallet: Signal::new(None),
            server_clock,
            slow_calls,
            is_online: page::online(),
            language,
            keeps_language: asked.is_some_and(|tag| Language::from_tag(tag).is_some()),
        }
    }

    /// The backend.
    #[must_use]
    pub fn client(&self) -> Client {
        self.platform.with_untracked(|(client, _)| client.clone())
    }

    /// The backend's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.server_clock.get_untracked().now(clock::instant())
    }

    /// The language that is spoken.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The words that several screens share, in that language.
    pub(crate) const fn wording(&self) -> &'static Wording {
        Wording::of(self.language)
    }

    /// The words of the claim.
    pub(crate) const fn claim_wording(&self) -> &'static ClaimWording {
        ClaimWording::of(self.language)
    }

    /// The words around a card's coupons and its timeline.
    pub(crate) const fn history_wording(&self) -> &'static HistoryWording {
        HistoryWording::of(self.language)
    }

    /// The words of the member code.
    pub(crate) const fn code_wording(&self) -> &'static CodeWording {
        CodeWording::of(self.language)
    }

    /// The words of the profile.
    pub(crate) const fn profile_wording(&self) -> &'static ProfileWording {
        ProfileWording::of(self.language)
    }

    /// The words of the terms.
    pub(crate) const fn terms_wording(&self) -> &'static TermsWording {
        TermsWording::of(self.language)
    }

    /// Whether the browser believes that there is a network.
    pub(crate) fn is_online(&self) -> bool {
        self.is_online.get()
    }

    /// What should be known of the network, if anything.
    pub(crate) fn network_text(&self) -> Option<String> {
        let wording = &self.wording().app;
        if self.is_online() {
            return (self.slow_calls.get() > 0).then(|| wording.slow.to_owned());
        }
        let as_of = self
            .wallet
            .with(|wallet| wallet.as_ref().map(|wallet| wallet.as_of));
        Some(as_of.map_or_else(
            || wording.offline.to_owned(),
            |as_of| {
                let time = as_of.wall_time(clock::utc_offset()).time_of_day();
                format!(
                    "{} · {}",
                    wording.offline,
                    (self.wording().card.as_of)(&time)
                )
            },
        ))
    }

    /// The screen that is shown now.
    #[must_use]
    pub fn route(&self) -> Route {
        self.route.get_untracked()
    }

    /// The screen that is shown, for what follows it.
    #[must_use]
    pub fn live_route(&self) -> Route {
        self.route.get()
    }

    /// The address of a screen, for a link.
    #[must_use]
    pub fn href(&self, route: &Route) -> String {
        let mut address = route.path();
        if self.keeps_language {
            address.push_str("?lang=");
            address.push_str(self.language.tag());
        }
        address
    }

    /// Shows another screen, so that Back returns to this one.
    pub fn go(&self, route: Route) {
        self.platform
            .with_untracked(|(_, history)| history.push(&self.href(&route)));
        self.route.set(route);
    }

    /// Shows another screen in place of this one.
    pub fn replace(&self, route: Route) {
        self.platform
            .with_untracked(|(_, history)| history.replace(&self.href(&route)));
        self.route.set(route);
    }

    /// Goes back to the screen that led here, or to `otherwise`.
    pub fn back(&self, otherwise: &Route) {
        self.platform
            .with_untracked(|(_, history)| history.back(&self.href(otherwise)));
    }

    /// The wallet of `account` as it was last seen.
    #[must_use]
    pub fn wallet(&self, account: &AccountId) -> Option<Rc<Wallet>> {
        self.wallet
            .get_untracked()
            .filter(|wallet| wallet.account.id == *account)
    }

    /// The wallet of `account`, for what follows it.
    #[must_use]
    pub fn live_wallet(&self, account: &AccountId) -> Option<Rc<Wallet>> {
        self.wallet
            .get()
            .filter(|wallet| wallet.account.id == *account)
    }

    /// Reads something from the wallet that was last seen, without copying it.
    pub fn with_wallet<T>(&self, read: impl FnOnce(Option<&Wallet>) -> T) -> T {
        self.wallet.with_untracked(|wallet| read(wallet.as_deref()))
    }

    /// Reads something from a card of the wallet that was last seen, and from its
    /// merchant.
    pub fn with_card<T>(
        &self,
        card: &CardId,
        read: impl FnOnce(&Card, &Merchant) -> T,
    ) -> Option<T> {
        self.with_wallet(|wallet| {
            let wallet = wallet?;
            let card = wallet.card(card)?;
            Some(read(card, wallet.merchant(&card.merchant_id)?))
        })
    }

    /// Leaves the app for `url`.
    pub fn leave_for(&self, url: &str) {
        self.platform
            .with_untracked(|(_, history)| history.leave_for(url));
    }

    /// Keeps the wallet that the backend has just described.
    pub fn remember(&self, wallet: Wallet) {
        if self
            .wallet
            .with_untracked(|known| known.as_deref() != Some(&wallet))
        {
            self.wallet.set(Some(Rc::new(wallet)));
        }
    }

    /// Changes what is known of the wallet.
    pub fn amend_wallet(&self, amend: impl FnOnce(&mut Wallet)) {
        self.wallet.update(|wallet| {
            if let Some(wallet) = wallet {
                amend(Rc::make_mut(wallet));
            }
        });
    }

    /// Forgets the wallet, when it is no longer this fan's to see.
    pub fn forget_wallet(&self) {
        self.wallet.set(None);
    }

    /// What a failed call means for the page. Where the session is over, this
    /// sends the fan to sign in, and back to the very same page.
    #[must_use]
    pub fn fail(&self, account: &AccountId, error: ApiError) -> Failure {
        let Some(ProblemCode::NotSignedIn { login_url }) = error.code() else {
            return Failure::Call(error);
        };
        let key = format!("kabao.signing-in.{}", account.as_str());
        let now = clock::now();
        let last_attempt = storage::get(Kept::ForThisVisit, &key)
            .and_then(|text| text.parse().ok())
            .map(Timestamp::from_milliseconds);
        let decision = SignedOut {
            login_url: login_url.as_str(),
            return_to: &self.href(&self.route()),
            last_attempt,
            now,
            browser: wechat::browser(),
        }
        .decide();
        match decision {
            SignIn::Go(url) => {
                storage::set(Kept::ForThisVisit, &key, &now.milliseconds().to_string());
                self.leave_for(&url);
                Failure::SigningIn
            }
            SignIn::OpenInWeChat => Failure::OpenInWeChat,
            SignIn::Stuck(url) => Failure::SignInFailed(url),
        }
    }

    /// A staff code for a problem that only the app has noticed.
    #[must_use]
    pub fn local_support(&self, problem: LocalProblem) -> Support {
        let route = self.route();
        let account = route.account().map_or("", AccountId::as_str);
        let shop_phone = self.with_wallet(|wallet| wallet?.merchant_in_focus()?.phone.clone());
        Support {
            phone: shop_phone,
            provider: None,
            staff_code: staff_code(problem, self.now(), account),
        }
    }
}
