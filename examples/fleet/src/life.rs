//! One device through its days: sessions, screens, taps, loads, and now and then something that goes wrong.

use crate::Plan;
use crate::chance::Chance;
use crate::faults::What;
use crate::outages::{Place, factor};
use crate::post::{PostError, Sink};
use crate::report::Report;
use amends_core::{
    Config, Device, Effect, Event, Identity, LoadEnd, LoadKind, MemoryFiles, Moment, Now, Reaction,
    RequestEnd, Response, Role, Seeded, Settings, SubmitVia, Tap, Timed, UploadAnswer,
};

const SCREENS: [(&str, f64); 6] = [
    ("Home", 3.0),
    ("Search", 2.0),
    ("Catalogue", 2.5),
    ("Product", 4.0),
    ("Basket", 1.0),
    ("Checkout", 0.7),
];
const SYSTEMS: [((&str, &str), f64); 4] =
    [(("Android", "15"), 4.0), (("Android", "14"), 2.0), (("iOS", "19"), 3.0), (("iOS", "18"), 1.0)];
const REGIONS: [(&str, f64); 4] = [("eu", 4.0), ("us", 4.0), ("apac", 1.5), ("latam", 0.5)];
/// How people answer the one question, from worst to best.
const ANSWERS: [(u8, f64); 5] = [(1, 1.0), (2, 1.0), (3, 2.0), (4, 4.0), (5, 3.0)];
const DAY_MS: u64 = 86_400_000;

/// A device that lives.
struct Life<'a, S> {
    plan: &'a Plan,
    chance: Chance,
    device: Device,
    release: String,
    region: &'static str,
    segment: Option<String>,
    now: u64,
    next_deadline: Option<u64>,
    /// When the message on the screen leaves by itself, and its number.
    leaves: Option<(u64, u64)>,
    decided: u64,
    number: u64,
    sink: &'a mut S,
    report: &'a mut Report,
}

/// Lives through the plan's days.
pub(crate) fn live<S: Sink>(
    plan: &Plan,
    mut chance: Chance,
    sink: &mut S,
    report: &mut Report,
) -> Result<(), PostError> {
    let release = chance.weighted(&plan.releases).cloned().unwrap_or_default();
    let (os_name, os_version) = chance.weighted(&SYSTEMS).copied().unwrap_or(("Android", "15"));
    let region = chance.weighted(&REGIONS).copied().unwrap_or_default();
    let identity = Identity {
        service_name: "fleet".into(),
        service_version: release.clone(),
        os_name: os_name.into(),
        os_version: os_version.into(),
        sdk_language: "rust".into(),
        region: region.into(),
    };
    let config = Config {
        identity,
        endpoint: "http://canary".into(),
        settings: Settings { holdout: plan.holdout, ..Settings::default() },
        ..Config::default()
    };
    let random = Box::new(Seeded::new(chance.device_seed));
    let born = Now { monotonic: Moment::from_ms(0), unix_ms: plan.start_unix_s * 1_000 };
    let device = Device::open(config, Box::new(MemoryFiles::new()), random, born);
    let segment = chance.happens(0.05).then(|| "vip".to_owned());
    report.release(&release).devices += 1;
    let mut life = Life {
        plan,
        chance,
        device,
        release,
        region,
        segment: segment.clone(),
        now: 0,
        next_deadline: None,
        leaves: None,
        decided: 0,
        number: 0,
        sink,
        report,
    };
    life.step(&[Event::Segment { name: segment }])?;
    for day in 0..plan.days {
        life.day(day)?;
    }
    // What is still waiting goes out.
    life.wait(DAY_MS)
}

impl<S: Sink> Life<'_, S> {
    fn day(&mut self, day: u64) -> Result<(), PostError> {
        let sessions = self.chance.between(0, 4);
        let mut hours: Vec<u64> = (0..sessions)
            .map(|_| day * DAY_MS + self.chance.between(7 * 3_600_000, DAY_MS - 3_600_000))
            .collect();
        hours.sort_unstable();
        for at in hours {
            self.wait(at.saturating_sub(self.now))?;
            self.session()?;
        }
        Ok(())
    }

    fn session(&mut self) -> Result<(), PostError> {
        self.report.release(&self.release).sessions += 1;
        // Sessions close together are still sessions of their own: the host says so.
        self.step(&[Event::NewSession, Event::Foreground])?;
        for _ in 0..self.chance.between(3, 20) {
            let screen = self.chance.weighted(&SCREENS).copied().unwrap_or("Home");
            self.step(&[Event::Screen { name: screen.to_owned() }])?;
            self.act(screen)?;
            let pause = self.chance.between(800, 9_000);
            self.wait(pause)?;
        }
        self.step(&[Event::Background])
    }

    fn goes_wrong(&mut self, screen: &str, what: What) -> bool {
        let place = Place {
            release: &self.release,
            screen,
            region: self.region,
            segment: self.segment.as_deref().unwrap_or(""),
            at_s: self.now / 1_000,
        };
        let share = self.plan.faults.share(&self.release, screen, what);
        self.chance.happens((share * factor(&self.plan.outages, &place, what)).min(1.0))
    }

    fn act(&mut self, screen: &str) -> Result<(), PostError> {
        let target = self.chance.between(1, 30);
        let dead = self.goes_wrong(screen, What::Dead);
        if screen == "Search" {
            self.step(&[Event::Submit { target, via: SubmitVia::Enter }])?;
        } else {
            let tap = Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 };
            self.step(&[Event::Tap(tap)])?;
        }
        if dead {
            return self.wait(3_500);
        }
        self.number += 1;
        let number = self.number;
        let load =
            Event::LoadStarted { load: number, kind: LoadKind::Content, progress: false, operation: None };
        self.step(&[
            Event::Reaction(Reaction::Frame),
            load,
            Event::RequestStarted { request: number, operation: None },
        ])?;
        let slow = self.goes_wrong(screen, What::Slow);
        let takes = if slow { self.chance.between(4_000, 12_000) } else { self.chance.between(80, 1_500) };
        self.wait(takes)?;
        let failed = self.goes_wrong(screen, What::Error);
        let status = if failed { 503 } else { 200 };
        let end = if failed { LoadEnd::Failed } else { LoadEnd::Succeeded };
        self.step(&[
            Event::RequestEnded { request: number, end: RequestEnd::Status(status) },
            Event::LoadEnded { load: number, end },
            Event::Reaction(Reaction::Frame),
        ])
    }

    /// Lets time pass, stepping at each deadline as a driver does.
    fn wait(&mut self, ms: u64) -> Result<(), PostError> {
        let until = self.now + ms;
        loop {
            let leaves = self.leaves.filter(|(at, _)| *at <= until);
            let deadline = self.next_deadline.filter(|deadline| *deadline <= until);
            match (leaves, deadline) {
                (Some((at, message)), deadline) if deadline.is_none_or(|deadline| at <= deadline) => {
                    self.now = self.now.max(at);
                    self.leaves = None;
                    self.step(&[Event::Responded { message, response: Response::Expired }])?;
                }
                (_, Some(deadline)) => {
                    self.now = self.now.max(deadline);
                    self.step(&[])?;
                }
                _ => break,
            }
        }
        self.now = until;
        Ok(())
    }

    fn step(&mut self, events: &[Event]) -> Result<(), PostError> {
        let at = Moment::from_ms(self.now);
        let mut events: Vec<Timed> = events.iter().map(|event| Timed { at, event: event.clone() }).collect();
        loop {
            self.report.events += events.len() as u64;
            let now = Now { monotonic: at, unix_ms: self.plan.start_unix_s * 1_000 + self.now };
            let step = self.device.step(&events, now);
            self.next_deadline = step.next_deadline.map(Moment::as_ms);
            events.clear();
            for effect in step.effects {
                match effect {
                    Effect::Show(message) => {
                        let stays = u64::try_from(message.on_screen.as_millis()).unwrap_or(u64::MAX);
                        self.leaves = Some((self.now.saturating_add(stays), message.id));
                        events.push(Timed { at, event: Event::Shown { message: message.id } });
                    }
                    Effect::Ask(question) => {
                        events.push(Timed { at, event: Event::Shown { message: question.id } });
                        let answer = self.chance.weighted(&ANSWERS).copied().unwrap_or(4);
                        events.push(Timed { at, event: Event::Answered { question: question.id, answer } });
                    }
                    Effect::Operations(_) => {}
                    Effect::Hide { message } => {
                        self.leaves = self.leaves.filter(|(_, shown)| *shown != message);
                        events.push(Timed { at, event: Event::NotShown { message } });
                    }
                    Effect::Upload(upload) => {
                        self.report.batches += 1;
                        self.report.bytes += upload.body.len() as u64;
                        let digest = u64::from(crc32fast::hash(&upload.body));
                        self.report.digest =
                            self.report.digest.wrapping_add(digest.wrapping_mul(0x9e37_79b9_7f4a_7c15));
                        self.sink.take(&upload)?;
                        let answer = UploadAnswer::Status { code: 200, retry_after: None };
                        events.push(Timed { at, event: Event::Uploaded { upload: upload.id, answer } });
                    }
                }
            }
            let decisions: Vec<_> = self.device.decisions_after(self.decided).cloned().collect();
            for decision in decisions {
                self.decided = decision.number;
                self.report.decided(&self.release, &decision);
            }
            if events.is_empty() {
                return Ok(());
            }
        }
    }
}
