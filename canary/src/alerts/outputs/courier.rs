//! One thread for each output: takes what is due from the book, tries it, and writes down what came of it.
//!
//! A message leaves the book only after its receiver took it: it is delivered at least once, and a receiver that wants it
//! exactly once drops repeats by id. An output that hangs holds up no other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Http, Output, SendError};
use crate::alerts::book::{Book, Delivery, Outcome};

/// How soon things happen; shorter in tests.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Pace {
    /// Between two looks at the counts.
    pub look: Duration,
    /// The longest wait before the second attempt; each further one may wait twice as long.
    pub first_retry: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { look: Duration::from_secs(60), first_retry: Duration::from_secs(5) }
    }
}

/// No wait is longer.
const LONGEST_RETRY: Duration = Duration::from_secs(600);
/// When the book cannot be read.
const BOOK_TROUBLE: Duration = Duration::from_secs(5);
const IDLE: Duration = Duration::from_secs(60);

/// See the module.
pub(crate) struct Courier {
    stop: Arc<AtomicBool>,
    book: Arc<Book>,
    thread: Option<JoinHandle<()>>,
}

impl Courier {
    pub(crate) fn start(output: Output, book: Arc<Book>, pace: Pace) -> std::io::Result<Self> {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, own) = (Arc::clone(&stop), Arc::clone(&book));
        let thread = std::thread::Builder::new()
            .name("canary-courier".to_owned())
            .spawn(move || run(&output, &own, pace, &stopped))?;
        Ok(Self { stop, book, thread: Some(thread) })
    }

    /// Asks it to stop after the attempt that is under way.
    pub(crate) fn ask_to_stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
        self.book.wake_all();
    }

    /// Waits for its end: at most one attempt's timeout.
    pub(crate) fn join(&mut self) {
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing left to write: its message is still in the book.
            let _ = thread.join();
        }
    }
}

fn run(output: &Output, book: &Book, pace: Pace, stop: &AtomicBool) {
    let http = Http::default();
    let mut lots = fastrand::Rng::new();
    while !stop.load(Ordering::SeqCst) {
        let seen = book.queued();
        let now = now_ms();
        match book.due(&output.name, now) {
            Ok(Some(delivery)) => {
                let result = output.to.send(&http, &delivery.notice, output.timeout, now.div_euclid(1_000));
                let outcome = outcome(&delivery, result, output, pace, now_ms(), lots.f64());
                if book.settle(&delivery, &outcome).is_err() {
                    // It is tried again; better twice than never.
                    book.wait(seen, BOOK_TROUBLE);
                }
            }
            Ok(None) => {
                let next = book.next_ms(&output.name).ok().flatten();
                let wait = next.map_or(IDLE, |next| millis(next - now).min(IDLE));
                book.wait(seen, wait);
            }
            Err(_) => book.wait(seen, BOOK_TROUBLE),
        }
    }
}

/// What an attempt came to; `lot` from 0 to 1 spreads retries.
fn outcome(
    delivery: &Delivery,
    result: Result<(), SendError>,
    output: &Output,
    pace: Pace,
    now_ms: i64,
    lot: f64,
) -> Outcome {
    match result {
        Ok(()) => Outcome::Delivered,
        Err(SendError::Refused(error)) => Outcome::Dead { error },
        Err(SendError::Again { what, after }) => {
            let most = pace.first_retry.saturating_mul(1 << delivery.attempts.min(16)).min(LONGEST_RETRY);
            // Full jitter, but at least a tenth, and no sooner than the receiver wishes.
            let wait = most.mul_f64(lot.clamp(0.1, 1.0)).max(after.unwrap_or_default());
            let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
            let next_ms = now_ms.saturating_add(wait);
            let age = millis(next_ms - delivery.created_ms);
            if age > output.give_up {
                Outcome::Dead { error: format!("{what}, for {} hours", output.give_up.as_secs() / 3_600) }
            } else {
                Outcome::Again { next_ms, error: what }
            }
        }
    }
}

fn millis(count: i64) -> Duration {
    Duration::from_millis(u64::try_from(count).unwrap_or(0))
}

pub(crate) fn now_ms() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::definition::Alert;
    use crate::alerts::notice::Notice;
    use crate::alerts::outputs::Destination;
    use crate::alerts::outputs::slack::Slack;
    use crate::alerts::standing::{News, Standing};

    fn after(attempts: u32, lot: f64, wish: Option<u64>, now_ms: i64) -> Outcome {
        let standing = Standing::new(&Alert::standard(), "shop", Vec::new(), 0);
        let delivery = Delivery {
            id: 1,
            revision: 0,
            output: "growth".to_owned(),
            notice: Notice::new(News::Firing, &standing, None, None, 0),
            attempts,
            created_ms: 0,
            error: String::new(),
        };
        let output = Output {
            name: "growth".to_owned(),
            to: Destination::Slack(Slack { url: String::new() }),
            timeout: Duration::from_secs(1),
            give_up: Duration::from_secs(24 * 3_600),
        };
        let again = SendError::Again { what: "503".to_owned(), after: wish.map(Duration::from_secs) };
        outcome(&delivery, Err(again), &output, Pace::default(), now_ms, lot)
    }

    #[test]
    fn retries_back_off_with_jitter_up_to_ten_minutes_and_end() {
        let next = |attempts, lot, wish| match after(attempts, lot, wish, 0) {
            Outcome::Again { next_ms, .. } => next_ms,
            other => panic!("{other:?}"),
        };
        assert_eq!([next(0, 1.0, None), next(1, 1.0, None), next(3, 0.5, None)], [5_000, 10_000, 20_000]);
        assert_eq!(next(0, 0.0, None), 500, "never at once");
        assert_eq!([next(20, 1.0, None), next(u32::MAX, 1.0, None)], [600_000, 600_000]);
        assert_eq!(next(0, 1.0, Some(120)), 120_000, "the receiver's wish");
        let given_up = after(9, 1.0, None, 24 * 3_600_000);
        assert_eq!(given_up, Outcome::Dead { error: "503, for 24 hours".to_owned() });
    }
}
