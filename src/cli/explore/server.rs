//! Connections in, answers out; until Ctrl-C, or until nobody asked anything for long enough.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::Semaphore;

use super::routes;
use super::session::Session;

/// How long a client may take for the head of a request.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest head.
const HEAD: usize = 32 * 1024;
/// Connections at a time.
const CONNECTIONS: usize = 64;
/// How often the file is looked at.
const LOOK: Duration = Duration::from_millis(500);

/// Serves the page; why it ended.
pub(super) fn serve(session: &Arc<Session>, listener: TcpListener, idle: Duration) -> std::io::Result<&'static str> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let why = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let accepting = tokio::spawn(accept(listener, Arc::clone(session)));
        let watching = tokio::spawn(watch_file(Arc::clone(session)));
        let why = tokio::select! {
            _ = tokio::signal::ctrl_c() => "The page is closed.",
            () = idling(session, idle) => "Nobody asked anything for a while: the page is closed.",
        };
        accepting.abort();
        watching.abort();
        Ok(why)
    });
    // What is still being worked out is for nobody.
    runtime.shutdown_background();
    why
}

async fn accept(listener: tokio::net::TcpListener, session: Arc<Session>) {
    let service = TowerToHyperService::new(routes::router(session));
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, most likely: it passes.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = service.clone();
        tokio::spawn(async move {
            let mut builder = http1::Builder::new();
            builder.timer(TokioTimer::new()).header_read_timeout(PATIENCE).max_buf_size(HEAD);
            // A client that went away is no fault of ours.
            let _ = builder.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

/// Ends when nobody asked anything for so long.
async fn idling(session: &Session, idle: Duration) {
    loop {
        let since = session.last().elapsed();
        if since >= idle {
            return;
        }
        tokio::time::sleep(idle.saturating_sub(since).max(Duration::from_millis(20))).await;
    }
}

/// Follows the file: edited elsewhere, it is read again.
async fn watch_file(session: Arc<Session>) {
    let mut last = session.stamp();
    loop {
        tokio::time::sleep(LOOK).await;
        let now = session.stamp();
        if now != last {
            last = now;
            let session = Arc::clone(&session);
            let _ = tokio::task::spawn_blocking(move || session.read_again()).await;
        }
    }
}
