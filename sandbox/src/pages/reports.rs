//! What pages have reported of what fans were shown.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use kabao_rules::report::Report;

use super::html::{escaped, page};
use crate::{reports::Count, sandbox::Sandbox};

/// What a number in a staff code stands for, as in `x-client-staff-numbers`.
const fn meaning(number: u8) -> &'static str {
    match number {
        92 => "看不懂的回应 · A reply that the app can’t read",
        93 => "手机打不开 · The phone can’t run the app",
        94 => "没能启动 · The app did not start",
        96 => "运行中停住 · The app stopped",
        97 => "文件已被替换 · Files of another version",
        _ => "",
    }
}

pub(super) async fn show(State(sandbox): State<Arc<Sandbox>>) -> Response {
    let rows: String = sandbox.reports.all().iter().map(row).collect();
    let list = if rows.is_empty() {
        "<p>还没有收到报告。<small lang=en>None yet.</small></p>".to_owned()
    } else {
        format!("<section><ul>{rows}</ul></section>")
    };
    page(
        "会员卡包 · 页面报告",
        &format!(
            "<h1>页面报告 <small lang=en>Reports</small></h1>\
             <p>顾客遇到的、后台看不到的问题：只有编号和版本，没有个人信息。\
             <small lang=en>What fans were shown and a backend can’t notice: a number and a version, \
             nothing about anybody.</small></p>{list}"
        ),
    )
}

fn row((Report { number, version }, Count { times, last }): &(Report, Count)) -> String {
    let version = version.as_deref().unwrap_or("—");
    format!(
        "<li class=report><b>{number} {}</b><br>{times} 次 · 版本 {} · \
         <small>{}</small></li>",
        meaning(*number),
        escaped(version),
        last.rfc3339()
    )
}
