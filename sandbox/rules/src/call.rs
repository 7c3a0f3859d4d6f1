//! Routes a request to its call, after the checks that all calls share.

use crate::{
    card, claim,
    draft::Draft,
    id::{AccountId, CardId, ClaimId, FanId},
    idempotency,
    problem::{Code, Problem},
    profile,
    reply::Reply,
    report,
    request::{Media, Method, Request, Sender},
    setting, sign_in,
    state::{Account, State},
    switch, table, terms,
    timestamp::Timestamp,
    wallet,
};

/// A call of a signed-in fan.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Call {
    Wallet,
    Switch,
    Card(CardId),
    Code(CardId),
    Entries(CardId),
    Coupons(CardId),
    OpenClaim,
    Claim(ClaimId),
    ResendSms(ClaimId),
    Verify(ClaimId),
    Bind(ClaimId),
    Profile,
    UnlinkPhone,
    SignOut,
    Terms(String),
}

impl Call {
    /// Whether the reply carries `fan`.
    const fn is_about_fan(&self) -> bool {
        !matches!(self, Self::SignOut | Self::Terms(_))
    }

    fn parse(method: Method, path: &[&str]) -> Option<Self> {
        Some(match (method, path) {
            (Method::Get, ["wallet"]) => Self::Wallet,
            (Method::Put, ["current-card"]) => Self::Switch,
            (Method::Get, ["cards", card]) => Self::Card((*card).into()),
            (Method::Get, ["cards", card, "code"]) => Self::Code((*card).into()),
            (Method::Get, ["cards", card, "entries"]) => Self::Entries((*card).into()),
            (Method::Get, ["cards", card, "coupons"]) => Self::Coupons((*card).into()),
            (Method::Post, ["claims"]) => Self::OpenClaim,
            (Method::Get, ["claims", claim]) => Self::Claim((*claim).into()),
            (Method::Post, ["claims", claim, "sms"]) => Self::ResendSms((*claim).into()),
            (Method::Post, ["claims", claim, "verification"]) => Self::Verify((*claim).into()),
            (Method::Post, ["claims", claim, "binding"]) => Self::Bind((*claim).into()),
            (Method::Get, ["profile"]) => Self::Profile,
            (Method::Delete, ["profile", "phone"]) => Self::UnlinkPhone,
            (Method::Delete, ["session"]) => Self::SignOut,
            (Method::Get, ["terms", version]) => Self::Terms((*version).to_owned()),
            _ => return None,
        })
    }
}

/// What a request is for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Enter,
    Callback(AccountId),
    Table(String),
    Report,
    InAccount(AccountId, Call),
}

impl Target {
    fn parse(method: Method, path: &[&str]) -> Option<Self> {
        // Only a GET of the callback, which has an effect, is one.
        let read_as = match method {
            Method::Head => Method::Get,
            other => other,
        };
        Some(match (method, read_as, path) {
            (_, Method::Get, ["enter"]) => Self::Enter,
            (Method::Get, _, ["wechat", "callback", account]) => {
                Self::Callback(AccountId::from(*account))
            }
            (_, Method::Post, ["api", "v1", "reports"]) => Self::Report,
            (_, Method::Get, ["api", "v1", "tables", code]) => Self::Table((*code).to_owned()),
            (_, method, ["api", "v1", "accounts", account, path @ ..]) => {
                Self::InAccount(AccountId::from(*account), Call::parse(method, path)?)
            }
            _ => return None,
        })
    }
}

/// The methods of a path, as `Allow` names them; `None` if there is nothing at the path.
fn methods(path: &[&str]) -> Option<String> {
    let has = |method: &Method| Target::parse(*method, path).is_some();
    let methods: Vec<Method> = Method::ALL.into_iter().filter(has).collect();
    if methods.is_empty() {
        return None;
    }
    let names: Vec<&str> = methods
        .into_iter()
        .chain([Method::Options])
        .map(Method::name)
        .collect();
    Some(names.join(", "))
}

pub(crate) fn answer(draft: &mut Draft<'_>, request: &Request) -> Result<Reply, Problem> {
    let segments = request.segments().ok_or(Problem::new(Code::BadRequest))?;
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let Some(target) = Target::parse(request.method, &segments) else {
        let allow = methods(&segments).ok_or(Problem::new(Code::NotFound))?;
        return Ok(match request.method {
            Method::Options => Reply::methods(allow),
            _ => Reply::other_method(allow, draft.now()),
        });
    };
    check_sender(request)?;
    match target {
        Target::Enter => Ok(sign_in::enter(draft, request)),
        Target::Callback(account) => Ok(sign_in::callback(draft, request, &account)),
        Target::Table(code) => table::look_up(draft, &code),
        Target::Report => report::take(draft, request),
        Target::InAccount(account, call) => in_account(draft, request, &account, &call),
    }
}

/// The page of another site may not write with the cookies of its reader. Most can't, as
/// the cookies are `Lax` and no other media type than JSON is read; this holds on its own.
fn check_sender(request: &Request) -> Result<(), Problem> {
    if !request.method.is_write() {
        return Ok(());
    }
    if request.sender == Sender::Foreign {
        return Err(Problem::new(Code::Forbidden));
    }
    if !request.body.is_empty() && request.media != Media::Json {
        return Err(Problem::new(Code::BadRequest));
    }
    Ok(())
}

fn in_account(
    draft: &mut Draft<'_>,
    request: &Request,
    account: &AccountId,
    call: &Call,
) -> Result<Reply, Problem> {
    let account = draft
        .state()
        .accounts
        .get(account)
        .ok_or(Problem::new(Code::NotFound))?
        .clone();
    if !setting::is_served(draft.state(), &account) {
        return Err(Problem::new(Code::AccountUnavailable).supported_by(
            setting::merchant_known_by(draft.state(), &account),
            &account.id,
            draft.now(),
        ));
    }
    let fan = signed_in(draft.state(), request, &account, draft.now())?;
    let whose = fan.public();
    let answer = check_fan(request, &whose).and_then(|()| of_fan(draft, request, &fan, call));
    match answer {
        Ok(reply) if call.is_about_fan() => Ok(reply.of_fan(&whose)),
        Ok(reply) => Ok(reply),
        Err(problem) => Err(problem.with("fan", whose)),
    }
}

/// The cookie of every open page is that of whoever signed in last. A page that shows
/// someone else's data must not write.
fn check_fan(request: &Request, whose: &str) -> Result<(), Problem> {
    match &request.fan {
        Some(shown) if request.method.is_write() && shown != whose => {
            Err(Problem::new(Code::AnotherFan))
        }
        _ => Ok(()),
    }
}

fn of_fan(
    draft: &mut Draft<'_>,
    request: &Request,
    fan: &FanId,
    call: &Call,
) -> Result<Reply, Problem> {
    match call {
        Call::Wallet => wallet::show(draft, fan),
        Call::Switch => switch::put(draft, fan, request),
        Call::Card(card) => card::show(draft, fan, card),
        Call::Code(card) => card::code(draft, fan, card),
        Call::Entries(card) => card::entries(draft, fan, card, request),
        Call::Coupons(card) => card::coupons(draft, fan, card, request),
        Call::Claim(claim) => claim::show(draft, fan, claim),
        Call::Profile => profile::show(draft, fan),
        Call::UnlinkPhone => profile::unlink_phone(draft, fan),
        Call::SignOut => sign_in::sign_out(draft, request, fan),
        Call::Terms(version) => terms::show(draft, fan, version),
        Call::OpenClaim => idempotency::once(draft, fan, request, |draft| {
            claim::open(draft, fan, request)
        }),
        Call::ResendSms(claim) => idempotency::once(draft, fan, request, |draft| {
            claim::resend(draft, fan, claim, request)
        }),
        Call::Verify(claim) => idempotency::once(draft, fan, request, |draft| {
            claim::verify(draft, fan, claim, request)
        }),
        Call::Bind(claim) => idempotency::once(draft, fan, request, |draft| {
            claim::bind(draft, fan, claim, request)
        }),
    }
}

fn signed_in(
    state: &State,
    request: &Request,
    account: &Account,
    now: Timestamp,
) -> Result<FanId, Problem> {
    let fan = request
        .session
        .as_deref()
        .and_then(|token| sign_in::session(state, token, now))
        .and_then(|session| state.fans.get(&session.fan))
        .filter(|fan| fan.account == account.id);
    match fan {
        None => Err(Problem::new(Code::NotSignedIn)
            .with("login_url", format!("/enter?account={}", account.id))),
        Some(fan) if fan.is_snapshot => Err(Problem::new(Code::SnapshotUser)),
        Some(fan) => Ok(fan.id.clone()),
    }
}
