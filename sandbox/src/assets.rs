//! The app's files.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

#[derive(Debug)]
struct Assets {
    folder: PathBuf,
}

impl Assets {
    /// `None` unless the file is below the folder.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let relative = Path::new(path.trim_start_matches('/'));
        let is_below = relative
            .components()
            .all(|component| matches!(component, Component::Normal(_)));
        if !is_below || path.contains('\\') {
            return None;
        }
        std::fs::read(self.folder.join(relative)).ok()
    }
}

/// Serves the app from `folder`.
pub(crate) fn router(folder: PathBuf) -> Router {
    Router::new()
        .fallback(serve)
        .with_state(Arc::new(Assets { folder }))
}

/// Whether the app has a screen at `path`. Any other unknown path is a 404, so that a missing
/// asset is never answered with the app's page.
fn is_screen(path: &str) -> bool {
    path == "/" || path.starts_with("/a/") || path.starts_with("/t/")
}

/// Serves a file of the app, or the app's page for one of its screens.
async fn serve(
    State(assets): State<Arc<Assets>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let not_found = (StatusCode::NOT_FOUND, "Not found").into_response();
    if method != Method::GET && method != Method::HEAD {
        return not_found;
    }
    let path = uri.path();
    if is_screen(path) || path == "/index.html" {
        return match assets.read("index.html") {
            Some(page) => app_page(&page, &headers),
            None => (
                StatusCode::NOT_FOUND,
                "The app is not built yet: run `cargo xtask dist`, or `cargo xtask run`.",
            )
                .into_response(),
        };
    }
    if path == "/preview" {
        return (
            StatusCode::PERMANENT_REDIRECT,
            [(header::LOCATION, "/preview/")],
        )
            .into_response();
    }
    if path == "/preview/" {
        return match assets.read("preview/index.html") {
            Some(page) => app_page(&page, &headers),
            None => not_found,
        };
    }
    match assets.read(path) {
        Some(file) => (
            [
                (header::CONTENT_TYPE, content_type(path)),
                (header::CACHE_CONTROL, cache_control(path)),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
            file,
        )
            .into_response(),
        None => not_found,
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file with a hash of its content in its name never changes.
fn cache_control(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let has_hash = name
        .split(['-', '.', '_'])
        .any(|part| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if has_hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// The app's page. It is revalidated each time, because WeChat caches pages for long.
fn app_page(page: &[u8], headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", STANDARD.encode(Sha256::digest(page)));
    let is_known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let fields = [
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::ETAG, tag),
        (header::CONTENT_SECURITY_POLICY, security_policy(page)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::REFERRER_POLICY, "same-origin".to_owned()),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, fields).into_response();
    }
    (
        fields,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page.to_vec(),
    )
        .into_response()
}

/// Allows the page's own inline scripts and styles by their hashes, and no other.
fn security_policy(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    let hashes = |element: &'static str| -> String {
        inlined(&page, element)
            .map(|text| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(text))))
            .collect()
    };
    format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'{}; style-src 'self'{}; \
         img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
        hashes("script"),
        hashes("style"),
    )
}

/// The text of each `element` of the page that has its text in the page.
fn inlined<'a>(page: &'a str, element: &'static str) -> impl Iterator<Item = &'a str> {
    let (start, end) = (format!("<{element}"), format!("</{element}>"));
    let parts: Vec<_> = page.split(start.as_str()).skip(1).collect();
    parts.into_iter().filter_map(move |rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (text, _) = rest.split_once(end.as_str())?;
        (!attributes.contains(" src=")).then_some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_are_kept_for_ever_and_others_are_asked_for() {
        for name in [
            "/kabao-3574c4632a871995.js",
            "/kabao-3574c4632a871995_bg.wasm",
        ] {
            assert!(cache_control(name).contains("immutable"), "{name}");
        }
        for name in ["/robots.txt", "/picture.png", "/deadbeef.js"] {
            assert_eq!(cache_control(name), "no-cache", "{name}");
        }
    }

    #[test]
    fn only_what_is_in_the_page_is_hashed() {
        let page = "<style>a{}</style><script>one</script><script src=\"x\"></script>\
                    <script type=\"module\">two</script>";
        let texts = |element| inlined(page, element).collect::<Vec<_>>();
        assert_eq!(texts("script"), ["one", "two"]);
        assert_eq!(texts("style"), ["a{}"]);
        assert!(!security_policy(page.as_bytes()).contains("unsafe-inline"));
    }
}
