//! Requests of which only a part ever comes.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use kabao_sandbox::PATIENCE;

use crate::running::{Sandbox, folder};

/// Far longer than the sandbox is told to wait.
const TOO_LONG: Duration = Duration::from_secs(30);

#[test]
fn half_a_request_does_not_keep_its_connection() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &["--patience", "1"]);
    let address = sandbox.address.trim_start_matches("http://");
    let body = "POST /api/v1/reports HTTP/1.1\r\nhost: kabao\r\ncontent-type: application/json\r\n\
                content-length: 9\r\n\r\n{\"a\"";
    for (half, answer) in [
        ("", ""),
        ("GET /", ""),
        ("GET / HTTP/1.1\r\nhost: kabao\r\n", ""),
        (body, "HTTP/1.1 408 Request Timeout\r\n"),
    ] {
        let mut connection = TcpStream::connect(address).expect("a connection");
        connection
            .set_read_timeout(Some(TOO_LONG))
            .expect("a limit");
        connection.write_all(half.as_bytes()).expect("it is sent");
        let mut reply = String::new();
        connection
            .read_to_string(&mut reply)
            .expect("the connection ends");
        assert!(reply.starts_with(answer), "{half:?}: {reply:?}");
        assert_eq!(reply.is_empty(), answer.is_empty(), "{half:?}: {reply:?}");
    }
}

#[test]
fn a_connection_is_kept_for_longer_than_the_web_server_uses_it() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/nginx.conf");
    let configuration = fs::read_to_string(path).expect("the configuration");
    let (_, upstream) = configuration
        .split_once("upstream backend {")
        .expect("the backend");
    let kept: u64 = upstream
        .split_once("keepalive_timeout ")
        .and_then(|(_, rest)| rest.split_once("s;"))
        .and_then(|(seconds, _)| seconds.parse().ok())
        .expect("a time in seconds");
    assert!(Duration::from_secs(kept) < PATIENCE, "{kept} s");
}
