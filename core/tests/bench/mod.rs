//! A device in virtual time, on a disk in memory, before a canary that keeps what it gets.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::new_without_default,
    reason = "each test file uses its own part"
)]

use amends_core::{
    Config, Device, Effect, Event, Identity, MemoryFiles, Moment, Now, Role, Seeded, Settings, Tap, Timed,
    Upload, UploadAnswer,
};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::time::Duration;

pub const T0: u64 = 1_700_000_000_000;

/// An upload and when it was asked for.
#[derive(Debug)]
pub struct Asked {
    pub at: Moment,
    pub upload: Upload,
}

pub struct Bench {
    pub device: Device,
    pub files: MemoryFiles,
    pub now: u64,
    pub unix: u64,
    pub next_deadline: Option<Moment>,
    pub latest_upload: u64,
    pub uploads: Vec<Asked>,
    /// Bodies by key: what a canary that recognises repeats has counted.
    pub taken: BTreeMap<String, Value>,
    pub config: Config,
    seed: u64,
    /// Decisions that fell in the processes before this one.
    decided_before: u64,
}

pub fn tap(target: u64) -> Event {
    Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
}

pub fn header<'a>(upload: &'a Upload, name: &str) -> &'a str {
    upload.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
}

impl Bench {
    pub fn new() -> Self {
        Self::with_holdout(0.0)
    }

    pub fn with_holdout(holdout: f64) -> Self {
        Self::seeded(holdout, 42)
    }

    pub fn seeded(holdout: f64, seed: u64) -> Self {
        let identity = Identity {
            service_name: "shop".into(),
            service_version: "1.2.3".into(),
            os_name: "Android".into(),
            os_version: "15.0.1".into(),
            sdk_language: "rust".into(),
            region: String::new(),
        };
        let settings = Settings { holdout, ..Settings::default() };
        let config = Config { identity, endpoint: "http://canary/".into(), settings, ..Config::default() };
        Self::open(config, MemoryFiles::new(), T0, seed)
    }

    pub fn on(files: MemoryFiles) -> Self {
        let new = Self::new();
        Self::open(new.config, files, T0, new.seed)
    }

    pub fn open(config: Config, files: MemoryFiles, unix: u64, seed: u64) -> Self {
        let now = Now { monotonic: Moment::from_ms(0), unix_ms: unix };
        let device = Device::open(config.clone(), Box::new(files.clone()), Box::new(Seeded::new(seed)), now);
        let mut bench = Self {
            device,
            files,
            now: 0,
            unix,
            next_deadline: None,
            latest_upload: 0,
            uploads: vec![],
            taken: BTreeMap::new(),
            config,
            seed,
            decided_before: 0,
        };
        bench.step(&[]);
        bench
    }

    /// What a process finds that starts after this one was killed now.
    pub fn killed_and_restarted(self) -> Self {
        self.killed_and_restarted_after(Duration::from_secs(1))
    }

    pub fn killed_and_restarted_after(self, pause: Duration) -> Self {
        let unix = self.unix + self.now + u64::try_from(pause.as_millis()).expect("a pause");
        let decided = self.decided();
        let mut next = Self::open(self.config, self.files.snapshot(), unix, self.seed + 1);
        next.taken.extend(self.taken);
        next.decided_before = decided;
        next
    }

    /// How many failures were decided on, in all processes together.
    pub fn decided(&self) -> u64 {
        self.decided_before + self.device.decisions_after(0).last().map_or(0, |decision| decision.number)
    }

    pub fn step(&mut self, events: &[Event]) -> Vec<Effect> {
        let at = Moment::from_ms(self.now);
        let timed: Vec<Timed> = events.iter().map(|event| Timed { at, event: event.clone() }).collect();
        let step = self.device.step(&timed, Now { monotonic: at, unix_ms: self.unix + self.now });
        self.next_deadline = step.next_deadline;
        let (uploads, others): (Vec<_>, Vec<_>) =
            step.effects.into_iter().partition(|effect| matches!(effect, Effect::Upload(_)));
        for effect in uploads {
            if let Effect::Upload(upload) = effect {
                self.latest_upload = upload.id;
                self.uploads.push(Asked { at, upload });
            }
        }
        others
    }

    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        self.step(&[event])
    }

    /// Steps at each deadline up to `to`; returns all effects but uploads.
    pub fn advance(&mut self, to: u64) -> Vec<Effect> {
        let mut effects = vec![];
        while let Some(deadline) = self.next_deadline.map(Moment::as_ms).filter(|d| *d <= to) {
            assert!(
                deadline > self.now || deadline == 0 || self.now == 0,
                "a deadline that stays: {deadline}"
            );
            self.now = self.now.max(deadline);
            effects.extend(self.step(&[]));
        }
        self.now = self.now.max(to);
        effects
    }

    /// Advances until the next upload is asked for.
    pub fn next_upload(&mut self) -> Asked {
        for _ in 0..10_000 {
            if !self.uploads.is_empty() {
                return self.uploads.remove(0);
            }
            let deadline = self.next_deadline.expect("an upload is expected").as_ms();
            self.advance(deadline);
        }
        panic!("no upload in 10,000 deadlines");
    }

    /// Takes an upload as a canary would.
    pub fn take(&mut self, upload: &Upload) {
        let mut json = String::new();
        flate2::read::GzDecoder::new(&upload.body[..]).read_to_string(&mut json).expect("gzip");
        self.taken
            .insert(header(upload, "Idempotency-Key").to_owned(), serde_json::from_str(&json).expect("JSON"));
    }

    /// Lets everything go out, and returns the sums of one metric by its labels, sorted.
    pub fn everything_sent(&mut self, metric: &str) -> Vec<(String, u64)> {
        self.event(Event::Background);
        let until = self.now + 1_000_000;
        loop {
            while !self.uploads.is_empty() {
                let asked = self.uploads.remove(0);
                self.take(&asked.upload);
                let answer = UploadAnswer::Status { code: 200, retry_after: None };
                self.event(Event::Uploaded { upload: asked.upload.id, answer });
            }
            let Some(deadline) = self.next_deadline.map(Moment::as_ms).filter(|d| *d <= until) else { break };
            self.advance(deadline);
        }
        self.sums(metric)
    }

    pub fn sums(&self, metric: &str) -> Vec<(String, u64)> {
        let mut sums: BTreeMap<String, u64> = BTreeMap::new();
        for body in self.taken.values() {
            let metrics =
                body["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].as_array().expect("metrics");
            for point in metrics
                .iter()
                .filter(|m| m["name"] == metric)
                .flat_map(|m| m["sum"]["dataPoints"].as_array().cloned().unwrap_or_default())
            {
                let labels: Vec<&str> = point["attributes"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|a| a["value"]["stringValue"].as_str())
                    .collect();
                let value: u64 = point["asInt"].as_str().and_then(|v| v.parse().ok()).expect("a number");
                *sums.entry(labels.join("/")).or_default() += value;
            }
        }
        sums.into_iter().collect()
    }
}
