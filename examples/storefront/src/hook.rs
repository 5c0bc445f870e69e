//! What the page's hooks report: the engine's own events, as JSON. The server stamps them when they come.

use amends_core::{Event, OptOut, RequestEnd, SubmitVia};
use serde_json::Value;

/// The events of a report; an error in words if it is none, or says what only the phone itself can know.
pub(crate) fn events(json: Value) -> Result<Vec<Event>, String> {
    let events: Vec<Event> = serde_json::from_value(json).map_err(|error| format!("no events: {error}"))?;
    let own = |event: &&Event| matches!(event, Event::Uploaded { .. } | Event::QueueDropped { .. });
    match events.iter().find(own) {
        Some(event) => Err(format!("not the page's to say: {event:?}")),
        None => Ok(events),
    }
}

/// The event in words, for the drawer; `None` for what would only be noise there.
pub(crate) fn in_words(event: &Event) -> Option<String> {
    Some(match event {
        Event::Foreground => "the app comes to the front".into(),
        Event::Background => "the app goes to the background".into(),
        Event::NewSession => "a new session begins".into(),
        Event::Screen { name } => format!("screen {name}"),
        Event::Person { name: Some(_) } => "the person has a name (it stays on the phone)".into(),
        Event::Person { name: None } => "the person has no name".into(),
        Event::Segment { name: Some(name) } => format!("the person's segment is {name}"),
        Event::Languages { tags } => format!("the person reads {}", tags.join(", ")),
        Event::Pause => "the app asks for quiet".into(),
        Event::Resume => "the app's quiet time is over".into(),
        Event::OptOut(OptOut::Nothing) => "the person takes part".into(),
        Event::OptOut(of) => format!("the person opts out of {}", small(of)),
        Event::Tap(tap) if tap.role.is_judged() => format!("tap on a {}", small(&tap.role)),
        Event::Tap(tap) => format!("tap on a {}: never judged", small(&tap.role)),
        Event::Submit { via: SubmitVia::Enter, .. } => "submit by Enter".into(),
        Event::Submit { .. } => "submit by the icon".into(),
        Event::Reaction(reaction) => format!("the app reacts: {}", small(reaction)),
        Event::LoadStarted { operation, progress, .. } => {
            let how = if *progress { "with progress" } else { "without progress" };
            format!("load of {} starts, {how}", operation.as_deref().unwrap_or("something"))
        }
        Event::LoadEnded { end, .. } => format!("load ends: {}", small(end)),
        Event::RequestStarted { .. } => "request starts".into(),
        Event::RequestEnded { end: RequestEnd::Status(status), .. } => format!("request answers {status}"),
        Event::RequestEnded { .. } => "request gets no answer".into(),
        Event::Hang(hang) => format!("the main thread was blocked for {} ms", hang.blocked.as_millis()),
        Event::Content(content) => format!("content on the screen: {}", small(content)),
        Event::Playback { change, .. } => format!("the film: {}", small(change)),
        Event::Operation(report) => format!("the order is {}", small(&report.progress)),
        Event::Shown { .. } => "the message is on the screen".into(),
        Event::NotShown { .. } => "the message was not drawn".into(),
        Event::Responded { response, .. } => format!("the person's answer: {}", response.as_str()),
        Event::Answered { answer, .. } => format!("the person's answer: {answer} of 5"),
        _ => return None,
    })
}

/// `BrokenImage` as `broken image`.
fn small(word: &impl std::fmt::Debug) -> String {
    let mut text = String::new();
    for letter in format!("{word:?}").chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push(' ');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
