//! What a web server has to know of a build: `deploy/nginx.conf` includes it.

use std::{cell::RefCell, collections::BTreeSet, fs, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use sha2::{Digest, Sha256};

use crate::{dist::hex, shell::Failure};

/// The pages of a build: what the server calls each, and its folder in `dist`.
const PAGES: [(&str, &str); 2] = [("app", ""), ("preview", "preview")];

/// Puts each page of `dist` beside itself under a name with its digest, so that a
/// server can turn from one release to another at once, and writes those digests and
/// what of each page a content policy has to allow to `target`.
pub(crate) fn write(dist: &Path, target: &Path) -> Result<(), Failure> {
    let mut lines = "# Written by the build; nginx.conf says what each line is for.\n".to_owned();
    for (name, folder) in PAGES {
        let folder = dist.join(folder);
        let page = fs::read_to_string(folder.join("index.html"))?;
        let digest = hex(&Sha256::digest(&page)[..8]);
        fs::write(folder.join(format!("index-{digest}.html")), &page)?;
        for (what, value) in [
            ("digest", digest),
            ("scripts", sources(&page, "script")?),
            ("styles", sources(&page, "style")?),
        ] {
            lines.push_str(&format!(
                "map \"\" ${name}_{what} {{ default \"{value}\"; }}\n"
            ));
        }
    }
    Ok(fs::write(target, lines)?)
}

/// What a content policy says to allow each `tag` whose text is in the page. A block
/// of data is not run, so no policy looks at it.
fn sources(page: &str, tag: &str) -> Result<String, Failure> {
    let texts = RefCell::new(Vec::<String>::new());
    let selector = format!("{tag}:not([src]):not([type=\"application/json\"])");
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(element!(&selector, |_| {
            texts.borrow_mut().push(String::new());
            Ok(())
        }))
        .append_element_content_handler(text!(&selector, |chunk| {
            if let Some(text) = texts.borrow_mut().last_mut() {
                text.push_str(chunk.as_str());
            }
            Ok(())
        }));
    rewrite_str(page, settings).map_err(|error| Failure(format!("the page: {error}")))?;
    let sources: BTreeSet<_> = texts
        .into_inner()
        .iter()
        .map(|text| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text))))
        .collect();
    Ok(sources.into_iter().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::write;

    #[test]
    fn each_page_has_its_digest_and_its_hashes() {
        let folder = tempfile::tempdir().unwrap();
        let dist = folder.path().join("dist");
        fs::create_dir_all(dist.join("preview")).unwrap();
        let page = "<style>a{}</style><script type=\"application/json\" id=\"x\">{}</script>\
                    <script src=\"/a.js\"></script><script>1 < 2</script>";
        fs::write(dist.join("index.html"), page).unwrap();
        fs::write(dist.join("preview/index.html"), "<p>").unwrap();
        let target = folder.path().join("release.conf");
        write(&dist, &target).unwrap();
        let lines = fs::read_to_string(&target).unwrap();
        let digest = lines.split('"').nth(3).unwrap();
        assert_eq!(digest.len(), 16);
        let copy = fs::read_to_string(dist.join(format!("index-{digest}.html"))).unwrap();
        assert_eq!(copy, page);
        // printf '1 < 2' | openssl dgst -sha256 -binary | base64, and so for `a{}`.
        for line in [
            "map \"\" $app_scripts { default \"'sha256-T8Xibs7zV8KTQdRXjpKJTlizX17SudRlddrZKaeFg9E='\"; }",
            "map \"\" $app_styles { default \"'sha256-X1RutGBrXCt9KkSaXMK7tHftWiRscFHOhxsS8tv8hBk='\"; }",
            "map \"\" $preview_scripts { default \"\"; }",
        ] {
            assert!(lines.contains(line), "{line}\n{lines}");
        }
    }
}
