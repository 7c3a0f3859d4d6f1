//! The app's style sheets, without which nothing has a place.

use crate::page::script;

macro_rules! sheets {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../style/", $name)))),*]
    };
}

const SHEETS: &[(&str, &str)] = sheets![
    "tokens.css",
    "base.css",
    "button.css",
    "card_face.css",
    "choice.css",
    "claim.css",
    "field.css",
    "code.css",
    "lapses.css",
    "menu.css",
    "network.css",
    "page_header.css",
    "panel.css",
    "problem.css",
    "rows.css",
    "sheet.css",
    "skeleton.css",
    "toast.css",
    "wallet.css",
    // These change what the ones before them say.
    "notices.css",
    "problem_page.css",
];

const ENTRY: &str = include_str!("../../../../index.html");
/// Names the sheets that come with the later screens.
const LATER: &str = include_str!("../../../../src/pages/styles.rs");

/// Puts them into the page, once.
pub(crate) fn install() {
    let linked = ENTRY.matches("href=\"style/").count() + LATER.matches("sheet!(\"").count();
    assert_eq!(linked, SHEETS.len(), "the app has other style sheets");
    let css: String = SHEETS.iter().map(|(_, css)| *css).collect();
    let css = serde_json::to_string(&css).expect("text");
    script(&format!(
        "if (!document.querySelector('style[data-app]')) {{ \
             const style = document.createElement('style'); \
             style.dataset.app = ''; \
             style.textContent = {css}; \
             document.head.append(style); \
         }}"
    ));
}
