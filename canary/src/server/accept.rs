//! Taking connections, bounded in number and patience.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use super::seats::seats;
use super::stall::Stalling;
use crate::config::Patience;

/// For what is under way when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until `stopped` turns true, then calls `on_stop` and waits for what is under way.
pub(super) async fn accept(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    mut stopped: watch::Receiver<bool>,
    on_stop: impl FnOnce(),
) {
    let room = Arc::new(Semaphore::new(seats()));
    let graceful = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience.head).max_buf_size(64 * 1_024);
    loop {
        let next = async {
            let seat = Arc::clone(&room).acquire_owned().await;
            (seat, listener.accept().await)
        };
        let (seat, accepted) = tokio::select! {
            next = next => next,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        // The peer's address is dropped here: nothing after this knows where a batch came from.
        let Ok((stream, _)) = accepted else {
            // Out of file handles, most likely: let some connections end first.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Small answers should not wait for more; failing to say so costs time only.
        let _ = stream.set_nodelay(true);
        let stream = Stalling::new(stream, patience.write);
        let service = TowerToHyperService::new(router.clone());
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // A connection that breaks is the client's to retry.
            let _ = connection.await;
            drop(seat);
        });
    }
    drop(listener);
    on_stop();
    // After the grace, what still hangs is cut; the device keeps its batch.
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}
