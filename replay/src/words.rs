//! Events in words.

use amends_core::{
    Content, Event, Hang, LoadEnd, LoadKind, OperationProgress, OptOut, Playback, Reaction, RequestEnd, Role,
    SubmitVia, Tap, UploadAnswer,
};
use std::fmt::Write as _;

/// An event in words, for a developer's eyes. A person's name is not in them, and neither is what an operation is
/// called: they stay where they are.
pub fn in_words(event: &Event) -> String {
    match event {
        Event::Foreground => "the app comes to the front".to_owned(),
        Event::Background => "the app goes to the background".to_owned(),
        Event::NewSession => "a new session begins".to_owned(),
        Event::Screen { name } => format!("screen {name}"),
        Event::Person { name: Some(_) } => "the person has a name (it stays on the device)".to_owned(),
        Event::Person { name: None } => "the person has no name".to_owned(),
        Event::Segment { name: Some(name) } => format!("the person belongs to segment {name}"),
        Event::Segment { name: None } => "the person belongs to no segment".to_owned(),
        Event::Tap(tap) => tap_in_words(*tap),
        Event::Submit { target, via } => format!("field {target} is submitted by {}", via_in_words(*via)),
        Event::Reaction(reaction) => format!("the app reacts: {}", reaction_in_words(*reaction)),
        Event::LoadStarted { .. } | Event::LoadProgress { .. } | Event::LoadEnded { .. } => {
            load_in_words(event)
        }
        Event::RequestStarted { request, .. } => format!("request {request} starts"),
        Event::RequestEnded { request, end } => request_in_words(*request, *end),
        Event::ErrorReported => "the app reports an error".to_owned(),
        Event::Hang(hang) => hang_in_words(hang),
        Event::Content(content) => format!("the app shows {}", content_in_words(*content)),
        Event::Playback { playback, change } => format!("playback {playback} {}", playback_in_words(*change)),
        Event::Operation(report) => format!("an operation is {}", progress_in_words(report.progress)),
        Event::Languages { tags } if tags.is_empty() => {
            "the person reads no language that is known".to_owned()
        }
        Event::Languages { tags } => format!("the person reads {}", tags.join(", ")),
        Event::Pause => "the app asks for quiet".to_owned(),
        Event::Resume => "the app's quiet time is over".to_owned(),
        Event::OptOut(OptOut::Nothing) => "the person takes part".to_owned(),
        Event::OptOut(OptOut::Messages) => "the person does not want messages".to_owned(),
        Event::OptOut(OptOut::Everything) => "the person does not want to be counted either".to_owned(),
        Event::Shown { message } => format!("message {message} is on the screen"),
        Event::NotShown { message } => format!("message {message} was not drawn"),
        Event::Responded { message, response } => format!("message {message}: {}", response.as_str()),
        Event::Answered { question, answer } => format!("question {question} is answered with {answer} of 5"),
        Event::QueueDropped { count } => format!("{count} events are missing: the queue was full"),
        Event::Uploaded { upload, answer: UploadAnswer::Status { code, .. } } => {
            format!("upload {upload} is answered with {code}")
        }
        Event::Uploaded { upload, answer: UploadAnswer::Unreachable } => {
            format!("upload {upload} gets no answer")
        }
    }
}

fn tap_in_words(tap: Tap) -> String {
    let what = match tap.role {
        Role::Button => "a button",
        Role::Link => "a link",
        Role::Toggle => "a toggle",
        Role::Tab => "a tab",
        Role::TextField => "a text field",
        Role::Stepper => "a stepper",
        Role::Slider => "a slider",
        Role::Picker => "a picker",
        Role::Segmented => "a segmented control",
        Role::Keyboard => "a key",
        Role::Surface => "a surface that reacts unseen",
        Role::Ignored => "an element that is to be ignored",
        Role::Plain => "nothing to tap",
    };
    let how = match (tap.fingers, tap.enabled, tap.role.is_judged()) {
        (2.., ..) => format!(" with {} fingers: never judged", tap.fingers),
        (_, false, _) => " that is disabled: never judged".to_owned(),
        (_, _, false) => ": never judged".to_owned(),
        _ => String::new(),
    };
    format!("tap on {what} ({}){how}", tap.target)
}

const fn via_in_words(via: SubmitVia) -> &'static str {
    match via {
        SubmitVia::Enter => "Enter",
        SubmitVia::EditorAction => "the keyboard's action",
        SubmitVia::Icon => "its icon",
    }
}

const fn reaction_in_words(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Frame => "something changes on the screen",
        Reaction::Navigation => "it goes elsewhere",
        Reaction::Scroll => "it scrolls",
        Reaction::Focus => "the focus moves",
        Reaction::Keyboard => "the keyboard comes or goes",
        Reaction::Dialog => "a dialog comes or goes",
        Reaction::LeftApp => "another app is opened",
    }
}

fn load_in_words(event: &Event) -> String {
    match event {
        Event::LoadStarted { load, kind, progress, .. } => {
            let what = match kind {
                LoadKind::Content => "",
                LoadKind::ColdLaunch => " (a cold launch)",
                LoadKind::WarmLaunch => " (a warm launch)",
                LoadKind::HotLaunch => " (a hot launch)",
            };
            let how = if *progress { "with progress" } else { "without progress" };
            format!("load {load}{what} starts {how}")
        }
        Event::LoadProgress { load } => format!("load {load} begins to show progress"),
        Event::LoadEnded { load, end } => {
            let how = match end {
                LoadEnd::Succeeded => "is there",
                LoadEnd::Empty => "is there, with nothing in it",
                LoadEnd::Failed => "fails",
                LoadEnd::Cancelled => "is cancelled",
            };
            format!("load {load} {how}")
        }
        _ => String::new(),
    }
}

fn request_in_words(request: u64, end: RequestEnd) -> String {
    match end {
        RequestEnd::Status(status) => format!("request {request} is answered with {status}"),
        RequestEnd::TimedOut => format!("request {request} gets no answer in time"),
        RequestEnd::Unreachable => format!("request {request} gets no connection"),
        RequestEnd::Cancelled => format!("request {request} is cancelled"),
    }
}

fn hang_in_words(hang: &Hang) -> String {
    let mut words = format!("the main thread answers again after {} ms", hang.blocked.as_millis());
    if !hang.sleep_asked.is_zero() {
        let (asked, took) = (hang.sleep_asked.as_millis(), hang.sleep_took.as_millis());
        // Writing to a String cannot fail.
        let _ = write!(words, " (the watchdog slept {took} ms instead of {asked})");
    }
    if hang.debugger {
        words.push_str(", with a debugger");
    }
    words
}

const fn content_in_words(content: Content) -> &'static str {
    match content {
        Content::Good => "what it should",
        Content::Empty => "nothing where something is expected",
        Content::BrokenImage => "a broken image",
        Content::Poor => "something poor",
    }
}

const fn playback_in_words(change: Playback) -> &'static str {
    match change {
        Playback::Started => "plays",
        Playback::Stalled => "stands still",
        Playback::Resumed => "goes on",
        Playback::Sought => "jumps to another place",
        Playback::Paused => "is paused",
        Playback::Ended => "is over",
    }
}

pub(crate) const fn progress_in_words(progress: OperationProgress) -> &'static str {
    match progress {
        OperationProgress::Scheduled => "scheduled",
        OperationProgress::Processing => "processing",
        OperationProgress::Delayed => "delayed",
        OperationProgress::Sent => "sent",
        OperationProgress::Failed => "failed",
    }
}
