//! nginx in front of every contestant, the same for all: TLS, HTTP/2, files as the
//! builds have compressed them, and the backend behind it.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{Failure, backend, contestant::Contestant};

/// nginx, for as long as it lives.
pub(crate) struct Server {
    nginx: Child,
    /// What nginx reads and writes; it goes with it.
    _folder: tempfile::TempDir,
}

/// A contestant and where it is served.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) contestant: Contestant,
    /// `https://` and the host.
    pub(crate) origin: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.nginx.kill();
        let _ = self.nginx.wait();
    }
}

impl Server {
    /// Serves `contestants`, with the backend on `backend_port`.
    pub(crate) fn start(
        contestants: &[Contestant],
        backend_port: u16,
        program: &Path,
        brotli_module: &Path,
    ) -> Result<(Self, Vec<Served>), Failure> {
        let folder = tempfile::tempdir()?;
        certificate(folder.path())?;
        let mut servers = String::new();
        let mut served = Vec::new();
        for contestant in contestants {
            let port = free_port()?;
            let root = if contestant.is_inlined {
                inlined(&contestant.root, folder.path())?
            } else {
                contestant.root.clone()
            };
            servers.push_str(&server(port, &root, contestant, backend_port));
            served.push(Served {
                contestant: contestant.clone(),
                origin: format!("https://127.0.0.1:{port}"),
            });
        }
        let configuration = folder.path().join("nginx.conf");
        fs::write(
            &configuration,
            whole(folder.path(), &servers, brotli_module),
        )?;
        let nginx = Command::new(program)
            .arg("-c")
            .arg(&configuration)
            .args(["-g", "daemon off;"])
            .stderr(Stdio::inherit())
            .spawn()
            .map_err(|error| format!("nginx does not start: {error}"))?;
        let server = Self {
            nginx,
            _folder: folder,
        };
        for one in &served {
            let port = one.origin.rsplit(':').next().unwrap_or_default();
            wait_for(port.parse()?)?;
        }
        Ok((server, served))
    }
}

fn whole(folder: &Path, servers: &str, brotli_module: &Path) -> String {
    let folder = folder.display();
    let module = brotli_module.display();
    format!(
        "load_module {module};
# One process, which ends with the harness.
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    types {{
        text/html html;
        text/javascript js;
        text/css css;
        application/wasm wasm;
        image/svg+xml svg;
        image/png png;
        application/json json;
    }}
    access_log off;
    brotli_static on;
    gzip_static on;
    gzip on;
    gzip_types application/json;
    gzip_comp_level 6;
    gzip_proxied any;
    ssl_certificate {folder}/certificate.pem;
    ssl_certificate_key {folder}/key.pem;
    ssl_buffer_size 4k;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}}}
"
    )
}

fn server(port: u16, root: &Path, contestant: &Contestant, backend_port: u16) -> String {
    let root = root.display();
    // A page with somebody's wallet in it is kept by nobody.
    let cache = if contestant.is_inlined {
        "no-store"
    } else {
        "no-cache"
    };
    let page = if contestant.is_inlined {
        "try_files /page-$1.html =404;"
    } else {
        "try_files /index.html =404;"
    };
    format!(
        "    server {{
        listen {port} ssl http2;
        root {root};
        location /api/ {{ proxy_pass http://127.0.0.1:{backend_port}; }}
        location ~ \"^/a/([^/]+)\" {{ add_header Cache-Control {cache}; {page} }}
        location ~ \"-[0-9A-Za-z_]{{8,}}\\.(js|wasm|css)$\" {{
            add_header Cache-Control \"public, max-age=31536000, immutable\";
        }}
    }}
"
    )
}

/// The files of `root`, and a page for each size of wallet with the reply in it.
fn inlined(root: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    const SLOT: &str = "<script type=\"application/json\" id=\"wallet\">";
    let target = folder.join("inlined");
    copy(root, &target)?;
    let page = fs::read_to_string(root.join("index.html"))?;
    if !page.contains(SLOT) {
        return Err("the page has no place for the wallet".into());
    }
    for count in crate::measure::SIZES {
        let account = crate::measure::account(count);
        let reply = backend::wallet_of(&account, None).to_string();
        let reply = reply.replace('<', "\\u003c");
        let filled = page.replace(SLOT, &format!("{SLOT}{reply}"));
        let path = target.join(format!("page-{account}.html"));
        fs::write(&path, filled)?;
        // What a backend would do on the way.
        compress(&path)?;
    }
    Ok(target)
}

fn compress(path: &Path) -> Result<(), Failure> {
    let status = Command::new("gzip").arg("-k9").arg(path).status()?;
    status.success().then_some(()).ok_or_else(|| "gzip".into())
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A certificate that nobody has signed. The browser is told to take it.
fn certificate(folder: &Path) -> Result<(), Failure> {
    let status = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args(["-subj", "/CN=localhost", "-keyout"])
        .arg(folder.join("key.pem"))
        .arg("-out")
        .arg(folder.join("certificate.pem"))
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("openssl does not start: {error}"))?;
    status
        .success()
        .then_some(())
        .ok_or_else(|| "openssl makes no certificate".into())
}

pub(crate) fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

pub(crate) fn wait_for(port: u16) -> Result<(), Failure> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err(format!("nobody listens on port {port}").into())
}
