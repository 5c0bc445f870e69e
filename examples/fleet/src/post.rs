//! Where batches go.

use amends_core::Upload;
use std::fmt;

/// Takes the batches of a fleet.
pub trait Sink {
    /// Takes one batch.
    ///
    /// # Errors
    /// If the canary refuses it or is away: a simulation that loses batches proves nothing.
    fn take(&mut self, upload: &Upload) -> Result<(), PostError>;
}

/// Why a batch could not be posted.
#[derive(Debug)]
pub enum PostError {
    /// The canary answered with this status and text.
    Refused(u16, String),
    /// The canary did not answer.
    Away(String),
    /// A worker broke off.
    Broken,
}

impl fmt::Display for PostError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(status, text) => write!(f, "the canary refused a batch with {status}: {text}"),
            Self::Away(error) => write!(f, "the canary does not answer: {error}"),
            Self::Broken => write!(f, "a worker broke off"),
        }
    }
}

/// Lets batches fall.
#[derive(Debug, Default)]
pub struct Drop;

impl Sink for Drop {
    fn take(&mut self, _: &Upload) -> Result<(), PostError> {
        Ok(())
    }
}

/// Posts batches to a canary (start it with `--accept-any-clock`).
#[derive(Debug)]
pub struct Post {
    agent: ureq::Agent,
    url: String,
    key: Option<String>,
}

impl Post {
    /// To the canary at this address, with its ingest key if it wants one.
    pub fn to(canary: &str, key: Option<String>) -> Self {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Self { agent: config.into(), url: format!("{}/v1/metrics", canary.trim_end_matches('/')), key }
    }

    fn once(&self, upload: &Upload) -> Result<(u16, String), PostError> {
        let mut request = self.agent.post(&self.url);
        for (name, value) in &upload.headers {
            request = request.header(name, value);
        }
        if let Some(key) = &self.key {
            request = request.header("Authorization", format!("Bearer {key}"));
        }
        let mut answer =
            request.send(&upload.body[..]).map_err(|error| PostError::Away(error.to_string()))?;
        let text = answer.body_mut().read_to_string().unwrap_or_default();
        Ok((answer.status().as_u16(), text))
    }
}

impl Sink for Post {
    fn take(&mut self, upload: &Upload) -> Result<(), PostError> {
        for _ in 0..100 {
            match self.once(upload)? {
                (503, _) => std::thread::sleep(std::time::Duration::from_millis(100)),
                (status, text) if status != 200 || text.contains("partialSuccess") => {
                    return Err(PostError::Refused(status, text));
                }
                _ => return Ok(()),
            }
        }
        Err(PostError::Away("busy for ten seconds".into()))
    }
}
