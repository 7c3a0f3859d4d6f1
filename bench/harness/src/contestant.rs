//! Who is measured.

use std::path::{Path, PathBuf};

use crate::Failure;

/// A page that shows the wallet.
#[derive(Clone, Debug)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    /// Its files.
    pub(crate) root: PathBuf,
    /// Whether the wallet's reply is in its page.
    pub(crate) is_inlined: bool,
    /// Whether it can search, sort and hold thousands of cards.
    pub(crate) is_whole: bool,
}

/// The name of the one that the others are compared with.
pub(crate) const KABAO: &str = "kabao";

/// Everybody, from the least that anybody could do to what this field uses.
pub(crate) fn all(dist: &Path, peers: &Path) -> Vec<Contestant> {
    let of = |name, root: PathBuf, is_inlined, is_whole| Contestant {
        name,
        root,
        is_inlined,
        is_whole,
    };
    vec![
        of("floor", peers.join("floor"), false, false),
        of(KABAO, dist.to_owned(), false, true),
        of("kabao inlined", dist.to_owned(), true, true),
        of("preact", peers.join("preact"), false, true),
        of("vue-vant", peers.join("vue-vant"), false, true),
        of("vue-vant tuned", peers.join("vue-vant-tuned"), false, true),
    ]
}

/// Those of `all` that are called by one of `names`, or all where nobody is named.
pub(crate) fn chosen(all: Vec<Contestant>, names: &[String]) -> Result<Vec<Contestant>, Failure> {
    let known: Vec<_> = all.iter().map(|one| one.name).collect();
    if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
        let known = known.join(", ");
        return Err(format!("No contestant is called {name:?}. There are: {known}.").into());
    }
    let is_chosen =
        |one: &Contestant| names.is_empty() || names.iter().any(|name| name == one.name);
    Ok(all.into_iter().filter(is_chosen).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Who is left of all where these are named.
    fn names(named: &[&str]) -> Result<Vec<&'static str>, String> {
        let named: Vec<_> = named.iter().map(|&name| name.to_owned()).collect();
        let all = all(Path::new("dist"), Path::new("peers"));
        let chosen = chosen(all, &named).map_err(|error| error.to_string())?;
        Ok(chosen.iter().map(|one| one.name).collect())
    }

    #[test]
    fn those_who_are_named_are_looked_at_in_the_usual_order() {
        let chosen = names(&["vue-vant tuned", "preact", KABAO]).unwrap();
        assert_eq!(chosen, [KABAO, "preact", "vue-vant tuned"]);
        assert_eq!(names(&[]).unwrap().len(), 6);
    }

    #[test]
    fn a_name_that_nobody_has_ends_the_run_and_tells_who_there_is() {
        let error = names(&[KABAO, "react"]).unwrap_err();
        assert!(
            error.contains("\"react\"") && error.contains("floor, kabao, "),
            "{error}"
        );
    }
}
