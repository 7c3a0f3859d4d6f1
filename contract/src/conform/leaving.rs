//! What ends: the phone is unlinked, and the session is over. Only with `--write`, and last.

use super::{
    browser::session_cookie,
    check::Check,
    run::{Run, Session, items, text},
};

pub(super) fn unlink(run: &mut Run<'_>, fan: &Session) {
    let before = run.wallet(fan);
    let reply = run.send(fan.delete("/profile/phone"));
    run.look_whose(fan, &reply);
    let profile = run.send(fan.get("/profile"));
    let is_withdrawn = items(&profile.json, "consents")
        .iter()
        .all(|consent| !text(consent, "withdrawn_at").is_empty());
    let is_unlinked = profile.json["phone_proven"] == false
        && profile.json["phone_masked"].is_null()
        && is_withdrawn;
    run.look(&reply, Check::Unlinked, reply.is_success() && is_unlinked);
    let after = run.wallet(fan);
    let ids = |wallet| -> Vec<String> {
        items(wallet, "cards")
            .iter()
            .map(|card| text(card, "id").to_owned())
            .collect()
    };
    run.look(&reply, Check::CardsStay, ids(&before) == ids(&after));
}

pub(super) fn sign_out(run: &mut Run<'_>, fan: &Session) {
    let reply = run.send(fan.delete("/session"));
    let own = fan.path("");
    let is_cleared = session_cookie(&reply).is_some_and(|cookie| {
        let is_over = |text: &String| text == "max-age=0" || text.starts_with("expires=");
        cookie.path == Some(own) && cookie.attributes.iter().any(is_over)
    });
    let what = "the cookie is not cleared on its own path";
    run.look_at(&reply, Check::SignedOut, is_cleared, what);
    let after = run.send(fan.get("/wallet"));
    run.look_at(
        &reply,
        Check::SignedOut,
        after.code() == "not_signed_in",
        "the session goes on",
    );
}
