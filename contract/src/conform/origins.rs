//! Pages of other origins: they read nothing and write nothing.

use super::{
    check::Check,
    client::Call,
    run::{Run, Session, nobody_s, text},
};

const ELSEWHERE: &str = "https://elsewhere.example";

/// Asks as a page of another site would. What is written names a card that nobody has, so
/// that nothing comes of it where it isn't refused.
pub(super) fn all(run: &mut Run<'_>, fan: &Session) {
    // Whether a reply opens the backend is looked at with every reply.
    run.send(fan.get("/wallet").with("origin", ELSEWHERE));
    let preflight = Call::bare("OPTIONS", fan.path("/current-card"))
        .with("origin", ELSEWHERE)
        .with("access-control-request-method", "PUT")
        .with("access-control-request-headers", "if-match");
    run.send(preflight);

    let wallet = run.wallet(fan);
    let switch = || fan.switch(&nobody_s(), text(&wallet, "revision"));
    let reply = run.send(switch());
    run.expect(&reply, "card_not_found");
    for origin in [ELSEWHERE, "null"] {
        let foreign = switch()
            .with("origin", origin)
            .with("sec-fetch-site", "cross-site");
        let reply = run.send(foreign);
        let is_refused = reply.code() == "forbidden";
        run.look_at(&reply, Check::Origin, is_refused, "`forbidden` was due");
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let reply = run.send(switch().with("content-type", kind));
        let is_refused = reply.status >= 400 && reply.code() != "card_not_found";
        run.look_at(&reply, Check::JsonOnly, is_refused, kind);
    }
}
