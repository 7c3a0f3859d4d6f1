//! `HEAD`, `OPTIONS`, and methods that a path has no call for.

use super::{
    check::Check,
    client::{Call, Reply},
    judge,
    run::{Run, Session},
};

/// Asks a few paths by every other method.
pub(super) fn all(run: &mut Run<'_>, fan: &Session) {
    for rest in ["/wallet", "/profile"] {
        let asked = fan.sends(Call::bare("HEAD", fan.path(rest)));
        let head = run.send(asked);
        let is_kept = head.status == 200 && head.length == 0;
        run.look(&head, Check::Head, is_kept);
        let name = run.name_of(&head);
        run.keep(&name, judge::of_a_person(&head));
    }
    for rest in ["/wallet", "/claims"] {
        let options = run.send(fan.sends(Call::bare("OPTIONS", fan.path(rest))));
        let is_kept = options.is_success() && names_methods(run, &options);
        run.look(&options, Check::Options, is_kept);
    }
    // None of these is a call, so that nothing can come of them.
    for (method, rest) in [
        ("PATCH", "/wallet"),
        ("POST", "/wallet"),
        ("GET", "/current-card"),
        ("PUT", "/claims"),
        ("DELETE", "/profile"),
    ] {
        let reply = run.send(fan.sends(Call::bare(method, fan.path(rest))));
        let is_kept = reply.status == 405 && names_methods(run, &reply);
        run.look_at(
            &reply,
            Check::Allow,
            is_kept,
            "405 with the path's methods in `Allow` was due",
        );
    }
}

/// Whether `Allow` names the methods of the path.
fn names_methods(run: &Run<'_>, reply: &Reply) -> bool {
    let allowed: Vec<String> = reply
        .header("allow")
        .unwrap_or_default()
        .split(',')
        .map(|method| method.trim().to_ascii_uppercase())
        .collect();
    run.contract
        .at_path(reply.call.path_alone())
        .all(|operation| allowed.contains(&operation.method))
}
