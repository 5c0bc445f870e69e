//! Runs a device on a thread of its own, for Rust hosts: desktop, examples, tests. Phones have the platform's driver.
//!
//! [`Driver::send`] stamps an event, puts it on a bounded queue and returns: no IO, no waiting. The thread steps the
//! device with all that is waiting, hands `Show` and `Hide` to the [`Host`], uploads to the [`Transport`], and sleeps
//! until the next deadline or event.

#[cfg(feature = "ureq")]
mod http;
mod queue;

#[cfg(feature = "ureq")]
pub use http::Http;

use crate::{Decision, Device, Effect, Event, Moment, Now, Timed, Upload};
use parking_lot::{Condvar, Mutex};
use queue::Queue;
use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The app, as the driver sees it. Called on the driver's thread: return soon.
pub trait Host: Send {
    /// Draw or hide a message, then report it with [`Driver::send`].
    fn carry_out(&mut self, effect: Effect);

    /// A failure was decided on. For the app's developer; does nothing by default.
    fn decided(&mut self, decision: &Decision) {
        let _ = decision;
    }
}

/// Carries uploads.
pub trait Transport: Send {
    /// Sends the upload without holding up the caller, and reports [`Event::Uploaded`] through the sender.
    fn begin(&mut self, upload: Upload, answer: Sender);
}

struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
    started: Instant,
}

impl Shared {
    fn now(&self) -> Now {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let ms = |span: Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Now { monotonic: Moment::from_ms(ms(self.started.elapsed())), unix_ms: ms(unix) }
    }
}

/// Sends events to a running device from any thread.
#[derive(Clone)]
pub struct Sender {
    shared: Arc<Shared>,
}

impl Sender {
    /// Says what happened, just now. Never waits for the device; after the driver has stopped it does nothing.
    pub fn send(&self, event: Event) {
        let at = self.shared.now().monotonic;
        self.shared.queue.lock().push(Timed { at, event });
        self.shared.wake.notify_one();
    }
}

/// A device that runs.
pub struct Driver {
    sender: Sender,
    device: Arc<Mutex<Device>>,
    thread: Option<JoinHandle<()>>,
}

/// Both clocks of this process as a device needs them when it is opened.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Instant);

impl Clock {
    /// A clock whose monotonic part starts now.
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The reading for [`Device::open`].
    pub fn now(self) -> Now {
        Shared { queue: Mutex::default(), wake: Condvar::new(), started: self.0 }.now()
    }
}

impl Driver {
    /// Starts the thread. `clock` is the one the device was opened with.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        device: Device,
        clock: Clock,
        mut host: impl Host + 'static,
        mut transport: impl Transport + 'static,
    ) -> io::Result<Self> {
        let shared = Arc::new(Shared { queue: Mutex::default(), wake: Condvar::new(), started: clock.0 });
        let sender = Sender { shared: Arc::clone(&shared) };
        let device = Arc::new(Mutex::new(device));
        let (of_thread, answers) = (Arc::clone(&device), sender.clone());
        let thread = std::thread::Builder::new().name("amends".into()).spawn(move || {
            let mut events = Vec::new();
            let mut deadline = Some(Moment::default()); // the first step sends what an earlier process left
            let mut decided = 0;
            while wait(&shared, deadline, &mut events) {
                let mut device = of_thread.lock();
                let step = device.step(&events, shared.now());
                let decisions: Vec<Decision> = device.decisions_after(decided).cloned().collect();
                drop(device); // the host may ask it something
                for decision in decisions {
                    decided = decision.number;
                    host.decided(&decision);
                }
                events.clear();
                deadline = step.next_deadline;
                for effect in step.effects {
                    match effect {
                        Effect::Upload(upload) => transport.begin(upload, answers.clone()),
                        other => host.carry_out(other),
                    }
                }
            }
        })?;
        Ok(Self { sender, device, thread: Some(thread) })
    }

    /// See [`Sender::send`].
    pub fn send(&self, event: Event) {
        self.sender.send(event);
    }

    /// A handle for other threads.
    pub fn sender(&self) -> Sender {
        self.sender.clone()
    }

    /// The exact body that would be sent if the window closed now.
    pub fn what_we_send(&self) -> String {
        self.device.lock().what_we_send()
    }

    /// Stops the thread after what is waiting was stepped. What was counted is on disk by then, if the app was sent to
    /// the background before.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.sender.shared.queue.lock().close();
        self.sender.shared.wake.notify_one();
        if let Some(thread) = self.thread.take() {
            // A panic of the host's on that thread ends with it.
            let _ = thread.join();
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.end();
    }
}

/// Sleeps until there are events or the deadline has come; `false`: the driver is stopping and nothing is waiting.
fn wait(shared: &Shared, deadline: Option<Moment>, events: &mut Vec<Timed>) -> bool {
    let mut queue = shared.queue.lock();
    loop {
        queue.take_all(events);
        if !events.is_empty() {
            return true;
        }
        if queue.is_closed() {
            return false;
        }
        match deadline.map(|at| at.since(shared.now().monotonic)) {
            Some(Duration::ZERO) => return true,
            Some(left) => drop(shared.wake.wait_for(&mut queue, left)),
            None => shared.wake.wait(&mut queue),
        }
    }
}
