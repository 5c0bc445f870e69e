//! Killed after any single file operation, or with any of them failing: each failure is counted once, and no deadline
//! stays in the past.
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test")]

mod bench;

use amends_core::{
    Device, Effect, Event, FileEntry, Files, LoadKind, MemoryFiles, Moment, Now, Reaction, Seeded, Timed,
    UploadAnswer,
};
use bench::{Bench, T0, tap};
use proptest::prelude::*;
use std::io;
use std::sync::{Arc, Mutex};

/// A disk of which any operation can be told to fail, and that keeps a copy of itself after each.
#[derive(Clone, Default)]
struct Disk {
    files: MemoryFiles,
    copies: Arc<Mutex<Vec<MemoryFiles>>>,
    keeps_copies: bool,
    /// Which fail: read, replace, remove.
    fails: Arc<Mutex<[bool; 3]>>,
}

impl Disk {
    fn check(&self, which: usize) -> io::Result<()> {
        if self.fails.lock().unwrap()[which] { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
    }

    fn done<T>(&self, result: io::Result<T>) -> io::Result<T> {
        if self.keeps_copies {
            self.copies.lock().unwrap().push(self.files.snapshot());
        }
        result
    }
}

impl Files for Disk {
    fn list(&mut self) -> io::Result<Vec<FileEntry>> {
        self.files.list()
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        self.check(0)?;
        self.files.read(name)
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        self.check(1)?;
        let result = self.files.replace(name, content);
        self.done(result)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        let result = self.files.rename(from, to);
        self.done(result)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.check(2)?;
        let result = self.files.remove(name);
        self.done(result)
    }
}

fn now(ms: u64) -> Now {
    Now { monotonic: Moment::from_ms(ms), unix_ms: T0 + ms }
}

#[test]
fn killed_after_any_file_operation_each_failure_is_counted_once() {
    let config = Bench::new().config.clone();
    let disk = Disk { keeps_copies: true, ..Disk::default() };
    let mut device = Device::open(config.clone(), Box::new(disk.clone()), Box::new(Seeded::new(1)), now(0));
    let mut canary = Bench::new();
    let (mut at, mut failures, mut copies) = (0, 0, 0);
    let (mut waiting, mut tapped_again) = (vec![Event::Foreground, tap(1)], false);
    while at < 100_000 {
        let found_before = failures;
        let events: Vec<Timed> =
            waiting.drain(..).map(|event| Timed { at: Moment::from_ms(at), event }).collect();
        let step = device.step(&events, now(at));
        for effect in &step.effects {
            match effect {
                Effect::Show(message) => waiting.push(Event::Shown { message: message.id }),
                Effect::Upload(upload) => {
                    canary.take(upload);
                    let answer = UploadAnswer::Status { code: 200, retry_after: None };
                    waiting.push(Event::Uploaded { upload: upload.id, answer });
                }
                Effect::Ask(question) => waiting.push(Event::NotShown { message: question.id }),
                Effect::Operations(_) | Effect::Hide { .. } => {}
            }
        }
        let pending = u64::from(step.effects.iter().any(|effect| matches!(effect, Effect::Show(_))));
        failures = device.decisions_after(0).count() as u64 + pending;
        for files in disk.copies.lock().unwrap().drain(..) {
            copies += 1;
            let mut next = Bench::open(config.clone(), files, T0 + at + 1_000, 99);
            next.taken.clone_from(&canary.taken);
            // What is sent at once is taken before the window closes.
            for asked in std::mem::take(&mut next.uploads) {
                next.take(&asked.upload);
                let answer = UploadAnswer::Status { code: 200, retry_after: None };
                next.event(Event::Uploaded { upload: asked.upload.id, answer });
            }
            let counted: u64 = next.everything_sent("amends.failures").iter().map(|(_, n)| n).sum();
            assert!((found_before..=failures).contains(&counted), "{counted} of {failures} at {at}");
            let today =
                next.sums("amends.devices.failed").iter().any(|(first, n)| first == "today" && *n != 1);
            assert!(!today, "first-today twice at {at}");
        }
        if waiting.is_empty() {
            let deadline = step.next_deadline.map_or(u64::MAX, Moment::as_ms);
            if deadline > 40_000 && !tapped_again {
                // A second failure while the first one's window is already closed.
                tapped_again = true;
                at = 40_000;
                waiting = vec![tap(2)];
            } else {
                at = deadline;
            }
        } else {
            at += 10;
        }
    }
    assert!(copies >= 8 && failures == 2, "{copies} copies, {failures} failures");
}

#[test]
fn nothing_leaves_while_the_old_window_is_still_on_disk() {
    // Opening writes the state, backgrounding the batch; the state that should follow it does not fit any more.
    let disk = FailsAfter { disk: MemoryFiles::new(), left: 2 };
    let files = disk.disk.clone();
    let config = Bench::new().config.clone();
    let mut device = Device::open(config, Box::new(disk), Box::new(Seeded::new(2)), now(0));
    let at = Moment::from_ms(20);
    let step = device
        .step(&[Event::Foreground, tap(2), Event::Background].map(|event| Timed { at, event }), now(20));
    let batches = files.content().keys().filter(|name| name.starts_with("batch-")).count();
    assert_eq!(batches, 1, "the batch is there");
    assert!(!step.effects.iter().any(|effect| matches!(effect, Effect::Upload(_))), "but it stays");
    // A restart finds both, and counts once.
    let mut next = Bench::open(Bench::new().config.clone(), files, T0 + 1_000, 3);
    assert_eq!(next.everything_sent("amends.sessions"), [(String::new(), 1)]);
}

/// A disk that takes so many writes and then no more.
struct FailsAfter {
    disk: MemoryFiles,
    left: u32,
}

impl Files for FailsAfter {
    fn list(&mut self) -> io::Result<Vec<FileEntry>> {
        self.disk.list()
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        self.disk.read(name)
    }

    fn replace(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let Some(left) = self.left.checked_sub(1) else { return Err(io::ErrorKind::StorageFull.into()) };
        self.left = left;
        self.disk.replace(name, content)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.disk.remove(name)
    }
}

#[derive(Debug, Clone)]
enum Do {
    Send(Event),
    Wait(u64),
    Answer(Option<u16>),
    Fail(usize, bool),
    Wall(u64),
}

fn any_do() -> impl Strategy<Value = Do> {
    let load = |load| Event::LoadStarted { load, kind: LoadKind::Content, progress: false, operation: None };
    let event = prop_oneof![
        4 => (0..4_u64).prop_map(tap),
        2 => (0..4_u64).prop_map(load),
        1 => Just(Event::Reaction(Reaction::Frame)),
        1 => Just(Event::Background),
        1 => Just(Event::Foreground),
        1 => Just(Event::NewSession),
        1 => (0..9_u64).prop_map(|message| Event::Shown { message }),
        1 => (0..9_u64).prop_map(|message| Event::NotShown { message }),
    ];
    prop_oneof![
        12 => event.prop_map(Do::Send),
        6 => prop_oneof![1..4_000_u64, 4_000..200_000_u64, 1..100_000_000_u64].prop_map(Do::Wait),
        3 => proptest::option::of(prop_oneof![Just(200_u16), Just(503), Just(400)]).prop_map(Do::Answer),
        3 => (0..3_usize, any::<bool>()).prop_map(|(which, fails)| Do::Fail(which, fails)),
        1 => any::<u64>().prop_map(Do::Wall),
    ]
}

proptest! {
    // Each case lives through days: fewer of them.
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.div_ceil(8), ..ProptestConfig::default() })]

    #[test]
    fn no_deadline_stays_in_the_past_whatever_the_disk_and_the_clock_do(
        script in prop::collection::vec(any_do(), 1..60)
    ) {
        let disk = Disk::default();
        let config = Bench::new().config.clone();
        let mut device = Device::open(config, Box::new(disk.clone()), Box::new(Seeded::new(3)), now(0));
        let (mut at, mut wall, mut upload) = (0_u64, T0, 0);
        let mut deadline = Some(0);
        for what in script {
            let until = if let Do::Wait(ms) = what { at + ms } else { at };
            let event = match what {
                Do::Send(event) => Some(event),
                Do::Answer(code) => Some(Event::Uploaded {
                    upload,
                    answer: code.map_or(UploadAnswer::Unreachable, |code| UploadAnswer::Status { code, retry_after: None }),
                }),
                Do::Fail(which, fails) => { disk.fails.lock().unwrap()[which] = fails; None }
                Do::Wall(unix) => { wall = unix; None }
                Do::Wait(_) => None,
            };
            let mut events = event.into_iter().collect::<Vec<_>>();
            loop {
                let moment = Moment::from_ms(at);
                let timed: Vec<Timed> = events.drain(..).map(|event| Timed { at: moment, event }).collect();
                let step = device.step(&timed, Now { monotonic: moment, unix_ms: wall.saturating_add(at) });
                for effect in &step.effects {
                    if let Effect::Upload(asked) = effect { upload = asked.id; }
                }
                prop_assert!(step.next_deadline.is_none_or(|next| next > moment), "{:?} at {at}", step.next_deadline);
                deadline = step.next_deadline.map(Moment::as_ms);
                match deadline.filter(|next| *next <= until) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            at = until;
        }
        let _ = deadline;
    }
}
