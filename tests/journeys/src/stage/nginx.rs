//! The web server as it is deployed, between the browser and the sandbox.

use std::{
    env, fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::{Process, wait_for_port};
use crate::Failure;

/// nginx with `deploy/nginx.conf`, of which only what it says to adapt is adapted.
#[derive(Debug)]
pub struct Nginx {
    _process: Process,
    folder: TempDir,
    ports: Ports,
    /// The SHA-256 of the certificate's public key, in base64.
    key: String,
}

/// Where it listens.
#[derive(Clone, Copy, Debug)]
struct Ports {
    site: u16,
    /// The site once more without TLS, for those who only look at its replies.
    site_without_tls: u16,
    /// That of the server that sends everybody on to TLS.
    redirect: u16,
}

impl Nginx {
    /// Starts `program`, which passes on to the sandbox at `backend` what is the
    /// backend's. `KABAO_BROTLI` is its module for `.br` files and `KABAO_DIST` what it
    /// serves; what the build says of that lies in `deploy/`.
    pub(super) fn start(program: &str, backend: &str) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let key = certify(folder.path())?;
        let ports = Ports::free()?;
        let deployed = fs::read_to_string(deploy().join("nginx.conf"))?;
        let adapted = adapt(&deployed, &changes(folder.path(), backend, ports)?)?;
        let adapted = turn_on_reports(&adapted, folder.path())?;
        let configuration = folder.path().join("nginx.conf");
        fs::write(&configuration, adapted)?;

        // One process, so that it ends with its owner and runs as whoever tests.
        let globals = format!(
            "daemon off; master_process off; pid {}/nginx.pid;",
            folder.path().display()
        );
        let nginx = || {
            let mut nginx = Command::new(program);
            nginx.arg("-p").arg(folder.path());
            nginx.arg("-c").arg(&configuration);
            nginx.args(["-g", &globals]);
            nginx
        };
        let check = nginx().arg("-t").output()?;
        if !check.status.success() {
            return Err(String::from_utf8_lossy(&check.stderr).into());
        }
        let child = nginx()
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let process = Process(child);
        wait_for_port(ports.site)?;
        Ok(Self {
            _process: process,
            folder,
            ports,
            key,
        })
    }

    /// The address that a browser opens.
    #[must_use]
    pub fn site(&self) -> String {
        format!("https://localhost:{}", self.ports.site)
    }

    /// The address at which the site says the same without TLS.
    #[must_use]
    pub fn site_without_tls(&self) -> String {
        format!("http://localhost:{}", self.ports.site_without_tls)
    }

    /// The address that leads to TLS.
    #[must_use]
    pub fn redirect(&self) -> String {
        format!("http://localhost:{}", self.ports.redirect)
    }

    /// What Chromium has to be told to take the certificate for a good one. It would
    /// keep no file from a host whose certificate it merely overlooks.
    pub(super) fn argument_of_chromium(&self) -> String {
        format!("--ignore-certificate-errors-spki-list={}", self.key)
    }

    /// What browsers have reported of the content policy, a line each.
    ///
    /// # Errors
    ///
    /// If there is no such log, or it is not as its configuration says.
    pub fn reports(&self) -> Result<Vec<String>, Failure> {
        let log = fs::read_to_string(self.folder.path().join("csp-reports.log"))?;
        log.lines().map(report).collect()
    }
}

/// A line of the log, in words.
fn report(line: &str) -> Result<String, Failure> {
    let entry: Value = serde_json::from_str(line)?;
    let report: Value = serde_json::from_str(entry["report"].as_str().unwrap_or_default())?;
    let report = &report["csp-report"];
    Ok(format!(
        "{} stopped {} on {}",
        report["effective-directive"], report["blocked-uri"], report["document-uri"]
    ))
}

impl Ports {
    fn free() -> Result<Self, Failure> {
        // All at once, or one could be found twice.
        let listen = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let [site, site_without_tls, redirect] = [listen()?, listen()?, listen()?];
        Ok(Self {
            site: site.local_addr()?.port(),
            site_without_tls: site_without_tls.local_addr()?.port(),
            redirect: redirect.local_addr()?.port(),
        })
    }
}

fn deploy() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy")
}

/// Makes a certificate for this run, to the digest of its public key.
fn certify(folder: &Path) -> Result<String, Failure> {
    let openssl = |arguments: &[&str]| -> Result<Vec<u8>, Failure> {
        let output = Command::new("openssl")
            .args(arguments)
            .current_dir(folder)
            .output()
            .map_err(|error| format!("openssl: {error}"))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into())
        }
    };
    let subject = ["-subj", "/CN=localhost", "-days", "2"];
    let key = "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 \
               -keyout key.pem -out certificate.pem";
    let key: Vec<_> = key.split_whitespace().chain(subject).collect();
    openssl(&key)?;
    let public = openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "der"])?;
    Ok(BASE64_STANDARD.encode(Sha256::digest(public)))
}

/// Each line of the configuration that is adapted, and what takes its place.
fn changes(
    folder: &Path,
    backend: &str,
    ports: Ports,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let variable = |name: &str| env::var(name).map_err(|_| format!("{name} is not set"));
    let Ports {
        site,
        site_without_tls,
        redirect,
    } = ports;
    let release = deploy().join("release.conf").canonicalize()?;
    let dist = PathBuf::from(variable("KABAO_DIST")?).canonicalize()?;
    let (release, dist, folder) = (release.display(), dist.display(), folder.display());
    // Where else it keeps bodies may be for the superuser alone.
    let elsewhere: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|what| format!(" {what}_temp_path {folder}/{what};"))
        .collect();
    Ok(vec![
        (
            "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;",
            format!("load_module {};", variable("KABAO_BROTLI")?),
        ),
        (
            "error_log /var/log/nginx/error.log warn;",
            format!("error_log {folder}/error.log warn;"),
        ),
        (
            "server 127.0.0.1:8080;",
            format!("server {};", backend.trim_start_matches("http://")),
        ),
        ("root /srv/kabao/dist;", format!("root {dist};{elsewhere}")),
        (
            "include /srv/kabao/release.conf;",
            format!("include {release};"),
        ),
        (
            "map \"\" $serves_sandbox { default 0; }",
            "map \"\" $serves_sandbox { default 1; }".to_owned(),
        ),
        (
            "map \"\" $policy_reports { default \"\"; }",
            "map \"\" $policy_reports { default \"; report-uri /csp-reports\"; }".to_owned(),
        ),
        (
            "access_log /var/log/nginx/kabao.log kabao;",
            format!("access_log {folder}/kabao.log kabao;"),
        ),
        (
            "listen 443 ssl http2;",
            format!("listen 127.0.0.1:{site} ssl http2; listen 127.0.0.1:{site_without_tls};"),
        ),
        (
            "server_name cards.example.com;",
            "server_name localhost;".to_owned(),
        ),
        (
            "ssl_certificate /etc/nginx/tls/fullchain.pem;",
            format!("ssl_certificate {folder}/certificate.pem;"),
        ),
        (
            "ssl_certificate_key /etc/nginx/tls/key.pem;",
            format!("ssl_certificate_key {folder}/key.pem;"),
        ),
        (
            "listen 80 default_server;",
            format!("listen 127.0.0.1:{redirect} default_server;"),
        ),
    ])
}

/// The configuration with each line of `changes` changed. Only a line whose comment
/// has an “Adapt:” can be, and each is there once.
fn adapt(deployed: &str, changes: &[(&str, String)]) -> Result<String, Failure> {
    let mut left: Vec<_> = changes.iter().collect();
    let mut is_to_adapt = false;
    let mut adapted = String::new();
    for line in deployed.lines() {
        let directive = line.trim();
        let change = left.iter().position(|(old, _)| *old == directive);
        match change.filter(|_| is_to_adapt) {
            Some(index) => adapted.push_str(&left.swap_remove(index).1),
            None => adapted.push_str(line),
        }
        adapted.push('\n');
        is_to_adapt = match directive.strip_prefix('#') {
            Some(comment) => is_to_adapt || comment.starts_with(" Adapt:"),
            None => false,
        };
    }
    match left.first() {
        None => Ok(adapted),
        Some((line, _)) => Err(format!("deploy/nginx.conf says nowhere to adapt “{line}”").into()),
    }
}

/// The configuration with both parts of it that are marked “Reports” turned on, which
/// write into `folder`. What to turn on of such a comment is its last paragraph.
fn turn_on_reports(configuration: &str, folder: &Path) -> Result<String, Failure> {
    let mut written = String::new();
    let mut parts = 0;
    // The comment that has begun: whether it is one of those, and its lines.
    let mut comment = Vec::new();
    for line in configuration.lines().chain([""]) {
        if line.trim_start().starts_with('#') {
            comment.push(line.trim_start());
            continue;
        }
        let is_part = comment.first().is_some_and(|it| it.contains("Reports, "));
        let paragraph = comment.iter().rposition(|line| *line == "#");
        for (index, line) in comment.drain(..).enumerate() {
            let is_on = is_part && paragraph.is_some_and(|paragraph| index > paragraph);
            written.push_str(if is_on {
                line.trim_start_matches('#')
            } else {
                line
            });
            written.push('\n');
        }
        parts += usize::from(is_part);
        written.push_str(line);
        written.push('\n');
    }
    if parts != 2 {
        return Err(
            format!("deploy/nginx.conf has {parts} parts that are marked “Reports”").into(),
        );
    }
    for there in [
        "/run/nginx-csp-reports.sock",
        "/var/log/nginx/csp-reports.log",
    ] {
        if !written.contains(there) {
            return Err(format!("deploy/nginx.conf does not name {there}").into());
        }
        let name = there.rsplit('/').next().unwrap_or_default();
        written = written.replace(there, &format!("{}/{name}", folder.display()));
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::{adapt, turn_on_reports};
    use std::path::Path;

    const DEPLOYED: &str = "\
# Adapt: the port,
# on one line.
listen 443;
listen 80;
# --- Reports, first part
#
# Why.
#
# log a /run/nginx-csp-reports.sock;

# Reports, second part.
#
# location /var/log/nginx/csp-reports.log {
# }
";

    #[test]
    fn what_is_marked_is_adapted_and_nothing_else_is() {
        let change = |line| adapt(DEPLOYED, &[(line, "listen 1;".to_owned())]);
        let adapted = change("listen 443;").unwrap();
        assert!(
            adapted.contains("one line.\nlisten 1;\nlisten 80;\n"),
            "{adapted}"
        );
        assert!(change("listen 80;").is_err(), "it is not marked");
        assert!(change("listen 8080;").is_err(), "it is not there");
    }

    #[test]
    fn the_parts_for_reports_are_turned_on_without_their_words() {
        let written = turn_on_reports(DEPLOYED, Path::new("/x")).unwrap();
        assert!(
            written.contains("# Why.\n#\n log a /x/nginx-csp-reports.sock;\n\n"),
            "{written}"
        );
        assert!(
            written.contains("\n location /x/csp-reports.log {\n }\n"),
            "{written}"
        );
        assert!(turn_on_reports("listen 80;", Path::new("/x")).is_err());
    }
}
