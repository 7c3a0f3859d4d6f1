//! What takes a network that is really gone, and addresses that do not load.

use std::net::TcpListener;

use kabao_journeys::{Failure, Outcome, visit::Visit};
use serde_json::json;

use crate::Journey;

/// What only Chromium's driver can set up.
pub(crate) const IN_CHROMIUM: &[Journey] = &[
    (
        "a menu that is tapped without a network opens with the next tap",
        "case-2",
        no_network_at_first,
    ),
    (
        "a page that was asked for without a network heals when it is back",
        "case-2",
        network_goes_and_comes,
    ),
    (
        "from an entry of the menu that does not load, Back leads to a wallet that works",
        "case-2",
        dead_entry,
    ),
    (
        "from an ordering page that does not load, Back leads to a wallet that works",
        "case-2",
        dead_order,
    ),
    (
        "from signing in that does not load, there is a way back to the cards",
        "case-2",
        dead_sign_in,
    ),
];

fn no_network_at_first(visit: &Visit<'_>) -> Outcome {
    // The device remembers a visit, which must not stand in the way of the next.
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.set_network(false)?;
    assert!(visit.arrive_as("chen").is_err(), "nothing loads");
    visit.set_network(true)?;
    visit.arrive_as("chen")?;
    works(visit)
}

fn network_goes_and_comes(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.set_network(false)?;
    visit.see("离线")?;
    visit.tap("我的资料")?;
    visit.see("网络连接失败")?;
    visit.set_network(true)?;
    // Nobody taps anything.
    visit.see("退出登录")?;
    visit.see_no_more("网络连接失败")?;
    visit.go_back()?;
    works(visit)
}

fn dead_entry(visit: &Visit<'_>) -> Outcome {
    let link = json!({ "kind": "other", "label": "积分商城", "url": address_that_refuses()? });
    visit.command(json!({ "command": "set_menu", "account": visit.account(), "links": [link] }))?;
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.tap("积分商城")?;
    does_not_load(visit)?;
    visit.go_back()?;
    // Chromium brings it out of its page cache.
    works(visit)
}

fn dead_order(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    hold_reply(visit, "/tables/")?;
    let codes = visit.table_codes();
    let live = codes.iter().find(|(_, is_live)| *is_live);
    let (code, _) = live.ok_or("there is no live table code")?;
    visit.open(&format!("/t/{code}"))?;
    leave_for_nothing(visit)?;
    visit.go_back()?;
    works(visit)
}

fn dead_sign_in(visit: &Visit<'_>) -> Outcome {
    hold_reply(visit, "/profile")?;
    visit.arrive_as("chen")?;
    visit.see("出示会员码")?;
    visit.command(json!({ "command": "end_sessions", "account": visit.account() }))?;
    visit.tap("我的资料")?;
    leave_for_nothing(visit)?;
    visit.go_back()?;
    visit.see("登录失败")?;
    visit.tap("重新登录")?;
    works(visit)
}

/// Has every page from now on wait with a reply to such a call, until it is let go.
fn hold_reply(visit: &Visit<'_>, path: &str) -> Outcome {
    visit.run_at_every_start(&format!(
        "const fetched = window.fetch; \
         window.fetch = async (...request) => {{ \
             const reply = await fetched(...request); \
             if (!reply.url.includes('{path}')) return reply; \
             const {{ status, headers }} = reply; \
             const text = await reply.text(); \
             await new Promise((go) => {{ window.letReplyGo = go; }}); \
             return new Response(text, {{ status, headers }}); \
         }};"
    ))
}

/// Lets the reply go that was held, and the network with it: where the page leaves for
/// does not load.
fn leave_for_nothing(visit: &Visit<'_>) -> Outcome {
    visit.wait("a reply", || {
        Ok(visit.run("return 'letReplyGo' in window", vec![])? == true)
    })?;
    visit.set_network(false)?;
    visit.run("window.letReplyGo()", vec![])?;
    does_not_load(visit)?;
    visit.set_network(true)
}

/// The address of a host that takes no connection.
fn address_that_refuses() -> Result<String, Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    Ok(format!(
        "https://127.0.0.1:{}/",
        listener.local_addr()?.port()
    ))
}

/// The browser shows a page of its own.
fn does_not_load(visit: &Visit<'_>) -> Outcome {
    visit.wait("the browser’s own page", || {
        Ok(visit.run("return location.protocol", vec![])? == "chrome-error:")
    })
}

/// The wallet is whole, and a tap on an avatar does what it should.
fn works(visit: &Visit<'_>) -> Outcome {
    visit.be_at(&format!("/a/{}", visit.account()))?;
    visit.see("出示会员码")?;
    visit.tap("切换到川味小馆会员卡，尾号 4000")?;
    visit.see("已切换到川味小馆，尾号 4000")?;
    let current = visit.known_of("chen")?["current_card"].clone();
    assert_eq!(current, format!("{}-c4000", visit.account()));
    Ok(())
}
