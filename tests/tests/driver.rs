//! The Rust driver with its HTTP, on real time, before a real canary.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test")]

use amends_canary::{Canary, Config as CanaryConfig};
use amends_core::driver::{Clock, Driver, Host, Http, Sender};
use amends_core::{
    Config, Decision, Device, Directory, Effect, Event, Identity, Message, Outcome, PaceSettings, Role,
    Seeded, Settings, Tap,
};
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

struct App {
    messages: mpsc::Sender<Message>,
    decisions: mpsc::Sender<Decision>,
}

impl Host for App {
    fn carry_out(&mut self, effect: Effect) {
        if let Effect::Show(message) = effect {
            self.messages.send(message).unwrap();
        }
    }

    fn decided(&mut self, decision: &Decision) {
        self.decisions.send(decision.clone()).unwrap();
    }
}

struct Running {
    driver: Driver,
    messages: mpsc::Receiver<Message>,
    decisions: mpsc::Receiver<Decision>,
}

fn start(directory: &Path, canary: &str) -> Running {
    let mut settings = Settings { holdout: 0.0, ..Settings::default() };
    settings.kinds.dead_tap.wait = Duration::from_millis(50);
    let pace = PaceSettings {
        failure_within: Duration::from_millis(1),
        at_most_every: Duration::from_millis(1),
        ..PaceSettings::default()
    };
    let config = Config {
        identity: Identity {
            service_name: "desk".into(),
            service_version: "1".into(),
            ..Identity::default()
        },
        endpoint: canary.into(),
        settings,
        pace,
        ..Config::default()
    };
    let clock = Clock::start();
    let files = Box::new(Directory::open(directory).unwrap());
    let device = Device::open(config, files, Box::new(Seeded::new(3)), clock.now());
    let ((messages, of_app), (decisions, of_engine)) = (mpsc::channel(), mpsc::channel());
    let host = App { messages, decisions };
    let driver = Driver::start(device, clock, host, Http::new()).unwrap();
    Running { driver, messages: of_app, decisions: of_engine }
}

fn dead_tap(sender: &Sender) {
    sender.send(Event::Foreground);
    sender.send(Event::Tap(Tap { target: 1, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 }));
}

/// Asks until the canary has counted so many; a loaded machine only makes it later.
fn counted(canary: &Canary, failures: u64) {
    let until = Instant::now() + Duration::from_secs(30);
    while amends_tests::totals(&canary.url(), "desk")["failures"] != failures {
        assert!(Instant::now() < until, "never counted {failures}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn from_a_tap_to_the_canarys_count() {
    let home = tempfile::tempdir().unwrap();
    let canary =
        Canary::start(&CanaryConfig::new(home.path().join("canary"), "127.0.0.1:0".parse().unwrap()))
            .unwrap();
    let running = start(&home.path().join("phone"), &canary.url());
    dead_tap(&running.driver.sender());
    let message = running.messages.recv().unwrap();
    running.driver.send(Event::Shown { message: message.id });
    assert_eq!(running.decisions.recv().unwrap().outcome, Outcome::Shown);
    counted(&canary, 1);
    running.driver.stop();
    canary.stop();
}

#[test]
fn what_could_not_be_sent_is_sent_by_the_next_process() {
    let home = tempfile::tempdir().unwrap();
    // A port at which nobody listens.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let running = start(&home.path().join("phone"), &format!("http://{nobody}"));
    dead_tap(&running.driver.sender());
    let message = running.messages.recv().unwrap();
    running.driver.send(Event::Shown { message: message.id });
    running.driver.send(Event::Background);
    running.driver.stop();

    let canary =
        Canary::start(&CanaryConfig::new(home.path().join("canary"), "127.0.0.1:0".parse().unwrap()))
            .unwrap();
    let next = start(&home.path().join("phone"), &canary.url());
    counted(&canary, 1);
    next.driver.stop();
    canary.stop();
}
