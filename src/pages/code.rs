//! A card's member code.

use core::time::Duration;

use super::{failure::failure_view, header::header_with_way_back};
use crate::{
    browser::{
        clock,
        dom::{Element, View, element, group, live},
        page,
        storage::{self, Kept},
        wake_lock, wechat,
    },
    components::{bar_code::bar_code, choice::choice, qr_code::qr_code, skeleton::skeleton},
    context::{AppContext, Failure},
    signal::{Signal, derived},
};
use kabao_core::domain::{
    card::CardNumber,
    id::{AccountId, CardId},
    member_code::{CodeMode, MemberCode},
    scan_code::{CodeSize, crisp_width},
    timestamp::Timestamp,
};

/// How often the page looks at the clock.
const TICK: Duration = Duration::from_millis(500);
/// Milliseconds before a code that could not be loaded is asked for again.
const RETRY: i64 = 5_000;
/// Under which the size of the codes is kept.
const SIZE_KEY: &str = "kabao.code-size";

/// The page, which its parts share. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
struct CodePage {
    app: AppContext,
    key: Signal<(AccountId, CardId)>,
    /// The last code, and when it came.
    code: Signal<Option<(MemberCode, Timestamp)>>,
    failure: Signal<Option<Failure>>,
    is_loading: Signal<bool>,
    /// The backend's clock.
    now: Signal<Timestamp>,
    /// When the code is asked for again.
    next_load: Signal<Option<Timestamp>>,
    /// Whether the page is behind another app. What is on the screen then may be
    /// old when it is back.
    is_hidden: Signal<bool>,
    /// A place in [`CodeSize::ALL`].
    size: Signal<usize>,
}

/// What is shown.
#[derive(Clone, PartialEq)]
enum Shown {
    Loading,
    Code(String),
    /// What identifies the member while there is no network.
    Offline(String),
    Failed(Failure),
}

/// The code that the shop scans. A code that has expired is never shown.
pub(crate) fn code_page(app: AppContext, account: AccountId, card: CardId) -> View {
    let words = app.code_wording();
    page::set_title(words.title);
    wake_lock::keep_screen_on();
    wechat::hide_share_menu();
    let title = app.with_card(&card, |card, merchant| {
        let last_four = card.number.last_four().to_owned();
        let ending = (app.wording().card.ending_in)(&last_four);
        (format!("{} · {ending}", merchant.name), last_four)
    });
    let (title, last_four) = title.unwrap_or_default();
    let header = header_with_way_back(app, words.title, account.clone());
    let size = storage::get(Kept::OnThisDevice, SIZE_KEY)
        .and_then(|size| size.parse().ok())
        .filter(|size| *size < CodeSize::ALL.len());
    let page = CodePage {
        app,
        key: Signal::new((account, card)),
        code: Signal::new(None),
        failure: Signal::new(None),
        is_loading: Signal::new(false),
        now: Signal::new(app.now()),
        next_load: Signal::new(None),
        is_hidden: Signal::new(false),
        size: Signal::new(size.unwrap_or(1)),
    };
    page.load();
    page::on_leave(move || page.is_hidden.set(true));
    page::on_return(move || {
        page.now.set(app.now());
        page.is_hidden.set(false);
        page.load();
    });
    clock::every(TICK, move || page.tick());
    let shown = derived(move || page.shown());
    let body = live(move || match shown.get() {
        Shown::Code(payload) => page.plate(&payload, &title, &last_four, None),
        Shown::Offline(payload) => page.plate(&payload, &title, &last_four, Some(words.offline)),
        Shown::Failed(failure) => failure_view(app, &failure, move || page.load()),
        Shown::Loading => skeleton(words.refreshing).into(),
    });
    group([header.into(), body])
}

impl CodePage {
    fn load(self) {
        if self.is_loading.get_untracked() {
            return;
        }
        self.is_loading.set(true);
        let (account, card) = self.key.get_untracked();
        let call = self.app.client().code(&account, &card);
        call.then(move |result| {
            self.is_loading.set(false);
            let now = self.app.now();
            self.now.set(now);
            match result {
                Ok(code) => {
                    self.next_load.set(
                        code.refresh_after
                            .map(|wait| now.plus(i64::from(wait) * 1000)),
                    );
                    let key = offline_key(&account, &card);
                    match &code.offline_payload {
                        Some(payload) => storage::set(Kept::OnThisDevice, &key, payload),
                        None => storage::remove(Kept::OnThisDevice, &key),
                    }
                    self.failure.set(None);
                    self.code.set(Some((code, now)));
                }
                Err(error) => {
                    self.next_load
                        .set(error.is_transient().then(|| now.plus(RETRY)));
                    self.failure.set(Some(self.app.fail(&account, error)));
                }
            }
        });
    }

    fn tick(self) {
        let now = self.app.now();
        self.now.set(now);
        if self.next_load.get_untracked().is_some_and(|at| at <= now) {
            self.load();
        }
    }

    fn shown(self) -> Shown {
        let now = self.now.get();
        let is_hidden = self.is_hidden.get();
        let valid = self.code.with(|code| {
            let (code, _) = code.as_ref()?;
            let may_be_old = is_hidden && code.mode == CodeMode::Rotating;
            (code.is_valid(now) && !may_be_old).then(|| code.payload.clone())
        });
        match (valid, self.failure.get()) {
            (Some(payload), _) => Shown::Code(payload),
            (None, Some(failure)) => match self.offline_payload(&failure) {
                Some(payload) => Shown::Offline(payload),
                None => Shown::Failed(failure),
            },
            (None, None) => Shown::Loading,
        }
    }

    /// What identifies the member while the backend can't be reached.
    fn offline_payload(self, failure: &Failure) -> Option<String> {
        let is_unreachable = match failure {
            Failure::Call(error) => error.is_transient(),
            _ => false,
        };
        let (account, card) = self.key.get_untracked();
        is_unreachable
            .then(|| storage::get(Kept::OnThisDevice, &offline_key(&account, &card)))
            .flatten()
    }

    /// Seconds until the code changes, and how much of its time is left.
    fn time_left(self) -> Option<(u32, f64)> {
        let now = self.now.get();
        self.code.with(|code| {
            let (code, received_at) = code.as_ref()?;
            let whole = i64::from(code.refresh_after?) * 1000;
            let left = (whole - now.since(*received_at)).clamp(0, whole);
            let seconds = u32::try_from((left + 999) / 1000).unwrap_or_default();
            Some((seconds, left as f64 / whole.max(1) as f64))
        })
    }

    /// The codes on their white plate.
    fn plate(
        self,
        payload: &str,
        title: &str,
        last_four: &str,
        warning: Option<&'static str>,
    ) -> View {
        let words = self.app.code_wording();
        let number = CardNumber::from(payload.to_owned());
        let available = Signal::new(0.0);
        let size = self.size;
        let width = move |modules| {
            let size = CodeSize::ALL[size.get() % CodeSize::ALL.len()];
            let available = available.get() * size.share();
            crisp_width(modules, available, page::pixel_ratio())
        };
        let is_online = warning.is_none();
        let refresh = move || {
            let (seconds, left) = self.time_left().filter(|_| is_online)?;
            Some(refresh_view(&(words.refreshes_in)(seconds), left))
        };
        let title =
            (!title.is_empty()).then(|| element("h2").class("code-plate__card").text(title));
        let warning = warning.map(|warning| {
            element("p")
                .class("code-plate__warning")
                .attribute("role", "status")
                .text(warning)
        });
        let codes = element("div")
            .class("code-plate__codes")
            .on_width(move |width| available.set(width))
            .children(bar_code(payload, &(words.bar_code)(last_four), width))
            .children(qr_code(payload, &(words.picture)(last_four), width));
        let plate = element("section")
            .class("code-plate")
            .children(title)
            .child(
                element("p")
                    .class("code-plate__instruction")
                    .text(words.instruction),
            )
            .children(warning)
            .child(codes)
            .child(
                element("p")
                    .class("code-plate__number")
                    .attribute("aria-label", words.member_number)
                    .text(&number.grouped()),
            )
            .live(refresh);
        let sizes = CodeSize::ALL.map(words.size_name);
        let sizes = choice(words.size, &sizes, size).on_press(move || {
            let size = size.get_untracked().to_string();
            storage::set(Kept::OnThisDevice, SIZE_KEY, &size);
        });
        let hint = element("p").class("code-hint").text(words.brightness);
        group([plate, sizes, hint])
    }
}

/// When the code changes: in words, and as a ring that empties.
fn refresh_view(text: &str, left: f64) -> Element {
    element("p")
        .class("code-plate__refresh")
        .child(
            element("span")
                .class("code-plate__ring")
                .attribute("aria-hidden", "true")
                .attribute("style", &format!("--left:{left:.3}turn")),
        )
        .text(text)
}

/// Under which a card's offline code is kept. It identifies the member and can't
/// pay.
fn offline_key(account: &AccountId, card: &CardId) -> String {
    format!("kabao.offline-code.{}.{}", account.as_str(), card.as_str())
}
