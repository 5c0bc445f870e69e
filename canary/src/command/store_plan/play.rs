//! Google Play: an edit that changes the release of a track (Android Publisher API v3, `edits.tracks`).

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use ureq::http::Method;

use super::super::ask::Word;
use super::Request;
use super::jwt::Key;
use super::send::{SendError, Sender, now_s};

const API: &str = "https://androidpublisher.googleapis.com";
const SCOPE: &str = "https://www.googleapis.com/auth/androidpublisher";

/// A staged rollout.
#[derive(Debug, Args)]
pub(super) struct Rollout {
    /// The app's package name.
    #[arg(long, value_parser = name)]
    package: String,
    /// The track.
    #[arg(long, default_value = "production", value_parser = name)]
    track: String,
    /// Version code of the release; give it again where it has more.
    #[arg(long = "version-code", required = true, value_parser = clap::value_parser!(u64).range(1..))]
    version_codes: Vec<u64>,
    /// Share of people who get it once promoted: above 0, and 1 for everybody.
    #[arg(long, value_parser = share)]
    raise_to: f64,
    /// Key of a service account, as Google's JSON file: the requests are sent. Without it nothing is.
    #[arg(long = "send-with", value_name = "FILE")]
    pub(super) credentials: Option<PathBuf>,
    /// For tests.
    #[arg(long, hide = true, default_value = API)]
    api: String,
}

impl Rollout {
    fn app(&self) -> String {
        format!("{}/androidpublisher/v3/applications/{}", self.api, self.package)
    }

    fn codes(&self) -> Vec<String> {
        self.version_codes.iter().map(ToString::to_string).collect()
    }

    /// What the release is to be; nothing for a hold.
    fn release(&self, verdict: Word) -> Option<Value> {
        let codes = self.codes();
        match verdict {
            Word::Hold => None,
            Word::Rollback => Some(json!({ "versionCodes": codes, "status": "halted" })),
            // A release that is complete has no fraction: the API refuses one.
            Word::Promote if self.raise_to >= 1.0 => {
                Some(json!({ "versionCodes": codes, "status": "completed" }))
            }
            Word::Promote => {
                Some(json!({ "versionCodes": codes, "status": "inProgress", "userFraction": self.raise_to }))
            }
        }
    }

    /// Opens an edit, changes the track and commits.
    pub(super) fn requests(&self, verdict: Word) -> Vec<Request> {
        let Some(release) = self.release(verdict) else { return Vec::new() };
        let (app, track) = (self.app(), &self.track);
        vec![
            Request {
                method: "POST",
                url: format!("{app}/edits"),
                body: Some(json!({})),
                note: "opens an edit; its id is {editId} below",
            },
            Request {
                method: "PUT",
                url: format!("{app}/edits/{{editId}}/tracks/{track}"),
                body: Some(json!({ "track": track, "releases": [release] })),
                note: "changes the rollout; other releases that stay on the track are named as well",
            },
            Request {
                method: "POST",
                url: format!("{app}/edits/{{editId}}:commit"),
                body: None,
                note: "makes it so",
            },
        ]
    }

    /// Does it, with the other releases of the track left as they are; gives what was done.
    pub(super) fn send(&self, verdict: Word, credentials: &str) -> Result<String, SendError> {
        let Some(wanted) = self.release(verdict) else {
            return Ok("nothing: the verdict is to hold".to_owned());
        };
        let mut sender = Sender::new();
        sender.authorise(token(&sender, credentials)?);
        let (app, empty) = (self.app(), json!({}));
        let edit = sender.json(Method::POST, &format!("{app}/edits"), Some(&empty))?;
        let id = edit["id"].as_str().filter(|id| name(id).is_ok());
        let id = id.ok_or_else(|| SendError::Store("Google Play opened an edit without an id".to_owned()))?;
        let edit = format!("{app}/edits/{id}");
        let track = format!("{edit}/tracks/{}", self.track);
        let changed = sender.json(Method::GET, &track, None).and_then(|now| self.change(&now, &wanted));
        let done = match changed {
            Ok(Some(changed)) => sender
                .json(Method::PUT, &track, Some(&changed))
                .and_then(|_| sender.json(Method::POST, &format!("{edit}:commit"), None))
                .map(|_| format!("{} is {} now", self.codes().join(", "), described(&wanted))),
            Ok(None) => Ok(format!("nothing: {} is {} already", self.codes().join(", "), described(&wanted))),
            Err(error) => Err(error),
        };
        if !done.as_ref().is_ok_and(|done| done.ends_with(" now")) {
            // An edit that stays open runs out by itself; deleting it is a courtesy.
            let _ = sender.json(Method::DELETE, &edit, None);
        }
        done
    }

    /// The track with the release changed; `None` where it is so, or further, already.
    fn change(&self, track: &Value, wanted: &Value) -> Result<Option<Value>, SendError> {
        let codes = json!(self.codes());
        let mut releases = track["releases"].as_array().cloned().unwrap_or_default();
        let ours = releases.iter_mut().find(|release| release["versionCodes"] == codes);
        let ours = ours.ok_or_else(|| {
            let codes = self.codes().join(", ");
            SendError::State(format!(
                "track {} has no release of exactly {codes}; check --version-code",
                self.track
            ))
        })?;
        let status = ours["status"].as_str().unwrap_or_default().to_owned();
        let target = wanted["status"].as_str();
        let further = ours["userFraction"].as_f64().is_some_and(|share| share >= self.raise_to);
        match (&*status, target) {
            ("completed", Some("completed" | "inProgress")) | ("halted", Some("halted")) => return Ok(None),
            ("inProgress", Some("inProgress")) if further => return Ok(None),
            ("inProgress", _) => {}
            _ => {
                return Err(SendError::State(format!(
                    "the release is {status:?}, no staged rollout that is under way; a person has to change it"
                )));
            }
        }
        // Names, notes and countries stay; a halted release keeps its fraction.
        ours["status"] = wanted["status"].clone();
        match (target, wanted.get("userFraction"), ours.as_object_mut()) {
            (_, Some(fraction), _) => ours["userFraction"] = fraction.clone(),
            (Some("completed"), None, Some(fields)) => {
                fields.remove("userFraction");
            }
            _ => {}
        }
        Ok(Some(json!({ "track": self.track, "releases": releases })))
    }
}

fn described(release: &Value) -> String {
    let status = release["status"].as_str().unwrap_or_default();
    release["userFraction"].as_f64().map_or_else(|| status.to_owned(), |share| format!("{status} at {share}"))
}

/// An access token for an hour, for a statement signed by the service account (RFC 7523).
fn token(sender: &Sender, credentials: &str) -> Result<String, SendError> {
    let json: Value = serde_json::from_str(credentials)
        .map_err(|error| SendError::Key(format!("the service account's file is no JSON: {error}")))?;
    let field = |name: &str| {
        let missing = || SendError::Key(format!("the service account's file has no {name:?}"));
        json[name].as_str().ok_or_else(missing)
    };
    let (issuer, audience) = (field("client_email")?, field("token_uri")?);
    let now = now_s();
    let claims = json!({ "iss": issuer, "scope": SCOPE, "aud": audience, "iat": now, "exp": now + 3_600 });
    let statement = Key::rsa(field("private_key")?)?.sign(&claims)?;
    let form = form_urlencoded::Serializer::new(String::new())
        .append_pair("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer")
        .append_pair("assertion", &statement)
        .finish();
    let answer = sender.form(audience, &form)?;
    let token = answer["access_token"].as_str().map(str::to_owned);
    token.ok_or_else(|| SendError::Store(format!("{audience} gave no access_token")))
}

/// Part of a path: package and track names hold nothing that would have to be escaped.
fn name(text: &str) -> Result<String, String> {
    let fits = |character: char| character.is_ascii_alphanumeric() || "._-:".contains(character);
    if !text.is_empty() && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("only letters, digits, and . _ - : are possible here".to_owned())
    }
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse::<f64>().ok().filter(|share| *share > 0.0 && *share <= 1.0);
    share.ok_or_else(|| "give a share of people above 0 and up to 1, e.g. 0.2".to_owned())
}

#[cfg(test)]
mod tests;
