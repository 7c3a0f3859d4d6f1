//! The web server that `deploy/nginx.conf` is for.

use std::path::{Path, PathBuf};

use crate::{
    packages::Packages,
    shell::{self, Failure, find, output},
};

/// Where it lies for those who have no superuser's PATH.
const PROGRAM_FOLDERS: [&str; 2] = ["/usr/sbin", "/usr/local/sbin"];
const MODULE_FOLDERS: [&str; 2] = ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules"];
const PACKAGES: Packages = Packages {
    what: "nginx, its module for .br files and openssl, which makes its certificate,",
    names: &["nginx-light", "libnginx-mod-http-brotli-static", "openssl"],
    without: "nginx",
};

/// nginx and its module for `.br` files.
#[derive(Clone, Debug)]
pub(crate) struct Nginx {
    pub(crate) program: PathBuf,
    pub(crate) brotli: PathBuf,
}

/// Finds nginx, or installs it where that is possible.
pub(crate) fn nginx() -> Result<Nginx, Failure> {
    if let Some(found) = find_all() {
        return Ok(found);
    }
    let found = PACKAGES.provide(find_all)?;
    stop_service();
    Ok(found)
}

fn find_all() -> Option<Nginx> {
    let there = |folders: &[&str], name: &str| {
        let mut paths = folders.iter().map(|folder| Path::new(folder).join(name));
        paths.find(|path| path.is_file())
    };
    find("openssl")?;
    Some(Nginx {
        program: find("nginx").or_else(|| there(&PROGRAM_FOLDERS, "nginx"))?,
        brotli: there(&MODULE_FOLDERS, "ngx_http_brotli_static_module.so")?,
    })
}

/// Debian starts what it installs, at port 80. Nobody has asked for that here, and
/// where there is nothing to stop, nothing is lost.
fn stop_service() {
    let (program, arguments): (_, &[&str]) = match find("systemctl") {
        Some(systemctl) => (systemctl, &["disable", "--now", "nginx"]),
        None => (PathBuf::from("service"), &["nginx", "stop"]),
    };
    if let Some(mut command) = shell::as_root(&program) {
        let _ = output(command.args(arguments));
    }
}
