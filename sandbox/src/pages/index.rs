//! The cases and the people in them.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use kabao_rules::{
    cases::Case,
    id::WorldId,
    state::{Person, State as Rows, TableSide},
};

use super::html::{escaped, page};
use crate::sandbox::Sandbox;

/// A wallet with many cards has many tables, which say nothing new.
const TABLES: usize = 6;

/// Copies a phone number. Where the browser can't, there is no button.
const COPY: &str = "<script>document.querySelectorAll('[data-copy]').forEach(function(b){\
    if(!navigator.clipboard)return;b.hidden=false;var label=b.textContent;\
    b.addEventListener('click',function(){navigator.clipboard.writeText(b.dataset.copy)\
    .then(function(){b.textContent='已复制 Copied';\
    setTimeout(function(){b.textContent=label},2000)}).catch(function(){})})})</script>";

pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Response {
    let mut body = String::from(
        "<h1>会员卡包 · 沙盒</h1><p>选一个人，就以他的微信打开会员卡包。\
         <small lang=en>Choose a person to open the wallet as them.</small></p>\
         <p><a class=button href=/sandbox/phone>查看短信 · SMS codes</a> \
         <a class=button href=/sandbox/till>收银台 · Till</a> \
         <a class=button href=/sandbox/problems>每一种问题 · Every problem</a> \
         <a class=button href=/sandbox/reports>页面报告 · Reports</a>",
    );
    // It is a part of what is shipped, and not of a development build.
    if sandbox.dist.join("preview/index.html").is_file() {
        body.push_str(" <a class=button href=/preview/>商家预览 · Merchant’s preview</a>");
    }
    body.push_str(
        "</p><p>餐台码：<b>左码 L</b> 换了公众号仍然有效；<b>右码 R</b> 随公众号失效，换号后要重新生成。\
         <br><small lang=en>Table codes: the left-hand code (L) survives every switch of account; the \
         right-hand code (R) dies with its account and is generated anew.</small></p>",
    );
    sandbox.backend.read(|state| {
        for case in Case::ALL {
            body.push_str(&section(state, *case));
        }
    });
    body.push_str(COPY);
    page("会员卡包 · 沙盒", &body)
}

fn section(state: &Rows, case: Case) -> String {
    let world = WorldId::from(case.name());
    let people: String = state
        .people
        .values()
        .filter(|person| person.world == world)
        .map(person_row)
        .collect();
    format!(
        "<section><header><h2>{} <small>{name}</small></h2><small lang=en>{}</small></header>\
         <ul>{people}</ul><footer><span>餐台码 {}</span>\
         <form method=post action=/sandbox/restart><input type=hidden name=world value={name}>\
         <button>重新开始 · Start over</button></form></footer></section>",
        escaped(case.title()),
        escaped(case.english_title()),
        table_codes(state, &world),
        name = case.name(),
    )
}

fn table_codes(state: &Rows, world: &WorldId) -> String {
    state
        .tables
        .values()
        .filter_map(|table| Some((table, state.merchants.get(&table.merchant)?)))
        .filter(|(_, merchant)| merchant.world == *world)
        .take(TABLES)
        .map(|(table, merchant)| {
            let side = match table.side {
                TableSide::Left => "左码 L",
                TableSide::Right => "右码 R",
            };
            let is_live = table.side == TableSide::Left || table.account == merchant.account;
            let end = if is_live { "" } else { "（已失效 dead）" };
            format!("<a href=/t/{}>{side}{end}</a> ", table.code)
        })
        .collect()
}

fn person_row(person: &Person) -> String {
    let id = escaped(person.id.as_str());
    let phone = escaped(person.phone.as_str());
    format!(
        "<li><a href=/sandbox/as/{id}><b>{}</b> {}<br><small lang=en>{}</small></a>\
         <p class=tools><span>{phone}</span>\
         <button type=button data-copy={phone} hidden>复制 Copy</button>\
         <a href=/sandbox/phone?person={id}>短信 SMS</a>\
         <a href=/sandbox/till?person={id}>收银台 Till</a></p></li>",
        escaped(&person.name),
        escaped(&person.story),
        escaped(&person.story_in_english),
    )
}
