//! Receiving a body: only what arrived is held, and nobody may stand still.

use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, EXPECT};
use tokio_stream::StreamExt;

use super::Refusal;
use super::budget::{Budget, Share};

/// A body that takes longer is given up, however steadily it trickles; the device tries again.
const MOST: Duration = Duration::from_secs(30);
/// How long the rest of a refused body is read, so that the client comes to read the answer.
const DRAIN: Duration = Duration::from_secs(2);
/// Smallest room for a body in memory.
const ROOM: usize = 4 * 1_024;

/// See the module.
pub(super) struct Incoming {
    chunks: BodyDataStream,
    declared: Option<usize>,
    /// The client waits for "100 Continue" before it sends anything.
    waits: bool,
    begun: bool,
    ended: bool,
}

impl Incoming {
    pub(super) fn new(headers: &HeaderMap, body: Body) -> Self {
        let declared = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        Self {
            chunks: body.into_data_stream(),
            declared,
            waits: headers.contains_key(EXPECT),
            begun: false,
            ended: false,
        }
    }

    async fn next(&mut self) -> Option<Result<Bytes, Refusal>> {
        self.begun = true;
        let chunk = self.chunks.next().await;
        self.ended = !matches!(chunk, Some(Ok(_)));
        chunk.map(|chunk| chunk.map_err(|_| Refusal::Cut))
    }

    /// The body as sent, never more than the limit, with its share of the budget.
    pub(super) async fn collect(
        &mut self,
        limit: usize,
        budget: &Budget,
        patience: Duration,
    ) -> Result<(Vec<u8>, Share), Refusal> {
        if self.declared.is_some_and(|length| length > limit) {
            return Err(Refusal::TooLarge { limit });
        }
        let slow = |_| Refusal::Slow { seconds: patience.as_secs(), most: MOST.as_secs() };
        let (mut bytes, mut share) = (Vec::new(), Share::default());
        let all = async {
            while let Some(chunk) = tokio::time::timeout(patience, self.next()).await.map_err(slow)? {
                let chunk = chunk?;
                let length = bytes.len() + chunk.len();
                if length > limit {
                    return Err(Refusal::TooLarge { limit });
                }
                if length > bytes.capacity() {
                    let room = length.max(bytes.capacity() * 2).clamp(ROOM, limit.max(ROOM));
                    budget.grow(&mut share, room)?;
                    bytes.reserve_exact(room - bytes.len());
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(())
        };
        tokio::time::timeout(MOST, all).await.map_err(slow)??;
        Ok((bytes, share))
    }

    /// Reads on, within bounds, and forgets what it reads: a close with bytes unread would reset the connection
    /// before the client has the answer.
    pub(super) async fn drain(&mut self, limit: usize) {
        if self.ended || (self.waits && !self.begun) {
            return;
        }
        let rest = async {
            let mut read = 0;
            while let Some(Ok(chunk)) = self.next().await {
                read += chunk.len();
                if read > limit {
                    break;
                }
            }
        };
        // What does not come in time is cut.
        let _ = tokio::time::timeout(DRAIN, rest).await;
    }
}
