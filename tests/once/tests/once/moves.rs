//! What may happen.

use kabao_rules::state::{CaptchaPolicy, CardStatus, SmsGateway};
use proptest::{collection::vec, option, prelude::*};

use crate::backend::{Restaurant, Setting};

/// Something that happens. Numbers choose among what there is, if anything: 0 is the
/// request that was sent last.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Move {
    /// What comes next on one of the phones if all goes well: the reply, or what the page
    /// invites the fan to do.
    Next(usize, usize),
    /// On one of the phones.
    On(usize, Act),
    /// To one of the requests that are on their way.
    To(usize, Fate),
    /// Seconds.
    Pass(i64),
    /// The backend is killed, with the replies that it has not sent.
    Restart,
    Set(Setting),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Act {
    OpenWallet,
    TapAvatar(usize),
    /// The page goes out of sight.
    Hide,
    GiveUpSwitch,
    /// The next step of the claim, as the page invites to it.
    GoOn(usize),
    OpenClaim,
    BeginClaim,
    TypeNumber(usize),
    Tick,
    SendCode,
    Agree,
    SolveCaptcha,
    MistakeCaptcha,
    RefreshCaptcha,
    TypeCode(Code),
    Verify,
    Resend,
    OtherNumber,
    Toggle(usize),
    Bind,
    OpenNewCard,
    Retry,
    Dismiss,
    SignIn,
    Reload,
    /// WeChat ends the webview, and with it what was stored for the visit. The fan opens
    /// the wallet from the menu.
    Kill,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Code {
    Right,
    Wrong,
    /// The first that came to the number.
    Old,
}

/// What becomes of a request. Who waits for the reply and gets none gives up in time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fate {
    /// It reaches the backend, and the reply is on its way.
    Arrive,
    /// And the reply reaches the page.
    Answer,
    /// It reaches the backend, and so it will once more.
    ArriveTwice,
    /// The connection breaks: before it has reached the backend, or behind it.
    Break,
    /// Something in between has waited for too long, and the request may come through
    /// after all.
    Turn(u16),
    /// Something in between keeps it from the backend, and says so.
    Refuse,
    /// Something in between answers although the request has come through.
    LoseReply(u16),
    /// The reply that has come is cut short.
    Garble,
    /// It is never heard of again.
    Vanish,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        // What a fan does who wants a card, most of the time.
        8 => Just(Act::OpenWallet),
        30 => (0_usize..6).prop_map(Act::TapAvatar),
        3 => Just(Act::OpenClaim),
        2 => Just(Act::BeginClaim),
        5 => (0_usize..4).prop_map(Act::TypeNumber),
        4 => Just(Act::Tick),
        8 => Just(Act::SendCode),
        2 => Just(Act::Agree),
        3 => Just(Act::SolveCaptcha),
        8 => Just(Act::TypeCode(Code::Right)),
        4 => Just(Act::Verify),
        8 => Just(Act::Bind),
        3 => Just(Act::OpenNewCard),
        8 => Just(Act::Retry),
        4 => Just(Act::Resend),
        // And what else.
        1 => Just(Act::Hide),
        1 => Just(Act::GiveUpSwitch),
        1 => Just(Act::MistakeCaptcha),
        1 => Just(Act::RefreshCaptcha),
        1 => Just(Act::TypeCode(Code::Wrong)),
        1 => Just(Act::TypeCode(Code::Old)),
        3 => Just(Act::OtherNumber),
        4 => (0_usize..4).prop_map(Act::Toggle),
        3 => Just(Act::Dismiss),
        1 => Just(Act::SignIn),
        8 => Just(Act::Reload),
        1 => Just(Act::Kill),
    ]
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Arrive),
        4 => Just(Fate::Answer),
        1 => Just(Fate::ArriveTwice),
        4 => Just(Fate::Break),
        3 => prop_oneof![Just(502), Just(504)].prop_map(Fate::Turn),
        1 => Just(Fate::Refuse),
        4 => Just(Fate::LoseReply(504)),
        1 => Just(Fate::Garble),
        1 => Just(Fate::Vanish),
    ]
}

fn setting() -> impl Strategy<Value = Setting> {
    let captcha = prop_oneof![Just(CaptchaPolicy::Always), Just(CaptchaPolicy::Never)];
    let gateway = prop_oneof![Just(SmsGateway::Failing), Just(SmsGateway::Working)];
    let status = prop_oneof![
        Just(CardStatus::Active),
        Just(CardStatus::Frozen),
        Just(CardStatus::Lost)
    ];
    prop_oneof![
        2 => Just(Setting::EndSessions),
        1 => captcha.prop_map(Setting::Captcha),
        1 => gateway.prop_map(Setting::Gateway),
        1 => (0_usize..4, status).prop_map(|(card, status)| Setting::Card(card, status)),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    let seconds = prop_oneof![
        4 => 1_i64..20,
        2 => 20_i64..100,
        2 => Just(61),
        1 => 100_i64..2_400,
        1 => Just(24 * 60 * 60),
    ];
    prop_oneof![
        24 => next(),
        16 => (phone(), act()).prop_map(|(phone, act)| Move::On(phone, act)),
        16 => (0_usize..4, fate()).prop_map(|(place, fate)| Move::To(place, fate)),
        6 => seconds.prop_map(Move::Pass),
        1 => Just(Move::Restart),
        1 => setting().prop_map(Move::Set),
    ]
}

fn next() -> impl Strategy<Value = Move> {
    let choice = prop_oneof![1 => Just(0), 1 => 1_usize..5];
    (phone(), choice).prop_map(|(phone, choice)| Move::Next(phone, choice))
}

/// What happens first, so that the later steps are tried as often as the first: claims that
/// go well, the last of them up to some step. Any of these moves may be left out, which
/// makes a case that fails smaller.
fn beginning() -> impl Strategy<Value = Vec<Move>> {
    const MOVES: usize = 9;
    (vec(next(), 0..4), 0..MOVES)
        .prop_flat_map(|(claims, rest)| {
            let moves = claims.into_iter().flat_map(|next| [next; MOVES]);
            let mut moves: Vec<_> = moves.map(|it| option::weighted(0.99, Just(it))).collect();
            moves.truncate(moves.len().saturating_sub(rest));
            moves
        })
        .prop_map(|moves| moves.into_iter().flatten().collect())
}

/// One fan's, the other's of the same fan, and another fan's.
fn phone() -> impl Strategy<Value = usize> {
    prop_oneof![7 => Just(0_usize), 2 => Just(1), 1 => Just(2)]
}

/// A restaurant, and what happens there.
pub(crate) fn case() -> impl Strategy<Value = (Restaurant, Vec<Move>)> {
    let restaurant = prop_oneof![Just(Restaurant::Own), Just(Restaurant::Platform)];
    let moves = vec(any_move(), 0..60);
    (restaurant, beginning(), moves)
        .prop_map(|(restaurant, beginning, moves)| (restaurant, [beginning, moves].concat()))
}
