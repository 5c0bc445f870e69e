//! Scripts of events for property tests.
#![allow(unreachable_pub, dead_code, reason = "shared by test programs that use different parts of it")]

use amends_core::{
    Content, Event, Hang, LoadEnd, LoadKind, OperationProgress, OperationReport, OptOut, Playback, Reaction,
    RequestEnd, Response, Role, SubmitVia, Tap,
};
use proptest::prelude::*;
use std::time::Duration;

/// A tap that nothing comes of would be a failure.
pub fn judged_tap() -> impl Strategy<Value = Event> {
    (0..4_u64).prop_map(|target| {
        Event::Tap(Tap { target, role: Role::Button, enabled: true, fingers: 1, x: 0, y: 0 })
    })
}

/// Anything that a host can say, with numbers small enough to meet each other.
pub fn any_event() -> impl Strategy<Value = Event> {
    let end =
        prop_oneof![Just(RequestEnd::Status(200)), Just(RequestEnd::Status(503)), Just(RequestEnd::TimedOut)];
    let load_end =
        prop::sample::select(vec![LoadEnd::Succeeded, LoadEnd::Empty, LoadEnd::Failed, LoadEnd::Cancelled]);
    let change = prop::sample::select(vec![
        Playback::Started,
        Playback::Stalled,
        Playback::Resumed,
        Playback::Sought,
        Playback::Paused,
        Playback::Ended,
    ]);
    let content =
        prop::sample::select(vec![Content::Good, Content::Empty, Content::BrokenImage, Content::Poor]);
    let progress = prop::sample::select(vec![
        OperationProgress::Scheduled,
        OperationProgress::Processing,
        OperationProgress::Delayed,
        OperationProgress::Sent,
        OperationProgress::Failed,
    ]);
    let reaction =
        prop::sample::select(vec![Reaction::Frame, Reaction::Dialog, Reaction::Keyboard, Reaction::LeftApp]);
    let opt_out =
        prop::sample::select(vec![OptOut::Nothing, OptOut::Nothing, OptOut::Messages, OptOut::Everything]);
    let number = || 0..9_u64;
    prop_oneof![
        4 => judged_tap(),
        2 => (0..3_u64, prop_oneof![Just(SubmitVia::Enter), Just(SubmitVia::Icon)])
            .prop_map(|(target, via)| Event::Submit { target, via }),
        3 => (0..6_u64, any::<bool>(), prop::option::of("[ab]")).prop_map(|(load, progress, operation)| Event::LoadStarted {
            load, kind: LoadKind::Content, progress, operation }),
        2 => (0..6_u64, load_end).prop_map(|(load, end)| Event::LoadEnded { load, end }),
        2 => (0..6_u64).prop_map(|request| Event::RequestStarted { request, operation: None }),
        2 => (0..6_u64, end).prop_map(|(request, end)| Event::RequestEnded { request, end }),
        1 => reaction.prop_map(Event::Reaction),
        1 => Just(Event::ErrorReported),
        1 => Just(Event::Foreground),
        1 => Just(Event::Background),
        1 => Just(Event::NewSession),
        1 => "[a-c]".prop_map(|name| Event::Screen { name }),
        1 => proptest::option::of(prop::sample::select(vec!["Ana", "Bo", "Cy", "J.", "K.", "a@b.c"])).prop_map(|name| Event::Person { name: name.map(str::to_owned) }),
        1 => (0..9_u64).prop_map(|message| Event::Shown { message }),
        1 => (0..9_u64).prop_map(|message| Event::NotShown { message }),
        1 => (0..9_u64).prop_map(|message| Event::Responded { message, response: Response::Dismissed }),
        1 => Just(Event::QueueDropped { count: 1 }),
        2 => (100..40_000_u64, any::<bool>()).prop_map(|(blocked, debugger)| Event::Hang(Hang {
            blocked: Duration::from_millis(blocked), sleep_asked: Duration::from_millis(50),
            sleep_took: Duration::from_millis(60), debugger })),
        1 => content.prop_map(Event::Content),
        2 => (0..3_u64, change).prop_map(|(playback, change)| Event::Playback { playback, change }),
        1 => ("[ab]", progress, prop::option::of(0..90_000_u64)).prop_map(|(id, progress, within)| {
            let expected_within = within.map(Duration::from_millis);
            Event::Operation(OperationReport { id, title: None, progress, expected_within, faq_url: None })
        }),
        1 => prop::collection::vec("[a-z]{2}", 0..3).prop_map(|tags| Event::Languages { tags }),
        1 => Just(Event::Pause),
        2 => Just(Event::Resume),
        1 => opt_out.prop_map(Event::OptOut),
        1 => (number(), 0..8_u8).prop_map(|(question, answer)| Event::Answered { question, answer }),
    ]
}

/// From moments to days between two events.
pub fn gap() -> impl Strategy<Value = u64> {
    prop_oneof![6 => 0..200_u64, 6 => 200..5_000_u64, 3 => 5_000..60_000_u64, 1 => 60_000..90_000_000_u64]
}
