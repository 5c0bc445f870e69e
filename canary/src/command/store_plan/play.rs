//! Google Play: an edit that changes the release of a track (Android Publisher API v3, `edits.tracks`).

use clap::Args;
use serde_json::{Value, json};

use super::super::ask::Word;
use super::Request;

const API: &str = "https://androidpublisher.googleapis.com/androidpublisher/v3/applications";

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
}

impl Rollout {
    /// Opens an edit, changes the track and commits; nothing for a hold.
    pub(super) fn requests(&self, verdict: Word) -> Vec<Request> {
        let codes: Vec<String> = self.version_codes.iter().map(ToString::to_string).collect();
        let release: Value = match verdict {
            Word::Hold => return Vec::new(),
            Word::Rollback => json!({ "versionCodes": codes, "status": "halted" }),
            // A release that is complete has no fraction: the API refuses one.
            Word::Promote if self.raise_to >= 1.0 => json!({ "versionCodes": codes, "status": "completed" }),
            Word::Promote => {
                json!({ "versionCodes": codes, "status": "inProgress", "userFraction": self.raise_to })
            }
        };
        let (app, track) = (format!("{API}/{}", self.package), &self.track);
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
                note: "changes the rollout",
            },
            Request {
                method: "POST",
                url: format!("{app}/edits/{{editId}}:commit"),
                body: None,
                note: "makes it so",
            },
        ]
    }
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
mod tests {
    use super::*;

    fn bodies(verdict: Word, raise_to: f64) -> Vec<Option<Value>> {
        let rollout = Rollout {
            package: "com.example.shop".to_owned(),
            track: "production".to_owned(),
            version_codes: vec![420, 421],
            raise_to,
        };
        rollout.requests(verdict).into_iter().map(|request| request.body).collect()
    }

    #[test]
    fn each_verdict_has_its_release() {
        assert!(bodies(Word::Hold, 0.2).is_empty());
        for (verdict, raise_to, release) in [
            (Word::Rollback, 0.2, json!({ "versionCodes": ["420", "421"], "status": "halted" })),
            (
                Word::Promote,
                0.2,
                json!({ "versionCodes": ["420", "421"], "status": "inProgress", "userFraction": 0.2 }),
            ),
            (Word::Promote, 1.0, json!({ "versionCodes": ["420", "421"], "status": "completed" })),
        ] {
            let track = json!({ "track": "production", "releases": [release] });
            assert_eq!(bodies(verdict, raise_to), [Some(json!({})), Some(track), None]);
        }
    }

    #[test]
    fn shares_and_names() {
        assert_eq!(share("0.2"), Ok(0.2));
        for text in ["0", "1.01", "-1", "NaN", "all"] {
            assert!(share(text).is_err(), "{text}");
        }
        assert!(name("wear:production").is_ok() && name("com.example/../x").is_err() && name("").is_err());
    }
}
