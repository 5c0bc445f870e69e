//! `amends-canary store-plan`: what a verdict means for a store's rollout, as the very requests to its API. They are sent
//! where credentials are given, and only to a rollout that is under way.

mod app_store;
mod jwt;
mod play;
mod send;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::{Value, json};

use super::ask::{Answer, Asked, Asker};
use super::say;
use send::SendError;

const AFTER_HELP: &str = "\
Prints JSON, and sends nothing unless --send-with names credentials. Ends with 0, or with 2 where it could not ask or send.

Examples:
  amends-canary store-plan play --package com.example.shop --version-code 420 --raise-to 0.2 --release 4.2.0
  amends-canary store-plan app-store --phased-release 4a1b…-9f --release 4.2.0";

/// See the module.
#[derive(Debug, Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct StorePlan {
    #[command(subcommand)]
    store: Store,
}

#[derive(Debug, Subcommand)]
enum Store {
    /// Google Play: halt a staged rollout, or raise its share of people.
    Play {
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        rollout: play::Rollout,
    },
    /// The App Store: pause a phased release, or let it go on.
    AppStore {
        #[command(flatten)]
        asked: Asked,
        #[command(flatten)]
        rollout: app_store::Rollout,
    },
}

/// A request to a store's API, in the order in which it would be sent.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Request {
    method: &'static str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    /// What it is for.
    note: &'static str,
}

/// Asks the canary and prints the plan.
pub(crate) fn run(options: &StorePlan) -> ExitCode {
    let (Store::Play { asked, .. } | Store::AppStore { asked, .. }) = &options.store;
    match Asker::new(asked.clone()).ask() {
        Ok(answer) => {
            let sent = options.store.send(&answer);
            let failed = matches!(sent, Some(Err(_)));
            say(&mut std::io::stdout(), &options.store.plan(&answer, sent));
            if failed { ExitCode::from(2) } else { ExitCode::SUCCESS }
        }
        Err(error) => {
            say(&mut std::io::stderr(), &format!("amends-canary: {error}"));
            ExitCode::from(2)
        }
    }
}

impl Store {
    /// Sends where there are credentials.
    fn send(&self, answer: &Answer) -> Option<Result<String, SendError>> {
        match self {
            Self::Play { rollout, .. } => {
                let path = rollout.credentials.as_ref()?;
                Some(send::file(path).and_then(|credentials| rollout.send(answer.verdict, &credentials)))
            }
            Self::AppStore { rollout, .. } => Some(rollout.send(answer.verdict, rollout.key.as_ref()?)),
        }
    }

    fn plan(&self, answer: &Answer, sent: Option<Result<String, SendError>>) -> String {
        let (store, system, requests) = match self {
            Self::Play { rollout, .. } => ("play", "android", rollout.requests(answer.verdict)),
            Self::AppStore { rollout, .. } => ("app-store", "ios", rollout.requests(answer.verdict)),
        };
        let (dry_run, done, error) = match sent {
            None => (true, None, None),
            Some(Ok(done)) => (false, Some(done), None),
            Some(Err(error)) => (false, None, Some(error.to_string())),
        };
        let plan = json!({
            "dry_run": dry_run,
            "done": done,
            "error": error,
            "store": store,
            "verdict": answer.verdict.text(),
            "sentence": answer.sentence,
            "advice": answer.data["advice"][system],
            "requests": requests,
        });
        serde_json::to_string_pretty(&plan).unwrap_or_default()
    }
}
