//! The App Store: the state of a phased release (App Store Connect API, `appStoreVersionPhasedReleases`).

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use ureq::http::Method;

use super::super::ask::Word;
use super::Request;
use super::jwt::Key;
use super::send::{SendError, Sender, file, now_s};

const API: &str = "https://api.appstoreconnect.apple.com";
/// Apple takes statements of up to 20 minutes.
const TOKEN_S: u64 = 600;

/// A phased release.
#[derive(Debug, Args)]
pub(super) struct Rollout {
    /// Its id, from `/v1/appStoreVersions/{id}/appStoreVersionPhasedRelease`.
    #[arg(long = "phased-release", value_parser = id)]
    id: String,
    /// Release to everybody once promoted, instead of going on by Apple's days.
    #[arg(long)]
    complete: bool,
    /// Private key of App Store Connect (.p8): the request is sent. Without it nothing is.
    #[arg(long = "send-with", value_name = "FILE", requires_all = ["key_id", "issuer"])]
    pub(super) key: Option<PathBuf>,
    /// The key's id.
    #[arg(long)]
    key_id: Option<String>,
    /// The issuer's id.
    #[arg(long)]
    issuer: Option<String>,
    /// For tests.
    #[arg(long, hide = true, default_value = API)]
    api: String,
}

impl Rollout {
    fn url(&self) -> String {
        format!("{}/v1/appStoreVersionPhasedReleases/{}", self.api, self.id)
    }

    fn state(&self, verdict: Word) -> Option<(&'static str, &'static str)> {
        match verdict {
            Word::Hold => None,
            Word::Rollback => Some(("PAUSED", "nobody new gets it by itself; who has it keeps it")),
            Word::Promote if self.complete => Some(("COMPLETE", "everybody gets it")),
            Word::Promote => Some(("ACTIVE", "goes on by Apple's days")),
        }
    }

    fn body(&self, state: &str) -> Value {
        json!({ "data": {
            "type": "appStoreVersionPhasedReleases",
            "id": self.id,
            "attributes": { "phasedReleaseState": state },
        } })
    }

    /// Changes the state; nothing for a hold. A pause may last 30 days, and takes nothing back.
    pub(super) fn requests(&self, verdict: Word) -> Vec<Request> {
        let request =
            |(state, note)| Request { method: "PATCH", url: self.url(), body: Some(self.body(state)), note };
        self.state(verdict).map(request).into_iter().collect()
    }

    /// Does it, where the phased release is under way; gives what was done.
    pub(super) fn send(&self, verdict: Word, key: &std::path::Path) -> Result<String, SendError> {
        let Some((wanted, _)) = self.state(verdict) else {
            return Ok("nothing: the verdict is to hold".to_owned());
        };
        let (key_id, issuer) = (self.key_id.as_deref().unwrap_or(""), self.issuer.as_deref().unwrap_or(""));
        let now = now_s();
        let claims = json!({ "iss": issuer, "iat": now, "exp": now + TOKEN_S, "aud": "appstoreconnect-v1" });
        let mut sender = Sender::new();
        sender.authorise(Key::ecdsa(&file(key)?, key_id)?.sign(&claims)?);
        let release = sender.json(Method::GET, &self.url(), None)?;
        let state = release["data"]["attributes"]["phasedReleaseState"].as_str().unwrap_or("unknown");
        // A pause is left to whoever made it: a person, or a verdict before.
        if state == wanted || (state == "COMPLETE" && verdict == Word::Promote) {
            return Ok(format!("nothing: the phased release is {state} already"));
        }
        if state != "ACTIVE" {
            return Err(SendError::State(format!(
                "the phased release is {state}, not ACTIVE: a person has to change it"
            )));
        }
        sender.json(Method::PATCH, &self.url(), Some(&self.body(wanted)))?;
        Ok(format!("the phased release is {wanted} now"))
    }
}

fn id(text: &str) -> Result<String, String> {
    let fits = |character: char| character.is_ascii_alphanumeric() || character == '-';
    if !text.is_empty() && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("an id holds letters, digits and - only".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verdict_has_its_state() {
        for (verdict, complete, state) in [
            (Word::Rollback, true, Some("PAUSED")),
            (Word::Promote, false, Some("ACTIVE")),
            (Word::Promote, true, Some("COMPLETE")),
            (Word::Hold, true, None),
        ] {
            let rollout = Rollout {
                id: "4a1b-9f".to_owned(),
                complete,
                key: None,
                key_id: None,
                issuer: None,
                api: API.to_owned(),
            };
            let requests = rollout.requests(verdict);
            let found = requests.first().map(|request| {
                let url = format!("{API}/v1/appStoreVersionPhasedReleases/4a1b-9f");
                assert_eq!((request.method, &*request.url), ("PATCH", &*url));
                request.body.as_ref().unwrap()["data"]["attributes"]["phasedReleaseState"].clone()
            });
            assert_eq!(found, state.map(|state| json!(state)));
        }
        assert!(id("4a/../b").is_err() && id("").is_err());
    }
}
