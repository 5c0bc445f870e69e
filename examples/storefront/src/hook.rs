//! What the page's hooks report, as JSON, and what it means to the engine.

use amends_core::{Event, LoadEnd, LoadKind, Reaction, RequestEnd, Response, Role, SubmitVia, Tap};
use serde::Deserialize;

/// A report from the page.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Hook {
    Foreground,
    Background,
    NewSession,
    Screen { name: String },
    Person { name: Option<String> },
    Tap { target: u64, role: String, enabled: bool },
    Submit { target: u64, via: String },
    Reaction { what: String },
    LoadStarted { load: u64, operation: String, progress: bool },
    LoadEnded { load: u64, end: String },
    RequestStarted { request: u64 },
    RequestEnded { request: u64, status: Option<u16> },
    Shown { message: u64 },
    NotShown { message: u64 },
    Responded { message: u64, response: String },
}

impl Hook {
    /// The engine's event; an error in words for a value that does not exist.
    pub(crate) fn into_event(self) -> Result<Event, String> {
        Ok(match self {
            Self::Foreground => Event::Foreground,
            Self::Background => Event::Background,
            Self::NewSession => Event::NewSession,
            Self::Screen { name } => Event::Screen { name },
            Self::Person { name } => Event::Person { name },
            Self::Tap { target, role, enabled } => {
                Event::Tap(Tap { target, role: role_of(&role)?, enabled, fingers: 1 })
            }
            Self::Submit { target, via } => {
                let via = match via.as_str() {
                    "enter" => SubmitVia::Enter,
                    "icon" => SubmitVia::Icon,
                    other => return Err(format!("no way to submit: {other}")),
                };
                Event::Submit { target, via }
            }
            Self::Reaction { what } => Event::Reaction(match what.as_str() {
                "frame" => Reaction::Frame,
                "scroll" => Reaction::Scroll,
                "focus" => Reaction::Focus,
                "dialog" => Reaction::Dialog,
                other => return Err(format!("no reaction: {other}")),
            }),
            Self::LoadStarted { load, operation, progress } => {
                Event::LoadStarted { load, kind: LoadKind::Content, progress, operation: Some(operation) }
            }
            Self::LoadEnded { load, end } => {
                let end = match end.as_str() {
                    "succeeded" => LoadEnd::Succeeded,
                    "failed" => LoadEnd::Failed,
                    "cancelled" => LoadEnd::Cancelled,
                    other => return Err(format!("no end of a load: {other}")),
                };
                Event::LoadEnded { load, end }
            }
            Self::RequestStarted { request } => Event::RequestStarted { request },
            Self::RequestEnded { request, status } => Event::RequestEnded {
                request,
                end: status.map_or(RequestEnd::Unreachable, RequestEnd::Status),
            },
            Self::Shown { message } => Event::Shown { message },
            Self::NotShown { message } => Event::NotShown { message },
            Self::Responded { message, response } => {
                let response = match response.as_str() {
                    "dismissed" => Response::Dismissed,
                    "expired" => Response::Expired,
                    "acted" => Response::Acted,
                    other => return Err(format!("no response: {other}")),
                };
                Event::Responded { message, response }
            }
        })
    }
}

fn role_of(role: &str) -> Result<Role, String> {
    Ok(match role {
        "button" => Role::Button,
        "link" => Role::Link,
        "toggle" => Role::Toggle,
        "tab" => Role::Tab,
        "text_field" => Role::TextField,
        "stepper" => Role::Stepper,
        "plain" => Role::Plain,
        other => return Err(format!("no role: {other}")),
    })
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
        Event::Tap(tap) if tap.role.is_judged() => {
            format!("tap on a {}", format!("{:?}", tap.role).to_lowercase())
        }
        Event::Tap(tap) => format!("tap on a {}: never judged", format!("{:?}", tap.role).to_lowercase()),
        Event::Submit { via, .. } => {
            format!("submit by {}", if *via == SubmitVia::Enter { "Enter" } else { "the icon" })
        }
        Event::Reaction(reaction) => format!("the app reacts: {}", format!("{reaction:?}").to_lowercase()),
        Event::LoadStarted { operation, progress, .. } => {
            let how = if *progress { "with progress" } else { "without progress" };
            format!("load of {} starts, {how}", operation.as_deref().unwrap_or("something"))
        }
        Event::LoadEnded { end, .. } => format!("load ends: {}", format!("{end:?}").to_lowercase()),
        Event::RequestStarted { .. } => "request starts".into(),
        Event::RequestEnded { end: RequestEnd::Status(status), .. } => format!("request answers {status}"),
        Event::RequestEnded { .. } => "request gets no answer".into(),
        Event::Shown { .. } => "the message is on the screen".into(),
        Event::NotShown { .. } => "the message was not drawn".into(),
        Event::Responded { response, .. } => format!("the message is {}", response.as_str()),
        _ => return None,
    })
}
