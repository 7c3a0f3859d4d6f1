//! HTML of the sandbox's own pages.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

const STYLE: &str = "\
:root{color-scheme:light dark;--page:#ededed;--cell:#fff;--text:#1a1a1a;--quiet:#6b6b6b;--line:#e3e3e3;--green:#067a3d}\
@media(prefers-color-scheme:dark){:root{--page:#111;--cell:#1e1e1e;--text:#ddd;--quiet:#999;--line:#333;--green:#38cd7f}}\
*{box-sizing:border-box}body{margin:0 auto;max-width:44rem;padding:1rem;background:var(--page);color:var(--text);font:1.0625rem/1.5 system-ui,-apple-system,'PingFang SC','Noto Sans CJK SC',sans-serif}\
h1{font-size:1.375rem;margin:.5rem 0}h2{font-size:1.0625rem;margin:0}small{color:var(--quiet);font-size:.8125rem;font-weight:400}\
section{background:var(--cell);border-radius:.75rem;margin:1rem 0;overflow:hidden}section>header{padding:1rem 1rem .25rem}\
ul{list-style:none;margin:0;padding:0}li{border-bottom:1px solid var(--line)}li>a{display:block;padding:.75rem 1rem;min-height:2.75rem;color:inherit;text-decoration:none}\
li>a:hover,li>a:focus-visible{background:var(--line)}footer{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:.5rem 1rem}footer a{color:inherit}\
.button,button{display:inline-block;padding:.5rem 1rem;min-height:2.75rem;line-height:1.75rem;border:0;border-radius:.5rem;background:var(--cell);color:var(--green);font:inherit;text-decoration:none;cursor:pointer}footer button{background:none;padding:.5rem 0}\
[hidden]{display:none!important}.tools{display:flex;flex-wrap:wrap;gap:0 1rem;align-items:center;margin:0;padding:0 1rem .25rem;font-size:.9375rem}.tools a,.tools button{display:inline-flex;align-items:center;min-height:2.75rem;padding:0;background:none;color:var(--green);font-size:inherit;text-decoration:none}\
form.fields{display:grid;gap:1rem;padding:1rem}label{display:grid;gap:.25rem}input{width:100%;min-height:2.75rem;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--page);color:var(--text);font:inherit;font-variant-numeric:tabular-nums}form.fields button{background:var(--green);color:var(--cell)}.result{padding:1rem}.result p{margin:0}\
.report{padding:.75rem 1rem}.messages{background:var(--cell);border-radius:.75rem}.messages li{padding:.75rem 1rem}.messages p{margin:.25rem 0}.code{font-size:1.375rem;letter-spacing:.1em;font-variant-numeric:tabular-nums}";

pub(super) fn page(title: &str, body: &str) -> Response {
    let page = format!(
        "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{}</title>\
         <meta name=viewport content='width=device-width,initial-scale=1'>\
         <link rel=icon href='data:,'><style>{STYLE}</style><body>{body}</body></html>",
        escaped(title)
    );
    (
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        page,
    )
        .into_response()
}

/// Escapes `text` for element content and attribute values.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}
