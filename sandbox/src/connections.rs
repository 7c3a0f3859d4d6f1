//! Connections, and requests of which only a part ever comes.

use std::{convert::Infallible, time::Duration};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    serve::Listener,
};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, time::timeout};

/// In bytes; the contract's bodies are far shorter.
pub(crate) const LONGEST_BODY: usize = 64 * 1024;

/// How long a head and then a body may take to arrive, where nothing else is said. A
/// connection that is kept for the next request waits for a head, too: so it is longer than
/// the web server of `deploy/` keeps one that it does not use.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Serves `router` until the process receives ctrl-c. A request that has not arrived within
/// twice `patience` is given up, and its connection with it.
///
/// # Errors
///
/// If the process can't be told of ctrl-c.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Duration,
) -> std::io::Result<()> {
    tokio::select! {
        // Every reply is in the store before it leaves, so there is nothing to
        // wait for when the process is asked to stop.
        never = accept(listener, router, patience) => match never {},
        result = tokio::signal::ctrl_c() => result,
    }
}

async fn accept(mut listener: TcpListener, router: Router, patience: Duration) -> Infallible {
    let router = router.layer(middleware::from_fn_with_state(patience, wait_for_body));
    let service = TowerToHyperService::new(router);
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    loop {
        // This one waits where the machine can't open more connections.
        let (stream, _) = Listener::accept(&mut listener).await;
        // Otherwise the rest of a reply may wait 40 ms until its first packet is acknowledged.
        // A connection that can't be told so is slow, and whole.
        let _ = stream.set_nodelay(true);
        // How a connection ends is its client's concern, and nobody is here to be told.
        drop(tokio::spawn(
            http.serve_connection(TokioIo::new(stream), service.clone()),
        ));
    }
}

/// Passes requests on when they are whole, so that no handler waits for one.
async fn wait_for_body(State(patience): State<Duration>, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    match timeout(patience, to_bytes(body, LONGEST_BODY)).await {
        // A body that is too long becomes an empty one, which no call can read.
        Ok(body) => {
            let body = Body::from(body.unwrap_or_default());
            next.run(Request::from_parts(head, body)).await
        }
        Err(_) => (StatusCode::REQUEST_TIMEOUT, [(header::CONNECTION, "close")]).into_response(),
    }
}
