//! How one release follows another in `dist/`: the files of the one before stay beside
//! the new ones, so that a page that is open finds its modules, and a server can go
//! back.

use std::{collections::BTreeSet, fs, io, path::Path};

use walkdir::WalkDir;

use crate::shell::Failure;

/// The file of `dist/` that lists those of its release, a path on each line.
const LIST: &str = ".release";
/// What a server has to know of the release that is built, and of the one before.
const CONFIGURATION: &str = "release.conf";
const CONFIGURATION_BEFORE: &str = "previous.conf";

/// The paths in `dist` of all files of its release, and of none of the release before.
pub(crate) fn files(dist: &Path) -> Result<BTreeSet<String>, Failure> {
    let list = fs::read_to_string(dist.join(LIST))?;
    Ok(list.lines().map(str::to_owned).collect())
}

/// Puts the release in `built` into `dist`, and its `configuration` into `deploy`. Of
/// the release that was there, the files stay whose names no other content ever has; of
/// the one before that, nothing does. A release that is built once more follows nothing.
pub(crate) fn follow(
    built: &Path,
    configuration: &Path,
    dist: &Path,
    deploy: &Path,
) -> Result<(), Failure> {
    let new = found_in(built)?;
    let there = found_in(dist)?;
    let present = files(dist).unwrap_or_default();
    let is_the_same = lasting(&new) == lasting(&present);
    let before: BTreeSet<_> = if is_the_same {
        there.difference(&present).cloned().collect()
    } else {
        there.intersection(&present).cloned().collect()
    };
    let before = lasting(&before);

    for path in there.difference(&before) {
        fs::remove_file(dist.join(path))?;
    }
    for path in &new {
        let target = dist.join(path);
        fs::create_dir_all(target.parent().unwrap_or(dist))?;
        fs::copy(built.join(path), target)?;
    }
    let list: String = new.iter().map(|path| format!("{path}\n")).collect();
    fs::write(dist.join(LIST), list)?;

    let (now, earlier) = (
        deploy.join(CONFIGURATION),
        deploy.join(CONFIGURATION_BEFORE),
    );
    if before.is_empty() {
        if_there(fs::remove_file(earlier))?;
    } else if !is_the_same {
        if_there(fs::rename(&now, earlier))?;
    }
    fs::copy(configuration, now)?;
    Ok(())
}

/// Does without what is not there.
fn if_there(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// The paths of all files in `folder`.
fn found_in(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    if !folder.is_dir() {
        return Ok(BTreeSet::new());
    }
    let mut paths = BTreeSet::new();
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|error| Failure(error.to_string()))?;
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let parts = path.iter().map(|part| part.to_string_lossy());
            paths.insert(parts.collect::<Vec<_>>().join("/"));
        }
    }
    Ok(paths)
}

/// Those of `paths` that have a digest of their content in their name.
fn lasting(paths: &BTreeSet<String>) -> BTreeSet<String> {
    paths
        .iter()
        .filter(|path| is_lasting(path))
        .cloned()
        .collect()
}

fn is_lasting(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split_once('.')
        .and_then(|(stem, _)| stem.rsplit_once('-'))
        .is_some_and(|(_, digest)| {
            digest.len() == 16 && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use tempfile::TempDir;

    use super::{files, follow, found_in};

    /// A folder for `dist` and one for `deploy`.
    struct Places(TempDir);

    impl Places {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            fs::create_dir(folder.path().join("deploy")).unwrap();
            Self(folder)
        }

        fn path(&self, name: &str) -> std::path::PathBuf {
            self.0.path().join(name)
        }

        /// Builds the release of this number and has it follow what is there.
        fn follow(&self, number: u8) {
            let built = tempfile::tempdir().unwrap();
            let write = |path: &Path, text: &str| fs::write(path, text).unwrap();
            fs::create_dir(built.path().join("preview")).unwrap();
            for name in made_of(number).iter().map(String::as_str) {
                write(&built.path().join(name), name);
            }
            write(&built.path().join("shared-00000000000000ff.wasm"), "shared");
            write(&built.path().join("index.html"), &format!("page {number}"));
            let configuration = self.path("configuration");
            write(&configuration, &format!("release {number}"));
            let (dist, deploy) = (self.path("dist"), self.path("deploy"));
            follow(built.path(), &configuration, &dist, &deploy).unwrap();
        }

        fn read(&self, name: &str) -> Option<String> {
            fs::read_to_string(self.path(name)).ok()
        }
    }

    /// The files that no other release has.
    fn made_of(number: u8) -> [String; 3] {
        let digest = format!("{number:016x}");
        [
            format!("app-{digest}.wasm"),
            format!("index-{digest}.html.br"),
            format!("preview/phone-{digest}.js"),
        ]
    }

    fn listed(numbers: &[u8]) -> BTreeSet<String> {
        let more = ["shared-00000000000000ff.wasm", "index.html"].map(str::to_owned);
        numbers
            .iter()
            .flat_map(|it| made_of(*it))
            .chain(more)
            .collect()
    }

    fn there(places: &Places) -> BTreeSet<String> {
        let mut there = found_in(&places.path("dist")).unwrap();
        assert!(there.remove(".release"));
        there
    }

    #[test]
    fn the_release_before_stays_and_earlier_ones_go() {
        let places = Places::new();
        for number in 1..=3 {
            places.follow(number);
            let kept = if number == 1 {
                vec![1]
            } else {
                vec![number - 1, number]
            };
            assert_eq!(there(&places), listed(&kept));
            assert_eq!(files(&places.path("dist")).unwrap(), listed(&[number]));
            let page = places.read("dist/index.html");
            assert_eq!(page, Some(format!("page {number}")));
            let before = (number > 1).then(|| format!("release {}", number - 1));
            assert_eq!(places.read("deploy/previous.conf"), before);
            let now = places.read("deploy/release.conf");
            assert_eq!(now, Some(format!("release {number}")));
        }
    }

    #[test]
    fn a_release_that_is_built_again_keeps_the_one_before() {
        let places = Places::new();
        for number in [1, 2, 2] {
            places.follow(number);
        }
        assert_eq!(there(&places), listed(&[1, 2]));
        let before = places.read("deploy/previous.conf");
        assert_eq!(before.as_deref(), Some("release 1"));
    }

    #[test]
    fn going_back_makes_the_later_one_the_one_before() {
        let places = Places::new();
        for number in [1, 2, 1] {
            places.follow(number);
        }
        assert_eq!(there(&places), listed(&[1, 2]));
        assert_eq!(files(&places.path("dist")).unwrap(), listed(&[1]));
    }

    #[test]
    fn what_nobody_listed_goes() {
        let places = Places::new();
        let stray = places.path("dist/app-0000000000000009.wasm");
        fs::create_dir(places.path("dist")).unwrap();
        fs::write(&stray, "").unwrap();
        fs::write(places.path("deploy/previous.conf"), "of another folder").unwrap();
        places.follow(1);
        assert!(!stray.exists());
        assert_eq!(places.read("deploy/previous.conf"), None);
    }
}
