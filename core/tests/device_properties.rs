//! However often the process is killed, however the network and the disk behave: no count is lost, none comes twice.

mod bench;

use amends_core::{Effect, Event, MemoryFiles, Reaction, UploadAnswer};
use bench::{Bench, tap};
use proptest::prelude::*;
use std::time::Duration;

#[derive(Debug, Clone)]
enum Do {
    Tap(u64),
    React,
    Background,
    Foreground,
    NewSession,
    Screen(String),
    Wait(u64),
    Answer(u16),
    /// The canary took it, but the answer never came.
    TakenInSilence,
    Kill,
}

fn any_do() -> impl Strategy<Value = Do> {
    prop_oneof![
        6 => (0..5_u64).prop_map(Do::Tap),
        2 => Just(Do::React),
        1 => Just(Do::Background),
        2 => Just(Do::Foreground),
        1 => Just(Do::NewSession),
        1 => "[a-d]".prop_map(Do::Screen),
        6 => prop_oneof![1..4_000_u64, 4_000..100_000_u64].prop_map(Do::Wait),
        3 => prop_oneof![Just(200_u16), Just(503), Just(429)].prop_map(Do::Answer),
        1 => Just(Do::TakenInSilence),
        2 => Just(Do::Kill),
    ]
}

/// Reports messages as drawn.
fn settle(bench: &mut Bench, mut effects: Vec<Effect>) {
    while let Some(effect) = effects.pop() {
        if let Effect::Show(message) = effect {
            effects.extend(bench.event(Event::Shown { message: message.id }));
        }
    }
}

fn act(bench: &mut Bench, what: Do) {
    let effects = match what {
        Do::Tap(target) => bench.event(tap(target)),
        Do::React => bench.event(Event::Reaction(Reaction::Frame)),
        Do::Background => bench.event(Event::Background),
        Do::Foreground => bench.event(Event::Foreground),
        Do::NewSession => bench.event(Event::NewSession),
        Do::Screen(name) => bench.event(Event::Screen { name }),
        Do::Wait(ms) => bench.advance(bench.now + ms),
        Do::Answer(code) => match bench.uploads.pop() {
            Some(asked) => {
                if code == 200 {
                    bench.take(&asked.upload);
                }
                let answer = UploadAnswer::Status { code, retry_after: None };
                bench.event(Event::Uploaded { upload: asked.upload.id, answer })
            }
            None => vec![],
        },
        Do::TakenInSilence => {
            if let Some(asked) = bench.uploads.pop() {
                bench.take(&asked.upload);
            }
            vec![]
        }
        Do::Kill => vec![],
    };
    settle(bench, effects);
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn failures_are_counted_exactly_once_over_kills_and_broken_networks(
        script in prop::collection::vec(any_do(), 1..80)
    ) {
        let mut bench = Bench::new();
        for what in script {
            if matches!(what, Do::Kill) {
                act(&mut bench, Do::Wait(6_000)); // the start has proved good
                bench = bench.killed_and_restarted();
            } else {
                act(&mut bench, what);
            }
        }
        let sent: u64 = bench.everything_sent("amends.failures").iter().map(|(_, n)| n).sum();
        prop_assert_eq!(sent, bench.decided());
    }

    #[test]
    fn a_cut_or_flipped_file_costs_only_itself(
        which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), cut in any::<bool>()
    ) {
        let mut bench = Bench::new();
        for round in 0..3 {
            act(&mut bench, Do::Foreground);
            act(&mut bench, Do::Tap(round));
            act(&mut bench, Do::Wait(70_000));
        }
        act(&mut bench, Do::Tap(9));
        act(&mut bench, Do::Wait(3_500));
        let before: Vec<(String, Vec<u8>)> = bench.files.content().into_iter().collect();
        prop_assert!(before.len() >= 4, "batches and the state");
        let (name, mut content) = which.get(&before).clone();
        if cut {
            content.truncate(at.index(content.len()));
        } else {
            let bit = at.index(content.len() * 8);
            content[bit / 8] ^= 1 << (bit % 8);
        }
        bench.files.garble(&name, content);
        let mut next = bench.killed_and_restarted();
        let sent: u64 = next.everything_sent("amends.failures").iter().map(|(_, n)| n).sum();
        prop_assert_eq!(sent, 3, "{} garbled", name);
        prop_assert_eq!(next.sums("amends.losses"), [("torn_file".to_owned(), 1)]);
    }

    #[test]
    fn any_bytes_in_any_file_are_survived(
        state in prop::collection::vec(any::<u8>(), 0..200), batch in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let files = MemoryFiles::new();
        files.garble("state", state);
        files.garble("batch-0000000000000007", batch);
        files.garble("new.tmp", vec![1]);
        let mut bench = Bench::on(files);
        bench.event(Event::Foreground);
        bench.event(tap(1));
        bench.advance(3_000);
        prop_assert_eq!(bench.everything_sent("amends.losses"), [("torn_file".to_owned(), 2)]);
        let sent: u64 = bench.sums("amends.failures").iter().map(|(_, n)| n).sum();
        prop_assert_eq!(sent, 1);
    }
}

#[test]
fn a_disk_that_fills_up_and_empties_again_loses_nothing() {
    let mut bench = Bench::new();
    act(&mut bench, Do::Foreground);
    for round in 0..40 {
        bench.files.fill_up(round % 3 != 2);
        act(&mut bench, Do::Tap(round));
        act(&mut bench, Do::Wait(30_000));
    }
    bench.files.fill_up(false);
    act(&mut bench, Do::Wait(61_000));
    let mut next = bench.killed_and_restarted_after(Duration::from_secs(5));
    let sent: u64 = next.everything_sent("amends.failures").iter().map(|(_, n)| n).sum();
    assert_eq!(sent, 40);
}
