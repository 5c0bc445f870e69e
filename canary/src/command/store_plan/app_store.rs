//! The App Store: the state of a phased release (App Store Connect API, `appStoreVersionPhasedReleases`).

use clap::Args;
use serde_json::json;

use super::super::ask::Word;
use super::Request;

const API: &str = "https://api.appstoreconnect.apple.com/v1/appStoreVersionPhasedReleases";

/// A phased release.
#[derive(Debug, Args)]
pub(super) struct Rollout {
    /// Its id, from `/v1/appStoreVersions/{id}/appStoreVersionPhasedRelease`.
    #[arg(long = "phased-release", value_parser = id)]
    id: String,
    /// Release to everybody once promoted, instead of going on by Apple's days.
    #[arg(long)]
    complete: bool,
}

impl Rollout {
    /// Changes the state; nothing for a hold. A pause may last 30 days, and takes nothing back.
    pub(super) fn requests(&self, verdict: Word) -> Vec<Request> {
        let (state, note) = match verdict {
            Word::Hold => return Vec::new(),
            Word::Rollback => ("PAUSED", "nobody new gets it by itself; who has it keeps it"),
            Word::Promote if self.complete => ("COMPLETE", "everybody gets it"),
            Word::Promote => ("ACTIVE", "goes on by Apple's days, also after a pause"),
        };
        vec![Request {
            method: "PATCH",
            url: format!("{API}/{}", self.id),
            body: Some(json!({ "data": {
                "type": "appStoreVersionPhasedReleases",
                "id": self.id,
                "attributes": { "phasedReleaseState": state },
            } })),
            note,
        }]
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
            let requests = Rollout { id: "4a1b-9f".to_owned(), complete }.requests(verdict);
            let found = requests.first().map(|request| {
                assert_eq!((request.method, &*request.url), ("PATCH", &*format!("{API}/4a1b-9f")));
                request.body.as_ref().unwrap()["data"]["attributes"]["phasedReleaseState"].clone()
            });
            assert_eq!(found, state.map(|state| json!(state)));
        }
        assert!(id("4a/../b").is_err() && id("").is_err());
    }
}
