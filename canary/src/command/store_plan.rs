//! `amends-canary store-plan`: what a verdict means for a store's rollout, as the very requests to its API. Nothing is sent.

mod app_store;
mod play;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::{Value, json};

use super::ask::{Answer, Asked, Asker};
use super::say;

const AFTER_HELP: &str = "\
Prints JSON and sends nothing to a store. Ends with 0, or with 2 where it could not ask.

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
            say(&mut std::io::stdout(), &options.store.plan(&answer));
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&mut std::io::stderr(), &format!("amends-canary: {error}"));
            ExitCode::from(2)
        }
    }
}

impl Store {
    fn plan(&self, answer: &Answer) -> String {
        let (store, system, requests) = match self {
            Self::Play { rollout, .. } => ("play", "android", rollout.requests(answer.verdict)),
            Self::AppStore { rollout, .. } => ("app-store", "ios", rollout.requests(answer.verdict)),
        };
        let plan = json!({
            "dry_run": true,
            "store": store,
            "verdict": answer.verdict.text(),
            "sentence": answer.sentence,
            "advice": answer.data["advice"][system],
            "requests": requests,
        });
        serde_json::to_string_pretty(&plan).unwrap_or_default()
    }
}
