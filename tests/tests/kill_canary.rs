//! Devices send while the canary is killed again and again: each failure is counted exactly once.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, reason = "a test")]

use amends_core::{
    Config, Device, Effect, Event, Identity, MemoryFiles, Moment, Now, Role, Seeded, Settings, Tap, Timed,
    Upload, UploadAnswer,
};
use amends_tests::CanaryProcess;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, UNIX_EPOCH};

const DEVICES: u64 = 6;
const KILLS: usize = 8;

fn post(agent: &ureq::Agent, upload: &Upload) -> UploadAnswer {
    let mut request = agent.post(&upload.url);
    for (name, value) in &upload.headers {
        request = request.header(name, value);
    }
    match request.send(&upload.body[..]) {
        Ok(answer) => UploadAnswer::Status { code: answer.status().as_u16(), retry_after: None },
        Err(_) => UploadAnswer::Unreachable,
    }
}

/// A device whose every tap is dead; its time is virtual, its canary real. It goes on until it is told to finish, sends
/// what it has, and says how many failures there were.
fn device(number: u64, canary: &str, start_unix_ms: u64, finish: &AtomicBool) -> u64 {
    let config = Config {
        identity: Identity {
            service_name: "torture".into(),
            service_version: "1".into(),
            ..Identity::default()
        },
        endpoint: canary.to_owned(),
        settings: Settings::default(),
        ..Config::default()
    };
    let at = |ms| Now { monotonic: Moment::from_ms(ms), unix_ms: start_unix_ms + ms };
    let mut device = Device::open(config, Box::new(MemoryFiles::new()), Box::new(Seeded::new(number)), at(0));
    let settings = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)));
    let agent: ureq::Agent = settings.build().into();
    let (mut now, mut taps) = (0, 0);
    let mut waiting = vec![Event::Foreground];
    loop {
        let monotonic = Moment::from_ms(now);
        let events: Vec<Timed> = waiting.drain(..).map(|event| Timed { at: monotonic, event }).collect();
        let step = device.step(&events, at(now));
        for effect in step.effects {
            match effect {
                Effect::Upload(upload) => {
                    let answer = post(&agent, &upload);
                    if answer == UploadAnswer::Unreachable {
                        // Its own back-off is virtual; the canary needs real time to come back.
                        thread::sleep(Duration::from_millis(5));
                    }
                    waiting.push(Event::Uploaded { upload: upload.id, answer });
                }
                Effect::Show(message) => waiting.push(Event::Shown { message: message.id }),
                Effect::Ask(_) | Effect::Operations(_) | Effect::Hide { .. } => {}
            }
        }
        if !waiting.is_empty() {
            continue;
        }
        let deadline = step.next_deadline.map(Moment::as_ms);
        let finishing = finish.load(Ordering::Relaxed);
        if !finishing && deadline.is_none_or(|deadline| deadline > now + 20_000) {
            taps += 1;
            now += 20_000;
            waiting.push(Event::Tap(Tap {
                target: taps,
                role: Role::Button,
                enabled: true,
                fingers: 1,
                x: 0,
                y: 0,
            }));
        } else if let Some(deadline) = deadline {
            now = now.max(deadline);
        } else if finishing {
            return taps;
        }
    }
}

#[test]
fn every_failure_is_counted_once_however_often_the_canary_is_killed() {
    let home = tempfile::tempdir().unwrap();
    let mut canary = CanaryProcess::start(home.path(), "127.0.0.1:0");
    let address = canary.url.trim_start_matches("http://").to_owned();
    let finish = AtomicBool::new(false);
    // Nothing that the canary would clear away as too old.
    let start_unix_ms = UNIX_EPOCH.elapsed().unwrap().as_secs() * 1_000;
    let failures = thread::scope(|scope| {
        let url = format!("http://{address}");
        let devices: Vec<_> = (0..DEVICES)
            .map(|number| (number, url.clone()))
            .map(|(number, url)| {
                let finish = &finish;
                scope.spawn(move || device(number, &url, start_unix_ms, finish))
            })
            .collect();
        for _ in 0..KILLS {
            // Long enough for some batches to be taken and some to be under way.
            thread::sleep(Duration::from_millis(60));
            canary.kill();
            canary = CanaryProcess::start(home.path(), &address);
        }
        finish.store(true, Ordering::Relaxed);
        devices.into_iter().map(|device| device.join().unwrap()).sum::<u64>()
    });
    println!("{failures} failures over {KILLS} kills");
    assert!(failures > DEVICES);
    assert_eq!(canary.totals("torture")["failures"], failures);
}
