//! `amends explain`: what the device would have decided in a recorded session, and why.

use amends_replay::{Session, as_json, explain, read, replay};
use clap::{Parser, Subcommand};
use std::io::{Read as _, Write as _};
use std::process::ExitCode;

/// Tools for developers of apps that use Amends.
#[derive(Debug, Parser)]
#[command(name = "amends", version)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Replay a recorded session through the real engine, and tell what it decided and why.
    Explain {
        /// A session ({"events": […]}), a list of timed events, lines of them, or a file of vectors; - is stdin.
        file: String,
        /// Only the vector or session with this name.
        #[arg(long)]
        vector: Option<String>,
        /// As JSON: one object a session and line.
        #[arg(long)]
        json: bool,
        /// Show everything that would leave the device, too.
        #[arg(long)]
        payload: bool,
    },
}

fn main() -> ExitCode {
    let Command::Explain { file, vector, json, payload } = Options::parse().command;
    match told(&file, vector.as_deref(), json, payload) {
        Ok(text) => {
            // A reader that went away is no mistake.
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
            ExitCode::SUCCESS
        }
        Err(message) => {
            let _ = writeln!(std::io::stderr(), "amends: {message}");
            ExitCode::FAILURE
        }
    }
}

fn told(file: &str, vector: Option<&str>, json: bool, payload: bool) -> Result<String, String> {
    let text = content(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    let sessions = read(&text).map_err(|error| format!("{file}: {error}"))?;
    let chosen = chosen(&sessions, vector).map_err(|error| format!("{file}: {error}"))?;
    let mut all = Vec::new();
    for session in &chosen {
        let name = session.name.as_deref();
        let at = name.map_or_else(|| file.to_owned(), |name| format!("{file}: {name}"));
        let replay = replay(session).map_err(|error| format!("{at}: {error}"))?;
        all.push(if json {
            let mut whole = as_json(&replay, payload);
            whole["name"] = name.into();
            format!("{whole}\n")
        } else {
            let heading = name.map(|name| format!("# {name}\n")).unwrap_or_default();
            format!("{heading}{}", explain(&replay, payload))
        });
    }
    Ok(all.join(if json { "" } else { "\n" }))
}

fn content(file: &str) -> std::io::Result<String> {
    if file != "-" {
        return std::fs::read_to_string(file);
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}

fn chosen<'a>(sessions: &'a [Session], name: Option<&str>) -> Result<Vec<&'a Session>, String> {
    let Some(name) = name else { return Ok(sessions.iter().collect()) };
    let found: Vec<&Session> =
        sessions.iter().filter(|session| session.name.as_deref() == Some(name)).collect();
    if found.is_empty() {
        let names: Vec<String> = sessions
            .iter()
            .filter_map(|session| session.name.as_deref())
            .map(|name| format!("\n  {name}"))
            .collect();
        let there = if names.is_empty() { " nothing with a name".to_owned() } else { names.concat() };
        return Err(format!("nothing is called \"{name}\" in it; there is:{there}"));
    }
    Ok(found)
}
