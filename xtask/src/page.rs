//! The page that the browser opens: what its source asks for by `data-trunk` is
//! put in, as `trunk serve` would, and what is only for its authors taken out.

use std::{
    fs,
    path::{Path, PathBuf},
};

use lol_html::{RewriteStrSettings, doc_comments, element, html_content::ContentType, rewrite_str};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::{esbuild, shell::Failure};

/// The script and the module that start the app, by their addresses.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) script: String,
    pub(crate) module: String,
    pub(crate) ahead: Ahead,
    /// The version of the sources, for a page that tells people.
    pub(crate) version: Option<&'static str>,
}

/// How the browser comes to fetch files before what needs them runs.
#[derive(Debug)]
pub(crate) enum Ahead {
    /// By links.
    Links,
    /// By the page's boot script, which fetches what the app starts with once it has asked
    /// for the wallet, and what the member code is drawn with where one is wanted.
    Boot { code: Vec<String> },
}

/// Whether what stands in the page is as its authors wrote it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Text {
    AsWritten,
    Minified,
}

/// Writes the page of `source` to `folder`/index.html, and the files that it
/// names beside it. The page starts the app with `entry`.
pub(crate) fn write(
    source: &Path,
    folder: &Path,
    entry: &Entry,
    text: Text,
) -> Result<(), Failure> {
    let base = source.parent().unwrap_or(Path::new("."));
    let page = assembled(&fs::read_to_string(source)?, entry, |asset| {
        let (element, path, minify): (_, _, fn(&str) -> _) = match asset {
            Asset::Style(path) => ("style", path, esbuild::style),
            Asset::Script(path) => ("script", path, esbuild::script),
            Asset::Folder(path) => {
                copy(&base.join(path), folder)?;
                return Ok(String::new());
            }
        };
        let content = fs::read_to_string(base.join(path))?;
        let content = match text {
            Text::AsWritten => content,
            Text::Minified => minify(&content)?,
        };
        Ok(format!("<{element}>{content}</{element}>"))
    })?;
    let page = match (text, entry.version) {
        (Text::Minified, Some(version)) => told_apart(&page, version),
        _ => page,
    };
    Ok(fs::write(folder.join("index.html"), page)?)
}

/// What a page asks for in a `<link data-trunk>`.
#[derive(Debug)]
enum Asset {
    /// A style sheet, for the page itself.
    Style(PathBuf),
    /// A script, for the page itself.
    Script(PathBuf),
    /// A folder, whose files lie beside the page.
    Folder(PathBuf),
}

/// The page with `markup` of each asset in the asset's place, without comments
/// and without the blanks at the ends of its lines.
fn assembled(
    source: &str,
    entry: &Entry,
    markup: impl Fn(Asset) -> Result<String, Failure>,
) -> Result<String, Failure> {
    let lines = source.lines().map(str::trim).collect::<Vec<_>>().join("\n");
    let assets = element!("link[data-trunk]", |link| {
        let attribute = |name: &str| link.get_attribute(name).unwrap_or_default();
        let href = PathBuf::from(attribute("href"));
        let replacement = match (attribute("rel").as_str(), attribute("type").as_str()) {
            ("rust", _) => start(entry),
            ("copy-dir", _) => markup(Asset::Folder(href))?,
            ("inline", "css") => markup(Asset::Style(href))?,
            ("inline", "js") => markup(Asset::Script(href))?,
            (rel, kind) => return Err(format!("it asks for an asset “{rel}” “{kind}”").into()),
        };
        link.replace(&replacement, ContentType::Html);
        Ok(())
    });
    let comments = doc_comments!(|comment| {
        comment.remove();
        Ok(())
    });
    let settings = RewriteStrSettings::new()
        .append_element_content_handler(assets)
        .append_document_content_handler(comments);
    let page = rewrite_str(&lines, settings)
        .map_err(|error| Failure(format!("the page can't be made: {error}")))?;
    let lines: Vec<_> = page.lines().filter(|line| !line.is_empty()).collect();
    // One element for the sheets that stand together is shorter, and so is the policy,
    // which names each by its hash.
    Ok(lines.join("\n").replace("</style>\n<style>", ""))
}

/// What starts the app, when the page's boot script says so, if it has one; and has its
/// files fetched ahead.
fn start(
    Entry {
        script,
        module,
        ahead,
        version,
    }: &Entry,
) -> String {
    let ahead = match ahead {
        Ahead::Links => format!(
            "<link rel=\"modulepreload\" href=\"{script}\" crossorigin=\"anonymous\">\n\
             <link rel=\"preload\" href=\"{module}\" crossorigin=\"anonymous\" as=\"fetch\" \
             type=\"application/wasm\">"
        ),
        Ahead::Boot { code } => format!(
            "<meta name=\"kabao:start\" content=\"{script} {module}\">{}",
            if code.is_empty() {
                String::new()
            } else {
                format!(
                    "\n<meta name=\"kabao:code\" content=\"{}\">",
                    code.join(" ")
                )
            }
        ),
    };
    let version = version.map_or_else(String::new, |version| version_mark(version) + "\n");
    format!(
        "{version}{ahead}\n<script type=\"module\">import load from\"{script}\";\
         const start=()=>load({{module_or_path:\"{module}\"}});\
         window.kabaoStart?kabaoStart(start):start()</script>"
    )
}

fn version_mark(version: &str) -> String {
    format!("<meta name=\"kabao:version\" content=\"{version}\">")
}

/// The page with six digits behind its version, by which one build is told from
/// another: digits, because people read them out. They stand for all that the page
/// leads to, whose names have digests of their contents.
fn told_apart(page: &str, version: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(page).into();
    let number = digest[..4]
        .iter()
        .fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    let digits = number % 1_000_000;
    let whole = format!("{version}-{digits:06}");
    page.replacen(&version_mark(version), &version_mark(&whole), 1)
}

/// Copies the files of a folder, with their folders.
fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    for entry in WalkDir::new(from) {
        let entry = entry.map_err(|error| Failure(error.to_string()))?;
        let path = entry.path();
        let target = to.join(path.strip_prefix(from).unwrap_or(path));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target)?;
        } else {
            fs::copy(path, target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Ahead, Asset, Entry, assembled, told_apart, version_mark};

    fn page(source: &str) -> Result<String, String> {
        let code = vec!["/code.wasm".to_owned(), "/chunk.wasm".to_owned()];
        page_with(Ahead::Boot { code }, source)
    }

    fn page_with(ahead: Ahead, source: &str) -> Result<String, String> {
        let entry = Entry {
            script: "/app.js".to_owned(),
            module: "/app.wasm".to_owned(),
            ahead,
            version: Some("1.2.3"),
        };
        assembled(source, &entry, |asset| {
            Ok(match asset {
                Asset::Style(path) => format!("<style>{}</style>", path.display()),
                Asset::Script(path) => format!("<script>{}</script>", path.display()),
                Asset::Folder(_) => String::new(),
            })
        })
        .map_err(|failure| failure.0)
    }

    #[test]
    fn an_asset_stands_where_the_page_asks_for_it() {
        let source = "<head>\n  <link data-trunk rel=\"copy-dir\" href=\"public\" />\n  \
             <link data-trunk rel=\"inline\" type=\"css\" href=\"a.css\" />\n  \
             <!-- Why -->\n  <link\n    data-trunk\n    rel=\"inline\"\n    type=\"js\"\n    \
             href=\"a.js\"\n  />\n  <link rel=\"icon\" href=\"/i\" />\n</head>";
        assert_eq!(
            page(source).unwrap(),
            "<head>\n<style>a.css</style>\n<script>a.js</script>\n\
             <link rel=\"icon\" href=\"/i\" />\n</head>"
        );
    }

    #[test]
    fn the_app_is_started_with_its_script_and_its_module() {
        let source = "<link data-trunk rel=\"rust\" />";
        let booted = page(source).unwrap();
        let linked = page_with(Ahead::Links, source).unwrap();
        for needed in [
            "import load from\"/app.js\"",
            "module_or_path:\"/app.wasm\"",
            "<meta name=\"kabao:version\" content=\"1.2.3\">",
        ] {
            assert!(booted.contains(needed), "{needed}: {booted}");
            assert!(linked.contains(needed), "{needed}: {linked}");
        }
        for needed in [
            "<meta name=\"kabao:start\" content=\"/app.js /app.wasm\">",
            "<meta name=\"kabao:code\" content=\"/code.wasm /chunk.wasm\">",
        ] {
            assert!(booted.contains(needed), "{needed}: {booted}");
        }
        for needed in [
            "<link rel=\"modulepreload\" href=\"/app.js\"",
            "<link rel=\"preload\" href=\"/app.wasm\"",
        ] {
            assert!(linked.contains(needed), "{needed}: {linked}");
            assert!(!booted.contains(needed), "{needed}: {booted}");
        }
    }

    #[test]
    fn builds_of_one_version_are_told_apart_by_digits() {
        let page = |script: &str| version_mark("1.2.3") + script;
        let built = told_apart(&page("a-01.js"), "1.2.3");
        let digits = built
            .strip_prefix("<meta name=\"kabao:version\" content=\"1.2.3-")
            .and_then(|rest| rest.strip_suffix("\">a-01.js"))
            .unwrap();
        assert!(digits.len() == 6 && digits.bytes().all(|it| it.is_ascii_digit()));
        assert_eq!(told_apart(&page("a-01.js"), "1.2.3"), built);
        assert!(!told_apart(&page("a-02.js"), "1.2.3").contains(digits));
    }

    #[test]
    fn an_asset_of_an_unknown_kind_is_refused() {
        let refused = page("<link data-trunk rel=\"sass\" href=\"a.scss\" />");
        assert!(refused.unwrap_err().contains("sass"));
    }
}
